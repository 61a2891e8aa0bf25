//! A sentence as the rules see it.

use std::ops::Range;

use crate::hedge::Hedge;
use crate::period::{self, PeriodMention};
use crate::quantity::{self, Quantity};
use crate::token::{Token, tokens};

/// Words of sentences that say what may be rather than what is.
const HYPOTHETICAL: &[&str] =
    &["might", "could", "would", "should", "if", "unless", "cannot", "can", "hypothetical"];

/// Quantities of a sentence, in lists of one kind: "$48.1 billion, and $77.7 billion".
pub(super) struct Group {
    pub(super) quantities: Vec<Quantity>,
    pub(super) tokens: Range<usize>,
}

/// A sentence that states figures.
pub(super) struct Statement<'a> {
    pub(super) span: Range<usize>,
    pub(super) tokens: Vec<Token<'a>>,
    pub(super) groups: Vec<Group>,
    pub(super) periods: Vec<PeriodMention>,
}

impl<'a> Statement<'a> {
    /// `None` where it states no figure, or only what may be.
    pub(super) fn read(text: &'a str, span: Range<usize>) -> Option<Self> {
        let tokens = tokens(text, span.clone());
        // With a capital it is the month.
        if tokens.iter().any(|token| token.text == "may" || token.is_any(HYPOTHETICAL)) {
            return None;
        }
        let mut quantities = quantity::read(&tokens);
        quantities.retain(|quantity| quantity.hedge != Hedge::OrderOfMagnitude);
        let groups = group(&tokens, quantities);
        if groups.is_empty() {
            return None;
        }
        let periods = period::read(&tokens);
        Some(Self { span, tokens, groups, periods })
    }

    /// What stands between the figures before the group, or the start of its clause, and the group.
    pub(super) fn before(&self, index: usize) -> Range<usize> {
        let end = self.groups[index].tokens.start;
        let start = index.checked_sub(1).map_or(0, |before| self.groups[before].tokens.end);
        let semicolon = self.tokens[start..end].iter().rposition(|token| token.is(";"));
        start + semicolon.map_or(0, |at| at + 1)..end
    }

    /// What stands between the group and the figures after it, or the end of its clause.
    pub(super) fn after(&self, index: usize) -> Range<usize> {
        let start = self.groups[index].tokens.end;
        let end = self.groups.get(index + 1).map_or(self.tokens.len(), |next| next.tokens.start);
        let semicolon = self.tokens[start..end].iter().position(|token| token.is(";"));
        start..semicolon.map_or(end, |at| start + at)
    }

    /// The words of a range of tokens, a space between them.
    pub(super) fn text(&self, range: Range<usize>) -> String {
        let words: Vec<_> = self.tokens[range].iter().map(|token| token.text).collect();
        words.join(" ")
    }

    pub(super) fn has(&self, range: Range<usize>, words: &[&str]) -> bool {
        self.tokens[range].iter().any(|token| token.is_any(words))
    }

    /// Whether every token is one of the words, a possessive, or part of a period.
    pub(super) fn all(&self, range: Range<usize>, words: &[&str]) -> bool {
        range.into_iter().all(|at| {
            let token = &self.tokens[at];
            let is_possessive = token.text.ends_with("’s") || token.text.ends_with("'s");
            let in_period = |mention: &PeriodMention| mention.tokens.contains(&at);
            is_possessive || token.is_any(words) || self.periods.iter().any(in_period)
        })
    }
}

fn group(tokens: &[Token<'_>], quantities: Vec<Quantity>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for mut quantity in quantities {
        let Some(last) = groups.last_mut().filter(|last| is_list(tokens, last, &quantity)) else {
            let tokens = quantity.tokens.clone();
            groups.push(Group { quantities: vec![quantity], tokens });
            continue;
        };
        let first_hedge = last.quantities[0].hedge;
        if first_hedge.coarse() == Hedge::About && quantity.hedge == Hedge::Exact {
            // "approximately 17% and 13%"
            quantity.hedge = Hedge::About;
            quantity.rules.push("hedge_of_list");
        }
        last.tokens.end = quantity.tokens.end;
        last.quantities.push(quantity);
    }
    groups
}

/// Whether the quantity goes on with the list of the group.
fn is_list(tokens: &[Token<'_>], group: &Group, quantity: &Quantity) -> bool {
    let joint = &tokens[group.tokens.end..quantity.tokens.start];
    let is_joint =
        matches!(joint.len(), 1 | 2) && joint.iter().all(|token| token.is_any(&[",", "and"]));
    is_joint && group.quantities[0].unit == quantity.unit
}
