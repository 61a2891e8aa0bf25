//! One figure told twice is one row.

use std::mem;

use super::Metric;
use crate::news::{Amount, MetricKind};

/// How many rows back a figure may be told again.
const NEAR: usize = 12;

/// The rows without those that only repeat another, in the words of the fuller one.
pub(super) fn merged(found: Vec<Metric>) -> Vec<Metric> {
    let mut rows: Vec<Metric> = Vec::with_capacity(found.len());
    for metric in found {
        let near = rows.len().saturating_sub(NEAR);
        match rows[near..].iter().position(|row| is_same(row, &metric)) {
            Some(index) => join(&mut rows[near + index], metric),
            None => rows.push(metric),
        }
    }
    rows.sort_by_key(|row| row.evidence.start);
    rows
}

fn is_same(one: &Metric, other: &Metric) -> bool {
    let is_family = one.kind == other.kind || (is_revenue(one.kind) && is_revenue(other.kind));
    let agrees = |one: Option<&String>, other: Option<&String>| {
        one.is_none() || other.is_none() || one == other
    };
    is_family
        && is_same_company(one, other)
        && is_same_amount(&one.value, &other.value)
        && agrees(one.period.as_ref(), other.period.as_ref())
        && agrees(one.as_of.as_ref(), other.as_of.as_ref())
}

fn is_revenue(kind: MetricKind) -> bool {
    matches!(kind, MetricKind::Revenue | MetricKind::RevenueRunRate | MetricKind::Arr)
}

fn is_same_company(one: &Metric, other: &Metric) -> bool {
    let names = |metric: &Metric| {
        let mut names = metric.aliases.clone();
        names.push(metric.company.clone());
        names
    };
    let others = names(other);
    names(one).iter().any(|name| others.contains(name))
}

/// Whether the amounts have the same ends, or one of them is an end of the other.
fn is_same_amount(one: &Amount, other: &Amount) -> bool {
    let ends = |amount: &Amount| (amount.low.or(amount.high), amount.high.or(amount.low));
    let is_end = |amount: &Amount, of: &Amount| {
        let (low, high) = ends(amount);
        let is_low = amount.low.is_some() && low == of.low;
        let is_high = amount.high.is_some() && high == of.high;
        low == high && (is_low || is_high)
    };
    let is_same = ends(one) == ends(other) || is_end(one, other) || is_end(other, one);
    one.currency == other.currency && is_same
}

/// Puts together two rows of one figure: the second is the fuller one, being further down, unless the
/// first is a range of which it tells an end.
fn join(row: &mut Metric, mut later: Metric) {
    let is_range = |metric: &Metric| {
        metric.value.low != metric.value.high
            && metric.value.low.is_some()
            && metric.value.high.is_some()
    };
    let names_more = row.period.is_some() && later.period.is_none()
        || row.as_of.is_some() && later.as_of.is_none();
    let is_said_again = later.rules.contains(&"that_number");
    let is_less = is_said_again
        || (is_range(row) && !is_range(&later))
        || (names_more && row.kind == later.kind);
    if !is_less {
        mem::swap(row, &mut later);
    }
    row.period = row.period.take().or(later.period);
    row.as_of = row.as_of.take().or(later.as_of);
    row.scope = row.scope.take().or(later.scope);
    row.attributed_to = row.attributed_to.take().or(later.attributed_to);
    if row.kind == MetricKind::Revenue {
        row.kind = later.kind;
    }
}
