//! The table of 2024: instances of one and eight GPUs, on demand and reserved. The cards above it repeat
//! the lowest of its prices ("as low as") and are not read.

use std::num::NonZeroU32;

use burnrate_model::{Extract, RawDocument, ShapeError};
use burnrate_price::{
    Currency, Expect, Gpu, GpuCount, GpuCountSource, GpuOffer, Price, Term, css_path, gpu, page,
    per_gpu, read_amount, select, select_one, text,
};
use chrono::NaiveDate;
use scraper::ElementRef;

const TITLE: &str = "GPU prices and configurations";
const HEADER: [&str; 6] = ["GPU", "vRAM, GB", "RAM, GB", "vCPUS", "On demand", "Reserve"];
/// The table names no unit; every card above it does.
const UNIT: &str = "/ hour";

/// Reads the page with instances of one and eight GPUs.
///
/// # Errors
/// Where the table is not there or has another header, or a card names another unit.
pub(super) fn read(
    document: &RawDocument,
    observed_on: NaiveDate,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    let page = page(&document.body)?;
    let root = page.root_element();
    for period in select(root, ".pc-price-card__price-period", Expect::AtLeast(1))? {
        if text(period) != UNIT {
            return Err(ShapeError::new(css_path(period), UNIT, text(period)));
        }
    }
    let table = table(root)?;
    let mut rows = select(table, "[role=row]", Expect::AtLeast(2))?.into_iter();
    let header = rows.next().map(cells).unwrap_or_default();
    let header: Vec<_> = header.into_iter().map(text).collect();
    if header != HEADER {
        let expected = format!("the header {HEADER:?}");
        return Err(ShapeError::new(css_path(table), expected, format!("{header:?}")));
    }
    for row in rows {
        read_row(row, observed_on, out);
    }
    Ok(())
}

fn table(root: ElementRef<'_>) -> Result<ElementRef<'_>, ShapeError> {
    let blocks = select(root, "[class*=TableBlock_tableBlock]", Expect::AtLeast(1))?;
    let titled = blocks.into_iter().find(|block| text(*block).starts_with(TITLE));
    let block =
        titled.ok_or_else(|| ShapeError::new("page", format!("a table `{TITLE}`"), "none"))?;
    select_one(block, "[role=table]")
}

fn cells(row: ElementRef<'_>) -> Vec<ElementRef<'_>> {
    row.child_elements().collect()
}

fn read_row(row: ElementRef<'_>, observed_on: NaiveDate, out: &mut Extract) {
    let Ok([name, memory, _, _, on_demand, reserved]) = <[_; 6]>::try_from(cells(row)) else {
        out.issue(css_path(row), "not six cells", text(row));
        return;
    };
    let name = text(name);
    let Some((gpus, gpu)) = bundle(&name, &text(memory)) else {
        out.issue(css_path(row), "not `8 × GPU` with their memory", text(row));
        return;
    };
    // "A commitment period, ranging from 3 months to 3 years": which of them, the table does not say.
    for (cell, term) in [(on_demand, Term::OnDemand), (reserved, Term::ReservedFrom)] {
        let shown = text(cell);
        let Some(amount) = read_amount(&shown) else {
            out.issue(css_path(cell), "not a price", shown);
            continue;
        };
        let count = GpuCount { gpus, source: GpuCountSource::Stated };
        let offer =
            GpuOffer { provider: "nebius", sku: &name, product_name: &name, gpu, count, term };
        let price = Price::new(amount, Currency::Usd, &shown, UNIT);
        out.push(offer.at(per_gpu(price, gpus)), css_path(cell), observed_on);
    }
}

/// The number and kind of GPUs of `8 × H100 SXM`; the memory beside it is that of all of them.
fn bundle(name: &str, memory: &str) -> Option<(NonZeroU32, Gpu)> {
    let (gpus, gpu_name) = name.split_once(" × ")?;
    let gpus: NonZeroU32 = gpus.parse().ok()?;
    let memory: u32 = memory.parse().ok()?;
    Some((gpus, gpu(gpu_name)?.or_memory_gb(Some(memory / gpus))))
}
