//! Capital expenditure made, and expected.

use std::ops::Range;

use super::DisclosureKind;
use super::phrases::{first_of, follows, last_of, leads_to};
use super::rules::{FORWARD, Reading, is_forward, reading};
use super::statement::Statement;
use super::when::Time;

const CAPEX: &[&[&str]] = &[
    &["capital", "expenditures"],
    &["capital", "expenditure"],
    &["capital", "spending"],
    &["capex"],
    &["purchases", "of", "property", "and", "equipment"],
    &["purchases", "of", "property", ",", "plant", "and", "equipment"],
    &["purchases", "of", "property", ",", "plant", ",", "and", "equipment"],
];

/// Words by which an expectation is one of the past.
const PAST: &[&str] = &[
    "previously",
    "prior",
    "previous",
    "earlier",
    "originally",
    "had",
    "was",
    "were",
    "initially",
    "withdrew",
    "withdraw",
    "withdrawn",
    "suspended",
    "rescinded",
];

/// Capital expenditure made or expected.
pub(super) fn read(statement: &Statement<'_>, index: usize) -> Option<Reading> {
    const NOT_SPENT: &[&str] = &[
        "unpaid",
        "accrued",
        "accruals",
        "payable",
        "commitments",
        "commitment",
        "authorized",
        "approved",
        "contracted",
        "analysts",
        "segment",
        "segments",
        "subsidiary",
        // Totals of several years.
        "cumulative",
        "cumulatively",
        "since",
        "inception",
        "past",
        "annually",
        "yearly",
        "trailing",
        "date",
        // Paid by others.
        "credits",
        "government",
        "grant",
        "grants",
        "loan",
        "loans",
        "received",
        "reimburse",
        "reimbursed",
        "reimbursement",
        "reimbursements",
        "subsidies",
        "subsidy",
        // Of others.
        "venture",
        "partner",
        "acquired",
        "each",
    ];
    let (before, after) = (statement.before(index), statement.after(index));
    if statement.has(before.clone(), NOT_SPENT) || statement.has(after.clone(), NOT_SPENT) {
        return None;
    }
    let ahead = last_of(statement, before.clone(), CAPEX);
    let definition = ahead.as_ref().and_then(|phrase| definition(statement, phrase, before.end));
    let ahead =
        ahead.map(|phrase| phrase.start..definition.as_ref().map_or(phrase.end, |of| of.end));
    let subject = definition.map(|words| statement.text(words));
    let guided = ahead.as_ref().and_then(|phrase| guidance_to(statement, index, phrase));
    let link = guided
        .or_else(|| ahead.as_ref().and_then(|phrase| leads_to(statement, index, phrase)))
        .or_else(|| follows(statement, index, &first_of(statement, after, CAPEX)?))?;
    let behind = first_of(statement, statement.after(index), CAPEX);
    let is_narrowed =
        ahead.is_none() && behind.is_some_and(|phrase| is_narrowed(statement, &phrase));
    if is_narrowed || ahead.is_some_and(|phrase| is_of_a_part(statement, index, &phrase)) {
        return None;
    }
    if !is_forward(statement) {
        let rules = vec!["capex", link];
        return reading(statement, index, DisclosureKind::CapexActual, Time::Stretch, rules)
            .map(|found| found.of(subject));
    }
    let clause = before.start..statement.groups[index].tokens.end;
    if !statement.has(before.clone(), FORWARD) || statement.has(clause, PAST) {
        return None;
    }
    guidance(statement, index, vec!["capex", "expected", link]).map(|found| found.of(subject))
}

/// "including principal payments on finance leases", which follows the phrase: the company's own
/// definition, which others do not share.
fn definition(
    statement: &Statement<'_>,
    phrase: &Range<usize>,
    end: usize,
) -> Option<Range<usize>> {
    let tokens = &statement.tokens;
    let start = phrase.end + usize::from(tokens.get(phrase.end)?.is(","));
    tokens.get(start).filter(|word| word.is_any(&["including", "excluding"]))?;
    let is_lease = |at: &usize| tokens[*at].is_any(&["leases", "lease"]);
    let leases = (start + 1..end.min(start + 9)).find(is_lease)?;
    Some(start..leases + 1)
}

