//! What documents say and companyfacts, which the SEC makes from them, does not.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use burnrate_xbrl::{DocumentText, Fact, Period, Value, inline_facts, instance_facts};

use crate::{captured, captured_facts, period as api_period, value as api_value};

/// A fact as a document states it.
struct Stated {
    concept: String,
    period: String,
    dimensions: String,
    unit: Option<String>,
    value: String,
}

impl Stated {
    fn new(fact: &Fact<'_>) -> Self {
        Self {
            concept: fact.concept.to_string(),
            period: period(fact.context.period),
            dimensions: fact.context.dimensions_text(),
            unit: fact.unit.as_deref().map(str::to_owned),
            value: match &fact.value {
                Value::Number(number, _) => number.to_string(),
                Value::Text(content) => content.visible().into_owned(),
                Value::Nil => "nil".to_owned(),
            },
        }
    }
}

fn period(period: Period) -> String {
    match period {
        Period::Instant(day) => day.to_string(),
        Period::Duration { start, end } => format!("{start}/{end}"),
        Period::Forever => "forever".to_owned(),
    }
}

/// Every fact of an Inline XBRL document, or of an instance; none of it is odd.
fn stated(file: &str) -> Option<Vec<Stated>> {
    let body = captured(file)?;
    let texts = [DocumentText::decode(&body).unwrap()];
    let is_instance = Path::new(file).extension().is_some_and(|extension| extension == "xml");
    let reading = if is_instance { instance_facts(&texts[0]) } else { inline_facts(&texts) };
    let reading = reading.unwrap();
    assert_eq!(reading.problems, [], "{file}");
    Some(reading.facts.iter().map(Stated::new).collect())
}

/// The values of a concept by period, of the filer as a whole or of a part of it, each once.
fn values<'f>(
    facts: &'f [Stated],
    concept: &str,
    dimensions: &str,
) -> BTreeSet<(&'f str, &'f str)> {
    facts
        .iter()
        .filter(|fact| fact.concept == concept && fact.dimensions == dimensions)
        .map(|fact| (fact.period.as_str(), fact.value.as_str()))
        .collect()
}

#[test]
fn a_quarterly_report_states_twelve_months_beside_its_quarter() {
    let Some(facts) = stated("ixbrl/amzn-20230630.htm") else { return };
    assert_eq!(
        values(&facts, "us-gaap:PaymentsToAcquireProductiveAssets", ""),
        [
            ("2022-04-01/2022-06-30", "15724000000"),
            ("2023-04-01/2023-06-30", "11455000000"),
            ("2022-01-01/2022-06-30", "30675000000"),
            ("2023-01-01/2023-06-30", "25662000000"),
            ("2021-07-01/2022-06-30", "65358000000"),
            ("2022-07-01/2023-06-30", "58632000000"),
        ]
        .into()
    );
}

#[test]
fn segments_of_one_year_add_up_to_the_company() {
    let Some(facts) = stated("ixbrl/nvda-20250126.htm") else { return };
    let year: BTreeMap<_, _> = facts
        .iter()
        .filter(|fact| fact.concept == "us-gaap:Revenues")
        .filter(|fact| fact.period == "2024-01-29/2025-01-26")
        .map(|fact| (fact.dimensions.as_str(), fact.value.as_str()))
        .collect();
    let segment = |name| {
        let axes = "srt:ConsolidationItemsAxis=us-gaap:OperatingSegmentsMember;\
                    us-gaap:StatementBusinessSegmentsAxis=nvda:";
        year[format!("{axes}{name}").as_str()]
    };
    // 116,193 and 14,304 are 130,497.
    assert_eq!(segment("ComputeAndNetworkingSegmentMember"), "116193000000");
    assert_eq!(segment("GraphicsSegmentMember"), "14304000000");
    assert_eq!(year[""], "130497000000");
}

#[test]
fn an_instance_states_segments_as_well() {
    let Some(facts) = stated("xbrl-instances/amzn-20221231_htm.xml") else { return };
    let numbers = facts.iter().filter(|fact| fact.unit.is_some());
    assert_eq!(numbers.clone().count(), 1280);
    assert_eq!(numbers.filter(|fact| !fact.dimensions.is_empty()).count(), 533);
    assert_eq!(
        values(
            &facts,
            "us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax",
            "us-gaap:StatementBusinessSegmentsAxis=amzn:AmazonWebServicesSegmentMember",
        ),
        [
            ("2020-01-01/2020-12-31", "45370000000"),
            ("2021-01-01/2021-12-31", "62202000000"),
            ("2022-01-01/2022-12-31", "80096000000"),
        ]
        .into()
    );
}

#[test]
fn a_cover_says_in_many_ways_when_the_fiscal_year_ends() {
    // `--05-31`, `January 31`, `04-30`, `7/29`, `January 26` with a no-break space, and `December 31`, of
    // a filer whose second quarter ends on the first of July.
    for (file, year_end, period_end) in [
        ("orcl-20240831", "--05-31", "2024-08-31"),
        ("crm-20250131", "--01-31", "2025-01-31"),
        ("ai-20230731", "--04-30", "2023-07-31"),
        ("csco-20230429", "--07-29", "2023-04-29"),
        ("nvda-20250126", "--01-26", "2025-01-26"),
        ("intc-20230701", "--12-31", "2023-07-01"),
    ] {
        let Some(facts) = stated(&format!("ixbrl/{file}.htm")) else { return };
        let text = |concept: &str| -> &str {
            &facts.iter().find(|fact| fact.concept == concept).unwrap().value
        };
        assert_eq!(text("dei:CurrentFiscalYearEndDate"), year_end, "{file}");
        assert_eq!(text("dei:DocumentPeriodEndDate"), period_end, "{file}");
    }
}

/// The values that companyfacts carries of Microsoft's 10-K for fiscal 2015, by period.
fn carried(concept: &str) -> Vec<String> {
    captured_facts("MSFT-CIK0000789019-2022-05")
        .unwrap()
        .iter()
        .filter(|fact| fact.accession_number == "0001193125-15-272806" && fact.concept == concept)
        .map(|fact| format!("{} {}", api_period(fact), api_value(fact)))
        .collect()
}

#[test]
fn a_period_of_one_day_is_an_instant_in_companyfacts() {
    let Some(facts) = stated("xbrl-instances/msft-20150630.xml") else { return };
    let goodwill = values(&facts, "us-gaap:GoodwillImpairmentLoss", "");
    assert_eq!(goodwill, [("2014-05-01/2014-05-01", "0")].into());
    assert_eq!(carried("GoodwillImpairmentLoss"), ["2014-05-01 0"]);
}

#[test]
fn companyfacts_of_2022_cut_small_numbers_that_the_document_states() {
    let Some(facts) = stated("xbrl-instances/msft-20150630.xml") else { return };
    let par_value = values(&facts, "dei:EntityListingParValuePerShare", "");
    assert_eq!(par_value, [("2014-07-01/2015-06-30", "0.00000625")].into());
    assert_eq!(carried("EntityListingParValuePerShare"), ["2014-07-01/2015-06-30 0"]);
}
