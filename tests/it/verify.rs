//! A whole warehouse proved down to the bytes, and damage that is named.

use std::fs;
use std::path::{Path, PathBuf};

use crate::duckdb;
use crate::origin::{Origin, facts_path};
use crate::program::{Ran, Warehouse, checkout};

fn count(warehouse: &Warehouse, sql: &str) -> u64 {
    let rows = duckdb::rows(&warehouse.latest().join("views.sql"), sql);
    rows[0][0].as_u64().unwrap()
}

/// Every row of every mart leads to rows that were read from documents, and the bytes of each of these say
/// its value. That no row is left out is counted by DuckDB.
#[test]
fn every_row_of_the_demo_leads_to_bytes_that_say_its_value() {
    let warehouse = Warehouse::new();
    warehouse.demo();
    let ran = warehouse.run(&["verify", "--walk"]).with_status(0);
    let tables = duckdb::rows(
        &warehouse.latest().join("views.sql"),
        "SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY view_name",
    );
    let mut counted = 0;
    for table in tables.iter().map(|row| row[0].as_str().unwrap()) {
        let Some(line) = ran.stdout.lines().find(|line| line.starts_with(&format!("{table}: ")))
        else {
            let unread = [
                "core_cal",
                "core_cap",
                "core_com",
                "core_rea",
                "core_req",
                "core_run",
                "core_sou",
                "mart_lineage",
            ];
            let is_empty = count(&warehouse, &format!("SELECT COUNT(*) FROM {table}")) == 0;
            assert!(
                is_empty || unread.iter().any(|name| table.starts_with(name)),
                "{table} was not walked"
            );
            continue;
        };
        let rows = count(&warehouse, &format!("SELECT COUNT(*) FROM {table}"));
        let mut expected = format!("{table}: {rows} of {rows} rows proved");
        if table.starts_with("core_") {
            // What is no longer listed stands nowhere, and a text without a headline has none to show.
            let unseen = match table {
                "core_article" => "headline IS NULL",
                table if table.ends_with("_price") => "is_withdrawn",
                _ => "FALSE",
            };
            let unseen = count(&warehouse, &format!("SELECT COUNT(*) FROM {table} WHERE {unseen}"));
            expected = format!("{expected}, {} by a value that stands in the bytes", rows - unseen);
        }
        assert_eq!(line, expected);
        counted += rows;
    }
    assert!(counted > 10_000, "{counted} rows");
}

/// A warehouse with the facts of one company.
fn facts_of_microsoft() -> Warehouse {
    let origin = Origin::start();
    let fixture = checkout().join("pipelines/sec_companyfacts/fixtures/CIK0000789019.json");
    origin.serve(&facts_path("0000789019"), fs::read(fixture).unwrap());
    let warehouse = Warehouse::new();
    warehouse.run(&["ingest", "sec_companyfacts", &origin.sec()]).with_status(0);
    warehouse
}

/// The first file with that ending.
pub(crate) fn file(folder: &Path, ending: &str) -> PathBuf {
    let mut left = vec![folder.to_owned()];
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(path.read_dir().unwrap().map(|entry| entry.unwrap().path()));
        } else if path.to_string_lossy().ends_with(ending) {
            return path;
        }
    }
    panic!("no {ending} below {}", folder.display());
}

pub(crate) fn replace(path: &Path, bytes: &[u8]) {
    fs::remove_file(path).unwrap();
    fs::write(path, bytes).unwrap();
}

/// Runs the command with one bit of a file turned over.
fn with_damage(warehouse: &Warehouse, path: &Path, at: usize, args: &[&str]) -> Ran {
    let sound = fs::read(path).unwrap();
    let mut damaged = sound.clone();
    damaged[at] ^= 1;
    replace(path, &damaged);
    let ran = warehouse.run(args);
    replace(path, &sound);
    ran
}

