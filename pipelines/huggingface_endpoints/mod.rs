//! GPU instances of Hugging Face Inference Endpoints, on the clouds of others, from the source of its
//! documentation: a price for all GPUs of an instance.

use std::num::NonZeroU32;

use burnrate_model::generated::GpuPrice;
use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{
    Cell, Currency, GpuCount, GpuCountSource, GpuOffer, Grid, Price, Term, gpu, layout_of,
    markdown_tables, per_gpu, read_amount,
};
use chrono::NaiveDate;

use crate::{StaticSpec, spec};

const URL: &str = "https://raw.githubusercontent.com/huggingface/hf-endpoints-documentation/main/docs/source/support/pricing.md";
/// Tables of what is no GPU.
const OTHER_TABLES: [&str; 3] = ["CPU Instances", "Accelerator Instances", "INF2 Instances"];
/// The clouds on which it runs.
const CLOUDS: [&str; 3] = ["aws", "azure", "gcp"];
const UNIT: &str = "Hourly rate";

/// See the module.
pub(crate) struct HuggingfaceEndpoints;

/// How the table of GPUs was laid out.
#[derive(Clone, Copy)]
struct Layout {
    header: [&'static str; 7],
    offer: fn(&[Cell; 7]) -> Listed<'_>,
}

/// A row of the table, by what its cells are.
struct Listed<'a> {
    cloud: &'a str,
    sku: String,
    price: &'a Cell,
    gpus: &'a str,
    /// Of all GPUs together.
    memory: &'a str,
    architecture: &'a str,
}

/// Instances by id; the largest could not be had, and is known by its size.
const BY_ID: Layout = Layout {
    header: ["Provider", "Instance Size", UNIT, "GPUs", "Memory", "Architecture", "ID"],
    offer: |[cloud, size, price, gpus, memory, architecture, id]| Listed {
        cloud: &cloud.text,
        sku: if id.text == "not available" { &size.text } else { &id.text }.clone(),
        price,
        gpus: &gpus.text,
        memory: &memory.text,
        architecture: &architecture.text,
    },
};

/// Instances by type and size.
const BY_TYPE: Layout = Layout {
    header: ["Provider", "Instance Type", "Instance Size", UNIT, "GPUs", "Memory", "Architecture"],
    offer: |[cloud, kind, size, price, gpus, memory, architecture]| Listed {
        cloud: &cloud.text,
        sku: format!("{} {}", kind.text, size.text),
        price,
        gpus: &gpus.text,
        memory: &memory.text,
        architecture: &architecture.text,
    },
};

impl Source for HuggingfaceEndpoints {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let listing = Listing::whole("endpoints", document);
        let observed_on = listing.observed_on();
        let markdown = str::from_utf8(&document.body)
            .map_err(|_| ShapeError::new("document", "UTF-8", "other bytes"))?;
        // First recorded on these days; when the table changed in between is not known.
        let first_day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
        let layouts = [
            (first_day(2024, 3, 29).unwrap_or_default(), BY_ID),
            (first_day(2024, 9, 9).unwrap_or_default(), BY_TYPE),
        ];
        let layout = layout_of(&layouts, observed_on).unwrap_or(BY_TYPE);
        let grid = gpu_table(markdown)?;
        grid.expect_header(0, &layout.header)?;
        for (row, cells) in (1..).zip(grid.rows_of::<7>(1)?) {
            let listed = (layout.offer)(cells);
            let locator = listed.price.locator.clone();
            match listed.row() {
                Ok(price) => out.push(price, locator, observed_on),
                Err(reason) => out.issue(locator, reason, grid.texts(row).join(" | ")),
            }
        }
        out.listing = Some(listing);
        Ok(())
    }
}

/// The one table of GPUs, among those that are known.
fn gpu_table(markdown: &str) -> Result<Grid, ShapeError> {
    let mut of_gpus = Vec::new();
    for grid in markdown_tables(markdown) {
        match grid.headings.last().map(String::as_str) {
            Some("GPU Instances") => of_gpus.push(grid),
            Some(title) if OTHER_TABLES.contains(&title) => {}
            title => {
                let expected = format!("`GPU Instances` or one of {OTHER_TABLES:?}");
                return Err(ShapeError::new(grid.locator, expected, format!("{title:?}")));
            }
        }
    }
    let found = of_gpus.len();
    of_gpus.pop().filter(|_| found == 1).ok_or_else(|| {
        ShapeError::new("document", "one table under `GPU Instances`", found.to_string())
    })
}

