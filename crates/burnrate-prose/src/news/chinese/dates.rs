//! The day that a sentence begins with.

use chrono::{Datelike as _, NaiveDate};

/// The day that `sentence` begins with, as `YYYY-MM-DD`: that last one before `published` where it
/// names no year.
pub(super) fn leading(sentence: &str, published: Option<NaiveDate>) -> Option<String> {
    let rest = sentence.trim_start();
    let (year, rest) = match part(rest, '年') {
        Some((year, rest)) => (Some(i32::try_from(year).ok()?), rest),
        None => (None, rest),
    };
    let (month, rest) = part(rest, '月')?;
    let (day, _) = part(rest, '日')?;
    let in_year = |year| NaiveDate::from_ymd_opt(year, month, day);
    let date = match (year, published) {
        (Some(year), _) => in_year(year)?,
        (None, Some(published)) => in_year(published.year())
            .filter(|date| *date <= published)
            .or_else(|| in_year(published.year() - 1))?,
        (None, None) => return None,
    };
    Some(date.to_string())
}

/// A number before `unit`, and what follows.
fn part(text: &str, unit: char) -> Option<(u32, &str)> {
    let text = text.trim_start_matches(' ');
    let digits = text.bytes().take(5).take_while(u8::is_ascii_digit).count();
    let number = text[..digits].parse().ok()?;
    let rest = text[digits..].trim_start_matches(' ').strip_prefix(unit)?;
    Some((number, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_takes_the_year_from_the_day_of_publication() {
        let published = NaiveDate::from_ymd_opt(2026, 1, 5);
        for (text, date) in [
            ("1月3日，甲公司完成", Some("2026-01-03")),
            ("12 月 30 日，甲公司完成", Some("2025-12-30")),
            ("2024年5月6日，甲公司完成", Some("2024-05-06")),
            ("2月30日，甲公司完成", None),
            ("5月，甲公司完成", None),
        ] {
            assert_eq!(leading(text, published).as_deref(), date, "{text}");
        }
        assert_eq!(leading("1月3日，甲公司完成", None), None);
    }
}
