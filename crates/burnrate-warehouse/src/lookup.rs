//! Single rows of a snapshot, found without reading what they do not stand in.
//!
//! Files are as many as a table has sources. Of each the footer is read; statistics (a mart is sorted by its
//! `row_id`) and Bloom filters (core tables: `row_id`, `capture_id`) tell which row groups may hold a row.

use std::cell::RefCell;
use std::collections::BTreeMap;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{
    DataType, Date32Type, Decimal128Type, Float64Type, Int64Type, TimestampMicrosecondType,
};
use arrow::datatypes::{Schema, TimeUnit};
use arrow::temporal_conversions::{date32_to_datetime, timestamp_us_to_datetime};
use burnrate_model::{Decimal, TableDef};
use chrono::SecondsFormat;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder, RowSelection,
    RowSelector,
};
use parquet::bloom_filter::Sbbf;
use parquet::file::metadata::{ColumnChunkMetaData, PageIndexPolicy};

use crate::checked_file::CheckedFile;
use crate::error::{Result, WarehouseError, contract};
use crate::manifest::DataFile;
use crate::parquet_file::parquet;
use crate::warehouse::Snapshot;

/// A row as it is stored.
#[derive(Debug, Clone)]
pub struct StoredRow {
    /// Its table.
    pub table: &'static TableDef,
    /// The row alone, with all columns of the table.
    pub cells: RecordBatch,
    /// The file that holds it, below the snapshot.
    pub file: String,
}

impl StoredRow {
    /// A cell as text; `None` where it is NULL or the table has no such column.
    pub fn text(&self, column: &str) -> Option<String> {
        self.cells.column_by_name(column).and_then(|cells| cell_text(cells, 0))
    }
}

/// Rows that were looked for.
#[derive(Debug, Default)]
pub struct Matches {
    /// The first of them.
    pub rows: Vec<StoredRow>,
    /// How many there are in all.
    pub total: usize,
}

/// What looking for rows took: it is to stay the same however large the warehouse is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Work {
    /// Row groups of which something was decoded.
    pub row_groups: usize,
    /// Blocks of files that were read and checked, each once.
    pub blocks: usize,
}

/// Looks for rows in a snapshot, and checks all bytes that it reads against the manifest.
#[derive(Debug)]
pub struct Lookup<'s> {
    snapshot: &'s Snapshot,
    open: RefCell<BTreeMap<String, OpenFile>>,
    row_groups: RefCell<usize>,
}

#[derive(Debug, Clone)]
struct OpenFile {
    file: CheckedFile,
    metadata: ArrowReaderMetadata,
}

impl<'s> Lookup<'s> {
    /// Looks into that snapshot.
    pub fn new(snapshot: &'s Snapshot) -> Self {
        Self { snapshot, open: RefCell::default(), row_groups: RefCell::default() }
    }

