//! A file as lines with their places.

use std::ops::Range;

use burnrate_model::ShapeError;

/// A line without its end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line<'a> {
    /// Byte of the file at which it begins.
    pub(crate) start: usize,
    /// Its bytes, white space at the end left out.
    pub(crate) bytes: &'a [u8],
}

impl<'a> Line<'a> {
    /// Where it stands, in bytes of the file.
    pub(crate) fn span(&self) -> Range<usize> {
        self.start..self.start + self.bytes.len()
    }

    pub(crate) fn is(&self, text: &str) -> bool {
        self.bytes == text.as_bytes()
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.bytes.is_empty()
    }

    /// What follows `tag` at the margin.
    pub(crate) fn after(&self, tag: &str) -> Option<&'a [u8]> {
        self.bytes.strip_prefix(tag.as_bytes())
    }

    /// The line as text.
    pub(crate) fn text(&self) -> Result<&'a str, ShapeError> {
        str::from_utf8(self.bytes).map_err(|error| {
            let found = String::from_utf8_lossy(self.bytes);
            at_byte(self.start + error.valid_up_to(), "UTF-8", format!("`{found}`"))
        })
    }
}

/// The lines of a file; a copy looks ahead.
#[derive(Debug, Clone)]
pub(crate) struct Lines<'a> {
    body: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        let start = self.at;
        let rest = self.body.get(start..).filter(|rest| !rest.is_empty())?;
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        self.at = (start + end + 1).min(self.body.len());
        Some(Line { start, bytes: rest[..end].trim_ascii_end() })
    }
}

impl<'a> Lines<'a> {
    pub(crate) fn new(body: &'a [u8]) -> Self {
        Self::starting(body, 0)
    }

    /// The lines from a byte on that begins one.
    pub(crate) fn starting(body: &'a [u8], byte: usize) -> Self {
        Self { body, at: byte }
    }

    /// The byte at which the next line begins.
    pub(crate) fn byte(&self) -> usize {
        self.at
    }

    /// Goes on at a byte that begins a line.
    pub(crate) fn go_to(&mut self, byte: usize) {
        self.at = byte;
    }

    pub(crate) fn next_not_blank(&mut self) -> Option<Line<'a>> {
        self.find(|line| !line.is_blank())
    }

    /// The next line that is not blank, which must begin with `tag`.
    pub(crate) fn expect(&mut self, tag: &str) -> Result<Line<'a>, ShapeError> {
        match self.next_not_blank() {
            Some(line) if line.after(tag).is_some() => Ok(line),
            other => Err(self.unexpected(tag, other)),
        }
    }

    /// Another line than was expected, or none.
    pub(crate) fn unexpected(&self, expected: &str, line: Option<Line<'_>>) -> ShapeError {
        match line {
            None => at_byte(self.body.len(), expected, "the end of the file"),
            Some(line) => {
                let beginning = &line.bytes[..line.bytes.len().min(80)];
                at_byte(line.start, expected, format!("`{}`", String::from_utf8_lossy(beginning)))
            }
        }
    }
}

/// A [`ShapeError`] at a byte of the file.
pub(crate) fn at_byte(byte: usize, expected: &str, found: impl Into<String>) -> ShapeError {
    ShapeError { place: format!("byte {byte}"), expected: expected.to_owned(), found: found.into() }
}
