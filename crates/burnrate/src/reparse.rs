//! `burnrate reparse`: archived documents read again with today's parsers.
//!
//! All that was made of a source's documents is dropped from a staged snapshot, and its captures are read in
//! the order in which they were read first, by the code that reads answers as they come. Nothing is asked
//! for, and nothing is archived.

use std::collections::{BTreeMap, HashMap, HashSet};

use anyhow::bail;
use burnrate_model::generated::{
    CORE_QUARANTINE, Capture, Correction, QuarantineResolution, TABLES,
};
use burnrate_model::{Clock, Source, TableKind};
use burnrate_warehouse::{Snapshot, Staging, Warehouse, diff_table};
use chrono::{DateTime, Utc};

use crate::captures::{self, Captures};
use crate::cli::{DiffFormat, ReparseArgs};
use crate::config::Config;
use crate::corrections::{PARSER_FIXED, Recorder};
use crate::diff::Report;
use crate::ingest::selected;
use crate::quarantine;
use crate::readings::Readings;
use crate::source_run::{SourceOutcome, SourceRun};
use crate::{Ending, marts, now, run};

pub(crate) fn reparse(config: &Config, args: &ReparseArgs) -> anyhow::Result<Ending> {
    let sources = selected(&args.sources)?;
    let (warehouse, _lock) = run::open(config, "reparse")?;
    let Some(latest) = warehouse.latest()? else {
        bail!("{} has no snapshot yet; run `burnrate ingest` first", config.warehouse().display());
    };
    let mut report = Report::new(args.format == DiffFormat::Json);
    if let Some(folder) = &args.out {
        report = report.with_folder(folder)?;
    }
    let reread = Reread::of(&warehouse, &latest, &sources, &mut report)?;
    report.finish()?;
    if !args.commit {
        let (is_same, ending) = (reread.is_same, reread.ending());
        reread.staging.discard()?;
        if !is_same {
            eprintln!("nothing was committed; `burnrate reparse --commit` publishes this");
        }
        return Ok(ending);
    }
    reread.commit()
}

/// A snapshot in which documents were read again.
pub(crate) struct Reread {
    staging: Staging,
    /// Whether it says just what its parent does.
    pub(crate) is_same: bool,
    corrections: Vec<Correction>,
    captures: Vec<Capture>,
    /// What became of records in quarantine.
    pub(crate) resolutions: Vec<QuarantineResolution>,
    /// Documents that were read once, and that today's parser refuses.
    refused: usize,
    /// Captures that today's parser refuses, whether they were read once or not.
    refused_captures: HashSet<String>,
    /// Records that today's parsers refuse and those before did not.
    quarantined: u64,
}

