//! Facts that the SEC's API gives for a filing, found in the filing's document.

use std::collections::HashMap;

use burnrate_model::generated::XbrlFact;
use burnrate_model::{Decimal, Extract};
use burnrate_xbrl::{
    Context, DocumentText, Period, Value, company_facts, inline_facts, instance_facts, most_precise,
};

use crate::{captures, period, recorded};

/// The facts that the API gives for a company.
fn api(companyfacts: &str) -> Vec<XbrlFact> {
    let mut extract = Extract::default();
    let body = recorded(&format!("companyfacts/{companyfacts}.json")).unwrap();
    company_facts(&body, &[], &mut extract).unwrap();
    assert_eq!(extract.issues, []);
    extract.rows.xbrl_fact.into_iter().map(|sighted| sighted.row).collect()
}

/// Every API fact of the accession is in the document, so many of them; returns those with another
/// value there, with the API's value first.
///
/// The API gives facts of the filer as a whole only, in its taxonomy, concept, unit and period.
fn compared(
    api: &[XbrlFact],
    accession_number: &str,
    document: &str,
    expected: usize,
) -> Vec<(String, String, String)> {
    let values = values(document);
    let of_filing = api.iter().filter(|row| row.accession_number == accession_number);
    let (mut found, mut other) = (0, Vec::new());
    for row in of_filing {
        let period = match row.period_start {
            Some(start) => format!("{start}/{}", row.period_end),
            None => row.period_end.to_string(),
        };
        let key = format!("{}:{} {period} {}", row.taxonomy, row.concept, row.unit);
        let value = values.get(&key).unwrap_or_else(|| panic!("{document} has no {key}"));
        let of_api = row.value.unwrap();
        if *value != of_api {
            other.push((key, of_api.to_string(), value.to_string()));
        }
        found += 1;
    }
    assert_eq!(found, expected, "{document}");
    other
}

/// Numbers of a document that are of the filer as a whole.
fn values(document: &str) -> HashMap<String, Decimal> {
    let body = recorded(document).unwrap();
    let set = [DocumentText::decode(&body).unwrap()];
    let is_instance = document.starts_with("xbrl-instances/");
    let reading = if is_instance { instance_facts(&set[0]) } else { inline_facts(&set) }.unwrap();
    let mut values = HashMap::new();
    for fact in most_precise(reading.facts).0 {
        if let (Value::Number(value, _), true) = (&fact.value, fact.context.dimensions.is_empty()) {
            let unit = fact.unit.as_deref().unwrap();
            values.insert(format!("{} {} {unit}", fact.concept, as_api(&fact.context)), *value);
        }
    }
    values
}

/// The period as the API writes it, which has a duration of one day as an instant.
fn as_api(context: &Context<'_>) -> String {
    match context.period {
        Period::Duration { start, end } if start == end => end.to_string(),
        Period::Instant(_) | Period::Duration { .. } | Period::Forever => period(context),
    }
}

/// Counts are those of the accession number in the API's document.
#[test]
fn every_fact_of_the_api_is_in_the_document_with_equal_value() {
    if captures().is_none() {
        return;
    }
    let nvda = api("NVDA-CIK0001045810-2026-07-09");
    let googl = api("GOOGL-CIK0001652044-2026-07-09");
    let aapl = api("AAPL-CIK0000320193-2026-03-21");
    for (api, accession_number, document, expected) in [
        (&nvda, "0001045810-25-000023", "ixbrl/nvda-20250126.htm", 580),
        (&nvda, "0001045810-25-000209", "ixbrl/nvda-20250727.htm", 401),
        (&nvda, "0001045810-23-000175", "ixbrl/nvda-20230730.htm", 400),
        (&googl, "0001652044-24-000022", "ixbrl/pairs/goog-20231231.htm", 547),
        (&googl, "0001652044-25-000014", "ixbrl/goog-20241231.htm", 607),
        (&aapl, "0000320193-25-000057", "ixbrl/pairs/aapl-20250329.htm", 247),
        (&aapl, "0000320193-23-000077", "ixbrl/pairs/aapl-20230701.htm", 281),
    ] {
        assert_eq!(compared(api, accession_number, document, expected), []);
    }
}

#[test]
fn every_fact_of_the_api_is_in_the_instance_with_equal_value() {
    if captures().is_none() {
        return;
    }
    let aapl = api("AAPL-CIK0000320193-2026-03-21");
    let instance = "xbrl-instances/aapl-20230930_htm.xml";
    assert_eq!(compared(&aapl, "0000320193-23-000106", instance, 457), []);
    let msft = api("MSFT-CIK0000789019-2022-05");
    let other = compared(&msft, "0001193125-15-272806", "xbrl-instances/msft-20150630.xml", 599);
    // The API rounds a par value of 0.00000625 to nothing; the filing has `decimals="INF"`.
    let par = "dei:EntityListingParValuePerShare 2014-07-01/2015-06-30 USD/shares".to_owned();
    assert_eq!(other, [(par, "0".to_owned(), "0.00000625".to_owned())]);
}
