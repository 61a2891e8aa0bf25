//! What holds for every source and metric.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use burnrate_model::{Extract, RawDocument, Robots, Source};
use chrono::DateTime;

use crate::SOURCES;
use crate::metrics::METRICS;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn names(folder: &Path, keep: impl Fn(&Path) -> bool) -> BTreeSet<String> {
    let paths = folder.read_dir().unwrap().map(|entry| entry.unwrap().path());
    paths
        .filter(|path| keep(path))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect()
}

fn fixtures(source: &dyn Source) -> Vec<PathBuf> {
    let folder = folder().join(&source.spec().id).join("fixtures");
    let mut paths: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.file_name().is_some_and(|name| name != "README.md"));
    paths.sort();
    paths
}

#[test]
fn every_source_folder_is_listed_in_order() {
    let folders = names(&folder(), |path| path.join("pipeline.toml").exists());
    let listed: Vec<_> = SOURCES.iter().map(|source| source.spec().id.clone()).collect();
    assert_eq!(listed, folders.into_iter().collect::<Vec<_>>());
}

#[test]
fn every_metric_file_is_listed_in_order() {
    let is_sql = |path: &Path| path.extension().is_some_and(|extension| extension == "sql");
    let files = names(&folder().join("metrics"), is_sql);
    let listed: Vec<_> =
        METRICS.iter().map(|metric| metric.table["mart_".len()..].to_owned()).collect();
    assert_eq!(listed, files.into_iter().collect::<Vec<_>>());
}

#[test]
fn schedules_say_when_they_fire_next() {
    let now = DateTime::from_str("2026-11-24T12:00:00Z").unwrap();
    let mut out = String::new();
    for source in SOURCES {
        let schedule = cron::Schedule::from_str(&source.spec().cron_expression()).unwrap();
        writeln!(out, "{} ({})", source.spec().id, source.spec().schedule).unwrap();
        for time in schedule.after::<chrono::Utc>(&now).take(3) {
            writeln!(out, "  {}", time.format("%a %Y-%m-%d %H:%M")).unwrap();
        }
    }
    insta::assert_snapshot!(out, @r"
    sec_companyfacts (40 7 * * TUE-SAT)
      Wed 2026-11-25 07:40
      Thu 2026-11-26 07:40
      Fri 2026-11-27 07:40
    sec_submissions (10 7 * * TUE-SAT)
      Wed 2026-11-25 07:10
      Thu 2026-11-26 07:10
      Fri 2026-11-27 07:10
    ");
}

/// `docs/sources.md` is what the `pipeline.toml` files say. `UPDATE=1` rewrites it.
#[test]
fn source_cards_are_what_the_specs_say() {
    let path = folder().join("../docs/sources.md");
    let cards = source_cards();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &cards).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap_or_default() == cards,
        "docs/sources.md is stale: run `just cards`"
    );
}

fn source_cards() -> String {
    let mut out = String::from(
        "# Sources\n\nGenerated from each source's `pipeline.toml` by `just cards`. Who publishes what, on which terms, and how it is asked for.\n",
    );
    for source in SOURCES {
        let spec = source.spec();
        let robots = match &spec.robots {
            Robots::Obey => "obeyed".to_owned(),
            Robots::Exempt(reason) => format!("not asked: {reason}"),
        };
        let megabytes = |bytes: u64| bytes / (1024 * 1024);
        let bounds: Vec<_> = spec
            .bounds
            .iter()
            .map(|(table, bounds)| {
                format!("{} to {} rows of `{table}` a document", bounds.min, bounds.max)
            })
            .collect();
        write!(
            out,
            "\n## {}\n\n{}\n\n| | |\n|---|---|\n\
             | publisher | [{}]({}) |\n| licence | {} ([terms]({})) |\n| may be passed on | {} |\n\
             | asked | `{}` (cron, UTC), at most {} requests a second over {} connections to {} |\n\
             | robots.txt | {robots} |\n| contact | {} |\n\
             | limits a run | {} requests, {} further tries, {} MiB a body, {} MiB in all |\n\
             | plausible | {} |\n| parser version | {} |\n",
            spec.id,
            spec.title,
            spec.publisher,
            spec.home,
            spec.licence,
            spec.terms,
            if spec.redistributable { "yes" } else { "no" },
            spec.schedule,
            spec.rate.per_second,
            spec.rate.concurrent,
            spec.rate.group,
            if spec.needs_contact {
                "required by the publisher"
            } else {
                "sent where one is configured"
            },
            spec.limits.requests,
            spec.limits.retries,
            megabytes(spec.limits.body_bytes),
            megabytes(spec.limits.bytes),
            bounds.join(", "),
            spec.parser_version,
        )
        .unwrap();
    }
    out
}

/// Parses each fixture and shows counts and the first row of each table, so that a change of the
/// parser is seen in review. That figures are right is tested where they are used.
#[test]
fn fixtures_parse_to_the_reviewed_rows() {
    for source in SOURCES {
        let paths = fixtures(*source);
        assert!(!paths.is_empty(), "{} has no fixture", source.spec().id);
        let mut out = String::new();
        for path in paths {
            let file = path.file_name().unwrap().to_str().unwrap();
            let document = RawDocument {
                url: format!("{}{file}", source.spec().fixtures_url),
                fetched_at: DateTime::UNIX_EPOCH,
                body: fs::read(&path).unwrap(),
            };
            let mut extract = Extract::default();
            source.parse(&document, &mut extract).unwrap();
            assert_eq!(extract.issues, [], "{file}");
            writeln!(out, "{file}").unwrap();
            let rows = &extract.rows;
            if let Some(first) = rows.xbrl_fact.first() {
                writeln!(out, "  {} facts, first {:#?}", rows.xbrl_fact.len(), first).unwrap();
            }
            if let Some(first) = rows.filing.first() {
                writeln!(out, "  {} filings, first {:#?}", rows.filing.len(), first).unwrap();
            }
            for request in &extract.requests {
                writeln!(out, "  next {}", request.url).unwrap();
            }
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(folder().join(&source.spec().id).join("snapshots"));
        settings.set_prepend_module_to_snapshot(false);
        settings.bind(|| insta::assert_snapshot!("fixtures", out));
    }
}
