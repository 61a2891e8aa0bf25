//! Whose knowledge of which day derived tables are made of.

use std::fmt;

use chrono::NaiveDate;

/// What derived tables are computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// All that is known.
    Now,
    /// What was known on that day: rows with `known_on` up to then, and nothing else.
    AsOf(NaiveDate),
    /// What is known now of the time up to that day: facts of periods that had ended, and prices as they stood then by all
    /// readings since. It looks back, and may know more than anybody did then.
    ValidOn(NaiveDate),
}

impl Clock {
    /// The day, where there is one.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Now => None,
            Self::AsOf(day) | Self::ValidOn(day) => Some(day),
        }
    }

    /// The day as of which it is known.
    pub fn as_of(self) -> Option<NaiveDate> {
        match self {
            Self::AsOf(day) => Some(day),
            Self::Now | Self::ValidOn(_) => None,
        }
    }

    /// The day looked back on.
    pub fn valid_on(self) -> Option<NaiveDate> {
        match self {
            Self::ValidOn(day) => Some(day),
            Self::Now | Self::AsOf(_) => None,
        }
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Now => write!(out, "now"),
            Self::AsOf(day) => write!(out, "as of {day}"),
            Self::ValidOn(day) => write!(out, "on {day}, by what is known now"),
        }
    }
}
