//! EDGAR's form index: every filing of a day or a quarter, in lines of fixed width.
//!
//! Where the columns begin is read from the line of their names; a line of dashes follows it. An index
//! without filings (a quarter that has not begun) is in order.

use std::ops::Range;

use burnrate_model::{Cik, Issue, ShapeError, locator};
use chrono::NaiveDate;

use crate::companyfacts::is_accession_number;
use crate::lines::{Line, Lines};

/// One line of the index: one filing of one filer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexedFiling<'a> {
    /// Where its line stands, in bytes of the file.
    pub span: Range<usize>,
    /// E.g. `10-K`.
    pub form_type: &'a str,
    /// The filer's name, cut where the column ends.
    pub company_name: &'a str,
    /// The filer's number.
    pub cik: Cik,
    /// Date of filing.
    pub filed_date: NaiveDate,
    /// The full submission, below `https://www.sec.gov/Archives/`.
    pub file_name: &'a str,
    /// The filing's number, from the name of its file.
    pub accession_number: &'a str,
}

const COLUMNS: [&str; 5] = ["Form Type", "Company Name", "CIK", "Date Filed", "File Name"];

/// Reads a form index, daily (dates `YYYYMMDD`) or quarterly (`YYYY-MM-DD`).
///
/// A line that does not fit the columns is an issue.
///
/// # Errors
/// [`ShapeError`] where there is no line with the names of the columns, or none of dashes after it.
pub fn form_index<'a>(
    body: &'a [u8],
    issues: &mut Vec<Issue>,
) -> Result<Vec<IndexedFiling<'a>>, ShapeError> {
    let mut lines = Lines::new(body);
    let columns = loop {
        let Some(line) = lines.next() else {
            return Err(lines.unexpected("a line of Form Type, Company Name, CIK ...", None));
        };
        if let Some(columns) = columns(&line) {
            break columns;
        }
    };
    let dashes = lines.next();
    if !dashes.is_some_and(|line| line.bytes.len() > 10 && line.bytes.iter().all(|b| *b == b'-')) {
        return Err(lines.unexpected("a line of dashes", dashes));
    }
    let mut filings = Vec::new();
    for line in lines {
        if line.is_blank() {
            continue;
        }
        match filing(&line, &columns) {
            Ok(filing) => filings.push(filing),
            Err(reason) => issues.push(Issue {
                locator: locator(&line.span()),
                reason,
                record: String::from_utf8_lossy(line.bytes).into_owned(),
            }),
        }
    }
    Ok(filings)
}

/// Where the columns stand, if this is the line of their names.
fn columns(line: &Line<'_>) -> Option<[Range<usize>; 5]> {
    let names = str::from_utf8(line.bytes).ok()?;
    let mut starts = [0; 5];
    let mut end = 0;
    for (start, name) in starts.iter_mut().zip(COLUMNS) {
        *start = end + names[end..].find(name)?;
        if !names[end..*start].trim().is_empty() {
            return None;
        }
        end = *start + name.len();
    }
    let [form, company, cik, date, file] = starts;
    let is_alone = form == 0 && names[end..].trim().is_empty();
    is_alone.then_some([form..company, company..cik, cik..date, date..file, file..usize::MAX])
}

fn filing<'a>(line: &Line<'a>, columns: &[Range<usize>; 5]) -> Result<IndexedFiling<'a>, String> {
    let text = line.text().map_err(|error| error.to_string())?;
    let mut cells = [""; 5];
    for (cell, (column, name)) in cells.iter_mut().zip(columns.iter().zip(COLUMNS)) {
        let end = column.end.min(text.len());
        *cell = text
            .get(column.start..end)
            .map(str::trim)
            .filter(|cell| !cell.is_empty())
            .ok_or_else(|| format!("{name} is empty or out of its column"))?;
        // A cell that runs into the next column would be cut and look sound.
        if end < text.len() && !text[..end].ends_with(' ') {
            return Err(format!("{name} runs into the next column"));
        }
    }
    let [form_type, company_name, cik, filed, file_name] = cells;
    Ok(IndexedFiling {
        span: line.span(),
        form_type,
        company_name,
        cik: cik.parse().map_err(|error| format!("CIK {error}"))?,
        filed_date: date(filed).ok_or_else(|| format!("Date Filed `{filed}` is no date"))?,
        file_name,
        accession_number: accession_number(file_name)
            .ok_or_else(|| format!("File Name `{file_name}` names no filing"))?,
    })
}

/// `20200318` in daily indexes, `2020-03-18` in quarterly ones.
fn date(text: &str) -> Option<NaiveDate> {
    let format = match text.len() {
        8 => "%Y%m%d",
        10 => "%Y-%m-%d",
        _ => return None,
    };
    NaiveDate::parse_from_str(text, format).ok()
}

fn accession_number(file_name: &str) -> Option<&str> {
    let file = file_name.rsplit('/').next()?;
    file.strip_suffix(".txt").filter(|number| is_accession_number(number))
}
