//! Powers of ten in words: "tens of millions of dollars", "a multi-billion dollar deal".

use super::{Quantity, Unit, rated};
use crate::hedge::Hedge;
use crate::scale;
use crate::token::{Token, phrase_end};

/// Words before "of millions", with the power of ten.
const COUNTS: &[(&str, u32)] = &[("tens", 1), ("dozens", 1), ("hundreds", 2), ("thousands", 3)];

/// Phrases that say some, before a scale.
const SOME: &[&[&str]] = &[&["several"], &["a", "few"], &["few"], &["multi"], &["multiple"]];

/// The vague quantity that begins at token `at`; it is from twice its power of ten to ten times.
pub(super) fn read(tokens: &[Token<'_>], at: usize) -> Option<Quantity> {
    let (power, end) =
        plural(tokens, at).or_else(|| some(tokens, at)).or_else(|| joined(tokens, at))?;
    let name = end + usize::from(tokens.get(end)?.is_hyphen() || tokens.get(end)?.is("of"));
    let (code, end) = scale::currency_name(tokens, name)?;
    let (rate, rate_end) = rated(tokens, end);
    Some(Quantity {
        low: scale::value("2", power, false),
        high: scale::value("10", power, false),
        hedge: Hedge::OrderOfMagnitude,
        unit: Unit::Money(code),
        per: None,
        rate,
        is_conversion: false,
        is_scaled: true,
        span: tokens[at].start..tokens[end - 1].end(),
        rules: vec!["power_of_ten"],
        tokens: at..end,
        end: rate_end,
    })
}

/// "hundreds of millions", "billions".
fn plural(tokens: &[Token<'_>], at: usize) -> Option<(u32, usize)> {
    let first = tokens.get(at)?;
    let count = COUNTS.iter().find(|(word, _)| first.is(word));
    let (count, next) = match count {
        Some((_, power)) => (*power, phrase_end(tokens, at + 1, &["of"])?),
        None => (0, at),
    };
    let word = tokens.get(next).filter(|word| word.text.ends_with('s'))?;
    let power = scale::scale(word.text).filter(|power| *power == 3 || *power >= 6)?;
    Some((power + count, next + 1))
}

/// "several billion", "a few hundred million", "multi-billion".
fn some(tokens: &[Token<'_>], at: usize) -> Option<(u32, usize)> {
    let start = SOME.iter().find_map(|phrase| phrase_end(tokens, at, phrase))?;
    let start = start + usize::from(tokens.get(start)?.is_hyphen());
    let hundred = usize::from(tokens.get(start)?.is("hundred"));
    let power = scale::scale(tokens.get(start + hundred)?.text).filter(|power| *power >= 6)?;
    Some((power + if hundred == 1 { 2 } else { 0 }, start + hundred + 1))
}

/// "multibillion"
fn joined(tokens: &[Token<'_>], at: usize) -> Option<(u32, usize)> {
    let word = tokens.get(at)?.text;
    let (multi, scale) = word.split_at_checked("multi".len())?;
    let power = scale::scale(scale).filter(|_| multi.eq_ignore_ascii_case("multi"))?;
    Some((power, at + 1))
}
