//! Found rows against expected ones.
//!
//! Rows of one kind are paired where most of company, amount and valuation agree, each row once. A row
//! is right if its company and its amount are; a round without an amount, if its company and its
//! valuation are. Fields are counted on their own: a field of a row that pairs with none is wrong.

use std::collections::BTreeMap;

use serde_json::Value;

/// How far two figures may differ and still be the same.
const TOLERANCE: f64 = 0.005;

/// What was expected, found and right of a field.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Count {
    expected: u32,
    found: u32,
    right: u32,
}

/// Counts by kind of row and field.
#[derive(Debug, Default)]
pub(crate) struct Tally(BTreeMap<String, Count>);

/// The score of one text.
#[derive(Default)]
pub(crate) struct Score {
    pub(crate) tally: Tally,
    /// What is missing, wrong or too many.
    pub(crate) remarks: Vec<String>,
}

impl Count {
    fn precision(self) -> f64 {
        share(self.right, self.found)
    }

    fn recall(self) -> f64 {
        share(self.right, self.expected)
    }

    pub(crate) fn line(self, name: &str) -> String {
        let Self { expected, found, right } = self;
        let (precision, recall) = (self.precision(), self.recall());
        format!("{name:<34} {expected:>9} {found:>7} {right:>7} {precision:>9.3} {recall:>9.3}")
    }
}

/// Nothing found of nothing expected is all right.
fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 1.0 } else { f64::from(part) / f64::from(whole) }
}

impl Tally {
    fn count(&mut self, name: &str, expected: usize, found: usize, right: usize) {
        let count = self.0.entry(name.to_owned()).or_default();
        let add = |to: &mut u32, number: usize| *to += u32::try_from(number).unwrap_or(u32::MAX);
        add(&mut count.expected, expected);
        add(&mut count.found, found);
        add(&mut count.right, right);
    }

    pub(crate) fn add(&mut self, other: &Self) {
        for (name, count) in &other.0 {
            let sum = self.0.entry(name.clone()).or_default();
            sum.expected += count.expected;
            sum.found += count.found;
            sum.right += count.right;
        }
    }

    pub(crate) fn fields(&self) -> impl Iterator<Item = (&str, Count)> {
        self.0.iter().map(|(name, count)| (name.as_str(), *count))
    }

    /// The figures as a file to be committed: `field precision recall`, rounded down.
    pub(crate) fn to_floor(&self) -> String {
        let down = |share: f64| (share * 1000.0).floor() / 1000.0;
        let line = |(name, count): (&str, Count)| {
            format!("{name} | {:.3} | {:.3}\n", down(count.precision()), down(count.recall()))
        };
        self.fields().map(line).collect()
    }

    /// Fails where a figure is below the one in the file, or is not there.
    pub(crate) fn check(&self, floor: &str) -> Result<(), String> {
        let mut below = Vec::new();
        for line in floor.lines() {
            let cells: Vec<_> = line.split(" | ").collect();
            let [name, precision, recall] = cells[..] else { return Err(format!("`{line}`")) };
            let count = self.0.get(name).copied().unwrap_or_default();
            for (what, now, least) in
                [("precision", count.precision(), precision), ("recall", count.recall(), recall)]
            {
                let least: f64 = least.parse().map_err(|_| format!("`{line}`"))?;
                if now < least {
                    below.push(format!("{what} of {name} is {now:.4}, was {least}"));
                }
            }
        }
        if below.is_empty() { Ok(()) } else { Err(below.join("; ")) }
    }
}

/// Scores the rows found in one text.
pub(crate) fn score(expected: &[Value], found: &[Value]) -> Score {
    let mut score = Score::default();
    let pairs = paired(expected, found);
    for (index, row) in expected.iter().enumerate() {
        let pair = pairs.iter().find(|(one, _)| *one == index).map(|(_, other)| &found[*other]);
        if pair.is_some() || !is_optional(row) {
            compare(&mut score, row, pair);
        }
    }
    for (index, row) in found.iter().enumerate() {
        if pairs.iter().all(|(_, other)| *other != index) {
            too_many(&mut score, row);
        }
    }
    score
}

