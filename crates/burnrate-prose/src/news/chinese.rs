//! Chinese news: the formulas in which rounds and figures are told.
//!
//! A sentence is taken as words of a small vocabulary with text between them; a clause is what stands
//! between commas. A name is taken where marks, a word such as 公司 or its shortness make it sure.

use std::ops::Range;

use super::draft::add_names;
use super::han::{self, Money};
use super::{Article, Event, Metric};

mod dates;
mod figures;
mod investors;
mod names;
mod rounds;
mod series;
mod stakes;
mod vocabulary;
mod words;

pub(crate) use series::series;

use names::{Name, Subject};
use rounds::Draft;
use words::{Token, Word};

/// Words that may be part of a subject.
const SUBJECT: &[Word] =
    &[Word::Text, Word::Filler, Word::Open, Word::Close, Word::Earlier, Word::Hearsay];

/// Marks that end a sentence.
const STOPS: &[char] = &['。', '！', '？', '；', '\n', '｜', '|'];

/// The rows of a Chinese text, and how many amounts became none.
pub(crate) fn read(article: &Article<'_>) -> (Vec<Event>, usize) {
    let text = article.text;
    let mut money = han::amounts(text);
    han::resolve(&mut money, Some("CNY"));
    let mut reader = Reader::new(text, article, &money);
    for sentence in sentences(text) {
        reader.sentence(sentence);
    }
    reader.finish()
}

/// The sentences of a text; a dash between spaces parts a headline from what follows.
fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    text.split_inclusive(STOPS)
        .flat_map(|sentence| sentence.split_inclusive(" — "))
        .map(move |sentence| {
            let start = at;
            at += sentence.len();
            let kept = sentence.trim_end_matches(" — ").trim_end_matches(STOPS).len();
            start..start + kept
        })
        .filter(|span| !span.is_empty())
}

/// What is known on the way through a text.
struct Reader<'a> {
    text: &'a str,
    article: &'a Article<'a>,
    money: &'a [Money],
    /// Which amounts became part of a row, or of a known other thing.
    is_read: Vec<bool>,
    /// Whom the text is about at the moment.
    company: Option<Name>,
    drafts: Vec<Draft>,
    /// The round that 本轮 stands for.
    current: Option<usize>,
    metrics: Vec<Metric>,
    /// The period whose figures the text states at the moment.
    period: Option<String>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, article: &'a Article<'a>, money: &'a [Money]) -> Self {
        Self {
            text,
            article,
            money,
            is_read: vec![false; money.len()],
            company: None,
            drafts: Vec::new(),
            current: None,
            metrics: Vec::new(),
            period: None,
        }
    }

    fn sentence(&mut self, span: Range<usize>) {
        let date = dates::leading(&self.text[span.clone()], self.article.published);
        let tokens = words::tokens(self.text, span, self.money);
        if tokens.iter().any(|token| token.word == Word::Other) {
            self.name(&tokens);
            self.current = None;
            return;
        }
        self.name(&tokens);
        let is_hearsay = tokens.iter().any(|token| token.word == Word::Hearsay);
        let mut is_of_round = false;
        for clause in clauses(&tokens) {
            is_of_round |= self.round_clause(clause, is_hearsay, date.as_deref());
            self.figure_clause(clause);
        }
        let refers = tokens.iter().any(|token| token.word == Word::This);
        if is_of_round || refers || rounds::begins_with_investors(self.text, &tokens) {
            self.investors(&tokens);
        } else {
            self.current = None;
        }
    }

    /// Takes the name that a sentence begins with, where marks show it.
    fn name(&mut self, tokens: &[Token]) {
        let marked = clauses(tokens).find_map(|clause| match self.subject(clause) {
            Subject::Named(name) => {
                is_in_marks(&self.text[rounds::evidence(clause)], &name.text).then_some(name)
            }
            Subject::Same | Subject::Unclear => None,
        });
        let known = self.company.as_ref().map(|known| known.text.as_str());
        let is_new = |name: &Name| known.is_none_or(|known| !names::is_same(known, &name.text));
        if let Some(name) = marked.filter(is_new) {
            self.company = Some(name);
            self.period = None;
        }
    }

    /// Whom a clause is about.
    fn subject(&self, clause: &[Token]) -> Subject {
        let Some(first) = clause.first() else { return Subject::Same };
        let mut depth = 0_usize;
        let verb = clause.iter().position(|token| {
            depth = depth_after(depth, token);
            depth == 0 && !SUBJECT.contains(&token.word)
        });
        let Some(verb) = verb else { return Subject::Unclear };
        // "知情人士透露" says who tells, not who is told of.
        let from = clause[..verb].iter().rposition(|token| token.word == Word::Hearsay);
        let end = clause[verb].span.start;
        let Some(from) = from else { return names::subject(&self.text[first.span.start..end]) };
        match names::subject(&self.text[clause[from].span.end..end]) {
            // "甲被曝完成": the name stands before.
            Subject::Same => names::subject(&self.text[first.span.start..clause[from].span.start]),
            subject @ (Subject::Named(_) | Subject::Unclear) => subject,
        }
    }

    /// The company of a clause: the one it names, or the one the text is about.
    fn company_of(&mut self, clause: &[Token]) -> Option<Name> {
        match self.subject(clause) {
            Subject::Named(name) => {
                let known = self.company.as_ref();
                if known.is_none_or(|known| !names::is_same(&known.text, &name.text)) {
                    // The results may be told of before the company is sure.
                    self.period.take_if(|_| known.is_some());
                    self.company = Some(name);
                } else if let Some(known) = &mut self.company {
                    if known.text != name.text {
                        add_names(&mut known.aliases, &[name.text]);
                    }
                    add_names(&mut known.aliases, &name.aliases);
                }
                self.company.clone()
            }
            Subject::Same => self.company.clone(),
            Subject::Unclear => None,
        }
    }

    fn finish(self) -> (Vec<Event>, usize) {
        let unread = self.is_read.iter().filter(|read| !**read).count();
        let rounds: Vec<_> = self.drafts.into_iter().filter_map(Draft::finish).collect();
        let is_of_round = |metric: &Metric| {
            rounds.iter().take(64).any(|round| rounds::has_valuation(round, metric))
        };
        let metrics: Vec<_> =
            self.metrics.into_iter().filter(|metric| !is_of_round(metric)).collect();
        let mut events: Vec<Event> = rounds.into_iter().map(Event::Round).collect();
        events.extend(metrics.into_iter().map(Event::Metric));
        events.sort_by_key(|event| match event {
            Event::Round(round) => round.evidence.start,
            Event::Metric(metric) => metric.evidence.start,
        });
        (events, unread)
    }
}

/// The clauses of a sentence: what stands between commas that no bracket holds.
fn clauses(tokens: &[Token]) -> impl Iterator<Item = &[Token]> {
    let mut depth = 0;
    tokens
        .split(move |token| {
            depth = depth_after(depth, token);
            depth == 0 && token.word == Word::Comma
        })
        .filter(|clause| !clause.is_empty())
}

fn is_in_marks(text: &str, name: &str) -> bool {
    ["“", "「"].iter().any(|mark| text.contains(&format!("{mark}{name}")))
}

/// How many brackets are open after a word.
fn depth_after(depth: usize, token: &Token) -> usize {
    if token.word == Word::Open {
        depth + 1
    } else {
        depth.saturating_sub(usize::from(token.word == Word::Close))
    }
}

#[cfg(test)]
mod tests;
