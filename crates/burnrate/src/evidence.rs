//! From a core row to the bytes that it was read from, and whether they still say so.
//!
//! Of each row that a source read four things are proved: the payload has the digest that was recorded, the
//! row has the `row_id` that its cells give, today's parser reads the row again from the payload, and the
//! bytes at its locator say its value.

mod reread;
mod shown;

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;
use std::rc::Rc;

use burnrate_fetch::read_at;
use burnrate_locate::Places;
use burnrate_model::generated::{CORE_CAPTURE, CORE_QUARANTINE, CORE_READING};
use burnrate_model::{RawDocument, TableKind, sha256_hex};
use burnrate_warehouse::{Lookup, StoredRow, row_ids};
use chrono::{DateTime, NaiveDate, Utc};

use self::reread::Reread;

/// Captures of one payload that are looked at: one is the answer that was stored, others refer to it.
const CAPTURES: usize = 1000;

/// Documents that are kept in memory.
const DOCUMENTS: usize = 16;

/// An archived document, read again by today's parser.
pub(crate) struct Document {
    /// Its capture, as `core_capture` has it.
    pub(crate) capture: Captured,
    /// The payload.
    pub(crate) body: Vec<u8>,
    places: Places,
    reread: Reread,
}

/// What is recorded of a document.
#[derive(Debug, Clone)]
pub(crate) struct Captured {
    pub(crate) source_id: String,
    pub(crate) url: String,
    pub(crate) fetched_at: DateTime<Utc>,
    pub(crate) payload_sha256: String,
    pub(crate) warc_file: String,
    pub(crate) warc_offset: u64,
    /// Version of the parser that read it, and today's.
    pub(crate) parser_version: i64,
    pub(crate) parser_version_today: i64,
}

/// What proves a row.
pub(crate) struct Evidence {
    pub(crate) document: Rc<Document>,
    /// The bytes that its locator means; none of an offer that is no longer listed, and of a record that was
    /// not read and stands at no place that can be shown.
    pub(crate) place: Option<Range<usize>>,
    /// The column whose value stands there, and the value.
    pub(crate) shown: Option<(&'static str, String)>,
    /// What else there is to know.
    pub(crate) notes: Vec<String>,
}

/// Documents by capture and the day that was asked for.
type ByCapture = HashMap<(String, Option<NaiveDate>), Rc<Document>>;

/// The documents of an archive, each read when it is first asked for.
pub(crate) struct Documents<'a> {
    warehouse: &'a Path,
    lookup: &'a Lookup<'a>,
    read: RefCell<ByCapture>,
}

impl<'a> Documents<'a> {
    pub(crate) fn new(warehouse: &'a Path, lookup: &'a Lookup<'a>) -> Self {
        Self { warehouse, lookup, read: RefCell::default() }
    }

    /// Proves a row of a table that sources read; else says what contradicts it.
    pub(crate) fn prove(&self, row: &StoredRow) -> Result<Evidence, String> {
        let source_id = cell(row, "source_id")?;
        let row_id = cell(row, "row_id")?;
        let recomputed = row_ids(row.table, &source_id, &row.cells).map_err(text)?;
        let recomputed = recomputed.first().map_or(String::new(), |id| format!("{id:032x}"));
        if recomputed != row_id {
            return Err(format!(
                "the row's cells give row_id {recomputed}, and its row_id is {row_id}: one of them has changed in {}",
                row.file
            ));
        }
        let known_on = cell(row, "known_on")?.parse::<NaiveDate>().map_err(text)?;
        let is_state = row.table.kind == TableKind::State;
        let day = is_state.then_some(known_on);
        let document = self.document(&cell(row, "capture_id")?, day)?;
        let mut notes = Vec::new();
        let Captured { parser_version, parser_version_today, .. } = document.capture;
        if parser_version != parser_version_today {
            notes.push(format!(
                "read by version {parser_version} of the parser; read again by version {parser_version_today}"
            ));
        }
        if is_state && row.text("is_withdrawn").as_deref() == Some("true") {
            self.prove_withdrawn(row, &document, known_on)?;
            notes
                .push("no page of the reading lists the offer, which was listed before".to_owned());
            return Ok(Evidence { document, place: None, shown: None, notes });
        }
        if row.table.name == CORE_QUARANTINE.name {
            document.reread.prove_issue(row)?;
        } else {
            document.reread.prove_row(row, document.capture.fetched_at.date_naive())?;
        }
        place(row, document, notes)
    }

    /// Proves that no page of the reading of that day lists an offer.
    fn prove_withdrawn(
        &self,
        row: &StoredRow,
        last_page: &Document,
        day: NaiveDate,
    ) -> Result<(), String> {
        let (source_id, scope) = (cell(row, "source_id")?, cell(row, "scope")?);
        let day = day.to_string();
        let conditions = [
            ("source_id", source_id.as_str()),
            ("scope", scope.as_str()),
            ("observed_on", day.as_str()),
            ("is_counted", "true"),
        ];
        let readings = self.lookup.find(&CORE_READING, &conditions, 1).map_err(text)?;
        let reading = readings.rows.first();
        let reading = reading.ok_or_else(|| {
            format!("core_reading has no reading of list `{scope}` on {day} that counts, from which the row could follow")
        })?;
        last_page.reread.prove_not_listed(row)?;
        for capture_id in cell(reading, "capture_ids")?.split(' ') {
            let page = self.document(capture_id, day.parse().ok())?;
            page.reread.prove_not_listed(row)?;
        }
        Ok(())
    }

