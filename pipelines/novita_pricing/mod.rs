//! Prices of models on Novita AI, in US dollars, as a reader of pages writes the page down: Markdown
//! tables, one for each family of language models, and one of embeddings.
//!
//! The page says that bulk is half the price "for supported models", but not for which: not read.

use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{
    Cell, Currency, Grid, Meter, Price, PriceUnit, markdown_tables, model_price, read_amount,
};
use chrono::NaiveDate;

use crate::hosts::is_plausible_usd;
use crate::makers::maker_of;
use crate::{StaticSpec, spec};

const PROVIDER: &str = "novita";
#[cfg(test)]
const URL: &str = "https://r.jina.ai/https://novita.ai/pricing";

/// See the module.
pub(crate) struct NovitaPricing;

impl Source for NovitaPricing {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    /// The page draws itself in a browser, and asking somebody else to draw it would go past the publisher's
    /// robots.txt: what was recorded is read, and nothing is asked for.
    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        Vec::new()
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let listing = Listing::whole("models", document);
        let observed_on = listing.observed_on();
        out.listing = Some(listing);
        let text = str::from_utf8(&document.body)
            .map_err(|error| ShapeError::new("page", "UTF-8", error.to_string()))?;
        let mut has_models = false;
        for table in markdown_tables(text) {
            match table.texts(0).as_slice() {
                ["Model Name", "Context", "Input", "Output", "Actions"] => {
                    has_models = true;
                    language_models(&table, observed_on, out)?;
                }
                ["Model Name", "Context", "Input"] => {
                    for [model, _, input] in table.rows_of::<3>(1)? {
                        price(&model.text, Meter::Embedding, input, &input.text, observed_on, out);
                    }
                }
                header if NOT_READ.contains(&header) => {}
                header => {
                    let found = format!("{header:?}");
                    return Err(ShapeError::new(table.locator, "a known header", found));
                }
            }
        }
        if has_models {
            return Ok(());
        }
        Err(ShapeError::new("page", "a table of language models", "none"))
    }
}

/// Headers of tables that are not read: pictures, films and sound, by what an interface does with them
/// and by size, length or steps.
const NOT_READ: [&[&str]; 6] = [
    &["API Name", "Width&Height", "Steps/Scale", "Pricing"],
    &["API Name", "Mode", "Width&Height", "Pricing"],
    &["API Name", "Total Frames", "Steps", "Pricing"],
    &["API Name", "Mode", "Duration", "Resolution", "Pricing"],
    &["API Name", "Model", "Steps", "Pricing"],
    &["API Name", "Mode", "Pricing"],
];

/// A cell of input may hold two prices: `$0.269 /Mt· Cache Read $0.1345 /Mt`.
const CACHE_READ: &str = "· Cache Read ";

fn language_models(
    table: &Grid,
    observed_on: NaiveDate,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    for [model, _, input, output, _] in table.rows_of::<5>(1)? {
        // Their prices stand on pages of their own: by length, and by form of the input.
        if input.text == "-" && matches!(output.text.as_str(), "Tiered pricing" | "Omnimodal") {
            continue;
        }
        let (fresh, cached) = match input.text.split_once(CACHE_READ) {
            Some((fresh, cached)) => (fresh, Some(cached)),
            None => (input.text.as_str(), None),
        };
        let model = &model.text;
        price(model, Meter::Input, input, fresh, observed_on, out);
        if let Some(cached) = cached {
            price(model, Meter::CachedInput, input, cached, observed_on, out);
        }
        price(model, Meter::Output, output, &output.text, observed_on, out);
    }
    Ok(())
}

const UNIT: &str = "/Mt";

fn price(
    model: &str,
    meter: Meter,
    cell: &Cell,
    shown: &str,
    observed_on: NaiveDate,
    out: &mut Extract,
) {
    let amount =
        shown.trim().strip_suffix(UNIT).and_then(read_amount).filter(|amount| {
            amount.currency == Some(Currency::Usd) && is_plausible_usd(amount.value)
        });
    let Some(amount) = amount else {
        out.issue(&cell.locator, "no plausible price of a million tokens", shown);
        return;
    };
    let price = Price::new(amount, Currency::Usd, shown.trim(), UNIT);
    let mut row = model_price(&maker_of(model), model, meter, PriceUnit::MillionTokens, price);
    PROVIDER.clone_into(&mut row.provider);
    out.push(row, cell.locator.clone(), observed_on);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;

    const FIXTURE: &str = include_str!("fixtures/@2026-05-08/pricing");

    fn parse(body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: "2026-05-08T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        NovitaPricing.parse(&document, &mut out).map(|()| out)
    }

    fn of_model(out: &Extract, model: &str) -> Vec<String> {
        let rows = out.rows.model_price.iter().map(|sighted| &sighted.row);
        let found = rows.filter(|row| row.model_id == model);
        found
            .map(|row| format!("{} {} {} {}", row.vendor, row.meter, row.price, row.currency))
            .collect()
    }

    #[test]
    fn quirk_7_one_cell_holds_the_price_of_input_and_of_cached_input() {
        let out = parse(FIXTURE).unwrap();
        assert_eq!(out.issues, []);
        assert_eq!(
            of_model(&out, "deepseek-v3-2"),
            [
                "deepseek input 0.269 USD",
                "deepseek cached_input 0.1345 USD",
                "deepseek output 0.4 USD"
            ]
        );
        let input = &out.rows.model_price[0].row;
        assert_eq!(
            (input.price_as_shown.as_str(), input.unit_as_shown.as_str()),
            ("$0.269 /Mt", "/Mt")
        );
    }

    #[test]
    fn quirk_28_prices_told_elsewhere_are_no_rows() {
        assert!(FIXTURE.contains("Tiered pricing"));
        assert!(of_model(&parse(FIXTURE).unwrap(), "qwen3-max").is_empty());
        // Any other word in their place is reported.
        let out = parse(&FIXTURE.replace("Tiered pricing", "Contact us")).unwrap();
        assert_eq!(out.issues.len(), 2);
    }

    #[test]
    fn trap_16_another_unit_is_not_taken_for_a_million_tokens() {
        let out = parse(&FIXTURE.replace("$0.4 /Mt", "$0.4 /Kt")).unwrap();
        assert_eq!(out.issues.len(), 1);
    }

    #[test]
    fn an_unknown_header_is_refused() {
        assert!(parse(&FIXTURE.replace("| Input | Output |", "| Output | Input |")).is_err());
        assert!(parse("# Pricing\n\nLoading\n").is_err());
    }

    #[test]
    fn the_recorded_page_is_read_whole() {
        let Some(out) = of_capture("novita_pricing", "pricing/model-api/novita-2026-05-08.md")
        else {
            return;
        };
        let out = out.unwrap();
        assert_eq!(out.issues, []);
        assert_eq!(of_model(&out, "bge-m3"), ["baai embedding 0.01 USD"]);
    }
}
