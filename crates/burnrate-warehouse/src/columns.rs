//! Rows as Arrow columns, and the hashes that name rows.

use std::fmt::Write as _;
use std::sync::Arc;

use arrow::array::{
    Array, ArrayBuilder, ArrayRef, AsArray, BooleanArray, BooleanBuilder, Date32Array,
    Date32Builder, Decimal128Builder, Int64Builder, RecordBatch, StringArray, StringBuilder,
    TimestampMicrosecondBuilder, new_null_array,
};
use arrow::datatypes::{
    DataType, Date32Type, Decimal128Type, Field, FieldRef, Int64Type, Schema, SchemaRef, TimeUnit,
    TimestampMicrosecondType,
};
use arrow::error::ArrowError;
use burnrate_model::{
    Cell, Column, ColumnType, Decimal, Record, Row, Sighted, TableDef, TableKind,
};
use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use crate::error::{Result, contract};

/// The Arrow schema in which a table is stored.
pub fn arrow_schema(table: &TableDef) -> SchemaRef {
    Arc::new(Schema::new(fields(table.kind.provenance().iter().chain(table.columns))))
}

fn fields<'a>(columns: impl Iterator<Item = &'a Column>) -> Vec<FieldRef> {
    columns.map(|column| Arc::new(field(column))).collect()
}

fn field(column: &Column) -> Field {
    let data_type = match column.column_type {
        ColumnType::Text => DataType::Utf8,
        ColumnType::Date => DataType::Date32,
        ColumnType::Timestamp => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
        ColumnType::Integer => DataType::Int64,
        ColumnType::Boolean => DataType::Boolean,
        ColumnType::Decimal => DataType::Decimal128(
            Decimal::PRECISION,
            i8::try_from(Decimal::SCALE).unwrap_or(i8::MAX),
        ),
        ColumnType::Double => DataType::Float64,
    };
    Field::new(column.name, data_type, column.is_nullable)
}

/// Rows without provenance as one batch.
pub(crate) fn records<R: Record>(rows: &[R]) -> Result<RecordBatch> {
    own_columns(rows.iter())
}

/// Rows of one document as one batch: provenance in front, `row_id` computed, no corrections yet.
///
/// # Errors
/// Where a row does not fit the table's columns.
pub fn batch<R: Row>(
    source_id: &str,
    capture_id: &str,
    rows: &[Sighted<R>],
) -> Result<RecordBatch> {
    let corrects_row_id = new_null_array(&DataType::Utf8, rows.len());
    sighted_batch(source_id, capture_id, rows, vec![corrects_row_id])
}

/// Offers of one page as one batch: provenance in front, `row_id` computed as if each of them changed on
/// the day that the page was observed.
///
/// # Errors
/// Where a row does not fit the table's columns.
pub(crate) fn state_batch<R: Row>(
    source_id: &str,
    capture_id: &str,
    scope: &str,
    rows: &[Sighted<R>],
) -> Result<RecordBatch> {
    let is_withdrawn = BooleanArray::from(vec![false; rows.len()]);
    let rest: Vec<ArrayRef> = vec![Arc::new(repeated(scope, rows.len())), Arc::new(is_withdrawn)];
    sighted_batch(source_id, capture_id, rows, rest)
}

fn sighted_batch<R: Row>(
    source_id: &str,
    capture_id: &str,
    rows: &[Sighted<R>],
    rest_of_provenance: Vec<ArrayRef>,
) -> Result<RecordBatch> {
    let own = own_columns(rows.iter().map(|sighted| &sighted.row))?;
    let locators = StringArray::from_iter_values(rows.iter().map(|sighted| &sighted.locator));
    let known_on = Date32Array::from_iter_values(rows.iter().map(|sighted| days(sighted.known_on)));
    let mut columns: Vec<ArrayRef> = vec![
        Arc::new(repeated("", rows.len())),
        Arc::new(repeated(source_id, rows.len())),
        Arc::new(repeated(capture_id, rows.len())),
        Arc::new(locators),
        Arc::new(known_on),
    ];
    columns.extend(rest_of_provenance);
    columns.extend_from_slice(own.columns());
    with_row_ids(R::TABLE, source_id, columns)
}

/// A batch of all columns of a table, the first of which, `row_id`, is computed from the others.
pub(crate) fn with_row_ids(
    table: &'static TableDef,
    source_id: &str,
    columns: Vec<ArrayRef>,
) -> Result<RecordBatch> {
    let failed = |error| contract(table.name, error);
    let batch = RecordBatch::try_new(arrow_schema(table), columns).map_err(failed)?;
    let ids: ArrayRef = Arc::new(hex_column(&row_ids(table, source_id, &batch)?));
    let columns = std::iter::once(ids).chain(batch.columns().iter().skip(1).cloned());
    RecordBatch::try_new(batch.schema(), columns.collect()).map_err(failed)
}

