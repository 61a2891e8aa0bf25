//! Figures that companies report, or that others report of them: revenue, losses, costs, valuations.
//!
//! A figure becomes a row where words beside it say which figure it is, and the sentence or the one
//! before says of whom. What a market, its customers or several companies together spend is no row.

use std::borrow::Cow;
use std::ops::Range;

use chrono::NaiveDate;

use super::english::{Document, Sentence};
use super::{Amount, Metric, MetricKind, Qualifier};
use crate::hedge::Hedge;
use crate::quantity::{Quantity, Rate, Unit};
use crate::token::{Token, phrase_end, phrase_start};

mod claim;
mod counts;
mod merge;
mod noun;
mod price;
mod subject;
mod time;
mod verb;
mod voice;
mod worth;

use claim::Claim;
use subject::{Company, Memory};
use time::Time;

/// The metrics of a document, in order of their evidence.
pub(crate) fn read(document: &Document<'_>) -> Vec<Metric> {
    let mut memory = Memory::new(document);
    let mut found = Vec::new();
    for sentence in &document.sentences {
        let view = View::new(document, sentence);
        if sentence.quantities.is_empty() {
            voice::attribute_headline(&view, &mut found);
        }
        for index in 0..view.quantities.len() {
            found.extend(metric(&view, index, &mut memory));
        }
        memory.hear(&view);
    }
    merge::merged(found)
}

/// A sentence with what its rules look at.
pub(crate) struct View<'d, 'a> {
    text: &'a str,
    published: Option<NaiveDate>,
    /// The byte at which the headline ends.
    headline_end: usize,
    sentence: &'d Sentence<'a>,
    tokens: &'d [Token<'a>],
    quantities: Cow<'d, [Quantity]>,
    times: Vec<Time>,
}

impl<'d, 'a> View<'d, 'a> {
    fn new(document: &Document<'a>, sentence: &'d Sentence<'a>) -> Self {
        let tokens = &sentence.tokens;
        let counts = counts::read(tokens, &sentence.quantities);
        let mut quantities = Cow::from(&sentence.quantities);
        if !counts.is_empty() {
            quantities.to_mut().extend(counts);
            quantities.to_mut().sort_by_key(|quantity| quantity.tokens.start);
        }
        let times =
            if quantities.is_empty() { Vec::new() } else { time::read(tokens, document.published) };
        let headlines = document.sentences.iter().take_while(|sentence| sentence.is_headline);
        let headline_end = headlines.last().map_or(0, |sentence| sentence.span.end);
        let (text, published) = (document.text, document.published);
        Self { text, published, headline_end, sentence, tokens, quantities, times }
    }

    fn quantity(&self, index: usize) -> &Quantity {
        &self.quantities[index]
    }

    fn is(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(word))
    }

    fn is_any(&self, at: usize, words: &[&str]) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is_any(words))
    }

    /// Whether token `at` is a word of a list that blanks separate.
    fn is_in(&self, at: usize, list: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| is_in(*token, list))
    }

    fn has_in(&self, range: Range<usize>, list: &str) -> bool {
        range.into_iter().any(|at| self.is_in(at, list))
    }

    /// Whether one of the words stands in the range.
    fn has(&self, range: Range<usize>, words: &[&str]) -> bool {
        self.find(range, words).is_some()
    }

    fn find(&self, range: Range<usize>, words: &[&str]) -> Option<usize> {
        range.into_iter().find(|at| self.is_any(*at, words))
    }

    fn phrase_end(&self, at: usize, phrase: &[&str]) -> Option<usize> {
        phrase_end(self.tokens, at, phrase)
    }

    fn phrase_start(&self, end: usize, phrase: &[&str]) -> Option<usize> {
        phrase_start(self.tokens, end, phrase)
    }

    /// The quantity that token `at` is part of.
    fn quantity_at(&self, at: usize) -> Option<usize> {
        let index = self.quantities.partition_point(|quantity| quantity.tokens.end <= at);
        let quantity = self.quantities.get(index)?;
        quantity.tokens.contains(&at).then_some(index)
    }

    fn time_at(&self, at: usize) -> Option<&Time> {
        self.times.iter().find(|time| time.tokens.contains(&at))
    }

    /// Where the clause of token `at` begins: after the last semicolon, at most sixty tokens before.
    fn clause_start(&self, at: usize) -> usize {
        let floor = at.saturating_sub(60);
        let stop = self
            .tokens
            .get(floor..at)
            .unwrap_or_default()
            .iter()
            .rposition(|token| token.is_any(&[";", "•"]));
        stop.map_or(floor, |stop| floor + stop + 1)
    }

    /// Where the clause of token `at` ends, at most forty tokens after.
    fn clause_end(&self, at: usize) -> usize {
        let ceiling = self.tokens.len().min(at + 40);
        self.find(at..ceiling, &[";", "•"]).unwrap_or(ceiling)
    }

    fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        self.tokens[tokens.start].start..self.tokens[tokens.end - 1].end()
    }

    fn words(&self, tokens: Range<usize>) -> &'a str {
        if tokens.is_empty() {
            return "";
        }
        self.text.get(self.bytes(tokens)).unwrap_or("")
    }
}

