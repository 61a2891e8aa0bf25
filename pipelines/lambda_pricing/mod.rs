//! Lambda's page of on-demand GPUs: the same address priced whole instances in 2023, and one GPU in 2024,
//! under the same names (`8x NVIDIA H100 SXM`).

use std::num::NonZeroU32;

use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{Gpu, Grid, gpu, layout_of};
use chrono::NaiveDate;

use crate::{StaticSpec, spec};

mod layout_2023;
mod layout_2024;

const URL: &str = "https://lambdalabs.com/service/gpu-cloud";

/// See the module.
pub(crate) struct LambdaPricing;

/// Reads a page into rows known on a day.
type Layout = fn(&RawDocument, NaiveDate, &mut Extract) -> Result<(), ShapeError>;

impl Source for LambdaPricing {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let listing = Listing::whole("on-demand", document);
        let observed_on = listing.observed_on();
        // First recorded on these days; when the page changed in between is not known.
        let first_day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
        let layouts: [(NaiveDate, Layout); 2] = [
            (first_day(2023, 9, 9).unwrap_or_default(), layout_2023::read),
            (first_day(2024, 11, 3).unwrap_or_default(), layout_2024::read),
        ];
        let read = layout_of(&layouts, observed_on).unwrap_or(layout_2024::read);
        read(document, observed_on, out)?;
        out.listing = Some(listing);
        Ok(())
    }
}

/// The number and kind of GPUs that a name such as `8x NVIDIA A100` states, with the memory of one from
/// the column beside it (`40 GB`).
fn bundle(name: &str, memory: &str) -> Option<(NonZeroU32, Gpu)> {
    let (gpus, gpu_name) = name.split_once("x ")?;
    let memory_gb = memory.strip_suffix(" GB")?.parse().ok()?;
    Some((gpus.parse().ok()?, gpu(gpu_name)?.or_memory_gb(Some(memory_gb))))
}

fn record(grid: &Grid, row: usize) -> String {
    grid.texts(row).join(" | ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;

    /// Price per GPU and price as shown, of a name and a memory.
    fn priced(file: &str, name: &str, memory_gb: i64) -> Option<(String, String)> {
        let extract = of_capture("lambda_pricing", file)?.unwrap();
        let mut rows = extract.rows.gpu_price.iter().map(|sighted| &sighted.row);
        let row = rows.find(|row| row.sku == name && row.gpu_memory_gb == Some(memory_gb)).unwrap();
        Some((row.price_per_gpu_hour.to_string(), row.price_as_shown.clone()))
    }

    #[test]
    fn quirk_22_the_page_of_2023_prices_instances() {
        let file = "pricing/gpu/lambda-2023-09-09-section.html";
        let Some(h100) = priced(file, "8x NVIDIA H100 SXM", 80) else { return };
        // 20.72 / 8
        assert_eq!(h100, ("2.59".to_owned(), "$20.72 / hr".to_owned()));
        let a100 = |memory_gb| priced(file, "8x NVIDIA A100", memory_gb).unwrap().0;
        assert_eq!(priced(file, "1x NVIDIA H100 PCIe", 80).unwrap().0, "1.99");
        // 12.00 / 8, and 8.80 / 8
        assert_eq!((a100(80), a100(40)), ("1.5".to_owned(), "1.1".to_owned()));
    }

    #[test]
    fn quirk_22_the_page_of_2024_prices_gpus_under_the_same_names() {
        let file = "pricing/gpu/lambda-2024-11-03-section.html";
        let Some(h100) = priced(file, "8x NVIDIA H100 SXM", 80) else { return };
        assert_eq!(h100, ("2.99".to_owned(), "$2.99 / GPU / hr".to_owned()));
        assert_eq!(priced(file, "1x NVIDIA H100 SXM", 80).unwrap().0, "3.29");
        assert_eq!(priced(file, "1x NVIDIA H100 PCIe", 80).unwrap().0, "2.49");
        assert_eq!(priced(file, "8x NVIDIA A100 SXM", 80).unwrap().0, "1.79");
        assert_eq!(priced(file, "8x NVIDIA A100 SXM", 40).unwrap().0, "1.29");
    }

    fn parse(body: &str, day: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: format!("{day}T00:00:00Z").parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        LambdaPricing.parse(&document, &mut out).map(|()| out)
    }

    const PAGE_OF_2023: &str = include_str!("fixtures/@2023-09-09/gpu-cloud");
    const PAGE_OF_2024: &str = include_str!("fixtures/@2024-11-03/gpu-cloud");

    #[test]
    fn neither_page_is_read_as_the_other() {
        assert!(parse(PAGE_OF_2023, "2024-11-03").is_err());
        assert!(parse(PAGE_OF_2024, "2023-09-09").is_err());
    }

    #[test]
    fn quirk_28_contact_sales_is_no_row() {
        let extract = parse(PAGE_OF_2024, "2024-11-03").unwrap();
        assert!(PAGE_OF_2024.contains("CONTACT SALES"));
        assert_eq!(extract.issues, []);
        assert!(extract.rows.gpu_price.iter().all(|price| price.row.term == "on_demand"));
    }

    #[test]
    fn quirk_20_a_page_cut_within_its_header_is_read() {
        let cut = PAGE_OF_2024.split_once("<span>PRICE/GPU/HR*").unwrap().1;
        let cut = parse(&format!("<span>PRICE/GPU/HR*{cut}"), "2024-11-03").unwrap();
        let whole = parse(PAGE_OF_2024, "2024-11-03").unwrap();
        let prices = |extract: &Extract| -> Vec<_> {
            extract.rows.gpu_price.iter().map(|price| price.row.clone()).collect()
        };
        assert_eq!(prices(&cut), prices(&whole));
    }

    #[test]
    fn trap_19_a_page_without_the_table_is_refused() {
        let shell = "<html><body><div id=\"root\"></div><p>Lambda GPU cloud</p></body></html>";
        assert!(parse(shell, "2026-11-24").is_err());
    }
}
