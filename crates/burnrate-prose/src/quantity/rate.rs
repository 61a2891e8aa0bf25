//! Per what a figure counts: "per GPU per hour", "a year", "/month".

use crate::token::{Kind, Token, phrase_end};

/// Per what a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rate {
    /// An hour, of what the sentence may say.
    Hour,
    /// An hour of one GPU.
    GpuHour,
    /// A user or seat a month.
    UserMonth,
    /// A user or seat a year.
    UserYear,
    /// A user, seat, person or customer.
    User,
    /// A million tokens.
    MillionTokens,
    /// A thousand tokens.
    ThousandTokens,
    /// A share of stock.
    Share,
    /// A year.
    Year,
    /// A quarter.
    Quarter,
    /// A month.
    Month,
    /// A week.
    Week,
    /// A day.
    Day,
    /// A minute.
    Minute,
    /// A second.
    Second,
    /// Another thing that the text names, or several.
    Other,
}

/// One thing that a figure may count per.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Thing {
    Gpu,
    User,
    Simple(Rate),
}

const THINGS: &[(&[&str], Thing)] = &[
    (&["gpu", "hour"], Thing::Simple(Rate::GpuHour)),
    (&["gpu", "hr"], Thing::Simple(Rate::GpuHour)),
    (&["gpu"], Thing::Gpu),
    (&["chip"], Thing::Gpu),
    (&["user"], Thing::User),
    (&["seat"], Thing::User),
    (&["person"], Thing::User),
    (&["employee"], Thing::User),
    (&["head"], Thing::User),
    (&["customer"], Thing::User),
    (&["hour"], Thing::Simple(Rate::Hour)),
    (&["hr"], Thing::Simple(Rate::Hour)),
    (&["share"], Thing::Simple(Rate::Share)),
    (&["year"], Thing::Simple(Rate::Year)),
    (&["yr"], Thing::Simple(Rate::Year)),
    (&["annum"], Thing::Simple(Rate::Year)),
    (&["quarter"], Thing::Simple(Rate::Quarter)),
    (&["month"], Thing::Simple(Rate::Month)),
    (&["mo"], Thing::Simple(Rate::Month)),
    (&["week"], Thing::Simple(Rate::Week)),
    (&["day"], Thing::Simple(Rate::Day)),
    (&["minute"], Thing::Simple(Rate::Minute)),
    (&["min"], Thing::Simple(Rate::Minute)),
    (&["second"], Thing::Simple(Rate::Second)),
    (&["sec"], Thing::Simple(Rate::Second)),
];

const ADVERBS: &[(&str, Rate)] = &[
    ("annually", Rate::Year),
    ("yearly", Rate::Year),
    ("quarterly", Rate::Quarter),
    ("monthly", Rate::Month),
    ("weekly", Rate::Week),
    ("daily", Rate::Day),
    ("hourly", Rate::Hour),
];

/// Words after "a year" that make it a time before or after another.
const TIMES: &[&str] = &["ago", "earlier", "before", "after", "later", "prior", "since", "ahead"];

/// What the figure that ends before token `at` counts per, and where that ends.
pub(super) fn read(tokens: &[Token<'_>], at: usize) -> Option<(Rate, usize)> {
    let first = tokens.get(at)?;
    if let Some((_, rate)) = ADVERBS.iter().find(|(word, _)| first.is(word)) {
        return Some((*rate, at + 1));
    }
    let extra = usize::from(first.is_any(&["extra", "more"]) && is_per(tokens, at + 1));
    let (mut found, mut end) = thing(tokens, at + extra)?;
    for _ in 0..2 {
        let comma = usize::from(tokens.get(end).is_some_and(|token| token.is(",")));
        if comma == 1 && !is_per(tokens, end + 1) {
            break;
        }
        let Some((next, next_end)) = thing(tokens, end + comma) else { break };
        found = together(found, next);
        end = next_end;
    }
    let rate = match found {
        Thing::Gpu => Rate::Other,
        Thing::User => Rate::User,
        Thing::Simple(rate) => rate,
    };
    Some((rate, end))
}

fn together(first: Thing, second: Thing) -> Thing {
    Thing::Simple(match (first, second) {
        (Thing::Gpu, Thing::Simple(Rate::Hour)) | (Thing::Simple(Rate::Hour), Thing::Gpu) => {
            Rate::GpuHour
        }
        (Thing::User, Thing::Simple(Rate::Month)) | (Thing::Simple(Rate::Month), Thing::User) => {
            Rate::UserMonth
        }
        (Thing::User, Thing::Simple(Rate::Year)) | (Thing::Simple(Rate::Year), Thing::User) => {
            Rate::UserYear
        }
        (_, _) => Rate::Other,
    })
}

fn is_per(tokens: &[Token<'_>], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| token.is_any(&["per", "/"]))
}

/// "per hour", "/month", "a year", "for each user", "per million input tokens".
fn thing(tokens: &[Token<'_>], at: usize) -> Option<(Thing, usize)> {
    let lead = tokens.get(at)?;
    let is_article = lead.is_any(&["a", "an", "every", "each"]);
    if !is_article && !is_per(tokens, at) {
        return None;
    }
    if let Some(found) = tokens_unit(tokens, at + 1) {
        return Some(found);
    }
    let known =
        THINGS.iter().find_map(|(name, thing)| Some((*thing, phrase_end(tokens, at + 1, name)?)));
    let is_time =
        known.is_some_and(|(_, end)| tokens.get(end).is_some_and(|next| next.is_any(TIMES)));
    if known.is_some() {
        return known.filter(|_| !(is_article && is_time));
    }
    tokens.get(at + 1).filter(|token| token.kind == Kind::Word && !is_article)?;
    Some((Thing::Simple(Rate::Other), at + 2))
}

/// "million tokens", "1M input tokens", "1,000 tokens".
fn tokens_unit(tokens: &[Token<'_>], at: usize) -> Option<(Thing, usize)> {
    let one = usize::from(tokens.get(at)?.is_any(&["1", "one"]));
    let scale = tokens.get(at + one)?;
    let rate = if scale.is_any(&["million", "m"]) {
        Rate::MillionTokens
    } else if scale.is_any(&["thousand", "k", "1,000", "1000"]) {
        Rate::ThousandTokens
    } else {
        return None;
    };
    let kind = usize::from(tokens.get(at + one + 1)?.is_any(&[
        "input",
        "output",
        "cached",
        "prompt",
        "completion",
    ]));
    let end = at + one + kind + 2;
    tokens.get(end - 1)?.is_any(&["token", "tokens"]).then_some((Thing::Simple(rate), end))
}
