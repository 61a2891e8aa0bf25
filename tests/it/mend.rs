//! Mistakes and their mending: a damaged parser's rows, what a diff says of them, and what a repair records.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use burnrate_fetch::read_at;
use burnrate_model::generated::{CORE_FILING, CORE_MODEL_PRICE, Quarantine, TABLES};
use burnrate_model::{
    Column, ColumnType, Extract, RawDocument, Row, RowVisitor, Sighted, TableDef, TableKind,
};
use burnrate_warehouse::{Listed, Reading, Staging, WarehouseError};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::duckdb;
use crate::origin::{Origin, facts_path};
use crate::program::{Warehouse, checkout};

const PRICES: &str = "anthropic_docs_pricing";
const FILINGS: &str = "sec_submissions";

/// A document of a source as it is archived, and its capture.
struct Archived {
    capture_id: String,
    document: RawDocument,
}

/// The documents of a source, in the order of their days.
fn archived(warehouse: &Warehouse, source: &str) -> Vec<Archived> {
    let sql = format!(
        "SELECT capture_id, url, CAST(epoch_us(fetched_at) AS BIGINT), warc_file, warc_offset FROM core_capture \
         WHERE source_id = '{source}' AND outcome = 'read' AND warc_record_type = 'response' ORDER BY fetched_at, url"
    );
    let rows = duckdb::rows(&warehouse.latest().join("views.sql"), &sql);
    let document = |row: Vec<Value>| {
        let text = |place: usize| row[place].as_str().unwrap().to_owned();
        let body = read_at(&warehouse.root(), &text(3), row[4].as_u64().unwrap()).unwrap().body;
        let fetched_at = DateTime::from_timestamp_micros(row[2].as_i64().unwrap()).unwrap();
        Archived { capture_id: text(0), document: RawDocument { url: text(1), fetched_at, body } }
    };
    rows.into_iter().map(document).collect()
}

/// What the parser makes of a document, damaged.
fn damaged(source: &str, document: &RawDocument, damage: impl Fn(&mut Extract)) -> Extract {
    let mut extract = Extract::default();
    burnrate_pipelines::source(source).unwrap().parse(document, &mut extract).unwrap();
    damage(&mut extract);
    extract
}

/// A snapshot in the making on top of the newest one, as the damaged parser's run would have made it.
fn staged(warehouse: &Warehouse) -> Staging {
    let store = burnrate_warehouse::Warehouse::open(&warehouse.root()).unwrap();
    let latest = store.latest().unwrap().unwrap();
    let created_at = latest.manifest.created_at + TimeDelta::milliseconds(1);
    let id = created_at.format("%Y%m%dT%H%M%S%3fZ").to_string();
    store.stage(&id, Some(&latest), created_at, burnrate_model::Clock::Now).unwrap()
}

/// Publishes a price list whose columns of input and output prices are taken for each other.
fn publish_swapped_prices(warehouse: &Warehouse) {
    let swap = |extract: &mut Extract| {
        for offer in &mut extract.rows.model_price {
            let other = match offer.row.meter.as_str() {
                "input" => "output",
                "output" => "input",
                _ => continue,
            };
            other.clone_into(&mut offer.row.meter);
        }
    };
    let mut staging = staged(warehouse);
    for (place, Archived { capture_id, document }) in
        archived(warehouse, PRICES).into_iter().enumerate()
    {
        let extract = damaged(PRICES, &document, swap);
        let listing = extract.listing.unwrap();
        if place == 0 {
            staging.forget_readings(PRICES, &listing.scope, NaiveDate::MIN).unwrap();
        }
        let mut listed = Listed::default();
        listed.add(PRICES, &capture_id, &listing.scope, &extract.rows.model_price).unwrap();
        let (scope, observed_on) = (listing.scope.as_str(), listing.observed_on());
        let reading = Reading { scope, observed_on, capture_id: &capture_id };
        staging.reading(PRICES, &reading, &listed).unwrap();
    }
    staging.commit(true).unwrap();
    // The damage reaches the marts.
    warehouse.run(&["transform"]).with_status(0);
}

/// Puts the facts of a document into a snapshot.
struct Facts<'a>(&'a mut Staging, &'a str, &'a str, DateTime<Utc>);

