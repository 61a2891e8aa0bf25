//! Transformations: from what a reader of the document sees to the value of the fact.
//!
//! The registries are those that SEC filings name: XBRL International's of 2008 to 2022, and the
//! SEC's own of 2015. Of the first, what is for languages other than English is not read.

mod codes;
mod countries;
mod date;
mod duration;
mod number;
mod words;

use std::borrow::Cow;

pub(crate) use number::decimal_text;

/// Namespaces of XBRL International's registries; the versions differ in the names they define.
const REGISTRIES: [&str; 7] = [
    "http://www.xbrl.org/2008/inlineXBRL/transformation",
    "http://www.xbrl.org/inlineXBRL/transformation/2010-04-20",
    "http://www.xbrl.org/inlineXBRL/transformation/2011-07-31",
    "http://www.xbrl.org/inlineXBRL/transformation/2015-02-26",
    "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12",
    "http://www.xbrl.org/inlineXBRL/transformation/2022-02-16",
    "http://www.xbrl.org/inlineXBRL/transformation/WGWD/YYYY-MM-DD",
];

/// The SEC's registry.
const SEC: &str = "http://www.sec.gov/inlineXBRL/transformation/2015-08-31";

/// How a text becomes a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Transform {
    Fixed(&'static str),
    Number(number::Notation),
    Date(date::Order, date::Month),
    QuarterEnd,
    Duration(duration::Unit),
    DurationWords,
    BallotBox(&'static str, &'static str),
    Code(codes::List),
}

/// Finds a transformation by the namespace of its registry and its name.
pub(crate) fn find(namespace: &str, name: &str) -> Option<Transform> {
    if namespace == SEC {
        return of_sec(name);
    }
    if !REGISTRIES.contains(&namespace) {
        return None;
    }
    let fixed = match name {
        "fixed-zero" => Transform::Fixed("0"),
        "fixed-empty" | "nocontent" => Transform::Fixed(""),
        "fixed-true" | "booleantrue" => Transform::Fixed("true"),
        "fixed-false" | "booleanfalse" => Transform::Fixed("false"),
        _ => return number::find(name).map(Transform::Number).or_else(|| date::find(name)),
    };
    Some(fixed)
}

fn of_sec(name: &str) -> Option<Transform> {
    Some(match name {
        "numwordsen" => Transform::Number(number::Notation::Words),
        "numinf" | "numneginf" | "numnan" => Transform::Number(number::Notation::NotFinite),
        "duryear" => Transform::Duration(duration::Unit::Year),
        "durmonth" => Transform::Duration(duration::Unit::Month),
        "durweek" => Transform::Duration(duration::Unit::Week),
        "durday" => Transform::Duration(duration::Unit::Day),
        "durhour" => Transform::Duration(duration::Unit::Hour),
        "durwordsen" => Transform::DurationWords,
        "datequarterend" => Transform::QuarterEnd,
        "boolballotbox" => Transform::BallotBox("true", "false"),
        "yesnoballotbox" => Transform::BallotBox("Yes", "No"),
        "stateprovnameen" => Transform::Code(codes::List::State),
        "countrynameen" => Transform::Code(codes::List::Country),
        "edgarprovcountryen" => Transform::Code(codes::List::Edgar),
        "exchnameen" => Transform::Code(codes::List::Exchange),
        "entityfilercategoryen" => Transform::Code(codes::List::FilerCategory),
        _ => return None,
    })
}

impl Transform {
    /// The value that a text stands for.
    ///
    /// # Errors
    /// The reason, where the transformation is not defined for the text.
    pub(crate) fn apply(self, text: &str) -> Result<Cow<'_, str>, String> {
        let text = text.trim_ascii();
        let value = match self {
            Self::Fixed(value) => Some(Cow::Borrowed(value)),
            Self::Number(notation) => number::read(notation, text),
            Self::Date(order, month) => date::read(order, month, text).map(Cow::Owned),
            Self::QuarterEnd => date::quarter_end(text).map(Cow::Owned),
            Self::Duration(unit) => duration::read(unit, text).map(Cow::Owned),
            Self::DurationWords => duration::words(text).map(Cow::Owned),
            Self::BallotBox(checked, unchecked) => match text {
                "\u{2611}" | "\u{2612}" => Some(Cow::Borrowed(checked)),
                "\u{2610}" => Some(Cow::Borrowed(unchecked)),
                _ => None,
            },
            Self::Code(list) => codes::find(list, text).map(Cow::Borrowed),
        };
        value.ok_or_else(|| {
            format!("`{}` is not what the format reads", crate::namespace::clip(text))
        })
    }

    /// The same of a text that may be borrowed or not.
    pub(crate) fn applied(self, text: Cow<'_, str>) -> Result<Cow<'_, str>, String> {
        match text {
            Cow::Borrowed(text) => self.apply(text),
            Cow::Owned(text) => Ok(Cow::Owned(self.apply(&text)?.into_owned())),
        }
    }
}

#[cfg(test)]
mod tests;
