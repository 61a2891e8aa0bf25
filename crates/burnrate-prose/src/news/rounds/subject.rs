//! Who a verb is said of, and into whom money goes.

use super::words::{COMPANY_NOUNS, GROUP, PRONOUNS};
use super::{Subject, company_name, first_company};
use crate::news::english::Sentence;
use crate::news::gazetteer::NameKind;
use crate::news::names::Name;
use crate::token::Kind;

/// Words that may be between a verb and its subject are looked at no further than this.
const MAX_GROUP: usize = 18;

/// Nouns of intent that a company may own: "OpenAI’s plan to raise".
const INTENTS: &[&str] = &[
    "strategy", "plan", "plans", "effort", "efforts", "bid", "push", "talks", "quest", "attempt",
    "goal",
];

/// Words before a name that make it something else than the subject.
const PREPOSITIONS: &[&str] = &[
    "of",
    "with",
    "from",
    "by",
    "against",
    "like",
    "at",
    "into",
    "than",
    "for",
    "between",
    "via",
    "about",
    "versus",
    "vs",
    "to",
    "behind",
    "including",
    "without",
];

/// What stands where a subject is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Before<'s, 'a> {
    /// A name, a company's or not.
    Name(&'s Name<'a>),
    /// A phrase for the company that the text is about.
    Phrase(&'a str),
    /// Nothing that could raise money.
    Nothing,
}

/// What stands before the verb at token `verb`, as its subject.
pub(super) fn before<'s, 'a>(sentence: &'s Sentence<'a>, verb: usize) -> Before<'s, 'a> {
    let group = group_start(sentence, verb);
    let Some(last) = group.checked_sub(1) else {
        return gerund(sentence, verb);
    };
    let tokens = &sentence.tokens;
    // "the app that ‘does everything,’ raises": the comma is within the quotes.
    let is_quoted = tokens[last].is_any(&["’", "”", "'"]) && last > 0 && tokens[last - 1].is(",");
    let last = last - usize::from(is_quoted);
    let token = tokens[last];
    if token.is_any(&[",", "—", "–", "-"]) {
        let before = apposition(sentence, last).or_else(|| opening(sentence, verb));
        return before.unwrap_or_else(|| participle(sentence, verb, last));
    }
    if token.is(")") {
        let open = (0..last).rev().take(40).find(|&at| tokens[at].is("("));
        return open
            .and_then(|open| name_before(sentence, open))
            .map_or(Before::Nothing, Before::Name);
    }
    if let Some(name) = name_before(sentence, group) {
        if name.is_possessive || name.is_modifier {
            return Before::Nothing;
        }
        if let Some(before) = founded(sentence, name) {
            return before;
        }
        return if is_prepositional(sentence, name) {
            behind(sentence, name)
        } else {
            Before::Name(name)
        };
    }
    if token.is_any(PRONOUNS) || token.is_any(&["which", "who"]) {
        return relative(sentence, last);
    }
    if token.is_any(&["creators", "creator", "makers"])
        && let Some(name) = name_before(sentence, last)
    {
        return if name.is_modifier || name.is_possessive {
            Before::Nothing
        } else {
            Before::Name(name)
        };
    }
    if token.is_any(&["and", "but", "before", "by"]) {
        return first_company(sentence)
            .filter(|name| name.tokens.end < last)
            .map_or_else(|| gerund(sentence, verb), Before::Name);
    }
    noun(sentence, last)
        .or_else(|| opening(sentence, verb))
        .unwrap_or_else(|| gerund(sentence, verb))
}