/// Pairs of indices, best first.
fn paired(expected: &[Value], found: &[Value]) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (one, want) in expected.iter().enumerate() {
        for (other, row) in found.iter().enumerate() {
            if want["kind"] == row["kind"] {
                candidates.push((agreement(want, row), one, other));
            }
        }
    }
    candidates.sort_by_key(|(agreement, one, other)| (std::cmp::Reverse(*agreement), *one, *other));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (agreement, one, other) in candidates {
        let is_free = pairs.iter().all(|pair| pair.0 != one && pair.1 != other);
        if agreement >= 4 && is_free {
            pairs.push((one, other));
        }
    }
    pairs
}

/// How much two rows of one kind have in common; what tells rows apart counts more.
fn agreement(want: &Value, row: &Value) -> u32 {
    let amount = if is_round(want) { "amount" } else { "" };
    4 * u32::from(is_same_figure(want, row, amount) && has_figure(want, amount))
        + 4 * u32::from(
            is_round(want)
                && is_same_figure(want, row, "valuation")
                && has_figure(want, "valuation"),
        )
        + 3 * u32::from(is_same_company(want, row))
        + 2 * u32::from(!is_round(want) && is_same_metric(want, row))
        + 2 * u32::from(text(want, "role") == text(row, "role"))
        + u32::from(text(want, "period") == text(row, "period"))
        + u32::from(text(want, "as_of") == text(row, "as_of"))
        + u32::from(is_same_round(want, row))
}

fn compare(score: &mut Score, want: &Value, pair: Option<&Value>) {
    let kind = name_of(want);
    let Some(row) = pair else {
        score.remarks.push(format!("MISSING {kind} {}", brief(want)));
        score.tally.count(&format!("{kind} row"), 1, 0, 0);
        for (field, expected, _) in fields(want, None) {
            score.tally.count(&format!("{kind} {field}"), expected, 0, 0);
        }
        return;
    };
    let mut wrong = Vec::new();
    for (field, expected, (found, right)) in fields(want, Some(row)) {
        score.tally.count(&format!("{kind} {field}"), expected, found, right);
        if right < expected.max(found) {
            wrong.push(field);
        }
    }
    let is_right =
        !wrong.contains(&"company") && !wrong.contains(&"amount") && !wrong.contains(&"kind");
    score.tally.count(&format!("{kind} row"), 1, 1, usize::from(is_right));
    if !wrong.is_empty() {
        score.remarks.push(format!(
            "WRONG {}: wanted {} found {}",
            wrong.join(", "),
            brief(want),
            brief(row)
        ));
    }
}

fn too_many(score: &mut Score, row: &Value) {
    let kind = name_of(row);
    score.remarks.push(format!("TOO MANY {kind} {}", brief(row)));
    score.tally.count(&format!("{kind} row"), 0, 1, 0);
    for (field, found, _) in fields(row, None) {
        score.tally.count(&format!("{kind} {field}"), 0, found, 0);
    }
}

/// The fields of a row: name, how often it is expected, and how often it was found and is right.
fn fields(want: &Value, row: Option<&Value>) -> Vec<(&'static str, usize, (usize, usize))> {
    let mut fields = Vec::new();
    let mut one = |name: &'static str, expected: bool, found: Option<bool>, is_same: bool| {
        let found = found.unwrap_or(false);
        // What is expected to be absent and is absent is no field.
        if expected || found {
            fields.push((
                name,
                usize::from(expected),
                (usize::from(found), usize::from(expected && found && is_same)),
            ));
        }
    };
    one("company", true, row.map(|_| true), row.is_some_and(|row| is_same_company(want, row)));
    if is_round(want) {
        for figure in ["amount", "valuation"] {
            let found = row.map(|row| has_figure(row, figure));
            one(
                figure,
                has_figure(want, figure),
                found,
                row.is_some_and(|row| is_same_figure(want, row, figure)),
            );
        }
        one("round", true, row.map(|_| true), row.is_some_and(|row| is_same_round(want, row)));
        texts(&mut one, want, row, &["valuation_basis", "status", "role", "date", "attributed_to"]);
        for list in ["lead_investors", "investors"] {
            fields.push(names(list, want, row));
        }
    } else {
        one("kind", true, row.map(|_| true), row.is_some_and(|row| is_same_metric(want, row)));
        one(
            "amount",
            true,
            row.map(|_| true),
            row.is_some_and(|row| is_same_figure(want, row, "")),
        );
        texts(&mut one, want, row, &["unit", "status", "period", "as_of", "attributed_to"]);
    }
    fields
}

