//! The SEC's data formats as functions from bytes to rows.
//!
//! Left out: fetching, and any judgement about which of several filings of a fact is right. A fact
//! is kept as often as it was filed.

mod company_tickers;
mod companyfacts;
mod current_feed;
mod document_text;
mod filer_role;
mod filing_index;
mod form_d;
mod form_index;
mod full_submission;
mod json;
mod lines;
pub mod markup;
mod submission_header;
mod submissions;
mod unit;
mod xbrl_feed;
mod xml;

pub use company_tickers::{CompanyTicker, company_tickers};
pub use companyfacts::company_facts;
pub use current_feed::{CurrentFiling, current_feed, without_repeats};
pub use document_text::DocumentText;
pub use filer_role::FilerRole;
pub use filing_index::{FilingIndex, IndexedDocument, IndexedFiler, filing_index};
pub use form_d::{Fee, FormD, FormDIssuer, Incorporated, OfferingAmount, Security, form_d};
pub use form_index::{IndexedFiling, form_index};
pub use full_submission::{
    FullSubmission, SubmissionDocument, Wrapper, full_submission, index_headers,
};
pub use submission_header::{SubmissionFiler, SubmissionHeader};
pub use submissions::{filing_page, submissions};
pub use xbrl_feed::{XbrlFeedFile, XbrlFeedFiling, xbrl_feed};
