//! The contract of a source.

use crate::company::WatchList;
use crate::document::{RawDocument, Request};
use crate::extract::{Extract, ShapeError};
use crate::spec::Spec;

/// A document that is part of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Authored {
    /// Its file in the source's folder `authored`.
    pub name: &'static str,
    /// What it says.
    pub text: &'static str,
}

impl Authored {
    /// The address under which it is archived; nobody serves it.
    pub fn url(&self, spec: &Spec) -> String {
        format!("{}{}", spec.fixtures_url, self.name)
    }
}

/// A publisher's data set: what to ask for, and how to read the answers.
///
/// Implementations are pure: no I/O, no clock, no state.
pub trait Source: Sync {
    /// Schedule, terms and bounds, from the `pipeline.toml` beside the module.
    fn spec(&self) -> &Spec;

    /// Documents that are part of the program: figures that a person looked up where no document can be
    /// fetched, each with where and when it was seen. Every run archives and reads them like any other.
    fn authored(&self) -> &'static [Authored] {
        &[]
    }

    /// The documents a run begins with.
    fn start(&self, watch: &WatchList) -> Vec<Request>;

    /// Reads one document.
    ///
    /// # Errors
    /// [`ShapeError`] where the document is not what the source publishes. Single odd records are
    /// [`Issue`](crate::Issue)s instead.
    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError>;
}
