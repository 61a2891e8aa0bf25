//! Names that are known beforehand, and words that are no names though they begin with a capital.
//!
//! The lists are authored, and short: a name that is in none of them is found by its letters, so that
//! the lists only settle what letters leave open, and which names mean one company.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::token::{Token, tokens};

/// A name a line, ` | ` between the ways in which it is written; the first is the usual one.
const COMPANIES: &str = include_str!("gazetteer/companies.txt");
/// A product a line, ` = ` before the company that makes it.
const PRODUCTS: &str = include_str!("gazetteer/products.txt");
const INVESTORS: &str = include_str!("gazetteer/investors.txt");
const OUTLETS: &str = include_str!("gazetteer/outlets.txt");
const PEOPLE: &str = include_str!("gazetteer/people.txt");
/// Places, several a line; each is a name of its own.
const PLACES: &str = include_str!("gazetteer/places.txt");
const GIVEN_NAMES: &str = include_str!("gazetteer/given_names.txt");
const WORDS: &str = include_str!("gazetteer/words.txt");

static STANDARD: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::without(|_| false));

/// What a name names, as far as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameKind {
    Company,
    /// What a company makes; the text may mean the company.
    Product,
    Investor,
    /// A newspaper, a site, or a seller of data.
    Outlet,
    Person,
    Place,
    /// Most likely an organisation.
    Unknown,
}

/// What is known of a name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) kind: NameKind,
    /// The usual name of what it names; of a product, its company.
    pub(crate) usual: &'static str,
}

/// Known names and words.
#[derive(Debug)]
pub struct Gazetteer {
    /// By the first token of a name, the longest first.
    names: BTreeMap<&'static str, Vec<(Vec<&'static str>, Entry)>>,
    given_names: BTreeSet<&'static str>,
    words: BTreeSet<&'static str>,
}

impl Gazetteer {
    /// All that is known.
    pub fn standard() -> &'static Self {
        &STANDARD
    }

    /// What is known, but for the companies of which `is_held_out` holds by their usual name: for
    /// finding out how texts of unknown companies are read.
    pub fn without(is_held_out: impl Fn(&str) -> bool) -> Self {
        let mut gazetteer = Self {
            names: BTreeMap::new(),
            given_names: GIVEN_NAMES.split_whitespace().collect(),
            words: WORDS.split_whitespace().collect(),
        };
        let lists = [
            (COMPANIES, NameKind::Company),
            (INVESTORS, NameKind::Investor),
            (OUTLETS, NameKind::Outlet),
            (PEOPLE, NameKind::Person),
        ];
        for (list, kind) in lists {
            for line in list.lines() {
                let written = line.split(" | ");
                let usual = written.clone().next().unwrap_or(line);
                if kind == NameKind::Company && is_held_out(usual) {
                    continue;
                }
                written.for_each(|name| gazetteer.add(name, Entry { kind, usual }));
            }
        }
        for (name, usual) in PRODUCTS.lines().filter_map(|line| line.split_once(" = ")) {
            if !is_held_out(usual) {
                gazetteer.add(name, Entry { kind: NameKind::Product, usual });
            }
        }
        for usual in PLACES.lines().flat_map(|line| line.split(" | ")) {
            gazetteer.add(usual, Entry { kind: NameKind::Place, usual });
        }
        gazetteer.names.values_mut().for_each(|names| {
            names.sort_by_key(|(parts, _)| std::cmp::Reverse(parts.len()));
        });
        gazetteer
    }

    fn add(&mut self, name: &'static str, entry: Entry) {
        let parts: Vec<_> = tokens(name, 0..name.len()).iter().map(|token| token.text).collect();
        if let Some(first) = parts.first() {
            self.names.entry(first).or_default().push((parts, entry));
        }
    }

    /// The longest known name that begins at token `at`, and where it ends.
    pub(crate) fn longest(&self, tokens: &[Token<'_>], at: usize) -> Option<(usize, Entry)> {
        let names = self.names.get(without_possessive(tokens.get(at)?.text))?;
        names.iter().find_map(|(parts, entry)| {
            let end = at + parts.len();
            let stand = tokens.get(at..end)?;
            let (last, before) = parts.split_last()?;
            let matches = before.iter().zip(stand).all(|(part, token)| token.text == *part)
                && without_possessive(stand[before.len()].text) == *last;
            matches.then_some((end, *entry))
        })
    }

    /// What is known of a name written like this.
    pub(crate) fn entry(&self, name: &str) -> Option<Entry> {
        let tokens = tokens(name, 0..name.len());
        self.longest(&tokens, 0).filter(|(end, _)| *end == tokens.len()).map(|(_, entry)| entry)
    }

    /// Whether it is a common given name.
    pub(crate) fn is_given_name(&self, word: &str) -> bool {
        self.given_names.contains(word)
    }

    /// Whether it is a common word, capitals aside.
    pub(crate) fn is_word(&self, word: &str) -> bool {
        if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return self.words.contains(word.to_ascii_lowercase().as_str());
        }
        self.words.contains(word)
    }
}

/// The word without a final `’s`.
pub(crate) fn without_possessive(word: &str) -> &str {
    word.strip_suffix("’s").or_else(|| word.strip_suffix("'s")).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn longest(gazetteer: &Gazetteer, text: &str) -> Option<(usize, &'static str)> {
        gazetteer.longest(&tokens(text, 0..text.len()), 0).map(|(end, entry)| (end, entry.usual))
    }

    #[test]
    fn the_longest_name_wins_and_a_possessive_is_no_part_of_it() {
        let gazetteer = Gazetteer::standard();
        assert_eq!(longest(gazetteer, "Benchmark Capital led"), Some((2, "Benchmark Capital")));
        assert_eq!(longest(gazetteer, "Scale AI’s CEO"), Some((2, "Scale AI")));
        assert_eq!(longest(gazetteer, "Weights & Biases"), Some((3, "Weights & Biases")));
        assert_eq!(longest(gazetteer, "scale AI"), None);
    }

    #[test]
    fn a_company_held_out_is_unknown_by_all_its_names_and_products() {
        let gazetteer = Gazetteer::without(|usual| usual == "Anysphere");
        assert!(gazetteer.entry("Anysphere").is_none());
        assert!(gazetteer.entry("Cursor").is_none());
        assert!(gazetteer.entry("OpenAI").is_some());
    }

    #[test]
    fn every_product_is_of_a_company_in_the_list_or_of_one_too_small_for_it() {
        let unlisted: Vec<_> = PRODUCTS
            .lines()
            .filter_map(|line| line.split_once(" = "))
            .filter(|(_, company)| Gazetteer::standard().entry(company).is_none())
            .map(|(product, _)| product)
            .collect();
        assert_eq!(unlisted, ["Chatbot Arena"]);
    }
}
