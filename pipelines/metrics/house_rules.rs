//! The rules that let every engine give the same rows for the text of a metric; each is told in
//! `docs/decisions/0022-metric-text-is-portable-by-rule.md`.

#![expect(clippy::wildcard_enum_match_arm, reason = "of the forms of SQL few are of interest here")]

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use burnrate_model::generated::TABLES;
use burnrate_model::{ColumnType, Metric, TableKind};
use sqlparser::ast::{
    BinaryOperator, CastKind, DataType, Distinct, Expr, Function, FunctionArg, FunctionArgExpr,
    FunctionArguments, GroupByExpr, Join, JoinConstraint, JoinOperator, ObjectName, Query, Select,
    SelectItem, SetExpr, TableFactor, Value, Visit, Visitor, WindowFrame, WindowFrameBound,
    WindowFrameUnits, WindowSpec, WindowType, visit_expressions,
};

use super::METRICS;
use super::parsed::{Part, inputs, parts};

const HEADINGS: [&str; 5] = ["Grain", "Formula", "Units", "Inputs", "Caveats"];

/// Functions that Polars, DuckDB and Spark know by these names, or that the dialects translate.
const FUNCTIONS: &[&str] = &[
    "ABS",
    "AVG",
    "COALESCE",
    "CONCAT_WS",
    "COUNT",
    "FLOOR",
    "GREATEST",
    "LAG",
    "LEAD",
    "LEAST",
    "LOWER",
    "MAX",
    "MEDIAN",
    "MIN",
    "NULLIF",
    "POWER",
    "QUANTILE_CONT",
    "REPLACE",
    "ROW_NUMBER",
    "SUM",
];

/// Steps whose orders are total for a reason that their text does not show.
const TOTAL_ORDERS: &[(&str, &str)] = &[
    (
        "check_chosen",
        "a witness is put together once a claim and state of knowledge, by `found_by`",
    ),
    ("fiscal_year_open", "a start is filed or nominal once a filer; `facts` tells the two apart"),
    ("intensity_capex", "a filing gives a definition of a year once"),
    ("price_in_force", "a price begins and ends on a day once"),
    ("price_of_stretch_followed", "one price is in force on a day"),
    ("price_reading", "a source has one `max_age_days`"),
    ("price_run", "a list has one `price_reading` a day"),
    ("round_currency", "a round has one row of a currency for amounts, and one for valuations"),
    ("vintage_numbered", "`filing` ends with the row_id of the fact"),
    ("vintage_ordered", "`filing` ends with the row_id of the fact"),
    ("vintage_switch", "a concept has one day of its first and one of its last use"),
];

/// Functions that order rows without aggregating them.
const RANKING: &[&str] = &["LAG", "LEAD", "ROW_NUMBER"];

/// Aggregates, which no window may stand beside.
const AGGREGATES: &[&str] = &["AVG", "COUNT", "MAX", "MEDIAN", "MIN", "QUANTILE_CONT", "SUM"];

#[test]
fn every_metric_keeps_the_house_rules() {
    let found: Vec<_> = METRICS.iter().flat_map(violations).collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn total_orders_are_of_steps_that_there_are() {
    let made: BTreeSet<_> =
        METRICS.iter().flat_map(|metric| parts(metric).unwrap()).map(|part| part.name).collect();
    let unknown: Vec<_> = TOTAL_ORDERS.iter().filter(|(part, _)| !made.contains(*part)).collect();
    assert_eq!(unknown, [&("", ""); 0]);
}

/// What a metric's text has against the rules.
fn violations(metric: &Metric) -> Vec<String> {
    let parts = match parts(metric) {
        Ok(parts) => parts,
        Err(error) => return vec![error],
    };
    let mut found = header_violations(metric, &parts);
    let mut keys = BTreeMap::new();
    for part in &parts {
        let mut rules = Rules { part: &part.name, keys: &keys, found: Vec::new() };
        let _all = part.query.visit(&mut rules);
        found.extend(rules.found);
        keys.extend(key_of_query(&part.query).map(|key| (part.name.clone(), key)));
    }
    found
}

fn header_violations(metric: &Metric, parts: &[Part]) -> Vec<String> {
    let header = metric.header();
    let table = metric.table;
    let headings: Vec<_> = header.iter().map(|(heading, _)| *heading).collect();
    if headings != HEADINGS || header.iter().any(|(_, text)| !text.ends_with('.')) {
        return vec![format!(
            "{table}: the header is one sentence or more of each of {HEADINGS:?}, in order, not {headings:?}"
        )];
    }
    let stated: BTreeSet<_> =
        header[3].1.trim_end_matches('.').split(", ").map(str::to_owned).collect();
    let read = inputs(parts);
    if stated == read {
        return Vec::new();
    }
    let read: Vec<_> = read.into_iter().collect();
    vec![format!("{table}: it reads what should stand as `-- Inputs: {}.`", read.join(", "))]
}

/// Finds what one statement has against the rules.
struct Rules<'a> {
    part: &'a str,
    /// Columns of which no two rows of an earlier step share the values, where its text shows any.
    keys: &'a BTreeMap<String, BTreeSet<String>>,
    found: Vec<String>,
}

