//! Contexts: of whom, when, and of which part a fact is.

use std::borrow::Cow;
use std::fmt;

use chrono::{Days, NaiveDate};

use crate::namespace::{Name, clip};

/// Of whom, when, and of which part a fact is. Contexts are equal by what they say, not by id.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Context<'a> {
    /// Who gives out the identifier: `http://www.sec.gov/CIK`.
    pub scheme: &'a str,
    /// The filer's identifier, ten digits with the SEC's scheme.
    pub entity: &'a str,
    /// When.
    pub period: Period,
    /// Of which part, sorted by axis; empty for the filer as a whole. Segment and scenario are not
    /// told apart, as no filer may use one axis in both.
    pub dimensions: Vec<Dimension<'a>>,
}

/// When a fact holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Period {
    /// At the end of a day.
    Instant(NaiveDate),
    /// From the first to the last day, both included.
    Duration {
        /// First day.
        start: NaiveDate,
        /// Last day.
        end: NaiveDate,
    },
    /// At all times.
    Forever,
}

/// One axis and where on it the fact is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Dimension<'a> {
    /// The axis, e.g. `us-gaap:StatementBusinessSegmentsAxis`.
    pub axis: Name<'a>,
    /// The place on it.
    pub member: Member<'a>,
}

/// A place on an axis.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Member<'a> {
    /// A member that a taxonomy defines.
    Explicit(Name<'a>),
    /// A value that the filer wrote, of an element of its own.
    Typed {
        /// The element.
        domain: Name<'a>,
        /// Its text; absent where it is nil.
        text: Option<Cow<'a, str>>,
    },
}

impl Context<'_> {
    /// Dimensions as text, for keys and columns: `axis=member` joined by `;`, of a typed axis its
    /// value; empty for the filer as a whole.
    pub fn dimensions_text(&self) -> String {
        let texts: Vec<_> = self.dimensions.iter().map(ToString::to_string).collect();
        texts.join(";")
    }
}

impl fmt::Display for Dimension<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.member {
            Member::Explicit(member) => write!(f, "{}={member}", self.axis),
            Member::Typed { text, .. } => {
                write!(f, "{}={}", self.axis, text.as_deref().unwrap_or(""))
            }
        }
    }
}

/// Which end of a day a time without a date's own precision means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// The first day of a duration.
    Start,
    /// The last day of a duration, or an instant.
    End,
}

/// A day as contexts write it, `2024-12-31` or `2025-01-01T00:00:00`.
///
/// Midnight begins a day, so as an end it belongs to the day before (XBRL 2.1, 4.7.2).
pub(crate) fn day(text: &str, side: Side) -> Result<NaiveDate, String> {
    let text = text.trim_ascii();
    let wrong = || format!("`{}` is no day", clip(text));
    let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
    if date.len() != 10 {
        return Err(wrong());
    }
    let date: NaiveDate = date.parse().map_err(|_| wrong())?;
    match (time, side) {
        (None, _) | (Some("00:00:00"), Side::Start) => Ok(date),
        (Some("00:00:00"), Side::End) => date.checked_sub_days(Days::new(1)).ok_or_else(wrong),
        (Some(_), _) => Err(wrong()),
    }
}
