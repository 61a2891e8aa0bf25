//! English texts, prepared for the rules of rounds and metrics.

use std::ops::Range;

use chrono::NaiveDate;

use super::gazetteer::Gazetteer;
use super::names::{Finder, Line, Name};
use super::{Amount, Article, Event, Metric, MetricKind, Round, metrics, rounds};
use crate::quantity::{self, Quantity, Unit};
use crate::sentence::{of_paragraph, paragraphs};
use crate::token::{Kind, Token, tokens};

/// Longer sentences are lists without stops, of which no rule reads anything.
const MAX_SENTENCE_BYTES: usize = 4_000;

/// A text whose sentences, quantities and names are known.
pub(crate) struct Document<'a> {
    pub(crate) text: &'a str,
    /// The day from which "last year" counts.
    pub(crate) published: Option<NaiveDate>,
    /// In order.
    pub(crate) sentences: Vec<Sentence<'a>>,
}

/// A sentence, or a headline.
pub(crate) struct Sentence<'a> {
    text: &'a str,
    /// Its bytes.
    pub(crate) span: Range<usize>,
    /// Whether it stands in the headline.
    pub(crate) is_headline: bool,
    pub(crate) tokens: Vec<Token<'a>>,
    /// In order; none overlap.
    pub(crate) quantities: Vec<Quantity>,
    /// In order; none overlap one another or a quantity.
    pub(crate) names: Vec<Name<'a>>,
}

impl<'a> Document<'a> {
    pub(crate) fn new(article: &Article<'a>, gazetteer: &Gazetteer) -> Self {
        let text = article.text;
        let headline = headline(text);
        let mut sentences: Vec<_> = paragraphs(text)
            .flat_map(|paragraph| of_paragraph(text, paragraph))
            .filter(|span| span.len() <= MAX_SENTENCE_BYTES)
            .map(|span| Sentence::new(text, span, &headline))
            .collect();
        let mut finder = Finder::new(text, gazetteer);
        for sentence in &sentences {
            finder.learn(&Line::new(&sentence.tokens, &sentence.quantities));
        }
        for sentence in &mut sentences {
            sentence.names = finder.names(&Line::new(&sentence.tokens, &sentence.quantities));
            let dateline = dateline(&sentence.tokens);
            sentence.names.retain(|name| name.tokens.start >= dateline);
        }
        Self { text, published: article.published, sentences }
    }
}

impl<'a> Sentence<'a> {
    fn new(text: &'a str, span: Range<usize>, headline: &Range<usize>) -> Self {
        let tokens = tokens(text, span.clone());
        let quantities = quantity::read(&tokens);
        let is_headline = headline.contains(&span.start);
        Self { text, span, is_headline, tokens, quantities, names: Vec::new() }
    }

    /// The words of a range of tokens, as they are written.
    pub(crate) fn words(&self, tokens: Range<usize>) -> &'a str {
        let tokens = self.tokens.get(tokens).unwrap_or(&[]);
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return "" };
        self.text.get(first.start..last.end()).unwrap_or("")
    }

    /// The name that token `at` is part of.
    pub(crate) fn name_at(&self, at: usize) -> Option<&Name<'a>> {
        let index = self.names.partition_point(|name| name.tokens.end <= at);
        self.names.get(index).filter(|name| name.tokens.contains(&at))
    }

    /// Amounts of money with a scale, or written out in full.
    pub(crate) fn money(&self) -> impl DoubleEndedIterator<Item = &Quantity> {
        self.quantities
            .iter()
            .filter(|quantity| quantity.is_scaled && matches!(quantity.unit, Unit::Money(_)))
    }
}

/// The token after a dateline: "BERLIN, June 10, 2025 (WIRE) -- ".
fn dateline(tokens: &[Token<'_>]) -> usize {
    const MARKS: &[&str] = &["newswire", "prnewswire", "wire", "reuters", "ap", "ani", "pti"];
    let first = &tokens[..tokens.len().min(30)];
    let opens = first.iter().position(|token| {
        token.kind == Kind::Word
            && token.text.len() > 3
            && token.text.starts_with(|c: char| c.is_ascii_lowercase())
    });
    let opens = &first[..opens.unwrap_or(first.len())];
    let is_dated = opens.iter().any(|token| token.is_any(MARKS) || token.is_any(&["(", "/"]));
    let dash = opens.iter().rposition(Token::is_dash).filter(|_| is_dated);
    dash.map_or(0, |dash| dash + 1)
}

/// A single line that is longer is no headline.
const MAX_HEADLINE_BYTES: usize = 240;

/// The bytes of the first line, where other lines follow or it does not end like a sentence.
fn headline(text: &str) -> Range<usize> {
    let start = text.len() - text.trim_start().len();
    let line = text[start..].lines().next().unwrap_or("");
    let has_body = !text[start + line.len()..].trim().is_empty();
    let is_sentence =
        line.trim_end().ends_with(['.', '。', ']', '”']) || line.len() > MAX_HEADLINE_BYTES;
    if has_body || !is_sentence { start..start + line.len() } else { start..start }
}

/// The rounds and metrics of an English text, and how many amounts of money became none.
pub(crate) fn read(article: &Article<'_>, gazetteer: &Gazetteer) -> (Vec<Event>, usize) {
    let document = Document::new(article, gazetteer);
    let rounds = rounds::read(&document);
    let metrics =
        metrics::read(&document).into_iter().filter(|metric| !is_of_round(metric, &rounds));
    let mut events: Vec<_> = metrics.map(Event::Metric).collect();
    events.extend(rounds.into_iter().map(Event::Round));
    events.sort_by_key(|event| event.evidence().start);
    let unread = unread(&document, &events);
    (events, unread)
}

/// Whether a metric says again what a round of the text says.
fn is_of_round(metric: &Metric, rounds: &[Round]) -> bool {
    let is_valuation = metric.kind == MetricKind::Valuation;
    let is_total = metric.kind == MetricKind::TotalRaised;
    let is_same = |amount: &Amount| {
        amount.currency == metric.value.currency
            && (amount.low.is_some() && amount.low == metric.value.low
                || amount.high.is_some() && amount.high == metric.value.high)
    };
    rounds.iter().any(|round| {
        let mut valuations = round.valuation.iter().chain(&round.valuation_alternatives);
        let mut amounts = round.amount.iter().chain(&round.amount_alternatives);
        (is_valuation && valuations.any(is_same))
            || ((is_valuation || is_total) && amounts.any(is_same))
    })
}

/// Amounts of money that stand in the evidence of no event; events are in order of their evidence.
fn unread(document: &Document<'_>, events: &[Event]) -> usize {
    let mut events = events.iter().map(Event::evidence).peekable();
    let mut read_until = 0;
    let money = document.sentences.iter().flat_map(Sentence::money);
    money
        .filter(|quantity| {
            while let Some(evidence) =
                events.next_if(|evidence| evidence.start <= quantity.span.start)
            {
                read_until = read_until.max(evidence.end);
            }
            quantity.span.start >= read_until
        })
        .count()
}
