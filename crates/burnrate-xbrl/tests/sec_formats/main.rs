//! The SEC's formats other than XBRL, on recorded documents and on bad input.
//!
//! Expected values were read from the documents with other tools (grep, Python).

#![expect(clippy::unwrap_used, reason = "tests")]

mod bad_input;
mod feeds;
mod forms_d;
mod full_submissions;
mod index_pages;
mod indexes;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use burnrate_model::{Issue, ShapeError};
use chrono::NaiveDate;

/// A recorded document; `None`, and a line that says so, where there are none. CI has them.
fn captured(file: &str) -> Option<Vec<u8>> {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = std::env::var_os("BURNRATE_CAPTURES")
        .map_or_else(|| checkout.join("../shared/captures"), PathBuf::from);
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

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Reads without issues.
fn clean<T>(read: impl FnOnce(&mut Vec<Issue>) -> Result<T, ShapeError>) -> T {
    let mut issues = Vec::new();
    let value = read(&mut issues).unwrap();
    assert_eq!(issues, []);
    value
}

/// Reads with exactly one issue.
fn one_issue<T>(read: impl FnOnce(&mut Vec<Issue>) -> Result<T, ShapeError>) -> (T, Issue) {
    let mut issues = Vec::new();
    let value = read(&mut issues).unwrap();
    assert_eq!(issues.len(), 1, "{issues:?}");
    (value, issues.remove(0))
}

fn refused<T: std::fmt::Debug>(
    read: impl FnOnce(&mut Vec<Issue>) -> Result<T, ShapeError>,
) -> String {
    read(&mut Vec::new()).unwrap_err().to_string()
}
