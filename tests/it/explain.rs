//! A number walked back to the bytes that it was read from.

use std::fs;

use burnrate_model::Sighted;
use burnrate_model::generated::{Capture, XbrlFact};
use burnrate_warehouse::{Snapshot, Warehouse as Store};
use serde_json::{Value, json};

use crate::duckdb;
use crate::origin::{Origin, facts_path};
use crate::program::{Warehouse, checkout};
use crate::recording::Recording;

/// What Microsoft's fixture says of a quarter; in cash, and in millions.
const CAPEX: &[&str] = &[
    "explain",
    "mart_capex_quarterly",
    "--where",
    "company_id=msft",
    "--where",
    "period_end=2024-06-30",
    "--where",
    "definition=cash_gross",
];

fn json_of(warehouse: &Warehouse, args: &[&str]) -> Value {
    let ran = warehouse.run(&[args, &["--format", "json"]].concat()).with_status(0);
    serde_json::from_str(&ran.stdout).unwrap()
}

/// Rows of a table in an explanation.
fn rows_of<'a>(explanation: &'a Value, table: &str) -> Vec<&'a Value> {
    let rows = explanation["rows"].as_array().unwrap();
    rows.iter().filter(|row| row["table"] == table).collect()
}

#[test]
fn rows_of_the_demo_are_explained_as_text_json_and_html() {
    let warehouse = Warehouse::new();
    warehouse.demo();
    a_quarter(&warehouse);
    a_price(&warehouse);
    a_round(&warehouse);
    mistakes_are_named(&warehouse);
}

