//! Filings from the index to facts and figures in prose: recorded documents, in the file in which EDGAR
//! serves them, over HTTP.

use std::fs;

use serde_json::{Value, json};

use crate::captures::captures;
use crate::duckdb;
use crate::origin::{Origin, facts_path, submissions_path};
use crate::program::Warehouse;

/// A recorded primary document. Accession numbers and dates are those of the companyfacts captures.
#[derive(Clone, Copy)]
pub(crate) struct Recorded {
    cik: &'static str,
    accession_number: &'static str,
    form: &'static str,
    filed: &'static str,
    file: &'static str,
}

const RECORDED: &[Recorded] = &[
    recorded("0001045810", "0001045810-23-000175", "10-Q", "2023-08-28", "nvda-20230730.htm"),
    recorded("0001045810", "0001045810-25-000023", "10-K", "2025-02-26", "nvda-20250126.htm"),
    recorded("0001045810", "0001045810-25-000209", "10-Q", "2025-08-27", "nvda-20250727.htm"),
    recorded("0001652044", "0001652044-24-000022", "10-K", "2024-01-31", "pairs/goog-20231231.htm"),
    recorded("0001652044", "0001652044-25-000014", "10-K", "2025-02-05", "goog-20241231.htm"),
    recorded("0000320193", "0000320193-23-000077", "10-Q", "2023-08-04", "pairs/aapl-20230701.htm"),
    recorded("0000320193", "0000320193-25-000057", "10-Q", "2025-05-02", "pairs/aapl-20250329.htm"),
];

/// Companyfacts of the same filers.
const FACTS: &[(&str, &str)] = &[
    ("0000320193", "AAPL-CIK0000320193-2026-03-21.json"),
    ("0001045810", "NVDA-CIK0001045810-2026-07-09.json"),
    ("0001652044", "GOOGL-CIK0001652044-2026-07-09.json"),
];

const fn recorded(
    cik: &'static str,
    accession_number: &'static str,
    form: &'static str,
    filed: &'static str,
    file: &'static str,
) -> Recorded {
    Recorded { cik, accession_number, form, filed, file }
}

impl Recorded {
    /// The one report in the fixture of Oracle's index.
    pub(crate) fn of_oracle() -> Self {
        recorded("0001341439", "0000950170-23-047713", "10-Q", "2023-09-12", "orcl-20230831.htm")
    }

    /// The full submission: the header that EDGAR puts in front, and the document in its envelope.
    pub(crate) fn submission(&self, document: &[u8]) -> Vec<u8> {
        let Self { cik, accession_number, form, filed, file } = self;
        let filed = filed.replace('-', "");
        let name = file.rsplit('/').next().unwrap();
        let head = format!(
            "<SEC-DOCUMENT>{accession_number}.txt : {filed}\n\
             <SEC-HEADER>{accession_number}.hdr.sgml : {filed}\n\
             ACCESSION NUMBER:\t\t{accession_number}\n\
             CONFORMED SUBMISSION TYPE:\t{form}\n\
             PUBLIC DOCUMENT COUNT:\t\t1\n\
             FILED AS OF DATE:\t\t{filed}\n\
             \nFILER:\n\n\tCOMPANY DATA:\t\n\
             \t\tCOMPANY CONFORMED NAME:\t\t\tA FILER\n\
             \t\tCENTRAL INDEX KEY:\t\t\t{cik}\n\
             \n</SEC-HEADER>\n\
             <DOCUMENT>\n<TYPE>{form}\n<SEQUENCE>1\n<FILENAME>{name}\n<DESCRIPTION>{form}\n<TEXT>\n<XBRL>\n"
        );
        let mut submission = head.into_bytes();
        submission.extend_from_slice(document);
        submission.extend_from_slice(b"\n</XBRL>\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n");
        submission
    }

    pub(crate) fn path(&self) -> String {
        let folder = self.cik.trim_start_matches('0');
        format!("/Archives/edgar/data/{folder}/{}.txt", self.accession_number)
    }
}

/// The filing index of a filer, as the SEC serves it.
fn index(cik: &str, filings: &[Recorded]) -> String {
    let column = |of: fn(&Recorded) -> Value| filings.iter().map(of).collect::<Vec<_>>();
    json!({
        "cik": cik, "entityType": "operating", "sic": "", "sicDescription": "", "ownerOrg": null,
        "insiderTransactionForOwnerExists": 0, "insiderTransactionForIssuerExists": 0, "name": "A FILER",
        "tickers": [], "exchanges": [], "ein": null, "lei": null, "description": "", "website": "",
        "investorWebsite": "", "category": "", "fiscalYearEnd": "1231", "stateOfIncorporation": "DE",
        "stateOfIncorporationDescription": "DE", "addresses": {}, "phone": "", "flags": "", "formerNames": [],
        "filings": { "recent": {
            "accessionNumber": column(|filing| json!(filing.accession_number)),
            "filingDate": column(|filing| json!(filing.filed)),
            "reportDate": column(|_| json!("")), "acceptanceDateTime": column(|_| json!("")),
            "act": column(|_| json!("34")), "form": column(|filing| json!(filing.form)),
            "fileNumber": column(|_| json!("")), "filmNumber": column(|_| json!("")),
            "items": column(|_| json!("")), "core_type": column(|_| json!("")), "size": column(|_| json!(0)),
            "isXBRL": column(|_| json!(1)), "isInlineXBRL": column(|_| json!(1)),
            "primaryDocument": column(|filing| json!(filing.file.rsplit('/').next())),
            "primaryDocDescription": column(|_| json!("")),
        }, "files": [] },
    })
    .to_string()
}

