//! Where a reader of filings goes wrong without noticing, each on recorded bytes. `docs/traps.md` lists
//! them.
//!
//! Expected values were read from the documents with other tools (grep, Python).

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod company_facts;
mod documentation;
mod documents;
mod inline;
mod submissions;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use burnrate_model::Extract;
use burnrate_model::generated::XbrlFact;

fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A recorded document; `None`, and a line that says so, where there are none. CI has them.
fn captured(file: &str) -> Option<Vec<u8>> {
    let folder = std::env::var_os("BURNRATE_CAPTURES")
        .map_or_else(|| checkout().join("../shared/captures"), PathBuf::from);
    if folder.is_dir() {
        return Some(fs::read(folder.join("filings").join(file)).unwrap());
    }
    assert!(std::env::var_os("CI").is_none(), "no recorded documents in {}", folder.display());
    // Past the test harness, which swallows what a passing test prints.
    let note =
        format!("skipped: no recorded documents in {}; set BURNRATE_CAPTURES\n", folder.display());
    std::io::stderr().write_all(note.as_bytes()).unwrap();
    None
}

/// Every fact of a companyfacts document; none of it is odd.
fn read(body: &[u8]) -> Vec<XbrlFact> {
    let mut out = Extract::default();
    burnrate_xbrl::company_facts(body, &[], &mut out).unwrap();
    assert_eq!(out.issues, []);
    out.rows.xbrl_fact.into_iter().map(|sighted| sighted.row).collect()
}

fn captured_facts(file: &str) -> Option<Vec<XbrlFact>> {
    Some(read(&captured(&format!("companyfacts/{file}.json"))?))
}

/// A day, or the first and the last day, as ISO 8601 writes an interval.
fn period(fact: &XbrlFact) -> String {
    match fact.period_start {
        Some(start) => format!("{start}/{}", fact.period_end),
        None => fact.period_end.to_string(),
    }
}

fn value(fact: &XbrlFact) -> String {
    fact.value.unwrap().to_string()
}

/// How often a value was filed, in order of the document: day, form and value.
fn vintages(facts: &[XbrlFact], concept: &str, of: &str) -> Vec<String> {
    facts
        .iter()
        .filter(|fact| fact.concept == concept && period(fact) == of)
        .map(|fact| format!("{} {} {}", fact.filed_date, fact.form_type, value(fact)))
        .collect()
}