impl RowVisitor for Facts<'_> {
    type Error = WarehouseError;

    fn table<R: Row>(&mut self, rows: &[Sighted<R>]) -> Result<(), WarehouseError> {
        let Facts(staging, source, capture_id, at) = self;
        staging.facts(source, capture_id, *at, rows).map(|_| ())
    }
}

/// Publishes what a damaged parser reads of the documents of a source of facts.
fn publish_damaged_facts(warehouse: &Warehouse, source: &str, damage: impl Fn(&mut Extract)) {
    let mut staging = staged(warehouse);
    staging.forget_source(source).unwrap();
    for Archived { capture_id, document } in archived(warehouse, source) {
        let extract = damaged(source, &document, &damage);
        let quarantined: Vec<_> = extract
            .issues
            .iter()
            .map(|issue| Sighted {
                locator: issue.locator.clone(),
                known_on: document.fetched_at.date_naive(),
                row: Quarantine {
                    url: document.url.clone(),
                    reason: issue.reason.clone(),
                    record: issue.record.clone(),
                    parser_version: 1,
                },
            })
            .collect();
        let at = document.fetched_at;
        staging.facts(source, &capture_id, at, &quarantined).unwrap();
        extract.rows.visit(&mut Facts(&mut staging, source, &capture_id, at)).unwrap();
    }
    staging.commit(true).unwrap();
    warehouse.run(&["transform"]).with_status(0);
}

fn latest(warehouse: &Warehouse) -> PathBuf {
    warehouse.latest().canonicalize().unwrap()
}

/// The checksums of a snapshot's files, recomputed.
#[track_caller]
fn assert_whole(snapshot: &Path) {
    for line in fs::read_to_string(snapshot.join("SHA256SUMS")).unwrap().lines() {
        let (sum, file) = line.split_once("  ").unwrap();
        let bytes = fs::read(snapshot.join(file)).unwrap();
        assert_eq!(burnrate_model::sha256_hex(&bytes), sum, "{file}");
    }
}

/// Rows of a query over views of two snapshots, `old` and `new`.
fn over(old: &Path, new: &Path, sql: &str) -> Value {
    json!(duckdb::run(&[
        duckdb::views_in("old", old),
        duckdb::views_in("new", new),
        sql.to_owned()
    ]))
}

/// The cells that differ, as DuckDB finds them: column, old and new value, old and new row.
fn differing_cells(table: &TableDef) -> String {
    let mut names: Vec<&str> = table.key.to_vec();
    names.push("source_id");
    if table.kind == TableKind::State {
        names.extend(["scope", "known_on"]);
    }
    let key: Vec<String> = names.iter().map(|name| format!("{name}: {name}")).collect();
    let side = |schema: &str| {
        let key = key.join(", ");
        format!(
            "(SELECT *, CAST(to_json({{{key}}}) AS VARCHAR) AS name FROM {schema}.{})",
            table.name
        )
    };
    let is_value = |column: &&Column| {
        let of_place = ["row_id", "capture_id", "locator", "corrects_row_id", "parser_version"];
        !names.contains(&column.name) && !of_place.contains(&column.name)
    };
    let text = |side: &str, column: &Column| {
        let text = format!("CAST({side}.{} AS VARCHAR)", column.name);
        let is_decimal = column.column_type == ColumnType::Decimal;
        if is_decimal { format!("rtrim(rtrim({text}, '0'), '.')") } else { text }
    };
    let cells = table.kind.provenance().iter().chain(table.columns).filter(is_value).map(|column| {
        let (name, old, new) = (column.name, text("o", column), text("n", column));
        format!(
            "SELECT '{name}' AS column_name, {old} AS old_value, {new} AS new_value, o.row_id AS old_row_id, \
             n.row_id AS new_row_id FROM {} AS o FULL JOIN {} AS n ON o.name = n.name \
             WHERE o.{name} IS DISTINCT FROM n.{name}",
            side("old"),
            side("new")
        )
    });
    cells.collect::<Vec<_>>().join(" UNION ALL ")
}

