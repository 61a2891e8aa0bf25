//! WARC/1.1 records (ISO 28500): bytes made of answers, and answers read from bytes.
//!
//! Each record written is one gzip member, so that it can be read alone, given its offset. Read are
//! also plain records, and those of other writers as long as they keep one record to a member.
//! Digests are `sha256:` and hex. Nothing here opens a file.

use std::io::{self, BufRead, BufReader, Read as _, Write as _};

use chrono::{DateTime, SecondsFormat, Utc};
use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use reqwest::StatusCode;
use sha2::{Digest as _, Sha256};

use crate::answer::{Answer, field, header_text, kept_headers};
use crate::archive::Original;
use crate::error::ArchiveErrorKind;
use crate::transfer::{self, TransferError};

#[cfg(test)]
mod tests;

/// Longest block written or read: far beyond any document, yet safe to hold.
pub(crate) const MAX_BLOCK: u64 = 1 << 30;
/// Longest line of a head; longer ones are not text.
const MAX_LINE: u64 = 64 * 1024;
/// Most lines of a head.
const MAX_LINES: usize = 1000;

const IDENTICAL_PAYLOAD: &str = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";

/// The fields in front of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    fields: Vec<(String, String)>,
    block_len: u64,
}

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) head: Head,
    pub(crate) block: Vec<u8>,
}

/// Whether a record's block is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Block {
    /// Read it.
    Keep,
    /// Read past it.
    Skip,
}

// ---- Writing ----

/// The record that opens a file and says who wrote it.
pub(crate) fn encode_warcinfo(file_name: &str, date: DateTime<Utc>) -> io::Result<Vec<u8>> {
    let block = concat!(
        "software: burnrate/",
        env!("CARGO_PKG_VERSION"),
        "\r\nformat: WARC File Format 1.1\r\nconformsTo: ",
        "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n",
    );
    let digest = digest(block.as_bytes());
    let date = warc_date(date);
    let fields = [
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", &record_id("warcinfo", &date, file_name, &digest)),
        ("WARC-Date", &date),
        ("WARC-Filename", file_name),
        ("WARC-Block-Digest", &digest),
        ("Content-Type", "application/warc-fields"),
    ];
    encode(&fields, block.as_bytes())
}

/// A `response` record: the answer whole.
pub(crate) fn encode_response(answer: &Answer) -> io::Result<Vec<u8>> {
    let mut block = http_head(answer);
    block.extend_from_slice(&answer.body);
    encode_answer("response", answer, &block, &[])
}

/// A `revisit` record: the answer without its body, which `original` holds.
pub(crate) fn encode_revisit(answer: &Answer, original: &Original) -> io::Result<Vec<u8>> {
    let date = warc_date(original.date);
    let reference = [
        ("WARC-Profile", IDENTICAL_PAYLOAD),
        ("WARC-Refers-To-Target-URI", original.uri.as_str()),
        ("WARC-Refers-To-Date", &date),
    ];
    encode_answer("revisit", answer, &http_head(answer), &reference)
}

fn encode_answer(
    record_type: &str,
    answer: &Answer,
    block: &[u8],
    more: &[(&str, &str)],
) -> io::Result<Vec<u8>> {
    let date = warc_date(answer.fetched_at);
    let payload_digest = digest(&answer.body);
    let id = record_id(record_type, &date, &answer.url, &payload_digest);
    let block_digest = digest(block);
    let mut fields = vec![
        ("WARC-Type", record_type),
        ("WARC-Record-ID", &id),
        ("WARC-Date", &date),
        ("WARC-Target-URI", &answer.url),
    ];
    fields.extend_from_slice(more);
    fields.extend([
        ("WARC-Payload-Digest", payload_digest.as_str()),
        ("WARC-Block-Digest", &block_digest),
        ("Content-Type", "application/http;msgtype=response"),
    ]);
    encode(&fields, block)
}

