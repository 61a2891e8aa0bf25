//! Shares of one customer, or of a stated number of them.

use std::ops::Range;

use super::rules::Reading;
use super::statement::Statement;
use super::when::{Time, periods};
use super::{DisclosureKind, FigureUnit};
use crate::period::Period;
use crate::quantity::Unit;
use crate::scale::number_word;
use crate::token::{Kind, Token, phrase_end, phrase_start};

/// Words that may stand before "customer" in its clause.
const BEFORE_CUSTOMER: &[&str] = &[
    "sales",
    "to",
    "revenue",
    "revenues",
    "from",
    "and",
    "direct",
    "indirect",
    "single",
    "separate",
    "individual",
    "largest",
    "distributor",
    "data",
    "center",
    "our",
    "a",
    "an",
    "second",
    "third",
    "other",
    "the",
    "company",
    "had",
    "we",
    "have",
    "each",
    "of",
    "-",
    "•",
    "*",
    "(",
    ")",
];

const CUSTOMER: &[&str] = &["customer", "customers"];

/// Verbs that say what share something is, before the figure.
const SHARES: &[&[&str]] = &[
    &["represented"],
    &["represent"],
    &["represents"],
    &["accounted", "for"],
    &["accounts", "for"],
    &["account", "for"],
    &["comprised"],
    &["contributed"],
];

/// Who the figures are of.
struct Who {
    names: Vec<String>,
    /// How many customers; a name counts as one.
    count: usize,
    phrase: String,
}

pub(super) fn read(statement: &Statement<'_>, index: usize) -> Option<Reading> {
    let start = statement.groups[index].tokens.start;
    let verb = SHARES.iter().find_map(|verb| phrase_start(&statement.tokens, start, verb))?;
    let range = statement.before(index).start..verb;
    let is_relative = statement.tokens.get(verb.checked_sub(1)?)?.is_any(&["which", "that", "who"]);
    let (who, unit, rule) = if is_relative {
        threshold_then_share(statement, index, &range)?
    } else {
        (who(statement, &range)?, base(statement, index)?, "customer_share")
    };
    let count = statement.groups[index].quantities.len();
    let periods = paired(statement, index, who.count)?;
    let subjects = match who.names.as_slice() {
        names if names.len() == count => names.iter().cloned().map(Some).collect(),
        [name] => vec![Some(name.clone()); count],
        // Figures of their own, not one of all together.
        _ if count > 1 && who.count == count => vec![Some(format!("one of {}", who.phrase)); count],
        _ if who.count > 1 && statement.has(range, &["each"]) => {
            vec![Some(format!("each of {}", who.phrase)); count]
        }
        _ => vec![Some(who.phrase); count],
    };
    let rules = vec!["customer", rule];
    let kind = DisclosureKind::CustomerConcentration;
    Some(Reading { kind, rules, subjects, periods, hedge: None, unit: Some(unit) })
}

/// "62% of revenue for the year ended December 31, 2024 and 35% for the year ended December 31,
/// 2023": the second figure is of what the first is of.
pub(super) fn continued(
    statement: &Statement<'_>,
    index: usize,
    last: &Reading,
) -> Option<Reading> {
    const JOINTS: &[&str] = &[
        "of",
        "our",
        "its",
        "total",
        "net",
        "consolidated",
        "revenue",
        "revenues",
        "sales",
        "accounts",
        "receivable",
        "balance",
        "for",
        "the",
        "year",
        "ended",
        "months",
        "in",
        "during",
        "as",
        "at",
        "and",
        ",",
    ];
    let is_customer = last.kind == DisclosureKind::CustomerConcentration;
    let [subject] = last.subjects.as_slice() else { return None };
    let before = statement.before(index);
    let is_joint = statement.all(before.clone(), JOINTS) && statement.has(before, &["and"]);
    let periods = periods(statement, index, Time::Either)?;
    let is_dated = periods.len() == 1 && periods != last.periods && !periods.contains(&None);
    let after = statement.after(index);
    let is_own = statement.periods.iter().any(|mention| after.contains(&mention.tokens.start));
    (is_customer && is_joint && is_dated && is_own).then(|| Reading {
        kind: last.kind,
        rules: vec!["customer", "continued"],
        subjects: vec![subject.clone()],
        periods,
        hedge: None,
        unit: last.unit,
    })
}

/// Figures go by customers or by periods; where both could be, by neither.
fn paired(
    statement: &Statement<'_>,
    index: usize,
    customers: usize,
) -> Option<Vec<Option<Period>>> {
    let periods = periods(statement, index, Time::Either)?;
    let count = periods.len();
    let is_one = periods.iter().all(|period| *period == periods[0]);
    let is_paired = count == 1 || (customers == count && is_one) || (customers == 1 && !is_one);
    is_paired.then_some(periods)
}

