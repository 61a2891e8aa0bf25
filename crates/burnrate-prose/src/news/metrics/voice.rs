//! Whether a figure has happened, and whose word it is.

use std::ops::Range;

use super::claim::Claim;
use super::subject::{Company, Memory};
use super::time::Time;
use super::{View, is_in};
use crate::news::gazetteer::NameKind;
use crate::news::names::Name;
use crate::news::{Metric, MetricKind, MetricStatus};

/// Words of what is expected.
const EXPECT: &str = "
    will ’ll would expects expect expected expecting forecast forecasts forecasted forecasting projects
    projected projecting projection projections guidance outlook target targets targeting targeted aims
    aiming aim goal plans planned planning plan predicts predicted predicting anticipates anticipated
    eyes eyeing hopes hoping could may might should wants seeks likely poised estimates estimated it’ll intends
    pledged set pace budgeted envisions sees guided agreed";

/// Words of what would be if something else were.
const SUPPOSE: &[&str] = &["if", "assuming", "assume", "suppose", "without", "hypothetically"];

/// Whether what a claim says has happened.
pub(super) fn status(
    view: &View<'_, '_>,
    claim: &Claim,
    company: &Company,
    time: Option<&Time>,
    index: usize,
) -> MetricStatus {
    if let Some(status) = claim.status {
        return status;
    }
    let start = view.quantity(index).tokens.start;
    let end = start.max(claim.words.end.min(view.quantity(index).end));
    let opens = view.clause_start(start);
    let break_at = clause_break(view, opens..claim.words.start.min(start));
    let from = company.token.unwrap_or(claim.words.start).min(start).max(break_at);
    if view.has(break_at..start, SUPPOSE) && is_supposed(view, break_at..start) {
        return MetricStatus::Hypothetical;
    }
    let is_old = |phrase: &&[&str]| view.phrase_end(view.quantity(index).end, phrase).is_some();
    let told_for_comparison: [&[&str]; 2] = [&["a", "year", "earlier"], &["a", "year", "ago"]];
    if time.is_none() && told_for_comparison.iter().any(is_old) {
        return MetricStatus::Historical;
    }
    if claim.is_earlier {
        return MetricStatus::Reported;
    }
    let is_ahead = expects(view, from..end)
        || expects(view, clause_of(view, from).max(break_at)..from)
        || (from..start.saturating_sub(1)).any(|at| is_infinitive(view, company, at))
        || is_raised_to(view, claim, start)
        || time.is_some_and(|time| time.is_future(view.published));
    if is_ahead { MetricStatus::Projected } else { MetricStatus::Reported }
}

/// The token after the last word in the range with which another clause begins.
fn clause_break(view: &View<'_, '_>, range: Range<usize>) -> usize {
    const BREAKS: &[&str] = &["but", "while", "whereas", "although", "though", "not"];
    let mut at = range.end;
    while at > range.start {
        at -= 1;
        let token = view.tokens[at];
        let open = aside_start(view, range.start, at);
        if let Some(open) = open {
            at = open;
        } else if token.is_any(BREAKS) || matches!(token.text, "—" | "–" | "(") {
            return at + 1;
        }
    }
    range.start
}

/// Where the aside opens that the mark at `at` closes: "—a projection—", "(excluding sales)".
fn aside_start(view: &View<'_, '_>, floor: usize, at: usize) -> Option<usize> {
    let open = match view.tokens[at].text {
        "—" => "—",
        "–" => "–",
        ")" => "(",
        _ => return None,
    };
    (floor.max(at.saturating_sub(20))..at).rev().find(|open_at| view.tokens[*open_at].text == open)
}

/// Whether a word of expecting stands in the range, outside of asides.
fn expects(view: &View<'_, '_>, range: Range<usize>) -> bool {
    let mut at = range.end;
    while at > range.start {
        at -= 1;
        if let Some(open) = aside_start(view, range.start, at) {
            at = open;
        } else if view.is_in(at, EXPECT) && is_expecting(view, at) {
            return true;
        }
    }
    false
}

/// "set to", "on pace": the words alone say something else, as the month of May does.
fn is_expecting(view: &View<'_, '_>, at: usize) -> bool {
    match view.tokens[at].text {
        "set" | "agreed" => view.is(at + 1, "to"),
        "pace" => at > 0 && view.is(at - 1, "on"),
        "May" => false,
        "estimated" | "estimates" => {
            view.quantity_at(at + 1).is_some()
                && at > 0
                && !view.is_any(at - 1, &["an", "was", "is"])
        }
        _ => true,
    }
}

