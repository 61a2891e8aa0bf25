//! What companies, and holdings in them, are worth, and what they have raised in all.

use super::View;
use super::claim::Claim;
use super::subject::{self};
use crate::news::{MetricKind, MetricStatus};

/// Words of a round of financing, which has its own valuation.
const ROUND: &str = "
    raise raises raised raising round rounds tender talks seek seeks seeking fundraise fundraising
    investment invest invests invested series financing secured lands nabs closes closed pre post
    funding sale";

pub(super) fn read(view: &View<'_, '_>, index: usize) -> Option<Claim> {
    needed(view, index)
        .or_else(|| held(view, index))
        .or_else(|| raised_in_all(view, index))
        .or_else(|| last_valued(view, index))
        .or_else(|| combination(view, index))
        .or_else(|| earlier_valuation(view, index))
}

/// "needs to raise at least $3 billion"
fn needed(view: &View<'_, '_>, index: usize) -> Option<Claim> {
    const NEEDS: &[&[&str]] = &[
        &["needs", "to", "raise"],
        &["need", "to", "raise"],
        &["must", "raise"],
        &["will", "have", "to", "raise"],
        &["needs", "to", "find"],
        &["has", "to", "raise"],
    ];
    let start = view.quantity(index).tokens.start;
    let start = start - usize::from(start > 0 && view.is(start - 1, "another"));
    let phrase = NEEDS.iter().find_map(|phrase| view.phrase_start(start, phrase))?;
    let mut claim = Claim::new(MetricKind::FundingNeed, phrase..start, "needs_to_raise");
    claim.status = Some(MetricStatus::Opinion);
    Some(claim)
}

/// "holds about $500 million in equity in Anthropic", "owns a $2 billion stake in Anthropic".
fn held(view: &View<'_, '_>, index: usize) -> Option<Claim> {
    const HOLD: &[&str] = &["holds", "hold", "held", "owns", "own", "owned", "has", "had"];
    let quantity = view.quantity(index);
    let end = quantity.end;
    if let Some(claim) = stake_worth(view, index) {
        return Some(claim);
    }
    let noun = [
        &["in", "equity", "in"][..],
        &["in", "shares", "of"],
        &["stake", "in"],
        &["worth", "of", "equity", "in"],
        &["holding", "in"],
    ]
    .iter()
    .find_map(|phrase| view.phrase_end(end, phrase))?;
    let floor = quantity.tokens.start.saturating_sub(4);
    let verb = view.find(floor..quantity.tokens.start, HOLD)?;
    let name = view.sentence.name_at(noun).filter(|name| name.may_be_company())?;
    let mut claim = Claim::new(MetricKind::StakeValue, verb..name.tokens.end, "holding");
    claim.company = Some(subject::company(name));
    claim.scope = subject::name_before(view, verb).map(|holder| format!("{} holding", holder.text));
    Some(claim)
}

/// "owns a stake in Anthropic worth $3 billion"
fn stake_worth(view: &View<'_, '_>, index: usize) -> Option<Claim> {
    let start = view.quantity(index).tokens.start;
    let at = view
        .phrase_start(start, &["worth"])
        .or_else(|| view.phrase_start(start, &["valued", "at"]))?;
    let name = view.sentence.name_at(at.checked_sub(1)?).filter(|name| name.may_be_company())?;
    let stake = view.phrase_start(name.tokens.start, &["stake", "in"])?;
    let mut claim = Claim::new(MetricKind::StakeValue, stake..start, "holding");
    claim.company = Some(subject::company(name));
    claim.scope =
        subject::name_before(view, stake).map(|holder| format!("{} holding", holder.text));
    Some(claim)
}

/// "bringing its total funding to $114 million", "has raised $13 billion to date".
fn raised_in_all(view: &View<'_, '_>, index: usize) -> Option<Claim> {
    let quantity = view.quantity(index);
    let (start, end) = (quantity.tokens.start, quantity.end);
    let floor = view.clause_start(start).max(start.saturating_sub(9));
    let before = floor..start;
    let total = view.find(before.clone(), &["total", "overall", "cumulative", "altogether"]);
    let raised =
        view.find(before.clone(), &["raised", "funding", "capital", "financing", "fundraising"]);
    let leads = start.checked_sub(1).is_some_and(|at| {
        view.is_any(
            at,
            &["to", "of", "is", "at", "raised", "now", "past", "stands", "reached", "funding"],
        )
    });
    let is_joint = view.has(end..view.tokens.len().min(end + 4), &["combined", "together", "each"]);
    if is_joint {
        return None;
    }
    if let (Some(total), Some(raised)) = (total, raised)
        && leads
        && view
            .find(before, &["round", "series", "seed", "assets"])
            .is_none_or(|round| round < total)
    {
        let words = total.min(raised)..start;
        return Some(Claim::new(MetricKind::TotalRaised, words, "total_raised"));
    }
    raised_so_far(view, index)
}

