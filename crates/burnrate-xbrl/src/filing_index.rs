//! EDGAR's page about a filing (`…-index.html`): its documents and its filers.
//!
//! Each selector says how many matches a sound page has. Left out: series and classes of funds, addresses.

use std::sync::LazyLock;

use burnrate_model::{Cik, Issue, ShapeError};
use chrono::NaiveDate;
use scraper::{ElementRef, Html, Selector};

use crate::companyfacts::is_accession_number;
use crate::filer_role::FilerRole;

/// What the page says of a filing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilingIndex {
    /// E.g. `8-K`.
    pub form_type: String,
    /// The filing's number.
    pub accession_number: String,
    /// Date of filing.
    pub filed_date: NaiveDate,
    /// When EDGAR accepted it, `YYYY-MM-DD hh:mm:ss` in Eastern time, as written.
    pub accepted_text: String,
    /// How many public documents the SEC counts.
    pub document_count: u32,
    /// End of the period that it reports on, or date of the event.
    pub period_of_report: Option<NaiveDate>,
    /// The documents, and the full submission, in the order of the page.
    pub documents: Vec<IndexedDocument>,
    /// Everyone the filing is filed by, for or about.
    pub filers: Vec<IndexedFiler>,
}

/// A row of the page's tables of documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexedDocument {
    /// The SEC's number of the document; none for the full submission.
    pub sequence: Option<u32>,
    /// What the filer calls it.
    pub description: Option<String>,
    /// Path at `www.sec.gov`; a viewer's address in front is left out. In filings of the text era
    /// documents have no file of their own: none.
    pub path: Option<String>,
    /// E.g. `10-K` or `EX-99.1`; none for the full submission.
    pub document_type: Option<String>,
    /// Size in bytes.
    pub size_bytes: u64,
    /// Whether the page marks it as Inline XBRL.
    pub is_inline_xbrl: bool,
    /// Whether it stands among the data files, below the documents proper.
    pub is_data_file: bool,
}

/// A filer that the page names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexedFiler {
    /// Its name.
    pub name: String,
    /// Its part in the filing.
    pub role: FilerRole,
    /// Its number.
    pub cik: Cik,
}

/// Kinds of information above the documents, those that are left out too.
const KNOWN_INFOS: [&str; 7] = [
    "Filing Date",
    "Accepted",
    "Documents",
    "Period of Report",
    "Items",
    "Effectiveness Date",
    "Filing Date Changed",
];

struct Selectors {
    form_name: Selector,
    accession: Selector,
    info_heads: Selector,
    infos: Selector,
    tables: Selector,
    rows: Selector,
    heads: Selector,
    cells: Selector,
    links: Selector,
    spans: Selector,
    company_names: Selector,
}

#[expect(
    clippy::panic,
    reason = "the selectors are part of the program, and every test reads them"
)]
static SELECTORS: LazyLock<Selectors> = LazyLock::new(|| {
    let selector = |text| Selector::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    Selectors {
        form_name: selector("#formHeader > #formName > strong"),
        accession: selector("#formHeader > #secNum"),
        info_heads: selector(".formContent > .formGrouping > .infoHead"),
        infos: selector(".formContent > .formGrouping > .info"),
        tables: selector("table.tableFile"),
        rows: selector("tr"),
        heads: selector("th"),
        cells: selector("td"),
        links: selector("a"),
        spans: selector("span"),
        company_names: selector(".filerDiv > .companyInfo > .companyName"),
    }
});

