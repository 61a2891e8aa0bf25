//! Words and sentences of German and Dutch.

use std::ops::Range;

/// A word, or a mark.
#[derive(Debug, Clone)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    /// In lower case.
    pub(super) low: String,
    pub(super) span: Range<usize>,
}

/// Words whose full stop ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "mio", "mrd", "mln", "mld", "ca", "dr", "inkl", "bzw", "z.b", "u.a", "o.a", "bv", "d.h", "nr",
];

/// The sentences of `text`, by their bytes.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let end = at + sentence_end(rest);
        let start = at;
        at = end;
        Some(start..end)
    })
}

fn sentence_end(rest: &str) -> usize {
    let mut word = 0;
    for (at, c) in rest.char_indices() {
        let next = rest[at + c.len_utf8()..].chars().next();
        let is_end = match c {
            '\n' => true,
            '.' => {
                let last = rest[word..at].trim_start_matches(['(', '"', '„']).to_lowercase();
                let is_ordinal = last.bytes().all(|byte| byte.is_ascii_digit()) && last.len() <= 2;
                next.is_none_or(char::is_whitespace)
                    && !is_ordinal
                    && !ABBREVIATIONS.contains(&&*last)
            }
            '!' | '?' => next.is_none_or(char::is_whitespace),
            _ => false,
        };
        if is_end {
            return at + c.len_utf8();
        }
        if c.is_whitespace() {
            word = at + c.len_utf8();
        }
    }
    rest.len()
}

/// The words of `text[span]`. A point, comma or hyphen within a word belongs to it.
pub(super) fn words(text: &str, span: Range<usize>) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let sentence = &text[span.clone()];
    let mut at = 0;
    while let Some(c) = sentence[at..].chars().next() {
        let length = if c.is_alphanumeric() { word_length(&sentence[at..]) } else { c.len_utf8() };
        if !c.is_whitespace() {
            let text = &sentence[at..at + length];
            let start = span.start + at;
            words.push(Word { text, low: text.to_lowercase(), span: start..start + length });
        }
        at += length;
    }
    words
}

fn word_length(rest: &str) -> usize {
    let mut length = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '.' | ',' | '-' | '\'' | '’' | '&')
            && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if !c.is_alphanumeric() && !joins {
            break;
        }
        length = at + c.len_utf8();
    }
    length
}

/// Where `phrase`, of words in lower case, first stands at `from` or later.
pub(super) fn find(words: &[Word<'_>], phrase: &str, from: usize) -> Option<usize> {
    let count = phrase.split(' ').count();
    let mut starts = from..words.len().saturating_sub(count - 1).max(from);
    starts.find(|at| phrase.split(' ').zip(&words[*at..]).all(|(part, word)| part == word.low))
}

/// Whether `words` end with one of `phrases`.
pub(super) fn ends_with_any(words: &[Word<'_>], phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| ends_with(words, phrase))
}

/// Whether `words` end with `phrase`.
pub(super) fn ends_with(words: &[Word<'_>], phrase: &str) -> bool {
    let count = phrase.split(' ').count();
    let Some(start) = words.len().checked_sub(count) else { return false };
    phrase.split(' ').zip(&words[start..]).all(|(part, word)| part == word.low)
}
