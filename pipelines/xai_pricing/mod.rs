//! xAI's list prices: models, pictures, films, voice, tools and storage, each in units of its own.

use burnrate_model::generated::ModelPrice;
use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{
    Cell, Currency, Grid, Meter, Modality, Price, PriceKind, PriceUnit, markdown_tables,
    model_price, read_amount,
};
use chrono::NaiveDate;

use crate::{StaticSpec, model_list, spec};

const URL: &str = "https://docs.x.ai/developers/models.md";

/// What stands below the table of models.
const TOKENS: &str = "Prices shown per million tokens";

/// The tables with prices: of a page without one of them nothing is used, since what is missing would be
/// taken for withdrawn.
const TABLES: [&str; 6] = [
    "Chat API",
    "Imagine API",
    "Voice API",
    "Tool Invocation Costs",
    "Files and Collections Pricing",
    "Download Costs",
];

/// See the module.
pub(crate) struct XaiPricing;

impl Source for XaiPricing {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let body = str::from_utf8(&document.body)
            .map_err(|_| ShapeError::new("page", "UTF-8", "other bytes"))?;
        out.listing = Some(Listing::whole("models and tools", document));
        // Beside the tables stand cards with some of their prices.
        let tables = markdown_tables(body);
        for heading in TABLES {
            if !tables.iter().any(|table| heading_of(table) == heading) {
                return Err(ShapeError::new("page", format!("a table under {heading}"), "none"));
            }
        }
        for table in tables {
            read_table(&table, body, document.fetched_at.date_naive(), out)?;
        }
        model_list::require_prices(out)
    }
}

fn heading_of(table: &Grid) -> &str {
    table.headings.last().map_or("", String::as_str)
}

fn read_table(
    table: &Grid,
    body: &str,
    observed_on: NaiveDate,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    match (heading_of(table), table.texts(0).as_slice()) {
        ("Chat API", ["Model", "Context", "Input", "Output", ""]) => read_models(table, body, out),
        ("Imagine API", ["Model", "Cost", ""]) | ("Voice API", ["Mode", "Cost", ""]) => {
            for [name, cost, _] in table.rows_of(1)? {
                read_costs(&name.text, cost, None, out);
            }
            Ok(())
        }
        ("Tool Invocation Costs", ["Tool", "Description", "Cost / 1k Calls", "Tool Name"]) => {
            for [name, _, cost, _] in table.rows_of(1)? {
                // Of these only the tokens are billed.
                if cost.text != "Token-based" {
                    read_costs(&name.text, cost, None, out);
                }
            }
            Ok(())
        }
        ("Files and Collections Pricing", ["Resource", "Rate"]) => {
            let from = start_of_storage(body)?;
            for [name, cost] in table.rows_of(1)? {
                read_costs(&name.text, cost, from.map(|from| (from, observed_on)), out);
            }
            Ok(())
        }
        ("Download Costs", ["Resource", "Rate"]) => {
            for [name, cost] in table.rows_of(1)? {
                read_costs(&name.text, cost, None, out);
            }
            Ok(())
        }
        // By how much requests in bulk are cheaper is said of each model elsewhere: `20%-50% off`.
        ("Batch API Pricing", ["", "Real-time API", "Batch API"]) => Ok(()),
        (heading, header) => {
            let found = format!("{heading}: {header:?}");
            Err(ShapeError::new(&table.locator, "a table that is known", found))
        }
    }
}

fn read_models(table: &Grid, body: &str, out: &mut Extract) -> Result<(), ShapeError> {
    if !body.contains(TOKENS) {
        return Err(ShapeError::new(&table.locator, format!("`{TOKENS}`"), "no such words"));
    }
    for [name, _, input, output, _] in table.rows_of(1)? {
        for (meter, cell) in [(Meter::Input, input), (Meter::Output, output)] {
            let Some(amount) = read_amount(&cell.text).filter(|amount| !amount.value.is_zero())
            else {
                out.issue(&cell.locator, "no price per million tokens", &cell.text);
                continue;
            };
            let price = Price::new(amount, Currency::Usd, &cell.text, TOKENS);
            let row = model_price("xai", &name.text, meter, PriceUnit::MillionTokens, price);
            model_list::push(out, row, cell.locator.clone());
        }
    }
    Ok(())
}

