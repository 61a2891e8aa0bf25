//! Prices of Google Cloud's machines, which a third party adds up from those of processors, memory, GPUs
//! and local disks.
//!
//! The prices for a month are for 730 hours. The file says how many GPUs a machine has, and when its list
//! was made; `month` is `hour` times 730, `month_spot` likewise, and both are left out.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use burnrate_model::generated::GpuPrice;
use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{
    Currency, GpuCount, GpuCountSource, GpuOffer, InstanceGpus, InstanceType, Price, Term,
    instance_type, per_gpu, read_amount,
};
use chrono::DateTime;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::{StaticSpec, spec};

/// The version that is read: of 19 September 2024.
const VERSION: &str = "1ba6f7b8061b/pricing.yml";
const HOURS_A_MONTH: u32 = 730;

/// See the module.
pub(crate) struct GcpMachinePrices;

impl Source for GcpMachinePrices {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        let url = format!("{}{VERSION}", self.spec().fixtures_url);
        vec![Request { source_id: self.spec().id.clone(), url }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let shape = |found: String| ShapeError::new("body", "prices by machine", found);
        let text = str::from_utf8(&document.body).map_err(|error| shape(error.to_string()))?;
        let file: File = serde_saphyr::from_str(text).map_err(|error| shape(error.to_string()))?;
        let observed_at = DateTime::from_timestamp(file.about.timestamp, 0);
        let observed_at = observed_at.ok_or_else(|| shape("no timestamp".to_owned()))?;
        let scope = "machines".to_owned();
        let listing = Listing { scope, page: 1, is_last: true, observed_at };
        for (name, machine) in &file.compute.instance {
            let place = format!("/compute/instance/{name}");
            let gpus = match machine.gpus(name) {
                Ok(Some(gpus)) => gpus,
                Ok(None) => continue,
                Err(reason) => {
                    out.issue(place, reason, format!("{machine:?}"));
                    continue;
                }
            };
            for (region, cost) in &machine.cost {
                for (key, shown) in cost {
                    let place = format!("{place}/cost/{region}/{key}");
                    let (term, hours) = match key.as_str() {
                        "hour" => (Term::OnDemand, 1),
                        "hour_spot" => (Term::Spot, 1),
                        "month_1y" => (Term::Reserved1y, HOURS_A_MONTH),
                        "month_3y" => (Term::Reserved3y, HOURS_A_MONTH),
                        "month" | "month_spot" => continue,
                        _ => return Err(ShapeError::new(place, "a known cost", key)),
                    };
                    match price(name, &gpus, term, hours, (key, shown)) {
                        Ok(row) => {
                            let row = GpuPrice { region: region.clone(), ..row };
                            out.push(row, place, listing.observed_on());
                        }
                        Err(reason) => out.issue(place, reason, shown),
                    }
                }
            }
        }
        out.listing = Some(listing);
        Ok(())
    }
}

/// A row, of a cost by its key and as written, for so many hours.
fn price(
    name: &str,
    machine: &InstanceGpus,
    term: Term,
    hours: u32,
    (key, shown): (&str, &str),
) -> Result<GpuPrice, String> {
    let amount = read_amount(shown).filter(|amount| !amount.value.is_negative());
    let amount = amount.filter(|amount| !amount.value.is_zero()).ok_or("not a price")?;
    let gpus = NonZeroU32::new(machine.gpus).ok_or("a machine with no GPU")?;
    let parts =
        NonZeroU32::new(hours).and_then(|hours| gpus.checked_mul(hours)).ok_or("no hours")?;
    let count = GpuCount { gpus, source: GpuCountSource::Stated };
    let gpu = machine.gpu;
    let offer = GpuOffer { provider: "gcp", sku: name, product_name: name, gpu, count, term };
    Ok(offer.at(per_gpu(Price::new(amount, Currency::Usd, shown, key), parts)))
}

