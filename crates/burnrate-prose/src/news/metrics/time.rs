//! The time of a figure, in words such as `2024`, `H1 2025`, `2024-12`.

use std::ops::Range;

use chrono::{Datelike as _, Months, NaiveDate};

use super::View;
use super::claim::Claim;
use super::subject::Memory;
use crate::news::{MetricKind, MetricStatus};
use crate::period::{self, Part, Period};
use crate::quantity::{Rate, Unit};
use crate::token::{Kind, Token, phrase_end};

/// A time that a sentence states.
#[derive(Debug, Clone)]
pub(super) struct Time {
    pub(super) tokens: Range<usize>,
    /// As it stands in a row.
    pub(super) text: String,
    /// Whether it is a month or a day, of which a figure may hold.
    is_point: bool,
    /// Whether it is only what another is compared with.
    pub(super) is_compared: bool,
    /// The first year it is of.
    year: Option<i32>,
}

impl Time {
    /// Whether it ended before the publication, or has begun: "earlier this year".
    pub(super) fn is_past(&self, published: Option<NaiveDate>) -> bool {
        match (self.year, published) {
            (Some(year), Some(published)) => year <= published.year(),
            (Some(_), None) | (None, _) => false,
        }
    }

    /// Whether it is longer than a month.
    pub(super) fn is_period(&self) -> bool {
        !self.is_point
    }

    /// Whether it is after the year of the publication.
    pub(super) fn is_future(&self, published: Option<NaiveDate>) -> bool {
        matches!((self.year, published), (Some(year), Some(published)) if year > published.year())
    }
}

