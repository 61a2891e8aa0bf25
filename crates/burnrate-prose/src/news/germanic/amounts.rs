//! Amounts with a decimal comma: "1,5 miljard dollar", "rund 500 Mio. Euro".

use std::ops::Range;

use burnrate_model::{Decimal, Rounding};

use super::Lexicon;
use super::words::{Word, ends_with};
use crate::news::{Amount, Qualifier};

/// An amount and the words that say it, hedges included.
#[derive(Debug, Clone)]
pub(super) struct Money {
    pub(super) amount: Amount,
    pub(super) words: Range<usize>,
}

/// A number with its scale and currency.
struct Figure {
    digits: String,
    power: Option<u32>,
    currency: Option<&'static str>,
    end: usize,
}

const SIGNS: &[(&str, &str)] = &[("$", "USD"), ("€", "EUR"), ("£", "GBP")];

/// The amounts of a sentence in order.
pub(super) fn amounts(words: &[Word<'_>], lexicon: &Lexicon) -> Vec<Money> {
    let mut found: Vec<Money> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let floor = found.last().map_or(0, |last| last.words.end);
        match money(words, at, floor, lexicon) {
            Some(money) => {
                at = money.words.end;
                found.push(money);
            }
            None => at += 1,
        }
    }
    found
}

fn money(words: &[Word<'_>], at: usize, floor: usize, lexicon: &Lexicon) -> Option<Money> {
    let mut first = figure(words, at, lexicon)?;
    let joined = words.get(first.end).filter(|word| word.low == lexicon.to || word.low == "-");
    let second = joined.and_then(|_| figure(words, first.end + 1, lexicon));
    if let Some(second) = second.filter(|second| second.currency.is_some()) {
        first.power = first.power.or(second.power);
        let (low, high) = (value(&first)?, value(&second)?);
        let amount = Amount {
            low: Some(low),
            high: Some(high),
            qualifier: Qualifier::Range,
            currency: second.currency?,
        };
        // "ungefähr 190 bis 200 Milliarden": a range says what its hedge does.
        let start = floor + hedge(&words[floor..at], lexicon).0;
        return (low < high).then_some(Money { amount, words: start..second.end });
    }
    let currency = first.currency?;
    // Without a scale it is a price.
    first.power?;
    let value = value(&first)?;
    let (start, qualifier) = hedge(&words[floor..at], lexicon);
    let (low, high) = match qualifier {
        Qualifier::MoreThan | Qualifier::AtLeast => (Some(value), None),
        Qualifier::UpTo => (None, Some(value)),
        Qualifier::Exact
        | Qualifier::About
        | Qualifier::Nearly
        | Qualifier::Range
        | Qualifier::OrderOfMagnitude => (Some(value), Some(value)),
    };
    let amount = Amount { low, high, qualifier, currency };
    Some(Money { amount, words: floor + start..first.end })
}

/// The hedge that ends `before`, and where it begins.
fn hedge(before: &[Word<'_>], lexicon: &Lexicon) -> (usize, Qualifier) {
    let found = lexicon.hedges.iter().find(|(phrase, _)| ends_with(before, phrase));
    found.map_or((before.len(), Qualifier::Exact), |(phrase, qualifier)| {
        (before.len() - phrase.split(' ').count(), *qualifier)
    })
}

fn figure(words: &[Word<'_>], at: usize, lexicon: &Lexicon) -> Option<Figure> {
    let sign = words.get(at).and_then(|word| SIGNS.iter().find(|(sign, _)| word.text == *sign));
    let mut at = at + usize::from(sign.is_some());
    let number = words.get(at)?;
    let mut digits =
        digits(&number.low).or_else(|| lookup(lexicon.numbers, &number.low).map(str::to_owned))?;
    at += 1;
    // "een half miljard"
    if let Some(half) = words.get(at).and_then(|word| lookup(lexicon.numbers, &word.low))
        && half.starts_with("0.")
    {
        half.clone_into(&mut digits);
        at += 1;
    }
    let power = words.get(at).and_then(|word| lookup(lexicon.scales, &word.low));
    at += usize::from(power.is_some());
    at += usize::from(power.is_some() && words.get(at).is_some_and(|word| word.text == "."));
    let name = words.get(at).and_then(|word| lookup(lexicon.currencies, &word.low));
    at += usize::from(name.is_some());
    let currency = name.or(sign.map(|(_, code)| *code));
    Some(Figure { digits, power, currency, end: at })
}

fn lookup<T: Copy>(list: &[(&str, T)], word: &str) -> Option<T> {
    list.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
}

/// "1,4" and "1.400" in ASCII.
fn digits(word: &str) -> Option<String> {
    let is_plain =
        word.len() <= 24 && word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'));
    let (whole, part) = word.split_once(',').unwrap_or((word, ""));
    let mut groups = whole.split('.');
    let is_grouped = groups.next().is_some_and(|first| !first.is_empty())
        && groups.all(|group| group.len() == 3)
        && !part.contains(['.', ',']);
    if !is_plain || !is_grouped {
        return None;
    }
    let whole = whole.replace('.', "");
    Some(if part.is_empty() { whole } else { format!("{whole}.{part}") })
}

fn value(figure: &Figure) -> Option<Decimal> {
    match Decimal::parse(&format!("{}e{}", figure.digits, figure.power.unwrap_or(0))) {
        Ok((value, Rounding::Exact)) => Some(value),
        Ok((_, Rounding::Rounded)) | Err(_) => None,
    }
}
