//! What becomes known later changes nothing of what was known before.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use burnrate_model::generated::{CORE_READING, TABLES};
use burnrate_model::{Clock, TableDef, TableKind};
use burnrate_pipelines::metrics::METRICS;
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::duckdb;
use crate::program::Warehouse;

#[test]
fn later_rows_never_change_an_earlier_as_of() {
    let warehouse = Warehouse::new();
    warehouse.demo();
    let snapshot = warehouse.latest().canonicalize().unwrap();
    let config = Config { cases: 4, failure_persistence: None, ..Config::default() };
    // Days of the fixtures: filings from 2022 on, prices and news from 2023 on.
    let first = NaiveDate::from_ymd_opt(2023, 1, 1).unwrap();
    let days = (0..1400_u64).prop_map(|days| first.checked_add_days(Days::new(days)).unwrap());
    TestRunner::new(config)
        .run(&(days, any::<u32>()), |(day, seed)| {
            let changed = changed_by_rows_after(day, seed, &snapshot, day);
            prop_assert_eq!(changed, json!([]), "table, rows that differ");
            Ok(())
        })
        .unwrap();
    let later = first.checked_add_days(Days::new(1400)).unwrap();
    let changed = changed_by_rows_after(first, 0, &snapshot, later).to_string();
    for table in ["mart_fact_vintage", "mart_token_price_history", "mart_funding_round"] {
        assert!(changed.contains(table), "as of later days they count: {changed}");
    }
}

/// The marts as of a day that rows change which became known after another day, and how many of their rows.
fn changed_by_rows_after(day: NaiveDate, seed: u32, snapshot: &Path, as_of: NaiveDate) -> Value {
    let folder = TempDir::new().unwrap();
    let mut inputs = core_files(snapshot);
    marts(&inputs, as_of, &folder.path().join("before"));
    add_later_rows(snapshot, day, seed, folder.path(), &mut inputs);
    marts(&inputs, as_of, &folder.path().join("after"));
    let tables = TABLES.iter().filter(|table| table.kind == TableKind::Mart);
    let differences: Vec<_> = tables
        .map(|table| {
            let rows = |when: &str| {
                let file = folder.path().join(when).join(table.name);
                format!("FROM read_parquet('{}')", file.display())
            };
            let (before, after) = (rows("before"), rows("after"));
            let differing = format!(
                "SELECT count(*) FROM (({before} EXCEPT ALL {after}) UNION ALL ({after} EXCEPT ALL {before}))"
            );
            format!("SELECT '{}' AS name, ({differing}) AS differing", table.name)
        })
        .collect();
    let sql = format!("SELECT * FROM ({}) WHERE differing > 0", differences.join(" UNION ALL "));
    json!(duckdb::run(&[sql]))
}

fn core_files(snapshot: &Path) -> BTreeMap<&'static str, Vec<PathBuf>> {
    let core = TABLES.iter().filter(|table| table.kind != TableKind::Mart);
    let files = |folder: PathBuf| {
        folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>()
    };
    core.map(|table| (table.name, files(snapshot.join(table.name)))).collect()
}

fn marts(inputs: &BTreeMap<&'static str, Vec<PathBuf>>, day: NaiveDate, folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    let output = |table: &'static TableDef| folder.join(table.name);
    burnrate_transform::run(METRICS, inputs, Clock::AsOf(day), output, |_, _| {}).unwrap();
}

/// Beside each table that tells when its rows could be known, a file of some of its rows once more, as
/// became known later: under other ids, as corrections and as readings, with other figures and offers gone.
fn add_later_rows(
    snapshot: &Path,
    day: NaiveDate,
    seed: u32,
    folder: &Path,
    inputs: &mut BTreeMap<&'static str, Vec<PathBuf>>,
) {
    let mut statements = Vec::new();
    for table in TABLES {
        let Some(changes) = changes(table) else { continue };
        let from = snapshot.join(table.name).join("*.parquet");
        let file = folder.join(format!("later_{}.parquet", table.name));
        let key = if table.kind.is_read() { "row_id" } else { "scope || observed_at" };
        statements.push(format!(
            "COPY (SELECT * EXCLUDE (draw, day) REPLACE ({changes}) FROM (SELECT *, hash({key}, {seed}) AS draw, DATE '{day}' AS day \
             FROM read_parquet('{}')) WHERE draw % 3 > 0) TO '{}'",
            from.display(),
            file.display()
        ));
        inputs.entry(table.name).or_default().push(file);
    }
    statements.push("SELECT 1".to_owned());
    duckdb::run(&statements);
}

/// The columns that differ in a later row of a table; none where rows have no day.
fn changes(table: &TableDef) -> Option<String> {
    let later = "CAST(day + 1 + CAST(draw // 7 % 500 AS INTEGER) AS DATE)";
    let mut changes = match table.kind {
        TableKind::Fact => {
            vec!["row_id AS corrects_row_id".to_owned(), format!("{later} AS known_on")]
        }
        TableKind::State => {
            vec![
                "is_withdrawn OR draw % 5 = 0 AS is_withdrawn".to_owned(),
                format!("{later} AS known_on"),
            ]
        }
        TableKind::Log if table.name == CORE_READING.name => {
            return Some(format!("{later} AS observed_on, draw % 2 = 0 AS is_counted"));
        }
        TableKind::Reference | TableKind::Log | TableKind::Mart => return None,
    };
    changes.push("md5(row_id || draw) AS row_id".to_owned());
    let figures = table.columns.iter().filter(|column| {
        ["value", "price", "price_per_gpu_hour", "amount_low"].contains(&column.name)
    });
    changes.extend(figures.map(|column| {
        let name = column.name;
        format!("CAST({name} * CAST(1 + draw % 3 AS INTEGER) AS DECIMAL(38, 12)) AS {name}")
    }));
    Some(changes.join(", "))
}
