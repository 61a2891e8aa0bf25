//! Traps of the submissions index.

use std::collections::HashMap;

use burnrate_model::Extract;
use burnrate_model::generated::Filing;

use crate::captured;

/// The filings of a document and the names of the pages of older ones; none of it is odd.
fn read(file: &str) -> Option<(Vec<Filing>, Vec<String>)> {
    let body = captured(&format!("submissions/{file}.json"))?;
    let mut out = Extract::default();
    let pages = burnrate_xbrl::submissions(&body, &mut out).unwrap();
    assert_eq!(out.issues, [], "{file}");
    Some((out.rows.filing.into_iter().map(|sighted| sighted.row).collect(), pages))
}

/// Every recorded index, with as many filings as Python counts in it.
const RECORDED: &[(&str, usize)] = &[
    ("MSFT-CIK0000789019-2022-09", 1007),
    ("MSFT-CIK0000789019-2026-02-03", 1006),
    ("MSFT-CIK0000789019-2026-03-05", 1002),
    ("AAPL-CIK0000320193-2026-03-05", 1005),
    ("NVDA-CIK0001045810-2026-03-05", 1007),
    ("GOOGL-CIK0001652044-2026-04", 1022),
    ("FNMA-CIK0000310522-2026-02-08", 1140),
    ("EXPE-CIK0001324424-2026-03-05", 1002),
    ("edge-VEST-LP-CIK0001800903", 1),
    ("edge-CoolJapanFund-CIK0001911716", 2),
    ("edge-NVC-Holdings-CIK0001940261", 5),
    ("edge-Siemens-AG-CIK0000940418", 31),
    ("edge-person-Sievert-CIK0001718179", 11),
    ("edge-TR-Finance-CIK0001814722", 27),
    ("edge-LearnCW-delisted-CIK0001847577", 124),
];

#[test]
fn funds_persons_and_foreign_filers_are_read_as_companies_are() {
    for (file, count) in RECORDED {
        let Some((filings, _)) = read(file) else { return };
        assert_eq!(filings.len(), *count, "{file}");
    }
}

#[test]
fn older_filings_stand_on_pages_of_bare_columns() {
    let Some((_, pages)) = read("MSFT-CIK0000789019-2026-03-05") else { return };
    assert_eq!(pages, [1, 2].map(|page| format!("CIK0000789019-submissions-00{page}.json")));
    let page = captured("submissions/EXPE-CIK0001324424-submissions-001-2026-03-05.json").unwrap();
    let mut out = Extract::default();
    burnrate_xbrl::filing_page(&page, "1324424".parse().unwrap(), &mut out).unwrap();
    assert_eq!(out.issues, []);
    assert_eq!(out.rows.filing.len(), 976);
}

#[test]
fn a_report_date_that_is_empty_is_none() {
    let Some((filings, _)) = read("FNMA-CIK0000310522-2026-02-08") else { return };
    assert_eq!(filings.iter().filter(|filing| filing.report_date.is_none()).count(), 1083);
}

#[test]
fn the_hour_of_acceptance_differs_between_captures_and_the_day_of_filing_does_not() {
    let Some((earlier, _)) = read("MSFT-CIK0000789019-2022-09") else { return };
    let (later, _) = read("MSFT-CIK0000789019-2026-02-03").unwrap();
    let later: HashMap<_, _> =
        later.iter().map(|filing| (filing.accession_number.as_str(), filing)).collect();
    let common: Vec<_> = earlier
        .iter()
        .filter_map(|filing| Some((filing, *later.get(filing.accession_number.as_str())?)))
        .collect();
    assert_eq!(common.len(), 455);
    assert!(common.iter().all(|(before, after)| before.accepted_text != after.accepted_text));
    assert!(common.iter().all(|(before, after)| before.filed_date == after.filed_date));
}

#[test]
fn a_month_later_new_filings_are_in_front_and_old_ones_on_the_next_page() {
    let Some((earlier, _)) = read("MSFT-CIK0000789019-2026-02-03") else { return };
    let (later, _) = read("MSFT-CIK0000789019-2026-03-05").unwrap();
    let new: Vec<_> = later
        .iter()
        .filter(|filing| earlier.iter().all(|old| old.accession_number != filing.accession_number))
        .collect();
    assert_eq!(new.len(), 1002 - 982);
    let last_seen = earlier.iter().map(|filing| filing.filed_date).max().unwrap();
    assert!(new.iter().all(|filing| filing.filed_date > last_seen));
}
