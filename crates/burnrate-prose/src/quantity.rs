//! Amounts of money, percentages and multiples, with their hedges and ranges.

use std::fmt;
use std::ops::Range;

use burnrate_model::Decimal;

use crate::hedge::{self, Hedge};
use crate::scale;
use crate::token::{Kind, Token, phrase_end, phrase_start, tokens};

mod figure;
mod rate;
mod vague;

use figure::{Figure, figure};
pub use rate::Rate;

/// What a quantity is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Money, by ISO 4217 code. A dollar sign alone is `USD`, a yen sign alone is `JPY`.
    Money(&'static str),
    /// Hundredths of something that the sentence names.
    Percent,
    /// A multiple: `2.5x`.
    Times,
    /// Users, of which only news is read.
    Count,
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Money(code) => code,
            Self::Percent => "percent",
            Self::Times => "times",
            Self::Count => "count",
        })
    }
}

/// A figure as the text states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The low end in whole units, `None` where it is open.
    pub low: Option<Decimal>,
    /// The high end in whole units, `None` where it is open.
    pub high: Option<Decimal>,
    /// How the words around it mean it.
    pub hedge: Hedge,
    /// What it is counted in.
    pub unit: Unit,
    /// Where the text says per what: the bytes of "per share".
    pub per: Option<Range<usize>>,
    /// Per what, where the text says so: "per share", "a year", "/month".
    pub rate: Option<Rate>,
    /// Whether it is the money before it in another currency: "€92 million ($103 million)".
    pub is_conversion: bool,
    /// Whether a word such as "million" scaled it, or it is written out in full as at least a
    /// million. A table's "in thousands" may yet hold for a figure that is not.
    pub is_scaled: bool,
    /// The bytes of the figure and its hedge.
    pub span: Range<usize>,
    /// The rules that read it, in order.
    pub rules: Vec<&'static str>,
    /// Its tokens within the sentence.
    pub(crate) tokens: Range<usize>,
    /// The token after it, its rate, and what it is converted to in brackets.
    pub(crate) end: usize,
}

/// The quantities of `text` in order. Years, dates, counts and other bare numbers are none.
pub fn quantities(text: &str) -> Vec<Quantity> {
    read(&tokens(text, 0..text.len()))
}

pub(crate) fn read(tokens: &[Token<'_>]) -> Vec<Quantity> {
    let mut quantities: Vec<Quantity> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let floor = quantities.last().map_or(0, |last| last.tokens.end);
        let found = vague::read(tokens, at).or_else(|| quantity(tokens, at, floor));
        let Some(mut quantity) = found else {
            at += 1;
            continue;
        };
        at = quantity.tokens.end;
        if let Some(last) =
            quantities.last_mut().filter(|last| is_conversion(tokens, last, &quantity))
        {
            quantity.is_conversion = true;
            if tokens.get(at).is_some_and(|token| token.is(")")) {
                last.end = at + 1;
            }
        }
        quantities.push(quantity);
    }
    quantities
}

