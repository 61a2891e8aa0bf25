//! EDGAR's daily form index: every filing of a business day, of the whole market.
//!
//! Its address names the day, and a source reads no clock: `sec_current_feed`, which knows when it was
//! answered, asks for the days before.

use burnrate_model::generated::FilingNotice;
use burnrate_model::{Extract, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_xbrl::{IndexedFiling, form_index, locator};
use chrono::{Datelike as _, NaiveDate};

use crate::{StaticSpec, spec};

/// See the module.
pub(crate) struct SecDailyIndex;

impl Source for SecDailyIndex {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        Vec::new()
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        for filing in form_index(&document.body, &mut out.issues)? {
            out.push(notice(&filing), locator(&filing.span), filing.filed_date);
        }
        Ok(())
    }
}

/// Asks for the index of a day; of a holiday there is none.
pub(crate) fn request(day: NaiveDate) -> Request {
    let url = format!(
        "https://www.sec.gov/Archives/edgar/daily-index/{}/QTR{}/form.{}.idx",
        day.year(),
        day.quarter(),
        day.format("%Y%m%d"),
    );
    Request { source_id: SecDailyIndex.spec().id.clone(), url }
}

fn notice(filing: &IndexedFiling<'_>) -> FilingNotice {
    FilingNotice {
        cik: filing.cik.to_string(),
        company_name: filing.company_name.to_owned(),
        filer_role: None,
        accession_number: filing.accession_number.to_owned(),
        form_type: filing.form_type.to_owned(),
        filed_date: filing.filed_date,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_day_names_its_quarter() {
        let url = |day: &str| request(day.parse().unwrap()).url;
        assert_eq!(
            url("2020-03-18"),
            "https://www.sec.gov/Archives/edgar/daily-index/2020/QTR1/form.20200318.idx"
        );
        assert!(url("2025-09-30").ends_with("/2025/QTR3/form.20250930.idx"));
        assert!(url("2025-10-01").ends_with("/2025/QTR4/form.20251001.idx"));
    }

    #[test]
    fn a_line_becomes_a_notice() {
        let body = include_bytes!("fixtures/2020/QTR1/form.20200318.idx");
        let document = RawDocument {
            url: request("2020-03-18".parse().unwrap()).url,
            fetched_at: "2020-03-19T09:00:00Z".parse().unwrap(),
            body: body.to_vec(),
        };
        let mut out = Extract::default();
        SecDailyIndex.parse(&document, &mut out).unwrap();
        assert_eq!(out.issues, []);
        assert_eq!(out.rows.filing_notice.len(), 7);
        let microsoft = &out.rows.filing_notice[3];
        assert_eq!(microsoft.known_on, "2020-03-18".parse().unwrap());
        assert_eq!(
            microsoft.row,
            FilingNotice {
                cik: "0000789019".to_owned(),
                company_name: "MICROSOFT CORP".to_owned(),
                filer_role: None,
                accession_number: "0001626431-20-000031".to_owned(),
                form_type: "4".to_owned(),
                filed_date: "2020-03-18".parse().unwrap(),
            }
        );
    }
}
