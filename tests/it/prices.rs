//! Price lists through the whole program: recorded ones, and what becomes of them over time.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::captures::captures;
use crate::duckdb;
use crate::engines::{self, Given};
use crate::origin::{Answer, Origin};
use crate::program::{Warehouse, checkout};
use crate::recording::{Recording, price_lists};
use crate::repeated_runs::assert_same_tables;

const DOCS: &str = "anthropic_docs_pricing";
const DOCS_URL: &str = "https://platform.claude.com/docs/en/about-claude/pricing.md";
const DOCS_CAPTURE: &str = "pricing/model-api/anthropic-docs-2026-01-08.md";

#[track_caller]
fn check(snapshot: &Path, sql: &str, expected: &Value) {
    let found = json!(duckdb::rows(&snapshot.join("views.sql"), sql));
    assert_eq!(found, *expected, "{sql}");
}

/// Marts as of a day, in a snapshot of their own.
fn as_of(warehouse: &Warehouse, day: &str) -> std::path::PathBuf {
    warehouse.run(&["transform", "--as-of", day]).with_status(0);
    warehouse.snapshot_as_of(day)
}

#[test]
fn recorded_price_lists_answer_questions() {
    let Some(folder) = captures() else { return };
    let mut recording = Recording::new();
    let mut sources = BTreeSet::new();
    for list in price_lists() {
        recording.answer(&list.source, &list.url, &list.observed_at, 200, &list.body(&folder));
        sources.insert(list.source);
    }
    let warehouse = Warehouse::new();
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    // Single odd records are in quarantine: status 4.
    recording.replay(&warehouse, &sources).with_status(4);
    engines::duckdb_agrees(&warehouse, Given::Prices);
    h100_by_month(&warehouse);
    discounts_for_commitment(&warehouse);
    models_as_known_on_a_day(&warehouse);
}

/// The cheapest, median and dearest H100 SXM on demand, per GPU and hour, by month.
fn h100_by_month(warehouse: &Warehouse) {
    let sql = "SELECT strftime(day, '%Y-%m') AS month, MIN(least_per_gpu_hour), \
         ROUND(MEDIAN(median_per_gpu_hour), 4), MAX(highest_per_gpu_hour), MAX(offers), MAX(providers) \
         FROM mart_gpu_price_daily WHERE gpu_model = 'H100' AND gpu_form = 'SXM' AND term = 'on_demand' \
         AND billed_scope = 'instance' AND currency = 'USD' AND month IN ('2023-09', '2024-11', '2025-05', '2025-09') \
         GROUP BY month ORDER BY month";
    let expected = json!([
        // Lambda: eight for 20.72, 20.72 / 8 = 2.59.
        ["2023-09", 2.59, 2.59, 2.59, 1, 1],
        // Lambda from 2024-11-03: 2.99, 3.09, 3.19 and 3.29, median 3.14; Nebius from 2024-11-15: 2.95 for one
        // and for eight. On 12 of 27 days Lambda alone, on 3 both (3.045), on 12 Nebius alone: the middle one is 3.045.
        ["2024-11", 2.95, 3.045, 3.29, 6, 2],
        // AWS 98.32 / 8 = 12.29 until the next reading; Crusoe 3.90 from 2025-05-21 for 14 days and that day.
        ["2025-05", 3.9, 12.29, 12.29, 2, 2],
        // Runpod: secure and community, both 2.69.
        ["2025-09", 2.69, 2.69, 2.69, 2, 1],
    ]);
    check(&warehouse.latest(), sql, &expected);
}

/// Crusoe's H100: 3.90 on demand, 2.54 for three years: 1 - 2.54 / 3.90.
fn discounts_for_commitment(warehouse: &Warehouse) {
    let sql = "SELECT per_gpu_hour, reference_per_gpu_hour, ROUND(discount_low, 6), discount_low = discount_high \
         FROM mart_effective_gpu_discount WHERE provider = 'crusoe' AND gpu_model = 'H100' AND term = 'reserved_3y'";
    check(&warehouse.latest(), sql, &json!([[2.54, 3.9, 0.348_718, true]]));
}

