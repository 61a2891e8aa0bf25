//! One source in one run: fetch, archive, parse, check, stage.

mod lists;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use burnrate_fetch::{
    Answer, ArchiveWriter, FetchError, FetchErrorKind, Fetcher, Notes, Original, Policy,
    Recognition, RobotsPolicy, Treatment, Validators, read_at, recognise,
};
use burnrate_model::generated::{self, Capture, Quarantine, Run};
use burnrate_model::{
    Extract, Issue, RawDocument, Request, Robots, Row, RowVisitor, Sighted, Source, Spec,
    TableKind, WatchList, capture_id, sha256_hex,
};
use burnrate_warehouse::{Conflict, Staging, WarehouseError};
use chrono::{DateTime, Utc};
use futures_util::{StreamExt as _, stream};
use tokio::task::block_in_place;

use crate::captures::{Archived, Captures, LastReading};
use crate::now;
use crate::progress::Progress;
use crate::readings::{Page, Readings};

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
    /// Complete readings of lists that earlier runs recorded.
    pub(crate) readings: &'a Readings,
}

/// What came of a source.
pub(crate) struct SourceOutcome {
    /// Its row of `core_run`.
    pub(crate) run: Run,
    /// Its rows of `core_capture`.
    pub(crate) captures: Vec<Capture>,
    /// Its rows of `core_request`.
    pub(crate) requests: Vec<generated::Request>,
    /// All rows of `core_reading` of the source, where it read a list.
    pub(crate) readings: Option<Vec<generated::Reading>>,
    /// Requests that its documents make of other sources.
    pub(crate) handed_over: Vec<Request>,
    /// Documents that were read once and that the publisher no longer has.
    gone: usize,
    /// Whether other sources say what it asks for.
    is_fed: bool,
    /// Whether the publisher asked for no more requests.
    pub(crate) is_throttled: bool,
}

impl SourceOutcome {
    /// Whether everything that was asked for was read. A publisher need not have a document for every
    /// company, but one that has none at all is not what was expected, unless others said what to ask for:
    /// a daily index of a holiday may be all that is new.
    pub(crate) fn is_complete(&self) -> bool {
        let run = &self.run;
        let found_any =
            run.is_replay || self.is_fed || run.documents_read > 0 || run.documents_missing == 0;
        run.documents_failed == 0 && run.records_quarantined == 0 && self.gone == 0 && found_any
    }
}

/// What became of one answer.
struct Fate {
    /// For `core_capture`.
    outcome: &'static str,
    reason: Option<String>,
    /// Documents that the answer says to read next.
    follow_ups: Vec<Request>,
}

impl Fate {
    fn new(outcome: &'static str, reason: impl Into<Option<String>>) -> Self {
        Self { outcome, reason: reason.into(), follow_ups: Vec::new() }
    }

    /// For `core_request`.
    fn of_request(&self) -> &'static str {
        match self.outcome {
            "read" | "unchanged" => "done",
            "missing" => "missing",
            _ => "failed",
        }
    }
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
    captures: &'a mut Captures,
    archive: ArchiveWriter,
    progress: Progress,
    outcome: SourceOutcome,
    /// What became of each request so far; nothing while it is only wanted.
    requests: BTreeMap<String, Option<Fate>>,
    /// The pages of lists that were read, by scope.
    lists: BTreeMap<String, Vec<Page>>,
    corrected: usize,
    withdrawn: usize,
    unchanged: usize,
    refused_in_a_row: usize,
}

