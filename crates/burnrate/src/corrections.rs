//! `burnrate corrections`: values that were published and changed later, and recording them.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::io::{self, BufWriter, Write as _};

use anyhow::{Context as _, bail};
use burnrate_model::generated::{
    CORE_CORRECTION, CORE_QUARANTINE, Correction, MART_LINEAGE, TABLES,
};
use burnrate_model::{TableDef, TableKind};
use burnrate_warehouse::{Change, Snapshot, Staging, Warehouse};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use serde_json::{Map, Value, json};

use crate::captures::Captures;
use crate::cli::{CorrectionsArgs, Format};
use crate::config::Config;
use crate::{Ending, headline, run, written};

/// The same bytes are read otherwise.
pub(crate) const PARSER_FIXED: &str = "parser_fixed";
/// A later document of the source says otherwise.
const SOURCE_CORRECTED: &str = "source_corrected";
/// Another reading of the list counts for that day.
const READING_REPLACED: &str = "reading_replaced";

/// Corrections that people are shown.
const ROWS_SHOWN: usize = 50;

/// Makes the rows of `core_correction` of one snapshot.
pub(crate) struct Recorder<'a> {
    old_snapshot_id: &'a str,
    new_snapshot_id: &'a str,
    corrected_at: DateTime<Utc>,
    /// What was captured before it.
    captures: &'a Captures,
}

impl<'a> Recorder<'a> {
    pub(crate) fn new(
        parent: &'a Snapshot,
        new_snapshot_id: &'a str,
        corrected_at: DateTime<Utc>,
        captures: &'a Captures,
    ) -> Self {
        let old_snapshot_id = &parent.manifest.id;
        Self { old_snapshot_id, new_snapshot_id, corrected_at, captures }
    }

    /// The values that a row had and has no more.
    pub(crate) fn of(&self, change: &Change, reason: &str) -> anyhow::Result<Vec<Correction>> {
        let (Some(source_id), Some(old_row_id)) = (change.old("source_id"), change.old("row_id"))
        else {
            return Ok(Vec::new());
        };
        let read_by = |capture_id| self.captures.archived(capture_id)?.read_by;
        let new_parser_version = burnrate_pipelines::source(source_id)?.spec().parser_version;
        let row = |cell: burnrate_warehouse::CellChange<'_>| Correction {
            corrected_table: change.table.name.to_owned(),
            source_id: source_id.to_owned(),
            row_key: change.key_json().to_string(),
            column_name: cell.column.to_owned(),
            old_value: cell.old.map(str::to_owned),
            new_value: cell.new.map(str::to_owned),
            correction_reason: reason.to_owned(),
            old_row_id: old_row_id.to_owned(),
            new_row_id: change.new_value("row_id").map(str::to_owned),
            old_parser_version: change.old("capture_id").and_then(read_by),
            new_parser_version: i64::from(new_parser_version),
            old_snapshot_id: self.old_snapshot_id.to_owned(),
            new_snapshot_id: self.new_snapshot_id.to_owned(),
            corrected_at: self.corrected_at,
        };
        Ok(change.cells().map(row).collect())
    }
}

/// Records what a run corrected of the values that its parent published.
pub(crate) fn record(
    staging: &mut Staging,
    parent: &Snapshot,
    corrected_at: DateTime<Utc>,
) -> anyhow::Result<()> {
    staging.seal()?;
    let changes = staging.corrected(parent)?;
    if changes.is_empty() {
        return Ok(());
    }
    // The run has noted by which parser it read what: here counts who read it before.
    let captures = Captures::of(Some(parent))?;
    let run_id = run::run_id(corrected_at);
    let recorder = Recorder::new(parent, &run_id, corrected_at, &captures);
    let mut rows = Vec::new();
    for change in changes.iter().filter(|change| *change.table != CORE_QUARANTINE) {
        let is_same_capture = change.old("capture_id") == change.new_value("capture_id");
        let reason = match change.table.kind {
            _ if is_same_capture => PARSER_FIXED,
            TableKind::State => READING_REPLACED,
            TableKind::Fact | TableKind::Reference | TableKind::Log | TableKind::Mart => {
                SOURCE_CORRECTED
            }
        };
        // A correction is known since its capture: that says nothing of the old row's day.
        let is_value = |row: &Correction| reason == PARSER_FIXED || row.column_name != "known_on";
        rows.extend(recorder.of(change, reason)?.into_iter().filter(is_value));
    }
    Ok(staging.log(&rows)?)
}

