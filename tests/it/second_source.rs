//! Facts that two sources carry: companyfacts as recorded, and rows as they are read from the documents.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use burnrate_pipelines::metrics::METRICS;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::captures::captures;
use crate::duckdb;
use crate::engines::core_tables;
use crate::origin::{Origin, facts_path};
use crate::program::Warehouse;

const AMAZON: &str = "0001018724";
const NVIDIA: &str = "0001045810";
const QUARTERLY_2023: (&str, &str, &str) = ("0001045810-23-000175", "10-Q", "2023-08-28");
const QUARTERLY_2025: (&str, &str, &str) = ("0001045810-25-000209", "10-Q", "2025-08-27");
/// The accession number of this annual report is not recorded; this one is made up.
const AMAZON_ANNUAL: (&str, &str, &str) = ("0001018724-25-999999", "10-K", "2025-02-07");
const ASSETS: &str = "PaymentsToAcquireProductiveAssets";
const INCENTIVES: &str = "ProceedsFromPropertyPlantAndEquipmentSalesAndIncentives";

/// A fact of a document, in dollars.
struct Stated {
    cik: &'static str,
    /// Taxonomy and concept.
    name: (&'static str, &'static str),
    period: (&'static str, &'static str),
    /// NULL where it is nil.
    value: &'static str,
    decimals: &'static str,
    /// Accession number, form and filing date.
    filing: (&'static str, &'static str, &'static str),
}

impl Stated {
    /// The row of `core_xbrl_fact`.
    fn select(&self) -> String {
        let Self { cik, name: (taxonomy, concept), period: (start, end), value, decimals, filing } =
            self;
        let (accession, form, filed) = filing;
        format!(
            "SELECT '{accession}/{concept}/{start}/{end}' AS row_id, 'sec_filings' AS source_id, 'none' AS capture_id, \
             'none' AS locator, DATE '{filed}' AS known_on, CAST(NULL AS VARCHAR) AS corrects_row_id, '{cik}' AS cik, \
             '{taxonomy}' AS taxonomy, '{concept}' AS concept, 'USD' AS unit, CAST(NULL AS VARCHAR) AS dimensions, \
             DATE '{start}' AS period_start, DATE '{end}' AS period_end, \
             CAST(DATE '{end}' - DATE '{start}' + 1 AS BIGINT) AS period_days, CAST({value} AS DECIMAL(38, 12)) AS value, \
             '{decimals}' AS decimals, FALSE AS is_rounded, CAST(NULL AS VARCHAR) AS also_stated, \
             '{accession}' AS accession_number, '{form}' AS form_type, DATE '{filed}' AS filed_date"
        )
    }
}

/// The core tables of a snapshot with these facts beside its own, and the marts over them.
fn with_facts(snapshot: &Path, facts: &[Stated]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let at = |table: &str| folder.path().join(format!("{table}.parquet"));
    let core: Vec<&str> = core_tables().collect();
    let mut sql = vec![fs::read_to_string(snapshot.join("views.sql")).unwrap()];
    for table in &core {
        let mut rows = format!("SELECT * FROM {table}");
        if *table == "core_xbrl_fact" {
            rows.extend(facts.iter().map(|fact| format!(" UNION ALL BY NAME {}", fact.select())));
        }
        sql.push(format!("COPY ({rows}) TO '{}' (FORMAT parquet)", at(table).display()));
    }
    duckdb::run(&sql);
    let inputs: BTreeMap<&str, Vec<PathBuf>> =
        core.iter().map(|table| (*table, vec![at(table)])).collect();
    let mut tables = core.iter().map(|table| (*table).to_owned()).collect::<Vec<_>>();
    burnrate_transform::run(
        METRICS,
        &inputs,
        burnrate_model::Clock::Now,
        |table| at(table.name),
        |table, _| {
            tables.push(table.name.to_owned());
        },
    )
    .unwrap();
    let view = |table: &String| {
        format!("CREATE VIEW {table} AS SELECT * FROM read_parquet('{}');\n", at(table).display())
    };
    fs::write(folder.path().join("views.sql"), tables.iter().map(view).collect::<String>())
        .unwrap();
    folder
}

fn ingested() -> Option<Warehouse> {
    let folder = captures()?.join("filings/companyfacts");
    let origin = Origin::start();
    for (cik, file) in [
        (NVIDIA, "NVDA-CIK0001045810-2026-07-09.json"),
        (AMAZON, "AMZN-CIK0001018724-2022-05.json"),
    ] {
        origin.serve(&facts_path(cik), fs::read(folder.join(file)).unwrap());
    }
    let warehouse = Warehouse::new();
    warehouse.run(&["ingest", "sec_companyfacts", &origin.sec()]).with_status(0);
    Some(warehouse)
}

/// What the documents state, and of NVIDIA's quarterly report of August 2025 one fact as it is and five told
/// wrong on purpose.
fn stated() -> Vec<Stated> {
    let half_2024 = ("2023-01-30", "2023-07-30");
    let half_2023 = ("2022-01-31", "2022-07-31");
    let half_2026 = ("2025-01-27", "2025-07-27");
    let own = ("nvda", "PurchasesOfPropertyAndEquipmentAndIntangibleAssets");
    let of = |cik, name, period, value, filing| Stated {
        cik,
        name,
        period,
        value,
        decimals: "-6",
        filing,
    };
    let nvidia = |name, period, value| of(NVIDIA, name, period, value, QUARTERLY_2023);
    let wrong = |concept, value| of(NVIDIA, ("us-gaap", concept), half_2026, value, QUARTERLY_2025);
    let amazon = |name, year, value| of(AMAZON, name, year, value, AMAZON_ANNUAL);
    let year_2023 = ("2023-01-01", "2023-12-31");
    let year_2024 = ("2024-01-01", "2024-12-31");
    vec![
        nvidia(own, half_2024, "537000000"),
        nvidia(own, half_2023, "794000000"),
        amazon(("us-gaap", ASSETS), year_2023, "52729000000"),
        amazon(("us-gaap", ASSETS), year_2024, "82999000000"),
        amazon(("amzn", INCENTIVES), year_2023, "4596000000"),
        amazon(("amzn", INCENTIVES), year_2024, "5341000000"),
        wrong(ASSETS, "3122000000"), // as in companyfacts
        wrong("CapitalExpendituresIncurredButNotYetPaid", "1100400000"), // companyfacts: 1,100 m
        wrong("NetIncomeLoss", "45197000"), // 45,197 m
        wrong("NetCashProvidedByUsedInInvestingActivities", "12343000000"), // -12,343 m
        wrong("NetCashProvidedByUsedInOperatingActivities", "42780000000"), // 42,779 m
        wrong("IncomeTaxExpenseBenefit", "NULL"), // 7,920 m
    ]
}

#[test]
fn what_documents_say_stands_beside_companyfacts() {
    let Some(warehouse) = ingested() else { return };
    let folder = with_facts(&warehouse.latest(), &stated());
    let rows = |sql: &str| json!(duckdb::rows(&folder.path().join("views.sql"), sql));
    differences_are_classed(&rows);
    the_document_is_the_authority(&rows);
    an_equal_period_joins_a_concept_of_the_filers_own(&rows);
    proceeds_under_a_concept_of_the_filers_own_make_it_net(&rows);
    crate::engines::agrees(
        folder.path(),
        burnrate_model::Clock::Now,
        crate::engines::Given::Filings,
    );
}

/// 401 facts of the one filing and 400 of the other are in companyfacts; six are in the documents above.
fn differences_are_classed(rows: &dyn Fn(&str) -> Value) {
    assert_eq!(
        rows(
            "SELECT concept, difference, disagreement FROM mart_fact_disagreement \
             WHERE disagreement <> 'missing_in_document' ORDER BY ALL"
        ),
        json!([
            ["CapitalExpendituresIncurredButNotYetPaid", -400_000.0, "rounding"],
            ["IncomeTaxExpenseBenefit", null, "nil_in_document"],
            ["NetCashProvidedByUsedInInvestingActivities", -24_686_000_000.0, "sign"], // -12,343 - 12,343
            ["NetCashProvidedByUsedInOperatingActivities", -1_000_000.0, "value"],
            ["NetIncomeLoss", 45_151_803_000.0, "scale"], // 45,197,000,000 - 45,197,000
        ])
    );
    assert_eq!(
        rows(
            "SELECT count(*) FROM mart_fact_disagreement WHERE disagreement = 'missing_in_document'"
        ),
        json!([[795]]) // 401 - 6 + 400
    );
    assert_eq!(
        rows(
            "SELECT role, count(*) FROM mart_lineage WHERE mart_table = 'mart_fact_disagreement' GROUP BY ALL ORDER BY ALL"
        ),
        json!([["companyfacts", 800], ["document", 5], ["other_fact_of_document", 795]])
    );
}

/// Where both state a fact only the document's row is read.
fn the_document_is_the_authority(rows: &dyn Fn(&str) -> Value) {
    assert_eq!(
        rows(
            "SELECT CAST(value AS BIGINT), filings, input_row_id FROM mart_fact_vintage AS vintage \
             JOIN mart_lineage ON mart_row_id = vintage.row_id AND role = 'stated' \
             WHERE concept = 'NetIncomeLoss' AND period_start = '2025-01-27' AND period_end = '2025-07-27'"
        ),
        json!([[45_197_000, 1, "0001045810-25-000209/NetIncomeLoss/2025-01-27/2025-07-27"]])
    );
}

/// The half year to 2023-07-30 is 537 m under NVIDIA's own concept, and under the listed one a year later: the
/// half year before, which is only stated under its own, is 794 m, and the nine months are 1,324 m.
fn an_equal_period_joins_a_concept_of_the_filers_own(rows: &dyn Fn(&str) -> Value) {
    let third_quarter = "SELECT capex_usd / 1e6, method, vintage, series FROM mart_capex_quarterly \
                         WHERE cik = '0001045810' AND definition = 'cash_gross' AND period_end = '2022-10-30'";
    assert_eq!(rows(third_quarter), json!([[530.0, "ytd_difference", "comparative_1", ASSETS]])); // 1,324 - 794
    let operands = "SELECT role, concept FROM mart_lineage JOIN core_xbrl_fact AS fact ON input_row_id = fact.row_id \
                    WHERE mart_row_id = '0001045810:cash_gross:2022-01-31:Q3' ORDER BY ALL";
    assert_eq!(
        rows(operands),
        json!([
            ["minuend", ASSETS],
            ["subtrahend", "PurchasesOfPropertyAndEquipmentAndIntangibleAssets"]
        ])
    );
}

/// Amazon, 2024: 82,999 m before and 77,658 m after 5,341 m of proceeds, which its text calls 77.7 billion.
fn proceeds_under_a_concept_of_the_filers_own_make_it_net(rows: &dyn Fn(&str) -> Value) {
    assert_eq!(
        rows(
            "SELECT fiscal_year, definition, capex_usd / 1e6 FROM mart_capital_intensity \
             WHERE cik = '0001018724' AND fiscal_year >= 2023 ORDER BY ALL"
        ),
        json!([
            [2023, "cash_gross", 52729.0],
            [2023, "cash_net", 48133.0], // 52,729 - 4,596
            [2024, "cash_gross", 82999.0],
            [2024, "cash_net", 77658.0],
        ])
    );
}
