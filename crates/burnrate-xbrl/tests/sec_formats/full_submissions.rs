//! Full submissions of every kind that is recorded.

use burnrate_xbrl::{
    FilerRole, FullSubmission, Wrapper, filing_index, full_submission, index_headers,
};

use crate::{captured, clean, day, one_issue, refused};

struct Expected {
    file: &'static str,
    header: (&'static str, &'static str, &'static str, Option<&'static str>),
    filer: (&'static str, &'static str),
    /// Documents in all, in `<XBRL>`, in `<XML>`, uuencoded.
    documents: [usize; 4],
    /// Bytes of all contents.
    content: usize,
}

const EXPECTED: &[Expected] = &[
    Expected {
        file: "full-submissions/aapl-8k-20191115.txt",
        header: ("0001193125-19-292676", "8-K", "2019-11-15", Some("2019-11-07")),
        filer: ("0000320193", "Apple Inc."),
        documents: [19, 5, 2, 5],
        content: 642_242,
    },
    Expected {
        file: "full-submissions/blk-8k-0001193125-23-048785.txt",
        header: ("0001193125-23-048785", "8-K", "2023-02-24", Some("2023-02-24")),
        filer: ("0001364742", "BlackRock Inc."),
        documents: [13, 5, 2, 2],
        content: 173_772,
    },
    Expected {
        file: "full-submissions/mmm-8k-0000066740-24-000023.txt",
        header: ("0000066740-24-000023", "8-K", "2024-03-08", Some("2024-03-08")),
        filer: ("0000066740", "3M CO"),
        documents: [14, 5, 2, 2],
        content: 254_802,
    },
    Expected {
        file: "full-submissions/nee-424b5-0001193125-25-338333.txt",
        header: ("0001193125-25-338333", "424B5", "2025-12-31", None),
        filer: ("0000753308", "NEXTERA ENERGY INC"),
        documents: [13, 1, 2, 3],
        content: 674_926,
    },
    Expected {
        file: "full-submissions/nvda-8k-0001045810-26-000024.txt",
        header: ("0001045810-26-000024", "8-K", "2026-03-06", Some("2026-03-02")),
        filer: ("0001045810", "NVIDIA CORP"),
        documents: [12, 4, 2, 1],
        content: 162_758,
    },
    Expected {
        file: "full-submissions/s1-1736243-0001104659-23-076317.txt",
        header: ("0001104659-23-076317", "S-1", "2023-06-29", None),
        filer: ("0001736243", "Acurx Pharmaceuticals, Inc."),
        documents: [6, 0, 0, 2],
        content: 291_572,
    },
    Expected {
        file: "ixbrl/stripped/aapl-10q-2000-0000912057-00-023442.txt",
        header: ("0000912057-00-023442", "10-Q", "2000-05-11", Some("2000-04-01")),
        filer: ("0000320193", "APPLE COMPUTER INC"),
        documents: [5, 0, 0, 0],
        content: 170_966,
    },
    Expected {
        file: "form-d/0001398344-24-000491.nc",
        header: ("0001398344-24-000491", "D/A", "2024-01-11", None),
        filer: ("0001296490", "INVESTURE OPPORTUNITY FUND, LP"),
        documents: [1, 0, 1, 0],
        content: 6_231,
    },
];

#[test]
fn every_recorded_submission_is_taken_apart() {
    for expected in EXPECTED {
        let Some(body) = captured(expected.file) else { return };
        let submission = clean(|issues| full_submission(&body, issues));
        let header = &submission.header;
        let (accession_number, form_type, filed, period) = expected.header;
        assert_eq!(header.accession_number, accession_number, "{}", expected.file);
        assert_eq!(header.form_type, form_type, "{}", expected.file);
        assert_eq!(header.filed_date, day(filed), "{}", expected.file);
        assert_eq!(header.period_of_report, period.map(day), "{}", expected.file);
        let [filer] = header.filers.as_slice() else { panic!("{}: one filer", expected.file) };
        assert_eq!(filer.role, FilerRole::Filer);
        assert_eq!((filer.cik.to_string().as_str(), filer.name), expected.filer);
        assert_eq!(counts(&submission), expected.documents, "{}", expected.file);
        let content: usize = submission.documents.iter().map(|d| d.span.len()).sum();
        assert_eq!(content, expected.content, "{}", expected.file);
    }
}

