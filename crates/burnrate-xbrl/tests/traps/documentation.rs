//! `docs/traps.md` names the test of each trap.

use std::fs;
use std::path::Path;

use crate::checkout;

/// Every test function under a folder, by name.
fn tests_in(folder: &Path, names: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            tests_in(&entry, names);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            let source = fs::read_to_string(&entry).unwrap();
            let mut lines = source.lines().map(str::trim);
            while let Some(line) = lines.next() {
                if matches!(line, "#[test]" | "#[tokio::test]") {
                    let signature = lines.find(|line| line.contains("fn ")).unwrap();
                    let name = signature.split_once("fn ").unwrap().1.split('(').next().unwrap();
                    names.push(name.to_owned());
                }
            }
        }
    }
}

/// What the page names in backquotes that is spelt as a test is.
fn named(page: &str) -> Vec<&str> {
    let is_name = |text: &&str| {
        text.matches('_').count() >= 3
            && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
    };
    page.split('`').skip(1).step_by(2).filter(is_name).collect()
}

#[test]
fn the_table_of_traps_and_the_tests_name_each_other() {
    let page = fs::read_to_string(checkout().join("docs/traps.md")).unwrap();
    let named = named(&page);
    let mut tests = Vec::new();
    for folder in ["crates", "pipelines", "tests"] {
        tests_in(&checkout().join(folder), &mut tests);
    }
    for name in &named {
        assert!(tests.iter().any(|test| test == name), "no test `{name}`");
    }
    let mut traps = Vec::new();
    tests_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/traps"), &mut traps);
    traps.retain(|test| test != "the_table_of_traps_and_the_tests_name_each_other");
    for test in &traps {
        assert!(named.contains(&test.as_str()), "`{test}` is in no row of docs/traps.md");
    }
}
