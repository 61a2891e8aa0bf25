//! `docs/metrics.md`, made from the headers of the metric files and from `schemas/mart`. `UPDATE=1` rewrites it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use burnrate_model::generated::{MART_LINEAGE, TABLES};
use burnrate_model::{ColumnType, Metric, TableDef};

use super::METRICS;
use super::parsed::{Part, parts};
use crate::documentation::{cell, check};

#[test]
fn the_page_of_metrics_is_what_their_headers_say() {
    let mut out = String::from(
        "# Metrics\n\n\
         Made by `just cards` from the headers of `pipelines/metrics/*.sql` and from `schemas/mart`. Each metric is one SQL file; every engine\n\
         gives the same rows for its text (`burnrate sql` prints all of them as one script), and `mart_lineage` names the inputs of every row.\n",
    );
    let reads = reads();
    for metric in METRICS {
        section(&mut out, metric, &reads);
    }
    let table = &MART_LINEAGE;
    writeln!(out, "\n## {}\n\n{}\n\n**Grain**: {}.", table.name, table.description, table.grain)
        .unwrap();
    columns(&mut out, table);
    check("docs/metrics.md", &out);
}

fn section(out: &mut String, metric: &Metric, reads: &BTreeMap<String, BTreeSet<String>>) {
    let table = TABLES.iter().find(|table| table.name == metric.table).unwrap();
    writeln!(out, "\n## {}\n\n{}", table.name, table.description).unwrap();
    for (heading, text) in metric.header() {
        writeln!(out, "\n**{heading}**: {}", text.replace('<', "&lt;")).unwrap();
    }
    let mut rests_on = BTreeSet::new();
    core_tables(table.name, reads, &mut BTreeSet::new(), &mut rests_on);
    let rests_on: Vec<_> = rests_on.iter().map(|name| format!("`{name}`")).collect();
    writeln!(out, "\n**Rests on**: {}.", rests_on.join(", ")).unwrap();
    columns(out, table);
}

fn columns(out: &mut String, table: &TableDef) {
    writeln!(out, "\n| column | type | meaning |\n|---|---|---|").unwrap();
    for column in table.columns {
        let null = if column.is_nullable { ", may be absent" } else { "" };
        let of = type_name(column.column_type);
        writeln!(out, "| `{}` | {of}{null} | {} |", column.name, cell(column.description)).unwrap();
    }
}

fn type_name(column_type: ColumnType) -> &'static str {
    match column_type {
        ColumnType::Text => "text",
        ColumnType::Date => "date",
        ColumnType::Timestamp => "timestamp",
        ColumnType::Integer => "integer",
        ColumnType::Boolean => "boolean",
        ColumnType::Decimal => "decimal",
        ColumnType::Double => "double",
    }
}

/// What each step and mart reads.
fn reads() -> BTreeMap<String, BTreeSet<String>> {
    let parts = METRICS.iter().flat_map(|metric| parts(metric).unwrap());
    parts.map(|part: Part| (part.name.clone(), part.reads())).collect()
}

/// The core tables that a name reads, directly or through others.
fn core_tables(
    name: &str,
    reads: &BTreeMap<String, BTreeSet<String>>,
    seen: &mut BTreeSet<String>,
    found: &mut BTreeSet<String>,
) {
    let is_known = name.starts_with("known_");
    if is_known || name.starts_with("core_") {
        let table = name.replacen("known_", "core_", 1);
        found.extend(TABLES.iter().any(|known| known.name == table).then_some(table));
    }
    for input in reads.get(name).into_iter().flatten() {
        if seen.insert(input.clone()) {
            core_tables(input, reads, seen, found);
        }
    }
}