/// Whether a token is a word of a list that blanks separate.
fn is_in(token: Token<'_>, list: &str) -> bool {
    list.split_ascii_whitespace().any(|word| token.is(word))
}

/// The metric that a quantity is, if it is one.
fn metric(view: &View<'_, '_>, index: usize, memory: &mut Memory) -> Option<Metric> {
    let quantity = view.quantity(index);
    let currency = match quantity.unit {
        Unit::Money(currency) => currency,
        Unit::Percent | Unit::Count => "",
        Unit::Times => return None,
    };
    if quantity.is_conversion {
        return None;
    }
    let Some(mut claim) = claim::read(view, index, memory) else {
        memory.forget();
        return None;
    };
    let company = claim.company.take().or_else(|| subject::find(view, memory, &claim))?;
    let time = time::of(view, &claim, index);
    let time = time
        .or_else(|| time::inherited(view, &claim, memory, index))
        .or_else(|| time::now(view, &claim, index));
    let status = voice::status(view, &claim, &company, time.as_ref(), index);
    let (period, as_of) = time::placed(time.as_ref(), claim.kind, status, quantity.rate);
    let kind = claim.kind;
    let scope = claim.scope.take().or_else(|| noun::scope(view, &claim));
    let scope = scope.or_else(|| subject::part(view, &company, &claim));
    let attributed_to = voice::attribution(view, memory, &company, index);
    let evidence = evidence(view, &claim, &company, time.as_ref(), index);
    memory.remember(view, index, &claim, &company, status);
    Some(Metric {
        company: company.name,
        aliases: company.aliases,
        kind,
        value: amount(quantity, currency),
        unit: unit(view, &claim, quantity.rate, currency),
        period,
        as_of,
        status,
        scope,
        attributed_to,
        evidence,
        rules: quantity.rules.iter().chain(&claim.rules).copied().collect(),
    })
}

/// Money, or money a month where the noun says so; the price of a GPU is of an hour of one.
fn unit(view: &View<'_, '_>, claim: &Claim, rate: Option<Rate>, currency: &str) -> String {
    let is_monthly = view.has(claim.words.clone(), &["monthly"]) || rate == Some(Rate::Month);
    if currency.is_empty() {
        let unit = if claim.kind == MetricKind::Users { "users" } else { "percent" };
        unit.to_owned()
    } else if claim.kind == MetricKind::GpuHourPrice {
        format!("{currency}/GPU-hour")
    } else if matches!(claim.kind, MetricKind::Revenue | MetricKind::CashBurn) && is_monthly {
        format!("{currency}/month")
    } else {
        currency.to_owned()
    }
}

/// The amount of a quantity of money.
pub(crate) fn amount(quantity: &Quantity, currency: &'static str) -> Amount {
    let qualifier = match quantity.hedge {
        Hedge::Exact => Qualifier::Exact,
        Hedge::About => Qualifier::About,
        Hedge::Nearly => Qualifier::Nearly,
        Hedge::MoreThan => Qualifier::MoreThan,
        Hedge::AtLeast => Qualifier::AtLeast,
        Hedge::UpTo => Qualifier::UpTo,
        Hedge::Range => Qualifier::Range,
        Hedge::OrderOfMagnitude => Qualifier::OrderOfMagnitude,
    };
    Amount { low: quantity.low, high: quantity.high, qualifier, currency }
}

/// The bytes from the company, where it is near, to the end of the figure, its noun and its time.
fn evidence(
    view: &View<'_, '_>,
    claim: &Claim,
    company: &Company,
    time: Option<&Time>,
    index: usize,
) -> Range<usize> {
    const NEAR: usize = 25;
    let quantity = view.quantity(index);
    let mut start = quantity.tokens.start.min(claim.words.start);
    let mut end = quantity.end.max(claim.words.end);
    if let Some(at) = company.token.filter(|at| *at < start && start - at <= NEAR) {
        start = at;
    }
    if let Some(time) = time {
        if time.tokens.start >= end && time.tokens.start - end <= 3 {
            end = time.tokens.end;
        } else if claim.place.1 == 1 && time.tokens.end <= start && start - time.tokens.end <= 2 {
            start = time.tokens.start;
        }
    }
    view.bytes(start..end)
}

#[cfg(test)]
mod tests;