/// "had one customer that represented 10% or more of total trade receivables, which accounted for
/// 10%": the first figure is a threshold, the second the share.
fn threshold_then_share(
    statement: &Statement<'_>,
    index: usize,
    range: &Range<usize>,
) -> Option<(Who, FigureUnit, &'static str)> {
    let before = index.checked_sub(1)?;
    let relative = range.end - 1;
    let is_next = statement.tokens.get(relative.checked_sub(1)?)?.is(",");
    let unit = base(statement, before).filter(|_| is_next)?;
    let threshold = statement.groups[before].tokens.start;
    let verb = SHARES.iter().find_map(|verb| phrase_start(&statement.tokens, threshold, verb))?;
    let who = who(statement, &(statement.before(before).start..verb))?;
    Some((who, unit, "threshold_then_share"))
}

/// Who stands in the range, if its clause begins with them and says which or how many.
fn who(statement: &Statement<'_>, range: &Range<usize>) -> Option<Who> {
    let tokens = &statement.tokens;
    let is_elsewhere =
        statement.has(range.clone(), &["outside", "located", "based", "no", "none", "not"]);
    if is_elsewhere {
        return None;
    }
    range.clone().filter(|at| tokens[*at].is_any(CUSTOMER)).find_map(|at| {
        let comma =
            tokens[range.start..at].iter().rposition(|token| token.is_any(&[",", ":", "–", "—"]));
        let start = range.start + comma.map_or(0, |comma| comma + 1);
        let is_first = (start..at).all(|at| {
            let token = &tokens[at];
            token.is_any(BEFORE_CUSTOMER)
                || number_word(token.text).is_some()
                || statement.periods.iter().any(|mention| mention.tokens.contains(&at))
        });
        is_first.then(|| named(tokens, start, at, range.end)).flatten()
    })
}

fn named(tokens: &[Token<'_>], start: usize, at: usize, end: usize) -> Option<Who> {
    let after = at + 1;
    // "One Customer-Entity"
    let entity = ["entity", "entities"]
        .iter()
        .find_map(|noun| phrase_end(tokens, at, &[tokens[at].text, noun]));
    let after = entity.unwrap_or(after);
    let names = letters(tokens, after, end)
        .or_else(|| {
            tokens.get(after).filter(|token| token.is(","))?;
            tokens.get(after + 1).filter(|token| token.is("customer"))?;
            letters(tokens, after + 2, end)
        })
        .unwrap_or_default();
    let counted = (start..at).find(|at| {
        let is_one = tokens[*at].is("largest") && tokens[*at + 1].is("customer");
        is_one || number_word(tokens[*at].text).is_some() || tokens[*at].is_any(&["a", "an"])
    });
    let count = match (names.len(), counted) {
        (0, None) => return None,
        (0, Some(at)) => {
            number_word(tokens[at].text).and_then(|count| usize::try_from(count).ok()).unwrap_or(1)
        }
        (names, _) => names,
    };
    let words = &tokens[counted.unwrap_or(start)..after];
    let phrase: Vec<_> = words.iter().map(|token| token.text.to_lowercase()).collect();
    Some(Who { names, count, phrase: phrase.join(" ").replace(" - ", "-") })
}

/// "A, B and C" as names of customers.
fn letters(tokens: &[Token<'_>], from: usize, end: usize) -> Option<Vec<String>> {
    let mut names = Vec::new();
    for token in &tokens[from..end.max(from)] {
        let is_letter = token.kind == Kind::Word
            && token.text.len() == 1
            && token.text.starts_with(|c: char| c.is_ascii_uppercase());
        if is_letter {
            names.push(format!("Customer {}", token.text));
        } else if !token.is_any(&[",", "and"]) {
            break;
        }
    }
    (!names.is_empty()).then_some(names)
}

/// What the figures of the group are a share of.
fn base(statement: &Statement<'_>, index: usize) -> Option<FigureUnit> {
    const SMALL: &[&str] = &[
        ",",
        "respectively",
        "of",
        "our",
        "its",
        "the",
        "company",
        "total",
        "consolidated",
        "net",
        "trade",
        "accounts",
    ];
    let after = statement.after(index);
    let tokens = &statement.tokens;
    let is_share =
        statement.groups[index].quantities.iter().all(|quantity| quantity.unit == Unit::Percent);
    let noun = after.clone().take(12).find(|at| {
        let token = &tokens[*at];
        !(token.is_any(SMALL) || token.text.ends_with("’s"))
    })?;
    let has_of = statement.has(after.start..noun, &["of"]);
    if !is_share || !has_of {
        return None;
    }
    // "revenue of our Compute segment"
    let further = noun + 1..after.end.min(noun + 9);
    if statement.has(further.clone(), &["segment"]) && !statement.has(further, &["attributable"]) {
        return None;
    }
    let is_receivable = statement.has(after.start..noun, &["accounts", "trade"]);
    let word = &tokens[noun];
    if word.is_any(&["receivable", "receivables"]) {
        return Some(FigureUnit::PercentOfReceivables);
    }
    (word.is_any(&["revenue", "revenues", "sales"]) && !is_receivable)
        .then_some(FigureUnit::PercentOfRevenue)
}
