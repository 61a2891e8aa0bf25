//! Figures that a noun names: "revenue of $5 million", "$5 million in annual recurring revenue".

use std::ops::Range;

use super::claim::Claim;
use super::subject::Memory;
use super::{View, is_in};
use crate::hedge::Hedge;
use crate::news::MetricKind;
use crate::quantity::{Rate, Unit};
use crate::token::Kind;

/// Words before a noun that are part of its name, or say what part of it is meant.
const MODIFIERS: &str = "
    annual annualized annualised yearly quarterly monthly burn net total gross overall recurring adjusted
    operating pre pretax tax run rate - ‑ revenue ai cloud server servers compute computing training
    inference gpu capital cash subscription advertising ad software product consumer enterprise api
    first second third fourth quarter half full year fiscal data center centre core global worldwide
    employee staff personnel labor labour payroll recent ebitda hosting infrastructure contracted
    committed actual licensing services model salary compensation";

/// Words after a noun that make another thing of it.
const OTHER_THINGS: &str = "
    growth multiple multiples pipeline team teams leads tax taxes share sharing opportunity reps streams
    stream margin margins cap making leaders leader assistant people force potential increase gains
    cycle synergies savings increases";

/// Words that lead from a noun to its figure.
const LINKS: &str = "
    of was were is are be been being hit hits hitting reached reaches reach reaching crossed crosses
    crossing passed climbed climbing rose risen rising rise grew grown growing grow jumped jumping
    soared surged swelled ballooned doubled tripled quadrupled increased increasing increase fell fallen
    falling dropped dropping declined shrank narrowed widened came come comes totaled totalled totaling
    amounted amount amounting stood stands at to a an the in out has have had already now just also will
    would could may might should expected projected forecast estimated likely set track on pace going go
    range that more than up down record about around well annualized annualised average as topped next
    it boosted boosting accelerated currently whopping further again even ended for during level levels
    mark double triple year over same period month quarter multiplied guidance target outlook projection
    estimate budget goal top approached neared annually rate end start beginning climb jump fall drop
    soar surge swell decline total narrow widen exceed generate run runs doubling tripling quadrupling two three four five six seven
    eight nine ten times fold threefold past running every months years weeks";

/// What is told of earnings, rather than earnings.
const REPORTS: &[&str] = &["report", "reports", "call", "release", "statement"];

/// A noun that names a kind of figure.
pub(super) struct Noun {
    pub(super) kind: MetricKind,
    pub(super) tokens: Range<usize>,
}

/// The noun whose last word is token `at`.
pub(super) fn noun(view: &View<'_, '_>, at: usize) -> Option<Noun> {
    let token = view.tokens.get(at).filter(|token| token.kind == Kind::Word)?;
    if !is_head(token.text) || is_other_thing(view, at + 1) {
        return None;
    }
    let is_part = |at: usize| view.is_in(at, MODIFIERS) || view.time_at(at).is_some();
    let length = (0..at.min(10)).take_while(|back| is_part(at - back - 1)).count();
    let tokens = at - length..at + 1;
    if let Some(revenue) = joined_revenue(view, tokens.clone()) {
        return Some(Noun { kind: revenue.kind, tokens: revenue.tokens.start..at + 1 });
    }
    let kind = kind(view, tokens.clone())?;
    Some(Noun { kind, tokens })
}

/// The revenue of "revenue and reserve income", which is one figure.
fn joined_revenue(view: &View<'_, '_>, income: Range<usize>) -> Option<Noun> {
    if !view.is(income.end - 1, "income") || view.has(income.clone(), &["net", "operating"]) {
        return None;
    }
    let floor = income.start.saturating_sub(2);
    let and = (floor..income.start).rev().find(|at| view.is(*at, "and"))?;
    let revenue = noun(view, and.checked_sub(1)?)?;
    (revenue.kind == MetricKind::Revenue).then_some(revenue)
}

pub(super) fn is_head(word: &str) -> bool {
    const HEADS: &[&str] = &[
        "revenue",
        "revenues",
        "sales",
        "turnover",
        "arr",
        "rate",
        "pace",
        "basis",
        "loss",
        "losses",
        "profit",
        "profits",
        "income",
        "earnings",
        "burn",
        "expenditure",
        "expenditures",
        "capex",
        "spending",
        "spend",
        "cost",
        "costs",
        "bill",
        "expense",
        "expenses",
        "payroll",
    ];
    HEADS.iter().any(|head| head.eq_ignore_ascii_case(word))
}

