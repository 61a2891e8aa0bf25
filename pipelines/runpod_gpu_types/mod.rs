//! Runpod's GPUs by its GraphQL interface, per GPU and hour: secure and community cloud, on demand, spot,
//! and with a plan paid ahead. A price of 0 means that there is no offer; so, mostly, does 0.5.

use std::num::NonZeroU32;

use burnrate_model::generated::GpuPrice;
use burnrate_model::{
    Decimal, Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList,
};
use burnrate_price::{
    Amount, Currency, Gpu, GpuCount, GpuCountSource, GpuOffer, Price, Term, gpu, read_amount,
};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{StaticSpec, spec};

const URL: &str = "https://api.runpod.io/graphql?query=%7BgpuTypes%7Bid,displayName,memoryInGb,secureCloud,communityCloud,securePrice,communityPrice,secureSpotPrice,communitySpotPrice,oneMonthPrice,threeMonthPrice,sixMonthPrice%7D%7D";
/// Dollars at which the interface shows a GPU that a cloud does not have.
const FILLER: &str = "0.5";

/// See the module.
pub(crate) struct RunpodGpuTypes;

#[derive(Deserialize)]
struct Answer<'a> {
    #[serde(borrow)]
    data: Data<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data<'a> {
    #[serde(borrow)]
    gpu_types: Vec<GpuType<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct GpuType<'a> {
    id: String,
    display_name: String,
    memory_in_gb: u32,
    /// Whether the cloud has the GPU; not everyone asks.
    secure_cloud: Option<bool>,
    community_cloud: Option<bool>,
    #[serde(borrow)]
    secure_price: Option<&'a RawValue>,
    community_price: Option<&'a RawValue>,
    secure_spot_price: Option<&'a RawValue>,
    community_spot_price: Option<&'a RawValue>,
    one_month_price: Option<&'a RawValue>,
    three_month_price: Option<&'a RawValue>,
    six_month_price: Option<&'a RawValue>,
}

/// One of a GPU's prices.
struct Offered<'a> {
    field: &'static str,
    cloud_type: &'static str,
    term: Term,
    /// Whether the cloud has the GPU, where the answer says so.
    is_there: Option<bool>,
    price: Option<&'a RawValue>,
}

impl Source for RunpodGpuTypes {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let listing = Listing::whole("pods", document);
        let (pointer, gpu_types) = gpu_types(&document.body)?;
        for (at, gpu_type) in gpu_types.iter().enumerate() {
            let place = format!("{pointer}/{at}");
            // No GPU, and slices of one, which are not a GPU's price.
            if gpu_type.id == "unknown" || gpu_type.id.contains(" MIG ") {
                continue;
            }
            // The id has what the name leaves out, and the other way round.
            let names = format!("{} {}", gpu_type.display_name, gpu_type.id);
            let Some(gpu) = gpu(&names) else {
                out.issue(place, "not a known GPU", gpu_type.id.as_str());
                continue;
            };
            for offered in gpu_type.offers() {
                let locator = format!("{place}/{}", offered.field);
                match gpu_type.price(gpu, &offered) {
                    Ok(Some(row)) => out.push(row, locator, listing.observed_on()),
                    Ok(None) => {}
                    Err(record) => out.issue(locator, "not a price", record),
                }
            }
        }
        out.listing = Some(listing);
        Ok(())
    }
}

