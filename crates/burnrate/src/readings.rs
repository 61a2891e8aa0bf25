//! Readings of lists of offers: pages put together, and each list brought up to date.
//!
//! What is no longer listed follows from complete readings alone, and nothing follows from one that lists
//! far less than the last did: the page has changed, not the prices.

use std::collections::BTreeMap;

use burnrate_model::Listing;
use burnrate_model::generated::{self, CORE_READING};
use burnrate_warehouse::{Listed, Snapshot};
use chrono::{DateTime, NaiveDate, Utc};

use crate::headline;

/// A reading with less than one of so many offers of the reading before is taken for a changed page.
const LEAST_PART_LISTED: i64 = 2;

/// The readings of one list, by day.
pub(crate) type ByDay = BTreeMap<NaiveDate, Known>;

/// A complete reading that an earlier run recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) observed_at: DateTime<Utc>,
    /// In order of pages.
    pub(crate) capture_ids: Vec<String>,
    row_count: i64,
    parser_version: i64,
}

/// Complete readings of earlier runs, by source and scope; of one day the last.
#[derive(Debug, Default)]
pub(crate) struct Readings(BTreeMap<(String, String), ByDay>);

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
            "SELECT source_id, scope, observed_on, observed_at, row_count, capture_ids, parser_version \
             FROM core_reading WHERE is_complete ORDER BY observed_at",
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
            Some(day),
            Some(time),
            Some(rows),
            Some(captures),
            Some(version),
        ] = row
        else {
            return None;
        };
        let known = Known {
            observed_at: headline::timestamp(time)?,
            capture_ids: captures.split(' ').map(str::to_owned).collect(),
            row_count: rows.parse().ok()?,
            parser_version: version.parse().ok()?,
        };
        let of_list = self.0.entry((source.clone(), scope.clone())).or_default();
        of_list.insert(day.parse().ok()?, known);
        Some(())
    }

    /// Those of one list.
    pub(crate) fn of_list(&self, source_id: &str, scope: &str) -> ByDay {
        self.0.get(&(source_id.to_owned(), scope.to_owned())).cloned().unwrap_or_default()
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

/// The pages of one list that were read as of one day, by number.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pages(BTreeMap<u32, Page>);

impl Pages {
    /// Adds a page; of the same page read twice on a day the later one counts.
    pub(crate) fn add(&mut self, page: Page) {
        let older = self.0.get(&page.listing.page).map(|page| page.listing.observed_at);
        if older.is_none_or(|older| older <= page.listing.observed_at) {
            self.0.insert(page.listing.page, page);
        }
    }

    /// Whether all pages to the last are there.
    pub(crate) fn is_complete(&self) -> bool {
        let is_in_place = self.0.keys().zip(1..).all(|(page, place)| *page == place);
        is_in_place && self.0.last_key_value().is_some_and(|(_, page)| page.listing.is_last)
    }

    /// When the last of them was observed.
    pub(crate) fn observed_at(&self) -> DateTime<Utc> {
        self.0.values().map(|page| page.listing.observed_at).max().unwrap_or_default()
    }

    pub(crate) fn urls(&self) -> Vec<String> {
        self.0.values().map(|page| page.url.clone()).collect()
    }

    pub(crate) fn capture_ids(&self) -> Vec<String> {
        self.0.values().map(|page| page.capture_id.clone()).collect()
    }

    fn row_count(&self) -> i64 {
        self.0.values().map(|page| page.row_count).sum()
    }

    /// The offers of all pages.
    pub(crate) fn listed(self) -> Listed {
        let mut listed = Listed::default();
        for page in self.0.into_values() {
            listed.extend(page.listed);
        }
        listed
    }

    /// Its row of `core_reading`.
    pub(crate) fn row(
        &self,
        source_id: &str,
        scope: &str,
        parser_version: i64,
        is_complete: bool,
    ) -> generated::Reading {
        generated::Reading {
            source_id: source_id.to_owned(),
            scope: scope.to_owned(),
            observed_on: self.observed_at().date_naive(),
            observed_at: self.observed_at(),
            is_complete,
            pages: i64::try_from(self.0.len()).unwrap_or(i64::MAX),
            row_count: self.row_count(),
            capture_ids: self.capture_ids().join(" "),
            parser_version,
        }
    }

    /// Whether a known reading says the same.
    pub(crate) fn is_known(&self, known: Option<&Known>, parser_version: i64) -> bool {
        known.is_some_and(|known| {
            known.capture_ids == self.capture_ids() && known.parser_version == parser_version
        })
    }

    /// Why nothing should follow from it: the last reading before, by the same parser, listed far more.
    pub(crate) fn shortfall(&self, before: &ByDay, parser_version: i64) -> Option<String> {
        let day = self.observed_at().date_naive();
        let is_older = before.last_key_value().is_some_and(|(last_day, _)| *last_day > day);
        if is_older {
            return None;
        }
        let (last_day, last) = before.range(..=day).next_back()?;
        let is_less = last.parser_version == parser_version
            && self.row_count() * LEAST_PART_LISTED < last.row_count;
        is_less.then(|| {
            format!(
                "{} offers listed, {} on {last_day}: taken for a changed page; if they are gone indeed, raise the source's parser_version",
                self.row_count(),
                last.row_count
            )
        })
    }
}
