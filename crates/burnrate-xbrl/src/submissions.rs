//! `submissions`: who a filer is, and the index of its filings.
//!
//! The newest thousand or so filings stand in the document itself, as one array a column; older ones
//! in pages of the same columns without an envelope, which `files` names. What the document says of
//! the filer is left out by name (companies are authored in this project), as are columns that tell
//! neither what to read nor when it was filed.

use burnrate_model::generated::Filing;
use burnrate_model::{Cik, Extract, Issue, ShapeError};
use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use crate::companyfacts::{cik, is_accession_number};
use crate::json;

const EXPECTED: &str = "submissions JSON (cik, filings.recent, filings.files)";
const EXPECTED_PAGE: &str = "a page of submissions JSON (arrays of columns)";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<'a> {
    #[serde(borrow)]
    cik: &'a RawValue,
    filings: Filings,
    #[serde(rename = "entityType", default)]
    _entity_type: IgnoredAny,
    #[serde(rename = "sic", default)]
    _sic: IgnoredAny,
    #[serde(rename = "sicDescription", default)]
    _sic_description: IgnoredAny,
    #[serde(rename = "ownerOrg", default)]
    _owner_org: IgnoredAny,
    #[serde(rename = "insiderTransactionForOwnerExists", default)]
    _insider_transaction_for_owner_exists: IgnoredAny,
    #[serde(rename = "insiderTransactionForIssuerExists", default)]
    _insider_transaction_for_issuer_exists: IgnoredAny,
    #[serde(rename = "name", default)]
    _name: IgnoredAny,
    #[serde(rename = "tickers", default)]
    _tickers: IgnoredAny,
    #[serde(rename = "exchanges", default)]
    _exchanges: IgnoredAny,
    #[serde(rename = "ein", default)]
    _ein: IgnoredAny,
    #[serde(rename = "lei", default)]
    _lei: IgnoredAny,
    #[serde(rename = "description", default)]
    _description: IgnoredAny,
    #[serde(rename = "website", default)]
    _website: IgnoredAny,
    #[serde(rename = "investorWebsite", default)]
    _investor_website: IgnoredAny,
    #[serde(rename = "category", default)]
    _category: IgnoredAny,
    #[serde(rename = "fiscalYearEnd", default)]
    _fiscal_year_end: IgnoredAny,
    #[serde(rename = "stateOfIncorporation", default)]
    _state_of_incorporation: IgnoredAny,
    #[serde(rename = "stateOfIncorporationDescription", default)]
    _state_of_incorporation_description: IgnoredAny,
    #[serde(rename = "addresses", default)]
    _addresses: IgnoredAny,
    #[serde(rename = "phone", default)]
    _phone: IgnoredAny,
    #[serde(rename = "flags", default)]
    _flags: IgnoredAny,
    #[serde(rename = "formerNames", default)]
    _former_names: IgnoredAny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Filings {
    recent: Columns,
    files: Vec<OlderPage>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OlderPage {
    name: String,
    #[serde(rename = "filingCount")]
    _filing_count: IgnoredAny,
    #[serde(rename = "filingFrom")]
    _filing_from: IgnoredAny,
    #[serde(rename = "filingTo")]
    _filing_to: IgnoredAny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Columns {
    #[serde(rename = "accessionNumber")]
    accession_number: Vec<String>,
    #[serde(rename = "filingDate")]
    filing_date: Vec<String>,
    #[serde(rename = "reportDate")]
    report_date: Vec<String>,
    #[serde(rename = "acceptanceDateTime")]
    acceptance_date_time: Vec<String>,
    #[serde(rename = "form")]
    form: Vec<String>,
    #[serde(rename = "items")]
    items: Vec<String>,
    #[serde(rename = "size")]
    size: Vec<i64>,
    #[serde(rename = "isXBRL")]
    is_xbrl: Vec<u8>,
    #[serde(rename = "isInlineXBRL")]
    is_inline_xbrl: Vec<u8>,
    #[serde(rename = "primaryDocument")]
    primary_document: Vec<String>,
    #[serde(rename = "primaryDocDescription")]
    primary_doc_description: Vec<String>,
    #[serde(rename = "act", default)]
    _act: IgnoredAny,
    #[serde(rename = "fileNumber", default)]
    _file_number: IgnoredAny,
    #[serde(rename = "filmNumber", default)]
    _film_number: IgnoredAny,
    #[serde(rename = "core_type", default)]
    _core_type: IgnoredAny,
    #[serde(rename = "isXBRLNumeric", default)]
    _is_xbrl_numeric: IgnoredAny,
}

/// Reads a submissions document into `core_filing` rows; returns the file names of the pages of older
/// filings, which stand beside it. A name that is not that of such a page of this filer is an issue: it
/// becomes part of a URL.
///
/// # Errors
/// [`ShapeError`] where the document is no submissions document, or its columns differ in length.
pub fn submissions(body: &[u8], out: &mut Extract) -> Result<Vec<String>, ShapeError> {
    let document: Document<'_> = json::document(body, EXPECTED)?;
    let cik = cik(document.cik)?;
    document.filings.recent.read(&cik, "/filings/recent", out)?;
    let (pages, odd): (Vec<_>, Vec<_>) = document
        .filings
        .files
        .into_iter()
        .map(|page| page.name)
        .enumerate()
        .partition(|(_, name)| is_page_of(name, &cik));
    out.issues.extend(odd.into_iter().map(|(index, name)| Issue {
        locator: format!("/filings/files/{index}/name"),
        reason: format!("not a page of this filer, CIK{cik}-submissions-###.json"),
        record: name,
    }));
    Ok(pages.into_iter().map(|(_, name)| name).collect())
}

/// `CIK##########-submissions-###.json`, with the filer's own number.
fn is_page_of(name: &str, cik: &str) -> bool {
    let number = name
        .strip_prefix("CIK")
        .and_then(|rest| rest.strip_prefix(cik))
        .and_then(|rest| rest.strip_prefix("-submissions-"))
        .and_then(|rest| rest.strip_suffix(".json"));
    number
        .is_some_and(|number| number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Reads a page of older filings of the filer `cik`; the page itself does not say whose it is.
///
/// # Errors
/// [`ShapeError`] where the document is no such page, or its columns differ in length.
pub fn filing_page(body: &[u8], cik: Cik, out: &mut Extract) -> Result<(), ShapeError> {
    let columns: Columns = json::document(body, EXPECTED_PAGE)?;
    columns.read(&cik.to_string(), "", out)
}

impl Columns {
    fn read(&self, cik: &str, place: &str, out: &mut Extract) -> Result<(), ShapeError> {
        self.check_lengths(place)?;
        for index in 0..self.accession_number.len() {
            let locator = format!("{place}/accessionNumber/{index}");
            match self.row(cik, index) {
                Ok(row) => {
                    let known_on = row.filed_date;
                    out.push(row, locator, known_on);
                }
                Err(reason) => {
                    out.issues.push(Issue { locator, reason, record: self.record(index) });
                }
            }
        }
        Ok(())
    }

    fn check_lengths(&self, place: &str) -> Result<(), ShapeError> {
        let expected = self.accession_number.len();
        let lengths = [
            ("filingDate", self.filing_date.len()),
            ("reportDate", self.report_date.len()),
            ("acceptanceDateTime", self.acceptance_date_time.len()),
            ("form", self.form.len()),
            ("items", self.items.len()),
            ("size", self.size.len()),
            ("isXBRL", self.is_xbrl.len()),
            ("isInlineXBRL", self.is_inline_xbrl.len()),
            ("primaryDocument", self.primary_document.len()),
            ("primaryDocDescription", self.primary_doc_description.len()),
        ];
        match lengths.iter().find(|(_, len)| *len != expected) {
            None => Ok(()),
            Some((column, len)) => Err(ShapeError {
                place: format!("{place}/{column}"),
                expected: format!("{expected} entries, as in accessionNumber"),
                found: format!("{len}"),
            }),
        }
    }

    fn row(&self, cik: &str, index: usize) -> Result<Filing, String> {
        let accession_number = &self.accession_number[index];
        if !is_accession_number(accession_number) {
            return Err(format!("accessionNumber `{accession_number}` is no accession number"));
        }
        let form_type = &self.form[index];
        if form_type.is_empty() {
            return Err("form is empty".to_owned());
        }
        Ok(Filing {
            cik: cik.to_owned(),
            accession_number: accession_number.clone(),
            form_type: form_type.clone(),
            filed_date: date("filingDate", &self.filing_date[index])?
                .ok_or_else(|| "filingDate is empty".to_owned())?,
            report_date: date("reportDate", &self.report_date[index])?,
            accepted_text: stated(&self.acceptance_date_time[index]),
            primary_document: stated(&self.primary_document[index]),
            primary_document_description: stated(&self.primary_doc_description[index]),
            items: stated(&self.items[index]),
            size_bytes: self.size[index],
            is_xbrl: flag("isXBRL", self.is_xbrl[index])?,
            is_inline_xbrl: flag("isInlineXBRL", self.is_inline_xbrl[index])?,
        })
    }

    /// The entry's cells, for quarantine.
    fn record(&self, index: usize) -> String {
        format!(
            "accessionNumber={} filingDate={} reportDate={} form={} isXBRL={} isInlineXBRL={} primaryDocument={}",
            self.accession_number[index],
            self.filing_date[index],
            self.report_date[index],
            self.form[index],
            self.is_xbrl[index],
            self.is_inline_xbrl[index],
            self.primary_document[index],
        )
    }
}

/// An empty text is how the SEC writes that there is none.
fn stated(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn date(column: &str, text: &str) -> Result<Option<NaiveDate>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|error| format!("{column} `{text}`: {error}"))
}

fn flag(column: &str, number: u8) -> Result<bool, String> {
    match number {
        0 => Ok(false),
        1 => Ok(true),
        other => Err(format!("{column} is {other}, neither 0 nor 1")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(filed: &str, form: &str, sizes: &str) -> String {
        format!(
            r#"{{"accessionNumber":["0000950170-25-100235"],"filingDate":["{filed}"],"reportDate":["2025-06-30"],"acceptanceDateTime":["2025-07-30T20:11:40.000Z"],"act":["34"],"form":["{form}"],"fileNumber":["001-37845"],"filmNumber":["251167157"],"items":[""],"core_type":["XBRL"],"size":{sizes},"isXBRL":[1],"isInlineXBRL":[1],"primaryDocument":["msft-20250630.htm"],"primaryDocDescription":["10-K"]}}"#
        )
    }

    fn read(text: &str) -> Result<Extract, ShapeError> {
        let mut out = Extract::default();
        filing_page(text.as_bytes(), "789019".parse().unwrap(), &mut out)?;
        Ok(out)
    }

    #[test]
    fn a_page_becomes_filings_of_its_filer() {
        let out = read(&page("2025-07-30", "10-K", "[34889671]")).unwrap();
        let [sighted] = out.rows.filing.as_slice() else { panic!("one row") };
        assert_eq!(sighted.locator, "/accessionNumber/0");
        assert_eq!(sighted.known_on, NaiveDate::from_ymd_opt(2025, 7, 30).unwrap());
        assert_eq!(sighted.row.cik, "0000789019");
        assert_eq!(sighted.row.report_date, NaiveDate::from_ymd_opt(2025, 6, 30));
        assert_eq!(sighted.row.items, None);
        assert!(sighted.row.is_inline_xbrl);
    }

    #[test]
    fn an_odd_filing_is_an_issue() {
        let reason = |text: &str| read(text).unwrap().issues[0].reason.clone();
        assert_eq!(reason(&page("", "10-K", "[1]")), "filingDate is empty");
        assert_eq!(reason(&page("2025-07-30", "", "[1]")), "form is empty");
        assert!(reason(&page("2025-13-30", "10-K", "[1]")).starts_with("filingDate `2025-13-30`"));
    }

    #[test]
    fn columns_of_unequal_length_are_refused() {
        let error = read(&page("2025-07-30", "10-K", "[1,2]")).unwrap_err();
        assert_eq!(error.to_string(), "/size: expected 1 entries, as in accessionNumber, found 2");
    }

    #[test]
    fn a_page_is_one_of_this_filer() {
        assert!(is_page_of("CIK0000789019-submissions-001.json", "0000789019"));
        for odd in [
            "../x/CIK0000789019-submissions-001.json",
            "CIK0000320193-submissions-001.json",
            "CIK0000789019-submissions-001.json?a=1",
            "CIK0000789019.json",
        ] {
            assert!(!is_page_of(odd, "0000789019"), "{odd}");
        }
    }

    #[test]
    fn an_unknown_column_is_refused() {
        let error =
            read(&page("2025-07-30", "10-K", "[1]").replace("core_type", "mood")).unwrap_err();
        assert!(error.found.starts_with("unknown field `mood`"), "{error}");
    }
}
