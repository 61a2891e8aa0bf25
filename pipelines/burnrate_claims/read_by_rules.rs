//! What the rules of prose make of the argument that the claims were noted from: it goes the way of any
//! article, and its figures are compared with those that a person noted.

use std::fmt::Write as _;
use std::fs;
use std::ops::Range;
use std::path::Path;

use burnrate_model::{Extract, RawDocument, Source as _};

use super::{Argument, BurnrateClaims, Noted};
use crate::captures::recorded;
use crate::news::{NewsText, push};

/// A figure that a row states.
struct Said {
    measure: String,
    company: String,
    ends: [Option<f64>; 2],
    /// Where its words stand in the article.
    words: Range<usize>,
}

/// What became of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    Found,
    Wrong,
    Missed,
    /// There is no kind of row for its measure.
    NoKind,
}

/// What rows call what claims measure, and by how much a share there is multiplied here.
fn measure(claim: &str) -> Option<(&'static [&'static str], f64)> {
    Some(match claim {
        "valuation" => (&["valuation"], 1.0),
        "round_amount" | "debt_amount" | "total_raised" => (&["round", "total_raised"], 1.0),
        "stake_value_in_anthropic" => (&["stake_value"], 1.0),
        "funding_need" => (&["funding_need"], 1.0),
        "loss" => (&["loss", "cash_burn"], 1.0),
        "compute_spend" | "compute_spend_without_discount" | "training_cost" => {
            (&["compute_spend"], 1.0)
        }
        "gpu_hour_price_paid" | "gpu_hour_price_list" => (&["gpu_hour_price"], 1.0),
        "staff_cost" => (&["staff_cost"], 1.0),
        "revenue" | "revenue_target" => (&["revenue", "revenue_run_rate"], 1.0),
        "capex" | "capex_plus_investments" => (&["capex"], 1.0),
        "users" => (&["users"], 1.0),
        "paid_penetration" | "usage_share" => (&["penetration"], 100.0),
        _ => return None,
    })
}

/// The rows of the article.
fn rows(text: &str, argument: &Argument) -> Vec<Said> {
    let article = NewsText {
        url: argument.url.clone(),
        text: text.to_owned(),
        published: Some(argument.published),
        ..NewsText::default()
    };
    let document = RawDocument {
        url: argument.url.clone(),
        fetched_at: "2024-11-16T00:00:00Z".parse().unwrap(),
        body: text.as_bytes().to_vec(),
    };
    let mut out = Extract::default();
    push(&article, "text", &document, &mut out);
    assert_eq!(out.issues, []);
    let number = |value: Option<burnrate_model::Decimal>| {
        value.map(|value| value.to_string().parse().unwrap())
    };
    let words = |evidence: Option<&str>| {
        let start = text.find(evidence.unwrap()).unwrap();
        start..start + evidence.unwrap().len()
    };
    let mut said = Vec::new();
    for row in out.rows.funding_round.into_iter().map(|sighted| sighted.row) {
        for (measure, low, high) in [
            ("round", row.amount_low, row.amount_high),
            ("valuation", row.valuation_low, row.valuation_high),
        ] {
            said.push(Said {
                measure: measure.to_owned(),
                company: row.company_name.clone(),
                ends: [number(low), number(high)],
                words: words(row.evidence.as_deref()),
            });
        }
    }
    said.extend(out.rows.reported_metric.into_iter().map(|sighted| sighted.row).map(|row| Said {
        measure: row.metric,
        company: row.company_name,
        ends: [number(row.value_low), number(row.value_high)],
        words: words(row.evidence.as_deref()),
    }));
    said.retain(|said| said.ends != [None, None]);
    said
}

