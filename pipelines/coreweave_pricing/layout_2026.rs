//! The tables of 2026: a price for the whole instance, on demand and spot, and one for a single GPU that
//! serves inference.

use std::num::NonZeroU32;

use burnrate_model::{Extract, RawDocument, ShapeError};
use burnrate_price::{
    Currency, Expect, GpuCount, GpuCountSource, GpuOffer, Price, Term, css_path, gpu, page,
    per_gpu, read_amount, select, text,
};
use chrono::NaiveDate;
use scraper::ElementRef;

const HEADER: [&str; 9] = [
    "GPU Model",
    "GPU Count",
    "VRAM (GB)",
    "vCPUs",
    "System RAM (GB)",
    "Local Storage (TB)",
    "On-Demand Price (Per Hour)",
    "Spot Price (Per Hour)",
    "Inference Single GPU Price(Per Hour)²",
];

/// Reads the page with prices of instances, a table for each region.
///
/// # Errors
/// Where there is no table, or one without its region or with another header.
pub(super) fn read(
    document: &RawDocument,
    observed_on: NaiveDate,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    let page = page(&document.body)?;
    for table in select(page.root_element(), ".table-v2.gpu-pricing", Expect::AtLeast(1))? {
        let region = region(table)?;
        let header = select(table, ".table-v2-header .table-header-text", Expect::AtLeast(1))?;
        let header: Vec<_> = header.into_iter().map(text).collect();
        if header != HEADER {
            let expected = format!("the header {HEADER:?}");
            return Err(ShapeError::new(css_path(table), expected, format!("{header:?}")));
        }
        for row in select(table, ".table-v2-body .table-grid", Expect::AtLeast(1))? {
            read_row(row, &region, observed_on, out);
        }
    }
    Ok(())
}

/// The region that the heading before a table names.
fn region(table: ElementRef<'_>) -> Result<String, ShapeError> {
    let heading = table.prev_siblings().find_map(ElementRef::wrap).map(text).unwrap_or_default();
    let region = heading.strip_prefix("REGION: ").map(str::to_owned);
    region.ok_or_else(|| ShapeError::new(css_path(table), "a heading `REGION: …` before", heading))
}

fn read_row(row: ElementRef<'_>, region: &str, observed_on: NaiveDate, out: &mut Extract) {
    // The other columns repeat these for small screens.
    let is_cell =
        |cell: &ElementRef<'_>| cell.value().classes().any(|name| name == "table-v2-cell");
    let cells: Vec<_> = row.child_elements().filter(is_cell).collect();
    let Ok([name, gpus, memory, _, _, _, on_demand, spot, inference]) =
        <[ElementRef<'_>; 9]>::try_from(cells)
    else {
        out.issue(css_path(row), "not nine cells", text(row));
        return;
    };
    let (name, memory_gb) = (text(name), text(memory).parse().ok());
    // `4^1` is 4, with a footnote.
    let gpus = text(gpus).split('^').next().and_then(|gpus| gpus.parse().ok());
    let (Some(gpu), Some(gpus), Some(_)) = (gpu(&name), gpus, memory_gb) else {
        out.issue(css_path(row), "not a known GPU, a count and a memory", text(row));
        return;
    };
    let instance = GpuCount { gpus, source: GpuCountSource::Stated };
    let single = GpuCount { gpus: NonZeroU32::MIN, source: GpuCountSource::StatedPerGpu };
    for (cell, count, term, cloud_type) in [
        (on_demand, instance, Term::OnDemand, "any"),
        (spot, instance, Term::Spot, "any"),
        (inference, single, Term::OnDemand, "inference"),
    ] {
        let shown = text(cell);
        // Not offered at a listed price.
        if matches!(shown.as_str(), "Contact sales" | "N/A") {
            continue;
        }
        let Some(amount) = read_amount(&shown) else {
            out.issue(css_path(cell), "not a price", shown);
            continue;
        };
        let offer = GpuOffer {
            provider: "coreweave",
            sku: &name,
            product_name: &name,
            gpu: gpu.or_memory_gb(memory_gb),
            count,
            term,
        };
        let price = Price::new(amount, Currency::Usd, &shown, "Per Hour");
        let mut row = offer.at(per_gpu(price, count.gpus));
        cloud_type.clone_into(&mut row.cloud_type);
        region.clone_into(&mut row.region);
        out.push(row, css_path(cell), observed_on);
    }
}