impl SourceRun<'_> {
    /// Runs the source. `further` are requests that earlier runs did not get done, or that other sources
    /// made. Only a failure of the warehouse itself is an error.
    pub(crate) async fn run(
        &self,
        fetcher: &Arc<Fetcher>,
        watch: &WatchList,
        further: Vec<Request>,
        staging: &mut Staging,
        captures: &mut Captures,
    ) -> anyhow::Result<SourceOutcome> {
        let mut wanted = self.source.start(watch);
        wanted.extend(further);
        let spec = self.source.spec();
        if let Fetcher::Replay(archive) = fetcher.as_ref() {
            let asked = archive.asked_by(&spec.id).into_iter();
            wanted.extend(asked.map(|url| Request { source_id: spec.id.clone(), url }));
        }
        let steps = wanted.len() + self.source.authored().len();
        let mut work = self.work(steps, staging, captures)?;
        let policy = Arc::new(policy(spec));
        while !wanted.is_empty() && work.reason_to_stop().is_none() {
            if spec.is_immutable {
                wanted.retain(|request| !work.is_settled(&request.url));
            }
            // What has been asked in this run keeps what became of it.
            wanted.retain(|request| match work.requests.entry(request.url.clone()) {
                Entry::Occupied(_) => false,
                Entry::Vacant(new) => {
                    new.insert(None);
                    true
                }
            });
            let follow_ups = self.ask(fetcher, wanted, &policy, &mut work).await?;
            let is_own = |request: &Request| request.source_id == spec.id;
            let (own, others) = follow_ups.into_iter().partition::<Vec<_>, _>(is_own);
            wanted = own;
            work.outcome.handed_over.extend(others);
            work.progress.extend(wanted.len());
        }
        for request in wanted {
            work.requests.entry(request.url).or_insert(None);
        }
        work.take_authored()?;
        work.settle_lists()?;
        work.finish()
    }

    /// Asks for documents, several at once, and takes the answers in order; returns the requests that
    /// follow. Once there is a reason to stop, what is under way is still taken, and no more is asked.
    async fn ask(
        &self,
        fetcher: &Arc<Fetcher>,
        wanted: Vec<Request>,
        policy: &Arc<Policy>,
        work: &mut Work<'_>,
    ) -> anyhow::Result<Vec<Request>> {
        let mut asked = Vec::with_capacity(wanted.len());
        for request in wanted {
            let validators =
                work.captures.last_reading(&request.url).map(|last| last.validators.clone());
            asked.push((request, validators));
        }
        let is_stopped = AtomicBool::new(false);
        let going_on = asked.into_iter().take_while(|_| !is_stopped.load(Ordering::Relaxed));
        let answers = going_on.map(|(request, validators)| {
            let (fetcher, policy) = (Arc::clone(fetcher), Arc::clone(policy));
            tokio::spawn(async move {
                let answers = fetcher.fetch(&request, &policy, validators.as_ref()).await;
                (request, fetcher.sent(validators.as_ref()), answers)
            })
        });
        let at_once = usize::try_from(policy.rate.concurrent)?;
        let mut answers = stream::iter(answers).buffered(at_once).ready_chunks(at_once);
        let mut follow_ups = Vec::new();
        while let Some(ready) = answers.next().await {
            block_in_place(|| -> anyhow::Result<()> {
                for answered in ready {
                    let (request, sent, fetched) = answered?;
                    follow_ups.extend(work.take(&request, &sent, fetched)?);
                    if let Some(why) = work.reason_to_stop()
                        && !is_stopped.swap(true, Ordering::Relaxed)
                    {
                        work.progress.note(why);
                    }
                }
                Ok(())
            })?;
        }
        Ok(follow_ups)
    }

    /// Reads captures of earlier runs again, from the archive, in the order given: as a run reads answers,
    /// but that nothing is asked for or archived.
    pub(crate) fn reread(
        &self,
        recorded: Vec<Capture>,
        staging: &mut Staging,
        captures: &mut Captures,
    ) -> anyhow::Result<SourceOutcome> {
        let mut work = self.work(recorded.len(), staging, captures)?;
        for capture in recorded {
            work.reread(capture)?;
            work.progress.step();
        }
        work.settle_lists()?;
        work.finish()
    }

    fn work<'a>(
        &'a self,
        steps: usize,
        staging: &'a mut Staging,
        captures: &'a mut Captures,
    ) -> anyhow::Result<Work<'a>> {
        let source_id = &self.source.spec().id;
        Ok(Work {
            run: self,
            staging,
            captures,
            archive: ArchiveWriter::create(self.warehouse, source_id, self.run_id)?,
            progress: Progress::start(source_id, steps),
            outcome: self.nothing_yet(),
            requests: BTreeMap::new(),
            lists: BTreeMap::new(),
            corrected: 0,
            withdrawn: 0,
            unchanged: 0,
            refused_in_a_row: 0,
        })
    }

    fn nothing_yet(&self) -> SourceOutcome {
        let run = Run {
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
        };
        SourceOutcome {
            run,
            captures: Vec::new(),
            requests: Vec::new(),
            readings: None,
            handed_over: Vec::new(),
            gone: 0,
            is_fed: !self.source.spec().fed_by.is_empty(),
            is_throttled: false,
        }
    }
}

