//! Inline XBRL documents to facts and to rows, all of them in one go, which the peers do too.

use std::fs;

use burnrate_benches::inline::{DOCUMENTS, facts, filings, rows};
use criterion::{Criterion, Throughput};

/// The program's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = filings();
    let mut bodies = Vec::new();
    for name in DOCUMENTS {
        let path = folder.join(name);
        bodies.push(
            fs::read(&path)
                .map_err(|error| format!("{}: {error}; set BURNRATE_CAPTURES", path.display()))?,
        );
    }
    let size: usize = bodies.iter().map(Vec::len).sum();
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("inline");
    group.throughput(Throughput::Bytes(size as u64));
    group.bench_function("to_facts", |bencher| {
        bencher.iter(|| bodies.iter().filter_map(|body| facts(body).ok()).collect::<Vec<_>>());
    });
    group.bench_function("to_rows", |bencher| {
        bencher.iter(|| bodies.iter().filter_map(|body| rows(body).ok()).count());
    });
    group.finish();
    criterion.final_summary();
    Ok(())
}
