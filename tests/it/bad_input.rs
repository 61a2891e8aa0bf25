//! Broken documents: the reason names the place, the rest goes on, and the last good data stays.

use std::fs;

use serde_json::json;

use crate::duckdb;
use crate::origin::{Answer, Origin, facts_path, submissions_path};
use crate::program::{Ran, Warehouse, checkout};

const MSFT: &str = "0000789019";
const META: &str = "0001326801";

fn fixture(source: &str, cik: &str) -> String {
    let path = checkout().join(format!("pipelines/{source}/fixtures/CIK{cik}.json"));
    fs::read_to_string(path).unwrap()
}

/// Serves Meta's facts and filings as they should be, and `facts` as Microsoft's facts.
fn served(facts: Answer) -> Origin {
    let origin = Origin::start();
    origin.answer(&facts_path(MSFT), facts);
    origin.serve(&facts_path(META), fixture("sec_companyfacts", META));
    origin.serve(&submissions_path(META), fixture("sec_submissions", META));
    origin
}

/// Good documents first, then Microsoft's facts again as `facts`: Microsoft's rows of before must all
/// still be there, and so must Meta's filings, which the second run is the first to see.
fn check(facts: Answer, reason: &str) -> Warehouse {
    let warehouse = Warehouse::new();
    let origin = served(Answer::Body(200, fixture("sec_companyfacts", MSFT).into_bytes()));
    warehouse.run(&["ingest", "sec_companyfacts", &origin.sec()]).with_status(0);
    let before = count(&warehouse, "core_xbrl_fact");
    let ran = warehouse
        .run(&["ingest", "sec_companyfacts", "sec_submissions", &served(facts).sec()])
        .with_status(4);
    assert!(
        ran.stderr.contains(&facts_path(MSFT)) && ran.stderr.contains(reason),
        "{}",
        ran.stderr
    );
    assert_eq!(count(&warehouse, "core_xbrl_fact"), before);
    assert!(count(&warehouse, "core_filing") > 0);
    warehouse
}

fn count(warehouse: &Warehouse, table: &str) -> i64 {
    duckdb::rows(&warehouse.latest().join("views.sql"), &format!("SELECT count(*) FROM {table}"))[0]
        [0]
    .as_i64()
    .unwrap()
}

/// A fixture with one fact of Microsoft's replaced.
fn with_fact(from: &str, to: &str) -> Answer {
    let text = fixture("sec_companyfacts", MSFT);
    assert!(text.contains(from), "the fixture has no {from}");
    Answer::Body(200, text.replacen(from, to, 1).into_bytes())
}

#[test]
fn truncated_json_is_refused_at_its_end() {
    let whole = fixture("sec_companyfacts", MSFT);
    let half = whole.len() / 2;
    check(
        Answer::Body(200, whole.as_bytes()[..half].to_vec()),
        &format!("refused: line 1 column {half}: expected companyfacts JSON"),
    );
}

#[test]
fn an_error_page_with_status_200_is_refused_by_its_beginning() {
    let page = b"<!DOCTYPE html>\n<html><head><title>SEC.gov | Something went wrong</title></head><body><p>Please go back.</p></body></html>";
    let warehouse = check(
        Answer::Body(200, page.to_vec()),
        "a document that begins `<!DOCTYPE html> <html><head><title>SEC.gov",
    );
    let sql = "SELECT outcome, outcome_reason LIKE 'line 1 column 1: %' FROM core_capture WHERE url LIKE '%companyfacts/CIK0000789019.json' ORDER BY fetched_at";
    let outcomes = duckdb::rows(&warehouse.latest().join("views.sql"), sql);
    assert_eq!(
        json!(outcomes),
        json!([["read", null], ["refused", true]]),
        "the page is archived, and typed"
    );
}

