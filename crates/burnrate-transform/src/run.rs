//! Running the script in Polars.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};

use burnrate_model::generated::{MART_LINEAGE, TABLES};
use burnrate_model::{Clock, ColumnType, Metric, TableDef};
use polars::prelude::*;
use polars::sql::SQLContext;

use crate::script::{ScriptError, Statement, StatementKind, lineage_table, script, words};

/// Why derived tables could not be made.
#[derive(Debug, thiserror::Error)]
pub enum TransformError {
    /// A metric file is not as it should be.
    #[error(transparent)]
    Script(#[from] ScriptError),
    /// Polars could not run a statement.
    #[error("{name}: {error}")]
    Statement {
        /// The statement.
        name: String,
        /// What Polars said.
        error: PolarsError,
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
    #[error("{path}: {error}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
}

type Result<T> = std::result::Result<T, TransformError>;

/// Rows of a row group. Tables are sorted by key: whoever looks for a row by its `row_id` reads one group.
const GROUP_ROWS: usize = 4096;

/// Polars walks a statement's plan by recursion, which takes more than a thread's usual stack where a statement
/// puts many others together.
const PLAN_STACK: usize = 64 << 20;

/// Files that an error of a query names at most.
const FILES_NAMED: usize = 16;

/// Computes every derived table from the core files in `inputs`, by `clock`, and writes each
/// to the path that `output` names. `on_table` is told of each that is done, with its number of rows.
///
/// # Errors
/// [`TransformError`]; what was written by then is not to be used.
pub fn run(
    metrics: &[Metric],
    inputs: &BTreeMap<&str, Vec<PathBuf>>,
    clock: Clock,
    output: impl Fn(&'static TableDef) -> PathBuf + Send,
    on_table: impl FnMut(&'static TableDef, usize) + Send,
) -> Result<()> {
    let failed = |error: std::io::Error| TransformError::Contract {
        table: "marts".to_owned(),
        reason: format!("no thread to compute them: {error}"),
    };
    std::thread::scope(|scope| {
        let statements = || run_all(metrics, inputs, clock, output, on_table);
        let thread = std::thread::Builder::new().stack_size(PLAN_STACK);
        let computed = thread.spawn_scoped(scope, statements).map_err(failed)?;
        computed.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn run_all(
    metrics: &[Metric],
    inputs: &BTreeMap<&str, Vec<PathBuf>>,
    clock: Clock,
    output: impl Fn(&'static TableDef) -> PathBuf,
    mut on_table: impl FnMut(&'static TableDef, usize),
) -> Result<()> {
    let mut tables = Tables::scan(inputs)?;
    let mut lineage = Vec::new();
    let statements = script(metrics, clock)?;
    let mut done_with = read_last(&statements);
    for Statement { name, kind, sql } in statements {
        let result = tables.execute(&name, &sql)?;
        match kind {
            StatementKind::Known => tables.insert(&name, result),
            StatementKind::Step => tables.insert(&name, collect(&name, result)?.lazy()),
            StatementKind::Rows => {
                let table = definition(&name)?;
                let frame = conformed(table, collect(&name, result)?)?;
                tables.insert(&name, frame.clone().lazy());
                write(table, frame, &output(table), &mut on_table)?;
            }
            StatementKind::Lineage => {
                let table = lineage_table(&name).to_owned();
                let frame = collect(&name, result)?.lazy();
                lineage.push(frame.with_column(lit(table).alias("mart_table")));
            }
        }
        for read in done_with.remove(&name).unwrap_or_default() {
            tables.remove(&read);
        }
    }
    let all = concat(lineage, UnionArgs::default()).and_then(LazyFrame::collect);
    let frame = conformed(&MART_LINEAGE, all.map_err(failed(MART_LINEAGE.name))?)?;
    write(&MART_LINEAGE, frame, &output(&MART_LINEAGE), &mut on_table)
}

/// What no statement reads after the one named: its memory can go. A view is a recipe that others hold a copy
/// of, so that it keeps what it reads for as long as they need it.
fn read_last(statements: &[Statement]) -> BTreeMap<String, Vec<String>> {
    let mut last = BTreeMap::new();
    for statement in statements {
        last.insert(statement.name.as_str(), statement.name.as_str());
        for word in words(&statement.sql) {
            if let Some(reader) = last.get_mut(word) {
                *reader = &statement.name;
            }
        }
    }
    let mut read_last: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, reader) in last {
        read_last.entry(reader.to_owned()).or_default().push(name.to_owned());
    }
    read_last
}

/// Runs one `SELECT` over the tables in `inputs` and gives its cells as text, NULL as `None`.
///
/// # Errors
/// Where Polars cannot read a file or run the text.
pub fn query(inputs: &BTreeMap<&str, Vec<PathBuf>>, sql: &str) -> Result<Vec<Vec<Option<String>>>> {
    // Polars does not say which file it could not read.
    let files: Vec<_> = inputs
        .values()
        .flatten()
        .take(FILES_NAMED)
        .map(|path| path.display().to_string())
        .collect();
    let name = format!("reading {}", files.join(", "));
    let tables = Tables::scan(inputs)?;
    let frame = collect(&name, tables.execute(&name, sql)?)?;
    let cell = |column: &Column, row: usize| {
        let value = column.get(row).map_err(failed(&name))?;
        Ok((!value.is_null()).then(|| value.str_value().into_owned()))
    };
    (0..frame.height())
        .map(|row| frame.columns().iter().map(|column| cell(column, row)).collect())
        .collect()
}

/// The tables that statements read, by name.
struct Tables(BTreeMap<String, LazyFrame>);

impl Tables {
    fn scan(inputs: &BTreeMap<&str, Vec<PathBuf>>) -> Result<Self> {
        let mut tables = BTreeMap::new();
        for (table, files) in inputs {
            let paths = files.iter().map(|path| PlRefPath::new(path.to_string_lossy())).collect();
            // A path is a path, whatever characters it has.
            let arguments = ScanArgsParquet { glob: false, ..ScanArgsParquet::default() };
            let frame = LazyFrame::scan_parquet_files(paths, arguments);
            tables.insert((*table).to_owned(), frame.map_err(failed(table))?);
        }
        Ok(Self(tables))
    }

    /// Runs one statement in a context of its own: aliases of one statement outlive it in a context,
    /// and the next one that uses the same alias would read the wrong table.
    fn execute(&self, name: &str, sql: &str) -> Result<LazyFrame> {
        let mut context = SQLContext::new();
        let read: BTreeSet<_> = words(sql).collect();
        for (table, frame) in self.0.iter().filter(|(table, _)| read.contains(table.as_str())) {
            context.register(table, frame.clone());
        }
        context.execute(sql).map_err(failed(name))
    }

    fn insert(&mut self, name: &str, frame: LazyFrame) {
        self.0.insert(name.to_owned(), frame);
    }

    fn remove(&mut self, name: &str) {
        self.0.remove(name);
    }
}

fn collect(name: &str, frame: LazyFrame) -> Result<DataFrame> {
    frame.collect().map_err(failed(name))
}

/// The frame with the table's columns and types, ordered by key, and checked: a wrong column, a NULL
/// where there may be none, or a key that stands twice is an error.
fn conformed(table: &'static TableDef, frame: DataFrame) -> Result<DataFrame> {
    let contract =
        |reason: String| TransformError::Contract { table: table.name.to_owned(), reason };
    let mut found: Vec<&str> =
        frame.get_column_names().into_iter().map(PlSmallStr::as_str).collect();
    let mut expected: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    found.sort_unstable();
    expected.sort_unstable();
    if found != expected {
        return Err(contract(format!("expected columns {expected:?}, found {found:?}")));
    }
    let columns: Vec<Expr> = table
        .columns
        .iter()
        .map(|column| col(column.name).strict_cast(data_type(column.column_type)))
        .collect();
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
    let repeated = repeated_keys(table, &frame)?;
    if repeated > 0 {
        return Err(contract(format!("{repeated} rows share their key")));
    }
    Ok(frame)
}

/// How many rows of a frame in order of its key, which is never NULL, have the key of the row before.
fn repeated_keys(table: &TableDef, frame: &DataFrame) -> Result<usize> {
    let same = |column: &&str| col(*column).eq(col(*column).shift(lit(1)));
    let is_repeated = table.key.iter().map(same).fold(lit(true), Expr::and);
    let repeated = frame.clone().lazy().filter(is_repeated).collect();
    Ok(repeated.map_err(failed(table.name))?.height())
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
        .map_err(|error| TransformError::Io { path: path.to_owned(), error })?;
    ParquetWriter::new(file)
        .with_compression(ParquetCompression::Zstd(None))
        .with_row_group_size(Some(GROUP_ROWS))
        .finish(&mut frame)
        .map_err(failed(table.name))?;
    on_table(table, frame.height());
    Ok(())
}

fn definition(name: &str) -> Result<&'static TableDef> {
    TABLES.iter().copied().find(|table| table.name == name).ok_or_else(|| {
        TransformError::Contract {
            table: name.to_owned(),
            reason: "no schema in schemas/mart".to_owned(),
        }
    })
}

fn failed(name: &str) -> impl FnOnce(PolarsError) -> TransformError {
    let name = name.to_owned();
    |error| TransformError::Statement { name, error }
}
