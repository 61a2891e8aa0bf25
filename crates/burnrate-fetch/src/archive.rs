//! The archive's files: `raw/v1/<source>/<year>/<run>.warc.gz`, one for each source and run, and an
//! index `<run>.cdxj` beside each.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use crate::answer::Answer;
use crate::cdxj::{self, Entry};
use crate::error::{ArchiveError, ArchiveErrorKind};
use crate::warc::{self, Head, Record};

#[cfg(test)]
mod tests;

/// The layout's version is part of every path.
pub(crate) const LAYOUT: &str = "raw/v1";

/// An answer archived earlier, whose payload an answer to be archived now shares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// Its URL.
    pub uri: String,
    /// When it came.
    pub date: DateTime<Utc>,
    /// SHA-256 of its payload, in hex.
    pub payload_sha256: String,
}

/// What is archived beside an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notes<'a> {
    /// Licence or terms of the source.
    pub licence: &'a str,
    /// Whether the document may be passed on.
    pub redistributable: bool,
    /// What the answer was recognised as.
    pub recognised: &'a str,
    /// The request's headers. Only those that say how a document was asked for are kept.
    pub sent: &'a [(String, String)],
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
    source_id: String,
    run_id: String,
    /// Relative to the warehouse.
    file_name: String,
    open: Option<OpenFile>,
    entries: Vec<Entry>,
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
        Ok(Self {
            warehouse: warehouse.to_owned(),
            source_id: source_id.to_owned(),
            run_id: run_id.to_owned(),
            file_name: format!("{LAYOUT}/{source_id}/{year}/{run_id}.warc.gz"),
            open: None,
            entries: Vec::new(),
        })
    }

    /// Adds the answer, and what is to be known beside it.
    ///
    /// Where `original` holds the same payload, or the publisher says that it still stands (304),
    /// only the head is stored. An original with another payload is passed over.
    ///
    /// # Errors
    /// Where the file is there already or cannot be written. Records written in part are removed.
    pub fn append(
        &mut self,
        answer: &Answer,
        original: Option<&Original>,
        notes: &Notes<'_>,
    ) -> io::Result<Stored> {
        let original = original.filter(|original| is_original_of(original, answer));
        let (record_type, member) = match original {
            None => ("response", warc::encode_response(answer)?),
            Some(original) => ("revisit", warc::encode_revisit(answer, original)?),
        };
        // The answer comes first: what is known of it is of no use without it.
        let length = member.bytes.len() as u64;
        let mut bytes = member.bytes;
        bytes.extend(warc::encode_request(answer, &member.id, notes.sent)?);
        let (source_id, run_id) = (&self.source_id, &self.run_id);
        bytes.extend(warc::encode_metadata(answer, &member.id, source_id, run_id, notes)?);
        let offset = self.write(&bytes, answer.fetched_at)?;
        self.entries.push(Entry {
            url: answer.url.clone(),
            date: answer.fetched_at,
            record_type: record_type.to_owned(),
            status: Some(answer.status),
            media_type: cdxj::media_type(record_type, answer.header("content-type")),
            payload_digest: Some(member.payload_digest),
            file: self.file_name.clone(),
            offset,
            length,
            refers_to: original.map(|original| (original.uri.clone(), original.date)),
        });
        Ok(Stored { file: self.file_name.clone(), offset, record_type })
    }

    /// Writes the members at the end of the file, which is made if need be, and says where.
    fn write(&mut self, members: &[u8], date: DateTime<Utc>) -> io::Result<u64> {
        let open = match &mut self.open {
            Some(open) => open,
            empty @ None => empty.insert(OpenFile::create(&self.warehouse.join(&self.file_name))?),
        };
        if open.len == 0 {
            open.write(&warc::encode_warcinfo(last_part(&self.file_name), date)?)?;
        }
        open.write(members)
    }

    /// Waits until all of it is on the disk, then writes the index.
    ///
    /// # Errors
    /// Where the disk says no.
    pub fn finish(self) -> io::Result<()> {
        let Some(open) = self.open else { return Ok(()) };
        open.file.sync_all()?;
        let path = self.warehouse.join(&self.file_name);
        cdxj::write(&path, open.len, &self.entries)?;
        sync_folders(&self.warehouse, &path)
    }
}

/// A new file lasts once the folders that name it are on the disk too.
fn sync_folders(warehouse: &Path, file: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let is_inside =
            |folder: &&Path| folder.starts_with(warehouse) && !folder.as_os_str().is_empty();
        for folder in file.ancestors().skip(1).take_while(is_inside) {
            File::open(folder)?.sync_all()?;
        }
    }
    Ok(())
}

