//! The script as one text that another engine runs as it is.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use burnrate_model::generated::{MART_LINEAGE, TABLES};
use burnrate_model::{Clock, ColumnType, Metric, TableDef, TableKind};

use crate::script::{ScriptError, Statement, StatementKind, lineage_table, script, words};

/// An engine's way of writing SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// DuckDB, of which metrics use the words.
    DuckDb,
    /// Apache Spark 4.
    Spark,
}

/// What metrics call it, and what Spark does. This is all in which the text differs.
const SPARK_WORDS: &[(&str, &str)] =
    &[("QUANTILE_CONT", "PERCENTILE"), ("TIMESTAMPTZ", "TIMESTAMP"), ("VARCHAR", "STRING")];

impl Dialect {
    /// All metrics as one script: views on the core tables of the snapshot in `folder`, the steps, and each
    /// derived table under its own name, with the columns and types of its schema.
    ///
    /// # Errors
    /// Those of [`script`].
    pub fn script(
        self,
        metrics: &[Metric],
        clock: Clock,
        folder: &Path,
    ) -> Result<String, ScriptError> {
        let statements = script(metrics, clock)?;
        let read: BTreeSet<_> =
            statements.iter().flat_map(|statement| words(&statement.sql)).collect();
        let mut out = self.heading(clock);
        for table in TABLES.iter().filter(|table| table.kind != TableKind::Mart) {
            if read.contains(table.name) {
                out.push_str(&self.input(table, folder));
            }
        }
        for statement in &statements {
            self.statement(&mut out, statement);
        }
        let lineages = statements.iter().filter(|one| one.kind == StatementKind::Lineage);
        let edges: Vec<_> = lineages
            .map(|Statement { name, .. }| {
                format!("SELECT '{}' AS mart_table, {name}.* FROM {name}", lineage_table(name))
            })
            .collect();
        self.table(&mut out, &MART_LINEAGE, &edges.join("\nUNION ALL\n"));
        if self == Self::Spark {
            drop_steps(&mut out, &statements);
        }
        Ok(out)
    }

    fn heading(self, clock: Clock) -> String {
        let engine = match self {
            Self::DuckDb => "DuckDB",
            Self::Spark => "Apache Spark",
        };
        format!("-- The metrics of burnrate, {clock}, for {engine}.\n")
    }

    /// A view on the files of a core table.
    fn input(self, table: &TableDef, folder: &Path) -> String {
        let name = table.name;
        let folder = folder.join(name);
        match self {
            Self::DuckDb => {
                let files = folder.join("*.parquet").to_string_lossy().replace('\'', "''");
                format!(
                    "\nCREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet('{files}');\n"
                )
            }
            Self::Spark => {
                let path = folder.to_string_lossy().replace('\\', "\\\\").replace('\'', "\\'");
                format!(
                    "\nCREATE OR REPLACE TEMPORARY VIEW {name} USING parquet OPTIONS (path '{path}');\n"
                )
            }
        }
    }

    fn statement(self, out: &mut String, Statement { name, kind, sql }: &Statement) {
        match kind {
            StatementKind::Known => {
                self.push(out, &format!("CREATE OR REPLACE TEMPORARY VIEW {name} AS\n{sql};"));
            }
            StatementKind::Step | StatementKind::Lineage => {
                self.push(out, &format!("{} AS\n{sql};", self.create(name, true)));
            }
            StatementKind::Rows => {
                if let Some(table) = TABLES.iter().find(|table| table.name == name) {
                    self.table(out, table, sql);
                }
            }
        }
    }

    /// How a table begins that others read: what is computed once. Spark has no temporary tables, and computes
    /// a view again for each of its readers; the plan of views upon views outgrows its memory.
    fn create(self, name: &str, is_step: bool) -> String {
        match self {
            Self::DuckDb if is_step => format!("CREATE OR REPLACE TEMP TABLE {name}"),
            Self::DuckDb => format!("CREATE OR REPLACE TABLE {name}"),
            Self::Spark => {
                format!("DROP TABLE IF EXISTS {name};\n\nCREATE TABLE {name} USING parquet")
            }
        }
    }

