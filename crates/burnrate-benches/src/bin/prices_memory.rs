//! Peak memory of reading price lists, body and rows included, each in a process of its own: the largest
//! recorded one, and an answer of Azure repeated to so many megabytes.
//!
//! `just prices-memory`, with another number of megabytes than 50 as its argument.

#![expect(clippy::print_stdout, reason = "this is a program")]

use std::process::Command;
use std::time::Instant;

use burnrate_benches::prices::{price_lists, row_count};
use burnrate_benches::{Failure, peak_memory_mb};

/// The program's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The recorded answer that is repeated.
const AZURE: &str = "pricing/gpu/azure-retail-gpu-2026-10.json";

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [file, megabytes] => measure(file, megabytes.parse()?),
        [] => each("50"),
        [megabytes] => each(megabytes),
        _ => Err("usage: prices_memory [MEGABYTES]".into()),
    }
}

/// Starts a process for each list.
fn each(megabytes: &str) -> Result<(), Failure> {
    let mut largest = (0, String::new());
    for list in price_lists()?.into_iter().filter(|list| !list.is_refused) {
        let size = list.document()?.body.len();
        if size > largest.0 {
            largest = (size, list.file);
        }
    }
    for arguments in [[largest.1.as_str(), "0"], [AZURE, megabytes]] {
        let status = Command::new(std::env::current_exe()?).args(arguments).status()?;
        if !status.success() {
            return Err(format!("{arguments:?}: {status}").into());
        }
    }
    Ok(())
}

/// Reads a recorded document, its items repeated to so many megabytes.
fn measure(file: &str, megabytes: usize) -> Result<(), Failure> {
    let list = price_lists()?.into_iter().find(|list| list.file == file).ok_or("not recorded")?;
    let mut document = list.document()?;
    if megabytes > 0 {
        document.body = repeated(&document.body, megabytes * 1_000_000)?;
    }
    let before = peak_memory_mb()?;
    let begun = Instant::now();
    let extract = list.rows(&document)?;
    println!(
        "{file}, {} kB: {} rows and {} issues in {:.0?}; peak memory {} MiB, before reading {before} MiB",
        document.body.len() / 1000,
        row_count(&extract),
        extract.issues.len(),
        begun.elapsed(),
        peak_memory_mb()?,
    );
    Ok(())
}

/// An answer whose items are those of the recorded one over and over, to about so many bytes.
fn repeated(answer: &[u8], size: usize) -> Result<Vec<u8>, Failure> {
    let answer = str::from_utf8(answer)?;
    let (head, rest) = answer.split_once('[').ok_or("no items")?;
    let (items, tail) = rest.rsplit_once(']').ok_or("no end of items")?;
    let mut body = Vec::with_capacity(size + answer.len());
    body.extend_from_slice(head.as_bytes());
    let mut separator = b"[";
    while body.len() < size {
        body.extend_from_slice(separator);
        body.extend_from_slice(items.as_bytes());
        separator = b",";
    }
    body.push(b']');
    body.extend_from_slice(tail.as_bytes());
    Ok(body)
}