/// One gzip member.
fn encode(fields: &[(&str, &str)], block: &[u8]) -> io::Result<Vec<u8>> {
    if block.len() as u64 > MAX_BLOCK {
        let reason = format!("a record of {} bytes exceeds {MAX_BLOCK}", block.len());
        return Err(io::Error::new(io::ErrorKind::InvalidInput, reason));
    }
    let mut head = b"WARC/1.1\r\n".to_vec();
    for (name, value) in fields {
        push_line(&mut head, name, value);
    }
    push_line(&mut head, "Content-Length", &block.len().to_string());
    head.extend_from_slice(b"\r\n");
    let mut member = GzEncoder::new(Vec::new(), Compression::default());
    member.write_all(&head)?;
    member.write_all(block)?;
    member.write_all(b"\r\n\r\n")?;
    member.finish()
}

fn http_head(answer: &Answer) -> Vec<u8> {
    let status = StatusCode::from_u16(answer.status).ok();
    let reason = status.and_then(|status| status.canonical_reason()).unwrap_or_default();
    let mut head = format!("HTTP/1.1 {} {reason}\r\n", answer.status).into_bytes();
    for (name, value) in kept_headers(&answer.headers, answer.body.len()) {
        push_line(&mut head, &name, &value);
    }
    head.extend_from_slice(b"\r\n");
    head
}

/// A line end within a value would forge a field: it becomes a space.
fn push_line(head: &mut Vec<u8>, name: &str, value: &str) {
    let line = format!("{name}: {value}").replace(['\r', '\n'], " ");
    head.extend_from_slice(line.as_bytes());
    head.extend_from_slice(b"\r\n");
}

fn warc_date(date: DateTime<Utc>) -> String {
    date.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// `sha256:` and 64 hex digits.
pub(crate) fn digest(bytes: &[u8]) -> String {
    format!("sha256:{:x}", HexBytes(&Sha256::digest(bytes)))
}

/// Same content, same id: two archives of the same answers are equal. Hashed into a UUID of
/// version 8, which is the one for schemes of one's own.
fn record_id(record_type: &str, date: &str, uri: &str, digest: &str) -> String {
    let hash = Sha256::digest([record_type, date, uri, digest].join("\n"));
    let mut id = [0; 16];
    for (byte, hashed) in id.iter_mut().zip(hash) {
        *byte = hashed;
    }
    id[6] = (id[6] & 0x0f) | 0x80;
    id[8] = (id[8] & 0x3f) | 0x80;
    let hex = format!("{:x}", HexBytes(&id));
    let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| hex.get(range).unwrap_or(""));
    format!("<urn:uuid:{}>", parts.join("-"))
}

struct HexBytes<'a>(&'a [u8]);

impl std::fmt::LowerHex for HexBytes<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

// ---- Reading ----

impl Head {
    fn field(&self, name: &str) -> Option<&str> {
        field(&self.fields, name)
    }

    fn required(&self, name: &str) -> Result<&str, ArchiveErrorKind> {
        self.field(name).ok_or_else(|| corrupt(format!("no {name}")))
    }

    /// `response`, `revisit`, `warcinfo` …
    pub(crate) fn record_type(&self) -> &str {
        self.field("WARC-Type").unwrap_or_default()
    }

    /// The URL that was asked; some writers put it in angle brackets.
    pub(crate) fn target_uri(&self) -> Result<&str, ArchiveErrorKind> {
        Ok(self.required("WARC-Target-URI")?.trim_start_matches('<').trim_end_matches('>'))
    }

    pub(crate) fn date(&self) -> Result<DateTime<Utc>, ArchiveErrorKind> {
        let text = self.required("WARC-Date")?;
        text.parse().map_err(|_| corrupt(format!("WARC-Date `{text}` is no date")))
    }

    pub(crate) fn payload_digest(&self) -> Option<&str> {
        self.field("WARC-Payload-Digest")
    }

    /// Of a revisit: when the original was recorded.
    pub(crate) fn original_date(&self) -> Option<DateTime<Utc>> {
        self.field("WARC-Refers-To-Date")?.parse().ok()
    }
}