/// "X, a lab co-founded by A and B": X, and "co-founders A and B": the company that the text is about.
fn founded<'s, 'a>(sentence: &'s Sentence<'a>, last: &Name<'_>) -> Option<Before<'s, 'a>> {
    let tokens = &sentence.tokens;
    let mut start = last.tokens.start;
    while let Some(before) = start.checked_sub(1).filter(|_| last.tokens.start - start < 12) {
        match name_before(sentence, start) {
            Some(name) => start = name.tokens.start,
            None if tokens[before].is_any(&[",", "and", "&"]) => start = before,
            None => break,
        }
    }
    let before = start.checked_sub(1)?;
    let is_maker = tokens[before].is("by")
        && before > 0
        && tokens[before - 1].is_any(&["founded", "cofounded", "started", "created", "launched"]);
    if is_maker {
        let first = first_company(sentence).filter(|name| {
            name.tokens.end < before && tokens[name.tokens.end].is_any(&[",", "—", "–"])
        });
        return Some(first.map_or(Before::Nothing, Before::Name));
    }
    let are_founders = tokens[before].is_any(&["founders", "cofounders"]);
    let noun = (1..before)
        .find(|&at| tokens[at].is_any(COMPANY_NOUNS) && tokens[at - 1].is_any(&["the", "this"]));
    are_founders.then(|| Before::Phrase(noun.map_or("", |noun| sentence.words(noun - 1..noun + 1))))
}

/// The first token of the words that belong to a verb: "is in early talks to raise".
pub(super) fn group_start(sentence: &Sentence<'_>, verb: usize) -> usize {
    let tokens = &sentence.tokens;
    let mut start = verb;
    while let Some(before) = start.checked_sub(1).filter(|_| verb - start < MAX_GROUP) {
        let token = tokens[before];
        let is_adverb = token.text.ends_with("ly") && !token.text.starts_with(char::is_uppercase);
        if token.is_any(GROUP) || is_adverb {
            start = before;
        } else if let Some(talks) = talks_with(sentence, before) {
            start = talks;
        } else {
            break;
        }
    }
    // "The company, on Thursday" ends in "The": a group never begins with an article.
    while start < verb && tokens[start].is_any(&["the", "of", "for", "at", "as", "than", "some"]) {
        start += 1;
    }
    start
}

/// "talks with A, B to raise": the token of "talks", if token `at` ends such names.
fn talks_with(sentence: &Sentence<'_>, at: usize) -> Option<usize> {
    sentence.name_at(at)?;
    let from = at.saturating_sub(14);
    let with = (from..at).rev().find(|&at| sentence.tokens[at].is("with"))?;
    let talks = with.checked_sub(1)?;
    sentence.tokens[talks].is_any(&["talks", "discussions", "negotiations"]).then_some(talks)
}

fn name_before<'s, 'a>(sentence: &'s Sentence<'a>, at: usize) -> Option<&'s Name<'a>> {
    sentence.name_at(at.checked_sub(1)?)
}

/// "X, which makes Y, has": the name before the words between commas that end at token `close`.
fn apposition<'s, 'a>(sentence: &'s Sentence<'a>, close: usize) -> Option<Before<'s, 'a>> {
    let tokens = &sentence.tokens;
    let opens = |name: &&Name<'a>| {
        let mut end = name.tokens.end;
        if tokens.get(end).is_some_and(|token| token.is("(")) {
            end = (end..tokens.len().min(end + 12))
                .find(|&at| tokens[at].is(")"))
                .map_or(end, |at| at + 1);
        }
        end < close
            && tokens[end].is_any(&[",", "—", "–", "-"])
            && tokens
                .get(end + 1)
                .is_some_and(|next| !next.text.starts_with(char::is_uppercase) || next.is("AI"))
    };
    let is_open = |name: &&Name<'a>| {
        !name.is_possessive
            && !name.is_modifier
            && name.kind != NameKind::Place
            && name.kind != NameKind::Outlet
    };
    // "his company, X, has": the name itself is between the commas.
    let closing = name_before(sentence, close).filter(|name| {
        is_open(name)
            && name.tokens.start > 0
            && tokens[name.tokens.start - 1].is(",")
            && name.tokens.start > 1
            && tokens[name.tokens.start - 2].is_any(COMPANY_NOUNS)
    });
    let found = closing.or_else(|| sentence.names.iter().take(24).filter(is_open).find(opens))?;
    (!is_prepositional(sentence, found)).then_some(Before::Name(found))
}

/// ", raising": what the sentence is about raises.
fn participle<'s, 'a>(sentence: &'s Sentence<'a>, verb: usize, comma: usize) -> Before<'s, 'a> {
    let is_participle = sentence.tokens[verb].text.ends_with("ing");
    let first = first_company(sentence).filter(|name| name.tokens.end <= comma);
    match first {
        Some(name) if is_participle && !is_prepositional(sentence, name) => Before::Name(name),
        _ if is_participle => Before::Phrase(""),
        Some(name) if name.tokens.start <= 1 => Before::Name(name),
        _ => Before::Nothing,
    }
}

