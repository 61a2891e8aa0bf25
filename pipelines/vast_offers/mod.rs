//! What hosts on the Vast.ai market place ask at the moment: one row an offer of so many GPUs.

use std::num::NonZeroU32;

use burnrate_model::generated::GpuPrice;
use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{
    Currency, GpuCount, GpuCountSource, GpuOffer, Price, Term, gpu, per_gpu, read_amount,
};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{StaticSpec, spec};

/// `{"gpu_name":{"in":["A100 PCIE","A100 SXM4","B200","H100 NVL","H100 PCIE","H100 SXM","H200"]},"limit":2000,"type":"on-demand"}`
const URL: &str = "https://console.vast.ai/api/v0/bundles/?q=%7B%22gpu_name%22:%7B%22in%22:%5B%22A100%20PCIE%22,%22A100%20SXM4%22,%22B200%22,%22H100%20NVL%22,%22H100%20PCIE%22,%22H100%20SXM%22,%22H200%22%5D%7D,%22limit%22:2000,%22type%22:%22on-demand%22%7D";
/// With as many offers as are asked for, there may be more.
const LIMIT: usize = 2000;

/// See the module.
pub(crate) struct VastOffers;

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    offers: Vec<Offer<'a>>,
}

#[derive(Deserialize)]
struct Offer<'a> {
    id: u64,
    gpu_name: String,
    num_gpus: NonZeroU32,
    /// MiB of one GPU, a little less than its maker says.
    gpu_ram: u32,
    /// An hour of all its GPUs and their host, in dollars, storage apart.
    #[serde(borrow)]
    dph_base: &'a RawValue,
    /// The same with the storage that the search assumes.
    dph_total: &'a RawValue,
    is_bid: bool,
    rentable: bool,
    geolocation: Option<String>,
    verification: String,
}

impl Source for VastOffers {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let answer: Answer<'_> = serde_json::from_slice(&document.body).map_err(|error| {
            ShapeError::new("document", "an answer with offers", error.to_string())
        })?;
        if answer.offers.is_empty() {
            return Err(ShapeError::new("/offers", "offers", "none"));
        }
        let mut listing = Listing::whole("offers", document);
        listing.is_last = answer.offers.len() < LIMIT;
        for (at, offer) in answer.offers.iter().enumerate() {
            let locator = format!("/offers/{at}/dph_base");
            // Taken already.
            if !offer.rentable {
                continue;
            }
            match offer.price() {
                Ok(row) => out.push(row, locator, listing.observed_on()),
                Err(reason) => out.issue(locator, reason, offer.record()),
            }
        }
        out.listing = Some(listing);
        Ok(())
    }
}

impl Offer<'_> {
    fn price(&self) -> Result<GpuPrice, &'static str> {
        if self.is_bid {
            return Err("a bid, not an offer");
        }
        let gpu = gpu(&self.gpu_name).ok_or("not a known GPU")?;
        let shown = self.dph_base.get();
        let amount = read_amount(shown).ok_or("not a price")?;
        let sku = self.id.to_string();
        let offer = GpuOffer {
            provider: "vast",
            sku: &sku,
            product_name: &self.gpu_name,
            gpu: gpu.or_memory_gb(Some((self.gpu_ram + 512) / 1024)),
            count: GpuCount { gpus: self.num_gpus, source: GpuCountSource::Stated },
            term: Term::Marketplace,
        };
        let price = Price::new(amount, Currency::Usd, shown, "dph_base");
        let mut row = offer.at(per_gpu(price, self.num_gpus));
        row.cloud_type.clone_from(&self.verification);
        if let Some(geolocation) = &self.geolocation {
            row.region.clone_from(geolocation);
        }
        row.price_note = Some(format!("with storage: {}", self.dph_total.get()));
        Ok(row)
    }

    fn record(&self) -> String {
        format!("{}: {} x {} at {}", self.id, self.num_gpus, self.gpu_name, self.dph_base)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;

    #[test]
    fn quirk_29_an_offer_is_for_all_its_gpus_and_storage_is_apart() {
        let file = "pricing/gpu/vast-bundles-2026-07.json";
        let Some(extract) = of_capture("vast_offers", file).map(Result::unwrap) else { return };
        let offers: Vec<_> = extract
            .rows
            .gpu_price
            .iter()
            .map(|price| {
                let row = &price.row;
                let price = row.price_per_gpu_hour.to_string();
                (row.sku.as_str(), row.gpus_per_instance, price)
            })
            .collect();
        // 6.9333… / 4 and 16 / 8; with storage, dph_total is 6.9356 and 16.0022.
        assert_eq!(offers[0], ("42557070", 4, "1.733333333333".to_owned()));
        assert_eq!(offers[4], ("40228016", 8, "2".to_owned()));
        assert_eq!(offers[5], ("44668103", 1, "1.786666666667".to_owned()));
        assert_eq!(offers.len(), 6);
        // 81,559 MiB
        assert!(extract.rows.gpu_price.iter().all(|price| price.row.gpu_memory_gb == Some(80)));
    }

    fn parse(body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: "2026-07-15T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        VastOffers.parse(&document, &mut out).map(|()| out)
    }

    const ANSWER: &str = include_str!(
        "fixtures/@2026-07-15/?q=%7B%22gpu_name%22:%7B%22in%22:%5B%22A100%20PCIE%22,%22A100%20SXM4%22,%22B200%22,%22H100%20NVL%22,%22H100%20PCIE%22,%22H100%20SXM%22,%22H200%22%5D%7D,%22limit%22:2000,%22type%22:%22on-demand%22%7D"
    );

    #[test]
    fn what_is_taken_is_no_offer() {
        let before = parse(ANSWER).unwrap().rows.gpu_price.len();
        let answer = ANSWER.replacen("\"rentable\": true", "\"rentable\": false", 1);
        assert_eq!(parse(&answer).unwrap().rows.gpu_price.len(), before - 1);
    }

    #[test]
    fn with_as_many_offers_as_are_asked_for_the_list_is_not_whole() {
        assert!(parse(ANSWER).unwrap().listing.unwrap().is_last);
        let offer = r#"{"id":1,"gpu_name":"H200","num_gpus":1,"gpu_ram":143771,"dph_base":2,"dph_total":2,"is_bid":false,"rentable":true,"geolocation":null,"verification":"verified"}"#;
        let answer = format!("{{\"offers\":[{}]}}", vec![offer; LIMIT].join(","));
        assert!(!parse(&answer).unwrap().listing.unwrap().is_last);
    }

    #[test]
    fn trap_19_an_answer_without_offers_is_refused() {
        for body in [r#"{"offers":[]}"#, r#"{"success":false,"msg":"rate limit"}"#, "<html></html>"]
        {
            assert!(parse(body).is_err(), "{body}");
        }
    }
}
