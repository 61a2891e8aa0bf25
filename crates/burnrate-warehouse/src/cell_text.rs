//! Cells as text, as people and JSON are shown them.

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::datatypes::{DataType, TimestampMicrosecondType};
use arrow::util::display::array_value_to_string;
use burnrate_model::TableDef;
use chrono::{DateTime, SecondsFormat};

use crate::error::{Result, contract};

/// Cells of a row, `None` for NULL.
pub(crate) fn cells(
    table: &TableDef,
    batch: &RecordBatch,
    columns: &[&str],
    row: usize,
) -> Result<Vec<Option<String>>> {
    let cell = |name: &&str| {
        let missing = || contract(table.name, format!("no column `{name}`"));
        let column = batch.column_by_name(name).ok_or_else(missing)?;
        cell_text(table, column, row)
    };
    columns.iter().map(cell).collect()
}

fn cell_text(table: &TableDef, column: &ArrayRef, row: usize) -> Result<Option<String>> {
    if column.is_null(row) {
        return Ok(None);
    }
    if let DataType::Timestamp(_, _) = column.data_type() {
        let micros = column.as_primitive::<TimestampMicrosecondType>().value(row);
        let time = DateTime::from_timestamp_micros(micros);
        return Ok(time.map(|time| time.to_rfc3339_opts(SecondsFormat::AutoSi, true)));
    }
    let text = array_value_to_string(column, row).map_err(|error| contract(table.name, error))?;
    // A decimal is stored with twelve places, whatever was stated.
    let is_decimal = matches!(column.data_type(), DataType::Decimal128(_, _));
    let short = |text: &str| text.trim_end_matches('0').trim_end_matches('.').to_owned();
    Ok(Some(if is_decimal && text.contains('.') { short(&text) } else { text }))
}
