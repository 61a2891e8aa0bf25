//! The price of Amazon's `p5.48xlarge` day by day, as a third party records it.
//!
//! The days are in one file, so that a listing has a row for each time in which the price was the same:
//! from the first day that showed it to the last. Since when the first price held is not known: the record
//! began with it. Days without a price are before the record began, and no price. The script that records
//! them asks for Linux in Northern Virginia; the file does not say.

use std::num::NonZeroU32;
use std::ops::Range;

use burnrate_model::generated::GpuPrice;
use burnrate_model::{
    Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList, locator,
};
use burnrate_price::{
    Amount, Currency, GpuCount, GpuCountSource, GpuOffer, Price, Term, instance_gpus, per_gpu,
    read_amount,
};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::{StaticSpec, spec};

const HEADER: &str = "timestamp,instance,price_usd";

/// Northern Virginia, as Amazon's other lists name it.
const REGION: &str = "us-east-1";

/// See the module.
pub(crate) struct AwsP5Daily;

impl Source for AwsP5Daily {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        let url = format!("{}main/gpu_prices.csv", self.spec().fixtures_url);
        vec![Request { source_id: self.spec().id.clone(), url }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let sightings = sightings(&document.body)?;
        let last = sightings.last();
        let last = last.ok_or_else(|| ShapeError::new("body", "a price", "none"))?;
        // The list is as it was on the last day, whenever the file is fetched.
        let (scope, observed_at) = ("p5.48xlarge".to_owned(), last.time.and_utc());
        let listing = Listing { scope, page: 1, is_last: true, observed_at };
        for same in sightings.chunk_by(|a, b| a.amount.value == b.amount.value) {
            let (Some(first), Some(until)) = (same.first(), same.last()) else { continue };
            let ended_on = (until.time != last.time).then(|| until.time.date());
            let is_change = sightings.first().is_some_and(|earliest| earliest.time != first.time);
            let row = row(first, is_change, ended_on)?;
            out.push(row, locator(&first.span), listing.observed_on());
        }
        out.listing = Some(listing);
        Ok(())
    }
}

/// A price as it was at a time.
struct Sighting<'a> {
    time: NaiveDateTime,
    shown: &'a str,
    amount: Amount,
    /// Where the price stands.
    span: Range<usize>,
}

/// The prices in order of time: the file has those of days before the record began in between.
fn sightings(body: &[u8]) -> Result<Vec<Sighting<'_>>, ShapeError> {
    let shape = |place: String, found: &str| ShapeError::new(place, HEADER, found);
    let text =
        str::from_utf8(body).map_err(|error| shape("body".to_owned(), &error.to_string()))?;
    let (mut sightings, mut end) = (Vec::new(), 0);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        end += line.len();
        let record = line.trim_end();
        let place = format!("line {}", number + 1);
        if number == 0 {
            if record != HEADER {
                return Err(shape(place, &record.chars().take(100).collect::<String>()));
            }
            continue;
        }
        let fields: Vec<_> = record.split(',').collect();
        let [time, "p5.48xlarge", shown] = fields[..] else { return Err(shape(place, record)) };
        if shown.is_empty() {
            continue;
        }
        let time = time_of(time).ok_or_else(|| shape(place.clone(), record))?;
        let amount = read_amount(shown).filter(|amount| !amount.value.is_negative());
        let amount = amount.filter(|amount| !amount.value.is_zero());
        let amount = amount.ok_or_else(|| shape(place, record))?;
        let price_end = end - (line.len() - record.len());
        sightings.push(Sighting { time, shown, amount, span: price_end - shown.len()..price_end });
    }
    sightings.sort_by_key(|sighting| sighting.time);
    Ok(sightings)
}

/// A time, UTC, or the beginning of a day.
fn time_of(text: &str) -> Option<NaiveDateTime> {
    let day = || text.parse::<NaiveDate>().ok().map(|day| day.and_time(NaiveTime::MIN));
    text.parse().ok().or_else(day)
}