/// Checks that two queries give the same rows, and some.
#[track_caller]
fn assert_same_rows(old: &Path, new: &Path, one: &str, other: &str) {
    let sql = format!(
        "WITH one AS ({one}), other AS ({other}) SELECT (SELECT count(*) FROM one) > 0, \
         (SELECT count(*) FROM (FROM one EXCEPT ALL FROM other)), (SELECT count(*) FROM (FROM other EXCEPT ALL FROM one))"
    );
    assert_eq!(over(old, new, &sql), json!([[true, 0, 0]]), "{one}\n{other}");
}

/// Checks that two snapshots have equal rows in every table but those of what runs did.
#[track_caller]
fn assert_same_snapshots(one: &Path, other: &Path) {
    let logs = [
        "core_run",
        "core_capture",
        "core_request",
        "core_correction",
        "core_quarantine_resolution",
    ];
    let tables = TABLES.iter().filter(|table| !logs.contains(&table.name));
    let counts = tables.map(|TableDef { name, .. }| {
        format!(
            "SELECT '{name}' AS name, (SELECT count(*) FROM (FROM old.{name} EXCEPT ALL FROM new.{name})) AS only_old, \
             (SELECT count(*) FROM (FROM new.{name} EXCEPT ALL FROM old.{name})) AS only_new"
        )
    });
    let counts = counts.collect::<Vec<_>>().join(" UNION ALL ");
    let sql = format!("SELECT * FROM ({counts}) WHERE only_old > 0 OR only_new > 0");
    assert_eq!(over(one, other, &sql), json!([]), "table, only in one, only in the other");
}

const CORRECTED: &str =
    "SELECT column_name, old_value, new_value, old_row_id, new_row_id FROM new.core_correction";

#[test]
fn swapped_columns_are_listed_repaired_and_recorded() {
    let warehouse = Warehouse::new();
    warehouse.demo();
    let original = latest(&warehouse);
    publish_swapped_prices(&warehouse);
    let damaged = latest(&warehouse);
    let out = warehouse.root().join("../diff");
    let ran = warehouse.run(&["reparse", PRICES, "--diff", "--out", out.to_str().unwrap()]);
    let ran = ran.with_status(0);
    assert!(ran.stdout.contains("core_model_price: "), "{}", ran.stdout);
    assert_eq!(latest(&warehouse), damaged, "a diff publishes nothing");
    let snapshots = || warehouse.root().join("snapshots").read_dir().unwrap().count();
    assert_eq!(snapshots(), 3, "the demo's, the damaged one and its marts; nothing is left behind");
    // Just the damaged cells, as DuckDB finds them between the damaged and the true snapshot.
    let parquet = out.join("diff.parquet");
    let parquet = parquet.to_str().unwrap();
    let told = format!(
        "SELECT column_name, old_value, new_value, old_row_id, new_row_id FROM '{parquet}' \
         WHERE \"table\" = 'core_model_price'"
    );
    let cells = differing_cells(&CORE_MODEL_PRICE);
    assert_same_rows(&damaged, &original, &told, &cells);
    let core = format!("SELECT DISTINCT \"table\" FROM '{parquet}' WHERE \"table\" LIKE 'core_%'");
    assert_eq!(over(&damaged, &original, &core), json!([["core_model_price"]]));
    let marts = format!(
        "SELECT count(*) > 0 FROM '{parquet}' WHERE \"table\" = 'mart_token_price_history'"
    );
    assert_eq!(over(&damaged, &original, &marts), json!([[true]]));

    let before = fs::read(damaged.join("SHA256SUMS")).unwrap();
    warehouse.run(&["reparse", PRICES, "--commit"]).with_status(0);
    let repaired = latest(&warehouse);
    assert_ne!(repaired, damaged);
    assert_same_snapshots(&repaired, &original);
    let published = format!("SELECT * FROM ({cells}) WHERE old_row_id IS NOT NULL");
    assert_same_rows(&damaged, &repaired, CORRECTED, &published);
    let reasons = "SELECT DISTINCT correction_reason FROM new.core_correction";
    assert_eq!(over(&damaged, &repaired, reasons), json!([["parser_fixed"]]));
    assert_eq!(fs::read(damaged.join("SHA256SUMS")).unwrap(), before);
    assert_whole(&damaged);
    assert_whole(&repaired);

    let ran = warehouse.run(&["reparse", PRICES, "--commit"]).with_status(0);
    assert!(ran.stdout.contains("nothing to commit"), "{}", ran.stdout);
    assert_eq!(latest(&warehouse), repaired);
    // What was read again is not read once more by the next run.
    let ran = warehouse.demo();
    assert!(ran.stdout.contains("nothing new: no core row was added"), "{}", ran.stdout);
}

