//! Pages about one filing.

use std::collections::BTreeSet;

use burnrate_xbrl::{FilerRole, filing_index};

use crate::{captured, clean, day, one_issue, refused};

#[test]
fn documents_and_data_files_are_listed() {
    let Some(body) = captured("filing-index/nvda-0001045810-26-000024-index.html") else {
        return;
    };
    let index = clean(|issues| filing_index(&body, issues));
    assert_eq!(index.form_type, "8-K");
    assert_eq!(index.accession_number, "0001045810-26-000024");
    assert_eq!(index.filed_date, day("2026-03-06"));
    assert_eq!(index.accepted_text, "2026-03-06 16:11:25");
    assert_eq!(index.document_count, 13);
    assert_eq!(index.period_of_report, Some(day("2026-03-02")));
    assert_eq!(index.documents.len(), 7);
    let first = &index.documents[0];
    assert_eq!(
        first.path.as_deref(),
        Some("/Archives/edgar/data/1045810/000104581026000024/nvda-20260302.htm")
    );
    assert!(first.is_inline_xbrl && !first.is_data_file);
    assert_eq!((first.sequence, first.size_bytes), (Some(1), 31_103));
    let whole = &index.documents[2];
    assert_eq!((whole.sequence, whole.document_type.as_deref()), (None, None));
    assert_eq!(whole.description.as_deref(), Some("Complete submission text file"));
    let extracted = &index.documents[6];
    assert_eq!(extracted.description.as_deref(), Some("EXTRACTED XBRL INSTANCE DOCUMENT"));
    assert!(extracted.is_data_file);
    let [filer] = index.filers.as_slice() else { panic!("one filer") };
    assert_eq!((filer.name.as_str(), filer.role), ("NVIDIA CORP", FilerRole::Filer));
    assert_eq!(filer.cik.to_string(), "0001045810");
}

#[test]
fn documents_of_the_text_era_have_no_file() {
    let Some(body) = captured("filing-index/aapl-0000912057-00-023442-index.html") else {
        return;
    };
    let index = clean(|issues| filing_index(&body, issues));
    assert_eq!(index.form_type, "10-Q");
    assert_eq!(index.filed_date, day("2000-05-11"));
    let rows: Vec<_> = index
        .documents
        .iter()
        .map(|d| (d.sequence, d.document_type.as_deref(), d.size_bytes, d.path.is_some()))
        .collect();
    assert_eq!(
        rows,
        [
            (Some(1), Some("10-Q"), 84_846, false),
            (Some(2), Some("EX-3.2"), 3_636, false),
            (Some(3), Some("EX-10.A49"), 33_758, false),
            (Some(4), Some("EX-10.A51"), 46_710, false),
            (Some(5), Some("EX-27"), 2_016, false),
            (None, None, 172_724, true),
        ]
    );
}

#[test]
fn a_filing_may_have_many_filers() {
    let Some(body) = captured("filing-index/multi-filer-0001741773-23-002051-index.html") else {
        return;
    };
    let index = clean(|issues| filing_index(&body, issues));
    assert_eq!(index.form_type, "DEF 14A");
    assert_eq!(index.documents.len(), 6);
    assert_eq!(index.documents[0].description, None);
    assert_eq!(index.filers.len(), 66);
    assert_eq!(index.filers[0].name, "T. Rowe Price Small-Cap Stock Fund, Inc.");
    assert_eq!(index.filers[65].name, "T. Rowe Price Exchange-Traded Funds, Inc.");
    assert_eq!(index.filers[65].cik.to_string(), "0001795351");
    let ciks: BTreeSet<_> = index.filers.iter().map(|filer| filer.cik).collect();
    assert_eq!(ciks.len(), 66);
}

#[test]
fn another_filing_agrees_with_its_full_submission() {
    let Some(body) = captured("filing-index/blk-0001193125-23-048785-index.html") else {
        return;
    };
    let index = clean(|issues| filing_index(&body, issues));
    assert_eq!(index.accession_number, "0001193125-23-048785");
    assert_eq!(index.documents.len(), 7);
    assert_eq!(index.filers[0].name, "BlackRock Inc.");
}

#[test]
fn a_changed_page_is_refused_or_reported() {
    let Some(body) = captured("filing-index/nvda-0001045810-26-000024-index.html") else {
        return;
    };
    let text = String::from_utf8(body).unwrap();
    let refuse = |from: &str, to: &str, reason: &str| {
        let error = refused(|issues| filing_index(text.replace(from, to).as_bytes(), issues));
        assert!(error.contains(reason), "{from} -> {to}: {error}");
    };
    refuse("formName", "formTitle", "#formName strong: expected one element, found none");
    refuse("<strong>Form", "<strong>a</strong><strong>Form", "expected one element, found 2");
    refuse("Document Format Files\">", "Files\">", "expected Document Format Files");
    refuse("Filing Date", "Filing Day", "expected Filing Date");
    refuse(">Description<", ">Meaning<", "expected Seq, Description");
    refuse("companyName", "filerName", "expected at least one filer");
    refuse("2026-03-06</div>", "6 March</div>", "expected a date");

    let report = |from: &str, to: &str, reason: &str| {
        let text = text.replacen(from, to, 1);
        let (_, issue) = one_issue(|issues| filing_index(text.as_bytes(), issues));
        assert!(issue.reason.contains(reason), "{from} -> {to}: {}", issue.reason);
    };
    report(">31103<", ">31 kB<", "Size `31 kB` is no number");
    report("<td scope=\"row\">8-K</td>", "", "4 cells, not five");
    report(">iXBRL<", ">new<", "unknown marks");
    report(">Items<", ">Mood<", "unknown information `Mood`");
}
