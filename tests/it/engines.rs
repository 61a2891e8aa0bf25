//! The metrics are text: DuckDB, running the same text over the same core tables, gets the same rows.

use std::path::Path;

use burnrate_model::generated::TABLES;
use burnrate_pipelines::metrics::METRICS;
use burnrate_transform::{StatementKind, script};
use chrono::NaiveDate;
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
    agrees(&as_of, NaiveDate::from_ymd_opt(2024, 9, 17), Given::Filings);
}

/// Every mart as Polars wrote it against DuckDB's own rows from the same statements.
pub(crate) fn duckdb_agrees(warehouse: &Warehouse, given: Given) {
    agrees(&warehouse.latest().canonicalize().unwrap(), None, given);
}

/// Whether the marts of a warehouse are about what it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Given {
    /// Filings and prices.
    Everything,
    /// Filings alone.
    Filings,
    /// Prices alone.
    Prices,
}

impl Given {
    /// Whether a table must have rows. Facts disagree only where two sources carry those of one filing.
    fn fills(self, table: &str) -> bool {
        let is_of_prices = table.contains("price") || table.contains("discount");
        let is_exempt = table.ends_with("mart_fact_disagreement");
        !is_exempt
            && match self {
                Self::Everything => true,
                Self::Filings => !is_of_prices,
                Self::Prices => is_of_prices,
            }
    }
}

/// The same for a folder that holds core tables, marts and their `views.sql`.
pub(crate) fn agrees(snapshot: &Path, as_of: Option<NaiveDate>, given: Given) {
    let statements = script(METRICS, as_of).unwrap();
    let mut sql = vec![duckdb::views_in("published", snapshot)];
    for table in core_tables() {
        sql.push(format!("CREATE VIEW {table} AS SELECT * FROM published.{table}"));
    }
    let mut differences = Vec::new();
    for statement in &statements {
        sql.push(format!("CREATE TABLE {} AS {}", statement.name, statement.sql));
        let (ours, theirs) = match statement.kind {
            StatementKind::Known | StatementKind::Step => continue,
            StatementKind::Rows => {
                let columns = columns_of(&statement.name);
                (
                    format!("SELECT {columns} FROM {}", statement.name),
                    format!("SELECT {columns} FROM published.{}", statement.name),
                )
            }
            StatementKind::Lineage => {
                let mart = statement.name.trim_start_matches("lineage_of_");
                let columns = "mart_row_id, input_table, input_row_id, role";
                (
                    format!("SELECT {columns} FROM {}", statement.name),
                    format!(
                        "SELECT {columns} FROM published.mart_lineage WHERE mart_table = '{mart}'"
                    ),
                )
            }
        };
        differences.push(format!(
            "SELECT '{}' AS name, {} OR (SELECT count(*) FROM ({theirs})) > 0 AS has_rows, \
             (SELECT count(*) FROM (({ours}) EXCEPT ALL ({theirs}))) AS only_duckdb, \
             (SELECT count(*) FROM (({theirs}) EXCEPT ALL ({ours}))) AS only_polars",
            statement.name,
            !given.fills(&statement.name),
        ));
    }
    sql.push(format!(
        "SELECT * FROM ({}) WHERE NOT has_rows OR only_duckdb > 0 OR only_polars > 0",
        differences.join(" UNION ALL ")
    ));
    assert_eq!(
        json!(duckdb::run(&sql)),
        json!([]),
        "engine, has rows, only in DuckDB, only in Polars"
    );
}

fn columns_of(table: &str) -> String {
    let table = TABLES.iter().find(|definition| definition.name == table).unwrap();
    table.columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
}

/// What metrics may read.
pub(crate) fn core_tables() -> impl Iterator<Item = &'static str> {
    TABLES.iter().map(|table| table.name).filter(|name| name.starts_with("core_"))
}
