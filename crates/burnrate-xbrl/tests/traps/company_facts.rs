//! Traps of the companyfacts documents.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use burnrate_model::Extract;
use burnrate_model::generated::XbrlFact;
use burnrate_xbrl::company_facts;
use chrono::{Datelike as _, NaiveDate, Weekday};
use serde_json::Value;

use crate::{captured, captured_facts, period, read, value, vintages};

const AAPL: &str = "AAPL-CIK0000320193-2026-03-21";
const AMZN: &str = "AMZN-CIK0001018724-2022-05";
const GOOGL: &str = "GOOGL-CIK0001652044-2026-07-09";
const MSFT: &str = "MSFT-CIK0000789019-2022-05";
const NVDA: &str = "NVDA-CIK0001045810-2026-07-09";
const SNOW: &str = "SNOW-CIK0001640147-2025-06";

/// Every recorded document, with as many facts as Python counts in it.
const RECORDED: &[(&str, usize)] = &[
    ("AAPL-CIK0000320193-2022-05", 20_156),
    (AAPL, 24_579),
    (AMZN, 21_286),
    ("GOOGL-CIK0001652044-2022-05", 12_686),
    (GOOGL, 20_324),
    ("LPA-lpa_facts-ifrs-2025", 768),
    (MSFT, 24_031),
    (NVDA, 26_903),
    (SNOW, 8_163),
];

#[test]
fn every_recorded_fact_is_read() {
    for (file, count) in RECORDED {
        let Some(facts) = captured_facts(file) else { return };
        assert_eq!(facts.len(), *count, "{file}");
    }
}

/// The document as it stands, for what the reader leaves out.
fn raw(file: &str) -> Option<Value> {
    Some(serde_json::from_slice(&captured(&format!("companyfacts/{file}.json"))?).unwrap())
}

/// The lists of facts of one concept and unit.
fn lists(document: &Value) -> impl Iterator<Item = &Vec<Value>> {
    document["facts"]
        .as_object()
        .unwrap()
        .values()
        .flat_map(|concepts| concepts.as_object().unwrap().values())
        .flat_map(|concept| concept["units"].as_object().unwrap().values())
        .map(|list| list.as_array().unwrap())
}

#[test]
fn a_period_is_its_start_and_end_whatever_year_the_filing_carries() {
    let Some(document) = raw(NVDA) else { return };
    let of_year: Vec<_> = document["facts"]["us-gaap"]["Revenues"]["units"]["USD"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|fact| fact["start"] == "2022-01-31" && fact["end"] == "2023-01-29")
        .map(|fact| fact["fy"].as_i64().unwrap())
        .collect();
    assert_eq!(of_year, [2023, 2024, 2025]);
    let facts = captured_facts(NVDA).unwrap();
    assert_eq!(
        vintages(&facts, "Revenues", "2022-01-31/2023-01-29"),
        [
            "2023-02-24 10-K 26974000000",
            "2024-02-21 10-K 26974000000",
            "2025-02-26 10-K 26974000000",
        ]
    );
}

/// The lengths in days of all facts of a concept that end on a day.
fn days(facts: &[XbrlFact], concept: &str, end: &str) -> BTreeSet<i64> {
    facts
        .iter()
        .filter(|fact| fact.concept == concept && fact.period_end.to_string() == end)
        .map(|fact| fact.period_days.unwrap())
        .collect()
}

#[test]
fn twelve_months_in_a_quarterly_report_are_no_fiscal_year() {
    let Some(facts) = captured_facts(AMZN) else { return };
    let capex = "PaymentsToAcquireProductiveAssets";
    // A quarter, a half year, and twelve months to the end of June, all of one 10-Q.
    assert_eq!(days(&facts, capex, "2021-06-30"), [91, 181, 365].into());
    assert_eq!(vintages(&facts, capex, "2020-07-01/2021-06-30"), ["2021-07-30 10-Q 52256000000"]);
}

#[test]
fn a_year_may_have_371_days_and_a_quarter_98() {
    let Some(facts) = captured_facts(AAPL) else { return };
    assert_eq!(days(&facts, "NetIncomeLoss", "2023-09-30"), [371].into());
    assert_eq!(days(&facts, "NetIncomeLoss", "2022-12-31"), [98].into());
}

#[test]
fn nine_months_are_no_quarter() {
    let Some(facts) = captured_facts(SNOW) else { return };
    let paid = |period| vintages(&facts, "PaymentsToAcquireInvestments", period);
    assert_eq!(
        paid("2021-02-01/2021-10-31"),
        ["2021-12-03 10-Q 3042396000", "2022-12-02 10-Q 3042396000"]
    );
    // The half year was tagged a year later; the quarter, 1,053,763,000, never was.
    assert_eq!(paid("2021-02-01/2021-07-31"), ["2022-09-01 10-Q 1988633000"]);
    assert_eq!(paid("2021-08-01/2021-10-31"), [""; 0]);
}

