//! Facts of one source in one table: what is known already, and what a document adds.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Date32Array, RecordBatch, StringArray};
use arrow::compute::filter_record_batch;
use arrow::datatypes::Date32Type;
use burnrate_model::TableDef;
use chrono::{DateTime, NaiveDate, Utc};

use crate::columns::{arrow_schema, days, hex_column, key_hashes};
use crate::error::{Result, WarehouseError, contract};
use crate::parquet_file::{ParquetFile, read_batches};

/// What a document's rows did to a table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inserted {
    /// Rows that were new, corrections among them.
    pub added: usize,
    /// New rows that supersede an older one of the same key.
    pub corrected: usize,
    /// Rows that were left out because another one of their key stands.
    pub conflicts: Vec<Conflict>,
}

/// A row that was left out because another one of its key stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The table.
    pub table: &'static str,
    /// Where the row that was left out stands in its document.
    pub locator: String,
    /// Why the other one stands.
    pub reason: &'static str,
}

const CONTRADICTED: &str = "the document has another record of the same key before it";
const OLDER_CAPTURE: &str =
    "a newer capture with another value was read before this older one; its value stands";
const REVERTED: &str =
    "the publisher went back to a value that a correction had replaced; the correction stands";

/// Rows of one source in one table, known and new.
pub(crate) struct FactTable {
    table: &'static TableDef,
    source_id: String,
    known: HashSet<u128>,
    /// Of each key the row that stands, the last one of it, and when that was captured.
    standing: HashMap<u128, (u128, DateTime<Utc>)>,
    /// New rows that supersede others, with those.
    superseded: Vec<(u128, u128)>,
    path: PathBuf,
    file: Option<ParquetFile>,
}

impl FactTable {
    /// Loads what `files` hold; new rows go to `path`. `captured_at` tells when a capture was made.
    pub(crate) fn open(
        table: &'static TableDef,
        source_id: &str,
        files: &[PathBuf],
        path: PathBuf,
        captured_at: &HashMap<String, DateTime<Utc>>,
    ) -> Result<Self> {
        let mut facts = Self {
            table,
            source_id: source_id.to_owned(),
            known: HashSet::new(),
            standing: HashMap::new(),
            superseded: Vec::new(),
            path,
            file: None,
        };
        let columns: Vec<&str> =
            ["row_id", "capture_id"].iter().chain(table.key).copied().collect();
        for file in files {
            for batch in read_batches(file, Some(&columns))? {
                facts.learn(file, &batch, captured_at)?;
            }
        }
        Ok(facts)
    }

    fn learn(
        &mut self,
        path: &Path,
        batch: &RecordBatch,
        captured_at: &HashMap<String, DateTime<Utc>>,
    ) -> Result<()> {
        let damaged = |reason: &str| WarehouseError::Snapshot {
            path: path.to_owned(),
            reason: reason.to_owned(),
        };
        let keys = key_hashes(self.table, &self.source_id, batch)?;
        let row_ids = text_column(self.table, batch, "row_id")?;
        let captures = text_column(self.table, batch, "capture_id")?;
        for (key, (row_id, capture_id)) in keys.into_iter().zip(row_ids.iter().zip(captures.iter()))
        {
            let row_id = row_id
                .and_then(parse_hex)
                .ok_or_else(|| damaged("a row_id is not 32 hex digits"))?;
            let time = capture_id.and_then(|id| captured_at.get(id)).copied();
            let time = time.ok_or_else(|| damaged("a row's capture is not in core_capture"))?;
            self.known.insert(row_id);
            self.standing.insert(key, (row_id, time));
        }
        Ok(())
    }

    /// Adds the rows of one document that are not known yet.
    ///
    /// Where the table has another row of the same key, from an older capture, the new one supersedes it,
    /// and could be known only since the day of this capture: when the publisher changed it is not
    /// recorded.
    pub(crate) fn insert(
        &mut self,
        batch: &RecordBatch,
        captured_at: DateTime<Utc>,
    ) -> Result<Inserted> {
        let keys = key_hashes(self.table, &self.source_id, batch)?;
        let row_ids = text_column(self.table, batch, "row_id")?;
        let mut of_this_document = HashMap::with_capacity(keys.len());
        let mut corrects: Vec<Option<u128>> = vec![None; keys.len()];
        let mut is_new = vec![false; keys.len()];
        let mut inserted = Inserted::default();
        for (row, (&key, row_id)) in keys.iter().zip(row_ids.iter()).enumerate() {
            let row_id = row_id.and_then(parse_hex);
            let row_id =
                row_id.ok_or_else(|| contract(self.table.name, "a row_id is not 32 hex digits"))?;
            let first = *of_this_document.entry(key).or_insert(row_id);
            let verdict = if first == row_id {
                self.judge(key, row_id, captured_at)
            } else {
                Verdict::Conflict(CONTRADICTED)
            };
            match verdict {
                Verdict::Known => {}
                Verdict::New(superseded) => {
                    self.known.insert(row_id);
                    self.standing.insert(key, (row_id, captured_at));
                    corrects[row] = superseded;
                    self.superseded.extend(superseded.map(|old| (row_id, old)));
                    is_new[row] = true;
                    inserted.added += 1;
                    inserted.corrected += usize::from(superseded.is_some());
                }
                Verdict::Conflict(reason) => {
                    let locator = locator(self.table, batch, row)?;
                    inserted.conflicts.push(Conflict { table: self.table.name, locator, reason });
                }
            }
        }
        if inserted.added > 0 {
            let batch = with_corrections(self.table, batch, &corrects, captured_at.date_naive())?;
            let new = filter_record_batch(&batch, &BooleanArray::from(is_new))
                .map_err(|error| contract(self.table.name, error))?;
            self.write(&new)?;
        }
        Ok(inserted)
    }

