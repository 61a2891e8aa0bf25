//! What authored files have in common: TOML, read strictly and as a whole.
//!
//! A person wrote them, so there is no odd record to put aside: the file is right, or is put right.

use burnrate_model::{Decimal, RawDocument, Rounding, ShapeError};
use serde::de::DeserializeOwned;

/// How a figure is meant, as the columns of hedges have it.
const HEDGES: &[&str] = &[
    "exact",
    "about",
    "nearly",
    "more_than",
    "at_least",
    "up_to",
    "range",
    "order_of_magnitude",
    "none",
];

/// Reads the file.
///
/// # Errors
/// Where it is not TOML of that form.
pub(crate) fn read<T: DeserializeOwned>(
    document: &RawDocument,
    expected: &str,
) -> Result<T, ShapeError> {
    let text = str::from_utf8(&document.body)
        .map_err(|_| ShapeError::new("document", "UTF-8", "other bytes"))?;
    toml::from_str(text).map_err(|error| ShapeError::new("document", expected, error.message()))
}

/// That `word` is one of `words`.
///
/// # Errors
/// Where it is not.
pub(crate) fn one_of(place: &str, words: &[&str], word: &str) -> Result<(), ShapeError> {
    if words.contains(&word) {
        return Ok(());
    }
    Err(ShapeError::new(place, format!("one of {}", words.join(", ")), word))
}

/// The two ends of a figure, absent where they are open, which agree with its hedge.
///
/// # Errors
/// Where an end is no exact decimal, or is there and should be open, or the other way round, and where
/// the hedge is none.
pub(crate) fn ends(
    place: &str,
    low: Option<&str>,
    high: Option<&str>,
    hedge: &str,
) -> Result<(Option<Decimal>, Option<Decimal>), ShapeError> {
    one_of(place, HEDGES, hedge)?;
    let end = |text: Option<&str>| text.map(|text| value(place, text)).transpose();
    let (least, most) = (end(low)?, end(high)?);
    let fits = match hedge {
        "more_than" | "at_least" => least.is_some() && most.is_none(),
        "up_to" => least.is_none() && most.is_some(),
        "range" | "order_of_magnitude" => least.is_some() && least < most,
        "none" => least.is_none() && most.is_none(),
        _ => least.is_some() && least == most,
    };
    if fits {
        return Ok((least, most));
    }
    let found = format!("{low:?} and {high:?}");
    Err(ShapeError::new(place, format!("ends that are `{hedge}`"), found))
}

fn value(place: &str, text: &str) -> Result<Decimal, ShapeError> {
    match Decimal::parse(text) {
        Ok((value, Rounding::Exact)) => Ok(value),
        Ok((_, Rounding::Rounded)) | Err(_) => Err(ShapeError::new(place, "a decimal", text)),
    }
}
