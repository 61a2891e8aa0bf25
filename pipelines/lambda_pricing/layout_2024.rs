//! The table of 2024: a price per GPU, beside the number of GPUs that are rented together.

use std::borrow::Cow;

use burnrate_model::generated::GpuPrice;
use burnrate_model::{Extract, RawDocument, ShapeError};
use burnrate_price::{
    Cell, Currency, GpuCount, GpuCountSource, GpuOffer, Price, Term, html_table, page, read_amount,
    select_one,
};
use chrono::NaiveDate;

use super::{bundle, record};

const LAST_OF_HEADER: &str = "PRICE/GPU/HR*";
const UNIT: &str = " / GPU / hr";

/// Reads the page with the table of prices per GPU, or a part of it that begins in the header.
///
/// # Errors
/// Where the page has not one table, with a header that ends so.
pub(super) fn read(
    document: &RawDocument,
    observed_on: NaiveDate,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    let page = page(&with_its_table(&document.body))?;
    let grid = html_table(select_one(page.root_element(), "table")?)?;
    // The columns before the last are not recorded; rows show what they hold.
    let header = grid.texts(0);
    if header.last() != Some(&LAST_OF_HEADER) {
        let expected = format!("a table whose header ends with {LAST_OF_HEADER}");
        return Err(ShapeError::new(grid.locator.clone(), expected, format!("{header:?}")));
    }
    for (row, cells) in (1..).zip(grid.rows_of::<6>(1)?) {
        // Reserved instances have no listed price.
        if cells[5].text == "CONTACT SALES" {
            continue;
        }
        let locator = cells[5].locator.clone();
        match offer(cells) {
            Some(price) => out.push(price, locator, observed_on),
            None => out.issue(locator, "not `On-demand 8x GPU` at a price", record(&grid, row)),
        }
    }
    Ok(())
}

/// A recording may begin within the last cell of the header: it gets the tags that it lacks, without
/// which the rows would not be rows.
fn with_its_table(body: &[u8]) -> Cow<'_, [u8]> {
    if body.windows(6).any(|tag| tag == b"<table") {
        return Cow::Borrowed(body);
    }
    Cow::Owned([b"<table><tbody><tr><td>", body].concat())
}

fn offer([name, memory, _, _, _, price]: &[Cell; 6]) -> Option<GpuPrice> {
    let name = name.text.strip_prefix("On-demand ")?;
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
    Some(offer.at(price))
}