fn counts(submission: &FullSubmission<'_>) -> [usize; 4] {
    let documents = &submission.documents;
    let of = |wrapper| documents.iter().filter(|d| d.wrapper == Some(wrapper)).count();
    [
        documents.len(),
        of(Wrapper::Xbrl),
        of(Wrapper::Xml),
        documents.iter().filter(|document| document.is_uuencoded).count(),
    ]
}

#[test]
fn documents_are_named_and_their_bytes_known() {
    let Some(body) = captured("full-submissions/nvda-8k-0001045810-26-000024.txt") else {
        return;
    };
    let submission = clean(|issues| full_submission(&body, issues));
    let first = &submission.documents[0];
    assert_eq!(first.document_type, "8-K");
    assert_eq!(first.file_name, Some("nvda-20260302.htm"));
    assert_eq!(first.span, 1_500..32_603);
    let spans: Vec<_> = submission.documents.iter().map(|d| (d.sequence, d.span.clone())).collect();
    let expected = [
        (1, 1_500..32_603),
        (2, 32_737..47_659),
        (3, 47_814..49_690),
        (4, 49_865..71_750),
        (5, 71_932..84_531),
        (7, 84_649..122_639),
        (8, 122_750..123_723),
        (9, 123_837..126_489),
        (11, 126_617..128_338),
        (13, 128_465..146_145),
        (14, 146_279..162_925),
        (15, 163_057..165_768),
    ];
    assert_eq!(spans, expected);
    assert_eq!(submission.documents[1].description, Some("EX-10.1"));
    // The SEC counts what is not in the file too.
    assert_eq!(submission.header.document_count, Some(13));
    assert_eq!(submission.header.accepted_text, Some("20260306161125"));
}

/// The size that the SEC states is that of the content inside its wrapper.
#[test]
fn a_wrapped_document_has_the_size_that_the_index_page_states() {
    for (file, page, wrapped) in [
        (
            "full-submissions/nvda-8k-0001045810-26-000024.txt",
            "filing-index/nvda-0001045810-26-000024-index.html",
            5,
        ),
        (
            "full-submissions/blk-8k-0001193125-23-048785.txt",
            "filing-index/blk-0001193125-23-048785-index.html",
            6,
        ),
    ] {
        let (Some(body), Some(page)) = (captured(file), captured(page)) else { return };
        let submission = clean(|issues| full_submission(&body, issues));
        let index = clean(|issues| filing_index(&page, issues));
        let mut compared = 0;
        for listed in &index.documents {
            let found = submission.documents.iter().find(|document| {
                document.wrapper.is_some() && Some(document.sequence) == listed.sequence
            });
            let Some(document) = found else { continue };
            assert_eq!(document.span.len(), usize::try_from(listed.size_bytes).unwrap());
            assert!(listed.path.as_ref().unwrap().ends_with(document.file_name.unwrap()));
            compared += 1;
        }
        assert_eq!(compared, wrapped, "{file}");
        let whole = index.documents.iter().find(|d| d.sequence.is_none()).unwrap();
        assert_eq!(usize::try_from(whole.size_bytes).unwrap(), body.len());
    }
}

#[test]
fn a_filing_of_the_text_era_has_no_file_names() {
    let Some(body) = captured("ixbrl/stripped/aapl-10q-2000-0000912057-00-023442.txt") else {
        return;
    };
    let submission = clean(|issues| full_submission(&body, issues));
    let types: Vec<_> = submission.documents.iter().map(|d| d.document_type).collect();
    assert_eq!(types, ["10-Q", "EX-3.2", "EX-10.A49", "EX-10.A51", "EX-27"]);
    assert!(submission.documents.iter().all(|document| document.file_name.is_none()));
    assert_eq!(submission.header.accepted_text, None);
}

#[test]
fn the_header_of_an_index_headers_page_is_read() {
    let Some(page) = captured("filing-index/imnn-0001493152-25-029712-index-headers.html") else {
        return;
    };
    let header = clean(|issues| index_headers(&page, issues));
    assert_eq!(header.accession_number, "0001493152-25-029712");
    assert_eq!(header.form_type, "424B5");
    assert_eq!(header.filed_date, day("2025-12-31"));
    assert_eq!(header.accepted_text, Some("20251231081519"));
    assert_eq!(header.filers[0].name, "Imunon, Inc.");
    assert_eq!(header.filers[0].cik.to_string(), "0000749647");
    assert!(refused(|issues| index_headers(b"<HTML></HTML>", issues)).contains("a comment"));
}

