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
    let tokens = sentence.tokens.get(window).unwrap_or(&[]);
    let has = |words: &[&str]| tokens.iter().any(|token| token.is_any(words));
    let is_going_on = verb.is_some_and(|verb| {
        let token = sentence.tokens[verb];
        token.is_any(&[
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
        ]) || token.text.ends_with("ing")
            && !token.is_any(&["announcing", "confirming", "completing"])
            && (verb.saturating_sub(4)..verb).any(|at| {
                sentence.tokens[at].is_any(&[
                    "is",
                    "are",
                    "be",
                    "been",
                    "was",
                    "it’s",
                    "it's",
                    "currently",
                ])
            })
    });
    let is_reported = is_rumour(sentence);
    let is_close = tokens.windows(2).any(|words| {
        (words[0].is("close") && words[1].is("to")) || (words[0].is("closing") && words[1].is("in"))
    });
    if has(IN_TALKS) || is_going_on || is_close {
        let invests = tokens
            .iter()
            .any(|token| token.text.starts_with("invest") || token.is_any(&["pour", "put"]));
        let is_doubtful = has(&[
            "might",
            "may",
            "could",
            "talks",
            "discussions",
            "considering",
            "weighing",
            "discussing",
        ]);
        if invests && !is_doubtful && !is_reported {
            return RoundStatus::Announced;
        }
        return RoundStatus::InTalks;
    }
    let is_infinitive = verb.is_some_and(|verb| {
        let to = verb.checked_sub(1).filter(|&to| sentence.tokens[to].is("to"));
        to.and_then(|to| to.checked_sub(1)).is_some_and(|name| sentence.name_at(name).is_some())
    });
    let is_intent = verb.is_some_and(|verb| {
        (verb.saturating_sub(3)..verb)
            .any(|at| sentence.tokens[at].is_any(&["strategy", "plan", "plans", "goal"]))
    });
    if has(ANNOUNCED) || is_infinitive || is_intent {
        let is_held_back = is_infinitive && is_reported && !has(ANNOUNCED);
        return if is_held_back { RoundStatus::InTalks } else { RoundStatus::Announced };
    }
    if is_reported { RoundStatus::Rumoured } else { RoundStatus::Closed }
}

/// Whether the sentence stands on the word of others.
fn is_rumour(sentence: &Sentence<'_>) -> bool {
    let tokens = &sentence.tokens;
    let has = |words: &[&str]| tokens.iter().any(|token| token.is_any(words));
    if has(&["confirmed", "confirms"]) {
        return false;
    }
    has(&["reportedly", "rumored", "rumoured", "unnamed", "anonymous"])
        || has_sources(tokens)
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
                    "month",
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
    let is_after = sentence.tokens[..sentence.tokens.len().min(start + 1)]
        .iter()
        .rev()
        .take(7)
        .any(|token| token.is_any(AFTER));
    is_marked
        || is_pluperfect
        || is_after
        || is_long_ago(&sentence.tokens[window.end.min(sentence.tokens.len())..])
}

/// "had", but not in words that somebody said: "said it had raised".
fn is_pluperfect_at(sentence: &Sentence<'_>, at: usize) -> bool {
    let is_said = sentence.tokens[at.saturating_sub(3)..at]
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

/// The date that the words state, with the year of publication where they leave it out.
pub(super) fn date(sentence: &Sentence<'_>, published: Option<NaiveDate>) -> Option<String> {
    let tokens = &sentence.tokens;
    let at = (0..tokens.len()).find(|&at| {
        MONTHS.contains(&tokens[at].text)
            && at > 0
            && tokens[at - 1].is_any(&["in", "on", "early", "late", "mid"])
    })?;
    let month = MONTHS.iter().position(|month| *month == tokens[at].text)? + 1;
    let number = |at: usize| tokens.get(at).and_then(|token| token.text.parse::<i32>().ok());
    let is_year = |year: &i32| (1990..2100).contains(year);
    let day = number(at + 1).filter(|day| (1..=31).contains(day));
    let year = match day {
        Some(_) => {
            let comma = usize::from(tokens.get(at + 2).is_some_and(|token| token.is(",")));
            number(at + 2 + comma).filter(is_year)
        }
        None => number(at + 1).filter(is_year),
    };
    match (day, year) {
        (Some(day), Some(year)) => Some(format!("{year}-{month:02}-{day:02}")),
        (None, Some(year)) => Some(format!("{year}-{month:02}")),
        (Some(day), None) => {
            published.map(|published| format!("{}-{month:02}-{day:02}", published.year()))
        }
        (None, None) => None,
    }
}