/// Reads a cell such as `$0.10 / hr (REST), $0.20 / hr (Streaming)`. Storage has a day from which it is
/// billed, given together with the day of observation.
fn read_costs(name: &str, cell: &Cell, from: Option<(NaiveDate, NaiveDate)>, out: &mut Extract) {
    for cost in cell.text.split(", ") {
        let row = read_cost(name, cost).map(|row| match from {
            Some((from, observed_on)) if from > observed_on => ModelPrice {
                effective_from: Some(from),
                price_kind: PriceKind::Announced.into(),
                ..row
            },
            _ => ModelPrice { effective_from: from.map(|(from, _)| from), ..row },
        });
        let record = || format!("{name}: {cost}");
        model_list::push_read(out, row, cell.locator.clone(), record);
    }
}

fn read_cost(name: &str, cost: &str) -> Option<ModelPrice> {
    let (amount, unit) = cost.split_once(" / ")?;
    let (unit, remark) = match unit.strip_suffix(')').and_then(|unit| unit.split_once(" (")) {
        Some((unit, remark)) => (unit, Some(remark)),
        None => (unit, None),
    };
    let (meter, modality, price_unit) = match (name, unit) {
        (_, "image") => (Meter::Image, Modality::Any, PriceUnit::Image),
        (_, "sec") => (Meter::Video, Modality::Any, PriceUnit::Second),
        ("Text to Speech", "1M characters") => {
            (Meter::Speech, Modality::Any, PriceUnit::MillionCharacters)
        }
        ("Speech to Text", "hr") => (Meter::Transcription, Modality::Any, PriceUnit::Hour),
        ("Realtime", "min") => (Meter::InputAndOutput, Modality::Audio, PriceUnit::Minute),
        (tool, "1k calls") if tool.contains("Search") => {
            (Meter::Search, Modality::Any, PriceUnit::ThousandRequests)
        }
        (_, "1k calls") => (Meter::Request, Modality::Any, PriceUnit::ThousandRequests),
        (_, "GiB / day") => (Meter::Storage, Modality::Any, PriceUnit::GibibyteDay),
        (_, "GiB downloaded") => (Meter::Download, Modality::Any, PriceUnit::Gibibyte),
        _ => return None,
    };
    // A remark is either how the service is reached, or the same price by the hour.
    let name = match remark {
        Some("REST" | "Streaming") => format!("{name} ({})", remark?),
        _ => name.to_owned(),
    };
    let note = remark.filter(|remark| remark.starts_with('$')).map(str::to_owned);
    if remark.is_some() && note.is_none() && !name.ends_with(')') {
        return None;
    }
    let amount = read_amount(amount).filter(|amount| !amount.value.is_zero())?;
    let price = Price::new(amount, Currency::Usd, cost, unit);
    let row = model_price("xai", &name, meter, price_unit, price);
    Some(ModelPrice { modality: modality.into(), price_note: note, ..row })
}

