//! The table of 2023: a price for the whole instance.

use burnrate_model::generated::GpuPrice;
use burnrate_model::{Extract, RawDocument, ShapeError};
use burnrate_price::{
    Cell, Currency, GpuCount, GpuCountSource, GpuOffer, Price, Term, html_table, page, per_gpu,
    read_amount, select_one,
};
use chrono::NaiveDate;

use super::{bundle, record};

const HEADER: [&str; 6] = ["GPUs", "VRAM per GPU", "vCPUs", "RAM", "Storage", "Price"];
const UNIT: &str = " / hr";

/// Reads the page with the table of instances.
///
/// # Errors
/// Where the page has not one table, with that header.
pub(super) fn read(
    document: &RawDocument,
    observed_on: NaiveDate,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    let page = page(&document.body)?;
    let grid = html_table(select_one(page.root_element(), "table")?)?;
    grid.expect_header(0, &HEADER)?;
    for (row, cells) in (1..).zip(grid.rows_of::<6>(1)?) {
        let locator = cells[5].locator.clone();
        match offer(cells) {
            Some(price) => out.push(price, locator, observed_on),
            None => out.issue(locator, "not `8x GPU` at a price per hour", record(&grid, row)),
        }
    }
    Ok(())
}

fn offer([name, memory, _, _, _, price]: &[Cell; 6]) -> Option<GpuPrice> {
    let name = name.text.strip_suffix(" New").unwrap_or(&name.text);
    let (gpus, gpu) = bundle(name, &memory.text)?;
    let amount = read_amount(price.text.strip_suffix(UNIT)?)?;
    let price = Price::new(amount, Currency::Usd, &price.text, UNIT.trim_start());
    let count = GpuCount { gpus, source: GpuCountSource::Stated };
    let offer = GpuOffer {
        provider: "lambda",
        sku: name,
        product_name: name,
        gpu,
        count,
        term: Term::OnDemand,
    };
    Some(offer.at(per_gpu(price, gpus)))
}
