//! How far a round has come, when it was, and whose word it is.

use std::ops::Range;

use chrono::{Datelike as _, NaiveDate};

use super::words::{AFTER, ANNOUNCED, EARLIER, IN_TALKS};
use crate::news::RoundStatus;
use crate::news::english::Sentence;
use crate::news::gazetteer::NameKind;
use crate::token::Token;

/// Outlets that sell data, which are no rumours.
const DATA: &[&str] = &["PitchBook", "Crunchbase", "Tracxn", "Dealroom", "CB Insights"];

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

/// What the words of a mention make of its status.
pub(super) fn of(
    sentence: &Sentence<'_>,
    verb: Option<usize>,
    window: Range<usize>,
) -> RoundStatus {
    const DOUBTFUL: &[&str] =
        &["might", "may", "could", "talks", "discussions", "considering", "weighing", "discussing"];
    let tokens = sentence.tokens.get(window).unwrap_or(&[]);
    let has = |words: &[&str]| tokens.iter().any(|token| token.is_any(words));
    let is_reported = is_rumour(sentence);
    let is_close = tokens.windows(2).any(|words| {
        (words[0].is("close") && words[1].is("to")) || (words[0].is("closing") && words[1].is("in"))
    });
    let is_going_on = verb.is_some_and(|verb| is_going_on(sentence, verb));
    if has(IN_TALKS) || is_going_on || is_close {
        let invests = tokens
            .iter()
            .any(|token| token.text.starts_with("invest") || token.is_any(&["pour", "put"]));
        let is_promise = invests && !has(DOUBTFUL) && !is_reported;
        return if is_promise { RoundStatus::Announced } else { RoundStatus::InTalks };
    }
    let is_infinitive = verb.is_some_and(|verb| is_infinitive(sentence, verb));
    let is_intent = verb.is_some_and(|verb| {
        let before = &sentence.tokens[verb.saturating_sub(3)..verb];
        before.iter().any(|token| token.is_any(&["strategy", "plan", "plans", "goal"]))
    });
    if has(ANNOUNCED) || is_intent || (is_infinitive && !is_reported) {
        return RoundStatus::Announced;
    }
    match (is_infinitive, is_reported) {
        (true, _) => RoundStatus::InTalks,
        (false, true) => RoundStatus::Rumoured,
        (false, false) => RoundStatus::Closed,
    }
}

/// "is raising", "seeks".
fn is_going_on(sentence: &Sentence<'_>, verb: usize) -> bool {
    const SEEKING: &[&str] = &[
        "fundraising",
        "negotiating",
        "seeking",
        "nearing",
        "eyeing",
        "nears",
        "seeks",
        "eyes",
        "seek",
        "finalizing",
        "finalising",
        "discussing",
        "targeting",
        "target",
        "chasing",
    ];
    const BE: &[&str] = &["is", "are", "be", "been", "was", "it’s", "it's", "currently"];
    let token = sentence.tokens[verb];
    let is_participle = token.text.ends_with("ing")
        && !token.is_any(&["announcing", "confirming", "completing"])
        && sentence.tokens[verb.saturating_sub(4)..verb].iter().any(|token| token.is_any(BE));
    token.is_any(SEEKING) || is_participle
}

/// "X to raise", as headlines tell the future.
fn is_infinitive(sentence: &Sentence<'_>, verb: usize) -> bool {
    let to = verb.checked_sub(1).filter(|&to| sentence.tokens[to].is("to"));
    let name = to.and_then(|to| to.checked_sub(1));
    name.is_some_and(|name| sentence.name_at(name).is_some())
}

/// Whether the sentence stands on the word of others.
fn is_rumour(sentence: &Sentence<'_>) -> bool {
    let tokens = &sentence.tokens;
    let has = |words: &[&str]| tokens.iter().any(|token| token.is_any(words));
    if has(&["confirmed", "confirms", "officially", "learned", "learnt"]) {
        return false;
    }
    has(&["reportedly", "rumored", "rumoured", "unnamed", "anonymous"])
        || has_sources(tokens)
        || tokens
            .windows(2)
            .any(|words| words[0].is("report") && words[1].is_any(&["says", "said"]))
        || has(&["people", "person"])
            && has(&["familiar", "knowledge", "matter", "according", "said"])
        || outlet(sentence)
            .is_some_and(|name| !DATA.iter().any(|data| data.eq_ignore_ascii_case(name)))
}