#[test]
fn one_flipped_byte_is_named_by_verify_and_by_explain() {
    let warehouse = facts_of_microsoft();
    let sql = "SELECT row_id FROM mart_capex_quarterly WHERE capex_usd IS NOT NULL ORDER BY row_id LIMIT 1";
    let rows = duckdb::rows(&warehouse.latest().join("views.sql"), sql);
    let condition = format!("row_id={}", rows[0][0].as_str().unwrap());
    let explain = ["explain", "mart_capex_quarterly", "--where", &condition];
    warehouse.run(&["verify"]).with_status(0);
    warehouse.run(&explain).with_status(0);

    let snapshot = warehouse.latest().canonicalize().unwrap();
    let mart = file(&snapshot.join("mart_capex_quarterly"), ".parquet");
    let core = file(&snapshot.join("core_xbrl_fact"), ".parquet");
    let warc = file(&warehouse.root().join("raw"), ".warc.gz");
    let manifest = snapshot.join("snapshot.json");
    // Within the record that the row was read from.
    let sql = "SELECT warc_offset FROM core_capture WHERE outcome = 'read'";
    let record = usize::try_from(count(&warehouse, sql)).unwrap() + 500;
    let end = |path: &Path| usize::try_from(fs::metadata(path).unwrap().len()).unwrap();
    // In the middle of a Parquet file are its data, at its end is the footer.
    let damages = [
        (&mart, end(&mart) / 2),
        (&mart, end(&mart) - 20),
        (&core, end(&core) / 2),
        (&core, end(&core) - 20),
        (&warc, record),
        (&manifest, end(&manifest) / 2),
    ];
    for (path, at) in damages {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let ran = with_damage(&warehouse, path, at, &["verify"]).with_status(5);
        assert!(ran.stdout.contains(&name), "verify, {name} at {at}: {}", ran.stdout);
        let ran = with_damage(&warehouse, path, at, &explain).with_status(5);
        assert!(ran.stderr.contains(&name), "explain, {name} at {at}: {}", ran.stderr);
    }
    warehouse.run(&["verify"]).with_status(0);
}

#[test]
fn files_that_are_missing_or_too_many_are_named() {
    let warehouse = facts_of_microsoft();
    let snapshot = warehouse.latest().canonicalize().unwrap();
    fs::write(snapshot.join("core_xbrl_fact/more.parquet"), "").unwrap();
    let ran = warehouse.run(&["verify"]).with_status(5);
    assert!(
        ran.stdout.contains("core_xbrl_fact/more.parquet: snapshot.json does not know"),
        "{}",
        ran.stdout
    );
    fs::remove_file(snapshot.join("core_xbrl_fact/more.parquet")).unwrap();
    let lineage = file(&snapshot.join("mart_lineage"), ".parquet");
    fs::remove_file(&lineage).unwrap();
    let ran = warehouse.run(&["verify"]).with_status(5);
    assert!(ran.stdout.contains("mart_lineage/mart_lineage."), "{}", ran.stdout);
    // Every row of a mart needs an input.
    assert!(ran.stdout.contains("mart_lineage has no input of it"), "{}", ran.stdout);
}

#[test]
fn a_snapshot_that_is_not_there_is_no_damage() {
    let warehouse = facts_of_microsoft();
    let ran = warehouse.run(&["verify", "--snapshot", "yesterday"]).with_status(1);
    assert!(ran.stderr.contains("no such snapshot"), "{}", ran.stderr);
}

#[test]
fn an_archive_that_is_gone_is_named() {
    let warehouse = facts_of_microsoft();
    fs::remove_dir_all(warehouse.root().join("raw")).unwrap();
    let ran = warehouse.run(&["verify"]).with_status(5);
    assert!(ran.stdout.contains("captures are not in raw/v1/sec_companyfacts/"), "{}", ran.stdout);
}

#[test]
fn a_source_that_is_named_twice_is_read_again_once() {
    let warehouse = facts_of_microsoft();
    let args = ["reparse", "sec_companyfacts", "sec_companyfacts"];
    assert_eq!(warehouse.run(&args).with_status(0).stdout, "nothing differs\n");
}
