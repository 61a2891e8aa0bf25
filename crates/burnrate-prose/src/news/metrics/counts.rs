//! How many use a product, and what share of them pays for it.

use std::ops::Range;

use super::View;
use super::claim::Claim;
use crate::hedge::{self, Hedge};
use crate::news::MetricKind;
use crate::quantity::{Quantity, Unit};
use crate::scale;
use crate::token::{Kind, Token};

/// Those who are counted.
const USERS: &[&str] = &["users", "subscribers"];

/// Words between a number and those whom it counts.
const OF_USERS: &str =
    "weekly monthly daily active paying paid registered premium global total worldwide
    individual consumer enterprise business free current - ‑";

/// Counts of users in a sentence, as quantities; none overlaps `known` ones.
pub(super) fn read(tokens: &[Token<'_>], known: &[Quantity]) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    for at in 0..tokens.len() {
        if tokens[at].is_any(USERS)
            && let Some(count) = count(tokens, at)
            && found.last().is_none_or(|last| last.tokens.end <= count.tokens.start)
            && known.iter().all(|other| !overlap(&other.tokens, &count.tokens))
        {
            found.push(count);
        }
    }
    found
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// "about 400 million weekly active users": the number that counts the noun at `noun`.
fn count(tokens: &[Token<'_>], noun: usize) -> Option<Quantity> {
    let is_between = |at: &usize| super::is_in(tokens[noun - at - 1], OF_USERS);
    let words = (0..noun.min(6)).take_while(is_between).count();
    let (high, start, end) = number(tokens, noun - words)?;
    let joint = start.checked_sub(1).map(|at| tokens[at]);
    let is_range = joint.is_some_and(|joint| joint.is_dash() || joint.is_any(&["to", "and"]));
    let first = start.checked_sub(1).filter(|_| is_range).and_then(|at| number(tokens, at));
    let (low, start, is_range) = match first {
        Some((low, first, _)) if low < high => (low, first, true),
        _ => (high, start, false),
    };
    let start = start - usize::from(start > 0 && is_range && tokens[start - 1].is("between"));
    let before = hedge::before(tokens, start);
    let hedge = match before {
        _ if is_range => Hedge::Range,
        Some((hedge, _)) => hedge,
        None => Hedge::Exact,
    };
    let start = before.map_or(start, |(_, start)| start);
    Some(Quantity {
        low: Some(low).filter(|_| !hedge.opens_low()),
        high: Some(high).filter(|_| !hedge.opens_high()),
        hedge,
        unit: Unit::Count,
        per: None,
        rate: None,
        is_conversion: false,
        is_scaled: true,
        span: tokens[start].start..tokens[end - 1].end(),
        rules: vec!["count_of_users"],
        tokens: start..end,
        end: noun + 1,
    })
}

/// The number that ends before token `end`: its value and its tokens. At least a thousand, since
/// fewer are users of a trial.
fn number(tokens: &[Token<'_>], end: usize) -> Option<(burnrate_model::Decimal, usize, usize)> {
    let last = end.checked_sub(1)?;
    let power = scale::scale(tokens[last].text).or_else(|| {
        let glued = last > 0 && tokens[last - 1].end() == tokens[last].start;
        scale::letter(tokens[last].text).filter(|_| glued)
    });
    let at = if power.is_some() { last.checked_sub(1)? } else { last };
    let digits = tokens[at];
    let is_money = at > 0 && scale::currency(tokens[at - 1].text).is_some();
    let is_large = power.is_some() || digits.text.contains(',');
    if digits.kind != Kind::Number || is_money || !is_large {
        return None;
    }
    Some((scale::value(digits.text, power.unwrap_or(0), false)?, at, end))
}

/// The claim that a company has so many users.
pub(super) fn users(view: &View<'_, '_>, index: usize) -> Option<Claim> {
    const LEADS: &str =
        "has have had with reached reaches hit hits surpassed crossed passed to counts
        claims of than serves attracted says exceeds had now";
    let quantity = view.quantity(index);
    let start = quantity.tokens.start;
    let is_led = start > 0 && view.is_in(start - 1, LEADS);
    let is_share = start > 0 && view.is(start - 1, "of");
    if !is_led || is_share {
        return None;
    }
    let mut claim = Claim::new(MetricKind::Users, start..quantity.end, "users");
    let kind = view.words(quantity.tokens.end..quantity.end);
    claim.scope = Some(kind.to_owned()).filter(|kind| kind.contains(' '));
    Some(claim)
}

/// "5% of its users pay", "0.1% to 1% of 4.4 million users are paying".
pub(super) fn penetration(view: &View<'_, '_>, index: usize) -> Option<Claim> {
    const PAY: &[&str] = &["pay", "pays", "paying", "paid", "subscribe", "subscribed"];
    let quantity = view.quantity(index);
    let end = quantity.end;
    let ceiling = view.clause_end(end).min(end + 8);
    let users = view.find(end..ceiling, &["users", "customers", "subscribers"])?;
    let pay = view.find(users..view.clause_end(users).min(users + 12), PAY)?;
    let is_share = view.is(end, "of") && !view.has(users..pay, &["who", "would", "could"]);
    is_share
        .then(|| Claim::new(MetricKind::Penetration, quantity.tokens.start..pay + 1, "share_pays"))
}