fn texts(
    one: &mut impl FnMut(&'static str, bool, Option<bool>, bool),
    want: &Value,
    row: Option<&Value>,
    names: &[&'static str],
) {
    for &name in names {
        let is_same = row.is_some_and(|row| is_similar(text(want, name), text(row, name)));
        one(
            name,
            !text(want, name).is_empty(),
            row.map(|row| !text(row, name).is_empty()),
            is_same,
        );
    }
}

/// Named investors, each counted.
fn names(
    field: &'static str,
    want: &Value,
    row: Option<&Value>,
) -> (&'static str, usize, (usize, usize)) {
    let listed = |row: &Value| -> Vec<String> {
        row[field]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|name| Some(plain(name.as_str()?)))
            .collect()
    };
    let wanted = listed(want);
    let found = row.map(listed).unwrap_or_default();
    let right = found.iter().filter(|name| wanted.contains(name)).count();
    (field, wanted.len(), (found.len(), right))
}

fn is_round(row: &Value) -> bool {
    row["kind"] == "funding_round"
}

/// Rows of rounds told in passing are counted apart.
fn name_of(row: &Value) -> &'static str {
    match (is_round(row), text(row, "role")) {
        (true, "background") => "background round",
        (true, _) => "round",
        (false, _) => "metric",
    }
}

/// What a labeller or a reader may have or leave out.
fn is_optional(row: &Value) -> bool {
    text(row, "metric") == "funding_need"
}

fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap_or("")
}

/// Names that differ only in case, spaces and marks are the same.
pub(crate) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_similar(one: &str, other: &str) -> bool {
    plain(one) == plain(other)
}

fn is_same_company(want: &Value, row: &Value) -> bool {
    let named = |row: &Value| -> Vec<String> {
        let aliases = row["company_aliases"].as_array().into_iter().flatten();
        aliases
            .filter_map(Value::as_str)
            .chain([text(row, "company")])
            .map(plain)
            .filter(|name| !name.is_empty())
            .collect()
    };
    let wanted = named(want);
    wanted.is_empty() || wanted.contains(&plain(text(row, "company")))
}

fn is_same_round(want: &Value, row: &Value) -> bool {
    let (want, row) = (text(want, "round"), text(row, "round"));
    want == row || (want == "strategic" && row == "unknown")
}

fn is_same_metric(want: &Value, row: &Value) -> bool {
    let class = |row| match text(row, "metric") {
        "arr" => "revenue_run_rate",
        metric => metric,
    };
    class(want) == class(row)
}

fn key(figure: &str, end: &str) -> String {
    if figure.is_empty() { end.to_owned() } else { format!("{figure}_{end}") }
}

fn has_figure(row: &Value, figure: &str) -> bool {
    !row[key(figure, "low")].is_null() || !row[key(figure, "high")].is_null()
}

/// Whether both ends agree, with the figure or with one of its alternatives, in its currency.
fn is_same_figure(want: &Value, row: &Value, figure: &str) -> bool {
    let alternatives = want[key(figure, "alternatives")].as_array();
    let currency = if figure == "valuation" { "valuation_currency" } else { "currency" };
    let is_same = |want: &Value| {
        let is_close =
            |end: &str| match (want[key(figure, end)].as_f64(), row[key(figure, end)].as_f64()) {
                (Some(one), Some(other)) => {
                    (one - other).abs() <= TOLERANCE * one.abs().max(other.abs())
                }
                (one, other) => one.is_none() && other.is_none(),
            };
        let is_vague = text(want, &key(figure, "qualifier")) == "order_of_magnitude"
            && text(row, &key(figure, "qualifier")) == "order_of_magnitude";
        text(want, currency) == text(row, currency)
            && (is_vague || (is_close("low") && is_close("high")))
    };
    is_same(want) || alternatives.into_iter().flatten().any(is_same)
}

fn brief(row: &Value) -> String {
    let kept = row.as_object().into_iter().flatten().filter(|(name, value)| {
        let is_empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        !is_empty && !matches!(name.as_str(), "kind")
    });
    let cells: Vec<_> = kept.map(|(name, value)| format!("{name}={value}")).collect();
    cells.join(" ")
}
