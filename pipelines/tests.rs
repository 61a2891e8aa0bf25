//! What holds for every source and metric.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use burnrate_model::{Cell, Extract, RawDocument, Robots, Row, RowVisitor, Sighted, Source};
use chrono::DateTime;

use crate::SOURCES;
use crate::metrics::METRICS;
use crate::recipe::TEMPLATE;

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

/// Where the fixtures of a source are; of one whose documents are authored, those.
fn folder_of(source: &dyn Source) -> PathBuf {
    let name = if source.authored().is_empty() { "fixtures" } else { "authored" };
    folder().join(&source.spec().id).join(name)
}

/// Names of the fixtures of a source, relative to their folder.
fn fixtures(source: &dyn Source) -> Vec<String> {
    let folder = folder_of(source);
    let mut names = Vec::new();
    let mut folders = vec![folder.clone()];
    while let Some(next) = folders.pop() {
        for entry in next.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().is_some_and(|name| name != "README.md") {
                names.push(path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    names.sort();
    names
}

#[test]
fn every_source_folder_is_listed_in_order() {
    let is_source = |path: &Path| path.join("pipeline.toml").exists() && !path.ends_with(TEMPLATE);
    let folders = names(&folder(), is_source);
    let listed: Vec<_> = SOURCES.iter().map(|source| source.spec().id.clone()).collect();
    assert_eq!(listed, folders.into_iter().collect::<Vec<_>>());
}

#[test]
fn every_authored_file_is_part_of_its_source() {
    for source in SOURCES.iter().filter(|source| !source.authored().is_empty()) {
        let listed: Vec<_> = source.authored().iter().map(|document| document.name).collect();
        assert_eq!(listed, fixtures(*source), "{}", source.spec().id);
        for document in source.authored() {
            let file = fs::read_to_string(folder_of(*source).join(document.name)).unwrap();
            assert!(file == document.text, "{}: {}", source.spec().id, document.name);
        }
    }
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
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder().join("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("schedules", out));
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

/// Counts the rows of each table, and shows the first.
struct Rows<'a>(&'a mut String);

impl RowVisitor for Rows<'_> {
    type Error = std::fmt::Error;

    fn table<R: Row>(&mut self, rows: &[Sighted<R>]) -> Result<(), std::fmt::Error> {
        let Some(first) = rows.first() else { return Ok(()) };
        let known_on = first.known_on;
        writeln!(
            self.0,
            "  {} rows of {}, first at {}, known on {known_on}",
            rows.len(),
            R::TABLE.name,
            first.locator
        )?;
        let mut columns = R::TABLE.columns.iter();
        let mut cells = Vec::new();
        first.row.cells(&mut |cell| {
            let name = columns.next().map_or("", |column| column.name);
            cells.push(format!("    {name}: {}", text(cell)));
        });
        writeln!(self.0, "{}", cells.join("\n"))
    }
}

pub(crate) fn text(cell: Cell<'_>) -> String {
    match cell {
        Cell::Text(value) => value.map(str::to_owned),
        Cell::Date(value) => value.map(|value| value.to_string()),
        Cell::Timestamp(value) => value.map(|value| value.to_string()),
        Cell::Integer(value) => value.map(|value| value.to_string()),
        Cell::Boolean(value) => value.map(|value| value.to_string()),
        Cell::Decimal(value) => value.map(|value| value.to_string()),
    }
    .unwrap_or_else(|| "-".to_owned())
}

/// Parses each fixture and shows counts and the first row of each table, so that a change of the
/// parser is seen in review. That figures are right is tested where they are used.
#[test]
fn fixtures_parse_to_the_reviewed_rows() {
    for source in SOURCES {
        let names = fixtures(*source);
        assert!(!names.is_empty(), "{} has no fixture", source.spec().id);
        let mut out = String::new();
        for name in names {
            // A folder `@YYYY-MM-DD` says when what is in it was observed.
            let dated = name.strip_prefix('@').and_then(|name| name.split_once('/'));
            let (day, place) = dated.unwrap_or(("2026-11-24", name.as_str()));
            let document = RawDocument {
                url: format!("{}{place}", source.spec().fixtures_url),
                fetched_at: format!("{day}T00:00:00Z").parse().unwrap(),
                body: fs::read(folder_of(*source).join(&name)).unwrap(),
            };
            let mut extract = Extract::default();
            let parsed = source.parse(&document, &mut extract);
            parsed.unwrap_or_else(|error| panic!("{}: {name}: {error}", source.spec().id));
            assert_eq!(extract.issues, [], "{}: {name}", source.spec().id);
            writeln!(out, "{name}").unwrap();
            extract.rows.visit(&mut Rows(&mut out)).unwrap();
            for request in &extract.requests {
                writeln!(out, "  next {}: {}", request.source_id, request.url).unwrap();
            }
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(folder().join(&source.spec().id).join("snapshots"));
        settings.set_prepend_module_to_snapshot(false);
        settings.bind(|| insta::assert_snapshot!("fixtures", out));
    }
}
