//! Which period each figure of a list is of.

use std::ops::Range;

use super::statement::Statement;
use crate::period::{Period, PeriodMention};

/// What kind of period a figure can be of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Time {
    /// What flows in a stretch of time: spending, revenue.
    Stretch,
    /// What stands on a day: commitments.
    Day,
    /// A share of either.
    Either,
}

impl Time {
    fn admits(self, mention: &PeriodMention) -> bool {
        let is_day = mention.period.is_instant();
        // What is counted from the date of the text seldom dates a figure of the past.
        let is_named = !matches!(mention.period, Period::Relative { .. } | Period::Next { .. });
        let is_told = is_named && !mention.is_compared;
        is_told
            && match self {
                Self::Stretch => !is_day,
                Self::Day => is_day,
                Self::Either => true,
            }
    }
}

/// The periods of the figures of group `index`, one for each: those listed after it, or before it,
/// or at the start of the sentence, or anywhere in it where no others stand. `None` where they do
/// not go together.
pub(super) fn periods(
    statement: &Statement<'_>,
    index: usize,
    time: Time,
) -> Option<Vec<Option<Period>>> {
    let count = statement.groups[index].quantities.len();
    let within = |range: &Range<usize>| -> Vec<&PeriodMention> {
        let is_in = |mention: &&PeriodMention| {
            range.start <= mention.tokens.start && mention.tokens.end <= range.end
        };
        statement.periods.iter().filter(is_in).filter(|mention| time.admits(mention)).collect()
    };
    let lead = 0..statement.groups[0].tokens.start;
    let all = within(&(0..statement.tokens.len()));
    let is_one_list = all.iter().all(|mention| mention.list == all[0].list);
    let found = [
        of_list(&within(&statement.after(index)), <[_]>::first),
        of_list(&within(&statement.before(index)), <[_]>::last),
        of_list(&within(&lead), <[_]>::last),
        if is_one_list { all } else { Vec::new() },
    ];
    let found = found.into_iter().find(|mentions| !mentions.is_empty()).unwrap_or_default();
    match found.as_slice() {
        [] => Some(vec![None; count]),
        [one] => Some(vec![Some(one.period.clone()); count]),
        many if many.len() == count => {
            Some(many.iter().map(|mention| Some(mention.period.clone())).collect())
        }
        _ => None,
    }
}

/// The mentions of the list that the picked one belongs to.
fn of_list<'a>(
    mentions: &[&'a PeriodMention],
    pick: for<'m> fn(&'m [&'a PeriodMention]) -> Option<&'m &'a PeriodMention>,
) -> Vec<&'a PeriodMention> {
    let list = pick(mentions).map(|mention| mention.list);
    mentions.iter().filter(|mention| Some(mention.list) == list).copied().collect()
}
