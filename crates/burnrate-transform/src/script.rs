//! From the metric files to one ordered list of statements.

use std::collections::BTreeSet;

use burnrate_model::generated::{CORE_READING, TABLES};
use burnrate_model::{Clock, Metric, TableDef, TableKind};

/// One `SELECT` and the name under which later ones read its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Name of the result.
    pub name: String,
    /// What the result is.
    pub kind: StatementKind,
    /// The text, without a semicolon.
    pub sql: String,
}

/// What the result of a statement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatementKind {
    /// A core table as known on a day: `known_…`.
    Known,
    /// An intermediate result of a metric.
    Step,
    /// The rows of a derived table.
    Rows,
    /// The lineage of a derived table; named `lineage_of_…`.
    Lineage,
}

/// A metric file that does not have the form it should.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScriptError {
    /// A part is missing, doubled or unknown.
    #[error("metric {table}: {reason}")]
    Form {
        /// The metric's table.
        table: String,
        /// What is wrong.
        reason: String,
    },
    /// Metrics read each other in a circle.
    #[error("these metrics read each other in a circle: {0}")]
    Circle(String),
}

/// A metric taken apart.
struct Parts {
    table: &'static str,
    statements: Vec<Statement>,
}

/// Every statement in an order in which each reads only what stands before it.
///
/// `clock` says whose knowledge of which day counts.
///
/// # Errors
/// [`ScriptError`] where a file has not the form of [`Metric`], or metrics form a circle.
pub fn script(metrics: &[Metric], clock: Clock) -> Result<Vec<Statement>, ScriptError> {
    let mut statements: Vec<Statement> =
        TABLES.iter().filter_map(|table| known(table, clock)).collect();
    statements.push(known_day(clock));
    let mut waiting = metrics.iter().map(parts).collect::<Result<Vec<_>, _>>()?;
    check_names(&waiting)?;
    while !waiting.is_empty() {
        let made_later: BTreeSet<String> = waiting.iter().flat_map(Parts::makes).collect();
        let is_ready = |parts: &Parts| {
            let own: BTreeSet<String> = parts.makes().collect();
            parts.reads().all(|name| own.contains(&name) || !made_later.contains(&name))
        };
        let Some(next) = waiting.iter().position(is_ready) else {
            let tables: Vec<_> = waiting.iter().map(|parts| parts.table).collect();
            return Err(ScriptError::Circle(tables.join(", ")));
        };
        statements.extend(waiting.remove(next).statements);
    }
    Ok(statements)
}

/// A core table as known on a day; none for tables that no metric reads, or that are the same on every day.
/// The day is a row of the calendar: engines differ in how they read a date from a text.
fn known(table: &TableDef, clock: Clock) -> Option<Statement> {
    let name = table.name;
    let day = clock.day().map_or(String::new(), |day| {
        let number = day.to_epoch_days();
        format!(
            "\nCROSS JOIN (SELECT date AS clock_day FROM core_calendar WHERE day_number = {number}) AS clock"
        )
    });
    let by_then = |column: &str| match clock {
        Clock::AsOf(_) => format!("{column} <= clock.clock_day"),
        Clock::Now | Clock::ValidOn(_) => "TRUE".to_owned(),
    };
    let sql = match table.kind {
        TableKind::Fact => known_facts(name, &day, &by_then("known_on"), &happened(table, clock)),
        TableKind::State => known_rows(name, &day, &by_then("known_on")),
        TableKind::Log if name == CORE_READING.name => {
            known_rows(name, &day, &by_then("observed_on"))
        }
        TableKind::Reference | TableKind::Log | TableKind::Mart => return None,
    };
    let name = name.replacen("core_", "known_", 1);
    Some(Statement { name, kind: StatementKind::Known, sql })
}

/// Looking back, what a fact must be of: a period that had ended, or where it has none, a day of publication that had come.
fn happened(table: &TableDef, clock: Clock) -> String {
    if clock.valid_on().is_none() {
        return "TRUE".to_owned();
    }
    let has_period = table.columns.iter().any(|column| column.name == "period_end");
    let day = if has_period { "COALESCE(period_end, known_on)" } else { "known_on" };
    format!("{day} <= clock.clock_day")
}

