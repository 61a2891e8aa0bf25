//! Tables of prices that Karpenter generates from the clouds' price lists: what an hour of each type of
//! instance costs on demand, by region.
//!
//! They are Go source; rows taken out of one are kept as CSV. Both are written by programs, one price
//! behind the other, so that they are read by lines.

use std::num::NonZeroU32;
use std::ops::Range;

use burnrate_model::generated::GpuPrice;
use burnrate_model::{Extract, Listing, RawDocument, ShapeError, locator};
use burnrate_price::{
    Currency, GpuCount, GpuCountSource, GpuOffer, InstanceType, Price, Term, instance_type,
    per_gpu, read_amount,
};
use chrono::{DateTime, Utc};

/// A price in a table.
#[derive(Debug, PartialEq, Eq)]
struct InstancePrice<'a> {
    region: &'a str,
    instance_type: &'a str,
    /// As it is written.
    shown: &'a str,
    /// Where it stands.
    span: Range<usize>,
}

/// Reads a table of a provider's prices: rows of the instances with GPUs, and the listing. A table in Go
/// says when it was made; one in CSV is of the day of the document.
pub(crate) fn read_table(
    provider: &str,
    document: &RawDocument,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    let text = str::from_utf8(&document.body)
        .map_err(|error| ShapeError::new("body", "a table of prices", error.to_string()))?;
    let (prices, observed_at) = if text.starts_with("//go:build") {
        go_table(text)?
    } else {
        (csv_table(text)?, document.fetched_at)
    };
    let scope = "instances on demand".to_owned();
    let listing = Listing { scope, page: 1, is_last: true, observed_at };
    for price in prices {
        match price.row(provider) {
            Ok(Some(row)) => out.push(row, locator(&price.span), listing.observed_on()),
            Ok(None) => {}
            Err(reason) => {
                let record = format!("{} {} {}", price.region, price.instance_type, price.shown);
                out.issue(locator(&price.span), reason, record);
            }
        }
    }
    if out.rows.gpu_price.is_empty() && out.issues.is_empty() {
        let expected = format!("instances of {provider} with GPUs");
        return Err(ShapeError::new("body", expected, "none"));
    }
    out.listing = Some(listing);
    Ok(())
}

impl InstancePrice<'_> {
    /// The row; `None` where it has no whole GPU, a reason where it cannot be read.
    fn row(&self, provider: &str) -> Result<Option<GpuPrice>, String> {
        let sku = self.instance_type;
        let machine = match instance_type(provider, sku) {
            InstanceType::Gpus(gpus) => gpus,
            InstanceType::NoWholeGpu => return Ok(None),
            InstanceType::Unlisted => return Err("the GPUs of this type are not known".to_owned()),
        };
        let amount = read_amount(self.shown).filter(|amount| !amount.value.is_negative());
        let amount = amount.filter(|amount| !amount.value.is_zero()).ok_or("not a price")?;
        let gpus = NonZeroU32::new(machine.gpus).ok_or("a type with no GPU")?;
        let count = GpuCount { gpus, source: GpuCountSource::InstanceType };
        let (gpu, term) = (machine.gpu, Term::OnDemand);
        let offer = GpuOffer { provider, sku, product_name: sku, gpu, count, term };
        let price = Price::new(amount, Currency::Usd, self.shown, "per instance and hour");
        let mut row = offer.at(per_gpu(price, gpus));
        "linux".clone_into(&mut row.operating_system);
        self.region.clone_into(&mut row.region);
        Ok(Some(row))
    }
}

/// Lines with where they begin, without the ends.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut next = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = next;
        next += line.len();
        (start, line.trim_end_matches(['\n', '\r']))
    })
}

/// The prices of a table in Go, and when it was made.
fn go_table(text: &str) -> Result<(Vec<InstancePrice<'_>>, DateTime<Utc>), ShapeError> {
    let mut prices = Vec::new();
    let (mut made_at, mut region) = (None, None);
    for (start, line) in lines(text) {
        let trimmed = line.trim();
        let start = start + line.len() - line.trim_start().len();
        if let Some(comment) = trimmed.strip_prefix("//") {
            if let Some(time) = comment.trim().strip_prefix("generated at ") {
                made_at = time.split(' ').next().and_then(|time| time.parse().ok());
            }
        } else if let Some(opened) = go_region(trimmed) {
            region = Some(opened);
        } else if trimmed.starts_with('}') {
            region = None;
        } else if let Some(region) = region {
            go_prices(region, trimmed, start, &mut prices)?;
        }
    }
    let made_at =
        made_at.ok_or_else(|| ShapeError::new("comments", "`generated at` and a time", "none"))?;
    if prices.is_empty() {
        return Err(ShapeError::new("body", "prices by region and instance type", "none"));
    }
    Ok((prices, made_at))
}

/// The region that a line opens: `"us-east-1": {`, or `prices["eastus"] = map[string]float64{`.
fn go_region(line: &str) -> Option<&str> {
    let rest = line.strip_suffix(": {").or_else(|| {
        let rest = line.strip_suffix("] = map[string]float64{")?;
        rest.split_once('[').map(|(_, name)| name)
    })?;
    rest.strip_prefix('"')?.strip_suffix('"')
}

