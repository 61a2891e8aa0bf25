//! `docs/prices.md`, made from the recorded documents, and the last column of `docs/price-traps.md`, made
//! from the names of tests. `UPDATE=1` rewrites both.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use burnrate_model::{Extract, Row, RowVisitor, ShapeError, Sighted};

use crate::captures::{Capture, given, recorded, unread};

/// Quirks of recorded price lists, by number.
const QUIRKS: u32 = 31;

/// Traps of prices, by number.
const TRAPS: std::ops::RangeInclusive<u32> = 16..=19;

fn checkout() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Compares a page with what it should be; `UPDATE=1` makes it that.
pub(crate) fn check(page: &str, expected: &str) {
    let path = checkout().join(page);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, expected).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == expected, "{page} is stale: run `just cards`");
}

/// Text for a cell of a table in Markdown.
pub(crate) fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;")
}

/// Rows by table, in words.
struct Count(Vec<String>);

impl RowVisitor for Count {
    type Error = std::convert::Infallible;

    fn table<R: Row>(&mut self, rows: &[Sighted<R>]) -> Result<(), Self::Error> {
        if !rows.is_empty() {
            self.0.push(format!("{} `{}`", rows.len(), R::TABLE.name));
        }
        Ok(())
    }
}

fn outcome(read: Result<Extract, ShapeError>) -> String {
    let extract = match read {
        Ok(extract) => extract,
        Err(error) => return format!("refused: {}", cell(&error.to_string())),
    };
    let mut count = Count(Vec::new());
    let Ok(()) = extract.rows.visit(&mut count);
    let issues = extract.issues.len();
    if issues > 0 {
        count.0.push(format!("{issues} not read"));
    }
    count.0.join(", ")
}

fn files_in(folder: &Path) -> usize {
    folder.read_dir().unwrap().count()
}

#[test]
fn the_page_of_recorded_price_lists_is_what_becomes_of_them() {
    let Some(recorded) = recorded() else { return };
    let mut lines = BTreeMap::new();
    for (source_id, captures) in given() {
        for capture in captures.into_iter().filter(|capture| is_price_list(&capture.file)) {
            let read = outcome(capture.read_by(&source_id, &recorded));
            let Capture { file, observed_at, .. } = capture;
            let line = format!("`{source_id}` | {} | {read}", observed_at.date_naive());
            lines.insert((file, source_id.clone()), line);
        }
    }
    for unread in unread().into_iter().filter(|unread| is_price_list(&unread.file)) {
        let line = format!("none; refused by `{}` | | {}", unread.nearest, cell(&unread.reason));
        lines.insert((unread.file, unread.nearest), line);
    }
    check("docs/prices.md", &page_of_price_lists(&lines, &recorded.join("pricing")));
}

fn is_price_list(file: &str) -> bool {
    file.starts_with("pricing/")
}

fn page_of_price_lists(lines: &BTreeMap<(String, String), String>, pricing: &Path) -> String {
    let files: BTreeSet<_> = lines.keys().map(|(file, _)| file).collect();
    let mut out = format!(
        "# Recorded price lists\n\n\
         Made from the recorded documents by `just cards`: what becomes of each of {} price pages, answers of price interfaces and maps of\n\
         prices, read as of the day given. A refused document gives no row. Rows are compared with the document in `pipelines/*/snapshots`; what the\n\
         documents do to mislead a reader is in [price-traps.md](price-traps.md).\n\n\
         Beside them are {} pages that failed, which `burnrate-fetch` knows before any source reads them (`every_recorded_failure_is_recognised`,\n\
         `recorded_exchanges_are_recognised_by_page_and_by_header`), and {} robots.txt.\n",
        files.len(),
        files_in(&pricing.join("failure")),
        files_in(&pricing.join("robots")),
    );
    let mut folder = "";
    for ((file, _), line) in lines {
        let name = file.strip_prefix("pricing/").unwrap();
        let (of, name) = name.split_once('/').unwrap();
        if of != folder {
            write!(out, "\n## {of}\n\n| document | source | as of | rows |\n|---|---|---|---|\n")
                .unwrap();
            folder = of;
        }
        writeln!(out, "| {name} | {line} |").unwrap();
    }
    out
}

