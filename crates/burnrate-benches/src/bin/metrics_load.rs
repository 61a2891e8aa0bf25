//! Every derived table from a folder of core tables, in a process of its own: `just metrics-load`.
//!
//! `marts FOLDER OUT` writes them and prints the peak of memory in MiB, on standard error the time that each took;
//! `script FOLDER` prints what DuckDB is to run.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this is a program")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use burnrate_benches::{Failure, peak_memory_mb};
use burnrate_model::generated::TABLES;
use burnrate_model::{Clock, TableDef, TableKind};
use burnrate_pipelines::metrics::METRICS;
use burnrate_transform::Dialect;

/// The program's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["script", folder] => {
            print!("{}", Dialect::DuckDb.script(METRICS, Clock::Now, Path::new(folder))?);
            Ok(())
        }
        ["marts", folder, out] => marts(Path::new(folder), Path::new(out)),
        _ => Err("usage: metrics_load script FOLDER | marts FOLDER OUT".into()),
    }
}

fn marts(folder: &Path, out: &Path) -> Result<(), Failure> {
    let core = TABLES.iter().filter(|table| table.kind != TableKind::Mart);
    let inputs = core
        .map(|table| Ok((table.name, files(&folder.join(table.name))?)))
        .collect::<Result<BTreeMap<_, _>, Failure>>()?;
    let output = |table: &'static TableDef| out.join(format!("{}.parquet", table.name));
    let begun = Instant::now();
    burnrate_transform::run(METRICS, &inputs, Clock::Now, output, |table, rows| {
        let seconds = begun.elapsed().as_secs_f64();
        eprintln!("  {seconds:8.1} s  {}: {rows} rows", table.name);
    })?;
    println!("{}", peak_memory_mb()?);
    Ok(())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = folder.read_dir().map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, Failure>>()?;
    paths.sort();
    Ok(paths)
}
