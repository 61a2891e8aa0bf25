//! The Full Stack's table of GPU instances in many clouds, kept by hand: second-hand, and some rows have
//! not been looked at for years.

use std::collections::BTreeSet;
use std::num::NonZeroU32;
use std::ops::Range;

use burnrate_model::generated::GpuPrice;
use burnrate_model::{
    Decimal, Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList, locator,
};
use burnrate_price::{
    Currency, Gpu, GpuCount, GpuCountSource, GpuOffer, InstanceGpus, Price, Term, gpu,
    instance_gpus, per_gpu, read_amount,
};
use csv::StringRecord;
use serde::Deserialize;

use crate::{StaticSpec, spec};

const URL: &str =
    "https://raw.githubusercontent.com/the-full-stack/website/main/docs/cloud-gpus/cloud-gpus.csv";
const HEADER: [&str; 11] = [
    "Cloud",
    "GPU Type",
    "GPU Arch",
    "GPUs",
    "GPU RAM",
    "vCPUs",
    "RAM",
    "On-demand",
    "Per-GPU",
    "Spot",
    "Name",
];
/// The clouds by the names under which they are known here.
const PROVIDERS: [(&str, &str); 17] = [
    ("AWS", "aws"),
    ("Azure", "azure"),
    ("CR8DL", "cr8dl"),
    ("Datacrunch", "datacrunch"),
    ("Dataoorts", "dataoorts"),
    ("Exoscale", "exoscale"),
    ("FluidStack", "fluidstack"),
    ("GCP", "gcp"),
    ("Jarvislabs", "jarvislabs"),
    ("Lambda", "lambda"),
    ("Latitude.sh", "latitude"),
    ("NovoNimbus", "novonimbus"),
    ("OVHcloud", "ovhcloud"),
    ("Oblivus Cloud", "oblivus"),
    ("Oracle Cloud", "oci"),
    ("Paperspace", "paperspace"),
    ("RunPod", "runpod"),
];
/// Lists every machine twice, at two prices, and does not say what sets them apart.
const AMBIGUOUS: &str = "Cudo Compute";

/// See the module.
pub(crate) struct CloudGpusTable;

#[derive(Deserialize)]
struct Instance<'a> {
    #[serde(rename = "Cloud")]
    cloud: &'a str,
    #[serde(rename = "GPU Type")]
    gpu: &'a str,
    #[serde(rename = "GPU Arch")]
    architecture: &'a str,
    #[serde(rename = "GPUs")]
    gpus: NonZeroU32,
    #[serde(rename = "vCPUs")]
    processors: &'a str,
    #[serde(rename = "RAM")]
    ram: &'a str,
    /// Dollars an hour for the instance.
    #[serde(rename = "On-demand")]
    on_demand: &'a str,
    /// The same over the number of GPUs, to the cent.
    #[serde(rename = "Per-GPU")]
    per_gpu: &'a str,
    #[serde(rename = "Spot")]
    spot: &'a str,
    #[serde(rename = "Name")]
    name: &'a str,
}

impl Source for CloudGpusTable {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let listing = Listing::whole("instances", document);
        let (header, records) = records(&document.body)?;
        let mut seen = BTreeSet::new();
        for (record, bytes) in &records {
            let place = locator(bytes);
            let as_it_stands = || record.iter().collect::<Vec<_>>().join(",");
            // The same line again.
            if !seen.insert(as_it_stands()) {
                continue;
            }
            let Ok(instance) = record.deserialize::<Instance<'_>>(Some(&header)) else {
                out.issue(place, "not an instance of so many GPUs", as_it_stands());
                continue;
            };
            match instance.prices() {
                Ok(rows) => {
                    for row in rows {
                        out.push(row, place.clone(), listing.observed_on());
                    }
                }
                Err(reason) => out.issue(place, reason, as_it_stands()),
            }
        }
        out.listing = Some(listing);
        Ok(())
    }
}

/// The header, and the records with their places.
type Records = (StringRecord, Vec<(StringRecord, Range<usize>)>);

fn records(body: &[u8]) -> Result<Records, ShapeError> {
    let broken = |error: csv::Error| ShapeError::new("table", "CSV", error.to_string());
    let mut reader = csv::Reader::from_reader(body);
    let header = reader.headers().map_err(broken)?.clone();
    if header != HEADER[..] {
        return Err(ShapeError::new("table", format!("{HEADER:?}"), format!("{header:?}")));
    }
    let mut records = Vec::new();
    let mut record = StringRecord::new();
    while reader.read_record(&mut record).map_err(broken)? {
        let offset = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX).min(body.len());
        let start = offset(record.position().map_or(0, csv::Position::byte));
        let end = offset(reader.position().byte());
        let line = body.get(start..end).unwrap_or_default();
        let record = (record.clone(), start..start + line.trim_ascii_end().len());
        records.push(record);
    }
    Ok((header, records))
}