pub(crate) fn corrections(config: &Config, args: &CorrectionsArgs) -> anyhow::Result<Ending> {
    let folder = config.warehouse();
    let Some(warehouse) = Warehouse::existing(&folder)? else {
        bail!("{} is no warehouse", folder.display());
    };
    let Some(latest) = warehouse.latest()? else {
        bail!("{} has no snapshot yet; `burnrate ingest` makes one", folder.display());
    };
    let midnight = |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc();
    let mut since = args.since.map(midnight);
    let mut rows = recorded(&latest)?;
    if let (Some(table), Some(day)) = (&args.used, args.on) {
        let used = used(&warehouse, table, &args.conditions, day)?;
        eprintln!("{}", used.told(table));
        since = since.max(Some(used.published_at));
        rows = with_successors(rows, used.row_ids);
    }
    if let Some(row_id) = &args.row_id {
        rows = with_successors(rows, [row_id.clone()].into());
    }
    rows.retain(|row| {
        since.is_none_or(|since| row.corrected_at >= since)
            && args.table.as_ref().is_none_or(|table| *table == row.cells[0])
    });
    written(print(&rows, args.format))
}

/// A row of `core_correction`, as text in the order of the table's columns.
struct Recorded {
    corrected_at: DateTime<Utc>,
    old_row_id: String,
    new_row_id: Option<String>,
    cells: Vec<String>,
}

fn recorded(latest: &Snapshot) -> anyhow::Result<Vec<Recorded>> {
    let files = latest.files(CORE_CORRECTION.name);
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let columns: Vec<_> = CORE_CORRECTION.columns.iter().map(|column| column.name).collect();
    let rows = burnrate_transform::query(
        &[(CORE_CORRECTION.name, files)].into(),
        &format!(
            "SELECT {} FROM core_correction ORDER BY corrected_at, corrected_table, source_id, row_key, column_name",
            columns.join(", ")
        ),
    )?;
    let place = |name: &str| columns.iter().position(|column| *column == name);
    let row = |row: Vec<Option<String>>| {
        let cell = |name: &str| place(name).and_then(|place| row.get(place).cloned().flatten());
        Some(Recorded {
            corrected_at: headline::timestamp(&cell("corrected_at")?)?,
            old_row_id: cell("old_row_id")?,
            new_row_id: cell("new_row_id"),
            cells: row.into_iter().map(Option::unwrap_or_default).collect(),
        })
    };
    Ok(rows.into_iter().filter_map(row).collect())
}

/// The corrections of rows, of what took their place, and so on; `rows` are in order of time.
fn with_successors(rows: Vec<Recorded>, mut row_ids: HashSet<String>) -> Vec<Recorded> {
    let is_of = |row: &Recorded| {
        let is_of = row_ids.contains(&row.old_row_id);
        row_ids.extend(row.new_row_id.clone().filter(|_| is_of));
        is_of
    };
    let mut is_of = is_of;
    rows.into_iter().filter(|row| is_of(row)).collect()
}

/// What a published row was made from.
struct Used {
    snapshot_id: String,
    published_at: DateTime<Utc>,
    rows: usize,
    /// The row itself, and all that it follows from.
    row_ids: HashSet<String>,
}

impl Used {
    fn told(&self, table: &str) -> String {
        format!(
            "{} rows of {table} in snapshot {}, with what they were made from {} rows",
            self.rows,
            self.snapshot_id,
            self.row_ids.len()
        )
    }
}

/// The rows that were published at the end of a day, and what they were made from.
fn used(
    warehouse: &Warehouse,
    table: &str,
    conditions: &[String],
    day: NaiveDate,
) -> anyhow::Result<Used> {
    let end_of_day = day.and_time(NaiveTime::MIN).and_utc() + Days::new(1);
    let snapshot = warehouse.recorded(end_of_day)?;
    let snapshot = snapshot.with_context(|| format!("no snapshot was published by {day}"))?;
    let table = TABLES.iter().copied().find(|known| known.name == table);
    let table = table.context("no such table; `burnrate status` lists them")?;
    let mut open = matching(&snapshot, table, conditions)?;
    let rows = open.len();
    let mut row_ids = HashSet::new();
    while !open.is_empty() {
        let ids: BTreeSet<String> =
            open.into_iter().filter(|id| row_ids.insert(id.clone())).collect();
        open = inputs(&snapshot, &ids)?;
    }
    let Snapshot { manifest, .. } = snapshot;
    Ok(Used { snapshot_id: manifest.id, published_at: manifest.created_at, rows, row_ids })
}