/// `known_day`: the day whose knowledge counts, or that is looked back on; else that of the last reading of a list, since
/// no metric reads a clock.
fn known_day(clock: Clock) -> Statement {
    let sql = match clock.day() {
        Some(day) => {
            let number = day.to_epoch_days();
            format!("SELECT date AS day FROM core_calendar WHERE day_number = {number}")
        }
        None => format!("SELECT MAX(observed_on) AS day FROM {}", CORE_READING.name),
    };
    Statement { name: "known_day".to_owned(), kind: StatementKind::Known, sql }
}

/// What was known by then, less what a correction known by then superseded.
fn known_facts(name: &str, clock: &str, by_then: &str, happened: &str) -> String {
    format!(
        "SELECT fact.* FROM {name} AS fact{clock}\n\
         LEFT JOIN (\n  \
           SELECT corrects_row_id AS superseded_row_id FROM {name} AS correction{clock}\n  \
           WHERE corrects_row_id IS NOT NULL AND {by_then}\n\
         ) AS later ON fact.row_id = later.superseded_row_id\n\
         WHERE later.superseded_row_id IS NULL AND {by_then} AND {happened}"
    )
}

/// What had happened by then.
fn known_rows(name: &str, clock: &str, by_then: &str) -> String {
    format!("SELECT event.* FROM {name} AS event{clock}\nWHERE {by_then}")
}

fn parts(metric: &Metric) -> Result<Parts, ScriptError> {
    let form = |reason: String| ScriptError::Form { table: metric.table.to_owned(), reason };
    let mut statements: Vec<Statement> = Vec::new();
    for line in metric.sql.lines() {
        if let Some((name, kind)) = part_heading(metric.table, line) {
            statements.push(Statement { name, kind, sql: String::new() });
        } else if let Some(statement) = statements.last_mut() {
            statement.sql.push_str(line);
            statement.sql.push('\n');
        } else if !line.is_empty() && !line.starts_with("--") {
            return Err(form(format!("`{line}` stands before the first part")));
        }
    }
    for statement in &mut statements {
        let code: String = code_lines(&statement.sql).collect::<Vec<_>>().join("\n");
        let Some(text) = code.trim().strip_suffix(';').filter(|text| !text.contains(';')) else {
            return Err(form(format!(
                "part {} is not one statement that ends in a semicolon",
                statement.name
            )));
        };
        text.clone_into(&mut statement.sql);
    }
    let count = |kind| statements.iter().filter(|statement| statement.kind == kind).count();
    if count(StatementKind::Rows) != 1 || count(StatementKind::Lineage) != 1 {
        return Err(form("it needs one part `-- rows` and one part `-- lineage`".to_owned()));
    }
    Ok(Parts { table: metric.table, statements })
}

/// The table whose inputs a statement of kind [`StatementKind::Lineage`] gives.
pub(crate) fn lineage_table(name: &str) -> &str {
    name.trim_start_matches("lineage_of_")
}

fn part_heading(table: &str, line: &str) -> Option<(String, StatementKind)> {
    match line.trim_end() {
        "-- rows" => Some((table.to_owned(), StatementKind::Rows)),
        "-- lineage" => Some((format!("lineage_of_{table}"), StatementKind::Lineage)),
        line => {
            line.strip_prefix("-- step: ").map(|name| (name.trim().to_owned(), StatementKind::Step))
        }
    }
}

fn check_names(all: &[Parts]) -> Result<(), ScriptError> {
    let mut seen = BTreeSet::new();
    for parts in all {
        for name in parts.makes() {
            if !seen.insert(name.clone()) {
                let reason = format!("`{name}` is made twice");
                return Err(ScriptError::Form { table: parts.table.to_owned(), reason });
            }
        }
    }
    Ok(())
}

impl Parts {
    fn makes(&self) -> impl Iterator<Item = String> {
        self.statements.iter().map(|statement| statement.name.clone())
    }

    /// Every word of the statements: more than the tables they read, which does no harm.
    fn reads(&self) -> impl Iterator<Item = String> {
        self.statements.iter().flat_map(|statement| words(&statement.sql)).map(str::to_owned)
    }
}

/// The lines of an SQL text without comments. No text of a metric holds two dashes.
fn code_lines(sql: &str) -> impl Iterator<Item = &str> {
    sql.lines()
        .map(|line| line.split("--").next().unwrap_or(line).trim_end())
        .filter(|line| !line.is_empty())
}

