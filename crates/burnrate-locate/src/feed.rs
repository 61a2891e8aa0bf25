//! Items of a feed in XML, well-formed or not.

use std::ops::Range;

use memchr::{memchr, memmem};

/// The item of that number, from 1, as it stands outside of CDATA sections and comments. One that does not
/// end goes as far as the next one.
pub(crate) fn item(document: &[u8], name: &str, number: usize) -> Option<Range<usize>> {
    let (mut count, mut at) = (0, 0);
    let mut open = None;
    while let Some(offset) = memchr(b'<', &document[at..]) {
        let start = at + offset;
        let rest = &document[start..];
        at = start + length(rest);
        let tag = tag(rest);
        if tag == name.as_bytes() {
            if let Some(open) = open {
                return Some(open..start);
            }
            count += 1;
            if count == number {
                open = Some(start);
            }
        } else if let (Some(open), Some(ended)) = (open, tag.strip_prefix(b"/"))
            && ended == name.as_bytes()
        {
            return Some(open..at);
        }
    }
    open.map(|open| open..document.len())
}

/// Bytes of the tag, comment or CDATA section that the document goes on with.
fn length(rest: &[u8]) -> usize {
    let end: &[u8] = if rest.starts_with(b"<!--") {
        b"-->"
    } else if rest.starts_with(b"<![CDATA[") {
        b"]]>"
    } else {
        b">"
    };
    memmem::find(rest, end).map_or(rest.len(), |at| at + end.len())
}

/// The name of the tag that the document goes on with, with the slash of one that ends something.
fn tag(rest: &[u8]) -> &[u8] {
    let name = &rest[1..];
    let is_end = |(at, byte): (usize, &u8)| {
        byte.is_ascii_whitespace() || *byte == b'>' || (*byte == b'/' && at > 0)
    };
    let end = name.iter().enumerate().position(is_end).unwrap_or(name.len());
    &name[..end]
}
