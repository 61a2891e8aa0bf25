//! Lists of offers in one run: pages of documents, and lists brought up to date by their readings.

use std::collections::BTreeMap;

use burnrate_fetch::read_at;
use burnrate_model::generated::Capture;
use burnrate_model::{Extract, RawDocument, Row, RowVisitor, Sighted, TableKind};
use burnrate_warehouse::{Listed, Reading, WarehouseError};
use chrono::{DateTime, NaiveDate, Utc};

use super::{Count, Fate, Work, read};
use crate::captures::Archived;
use crate::readings::{Candidate, Page, Pages, Reading as ListReading, judge};

impl Work<'_> {
    /// The page of a list that a document is, where it is one; or what is wrong with that.
    pub(super) fn page(
        &self,
        document: &RawDocument,
        capture_id: &str,
        extract: &Extract,
    ) -> anyhow::Result<Result<Option<Page>, String>> {
        let spec = self.run.source.spec();
        let scope = extract.listing.as_ref().map_or("", |listing| &listing.scope);
        let mut offers =
            Offers { source_id: &spec.id, capture_id, scope, listed: Listed::default(), rows: 0 };
        extract.rows.visit(&mut offers)?;
        let Offers { listed, rows, .. } = offers;
        let Some(listing) = extract.listing.clone() else {
            let mistake = "the parser lists offers, but not of which list: a mistake in burnrate";
            return Ok(if rows == 0 { Ok(None) } else { Err(mistake.to_owned()) });
        };
        let row_count = i64::try_from(rows)?;
        let (url, capture_id) = (document.url.clone(), capture_id.to_owned());
        Ok(Ok(Some(Page { listing, url, capture_id, row_count, listed })))
    }

    /// Brings the lists of which pages were read up to date.
    pub(super) fn settle_lists(&mut self) -> anyhow::Result<()> {
        let spec = self.run.source.spec();
        let lists = std::mem::take(&mut self.lists);
        let scopes: Vec<String> = lists.keys().cloned().collect();
        let mut rows = self.run.readings.rows_but(&spec.id, &scopes);
        for (scope, pages) in lists {
            let new = Pages::by_reading(pages);
            let version = i64::from(spec.parser_version);
            let all = self.run.readings.with(&spec.id, &scope, new, version);
            let settled = self.settle_list(&scope, all)?;
            rows.extend(settled.iter().map(|reading| reading.row(&spec.id, &scope)));
        }
        if !scopes.is_empty() {
            self.outcome.readings = Some(rows);
        }
        Ok(())
    }

    /// Makes a list what those of its readings say that count; from the first one on that did not before.
    /// Returns the readings as they are to be recorded.
    fn settle_list(
        &mut self,
        scope: &str,
        mut all: Vec<Candidate>,
    ) -> anyhow::Result<Vec<ListReading>> {
        let spec = self.run.source.spec();
        let before: Vec<ListReading> = self.run.readings.of_list(&spec.id, scope).to_vec();
        for candidate in all.iter().filter(|candidate| candidate.pages.is_some()) {
            if !candidate.reading.is_complete {
                self.progress.note(&format!(
                    "{scope}: not all pages were read; what is listed and what is not stays as it was"
                ));
            }
        }
        let (from, refused) = loop {
            let refused = judge(&mut all, &spec.shrunk_on);
            let Some(from) = first_difference(&before, &all) else { break (None, refused) };
            match self.read_again(scope, from, &mut all)? {
                Again::Read => break (Some(from), refused),
                Again::Refused => {}
                Again::NotArchived(reason) => {
                    self.outcome.run.documents_failed += 1;
                    self.progress.note(&format!("{scope}: {reason}; the list stays as it was"));
                    return Ok(before);
                }
            }
        };
        for (index, reason) in refused {
            let Candidate { reading, pages } = &all[index];
            match pages {
                Some(pages) => self.refuse_pages(reading, pages, &reason),
                // What did not count before need not be told again.
                None if before.iter().any(|old| old.is_counted && old.is_of(reading)) => {
                    let day = reading.day();
                    self.progress
                        .note(&format!("{scope}: the reading of {day} no longer counts: {reason}"));
                }
                None => {}
            }
        }
        if let Some(from) = from {
            self.staging.forget_readings(&spec.id, scope, from)?;
            let counted = all.iter_mut().filter(|candidate| candidate.reading.is_counted);
            for candidate in counted.filter(|candidate| candidate.reading.day() >= from) {
                let day = candidate.reading.day();
                if let Some(pages) = candidate.pages.take() {
                    self.apply(scope, day, pages)?;
                }
            }
        }
        Ok(all.into_iter().map(|candidate| candidate.reading).collect())
    }

    /// Reads the pages of earlier runs again, from the archive, of the readings that count from a day on.
    fn read_again(
        &mut self,
        scope: &str,
        from: NaiveDate,
        all: &mut [Candidate],
    ) -> anyhow::Result<Again> {
        let is_wanted = |candidate: &&mut Candidate| {
            candidate.reading.is_counted
                && candidate.reading.day() >= from
                && candidate.pages.is_none()
        };
        for Candidate { reading, pages } in all.iter_mut().filter(is_wanted) {
            let mut again = Vec::new();
            for capture_id in &reading.capture_ids {
                let Some(archived) = self.captures.archived(capture_id).cloned() else {
                    let reason = format!("capture {capture_id} is not in the archive");
                    return Ok(Again::NotArchived(reason));
                };
                match self.page_again(scope, capture_id, &archived, reading.observed_at)? {
                    Ok(page) => again.push(page),
                    Err(reason) => {
                        let day = reading.day();
                        self.outcome.run.documents_failed += 1;
                        self.progress.note(&format!(
                            "{scope}: today's parser refuses the reading of {day}, which no longer counts: {reason}"
                        ));
                        reading.is_complete = false;
                        return Ok(Again::Refused);
                    }
                }
            }
            let version = i64::from(self.run.source.spec().parser_version);
            for again in Pages::by_reading(again) {
                *reading = again.reading(version);
                reading.is_counted = true;
                *pages = Some(again);
            }
            if !reading.is_complete {
                return Ok(Again::Refused);
            }
        }
        Ok(Again::Read)
    }

    /// A page as an earlier run read it.
    fn page_again(
        &self,
        scope: &str,
        capture_id: &str,
        archived: &Archived,
        observed_at: DateTime<Utc>,
    ) -> anyhow::Result<Result<Page, String>> {
        let (file, offset) = &archived.record;
        let body = read_at(self.run.warehouse, file, *offset)?.body;
        let url = archived.original.uri.clone();
        let document = RawDocument { url, fetched_at: observed_at, body };
        let extract = match read(self.run.source, &document) {
            Ok(extract) => extract,
            Err(reason) => return Ok(Err(reason)),
        };
        let mut count = Count::default();
        extract.rows.visit(&mut count)?;
        if let Err(reason) = self.check_bounds(&count, &extract) {
            return Ok(Err(reason));
        }
        let page = self.page(&document, capture_id, &extract)?;
        Ok(page.and_then(|page| {
            let is_of_list = |page: &Page| page.listing.scope == scope;
            page.filter(is_of_list).ok_or_else(|| format!("{} is not a page of it", document.url))
        }))
    }

    /// Refuses documents that had been read: together they are not what the source publishes.
    fn refuse_pages(&mut self, reading: &ListReading, pages: &Pages, reason: &str) {
        for url in pages.urls() {
            self.progress.note(&format!("{url}: refused: {reason}"));
            self.outcome.run.documents_read -= 1;
            self.outcome.run.documents_failed += 1;
            self.requests.insert(url.to_owned(), Some(Fate::new("refused", reason.to_owned())));
        }
        let refused = |capture: &&mut Capture| {
            reading.capture_ids.contains(&capture.capture_id)
                && capture.fetched_at >= reading.observed_at
        };
        for capture in self.outcome.captures.iter_mut().filter(refused) {
            "refused".clone_into(&mut capture.outcome);
            capture.outcome_reason = Some(reason.to_owned());
        }
    }

    /// Makes a list what a reading says.
    fn apply(&mut self, scope: &str, day: NaiveDate, pages: Pages) -> anyhow::Result<()> {
        let source_id = &self.run.source.spec().id;
        let Some(last) = pages.last().cloned() else { return Ok(()) };
        let reading = Reading { scope, observed_on: day, capture_id: &last.capture_id };
        let changes = self.staging.reading(source_id, &reading, &pages.listed())?;
        self.outcome.run.rows_added += i64::try_from(changes.rows())?;
        self.withdrawn += changes.withdrawn;
        let fetched_at = last.listing.observed_at;
        let document = RawDocument { url: last.url, fetched_at, body: Vec::new() };
        self.quarantine(&document, &last.capture_id, &[], &changes.conflicts)
    }
}

