//! `burnrate ingest`: which sources, and where their documents come from.

use std::collections::HashSet;

use std::path::Path;

use anyhow::bail;
use burnrate_fetch::{FetchOptions, Fetcher, HttpFetcher, ReplayFetcher};
use burnrate_model::Source;
use burnrate_pipelines::SOURCES;

use crate::Ending;
use crate::cli::IngestArgs;
use crate::config::Config;
use crate::{now, run};

pub(crate) fn ingest(config: &Config, args: &IngestArgs) -> anyhow::Result<Ending> {
    let config = config.clone().with_origins(&args.origins)?;
    let sources = selected(&args.sources)?;
    let fetcher = match &args.replay {
        Some(path) => Fetcher::Replay(replay(path)?),
        None => http_fetcher(&config, &sources)?,
    };
    let (warehouse, _lock) = run::open(&config, "ingest")?;
    run::run(&config, &warehouse, &sources, fetcher)
}

/// The archive at `path`.
fn replay(path: &Path) -> anyhow::Result<ReplayFetcher> {
    let fetcher = ReplayFetcher::open(path)?;
    if fetcher.is_empty() {
        bail!(
            "{} holds no recorded answer: name a WARC file, or a folder of them such as warehouse/raw",
            path.display()
        );
    }
    Ok(fetcher)
}

/// The sources of those ids; all where none is named.
pub(crate) fn selected(ids: &[String]) -> anyhow::Result<Vec<&'static dyn Source>> {
    if ids.is_empty() {
        return Ok(SOURCES.to_vec());
    }
    let mut named = HashSet::new();
    let each_once = ids.iter().filter(|id| named.insert(*id));
    each_once.map(|id| Ok(burnrate_pipelines::source(id)?)).collect()
}

/// Asks publishers themselves, or their mirrors.
///
/// # Errors
/// Where a publisher wants to know who asks and the config does not say: before any request.
pub(crate) fn http_fetcher(
    config: &Config,
    sources: &[&'static dyn Source],
) -> anyhow::Result<Fetcher> {
    let wants_contact = sources.iter().find(|source| source.spec().needs_contact);
    if let (None, Some(source)) = (&config.contact, wants_contact) {
        bail!(
            "{} refuses clients that name no contact (source {}): set `contact = \"Your Name you@example.org\"` \
             in burnrate.toml, or BURNRATE_CONTACT",
            source.spec().publisher,
            source.spec().id
        );
    }
    let options = FetchOptions {
        contact: config.contact.clone(),
        origins: config.origins.clone(),
        unlimited_origins: config.unlimited_origins,
        ..FetchOptions::new(config.state.clone(), now)
    };
    Ok(Fetcher::Http(HttpFetcher::new(options)?))
}