/// Words between the phrase and its verb that leave it whole.
const NOT_A_PART: &[&str] = &[
    "a",
    "and",
    "anticipated",
    "approximately",
    "are",
    "at",
    "be",
    "been",
    "between",
    "cash",
    "during",
    "ended",
    "ending",
    "estimated",
    "exceeded",
    "expected",
    "first",
    "fiscal",
    "for",
    "forecast",
    "from",
    "guidance",
    "half",
    "have",
    "in",
    "incentives",
    "is",
    "made",
    "months",
    "net",
    "nine",
    "now",
    "of",
    "our",
    "outlook",
    "paid",
    "period",
    "planned",
    "proceeds",
    "projected",
    "quarter",
    "range",
    "reached",
    "sales",
    "six",
    "spending",
    "the",
    "three",
    "to",
    "total",
    "totaled",
    "twelve",
    "was",
    "were",
    "will",
    "year",
];

/// "Capital expenditures in Europe were": words other than a time between the phrase and its verb.
fn is_of_a_part(statement: &Statement<'_>, index: usize, phrase: &Range<usize>) -> bool {
    let gap = phrase.end..statement.groups[index].tokens.start;
    let in_period =
        |at: usize| statement.periods.iter().any(|mention| mention.tokens.contains(&at));
    let mut commas = gap.clone().filter(|at| statement.tokens[*at].is(",") && !in_period(*at));
    let end = commas.next().unwrap_or(gap.end);
    !statement.all(gap.start..end, NOT_A_PART)
}

/// "spent $5 million on capital expenditures for our partner", "related to AI".
fn is_narrowed(statement: &Statement<'_>, phrase: &Range<usize>) -> bool {
    let Some(next) = statement.tokens.get(phrase.end) else { return false };
    let is_time = statement
        .periods
        .iter()
        .any(|mention| (phrase.end..phrase.end + 5).contains(&mention.tokens.start));
    let is_quarter = statement.has(
        phrase.end..statement.tokens.len().min(phrase.end + 4),
        &["quarter", "year", "period"],
    );
    next.is_any(&["related", "attributable", "associated"])
        || (next.is_any(&["for", "of", "in"]) && !is_time && !is_quarter)
}

/// "capital expenditure guidance to $64 to $72 billion"
fn guidance_to(
    statement: &Statement<'_>,
    index: usize,
    phrase: &Range<usize>,
) -> Option<&'static str> {
    let noun = statement.tokens.get(phrase.end)?.is_any(&["guidance", "outlook", "forecast"]);
    let group = statement.groups[index].tokens.start;
    let gap = phrase.end + 1..group;
    let last = gap.clone().next_back()?;
    let is_linked = statement.tokens[last].is_any(&["to", "of", "is"]);
    (noun && gap.len() <= 8 && is_linked).then_some("guidance_to_figure")
}

/// Expected spending is of exactly one stated time.
fn guidance(statement: &Statement<'_>, index: usize, rules: Vec<&'static str>) -> Option<Reading> {
    if statement.groups[index].quantities.len() > 1 {
        return None;
    }
    let around = statement.before(index).start..statement.after(index).end;
    let mut told = statement.periods.iter().filter(|mention| {
        !mention.is_compared
            && !mention.period.is_instant()
            && around.contains(&mention.tokens.start)
    });
    let period = told.next()?.period.clone();
    if told.any(|other| other.period != period) {
        return None;
    }
    let kind = DisclosureKind::CapexGuidance;
    Some(Reading {
        kind,
        rules,
        subjects: vec![None],
        periods: vec![Some(period)],
        hedge: None,
        unit: None,
    })
}
