//! The archive's files: `raw/v1/<source>/<year>/<run>.warc.gz`, one for each source and run.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use crate::answer::Answer;
use crate::error::{ArchiveError, ArchiveErrorKind};
use crate::warc::{self, Block, Head, Record};

#[cfg(test)]
mod tests;

/// An answer archived earlier, with the same payload as one to be archived now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// Its URL.
    pub uri: String,
    /// When it came.
    pub date: DateTime<Utc>,
}

/// Where an answer was archived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The file, relative to the warehouse, its parts separated by `/`.
    pub file: String,
    /// Where in the file the record begins.
    pub offset: u64,
    /// `response`, or `revisit` where only the head was stored.
    pub record_type: &'static str,
}

/// Writes the answers that one source gets in one run.
///
/// The file appears with the first answer: a run without any leaves none.
#[derive(Debug)]
pub struct ArchiveWriter {
    warehouse: PathBuf,
    /// Relative to the warehouse.
    file_name: String,
    open: Option<OpenFile>,
}

#[derive(Debug)]
struct OpenFile {
    file: File,
    len: u64,
}

impl ArchiveWriter {
    /// Names the file; nothing is written yet.
    ///
    /// # Errors
    /// Where the ids cannot be parts of a path, or the run's does not begin with its year.
    pub fn create(warehouse: &Path, source_id: &str, run_id: &str) -> io::Result<Self> {
        let year = run_id.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit()));
        let (true, true, Some(year)) = (is_name(source_id), is_name(run_id), year) else {
            let reason = format!("source `{source_id}` and run `{run_id}` cannot name an archive");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, reason));
        };
        let file_name = format!("raw/v1/{source_id}/{year}/{run_id}.warc.gz");
        Ok(Self { warehouse: warehouse.to_owned(), file_name, open: None })
    }

    /// Adds the answer; only its head where `original` holds the same payload.
    ///
    /// # Errors
    /// Where the file is there already or cannot be written. A record written in part is removed.
    pub fn append(&mut self, answer: &Answer, original: Option<&Original>) -> io::Result<Stored> {
        let (record_type, member) = match original {
            None => ("response", warc::encode_response(answer)?),
            Some(original) => ("revisit", warc::encode_revisit(answer, original)?),
        };
        let open = match &mut self.open {
            Some(open) => open,
            empty @ None => empty.insert(OpenFile::create(&self.warehouse.join(&self.file_name))?),
        };
        if open.len == 0 {
            let name = last_part(&self.file_name);
            open.write(&warc::encode_warcinfo(name, answer.fetched_at)?)?;
        }
        let offset = open.write(&member)?;
        Ok(Stored { file: self.file_name.clone(), offset, record_type })
    }

    /// Waits until all of it is on the disk.
    ///
    /// # Errors
    /// Where the disk says no.
    pub fn finish(self) -> io::Result<()> {
        let Some(open) = self.open else { return Ok(()) };
        open.file.sync_all()?;
        // A new file lasts once the folders that name it are on the disk too.
        if cfg!(unix) {
            let path = self.warehouse.join(&self.file_name);
            let inside = |folder: &&Path| {
                folder.starts_with(&self.warehouse) && !folder.as_os_str().is_empty()
            };
            for folder in path.ancestors().skip(1).take_while(inside) {
                File::open(folder)?.sync_all()?;
            }
        }
        Ok(())
    }
}

impl OpenFile {
    /// Never continues a file: one run writes it once.
    fn create(path: &Path) -> io::Result<Self> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let file = OpenOptions::new().write(true).create_new(true).open(path)?;
        Ok(Self { file, len: 0 })
    }

    /// Appends a member and says where it begins.
    fn write(&mut self, member: &[u8]) -> io::Result<u64> {
        let offset = self.len;
        let sought = self.file.seek(SeekFrom::Start(offset));
        if let Err(error) = sought.and_then(|_| self.file.write_all(member)) {
            // Half a member would hide all that come after it.
            if let Err(cut) = self.file.set_len(offset) {
                tracing::warn!(offset, %cut, "half a record could not be removed");
            }
            return Err(error);
        }
        self.len += member.len() as u64;
        Ok(offset)
    }
}

/// Letters, digits, `_`, `-` and no more: safe in a path anywhere.
fn is_name(text: &str) -> bool {
    let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    !text.is_empty() && text.bytes().all(is_safe)
}

fn last_part(file_name: &str) -> &str {
    file_name.rsplit('/').next().unwrap_or(file_name)
}