/// "revenue growth", "loss-making", "sales team".
fn is_other_thing(view: &View<'_, '_>, at: usize) -> bool {
    let is_joined = view.tokens.get(at).is_some_and(|token| {
        token.is_hyphen() && at > 0 && view.tokens[at - 1].end() == token.start
    });
    if is_joined && !view.is_any(at + 1, &["run"]) {
        return true;
    }
    view.is_in(at, OTHER_THINGS)
}

/// Words of what people are paid.
const STAFF: &[&str] = &["employee", "staff", "personnel", "labor", "labour", "payroll", "salary"];

/// The kind of figure that the words of a noun name.
fn kind(view: &View<'_, '_>, tokens: Range<usize>) -> Option<MetricKind> {
    const COMPUTE: &[&str] = &[
        "server",
        "servers",
        "compute",
        "computing",
        "training",
        "inference",
        "gpu",
        "cloud",
        "hosting",
    ];
    let head = view.tokens[tokens.end - 1];
    let has = |words: &[&str]| view.has(tokens.start..tokens.end - 1, words);
    if has(&["ebitda"]) {
        return None;
    }
    let is_yearly = has(&["annualized", "annualised"]) || view.has(tokens.clone(), &["run"]);
    if head.is_any(&["revenue", "revenues", "sales", "turnover"]) {
        return Some(match () {
            () if has(&["recurring"]) => MetricKind::Arr,
            () if is_yearly => MetricKind::RevenueRunRate,
            () => MetricKind::Revenue,
        });
    }
    match head.text.to_ascii_lowercase().as_str() {
        "arr" => Some(MetricKind::Arr),
        "rate" | "pace" | "basis" if is_yearly && !has(&["burn"]) => {
            Some(MetricKind::RevenueRunRate)
        }
        "loss" | "losses" => Some(MetricKind::Loss),
        "profit" | "profits" => Some(MetricKind::Profit),
        "income" | "earnings" if has(&["net", "operating"]) => Some(MetricKind::Profit),
        "burn" if has(&["cash", "monthly"]) => Some(MetricKind::CashBurn),
        "rate" if has(&["burn"]) => Some(MetricKind::CashBurn),
        "capex" => Some(MetricKind::Capex),
        "expenditure" | "expenditures" | "spending" | "spend" if has(&["capital"]) => {
            Some(MetricKind::Capex)
        }
        "spending" | "spend" | "cost" | "costs" | "bill" | "expense" | "expenses" => {
            if has(STAFF) {
                Some(MetricKind::StaffCost)
            } else {
                has(COMPUTE).then_some(MetricKind::ComputeSpend)
            }
        }
        _ => None,
    }
}

/// "$10 billion in annual recurring revenue", "$500M ARR", "$2bn on an annualised basis".
pub(super) fn after(view: &View<'_, '_>, index: usize) -> Option<Claim> {
    let from = view.quantity(index).end;
    let lead = lead_end(view, from);
    let (lead, own_words) = unknown_words(view, lead, lead > from);
    let mut found = None;
    for at in lead..view.tokens.len().min(lead + 8) {
        let is_part = view.is_in(at, MODIFIERS) || view.time_at(at).is_some();
        match noun(view, at) {
            Some(noun) => found = Some(noun),
            None if is_part || is_head(view.tokens[at].text) => {}
            None => break,
        }
    }
    let noun = found?;
    let is_rate = view.is_any(noun.tokens.end - 1, &["rate", "pace", "basis"])
        && !view.has(noun.tokens.clone(), &["revenue", "run"]);
    let start = view.quantity(index).tokens.start;
    let speaks_of_revenue =
        view.has(view.clause_start(start)..start, &["revenue", "revenues", "sales", "generating"]);
    let opens_anew = start > 0 && view.is(start - 1, ",");
    let is_other = is_change(view, index)
        || opens_anew
        || (view.is(from, "on") && !is_rate)
        || (is_rate && !speaks_of_revenue)
        || view.has(from..noun.tokens.end, &["combined"]);
    if is_other {
        return None;
    }
    let is_year_ahead = view.phrase_end(noun.tokens.end, &["over", "the", "next", "12", "months"]);
    let is_forward = noun.kind == MetricKind::Revenue && is_year_ahead.is_some();
    let kind = if is_forward { MetricKind::RevenueRunRate } else { noun.kind };
    let mut claim = Claim::new(kind, noun.tokens.clone(), "noun_after");
    claim.is_earlier = is_from(view, index);
    claim.scope = source(view, noun.tokens.end).or(own_words);
    let is_dated = || dated_within(view, noun.tokens.end, 4, index);
    (!claim.is_earlier || is_dated()).then_some(claim)
}