#[test]
fn two_tags_for_one_year_stay_two_facts() {
    let Some(facts) = captured_facts(AMZN) else { return };
    let of_2016 = |concept| vintages(&facts, concept, "2016-01-01/2016-12-31");
    assert_eq!(
        of_2016("PaymentsToAcquirePropertyPlantAndEquipment"),
        ["2017-02-10 10-K 6737000000"]
    );
    assert_eq!(of_2016("PaymentsToAcquireProductiveAssets"), ["2019-02-01 10-K 7804000000"]);
}

#[test]
fn every_vintage_is_kept_with_the_day_it_was_filed() {
    let Some(facts) = captured_facts(MSFT) else { return };
    let year = "2016-07-01/2017-06-30";
    assert_eq!(vintages(&facts, "SalesRevenueNet", year), ["2017-08-02 10-K 89950000000"]);
    assert_eq!(
        vintages(&facts, "RevenueFromContractWithCustomerExcludingAssessedTax", year),
        ["2018-08-03 10-K 96571000000", "2019-08-01 10-K 96571000000"]
    );
    let facts = captured_facts(GOOGL).unwrap();
    assert_eq!(
        vintages(&facts, "PaymentsToAcquirePropertyPlantAndEquipment", "2015-01-01/2015-12-31"),
        [
            "2016-02-11 10-K 9915000000",
            "2016-05-03 8-K 9915000000",
            "2017-02-03 10-K 9950000000",
            "2018-02-06 10-K 9950000000",
        ]
    );
}

#[test]
fn an_amended_report_stands_beside_the_report() {
    let Some(facts) = captured_facts(AAPL) else { return };
    assert_eq!(
        vintages(&facts, "SalesRevenueNet", "2008-09-28/2009-09-26"),
        [
            "2009-10-27 10-K 36537000000",
            "2010-01-25 10-K/A 42905000000",
            "2010-10-27 10-K 42905000000",
            "2011-10-26 10-K 42905000000",
        ]
    );
}

#[test]
fn a_split_leaves_what_was_filed_before_as_it_was() {
    let Some(facts) = captured_facts(NVDA) else { return };
    assert_eq!(
        vintages(&facts, "EarningsPerShareDiluted", "2023-01-30/2024-01-28"),
        ["2024-02-21 10-K 11.93", "2025-02-26 10-K 1.19", "2026-02-25 10-K 1.19"]
    );
    let facts = captured_facts(AMZN).unwrap();
    assert_eq!(
        vintages(
            &facts,
            "WeightedAverageNumberOfDilutedSharesOutstanding",
            "2020-01-01/2020-12-31"
        ),
        ["2021-02-03 10-K 510000000", "2022-02-04 10-K 510000000"]
    );
}

#[test]
fn a_capture_of_the_same_filings_may_carry_other_values() {
    let Some(earlier) = captured_facts("AAPL-CIK0000320193-2022-05") else { return };
    let key = |fact: &XbrlFact| {
        let XbrlFact { concept, unit, accession_number, .. } = fact;
        format!("{concept} {unit} {} {accession_number}", period(fact))
    };
    let later: HashMap<_, _> =
        captured_facts(AAPL).unwrap().iter().map(|fact| (key(fact), value(fact))).collect();
    let changed: Vec<_> = earlier
        .iter()
        .map(|fact| (fact.concept.as_str(), value(fact), later[&key(fact)].clone()))
        .filter(|(_, before, after)| before != after)
        .collect();
    // In 2022 the SEC wrote a par value of 0.00001 dollars as 0.
    assert_eq!(changed.len(), 56);
    let par_value = "CommonStockParOrStatedValuePerShare";
    let expected = (par_value, "0".to_owned(), "0.00001".to_owned());
    assert!(changed.iter().all(|change| *change == expected), "{changed:?}");
}

/// The figures are those of Dynex Capital; neither filing was recorded, so numbers and days of the
/// filings are made up.
const DX: &str = r#"{"cik":826675,"entityName":"DYNEX CAPITAL INC","facts":{"us-gaap":{"NetIncomeLoss":{"label":"","description":"","units":{"USD":[
    {"start":"2025-01-01","end":"2025-12-31","val":319066000,"accn":"0000000000-26-000001","fy":2025,"fp":"FY","form":"10-K","filed":"2026-02-28"},
    {"start":"2025-01-01","end":"2025-12-31","val":319065,"accn":"0000000000-26-000002","fy":null,"fp":null,"form":"DEF 14A","filed":"2026-03-31","frame":"CY2025"}]}}}}}"#;

