//! Who invested: the lists before 领投 and 跟投, and after 投资方包括.

use super::rounds::{amount_of, evidence};
use super::words::{Token, Word};
use super::{clauses, names};
use crate::news::draft::add_names;

/// Words that end the list before them.
const ENDS: &[Word] = &[Word::Lead, Word::Follow, Word::Adviser, Word::Done, Word::Investors];

/// Those who lead, and all who invest, by one sentence.
pub(super) fn read(text: &str, tokens: &[Token]) -> (Vec<String>, Vec<String>) {
    let (mut lead, mut all) = (Vec::new(), Vec::new());
    let mut start = 0;
    let mut is_earlier = false;
    for (at, token) in tokens.iter().enumerate() {
        is_earlier |= token.word == Word::Earlier;
        if !ENDS.contains(&token.word) {
            continue;
        }
        // "获甲10亿元领投": what it gives is no part of its name.
        let last = at.checked_sub(1).map(|last| &tokens[last]);
        let end = last
            .filter(|last| token.word == Word::Lead && amount_of(last).is_some())
            .map_or(&token.span, |last| &last.span);
        let before = tokens
            .get(start)
            .and_then(|first| text.get(first.span.start..end.start))
            .unwrap_or_default();
        if token.word == Word::Lead || token.word == Word::Follow {
            let found = names::investors(before);
            add_names(&mut all, &found);
            if token.word == Word::Lead {
                add_names(&mut lead, &found);
            }
        } else if token.word == Word::Done {
            add_names(&mut all, &origin(before));
            add_names(&mut all, &backers(text, &tokens[at..]));
        } else if token.word == Word::Investors && !is_earlier {
            add_names(&mut all, &listed(text, &tokens[at + 1..]));
        }
        start = at + 1;
    }
    add_names(&mut all, &by(text, &tokens[start..]));
    (lead, all)
}

/// "由A、B投资", "A、B等老股东…": lists that end in no verb of their own.
fn by(text: &str, rest: &[Token]) -> Vec<String> {
    let clause = clauses(rest).map(evidence).map(|span| text[span].trim_end());
    let list = clause.filter_map(|clause| {
        let of_verb = clause.strip_suffix("投资").and_then(|list| list.split_once('由'));
        let holders = ["等老股东", "等新股东", "等股东"];
        let of_holders = holders.iter().find_map(|end| clause.strip_suffix(end));
        of_verb.map(|(_, list)| list).or(of_holders)
    });
    list.flat_map(names::items).collect()
}

/// "从A和B处" before 获得.
fn origin(before: &str) -> Vec<String> {
    let Some((_, list)) = before.rsplit_once('从') else { return Vec::new() };
    list.trim_end().strip_suffix('处').map(names::items).unwrap_or_default()
}

/// "获A、B超亿元融资": names between the verb and the money.
fn backers(text: &str, tokens: &[Token]) -> Vec<String> {
    let mut rest = tokens.iter().filter(|token| token.word != Word::Filler);
    let (Some(verb), Some(names), Some(money)) = (rest.next(), rest.next(), rest.next()) else {
        return Vec::new();
    };
    let is_list = text[verb.span.clone()].contains('获')
        && names.word == Word::Text
        && amount_of(money).is_some();
    let list = text[names.span.clone()].trim_end_matches("投资");
    if is_list { names::items(list) } else { Vec::new() }
}

/// The list after 投资方包括, up to the clause that holds no name.
fn listed(text: &str, rest: &[Token]) -> Vec<String> {
    let mut found = Vec::new();
    for clause in clauses(rest) {
        let is_list = clause.iter().all(|token| {
            matches!(token.word, Word::Text | Word::Filler | Word::Open | Word::Close)
        });
        if !is_list {
            break;
        }
        let names = names::items(&text[evidence(clause)]);
        if names.is_empty() {
            break;
        }
        found.extend(names);
    }
    found
}
