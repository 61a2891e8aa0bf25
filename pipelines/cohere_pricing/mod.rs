//! Cohere's list prices, which its pricing page carries for its scripts.

use burnrate_model::generated::ModelPrice;
use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{
    Currency, FlightText, Meter, Modality, Price, PriceUnit, model_price, read_amount,
};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{StaticSpec, model_list, spec};

const URL: &str = "https://cohere.com/pricing";

/// See the module.
pub(crate) struct CoherePricing;

impl Source for CoherePricing {
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
        let groups: Vec<Group<'_>> = flight.list("\"pricingGroups\":")?;
        out.listing = Some(Listing::whole("models", document));
        for model in groups.iter().flat_map(|group| &group.models) {
            for pricing in &model.pricings {
                let sides = [
                    (&pricing.input_label, pricing.input_price),
                    (&pricing.output_label, pricing.output_price),
                ];
                for (label, price) in sides {
                    read_price(model, label.as_deref(), price, &flight, out);
                }
            }
        }
        model_list::require_prices(out)
    }
}

#[derive(Deserialize)]
struct Group<'a> {
    #[serde(borrow)]
    models: Vec<Model<'a>>,
}

#[derive(Deserialize)]
struct Model<'a> {
    #[serde(rename = "modelName")]
    name: String,
    /// What the prices are for.
    per: String,
    #[serde(borrow)]
    pricings: Vec<Pricing<'a>>,
}

/// Two prices; of what, their labels say.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pricing<'a> {
    input_label: Option<String>,
    #[serde(borrow)]
    input_price: Option<&'a RawValue>,
    output_label: Option<String>,
    #[serde(borrow)]
    output_price: Option<&'a RawValue>,
}

fn read_price(
    model: &Model<'_>,
    label: Option<&str>,
    json: Option<&RawValue>,
    flight: &FlightText,
    out: &mut Extract,
) {
    // A model may have one price only.
    let Some(json) = json.filter(|json| json.get() != "null") else { return };
    let row = label.and_then(|label| price(model, label, json.get()));
    let locator = flight.locator_of(json.get());
    let record = || format!("{}, {label:?} per {}: {}", model.name, model.per, json.get());
    model_list::push_read(out, row, locator, record);
}

fn price(model: &Model<'_>, label: &str, shown: &str) -> Option<ModelPrice> {
    let embeds = model.name.starts_with("Embed");
    let (meter, modality) = match label {
        "Cost" if embeds => (Meter::Embedding, Modality::Any),
        "Image cost" if embeds => (Meter::Embedding, Modality::Image),
        _ => return None,
    };
    let unit = (model.per == "1M tokens").then_some(PriceUnit::MillionTokens)?;
    let amount = read_amount(shown).filter(|amount| !amount.value.is_zero())?;
    // The payload names no currency: Cohere bills in US dollars.
    let price = Price::new(amount, Currency::Usd, shown, &model.per);
    let row = model_price("cohere", &model.name, meter, unit, price);
    Some(ModelPrice { modality: modality.into(), ..row })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = include_str!("fixtures/@2026-07-15/pricing");

    fn read(body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: "2026-07-15T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        CoherePricing.parse(&document, &mut out).map(|()| out)
    }

    #[test]
    fn quirk_17_labels_say_what_the_prices_in_the_payload_are_of() {
        let file = "pricing/model-api/cohere-2026-07-15-snippet.html";
        let recorded = crate::captures::of_capture("cohere_pricing", file);
        for extract in [Some(read(PAGE)), recorded].into_iter().flatten().map(Result::unwrap) {
            let rows = extract.rows.model_price.iter().map(|sighted| &sighted.row);
            let line = |row: &ModelPrice| {
                format!(
                    "{} {} {} {} {}",
                    row.model_id, row.meter, row.modality, row.price_unit, row.price
                )
            };
            let expected =
                ["embed-4 embedding any 1M tokens 0.12", "embed-4 embedding image 1M tokens 0.47"];
            assert_eq!(rows.map(line).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn trap_16_another_unit_or_label_is_an_issue() {
        assert_eq!(read(&PAGE.replace("Image cost", "Output")).unwrap().issues.len(), 1);
        // With nothing left to read the page is refused.
        assert!(read(&PAGE.replace("1M tokens", "1K searches")).is_err());
    }

    #[test]
    fn trap_19_pages_that_speak_of_prices_without_any_are_refused() {
        assert!(
            read("---\ntitle: How Does Cohere Pricing Work?\n---\nTokens are billed.\n").is_err()
        );
        assert!(read(&PAGE.replace("pricingGroups", "groups")).is_err());
    }
}