/// A few tokens before `at`, up to a comma: "Meta forecasted it would", "which predicts OpenAI’s".
fn clause_of(view: &View<'_, '_>, at: usize) -> usize {
    let floor = at.saturating_sub(7);
    let stop = (floor..at).rev().find(|at| view.is_any(*at, &[",", ";", ":", "—", "–", "("]));
    stop.map_or(floor, |stop| stop + 1)
}

/// "Without the discount, OpenAI could be spending", "If Microsoft gives".
fn is_supposed(view: &View<'_, '_>, range: Range<usize>) -> bool {
    let Some(supposed) = view.find(range.clone(), SUPPOSE) else { return false };
    let is_modal = view.has(range.clone(), &["could", "would", "might", "assumed"]);
    // "If it needs so much, it is because": what stands behind the comma is not supposed.
    let is_inside = !view.has(supposed..range.end, &[","]) && !view.is(supposed, "without");
    is_modal || is_inside
}

/// "Meta to spend", "on track to reach".
fn is_infinitive(view: &View<'_, '_>, company: &Company, at: usize) -> bool {
    let follows_subject = || {
        let name = company.token.and_then(|token| view.sentence.name_at(token));
        name.is_some_and(|name| name.tokens.end == at)
    };
    let is_track = view.is(at, "track") && view.is(at + 1, "to");
    is_track || view.is(at, "to") && follows_subject()
}

/// "boosting its capital expenditures to a whopping $75 billion": a budget, not an account.
fn is_raised_to(view: &View<'_, '_>, claim: &Claim, start: usize) -> bool {
    const RAISE: &[&str] =
        &["boosting", "raising", "ramping", "increasing", "hiking", "lifting", "upping"];
    let floor = claim.words.start.saturating_sub(4);
    let is_plan = claim.rules.first() == Some(&"spending_plan");
    claim.kind == MetricKind::Capex && (is_plan || view.has(floor..start, RAISE))
}

/// Verbs of telling.
const TELL: &str = "
    reports reported says said notes noted added adds announced announces claims claimed told tells
    writes wrote hears points estimates revealed confirmed disclosed shared predicts predicted";

/// Whose word the sentence gives for a figure.
pub(super) fn attribution(
    view: &View<'_, '_>,
    memory: &Memory,
    company: &Company,
    index: usize,
) -> Option<String> {
    let start = view.quantity(index).tokens.start;
    let opens = view.clause_start(start);
    let closes = view.clause_end(view.quantity(index).end);
    let before = (opens..start).rev().find_map(|at| told_at(view, at));
    // "valued at $2 billion after its investor said": what came of it, not whose word it is.
    let end = view.quantity(index).end;
    let closes_told = view.find(end..closes, &["after"]).unwrap_or(closes);
    let after = || (end..closes_told).find_map(|at| told_at(view, at));
    let quoted = || {
        let is_quote = view.tokens.first().is_some_and(|token| token.is_any(&["“", "\""]));
        memory.speaker.clone().filter(|_| is_quote)
    };
    let own = || {
        let says = (view.quantity(index).end..closes)
            .any(|at| view.is(at, "it") && view.is_any(at + 1, &["says", "said"]));
        says.then(|| company.name.clone())
    };
    before.or_else(after).or_else(quoted).or_else(own).map(|name| memory.full_name(name))
}

/// Gives the figures of a headline the source that the sentence after it names.
pub(super) fn attribute_headline(view: &View<'_, '_>, found: &mut [Metric]) {
    if found.is_empty() || view.sentence.is_headline {
        return;
    }
    // "the deal that Acme disclosed" tells of the deal.
    let is_aside = |at: usize| view.has(at.saturating_sub(3)..at, &["that", "which"]);
    let mut told = (0..view.tokens.len().min(60)).filter(|at| !is_aside(*at));
    let source = told.find_map(|at| told_at(view, at));
    let Some(source) = source else { return };
    let unsourced = found.iter_mut().rev().take(4).filter(|metric| metric.attributed_to.is_none());
    let is_headline = |metric: &Metric| view.headline_end > metric.evidence.start;
    for metric in unsourced.filter(|metric| is_headline(metric)) {
        metric.attributed_to = Some(source.clone());
    }
}

