//! Elements with their namespaces, always closed in order, from markup that may not be.

use std::ops::Range;

use memchr::memmem;

use crate::markup::{Tag, Token, Tokens, has_subset, split_name};
use crate::namespace::{Namespaces, W3C, clip};

/// Elements that may be open at once, apart from HTML's. Real filings have fewer than ten.
const DEPTH: usize = 256;

/// Namespaces that may be in scope at once, as each name is looked for among them. Real filings have
/// fewer than a hundred.
const BINDINGS: usize = 1000;

/// Damages that are told one by one.
const DAMAGES: usize = 1000;

/// Something that went wrong, with its place in the text.
pub(crate) type Damage = (Range<usize>, String);

/// An element other than HTML's.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element<'a> {
    /// What its prefix stands for; `None` for nothing.
    pub(crate) namespace: Option<&'a str>,
    pub(crate) local: &'a str,
    pub(crate) tag: Tag<'a>,
    /// `xml:lang`, of itself or an element around it.
    pub(crate) language: Option<&'a str>,
    /// Where its start tag begins, and where its content does.
    pub(crate) start: usize,
    pub(crate) content: usize,
}

#[derive(Debug)]
pub(crate) enum Event<'a> {
    Start(Element<'a>),
    /// The end of the element that was opened last and is not closed yet, whether or not it has an
    /// end tag.
    End(End<'a>),
}

#[derive(Debug)]
pub(crate) struct End<'a> {
    pub(crate) element: Element<'a>,
    /// Its content without tags, and the whole.
    pub(crate) content: Range<usize>,
    pub(crate) span: Range<usize>,
    /// False where the document ends, or another element does, before it.
    pub(crate) is_closed: bool,
}

struct Open<'a> {
    element: Element<'a>,
    /// Bindings in scope around it.
    bindings: usize,
    /// HTML elements are not followed, except those that declare namespaces, to know where their scope
    /// ends; and of elements of that name within, how many are open.
    is_scope_only: bool,
    nested: usize,
}

pub(crate) struct Elements<'a> {
    tokens: Tokens<'a>,
    pub(crate) namespaces: Namespaces<'a>,
    /// Where the text has `xmlns`, ahead: most tags have none, and are not searched for it.
    declarations: memmem::FindIter<'a, 'static>,
    next_declaration: Option<usize>,
    /// Whether names without a prefix are HTML's, or of no namespace.
    default_is_plain: bool,
    open: Vec<Open<'a>>,
    /// How many of the open elements end here.
    ending: usize,
    ends_with_tag: bool,
    end: Range<usize>,
    /// Bindings that stay once the element that ended last is dealt with.
    scope_end: Option<usize>,
    /// What went wrong so far.
    pub(crate) damage: Vec<Damage>,
    /// Why the rest was not read, if it was not.
    pub(crate) stop: Option<Damage>,
    /// A document type with declarations of its own.
    pub(crate) subset: Option<Range<usize>>,
}

