//! One run: sources to a staged snapshot, marts over it, and the commit.

use std::sync::Arc;

use anyhow::{Context as _, bail};
use burnrate_fetch::Fetcher;
use burnrate_model::{Clock, Request, Source, generated};
use burnrate_pipelines::reference;
use burnrate_warehouse::{RunLock, Snapshot, Staging, Warehouse};
use chrono::{DateTime, Utc};

use crate::captures::{Captures, Requests};
use crate::config::Config;
use crate::readings::Readings;
use crate::source_run::{SourceOutcome, SourceRun};
use crate::{Ending, corrections, marts, now};

/// Ingests the sources, computes the marts and publishes both as one snapshot. The caller holds the lock.
pub(crate) fn run(
    config: &Config,
    warehouse: &Warehouse,
    sources: &[&'static dyn Source],
    fetcher: Fetcher,
) -> anyhow::Result<Ending> {
    let watch = config.watch_list()?;
    let started_at = now();
    let latest = warehouse.latest()?;
    let mut captures = Captures::of(latest.as_ref())?;
    let requests = Requests::of(latest.as_ref())?;
    let readings = Readings::of(latest.as_ref())?;
    let mut staging = stage(warehouse, latest.as_ref(), started_at, Clock::Now)?;
    staging.know_captures(captures.times());
    staging.reference(&reference::companies(&watch))?;
    staging.reference(&reference::company_names(&watch))?;
    staging.reference(&reference::calendar())?;
    staging.reference(&reference::sources())?;
    let is_replay = matches!(fetcher, Fetcher::Replay(_));
    let fetcher = Arc::new(fetcher);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let mut outcomes: Vec<SourceOutcome> = Vec::new();
    let mut throttled = Vec::new();
    let mut handed_over = Vec::new();
    for source in feeders_first(sources) {
        let group = &source.spec().rate.group;
        if throttled.contains(group) {
            eprintln!("{}: skipped: {group} throttles", source.spec().id);
            continue;
        }
        // What is new comes first: what keeps failing must not stand in its way.
        let is_its = |request: &mut Request| request.source_id == source.spec().id;
        let mut further: Vec<_> = handed_over.extract_if(.., is_its).collect();
        further.extend(requests.left_over(&source.spec().id));
        let run = SourceRun {
            source,
            warehouse: warehouse.root(),
            run_id: &run_id(started_at),
            started_at,
            is_replay,
            readings: &readings,
        };
        let running = run.run(&fetcher, &watch, further, &mut staging, &mut captures);
        let mut outcome = runtime.block_on(running)?;
        handed_over.append(&mut outcome.handed_over);
        if outcome.is_throttled {
            throttled.push(group.clone());
        }
        outcomes.push(outcome);
    }
    let runs: Vec<_> = outcomes.iter().map(|outcome| outcome.run.clone()).collect();
    staging.log(&runs)?;
    let rows: Vec<_> = outcomes.iter().flat_map(|outcome| outcome.captures.clone()).collect();
    staging.log(&rows)?;
    for outcome in &outcomes {
        if let Some(readings) = &outcome.readings {
            staging.records_of(&outcome.run.source_id, readings)?;
        }
    }
    let asked = outcomes.iter().flat_map(|outcome| outcome.requests.clone());
    let left = handed_over.into_iter().filter(|request| !requests.is_done_or_open(request));
    let left = left.map(|request| wanted(&run_id(started_at), request));
    let rows: Vec<_> = asked.chain(left).filter(|row| !requests.is_known(row)).collect();
    staging.log(&rows)?;
    if let Some(latest) = &latest {
        corrections::record(&mut staging, latest, started_at)?;
    }
    let marts_changed = marts::refresh(&mut staging, Clock::Now)?;
    let snapshot = staging.commit(true)?;
    report(&snapshot, &outcomes, marts_changed);
    let is_complete = outcomes.iter().all(SourceOutcome::is_complete);
    Ok(if is_complete { Ending::Done } else { Ending::Incomplete })
}

/// The sources in their order, those that others feed last. No source that is fed feeds another.
fn feeders_first(sources: &[&'static dyn Source]) -> Vec<&'static dyn Source> {
    let (fed, feeders): (Vec<_>, Vec<_>) =
        sources.iter().partition(|source| !source.spec().fed_by.is_empty());
    feeders.into_iter().chain(fed).collect()
}

/// A request that another source made, and that the next run of its own takes up.
fn wanted(run_id: &str, request: Request) -> generated::Request {
    generated::Request {
        run_id: run_id.to_owned(),
        source_id: request.source_id,
        url: request.url,
        request_outcome: "wanted".to_owned(),
        outcome_reason: None,
    }
}

/// The configured warehouse, once no other run writes to it.
pub(crate) fn open(config: &Config, what: &str) -> anyhow::Result<(Warehouse, RunLock)> {
    let folder = config.warehouse();
    let warehouse = Warehouse::open(&folder).context("warehouse")?;
    let holder = format!(
        "{what}, process {}, since {}",
        std::process::id(),
        now().format("%Y-%m-%d %H:%M:%S UTC")
    );
    let lock = warehouse.lock(&holder, |other| {
        eprintln!("waiting for another run on {} to end ({other})", folder.display());
    })?;
    for mended in burnrate_fetch::mend(warehouse.root())? {
        eprintln!("archive: {mended}");
    }
    Ok((warehouse, lock))
}

/// A new snapshot named after the run.
pub(crate) fn stage(
    warehouse: &Warehouse,
    parent: Option<&Snapshot>,
    started_at: DateTime<Utc>,
    clock: Clock,
) -> anyhow::Result<Staging> {
    let run_id = run_id(started_at);
    let id = match clock {
        Clock::Now => run_id,
        Clock::AsOf(day) => format!("{run_id}-as-of-{day}"),
        Clock::ValidOn(day) => format!("{run_id}-valid-on-{day}"),
    };
    Ok(warehouse.stage(&id, parent, started_at, clock)?)
}

/// The newest snapshot, or the one that was the newest at a time.
pub(crate) fn recorded(
    warehouse: &Warehouse,
    time: Option<DateTime<Utc>>,
) -> anyhow::Result<Snapshot> {
    let folder = warehouse.root().display();
    let Some(latest) = warehouse.latest()? else {
        bail!("{folder} has no snapshot yet; run `burnrate ingest` first");
    };
    let Some(time) = time else { return Ok(latest) };
    let recorded = warehouse.recorded(time)?;
    recorded.with_context(|| format!("{folder} had no snapshot yet at {time}"))
}

/// Runs and snapshots are named by the start of the run, to the millisecond: names sort by time.
pub(crate) fn run_id(started_at: DateTime<Utc>) -> String {
    started_at.format("%Y%m%dT%H%M%S%3fZ").to_string()
}

fn report(snapshot: &Snapshot, outcomes: &[SourceOutcome], marts_changed: bool) {
    let added: i64 = outcomes.iter().map(|outcome| outcome.run.rows_added).sum();
    let id = &snapshot.manifest.id;
    if added == 0 && !marts_changed {
        println!("nothing new: no core row was added; snapshot {id} records the run");
    } else {
        let marts = if marts_changed { "marts computed anew" } else { "marts unchanged" };
        println!("{added} core rows added, {marts}; published snapshot {id}");
    }
    println!("query it: duckdb -init {}", snapshot.folder().join("views.sql").display());
}
