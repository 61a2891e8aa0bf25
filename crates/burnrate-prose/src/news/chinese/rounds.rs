//! Rounds: who raises what, at which valuation, from whom.

use std::ops::Range;

use super::names::{self, Name};
use super::stakes::{self, Stake};
use super::words::{Token, Word};
use super::{Reader, investors};
use crate::news::draft::{self, add_names, can_be_one};
use crate::news::{
    Amount, Metric, MetricKind, Role, Round, RoundKind, RoundStatus, ValuationBasis,
};

/// A round under construction.
pub(super) struct Draft {
    round: Round,
    /// The how-manieth of its company.
    ordinal: Option<u8>,
}

/// What a clause says of a round.
#[derive(Debug, Default, Clone)]
struct Said {
    kind: Option<(RoundKind, Option<&'static str>)>,
    ordinal: Option<u8>,
    amount: Option<usize>,
    step: Option<Step>,
    refers: bool,
    is_earlier: bool,
}

/// How far a round has come, by the verbs of its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Sought,
    Done,
}

impl Draft {
    /// The round, if enough of it is known.
    pub(super) fn finish(self) -> Option<Round> {
        let mut round = self.round;
        let parts = names::parts(&round.company);
        add_names(&mut round.aliases, &parts);
        round.aliases.retain(|alias| *alias != round.company);
        let is_known = round.amount.is_some()
            || round.valuation.is_some()
            || round.kind != RoundKind::Unknown && round.kind != RoundKind::Strategic;
        is_known.then_some(round)
    }

    fn can_be(&self, company: &Name, said: &Said, amount: Option<&Amount>) -> bool {
        let kind = said.kind.map_or(RoundKind::Unknown, |(kind, _)| kind);
        let modifier = said.kind.and_then(|(_, modifier)| modifier);
        let round = &self.round;
        let is_company = names::is_same(&round.company, &company.text)
            || round.aliases.iter().any(|alias| names::is_same(alias, &company.text));
        let is_vague = |kind| matches!(kind, RoundKind::Unknown | RoundKind::Strategic);
        let is_kind = is_vague(kind)
            || is_vague(round.kind)
            || kind == round.kind && modifier == round.modifier.as_deref();
        let is_ordinal = said.ordinal.zip(self.ordinal).is_none_or(|(one, other)| one == other);
        let both = amount.zip(round.amount.as_ref());
        is_company && is_kind && is_ordinal && both.is_none_or(|(a, b)| can_be_one(a, b))
    }
}

/// Whether a metric repeats the valuation of a round.
pub(super) fn has_valuation(round: &Round, metric: &Metric) -> bool {
    let mut valuations = round.valuation.iter().chain(&round.valuation_alternatives);
    metric.kind == MetricKind::Valuation
        && names::is_same(&round.company, &metric.company)
        && valuations.any(|valuation| can_be_one(valuation, &metric.value))
}

