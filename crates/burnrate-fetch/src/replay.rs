//! Answering from an archive.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::task::spawn_blocking;

use crate::answer::Answer;
use crate::archive::{answer_of, error_at, list, read_record, scan};
use crate::error::{ArchiveError, ArchiveErrorKind, FetchError, FetchErrorKind};
use crate::warc::{self, Head};

#[cfg(test)]
mod tests;

/// Answers with what was recorded. Only where records lie is held in memory; bodies are read when
/// asked for.
#[derive(Debug)]
pub struct ReplayFetcher {
    answers: HashMap<String, Arc<[Recorded]>>,
}

/// A recorded answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Recorded {
    fetched_at: DateTime<Utc>,
    place: Place,
    /// Of a revisit: where its payload is.
    original: Option<Place>,
}

/// Where a record begins.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    file: Arc<PathBuf>,
    offset: u64,
}

impl ReplayFetcher {
    /// Indexes an archive file, or every `*.warc` and `*.warc.gz` in a folder and below it.
    ///
    /// A record torn off at the end of a file is passed over with a warning, and so is a revisit
    /// whose payload is nowhere in the archive.
    ///
    /// # Errors
    /// Where a file cannot be read, or is damaged elsewhere than at its end.
    pub fn open(path: &Path) -> Result<Self, ArchiveError> {
        let mut records = Vec::new();
        for file in list(path).map_err(|e| error_at(path, 0, e.into()))? {
            let scanned = scan(&file)?;
            if let Some(tear) = scanned.tear {
                tracing::warn!(%tear, kept_records = scanned.heads.len(), "archive torn off");
            }
            let file = Arc::new(file);
            records.extend(
                scanned
                    .heads
                    .into_iter()
                    .map(|(offset, head)| (Place { file: Arc::clone(&file), offset }, head)),
            );
        }
        index(records)
    }

    /// Whether no answer is recorded.
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }

    /// Every recorded answer of the URL, oldest first; none where it was never recorded.
    ///
    /// # Errors
    /// Where a recorded answer cannot be read.
    pub async fn fetch(&self, url: &str) -> Result<Vec<Answer>, FetchError> {
        let Some(recorded) = self.answers.get(url).map(Arc::clone) else {
            return Ok(Vec::new());
        };
        let read = move || recorded.iter().map(Recorded::read).collect::<Result<Vec<_>, _>>();
        let failed = |kind| FetchError { url: url.to_owned(), kind, tries: 1 };
        match spawn_blocking(read).await {
            Ok(answers) => answers.map_err(|error| failed(error.into())),
            Err(error) => Err(failed(FetchErrorKind::Broken(error.to_string()))),
        }
    }
}

fn index(records: Vec<(Place, Head)>) -> Result<ReplayFetcher, ArchiveError> {
    let mut payloads: HashMap<String, Place> = HashMap::new();
    for (place, head) in records.iter().filter(|(_, head)| head.record_type() == "response") {
        if let Some(digest) = head.payload_digest() {
            payloads.entry(digest.to_owned()).or_insert_with(|| place.clone());
        }
    }
    let mut answers: HashMap<String, Vec<Recorded>> = HashMap::new();
    for (place, head) in records {
        let original = match head.record_type() {
            "response" => None,
            "revisit" => {
                let digest = head.payload_digest().unwrap_or_default();
                let Some(original) = payloads.get(digest) else {
                    let kind = ArchiveErrorKind::OriginalMissing { digest: digest.to_owned() };
                    tracing::warn!(revisit = %place.error(kind), "revisit passed over");
                    continue;
                };
                Some(original.clone())
            }
            _ => continue,
        };
        let url = head.target_uri().map_err(|kind| place.error(kind))?.to_owned();
        let fetched_at = head.date().map_err(|kind| place.error(kind))?;
        answers.entry(url).or_default().push(Recorded { fetched_at, place, original });
    }
    let in_order = |(url, mut recorded): (String, Vec<Recorded>)| {
        recorded.sort();
        (url, recorded.into())
    };
    Ok(ReplayFetcher { answers: answers.into_iter().map(in_order).collect() })
}

impl Recorded {
    fn read(&self) -> Result<Answer, ArchiveError> {
        let answer = self.place.read()?;
        match &self.original {
            None => Ok(answer),
            Some(original) => Ok(warc::revisited(answer, original.read()?)),
        }
    }
}

impl Place {
    fn read(&self) -> Result<Answer, ArchiveError> {
        answer_of(&self.file, self.offset, read_record(&self.file, self.offset)?)
    }

    fn error(&self, kind: ArchiveErrorKind) -> ArchiveError {
        error_at(&self.file, self.offset, kind)
    }
}
