//! All recorded price lists to rows, one after another on one core, and the HTML pages among them alone,
//! which the peer parses too.

use std::cmp::Reverse;
use std::time::{Duration, Instant};

use burnrate_benches::Failure;
use burnrate_benches::prices::{PriceList, price_lists, row_count};
use burnrate_model::RawDocument;
use criterion::{Criterion, Throughput};

/// The program's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// So many of the slowest documents are named.
const NAMED: usize = 8;

type Recorded = (PriceList, RawDocument);

fn main() -> Result<(), Failure> {
    let mut lists = Vec::new();
    for list in price_lists()? {
        let document = list.document()?;
        lists.push((list, document));
    }
    show(&lists);
    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    let mut group = criterion.benchmark_group("prices");
    group.throughput(Throughput::Bytes(size(&lists)));
    group.bench_function("all_to_rows", |bencher| bencher.iter(|| read(&lists)));
    lists.retain(|(list, _)| list.is_read_html());
    group.throughput(Throughput::Bytes(size(&lists)));
    group.bench_function("html_to_rows", |bencher| bencher.iter(|| read(&lists)));
    group.finish();
    criterion.final_summary();
    Ok(())
}

fn size(lists: &[Recorded]) -> u64 {
    lists.iter().map(|(_, document)| document.body.len() as u64).sum()
}

/// Reads each, one after another; how many are not refused.
fn read(lists: &[Recorded]) -> usize {
    lists.iter().filter_map(|(list, document)| list.rows(document).ok()).count()
}

/// Reads each once, shows what came of it and which took longest.
#[expect(clippy::print_stdout, reason = "this is a program")]
fn show(lists: &[Recorded]) {
    let (mut rows, mut refused) = (0, 0);
    let mut times = Vec::new();
    for (list, document) in lists {
        let begun = Instant::now();
        let read = list.rows(document);
        times.push((begun.elapsed(), &list.file, document.body.len() / 1000));
        match read {
            Ok(extract) => rows += row_count(&extract),
            Err(_) => refused += 1,
        }
    }
    println!(
        "{} recorded price lists, {} kB: {rows} rows, {refused} refused, each read once in {:.1?}",
        lists.len(),
        size(lists) / 1000,
        times.iter().map(|(time, ..)| *time).sum::<Duration>(),
    );
    times.sort_by_key(|(time, ..)| Reverse(*time));
    for (time, file, kilobytes) in times.iter().take(NAMED) {
        println!("  {time:.1?} for the {kilobytes} kB of {file}");
    }
}