impl Instance<'_> {
    /// Its prices on demand and spot; none where the table leaves open what it costs.
    fn prices(&self) -> Result<Vec<GpuPrice>, &'static str> {
        if self.cloud == AMBIGUOUS || self.on_demand.is_empty() {
            return Ok(Vec::new());
        }
        let known = PROVIDERS.iter().find(|(cloud, _)| *cloud == self.cloud);
        let (_, provider) = known.ok_or("not a known cloud")?;
        let gpu = self.documented_gpu(provider, self.known_gpu().ok_or("not a known GPU")?);
        let on_demand = read_amount(self.on_demand).ok_or("not a price")?;
        let stated = read_amount(self.per_gpu).ok_or("not a price per GPU")?;
        // One of the two was typed wrongly, or belongs to another row.
        if !is_within_a_cent(on_demand.value.over(self.gpus).0, stated.value) {
            return Ok(Vec::new());
        }
        let mut rows = vec![(on_demand, self.on_demand, "On-demand", Term::OnDemand)];
        if !self.spot.is_empty() {
            let spot = read_amount(self.spot).ok_or("not a spot price")?;
            rows.push((spot, self.spot, "Spot", Term::Spot));
        }
        let sku = self.sku();
        let rows = rows.into_iter().map(|(amount, shown, unit, term)| {
            let count = GpuCount { gpus: self.gpus, source: GpuCountSource::Stated };
            let offer = GpuOffer { provider, sku: &sku, product_name: self.gpu, gpu, count, term };
            offer.at(per_gpu(Price::new(amount, Currency::Usd, shown, unit), self.gpus))
        });
        Ok(rows.collect())
    }

    /// The GPU as the provider documents it for the instance, where it is the one of the table: the table
    /// does not say how it is built in.
    fn documented_gpu(&self, provider: &str, stated: Gpu) -> Gpu {
        // The table writes Azure's `Standard_NC24ads_A100_v4` as `NC24ads A100 v4`.
        let azure = || format!("Standard_{}", self.name.replace(' ', "_"));
        let name = if provider == "azure" { azure() } else { self.name.to_owned() };
        let is_it = |known: &InstanceGpus| {
            known.gpus == self.gpus.get()
                && known.gpu.model == stated.model
                && stated.memory_gb.is_none_or(|memory| known.gpu.memory_gb == Some(memory))
        };
        instance_gpus(provider, &name).filter(is_it).map_or(stated, |known| known.gpu)
    }

    /// `RTX5000` is the card of that number of the generation beside it.
    fn known_gpu(&self) -> Option<Gpu> {
        let is_quadro = self.architecture == "Turing" && self.gpu.starts_with("RTX");
        if is_quadro { gpu(&self.gpu.replacen("RTX", "Quadro RTX ", 1)) } else { gpu(self.gpu) }
    }

    /// Not all clouds name their instances.
    fn sku(&self) -> String {
        if !self.name.is_empty() {
            return self.name.to_owned();
        }
        let Self { gpu, gpus, processors, ram, .. } = self;
        format!("{gpus}x {gpu}, {processors} vCPUs, {ram} GB")
    }
}

