//! The text of a document, with the way back from it to the bytes.

use std::borrow::Cow;
use std::ops::Range;

use burnrate_model::ShapeError;
use encoding_rs::{Encoding, UTF_8};

use crate::markup::{Tag, Token, Tokens};

/// How far a declaration of the encoding is looked for.
const HEAD: usize = 2048;

/// A document as text. Text that is UTF-8 is borrowed.
///
/// The encoding is what a byte order mark, the XML declaration or a `meta` element says, and else
/// UTF-8. Of others, those with one byte a character are read, which is what EDGAR accepts. Where bytes
/// stand for no character, the text has U+FFFD, and [`DocumentText::damage`] says where.
#[derive(Debug, Clone)]
pub struct DocumentText<'a> {
    text: Cow<'a, str>,
    /// Where text and bytes begin to go on at another distance, in order.
    shifts: Vec<Shift>,
    damage: Vec<Range<usize>>,
    length: usize,
}

#[derive(Debug, Clone, Copy)]
struct Shift {
    text: usize,
    byte: usize,
}

impl<'a> DocumentText<'a> {
    /// Reads the bytes as text.
    ///
    /// # Errors
    /// [`ShapeError`] where the declared encoding is unknown, or has more than one byte a character
    /// and is not UTF-8.
    pub fn decode(bytes: &'a [u8]) -> Result<Self, ShapeError> {
        let (encoding, mark) = encoding(bytes)?;
        let body = &bytes[mark..];
        if encoding == UTF_8 || (encoding.is_ascii_compatible() && body.is_ascii()) {
            return Ok(Self::utf_8(body, mark, bytes.len()));
        }
        if !encoding.is_single_byte() {
            return Err(encoding_error(encoding.name()));
        }
        Ok(Self::single_byte(body, encoding, mark))
    }

    fn utf_8(body: &'a [u8], mark: usize, length: usize) -> Self {
        let mut shifts = vec![Shift { text: 0, byte: mark }];
        if let Ok(text) = str::from_utf8(body) {
            return Self { text: Cow::Borrowed(text), shifts, damage: Vec::new(), length };
        }
        let (mut text, mut damage, mut byte) =
            (String::with_capacity(body.len()), Vec::new(), mark);
        for chunk in body.utf8_chunks() {
            text.push_str(chunk.valid());
            byte += chunk.valid().len();
            let wrong = chunk.invalid().len();
            if wrong > 0 {
                damage.push(byte..byte + wrong);
                shifts.push(Shift { text: text.len(), byte });
                text.push(char::REPLACEMENT_CHARACTER);
                byte += wrong;
                shifts.push(Shift { text: text.len(), byte });
            }
        }
        Self { text: Cow::Owned(text), shifts, damage, length }
    }

