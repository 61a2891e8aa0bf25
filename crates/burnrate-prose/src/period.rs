//! The time that a figure is of.

use std::fmt;
use std::ops::Range;

use chrono::{Datelike as _, NaiveDate};

use crate::token::{Token, tokens};

mod read;

pub(crate) use read::read;

/// The time that a figure is of, as far as the text states it.
///
/// No start of a period is worked out from its end: fiscal years of 52 or 53 weeks are "ended" like
/// others, and begin on no first of a month.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Period {
    /// A year or a part of one.
    Of {
        /// Which part.
        part: Part,
        /// The year by name.
        year: i32,
        /// Whether the text says that the year is a fiscal one. If not it may still be.
        is_fiscal: bool,
    },
    /// Some months that ended, or end, on a date.
    Ended {
        /// How many months.
        months: u8,
        /// The last day.
        end: NaiveDate,
    },
    /// A day: "as of January 26, 2025".
    AsOf(NaiveDate),
    /// Up to the end of a period: "through 2030".
    Through(Box<Self>),
    /// From the start of one period to the end of another: "between fiscal years 2026 and 2030".
    Between(Box<Self>, Box<Self>),
    /// Months from a date that the text leaves to its reader: "over the next four years".
    Next {
        /// How many months.
        months: u16,
    },
    /// A year or quarter counted from the date of the text; [`Period::resolved`] names it.
    Relative {
        /// Whether it is a quarter rather than a year.
        is_quarter: bool,
        /// 0 this one, 1 the next, -1 the last.
        offset: i8,
    },
}

/// A part of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// All of it.
    Year,
    /// A quarter, 1 to 4.
    Quarter(u8),
    /// A half, 1 or 2.
    Half(u8),
    /// So many months from its start.
    Months(u8),
}

/// A period and where the text states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodMention {
    /// The period.
    pub period: Period,
    /// Whether it is only what another period is compared with.
    pub is_compared: bool,
    /// The bytes that state it. "December 31, 2023 and 2024" states two periods, of which the second
    /// has only the bytes of its year.
    pub span: Range<usize>,
    /// Its tokens within the sentence.
    pub(crate) tokens: Range<usize>,
    /// Mentions of one list have one number.
    pub(crate) list: usize,
}

/// The periods that `text` states, in order.
pub fn periods(text: &str) -> Vec<PeriodMention> {
    let tokens: Vec<Token<'_>> = tokens(text, 0..text.len());
    read(&tokens)
}

impl Period {
    /// The last day, where the text states one.
    pub fn end(&self) -> Option<NaiveDate> {
        match self {
            Self::Ended { end, .. } => Some(*end),
            Self::AsOf(day) => Some(*day),
            Self::Through(last) | Self::Between(_, last) => last.end(),
            Self::Of { .. } | Self::Next { .. } | Self::Relative { .. } => None,
        }
    }

    /// Whether it is a day rather than a stretch of time.
    pub fn is_instant(&self) -> bool {
        matches!(self, Self::AsOf(_))
    }

    /// A period counted from the date of the text as the calendar year or quarter that it then is.
    /// Others are left as they are.
    #[must_use]
    pub fn resolved(self, reference: NaiveDate) -> Self {
        let Self::Relative { is_quarter, offset } = self else { return self };
        if !is_quarter {
            let year = reference.year() + i32::from(offset);
            return Self::Of { part: Part::Year, year, is_fiscal: false };
        }
        let quarters =
            reference.year() * 4 + reference.month0().cast_signed() / 3 + i32::from(offset);
        let quarter = u8::try_from(quarters.rem_euclid(4) + 1).unwrap_or(1);
        let year = quarters.div_euclid(4);
        Self::Of { part: Part::Quarter(quarter), year, is_fiscal: false }
    }
}

impl fmt::Display for Period {
    /// `2024`, `fiscal 2025 q2`, `fiscal 2026 h1`, `fiscal 2023 9m`, `3 months to 2023-07-31`,
    /// `2025-01-26`, `to 2030`, `fiscal 2026 to fiscal 2030`, `next 48 months`, `this year`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Of { part, year, is_fiscal } => {
                let fiscal = if *is_fiscal { "fiscal " } else { "" };
                write!(f, "{fiscal}{year}")?;
                match part {
                    Part::Year => Ok(()),
                    Part::Quarter(quarter) => write!(f, " q{quarter}"),
                    Part::Half(half) => write!(f, " h{half}"),
                    Part::Months(months) => write!(f, " {months}m"),
                }
            }
            Self::Ended { months, end } => write!(f, "{months} months to {end}"),
            Self::AsOf(day) => write!(f, "{day}"),
            Self::Through(last) => write!(f, "to {last}"),
            Self::Between(first, last) => write!(f, "{first} to {last}"),
            Self::Next { months } => write!(f, "next {months} months"),
            Self::Relative { is_quarter, offset } => {
                let which = match offset {
                    0 => "this",
                    1.. => "next",
                    ..0 => "last",
                };
                write!(f, "{which} {}", if *is_quarter { "quarter" } else { "year" })
            }
        }
    }
}

#[cfg(test)]
mod tests;
