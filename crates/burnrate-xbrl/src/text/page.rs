//! Paragraphs that the end of a page cuts.

/// Shorter lines are headings.
const MIN_PARAGRAPH_BYTES: usize = 40;

/// Longer lines are no header or footer of a page.
const MAX_MARGIN_BYTES: usize = 100;

/// The most lines that stand between two pages.
const MAX_MARGIN_LINES: usize = 8;

/// Where a paragraph stops without an end, and what has stood behind it since.
pub(super) struct Cut<T> {
    /// The place, as the writer knows it.
    pub(super) place: T,
    lines: usize,
    has_number: bool,
}

impl<T> Cut<T> {
    /// A cut behind `line`, if that is a paragraph without an end. Reads no more of it than the end, for
    /// a line that is mended at every page is long.
    pub(super) fn behind(line: &str, place: T) -> Option<Self> {
        let is_open = line.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '-'));
        (line.len() >= MIN_PARAGRAPH_BYTES && is_open).then_some(Self {
            place,
            lines: 0,
            has_number: false,
        })
    }

    /// The cut after another line, if that can be the header or the footer of a page.
    pub(super) fn past(mut self, line: &str) -> Option<Self> {
        self.lines += 1;
        self.has_number |= is_page_number(line);
        (line.len() <= MAX_MARGIN_BYTES && self.lines <= MAX_MARGIN_LINES).then_some(self)
    }

    /// Whether a line that begins so is the rest of the paragraph: a page ended in between, and the
    /// line begins within a sentence.
    pub(super) fn is_mended_by(&self, next: &str) -> bool {
        self.has_number && next.starts_with(|c: char| c.is_lowercase() || c == '$')
    }
}

/// `12`, `- 12 -`, `12.`, `F-12`.
fn is_page_number(line: &str) -> bool {
    let number = line.trim_matches(['-', '–', '.', ' ']);
    let number = number.strip_prefix("F-").unwrap_or(number);
    (1..=4).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}
