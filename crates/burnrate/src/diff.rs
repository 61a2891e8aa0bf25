//! `burnrate diff`: what differs between two snapshots, and how people and programs are told.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use anyhow::{Context as _, bail};
use burnrate_model::TableDef;
use burnrate_model::generated::{MART_LINEAGE, TABLES};
use burnrate_warehouse::{CellChange, Change, Counts, DiffFile, Warehouse, diff_table};
use serde_json::json;

use crate::cli::{DiffArgs, DiffFormat};
use crate::config::Config;
use crate::progress::Progress;
use crate::{Ending, written};

/// Rows of each table that people are shown.
const ROWS_SHOWN: usize = 20;

/// Cells of a row that was added or removed that people are shown.
const CELLS_SHOWN: usize = 6;

pub(crate) fn diff(config: &Config, args: &DiffArgs) -> anyhow::Result<Ending> {
    let Some(warehouse) = Warehouse::existing(&config.warehouse())? else {
        bail!("{} is no warehouse", config.warehouse().display());
    };
    let (old, new) = (warehouse.snapshot(&args.old)?, warehouse.snapshot(&args.new)?);
    let mut report = Report::new(args.format == DiffFormat::Json);
    if let Some(path) = &args.out {
        report = report.with_parquet(path)?;
    }
    let tables = tables(args.table.as_deref())?;
    let progress = Progress::start("diff", tables.len());
    for table in tables {
        let counts =
            diff_table(table, old.version(), new.version(), |change| report.change(change))?;
        report.count(table, counts);
        progress.step();
    }
    progress.finish(&format!("{} rows differ", report.rows()));
    written(report.finish())
}

/// The table of that name; all where none is named.
fn tables(name: Option<&str>) -> anyhow::Result<Vec<&'static TableDef>> {
    let Some(name) = name else { return Ok(TABLES.to_vec()) };
    let table = TABLES.iter().copied().find(|table| table.name == name);
    let table =
        table.with_context(|| format!("{name} is no table; `burnrate status` lists them"))?;
    Ok(vec![table])
}

/// What differs, told as it is found: every cell to files and as JSON, some rows of each table to people.
pub(crate) struct Report {
    is_json: bool,
    out: BufWriter<io::Stdout>,
    tables: BTreeMap<&'static str, Counts>,
    shown: BTreeMap<&'static str, String>,
    rows_shown: BTreeMap<&'static str, usize>,
    parquet: Option<DiffFile>,
    lines: Option<BufWriter<File>>,
}

impl Report {
    /// A report to standard output, one JSON object a line or for people.
    pub(crate) fn new(is_json: bool) -> Self {
        Self {
            is_json,
            out: BufWriter::new(io::stdout()),
            tables: BTreeMap::new(),
            shown: BTreeMap::new(),
            rows_shown: BTreeMap::new(),
            parquet: None,
            lines: None,
        }
    }

    /// Also writes each cell to a new Parquet file.
    pub(crate) fn with_parquet(mut self, path: &Path) -> anyhow::Result<Self> {
        self.parquet = Some(DiffFile::create(path)?);
        Ok(self)
    }

    /// Also writes `diff.parquet` and `diff.jsonl` in a folder, which is made where it does not exist.
    pub(crate) fn with_folder(mut self, folder: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        let path = folder.join("diff.jsonl");
        let file = File::create_new(&path).with_context(|| path.display().to_string())?;
        self.lines = Some(BufWriter::new(file));
        self.with_parquet(&folder.join("diff.parquet"))
    }

    /// Takes a row that differs.
    #[expect(clippy::needless_pass_by_value, reason = "what finds changes hands them over")]
    pub(crate) fn change(&mut self, change: Change) -> anyhow::Result<()> {
        if let Some(parquet) = &mut self.parquet {
            parquet.push(&change)?;
        }
        if let Some(lines) = &mut self.lines {
            write_json(lines, &change)?;
        }
        if self.is_json {
            return write_json(&mut self.out, &change);
        }
        // What a row was made from follows from the rows themselves; whoever wants it asks for all.
        let is_shown = change.table.name != MART_LINEAGE.name;
        let shown = self.rows_shown.entry(change.table.name).or_default();
        if is_shown && *shown < ROWS_SHOWN {
            *shown += 1;
            self.shown.entry(change.table.name).or_default().push_str(&line(&change));
        }
        Ok(())
    }

