//! Values of a document in TOML.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The value at a path: of a table all its lines.
pub(crate) fn value(text: &str, steps: &[String]) -> Option<Range<usize>> {
    let document = DeTable::parse(text).ok()?;
    let mut steps = steps.iter();
    let mut value = member(document.get_ref(), steps.next()?)?;
    for step in steps {
        value = match value.get_ref() {
            DeValue::Table(table) => member(table, step)?,
            DeValue::Array(array) => array.get(step.parse::<usize>().ok()?)?,
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => return None,
        };
    }
    Some(extent(value))
}

fn member<'t, 'i>(table: &'t DeTable<'i>, name: &str) -> Option<&'t Spanned<DeValue<'i>>> {
    table.iter().find(|(key, _)| key.get_ref() == name).map(|(_, value)| value)
}

/// The span of a table is that of its header alone.
fn extent(value: &Spanned<DeValue<'_>>) -> Range<usize> {
    let mut extent = value.span();
    let mut left = vec![value];
    while let Some(value) = left.pop() {
        extent.start = extent.start.min(value.span().start);
        extent.end = extent.end.max(value.span().end);
        match value.get_ref() {
            DeValue::Table(table) => left.extend(table.values()),
            DeValue::Array(array) => left.extend(array.iter()),
            DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => {}
        }
    }
    extent
}