#[test]
fn a_proxy_statement_says_a_thousandth_and_is_known_by_its_form() {
    let facts = read(DX.as_bytes());
    assert_eq!(
        vintages(&facts, "NetIncomeLoss", "2025-01-01/2025-12-31"),
        ["2026-02-28 10-K 319066000", "2026-03-31 DEF 14A 319065"]
    );
}

#[test]
fn a_fact_without_a_fiscal_year_is_a_fact() {
    let Some(document) = raw(AAPL) else { return };
    let without = |list: &Vec<Value>| list.iter().filter(|fact| fact["fy"].is_null()).count();
    // All of them of one 8-K, which was filed on 2015-01-28.
    assert_eq!(lists(&document).map(without).sum::<usize>(), 569);
    let facts = captured_facts(AAPL).unwrap();
    let of_filing = facts.iter().filter(|fact| fact.accession_number == "0001193125-15-023732");
    assert_eq!(of_filing.count(), 569);
    // A proxy statement's copy, which owns the frame of the year.
    let facts = captured_facts(NVDA).unwrap();
    assert!(
        vintages(&facts, "NetIncomeLoss", "2023-01-30/2024-01-28")
            .contains(&"2026-05-12 DEF 14A 29760000000".to_owned())
    );
}

#[test]
fn a_frame_sits_on_the_latest_copy_and_on_no_half_year() {
    for (file, _) in RECORDED {
        let Some(document) = raw(file) else { return };
        for list in lists(&document) {
            let mut latest: HashMap<_, &str> = HashMap::new();
            for fact in list {
                let filed = fact["filed"].as_str().unwrap();
                let last =
                    latest.entry((fact["start"].as_str(), fact["end"].as_str())).or_default();
                *last = filed.max(last);
            }
            for framed in list.iter().filter(|fact| fact["frame"].is_string()) {
                let (start, end) = (framed["start"].as_str(), framed["end"].as_str());
                assert_eq!(framed["filed"], latest[&(start, end)], "{file} {framed}");
                if let Some(start) = start {
                    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
                    let days = (day(end.unwrap()) - day(start)).num_days();
                    assert!(!(150..=300).contains(&days), "{file} {framed}");
                }
            }
        }
    }
}

#[test]
fn a_frame_changes_nothing() {
    let Some(body) = captured(&format!("companyfacts/{AAPL}.json")) else { return };
    let mut document: Value = serde_json::from_slice(&body).unwrap();
    for concepts in document["facts"].as_object_mut().unwrap().values_mut() {
        for concept in concepts.as_object_mut().unwrap().values_mut() {
            for list in concept["units"].as_object_mut().unwrap().values_mut() {
                for fact in list.as_array_mut().unwrap() {
                    fact.as_object_mut().unwrap().remove("frame");
                }
            }
        }
    }
    // A tree sorts the names of its members, so both are compared in one order.
    let sorted = |body: &[u8]| {
        let mut facts: Vec<_> = read(body).iter().map(|fact| format!("{fact:?}")).collect();
        facts.sort();
        facts
    };
    assert!(sorted(&body) == sorted(document.to_string().as_bytes()));
}

/// The figures are those of Procter & Gamble; the filing was not recorded, so its number and day are
/// made up, and `Revenues` is known to one decimal of a billion.
const PG: &str = r#"{"cik":80424,"entityName":"PROCTER & GAMBLE Co","facts":{"us-gaap":{
    "Revenues":{"label":"","description":"","units":{"USD":[{"start":"2013-07-01","end":"2014-06-30","val":29400000000,"accn":"0000000000-14-000001","fy":2014,"fp":"FY","form":"10-K","filed":"2014-08-31","frame":"CY2013"}]}},
    "SalesRevenueNet":{"label":"","description":"","units":{"USD":[{"start":"2013-07-01","end":"2014-06-30","val":83062000000,"accn":"0000000000-14-000001","fy":2014,"fp":"FY","form":"10-K","filed":"2014-08-31","frame":"CY2013"}]}}}}}"#;

#[test]
fn no_tag_stands_for_another_even_if_its_name_promises_it() {
    let facts = read(PG.as_bytes());
    let year = "2013-07-01/2014-06-30";
    assert_eq!(vintages(&facts, "Revenues", year), ["2014-08-31 10-K 29400000000"]);
    assert_eq!(vintages(&facts, "SalesRevenueNet", year), ["2014-08-31 10-K 83062000000"]);
}

#[test]
fn goods_are_not_all_that_is_sold() {
    let Some(facts) = captured_facts(AMZN) else { return };
    let values = |concept| -> BTreeSet<String> {
        let year = "2014-01-01/2014-12-31";
        let of_year = |fact: &&XbrlFact| fact.concept == concept && period(fact) == year;
        facts.iter().filter(of_year).map(value).collect()
    };
    assert_eq!(values("SalesRevenueNet"), ["88988000000".to_owned()].into());
    assert_eq!(values("SalesRevenueGoodsNet"), ["70080000000".to_owned()].into());
}

