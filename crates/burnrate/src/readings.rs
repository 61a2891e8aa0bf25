//! Readings of lists of offers: pages put together, and which readings count.
//!
//! Which do is a function of all readings of a list, in order of days, whatever runs they came in. One
//! counts that is complete, and of a day the last; but one that lists far less than the one before it
//! is taken for a changed page, unless the source says that the list did shrink on that day.

use std::collections::BTreeMap;

use burnrate_model::Listing;
use burnrate_model::generated::{self, CORE_READING};
use burnrate_warehouse::{Listed, Snapshot};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::headline;

/// A reading with less than one of so many offers of the reading before is taken for a changed page.
const LEAST_PART_LISTED: i64 = 2;

/// Pages that come later than this after the first one are of another reading.
const LONGEST_READING: TimeDelta = TimeDelta::hours(6);

/// A reading as `core_reading` has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reading {
    /// When its first page was observed.
    pub(crate) observed_at: DateTime<Utc>,
    /// Whether all its pages were read.
    pub(crate) is_complete: bool,
    /// Whether anything follows from it.
    pub(crate) is_counted: bool,
    /// In order of pages.
    pub(crate) capture_ids: Vec<String>,
    row_count: i64,
    parser_version: i64,
}

impl Reading {
    /// The day as of which the list was read.
    pub(crate) fn day(&self) -> NaiveDate {
        self.observed_at.date_naive()
    }

    /// What its rows follow from.
    pub(crate) fn origin(&self) -> (Vec<String>, i64) {
        (self.capture_ids.clone(), self.parser_version)
    }

    /// Whether it is a reading of the same answers.
    pub(crate) fn is_of(&self, other: &Self) -> bool {
        self.observed_at == other.observed_at && self.capture_ids == other.capture_ids
    }
}

/// A reading, and its pages where this run has read them.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) reading: Reading,
    pub(crate) pages: Option<Pages>,
}

/// Readings of earlier runs, by source and scope, in order of observation.
#[derive(Debug, Default)]
pub(crate) struct Readings(BTreeMap<(String, String), Vec<Reading>>);

impl Readings {
    /// Reads `core_reading` of a snapshot.
    pub(crate) fn of(snapshot: Option<&Snapshot>) -> anyhow::Result<Self> {
        let mut readings = Self::default();
        let Some(snapshot) = snapshot else { return Ok(readings) };
        let files = snapshot.files(CORE_READING.name);
        if files.is_empty() {
            return Ok(readings);
        }
        let rows = burnrate_transform::query(
            &[(CORE_READING.name, files)].into(),
            "SELECT source_id, scope, observed_at, is_complete, is_counted, row_count, capture_ids, parser_version \
             FROM core_reading ORDER BY observed_at, capture_ids",
        )?;
        for row in rows {
            readings.learn(&row);
        }
        Ok(readings)
    }

    fn learn(&mut self, row: &[Option<String>]) -> Option<()> {
        let [
            Some(source),
            Some(scope),
            Some(time),
            Some(is_complete),
            Some(is_counted),
            Some(rows),
            Some(captures),
            Some(version),
        ] = row
        else {
            return None;
        };
        let reading = Reading {
            observed_at: headline::timestamp(time)?,
            is_complete: is_complete == "true",
            is_counted: is_counted == "true",
            capture_ids: captures.split(' ').map(str::to_owned).collect(),
            row_count: rows.parse().ok()?,
            parser_version: version.parse().ok()?,
        };
        self.0.entry((source.clone(), scope.clone())).or_default().push(reading);
        Some(())
    }