    /// Takes how many rows of a table, or of a source in it, differ.
    pub(crate) fn count(&mut self, table: &'static TableDef, counts: Counts) {
        *self.tables.entry(table.name).or_default() += counts;
    }

    /// Rows whose values differ.
    pub(crate) fn rows(&self) -> u64 {
        self.tables.values().map(Counts::rows).sum()
    }

    /// Whether nothing differs, not even where it was read.
    pub(crate) fn is_none(&self) -> bool {
        self.tables.values().all(Counts::is_none)
    }

    /// Ends the files, and tells the totals.
    pub(crate) fn finish(mut self) -> anyhow::Result<()> {
        if let Some(parquet) = self.parquet.take() {
            parquet.finish()?;
        }
        if let Some(mut lines) = self.lines.take() {
            write_totals(&mut lines, &self.tables)?;
            lines.flush()?;
        }
        if self.is_json {
            write_totals(&mut self.out, &self.tables)?;
        } else {
            self.tell()?;
        }
        self.out.flush()?;
        Ok(())
    }

    fn tell(&mut self) -> anyhow::Result<()> {
        if self.is_none() {
            writeln!(self.out, "nothing differs")?;
        }
        for (table, counts) in self.tables.iter().filter(|(_, counts)| !counts.is_none()) {
            let Counts { added, removed, changed, provenance_only } = counts;
            write!(self.out, "{table}: {added} rows added, {removed} removed, {changed} changed")?;
            if *provenance_only > 0 {
                write!(self.out, "; {provenance_only} say the same, read elsewhere")?;
            }
            writeln!(self.out)?;
            write!(self.out, "{}", self.shown.get(table).map_or("", String::as_str))?;
            let shown = if *table == MART_LINEAGE.name { 0 } else { ROWS_SHOWN };
            let more = counts.rows().saturating_sub(shown as u64);
            if more > 0 {
                writeln!(self.out, "  … {more} more: all of them with --format json or --out")?;
            }
        }
        Ok(())
    }
}

fn write_json(out: &mut impl Write, change: &Change) -> anyhow::Result<()> {
    let cells: Vec<_> = change
        .cells()
        .map(|CellChange { column, old, new }| json!({ "column": column, "old": old, "new": new }))
        .collect();
    let line = json!({
        "table": change.table.name,
        "change": change.kind(),
        "source_id": change.new_value("source_id").or(change.old("source_id")),
        "key": change.key_json(),
        "cells": cells,
        "old_row_id": change.old("row_id"),
        "new_row_id": change.new_value("row_id"),
    });
    writeln!(out, "{line}")?;
    Ok(())
}

/// A line a table that differs, after those of its rows.
fn write_totals(
    out: &mut impl Write,
    tables: &BTreeMap<&'static str, Counts>,
) -> anyhow::Result<()> {
    for (table, counts) in tables.iter().filter(|(_, counts)| !counts.is_none()) {
        let Counts { added, removed, changed, provenance_only } = counts;
        let total = json!({
            "table": table, "added": added, "removed": removed, "changed": changed, "provenance_only": provenance_only,
        });
        writeln!(out, "{total}")?;
    }
    Ok(())
}

/// A row for people.
fn line(change: &Change) -> String {
    let source = change.new_value("source_id").or(change.old("source_id"));
    let key = change.key().into_iter().map(|(name, text)| format!("{name}={text}"));
    let named: Vec<_> = source.map(str::to_owned).into_iter().chain(key).collect();
    let mut text = format!("  {} {}\n", change.kind(), named.join(" "));
    let is_changed = change.kind() == "changed";
    let cells: Vec<_> = change.cells().collect();
    let shown = if is_changed { cells.len() } else { CELLS_SHOWN };
    for CellChange { column, old, new } in cells.iter().take(shown) {
        // Writing to a String cannot fail.
        let _infallible = match (is_changed, old.or(*new)) {
            (true, _) => {
                let (old, new) = (old.unwrap_or("NULL"), new.unwrap_or("NULL"));
                writeln!(text, "    {column}: {old} -> {new}")
            }
            (false, value) => writeln!(text, "    {column}: {}", value.unwrap_or("NULL")),
        };
    }
    text
}