/// The row of a price that was first seen then, and last on the day on which it ended; it began then if
/// another one was seen before.
fn row(
    first: &Sighting<'_>,
    is_change: bool,
    ended_on: Option<NaiveDate>,
) -> Result<GpuPrice, ShapeError> {
    let sku = "p5.48xlarge";
    let machine = instance_gpus("aws", sku);
    let counted = machine.and_then(|machine| Some((machine.gpu, NonZeroU32::new(machine.gpus)?)));
    let (gpu, gpus) = counted.ok_or_else(|| ShapeError::new(sku, "a known instance", "none"))?;
    let count = GpuCount { gpus, source: GpuCountSource::InstanceType };
    let term = Term::OnDemand;
    let offer = GpuOffer { provider: "aws", sku, product_name: sku, gpu, count, term };
    let price = Price::new(first.amount, Currency::Usd, first.shown, "price_usd");
    let mut row = offer.at(per_gpu(price, gpus));
    "linux".clone_into(&mut row.operating_system);
    REGION.clone_into(&mut row.region);
    row.effective_from = is_change.then(|| first.time.date());
    row.effective_to = ended_on;
    Ok(row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;

    const FILE: &str = include_str!("fixtures/@2026-08-22/main/gpu_prices.csv");

    fn read(body: &str) -> Result<Extract, ShapeError> {
        let mut out = Extract::default();
        let document = RawDocument {
            url: AwsP5Daily.start(&WatchList::default())[0].url.clone(),
            fetched_at: "2026-11-24T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        AwsP5Daily.parse(&document, &mut out).map(|()| out)
    }

    fn span_of(file: &str, text: &str) -> Range<usize> {
        let start = file.find(text).unwrap();
        start..start + text.len()
    }

    /// Times of equal prices: per GPU, from, and to.
    fn times(out: &Extract) -> Vec<[String; 3]> {
        let day = |day: Option<NaiveDate>| day.map_or("-".to_owned(), |day| day.to_string());
        let rows = out.rows.gpu_price.iter().map(|found| &found.row);
        rows.map(|row| {
            [row.price_per_gpu_hour.to_string(), day(row.effective_from), day(row.effective_to)]
        })
        .collect()
    }

    #[test]
    fn quirk_28_days_without_a_price_are_no_price() {
        assert!(FILE.contains("2024-05-01,p5.48xlarge,\n"));
        let out = read(FILE).unwrap();
        assert!(out.rows.gpu_price.iter().all(|found| !found.row.price_per_gpu_hour.is_zero()));
        assert_eq!(out.rows.gpu_price[0].locator, locator(&span_of(FILE, "98.32")));
        assert!(read("timestamp,instance,price_usd\n2024-05-01,p5.48xlarge,\n").is_err());
        assert!(read(&FILE.replace(",98.32", ",0")).is_err());
    }

    /// 98.32 / 8 until 4 June 2025, 55.04 / 8 since.
    #[test]
    fn quirk_22_each_price_has_the_days_on_which_it_was_seen() {
        let Some(capture) =
            of_capture("aws_p5_daily", "pricing/gpu/aws-p5-daily-2025-04-to-2026-08.csv")
        else {
            return;
        };
        let out = capture.unwrap();
        assert_eq!(times(&out), [["12.29", "-", "2025-06-04"], ["6.88", "2025-06-05", "-"]]);
        assert_eq!(out.listing.unwrap().observed_on(), "2026-08-22".parse().unwrap());
    }

    /// Karpenter's table has 98.32 in September 2024: the first line with a price, of 23 April 2025, is the
    /// beginning of the record, not of the price.
    #[test]
    fn the_first_day_of_the_record_is_not_the_first_of_its_price() {
        let days: Vec<_> =
            times(&read(FILE).unwrap()).into_iter().map(|[_, from, _]| from).collect();
        assert_eq!(days, ["-", "2025-06-05"]);
    }

    #[test]
    fn the_region_has_the_name_of_amazons_other_lists() {
        let out = read(FILE).unwrap();
        assert!(out.rows.gpu_price.iter().all(|found| found.row.region == "us-east-1"));
    }

    #[test]
    fn a_price_that_returns_is_another_row() {
        let out = read(&format!("{FILE}2026-08-23T07:00:00,p5.48xlarge,98.32\n")).unwrap();
        let prices: Vec<_> = times(&out).into_iter().map(|[price, ..]| price).collect();
        assert_eq!(prices, ["12.29", "6.88", "12.29"]);
    }

    #[test]
    fn trap_19_documents_of_another_shape_are_refused() {
        for body in ["", "<html></html>", HEADER, "timestamp,instance,price\n"] {
            assert!(read(body).is_err(), "{body}");
        }
        assert!(read(&FILE.replace("p5.48xlarge,55.04", "p5.4xlarge,6.88")).is_err());
    }
}
