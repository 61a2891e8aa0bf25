//! companyfacts JSON to rows, and rows to Parquet. The last file is left for the peer to compare with.

use std::fs;
use std::path::Path;

use burnrate_benches::{document, parse, write};
use criterion::{BatchSize, Criterion, Throughput};

/// The program's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = document();
    let body = fs::read(&path)
        .map_err(|error| format!("{}: {error}; set BURNRATE_CAPTURES", path.display()))?;
    let extract = parse(&body)?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("facts.parquet");
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("companyfacts");
    group.throughput(Throughput::Bytes(body.len() as u64));
    group.bench_function("json_to_rows", |bencher| bencher.iter(|| parse(&body)));
    group.bench_function("rows_to_parquet", |bencher| {
        bencher.iter_batched(
            || fs::remove_file(&file),
            |_| write(&extract, &body, &file),
            BatchSize::PerIteration,
        );
    });
    group.bench_function("json_to_parquet", |bencher| {
        bencher.iter_batched(
            || fs::remove_file(&file),
            |_| parse(&body).map(|extract| write(&extract, &body, &file)),
            BatchSize::PerIteration,
        );
    });
    group.finish();
    criterion.final_summary();
    if let Some(kept) = std::env::var_os("BURNRATE_BENCH_FILE").filter(|_| file.exists()) {
        fs::copy(&file, Path::new(&kept))?;
    }
    Ok(())
}