/// The answer archived at `offset` of `file` (relative to the warehouse), its payload checked
/// against its digest.
///
/// A revisit's payload is looked for among the same source's archives.
///
/// # Errors
/// Where there is no such answer, or it is damaged.
pub fn read_at(warehouse: &Path, file: &str, offset: u64) -> Result<Answer, ArchiveError> {
    let path = warehouse.join(file);
    let record = read_record(&path, offset)?;
    if record.head.record_type() != "revisit" {
        return answer_of(&path, offset, record);
    }
    let original = find_original(&path, offset, &record.head)?;
    Ok(warc::revisited(answer_of(&path, offset, record)?, original))
}

/// The record at an offset.
pub(crate) fn read_record(path: &Path, offset: u64) -> Result<Record, ArchiveError> {
    let read = || {
        let mut file = BufReader::new(File::open(path)?);
        file.seek(SeekFrom::Start(offset))?;
        warc::decode(&mut file, Block::Keep)?.ok_or(ArchiveErrorKind::Torn)
    };
    read().map_err(|kind| error_at(path, offset, kind))
}

/// The answer that a record of some place holds.
pub(crate) fn answer_of(path: &Path, offset: u64, record: Record) -> Result<Answer, ArchiveError> {
    match record.head.record_type() {
        "response" | "revisit" => warc::answer(record).map_err(|kind| error_at(path, offset, kind)),
        other => {
            let reason = format!("a {other} record, not an answer");
            Err(error_at(path, offset, ArchiveErrorKind::Corrupt(reason)))
        }
    }
}

pub(crate) fn error_at(path: &Path, offset: u64, kind: ArchiveErrorKind) -> ArchiveError {
    ArchiveError { file: path.display().to_string(), offset, kind }
}

/// The response with a revisit's payload, among the archives of the same source.
fn find_original(path: &Path, offset: u64, revisit: &Head) -> Result<Answer, ArchiveError> {
    let digest = revisit.payload_digest().unwrap_or_default();
    let source = path.ancestors().nth(2).unwrap_or(path);
    let mut files = list(source).map_err(|e| error_at(source, 0, e.into()))?;
    // A run's name is its start: the last one begun before the original was recorded holds it.
    if let Some(date) = revisit.original_date() {
        let latest = date.format("%Y%m%dT%H%M%S~").to_string();
        let is_later = |file: &PathBuf| file.file_name().is_some_and(|name| *name > *latest);
        files.sort_by(|a, b| is_later(a).cmp(&is_later(b)).then(b.cmp(a)));
    }
    for file in files {
        let found = scan(&file)?.heads.into_iter().find(|(_, head)| {
            head.record_type() == "response" && head.payload_digest() == Some(digest)
        });
        if let Some((offset, _)) = found {
            return answer_of(&file, offset, read_record(&file, offset)?);
        }
    }
    Err(error_at(path, offset, ArchiveErrorKind::OriginalMissing { digest: digest.to_owned() }))
}

/// Every archive in a folder and below it, in order of name; a file is its own.
pub(crate) fn list(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !fs::metadata(path)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    let mut entries = fs::read_dir(path)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if entry.path().is_dir() {
            files.extend(list(&entry.path())?);
        } else if name.ends_with(".warc") || name.ends_with(".warc.gz") {
            files.push(entry.path());
        }
    }
    Ok(files)
}

/// The heads of an archive's records, and where it was torn off.
pub(crate) struct Scan {
    /// By offset.
    pub(crate) heads: Vec<(u64, Head)>,
    /// The record that a writer could not complete.
    pub(crate) tear: Option<ArchiveError>,
}

/// Reads through an archive. A record torn off at its end is reported beside the sound ones: an
/// interrupted run must not cost what it had archived. Any other damage is an error, since the
/// records behind it cannot be found.
pub(crate) fn scan(path: &Path) -> Result<Scan, ArchiveError> {
    let file = File::open(path).map_err(|e| error_at(path, 0, e.into()))?;
    let mut reader = BufReader::new(file);
    let mut heads = Vec::new();
    loop {
        let offset = reader.stream_position().map_err(|e| error_at(path, 0, e.into()))?;
        match warc::decode(&mut reader, Block::Skip) {
            Ok(Some(record)) => heads.push((offset, record.head)),
            Ok(None) => return Ok(Scan { heads, tear: None }),
            Err(kind @ ArchiveErrorKind::Torn) => {
                return Ok(Scan { heads, tear: Some(error_at(path, offset, kind)) });
            }
            Err(kind) => return Err(error_at(path, offset, kind)),
        }
    }
}
