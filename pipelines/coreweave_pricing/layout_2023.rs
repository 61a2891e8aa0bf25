//! The table of 2023: "GPU Component Cost Per Hour".

use std::num::NonZeroU32;

use burnrate_model::generated::GpuPrice;
use burnrate_model::{Extract, RawDocument, ShapeError};
use burnrate_price::{
    BilledScope, Currency, Expect, Gpu, GpuCount, GpuCountSource, GpuForm, GpuOffer, Price, Term,
    css_path, gpu, page, read_amount, select, select_one, text,
};
use chrono::NaiveDate;
use scraper::ElementRef;

const UNIT: &str = "GPU Component Cost Per Hour";

/// Reads the page with prices of the GPU alone.
///
/// # Errors
/// Where the column of prices is not there, or no row.
pub(super) fn read(
    document: &RawDocument,
    observed_on: NaiveDate,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    let page = page(&document.body)?;
    let root = page.root_element();
    let divs = select(root, "div", Expect::AtLeast(1))?;
    if !divs.into_iter().any(|div| text(div) == UNIT) {
        return Err(ShapeError::new("page", format!("a column `{UNIT}`"), "none"));
    }
    for row in select(root, ".table-body-row", Expect::AtLeast(1))? {
        match offer(row) {
            Ok((price, locator)) => out.push(price, locator, observed_on),
            Err(reason) => out.issue(css_path(row), reason, text(row)),
        }
    }
    Ok(())
}

/// A row: the name, memory in GB, most processors, most RAM in GB, price.
fn offer(row: ElementRef<'_>) -> Result<(GpuPrice, String), &'static str> {
    let broken = |_| "not a name, three measures and a price";
    let name = text(select_one(row, ".table-body-left").map_err(broken)?);
    let cells = select(row, ".w-col-2", Expect::Exactly(4)).map_err(broken)?;
    let (Some(memory), Some(price)) = (cells.first(), cells.last()) else {
        return Err("no cells");
    };
    // Beside the price may stand a link to reserve.
    let price = select_one(*price, "div > strong:first-child").map_err(broken)?;
    let gpu = gpu(&name).ok_or("not a known GPU")?;
    let memory_gb = text(*memory).parse().map_err(|_| "memory is not a number")?;
    let shown = text(price);
    let amount = read_amount(&shown).ok_or("not a price")?;
    let offer = GpuOffer {
        provider: "coreweave",
        sku: &name,
        product_name: &name,
        gpu: with_form(gpu, &name).or_memory_gb(Some(memory_gb)),
        count: GpuCount { gpus: NonZeroU32::MIN, source: GpuCountSource::StatedPerGpu },
        term: Term::OnDemand,
    };
    let mut row = offer.at(Price::new(amount, Currency::Usd, &shown, UNIT));
    row.billed_scope = BilledScope::GpuOnly.into();
    Ok((row, css_path(price)))
}

/// The list sets `A100 80GB NVLINK` against `A100 80GB PCIe`: the former are not on cards.
fn with_form(gpu: Gpu, name: &str) -> Gpu {
    let is_named = gpu.form != GpuForm::Unknown;
    if is_named || !name.ends_with(" NVLINK") { gpu } else { Gpu { form: GpuForm::Sxm, ..gpu } }
}
