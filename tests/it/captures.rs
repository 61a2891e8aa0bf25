//! Capital expenditure from recorded companyfacts documents, through HTTP, Parquet, Polars and DuckDB.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

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
    definitions_stand_side_by_side(&warehouse);
    annual_figures_have_definitions(&warehouse);
    a_definition_names_its_operands(&warehouse);
    concepts_are_joined_by_evidence(&warehouse);
    changes_have_reasons(&warehouse);
    switches_and_reversals_are_told(&warehouse);
    every_fact_is_in_one_vintage(&warehouse);
    values_are_as_first_filed_and_as_now(&warehouse);
    every_fact_is_stored_once(&warehouse);
    no_quarter_stands_twice(&warehouse);
    capital_intensity_is_a_quotient(&warehouse);
    crate::engines::duckdb_agrees(&warehouse, crate::engines::Given::Filings);
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

/// Rows of a query on the newest snapshot.
fn rows(warehouse: &Warehouse, sql: &str) -> Value {
    json!(duckdb::rows(&warehouse.latest().join("views.sql"), sql))
}

/// A definition's quarters that have a value, in millions, with what it adds to the cash paid.
fn defined(warehouse: &Warehouse, company: &str, fiscal_year: i32, definition: &str) -> Value {
    rows(
        warehouse,
        &format!(
            "SELECT fiscal_quarter, capex_usd / 1e6, adjustment_usd / 1e6, method, vintage FROM mart_capex_quarterly \
             WHERE company_id = '{company}' AND fiscal_year = {fiscal_year} AND definition = '{definition}' \
             AND capex_usd IS NOT NULL ORDER BY ALL"
        ),
    )
}

fn definitions_stand_side_by_side(warehouse: &Warehouse) {
    // Assets obtained by finance leases, year to date: 523, 606, 989 and 1,606.
    assert_eq!(
        defined(warehouse, "googl", 2025, "cash_and_leases"),
        json!([
            [1, 17720.0, 523.0, "reported", "comparative_1"], // 17,197 + 523
            [2, 22529.0, 83.0, "ytd_difference", "as_first_filed"], // 22,446 + 83
            [3, 24336.0, 383.0, "ytd_difference", "as_first_filed"], // 23,953 + 383
            [4, 28468.0, 617.0, "year_minus_nine_months", "as_first_filed"], // 27,851 + 1,606 - 989
        ])
    );
    // Proceeds of 41, 54, 81 and 99 year to date.
    assert_eq!(
        defined(warehouse, "googl", 2017, "cash_net"),
        json!([
            [1, 2467.0, -41.0, "reported", "comparative_1"], // 2,508 - 41
            [2, 2818.0, -13.0, "ytd_difference", "comparative_1"], // 2,831 - 13
            [3, 3511.0, -27.0, "ytd_difference", "comparative_1"], // 3,538 - 27
            [4, 4289.0, -18.0, "year_minus_nine_months", "comparative_1"], // 4,307 - 18
        ])
    );
    // Unpaid: 525 at the end of fiscal 2025, then 408, 1,100, 790 and 820.
    assert_eq!(
        defined(warehouse, "nvda", 2026, "accrual"),
        json!([
            [1, 1110.0, -117.0, "reported", "comparative_1"], // 1,227 + 408 - 525
            [2, 2587.0, 692.0, "ytd_difference", "as_first_filed"], // 1,895 + 1,100 - 408
            [3, 1326.0, -310.0, "ytd_difference", "as_first_filed"], // 1,636 + 790 - 1,100
            [4, 1314.0, 30.0, "year_minus_nine_months", "as_first_filed"], // 1,284 + 820 - 790
        ])
    );
    // Amazon's tag for proceeds is its own, and companyfacts has no such tags: that it has none is not said.
    assert_eq!(defined(warehouse, "amzn", 2021, "cash_net"), json!([]));
}