/// Serves the indexes of the filers and the filings that they list.
fn publisher() -> Option<Origin> {
    let folder = captures()?.join("filings");
    let origin = Origin::start();
    for (cik, facts) in FACTS {
        let filings: Vec<_> =
            RECORDED.iter().filter(|filing| filing.cik == *cik).copied().collect();
        origin.serve(&submissions_path(cik), index(cik, &filings));
        origin.serve(&facts_path(cik), fs::read(folder.join("companyfacts").join(facts)).unwrap());
        for filing in filings {
            let document = fs::read(folder.join("ixbrl").join(filing.file)).unwrap();
            origin.serve(&filing.path(), filing.submission(&document));
        }
    }
    Some(origin)
}

#[track_caller]
fn check(warehouse: &Warehouse, sql: &str, expected: &Value) {
    let found = duckdb::rows(&warehouse.latest().join("views.sql"), sql);
    assert_eq!(json!(found), *expected, "{sql}");
}

#[test]
fn what_an_index_lists_is_wanted_until_the_next_run_of_the_source_that_reads_it() {
    let origin = Origin::start();
    let filing = RECORDED[0];
    origin.serve(&submissions_path(filing.cik), index(filing.cik, &[filing]));
    origin
        .serve(&filing.path(), filing.submission(b"<html><body><p>No figures.</p></body></html>"));
    let warehouse = Warehouse::new();
    warehouse.run(&["ingest", "sec_submissions", &origin.sec()]).with_status(0);
    let requests = "SELECT source_id, request_outcome FROM core_request \
                    WHERE source_id = 'sec_filings' ORDER BY run_id";
    check(&warehouse, requests, &json!([["sec_filings", "wanted"]]));
    warehouse.run(&["ingest", "sec_filings", &origin.sec()]).with_status(0);
    check(&warehouse, requests, &json!([["sec_filings", "wanted"], ["sec_filings", "done"]]));
    let documents = "SELECT document_type, markup, facts_read FROM core_filing_document";
    check(&warehouse, documents, &json!([["10-Q", "html", 0]]));
}

#[test]
fn filings_that_are_refused_every_night_do_not_stand_in_the_way_of_new_ones() {
    let origin = Origin::start();
    let (old, new) = (&RECORDED[..3], RECORDED[3]);
    origin.serve(&submissions_path(old[0].cik), index(old[0].cik, old));
    for filing in old {
        origin.serve(&filing.path(), "no submission");
    }
    let warehouse = Warehouse::new();
    let sources = ["ingest", "sec_filings", "sec_submissions", &origin.sec()];
    warehouse.run(&sources).with_status(4);
    origin.serve(&submissions_path(new.cik), index(new.cik, &[new]));
    origin.serve(&new.path(), new.submission(b"<html><body></body></html>"));
    warehouse.run(&sources).with_status(4);
    let outcomes = "SELECT request_outcome, count(*) FROM core_request \
                    WHERE source_id = 'sec_filings' GROUP BY ALL ORDER BY ALL";
    check(&warehouse, outcomes, &json!([["done", 1], ["failed", 3]]));
}

#[test]
fn a_damaged_filing_gives_what_is_sound_and_says_what_is_not() {
    let Some(folder) = captures() else { return };
    let filing = RECORDED[6];
    let document = fs::read(folder.join("filings/ixbrl").join(filing.file)).unwrap();
    let cut = &document[..document.len() / 2];
    let origin = Origin::start();
    origin.serve(&submissions_path(filing.cik), index(filing.cik, &[filing]));
    origin.serve(&filing.path(), filing.submission(cut));
    let warehouse = Warehouse::new();
    warehouse.run(&["ingest", "sec_filings", "sec_submissions", &origin.sec()]).with_status(4);
    let counts = "SELECT (SELECT count(*) > 100 FROM core_xbrl_fact), (SELECT count(*) > 0 FROM core_quarantine)";
    check(&warehouse, counts, &json!([[true, true]]));
}

#[test]
fn filings_that_the_index_lists_are_read_in_the_same_run() {
    let Some(origin) = publisher() else { return };
    let warehouse = Warehouse::new();
    let sources = ["ingest", "sec_companyfacts", "sec_filings", "sec_submissions", &origin.sec()];
    warehouse.run(&sources).with_status(0);
    every_api_fact_is_in_its_document(&warehouse);
    segments_come_from_the_document(&warehouse);
    locators_name_the_element(&warehouse);
    figures_in_prose_are_found(&warehouse);
    crate::engines::duckdb_agrees(&warehouse, crate::engines::Given::Filings);
    let _so_far = origin.take_asked();
    warehouse.run(&sources).with_status(0);
    let asked = origin.take_asked();
    let again = asked.iter().filter(|asked| asked.path.starts_with("/Archives/")).count();
    assert_eq!(again, 0, "a filing never changes");
}

