//! The phrases that name what is disclosed, and the words that lead from them to a figure.

use std::ops::Range;

use super::statement::Statement;
use crate::token::{Token, phrase_end};

/// How a phrase and a figure belong together.
pub(super) type Link = &'static str;

/// Verbs that say what something comes to.
const VERBS: &[&str] = &[
    "was",
    "were",
    "is",
    "are",
    "be",
    "been",
    "total",
    "totaled",
    "totalled",
    "totaling",
    "totalling",
    "totals",
    "reach",
    "reached",
    "reaching",
    "exceeded",
    "exceed",
    "surpassed",
    "topped",
];

/// Nouns and verbs of change: the figure then says by how much.
const CHANGES: &[&str] = &[
    "increase",
    "increases",
    "increased",
    "increasing",
    "decrease",
    "decreases",
    "decreased",
    "change",
    "changes",
    "growth",
    "grew",
    "rose",
    "fell",
    "declined",
    "decline",
    "reduction",
    "reduced",
    "higher",
    "lower",
    "up",
    "down",
    "savings",
    "additional",
    "incremental",
];

/// Heads whose complement is named by the phrase, and not measured by the figure.
const OTHER_HEADS: &[&str] = &[
    "depreciation",
    "amortization",
    "provision",
    "provisions",
    "expense",
    "expenses",
    "liability",
    "liabilities",
    "interest",
    "charge",
    "charges",
    "repayments",
    "proceeds",
    "accrued",
    "unpaid",
    "payable",
    "payables",
    "accumulated",
    "excess",
    "include",
    "includes",
    "including",
    "included",
    "prior",
    "previous",
    "previously",
    "terminating",
    "termination",
    "impairment",
    "impairments",
    "write",
    "benefit",
    "gain",
    "loss",
    "deferred",
    "tax",
    "settlements",
    "percentage",
];

/// Words that may stand before a phrase in its clause without changing what it is.
const MODIFIERS: &[&str] = &[
    "“",
    "\"",
    "a",
    "an",
    "the",
    "our",
    "its",
    "we",
    "had",
    "have",
    "has",
    "made",
    "incurred",
    "company",
    "and",
    "total",
    "cash",
    "gross",
    "net",
    "consolidated",
    "combined",
    "quarterly",
    "annual",
    "material",
    "outstanding",
    "other",
    "non",
    "inventory",
    "manufacturing",
    "unconditional",
    "noncancelable",
    "noncancellable",
    "cancelable",
    "cancellable",
    "future",
    "minimum",
    "firm",
    "long",
    "term",
    "additional",
    "new",
    "full",
    "year",
    "recognized",
    "recorded",
    "as",
    "of",
    "at",
    "in",
    "for",
    "during",
    "on",
    "that",
    "these",
    "-",
    "–",
    "—",
    "•",
    "▪",
    "·",
    "*",
    "(",
    ")",
    ",",
    "expect",
    "expects",
    "expected",
    "anticipate",
    "anticipates",
    "now",
    "estimate",
    "estimates",
    "project",
    "projects",
    "forecast",
    "forecasts",
    "plan",
    "plans",
    "continue",
    "to",
    "currently",
    "still",
    "ai",
    "record",
    "also",
    "approximately",
    "raised",
    "raising",
    "lowered",
    "updated",
    "narrowed",
    "increased",
    "increasing",
    "reiterated",
];

/// Where one of the phrases stands in the range, last first.
pub(super) fn last_of(
    statement: &Statement<'_>,
    range: Range<usize>,
    phrases: &[&[&str]],
) -> Option<Range<usize>> {
    range.clone().rev().find_map(|at| {
        let ends = phrases.iter().filter_map(|phrase| phrase_end(&statement.tokens, at, phrase));
        ends.max().filter(|end| *end <= range.end).map(|end| at..end)
    })
}

/// As [`last_of`], first first.
pub(super) fn first_of(
    statement: &Statement<'_>,
    range: Range<usize>,
    phrases: &[&[&str]],
) -> Option<Range<usize>> {
    range.clone().find_map(|at| {
        let ends = phrases.iter().filter_map(|phrase| phrase_end(&statement.tokens, at, phrase));
        ends.max().filter(|end| *end <= range.end).map(|end| at..end)
    })
}

