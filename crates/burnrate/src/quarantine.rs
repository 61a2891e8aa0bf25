//! `burnrate quarantine`: records that were not read, and what became of them.
//!
//! A record stays in `core_quarantine` for good. Whether it was read since is in
//! `core_quarantine_resolution`, whose last line of a record counts.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{self, BufWriter, Write as _};
use std::path::PathBuf;

use anyhow::bail;
use burnrate_model::Spec;
use burnrate_model::generated::{
    CORE_CAPTURE, CORE_QUARANTINE, CORE_QUARANTINE_RESOLUTION, QuarantineResolution,
};
use burnrate_warehouse::{Snapshot, Staging, Warehouse};
use chrono::{DateTime, Utc};
use serde_json::json;

use crate::cli::{Format, QuarantineCommand, QuarantineListArgs};
use crate::config::Config;
use crate::diff::Report;
use crate::reparse::Reread;
use crate::{Ending, run, written};

/// Resolution of a record that today's parser reads, or no longer takes for one.
pub(crate) const READ: &str = "read";
/// Resolution of a record that is refused again.
const REFUSED: &str = "refused";

/// Records that people are shown.
const ROWS_SHOWN: usize = 50;

pub(crate) fn quarantine(config: &Config, command: &QuarantineCommand) -> anyhow::Result<Ending> {
    match command {
        QuarantineCommand::List(args) => written(list(&latest(config)?, args)),
        QuarantineCommand::Show { id } => written(show(&latest(config)?, id)),
        QuarantineCommand::Replay { source } => replay(config, source.as_deref()),
    }
}

fn latest(config: &Config) -> anyhow::Result<Snapshot> {
    let folder = config.warehouse();
    let latest = match Warehouse::existing(&folder)? {
        Some(warehouse) => warehouse.latest()?,
        None => None,
    };
    let Some(latest) = latest else {
        bail!("{} has no snapshot yet; `burnrate ingest` makes one", folder.display());
    };
    Ok(latest)
}

/// A record that was not read.
struct Refused {
    row_id: String,
    source_id: String,
    capture_id: String,
    locator: String,
    known_on: String,
    url: String,
    reason: String,
    record: String,
    parser_version: String,
    /// The last resolution, and when that was.
    resolution: Option<(String, String)>,
}

impl Refused {
    fn is_open(&self) -> bool {
        self.resolution.as_ref().is_none_or(|(resolution, _)| resolution != READ)
    }

    fn state(&self) -> String {
        match &self.resolution {
            Some((resolution, at)) => format!("{resolution} since {at}"),
            None => "open".to_owned(),
        }
    }
}

/// The records of a snapshot, by source and document.
fn records(snapshot: &Snapshot) -> anyhow::Result<Vec<Refused>> {
    let mut resolutions = resolutions(snapshot)?;
    let rows = burnrate_transform::query(
        &[(CORE_QUARANTINE.name, snapshot.files(CORE_QUARANTINE.name))].into(),
        "SELECT row_id, source_id, capture_id, locator, known_on, url, reason, record, parser_version \
         FROM core_quarantine ORDER BY source_id, url, row_id",
    )?;
    let record = |row: Vec<Option<String>>| {
        let mut cells = row.into_iter().map(Option::unwrap_or_default);
        let mut next = || cells.next().unwrap_or_default();
        let row_id = next();
        Refused {
            resolution: resolutions.remove(&row_id),
            row_id,
            source_id: next(),
            capture_id: next(),
            locator: next(),
            known_on: next(),
            url: next(),
            reason: next(),
            record: next(),
            parser_version: next(),
        }
    };
    Ok(rows.into_iter().map(record).collect())
}

