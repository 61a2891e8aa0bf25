//! Nothing is fetched, stored or read twice that need not be; nothing wanted is forgotten.

use std::fs;
use std::process::Command;
use std::time::Duration;

use serde_json::json;

use crate::duckdb;
use crate::origin::{Answer, Origin, facts_path, submissions_path};
use crate::program::{Ran, Warehouse, checkout};
use crate::repeated_runs::assert_same_tables;

const META: &str = "0001326801";
const MICROSOFT: &str = "0000789019";

fn fixture(source: &str, name: &str) -> Vec<u8> {
    fs::read(checkout().join(format!("pipelines/{source}/fixtures/{name}.json"))).unwrap()
}

/// Facts and filings of Meta and Microsoft, each with an entity tag.
fn tagged() -> Origin {
    let origin = Origin::start();
    for cik in [META, MICROSOFT] {
        let facts = fixture("sec_companyfacts", &format!("CIK{cik}"));
        origin.answer(&facts_path(cik), Answer::Tagged("\"facts-1\"", facts));
        let filings = fixture("sec_submissions", &format!("CIK{cik}"));
        origin.answer(&submissions_path(cik), Answer::Tagged("\"filings-1\"", filings));
    }
    let page = fixture("sec_submissions", "CIK0000789019-submissions-001");
    origin.answer(
        "/submissions/CIK0000789019-submissions-001.json",
        Answer::Tagged("\"page-1\"", page),
    );
    origin
}

fn rows(warehouse: &Warehouse, sql: &str) -> serde_json::Value {
    json!(duckdb::rows(&warehouse.latest().join("views.sql"), sql))
}

#[test]
fn a_second_run_asks_whether_anything_changed_and_stores_no_body_again() {
    let origin = tagged();
    let warehouse = Warehouse::new();
    warehouse.run(&["ingest", "sec_companyfacts", "sec_submissions", &origin.sec()]).with_status(0);
    origin.take_asked();
    let before = warehouse.data_files();
    let ran = warehouse
        .run(&["ingest", "sec_companyfacts", "sec_submissions", &origin.sec()])
        .with_status(0);
    assert!(ran.stdout.contains("nothing new: no core row was added"), "{}", ran.stdout);
    let asked = origin.take_asked();
    let served: Vec<_> = asked
        .iter()
        .filter(|asked| asked.path.contains(META) || asked.path.contains(MICROSOFT))
        .collect();
    // Two documents of each company. The page of older filings follows from an index that did not change.
    assert_eq!(served.len(), 4, "{served:#?}");
    for asked in served {
        assert!(
            asked.headers.iter().any(|line| line.starts_with("if-none-match: \"")),
            "{asked:?}"
        );
    }
    let new: Vec<_> =
        warehouse.data_files().into_iter().filter(|file| !before.contains(file)).collect();
    assert!(
        new.iter().all(|file| ["core_run/", "core_capture/", "core_request/"]
            .iter()
            .any(|log| file.contains(log))),
        "{new:?}"
    );
    let kinds = "SELECT http_status, warc_record_type, outcome, count(*) FROM core_capture WHERE http_status <> 404 GROUP BY ALL ORDER BY ALL";
    assert_eq!(
        rows(&warehouse, kinds),
        json!([[200, "response", "read", 5], [304, "revisit", "unchanged", 4]])
    );
    let resolved = "SELECT count(*) FROM core_capture AS later JOIN core_capture AS first USING (capture_id, payload_sha256, payload_bytes) \
                    WHERE later.http_status = 304 AND first.http_status = 200";
    assert_eq!(
        rows(&warehouse, resolved),
        json!([[4]]),
        "a 304 is a capture of the document that it confirms"
    );
}

