//! Cerebras's list prices: a table in what the page carries for its scripts.

use burnrate_model::generated::ModelPrice;
use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{
    Currency, FlightText, Meter, Price, PriceUnit, flight_string, model_price, read_amount,
};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::makers::maker_by_organisation;
use crate::{StaticSpec, model_list, spec};

const URL: &str = "https://www.cerebras.ai/pricing";

const HEADER: [&str; 4] = ["Model", "Speed", "Input", "Output"];

const UNIT: &str = "/M tokens";

/// See the module.
pub(crate) struct CerebrasPricing;

impl Source for CerebrasPricing {
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
        let flight = FlightText::read(body)?;
        // Plans by the month, and what they are said to be worth a day, stand in text beside the table.
        let rows: Vec<Row<'_>> = flight.list("\"rows\":")?;
        out.listing = Some(Listing::whole("models", document));
        let mut rows = rows.iter().map(|row| row.cells);
        let header = rows.next().map(|[a, b, c, d]| [a, b, c, d].map(cell_text));
        if header != Some(HEADER.map(|name| Some(name.to_owned()))) {
            let found = format!("{header:?}");
            return Err(ShapeError::new("payload, `rows`", format!("{HEADER:?}"), found));
        }
        for [model, _speed, input, output] in rows {
            for (meter, json) in [(Meter::Input, input), (Meter::Output, output)] {
                let locator = flight.locator_of(json.get());
                let record = || format!("{}: {}", model.get(), json.get());
                model_list::push_read(out, price(model, meter, json), locator, record);
            }
        }
        model_list::require_prices(out)
    }
}

#[derive(Deserialize)]
struct Row<'a> {
    #[serde(borrow)]
    cells: [&'a RawValue; 4],
}

fn cell_text(json: &RawValue) -> Option<String> {
    flight_string(json.get()).map(|text| text.trim().to_owned())
}

/// The price in a cell such as `$$2.25/M tokens`, of a model such as `[ZAI]ZAI GLM 4.7*`.
fn price(model: &RawValue, meter: Meter, json: &RawValue) -> Option<ModelPrice> {
    let (model, shown) = (cell_text(model)?, cell_text(json)?);
    let (maker, name) = model.strip_prefix('[')?.split_once(']')?;
    let vendor = maker_by_organisation(maker)?;
    let name = name.trim_end_matches('*');
    // The maker may be named twice.
    let name = name.strip_prefix(maker).map_or(name, str::trim_start);
    let amount = read_amount(shown.strip_suffix(UNIT)?).filter(|amount| !amount.value.is_zero())?;
    let price = Price::new(amount, Currency::Usd, &shown, UNIT);
    let row = model_price(vendor, name, meter, PriceUnit::MillionTokens, price);
    Some(ModelPrice { provider: "cerebras".to_owned(), ..row })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = include_str!("fixtures/@2026-05-08/pricing");

    fn read(body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: "2026-05-08T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        CerebrasPricing.parse(&document, &mut out).map(|()| out)
    }

    #[test]
    fn quirk_17_a_doubled_dollar_is_one_and_plans_are_no_prices_of_tokens() {
        assert!(PAGE.contains("$$50/month") && PAGE.contains("($48/day worth of value)"));
        let file = "pricing/model-api/cerebras-2026-05-08.html";
        let recorded = crate::captures::of_capture("cerebras_pricing", file);
        for extract in [Some(read(PAGE)), recorded].into_iter().flatten().map(Result::unwrap) {
            let rows = extract.rows.model_price.iter().map(|sighted| &sighted.row);
            let line = |row: &ModelPrice| {
                format!(
                    "{}/{}/{} {} {}",
                    row.provider, row.vendor, row.model_id, row.meter, row.price
                )
            };
            let expected = [
                "cerebras/zhipu/glm-4-7 input 2.25",
                "cerebras/zhipu/glm-4-7 output 2.75",
                "cerebras/openai/gpt-oss-120b input 0.35",
                "cerebras/openai/gpt-oss-120b output 0.75",
                "cerebras/meta/llama-3-1-8b input 0.1",
                "cerebras/meta/llama-3-1-8b output 0.1",
                "cerebras/alibaba/qwen3-235b-instruct input 0.6",
                "cerebras/alibaba/qwen3-235b-instruct output 1.2",
            ];
            assert_eq!(rows.map(line).collect::<Vec<_>>(), expected);
            assert_eq!(extract.rows.model_price[2].row.price_as_shown, "$0.35/M tokens");
        }
    }

    #[test]
    fn an_unknown_maker_or_unit_is_an_issue() {
        assert_eq!(read(&PAGE.replace("[META]", "[OTHER]")).unwrap().issues.len(), 2);
        assert_eq!(
            read(&PAGE.replace("$$0.35/M tokens", "$$0.35/K tokens")).unwrap().issues.len(),
            1
        );
    }

    #[test]
    fn trap_19_a_page_without_the_table_is_refused() {
        assert!(read(&PAGE.replace("rows", "lines")).is_err());
        assert!(read(&PAGE.replace("Speed", "Latency")).is_err());
        assert!(read("<html><body>Just a moment</body></html>").is_err());
    }
}
