//! Proving that the archive is what it was when it was written.
//!
//! Every record of every file is read; digests are computed anew; each revisit must have its
//! original, and each index must say of its archive what the archive says itself. One record is held
//! in memory at a time, besides place and digest of every answer.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};

use crate::archive::{LAYOUT, Records, Span, error_at, files};
use crate::cdxj::{self, Entry};
use crate::error::{ArchiveError, ArchiveErrorKind};
use crate::warc::{self, Digester, corrupt};

#[cfg(test)]
mod tests;

/// What was verified, and what is wrong.
#[derive(Debug, Default)]
pub struct Report {
    /// Archive files read.
    pub files: usize,
    /// Bytes of these.
    pub bytes: u64,
    /// Records read, of any type.
    pub records: usize,
    /// Answers stored whole.
    pub responses: usize,
    /// Answers that refer to the payload of another.
    pub revisits: usize,
    /// Digests of other writers' algorithms, which were not checked.
    pub unchecked_digests: usize,
    /// The payload digest of each answer, where it states one, by file and offset.
    pub answers: HashMap<(String, u64), Option<String>>,
    /// What is wrong: file (relative to the warehouse), offset and reason.
    pub problems: Vec<ArchiveError>,
}

/// The work in progress.
struct Verifier<'a> {
    warehouse: &'a Path,
    report: Report,
    /// Payloads that were seen, each under its digest and under its place in history.
    payloads: HashSet<Key>,
    revisits: Vec<Revisit>,
}

type Key = [u8; 16];

struct Revisit {
    path: PathBuf,
    offset: u64,
    digest: String,
    key: Key,
}

/// Verifies the archive of a warehouse: a file or folder of it (relative to the warehouse), or all.
///
/// # Errors
/// Where the folders cannot be listed. Whatever is wrong within a file is in the report.
pub fn verify(warehouse: &Path, path: Option<&Path>) -> Result<Report, ArchiveError> {
    let all = warehouse.join(LAYOUT);
    let chosen = path.map_or_else(|| all.clone(), |path| warehouse.join(path));
    if path.is_none() && !all.is_dir() {
        return Ok(Report::default());
    }
    let listed = |folder: &Path| files(folder).map_err(|e| error_at(folder, 0, e.into()));
    let mut verifier = Verifier {
        warehouse,
        report: Report::default(),
        payloads: HashSet::new(),
        revisits: Vec::new(),
    };
    let files = listed(&chosen)?;
    for file in &files {
        verifier.file(file);
    }
    if path.is_some() && all.is_dir() {
        verifier.look_elsewhere(listed(&all)?.iter().filter(|file| !files.contains(file)));
    }
    if chosen.is_dir() {
        verifier.indexes_without_archive(&chosen)?;
    }
    Ok(verifier.finish())
}

