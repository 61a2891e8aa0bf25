//! Words that say how surely a figure is meant.

use std::fmt;

use crate::token::{Token, phrase_end, phrase_start};

/// How a figure is meant: what the words before or after it make of its two ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hedge {
    /// The figure itself.
    Exact,
    /// A figure near it; both ends are the one stated.
    About,
    /// It or more; there is no high end.
    AtLeast,
    /// It or less; there is no low end.
    UpTo,
    /// From one figure to another.
    Range,
}

impl Hedge {
    /// The word in the vocabulary of the column `hedge`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::About => "about",
            Self::AtLeast => "at_least",
            Self::UpTo => "up_to",
            Self::Range => "range",
        }
    }
}

impl fmt::Display for Hedge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Phrases that stand before a figure. A phrase that ends another one stands after it.
const BEFORE: &[(&[&str], Hedge)] = &[
    (&["no", "more", "than"], Hedge::UpTo),
    (&["not", "more", "than"], Hedge::UpTo),
    (&["no", "less", "than"], Hedge::AtLeast),
    (&["not", "less", "than"], Hedge::AtLeast),
    (&["no", "fewer", "than"], Hedge::AtLeast),
    (&["no", "greater", "than"], Hedge::UpTo),
    (&["not", "greater", "than"], Hedge::UpTo),
    (&["not", "over"], Hedge::UpTo),
    (&["not", "above"], Hedge::UpTo),
    (&["not", "exceeding"], Hedge::UpTo),
    (&["not", "exceed"], Hedge::UpTo),
    (&["at", "least"], Hedge::AtLeast),
    (&["at", "a", "minimum"], Hedge::AtLeast),
    (&["a", "minimum", "of"], Hedge::AtLeast),
    (&["more", "than"], Hedge::AtLeast),
    (&["greater", "than"], Hedge::AtLeast),
    (&["in", "excess", "of"], Hedge::AtLeast),
    (&["north", "of"], Hedge::AtLeast),
    (&["upwards", "of"], Hedge::AtLeast),
    (&["well", "over"], Hedge::AtLeast),
    (&["just", "over"], Hedge::AtLeast),
    (&["over"], Hedge::AtLeast),
    (&["above"], Hedge::AtLeast),
    (&["exceed"], Hedge::AtLeast),
    (&["exceeds"], Hedge::AtLeast),
    (&["exceeded"], Hedge::AtLeast),
    (&["exceeding"], Hedge::AtLeast),
    (&["surpass"], Hedge::AtLeast),
    (&["surpassed"], Hedge::AtLeast),
    (&["surpassing"], Hedge::AtLeast),
    (&["topped"], Hedge::AtLeast),
    (&["at", "most"], Hedge::UpTo),
    (&["as", "much", "as"], Hedge::UpTo),
    (&["as", "high", "as"], Hedge::UpTo),
    (&["up", "to"], Hedge::UpTo),
    (&["a", "maximum", "of"], Hedge::UpTo),
    (&["less", "than"], Hedge::UpTo),
    (&["fewer", "than"], Hedge::UpTo),
    (&["just", "under"], Hedge::UpTo),
    (&["under"], Hedge::UpTo),
    (&["below"], Hedge::UpTo),
    (&["approximately"], Hedge::About),
    (&["approx"], Hedge::About),
    (&["about"], Hedge::About),
    (&["around"], Hedge::About),
    (&["roughly"], Hedge::About),
    (&["nearly"], Hedge::About),
    (&["almost"], Hedge::About),
    (&["an", "estimated"], Hedge::About),
    (&["close", "to"], Hedge::About),
    (&["some"], Hedge::About),
    (&["~"], Hedge::About),
    (&["circa"], Hedge::About),
];

/// Phrases that stand after a figure.
const AFTER: &[(&[&str], Hedge)] = &[
    (&["or", "more"], Hedge::AtLeast),
    (&["or", "greater"], Hedge::AtLeast),
    (&["or", "higher"], Hedge::AtLeast),
    (&["and", "above"], Hedge::AtLeast),
    (&["+"], Hedge::AtLeast),
    (&["or", "less"], Hedge::UpTo),
    (&["or", "fewer"], Hedge::UpTo),
    (&["or", "so"], Hedge::About),
    (&[",", "plus", "or", "minus"], Hedge::About),
    (&["plus", "or", "minus"], Hedge::About),
];

/// Words that may stand between a hedge and its figure: "up to an additional $2.0 billion".
const BETWEEN: &[&str] = &["a", "an", "the", "additional", "another", "further", "total", "of"];

/// The hedge that ends just before token `at`, and where it begins.
pub(crate) fn before(tokens: &[Token<'_>], at: usize) -> Option<(Hedge, usize)> {
    let mut end = at;
    for _ in 0..4 {
        if let Some(found) = phrase_before(tokens, end) {
            return Some(found);
        }
        end = end.checked_sub(1).filter(|&at| tokens[at].is_any(BETWEEN))?;
    }
    None
}

fn phrase_before(tokens: &[Token<'_>], end: usize) -> Option<(Hedge, usize)> {
    BEFORE
        .iter()
        .find_map(|(phrase, hedge)| phrase_start(tokens, end, phrase).map(|start| (*hedge, start)))
}

/// The hedge that begins at token `at`, and where it ends.
pub(crate) fn after(tokens: &[Token<'_>], at: usize) -> Option<(Hedge, usize)> {
    AFTER.iter().find_map(|(phrase, hedge)| phrase_end(tokens, at, phrase).map(|end| (*hedge, end)))
}
