//! What a reader sees of a filing document, with the way back to it.
//!
//! Left out: images, and what style sheets outside a `style` attribute hide.

mod page;
mod plain;
mod writer;

use std::ops::Range;

use crate::markup::{Tag, Token, Tokens, split_name, unescape};
use writer::{Separator, Writer};

/// The visible text of a document: XHTML with or without tagged facts, older HTML, or plain text.
///
/// A paragraph is a line; of a table each row is a line and its cells are separated by tabs. White
/// space is collapsed to one space, entities are characters, and what is not shown is left out:
/// scripts, styles, the title, the header of Inline XBRL and what `display:none` hides. Where the end
/// of a page cuts a sentence, its rest follows, and the footer and header between them are left out.
#[derive(Debug, Clone)]
pub struct FilingText {
    text: String,
    /// Stretches of the text in order, which follow each other without a gap in the document too.
    runs: Vec<Run>,
    /// Where the last run ends in the document.
    end: usize,
}

/// Where a stretch begins. One that is as long in the text as in the document is the same in both.
#[derive(Debug, Clone, Copy)]
struct Run {
    text: usize,
    source: usize,
}

impl FilingText {
    /// Reads the visible text of a document, as [`DocumentText`](crate::DocumentText) has it.
    pub fn read(source: &str) -> Self {
        let mut writer = Writer::default();
        if is_marked_up(source) {
            markup(source, &mut writer);
        } else {
            plain::lines(source, 0, &mut writer);
        }
        let (text, runs, end) = writer.finish();
        Self { text, runs, end }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The byte range of the document's text that a range of the visible one was read from.
    pub fn source(&self, text: Range<usize>) -> Range<usize> {
        let start = self.source_of_start(text.start);
        let end = if text.is_empty() { start } else { self.source_of_end(text.end) };
        start..end
    }

    fn source_of_start(&self, at: usize) -> usize {
        match self.run_at(at) {
            Some((run, true, _)) => run.source + (at - run.text),
            Some((run, false, _)) => run.source,
            None => self.end,
        }
    }

    fn source_of_end(&self, end: usize) -> usize {
        match self.run_at(end.saturating_sub(1)) {
            Some((run, true, _)) => run.source + (end - run.text),
            Some((_, false, source_end)) => source_end,
            None => self.end,
        }
    }

    /// The run that takes in byte `at` of the text, whether it is the same in the document, and where
    /// it ends there.
    fn run_at(&self, at: usize) -> Option<(Run, bool, usize)> {
        if at >= self.text.len() {
            return None;
        }
        let next = self.runs.partition_point(|run| run.text <= at);
        let run = *self.runs.get(next.checked_sub(1)?)?;
        let (text_end, source_end) = match self.runs.get(next) {
            Some(next) => (next.text, next.source),
            None => (self.text.len(), self.end),
        };
        Some((run, text_end - run.text == source_end - run.source, source_end))
    }
}

/// Elements of which one makes a document HTML; plain text has `<PAGE>`, `<TABLE>`, `<S>` and `<C>`.
const HTML: &[&str] = &["html", "body", "div", "p", "br", "font", "tr", "td", "span"];

/// Elements that begin and end a paragraph.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "tbody",
    "tfoot",
    "thead",
    "ul",
];

/// Elements that are never shown.
const UNSEEN: &[&str] = &["script", "style", "title", "noscript", "template"];

/// Elements without content, of which HTML has no end tag.
const VOID: &[&str] = &["area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"];

fn is_one_of(name: &str, list: &[&str]) -> bool {
    list.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn is_marked_up(source: &str) -> bool {
    Tokens::new(source)
        .any(|(_, token)| matches!(token, Token::Start(tag) if is_one_of(tag.name, HTML)))
}

/// An element that is not shown, being read.
struct Hidden<'a> {
    name: &'a str,
    depth: usize,
    /// Where its content begins.
    from: usize,
}

fn markup(source: &str, writer: &mut Writer) {
    // An element that is never closed would hide the rest: the rest is then read with nothing hidden.
    if let Some(from) = elements(source, 0, true, writer) {
        elements(source, from, false, writer);
    }
}

/// Reads elements from byte `from` on; where the content begins of one that hides all that follows.
fn elements(source: &str, from: usize, hides: bool, writer: &mut Writer) -> Option<usize> {
    let mut hidden: Option<Hidden<'_>> = None;
    let mut layout = Layout::default();
    for (span, token) in Tokens::new(&source[from..]) {
        let (start, end) = (span.start + from, span.end + from);
        if let Some(open) = &mut hidden {
            if open.is_closed_by(&token) {
                hidden = None;
            }
            continue;
        }
        match token {
            Token::Start(tag) => {
                layout.start(tag.name, writer);
                if hides && opens(&tag) && is_hidden(&tag) {
                    hidden = Some(Hidden { name: tag.name, depth: 1, from: end });
                }
            }
            Token::End(name) => layout.end(name, writer),
            Token::Text(text) if layout.pre > 0 => plain::lines(text, start, writer),
            Token::Text(text) => words(text, start, writer),
            Token::CData(text) => words(text, start + "<![CDATA[".len(), writer),
            Token::Comment(_)
            | Token::Instruction(_)
            | Token::Doctype(_)
            | Token::Unfinished(_) => {}
        }
    }
    hidden.map(|open| open.from)
}