    /// A derived table: engines widen sums and order columns in their own ways.
    fn table(self, out: &mut String, table: &TableDef, sql: &str) {
        let columns: Vec<_> = table
            .columns
            .iter()
            .map(|column| {
                let of = type_name(column.column_type);
                format!("CAST({name} AS {of}) AS {name}", name = column.name)
            })
            .collect();
        let columns = columns.join(", ");
        self.push(
            out,
            &format!(
                "{} AS\nSELECT {columns} FROM (\n{sql}\n) AS made;",
                self.create(table.name, false)
            ),
        );
    }

    /// Adds a statement in the engine's words.
    fn push(self, out: &mut String, sql: &str) {
        let text = match self {
            Self::DuckDb => sql.to_owned(),
            Self::Spark => in_words_of_spark(sql),
        };
        // Writing to a String cannot fail.
        let _infallible = writeln!(out, "\n{text}");
    }
}

/// Leaves the derived tables alone.
fn drop_steps(out: &mut String, statements: &[Statement]) {
    let is_step =
        |one: &&Statement| matches!(one.kind, StatementKind::Step | StatementKind::Lineage);
    out.push('\n');
    for Statement { name, .. } in statements.iter().filter(is_step) {
        // Writing to a String cannot fail.
        let _infallible = writeln!(out, "DROP TABLE {name};");
    }
}

/// A type in the words of metrics.
fn type_name(column_type: ColumnType) -> &'static str {
    match column_type {
        ColumnType::Text => "VARCHAR",
        ColumnType::Date => "DATE",
        ColumnType::Timestamp => "TIMESTAMPTZ",
        ColumnType::Integer => "BIGINT",
        ColumnType::Boolean => "BOOLEAN",
        ColumnType::Decimal => "DECIMAL(38, 12)",
        ColumnType::Double => "DOUBLE",
    }
}

/// A statement with each word translated that stands outside of quotes.
fn in_words_of_spark(sql: &str) -> String {
    let mut out = String::with_capacity(sql.len());
    for (place, text) in sql.split('\'').enumerate() {
        if place > 0 {
            out.push('\'');
        }
        if place % 2 == 1 {
            out.push_str(text);
            continue;
        }
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        for word in text.split_inclusive(|c| !is_word(c)) {
            let (bare, end) = word.split_at(word.trim_end_matches(|c| !is_word(c)).len());
            let known = SPARK_WORDS.iter().find(|(word, _)| *word == bare);
            out.push_str(known.map_or(bare, |(_, spark)| spark));
            out.push_str(end);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const METRIC: Metric = Metric {
        table: "mart_fiscal_quarter",
        sql: "-- step: a_step\nSELECT CAST(x AS VARCHAR) || ' VARCHAR ' || CAST(y AS VARCHAR) AS z FROM core_company;\n\
              -- rows\nSELECT QUANTILE_CONT(x, 0.5) AS quantile_cont FROM a_step;\n\
              -- lineage\nSELECT 1 AS x;\n",
    };

    #[test]
    fn words_are_translated_outside_of_quotes() {
        let script = Dialect::Spark.script(&[METRIC], Clock::Now, Path::new("/w/it's")).unwrap();
        for text in [
            "CREATE TABLE a_step USING parquet AS\nSELECT CAST(x AS STRING) || ' VARCHAR ' || CAST(y AS STRING) AS z FROM core_company;\n",
            "SELECT PERCENTILE(x, 0.5) AS quantile_cont FROM a_step\n) AS made;",
            "VIEW core_company USING parquet OPTIONS (path '/w/it\\'s/core_company');\n",
        ] {
            assert!(script.contains(text), "{script}");
        }
    }

    #[test]
    fn duckdb_reads_the_text_as_it_is() {
        let script = Dialect::DuckDb.script(&[METRIC], Clock::Now, Path::new("/w/it's")).unwrap();
        for text in [
            "CREATE OR REPLACE TEMP TABLE a_step AS\nSELECT CAST(x AS VARCHAR) || ' VARCHAR '",
            "CREATE OR REPLACE VIEW core_company AS SELECT * FROM read_parquet('/w/it''s/core_company/*.parquet');\n",
            "CREATE OR REPLACE TABLE mart_fiscal_quarter AS\nSELECT CAST(row_id AS VARCHAR) AS row_id, ",
            "SELECT 'mart_fiscal_quarter' AS mart_table, lineage_of_mart_fiscal_quarter.* FROM lineage_of_mart_fiscal_quarter",
        ] {
            assert!(script.contains(text), "{script}");
        }
    }
}
