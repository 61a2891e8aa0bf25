//! Full submissions: a filing with all its documents in one text file.
//!
//! EDGAR publishes them as `.txt` (a header between `<SEC-HEADER>` and `</SEC-HEADER>`; until about 2001
//! inside a privacy-enhanced mail) and disseminates them as `.nc` (a header right after `<SUBMISSION>`).
//! The documents follow in both in the same way. Lines of markup stand alone and begin at the margin;
//! inside a document anything may stand, uuencoded bytes too.
//!
//! Left out: unpacking what is uuencoded, and reading the documents.

use std::ops::Range;

use burnrate_model::{Issue, ShapeError, locator};
use memchr::memmem;

use crate::lines::{Line, Lines, at_byte};
use crate::submission_header::{SubmissionHeader, header};

/// A filing and where its documents stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FullSubmission<'a> {
    /// What the SEC says of the filing.
    pub header: SubmissionHeader<'a>,
    /// The documents in the order of the file, the primary one first.
    pub documents: Vec<SubmissionDocument<'a>>,
}

/// One document of a filing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmissionDocument<'a> {
    /// E.g. `10-K`, `EX-99.1`, `GRAPHIC`, `XML`.
    pub document_type: &'a str,
    /// The SEC's number of the document; the numbers of documents that are not public are left out.
    pub sequence: u32,
    /// Absent in filings of the text era.
    pub file_name: Option<&'a str>,
    /// What the filer calls it.
    pub description: Option<&'a str>,
    /// The element around the content.
    pub wrapper: Option<Wrapper>,
    /// Whether the content is bytes written as text: graphics, PDF, archives.
    pub is_uuencoded: bool,
    /// The content without its wrapper, in bytes of the file.
    pub span: Range<usize>,
}

/// The element that EDGAR puts around content that is neither HTML nor plain text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrapper {
    /// Inline XBRL and taxonomies.
    Xbrl,
    /// Other XML.
    Xml,
    /// A PDF, uuencoded.
    Pdf,
}

impl Wrapper {
    fn opened_by(line: &Line<'_>) -> Option<Self> {
        [Self::Xbrl, Self::Xml, Self::Pdf].into_iter().find(|wrapper| line.is(wrapper.tags().0))
    }

    fn tags(self) -> (&'static str, &'static str) {
        match self {
            Self::Xbrl => ("<XBRL>", "</XBRL>"),
            Self::Xml => ("<XML>", "</XML>"),
            Self::Pdf => ("<PDF>", "</PDF>"),
        }
    }
}

/// Reads a full submission, `.txt` of any year or `.nc`.
///
/// Fields of an unknown name are issues, and the filing is read all the same.
///
/// # Errors
/// [`ShapeError`] where something is not opened, not closed or not there; its place is a byte.
pub fn full_submission<'a>(
    body: &'a [u8],
    issues: &mut Vec<Issue>,
) -> Result<FullSubmission<'a>, ShapeError> {
    let mut lines = Lines::new(body);
    let is_mail = skip_mail_header(&mut lines)?;
    let (header, end) = opening(&mut lines, issues)?;
    let mut documents = Vec::new();
    loop {
        match lines.next_not_blank() {
            Some(line) if line.is("<DOCUMENT>") => {
                documents.push(document(body, &mut lines, issues)?);
            }
            Some(line) if line.is(end) => break,
            other => return Err(lines.unexpected(&format!("<DOCUMENT> or {end}"), other)),
        }
    }
    if is_mail {
        lines.expect("-----END PRIVACY-ENHANCED MESSAGE-----")?;
    }
    match lines.next_not_blank() {
        None => Ok(FullSubmission { header, documents }),
        more => Err(lines.unexpected("the end of the file", more)),
    }
}

/// Reads the header out of an `…-index-headers.html` page, where it stands in a comment.
///
/// # Errors
/// [`ShapeError`] where there is none, or it lacks what every header has.
pub fn index_headers<'a>(
    page: &'a [u8],
    issues: &mut Vec<Issue>,
) -> Result<SubmissionHeader<'a>, ShapeError> {
    let mut lines = Lines::new(page);
    if lines.find(|line| line.is("<!--")).is_none() {
        return Err(lines.unexpected("a comment with the header", None));
    }
    lines.expect("<SEC-HEADER>")?;
    header(&mut lines, "</SEC-HEADER>", issues)
}

