//! A story as the press tells it, from talks to close, with its copies.

use std::fmt::Write as _;

use serde_json::json;

use crate::duckdb;
use crate::engines::{self, Given};
use crate::program::Warehouse;
use crate::recording::Recording;

const TECHCRUNCH: &str = "https://techcrunch.com/feed";
const WIRE: &str =
    "https://www.prnewswire.com/rss/financial-services-latest-news/venture-capital-list.rss";

/// A feed of items: link, day, headline, text.
fn feed(items: &[(String, &str, &str, &str)]) -> String {
    let mut feed = String::from(
        r#"<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>News</title><link>https://example.com/</link><description>News</description>"#,
    );
    for (link, day, headline, text) in items {
        write!(
            feed,
            "<item><title>{headline}</title><link>{link}</link><pubDate>{day} 12:00:00 +0000</pubDate>\
             <guid>{link}</guid><description><![CDATA[{text}]]></description></item>"
        )
        .unwrap();
    }
    feed + "</channel></rss>"
}

fn item<'a>(
    link: &str,
    day: &'a str,
    headline: &'a str,
    text: &'a str,
) -> (String, &'a str, &'a str, &'a str) {
    (link.to_owned(), day, headline, text)
}

/// In talks at 100 billion, then raised at 157 billion, which forty outlets carry word by word, and one in
/// its own words.
fn story() -> Recording {
    let mut recording = Recording::new();
    let talks = feed(&[item(
        "https://techcrunch.com/2024/08/29/sampler-in-talks/?utm_source=feed",
        "Thu, 29 Aug 2024",
        "Sampler in talks to raise new funding at a $100 billion valuation",
        "Sampler is in talks to raise new funding at a valuation of more than $100 billion, according to a report.",
    )]);
    recording.answer("techcrunch_feed", TECHCRUNCH, "2024-08-29T18:00:00Z", 200, talks.as_bytes());
    let closed = "Sampler today announced that it has raised $6.6 billion in new funding at a $157 billion \
                  post-money valuation. The round was led by Thrive Capital.";
    let copies: Vec<_> = (0..40)
        .map(|copy| {
            item(
                &format!("https://outlet{copy}.example.com/sampler-raises-6-6-billion"),
                "Wed, 02 Oct 2024",
                "Sampler raises $6.6 billion",
                closed,
            )
        })
        .collect();
    recording.answer(
        "prnewswire_feed",
        WIRE,
        "2024-10-02T20:00:00Z",
        200,
        feed(&copies).as_bytes(),
    );
    let own = feed(&[item(
        "https://techcrunch.com/2024/10/03/sampler-closes/",
        "Thu, 03 Oct 2024",
        "Sampler closes a $6.6 billion round at a $157 billion valuation",
        "Sampler has closed a $6.6 billion round led by Thrive Capital that values the company at $157 billion.",
    )]);
    recording.answer("techcrunch_feed", TECHCRUNCH, "2024-10-03T20:00:00Z", 200, own.as_bytes());
    recording
}

#[test]
fn talks_and_a_close_with_forty_copies_are_one_round_with_a_history() {
    let warehouse = Warehouse::new();
    story().replay(&warehouse, &["techcrunch_feed", "prnewswire_feed"]).with_status(0);
    let sql = "SELECT company_key, round_status, in_talks_on::text, closed_on::text, amount_low_stated / 1e9, \
               amount_high_stated / 1e9, valuation_low_stated / 1e9, valuation_high_stated / 1e9, valuation_basis, \
               talked_valuation_low / 1e9, lead_investors, mentions, independent_texts FROM mart_funding_round";
    // 1 text of talks, 40 copies of one text, 1 text of its own: 42 mentions, 3 independent texts.
    assert_eq!(
        json!(duckdb::rows(&warehouse.latest().join("views.sql"), sql)),
        json!([[
            "sampler",
            "closed",
            "2024-08-29",
            "2024-10-02",
            6.6,
            6.6,
            157.0,
            157.0,
            "post_money",
            100.0,
            "Thrive Capital",
            42,
            3
        ]])
    );
    let sql = "SELECT role, count(*), count(DISTINCT input_row_id) FROM mart_lineage \
               WHERE mart_table = 'mart_funding_round' GROUP BY ALL ORDER BY ALL";
    let evidence = duckdb::rows(&warehouse.latest().join("views.sql"), sql);
    assert_eq!(json!(evidence), json!([["closed", 41, 41], ["in_talks", 1, 1]]));
    engines::duckdb_agrees(&warehouse, Given::News);
}

#[test]
fn as_of_a_day_in_between_the_round_is_still_in_talks() {
    let warehouse = Warehouse::new();
    story().replay(&warehouse, &["techcrunch_feed", "prnewswire_feed"]).with_status(0);
    warehouse.run(&["transform", "--as-of", "2024-09-17"]).with_status(0);
    let views = warehouse.snapshot_as_of("2024-09-17").join("views.sql");
    let sql = "SELECT round_status, amount_low_stated, valuation_low_stated / 1e9, valuation_is_open, mentions \
               FROM mart_funding_round";
    assert_eq!(json!(duckdb::rows(&views, sql)), json!([["in_talks", null, 100.0, true, 1]]));
}

#[test]
fn a_corrected_headline_is_a_new_version_of_its_text() {
    let warehouse = Warehouse::new();
    let mut recording = Recording::new();
    let link = "https://techcrunch.com/2024/10/03/sampler-closes/";
    let told = |headline| feed(&[item(link, "Thu, 03 Oct 2024", headline, "Sampler has news.")]);
    let (first, second) = (told("Sampler raises $6 million"), told("Sampler raises $7 million"));
    recording.answer("techcrunch_feed", TECHCRUNCH, "2024-10-03T20:00:00Z", 200, first.as_bytes());
    recording.answer("techcrunch_feed", TECHCRUNCH, "2024-10-05T20:00:00Z", 200, second.as_bytes());
    recording.replay(&warehouse, &["techcrunch_feed"]).with_status(0);
    let sql = "SELECT headline, known_on::text, corrects_row_id IS NOT NULL FROM core_article ORDER BY known_on";
    assert_eq!(
        json!(duckdb::rows(&warehouse.latest().join("views.sql"), sql)),
        json!([
            ["Sampler raises $6 million", "2024-10-03", false],
            ["Sampler raises $7 million", "2024-10-05", true],
        ])
    );
    let sql = "SELECT amount_low_stated / 1e6, mentions FROM mart_funding_round";
    let rounds = duckdb::rows(&warehouse.latest().join("views.sql"), sql);
    assert_eq!(json!(rounds), json!([[7.0, 1]]), "what was corrected counts no more");
}
