//! One source in one run: fetch, archive, parse, check, stage.

use std::collections::{BTreeSet, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use burnrate_fetch::{Answer, ArchiveWriter, FetchError, Fetcher, Original};
use burnrate_model::generated::{Capture, Quarantine, Run};
use burnrate_model::{
    Extract, RawDocument, Request, Row, RowVisitor, Sighted, Source, WatchList, capture_id,
};
use burnrate_warehouse::{Conflict, Staging, WarehouseError};
use chrono::{DateTime, Utc};
use futures_util::{StreamExt as _, stream};
use sha2::{Digest as _, Sha256};
use tokio::task::block_in_place;

use crate::now;
use crate::progress::Progress;

/// Requests of one source under way at once.
const CONCURRENT_REQUESTS: usize = 4;

/// A source whose documents are refused so often in a row has changed its form: it stops.
const REFUSALS_TO_STOP: usize = 3;

/// Longest record kept in quarantine as text; the archive has it whole.
const QUARANTINED_BYTES: usize = 4096;

/// What a source is run with.
pub(crate) struct SourceRun<'a> {
    pub(crate) source: &'static dyn Source,
    pub(crate) warehouse: &'a Path,
    pub(crate) run_id: &'a str,
    pub(crate) started_at: DateTime<Utc>,
    /// Whether the answers come from an archive.
    pub(crate) is_replay: bool,
    pub(crate) fetcher: Arc<Fetcher>,
}

/// What came of a source.
pub(crate) struct SourceOutcome {
    /// Its row of `core_run`.
    pub(crate) run: Run,
    /// Its rows of `core_capture`.
    pub(crate) captures: Vec<Capture>,
    /// Documents that were read once and that the publisher no longer has.
    gone: usize,
    /// Whether the publisher asked for no more requests.
    pub(crate) is_throttled: bool,
}

impl SourceOutcome {
    /// Whether everything that was asked for was read. A publisher need not have a document for every
    /// company, but one that has none at all is not what was expected.
    pub(crate) fn is_complete(&self) -> bool {
        let run = &self.run;
        let found_any = run.is_replay || run.documents_read > 0 || run.documents_missing == 0;
        run.documents_failed == 0 && run.records_quarantined == 0 && self.gone == 0 && found_any
    }
}

/// A payload that is archived already.
pub(crate) struct Known {
    /// Where it was first archived.
    pub(crate) original: Original,
    /// Whether an earlier run read it as a document.
    pub(crate) was_read: bool,
}

/// What an answer is, judged by status and head, before its body is read.
enum Judgement {
    Document,
    /// The publisher does not have it.
    Missing(String),
    /// It was not delivered.
    Failed(String),
    /// The publisher wants no more requests for now.
    Throttled(String),
}

/// What was made of a document.
enum Reading {
    /// Read; the requests that follow from it.
    Read(Vec<Request>),
    /// Not what the source publishes.
    Refused(String),
}

/// The work in progress.
struct Work<'a> {
    run: &'a SourceRun<'a>,
    staging: &'a mut Staging,
    /// Payloads archived so far, by capture.
    known: &'a mut HashMap<String, Known>,
    archive: ArchiveWriter,
    progress: Progress,
    outcome: SourceOutcome,
    corrected: usize,
    unchanged: usize,
    refused_in_a_row: usize,
}

