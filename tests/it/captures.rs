//! Capital expenditure from recorded companyfacts documents, through HTTP, Parquet, Polars and DuckDB.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::duckdb;
use crate::origin::{Origin, facts_path};
use crate::program::{Warehouse, checkout};

/// The folder of recorded documents; `None`, and a line that says so, where there is none. CI has it.
pub(crate) fn captures() -> Option<PathBuf> {
    let folder = std::env::var_os("BURNRATE_CAPTURES")
        .map_or_else(|| checkout().join("../shared/captures"), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "no recorded documents in {}", folder.display());
    // Past the test harness, which swallows what a passing test prints.
    let note =
        format!("skipped: no recorded documents in {}; set BURNRATE_CAPTURES\n", folder.display());
    std::io::stderr().write_all(note.as_bytes()).unwrap();
    None
}

const RECORDED: &[(&str, &str)] = &[
    ("0000789019", "MSFT-CIK0000789019-2022-05.json"),
    ("0001018724", "AMZN-CIK0001018724-2022-05.json"),
    ("0001652044", "GOOGL-CIK0001652044-2026-07-09.json"),
    ("0001045810", "NVDA-CIK0001045810-2026-07-09.json"),
    ("0000320193", "AAPL-CIK0000320193-2026-03-21.json"),
];

/// A warehouse of the five recorded documents, fetched over loopback.
fn ingested() -> Option<Warehouse> {
    let folder = captures()?.join("filings/companyfacts");
    let origin = Origin::start();
    for (cik, file) in RECORDED {
        origin.serve(&facts_path(cik), fs::read(folder.join(file)).unwrap());
    }
    let warehouse = Warehouse::new();
    warehouse.run(&["ingest", "sec_companyfacts", &origin.sec()]).with_status(0);
    Some(warehouse)
}

#[test]
fn capital_expenditure_is_what_the_filings_say() {
    let Some(warehouse) = ingested() else { return };
    quarters_are_differenced(&warehouse);
    residuals_are_classed(&warehouse);
    every_fact_is_stored_once(&warehouse);
    no_quarter_stands_twice(&warehouse);
    capital_intensity_is_a_quotient(&warehouse);
    crate::engines::duckdb_agrees(&warehouse);
}

/// Quarters of one fiscal year in millions, `null` where there is no value, with their methods.
fn quarters(warehouse: &Warehouse, cik: &str, fiscal_year: i32) -> Vec<Vec<Value>> {
    duckdb::rows(
        &warehouse.latest().join("views.sql"),
        &format!(
            "SELECT period_end, capex_usd / 1e6, method FROM mart_capex_quarterly \
             WHERE cik = '{cik}' AND definition = 'cash_gross' AND fiscal_year = {fiscal_year} ORDER BY fiscal_quarter"
        ),
    )
}

#[expect(clippy::needless_pass_by_value, reason = "literals")]
#[track_caller]
fn check(warehouse: &Warehouse, cik: &str, fiscal_year: i32, expected: Value) {
    assert_eq!(json!(quarters(warehouse, cik, fiscal_year)), expected, "{cik} {fiscal_year}");
}

fn quarters_are_differenced(warehouse: &Warehouse) {
    check(
        warehouse,
        "0000789019",
        2021,
        json!([
            ["2020-09-30", 4907.0, "reported"],
            ["2020-12-31", 4174.0, "reported"],
            ["2021-03-31", 5089.0, "reported"],
            ["2021-06-30", 6452.0, "year_minus_nine_months"], // 20,622 - 14,170
        ]),
    );
    check(
        warehouse,
        "0001652044",
        2024,
        json!([
            ["2024-03-31", 12012.0, "reported"],
            ["2024-06-30", 13186.0, "ytd_difference"],
            ["2024-09-30", 13061.0, "ytd_difference"],
            ["2024-12-31", 14276.0, "year_minus_nine_months"],
        ]),
    );
    check(
        warehouse,
        "0001652044",
        2025,
        json!([
            ["2025-03-31", 17197.0, "reported"],
            ["2025-06-30", 22446.0, "ytd_difference"],
            ["2025-09-30", 23953.0, "ytd_difference"],
            ["2025-12-31", 27851.0, "year_minus_nine_months"],
        ]),
    );
    check(
        warehouse,
        "0001045810",
        2026,
        json!([
            ["2025-04-27", 1227.0, "reported"],
            ["2025-07-27", 1895.0, "ytd_difference"], // 3,122 - 1,227
            ["2025-10-26", 1636.0, "ytd_difference"], // 4,758 - 3,122
            ["2026-01-25", 1284.0, "year_minus_nine_months"], // 6,042 - 4,758
        ]),
    );
    check(
        warehouse,
        "0001045810",
        2023,
        json!([
            ["2022-05-01", null, "not_derivable"],
            ["2022-07-31", null, "not_derivable"],
            ["2022-10-30", null, "not_derivable"],
            ["2023-01-29", 509.0, "year_minus_nine_months"], // 1,833 - 1,324
        ]),
    );
    // Its 10-Qs also state trailing twelve months, e.g. 52,256 for the year to 2021-06-30.
    check(
        warehouse,
        "0001018724",
        2021,
        json!([
            ["2021-03-31", 12082.0, "reported"],
            ["2021-06-30", 14288.0, "reported"],
            ["2021-09-30", 15748.0, "reported"],
            ["2021-12-31", 18935.0, "year_minus_nine_months"], // 61,053 - 42,118
        ]),
    );
}

