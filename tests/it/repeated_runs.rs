//! Runs over unchanged documents, and runs from the archive.

use serde_json::json;

use crate::duckdb;
use crate::program::Warehouse;

/// Files of the tables that record runs: the only ones that an unchanged run may add.
fn is_record_of_runs(file: &str) -> bool {
    file.contains("core_run/") || file.contains("core_capture/")
}

#[test]
fn a_second_run_over_unchanged_documents_adds_nothing_but_its_own_records() {
    let warehouse = Warehouse::new();
    warehouse.demo();
    let before = warehouse.data_files();
    let ran = warehouse.demo();
    assert!(ran.stdout.contains("nothing new: no core row was added"), "{}", ran.stdout);
    let after = warehouse.data_files();
    let new: Vec<_> = after.iter().filter(|file| !before.contains(file)).collect();
    assert_eq!(new.len(), 2, "one file of core_run, one of core_capture: {new:?}");
    assert!(new.iter().all(|file| is_record_of_runs(file)), "{new:?}");
    assert!(before.iter().all(|file| after.contains(file)));
    // Six documents of facts, seven indexes and pages of them, three filings, an offering, a page of the feed, a
    // daily index. The last of these and filings never change: not asked for again.
    let sql = "SELECT warc_record_type, outcome, count(*) FROM core_capture WHERE source_id LIKE 'sec_%' \
         GROUP BY ALL ORDER BY ALL";
    let captures = duckdb::rows(&warehouse.latest().join("views.sql"), sql);
    assert_eq!(json!(captures), json!([["response", "read", 19], ["revisit", "unchanged", 14]]));
}

#[test]
fn many_small_files_of_one_table_are_merged() {
    let warehouse = Warehouse::new();
    for _ in 0..18 {
        warehouse.demo();
    }
    let files = warehouse.data_files();
    let of_runs = files.iter().filter(|file| file.contains("core_run/")).count();
    assert!(of_runs <= 16, "{of_runs} files");
    let sql = "SELECT count(*), count(DISTINCT run_id) FROM core_run";
    let rows = duckdb::rows(&warehouse.latest().join("views.sql"), sql);
    let sources = burnrate_pipelines::SOURCES.len();
    assert_eq!(json!(rows), json!([[18 * sources, 18]]), "every source in each of 18 runs");
}

#[test]
fn a_replay_of_the_archive_rebuilds_the_same_core_tables() {
    let live = Warehouse::new();
    live.demo();
    live.demo();
    let rebuilt = Warehouse::new();
    let raw = live.root().join("raw");
    rebuilt.run(&["ingest", "--replay", raw.to_str().unwrap()]).with_status(0);
    assert_same_tables(&live, &rebuilt);
}

/// Every table but the records of runs, compared both ways.
pub(crate) fn assert_same_tables(one: &Warehouse, other: &Warehouse) {
    let mut sql = vec![
        duckdb::views_in("one", &one.latest().canonicalize().unwrap()),
        duckdb::views_in("other", &other.latest().canonicalize().unwrap()),
    ];
    let tables: Vec<_> = burnrate_model::generated::TABLES.iter().map(|table| table.name).collect();
    let compare = |table: &&str| {
        let columns = match *table {
            "core_run" | "core_request" | "core_correction" => return None,
            "core_capture" => {
                "DISTINCT capture_id, source_id, url, http_status, payload_sha256, payload_bytes, parser_version"
            }
            _ => "*",
        };
        Some(format!(
            "SELECT '{table}' AS name, (SELECT count(*) FROM (SELECT {columns} FROM one.{table} EXCEPT ALL SELECT {columns} FROM other.{table})) AS only_one, \
             (SELECT count(*) FROM (SELECT {columns} FROM other.{table} EXCEPT ALL SELECT {columns} FROM one.{table})) AS only_other"
        ))
    };
    let compared: Vec<_> = tables.iter().filter_map(compare).collect();
    sql.push(format!(
        "SELECT * FROM ({}) WHERE only_one > 0 OR only_other > 0",
        compared.join(" UNION ALL ")
    ));
    assert_eq!(json!(duckdb::run(&sql)), json!([]), "table, only in one, only in the other");
}
