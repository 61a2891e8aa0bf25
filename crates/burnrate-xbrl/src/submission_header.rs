//! The SEC's header of a filing: who filed what, and when.
//!
//! It is written in two ways, `FILED AS OF DATE:  20240111` and `<FILING-DATE>20240111`, which name the
//! same things by slightly different names, and sometimes both stand in one header.

use burnrate_model::{Cik, Issue, ShapeError, locator};
use chrono::NaiveDate;

use crate::companyfacts::is_accession_number;
use crate::filer_role::FilerRole;
use crate::lines::{Line, Lines, at_byte};

/// What the SEC says of a filing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmissionHeader<'a> {
    /// E.g. `0000320193-25-000057`.
    pub accession_number: &'a str,
    /// E.g. `10-K` or `D/A`.
    pub form_type: &'a str,
    /// Date of filing.
    pub filed_date: NaiveDate,
    /// End of the period that the filing reports on, or date of the event.
    pub period_of_report: Option<NaiveDate>,
    /// When EDGAR accepted it, `YYYYMMDDhhmmss` in Eastern time, as written; absent in older filings.
    pub accepted_text: Option<&'a str>,
    /// How many public documents the SEC counts; the file often holds another number.
    pub document_count: Option<u32>,
    /// Everyone the filing is filed by, for or about, in order.
    pub filers: Vec<SubmissionFiler<'a>>,
}

/// One filer of a filing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmissionFiler<'a> {
    /// Its part in the filing.
    pub role: FilerRole,
    /// Its number.
    pub cik: Cik,
    /// Its name as the SEC conforms it.
    pub name: &'a str,
}

/// Names of fields and groups that are left out; `-` and `_` are spaces here.
const LEFT_OUT: &[&str] = &[
    "ABS ASSET CLASS",
    "ABS RULE",
    "ACQUIRING DATA",
    "ACT",
    "ACTION DATE",
    "ADDRESS IS A NON US LOCATION",
    "ASSIGNED SIC",
    "BUSINESS ADDRESS",
    "BUSINESS PHONE",
    "CITY",
    "CLASS CONTRACT",
    "CLASS CONTRACT ID",
    "CLASS CONTRACT NAME",
    "CLASS CONTRACT TICKER SYMBOL",
    "COMPANY DATA",
    "CONFIRMING COPY",
    "DATE AS OF CHANGE",
    "DATE CHANGED",
    "DATE OF FILING DATE CHANGE",
    "DATE OF NAME CHANGE",
    "EFFECTIVENESS DATE",
    "EIN",
    "EXISTING SERIES AND CLASSES CONTRACTS",
    "FILE NUMBER",
    "FILING VALUES",
    "FILM NUMBER",
    "FISCAL YEAR END",
    "FORM TYPE",
    "FORMER COMPANY",
    "FORMER CONFORMED NAME",
    "FORMER NAME",
    "GROUP MEMBERS",
    "IRS NUMBER",
    "ITEM INFORMATION",
    "ITEMS",
    "MAIL ADDRESS",
    "MERGER SERIES AND CLASSES CONTRACTS",
    "NEW CLASSES CONTRACTS",
    "NEW SERIES",
    "NEW SERIES AND CLASSES CONTRACTS",
    "NON US STATE TERRITORY",
    "ORGANIZATION NAME",
    "OWNER CIK",
    "OWNER DATA",
    "PAPER",
    "PHONE",
    "RECEIVED DATE",
    "REFERENCES 429",
    "RELATIONSHIP",
    "SEC ACT",
    "SEC FILE NUMBER",
    "SERIES",
    "SERIES AND CLASSES CONTRACTS DATA",
    "SERIES ID",
    "SERIES NAME",
    "SROS",
    "STANDARD INDUSTRIAL CLASSIFICATION",
    "STATE",
    "STATE OF INCORPORATION",
    "STREET 1",
    "STREET 2",
    "STREET1",
    "STREET2",
    "TARGET DATA",
    "ZIP",
];

/// A field of the header and where it stands.
struct Field<'a> {
    name: &'a str,
    value: &'a str,
    line: Line<'a>,
}

impl<'a> Field<'a> {
    /// `KEY: value`, `<KEY>value` or, of a closing tag, nothing. Any other line is a name alone.
    fn of(line: &Line<'a>) -> Result<Option<Self>, ShapeError> {
        let text = line.text()?.trim();
        let parts = match text.strip_prefix('<') {
            Some(closing) if closing.starts_with('/') => return Ok(None),
            Some(tag) => tag.split_once('>'),
            None => text.split_once(':'),
        };
        let (name, value) = parts.unwrap_or((text, ""));
        Ok(Some(Self { name: name.trim(), value: value.trim(), line: *line }))
    }

    fn odd(&self, expected: &str) -> ShapeError {
        at_byte(self.line.start, expected, format!("`{}` in {}", self.value, self.name))
    }

    fn date(&self) -> Result<NaiveDate, ShapeError> {
        NaiveDate::parse_from_str(self.value, "%Y%m%d")
            .ok()
            .filter(|_| self.value.len() == 8)
            .ok_or_else(|| self.odd("a date, YYYYMMDD"))
    }
}

/// A header that is being read; what a sound header has exactly once is set once.
#[derive(Default)]
struct Draft<'a> {
    accession_number: Option<&'a str>,
    form_type: Option<&'a str>,
    filed_date: Option<NaiveDate>,
    period_of_report: Option<NaiveDate>,
    accepted_text: Option<&'a str>,
    document_count: Option<u32>,
    filers: Vec<FilerDraft<'a>>,
}