/// The GPUs and where they stand: in an answer of the interface, or in a list that was saved from one.
fn gpu_types(body: &[u8]) -> Result<(&'static str, Vec<GpuType<'_>>), ShapeError> {
    let broken = |error: serde_json::Error| {
        ShapeError::new("document", "an answer with gpuTypes", error.to_string())
    };
    let first = body.iter().find(|byte| !byte.is_ascii_whitespace());
    let (pointer, gpu_types): (_, Vec<GpuType<'_>>) = if first == Some(&b'[') {
        ("", serde_json::from_slice(body).map_err(broken)?)
    } else {
        let answer: Answer<'_> = serde_json::from_slice(body).map_err(broken)?;
        ("/data/gpuTypes", answer.data.gpu_types)
    };
    if gpu_types.is_empty() {
        return Err(ShapeError::new("document", "GPUs", "none"));
    }
    Ok((pointer, gpu_types))
}

impl GpuType<'_> {
    fn offers(&self) -> [Offered<'_>; 7] {
        let secure = |field, term, price| Offered {
            field,
            cloud_type: "secure",
            term,
            is_there: self.secure_cloud,
            price,
        };
        let community = |field, term, price| Offered {
            field,
            cloud_type: "community",
            term,
            is_there: self.community_cloud,
            price,
        };
        [
            secure("securePrice", Term::OnDemand, self.secure_price),
            community("communityPrice", Term::OnDemand, self.community_price),
            secure("secureSpotPrice", Term::Spot, self.secure_spot_price),
            community("communitySpotPrice", Term::Spot, self.community_spot_price),
            secure("oneMonthPrice", Term::Reserved1m, self.one_month_price),
            secure("threeMonthPrice", Term::Reserved3m, self.three_month_price),
            secure("sixMonthPrice", Term::Reserved6m, self.six_month_price),
        ]
    }

    /// A row; `None` where there is no offer. Errs with what stands in the place of a price.
    fn price(&self, gpu: Gpu, offered: &Offered<'_>) -> Result<Option<GpuPrice>, String> {
        let Some(shown) = offered.price.map(RawValue::get) else { return Ok(None) };
        let amount = read_amount(shown).ok_or_else(|| shown.to_owned())?;
        if !is_offered(amount, shown, offered.is_there) {
            return Ok(None);
        }
        let offer = GpuOffer {
            provider: "runpod",
            sku: &self.id,
            product_name: &self.display_name,
            gpu: gpu.or_memory_gb(Some(self.memory_in_gb)),
            count: GpuCount { gpus: NonZeroU32::MIN, source: GpuCountSource::StatedPerGpu },
            term: offered.term,
        };
        let mut row = offer.at(Price::new(amount, Currency::Usd, shown, offered.field));
        offered.cloud_type.clone_into(&mut row.cloud_type);
        Ok(Some(row))
    }
}