impl Visitor for Rules<'_> {
    type Break = ();

    fn pre_visit_relation(&mut self, relation: &ObjectName) -> ControlFlow<()> {
        let name = relation.to_string();
        let table = TABLES.iter().find(|table| table.name == name);
        if table.is_some_and(|table| !matches!(table.kind, TableKind::Reference | TableKind::Mart))
        {
            self.say(&format!("reads {name} past the as-of clock: read the `known_` view"));
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_query(&mut self, query: &Query) -> ControlFlow<()> {
        if query.limit_clause.is_some() || query.fetch.is_some() {
            self.say("LIMIT takes other rows in other engines: rank them");
        }
        ControlFlow::Continue(())
    }

    fn pre_visit_select(&mut self, select: &Select) -> ControlFlow<()> {
        if select.qualify.is_some() {
            self.say("QUALIFY is not known everywhere: filter outside of a subquery");
        }
        if matches!(select.distinct, Some(Distinct::On(_))) {
            self.say("DISTINCT ON is not known everywhere: rank with ROW_NUMBER");
        }
        if select.from.len() > 1 {
            self.say("a comma joins tables: write the join");
        }
        for join in select.from.iter().flat_map(|table| &table.joins) {
            self.join(join);
        }
        self.items(select);
        ControlFlow::Continue(())
    }

    fn pre_visit_expr(&mut self, expr: &Expr) -> ControlFlow<()> {
        match expr {
            Expr::Exists { .. } | Expr::Subquery(_) | Expr::InSubquery { .. } => {
                self.say(&format!("`{expr}` is a query within an expression: join it"));
            }
            Expr::Cast { kind, expr: inner, data_type, .. } => self.cast(kind, inner, data_type),
            Expr::BinaryOp { left, op, right } => self.operation(left, op, right),
            Expr::Function(function) => self.function(function),
            Expr::Interval(_) | Expr::Extract { .. } | Expr::TypedString(_) => {
                self.say(&format!("`{expr}`: days and dates come from core_calendar"));
            }
            Expr::Ceil { .. }
            | Expr::Substring { .. }
            | Expr::Position { .. }
            | Expr::Trim { .. } => {
                self.say(&format!("`{expr}` is none of the functions {FUNCTIONS:?}"));
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }
}

impl Rules<'_> {
    fn say(&mut self, what: &str) {
        self.found.push(format!("{}: {what}", self.part));
    }

    fn join(&mut self, join: &Join) {
        let (JoinOperator::Join(on)
        | JoinOperator::Inner(on)
        | JoinOperator::Left(on)
        | JoinOperator::LeftOuter(on)
        | JoinOperator::FullOuter(on)
        | JoinOperator::CrossJoin(on)) = &join.join_operator
        else {
            return self.say(&format!("`{join}` is no kind of join that every engine has"));
        };
        if let JoinConstraint::On(on) = on {
            if any(on, |expr| matches!(expr, Expr::BinaryOp { op: BinaryOperator::Or, .. })) {
                self.say(&format!(
                    "OR in the join condition `{on}`: coalesce the open end, or filter in WHERE"
                ));
            }
        } else if !matches!(on, JoinConstraint::None) {
            self.say(&format!("`{join}`: say with ON what is joined"));
        }
    }

    /// The columns of a SELECT: windows and literals.
    fn items(&mut self, select: &Select) {
        let windows = windows(select);
        let aggregates = is_grouped(select)
            || any(
                &select.projection,
                |expr| matches!(expr, Expr::Function(function) if function.over.is_none() && is_one_of(function, AGGREGATES)),
            );
        if aggregates && !windows.is_empty() {
            self.say("a window over an aggregate: aggregate in a subquery");
        }
        let key = key_of_source(select, self.keys).unwrap_or_default();
        for (function, window) in windows {
            self.window(&function, &window, &key);
        }
        for item in &select.projection {
            let (SelectItem::UnnamedExpr(value) | SelectItem::ExprWithAlias { expr: value, .. }) =
                item
            else {
                continue;
            };
            if is_decimal_literal(value) {
                self.say(&format!(
                    "`{item}` is a decimal in some engines: CAST({value} AS DOUBLE)"
                ));
            }
        }
    }

    fn window(&mut self, function: &Function, window: &WindowSpec, key: &BTreeSet<String>) {
        let (first, rest) = match window.order_by.as_slice() {
            [] => return self.say(&format!("`{function}` has no ORDER BY")),
            [first, rest @ ..] => (first, rest),
        };
        let is_ascending = |asc: Option<bool>| asc.unwrap_or(true);
        if rest
            .iter()
            .any(|order| is_ascending(order.options.asc) != is_ascending(first.options.asc))
        {
            self.say(&format!("`{function}` orders in two directions"));
        }
        if window.order_by.iter().any(|order| order.options.nulls_first != Some(false)) {
            self.say(&format!("`{function}` does not say NULLS LAST of each column"));
        }
        if !self.is_total(window, key) {
            self.say(&format!(
                "`{function}` may order rows in two ways: end with a column that names a row, or say in TOTAL_ORDERS why not"
            ));
        }
        let is_running = window.window_frame.as_ref().is_some_and(is_running);
        if !is_running && (window.window_frame.is_some() || !is_one_of(function, RANKING)) {
            self.say(&format!(
                "`{function}`: the frame is ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW, of aggregates alone"
            ));
        }
    }

    /// Whether the columns of a window name each row of a part, as far as the text shows.
    fn is_total(&self, window: &WindowSpec, key: &BTreeSet<String>) -> bool {
        let ordered: BTreeSet<_> =
            window.order_by.iter().map(|order| name_of(&order.expr)).collect();
        let mut named: BTreeSet<_> = window.partition_by.iter().map(name_of).collect();
        named.extend(ordered.iter().cloned());
        let has_key = !key.is_empty() && key.is_subset(&named);
        has_key
            || ordered.iter().any(|column| column.ends_with("_id") || column.ends_with("_key"))
            || TOTAL_ORDERS.iter().any(|(part, _)| *part == self.part)
    }

    fn cast(&mut self, kind: &CastKind, inner: &Expr, data_type: &DataType) {
        if *kind != CastKind::Cast {
            self.say(&format!("{inner}: write CAST(… AS …)"));
        }
        let name = data_type.to_string();
        if !["VARCHAR", "DOUBLE", "BIGINT", "DATE"].contains(&name.as_str()) {
            self.say(&format!("a cast to {name}: types are VARCHAR, DOUBLE, BIGINT, DATE"));
        }
        if name == "DOUBLE" && is_decimal(inner) {
            self.say(&format!(
                "CAST({inner} AS DOUBLE) loses the last bit in some engines: cast to VARCHAR first"
            ));
        }
    }

    fn operation(&mut self, left: &Expr, op: &BinaryOperator, right: &Expr) {
        use BinaryOperator as Op;
        let is_division = matches!(op, Op::Divide | Op::Modulo);
        if is_division && !is_nullif(right) && !is_nonzero(right) {
            self.say(&format!("division by `{right}`: NULLIF({right}, 0.0)"));
        }
        if is_division && is_whole(left) && is_whole(right) {
            self.say(&format!("`{left} {op} {right}` is a whole number in some engines"));
        }
        let is_sum = matches!(op, Op::Plus | Op::Minus);
        if is_sum && (is_date(left) || is_date(right)) {
            self.say(&format!("`{left} {op} {right}`: days and dates come from core_calendar"));
        }
        let computes = is_division
            || is_sum
            || matches!(op, Op::Multiply | Op::Lt | Op::LtEq | Op::Gt | Op::GtEq);
        if computes && (is_decimal(left) || is_decimal(right)) {
            self.say(&format!(
                "`{left} {op} {right}` computes with a decimal: cast it to DOUBLE through VARCHAR"
            ));
        }
    }

    fn function(&mut self, function: &Function) {
        if !is_one_of(function, FUNCTIONS) {
            self.say(&format!("`{function}` is none of the functions {FUNCTIONS:?}"));
        }
        if function.filter.is_some()
            || function.null_treatment.is_some()
            || !function.within_group.is_empty()
        {
            self.say(&format!("`{function}`: use CASE within the aggregate"));
        }
        let is_free = is_one_of(function, &["COALESCE", "COUNT", "NULLIF"]);
        if !is_free && arguments(function).into_iter().any(is_decimal) {
            self.say(&format!(
                "`{function}` computes with a decimal: cast it to DOUBLE through VARCHAR"
            ));
        }
    }
}

/// Whether an expression, or one within it, is what is looked for.
fn any(tree: &impl Visit, is_sought: impl Fn(&Expr) -> bool) -> bool {
    let sought = |expr: &Expr| {
        if is_sought(expr) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    visit_expressions(tree, sought).is_break()
}

fn is_one_of(function: &Function, names: &[&str]) -> bool {
    names.contains(&function.name.to_string().as_str())
}

/// The windows in the columns of a SELECT.
fn windows(select: &Select) -> Vec<(Function, WindowSpec)> {
    let mut found = Vec::new();
    let _all: ControlFlow<()> = visit_expressions(&select.projection, |expr| {
        if let Expr::Function(function) = expr
            && let Some(WindowType::WindowSpec(window)) = &function.over
        {
            found.push((function.clone(), window.clone()));
        }
        ControlFlow::Continue(())
    });
    found
}

fn is_running(frame: &WindowFrame) -> bool {
    frame.units == WindowFrameUnits::Rows
        && matches!(frame.start_bound, WindowFrameBound::Preceding(None))
        && matches!(frame.end_bound, Some(WindowFrameBound::CurrentRow))
}

fn arguments(function: &Function) -> Vec<&Expr> {
    let FunctionArguments::List(list) = &function.args else { return Vec::new() };
    let expression = |argument| match argument {
        &FunctionArg::Unnamed(FunctionArgExpr::Expr(ref expr)) => Some(expr),
        _ => None,
    };
    list.args.iter().filter_map(expression).collect()
}

/// Without brackets and signs.
fn bare(expr: &Expr) -> &Expr {
    match expr {
        Expr::Nested(inner) | Expr::UnaryOp { expr: inner, .. } => bare(inner),
        other => other,
    }
}

/// The name of a column, without its table; of another expression its text.
fn name_of(expr: &Expr) -> String {
    match bare(expr) {
        Expr::Identifier(name) => name.value.clone(),
        Expr::CompoundIdentifier(names) => {
            names.last().map(|name| name.value.clone()).unwrap_or_default()
        }
        other => other.to_string(),
    }
}

/// Whether it is a column that the dictionary has with that type: a name means one thing in every table.
fn is_column(expr: &Expr, column_type: ColumnType) -> bool {
    let name = name_of(expr);
    let mut columns =
        TABLES.iter().flat_map(|table| table.kind.provenance().iter().chain(table.columns));
    columns.any(|column| column.name == name && column.column_type == column_type)
}

fn is_decimal(expr: &Expr) -> bool {
    is_column(expr, ColumnType::Decimal)
}

fn is_date(expr: &Expr) -> bool {
    is_column(expr, ColumnType::Date)
}

fn number(expr: &Expr) -> Option<&str> {
    match bare(expr) {
        Expr::Value(value) => match &value.value {
            Value::Number(digits, _) => Some(digits),
            _ => None,
        },
        _ => None,
    }
}

fn is_decimal_literal(expr: &Expr) -> bool {
    number(expr).is_some_and(|digits| digits.contains('.'))
}

fn is_nonzero(expr: &Expr) -> bool {
    number(expr).is_some_and(|digits| digits.contains(|digit| matches!(digit, '1'..='9')))
}

fn is_whole(expr: &Expr) -> bool {
    number(expr).is_some_and(|digits| !digits.contains('.')) || is_column(expr, ColumnType::Integer)
}

fn is_nullif(expr: &Expr) -> bool {
    matches!(bare(expr), Expr::Function(function) if is_one_of(function, &["NULLIF"]))
}

fn is_grouped(select: &Select) -> bool {
    !matches!(&select.group_by, GroupByExpr::Expressions(columns, _) if columns.is_empty())
}

/// Columns of which no two rows share the values, where the text of a query shows any.
fn key_of_query(query: &Query) -> Option<BTreeSet<String>> {
    let SetExpr::Select(select) = &*query.body else { return None };
    let named = select.projection.iter().filter_map(|item| match item {
        SelectItem::UnnamedExpr(expr) => Some((expr, name_of(expr))),
        SelectItem::ExprWithAlias { expr, alias } => Some((expr, alias.value.clone())),
        _ => None,
    });
    let named: Vec<_> = named.collect();
    if select.distinct.is_some() {
        return Some(named.into_iter().map(|(_, name)| name).collect());
    }
    let GroupByExpr::Expressions(columns, _) = &select.group_by else { return None };
    let name = |column: &Expr| {
        named
            .iter()
            .find(|(expr, _)| name_of(expr) == name_of(column))
            .map(|(_, name)| name.clone())
    };
    columns.iter().map(name).collect::<Option<BTreeSet<_>>>().filter(|key| !key.is_empty())
}

/// The same of what a SELECT reads, where that is one table.
fn key_of_source(
    select: &Select,
    keys: &BTreeMap<String, BTreeSet<String>>,
) -> Option<BTreeSet<String>> {
    match select.from.as_slice() {
        [table] if table.joins.is_empty() => match &table.relation {
            TableFactor::Derived { subquery, .. } => key_of_query(subquery),
            TableFactor::Table { name, .. } => keys.get(&name.to_string()).cloned(),
            _ => None,
        },
        _ => None,
    }
}

/// A metric that keeps the rules, but for what one part says.
fn with(select: &str) -> Vec<String> {
    let sql = format!(
        "-- Grain: g.\n-- Formula: f.\n-- Units: u.\n-- Inputs: a.\n-- Caveats: c.\n\n\
         -- step: a_step\nSELECT * FROM a;\n\n-- rows\n{select};\n\n-- lineage\nSELECT x FROM a_step;\n"
    );
    violations(&Metric { table: "mart_a", sql: sql.leak() })
}

#[test]
fn what_is_portable_is_let_be() {
    let none: [&str; 0] = [];
    for select in [
        "SELECT CAST(CAST(value AS VARCHAR) AS DOUBLE) / NULLIF(b, 0.0) AS c FROM a_step",
        "SELECT LAG(b) OVER (PARTITION BY c ORDER BY d NULLS LAST, row_id NULLS LAST) AS e FROM a_step",
        "SELECT SUM(b) OVER (ORDER BY row_id NULLS LAST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS e FROM a_step",
        "SELECT ROW_NUMBER() OVER (PARTITION BY b ORDER BY n DESC NULLS LAST, c DESC NULLS LAST) AS e \
         FROM (SELECT b, c, COUNT(*) AS n FROM a_step GROUP BY b, c) AS counted",
        "SELECT one.b FROM a_step AS one JOIN a_step AS other ON one.b = other.c WHERE one.d = 1 OR other.d = 1",
        "SELECT b % 1000.0 AS c, value, 1.0 - b AS d FROM a_step WHERE value IS NOT NULL",
    ] {
        assert_eq!(with(select), none, "{select}");
    }
}

#[test]
fn what_is_not_portable_is_refused() {
    for (select, reason) in [
        ("SELECT b / c AS d FROM a_step", "division by `c`"),
        ("SELECT b % (c - 1) AS d FROM a_step", "division by `(c - 1)`"),
        ("SELECT figure_number / 4 AS d FROM a_step", "whole number in some engines"),
        ("SELECT CAST(value AS DOUBLE) AS d FROM a_step", "loses the last bit"),
        ("SELECT s.value * 2.0 AS d FROM a_step AS s", "computes with a decimal"),
        ("SELECT SUM(value) AS d FROM a_step", "computes with a decimal"),
        ("SELECT b FROM a_step WHERE amount_low >= 5", "computes with a decimal"),
        ("SELECT 0.25 AS share FROM a_step", "CAST(0.25 AS DOUBLE)"),
        ("SELECT ROW_NUMBER() OVER (PARTITION BY b) AS c FROM a_step", "has no ORDER BY"),
        ("SELECT LAG(b) OVER (ORDER BY row_id) AS c FROM a_step", "NULLS LAST"),
        ("SELECT LAG(b) OVER (ORDER BY row_id NULLS FIRST) AS c FROM a_step", "NULLS LAST"),
        (
            "SELECT LAG(b) OVER (ORDER BY c DESC NULLS LAST, row_id NULLS LAST) AS c FROM a_step",
            "two directions",
        ),
        ("SELECT LAG(b) OVER (ORDER BY c NULLS LAST) AS c FROM a_step", "in two ways"),
        (
            "SELECT ROW_NUMBER() OVER (ORDER BY b NULLS LAST) AS e FROM (SELECT b, c FROM a_step GROUP BY b, c) AS d",
            "in two ways",
        ),
        ("SELECT SUM(b) OVER (ORDER BY row_id NULLS LAST) AS c FROM a_step", "the frame is ROWS"),
        (
            "SELECT SUM(b) OVER (ORDER BY row_id NULLS LAST ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) AS c FROM a_step",
            "the frame is ROWS",
        ),
        (
            "SELECT b, COUNT(*) AS n, ROW_NUMBER() OVER (ORDER BY b_id NULLS LAST) AS c FROM a_step GROUP BY b",
            "a window over an aggregate",
        ),
        ("SELECT ROUND(b) AS c FROM a_step", "`ROUND(b)` is none of the functions"),
        ("SELECT PERCENTILE_CONT(b, 0.5) AS c FROM a_step", "is none of the functions"),
        ("SELECT DATE_TRUNC('month', b) AS c FROM a_step", "is none of the functions"),
        ("SELECT EXTRACT(YEAR FROM b) AS c FROM a_step", "core_calendar"),
        ("SELECT b + INTERVAL '1 day' AS c FROM a_step", "core_calendar"),
        ("SELECT b FROM a_step WHERE c > DATE '2024-01-01'", "core_calendar"),
        ("SELECT s.period_end - s.period_start AS days FROM a_step AS s", "core_calendar"),
        (
            "SELECT s.b FROM a_step AS s JOIN a_step AS t ON s.b = t.b AND (s.c = t.c OR t.c IS NULL)",
            "OR in the join",
        ),
        ("SELECT b FROM a_step JOIN a_step AS t USING (b)", "say with ON"),
        ("SELECT b FROM a_step RIGHT JOIN a_step AS t ON b = c", "no kind of join"),
        ("SELECT s.b FROM a_step AS s, a_step AS t", "a comma joins"),
        (
            "SELECT b FROM a_step WHERE EXISTS (SELECT 1 AS one FROM a_step)",
            "a query within an expression",
        ),
        (
            "SELECT b FROM a_step WHERE b = (SELECT MAX(b) AS m FROM a_step)",
            "a query within an expression",
        ),
        ("SELECT b FROM a_step WHERE b IN (SELECT b FROM a_step)", "a query within an expression"),
        (
            "SELECT b FROM a_step QUALIFY ROW_NUMBER() OVER (ORDER BY row_id NULLS LAST) = 1",
            "QUALIFY",
        ),
        ("SELECT DISTINCT ON (b) b, c FROM a_step", "DISTINCT ON"),
        ("SELECT b FROM a_step ORDER BY b LIMIT 1", "LIMIT"),
        ("SELECT b::DOUBLE AS c FROM a_step", "write CAST"),
        ("SELECT TRY_CAST(b AS DOUBLE) AS c FROM a_step", "write CAST"),
        ("SELECT CAST(b AS DECIMAL(10, 2)) AS c FROM a_step", "types are VARCHAR"),
        ("SELECT COUNT(*) FILTER (WHERE b) AS c FROM a_step", "use CASE"),
        ("SELECT b FROM core_xbrl_fact", "past the as-of clock"),
        ("SELECT b FROM other_step", "`-- Inputs: a, other_step.`"),
    ] {
        let found = with(select);
        assert!(found.iter().any(|found| found.contains(reason)), "{select}: {found:?}");
    }
}

#[test]
fn headers_are_complete_and_in_order() {
    let rest = "\n-- rows\nSELECT x FROM a;\n-- lineage\nSELECT x FROM a;\n";
    for (header, reason) in [
        ("-- Grain: g.\n-- Formula: f.\n-- Units: u.\n-- Inputs: a.\n", "in order, not"),
        (
            "-- Formula: f.\n-- Grain: g.\n-- Units: u.\n-- Inputs: a.\n-- Caveats: c.\n",
            "in order, not",
        ),
        (
            "-- Grain: g.\n-- Formula: f.\n-- Units: u.\n-- Inputs: a.\n-- Caveats: \n",
            "in order, not",
        ),
        (
            "-- Grain: g.\n-- Formula: f.\n-- Units: u.\n-- Inputs: a, b.\n-- Caveats: c.\n",
            "`-- Inputs: a.`",
        ),
    ] {
        let metric = Metric { table: "mart_a", sql: format!("{header}{rest}").leak() };
        let found = violations(&metric);
        assert!(found.iter().any(|found| found.contains(reason)), "{header}: {found:?}");
    }
}