/// "sources say", "one source said"; not "open source".
fn has_sources(tokens: &[Token<'_>]) -> bool {
    (0..tokens.len()).any(|at| {
        let before = at.checked_sub(1).map(|at| tokens[at]);
        let after = tokens.get(at + 1);
        let is_said = after.is_none_or(|next| {
            next.is_any(&[
                "say", "says", "said", "told", "tell", "with", "familiar", "close", "who", "in",
                ",",
            ])
        });
        let is_one =
            before.is_some_and(|before| before.is_any(&["a", "one", "the", "another", "to"]));
        tokens[at].is("sources") && is_said || tokens[at].is("source") && is_one && is_said
    })
}

/// Whether the sentence has its figures from a seller of data, who counts all that was ever raised.
pub(super) fn is_by_data(sentence: &Sentence<'_>) -> bool {
    outlet(sentence).is_some_and(|name| DATA.iter().any(|data| data.eq_ignore_ascii_case(name)))
}

/// Whose word the sentence gives.
pub(super) fn attributed_to(sentence: &Sentence<'_>) -> Option<String> {
    if let Some(outlet) = outlet(sentence) {
        return Some(outlet.to_owned());
    }
    let tokens = &sentence.tokens;
    let filing = (0..tokens.len()).any(|at| {
        tokens[at].is("SEC")
            && tokens.get(at + 1).is_some_and(|next| next.is_any(&["filing", "filings"]))
    });
    filing.then(|| "SEC filing".to_owned())
}

/// The outlet that the sentence cites.
fn outlet<'a>(sentence: &Sentence<'a>) -> Option<&'a str> {
    let tokens = &sentence.tokens;
    let cited = sentence.names.iter().find(|name| {
        if !matches!(name.kind, NameKind::Outlet) || name.is_modifier {
            return false;
        }
        let before: Vec<&Token<'_>> = tokens[..name.tokens.start].iter().rev().take(4).collect();
        let is =
            |at: usize, words: &[&str]| before.get(at).is_some_and(|token| token.is_any(words));
        let is_told = is(0, &["told", "tell", "tells", "with"])
            || is(1, &["told", "tell"])
            || (is(0, &["to"]) && !is(1, &["according"]));
        if is_told {
            return tokens.iter().any(|token| token.is_any(&["sources", "source"]));
        }
        let cites_before = before.iter().any(|token| {
            token.is_any(&[
                "according",
                "per",
                "reports",
                "reported",
                "citing",
                "quoting",
                "cited",
                "by",
                "report",
                "from",
            ])
        });
        let after = tokens[name.tokens.end..].iter().take(4);
        let cites_after = after.clone().any(|token| {
            token.is_any(&[
                "reported",
                "reports",
                "reporting",
                "said",
                "says",
                "noted",
                "notes",
                "report",
                "reporters",
                "citing",
                "data",
                "reveals",
                "estimates",
                "revealed",
                "wrote",
                "added",
                "points",
                "learned",
                "learnt",
                "hears",
                "understands",
            ])
        });
        let obtained = is(1, &["by"]) || is(0, &["by"]);
        let previously = after.take(1).any(|token| token.is("previously"));
        (cites_before || cites_after || obtained) && !previously
    });
    cited.map(|name| name.text)
}

/// Whether the words before a mention put it before the story.
pub(super) fn is_earlier(
    sentence: &Sentence<'_>,
    window: Range<usize>,
    verb: Option<usize>,
) -> bool {
    let tokens = sentence.tokens.get(window.clone()).unwrap_or(&[]);
    let mut earlier = tokens.iter().enumerate().filter(|(_, token)| token.is_any(EARLIER));
    let is_marked = earlier.any(|(at, token)| {
        let next = tokens.get(at + 1);
        let is_time = token.is("last")
            && next.is_some_and(|next| {
                next.is_any(&[
                    "week",
                    "monday",
                    "tuesday",
                    "wednesday",
                    "thursday",
                    "friday",
                    "summer",
                    "fall",
                ])
            });
        let is_stage = token.is("earlier")
            && next.is_some_and(|next| next.is_any(&["this", "today", "stage"]));
        !is_time && !is_stage
    });
    let is_pluperfect = verb.is_some_and(|verb| {
        (verb.saturating_sub(3)..verb).any(|at| is_pluperfect_at(sentence, at))
    });
    let start = window.start;
    let is_last_month = sentence.tokens[window.end.min(sentence.tokens.len())..]
        .iter()
        .take(14)
        .zip(sentence.tokens[window.end.min(sentence.tokens.len())..].iter().skip(1))
        .any(|(one, next)| one.is_any(&["last", "back"]) && next.is_any(&["month", "in"]));
    let is_after = is_last_month
        || sentence.tokens[..sentence.tokens.len().min(start + 1)]
            .iter()
            .rev()
            .take(7)
            .any(|token| token.is_any(AFTER));
    is_marked
        || is_pluperfect
        || is_after
        || verb.is_some() && is_long_ago(&sentence.tokens[window.end.min(sentence.tokens.len())..])
}

