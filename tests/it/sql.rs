//! `burnrate sql`: what is printed is run as it is.

use std::path::Path;

use burnrate_pipelines::metrics::METRICS;
use serde_json::json;

use crate::program::Warehouse;
use crate::{duckdb, engines};

#[test]
fn duckdb_runs_the_printed_script_and_gives_the_published_rows() {
    let warehouse = Warehouse::new();
    warehouse.demo();
    let script = warehouse.run(&["sql", "--dialect", "duckdb"]).with_status(0).stdout;
    gives_the_rows_of(&warehouse.latest(), script);
    warehouse.run(&["transform", "--as-of", "2024-09-17"]).with_status(0);
    let args = ["sql", "--dialect", "duckdb", "--as-of", "2024-09-17"];
    let script = warehouse.run(&args).with_status(0).stdout;
    gives_the_rows_of(&warehouse.snapshot_as_of("2024-09-17"), script);
}

#[track_caller]
fn gives_the_rows_of(snapshot: &Path, script: String) {
    let marts = METRICS.iter().map(|metric| metric.table);
    let mut differences: Vec<_> = marts
        .map(|name| {
            let differing = engines::differing_rows(name, &format!("published.{name}"));
            format!("SELECT '{name}' AS name, ({differing}) AS differing")
        })
        .collect();
    let (ours, theirs) = ("FROM mart_lineage", "FROM published.mart_lineage");
    differences.push(format!(
        "SELECT 'mart_lineage' AS name, (SELECT count(*) FROM (({ours} EXCEPT ALL {theirs}) UNION ALL \
         ({theirs} EXCEPT ALL {ours}))) AS differing"
    ));
    let differing = differences.join(" UNION ALL ");
    let published = duckdb::views_in("published", snapshot);
    let rows = duckdb::run(&[
        script,
        published,
        format!("SELECT * FROM ({differing}) WHERE differing > 0"),
    ]);
    assert_eq!(json!(rows), json!([]), "table, rows that differ");
}

#[test]
fn spark_is_told_in_its_own_words() {
    let warehouse = Warehouse::new();
    warehouse.demo();
    let script = warehouse.run(&["sql", "--dialect", "spark"]).with_status(0).stdout;
    assert!(script.contains("PERCENTILE(median_amount, 0.25)"), "{script}");
    for word in ["QUANTILE_CONT", "VARCHAR", "TIMESTAMPTZ"] {
        assert!(!script.contains(word), "{word}");
    }
}

#[test]
fn without_a_snapshot_there_is_no_script() {
    let ran = Warehouse::new().run(&["sql", "--dialect", "duckdb"]).with_status(1);
    assert!(ran.stderr.contains("run `burnrate ingest` first"), "{}", ran.stderr);
}