/// Reads the record that begins where `reader` stands, and leaves `reader` behind it; nothing at the
/// end.
pub(crate) fn decode<R: BufRead>(
    reader: &mut R,
    block: Block,
) -> Result<Option<Record>, ArchiveErrorKind> {
    let start = reader.fill_buf()?;
    match start.first() {
        None => Ok(None),
        Some(0) => Err(zeros(reader)),
        Some(0x1f) => decode_member(reader, block).map(Some),
        Some(_) => decode_plain(reader, block).map(Some),
    }
}

/// After a power cut, a file may end in zeros where bytes never reached the disk.
fn zeros<R: BufRead>(reader: &mut R) -> ArchiveErrorKind {
    for byte in reader.bytes() {
        match byte {
            Ok(0) => {}
            Ok(_) => return corrupt("no record begins here"),
            Err(error) => return error.into(),
        }
    }
    ArchiveErrorKind::Torn
}

fn decode_member<R: BufRead>(reader: &mut R, block: Block) -> Result<Record, ArchiveErrorKind> {
    let mut member = BufReader::new(GzDecoder::new(reader));
    let record = decode_plain(&mut member, block);
    // Reading on to the end checks the member's checksum.
    let rest = io::copy(&mut member, &mut io::sink());
    // A decoder without a header reports the tear once, and from then on an ordinary end.
    let has_header = member.get_ref().header().is_some();
    match (record, rest) {
        // The member is whole, and still shorter than its record claims to be.
        (Err(ArchiveErrorKind::Torn), Ok(_)) if has_header => {
            Err(corrupt("the gzip member ends within the record"))
        }
        (Err(kind), _) => Err(kind),
        (Ok(_), Err(error)) => Err(error.into()),
        (Ok(_), Ok(1..)) => Err(corrupt("the gzip member holds more than one record")),
        (Ok(record), Ok(0)) => Ok(record),
    }
}

fn decode_plain<R: BufRead>(reader: &mut R, wanted: Block) -> Result<Record, ArchiveErrorKind> {
    let version = read_line(reader)?;
    if !version.starts_with(b"WARC/1.") {
        return Err(corrupt("no WARC/1 record begins here"));
    }
    let head = head_of(read_fields(reader)?)?;
    let mut body = reader.by_ref().take(head.block_len);
    let mut block = Vec::new();
    let read_len = match wanted {
        Block::Keep => body.read_to_end(&mut block)? as u64,
        Block::Skip => io::copy(&mut body, &mut io::sink())?,
    };
    let mut end = [0; 4];
    reader.read_exact(&mut end)?;
    if read_len != head.block_len || end != *b"\r\n\r\n" {
        return Err(corrupt("the record does not end where its Content-Length says"));
    }
    Ok(Record { head, block })
}

fn head_of(fields: Vec<(String, String)>) -> Result<Head, ArchiveErrorKind> {
    let text = field(&fields, "Content-Length").ok_or_else(|| corrupt("no Content-Length"))?;
    let block_len =
        text.parse().map_err(|_| corrupt(format!("Content-Length `{text}` is no length")))?;
    if block_len > MAX_BLOCK {
        return Err(corrupt(format!("a block of {block_len} bytes exceeds {MAX_BLOCK}")));
    }
    Ok(Head { fields, block_len })
}

/// The lines up to an empty one, as fields.
fn read_fields<R: BufRead>(reader: &mut R) -> Result<Vec<(String, String)>, ArchiveErrorKind> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for _ in 0..MAX_LINES {
        let line = header_text(&read_line(reader)?);
        if line.is_empty() {
            return Ok(fields);
        }
        match (line.split_once(':'), fields.last_mut()) {
            // An old way of breaking long values.
            (_, Some((_, value))) if line.starts_with([' ', '\t']) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            (Some((name, value)), _) => {
                fields.push((name.trim().to_owned(), value.trim().to_owned()));
            }
            (None, _) => return Err(corrupt(format!("header line `{line}` has no colon"))),
        }
    }
    Err(corrupt(format!("more than {MAX_LINES} header lines")))
}