    /// The snapshot that is looked into.
    pub fn snapshot(&self) -> &'s Snapshot {
        self.snapshot
    }

    /// Rows whose cells have these texts, at most `limit` of them, and how many there are in all. An empty
    /// text means NULL.
    ///
    /// # Errors
    /// Where the table has no such column, or a file is not what was published.
    pub fn find(
        &self,
        table: &'static TableDef,
        conditions: &[(&str, &str)],
        limit: usize,
    ) -> Result<Matches> {
        let mut matches = Matches::default();
        for published in self.snapshot.manifest.files(table.name) {
            let open = self.open(table, published)?;
            for group in 0..open.metadata.metadata().num_row_groups() {
                if open.may_hold(group, conditions)? {
                    let left = limit.saturating_sub(matches.rows.len());
                    let (rows, total) = self.in_group(table, &open, group, conditions, left)?;
                    matches.total += total;
                    matches.rows.extend(rows);
                }
            }
        }
        Ok(matches)
    }

    /// The row with that `row_id`; none where there is none.
    ///
    /// # Errors
    /// Those of [`Lookup::find`].
    pub fn row(&self, table: &'static TableDef, row_id: &str) -> Result<Option<StoredRow>> {
        Ok(self.find(table, &[("row_id", row_id)], 1)?.rows.pop())
    }

    /// All rows of one file, a batch at a time.
    ///
    /// # Errors
    /// Where the file is not what was published.
    pub fn batches(&self, table: &'static TableDef, file: &DataFile) -> Result<Vec<RecordBatch>> {
        let open = self.open(table, file)?;
        let reader = open.builder().build().map_err(parquet(open.file.path()))?;
        let failed = |error| parquet(open.file.path())(parquet::errors::ParquetError::from(error));
        reader.map(|batch| batch.map_err(failed)).collect()
    }

    /// What it took so far.
    pub fn work(&self) -> Work {
        let blocks = self.open.borrow().values().map(|open| open.file.blocks_read()).sum();
        Work { row_groups: *self.row_groups.borrow(), blocks }
    }

    fn open(&self, table: &'static TableDef, published: &DataFile) -> Result<OpenFile> {
        let name = format!("{}/{}", table.name, published.name);
        if let Some(open) = self.open.borrow().get(&name) {
            return Ok(open.clone());
        }
        let path = self.snapshot.folder().join(&name);
        let file = CheckedFile::open(&path, published)?;
        // Types are those of Parquet: which ones a writer in Arrow preferred does not count.
        let options = ArrowReaderOptions::new()
            .with_skip_arrow_metadata(true)
            .with_page_index_policy(PageIndexPolicy::Optional);
        let metadata = ArrowReaderMetadata::load(&file, options).map_err(of_file(&file))?;
        let open = OpenFile { file, metadata };
        self.open.borrow_mut().insert(name, open.clone());
        Ok(open)
    }

    /// The rows of a row group that meet the conditions, as many as are wanted, and their number.
    fn in_group(
        &self,
        table: &'static TableDef,
        open: &OpenFile,
        group: usize,
        conditions: &[(&str, &str)],
        limit: usize,
    ) -> Result<(Vec<StoredRow>, usize)> {
        *self.row_groups.borrow_mut() += 1;
        let found = open.positions(table, group, conditions)?;
        let wanted: Vec<usize> = found.iter().copied().take(limit).collect();
        let file = open.file.path().file_name().unwrap_or_default().to_string_lossy();
        let file = format!("{}/{file}", table.name);
        let rows = open.rows(group, &wanted)?.into_iter();
        let rows = rows.map(|cells| StoredRow { table, cells, file: file.clone() }).collect();
        Ok((rows, found.len()))
    }
}

impl OpenFile {
    fn builder(&self) -> ParquetRecordBatchReaderBuilder<CheckedFile> {
        ParquetRecordBatchReaderBuilder::new_with_metadata(self.file.clone(), self.metadata.clone())
    }

