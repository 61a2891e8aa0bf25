//! The sources, one folder each, and the metrics, one SQL file each.
//!
//! Everything here is pure: bytes in, rows and issues out.

use std::sync::LazyLock;

use burnrate_model::{Source, Spec};

pub mod metrics;
pub mod reference;
mod sec_companyfacts;
mod sec_submissions;

/// Every source, in order of id.
pub const SOURCES: &[&dyn Source] = &[
    &sec_companyfacts::SecCompanyfacts, //
    &sec_submissions::SecSubmissions,
];

/// The source of that id.
pub fn source(id: &str) -> Option<&'static dyn Source> {
    SOURCES.iter().copied().find(|source| source.spec().id == id)
}

/// A `pipeline.toml` compiled in; that each can be read is tested.
type StaticSpec = LazyLock<Spec>;

#[expect(clippy::panic, reason = "the text is part of the program, and a test reads every one")]
fn spec(text: &str) -> Spec {
    Spec::from_toml(text).unwrap_or_else(|error| panic!("{error}"))
}

#[cfg(test)]
mod tests;
