//! `companyfacts`: every fact a filer ever tagged, without dimensions and extension tags.
//!
//! The document nests taxonomy, concept and unit; under each unit stands a list of facts, each as
//! often as it was filed. `fy` and `fp` describe the filing, and `frame` moves from copy to copy:
//! they are read and left out, so that a period is its start and end only. Labels and descriptions
//! may be null and are left out too.

use std::borrow::Cow;
use std::fmt::Write as _;

use burnrate_model::generated::XbrlFact;
use burnrate_model::{Cik, Decimal, Extract, Issue, Rounding, ShapeError};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use crate::json::{self, Day, Members, Text, pointer_step};
use crate::unit;

/// What a sound document is, for the reader of an error.
const EXPECTED: &str = "companyfacts JSON (cik, entityName, facts)";

/// A document whose facts are read as `F`: at once, or as text that is read one by one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "F: Deserialize<'de>"))]
struct Document<'a, F> {
    #[serde(borrow)]
    cik: &'a RawValue,
    #[serde(rename = "entityName")]
    _entity_name: IgnoredAny,
    #[serde(borrow)]
    facts: Members<'a, Members<'a, Concept<'a, F>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "F: Deserialize<'de>"))]
struct Concept<'a, F> {
    #[serde(rename = "label")]
    _label: IgnoredAny,
    #[serde(rename = "description")]
    _description: IgnoredAny,
    #[serde(borrow)]
    units: Members<'a, Vec<F>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fact<'a> {
    start: Option<Day>,
    end: Day,
    #[serde(borrow)]
    val: &'a RawValue,
    #[serde(borrow)]
    accn: Text<'a>,
    #[serde(rename = "fy")]
    _fy: IgnoredAny,
    #[serde(rename = "fp")]
    _fp: IgnoredAny,
    #[serde(borrow)]
    form: Text<'a>,
    filed: Day,
    #[serde(rename = "frame", default)]
    _frame: IgnoredAny,
}

/// Where a list of facts stands, and what they have in common.
struct Place<'a> {
    cik: &'a str,
    taxonomy: &'a str,
    concept: &'a str,
    unit: &'a str,
    is_known_unit: bool,
    may_be_negative: bool,
}

/// Reads a companyfacts document into `core_xbrl_fact` rows.
///
/// `never_negative` are concepts of which a negative value is implausible, such as payments; such a
/// fact is an issue, as is one of an unknown unit, without a value, or otherwise not as the format
/// says.
///
/// # Errors
/// [`ShapeError`] where the document as a whole is no companyfacts document.
pub fn company_facts(
    body: &[u8],
    never_negative: &[&str],
    out: &mut Extract,
) -> Result<(), ShapeError> {
    if let Some(sound) = sound_document(body, never_negative) {
        out.rows.xbrl_fact = sound.rows.xbrl_fact;
        return Ok(());
    }
    let document: Document<'_, &RawValue> = json::document(body, EXPECTED)?;
    let cik = cik(document.cik)?;
    for_each_fact(&document, &cik, never_negative, |place, locator, raw| {
        let fact = serde_json::from_str::<Fact<'_>>(raw.get()).map_err(|error| error.to_string());
        match fact.and_then(|fact| place.row(&fact)) {
            Ok(row) => {
                let known_on = row.filed_date;
                out.push(row, locator, known_on);
            }
            Err(reason) => {
                out.issues.push(Issue { locator, reason, record: raw.get().to_owned() });
            }
        }
        true
    });
    Ok(())
}

/// The usual case, in one pass over the bytes: a document without a single odd fact.
fn sound_document(body: &[u8], never_negative: &[&str]) -> Option<Extract> {
    let document: Document<'_, Fact<'_>> = json::document(body, EXPECTED).ok()?;
    let cik = cik(document.cik).ok()?;
    let mut out = Extract::default();
    out.rows.xbrl_fact.reserve(body.len() / 160);
    let is_sound = for_each_fact(&document, &cik, never_negative, |place, locator, fact| {
        let Ok(row) = place.row(fact) else { return false };
        let known_on = row.filed_date;
        out.push(row, locator, known_on);
        true
    });
    is_sound.then_some(out)
}

