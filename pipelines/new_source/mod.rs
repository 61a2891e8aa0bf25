//! not written yet: whose prices of what, and in what form the page has them.

use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{
    Cell, Currency, Meter, Price, PriceUnit, html_table, model_price, page, read_amount, select_one,
};
use chrono::NaiveDate;

use crate::{StaticSpec, spec};

const URL: &str = "https://example.com/pricing";

/// The columns, as the page heads them.
const HEADER: [&str; 2] = ["not written yet", "not written yet"];

/// See the module.
pub(crate) struct NewSource;

impl Source for NewSource {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let listing = Listing::whole("models", document);
        let page = page(&document.body)?;
        let table = html_table(select_one(page.root_element(), "table")?)?;
        table.expect_header(0, &HEADER)?;
        for row in table.rows_of(1)? {
            read_row(row, listing.observed_on(), out);
        }
        out.listing = Some(listing);
        Ok(())
    }
}

fn read_row([name, price]: &[Cell; 2], observed_on: NaiveDate, out: &mut Extract) {
    let Some(amount) = read_amount(&price.text) else {
        return out.issue(price.locator.clone(), "not a price", price.text.clone());
    };
    let price_per_million = Price::new(amount, Currency::Usd, &price.text, HEADER[1]);
    let row = model_price(
        "not written yet",
        &name.text,
        Meter::Input,
        PriceUnit::MillionTokens,
        price_per_million,
    );
    out.push(row, price.locator.clone(), observed_on);
}
