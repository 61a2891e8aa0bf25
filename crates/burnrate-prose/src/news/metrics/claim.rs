//! Which figure a quantity is.

use std::ops::Range;

use super::subject::{Company, Memory};
use super::{Rate, Unit, View, counts, noun, price, verb, worth};
use crate::news::{MetricKind, MetricStatus};

/// What the words beside a quantity say that it is.
#[derive(Clone)]
pub(super) struct Claim {
    pub(super) kind: MetricKind,
    /// The tokens that say so.
    pub(super) words: Range<usize>,
    /// Of whom, where the rule knows.
    pub(super) company: Option<Company>,
    /// The status, where the rule knows.
    pub(super) status: Option<MetricStatus>,
    pub(super) scope: Option<String>,
    /// Whether it was before another figure: "up from $5 billion last year".
    pub(super) is_earlier: bool,
    /// The place of the figure in a list of them, and how many there are.
    pub(super) place: (usize, usize),
    pub(super) rules: Vec<&'static str>,
}

impl Claim {
    pub(super) fn new(kind: MetricKind, words: Range<usize>, rule: &'static str) -> Self {
        Self {
            kind,
            words,
            company: None,
            status: None,
            scope: None,
            is_earlier: false,
            place: (0, 1),
            rules: vec![rule],
        }
    }
}

/// The claim that the words beside the quantity make, by the first rule that holds.
pub(super) fn read(view: &View<'_, '_>, index: usize, memory: &Memory) -> Option<Claim> {
    let quantity = view.quantity(index);
    match quantity.unit {
        Unit::Money(_) => {}
        Unit::Percent => return counts::penetration(view, index),
        Unit::Count => return counts::users(view, index),
        Unit::Times => return None,
    }
    match quantity.rate {
        None | Some(Rate::Year | Rate::Month | Rate::Quarter) => {}
        Some(_) => return price::gpu_hour(view, index),
    }
    if !quantity.is_scaled {
        return None;
    }
    let before = noun::before(view, index);
    let start = quantity.tokens.start;
    let is_of = start > 0 && view.is(start - 1, "of");
    if let Some(claim) = before.as_ref().filter(|claim| is_of && claim.words.end + 1 == start) {
        // "a loss of $5 million on revenue of $3 million": nothing stands nearer.
        return Some(claim.clone());
    }
    verb::read(view, index)
        .or_else(|| verb::spent_besides(view, index, memory))
        .or_else(|| worth::read(view, index))
        .or_else(|| noun::after(view, index))
        .or(before)
        .or_else(|| noun::pace(view, index, memory))
        .or_else(|| noun::that_number(view, index, memory))
        .or_else(|| noun::up_from(view, index, memory))
        .or_else(|| noun::continued(view, index, memory))
}
