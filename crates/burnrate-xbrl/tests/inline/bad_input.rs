//! Documents that are damaged, hostile or huge: a clear reason, nothing else lost, and no hang.

use std::time::{Duration, Instant};

use burnrate_xbrl::{DocumentText, Reading, Value, inline_facts, instance_facts};

use crate::recorded;

const HEAD: &str = r#"<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xmlns:us-gaap="http://fasb.org/us-gaap/2024" xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12"><body><ix:header><ix:resources><xbrli:context id="c1"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0001045810</xbrli:identifier></xbrli:entity><xbrli:period><xbrli:instant>2025-01-26</xbrli:instant></xbrli:period></xbrli:context><xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit></ix:resources></ix:header>"#;

/// NVIDIA's total assets at the end of its fiscal year 2025, in millions.
const FACT: &str = r#"<ix:nonFraction name="us-gaap:Assets" contextRef="c1" unitRef="usd" decimals="-6" scale="6" format="ixt:num-dot-decimal">111,601</ix:nonFraction>"#;

const TAIL: &str = "</body></html>";

/// How many facts, and the reasons of the problems.
fn outcome<'r>(reading: &'r Reading<'_>) -> (usize, Vec<&'r str>) {
    let reasons = reading.problems.iter().map(|problem| problem.reason.as_str()).collect();
    (reading.facts.len(), reasons)
}

/// Reads a document that has `body`; so many facts are left, with these reasons for the others.
fn check(body: &str, facts: usize, reasons: &[&str]) {
    let document = format!("{HEAD}{body}{TAIL}");
    let set = [DocumentText::decode(document.as_bytes()).unwrap()];
    let reading = inline_facts(&set).unwrap();
    let (found, found_reasons) = outcome(&reading);
    assert_eq!(found, facts, "{found_reasons:?}");
    assert_eq!(found_reasons.len(), reasons.len(), "{found_reasons:?}");
    for (found, expected) in found_reasons.iter().zip(reasons) {
        assert!(found.contains(expected), "{found:?} does not have {expected:?}");
    }
}

#[test]
fn the_sound_document_is_read() {
    check(FACT, 1, &[]);
}

#[test]
fn one_bad_fact_is_a_problem_and_the_others_are_read() {
    let bad = |from: &str, to: &str, reason: &str| {
        let changed = FACT.replace(from, to);
        assert_ne!(changed, FACT);
        check(&format!("{FACT}{changed}{FACT}"), 2, &[reason]);
    };
    bad("contextRef=\"c1\"", "contextRef=\"c2\"", "context `c2` is not defined");
    bad("unitRef=\"usd\"", "unitRef=\"eur\"", "unit `eur` is not defined");
    bad("unitRef=\"usd\"", "", "unit");
    bad("contextRef=\"c1\"", "", "context");
    bad("ixt:num-dot-decimal", "ixt:num-dot-decimals", "num-dot-decimals");
    bad("ixt:num-dot-decimal", "ixx:num-dot-decimal", "ixx:num-dot-decimal");
    bad("111,601", "(111,601)", "(111,601)");
    bad("111,601", "111,601 million", "111,601 million");
    bad("111,601", "", "``");
    bad("decimals=\"-6\"", "decimals=\"six\"", "six");
    bad("scale=\"6\"", "scale=\"six\"", "six");
    bad("scale=\"6\"", "scale=\"40\"", "more than 26 digits");
    bad("scale=\"6\"", "scale=\"6\" sign=\"+\"", "+");
    bad("name=\"us-gaap:Assets\"", "name=\"gaap:Assets\"", "gaap:Assets");
    bad("name=\"us-gaap:Assets\"", "name=\"Assets\"", "Assets");
}

#[test]
fn a_bad_context_is_a_problem_of_its_own_and_of_its_facts() {
    let context = r#"<xbrli:context id="c9"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0001045810</xbrli:identifier></xbrli:entity><xbrli:period><xbrli:instant>2025-02-30</xbrli:instant></xbrli:period></xbrli:context>"#;
    let fact = FACT.replace("\"c1\"", "\"c9\"");
    check(&format!("{context}{FACT}{fact}"), 1, &["2025-02-30", "2025-02-30"]);
}

