//! A diff as a Parquet file: a line a cell.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use serde_json::{Map, Value};

use crate::diff::Change;
use crate::error::{Result, contract};
use crate::parquet_file::ParquetFile;

/// Its columns: `change` is `added`, `removed` or `changed`, `row_key` a JSON object.
const COLUMNS: [&str; 9] = [
    "table",
    "change",
    "source_id",
    "row_key",
    "column_name",
    "old_value",
    "new_value",
    "old_row_id",
    "new_row_id",
];

/// Lines that are written at a time.
const LINES_AT_ONCE: usize = 1 << 14;

/// A file of differences that is being written.
pub struct DiffFile {
    path: PathBuf,
    file: ParquetFile,
    lines: Vec<[Option<String>; COLUMNS.len()]>,
}

impl Change {
    /// What names the row, as a JSON object of texts.
    pub fn key_json(&self) -> Value {
        let key = self.key().into_iter();
        let object: Map<_, _> = key.map(|(name, text)| (name.to_owned(), text.into())).collect();
        Value::Object(object)
    }
}

impl DiffFile {
    /// Begins the file.
    ///
    /// # Errors
    /// Where it exists already or cannot be written.
    pub fn create(path: &Path) -> Result<Self> {
        let file = ParquetFile::create(path, schema())?;
        Ok(Self { path: path.to_owned(), file, lines: Vec::new() })
    }

    /// Adds the cells of a row that differ.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn push(&mut self, change: &Change) -> Result<()> {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let source_id = change.new_value("source_id").or(change.old("source_id"));
        for cell in change.cells() {
            self.lines.push([
                Some(change.table.name.to_owned()),
                Some(change.kind().to_owned()),
                owned(source_id),
                Some(change.key_json().to_string()),
                Some(cell.column.to_owned()),
                owned(cell.old),
                owned(cell.new),
                owned(change.old("row_id")),
                owned(change.new_value("row_id")),
            ]);
        }
        if self.lines.len() >= LINES_AT_ONCE { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> Result<()> {
        let lines = std::mem::take(&mut self.lines);
        let column = |place: usize| -> ArrayRef {
            Arc::new(lines.iter().map(|line| line[place].as_deref()).collect::<StringArray>())
        };
        let columns = (0..COLUMNS.len()).map(column).collect();
        let batch =
            RecordBatch::try_new(schema(), columns).map_err(|error| contract("the diff", error))?;
        self.file.write(&self.path, &batch)
    }

    /// Ends the file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn finish(mut self) -> Result<()> {
        self.write()?;
        self.file.finish(&self.path)
    }
}

fn schema() -> SchemaRef {
    Arc::new(Schema::new(COLUMNS.map(|name| Field::new(name, DataType::Utf8, true)).to_vec()))
}
