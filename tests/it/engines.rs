//! The metrics are text: DuckDB, running the same text over the same core tables, gets the same rows.

use burnrate_model::generated::TABLES;
use burnrate_pipelines::metrics::METRICS;
use burnrate_transform::{StatementKind, script};
use serde_json::json;

use crate::duckdb;
use crate::program::Warehouse;

#[test]
fn duckdb_agrees_on_the_demo() {
    let warehouse = Warehouse::new();
    warehouse.demo();
    duckdb_agrees(&warehouse);
}

/// Every mart as Polars wrote it against DuckDB's own rows from the same statements.
pub(crate) fn duckdb_agrees(warehouse: &Warehouse) {
    let statements = script(METRICS, None).unwrap();
    let mut sql = vec![duckdb::views_in("published", &warehouse.latest().canonicalize().unwrap())];
    for table in
        ["core_company", "core_calendar", "core_filing", "core_quarantine", "core_xbrl_fact"]
    {
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
            "SELECT '{}' AS name, (SELECT count(*) FROM ({theirs})) > 0 AS has_rows, \
             (SELECT count(*) FROM (({ours}) EXCEPT ALL ({theirs}))) AS only_duckdb, \
             (SELECT count(*) FROM (({theirs}) EXCEPT ALL ({ours}))) AS only_polars",
            statement.name
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