/// The ids of the rows of which all conditions hold.
fn matching(
    snapshot: &Snapshot,
    table: &TableDef,
    conditions: &[String],
) -> anyhow::Result<Vec<String>> {
    let columns: Vec<&str> =
        table.kind.provenance().iter().chain(table.columns).map(|column| column.name).collect();
    if !columns.contains(&"row_id") {
        bail!(
            "{} has no rows that are made from others: name a mart or a core table of rows read",
            table.name
        );
    }
    let mut wheres = Vec::new();
    for condition in conditions {
        let (column, value) = condition.split_once('=').context("--where wants COLUMN=VALUE")?;
        if !columns.contains(&column) {
            bail!("{} has no column {column}; it has {}", table.name, columns.join(", "));
        }
        wheres.push(format!("CAST({column} AS VARCHAR) = {}", quoted(value)));
    }
    let rows = burnrate_transform::query(
        &[(table.name, snapshot.files(table.name))].into(),
        &format!("SELECT row_id FROM {} WHERE {}", table.name, wheres.join(" AND ")),
    )?;
    let ids: Vec<String> = rows.into_iter().flatten().flatten().collect();
    if ids.is_empty() {
        let id = &snapshot.manifest.id;
        bail!("{}: no row of snapshot {id} with {}", table.name, conditions.join(" and "));
    }
    Ok(ids)
}

/// What mart rows were made from, one step back.
fn inputs(snapshot: &Snapshot, row_ids: &BTreeSet<String>) -> anyhow::Result<Vec<String>> {
    if row_ids.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = row_ids.iter().map(|id| quoted(id)).collect();
    let rows = burnrate_transform::query(
        &[(MART_LINEAGE.name, snapshot.files(MART_LINEAGE.name))].into(),
        &format!(
            "SELECT DISTINCT input_row_id FROM mart_lineage WHERE mart_row_id IN ({})",
            ids.join(", ")
        ),
    )?;
    Ok(rows.into_iter().flatten().flatten().collect())
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn print(rows: &[Recorded], format: Format) -> anyhow::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    let columns = CORE_CORRECTION.columns.iter().map(|column| column.name);
    if format == Format::Json {
        for row in rows {
            let cell = |(name, text): (&str, &String)| {
                let value = match name {
                    "row_key" => serde_json::from_str(text).unwrap_or(Value::Null),
                    _ if text.is_empty() => Value::Null,
                    _ => json!(text),
                };
                (name.to_owned(), value)
            };
            let line: Map<_, _> = columns.clone().zip(&row.cells).map(cell).collect();
            writeln!(out, "{}", Value::Object(line))?;
        }
        out.flush()?;
        return Ok(());
    }
    if rows.is_empty() {
        writeln!(out, "no value was corrected")?;
    }
    for row in rows.iter().take(ROWS_SHOWN) {
        let cells: BTreeMap<_, _> = columns.clone().zip(&row.cells).collect();
        let cell = |name: &str| cells.get(name).map_or("", |text| text.as_str());
        let or_null = |name: &str| if cell(name).is_empty() { "NULL" } else { cell(name) };
        let (at, table, source) =
            (cell("corrected_at"), cell("corrected_table"), cell("source_id"));
        writeln!(out, "{at} {table} {source} {}", cell("row_key"))?;
        let (column, reason) = (cell("column_name"), cell("correction_reason"));
        let (old, new) = (or_null("old_value"), or_null("new_value"));
        writeln!(
            out,
            "  {column}: {old} -> {new} ({reason}), in snapshot {}",
            cell("new_snapshot_id")
        )?;
    }
    if rows.len() > ROWS_SHOWN {
        let more = rows.len() - ROWS_SHOWN;
        writeln!(out, "… {more} more: all of them with --format json")?;
    }
    out.flush()?;
    Ok(())
}
