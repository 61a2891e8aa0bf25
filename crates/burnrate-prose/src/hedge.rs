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
    /// A figure somewhat below it; both ends are the one stated.
    Nearly,
    /// More than it; there is no high end.
    MoreThan,
    /// It or more; there is no high end.
    AtLeast,
    /// It or less; there is no low end.
    UpTo,
    /// From one figure to another.
    Range,
    /// A power of ten, as "tens of millions"; both ends are known and far apart.
    OrderOfMagnitude,
}

impl Hedge {
    /// The word in the vocabulary of the column `hedge`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::About => "about",
            Self::Nearly => "nearly",
            Self::MoreThan => "more_than",
            Self::AtLeast => "at_least",
            Self::UpTo => "up_to",
            Self::Range => "range",
            Self::OrderOfMagnitude => "order_of_magnitude",
        }
    }

    /// Whether it leaves the low end open.
    pub(crate) fn opens_low(self) -> bool {
        matches!(self, Self::UpTo)
    }

    /// Whether it leaves the high end open.
    pub(crate) fn opens_high(self) -> bool {
        matches!(self, Self::AtLeast | Self::MoreThan)
    }

    /// The hedge that disclosures tell apart: "more than" is at least, "nearly" is about.
    pub(crate) fn coarse(self) -> Self {
        match self {
            Self::MoreThan => Self::AtLeast,
            Self::Nearly => Self::About,
            Self::OrderOfMagnitude => Self::Range,
            Self::Exact | Self::About | Self::AtLeast | Self::UpTo | Self::Range => self,
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
    (&["not", "to", "exceed"], Hedge::UpTo),
    (&["at", "least"], Hedge::AtLeast),
    (&["at", "a", "minimum"], Hedge::AtLeast),
    (&["a", "minimum", "of"], Hedge::AtLeast),
    (&["more", "than"], Hedge::MoreThan),
    (&["greater", "than"], Hedge::MoreThan),
    (&["in", "excess", "of"], Hedge::MoreThan),
    (&["north", "of"], Hedge::MoreThan),
    (&["upwards", "of"], Hedge::MoreThan),
    (&["well", "over"], Hedge::MoreThan),
    (&["just", "over"], Hedge::MoreThan),
    (&["over"], Hedge::MoreThan),
    (&["above"], Hedge::MoreThan),
    (&["exceed"], Hedge::MoreThan),
    (&["exceeds"], Hedge::MoreThan),
    (&["exceeded"], Hedge::MoreThan),
    (&["exceeding"], Hedge::MoreThan),
    (&["surpass"], Hedge::MoreThan),
    (&["surpassed"], Hedge::MoreThan),
    (&["surpassing"], Hedge::MoreThan),
    (&["surpasses"], Hedge::MoreThan),
    (&["topped"], Hedge::MoreThan),
    (&["tops"], Hedge::MoreThan),
    (&["topping"], Hedge::MoreThan),
    (&["past"], Hedge::MoreThan),
    (&["beyond"], Hedge::MoreThan),
    (&["upward", "of"], Hedge::MoreThan),
    (&["as", "low", "as"], Hedge::AtLeast),
    (&["as", "little", "as"], Hedge::AtLeast),
    (&["at", "most"], Hedge::UpTo),
    (&["as", "much", "as"], Hedge::UpTo),
    (&["as", "high", "as"], Hedge::UpTo),
    (&["as", "many", "as"], Hedge::UpTo),
    (&["up", "to"], Hedge::UpTo),
    (&["capped", "at"], Hedge::UpTo),
    (&["a", "maximum", "of"], Hedge::UpTo),
    (&["less", "than"], Hedge::UpTo),
    (&["fewer", "than"], Hedge::UpTo),
    (&["just", "under"], Hedge::Nearly),
    (&["under"], Hedge::UpTo),
    (&["below"], Hedge::UpTo),
    (&["approximately"], Hedge::About),
    (&["approx"], Hedge::About),
    (&["about"], Hedge::About),
    (&["around"], Hedge::About),
    (&["roughly"], Hedge::About),
    (&["nearly"], Hedge::Nearly),
    (&["almost"], Hedge::Nearly),
    (&["a", "near"], Hedge::Nearly),
    (&["at", "near"], Hedge::Nearly),
    (&["shy", "of"], Hedge::Nearly),
    (&["just", "short", "of"], Hedge::Nearly),
    (&["approaching"], Hedge::Nearly),
    (&["an", "estimated"], Hedge::About),
    (&["estimated", "at"], Hedge::About),
    (&["on", "the", "order", "of"], Hedge::About),
    (&["in", "the", "region", "of"], Hedge::About),
    (&["in", "the", "neighborhood", "of"], Hedge::About),
    (&["something", "like"], Hedge::About),
    (&["close", "to"], Hedge::Nearly),
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
    (&["(", "or", "more", ")"], Hedge::AtLeast),
    (&["+"], Hedge::MoreThan),
    (&["-", "plus"], Hedge::MoreThan),
    (&["or", "less"], Hedge::UpTo),
    (&["or", "fewer"], Hedge::UpTo),
    (&["or", "so"], Hedge::About),
    (&[",", "plus", "or", "minus"], Hedge::About),
    (&["plus", "or", "minus"], Hedge::About),
];

/// Words that may stand between a hedge and its figure: "up to an additional $2.0 billion".
const BETWEEN: &[&str] = &[
    "a",
    "an",
    "the",
    "additional",
    "another",
    "further",
    "total",
    "of",
    "whopping",
    "staggering",
    "record",
    "cool",
    "’",
    "'",
    "”",
    "*",
];

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
