//! First and last days of the periods that texts name.

use chrono::{Days, Months, NaiveDate};

/// First day and months of a calendar period in the words of `Metric::period`: `2024`, `H1 2024`,
/// `Q2 2024`, `9M 2024` or `2024-06`; the year may come first, behind it a hyphen. `None` for any other,
/// above all for fiscal years, whose days depend on the company.
pub(crate) fn span(period: &str) -> Option<(NaiveDate, u32)> {
    let (year, part) = match period.split_once([' ', '-']) {
        None => (period, ""),
        Some((year, part)) if year.len() == 4 => (year, part),
        Some((part, year)) => (year, part),
    };
    let number_behind = |letter| part.strip_prefix(letter).and_then(|digit| number(digit, 1));
    let (first_month, months) = if part.is_empty() && year == period {
        (1, 12)
    } else if let Some(half) = number_behind('H') {
        (half.checked_sub(1)? * 6 + 1, 6)
    } else if let Some(quarter) = number_behind('Q') {
        (quarter.checked_sub(1)? * 3 + 1, 3)
    } else if let Some(months) = part.strip_suffix('M') {
        (1, number(months, 1)?)
    } else {
        (number(part, 2)?, 1)
    };
    let start = NaiveDate::from_ymd_opt(i32::try_from(number(year, 4)?).ok()?, first_month, 1)?;
    (months > 0).then_some((start, months))
}

/// First and last day of a period that [`span`] knows.
pub(crate) fn days(period: &str) -> Option<(NaiveDate, NaiveDate)> {
    let (start, months) = span(period)?;
    let end = start.checked_add_months(Months::new(months))?.checked_sub_days(Days::new(1))?;
    Some((start, end))
}

/// The day of an instant in the words of `Metric::as_of`: `2025-07-31`, or of `2024-12` the last one.
pub(crate) fn instant(as_of: &str) -> Option<NaiveDate> {
    as_of.parse().ok().or_else(|| days(as_of).map(|(_, end)| end))
}

fn number(text: &str, digits: usize) -> Option<u32> {
    let is_number = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(period: &str, expected: Option<(&str, &str)>) {
        let day = |text: &str| text.parse().unwrap();
        assert_eq!(days(period), expected.map(|(start, end)| (day(start), day(end))), "{period}");
    }

    #[test]
    fn calendar_periods_have_days() {
        check("2024", Some(("2024-01-01", "2024-12-31")));
        check("H1 2024", Some(("2024-01-01", "2024-06-30")));
        check("Q3 2024", Some(("2024-07-01", "2024-09-30")));
        check("9M 2011", Some(("2011-01-01", "2011-09-30")));
        check("2024-H1", Some(("2024-01-01", "2024-06-30")));
        check("2024-H2", Some(("2024-07-01", "2024-12-31")));
        check("2023-Q4", Some(("2023-10-01", "2023-12-31")));
        check("2024-02", Some(("2024-02-01", "2024-02-29")));
    }

    #[test]
    fn other_periods_have_none() {
        let odd =
            ["2024-Q5", "Q0 2024", "2024-H3", "2024-13", "2024-", "2024-Ü1", "24", "", "-", " "];
        let odd =
            odd.into_iter().chain(["0M 2024", "end of 2025", "06-2024-", "Q 2024", "2024 2025"]);
        for period in odd.chain(["per year", "FY2024", "２０２４", "fiscal 2024 q2"]) {
            check(period, None);
        }
    }

    #[test]
    fn a_month_is_an_instant_at_its_end() {
        assert_eq!(instant("2025-07-31"), "2025-07-31".parse().ok());
        assert_eq!(instant("2024-12"), "2024-12-31".parse().ok());
        assert_eq!(instant("recently"), None);
    }
}
