//! The words of the domain: companies, amounts, documents, rows, and the contract of a source.
//!
//! Nothing here does I/O, reads a clock or is async. Row structs are generated from `schemas/`
//! into [`generated`]; everything else is written by hand.

mod clock;
mod company;
mod decimal;
mod document;
mod extract;
pub mod generated;
mod metric;
mod source;
mod spec;
mod table;

pub use clock::Clock;
pub use company::{Cik, CikError, Company, WatchList, WatchListError};
pub use decimal::{Decimal, DecimalError, Rounding};
pub use document::{RawDocument, Request, capture_id, hex, sha256_hex};
pub use extract::{Extract, Issue, Listing, ShapeError, Sighted, locator};
pub use metric::Metric;
pub use source::{Authored, Source};
pub use spec::{Bounds, Limits, Rate, Robots, Spec, SpecError};
pub use table::{Cell, Column, ColumnType, Record, Row, RowVisitor, TableDef, TableKind};