fn is_original_of(original: &Original, answer: &Answer) -> bool {
    let is_unchanged = answer.status == warc::NOT_MODIFIED && answer.body.is_empty();
    is_unchanged || warc::digest(&answer.body) == format!("sha256:{}", original.payload_sha256)
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

    /// Appends members and says where they begin.
    fn write(&mut self, members: &[u8]) -> io::Result<u64> {
        let offset = self.len;
        let sought = self.file.seek(SeekFrom::Start(offset));
        if let Err(error) = sought.and_then(|_| self.file.write_all(members)) {
            // Half a member would hide all that come after it.
            if let Err(cut) = self.file.set_len(offset) {
                tracing::warn!(offset, %cut, "half a record could not be removed");
            }
            return Err(error);
        }
        self.len += members.len() as u64;
        Ok(offset)
    }
}

/// Letters, digits, `_`, `-` and no more: safe in a path anywhere.
fn is_name(text: &str) -> bool {
    let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    !text.is_empty() && text.bytes().all(is_safe)
}

pub(crate) fn last_part(file_name: &str) -> &str {
    file_name.rsplit('/').next().unwrap_or(file_name)
}

/// The answer archived at `offset` of `file` (relative to the warehouse), its payload checked
/// against its digest.
///
/// A revisit's payload is looked for among the same source's archives, then among all.
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
        warc::decode(&mut file)?.ok_or(ArchiveErrorKind::Torn)
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

/// The response with a revisit's payload.
fn find_original(path: &Path, offset: u64, revisit: &Head) -> Result<Answer, ArchiveError> {
    let digest = revisit.payload_digest();
    let refers_to = revisit.refers_to();
    for file in files_with_original(path, refers_to.as_ref().map(|(_, date)| *date))? {
        let found = cdxj::entries(&file, "")?
            .into_iter()
            .find(|entry| entry.is_original(digest, refers_to.as_ref()));
        if let Some(Entry { offset, .. }) = found {
            return answer_of(&file, offset, read_record(&file, offset)?);
        }
    }
    let digest = digest.unwrap_or("without a digest").to_owned();
    Err(error_at(path, offset, ArchiveErrorKind::OriginalMissing { digest }))
}

/// Where to look for an original, likeliest first: the archives of the same source, then those of
/// the others. A file that is not in the archive's layout has its neighbours.
fn files_with_original(
    path: &Path,
    date: Option<DateTime<Utc>>,
) -> Result<Vec<PathBuf>, ArchiveError> {
    let listed = |folder: &Path| files(folder).map_err(|e| error_at(folder, 0, e.into()));
    let mut ancestors = path.ancestors().skip(1);
    let (folder, source, all) = (ancestors.next(), ancestors.next(), ancestors.next());
    let (Some(source), Some(all)) = (source, all.filter(|all| all.ends_with(LAYOUT))) else {
        return listed(folder.unwrap_or(path));
    };
    let mut found = listed(source)?;
    // A run's name is its start: the last one begun before the original was recorded holds it.
    if let Some(date) = date {
        let latest = date.format("%Y%m%dT%H%M%S~").to_string();
        let is_later = |file: &PathBuf| file.file_name().is_some_and(|name| *name > *latest);
        found.sort_by(|a, b| is_later(a).cmp(&is_later(b)).then(b.cmp(a)));
    }
    found.extend(listed(all)?.into_iter().filter(|file| !file.starts_with(source)));
    Ok(found)
}

/// Every archive in a folder and below it, in order of name; a file is its own.
pub(crate) fn files(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !fs::metadata(path)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    let mut entries = fs::read_dir(path)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if entry.path().is_dir() {
            found.extend(files(&entry.path())?);
        } else if name.ends_with(".warc") || name.ends_with(".warc.gz") {
            found.push(entry.path());
        }
    }
    Ok(found)
}

/// An archive's records, one after the other.
#[derive(Debug)]
pub(crate) struct Records<'a> {
    path: &'a Path,
    reader: BufReader<File>,
    /// Where the next one begins.
    offset: u64,
}

/// Where a record lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) offset: u64,
    pub(crate) length: u64,
}

impl<'a> Records<'a> {
    pub(crate) fn open(path: &'a Path) -> Result<Self, ArchiveError> {
        let file = File::open(path).map_err(|e| error_at(path, 0, e.into()))?;
        Ok(Self { path, reader: BufReader::new(file), offset: 0 })
    }

    /// The next record, its block written to `block`; nothing at the end.
    ///
    /// Behind an error no further record can be found.
    pub(crate) fn next<W: Write>(
        &mut self,
        block: &mut W,
    ) -> Result<Option<(Span, Head)>, ArchiveError> {
        let offset = self.offset;
        let mut read = || {
            let head = warc::decode_into(&mut self.reader, block)?;
            self.offset = self.reader.stream_position()?;
            Ok(head)
        };
        let head = read().map_err(|kind| error_at(self.path, offset, kind))?;
        Ok(head.map(|head| (Span { offset, length: self.offset - offset }, head)))
    }
}