    /// Those of one list.
    pub(crate) fn of_list(&self, source_id: &str, scope: &str) -> &[Reading] {
        self.0.get(&(source_id.to_owned(), scope.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// Those of one source that are not of the lists named, as rows.
    pub(crate) fn rows_but(&self, source_id: &str, scopes: &[String]) -> Vec<generated::Reading> {
        let others = self
            .0
            .iter()
            .filter(|((source, scope), _)| source == source_id && !scopes.contains(scope));
        others
            .flat_map(|((_, scope), readings)| {
                readings.iter().map(move |reading| reading.row(source_id, scope))
            })
            .collect()
    }

    /// All readings of a list: those of earlier runs, and those of this one, which replace the former where
    /// they are of the same answers. In order of observation.
    pub(crate) fn with(
        &self,
        source_id: &str,
        scope: &str,
        new: Vec<Pages>,
        parser_version: i64,
    ) -> Vec<Candidate> {
        let earlier = self.of_list(source_id, scope).iter();
        let mut all: Vec<Candidate> =
            earlier.map(|reading| Candidate { reading: reading.clone(), pages: None }).collect();
        for pages in new {
            let reading = pages.reading(parser_version);
            let pages = Some(pages);
            match all.iter().position(|other| other.reading.is_of(&reading)) {
                Some(same) => {
                    let is_counted = all[same].reading.is_counted;
                    all[same] = Candidate { reading: Reading { is_counted, ..reading }, pages };
                }
                // An unchanged answer of the same day says nothing new.
                None if is_repeated(&all, &reading) => {}
                None => all.push(Candidate { reading, pages }),
            }
        }
        all.sort_by(|one, other| {
            let order = |candidate: &Candidate| {
                (candidate.reading.observed_at, candidate.reading.capture_ids.clone())
            };
            order(one).cmp(&order(other))
        });
        all
    }
}

/// Whether the last reading of that day by the same parser is of the same bytes.
fn is_repeated(all: &[Candidate], reading: &Reading) -> bool {
    let of_day = all
        .iter()
        .map(|other| &other.reading)
        .filter(|other| other.day() == reading.day() && other.observed_at <= reading.observed_at);
    of_day.max_by_key(|other| other.observed_at).is_some_and(|last| {
        last.capture_ids == reading.capture_ids && last.parser_version == reading.parser_version
    })
}

/// Says of each reading whether it counts, and of those that do not although they are complete why.
/// `shrunk_on` are days on which the list did become that much shorter.
pub(crate) fn judge(all: &mut [Candidate], shrunk_on: &[NaiveDate]) -> Vec<(usize, String)> {
    let mut refused = Vec::new();
    // The last reading before that lists enough.
    let mut sound: Option<usize> = None;
    for index in 0..all.len() {
        all[index].reading.is_counted = false;
        if !all[index].reading.is_complete {
            continue;
        }
        let reading = &all[index].reading;
        let before = sound.map(|sound| &all[sound].reading);
        let is_short = |before: &&Reading| {
            reading.row_count * LEAST_PART_LISTED < before.row_count
                && !shrunk_on.contains(&reading.day())
        };
        if let Some(before) = before.filter(is_short) {
            refused.push((index, shortfall(reading, before)));
            continue;
        }
        // Of a day the last one counts.
        if let Some(before) = sound.filter(|before| all[*before].reading.day() == reading.day()) {
            all[before].reading.is_counted = false;
        }
        all[index].reading.is_counted = true;
        sound = Some(index);
    }
    refused
}

fn shortfall(reading: &Reading, before: &Reading) -> String {
    format!(
        "{} offers listed, {} on {}: taken for a changed page; if the list has become that much shorter, \
         add \"{}\" to shrunk_on in the source's pipeline.toml",
        reading.row_count,
        before.row_count,
        before.day(),
        reading.day()
    )
}

impl Reading {
    /// Its row of `core_reading`.
    pub(crate) fn row(&self, source_id: &str, scope: &str) -> generated::Reading {
        generated::Reading {
            source_id: source_id.to_owned(),
            scope: scope.to_owned(),
            observed_on: self.day(),
            observed_at: self.observed_at,
            is_complete: self.is_complete,
            is_counted: self.is_counted,
            pages: i64::try_from(self.capture_ids.len()).unwrap_or(i64::MAX),
            row_count: self.row_count,
            capture_ids: self.capture_ids.join(" "),
            parser_version: self.parser_version,
        }
    }
}

/// A page of a list, read.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    pub(crate) listing: Listing,
    pub(crate) url: String,
    pub(crate) capture_id: String,
    pub(crate) row_count: i64,
    pub(crate) listed: Listed,
}

/// The pages of one reading, in order of their numbers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pages(Vec<Page>);

impl Pages {
    /// Parts the pages of a list into readings: each begins with a first page, and a further page belongs to
    /// the last one that began before it.
    pub(crate) fn by_reading(mut pages: Vec<Page>) -> Vec<Self> {
        pages.sort_by_key(|page| (page.listing.observed_at, page.listing.page));
        // An archive may hold an answer twice.
        pages.dedup_by(|one, other| {
            one.listing == other.listing && one.capture_id == other.capture_id
        });
        let mut readings: Vec<Self> = Vec::new();
        for page in pages {
            let is_next = |reading: &&mut Self| {
                let since = page.listing.observed_at - reading.observed_at();
                page.listing.page > 1 && since <= LONGEST_READING
            };
            match readings.last_mut().filter(is_next) {
                Some(Self(pages)) => {
                    // Of one page asked for twice the later answer counts.
                    pages.retain(|other| other.listing.page != page.listing.page);
                    pages.push(page);
                }
                None => readings.push(Self(vec![page])),
            }
        }
        for Self(pages) in &mut readings {
            pages.sort_by_key(|page| page.listing.page);
        }
        readings
    }

    /// Whether all pages to the last are there.
    fn is_complete(&self) -> bool {
        let is_in_place = self.0.iter().zip(1..).all(|(page, place)| page.listing.page == place);
        let last_pages = self.0.iter().filter(|page| page.listing.is_last).count();
        is_in_place && last_pages == 1 && self.0.last().is_some_and(|page| page.listing.is_last)
    }

    fn observed_at(&self) -> DateTime<Utc> {
        self.0.iter().map(|page| page.listing.observed_at).min().unwrap_or_default()
    }

    /// What `core_reading` is to say of it; whether it counts is not judged yet.
    pub(crate) fn reading(&self, parser_version: i64) -> Reading {
        Reading {
            observed_at: self.observed_at(),
            is_complete: self.is_complete(),
            is_counted: false,
            capture_ids: self.0.iter().map(|page| page.capture_id.clone()).collect(),
            row_count: self.0.iter().map(|page| page.row_count).sum(),
            parser_version,
        }
    }

    /// The last page.
    pub(crate) fn last(&self) -> Option<&Page> {
        self.0.last()
    }

    /// Where its pages were asked for.
    pub(crate) fn urls(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|page| page.url.as_str())
    }

    /// The offers of all pages.
    pub(crate) fn listed(self) -> Listed {
        let mut listed = Listed::default();
        for page in self.0 {
            listed.extend(page.listed);
        }
        listed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A complete reading of one page.
    fn candidate(observed_at: &str, row_count: i64) -> Candidate {
        let reading = Reading {
            observed_at: format!("{observed_at}:00Z").parse().unwrap(),
            is_complete: true,
            is_counted: false,
            capture_ids: vec![format!("{observed_at} {row_count}")],
            row_count,
            parser_version: 1,
        };
        Candidate { reading, pages: None }
    }

    /// Rows of the readings that count.
    fn counted(all: &[(&str, i64)], shrunk_on: &[&str]) -> Vec<i64> {
        let mut all: Vec<_> = all.iter().map(|(at, rows)| candidate(at, *rows)).collect();
        let shrunk_on: Vec<NaiveDate> = shrunk_on.iter().map(|day| day.parse().unwrap()).collect();
        judge(&mut all, &shrunk_on);
        let counted = all.iter().filter(|candidate| candidate.reading.is_counted);
        counted.map(|candidate| candidate.reading.row_count).collect()
    }

    #[test]
    fn a_reading_that_lists_less_than_half_does_not_count() {
        let year = [("2026-05-01T05:00", 100), ("2026-05-02T05:00", 49), ("2026-05-03T05:00", 50)];
        assert_eq!(counted(&year, &[]), [100, 50]);
        assert_eq!(counted(&year, &["2026-05-02"]), [100, 49, 50]);
        // Each is judged against the last that counts: 24 against 50, not against 49.
        let shrinking = [year[0], year[1], year[2], ("2026-05-04T05:00", 24)];
        assert_eq!(counted(&shrinking, &[]), [100, 50]);
    }

    #[test]
    fn of_a_day_the_last_reading_counts_that_may() {
        let day = [("2026-05-01T05:00", 90), ("2026-05-01T15:00", 100), ("2026-05-02T05:00", 80)];
        assert_eq!(counted(&day, &[]), [100, 80]);
        let shrunk = [day[0], day[1], day[2], ("2026-05-02T15:00", 3)];
        assert_eq!(counted(&shrunk, &[]), [100, 80]);
    }

    fn page(number: u32, is_last: bool, observed_at: &str) -> Page {
        let observed_at = format!("{observed_at}:00Z").parse().unwrap();
        let listing = Listing { scope: "list".to_owned(), page: number, is_last, observed_at };
        let (url, capture_id) = (String::new(), format!("{number} {observed_at}"));
        Page { listing, url, capture_id, row_count: 10, listed: Listed::default() }
    }

    fn readings(pages: Vec<Page>) -> Vec<(usize, bool)> {
        let readings = Pages::by_reading(pages).into_iter();
        readings.map(|pages| (pages.0.len(), pages.is_complete())).collect()
    }

    /// An archive hands out all answers of one address, then those of the next.
    #[test]
    fn pages_of_two_readings_of_a_day_are_not_mixed() {
        let morning = [page(1, false, "2026-05-01T05:00"), page(2, true, "2026-05-01T05:01")];
        let [first, second] = morning.clone();
        assert_eq!(readings(vec![second.clone(), first.clone()]), [(2, true)]);
        let twice = vec![first.clone(), first.clone(), second.clone(), second.clone()];
        assert_eq!(readings(twice), [(2, true)]);
        let afternoon = page(1, false, "2026-05-01T15:00");
        assert_eq!(readings(vec![first, afternoon, second]), [(2, true), (1, false)]);
    }

    #[test]
    fn a_reading_may_pass_midnight_and_is_of_the_day_on_which_it_began() {
        let pages = vec![page(1, false, "2026-05-01T23:59"), page(2, true, "2026-05-02T00:01")];
        let readings = Pages::by_reading(pages);
        let reading = readings[0].reading(1);
        assert_eq!((readings.len(), reading.is_complete), (1, true));
        assert_eq!(reading.day(), "2026-05-01".parse().unwrap());
    }

    #[test]
    fn a_list_that_ends_before_its_last_page_is_not_complete() {
        let evening = |number, is_last| page(number, is_last, "2026-05-01T18:00");
        assert_eq!(
            readings(vec![evening(1, false), evening(2, true), evening(3, true)]),
            [(3, false)]
        );
        assert_eq!(readings(vec![evening(1, false), evening(3, true)]), [(2, false)]);
        assert_eq!(readings(vec![evening(2, true)]), [(1, false)]);
    }
}