impl Listed<'_> {
    fn row(&self) -> Result<GpuPrice, &'static str> {
        if !CLOUDS.contains(&self.cloud) {
            return Err("not a known cloud");
        }
        // What was deprecated still has its price: `NVIDIA H100 - Deprecated from December 2025`.
        let (name, note) = match self.architecture.split_once(" - ") {
            Some((name, note)) => (name, Some(note.to_owned())),
            None => (self.architecture, None),
        };
        let gpu = gpu(name).ok_or("not a known GPU")?;
        let gpus: NonZeroU32 = self.gpus.parse().map_err(|_| "not a number of GPUs")?;
        let memory = self.memory.strip_suffix("GB").and_then(|memory| memory.trim().parse().ok());
        let memory: u32 = memory.ok_or("not a memory in GB")?;
        let amount = read_amount(&self.price.text).ok_or("not a price")?;
        let offer = GpuOffer {
            provider: "huggingface",
            sku: &self.sku,
            product_name: name,
            gpu: gpu.or_memory_gb(Some(memory / gpus)),
            count: GpuCount { gpus, source: GpuCountSource::Stated },
            term: Term::OnDemand,
        };
        let price = Price::new(amount, Currency::Usd, &self.price.text, UNIT);
        let mut row = offer.at(per_gpu(price, gpus));
        self.cloud.clone_into(&mut row.cloud_type);
        row.price_note = note;
        Ok(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;

    const PAGE: &str = include_str!("fixtures/@2024-09-09/pricing.md");

    fn recorded(file: &str) -> Option<Extract> {
        of_capture("huggingface_endpoints", file).map(Result::unwrap)
    }

    fn row(extract: &Extract, cloud: &str, sku: &str) -> GpuPrice {
        let mut rows = extract.rows.gpu_price.iter().map(|sighted| &sighted.row);
        rows.find(|row| row.cloud_type == cloud && row.sku == sku).unwrap().clone()
    }

    fn price(extract: &Extract, cloud: &str, sku: &str) -> String {
        row(extract, cloud, sku).price_per_gpu_hour.to_string()
    }

    #[test]
    fn quirk_22_the_rate_is_for_all_gpus_of_an_instance() {
        let file = "pricing/gpu/huggingface-endpoints-2024-09-09.mdx";
        let Some(extract) = recorded(file) else { return };
        // 100 / 8
        let h100 = row(&extract, "gcp", "nvidia-h100 x8");
        assert_eq!(h100.price_per_gpu_hour.to_string(), "12.5");
        assert_eq!((h100.gpus_per_instance, h100.gpu_memory_gb), (8, Some(80)));
        assert_eq!(price(&extract, "gcp", "nvidia-h100 x1"), "12.5");
        // 32 / 8
        assert_eq!(price(&extract, "aws", "nvidia-a100 x8"), "4");
    }

    #[test]
    fn quirk_30_what_is_deprecated_still_has_its_price() {
        let file = "pricing/gpu/huggingface-endpoints-2026-05-19.md";
        let Some(extract) = recorded(file) else { return };
        let h100 = row(&extract, "aws", "nvidia-h100 x8");
        assert_eq!(h100.price_per_gpu_hour.to_string(), "4.5");
        assert_eq!(h100.price_note.as_deref(), Some("Deprecated from December 2025"));
        assert_eq!(h100.product_name, "NVIDIA H100");
        assert_eq!(price(&extract, "gcp", "nvidia-h100 x1"), "10");
    }

    #[test]
    fn an_instance_without_an_id_is_known_by_its_size() {
        let file = "pricing/gpu/huggingface-endpoints-2024-03-29.mdx";
        let Some(extract) = recorded(file) else { return };
        assert_eq!(price(&extract, "aws", "8xlarge"), "4");
        assert_eq!(price(&extract, "aws", "aws-p4de-4xlarge"), "4");
    }

    fn parse(body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: "2026-05-19T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        HuggingfaceEndpoints.parse(&document, &mut out).map(|()| out)
    }

    #[test]
    fn processors_and_other_accelerators_are_not_read() {
        let extract = parse(PAGE).unwrap();
        assert!(PAGE.contains("Inferentia2") && PAGE.contains("Intel"));
        assert!(
            extract.rows.gpu_price.iter().all(|price| price.row.product_name.contains("NVIDIA"))
        );
        assert_eq!(extract.issues, []);
    }

    #[test]
    fn an_unknown_table_or_header_is_refused() {
        assert!(parse(&PAGE.replace("## CPU Instances", "## LPU Instances")).is_err());
        let error = parse(&PAGE.replace("Hourly rate", "Daily rate")).unwrap_err();
        assert!(error.to_string().contains("Daily rate"), "{error}");
    }

    #[test]
    fn trap_19_a_page_without_the_table_is_refused() {
        assert!(parse("# Pricing\n\nSee the application.\n").is_err());
    }
}
