use std::collections::BTreeMap;
use std::fs;

use burnrate_model::sha256_hex;
use serde_json::Value;

use super::*;
use crate::captures::recorded;

fn parse(text: &str) -> Result<Extract, ShapeError> {
    let document = RawDocument {
        url: "authored:burnrate_claims/subprime_ai_crisis.toml".to_owned(),
        fetched_at: "2026-11-24T00:00:00Z".parse().unwrap(),
        body: text.as_bytes().to_vec(),
    };
    let mut out = Extract::default();
    BurnrateClaims.parse(&document, &mut out).map(|()| out)
}

fn file() -> &'static str {
    BurnrateClaims.authored()[0].text
}

#[test]
fn claims_are_known_since_their_argument_was_published() {
    let out = parse(file()).unwrap();
    assert!(out.rows.claim.iter().all(|sighted| sighted.known_on.to_string() == "2024-09-16"));
}

#[test]
fn a_key_that_is_none_is_refused() {
    assert!(parse(&file().replacen("as_of", "as_off", 1)).is_err());
}

#[test]
fn ends_that_do_not_fit_their_hedge_are_refused() {
    for (from, to) in [
        ("hedge = \"at_least\"", "hedge = \"up_to\""),
        ("hedge = \"range\"", "hedge = \"exact\""),
        ("kind = \"in_talks\"", "kind = \"gossip\""),
        ("low = \"150000000000\"", "low = \"150 billion\""),
        ("[\"funding_news\"]", "[\"hearsay\"]"),
    ] {
        assert!(file().contains(from), "{from}");
        let error = parse(&file().replacen(from, to, 1)).unwrap_err();
        assert!(error.place.starts_with("/claim/"), "{error}");
    }
}

/// Each passage stands where the file says, and its figures are those that a second reader noted.
#[test]
fn passages_are_in_the_text_and_figures_as_noted_twice() {
    let Some(recorded) = recorded() else { return };
    let shared = recorded.parent().unwrap();
    let text = fs::read(shared.join("seed/subprime-ai-crisis.txt")).unwrap();
    let argument: Argument = toml::from_str(file()).unwrap();
    assert_eq!(sha256_hex(&text), argument.text_sha256);
    let labelled = fs::read_to_string(shared.join("labelled/seed-claims.jsonl")).unwrap();
    let labelled: BTreeMap<String, Value> = labelled
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|claim| (claim["id"].as_str().unwrap().replace("seed-", ""), claim))
        .collect();
    assert_eq!(argument.claim.len(), labelled.len());
    for noted in &argument.claim {
        let claim = &labelled[&noted.id];
        let (start, end) = noted.passage.as_ref().unwrap().split_once("..").unwrap();
        let passage = &text[start.parse().unwrap()..end.parse().unwrap()];
        assert_eq!(str::from_utf8(passage).unwrap(), claim["quote"].as_str().unwrap());
        let number = |end: &Option<String>| end.as_ref().map(|end| end.parse::<f64>().unwrap());
        assert_eq!(number(&noted.low), claim["low"].as_f64(), "{}", noted.id);
        assert_eq!(number(&noted.high), claim["high"].as_f64(), "{}", noted.id);
    }
}
