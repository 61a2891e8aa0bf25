//! The tags of a document, as a reader of HTML tells them from what merely looks like one.

use std::ops::Range;

use memchr::{memchr, memmem};

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag {
    /// From `<` to `>`.
    pub(crate) span: Range<usize>,
    /// Its name.
    pub(crate) name: Range<usize>,
    pub(crate) is_end: bool,
    /// Whether it ends a script or another element that holds nothing but text.
    pub(crate) ends_text: bool,
    /// Whether a slash stands before the `>`.
    pub(crate) is_closed: bool,
}

/// Elements that hold nothing but text, whatever it looks like.
const TEXTS: &[&str] =
    &["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript"];

/// All tags, in order.
pub(crate) fn tags(text: &str) -> Vec<Tag> {
    let bytes = text.as_bytes();
    let (mut tags, mut at) = (Vec::new(), 0);
    while let Some(offset) = memchr(b'<', &bytes[at..]) {
        let start = at + offset;
        let Some(tag) = tag_at(bytes, start) else {
            // A tag that does not end takes the rest of the document.
            let name = bytes[start + 1..].strip_prefix(b"/").unwrap_or(&bytes[start + 1..]);
            if name.first().is_some_and(u8::is_ascii_alphabetic) {
                break;
            }
            at = start + skipped(&bytes[start..]);
            continue;
        };
        at = tag.span.end;
        let name = text[tag.name.clone()].to_ascii_lowercase();
        let holds_text = !tag.is_end && TEXTS.contains(&name.as_str());
        tags.push(tag);
        if holds_text {
            let Some(end) = end_of_text(bytes, at, name.as_bytes()) else { break };
            let Some(tag) = tag_at(bytes, end) else { break };
            at = tag.span.end;
            tags.push(Tag { ends_text: true, ..tag });
        }
    }
    tags
}

/// The tag at `start`, where one begins there.
fn tag_at(bytes: &[u8], start: usize) -> Option<Tag> {
    let is_end = bytes.get(start + 1) == Some(&b'/');
    let name_start = start + 1 + usize::from(is_end);
    bytes.get(name_start).filter(|byte| byte.is_ascii_alphabetic())?;
    let ends_name = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
    let name_end = name_start + bytes[name_start..].iter().position(ends_name)?;
    let end = name_end + attributes(&bytes[name_end..])?;
    let is_closed = end > name_end && bytes.get(end - 2) == Some(&b'/');
    let name = name_start..name_end;
    Some(Tag { span: start..end, name, is_end, ends_text: false, is_closed })
}

/// Bytes up to the `>` that ends a tag: one within a quoted value does not.
fn attributes(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    let mut is_value_due = false;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'>' => return Some(at + 1),
            b'"' | b'\'' if is_value_due => {
                at += 1 + memchr(*byte, bytes.get(at + 1..)?)?;
                is_value_due = false;
            }
            b'=' => is_value_due = true,
            byte if byte.is_ascii_whitespace() => {}
            _ => is_value_due = false,
        }
        at += 1;
    }
    None
}

/// Bytes of a comment or of another `<` that begins no tag.
fn skipped(bytes: &[u8]) -> usize {
    let found = if bytes.starts_with(b"<!--") {
        memmem::find(&bytes[2..], b"-->").map(|at| 2 + at + 3)
    } else if matches!(bytes.get(1), Some(b'!' | b'?' | b'/')) {
        memchr(b'>', bytes).map(|at| at + 1)
    } else {
        return 1;
    };
    found.unwrap_or(bytes.len())
}

/// Where the tag begins that ends an element of text.
fn end_of_text(bytes: &[u8], from: usize, name: &[u8]) -> Option<usize> {
    let mut ends = memmem::find_iter(&bytes[from..], b"</").map(|at| from + at);
    ends.find(|at| {
        let rest = &bytes[at + 2..];
        rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
            && rest
                .get(name.len())
                .is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))
    })
}

/// The value of an attribute of a tag, as it stands between its quotation marks.
pub(crate) fn attribute(text: &str, tag: &Tag, name: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let ends = |at: usize, is_end: fn(u8) -> bool| {
        bytes[at..tag.span.end].iter().position(|byte| is_end(*byte)).map(|length| at + length)
    };
    let mut at = tag.name.end;
    loop {
        let start = ends(at, |byte| !byte.is_ascii_whitespace() && byte != b'/')?;
        let end = ends(start + 1, |byte| byte.is_ascii_whitespace() || b"=>/".contains(&byte))?;
        let next = ends(end, |byte| !byte.is_ascii_whitespace())?;
        if bytes[next] != b'=' {
            at = end;
            continue;
        }
        let value = ends(next + 1, |byte| !byte.is_ascii_whitespace())?;
        let (value, after) = if matches!(bytes[value], b'"' | b'\'') {
            let length = memchr(bytes[value], &bytes[value + 1..tag.span.end])?;
            (value + 1..value + 1 + length, value + length + 2)
        } else {
            let end = ends(value, |byte| byte.is_ascii_whitespace() || byte == b'>')?;
            (value..end, end)
        };
        if text[start..end].eq_ignore_ascii_case(name) {
            return Some(value);
        }
        at = after;
    }
}
