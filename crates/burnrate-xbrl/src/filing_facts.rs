//! Facts read from the documents of a filing, as rows.

use burnrate_model::generated::XbrlFact;
use burnrate_model::{Cik, Decimal, Extract, Issue, Rounding};

use crate::context::Period;
use crate::fact::{Fact, Reading, Value};
use crate::precision::most_precise;
use crate::submission_header::SubmissionHeader;
use crate::unit;
use burnrate_model::locator;

/// The scheme by which filers name themselves in contexts: EDGAR Filer Manual, volume II, 6.5.1.
const CIK_SCHEME: &str = "http://www.sec.gov/CIK";

/// Length up to which an element stands in a quarantined record.
const RECORD_BYTES: usize = 1000;

/// Where the documents of a set stand in the file that was captured.
pub struct Documents<'a> {
    /// The whole file.
    pub body: &'a [u8],
    /// First byte of each document, in the order of the set.
    pub starts: Vec<usize>,
}

/// Turns the numeric facts of a set of documents into `core_xbrl_fact` rows; what could not be read
/// becomes an issue. Returns how many rows each document gave.
///
/// Of the same fact stated twice the most precise stands. `never_negative` are concepts of which the filer
/// as a whole cannot report less than nothing. Facts that are text have no row: they are the document.
pub fn filing_facts(
    reading: Reading<'_>,
    documents: &Documents<'_>,
    header: &SubmissionHeader<'_>,
    never_negative: &[&str],
    out: &mut Extract,
) -> Vec<usize> {
    let mut rows_of = vec![0; documents.starts.len()];
    let (facts, conflicts) = most_precise(reading.facts);
    for problem in reading.problems.iter().chain(&conflicts) {
        let range = documents.range(problem.document, &problem.span);
        out.issues.push(documents.issue(range, problem.reason.clone()));
    }
    for fact in &facts {
        if fact.unit.is_none() {
            continue;
        }
        let range = documents.range(fact.document, &fact.span);
        match row(fact, header, never_negative) {
            Ok(row) => {
                rows_of[fact.document] += 1;
                out.push(row, locator(&range), header.filed_date);
            }
            Err(reason) => out.issues.push(documents.issue(range, reason)),
        }
    }
    rows_of
}

impl Documents<'_> {
    fn range(&self, document: usize, span: &std::ops::Range<usize>) -> std::ops::Range<usize> {
        let start = self.starts[document];
        start + span.start..start + span.end
    }

    fn issue(&self, range: std::ops::Range<usize>, reason: String) -> Issue {
        let end = range.end.min(range.start + RECORD_BYTES).min(self.body.len());
        let record = String::from_utf8_lossy(&self.body[range.start.min(end)..end]).into_owned();
        Issue { locator: locator(&range), reason, record }
    }
}

fn row(
    fact: &Fact<'_>,
    header: &SubmissionHeader<'_>,
    never_negative: &[&str],
) -> Result<XbrlFact, String> {
    let context = &fact.context;
    if context.scheme != CIK_SCHEME {
        return Err(format!("the entity is named by `{}`, not by CIK", context.scheme));
    }
    let cik: Cik =
        context.entity.parse().map_err(|_| format!("the entity `{}` is no CIK", context.entity))?;
    if header.filers.iter().all(|filer| filer.cik != cik) {
        return Err(format!("the entity {cik} is no filer of this filing"));
    }
    let (period_start, period_end) = match context.period {
        Period::Instant(date) => (None, date),
        Period::Duration { start, end } => (Some(start), end),
        Period::Forever => return Err("the period has no end".to_owned()),
    };
    let (value, rounding) = match fact.value {
        Value::Number(value, rounding) => (Some(value), rounding),
        Value::Nil => (None, Rounding::Exact),
        Value::Text(_) => return Err("a fact with a unit has no number".to_owned()),
    };
    let unit = fact.unit.as_deref().unwrap_or_default();
    if unit::is_misspelt(unit) {
        return Err(format!("unit `{unit}` is a standard one in other capitals"));
    }
    let dimensions = Some(context.dimensions_text()).filter(|text| !text.is_empty());
    let is_negative = value.is_some_and(Decimal::is_negative);
    if is_negative && dimensions.is_none() && never_negative.contains(&fact.concept.local) {
        return Err("a negative value, which this concept cannot have".to_owned());
    }
    let also: Vec<_> = fact.also.iter().map(ToString::to_string).collect();
    Ok(XbrlFact {
        cik: cik.to_string(),
        taxonomy: fact.concept.taxonomy.to_owned(),
        concept: fact.concept.local.to_owned(),
        unit: unit.to_owned(),
        dimensions,
        period_start,
        period_end,
        period_days: period_start.map(|start| (period_end - start).num_days() + 1),
        value,
        decimals: fact.decimals.map(|decimals| decimals.to_string()),
        is_rounded: rounding == Rounding::Rounded,
        also_stated: Some(also.join(" | ")).filter(|text| !text.is_empty()),
        accession_number: header.accession_number.to_owned(),
        form_type: header.form_type.to_owned(),
        filed_date: header.filed_date,
    })
}