#[test]
fn a_number_that_was_used_is_looked_up_in_what_was_corrected_since() {
    let warehouse = Warehouse::new();
    warehouse.demo();
    publish_swapped_prices(&warehouse);
    let damaged = latest(&warehouse);
    // As if all that had been published on 3 May.
    let store = burnrate_warehouse::Warehouse::open(&warehouse.root()).unwrap();
    let parent = store.latest().unwrap();
    let third_of_may = "2024-05-03T10:00:00Z".parse().unwrap();
    let staging = store
        .stage("20240503T100000000Z", parent.as_ref(), third_of_may, burnrate_model::Clock::Now)
        .unwrap();
    staging.commit(true).unwrap();
    warehouse.run(&["reparse", PRICES, "--commit"]).with_status(0);
    let sql = format!(
        "SELECT row_id, model_id FROM mart_token_price_history WHERE source_id = '{PRICES}' AND meter = 'input' \
         ORDER BY row_id LIMIT 1"
    );
    let row = duckdb::rows(&damaged.join("views.sql"), &sql).remove(0);
    let (row_id, model) = (row[0].as_str().unwrap(), row[1].as_str().unwrap());
    let condition = format!("row_id={row_id}");
    let used = |day: &str| {
        let of_row = ["corrections", "--used", "mart_token_price_history", "--where", &condition];
        warehouse.run(&[&of_row[..], &["--on", day, "--format", "json"]].concat())
    };
    let ran = used("2024-05-03").with_status(0);
    let lines: Vec<Value> =
        ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(!lines.is_empty(), "{}", ran.stderr);
    for line in &lines {
        assert_eq!(line["row_key"]["model_id"], model, "{line}");
        assert_eq!(line["correction_reason"], "parser_fixed");
    }
    let ran = used("2024-05-02").with_status(1);
    assert!(ran.stderr.contains("no snapshot was published by 2024-05-02"), "{}", ran.stderr);
    let none = warehouse.run(&["corrections", "--since", "2999-01-01"]).with_status(0);
    assert_eq!(none.stdout, "no value was corrected\n");
}

/// The same captures, read in the same order by the same parsers, give what is published: of every source.
#[test]
fn to_read_everything_again_changes_nothing() {
    let warehouse = Warehouse::new();
    warehouse.demo();
    warehouse.demo();
    let before = latest(&warehouse);
    let out = warehouse.root().join("../diff");
    let args = ["reparse", "--all", "--out", out.to_str().unwrap()];
    let ran = warehouse.run(&args).with_status(0);
    assert_eq!(ran.stdout, "nothing differs\n");
    assert_eq!(fs::read_to_string(out.join("diff.jsonl")).unwrap(), "");
    let ran = warehouse.run(&["reparse", "--all", "--commit"]).with_status(0);
    assert!(ran.stdout.contains("nothing to commit"), "{}", ran.stdout);
    assert_eq!(latest(&warehouse), before);
    assert_whole(&before);
}

#[test]
fn a_repair_that_is_killed_leaves_latest_as_it_was() {
    let warehouse = Warehouse::new();
    warehouse.demo();
    let original = latest(&warehouse);
    publish_swapped_prices(&warehouse);
    let damaged = latest(&warehouse);
    let begun = Instant::now();
    warehouse.run(&["reparse", PRICES]).with_status(0);
    let whole_run = begun.elapsed().max(Duration::from_millis(20));
    for tenth in 0..10 {
        let mut child = warehouse.start(&["reparse", PRICES, "--commit"]);
        sleep(whole_run * tenth / 10);
        child.kill().unwrap();
        child.wait().unwrap();
        assert_whole(&latest(&warehouse));
        if latest(&warehouse) != damaged {
            break;
        }
    }
    warehouse.run(&["reparse", PRICES, "--commit"]).with_status(0);
    assert_same_snapshots(&latest(&warehouse), &original);
}