/// Where the words end that lead from a figure to its noun: "in", "worth of its", "on an".
fn lead_end(view: &View<'_, '_>, at: usize) -> usize {
    let first = at + usize::from(view.is_any(at, &["in", "of", "worth", "on"]));
    let second = first + usize::from(view.is(at, "worth") && view.is(first, "of"));
    let is_led = second > at;
    second + usize::from(is_led && view.is_any(second, &["its", "their", "an", "a", "the", "new"]))
}

/// Up to two words that say what revenue it is, and where they end: "in disc rental revenue".
fn unknown_words(view: &View<'_, '_>, at: usize, is_led: bool) -> (usize, Option<String>) {
    const OTHER_REVENUE: &str =
        "lost missed potential unpaid additional incremental deferred future
        possible extra further expected estimated stolen back more less";
    let is_plain = |at: usize| {
        view.tokens.get(at).is_some_and(|token| {
            token.kind == Kind::Word
                && token.text.len() > 3
                && token.text.starts_with(|c: char| c.is_ascii_lowercase())
                && !is_in(*token, OTHER_REVENUE)
                && !is_in(*token, LINKS)
                && !is_in(*token, MODIFIERS)
                && !is_head(token.text)
        }) && view.time_at(at).is_none()
    };
    let count = (at..at + 2).take_while(|at| is_plain(*at)).count();
    let is_revenue = view.is_any(at + count, &["revenue", "revenues", "sales"]);
    if count == 0 || !is_led || !is_revenue {
        return (at, None);
    }
    (at + count, Some(view.words(at..at + count + 1).to_owned()))
}

/// Whether a time begins within so many tokens, before the next figure.
fn dated_within(view: &View<'_, '_>, from: usize, reach: usize, index: usize) -> bool {
    let next = view.quantities.get(index + 1).map_or(view.tokens.len(), |next| next.tokens.start);
    let near = from..(from + reach + 1).min(next.max(from));
    view.times.iter().any(|time| near.contains(&time.tokens.start))
}

/// "added $5 billion in revenue", "lost $2 billion in sales": a change, not a level.
fn is_change(view: &View<'_, '_>, index: usize) -> bool {
    const CHANGES: &str =
        "lost lose losing loses cost costs save saved missed add added adding adds by
        another extra additional incremental worth";
    let start = view.quantity(index).tokens.start;
    start.checked_sub(1).is_some_and(|at| view.is_in(at, CHANGES))
        || view.has(view.quantity(index).tokens.clone(), &["another", "additional"])
}

/// What revenue after token `at` is from: "from AI products".
fn source(view: &View<'_, '_>, at: usize) -> Option<String> {
    if !view.is(at, "from") {
        return None;
    }
    let ends = |at: usize| {
        view.tokens[at].kind == Kind::Mark && !view.tokens[at].is_hyphen()
            || view.time_at(at).is_some()
            || view.quantity_at(at).is_some()
            || view.is_any(
                at,
                &["in", "by", "and", "this", "last", "over", "for", "which", "that", "to"],
            )
    };
    let ceiling = view.tokens.len().min(at + 7);
    let end = (at + 1..ceiling).find(|at| ends(*at)).unwrap_or(ceiling);
    (end > at + 1).then(|| view.words(at + 1..end).to_owned())
}

