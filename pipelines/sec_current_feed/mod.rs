//! EDGAR's feed of the latest filings: what is new before any index has it.
//!
//! A run reads page after page until it has the last hours. It stops well before the end of the list,
//! which has some five thousand entries: past it there is an error page. What is missed for want of a
//! run stands in the daily indexes, for which the first page asks.

use burnrate_model::generated::FilingNotice;
use burnrate_model::{Extract, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_xbrl::{CurrentFiling, current_feed, locator, without_repeats};
use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta, Utc, Weekday};

use crate::{StaticSpec, sec_daily_index, spec};

/// Entries of a full page.
const PAGE: usize = 100;

/// No page is asked for that begins after this many entries.
const LAST_START: usize = 3_000;

/// How far back a run reads. Runs are an hour apart while EDGAR takes filings, from six in the morning
/// to ten at night in Eastern time.
const WINDOW: TimeDelta = TimeDelta::hours(2);

/// For how many weekdays before the answer the daily index is asked for.
const DAYS: usize = 10;

/// See the module.
pub(crate) struct SecCurrentFeed;

impl Source for SecCurrentFeed {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![page(0)]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let start = start_of(&document.url)?;
        let filings = current_feed(&document.body, &mut out.issues)?;
        let is_full = filings.len() + out.issues.len() >= PAGE;
        if is_full && start < LAST_START && goes_on(&filings, document.fetched_at) {
            out.requests.push(page(start + PAGE));
        }
        if start == 0 {
            // The index of a day is made in the night after it, in Eastern time.
            let made_by = document.fetched_at - TimeDelta::hours(12);
            let days = weekdays_before(made_by.date_naive());
            out.requests.extend(days.map(sec_daily_index::request));
        }
        for filing in without_repeats(filings) {
            let locator = locator(&filing.span);
            let known_on = filing.filed_date;
            out.push(notice(filing), locator, known_on);
        }
        Ok(())
    }
}

/// The page that begins after `start` entries.
fn page(start: usize) -> Request {
    let url = format!(
        "https://www.sec.gov/cgi-bin/browse-edgar?action=getcurrent&count={PAGE}&start={start}&type=&owner=include&output=atom"
    );
    Request { source_id: SecCurrentFeed.spec().id.clone(), url }
}

/// After how many entries the page of this address begins.
fn start_of(url: &str) -> Result<usize, ShapeError> {
    let start = url.split(['?', '&']).find_map(|part| part.strip_prefix("start="));
    start.and_then(|start| start.parse().ok()).ok_or_else(|| ShapeError {
        place: "the URL".to_owned(),
        expected: "start= and a number".to_owned(),
        found: url.to_owned(),
    })
}

/// Whether what comes after this page may belong to the last hours.
fn goes_on(filings: &[CurrentFiling], fetched_at: DateTime<Utc>) -> bool {
    filings.last().is_some_and(|oldest| fetched_at - oldest.accepted_at.to_utc() < WINDOW)
}

fn weekdays_before(day: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let days = std::iter::successors(day.pred_opt(), NaiveDate::pred_opt);
    days.filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)).take(DAYS)
}

fn notice(filing: CurrentFiling) -> FilingNotice {
    FilingNotice {
        cik: filing.cik.to_string(),
        company_name: filing.company_name,
        filer_role: Some(filing.role.as_str().to_owned()),
        accession_number: filing.accession_number,
        form_type: filing.form_type,
        filed_date: filing.filed_date,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIXTURE: &str = include_str!(
        "fixtures/action=getcurrent&count=100&start=0&type=&owner=include&output=atom"
    );

    fn parse(start: usize, fetched_at: &str, body: &str) -> Extract {
        let document = RawDocument {
            url: page(start).url,
            fetched_at: fetched_at.parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        SecCurrentFeed.parse(&document, &mut out).unwrap();
        assert_eq!(out.issues, []);
        out
    }

    /// The fixture's last entry, accepted at 22:30:47 UTC, a hundred times under numbers of their own.
    fn full_page() -> String {
        let last = &FIXTURE[FIXTURE.rfind("<entry>").unwrap()..FIXTURE.rfind("</feed>").unwrap()];
        let head = &FIXTURE[..FIXTURE.find("<entry>").unwrap()];
        let entry = |number: usize| last.replace("-25-000002", &format!("-25-{number:06}"));
        format!("{head}{}</feed>", (0..100).map(entry).collect::<String>())
    }

    fn own(out: &Extract) -> Vec<&str> {
        let is_own = |request: &&Request| request.source_id == "sec_current_feed";
        out.requests.iter().filter(is_own).map(|request| request.url.as_str()).collect()
    }

    #[test]
    fn an_entry_becomes_a_notice() {
        let out = parse(0, "2025-12-12T23:02:34Z", FIXTURE);
        assert_eq!(out.rows.filing_notice.len(), 6);
        let subject = &out.rows.filing_notice[3].row;
        assert_eq!(
            *subject,
            FilingNotice {
                cik: "0000820318".to_owned(),
                company_name: "COHERENT CORP.".to_owned(),
                filer_role: Some("Subject".to_owned()),
                accession_number: "0001193125-25-317831".to_owned(),
                form_type: "SCHEDULE 13D/A".to_owned(),
                filed_date: "2025-12-12".parse().unwrap(),
            }
        );
    }

    #[test]
    fn a_full_page_of_the_last_hours_is_followed_by_the_next() {
        let body = full_page();
        // 13 seconds less than two hours after its oldest entry, and 13 seconds more.
        assert_eq!(own(&parse(0, "2025-12-13T00:30:34Z", &body)), [page(100).url]);
        assert!(own(&parse(0, "2025-12-13T00:31:00Z", &body)).is_empty());
        assert_eq!(own(&parse(200, "2025-12-13T00:30:34Z", &body)), [page(300).url]);
        assert!(own(&parse(LAST_START, "2025-12-13T00:30:34Z", &body)).is_empty());
    }

    #[test]
    fn a_page_that_is_not_full_is_the_last() {
        assert!(own(&parse(0, "2025-12-12T23:02:34Z", FIXTURE)).is_empty());
    }

    #[test]
    fn the_first_page_asks_for_the_indexes_of_ten_weekdays() {
        // 2025-12-14 is a Sunday; the tenth weekday before it is Monday the first.
        let out = parse(0, "2025-12-14T12:00:00Z", FIXTURE);
        let days: Vec<_> = out.requests.iter().map(|r| r.url.rsplit('/').next().unwrap()).collect();
        assert_eq!(days.len(), 10);
        assert_eq!(days[0], "form.20251212.idx");
        assert_eq!(days[5], "form.20251205.idx");
        assert_eq!(days[9], "form.20251201.idx");
        assert!(out.requests.iter().all(|request| request.source_id == "sec_daily_index"));
        assert!(parse(100, "2025-12-14T12:00:00Z", FIXTURE).requests.is_empty());
    }

    #[test]
    fn repeats_within_a_page_are_one_row() {
        let entry = &FIXTURE[FIXTURE.find("<entry>").unwrap()..FIXTURE.rfind("</feed>").unwrap()];
        let twice = FIXTURE.replace("</feed>", &format!("{entry}</feed>"));
        assert_eq!(parse(0, "2025-12-12T23:02:34Z", &twice).rows.filing_notice.len(), 6);
    }
}
