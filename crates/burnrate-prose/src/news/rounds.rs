//! Rounds of financing in English.
//!
//! Each amount of money in a sentence is first told apart by the words next to it: a valuation, a total,
//! or money that may have been raised. Money is raised where a verb or a noun says so, and by whom its
//! clause says. What several sentences tell of one round is then put together.

use std::ops::Range;

use super::english::{Document, Sentence};
use super::names::Name;
use super::{Amount, Round, RoundKind, RoundStatus, ValuationBasis};

mod investors;
mod kind;
mod merge;
mod money;
mod scan;
mod status;
mod subject;
mod words;

/// Who raises, as a sentence says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subject<'a> {
    /// A name; of a product, the company that makes it.
    Named(&'a str),
    /// A phrase for the company that the text is about: "it", "the startup".
    Main(&'a str),
}

/// The rule for a headline that tells of a round and not of its amount.
const UNDISCLOSED: &str = "undisclosed_round";

/// What one sentence tells of one round.
#[derive(Debug, Clone)]
struct Mention<'a> {
    /// Which sentence.
    sentence: usize,
    is_headline: bool,
    subject: Subject<'a>,
    /// Other names that the sentence gives the company.
    aliases: Vec<&'a str>,
    kind: RoundKind,
    modifier: Option<String>,
    amount: Option<Amount>,
    amount_alternatives: Vec<Amount>,
    valuation: Option<Amount>,
    valuation_alternatives: Vec<Amount>,
    basis: Option<ValuationBasis>,
    status: RoundStatus,
    leads: Vec<&'a str>,
    investors: Vec<&'a str>,
    date: Option<String>,
    /// Whether it is one of a round by itself, and not only where another sentence tells of one.
    is_sure: bool,
    /// Whether it is told as something before the story.
    is_earlier: bool,
    attributed_to: Option<String>,
    evidence: Range<usize>,
    rules: Vec<&'static str>,
}

/// The rounds that a text tells of, in order of their evidence.
pub(crate) fn read(document: &Document<'_>) -> Vec<Round> {
    let mut mentions = Vec::new();
    let is_offering = document.sentences.iter().any(scan::is_about_offering);
    for (index, sentence) in document.sentences.iter().enumerate() {
        if scan::is_of_interest(sentence) {
            mentions.extend(scan::mentions(document, index, is_offering));
        }
    }
    merge::rounds(document, mentions)
}

/// The name by which the company of a name is called.
fn company_name<'a>(name: &Name<'a>) -> &'a str {
    use super::gazetteer::NameKind;
    match (name.kind, name.usual) {
        (NameKind::Product, Some(company)) => company,
        _ => without_legal_form(name.text),
    }
}

/// The name of a company without "Inc." and the like.
fn without_legal_form(name: &str) -> &str {
    const FORMS: &[&str] = &[
        " Inc.", " Inc", " Ltd.", " Ltd", " LLC", " AG", " GmbH", " PLC", " plc", " S.A.", " B.V.",
    ];
    FORMS.iter().find_map(|form| name.strip_suffix(form)).unwrap_or(name)
}

/// The first name of a sentence that may be a company that raises money, but for owners and adjectives.
fn first_company<'s, 'a>(sentence: &'s Sentence<'a>) -> Option<&'s Name<'a>> {
    sentence.names.iter().find(|name| name.may_be_company() && !name.is_possessive)
}

#[cfg(test)]
mod tests;
