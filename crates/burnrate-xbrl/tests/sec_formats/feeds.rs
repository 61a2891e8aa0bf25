//! Feeds of what is new.

use std::collections::{BTreeMap, BTreeSet};

use burnrate_xbrl::{CurrentFiling, FilerRole, current_feed, without_repeats, xbrl_feed};

use crate::{captured, clean, day, one_issue};

const FOLDER: &str = "feeds/getcurrent-";

fn page(name: &str) -> Option<Vec<CurrentFiling>> {
    let body = captured(&format!("{FOLDER}{name}-2025-12-12.atom.xml"))?;
    Some(clean(|issues| current_feed(&body, issues)))
}

#[test]
fn an_entry_is_a_filing_of_a_filer_in_a_role() {
    let Some(filings) = page("count40-start0") else { return };
    assert_eq!(filings.len(), 40);
    let first = &filings[0];
    assert_eq!(first.span, 472..1024);
    assert_eq!(first.form_type, "4");
    assert_eq!(first.company_name, "BREAUX PAUL W.");
    assert_eq!(first.cik.to_string(), "0001700545");
    assert_eq!(first.role, FilerRole::Reporting);
    assert_eq!(first.accession_number, "0001700545-25-000020");
    assert_eq!(first.filed_date, day("2025-12-12"));
    assert_eq!(first.accepted_at.to_rfc3339(), "2025-12-12T18:02:10-05:00");
    assert_eq!(first.size_text, "13 KB");
    assert_eq!(
        first.index_url,
        "https://www.sec.gov/Archives/edgar/data/1700545/000170054525000020/0001700545-25-000020-index.htm"
    );
    assert_eq!(filings[1].role, FilerRole::Issuer);
    assert_eq!(filings[1].accession_number, first.accession_number);
}

#[test]
fn every_recorded_page_is_read_whole() {
    let mut roles = BTreeMap::<_, usize>::new();
    let mut items = 0;
    for (name, entries) in [
        ("count40-start0", 40),
        ("count40-start1", 40),
        ("count40-start40", 40),
        ("count100-start0", 100),
        ("count100-start100", 100),
        ("count100-start200", 100),
        ("count100-start5000", 100),
        ("form4-count100-start400", 100),
    ] {
        let Some(filings) = page(name) else { return };
        assert_eq!(filings.len(), entries, "{name}");
        for filing in &filings {
            *roles.entry(filing.role.as_str()).or_default() += 1;
            items += filing.items.len();
        }
    }
    let expected =
        [("Filed by", 9), ("Filer", 146), ("Issuer", 195), ("Reporting", 229), ("Subject", 41)];
    assert_eq!(roles, BTreeMap::from(expected));
    assert_eq!(items, 93);
}

#[test]
fn a_current_report_names_its_items() {
    let Some(filings) = page("count100-start100") else { return };
    let number = "0001493152-25-027595";
    let filing = filings.iter().find(|filing| filing.accession_number == number).unwrap();
    assert_eq!(filing.size_text, "24 MB");
    assert_eq!(
        filing.items,
        ["Item 8.01: Other Events", "Item 9.01: Financial Statements and Exhibits"]
    );
}

#[test]
fn overlapping_pages_count_once() {
    let (Some(first), Some(second)) = (page("count40-start0"), page("count40-start1")) else {
        return;
    };
    // The second begins one entry later.
    let both = without_repeats(first.iter().cloned().chain(second.iter().cloned()));
    assert_eq!(both.len(), 41);
    assert_eq!(both[..40], first[..]);
    assert_eq!(both[40].accession_number, second[39].accession_number);
}

/// Recorded a moment apart: nothing came in between, so page follows page without a gap or a repeat.
#[test]
fn pages_follow_each_other() {
    let (Some(first), Some(second), Some(next)) =
        (page("count40-start0"), page("count40-start1"), page("count40-start40"))
    else {
        return;
    };
    assert_eq!(second[39].accession_number, next[0].accession_number);
    let all = without_repeats([first, second, next].concat());
    assert_eq!(all.len(), 80);
}

#[test]
fn a_page_of_one_type_has_all_that_begin_with_it() {
    let Some(filings) = page("form4-count100-start400") else { return };
    assert!(filings.iter().all(|filing| filing.form_type.starts_with('4')));
    assert_eq!(filings.iter().filter(|filing| filing.form_type == "4").count(), 72);
}

#[test]
fn one_page_may_repeat_an_entry() {
    for (name, kept) in [("count100-start100", 99), ("form4-count100-start400", 98)] {
        let Some(filings) = page(name) else { return };
        assert_eq!(without_repeats(filings).len(), kept, "{name}");
    }
}

#[test]
fn a_filing_stays_once_for_each_filer_and_role() {
    let Some(filings) = page("count100-start0") else { return };
    let kept = without_repeats(filings.clone());
    assert_eq!(kept.len(), filings.len());
    let numbers: BTreeSet<_> = kept.iter().map(|filing| &filing.accession_number).collect();
    assert!(numbers.len() < kept.len());
}