impl Reader<'_> {
    /// Reads a clause of a round, if it is one.
    pub(super) fn round_clause(
        &mut self,
        clause: &[Token],
        is_hearsay: bool,
        date: Option<&str>,
    ) -> bool {
        if let Some(stake) = stakes::read(self.text, clause) {
            self.stake(stake, clause, is_hearsay);
            return true;
        }
        let said = self.said(clause);
        let is_told = said.as_ref().is_some_and(|said| {
            (said.step.is_some() || said.amount.is_some())
                && (said.kind.is_some()
                    || said.amount.is_some()
                    || said.ordinal.is_some()
                    || !said.refers)
        });
        if let Some(said) = said.filter(|_| is_told) {
            self.tell(clause, &said, is_hearsay);
            self.date(date);
        }
        let has_valuation = self.valuation(clause);
        is_told || has_valuation
    }

    /// Adds what one company puts into another, unless the text has told it.
    fn stake(&mut self, stake: Stake, clause: &[Token], is_hearsay: bool) {
        let Stake { company, investor, amount, is_promised } = stake;
        self.is_read[amount] = true;
        let said = Said {
            kind: Some((RoundKind::Strategic, None)),
            amount: Some(amount),
            ..Said::default()
        };
        let value = self.money[amount].amount.clone();
        let index = self.draft(&company, &said, Some(&value), clause);
        let Some(Draft { round, .. }) = self.drafts.get_mut(index) else { return };
        if round.rules.is_empty() {
            round.kind = RoundKind::Strategic;
            round.status = match (is_hearsay, is_promised) {
                (_, true) => RoundStatus::Announced,
                (true, false) => RoundStatus::Rumoured,
                (false, false) => RoundStatus::Closed,
            };
            round.amount = Some(value);
            round.rules.push(STAKE);
        }
        add_names(&mut round.aliases, &company.aliases);
        add_names(&mut round.investors, std::slice::from_ref(&investor.text));
        add_names(&mut round.lead_investors, std::slice::from_ref(&investor.text));
        self.current = Some(index);
    }

    /// What a clause says of a round; nothing of money that is of another thing.
    fn said(&self, clause: &[Token]) -> Option<Said> {
        let has = |word: Word| clause.iter().any(|token| token.word == word);
        if has(Word::Cumulative) {
            return None;
        }
        let named = clause.iter().find_map(round_of);
        let trigger = clause.iter().position(|token| {
            matches!(token.word, Word::Financing | Word::Round(..) | Word::Ordinal(_))
        });
        let trigger = trigger.or_else(|| self.begins_with_sum(clause).then_some(0));
        let got = got(self.text, clause);
        if trigger.is_none() && got.is_none() {
            return None;
        }
        let amount = trigger.and_then(|_| raised(self.text, clause)).or(got);
        let at = amount
            .and_then(|amount| clause.iter().position(|token| token.word == Word::Amount(amount)));
        let verbs = [trigger, done(clause), at].into_iter().flatten().max().unwrap_or(0);
        Some(Said {
            kind: named.or_else(|| is_strategic(self.text, clause)),
            ordinal: clause.iter().find_map(ordinal),
            amount,
            step: self.step(clause, verbs, named.is_some()),
            refers: has(Word::This),
            is_earlier: has(Word::Earlier),
        })
    }

    /// How far the round of a clause has come, by its words before `end`.
    fn step(&self, clause: &[Token], end: usize, is_named: bool) -> Option<Step> {
        let seeks = |token: &Token| matches!(token.word, Word::Talks | Word::Expected);
        let extends = self.text[clause[0].span.start..].starts_with("将") || self.extends(clause);
        let is_sought = !extends && clause[..end].iter().any(seeks);
        if is_sought || is_named && starts(clause) {
            return Some(Step::Sought);
        }
        done(clause).map(|_| Step::Done)
    }

    /// "金额为8亿元", after the clause of the round.
    fn begins_with_sum(&self, clause: &[Token]) -> bool {
        let starts = |word: &str| self.text[clause[0].span.clone()] == *word;
        self.current.is_some() && ["金额", "总金额", "规模", "总规模"].into_iter().any(starts)
    }

    /// "将A轮融资规模扩大6000万美元": the first word only moves the object.
    fn extends(&self, clause: &[Token]) -> bool {
        clause
            .iter()
            .any(|token| token.word == Word::Text && self.text[token.span.clone()].contains("扩大"))
    }

    fn tell(&mut self, clause: &[Token], said: &Said, is_hearsay: bool) {
        let amount = said.amount.map(|at| self.money[at].amount.clone());
        let Some(company) = self.company_of(clause) else {
            if amount.is_some() || said.kind.is_some() {
                self.current = None;
            }
            return;
        };
        if names::is_fund(&company.text) {
            self.current = None;
            return;
        }
        let index = self.draft(&company, said, amount.as_ref(), clause);
        let evidence = evidence(clause);
        let has_draft = index > 0;
        let Some(Draft { round, ordinal }) = self.drafts.get_mut(index) else { return };
        add_names(&mut round.aliases, &company.aliases);
        if round.company != company.text {
            add_names(&mut round.aliases, &[company.text]);
        }
        let is_new = round.rules.is_empty();
        let brings_amount = amount.is_some() && round.amount.is_none();
        if is_new || brings_amount {
            round.evidence = evidence;
        }
        if brings_amount {
            round.amount = amount;
            round.rules.push("zh_amount");
        }
        if let Some(at) = said.amount {
            self.is_read[at] = true;
        }
        if let Some((kind, modifier)) = said.kind.filter(|_| round.kind == RoundKind::Unknown) {
            round.kind = kind;
            round.modifier = modifier.map(str::to_owned);
            round.rules.push("zh_series");
        }
        *ordinal = ordinal.or(said.ordinal);
        if is_new {
            round.status = status(said, is_hearsay);
            round.role =
                if said.is_earlier && has_draft { Role::Background } else { Role::Headline };
            round.rules.push("zh_round");
        } else if said.step == Some(Step::Done)
            && !is_hearsay
            && round.status == RoundStatus::Rumoured
        {
            round.status = RoundStatus::Closed;
        }
        self.current = Some(index);
    }

    /// Gives the round just told of the day of its sentence.
    fn date(&mut self, date: Option<&str>) {
        let Some(Draft { round, .. }) = self.current.and_then(|at| self.drafts.get_mut(at)) else {
            return;
        };
        if round.status == RoundStatus::Closed && round.date.is_none() {
            round.date = date.map(str::to_owned);
        }
    }

    /// The draft that a clause tells of: one that it can be, else a new one.
    fn draft(
        &mut self,
        company: &Name,
        said: &Said,
        amount: Option<&Amount>,
        clause: &[Token],
    ) -> usize {
        let recent = self.drafts.len().saturating_sub(RECENT);
        let fits = |at: &usize| self.drafts[*at].can_be(company, said, amount);
        let known =
            self.current.filter(fits).or_else(|| (recent..self.drafts.len()).rev().find(fits));
        known.unwrap_or_else(|| {
            let round = draft::round(company.text.clone(), evidence(clause));
            self.drafts.push(Draft { round, ordinal: said.ordinal });
            self.drafts.len() - 1
        })
    }

    /// Reads the valuation of a clause: that of the round just told of, else a figure of the company.
    fn valuation(&mut self, clause: &[Token]) -> bool {
        let Some((at, basis)) = valued(self.text, clause) else { return false };
        let value = self.money[at].amount.clone();
        let is_earlier = clause.iter().any(|token| token.word == Word::Earlier);
        self.is_read[at] = true;
        let converted = self.converted(clause, at);
        if let Some(Draft { round, .. }) = self.current.and_then(|at| self.drafts.get_mut(at)) {
            if round.valuation.is_none() && !is_earlier {
                round.valuation = Some(value);
                round.valuation_basis = basis;
                round.valuation_alternatives.extend(converted);
                round.rules.push("zh_valuation");
                widen(&mut round.evidence, &evidence(clause));
            }
            return true;
        }
        let company = self.company_of(clause).filter(|name| self.is_sure(name));
        let Some(company) = company else { return false };
        let begins = clause.iter().take_while(|token| !matches!(token.word, Word::Valuation(_)));
        let is_plain = begins.clone().all(|token| amount_of(token).is_none());
        if !is_earlier && is_plain {
            let mut metric = draft::metric(
                company.text,
                MetricKind::Valuation,
                value,
                evidence(clause),
                "zh_valuation",
            );
            metric.aliases = company.aliases;
            self.metrics.push(metric);
        }
        false
    }

    /// The same amount in another currency, in brackets after it.
    fn converted(&mut self, clause: &[Token], amount: usize) -> Option<Amount> {
        let at = clause.iter().position(|token| token.word == Word::Amount(amount))?;
        let [open, rest @ ..] = &clause[at + 1..] else { return None };
        let other = rest.iter().take(2).find_map(amount_of).filter(|_| open.word == Word::Open)?;
        self.is_read[other] = true;
        Some(self.money[other].amount.clone())
    }

    /// Reads who invested, of the round just told of.
    pub(super) fn investors(&mut self, tokens: &[Token]) {
        let Some(Draft { round, .. }) = self.current.and_then(|at| self.drafts.get_mut(at)) else {
            return;
        };
        // A stake names its investor in its own clause.
        if round.rules.first() == Some(&STAKE) {
            return;
        }
        let (lead, all) = investors::read(self.text, tokens);
        if !all.is_empty() {
            round.rules.push("zh_investors");
        }
        add_names(&mut round.lead_investors, &lead);
        add_names(&mut round.investors, &all);
    }
}