/// "revenue of $5 million", "losses will reach $5 billion", "revenues were $5 and $6 million".
pub(super) fn before(view: &View<'_, '_>, index: usize) -> Option<Claim> {
    let (first, count) = list_of(view, index);
    let (start, end) = (view.quantity(first).tokens.start, view.quantity(index).end);
    let is_earlier = is_from(view, first);
    let (noun, gap) = noun_before(view, start)?;
    if !links(view, gap.clone(), start) {
        return None;
    }
    let mut kind = noun.kind;
    if kind == MetricKind::Revenue && is_run_rate(view, &noun, gap.clone(), index) {
        kind = MetricKind::RevenueRunRate;
    }
    let is_missed =
        view.has(noun.tokens.start.saturating_sub(4)..start, &["missed", "missing", "short"]);
    if is_missed || is_earlier && !dated_within(view, end, 5, index) {
        return None;
    }
    let mut claim = Claim::new(kind, noun.tokens, "noun_before");
    claim.is_earlier = is_earlier;
    claim.scope = complement(view, gap);
    claim.place = (index - first, count);
    if count > 1 {
        return listed(view, claim);
    }
    Some(claim)
}

/// "revenue hit an annualized $1 billion", "annual revenue now exceeds $2 billion": of no year that has
/// ended.
fn is_run_rate(view: &View<'_, '_>, noun: &Noun, gap: Range<usize>, index: usize) -> bool {
    let is_annual = view.has(noun.tokens.clone(), &["annual", "yearly"]);
    let opens = noun.tokens.start.saturating_sub(6);
    let is_pace = (opens..gap.end).any(|at| view.phrase_end(at, &["on", "pace"]).is_some());
    let is_running = is_pace || view.has(gap.clone(), &["running"]);
    if is_running && view.quantity(index).rate == Some(Rate::Year) {
        return true;
    }
    let is_now = view.has(gap.start..gap.end + 1, &["now", "currently", "recently"])
        || view.is(view.quantity(index).tokens.start, "now");
    let is_dated = view.times.iter().any(|time| time.is_period() && time.tokens.start <= gap.end);
    view.has(gap, &["annualized", "annualised"]) || (is_annual && is_now && !is_dated)
}

/// The list of quantities of one unit, joined by "," and "and", that the quantity is part of: its
/// first, and how many they are.
fn list_of(view: &View<'_, '_>, index: usize) -> (usize, usize) {
    let is_joined = |one: usize| {
        let (first, second) = (view.quantity(one), view.quantity(one + 1));
        let gap = first.end..second.tokens.start;
        // "revenue of $11 million and $153 million in costs"
        let has_own_noun = view.is(second.end, "in") && view.time_at(second.end + 1).is_none();
        first.unit == second.unit
            && !has_own_noun
            && matches!(gap.len(), 1 | 2)
            && gap.into_iter().all(|at| view.is_any(at, &[",", "and"]))
    };
    let first = (0..index.min(8)).take_while(|back| is_joined(index - back - 1)).count();
    let last = view.quantities.len() - 1;
    let rest = (index..last.min(index + 8)).take_while(|at| is_joined(*at)).count();
    (index - first, first + rest + 1)
}

/// A figure of a list belongs to the period, or to the adjective, at its place.
fn listed(view: &View<'_, '_>, mut claim: Claim) -> Option<Claim> {
    let (place, count) = claim.place;
    let joint = view.find(claim.words.clone(), &["and"]);
    let before = claim.words.start;
    // "adjusted EBITDA and operating losses fell to $19 million and $23 million"
    let pair = joint.or_else(|| before.checked_sub(1).filter(|at| view.is(*at, "and")));
    if let Some(and) = pair {
        let is_ebitda = view.has(and.saturating_sub(2)..and, &["ebitda", "ebit"]);
        claim.place = (0, 1);
        claim.rules.push("respectively");
        return (count == 2 && place == 1 && is_ebitda).then_some(claim);
    }
    claim.rules.push("list");
    let times = view.times.iter().filter(|time| !time.is_compared).count();
    (times == count).then_some(claim)
}

/// Whether "from" stands before the figure.
fn is_from(view: &View<'_, '_>, index: usize) -> bool {
    let start = view.quantity(index).tokens.start;
    start.checked_sub(1).is_some_and(|at| view.is(at, "from"))
}

