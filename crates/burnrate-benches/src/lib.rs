//! Speed, measured against a named peer in the same run: `just bench`.
//!
//! The work to be measured stands here, so that the benchmark and the comparison of its result with
//! the peer's do the same.

pub mod inline;
pub mod prices;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use burnrate_model::generated::XbrlFact;
use burnrate_model::{Extract, Record as _, ShapeError, capture_id};
use burnrate_warehouse::{WarehouseError, arrow_schema, batch, write_batches};

/// Whatever went wrong.
pub type Failure = Box<dyn Error + Send + Sync>;

/// Where the SEC serves the measured document.
pub const URL: &str = "https://data.sec.gov/api/xbrl/companyfacts/CIK0001640147.json";

/// The source whose rows they are.
pub const SOURCE_ID: &str = "sec_companyfacts";

/// The folder of recorded documents: `BURNRATE_CAPTURES`, or beside the checkout.
pub fn recorded() -> PathBuf {
    std::env::var_os("BURNRATE_CAPTURES").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/captures"),
        PathBuf::from,
    )
}

/// The measured document, Snowflake's facts of 2025: 2.6 MB, 8,163 facts.
pub fn document() -> PathBuf {
    recorded().join("filings/companyfacts/SNOW-CIK0001640147-2025-06.json")
}

/// JSON to rows.
///
/// # Errors
/// Where the document is no companyfacts document.
pub fn parse(body: &[u8]) -> Result<Extract, ShapeError> {
    let mut extract = Extract::default();
    burnrate_xbrl::company_facts(body, &[], &mut extract)?;
    Ok(extract)
}

/// Rows to a Parquet file: hashes, Arrow columns, encoding and compression.
///
/// # Errors
/// Where the file cannot be written.
pub fn write(extract: &Extract, body: &[u8], path: &Path) -> Result<(), WarehouseError> {
    let batch = batch(SOURCE_ID, &capture_id(URL, body), &extract.rows.xbrl_fact)?;
    write_batches(path, arrow_schema(XbrlFact::TABLE), &[batch])
}

/// The most memory that this process has had at any time, in MiB (`VmHWM` of `proc_pid_status(5)`).
///
/// # Errors
/// Where the system does not say.
pub fn peak_memory_mb() -> Result<u64, Failure> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).ok_or("no VmHWM")?;
    Ok(line.split_whitespace().nth(1).ok_or("no number")?.parse::<u64>()? / 1024)
}