    fn single_byte(body: &[u8], encoding: &'static Encoding, mark: usize) -> Self {
        let mut shifts = vec![Shift { text: 0, byte: mark }];
        let (mut text, mut damage) = (String::with_capacity(body.len()), Vec::new());
        let mut byte = mark;
        for chunk in body.chunk_by(|a, b| a.is_ascii() && b.is_ascii()) {
            let (decoded, has_damage) = encoding.decode_without_bom_handling(chunk);
            if has_damage {
                damage.push(byte..byte + chunk.len());
            }
            text.push_str(&decoded);
            byte += chunk.len();
            if decoded.len() != chunk.len() {
                shifts.push(Shift { text: text.len(), byte });
            }
        }
        Self { text: Cow::Owned(text), shifts, damage, length: mark + body.len() }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte range of the document that a range of the text was read from.
    pub fn bytes(&self, text: Range<usize>) -> Range<usize> {
        self.byte(text.start)..self.byte(text.end)
    }

    /// The byte ranges that stand for no character, in order.
    pub fn damage(&self) -> &[Range<usize>] {
        &self.damage
    }

    /// Whether bytes within the range stand for no character.
    pub fn is_damaged(&self, bytes: &Range<usize>) -> bool {
        let first = self.damage.partition_point(|damage| damage.end <= bytes.start);
        self.damage.get(first).is_some_and(|damage| damage.start < bytes.end)
    }

    fn byte(&self, at: usize) -> usize {
        let next = self.shifts.partition_point(|shift| shift.text <= at);
        let byte = match next.checked_sub(1).and_then(|last| self.shifts.get(last)) {
            Some(shift) => shift.byte + (at - shift.text),
            None => at,
        };
        // Within a character of several bytes the way back leads to its neighbourhood.
        let end = self.shifts.get(next).map_or(self.length, |shift| shift.byte);
        byte.min(end)
    }
}

/// The encoding, and the length of its byte order mark.
fn encoding(bytes: &[u8]) -> Result<(&'static Encoding, usize), ShapeError> {
    if let Some(found) = Encoding::for_bom(bytes) {
        return Ok(found);
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
    let Some(label) = declared(&head) else { return Ok((UTF_8, 0)) };
    match Encoding::for_label(label.as_bytes()) {
        Some(encoding) => Ok((encoding, 0)),
        None => Err(encoding_error(&label)),
    }
}

/// What the XML declaration or a `meta` element says.
fn declared(head: &str) -> Option<String> {
    for (_, token) in Tokens::new(head) {
        match token {
            Token::Instruction(declaration) if declaration.starts_with("xml ") => {
                let raw_attributes = declaration.trim_start_matches("xml").trim_end_matches('?');
                let tag = Tag { name: "xml", raw_attributes, is_empty: false };
                if let Some(encoding) = tag.attribute("encoding") {
                    return Some(encoding.raw_value.to_owned());
                }
            }
            Token::Start(tag) if tag.name.eq_ignore_ascii_case("meta") => {
                if let Some(charset) = charset(&tag) {
                    return Some(charset);
                }
            }
            Token::Start(tag) if tag.name.eq_ignore_ascii_case("body") => return None,
            Token::Instruction(_)
            | Token::Start(_)
            | Token::End(_)
            | Token::Text(_)
            | Token::CData(_)
            | Token::Comment(_)
            | Token::Doctype(_)
            | Token::Unfinished(_) => {}
        }
    }
    None
}

/// `charset="…"`, or `content="text/html; charset=…"`.
fn charset(meta: &Tag<'_>) -> Option<String> {
    meta.attributes().find_map(|attribute| {
        if attribute.name.eq_ignore_ascii_case("charset") {
            return Some(attribute.raw_value.to_owned());
        }
        let content = attribute.raw_value.to_ascii_lowercase();
        let (_, label) = content.split_once("charset=")?;
        Some(label.split([';', ' ']).next()?.trim().to_owned())
    })
}

fn encoding_error(found: &str) -> ShapeError {
    ShapeError {
        place: "encoding".to_owned(),
        expected: "UTF-8 or an encoding with one byte a character".to_owned(),
        found: format!("`{}`", found.chars().take(40).collect::<String>()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The text, and the bytes of each of its characters that is not ASCII.
    fn check(bytes: &[u8], text: &str, ranges: &[(usize, usize)]) {
        let document = DocumentText::decode(bytes).unwrap();
        assert_eq!(document.text(), text);
        let of_characters: Vec<_> = text
            .char_indices()
            .filter(|(_, c)| !c.is_ascii())
            .map(|(at, c)| document.bytes(at..at + c.len_utf8()))
            .map(|range| (range.start, range.end))
            .collect();
        assert_eq!(of_characters, ranges);
        assert_eq!(document.bytes(text.len()..text.len()), bytes.len()..bytes.len());
    }

    #[test]
    fn utf_8_is_borrowed_and_its_mark_is_left_out() {
        check("a—b".as_bytes(), "a—b", &[(1, 4)]);
        check("\u{feff}a—b".as_bytes(), "a—b", &[(4, 7)]);
        let document = DocumentText::decode("a—b".as_bytes()).unwrap();
        assert!(matches!(document.text, Cow::Borrowed(_)));
    }

    #[test]
    fn a_declared_encoding_of_one_byte_keeps_the_way_back() {
        let xml = b"\n<?xml version='1.0' encoding='windows-1252'?>\x97\xe9x";
        check(xml, "\n<?xml version='1.0' encoding='windows-1252'?>—éx", &[(46, 47), (47, 48)]);
        let html = b"<meta http-equiv=content-type content='text/html; charset=ISO-8859-1'>\xa0";
        let text = "<meta http-equiv=content-type content='text/html; charset=ISO-8859-1'>\u{a0}";
        check(html, text, &[(70, 71)]);
    }

    #[test]
    fn bytes_that_stand_for_nothing_are_damage() {
        let document = DocumentText::decode(b"ab\xff\xfec").unwrap();
        assert_eq!(document.text(), "ab\u{fffd}\u{fffd}c");
        assert_eq!(document.damage(), [2..3, 3..4]);
        assert_eq!(document.bytes(8..9), 4..5);
        assert!(document.is_damaged(&(3..9)) && document.is_damaged(&(0..3)));
        assert!(!document.is_damaged(&(0..2)) && !document.is_damaged(&(4..5)));
    }

    #[test]
    fn another_encoding_is_refused_by_name() {
        for (bytes, found) in [
            (&b"<?xml version='1.0' encoding='Shift_JIS'?>\x83"[..], "`Shift_JIS`"),
            (&b"<?xml version='1.0' encoding='klingon'?>"[..], "`klingon`"),
            (&b"\xff\xfe<\0"[..], "`UTF-16LE`"),
        ] {
            assert_eq!(DocumentText::decode(bytes).unwrap_err().found, found);
        }
    }

    proptest! {
        #[test]
        fn the_way_back_stays_within_the_document(bytes: Vec<u8>, is_latin: bool) {
            let mut document = Vec::new();
            if is_latin {
                document.extend(b"<?xml encoding='iso-8859-1'?>");
            }
            document.extend(bytes);
            if let Ok(text) = DocumentText::decode(&document) {
                let mut last = 0;
                for (at, _) in text.text().char_indices() {
                    let byte = text.bytes(at..at).start;
                    prop_assert!(byte >= last && byte < document.len());
                    last = byte;
                }
            }
        }
    }
}