/// The nearest noun before token `end`, and what stands between. Asides between dashes are left out.
fn noun_before(view: &View<'_, '_>, end: usize) -> Option<(Noun, Range<usize>)> {
    let floor = view.clause_start(end).max(end.saturating_sub(30));
    let mut at = end;
    while at > floor {
        at -= 1;
        let token = view.tokens[at];
        if matches!(token.text, "—" | "–")
            && let Some(open) = (floor..at).rev().find(|open| view.tokens[*open].text == token.text)
        {
            at = open;
            continue;
        }
        // "on pace to", "at a rate of": these words may also only lead to the figure.
        let found = noun(view, at).map(|noun| (noun, at + 1..end));
        if token.is("earnings") && view.is_any(at + 1, REPORTS) {
            continue;
        }
        if found.is_some() || is_head(token.text) && !token.is_any(&["pace", "rate", "basis"]) {
            return found;
        }
        let is_money = view.quantity_at(at).is_some_and(|index| {
            matches!(view.quantity(index).unit, Unit::Money(_)) && !is_from(view, index)
        });
        if is_money {
            return None;
        }
    }
    None
}

/// Whether the words between a noun and its figure lead from one to the other.
fn links(view: &View<'_, '_>, gap: Range<usize>, figure: usize) -> bool {
    let mut at = complement_end(view, gap.clone());
    while at < gap.end {
        if let Some(end) = aside_end(view, at..gap.end) {
            at = end;
            continue;
        }
        let token = view.tokens[at];
        let in_percent = view.quantity_at(at).is_some();
        let is_link = is_in(token, LINKS)
            || in_percent
            || token.text.ends_with("ly")
            || token.text.ends_with("fold")
            || token.is_hyphen()
            || token.is("*")
            || view.time_at(at).is_some()
            || (token.is("from") && (at + 1 == figure || view.quantity_at(at + 1).is_some()))
            || (token.is("by") && view.quantity_at(at + 1).is_some_and(|_| at + 1 < figure))
            || (token.is(",") && (is_by_time(view, at) || view.is(at + 1, "which")))
            || (token.is("which") && at > 0 && view.is(at - 1, ","))
            || (token.is("and") && view.is_any(at + 1, &["stood", "hit", "reached", "now", "is"]))
            || (token.is_any(&["(", ":"]) && at + 1 == gap.end);
        if !is_link {
            return false;
        }
        at += 1;
    }
    let is_hedged =
        view.quantity_at(figure).is_some_and(|index| view.quantity(index).hedge != Hedge::Exact);
    !gap.is_empty() || is_hedged
}

fn is_by_time(view: &View<'_, '_>, at: usize) -> bool {
    view.time_at(at + 1).is_some() || at.checked_sub(1).is_some_and(|at| view.time_at(at).is_some())
}

/// Where an aside that begins at the start of the range ends: between dashes, brackets or commas.
fn aside_end(view: &View<'_, '_>, range: Range<usize>) -> Option<usize> {
    const OPENERS: &[&str] = &["including", "excluding", "which", "a"];
    let open = view.tokens[range.start];
    if open.is("in") && view.is(range.start + 1, "its") {
        // "in its latest earnings report, reaching"
        let ceiling = range.end.min(range.start + 6);
        let report = view.find(range.start + 2..ceiling, REPORTS)?;
        return Some(report + 1 + usize::from(view.is(report + 1, ",")));
    }
    let close = match open.text {
        "(" => ")",
        "—" | "–" => open.text,
        "," if view.is_any(range.start + 1, OPENERS) => ",",
        _ => return None,
    };
    view.find(range.start + 1..range.end, &[close]).map(|at| at + 1)
}

/// Where "from AI products" or "at Microsoft" after a noun ends: before the verb.
fn complement_end(view: &View<'_, '_>, gap: Range<usize>) -> usize {
    const VERBS: &[&str] = &[
        "was", "were", "is", "are", "hit", "hits", "reached", "reaches", "reach", "will", "would",
        "could", "has", "have", "had", "climbed", "rose", "grew", "jumped", "fell", "totaled",
        "totalled", "amounted", "stood", "came", "crossed", "soared", "surged", "to",
    ];
    if !view.is_any(gap.start, &["from", "at", "for", "on", "of", "in", "by"]) {
        return gap.start;
    }
    let ceiling = gap.end.min(gap.start + 9);
    view.find(gap.start + 1..ceiling, VERBS).unwrap_or(gap.start)
}

/// What part of a figure the words after its noun name: "revenue from AI products hit".
fn complement(view: &View<'_, '_>, gap: Range<usize>) -> Option<String> {
    let end = complement_end(view, gap.clone());
    let is_part = end > gap.start + 1 && view.is(gap.start, "from");
    is_part.then(|| view.words(gap.start + 1..end).to_owned())
}

