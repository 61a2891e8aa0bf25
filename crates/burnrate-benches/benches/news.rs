//! Articles to rows on one core: the long article that is recorded, over and over to a megabyte, eight
//! and one megabyte to see that time grows with the text.

use std::fs;

use burnrate_benches::{Failure, recorded};
use burnrate_prose::news::{Article, read_news};
use criterion::{BenchmarkId, Criterion, Throughput};

/// The program's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> Result<(), Failure> {
    let article = fs::read_to_string(recorded().join("../seed/subprime-ai-crisis.txt"))?;
    let mut criterion = Criterion::default().configure_from_args().sample_size(10);
    let mut group = criterion.benchmark_group("news");
    for times in [1, 20, 160] {
        let text = article.repeat(times);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(
            BenchmarkId::new("articles_to_rows", times),
            &text,
            |bencher, text| {
                let published = "2024-09-16".parse().ok();
                bencher.iter(|| read_news(&Article { text, title: None, published }));
            },
        );
    }
    group.finish();
    criterion.final_summary();
    Ok(())
}
