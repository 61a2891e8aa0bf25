//! `burnrate explain`: from a row of a table to the bytes that it was read from, proved on the way.

mod graph;
mod html;
mod terminal;

use std::io::{self, IsTerminal as _, Write as _};

use anyhow::{anyhow, bail};
use burnrate_model::TableDef;
use burnrate_model::generated::TABLES;
use burnrate_warehouse::{Lookup, Matches, Snapshot, Warehouse, WarehouseError, Work};

use self::graph::{Explanation, explanation};
use crate::cli::{ExplainArgs, ExplainFormat};
use crate::config::Config;
use crate::{Ending, written};

/// Matches that are listed where one was asked for.
const MATCHES_LISTED: usize = 20;

/// Columns that each of them is told by, besides its `row_id`.
const TELLING_COLUMNS: usize = 3;

pub(crate) fn explain(config: &Config, args: &ExplainArgs) -> anyhow::Result<Ending> {
    let folder = config.warehouse();
    let Some(warehouse) = Warehouse::existing(&folder)? else {
        bail!("{} is no warehouse; `burnrate ingest` makes one", folder.display());
    };
    let snapshot = match chosen(&warehouse, args) {
        Ok(Some(snapshot)) => snapshot,
        Ok(None) => bail!(none_yet(&warehouse, args)),
        Err(error @ WarehouseError::NoSnapshot { .. }) => return Err(error.into()),
        Err(error) => return contradicted(&error.into()),
    };
    let lookup = Lookup::new(&snapshot);
    let table = table(&args.table)?;
    let conditions = conditions(table, &args.conditions)?;
    let conditions: Vec<_> = conditions.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let matches = match lookup.find(table, &conditions, MATCHES_LISTED) {
        Ok(matches) => matches,
        Err(error) => return contradicted(&error.into()),
    };
    let row = match (matches.total, matches.rows.first()) {
        (1, Some(row)) => row.clone(),
        (0, _) | (_, None) => return Err(no_match(&lookup, table, &conditions)),
        _ => {
            eprintln!("error: {}", several(table, &conditions, &matches));
            return Ok(Ending::Ambiguous);
        }
    };
    let explanation = match explanation(warehouse.root(), &lookup, row) {
        Ok(explanation) => explanation,
        Err(error) => return contradicted(&error),
    };
    let Work { row_groups, blocks } = lookup.work();
    if args.count_work {
        eprintln!("{row_groups} row groups decoded, {blocks} blocks of files read");
    }
    written(print(&explanation, args.format))?;
    let problems = explanation.problems();
    for problem in &problems {
        eprintln!("error: {problem}");
    }
    Ok(if problems.is_empty() { Ending::Done } else { Ending::Contradicted })
}

/// A published file is not what it was: nothing is said from it.
#[expect(clippy::unnecessary_wraps, reason = "it stands for a result")]
fn contradicted(error: &anyhow::Error) -> anyhow::Result<Ending> {
    eprintln!("error: {error:#}");
    Ok(Ending::Contradicted)
}

fn chosen(warehouse: &Warehouse, args: &ExplainArgs) -> Result<Option<Snapshot>, WarehouseError> {
    match (&args.snapshot, args.as_of) {
        (Some(id), _) => warehouse.snapshot(id).map(Some),
        (None, Some(day)) => warehouse.as_of(day),
        (None, None) => warehouse.latest(),
    }
}

fn none_yet(warehouse: &Warehouse, args: &ExplainArgs) -> String {
    if let Some(day) = args.as_of {
        return format!(
            "no snapshot has marts as of {day}; run `burnrate transform --as-of {day}` first"
        );
    }
    let folder = warehouse.root().display();
    format!("{folder} has no snapshot yet; run `burnrate ingest` first")
}

fn table(name: &str) -> anyhow::Result<&'static TableDef> {
    TABLES.iter().copied().find(|table| table.name == name).ok_or_else(|| {
        let names: Vec<_> = TABLES.iter().map(|table| table.name).collect();
        anyhow!("no table `{name}`; there are {}", names.join(", "))
    })
}

/// Columns with the text that each must have.
fn conditions(
    table: &'static TableDef,
    given: &[String],
) -> anyhow::Result<Vec<(&'static str, String)>> {
    let columns = || table.kind.provenance().iter().chain(table.columns);
    let condition = |text: &String| {
        let (name, value) = text
            .split_once('=')
            .ok_or_else(|| anyhow!("`{text}` is no condition: write --where COLUMN=VALUE"))?;
        let column = columns().find(|column| column.name == name).ok_or_else(|| {
            let names: Vec<_> = columns().map(|column| column.name).collect();
            anyhow!("{} has no column `{name}`; it has {}", table.name, names.join(", "))
        })?;
        Ok((column.name, value.to_owned()))
    };
    given.iter().map(condition).collect()
}

/// Says of each condition how many rows meet it alone, which tells the one that is mistaken.
fn no_match(
    lookup: &Lookup<'_>,
    table: &'static TableDef,
    conditions: &[(&str, &str)],
) -> anyhow::Error {
    let alone = conditions.iter().map(|condition| {
        let total = lookup.find(table, &[*condition], 0).map_or(0, |matches| matches.total);
        format!("{}={} has {total} rows", condition.0, condition.1)
    });
    let alone: Vec<_> = alone.collect();
    let columns: Vec<_> =
        table.kind.provenance().iter().chain(table.columns).map(|column| column.name).collect();
    anyhow!(
        "no such row of {}: {}; its columns are {}",
        table.name,
        alone.join(", "),
        columns.join(", ")
    )
}

/// Lists rows by the columns in which they differ, those of the key first.
fn several(table: &TableDef, conditions: &[(&str, &str)], matches: &Matches) -> String {
    let is_key = |name: &&str| table.key.contains(name);
    let own = table.columns.iter().map(|column| column.name);
    let (key, rest): (Vec<&str>, Vec<&str>) =
        own.filter(|name| *name != "row_id").partition(|name| is_key(name));
    let is_given = |name: &str| conditions.iter().any(|(column, _)| *column == name);
    let differs = |name: &&&str| {
        let mut values = matches.rows.iter().map(|row| row.text(name));
        let first = values.next();
        !is_given(name) && values.any(|value| Some(value) != first)
    };
    let telling = key.iter().chain(&rest).filter(differs).take(TELLING_COLUMNS);
    let has_id = matches.rows.first().is_some_and(|row| row.text("row_id").is_some());
    let telling: Vec<&str> = telling.copied().chain(has_id.then_some("row_id")).collect();
    let mut text = format!("{} rows of {} match; add a --where:", matches.total, table.name);
    for row in &matches.rows {
        let cells =
            telling.iter().map(|name| format!("{name}={}", row.text(name).unwrap_or_default()));
        text.push_str("\n  ");
        text.push_str(&cells.collect::<Vec<_>>().join(" "));
    }
    match matches.total - matches.rows.len() {
        0 => text,
        more => format!("{text}\n  … and {more} more"),
    }
}

fn print(explanation: &Explanation, format: ExplainFormat) -> anyhow::Result<()> {
    let text = match format {
        ExplainFormat::Text => terminal::text(explanation, io::stdout().is_terminal()),
        ExplainFormat::Json => serde_json::to_string_pretty(&explanation.json())? + "\n",
        ExplainFormat::Html => html::page(explanation),
    };
    Ok(io::stdout().write_all(text.as_bytes())?)
}