    /// The document of a capture: as it was fetched on a day, where that is given and it was, else when it
    /// was fetched first.
    fn document(&self, capture_id: &str, day: Option<NaiveDate>) -> Result<Rc<Document>, String> {
        let key = (capture_id.to_owned(), day);
        if let Some(document) = self.read.borrow().get(&key) {
            return Ok(Rc::clone(document));
        }
        let found = self.lookup.find(&CORE_CAPTURE, &[("capture_id", capture_id)], CAPTURES);
        let mut captures = Vec::new();
        for row in found.map_err(text)?.rows {
            let fetched_at = cell(&row, "fetched_at")?.parse::<DateTime<Utc>>().map_err(text)?;
            captures.push((fetched_at, row));
        }
        captures.sort_by_key(|(fetched_at, _)| *fetched_at);
        let first = captures.first().map(|(time, _)| *time);
        let first = first.ok_or_else(|| format!("capture {capture_id} is not in core_capture"))?;
        let of_day = captures.iter().find(|(time, _)| Some(time.date_naive()) == day);
        let fetched_at = of_day.map_or(first, |(time, _)| *time);
        let is_stored =
            |row: &StoredRow| row.text("warc_record_type").as_deref() == Some("response");
        let stored = captures.iter().find(|(_, row)| is_stored(row)).or(captures.first());
        let (_, stored) = stored.ok_or("no capture")?;
        let mut document = self.archived(stored, fetched_at)?;
        // A later parser may have read it again.
        let read_by =
            captures.iter().filter_map(|(_, row)| row.text("parser_version")?.parse().ok());
        document.capture.parser_version = read_by.max().unwrap_or(document.capture.parser_version);
        let document = Rc::new(document);
        let mut read = self.read.borrow_mut();
        if read.len() >= DOCUMENTS {
            read.clear();
        }
        read.insert(key, Rc::clone(&document));
        Ok(document)
    }

    fn archived(&self, stored: &StoredRow, fetched_at: DateTime<Utc>) -> Result<Document, String> {
        let source = burnrate_pipelines::source(&cell(stored, "source_id")?).map_err(text)?;
        let number = |column| cell(stored, column)?.parse::<i64>().map_err(text);
        let capture = Captured {
            source_id: source.spec().id.clone(),
            url: cell(stored, "url")?,
            fetched_at,
            payload_sha256: cell(stored, "payload_sha256")?,
            warc_file: cell(stored, "warc_file")?,
            warc_offset: u64::try_from(number("warc_offset")?).map_err(text)?,
            parser_version: number("parser_version")?,
            parser_version_today: i64::from(source.spec().parser_version),
        };
        let body = self.payload(&capture)?;
        let raw = RawDocument { url: capture.url.clone(), fetched_at, body };
        let reread = Reread::of(source, &raw)?;
        Ok(Document { capture, places: Places::new(&raw.body), body: raw.body, reread })
    }

    /// The payload, proved by its digest.
    fn payload(&self, capture: &Captured) -> Result<Vec<u8>, String> {
        let Captured { warc_file, warc_offset, payload_sha256, .. } = capture;
        let answer = read_at(self.warehouse, warc_file, *warc_offset).map_err(|error| {
            format!("{error}; the archive has changed since it was written: restore the file from a copy")
        })?;
        let found = sha256_hex(&answer.body);
        if found != *payload_sha256 {
            return Err(format!(
                "core_capture says that the payload at offset {warc_offset} of {warc_file} has SHA-256 {payload_sha256}, \
                 and it has {found}"
            ));
        }
        Ok(answer.body)
    }
}

/// Proves that the bytes at the row's locator say its value.
fn place(
    row: &StoredRow,
    document: Rc<Document>,
    mut notes: Vec<String>,
) -> Result<Evidence, String> {
    let locator = cell(row, "locator")?;
    let place = match document.places.locate(&document.body, &locator) {
        Ok(place) => Some(place),
        Err(error) if row.table.name == CORE_QUARANTINE.name => {
            notes.push(error.to_string());
            None
        }
        Err(error) => return Err(error.to_string()),
    };
    let shown = shown::shown(row)?;
    if let (Some(place), Some((column, value))) = (&place, &shown)
        && !shown::stands_in(row.table, column, value, &document.body[place.clone()])
    {
        let found = String::from_utf8_lossy(&document.body[place.clone()]);
        let found: String = found.chars().take(200).collect();
        return Err(format!(
            "{column} is `{value}` in the warehouse, and at {locator} of the document stands `{found}`"
        ));
    }
    Ok(Evidence { document, place, shown, notes })
}

/// The cell of a column that has no NULL.
fn cell(row: &StoredRow, column: &str) -> Result<String, String> {
    row.text(column).ok_or_else(|| format!("{} has no `{column}` in {}", row.table.name, row.file))
}

#[expect(clippy::needless_pass_by_value, reason = "errors are handed over")]
fn text(error: impl ToString) -> String {
    error.to_string()
}
