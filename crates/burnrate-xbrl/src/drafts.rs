//! Facts whose context and unit are not looked up yet, as a document may define them after their use.

use std::ops::Range;
use std::sync::Arc;

use burnrate_model::{Decimal, Rounding};

use crate::context::Context;
use crate::fact::{Decimals, Fact, Value};
use crate::namespace::{Name, clip};
use crate::resources::{Resources, defined};

/// A fact with the ids of its context and unit.
pub(crate) struct Draft<'a> {
    pub(crate) concept: Name<'a>,
    pub(crate) value: Value<'a>,
    pub(crate) decimals: Option<Decimals>,
    pub(crate) context_ref: &'a str,
    pub(crate) unit_ref: Option<&'a str>,
    pub(crate) id: Option<&'a str>,
    pub(crate) document: usize,
    /// In bytes of the document.
    pub(crate) span: Range<usize>,
    pub(crate) is_hidden: bool,
    pub(crate) language: Option<&'a str>,
    pub(crate) format: Option<&'a str>,
    pub(crate) scale: i32,
    pub(crate) is_negated: bool,
    pub(crate) target: Option<&'a str>,
    pub(crate) footnotes: Vec<usize>,
}

impl<'a> Draft<'a> {
    /// The fact with its context and unit.
    pub(crate) fn resolved(self, resources: &Resources<'a>) -> Result<Fact<'a>, String> {
        let context: &Arc<Context<'a>> =
            defined(&resources.contexts, "context", self.context_ref, self.document)?;
        let unit = match self.unit_ref {
            Some(id) => Some(Arc::clone(defined(&resources.units, "unit", id, self.document)?)),
            None => None,
        };
        Ok(Fact {
            concept: self.concept,
            value: self.value,
            decimals: self.decimals,
            context: Arc::clone(context),
            unit,
            id: self.id,
            context_ref: self.context_ref,
            document: self.document,
            span: self.span,
            is_hidden: self.is_hidden,
            language: self.language,
            format: self.format,
            scale: self.scale,
            is_negated: self.is_negated,
            target: self.target,
            footnotes: self.footnotes,
            also: Vec::new(),
        })
    }
}

/// The value of `decimals`, or what `precision` comes to for the number.
pub(crate) fn decimals(
    decimals: Option<&str>,
    precision: Option<&str>,
    value: Option<Decimal>,
) -> Result<Option<Decimals>, String> {
    let wrong = |text| format!("`{}` is no number of places", clip(text));
    match (decimals.map(str::trim_ascii), precision.map(str::trim_ascii)) {
        (Some(_), Some(_)) => Err("both decimals and precision".to_owned()),
        (Some("INF"), None) | (None, Some("INF")) => Ok(Some(Decimals::Exact)),
        (Some(places), None) => {
            let places: i32 = places.parse().map_err(|_| wrong(places))?;
            Ok(Some(Decimals::Places(places)))
        }
        (None, Some(digits)) => {
            let digits: i32 = digits.parse().map_err(|_| wrong(digits))?;
            Ok(value.and_then(|value| places(digits, value)))
        }
        (None, None) => Ok(None),
    }
}

/// The decimal places to which so many significant digits reach (XBRL 2.1, 4.6.6); of zero, and of
/// no digits, none is known.
fn places(digits: i32, value: Decimal) -> Option<Decimals> {
    let length = i32::try_from(value.scaled().unsigned_abs().checked_ilog10()?).ok()?;
    let exponent = length - i32::from(Decimal::SCALE);
    (digits > 0).then_some(Decimals::Places(digits - 1 - exponent))
}

/// Reads digits, perhaps with a point, times a power of ten.
pub(crate) fn number(
    digits: &str,
    scale: i32,
    is_negated: bool,
) -> Result<(Decimal, Rounding), String> {
    let parsed = if scale == 0 && !is_negated {
        Decimal::parse(digits)
    } else {
        let sign = if is_negated { "-" } else { "" };
        Decimal::parse(&format!("{sign}{digits}e{scale}"))
    };
    parsed.map_err(|error| format!("`{}`: {error}", clip(digits)))
}
