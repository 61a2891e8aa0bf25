//! Hyperstack's table of GPUs: on demand by the hour, and from what a reservation starts.

use std::num::NonZeroU32;

use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{
    Cell, Currency, GpuCount, GpuCountSource, GpuOffer, Price, Term, gpu, html_table, page,
    read_amount, select_one,
};
use chrono::NaiveDate;

use crate::{StaticSpec, spec};

const URL: &str = "https://www.hyperstack.cloud/gpu-pricing";

const HEADER: [&str; 6] = [
    "GPU Model",
    "VRAM (GB)",
    "Max pCPUs per GPU",
    "Max RAM (GB) per GPU",
    "Pricing Per Hour",
    "Reservation Pricing",
];

/// The unit behind a price, in both its spellings.
const UNITS: [&str; 2] = ["per Hour", "Per Hour"];

/// See the module.
pub(crate) struct HyperstackPricing;

impl Source for HyperstackPricing {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let listing = Listing::whole("GPUs", document);
        let page = page(&document.body)?;
        let table = html_table(select_one(page.root_element(), "table#tblSortTest_jquery")?)?;
        table.expect_header(0, &HEADER)?;
        for row in table.rows_of(1)? {
            read_row(row, listing.observed_on(), out);
        }
        out.listing = Some(listing);
        Ok(())
    }
}

/// One row may name two GPUs (`NVIDIA RTX A6000/A40`), either of which costs as much.
fn read_row(row: &[Cell; 6], observed_on: NaiveDate, out: &mut Extract) {
    let [name, memory, _, _, shown, reservation] = row;
    // The least that any reservation costs is the price of none.
    if !reservation.text.starts_with("Starts from $") {
        out.issue(&reservation.locator, "not what a reservation starts from", &reservation.text);
    }
    let Some(price) = price(&shown.text) else {
        return out.issue(&shown.locator, "not a price per hour", &shown.text);
    };
    let memory_gb = memory.text.parse().ok();
    for one in name.text.split('/') {
        let Some(gpu) = gpu(one).filter(|_| memory_gb.is_some()) else {
            out.issue(&name.locator, "not a known GPU and its memory", &name.text);
            continue;
        };
        let offer = GpuOffer {
            provider: "hyperstack",
            sku: &name.text,
            product_name: &name.text,
            gpu: gpu.or_memory_gb(memory_gb),
            // What is beside the price is "per GPU".
            count: GpuCount { gpus: NonZeroU32::MIN, source: GpuCountSource::StatedPerGpu },
            term: Term::OnDemand,
        };
        out.push(offer.at(price.clone()), shown.locator.clone(), observed_on);
    }
}

fn price(shown: &str) -> Option<Price> {
    let (amount, unit) =
        UNITS.iter().find_map(|unit| Some((shown.strip_suffix(unit)?.trim_end(), unit)))?;
    Some(Price::new(read_amount(amount)?, Currency::Usd, amount, unit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;

    const PAGE: &str = include_str!("fixtures/@2024-08-22/gpu-pricing");

    fn parse(body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: "2024-08-22T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        HyperstackPricing.parse(&document, &mut out).map(|()| out)
    }

    /// Model, form, term and price of each row that names a GPU so.
    fn prices(extract: &Extract, name: &str) -> Vec<String> {
        let rows = extract.rows.gpu_price.iter().map(|sighted| &sighted.row);
        rows.filter(|row| row.product_name == name)
            .map(|row| {
                let (model, form) = (&row.gpu_model, &row.gpu_form);
                format!("{model} {form} {} {}", row.term, row.price_per_gpu_hour)
            })
            .collect()
    }

    #[test]
    fn both_h100s_have_the_prices_of_the_page() {
        let file = "pricing/gpu/hyperstack-2024-08-22-section.html";
        let Some(extract) = of_capture("hyperstack_pricing", file).map(Result::unwrap) else {
            return;
        };
        assert_eq!(prices(&extract, "NVIDIA H100 SXM 80GB"), ["H100 SXM on_demand 3.75"]);
        assert_eq!(prices(&extract, "NVIDIA H100 PCIe 80GB"), ["H100 PCIe on_demand 3.44"]);
        // Nine rows, one of which names two GPUs.
        assert_eq!((extract.rows.gpu_price.len(), extract.issues.len()), (10, 0));
    }

    #[test]
    fn quirk_16_a_hard_space_may_stand_behind_the_dollar() {
        assert!(PAGE.contains("$ &nbsp;2.20 per Hour"));
        let extract = parse(PAGE).unwrap();
        assert_eq!(prices(&extract, "NVIDIA A100 PCIe 80GB"), ["A100 PCIe on_demand 2.2"]);
        assert_eq!(prices(&extract, "NVIDIA RTX A4000"), ["RTX A4000 PCIe on_demand 0.3"]);
    }

    #[test]
    fn quirk_20_a_page_that_begins_within_a_comment_is_read() {
        assert!(PAGE.starts_with("<img src=\"user.svg\"> -->"));
        assert_eq!(parse(PAGE).unwrap().rows.gpu_price.len(), 7);
        let whole = format!("<html><body><div><a><!-- {PAGE}</table></div></div></body></html>");
        assert_eq!(parse(&whole).unwrap().rows.gpu_price.len(), 7);
    }

    #[test]
    fn quirk_26_what_a_reservation_starts_from_is_no_price() {
        let extract = parse(PAGE).unwrap();
        assert!(extract.rows.gpu_price.iter().all(|price| price.row.term == "on_demand"));
        let stated = PAGE.replace("Starts from <a href=\"/nvidia-hgx", "<a href=\"/nvidia-hgx");
        assert_eq!(parse(&stated).unwrap().issues[0].record, "$2.25/hour");
    }

    #[test]
    fn quirk_30_two_gpus_of_one_row_are_two_offers() {
        let prices = prices(&parse(PAGE).unwrap(), "NVIDIA RTX A6000/A40");
        assert_eq!(prices, ["RTX A6000 PCIe on_demand 1", "A40 PCIe on_demand 1"]);
    }

    #[test]
    fn trap_16_a_price_for_another_time_is_reported() {
        let extract = parse(&PAGE.replace("3.75 per Hour", "2737.50 per Month")).unwrap();
        assert_eq!(extract.issues[0].reason, "not a price per hour");
        assert_eq!(prices(&extract, "NVIDIA H100 SXM 80GB"), Vec::<String>::new());
    }

    #[test]
    fn trap_19_a_page_without_the_table_is_refused() {
        assert!(parse("<html><body><div id=\"root\"></div></body></html>").is_err());
        let error = parse(&PAGE.replace("(GB)</span>", "(GiB)</span>")).unwrap_err().to_string();
        assert!(error.contains("VRAM (GiB)"), "{error}");
    }
}
