//! Runpod's serverless GPUs, billed by the second, from its documentation. One price holds for all GPUs
//! that a row names; each of them is a row here.

use std::num::NonZeroU32;

use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{
    Amount, Cell, Currency, Gpu, GpuCount, GpuCountSource, GpuOffer, Grid, Price, Term, gpu,
    layout_of, markdown_tables, read_amount,
};
use chrono::NaiveDate;

use crate::{StaticSpec, spec};

const URL: &str = "https://docs.runpod.io/serverless/pricing.md";
const SECONDS_AN_HOUR: u32 = 3600;

/// See the module.
pub(crate) struct RunpodServerlessPricing;

/// How the table was laid out: names of its columns of prices, and who says that they are per second.
#[derive(Clone, Copy)]
struct Layout {
    prices: [&'static str; 2],
    heading: Option<&'static str>,
}

const IN_HEADING: Layout =
    Layout { prices: ["Flex", "Active"], heading: Some("Pricing table (per second)") };
const IN_HEADER: Layout =
    Layout { prices: ["Flex cost per second", "Active cost per second"], heading: None };

impl Source for RunpodServerlessPricing {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let listing = Listing::whole("serverless", document);
        let observed_on = listing.observed_on();
        let markdown = str::from_utf8(&document.body)
            .map_err(|_| ShapeError::new("document", "UTF-8", "other bytes"))?;
        // First recorded on these days; when the table changed in between is not known.
        let first_day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day);
        let layouts = [
            (first_day(2025, 5, 14).unwrap_or_default(), IN_HEADING),
            (first_day(2025, 11, 10).unwrap_or_default(), IN_HEADER),
        ];
        let layout = layout_of(&layouts, observed_on).unwrap_or(IN_HEADER);
        let grid = table(markdown, layout)?;
        for cells in grid.rows_of::<5>(1)? {
            read_row(cells, layout, observed_on, out);
        }
        out.listing = Some(listing);
        Ok(())
    }
}

fn table(markdown: &str, layout: Layout) -> Result<Grid, ShapeError> {
    let is_of_gpus = |grid: &Grid| grid.texts(0).first() == Some(&"GPU type(s)");
    let mut grids = markdown_tables(markdown).into_iter().filter(is_of_gpus);
    let (Some(grid), None) = (grids.next(), grids.next()) else {
        return Err(ShapeError::new("document", "one table of `GPU type(s)`", "none, or several"));
    };
    let [flex, active] = layout.prices;
    grid.expect_header(0, &["GPU type(s)", "Memory", flex, active, "Description"])?;
    if let Some(heading) =
        layout.heading.filter(|heading| !grid.headings.iter().any(|h| h == heading))
    {
        let found = format!("{:?}", grid.headings);
        return Err(ShapeError::new(grid.locator, format!("the heading `{heading}`"), found));
    }
    Ok(grid)
}

fn read_row(
    [names, memory, flex, active, _]: &[Cell; 5],
    layout: Layout,
    observed_on: NaiveDate,
    out: &mut Extract,
) {
    let record = || format!("{} | {} | {} | {}", names.text, memory.text, flex.text, active.text);
    let memory_gb = memory.text.strip_suffix(" GB").and_then(|memory| memory.parse().ok());
    // "PRO" marks faster machines, not another card.
    let gpus = names.text.strip_suffix(" PRO").unwrap_or(&names.text).split(", ");
    for name in gpus {
        // There are several of this name, one with 8 and one with 20 GB, and none with 16.
        if name == "RTX 4000" {
            continue;
        }
        let (Some(gpu), Some(_)) = (gpu(name), memory_gb) else {
            out.issue(&names.locator, format!("`{name}` with its memory is not known"), record());
            continue;
        };
        let gpu = gpu.or_memory_gb(memory_gb);
        let terms = [Term::Serverless, Term::ServerlessActive];
        for ((cell, term), unit) in [flex, active].into_iter().zip(terms).zip(layout.prices) {
            let Some(amount) = read_amount(&cell.text).and_then(per_hour) else {
                out.issue(&cell.locator, "not a price", record());
                continue;
            };
            let price =
                Price::new(amount, Currency::Usd, &cell.text, layout.heading.unwrap_or(unit));
            let offer = offer(&names.text, gpu, term);
            out.push(offer.at(price), cell.locator.clone(), observed_on);
        }
    }
}

fn per_hour(per_second: Amount) -> Option<Amount> {
    let value = per_second.value.times(SECONDS_AN_HOUR)?;
    Some(Amount { value, ..per_second })
}

fn offer(names: &str, gpu: Gpu, term: Term) -> GpuOffer<'_> {
    GpuOffer {
        provider: "runpod",
        sku: names,
        product_name: names,
        gpu,
        count: GpuCount { gpus: NonZeroU32::MIN, source: GpuCountSource::StatedPerGpu },
        term,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;

    const PAGE: &str = include_str!("fixtures/@2025-05-14/pricing.md");

    fn price(extract: &Extract, model: &str, term: &str) -> Option<String> {
        let mut rows = extract.rows.gpu_price.iter().map(|sighted| &sighted.row);
        let row = rows.find(|row| row.gpu_model == model && row.term == term)?;
        Some(row.price_per_gpu_hour.to_string())
    }

    fn parse(body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: "2025-05-14T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        RunpodServerlessPricing.parse(&document, &mut out).map(|()| out)
    }

    #[test]
    fn quirk_4_prices_per_second_become_prices_per_hour() {
        for file in [
            "pricing/gpu/runpod-docs-serverless-2025-05-14.md",
            "pricing/gpu/runpod-docs-serverless-table-2025-11-10.mdx",
        ] {
            let Some(extract) = of_capture("runpod_serverless_pricing", file) else { return };
            let extract = extract.unwrap();
            // 0.00116 x 3600 and 0.00093 x 3600
            assert_eq!(price(&extract, "H100", "serverless").as_deref(), Some("4.176"), "{file}");
            let active = price(&extract, "H100", "serverless_active");
            assert_eq!(active.as_deref(), Some("3.348"), "{file}");
            assert_eq!(extract.issues, []);
        }
    }

    #[test]
    fn each_gpu_that_a_row_names_has_its_price() {
        let extract = parse(PAGE).unwrap();
        for model in ["L40", "L40S", "RTX 6000 Ada"] {
            // 0.00053 x 3600
            assert_eq!(price(&extract, model, "serverless").as_deref(), Some("1.908"), "{model}");
        }
    }

    #[test]
    fn a_name_of_several_cards_is_no_row() {
        let extract = parse(PAGE).unwrap();
        assert!(PAGE.contains("A4000, A4500, RTX 4000"));
        assert!(
            extract.rows.gpu_price.iter().all(|price| !price.row.gpu_model.contains("RTX 4000"))
        );
    }

    #[test]
    fn a_table_that_does_not_say_per_second_is_refused() {
        assert!(parse(&PAGE.replace("(per second)", "")).is_err());
        assert!(parse(&PAGE.replace("**Flex**", "**Flex per minute**")).is_err());
    }

    #[test]
    fn trap_19_a_page_without_the_table_is_refused() {
        assert!(parse("# Serverless pricing\n\nSee the console.\n").is_err());
    }
}
