//! The readers of JSON: what is read stands where its locator says, every record becomes a row or an
//! issue, and no record costs more than a set number of bytes.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::marker::PhantomData;

use burnrate_model::generated::XbrlFact;
use burnrate_model::{Cik, Decimal, Extract, Issue, Sighted};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

const NEVER_NEGATIVE: &[&str] = &["PaymentsToAcquirePropertyPlantAndEquipment"];

/// Bytes of output that a record may cost besides a few times its own: mostly its locator.
const OVERHEAD: usize = 4096;

/// Members of an object in their order, those of one name included, which serde's maps lose.
struct Members<T>(Vec<(String, T)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Members<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for InOrder<T> {
            type Value = Members<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(InOrder(PhantomData))
    }
}

#[derive(Deserialize)]
struct CompanyFacts<'a> {
    #[serde(borrow)]
    facts: Members<Members<Concept<'a>>>,
}

#[derive(Deserialize)]
struct Concept<'a> {
    #[serde(borrow)]
    units: Members<Vec<&'a RawValue>>,
}

impl<'a> CompanyFacts<'a> {
    /// The facts by JSON pointer. A name that stands twice makes two facts of one pointer.
    fn by_pointer(&self) -> HashMap<String, Vec<&'a str>> {
        let mut facts: HashMap<String, Vec<&str>> = HashMap::new();
        for (taxonomy, concepts) in &self.facts.0 {
            for (concept, body) in &concepts.0 {
                for (unit, list) in &body.units.0 {
                    let steps = [taxonomy, concept, unit]
                        .map(|name| name.replace('~', "~0").replace('/', "~1"));
                    let [taxonomy, concept, unit] = steps;
                    for (index, fact) in list.iter().enumerate() {
                        let pointer = format!("/facts/{taxonomy}/{concept}/units/{unit}/{index}");
                        facts.entry(pointer).or_default().push(fact.get());
                    }
                }
            }
        }
        facts
    }
}

/// `companyfacts` of any bytes.
pub(crate) fn companyfacts(body: &[u8]) {
    let mut out = Extract::default();
    if burnrate_xbrl::company_facts(body, NEVER_NEGATIVE, &mut out).is_err() {
        assert!(out.rows.xbrl_fact.is_empty(), "rows of a refused document");
        return;
    }
    let document: CompanyFacts<'_> = serde_json::from_slice(body).unwrap();
    let facts = document.by_pointer();
    let count: usize = facts.values().map(Vec::len).sum();
    assert_eq!(out.rows.xbrl_fact.len() + out.issues.len(), count, "a fact was lost");
    for row in &out.rows.xbrl_fact {
        assert!(facts[&row.locator].iter().any(|fact| is_read_from(row, fact)), "{row:?}");
        assert!(row.locator.len() < OVERHEAD);
    }
    for issue in &out.issues {
        assert!(facts[&issue.locator].contains(&issue.record.as_str()), "{issue:?}");
        check_size(issue);
    }
}

fn is_read_from(row: &Sighted<XbrlFact>, fact: &str) -> bool {
    #[derive(Deserialize)]
    struct Fact<'a> {
        end: String,
        #[serde(borrow)]
        val: &'a RawValue,
        accn: String,
        filed: String,
    }
    // Of two facts of one pointer, the other may be an issue.
    let Ok(fact) = serde_json::from_str::<Fact<'_>>(fact) else { return false };
    Decimal::parse(fact.val.get()).is_ok_and(|(value, _)| row.row.value == Some(value))
        && fact.end == row.row.period_end.to_string()
        && fact.accn == row.row.accession_number
        && fact.filed == row.row.filed_date.to_string()
        && row.known_on == row.row.filed_date
}

/// A reason may quote the record, in which an escape can be longer than what it stands for.
fn check_size(issue: &Issue) {
    let size = issue.locator.len() + issue.reason.len() + issue.record.len();
    assert!(size < OVERHEAD + 10 * issue.record.len(), "{size} bytes: {issue:?}");
}

/// The submissions index, or, of bytes that begin with `p`, a page of older filings.
pub(crate) fn submissions(bytes: &[u8]) {
    match bytes {
        [b'p', page @ ..] => filing_page(page),
        body => index(body),
    }
}

fn index(body: &[u8]) {
    let mut out = Extract::default();
    let Ok(pages) = burnrate_xbrl::submissions(body, &mut out) else { return };
    let document: Value = serde_json::from_slice(body).unwrap();
    let files = document["filings"]["files"].as_array().unwrap();
    let odd_names = files.len() - pages.len();
    check_filings(&out, &document["filings"]["recent"], "/filings/recent", odd_names);
    for page in pages {
        assert!(files.iter().any(|file| file["name"] == page.as_str()));
        let name = page.strip_suffix(".json").unwrap();
        assert!(!name.contains(['/', '.', '?', '#', '%']), "{page}");
    }
}

fn filing_page(body: &[u8]) {
    let mut out = Extract::default();
    let cik: Cik = "789019".parse().unwrap();
    if burnrate_xbrl::filing_page(body, cik, &mut out).is_ok() {
        check_filings(&out, &serde_json::from_slice(body).unwrap(), "", 0);
    }
}

fn check_filings(out: &Extract, columns: &Value, place: &str, odd_names: usize) {
    let accession_numbers = columns["accessionNumber"].as_array().unwrap();
    assert_eq!(out.rows.filing.len() + out.issues.len(), accession_numbers.len() + odd_names);
    let mut seen = HashSet::new();
    for filing in &out.rows.filing {
        let index = filing.locator.strip_prefix(&format!("{place}/accessionNumber/")).unwrap();
        let index: usize = index.parse().unwrap();
        assert_eq!(accession_numbers[index], filing.row.accession_number.as_str());
        assert_eq!(columns["filingDate"][index], filing.row.filed_date.to_string().as_str());
        assert!(seen.insert(index), "filing {index} stands twice");
    }
    out.issues.iter().for_each(check_size);
}
