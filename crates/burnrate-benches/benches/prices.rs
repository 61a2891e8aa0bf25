//! All recorded price lists to rows, one after another on one core, and the HTML pages among them alone,
//! which the peer parses too.

use std::time::{Duration, Instant};

use burnrate_benches::prices::{PriceList, price_lists, row_count};
use criterion::{Criterion, Throughput};

/// The program's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// So many of the slowest documents are named.
const NAMED: usize = 8;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let lists = price_lists()?;
    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    show(&lists);
    let mut group = criterion.benchmark_group("prices");
    group.throughput(Throughput::Bytes(size(&lists)));
    group.bench_function("all_to_rows", |bencher| {
        bencher.iter(|| lists.iter().filter_map(|list| list.rows().ok()).count());
    });
    let pages: Vec<&PriceList> = lists.iter().filter(|list| list.is_read_html()).collect();
    group.throughput(Throughput::Bytes(size(pages.iter().copied())));
    group.bench_function("html_to_rows", |bencher| {
        bencher.iter(|| pages.iter().filter_map(|list| list.rows().ok()).count());
    });
    group.finish();
    criterion.final_summary();
    Ok(())
}

fn size<'a>(lists: impl IntoIterator<Item = &'a PriceList>) -> u64 {
    lists.into_iter().map(|list| list.document.body.len() as u64).sum()
}

/// Reads each once, shows what came of it and which took longest.
#[expect(clippy::print_stdout, reason = "this is a program")]
fn show(lists: &[PriceList]) {
    let (mut rows, mut refused) = (0, 0);
    let mut times: Vec<(Duration, &PriceList)> = Vec::new();
    for list in lists {
        let begun = Instant::now();
        let read = list.rows();
        times.push((begun.elapsed(), list));
        match read {
            Ok(extract) => rows += row_count(&extract),
            Err(_) => refused += 1,
        }
    }
    println!(
        "{} recorded price lists, {} kB: {rows} rows, {refused} refused, each read once in {:.1?}",
        lists.len(),
        size(lists) / 1000,
        times.iter().map(|(time, _)| *time).sum::<Duration>(),
    );
    times.sort_by_key(|(time, _)| std::cmp::Reverse(*time));
    for (time, list) in times.iter().take(NAMED) {
        println!("  {time:.1?} for the {} kB of {}", list.document.body.len() / 1000, list.file);
    }
}
