//! The SEC's `submissions` API: the filing index of each watched filer, and its pages of older filings.
//! What it lists tells other sources which filings to read.

use burnrate_model::{Cik, Extract, RawDocument, Request, ShapeError, Source, Spec, WatchList};

use crate::{StaticSpec, sec_filings, sec_form_d, spec};

const FOLDER: &str = "https://data.sec.gov/submissions/";

/// See the module.
pub(crate) struct SecSubmissions;

impl Source for SecSubmissions {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, watch: &WatchList) -> Vec<Request> {
        watch.ciks().map(|cik| self.request(&format!("CIK{cik}.json"))).collect()
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        if let Some(cik) = older_page_of(&document.url)? {
            burnrate_xbrl::filing_page(&document.body, cik, out)?;
        } else {
            for name in burnrate_xbrl::submissions(&document.body, out)? {
                out.requests.push(self.request(&name));
            }
        }
        let filings = out.rows.filing.iter().map(|sighted| &sighted.row);
        let wanted = |filing| sec_filings::request(filing).or_else(|| sec_form_d::request(filing));
        out.requests.extend(filings.filter_map(wanted));
        Ok(())
    }
}

impl SecSubmissions {
    fn request(&self, file: &str) -> Request {
        Request { source_id: self.spec().id.clone(), url: format!("{FOLDER}{file}") }
    }
}

/// The filer of a page of older filings, `CIK##########-submissions-###.json`; none for the index
/// itself. Only the name says whose filings a page lists.
fn older_page_of(url: &str) -> Result<Option<Cik>, ShapeError> {
    let file = url.rsplit('/').next().unwrap_or(url);
    let Some((filer, _)) = file.split_once("-submissions-") else { return Ok(None) };
    match filer.strip_prefix("CIK").map(str::parse) {
        Some(Ok(cik)) => Ok(Some(cik)),
        _ => Err(ShapeError {
            place: "the URL".to_owned(),
            expected: "CIK##########-submissions-###.json".to_owned(),
            found: url.to_owned(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_older_filings_names_its_filer() {
        let cik = |url| older_page_of(url).unwrap().map(|cik| cik.to_string());
        assert_eq!(cik("https://data.sec.gov/submissions/CIK0000789019.json"), None);
        assert_eq!(
            cik("https://data.sec.gov/submissions/CIK0000789019-submissions-001.json").as_deref(),
            Some("0000789019")
        );
        assert!(older_page_of("https://data.sec.gov/submissions/X-submissions-001.json").is_err());
    }
}
