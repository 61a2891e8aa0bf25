//! Recorded price lists to rows: what is measured, and on what.

use std::fs;
use std::path::Path;

use burnrate_model::{Extract, RawDocument, Row, RowVisitor, ShapeError, Sighted, Source};
use burnrate_pipelines::SOURCES;
use chrono::{DateTime, Utc};
use serde::Deserialize;

use crate::{Failure, recorded};

/// A recorded document, and the source that it is given.
pub struct PriceList {
    /// The source.
    pub source: &'static dyn Source,
    /// Below the folder of recorded documents.
    pub file: String,
    /// Whether the source refuses it.
    pub is_refused: bool,
    url: String,
    observed_at: DateTime<Utc>,
}

impl PriceList {
    /// Its bytes, where and when they were recorded.
    ///
    /// # Errors
    /// Where they are not there.
    pub fn document(&self) -> Result<RawDocument, Failure> {
        let path = recorded().join(&self.file);
        let body = fs::read(&path)
            .map_err(|error| format!("{}: {error}; set BURNRATE_CAPTURES", path.display()))?;
        Ok(RawDocument { url: self.url.clone(), fetched_at: self.observed_at, body })
    }

    /// Bytes to rows, or to a refusal.
    ///
    /// # Errors
    /// Where the document is none that the source reads.
    pub fn rows(&self, document: &RawDocument) -> Result<Extract, ShapeError> {
        let mut extract = Extract::default();
        self.source.parse(document, &mut extract).map(|()| extract)
    }

    /// Whether it is an HTML page that its source reads.
    pub fn is_read_html(&self) -> bool {
        !self.is_refused && Path::new(&self.file).extension().is_some_and(|kind| kind == "html")
    }
}

/// How many rows of prices there are in an extract.
pub fn row_count(extract: &Extract) -> usize {
    struct Count(usize);
    impl RowVisitor for Count {
        type Error = std::convert::Infallible;

        fn table<R: Row>(&mut self, rows: &[Sighted<R>]) -> Result<(), std::convert::Infallible> {
            self.0 += rows.len();
            Ok(())
        }
    }
    let mut count = Count(0);
    let Ok(()) = extract.rows.visit(&mut count);
    count.0
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
    observed_at: DateTime<Utc>,
    refused: Option<String>,
}

/// Every document that the `captures.toml` of a source lists, in order of source.
///
/// # Errors
/// Where such a file cannot be read.
pub fn price_lists() -> Result<Vec<PriceList>, Failure> {
    let pipelines = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../pipelines");
    let mut lists = Vec::new();
    for source in SOURCES.iter().copied() {
        let path = pipelines.join(&source.spec().id).join("captures.toml");
        if !path.exists() {
            continue;
        }
        let captures: Captures = toml::from_str(&fs::read_to_string(path)?)?;
        let of_prices = captures.capture.into_iter();
        let of_prices = of_prices.filter(|capture| capture.file.starts_with("pricing/"));
        lists.extend(of_prices.map(|capture| {
            let Capture { file, url, observed_at, refused } = capture;
            PriceList { source, file, is_refused: refused.is_some(), url, observed_at }
        }));
    }
    Ok(lists)
}
