//! What a document states: facts, their values, and what could not be read.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use burnrate_model::{Decimal, Rounding};

use crate::context::Context;
use crate::markup::{Token, Tokens, split_name, unescape};
use crate::namespace::{Name, clip};
use crate::transform::decimal_text;

/// A fact that a filer tagged.
#[derive(Debug, Clone)]
pub struct Fact<'a> {
    /// What it is about.
    pub concept: Name<'a>,
    /// Its value.
    pub value: Value<'a>,
    /// To how many places a number is stated to be right; absent for texts, and where a nil fact
    /// does not say.
    pub decimals: Option<Decimals>,
    /// Of whom, when, and of which part. Equal contexts of one set are one allocation.
    pub context: Arc<Context<'a>>,
    /// The unit of a number as companyfacts writes it: `USD`, `USD/shares`, `shares`, `pure`.
    pub unit: Option<Arc<str>>,
    /// The element's id.
    pub id: Option<&'a str>,
    /// The context's id.
    pub context_ref: &'a str,
    /// Index of the document in the set.
    pub document: usize,
    /// The whole element, in bytes of its document.
    pub span: Range<usize>,
    /// Whether it stands in `ix:hidden`, so that no reader of the document sees it.
    pub is_hidden: bool,
    /// Language of a text, where it is stated (`xml:lang`, of the element or one around it).
    pub language: Option<&'a str>,
    /// The transformation that made the value, as written (`ixt:num-dot-decimal`).
    pub format: Option<&'a str>,
    /// The power of ten by which the shown number was multiplied.
    pub scale: i32,
    /// Whether `sign="-"` negated the shown number.
    pub is_negated: bool,
    /// The report that it belongs to, other than the filing's only one (`target`).
    pub target: Option<&'a str>,
    /// Footnotes, as indices into [`Reading::footnotes`].
    pub footnotes: Vec<usize>,
    /// The same fact elsewhere in the set, less precisely: see
    /// [`most_precise`](crate::most_precise).
    pub also: Vec<Also>,
}

/// The value of a fact.
#[derive(Debug, Clone)]
pub enum Value<'a> {
    /// A number with scale and sign applied, and whether digits had to be rounded away.
    Number(Decimal, Rounding),
    /// A text, with its transformation applied.
    Text(Content<'a>),
    /// Stated to have no value.
    Nil,
}

/// How precisely a number is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Decimals {
    /// Right to so many decimal places; −6 is to the million.
    Places(i32),
    /// Exact (`INF`).
    Exact,
}

impl fmt::Display for Decimals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Places(places) => write!(f, "{places}"),
            Self::Exact => f.write_str("INF"),
        }
    }
}

/// Another statement of a fact, less precise than the one kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Also {
    /// Its value.
    pub value: Decimal,
    /// Its precision.
    pub decimals: Option<Decimals>,
    /// Index of its document in the set.
    pub document: usize,
    /// Its element, in bytes of its document.
    pub span: Range<usize>,
}

impl fmt::Display for Also {
    /// The value and its decimals, `391000000000 (-9)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.decimals {
            Some(decimals) => write!(f, "{} ({decimals})", self.value),
            None => write!(f, "{}", self.value),
        }
    }
}

/// The text of a fact, made when it is asked for: a text block may hold a whole statement of accounts.
#[derive(Debug, Clone)]
pub enum Content<'a> {
    /// The text itself.
    Plain(Cow<'a, str>),
    /// Markup from which the text is to be taken.
    Markup(Markup<'a>),
}

/// Pieces of markup that make up one text, in order.
#[derive(Debug, Clone)]
pub struct Markup<'a> {
    /// The content of the element, then of its continuations, with the prefix that Inline XBRL has
    /// in the document.
    pub(crate) pieces: Vec<(&'a str, &'a str)>,
    /// Whether the value is the markup itself (`escape="true"`), not the text in it.
    pub(crate) is_escaped: bool,
}

impl Content<'_> {
    /// The text: without markup, or, where the filer tagged the markup (a text block), as XHTML
    /// without its Inline XBRL tags. What stands in `ix:exclude` is left out.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Plain(text) => Cow::Borrowed(text),
            Self::Markup(markup) => markup.text(),
        }
    }

    /// The same without any markup; of a standalone instance, which does not say whether its texts are
    /// markup, as [`Content::text`].
    pub fn visible(&self) -> Cow<'_, str> {
        match self {
            Self::Plain(text) => Cow::Borrowed(text),
            Self::Markup(markup) => Markup { pieces: markup.pieces.clone(), is_escaped: false }
                .text()
                .into_owned()
                .into(),
        }
    }
}

