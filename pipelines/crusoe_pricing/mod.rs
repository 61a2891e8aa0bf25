//! Crusoe's table of GPUs: on demand, spot, and reserved for three lengths of time.

use std::num::NonZeroU32;

use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{
    Currency, Expect, GpuCount, GpuCountSource, GpuOffer, Grid, Price, Term, gpu, html_table, page,
    read_amount, select,
};
use chrono::NaiveDate;

use crate::{StaticSpec, spec};

const URL: &str = "https://crusoe.ai/cloud/pricing";
const HEADER: [&str; 6] = [
    "GPU Pricing",
    "On-Demand",
    "Current Spot",
    "6-month reserved",
    "1-year reserved",
    "3-year reserved",
];
const TERMS: [Term; 5] =
    [Term::OnDemand, Term::Spot, Term::Reserved6m, Term::Reserved1y, Term::Reserved3y];
const UNIT: &str = " /hr";

/// See the module.
pub(crate) struct CrusoePricing;

impl Source for CrusoePricing {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let listing = Listing::whole("GPUs", document);
        let grid = gpu_table(&document.body)?;
        grid.expect_header(0, &HEADER)?;
        for row in 1..grid.rows.len() {
            read_row(&grid, row, listing.observed_on(), out);
        }
        out.listing = Some(listing);
        Ok(())
    }
}

/// The one table whose first heading is that of GPUs; the page has others, of processors and storage.
fn gpu_table(body: &[u8]) -> Result<Grid, ShapeError> {
    let page = page(body)?;
    let tables = select(page.root_element(), "table", Expect::AtLeast(1))?;
    let grids: Vec<_> = tables.into_iter().map(html_table).collect::<Result<_, _>>()?;
    let is_of_gpus = |grid: &Grid| grid.texts(0).first() == Some(&HEADER[0]);
    let mut of_gpus = grids.into_iter().filter(is_of_gpus);
    match (of_gpus.next(), of_gpus.next()) {
        (Some(grid), None) => Ok(grid),
        (None, _) => Err(ShapeError::new("page", "a table headed `GPU Pricing`", "none")),
        (Some(_), Some(_)) => Err(ShapeError::new("page", "one table headed `GPU Pricing`", "two")),
    }
}

fn read_row(grid: &Grid, row: usize, observed_on: NaiveDate, out: &mut Extract) {
    let cells = grid.rows.get(row).map_or(&[][..], Vec::as_slice);
    let [name, prices @ ..] = cells else { return };
    let record = || grid.texts(row).join(" | ");
    if prices.len() != TERMS.len() {
        return out.issue(&name.locator, "not a name and five prices", record());
    }
    // The same name stands for A100s of two forms and two memories, which are written below it.
    let Some(gpu) = gpu(&name.text) else {
        return out.issue(&name.locator, "not a known GPU", record());
    };
    for (cell, term) in prices.iter().zip(TERMS) {
        if cell.text == "Contact Sales" {
            continue;
        }
        let Some(amount) = cell.text.strip_suffix(UNIT).and_then(read_amount) else {
            out.issue(&cell.locator, "not a price per hour", record());
            continue;
        };
        let offer = GpuOffer {
            provider: "crusoe",
            sku: &name.text,
            product_name: &name.text,
            gpu,
            count: GpuCount { gpus: NonZeroU32::MIN, source: GpuCountSource::StatedPerGpu },
            term,
        };
        let price = Price::new(amount, Currency::Usd, &cell.text, UNIT.trim_start());
        out.push(offer.at(price), cell.locator.clone(), observed_on);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;

    const PAGE: &str = include_str!("fixtures/@2025-05-21/pricing");
    const RECORDED: &str = "pricing/gpu/crusoe-2025-05-21-section.html";

    fn parse(body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: "2025-05-21T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        CrusoePricing.parse(&document, &mut out).map(|()| out)
    }

    /// Prices by term of a product, in order of the page.
    fn prices(extract: &Extract, name: &str) -> Vec<(String, String)> {
        let rows = extract.rows.gpu_price.iter().map(|sighted| &sighted.row);
        rows.filter(|row| row.sku == name)
            .map(|row| (row.term.clone(), row.price_per_gpu_hour.to_string()))
            .collect()
    }

    fn of(prices: &[(&str, &str)]) -> Vec<(String, String)> {
        prices.iter().map(|(term, price)| ((*term).to_owned(), (*price).to_owned())).collect()
    }

    #[test]
    fn quirk_16_a_price_in_three_parts_is_one_price() {
        let Some(extract) = of_capture("crusoe_pricing", RECORDED).map(Result::unwrap) else {
            return;
        };
        assert_eq!(
            prices(&extract, "NVIDIA H100 80GB SXM"),
            of(&[
                ("on_demand", "3.9"),
                ("reserved_6m", "3.12"),
                ("reserved_1y", "2.93"),
                ("reserved_3y", "2.54"),
            ])
        );
    }

    #[test]
    fn quirk_30_three_a100s_share_a_name() {
        let Some(extract) = of_capture("crusoe_pricing", RECORDED).map(Result::unwrap) else {
            return;
        };
        let a100: Vec<_> = extract
            .rows
            .gpu_price
            .iter()
            .map(|sighted| &sighted.row)
            .filter(|row| row.gpu_model == "A100" && row.term == "on_demand")
            .map(|row| {
                (row.gpu_form.as_str(), row.gpu_memory_gb, row.price_per_gpu_hour.to_string())
            })
            .collect();
        assert_eq!(
            a100,
            [
                ("SXM", Some(80), "1.95".to_owned()),
                ("PCIe", Some(80), "1.65".to_owned()),
                ("PCIe", Some(40), "1.45".to_owned()),
            ]
        );
    }

    #[test]
    fn quirk_20_a_row_cut_off_is_reported() {
        let Some(extract) = of_capture("crusoe_pricing", RECORDED).map(Result::unwrap) else {
            return;
        };
        let records: Vec<_> = extract.issues.iter().map(|issue| issue.record.as_str()).collect();
        assert_eq!(records, ["NVIDIA A40"]);
    }

    #[test]
    fn quirk_19_the_heading_for_small_screens_is_no_table() {
        assert_eq!(PAGE.matches(">GPU Pricing<").count(), 2);
        assert_eq!(prices(&parse(PAGE).unwrap(), "NVIDIA H100 80GB SXM").len(), 4);
    }

    #[test]
    fn quirk_28_contact_sales_is_no_row() {
        let extract = parse(PAGE).unwrap();
        assert_eq!(extract.issues, []);
        let spot: Vec<_> = extract
            .rows
            .gpu_price
            .iter()
            .filter(|price| price.row.term == "spot")
            .map(|price| price.row.sku.as_str())
            .collect();
        assert_eq!(spot, ["AMD MI300X 192GB OAM"]);
    }

    #[test]
    fn another_term_is_refused() {
        let error = parse(&PAGE.replace("3-year reserved", "5-year reserved")).unwrap_err();
        assert!(error.to_string().contains("5-year"), "{error}");
    }

    #[test]
    fn trap_19_a_page_without_the_table_is_refused() {
        assert!(parse("<html><body><h2>GPU Pricing</h2></body></html>").is_err());
    }
}
