//! A pull tokenizer for the XHTML, HTML and XML that filers produce.
//!
//! It hands out slices of the text with their byte ranges, copies nothing and never fails: markup
//! that is not well formed goes through, so that a reader can take what is there and say what is
//! wrong. Time is linear in the text, whatever the text is.
//!
//! Left out: checking that elements are nested well, the content model of `script` (filings have
//! none) and entity declarations, of which a reader should refuse a document ([`has_subset`]).

mod entity;

use std::borrow::Cow;
use std::ops::Range;

use memchr::{memchr, memchr3, memmem};

pub use entity::unescape;

/// One piece of markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    /// A start tag, or the tag of an empty element.
    Start(Tag<'a>),
    /// An end tag, by its name.
    End(&'a str),
    /// Text as it stands, with its entities: see [`unescape`].
    Text(&'a str),
    /// What stands in a CDATA section, which has no entities.
    CData(&'a str),
    /// What stands in a comment, or in another declaration than DOCTYPE.
    Comment(&'a str),
    /// What stands in a processing instruction or the XML declaration.
    Instruction(&'a str),
    /// What stands in `<!DOCTYPE …>`, internal subset included.
    Doctype(&'a str),
    /// A tag, comment or section that the text ends in: always the last token.
    Unfinished(&'a str),
}

/// A start tag. Attributes are read when they are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag<'a> {
    /// The name with its prefix, as it stands.
    pub name: &'a str,
    /// What stands between the name and the end of the tag.
    pub raw_attributes: &'a str,
    /// Whether the tag ends in `/>`.
    pub is_empty: bool,
}

/// An attribute of a start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// The name with its prefix, as it stands.
    pub name: &'a str,
    /// The value without its quotes, as it stands: see [`Attribute::value`].
    pub raw_value: &'a str,
}

/// The tokens of a text with their byte ranges, which follow each other without a gap.
#[derive(Debug, Clone)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    /// Starts at the beginning of `text`.
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The byte at which the next token begins.
    pub fn position(&self) -> usize {
        self.at
    }

    fn token(&self) -> (usize, Token<'a>) {
        let rest = &self.text[self.at..];
        match rest.as_bytes() {
            [b'<', b'/', next, ..] if starts_name(*next) => self.end_tag(),
            [b'<', b'!', ..] => self.declaration(rest),
            [b'<', b'?', ..] => self.enclosed(2, b">", Token::Instruction),
            [b'<', next, ..] if starts_name(*next) => self.start_tag(),
            _ => self.character_data(),
        }
    }

    fn start_tag(&self) -> (usize, Token<'a>) {
        let bytes = self.text.as_bytes();
        let name_end = end_of_name(bytes, self.at + 1);
        let Some(close) = end_of_tag(bytes, name_end) else { return self.unfinished() };
        let is_empty = close > name_end && bytes[close - 1] == b'/';
        let tag = Tag {
            name: &self.text[self.at + 1..name_end],
            raw_attributes: &self.text[name_end..close - usize::from(is_empty)],
            is_empty,
        };
        (close + 1, Token::Start(tag))
    }

    fn end_tag(&self) -> (usize, Token<'a>) {
        let bytes = self.text.as_bytes();
        let name_end = end_of_name(bytes, self.at + 2);
        match memchr(b'>', &bytes[name_end..]) {
            Some(close) => (name_end + close + 1, Token::End(&self.text[self.at + 2..name_end])),
            None => self.unfinished(),
        }
    }

    fn declaration(&self, rest: &str) -> (usize, Token<'a>) {
        if rest.starts_with("<!--") {
            return self.enclosed(4, b"-->", Token::Comment);
        }
        if rest.starts_with("<![CDATA[") {
            return self.enclosed(9, b"]]>", Token::CData);
        }
        if rest.get(2..9).is_none_or(|word| !word.eq_ignore_ascii_case("DOCTYPE")) {
            return self.enclosed(2, b">", Token::Comment);
        }
        let head = memchr(b'>', rest.as_bytes()).map_or(rest, |close| &rest[..close]);
        if head.contains('[') {
            return self.enclosed(9, b"]>", Token::Doctype);
        }
        self.enclosed(9, b">", Token::Doctype)
    }

    /// What stands after an opening of `opening` bytes and before `close`.
    fn enclosed(
        &self,
        opening: usize,
        close: &[u8],
        token: impl FnOnce(&'a str) -> Token<'a>,
    ) -> (usize, Token<'a>) {
        let from = self.at + opening;
        let Some(inner) = self.text.get(from..) else { return self.unfinished() };
        match memmem::find(inner.as_bytes(), close) {
            Some(length) => (from + length + close.len(), token(&inner[..length])),
            None => self.unfinished(),
        }
    }

    /// Text up to the next tag; a `<` that opens nothing is text.
    fn character_data(&self) -> (usize, Token<'a>) {
        let bytes = self.text.as_bytes();
        let mut end = self.at + 1;
        let end = loop {
            let Some(found) = memchr(b'<', &bytes[end..]) else { break bytes.len() };
            end += found;
            match bytes[end + 1..] {
                [b'!' | b'?', ..] => break end,
                [b'/', next, ..] if starts_name(next) => break end,
                [next, ..] if starts_name(next) => break end,
                _ => end += 1,
            }
        };
        (end, Token::Text(&self.text[self.at..end]))
    }

    fn unfinished(&self) -> (usize, Token<'a>) {
        (self.text.len(), Token::Unfinished(&self.text[self.at..]))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = (Range<usize>, Token<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.text.len() {
            return None;
        }
        let (end, token) = self.token();
        let span = self.at..end;
        self.at = end;
        Some((span, token))
    }
}

impl<'a> Tag<'a> {
    /// The attributes in the order in which they stand.
    pub fn attributes(&self) -> Attributes<'a> {
        Attributes { rest: self.raw_attributes }
    }

    /// The value of the first attribute of that name as it stands.
    pub fn attribute(&self, name: &str) -> Option<Attribute<'a>> {
        self.attributes().find(|attribute| attribute.name == name)
    }
}

impl<'a> Attribute<'a> {
    /// The value with its entities resolved.
    pub fn value(&self) -> Cow<'a, str> {
        unescape(self.raw_value)
    }
}

/// The attributes of a tag; a name without a value has the empty one.
#[derive(Debug, Clone)]
pub struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        let rest = self.rest.trim_start_matches(is_space_or_slash);
        if rest.is_empty() {
            self.rest = rest;
            return None;
        }
        // The first character belongs to the name even if it is an `=`, as in HTML.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let name_end = rest[first..]
            .find(|c| c == '=' || is_space_or_slash(c))
            .map_or(rest.len(), |end| first + end);
        let (name, after) = rest.split_at(name_end);
        let Some(value) = after.trim_start_matches(is_space).strip_prefix('=') else {
            self.rest = after;
            return Some(Attribute { name, raw_value: "" });
        };
        let value = value.trim_start_matches(is_space);
        let (raw_value, rest) = match value.as_bytes() {
            [quote @ (b'"' | b'\''), quoted @ ..] => {
                let length = memchr(*quote, quoted).unwrap_or(quoted.len());
                (&value[1..=length], value.get(length + 2..).unwrap_or(""))
            }
            _ => value.split_at(value.find(is_space).unwrap_or(value.len())),
        };
        self.rest = rest;
        Some(Attribute { name, raw_value })
    }
}

/// Whether a DOCTYPE has an internal subset, in which entities could be declared that expand
/// without bound.
pub fn has_subset(doctype: &str) -> bool {
    doctype.contains('[')
}

/// The prefix of a name, empty where it has none, and the name itself.
pub fn split_name(name: &str) -> (&str, &str) {
    match memchr(b':', name.as_bytes()) {
        Some(colon) => (&name[..colon], &name[colon + 1..]),
        None => ("", name),
    }
}

/// Where a name ends that begins at `from`.
fn end_of_name(bytes: &[u8], from: usize) -> usize {
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
    bytes[from..].iter().position(is_end).map_or(bytes.len(), |length| from + length)
}

/// The `>` that ends a tag whose attributes begin at `from`; one inside a quoted value does not.
fn end_of_tag(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let found = at + memchr3(b'>', b'"', b'\'', &bytes[at..])?;
        let quote = bytes[found];
        if quote == b'>' {
            return Some(found);
        }
        // Elsewhere than after `=` a quote is an ordinary character, as in `alt=Moody's`.
        let before = bytes[at..found].trim_ascii_end();
        at = found + 1;
        if before.ends_with(b"=") {
            at += memchr(quote, &bytes[at..])? + 1;
        }
    }
}

fn starts_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 0x80
}

fn is_space(c: char) -> bool {
    c.is_ascii_whitespace()
}

fn is_space_or_slash(c: char) -> bool {
    c.is_ascii_whitespace() || c == '/'
}

#[cfg(test)]
mod tests;
