//! What holds of the readers whatever bytes they are given. The fuzz targets look for bytes of which it
//! does not; `regressions.rs` keeps what they found.

mod filing;
mod json;
mod xbrl;

pub(crate) use filing::filing;
pub(crate) use json::{companyfacts, submissions};
pub(crate) use xbrl::inline;
