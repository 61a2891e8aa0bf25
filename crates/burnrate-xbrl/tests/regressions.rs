//! The seeds of fuzzing, and what it found, read again.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::Path;

mod properties;

/// Every file that belongs to a fuzz target; at least its seeds.
fn replay(target: &str, check: fn(&[u8])) {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
    for folder in ["seeds", "regressions"] {
        let folder = fuzz.join(folder).join(target);
        let mut files: Vec<_> = fs::read_dir(&folder)
            .into_iter()
            .flatten()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        assert!(!files.is_empty() || folder.ends_with(format!("regressions/{target}")));
        for file in files {
            let body = fs::read(&file).unwrap();
            let is_sound = std::panic::catch_unwind(|| check(&body)).is_ok();
            assert!(is_sound, "{}", file.display());
        }
    }
}

#[test]
fn companyfacts_holds_on_seeds_and_found_cases() {
    replay("companyfacts", properties::companyfacts);
}

#[test]
fn submissions_holds_on_seeds_and_found_cases() {
    replay("submissions", properties::submissions);
}

#[test]
fn inline_holds_on_seeds_and_found_cases() {
    replay("inline", properties::inline);
}

#[test]
fn filing_holds_on_seeds_and_found_cases() {
    replay("filing", properties::filing);
}