    /// Whether statistics and Bloom filters leave it possible that a row group holds such a row.
    fn may_hold(&self, group: usize, conditions: &[(&str, &str)]) -> Result<bool> {
        let columns = self.metadata.metadata().row_group(group).columns();
        for (name, text) in conditions.iter().filter(|(_, text)| !text.is_empty()) {
            let is_column = |column: &&ColumnChunkMetaData| column.column_path().string() == *name;
            let Some(column) = columns.iter().find(is_column) else { continue };
            if !is_text(self.metadata.schema(), name) {
                continue;
            }
            if is_beyond(column, text.as_bytes()) {
                return Ok(false);
            }
            let filter = Sbbf::read_from_column_chunk(column, &self.file);
            let filter = filter.map_err(of_file(&self.file))?;
            if filter.is_some_and(|filter| !filter.check(*text)) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Which rows of a row group meet the conditions.
    fn positions(
        &self,
        table: &'static TableDef,
        group: usize,
        conditions: &[(&str, &str)],
    ) -> Result<Vec<usize>> {
        let builder = self.builder();
        let names = conditions.iter().map(|(name, _)| *name);
        let mask = ProjectionMask::columns(builder.parquet_schema(), names);
        let reader = builder.with_row_groups(vec![group]).with_projection(mask).build();
        let (mut found, mut first) = (Vec::new(), 0);
        for batch in reader.map_err(of_file(&self.file))? {
            let batch = batch.map_err(|error| of_file(&self.file)(error.into()))?;
            let mut columns = Vec::with_capacity(conditions.len());
            for (name, text) in conditions {
                let no_column = || contract(table.name, format!("no column `{name}`"));
                columns.push((batch.column_by_name(name).ok_or_else(no_column)?, *text));
            }
            let is_met =
                |row: &usize| columns.iter().all(|(cells, text)| is_text_of(cells, *row, text));
            found.extend((0..batch.num_rows()).filter(is_met).map(|row| first + row));
            first += batch.num_rows();
        }
        Ok(found)
    }

    /// Rows of a row group by their positions, each as a batch of its own.
    fn rows(&self, group: usize, positions: &[usize]) -> Result<Vec<RecordBatch>> {
        if positions.is_empty() {
            return Ok(Vec::new());
        }
        let (mut selectors, mut next) = (Vec::new(), 0);
        for &position in positions {
            selectors.extend([RowSelector::skip(position - next), RowSelector::select(1)]);
            next = position + 1;
        }
        let selection = RowSelection::from(selectors);
        let reader =
            self.builder().with_row_groups(vec![group]).with_row_selection(selection).build();
        let mut rows = Vec::new();
        for batch in reader.map_err(of_file(&self.file))? {
            let batch = batch.map_err(|error| of_file(&self.file)(error.into()))?;
            rows.extend((0..batch.num_rows()).map(|row| batch.slice(row, 1)));
        }
        Ok(rows)
    }
}

/// The error that names the file; one of a damaged block names it already.
fn of_file(file: &CheckedFile) -> impl FnOnce(parquet::errors::ParquetError) -> WarehouseError {
    let path = file.path().to_owned();
    move |error| {
        let text = error.to_string();
        match text.split_once(WarehouseError::NOT_AS_PUBLISHED) {
            Some((before, _)) => {
                let reason = before.rsplit_once(": ").map_or(before, |(_, reason)| reason);
                WarehouseError::Damaged { path, reason: reason.trim_end_matches("; ").to_owned() }
            }
            None => WarehouseError::Parquet { path, error },
        }
    }
}

fn is_text(schema: &Schema, name: &str) -> bool {
    schema.field_with_name(name).is_ok_and(|field| *field.data_type() == DataType::Utf8)
}

/// Whether a text lies outside of what the statistics say of a column.
fn is_beyond(column: &ColumnChunkMetaData, text: &[u8]) -> bool {
    let Some(statistics) = column.statistics() else { return false };
    statistics.min_bytes_opt().is_some_and(|min| text < min)
        || statistics.max_bytes_opt().is_some_and(|max| text > max)
}

/// Whether a cell has that text; numbers and times may be written otherwise than here.
fn is_text_of(cells: &dyn Array, row: usize, text: &str) -> bool {
    let Some(found) = cell_text(cells, row) else { return text.is_empty() };
    if found == text {
        return true;
    }
    if cells.data_type().is_floating() {
        return found.parse::<f64>().ok() == text.parse().ok();
    }
    let is_decimal = matches!(cells.data_type(), DataType::Decimal128(..));
    is_decimal && text.parse::<Decimal>().is_ok_and(|decimal| decimal.to_string() == found)
}

/// A cell as people write it: days and times as ISO 8601 has them, decimals without zeros at the end.
pub fn cell_text(cells: &dyn Array, row: usize) -> Option<String> {
    if cells.is_null(row) {
        return None;
    }
    #[expect(clippy::wildcard_enum_match_arm, reason = "tables have columns of no other type")]
    match cells.data_type() {
        DataType::Utf8 => Some(cells.as_string::<i32>().value(row).to_owned()),
        DataType::Boolean => Some(cells.as_boolean().value(row).to_string()),
        DataType::Int64 => Some(cells.as_primitive::<Int64Type>().value(row).to_string()),
        DataType::Float64 => Some(cells.as_primitive::<Float64Type>().value(row).to_string()),
        DataType::Date32 => {
            let days = cells.as_primitive::<Date32Type>().value(row);
            date32_to_datetime(days).map(|day| day.date().to_string())
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            let time = cells.as_primitive::<TimestampMicrosecondType>().value(row);
            let time = timestamp_us_to_datetime(time)?.and_utc();
            Some(time.to_rfc3339_opts(SecondsFormat::AutoSi, true))
        }
        DataType::Decimal128(..) => {
            let scaled = cells.as_primitive::<Decimal128Type>().value(row);
            Some(Decimal::of_scaled(scaled).to_string())
        }
        _ => None,
    }
}
