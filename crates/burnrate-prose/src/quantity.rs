//! Amounts of money, percentages and multiples, with their hedges and ranges.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use burnrate_model::Decimal;

use crate::hedge::{self, Hedge};
use crate::scale;
use crate::token::{Kind, Token, phrase_start, tokens};

/// What a quantity is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Money, by ISO 4217 code. A dollar sign alone is `USD`, a yen sign alone is `JPY`.
    Money(&'static str),
    /// Hundredths of something that the sentence names.
    Percent,
    /// A multiple: `2.5x`.
    Times,
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Money(code) => code,
            Self::Percent => "percent",
            Self::Times => "times",
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
    /// Whether a word such as "million" scaled it, or it is written out in full as at least a
    /// million. A table's "in thousands" may yet hold for a figure that is not.
    pub is_scaled: bool,
    /// The bytes of the figure and its hedge.
    pub span: Range<usize>,
    /// The rules that read it, in order.
    pub rules: Vec<&'static str>,
    /// Its tokens within the sentence.
    pub(crate) tokens: Range<usize>,
}

/// The quantities of `text` in order. Years, dates, counts and other bare numbers are none.
pub fn quantities(text: &str) -> Vec<Quantity> {
    read(&tokens(text, 0..text.len()))
}

/// One figure without its hedge.
struct Figure<'a> {
    digits: Cow<'a, str>,
    power: Option<u32>,
    unit: Option<Unit>,
    is_negative: bool,
    /// `$100+ million`
    is_open: bool,
    start: usize,
    end: usize,
    /// The byte at which it ends, within the last token where that is Chinese or Japanese.
    end_byte: usize,
    rule: &'static str,
}