/// The head of a privacy-enhanced mail, which ends with an empty line; whether there is one.
fn skip_mail_header(lines: &mut Lines<'_>) -> Result<bool, ShapeError> {
    const BEGIN: &str = "-----BEGIN PRIVACY-ENHANCED MESSAGE-----";
    let mut ahead = lines.clone();
    if !ahead.next_not_blank().is_some_and(|line| line.is(BEGIN)) {
        return Ok(false);
    }
    if ahead.find(Line::is_blank).is_none() {
        return Err(ahead.unexpected("an empty line after the mail's header", None));
    }
    *lines = ahead;
    Ok(true)
}

/// The opening of the file and its header; the line that will close the file.
fn opening<'a>(
    lines: &mut Lines<'a>,
    issues: &mut Vec<Issue>,
) -> Result<(SubmissionHeader<'a>, &'static str), ShapeError> {
    // Until about 1996 the names begin with IMS.
    const OPENINGS: [(&str, &str, &str, &str); 2] = [
        ("<SEC-DOCUMENT>", "<SEC-HEADER>", "</SEC-HEADER>", "</SEC-DOCUMENT>"),
        ("<IMS-DOCUMENT>", "<IMS-HEADER>", "</IMS-HEADER>", "</IMS-DOCUMENT>"),
    ];
    let first = lines.next_not_blank();
    let Some(line) = first else { return Err(lines.unexpected("<SEC-DOCUMENT>", first)) };
    if line.is("<SUBMISSION>") {
        return Ok((header(lines, "<DOCUMENT>", issues)?, "</SUBMISSION>"));
    }
    for (document, header_opening, header_end, end) in OPENINGS {
        let Some(name) = line.after(document) else { continue };
        lines.expect(header_opening)?;
        let header = header(lines, header_end, issues)?;
        lines.expect(header_end)?;
        if !name.starts_with(header.accession_number.as_bytes()) {
            return Err(lines.unexpected(header.accession_number, first));
        }
        return Ok((header, end));
    }
    Err(lines.unexpected("<SEC-DOCUMENT> or <SUBMISSION>", first))
}

/// A document after its `<DOCUMENT>`, up to and with its `</DOCUMENT>`.
fn document<'a>(
    body: &'a [u8],
    lines: &mut Lines<'a>,
    issues: &mut Vec<Issue>,
) -> Result<SubmissionDocument<'a>, ShapeError> {
    let head = document_head(lines, issues)?;
    let text = text_span(body, lines.byte())?;
    lines.go_to(text.end);
    lines.expect("</TEXT>")?;
    let after = lines.next_not_blank();
    if !after.is_some_and(|line| line.is("</DOCUMENT>")) {
        return Err(lines.unexpected("</DOCUMENT>", after));
    }
    let (wrapper, span) = unwrapped(body, text)?;
    let is_uuencoded = is_uuencoded(body, &span)?;
    Ok(SubmissionDocument {
        document_type: head.document_type,
        sequence: head.sequence,
        file_name: head.file_name,
        description: head.description,
        wrapper,
        is_uuencoded,
        span,
    })
}

struct DocumentHead<'a> {
    document_type: &'a str,
    sequence: u32,
    file_name: Option<&'a str>,
    description: Option<&'a str>,
}

/// The lines up to and with `<TEXT>`.
fn document_head<'a>(
    lines: &mut Lines<'a>,
    issues: &mut Vec<Issue>,
) -> Result<DocumentHead<'a>, ShapeError> {
    let line = lines.expect("<TYPE>")?;
    let document_type = value(&line)?;
    let line = lines.expect("<SEQUENCE>")?;
    let sequence = value(&line)?
        .parse()
        .map_err(|error| at_byte(line.start, "the number of a document", format!("{error}")))?;
    let mut head = DocumentHead { document_type, sequence, file_name: None, description: None };
    loop {
        let line = lines.next_not_blank();
        match line {
            Some(line) if line.is("<TEXT>") => return Ok(head),
            Some(line) if line.after("<FILENAME>").is_some() => {
                head.file_name = Some(value(&line)?);
            }
            Some(line) if line.after("<DESCRIPTION>").is_some() => match value(&line) {
                Ok(description) => head.description = Some(description),
                Err(error) => issues.push(odd_line(&line, error.to_string())),
            },
            Some(line) if is_unknown_field(&line) => {
                issues.push(odd_line(&line, "unknown field of a document".to_owned()));
            }
            other => return Err(lines.unexpected("<TEXT>", other)),
        }
    }
}

