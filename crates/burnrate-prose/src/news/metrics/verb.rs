//! Figures that a verb names: "lost $5 billion", "burned through $135 million", "spends $7 billion on chips".

use std::ops::Range;

use super::View;
use super::claim::Claim;
use super::subject::Memory;
use super::time::Time;
use crate::news::MetricKind;
use crate::token::Kind;

const LOSE: &[&str] = &["lose", "loses", "lost", "losing"];
const BURN: &[&str] = &["burn", "burns", "burned", "burnt", "burning"];
const SPEND: &[&str] = &["spend", "spends", "spent", "spending"];
const PAY: &[&str] = &["pay", "pays", "paid", "paying"];

/// Words right after what was lost that make it no loss of a period, and words after "in" or "to".
const NO_LOSS: &[&str] = &["market", "value", "wealth", "valuation", "fortune"];
const LOST_IN: &[&str] = &["revenue", "sales", "bet", "lawsuit", "hack", "deal", "scam", "fraud"];

/// What computing is bought as.
const COMPUTE: &[&str] = &[
    "server",
    "servers",
    "compute",
    "computing",
    "cloud",
    "training",
    "inference",
    "gpu",
    "gpus",
    "chips",
    "chip",
    "buildouts",
    "buildout",
    "hardware",
    "azure",
    "aws",
];
const BUILDINGS: &[&str] =
    &["infrastructure", "datacenter", "datacenters", "center", "centers", "centre", "centres"];
const STAFF: &[&str] = &["staff", "employees", "salaries", "payroll", "talent", "compensation"];

pub(super) fn read(view: &View<'_, '_>, index: usize) -> Option<Claim> {
    lost_or_burned(view, index)
        .or_else(|| spent(view, index))
        .or_else(|| spending_plan(view, index))
        .or_else(|| sold(view, index))
        .or_else(|| costs(view, index))
        .or_else(|| taken_in(view, index))
}

/// The verb before the quantity, over adverbs.
fn verb_before(view: &View<'_, '_>, index: usize, verbs: &[&str]) -> Option<usize> {
    let start = view.quantity(index).tokens.start;
    let mut at = start;
    for _ in 0..4 {
        at = at.checked_sub(1)?;
        let token = view.tokens[at];
        if token.is_any(verbs) {
            return Some(at);
        }
        let is_adverb = token
            .is_any(&["through", "another", "over", "out", "roughly", "just", "an", "a"])
            || token.text.ends_with("ly");
        if !is_adverb {
            return None;
        }
    }
    None
}

fn lost_or_burned(view: &View<'_, '_>, index: usize) -> Option<Claim> {
    let end = view.quantity(index).end;
    let ceiling = view.tokens.len().min(end + 4);
    if let Some(verb) = verb_before(view, index, LOSE) {
        let is_in = view.is_any(end, &["in", "of", "from", "to", "worth", "betting"]);
        let is_other = view.has(end..ceiling, NO_LOSS)
            || is_in && view.has(end..ceiling.min(end + 3), LOST_IN);
        return (!is_other).then(|| Claim::new(MetricKind::Loss, verb..verb + 1, "verb_lose"));
    }
    let verb = verb_before(view, index, BURN)?;
    let is_other = view.is(end, "of") || view.has(end..ceiling, &["calories", "worth", "tokens"]);
    (!is_other).then(|| Claim::new(MetricKind::CashBurn, verb..verb + 1, "verb_burn"))
}

/// "spent $1.5 billion on servers", "will pay Microsoft about $4 billion in 2024 to support its models".
fn spent(view: &View<'_, '_>, index: usize) -> Option<Claim> {
    let quantity = view.quantity(index);
    let (verb, rule) = verb_before(view, index, SPEND)
        .map(|verb| (verb, "verb_spend"))
        .or_else(|| paid(view, index).map(|verb| (verb, "verb_pay")))
        .or_else(|| expenses_of(view, index).map(|noun| (noun, "expenses_of")))?;
    let object = object(view, quantity.end)?;
    let kind = match rule {
        "verb_spend" => bought(view, object.clone())?,
        // "for data center services": what another runs is rented.
        "verb_pay" if view.has(object.clone(), &["services", "capacity"]) => {
            bought(view, object.clone()).map(|_| MetricKind::ComputeSpend)?
        }
        _ => bought(view, object.clone()).filter(|kind| *kind == MetricKind::ComputeSpend)?,
    };
    let mut claim = Claim::new(kind, verb..object.end, rule);
    claim.scope = Some(view.words(object).to_owned());
    Some(claim)
}