/// The SEC serves this page with 403, and caches have served it with 200.
#[test]
fn a_known_error_page_is_recognised_whatever_its_status() {
    let page = b"<!DOCTYPE html>\n<html><head><title>SEC.gov | Your Request Originates from an Undeclared Automated Tool</title></head><body><h1>Your Request Originates from an Undeclared Automated Tool</h1></body></html>";
    let warehouse = Warehouse::new();
    let origin = served(Answer::Body(200, page.to_vec()));
    let ran = warehouse.run(&["ingest", "sec_companyfacts", &origin.sec()]).with_status(4);
    assert!(
        ran.stderr.contains("failed: HTTP 200, throttled: SEC: undeclared automated tool"),
        "{}",
        ran.stderr
    );
    assert_eq!(count(&warehouse, "core_quarantine"), 0);
}

/// Microsoft's facts come after Meta's in the watch list; with the second run no source asks on.
#[test]
fn a_throttling_answer_stops_all_requests_to_the_publisher() {
    let warehouse = Warehouse::new();
    let origin =
        served(Answer::Body(403, b"<html><head><title>SEC.gov | Request Rate Threshold Exceeded</title></head><body><h1>Request Rate Threshold Exceeded</h1></body></html>".to_vec()));
    let ran = warehouse
        .run(&["ingest", "sec_companyfacts", "sec_submissions", &origin.sec()])
        .with_status(4);
    assert!(ran.stderr.contains("failed: HTTP 403, throttled: SEC"), "{}", ran.stderr);
    assert!(ran.stderr.contains("sec_companyfacts: stopped: "), "{}", ran.stderr);
    assert!(ran.stderr.contains("sec_submissions: skipped: sec.gov throttles"), "{}", ran.stderr);
    assert!(count(&warehouse, "core_xbrl_fact") > 0, "what was read before stays");
}

#[test]
fn a_document_that_is_gone_is_told_of() {
    check(Answer::Body(404, Vec::new()), "missing: HTTP 404, though it was there before");
}

#[test]
fn another_status_is_refused() {
    check(Answer::Body(451, b"<html>oops</html>".to_vec()), "refused: HTTP 451");
}

#[test]
fn an_empty_document_is_refused() {
    check(Answer::Body(200, Vec::new()), "failed: HTTP 200, empty_body");
    check(
        Answer::Body(
            200,
            br#"{"cik":789019,"entityName":"MICROSOFT CORPORATION","facts":{}}"#.to_vec(),
        ),
        "refused: 0 rows for core_xbrl_fact, at least 1 expected",
    );
}

/// One odd record is quarantined with its place; the document's other facts are read.
fn check_quarantined(facts: Answer, reason: &str) {
    let warehouse = Warehouse::new();
    let ran =
        warehouse.run(&["ingest", "sec_companyfacts", &served(facts.clone()).sec()]).with_status(4);
    assert!(
        ran.stderr.contains("1 records put into quarantine, the first at /facts/us-gaap/"),
        "{}",
        ran.stderr
    );
    let sql = "SELECT reason, locator LIKE '/facts/us-gaap/%/units/%', record LIKE '{\"%' FROM core_quarantine";
    let quarantined = duckdb::rows(&warehouse.latest().join("views.sql"), sql);
    let [row] = quarantined.as_slice() else { panic!("{quarantined:?}") };
    assert!(row[0].as_str().unwrap().contains(reason), "{row:?}");
    assert_eq!(json!(row[1..]), json!([true, true]));
    let facts_of = |text: &str| i64::try_from(text.matches("\"accn\"").count()).unwrap();
    let all =
        facts_of(&fixture("sec_companyfacts", MSFT)) + facts_of(&fixture("sec_companyfacts", META));
    assert_eq!(count(&warehouse, "core_xbrl_fact"), all - 1);
    // The same record on the next day is no news.
    warehouse.run(&["ingest", "sec_companyfacts", &served(facts).sec()]).with_status(0);
    assert_eq!(count(&warehouse, "core_quarantine"), 1);
}

