//! The index beside an archive file: where its answers lie, so that none has to be looked for.
//!
//! CDXJ is a line an answer: a sort key (the URL with its host turned round), a timestamp of 14
//! digits, and JSON. Numbers in it are text and a revisit's `mime` is `warc/revisit`, as other
//! programs expect; `date` and `refers-to-…` are additions. Lines are sorted by their bytes. The
//! first one, `!meta`, says for how many bytes of archive the index was made: an index whose archive
//! has another size is not believed.
//!
//! An index holds nothing that its archive does not: [`scan`] makes it again.

use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use url::{Host, Url};

use crate::archive::{self, LAYOUT, Records, Span, error_at, last_part};
use crate::error::{ArchiveError, ArchiveErrorKind};
use crate::warc::{Front, Head};

#[cfg(test)]
mod tests;

const REVISIT_MIME: &str = "warc/revisit";

/// An archived answer, and where it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The URL that was asked.
    pub url: String,
    /// When the answer came.
    pub date: DateTime<Utc>,
    /// `response` or `revisit`.
    pub record_type: String,
    /// HTTP status.
    pub status: Option<u16>,
    /// What a response says it is, without parameters; a revisit's is not indexed.
    pub media_type: Option<String>,
    /// Digest of the payload, its algorithm first.
    pub payload_digest: Option<String>,
    /// The archive file, relative to the warehouse, its parts separated by `/`.
    pub file: String,
    /// Where in the file the record begins.
    pub offset: u64,
    /// Bytes of the record in the file.
    pub length: u64,
    /// Of a revisit: URL and date of the original.
    pub(crate) refers_to: Option<(String, DateTime<Utc>)>,
}

/// Which entries are wanted; by default all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those of one source.
    pub source_id: Option<String>,
    /// Those whose URL contains this.
    pub url: Option<String>,
    /// Those of this instant or later.
    pub since: Option<DateTime<Utc>>,
    /// Those before this instant.
    pub before: Option<DateTime<Utc>>,
}

/// The JSON of a line.
#[derive(Serialize, Deserialize)]
struct Line {
    url: String,
    mime: Option<String>,
    status: Option<String>,
    digest: Option<String>,
    length: String,
    offset: String,
    filename: String,
    date: DateTime<Utc>,
    #[serde(rename = "refers-to-uri", skip_serializing_if = "Option::is_none")]
    refers_to_uri: Option<String>,
    #[serde(rename = "refers-to-date", skip_serializing_if = "Option::is_none")]
    refers_to_date: Option<DateTime<Utc>>,
}

/// What the first line says.
#[derive(PartialEq, Eq, Serialize, Deserialize)]
struct Meta {
    filename: String,
    bytes: u64,
    answers: usize,
}

/// An archive read through.
#[derive(Debug)]
pub(crate) struct Scan {
    /// By offset.
    pub(crate) entries: Vec<Entry>,
    /// The record that a writer could not complete.
    pub(crate) tear: Option<ArchiveError>,
}

impl Entry {
    /// The entry of a record; nothing where it is no answer.
    pub(crate) fn of(
        head: &Head,
        front: &Front,
        file: &str,
        span: Span,
    ) -> Result<Option<Self>, ArchiveErrorKind> {
        let record_type = head.record_type();
        if !matches!(record_type, "response" | "revisit") {
            return Ok(None);
        }
        let (status, content_type) = front.status_and_type().unzip();
        Ok(Some(Self {
            url: head.target_uri()?.to_owned(),
            date: head.date()?,
            record_type: record_type.to_owned(),
            status,
            media_type: media_type(record_type, content_type.flatten().as_deref()),
            payload_digest: head.payload_digest().map(str::to_owned),
            file: file.to_owned(),
            offset: span.offset,
            length: span.length,
            refers_to: head.refers_to().filter(|_| record_type == "revisit"),
        }))
    }

    /// Whether it is the response that a revisit with this digest, or this reference, stands for.
    pub(crate) fn is_original(
        &self,
        digest: Option<&str>,
        refers_to: Option<&(String, DateTime<Utc>)>,
    ) -> bool {
        let own = self.payload_digest.as_deref();
        self.record_type == "response"
            && match (digest, refers_to) {
                (Some(digest), _) => own.is_some_and(|own| own.eq_ignore_ascii_case(digest)),
                (None, Some((uri, date))) => self.url == *uri && self.date == *date,
                (None, None) => false,
            }
    }

