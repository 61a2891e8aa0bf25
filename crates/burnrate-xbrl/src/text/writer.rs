//! Puts a visible text together.

use std::ops::Range;

use super::Run;
use super::page::Cut;

/// What stands between two words; the strongest of several holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Separator {
    #[default]
    Nothing,
    Space,
    Cell,
    Line,
}

impl Separator {
    fn text(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Space => " ",
            Self::Cell => "\t",
            Self::Line => "\n",
        }
    }
}

#[derive(Default)]
pub(super) struct Writer {
    text: String,
    runs: Vec<Run>,
    /// Where the last run ends in the source.
    end: usize,
    pending: Separator,
    /// Where the line begins that is being written.
    line: usize,
    /// Whether the line is a row of a table.
    is_row: bool,
    cut: Option<Cut<Place>>,
}

/// What a writer goes back to.
struct Place {
    line: usize,
    text: usize,
    runs: usize,
    end: usize,
}

impl Writer {
    pub(super) fn separate(&mut self, separator: Separator) {
        self.pending = self.pending.max(separator);
    }

    /// Writes what was read from `source`, which lies behind all that was written before.
    pub(super) fn push(&mut self, piece: &str, source: Range<usize>) {
        if piece.is_empty() {
            return;
        }
        let mut separator = std::mem::take(&mut self.pending);
        self.is_row |= separator == Separator::Cell;
        if separator == Separator::Line && !self.text.is_empty() {
            separator = self.next_line(piece);
        }
        if self.text.is_empty() {
            self.end = source.start;
        } else if separator != Separator::Nothing || self.end != source.start {
            self.append(separator.text(), source.start);
        }
        self.append(piece, source.end);
    }

    /// Ends a line before `next`. Where a page cut a paragraph of which `next` is the rest, the
    /// writer goes back to the cut, and what stood between the pages is left out.
    fn next_line(&mut self, next: &str) -> Separator {
        let ended = &self.text[self.line..];
        let place =
            Place { line: self.line, text: self.text.len(), runs: self.runs.len(), end: self.end };
        let is_row = std::mem::take(&mut self.is_row);
        let cut = Cut::behind(ended, place).filter(|_| !is_row);
        let cut = cut.or_else(|| self.cut.take()?.past(ended));
        match cut {
            Some(cut) if cut.is_mended_by(next) => {
                self.text.truncate(cut.place.text);
                self.runs.truncate(cut.place.runs);
                (self.end, self.line) = (cut.place.end, cut.place.line);
                self.cut = None;
                Separator::Space
            }
            cut => {
                self.cut = cut;
                self.line = self.text.len() + 1;
                Separator::Line
            }
        }
    }

    /// Writes what was read from the end of the last run up to `source_end`.
    fn append(&mut self, piece: &str, source_end: usize) {
        let (text, source) = (self.text.len(), self.end);
        self.end = source_end;
        self.text.push_str(piece);
        let Some(last) = self.runs.last() else {
            self.runs.push(Run { text, source });
            return;
        };
        let is_same = source_end - source == piece.len();
        if !is_same || text - last.text != source - last.source {
            self.runs.push(Run { text, source });
        }
    }

    /// The text, its runs, and where the last run ends in the source.
    pub(super) fn finish(mut self) -> (String, Vec<Run>, usize) {
        if !self.text.is_empty() {
            self.text.push('\n');
            self.runs.push(Run { text: self.text.len() - 1, source: self.end });
        }
        (self.text, self.runs, self.end)
    }
}
