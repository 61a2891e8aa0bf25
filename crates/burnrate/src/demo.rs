//! `burnrate demo`: the whole path, offline, from the fixtures.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use burnrate_fetch::{Answer, ArchiveWriter, Fetcher, Notes, ReplayFetcher};
use burnrate_pipelines::SOURCES;
use chrono::{DateTime, Utc};

use crate::cli::DemoArgs;
use crate::config::Config;
use crate::{Ending, headline, run};

/// When the fixtures count as fetched, but for those in a folder `@YYYY-MM-DD`: the same on every run, so
/// that the demo is, too.
const FETCHED_AT: &str = "2026-11-24T00:00:00Z";

pub(crate) fn demo(config: &Config, args: &DemoArgs) -> anyhow::Result<Ending> {
    let config = config.clone().with_default_warehouse("demo-warehouse");
    let archive = tempfile::tempdir()?;
    record(&args.fixtures, archive.path())?;
    let fetcher = Fetcher::Replay(ReplayFetcher::open(archive.path())?);
    let (warehouse, _lock) = run::open(&config, "demo")?;
    let ending = run::run(&config, &warehouse, SOURCES, fetcher)?;
    let Some(snapshot) = warehouse.latest()? else {
        bail!("the run published no snapshot");
    };
    println!(
        "\nCapital expenditure, cash, gross of disposals, bn USD by calendar quarter (n/d: not derivable)"
    );
    println!("{}", headline::capex(&snapshot, "2023Q1")?);
    println!("\nCapital intensity, last two fiscal years filed");
    println!("{}", headline::intensity(&snapshot)?);
    println!(
        "\nAn H100 SXM on demand, USD per GPU-hour, by calendar quarter, from some price lists"
    );
    println!("{}", headline::gpu_hour(&snapshot)?);
    let table = config.warehouse().join("latest/mart_capex_quarterly/*.parquet");
    println!(
        "\nTry: duckdb -c \"SELECT company_id, period_end, definition, capex_usd / 1e9 AS bn, method, vintage FROM '{}' ORDER BY ALL\"",
        table.display()
    );
    Ok(ending)
}

/// Writes the fixtures of every source into an archive, as if they had been fetched.
fn record(pipelines: &Path, archive: &Path) -> anyhow::Result<()> {
    let fetched_at: DateTime<Utc> = FETCHED_AT.parse()?;
    // What is part of the program is read as it is.
    for source in SOURCES.iter().filter(|source| source.authored().is_empty()) {
        let mut writer =
            ArchiveWriter::create(archive, &source.spec().id, &run::run_id(fetched_at))?;
        let folder = pipelines.join(&source.spec().id).join("fixtures");
        for path in fixtures(&folder)? {
            let name = path.strip_prefix(&folder)?.to_string_lossy().into_owned();
            let (name, fetched_at) = match dated(&name) {
                Some((day, name)) => (name.to_owned(), format!("{day}T00:00:00Z").parse()?),
                None => (name, fetched_at),
            };
            let body = fs::read(&path).with_context(|| path.display().to_string())?;
            let headers = vec![("Content-Length".to_owned(), body.len().to_string())];
            let url = format!("{}{name}", source.spec().fixtures_url);
            let answer = Answer { url, fetched_at, status: 200, headers, body, robots: None };
            let spec = source.spec();
            let notes = Notes {
                licence: &spec.licence,
                redistributable: spec.redistributable,
                recognised: "document",
                sent: &[],
            };
            writer.append(&answer, None, &notes)?;
        }
        writer.finish()?;
    }
    Ok(())
}

/// The day on which a fixture was observed, where its folder names one, and its name below that.
fn dated(name: &str) -> Option<(&str, &str)> {
    name.strip_prefix('@')?.split_once('/')
}

/// The fixtures in a folder and those below it.
fn fixtures(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| {
        format!(
            "{}: run the demo from the checkout, or name its pipelines folder with --fixtures",
            folder.display()
        )
    })?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            paths.append(&mut fixtures(&path)?);
        } else if path.file_name().is_some_and(|name| name != "README.md") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}