/// "It reached a pace of $4 billion annually", where revenue is spoken of.
pub(super) fn pace(view: &View<'_, '_>, index: usize, memory: &Memory) -> Option<Claim> {
    let quantity = view.quantity(index);
    let start = quantity.tokens.start;
    let noun = [&["pace", "of"][..], &["rate", "of"], &["clip", "of"]]
        .iter()
        .find_map(|phrase| view.phrase_start(start, phrase))?;
    let clause = view.clause_start(start)..start;
    let speaks = memory.speaks_of_revenue || view.has(clause, &["revenue", "revenues", "sales"]);
    let is_annual = noun > 0
        && view.is_any(noun - 1, &["annual", "annualized", "annualised", "yearly"])
        && quantity.rate.is_none();
    (speaks && (is_annual || quantity.rate == Some(Rate::Year)))
        .then(|| Claim::new(MetricKind::RevenueRunRate, noun..start, "pace"))
}

/// "that number had climbed to $5 billion", "the figure crossed $2 billion".
pub(super) fn that_number(view: &View<'_, '_>, index: usize, memory: &Memory) -> Option<Claim> {
    const PHRASES: &[&[&str]] = &[
        &["that", "number"],
        &["the", "number"],
        &["that", "figure"],
        &["the", "figure"],
        &["this", "figure"],
        &["the", "metric"],
        &["that", "metric"],
        &["it", "hit"],
        &["it", "reached"],
        &["it", "crossed"],
        &["it", "will", "reach"],
        &["it", "will", "hit"],
        &["it", "would", "reach"],
        &["it", "would", "hit"],
        &["it", "to", "reach"],
        &["it", "to", "hit"],
        &["it", "is", "on", "track", "to"],
        &["it", "expects", "to", "reach"],
    ];
    let said = memory.said()?;
    let start = view.quantity(index).tokens.start;
    let floor = view.clause_start(start).max(start.saturating_sub(10));
    let (phrase, end) = (floor..start).rev().find_map(|at| {
        PHRASES.iter().find_map(|phrase| Some((at, view.phrase_end(at, phrase)?)))
    })?;
    if !links(view, end - 1..start, start) && !links(view, end..start, start) && end != start {
        return None;
    }
    let mut claim = Claim::new(said.kind, phrase..end, "that_number");
    claim.company = Some(said.company.clone());
    claim.scope.clone_from(&said.scope);
    Some(claim)
}

/// "That’s up from $5 billion in the first quarter", where a figure was told before.
pub(super) fn up_from(view: &View<'_, '_>, index: usize, memory: &Memory) -> Option<Claim> {
    const OPENINGS: &[&[&str]] = &[
        &["up", "from"],
        &["down", "from"],
        &["is", "up", "from"],
        &["was", "up", "from"],
        &["is", "down", "from"],
        &["was", "down", "from"],
        &["compares", "with"],
        &["compares", "to"],
        &["compared", "with"],
        &["compared", "to"],
    ];
    const SAID: &[&str] = &["that", "that’s", "that's", "this", "it’s", "it's"];
    let said = memory.said().filter(|said| !said.is_here)?;
    let quantity = view.quantity(index);
    let start = quantity.tokens.start;
    let opens = usize::from(view.is_any(0, SAID));
    let opens = opens + usize::from(opens == 1 && view.is_any(1, &["’s", "'s"]));
    let leads = OPENINGS.iter().any(|phrase| view.phrase_end(opens, phrase) == Some(start));
    if !leads || !dated_within(view, quantity.end, 4, index) {
        return None;
    }
    let mut claim = Claim::new(said.kind, quantity.tokens.clone(), "up_from");
    claim.company = Some(said.company.clone());
    claim.scope.clone_from(&said.scope);
    claim.is_earlier = true;
    Some(claim)
}

