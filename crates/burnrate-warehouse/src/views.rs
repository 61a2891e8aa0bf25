//! `views.sql`: every table of a snapshot as a DuckDB view.

use std::fmt::Write as _;
use std::path::Path;

use burnrate_model::TableDef;
use burnrate_model::generated::TABLES;

use crate::manifest::Manifest;

/// Views over the files in `folder`, with the meaning of tables and columns as comments.
///
/// Paths are absolute, so that the file can be read from any working directory; a warehouse that has
/// moved gets new ones with the next snapshot.
pub(crate) fn views_sql(folder: &Path, manifest: &Manifest) -> String {
    let mut sql = format!(
        "-- Snapshot {} as DuckDB views: duckdb -init views.sql, or .read views.sql\n",
        manifest.id
    );
    if let Some(as_of) = manifest.as_of {
        // Writing to a String cannot fail.
        let _infallible = writeln!(
            sql,
            "-- Marts are computed as of {as_of}; core tables hold all that is known."
        );
    }
    if let Some(day) = manifest.valid_on {
        let _infallible = writeln!(
            sql,
            "-- Marts look back on {day} with all that is known since: `known_on` may be later. Core tables hold all that is known."
        );
    }
    for table in TABLES.iter().filter(|table| !manifest.files(table.name).is_empty()) {
        view(&mut sql, folder, table);
    }
    sql
}

fn view(sql: &mut String, folder: &Path, table: &TableDef) {
    let glob = folder.join(table.name).join("*.parquet");
    let glob = quoted(&glob.to_string_lossy());
    let comment = quoted(&format!("{} Grain: {}.", table.description, table.grain));
    let _infallible = write!(
        sql,
        "\nCREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet({glob});\nCOMMENT ON VIEW {name} IS {comment};\n",
        name = table.name,
    );
    for column in table.kind.provenance().iter().chain(table.columns) {
        let _infallible = writeln!(
            sql,
            "COMMENT ON COLUMN {}.{} IS {};",
            table.name,
            column.name,
            quoted(column.description)
        );
    }
}

/// A text as an SQL literal.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
