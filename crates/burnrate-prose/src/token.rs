//! Words, numbers and marks of a text.

use std::ops::Range;

use crate::scale::is_currency_code;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters, with digits and apostrophes inside: `revenue`, `Company’s`, `Q3`.
    Word,
    /// Digits with grouping commas and one decimal point: `55,714`, `11.2`.
    Number,
    /// Digits in no form that is a number: `1.2.3`.
    Digits,
    /// Any other character.
    Mark,
}

/// A piece of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) kind: Kind,
    pub(crate) text: &'a str,
    /// Where in the text it begins.
    pub(crate) start: usize,
}

impl Token<'_> {
    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is that word or mark, capitals aside.
    #[inline]
    pub(crate) fn is(&self, text: &str) -> bool {
        self.text.eq_ignore_ascii_case(text)
    }

    #[inline]
    pub(crate) fn is_any(&self, texts: &[&str]) -> bool {
        texts.iter().any(|text| self.is(text))
    }

    /// A hyphen or dash.
    pub(crate) fn is_dash(&self) -> bool {
        matches!(self.text, "-" | "‐" | "‑" | "–" | "—" | "−")
    }

    /// A hyphen, as it joins the parts of a word.
    pub(crate) fn is_hyphen(&self) -> bool {
        matches!(self.text, "-" | "‐" | "‑")
    }
}

/// The tokens of `span`, with their places in `text`.
pub(crate) fn tokens(text: &str, span: Range<usize>) -> Vec<Token<'_>> {
    let slice = text.get(span.clone()).unwrap_or("");
    let mut tokens = Vec::with_capacity(slice.len() / 5);
    let mut at = 0;
    while let Some(first) = slice[at..].chars().next() {
        let rest = &slice[at..];
        let (kind, length) = if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        } else if first.is_ascii_digit() {
            number(rest)
        } else if first.is_alphabetic() {
            (Kind::Word, word_length(rest))
        } else {
            (Kind::Mark, first.len_utf8())
        };
        tokens.push(Token { kind, text: &rest[..length], start: span.start + at });
        at += length;
    }
    tokens
}

fn word_length(rest: &str) -> usize {
    let mut end = 0;
    let mut is_ascii = true;
    for (at, c) in rest.char_indices() {
        if c.is_ascii_digit() && (!is_ascii || is_currency_code(&rest[..at])) {
            return at; // 融资12亿美元, RMB57.4
        }
        is_ascii = c.is_ascii();
        let belongs = c.is_alphanumeric()
            || (matches!(c, '\'' | '’')
                && rest[at + c.len_utf8()..].starts_with(char::is_alphabetic));
        if !belongs {
            return at;
        }
        end = at + c.len_utf8();
    }
    end
}

/// Digits from the start of `rest`: a number, or digits that are none.
fn number(rest: &str) -> (Kind, usize) {
    let bytes = rest.as_bytes();
    let digits =
        |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut end = digits(0);
    let mut kind = Kind::Number;
    while bytes.get(end) == Some(&b',') && digits(end + 1) == 3 {
        end += 4;
    }
    if bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
        end += 1 + digits(end + 1);
    }
    while bytes.get(end) == Some(&b'.') && digits(end + 1) > 0 {
        kind = Kind::Digits;
        end += 1 + digits(end + 1);
    }
    (kind, end)
}

/// Where `phrase` ends that begins at token `at`; hyphens between its words do not count.
pub(crate) fn phrase_end(tokens: &[Token<'_>], at: usize, phrase: &[&str]) -> Option<usize> {
    let mut next = at;
    for (index, word) in phrase.iter().enumerate() {
        if index > 0 {
            next += usize::from(tokens.get(next).is_some_and(Token::is_hyphen));
        }
        if !tokens.get(next)?.is(word) {
            return None;
        }
        next += 1;
    }
    Some(next)
}

/// Where `phrase` begins that ends just before token `end`.
pub(crate) fn phrase_start(tokens: &[Token<'_>], end: usize, phrase: &[&str]) -> Option<usize> {
    let mut next = end;
    for (index, word) in phrase.iter().rev().enumerate() {
        if index > 0 && next.checked_sub(1).is_some_and(|at| tokens[at].is_hyphen()) {
            next -= 1;
        }
        next = next.checked_sub(1)?;
        if !tokens[next].is(word) {
            return None;
        }
    }
    Some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = tokens(text, 0..text.len()).iter().map(|token| token.text).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_number_keeps_its_groups_and_one_point() {
        check("$55,714 million.", &["$", "55,714", "million", "."]);
        check("in 2022, 2023", &["in", "2022", ",", "2023"]);
        check("RMB57.4 million, Rs500", &["RMB", "57.4", "million", ",", "Rs", "500"]);
        check("11.2bn, 1,5 and 1.2.3", &["11.2", "bn", ",", "1", ",", "5", "and", "1.2.3"]);
    }

    #[test]
    fn a_word_keeps_its_apostrophe_and_gives_up_its_hyphens() {
        check("the Company’s multi-year Q3", &["the", "Company’s", "multi", "-", "year", "Q3"]);
        check("customers’ 12亿美元", &["customers", "’", "12", "亿美元"]);
    }

    #[test]
    fn a_phrase_is_found_from_either_end_whatever_its_hyphens() {
        let text = "annual run-rate";
        let tokens = tokens(text, 0..text.len());
        assert_eq!(phrase_end(&tokens, 1, &["run", "rate"]), Some(4));
        assert_eq!(phrase_start(&tokens, 4, &["run", "rate"]), Some(1));
        assert_eq!(phrase_end(&tokens, 0, &["run", "rate"]), None);
    }
}
