//! Google Cloud's prices of GPUs, as items of its billing catalogue that a third party keeps.
//!
//! Google answers only to those who have a key, which a source has not. Processors and memory are billed
//! apart: a price here covers the GPU alone. What is sold, where, and on which conditions stands in the
//! description, so that this is read word by word. The list is as it was when its prices were effective.

use std::num::NonZeroU32;

use burnrate_model::generated::GpuPrice;
use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{
    BilledScope, Currency, Gpu, GpuCount, GpuCountSource, GpuForm, GpuOffer, Price, Term,
    read_amount,
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use crate::{StaticSpec, spec};

/// The version that is read: of 17 June 2025.
const VERSION: &str = "2e0273be8a2162871ad8230c690e53bf5324e107/gcp_gpu_prices.json";

/// See the module.
pub(crate) struct GcpGpuSkus;

impl Source for GcpGpuSkus {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        let url = format!("{}{VERSION}", self.spec().fixtures_url);
        vec![Request { source_id: self.spec().id.clone(), url }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let shape = |place: &str, error: serde_json::Error| {
            ShapeError::new(place, "items of the billing catalogue", error.to_string())
        };
        let texts: Vec<&RawValue> =
            serde_json::from_slice(&document.body).map_err(|error| shape("body", error))?;
        let mut skus = Vec::new();
        for (number, text) in texts.iter().enumerate() {
            let sku: Sku = serde_json::from_str(text.get())
                .map_err(|error| shape(&format!("/{number}"), error))?;
            skus.push(sku);
        }
        let times = skus.iter().flat_map(|sku| &sku.pricing_info).map(|info| info.effective_time);
        let Some(observed_at) = times.max() else {
            return Err(ShapeError::new("body", "items of the billing catalogue", "none"));
        };
        let scope = "GPUs".to_owned();
        let listing = Listing { scope, page: 1, is_last: true, observed_at };
        for (number, (sku, text)) in skus.iter().zip(&texts).enumerate() {
            match sku.price() {
                Ok(Some(row)) => {
                    let path = "pricingInfo/0/pricingExpression/tieredRates/0/unitPrice";
                    out.push(row, format!("/{number}/{path}"), listing.observed_on());
                }
                Ok(None) => {}
                Err(reason) => out.issue(format!("/{number}"), reason, text.get()),
            }
        }
        out.listing = Some(listing);
        Ok(())
    }
}

/// An item. Fields with a leading underscore are known and not used.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Sku {
    #[serde(rename = "skuId")]
    _sku_id: IgnoredAny,
    description: String,
    pricing_info: Vec<PricingInfo>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct PricingInfo {
    #[serde(rename = "summary")]
    _summary: IgnoredAny,
    pricing_expression: PricingExpression,
    #[serde(rename = "currencyConversionRate")]
    _currency_conversion_rate: IgnoredAny,
    effective_time: DateTime<Utc>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct PricingExpression {
    usage_unit: String,
    display_quantity: u32,
    tiered_rates: Vec<TieredRate>,
    usage_unit_description: String,
    #[serde(rename = "baseUnit")]
    _base_unit: IgnoredAny,
    #[serde(rename = "baseUnitDescription")]
    _base_unit_description: IgnoredAny,
    #[serde(rename = "baseUnitConversionFactor")]
    _base_unit_conversion_factor: IgnoredAny,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct TieredRate {
    start_usage_amount: u32,
    unit_price: Money,
}

/// Whole units, and billionths of one.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Money {
    currency_code: String,
    units: String,
    nanos: u32,
}

impl Sku {
    /// The row; `None` where it is no offer of a GPU, a reason where it cannot be read.
    fn price(&self) -> Result<Option<GpuPrice>, String> {
        // Licences for software, by the number of GPUs.
        if self.description.starts_with("Licensing Fee for ") {
            return Ok(None);
        }
        let [PricingInfo { pricing_expression: expression, .. }] = &self.pricing_info[..] else {
            return Err("not one price".to_owned());
        };
        let [TieredRate { start_usage_amount: 0, unit_price: money }] =
            &expression.tiered_rates[..]
        else {
            return Err("the price depends on the quantity".to_owned());
        };
        if (&*expression.usage_unit, expression.display_quantity) != ("h", 1)
            || money.currency_code != "USD"
            || money.nanos > 999_999_999
        {
            return Err("not in USD an hour".to_owned());
        }
        let amount = read_amount(&format!("{}.{:09}", money.units, money.nanos));
        let amount = amount.filter(|amount| !amount.value.is_negative()).ok_or("no amount")?;
        // Nothing is the price where a GPU is not sold on the conditions, and of the use of what is reserved,
        // which is paid for when it is reserved.
        if amount.value.is_zero() {
            return Ok(None);
        }
        let described = described(&self.description).ok_or("the description is not known")?;
        let shown = format!("units {}, nanos {}", money.units, money.nanos);
        let price = Price::new(amount, Currency::Usd, &shown, &expression.usage_unit_description);
        let offer = GpuOffer {
            provider: "gcp",
            sku: described.sku,
            product_name: &self.description,
            gpu: described.gpu,
            count: GpuCount { gpus: NonZeroU32::MIN, source: GpuCountSource::StatedPerGpu },
            term: described.term,
        };
        let mut row = offer.at(price);
        row.billed_scope = BilledScope::GpuOnly.into();
        described.region.clone_into(&mut row.region);
        Ok(Some(row))
    }
}

/// What a description says.
#[derive(Debug, PartialEq, Eq)]
struct Described<'a> {
    sku: &'static str,
    gpu: Gpu,
    term: Term,
    region: &'a str,
}

/// Reads `Nvidia H100 80GB GPU attached to Spot Preemptible VMs running in Seoul` and the like; `None`
/// for anything else.
fn described(text: &str) -> Option<Described<'_>> {
    let (prefix, text) = ["Commitment v1: ", "Reserved "]
        .into_iter()
        .find_map(|prefix| Some((prefix, text.strip_prefix(prefix)?)))
        .unwrap_or(("", text));
    let (product, text) = text.split_once(" GPU ")?;
    let (machine, text) =
        ["attached to Spot Preemptible VMs ", "attached to DWS Defined Duration VMs "]
            .into_iter()
            .find_map(|machine| Some((machine, text.strip_prefix(machine)?)))
            .unwrap_or(("", text));
    let place = text.strip_prefix("running in ").or_else(|| text.strip_prefix("in "))?;
    let (region, suffix) = [" for 1 Year", " for 3 Years", " for 3 Year", " in Calendar Mode"]
        .into_iter()
        .find_map(|suffix| Some((place.strip_suffix(suffix)?, suffix)))
        .unwrap_or((place, ""));
    if region.contains(" for ") || region.contains(" in ") {
        return None;
    }
    let term = match (prefix, machine, suffix) {
        ("", "", "") => Term::OnDemand,
        ("", "attached to Spot Preemptible VMs ", "") => Term::Spot,
        // Started when there is room, for up to a week.
        ("", _, "") => Term::FlexStart,
        ("Commitment v1: ", "", " for 1 Year") => Term::Reserved1y,
        ("Commitment v1: ", "", " for 3 Years" | " for 3 Year") => Term::Reserved3y,
        ("Reserved ", "", " in Calendar Mode") => Term::CapacityBlock,
        _ => return None,
    };
    let (_, sku, gpu) = PRODUCTS.iter().find(|(name, ..)| *name == product)?;
    Some(Described { sku, gpu: *gpu, term, region })
}

