//! Revenue, and run rates of it, that the sentence says are from AI.

use std::ops::Range;

use super::DisclosureKind;
use super::phrases::{first_of, follows, last_of, leads_to};
use super::rules::{Reading, is_forward, reading};
use super::statement::Statement;
use super::when::Time;
use crate::hedge::{self, Hedge};
use crate::quantity::Unit;
use crate::token::phrase_end;

const RUN_RATE: &[&[&str]] = &[&["run", "rate"], &["runrate"]];

/// Where the sentence names AI as the business itself, not as what drives another.
fn ai_business(statement: &Statement<'_>, range: Range<usize>) -> Option<Range<usize>> {
    const AI: &[&[&str]] =
        &[&["ai"], &["artificial", "intelligence"], &["genai"], &["generative", "ai"]];
    const BUSINESS: &[&str] = &[
        "business",
        "revenue",
        "revenues",
        "products",
        "product",
        "services",
        "service",
        "solution",
        "solutions",
        "offerings",
        "portfolio",
        "suite",
        "assistant",
    ];
    const DRIVERS: &[&str] = &[
        "driven",
        "due",
        "by",
        "from",
        "in",
        "for",
        "to",
        "with",
        "through",
        "on",
        "of",
        "beyond",
        "excluding",
    ];
    let tokens = &statement.tokens;
    range.clone().find_map(|at| {
        let end = AI.iter().filter_map(|phrase| phrase_end(tokens, at, phrase)).max()?;
        let noun = (end..range.end.min(end + 4)).find(|at| tokens[*at].is_any(BUSINESS))?;
        let mut before = tokens[range.start..at]
            .iter()
            .rev()
            .filter(|token| !token.is_any(&["our", "its", "the", "an"]));
        let is_driver = before.next().is_some_and(|token| token.is_any(DRIVERS));
        (!is_driver).then_some(at..noun + 1)
    })
}

/// A run rate of a business that the sentence calls AI.
pub(super) fn run_rate(statement: &Statement<'_>, index: usize) -> Option<Reading> {
    let (before, after) = (statement.before(index), statement.after(index));
    if is_forward(statement) || statement.groups[index].quantities.len() > 1 {
        return None;
    }
    let business = ai_business(statement, before.clone())?;
    let group = statement.groups[index].tokens.clone();
    let ahead = last_of(statement, business.end..before.end, RUN_RATE);
    let ahead_start = ahead.as_ref().map(|phrase| phrase.start);
    let link = match ahead {
        Some(phrase) => leads_directly(statement, phrase.end..group.start),
        None => first_of(statement, after, RUN_RATE).and_then(|phrase| {
            let words = ["annualized", "annual", "revenue", "-", "in", "ai", "of"];
            statement.all(group.end..phrase.start, &words).then_some("figure_run_rate")
        }),
    }?;
    let between = business.end..group.start;
    let farther = ahead_start.and_then(|start| hedge_of_run_rate(statement, start));
    let joins_other = statement.has(between, &["while", "whereas", "although"]);
    if joins_other {
        return None;
    }
    reading(
        statement,
        index,
        DisclosureKind::AiRunRate,
        Time::Either,
        vec!["run_rate", "ai_business", link],
    )
    .map(|found| Reading { hedge: farther, ..found })
}

/// "surpassed an annual revenue run rate of $13 billion"
fn hedge_of_run_rate(statement: &Statement<'_>, start: usize) -> Option<Hedge> {
    const WORDS: &[&str] = &["annual", "annualized", "revenue", "ai", "yearly"];
    let back = statement.tokens[..start].iter().rev().take_while(|token| token.is_any(WORDS));
    hedge::before(&statement.tokens, start - back.count()).map(|(hedge, _)| hedge)
}

fn leads_directly(statement: &Statement<'_>, gap: Range<usize>) -> Option<&'static str> {
    let words =
        ["of", "was", "is", "reached", "at", "now", "has", "surpassed", "exceeded", "to", "hit"];
    (gap.len() <= 3 && statement.all(gap, &words)).then_some("run_rate_of_figure")
}

const REVENUE: &[&[&str]] = &[
    &["ai", "revenue"],
    &["ai", "revenues"],
    &["ai", "related", "revenue"],
    &["ai", "related", "revenues"],
    &["ai", "business", "revenue"],
    &["ai", "product", "revenue"],
    &["ai", "products", "revenue"],
    &["ai", "semiconductor", "revenue"],
    &["ai", "services", "revenue"],
    &["ai", "cloud", "revenue"],
    &["ai", "solutions", "revenue"],
    &["artificial", "intelligence", "revenue"],
    &["revenue", "from", "our", "ai", "business"],
    &["revenue", "from", "ai", "products"],
    &["revenue", "from", "ai", "services"],
];

/// Revenue that the sentence says is from AI.
pub(super) fn revenue(statement: &Statement<'_>, index: usize) -> Option<Reading> {
    if is_forward(statement) || last_of(statement, 0..statement.tokens.len(), RUN_RATE).is_some() {
        return None;
    }
    let before = statement.before(index);
    let ahead = last_of(statement, before, REVENUE);
    let link = ahead
        .and_then(|phrase| leads_to(statement, index, &phrase))
        .or_else(|| grew_to(statement, index))
        .or_else(|| {
            follows(statement, index, &first_of(statement, statement.after(index), REVENUE)?)
        })?;
    reading(statement, index, DisclosureKind::AiRevenue, Time::Stretch, vec!["ai_revenue", link])
}

/// "AI revenue grew 46% to $5.2 billion"
fn grew_to(statement: &Statement<'_>, index: usize) -> Option<&'static str> {
    const GREW: &[&str] = &["grew", "increased", "rose", "was", "up", "by"];
    const THEN: &[&str] =
        &["year", "-", "over", "quarter", "on", "sequentially", "to", "from", "a", "ago"];
    let growth = &statement.groups[index.checked_sub(1)?];
    let is_growth = growth.quantities[0].unit == Unit::Percent;
    let phrase = last_of(statement, statement.before(index - 1), REVENUE)?;
    let start = statement.groups[index].tokens.start;
    let leads = statement.tokens[start - 1].is("to")
        && statement.all(phrase.end..growth.tokens.start, GREW)
        && statement.all(growth.tokens.end..start, THEN);
    (is_growth && leads).then_some("grew_to_figure")
}