/// A filing of one document with two filers, in the true format.
const TWO_FILERS: &str = "<SEC-DOCUMENT>0001104659-24-000001.txt : 20240102
<SEC-HEADER>0001104659-24-000001.hdr.sgml : 20240102
<ACCEPTANCE-DATETIME>20240102170102
ACCESSION NUMBER:\t\t0001104659-24-000001
CONFORMED SUBMISSION TYPE:\tSC 13G
PUBLIC DOCUMENT COUNT:\t\t1
FILED AS OF DATE:\t\t20240102

SUBJECT COMPANY:\t

\tCOMPANY DATA:\t
\t\tCOMPANY CONFORMED NAME:\t\t\tSubject: A Company
\t\tCENTRAL INDEX KEY:\t\t\t0000000012

FILED BY:\t\t

\tCOMPANY DATA:\t
\t\tCOMPANY CONFORMED NAME:\t\t\tHolder LP
\t\tCENTRAL INDEX KEY:\t\t\t0000000034
</SEC-HEADER>
<DOCUMENT>
<TYPE>SC 13G
<SEQUENCE>1
<FILENAME>a.pdf
<TEXT>
<PDF>
begin 644 a.pdf
</TEXT>M
end
</PDF>
</TEXT>
</DOCUMENT>
</SEC-DOCUMENT>
";

#[test]
fn subjects_and_those_who_file_are_told_apart() {
    let submission = clean(|issues| full_submission(TWO_FILERS.as_bytes(), issues));
    let filers: Vec<_> = submission.header.filers.iter().map(|f| (f.role, f.name)).collect();
    assert_eq!(
        filers,
        [(FilerRole::Subject, "Subject: A Company"), (FilerRole::FiledBy, "Holder LP")]
    );
}

#[test]
fn uuencoded_bytes_may_look_like_markup() {
    let submission = clean(|issues| full_submission(TWO_FILERS.as_bytes(), issues));
    let [document] = submission.documents.as_slice() else { panic!("one document") };
    assert!(document.is_uuencoded);
    assert_eq!(document.wrapper, Some(Wrapper::Pdf));
    assert_eq!(&TWO_FILERS[document.span.clone()], "begin 644 a.pdf\n</TEXT>M\nend\n");
}

#[test]
fn line_ends_may_be_those_of_dos() {
    let dos = TWO_FILERS.replace('\n', "\r\n");
    let submission = clean(|issues| full_submission(dos.as_bytes(), issues));
    let span = submission.documents[0].span.clone();
    assert_eq!(&dos[span], "begin 644 a.pdf\r\n</TEXT>M\r\nend\r\n");
}

#[test]
fn submissions_until_1996_name_their_elements_otherwise() {
    let ims = TWO_FILERS.replace("SEC-DOCUMENT", "IMS-DOCUMENT");
    let ims = ims.replace("SEC-HEADER", "IMS-HEADER");
    assert_eq!(clean(|issues| full_submission(ims.as_bytes(), issues)).documents.len(), 1);
}

#[test]
fn an_unknown_header_field_is_reported_and_the_filing_read() {
    let text = TWO_FILERS.replace("PUBLIC DOCUMENT COUNT", "WEATHER");
    let (submission, issue) = one_issue(|issues| full_submission(text.as_bytes(), issues));
    assert_eq!(issue.reason, "unknown header field `WEATHER`");
    assert_eq!(issue.record, "1");
    assert_eq!(submission.header.document_count, None);
    assert_eq!(submission.documents.len(), 1);
}

#[test]
fn a_description_that_is_no_text_is_reported_and_the_document_read() {
    let text = TWO_FILERS.replace("<TEXT>", "<DESCRIPTION>caf\u{e9}\n<TEXT>");
    let latin_1: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let (submission, issue) = one_issue(|issues| full_submission(&latin_1, issues));
    assert_eq!(submission.documents[0].description, None);
    assert!(issue.reason.contains("expected UTF-8"), "{}", issue.reason);
    let line = latin_1.windows(13).position(|window| window == b"<DESCRIPTION>").unwrap();
    assert_eq!(issue.locator, format!("bytes={line}..{}", line + "<DESCRIPTION>cafe".len()));
}