/// The rule of stakes.
const STAKE: &str = "zh_stake";

/// So many of the last rounds may be told of again.
const RECENT: usize = 16;

/// Whether a sentence goes on with the investors of the round before it.
pub(super) fn begins_with_investors(text: &str, tokens: &[Token]) -> bool {
    let Some(first) = tokens.first() else { return false };
    let start = text[first.span.start..].trim_start();
    let opens = ["由", "老股东", "投资方", "领投方", "参投方", "其他投资", "其余投资", "跟投方"];
    opens.iter().any(|word| start.starts_with(word))
}

fn round_of(token: &Token) -> Option<(RoundKind, Option<&'static str>)> {
    if let Word::Round(kind, modifier) = token.word { Some((kind, modifier)) } else { None }
}

fn ordinal(token: &Token) -> Option<u8> {
    if let Word::Ordinal(number) = token.word { Some(number) } else { None }
}

pub(super) fn amount_of(token: &Token) -> Option<usize> {
    if let Word::Amount(at) = token.word { Some(at) } else { None }
}

/// "2亿元战略投资"
fn is_strategic(text: &str, clause: &[Token]) -> Option<(RoundKind, Option<&'static str>)> {
    let gives =
        |pair: &[Token]| amount_of(&pair[0]).is_some() && text[pair[1].span.clone()] == *"战略投资";
    clause.windows(2).any(gives).then_some((RoundKind::Strategic, None))
}