#[test]
fn swapped_dates_of_filings_are_repaired() {
    let warehouse = Warehouse::new();
    warehouse.demo();
    let original = latest(&warehouse);
    publish_damaged_facts(&warehouse, FILINGS, |extract| {
        for filing in &mut extract.rows.filing {
            if let Some(report_date) = &mut filing.row.report_date {
                std::mem::swap(report_date, &mut filing.row.filed_date);
            }
        }
    });
    let damaged = latest(&warehouse);
    warehouse.run(&["reparse", FILINGS, "--commit"]).with_status(0);
    let repaired = latest(&warehouse);
    assert_same_snapshots(&repaired, &original);
    assert_same_rows(&damaged, &repaired, CORRECTED, &differing_cells(&CORE_FILING));
    let columns = "SELECT DISTINCT column_name FROM new.core_correction ORDER BY ALL";
    assert_eq!(over(&damaged, &repaired, columns), json!([["filed_date"], ["report_date"]]));
}

#[test]
fn a_refused_record_is_read_after_the_fix_and_its_history_kept() {
    let warehouse = Warehouse::new();
    warehouse.demo();
    let original = latest(&warehouse);
    publish_damaged_facts(&warehouse, FILINGS, |extract| {
        let filing = extract.rows.filing.pop().unwrap();
        extract.issue(filing.locator, "unknown form", filing.row.accession_number);
    });
    let count = "SELECT count(*) FROM core_quarantine WHERE reason = 'unknown form'";
    let refused =
        duckdb::rows(&warehouse.latest().join("views.sql"), count)[0][0].as_u64().unwrap();
    assert!(refused > 0);
    let listed = || {
        let args = ["quarantine", "list", "--source", FILINGS, "--format", "json"];
        let ran = warehouse.run(&args).with_status(0);
        let lines = ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap());
        lines.collect::<Vec<Value>>()
    };
    let records = listed();
    assert_eq!(records.len() as u64, refused);
    let id = records[0]["row_id"].as_str().unwrap();
    let shown = warehouse.run(&["quarantine", "show", &id[..12]]).with_status(0).stdout;
    for text in [id, "unknown form", "open", records[0]["record"].as_str().unwrap(), "raw/v1/"] {
        assert!(shown.contains(text), "{text} is not in {shown}");
    }
    let replay = ["quarantine", "replay", "--source", FILINGS];
    warehouse.run(&replay).with_status(0);
    let core_filing = "SELECT count(*) FROM (FROM old.core_filing EXCEPT ALL FROM new.core_filing)";
    assert_eq!(over(&original, &latest(&warehouse), core_filing), json!([[0]]));
    let history = "SELECT count(DISTINCT row_id), count(*), min(resolution), max(resolution) FROM core_quarantine \
         JOIN core_quarantine_resolution ON row_id = quarantine_row_id";
    let history = duckdb::rows(&warehouse.latest().join("views.sql"), history);
    assert_eq!(json!(history), json!([[refused, refused, "read", "read"]]));
    assert!(listed().is_empty(), "none is open");
    let published = latest(&warehouse);
    let ran = warehouse.run(&replay).with_status(0);
    assert!(ran.stdout.contains("nothing to do"), "{}", ran.stdout);
    assert_eq!(latest(&warehouse), published);
}