#[test]
fn another_body_under_the_same_tag_is_seen() {
    let origin = tagged();
    let warehouse = Warehouse::new();
    warehouse.run(&["ingest", "sec_companyfacts", &origin.sec()]).with_status(0);
    let text = String::from_utf8(fixture("sec_companyfacts", "CIK0000789019")).unwrap();
    let changed = text.replacen("\"val\":5810000000,", "\"val\":5811000000,", 1);
    let under_the_same_tag = Answer::AlwaysFull("\"facts-1\"", changed.into_bytes());
    origin.answer(&facts_path(MICROSOFT), under_the_same_tag);
    let ran = warehouse.run(&["ingest", "sec_companyfacts", &origin.sec()]).with_status(0);
    assert!(ran.stderr.contains("1 new rows (1 corrections, 0 withdrawals)"), "{}", ran.stderr);
}

#[test]
fn what_failed_last_night_is_asked_again_whatever_the_index_says() {
    let origin = tagged();
    let page = "/submissions/CIK0000789019-submissions-001.json";
    origin.answer(page, Answer::Body(451, Vec::new()));
    let warehouse = Warehouse::new();
    warehouse.run(&["ingest", "sec_submissions", &origin.sec()]).with_status(4);
    let requests = "SELECT request_outcome, count(*) FROM core_request WHERE url LIKE '%submissions-001%' GROUP BY ALL";
    assert_eq!(rows(&warehouse, requests), json!([["failed", 1]]));
    origin.serve(page, fixture("sec_submissions", "CIK0000789019-submissions-001"));
    origin.take_asked();
    // The index answers 304, so that nothing is read from it; the page is asked for all the same.
    warehouse.run(&["ingest", "sec_submissions", &origin.sec()]).with_status(0);
    assert!(origin.take_asked().iter().any(|asked| asked.path == page));
    let older = "SELECT count(*) FROM core_filing WHERE locator LIKE '/accessionNumber/%'";
    assert_eq!(rows(&warehouse, older), json!([[7]]), "the page lists seven filings");
    let requests = "SELECT request_outcome FROM core_request WHERE url LIKE '%submissions-001%' ORDER BY run_id";
    assert_eq!(rows(&warehouse, requests), json!([["failed"], ["done"]]));
}

#[test]
fn a_replay_of_conditional_runs_rebuilds_the_same_tables() {
    let origin = tagged();
    let live = Warehouse::new();
    live.run(&["ingest", "sec_companyfacts", "sec_submissions", &origin.sec()]).with_status(0);
    live.run(&["ingest", "sec_companyfacts", "sec_submissions", &origin.sec()]).with_status(0);
    let rebuilt = Warehouse::new();
    let raw = live.root().join("raw");
    // A host that nobody answers for: the replay must not need one.
    let nowhere = "--origin=sec.gov=http://127.0.0.1:9";
    rebuilt
        .run(&[
            "ingest",
            "sec_companyfacts",
            "sec_submissions",
            nowhere,
            "--replay",
            raw.to_str().unwrap(),
        ])
        .with_status(0);
    assert_same_tables(&live, &rebuilt);
    let archived = "SELECT warc_record_type, count(*) FROM core_capture WHERE http_status <> 404 GROUP BY ALL ORDER BY ALL";
    assert_eq!(
        rows(&rebuilt, archived),
        json!([["response", 5], ["revisit", 4]]),
        "no body is stored twice"
    );
}

/// Two runs on warehouses of their own ask one publisher: at most eight requests a second in all, evenly.
#[test]
fn two_runs_at_once_keep_the_rate_together() {
    let origin = tagged();
    let (one, other) = (Warehouse::new(), Warehouse::new());
    let state = tempfile::tempdir().unwrap();
    let start = |warehouse: &Warehouse| {
        let mut command = warehouse.command(&["ingest", "sec_companyfacts", &origin.sec()]);
        command
            .env("BURNRATE_UNLIMITED_ORIGINS", "false")
            .env("BURNRATE_STATE", state.path())
            .spawn()
            .unwrap()
    };
    let runs = [start(&one), start(&other)];
    for run in runs {
        let ran: Ran = run.wait_with_output().unwrap().into();
        ran.with_status(0);
    }
    let asked = origin.take_asked();
    assert_eq!(asked.len(), 30, "15 filers, twice");
    let took = asked[29].at - asked[0].at;
    // 29 intervals of 125 ms; a request may arrive a little before its predecessor's turn is over.
    assert!(took >= Duration::from_millis(29 * 125 - 125), "{took:?}");
    assert_same_tables(&one, &other);
}

