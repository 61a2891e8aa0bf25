//! Oracle Cloud's list prices, from its documented interface: all products in one answer.
//!
//! Products with GPUs are those counted in `GPU Per Hour`: the price is per GPU already. Names of one
//! kind of product are spelled in three ways, so that the GPU is what stands behind `GPU - `.

use std::num::NonZeroU32;

use burnrate_model::generated::GpuPrice;
use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{
    Currency, Gpu, GpuCount, GpuCountSource, GpuForm, GpuOffer, Price, Term, instance_gpus,
    read_amount,
};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use crate::{StaticSpec, spec};

/// See the module.
pub(crate) struct OciPrices;

impl Source for OciPrices {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        let url = format!("{}?currencyCode=USD", self.spec().fixtures_url);
        vec![Request { source_id: self.spec().id.clone(), url }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let answer: Answer<'_> = serde_json::from_slice(&document.body)
            .map_err(|error| ShapeError::new("body", "a list of products", error.to_string()))?;
        let listing = Listing::whole("products in USD", document);
        for (number, text) in answer.items.iter().enumerate() {
            let place = format!("/items/{number}");
            let product: Product<'_> = serde_json::from_str(text.get())
                .map_err(|error| ShapeError::new(&place, "a product", error.to_string()))?;
            if product.metric_name != "GPU Per Hour" || is_left_out(&product.display_name) {
                continue;
            }
            match product.price() {
                Ok(row) => {
                    let path = "currencyCodeLocalizations/0/prices/0/value";
                    out.push(row, format!("{place}/{path}"), listing.observed_on());
                }
                Err(reason) => out.issue(place, reason, text.get()),
            }
        }
        out.listing = Some(listing);
        Ok(())
    }
}

/// An answer. Fields with a leading underscore are known and not used.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Answer<'a> {
    #[serde(borrow)]
    items: Vec<&'a RawValue>,
    #[serde(rename = "lastUpdated")]
    _last_updated: Option<IgnoredAny>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Product<'a> {
    part_number: String,
    display_name: String,
    #[serde(rename = "description")]
    _description: Option<IgnoredAny>,
    metric_name: String,
    #[serde(rename = "serviceCategory")]
    _service_category: IgnoredAny,
    #[serde(borrow)]
    currency_code_localizations: Vec<Localization<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Localization<'a> {
    currency_code: String,
    #[serde(borrow)]
    prices: Vec<ModelPrice<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ModelPrice<'a> {
    model: String,
    #[serde(borrow)]
    value: &'a RawValue,
    /// Bounds of a tier, where the price depends on the quantity.
    range_min: Option<IgnoredAny>,
    range_max: Option<IgnoredAny>,
    #[serde(rename = "rangeUnit")]
    _range_unit: Option<IgnoredAny>,
}

/// Older products whose names do not say which GPU they have.
fn is_left_out(name: &str) -> bool {
    ["GPU Standard - X7", "GPU Standard - V2", "GPU - E3"].iter().any(|known| name.ends_with(known))
}

/// What stands behind `GPU - ` in names of products, and the shape whose GPU it is.
const SHAPES: [(&str, &str); 9] = [
    ("A10", "BM.GPU.A10.4"),
    ("A100 - v2", "BM.GPU.A100-v2.8"),
    ("B200", "BM.GPU.B200.8"),
    ("B300", "BM.GPU.B300.8"),
    ("GB200", "BM.GPU.GB200.4"),
    ("H100", "BM.GPU.H100.8"),
    ("H200", "BM.GPU.H200.8"),
    ("L40S", "BM.GPU.L40S.4"),
    ("MI300X", "BM.GPU.MI300X.8"),
];

/// The GPU of a product; `None` where its name is not known.
fn gpu_of(product: &str) -> Option<Gpu> {
    let (_, name) = product.split_once("GPU - ")?;
    // Sold beside H100 at another price; what the letter stands for is not documented.
    if name == "H100T" {
        return Some(Gpu { model: "H100T", form: GpuForm::Unknown, memory_gb: None });
    }
    let (_, shape) = SHAPES.iter().find(|(known, _)| *known == name)?;
    instance_gpus("oci", shape).map(|found| found.gpu)
}

