//! What earlier runs captured: payloads that are archived, and documents that were read.

use std::collections::{BTreeMap, HashMap, HashSet};

use burnrate_fetch::{Original, Validators};
use burnrate_model::Request;
use burnrate_model::generated::{self, CORE_CAPTURE, CORE_REQUEST, Capture};
use burnrate_warehouse::Snapshot;
use chrono::{DateTime, Utc};

use crate::headline;

/// A payload that is archived.
#[derive(Debug, Clone)]
pub(crate) struct Archived {
    /// Where it first came from.
    pub(crate) original: Original,
    /// Its record: file and offset.
    pub(crate) record: (String, u64),
    /// Its length.
    pub(crate) bytes: i64,
    /// Version of the parser that read it last; none where it was never read, or refused since.
    pub(crate) read_by: Option<i64>,
}

/// The last reading of a document.
#[derive(Debug, Clone)]
pub(crate) struct LastReading {
    /// Its capture.
    pub(crate) capture_id: String,
    /// What the publisher said of it, to ask whether it still holds.
    pub(crate) validators: Validators,
}

/// All that is known of earlier captures.
#[derive(Debug, Default)]
pub(crate) struct Captures {
    archived: HashMap<String, Archived>,
    readings: HashMap<String, LastReading>,
}

impl Captures {
    /// Reads `core_capture` of a snapshot.
    pub(crate) fn of(snapshot: Option<&Snapshot>) -> anyhow::Result<Self> {
        let mut captures = Self::default();
        let Some(snapshot) = snapshot else { return Ok(captures) };
        let inputs = [(CORE_CAPTURE.name, snapshot.files(CORE_CAPTURE.name))].into();
        let rows = burnrate_transform::query(
            &inputs,
            "SELECT capture_id, url, fetched_at, payload_sha256, payload_bytes, warc_file, warc_offset, warc_record_type, \
             outcome, parser_version, etag, last_modified FROM core_capture ORDER BY fetched_at, run_id",
        )?;
        for row in rows {
            captures.learn(&row);
        }
        Ok(captures)
    }

    fn learn(&mut self, row: &[Option<String>]) -> Option<()> {
        let [
            Some(id),
            Some(url),
            Some(time),
            Some(sha256),
            Some(bytes),
            Some(file),
            Some(offset),
            Some(record),
            Some(outcome),
            Some(version),
            etag,
            modified,
        ] = row
        else {
            return None;
        };
        let was_read = matches!(outcome.as_str(), "read" | "unchanged");
        if record == "response" {
            let original = Original {
                uri: url.clone(),
                date: headline::timestamp(time)?,
                payload_sha256: sha256.clone(),
            };
            let record = (file.clone(), offset.parse().ok()?);
            let archived = Archived { original, record, bytes: bytes.parse().ok()?, read_by: None };
            self.archived.entry(id.clone()).or_insert(archived);
        }
        if outcome == "refused"
            && let Some(archived) = self.archived.get_mut(id)
        {
            archived.read_by = None;
        }
        if was_read {
            self.archived.get_mut(id)?.read_by = version.parse().ok();
            let validators = Validators { etag: etag.clone(), last_modified: modified.clone() };
            self.readings.insert(url.clone(), LastReading { capture_id: id.clone(), validators });
        }
        Some(())
    }

    /// The archived payload of a capture.
    pub(crate) fn archived(&self, capture_id: &str) -> Option<&Archived> {
        self.archived.get(capture_id)
    }

    /// Notes a payload that this run archived.
    pub(crate) fn remember(&mut self, capture_id: &str, archived: &Archived) {
        self.archived.entry(capture_id.to_owned()).or_insert_with(|| archived.clone());
    }

    /// Notes that this run read a payload, so that neither its next copy nor an answer that confirms it is
    /// read again.
    pub(crate) fn note_reading(&mut self, url: &str, capture_id: &str, parser_version: i64) {
        if let Some(archived) = self.archived.get_mut(capture_id) {
            archived.read_by = Some(parser_version);
        }
        let reading =
            LastReading { capture_id: capture_id.to_owned(), validators: Validators::default() };
        self.readings.insert(url.to_owned(), reading);
    }

    /// The last reading of the document at a URL.
    pub(crate) fn last_reading(&self, url: &str) -> Option<&LastReading> {
        self.readings.get(url)
    }

    /// Forgets what was read, not what is archived.
    pub(crate) fn forget_readings(&mut self) {
        self.readings.clear();
        for archived in self.archived.values_mut() {
            archived.read_by = None;
        }
    }