/// The columns that are a table's own, from the cells of its rows.
fn own_columns<'a, R: Record + 'a>(
    rows: impl ExactSizeIterator<Item = &'a R>,
) -> Result<RecordBatch> {
    let fields = fields(R::TABLE.columns.iter());
    let mut builders: Vec<Builder> = R::TABLE
        .columns
        .iter()
        .map(|column| Builder::new(column.column_type, rows.len()))
        .collect();
    let mut is_fitting = true;
    for row in rows {
        let mut column = builders.iter_mut();
        row.cells(&mut |cell| {
            is_fitting &= column.next().is_some_and(|builder| builder.push(cell));
        });
    }
    if !is_fitting {
        return Err(contract(R::TABLE.name, "a row's cells are not those of its columns"));
    }
    let columns =
        builders.into_iter().zip(&fields).map(|(builder, field)| builder.finish(field.data_type()));
    let columns = columns
        .collect::<std::result::Result<Vec<_>, _>>()
        .map_err(|error| contract(R::TABLE.name, error))?;
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
        .map_err(|error| contract(R::TABLE.name, error))
}

/// A column that grows by cells of its type.
enum Builder {
    Text(StringBuilder),
    Date(Date32Builder),
    Timestamp(TimestampMicrosecondBuilder),
    Integer(Int64Builder),
    Boolean(BooleanBuilder),
    Decimal(Decimal128Builder),
}

impl Builder {
    /// Core tables have no doubles; a row's cell of that type does not exist.
    fn new(column_type: ColumnType, rows: usize) -> Self {
        match column_type {
            ColumnType::Text => Self::Text(StringBuilder::with_capacity(rows, rows * 16)),
            ColumnType::Date => Self::Date(Date32Builder::with_capacity(rows)),
            ColumnType::Timestamp => {
                Self::Timestamp(TimestampMicrosecondBuilder::with_capacity(rows))
            }
            ColumnType::Integer | ColumnType::Double => {
                Self::Integer(Int64Builder::with_capacity(rows))
            }
            ColumnType::Boolean => Self::Boolean(BooleanBuilder::with_capacity(rows)),
            ColumnType::Decimal => Self::Decimal(Decimal128Builder::with_capacity(rows)),
        }
    }

    /// Appends a cell; false where it is of another type.
    fn push(&mut self, cell: Cell<'_>) -> bool {
        match (self, cell) {
            (Self::Text(builder), Cell::Text(text)) => builder.append_option(text),
            (Self::Date(builder), Cell::Date(date)) => builder.append_option(date.map(days)),
            (Self::Timestamp(builder), Cell::Timestamp(time)) => {
                builder.append_option(time.map(|time| time.timestamp_micros()));
            }
            (Self::Integer(builder), Cell::Integer(integer)) => builder.append_option(integer),
            (Self::Boolean(builder), Cell::Boolean(boolean)) => builder.append_option(boolean),
            (Self::Decimal(builder), Cell::Decimal(decimal)) => {
                builder.append_option(decimal.map(Decimal::scaled));
            }
            _ => return false,
        }
        true
    }

    /// The column, in the type of its field.
    fn finish(self, data_type: &DataType) -> std::result::Result<ArrayRef, ArrowError> {
        let column: ArrayRef = match self {
            Self::Text(mut builder) => ArrayBuilder::finish(&mut builder),
            Self::Date(mut builder) => ArrayBuilder::finish(&mut builder),
            Self::Timestamp(builder) => {
                ArrayBuilder::finish(&mut builder.with_data_type(data_type.clone()))
            }
            Self::Integer(mut builder) => ArrayBuilder::finish(&mut builder),
            Self::Boolean(mut builder) => ArrayBuilder::finish(&mut builder),
            Self::Decimal(builder) => {
                ArrayBuilder::finish(&mut builder.with_data_type(data_type.clone()))
            }
        };
        if column.data_type() == data_type {
            return Ok(column);
        }
        Err(ArrowError::SchemaError(format!(
            "a column of {}, expected {data_type}",
            column.data_type()
        )))
    }
}

/// Rows of one document as they would be stored where none of them is known. `scope` is the list that offers
/// belong to; other rows have none.
///
/// # Errors
/// Where a row does not fit the table's columns.
pub fn sighted_rows<R: Row>(
    source_id: &str,
    capture_id: &str,
    scope: &str,
    rows: &[Sighted<R>],
) -> Result<RecordBatch> {
    if R::TABLE.kind == TableKind::State {
        state_batch(source_id, capture_id, scope, rows)
    } else {
        batch(source_id, capture_id, rows)
    }
}

