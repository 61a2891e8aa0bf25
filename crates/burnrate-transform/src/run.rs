//! Running the script in Polars.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

use burnrate_model::generated::{MART_LINEAGE, TABLES};
use burnrate_model::{ColumnType, Metric, TableDef};
use chrono::NaiveDate;
use polars::prelude::*;
use polars::sql::SQLContext;

use crate::script::{ScriptError, Statement, StatementKind, script};

/// Why derived tables could not be made.
#[derive(Debug, thiserror::Error)]
pub enum TransformError {
    /// A metric file is not as it should be.
    #[error(transparent)]
    Script(#[from] ScriptError),
    /// Polars could not run a statement.
    #[error("{name}: {source}")]
    Statement {
        /// The statement.
        name: String,
        /// What Polars said.
        source: PolarsError,
    },
    /// A result does not fit its table.
    #[error("{table}: {reason}")]
    Contract {
        /// The table.
        table: String,
        /// What does not fit.
        reason: String,
    },
    /// A file cannot be written.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

type Result<T> = std::result::Result<T, TransformError>;

/// Computes every derived table from the core files in `inputs`, as known on `as_of`, and writes each
/// to the path that `output` names. `on_table` is told of each that is done, with its number of rows.
///
/// # Errors
/// [`TransformError`]; what was written by then is not to be used.
pub fn run(
    metrics: &[Metric],
    inputs: &BTreeMap<&str, Vec<PathBuf>>,
    as_of: Option<NaiveDate>,
    output: impl Fn(&'static TableDef) -> PathBuf,
    mut on_table: impl FnMut(&'static TableDef, usize),
) -> Result<()> {
    let mut context = SQLContext::new();
    for (table, files) in inputs {
        context.register(table, scan(table, files)?);
    }
    let mut lineage = Vec::new();
    for statement in script(metrics, as_of)? {
        match statement.kind {
            StatementKind::Known => {
                let frame = context.execute(&statement.sql).map_err(failed(&statement.name))?;
                context.register(&statement.name, frame);
            }
            StatementKind::Step => {
                let frame = collect(&mut context, &statement)?;
                context.register(&statement.name, frame.lazy());
            }
            StatementKind::Rows => {
                let table = definition(&statement.name)?;
                let frame = conformed(table, collect(&mut context, &statement)?)?;
                context.register(table.name, frame.clone().lazy());
                write(table, frame, &output(table), &mut on_table)?;
            }
            StatementKind::Lineage => {
                let table = statement.name.trim_start_matches("lineage_of_").to_owned();
                let frame = collect(&mut context, &statement)?.lazy();
                lineage.push(frame.with_column(lit(table).alias("mart_table")));
            }
        }
    }
    let all = concat(lineage, UnionArgs::default()).and_then(LazyFrame::collect);
    let frame = conformed(&MART_LINEAGE, all.map_err(failed(MART_LINEAGE.name))?)?;
    write(&MART_LINEAGE, frame, &output(&MART_LINEAGE), &mut on_table)
}

fn scan(table: &str, files: &[PathBuf]) -> Result<LazyFrame> {
    let paths = files.iter().map(|path| PlRefPath::new(path.to_string_lossy())).collect();
    LazyFrame::scan_parquet_files(paths, ScanArgsParquet::default()).map_err(failed(table))
}

fn collect(context: &mut SQLContext, statement: &Statement) -> Result<DataFrame> {
    let frame = context.execute(&statement.sql).and_then(LazyFrame::collect);
    frame.map_err(failed(&statement.name))
}

/// The frame with the table's columns and types, ordered by key, and checked: a wrong column, a NULL
/// where there may be none, or a key that stands twice is an error.
fn conformed(table: &'static TableDef, frame: DataFrame) -> Result<DataFrame> {
    let contract = |reason: String| TransformError::Contract { table: table.name.to_owned(), reason };
    let mut found: Vec<&str> = frame.get_column_names().into_iter().map(PlSmallStr::as_str).collect();
    let mut expected: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    found.sort_unstable();
    expected.sort_unstable();
    if found != expected {
        return Err(contract(format!("expected columns {expected:?}, found {found:?}")));
    }
    let columns: Vec<Expr> =
        table.columns.iter().map(|column| col(column.name).strict_cast(data_type(column.column_type))).collect();
    let order = SortMultipleOptions::default().with_nulls_last(true).with_maintain_order(true);
    let frame = frame
        .lazy()
        .select(columns)
        .sort(table.key.iter().copied(), order)
        .collect()
        .map_err(failed(table.name))?;
    for column in table.columns.iter().filter(|column| !column.is_nullable) {
        let nulls = frame.column(column.name).map_err(failed(table.name))?.null_count();
        if nulls > 0 {
            return Err(contract(format!("column {} is NULL in {nulls} rows", column.name)));
        }
    }
    let keys = frame.select(table.key.iter().copied()).map_err(failed(table.name))?;
    let distinct = keys.unique_stable(None, UniqueKeepStrategy::Any, None).map_err(failed(table.name))?;
    if distinct.height() != frame.height() {
        return Err(contract(format!("{} rows share their key", frame.height() - distinct.height())));
    }
    Ok(frame)
}

fn data_type(column_type: ColumnType) -> DataType {
    match column_type {
        ColumnType::Text => DataType::String,
        ColumnType::Date => DataType::Date,
        ColumnType::Timestamp => DataType::Datetime(TimeUnit::Microseconds, Some(TimeZone::UTC)),
        ColumnType::Integer => DataType::Int64,
        ColumnType::Boolean => DataType::Boolean,
        ColumnType::Decimal => DataType::Decimal(38, 12),
        ColumnType::Double => DataType::Float64,
    }
}

fn write(
    table: &'static TableDef,
    mut frame: DataFrame,
    path: &Path,
    on_table: &mut impl FnMut(&'static TableDef, usize),
) -> Result<()> {
    let file = File::create_new(path)
        .map_err(|source| TransformError::Io { path: path.to_owned(), source })?;
    ParquetWriter::new(file)
        .with_compression(ParquetCompression::Zstd(None))
        .finish(&mut frame)
        .map_err(failed(table.name))?;
    on_table(table, frame.height());
    Ok(())
}

fn definition(name: &str) -> Result<&'static TableDef> {
    TABLES.iter().copied().find(|table| table.name == name).ok_or_else(|| TransformError::Contract {
        table: name.to_owned(),
        reason: "no schema in schemas/mart".to_owned(),
    })
}

fn failed(name: &str) -> impl FnOnce(PolarsError) -> TransformError {
    let name = name.to_owned();
    |source| TransformError::Statement { name, source }
}