/// Reads a filing's index page. A document or filer that is odd, and a kind of information that is
/// unknown, are issues.
///
/// # Errors
/// [`ShapeError`] where the page is not that of a filing.
pub fn filing_index(body: &[u8], issues: &mut Vec<Issue>) -> Result<FilingIndex, ShapeError> {
    let text = str::from_utf8(body).map_err(|error| odd("the page", "UTF-8", error.to_string()))?;
    let page = Html::parse_document(text);
    let form_name = own_text(one(&page, &SELECTORS.form_name, "#formName strong")?);
    let form_type = form_name
        .strip_prefix("Form ")
        .ok_or_else(|| odd("#formName", "Form and its type", form_name.clone()))?
        .to_owned();
    let accession = own_text(one(&page, &SELECTORS.accession, "#secNum")?);
    let accession_number = accession
        .rsplit(' ')
        .next()
        .filter(|number| is_accession_number(number))
        .ok_or_else(|| odd("#secNum", "an accession number", accession.clone()))?
        .to_owned();
    let infos = infos(&page, issues)?;
    let documents = documents(&page, issues)?;
    let filers = filers(&page, issues)?;
    Ok(FilingIndex {
        form_type,
        accession_number,
        filed_date: infos.filed_date,
        accepted_text: infos.accepted_text,
        document_count: infos.document_count,
        period_of_report: infos.period_of_report,
        documents,
        filers,
    })
}

struct Infos {
    filed_date: NaiveDate,
    accepted_text: String,
    document_count: u32,
    period_of_report: Option<NaiveDate>,
}

/// The pairs of heading and information above the documents.
fn infos(page: &Html, issues: &mut Vec<Issue>) -> Result<Infos, ShapeError> {
    let heads: Vec<_> = page.select(&SELECTORS.info_heads).map(own_text).collect();
    let values: Vec<_> = page.select(&SELECTORS.infos).map(own_text).collect();
    if heads.len() != values.len() {
        return Err(odd(".formGrouping", "an .info for each .infoHead", values.len().to_string()));
    }
    let info = |name: &str| {
        let mut found = heads.iter().zip(&values).filter(|(head, _)| *head == name);
        match (found.next(), found.next()) {
            (Some((_, value)), None) => Ok(Some(value.as_str())),
            (None, _) => Ok(None),
            (Some(_), Some(_)) => Err(odd(".formGrouping", &format!("{name} once"), "it again")),
        }
    };
    let required =
        |name: &str| info(name)?.ok_or_else(|| odd(".formGrouping", name, "a page without it"));
    let date = |text: &str| {
        text.parse::<NaiveDate>().map_err(|_| odd(".formGrouping", "a date", format!("`{text}`")))
    };
    let count = required("Documents")?;
    let infos = Infos {
        filed_date: date(required("Filing Date")?)?,
        accepted_text: required("Accepted")?.to_owned(),
        document_count: count
            .parse()
            .map_err(|_| odd(".formGrouping", "a count of documents", format!("`{count}`")))?,
        period_of_report: info("Period of Report")?.map(date).transpose()?,
    };
    for (head, value) in heads.iter().zip(&values) {
        if !KNOWN_INFOS.contains(&head.as_str()) {
            issues.push(issue(".formGrouping", format!("unknown information `{head}`"), value));
        }
    }
    Ok(infos)
}

/// The table of documents, which every filing has, and that of data files, which some have.
fn documents(page: &Html, issues: &mut Vec<Issue>) -> Result<Vec<IndexedDocument>, ShapeError> {
    const COLUMNS: [&str; 5] = ["Seq", "Description", "Document", "Type", "Size"];
    let tables: Vec<_> = page.select(&SELECTORS.tables).collect();
    let names: Vec<_> = tables.iter().map(|table| table.attr("summary").unwrap_or("")).collect();
    if !matches!(names[..], ["Document Format Files"] | ["Document Format Files", "Data Files"]) {
        return Err(odd("table.tableFile", "Document Format Files", format!("{names:?}")));
    }
    let mut documents = Vec::new();
    for (table, name) in tables.iter().zip(&names) {
        let mut rows = table.select(&SELECTORS.rows);
        let head: Vec<_> =
            rows.next().into_iter().flat_map(|row| row.select(&SELECTORS.heads)).collect();
        let head: Vec<_> = head.into_iter().map(own_text).collect();
        if head != COLUMNS {
            return Err(odd("table.tableFile", "Seq, Description ...", format!("{head:?}")));
        }
        for (index, row) in rows.enumerate() {
            match document(row, *name == "Data Files") {
                Ok(document) => documents.push(document),
                Err(reason) => {
                    let place = format!("table.tableFile[summary='{name}'] tr:nth({})", index + 1);
                    issues.push(issue(&place, reason, &row.html()));
                }
            }
        }
    }
    Ok(documents)
}

