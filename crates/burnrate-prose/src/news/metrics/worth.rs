//! What companies, and holdings in them, are worth, and what they have raised in all.

use super::View;
use super::claim::Claim;
use super::subject;
use crate::news::names::Name;
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
        .or_else(|| apposed(view, index))
        .or_else(|| combination(view, index))
        .or_else(|| earlier_valuation(view, index))
        .or_else(|| reached_valuation(view, index))
        .or_else(|| pushed_to(view, index))
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
    if view.phrase_start(at, &["stake"]).is_some() {
        // "holds a stake worth about $30 billion in OpenAI"
        let name = view.phrase_end(view.quantity(index).end, &["in"])?;
        let name = view.sentence.name_at(name).filter(|name| name.may_be_company())?;
        let mut claim = Claim::new(MetricKind::StakeValue, at..name.tokens.end, "holding");
        claim.company = Some(subject::company(name));
        return Some(claim);
    }
    let end = at - usize::from(at > 0 && view.is_any(at - 1, &["is", "was"]));
    let name = view.sentence.name_at(end.checked_sub(1)?).filter(|name| name.may_be_company())?;
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
    let total =
        view.find(before.clone(), &["total", "overall", "cumulative", "altogether", "amount"]);
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
        &["in", "financing", "to", "date"],
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
        .or_else(|| AFTER.iter().any(leads).then_some(quantity.end))
        .or_else(|| raised_since(view, quantity.end));
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
    let is_aside = told_aside(view, perfect) && view.is(quantity.end, "from");
    let is_told_alone =
        view.is(perfect, "has") && is_bare && !is_round && has_no_other_news(view, index);
    let is_counted = counts_rounds && is_bare && !is_round;
    if !(to_date.is_some() || is_counted || is_told_alone || is_aside) {
        return None;
    }
    let end = to_date.unwrap_or(quantity.end);
    Some(Claim::new(MetricKind::TotalRaised, perfect..end, "raised_so_far"))
}

/// "has raised $13 billion from Microsoft since 2019"
fn raised_since(view: &View<'_, '_>, end: usize) -> Option<usize> {
    const BEGINNINGS: &[&str] =
        &["inception", "founding", "launch", "launching", "founded", "formation"];
    let since = view.find(end..view.clause_end(end).min(end + 8), &["since"])?;
    let begins = view.has(since + 1..since + 5, BEGINNINGS);
    (begins || view.time_at(since + 1).is_some()).then_some(end)
}

/// "even as Anthropic has raised more than $7 billion from investors": in passing, of all it raised.
fn told_aside(view: &View<'_, '_>, perfect: usize) -> bool {
    let opens = perfect.saturating_sub(5)..perfect;
    !view.sentence.is_headline
        && view.is_any(perfect, &["has", "had"])
        && view.has(opens, &["as", "which", "though", "although", "since", "while"])
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
    let is_now = view.phrase_start(verb, &["now", "being"]).is_some()
        || view.is_any(lead, &["now", "currently"]);
    if !(is_last || is_now || is_past && is_dated) {
        return None;
    }
    let clause = view.clause_start(start)..view.clause_end(quantity.end);
    let near = clause.start.max(verb.saturating_sub(12))..clause.end.min(quantity.end + 8);
    if !is_last && view.has_in(near, ROUND) {
        return None;
    }
    Some(Claim::new(MetricKind::Valuation, verb..start, "last_valued"))
}

/// "Acme, a hedge fund valued at $8 billion", where no round is told of.
fn apposed(view: &View<'_, '_>, index: usize) -> Option<Claim> {
    let start = past_marks(view, view.quantity(index).tokens.start);
    let verb = view.phrase_start(start, &["valued", "at"])?;
    let floor = verb.saturating_sub(10);
    let comma = (floor..verb).rev().find(|at| view.is(*at, ","))?;
    let name = view.sentence.name_at(past_marks(view, comma).checked_sub(1)?)?;
    let is_noun = view.is_any(comma + 1, &["a", "an", "the"]) && comma + 2 < verb;
    let near = name.tokens.start.saturating_sub(8)..view.clause_end(start).min(start + 12);
    if !is_noun || !name.may_be_company() || view.has_in(near, ROUND) {
        return None;
    }
    let mut claim = Claim::new(MetricKind::Valuation, verb..start, "apposed");
    claim.company = Some(subject::company(name));
    Some(claim)
}

/// The token after which only marks of emphasis stand before `end`.
fn past_marks(view: &View<'_, '_>, end: usize) -> usize {
    let marks = (0..end.min(4)).take_while(|back| view.is(end - back - 1, "*")).count();
    end - marks
}

/// Whether a time follows at once.
fn dated_after(view: &View<'_, '_>, end: usize) -> bool {
    view.times.iter().any(|time| time.tokens.start >= end && time.tokens.start <= end + 3)
}

