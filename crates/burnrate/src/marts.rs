//! Marts over a staged snapshot.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::bail;
use burnrate_model::generated::TABLES;
use burnrate_model::{TableDef, TableKind, sha256_hex};
use burnrate_pipelines::metrics::METRICS;
use burnrate_warehouse::{Snapshot, Staging};
use chrono::NaiveDate;

use crate::config::Config;
use crate::progress::Progress;
use crate::{Ending, now, run};

/// `burnrate transform`: the marts anew over the newest core tables.
pub(crate) fn transform(config: &Config, as_of: Option<NaiveDate>) -> anyhow::Result<Ending> {
    let (warehouse, _lock) = run::open(config, "transform")?;
    let Some(latest) = warehouse.latest()? else {
        bail!("{} has no snapshot yet; run `burnrate ingest` first", config.warehouse().display());
    };
    let mut staging = run::stage(&warehouse, Some(&latest), now(), as_of)?;
    let changed = refresh(&mut staging, as_of)?;
    let snapshot = staging.commit(as_of.is_none())?;
    let published = match as_of {
        Some(day) => {
            format!("marts as of {day} are in snapshot {}, beside latest", snapshot.manifest.id)
        }
        None if changed => {
            format!("marts computed anew; published snapshot {}", snapshot.manifest.id)
        }
        None => format!(
            "nothing new: the marts were current; snapshot {} equals its parent",
            snapshot.manifest.id
        ),
    };
    println!("{published}");
    println!("query it: duckdb -init {}", snapshot.folder().join("views.sql").display());
    Ok(Ending::Done)
}

/// Computes the marts unless they were made from the same core tables, texts and date; returns whether
/// any of them changed.
pub(crate) fn refresh(staging: &mut Staging, as_of: Option<NaiveDate>) -> anyhow::Result<bool> {
    staging.seal()?;
    let made_from = made_from(staging, as_of);
    if staging.marts_made_from() == Some(&made_from) {
        return Ok(false);
    }
    let inputs = inputs(|table| staging.files(table));
    let marts: Vec<_> = TABLES.iter().filter(|table| table.kind == TableKind::Mart).collect();
    let progress = Progress::start("marts", marts.len());
    let mut rows = 0;
    let output = |table: &'static TableDef| staging.mart_path(table);
    burnrate_transform::run(METRICS, &inputs, as_of, output, |_, table_rows| {
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
fn made_from(staging: &Staging, as_of: Option<NaiveDate>) -> String {
    let mut text = staging.core_checksums();
    for metric in METRICS {
        // Writing to a String cannot fail.
        let _infallible = writeln!(text, "{}\n{}", metric.table, metric.sql);
    }
    let _infallible = writeln!(text, "{as_of:?} {}", env!("CARGO_PKG_VERSION"));
    sha256_hex(text.as_bytes())
}