fn read_line<R: BufRead>(reader: &mut R) -> Result<Vec<u8>, ArchiveErrorKind> {
    let mut line = Vec::new();
    reader.by_ref().take(MAX_LINE).read_until(b'\n', &mut line)?;
    if line.pop_if(|&mut byte| byte == b'\n').is_none() {
        let is_long = line.len() as u64 == MAX_LINE;
        return Err(if is_long {
            corrupt("a header line without end")
        } else {
            ArchiveErrorKind::Torn
        });
    }
    line.pop_if(|&mut byte| byte == b'\r');
    Ok(line)
}

/// The answer in a `response` or `revisit` record; a revisit's body is empty.
pub(crate) fn answer(record: Record) -> Result<Answer, ArchiveErrorKind> {
    let Record { head, block: mut body } = record;
    let mut rest = body.as_slice();
    let (status, mut headers) = http_head_of(&mut rest)?;
    let head_len = body.len() - rest.len();
    body.drain(..head_len);
    if head.record_type() == "revisit" {
        body.clear();
    } else {
        verify(&head, &body)?;
        body = decoded(&mut headers, body)?;
    }
    Ok(Answer {
        url: head.target_uri()?.to_owned(),
        fetched_at: head.date()?,
        status,
        headers: kept_headers(&headers, body.len()),
        body,
    })
}

/// The payload as burnrate stores it; other writers keep chunks and gzip.
fn decoded(
    headers: &mut Vec<(String, String)>,
    body: Vec<u8>,
) -> Result<Vec<u8>, ArchiveErrorKind> {
    let is_chunked = field(headers, "transfer-encoding").is_some_and(|v| v.contains("chunked"));
    let joined = if is_chunked { transfer::dechunk(&body) } else { None };
    transfer::ungzip(headers, joined.unwrap_or(body), MAX_BLOCK).map_err(|error| match error {
        TransferError::TooLarge => corrupt(format!("the body exceeds {MAX_BLOCK} bytes")),
        TransferError::Gzip(reason) => corrupt(format!("the body: {reason}")),
    })
}

/// The answer of a revisit, with the body of its original.
pub(crate) fn revisited(revisit: Answer, original: Answer) -> Answer {
    let headers = kept_headers(&revisit.headers, original.body.len());
    Answer { headers, body: original.body, ..revisit }
}

/// Status and fields of an HTTP answer; `rest` is left where its body begins.
fn http_head_of(rest: &mut &[u8]) -> Result<(u16, Vec<(String, String)>), ArchiveErrorKind> {
    let line = read_line(rest).map(|line| header_text(&line));
    let (Ok(line), Ok(fields)) = (line, read_fields(rest)) else {
        return Err(corrupt("the HTTP head has no end, or is no list of fields"));
    };
    let status = line.strip_prefix("HTTP/").and_then(|line| line.split(' ').nth(1)?.parse().ok());
    let status = status.ok_or_else(|| corrupt(format!("`{line}` is no HTTP status line")))?;
    Ok((status, fields))
}

/// The payload must be what its digest says. Other writers' algorithms are passed over.
fn verify(head: &Head, payload: &[u8]) -> Result<(), ArchiveErrorKind> {
    match head.payload_digest() {
        Some(expected) if is_hex_sha256(expected) => {
            let found = digest(payload);
            if found.eq_ignore_ascii_case(expected) {
                return Ok(());
            }
            Err(corrupt(format!("the payload is {found}, and was {expected} when written")))
        }
        _ => Ok(()),
    }
}

fn is_hex_sha256(digest: &str) -> bool {
    digest.strip_prefix("sha256:").is_some_and(|hex| hex.len() == 64)
}

fn corrupt(reason: impl Into<String>) -> ArchiveErrorKind {
    ArchiveErrorKind::Corrupt(reason.into())
}
