//! Recorded answers with their times, as an archive to replay.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use burnrate_fetch::{Answer, ArchiveWriter, Notes};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use tempfile::TempDir;

use crate::program::{Ran, Warehouse, checkout};

/// An archive in the making.
pub(crate) struct Recording {
    folder: TempDir,
    writers: BTreeMap<(String, DateTime<Utc>), ArchiveWriter>,
}

impl Recording {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().unwrap(), writers: BTreeMap::new() }
    }

    /// Records an answer that a source got.
    pub(crate) fn answer(&mut self, source: &str, url: &str, at: &str, status: u16, body: &[u8]) {
        let fetched_at: DateTime<Utc> = at.parse().unwrap();
        let run_id = fetched_at.format("%Y%m%dT%H%M%S%3fZ").to_string();
        let writer = self
            .writers
            .entry((source.to_owned(), fetched_at))
            .or_insert_with(|| ArchiveWriter::create(self.folder.path(), source, &run_id).unwrap());
        let headers = vec![("Content-Length".to_owned(), body.len().to_string())];
        let (url, body) = (url.to_owned(), body.to_vec());
        let answer = Answer { url, fetched_at, status, headers, body, robots: None };
        let notes =
            Notes { licence: "none", redistributable: false, recognised: "document", sent: &[] };
        writer.append(&answer, None, &notes).unwrap();
    }

    /// Replays what is recorded into a warehouse; `sources` are those to run.
    pub(crate) fn replay(self, warehouse: &Warehouse, sources: &[&str]) -> Ran {
        for writer in self.writers.into_values() {
            writer.finish().unwrap();
        }
        let archive = self.folder.path().to_str().unwrap();
        warehouse.run(&[&["ingest", "--replay", archive], sources].concat())
    }
}

/// A recorded price list, from the `captures.toml` of a source.
pub(crate) struct PriceList {
    pub(crate) source: String,
    pub(crate) file: String,
    pub(crate) url: String,
    pub(crate) observed_at: String,
}

#[derive(Deserialize)]
struct Captures {
    /// Those of news are only counted.
    #[serde(default)]
    capture: Vec<Capture>,
}

#[derive(Deserialize)]
struct Capture {
    file: String,
    url: String,
    observed_at: String,
    refused: Option<String>,
}

/// Every recorded price list that a source reads.
pub(crate) fn price_lists() -> Vec<PriceList> {
    let mut lists = Vec::new();
    for entry in checkout().join("pipelines").read_dir().unwrap() {
        let folder = entry.unwrap().path();
        let Ok(text) = fs::read_to_string(folder.join("captures.toml")) else { continue };
        let source = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let captures: Captures = toml::from_str(&text).unwrap();
        let is_read =
            |capture: &Capture| capture.refused.is_none() && capture.file.starts_with("pricing/");
        for capture in captures.capture.into_iter().filter(is_read) {
            let Capture { file, url, observed_at, .. } = capture;
            lists.push(PriceList { source: source.clone(), file, url, observed_at });
        }
    }
    assert!(lists.len() > 30, "{}", lists.len());
    lists
}

impl PriceList {
    pub(crate) fn body(&self, captures: &Path) -> Vec<u8> {
        fs::read(captures.join(&self.file)).unwrap()
    }
}
