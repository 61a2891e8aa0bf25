//! What each list of figures of a sentence is, by the first rule that reads it.

use burnrate_model::Decimal;

use super::phrases::first_of;
use super::statement::Statement;
use super::when::{Time, periods};
use super::{Disclosure, DisclosureKind, FigureUnit};
use super::{ai, capex, customers, leases, purchases};
use crate::hedge::Hedge;
use crate::period::Period;
use crate::quantity::{Quantity, Unit};

/// The sentences around the one that is read.
pub(super) struct Context<'a> {
    pub(super) before: &'a str,
    pub(super) after: &'a str,
}

/// What a rule reads of one list of figures.
pub(super) struct Reading {
    pub(super) kind: DisclosureKind,
    pub(super) rules: Vec<&'static str>,
    /// One for each figure.
    pub(super) subjects: Vec<Option<String>>,
    /// One for each figure.
    pub(super) periods: Vec<Option<Period>>,
    /// What words farther off make of figures that have no hedge of their own.
    pub(super) hedge: Option<Hedge>,
    pub(super) unit: Option<FigureUnit>,
}

pub(super) const FORWARD: &[&str] = &[
    "expect",
    "expects",
    "expected",
    "expecting",
    "expectation",
    "expectations",
    "anticipate",
    "anticipates",
    "anticipated",
    "plan",
    "plans",
    "planned",
    "forecast",
    "forecasts",
    "outlook",
    "guidance",
    "target",
    "targets",
    "targeted",
    "intend",
    "intends",
    "will",
    "budget",
    "budgeted",
    "project",
    "projects",
    "projected",
    "estimate",
    "estimates",
    "estimated",
    "track",
    "pace",
];

impl Reading {
    /// The reading with one subject for all its figures.
    pub(super) fn of(self, subject: Option<String>) -> Self {
        let subjects = vec![subject; self.subjects.len()];
        Self { subjects, ..self }
    }
}

const NEGATIONS: &[&str] = &["no", "not", "none", "neither", "nor", "never", "without"];

/// Those whose figures are not the company's own.
const OTHERS: &[&str] =
    &["competitors", "competitor", "peers", "analysts", "industry", "hyperscalers", "market"];

/// "Our suppliers have purchase commitments of": the clause begins with others, and a verb.
fn others_have(statement: &Statement<'_>, index: usize) -> bool {
    const THEM: &[&str] = &["suppliers", "customers", "vendors", "tenants", "partners", "lessees"];
    const VERBS: &[&str] = &["have", "had", "has", "made", "expect", "plan", "spent", "committed"];
    let before = statement.before(index);
    let to_us = [&["to", "us"][..], &["’", "ai"]];
    before.clone().any(|at| {
        statement.tokens[at].is_any(THEM)
            && statement.tokens.get(at + 1).is_some_and(|next| next.is_any(VERBS))
    }) || first_of(statement, before.start..statement.after(index).end, &to_us).is_some()
}

/// Whether a sentence has a figure of any unit that the rules read.
pub(super) fn may_state(sentence: &str) -> bool {
    let bytes = sentence.as_bytes();
    bytes.contains(&b'$')
        || bytes.contains(&b'%')
        || ["percent", "€", "£", "¥"].iter().any(|sign| sentence.contains(sign))
}

/// The disclosures of one sentence.
pub(super) fn read(statement: &Statement<'_>, context: &Context<'_>) -> Vec<Disclosure> {
    let mut found = Vec::new();
    let mut last = None;
    for index in 0..statement.groups.len() {
        let reading = match statement.groups[index].quantities[0].unit {
            Unit::Money(_) => of_money(statement, index, context)
                .or_else(|| continued(statement, index, last.as_ref()?)),
            Unit::Percent => customers::read(statement, index)
                .or_else(|| customers::continued(statement, index, last.as_ref()?)),
            Unit::Times | Unit::Count => None,
        };
        if let Some(reading) = &reading {
            found.extend(rows(statement, index, reading));
        }
        last = reading;
    }
    found
}