    fn line(&self) -> io::Result<String> {
        let is_revisit = self.record_type == "revisit";
        let (refers_to_uri, refers_to_date) = self.refers_to.clone().unzip();
        let json = serde_json::to_string(&Line {
            url: self.url.clone(),
            mime: if is_revisit { Some(REVISIT_MIME.to_owned()) } else { self.media_type.clone() },
            status: self.status.map(|status| status.to_string()),
            digest: self.payload_digest.clone(),
            length: self.length.to_string(),
            offset: self.offset.to_string(),
            filename: last_part(&self.file).to_owned(),
            date: self.date,
            refers_to_uri,
            refers_to_date,
        })?;
        Ok(format!("{} {} {json}", sort_key(&self.url), self.date.format("%Y%m%d%H%M%S")))
    }

    fn from_line(line: &str, file: &str) -> Option<Self> {
        let json = line.splitn(3, ' ').nth(2)?;
        let line: Line = serde_json::from_str(json).ok()?;
        let is_revisit = line.mime.as_deref() == Some(REVISIT_MIME);
        let status = match line.status {
            Some(status) => Some(status.parse().ok()?),
            None => None,
        };
        Some(Self {
            url: line.url,
            date: line.date,
            record_type: if is_revisit { "revisit" } else { "response" }.to_owned(),
            status,
            media_type: line.mime.filter(|_| !is_revisit),
            payload_digest: line.digest,
            file: file.to_owned(),
            offset: line.offset.parse().ok()?,
            length: line.length.parse().ok()?,
            refers_to: line.refers_to_uri.zip(line.refers_to_date),
        })
    }
}

/// The media type that an index has for a record with this `Content-Type`.
pub(crate) fn media_type(record_type: &str, content_type: Option<&str>) -> Option<String> {
    let media_type = content_type?.split(';').next()?.trim();
    let is_indexed = record_type != "revisit" && !media_type.is_empty();
    is_indexed.then(|| media_type.to_owned())
}

impl Filter {
    fn lets_pass(&self, entry: &Entry) -> bool {
        self.url.as_ref().is_none_or(|part| entry.url.contains(part))
            && self.since.is_none_or(|since| entry.date >= since)
            && self.before.is_none_or(|before| entry.date < before)
    }
}

/// The archived answers of a warehouse, file after file, in the order in which they were written.
///
/// Files are read as the caller goes on. One that cannot be read is an item of its own, and does not
/// hide the others.
///
/// # Errors
/// Where the archive's folders cannot be listed.
pub fn list(
    warehouse: &Path,
    filter: &Filter,
) -> io::Result<impl Iterator<Item = Result<Entry, ArchiveError>> + use<>> {
    let warehouse = warehouse.to_owned();
    let filter = filter.clone();
    let mut folder = warehouse.join(LAYOUT);
    folder.extend(&filter.source_id);
    let files = if folder.is_dir() { archive::files(&folder)? } else { Vec::new() };
    let entries_of = move |path: PathBuf| match entries(&path, &relative(&warehouse, &path)) {
        Ok(entries) => entries.into_iter().map(Ok).collect(),
        Err(error) => vec![Err(error)],
    };
    let is_wanted = move |entry: &Result<Entry, _>| {
        entry.as_ref().map_or(true, |entry| filter.lets_pass(entry))
    };
    Ok(files.into_iter().flat_map(entries_of).filter(is_wanted))
}