impl Verifier<'_> {
    fn problem(&mut self, path: &Path, offset: u64, kind: ArchiveErrorKind) {
        let file = cdxj::relative(self.warehouse, path);
        self.report.problems.push(ArchiveError { file, offset, kind });
    }

    fn file(&mut self, path: &Path) {
        self.report.files += 1;
        match self.records(path) {
            Ok(entries) => self.index(path, &entries),
            Err(ArchiveError { offset, kind, .. }) => self.problem(path, offset, kind),
        }
    }

    /// Reads every record; returns the answers.
    fn records(&mut self, path: &Path) -> Result<Vec<Entry>, ArchiveError> {
        let mut records = Records::open(path)?;
        let mut entries = Vec::new();
        loop {
            let mut digester = Digester::default();
            let Some((span, head)) = records.next(&mut digester)? else { return Ok(entries) };
            self.report.records += 1;
            self.report.bytes += span.length;
            let file = cdxj::relative(self.warehouse, path);
            let entry = Entry::of(&head, &digester.front, &file, span);
            let (block, payload) = digester.finish();
            self.digest("block", head.block_digest(), &block, path, span);
            match entry {
                Ok(Some(entry)) => {
                    self.answer(path, &entry, &payload, span);
                    let place = (file, span.offset);
                    self.report.answers.insert(place, entry.payload_digest.clone());
                    entries.push(entry);
                }
                Ok(None) => {}
                Err(kind) => self.problem(path, span.offset, kind),
            }
        }
    }

    fn answer(&mut self, path: &Path, entry: &Entry, payload: &str, span: Span) {
        let digest = entry.payload_digest.as_deref();
        if entry.record_type == "revisit" {
            self.report.revisits += 1;
            self.revisits.push(Revisit {
                path: path.to_owned(),
                offset: span.offset,
                digest: digest.unwrap_or("without a digest").to_owned(),
                key: key(digest, entry.refers_to.as_ref()),
            });
        } else {
            self.report.responses += 1;
            self.digest("payload", digest, payload, path, span);
            self.payloads.extend(keys(entry));
        }
    }

    fn digest(&mut self, what: &str, expected: Option<&str>, found: &str, path: &Path, span: Span) {
        match expected {
            Some(expected) if warc::is_hex_sha256(expected) => {
                if let Err(kind) = warc::same_digest(what, expected, found) {
                    self.problem(path, span.offset, kind);
                }
            }
            Some(_) => self.report.unchecked_digests += 1,
            None => {}
        }
    }

    /// Compares the index with the one that the archive's records make.
    fn index(&mut self, path: &Path, entries: &[Entry]) {
        let index = cdxj::index_path(path);
        let compared = || {
            let len = fs::metadata(path)?.len();
            let expected = cdxj::text(path, len, entries)?;
            let found = match fs::read_to_string(&index) {
                Ok(found) => found,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    return Err(corrupt("no index: its run was interrupted, or goes on"));
                }
                Err(error) => return Err(error.into()),
            };
            match first_difference(&found, &expected) {
                Some(difference) => Err(corrupt(difference)),
                None => Ok(()),
            }
        };
        if let Err(kind) = compared() {
            self.problem(&index, 0, kind);
        }
    }

    /// Takes payloads from files that are not verified, for the revisits that want them.
    fn look_elsewhere<'a>(&mut self, files: impl Iterator<Item = &'a PathBuf>) {
        for file in files {
            let is_missing = |revisit: &Revisit| !self.payloads.contains(&revisit.key);
            if !self.revisits.iter().any(is_missing) {
                return;
            }
            // What is wrong with that file is not what was asked.
            for entry in cdxj::entries(file, "").unwrap_or_default() {
                if entry.record_type == "response" {
                    self.payloads.extend(keys(&entry));
                }
            }
        }
    }

    /// An index is written after its archive, and never goes before it.
    fn indexes_without_archive(&mut self, folder: &Path) -> Result<(), ArchiveError> {
        let failed = |error: std::io::Error| error_at(folder, 0, error.into());
        for entry in fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.is_dir() {
                self.indexes_without_archive(&path)?;
            } else if path.extension().is_some_and(|extension| extension == "cdxj")
                && !["warc.gz", "warc"].iter().any(|end| path.with_extension(end).exists())
            {
                self.problem(&path, 0, corrupt("the archive that it indexes is gone"));
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Report {
        for revisit in std::mem::take(&mut self.revisits) {
            if !self.payloads.contains(&revisit.key) {
                let kind = ArchiveErrorKind::OriginalMissing { digest: revisit.digest };
                self.problem(&revisit.path, revisit.offset, kind);
            }
        }
        self.report
    }
}

/// What a response can be referred to by.
fn keys(response: &Entry) -> [Key; 2] {
    let place = (response.url.clone(), response.date);
    [key(response.payload_digest.as_deref(), Some(&place)), key(None, Some(&place))]
}

/// A digest where there is one, else URL and date, shortened to what tells them apart.
fn key(digest: Option<&str>, refers_to: Option<&(String, DateTime<Utc>)>) -> Key {
    let text = match (digest, refers_to) {
        (Some(digest), _) => digest.to_ascii_lowercase(),
        (None, Some((uri, date))) => format!("{uri}\n{date}"),
        (None, None) => String::new(),
    };
    let mut key = Key::default();
    for (byte, hashed) in key.iter_mut().zip(Sha256::digest(text)) {
        *byte = hashed;
    }
    key
}

/// The first line in which an index is not as it should be.
fn first_difference(found: &str, expected: &str) -> Option<String> {
    if found == expected {
        return None;
    }
    let mut lines = found.lines().zip(expected.lines()).enumerate();
    let differing = lines.find(|(_, (found, expected))| found != expected);
    Some(match differing {
        Some((at, (_, expected))) => {
            format!("line {} is not as the archive has it, which is: {expected}", at + 1)
        }
        None => format!(
            "{} lines, the archive makes {}",
            found.lines().count(),
            expected.lines().count()
        ),
    })
}
