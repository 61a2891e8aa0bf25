//! The SEC's data formats as functions from bytes to rows.
//!
//! Left out: fetching, and any judgement about which of several filings of a fact is right. A fact
//! is kept as often as it was filed.

mod companyfacts;
mod json;
mod submissions;
mod unit;

pub use companyfacts::company_facts;
pub use submissions::{filing_page, submissions};
