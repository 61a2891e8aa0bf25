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
            // Named for the reader of a failure: the harness prints it only then.
            println!("{}", file.display());
            check(&fs::read(&file).unwrap());
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
