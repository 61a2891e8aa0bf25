//! WARC/1.1 records (ISO 28500): bytes made of answers, and answers read from bytes.
//!
//! Each record written is one gzip member, so that it can be read alone, given its offset. Read are
//! also plain records, and those of other writers as long as they keep one record to a member.
//! Digests are `sha256:` and hex. Nothing here opens a file.
//!
//! An answer becomes three records: `response` (or `revisit`, where its payload is archived
//! already), then `request` and `metadata`, which name the first in `WARC-Concurrent-To`.

use std::cell::RefCell;
use std::io::{self, BufRead, BufReader, Read as _, Write};

use chrono::{DateTime, SecondsFormat, Utc};
use flate2::bufread::GzDecoder;
use flate2::{Compress, Compression, FlushCompress, Status};
use reqwest::StatusCode;
use sha2::{Digest as _, Sha256};
use url::{Position, Url};

use crate::answer::{Answer, field, header_text, kept_headers};
use crate::archive::{Notes, Original};
use crate::error::ArchiveErrorKind;
use crate::transfer::{self, TransferError};

#[cfg(test)]
mod tests;

/// Longest block written or read: far beyond any document, yet safe to hold.
pub(crate) const MAX_BLOCK: u64 = 1 << 30;
/// The largest window of deflate, which every reader of gzip has.
const WINDOW_BITS: u8 = 15;
/// Members of fewer bytes are compressed quickly.
const SMALL_MEMBER: usize = 4096;
/// Bytes by which a member grows while it is compressed.
const MEMBER_GROWTH: usize = 4096;
/// Longest line of a head; longer ones are not text.
const MAX_LINE: u64 = 64 * 1024;
/// Most lines of a head.
const MAX_LINES: usize = 1000;

/// How records begin.
const VERSION: &[u8] = b"WARC/1.";
/// Longest HTTP head that is looked for at the beginning of a block.
const MAX_HTTP_HEAD: usize = 256 * 1024;

/// Status of an answer that says: as you have it.
pub(crate) const NOT_MODIFIED: u16 = 304;

const IDENTICAL_PAYLOAD: &str = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest";
const SERVER_NOT_MODIFIED: &str = "http://netpreserve.org/warc/1.1/revisit/server-not-modified";

/// The request headers that say how a document was asked for. All others stay out of the archive,
/// cookies and credentials first of all.
const KEPT_REQUEST_HEADERS: [&str; 9] = [
    "accept",
    "accept-encoding",
    "accept-language",
    "from",
    "host",
    "if-modified-since",
    "if-none-match",
    "range",
    "user-agent",
];

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

/// A record as it goes to a file.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) bytes: Vec<u8>,
    /// Its `WARC-Record-ID`.
    pub(crate) id: String,
    /// Digest of the payload, which for a revisit is the original's.
    pub(crate) payload_digest: String,
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
pub(crate) fn encode_response(answer: &Answer) -> io::Result<Member> {
    let mut block = http_head(answer);
    block.extend_from_slice(&answer.body);
    encode_answer("response", answer, digest(&answer.body), &block, &[])
}

/// A `revisit` record: the answer without its body, which `original` holds.
pub(crate) fn encode_revisit(answer: &Answer, original: &Original) -> io::Result<Member> {
    let profile =
        if answer.status == NOT_MODIFIED { SERVER_NOT_MODIFIED } else { IDENTICAL_PAYLOAD };
    let date = warc_date(original.date);
    let reference = [
        ("WARC-Profile", profile),
        ("WARC-Refers-To-Target-URI", original.uri.as_str()),
        ("WARC-Refers-To-Date", &date),
    ];
    let payload_digest = format!("sha256:{}", original.payload_sha256);
    encode_answer("revisit", answer, payload_digest, &http_head(answer), &reference)
}

fn encode_answer(
    record_type: &str,
    answer: &Answer,
    payload_digest: String,
    block: &[u8],
    more: &[(&str, &str)],
) -> io::Result<Member> {
    let date = warc_date(answer.fetched_at);
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
    let bytes = encode(&fields, block)?;
    Ok(Member { bytes, id, payload_digest })
}

