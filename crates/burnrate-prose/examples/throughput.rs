//! How fast disclosures are read on one core: `cargo run --release --example throughput -- FILE...`
//!
//! Each file is a text of UTF-8; markup is text like any other here, so take the visible text first.

use std::io::Write as _;
use std::time::Instant;

use burnrate_prose::disclosures;

fn main() -> std::io::Result<()> {
    let mut text = String::new();
    for file in std::env::args_os().skip(1) {
        text.push_str(&std::fs::read_to_string(file)?);
        text.push('\n');
    }
    let megabytes = text.len().div_ceil(1_000_000);
    // Small inputs are read again until the clock can tell.
    let rounds = 100_usize.div_ceil(megabytes.max(1));
    let start = Instant::now();
    let found: usize = (0..rounds).map(|_| disclosures(&text).count()).sum();
    let seconds = start.elapsed().as_secs_f64();
    let bytes = u32::try_from(text.len() * rounds).map_or(f64::MAX, f64::from);
    let rate = bytes / 1e6 / seconds;
    let each = found / rounds;
    writeln!(
        std::io::stdout(),
        "{rate:.1} MB/s on one core; {each} disclosures in {} bytes, {rounds} rounds in {seconds:.2} s",
        text.len()
    )
}
