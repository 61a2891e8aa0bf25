//! Inline XBRL documents to rows: what is measured, and on what.

use std::path::PathBuf;

use burnrate_model::{Extract, ShapeError};
use burnrate_xbrl::{
    DocumentText, Documents, FilerRole, Reading, SubmissionFiler, SubmissionHeader, filing_facts,
    inline_facts,
};
use chrono::NaiveDate;

use crate::recorded;

/// The measured documents, 10-K and 10-Q of 2 to 4 MB from three tagging programs, in the folder of
/// recorded filings.
pub const DOCUMENTS: [&str; 8] = [
    "ixbrl/crm-20250131.htm",
    "ixbrl/csco-20230429.htm",
    "ixbrl/goog-20241231.htm",
    "ixbrl/nvda-20250126.htm",
    "ixbrl/orcl-20230831.htm",
    "ixbrl/orcl-20240831.htm",
    "ixbrl/pairs/aeon-20230930x10q.htm",
    "ixbrl/pairs/goog-20231231.htm",
];

/// The folder of recorded filings.
pub fn filings() -> PathBuf {
    recorded().join("filings")
}

/// Bytes to resolved facts, each as often as it is tagged; how many, and how many problems.
///
/// # Errors
/// Where the document is none that is read.
pub fn facts(body: &[u8]) -> Result<(usize, usize), ShapeError> {
    let set = [DocumentText::decode(body)?];
    let Reading { facts, problems, .. } = inline_facts(&set)?;
    Ok((facts.len(), problems.len()))
}

/// Bytes to rows of `core_xbrl_fact`: facts resolved, the most precise of each kept.
///
/// # Errors
/// Where the document is none that is read.
pub fn rows(body: &[u8]) -> Result<Extract, ShapeError> {
    let set = [DocumentText::decode(body)?];
    let reading = inline_facts(&set)?;
    let cik = reading.facts.first().and_then(|fact| fact.context.entity.parse().ok());
    let filer = |cik| SubmissionFiler { role: FilerRole::Filer, cik, name: "" };
    let header = SubmissionHeader {
        accession_number: "0000000000-00-000000",
        form_type: "10-K",
        filed_date: NaiveDate::default(),
        period_of_report: None,
        accepted_text: None,
        document_count: None,
        filers: cik.map(filer).into_iter().collect(),
    };
    let mut extract = Extract::default();
    filing_facts(reading, &Documents { body, starts: vec![0] }, &header, &[], &mut extract);
    Ok(extract)
}