/// The `request` record of an answer: what was sent for it, as far as it is anyone's business.
pub(crate) fn encode_request(
    answer: &Answer,
    answer_id: &str,
    sent: &[(String, String)],
) -> io::Result<Vec<u8>> {
    let block = request_head(&answer.url, sent);
    encode_beside("request", "application/http;msgtype=request", answer, answer_id, &block)
}

/// The `metadata` record of an answer: under which terms it was fetched, and what it is.
pub(crate) fn encode_metadata(
    answer: &Answer,
    answer_id: &str,
    source_id: &str,
    run_id: &str,
    notes: &Notes<'_>,
) -> io::Result<Vec<u8>> {
    let mut block = Vec::new();
    push_line(&mut block, "source", source_id);
    push_line(&mut block, "run", run_id);
    push_line(&mut block, "licence", notes.licence);
    push_line(&mut block, "redistributable", if notes.redistributable { "yes" } else { "no" });
    if let Some(robots) = &answer.robots {
        push_line(&mut block, "robots", robots);
    }
    push_line(&mut block, "recognised", notes.recognised);
    encode_beside("metadata", "application/warc-fields", answer, answer_id, &block)
}

/// A record about the answer whose record is `answer_id`.
fn encode_beside(
    record_type: &str,
    content_type: &str,
    answer: &Answer,
    answer_id: &str,
    block: &[u8],
) -> io::Result<Vec<u8>> {
    let date = warc_date(answer.fetched_at);
    let block_digest = digest(block);
    let fields = [
        ("WARC-Type", record_type),
        ("WARC-Record-ID", &record_id(record_type, &date, answer_id, &block_digest)),
        ("WARC-Date", &date),
        ("WARC-Target-URI", &answer.url),
        ("WARC-Concurrent-To", answer_id),
        ("WARC-Block-Digest", &block_digest),
        ("Content-Type", content_type),
    ];
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
    gzip_member([&head, block, b"\r\n\r\n"])
}

thread_local! {
    /// Setting up a compressor takes longer than compressing a small record: each thread keeps one.
    static COMPRESSOR: RefCell<Compress> = RefCell::new(compressor(Compression::default()));
    /// For small records, in which there is little to find: it does not build code tables of its own.
    static QUICK_COMPRESSOR: RefCell<Compress> = RefCell::new(compressor(Compression::fast()));
}

fn compressor(level: Compression) -> Compress {
    Compress::new_gzip(level, WINDOW_BITS)
}

/// The parts, one after the other, as one gzip member.
fn gzip_member(parts: [&[u8]; 3]) -> io::Result<Vec<u8>> {
    let is_small = parts.iter().map(|part| part.len()).sum::<usize>() < SMALL_MEMBER;
    let compressor = if is_small { &QUICK_COMPRESSOR } else { &COMPRESSOR };
    compressor.with_borrow_mut(|compressor| {
        compressor.reset();
        let mut member = Vec::new();
        for part in parts {
            let begun_at = compressor.total_in();
            let taken = |compressor: &Compress| usize::try_from(compressor.total_in() - begun_at);
            while let Some(rest) = part
                .get(taken(compressor).map_err(io::Error::other)?..)
                .filter(|rest| !rest.is_empty())
            {
                member.reserve(MEMBER_GROWTH);
                compressor.compress_vec(rest, &mut member, FlushCompress::None)?;
            }
        }
        while compressor.compress_vec(&[], &mut member, FlushCompress::Finish)? != Status::StreamEnd
        {
            member.reserve(MEMBER_GROWTH);
        }
        Ok(member)
    })
}

