//! The average price per GPU and hour on the San Francisco Compute market, by day. The page holds it only
//! in what it carries for its scripts.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::ops::Range;

use burnrate_model::generated::GpuPrice;
use burnrate_model::{
    Decimal, Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList,
};
use burnrate_price::{
    Currency, FlightText, GpuCount, GpuCountSource, GpuOffer, Price, Term, gpu, read_amount,
};
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{StaticSpec, spec};

const URL: &str = "https://sfcompute.com";
const KEY: &str = "\"pricesByHardwareType\":";
/// A list whose last day is older than this has come to an end.
const LONGEST_SILENCE_DAYS: i64 = 3;

/// See the module.
pub(crate) struct SfcomputePricing;

/// A day of a kind of GPU. The highest and lowest price, `top` and `bottom`, are not read: a single
/// order sets them.
#[derive(Deserialize)]
struct Day<'a> {
    /// `$D2026-07-15T23:59:59.000Z`
    date: String,
    #[serde(borrow)]
    avg: &'a RawValue,
}

impl Source for SfcomputePricing {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let listing = Listing::whole("market", document);
        let observed_on = listing.observed_on();
        let page = str::from_utf8(&document.body)
            .map_err(|_| ShapeError::new("page", "UTF-8", "other bytes"))?;
        let flight = FlightText::read(page)?;
        let (kinds, range) = kinds(&flight)?;
        let place = flight.locator(&range);
        for (kind, days) in kinds {
            let (day, average) = last_day(&kind, &days)?;
            if (observed_on - day).num_days() > LONGEST_SILENCE_DAYS {
                let found = format!("{day} as the last of {kind}");
                return Err(ShapeError::new(place, format!("days up to {observed_on}"), found));
            }
            match price(&kind, day, average) {
                Ok(Some(row)) => out.push(row, place.clone(), observed_on),
                Ok(None) => {}
                Err(reason) => out.issue(place.as_str(), reason, format!("{kind}: {average}")),
            }
        }
        out.listing = Some(listing);
        Ok(())
    }
}

type Kinds<'a> = BTreeMap<String, Vec<Day<'a>>>;

/// Days by kind of GPU, and where they stand in the payload.
fn kinds(flight: &FlightText) -> Result<(Kinds<'_>, Range<usize>), ShapeError> {
    let start = flight.text.find(KEY).map(|at| at + KEY.len());
    let start = start.ok_or_else(|| ShapeError::new("payload", KEY, "none"))?;
    let mut values =
        serde_json::Deserializer::from_str(&flight.text[start..]).into_iter::<Kinds<'_>>();
    let kinds = values
        .next()
        .transpose()
        .map_err(|error| ShapeError::new("payload", "days by kind of GPU", error.to_string()))?;
    let end = start + values.byte_offset();
    match kinds {
        Some(kinds) if !kinds.is_empty() => Ok((kinds, start..end)),
        _ => Err(ShapeError::new("payload", "kinds of GPUs", "none")),
    }
}

/// The newest day and its average: those before it were read when they were the newest.
fn last_day<'a>(kind: &str, days: &[Day<'a>]) -> Result<(NaiveDate, &'a RawValue), ShapeError> {
    let mut last: Option<(NaiveDate, &'a RawValue)> = None;
    for day in days {
        let date = day.date.strip_prefix("$D").and_then(|date| date.split('T').next());
        let date = date.and_then(|date| date.parse().ok());
        let date = date.ok_or_else(|| ShapeError::new(kind, "a date", day.date.as_str()))?;
        if last.is_none_or(|(newest, _)| newest < date) {
            last = Some((date, day.avg));
        }
    }
    last.ok_or_else(|| ShapeError::new(kind, "days", "none"))
}

/// A row; `None` where nothing was traded, which shows as an average of 0.
fn price(kind: &str, day: NaiveDate, average: &RawValue) -> Result<Option<GpuPrice>, &'static str> {
    let gpu = gpu(kind).ok_or("not a known GPU")?;
    let shown = average.get();
    let amount = read_amount(shown).ok_or("not a price")?;
    if amount.value == Decimal::default() {
        return Ok(None);
    }
    let offer = GpuOffer {
        provider: "sfcompute",
        sku: kind,
        product_name: kind,
        gpu,
        count: GpuCount { gpus: NonZeroU32::MIN, source: GpuCountSource::StatedPerGpu },
        term: Term::Marketplace,
    };
    let mut row = offer.at(Price::new(amount, Currency::Usd, shown, "avg"));
    row.price_note = Some(format!("average of {day}"));
    Ok(Some(row))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;

    const PAGE: &str = include_str!("fixtures/@2026-07-15/sfcompute.com");

    fn parse(body: &str, day: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: format!("{day}T12:00:00Z").parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        SfcomputePricing.parse(&document, &mut out).map(|()| out)
    }

    fn prices(extract: &Extract) -> Vec<(String, String, Option<String>)> {
        let rows = extract.rows.gpu_price.iter().map(|sighted| sighted.row.clone());
        rows.map(|row| (row.sku, row.price_per_gpu_hour.to_string(), row.price_note)).collect()
    }

    #[test]
    fn quirk_17_the_last_day_is_read_from_the_payload() {
        let file = "pricing/gpu/sfcompute-2026-07-15.html";
        let Some(extract) = of_capture("sfcompute_pricing", file).map(Result::unwrap) else {
            return;
        };
        let note = Some("average of 2026-07-15".to_owned());
        assert_eq!(prices(&extract), [("H100".to_owned(), "2.12".to_owned(), note)]);
    }

    #[test]
    fn quirk_28_an_average_of_nothing_is_no_price() {
        assert!(PAGE.contains(r#"\"H200\":[{\"date\":\"$D2026-07-15T23:59:59.000Z\",\"avg\":0,"#));
        let extract = parse(PAGE, "2026-07-15").unwrap();
        assert_eq!(extract.issues, []);
        assert!(extract.rows.gpu_price.iter().all(|price| price.row.sku == "H100"));
    }

    #[test]
    fn days_may_stand_in_any_order() {
        let page = PAGE.replace("$D2026-07-13", "$D2026-07-16");
        let extract = parse(&page, "2026-07-16").unwrap();
        assert_eq!(prices(&extract)[0].1, "1.94");
    }

    #[test]
    fn a_list_that_has_come_to_an_end_is_refused() {
        assert!(parse(PAGE, "2026-07-18").is_ok());
        let error = parse(PAGE, "2026-07-19").unwrap_err().to_string();
        assert!(error.contains("2026-07-15"), "{error}");
    }

    #[test]
    fn trap_19_a_page_without_the_payload_is_refused() {
        assert!(parse("<html><body>San Francisco Compute</body></html>", "2026-07-15").is_err());
        let page = PAGE.replace("pricesByHardwareType", "prices");
        assert!(parse(&page, "2026-07-15").is_err());
    }
}
