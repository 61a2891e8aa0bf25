//! EDGAR's feeds of filings with XBRL (RSS with elements of its own), such as that of the voluntary
//! program of 2005 to 2011.
//!
//! Everything wanted stands in the `edgar:` elements; what RSS repeats of it is left out.

use std::ops::Range;

use burnrate_model::{Cik, Issue, ShapeError};
use chrono::NaiveDate;
use roxmltree::Node;

use crate::companyfacts::is_accession_number;
use crate::xml::{Children, decoded, document, path, text};
use burnrate_model::locator;

const NAMESPACE: &str = "http://www.sec.gov/Archives/edgar";

/// A filing with its documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XbrlFeedFiling {
    /// Where it stands, in bytes of the feed.
    pub span: Range<usize>,
    /// The filer's name.
    pub company_name: String,
    /// E.g. `10-Q`.
    pub form_type: String,
    /// Date of filing.
    pub filed_date: NaiveDate,
    /// The filer's number.
    pub cik: Cik,
    /// The filing's number.
    pub accession_number: String,
    /// End of the period that it reports on.
    pub period_of_report: NaiveDate,
    /// When EDGAR accepted it, `YYYYMMDDhhmmss` in Eastern time, as written.
    pub accepted_text: String,
    /// Its documents.
    pub files: Vec<XbrlFeedFile>,
}

/// A document of a filing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XbrlFeedFile {
    /// Number within the filing.
    pub sequence: u32,
    /// File name.
    pub file_name: String,
    /// E.g. `10-Q` or `EX-100.INS`.
    pub document_type: String,
    /// Size in bytes.
    pub size_bytes: u64,
    /// What the filer calls it.
    pub description: Option<String>,
    /// Where it is published.
    pub url: String,
}

/// Reads the feed, in its order. An odd item is an issue.
///
/// # Errors
/// [`ShapeError`] where it is no RSS feed.
pub fn xbrl_feed(body: &[u8], issues: &mut Vec<Issue>) -> Result<Vec<XbrlFeedFiling>, ShapeError> {
    let xml = decoded(body)?;
    let document = document(xml.text(), "rss")?;
    let mut rss = Children::of(document.root_element());
    let mut channel = Children::of(rss.required("channel")?);
    rss.report(issues);
    channel.leave_out(&["title", "link", "description", "language", "pubDate", "lastBuildDate"]);
    let mut filings = Vec::new();
    for item in channel.all("item") {
        let span = xml.bytes(item.range());
        match filing(item, span.clone(), issues) {
            Ok(filing) => filings.push(filing),
            Err(error) => issues.push(Issue {
                locator: locator(&span),
                reason: error.to_string(),
                record: xml.text()[item.range()].to_owned(),
            }),
        }
    }
    channel.report(issues);
    Ok(filings)
}

fn filing(
    item: Node<'_, '_>,
    span: Range<usize>,
    issues: &mut Vec<Issue>,
) -> Result<XbrlFeedFiling, ShapeError> {
    let mut children = Children::of(item);
    children.leave_out(&["title", "link", "guid", "enclosure", "description", "pubDate"]);
    let node = children.required("xbrlFiling")?;
    children.report(issues);
    if node.tag_name().namespace() != Some(NAMESPACE) {
        return Err(odd(node, NAMESPACE, node.tag_name().namespace().unwrap_or("no namespace")));
    }
    let mut fields = Children::of(node);
    fields.leave_out(&["fileNumber", "fiscalYearEnd", "assistantDirector", "assignedSic"]);
    let mut field = |name| -> Result<(Node<'_, '_>, &str), ShapeError> {
        let node = fields.required(name)?;
        Ok((node, text(node)?))
    };
    let filing = XbrlFeedFiling {
        span,
        company_name: field("companyName")?.1.to_owned(),
        form_type: field("formType")?.1.to_owned(),
        filed_date: date(field("filingDate")?, "%m/%d/%Y")?,
        cik: parsed(field("cikNumber")?, "a Central Index Key", |text| text.parse().ok())?,
        accession_number: parsed(field("accessionNumber")?, "an accession number", |text| {
            is_accession_number(text).then(|| text.to_owned())
        })?,
        period_of_report: date(field("period")?, "%Y%m%d")?,
        accepted_text: field("acceptanceDatetime")?.1.to_owned(),
        files: files(fields.required("xbrlFiles")?, issues)?,
    };
    fields.report(issues);
    Ok(filing)
}

fn files(node: Node<'_, '_>, issues: &mut Vec<Issue>) -> Result<Vec<XbrlFeedFile>, ShapeError> {
    let mut children = Children::of(node);
    let files = children.all("xbrlFile").into_iter().map(file).collect();
    children.report(issues);
    files
}

fn file(node: Node<'_, '_>) -> Result<XbrlFeedFile, ShapeError> {
    let attribute = |name: &str| {
        node.attribute((NAMESPACE, name)).ok_or_else(|| odd(node, name, "no such attribute"))
    };
    let (sequence, size) = (attribute("sequence")?, attribute("size")?);
    Ok(XbrlFeedFile {
        sequence: parsed((node, sequence), "a number", |text| text.parse().ok())?,
        file_name: attribute("file")?.to_owned(),
        document_type: attribute("type")?.to_owned(),
        size_bytes: parsed((node, size), "a size in bytes", |text| text.parse().ok())?,
        description: Some(attribute("description")?.to_owned()).filter(|text| !text.is_empty()),
        url: attribute("url")?.to_owned(),
    })
}

fn date(field: (Node<'_, '_>, &str), format: &str) -> Result<NaiveDate, ShapeError> {
    parsed(field, "a date", |text| NaiveDate::parse_from_str(text, format).ok())
}

fn parsed<T>(
    (node, text): (Node<'_, '_>, &str),
    expected: &str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<T, ShapeError> {
    read(text).ok_or_else(|| odd(node, expected, text))
}

fn odd(node: Node<'_, '_>, expected: &str, found: &str) -> ShapeError {
    ShapeError { place: path(node), expected: expected.to_owned(), found: format!("`{found}`") }
}