/// Where the answer says which clouds have the GPU, that counts; else half a dollar may be a price or the
/// filler, and so is none.
fn is_offered(amount: Amount, shown: &str, is_there: Option<bool>) -> bool {
    amount.value != Decimal::default() && is_there.unwrap_or(shown != FILLER)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;

    const RECORDED_2025: &str = "pricing/gpu/runpod-gputypes-2025-06-21.json";
    const RECORDED_2026: &str = "pricing/gpu/runpod-gputypes-2026-10.json";

    fn recorded(file: &str) -> Option<Extract> {
        of_capture("runpod_gpu_types", file).map(Result::unwrap)
    }

    /// Prices of a GPU, by cloud and term.
    fn prices(extract: &Extract, id: &str) -> Vec<(String, String, String)> {
        let rows = extract.rows.gpu_price.iter().map(|sighted| &sighted.row);
        rows.filter(|row| row.sku == id)
            .map(|row| {
                let price = row.price_per_gpu_hour.to_string();
                (row.cloud_type.clone(), row.term.clone(), price)
            })
            .collect()
    }

    fn of(prices: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
        let owned = |&(cloud, term, price): &(&str, &str, &str)| {
            (cloud.to_owned(), term.to_owned(), price.to_owned())
        };
        prices.iter().map(owned).collect()
    }

    #[test]
    fn secure_and_community_clouds_spot_and_plans_are_kept_apart() {
        let Some(extract) = recorded(RECORDED_2025) else { return };
        assert_eq!(
            prices(&extract, "NVIDIA H100 80GB HBM3"),
            of(&[
                ("secure", "on_demand", "2.99"),
                ("community", "on_demand", "2.69"),
                ("secure", "spot", "1.75"),
                ("community", "spot", "1.5"),
                ("secure", "reserved_3m", "2.811"),
                ("secure", "reserved_6m", "2.601"),
            ])
        );
        assert_eq!(prices(&extract, "NVIDIA A100-SXM4-80GB")[0].2, "1.74");
    }

    #[test]
    fn quirk_30_the_name_and_the_id_together_settle_form_and_memory() {
        let Some(extract) = recorded(RECORDED_2026) else { return };
        let gpu = |id: &str| {
            let rows = &extract.rows.gpu_price;
            let row = &rows.iter().find(|price| price.row.sku == id).unwrap().row;
            (row.gpu_model.clone(), row.gpu_form.clone(), row.gpu_memory_gb)
        };
        let of =
            |model: &str, form: &str, memory| (model.to_owned(), form.to_owned(), Some(memory));
        assert_eq!(gpu("NVIDIA H100 80GB HBM3"), of("H100", "SXM", 80));
        assert_eq!(gpu("NVIDIA H100 NVL"), of("H100", "NVL", 94));
        assert_eq!(gpu("NVIDIA A100-SXM4-40GB"), of("A100", "SXM", 40));
        assert_eq!(gpu("Tesla V100-PCIE-16GB"), of("V100", "PCIe", 16));
        assert_eq!(gpu("NVIDIA RTX A6000"), of("RTX A6000", "PCIe", 48));
    }

    #[test]
    fn quirk_28_nothing_and_half_a_dollar_are_no_prices() {
        let Some(extract) = recorded(RECORDED_2026) else { return };
        let secure = |price| of(&[("secure", "on_demand", price)]);
        let community = |price| of(&[("community", "on_demand", price)]);
        // community 0.5
        assert_eq!(prices(&extract, "NVIDIA H200 NVL"), secure("3.79"));
        // secure 0.5
        let max_q = "NVIDIA RTX PRO 6000 Blackwell Max-Q Workstation Edition";
        assert_eq!(prices(&extract, max_q), community("1.64"));
        // secure 0
        assert_eq!(prices(&extract, "Tesla V100-SXM2-16GB"), community("0.23"));
        assert_eq!(
            prices(&extract, "NVIDIA H100 80GB HBM3"),
            [secure("3.49"), community("2.69")].concat()
        );
        assert_eq!(prices(&extract, "NVIDIA A100-SXM4-80GB")[0].2, "1.59");
    }

    #[test]
    fn quirk_28_what_a_cloud_does_not_have_has_no_price_there() {
        let Some(extract) = recorded(RECORDED_2025) else { return };
        // secureCloud is false, though securePrice is 0.41
        assert_eq!(
            prices(&extract, "NVIDIA A30"),
            of(&[("community", "on_demand", "0.22"), ("community", "spot", "0.11")])
        );
    }

    const ANSWER: &str = include_str!(
        "fixtures/@2025-06-21/graphql?query=%7BgpuTypes%7Bid,displayName,memoryInGb,secureCloud,communityCloud,securePrice,communityPrice,secureSpotPrice,communitySpotPrice,oneMonthPrice,threeMonthPrice,sixMonthPrice%7D%7D"
    );

    fn parse(body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: "2026-10-01T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        RunpodGpuTypes.parse(&document, &mut out).map(|()| out)
    }

    #[test]
    fn half_a_dollar_is_a_price_where_the_cloud_is_said_to_have_the_gpu() {
        let answer = ANSWER.replacen("\"securePrice\":0.4,", "\"securePrice\":0.5,", 1);
        assert_ne!(answer, ANSWER);
        assert_eq!(prices(&parse(&answer).unwrap(), "NVIDIA A40")[0].2, "0.5");
    }

    #[test]
    fn slices_of_a_gpu_are_no_rows() {
        let Some(extract) = recorded(RECORDED_2026) else { return };
        assert_eq!(extract.issues, []);
        assert!(extract.rows.gpu_price.iter().all(|price| !price.row.sku.contains("MIG")));
    }

    #[test]
    fn trap_19_an_answer_without_gpus_is_refused() {
        for body in [
            r#"{"errors":[{"message":"Something went wrong"}]}"#,
            r#"{"data":{"gpuTypes":[]}}"#,
            "<html><body>Attention Required!</body></html>",
        ] {
            assert!(parse(body).is_err(), "{body}");
        }
    }
}
