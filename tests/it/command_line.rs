//! What a person sees: exit statuses, messages that say what to do next.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::filings::Recorded;
use crate::origin::{Answer, Origin, facts_path};
use crate::program::{Ran, Warehouse, burnrate, checkout};

fn run(command: &mut Command) -> Ran {
    command.output().unwrap().into()
}

#[test]
fn a_missing_contact_is_named_before_any_request() {
    let warehouse = Warehouse::new();
    let ran = run(warehouse.command(&["ingest"]).env_remove("BURNRATE_CONTACT")).with_status(1);
    assert!(
        ran.stderr.contains("set `contact = ") && ran.stderr.contains("BURNRATE_CONTACT"),
        "{}",
        ran.stderr
    );
    assert!(!warehouse.root().exists(), "nothing was written");
}

#[test]
fn an_unknown_source_is_answered_with_the_known_ones() {
    let ran = Warehouse::new().run(&["ingest", "sec_companyfact"]).with_status(1);
    assert!(
        ran.stderr.contains("no source `sec_companyfact`; there are ")
            && ran.stderr.contains(", sec_companyfacts, sec_current_feed, "),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_config_file_is_read_and_its_mistakes_are_named() {
    let warehouse = Warehouse::new();
    fs::create_dir_all(warehouse.root()).unwrap();
    let file = warehouse.root().join("burnrate.toml");
    let config = file.to_str().unwrap().to_owned();
    fs::write(&file, "contakt = 'x'\n").unwrap();
    let ran = warehouse.run(&["--config", &config, "status"]).with_status(1);
    assert!(ran.stderr.contains("unknown field `contakt`"), "{}", ran.stderr);
    fs::write(&file, "watch = ['0001835632']\n").unwrap();
    let origin = Origin::start();
    let facts = fs::read_to_string(
        checkout().join("pipelines/sec_companyfacts/fixtures/CIK0001326801.json"),
    )
    .unwrap();
    origin.serve(&facts_path("0001835632"), facts.replacen("1326801", "1835632", 1));
    warehouse
        .run(&["--config", &config, "ingest", "sec_companyfacts", &origin.sec()])
        .with_status(0);
    let sql = "SELECT DISTINCT company_id, cik FROM mart_capex_quarterly";
    let rows = crate::duckdb::rows(&warehouse.latest().join("views.sql"), sql);
    assert_eq!(serde_json::json!(rows), serde_json::json!([["cik0001835632", "0001835632"]]));
}

#[test]
fn parse_shows_rows_as_json_lines() {
    let file = "pipelines/sec_companyfacts/fixtures/CIK0001341439.json";
    let ran = run(burnrate().args(["parse", "sec_companyfacts", file, "--format", "json"]))
        .with_status(0);
    let lines: Vec<Value> =
        ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let facts = fs::read_to_string(checkout().join(file)).unwrap().matches("\"accn\"").count();
    assert_eq!(lines.len(), facts);
    assert!(
        lines
            .iter()
            .all(|line| line["table"] == "core_xbrl_fact" && line["row"]["cik"] == "0001341439")
    );
    assert_eq!(lines[0]["row"]["row_id"].as_str().unwrap().len(), 32);
}

#[test]
fn every_key_is_also_a_variable() {
    let origin = Origin::start();
    let facts = fs::read_to_string(
        checkout().join("pipelines/sec_companyfacts/fixtures/CIK0001326801.json"),
    )
    .unwrap();
    origin.serve(&facts_path("0001835632"), facts.replacen("1326801", "1835632", 1));
    let warehouse = Warehouse::new();
    let mirror = origin.sec().replace("--origin=", "");
    let mut command = burnrate();
    command
        .args(["ingest", "sec_companyfacts"])
        .env("BURNRATE_CONTACT", "Test test@example.org")
        .env("BURNRATE_WAREHOUSE", warehouse.root())
        .env("BURNRATE_WATCH", "0001835632")
        .env("BURNRATE_ORIGINS", mirror)
        .env("BURNRATE_UNLIMITED_ORIGINS", "true");
    run(&mut command).with_status(0);
    let rows = crate::duckdb::rows(
        &warehouse.latest().join("views.sql"),
        "SELECT DISTINCT cik FROM core_xbrl_fact",
    );
    assert_eq!(serde_json::json!(rows), serde_json::json!([["0001835632"]]));
    let blank = run(warehouse.command(&["ingest"]).env("BURNRATE_CONTACT", "  ")).with_status(1);
    assert!(blank.stderr.contains("name no contact"), "{}", blank.stderr);
}

#[test]
fn parse_shows_odd_records_and_what_is_read_next() {
    let folder = tempfile::tempdir().unwrap();
    let facts = fs::read_to_string(
        checkout().join("pipelines/sec_companyfacts/fixtures/CIK0001341439.json"),
    )
    .unwrap();
    let file = folder.path().join("odd.json");
    fs::write(&file, facts.replacen("\"accn\":\"", "\"accn\":\"x", 1)).unwrap();
    let odd = file.to_str().unwrap();
    let ran =
        run(burnrate().args(["parse", "sec_companyfacts", odd, "--format", "json"])).with_status(0);
    let issue: Value = serde_json::from_str(ran.stdout.lines().last().unwrap()).unwrap();
    assert!(
        issue["issue"]["reason"].as_str().unwrap().ends_with("is no accession number"),
        "{issue}"
    );
    assert!(issue["issue"]["locator"].as_str().unwrap().starts_with("/facts/us-gaap/"), "{issue}");
    let index = "pipelines/sec_submissions/fixtures/CIK0000789019.json";
    let ran = run(burnrate().args(["parse", "sec_submissions", index])).with_status(0);
    assert!(ran.stdout.contains("core_filing: 18 rows"), "{}", ran.stdout);
    assert!(
        ran.stdout.contains(
            "reads next: https://data.sec.gov/submissions/CIK0000789019-submissions-001.json"
        ),
        "{}",
        ran.stdout
    );
    // Only the URL says whose filings a page of older ones lists.
    let page = "pipelines/sec_submissions/fixtures/CIK0000789019-submissions-001.json";
    let url = "https://data.sec.gov/submissions/CIK0000320193-submissions-001.json";
    let args = [
        "parse",
        "sec_submissions",
        page,
        "--url",
        url,
        "--fetched-at",
        "2026-11-24T07:40:00Z",
        "--format",
        "json",
    ];
    let ran = run(burnrate().args(args)).with_status(0);
    assert!(
        ran.stdout.lines().all(|line| line.contains("\"cik\":\"0000320193\"")),
        "{}",
        ran.stdout
    );
}

#[test]
fn a_replay_of_nothing_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let warehouse = Warehouse::new();
    let ran =
        warehouse.run(&["ingest", "--replay", folder.path().to_str().unwrap()]).with_status(1);
    assert!(ran.stderr.contains("holds no recorded answer"), "{}", ran.stderr);
}

#[test]
fn a_replay_does_not_count_as_a_scheduled_run() {
    let warehouse = Warehouse::new();
    warehouse.demo();
    let status = warehouse.run(&["status"]).with_status(0).stdout;
    let line = status.lines().find(|line| line.contains("sec_companyfacts")).unwrap();
    assert!(line.trim_end().ends_with("now"), "{line}");
}

#[test]
fn parse_refuses_another_document_with_status_3() {
    let ran = run(burnrate().args(["parse", "sec_companyfacts", "Cargo.toml"])).with_status(3);
    assert!(
        ran.stderr.contains("Cargo.toml: line 1 column 2: expected companyfacts JSON"),
        "{}",
        ran.stderr
    );
    assert_eq!(ran.stdout, "");
}

#[test]
fn status_of_nothing_says_what_to_do() {
    let ran = Warehouse::new().run(&["status"]).with_status(0);
    assert!(ran.stdout.contains("`burnrate ingest` makes one"), "{}", ran.stdout);
    let ran = Warehouse::new().run(&["transform"]).with_status(1);
    assert!(ran.stderr.contains("run `burnrate ingest` first"), "{}", ran.stderr);
}

#[test]
fn status_shows_tables_and_what_is_due() {
    let warehouse = Warehouse::new();
    warehouse.demo();
    let ran = warehouse.run(&["status"]).with_status(0);
    assert!(
        ran.stdout.contains("mart_capex_quarterly") && ran.stdout.contains("due (UTC)"),
        "{}",
        ran.stdout
    );
}

#[test]
fn the_schedule_runs_what_is_due_once() {
    let warehouse = Warehouse::new();
    let origin = Origin::start();
    let facts = fs::read(checkout().join("pipelines/sec_companyfacts/fixtures/CIK0001341439.json"))
        .unwrap();
    origin.serve(&facts_path("0001341439"), facts);
    let filings =
        fs::read(checkout().join("pipelines/sec_submissions/fixtures/CIK0001341439.json")).unwrap();
    origin.serve("/submissions/CIK0001341439.json", filings);
    let report = Recorded::of_oracle();
    origin.serve(&report.path(), report.submission(b"<html><body></body></html>"));
    origin.serve_notices();
    let sources = burnrate_pipelines::SOURCES.iter().map(|source| source.spec().id.as_str());
    let filings = sources.filter(|id| id.starts_with("sec_")).collect::<Vec<_>>();
    let sec = origin.sec();
    let schedule = [&["schedule", "--once", sec.as_str()], filings.as_slice()].concat();
    let ran = warehouse.run(&schedule).with_status(0);
    assert!(ran.stdout.contains("published snapshot"), "{}", ran.stdout);
    let ran = warehouse.run(&schedule).with_status(0);
    assert!(ran.stderr.contains("nothing is due; next: "), "{}", ran.stderr);
}

#[test]
fn a_second_run_waits_for_the_first_and_says_so() {
    let warehouse = Warehouse::new();
    let origin = Origin::start();
    let oracle = facts_path("0001341439");
    origin.answer(&oracle, Answer::Silence);
    let mut first = warehouse.start(&["ingest", "sec_companyfacts", &origin.sec()]);
    origin.wait_for(&oracle);
    let mut second =
        warehouse.command(&["demo"]).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut words = BufReader::new(second.stderr.take().unwrap()).lines();
    let first_words = words.next().unwrap().unwrap();
    assert!(first_words.starts_with("waiting for another run on "), "{first_words}");
    assert!(first_words.contains("(ingest, process "), "{first_words}");
    // The second can only end once the first does.
    first.kill().unwrap();
    first.wait().unwrap();
    let rest: Vec<_> = words.map_while(Result::ok).collect();
    assert!(second.wait().unwrap().success(), "{rest:#?}");
}

#[test]
fn help_names_the_exit_statuses() {
    let ran = run(burnrate().arg("--help")).with_status(0);
    assert!(ran.stdout.contains("Exit status: 0 done"), "{}", ran.stdout);
}

#[test]
fn prose_reads_lines_of_texts_and_tells_of_those_that_are_none() {
    let mut child = burnrate()
        .arg("prose")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = concat!(
        r#"{"id": 7, "text": "Example raises $5M in seed funding led by Sample Ventures.", "published": "2025-01-01"}"#,
        "\n",
        r#"{"id": 8}"#,
        "\n\n",
        r#"{"id": "x", "text": "Nothing of note.", "published": "soon", "note": "is not looked at"}"#,
        "\n",
    );
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let ran = Ran::from(child.wait_with_output().unwrap()).with_status(4);
    let read: Vec<Value> =
        ran.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(read.len(), 2, "{}", ran.stdout);
    let row = &read[0]["rows"][0];
    assert_eq!(read[0]["id"], 7);
    assert_eq!((&row["kind"], &row["company"]), (&"funding_round".into(), &"Example".into()));
    assert_eq!((&row["amount_low"], &row["round"]), (&5_000_000.into(), &"seed".into()));
    assert_eq!(row["lead_investors"], serde_json::json!(["Sample Ventures"]));
    assert_eq!(read[1], serde_json::json!({"id": "x", "rows": []}));
    assert!(ran.stderr.contains("line 2: not read: missing field `text`"), "{}", ran.stderr);
    assert!(ran.stderr.contains("line 4: read without a date"), "{}", ran.stderr);
}