fn request_head(url: &str, sent: &[(String, String)]) -> Vec<u8> {
    let parsed = Url::parse(url).ok();
    let target =
        parsed.as_ref().map_or(url, |url| &url[Position::BeforePath..Position::AfterQuery]);
    let host = parsed.as_ref().map(|url| &url[Position::BeforeHost..Position::AfterPort]);
    let mut head = format!("GET {target} HTTP/1.1\r\n").into_bytes();
    if let (None, Some(host)) = (field(sent, "host"), host) {
        push_line(&mut head, "host", host);
    }
    let is_kept = |name: &str| KEPT_REQUEST_HEADERS.iter().any(|k| name.eq_ignore_ascii_case(k));
    for (name, value) in sent.iter().filter(|(name, _)| is_kept(name)) {
        push_line(&mut head, name, value);
    }
    head.extend_from_slice(b"\r\n");
    head
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
        self.required("WARC-Target-URI").map(without_brackets)
    }

    pub(crate) fn date(&self) -> Result<DateTime<Utc>, ArchiveErrorKind> {
        let text = self.required("WARC-Date")?;
        text.parse().map_err(|_| corrupt(format!("WARC-Date `{text}` is no date")))
    }

    pub(crate) fn payload_digest(&self) -> Option<&str> {
        self.field("WARC-Payload-Digest")
    }

    pub(crate) fn block_digest(&self) -> Option<&str> {
        self.field("WARC-Block-Digest")
    }

    /// Of a revisit: URL and date of the original.
    pub(crate) fn refers_to(&self) -> Option<(String, DateTime<Utc>)> {
        let uri = self.field("WARC-Refers-To-Target-URI")?;
        let date = self.field("WARC-Refers-To-Date")?.parse().ok()?;
        Some((without_brackets(uri).to_owned(), date))
    }
}

fn without_brackets(uri: &str) -> &str {
    uri.trim_start_matches('<').trim_end_matches('>')
}

/// Reads the record that begins where `reader` stands, and leaves `reader` behind it; nothing at the
/// end.
pub(crate) fn decode<R: BufRead>(reader: &mut R) -> Result<Option<Record>, ArchiveErrorKind> {
    let mut block = Vec::new();
    let head = decode_into(reader, &mut block)?;
    Ok(head.map(|head| Record { head, block }))
}

/// The same, with the block going where the caller wants it: no record need be held in memory.
pub(crate) fn decode_into<R: BufRead, W: Write>(
    reader: &mut R,
    block: &mut W,
) -> Result<Option<Head>, ArchiveErrorKind> {
    let start = reader.fill_buf()?;
    match start.first() {
        None => Ok(None),
        Some(0) => Err(zeros(reader)),
        Some(0x1f) => decode_member(reader, block).map(Some),
        // Not even the beginning of one: that is no tear.
        Some(_) if !start.iter().zip(VERSION).all(|(found, wanted)| found == wanted) => {
            Err(corrupt("no WARC/1 record begins here"))
        }
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

fn decode_member<R: BufRead, W: Write>(
    reader: &mut R,
    block: &mut W,
) -> Result<Head, ArchiveErrorKind> {
    let mut member = BufReader::new(GzDecoder::new(reader));
    let head = decode_plain(&mut member, block);
    // Reading on to the end checks the member's checksum.
    let rest = io::copy(&mut member, &mut io::sink());
    // A decoder without a header reports the tear once, and from then on an ordinary end.
    let has_header = member.get_ref().header().is_some();
    match (head, rest) {
        // The member is whole, and still shorter than its record claims to be.
        (Err(ArchiveErrorKind::Torn), Ok(_)) if has_header => {
            Err(corrupt("the gzip member ends within the record"))
        }
        (Err(kind), _) => Err(kind),
        (Ok(_), Err(error)) => Err(error.into()),
        (Ok(_), Ok(1..)) => Err(corrupt("the gzip member holds more than one record")),
        (Ok(head), Ok(0)) => Ok(head),
    }
}

fn decode_plain<R: BufRead, W: Write>(
    reader: &mut R,
    block: &mut W,
) -> Result<Head, ArchiveErrorKind> {
    let version = read_line(reader)?;
    if !version.starts_with(VERSION) {
        return Err(corrupt("no WARC/1 record begins here"));
    }
    let head = head_of(read_fields(reader)?)?;
    let read_len = io::copy(&mut reader.by_ref().take(head.block_len), block)?;
    let mut end = [0; 4];
    reader.read_exact(&mut end)?;
    if read_len != head.block_len || end != *b"\r\n\r\n" {
        return Err(corrupt("the record does not end where its Content-Length says"));
    }
    Ok(head)
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
        robots: None,
    })
}