/// "were $14.1 billion and $10.4 billion during Q2 2022 and Q2 2023, and $27.8 billion and $23.5
/// billion for the six months …": the second list is of what the first is of.
fn continued(statement: &Statement<'_>, index: usize, last: &Reading) -> Option<Reading> {
    const JOINTS: &[&str] =
        &[",", "and", "during", "in", "for", "the", "as", "of", "at", "respectively"];
    let is_money = matches!(statement.groups[index - 1].quantities[0].unit, Unit::Money(_));
    let before = statement.before(index);
    let is_joint = is_money && statement.all(before, JOINTS);
    let is_dated = statement
        .periods
        .iter()
        .any(|mention| statement.after(index).contains(&mention.tokens.start));
    if !is_joint || !is_dated || last.periods.contains(&None) {
        return None;
    }
    let time = if last.periods.iter().flatten().any(Period::is_instant) {
        Time::Day
    } else {
        Time::Stretch
    };
    reading(statement, index, last.kind, time, vec!["continued"])
}

fn rows(statement: &Statement<'_>, index: usize, reading: &Reading) -> Vec<Disclosure> {
    let quantities = statement.groups[index].quantities.iter().enumerate();
    let hedge = |quantity: &Quantity| {
        let own = Some(quantity.hedge).filter(|hedge| *hedge != Hedge::Exact);
        own.or(reading.hedge).unwrap_or(Hedge::Exact).coarse()
    };
    let row = |(at, quantity): (usize, &Quantity)| Disclosure {
        kind: reading.kind,
        low: quantity.low.filter(|_| !hedge(quantity).opens_low()),
        high: quantity.high.filter(|_| !hedge(quantity).opens_high()),
        hedge: hedge(quantity),
        unit: reading.unit.unwrap_or(match quantity.unit {
            Unit::Money(code) => FigureUnit::Money(code),
            Unit::Percent | Unit::Times | Unit::Count => FigureUnit::PercentOfRevenue,
        }),
        period: reading.periods.get(at).cloned().flatten(),
        subject: reading.subjects.get(at).cloned().flatten(),
        sentence: statement.span.clone(),
        figure: quantity.span.clone(),
        rules: quantity.rules.iter().chain(&reading.rules).copied().collect(),
    };
    quantities.map(row).collect()
}

fn of_money(statement: &Statement<'_>, index: usize, context: &Context<'_>) -> Option<Reading> {
    let group = &statement.groups[index];
    // In a document of thousands "$30,000" may be thirty million.
    let is_sure = |quantity: &Quantity| {
        quantity.is_scaled
            && quantity.per.is_none()
            && ![quantity.low, quantity.high].into_iter().flatten().any(Decimal::is_negative)
    };
    let others = statement.has(statement.before(index), OTHERS) || others_have(statement, index);
    if !group.quantities.iter().all(is_sure) || is_denied(statement, index) || others {
        return None;
    }
    capex::read(statement, index)
        .or_else(|| leases::finance_lease(statement, index))
        .or_else(|| leases::commitment(statement, index, context))
        .or_else(|| purchases::read(statement, index, context))
        .or_else(|| ai::run_rate(statement, index))
        .or_else(|| ai::revenue(statement, index))
}

/// Whether the words before the figures, from their last comma on, deny; "not yet" and "not recorded" do not.
fn is_denied(statement: &Statement<'_>, index: usize) -> bool {
    const HARMLESS: &[&str] =
        &["yet", "commenced", "recorded", "recognized", "reflected", "included", "more", "less"];
    let before = statement.before(index);
    let tokens = &statement.tokens;
    let comma = tokens[before.clone()].iter().rposition(|token| token.is(","));
    let clause = comma.map_or(before.start, |at| before.start + at)..before.end;
    clause.into_iter().any(|at| {
        tokens[at].is_any(NEGATIONS)
            && !tokens.get(at + 1).is_some_and(|next| next.is_any(HARMLESS))
    })
}

/// A reading whose figures are each of another period.
pub(super) fn reading(
    statement: &Statement<'_>,
    index: usize,
    kind: DisclosureKind,
    time: Time,
    rules: Vec<&'static str>,
) -> Option<Reading> {
    let periods = periods(statement, index, time)?;
    let count = statement.groups[index].quantities.len();
    // Two figures of one period are parts, or not both of this kind.
    if count > 1
        && periods
            .iter()
            .enumerate()
            .any(|(at, period)| period.is_none() || periods[..at].contains(period))
    {
        return None;
    }
    Some(Reading { kind, rules, subjects: vec![None; count], periods, hedge: None, unit: None })
}

/// Whether the sentence looks ahead.
pub(super) fn is_forward(statement: &Statement<'_>) -> bool {
    statement.has(0..statement.tokens.len(), FORWARD)
}
