//! Prices of seats that a person looked up, where no page can be recorded: one file a reading.
//!
//! The file says on which day the prices were seen and where; an offer is located by its number.

use burnrate_model::{Extract, Listing, RawDocument, ShapeError};
use burnrate_price::{Currency, Price, SeatOffer, SeatUnit, read_amount};
use chrono::NaiveDate;
use serde::Deserialize;

/// A reading of all plans of one product.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reading {
    observed_on: NaiveDate,
    vendor: String,
    product: String,
    source_url: String,
    offer: Vec<Offer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Offer {
    plan: String,
    seat_unit: String,
    billing_period: String,
    price: String,
    price_as_shown: String,
    unit_as_shown: String,
    minimum_seats: Option<i64>,
    note: Option<String>,
}

/// Reads a reading in US dollars.
///
/// # Errors
/// Where it is none, or an offer is not in the vocabularies: what a person wrote is right as a whole, or
/// is put right.
pub(crate) fn read(document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
    let text = str::from_utf8(&document.body)
        .map_err(|_| ShapeError::new("document", "UTF-8", "other bytes"))?;
    let reading: Reading = toml::from_str(text).map_err(|error| {
        ShapeError::new("document", "a reading of seat prices", error.message())
    })?;
    for (number, offer) in reading.offer.iter().enumerate() {
        let row = row(&reading, offer, number)?;
        out.push(row, format!("/offer/{number}"), reading.observed_on);
    }
    let observed_at = reading.observed_on.and_hms_opt(0, 0, 0).unwrap_or_default().and_utc();
    out.listing = Some(Listing { observed_at, ..Listing::whole("plans", document) });
    Ok(())
}

fn row(
    reading: &Reading,
    offer: &Offer,
    number: usize,
) -> Result<burnrate_model::generated::SeatPrice, ShapeError> {
    let odd =
        |expected: &str, found: &str| ShapeError::new(format!("/offer/{number}"), expected, found);
    let unit = SeatUnit::from_name(&offer.seat_unit)
        .ok_or_else(|| odd("a unit of seats", &offer.seat_unit))?;
    if !matches!(offer.billing_period.as_str(), "monthly" | "annual" | "per_use") {
        return Err(odd("a billing period", &offer.billing_period));
    }
    let amount = read_amount(&offer.price).ok_or_else(|| odd("a price", &offer.price))?;
    let seat = SeatOffer {
        vendor: &reading.vendor,
        product: &reading.product,
        plan: &offer.plan,
        unit,
        billing_period: &offer.billing_period,
    };
    let price = Price::new(amount, Currency::Usd, &offer.price_as_shown, &offer.unit_as_shown);
    let mut row = seat.at(price, None);
    row.minimum_seats = offer.minimum_seats;
    let seen = format!("seen at {}", reading.source_url);
    row.price_note = Some(match &offer.note {
        Some(note) => format!("{note}; {seen}"),
        None => seen,
    });
    Ok(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    const READING: &str = r#"
observed_on = "2026-06-30"
vendor = "example"
product = "helper"
source_url = "https://example.com/prices"

[[offer]]
plan = "team"
seat_unit = "user_month"
billing_period = "annual"
price = "30"
price_as_shown = "USD 30"
unit_as_shown = "per user per month"
"#;

    fn parse(text: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: "authored:example/2026-06-30.toml".to_owned(),
            fetched_at: "2026-11-24T00:00:00Z".parse().unwrap(),
            body: text.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        read(&document, &mut out).map(|()| out)
    }

    #[test]
    fn a_price_is_known_since_the_day_on_which_it_was_seen() {
        let out = parse(READING).unwrap();
        let [sighted] = out.rows.seat_price.as_slice() else { panic!("one row") };
        assert_eq!(sighted.known_on.to_string(), "2026-06-30");
        assert_eq!(sighted.locator, "/offer/0");
        assert_eq!(sighted.row.price.to_string(), "30");
        let listing = out.listing.unwrap();
        assert_eq!(listing.observed_on().to_string(), "2026-06-30");
    }

    #[test]
    fn what_is_in_no_vocabulary_is_refused() {
        for (from, to) in [
            ("user_month", "user_week"),
            ("annual", "weekly"),
            ("\"30\"", "\"thirty\""),
            ("observed_on", "seen_on"),
        ] {
            assert!(parse(&READING.replacen(from, to, 1)).is_err(), "{to}");
        }
    }
}
