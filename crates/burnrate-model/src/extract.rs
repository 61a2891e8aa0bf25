//! What a parser makes of one document.

use chrono::NaiveDate;

use crate::document::Request;
use crate::generated::Rows;
use crate::table::Row;

/// A row together with where in its document it stands and since when it could be known.
#[derive(Debug, Clone, PartialEq)]
pub struct Sighted<R> {
    /// JSON pointer, element id, byte range, CSS path or character span.
    pub locator: String,
    /// Filing or publication date; for documents without one, the UTC date of capture.
    pub known_on: NaiveDate,
    /// The row itself.
    pub row: R,
}

/// One odd record: it is quarantined with its reason, and the rest of the document goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// Where in the document the record stands.
    pub locator: String,
    /// Why it was not read.
    pub reason: String,
    /// The record as it stands in the document.
    pub record: String,
}

/// The document is not what its source publishes: nothing of it is used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: expected {expected}, found {found}")]
pub struct ShapeError {
    /// Where in the document.
    pub place: String,
    /// What a sound document has there.
    pub expected: String,
    /// What stands there.
    pub found: String,
}

/// Rows, follow-up requests and issues of one document.
#[derive(Debug, Default)]
pub struct Extract {
    /// The rows, by table.
    pub rows: Rows,
    /// Documents that this one says to read next.
    pub requests: Vec<Request>,
    /// Records that could not be read.
    pub issues: Vec<Issue>,
}

impl Extract {
    /// Adds a row.
    pub fn push<R: Row>(&mut self, row: R, locator: String, known_on: NaiveDate) {
        R::store(Sighted { locator, known_on, row }, &mut self.rows);
    }
}