/// What price maps of the time said: two list prices of GPT-4o, and o1-preview only once it was there.
fn models_as_known_on_a_day(warehouse: &Warehouse) {
    let sql = |model: &str| {
        format!(
            "SELECT DISTINCT model_id, meter, price_per_million_tokens FROM mart_token_price_history \
             WHERE vendor = 'openai' AND provider = 'openai' AND model_id LIKE '{model}' AND service_tier = 'standard' \
             AND price_kind = 'list' AND valid_until IS NULL AND meter IN ('input', 'output') ORDER BY ALL"
        )
    };
    let september = as_of(warehouse, "2024-09-17");
    let gpt_4o = json!([
        ["gpt-4o", "input", 5.0],
        ["gpt-4o", "output", 15.0],
        ["gpt-4o-2024-05-13", "input", 5.0],
        ["gpt-4o-2024-05-13", "output", 15.0],
        ["gpt-4o-2024-08-06", "input", 2.5],
        ["gpt-4o-2024-08-06", "output", 10.0],
    ]);
    check(&september, &sql("gpt-4o%' AND model_id NOT LIKE '%mini%"), &gpt_4o);
    check(&september, &sql("o1-preview"), &json!([]));
    let october = as_of(warehouse, "2024-10-13");
    let o1 = json!([["o1-preview", "input", 15.0], ["o1-preview", "output", 60.0]]);
    check(&october, &sql("o1-preview"), &o1);
}

/// A page of Anthropic's documentation with Claude Sonnet 5, whose increase was announced and cancelled.
fn with_sonnet_5(page: &str, rows: &str) -> String {
    let before = "| Claude Sonnet 4.5   | $3 / MTok";
    assert_eq!(page.matches(before).count(), 1);
    page.replace(before, &format!("{rows}{before}"))
}

const ANNOUNCED: &str = "\
    | Claude Sonnet 5 (through August 31, 2026) | $2 / MTok | $2.50 / MTok | $4 / MTok | $0.20 / MTok | $10 / MTok |\n\
    | Claude Sonnet 5 (starting September 1, 2026) | $3 / MTok | $3.75 / MTok | $6 / MTok | $0.30 / MTok | $15 / MTok |\n";
const CANCELLED: &str = "\
    | Claude Sonnet 5 | $2 / MTok | $2.50 / MTok | $4 / MTok | $0.20 / MTok | $10 / MTok |\n";

/// The recorded page, and what stood there at other times of a year: when, status, body.
fn year(captures: &Path) -> Vec<(&'static str, u16, Vec<u8>)> {
    let page = fs::read_to_string(captures.join(DOCS_CAPTURE)).unwrap();
    let blocked = "pricing/failure/cloudflare-iuam-2020-05-27.html";
    let opus_3 = page.lines().find(|line| line.starts_with("| Claude Opus 3 (")).unwrap();
    let without_opus_3 = page.replace(&format!("{opus_3}\n"), "");
    let new_layout = page.replace("| Base Input Tokens |", "| Input |");
    assert_ne!(new_layout, page);
    vec![
        ("2026-01-08T05:00:00Z", 200, page.clone().into_bytes()),
        ("2026-02-10T05:00:00Z", 503, fs::read(captures.join(blocked)).unwrap()),
        ("2026-03-01T05:00:00Z", 200, page.into_bytes()),
        ("2026-04-01T05:00:00Z", 200, new_layout.into_bytes()),
        ("2026-08-07T05:00:00Z", 200, with_sonnet_5(&without_opus_3, ANNOUNCED).into_bytes()),
        ("2026-09-02T05:00:00Z", 200, with_sonnet_5(&without_opus_3, CANCELLED).into_bytes()),
    ]
}

/// Replays answers, each in a run of its own, in the order given.
fn replayed(answers: &[(&str, u16, Vec<u8>)]) -> Warehouse {
    let warehouse = Warehouse::new();
    for (at, status, body) in answers {
        let mut recording = Recording::new();
        recording.answer(DOCS, DOCS_URL, at, *status, body);
        let ran = recording.replay(&warehouse, &[DOCS]);
        assert!(matches!(ran.status, 0 | 4), "{}", ran.stderr);
    }
    warehouse
}

const INTERVALS: &str = "SELECT price_kind, price_status, price_per_million_tokens, valid_from, valid_from_basis, valid_until, \
     last_seen_on, withdrawn_on FROM mart_token_price_history WHERE meter = 'input' AND service_tier = 'standard' \
     AND region = 'any' AND context_tier = 'any'";

