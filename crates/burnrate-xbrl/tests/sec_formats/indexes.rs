//! Form indexes and the list of tickers.

use std::collections::{BTreeMap, BTreeSet};

use burnrate_xbrl::{company_tickers, form_index};

use crate::{captured, clean, day, one_issue, refused};

#[test]
fn every_line_of_a_daily_index_is_read() {
    let Some(body) = captured("indexes/form.20200318.idx") else { return };
    let filings = clean(|issues| form_index(&body, issues));
    assert_eq!(filings.len(), 4_084);
    let first = &filings[0];
    assert_eq!(first.span, 459..600);
    assert_eq!(first.form_type, "1-A");
    assert_eq!(first.company_name, "DLP Positive Note Fund LLC");
    assert_eq!(first.cik.to_string(), "0001806014");
    assert_eq!(first.filed_date, day("2020-03-18"));
    assert_eq!(first.file_name, "edgar/data/1806014/0001140361-20-006155.txt");
    assert_eq!(first.accession_number, "0001140361-20-006155");
    let last = filings.last().unwrap();
    assert_eq!(last.company_name, "USA FINANCIAL SECURITIES CORPORATION");
    let count = |form| filings.iter().filter(|filing| filing.form_type == form).count();
    assert_eq!([count("10-K"), count("8-K"), count("4")], [68, 232, 2_040]);
    // Some filings, most of them of funds, stand there in several equal lines.
    let distinct: BTreeSet<_> =
        filings.iter().map(|f| (f.cik, f.accession_number, f.form_type)).collect();
    assert_eq!(distinct.len(), 4_031);
}

#[test]
fn an_index_without_filings_is_in_order() {
    let Some(body) = captured("indexes/empty-form.idx") else { return };
    assert_eq!(clean(|issues| form_index(&body, issues)), []);
}

/// A quarterly index with other widths than the recorded ones.
const QUARTERLY: &str = "\
Description:           Master Index of EDGAR Dissemination Feed by Form Type

Form Type        Company Name       CIK         Date Filed  File Name
---------------------------------------------------------------------------------------------
10-K             Some Company       12          2025-01-31  edgar/data/12/0000000012-25-000001.txt
SCHEDULE 13D/A   Another            34          2025-02-03  edgar/data/34/0000000034-25-000002.txt
";

#[test]
fn columns_stand_where_their_names_do() {
    let filings = clean(|issues| form_index(QUARTERLY.as_bytes(), issues));
    let read: Vec<_> =
        filings.iter().map(|f| (f.form_type, f.company_name, f.filed_date)).collect();
    assert_eq!(
        read,
        [
            ("10-K", "Some Company", day("2025-01-31")),
            ("SCHEDULE 13D/A", "Another", day("2025-02-03")),
        ]
    );
}

fn check(from: &str, to: &str, reason: &str) {
    let text = QUARTERLY.replace(from, to);
    let (filings, issue) = one_issue(|issues| form_index(text.as_bytes(), issues));
    assert_eq!(filings.len(), 1);
    let start: usize = text.split_inclusive('\n').take(4).map(str::len).sum();
    let end = start + text[start..].lines().next().unwrap().trim_end().len();
    assert_eq!(issue.locator, format!("bytes={start}..{end}"));
    assert!(issue.reason.contains(reason), "{from} -> {to}: {}", issue.reason);
}

#[test]
fn a_line_out_of_its_columns_is_an_issue() {
    check("Some Company       12", "Some Company of the world 12", "runs into the next column");
    check("2025-01-31", "2025-01-32", "is no date");
    check("12          2025", "0           2025", "CIK");
    check("0000000012-25-000001.txt", "index.htm", "names no filing");
    check("10-K             Some", "                 Some", "Form Type is empty");
    check("2025-01-31  edgar/data/12/0000000012-25-000001.txt", "2025-01-31", "File Name");
}

#[test]
fn a_file_without_the_names_of_columns_is_no_index() {
    assert!(refused(|issues| form_index(b"<html></html>", issues)).contains("Form Type"));
    let text = QUARTERLY.replace("-----", "");
    assert!(refused(|issues| form_index(text.as_bytes(), issues)).contains("dashes"));
    let text = QUARTERLY.replace("CIK  ", "Size ");
    assert!(form_index(text.as_bytes(), &mut Vec::new()).is_err());
}

#[test]
fn a_filer_stands_once_for_each_ticker() {
    let Some(body) = captured("indexes/company_tickers.json") else { return };
    let tickers = clean(|issues| company_tickers(&body, issues));
    assert_eq!(tickers.len(), 9_610);
    assert_eq!(tickers[0].ticker, "MSFT");
    assert_eq!(tickers[0].company_name, "MICROSOFT CORP");
    let mut of = BTreeMap::<_, Vec<_>>::new();
    for ticker in &tickers {
        of.entry(ticker.cik.to_string()).or_default().push(ticker.ticker.as_str());
    }
    assert_eq!(of.len(), 7_919);
    assert_eq!(of["0001652044"], ["GOOGL", "GOOG"]);
    assert_eq!(of["0000310522"], ["FNMA", "FNMAS", "FNMAJ", "FNMAH", "FNMAP"]);
}

#[test]
fn an_odd_ticker_is_an_issue() {
    let text = r#"{"0":{"cik_str":0,"ticker":"A","title":"B"},"1":{"cik_str":1,"ticker":"C","title":"D"}}"#;
    let (tickers, issue) = one_issue(|issues| company_tickers(text.as_bytes(), issues));
    assert_eq!(tickers.len(), 1);
    assert_eq!(issue.locator, "/0");
    assert!(company_tickers(b"[]", &mut Vec::new()).is_err());
}