/// "spent $3 billion on training and $2 billion on salaries": the second figure has no verb of its own.
pub(super) fn spent_besides(view: &View<'_, '_>, index: usize, memory: &Memory) -> Option<Claim> {
    const KINDS: &[MetricKind] =
        &[MetricKind::ComputeSpend, MetricKind::Capex, MetricKind::StaffCost];
    const JOINS: &[&str] = &[",", "and", "plus", "another", "compared", "to", "with", "versus"];
    let said = memory.said().filter(|said| said.is_here && KINDS.contains(&said.kind))?;
    let quantity = view.quantity(index);
    let gap = said.end..quantity.tokens.start;
    let is_spent = view.has(view.clause_start(said.end)..said.end, SPEND);
    if !is_spent
        || !(1..=3).contains(&gap.len())
        || !gap.into_iter().all(|at| view.is_any(at, JOINS))
    {
        return None;
    }
    let object = object(view, quantity.end)?;
    // What a model is trained for and what it is served with are both computing.
    let is_serving = said.kind == MetricKind::ComputeSpend && view.is(object.start, "serving");
    let kind = if is_serving { said.kind } else { bought(view, object.clone())? };
    let mut claim = Claim::new(kind, quantity.tokens.start..object.end, "spent_besides");
    claim.company = Some(said.company.clone());
    claim.status = Some(said.status);
    claim.scope = Some(view.words(object).to_owned());
    Some(claim)
}

/// "brought in $700 million in 2024", "generated $30 million last year", where no investor is told of.
fn taken_in(view: &View<'_, '_>, index: usize) -> Option<Claim> {
    const OTHERS: &str = "raise raised raises round investors investor funding seed series backers
        profit profits film movie box office grant grants donations taxes savings";
    let quantity = view.quantity(index);
    let start = quantity.tokens.start;
    let in_before = start.checked_sub(1).filter(|at| view.is(*at, "in")).unwrap_or(start);
    let takes = &["brought", "brings", "took", "takes", "raked", "rakes"];
    let verb = if in_before < start {
        in_before.checked_sub(1).filter(|at| view.is_any(*at, takes))?
    } else {
        verb_before(view, index, &["generated", "generates"])?
    };
    let is_dated =
        (quantity.end..quantity.end + 2).any(|at| view.time_at(at).is_some_and(Time::is_period));
    let clause = view.clause_start(start)..view.clause_end(quantity.end);
    (is_dated && !view.has_in(clause, OTHERS))
        .then(|| Claim::new(MetricKind::Revenue, verb..start, "taken_in"))
}

/// "projects inference computing to cost $1.8 billion this year"
fn costs(view: &View<'_, '_>, index: usize) -> Option<Claim> {
    const NOUNS: &[&str] = &["training", "inference", "compute", "computing"];
    let verb = verb_before(view, index, &["cost", "costs"])?;
    let is_led = verb.checked_sub(1).is_some_and(|at| view.is_any(at, &["to", "will", "would"]));
    let noun = verb.checked_sub(2).filter(|at| is_led && view.is_any(*at, NOUNS))?;
    let start = (0..noun.min(2)).take_while(|back| view.is_any(noun - back - 1, NOUNS)).count();
    let mut claim = Claim::new(MetricKind::ComputeSpend, noun - start..verb + 1, "verb_cost");
    claim.scope = Some(view.words(noun - start..noun + 1).to_owned());
    Some(claim)
}

/// The verb of "pay Microsoft $4 billion", "pay $4 billion to Microsoft".
fn paid(view: &View<'_, '_>, index: usize) -> Option<usize> {
    let start = view.quantity(index).tokens.start;
    if payee_end(view, view.quantity(index).end).is_some() {
        return verb_before(view, index, PAY);
    }
    let payee = view.sentence.name_at(start.checked_sub(1)?)?;
    let verb = payee.tokens.start.checked_sub(1)?;
    view.is_any(verb, PAY).then_some(verb)
}

/// Where "to Microsoft" ends.
fn payee_end(view: &View<'_, '_>, at: usize) -> Option<usize> {
    let payee = Some(at).filter(|at| view.is(*at, "to"))?;
    view.sentence.name_at(payee + 1).map(|name| name.tokens.end)
}