#[test]
fn a_namespace_that_is_none_is_refused() {
    for wrong in ["http://www.xbrl.org/2031/inlineXBRL", "http://example.com/ix"] {
        let document =
            format!("{HEAD}{FACT}{TAIL}").replace("http://www.xbrl.org/2013/inlineXBRL", wrong);
        let set = [DocumentText::decode(document.as_bytes()).unwrap()];
        let error = inline_facts(&set).unwrap_err();
        assert!(error.found.contains(wrong), "{error}");
        assert!(error.expected.contains("http://www.xbrl.org/2013/inlineXBRL"), "{error}");
    }
    let unbound = format!("<html><body>{FACT}</body></html>");
    let set = [DocumentText::decode(unbound.as_bytes()).unwrap()];
    assert!(inline_facts(&set).is_err());
}

#[test]
fn an_internal_subset_is_refused_whatever_it_declares() {
    let bomb =
        r#"<!DOCTYPE html [<!ENTITY a "1000000000"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>"#;
    for document in [format!("{bomb}{HEAD}{FACT}{TAIL}"), format!("{bomb}<xbrl>&b;</xbrl>")] {
        let text = DocumentText::decode(document.as_bytes()).unwrap();
        let error = instance_facts(&text).unwrap_err();
        assert!(error.found.contains("internal subset"), "{error}");
        let error = inline_facts(std::slice::from_ref(&text)).unwrap_err();
        assert!(error.found.contains("internal subset"), "{error}");
    }
}

#[test]
fn an_entity_that_is_not_known_makes_no_number() {
    check(&FACT.replace("111,601", "&b;"), 0, &["&b;"]);
}

/// A document cut off at many places: the facts before the cut are those of the whole, and the cut is
/// said.
#[test]
fn a_truncated_document_keeps_the_facts_before_the_cut() {
    let Some(body) = recorded("ixbrl/nvda-20250727.htm") else { return };
    let whole = [DocumentText::decode(&body).unwrap()];
    let whole = inline_facts(&whole).unwrap();
    // The header stands first, so that contexts and units are there from then on.
    let first = whole.facts.iter().find(|fact| !fact.is_hidden).unwrap().span.start;
    for cut in (first..body.len() - 20).step_by(body.len() / 41) {
        let set = [DocumentText::decode(&body[..cut]).unwrap()];
        let reading = inline_facts(&set).unwrap();
        let before = whole.facts.iter().filter(|fact| fact.span.end <= cut);
        let continued = |fact: &&burnrate_xbrl::Fact<'_>| {
            reading
                .problems
                .iter()
                .any(|problem| problem.span == fact.span && problem.reason.contains("continuation"))
        };
        let kept: Vec<_> = before.filter(|fact| !continued(fact)).map(|fact| &fact.span).collect();
        let found: Vec<_> = reading.facts.iter().map(|fact| &fact.span).collect();
        assert_eq!(found, kept, "cut at {cut}");
        assert!(!reading.problems.is_empty(), "cut at {cut}");
    }
}

/// Latin-1 bytes in a document that says it is UTF-8: the fact that holds them is lost, no other.
#[test]
fn bytes_that_are_not_utf_8_take_only_their_own_fact() {
    let mut document = format!("{HEAD}{FACT}{FACT}<p>caf").into_bytes();
    document.push(0xe9);
    document.extend(format!("</p>{}", FACT.replace("111,601", "111")).bytes());
    let last = document.len() - "111</ix:nonFraction>".len();
    document.extend(TAIL.bytes());
    let set = [DocumentText::decode(&document).unwrap()];
    let reading = inline_facts(&set).unwrap();
    let (facts, reasons) = outcome(&reading);
    assert_eq!(facts, 3);
    assert!(reasons.len() == 1 && reasons[0].contains("stand for no character"), "{reasons:?}");
    document[last] = 0xff;
    let set = [DocumentText::decode(&document).unwrap()];
    let reading = inline_facts(&set).unwrap();
    assert_eq!(reading.facts.len(), 2);
    assert!(outcome(&reading).1.contains(&"bytes of the fact stand for no character"));
    assert_eq!(&document[reading.facts[1].span.clone()], FACT.as_bytes());
}

