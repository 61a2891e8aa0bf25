//! Tables as data: what `schemas/` says, compiled in.

use chrono::{DateTime, NaiveDate, Utc};

use crate::decimal::Decimal;
use crate::extract::Sighted;
use crate::generated::{FACT_PROVENANCE, Rows, STATE_PROVENANCE};

/// A table's columns, keys and meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableDef {
    /// E.g. `core_xbrl_fact`.
    pub name: &'static str,
    /// How rows come and go.
    pub kind: TableKind,
    /// What a row is.
    pub grain: &'static str,
    /// What the table is for.
    pub description: &'static str,
    /// The columns of its own, in order; those of [`TableKind::provenance`] stand in front.
    pub columns: &'static [Column],
    /// Columns that name a row.
    pub key: &'static [&'static str],
    /// Columns whose change makes a new row of the same key.
    pub content: &'static [&'static str],
}

/// How the rows of a table come and go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableKind {
    /// Read from documents: inserted where `row_id` is absent, never changed.
    Fact,
    /// Read from documents that list what is offered: a pure function of all complete readings of a
    /// scope in order of observation, a row each time an offer appears, changes or is withdrawn.
    State,
    /// Authored or computed here, the same for every as-of date: replaced as a whole.
    Reference,
    /// What runs did: every run appends.
    Log,
    /// Computed by a metric's SQL.
    Mart,
}

impl TableKind {
    /// The columns that its rows carry in front of their own.
    pub fn provenance(self) -> &'static [Column] {
        match self {
            Self::Fact => FACT_PROVENANCE,
            Self::State => STATE_PROVENANCE,
            Self::Reference | Self::Log | Self::Mart => &[],
        }
    }

    /// Whether sources read its rows from documents.
    pub fn is_read(self) -> bool {
        matches!(self, Self::Fact | Self::State)
    }
}

/// One column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Name, the same wherever the same quantity stands.
    pub name: &'static str,
    /// Type.
    pub column_type: ColumnType,
    /// Whether NULL is allowed.
    pub is_nullable: bool,
    /// Meaning and unit.
    pub description: &'static str,
}

/// Types of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// UTF-8.
    Text,
    /// A day.
    Date,
    /// An instant in UTC, to the microsecond.
    Timestamp,
    /// 64-bit integer.
    Integer,
    /// True or false.
    Boolean,
    /// `DECIMAL(38,12)`.
    Decimal,
    /// 64-bit float, in marts only.
    Double,
}

/// One cell of a row; `None` is NULL.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// UTF-8.
    Text(Option<&'a str>),
    /// A day.
    Date(Option<NaiveDate>),
    /// An instant in UTC.
    Timestamp(Option<DateTime<Utc>>),
    /// 64-bit integer.
    Integer(Option<i64>),
    /// True or false.
    Boolean(Option<bool>),
    /// `DECIMAL(38,12)`.
    Decimal(Option<Decimal>),
}

/// A generated row struct.
pub trait Record {
    /// The table it belongs to.
    const TABLE: &'static TableDef;

    /// Hands out the cells in the order of the table's own columns.
    fn cells<'a>(&'a self, put: &mut impl FnMut(Cell<'a>));
}

/// A row that a source reads from a document.
pub trait Row: Record + Sized {
    /// Puts the row with its like.
    fn store(sighted: Sighted<Self>, rows: &mut Rows);
}

/// Visits the rows of each table; what is done is the same for all tables.
pub trait RowVisitor {
    /// What can go wrong on the way.
    type Error;

    /// Called once for each table that has rows.
    ///
    /// # Errors
    /// Whatever the visitor meets; the walk ends there.
    fn table<R: Row>(&mut self, rows: &[Sighted<R>]) -> Result<(), Self::Error>;
}