/// The fourth quarter is the year less nine months: 44,477 m less 30,604 m are 13,873 m.
fn a_quarter(warehouse: &Warehouse) {
    let explanation = json_of(warehouse, CAPEX);
    let quarter = &explanation["rows"][0];
    assert_eq!(quarter["cells"]["capex_usd"], "13873000000");
    assert!(
        quarter["basis"]["computed"]["formula"].as_str().unwrap().contains("minus nine months")
    );
    let roles: Vec<_> = quarter["inputs"].as_array().unwrap().iter().map(|i| &i["role"]).collect();
    assert_eq!(roles, ["minuend", "subtrahend", "fiscal_quarter"]);
    let minuend = rows_of(&explanation, "core_xbrl_fact")
        .into_iter()
        .find(|fact| fact["row"] == quarter["inputs"][0]["row"])
        .unwrap();
    let read = &minuend["basis"]["read"];
    assert_eq!((&read["column"], &read["value"]), (&json!("value"), &json!("44477000000")));
    assert!(read["excerpt"]["marked"].as_str().unwrap().contains("\"val\":44477000000"), "{read}");
    // The bytes named are those of the archived payload.
    let (file, offset) = (read["warc_file"].as_str().unwrap(), read["warc_offset"].to_string());
    let payload = warehouse.run(&["archive", "get", file, &offset]).with_status(0).stdout;
    let place = |end: usize| usize::try_from(read["bytes"][end].as_u64().unwrap()).unwrap();
    assert_eq!(&payload[place(0)..place(1)], read["excerpt"]["marked"]);
    assert_eq!(burnrate_model::sha256_hex(payload.as_bytes()), read["payload_sha256"]);

    let text = warehouse.run(CAPEX).with_status(0).stdout;
    for expected in [
        "Formula: ",
        "minuend: core_xbrl_fact ",
        "capex_usd",
        "[[{",
        "\"val\":44477000000",
        "proved: ",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    assert!(!text.contains('\u{1b}'), "a pipe gets no colours");
    let html = warehouse.run(&[CAPEX, &["--format", "html"]].concat()).with_status(0).stdout;
    assert!(html.contains("<mark>{") && html.contains("&quot;val&quot;:44477000000"), "{html}");
    assert!(
        !html.contains("<script") && !html.contains("<link") && !html.contains("src="),
        "{html}"
    );
}

fn a_price(warehouse: &Warehouse) {
    let sql = "SELECT row_id FROM core_gpu_price WHERE source_id = 'coreweave_pricing' AND NOT is_withdrawn ORDER BY 1 LIMIT 1";
    let rows = duckdb::rows(&warehouse.latest().join("views.sql"), sql);
    let condition = format!("row_id={}", rows[0][0].as_str().unwrap());
    let explanation = json_of(warehouse, &["explain", "core_gpu_price", "--where", &condition]);
    let price = &explanation["rows"][0];
    let marked = price["basis"]["read"]["excerpt"]["marked"].as_str().unwrap();
    assert!(marked.starts_with('<') && marked.ends_with('>'), "an element: {marked}");
    assert!(marked.contains(price["cells"]["price_as_shown"].as_str().unwrap()), "{marked}");
    let gone = [
        "explain",
        "core_gpu_price",
        "--where",
        "source_id=lambda_pricing",
        "--where",
        "is_withdrawn=true",
    ];
    let ran = warehouse.run(&gone).with_status(2);
    assert!(
        ran.stderr.contains("4 rows of core_gpu_price match; add a --where:"),
        "{}",
        ran.stderr
    );
}

fn a_round(warehouse: &Warehouse) {
    let sql = "SELECT row_id FROM mart_funding_round ORDER BY row_id";
    for row in duckdb::rows(&warehouse.latest().join("views.sql"), sql) {
        let condition = format!("row_id={}", row[0].as_str().unwrap());
        let explanation =
            json_of(warehouse, &["explain", "mart_funding_round", "--where", &condition]);
        let mentions = rows_of(&explanation, "core_funding_round");
        assert!(!mentions.is_empty());
        for mention in mentions {
            assert_ne!(mention["basis"]["read"]["excerpt"]["marked"], Value::Null, "{mention}");
        }
    }
}

fn mistakes_are_named(warehouse: &Warehouse) {
    for (args, expected) in [
        (&["mart_capex", "--where", "a=b"][..], "no table `mart_capex`; there are core_article, "),
        (
            &["core_claim", "--where", "claim=1"],
            "core_claim has no column `claim`; it has row_id, ",
        ),
        (&["core_claim", "--where", "claim_id"], "write --where COLUMN=VALUE"),
        (
            &["core_claim", "--where", "claim_id=none"],
            "no such row of core_claim: claim_id=none has 0 rows; its columns",
        ),
        (
            &["core_claim", "--where", "claim_id=x", "--as-of", "2024-09-17"],
            "run `burnrate transform --as-of 2024-09-17` first",
        ),
    ] {
        let ran = warehouse.run(&[&["explain"], args].concat()).with_status(1);
        assert!(ran.stderr.contains(expected), "{expected}: {}", ran.stderr);
    }
    warehouse.run(&["transform", "--as-of", "2024-09-17"]).with_status(0);
    let as_of = [CAPEX, &["--as-of", "2024-09-17"]].concat();
    let explanation = json_of(warehouse, &as_of);
    assert!(explanation["snapshot"].as_str().unwrap().ends_with("as-of-2024-09-17"));
}

/// An outlet can write what it likes: the page shows it as text.
#[test]
fn evidence_cannot_write_markup_into_the_page() {
    let closed = "Acme &lt;script&gt;alert(1)&lt;/script&gt; has raised $5 million in a Series A round led by Bolt Ventures.";
    let feed = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title><link>https://example.com/</link>\
         <description>News</description><item><title>Acme raises $5 million</title><link>https://techcrunch.com/a</link>\
         <pubDate>Wed, 02 Oct 2024 12:00:00 +0000</pubDate><description><![CDATA[<p>{closed}</p><script>alert(2)</script>]]>\
         </description></item></channel></rss>"
    );
    let mut recording = Recording::new();
    let url = "https://techcrunch.com/feed";
    recording.answer("techcrunch_feed", url, "2024-10-03T00:00:00Z", 200, feed.as_bytes());
    let warehouse = Warehouse::new();
    recording.replay(&warehouse, &["techcrunch_feed"]).with_status(0);
    let args = ["explain", "core_article", "--where", "publisher=TechCrunch", "--format", "html"];
    let html = warehouse.run(&args).with_status(0).stdout;
    assert!(html.contains("&lt;script&gt;alert(2)&lt;/script&gt;"), "{html}");
    assert!(!html.contains("<script"), "{html}");
}

