//! Marts over a staged snapshot.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use burnrate_model::generated::TABLES;
use burnrate_model::{Clock, TableDef, TableKind, sha256_hex};
use burnrate_pipelines::metrics::METRICS;
use burnrate_warehouse::{Snapshot, Staging};

use crate::cli::ClockArgs;
use crate::config::Config;
use crate::progress::Progress;
use crate::{Ending, now, run};

/// `burnrate transform`: the marts anew over core tables, the newest or those of an earlier time.
pub(crate) fn transform(config: &Config, args: &ClockArgs) -> anyhow::Result<Ending> {
    let (warehouse, _lock) = run::open(config, "transform")?;
    let base = run::recorded(&warehouse, args.as_recorded)?;
    let clock = args.clock();
    let is_latest = clock == Clock::Now && args.as_recorded.is_none();
    let mut staging = run::stage(&warehouse, Some(&base), now(), clock)?;
    let changed = refresh(&mut staging, clock)?;
    let snapshot = staging.commit(is_latest)?;
    let id = &snapshot.manifest.id;
    let published = match (is_latest, changed) {
        (false, _) => format!("marts {clock} are in snapshot {id}, beside latest"),
        (true, true) => format!("marts computed anew; published snapshot {id}"),
        (true, false) => {
            format!("nothing new: the marts were current; snapshot {id} equals its parent")
        }
    };
    println!("{published}");
    println!("query it: duckdb -init {}", snapshot.folder().join("views.sql").display());
    Ok(Ending::Done)
}

/// Computes the marts unless they were made from the same core tables, texts and date; returns whether
/// any of them changed.
pub(crate) fn refresh(staging: &mut Staging, clock: Clock) -> anyhow::Result<bool> {
    staging.seal()?;
    let made_from = made_from(staging, clock);
    if staging.marts_made_from() == Some(&made_from) {
        return Ok(false);
    }
    let inputs = inputs(|table| staging.files(table));
    let marts: Vec<_> = TABLES.iter().filter(|table| table.kind == TableKind::Mart).collect();
    let progress = Progress::start("marts", marts.len());
    let mut rows = 0;
    let paths: BTreeMap<_, _> =
        marts.iter().map(|table| (table.name, staging.mart_path(table))).collect();
    let output = |table: &'static TableDef| paths.get(table.name).cloned().unwrap_or_default();
    burnrate_transform::run(METRICS, &inputs, clock, output, |_, table_rows| {
        rows += table_rows;
        progress.step();
    })?;
    let mut changed = false;
    for table in marts {
        changed |= staging.mart(table)?;
    }
    staging.note_marts_made_from(made_from);
    progress.finish(&format!("{rows} rows in {} tables", METRICS.len() + 1));
    Ok(changed)
}

/// The files of every table that a metric may read.
fn inputs(files: impl Fn(&str) -> Vec<PathBuf>) -> BTreeMap<&'static str, Vec<PathBuf>> {
    let core = TABLES.iter().filter(|table| table.kind != TableKind::Mart);
    core.map(|table| (table.name, files(table.name))).collect()
}

/// The files of every table of a snapshot.
pub(crate) fn tables_of(snapshot: &Snapshot) -> BTreeMap<&'static str, Vec<PathBuf>> {
    let there = TABLES.iter().filter(|table| !snapshot.manifest.files(table.name).is_empty());
    there.map(|table| (table.name, snapshot.files(table.name))).collect()
}

/// A hash of all that the marts depend on.
fn made_from(staging: &Staging, clock: Clock) -> String {
    let mut text = staging.core_checksums();
    for metric in METRICS {
        // Writing to a String cannot fail.
        let _infallible = writeln!(text, "{}\n{}", metric.table, metric.sql);
    }
    let _infallible = writeln!(text, "{clock:?} {}", env!("CARGO_PKG_VERSION"));
    sha256_hex(text.as_bytes())
}
