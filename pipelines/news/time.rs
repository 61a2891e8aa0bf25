//! Days of publication as documents write them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

/// Forms that are in no standard, with a zone.
const ZONED: &[&str] = &["%Y-%m-%dT%H:%M:%S%.f%z", "%Y-%m-%d %H:%M:%S%.f %z", "%Y-%m-%dT%H:%M%z"];

/// Forms without a zone: the day is taken as it is written.
const LOCAL: &[&str] = &["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M"];

/// When a text was published, as of RFC 3339 or RFC 2822, with some freedom; the name of the weekday is
/// not read. A day without a time is its beginning. `None` for what is none of them.
pub(crate) fn instant(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    let without_weekday = text.split_once(',').map_or(text, |(_, rest)| rest.trim());
    let zoned = || ZONED.iter().find_map(|form| DateTime::parse_from_str(text, form).ok());
    let local = || LOCAL.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    let day = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_rfc2822(without_weekday))
        .ok()
        .or_else(zoned)
        .map(|time| time.to_utc())
        .or_else(|| local().map(|time| time.and_utc()))
        .or_else(|| day().map(|day| day.and_time(NaiveTime::MIN).and_utc()))
}

/// The day, UTC, of [`instant`].
pub(crate) fn day(text: &str) -> Option<NaiveDate> {
    instant(text).map(|time| time.date_naive())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_the_forms_of_feeds_and_pages() {
        for text in [
            "2024-10-02",
            "2024-10-02T16:05:00Z",
            "2024-10-02T16:05:00.120+02:00",
            "2024-10-02T16:05:00+0200",
            "2024-10-02 14:00:10 +0200",
            "2024-10-02T16:05:00",
            " Wed, 02 Oct 2024 16:05:00 +0000\n",
            "Wed, 2 Oct 2024 16:05:00 GMT",
            "Wed, 2 Oct 2024 16:05:00 EST",
            // It was a Wednesday.
            "Mon, 02 Oct 2024 16:05:00 +0000",
            "Mi, 02 Oct 2024 16:05 +0200",
            // After midnight in Paris.
            "2024-10-03T01:30:00+02:00",
        ] {
            assert_eq!(day(text), "2024-10-02".parse().ok(), "{text}");
        }
    }

    #[test]
    fn what_may_be_read_in_two_ways_is_not_read() {
        for text in
            ["", "02/10/2024", "10-02-2024", "yesterday", "2024-13-01", "1727884800", "Wed, 2024"]
        {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
