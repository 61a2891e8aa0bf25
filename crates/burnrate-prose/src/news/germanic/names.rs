//! Names of companies in German and Dutch.

use std::ops::Range;

use super::Lexicon;
use super::words::{Word, find};
use crate::news::gazetteer::{Gazetteer, NameKind};

/// Finds names.
pub(super) struct Names<'a> {
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) lexicon: &'a Lexicon,
}

/// A known company.
pub(super) struct Name {
    pub(super) text: String,
    pub(super) words: Range<usize>,
}

/// No name has more words.
const LONGEST: usize = 4;

impl Names<'_> {
    /// The known companies of a sentence, in order; of a product, its company.
    pub(super) fn companies(&self, words: &[Word<'_>]) -> Vec<Name> {
        let mut names = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let Some((end, kind, usual)) = self.known(words, at) else {
                at += 1;
                continue;
            };
            let text = match kind {
                NameKind::Company => Some(written(words, at..end)),
                NameKind::Product => Some(usual.to_owned()),
                NameKind::Investor
                | NameKind::Outlet
                | NameKind::Person
                | NameKind::Place
                | NameKind::Unknown => None,
            };
            names.extend(text.map(|text| Name { text, words: at..end }));
            at = end;
        }
        names
    }

    /// The known name that begins at word `at`: the longest, or the first part of "Claude-Entwickler".
    fn known(&self, words: &[Word<'_>], at: usize) -> Option<(usize, NameKind, &'static str)> {
        let longest = (at + LONGEST).min(words.len());
        for end in (at + 1..=longest).rev() {
            if let Some(entry) = self.gazetteer.entry(&written(words, at..end)) {
                return Some((end, entry.kind, entry.usual));
            }
        }
        let (first, rest) = words[at].text.split_once('-')?;
        let is_maker = self.is_descriptor(&rest.to_lowercase());
        let entry = self.gazetteer.entry(first).filter(|_| is_maker)?;
        Some((at + 1, entry.kind, entry.usual))
    }

    /// Whether a word is a known name or the maker of one.
    pub(super) fn is_known(&self, word: &Word<'_>) -> bool {
        self.known(std::slice::from_ref(word), 0).is_some()
    }

    /// Whether a word only says when.
    pub(super) fn is_date(&self, word: &Word<'_>) -> bool {
        self.lexicon.months.contains(&&*word.low)
            || self.lexicon.quarters.contains(&&*word.low)
            || word.low == self.lexicon.quarter
            || word.low == self.lexicon.end
            || word.low.len() == 4 && word.low.starts_with("20")
    }

    fn is_descriptor(&self, low: &str) -> bool {
        self.lexicon.descriptors.iter().any(|end| low.ends_with(end))
    }

    fn is_capital(&self, word: &Word<'_>) -> bool {
        let starts = word.text.starts_with(char::is_uppercase)
            || word.text.chars().skip(1).any(char::is_uppercase);
        starts && !self.lexicon.no_names.contains(&&*word.low)
    }

    /// The unknown company that begins a sentence: capitals up to a verb or a comma.
    pub(super) fn subject(&self, words: &[Word<'_>]) -> Option<String> {
        let is_verb = |word: &Word<'_>| self.lexicon.verbs.contains(&&*word.low);
        let marks = words.iter().take_while(|word| !word.text.starts_with(char::is_alphanumeric));
        let words = &words[marks.count()..];
        let is_apposition = |at: usize| {
            let next = words.get(at + 1);
            words[at].text == ","
                && next.is_some_and(|word| self.lexicon.articles.contains(&&*word.low))
        };
        let mut ends =
            (0..words.len().min(8)).filter(|at| is_verb(&words[*at]) || is_apposition(*at));
        let verb = ends.next()?;
        let is_article = |word: &Word<'_>| self.lexicon.articles.contains(&&*word.low);
        let descriptor = words[..verb].iter().rposition(|word| self.is_descriptor(&word.low));
        let start = descriptor.map_or(0, |at| at + 1);
        let name = &words[start..verb];
        let is_name = !name.is_empty()
            && name.len() <= LONGEST
            && name.iter().all(|word| self.is_capital(word))
            && !name.iter().any(is_article)
            && self.gazetteer.entry(&written(words, start..verb)).is_none();
        is_name.then(|| written(words, start..verb))
    }

    /// The company at word `at`: known, or after a word such as "Startup".
    pub(super) fn after_article(&self, words: &[Word<'_>], at: usize) -> Option<String> {
        let is_article = |word: &Word<'_>| self.lexicon.articles.contains(&&*word.low);
        let mut at = at;
        let mut is_described = false;
        while let Some(word) = words.get(at) {
            let is_described_here = self.is_descriptor(&word.low);
            if !is_described_here && !is_article(word) {
                break;
            }
            is_described |= is_described_here;
            at += 1;
        }
        let known = self.companies(words.get(at..)?).into_iter().next();
        if let Some(name) = known.filter(|name| name.words.start == 0) {
            return Some(name.text);
        }
        let length =
            words[at..].iter().take(LONGEST).take_while(|word| self.is_capital(word)).count();
        (is_described && length > 0).then(|| written(words, at..at + length))
    }

    /// The names of a list that begins at word `at`.
    pub(super) fn list(&self, words: &[Word<'_>], at: usize) -> Vec<String> {
        let mut names = Vec::new();
        let mut at = at;
        while names.len() < 16 {
            let length = words[at.min(words.len())..]
                .iter()
                .take(LONGEST)
                .take_while(|word| self.is_capital(word))
                .count();
            if length == 0 {
                break;
            }
            names.push(written(words, at..at + length));
            at += length;
            let joins = |word: &Word<'_>| matches!(&*word.low, "," | "und" | "en" | "sowie");
            if !words.get(at).is_some_and(joins) {
                break;
            }
            at += 1;
        }
        names
    }

    /// The newspaper or agency whose word a sentence has: "laut Reuters", "WSJ: ".
    pub(super) fn outlet(&self, words: &[Word<'_>]) -> Option<String> {
        let told = [
            "laut",
            "volgens",
            "meldet",
            "meldt",
            "berichtet",
            "berichtete",
            "schreibt",
            "schrijft",
        ];
        let is_told = told.iter().any(|word| find(words, word, 0).is_some());
        let begins = words.iter().take(LONGEST + 1).any(|word| word.text == ":");
        let outlet = (0..words.len()).find_map(|at| {
            let (end, kind, _) = self.known(words, at)?;
            (kind == NameKind::Outlet).then(|| written(words, at..end))
        });
        outlet.filter(|_| is_told || begins)
    }
}

/// Words as one name, with single spaces.
fn written(words: &[Word<'_>], range: Range<usize>) -> String {
    let parts: Vec<_> = words[range].iter().map(|word| word.text).collect();
    parts.join(" ")
}