/// The SEC's API is made from the documents: what it carries of a filing, the filing states, with equal
/// value. The counts are those of the recorded companyfacts.
fn every_api_fact_is_in_its_document(warehouse: &Warehouse) {
    let expected = [
        ("0000320193-23-000077", 281),
        ("0000320193-25-000057", 247),
        ("0001045810-23-000175", 400),
        ("0001045810-25-000023", 580),
        ("0001045810-25-000209", 401),
        ("0001652044-24-000022", 547),
        ("0001652044-25-000014", 607),
    ];
    let expected: Vec<_> =
        expected.iter().map(|(filing, facts)| json!([filing, facts, facts])).collect();
    check(
        warehouse,
        "SELECT api.accession_number, count(*), count(*) FILTER (stated.value = api.value) \
         FROM (FROM core_xbrl_fact WHERE source_id = 'sec_companyfacts') AS api \
         LEFT JOIN (FROM core_xbrl_fact WHERE source_id = 'sec_filings' AND dimensions IS NULL) AS stated \
           ON api.accession_number = stated.accession_number AND api.cik = stated.cik \
           AND api.taxonomy = stated.taxonomy AND api.concept = stated.concept AND api.unit = stated.unit \
           AND api.period_end = stated.period_end AND api.period_start IS NOT DISTINCT FROM stated.period_start \
         WHERE api.accession_number IN (SELECT accession_number FROM core_filing_document) \
         GROUP BY ALL ORDER BY ALL",
        &json!(expected),
    );
    check(warehouse, "SELECT count(*) FROM mart_fact_disagreement", &json!([[0]]));
}

/// NVIDIA's 10-K for fiscal 2025 tags 1,229 numbers, 496 of them for a part of the company. Some state a
/// fact again: there are 1,116 facts, 475 of a part.
fn segments_come_from_the_document(warehouse: &Warehouse) {
    check(
        warehouse,
        "SELECT count(*), count(dimensions) FROM core_xbrl_fact \
         WHERE source_id = 'sec_filings' AND accession_number = '0001045810-25-000023'",
        &json!([[1116, 475]]),
    );
    let segment = "srt:ConsolidationItemsAxis=us-gaap:OperatingSegmentsMember;\
                   us-gaap:StatementBusinessSegmentsAxis=nvda:ComputeAndNetworkingSegmentMember";
    check(
        warehouse,
        &format!(
            "SELECT period_end, value / 1e6 FROM core_xbrl_fact WHERE dimensions = '{segment}' \
             AND concept = 'Revenues' AND accession_number = '0001045810-25-000023' ORDER BY ALL"
        ),
        &json!([["2023-01-29", 15068.0], ["2024-01-28", 47405.0], ["2025-01-26", 116_193.0]]),
    );
}

/// Every row can be walked back: the bytes that a locator names hold the concept's name.
fn locators_name_the_element(warehouse: &Warehouse) {
    let facts = duckdb::rows(
        &warehouse.latest().join("views.sql"),
        "SELECT DISTINCT ON (accession_number) accession_number, locator, concept FROM core_xbrl_fact \
         WHERE source_id = 'sec_filings' ORDER BY accession_number, row_id",
    );
    let folder = captures().unwrap().join("filings/ixbrl");
    for row in facts {
        let [filing, locator, concept] =
            [0, 1, 2].map(|index| row[index].as_str().unwrap().to_owned());
        let recorded =
            RECORDED.iter().find(|recorded| recorded.accession_number == filing).unwrap();
        let submission = recorded.submission(&fs::read(folder.join(recorded.file)).unwrap());
        let (start, end) = locator.strip_prefix("bytes=").unwrap().split_once("..").unwrap();
        let element = &submission[start.parse().unwrap()..end.parse().unwrap()];
        let element = String::from_utf8_lossy(element);
        assert!(element.starts_with("<ix:nonFraction") && element.contains(&concept), "{element}");
        assert!(element.ends_with("</ix:nonFraction>"), "{element}");
    }
}

/// Sentences of Alphabet's and NVIDIA's annual reports, read by eye.
fn figures_in_prose_are_found(warehouse: &Warehouse) {
    check(
        warehouse,
        "SELECT accession_number, disclosure_kind, value_low / 1e6, hedge FROM core_disclosure \
         WHERE (figure = '$30.8 billion' AND accession_number = '0001045810-25-000023') \
            OR (figure IN ('$55.4 billion', '$6.5 billion') AND accession_number = '0001652044-25-000014') \
         GROUP BY ALL ORDER BY ALL",
        &json!([
            ["0001045810-25-000023", "purchase_commitment", 30800.0, "exact"],
            ["0001652044-25-000014", "lease_commitment", 6500.0, "exact"],
            ["0001652044-25-000014", "purchase_commitment", 55400.0, "exact"],
        ]),
    );
}
