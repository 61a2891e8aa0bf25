//! The SEC's data formats as functions from bytes to rows.
//!
//! Left out: fetching, and any judgement about which of several filings of a fact is right. A fact
//! is kept as often as it was filed.

mod company_tickers;
mod companyfacts;
mod context;
mod current_feed;
mod document_text;
mod drafts;
mod elements;
mod fact;
mod filer_role;
mod filing_facts;
mod filing_index;
mod footnotes;
mod form_d;
mod form_index;
mod full_submission;
mod inline;
mod instance;
mod json;
mod lines;
pub mod markup;
mod namespace;
mod precision;
mod resources;
mod submission_header;
mod submissions;
mod text;
mod transform;
mod unit;
mod xbrl_feed;
mod xml;

pub use burnrate_model::locator;
pub use company_tickers::{CompanyTicker, company_tickers};
pub use companyfacts::company_facts;
pub use context::{Context, Dimension, Member, Period};
pub use current_feed::{CurrentFiling, current_feed, without_repeats};
pub use document_text::DocumentText;
pub use fact::{Also, Content, Decimals, Fact, Footnote, Markup, Problem, Reading, Value};
pub use filer_role::FilerRole;
pub use filing_facts::{Documents, filing_facts};
pub use filing_index::{FilingIndex, IndexedDocument, IndexedFiler, filing_index};
pub use form_d::{Fee, FormD, FormDIssuer, Incorporated, OfferingAmount, Security, form_d};
pub use form_index::{IndexedFiling, form_index};
pub use full_submission::{
    FullSubmission, SubmissionDocument, Wrapper, full_submission, index_headers,
};
pub use inline::inline_facts;
pub use instance::instance_facts;
pub use namespace::Name;
pub use precision::most_precise;
pub use submission_header::{SubmissionFiler, SubmissionHeader};
pub use submissions::{filing_page, submissions};
pub use text::FilingText;
pub use xbrl_feed::{XbrlFeedFile, XbrlFeedFiling, xbrl_feed};