/// The last resolution of each record that has any, and when that was.
fn resolutions(snapshot: &Snapshot) -> anyhow::Result<HashMap<String, (String, String)>> {
    let files = snapshot.files(CORE_QUARANTINE_RESOLUTION.name);
    if files.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = burnrate_transform::query(
        &[(CORE_QUARANTINE_RESOLUTION.name, files)].into(),
        "SELECT quarantine_row_id, resolution, resolved_at FROM core_quarantine_resolution ORDER BY new_snapshot_id",
    )?;
    let entry = |row: Vec<Option<String>>| match <[Option<String>; 3]>::try_from(row) {
        Ok([Some(id), Some(resolution), Some(at)]) => Some((id, (resolution, at))),
        _ => None,
    };
    Ok(rows.into_iter().filter_map(entry).collect())
}

fn list(snapshot: &Snapshot, args: &QuarantineListArgs) -> anyhow::Result<()> {
    let is_asked_for = |record: &Refused| {
        (args.resolved || record.is_open())
            && args.source.as_ref().is_none_or(|source| *source == record.source_id)
    };
    let records: Vec<_> = records(snapshot)?.into_iter().filter(is_asked_for).collect();
    let mut out = BufWriter::new(io::stdout().lock());
    if args.format == Format::Json {
        for record in &records {
            let state = record.resolution.as_ref();
            let line = json!({
                "row_id": record.row_id, "source_id": record.source_id, "capture_id": record.capture_id,
                "locator": record.locator, "known_on": record.known_on, "url": record.url, "reason": record.reason,
                "record": record.record, "parser_version": record.parser_version.parse::<i64>().ok(),
                "resolution": state.map(|(resolution, _)| resolution), "resolved_at": state.map(|(_, at)| at),
            });
            writeln!(out, "{line}")?;
        }
        out.flush()?;
        return Ok(());
    }
    for record in records.iter().take(ROWS_SHOWN) {
        let (id, source) = (&record.row_id, &record.source_id);
        writeln!(out, "{id} {source} ({}) {}", record.state(), record.url)?;
        writeln!(out, "  {}: {}", record.locator, record.reason)?;
    }
    match records.len().checked_sub(ROWS_SHOWN) {
        Some(more) if more > 0 => writeln!(out, "… {more} more: all of them with --format json")?,
        _ => writeln!(out, "{} records", records.len())?,
    }
    out.flush()?;
    Ok(())
}

fn show(snapshot: &Snapshot, id: &str) -> anyhow::Result<()> {
    let records = records(snapshot)?;
    let mut found = records.iter().filter(|record| record.row_id.starts_with(id));
    let record = match (found.next(), found.next()) {
        (Some(record), None) => record,
        (None, _) => bail!("no record {id}: `burnrate quarantine list` shows them"),
        (Some(one), Some(other)) => bail!(
            "{id} begins the ids of several records, {} and {} among them: give more of it",
            one.row_id,
            other.row_id
        ),
    };
    let archived = burnrate_transform::query(
        &[(CORE_CAPTURE.name, snapshot.files(CORE_CAPTURE.name))].into(),
        &format!(
            "SELECT warc_file, warc_offset, payload_sha256 FROM core_capture WHERE capture_id = '{}' \
             AND warc_record_type = 'response' ORDER BY fetched_at LIMIT 1",
            record.capture_id.replace('\'', "''")
        ),
    )?;
    let archived = archived.into_iter().next().unwrap_or_default();
    let archived: Vec<_> = archived.into_iter().map(Option::unwrap_or_default).collect();
    let mut out = BufWriter::new(io::stdout().lock());
    for (name, text) in [
        ("record", record.row_id.as_str()),
        ("state", &record.state()),
        ("source", &record.source_id),
        ("parser version", &record.parser_version),
        ("known on", &record.known_on),
        ("document", &record.url),
        ("capture", &record.capture_id),
        ("archived", &archived.join(" ")),
        ("locator", &record.locator),
        ("reason", &record.reason),
    ] {
        writeln!(out, "{name:>14}: {text}")?;
    }
    writeln!(out, "\n{}", record.record)?;
    out.flush()?;
    Ok(())
}

