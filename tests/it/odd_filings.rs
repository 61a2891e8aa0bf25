//! What filers get wrong, in documents of Alphabet's form with made-up figures.

use serde_json::{Value, json};

use crate::duckdb;
use crate::origin::{Origin, facts_path};
use crate::program::Warehouse;

const ALPHABET: &str = "0001652044";
const CAPEX: &str = "PaymentsToAcquirePropertyPlantAndEquipment";
const CASH_FLOW: &str = "NetCashProvidedByUsedInOperatingActivities";

const PROCEEDS: &str = "ProceedsFromSaleOfPropertyPlantAndEquipment";
const NET_INCOME: &str = "NetIncomeLoss";
const DILUTED_SHARES: &str = "WeightedAverageNumberOfDilutedSharesOutstanding";
const BASIC_SHARES: &str = "WeightedAverageNumberOfSharesOutstandingBasic";

/// A fact: concept, start, end, value, form, filing date.
type Fact = (&'static str, &'static str, &'static str, i64, &'static str, &'static str);

/// A companyfacts document of these facts; each filing date is one filing.
fn document(facts: &[Fact]) -> String {
    let mut concepts = serde_json::Map::new();
    for (concept, start, end, val, form, filed) in facts {
        let unit = if concept.contains("Shares") { "shares" } else { "USD" };
        let accn = format!("0001652044-{}-{}", &filed[2..4], filed[4..].replace('-', "0"));
        let fact = json!({"start": start, "end": end, "val": val, "accn": accn, "fy": null, "fp": null, "form": form, "filed": filed});
        concepts
            .entry(*concept)
            .or_insert_with(|| json!({"label": concept, "description": null, "units": {unit: []}}))
            ["units"][unit]
            .as_array_mut()
            .unwrap()
            .push(fact);
    }
    json!({"cik": 1_652_044, "entityName": "Alphabet Inc.", "facts": {"us-gaap": concepts}})
        .to_string()
}

fn ingested(facts: &[Fact]) -> Warehouse {
    let origin = Origin::start();
    origin.serve(&facts_path(ALPHABET), document(facts));
    let warehouse = Warehouse::new();
    warehouse.run(&["ingest", "sec_companyfacts", &origin.sec()]).with_status(0);
    warehouse
}

fn quarters(warehouse: &Warehouse) -> Value {
    let sql = "SELECT fiscal_year, fiscal_quarter, capex_usd, method FROM mart_capex_quarterly \
               WHERE definition = 'cash_gross' ORDER BY ALL";
    json!(duckdb::rows(&warehouse.latest().join("views.sql"), sql))
}

#[test]
fn a_year_whose_end_is_misstated_by_a_day_is_one_year() {
    let warehouse = ingested(&[
        (CAPEX, "2023-01-01", "2023-12-31", 1000, "10-K", "2024-02-01"),
        (CASH_FLOW, "2023-01-01", "2023-12-30", 2000, "10-K", "2024-02-01"),
        (CAPEX, "2023-01-01", "2023-09-30", 700, "10-Q", "2023-11-01"),
    ]);
    assert_eq!(
        quarters(&warehouse),
        json!([
            [2023, 1, null, "not_derivable"],
            [2023, 2, null, "not_derivable"],
            [2023, 3, null, "not_derivable"],
            [2023, 4, 300.0, "year_minus_nine_months"], // 1000 - 700
        ])
    );
}

#[test]
fn a_start_misstated_by_a_day_opens_no_second_year() {
    let warehouse = ingested(&[
        (CAPEX, "2024-01-01", "2024-12-31", 1000, "10-K", "2025-02-01"),
        (CASH_FLOW, "2024-01-01", "2024-12-31", 2000, "10-K", "2025-02-01"),
        (CAPEX, "2025-01-01", "2025-03-31", 250, "10-Q", "2025-05-01"),
        (CASH_FLOW, "2025-01-02", "2025-03-31", 500, "10-Q", "2025-05-01"),
    ]);
    let of_2025 = quarters(&warehouse)
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| row[0] == 2025)
        .cloned()
        .collect::<Vec<_>>();
    assert_eq!(json!(of_2025), json!([[2025, 1, 250.0, "reported"]]));
}

