//! Recorded price lists through the whole program, and what can be asked of them.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::captures::captures;
use crate::duckdb;
use crate::program::Warehouse;
use crate::recording::{Recording, price_lists};

fn query(snapshot: &std::path::Path, sql: &str) -> Value {
    json!(duckdb::rows(&snapshot.join("views.sql"), sql))
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
    let ran = recording.replay(&warehouse, &sources);
    std::fs::write("/tmp/replay.log", &ran.stderr).unwrap();
    std::process::Command::new("cp")
        .args(["-r", warehouse.root().to_str().unwrap(), "/tmp/cw"])
        .status()
        .unwrap();
    crate::engines::duckdb_agrees(&warehouse);
}