#[test]
fn a_year_of_one_list_gives_the_right_intervals() {
    let Some(folder) = captures() else { return };
    let warehouse = replayed(&year(&folder));
    let of = |model: &str| {
        format!("{INTERVALS} AND model_id = '{model}' ORDER BY valid_from, price_kind")
    };
    let latest = warehouse.latest();
    // Neither the blocked day nor the new layout withdraws anything.
    check(
        &latest,
        &of("claude-opus-4-5"),
        &json!([["list", "effective", 5.0, "2026-01-08", "first_seen", null, "2026-09-02", null]]),
    );
    check(
        &latest,
        &of("claude-3-opus"),
        &json!([[
            "list",
            "effective",
            15.0,
            "2026-01-08",
            "first_seen",
            "2026-08-07",
            "2026-03-01",
            "2026-08-07"
        ]]),
    );
    let promotion = json!([
        "promotional",
        "effective",
        2.0,
        "2026-08-07",
        "first_seen",
        "2026-09-01",
        "2026-08-07",
        "2026-09-02"
    ]);
    let list =
        json!(["list", "effective", 2.0, "2026-09-02", "first_seen", null, "2026-09-02", null]);
    let cancelled = json!([
        "announced",
        "cancelled",
        3.0,
        "2026-09-01",
        "stated",
        null,
        "2026-08-07",
        "2026-09-02"
    ]);
    check(&latest, &of("claude-sonnet-5"), &json!([promotion, cancelled, list]));
    check(
        &latest,
        "SELECT price_change, price_before, price_after, effective_from, known_on FROM mart_price_change \
         WHERE offer LIKE '%:claude-sonnet-5:input:%:standard:%' AND price_kind = 'announced' ORDER BY known_on",
        &json!([
            ["announced", null, 3.0, "2026-09-01", "2026-08-07"],
            ["cancelled", 3.0, 2.0, "2026-09-01", "2026-09-02"],
        ]),
    );
    let readings = "SELECT observed_on, is_complete FROM core_reading ORDER BY observed_on";
    let days =
        ["2026-01-08", "2026-03-01", "2026-08-07", "2026-09-02"].map(|day| json!([day, true]));
    check(&latest, readings, &json!(days));
    in_the_window_the_announcement_stands(&warehouse);
}

/// As of a day between announcement and cancellation, and of the day before.
fn in_the_window_the_announcement_stands(warehouse: &Warehouse) {
    let sql = format!("{INTERVALS} AND model_id = 'claude-sonnet-5' ORDER BY valid_from");
    let promotion = json!([
        "promotional",
        "effective",
        2.0,
        "2026-08-07",
        "first_seen",
        "2026-09-01",
        "2026-08-07",
        null
    ]);
    let announced =
        json!(["announced", "announced", 3.0, "2026-09-01", "stated", null, "2026-08-07", null]);
    check(&as_of(warehouse, "2026-08-15"), &sql, &json!([promotion, announced]));
    check(&as_of(warehouse, "2026-08-06"), &sql, &json!([]));
}

/// The recorded page with half of its models: a list by every rule but that there was far more on it.
fn shrunk(captures: &Path) -> Vec<u8> {
    let page = fs::read_to_string(captures.join(DOCS_CAPTURE)).unwrap();
    let kept = ["Opus 4.5", "Sonnet 4.5", "Sonnet 4 ", "Haiku 4.5"];
    let is_kept = |line: &&str| {
        !line.starts_with("| Claude") || kept.iter().any(|model| line.contains(model))
    };
    let lines = page.lines().filter(is_kept).map(|line| format!("{line}\n"));
    lines.collect::<String>().into_bytes()
}

/// Readings in whatever order, one a run or all in one, give the same tables, those that are refused among
/// them.
#[test]
fn a_backfill_out_of_order_gives_the_same_tables() {
    let Some(folder) = captures() else { return };
    let mut answers = year(&folder);
    answers.insert(3, ("2026-03-02T05:00:00Z", 200, shrunk(&folder)));
    let in_order = replayed(&answers);
    check(
        &in_order.latest(),
        "SELECT observed_on, is_complete, is_counted FROM core_reading WHERE observed_on < '2026-04-01' ORDER BY observed_on",
        &json!([
            ["2026-01-08", true, true],
            ["2026-03-01", true, true],
            ["2026-03-02", true, false]
        ]),
    );
    let mut backwards = answers.clone();
    backwards.reverse();
    assert_same_tables(&in_order, &replayed(&backwards));
    let mut mixed = answers.clone();
    mixed.swap(0, 3);
    mixed.swap(2, 5);
    assert_same_tables(&in_order, &replayed(&mixed));
    let at_once = Warehouse::new();
    let mut recording = Recording::new();
    for (at, status, body) in &answers {
        recording.answer(DOCS, DOCS_URL, at, *status, body);
    }
    recording.replay(&at_once, &[DOCS]).with_status(4);
    assert_same_tables(&in_order, &at_once);
}

