//! A year of filings in one process: the recorded Inline XBRL documents, over and over, from disk to rows
//! on two cores; how fast, against one document after another on one core, how much memory, and whether
//! time grows with the bytes.
//!
//! `just filings-year`, with another number of gigabytes than 5 as its argument.

#![expect(clippy::print_stdout, reason = "this is a program")]

use std::fs;
use std::io::Read as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use burnrate_benches::inline::{DOCUMENTS, filings, rows};
use burnrate_benches::{Failure, peak_memory_mb};

/// The program's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CORES: usize = 2;
const MEGABYTE: f64 = 1e6;

/// Bytes read, rows made, and the time it took: by the clock, and of the cores.
struct Outcome {
    megabytes: f64,
    rows: usize,
    seconds: f64,
    core_seconds: f64,
}

impl Outcome {
    fn rate(&self) -> f64 {
        self.megabytes / self.seconds
    }

    fn rate_per_core(&self) -> f64 {
        self.megabytes / self.core_seconds
    }
}

fn main() -> Result<(), Failure> {
    let gigabytes: f64 = match std::env::args().nth(1) {
        Some(text) => text.parse()?,
        None => 5.0,
    };
    let paths: Vec<PathBuf> = DOCUMENTS.iter().map(|name| filings().join(name)).collect();
    let mut size = 0;
    for path in &paths {
        size += fs::metadata(path)
            .map_err(|error| format!("{}: {error}; set BURNRATE_CAPTURES", path.display()))?
            .len();
    }
    let passes = |share: f64| (gigabytes * share * 1e9 / bytes_as_f64(size)).ceil();
    let one = run(&paths, passes(0.1), 1)?;
    println!(
        "one document after another on one core: {:.0} MB/s, {:.0} MB a second of a core",
        one.rate(),
        one.rate_per_core(),
    );
    let mut scale = (1.0, 1.0);
    for share in [0.2, 0.5, 1.0] {
        let year = run(&paths, passes(share), CORES)?;
        scale = (year.rate() / one.rate(), year.rate_per_core() / one.rate_per_core());
        println!(
            "{:.2} GB on {CORES} cores: {:.2} s, {:.0} MB/s, {:.2} s of cores, {} rows",
            year.megabytes / 1000.0,
            year.seconds,
            year.rate(),
            year.core_seconds,
            year.rows,
        );
    }
    // The second number holds on a machine that is busy with other things too.
    println!(
        "{:.2} times the rate of one core, each core at {:.0} % of it; peak memory {} MB",
        scale.0,
        100.0 * scale.1,
        peak_memory_mb()?,
    );
    Ok(())
}

/// Reads each document so many times, spread over threads.
fn run(paths: &[PathBuf], passes: f64, threads: usize) -> Result<Outcome, Failure> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small whole number"
    )]
    let count = paths.len() * passes as usize;
    let next = AtomicUsize::new(0);
    let (begun, before) = (Instant::now(), core_seconds()?);
    let work = || -> Result<(u64, usize), Failure> {
        let (mut bytes, mut made, mut body) = (0, 0, Vec::new());
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                return Ok((bytes, made));
            }
            body.clear();
            fs::File::open(&paths[index % paths.len()])?.read_to_end(&mut body)?;
            let extract = rows(&body).map_err(|error| error.to_string())?;
            if !extract.issues.is_empty() {
                return Err(format!("{:?}", extract.issues[0]).into());
            }
            bytes += u64::try_from(body.len())?;
            made += extract.rows.xbrl_fact.len();
        }
    };
    let outcomes: Vec<Result<(u64, usize), Failure>> = thread::scope(|scope| {
        let started: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        started
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| Err("a thread panicked".into())))
            .collect()
    });
    let (mut bytes, mut made) = (0, 0);
    for outcome in outcomes {
        let (of_thread, rows) = outcome?;
        bytes += of_thread;
        made += rows;
    }
    let megabytes = bytes_as_f64(bytes) / MEGABYTE;
    let (seconds, core_seconds) = (begun.elapsed().as_secs_f64(), core_seconds()? - before);
    Ok(Outcome { megabytes, rows: made, seconds, core_seconds })
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
fn bytes_as_f64(bytes: u64) -> f64 {
    bytes as f64
}

/// Time that the process had on any core, its own and the kernel's for it (`proc_pid_stat(5)`, fields 14
/// and 15, in hundredths of a second).
fn core_seconds() -> Result<f64, Failure> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let (_, fields) = stat.rsplit_once(')').ok_or("no name")?;
    let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<u32>);
    Ok(f64::from(ticks.sum::<Result<u32, _>>()?) / 100.0)
}
