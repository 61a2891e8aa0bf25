//! English prose to figures, without a language model.
//!
//! Everything is a function of the text: sentences, quantities with their hedges and ranges,
//! periods, and the disclosures made of them. Each result says where in the text it stands, in
//! bytes, and which rules read it. What a rule does not read surely is not read: a missing row can
//! be found by counting, a wrong one cannot.
//!
//! Time is linear in the text. Left out: markup (`burnrate-xbrl` takes the visible text out of a
//! filing), names of companies, and other languages than English, apart from the scales and
//! currencies that Chinese and Japanese amounts are written with.

mod disclosure;
mod hedge;
pub mod news;
mod period;
mod quantity;
mod scale;
mod sentence;
mod token;

pub use disclosure::{Disclosure, DisclosureKind, FigureUnit, disclosures};
pub use hedge::Hedge;
pub use period::{Part, Period, PeriodMention, periods};
pub use quantity::{Quantity, Rate, Unit, quantities};
pub use sentence::sentences;