/// A file's name as the warehouse knows it.
pub(crate) fn relative(warehouse: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(warehouse).unwrap_or(path);
    let parts: Vec<_> = parts.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

/// The answers in an archive, by offset: from its index where that is whole, else from the records.
///
/// A record torn off at the end is passed over with a warning.
pub(crate) fn entries(path: &Path, file: &str) -> Result<Vec<Entry>, ArchiveError> {
    if let Some(mut entries) = read(path, file) {
        entries.sort_by_key(|entry| entry.offset);
        return Ok(entries);
    }
    let scan = scan(path, file)?;
    if let Some(tear) = scan.tear {
        tracing::warn!(%tear, kept_answers = scan.entries.len(), "archive torn off");
    }
    Ok(scan.entries)
}

/// Reads through an archive. A record torn off at its end is reported beside the sound ones: an
/// interrupted run must not cost what it had archived. Any other damage is an error, since the
/// records behind it cannot be found.
pub(crate) fn scan(path: &Path, file: &str) -> Result<Scan, ArchiveError> {
    let mut records = Records::open(path)?;
    let mut entries = Vec::new();
    loop {
        let mut front = Front::default();
        let (span, head) = match records.next(&mut front) {
            Ok(Some(record)) => record,
            Ok(None) => return Ok(Scan { entries, tear: None }),
            Err(tear @ ArchiveError { kind: ArchiveErrorKind::Torn, .. }) => {
                return Ok(Scan { entries, tear: Some(tear) });
            }
            Err(error) => return Err(error),
        };
        let entry = Entry::of(&head, &front, file, span);
        entries.extend(entry.map_err(|kind| error_at(path, span.offset, kind))?);
    }
}

/// The index's place: beside its archive, under the same name.
pub(crate) fn index_path(warc: &Path) -> PathBuf {
    let name = warc.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.strip_suffix(".gz").unwrap_or(&name);
    warc.with_file_name(format!("{}.cdxj", stem.strip_suffix(".warc").unwrap_or(stem)))
}

/// The index as text.
pub(crate) fn text(warc: &Path, warc_len: u64, entries: &[Entry]) -> io::Result<String> {
    let filename = warc.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let meta = Meta { filename, bytes: warc_len, answers: entries.len() };
    let mut lines = entries.iter().map(Entry::line).collect::<io::Result<Vec<_>>>()?;
    lines.sort();
    lines.insert(0, format!("!meta {}", serde_json::to_string(&meta)?));
    lines.push(String::new());
    Ok(lines.join("\n"))
}

/// Writes the index: whole, or not at all.
pub(crate) fn write(warc: &Path, warc_len: u64, entries: &[Entry]) -> io::Result<()> {
    let text = text(warc, warc_len, entries)?;
    write_whole(&index_path(warc), &mut text.as_bytes())
}

/// Writes beside the place, then takes it.
#[expect(clippy::disallowed_methods, reason = "a new file of the archive; no snapshot is touched")]
pub(crate) fn write_whole(path: &Path, bytes: &mut impl io::Read) -> io::Result<()> {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    let mut file = File::create(&part)?;
    io::copy(bytes, &mut file)?;
    file.sync_all()?;
    fs::rename(&part, path)
}

/// The entries of the index, where it is there and made for the archive as it is.
fn read(warc: &Path, file: &str) -> Option<Vec<Entry>> {
    let mut lines = BufReader::new(File::open(index_path(warc)).ok()?).lines();
    let meta = meta_of(&lines.next()?.ok()?)?;
    if meta.bytes != fs::metadata(warc).ok()?.len() {
        tracing::warn!(warc = %warc.display(), "not the archive that its index was made for");
        return None;
    }
    let entries = lines.map(|line| Entry::from_line(&line.ok()?, file));
    let entries: Vec<_> = entries.collect::<Option<_>>()?;
    (entries.len() == meta.answers).then_some(entries)
}

/// For how many bytes of archive the index was made; nothing where there is none of burnrate's.
pub(crate) fn indexed_bytes(warc: &Path) -> Option<u64> {
    let mut first = String::new();
    BufReader::new(File::open(index_path(warc)).ok()?).read_line(&mut first).ok()?;
    Some(meta_of(first.trim_end())?.bytes)
}

fn meta_of(line: &str) -> Option<Meta> {
    serde_json::from_str(line.strip_prefix("!meta ")?).ok()
}

/// The URL as index lines are sorted: `com,example)/path?a=1&b=2`.
///
/// Scheme, `www.`, fragment, default port and the order of parameters do not matter, and neither
/// does the case of letters.
fn sort_key(url: &str) -> String {
    let plain = || url.to_ascii_lowercase().replace(' ', "%20");
    let Ok(parsed) = Url::parse(url) else { return plain() };
    let host = match parsed.host() {
        Some(Host::Domain(domain)) => {
            let domain = domain.strip_prefix("www.").unwrap_or(domain);
            domain.rsplit('.').collect::<Vec<_>>().join(",")
        }
        Some(address) => address.to_string(),
        None => return plain(),
    };
    let port = parsed.port().map_or(String::new(), |port| format!(":{port}"));
    let mut path = parsed.path();
    if path.len() > 1 {
        path = path.strip_suffix('/').unwrap_or(path);
    }
    let mut parameters: Vec<_> = parsed.query().unwrap_or_default().split('&').collect();
    parameters.sort_unstable();
    let query = Some(parameters.join("&")).filter(|query| !query.is_empty());
    let query = query.map_or(String::new(), |query| format!("?{query}"));
    format!("{host}{port}){path}{query}").to_ascii_lowercase()
}