/// The quantity whose first sign or digits stand at token `at`; tokens before `floor` are taken.
fn quantity(tokens: &[Token<'_>], at: usize, floor: usize) -> Option<Quantity> {
    let mut first = figure(tokens, at)?;
    let second = second_of_range(tokens, &first, floor);
    let unit = first.unit.or_else(|| second.as_ref()?.0.unit)?;
    let Some((mut second, joined_by)) = second else {
        return single(tokens, &first, unit, floor);
    };
    if first.power.is_none() && !is_written_out(&first.digits) {
        first.power = second.power;
    }
    second.power = second.power.or(first.power.filter(|_| unit == Unit::Percent));
    let low = scale::value(&first.digits, first.power.unwrap_or(0), first.is_negative)?;
    let high = scale::value(&second.digits, second.power.unwrap_or(0), second.is_negative)?;
    if low >= high {
        return single(tokens, &first, first.unit?, floor);
    }
    let floored = &tokens[floor..];
    let between = phrase_start(floored, first.start - floor, &["between"]);
    let hedged = hedge::before(floored, between.unwrap_or(first.start - floor));
    let start = hedged.map(|(_, start)| start).or(between).map_or(first.start, |at| at + floor);
    let (rate, end) = rated(tokens, second.end);
    Some(Quantity {
        low: Some(low),
        high: Some(high),
        hedge: Hedge::Range,
        unit,
        per: per(tokens, second.end),
        rate,
        is_conversion: false,
        is_scaled: second.power.is_some() || is_written_out(&second.digits),
        span: tokens[start].start..second.end_byte,
        rules: vec![first.rule, joined_by],
        tokens: start..second.end,
        end,
    })
}

fn single(tokens: &[Token<'_>], figure: &Figure<'_>, unit: Unit, floor: usize) -> Option<Quantity> {
    let value = scale::value(&figure.digits, figure.power.unwrap_or(0), figure.is_negative)?;
    let before = hedge::before(&tokens[floor..], figure.start - floor);
    let before = before.map(|(hedge, start)| (hedge, start + floor));
    let after = hedge::after(tokens, figure.end);
    let (hedge, rule) = match (after, before) {
        (Some((hedge, _)), _) => (hedge, Some("hedge_after")),
        (None, Some((hedge, _))) => (hedge, Some("hedge_before")),
        (None, None) if figure.is_open => (Hedge::MoreThan, Some("hedge_after")),
        (None, None) => (Hedge::Exact, None),
    };
    let start = before.map_or(figure.start, |(_, start)| start);
    let end = after.map_or(figure.end, |(_, end)| end);
    let (rate, rate_end) = rated(tokens, end);
    Some(Quantity {
        low: Some(value).filter(|_| !hedge.opens_low()),
        high: Some(value).filter(|_| !hedge.opens_high()),
        hedge,
        unit,
        per: per(tokens, end),
        rate,
        is_conversion: false,
        is_scaled: figure.power.is_some() || is_written_out(&figure.digits),
        span: tokens[start].start..after.map_or(figure.end_byte, |_| tokens[end - 1].end()),
        rules: std::iter::once(figure.rule).chain(rule).collect(),
        tokens: start..end,
        end: rate_end,
    })
}

/// Per what the figure before token `at` counts, and the token after that.
fn rated(tokens: &[Token<'_>], at: usize) -> (Option<Rate>, usize) {
    rate::read(tokens, at).map_or((None, at), |(rate, end)| (Some(rate), end))
}

/// "€92 million ($103 million)", "RMB 500 million, or about $70 million".
fn is_conversion(tokens: &[Token<'_>], last: &Quantity, quantity: &Quantity) -> bool {
    const WORDS: &[&str] = &["(", "[", ",", "or", "equivalent", "equal", "to", "the", "of"];
    let (Unit::Money(one), Unit::Money(other)) = (last.unit, quantity.unit) else { return false };
    let gap = &tokens[last.tokens.end..quantity.tokens.start];
    let is_joint = gap.len() <= 5
        && gap.iter().all(|token| token.is_any(WORDS))
        && gap.iter().any(|token| token.is_any(&["(", "[", "or"]));
    let goes_on = last.is_conversion && gap.len() == 1 && gap[0].is(",");
    one != other && (is_joint || goes_on)
}

/// Whether the digits alone say at least a million.
fn is_written_out(digits: &str) -> bool {
    let whole = digits.split('.').next().unwrap_or("");
    whole.bytes().filter(u8::is_ascii_digit).count() >= 7
}

/// The second figure of a range that begins with `first`, and the rule that joined them.
fn second_of_range<'a>(
    tokens: &[Token<'a>],
    first: &Figure<'_>,
    floor: usize,
) -> Option<(Figure<'a>, &'static str)> {
    let (next, rule) = joint(tokens, first, &tokens[floor..first.start])?;
    let mut second = figure(tokens, next)?;
    let is_year = first.power.is_none() && first.digits.len() == 4;
    match (first.unit, second.unit) {
        // "$64-72 billion" and "12-13%": the sign of one holds for both.
        (Some(Unit::Money(_)), None) => second.unit = first.unit,
        (None, Some(Unit::Percent | Unit::Times)) => {}
        // "3-4 billion dollars"
        (None, Some(Unit::Money(_))) if second.rule == "money_name" && !is_year => {}
        (Some(one), Some(other)) if one == other => {}
        (Some(_) | None, Some(_) | None) => return None,
    }
    Some((second, rule))
}

/// What makes a range of `first` and the figure at the token after the joint.
fn joint(
    tokens: &[Token<'_>],
    first: &Figure<'_>,
    before: &[Token<'_>],
) -> Option<(usize, &'static str)> {
    let at = first.end;
    let joint = tokens.get(at)?;
    if joint.is_dash() {
        let is_pause = joint.text == "—" && tokens[at - 1].end() < joint.start;
        return (!is_pause).then_some((at + 1, "range_dash"));
    }
    if let Some(next) = hedged_joint(tokens, at) {
        return Some((next, "range_hedged"));
    }
    if joint.is("to") && !is_change(before) {
        return Some((at + 1, "range_to"));
    }
    (joint.is("and") && is_between(before)).then_some((at + 1, "range_between"))
}

/// "and possibly as much as", "to as much as", ", perhaps even", "or even".
fn hedged_joint(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    const ADVERBS: &[&str] = &["possibly", "perhaps", "potentially", "maybe", "even"];
    const UP_TO: &[&[&str]] = &[&["as", "much", "as"], &["as", "high", "as"], &["up", "to"]];
    let is = |at: usize, words: &[&str]| tokens.get(at).is_some_and(|token| token.is_any(words));
    let comma = at + usize::from(is(at, &[","]));
    let word = comma + usize::from(is(comma, &["and", "or", "to"]));
    let adverbs = (word..word + 2).take_while(|&at| is(at, ADVERBS)).count();
    let next = word + adverbs;
    let up_to = UP_TO.iter().find_map(|phrase| phrase_end(tokens, next, phrase));
    let is_joint = adverbs > 0 || (up_to.is_some() && is(comma, &["or", "to"]) && word > comma);
    is_joint.then(|| up_to.unwrap_or(next))
}

/// "from $5 to $6", "increased $5 to $6": two figures, one before and one after.
fn is_change(before: &[Token<'_>]) -> bool {
    // "from a $1B to $7B run rate"
    let mut last = before.iter().rev().filter(|token| !token.is_any(&["a", "an", "*"]));
    let Some(word) = last.next() else { return false };
    if word.is("from") {
        return !last.next().is_some_and(|token| {
            token.is_any(&["range", "ranges", "ranging", "ranged", "anywhere"])
        });
    }
    word.is_any(&["by", "increased", "decreased", "grew", "rose", "fell", "declined"])
}

fn is_between(before: &[Token<'_>]) -> bool {
    let mut last = before.iter().rev();
    let word = last.next();
    let word = if word.is_some_and(|word| hedge::before(&[*word], 1).is_some()) {
        last.next()
    } else {
        word
    };
    word.is_some_and(|word| word.is("between"))
}

/// The bytes of "per share", "a share" and the like after a figure.
fn per(tokens: &[Token<'_>], at: usize) -> Option<Range<usize>> {
    let first = tokens.get(at).filter(|token| token.is_any(&["per", "/"]))?;
    let last =
        tokens[at + 1..].iter().take(2).take_while(|token| token.kind == Kind::Word).next()?;
    Some(first.start..last.end())
}

#[cfg(test)]
mod tests;