impl SourceRun<'_> {
    /// Runs the source. Only a failure of the warehouse itself is an error.
    pub(crate) async fn run(
        &self,
        watch: &WatchList,
        staging: &mut Staging,
        known: &mut HashMap<String, Known>,
    ) -> anyhow::Result<SourceOutcome> {
        let spec = self.source.spec();
        let mut wanted = self.source.start(watch);
        let mut asked: BTreeSet<String> = BTreeSet::new();
        let mut work = Work {
            run: self,
            staging,
            known,
            archive: ArchiveWriter::create(self.warehouse, &spec.id, self.run_id)?,
            progress: Progress::start(&spec.id, wanted.len()),
            outcome: SourceOutcome {
                run: self.empty_run(),
                captures: Vec::new(),
                gone: 0,
                is_throttled: false,
            },
            corrected: 0,
            unchanged: 0,
            refused_in_a_row: 0,
        };
        while !wanted.is_empty() {
            wanted.retain(|request| asked.insert(request.url.clone()));
            let answers = std::mem::take(&mut wanted).into_iter().map(|request| {
                let fetcher = Arc::clone(&self.fetcher);
                tokio::spawn(async move { fetcher.fetch(&request, &spec.rate).await })
            });
            let mut answers = stream::iter(answers).buffered(CONCURRENT_REQUESTS);
            while let Some(answer) = answers.next().await {
                let follow_ups = block_in_place(|| work.take(answer?))?;
                work.progress.extend(follow_ups.len());
                wanted.extend(follow_ups);
                if work.outcome.is_throttled {
                    work.progress.note("stopped: whoever goes on asking is shut out for longer");
                    return work.finish();
                }
                if work.refused_in_a_row >= REFUSALS_TO_STOP {
                    work.progress.note(&format!(
                        "stopped: {REFUSALS_TO_STOP} documents in a row were not what it publishes"
                    ));
                    return work.finish();
                }
            }
        }
        work.finish()
    }

    fn empty_run(&self) -> Run {
        Run {
            run_id: self.run_id.to_owned(),
            source_id: self.source.spec().id.clone(),
            started_at: self.started_at,
            finished_at: self.started_at,
            documents: 0,
            documents_read: 0,
            documents_missing: 0,
            documents_failed: 0,
            rows_added: 0,
            records_quarantined: 0,
            is_replay: self.is_replay,
            burnrate_version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

impl Work<'_> {
    /// Takes what came of one request; returns the requests that follow from it.
    fn take(&mut self, fetched: Result<Vec<Answer>, FetchError>) -> anyhow::Result<Vec<Request>> {
        let mut follow_ups = Vec::new();
        match fetched {
            Ok(answers) if answers.is_empty() => self.outcome.run.documents_missing += 1,
            Ok(answers) => {
                for answer in answers {
                    follow_ups.extend(self.answer(answer)?);
                }
            }
            Err(error) => {
                self.outcome.run.documents_failed += 1;
                self.progress.note(&error.to_string());
            }
        }
        self.progress.step();
        Ok(follow_ups)
    }

    /// Archives an answer, and reads it where it is a document.
    fn answer(&mut self, answer: Answer) -> anyhow::Result<Vec<Request>> {
        let mut capture = self.archived(&answer)?;
        self.outcome.run.documents += 1;
        let url = answer.url.clone();
        let mut follow_ups = Vec::new();
        let (outcome, reason) = match judge(&answer) {
            Judgement::Missing(reason) => {
                self.outcome.run.documents_missing += 1;
                let was_there = self.was_read(&url);
                self.outcome.gone += usize::from(was_there);
                let reason = if was_there {
                    format!("{reason}, though it was there before")
                } else {
                    reason
                };
                ("missing", Some(reason))
            }
            Judgement::Failed(reason) => {
                self.outcome.run.documents_failed += 1;
                ("failed", Some(reason))
            }
            Judgement::Throttled(reason) => {
                self.outcome.run.documents_failed += 1;
                self.outcome.is_throttled = true;
                ("failed", Some(reason))
            }
            Judgement::Document => {
                let document = RawDocument {
                    url: answer.url,
                    fetched_at: answer.fetched_at,
                    body: answer.body,
                };
                match self.document(&document, &capture.capture_id)? {
                    Reading::Read(requests) => {
                        follow_ups = requests;
                        self.refused_in_a_row = 0;
                        self.outcome.run.documents_read += 1;
                        let is_known = capture.warc_record_type == "revisit";
                        self.unchanged += usize::from(is_known);
                        (if is_known { "unchanged" } else { "read" }, None)
                    }
                    Reading::Refused(reason) => {
                        self.refused_in_a_row += 1;
                        self.outcome.run.documents_failed += 1;
                        ("refused", Some(reason))
                    }
                }
            }
        };
        if let Some(reason) = &reason {
            self.progress.note(&format!("{url}: {outcome}: {reason}"));
        }
        outcome.clone_into(&mut capture.outcome);
        capture.outcome_reason = reason;
        self.outcome.captures.push(capture);
        Ok(follow_ups)
    }

    /// Whether an earlier run read a document at that URL.
    fn was_read(&self, url: &str) -> bool {
        self.known.values().any(|known| known.was_read && known.original.uri == url)
    }

    /// Raw first: the bytes are in the archive before anything reads them.
    fn archived(&mut self, answer: &Answer) -> anyhow::Result<Capture> {
        let capture_id = capture_id(&answer.url, &answer.body);
        let stored = self
            .archive
            .append(answer, self.known.get(&capture_id).map(|known| &known.original))?;
        let original = || Original { uri: answer.url.clone(), date: answer.fetched_at };
        let first = || Known { original: original(), was_read: false };
        self.known.entry(capture_id.clone()).or_insert_with(first);
        let header = |name| answer.header(name).map(str::to_owned);
        Ok(Capture {
            capture_id,
            run_id: self.run.run_id.to_owned(),
            source_id: self.run.source.spec().id.clone(),
            url: answer.url.clone(),
            fetched_at: answer.fetched_at,
            http_status: i64::from(answer.status),
            content_type: header("content-type"),
            etag: header("etag"),
            last_modified: header("last-modified"),
            payload_sha256: Sha256::digest(&answer.body)
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect(),
            payload_bytes: i64::try_from(answer.body.len())?,
            warc_file: stored.file,
            warc_offset: i64::try_from(stored.offset)?,
            warc_record_type: stored.record_type.to_owned(),
            outcome: String::new(),
            outcome_reason: None,
            parser_version: i64::from(self.run.source.spec().parser_version),
        })
    }

    fn document(&mut self, document: &RawDocument, capture_id: &str) -> anyhow::Result<Reading> {
        let mut extract = match read(self.run.source, document) {
            Ok(extract) => extract,
            Err(reason) => return Ok(Reading::Refused(reason)),
        };
        let mut count = Count::default();
        extract.rows.visit(&mut count)?;
        if let Err(reason) = self.check_bounds(&count, &extract) {
            return Ok(Reading::Refused(reason));
        }
        let captured_at = document.fetched_at;
        let source_id = &self.run.source.spec().id;
        let mut insert = Insert {
            staging: self.staging,
            source_id,
            capture_id,
            captured_at,
            added: 0,
            corrected: 0,
            conflicts: Vec::new(),
        };
        extract.rows.visit(&mut insert)?;
        let (added, corrected, conflicts) = (insert.added, insert.corrected, insert.conflicts);
        self.outcome.run.rows_added += i64::try_from(added)?;
        self.corrected += corrected;
        self.quarantine(document, capture_id, &extract, &conflicts)?;
        Ok(Reading::Read(std::mem::take(&mut extract.requests)))
    }

    /// Fewer rows than plausible refuse the document, more are noted.
    fn check_bounds(&self, count: &Count, extract: &Extract) -> Result<(), String> {
        for (table, bounds) in &self.run.source.spec().bounds {
            let rows = count.0.iter().find(|(name, _)| name == table).map_or(0, |(_, rows)| *rows);
            if rows < bounds.min {
                let first = extract.issues.first().map_or(String::new(), |issue| {
                    format!(
                        "; {} records were not read, the first at {}: {}",
                        extract.issues.len(),
                        issue.locator,
                        issue.reason
                    )
                });
                return Err(format!(
                    "{rows} rows for {table}, at least {} expected{first}",
                    bounds.min
                ));
            }
            if rows > bounds.max {
                self.progress.note(&format!(
                    "{rows} rows for {table} in one document, at most {} expected",
                    bounds.max
                ));
            }
        }
        Ok(())
    }

    fn quarantine(
        &mut self,
        document: &RawDocument,
        capture_id: &str,
        extract: &Extract,
        conflicts: &[Conflict],
    ) -> anyhow::Result<()> {
        let spec = self.run.source.spec();
        let known_on = document.fetched_at.date_naive();
        let row = |locator: &str, reason: &str, record: &str| Sighted {
            locator: locator.to_owned(),
            known_on,
            row: Quarantine {
                url: document.url.clone(),
                reason: reason.to_owned(),
                record: shortened(record),
                parser_version: i64::from(spec.parser_version),
            },
        };
        let mut rows: Vec<_> = extract
            .issues
            .iter()
            .map(|issue| row(&issue.locator, &issue.reason, &issue.record))
            .collect();
        rows.extend(conflicts.iter().map(|conflict| {
            let reason = format!("{}: {}", conflict.table, conflict.reason);
            row(&conflict.locator, &reason, &conflict.locator)
        }));
        if rows.is_empty() {
            return Ok(());
        }
        let inserted = self.staging.facts(&spec.id, capture_id, document.fetched_at, &rows)?;
        self.outcome.run.records_quarantined += i64::try_from(inserted.added)?;
        if inserted.added > 0 {
            self.progress.note(&format!(
                "{}: {} records put into quarantine, the first at {}: {}",
                document.url, inserted.added, rows[0].locator, rows[0].row.reason
            ));
        }
        Ok(())
    }

    fn finish(mut self) -> anyhow::Result<SourceOutcome> {
        self.archive.finish()?;
        let run = &mut self.outcome.run;
        run.finished_at = now();
        self.progress.finish(&format!(
            "{} documents read ({} unchanged), {} missing, {} failed; {} new rows ({} corrections), {} records quarantined",
            run.documents_read, self.unchanged, run.documents_missing, run.documents_failed, run.rows_added,
            self.corrected, run.records_quarantined
        ));
        Ok(self.outcome)
    }
}

/// Parses a document; a panic of the parser counts as a refusal.
fn read(source: &dyn Source, document: &RawDocument) -> Result<Extract, String> {
    let parsed = catch_unwind(AssertUnwindSafe(|| {
        let mut extract = Extract::default();
        source.parse(document, &mut extract).map(|()| extract)
    }));
    match parsed {
        Ok(Ok(extract)) => Ok(extract),
        Ok(Err(error)) => Err(error.to_string()),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text =
                text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
            Err(format!("the parser panicked, which is a mistake in burnrate: {text}"))
        }
    }
}

