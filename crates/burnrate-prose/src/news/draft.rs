//! Rows under construction, for the languages that read no more than what a pattern says.

use std::ops::Range;

use super::{Amount, Metric, MetricKind, MetricStatus, Role, Round, RoundKind, RoundStatus};

/// A round of which only the company is known.
pub(crate) fn round(company: String, evidence: Range<usize>) -> Round {
    Round {
        company,
        aliases: Vec::new(),
        kind: RoundKind::Unknown,
        modifier: None,
        amount: None,
        amount_alternatives: Vec::new(),
        valuation: None,
        valuation_alternatives: Vec::new(),
        valuation_basis: None,
        status: RoundStatus::Closed,
        lead_investors: Vec::new(),
        investors: Vec::new(),
        date: None,
        role: Role::Headline,
        attributed_to: None,
        evidence,
        rules: Vec::new(),
    }
}

/// A reported figure of a company.
pub(crate) fn metric(
    company: String,
    kind: MetricKind,
    value: Amount,
    evidence: Range<usize>,
    rule: &'static str,
) -> Metric {
    Metric {
        company,
        aliases: Vec::new(),
        kind,
        unit: value.currency.to_owned(),
        value,
        period: None,
        as_of: None,
        status: MetricStatus::Reported,
        scope: None,
        attributed_to: None,
        evidence,
        rules: vec![rule],
    }
}

/// Adds names that are not there yet.
pub(crate) fn add_names(to: &mut Vec<String>, names: &[String]) {
    for name in names {
        if to.len() < MOST_NAMES && !to.contains(name) {
            to.push(name.clone());
        }
    }
}

/// No round names more investors, and no company has more names.
const MOST_NAMES: usize = 64;

/// Whether two amounts can be one: the same figure, or one within the order of magnitude of the other.
pub(crate) fn can_be_one(one: &Amount, other: &Amount) -> bool {
    let value = |amount: &Amount| amount.low.or(amount.high);
    let holds = |wide: &Amount, narrow: &Amount| {
        wide.low != wide.high && wide.low <= value(narrow) && value(narrow) <= wide.high
    };
    one.currency == other.currency
        && (value(one) == value(other) || holds(one, other) || holds(other, one))
}
