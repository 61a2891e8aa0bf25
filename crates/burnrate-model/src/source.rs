//! The contract of a source.

use crate::company::WatchList;
use crate::document::{RawDocument, Request};
use crate::extract::{Extract, ShapeError};
use crate::spec::Spec;

/// A publisher's data set: what to ask for, and how to read the answers.
///
/// Implementations are pure: no I/O, no clock, no state.
pub trait Source: Sync {
    /// Schedule, terms and bounds, from the `pipeline.toml` beside the module.
    fn spec(&self) -> &Spec;

    /// The documents a run begins with.
    fn start(&self, watch: &WatchList) -> Vec<Request>;

    /// Reads one document.
    ///
    /// # Errors
    /// [`ShapeError`] where the document is not what the source publishes. Single odd records are
    /// [`Issue`](crate::Issue)s instead.
    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError>;
}
