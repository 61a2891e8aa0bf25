//! Mentions of rounds become rounds, and nobody's word is lost.

use serde_json::{Value, json};

use crate::duckdb;
use crate::program::Warehouse;
use crate::recording::Recording;

/// A mention as somebody noted it.
struct Told<'a> {
    company: &'a str,
    on: &'a str,
    round: &'a str,
    status: &'a str,
    /// In millions of US dollars; `None` is not disclosed.
    millions: Option<u32>,
}

fn toml(mentions: &[Told<'_>]) -> String {
    let entry = |(number, told): (usize, &Told<'_>)| {
        let amount = told.millions.map_or("hedge = \"none\"\n".to_owned(), |millions| {
            let amount = u64::from(millions) * 1_000_000;
            format!(
                "low = \"{amount}\"\nhigh = \"{amount}\"\nhedge = \"exact\"\ncurrency = \"USD\"\n"
            )
        });
        let Told { company, on, round, status, .. } = told;
        format!(
            "[[round]]\nid = \"{number}\"\ncompany = \"{company}\"\nround = \"{round}\"\nstatus = \"{status}\"\n\
             published = \"{on}\"\nsource_url = \"https://example.com/{number}\"\nnote = \"a test\"\n{amount}"
        )
    };
    mentions.iter().enumerate().map(entry).collect()
}

/// What the mart has of mentions that were noted, by `columns`, in order of company and first day.
fn rounds(mentions: &[Told<'_>], columns: &str) -> Value {
    let warehouse = Warehouse::new();
    let mut recording = Recording::new();
    let url = "authored:burnrate_figures/told.toml";
    let noted = toml(mentions);
    recording.answer("burnrate_figures", url, "2026-01-01T00:00:00Z", 200, noted.as_bytes());
    recording.replay(&warehouse, &["burnrate_figures"]).with_status(0);
    let sql = format!(
        "SELECT {columns} FROM mart_funding_round WHERE company_key <> 'openai' ORDER BY company_key, first_seen_on, row_id"
    );
    json!(duckdb::rows(&warehouse.latest().join("views.sql"), &sql))
}

fn told<'a>(on: &'a str, round: &'a str, status: &'a str, millions: Option<u32>) -> Told<'a> {
    Told { company: "Example", on, round, status, millions }
}

#[test]
fn talks_and_close_are_one_round_with_a_history() {
    let mentions = [
        told("2024-08-28", "unknown", "in_talks", None),
        told("2024-09-11", "unknown", "in_talks", Some(6500)),
        told("2024-10-02", "unknown", "closed", Some(6600)),
    ];
    let columns = "round_status, in_talks_on::text, closed_on::text, amount_low_stated / 1e6, amount_high_stated / 1e6, \
                   talked_amount_low / 1e6, amounts_differ, mentions, known_on::text";
    assert_eq!(
        rounds(&mentions, columns),
        json!([[
            "closed",
            "2024-08-28",
            "2024-10-02",
            6600.0,
            6600.0,
            6500.0,
            false,
            3,
            "2024-10-02"
        ]])
    );
}

#[test]
fn another_stage_half_a_year_of_silence_and_new_talks_begin_another_round() {
    let mentions = [
        told("2023-01-10", "series_a", "closed", Some(10)),
        told("2023-02-01", "series_b", "closed", Some(30)),
        // 181 days after the last mention.
        told("2023-08-01", "unknown", "closed", Some(30)),
        // 31 days after a close.
        told("2023-09-01", "unknown", "in_talks", None),
    ];
    assert_eq!(
        rounds(&mentions, "first_seen_on::text, round_kind, round_status, amount_low_stated / 1e6"),
        json!([
            ["2023-01-10", "series_a", "closed", 10.0],
            ["2023-02-01", "series_b", "closed", 30.0],
            ["2023-08-01", "unknown", "closed", 30.0],
            ["2023-09-01", "unknown", "in_talks", null],
        ])
    );
}

#[test]
fn who_tells_another_amount_of_the_same_stage_stays_visible() {
    let mentions = [
        told("2024-05-01", "series_b", "closed", Some(100)),
        told("2024-05-02", "series_b", "closed", Some(150)),
    ];
    assert_eq!(
        rounds(
            &mentions,
            "amount_low_stated / 1e6, amount_high_stated / 1e6, amounts_differ, mentions"
        ),
        json!([[100.0, 150.0, true, 2]])
    );
}

#[test]
fn unnamed_rounds_that_close_at_other_amounts_are_two() {
    let mentions = [
        told("2024-05-01", "unknown", "closed", Some(100)),
        told("2024-05-10", "unknown", "closed", Some(126)),
        told("2024-05-11", "unknown", "closed", Some(127)),
    ];
    // A quarter of the larger tells them apart: 26 / 126 = 0.21 does not, 34 / 134 = 0.25… does.
    assert_eq!(rounds(&mentions, "mentions"), json!([[3]]));
    let mentions = [
        told("2024-05-01", "unknown", "closed", Some(100)),
        told("2024-05-10", "unknown", "closed", Some(134)),
    ];
    assert_eq!(rounds(&mentions, "mentions"), json!([[1], [1]]));
}

#[test]
fn loans_and_shares_that_change_hands_are_apart_from_what_is_raised() {
    let mentions = [
        told("2024-10-02", "unknown", "closed", Some(6600)),
        told("2024-10-03", "debt", "closed", Some(4000)),
        told("2024-10-04", "tender", "in_talks", Some(1500)),
    ];
    assert_eq!(
        rounds(&mentions, "round_class, amount_low_stated / 1e6"),
        json!([["equity", 6600.0], ["debt", 4000.0], ["secondary", 1500.0]])
    );
}