/// The payload as burnrate stores it; other writers keep chunks and gzip.
fn decoded(
    headers: &mut Vec<(String, String)>,
    body: Vec<u8>,
) -> Result<Vec<u8>, ArchiveErrorKind> {
    let is_chunked = field(headers, "transfer-encoding").is_some_and(|v| v.contains("chunked"));
    let joined = if is_chunked { transfer::dechunk(&body) } else { None };
    transfer::decoded(headers, joined.unwrap_or(body), MAX_BLOCK).map_err(|error| match error {
        TransferError::TooLarge => corrupt(format!("the body exceeds {MAX_BLOCK} bytes")),
        TransferError::Encoding(reason) => corrupt(format!("the body: {reason}")),
    })
}

/// The answer of a revisit, with the body of its original, in whatever encoding that is left.
pub(crate) fn revisited(revisit: Answer, original: Answer) -> Answer {
    let is_encoding = |name: &str| name.eq_ignore_ascii_case("content-encoding");
    let mut headers = revisit.headers;
    headers.retain(|(name, _)| !is_encoding(name));
    headers.extend(original.headers.into_iter().filter(|(name, _)| is_encoding(name)));
    let headers = kept_headers(&headers, original.body.len());
    Answer {
        url: revisit.url,
        fetched_at: revisit.fetched_at,
        status: revisit.status,
        headers,
        body: original.body,
        robots: revisit.robots,
    }
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
            same_digest("payload", expected, &digest(payload))
        }
        _ => Ok(()),
    }
}

/// Whether burnrate can check the digest.
pub(crate) fn is_hex_sha256(digest: &str) -> bool {
    digest.strip_prefix("sha256:").is_some_and(|hex| hex.len() == 64)
}

/// What is there must be what the digest says was written.
pub(crate) fn same_digest(what: &str, expected: &str, found: &str) -> Result<(), ArchiveErrorKind> {
    if found.eq_ignore_ascii_case(expected) {
        return Ok(());
    }
    Err(corrupt(format!("the {what} is {found}, and was {expected} when written")))
}

/// The beginning of a block, enough of it to hold an HTTP head; the rest is let go.
#[derive(Debug, Default)]
pub(crate) struct Front(Vec<u8>);

impl Front {
    /// Status and content type of the HTTP answer that begins here, if one does.
    pub(crate) fn status_and_type(&self) -> Option<(u16, Option<String>)> {
        let (status, headers) = http_head_of(&mut self.0.as_slice()).ok()?;
        Some((status, field(&headers, "content-type").map(str::to_owned)))
    }
}

impl Write for Front {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = MAX_HTTP_HEAD.saturating_sub(self.0.len());
        self.0.extend(bytes.iter().take(room));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Hashes a block, and the payload behind its HTTP head, without holding either.
#[derive(Debug, Default)]
pub(crate) struct Digester {
    pub(crate) front: Front,
    block: Sha256,
    payload: Sha256,
    is_payload: bool,
}

impl Digester {
    /// Digests of block and payload.
    pub(crate) fn finish(self) -> (String, String) {
        let text = |hash: Sha256| format!("sha256:{:x}", HexBytes(&hash.finalize()));
        (text(self.block), text(self.payload))
    }
}

impl Write for Digester {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.block.update(bytes);
        if self.is_payload {
            self.payload.update(bytes);
            return Ok(bytes.len());
        }
        let known = self.front.0.len();
        if known == MAX_HTTP_HEAD {
            return Ok(bytes.len());
        }
        self.front.write_all(bytes)?;
        if let Some(end) = http_head_end(&self.front.0) {
            self.is_payload = true;
            self.payload.update(bytes.get(end.saturating_sub(known)..).unwrap_or_default());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Where the empty line that ends an HTTP head is behind us.
fn http_head_end(block: &[u8]) -> Option<usize> {
    let mut start = 0;
    for line in block.split_inclusive(|&byte| byte == b'\n') {
        start += line.len();
        if matches!(line, b"\n" | b"\r\n") {
            return Some(start);
        }
    }
    None
}

pub(crate) fn corrupt(reason: impl Into<String>) -> ArchiveErrorKind {
    ArchiveErrorKind::Corrupt(reason.into())
}