fn annual_figures_have_definitions(warehouse: &Warehouse) {
    assert_eq!(
        rows(
            warehouse,
            "SELECT company_id, fiscal_year, definition, capex_usd / 1e6 FROM mart_capital_intensity \
             WHERE (company_id, fiscal_year) IN (('nvda', 2026), ('googl', 2024), ('googl', 2015)) ORDER BY ALL"
        ),
        json!([
            ["googl", 2015, "cash_gross", 9950.0],
            ["googl", 2015, "cash_net", 9915.0], // 9,950 - 35
            ["googl", 2024, "accrual", 55426.0], // 52,535 + 10,326 - 7,435, all in the annual report of 2025
            ["googl", 2024, "cash_and_leases", 52848.0], // 52,535 + 313
            ["googl", 2024, "cash_gross", 52535.0],
            ["nvda", 2026, "accrual", 6337.0], // 6,042 + 820 - 525, the sum of its quarters
            ["nvda", 2026, "cash_gross", 6042.0],
        ])
    );
}

fn a_definition_names_its_operands(warehouse: &Warehouse) {
    assert_eq!(
        rows(
            warehouse,
            "SELECT role, fact.concept, fact.period_start, fact.period_end, CAST(fact.value AS BIGINT) // 1000000 \
             FROM mart_lineage JOIN core_xbrl_fact AS fact ON input_row_id = fact.row_id \
             WHERE mart_row_id = '0001045810:accrual:2025-01-27:Q3' ORDER BY ALL"
        ),
        json!([
            ["minuend", "PaymentsToAcquireProductiveAssets", "2025-01-27", "2025-10-26", 4758],
            ["subtrahend", "PaymentsToAcquireProductiveAssets", "2025-01-27", "2025-07-27", 3122],
            [
                "unpaid_at_end",
                "CapitalExpendituresIncurredButNotYetPaid",
                "2025-01-27",
                "2025-10-26",
                790
            ],
            [
                "unpaid_at_start",
                "CapitalExpendituresIncurredButNotYetPaid",
                "2025-01-27",
                "2025-07-27",
                1100
            ],
        ])
    );
}

fn concepts_are_joined_by_evidence(warehouse: &Warehouse) {
    // NVIDIA's half year to 2020-07-26 is 372 under either concept, Apple's year to 2014-09-27 is 9,571.
    assert_eq!(
        rows(
            warehouse,
            "SELECT company_id, count(DISTINCT series), count(DISTINCT concept) FROM mart_capex_quarterly \
             WHERE company_id IN ('nvda', 'aapl') AND capex_usd IS NOT NULL GROUP BY ALL ORDER BY ALL"
        ),
        json!([["aapl", 1, 2], ["nvda", 1, 2]])
    );
    // 344 under the second concept (filed 2020-11-18) less 241 under the first (filed 2020-08-19).
    assert_eq!(
        rows(
            warehouse,
            "SELECT capex_usd / 1e6, vintage, concept FROM mart_capex_quarterly \
             WHERE company_id = 'nvda' AND definition = 'cash_gross' AND period_end = '2019-10-27'"
        ),
        json!([[103.0, "comparative_1", "PaymentsToAcquireProductiveAssets"]])
    );
    // Amazon's 2016 is 6,737 under one concept and 7,804 under the other: two series, and each year is told in one.
    assert_eq!(
        rows(
            warehouse,
            "SELECT fiscal_year, fiscal_quarter, capex_usd / 1e6, series FROM mart_capex_quarterly \
             WHERE company_id = 'amzn' AND fiscal_year IN (2016, 2017) AND definition = 'cash_gross' ORDER BY ALL"
        ),
        json!([
            [2016, 1, 1179.0, "PaymentsToAcquirePropertyPlantAndEquipment"],
            [2016, 2, 1711.0, "PaymentsToAcquirePropertyPlantAndEquipment"],
            [2016, 3, 1841.0, "PaymentsToAcquirePropertyPlantAndEquipment"],
            [2016, 4, 2006.0, "PaymentsToAcquirePropertyPlantAndEquipment"], // 6,737 - 4,731
            [2017, 1, null, null], // 1,861 under the concept of the other series
            [2017, 2, null, null],
            [2017, 3, 3074.0, "PaymentsToAcquireProductiveAssets"],
            [2017, 4, 3619.0, "PaymentsToAcquireProductiveAssets"], // 11,955 - 8,336
        ])
    );
    assert_eq!(
        rows(
            warehouse,
            "SELECT series, year_filed_usd / 1e6, residual_class FROM mart_capex_reconciliation \
             WHERE company_id = 'amzn' AND fiscal_year = 2016 ORDER BY ALL"
        ),
        json!([
            ["PaymentsToAcquireProductiveAssets", 7804.0, "quarters_missing"],
            ["PaymentsToAcquirePropertyPlantAndEquipment", 6737.0, "zero"],
        ])
    );
}