/// The facts of one company, and a store that can write into the same warehouse.
fn facts_of_microsoft() -> (Warehouse, Store, Snapshot) {
    let origin = Origin::start();
    let fixture = checkout().join("pipelines/sec_companyfacts/fixtures/CIK0000789019.json");
    origin.serve(&facts_path("0000789019"), fs::read(fixture).unwrap());
    let warehouse = Warehouse::new();
    warehouse.run(&["ingest", "sec_companyfacts", &origin.sec()]).with_status(0);
    let store = Store::open(&warehouse.root()).unwrap();
    let latest = store.latest().unwrap().unwrap();
    (warehouse, store, latest)
}

fn fact(accession_number: String, value: i64) -> XbrlFact {
    XbrlFact {
        cik: "0000789019".to_owned(),
        taxonomy: "us-gaap".to_owned(),
        concept: "PaymentsToAcquirePropertyPlantAndEquipment".to_owned(),
        unit: "USD".to_owned(),
        dimensions: None,
        period_start: "2023-07-01".parse().ok(),
        period_end: "2024-06-30".parse().unwrap(),
        period_days: Some(366),
        value: Some(value.into()),
        decimals: None,
        is_rounded: false,
        also_stated: None,
        accession_number,
        form_type: "10-K".to_owned(),
        filed_date: "2024-07-30".parse().unwrap(),
    }
}

/// The one capture of the warehouse: its id and time.
fn capture(warehouse: &Warehouse) -> (String, String) {
    let sql = "SELECT capture_id, strftime(fetched_at::timestamp, '%Y-%m-%dT%H:%M:%SZ') FROM core_capture WHERE outcome = 'read'";
    let rows = duckdb::rows(&warehouse.latest().join("views.sql"), sql);
    (rows[0][0].as_str().unwrap().to_owned(), rows[0][1].as_str().unwrap().to_owned())
}

/// A row that says other than its document is no good row, however well its file is checked.
#[test]
fn a_row_that_the_document_contradicts_is_shown_with_both_values() {
    let (warehouse, store, latest) = facts_of_microsoft();
    let (capture_id, fetched_at) = capture(&warehouse);
    let sql = "SELECT accession_number FROM core_xbrl_fact WHERE concept = 'PaymentsToAcquirePropertyPlantAndEquipment' \
               AND period_start = '2023-07-01' AND period_end = '2024-06-30' AND value = 44477000000 ORDER BY 1 LIMIT 1";
    let rows = duckdb::rows(&warehouse.latest().join("views.sql"), sql);
    let row = Sighted {
        locator: "/facts/us-gaap/PaymentsToAcquirePropertyPlantAndEquipment/units/USD/0".to_owned(),
        known_on: "2024-07-30".parse().unwrap(),
        row: fact(rows[0][0].as_str().unwrap().to_owned(), 44_478_000_000),
    };
    let now = "2030-01-01T00:00:00Z".parse().unwrap();
    let mut staging =
        store.stage("tampered", Some(&latest), now, burnrate_model::Clock::Now).unwrap();
    staging.know_captures([(capture_id.clone(), fetched_at.parse().unwrap())]);
    staging.facts("sec_companyfacts", &capture_id, now, &[row]).unwrap();
    staging.commit(true).unwrap();
    let args = ["explain", "core_xbrl_fact", "--where", "value=44478000000"];
    let ran = warehouse.run(&args).with_status(5);
    assert!(
        ran.stderr.contains(
            "value is `44478000000` in the warehouse, and `44477000000` as today's parser reads"
        ),
        "{}",
        ran.stderr
    );
    assert!(ran.stdout.contains("NOT SO: "), "{}", ran.stdout);
}