/// Hands out each fact with its place and JSON pointer, until `each` says no; whether it never did.
fn for_each_fact<F>(
    document: &Document<'_, F>,
    cik: &str,
    never_negative: &[&str],
    mut each: impl FnMut(&Place<'_>, String, &F) -> bool,
) -> bool {
    for (taxonomy, concepts) in &document.facts.0 {
        for (concept, body) in &concepts.0 {
            let may_be_negative = !never_negative.contains(&concept.as_ref());
            for (unit, facts) in &body.units.0 {
                let is_known_unit = unit::is_known(unit);
                let place = Place { cik, taxonomy, concept, unit, is_known_unit, may_be_negative };
                let list = place.pointer();
                for (index, fact) in facts.iter().enumerate() {
                    let mut locator = String::with_capacity(list.len() + 6);
                    // Writing to a String cannot fail.
                    let _infallible = write!(locator, "{list}/{index}");
                    if !each(&place, locator, fact) {
                        return false;
                    }
                }
            }
        }
    }
    true
}

/// The filer's number, which some documents write as a number and some as a text.
pub(crate) fn cik(raw: &RawValue) -> Result<String, ShapeError> {
    let digits = raw.get().trim_matches('"');
    match digits.parse::<Cik>() {
        Ok(cik) => Ok(cik.to_string()),
        Err(error) => Err(ShapeError {
            place: "/cik".to_owned(),
            expected: "a Central Index Key".to_owned(),
            found: error.to_string(),
        }),
    }
}

impl Place<'_> {
    fn row(&self, fact: &Fact<'_>) -> Result<XbrlFact, String> {
        if !self.is_known_unit {
            return Err(format!("unknown unit `{}`", self.unit));
        }
        let (value, rounding) = Decimal::parse(fact.val.get())
            .map_err(|error| format!("val `{}`: {error}", fact.val.get()))?;
        if value.is_negative() && !self.may_be_negative {
            return Err(format!("val `{}`: {} is never negative", fact.val.get(), self.concept));
        }
        let (start, end) = (fact.start.map(|start| start.0), fact.end.0);
        let period_days = match start {
            Some(start) if start > end => return Err(format!("start {start} is after end {end}")),
            Some(start) => Some((end - start).num_days() + 1),
            None => None,
        };
        let accession_number = &fact.accn.0;
        if !is_accession_number(accession_number) {
            return Err(format!("accn `{accession_number}` is no accession number"));
        }
        if fact.form.0.is_empty() {
            return Err("form is empty".to_owned());
        }
        Ok(XbrlFact {
            cik: self.cik.to_owned(),
            taxonomy: self.taxonomy.to_owned(),
            concept: self.concept.to_owned(),
            unit: self.unit.to_owned(),
            dimensions: None,
            period_start: start,
            period_end: end,
            period_days,
            value: Some(value),
            decimals: None,
            is_rounded: rounding == Rounding::Rounded,
            also_stated: None,
            accession_number: accession_number.clone().into_owned(),
            form_type: fact.form.0.clone().into_owned(),
            filed_date: fact.filed.0,
        })
    }

    fn pointer(&self) -> String {
        let [taxonomy, concept, unit] =
            [self.taxonomy, self.concept, self.unit].map(pointer_step) as [Cow<'_, str>; 3];
        format!("/facts/{taxonomy}/{concept}/units/{unit}")
    }
}

/// `0000320193-25-000057`: filer agent, year, sequence.
pub(crate) fn is_accession_number(text: &str) -> bool {
    text.len() == 20
        && text.bytes().enumerate().all(|(index, byte)| match index {
            10 | 13 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    const FACT: &str = r#"{"start":"2024-07-01","end":"2024-09-30","val":14923000000,"accn":"0000950170-24-118967","fy":2025,"fp":"Q1","form":"10-Q","filed":"2024-10-30","frame":"CY2024Q3"}"#;

    fn document(unit: &str, facts: &str) -> String {
        format!(
            r#"{{"cik":789019,"entityName":"MICROSOFT CORPORATION","facts":{{"us-gaap":{{"PaymentsToAcquirePropertyPlantAndEquipment":{{"label":null,"description":null,"units":{{"{unit}":[{facts}]}}}}}}}}}}"#
        )
    }

    fn read(text: &str) -> Result<Extract, ShapeError> {
        let mut out = Extract::default();
        company_facts(text.as_bytes(), &["PaymentsToAcquirePropertyPlantAndEquipment"], &mut out)?;
        Ok(out)
    }

    /// One bad fact beside a good one: the good one is read, the other is kept with its reason.
    fn check_issue(bad: &str, reason: &str) {
        let out = read(&document("USD", &format!("{FACT},{bad}"))).unwrap();
        assert_eq!(out.rows.xbrl_fact.len(), 1, "{bad}");
        let [issue] = out.issues.as_slice() else { panic!("{bad}: {:?}", out.issues) };
        assert!(issue.reason.contains(reason), "{bad}: {}", issue.reason);
        assert_eq!(issue.record, bad);
        assert_eq!(
            issue.locator,
            "/facts/us-gaap/PaymentsToAcquirePropertyPlantAndEquipment/units/USD/1"
        );
    }

    #[test]
    fn a_fact_becomes_a_row_with_its_place() {
        let out = read(&document("USD", FACT)).unwrap();
        let [sighted] = out.rows.xbrl_fact.as_slice() else { panic!("one row") };
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(
            sighted.locator,
            "/facts/us-gaap/PaymentsToAcquirePropertyPlantAndEquipment/units/USD/0"
        );
        assert_eq!(sighted.known_on, day("2024-10-30"));
        assert_eq!(
            sighted.row,
            XbrlFact {
                cik: "0000789019".to_owned(),
                taxonomy: "us-gaap".to_owned(),
                concept: "PaymentsToAcquirePropertyPlantAndEquipment".to_owned(),
                unit: "USD".to_owned(),
                dimensions: None,
                period_start: Some(day("2024-07-01")),
                period_end: day("2024-09-30"),
                period_days: Some(92), // 31 + 31 + 30
                value: Some(Decimal::from(14_923_000_000)),
                decimals: None,
                is_rounded: false,
                also_stated: None,
                accession_number: "0000950170-24-118967".to_owned(),
                form_type: "10-Q".to_owned(),
                filed_date: day("2024-10-30"),
            }
        );
        assert!(out.issues.is_empty());
    }

    #[test]
    fn an_odd_fact_is_an_issue_and_the_rest_goes_on() {
        check_issue(&FACT.replace(r#""val":14923000000,"#, ""), "missing field `val`");
        check_issue(&FACT.replace("14923000000", "null"), "val `null`: not a decimal number");
        check_issue(&FACT.replace("14923000000", r#""n/a""#), "not a decimal number");
        check_issue(&FACT.replace("14923000000", "-14923000000"), "is never negative");
        check_issue(&FACT.replace("14923000000", "1e40"), "more than 26 digits");
        check_issue(
            &FACT.replace("2024-09-30", "2024-06-30"),
            "start 2024-07-01 is after end 2024-06-30",
        );
        check_issue(&FACT.replace("2024-09-30", "2024-09-31"), "`2024-09-31` is no day");
        check_issue(&FACT.replace("2024-09-30", "2024-9-30"), "`2024-9-30` is no day");
        check_issue(
            &FACT.replace("0000950170-24-118967", "950170-24-118967"),
            "is no accession number",
        );
        check_issue(&FACT.replace("10-Q", ""), "form is empty");
        check_issue(&FACT.replace("frame", "colour"), "unknown field `colour`");
        check_issue("7", "invalid type");
    }

    #[test]
    fn facts_of_an_unknown_unit_are_issues() {
        let out = read(&document("USDollars", FACT)).unwrap();
        assert!(out.rows.xbrl_fact.is_empty());
        assert_eq!(out.issues[0].reason, "unknown unit `USDollars`");
        assert_eq!(
            out.issues[0].locator,
            "/facts/us-gaap/PaymentsToAcquirePropertyPlantAndEquipment/units/USDollars/0"
        );
    }

    #[test]
    fn a_unit_with_a_slash_is_escaped_in_the_locator() {
        let out = read(&document("USD/shares", FACT)).unwrap();
        assert_eq!(
            out.rows.xbrl_fact[0].locator,
            "/facts/us-gaap/PaymentsToAcquirePropertyPlantAndEquipment/units/USD~1shares/0"
        );
    }

    #[test]
    fn another_document_is_refused_with_the_place() {
        let truncated = &document("USD", FACT)[..150];
        let error = read(truncated).unwrap_err();
        assert_eq!(error.place, "line 1 column 150");
        let error =
            read("<!DOCTYPE html>\n<html><head><title>SEC.gov | Request Rate Threshold Exceeded")
                .unwrap_err();
        assert!(error.to_string().contains("begins `<!DOCTYPE html> <html>"), "{error}");
        assert_eq!(read(&document("USD", FACT).replace("789019", "0")).unwrap_err().place, "/cik");
        assert!(read(&document("USD", FACT).replace("entityName", "name")).is_err());
    }

    #[test]
    fn damage_in_a_text_that_is_left_out_is_damage() {
        let mut body = document("USD", FACT).into_bytes();
        let frame = body.windows(6).position(|bytes| bytes == b"CY2024").unwrap();
        body[frame] = 0xff;
        let error = company_facts(&body, &[], &mut Extract::default()).unwrap_err();
        assert_eq!(error.place, format!("byte {frame}"));
        assert!(error.found.starts_with("no UTF-8 in a document that begins"), "{error}");
    }

    #[test]
    fn a_name_that_every_locator_would_repeat_is_bounded() {
        let error = read(&document(&"U".repeat(1025), "7,7")).unwrap_err();
        assert!(error.found.starts_with("a name of 1025 bytes"), "{error}");
        assert_eq!(read(&document(&"U".repeat(1024), "7,7")).unwrap().issues.len(), 2);
    }
}
