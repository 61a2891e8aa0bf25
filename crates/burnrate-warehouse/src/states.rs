//! What one source lists, in one table: a row each time an offer appears, changes or is withdrawn.
//!
//! The rows are a pure function of the complete readings in order of observation. A reading says what
//! is on offer on a day; what it changes against the day before becomes rows. A reading that is older than
//! others is put in its place by reading those that follow it once more, in order.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{
    ArrayRef, AsArray, BooleanArray, Date32Array, RecordBatch, UInt32Array, new_null_array,
};
use arrow::compute::{
    SortColumn, concat_batches, filter_record_batch, lexsort_to_indices, take_record_batch,
};
use arrow::datatypes::Date32Type;
use arrow::error::ArrowError;
use burnrate_model::{Row, Sighted, TableDef};
use chrono::NaiveDate;

use crate::columns::{
    arrow_schema, content_hashes, days, key_hashes, repeated, state_batch, with_row_ids,
};
use crate::error::{Result, contract};
use crate::facts::Conflict;
use crate::parquet_file::{read_batches, write_batches};

/// A complete reading of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading<'a> {
    /// The list, within its source.
    pub scope: &'a str,
    /// The day as of which it was read.
    pub observed_on: NaiveDate,
    /// The capture that shows what is no longer listed: of the last page.
    pub capture_id: &'a str,
}

/// Offers of one or more pages, by table.
#[derive(Debug, Clone, Default)]
pub struct Listed(BTreeMap<&'static str, Vec<RecordBatch>>);

impl Listed {
    /// Adds the offers of one page in one table.
    ///
    /// # Errors
    /// Where a row does not fit the table's columns.
    pub fn add<R: Row>(
        &mut self,
        source_id: &str,
        capture_id: &str,
        scope: &str,
        rows: &[Sighted<R>],
    ) -> Result<()> {
        let batch = state_batch(source_id, capture_id, scope, rows)?;
        self.0.entry(R::TABLE.name).or_default().push(batch);
        Ok(())
    }

    /// Adds the offers of further pages.
    pub fn extend(&mut self, other: Self) {
        for (table, batches) in other.0 {
            self.0.entry(table).or_default().extend(batches);
        }
    }

    pub(crate) fn of(&self, table: &'static TableDef) -> Result<Option<RecordBatch>> {
        let Some(batches) = self.0.get(table.name) else { return Ok(None) };
        concat_batches(&arrow_schema(table), batches).map(Some).map_err(failed(table))
    }
}

/// What a reading changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Offers that were not listed before.
    pub appeared: usize,
    /// Offers whose price or dates are others.
    pub changed: usize,
    /// Offers that are no longer listed.
    pub withdrawn: usize,
    /// Rows that were left out because the reading has another one of their key.
    pub conflicts: Vec<Conflict>,
}

impl Changes {
    /// Rows that the reading made.
    pub fn rows(&self) -> usize {
        self.appeared + self.changed + self.withdrawn
    }
}

/// Where a row of a withdrawn offer stands in the capture that lacks it.
const NOT_LISTED: &str = "not listed";
const CONTRADICTED: &str = "the reading has another price of the same key before it";

/// The rows of one source in one table.
pub(crate) struct StateTable {
    table: &'static TableDef,
    source_id: String,
    /// In order of scope and day.
    rows: RecordBatch,
    is_changed: bool,
}

impl StateTable {
    pub(crate) fn open(
        table: &'static TableDef,
        source_id: &str,
        files: &[PathBuf],
    ) -> Result<Self> {
        let mut batches = Vec::new();
        for file in files {
            batches.extend(read_batches(file, None)?);
        }
        let rows = concat_batches(&arrow_schema(table), &batches).map_err(failed(table))?;
        Ok(Self { table, source_id: source_id.to_owned(), rows, is_changed: false })
    }

    /// Makes the list what a reading says from its day on: later readings are to follow.
    pub(crate) fn apply(
        &mut self,
        reading: &Reading<'_>,
        listed: Option<&RecordBatch>,
    ) -> Result<Changes> {
        self.forget(reading.scope, reading.observed_on)?;
        let standing = self.standing(reading.scope)?;
        let mut changes = Changes::default();
        let mut seen = HashSet::new();
        if let Some(listed) = listed {
            let new = self.new_rows(listed, &standing, &mut seen, &mut changes)?;
            self.append(&new)?;
        }
        let gone = standing.iter().filter(|(key, offer)| offer.is_listed && !seen.contains(*key));
        let mut gone: Vec<u32> = gone.map(|(_, offer)| offer.row).collect();
        gone.sort_unstable();
        changes.withdrawn = gone.len();
        if !gone.is_empty() {
            let withdrawn = self.withdrawn(&gone, reading)?;
            self.append(&withdrawn)?;
        }
        Ok(changes)
    }

    /// Drops what was concluded from readings of a day and of later ones.
    pub(crate) fn forget(&mut self, scope: &str, from: NaiveDate) -> Result<()> {
        let scopes = self.column("scope")?.as_string::<i32>();
        let known_on = self.column("known_on")?.as_primitive::<Date32Type>();
        let is_kept: BooleanArray = (0..self.rows.num_rows())
            .map(|row| Some(scopes.value(row) != scope || known_on.value(row) < days(from)))
            .collect();
        if is_kept.true_count() < self.rows.num_rows() {
            self.rows = filter_record_batch(&self.rows, &is_kept).map_err(failed(self.table))?;
            self.is_changed = true;
        }
        Ok(())
    }