/// Row groups and blocks that were read, as the program says.
fn work(warehouse: &Warehouse, row_id: &str) -> (usize, usize) {
    let condition = format!("row_id={row_id}");
    let args = ["explain", "core_xbrl_fact", "--where", &condition, "--count-work"];
    let ran = warehouse.run(&args).with_status(0);
    let numbers = ran.stderr.split(|c: char| !c.is_ascii_digit());
    let numbers: Vec<usize> = numbers.filter_map(|number| number.parse().ok()).collect();
    (numbers[0], numbers[1])
}

/// The rows that are sought, ten times the others, ten times the captures, ten times the archive: what is
/// decoded to find a row stays the same, since files are looked into by their filters, and the archive by
/// offset. Blocks are of 1 MiB; a file that is longer than one may take one for its footer, one for its
/// filters, and one for the row.
#[test]
fn a_row_is_found_at_the_same_cost_in_ten_times_the_warehouse_and_archive() {
    const ROWS: usize = 16_384;
    let (warehouse, store, latest) = facts_of_microsoft();
    let (capture_id, fetched_at) = capture(&warehouse);
    let sql = "SELECT row_id FROM core_xbrl_fact ORDER BY row_id LIMIT 1";
    let rows = duckdb::rows(&warehouse.latest().join("views.sql"), sql);
    let sought = rows[0][0].as_str().unwrap();
    let more = |id: &str, parent: &Snapshot, rows: std::ops::Range<usize>| {
        let facts = rows.clone().map(|number| Sighted {
            locator: format!("/facts/{number}"),
            known_on: "2024-07-30".parse().unwrap(),
            row: fact(format!("0000000000-24-{number:06}"), i64::try_from(number).unwrap()),
        });
        let now = "2030-01-01T00:00:00Z".parse().unwrap();
        let mut staging = store.stage(id, Some(parent), now, burnrate_model::Clock::Now).unwrap();
        staging.know_captures([(capture_id.clone(), fetched_at.parse().unwrap())]);
        staging.facts("sec_companyfacts", &capture_id, now, &facts.collect::<Vec<_>>()).unwrap();
        let captures: Vec<_> = rows.map(other_capture).collect();
        staging.log(&captures).unwrap();
        staging.commit(true).unwrap()
    };
    let once = more("once", &latest, 0..ROWS);
    let little = work(&warehouse, sought);
    more("ten", &once, ROWS..10 * ROWS);
    let archive = crate::verify::file(&warehouse.root().join("raw"), ".warc.gz");
    let record = fs::read(&archive).unwrap();
    crate::verify::replace(&archive, &record.repeat(10));
    let much = work(&warehouse, sought);
    assert_eq!(much.0, little.0, "row groups");
    // Two tables, each with a file more, each file with up to three blocks.
    assert!(much.1 <= little.1 + 6, "blocks: {little:?}, {much:?}");
}

fn other_capture(number: usize) -> Capture {
    Capture {
        capture_id: format!("{number:032x}"),
        run_id: "once".to_owned(),
        source_id: "sec_companyfacts".to_owned(),
        url: format!("https://example.org/{number}"),
        fetched_at: "2026-01-01T00:00:00Z".parse().unwrap(),
        http_status: 200,
        content_type: None,
        etag: None,
        last_modified: None,
        payload_sha256: format!("{number:064x}"),
        payload_bytes: 1,
        robots: None,
        warc_file: "raw/none".to_owned(),
        warc_offset: 0,
        warc_record_type: "response".to_owned(),
        outcome: "read".to_owned(),
        outcome_reason: None,
        parser_version: 1,
    }
}