/// The noun of "expenses of $416 million", where it is the first of what it names.
fn expenses_of(view: &View<'_, '_>, index: usize) -> Option<usize> {
    let start = view.quantity(index).tokens.start;
    let of = start.checked_sub(1).filter(|at| view.is(*at, "of"))?;
    of.checked_sub(1)
        .filter(|at| view.is_any(*at, &["expenses", "spending", "costs", "expenditure"]))
}

/// What money goes to: the words after "on", "for" or "to support".
fn object(view: &View<'_, '_>, from: usize) -> Option<Range<usize>> {
    const DOING: &[&str] = &["buy", "train", "run", "operate", "support", "rent", "power", "lease"];
    let ceiling = view.clause_end(from);
    let from = payee_end(view, from).unwrap_or(from);
    let mut at = from;
    while view.time_at(at).is_some() || view.is_any(at, &["in", "a", "per", "each", "by", "during"])
    {
        at += 1;
    }
    let is_doing = view.is(at, "to") && view.is_any(at + 1, DOING);
    if at > from + 6 || !(view.is_any(at, &["on", "for"]) || is_doing) {
        return None;
    }
    let start = at + 1 + usize::from(is_doing);
    let ceiling = ceiling.min(start + 9);
    let end = (start..ceiling).find(|at| ends_object(view, start, *at)).unwrap_or(ceiling);
    (end > start).then_some(start..end)
}

/// Whether the words that money goes to, which begin at `start`, end before token `at`.
fn ends_object(view: &View<'_, '_>, start: usize, at: usize) -> bool {
    const ENDS: &str = "and but as after while in by that which over compared than this";
    let token = view.tokens[at];
    // "computing and data" are one thing.
    let goes_on = token.is("and")
        && view.tokens.get(at + 1).is_some_and(|next| {
            next.is_any(&["data", "its", "ai", "infrastructure"])
                || next.is_any(STAFF)
                || next.is_any(COMPUTE)
        });
    let is_end = at > start && view.is_in(at, ENDS) && !goes_on;
    let is_mark = token.kind == Kind::Mark && !token.is_hyphen() && !token.is_any(&["’", "'", "&"]);
    is_end || is_mark || view.time_at(at).is_some() || view.quantity_at(at).is_some()
}

/// What kind of spending it is to spend on these words.
fn bought(view: &View<'_, '_>, object: Range<usize>) -> Option<MetricKind> {
    let is_models = view.has(object.clone(), &["models"])
        && view.is_any(
            object.start.saturating_sub(1),
            &["support", "run", "train", "operate", "power"],
        );
    if view.has(object.clone(), COMPUTE) || is_models {
        Some(MetricKind::ComputeSpend)
    } else if view.has(object.clone(), BUILDINGS)
        || view.has(object.clone(), &["capex", "expenditures"])
    {
        Some(MetricKind::Capex)
    } else {
        view.has(object, STAFF).then_some(MetricKind::StaffCost)
    }
}

/// "has sold $670 million worth of related products"
fn sold(view: &View<'_, '_>, index: usize) -> Option<Claim> {
    const SHARES: &[&str] = &["stock", "shares", "equity", "bonds", "notes", "debt", "tokens"];
    let verb = verb_before(view, index, &["sold", "sells"])?;
    let worth = view.phrase_end(view.quantity(index).end, &["worth", "of"])?;
    let ceiling = view.clause_end(worth).min(worth + 6);
    let end = (worth..ceiling).find(|at| ends_object(view, worth, *at)).unwrap_or(ceiling);
    if end == worth || view.has(worth..ceiling, SHARES) {
        return None;
    }
    let mut claim = Claim::new(MetricKind::Revenue, verb..end, "verb_sell");
    claim.scope = Some(view.words(worth..end).to_owned());
    Some(claim)
}

/// "a massive $100B spending plan for 2025"
fn spending_plan(view: &View<'_, '_>, index: usize) -> Option<Claim> {
    let mut at = view.quantity(index).end;
    while view.is_any(at, &["capital", "ai", "infrastructure", "capex", "annual"])
        || view.time_at(at).is_some()
    {
        at += 1;
    }
    let end = view
        .phrase_end(at, &["spending", "plan"])
        .or_else(|| view.phrase_end(at, &["capex", "plan"]))?;
    let start = view.clause_start(at);
    let speaks_of_capital = view.has(start..end, &["ai", "capital", "infrastructure", "capex"]);
    speaks_of_capital.then(|| Claim::new(MetricKind::Capex, at..end, "spending_plan"))
}