    /// What a row is to the table. Rows come in the order of their captures, except when an older archive
    /// is replayed: what was read before is then newer, and stands.
    fn judge(&self, key: u128, row_id: u128, captured_at: DateTime<Utc>) -> Verdict {
        let is_known = self.known.contains(&row_id);
        match self.standing.get(&key) {
            None => Verdict::New(None),
            Some(&(standing, _)) if standing == row_id => Verdict::Known,
            Some(&(_, since)) if captured_at < since && is_known => Verdict::Known,
            Some(&(_, since)) if captured_at < since => Verdict::Conflict(OLDER_CAPTURE),
            Some(_) if is_known => Verdict::Conflict(REVERTED),
            Some(&(standing, _)) => Verdict::New(Some(standing)),
        }
    }

    fn write(&mut self, batch: &RecordBatch) -> Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            None => self.file.insert(ParquetFile::create(&self.path, arrow_schema(self.table))?),
        };
        file.write(&self.path, batch)
    }

    /// The ids of new rows that supersede others, with theirs.
    pub(crate) fn corrections(&self) -> Vec<(String, String)> {
        let text = |id: u128| format!("{id:032x}");
        self.superseded.iter().map(|(new, old)| (text(*new), text(*old))).collect()
    }

    /// Ends the file of new rows; its path, where there were any.
    pub(crate) fn finish(self) -> Result<Option<PathBuf>> {
        match self.file {
            Some(file) => file.finish(&self.path).map(|()| Some(self.path)),
            None => Ok(None),
        }
    }
}

/// What a row of a document is to the table.
enum Verdict {
    /// There already, or there once and superseded since.
    Known,
    /// New; the row that it supersedes.
    New(Option<u128>),
    /// Left out.
    Conflict(&'static str),
}

fn parse_hex(text: &str) -> Option<u128> {
    u128::from_str_radix(text, 16).ok().filter(|_| text.len() == 32)
}

/// Fills `corrects_row_id`, and dates corrections by their capture.
fn with_corrections(
    table: &TableDef,
    batch: &RecordBatch,
    corrects: &[Option<u128>],
    captured_on: NaiveDate,
) -> Result<RecordBatch> {
    if corrects.iter().all(Option::is_none) {
        return Ok(batch.clone());
    }
    let ids = hex_column(&corrects.iter().map(|id| id.unwrap_or(0)).collect::<Vec<_>>());
    let ids: StringArray =
        corrects.iter().enumerate().map(|(row, id)| id.map(|_| ids.value(row))).collect();
    let stated = column(table, batch, "known_on")?.as_primitive::<Date32Type>();
    let known_on = Date32Array::from_iter_values(corrects.iter().enumerate().map(|(row, id)| {
        let stated = stated.value(row);
        if id.is_some() { stated.max(days(captured_on)) } else { stated }
    }));
    let replaced = |name: &str, old: &ArrayRef| -> ArrayRef {
        match name {
            "corrects_row_id" => Arc::new(ids.clone()),
            "known_on" => Arc::new(known_on.clone()),
            _ => Arc::clone(old),
        }
    };
    let schema = batch.schema();
    let columns =
        schema.fields().iter().zip(batch.columns()).map(|(field, old)| replaced(field.name(), old));
    RecordBatch::try_new(batch.schema(), columns.collect())
        .map_err(|error| contract(table.name, error))
}

fn column<'a>(table: &TableDef, batch: &'a RecordBatch, name: &str) -> Result<&'a ArrayRef> {
    batch.column_by_name(name).ok_or_else(|| contract(table.name, format!("no column `{name}`")))
}

fn text_column<'a>(
    table: &TableDef,
    batch: &'a RecordBatch,
    name: &str,
) -> Result<&'a StringArray> {
    Ok(column(table, batch, name)?.as_string::<i32>())
}

fn locator(table: &TableDef, batch: &RecordBatch, row: usize) -> Result<String> {
    let locators = column(table, batch, "locator")?.as_string::<i32>();
    Ok(if locators.is_null(row) { String::new() } else { locators.value(row).to_owned() })
}
