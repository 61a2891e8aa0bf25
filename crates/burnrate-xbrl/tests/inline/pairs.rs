//! Inline XBRL documents against the instances that EDGAR itself made of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use burnrate_xbrl::markup::{Token, Tokens, unescape};
use burnrate_xbrl::{
    DocumentText, Fact, Reading, Value, full_submission, inline_facts, instance_facts,
};

use crate::{captures, key, recorded};

/// A number with its precision, and `nil` with what it states of it.
fn number(fact: &Fact<'_>) -> Option<String> {
    fact.unit.as_ref()?;
    let decimals = fact.decimals.map_or_else(String::new, |decimals| decimals.to_string());
    match fact.value {
        Value::Number(value, _) => Some(format!("{value} {decimals}")),
        Value::Nil => Some(format!("nil {decimals}")),
        Value::Text(_) => panic!("{} has a unit and a text", fact.concept),
    }
}

/// Each fact's values, sorted: a fact may be tagged several times.
fn grouped(
    reading: &Reading<'_>,
    value: impl Fn(&Fact<'_>) -> Option<String>,
) -> BTreeMap<String, Vec<String>> {
    let mut facts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for fact in &reading.facts {
        if let Some(value) = value(fact) {
            facts.entry(key(fact)).or_default().push(value);
        }
    }
    for values in facts.values_mut() {
        values.sort_unstable();
    }
    facts
}

/// What the one has and the other has not, or has otherwise.
fn difference(
    ours: &BTreeMap<String, Vec<String>>,
    theirs: &BTreeMap<String, Vec<String>>,
) -> String {
    let mut lines = String::new();
    for (key, values) in ours {
        if theirs.get(key) != Some(values) {
            let found = theirs.get(key);
            writeln!(lines, "{key}: {values:?} against {found:?}").unwrap();
        }
    }
    for key in theirs.keys().filter(|key| !ours.contains_key(*key)) {
        writeln!(lines, "{key}: only in the instance").unwrap();
    }
    lines
}

fn count(facts: &BTreeMap<String, Vec<String>>) -> usize {
    facts.values().map(Vec::len).sum()
}

/// The text of a fact, without tags and spaces: EDGAR writes text blocks with absolute links, its own
/// quotes and indentation.
fn text(fact: &Fact<'_>) -> Option<String> {
    let content = match &fact.value {
        Value::Nil if fact.unit.is_none() => return Some("nil".to_owned()),
        Value::Nil | Value::Number(..) => return None,
        Value::Text(content) => content.text(),
    };
    let mut visible = String::new();
    for (_, token) in Tokens::new(&content) {
        if let Token::Text(raw) = token {
            visible.extend(unescape(raw).split_whitespace());
        }
    }
    Some(visible)
}

/// The same facts both ways, so many numbers and texts: value, precision, context, dimensions and
/// unit; nil ones included.
fn check(htm: &[u8], xml: &[u8], numbers: usize, texts: usize) {
    let set = [DocumentText::decode(htm).unwrap()];
    let xml = DocumentText::decode(xml).unwrap();
    let (inline, instance) = (inline_facts(&set).unwrap(), instance_facts(&xml).unwrap());
    assert_eq!((inline.problems.as_slice(), instance.problems.as_slice()), (&[][..], &[][..]));
    let (ours, theirs) = (grouped(&inline, number), grouped(&instance, number));
    assert_eq!(difference(&ours, &theirs), "");
    assert_eq!((count(&ours), count(&theirs)), (numbers, numbers));
    let (ours, theirs) = (grouped(&inline, text), grouped(&instance, text));
    assert_eq!(difference(&ours, &theirs), "");
    assert_eq!((count(&ours), count(&theirs)), (texts, texts));
}

/// Counts are those of `<ix:nonFraction` and `<ix:nonNumeric` in the documents.
#[test]
fn every_fact_of_a_report_is_the_one_that_edgar_extracted() {
    if captures().is_none() {
        return;
    }
    for (name, numbers, texts) in [
        ("aapl-20250329", 674, 86),
        ("aapl-20230701", 736, 99),
        ("goog-20231231", 1415, 173),
        ("aeon-20230930x10q", 1002, 130),
    ] {
        let read = |end: &str| recorded(&format!("ixbrl/pairs/{name}{end}")).unwrap();
        check(&read(".htm"), &read("_htm.xml"), numbers, texts);
    }
}

/// Cover pages of current reports, and the fee table of an offering.
#[test]
fn pairs_within_full_submissions_agree_too() {
    if captures().is_none() {
        return;
    }
    for (name, document, numbers, texts) in [
        ("aapl-8k-20191115", "d828969d8k", 0, 46),
        ("blk-8k-0001193125-23-048785", "d435686d8k", 0, 25),
        ("mmm-8k-0000066740-24-000023", "mmm-20240308", 0, 34),
        ("nee-424b5-0001193125-25-338333", "d85786dexfilingfees", 10, 17),
        ("nvda-8k-0001045810-26-000024", "nvda-20260302", 0, 22),
    ] {
        let body = recorded(&format!("full-submissions/{name}.txt")).unwrap();
        let submission = full_submission(&body, &mut Vec::new()).unwrap();
        let content = |file: String| {
            let found = submission.documents.iter().find(|d| d.file_name == Some(&file)).unwrap();
            &body[found.span.clone()]
        };
        let (htm, xml) = (format!("{document}.htm"), format!("{document}_htm.xml"));
        check(content(htm), content(xml), numbers, texts);
    }
}