impl Hidden<'_> {
    fn is_closed_by(&mut self, token: &Token<'_>) -> bool {
        match token {
            Token::Start(tag) if !tag.is_empty && tag.name.eq_ignore_ascii_case(self.name) => {
                self.depth += 1;
            }
            Token::End(name) if name.eq_ignore_ascii_case(self.name) => self.depth -= 1,
            Token::Start(_)
            | Token::End(_)
            | Token::Text(_)
            | Token::CData(_)
            | Token::Comment(_)
            | Token::Instruction(_)
            | Token::Doctype(_)
            | Token::Unfinished(_) => {}
        }
        self.depth == 0
    }
}

/// Whether a start tag is followed by content.
fn opens(tag: &Tag<'_>) -> bool {
    !tag.is_empty && !is_one_of(tag.name, VOID)
}

fn is_hidden(tag: &Tag<'_>) -> bool {
    let (prefix, local) = split_name(tag.name);
    if !prefix.is_empty() {
        return matches!(local, "header" | "hidden");
    }
    is_one_of(local, UNSEEN) || (tag.raw_attributes.contains("none") && hides_by_style(tag))
}

fn hides_by_style(tag: &Tag<'_>) -> bool {
    let style = tag.attributes().find(|attribute| attribute.name.eq_ignore_ascii_case("style"));
    let Some(style) = style else { return false };
    style.value().split(';').filter_map(|rule| rule.split_once(':')).any(|(name, value)| {
        name.trim().eq_ignore_ascii_case("display") && value.trim().eq_ignore_ascii_case("none")
    })
}

/// Where in a table or in preformatted text the reader is.
#[derive(Default)]
struct Layout {
    is_in_cell: bool,
    pre: usize,
}

impl Layout {
    fn start(&mut self, name: &str, writer: &mut Writer) {
        self.pre += usize::from(name.eq_ignore_ascii_case("pre"));
        self.boundary(name, writer);
        self.is_in_cell |= is_one_of(name, &["td", "th"]);
    }

    fn end(&mut self, name: &str, writer: &mut Writer) {
        let is_pre = name.eq_ignore_ascii_case("pre");
        self.pre = self.pre.saturating_sub(usize::from(is_pre));
        self.boundary(name, writer);
    }

    fn boundary(&mut self, name: &str, writer: &mut Writer) {
        let (prefix, local) = split_name(name);
        if !prefix.is_empty() {
            return;
        }
        if is_one_of(local, &["td", "th"]) {
            self.is_in_cell = false;
            writer.separate(Separator::Cell);
        } else if is_one_of(local, &["tr", "table"]) {
            self.is_in_cell = false;
            writer.separate(Separator::Line);
        } else if is_one_of(local, BLOCKS) {
            // A cell stays on its row.
            writer.separate(if self.is_in_cell { Separator::Space } else { Separator::Line });
        }
    }
}

/// Text in which white space is no more than a space.
fn words(raw: &str, start: usize, writer: &mut Writer) {
    let mut from = 0;
    for (at, c) in raw.char_indices() {
        if at < from || !(c == '&' || c.is_whitespace() || is_nothing(c)) {
            continue;
        }
        writer.push(&raw[from..at], start + from..start + at);
        let length = if c == '&' {
            entity(&raw[at..], start + at, writer)
        } else {
            if c.is_whitespace() {
                writer.separate(Separator::Space);
            }
            c.len_utf8()
        };
        from = at + length;
    }
    writer.push(&raw[from..], start + from..start + raw.len());
}

/// Characters without a width.
fn is_nothing(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Reads the entity at the start of `raw`, or its `&`; how many bytes that are.
fn entity(raw: &str, start: usize, writer: &mut Writer) -> usize {
    let length =
        raw.as_bytes().iter().take(12).position(|byte| *byte == b';').map_or(1, |at| at + 1);
    let text = unescape(&raw[..length]);
    if length > 1 && text.starts_with('&') && text.len() > 1 {
        writer.push("&", start..start + 1);
        return 1;
    }
    if text.chars().all(char::is_whitespace) {
        writer.separate(Separator::Space);
    } else if !text.chars().all(is_nothing) {
        writer.push(&text, start..start + length);
    }
    length
}

#[cfg(test)]
mod tests;