/// Whether the phrase, which stands before the figures of group `index`, is what they measure.
pub(super) fn leads_to(
    statement: &Statement<'_>,
    index: usize,
    phrase: &Range<usize>,
) -> Option<Link> {
    let tokens = &statement.tokens;
    let group = statement.groups[index].tokens.clone();
    let gap = without_range_words(tokens, phrase.end..group.start);
    let denies = |range: Range<usize>| {
        statement.has(range.clone(), OTHER_HEADS) || statement.has(range, &["”", "less"])
    };
    if gap.len() > 30 {
        return None;
    }
    let is_verb = |at: usize| tokens[at].is_any(VERBS);
    let last = gap.clone().next_back();
    let verb =
        if is_verb(group.start) { Some(group.start) } else { last.filter(|at| is_verb(*at)) };
    if let Some(verb) = verb {
        let middle = phrase.end..verb.min(gap.end);
        let is_plain =
            !statement.has(middle.clone(), CHANGES) && !denies(without_clauses(statement, middle));
        return (is_plain && heads_its_clause(statement, index, phrase))
            .then_some("noun_is_figure");
    }
    let of = last.filter(|at| tokens[*at].is("of"))?;
    let is_short = of - phrase.end <= 6;
    let is_plain = !statement.has(phrase.end..of, CHANGES) && !denies(phrase.end..of);
    let near = phrase.start.saturating_sub(5).max(statement.before(index).start)..phrase.start;
    let is_head = !statement.has(near.clone(), OTHER_HEADS) && !changes(statement, near);
    (is_short && is_plain && is_head).then_some("noun_of_figure")
}

/// Whether the phrase, which stands after the figures of group `index`, is what they measure.
pub(super) fn follows(
    statement: &Statement<'_>,
    index: usize,
    phrase: &Range<usize>,
) -> Option<Link> {
    const SMALL: &[&str] = &[
        "of", "on", "in", "for", "cash", "used", "our", "its", "the", "total", "net", "toward",
        "towards", "multi", "-", "year",
    ];
    let group = statement.groups[index].tokens.clone();
    let gap = group.end..phrase.start;
    let leads =
        statement.tokens.get(gap.start)?.is_any(&["of", "on", "in", "for", "toward", "towards"]);
    let near = group.start.saturating_sub(4)..group.start;
    let is_small = gap.len() <= 6 && statement.all(gap, SMALL);
    let is_plain = !changes(statement, near.clone()) && !statement.has(near, OTHER_HEADS);
    (leads && is_small && is_plain).then_some("figure_of_noun")
}

/// "additional" and "new" qualify what is added; the other words say that the figure is a change.
fn changes(statement: &Statement<'_>, range: Range<usize>) -> bool {
    statement.tokens[range].iter().any(|token| token.is_any(CHANGES) && !token.is("additional"))
}

/// The gap without "in the range of", "a total of" at its end.
fn without_range_words(tokens: &[Token<'_>], gap: Range<usize>) -> Range<usize> {
    const FILLERS: &[&[&str]] = &[
        &["in", "the", "range", "of"],
        &["in", "a", "range", "of"],
        &["within", "the", "range", "of"],
        &["a", "total", "of"],
        &["an", "aggregate", "of"],
        &["in"],
        &["amounted", "to"],
    ];
    let end = FILLERS.iter().find_map(|words| {
        crate::token::phrase_start(&tokens[gap.start..gap.end], gap.len(), words)
    });
    gap.start..end.map_or(gap.end, |end| gap.start + end)
}

/// The range up to its first comma, as a clause between commas says something more.
fn without_clauses(statement: &Statement<'_>, range: Range<usize>) -> Range<usize> {
    let comma = statement.tokens[range.clone()].iter().position(|token| token.is(","));
    range.start..comma.map_or(range.end, |at| range.start + at)
}

/// Whether nothing but modifiers stands before the phrase in its clause.
fn heads_its_clause(statement: &Statement<'_>, index: usize, phrase: &Range<usize>) -> bool {
    let start = statement.before(index).start;
    let comma = statement.tokens[start..phrase.start]
        .iter()
        .rposition(|token| token.is_any(&[",", ":", "—", "–"]));
    let clause = start + comma.map_or(0, |at| at + 1)..phrase.start;
    statement.all(clause, MODIFIERS)
}
