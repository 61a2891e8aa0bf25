//! Durations, as XML Schema writes them (`P2Y6M`).

use std::fmt::Write as _;

use burnrate_model::Decimal;

use super::{number::decimal_text, words};

/// What a bare number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Year,
    Month,
    Week,
    Day,
    Hour,
}

/// Days of a month, times 10⁴: what the SEC's rule breaks a part of a month down by.
const DAYS_OF_MONTH: i128 = 304_375;

/// A number of the unit, whose fraction spills over into smaller ones: of a year into months and
/// days, of a month and a week into days, of a day into hours; the rest is dropped.
pub(super) fn read(unit: Unit, text: &str) -> Option<String> {
    let (sign, magnitude) = match text.strip_prefix('-') {
        Some(magnitude) => ("-", magnitude),
        None => ("", text),
    };
    if magnitude.len() > 12 || !decimal_text(magnitude) {
        return None;
    }
    let one = Decimal::from(1).scaled();
    let scaled = magnitude.parse::<Decimal>().ok()?.scaled();
    let (whole, rest) = (scaled / one, scaled % one);
    let days = |months: i128| months * DAYS_OF_MONTH / 10_000 / one;
    let parts = match unit {
        Unit::Year => {
            vec![(whole, "Y"), (rest * 12 / one, "M"), (days(rest * 12 % one), "D")]
        }
        Unit::Month => vec![(whole, "M"), (days(rest), "D")],
        Unit::Week => vec![(scaled * 7 / one, "D")],
        Unit::Day => vec![(whole, "D"), (rest * 24 / one, "H")],
        Unit::Hour => vec![(whole, "H")],
    };
    let is_zero = parts.iter().all(|(number, _)| *number == 0);
    let mut value = format!("{}P", if is_zero { "" } else { sign });
    for (index, (number, designator)) in parts.iter().enumerate() {
        if *number == 0 && !(is_zero && index == 0) {
            continue;
        }
        if *designator == "H" {
            value.push('T');
        }
        // Writing to a String cannot fail.
        let _infallible = write!(value, "{number}{designator}");
    }
    Some(value)
}

/// `two years and six months`, `364-day`: years, months and days in this order, each at most once.
pub(super) fn words(text: &str) -> Option<String> {
    let is_break = |c: char| c.is_whitespace() || c == ',' || is_hyphen(c);
    let mut value = "P".to_owned();
    let mut last = 0;
    let mut number: Vec<&str> = Vec::new();
    if text.trim_end().to_ascii_lowercase().ends_with(" and") {
        return None;
    }
    for word in text.split(is_break).filter(|word| !word.is_empty()) {
        let (rank, designator) = match word.to_ascii_lowercase().as_str() {
            "year" | "years" => (1, 'Y'),
            "month" | "months" => (2, 'M'),
            "day" | "days" => (3, 'D'),
            "and" if number.is_empty() && last > 0 => continue,
            _ => {
                number.push(word);
                continue;
            }
        };
        if rank <= last {
            return None;
        }
        last = rank;
        let count = count(&number.join(" "))?;
        number.clear();
        if count > 0 {
            let _infallible = write!(value, "{count}{designator}");
        }
    }
    if last == 0 || !number.is_empty() {
        return None;
    }
    Some(if value.len() == 1 { "P0D".to_owned() } else { value })
}

fn count(text: &str) -> Option<u64> {
    if !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    words::number(text)
}

fn is_hyphen(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{58a}' | '\u{5be}' | '\u{2010}'
            ..='\u{2015}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}