/// The same document in windows-1252, with characters of one byte before the fact.
#[test]
fn byte_ranges_are_those_of_the_document_in_its_own_encoding() {
    let mut document = b"<?xml version='1.0' encoding='windows-1252'?>".to_vec();
    document.extend(HEAD.bytes());
    document.extend(b"<p>\x93caf\xe9\x94 \x97</p>");
    document.extend(format!("{FACT}{TAIL}").bytes());
    let set = [DocumentText::decode(&document).unwrap()];
    let reading = inline_facts(&set).unwrap();
    assert_eq!(outcome(&reading), (1, vec![]));
    assert_eq!(&document[reading.facts[0].span.clone()], FACT.as_bytes());
}

#[test]
fn elements_nested_beyond_reason_are_given_up_with_a_reason() {
    let nested = format!(
        "{FACT}{}{FACT}",
        r#"<ix:nonNumeric name="us-gaap:Assets" contextRef="c1">"#.repeat(100_000)
    );
    let document = format!("{HEAD}{nested}{TAIL}");
    let set = [DocumentText::decode(document.as_bytes()).unwrap()];
    let reading = inline_facts(&set).unwrap();
    assert_eq!(reading.facts.len(), 1);
    assert!(outcome(&reading).1.iter().any(|reason| reason.contains("within each other")));
    // Elements of the page itself may nest as they like.
    let depth = 100_000;
    check(&format!("{}{FACT}{}", "<div>".repeat(depth), "</div>".repeat(depth)), 1, &[]);
}

/// Two hundred million bytes in one line, as text, in one attribute, and in one comment.
#[test]
fn two_hundred_megabytes_in_one_line_take_seconds() {
    const SIZE: usize = 200_000_000;
    for (open, filler, close) in
        [("<p>", "x ", "</p>"), ("<p title='", "> ", "'/>"), ("<!--", "- ", "-->")]
    {
        let filler = filler.repeat(SIZE / filler.len());
        let document = format!("{HEAD}{FACT}{open}{filler}{close}{FACT}{TAIL}");
        drop(filler);
        let begun = Instant::now();
        let set = [DocumentText::decode(document.as_bytes()).unwrap()];
        let reading = inline_facts(&set).unwrap();
        assert_eq!(outcome(&reading), (2, vec![]), "{open}");
        let taken = begun.elapsed();
        assert!(taken < Duration::from_mins(1), "{open}: {taken:?}");
    }
}

/// Inputs that make a careless reader look back over what it has read, again and again.
#[test]
fn time_grows_with_the_document_and_not_with_its_square() {
    let repeated = |part: &str, count: usize| format!("{HEAD}{}{TAIL}", part.repeat(count));
    for part in [
        "<a b='",
        "<!--",
        "<![CDATA[",
        "<",
        "&",
        "</ix:nonFraction>",
        "<ix:nonFraction name='us-gaap:Assets' contextRef='c1' unitRef='usd'>1",
        "<ix:continuation id='a' continuedAt='a'>x</ix:continuation>",
        "<ix:nonNumeric name='us-gaap:Assets' contextRef='c1' continuedAt='a'>x</ix:nonNumeric>",
        "<ix:exclude><div xmlns:a='b'>",
        "<p xmlns:x='y'>",
        FACT,
    ] {
        let document = repeated(part, 4_000_000 / part.len());
        let begun = Instant::now();
        let set = [DocumentText::decode(document.as_bytes()).unwrap()];
        let reading = inline_facts(&set).unwrap();
        let bytes: usize = reading
            .facts
            .iter()
            .map(|fact| match &fact.value {
                Value::Text(content) => content.text().len(),
                Value::Number(..) | Value::Nil => 0,
            })
            .sum();
        assert!(bytes <= document.len());
        let taken = begun.elapsed();
        assert!(taken < Duration::from_secs(20), "{part}: {taken:?}");
    }
}