/// Who tells at token `at`: "according to Crunchbase", "The Information reports".
fn told_at(view: &View<'_, '_>, at: usize) -> Option<String> {
    let token = view.tokens[at];
    if token.is("according") {
        let to = view.phrase_end(at, &["according", "to"])?;
        return told_by(view, to);
    }
    if token.is("per") {
        let name = view.sentence.name_at(at + 1)?;
        return (name.kind == NameKind::Outlet).then(|| name.text.to_owned());
    }
    if let Some(by) =
        view.phrase_end(at, &["cited", "by"]).or_else(|| view.phrase_end(at, &["reported", "by"]))
    {
        return names_from(view, by);
    }
    // "Acme projected it would", "Acme estimated $2.5 billion": figures of its own.
    let is_own = token.is("projected") && view.is(at + 1, "it")
        || token.is("estimated") && view.quantity_at(at + 1).is_some();
    if !is_in(token, TELL) && !is_own {
        return None;
    }
    teller(view, at)
}

/// The source after "according to": a name within a few words, if no other source stands before it.
fn told_by(view: &View<'_, '_>, from: usize) -> Option<String> {
    const OTHERS: &[&str] = &[
        "people",
        "person",
        "sources",
        "source",
        "reviewed",
        "seen",
        "obtained",
        "familiar",
        "court",
        "documents",
        "filing",
        "filings",
        "notice",
        "notices",
        "letter",
    ];
    let ceiling = view.tokens.len().min(from + 8);
    for at in from..ceiling {
        if let Some(name) = view.sentence.name_at(at) {
            if name.is_possessive && name.kind != NameKind::Outlet {
                return None;
            }
            let full = full(view, name);
            return if full == name.text { names_from(view, at) } else { Some(full) };
        }
        if view.is_any(at, &[",", ".", ";", ")"]) {
            return None;
        }
        if view.is_any(at, OTHERS) {
            let cited = (at..view.tokens.len().min(at + 16))
                .find_map(|at| view.phrase_end(at, &["cited", "by"]))?;
            return names_from(view, cited);
        }
    }
    None
}

/// "Bloomberg and The Information"
fn names_from(view: &View<'_, '_>, at: usize) -> Option<String> {
    let first = view.sentence.name_at(at)?;
    let mut end = first.tokens.end;
    if view.is(end, "and")
        && let Some(second) = view.sentence.name_at(end + 1).filter(|name| name.kind == first.kind)
    {
        end = second.tokens.end;
        return view
            .text
            .get(first.span.start..second.span.end)
            .map(str::to_owned)
            .filter(|_| end > at);
    }
    Some(first.text.to_owned())
}

/// Who is the subject of the verb of telling at token `at`.
fn teller(view: &View<'_, '_>, at: usize) -> Option<String> {
    let mut end = at;
    while end > 0
        && view.is_any(
            end - 1,
            &["also", "previously", "has", "had", "first", "recently", "earlier", "later"],
        )
    {
        end -= 1;
    }
    let last = end.checked_sub(1)?;
    if let Some(name) = view.sentence.name_at(last) {
        return (!name.is_possessive).then(|| full(view, name));
    }
    if view.is(last, "company") && view.is(last.checked_sub(1)?, "the") {
        return Some("the company".to_owned());
    }
    if view.is_any(last, &["startup", "firm", "chipmaker"]) && view.is(last.checked_sub(1)?, "the")
    {
        return Some(view.words(last - 1..last + 1).to_owned());
    }
    // "Bloomberg, citing a person familiar with the matter, reported"
    let comma = Some(last).filter(|at| view.is(*at, ","))?;
    let open = (comma.saturating_sub(14)..comma)
        .rev()
        .find(|at| view.is(*at, ",") && view.is(*at + 1, "citing"))?;
    let name = view.sentence.name_at(open.checked_sub(1)?)?;
    Some(full(view, name))
}

/// The name with its title: "OpenAI CEO Sam Altman".
fn full(view: &View<'_, '_>, name: &Name<'_>) -> String {
    let is_title = |at: &usize| view.is_any(*at, &["CEO", "CFO", "COO", "CTO"]);
    let Some(title) = name.tokens.start.checked_sub(1).filter(is_title) else {
        return name.text.to_owned();
    };
    let employer = title.checked_sub(1).and_then(|at| view.sentence.name_at(at));
    let employer = employer.filter(|employer| !employer.is_possessive && employer.may_be_company());
    let start = employer.map_or(view.tokens[title].start, |employer| employer.span.start);
    view.text.get(start..name.span.end).unwrap_or(name.text).to_owned()
}

/// The person or company that speaks in a sentence, for quotations that go on in the next.
pub(super) fn speaker(view: &View<'_, '_>) -> Option<String> {
    let ceiling = view.tokens.len().min(200);
    (0..ceiling).rev().find_map(|at| {
        view.is_any(at, &["said", "says", "wrote", "announced"]).then(|| teller(view, at)).flatten()
    })
}
