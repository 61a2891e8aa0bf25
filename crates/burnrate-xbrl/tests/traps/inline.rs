//! Traps of Inline XBRL.

use std::collections::{BTreeMap, BTreeSet};

use burnrate_xbrl::{
    DocumentText, Fact, Period, Reading, Value, inline_facts, instance_facts, most_precise,
};

use crate::{captured, captured_facts};

/// Reads a document and checks what it states; does nothing where there is none.
fn read(file: &str, check: impl FnOnce(Reading<'_>, &[u8])) {
    let Some(body) = captured(file) else { return };
    let texts = [DocumentText::decode(&body).unwrap()];
    check(inline_facts(&texts).unwrap(), &body);
}

fn read_instance(file: &str, check: impl FnOnce(Reading<'_>)) {
    let Some(body) = captured(file) else { return };
    let text = DocumentText::decode(&body).unwrap();
    check(instance_facts(&text).unwrap());
}

/// The number as text; of nil, `nil`.
fn number(fact: &Fact<'_>) -> String {
    match &fact.value {
        Value::Number(value, _) => value.to_string(),
        Value::Nil => "nil".to_owned(),
        Value::Text(_) => panic!("{} is a text", fact.concept),
    }
}

fn numbers<'f, 'a>(reading: &'f Reading<'a>) -> impl Iterator<Item = &'f Fact<'a>> {
    reading.facts.iter().filter(|fact| fact.unit.is_some())
}

fn concept(fact: &Fact<'_>) -> String {
    fact.concept.to_string()
}

/// A day, or the first and the last day, as ISO 8601 writes an interval.
fn when(fact: &Fact<'_>) -> String {
    match fact.context.period {
        Period::Instant(day) => day.to_string(),
        Period::Duration { start, end } => format!("{start}/{end}"),
        Period::Forever => "forever".to_owned(),
    }
}

/// The numbers of a concept, each once, of the whole filer and of one period.
fn of(facts: &[Fact<'_>], name: &str, period: &str) -> BTreeSet<String> {
    facts
        .iter()
        .filter(|fact| concept(fact) == name && fact.context.dimensions.is_empty())
        .filter(|fact| when(fact) == period)
        .map(number)
        .collect()
}

fn one(value: &str) -> BTreeSet<String> {
    [value.to_owned()].into()
}

/// Every recorded document, with as many `ix:nonFraction` as lxml finds in it.
const RECORDED: &[(&str, usize)] = &[
    ("ai-20230731", 701),
    ("amzn-20230630", 1037),
    ("amzn-20241231", 1261),
    ("crm-20250131", 1248),
    ("csco-20230429", 1895),
    ("goog-20241231", 1526),
    ("ibm-20241231", 62),
    ("intc-20230701", 923),
    ("mara-20230630-form10-q", 983),
    ("nvda-20230730", 971),
    ("nvda-20250126", 1229),
    ("nvda-20250727", 948),
    ("orcl-20230831", 548),
    ("orcl-20240831", 495),
    ("pairs/aapl-20230701", 736),
    ("pairs/aapl-20250329", 674),
    ("pairs/aeon-20230930x10q", 1002),
    ("pairs/goog-20231231", 1415),
    ("riot-20230630x10q", 882),
];

#[test]
fn every_tagged_number_is_a_fact() {
    for (file, count) in RECORDED {
        read(&format!("ixbrl/{file}.htm"), |reading, _| {
            assert_eq!(numbers(&reading).count(), *count, "{file}");
        });
    }
}

#[test]
fn proceeds_stand_beside_the_payments_and_not_in_them() {
    read("ixbrl/amzn-20241231.htm", |reading, _| {
        let year = "2024-01-01/2024-12-31";
        let paid = of(&reading.facts, "us-gaap:PaymentsToAcquireProductiveAssets", year);
        assert_eq!(paid, one("82999000000"));
        let proceeds = "amzn:ProceedsFromPropertyPlantAndEquipmentSalesAndIncentives";
        // The text says 77.7 billion: 82,999 - 5,341 = 77,658.
        assert_eq!(of(&reading.facts, proceeds, year), one("5341000000"));
    });
}

#[test]
fn a_split_restates_shares_in_the_next_report() {
    read_instance("xbrl-instances/amzn-20221231_htm.xml", |reading| {
        let shares = "us-gaap:WeightedAverageNumberOfDilutedSharesOutstanding";
        // 510 million before the split of 20 for 1, of which a million was the last digit.
        assert_eq!(of(&reading.facts, shares, "2020-01-01/2020-12-31"), one("10198000000"));
    });
}

#[test]
fn segments_and_own_tags_stand_only_in_the_document() {
    read("ixbrl/nvda-20250126.htm", |reading, _| {
        let facts: Vec<_> = numbers(&reading).collect();
        let segmented = facts.iter().filter(|fact| !fact.context.dimensions.is_empty());
        assert_eq!(segmented.count(), 496);
        let data_center = facts.iter().filter(|fact| {
            concept(fact) == "us-gaap:Revenues"
                && number(fact) == "115186000000"
                && fact.context.dimensions_text().contains("nvda:DataCenterMember")
        });
        assert_eq!(data_center.count(), 1);
        assert!(facts.iter().any(|fact| fact.concept.taxonomy == "nvda"));
        let facts = captured_facts("NVDA-CIK0001045810-2026-07-09").unwrap();
        let filing: Vec<_> =
            facts.iter().filter(|fact| fact.accession_number == "0001045810-25-000023").collect();
        assert_eq!(filing.len(), 580);
        assert!(filing.iter().all(|fact| fact.dimensions.is_none() && fact.taxonomy != "nvda"));
    });
}

#[test]
fn the_year_before_stands_in_the_same_instance() {
    read_instance("xbrl-instances/aapl-20230930_htm.xml", |reading| {
        assert_eq!(of(&reading.facts, "us-gaap:Assets", "2023-09-30"), one("352583000000"));
        assert_eq!(of(&reading.facts, "us-gaap:Assets", "2022-09-24"), one("352755000000"));
    });
}

#[test]
fn a_parenthesis_does_not_negate() {
    read("ixbrl/nvda-20250126.htm", |reading, body| {
        let (mut unsigned, mut signed, mut bare) = (0, 0, 0);
        for fact in numbers(&reading) {
            let before = body[..fact.span.start].trim_ascii_end();
            let is_negative = number(fact).starts_with('-');
            match (before.ends_with(b"("), fact.is_negated) {
                (true, false) => {
                    assert!(!is_negative, "{fact:?}");
                    unsigned += 1;
                }
                (true, true) => {
                    assert!(is_negative, "{fact:?}");
                    signed += 1;
                }
                (false, true) => bare += 1,
                (false, false) => assert!(!is_negative, "{fact:?}"),
            }
        }
        // As lxml counts them.
        assert_eq!((unsigned, signed, bare), (170, 57, 4));
    });
}

#[test]
fn scale_shifts_either_way() {
    read("ixbrl/nvda-20250126.htm", |reading, _| {
        let scales: BTreeSet<_> = reading.facts.iter().map(|fact| fact.scale).collect();
        assert_eq!(scales, [-2, 0, 6, 9, 12].into());
        // 2.7 trillion dollars, and 39 percent.
        let float = of(&reading.facts, "dei:EntityPublicFloat", "2024-07-26");
        assert_eq!(float, one("2700000000000"));
        let share = reading.facts.iter().find(|fact| {
            concept(fact) == "us-gaap:RevenueRemainingPerformanceObligationPercentage"
        });
        assert_eq!(share.map(number), Some("0.39".to_owned()));
    });
}

/// The numbers of all facts of a format, and how often each stands.
fn by_format(file: &str, format: &str, expected: &[(&str, usize)]) {
    read(&format!("ixbrl/{file}.htm"), |reading, _| {
        let mut found: BTreeMap<String, usize> = BTreeMap::new();
        for fact in numbers(&reading) {
            if fact.format == Some(format) {
                *found.entry(number(fact)).or_default() += 1;
            }
        }
        let expected: BTreeMap<_, _> =
            expected.iter().map(|(number, count)| ((*number).to_owned(), *count)).collect();
        assert_eq!(found, expected, "{file} {format}");
    });
}

#[test]
fn a_dash_is_zero_and_a_word_is_its_number() {
    // 87 dashes, 4 times "no", 4 times "nil".
    by_format("ai-20230731", "ixt:fixed-zero", &[("0", 95)]);
    by_format("pairs/aeon-20230930x10q", "ixt:zerodash", &[("0", 2)]);
    by_format("orcl-20240831", "ixt-sec:numwordsen", &[("0", 2)]); // "none"
    by_format("pairs/aapl-20230701", "ixt-sec:numwordsen", &[("1", 1), ("2", 3)]);
    // "no" four times, and "one" with a scale of three.
    by_format("mara-20230630-form10-q", "ixt-sec:numwordsen", &[("0", 4), ("1000", 1)]);
}

#[test]
fn a_fact_within_a_fact_is_one_too() {
    read("ixbrl/pairs/goog-20231231.htm", |reading, _| {
        let facts: Vec<_> = numbers(&reading).collect();
        let pairs: Vec<_> = facts
            .windows(2)
            .filter(|pair| pair[1].span.end <= pair[0].span.end)
            .map(|pair| (number(pair[0]), number(pair[1])))
            .collect();
        assert_eq!(pairs.len(), 24);
        assert!(pairs.iter().all(|(outer, inner)| outer == inner), "{pairs:?}");
    });
}

#[test]
fn page_furniture_is_in_no_text_however_deep_it_stands() {
    for (file, furniture, texts) in [
        ("orcl-20230831", "NOTES TO CONDENSED CONSOLIDATED FINANCIAL STATEMENTS", 76),
        ("orcl-20240831", "NOTES TO CONDENSED CONSOLIDATED FINANCIAL STATEMENTS", 71),
    ] {
        read(&format!("ixbrl/{file}.htm"), |reading, _| {
            let contents: Vec<_> = reading
                .facts
                .iter()
                .filter_map(|fact| match &fact.value {
                    Value::Text(content) => Some(content.visible().into_owned()),
                    Value::Number(..) | Value::Nil => None,
                })
                .collect();
            assert_eq!(contents.len(), texts);
            assert!(contents.iter().all(|text| !text.contains(furniture)), "{file}");
        });
    }
}

#[test]
fn nil_has_no_value_and_no_decimals_however_it_is_spelt() {
    // MARA's software writes `xs:nil`, RIOT's `xsi:nil`.
    for (file, count) in [("mara-20230630-form10-q", 175), ("riot-20230630x10q", 39)] {
        read(&format!("ixbrl/{file}.htm"), |reading, _| {
            let is_nil = |fact: &&Fact<'_>| matches!(fact.value, Value::Nil) && fact.unit.is_some();
            let nil: Vec<_> = reading.facts.iter().filter(is_nil).collect();
            assert_eq!(nil.len(), count, "{file}");
            assert!(nil.iter().all(|fact| fact.decimals.is_none()), "{file}");
        });
    }
}

#[test]
fn a_newline_may_stand_before_the_xml_declaration() {
    read("ixbrl/pairs/aeon-20230930x10q.htm", |reading, body| {
        assert!(body.starts_with(b"\n<?xml"));
        assert_eq!(reading.problems, []);
    });
}

#[test]
fn of_one_fact_at_two_precisions_the_most_precise_is_kept() {
    let check = |file: &str, name: &str, day: &str, kept: &str, also: &str| {
        read(&format!("ixbrl/{file}.htm"), |reading, _| {
            let (facts, problems) = most_precise(reading.facts);
            assert_eq!(problems, [], "{file}");
            let found: Vec<_> = facts
                .iter()
                .filter(|fact| concept(fact) == name && fact.context.dimensions.is_empty())
                .filter(|fact| when(fact) == day)
                .collect();
            let [fact] = found[..] else { panic!("{name}: {}", found.len()) };
            assert_eq!(number(fact), kept);
            let others: Vec<_> = fact.also.iter().map(ToString::to_string).collect();
            assert_eq!(others, [also]);
        });
    };
    // 16,177 thousand and 16.2 million; 5,188 million and 5.2 billion.
    let cash = "us-gaap:CashAndCashEquivalentsAtCarryingValue";
    check("pairs/aeon-20230930x10q", cash, "2023-09-30", "16177000", "16200000 (-5)");
    let goodwill = "us-gaap:Goodwill";
    check("nvda-20250126", goodwill, "2025-01-26", "5188000000", "5200000000 (-8)");
}

#[test]
fn a_filing_of_the_text_era_has_no_facts_and_says_so() {
    read("ixbrl/stripped/aapl-10q-2000-0000912057-00-023442.txt", |reading, _| {
        assert!(!reading.is_tagged);
        assert!(reading.facts.is_empty() && reading.problems.is_empty());
    });
}

#[test]
fn statements_may_stand_in_an_exhibit_that_is_not_there() {
    read("ixbrl/ibm-20241231.htm", |reading, body| {
        let contexts = body.windows(15).filter(|bytes| *bytes == b"<xbrli:context ").count();
        // Its EX-13 would use the other contexts.
        let used: BTreeSet<_> = reading.facts.iter().map(|fact| fact.context_ref).collect();
        assert_eq!(contexts, 1264);
        assert!(used.len() < 100, "{}", used.len());
        assert!(of(&reading.facts, "us-gaap:Revenues", "2024-01-01/2024-12-31").is_empty());
    });
}
