//! One vintage at a time, and what was known on a day.

use std::fs;

use serde_json::json;

use crate::captures::captures;
use crate::duckdb;
use crate::origin::{Origin, facts_path};
use crate::program::Warehouse;

/// Meta, capital expenditure of 2023 in millions, year to date:
///
/// | | first filed | restated beside 2024 |
/// |---|---|---|
/// | half year | 13,058 (2023-07-27) | 12,957 (2024-08-01) |
/// | nine months | 19,601 (2023-10-26) | 19,453 (2024-10-31) |
///
/// On 2024-09-17 the restated half year was known, the restated nine months were not: mixing them would
/// give 19,601 - 12,957 = 6,644.
#[test]
fn a_quarter_is_never_the_difference_of_two_vintages() {
    let warehouse = Warehouse::new();
    warehouse.demo();
    warehouse.run(&["transform", "--as-of", "2024-09-17"]).with_status(0);
    let third_quarter = |snapshot: &std::path::Path| {
        let sql = "SELECT capex_usd / 1e6, vintage, known_on FROM mart_capex_quarterly \
                   WHERE company_id = 'meta' AND definition = 'cash_gross' AND period_end = '2023-09-30'";
        json!(duckdb::rows(&snapshot.join("views.sql"), sql))
    };
    let as_of = warehouse.snapshot_as_of("2024-09-17");
    assert_eq!(third_quarter(&as_of), json!([[6543.0, "as_first_filed", "2023-10-26"]])); // 19,601 - 13,058
    assert_eq!(
        third_quarter(&warehouse.latest()),
        json!([[6496.0, "comparative_1", "2024-10-31"]])
    ); // 19,453 - 12,957
}

#[test]
fn nothing_later_leaks_into_an_earlier_day() {
    let warehouse = Warehouse::new();
    warehouse.demo();
    let before = warehouse.latest().canonicalize().unwrap();
    warehouse.run(&["transform", "--as-of", "2024-09-17"]).with_status(0);
    assert_eq!(warehouse.latest().canonicalize().unwrap(), before, "latest stays");
    let as_of = warehouse.snapshot_as_of("2024-09-17");
    let later = duckdb::rows(
        &as_of.join("views.sql"),
        "SELECT count(*) FROM mart_lineage JOIN core_xbrl_fact ON input_row_id = row_id WHERE known_on > '2024-09-17'",
    );
    assert_eq!(json!(later), json!([[0]]));
    let quarters = "SELECT count(*) FROM mart_capex_quarterly WHERE capex_usd IS NOT NULL";
    let count = |snapshot: &std::path::Path| {
        duckdb::rows(&snapshot.join("views.sql"), quarters)[0][0].as_i64().unwrap()
    };
    assert!(count(&as_of) > 0 && count(&as_of) < count(&warehouse.latest()));
}

/// Alphabet's facts as the SEC served them in May 2022 and in July 2026: what was known in April 2022 is the
/// same in both, to the last row of the lineage.
#[test]
fn a_capture_of_four_years_later_tells_the_same_history() {
    let Some(folder) = captures() else { return };
    let ingested = |file: &str| {
        let origin = Origin::start();
        let path = folder.join("filings/companyfacts").join(file);
        origin.serve(&facts_path("0001652044"), fs::read(path).unwrap());
        let warehouse = Warehouse::new();
        warehouse.run(&["ingest", "sec_companyfacts", &origin.sec()]).with_status(0);
        warehouse
    };
    let then = ingested("GOOGL-CIK0001652044-2022-05.json");
    let later = ingested("GOOGL-CIK0001652044-2026-07-09.json");
    later.run(&["transform", "--as-of", "2022-04-27"]).with_status(0); // the last filing of the older capture
    let schemas = [
        duckdb::views_in("before", &then.latest()),
        duckdb::views_in("after", &later.snapshot_as_of("2022-04-27")),
    ];
    for table in
        ["mart_fact_vintage", "mart_capex_quarterly", "mart_capital_intensity", "mart_lineage"]
    {
        let differences = format!(
            "SELECT (SELECT count(*) FROM before.{table}) > 0, \
             (SELECT count(*) FROM (FROM before.{table} EXCEPT ALL FROM after.{table})), \
             (SELECT count(*) FROM (FROM after.{table} EXCEPT ALL FROM before.{table}))"
        );
        let rows = duckdb::run(&[schemas.as_slice(), &[differences]].concat());
        assert_eq!(json!(rows), json!([[true, 0, 0]]), "{table}");
    }
}