/// The prices of a line: `"p5.48xlarge": 55.040000, "p5.4xlarge": 6.880000,`.
fn go_prices<'a>(
    region: &'a str,
    line: &'a str,
    start: usize,
    prices: &mut Vec<InstancePrice<'a>>,
) -> Result<(), ShapeError> {
    let mut next = start;
    for pair in line.split_inclusive(',') {
        let at = next;
        next += pair.len();
        let read = pair.trim_end().strip_suffix(',').and_then(|pair| {
            let (name, shown) = pair.split_once(':')?;
            let instance_type = name.trim().strip_prefix('"')?.strip_suffix('"')?;
            let from = at + pair.len() - shown.trim_start().len();
            let span = from..from + shown.trim().len();
            Some(InstancePrice { region, instance_type, shown: shown.trim(), span })
        });
        if pair.trim().is_empty() {
            continue;
        }
        let place = format!("bytes={at}..{next}");
        prices.push(read.ok_or_else(|| ShapeError::new(place, "a type and its price", pair))?);
    }
    Ok(())
}

/// The prices of a table in CSV.
fn csv_table(text: &str) -> Result<Vec<InstancePrice<'_>>, ShapeError> {
    const HEADER: &str = "region,instance_type,usd_per_hour";
    let mut lines = lines(text);
    let header = lines.next().map_or("", |(_, line)| line);
    if header != HEADER {
        let found = header.chars().take(100).collect::<String>();
        return Err(ShapeError::new("header", HEADER, found));
    }
    let mut prices = Vec::new();
    for (start, line) in lines {
        let place = format!("bytes={start}..{}", start + line.len());
        let fields: Vec<_> = line.split(',').collect();
        let [region, instance_type, shown] = fields[..] else {
            return Err(ShapeError::new(place, "three fields", line));
        };
        // Tables of several regions and currencies have been put together without their names.
        if region.is_empty() || instance_type.is_empty() {
            return Err(ShapeError::new(place, "a region and a type", line));
        }
        let end = start + line.len();
        prices.push(InstancePrice { region, instance_type, shown, span: end - shown.len()..end });
    }
    Ok(prices)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn go_maps_of_both_forms_are_read_with_where_prices_stand() {
        for text in [
            "//go:build x\n// generated at 2026-01-19T13:23:24Z for us-east-1\nvar a = map[string]b{\n\t// us-east-1\n\t\"us-east-1\": {\n\t\t// p5 family\n\t\t\"p5.4xlarge\": 6.880000, \"p5.48xlarge\": 55.040000,\n\t},\n}\n",
            "//go:build x\n// generated at 2026-01-19T13:23:24Z\nfunc init() {\n\tprices[\"us-east-1\"] = map[string]float64{\n\t\t\"p5.4xlarge\":  6.880000,\n\t\t\"p5.48xlarge\": 55.040000,\n\t}\n}\n",
        ] {
            let (prices, made_at) = go_table(text).unwrap();
            assert_eq!(made_at.to_string(), "2026-01-19 13:23:24 UTC");
            let read: Vec<_> = prices
                .iter()
                .map(|price| (price.region, price.instance_type, price.shown))
                .collect();
            assert_eq!(
                read,
                [
                    ("us-east-1", "p5.4xlarge", "6.880000"),
                    ("us-east-1", "p5.48xlarge", "55.040000")
                ]
            );
            assert!(prices.iter().all(|price| text[price.span.clone()] == *price.shown));
        }
    }

    #[test]
    fn trap_19_the_table_of_another_provider_is_refused() {
        let body = "region,instance_type,usd_per_hour\neastus,Standard_ND96isr_H100_v5,98.32\n";
        let document = RawDocument {
            url: "https://example.com/pricing.csv".to_owned(),
            fetched_at: "2026-06-18T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        assert!(read_table("azure", &document, &mut Extract::default()).is_ok());
        let error = read_table("aws", &document, &mut Extract::default()).unwrap_err();
        assert_eq!(error.expected, "instances of aws with GPUs");
    }

    #[test]
    fn lines_that_are_no_prices_are_refused() {
        let table = |line: &str| {
            format!(
                "//go:build x\n// generated at 2026-01-19T13:23:24Z\n\t\"us-east-1\": {{\n{line}\n\t}},\n"
            )
        };
        assert!(go_table(&table("\"a\": 1.0,")).is_ok());
        for line in ["\"a\": 1.0", "a: 1.0,", "\"a\" 1.0,", "x()"] {
            assert!(go_table(&table(line)).is_err(), "{line}");
        }
        assert!(go_table("//go:build x\npackage pricing\n").is_err());
        for text in [
            "",
            "<html>",
            "region,instance_type,usd_per_hour\n,a,1",
            "region,instance_type,usd_per_hour\na,1",
        ] {
            assert!(csv_table(text).is_err(), "{text}");
        }
    }
}