/// The last days of the years for which net income was filed in annual reports.
fn year_ends(file: &str) -> Option<BTreeSet<NaiveDate>> {
    let facts = captured_facts(file)?;
    let years = facts.iter().filter(|fact| {
        fact.concept == "NetIncomeLoss"
            && fact.form_type == "10-K"
            && fact.period_days.is_some_and(|days| days > 350)
    });
    Some(years.map(|fact| fact.period_end).collect())
}

/// Whether no later day of the month is of the same day of the week.
fn is_last_weekday_of_month(day: NaiveDate) -> bool {
    (day + chrono::Days::new(7)).month() != day.month()
}

#[test]
fn years_end_where_each_filer_ends_them() {
    let check = |file, count, is_end: fn(NaiveDate) -> bool| {
        let Some(ends) = year_ends(file) else { return };
        assert_eq!(ends.len(), count, "{file}");
        assert!(ends.iter().all(|end| is_end(*end)), "{file}: {ends:?}");
    };
    check(MSFT, 14, |end| (end.month(), end.day()) == (6, 30));
    check(SNOW, 7, |end| (end.month(), end.day()) == (1, 31));
    check(AMZN, 15, |end| (end.month(), end.day()) == (12, 31));
    // The submissions index says 0131 of NVIDIA and 0926 of Apple.
    check(NVDA, 19, |end| {
        (end.month(), end.weekday()) == (1, Weekday::Sun) && is_last_weekday_of_month(end)
    });
    check(AAPL, 19, |end| {
        (end.month(), end.weekday()) == (9, Weekday::Sat) && is_last_weekday_of_month(end)
    });
}

#[test]
fn a_quarter_may_be_filed_by_itself_beside_the_year_to_date() {
    let Some(facts) = captured_facts(MSFT) else { return };
    let capex = "PaymentsToAcquirePropertyPlantAndEquipment";
    assert_eq!(
        vintages(&facts, capex, "2021-01-01/2021-03-31"),
        ["2021-04-27 10-Q 5089000000", "2022-04-26 10-Q 5089000000"]
    );
    assert_eq!(
        vintages(&facts, capex, "2020-07-01/2021-03-31"),
        ["2021-04-27 10-Q 14170000000", "2022-04-26 10-Q 14170000000"]
    );
}

#[test]
fn the_year_before_is_not_this_year_however_close() {
    let Some(facts) = captured_facts(AAPL) else { return };
    let assets = |day| -> BTreeMap<String, usize> {
        let mut values = BTreeMap::new();
        for fact in facts.iter().filter(|fact| fact.concept == "Assets" && period(fact) == day) {
            *values.entry(value(fact)).or_default() += 1;
        }
        values
    };
    assert_eq!(assets("2023-09-30"), [("352583000000".to_owned(), 5)].into());
    assert_eq!(assets("2022-09-24"), [("352755000000".to_owned(), 5)].into());
    // Both stand in the 10-K of 2023.
    let filing = facts
        .iter()
        .filter(|fact| fact.concept == "Assets" && fact.accession_number == "0000320193-23-000106");
    assert_eq!(filing.count(), 2);
}

#[test]
fn a_foreign_filer_has_its_own_taxonomy_and_currencies() {
    let Some(facts) = captured_facts("LPA-lpa_facts-ifrs-2025") else { return };
    let distinct = |of: fn(&XbrlFact) -> &str| facts.iter().map(of).collect::<BTreeSet<_>>();
    assert_eq!(distinct(|fact| &fact.taxonomy), ["dei", "ifrs-full"].into());
    assert_eq!(distinct(|fact| &fact.form_type), ["20-F", "20-F/A"].into());
    assert_eq!(
        distinct(|fact| &fact.unit),
        ["COP", "CRC", "PEN", "USD", "USD/shares", "pure", "shares"].into()
    );
    // This document writes its `cik` as a text.
    assert_eq!(distinct(|fact| &fact.cik), ["0001997711"].into());
}

#[test]
fn another_document_is_refused() {
    for (file, found) in [
        ("companyfacts-trimmed/MSFT-CIK0000789019-2026-08-trimmed.json", "missing field `label`"),
        ("companyconcept/AccountsPayableCurrent-CIK0001207074-2021.json", "unknown field"),
        ("frames/AccountsPayableCurrent-USD-CY2019Q1I-2021.json", "unknown field"),
        ("submissions/MSFT-CIK0000789019-2026-03-05.json", "unknown field"),
        ("errors/rate-threshold-exceeded.html", "expected value"),
        ("errors/304-form-gz-empty-body.bin", "EOF"),
    ] {
        let Some(body) = captured(file) else { return };
        let error = company_facts(&body, &[], &mut Extract::default()).unwrap_err();
        assert!(error.found.starts_with(found), "{file}: {error}");
    }
}
