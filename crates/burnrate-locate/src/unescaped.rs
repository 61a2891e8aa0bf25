//! Texts without their escapes, and where in the document each part of them stands.

use std::ops::Range;

use memchr::memchr;

/// A text of a document without its escapes.
pub(crate) struct Unescaped {
    pub(crate) text: String,
    /// Bytes of the document before the text: a quotation mark, or none.
    lead: usize,
    escapes: Vec<Escape>,
}

/// An escape: where the character begins and ends in the text, and where it ends in the document.
struct Escape {
    begin: usize,
    end: usize,
    raw_end: usize,
}

impl Unescaped {
    /// Of a text in JSON, with its quotation marks.
    pub(crate) fn of_json(json: &str) -> Option<Self> {
        let inner = json.strip_prefix('"')?.strip_suffix('"')?;
        Self::of(inner, 1, b'\\', |rest| {
            let escape = rest.get(..escape_length(rest))?;
            let character = serde_json::from_str::<String>(&format!("\"{escape}\"")).ok()?;
            Some((escape.len(), character))
        })
    }

    /// Of the value of an attribute, without its quotation marks.
    pub(crate) fn of_attribute(value: &str) -> Option<Self> {
        Self::of(value, 0, b'&', |rest| {
            let length = rest.bytes().take(LONGEST_REFERENCE).position(|byte| byte == b';');
            let character = length.and_then(|length| referred(&rest[1..length]));
            let plain = || (1, "&".to_owned());
            Some(
                length.zip(character).map_or_else(plain, |(length, c)| (length + 1, c.to_string())),
            )
        })
    }

    /// `read` gives of what begins with the mark of an escape its length and what it stands for.
    fn of(
        inner: &str,
        lead: usize,
        mark: u8,
        read: impl Fn(&str) -> Option<(usize, String)>,
    ) -> Option<Self> {
        let (mut text, mut escapes) = (String::with_capacity(inner.len()), Vec::new());
        let mut at = 0;
        while let Some(plain) = memchr(mark, &inner.as_bytes()[at..]) {
            text.push_str(&inner[at..at + plain]);
            at += plain;
            let (length, character) = read(&inner[at..])?;
            let begin = text.len();
            text.push_str(&character);
            at += length;
            escapes.push(Escape { begin, end: text.len(), raw_end: lead + at });
        }
        text.push_str(&inner[at..]);
        Some(Self { text, lead, escapes })
    }

    /// Where in the document, from the first quotation mark, a part of the text stands.
    pub(crate) fn raw(&self, part: &Range<usize>) -> Range<usize> {
        self.raw_at(part.start)..self.raw_at(part.end)
    }

    /// The last escape before decides how far the document is ahead of the text.
    fn raw_at(&self, at: usize) -> usize {
        let before = self.escapes.partition_point(|escape| escape.begin < at && escape.end <= at);
        match before.checked_sub(1).and_then(|last| self.escapes.get(last)) {
            Some(last) => last.raw_end + at - last.end,
            None => self.lead + at,
        }
    }
}

/// Bytes of the longest character reference that is known here.
const LONGEST_REFERENCE: usize = 10;

/// What a character reference without `&` and `;` stands for.
fn referred(name: &str) -> Option<char> {
    let number = |digits, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    match name {
        "quot" => Some('"'),
        "amp" => Some('&'),
        "apos" => Some('\''),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let digits = name.strip_prefix('#')?;
            match digits.strip_prefix(['x', 'X']) {
                Some(digits) => number(digits, 16),
                None => number(digits, 10),
            }
        }
    }
}

/// Length of the escape in JSON that a text begins with: of a character beyond the first plane, of both
/// halves.
fn escape_length(text: &str) -> usize {
    let code = text.get(2..4).filter(|_| text.starts_with("\\u"));
    match code.map(str::to_ascii_lowercase).as_deref() {
        Some("d8" | "d9" | "da" | "db") => 12,
        Some(_) => 6,
        None => 2,
    }
}