#[test]
fn unknown_lines_are_reported() {
    let text = TWO_FILERS.replace("<FILENAME>", "<FLAVOUR>sweet\n<FILENAME>");
    let (_, issue) = one_issue(|issues| full_submission(text.as_bytes(), issues));
    assert_eq!(issue.record, "<FLAVOUR>sweet");
    let text = TWO_FILERS.replace("SUBJECT COMPANY:", "a line of its own\nSUBJECT COMPANY:");
    let (_, issue) = one_issue(|issues| full_submission(text.as_bytes(), issues));
    assert_eq!(issue.reason, "unknown header field `a line of its own`");
}

/// `from` replaced by `to` is refused with a reason that holds `reason`.
fn check(from: &str, to: &str, reason: &str) {
    let text = TWO_FILERS.replace(from, to);
    assert_ne!(text, TWO_FILERS, "{from}");
    let error = refused(|issues| full_submission(text.as_bytes(), issues));
    assert!(error.contains(reason), "{from} -> {to}: {error}");
}

#[test]
fn what_is_not_opened_or_closed_is_refused_with_its_place() {
    check("</SEC-DOCUMENT>\n", "", "expected <DOCUMENT> or </SEC-DOCUMENT>, found the end");
    check("</DOCUMENT>\n</SEC", "</SEC", "expected </DOCUMENT>, found `</SEC-DOCUMENT>`");
    check("</TEXT>\n</DOC", "</DOC", "expected </TEXT>, found the end of the file");
    check("</PDF>\n", "", "expected </PDF> before </TEXT>, found `end`");
    check("end\n</PDF>", "</PDF>", "expected `end` of uuencoded bytes");
    check("<TEXT>\n<PDF>", "<PDF>", "expected <TEXT>, found `begin 644 a.pdf`");
    check("</SEC-HEADER>\n", "", "expected </SEC-HEADER>, found `<DOCUMENT>`");
    check("</SEC-DOCUMENT>\n", "</SEC-DOCUMENT>\nmore", "expected the end of the file");
    check("<SEC-DOCUMENT>0001104659", "<SEC-DOCUMENT>0001104658", "expected 0001104659-24");
    check("<TEXT>\n<PDF>", "</DOCUMENT>", "expected <TEXT>, found `</DOCUMENT>`");
    check("<SEQUENCE>1", "<SEQUENCE>one", "expected the number of a document");
    check("<SEC-DOCUMENT>0001104659-24-000001.txt : 20240102\n", "", "byte 0: expected ");
}

#[test]
fn a_document_that_is_not_closed_does_not_swallow_the_next() {
    let second = "<DOCUMENT>\n<TYPE>EX-1\n<SEQUENCE>2\n<TEXT>\nb\n</TEXT>\n</DOCUMENT>\n</SEC-D";
    let text = TWO_FILERS.replace("</TEXT>\n", "").replace("</SEC-D", second);
    let error = refused(|issues| full_submission(text.as_bytes(), issues));
    let byte = text.find("</DOCUMENT>").unwrap();
    assert_eq!(error, format!("byte {byte}: expected </TEXT>, found `</DOCUMENT>`"));
}

#[test]
fn a_header_that_lacks_or_misstates_something_is_refused() {
    check("FILED AS OF DATE:\t\t20240102\n", "", "expected a filing date");
    check("DATE:\t\t20240102", "DATE:\t\t20240132", "expected a date, YYYYMMDD");
    check("0000000034", "CIK 34", "expected a Central Index Key");
    check("\t\tCENTRAL INDEX KEY:\t\t\t0000000034\n", "", "expected a Central Index Key");
    check("SUBJECT COMPANY:", "FORMER COMPANY:", "expected a filer's part in front of it");
    check("ACCESSION NUMBER:\t\t0001104659", "ACCESSION NUMBER:\t\t1104659", "accession");
    check("PUBLIC DOCUMENT COUNT:", "FILED AS OF DATE:\t\t20240102\nX:", "once");
}

#[test]
fn a_cut_file_is_refused_wherever_it_is_cut() {
    for end in 0..TWO_FILERS.len() - 1 {
        let cut = &TWO_FILERS.as_bytes()[..end];
        assert!(full_submission(cut, &mut Vec::new()).is_err(), "cut at {end}");
    }
}
