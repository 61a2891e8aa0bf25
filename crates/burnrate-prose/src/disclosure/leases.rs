//! Assets newly acquired under finance leases, and payments under leases not yet commenced.

use super::DisclosureKind;
use super::phrases::{first_of, last_of, leads_to};
use super::rules::{Context, Reading, is_forward, reading};
use super::statement::Statement;
use super::when::{Time, periods};
use crate::period::{Period, PeriodMention};

/// Assets newly acquired under finance leases.
pub(super) fn finance_lease(statement: &Statement<'_>, index: usize) -> Option<Reading> {
    const ADDED: &[&[&str]] = &[
        &["property", "and", "equipment", "acquired", "under", "finance", "leases"],
        &["property", "and", "equipment", "added", "under", "finance", "leases"],
        &["assets", "acquired", "under", "finance", "leases"],
        &["equipment", "acquired", "under", "finance", "leases"],
        &["additional", "finance", "lease", "assets"],
        &["new", "finance", "lease", "assets"],
        &["finance", "lease", "additions"],
    ];
    let before = statement.before(index);
    let phrase = first_of(statement, before.clone(), ADDED)?;
    if is_forward(statement) || statement.has(before, &["relates", "gross"]) {
        return None;
    }
    let link = leads_to(statement, index, &phrase)?;
    reading(
        statement,
        index,
        DisclosureKind::FinanceLease,
        Time::Stretch,
        vec!["finance_lease", link],
    )
}

/// Payments under leases that have not commenced.
pub(super) fn commitment(
    statement: &Statement<'_>,
    index: usize,
    context: &Context<'_>,
) -> Option<Reading> {
    let commencing = not_commenced(statement, index, context)?;
    let owed = lease_payments(statement, index)?;
    let kind = DisclosureKind::LeaseCommitment;
    let rules = vec![commencing, owed];
    let periods = lease_periods(statement, index)?;
    match periods.as_slice() {
        [_] => {
            Some(Reading { kind, rules, subjects: vec![None], periods, hedge: None, unit: None })
        }
        [one, other] if one == other => {
            let subjects = parts(statement, index)?.map(|part| Some(part.to_owned())).to_vec();
            Some(Reading { kind, rules, subjects, periods, hedge: None, unit: None })
        }
        _ => None,
    }
}

/// What two figures of one day are, in their order.
fn parts(statement: &Statement<'_>, index: usize) -> Option<[&'static str; 2]> {
    const TERMS: &[&[&str]] = &[&["short", "term", "and", "long", "term"]];
    const CLASSES: &[&[&str]] = &[&["operating", "and", "finance", "leases"]];
    let is_said = |phrases| first_of(statement, statement.before(index), phrases).is_some();
    if is_said(TERMS) {
        return Some(["short-term", "long-term"]);
    }
    is_said(CLASSES).then_some(["operating leases", "finance leases"])
}

/// The rule that says that the leases have not commenced: here, or in the sentence that follows.
fn not_commenced(
    statement: &Statement<'_>,
    index: usize,
    context: &Context<'_>,
) -> Option<&'static str> {
    const AHEAD: &[&[&str]] = &[
        &["not", "yet", "commenced"],
        &["not", "commenced"],
        &["yet", "to", "commence"],
        &["expect", "to", "commence"],
        &["expected", "to", "commence"],
        &["will", "commence"],
    ];
    const LEASES: &[&[&str]] = &[&["lease", "commitments"]];
    let (before, after) = (statement.before(index), statement.after(index));
    // "leases that have commenced of $3 billion and leases that have not …"
    let has_commenced = statement.has(before.clone(), &["commenced"]);
    let around = before.start..if has_commenced { before.end } else { after.end };
    let is_lease = statement.has(0..statement.tokens.len(), &["lease", "leases"]);
    if is_lease && first_of(statement, around, AHEAD).is_some() {
        return Some("not_commenced");
    }
    let is_followed =
        context.after.contains("expected to commence") && context.after.contains("ease");
    let is_named = first_of(statement, statement.before(index), LEASES).is_some();
    (is_followed && is_named).then_some("not_commenced_next_sentence")
}

/// The rule by which the figures are what is to be paid under the leases.
fn lease_payments(statement: &Statement<'_>, index: usize) -> Option<&'static str> {
    const OWED: &[&[&str]] = &[&["payments"], &["obligations"], &["commitments"], &["leases"]];
    const NOT_OWED: &[&str] = &[
        "terminated",
        "terminate",
        "canceled",
        "cancelled",
        "terminating",
        "termination",
        "expense",
        "expenses",
        "including",
        "which",
        "impairment",
        "letters",
        "deposit",
        "deposits",
        "guarantee",
        "guarantees",
        "guaranteed",
        "improvements",
        "received",
        "receive",
        "receivable",
        "lessor",
        "tenants",
        "excludes",
        "exclude",
    ];
    const LINKS: &[&str] = &["of", "totaling", "for", "to", "was", "were", "is", "are"];
    let before = statement.before(index);
    if statement.has(before.clone(), NOT_OWED) {
        return None;
    }
    let group = statement.groups[index].tokens.clone();
    let last = group.start.checked_sub(1)?;
    if let Some(owed) = last_of(statement, before, OWED) {
        let is_near = (owed.end..last).len() <= 45;
        return (is_near && statement.tokens[last].is_any(LINKS)).then_some("owed_figure");
    }
    let owed = first_of(statement, statement.after(index), OWED)?;
    let small = [
        "of",
        "in",
        "future",
        "lease",
        "minimum",
        "undiscounted",
        "additional",
        "operating",
        "finance",
        "and",
    ];
    let is_next = statement.all(group.end..owed.start, &small);
    (is_next && !statement.has(statement.after(index), NOT_OWED)).then_some("figure_owed")
}

/// The day as of which it is owed, or the time in which the leases commence.
fn lease_periods(statement: &Statement<'_>, index: usize) -> Option<Vec<Option<Period>>> {
    let days = periods(statement, index, Time::Day)?;
    if days.iter().any(Option::is_some) {
        return Some(days);
    }
    let stretch = |mention: &&PeriodMention| matches!(mention.period, Period::Between(_, _));
    let between = statement.periods.iter().find(stretch).map(|mention| mention.period.clone());
    Some(vec![between; days.len()])
}
