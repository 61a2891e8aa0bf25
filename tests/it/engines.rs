//! The metrics are text: DuckDB, running the same text over the same core tables, gets the same rows.

use std::path::Path;

use burnrate_model::generated::TABLES;
use burnrate_model::{Clock, Column, ColumnType};
use burnrate_pipelines::metrics::METRICS;
use burnrate_transform::{StatementKind, script};
use serde_json::json;

use crate::duckdb;
use crate::program::Warehouse;

#[test]
fn duckdb_agrees_on_the_demo() {
    let warehouse = Warehouse::new();
    warehouse.demo();
    duckdb_agrees(&warehouse, Given::Everything);
    warehouse.run(&["transform", "--as-of", "2024-09-17"]).with_status(0);
    let as_of = warehouse.snapshot_as_of("2024-09-17");
    agrees(&as_of, Clock::AsOf("2024-09-17".parse().unwrap()), Given::Argument);
}

/// Every mart as Polars wrote it against DuckDB's own rows from the same statements.
pub(crate) fn duckdb_agrees(warehouse: &Warehouse, given: Given) {
    agrees(&warehouse.latest().canonicalize().unwrap(), Clock::Now, given);
}

/// Whether the marts of a warehouse are about what it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Given {
    /// Filings, prices and news.
    Everything,
    /// Filings alone.
    Filings,
    /// Prices alone.
    Prices,
    /// News alone.
    News,
    /// What argues with all of them, of a time of which hardly any list of prices is recorded.
    Argument,
}

const OF_ARGUMENT: &[&str] = &[
    "mart_ai_revenue",
    "_anchor_gpu_discount",
    "_claim_check",
    "_money_flows",
    "_runway",
    "_seat_economics",
    "_unit_economics",
    "_valuation_multiple",
];

impl Given {
    /// Whether a table must have rows. Facts disagree only where two sources carry those of one filing.
    fn fills(self, table: &str) -> bool {
        let is_of_prices = table.contains("price") || table.ends_with("effective_gpu_discount");
        let is_of_news = table.contains("funding");
        // What texts and claims say of companies, rounds and prices together.
        let is_of_argument = OF_ARGUMENT.iter().any(|name| table.ends_with(name));
        let is_exempt = table.ends_with("mart_fact_disagreement");
        !is_exempt
            && match self {
                Self::Everything => true,
                Self::Filings => !is_of_prices && !is_of_news && !is_of_argument,
                Self::Prices => is_of_prices,
                Self::News => is_of_news,
                Self::Argument => is_of_argument || !is_of_prices,
            }
    }
}

/// The same for a folder that holds core tables, marts and their `views.sql`.
pub(crate) fn agrees(snapshot: &Path, clock: Clock, given: Given) {
    let statements = script(METRICS, clock).unwrap();
    let mut sql = vec![duckdb::views_in("published", snapshot)];
    for table in core_tables() {
        sql.push(format!("CREATE VIEW {table} AS SELECT * FROM published.{table}"));
    }
    let mut differences = Vec::new();
    for statement in &statements {
        sql.push(format!("CREATE TABLE {} AS {}", statement.name, statement.sql));
        let name = &statement.name;
        let (theirs, differing) = match statement.kind {
            StatementKind::Known | StatementKind::Step => continue,
            StatementKind::Rows => {
                let theirs = format!("published.{name}");
                let differing = differing_rows(name, &theirs);
                (theirs, differing)
            }
            StatementKind::Lineage => {
                let mart = name.trim_start_matches("lineage_of_");
                let columns = "mart_row_id, input_table, input_row_id, role";
                let ours = format!("SELECT {columns} FROM {name}");
                let theirs = format!(
                    "(SELECT {columns} FROM published.mart_lineage WHERE mart_table = '{mart}')"
                );
                let differing = format!(
                    "(({ours}) EXCEPT ALL {theirs}) UNION ALL ({theirs} EXCEPT ALL ({ours}))"
                );
                (theirs, format!("SELECT count(*) FROM ({differing})"))
            }
        };
        differences.push(format!(
            "SELECT '{name}' AS name, {} OR (SELECT count(*) FROM {theirs}) > 0 AS has_rows, ({differing}) AS differing",
            !given.fills(name),
        ));
    }
    sql.push(format!(
        "SELECT * FROM ({}) WHERE NOT has_rows OR differing > 0",
        differences.join(" UNION ALL ")
    ));
    assert_eq!(json!(duckdb::run(&sql)), json!([]), "table, has rows, rows that differ");
}

/// How many rows of a table of ours are not in theirs, or the other way round, or have another value: of
/// doubles one that is off by more than a billionth, for engines interpolate quantiles in other orders.
pub(crate) fn differing_rows(name: &str, theirs: &str) -> String {
    let table = TABLES.iter().find(|definition| definition.name == name).unwrap();
    assert_eq!(table.key, ["row_id"], "{name}");
    let is_equal = |column: &Column| {
        let name = column.name;
        let same = format!("ours.{name} IS NOT DISTINCT FROM theirs.{name}");
        match column.column_type {
            ColumnType::Double => format!(
                "({same} OR coalesce(abs(ours.{name} - theirs.{name}) <= 1e-9 * abs(theirs.{name}), FALSE))"
            ),
            ColumnType::Text
            | ColumnType::Date
            | ColumnType::Timestamp
            | ColumnType::Integer
            | ColumnType::Boolean
            | ColumnType::Decimal => same,
        }
    };
    let equal: Vec<_> = table.columns.iter().map(is_equal).collect();
    format!(
        "SELECT count(*) FROM {name} AS ours FULL JOIN {theirs} AS theirs ON ours.row_id = theirs.row_id \
         WHERE NOT ({})",
        equal.join(" AND ")
    )
}

/// What metrics may read.
pub(crate) fn core_tables() -> impl Iterator<Item = &'static str> {
    TABLES.iter().map(|table| table.name).filter(|name| name.starts_with("core_"))
}