pub(crate) fn read(tokens: &[Token<'_>]) -> Vec<Quantity> {
    let mut quantities: Vec<Quantity> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let floor = quantities.last().map_or(0, |last| last.tokens.end);
        match quantity(tokens, at, floor) {
            Some(quantity) => {
                at = quantity.tokens.end;
                quantities.push(quantity);
            }
            None => at += 1,
        }
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
    Some(Quantity {
        low: Some(low),
        high: Some(high),
        hedge: Hedge::Range,
        unit,
        per: per(tokens, second.end),
        is_scaled: second.power.is_some() || is_written_out(&second.digits),
        span: tokens[start].start..second.end_byte,
        rules: vec![first.rule, joined_by],
        tokens: start..second.end,
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
        (None, None) if figure.is_open => (Hedge::AtLeast, Some("hedge_after")),
        (None, None) => (Hedge::Exact, None),
    };
    let start = before.map_or(figure.start, |(_, start)| start);
    let end = after.map_or(figure.end, |(_, end)| end);
    Some(Quantity {
        low: Some(value).filter(|_| hedge != Hedge::UpTo),
        high: Some(value).filter(|_| hedge != Hedge::AtLeast),
        hedge,
        unit,
        per: per(tokens, end),
        is_scaled: figure.power.is_some() || is_written_out(&figure.digits),
        span: tokens[start].start..after.map_or(figure.end_byte, |_| tokens[end - 1].end()),
        rules: std::iter::once(figure.rule).chain(rule).collect(),
        tokens: start..end,
    })
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
    let before = &tokens[floor..first.start];
    let joint = tokens.get(first.end)?;
    let rule = if joint.is_dash() {
        "range_dash"
    } else if joint.is("to") && !is_change(before) {
        "range_to"
    } else if joint.is("and") && is_between(before) {
        "range_between"
    } else {
        return None;
    };
    let mut second = figure(tokens, first.end + 1)?;
    match (first.unit, second.unit) {
        // "$64-72 billion" and "12-13%": the sign of one holds for both.
        (Some(Unit::Money(_)), None) => second.unit = first.unit,
        (None, Some(Unit::Percent | Unit::Times)) => {}
        (Some(one), Some(other)) if one == other => {}
        (Some(_) | None, Some(_) | None) => return None,
    }
    Some((second, rule))
}

/// "from $5 to $6", "increased $5 to $6": two figures, one before and one after.
fn is_change(before: &[Token<'_>]) -> bool {
    let mut last = before.iter().rev();
    let Some(word) = last.next() else { return false };
    if word.is("from") {
        return !last
            .next()
            .is_some_and(|token| token.is_any(&["range", "ranges", "ranging", "ranged"]));
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

/// The figure that begins at token `at`, with whatever unit it carries itself.
fn figure<'a>(tokens: &[Token<'a>], at: usize) -> Option<Figure<'a>> {
    let (currency, mut next) = currency_sign(tokens, at);
    let sign = minus_before(tokens, at);
    let mut is_negative = sign.is_some();
    if currency.is_some() && tokens.get(next)?.is_any(&["(", "-", "−"]) {
        is_negative = true;
        next += 1;
    }
    let number = tokens.get(next)?;
    if number.kind != Kind::Number {
        return words(tokens, next).filter(|_| currency.is_none());
    }
    if currency.is_none() && at > 0 && glued(tokens, at - 1) && !may_touch(&tokens[at - 1]) {
        return None;
    }
    let closes = |token: &Token<'_>| is_negative && token.is(")");
    let end = next + 1 + usize::from(tokens.get(next + 1).is_some_and(closes));
    let mut figure = Figure {
        digits: Cow::Borrowed(number.text),
        power: None,
        unit: currency.map(Unit::Money),
        is_negative,
        is_open: false,
        start: sign.unwrap_or(at),
        end,
        end_byte: tokens[end - 1].end(),
        rule: if currency.is_some() { "money_sign" } else { "number" },
    };
    suffix(tokens, &mut figure);
    Some(figure)
}

/// What a number may directly follow.
fn may_touch(before: &Token<'_>) -> bool {
    let is_han = before.text.chars().all(|c| !c.is_ascii() && c.is_alphabetic());
    is_han || before.is_dash() || before.is_any(&["(", "“", "\"", "~", "+", "[", "*"])
}

/// A minus sign: a dash that touches the figure at token `at` and nothing before it.
fn minus_before(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let sign = at.checked_sub(1).filter(|&sign| tokens[sign].is_dash() && glued(tokens, sign))?;
    let touches = sign > 0 && glued(tokens, sign - 1) && !tokens[sign - 1].is("(");
    (!touches).then_some(sign)
}

/// The currency before a number and the token after it: `$`, `US$`, `EUR`.
fn currency_sign(tokens: &[Token<'_>], at: usize) -> (Option<&'static str>, usize) {
    let Some(first) = tokens.get(at) else { return (None, at) };
    if glued(tokens, at)
        && tokens[at + 1].is("$")
        && let Some(code) = scale::dollar_of(first.text)
    {
        return (Some(code), at + 2);
    }
    match scale::currency(first.text) {
        Some(code) => (Some(code), at + 1),
        None => (None, at),
    }
}

/// Whether nothing stands between the token and the next.
fn glued(tokens: &[Token<'_>], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|next| tokens[at].end() == next.start)
}

/// Reads the scale and the unit after the digits.
fn suffix(tokens: &[Token<'_>], figure: &mut Figure<'_>) {
    let Some(next) = tokens.get(figure.end) else { return };
    let is_glued = glued(tokens, figure.end - 1);
    let take = |figure: &mut Figure<'_>, token: &Token<'_>| {
        figure.end += 1;
        figure.end_byte = token.end();
    };
    if let (true, Some((power, currency, length))) = (is_glued, scale::han(next.text)) {
        figure.power = Some(power);
        figure.unit = currency.map(Unit::Money).or(figure.unit);
        figure.end += 1;
        figure.end_byte = next.start + length;
        figure.rule = "han_scale";
        return;
    }
    if figure.unit.is_none() && next.is_any(&["%", "percent"]) {
        figure.unit = Some(Unit::Percent);
        figure.rule = "percent";
        return take(figure, next);
    }
    if figure.unit.is_none() && is_glued && next.is_any(&["x", "×"]) {
        figure.unit = Some(Unit::Times);
        figure.rule = "times";
        return take(figure, next);
    }
    let scales = |at: usize| tokens.get(at).is_some_and(|word| scale::scale(word.text).is_some());
    if next.is("+") && is_glued && scales(figure.end + 1) {
        figure.is_open = true;
        take(figure, next);
    }
    let hyphen = usize::from(tokens.get(figure.end).is_some_and(Token::is_hyphen));
    let Some(word) = tokens.get(figure.end + hyphen) else { return };
    let power = scale::scale(word.text)
        .or_else(|| scale::letter(word.text).filter(|_| is_glued && hyphen == 0));
    if let Some(power) = power {
        figure.power = Some(power);
        figure.end += hyphen;
        take(figure, word);
    }
    // "hundred million", "lakh crore": one multiplies the other.
    while let (Some(power), Some(word)) = (figure.power, tokens.get(figure.end)) {
        let Some(further) = scale::scale(word.text) else { break };
        figure.power = Some(power + further);
        take(figure, word);
    }
    let Some(name) = tokens.get(figure.end).filter(|_| figure.unit.is_none()) else { return };
    if let Some(code) = scale::currency_name(name.text)
        .or_else(|| scale::currency(name.text).filter(|_| name.kind == Kind::Word))
    {
        figure.unit = Some(Unit::Money(code));
        figure.rule = "money_name";
        take(figure, name);
    }
}

/// "ten percent".
fn words<'a>(tokens: &[Token<'a>], at: usize) -> Option<Figure<'a>> {
    let number = scale::number_word(tokens.get(at)?.text)?;
    let percent = tokens.get(at + 1).filter(|token| token.is_any(&["%", "percent"]))?;
    Some(Figure {
        digits: Cow::Owned(number.to_string()),
        power: None,
        unit: Some(Unit::Percent),
        is_negative: false,
        is_open: false,
        start: at,
        end: at + 2,
        end_byte: percent.end(),
        rule: "percent_words",
    })
}

#[cfg(test)]
mod tests;
