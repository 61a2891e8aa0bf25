//! Whether to ask again, and when.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};
use chrono::{DateTime, NaiveDateTime, Utc};

use crate::answer::Answer;
use crate::error::FetchErrorKind;

/// Tries after the first.
const RETRIES: usize = 3;

/// No publisher keeps a run waiting longer. One that asks for more time gets it: it is left alone,
/// and what was wanted of it is for a later run.
pub(crate) const LONGEST_PAUSE: Duration = Duration::from_mins(2);

/// The pauses before each further try: doubling, with jitter so that clients spread out.
pub(crate) fn pauses(first: Duration) -> ExponentialBackoff {
    ExponentialBuilder::new()
        .with_min_delay(first)
        .with_max_delay(LONGEST_PAUSE)
        .with_max_times(RETRIES)
        .with_jitter()
        .build()
}

/// What the outcome of a try says about another one.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Advice {
    /// It is final.
    Keep,
    /// Try again after a pause of one's own choice.
    Again,
    /// Try again after this long.
    AgainAfter(Duration),
}

/// Retries what may pass: silence, throttling (429) and server trouble (5xx).
///
/// The SEC throttles with 403 and lengthens the ban for whoever goes on asking: final.
pub(crate) fn advice(outcome: &Result<Answer, FetchErrorKind>, now: DateTime<Utc>) -> Advice {
    match outcome {
        Ok(answer) if answer.status == 429 || (500..600).contains(&answer.status) => {
            match answer.header("retry-after").and_then(|value| retry_after(value, now)) {
                None => Advice::Again,
                Some(pause) if pause > LONGEST_PAUSE => Advice::Keep,
                Some(pause) => Advice::AgainAfter(pause),
            }
        }
        Err(kind) if kind.is_transient() => Advice::Again,
        Ok(_) | Err(_) => Advice::Keep,
    }
}

/// `Retry-After` as a pause: seconds, or a date. Anything else is as good as absent.
pub(crate) fn retry_after(value: &str, now: DateTime<Utc>) -> Option<Duration> {
    let value = value.trim();
    let seconds = value.parse().ok().map(Duration::from_secs);
    seconds.or_else(|| Some((http_date(value)? - now).to_std().unwrap_or_default()))
}

/// A date in any of the three forms that RFC 9110 wants read: today's, RFC 850's and asctime's.
fn http_date(text: &str) -> Option<DateTime<Utc>> {
    const FORMS: [&str; 3] =
        ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"];
    FORMS.iter().find_map(|form| Some(NaiveDateTime::parse_from_str(text, form).ok()?.and_utc()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "1994-11-06T08:49:30Z".parse().unwrap()
    }

    fn empty_answer() -> Answer {
        Answer {
            url: String::new(),
            fetched_at: now(),
            status: 200,
            headers: Vec::new(),
            body: Vec::new(),
            robots: None,
        }
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let check = |value: &str, seconds: Option<u64>| {
            assert_eq!(retry_after(value, now()), seconds.map(Duration::from_secs), "{value}");
        };
        check("0", Some(0));
        check(" 7 ", Some(7));
        check("3600", Some(3600));
        check("Sun, 06 Nov 1994 08:49:37 GMT", Some(7));
        check("Sun, 06 Nov 1994 08:00:00 GMT", Some(0));
        check("Mon, 07 Nov 1994 08:49:37 GMT", Some(86_407));
        check("Sunday, 06-Nov-94 08:49:37 GMT", Some(7));
        check("Sun Nov  6 08:49:37 1994", Some(7));
        check("soon", None);
        check("-1", None);
    }

    #[test]
    fn pauses_double_and_end_after_the_third() {
        let pauses: Vec<_> = pauses(Duration::from_secs(1)).collect();
        assert_eq!(pauses.len(), 3);
        for (pause, least) in pauses.iter().zip([1, 2, 4]) {
            // Jitter adds at most as much again.
            assert!((least..=2 * least).contains(&pause.as_secs()), "{pause:?}");
        }
    }

    #[test]
    fn only_what_may_pass_is_tried_again() {
        let answer = |status: u16, headers: &[(&str, &str)]| {
            let headers = headers.iter().map(|&(k, v)| (k.to_owned(), v.to_owned())).collect();
            Ok(Answer { status, headers, ..empty_answer() })
        };
        for status in [429, 500, 502, 503, 504] {
            assert_eq!(advice(&answer(status, &[]), now()), Advice::Again, "{status}");
        }
        for status in [200, 304, 403, 404, 410] {
            assert_eq!(advice(&answer(status, &[("Retry-After", "1")]), now()), Advice::Keep);
        }
        let throttled = answer(429, &[("Retry-After", "1")]);
        assert_eq!(advice(&throttled, now()), Advice::AgainAfter(Duration::from_secs(1)));
        // Asked to stay away for longer than a run waits: not asked again, rather than too soon.
        assert_eq!(advice(&answer(503, &[("Retry-After", "121")]), now()), Advice::Keep);
        let too_large = Err(FetchErrorKind::TooLarge { limit: 1 });
        assert_eq!(advice(&too_large, now()), Advice::Keep);
        let silent = Err(FetchErrorKind::Connect(String::new()));
        assert_eq!(advice(&silent, now()), Advice::Again);
    }
}
