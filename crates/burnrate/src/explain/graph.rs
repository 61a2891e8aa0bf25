//! A row and all that it was made of.

use std::collections::HashMap;
use std::path::Path;

use burnrate_model::generated::{MART_LINEAGE, TABLES};
use burnrate_model::{TableDef, TableKind};
use burnrate_pipelines::metrics::METRICS;
use burnrate_warehouse::{Lookup, StoredRow};
use serde_json::{Value, json};

use crate::evidence::{Documents, Evidence};
use crate::excerpt::Excerpt;

/// An explained row and its inputs, each once.
pub(crate) struct Explanation {
    pub(crate) snapshot: String,
    /// The row that was asked for first.
    pub(crate) rows: Vec<Explained>,
}

/// A row.
pub(crate) struct Explained {
    pub(crate) table: &'static TableDef,
    pub(crate) name: String,
    /// The columns that have a value, in order.
    pub(crate) cells: Vec<(&'static str, String)>,
    pub(crate) basis: Basis,
    /// Immediate inputs: the role of each, and its place in [`Explanation::rows`].
    pub(crate) inputs: Vec<(String, usize)>,
}

/// What a row rests on.
pub(crate) enum Basis {
    /// A metric: the header of its file, by headings.
    Computed(Vec<(String, String)>),
    /// Bytes of the archive.
    Read(Box<Evidence>),
    /// Bytes of the archive that do not say so, or are not there.
    Contradicted(String),
    /// The program, of which it is a part, or a run, which noted it.
    Recorded(&'static str),
}

/// Explains a row.
///
/// # Errors
/// Where a file is not what was published. What is wrong with an input is told of that input.
pub(crate) fn explanation(
    warehouse: &Path,
    lookup: &Lookup<'_>,
    row: StoredRow,
) -> anyhow::Result<Explanation> {
    let documents = Documents::new(warehouse, lookup);
    let places = HashMap::from([((row.table.name, name(&row)), 0)]);
    let mut found = Found { lookup, places, stored: vec![row] };
    let mut rows = Vec::new();
    while let Some(row) = found.stored.get(rows.len()).cloned() {
        let mut explained = explained(&documents, &row);
        if row.table.kind == TableKind::Mart {
            explained.take(inputs(lookup, &row)?, &mut found)?;
        }
        rows.push(explained);
    }
    Ok(Explanation { snapshot: lookup.snapshot().manifest.id.clone(), rows })
}

/// Rows that were found so far, in the order of [`Explanation::rows`], and their places there.
struct Found<'a> {
    lookup: &'a Lookup<'a>,
    places: HashMap<(&'static str, String), usize>,
    stored: Vec<StoredRow>,
}

impl Found<'_> {
    /// The place of a row, which is looked for where it was not found before; none where it is not there.
    fn place(&mut self, table: &'static TableDef, row_id: &str) -> anyhow::Result<Option<usize>> {
        let key = (table.name, row_id.to_owned());
        if let Some(place) = self.places.get(&key) {
            return Ok(Some(*place));
        }
        let Some(row) = self.lookup.row(table, row_id)? else { return Ok(None) };
        self.places.insert(key, self.stored.len());
        self.stored.push(row);
        Ok(Some(self.stored.len() - 1))
    }
}

/// An input: its role, table and `row_id`.
type Input = (String, &'static TableDef, String);

impl Explained {
    /// Takes the inputs of a mart row, of which there is one at least.
    fn take(&mut self, inputs: Vec<Input>, found: &mut Found<'_>) -> anyhow::Result<()> {
        if inputs.is_empty() {
            self.basis = Basis::Contradicted("mart_lineage has no input of it".to_owned());
        }
        for (role, table, row_id) in inputs {
            if let Some(place) = found.place(table, &row_id)? {
                self.inputs.push((role, place));
            } else {
                let reason =
                    format!("its {role} is row {row_id} of {}, which is not there", table.name);
                self.basis = Basis::Contradicted(reason);
            }
        }
        Ok(())
    }
}

/// The immediate inputs of a mart row.
fn inputs(lookup: &Lookup<'_>, row: &StoredRow) -> anyhow::Result<Vec<Input>> {
    if row.table.name == MART_LINEAGE.name {
        let (table, row_id) = (row.text("input_table"), row.text("input_row_id"));
        return Ok(input("input".to_owned(), table, row_id).into_iter().collect());
    }
    let row_id = row.text("row_id").unwrap_or_default();
    let conditions = [("mart_table", row.table.name), ("mart_row_id", row_id.as_str())];
    let edges = lookup.find(&MART_LINEAGE, &conditions, usize::MAX)?.rows.into_iter();
    let inputs = edges.filter_map(|edge| {
        input(edge.text("role")?, edge.text("input_table"), edge.text("input_row_id"))
    });
    Ok(inputs.collect())
}

fn input(role: String, table: Option<String>, row_id: Option<String>) -> Option<Input> {
    let table = table?;
    let table = TABLES.iter().copied().find(|other| other.name == table)?;
    Some((role, table, row_id?))
}

fn explained(documents: &Documents<'_>, row: &StoredRow) -> Explained {
    let columns = row.table.kind.provenance().iter().chain(row.table.columns);
    let cells = columns.filter_map(|column| Some((column.name, row.text(column.name)?)));
    let basis = match row.table.kind {
        TableKind::Fact | TableKind::State => match documents.prove(row) {
            Ok(evidence) => Basis::Read(Box::new(evidence)),
            Err(reason) => Basis::Contradicted(reason),
        },
        TableKind::Mart => Basis::Computed(formula(row.table)),
        TableKind::Reference => Basis::Recorded("part of the program, the same for every day"),
        TableKind::Log => Basis::Recorded("noted by a run of the program"),
    };
    Explained {
        table: row.table,
        name: name(row),
        cells: cells.collect(),
        basis,
        inputs: Vec::new(),
    }
}

/// The `row_id`, or the key of a row that has none.
fn name(row: &StoredRow) -> String {
    row.text("row_id").unwrap_or_else(|| {
        let key = row.table.key.iter().map(|column| row.text(column).unwrap_or_default());
        key.collect::<Vec<_>>().join(" ")
    })
}

/// The header of a metric's file, by headings.
fn formula(table: &TableDef) -> Vec<(String, String)> {
    let Some(metric) = METRICS.iter().find(|metric| metric.table == table.name) else {
        return vec![("Formula".to_owned(), table.description.to_owned())];
    };
    let mut parts: Vec<(String, String)> = Vec::new();
    for line in metric.sql.lines().map_while(|line| line.strip_prefix("-- ")) {
        match (line.split_once(": "), parts.last_mut()) {
            (Some((heading, text)), _) if !line.starts_with(' ') => {
                parts.push((heading.to_owned(), text.to_owned()));
            }
            (_, Some((_, text))) => {
                text.push(' ');
                text.push_str(line.trim());
            }
            _ => {}
        }
    }
    parts
}

impl Explanation {
    /// What contradicts any of the rows.
    pub(crate) fn problems(&self) -> Vec<String> {
        let problems = self.rows.iter().filter_map(|row| match &row.basis {
            Basis::Contradicted(reason) => {
                Some(format!("{} {}: {reason}", row.table.name, row.name))
            }
            Basis::Computed(_) | Basis::Read(_) | Basis::Recorded(_) => None,
        });
        problems.collect()
    }

    /// All of it; inputs are named by table and row.
    pub(crate) fn json(&self) -> Value {
        let rows = self.rows.iter().map(|row| {
            let cells: serde_json::Map<_, _> = row
                .cells
                .iter()
                .map(|(name, text)| ((*name).to_owned(), text.as_str().into()))
                .collect();
            let inputs = row.inputs.iter().filter_map(|(role, place)| {
                let input = self.rows.get(*place)?;
                Some(json!({"role": role, "table": input.table.name, "row": input.name}))
            });
            json!({
                "table": row.table.name, "row": row.name, "description": row.table.description,
                "cells": cells, "basis": row.basis.json(), "inputs": inputs.collect::<Vec<_>>(),
            })
        });
        json!({"snapshot": self.snapshot, "rows": rows.collect::<Vec<_>>()})
    }
}

impl Basis {
    fn json(&self) -> Value {
        match self {
            Self::Computed(header) => {
                let parts =
                    header.iter().map(|(name, text)| (name.to_lowercase(), text.as_str().into()));
                json!({"computed": parts.collect::<serde_json::Map<_, _>>()})
            }
            Self::Read(evidence) => json!({"read": read_json(evidence)}),
            Self::Contradicted(reason) => json!({"contradicted": reason}),
            Self::Recorded(by) => json!({"recorded": by}),
        }
    }
}

fn read_json(evidence: &Evidence) -> Value {
    let capture = &evidence.document.capture;
    let excerpt = Excerpt::of(evidence).map(|Excerpt { before, marked, after }| {
        json!({"before": before, "marked": marked, "after": after})
    });
    json!({
        "source": capture.source_id, "url": capture.url, "fetched_at": capture.fetched_at.to_rfc3339(),
        "payload_sha256": capture.payload_sha256, "warc_file": capture.warc_file,
        "warc_offset": capture.warc_offset, "parser_version": capture.parser_version,
        "parser_version_today": capture.parser_version_today,
        "bytes": evidence.place.as_ref().map(|place| [place.start, place.end]),
        "column": evidence.shown.as_ref().map(|(column, _)| *column),
        "value": evidence.shown.as_ref().map(|(_, value)| value.as_str()),
        "excerpt": excerpt, "notes": evidence.notes,
    })
}
