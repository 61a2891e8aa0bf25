//! Parquet files: written the same way every time, so that equal rows give equal bytes.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use burnrate_model::hex;
use parquet::arrow::ArrowWriter;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;
use sha2::{Digest, Sha256};

use crate::error::{Result, WarehouseError, at};

/// Columns in which every cell differs: a dictionary of them would be built in vain.
const DISTINCT_COLUMNS: &[&str] = &["row_id", "locator"];

fn properties() -> WriterProperties {
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_created_by("burnrate".to_owned());
    for column in DISTINCT_COLUMNS {
        let path = ColumnPath::from(*column);
        properties = properties.set_column_dictionary_enabled(path, false);
    }
    // Neighbouring locators share most of their text.
    properties =
        properties.set_column_encoding(ColumnPath::from("locator"), Encoding::DELTA_BYTE_ARRAY);
    properties.build()
}

/// A Parquet file that is being written.
pub(crate) struct ParquetFile {
    writer: ArrowWriter<File>,
}

impl ParquetFile {
    pub(crate) fn create(path: &Path, schema: SchemaRef) -> Result<Self> {
        let file = File::create_new(path).map_err(at(path))?;
        let writer =
            ArrowWriter::try_new(file, schema, Some(properties())).map_err(parquet(path))?;
        Ok(Self { writer })
    }

    pub(crate) fn write(&mut self, path: &Path, batch: &RecordBatch) -> Result<()> {
        self.writer.write(batch).map_err(parquet(path))
    }

    /// Ends the file.
    pub(crate) fn finish(self, path: &Path) -> Result<()> {
        self.writer.close().map(|_| ()).map_err(parquet(path))
    }
}

/// Writes batches of one schema as one file.
///
/// # Errors
/// Where the file exists already or cannot be written.
pub fn write_batches(path: &Path, schema: SchemaRef, batches: &[RecordBatch]) -> Result<()> {
    let mut file = ParquetFile::create(path, schema)?;
    for batch in batches {
        file.write(path, batch)?;
    }
    file.finish(path)
}

/// Reads a file; with `columns`, only those.
///
/// # Errors
/// Where the file is damaged or a column is missing.
pub fn read_batches(path: &Path, columns: Option<&[&str]>) -> Result<Vec<RecordBatch>> {
    let file = File::open(path).map_err(at(path))?;
    let mut builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(parquet(path))?;
    if let Some(columns) = columns {
        let mask = ProjectionMask::columns(builder.parquet_schema(), columns.iter().copied());
        builder = builder.with_projection(mask);
    }
    let reader = builder.build().map_err(parquet(path))?;
    reader.map(|batch| batch.map_err(|error| parquet(path)(error.into()))).collect()
}

/// The batches of a file, one at a time; with `columns`, only those. Types are Parquet's own, as in [`footer`].
pub(crate) fn batches(
    path: &Path,
    columns: Option<&[&str]>,
) -> Result<impl Iterator<Item = Result<RecordBatch>>> {
    let file = File::open(path).map_err(at(path))?;
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let mut builder = ParquetRecordBatchReaderBuilder::try_new_with_options(file, options)
        .map_err(parquet(path))?;
    if let Some(columns) = columns {
        let mask = ProjectionMask::columns(builder.parquet_schema(), columns.iter().copied());
        builder = builder.with_projection(mask);
    }
    let reader = builder.build().map_err(parquet(path))?;
    let path = path.to_owned();
    Ok(reader.map(move |batch| batch.map_err(|error| parquet(&path)(error.into()))))
}

/// Schema and number of rows, from the footer alone. Types are Parquet's own: which Arrow types a writer
/// preferred does not count.
pub(crate) fn footer(path: &Path) -> Result<(SchemaRef, u64)> {
    let file = File::open(path).map_err(at(path))?;
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(file, options)
        .map_err(parquet(path))?;
    let rows = builder.metadata().file_metadata().num_rows();
    Ok((builder.schema().clone(), u64::try_from(rows).unwrap_or(0)))
}

/// SHA-256 of a file in hex, and its length.
pub(crate) fn sha256(path: &Path) -> Result<(String, u64)> {
    let mut file = File::open(path).map_err(at(path))?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut len = 0;
    loop {
        match file.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => {
                hasher.update(&buffer[..n]);
                len += n as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(at(path)(error)),
        }
    }
    Ok((hex(&hasher.finalize()), len))
}

fn parquet(path: &Path) -> impl FnOnce(parquet::errors::ParquetError) -> WarehouseError {
    let path = path.to_owned();
    |error| WarehouseError::Parquet { path, error }
}