#[test]
fn the_archive_passes_warcio_and_our_own_verification() {
    let origin = tagged();
    let warehouse = Warehouse::new();
    warehouse.run(&["ingest", "sec_companyfacts", "sec_submissions", &origin.sec()]).with_status(0);
    warehouse.run(&["ingest", "sec_companyfacts", "sec_submissions", &origin.sec()]).with_status(0);
    let ran = warehouse.run(&["archive", "verify"]).with_status(0);
    assert!(ran.stdout.contains(": 0 problems"), "{}", ran.stdout);
    let listed = warehouse
        .run(&["archive", "ls", "--url", "companyfacts/CIK0001326801"])
        .with_status(0)
        .stdout;
    let lines: Vec<Vec<&str>> =
        listed.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(
        lines.iter().map(|line| line[2]).collect::<Vec<_>>(),
        ["response", "revisit"],
        "{listed}"
    );
    for line in &lines {
        let payload = warehouse.run(&["archive", "get", line[4], line[5]]).with_status(0).stdout;
        assert_eq!(payload.into_bytes(), fixture("sec_companyfacts", "CIK0001326801"), "{line:?}");
    }
    let files: Vec<_> = lines.iter().map(|line| warehouse.root().join(line[4])).collect();
    let checked = Command::new(duckdb::python())
        .args(["-m", "warcio.cli", "check"])
        .args(&files)
        .output()
        .unwrap();
    assert!(checked.status.success(), "{checked:?}");
}

#[test]
fn a_damaged_archive_is_named_by_file_and_place() {
    let warehouse = Warehouse::new();
    warehouse.demo();
    let listed =
        warehouse.run(&["archive", "ls", "--source", "sec_companyfacts"]).with_status(0).stdout;
    let line: Vec<&str> = listed.lines().nth(2).unwrap().split_whitespace().collect();
    let (file, offset) = (line[4], line[5].parse::<usize>().unwrap());
    let mut bytes = fs::read(warehouse.root().join(file)).unwrap();
    bytes[offset + 200] ^= 1;
    fs::write(warehouse.root().join(file), bytes).unwrap();
    let ran = warehouse.run(&["archive", "verify"]).with_status(1);
    assert!(
        ran.stdout.contains(file) && ran.stdout.contains(&offset.to_string()),
        "{}",
        ran.stdout
    );
    warehouse.run(&["archive", "get", file, line[5]]).with_status(1);
}

/// A run that was cut off left an archive with half a record and no index: the next run says so, keeps the
/// torn bytes aside, and its own tables are those of an undisturbed run.
#[test]
fn a_torn_archive_is_mended_by_the_next_run() {
    let origin = tagged();
    let warehouse = Warehouse::new();
    warehouse.run(&["ingest", "sec_companyfacts", &origin.sec()]).with_status(0);
    let listed = warehouse.run(&["archive", "ls"]).with_status(0).stdout;
    let file = warehouse.root().join(listed.split_whitespace().nth(4).unwrap());
    let bytes = fs::read(&file).unwrap();
    fs::write(&file, &bytes[..bytes.len() - 10]).unwrap();
    fs::remove_file(file.with_extension("").with_extension("cdxj")).unwrap();
    let ran = warehouse.run(&["ingest", "sec_companyfacts", &origin.sec()]).with_status(0);
    assert!(ran.stderr.contains("archive: ") && ran.stderr.contains("torn at "), "{}", ran.stderr);
    warehouse.run(&["archive", "verify"]).with_status(0);
}