/// What an answer is, by its status and head. The SEC serves 403 or 404 with S3's XML for an object that
/// is not there, and 403 with a page for a client that it throttles or does not know.
fn judge(answer: &Answer) -> Judgement {
    let is_s3_error = || {
        let head = &answer.body[..answer.body.len().min(512)];
        let head = String::from_utf8_lossy(head);
        head.contains("<Code>AccessDenied</Code>") || head.contains("<Code>NoSuchKey</Code>")
    };
    let encoding = answer.header("content-encoding").filter(|encoding| *encoding != "identity");
    match (answer.status, encoding) {
        (200..=299, None) => Judgement::Document,
        (200..=299, Some(encoding)) => {
            Judgement::Failed(format!("served in the encoding {encoding}, which was not asked for"))
        }
        (404 | 410, _) => Judgement::Missing(format!("HTTP {}", answer.status)),
        (403, _) if is_s3_error() => {
            Judgement::Missing("HTTP 403 with a storage error: no such object".to_owned())
        }
        (403 | 429, _) => Judgement::Throttled(format!(
            "HTTP {}: the publisher throttles, or does not accept the contact it was given",
            answer.status
        )),
        (status, _) => Judgement::Failed(format!("HTTP {status}")),
    }
}

fn shortened(record: &str) -> String {
    if record.len() <= QUARANTINED_BYTES {
        return record.to_owned();
    }
    let end = (0..=QUARANTINED_BYTES).rev().find(|&end| record.is_char_boundary(end)).unwrap_or(0);
    format!("{}… ({} bytes in all)", &record[..end], record.len())
}

/// Rows of each table.
#[derive(Default)]
struct Count(Vec<(&'static str, usize)>);

impl RowVisitor for Count {
    type Error = WarehouseError;

    fn table<R: Row>(&mut self, rows: &[Sighted<R>]) -> Result<(), WarehouseError> {
        self.0.push((R::TABLE.name, rows.len()));
        Ok(())
    }
}

/// Puts the rows of one document into the staged snapshot.
struct Insert<'a> {
    staging: &'a mut Staging,
    source_id: &'a str,
    capture_id: &'a str,
    captured_at: DateTime<Utc>,
    added: usize,
    corrected: usize,
    conflicts: Vec<Conflict>,
}

impl RowVisitor for Insert<'_> {
    type Error = WarehouseError;

    fn table<R: Row>(&mut self, rows: &[Sighted<R>]) -> Result<(), WarehouseError> {
        let inserted =
            self.staging.facts(self.source_id, self.capture_id, self.captured_at, rows)?;
        self.added += inserted.added;
        self.corrected += inserted.corrected;
        self.conflicts.extend(inserted.conflicts);
        Ok(())
    }
}