/// `row_id` of each row as it is stored: 32 hex digits. `scope` is the list that offers belong to; other
/// rows have none.
///
/// # Errors
/// Where a row does not fit the table's columns.
pub fn row_id_texts<R: Row>(
    source_id: &str,
    scope: &str,
    rows: &[Sighted<R>],
) -> Result<Vec<String>> {
    let batch = sighted_rows(source_id, "", scope, rows)?;
    let ids = batch.column(0).as_string::<i32>();
    Ok(ids.iter().flatten().map(str::to_owned).collect())
}

/// Days since 1970-01-01, as Arrow stores a date.
pub(crate) fn days(date: NaiveDate) -> i32 {
    date.to_epoch_days()
}

pub(crate) fn repeated(text: &str, len: usize) -> StringArray {
    StringArray::from_iter_values(std::iter::repeat_n(text, len))
}

/// Hashes as 32 hex digits each.
pub(crate) fn hex_column(hashes: &[u128]) -> StringArray {
    let mut column = StringBuilder::with_capacity(hashes.len(), hashes.len() * 32);
    for hash in hashes {
        // Writing to a builder cannot fail; `append_value` ends the cell.
        let _infallible = write!(column, "{hash:032x}");
        column.append_value("");
    }
    column.finish()
}

/// `row_id` of each row: over table, source, key and content, never over locator, capture or any clock. An
/// offer may come back to a price that it had before: its row is named by list and day of observation, too.
///
/// # Errors
/// Where a key or content column is missing from the batch.
pub fn row_ids(table: &TableDef, source_id: &str, batch: &RecordBatch) -> Result<Vec<u128>> {
    let of_state: &[&str] =
        if table.kind == TableKind::State { &["scope", "known_on", "is_withdrawn"] } else { &[] };
    hashes(table, source_id, batch, &[table.key, table.content, of_state].concat())
}

/// A hash of the content alone: what two readings of one offer are compared by.
///
/// # Errors
/// Where a content column is missing from the batch.
pub fn content_hashes(table: &TableDef, source_id: &str, batch: &RecordBatch) -> Result<Vec<u128>> {
    hashes(table, source_id, batch, table.content)
}

/// A hash of table, source and key alone: what two versions of one row have in common.
///
/// # Errors
/// Where a key column is missing from the batch.
pub fn key_hashes(table: &TableDef, source_id: &str, batch: &RecordBatch) -> Result<Vec<u128>> {
    hashes(table, source_id, batch, table.key)
}

fn hashes(
    table: &TableDef,
    source_id: &str,
    batch: &RecordBatch,
    names: &[&str],
) -> Result<Vec<u128>> {
    let columns: Vec<&ArrayRef> = names
        .iter()
        .map(|name| {
            batch
                .column_by_name(name)
                .ok_or_else(|| contract(table.name, format!("no column `{name}`")))
        })
        .collect::<Result<_>>()?;
    let mut start = Vec::new();
    put_text(&mut start, table.name);
    put_text(&mut start, source_id);
    let mut bytes = Vec::with_capacity(256);
    (0..batch.num_rows())
        .map(|row| {
            bytes.clear();
            bytes.extend_from_slice(&start);
            for column in &columns {
                put_cell(&mut bytes, column, row).map_err(|reason| contract(table.name, reason))?;
            }
            let digest = Sha256::digest(&bytes);
            Ok(digest.iter().take(16).fold(0, |hash, byte| (hash << 8) | u128::from(*byte)))
        })
        .collect()
}

/// Texts carry their length, so that no two rows of cells run into the same bytes.
fn put_text(bytes: &mut Vec<u8>, text: &str) {
    bytes.extend_from_slice(&(text.len() as u64).to_le_bytes());
    bytes.extend_from_slice(text.as_bytes());
}

/// A cell in a form that does not depend on how Arrow lays it out; a byte tells NULL from a value.
fn put_cell(bytes: &mut Vec<u8>, column: &ArrayRef, row: usize) -> std::result::Result<(), String> {
    if column.is_null(row) {
        bytes.push(0);
        return Ok(());
    }
    bytes.push(1);
    #[expect(clippy::wildcard_enum_match_arm, reason = "keys of any other type are refused")]
    match column.data_type() {
        DataType::Utf8 => put_text(bytes, column.as_string::<i32>().value(row)),
        DataType::Date32 => {
            bytes.extend_from_slice(&column.as_primitive::<Date32Type>().value(row).to_le_bytes());
        }
        DataType::Int64 => {
            bytes.extend_from_slice(&column.as_primitive::<Int64Type>().value(row).to_le_bytes());
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            let instant = column.as_primitive::<TimestampMicrosecondType>().value(row);
            bytes.extend_from_slice(&instant.to_le_bytes());
        }
        DataType::Decimal128(_, _) => {
            bytes.extend_from_slice(
                &column.as_primitive::<Decimal128Type>().value(row).to_le_bytes(),
            );
        }
        DataType::Boolean => bytes.push(u8::from(column.as_boolean().value(row))),
        other => return Err(format!("a column of type {other} cannot be part of a key")),
    }
    Ok(())
}
