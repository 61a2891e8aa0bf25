//! Records of the tables, cell by cell, and what all of them say in the same way.

use burnrate_model::generated::{FundingRound, ReportedMetric};
use burnrate_model::{Decimal, Extract, Rounding, ShapeError, locator};
use burnrate_prose::news::Qualifier;
use chrono::{Datelike, NaiveDate};
use csv::StringRecord;

use crate::company_key::company_key;

/// Why a record is not read.
pub(super) type Reason = &'static str;

/// The tables begin with laboratories of the 2010s: a day before is a slip of the pen.
const FIRST_YEAR: i32 = 2000;

/// One table as of one day.
pub(super) struct Edition<'a> {
    /// Its address.
    pub(super) url: &'a str,
    /// When it was fetched.
    pub(super) day: NaiveDate,
}

/// The columns, and the records with their places.
pub(super) fn records(
    body: &[u8],
) -> Result<(StringRecord, Vec<(StringRecord, String)>), ShapeError> {
    let broken = |error: csv::Error| ShapeError::new("table", "CSV", error.to_string());
    let mut reader = csv::Reader::from_reader(body);
    let header = reader.headers().map_err(broken)?.clone();
    let mut records = Vec::new();
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).map_err(broken)? {
        let offset = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX).min(body.len());
        let start = offset(record.position().map_or(0, csv::Position::byte));
        let end = offset(reader.position().byte());
        let text = body.get(start..end).unwrap_or_default().trim_ascii_end();
        records.push((record.clone(), locator(&(start..start + text.len()))));
    }
    Ok((header, records))
}

/// One record.
pub(super) struct Record<'a> {
    header: &'a StringRecord,
    cells: &'a StringRecord,
}

impl<'a> Record<'a> {
    pub(super) fn new(header: &'a StringRecord, cells: &'a StringRecord) -> Self {
        Self { header, cells }
    }

    pub(super) fn as_it_stands(&self) -> String {
        self.cells.iter().collect::<Vec<_>>().join(",")
    }

    /// A cell; empty where there is no such column, too.
    pub(super) fn text(&self, column: &str) -> &'a str {
        let place = self.header.iter().position(|name| name == column);
        place.and_then(|place| self.cells.get(place)).unwrap_or_default().trim()
    }

    /// A count or an amount in whole US dollars.
    pub(super) fn number(&self, column: &str) -> Result<Option<Decimal>, Reason> {
        let text = self.text(column);
        if text.is_empty() {
            return Ok(None);
        }
        match Decimal::parse(text) {
            Ok((number, Rounding::Exact)) if !number.is_negative() => Ok(Some(number)),
            _ => Err("not a number"),
        }
    }

    pub(super) fn day(&self, column: &str) -> Result<Option<NaiveDate>, Reason> {
        let text = self.text(column);
        if text.is_empty() {
            return Ok(None);
        }
        let day = text.parse().ok().filter(|day: &NaiveDate| day.year() >= FIRST_YEAR);
        day.map(Some).ok_or("not a day")
    }

    /// When what the record is from was published; of a few that is not stated.
    pub(super) fn reported_on(&self, edition: &Edition<'_>) -> Result<Option<NaiveDate>, Reason> {
        match self.day("Report date")? {
            Some(day) if day > edition.day => Err("reported after the table was fetched"),
            day => Ok(day),
        }
    }

    /// How sure the table is of its figure.
    pub(super) fn qualifier(&self) -> Result<Qualifier, Reason> {
        match self.text("Confidence") {
            "Confident" => Ok(Qualifier::Exact),
            "Likely" | "Uncertain" | "" => Ok(Qualifier::About),
            _ => Err("not a known degree of confidence"),
        }
    }

    /// A cell with several of a closed list of words, separated by commas.
    pub(super) fn words(
        &self,
        column: &str,
        known: &[&str],
        reason: Reason,
    ) -> Result<Vec<&'a str>, Reason> {
        let words: Vec<&str> = self.text(column).split(',').map(str::trim).collect();
        let all_known = words.iter().all(|word| known.contains(word));
        all_known.then_some(words).ok_or(reason)
    }

    /// Whether the table leaves it out of its own graph.
    pub(super) fn is_left_out(&self) -> Result<bool, Reason> {
        match self.text("Exclude from graph view") {
            "" => Ok(false),
            "True" => Ok(true),
            _ => Err("neither in the graph nor out of it"),
        }
    }

    /// The addresses that the record is from.
    pub(super) fn sources(&self) -> Option<String> {
        let sources = ["Source 1", "Source 2", "Source 3"].map(|column| self.text(column));
        let sources: Vec<_> = sources.into_iter().filter(|source| !source.is_empty()).collect();
        (!sources.is_empty()).then(|| sources.join(" | "))
    }

    /// What a row about it is known by: `name` tells it from others of the company.
    pub(super) fn mention_id(&self, edition: &Edition<'_>, name: &str) -> String {
        format!("{}#{}#{name}", edition.url, company_key(self.text("Company")))
    }
}

/// A row, and since when it could be known.
pub(super) enum Found {
    Round(Box<FundingRound>, NaiveDate),
    Metric(Box<ReportedMetric>, NaiveDate),
}

impl Found {
    pub(super) fn mention_id(&self) -> &str {
        match self {
            Self::Round(row, _) => &row.mention_id,
            Self::Metric(row, _) => &row.mention_id,
        }
    }

    pub(super) fn push(self, locator: String, out: &mut Extract) {
        match self {
            Self::Round(row, known_on) => out.push(*row, locator, known_on),
            Self::Metric(row, known_on) => out.push(*row, locator, known_on),
        }
    }
}