fn fixture(path: &str) -> Vec<u8> {
    fs::read(checkout().join("pipelines").join(path)).unwrap()
}

const STANDING: &str = "SELECT count(*), count(*) FILTER (is_withdrawn) FROM core_model_price";

#[test]
fn a_page_that_lists_far_less_withdraws_nothing() {
    let origin = Origin::start();
    let path = "/docs/en/about-claude/pricing.md";
    let page = fixture("anthropic_docs_pricing/fixtures/docs/en/about-claude/pricing.md");
    let text = String::from_utf8(page.clone()).unwrap();
    // Twelve more models make a list of which the page is less than half.
    let row = text.lines().find(|line| line.starts_with("| Claude Haiku 4.5 |")).unwrap();
    let more =
        |number: usize| format!("{}\n", row.replace("Haiku 4.5", &format!("Haiku 9.{number}")));
    let more: String = (1..=12).map(more).collect();
    let grown = text.replacen(row, &format!("{more}{row}"), 1);
    origin.serve(path, grown);
    let warehouse = Warehouse::new();
    let ingest = ["ingest", DOCS, &origin.of("platform.claude.com")];
    warehouse.run(&ingest).with_status(0);
    let before = json!(duckdb::rows(&warehouse.latest().join("views.sql"), STANDING));
    origin.serve(path, page);
    let ran = warehouse.run(&ingest).with_status(4);
    assert!(ran.stderr.contains("taken for a changed page"), "{}", ran.stderr);
    check(&warehouse.latest(), STANDING, &before);
    check(
        &warehouse.latest(),
        "SELECT outcome, count(*) FROM core_capture GROUP BY outcome ORDER BY outcome",
        &json!([["read", 1], ["refused", 1]]),
    );
    check(&warehouse.latest(), "SELECT count(*) FROM core_reading WHERE is_counted", &json!([[1]]));
}

/// The rest of a list could not be had: what was read of it changes nothing, not even what it lists.
#[test]
fn a_list_of_which_a_page_is_missing_stays_as_it_was() {
    let origin = Origin::start();
    let pages = recorded_pages();
    for (path, body) in &pages {
        origin.serve(path, body.clone());
    }
    let warehouse = Warehouse::new();
    let ingest = ["ingest", "azure_retail_prices", &origin.of("prices.azure.com")];
    warehouse.run(&ingest).with_status(0);
    let sql = "SELECT count(*), count(*) FILTER (is_withdrawn) FROM core_gpu_price";
    let before = json!(duckdb::rows(&warehouse.latest().join("views.sql"), sql));
    assert_ne!(before, json!([[0, 0]]));
    let first = String::from_utf8(pages[0].1.clone()).unwrap();
    origin.serve(&pages[0].0, first.replace("98.32", "99.99"));
    origin.answer(&pages[1].0, Answer::Body(404, Vec::new()));
    let ran = warehouse.run(&ingest).with_status(4);
    assert!(ran.stderr.contains("not all pages were read"), "{}", ran.stderr);
    check(&warehouse.latest(), sql, &before);
}

/// The fixtures of Azure's list in order of pages: path and body.
fn recorded_pages() -> Vec<(String, Vec<u8>)> {
    let folder = checkout().join("pipelines/azure_retail_prices/fixtures/@2026-10-01");
    let names = folder.read_dir().unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    names.retain(|name| name.starts_with("prices?"));
    names.sort_by_key(String::len);
    assert_eq!(names.len(), 2, "{names:?}");
    let page =
        |name: String| (format!("/api/retail/{name}"), fs::read(folder.join(&name)).unwrap());
    names.into_iter().map(page).collect()
}

#[test]
fn an_unchanged_list_is_a_reading_and_no_change() {
    let origin = Origin::start();
    let page = fixture("anthropic_docs_pricing/fixtures/docs/en/about-claude/pricing.md");
    origin.answer("/docs/en/about-claude/pricing.md", Answer::Tagged("\"1\"", page.clone()));
    let warehouse = Warehouse::new();
    let mut recording = Recording::new();
    recording.answer(DOCS, DOCS_URL, "2026-10-01T05:00:00Z", 200, &page);
    recording.replay(&warehouse, &[DOCS]).with_status(0);
    let before = json!(duckdb::rows(&warehouse.latest().join("views.sql"), STANDING));
    let ingest = ["ingest", DOCS, &origin.of("platform.claude.com")];
    warehouse.run(&ingest).with_status(0);
    check(&warehouse.latest(), STANDING, &before);
    check(&warehouse.latest(), "SELECT count(*) FROM core_reading", &json!([[2]]));
    // The same day once more: the publisher confirms it, and there is nothing to tell.
    let ran = warehouse.run(&ingest).with_status(0);
    assert!(ran.stdout.contains("nothing new"), "{}", ran.stdout);
    check(&warehouse.latest(), "SELECT count(*) FROM core_reading", &json!([[2]]));
}

