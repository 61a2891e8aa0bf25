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

/// The period that the words before a figure name, as `YYYY`, `H1 YYYY` or `Q2 YYYY`.
pub(super) fn period(said: &str, published: Option<NaiveDate>) -> Option<String> {
    let year = said.match_indices('年').find_map(|(at, _)| {
        let digits = said[..at].trim_end().get(said[..at].trim_end().len().checked_sub(4)?..)?;
        digits.parse().ok().filter(|year| (2000..2100).contains(year))
    });
    let this_year = published.map(|published| published.year());
    let year = year.or_else(|| match said {
        said if said.contains("去年") => this_year.map(|year| year - 1),
        said if said.contains("明年") => this_year.map(|year| year + 1),
        _ => this_year.filter(|_| {
            quarter_ended(said).is_some() || PARTS.iter().any(|(word, _)| said.contains(word))
        }),
    })?;
    // The quarters of a fiscal year are not those of the calendar.
    if said.contains("财季") || said.contains("财年") {
        return None;
    }
    if let Some(quarter) = quarter_ended(said) {
        return Some(format!("Q{quarter} {year}"));
    }
    let part = PARTS.iter().find(|(word, _)| said.contains(word)).map_or("", |(_, part)| part);
    Some(format!("{part}{year}"))
}

/// "截至 6 月 30 日的季度": which quarter of the calendar year that is.
fn quarter_ended(said: &str) -> Option<u32> {
    let (_, rest) = said.split_once("截至")?;
    let (month, rest) = part(rest.split_once('年').map_or(rest, |(_, rest)| rest), '月')?;
    let is_quarter = rest.contains("的季度") || rest.contains("三个月");
    (is_quarter && month % 3 == 0 && month <= 12).then_some(month / 3)
}

/// Parts of a year.
const PARTS: &[(&str, &str)] = &[
    ("上半年", "H1 "),
    ("下半年", "H2 "),
    ("一季度", "Q1 "),
    ("二季度", "Q2 "),
    ("三季度", "Q3 "),
    ("四季度", "Q4 "),
    ("今年", ""),
];

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
    fn period_names_years_and_their_parts() {
        let published = NaiveDate::from_ymd_opt(2026, 8, 5);
        for (said, period) in [
            ("甲公司2025年营收", Some("2025")),
            ("甲公司 2026 年上半年营收", Some("H1 2026")),
            ("甲公司第二季度营收", Some("Q2 2026")),
            ("甲公司去年亏损", Some("2025")),
            ("甲公司第三财季营收", None),
            ("甲公司营收", None),
        ] {
            assert_eq!(super::period(said, published).as_deref(), period, "{said}");
        }
    }

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
