//! Three ways to look at the past: what was known then, what is known now of then, what this warehouse had then.

use std::fs;

use burnrate_model::Clock;
use serde_json::json;

use crate::duckdb;
use crate::engines::{Given, agrees};
use crate::origin::{Origin, facts_path};
use crate::program::{Warehouse, checkout};

const THIRD_QUARTER: &str = "SELECT CAST(capex_usd / 1e6 AS BIGINT) FROM mart_capex_quarterly \
                             WHERE company_id = 'meta' AND definition = 'cash_gross' AND period_end = '2023-09-30'";

#[test]
fn looking_back_uses_what_was_restated_since_and_says_so() {
    let warehouse = Warehouse::new();
    warehouse.demo();
    let ran = warehouse.run(&["transform", "--valid-on", "2024-09-17"]).with_status(0);
    assert!(ran.stdout.contains("on 2024-09-17, by what is known now"), "{}", ran.stdout);
    let back = warehouse.snapshot_named("valid-on-2024-09-17");
    let views = back.join("views.sql");
    assert!(fs::read_to_string(&views).unwrap().contains("look back on 2024-09-17"));
    // Known then 19,601 - 13,058; restated on 2024-10-31 to 19,453 - 12,957.
    assert_eq!(json!(duckdb::rows(&views, THIRD_QUARTER)), json!([[19_453 - 12_957]]));
    let later = "SELECT count(*) FROM mart_capex_quarterly WHERE period_end > '2024-09-17'";
    assert_eq!(json!(duckdb::rows(&views, later)), json!([[0]]));
    // The price of o1-preview was first read on 2024-10-13.
    let seen = "SELECT CAST(MIN(known_on) AS VARCHAR) FROM mart_token_price_history WHERE model_id = 'o1-preview'";
    assert_eq!(json!(duckdb::rows(&views, seen)), json!([["2024-10-13"]]));
    let claim = "SELECT verdict, verdict_with_hindsight FROM mart_claim_check WHERE row_id = 'subprime_ai_crisis-037'";
    assert_eq!(json!(duckdb::rows(&views, claim)), json!([["not_checkable", "supported"]]));
    agrees(&back, Clock::ValidOn("2024-09-17".parse().unwrap()), Given::Argument);
}

#[test]
fn what_was_recorded_is_what_the_warehouse_had() {
    let origin = Origin::start();
    let file = checkout().join("pipelines/sec_companyfacts/fixtures/CIK0001326801.json");
    let facts = fs::read_to_string(file).unwrap();
    // The nine months of 2023 as restated are not there yet.
    let restated = "\"val\":19453000000";
    assert!(facts.contains(restated));
    origin.serve(&facts_path("0001326801"), facts.replace(restated, "\"val\":19601000000"));
    let warehouse = Warehouse::new();
    warehouse.run(&["ingest", "sec_companyfacts", &origin.sec()]).with_status(0);
    let first = fs::read_to_string(warehouse.latest().join("snapshot.json")).unwrap();
    let first: serde_json::Value = serde_json::from_str(&first).unwrap();
    origin.serve(&facts_path("0001326801"), facts);
    warehouse.run(&["ingest", "sec_companyfacts", &origin.sec()]).with_status(0);
    let third_quarter = |snapshot: &std::path::Path| {
        json!(duckdb::rows(&snapshot.join("views.sql"), THIRD_QUARTER))
    };
    // 12,957 of the half-year as restated; nine months of that vintage are 19,601 at first, then 19,453.
    assert_eq!(third_quarter(&warehouse.latest()), json!([[19_453 - 12_957]]));
    let recorded = first["created_at"].as_str().unwrap();
    warehouse.run(&["transform", "--as-recorded", recorded]).with_status(0);
    let newest = warehouse.newest_snapshot();
    assert_ne!(newest, warehouse.latest().canonicalize().unwrap(), "latest is as it was");
    assert_eq!(third_quarter(&newest), json!([[19_601 - 12_957]]));
    let ran = warehouse.run(&["transform", "--as-recorded", "2020-01-01T00:00:00Z"]).with_status(1);
    assert!(ran.stderr.contains("had no snapshot yet at 2020-01-01"), "{}", ran.stderr);
}