const fn gpu(model: &'static str, form: GpuForm, memory_gb: u32) -> Gpu {
    Gpu { model, form, memory_gb: Some(memory_gb) }
}

/// Products by their names in descriptions, with one name for each, and their GPUs as Google documents
/// them. H100 Mega and H100 Plus are sold at other prices than H100: other hosts go with them.
#[rustfmt::skip]
const PRODUCTS: [(&str, &str, Gpu); 12] = [
    ("H200 141GB", "H200 141GB", gpu("H200", GpuForm::Sxm, 141)),
    ("Nvidia H100 80GB", "Nvidia H100 80GB", gpu("H100", GpuForm::Sxm, 80)),
    ("Nvidia H100 80GB Mega", "Nvidia H100 80GB Mega", gpu("H100", GpuForm::Sxm, 80)),
    ("Nvidia H100 Mega 80GB", "Nvidia H100 80GB Mega", gpu("H100", GpuForm::Sxm, 80)),
    ("Nvidia H100 80GB Plus", "Nvidia H100 80GB Plus", gpu("H100", GpuForm::Unknown, 80)),
    ("Nvidia L4", "Nvidia L4", gpu("L4", GpuForm::Pcie, 24)),
    ("Nvidia Tesla A100", "Nvidia Tesla A100", gpu("A100", GpuForm::Sxm, 40)),
    ("Nvidia Tesla A100 80GB", "Nvidia Tesla A100 80GB", gpu("A100", GpuForm::Sxm, 80)),
    ("Nvidia Tesla P100", "Nvidia Tesla P100", gpu("P100", GpuForm::Unknown, 16)),
    ("Nvidia Tesla P4", "Nvidia Tesla P4", gpu("P4", GpuForm::Pcie, 8)),
    ("Nvidia Tesla T4", "Nvidia Tesla T4", gpu("T4", GpuForm::Pcie, 16)),
    ("Nvidia Tesla V100", "Nvidia Tesla V100", gpu("V100", GpuForm::Unknown, 16)),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;

    const CAPTURE: &str = "pricing/gpu/gcp-gpu-skus-2025-06-17.json";
    const ITEMS: &str = include_str!(
        "fixtures/@2025-06-17/2e0273be8a2162871ad8230c690e53bf5324e107/gcp_gpu_prices.json"
    );

    fn read(body: &str) -> Result<Extract, ShapeError> {
        let mut out = Extract::default();
        let document = RawDocument {
            url: GcpGpuSkus.start(&WatchList::default())[0].url.clone(),
            fetched_at: "2026-11-24T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        GcpGpuSkus.parse(&document, &mut out).map(|()| out)
    }

    /// Price of what a GPU costs in a region on the conditions.
    fn price(out: &Extract, sku: &str, term: Term, region: &str) -> String {
        let rows = out.rows.gpu_price.iter().map(|found| &found.row);
        let found: Vec<_> = rows
            .filter(|row| row.sku == sku && row.term == term.name() && row.region == region)
            .collect();
        assert_eq!(found.len(), 1, "{sku} {term} {region}");
        found[0].price_per_gpu_hour.to_string()
    }

    #[test]
    fn quirk_5_money_is_units_and_billionths() {
        let out = read(ITEMS).unwrap();
        // units 9, nanos 796550569
        let h100 = "Nvidia H100 80GB";
        assert_eq!(price(&out, h100, Term::OnDemand, "Americas"), "9.796550569");
        // units 0, nanos 223100000
        assert_eq!(price(&out, "Nvidia L4", Term::Spot, "Americas"), "0.2231");
        assert!(
            read(&ITEMS.replace("\"nanos\": 796550569", "\"nanos\": 1796550569"))
                .unwrap()
                .issues
                .len()
                == 1
        );
    }

    #[test]
    fn quirk_24_prices_cover_the_gpu_alone_on_six_conditions() {
        let Some(capture) = of_capture("gcp_gpu_skus", CAPTURE) else { return };
        let out = capture.unwrap();
        let h100 = |term| price(&out, "Nvidia H100 80GB", term, "Americas");
        assert_eq!(h100(Term::OnDemand), "9.796550569");
        assert_eq!(h100(Term::Reserved1y), "6.79880857");
        assert_eq!(h100(Term::Reserved3y), "4.299898566");
        assert_eq!(h100(Term::Spot), "2.253");
        assert_eq!(h100(Term::FlexStart), "4.200761");
        assert_eq!(h100(Term::CapacityBlock), "4.570090841");
        assert_eq!(price(&out, "Nvidia Tesla A100", Term::OnDemand, "Americas"), "2.933908");
        assert_eq!(price(&out, "Nvidia Tesla A100 80GB", Term::OnDemand, "Americas"), "3.92808");
        assert!(out.rows.gpu_price.iter().all(|found| found.row.billed_scope == "gpu_only"));
        // 1,632 items, of which 155 are licences and 96 have a price of nothing.
        assert_eq!((out.rows.gpu_price.len(), out.issues.len()), (1632 - 155 - 96, 0));
    }

    #[test]
    fn quirk_24_a_reservation_priced_at_nothing_is_no_offer() {
        assert!(ITEMS.contains("Reserved Nvidia Tesla A100 GPU in Milan"));
        let out = read(ITEMS).unwrap();
        assert!(out.rows.gpu_price.iter().all(|found| !found.row.price_per_gpu_hour.is_zero()));
        assert_eq!(out.issues, []);
    }

    #[test]
    fn quirk_24_h100_mega_and_plus_are_other_goods() {
        let sku = |text| described(text).unwrap().sku;
        assert_eq!(sku("Nvidia H100 80GB GPU running in Seoul"), "Nvidia H100 80GB");
        assert_eq!(sku("Nvidia H100 80GB Plus GPU running in Americas"), "Nvidia H100 80GB Plus");
        let mega = "Nvidia H100 80GB Mega";
        assert_eq!(
            sku("Commitment v1: Nvidia H100 80GB Mega GPU running in Seoul for 3 Years"),
            mega
        );
        assert_eq!(
            sku("Nvidia H100 Mega 80GB GPU attached to DWS Defined Duration VMs running in Seoul"),
            mega
        );
    }

    #[test]
    fn a_description_that_is_not_known_is_reported() {
        let out = read(&ITEMS.replace("Nvidia L4 GPU running", "Nvidia L5 GPU running")).unwrap();
        assert_eq!(out.issues.len(), 1);
        for text in [
            "Nvidia L4 GPU running in Seoul for 2 Years",
            "Reserved Nvidia L4 GPU in Seoul",
            "Nvidia L4 GPU in Seoul in Calendar Mode",
            "Nvidia L4 Super GPU running in Seoul",
        ] {
            assert_eq!(described(text), None, "{text}");
        }
    }

    #[test]
    fn trap_19_documents_of_another_shape_are_refused() {
        for body in ["<html></html>", "{}", "[]", r#"{"error": {"code": 403}}"#] {
            assert!(read(body).is_err(), "{body}");
        }
    }
}