/// "After raising $13 million": the company that the text is about.
fn gerund<'s, 'a>(sentence: &'s Sentence<'a>, verb: usize) -> Before<'s, 'a> {
    let before = verb.checked_sub(1).map(|at| sentence.tokens[at]);
    let leads = before.is_none_or(|token| {
        token.is_any(&["after", "by", "since", "on", "of", "following", "recently"])
    });
    if leads && sentence.tokens[verb].text.ends_with("ing") {
        Before::Phrase("")
    } else {
        Before::Nothing
    }
}

/// "it", "which": what was named before.
fn relative<'s, 'a>(sentence: &'s Sentence<'a>, at: usize) -> Before<'s, 'a> {
    let token = sentence.tokens[at];
    if token.is_any(&["which", "who", "that"]) {
        let end = at - usize::from(at > 0 && sentence.tokens[at - 1].is(","));
        return match name_before(sentence, end) {
            Some(name) if !name.is_possessive => Before::Name(name),
            _ if token.is("that") => first_company(sentence)
                .filter(|name| name.tokens.end < at)
                .map_or(Before::Nothing, Before::Name),
            _ => Before::Nothing,
        };
    }
    let named = first_company(sentence)
        .filter(|name| name.tokens.end <= at && !is_prepositional(sentence, name));
    let phrase = || {
        let noun = (1..at).find(|&at| {
            sentence.tokens[at].is_any(COMPANY_NOUNS) && sentence.tokens[at - 1].is("the")
        });
        noun.map_or(token.text.split(['’', '\'']).next().unwrap_or(""), |noun| {
            sentence.words(noun - 1..noun + 1)
        })
    };
    named.map_or_else(|| Before::Phrase(phrase()), Before::Name)
}

/// "the startup", "`ChatGPT` maker", "the Amsterdam-based bank for small firms".
fn noun<'s, 'a>(sentence: &'s Sentence<'a>, last: usize) -> Option<Before<'s, 'a>> {
    let tokens = &sentence.tokens;
    if let Some(owner) = name_before(sentence, last)
        .filter(|name| name.is_possessive && tokens[last].is_any(INTENTS))
    {
        return Some(Before::Name(owner));
    }
    let owner = (last.saturating_sub(3)..last).rev().find_map(|at| {
        sentence.name_at(at).filter(|name| {
            name.is_possessive && matches!(name.kind, NameKind::Company | NameKind::Unknown)
        })
    });
    if let Some(owner) = owner.filter(|_| {
        tokens[last].text.starts_with(char::is_lowercase) && !tokens[last].is_any(COMPANY_NOUNS)
    }) {
        return Some(Before::Name(owner));
    }
    let from = last.saturating_sub(6);
    let head = (from..=last).rev().find(|&at| tokens[at].is_any(COMPANY_NOUNS))?;
    let goes_on =
        tokens.get(head + 1).is_some_and(|next| next.is_any(&["for", "behind", "of", "from"]));
    if head != last && !goes_on {
        return None;
    }
    let product = sentence.names.iter().find(|name| {
        name.tokens.end <= head && name.tokens.end + 2 > head && name.kind == NameKind::Product
    });
    if let Some(product) = product {
        return Some(Before::Name(product));
    }
    let article = (from..head)
        .rev()
        .find(|&at| tokens[at].is_any(&["the", "this", "a", "an"]))
        .unwrap_or(head);
    Some(Before::Phrase(sentence.words(article..head + 1)))
}

/// "A startup aiming to build lamps in Europe has raised": the noun that opens the sentence.
fn opening<'s, 'a>(sentence: &'s Sentence<'a>, verb: usize) -> Option<Before<'s, 'a>> {
    let tokens = &sentence.tokens;
    let opens = tokens.first()?.is_any(&["a", "an", "the", "this"]);
    let head = (1..tokens.len().min(8)).find(|&at| tokens[at].is_any(COMPANY_NOUNS))?;
    let is_plain = opens
        && head < verb
        && sentence.names.iter().all(|name| !name.may_be_company() || name.tokens.start > verb);
    is_plain.then(|| Before::Phrase(sentence.words(0..head + 1)))
}