/// A map is known from the days of its commits, whenever they are fetched, and each version is asked for once.
#[test]
fn versions_of_a_map_are_known_from_their_days() {
    let origin = Origin::start();
    let commits = "commits?path=tokencost/model_prices.json&per_page=100&page=1";
    origin.serve(
        &format!("/repos/AgentOps-AI/tokencost/{commits}"),
        fixture(&format!("tokencost_versions/fixtures/{commits}")),
    );
    let versions = [
        ("6578d42031f5af6e56a47a212e2cde219f9f9d70", "2024-09-06"),
        ("74a4d5604d1a75a7fbb92da876655950fbd5e70d", "2024-10-13"),
    ];
    for (sha, day) in versions {
        let file = format!("{sha}/tokencost/model_prices.json");
        let body = fixture(&format!("tokencost_history/fixtures/{file}#committed={day}T00:00:00Z"));
        origin.serve(&format!("/AgentOps-AI/tokencost/{file}"), body);
    }
    let warehouse = Warehouse::new();
    let (api, raw) = (origin.of("api.github.com"), origin.of("raw.githubusercontent.com"));
    let ingest = ["ingest", "tokencost_history", "tokencost_versions", &api, &raw];
    warehouse.run(&ingest).with_status(0);
    let readings = "SELECT observed_on, is_complete FROM core_reading ORDER BY observed_on";
    let days = json!([["2024-09-06", true], ["2024-10-13", true]]);
    check(&warehouse.latest(), readings, &days);
    let sql = "SELECT meter, price_per_million_tokens FROM mart_token_price_history \
         WHERE model_id = 'o1-preview' AND meter IN ('input', 'output') ORDER BY meter";
    check(&as_of(&warehouse, "2024-10-12"), sql, &json!([]));
    check(&as_of(&warehouse, "2024-10-13"), sql, &json!([["input", 15.0], ["output", 60.0]]));
    origin.take_asked();
    let ran = warehouse.run(&ingest).with_status(0);
    assert!(ran.stdout.contains("nothing new"), "{}", ran.stdout);
    let asked: Vec<String> = origin.take_asked().into_iter().map(|asked| asked.path).collect();
    assert_eq!(asked, [format!("/repos/AgentOps-AI/tokencost/{commits}")]);
}

/// The publisher confirms the page that was read, after another one that was refused: an archive of that, too,
/// confirms the former.
#[test]
fn a_replay_confirms_what_the_publisher_confirmed() {
    let origin = Origin::start();
    let path = "/docs/en/about-claude/pricing.md";
    let page = fixture("anthropic_docs_pricing/fixtures/docs/en/about-claude/pricing.md");
    let text = String::from_utf8(page.clone()).unwrap();
    let kept = |line: &&str| !line.starts_with("| Claude") || line.contains("Opus");
    let other: String = text.lines().filter(kept).map(|line| format!("{line}\n")).collect();
    let warehouse = Warehouse::new();
    let ingest = ["ingest", DOCS, &origin.of("platform.claude.com")];
    origin.answer(path, Answer::Tagged("\"1\"", page.clone()));
    warehouse.run(&ingest).with_status(0);
    origin.answer(path, Answer::AlwaysFull("\"2\"", other.into_bytes()));
    warehouse.run(&ingest).with_status(4);
    origin.answer(path, Answer::Tagged("\"1\"", page));
    warehouse.run(&ingest).with_status(0);
    let rebuilt = Warehouse::new();
    let raw = warehouse.root().join("raw");
    rebuilt.run(&["ingest", "--replay", raw.to_str().unwrap(), DOCS]);
    assert_same_tables(&warehouse, &rebuilt);
    let sql = "SELECT http_status, count(DISTINCT capture_id) FROM core_capture \
         WHERE capture_id IN (SELECT capture_id FROM core_model_price) GROUP BY http_status ORDER BY http_status";
    check(&rebuilt.latest(), sql, &json!([[200, 1], [304, 1]]));
}