struct FilerDraft<'a> {
    role: FilerRole,
    start: usize,
    cik: Option<Cik>,
    name: Option<&'a str>,
}

/// Reads header lines up to the line `end`, which is left.
pub(crate) fn header<'a>(
    lines: &mut Lines<'a>,
    end: &str,
    issues: &mut Vec<Issue>,
) -> Result<SubmissionHeader<'a>, ShapeError> {
    let start = lines.byte();
    let mut draft = Draft::default();
    loop {
        let mut ahead = lines.clone();
        match ahead.next_not_blank() {
            Some(line) if line.is(end) => return draft.finish(start),
            Some(line) if !line.is("<DOCUMENT>") => {
                if let Some(field) = Field::of(&line)? {
                    draft.take(&field, issues)?;
                }
            }
            other => return Err(ahead.unexpected(end, other)),
        }
        *lines = ahead;
    }
}

impl<'a> Draft<'a> {
    fn take(&mut self, field: &Field<'a>, issues: &mut Vec<Issue>) -> Result<(), ShapeError> {
        let name = field.name.replace(['-', '_'], " ");
        match name.as_str() {
            "ACCESSION NUMBER" => {
                let number = Some(field.value).filter(|value| is_accession_number(value));
                once(&mut self.accession_number, number, field, "an accession number")
            }
            "CONFORMED SUBMISSION TYPE" | "TYPE" => {
                once(&mut self.form_type, stated(field), field, "a form type")
            }
            "FILED AS OF DATE" | "FILING DATE" => {
                once(&mut self.filed_date, Some(field.date()?), field, "one filing date")
            }
            "CONFORMED PERIOD OF REPORT" | "PERIOD" => {
                once(&mut self.period_of_report, Some(field.date()?), field, "one period of report")
            }
            "ACCEPTANCE DATETIME" => {
                let is_time =
                    field.value.len() == 14 && field.value.bytes().all(|b| b.is_ascii_digit());
                let text = is_time.then_some(field.value);
                once(&mut self.accepted_text, text, field, "a time, YYYYMMDDhhmmss")
            }
            "PUBLIC DOCUMENT COUNT" => {
                once(&mut self.document_count, field.value.parse().ok(), field, "a count")
            }
            "CENTRAL INDEX KEY" | "CIK" => {
                let cik = field.value.parse().ok();
                once(&mut self.filer(field)?.cik, cik, field, "a Central Index Key")
            }
            "COMPANY CONFORMED NAME" | "CONFORMED NAME" => {
                once(&mut self.filer(field)?.name, stated(field), field, "a name")
            }
            other => {
                self.role_or_left_out(other, field, issues);
                Ok(())
            }
        }
    }

    fn role_or_left_out(&mut self, name: &str, field: &Field<'a>, issues: &mut Vec<Issue>) {
        match FilerRole::parse(name) {
            Some(role) if field.value.is_empty() => {
                self.filers.push(FilerDraft {
                    role,
                    start: field.line.start,
                    cik: None,
                    name: None,
                });
            }
            _ if LEFT_OUT.contains(&name) => {}
            _ => issues.push(Issue {
                locator: locator(&field.line.span()),
                reason: format!("unknown header field `{}`", field.name),
                record: field.value.to_owned(),
            }),
        }
    }

    /// The filer whose group is open.
    fn filer(&mut self, field: &Field<'a>) -> Result<&mut FilerDraft<'a>, ShapeError> {
        self.filers.last_mut().ok_or_else(|| field.odd("a filer's part in front of it"))
    }

    fn finish(self, start: usize) -> Result<SubmissionHeader<'a>, ShapeError> {
        let lacking = |what: &str| at_byte(start, what, "a header without it");
        let filers = self.filers.into_iter().map(FilerDraft::finish);
        Ok(SubmissionHeader {
            accession_number: self
                .accession_number
                .ok_or_else(|| lacking("an accession number"))?,
            form_type: self.form_type.ok_or_else(|| lacking("a form type"))?,
            filed_date: self.filed_date.ok_or_else(|| lacking("a filing date"))?,
            period_of_report: self.period_of_report,
            accepted_text: self.accepted_text,
            document_count: self.document_count,
            filers: filers.collect::<Result<_, _>>()?,
        })
    }
}

impl<'a> FilerDraft<'a> {
    fn finish(self) -> Result<SubmissionFiler<'a>, ShapeError> {
        let lacking = |what: &str| at_byte(self.start, what, "a filer without it");
        Ok(SubmissionFiler {
            role: self.role,
            cik: self.cik.ok_or_else(|| lacking("a Central Index Key"))?,
            name: self.name.ok_or_else(|| lacking("a name"))?,
        })
    }
}

fn stated<'a>(field: &Field<'a>) -> Option<&'a str> {
    Some(field.value).filter(|value| !value.is_empty())
}

/// Sets what may be there once; a value that could not be read, or a second one, is an error.
fn once<T>(
    slot: &mut Option<T>,
    value: Option<T>,
    field: &Field<'_>,
    expected: &str,
) -> Result<(), ShapeError> {
    match (slot.is_some(), value) {
        (true, _) => Err(field.odd(&format!("{} once", field.name))),
        (false, None) => Err(field.odd(expected)),
        (false, Some(value)) => {
            *slot = Some(value);
            Ok(())
        }
    }
}
