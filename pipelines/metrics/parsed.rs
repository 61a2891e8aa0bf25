//! Metric files as syntax trees, for the tests of their text.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use burnrate_model::Metric;
use sqlparser::ast::{Query, Statement, visit_relations};
use sqlparser::dialect::GenericDialect;
use sqlparser::parser::Parser;

/// The statement of one part of a metric file.
pub(super) struct Part {
    /// The step, the table, or `lineage_of_` it.
    pub(super) name: String,
    pub(super) query: Box<Query>,
}

/// The parts of a metric in order.
pub(super) fn parts(metric: &Metric) -> Result<Vec<Part>, String> {
    let statements = Parser::parse_sql(&GenericDialect {}, metric.sql)
        .map_err(|error| format!("{}: {error}", metric.table))?;
    let names: Vec<_> =
        metric.sql.lines().filter_map(|line| part_name(metric.table, line)).collect();
    if names.len() != statements.len() {
        return Err(format!(
            "{}: {} parts and {} statements",
            metric.table,
            names.len(),
            statements.len()
        ));
    }
    let part = |(name, statement)| {
        if let Statement::Query(query) = statement {
            return Ok(Part { name, query });
        }
        Err(format!("{}: {name} is no SELECT: {statement}", metric.table))
    };
    names.into_iter().zip(statements).map(part).collect()
}

fn part_name(table: &str, line: &str) -> Option<String> {
    match line.trim_end() {
        "-- rows" => Some(table.to_owned()),
        "-- lineage" => Some(format!("lineage_of_{table}")),
        line => line.strip_prefix("-- step: ").map(|name| name.trim().to_owned()),
    }
}

impl Part {
    /// The tables and steps that it reads.
    pub(super) fn reads(&self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        let _all: ControlFlow<()> = visit_relations(&*self.query, |name| {
            names.insert(name.to_string());
            ControlFlow::Continue(())
        });
        let own = self.query.with.iter().flat_map(|with| &with.cte_tables);
        for table in own {
            names.remove(&table.alias.name.value);
        }
        names
    }
}

/// What the parts of a metric read that none of them makes.
pub(super) fn inputs(parts: &[Part]) -> BTreeSet<String> {
    let makes: BTreeSet<_> = parts.iter().map(|part| part.name.clone()).collect();
    let reads: BTreeSet<_> = parts.iter().flat_map(Part::reads).collect();
    reads.difference(&makes).cloned().collect()
}
