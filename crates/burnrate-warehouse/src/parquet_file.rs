//! Parquet files: written the same way every time, so that equal rows give equal bytes.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use burnrate_model::{hex, sha256_hex};
use parquet::arrow::ArrowWriter;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::schema::types::ColumnPath;
use sha2::{Digest, Sha256};

use crate::error::{Result, WarehouseError, at};
use crate::manifest::BLOCK_BYTES;

/// Columns in which every cell differs: a dictionary of them would be built in vain.
const DISTINCT_COLUMNS: &[&str] = &["row_id", "locator"];

/// Columns by which single rows are looked for: a Bloom filter tells which row groups to read.
const SOUGHT_COLUMNS: &[&str] = &["row_id", "capture_id"];

/// Rows of a row group, and of a page: what is decoded to find a row, and to read it.
const GROUP_ROWS: usize = 16_384;
const PAGE_ROWS: usize = 2_048;

fn properties() -> WriterProperties {
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_max_row_group_row_count(Some(GROUP_ROWS))
        .set_data_page_row_count_limit(PAGE_ROWS)
        .set_created_by("burnrate".to_owned());
    for column in SOUGHT_COLUMNS {
        let path = ColumnPath::from(*column);
        properties = properties
            .set_column_bloom_filter_enabled(path.clone(), true)
            .set_column_bloom_filter_max_ndv(path, GROUP_ROWS as u64);
    }
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

/// What a file is checked by.
pub(crate) struct Checksums {
    pub(crate) sha256: String,
    pub(crate) block_sha256: Vec<String>,
    pub(crate) bytes: u64,
}

/// The checksums of a file.
pub(crate) fn checksums(path: &Path) -> Result<Checksums> {
    let mut file = File::open(path).map_err(at(path))?;
    let mut whole = Sha256::new();
    let mut checksums = Checksums { sha256: String::new(), block_sha256: Vec::new(), bytes: 0 };
    let mut block = Vec::with_capacity(BLOCK_BYTES);
    loop {
        block.clear();
        let read = file.by_ref().take(BLOCK_BYTES as u64).read_to_end(&mut block);
        if read.map_err(at(path))? == 0 {
            break;
        }
        whole.update(&block);
        checksums.block_sha256.push(sha256_hex(&block));
        checksums.bytes += block.len() as u64;
    }
    checksums.sha256 = hex(&whole.finalize());
    Ok(checksums)
}

pub(crate) fn parquet(path: &Path) -> impl FnOnce(parquet::errors::ParquetError) -> WarehouseError {
    let path = path.to_owned();
    |error| WarehouseError::Parquet { path, error }
}
