//! Answering from an archive.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use tokio::task::spawn_blocking;

use crate::answer::Answer;
use crate::archive::{answer_of, error_at, files, read_record};
use crate::cdxj::{self, Entry};
use crate::error::{ArchiveError, ArchiveErrorKind, FetchError, FetchErrorKind};
use crate::warc;

#[cfg(test)]
mod tests;

/// Answers with what was recorded. Only where records lie is held in memory; bodies are read when
/// asked for.
#[derive(Debug)]
pub struct ReplayFetcher {
    answers: HashMap<String, Arc<[Recorded]>>,
    /// What each source asked for, where the archive keeps sources apart.
    urls: BTreeMap<String, BTreeSet<String>>,
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
    /// Opens an archive file, or every `*.warc` and `*.warc.gz` in a folder and below it: by their
    /// indexes where these are whole, else by reading them through.
    ///
    /// A revisit answers with the payload of its original, and with its own status: after a 304 that
    /// is 304. A record torn off at the end of a file is passed over with a warning, and so is a revisit
    /// whose payload is nowhere in the archive.
    ///
    /// # Errors
    /// Where a file cannot be read, or is damaged elsewhere than at its end.
    pub fn open(path: &Path) -> Result<Self, ArchiveError> {
        let mut index = Index::default();
        for file in files(path).map_err(|e| error_at(path, 0, e.into()))? {
            let entries = cdxj::entries(&file, "")?;
            let file = Arc::new(file);
            for entry in entries {
                index.add(&file, entry);
            }
        }
        Ok(index.finish())
    }

    /// Every URL that was asked for by a source: it may have asked at other addresses than it does today.
    /// None where the archive is not laid out by source (`<source>/<year>/<run>.warc.gz`).
    pub fn asked_by(&self, source_id: &str) -> Vec<String> {
        self.urls.get(source_id).into_iter().flatten().cloned().collect()
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

/// The index in the making.
#[derive(Default)]
struct Index {
    answers: HashMap<String, Vec<Recorded>>,
    urls: BTreeMap<String, BTreeSet<String>>,
    /// By digest in lower case: writers differ in that.
    payloads: HashMap<String, Place>,
    /// Originals may lie in files that come later.
    revisits: Vec<(Place, Entry)>,
}

impl Index {
    fn add(&mut self, file: &Arc<PathBuf>, entry: Entry) {
        let place = Place { file: Arc::clone(file), offset: entry.offset };
        if let Some(source_id) = source_of(file) {
            self.urls.entry(source_id.to_owned()).or_default().insert(entry.url.clone());
        }
        if entry.record_type == "revisit" {
            self.revisits.push((place, entry));
            return;
        }
        if let Some(digest) = entry.payload_digest {
            self.payloads.entry(digest.to_ascii_lowercase()).or_insert_with(|| place.clone());
        }
        let recorded = Recorded { fetched_at: entry.date, place, original: None };
        self.answers.entry(entry.url).or_default().push(recorded);
    }

    fn finish(mut self) -> ReplayFetcher {
        for (place, revisit) in std::mem::take(&mut self.revisits) {
            let Some(original) = self.original(&revisit) else {
                let digest =
                    revisit.payload_digest.unwrap_or_else(|| "without a digest".to_owned());
                let kind = ArchiveErrorKind::OriginalMissing { digest };
                tracing::warn!(revisit = %place.error(kind), "revisit passed over");
                continue;
            };
            let recorded = Recorded { fetched_at: revisit.date, place, original: Some(original) };
            self.answers.entry(revisit.url).or_default().push(recorded);
        }
        let in_order = |(url, mut recorded): (String, Vec<Recorded>)| {
            recorded.sort();
            (url, recorded.into())
        };
        let answers = self.answers.into_iter().map(in_order).collect();
        ReplayFetcher { answers, urls: self.urls }
    }

    /// Where a revisit's payload is: known by its digest, or else by URL and date.
    fn original(&self, revisit: &Entry) -> Option<Place> {
        if let Some(digest) = &revisit.payload_digest {
            return self.payloads.get(&digest.to_ascii_lowercase()).cloned();
        }
        let (uri, date) = revisit.refers_to.as_ref()?;
        let recorded = self
            .answers
            .get(uri)?
            .iter()
            .find(|recorded| recorded.fetched_at == *date && recorded.original.is_none());
        recorded.map(|recorded| recorded.place.clone())
    }
}

/// The source whose folder an archive file lies in.
fn source_of(file: &Path) -> Option<&str> {
    file.parent()?.parent()?.file_name()?.to_str()
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
