//! Recorded documents and instances without a pair: every fact is read, or its problem is named here.

use std::collections::BTreeMap;

use burnrate_xbrl::{
    DocumentText, Member, Reading, Value, inline_facts, instance_facts, most_precise,
};

use crate::{captures, recorded};

/// Numbers and other facts of a reading.
fn counts(reading: &Reading<'_>) -> (usize, usize) {
    let numbers = reading.facts.iter().filter(|fact| fact.unit.is_some()).count();
    (numbers, reading.facts.len() - numbers)
}

/// Counts are those of `<ix:nonFraction`, `<ix:nonNumeric` and `<ix:footnote` in the documents.
#[test]
fn every_tag_of_a_document_is_a_fact() {
    if captures().is_none() {
        return;
    }
    for (name, numbers, texts, footnotes) in [
        ("ai-20230731", 701, 86, 14),
        ("amzn-20230630", 1037, 119, 0),
        ("amzn-20241231", 1261, 238, 0),
        ("crm-20250131", 1248, 202, 3),
        ("csco-20230429", 1895, 151, 0),
        ("goog-20241231", 1526, 195, 0),
        ("intc-20230701", 923, 68, 0),
        ("mara-20230630-form10-q", 983, 91, 2),
        ("nvda-20230730", 971, 95, 0),
        ("nvda-20250126", 1229, 188, 0),
        ("nvda-20250727", 948, 95, 0),
        ("orcl-20230831", 548, 76, 10),
        ("orcl-20240831", 495, 71, 10),
        ("riot-20230630x10q", 882, 100, 0),
    ] {
        let body = recorded(&format!("ixbrl/{name}.htm")).unwrap();
        let set = [DocumentText::decode(&body).unwrap()];
        let reading = inline_facts(&set).unwrap();
        assert_eq!(reading.problems, [], "{name}");
        assert_eq!(counts(&reading), (numbers, texts), "{name}");
        assert_eq!(reading.footnotes.len(), footnotes, "{name}");
        assert_eq!(most_precise(reading.facts).1, [], "{name}");
    }
}

/// IBM's statements and their footnotes are in exhibit 13, which belongs to the set and is not
/// recorded: three footnotes that the 10-K refers to are missed, and said to be.
#[test]
fn a_document_whose_exhibit_is_missing_says_what_it_misses() {
    let Some(body) = recorded("ixbrl/ibm-20241231.htm") else { return };
    let set = [DocumentText::decode(&body).unwrap()];
    let reading = inline_facts(&set).unwrap();
    assert_eq!(counts(&reading), (62, 179));
    let reasons: Vec<_> = reading.problems.iter().map(|problem| problem.reason.as_str()).collect();
    assert_eq!(
        reasons,
        [
            "footnote `fn-1` is not defined",
            "footnote `fn-2` is not defined",
            "footnote `fn-3` is not defined",
        ]
    );
}

#[test]
fn a_document_of_the_text_era_has_no_tags_and_no_facts() {
    let name = "ixbrl/stripped/aapl-10q-2000-0000912057-00-023442.txt";
    let Some(body) = recorded(name) else { return };
    let set = [DocumentText::decode(&body).unwrap()];
    let reading = inline_facts(&set).unwrap();
    assert!(!reading.is_tagged);
    assert_eq!((reading.facts.len(), reading.problems.len()), (0, 0));
}

/// Counts are those of ` unitRef=` and ` contextRef=` in the documents.
#[test]
fn every_element_of_an_instance_is_a_fact() {
    if captures().is_none() {
        return;
    }
    for (name, numbers, facts, footnotes) in [
        ("aapl-20230930_htm", 995, 1164, 0),
        ("amzn-20221231_htm", 1280, 1457, 0),
        ("msft-20150630", 1883, 2151, 17),
    ] {
        let body = recorded(&format!("xbrl-instances/{name}.xml")).unwrap();
        let text = DocumentText::decode(&body).unwrap();
        let reading = instance_facts(&text).unwrap();
        assert_eq!(reading.problems, [], "{name}");
        assert_eq!(counts(&reading), (numbers, facts - numbers), "{name}");
        assert_eq!(reading.footnotes.len(), footnotes, "{name}");
        assert_eq!(most_precise(reading.facts).1, [], "{name}");
    }
}

/// The whole element stands at the byte range, in the document as it was served.
#[test]
fn the_byte_range_of_a_fact_is_its_element() {
    let Some(body) = recorded("ixbrl/orcl-20240831.htm") else { return };
    let set = [DocumentText::decode(&body).unwrap()];
    let reading = inline_facts(&set).unwrap();
    for fact in &reading.facts {
        let element = str::from_utf8(&body[fact.span.clone()]).unwrap();
        let name = format!("name=\"{}\"", fact.concept);
        assert!(element.starts_with("<ix:non"), "{element}");
        let is_whole = ["</ix:nonFraction>", "</ix:nonNumeric>", "/>"];
        assert!(is_whole.iter().any(|end| element.ends_with(end)), "{element}");
        let (tag, _) = element.split_once('>').unwrap();
        assert!(tag.contains(&name), "{tag}");
        assert!(tag.contains(&format!("contextRef=\"{}\"", fact.context_ref)), "{tag}");
    }
}

/// Nil by the wrong prefix (`xs:nil`), as many as the document has; they need no decimals.
#[test]
fn a_fact_that_is_nil_is_kept_as_nil() {
    if captures().is_none() {
        return;
    }
    for (name, expected) in [("mara-20230630-form10-q", 175), ("riot-20230630x10q", 39)] {
        let body = recorded(&format!("ixbrl/{name}.htm")).unwrap();
        let set = [DocumentText::decode(&body).unwrap()];
        let reading = inline_facts(&set).unwrap();
        let nil = reading.facts.iter().filter(|fact| matches!(fact.value, Value::Nil));
        assert_eq!(nil.count(), expected, "{name}");
    }
}

/// Amazon's sales of 2024 by segment, from the table of segments of its 10-K.
#[test]
fn segments_are_read_from_the_document() {
    let Some(body) = recorded("ixbrl/amzn-20241231.htm") else { return };
    let set = [DocumentText::decode(&body).unwrap()];
    let reading = inline_facts(&set).unwrap();
    let mut sales = BTreeMap::new();
    for fact in &reading.facts {
        let [dimension] = fact.context.dimensions.as_slice() else { continue };
        let (Value::Number(value, _), Member::Explicit(member)) = (&fact.value, &dimension.member)
        else {
            continue;
        };
        if fact.concept.to_string() == "us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax"
            && dimension.axis.to_string() == "us-gaap:StatementBusinessSegmentsAxis"
            && crate::period(&fact.context) == "2024-01-01/2024-12-31"
        {
            sales.insert(member.to_string(), value.to_string());
        }
    }
    let expected = [
        ("amzn:AmazonWebServicesSegmentMember", "107556000000"),
        ("amzn:InternationalSegmentMember", "142906000000"),
        ("amzn:NorthAmericaSegmentMember", "387497000000"),
    ];
    let expected = expected.map(|(member, value)| (member.to_owned(), value.to_owned()));
    assert_eq!(sales, BTreeMap::from(expected));
}