/// What came of reading pages again.
enum Again {
    /// All of them.
    Read,
    /// One is not what the source publishes, by today's parser: which readings count is to be judged anew.
    Refused,
    /// One is not there.
    NotArchived(String),
}

/// The first day on which another reading counts than did before.
fn first_difference(before: &[ListReading], after: &[Candidate]) -> Option<NaiveDate> {
    let counted = |readings: &mut dyn Iterator<Item = &ListReading>| -> BTreeMap<_, _> {
        let counted = readings.filter(|reading| reading.is_counted);
        counted.map(|reading| (reading.day(), reading.origin())).collect()
    };
    let before = counted(&mut before.iter());
    let after = counted(&mut after.iter().map(|candidate| &candidate.reading));
    let days = before.keys().chain(after.keys());
    days.filter(|day| before.get(day) != after.get(day)).min().copied()
}

/// Takes the offers of one page.
struct Offers<'a> {
    source_id: &'a str,
    capture_id: &'a str,
    scope: &'a str,
    listed: Listed,
    rows: usize,
}

impl RowVisitor for Offers<'_> {
    type Error = WarehouseError;

    fn table<R: Row>(&mut self, rows: &[Sighted<R>]) -> Result<(), WarehouseError> {
        if R::TABLE.kind != TableKind::State {
            return Ok(());
        }
        self.rows += rows.len();
        self.listed.add(self.source_id, self.capture_id, self.scope, rows)
    }
}
