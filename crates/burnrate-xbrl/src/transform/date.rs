//! Dates, whole and in part, in English and in digits.

use chrono::NaiveDate;

use super::Transform;

/// Which parts a date has, in which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    DayMonthYear,
    MonthDayYear,
    YearMonthDay,
    DayMonth,
    MonthDay,
    MonthYear,
    YearMonth,
}

/// How the month is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Month {
    Digits,
    English,
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

pub(super) fn find(name: &str) -> Option<Transform> {
    use Month::{Digits, English};
    let (order, month) = match name {
        "dateslashus" | "datedotus" | "datemonthdayyear" | "date-month-day-year" => {
            (Order::MonthDayYear, Digits)
        }
        "dateslasheu" | "datedoteu" | "datedaymonthyear" | "date-day-month-year" => {
            (Order::DayMonthYear, Digits)
        }
        "datelongus" | "dateshortus" | "datemonthdayyearen" | "date-monthname-day-year-en" => {
            (Order::MonthDayYear, English)
        }
        "datelonguk" | "dateshortuk" | "datedaymonthyearen" | "date-day-monthname-year-en" => {
            (Order::DayMonthYear, English)
        }
        "dateyearmonthday" | "date-year-month-day" => (Order::YearMonthDay, Digits),
        "date-year-monthname-day-en" => (Order::YearMonthDay, English),
        "dateslashdaymontheu" | "datedaymonth" | "date-day-month" => (Order::DayMonth, Digits),
        "datelongdaymonthuk"
        | "dateshortdaymonthuk"
        | "datedaymonthen"
        | "date-day-monthname-en" => (Order::DayMonth, English),
        "dateslashmonthdayus" | "datemonthday" | "date-month-day" => (Order::MonthDay, Digits),
        "datelongmonthdayus"
        | "dateshortmonthdayus"
        | "datemonthdayen"
        | "date-monthname-day-en" => (Order::MonthDay, English),
        "datemonthyear" | "date-month-year" => (Order::MonthYear, Digits),
        "datelongmonthyear"
        | "dateshortmonthyear"
        | "datemonthyearen"
        | "date-monthname-year-en" => (Order::MonthYear, English),
        "date-year-month" => (Order::YearMonth, Digits),
        "datelongyearmonth"
        | "dateshortyearmonth"
        | "dateyearmonthen"
        | "date-year-monthname-en" => (Order::YearMonth, English),
        _ => return None,
    };
    Some(Transform::Date(order, month))
}

/// `2024-12-31`, `--12-31` or `2024-12`, as XML Schema writes them.
pub(super) fn read(order: Order, month: Month, text: &str) -> Option<String> {
    let parts = parts(text, month)?;
    match (order, parts.as_slice()) {
        (Order::DayMonthYear, [day, month, year])
        | (Order::MonthDayYear, [month, day, year])
        | (Order::YearMonthDay, [year, month, day]) => {
            let date = NaiveDate::from_ymd_opt(year.year()?, month.month()?, day.digits(2)?)?;
            Some(date.to_string())
        }
        (Order::DayMonth, [day, month]) | (Order::MonthDay, [month, day]) => {
            let (month, day) = (month.month()?, day.digits(2)?);
            // A leap year, so that 29 February is a day.
            NaiveDate::from_ymd_opt(2000, month, day)?;
            Some(format!("--{month:02}-{day:02}"))
        }
        (Order::MonthYear, [month, year]) | (Order::YearMonth, [year, month]) => {
            Some(format!("{:04}-{:02}", year.year()?, month.month()?))
        }
        _ => None,
    }
}

enum Part<'a> {
    Digits(&'a str),
    Month(u32),
}

impl Part<'_> {
    fn digits(&self, most: usize) -> Option<u32> {
        match self {
            Part::Digits(digits) if digits.len() <= most => digits.parse().ok(),
            Part::Digits(_) | Part::Month(_) => None,
        }
    }

    fn month(&self) -> Option<u32> {
        match self {
            Part::Month(month) => Some(*month),
            Part::Digits(_) => self.digits(2).filter(|month| (1..=12).contains(month)),
        }
    }

    /// One or two digits are of this century, as the registries say.
    fn year(&self) -> Option<i32> {
        let Part::Digits(digits) = self else { return None };
        let year: i32 = digits.parse().ok()?;
        match digits.len() {
            1 | 2 => Some(2000 + year),
            4 => Some(year),
            _ => None,
        }
    }
}

/// Runs of digits, and the first word that is a month's name; other words (`th`, `of`) go along.
fn parts(text: &str, month: Month) -> Option<Vec<Part<'_>>> {
    if !text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let mut parts = Vec::with_capacity(3);
    let mut has_month = month == Month::Digits;
    for run in text.split(|c: char| !c.is_alphanumeric()).flat_map(split_digits) {
        if run.starts_with(|c: char| c.is_ascii_digit()) {
            parts.push(Part::Digits(run));
        } else if !has_month && let Some(month) = month_number(run) {
            parts.push(Part::Month(month));
            has_month = true;
        }
    }
    has_month.then_some(parts)
}

/// A word as runs of digits and of other characters: `30th`.
fn split_digits(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let is_digit = rest.chars().next()?.is_ascii_digit();
        let length = rest.find(|c: char| c.is_ascii_digit() != is_digit).unwrap_or(rest.len());
        let (run, after) = rest.split_at(length);
        rest = after;
        Some(run)
    })
}

fn month_number(word: &str) -> Option<u32> {
    let start = word.get(..3)?.to_ascii_lowercase();
    let index = MONTHS.iter().position(|month| *month == start)?;
    u32::try_from(index + 1).ok()
}

/// The last day of a calendar quarter: `Q3 1999`, `1999 1st Quarter`, `last quarter, 1999`.
pub(super) fn quarter_end(text: &str) -> Option<String> {
    let text = text.to_ascii_lowercase();
    let (mut quarter, mut year) = (None, None);
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let known = match word {
            "quarter" | "end" | "the" | "of" => continue,
            "q1" | "1" | "1st" | "first" => 1,
            "q2" | "2" | "2nd" | "second" => 2,
            "q3" | "3" | "3rd" | "third" => 3,
            "q4" | "4" | "4th" | "fourth" | "last" => 4,
            number if number.len() == 4 && year.is_none() => {
                year = Some(number.parse::<i32>().ok()?);
                continue;
            }
            _ => return None,
        };
        if quarter.replace(known).is_some() {
            return None;
        }
    }
    let month = quarter? * 3;
    let day = if matches!(month, 6 | 9) { 30 } else { 31 };
    Some(NaiveDate::from_ymd_opt(year?, month, day)?.to_string())
}
