//! When a figure holds.

use chrono::{Datelike as _, Months, NaiveDate};

use super::Lexicon;
use super::words::{Word, find};
use crate::news::{Metric, MetricKind};

/// Gives a figure the period or the day that its sentence names.
pub(super) fn date(
    metric: &mut Metric,
    words: &[Word<'_>],
    lexicon: &Lexicon,
    published: Option<NaiveDate>,
) {
    let year = words.iter().find_map(year);
    let quarter = lexicon
        .quarters
        .iter()
        .position(|name| find(words, &format!("{name} {}", lexicon.quarter), 0).is_some());
    let is_rate = matches!(metric.kind, MetricKind::RevenueRunRate | MetricKind::Arr);
    if is_rate {
        metric.as_of = as_of(words, lexicon, year, published);
    } else if let (Some(quarter), Some(year)) = (quarter, year) {
        metric.period = Some(format!("Q{} {year}", quarter + 1));
    } else if let Some(year) = year {
        metric.period = Some(year.to_string());
    } else if lexicon.last_year.iter().any(|phrase| find(words, phrase, 0).is_some()) {
        metric.period = published.map(|published| (published.year() - 1).to_string());
    }
}

fn year(word: &Word<'_>) -> Option<i32> {
    let year = word.low.parse().ok().filter(|year| (2000..2100).contains(year));
    year.filter(|_| word.low.len() == 4)
}

/// "Ende Juli", "im Mai", "Ende 2025"
fn as_of(
    words: &[Word<'_>],
    lexicon: &Lexicon,
    year: Option<i32>,
    published: Option<NaiveDate>,
) -> Option<String> {
    let at = words.iter().position(|word| lexicon.months.contains(&&*word.low));
    let is_end = |at: usize| at.checked_sub(1).is_some_and(|at| words[at].low == lexicon.end);
    let Some(at) = at else {
        let at = words.iter().position(|word| self::year(word).is_some())?;
        return is_end(at).then(|| format!("{}-12-31", words[at].low));
    };
    let month = lexicon.months.iter().position(|month| *month == words[at].low)?;
    let month = u32::try_from(month).ok()? + 1;
    let first = |year| NaiveDate::from_ymd_opt(year, month, 1);
    let day = if let Some(year) = year {
        first(year)?
    } else {
        let published = published?;
        let this_year = first(published.year()).filter(|day| *day <= published);
        this_year.or_else(|| first(published.year() - 1))?
    };
    let last = (day + Months::new(1)).pred_opt()?;
    Some(if is_end(at) { last.to_string() } else { day.format("%Y-%m").to_string() })
}