#[test]
fn a_fact_without_a_value_is_quarantined() {
    check_quarantined(with_fact("\"val\":5810000000,", ""), "missing field `val`");
}

#[test]
fn a_negative_payment_is_quarantined() {
    check_quarantined(
        with_fact("\"val\":5810000000,", "\"val\":-5810000000,"),
        "PaymentsToAcquirePropertyPlantAndEquipment is never negative",
    );
}

#[test]
fn a_fact_of_an_unknown_unit_is_quarantined() {
    let text = fixture("sec_companyfacts", MSFT);
    let start = text.find("\"units\":{\"USD\":[{").unwrap() + "\"units\":{\"USD\":[".len();
    let end = start + text[start..].find('}').unwrap() + 1;
    let fact = &text[start..end];
    let moved = text.replacen(
        &format!("\"USD\":[{fact},"),
        &format!("\"US Dollars\":[{fact}],\"USD\":["),
        1,
    );
    assert_ne!(moved, text);
    check_quarantined(Answer::Body(200, moved.into_bytes()), "unknown unit `US Dollars`");
}

#[test]
fn a_null_label_is_nothing_to_complain_of() {
    let text = fixture("sec_companyfacts", MSFT);
    let start = text.find("\"label\":\"").unwrap();
    let end = start + text[start + 9..].find('"').unwrap() + 10;
    let nulled = format!("{}\"label\":null{}", &text[..start], &text[end..]);
    let warehouse = Warehouse::new();
    warehouse
        .run(&["ingest", "sec_companyfacts", &served(Answer::Body(200, nulled.into_bytes())).sec()])
        .with_status(0);
}

#[test]
fn a_source_whose_every_document_is_wrong_stops_and_the_others_finish() {
    let origin = Origin::start();
    for cik in ["0000320193", "0000796343", "0000002488", "0001018724"] {
        origin.serve(&facts_path(cik), "<html>maintenance</html>");
    }
    origin.serve(&facts_path(META), fixture("sec_companyfacts", META));
    origin.serve(&submissions_path(META), fixture("sec_submissions", META));
    let warehouse = Warehouse::new();
    let ran: Ran = warehouse
        .run(&["ingest", "sec_companyfacts", "sec_submissions", &origin.sec()])
        .with_status(4);
    assert!(
        ran.stderr.contains("sec_companyfacts: stopped: 3 documents in a row"),
        "{}",
        ran.stderr
    );
    assert!(count(&warehouse, "core_filing") > 0);
}

#[test]
fn a_changed_figure_supersedes_the_old_one_from_the_day_it_was_seen() {
    let warehouse = Warehouse::new();
    let good = Answer::Body(200, fixture("sec_companyfacts", MSFT).into_bytes());
    warehouse.run(&["ingest", "sec_companyfacts", &served(good).sec()]).with_status(0);
    let changed = with_fact("\"val\":5810000000,", "\"val\":5811000000,");
    let ran = warehouse.run(&["ingest", "sec_companyfacts", &served(changed).sec()]).with_status(0);
    assert!(ran.stderr.contains("1 new rows (1 corrections, 0 withdrawals)"), "{}", ran.stderr);
    let sql = "SELECT new.value, old.value, new.known_on = (now() AT TIME ZONE 'UTC')::DATE, old.known_on < new.known_on \
               FROM core_xbrl_fact AS new JOIN core_xbrl_fact AS old ON new.corrects_row_id = old.row_id";
    let rows = duckdb::rows(&warehouse.latest().join("views.sql"), sql);
    assert_eq!(json!(rows), json!([[5_811_000_000_i64, 5_810_000_000_i64, true, true]]));
    let sql = "SELECT capex_usd FROM mart_capex_quarterly \
               WHERE company_id = 'msft' AND definition = 'cash_gross' AND period_end = '2021-09-30'";
    assert_eq!(
        json!(duckdb::rows(&warehouse.latest().join("views.sql"), sql)),
        json!([[5_811_000_000.0]])
    );
}
