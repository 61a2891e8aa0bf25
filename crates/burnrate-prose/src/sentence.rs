//! Sentences of a text whose paragraphs end in a newline and whose table cells end in a tab.

use std::ops::Range;

/// A table cell of fewer words is a label or a figure, not prose.
const PROSE_CELL_WORDS: usize = 8;

/// Words whose full stop ends no sentence, unless a word that opens one follows.
const ABBREVIATIONS: &[&str] = &[
    "al", "approx", "apr", "art", "aug", "co", "corp", "cos", "dec", "dept", "dr", "est", "feb",
    "fig", "hon", "inc", "incl", "jan", "jr", "jul", "jun", "llc", "ltd", "mar", "messrs", "mr",
    "mrs", "ms", "mt", "no", "nos", "nov", "oct", "op", "plc", "pp", "prof", "rev", "sec", "sep",
    "sept", "sr", "st", "vol", "vs",
];

/// Words that open a sentence even after an abbreviation.
const OPENERS: &[&str] = &[
    "A", "All", "An", "As", "At", "Between", "During", "For", "However", "If", "In", "It", "No",
    "Of", "On", "Our", "Revenue", "Sales", "Such", "The", "There", "These", "They", "This",
    "Those", "Three", "Total", "Two", "We",
];

/// The sentences of `text` in order, by their byte ranges.
///
/// A line without a tab is a paragraph. A line with tabs is a row of a table; a cell of it is read
/// only if it is at least eight words long, as notes and bullets set in a table are. A line that
/// begins with `|` is a row of a table too, and is left out.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    paragraphs(text).flat_map(move |span| of_paragraph(text, span))
}

/// The sentences of one paragraph.
pub(crate) fn of_paragraph(text: &str, span: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    Split { text, at: span.start, end: span.end }
}

/// The paragraphs of `text`, and the table cells that are prose.
pub(crate) fn paragraphs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let lines = pieces(text, 0..text.len(), '\n')
        .filter(move |line| !text[line.clone()].trim_start().starts_with('|'));
    lines.flat_map(move |line| {
        let is_row = text[line.clone()].contains('\t');
        pieces(text, line, '\t').filter(move |cell| {
            !is_row || text[cell.clone()].split(' ').nth(PROSE_CELL_WORDS - 1).is_some()
        })
    })
}

/// The parts of `span` that `separator` ends.
fn pieces(text: &str, span: Range<usize>, separator: char) -> impl Iterator<Item = Range<usize>> {
    let mut at = span.start;
    text[span].split(separator).map(move |piece| {
        let start = at;
        at += piece.len() + separator.len_utf8();
        start..start + piece.len()
    })
}

/// Splits one paragraph.
struct Split<'a> {
    text: &'a str,
    at: usize,
    end: usize,
}

impl Iterator for Split<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let rest = &self.text[self.at..self.end];
        let start = self.at + (rest.len() - rest.trim_start().len());
        let rest = &self.text[start..self.end];
        if rest.is_empty() {
            return None;
        }
        let mut from = 0;
        let length = loop {
            let Some(stop) = next_stop(rest, from) else {
                break rest.trim_end().len();
            };
            match sentence_end(rest, stop) {
                Some(end) => break end,
                None => from = stop + rest[stop..].chars().next().map_or(1, char::len_utf8),
            }
        };
        self.at = start + length;
        Some(start..start + length)
    }
}

fn next_stop(text: &str, from: usize) -> Option<usize> {
    // `。` begins with 0xE3, which few other characters do.
    let is_stop = |byte: &u8| matches!(byte, b'.' | b'!' | b'?' | 0xE3);
    let mut at = from;
    loop {
        at += text.as_bytes()[at..].iter().position(is_stop)?;
        if text.as_bytes()[at] != 0xE3 || text[at..].starts_with('。') {
            return Some(at);
        }
        at += 1;
    }
}

/// Where the sentence ends, closing marks included, if the stop at `stop` ends one.
fn sentence_end(text: &str, stop: usize) -> Option<usize> {
    let after = &text[stop..];
    let mark = after.chars().next()?;
    let closing = after[mark.len_utf8()..]
        .find(|c| !matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '*'))
        .unwrap_or(after.len() - mark.len_utf8());
    let end = stop + mark.len_utf8() + closing;
    if mark == '。' {
        return Some(end);
    }
    let rest = &text[end..];
    let next = rest.trim_start();
    if next.is_empty() {
        return Some(end);
    }
    if rest.len() == next.len() || next.starts_with(|c: char| c.is_lowercase()) {
        return None;
    }
    let opens = || {
        let word = next.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        OPENERS.contains(&word)
    };
    (mark != '.' || !ends_in_abbreviation(&text[..stop]) || opens()).then_some(end)
}

/// Whether the last word is an abbreviation, or a single letter as in `U.S` and `J`.
fn ends_in_abbreviation(text: &str) -> bool {
    // No abbreviation is longer than this, and the words of a text may be.
    let from = text.char_indices().rev().take(12).last().map_or(0, |(at, _)| at);
    let tail = &text[from..];
    let word = tail.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let mut letters = word.chars();
    let is_initial = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    is_initial || ABBREVIATIONS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = sentences(text).map(|span| &text[span]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_stop_before_a_capital_ends_a_sentence() {
        check(
            "We spent it. Costs fell!  Why? (So.) End",
            &["We spent it.", "Costs fell!", "Why?", "(So.)", "End"],
        );
        check("It was “large.” We agreed.", &["It was “large.”", "We agreed."]);
    }

    #[test]
    fn decimals_and_abbreviations_end_none() {
        check(
            "Paid $1.5 billion to Example Inc. and U.S. Steel Corp. Bonds, see No. 5.",
            &["Paid $1.5 billion to Example Inc. and U.S. Steel Corp. Bonds, see No. 5."],
        );
        check(
            "We sold it to Example Inc. The price was low.",
            &["We sold it to Example Inc.", "The price was low."],
        );
        check("Leases in the U.S. We own none.", &["Leases in the U.S.", "We own none."]);
    }

    #[test]
    fn a_row_of_a_table_is_no_sentence_and_a_note_set_in_one_is() {
        check(
            "Revenue\t$\t35,082\nTotal\n| Inventory | $7,654 |\n•\tWe spent five billion dollars on leases last year.\n",
            &["Total", "We spent five billion dollars on leases last year."],
        );
    }
}
