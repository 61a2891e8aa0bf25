//! Bytes that are nothing in particular, and documents made to hurt.

use burnrate_xbrl::{
    company_tickers, current_feed, filing_index, form_d, form_index, full_submission,
    index_headers, xbrl_feed,
};
use proptest::prelude::*;

/// What reads bytes, whatever they are.
fn read_with_every_reader(bytes: &[u8]) {
    let mut issues = Vec::new();
    if let Ok(submission) = full_submission(bytes, &mut issues) {
        for document in &submission.documents {
            assert!(bytes.get(document.span.clone()).is_some());
        }
    }
    for filing in form_index(bytes, &mut issues).into_iter().flatten() {
        assert!(bytes.get(filing.span.clone()).is_some());
    }
    for filing in current_feed(bytes, &mut issues).into_iter().flatten() {
        assert!(bytes.get(filing.span.clone()).is_some());
    }
    drop(index_headers(bytes, &mut issues));
    drop(form_d(bytes, &mut issues));
    drop(company_tickers(bytes, &mut issues));
    drop(xbrl_feed(bytes, &mut issues));
    drop(filing_index(bytes, &mut issues));
}

/// Words of all formats, so that what is made of them gets past the first line.
const WORDS: &[&str] = &[
    "<SEC-DOCUMENT>0000000012-24-000001.txt",
    "<SEC-HEADER>",
    "</SEC-HEADER>",
    "<SUBMISSION>",
    "</SUBMISSION>",
    "<ACCESSION-NUMBER>0000000012-24-000001",
    "<TYPE>D",
    "<FILING-DATE>20240102",
    "<FILER>",
    "<CIK>12",
    "<CONFORMED-NAME>A",
    "<DOCUMENT>",
    "<SEQUENCE>1",
    "<TEXT>",
    "<XML>",
    "</XML>",
    "begin 644 a",
    "end",
    "</TEXT>",
    "</DOCUMENT>",
    "Form Type   Company Name   CIK   Date Filed  File Name",
    "------------",
    "<!--",
    "<feed>",
    "<entry>",
    "</entry>",
    "</feed>",
    "\u{e9}",
    "",
    " ",
];

proptest! {
    #[test]
    fn no_reader_panics_on_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_with_every_reader(&bytes);
    }

    #[test]
    fn no_reader_panics_on_lines(
        words in prop::collection::vec(prop::sample::select(WORDS), 0..40),
    ) {
        read_with_every_reader(words.join("\n").as_bytes());
    }
}

/// Entity bombs, deep nesting, and lists without end are read or refused in time that is linear.
#[test]
fn large_and_deep_documents_end() {
    let deep = "<feed>".repeat(200_000);
    assert!(current_feed(deep.as_bytes(), &mut Vec::new()).is_err());
    let closed = format!("{deep}{}", "</feed>".repeat(200_000));
    assert!(current_feed(closed.as_bytes(), &mut Vec::new()).unwrap().is_empty());
    let wide = format!("<feed>{}</feed>", "<entry/>".repeat(100_000));
    let mut issues = Vec::new();
    assert!(current_feed(wide.as_bytes(), &mut issues).unwrap().is_empty());
    assert_eq!(issues.len(), 100_000);
    let unknown = format!("<feed>{}</feed>", "<mood/>".repeat(100_000));
    issues.clear();
    assert!(current_feed(unknown.as_bytes(), &mut issues).unwrap().is_empty());
    assert_eq!(issues.len(), 100_000);
}