/// Reads the documents of sources with open records again: all of them, since what one document says
/// decides what another one corrects.
fn replay(config: &Config, only: Option<&str>) -> anyhow::Result<Ending> {
    if let Some(source) = only {
        burnrate_pipelines::source(source)?;
    }
    let (warehouse, _lock) = run::open(config, "quarantine replay")?;
    let latest = latest(config)?;
    let mut open: BTreeMap<String, usize> = BTreeMap::new();
    for record in records(&latest)?.into_iter().filter(Refused::is_open) {
        if only.is_none_or(|source| source == record.source_id) {
            *open.entry(record.source_id).or_default() += 1;
        }
    }
    if open.is_empty() {
        println!("nothing to do: no record is in quarantine that was not read since");
        return Ok(Ending::Done);
    }
    let sources = open.keys().map(|id| Ok(burnrate_pipelines::source(id)?));
    let sources = sources.collect::<anyhow::Result<Vec<_>>>()?;
    let mut report = Report::new(false);
    let reread = Reread::of(&warehouse, &latest, &sources, &mut report)?;
    let is_read = |row: &&QuarantineResolution| row.resolution == READ;
    let read = reread.resolutions.iter().filter(is_read).count();
    let open: usize = open.values().sum();
    if read == 0 {
        reread.discard()?;
        println!("nothing was published: today's parsers refuse all {open} records as before");
        return Ok(Ending::Incomplete);
    }
    report.finish()?;
    let ending = reread.commit()?;
    let left = open - read;
    if left > 0 {
        println!("{left} records are refused as before");
    }
    Ok(if left > 0 { Ending::Incomplete } else { ending })
}

/// Compares the records that the staged snapshot refuses of a source with those of its parent, keeps those
/// that it no longer refuses, and says what became of them. Of a document that is refused as a whole no record is read.
pub(crate) fn resolve(
    staging: &mut Staging,
    parent: &Snapshot,
    spec: &Spec,
    resolved_at: DateTime<Utc>,
    refused_captures: &HashSet<String>,
) -> anyhow::Result<Vec<QuarantineResolution>> {
    let refused = captures_by_row(staging.files(CORE_QUARANTINE.name), &spec.id)?;
    let mut left = captures_by_row(parent.files(CORE_QUARANTINE.name), &spec.id)?;
    left.retain(|id, _| !refused.contains_key(id));
    staging.keep_quarantined(parent, &spec.id, &left.keys().cloned().collect())?;
    let is_of_read = |(_, capture): &(String, String)| !refused_captures.contains(capture);
    let read: BTreeMap<_, _> = left.into_iter().filter(is_of_read).collect();
    let known = resolutions(parent)?;
    let is_read = |id: &str| known.get(id).is_some_and(|(resolution, _)| resolution == READ);
    let row = |id: &String, resolution: &str| QuarantineResolution {
        quarantine_row_id: id.clone(),
        source_id: spec.id.clone(),
        resolution: resolution.to_owned(),
        parser_version: i64::from(spec.parser_version),
        new_snapshot_id: run::run_id(resolved_at),
        resolved_at,
    };
    let newly_read = read.keys().filter(|id| !is_read(id)).map(|id| row(id, READ));
    let again = refused.keys().filter(|id| is_read(id)).map(|id| row(id, REFUSED));
    let mut rows: Vec<_> = newly_read.chain(again).collect();
    rows.sort_by(|one, other| one.quarantine_row_id.cmp(&other.quarantine_row_id));
    Ok(rows)
}

/// The records of a source by `row_id`, each with its capture.
fn captures_by_row(
    files: Vec<PathBuf>,
    source_id: &str,
) -> anyhow::Result<BTreeMap<String, String>> {
    let rows = burnrate_transform::query(
        &[(CORE_QUARANTINE.name, files)].into(),
        &format!("SELECT row_id, capture_id FROM core_quarantine WHERE source_id = '{source_id}'"),
    )?;
    let pair = |row: Vec<Option<String>>| match <[Option<String>; 2]>::try_from(row) {
        Ok([Some(row_id), Some(capture_id)]) => Some((row_id, capture_id)),
        _ => None,
    };
    Ok(rows.into_iter().filter_map(pair).collect())
}