impl Product<'_> {
    fn price(&self) -> Result<GpuPrice, String> {
        let gpu = gpu_of(&self.display_name).ok_or("the GPU is not known")?;
        let [localization] = &self.currency_code_localizations[..] else {
            return Err("not one currency".to_owned());
        };
        let [price] = &localization.prices[..] else { return Err("not one price".to_owned()) };
        if localization.currency_code != "USD" || price.model != "PAY_AS_YOU_GO" {
            return Err(format!("{} in {}", price.model, localization.currency_code));
        }
        if price.range_min.is_some() || price.range_max.is_some() {
            return Err("only for some quantities".to_owned());
        }
        let shown = price.value.get();
        let amount = read_amount(shown).ok_or("no amount")?;
        if amount.value.is_zero() || amount.value.is_negative() {
            return Err("not a price".to_owned());
        }
        let count = GpuCount { gpus: NonZeroU32::MIN, source: GpuCountSource::StatedPerGpu };
        let (sku, product_name) = (self.part_number.as_str(), self.display_name.as_str());
        let term = Term::OnDemand;
        let offer = GpuOffer { provider: "oci", sku, product_name, gpu, count, term };
        Ok(offer.at(Price::new(amount, Currency::Usd, shown, &self.metric_name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;

    const ANSWER: &str = include_str!("fixtures/@2026-10-07/?currencyCode=USD");

    fn read(body: &str) -> Result<Extract, ShapeError> {
        let mut out = Extract::default();
        let document = RawDocument {
            url: OciPrices.start(&WatchList::default())[0].url.clone(),
            fetched_at: "2026-10-07T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        OciPrices.parse(&document, &mut out).map(|()| out)
    }

    #[test]
    fn quirk_22_a_price_per_gpu_is_not_divided() {
        let Some(capture) = of_capture("oci_prices", "pricing/gpu/oci-products-2026-10-07.json")
        else {
            return;
        };
        let out = capture.unwrap();
        let rows = out.rows.gpu_price.iter().map(|found| &found.row);
        let prices: Vec<_> = rows
            .map(|row| {
                (row.gpu_model.as_str(), row.gpu_memory_gb, row.price_per_gpu_hour.to_string())
            })
            .collect();
        let expected = [
            ("H100T", None, "10.75"),
            ("MI300X", Some(192), "6"),
            ("H200", Some(141), "10"),
            ("B200", Some(180), "14"),
            ("GB200", Some(186), "16"),
            ("B300", Some(288), "15"),
            ("A100", Some(80), "4"),
            ("H100", Some(80), "10"),
        ];
        assert_eq!(prices, expected.map(|(gpu, memory, price)| (gpu, memory, price.to_owned())));
        assert_eq!(out.issues, []);
    }

    /// Three spellings of one kind of product; H100T is not H100.
    #[test]
    fn quirk_30_spellings_name_the_gpu_they_mean() {
        for name in [
            "OCI - Compute - GPU - H100",
            "Oracle Cloud Infrastructure - Compute - GPU - H100",
            "Compute - GPU - H100",
        ] {
            assert_eq!(gpu_of(name).map(|gpu| gpu.model), Some("H100"), "{name}");
        }
        assert_eq!(gpu_of("OCI - Compute - GPU - H100T").map(|gpu| gpu.model), Some("H100T"));
        assert_eq!(gpu_of("OCI - Compute - GPU - R100"), None);
    }

    #[test]
    fn products_that_are_not_counted_in_gpus_are_left_out_and_unknown_gpus_reported() {
        assert!(ANSWER.contains("Gigabyte (GB) Storage Capacity Per Month"));
        assert!(ANSWER.contains("GPU Standard - X7"));
        let out = read(ANSWER).unwrap();
        assert_eq!((out.rows.gpu_price.len(), out.issues.len()), (6, 0));
        let out = read(&ANSWER.replace("GPU - B200", "GPU - R100")).unwrap();
        assert_eq!((out.rows.gpu_price.len(), out.issues.len()), (5, 1));
    }

    #[test]
    fn trap_19_answers_of_another_shape_are_refused() {
        for body in ["<html></html>", "{}", r#"{"items": {}}"#, r#"{"items": [], "hasMore": true}"#]
        {
            assert!(read(body).is_err(), "{body}");
        }
        assert!(read(&ANSWER.replace("\"metricName\"", "\"metric\"")).is_err());
    }
}