/// "values xAI at $80 billion and X at $33 billion", where no round is told of.
fn combination(view: &View<'_, '_>, index: usize) -> Option<Claim> {
    let start = view.quantity(index).tokens.start;
    let at = start.checked_sub(1).filter(|at| view.is(*at, "at"))?;
    let floor = view.clause_start(start).max(start.saturating_sub(20));
    let verb = (floor..at).rev().find(|at| view.is_any(*at, &["values", "valued", "valuing"]))?;
    let name = valued_name(view, verb, at).filter(|name| name.may_be_company())?;
    let is_merger = view.has(
        verb.saturating_sub(4)..verb,
        &["transaction", "combination", "merger", "acquisition"],
    );
    let clause = view.clause_start(start)..view.clause_end(start);
    if !is_merger && view.has_in(clause, ROUND) {
        return None;
    }
    let mut claim = Claim::new(MetricKind::Valuation, verb..start, "values_at");
    claim.company = Some(subject::company(name));
    Some(claim)
}

/// The name that is valued: behind the verb, over a relative clause, or the second of "X at $1 billion
/// and Y at $2 billion".
fn valued_name<'d, 'a>(view: &View<'d, 'a>, verb: usize, at: usize) -> Option<&'d Name<'a>> {
    let first = view.sentence.name_at(verb + 1).filter(|name| name.tokens.start == verb + 1)?;
    let end = first.tokens.end;
    let has_aside = view.is(end, ",") && view.is(end + 1, "which") && view.is(at - 1, ",");
    if end == at || has_aside {
        return Some(first);
    }
    let second = view.sentence.name_at(at - 1)?;
    let before = second.tokens.start.checked_sub(1)?;
    view.is_any(before, &["and", ","]).then_some(second)
}

/// "its", "the startup’s".
fn is_possessive(view: &View<'_, '_>, at: usize) -> bool {
    let token = view.tokens[at];
    token.is_any(&["its", "their"]) || token.text.ends_with("’s") || token.text.ends_with("'s")
}

/// "reached a valuation of about $2 billion following its round in December 2023".
fn reached_valuation(view: &View<'_, '_>, index: usize) -> Option<Claim> {
    let start = view.quantity(index).tokens.start;
    let noun = view.phrase_start(start, &["valuation", "of"])?;
    let verb = view.find(noun.saturating_sub(3)..noun, &["reached", "hit", "had"])?;
    let ceiling = view.clause_end(start).min(start + 16);
    let is_dated = view.times.iter().any(|time| (start..ceiling).contains(&time.tokens.start));
    is_dated.then(|| Claim::new(MetricKind::Valuation, verb..start, "reached_valuation"))
}

/// "pushed Anthropic’s valuation to $350 billion", where no round is told of.
fn pushed_to(view: &View<'_, '_>, index: usize) -> Option<Claim> {
    const PUSH: &[&str] = &["pushed", "lifted", "boosted", "brought", "raised", "sent"];
    let start = view.quantity(index).tokens.start;
    let noun = [&["valuation", "to"][..], &["valuation", "to", "the", "range", "of"]]
        .iter()
        .find_map(|phrase| view.phrase_start(start, phrase))?;
    let verb = view.find(noun.saturating_sub(6)..noun, PUSH)?;
    let clause = view.clause_start(start)..view.clause_end(start);
    let others = (clause.start..verb).chain(noun..clause.end);
    let is_of_round = others.into_iter().any(|at| view.is_in(at, ROUND));
    (!is_of_round).then(|| Claim::new(MetricKind::Valuation, noun..start, "pushed_to"))
}

/// "the startup’s $4.1 billion valuation earlier this year", "its recent $80 billion".
fn earlier_valuation(view: &View<'_, '_>, index: usize) -> Option<Claim> {
    let quantity = view.quantity(index);
    let (start, end) = (quantity.tokens.start, quantity.end);
    let owner = start.checked_sub(1)?;
    if view.is(end, "valuation") && dated_after(view, end + 1) {
        let is_owned = is_possessive(view, owner);
        let is_from = view.is_any(owner, &["a", "at", "from"])
            || view.is_any(owner.saturating_sub(1), &["from", "than"]);
        let is_past =
            view.times.iter().any(|time| time.tokens.start > end && time.is_past(view.published));
        let ok = (is_owned || is_from && !view.has_in(view.clause_start(start)..start, ROUND))
            && is_past;
        return ok.then(|| Claim::new(MetricKind::Valuation, end..end + 1, "earlier_valuation"));
    }
    let floor = view.clause_start(start).max(start.saturating_sub(6));
    let is_of_past =
        |at: usize| view.is_any(at, &["recent", "last", "previous", "prior", "latest"]);
    if view.is(end, "valuation") && view.is_any(owner, &["previous", "prior", "last"]) {
        // "the company’s previous $1.35 billion valuation"
        let is_owned = owner > 0 && is_possessive(view, owner - 1);
        return is_owned
            .then(|| Claim::new(MetricKind::Valuation, end..end + 1, "earlier_valuation"));
    }
    let noun = view.find(floor..start, &["valuation"])?;
    let is_recent = view.is_any(owner, &["recent", "current", "latest", "last"])
        && owner > 0
        && is_possessive(view, owner - 1);
    // "its most recent valuation of $320 million"
    let is_past =
        view.is(owner, "of") && owner == noun + 1 && (noun.saturating_sub(2)..noun).any(is_of_past);
    (is_recent || is_past)
        .then(|| Claim::new(MetricKind::Valuation, noun..start, "recent_valuation"))
}