/// "had", but not in words that somebody said: "said it had raised".
fn is_pluperfect_at(sentence: &Sentence<'_>, at: usize) -> bool {
    let is_said = sentence.tokens[at.saturating_sub(7)..at]
        .iter()
        .any(|token| token.is_any(&["said", "says", "announced", "confirmed", "reported"]));
    !is_said && sentence.tokens[at].is_any(&["had", "it’d", "it'd"])
}

/// "earlier this year", "last year", "two years ago", after an amount.
fn is_long_ago(tokens: &[Token<'_>]) -> bool {
    let near = &tokens[..tokens.len().min(16)];
    let near =
        &near[..near.iter().position(|token| token.is_any(&[",", ";", "—"])).unwrap_or(near.len())];
    near.windows(3).any(|words| {
        let is = |words: &[Token<'_>], phrase: &[&str]| {
            words.iter().zip(phrase).all(|(token, word)| token.is(word))
        };
        is(words, &["earlier", "this", "year"])
            || is(&words[..2], &["last", "year"])
            || is(&words[1..], &["years", "ago"])
            || is(&words[1..], &["year", "ago"])
            || is(&words[1..], &["last", "year"])
    })
}

/// The date that the words state, as far as they do: the year of publication stands in for one left out,
/// or the year before it where the month is still to come.
pub(super) fn date(tokens: &[Token<'_>], published: Option<NaiveDate>) -> Option<String> {
    (0..tokens.len()).find_map(|at| {
        dated_month(tokens, at, published)
            .or_else(|| dated_year(tokens, at))
            .or_else(|| relative(tokens, at, published?))
    })
}

/// "in December", "on September 3, 2024".
fn dated_month(tokens: &[Token<'_>], at: usize, published: Option<NaiveDate>) -> Option<String> {
    let before = at.checked_sub(1)?;
    if !tokens[before].is_any(&["in", "on", "early", "late", "mid", "since"]) {
        return None;
    }
    let month = MONTHS.iter().position(|month| *month == tokens[at].text)? + 1;
    let number = |at: usize| tokens.get(at).and_then(|token| token.text.parse::<i32>().ok());
    let day = number(at + 1).filter(|day| (1..=31).contains(day));
    let next = at + 1 + usize::from(day.is_some());
    let comma = usize::from(tokens.get(next).is_some_and(|token| token.is(",")));
    let stated =
        number(next).or_else(|| number(next + comma)).filter(|year| (1990..2100).contains(year));
    let year = stated.or_else(|| {
        let published = published?;
        let is_past =
            i32::try_from(month).is_ok_and(|month| month <= published.month().cast_signed());
        Some(published.year() - i32::from(!is_past))
    })?;
    Some(match day {
        Some(day) => format!("{year}-{month:02}-{day:02}"),
        None => format!("{year}-{month:02}"),
    })
}

/// "in 2023", "late 2023".
fn dated_year(tokens: &[Token<'_>], at: usize) -> Option<String> {
    let before = at.checked_sub(1)?;
    let year = tokens[at].text.parse::<i32>().ok().filter(|year| (1990..2100).contains(year))?;
    let is_dated = tokens[before].is_any(&["in", "early", "late", "mid", "during"])
        && tokens.get(at + 1).is_none_or(|next| !next.is_hyphen());
    is_dated.then(|| year.to_string())
}

/// "this month", "last month", "last year".
fn relative(tokens: &[Token<'_>], at: usize, published: NaiveDate) -> Option<String> {
    let unit = tokens.get(at + 1)?;
    let is_last = tokens[at].is("last");
    if unit.is("year") && is_last {
        return Some((published.year() - 1).to_string());
    }
    if !unit.is("month") || !(is_last || tokens[at].is("this")) {
        return None;
    }
    let month = published.month().cast_signed() - i32::from(is_last);
    let (year, month) =
        if month == 0 { (published.year() - 1, 12) } else { (published.year(), month) };
    Some(format!("{year}-{month:02}"))
}