/// All values of one line and period in the order of filing, in millions where the unit is dollars.
fn history(warehouse: &Warehouse, company: &str, line: &str, start: &str, end: &str) -> Value {
    rows(
        warehouse,
        &format!(
            "SELECT vintage_number, CAST(value AS DOUBLE) / CASE WHEN unit = 'USD' THEN 1e6 ELSE 1 END, change_reason, \
             filed_date, is_current FROM mart_fact_vintage WHERE company_id = '{company}' AND line_concept = '{line}' \
             AND period_start = '{start}' AND period_end = '{end}' ORDER BY ALL"
        ),
    )
}

const REVENUE: &str = "RevenueFromContractWithCustomerExcludingAssessedTax";
const PAID_FOR_PROPERTY: &str = "PaymentsToAcquirePropertyPlantAndEquipment";

fn changes_have_reasons(warehouse: &Warehouse) {
    let history = |company, line, start, end| history(warehouse, company, line, start, end);
    // Revenue recognised by another standard, under another concept.
    assert_eq!(
        history("msft", REVENUE, "2016-07-01", "2017-06-30"),
        json!([
            [1, 89950.0, "first_filed", "2017-08-02", false],
            [2, 96571.0, "restated", "2018-08-03", true],
        ])
    );
    // Proceeds of 35 moved to a line of their own; cash from investing stayed.
    assert_eq!(
        history("googl", PAID_FOR_PROPERTY, "2015-01-01", "2015-12-31"),
        json!([
            [1, 9915.0, "first_filed", "2016-02-11", false],
            [2, 9950.0, "recast", "2017-02-03", true],
        ])
    );
    assert_eq!(
        history("aapl", REVENUE, "2008-09-28", "2009-09-26"),
        json!([
            [1, 36537.0, "first_filed", "2009-10-27", false],
            [2, 42905.0, "restated", "2010-01-25", true], // by 10-K/A
        ])
    );
    assert_eq!(
        history("nvda", "EarningsPerShareDiluted", "2023-01-30", "2024-01-28"),
        json!([
            [1, 11.93, "first_filed", "2024-02-21", false],
            [2, 1.19, "split", "2025-02-26", true], // 11.93 / 10
        ])
    );
    assert_eq!(
        history("nvda", "Revenues", "2014-01-27", "2014-04-27"),
        json!([
            [1, 1102.787, "first_filed", "2014-05-21", false],
            [2, 1103.0, "re_rounded", "2015-05-20", true],
        ])
    );
}

