//! Numbers as documents show them.

use std::borrow::Cow;

use super::words;

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Notation {
    /// Digits in groups, with the decimal point or comma given.
    Separated { point: char, groups: Groups },
    /// Whole and hundredths apart, each with its unit: `5 dollars 30 cents`.
    Units { has_apostrophes: bool },
    /// A dash for zero.
    Dash,
    /// English words.
    Words,
    /// Infinity and the like, which no decimal number is.
    NotFinite,
}

/// What may stand between groups of digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Groups {
    /// One separator of these between groups of three, or none at all (registries 1 to 3).
    OfThree(&'static [char]),
    /// These anywhere (registries 4 and 5).
    Anywhere(&'static [char]),
}

const NBSP: char = '\u{a0}';
const APOSTROPHES: [char; 5] = ['\'', '`', '\u{b4}', '\u{2019}', '\u{2032}'];

pub(super) fn find(name: &str) -> Option<Notation> {
    use Groups::{Anywhere, OfThree};
    let dot = |groups| Notation::Separated { point: '.', groups };
    let comma = |groups| Notation::Separated { point: ',', groups };
    Some(match name {
        "num-dot-decimal" | "numdotdecimalin" | "num-dot-decimal-in" => {
            dot(Anywhere(&[',', ' ', NBSP]))
        }
        "num-dot-decimal-apos" => {
            dot(Anywhere(&[',', ' ', NBSP, '\'', '`', '\u{b4}', '\u{2019}', '\u{2032}']))
        }
        "num-comma-decimal" => comma(Anywhere(&['.', ' ', NBSP])),
        "num-comma-decimal-apos" => {
            comma(Anywhere(&['.', ' ', NBSP, '\'', '`', '\u{b4}', '\u{2019}', '\u{2032}']))
        }
        "numdotdecimal" => dot(OfThree(&[',', ' ', NBSP])),
        "numcommadecimal" => comma(OfThree(&['.', ' ', NBSP])),
        "numcommadot" => dot(OfThree(&[','])),
        "numspacedot" => dot(OfThree(&[' ', NBSP])),
        "numdotcomma" => comma(OfThree(&['.'])),
        "numspacecomma" => comma(OfThree(&[' ', NBSP])),
        "numcomma" => comma(OfThree(&[])),
        "numunitdecimal" | "num-unit-decimal" | "numunitdecimalin" | "num-unit-decimal-in" => {
            Notation::Units { has_apostrophes: false }
        }
        "num-unit-decimal-apos" => Notation::Units { has_apostrophes: true },
        "zerodash" | "numdash" => Notation::Dash,
        _ => return None,
    })
}

pub(super) fn read(notation: Notation, text: &str) -> Option<Cow<'_, str>> {
    match notation {
        Notation::Separated { point, groups } => separated(text, point, groups),
        Notation::Units { has_apostrophes } => units(text, has_apostrophes).map(Cow::Owned),
        Notation::Dash => is_dash(text).then_some(Cow::Borrowed("0")),
        Notation::Words => words::number(text).map(|number| Cow::Owned(number.to_string())),
        Notation::NotFinite => None,
    }
}

fn separated(text: &str, point: char, groups: Groups) -> Option<Cow<'_, str>> {
    if decimal_text(text) && (point == '.' || !text.contains('.')) {
        return Some(Cow::Borrowed(text));
    }
    let (whole, fraction) = match text.split_once(point) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let mut number = String::with_capacity(text.len());
    match groups {
        Groups::OfThree(separators) => {
            if !is_grouped(whole, separators) || fraction.is_some_and(|digits| !is_digits(digits)) {
                return None;
            }
            number.extend(whole.chars().filter(char::is_ascii_digit));
        }
        Groups::Anywhere(separators) => {
            number.extend(whole.chars().filter(|c| !separators.contains(c)));
        }
    }
    if let Some(fraction) = fraction {
        number.push('.');
        number.extend(fraction.chars().filter(|c| *c != ' ' && *c != NBSP));
    }
    if number.starts_with('.') {
        number.insert(0, '0');
    }
    decimal_text(&number).then_some(Cow::Owned(number))
}

/// Whether each separator has digits before it, and groups of three after it.
fn is_grouped(whole: &str, separators: &[char]) -> bool {
    let mut groups = whole.split(|c| separators.contains(&c));
    groups.next().is_some_and(is_digits)
        && groups.all(|group| is_digits(group) && group.len() % 3 == 0)
}

/// Whole, unit, hundredths, unit.
fn units(text: &str, has_apostrophes: bool) -> Option<String> {
    let is_separator =
        |c: char| matches!(c, '.' | ',') || (has_apostrophes && APOSTROPHES.contains(&c));
    let is_major = |c: char| c.is_ascii_digit() || is_separator(c);
    let (major, rest) = text.split_at(text.find(|c| !is_major(c))?);
    let rest = rest.trim_start_matches(|c: char| !c.is_ascii_digit());
    let (minor, unit) =
        rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
    let major: String = major.chars().filter(char::is_ascii_digit).collect();
    let is_sound = is_digits(&major) && matches!(minor.len(), 1 | 2);
    let is_last = !unit.contains(|c: char| c.is_ascii_digit());
    (is_sound && is_last).then(|| format!("{major}.{minor:0>2}"))
}

fn is_dash(text: &str) -> bool {
    matches!(
        text,
        "-" | "\u{58a}"
            | "\u{5be}"
            | "\u{2010}"
            | "\u{2011}"
            | "\u{2012}"
            | "\u{2013}"
            | "\u{2014}"
            | "\u{2015}"
            | "\u{fe58}"
            | "\u{fe63}"
            | "\u{ff0d}"
    )
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text is a decimal number without sign: digits, and perhaps a point with digits.
pub(crate) fn decimal_text(text: &str) -> bool {
    match text.split_once('.') {
        Some((whole, fraction)) => is_digits(whole) && is_digits(fraction),
        None => is_digits(text),
    }
}