/// The file. Fields with a leading underscore are known and not used.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct File {
    about: About,
    compute: Compute,
    #[serde(rename = "dual-region")]
    _dual_region: IgnoredAny,
    #[serde(rename = "monitoring")]
    _monitoring: IgnoredAny,
    #[serde(rename = "multi-region")]
    _multi_region: IgnoredAny,
    #[serde(rename = "region")]
    _region: IgnoredAny,
    #[serde(rename = "storage")]
    _storage: IgnoredAny,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    /// When the list was made, in seconds since 1970.
    timestamp: i64,
    #[serde(rename = "copyright")]
    _copyright: IgnoredAny,
    #[serde(rename = "generated")]
    _generated: IgnoredAny,
    #[serde(rename = "url")]
    _url: IgnoredAny,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Compute {
    instance: BTreeMap<String, Machine>,
    #[serde(rename = "license")]
    _license: IgnoredAny,
    #[serde(rename = "network")]
    _network: IgnoredAny,
    #[serde(rename = "storage")]
    _storage: IgnoredAny,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Machine {
    cost: BTreeMap<String, BTreeMap<String, String>>,
    #[serde(rename = "cpu")]
    _cpu: IgnoredAny,
    #[serde(rename = "ram")]
    _ram: IgnoredAny,
    #[serde(rename = "local-ssd")]
    _local_ssd: Option<IgnoredAny>,
    #[serde(rename = "type")]
    _kind: Option<IgnoredAny>,
    a100: Option<u32>,
    #[serde(rename = "a100-80gb")]
    a100_80gb: Option<u32>,
    #[serde(rename = "h100-80gb")]
    h100_80gb: Option<u32>,
    #[serde(rename = "h100-80gb-mega")]
    h100_80gb_mega: Option<u32>,
    l4: Option<u32>,
}

impl Machine {
    /// Its GPUs; `None` where it has none, a reason where the file and Google's documentation differ.
    fn gpus(&self, name: &str) -> Result<Option<InstanceGpus>, String> {
        let stated = [
            ("A100", Some(40), self.a100),
            ("A100", Some(80), self.a100_80gb),
            ("H100", Some(80), self.h100_80gb.or(self.h100_80gb_mega)),
            ("L4", Some(24), self.l4),
        ];
        let stated = stated.iter().find_map(|(model, gb, gpus)| Some((*model, *gb, (*gpus)?)));
        match (instance_type("gcp", name), stated) {
            (InstanceType::NoWholeGpu, None) => Ok(None),
            (InstanceType::Gpus(known), Some(stated))
                if (known.gpu.model, known.gpu.memory_gb, known.gpus) == stated =>
            {
                Ok(Some(known))
            }
            (known, stated) => Err(format!("{stated:?} in the file, {known:?} documented")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;

    const FILE: &str = include_str!("fixtures/@2024-09-19/1ba6f7b8061b/pricing.yml");

    fn read(body: &str) -> Result<Extract, ShapeError> {
        let mut out = Extract::default();
        let document = RawDocument {
            url: GcpMachinePrices.start(&WatchList::default())[0].url.clone(),
            fetched_at: "2026-11-24T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        GcpMachinePrices.parse(&document, &mut out).map(|()| out)
    }

    fn price(out: &Extract, sku: &str, term: Term) -> String {
        let rows = out.rows.gpu_price.iter().map(|found| &found.row);
        let found: Vec<_> = rows
            .filter(|row| row.sku == sku && row.term == term.name() && row.region == "us-central1")
            .collect();
        assert_eq!(found.len(), 1, "{sku} {term}");
        found[0].price_per_gpu_hour.to_string()
    }

    /// 88.4899999025753 / 8 = 11.061…, and the GPU alone is 9.797: the rest is the host.
    #[test]
    fn quirk_24_trap_16_prices_of_machines_have_the_host_in_them() {
        let out = read(FILE).unwrap();
        assert_eq!(price(&out, "a3-highgpu-8g", Term::OnDemand), "11.061249987822");
        // 28370.99821392 / 730 / 8
        assert_eq!(price(&out, "a3-highgpu-8g", Term::Reserved3y), "4.85804763937");
        // 29.38708 / 8
        assert_eq!(price(&out, "a2-highgpu-8g", Term::OnDemand), "3.673385");
        assert!(out.rows.gpu_price.iter().all(|found| found.row.billed_scope == "instance"));
        let listing = out.listing.unwrap();
        assert_eq!(listing.observed_at.to_string(), "2024-09-19 03:53:45 UTC");
    }

    #[test]
    fn quirk_22_the_number_of_gpus_is_stated_and_checked() {
        let out = read(FILE).unwrap();
        assert_eq!(out.issues, []);
        assert!(out.rows.gpu_price.iter().all(|found| found.row.gpu_count_source == "stated"));
        let wrong = read(&FILE.replace("a100: 8", "a100: 4")).unwrap();
        assert_eq!(wrong.issues.len(), 1);
    }

    /// Of 22 machines with GPUs, those of a2-ultragpu have no prices for years.
    #[test]
    fn the_whole_file_is_read() {
        let Some(capture) =
            of_capture("gcp_machine_prices", "pricing/gpu/gcp-pricing-2024-09-19.yml")
        else {
            return;
        };
        let out = capture.unwrap();
        let rows = 5 * 39 * 4 + 4 * 40 * 2 + 4 * 40 * 4 + 9 * 4 + 8 * 40 * 4;
        assert_eq!((out.rows.gpu_price.len(), out.issues.len()), (rows, 0));
    }

    #[test]
    fn trap_19_documents_of_another_shape_are_refused() {
        for body in ["<html></html>", "{}", "", "compute: 1"] {
            assert!(read(body).is_err(), "{body}");
        }
        assert!(read(&FILE.replace("month_1y", "month_2y")).is_err());
    }
}