fn document(row: ElementRef<'_>, is_data_file: bool) -> Result<IndexedDocument, String> {
    let cells: Vec<_> = row.select(&SELECTORS.cells).collect();
    let [sequence, description, document, document_type, size] = cells[..] else {
        return Err(format!("{} cells, not five", cells.len()));
    };
    let links: Vec<_> = document.select(&SELECTORS.links).collect();
    let [link] = links[..] else { return Err(format!("{} links, not one", links.len())) };
    let path = link.attr("href").ok_or("a link without href")?;
    let path = path.strip_prefix("/ix?doc=").unwrap_or(path);
    if !path.starts_with("/Archives/edgar/data/") {
        return Err(format!("`{path}` is no path of a filing"));
    }
    let marks: Vec<_> = document.select(&SELECTORS.spans).map(own_text).collect();
    let is_inline_xbrl = match marks.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => false,
        ["iXBRL"] => true,
        _ => return Err(format!("unknown marks {marks:?}")),
    };
    let size = own_text(size);
    Ok(IndexedDocument {
        sequence: stated(sequence)
            .map(|text| text.parse().map_err(|_| format!("Seq `{text}` is no number")))
            .transpose()?,
        description: stated(description),
        path: (!own_text(link).is_empty()).then(|| path.to_owned()),
        document_type: stated(document_type),
        size_bytes: size.parse().map_err(|_| format!("Size `{size}` is no number"))?,
        is_inline_xbrl,
        is_data_file,
    })
}

fn filers(page: &Html, issues: &mut Vec<Issue>) -> Result<Vec<IndexedFiler>, ShapeError> {
    let mut filers = Vec::new();
    for element in page.select(&SELECTORS.company_names) {
        let text = own_text(element);
        match filer(&text) {
            Some(filer) => filers.push(filer),
            None => issues.push(issue(
                ".filerDiv .companyName",
                "not `name (role) CIK : number (see all company filings)`".to_owned(),
                &text,
            )),
        }
    }
    if filers.is_empty() {
        return Err(odd(".filerDiv .companyName", "at least one filer", "none"));
    }
    Ok(filers)
}

/// `NVIDIA CORP (Filer) CIK: 0001045810 (see all company filings)`
fn filer(text: &str) -> Option<IndexedFiler> {
    let text = text.strip_suffix(" (see all company filings)")?;
    let (rest, cik) = text.rsplit_once(" CIK: ")?;
    let (name, role) = rest.strip_suffix(')')?.rsplit_once(" (")?;
    Some(IndexedFiler {
        name: name.to_owned(),
        role: FilerRole::parse(role)?,
        cik: cik.parse().ok()?,
    })
}

fn one<'a>(page: &'a Html, selector: &Selector, name: &str) -> Result<ElementRef<'a>, ShapeError> {
    let mut found = page.select(selector);
    match (found.next(), found.count()) {
        (Some(element), 0) => Ok(element),
        (None, _) => Err(odd(name, "one element", "none")),
        (Some(_), more) => Err(odd(name, "one element", (more + 1).to_string())),
    }
}

/// An element's text with runs of white space, no-break spaces too, made one space.
fn own_text(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn stated(element: ElementRef<'_>) -> Option<String> {
    Some(own_text(element)).filter(|text| !text.is_empty())
}

fn odd(place: &str, expected: &str, found: impl Into<String>) -> ShapeError {
    ShapeError { place: place.to_owned(), expected: expected.to_owned(), found: found.into() }
}

fn issue(place: &str, reason: String, record: &str) -> Issue {
    Issue { locator: place.to_owned(), reason, record: record.to_owned() }
}
