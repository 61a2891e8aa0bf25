//! `burnrate schedule`: ingest each source when it is due.

use std::collections::BTreeMap;
use std::str::FromStr as _;
use std::thread;
use std::time::Duration;

use burnrate_model::Source;
use burnrate_model::generated::CORE_RUN;
use burnrate_warehouse::{Snapshot, Warehouse};
use chrono::{DateTime, Utc};
use cron::Schedule;

use crate::cli::ScheduleArgs;
use crate::config::Config;
use crate::{Ending, headline, ingest, now, run};

/// Longest sleep: a machine that was suspended notices within this time what it missed.
const NAP: Duration = Duration::from_secs(30);

/// Pause after a run that could not commit anything.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_mins(10);

/// What to do now, and when to look again.
pub(crate) struct Plan {
    /// Sources whose time has come since their last run.
    pub(crate) due: Vec<&'static dyn Source>,
    /// When the next of the others is due.
    pub(crate) next: Option<DateTime<Utc>>,
}

pub(crate) fn schedule(config: &Config, args: &ScheduleArgs) -> anyhow::Result<Ending> {
    let config = config.clone().with_origins(&args.origins)?;
    let sources = ingest::selected(&args.sources)?;
    // A missing contact is said now, not at three in the morning.
    ingest::http_fetcher(&config, &sources)?;
    let mut announced = None;
    loop {
        match run_due(&config, &sources) {
            Ok(Some(ending)) if args.once => return Ok(ending),
            Ok(Some(_)) => continue,
            Ok(None) => {}
            Err(error) if args.once => return Err(error),
            Err(error) => {
                let minutes = PAUSE_AFTER_FAILURE.as_secs() / 60;
                eprintln!("error: {error:#}; trying again in {minutes} minutes");
                thread::sleep(PAUSE_AFTER_FAILURE);
                continue;
            }
        }
        let next = plan(&sources, &last_runs(&config)?, now())?.next;
        if announced != next {
            announced = next;
            let next = next.map_or_else(
                || "never".to_owned(),
                |time| time.format("%a %Y-%m-%d %H:%M UTC").to_string(),
            );
            eprintln!("nothing is due; next: {next}");
        }
        if args.once {
            return Ok(Ending::Done);
        }
        thread::sleep(NAP);
    }
}

/// Runs the sources that are due; `None` where none is. What is due is asked again once no other run holds
/// the warehouse, since that run may have done it.
fn run_due(config: &Config, sources: &[&'static dyn Source]) -> anyhow::Result<Option<Ending>> {
    if plan(sources, &last_runs(config)?, now())?.due.is_empty() {
        return Ok(None);
    }
    let (warehouse, _lock) = run::open(config, "schedule")?;
    let due = plan(sources, &last_runs(config)?, now())?.due;
    if due.is_empty() {
        return Ok(None);
    }
    let fetcher = ingest::http_fetcher(config, &due)?;
    run::run(config, &warehouse, &due, fetcher).map(Some)
}

/// A source is due when its schedule had a time after its last run began and that time has come: what
/// was missed during downtime is caught up with once. A source that never ran is due.
pub(crate) fn plan(
    sources: &[&'static dyn Source],
    last_runs: &BTreeMap<String, DateTime<Utc>>,
    now: DateTime<Utc>,
) -> anyhow::Result<Plan> {
    let mut plan = Plan { due: Vec::new(), next: None };
    for &source in sources {
        let spec = source.spec();
        let schedule = Schedule::from_str(&spec.cron_expression())?;
        let next = match last_runs.get(&spec.id) {
            None => Some(now),
            Some(last) => schedule.after(last).next(),
        };
        match next {
            Some(time) if time <= now => plan.due.push(source),
            Some(time) => plan.next = Some(plan.next.map_or(time, |earliest| earliest.min(time))),
            None => {}
        }
    }
    Ok(plan)
}

/// When each source's last run began, from the newest snapshot. Replays do not count: they asked nobody.
pub(crate) fn last_runs(config: &Config) -> anyhow::Result<BTreeMap<String, DateTime<Utc>>> {
    let Some(warehouse) = Warehouse::existing(&config.warehouse())? else {
        return Ok(BTreeMap::new());
    };
    match warehouse.latest()? {
        None => Ok(BTreeMap::new()),
        Some(snapshot) => last_runs_in(&snapshot),
    }
}

fn last_runs_in(snapshot: &Snapshot) -> anyhow::Result<BTreeMap<String, DateTime<Utc>>> {
    let inputs = [(CORE_RUN.name, snapshot.files(CORE_RUN.name))].into();
    let rows = burnrate_transform::query(
        &inputs,
        "SELECT source_id, MAX(started_at) AS started_at FROM core_run WHERE NOT is_replay GROUP BY source_id",
    )?;
    let pair = |row: Vec<Option<String>>| match row.as_slice() {
        [Some(source_id), Some(started_at)] => {
            Some((source_id.clone(), headline::timestamp(started_at)?))
        }
        _ => None,
    };
    Ok(rows.into_iter().filter_map(pair).collect())
}

#[cfg(test)]
mod tests {
    use burnrate_pipelines::SOURCES;

    use super::*;

    fn time(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// Which of two sources are due at `now` after each last ran at `last`, and when the next is.
    fn check(last: &str, now: &str) -> (Vec<String>, Option<DateTime<Utc>>) {
        let ids = ["sec_companyfacts", "sec_submissions"];
        let sources = ids.map(|id| burnrate_pipelines::source(id).unwrap());
        let runs = ids.map(|id| (id.to_owned(), time(last))).into();
        let plan = plan(&sources, &runs, time(now)).unwrap();
        (plan.due.iter().map(|source| source.spec().id.clone()).collect(), plan.next)
    }

    #[test]
    fn a_source_is_due_once_its_time_has_come() {
        // sec_submissions at 07:10 and sec_companyfacts at 07:40, Tuesday to Saturday.
        let monday_evening = "2026-11-23T20:00:00Z";
        assert_eq!(
            check(monday_evening, "2026-11-24T07:09:59Z"),
            (vec![], Some(time("2026-11-24T07:10:00Z")))
        );
        assert_eq!(
            check(monday_evening, "2026-11-24T07:10:00Z"),
            (vec!["sec_submissions".to_owned()], Some(time("2026-11-24T07:40:00Z")))
        );
    }

    #[test]
    fn what_was_missed_is_caught_up_with_once() {
        // Down from Tuesday to Friday noon: three times were missed, one run is due.
        let due = ["sec_companyfacts", "sec_submissions"].map(str::to_owned).to_vec();
        assert_eq!(check("2026-11-24T07:40:01Z", "2026-11-27T12:00:00Z"), (due, None));
        // And once it ran, the next is Saturday's.
        assert_eq!(
            check("2026-11-27T12:00:00Z", "2026-11-27T12:05:00Z"),
            (vec![], Some(time("2026-11-28T07:10:00Z")))
        );
    }

    #[test]
    fn a_source_that_never_ran_is_due() {
        let plan = plan(SOURCES, &BTreeMap::new(), time("2026-11-24T00:00:00Z")).unwrap();
        assert_eq!(plan.due.len(), SOURCES.len());
    }
}