/// "has raised $9 million to date", "According to `PitchBook`, the company has raised $9 million."
fn raised_so_far(view: &View<'_, '_>, index: usize) -> Option<Claim> {
    const AFTER: &[&[&str]] = &[
        &["to", "date"],
        &["in", "total"],
        &["so", "far"],
        &["since", "its", "founding"],
        &["since", "its", "inception"],
        &["since", "inception"],
        &["since", "launching"],
        &["in", "total", "funding"],
        &["in", "all"],
        &["in", "funding", "to", "date"],
        &["in", "venture", "capital", "to", "date"],
        &["in", "funding", "so", "far"],
        &["in", "capital", "to", "date"],
        &["since", "it", "was", "founded"],
    ];
    let quantity = view.quantity(index);
    let start = quantity.tokens.start;
    let raised = start.checked_sub(1).filter(|at| view.is(*at, "raised"))?;
    let perfect = (raised.saturating_sub(3)..raised)
        .find(|at| view.is_any(*at, &["has", "had", "’s", "have"]))?;
    let opens = view.clause_start(start);
    let leads = |phrase: &&[&str]| view.phrase_end(opens, phrase).is_some();
    let to_date = AFTER
        .iter()
        .find_map(|phrase| view.phrase_end(quantity.end, phrase))
        .or_else(|| AFTER.iter().any(leads).then_some(quantity.end));
    let clause = view.clause_start(start)..view.clause_end(quantity.end);
    let counts_rounds =
        ["Crunchbase", "CrunchBase", "PitchBook", "Pitchbook", "Tracxn", "Dealroom"]
            .iter()
            .any(|outlet| view.find(clause.clone(), &[outlet]).is_some());
    let rest = quantity.end..view.tokens.len().min(quantity.end + 6);
    let is_round =
        view.has(rest, &["series", "round", "seed", "from", "led", "at", "as", "tranche", "debt"]);
    let is_bare =
        view.is_any(quantity.end, &["and", ".", ","]) || quantity.end >= view.tokens.len();
    let is_told_alone =
        view.is(perfect, "has") && is_bare && !is_round && has_no_other_news(view, index);
    if to_date.is_none() && !(counts_rounds && is_bare && !is_round) && !is_told_alone {
        return None;
    }
    let end = to_date.unwrap_or(quantity.end);
    Some(Claim::new(MetricKind::TotalRaised, perfect..end, "raised_so_far"))
}

/// "OpenAI has raised $13 billion and can hire anyone": told as a state, not as news.
fn has_no_other_news(view: &View<'_, '_>, index: usize) -> bool {
    let end = view.quantity(index).end;
    !view.sentence.is_headline
        && view.is(end, "and")
        && view.is_any(end + 1, &["can", "is", "employs", "has"])
}

/// "last valued at $3 billion", "was valued at $1.25 billion in 2023".
fn last_valued(view: &View<'_, '_>, index: usize) -> Option<Claim> {
    let quantity = view.quantity(index);
    let start = quantity.tokens.start;
    let verb = view
        .phrase_start(start, &["valued", "at"])
        .or_else(|| view.phrase_start(start, &["valued"]))
        .or_else(|| view.phrase_start(start, &["worth"]))?;
    let lead = verb.checked_sub(1)?;
    let is_last = view.is_any(lead, &["last", "recently", "previously", "once"]);
    let is_past = view.is_any(lead, &["was", "were"]);
    let is_dated = dated_after(view, quantity.end);
    if !(is_last || is_past && is_dated) {
        return None;
    }
    let clause = view.clause_start(start)..view.clause_end(quantity.end);
    let near = clause.start.max(verb.saturating_sub(12))..clause.end.min(quantity.end + 8);
    if is_past && !is_last && view.has_in(near, ROUND) {
        return None;
    }
    Some(Claim::new(MetricKind::Valuation, verb..start, "last_valued"))
}

/// Whether a time follows at once.
fn dated_after(view: &View<'_, '_>, end: usize) -> bool {
    view.times.iter().any(|time| time.tokens.start >= end && time.tokens.start <= end + 3)
}

/// "values xAI at $80 billion and X at $33 billion", where no round is told of.
fn combination(view: &View<'_, '_>, index: usize) -> Option<Claim> {
    let start = view.quantity(index).tokens.start;
    let at = start.checked_sub(1).filter(|at| view.is(*at, "at"))?;
    let name = view.sentence.name_at(at.checked_sub(1)?).filter(|name| name.may_be_company())?;
    let floor = view.clause_start(start).max(start.saturating_sub(14));
    let verb = view.find(floor..name.tokens.start, &["values", "valued", "valuing"])?;
    let is_second = index > 0 && view.quantity(index - 1).tokens.start > verb;
    let is_joined =
        name.tokens.start.checked_sub(1).is_some_and(|at| view.is_any(at, &["and", ","]));
    let direct = verb + 1 == name.tokens.start;
    let clause = view.clause_start(start)..view.clause_end(start);
    if view.has_in(clause, ROUND) || !(direct || is_second && is_joined) {
        return None;
    }
    let mut claim = Claim::new(MetricKind::Valuation, verb..start, "values_at");
    claim.company = Some(subject::company(name));
    Some(claim)
}

/// "the startup’s $4.1 billion valuation earlier this year", "its recent $80 billion".
fn earlier_valuation(view: &View<'_, '_>, index: usize) -> Option<Claim> {
    let quantity = view.quantity(index);
    let (start, end) = (quantity.tokens.start, quantity.end);
    let owner = start.checked_sub(1)?;
    if view.is(end, "valuation") && dated_after(view, end + 1) {
        let token = view.tokens[owner];
        let is_owned = token.is_any(&["its", "their"])
            || token.text.ends_with("’s")
            || token.text.ends_with("'s");
        let is_from = view.is_any(owner, &["a", "at", "from"])
            || view.is_any(owner.saturating_sub(1), &["from", "than"]);
        let is_past =
            view.times.iter().any(|time| time.tokens.start > end && time.is_past(view.published));
        let ok = (is_owned || is_from && !view.has_in(view.clause_start(start)..start, ROUND))
            && is_past;
        return ok.then(|| Claim::new(MetricKind::Valuation, end..end + 1, "earlier_valuation"));
    }
    let is_recent = view.is_any(owner, &["recent", "current", "latest", "last"])
        && view.is(owner.checked_sub(1)?, "its");
    let floor = view.clause_start(start).max(start.saturating_sub(6));
    let noun = view.find(floor..start, &["valuation"])?;
    is_recent.then(|| Claim::new(MetricKind::Valuation, noun..start, "recent_valuation"))
}