fn is_within_a_cent(a: Decimal, b: Decimal) -> bool {
    const CENT: i128 = 10_i128.pow(Decimal::SCALE as u32 - 2);
    (a.scaled() - b.scaled()).abs() < CENT
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;

    const TABLE: &str = include_str!("fixtures/@2025-03-07/cloud-gpus.csv");

    fn parse(body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: "2025-03-07T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        CloudGpusTable.parse(&document, &mut out).map(|()| out)
    }

    /// Prices per GPU of the instances of a name.
    fn prices(extract: &Extract, provider: &str, sku: &str) -> Vec<(String, String)> {
        let rows = extract.rows.gpu_price.iter().map(|sighted| &sighted.row);
        rows.filter(|row| row.provider == provider && row.sku == sku)
            .map(|row| (row.term.clone(), row.price_per_gpu_hour.to_string()))
            .collect()
    }

    #[test]
    fn quirk_22_prices_are_those_of_instances() {
        let file = "pricing/gpu/cloud-gpus-2025-03-07.csv";
        let Some(extract) = of_capture("cloud_gpus_table", file).map(Result::unwrap) else {
            return;
        };
        let price = |term: &str, price: &str| (term.to_owned(), price.to_owned());
        // 32.77 / 8 and 9.83 / 8
        assert_eq!(
            prices(&extract, "aws", "p4d.24xlarge"),
            [price("on_demand", "4.09625"), price("spot", "1.22875")]
        );
        // 80.00 / 8
        assert_eq!(prices(&extract, "oci", "BM.GPU.H100.8"), [price("on_demand", "10")]);
    }

    /// Amazon's own list has the p4d with A100 of form SXM: the table names no form, but the instance does.
    #[test]
    fn an_instance_that_is_known_has_the_form_that_its_provider_documents() {
        let file = "pricing/gpu/cloud-gpus-2025-03-07.csv";
        let Some(extract) = of_capture("cloud_gpus_table", file).map(Result::unwrap) else {
            return;
        };
        let gpu = |provider: &str, sku: &str| {
            let mut rows = extract.rows.gpu_price.iter().map(|sighted| &sighted.row);
            let row = rows.find(|row| row.provider == provider && row.sku == sku).unwrap();
            format!("{} {} {}", row.gpu_model, row.gpu_form, row.gpu_memory_gb.unwrap_or(0))
        };
        assert_eq!(gpu("aws", "p4d.24xlarge"), "A100 SXM 40");
        assert_eq!(gpu("aws", "p3dn.24xlarge"), "V100 SXM 32");
        assert_eq!(gpu("azure", "NC24ads A100 v4"), "A100 PCIe 80");
        assert_eq!(gpu("azure", "ND96amsr A100 v4"), "A100 SXM 80");
        assert_eq!(gpu("gcp", "a2-highgpu-8g"), "A100 SXM 40");
        assert_eq!(gpu("oci", "BM.GPU.H100.8"), "H100 SXM 80");
        // Not the name under which Oracle documents it.
        assert_eq!(gpu("oci", "BM.GPU.A4.8"), "A100 unknown 40");
    }

    #[test]
    fn a_gpu_that_is_not_the_documented_one_stays_as_it_is_written() {
        let other = TABLE.replacen("AWS,A100 (80 GB)", "AWS,A100 (40 GB)", 1);
        assert_ne!(other, TABLE);
        let form = |table: &str| {
            let rows = parse(table).unwrap().rows.gpu_price;
            let row = rows.iter().find(|sighted| sighted.row.sku == "p4de.24xlarge").unwrap();
            row.row.gpu_form.clone()
        };
        assert_eq!((form(TABLE), form(&other)), ("SXM".to_owned(), "unknown".to_owned()));
    }

    #[test]
    fn columns_that_contradict_each_other_are_no_price() {
        let file = "pricing/gpu/cloud-gpus-2025-03-07.csv";
        let Some(extract) = of_capture("cloud_gpus_table", file).map(Result::unwrap) else {
            return;
        };
        // 1.64 for four, but 0.27 for one
        assert_eq!(prices(&extract, "oblivus", "4x RTX4000 (8 GB), 16 vCPUs, 64 GB"), []);
        assert_eq!(prices(&extract, "oblivus", "4x RTX5000 (16 GB), 16 vCPUs, 64 GB").len(), 1);
    }

    #[test]
    fn quirk_28_an_empty_price_is_no_row() {
        let extract = parse(TABLE).unwrap();
        assert!(TABLE.contains(",,0.92361,,GPU3080Ti SMALL"));
        assert_eq!(prices(&extract, "exoscale", "GPU3080Ti SMALL"), []);
        assert_eq!(extract.issues, []);
    }

    #[test]
    fn a_line_that_is_there_twice_is_read_once() {
        assert_eq!(TABLE.matches("g4dn.4xlarge").count(), 2);
        assert_eq!(prices(&parse(TABLE).unwrap(), "aws", "g4dn.4xlarge").len(), 2);
    }

    #[test]
    fn a_row_is_located_by_its_line() {
        let extract = parse(TABLE).unwrap();
        let line = TABLE.lines().nth(1).unwrap();
        let start = TABLE.find(line).unwrap();
        let expected = format!("bytes={start}..{}", start + line.len());
        assert_eq!(extract.rows.gpu_price[0].locator, expected);
    }

    #[test]
    fn an_unknown_cloud_or_gpu_is_reported() {
        let table = TABLE.replacen("AWS,A100 (80 GB)", "AWS,Z100 (80 GB)", 1);
        let extract = parse(&table.replacen("Lambda,", "Lambada,", 1)).unwrap();
        let reasons: Vec<_> = extract.issues.iter().map(|issue| issue.reason.as_str()).collect();
        assert_eq!(reasons, ["not a known GPU", "not a known cloud"]);
    }

    #[test]
    fn another_header_is_refused() {
        let error = parse(&TABLE.replacen("Per-GPU", "Per-GPU (EUR)", 1)).unwrap_err();
        assert!(error.to_string().contains("EUR"), "{error}");
    }
}
