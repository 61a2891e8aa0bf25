//! What lists of prices of models have in common when they are read.

use burnrate_model::generated::ModelPrice;
use burnrate_model::{Extract, ShapeError};
use burnrate_price::{Currency, PriceUnit};

/// Prices in dollars per million tokens that are taken for prices, in millionths of a millionth: from a
/// tenth of a cent to a thousand dollars.
const PLAUSIBLE: std::ops::RangeInclusive<i128> = 1_000_000_000..=1_000_000_000_000_000;

/// Adds a row, or an issue where its price per million tokens is beyond all reason. Nothing at all is a
/// price: the caller reads it only where the list says so.
pub(crate) fn push(out: &mut Extract, row: ModelPrice, locator: String) {
    let is_of_tokens = row.price_unit == PriceUnit::MillionTokens.name();
    let is_in_dollars = row.currency == Currency::Usd.code();
    let is_plausible = row.price.is_zero() || PLAUSIBLE.contains(&row.price.scaled());
    if is_of_tokens && is_in_dollars && !is_plausible {
        let record = format!("{} {}: {}", row.model_name, row.meter, row.price_as_shown);
        return out.issue(locator, "a price per 1M tokens beyond all reason", record);
    }
    if let Some(known_on) = out.listing.as_ref().map(burnrate_model::Listing::observed_on) {
        out.push(row, locator, known_on);
    }
}

/// Adds what was read of a price, or an issue where it is not known how to read it.
pub(crate) fn push_read(
    out: &mut Extract,
    row: Option<ModelPrice>,
    locator: String,
    record: impl FnOnce() -> String,
) {
    if let Some(row) = row {
        push(out, row, locator);
    } else {
        out.issue(locator, "no price that is known how to read", record());
    }
}

/// Refuses a page in which no price was found.
pub(crate) fn require_prices(out: &Extract) -> Result<(), ShapeError> {
    if out.rows.model_price.is_empty() {
        return Err(ShapeError::new("page", "prices", "none"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use burnrate_model::{Listing, RawDocument};
    use burnrate_price::{Meter, Price, model_price, read_amount};

    use super::*;

    #[test]
    fn prices_beyond_all_reason_are_issues() {
        let document = RawDocument {
            url: String::new(),
            fetched_at: "2026-05-08T00:00:00Z".parse().unwrap(),
            body: Vec::new(),
        };
        let mut out =
            Extract { listing: Some(Listing::whole("models", &document)), ..Extract::default() };
        for shown in ["$0.0009", "$0.001", "$1000", "$1001", "$0"] {
            let price = Price::new(read_amount(shown).unwrap(), Currency::Usd, shown, "1M tokens");
            let row = model_price("mistral", "m", Meter::Input, PriceUnit::MillionTokens, price);
            push(&mut out, row, "here".to_owned());
        }
        let rows = out.rows.model_price.iter().map(|sighted| sighted.row.price_as_shown.as_str());
        assert_eq!(rows.collect::<Vec<_>>(), ["$0.001", "$1000", "$0"]);
        assert_eq!(out.issues.len(), 2);
    }
}