/// Half a year of 100 was amended to 120 before nine months of 180 were filed. Whether the nine months build
/// on 100 or 120 is not said: 80 and 60 are both possible for the third quarter.
#[test]
fn a_restated_half_year_is_no_operand() {
    let warehouse = ingested(&[
        (CASH_FLOW, "2024-01-01", "2024-12-31", 2000, "10-K", "2025-02-01"),
        (CAPEX, "2024-01-01", "2024-12-31", 250, "10-K", "2025-02-01"),
        (CAPEX, "2024-01-01", "2024-03-31", 40, "10-Q", "2024-05-01"),
        (CAPEX, "2024-01-01", "2024-06-30", 100, "10-Q", "2024-08-01"),
        (CAPEX, "2024-01-01", "2024-06-30", 120, "10-Q/A", "2024-09-01"),
        (CAPEX, "2024-01-01", "2024-09-30", 180, "10-Q", "2024-11-01"),
    ]);
    assert_eq!(
        quarters(&warehouse),
        json!([
            [2024, 1, 40.0, "reported"],
            [2024, 2, null, "not_derivable"],
            [2024, 3, null, "not_derivable"],
            [2024, 4, 70.0, "year_minus_nine_months"], // 250 - 180
        ])
    );
}

/// A spread of one between two vintages of the year explains a residual of one, not of fifty: the reported
/// third quarter (150) does not fit the nine months (200) less the half year (100).
#[test]
fn a_residual_that_nothing_explains_is_called_so() {
    let warehouse = ingested(&[
        (CASH_FLOW, "2024-01-01", "2024-12-31", 2000, "10-K", "2025-02-01"),
        (CAPEX, "2024-01-01", "2024-12-31", 300, "10-K", "2025-02-01"),
        (CAPEX, "2024-01-01", "2024-12-31", 301, "10-K", "2026-02-01"),
        (CAPEX, "2024-01-01", "2024-03-31", 50, "10-Q", "2024-05-01"),
        (CAPEX, "2024-01-01", "2024-06-30", 100, "10-Q", "2024-08-01"),
        (CAPEX, "2024-07-01", "2024-09-30", 150, "10-Q", "2024-11-01"),
        (CAPEX, "2024-01-01", "2024-09-30", 200, "10-Q", "2024-11-01"),
    ]);
    let sql = "SELECT quarters_sum_usd, year_filed_usd, residual_usd, residual_class FROM mart_capex_reconciliation";
    let rows = duckdb::rows(&warehouse.latest().join("views.sql"), sql);
    // 50 + 50 + 150 + (300 - 200) = 350 against 301
    assert_eq!(json!(rows), json!([[350.0, 301.0, 49.0, "unexplained"]]));
}

/// No quarter can be known before it has ended, and none before the facts that its row is made of.
#[test]
fn a_row_is_known_once_all_its_inputs_are() {
    let warehouse = Warehouse::new();
    warehouse.demo();
    let sql = "SELECT mart.row_id FROM mart_fiscal_quarter AS mart JOIN mart_lineage ON mart_row_id = mart.row_id \
               JOIN core_xbrl_fact AS fact ON fact.row_id = input_row_id \
               WHERE mart_table = 'mart_fiscal_quarter' AND (fact.known_on > mart.known_on OR mart.known_on <= mart.period_end)";
    assert_eq!(json!(duckdb::rows(&warehouse.latest().join("views.sql"), sql)), json!([]));
}

/// Proceeds of zero are told; proceeds that are not tagged are not.
#[test]
fn a_filer_that_tags_no_proceeds_is_not_taken_to_have_none() {
    let cash_net = |facts: &[Fact]| {
        let sql = "SELECT capex_usd, adjustment_usd, method FROM mart_capex_quarterly \
                   WHERE definition = 'cash_net' AND period_end = '2024-03-31'";
        json!(duckdb::rows(&ingested(facts).latest().join("views.sql"), sql))
    };
    let untagged: &[Fact] = &[
        (CASH_FLOW, "2024-01-01", "2024-12-31", 2000, "10-K", "2025-02-01"),
        (CAPEX, "2024-01-01", "2024-03-31", 40, "10-Q", "2024-05-01"),
    ];
    assert_eq!(cash_net(untagged), json!([[null, null, "not_derivable"]]));
    let zero: Fact = (PROCEEDS, "2024-01-01", "2024-03-31", 0, "10-Q", "2024-05-01");
    assert_eq!(cash_net(&[untagged, &[zero]].concat()), json!([[40.0, 0.0, "reported"]]));
}