/// The day from which storage is billed, where the page still says so: `April 20th, 2026.`
fn start_of_storage(body: &str) -> Result<Option<NaiveDate>, ShapeError> {
    let words = "These charges will take effect starting on ";
    let Some((_, rest)) = body.split_once(words) else { return Ok(None) };
    let day = rest.split_once('.').map_or(rest, |(day, _)| day);
    let ordinals = ["st,", "nd,", "rd,", "th,"];
    let parts = ordinals.iter().find_map(|ordinal| day.split_once(ordinal));
    let read = parts.and_then(|(day, year)| {
        NaiveDate::parse_from_str(&format!("{day},{year}"), "%B %d, %Y").ok()
    });
    read.map(Some).ok_or_else(|| ShapeError::new(words.trim(), "a day", day))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = include_str!("fixtures/@2026-05-08/developers/models.md");

    fn read_on(day: &str, body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: format!("{day}T00:00:00Z").parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        XaiPricing.parse(&document, &mut out).map(|()| out)
    }

    fn read(body: &str) -> Result<Extract, ShapeError> {
        read_on("2026-05-08", body)
    }

    /// The fixture, and the recorded page where it is at hand.
    fn readings() -> Vec<Extract> {
        let recorded =
            crate::captures::of_capture("xai_pricing", "pricing/model-api/xai-2026-05-08.md");
        [Some(read(PAGE)), recorded].into_iter().flatten().map(Result::unwrap).collect()
    }

    fn lines(extract: &Extract, model_name: &str) -> Vec<String> {
        let rows = extract.rows.model_price.iter().map(|sighted| &sighted.row);
        let line = |row: &ModelPrice| {
            format!("{} {}/{} {}", row.meter, row.modality, row.price_unit, row.price)
        };
        rows.filter(|row| row.model_name == model_name).map(line).collect()
    }

    #[test]
    fn quirk_2_each_cell_has_its_own_unit() {
        for extract in readings() {
            assert_eq!(
                lines(&extract, "grok-4.3"),
                ["input any/1M tokens 1.25", "output any/1M tokens 2.5"]
            );
            assert_eq!(lines(&extract, "Realtime"), ["input_and_output audio/minute 0.05"]);
            assert_eq!(lines(&extract, "Text to Speech"), ["speech any/1M characters 4.2"]);
            assert_eq!(lines(&extract, "Speech to Text (REST)"), ["transcription any/hour 0.1"]);
            assert_eq!(
                lines(&extract, "Speech to Text (Streaming)"),
                ["transcription any/hour 0.2"]
            );
            assert_eq!(lines(&extract, "grok-imagine-image"), ["image any/image 0.02"]);
            assert_eq!(lines(&extract, "grok-imagine-video"), ["video any/second 0.05"]);
            assert_eq!(lines(&extract, "Web Search"), ["search any/1K requests 5"]);
            assert_eq!(lines(&extract, "File storage"), ["storage any/GiB-day 0.025"]);
            assert_eq!(lines(&extract, "File downloads"), ["download any/GiB 0.2"]);
            // A tool of which only the tokens are billed has no price of its own.
            assert_eq!(lines(&extract, "Image Understanding"), [""; 0]);
        }
    }

    #[test]
    fn quirk_2_an_unknown_unit_is_an_issue() {
        let out = read(&PAGE.replace("$0.05 / sec", "$0.05 / frame")).unwrap();
        assert_eq!(out.issues[0].record, "grok-imagine-video: $0.05 / frame");
        assert!(read(&PAGE.replace(TOKENS, "Prices shown per thousand tokens")).is_err());
    }

    #[test]
    fn trap_17_a_price_that_is_to_come_is_announced() {
        let kinds = |day: &str| {
            let out = read_on(day, PAGE).unwrap();
            let rows = out.rows.model_price.iter().map(|sighted| &sighted.row);
            let storage = rows.filter(|row| row.model_name == "File storage");
            storage.map(|row| (row.price_kind.clone(), row.effective_from)).collect::<Vec<_>>()
        };
        let from = "2026-04-20".parse().ok();
        assert_eq!(kinds("2026-04-19"), [("announced".to_owned(), from)]);
        assert_eq!(kinds("2026-04-20"), [("list".to_owned(), from)]);
    }

    #[test]
    fn trap_18_a_reduction_that_is_not_settled_is_no_row() {
        for extract in readings() {
            let rows = extract.rows.model_price.iter();
            assert!(rows.clone().all(|sighted| sighted.row.service_tier == "standard"));
        }
    }

    #[test]
    fn trap_19_a_page_without_prices_is_refused() {
        assert!(read("# Models and Pricing\n\nLoading...\n").is_err());
        assert!(read(&PAGE.replace("| Context |", "| Window |")).is_err());
        // Half a page.
        let half = PAGE.split("## [Batch API").next().unwrap();
        let error = read(half).unwrap_err().to_string();
        assert_eq!(error, "page: expected a table under Files and Collections Pricing, found none");
    }
}
