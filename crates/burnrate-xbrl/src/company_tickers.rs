//! `company_tickers.json`: the SEC's list of ticker symbols.
//!
//! An object whose keys are `"0"`, `"1"` ... A filer stands there once for each of its symbols.

use burnrate_model::{Cik, Issue, ShapeError};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::json::{self, Members, pointer_step};

/// A ticker symbol and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompanyTicker {
    /// The filer's number.
    pub cik: Cik,
    /// The symbol, e.g. `GOOGL`.
    pub ticker: String,
    /// The filer's name.
    pub company_name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    cik_str: u64,
    ticker: String,
    title: String,
}

/// Reads the list, in its order. An odd entry is an issue.
///
/// # Errors
/// [`ShapeError`] where it is no JSON object.
pub fn company_tickers(
    body: &[u8],
    issues: &mut Vec<Issue>,
) -> Result<Vec<CompanyTicker>, ShapeError> {
    let entries: Members<'_, &RawValue> =
        json::document(body, "company_tickers JSON (cik_str, ticker, title)")?;
    let mut tickers = Vec::with_capacity(entries.0.len());
    for (key, raw) in entries.0 {
        match entry(raw.get()) {
            Ok(ticker) => tickers.push(ticker),
            Err(reason) => issues.push(Issue {
                locator: format!("/{}", pointer_step(&key)),
                reason,
                record: raw.get().to_owned(),
            }),
        }
    }
    Ok(tickers)
}

fn entry(raw: &str) -> Result<CompanyTicker, String> {
    let entry: Entry = serde_json::from_str(raw).map_err(|error| error.to_string())?;
    let cik = entry.cik_str.to_string().parse().map_err(|error| format!("cik_str: {error}"))?;
    if entry.ticker.is_empty() || entry.title.is_empty() {
        return Err("ticker or title is empty".to_owned());
    }
    Ok(CompanyTicker { cik, ticker: entry.ticker, company_name: entry.title })
}