fn feed(title: &str, role: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="ISO-8859-1" ?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Latest Filings</title>
<entry><title>{title} ({role})</title>
<link rel="alternate" type="text/html" href="https://www.sec.gov/a-index.htm"/>
<summary type="html">
 &lt;b&gt;Filed:&lt;/b&gt; 2025-12-12 &lt;b&gt;AccNo:&lt;/b&gt; 0001700545-25-000020 &lt;b&gt;Size:&lt;/b&gt; 13 KB
</summary><updated>2025-12-12T18:02:10-05:00</updated>
<category scheme="https://www.sec.gov/" label="form type" term="SC 13D"/>
<id>urn:tag:sec.gov,2008:accession-number=0001700545-25-000020</id></entry></feed>"#
    )
}

#[test]
fn a_name_may_hold_dashes_and_parentheses() {
    let text = feed("SC 13D - A - B (HOLDINGS) CO (0000000012)", "Filed by");
    let filings = clean(|issues| current_feed(text.as_bytes(), issues));
    assert_eq!(filings[0].company_name, "A - B (HOLDINGS) CO");
    assert_eq!(filings[0].role, FilerRole::FiledBy);
}

#[test]
fn a_name_in_latin_1_keeps_its_letters() {
    let text = feed("SC 13D - SOCI\u{c9}T\u{c9} (0000000012)", "Filer");
    let latin_1: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let filings = clean(|issues| current_feed(&latin_1, issues));
    assert_eq!(filings[0].company_name, "SOCI\u{c9}T\u{c9}");
    // Bytes of the page, not of the text, in which the two letters take two bytes each.
    assert!(latin_1[filings[0].span.clone()].ends_with(b"</entry>"));
}

#[test]
fn an_odd_entry_is_an_issue() {
    let sound = feed("SC 13D - A (0000000012)", "Filer");
    let check = |text: String, reason: &str| {
        let (filings, issue) = one_issue(|issues| current_feed(text.as_bytes(), issues));
        assert!(filings.is_empty());
        assert!(issue.reason.contains(reason), "{}", issue.reason);
    };
    check(feed("SC 13D - A (0000000012)", "Bystander"), "unknown role `Bystander`");
    check(feed("8-K - A (0000000012)", "Filer"), "is not `SC 13D - name (CIK) (role)`");
    check(sound.replace("2025-12-12 &lt;", "12/12/2025 &lt;"), "Filed `12/12/2025`");
    check(sound.replace("number=0001700545", "number=0001700546"), "is not that of");
    check(sound.replace("13 KB", "large"), "is not Filed, AccNo, Size and items");
    check(sound.replace("13 KB", "13 KB &lt;br&gt;Mood: glad"), "is not Filed");
    check(sound.replace("T18:02:10-05:00", ""), "updated `2025-12-12`");
    check(sound.replace("<id>", "<id2>").replace("</id>", "</id2>"), "<id>");
}

#[test]
fn an_error_page_is_no_feed() {
    let Some(body) = captured("errors/503-getcurrent-past-end-2026-01-12.html") else { return };
    assert!(current_feed(&body, &mut Vec::new()).is_err());
}

#[test]
fn the_feed_of_the_voluntary_program_is_read_whole() {
    let Some(body) = captured("feeds/xbrlrss-voluntary-program.xml") else { return };
    let filings = clean(|issues| xbrl_feed(&body, issues));
    assert_eq!(filings.len(), 100);
    assert_eq!(filings.iter().map(|filing| filing.files.len()).sum::<usize>(), 978);
    let first = &filings[0];
    assert_eq!(first.company_name, "AUTOMATIC DATA PROCESSING INC");
    assert_eq!(first.form_type, "10-Q");
    assert_eq!(first.filed_date, day("2010-05-06"));
    assert_eq!(first.cik.to_string(), "0000008670");
    assert_eq!(first.accession_number, "0000008670-10-000012");
    assert_eq!(first.period_of_report, day("2010-03-31"));
    assert_eq!(first.accepted_text, "20100506161323");
    let instance = &first.files[5];
    assert_eq!(instance.file_name, "adp-20100331.xml");
    assert_eq!(instance.document_type, "EX-100.INS");
    assert_eq!((instance.sequence, instance.size_bytes), (6, 954_719));
    let annual = filings.iter().filter(|filing| filing.form_type == "10-K").count();
    assert_eq!(annual, 11);
}

#[test]
fn an_item_of_another_namespace_is_an_issue() {
    let text = r#"<rss><channel><item><xbrlFiling xmlns="urn:other"/></item></channel></rss>"#;
    let (filings, issue) = one_issue(|issues| xbrl_feed(text.as_bytes(), issues));
    assert!(filings.is_empty());
    assert!(issue.reason.contains("urn:other"), "{}", issue.reason);
}