fn done(clause: &[Token]) -> Option<usize> {
    clause.iter().rposition(|token| token.word == Word::Done)
}

/// "G轮已提前开始"
fn starts(clause: &[Token]) -> bool {
    let last = clause.iter().rev().find(|token| token.word != Word::Filler);
    last.is_some_and(|token| token.word == Word::Talks) && done(clause).is_none()
}

fn status(said: &Said, is_hearsay: bool) -> RoundStatus {
    match (said.step == Some(Step::Sought), is_hearsay) {
        (true, _) => RoundStatus::InTalks,
        (false, true) => RoundStatus::Rumoured,
        (false, false) => RoundStatus::Closed,
    }
}

pub(super) fn evidence(clause: &[Token]) -> Range<usize> {
    match clause {
        [first, .., last] => first.span.start..last.span.end,
        [only] => only.span.clone(),
        [] => 0..0,
    }
}

fn widen(span: &mut Range<usize>, other: &Range<usize>) {
    // A valuation of another sentence proves itself; only the next clause is joined.
    if other.start >= span.end && other.start - span.end <= 3 {
        span.end = other.end;
    }
}

/// Words that may stand between an amount and 融资.
fn is_between(text: &str, token: &Token) -> bool {
    let is_short = || text[token.span.clone()].trim().chars().count() <= 3;
    matches!(
        token.word,
        Word::Filler
            | Word::Round(..)
            | Word::Ordinal(_)
            | Word::Lead
            | Word::Follow
            | Word::This
            | Word::Financing
            | Word::Expected
            | Word::Talks
    ) || token.word == Word::Text && is_short()
}

