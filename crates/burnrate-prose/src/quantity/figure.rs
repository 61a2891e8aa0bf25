//! One figure with the unit it carries, without its hedge.

use std::borrow::Cow;

use super::Unit;
use crate::scale;
use crate::token::{Kind, Token, phrase_end};

/// One figure without its hedge.
pub(super) struct Figure<'a> {
    pub(super) digits: Cow<'a, str>,
    pub(super) power: Option<u32>,
    pub(super) unit: Option<Unit>,
    pub(super) is_negative: bool,
    /// `$100+ million`
    pub(super) is_open: bool,
    pub(super) start: usize,
    pub(super) end: usize,
    /// The byte at which it ends, within the last token where that is Chinese or Japanese.
    pub(super) end_byte: usize,
    pub(super) rule: &'static str,
}

impl Figure<'_> {
    /// Ends the figure before token `end`.
    fn take(&mut self, tokens: &[Token<'_>], end: usize) {
        self.end = end;
        self.end_byte = tokens[end - 1].end();
    }
}

/// The figure that begins at token `at`, with whatever unit it carries itself.
pub(super) fn figure<'a>(tokens: &[Token<'a>], at: usize) -> Option<Figure<'a>> {
    let (currency, mut next) = currency_sign(tokens, at);
    let sign = minus_before(tokens, at);
    let mut is_negative = sign.is_some();
    if currency.is_some() && tokens.get(next)?.is_any(&["(", "-", "−"]) {
        is_negative = true;
        next += 1;
    }
    let number = tokens.get(next)?;
    if number.kind != Kind::Number {
        return words(tokens, next).filter(|_| currency.is_none() && sign.is_none());
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

/// The currency before a number and the token after it: `$`, `US$`, `EUR`, `Rs.`, `CAD $`.
fn currency_sign(tokens: &[Token<'_>], at: usize) -> (Option<&'static str>, usize) {
    let Some(first) = tokens.get(at) else { return (None, at) };
    let is_next = |text: &str| tokens.get(at + 1).is_some_and(|next| next.text == text);
    if is_next("$") {
        let is_code = first.text.len() == 3 || first.text == "US";
        let code = scale::dollar_of(first.text).filter(|_| is_code || glued(tokens, at));
        if code.is_some() {
            return (code, at + 2);
        }
    }
    match scale::currency(first.text) {
        Some(code) => (Some(code), at + 1 + usize::from(first.text == "Rs" && is_next("."))),
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
        return figure.take(tokens, figure.end + 1);
    }
    if figure.unit.is_none() && is_glued && next.is_any(&["x", "×"]) {
        figure.unit = Some(Unit::Times);
        figure.rule = "times";
        return figure.take(tokens, figure.end + 1);
    }
    let scales = |at: usize| tokens.get(at).is_some_and(|word| scale::scale(word.text).is_some());
    if next.is("+") && is_glued && scales(figure.end + 1) {
        figure.is_open = true;
        figure.take(tokens, figure.end + 1);
    }
    scales_after(tokens, figure);
    name_after(tokens, figure);
}

/// "billion", "-million", "m", "hundred million".
fn scales_after(tokens: &[Token<'_>], figure: &mut Figure<'_>) {
    let is_glued = glued(tokens, figure.end - 1);
    let hyphen = usize::from(tokens.get(figure.end).is_some_and(Token::is_hyphen));
    let at = figure.end + hyphen;
    let Some(word) = tokens.get(at) else { return };
    let is_letter = is_glued && hyphen == 0 || is_apart(tokens, figure, at);
    let power = scale::scale(word.text).or_else(|| scale::letter(word.text).filter(|_| is_letter));
    if let Some(power) = power {
        figure.power = Some(power);
        figure.take(tokens, at + 1);
    }
    // "hundred million", "lakh crore": one multiplies the other.
    while let (Some(power), Some(word)) = (figure.power, tokens.get(figure.end)) {
        let Some(further) = scale::scale(word.text) else { break };
        figure.power = Some(power + further);
        figure.take(tokens, figure.end + 1);
    }
}

/// "€3 M": a capital letter may stand apart where a currency sign says that it is money.
fn is_apart(tokens: &[Token<'_>], figure: &Figure<'_>, at: usize) -> bool {
    let is_money = figure.unit.is_some()
        || tokens.get(at + 1).is_some_and(|next| matches!(next.text, "€" | "£"));
    let ends = !tokens.get(at + 1).is_some_and(|next| next.is_hyphen() || next.is("."));
    at == figure.end && is_money && ends && matches!(tokens[at].text, "M" | "B")
}

/// "dollars", "USD", "€"; after a dollar sign the name of the dollar that is meant: "$5M CAD".
fn name_after(tokens: &[Token<'_>], figure: &mut Figure<'_>) {
    let at = figure.end + usize::from(tokens.get(figure.end).is_some_and(Token::is_hyphen));
    let Some(next) = tokens.get(figure.end) else { return };
    let touches = glued(tokens, figure.end - 1) && !glued(tokens, figure.end);
    let code = scale::currency(next.text).filter(|_| next.kind == Kind::Word || touches);
    match figure.unit {
        None => {
            let named = scale::currency_name(tokens, at);
            let Some((code, end)) = named.or(code.map(|code| (code, figure.end + 1))) else {
                return;
            };
            figure.unit = Some(Unit::Money(code));
            figure.rule = "money_name";
            figure.take(tokens, end);
        }
        Some(Unit::Money("USD")) => {
            let named = scale::currency_name(tokens, figure.end)
                .filter(|(_, end)| tokens[end - 1].is("dollars"));
            let coded = code.filter(|code| next.text.len() == 3 && code.ends_with('D'));
            let Some((code, end)) = named.or(coded.map(|code| (code, figure.end + 1))) else {
                return;
            };
            figure.unit = Some(Unit::Money(code));
            figure.take(tokens, end);
        }
        Some(Unit::Money(_) | Unit::Percent | Unit::Times | Unit::Count) => {}
    }
}

/// "ten percent", "two billion dollars", "half a billion dollars", "a quarter of a billion euros".
fn words<'a>(tokens: &[Token<'a>], at: usize) -> Option<Figure<'a>> {
    let (digits, end) = fraction(tokens, at).or_else(|| whole(tokens, at))?;
    let mut figure = Figure {
        digits: Cow::Owned(digits),
        power: None,
        unit: None,
        is_negative: false,
        is_open: false,
        start: at,
        end,
        end_byte: tokens[end - 1].end(),
        rule: "number_words",
    };
    suffix(tokens, &mut figure);
    if figure.unit == Some(Unit::Percent) {
        figure.rule = "percent_words";
    }
    // "one dollar", "a euro" are turns of speech.
    let is_money = matches!(figure.unit, Some(Unit::Money(_)));
    (!is_money || figure.power.is_some()).then_some(figure)
}

/// "half a", "a quarter of a", "one and a half": what stands before "billion".
fn fraction(tokens: &[Token<'_>], at: usize) -> Option<(String, usize)> {
    const FRACTIONS: &[(&[&str], &str)] = &[
        (&["half", "a"], "0.5"),
        (&["half"], "0.5"),
        (&["a", "quarter", "of", "a"], "0.25"),
        (&["quarter", "of", "a"], "0.25"),
        (&["a", "quarter"], "0.25"),
        (&["three", "quarters", "of", "a"], "0.75"),
        (&["a"], "1"),
    ];
    let scaled = |end: usize| {
        let end = end + usize::from(tokens.get(end)?.is_hyphen());
        let word = tokens.get(end)?;
        (word.text.len() > 2 && scale::scale(word.text).is_some()).then_some(end)
    };
    let simple = FRACTIONS
        .iter()
        .find_map(|(phrase, digits)| Some((*digits, scaled(phrase_end(tokens, at, phrase)?)?)));
    if let Some((digits, end)) = simple {
        return Some((digits.to_owned(), end));
    }
    let (number, end) = small(tokens, at)?;
    let end = scaled(phrase_end(tokens, end, &["and", "a", "half"])?)?;
    Some((format!("{number}.5"), end))
}

/// "two", "twenty-five", "two hundred fifty".
fn whole(tokens: &[Token<'_>], at: usize) -> Option<(String, usize)> {
    let (mut number, mut end) = small(tokens, at)?;
    if tokens.get(end).is_some_and(|token| token.is("hundred")) {
        number *= 100;
        end += 1;
        let and = usize::from(tokens.get(end).is_some_and(|token| token.is("and")));
        if let Some((rest, rest_end)) = small(tokens, end + and) {
            number += rest;
            end = rest_end;
        }
    }
    Some((number.to_string(), end))
}

/// A number below a hundred: "seven", "seventy", "seventy-five".
fn small(tokens: &[Token<'_>], at: usize) -> Option<(u32, usize)> {
    let first = scale::number_word(tokens.get(at)?.text)?;
    let hyphen = usize::from(tokens.get(at + 1).is_some_and(Token::is_hyphen));
    let second = tokens.get(at + 1 + hyphen).and_then(|word| scale::number_word(word.text));
    match second.filter(|second| first >= 20 && *second < 10) {
        Some(second) => Some((first + second, at + 2 + hyphen)),
        None => Some((first, at + 1)),
    }
}