/// Values of one concept in the order of filing.
fn history(facts: &[Fact], concept: &str) -> Value {
    let sql = format!(
        "SELECT vintage_number, CAST(value AS BIGINT), CAST(previous_value AS BIGINT), change_reason, is_current, filings \
         FROM mart_fact_vintage WHERE concept = '{concept}' ORDER BY ALL"
    );
    json!(duckdb::rows(&ingested(facts).latest().join("views.sql"), &sql))
}

/// Net income of Dynex Capital, fiscal 2025: 319,066,000 in its annual report, 319,065 in its proxy statement.
#[test]
fn a_proxy_that_is_a_thousand_times_off_is_never_current() {
    let facts: &[Fact] = &[
        (NET_INCOME, "2025-01-01", "2025-12-31", 319_066_000, "10-K", "2026-02-20"),
        (NET_INCOME, "2025-01-01", "2025-12-31", 319_065, "DEF 14A", "2026-04-01"),
        (NET_INCOME, "2025-01-01", "2025-12-31", 319_066_000, "10-K", "2027-02-20"),
    ];
    assert_eq!(
        history(facts, NET_INCOME),
        json!([
            [1, 319_066_000, null, "first_filed", true, 2],
            [2, 319_065, 319_066_000, "scale_error", false, 1],
        ])
    );
}

/// Amazon's diluted shares of 2020: 510 m, and 10,198 m once its shares were split in twenty. A second line
/// of the filing that changes by the same ratio makes it a split; one that stays does not.
#[test]
fn a_split_is_told_by_two_lines_that_follow_it() {
    let year = |concept, value, filed| (concept, "2020-01-01", "2020-12-31", value, "10-K", filed);
    let diluted = [
        year(DILUTED_SHARES, 510_000_000, "2021-02-03"),
        year(DILUTED_SHARES, 10_198_000_000, "2023-02-03"),
    ];
    let basic = |after| {
        [year(BASIC_SHARES, 500_000_000, "2021-02-03"), year(BASIC_SHARES, after, "2023-02-03")]
    };
    let reason = |after| history(&[diluted, basic(after)].concat(), DILUTED_SHARES)[1][3].clone();
    assert_eq!(reason(10_000_000_000), json!("split")); // 500 m x 20
    assert_eq!(reason(500_000_000), json!("changed"));
}

/// Two concepts of one company, of which 100 in 2022 says that they are one and 250 against 260 in 2023 that
/// they are not: the year is not told in half years of the other.
#[test]
fn concepts_that_contradict_each_other_are_not_subtracted() {
    const ASSETS: &str = "PaymentsToAcquireProductiveAssets";
    let facts: &[Fact] = &[
        (CASH_FLOW, "2023-01-01", "2023-12-31", 2000, "10-K", "2024-02-01"),
        (CAPEX, "2022-01-01", "2022-12-31", 100, "10-K", "2023-02-01"),
        (ASSETS, "2022-01-01", "2022-12-31", 100, "10-K", "2024-02-01"),
        (CAPEX, "2023-01-01", "2023-09-30", 180, "10-Q", "2023-11-01"),
        (ASSETS, "2023-01-01", "2023-12-31", 250, "10-K", "2024-02-01"),
    ];
    let fourth = |facts: &[Fact]| {
        let rows = quarters(&ingested(facts));
        rows.as_array().unwrap().iter().find(|row| row[0] == 2023 && row[1] == 4).cloned()
    };
    assert_eq!(fourth(facts), Some(json!([2023, 4, 70.0, "year_minus_nine_months"]))); // 250 - 180
    let contradiction: Fact = (CAPEX, "2023-01-01", "2023-12-31", 260, "10-K/A", "2024-03-01");
    assert_eq!(
        fourth(&[facts, &[contradiction]].concat()),
        Some(json!([2023, 4, null, "not_derivable"]))
    );
}