/// Every test of a file or below a folder, as `FILE::NAME`; the file of a folder's tests is the folder.
fn tests_in(path: &Path, found: &mut Vec<(String, String)>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            tests_in(&entry.unwrap().path(), found);
        }
        return;
    }
    if path.extension().is_none_or(|extension| extension != "rs") {
        return;
    }
    let text = fs::read_to_string(path).unwrap();
    let mut lines = text.lines().map(str::trim);
    while lines.any(|line| matches!(line, "#[test]" | "#[tokio::test]")) {
        let Some(signature) = lines.find(|line| line.contains("fn ")) else { return };
        let (_, name) = signature.split_once("fn ").unwrap();
        let name = name.split('(').next().unwrap_or(name);
        found.push((module(path), name.to_owned()));
    }
}

/// The source, or the module of burnrate-price, that a file belongs to.
fn module(path: &Path) -> String {
    let stem = path.file_stem().unwrap().to_str().unwrap();
    let folder = path.parent().and_then(Path::file_name).unwrap().to_str().unwrap();
    match folder {
        "pipelines" => stem.to_owned(),
        "src" => format!("burnrate-price {stem}"),
        source => source.to_owned(),
    }
}

/// Quirks and traps in a test's name: `quirk_24_trap_16_…` is of both.
fn held_by(test: &str) -> Vec<String> {
    let words: Vec<_> = test.split('_').collect();
    let pairs = words.windows(2).filter(|pair| matches!(pair[0], "quirk" | "trap"));
    let numbered = pairs.filter(|pair| pair[1].parse::<u32>().is_ok());
    numbered.map(|pair| format!("{} {}", pair[0], pair[1])).collect()
}

/// The tests that name a quirk or trap, by that and by module.
fn tests_by_row() -> BTreeMap<String, BTreeMap<String, BTreeSet<String>>> {
    let mut tests = Vec::new();
    tests_in(&checkout().join("pipelines"), &mut tests);
    tests_in(&checkout().join("crates/burnrate-price/src"), &mut tests);
    let mut rows = BTreeMap::<_, BTreeMap<_, BTreeSet<_>>>::new();
    for (module, test) in tests {
        for row in held_by(&test) {
            rows.entry(row).or_default().entry(module.clone()).or_default().insert(test.clone());
        }
    }
    rows
}

/// Whether a line of the page is about a quirk or trap.
fn is_row(line: &str) -> bool {
    let behind = line.strip_prefix("| quirk ").or_else(|| line.strip_prefix("| trap "));
    behind.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// The page with its last column as the tests are named; which rows it has.
fn page_of_traps(page: &str) -> (String, Vec<String>) {
    let tests = tests_by_row();
    let mut out = String::new();
    let mut rows = Vec::new();
    for line in page.lines() {
        let is_row = is_row(line);
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        if let (true, &["", row, what, how, _, ""]) = (is_row, cells.as_slice()) {
            let named = tests.get(row).into_iter().flatten().map(|(module, names)| {
                let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
                format!("{module}: {}", names.join(", "))
            });
            let named: Vec<_> = named.collect();
            writeln!(out, "| {row} | {what} | {how} | {} |", named.join("; ")).unwrap();
            rows.push(row.to_owned());
        } else {
            assert!(!is_row, "not four cells: {line}");
            writeln!(out, "{line}").unwrap();
        }
    }
    (out, rows)
}

/// What a text names in backquotes that is spelt as a test is.
fn named(text: &str) -> Vec<&str> {
    let is_name = |text: &&str| {
        text.matches('_').count() >= 3
            && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
    };
    text.split('`').skip(1).step_by(2).filter(is_name).collect()
}

#[test]
fn the_page_of_price_traps_and_the_tests_name_each_other() {
    let path = checkout().join("docs/price-traps.md");
    let (page, rows) = page_of_traps(&fs::read_to_string(path).unwrap());
    check("docs/price-traps.md", &page);
    let quirks = (1..=QUIRKS).map(|number| format!("quirk {number}"));
    let traps = TRAPS.map(|number| format!("trap {number}"));
    let known: Vec<_> = traps.chain(quirks).collect();
    assert_eq!(rows, known, "each has its row, in order");
    for row in tests_by_row().keys() {
        assert!(known.contains(row), "a test is named for {row}, which there is not");
    }
    let mut tests = Vec::new();
    for folder in ["crates", "pipelines", "tests"] {
        tests_in(&checkout().join(folder), &mut tests);
    }
    for name in named(&page) {
        assert!(tests.iter().any(|(_, test)| test == name), "no test `{name}`");
    }
    for line in page.lines().filter(|line| is_row(line)) {
        assert!(!named(line).is_empty(), "no test holds {line}");
    }
}
