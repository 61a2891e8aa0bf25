//! What a parser makes of one document.

use std::ops::Range;

use chrono::{DateTime, NaiveDate, Utc};

use crate::document::{RawDocument, Request};
use crate::generated::Rows;
use crate::table::Row;

/// A byte range of a document as a locator, the end not included.
pub fn locator(bytes: &Range<usize>) -> String {
    format!("bytes={}..{}", bytes.start, bytes.end)
}

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

/// What a document that lists offers is a page of.
///
/// A source never says that something is gone: that follows, once every page of the scope was read, from
/// what none of them lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The list, by a name that does not change, within its source.
    pub scope: String,
    /// Number of the page, from 1.
    pub page: u32,
    /// Whether it is the last page.
    pub is_last: bool,
    /// When the list was as it is here: when the answer came, or the time of a dated version.
    pub observed_at: DateTime<Utc>,
}

impl Listing {
    /// A list that stands whole in one document, observed when that was fetched.
    pub fn whole(scope: &str, document: &RawDocument) -> Self {
        Self { scope: scope.to_owned(), page: 1, is_last: true, observed_at: document.fetched_at }
    }

    /// The day that counts: states are kept by day, UTC.
    pub fn observed_on(&self) -> NaiveDate {
        self.observed_at.date_naive()
    }
}

impl ShapeError {
    /// At `place` stands something else than was `expected`.
    pub fn new(
        place: impl Into<String>,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Self {
        Self { place: place.into(), expected: expected.into(), found: found.into() }
    }
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
    /// Set by documents that list offers; rows of a state need it.
    pub listing: Option<Listing>,
}

impl Extract {
    /// Adds a row.
    pub fn push<R: Row>(&mut self, row: R, locator: String, known_on: NaiveDate) {
        R::store(Sighted { locator, known_on, row }, &mut self.rows);
    }

    /// Adds a record that was not read.
    pub fn issue(
        &mut self,
        locator: impl Into<String>,
        reason: impl Into<String>,
        record: impl Into<String>,
    ) {
        let (locator, reason, record) = (locator.into(), reason.into(), record.into());
        self.issues.push(Issue { locator, reason, record });
    }
}