const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The times that a sentence states, in order.
pub(super) fn read(tokens: &[Token<'_>], published: Option<NaiveDate>) -> Vec<Time> {
    let mut times: Vec<Time> = Vec::new();
    for mention in period::read(tokens) {
        let range = mention.tokens.clone();
        let period = match published {
            Some(published) => mention.period.clone().resolved(published),
            None => mention.period.clone(),
        };
        let edge = edge_of_year(tokens, range.start);
        let is_before_last =
            tokens[range.start].is_any(&["previous", "prior"]) && !times.is_empty();
        if is_before_last && matches!(mention.period, Period::Relative { .. }) {
            continue; // before which one only the sentence can tell
        }
        let Some((text, year)) = stated(&period, tokens, &range) else { continue };
        let text = edge.map_or_else(|| text.clone(), |edge| format!("{edge} of {text}"));
        let is_point = matches!(period, Period::AsOf(_));
        times.push(Time { tokens: range, text, is_point, is_compared: mention.is_compared, year });
    }
    let mut at = 0;
    while at < tokens.len() {
        let taken = times.iter().find(|time| time.tokens.contains(&at)).map(|time| time.tokens.end);
        if let Some(end) = taken {
            at = end;
            continue;
        }
        match other(tokens, at, published).or_else(|| year_before(tokens, at, &times)) {
            Some(time) => {
                at = time.tokens.end;
                let place = times.partition_point(|known| known.tokens.start < time.tokens.start);
                times.insert(place, time);
            }
            None => at += 1,
        }
    }
    times
}

/// "the year before", "a year earlier": one before the year that the sentence states last.
fn year_before(tokens: &[Token<'_>], at: usize, times: &[Time]) -> Option<Time> {
    let is_before =
        tokens[at].is("year") && tokens.get(at + 1)?.is_any(&["before", "earlier", "prior"]);
    let is_previous = tokens[at].is_any(&["previous", "prior"]) && tokens.get(at + 1)?.is("year");
    if !is_before && !is_previous {
        return None;
    }
    let last = times.iter().rev().find(|time| time.tokens.end <= at && !time.is_point)?;
    let year = last.year?;
    let text = last.text.replace(&year.to_string(), &(year - 1).to_string());
    let is_same = text == last.text;
    let year = Some(year - 1);
    let before = tokens[at.saturating_sub(2)..at].iter();
    let is_compared = before.into_iter().any(|token| token.is_any(&["from", "than", "versus"]));
    let time = Time { tokens: at..at + 2, text, is_point: false, is_compared, year };
    Some(time).filter(|_| !is_same)
}

/// `end` or `start`, where "by the end of" or "at the beginning of" stands before a year.
fn edge_of_year(tokens: &[Token<'_>], at: usize) -> Option<&'static str> {
    if ends(tokens, at) {
        return Some("end");
    }
    let word = at.checked_sub(2).map(|at| tokens[at])?;
    if !tokens[at - 1].is("of") {
        return None;
    }
    let is_start = word.is_any(&["start", "beginning"]);
    is_start.then_some("start").or(word.is("end").then_some("end"))
}

/// "ended 2024 with $1 billion", "closed out 2024 at".
fn ends(tokens: &[Token<'_>], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map(|at| tokens[at]);
    if tokens.get(at).and_then(year).is_none() {
        return false;
    }
    let verb = before(1).filter(|word| !word.is("out")).or_else(|| before(2));
    verb.is_some_and(|verb| verb.is_any(&["ended", "closed", "finished", "ending", "exited"]))
}

/// A period as rows have it, and its first year.
fn stated(
    period: &Period,
    tokens: &[Token<'_>],
    range: &Range<usize>,
) -> Option<(String, Option<i32>)> {
    Some(match period {
        Period::Of { part, year, is_fiscal } => (of_year(*part, *year, *is_fiscal), Some(*year)),
        Period::Ended { months, end } => (ended(*months, *end), Some(end.year())),
        Period::AsOf(day) => (day.to_string(), Some(day.year())),
        Period::Through(last) => {
            let (text, year) = stated(last, tokens, range)?;
            let is_by = range.start > 0 && tokens[range.start - 1].is_any(&["by", "until"])
                || edge_of_year(tokens, range.start).is_some();
            (if is_by { text } else { format!("to {text}") }, year)
        }
        Period::Between(first, last) => {
            let (first, year) = stated(first, tokens, range)?;
            let (last, _) = stated(last, tokens, range)?;
            (format!("{first} to {last}"), year)
        }
        Period::Next { .. } => {
            let lead = range.start.checked_sub(1).map(|at| tokens[at]);
            let lead = lead.filter(|token| token.is_any(&["within", "in"]));
            let lead = lead.map_or_else(String::new, |token| format!("{} ", token.text));
            let words: Vec<_> = tokens[range.clone()].iter().map(|token| token.text).collect();
            (format!("{lead}{}", words.join(" ")), None)
        }
        Period::Relative { .. } => return None,
    })
}

fn of_year(part: Part, year: i32, is_fiscal: bool) -> String {
    let fiscal = if is_fiscal { "FY" } else { "" };
    match part {
        Part::Year => format!("{fiscal}{year}"),
        Part::Quarter(quarter) => format!("Q{quarter} {fiscal}{year}"),
        Part::Half(half) => format!("H{half} {fiscal}{year}"),
        Part::Months(6) => format!("H1 {fiscal}{year}"),
        Part::Months(months) => format!("{months}M {fiscal}{year}"),
    }
}

/// Months that end with a quarter of the calendar have its name.
fn ended(months: u8, end: NaiveDate) -> String {
    let (year, month) = (end.year(), end.month());
    match (months, month) {
        (12, 12) => year.to_string(),
        (3, 3 | 6 | 9 | 12) => format!("Q{} {year}", month / 3),
        (6, 6 | 12) => format!("H{} {year}", month / 6),
        (9, 9) => format!("9M {year}"),
        (_, _) => format!("{months}M to {end}"),
    }
}

/// Times that filings do not have: months, "earlier this month", "2023 revenue", "the second quarter".
fn other(tokens: &[Token<'_>], at: usize, published: Option<NaiveDate>) -> Option<Time> {
    this_month(tokens, at, published)
        .or_else(|| month(tokens, at, published))
        .or_else(|| quarter(tokens, at, published))
        .or_else(|| half(tokens, at, published))
        .or_else(|| year_of_noun(tokens, at))
        .or_else(|| whole_year(tokens, at, published))
        .or_else(|| year_end(tokens, at, published))
}

fn point(tokens: Range<usize>, text: String, year: i32) -> Time {
    Time { tokens, text, is_point: true, is_compared: false, year: Some(year) }
}

/// "earlier this month", "last month".
fn this_month(tokens: &[Token<'_>], at: usize, published: Option<NaiveDate>) -> Option<Time> {
    let published = published?;
    let back = if tokens[at].is("this") {
        0
    } else if tokens[at].is_any(&["last", "previous"]) {
        1
    } else {
        return None;
    };
    tokens.get(at + 1).filter(|token| token.is("month"))?;
    let day = published.checked_sub_months(Months::new(back))?;
    Some(point(at..at + 2, format!("{}-{:02}", day.year(), day.month()), day.year()))
}

/// "in December", "December 2024", "by the end of July", "around the end of March 2025", "May’s end".
fn month(tokens: &[Token<'_>], at: usize, published: Option<NaiveDate>) -> Option<Time> {
    let token = tokens[at];
    let (number, is_owner) = month_number(token.text)?;
    let before = |back: usize| at.checked_sub(back).map(|at| tokens[at]);
    let stated = tokens.get(at + 1).and_then(year);
    let is_led = before(1).is_some_and(|token| {
        token.is_any(&[
            "in", "by", "of", "since", "early", "late", "mid", "last", "around", "through",
            "until", "from", "as", "-", "at",
        ])
    });
    // "May" may be a verb, and a day of a month is no month of a figure.
    if stated.is_none()
        && (!is_led || token.text == "May" && before(1).is_some_and(|word| word.is("from")))
    {
        return None;
    }
    let year = if let Some(year) = stated {
        year
    } else {
        let published = published?;
        published.year() - i32::from(number > published.month())
    };
    let month = format!("{year}-{number:02}");
    let is_end = before(1).is_some_and(|word| word.is("of"))
        && before(2).is_some_and(|word| word.is("end"))
        && before(4).is_some_and(|word| word.is_any(&["by", "at"]));
    let text = if is_end { last_day(year, number)?.to_string() } else { month };
    let end = at + 1 + usize::from(stated.is_some());
    let end = end + usize::from(is_owner && tokens.get(end).is_some_and(|token| token.is("end")));
    Some(point(at..end, text, year))
}

fn month_number(word: &str) -> Option<(u32, bool)> {
    let bare = word.strip_suffix("’s").or_else(|| word.strip_suffix("'s"));
    let name = bare.unwrap_or(word);
    let index = MONTHS.iter().position(|month| {
        *month == name || (name.len() == 3 && name != "May" && month.starts_with(name))
    })?;
    Some((u32::try_from(index).ok()? + 1, bare.is_some()))
}

fn last_day(year: i32, month: u32) -> Option<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
    first.checked_add_months(Months::new(1))?.pred_opt()
}

fn year(token: &Token<'_>) -> Option<i32> {
    let is_year = token.kind == Kind::Number && token.text.len() == 4;
    token.text.parse().ok().filter(|year| is_year && (1990..2100).contains(year))
}

/// "in the second quarter", "in Q2", without a year: the last one that has ended.
fn quarter(tokens: &[Token<'_>], at: usize, published: Option<NaiveDate>) -> Option<Time> {
    const ORDINALS: &[(&str, i32)] = &[("first", 1), ("second", 2), ("third", 3), ("fourth", 4)];
    let published = published?;
    let token = tokens[at];
    let named = ORDINALS.iter().find(|(word, _)| token.is(word)).and_then(|(_, number)| {
        let hyphen = usize::from(tokens.get(at + 1)?.is_hyphen());
        tokens.get(at + 1 + hyphen)?.is("quarter").then_some((*number, at + 2 + hyphen))
    });
    let short = token.text.strip_prefix('Q').and_then(|digit| digit.parse().ok());
    let short = short.filter(|number| (1..=4).contains(number)).map(|number| (number, at + 1));
    let (number, end) = named.or(short)?;
    let is_fiscal = tokens.get(at.checked_sub(1)?).is_some_and(|token| token.is("fiscal"));
    if is_fiscal || tokens.get(end).is_some_and(|token| token.is("of")) {
        return None;
    }
    let running = published.month0().cast_signed() / 3 + 1;
    // A quarter that has not ended may be one of a fiscal year, or one that is expected.
    let year = match (number, running) {
        (4, 1) => Some(published.year() - 1),
        (number, running) => (number < running).then(|| published.year()),
    };
    let text = year.map_or_else(|| format!("Q{number}"), |year| format!("Q{number} {year}"));
    Some(Time { tokens: at..end, text, is_point: false, is_compared: false, year })
}

/// "in the first half", "the second half of the year", without a year: the last one that has ended.
fn half(tokens: &[Token<'_>], at: usize, published: Option<NaiveDate>) -> Option<Time> {
    let published = published?;
    let number = 1 + u32::from(tokens[at].is("second"));
    let is_half = tokens[at].is_any(&["first", "second"]) && tokens.get(at + 1)?.is("half");
    if !is_half {
        return None;
    }
    let of_year = phrase_end(tokens, at + 2, &["of", "the", "year"]);
    let year = match (number, published.month()) {
        (1, 7..) => Some(published.year()),
        (2, 1..=3) => Some(published.year() - 1),
        (_, _) => None,
    };
    let text = year.map_or_else(|| format!("H{number}"), |year| format!("H{number} {year}"));
    let tokens = at..of_year.unwrap_or(at + 2);
    Some(Time { tokens, text, is_point: false, is_compared: false, year })
}

/// "2023 revenue", "its 2024 loss".
fn year_of_noun(tokens: &[Token<'_>], at: usize) -> Option<Time> {
    const NOUNS: &[&str] = &[
        "revenue",
        "revenues",
        "sales",
        "loss",
        "losses",
        "profit",
        "profits",
        "net",
        "capex",
        "capital",
        "annual",
        "operating",
        "spending",
        "costs",
        "guidance",
        "forecast",
    ];
    let year = year(&tokens[at])?;
    let is_led = at > 0 && tokens[at - 1].is_any(&["since", "early", "late", "mid", "-"])
        || edge_of_year(tokens, at).is_some();
    let is_noun = tokens.get(at + 1).is_some_and(|token| token.is_any(NOUNS));
    (is_noun || is_led).then(|| Time {
        tokens: at..at + 1,
        text: edge_of_year(tokens, at)
            .map_or_else(|| year.to_string(), |edge| format!("{edge} of {year}")),
        is_point: false,
        is_compared: false,
        year: Some(year),
    })
}

/// "the end of the year", "year-end": that of the publication.
fn year_end(tokens: &[Token<'_>], at: usize, published: Option<NaiveDate>) -> Option<Time> {
    const ENDS: &[&[&str]] = &[&["end", "of", "the", "year"], &["year", "end"], &["year’s", "end"]];
    let year = published?.year();
    let end = ENDS.iter().find_map(|phrase| phrase_end(tokens, at, phrase))?;
    let text = format!("end of {year}");
    Some(Time { tokens: at..end, text, is_point: false, is_compared: false, year: Some(year) })
}

/// "for the whole year", "for the full year": that of the publication.
fn whole_year(tokens: &[Token<'_>], at: usize, published: Option<NaiveDate>) -> Option<Time> {
    let year = published?.year();
    let is_whole = tokens[at].is_any(&["whole", "full", "entire"]);
    let hyphen = usize::from(tokens.get(at + 1)?.is_hyphen());
    let noun = tokens.get(at + 1 + hyphen)?;
    (is_whole && noun.is("year")).then(|| Time {
        tokens: at..at + 2 + hyphen,
        text: year.to_string(),
        is_point: false,
        is_compared: false,
        year: Some(year),
    })
}

/// The time of a claim: one of a list at its place, one close behind the figure, or the last before it.
pub(super) fn of(view: &View<'_, '_>, claim: &Claim, index: usize) -> Option<Time> {
    let (place, count) = claim.place;
    if count > 1 {
        return view.times.iter().filter(|time| !time.is_compared).nth(place).cloned();
    }
    let inside = view.times.iter().find(|time| claim.words.contains(&time.tokens.start));
    let close = || behind(view, claim, index, 5);
    let is_state = matches!(
        claim.kind,
        MetricKind::GpuHourPrice | MetricKind::TotalRaised | MetricKind::StakeValue
    );
    if claim.is_earlier || is_state {
        return inside.or_else(close).cloned();
    }
    inside
        .or_else(close)
        .or_else(|| shared(view, index))
        .or_else(|| ahead(view, claim, index))
        .or_else(|| behind(view, claim, index, 14))
        .or_else(|| leading(view, index))
        .cloned()
}

/// The first time behind the figure and its noun, within some tokens and the same clause.
fn behind<'v>(
    view: &'v View<'_, '_>,
    claim: &Claim,
    index: usize,
    reach: usize,
) -> Option<&'v Time> {
    let end = view.quantity(index).end;
    let mut others = view.quantities[index + 1..].iter();
    let next = others.find(|next| !next.is_conversion);
    let next = next.map_or(view.tokens.len(), |next| next.tokens.start);
    let after = end.max(claim.words.end.min(next));
    view.times.iter().find(|time| {
        let start = time.tokens.start;
        start >= end
            && start <= after + reach
            && start < next
            && !crosses(view, end..start)
            && !view.is(start.saturating_sub(1), "since")
            && (!time.is_compared || claim.is_earlier)
    })
}

/// The time behind the next figure, where both are told as one: "lost $5 million on revenue of $3
/// million in 2024".
fn shared<'v>(view: &'v View<'_, '_>, index: usize) -> Option<&'v Time> {
    let end = view.quantity(index).end;
    let next = view.quantities.get(index + 1)?;
    let is_joint = view.is_any(end, &["on", "and"]) && next.tokens.start <= end + 5;
    let close = |time: &&Time| (next.end..next.end + 2).contains(&time.tokens.start);
    view.times.iter().find(close).filter(|_| is_joint)
}

/// The last time before the figure, in its clause and after the figure before it.
fn ahead<'v>(view: &'v View<'_, '_>, claim: &Claim, index: usize) -> Option<&'v Time> {
    let start = view.quantity(index).tokens.start;
    let money = view.quantities[..index].iter().rev().take(4);
    let last = money.into_iter().find(|before| matches!(before.unit, Unit::Money(_)));
    let last = last.map_or(0, |before| before.end);
    let is_joined = claim.words.start > 0 && view.is(claim.words.start - 1, "on");
    let last = if is_joined { 0 } else { last };
    let floor = last.max(view.clause_start(start)).min(claim.words.start);
    // "from $5 million in January to $60 million": the time of the figure before is its own.
    let is_of_last = |time: &Time| {
        last > 0 && (last..last + 6).contains(&time.tokens.start) && !view.is(time.tokens.end, "on")
    };
    view.times.iter().rev().find(|time| {
        time.tokens.start >= floor
            && time.tokens.end <= start
            && !is_of_last(time)
            && !time.is_compared
            && !is_told_then(view, time)
    })
}

/// The month of the publication, for a rate that holds now: "is now generating", "current ARR of".
pub(super) fn now(view: &View<'_, '_>, claim: &Claim, index: usize) -> Option<Time> {
    let published = view.published?;
    let is_rate = matches!(claim.kind, MetricKind::RevenueRunRate | MetricKind::Arr);
    let quantity = view.quantity(index).tokens.clone();
    let start = claim.words.start.min(quantity.start);
    let near = start.saturating_sub(2)..quantity.end.max(claim.words.end);
    let is_now = near.clone().any(|at| {
        view.is_any(at, &["now", "current", "currently"])
            && !view.is_any(at.saturating_sub(1), &["has", "have", "had"])
    });
    let is_going_on = near.into_iter().any(|at| {
        view.is_any(at, &["generating", "making"]) && at > 0 && view.is_any(at - 1, &["is", "now"])
    });
    let text = format!("{}-{:02}", published.year(), published.month());
    let holds = is_rate && !claim.is_earlier && (is_now || is_going_on);
    holds.then(|| point(quantity, text, published.year()))
}

/// The time with which the clause of the figure opens: "By the end of this year, …".
fn leading<'v>(view: &'v View<'_, '_>, index: usize) -> Option<&'v Time> {
    let opens = view.clause_start(view.quantity(index).tokens.start);
    let near = opens..opens + 6;
    let is_leading = |time: &&Time| {
        near.contains(&time.tokens.start)
            && view.is(time.tokens.end, ",")
            && !time.is_compared
            && !is_told_then(view, time)
    };
    view.times.iter().find(is_leading)
}

/// The time that the sentence before spoke of, for a figure of the same company without one.
pub(super) fn inherited(
    view: &View<'_, '_>,
    claim: &Claim,
    memory: &Memory,
    index: usize,
) -> Option<Time> {
    const FLOWS: &[MetricKind] = &[
        MetricKind::Revenue,
        MetricKind::Loss,
        MetricKind::Profit,
        MetricKind::CashBurn,
        MetricKind::Capex,
        MetricKind::ComputeSpend,
        MetricKind::StaffCost,
    ];
    let quantity = view.quantity(index);
    let clause = view.clause_start(quantity.tokens.start)..view.clause_end(quantity.end);
    let is_alone = !view.times.iter().any(|time| clause.contains(&time.tokens.start));
    let names = view.sentence.names.iter();
    let is_same = !names.into_iter().any(|name| clause.contains(&name.tokens.start));
    let holds = is_alone && is_same && quantity.rate.is_none() && FLOWS.contains(&claim.kind);
    memory.time.clone().filter(|_| holds && !claim.is_earlier)
}

/// The time of the figures that a sentence speaks of without stating one: "its Q2 2023 results show",
/// "expenses last year". A sentence after it may state figures of that time.
pub(super) fn of_figures(view: &View<'_, '_>) -> Option<Time> {
    const FIGURES: &[&str] = &[
        "results",
        "financials",
        "earnings",
        "report",
        "expenses",
        "costs",
        "revenue",
        "sales",
        "losses",
        "spending",
        "figures",
    ];
    let figures = (0..view.tokens.len()).find(|at| view.is_any(*at, FIGURES))?;
    let near = figures.saturating_sub(4)..figures + 4;
    let times = read(view.tokens, view.published);
    let mut times =
        times.into_iter().filter(|time| !time.is_point && near.contains(&time.tokens.start));
    times.next()
}

/// Whether another clause begins in the range.
fn crosses(view: &View<'_, '_>, range: Range<usize>) -> bool {
    view.has(
        range,
        &[
            ",", ";", "(", ")", "—", "–", "but", "while", "who", "which", "after", "before",
            "than", "since", "when", "and",
        ],
    )
}

/// Whether it is when somebody spoke: "reported in July that", "In May, Anthropic told investors".
fn is_told_then(view: &View<'_, '_>, time: &Time) -> bool {
    const TOLD: &[&str] = &[
        "reported",
        "told",
        "said",
        "discussed",
        "announced",
        "wrote",
        "filed",
        "revealed",
        "raised",
        "launched",
        "founded",
        "acquired",
    ];
    let start = time.tokens.start;
    let told_before = view.has(start.saturating_sub(4)..start, TOLD);
    let opens = start <= 2;
    let told_after =
        opens && view.has(time.tokens.end..view.tokens.len().min(time.tokens.end + 5), TOLD);
    let is_founding = view.has(
        start.saturating_sub(3)..start,
        &["founded", "launched", "started", "established", "since", "acquired"],
    );
    is_founding || (told_before || told_after) && time.is_point
}

/// The period and the day or month of a row.
pub(super) fn placed(
    time: Option<&Time>,
    kind: MetricKind,
    status: MetricStatus,
    rate: Option<Rate>,
) -> (Option<String>, Option<String>) {
    let is_pace = matches!(kind, MetricKind::RevenueRunRate | MetricKind::Arr);
    let of_rate = match rate {
        _ if is_pace => None,
        // The unit says so.
        Some(Rate::Month) if kind == MetricKind::Revenue => None,
        Some(Rate::Year) => Some("per year".to_owned()),
        Some(Rate::Month) => Some("per month".to_owned()),
        Some(Rate::Quarter) => Some("per quarter".to_owned()),
        _ => None,
    };
    let Some(time) = time else { return (of_rate, None) };
    let is_told = is_pace && status == MetricStatus::Reported;
    let edges = [("end of ", "12-31"), ("start of ", "01")];
    let edge = edges
        .iter()
        .find_map(|(edge, day)| Some(format!("{}-{day}", time.text.strip_prefix(edge)?)));
    if let Some(edge) = edge.filter(|_| is_told) {
        return (of_rate, Some(edge));
    }
    let text = Some(time.text.clone());
    let is_count = matches!(kind, MetricKind::Users | MetricKind::Penetration);
    let holds_as_of = ((is_told || is_count) && time.is_point)
        || matches!(
            kind,
            MetricKind::Valuation
                | MetricKind::TotalRaised
                | MetricKind::StakeValue
                | MetricKind::GpuHourPrice
        );
    if holds_as_of { (of_rate, text) } else { (text.or(of_rate), None) }
}