/// The amount of the round that a clause tells of: next to 融资, with no other word of weight between.
fn raised(text: &str, clause: &[Token]) -> Option<usize> {
    let trigger = clause.iter().rposition(|token| {
        token.word == Word::Financing
            || token.span.start == clause[0].span.start
                && text[token.span.clone()].ends_with("金额")
    });
    let trigger = trigger.or_else(|| {
        clause.iter().rposition(|token| matches!(token.word, Word::Round(..) | Word::Ordinal(_)))
    })?;
    let before = clause[..trigger].iter().rev().find(|token| !is_between(text, token));
    let after = clause[trigger + 1..]
        .iter()
        .find(|token| !is_between(text, token) && token.word != Word::Done);
    let near = |token: Option<&Token>| token.and_then(amount_of);
    near(before).or_else(|| near(after).filter(|_| !is_valued_after(clause, trigger)))
}

/// Whether the amount after 融资 belongs to 估值: "融资前估值10亿元".
fn is_valued_after(clause: &[Token], trigger: usize) -> bool {
    let rest = &clause[trigger + 1..];
    let amount = rest.iter().position(|token| amount_of(token).is_some()).unwrap_or(rest.len());
    rest[..amount].iter().any(|token| matches!(token.word, Word::Valuation(_)))
}

/// What follows the amount that a company gets from another.
const GIVEN: &[&str] =
    &["资金", "融资", "投资", "战略投资", "注资", "领投", "风投", "风险投资", "入股"];

/// The amount of "获得420亿韩元资金".
fn got(text: &str, clause: &[Token]) -> Option<usize> {
    let at = done(clause)?;
    let mut rest = clause.get(at + 1..)?.iter().filter(|token| token.word != Word::Filler);
    let mut next = rest.next()?;
    // "获得甲10亿元投资": between them stands at most who gives it.
    if next.word == Word::Text && text[clause[at].span.clone()].contains('获') {
        let between = &text[next.span.clone()];
        let is_giver = between.chars().count() <= 20 && !between.contains(['对', '向']);
        next = rest.next().filter(|_| is_giver)?;
        // "获甲领投2000万美元"
        let is_led = next.word == Word::Lead;
        if is_led {
            next = rest.next()?;
        }
        if is_led || between.ends_with("投资") {
            return amount_of(next);
        }
    }
    let after = text[next.span.end..].trim_start().trim_start_matches('的');
    let is_money = GIVEN.iter().any(|end| after.starts_with(end));
    amount_of(next).filter(|_| is_money)
}

/// The amount of 估值 in a clause, and what the valuation includes.
fn valued(text: &str, clause: &[Token]) -> Option<(usize, Option<ValuationBasis>)> {
    let at = clause.iter().position(|token| matches!(token.word, Word::Valuation(_)))?;
    // "估值50亿元的甲" is of another than the clause is about.
    let is_of_next = |amount: usize| {
        let at = clause.iter().position(|token| token.word == Word::Amount(amount));
        let next = at.and_then(|at| clause.get(at + 1));
        next.is_some_and(|next| text[next.span.clone()].starts_with('的'))
    };
    let basis = clause
        .iter()
        .find_map(|token| if let Word::Valuation(basis) = token.word { basis } else { None });
    let is_short = |token: &Token| {
        matches!(token.word, Word::Filler | Word::Valuation(_) | Word::Expected | Word::Talks)
            || token.word == Word::Text && text[token.span.clone()].chars().count() <= 10
    };
    let after = clause[at + 1..].iter().find(|token| !is_short(token)).and_then(amount_of);
    let after = after.filter(|amount| !is_of_next(*amount));
    let before = clause[..at].iter().rev().find(|token| token.word != Word::Filler);
    let amount = after.or_else(|| before.and_then(amount_of))?;
    Some((amount, basis))
}