#[test]
fn two_snapshots_are_compared_as_duckdb_compares_them() {
    let warehouse = Warehouse::new();
    warehouse.demo();
    let original = latest(&warehouse);
    publish_swapped_prices(&warehouse);
    let damaged = latest(&warehouse);
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let (old, new) = (name(&original), name(&damaged));
    let parquet = warehouse.root().join("../diff.parquet");
    let diff = ["diff", &old, "latest", "--format", "json", "--out", parquet.to_str().unwrap()];
    let ran = warehouse.run(&diff).with_status(0);
    let lines: Vec<Value> =
        ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let is_row =
        |line: &&Value| line["table"] == "core_model_price" && line.get("change").is_some();
    let is_total =
        |line: &&Value| line["table"] == "core_model_price" && line.get("added").is_some();
    let total = lines.iter().find(is_total).unwrap();
    let count = |kind: &str| total[kind].as_u64().unwrap();
    let rows = lines.iter().filter(is_row).count() as u64;
    assert_eq!(rows, count("added") + count("removed") + count("changed"));
    let cells = lines.iter().filter(is_row).map(|row| row["cells"].as_array().unwrap().len());
    let in_parquet = format!(
        "SELECT count(*) FROM '{}' WHERE \"table\" = 'core_model_price'",
        parquet.display()
    );
    let expected = over(&original, &damaged, &in_parquet);
    assert_eq!(json!([[cells.sum::<usize>()]]), expected);
    let told = format!(
        "SELECT column_name, old_value, new_value, old_row_id, new_row_id FROM '{}' \
         WHERE \"table\" = 'core_model_price'",
        parquet.display()
    );
    assert_same_rows(&original, &damaged, &told, &differing_cells(&CORE_MODEL_PRICE));
    // Whole tables: just those in which DuckDB finds a difference have a total.
    let told: BTreeSet<&str> = lines
        .iter()
        .filter(|line| line.get("added").is_some())
        .map(|line| line["table"].as_str().unwrap())
        .collect();
    let differs = TABLES.iter().map(|TableDef { name, .. }| {
        format!(
            "SELECT '{name}' AS name WHERE EXISTS (FROM old.{name} EXCEPT ALL FROM new.{name}) \
             OR EXISTS (FROM new.{name} EXCEPT ALL FROM old.{name})"
        )
    });
    let differs = format!("{} ORDER BY name", differs.collect::<Vec<_>>().join(" UNION ALL "));
    let told: Vec<_> = told.into_iter().map(|name| json!([name])).collect();
    assert_eq!(over(&original, &damaged, &differs), json!(told));
    let text = warehouse.run(&["diff", &old, &new, "--table", "core_model_price"]).with_status(0);
    let first = format!(
        "core_model_price: {} rows added, {} removed, {} changed",
        count("added"),
        count("removed"),
        count("changed")
    );
    assert!(text.stdout.starts_with(&first), "{}", text.stdout);
    let same = warehouse.run(&["diff", &new, "latest"]).with_status(0);
    assert_eq!(same.stdout, "nothing differs\n");
    let unknown = warehouse.run(&["diff", &old, "20010101T000000000Z"]).with_status(1);
    assert!(unknown.stderr.contains("no such snapshot"), "{}", unknown.stderr);
}

#[test]
fn what_a_source_corrects_is_recorded_by_the_run_that_reads_it() {
    let oracle = facts_path("0001341439");
    let file = checkout().join("pipelines/sec_companyfacts/fixtures/CIK0001341439.json");
    let text = fs::read_to_string(file).unwrap();
    let origin = Origin::start();
    origin.serve(&oracle, text.clone().into_bytes());
    let warehouse = Warehouse::new();
    let ingest = ["ingest", "sec_companyfacts", &origin.sec()];
    warehouse.run(&ingest);
    let before = latest(&warehouse);
    // Depreciation of the quarter to 2023-08-31.
    assert_eq!(text.matches("\"val\":712000000,").count(), 1);
    let text = text.replace("\"val\":712000000,", "\"val\":713000000,");
    origin.serve(&oracle, text.into_bytes());
    warehouse.run(&ingest);
    let sql = "SELECT corrected_table, column_name, old_value, new_value, correction_reason, old_row_id = fact.corrects_row_id, \
         new_row_id = fact.row_id FROM core_correction LEFT JOIN core_xbrl_fact AS fact ON new_row_id = fact.row_id \
         WHERE column_name = 'value'";
    let rows = duckdb::rows(&warehouse.latest().join("views.sql"), sql);
    let expected = json!([[
        "core_xbrl_fact",
        "value",
        "712000000",
        "713000000",
        "source_corrected",
        true,
        true
    ]]);
    assert_eq!(json!(rows), expected);
    let columns = "SELECT count(*) FROM new.core_correction WHERE column_name <> 'value'";
    assert_eq!(over(&before, &latest(&warehouse), columns), json!([[0]]));
    // Reading it all again keeps the correction where it was.
    let ran = warehouse.run(&["reparse", "sec_companyfacts"]).with_status(0);
    assert_eq!(ran.stdout, "nothing differs\n");
}