impl<'a> Elements<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let mut declarations = memmem::find_iter(text.as_bytes(), "xmlns");
        Self {
            tokens: Tokens::new(text),
            namespaces: Namespaces::default(),
            next_declaration: declarations.next(),
            declarations,
            default_is_plain: true,
            open: Vec::new(),
            ending: 0,
            ends_with_tag: false,
            end: 0..0,
            scope_end: None,
            damage: Vec::new(),
            stop: None,
            subset: None,
        }
    }

    pub(crate) fn next(&mut self) -> Option<Event<'a>> {
        loop {
            if let Some(bindings) = self.scope_end.take() {
                self.namespaces.truncate(bindings);
                self.note_default();
            }
            if self.ending > 0 {
                if let Some(end) = self.close() {
                    return Some(Event::End(end));
                }
                continue;
            }
            let Some((span, token)) = self.tokens.next() else {
                if self.open.is_empty() {
                    return None;
                }
                let end = self.tokens.position();
                self.end_all(end..end);
                continue;
            };
            match token {
                Token::Start(tag) => {
                    if let Some(element) = self.start(tag, span) {
                        return Some(Event::Start(element));
                    }
                }
                Token::End(name) => self.end(name, span),
                Token::Doctype(doctype) if has_subset(doctype) => {
                    self.subset = Some(span);
                    return None;
                }
                Token::Unfinished(_) => {
                    let start = span.start;
                    let reason = "the document ends within a tag".to_owned();
                    self.damage.push((start..start + 1, reason));
                }
                Token::Text(_)
                | Token::CData(_)
                | Token::Doctype(_)
                | Token::Comment(_)
                | Token::Instruction(_) => {}
            }
        }
    }

    fn start(&mut self, tag: Tag<'a>, span: Range<usize>) -> Option<Element<'a>> {
        let bindings = self.namespaces.len();
        let declares = self.may_declare(&span) && self.namespaces.declare(&tag);
        if declares {
            self.note_default();
            if self.namespaces.len() > BINDINGS {
                self.stop(span, format!("more than {BINDINGS} namespaces at once"));
                return None;
            }
        }
        let (prefix, local) = split_name(tag.name);
        let is_plain = prefix.is_empty() && self.default_is_plain;
        if is_plain && !declares {
            let is_around =
                |open: &&mut Open<'_>| open.is_scope_only && open.element.tag.name == tag.name;
            if !tag.is_empty
                && let Some(around) = self.open.iter_mut().rev().find(is_around)
            {
                around.nested += 1;
            }
            return None;
        }
        if self.open.len() == DEPTH {
            self.stop(span, format!("more than {DEPTH} elements within each other"));
            return None;
        }
        let inherited = self.open.last().and_then(|open| open.element.language);
        let element = Element {
            namespace: self.namespaces.namespace(prefix),
            local,
            tag,
            language: language(&tag).or(inherited),
            start: span.start,
            content: span.end,
        };
        self.open.push(Open { element, bindings, is_scope_only: is_plain, nested: 0 });
        if tag.is_empty {
            self.ending = 1;
            self.ends_with_tag = true;
            self.end = span.end..span.end;
        }
        (!is_plain).then_some(element)
    }

    /// Whether `xmlns` stands in a tag; tags come in order.
    fn may_declare(&mut self, tag: &Range<usize>) -> bool {
        while self.next_declaration.is_some_and(|at| at < tag.start) {
            self.next_declaration = self.declarations.next();
        }
        self.next_declaration.is_some_and(|at| at < tag.end)
    }

    fn end(&mut self, name: &'a str, span: Range<usize>) {
        if let Some(top) = self.open.last_mut()
            && top.element.tag.name == name
        {
            if top.nested > 0 {
                top.nested -= 1;
            } else {
                self.ending = 1;
                self.ends_with_tag = true;
                self.end = span;
            }
            return;
        }
        let is_plain = self.default_is_plain && !name.contains(':');
        let scopes_only = |open: &Open<'_>| !is_plain || open.is_scope_only;
        let found =
            self.open.iter().rposition(|open| open.element.tag.name == name && scopes_only(open));
        match found {
            // A plain element's own end: plain elements are not followed.
            None if is_plain => {}
            None => self.note(span, format!("`</{}>` closes nothing", clip(name))),
            Some(index) if is_plain && self.open[index].nested > 0 => {
                // One of the same name within it, opened before the elements that are still open.
                self.open[index].nested -= 1;
            }
            Some(index) => {
                self.ending = self.open.len() - index;
                self.ends_with_tag = true;
                self.end = span;
            }
        }
    }

    /// Reads no further.
    fn stop(&mut self, span: Range<usize>, reason: String) {
        self.end_all(span.clone());
        self.tokens = Tokens::new("");
        self.stop = Some((span, reason));
    }

    fn note(&mut self, span: Range<usize>, reason: String) {
        match self.damage.len() {
            0..DAMAGES => self.damage.push((span, reason)),
            DAMAGES => {
                self.damage.push((span, "more of the markup is wrong from here on".to_owned()));
            }
            _ => {}
        }
    }

    fn end_all(&mut self, end: Range<usize>) {
        self.ending = self.open.len();
        self.ends_with_tag = false;
        self.end = end;
    }

    /// Closes the element that was opened last.
    fn close(&mut self) -> Option<End<'a>> {
        self.ending -= 1;
        let open = self.open.pop()?;
        if self.namespaces.len() > open.bindings {
            self.scope_end = Some(open.bindings);
        }
        let element = open.element;
        let is_closed = self.ends_with_tag && self.ending == 0;
        if !is_closed {
            let reason = format!("`<{}>` is not closed", clip(element.tag.name));
            self.note(element.start..element.content, reason);
        }
        let end = if is_closed { self.end.end } else { self.end.start };
        let content = element.content..self.end.start;
        let span = element.start..end;
        (!open.is_scope_only).then_some(End { element, content, span, is_closed })
    }

    fn note_default(&mut self) {
        let default = self.namespaces.namespace("");
        self.default_is_plain = default.is_none_or(|uri| uri.is_empty() || uri.starts_with(W3C));
    }
}

fn language<'a>(tag: &Tag<'a>) -> Option<&'a str> {
    if !tag.raw_attributes.contains("lang") {
        return None;
    }
    tag.attribute("xml:lang").map(|attribute| attribute.raw_value)
}

#[cfg(test)]
mod tests;
