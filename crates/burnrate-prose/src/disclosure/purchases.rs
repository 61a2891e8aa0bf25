//! What the company is bound to pay suppliers.

use std::ops::Range;

use super::DisclosureKind;
use super::phrases::{first_of, last_of, leads_to};
use super::rules::{Context, Reading, reading};
use super::statement::Statement;
use super::when::Time;

/// What the company is bound to pay suppliers.
pub(super) fn read(
    statement: &Statement<'_>,
    index: usize,
    context: &Context<'_>,
) -> Option<Reading> {
    if let Some(link) = owed_to_suppliers(statement, index, context) {
        let rules = vec!["purchase_commitment", link];
        return reading(statement, index, DisclosureKind::PurchaseCommitment, Time::Day, rules);
    }
    cloud_part(statement, index)
}

/// "Other non-inventory purchase obligations were $14.3 billion, including $10.9 billion of
/// multi-year cloud service agreements"
fn cloud_part(statement: &Statement<'_>, index: usize) -> Option<Reading> {
    const CLOUD: &[&[&str]] = &[
        &["cloud", "service", "agreements"],
        &["cloud", "services", "agreements"],
        &["cloud", "service", "commitments"],
    ];
    const PART: &[&str] = &["including", "include", "includes"];
    let group = statement.groups[index].tokens.clone();
    let cloud = first_of(statement, statement.after(index), CLOUD)?;
    let is_part = statement.tokens.get(group.start.checked_sub(1)?)?.is_any(PART);
    let is_near =
        statement.all(group.end..cloud.start, &["of", "for", "multi", "-", "year", "our"]);
    if !is_part || !is_near || purchase_phrase(statement, 0..group.start).is_none() {
        return None;
    }
    let rules = vec!["purchase_commitment", "part_named"];
    let mut found =
        reading(statement, index, DisclosureKind::PurchaseCommitment, Time::Day, rules)?;
    found.subjects = vec![Some("cloud service agreements".to_owned()); found.subjects.len()];
    Some(found)
}

const GUARANTEED: &[&[&str]] =
    &[&["guaranteed", "commitments"], &["minimum", "purchase", "commitment"]];

const OF_AGREEMENTS: &[&[&str]] = &[&["commitments", "under", "these", "agreements"]];

fn owed_to_suppliers(
    statement: &Statement<'_>,
    index: usize,
    context: &Context<'_>,
) -> Option<&'static str> {
    const UNDONE: &[&str] = &[
        "canceled",
        "cancelled",
        "released",
        "terminated",
        "settled",
        "reduced",
        "waived",
        "paid",
    ];
    let before = statement.before(index);
    if statement.has(before.clone(), UNDONE) {
        return commitment_left(statement, index);
    }
    if let Some(phrase) = purchase_phrase(statement, before.clone()) {
        return leads_to(statement, index, &phrase);
    }
    if let Some(phrase) = last_of(statement, before.clone(), GUARANTEED) {
        return leads_to(statement, index, &phrase);
    }
    if let Some(phrase) = last_of(statement, before.clone(), OF_AGREEMENTS) {
        return leads_to(statement, index, &phrase)
            .filter(|_| context.before.contains("contractual commitments"));
    }
    committed_to_spend(statement, index).or_else(|| commitment_left(statement, index))
}

/// "purchase obligations", "inventory purchase and long-term supply and capacity obligations".
fn purchase_phrase(statement: &Statement<'_>, range: Range<usize>) -> Option<Range<usize>> {
    const ENDS: &[&str] = &["obligations", "commitments"];
    const INSIDE: &[&str] = &[
        "and",
        "or",
        "long",
        "-",
        "term",
        "supply",
        "capacity",
        "other",
        "contractual",
        "inventory",
        "manufacturing",
        "balance",
    ];
    let tokens = &statement.tokens;
    let start = range.clone().rev().find(|at| tokens[*at].is("purchase"))?;
    let mut end = None;
    for (offset, token) in tokens[start + 1..range.end].iter().take(15).enumerate() {
        if token.is_any(ENDS) {
            end = Some(start + offset + 2);
        } else if !token.is_any(INSIDE) {
            break;
        }
    }
    let end = end?;
    Some(start..end + usize::from(tokens.get(end).is_some_and(|next| next.is("balance"))))
}

/// "the Company committed to spend an aggregate of at least $100.0 million"
fn committed_to_spend(statement: &Statement<'_>, index: usize) -> Option<&'static str> {
    const COMMITTED: &[&[&str]] = &[
        &["committed", "to", "spend"],
        &["committed", "to", "purchase"],
        &["committed", "to", "pay"],
    ];
    const SMALL: &[&str] = &["a", "an", "total", "aggregate", "minimum", "of"];
    let phrase = last_of(statement, statement.before(index), COMMITTED)?;
    let gap = phrase.end..statement.groups[index].tokens.start;
    let mut who = statement.tokens[..phrase.start]
        .iter()
        .rev()
        .filter(|token| !token.is_any(&["have", "has"]));
    let is_own = who.next()?.is_any(&["we", "company"]);
    (is_own && statement.all(gap, SMALL)).then_some("committed_to_spend")
}

/// "paid a deposit for the purchase of …, leaving an additional commitment of $114.0 million"
fn commitment_left(statement: &Statement<'_>, index: usize) -> Option<&'static str> {
    const LEFT: &[&[&str]] =
        &[&["additional", "commitment", "of"], &["remaining", "commitment", "of"]];
    let before = statement.before(index);
    let phrase = last_of(statement, before.clone(), LEFT)?;
    let purchase = first_of(statement, before, &[&["for", "the", "purchase", "of"]])?;
    let is_next = phrase.end == statement.groups[index].tokens.start;
    (is_next && purchase.end < phrase.start).then_some("commitment_for_purchase")
}