/// "…, up from around $5.5 billion last year", "…, and between $460 billion and $1.4 trillion by 2035".
pub(super) fn continued(view: &View<'_, '_>, index: usize, memory: &Memory) -> Option<Claim> {
    const EARLIER: &[&str] = &["from", "compared", "versus", "vs", "against", "previous"];
    let said = memory.said().filter(|said| said.is_here)?;
    let quantity = view.quantity(index);
    let gap = said.end..quantity.tokens.start;
    let is_monthly = is_monthly_again(view, gap.clone(), quantity.rate);
    let is_year_ago = is_year_ago(view, quantity.end);
    let is_dated = is_year_ago || dated_within(view, quantity.end, 4, index);
    let is_previous = view.has(gap.clone(), &["previous", "prior"])
        || view.is(quantity.end, "rate")
            && view.has(quantity.end..quantity.end + 4, &["previous", "prior"]);
    let has_own_noun = view.is(quantity.end, "in")
        && !is_year_ago
        && view.time_at(quantity.end + 1).or_else(|| view.time_at(quantity.end + 2)).is_none();
    let is_joint = is_monthly || goes_on(view, gap.clone()) && (is_dated || is_previous);
    if !is_joint || (has_own_noun && !goes_on_with_noun(view, index)) {
        return None;
    }
    let is_earlier = view.has(gap.clone(), EARLIER);
    let expects = view.has_in(gap, "expects expected projects projected forecasts forecast will");
    let kind = if is_monthly { MetricKind::Revenue } else { said.kind };
    let mut claim = Claim::new(kind, quantity.tokens.clone(), "continued");
    claim.company = Some(said.company.clone());
    claim.scope.clone_from(&said.scope);
    claim.status = (!is_earlier && !expects).then_some(said.status);
    claim.is_earlier = is_earlier;
    Some(claim)
}

/// "a year earlier", "in the same period a year ago".
fn is_year_ago(view: &View<'_, '_>, at: usize) -> bool {
    let near = at..at + 5;
    near.into_iter().any(|at| {
        view.is_any(at, &["a", "the"])
            && view.is(at + 1, "year")
            && view.is_any(at + 2, &["earlier", "ago", "before"])
    })
}

/// "$4 billion annually, or $333 million per month"
fn is_monthly_again(view: &View<'_, '_>, gap: Range<usize>, rate: Option<Rate>) -> bool {
    rate == Some(Rate::Month)
        && matches!(gap.len(), 1 | 2)
        && gap.into_iter().all(|at| view.is_any(at, &[",", "or", "("]))
}

/// Whether the words between two figures say that the second is another of the first kind.
fn goes_on(view: &View<'_, '_>, gap: Range<usize>) -> bool {
    const WORDS: &str = ", and up down from compared with to versus vs against in for the of ( ) then
        rising growing just or * by revenue revenues sales arr annual recurring annualized loss losses
        profit expects expected projects forecasts rates previous prior same period a — is are
        projected forecast will reach hit surpass exceed top";
    if gap.is_empty() || gap.len() > 20 {
        return false;
    }
    // "…, on strong growth from its products, up from": the last words are enough.
    let last = [
        &["up", "from"][..],
        &["down", "from"],
        &["compared", "with"],
        &["compared", "to"],
        &["doubling", "from"],
        &["tripling", "from"],
        &["rising", "from"],
        &["climbing", "from"],
    ];
    let end = gap.end - usize::from(view.is_any(gap.end - 1, &["a", "an", "the"]));
    let is_compared = last.iter().any(|phrase| view.phrase_start(end, phrase).is_some());
    let is_plain = |at: usize| {
        view.is_in(at, WORDS) || view.time_at(at).is_some() || view.quantity_at(at).is_some()
    };
    is_compared || (gap.len() <= 12 && gap.into_iter().all(is_plain))
}

/// "$5 million in revenue, up from $3 million in revenue": its own noun is that of the first.
fn goes_on_with_noun(view: &View<'_, '_>, index: usize) -> bool {
    let start = view.quantity(index).tokens.start;
    let compared = view.phrase_start(start, &["up", "from"]);
    compared.is_some() && after(view, index).is_some()
}

/// What part of a figure the words of its noun name: "net revenue", "adjusted loss", "cloud sales".
pub(super) fn scope(view: &View<'_, '_>, claim: &Claim) -> Option<String> {
    const PARTS: &str =
        "net adjusted operating gross training inference server cloud ai subscription
        advertising ad api consumer enterprise licensing services software product monthly data";
    if !claim.rules.iter().any(|rule| rule.starts_with("noun")) {
        return None;
    }
    let word = claim.words.clone().find(|at| view.is_in(*at, PARTS))?;
    let head = claim.words.end.checked_sub(1).filter(|head| *head > word)?;
    Some(view.words(word..head + 1).to_owned())
}