    /// When each capture was first made.
    pub(crate) fn times(&self) -> impl Iterator<Item = (String, DateTime<Utc>)> {
        self.archived.iter().map(|(id, archived)| (id.clone(), archived.original.date))
    }
}

/// The captures of each source that brought a document or confirmed one, in the order in which they were
/// read first.
pub(crate) fn documents(snapshot: &Snapshot) -> anyhow::Result<BTreeMap<String, Vec<Capture>>> {
    let rows = burnrate_transform::query(
        &[(CORE_CAPTURE.name, snapshot.files(CORE_CAPTURE.name))].into(),
        "SELECT capture_id, run_id, source_id, url, fetched_at, http_status, content_type, etag, last_modified, \
         payload_sha256, payload_bytes, robots, warc_file, warc_offset, warc_record_type, outcome, outcome_reason, \
         parser_version FROM core_capture",
    )?;
    let mut captures: Vec<Capture> = rows.into_iter().filter_map(capture).collect();
    // Rows of one run stand in the order in which their answers were taken.
    captures.sort_by(|one, other| one.run_id.cmp(&other.run_id));
    let mut seen = HashSet::new();
    let mut by_source: BTreeMap<String, Vec<Capture>> = BTreeMap::new();
    for capture in captures {
        let is_document = matches!(&*capture.outcome, "read" | "unchanged" | "refused");
        // What was read again has a row more.
        let answer = (capture.capture_id.clone(), capture.warc_file.clone(), capture.warc_offset);
        if is_document && seen.insert(answer) {
            by_source.entry(capture.source_id.clone()).or_default().push(capture);
        }
    }
    Ok(by_source)
}

fn capture(row: Vec<Option<String>>) -> Option<Capture> {
    let mut cells = row.into_iter();
    let mut next = || cells.next().flatten();
    Some(Capture {
        capture_id: next()?,
        run_id: next()?,
        source_id: next()?,
        url: next()?,
        fetched_at: headline::timestamp(&next()?)?,
        http_status: next()?.parse().ok()?,
        content_type: next(),
        etag: next(),
        last_modified: next(),
        payload_sha256: next()?,
        payload_bytes: next()?.parse().ok()?,
        robots: next(),
        warc_file: next()?,
        warc_offset: next()?.parse().ok()?,
        warc_record_type: next()?,
        outcome: next()?,
        outcome_reason: next(),
        parser_version: next()?.parse().ok()?,
    })
}

/// What became of each request when it was asked last, by source and URL.
#[derive(Debug, Default)]
pub(crate) struct Requests(BTreeMap<(String, String), (String, Option<String>)>);

impl Requests {
    /// Reads `core_request` of a snapshot.
    pub(crate) fn of(snapshot: Option<&Snapshot>) -> anyhow::Result<Self> {
        let Some(snapshot) = snapshot else { return Ok(Self::default()) };
        let inputs = [(CORE_REQUEST.name, snapshot.files(CORE_REQUEST.name))].into();
        let rows = burnrate_transform::query(
            &inputs,
            "SELECT source_id, url, request_outcome, outcome_reason FROM core_request ORDER BY run_id",
        )?;
        let entry = |row: Vec<Option<String>>| match <[Option<String>; 4]>::try_from(row) {
            Ok([Some(source_id), Some(url), Some(outcome), reason]) => {
                Some(((source_id, url), (outcome, reason)))
            }
            _ => None,
        };
        Ok(Self(rows.into_iter().filter_map(entry).collect()))
    }

    /// Those of a source that are still to be done, those that failed before last.
    pub(crate) fn left_over(&self, source_id: &str) -> Vec<Request> {
        let of = |wanted: &'static str| {
            let is_one = move |((source, _), (outcome, _)): &(&(String, String), &(String, _))| {
                source == source_id && outcome == wanted
            };
            self.0.iter().filter(is_one)
        };
        of("wanted")
            .chain(of("failed"))
            .map(|((source_id, url), _)| Request { source_id: source_id.clone(), url: url.clone() })
            .collect()
    }

    /// Whether the document was delivered, or will be asked for again anyway.
    pub(crate) fn is_done_or_open(&self, request: &Request) -> bool {
        let last = self.0.get(&(request.source_id.clone(), request.url.clone()));
        last.is_some_and(|(outcome, _)| outcome != "missing")
    }

    /// Whether the row says what was known already.
    pub(crate) fn is_known(&self, row: &generated::Request) -> bool {
        let last = self.0.get(&(row.source_id.clone(), row.url.clone()));
        last.is_some_and(|(outcome, reason)| {
            *outcome == row.request_outcome && *reason == row.outcome_reason
        })
    }
}