fn switches_and_reversals_are_told(warehouse: &Warehouse) {
    let history = |company, line, start, end| history(warehouse, company, line, start, end);
    assert_eq!(
        history("nvda", "PaymentsToAcquireProductiveAssets", "2020-01-27", "2020-07-26"),
        json!([
            [1, 372.0, "first_filed", "2020-08-19", false],
            [2, 372.0, "tag_switch", "2021-08-20", true],
        ])
    );
    // The annual report of 2018 states another period's figures for this half year.
    assert_eq!(
        history("nvda", "NetIncomeLoss", "2017-01-30", "2017-07-30"),
        json!([
            [1, 1091.0, "first_filed", "2017-08-23", false],
            [2, 583.0, "changed", "2018-02-28", false],
            [3, 1091.0, "reverted", "2018-08-16", true],
        ])
    );
    assert_eq!(
        history(
            "googl",
            "OtherComprehensiveIncomeLossAvailableForSaleSecuritiesTax",
            "2015-07-01",
            "2015-09-30"
        ),
        json!([
            [1, 2.0, "first_filed", "2015-10-29", false],
            [2, -2.0, "sign_changed", "2016-11-03", true],
        ])
    );
    // The same line under three concepts.
    assert_eq!(
        history("amzn", "PaymentsToAcquireProductiveAssets", "2016-01-01", "2016-12-31"),
        json!([
            [1, 6737.0, "first_filed", "2017-02-10", false],
            [2, 7804.0, "restated", "2018-02-02", false],
            [3, 7804.0, "tag_switch", "2019-02-01", true],
        ])
    );
}

fn every_fact_is_in_one_vintage(warehouse: &Warehouse) {
    let one_current = rows(
        warehouse,
        "SELECT count(*) FROM (SELECT cik, line_concept, unit, dimensions, period_start, period_end \
         FROM mart_fact_vintage GROUP BY ALL HAVING count(*) FILTER (is_current) <> 1)",
    );
    assert_eq!(one_current, json!([[0]]));
    // Each fact stands in the lineage of one vintage.
    let filings = rows(
        warehouse,
        "SELECT CAST(sum(filings) AS BIGINT), (SELECT count(DISTINCT input_row_id) FROM mart_lineage \
         WHERE mart_table = 'mart_fact_vintage' AND role IN ('stated', 'repeated')) FROM mart_fact_vintage",
    );
    assert_eq!(filings, json!([[117_123, 117_123]]));
}

/// The day before each change, and now.
fn values_are_as_first_filed_and_as_now(warehouse: &Warehouse) {
    for (day, company, line, start, end, then, now) in [
        ("2010-01-24", "aapl", "SalesRevenueNet", "2008-09-28", "2009-09-26", 36537.0, 42905.0),
        ("2017-02-02", "googl", PAID_FOR_PROPERTY, "2015-01-01", "2015-12-31", 9915.0, 9950.0),
        ("2018-08-02", "msft", "SalesRevenueNet", "2016-07-01", "2017-06-30", 89950.0, 96571.0),
        ("2025-02-25", "nvda", "EarningsPerShareDiluted", "2023-01-30", "2024-01-28", 11.93, 1.19),
    ] {
        let value = |snapshot: &Path, concept: &str| {
            let sql = format!(
                "SELECT CAST(value AS DOUBLE) / CASE WHEN unit = 'USD' THEN 1e6 ELSE 1 END FROM mart_fact_vintage \
                 WHERE company_id = '{company}' AND line_concept = '{concept}' AND period_start = '{start}' \
                 AND period_end = '{end}' AND is_current"
            );
            json!(duckdb::rows(&snapshot.join("views.sql"), &sql))
        };
        warehouse.run(&["transform", "--as-of", day]).with_status(0);
        assert_eq!(
            value(&warehouse.snapshot_as_of(day), line),
            json!([[then]]),
            "{company} as of {day}"
        );
        let line_now = if line == "SalesRevenueNet" { REVENUE } else { line };
        assert_eq!(value(&warehouse.latest(), line_now), json!([[now]]), "{company} now");
    }
}

fn residuals_are_classed(warehouse: &Warehouse) {
    let rows = |sql: &str| rows(warehouse, sql);
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
         FROM mart_capital_intensity WHERE company_id = 'googl' AND fiscal_year = 2024 AND definition = 'cash_gross'",
    );
    assert_eq!(json!(rows), json!([[52535.0, true, true, true, true]]));
}
