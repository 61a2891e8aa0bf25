//! The reader of Inline XBRL and of instances, on recorded documents and on damaged ones.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a failing test should panic")]

mod api_facts;
mod bad_input;
mod documents;
mod pairs;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use burnrate_xbrl::{Context, Fact, Period};

/// The folder of recorded documents; `None`, and a line that says so, where there is none. CI has it.
pub(crate) fn captures() -> Option<PathBuf> {
    let folder = std::env::var_os("BURNRATE_CAPTURES").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/captures"),
        PathBuf::from,
    );
    let folder = folder.join("filings");
    if folder.is_dir() {
        return Some(folder);
    }
    assert!(std::env::var_os("CI").is_none(), "no recorded documents in {}", folder.display());
    let note =
        format!("skipped: no recorded documents in {}; set BURNRATE_CAPTURES\n", folder.display());
    std::io::stderr().write_all(note.as_bytes()).unwrap();
    None
}

/// The bytes of a recorded document.
pub(crate) fn recorded(name: &str) -> Option<Vec<u8>> {
    captures().map(|folder| fs::read(folder.join(name)).unwrap())
}

/// A period as its start and end, or its instant.
pub(crate) fn period(context: &Context<'_>) -> String {
    match context.period {
        Period::Instant(day) => day.to_string(),
        Period::Duration { start, end } => format!("{start}/{end}"),
        Period::Forever => "forever".to_owned(),
    }
}

/// What a fact is of, without its value and precision.
pub(crate) fn key(fact: &Fact<'_>) -> String {
    let unit = fact.unit.as_deref().unwrap_or("");
    let (period, dimensions) = (period(&fact.context), fact.context.dimensions_text());
    format!("{} {} {period} {unit} {dimensions}", fact.concept, fact.context.entity)
}
