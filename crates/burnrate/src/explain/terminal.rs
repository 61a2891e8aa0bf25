//! An explanation for people at a terminal.

use std::collections::HashSet;

use super::graph::{Basis, Explained, Explanation};
use crate::evidence::Evidence;
use crate::excerpt::Excerpt;

/// Inputs of one role that are shown, and how deep they are followed.
const INPUTS_SHOWN: usize = 6;
const DEPTH_SHOWN: usize = 4;

/// Marks that are escape sequences of a terminal, or plain brackets.
const COLOURED: (&str, &str) = ("\u{1b}[7m", "\u{1b}[0m");
const PLAIN: (&str, &str) = ("[[", "]]");

/// The explanation as text, bounded in depth and breadth.
pub(crate) fn text(explanation: &Explanation, is_terminal: bool) -> String {
    let marks = if is_terminal { COLOURED } else { PLAIN };
    let mut text = Text { explanation, marks, seen: HashSet::new(), out: String::new() };
    text.line(0, &format!("snapshot {}", explanation.snapshot));
    text.row("", 0, 0);
    text.out
}

struct Text<'a> {
    explanation: &'a Explanation,
    marks: (&'static str, &'static str),
    seen: HashSet<usize>,
    out: String,
}

impl Text<'_> {
    fn row(&mut self, role: &str, place: usize, depth: usize) {
        let Some(row) = self.explanation.rows.get(place) else { return };
        let role = if role.is_empty() { String::new() } else { format!("{role}: ") };
        let title = format!("{role}{} {}", row.table.name, row.name);
        if !self.seen.insert(place) {
            return self.line(depth, &format!("{title} (shown above)"));
        }
        self.line(depth, &title);
        self.line(depth + 1, row.table.description);
        if let Basis::Computed(header) = &row.basis {
            for (heading, text) in header.iter().filter(|(heading, _)| heading != "Inputs") {
                self.line(depth + 1, &format!("{heading}: {text}"));
            }
        }
        let is_place =
            |name: &str| matches!(name, "row_id" | "source_id" | "capture_id" | "locator");
        for (name, value) in row.cells.iter().filter(|(name, _)| !is_place(name)) {
            self.line(depth + 1, &format!("{name:24} {value}"));
        }
        match &row.basis {
            Basis::Computed(_) => {}
            Basis::Read(evidence) => self.evidence(row, evidence, depth + 1),
            Basis::Contradicted(reason) => {
                self.line(depth + 1, &format!("NOT SO: {reason}"));
            }
            Basis::Recorded(by) => self.line(depth + 1, by),
        }
        self.inputs(row, depth + 1);
    }

    fn inputs(&mut self, row: &Explained, depth: usize) {
        if row.inputs.is_empty() {
            return;
        }
        if depth > 2 * DEPTH_SHOWN {
            let inputs = row.inputs.len();
            return self.line(depth, &format!("made of {inputs} inputs; --format json shows them"));
        }
        self.line(depth, "made of");
        let mut of_role = ("", 0);
        let mut more = 0;
        for (role, place) in &row.inputs {
            of_role = if of_role.0 == role { (role, of_role.1 + 1) } else { (role, 1) };
            if of_role.1 <= INPUTS_SHOWN {
                self.row(role, *place, depth + 1);
            } else {
                more += 1;
            }
        }
        if more > 0 {
            self.line(depth + 1, &format!("… and {more} more; --format json shows them"));
        }
    }

    fn evidence(&mut self, row: &Explained, evidence: &Evidence, depth: usize) {
        let capture = &evidence.document.capture;
        let day = capture.fetched_at.format("%Y-%m-%d %H:%M:%S UTC");
        self.line(depth, &format!("read by {} from {}", capture.source_id, capture.url));
        self.line(depth, &format!("fetched {day}, SHA-256 {}", capture.payload_sha256));
        self.line(
            depth,
            &format!("archived in {} at offset {}", capture.warc_file, capture.warc_offset),
        );
        let locator = row.cells.iter().find(|(name, _)| *name == "locator");
        let locator = locator.map_or("", |(_, locator)| locator);
        match &evidence.place {
            Some(place) => {
                self.line(depth, &format!("at {locator} (bytes {} to {})", place.start, place.end));
            }
            None => self.line(depth, &format!("at no place: {locator}")),
        }
        if let Some(Excerpt { before, marked, after }) = Excerpt::of(evidence) {
            let (open, close) = self.marks;
            let excerpt =
                format!("…{}{open}{}{close}{}…", plain(&before), plain(&marked), plain(&after));
            for line in excerpt.lines() {
                self.line(depth + 1, line);
            }
        }
        if let Some((column, value)) = &evidence.shown {
            self.line(depth, &format!("proved: the document has its digest, gives the row again, and says {column} {value} there"));
        } else {
            self.line(
                depth,
                "proved: the document has its digest, and today's parser says the same of it",
            );
        }
        for note in &evidence.notes {
            self.line(depth, &format!("note: {note}"));
        }
    }

    fn line(&mut self, depth: usize, text: &str) {
        self.out.push_str(&"  ".repeat(depth));
        self.out.push_str(text);
        self.out.push('\n');
    }
}

/// Without what a terminal would obey: documents are written by others.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || *c == '\n').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_cannot_command_the_terminal() {
        assert_eq!(plain("\u{1b}]0;title\u{7}a\r\nb\u{9b}2J"), "]0;titlea\nb2J");
    }
}