/// "Investors in X have raised": not X.
fn is_prepositional(sentence: &Sentence<'_>, name: &Name<'_>) -> bool {
    let before = &sentence.tokens[..name.tokens.start];
    let is_within = before.len() > 1 && before.last().is_some_and(|token| token.text == "in");
    is_within
        || before
            .iter()
            .rev()
            .take(5)
            .take_while(|token| token.kind == Kind::Word || token.is_hyphen())
            .take_while(|token| {
                !token.is_any(&["the", "its", "that", "when", "as", "after", "and", "said", "says"])
            })
            .any(|token| token.is_any(PREPOSITIONS))
}

/// "The developer of X", "the company behind X": the company that makes X.
fn behind<'s, 'a>(sentence: &'s Sentence<'a>, name: &'s Name<'a>) -> Before<'s, 'a> {
    let before = &sentence.tokens[..name.tokens.start];
    let makes = before.iter().rev().take(6).any(|token| {
        token.is_any(&["maker", "developer", "creator", "owner", "behind", "operator"])
    });
    if makes && name.kind == NameKind::Product { Before::Name(name) } else { Before::Nothing }
}

/// The company that a subject means, if it is one.
pub(super) fn company<'a>(before: Before<'_, 'a>) -> Option<Subject<'a>> {
    match before {
        Before::Name(name) => match name.kind {
            NameKind::Company | NameKind::Product | NameKind::Unknown => {
                Some(Subject::Named(company_name(name)))
            }
            NameKind::Investor | NameKind::Outlet | NameKind::Person | NameKind::Place => None,
        },
        Before::Phrase(phrase) => Some(Subject::Main(phrase)),
        Before::Nothing => None,
    }
}

/// The company into which money goes: what follows the word "in", "into" or "for" at token `at`.
pub(super) fn target<'a>(sentence: &Sentence<'a>, at: usize) -> Option<Subject<'a>> {
    let tokens = &sentence.tokens;
    let mut next = at + 1;
    let end = tokens.len().min(at + 10);
    while next < end {
        if let Some(name) = sentence.name_at(next) {
            if name.is_possessive || name.is_modifier {
                next = name.tokens.end;
                continue;
            }
            return named_target(sentence, name, at);
        }
        let token = tokens[next];
        if token.is_any(&["it", "them"]) {
            return Some(Subject::Main(token.text));
        }
        let is_word = token.kind == Kind::Word || token.is_hyphen();
        if !is_word || token.is_any(&["that", "which", "to", "in", "and", "from", "with", "for"]) {
            return None;
        }
        if token.is_any(COMPANY_NOUNS) && sentence.name_at(next + 1).is_none() {
            let is_one = tokens[at + 1].is_any(&["the", "an", "a", "its", "his"]);
            return is_one.then_some(Subject::Main(token.text));
        }
        next += 1;
    }
    None
}

fn named_target<'a>(sentence: &Sentence<'a>, name: &Name<'a>, at: usize) -> Option<Subject<'a>> {
    let tokens = &sentence.tokens;
    if !name.may_be_company() {
        return None;
    }
    let is_known = name.kind == NameKind::Company;
    if tokens[at + 1].is("the") && name.tokens.start == at + 2 && !is_known {
        return None;
    }
    let goes_on = tokens.get(name.tokens.end).is_some_and(|next| {
        next.text.starts_with(char::is_lowercase)
            && !next.is_any(&[
                "this",
                "last",
                "at",
                "as",
                "in",
                "on",
                "and",
                "to",
                "with",
                "by",
                "for",
                "after",
                "which",
                "that",
                "who",
                "while",
                "amid",
                "through",
                "over",
                "but",
                "is",
                "was",
                "has",
                "would",
                "via",
                "of",
                "from",
                "valuing",
                "earlier",
                "early",
                "late",
                "since",
                "led",
                "according",
                "reportedly",
                "alongside",
                "before",
                "when",
                "just",
            ])
    });
    (!goes_on).then(|| Subject::Named(company_name(name)))
}
