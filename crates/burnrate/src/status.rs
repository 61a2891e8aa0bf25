//! `burnrate status`: what is there, what ran, what is due.

use std::io::{self, Write as _};

use burnrate_model::TableKind;
use burnrate_model::generated::TABLES;
use burnrate_pipelines::SOURCES;
use burnrate_warehouse::{Snapshot, Warehouse};

use crate::config::Config;
use crate::marts::tables_of;
use crate::{Ending, headline, now, schedule, written};

pub(crate) fn status(config: &Config) -> anyhow::Result<Ending> {
    let folder = config.warehouse();
    let latest = match Warehouse::existing(&folder)? {
        Some(warehouse) => warehouse.latest()?,
        None => None,
    };
    let Some(snapshot) = latest else {
        println!("{} has no snapshot yet; `burnrate ingest` makes one", folder.display());
        return Ok(Ending::Done);
    };
    let age = now() - snapshot.manifest.created_at;
    let (hours, minutes) = (age.num_hours(), age.num_minutes() % 60);
    let text = format!(
        "{}: snapshot {}, {hours} h {minutes} min old\n\n{}\n{}\n",
        folder.display(),
        snapshot.manifest.id,
        tables(&snapshot),
        sources(config, &snapshot)?
    );
    written(io::stdout().write_all(text.as_bytes()).map_err(Into::into))
}

fn tables(snapshot: &Snapshot) -> comfy_table::Table {
    let rows = TABLES.iter().map(|table| {
        let files = snapshot.manifest.files(table.name);
        let bytes: u64 = files.iter().map(|file| file.bytes).sum();
        let kind = match table.kind {
            TableKind::Fact => "fact",
            TableKind::State => "state",
            TableKind::Reference => "reference",
            TableKind::Log => "log",
            TableKind::Mart => "mart",
        };
        vec![
            table.name.to_owned(),
            kind.to_owned(),
            snapshot.manifest.rows(table.name).to_string(),
            files.len().to_string(),
            (bytes / 1024).to_string(),
        ]
    });
    headline::table(["table", "kind", "rows", "files", "KiB"].map(str::to_owned).to_vec(), rows)
}

/// The last run of each source, what it has in quarantine, and when it is due.
fn sources(config: &Config, snapshot: &Snapshot) -> anyhow::Result<comfy_table::Table> {
    let inputs = tables_of(snapshot);
    let runs = burnrate_transform::query(
        &inputs,
        "SELECT source_id, started_at, documents_read, documents_missing, documents_failed, rows_added FROM ( \
           SELECT core_run.*, ROW_NUMBER() OVER (PARTITION BY source_id ORDER BY started_at DESC) AS age FROM core_run) AS aged \
         WHERE age = 1 ORDER BY source_id",
    )?;
    let quarantined = burnrate_transform::query(
        &inputs,
        "SELECT source_id, COUNT(*) AS records FROM core_quarantine GROUP BY source_id",
    )?;
    let last_runs = schedule::last_runs(config)?;
    let mut rows = Vec::new();
    for source in SOURCES {
        let id = &source.spec().id;
        let of_source = |rows: &[Vec<Option<String>>]| {
            rows.iter()
                .find(|row| row.first().is_some_and(|cell| cell.as_ref() == Some(id)))
                .cloned()
        };
        let run = of_source(&runs).unwrap_or_default();
        let cell = |index: usize| run.get(index).cloned().flatten();
        let plan = schedule::plan(std::slice::from_ref(source), &last_runs, now())?;
        let due = match plan.next {
            Some(time) if plan.due.is_empty() => time.format("%a %Y-%m-%d %H:%M").to_string(),
            _ => "now".to_owned(),
        };
        let started_at = cell(1).as_deref().and_then(headline::timestamp);
        let in_quarantine = of_source(&quarantined).and_then(|row| row.get(1).cloned().flatten());
        rows.push(vec![
            id.clone(),
            started_at.map_or_else(
                || "never".to_owned(),
                |time| time.format("%Y-%m-%d %H:%M").to_string(),
            ),
            cell(2).unwrap_or_default(),
            cell(3).unwrap_or_default(),
            cell(4).unwrap_or_default(),
            cell(5).unwrap_or_default(),
            in_quarantine.unwrap_or_else(|| "0".to_owned()),
            due,
        ]);
    }
    let header = [
        "source",
        "last run (UTC)",
        "read",
        "missing",
        "failed",
        "new rows",
        "quarantine",
        "due (UTC)",
    ];
    Ok(headline::table(header.map(str::to_owned).to_vec(), rows))
}