/// A claim is found where a row has its measure and ends, and its company or words of its passage; it is
/// wrong where a row of its measure has words of its passage and other ends.
fn fate<'a>(claim: &Noted, passage: &Range<usize>, said: &'a [Said]) -> (Fate, Option<&'a Said>) {
    let Some((measures, factor)) = measure(&claim.measure) else { return (Fate::NoKind, None) };
    let ends = [&claim.low, &claim.high]
        .map(|end| end.as_ref().map(|end| end.parse::<f64>().unwrap() * factor));
    let is_close = |one: Option<f64>, other: Option<f64>| match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() <= 0.005 * one.abs(),
        (one, other) => one.is_none() && other.is_none(),
    };
    let of_measure = || said.iter().filter(|said| measures.contains(&said.measure.as_str()));
    let overlaps = |said: &Said| said.words.start < passage.end && passage.start < said.words.end;
    let is_of = |said: &Said| {
        claim.subject.contains(&said.company) || said.company.contains(&claim.subject)
    };
    let found = of_measure().find(|said| {
        let is_same = is_close(said.ends[0], ends[0]) && is_close(said.ends[1], ends[1]);
        is_same && (is_of(said) || overlaps(said))
    });
    match (found, of_measure().find(|said| overlaps(said))) {
        (Some(found), _) => (Fate::Found, Some(found)),
        (None, Some(other)) => (Fate::Wrong, Some(other)),
        (None, None) => (Fate::Missed, None),
    }
}

/// `docs/seed-article.md` is what becomes of each claim. `UPDATE=1` (`just cards`) rewrites it.
#[test]
fn the_claims_of_the_article_are_found_missed_or_wrong_as_documented() {
    let Some(recorded) = recorded() else { return };
    let text =
        fs::read_to_string(recorded.parent().unwrap().join("seed/subprime-ai-crisis.txt")).unwrap();
    let argument: Argument = toml::from_str(BurnrateClaims.authored()[0].text).unwrap();
    let said = rows(&text, &argument);
    let mut lines = Vec::new();
    for claim in &argument.claim {
        let (start, end) = claim.passage.as_ref().unwrap().split_once("..").unwrap();
        let passage = start.parse().unwrap()..end.parse().unwrap();
        let (fate, row) = fate(claim, &passage, &said);
        lines.push((fate, line(claim, row)));
    }
    let page = page(&lines);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/seed-article.md");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &page).unwrap();
    }
    assert!(fs::read_to_string(&path).unwrap_or_default() == page, "stale: run `just cards`");
}

fn line(claim: &Noted, row: Option<&Said>) -> String {
    let ends = |low: Option<&str>, high: Option<&str>| match (low, high) {
        (Some(low), Some(high)) if low == high => low.to_owned(),
        (low, high) => format!("{} to {}", low.unwrap_or("open"), high.unwrap_or("open")),
    };
    let noted = ends(claim.low.as_deref(), claim.high.as_deref());
    let read = row.map_or(String::new(), |row| {
        let [low, high] = row.ends.map(|end| end.map(|end| end.to_string()));
        format!("{}: {} {}", row.company, row.measure, ends(low.as_deref(), high.as_deref()))
    });
    format!(
        "| {} | {} | {} | {noted} {} | {read} |",
        claim.id, claim.subject, claim.measure, claim.unit
    )
}

fn page(lines: &[(Fate, String)]) -> String {
    let mut out = String::from(
        "# The article that started it, read by rules\n\nGenerated by `just cards`. The article goes the way of any other text; its figures \
         are compared with the claims that a person noted from it\n(`pipelines/burnrate_claims`). A claim whose measure is no kind of row is left to its \
         authored file.\n",
    );
    for (fate, title) in [
        (Fate::Found, "Found"),
        (Fate::Wrong, "Wrong"),
        (Fate::Missed, "Missed"),
        (Fate::NoKind, "Measures that are no kind of row"),
    ] {
        let of_fate: Vec<_> = lines.iter().filter(|(found, _)| *found == fate).collect();
        write!(
            out,
            "\n## {title}: {}\n\n| claim | of | measure | noted | read |\n|---|---|---|---|---|\n",
            of_fate.len()
        )
        .unwrap();
        for (_, line) in of_fate {
            writeln!(out, "{line}").unwrap();
        }
    }
    out
}