impl<'a> Markup<'a> {
    /// As [`Content::text`].
    pub(crate) fn text(&self) -> Cow<'a, str> {
        if let [(only, _)] = self.pieces[..]
            && !only.contains('<')
        {
            return if self.is_escaped { Cow::Borrowed(only) } else { unescape(only) };
        }
        let mut text = String::new();
        for (piece, prefix) in &self.pieces {
            self.append(piece, prefix, &mut text);
        }
        Cow::Owned(text)
    }

    fn append(&self, piece: &str, prefix: &str, text: &mut String) {
        let mut excluded = 0_usize;
        for (span, token) in Tokens::new(piece) {
            if is_inline_tag(token, prefix, &mut excluded) || excluded > 0 {
                continue;
            }
            if self.is_escaped {
                text.push_str(&piece[span]);
            } else if let Token::Text(raw) = token {
                text.push_str(&unescape(raw));
            } else if let Token::CData(raw) = token {
                text.push_str(raw);
            }
        }
    }
}

/// Whether a token is a tag of Inline XBRL; counts how many `ix:exclude` are open.
fn is_inline_tag(token: Token<'_>, prefix: &str, excluded: &mut usize) -> bool {
    let name = match token {
        Token::Start(tag) => tag.name,
        Token::End(name) => name,
        Token::Text(_)
        | Token::CData(_)
        | Token::Comment(_)
        | Token::Instruction(_)
        | Token::Doctype(_)
        | Token::Unfinished(_) => return false,
    };
    let (own, local) = split_name(name);
    if own != prefix {
        return false;
    }
    if local == "exclude" {
        if let Token::Start(tag) = token {
            *excluded += usize::from(!tag.is_empty);
        } else {
            *excluded = excluded.saturating_sub(1);
        }
    }
    true
}

/// The text in markup without tags of Inline XBRL.
pub(crate) fn plain_text(content: &str) -> Cow<'_, str> {
    if !content.contains('<') {
        return unescape(content);
    }
    let text = Tokens::new(content).filter_map(|(_, token)| match token {
        Token::Text(raw) => Some(unescape(raw)),
        Token::CData(raw) => Some(Cow::Borrowed(raw)),
        Token::Start(_)
        | Token::End(_)
        | Token::Comment(_)
        | Token::Instruction(_)
        | Token::Doctype(_)
        | Token::Unfinished(_) => None,
    });
    Cow::Owned(text.collect())
}

/// A decimal number without its sign, as XML Schema writes it, with digits before the point.
pub(crate) fn xs_decimal(text: &str) -> Result<Cow<'_, str>, String> {
    let number = match text.strip_suffix('.').unwrap_or(text) {
        number if number.starts_with('.') => Cow::Owned(format!("0{number}")),
        number => Cow::Borrowed(number),
    };
    if decimal_text(&number) {
        Ok(number)
    } else {
        Err(format!("`{}` is no decimal number", clip(text)))
    }
}

/// A footnote to facts.
#[derive(Debug, Clone)]
pub struct Footnote<'a> {
    /// Its id, which facts refer to.
    pub id: &'a str,
    /// Its language.
    pub language: Option<&'a str>,
    /// Its text.
    pub content: Content<'a>,
}

/// What could not be read, and why; the rest was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Index of the document in the set.
    pub document: usize,
    /// Where it stands, in bytes of the document.
    pub span: Range<usize>,
    /// Why it was not read.
    pub reason: String,
}

/// What a set of documents states.
#[derive(Debug, Clone, Default)]
pub struct Reading<'a> {
    /// Whether any document of the set has XBRL in it at all; without it, no facts is no news.
    pub is_tagged: bool,
    /// The facts in the order of the documents, each as often as it was tagged.
    pub facts: Vec<Fact<'a>>,
    /// The footnotes.
    pub footnotes: Vec<Footnote<'a>>,
    /// The taxonomy schemas that the documents name.
    pub schema_refs: Vec<&'a str>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}