    /// Of each key of the scope the last row.
    fn standing(&self, scope: &str) -> Result<HashMap<u128, Offer>> {
        let keys = key_hashes(self.table, &self.source_id, &self.rows)?;
        let contents = content_hashes(self.table, &self.source_id, &self.rows)?;
        let scopes = self.column("scope")?.as_string::<i32>();
        let is_withdrawn = self.column("is_withdrawn")?.as_boolean();
        let of_scope = (0..self.rows.num_rows()).filter(|&row| scopes.value(row) == scope);
        let offer = |row: usize| -> Result<(u128, Offer)> {
            let number = u32::try_from(row).map_err(|error| contract(self.table.name, error))?;
            let is_listed = !is_withdrawn.value(row);
            Ok((keys[row], Offer { row: number, content: contents[row], is_listed }))
        };
        of_scope.map(offer).collect()
    }

    /// The rows of a reading that are not what stands; `seen` takes the keys of all of them.
    fn new_rows(
        &self,
        listed: &RecordBatch,
        standing: &HashMap<u128, Offer>,
        seen: &mut HashSet<u128>,
        changes: &mut Changes,
    ) -> Result<RecordBatch> {
        let keys = key_hashes(self.table, &self.source_id, listed)?;
        let contents = content_hashes(self.table, &self.source_id, listed)?;
        let locators = column(self.table, listed, "locator")?.as_string::<i32>();
        let mut of_reading = HashMap::new();
        let mut is_new = vec![false; keys.len()];
        for (row, (key, content)) in keys.into_iter().zip(contents).enumerate() {
            if let Some(first) = of_reading.insert(key, content) {
                of_reading.insert(key, first);
                if first != content {
                    changes.conflicts.push(Conflict {
                        table: self.table.name,
                        locator: locators.value(row).to_owned(),
                        reason: CONTRADICTED,
                    });
                }
                continue;
            }
            seen.insert(key);
            let before = standing.get(&key).filter(|offer| offer.is_listed);
            is_new[row] = before.is_none_or(|offer| offer.content != content);
            changes.appeared += usize::from(before.is_none());
            changes.changed += usize::from(before.is_some() && is_new[row]);
        }
        filter_record_batch(listed, &BooleanArray::from(is_new)).map_err(failed(self.table))
    }

    /// Rows that say of offers that they are no longer listed: all but the key is absent.
    fn withdrawn(&self, gone: &[u32], reading: &Reading<'_>) -> Result<RecordBatch> {
        let offers = take_record_batch(&self.rows, &UInt32Array::from(gone.to_vec()))
            .map_err(failed(self.table))?;
        let len = offers.num_rows();
        let schema = arrow_schema(self.table);
        let columns = schema.fields().iter().zip(offers.columns()).map(|(field, offer)| {
            let column: ArrayRef = match field.name().as_str() {
                "capture_id" => Arc::new(repeated(reading.capture_id, len)),
                "locator" => Arc::new(repeated(NOT_LISTED, len)),
                "known_on" => Arc::new(Date32Array::from(vec![days(reading.observed_on); len])),
                "is_withdrawn" => Arc::new(BooleanArray::from(vec![true; len])),
                name if self.is_repeated(name) => Arc::clone(offer),
                _ => new_null_array(field.data_type(), len),
            };
            column
        });
        with_row_ids(self.table, &self.source_id, columns.collect())
    }

    fn is_repeated(&self, column: &str) -> bool {
        matches!(column, "row_id" | "source_id" | "scope") || self.table.key.contains(&column)
    }

    fn append(&mut self, new: &RecordBatch) -> Result<()> {
        if new.num_rows() > 0 {
            self.rows = concat_batches(&self.rows.schema(), [&self.rows, new])
                .map_err(failed(self.table))?;
            self.is_changed = true;
        }
        Ok(())
    }

    fn column(&self, name: &str) -> Result<&ArrayRef> {
        column(self.table, &self.rows, name)
    }

    /// Writes the rows, in an order that does not tell in which order readings came; whether there was
    /// anything to write.
    pub(crate) fn finish(self, path: &Path) -> Result<bool> {
        if !self.is_changed {
            return Ok(false);
        }
        let by = ["scope", "known_on", "row_id"]
            .iter()
            .map(|name| Ok(SortColumn { values: Arc::clone(self.column(name)?), options: None }));
        let by = by.collect::<Result<Vec<_>>>()?;
        let order = lexsort_to_indices(&by, None).map_err(failed(self.table))?;
        let rows = take_record_batch(&self.rows, &order).map_err(failed(self.table))?;
        write_batches(path, arrow_schema(self.table), &[rows])?;
        Ok(true)
    }
}

/// The last row of a key.
struct Offer {
    row: u32,
    content: u128,
    is_listed: bool,
}

fn column<'a>(table: &TableDef, batch: &'a RecordBatch, name: &str) -> Result<&'a ArrayRef> {
    batch.column_by_name(name).ok_or_else(|| contract(table.name, format!("no column `{name}`")))
}

fn failed(table: &'static TableDef) -> impl Fn(ArrowError) -> crate::WarehouseError {
    |error| contract(table.name, error)
}

#[cfg(test)]
mod tests;