/// What a source may ask, from its `pipeline.toml`.
fn policy(spec: &Spec) -> Policy {
    Policy {
        rate: spec.rate.clone(),
        robots: match spec.robots {
            Robots::Obey => RobotsPolicy::Obey,
            Robots::Exempt(_) => RobotsPolicy::Exempt,
        },
        max_body_bytes: spec.limits.body_bytes,
        max_requests: spec.limits.requests,
        max_bytes: spec.limits.bytes,
        retry_budget: spec.limits.retries,
    }
}

impl Work<'_> {
    /// Takes what came of one request; returns the requests that follow from it.
    fn take(
        &mut self,
        request: &Request,
        sent: &[(String, String)],
        fetched: Result<Vec<Answer>, FetchError>,
    ) -> anyhow::Result<Vec<Request>> {
        let mut follow_ups = Vec::new();
        let mut last = Fate::new("missing", "not recorded".to_owned());
        match fetched {
            Ok(answers) if answers.is_empty() => self.outcome.run.documents_missing += 1,
            Ok(answers) => {
                for answer in answers {
                    last = self.answer(answer, sent)?;
                    follow_ups.append(&mut last.follow_ups);
                }
            }
            Err(error) => {
                self.outcome.is_throttled |= matches!(error.kind, FetchErrorKind::Throttled { .. });
                self.outcome.run.documents_failed += 1;
                self.progress.note(&error.to_string());
                last = Fate::new("failed", error.to_string());
            }
        }
        self.requests.insert(request.url.clone(), Some(last));
        self.progress.step();
        Ok(follow_ups)
    }

    /// Takes what is part of the program, after whatever an archive has of it: that is older.
    fn take_authored(&mut self) -> anyhow::Result<()> {
        let source = self.run.source;
        for document in source.authored() {
            let length = ("content-length".to_owned(), document.text.len().to_string());
            let answer = Answer {
                url: document.url(source.spec()),
                fetched_at: self.run.started_at,
                status: 200,
                headers: vec![length],
                body: document.text.as_bytes().to_vec(),
                robots: None,
            };
            block_in_place(|| self.answer(answer, &[]))?;
            self.progress.step();
        }
        Ok(())
    }

    /// Why the source asks no more in this run.
    fn reason_to_stop(&self) -> Option<&'static str> {
        if self.outcome.is_throttled {
            return Some("stopped: whoever goes on asking is shut out for longer");
        }
        (self.refused_in_a_row >= REFUSALS_TO_STOP)
            .then_some("stopped: 3 documents in a row were not what it publishes")
    }

    /// Archives an answer, and reads it where it is a document.
    fn answer(&mut self, answer: Answer, sent: &[(String, String)]) -> anyhow::Result<Fate> {
        let recognition = recognise(&answer);
        let capture = self.archived(&answer, sent, recognition)?;
        self.captured(answer, recognition, capture)
    }

    /// Reads a capture again, unless the same bytes were and no reading of a list follows from them.
    fn reread(&mut self, capture: Capture) -> anyhow::Result<()> {
        let spec = self.run.source.spec();
        let is_read = self.is_read(&capture.capture_id);
        if is_read && !spec.lists_offers && matches!(&*capture.outcome, "read" | "unchanged") {
            return Ok(());
        }
        // A revisit has no payload: the record that has it is known, and need not be looked for.
        let (file, offset) = match self.captures.archived(&capture.capture_id) {
            Some(archived) => archived.record.clone(),
            None => (capture.warc_file.clone(), u64::try_from(capture.warc_offset)?),
        };
        let archived = read_at(self.run.warehouse, &file, offset)?;
        let (url, fetched_at) = (capture.url.clone(), capture.fetched_at);
        let answer = Answer { url, fetched_at, ..archived };
        let recognition = recognise(&answer);
        let parser_version = i64::from(spec.parser_version);
        self.captured(answer, recognition, Capture { parser_version, ..capture })?;
        Ok(())
    }

    /// Reads what was captured where it is a document, and records what became of it.
    fn captured(
        &mut self,
        answer: Answer,
        recognition: Recognition,
        mut capture: Capture,
    ) -> anyhow::Result<Fate> {
        self.outcome.run.documents += 1;
        let url = answer.url.clone();
        let told = told(answer.status, recognition);
        let fate = match recognition.treatment() {
            Treatment::Missing => self.missing(&url, told),
            Treatment::TryLater => {
                self.outcome.run.documents_failed += 1;
                self.outcome.is_throttled |= matches!(recognition, Recognition::Throttled(_));
                Fate::new("failed", told)
            }
            Treatment::Refused => {
                self.refused_in_a_row += 1;
                self.outcome.run.documents_failed += 1;
                Fate::new("refused", told)
            }
            Treatment::Read | Treatment::Unchanged => self.current(answer, &capture.capture_id)?,
        };
        if let Some(reason) = &fate.reason {
            self.progress.note(&format!("{url}: {}: {reason}", fate.outcome));
        }
        fate.outcome.clone_into(&mut capture.outcome);
        capture.outcome_reason.clone_from(&fate.reason);
        self.outcome.captures.push(capture);
        Ok(fate)
    }

    fn missing(&mut self, url: &str, told: String) -> Fate {
        self.outcome.run.documents_missing += 1;
        let was_there = self.captures.last_reading(url).is_some();
        self.outcome.gone += usize::from(was_there);
        let told = if was_there { format!("{told}, though it was there before") } else { told };
        Fate::new("missing", told)
    }

    /// Reads the document that an answer brings or confirms, unless this parser has read the same bytes. A
    /// list of offers is read all the same: that nothing has changed is a reading, too.
    fn current(&mut self, answer: Answer, capture_id: &str) -> anyhow::Result<Fate> {
        let spec = self.run.source.spec();
        let parser_version = i64::from(spec.parser_version);
        let is_known = self.is_read(capture_id);
        let outcome = if is_known { "unchanged" } else { "read" };
        if is_known && !spec.lists_offers {
            self.note_read(is_known);
            return Ok(Fate::new(outcome, None));
        }
        let body = match self.captures.archived(capture_id) {
            // The publisher confirms bytes that were read before: they are in the archive.
            Some(archived) if answer.status == 304 && answer.body.is_empty() => {
                let (file, offset) = &archived.record;
                read_at(self.run.warehouse, file, *offset)?.body
            }
            _ => answer.body,
        };
        let document = RawDocument { url: answer.url, fetched_at: answer.fetched_at, body };
        Ok(match self.document(&document, capture_id)? {
            Reading::Read(follow_ups) => {
                self.note_read(is_known);
                self.captures.note_reading(&document.url, capture_id, parser_version);
                Fate { outcome, reason: None, follow_ups }
            }
            Reading::Refused(reason) => {
                self.refused_in_a_row += 1;
                self.outcome.run.documents_failed += 1;
                Fate::new("refused", reason)
            }
        })
    }

    /// Whether this parser has read the bytes.
    fn is_read(&self, capture_id: &str) -> bool {
        let read_by = self.captures.archived(capture_id).and_then(|archived| archived.read_by);
        read_by == Some(i64::from(self.run.source.spec().parser_version))
    }

    fn note_read(&mut self, is_unchanged: bool) {
        self.unchanged += usize::from(is_unchanged);
        self.refused_in_a_row = 0;
        self.outcome.run.documents_read += 1;
    }

    /// Raw first: the bytes are in the archive before anything reads them. A 304 is a capture of the
    /// document that it confirms.
    fn archived(
        &mut self,
        answer: &Answer,
        sent: &[(String, String)],
        recognition: Recognition,
    ) -> anyhow::Result<Capture> {
        let spec = self.run.source.spec();
        // An archive hands out what a 304 confirms with it; a publisher does not.
        let is_bare = answer.status == 304 && answer.body.is_empty();
        let confirmed = self.captures.last_reading(&answer.url).filter(|_| is_bare).cloned();
        let (capture_id, validators) = match confirmed {
            Some(LastReading { capture_id, validators }) => (capture_id, validators),
            None => (capture_id(&answer.url, &answer.body), Validators::default()),
        };
        let recognised = recognition.to_string();
        let notes = Notes {
            licence: &spec.licence,
            redistributable: spec.redistributable,
            recognised: &recognised,
            sent,
        };
        let known = self.captures.archived(&capture_id).cloned();
        let stored =
            self.archive.append(answer, known.as_ref().map(|known| &known.original), &notes)?;
        let archived = match known {
            Some(known) => known,
            None => first_archived(answer, &stored.file, stored.offset)?,
        };
        self.captures.remember(&capture_id, &archived);
        let header = |name| answer.header(name).map(str::to_owned);
        Ok(Capture {
            capture_id,
            run_id: self.run.run_id.to_owned(),
            source_id: spec.id.clone(),
            url: answer.url.clone(),
            fetched_at: answer.fetched_at,
            http_status: i64::from(answer.status),
            content_type: header("content-type"),
            etag: header("etag").or(validators.etag),
            last_modified: header("last-modified").or(validators.last_modified),
            payload_sha256: archived.original.payload_sha256,
            payload_bytes: archived.bytes,
            robots: answer.robots.clone(),
            warc_file: stored.file,
            warc_offset: i64::try_from(stored.offset)?,
            warc_record_type: stored.record_type.to_owned(),
            outcome: String::new(),
            outcome_reason: None,
            parser_version: i64::from(spec.parser_version),
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
        let page = match self.page(document, capture_id, &extract)? {
            Ok(page) => page,
            Err(reason) => return Ok(Reading::Refused(reason)),
        };
        let mut insert = Insert {
            staging: self.staging,
            source_id: &self.run.source.spec().id,
            capture_id,
            captured_at: document.fetched_at,
            added: 0,
            corrected: 0,
            conflicts: Vec::new(),
        };
        extract.rows.visit(&mut insert)?;
        let (added, corrected, conflicts) = (insert.added, insert.corrected, insert.conflicts);
        self.outcome.run.rows_added += i64::try_from(added)?;
        self.corrected += corrected;
        self.quarantine(document, capture_id, &extract.issues, &conflicts)?;
        if let Some(page) = page {
            self.lists.entry(page.listing.scope.clone()).or_default().push(page);
        }
        Ok(Reading::Read(std::mem::take(&mut extract.requests)))
    }

    /// Whether the document of an immutable address need not be asked for again: it was read. What an older
    /// parser read is read again where that costs the publisher nothing.
    fn is_settled(&self, url: &str) -> bool {
        let version = i64::from(self.run.source.spec().parser_version);
        let read_by = self
            .captures
            .last_reading(url)
            .and_then(|last| self.captures.archived(&last.capture_id)?.read_by);
        read_by.is_some_and(|read_by| read_by == version || !self.run.is_replay)
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
        issues: &[Issue],
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
        let mut rows: Vec<_> =
            issues.iter().map(|issue| row(&issue.locator, &issue.reason, &issue.record)).collect();
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
        let (run_id, source_id) = (self.run.run_id, &self.run.source.spec().id);
        let request = |(url, fate): (String, Option<Fate>)| generated::Request {
            run_id: run_id.to_owned(),
            source_id: source_id.clone(),
            url,
            request_outcome: fate.as_ref().map_or("wanted", Fate::of_request).to_owned(),
            outcome_reason: fate.and_then(|fate| fate.reason),
        };
        self.outcome.requests = self.requests.into_iter().map(request).collect();
        let run = &mut self.outcome.run;
        run.finished_at = now();
        self.progress.finish(&format!(
            "{} documents read ({} unchanged), {} missing, {} failed; {} new rows ({} corrections, {} withdrawals), {} records quarantined",
            run.documents_read, self.unchanged, run.documents_missing, run.documents_failed, run.rows_added,
            self.corrected, self.withdrawn, run.records_quarantined
        ));
        Ok(self.outcome)
    }
}

/// Parses a document; a panic of the parser counts as a refusal.
pub(crate) fn read(source: &dyn Source, document: &RawDocument) -> Result<Extract, String> {
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

/// Status and recognition in words; where the status says it all, the status.
fn told(status: u16, recognition: Recognition) -> String {
    let recognised = recognition.to_string();
    if recognised.ends_with(": status") {
        return format!("HTTP {status}");
    }
    format!("HTTP {status}, {recognised}")
}

/// The payload of an answer that has just been archived for the first time.
fn first_archived(answer: &Answer, file: &str, offset: u64) -> anyhow::Result<Archived> {
    Ok(Archived {
        original: Original {
            uri: answer.url.clone(),
            date: answer.fetched_at,
            payload_sha256: sha256_hex(&answer.body),
        },
        record: (file.to_owned(), offset),
        bytes: i64::try_from(answer.body.len())?,
        read_by: None,
    })
}

pub(crate) fn shortened(record: &str) -> String {
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

/// Puts the facts of one document into the staged snapshot.
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
        if R::TABLE.kind != TableKind::Fact {
            return Ok(());
        }
        let inserted =
            self.staging.facts(self.source_id, self.capture_id, self.captured_at, rows)?;
        self.added += inserted.added;
        self.corrected += inserted.corrected;
        self.conflicts.extend(inserted.conflicts);
        Ok(())
    }
}