/// The identifiers and keywords of an SQL text.
pub(crate) fn words(sql: &str) -> impl Iterator<Item = &str> {
    code_lines(sql)
        .flat_map(|line| line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_'))
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    const A: Metric = Metric {
        table: "mart_a",
        sql: "-- Grain: one.\n\n-- step: a_step\nSELECT 1 AS x;\n\n-- rows\nSELECT x FROM a_step; \n-- lineage\nSELECT x FROM mart_a;\n",
    };
    const B: Metric = Metric {
        table: "mart_b",
        sql: "-- Grain: one.\n\n-- rows\nSELECT x FROM mart_c;\n-- lineage\nSELECT x FROM mart_b;\n",
    };
    const C: Metric = Metric {
        table: "mart_c",
        sql: "-- rows\nSELECT x FROM a_step; \n-- lineage\nSELECT x FROM mart_c;\n",
    };

    #[test]
    fn metrics_stand_behind_what_they_read() {
        let statements = script(&[B, C, A], Clock::Now).unwrap();
        let names: Vec<_> = statements.iter().map(|statement| statement.name.as_str()).collect();
        let position = |name| names.iter().position(|other| *other == name).unwrap();
        assert!(position("known_xbrl_fact") < position("a_step"));
        assert!(position("a_step") < position("mart_c"));
        assert!(position("mart_c") < position("mart_b"));
    }

    #[test]
    fn a_circle_is_named() {
        let c = Metric {
            table: "mart_c",
            sql: "-- rows\nSELECT x FROM mart_b;\n-- lineage\nSELECT 1;\n",
        };
        assert_eq!(
            script(&[B, c], Clock::Now),
            Err(ScriptError::Circle("mart_b, mart_c".to_owned()))
        );
    }

    #[test]
    fn parts_are_complete_and_single() {
        let form =
            |sql| script(&[Metric { table: "mart_x", sql }], Clock::Now).unwrap_err().to_string();
        assert_eq!(
            form("-- rows\nSELECT 1;\n"),
            "metric mart_x: it needs one part `-- rows` and one part `-- lineage`"
        );
        assert!(form("SELECT 1;\n").contains("stands before the first part"));
        assert!(
            form("-- rows\nSELECT 1; SELECT 2;\n-- lineage\nSELECT 1;\n")
                .contains("not one statement")
        );
        assert!(script(&[A, A], Clock::Now).is_err());
    }

    #[test]
    fn the_clock_is_in_every_known_table() {
        let day = NaiveDate::from_ymd_opt(2024, 9, 17).unwrap();
        let statements = script(&[], Clock::AsOf(day)).unwrap();
        assert!(!statements.is_empty());
        for Statement { name, sql, .. } in statements {
            if name == "known_day" {
                assert_eq!(sql, "SELECT date AS day FROM core_calendar WHERE day_number = 19983");
                continue;
            }
            let is_correctable = sql.contains("corrects_row_id");
            let times = if is_correctable { 2 } else { 1 };
            // 2024-09-17 is 54 years of 365 days, 13 leap days, and 260 days after 1970-01-01.
            assert_eq!(sql.matches("day_number = 19983").count(), times, "{sql}");
            assert_eq!(sql.matches("_on <= clock.clock_day").count(), times, "{sql}");
        }
    }

    #[test]
    fn looking_back_takes_all_that_is_known_of_periods_that_had_ended() {
        let day = NaiveDate::from_ymd_opt(2024, 9, 17).unwrap();
        let statements = script(&[], Clock::ValidOn(day)).unwrap();
        let sql = |name: &str| {
            let statement = statements.iter().find(|statement| statement.name == name).unwrap();
            statement.sql.clone()
        };
        assert!(
            sql("known_xbrl_fact").contains("COALESCE(period_end, known_on) <= clock.clock_day")
        );
        assert!(sql("known_article").ends_with("AND known_on <= clock.clock_day"));
        assert!(sql("known_model_price").ends_with("WHERE TRUE"));
        assert_eq!(
            sql("known_day"),
            "SELECT date AS day FROM core_calendar WHERE day_number = 19983"
        );
    }
}