fn residuals_are_classed(warehouse: &Warehouse) {
    let rows = |sql: &str| json!(duckdb::rows(&warehouse.latest().join("views.sql"), sql));
    assert_eq!(
        rows(
            "SELECT company_id, fiscal_year, residual_usd / 1e6, residual_class, \
              nine_months_residual_usd / 1e6, nine_months_class \
              FROM mart_capex_reconciliation WHERE residual_usd <> 0 ORDER BY ALL"
        ),
        json!([
            // 298 + 433 + 529 = 1,260 against nine months of 1,261
            ["amzn", 2011, -1.0, "rounding", -1.0, "rounding"],
            // 670 + 855 + 1,038 = 2,563 against 2,565
            ["amzn", 2013, -2.0, "rounding", -2.0, "rounding"],
            // 871 + 1,213 + 1,195 = 3,279 against 3,280
            ["amzn", 2015, -1.0, "rounding", -1.0, "rounding"],
            // 2,927 + 2,515 + 2,383 = 7,825 against the restated 7,848
            ["googl", 2015, -23.0, "restated", -23.0, "restated"],
        ])
    );
    let classes =
        rows("SELECT DISTINCT residual_class FROM mart_capex_reconciliation ORDER BY ALL");
    assert_eq!(
        classes,
        json!([
            ["quarters_missing"],
            ["restated"],
            ["rounding"],
            ["zero"],
            ["zero_by_construction"]
        ])
    );
    let unclassed = rows(
        "SELECT count(*) FROM mart_capex_reconciliation WHERE (residual_usd IS NULL) <> (residual_class = 'quarters_missing')",
    );
    assert_eq!(unclassed, json!([[0]]));
}

/// The documents hold 24,031 + 21,286 + 20,324 + 26,903 + 24,579 facts, by counting `"accn"`.
fn every_fact_is_stored_once(warehouse: &Warehouse) {
    let rows = duckdb::rows(
        &warehouse.latest().join("views.sql"),
        "SELECT (SELECT count(*) FROM core_xbrl_fact), (SELECT count(DISTINCT row_id) FROM core_xbrl_fact), \
         (SELECT count(*) FROM core_quarantine)",
    );
    assert_eq!(json!(rows), json!([[117_123, 117_123, 0]]));
}

/// NVIDIA's 10-Q of 2009-08-20 states cash flows from 2008-01-25 and 2009-01-25, three days and a day before
/// its fiscal years began.
fn no_quarter_stands_twice(warehouse: &Warehouse) {
    let rows = duckdb::rows(
        &warehouse.latest().join("views.sql"),
        "SELECT cik, fiscal_year, fiscal_quarter FROM mart_fiscal_quarter GROUP BY ALL HAVING count(*) > 1",
    );
    assert_eq!(json!(rows), json!([]));
}

/// Alphabet 2024: 52,535 m of capital expenditure, 125,299 m of operating cash flow, 350,018 m of revenue,
/// 15,311 m of depreciation.
fn capital_intensity_is_a_quotient(warehouse: &Warehouse) {
    let rows = duckdb::rows(
        &warehouse.latest().join("views.sql"),
        "SELECT capex_usd / 1e6, abs(capex_to_operating_cash_flow - 52535 / 125299) < 1e-12, \
         abs(capex_to_revenue_low - 52535 / 350018) < 1e-12, abs(capex_to_revenue_high - 52535 / 350018) < 1e-12, \
         abs(capex_to_depreciation_low - 52535 / 15311) < 1e-12 \
         FROM mart_capital_intensity WHERE company_id = 'googl' AND fiscal_year = 2024",
    );
    assert_eq!(json!(rows), json!([[52535.0, true, true, true, true]]));
}