/// A tag that neither opens nor closes a document.
fn is_unknown_field(line: &Line<'_>) -> bool {
    line.bytes.starts_with(b"<") && !line.bytes.starts_with(b"</") && !line.is("<DOCUMENT>")
}

fn odd_line(line: &Line<'_>, reason: String) -> Issue {
    let record = String::from_utf8_lossy(line.bytes).into_owned();
    Issue { locator: locator(&line.span()), reason, record }
}

/// What follows the tag of a line.
fn value<'a>(line: &Line<'a>) -> Result<&'a str, ShapeError> {
    let text = line.text()?;
    Ok(text.split_once('>').map_or("", |(_, value)| value.trim()))
}

/// From a byte to the line that is `</TEXT>`. No other document may begin or end before it.
fn text_span(body: &[u8], start: usize) -> Result<Range<usize>, ShapeError> {
    let end = line_that_is(body, start, "</TEXT>")
        .ok_or_else(|| at_byte(start, "</TEXT>", "the end of the file"))?;
    match line_that_is(&body[..end], start, "</DOCUMENT>") {
        Some(byte) => Err(at_byte(byte, "</TEXT>", "`</DOCUMENT>`")),
        None => Ok(start..end),
    }
}

/// The first byte of the first line from `start` on that is `text` and nothing else.
fn line_that_is(body: &[u8], start: usize, text: &str) -> Option<usize> {
    let mut found = memmem::find_iter(&body[start..], text).map(|offset| start + offset);
    found.find(|&at| {
        let begins_line = at == start || body[at - 1] == b'\n';
        begins_line && Lines::starting(body, at).next().is_some_and(|line| line.is(text))
    })
}

/// The content inside its wrapper, where it has one.
fn unwrapped(
    body: &[u8],
    text: Range<usize>,
) -> Result<(Option<Wrapper>, Range<usize>), ShapeError> {
    let mut lines = Lines::starting(&body[..text.end], text.start);
    let Some(wrapper) = lines.next().and_then(|line| Wrapper::opened_by(&line)) else {
        return Ok((None, text));
    };
    let start = lines.byte();
    let closing = wrapper.tags().1;
    match last_line(body, start..text.end) {
        Some(line) if line.is(closing) => Ok((Some(wrapper), start..line.start)),
        other => Err(lines.unexpected(&format!("{closing} before </TEXT>"), other)),
    }
}

/// Whether the content begins as uuencoded bytes do; then it must also end as they do.
fn is_uuencoded(body: &[u8], span: &Range<usize>) -> Result<bool, ShapeError> {
    let mut lines = Lines::starting(&body[..span.end], span.start);
    let Some(rest) = lines.next_not_blank().and_then(|line| line.after("begin ")) else {
        return Ok(false);
    };
    let mode = rest.iter().take_while(|byte| matches!(byte, b'0'..=b'7')).count();
    if !(3..=4).contains(&mode) || rest.get(mode) != Some(&b' ') {
        return Ok(false);
    }
    match last_line(body, span.clone()) {
        Some(line) if line.is("end") => Ok(true),
        other => Err(lines.unexpected("`end` of uuencoded bytes", other)),
    }
}

/// The last line of a span that is not blank.
fn last_line(body: &[u8], span: Range<usize>) -> Option<Line<'_>> {
    let content = body[span.clone()].trim_ascii_end();
    let start = memchr::memrchr(b'\n', content).map_or(0, |newline| newline + 1);
    Some(Line { start: span.start + start, bytes: content.get(start..)? })
        .filter(|line| !line.is_blank())
}