impl Reread {
    /// Reads the documents of the sources again; `report` is told what that changes.
    pub(crate) fn of(
        warehouse: &Warehouse,
        latest: &Snapshot,
        sources: &[&'static dyn Source],
        report: &mut Report,
    ) -> anyhow::Result<Self> {
        let started_at = now();
        let mut staging = run::stage(warehouse, Some(latest), started_at, Clock::Now)?;
        let known = Captures::of(Some(latest))?;
        staging.know_captures(known.times());
        let mut reread = Self {
            staging,
            is_same: false,
            corrections: Vec::new(),
            captures: Vec::new(),
            resolutions: Vec::new(),
            refused: 0,
            refused_captures: HashSet::new(),
            quarantined: 0,
        };
        reread.read(warehouse, latest, sources, started_at, &known)?;
        reread.staging.seal()?;
        reread.settle(latest, sources, started_at, &known, report)?;
        if marts::refresh(&mut reread.staging, Clock::Now)? {
            for table in TABLES.iter().copied().filter(|table| table.kind == TableKind::Mart) {
                let (old, new) = (latest.version(), reread.staging.version());
                let counts = diff_table(table, old, new, |change| report.change(change))?;
                report.count(table, counts);
            }
        }
        reread.is_same =
            report.is_none() && reread.captures.is_empty() && reread.resolutions.is_empty();
        Ok(reread)
    }

    fn read(
        &mut self,
        warehouse: &Warehouse,
        latest: &Snapshot,
        sources: &[&'static dyn Source],
        started_at: DateTime<Utc>,
        known: &Captures,
    ) -> anyhow::Result<()> {
        let mut recorded = captures::documents(latest)?;
        let mut captures = Captures::of(Some(latest))?;
        let run_id = run::run_id(started_at);
        for source in sources {
            let source_id = &source.spec().id;
            // Of a source without documents nothing can be made anew: what it has stays.
            let Some(documents) = recorded.remove(source_id) else { continue };
            let last = last_of_each(&documents);
            let run = SourceRun {
                source: *source,
                warehouse: warehouse.root(),
                run_id: &run_id,
                started_at,
                is_replay: true,
                readings: &Readings::default(),
            };
            captures.forget_readings();
            self.staging.forget_source(source_id)?;
            let outcome = run.reread(documents, &mut self.staging, &mut captures)?;
            if let Some(readings) = &outcome.readings {
                self.staging.records_of(source_id, readings)?;
            }
            self.note_captures(&run_id, outcome, last, known);
        }
        Ok(())
    }

    /// Records by which parser a capture was read now, where that is another than before: else the next run
    /// would read it once more.
    fn note_captures(
        &mut self,
        run_id: &str,
        outcome: SourceOutcome,
        mut last: HashMap<String, Capture>,
        known: &Captures,
    ) {
        let read: BTreeMap<_, _> = outcome
            .captures
            .into_iter()
            .map(|capture| (capture.capture_id.clone(), capture))
            .collect();
        for (capture_id, read) in read {
            let read_by = known.archived(&capture_id).and_then(|archived| archived.read_by);
            let is_refused = read.outcome == "refused";
            if is_refused {
                self.refused_captures.insert(capture_id.clone());
            }
            let reads_now = (!is_refused).then_some(read.parser_version);
            let Some(last) = last.remove(&capture_id).filter(|_| read_by != reads_now) else {
                continue;
            };
            self.refused += usize::from(is_refused);
            self.captures.push(Capture {
                run_id: run_id.to_owned(),
                outcome: if is_refused { "refused" } else { "read" }.to_owned(),
                outcome_reason: read.outcome_reason,
                parser_version: read.parser_version,
                ..last
            });
        }
    }

    /// Compares what was read with what was published, and links again what is the same.
    fn settle(
        &mut self,
        latest: &Snapshot,
        sources: &[&'static dyn Source],
        started_at: DateTime<Utc>,
        known: &Captures,
        report: &mut Report,
    ) -> anyhow::Result<()> {
        let run_id = run::run_id(started_at);
        let recorder = Recorder::new(latest, &run_id, started_at, known);
        for source in sources {
            let spec = source.spec();
            let resolved = quarantine::resolve(
                &mut self.staging,
                latest,
                spec,
                started_at,
                &self.refused_captures,
            )?;
            self.resolutions.extend(resolved);
            let corrections = &mut self.corrections;
            let settled = self.staging.settle_source(latest, &spec.id, |change| {
                let is_value = change.table.kind.is_read() && *change.table != CORE_QUARANTINE;
                if is_value {
                    corrections.extend(recorder.of(&change, PARSER_FIXED)?);
                }
                report.change(change)
            })?;
            for (table, counts) in settled {
                self.quarantined += if *table == CORE_QUARANTINE { counts.added } else { 0 };
                report.count(table, counts);
            }
        }
        Ok(())
    }

    /// Publishes the snapshot, unless it says just what its parent does.
    pub(crate) fn commit(mut self) -> anyhow::Result<Ending> {
        if self.is_same {
            self.staging.discard()?;
            println!("nothing to commit: today's parsers read what is published");
            return Ok(Ending::Done);
        }
        self.staging.log(&self.corrections)?;
        self.staging.log(&self.captures)?;
        self.staging.log(&self.resolutions)?;
        let ending = self.ending();
        let snapshot = self.staging.commit(true)?;
        println!(
            "{} values corrected, {} records out of quarantine; published snapshot {}",
            self.corrections.len(),
            self.resolutions.iter().filter(|row| row.resolution == quarantine::READ).count(),
            snapshot.manifest.id
        );
        Ok(ending)
    }

    /// Whether everything that was read once is read still; says so where it is not.
    fn ending(&self) -> Ending {
        if self.refused == 0 && self.quarantined == 0 {
            return Ending::Done;
        }
        eprintln!(
            "{} documents that were read are refused now, and {} records: the messages above say why",
            self.refused, self.quarantined
        );
        Ending::Incomplete
    }

    /// Gives it up.
    pub(crate) fn discard(self) -> anyhow::Result<()> {
        Ok(self.staging.discard()?)
    }
}

/// The latest answer of each capture.
fn last_of_each(documents: &[Capture]) -> HashMap<String, Capture> {
    let mut last: HashMap<String, Capture> = HashMap::new();
    for capture in documents {
        let known = last.get(&capture.capture_id);
        if known.is_none_or(|known| known.fetched_at <= capture.fetched_at) {
            last.insert(capture.capture_id.clone(), capture.clone());
        }
    }
    last
}
