//! Mistral's list prices, in dollars and in euros.
//!
//! They stand only in what the page carries for its scripts. What it shows are moving digits, and answers
//! to questions whose examples are older than the list.

use std::num::NonZeroU32;

use burnrate_model::generated::ModelPrice;
use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{
    Currency, FlightText, Meter, Modality, Price, PriceUnit, Scale, ServiceTier, flight_string,
    model_price, page, read_amount_scaled, text,
};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{StaticSpec, model_list, spec};

/// Pictures that a price of pictures is for.
const IMAGES: NonZeroU32 = NonZeroU32::MIN.saturating_add(999);
const URL: &str = "https://mistral.ai/pricing";

/// See the module.
pub(crate) struct MistralPricing;

impl Source for MistralPricing {
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
        // The page has a second list, of a few models to show off, under another key: it repeats this one.
        let offers: Vec<Offer<'_>> = flight.list("\"apis\":")?;
        out.listing = Some(Listing::whole("models and tools", document));
        for offer in &offers {
            for line in &offer.price {
                read_line(offer, line, ServiceTier::Standard, &flight, out);
            }
            for line in offer.fine_tuning.iter().flatten() {
                read_line(offer, line, ServiceTier::FineTuned, &flight, out);
            }
        }
        model_list::require_prices(out)
    }
}

/// A model or a tool.
#[derive(Deserialize)]
struct Offer<'a> {
    name: String,
    /// A heading such as `Open models`.
    r#type: String,
    #[serde(borrow)]
    price: Vec<Line<'a>>,
    #[serde(borrow)]
    fine_tuning: Option<Vec<Line<'a>>>,
}

/// A price in both currencies, as pieces of HTML.
#[derive(Deserialize)]
struct Line<'a> {
    value: String,
    #[serde(borrow)]
    price_dollar: &'a RawValue,
    #[serde(borrow)]
    price_euro: &'a RawValue,
}

/// What a line is a price of.
struct Counted {
    meter: Meter,
    modality: Modality,
    unit: PriceUnit,
    scale: Scale,
}

const fn counted(meter: Meter, unit: PriceUnit) -> Counted {
    Counted { meter, modality: Modality::Any, unit, scale: Scale::One }
}

fn read_line(
    offer: &Offer<'_>,
    line: &Line<'_>,
    tier: ServiceTier,
    flight: &FlightText,
    out: &mut Extract,
) {
    let in_both = [(Currency::Usd, line.price_dollar), (Currency::Eur, line.price_euro)];
    for (currency, json) in in_both {
        let locator = flight.locator_of(json.get());
        let shown = flight_string(json.get()).and_then(|html| {
            let page = page(html.as_bytes()).ok()?;
            Some(text(page.root_element()))
        });
        let label = line.value.trim();
        let read = shown.as_deref().and_then(|shown| prices(offer, label, shown, currency));
        let Some(rows) = read else {
            let record = format!("{}, {label}: {}", offer.name, json.get());
            out.issue(locator, "no price that is known how to read", record);
            continue;
        };
        for mut row in rows {
            if tier != ServiceTier::Standard && row.meter != Meter::FineTuning.name() {
                row.service_tier = tier.into();
            }
            model_list::push(out, row, locator.clone());
        }
    }
}

/// The prices of a line; none where it has none, `None` where it is not known how to read it.
fn prices(
    offer: &Offer<'_>,
    label: &str,
    shown: &str,
    currency: Currency,
) -> Option<Vec<ModelPrice>> {
    if is_no_price(offer, label, shown, currency) {
        return Some(Vec::new());
    }
    if label == "Input (per min / per M tok)" {
        let (audio, words) = shown.split_once(" / ")?;
        let audio = audio.strip_suffix(" (audio)")?;
        let words = words.strip_suffix(" (text)")?;
        let of_audio =
            Counted { modality: Modality::Audio, ..counted(Meter::Input, PriceUnit::Minute) };
        let of_words =
            Counted { modality: Modality::Text, ..counted(Meter::Input, PriceUnit::MillionTokens) };
        let audio = price(offer, &of_audio, audio, shown, label, currency)?;
        return Some(vec![audio, price(offer, &of_words, words, shown, label, currency)?]);
    }
    // Nothing is concluded from what the list says of batches: it shows no amount for them.
    let (shown_price, note) = match shown.strip_suffix(" + 50% off with batch-APIs") {
        Some(rest) => (rest, Some("+ 50% off with batch-APIs".to_owned())),
        None => (shown, None),
    };
    if shown_price == "Free" {
        return (label == "API endpoint").then(|| vec![free(offer, currency)]);
    }
    let (amount, counted) = of_label(offer, label, shown_price)?;
    let unit = match shown_price[amount.len()..].trim() {
        "" => label,
        unit => unit,
    };
    let row = price(offer, &counted, amount, shown_price, unit, currency)?;
    Some(vec![ModelPrice { price_note: note, ..row }])
}

/// Lines without a price, by name.
fn is_no_price(offer: &Offer<'_>, label: &str, shown: &str, currency: Currency) -> bool {
    label == "Available on"
        // Each tool that it calls stands in a line of its own.
        || (offer.name == "Agent API" && shown == "Model cost per M token + Tool call")
        // Which tokens are counted is not said.
        || (offer.name == "Data capture" && label == "Price")
        // The price in euros was forgotten: the label stands in its place.
        || (currency == Currency::Eur && shown == label)
        // By which time is not said, where elsewhere it is.
        || (label == "Storage Cost" && !shown.contains("month"))
}

/// The amount in a line, and what it is for, from the label and what stands behind the amount.
fn of_label<'a>(offer: &Offer<'_>, label: &str, shown: &'a str) -> Option<(&'a str, Counted)> {
    let tokens = |meter| counted(meter, PriceUnit::MillionTokens);
    let embeds = offer.r#type == "Embedding models";
    let known = match label {
        "Input (/M tokens)" if embeds => Some(tokens(Meter::Embedding)),
        "Input (/M tokens)" => Some(tokens(Meter::Input)),
        "Output (/M tokens)" => Some(tokens(Meter::Output)),
        "Training Cost (/M tokens)" => Some(tokens(Meter::FineTuning)),
        "Audio Input/min" => Some(counted(Meter::Transcription, PriceUnit::Minute)),
        _ => None,
    };
    if let Some(counted) = known {
        return Some((shown, counted));
    }
    let by_thousand = |meter, unit| Counted { scale: Scale::PerThousand, ..counted(meter, unit) };
    let units: [(&str, &str, Counted); 9] = [
        ("Storage Cost", " / month per model", counted(Meter::Storage, PriceUnit::Month)),
        ("Storage Cost", " per month per model", counted(Meter::Storage, PriceUnit::Month)),
        (
            "Audio generation",
            " per 1k characters",
            by_thousand(Meter::Speech, PriceUnit::MillionCharacters),
        ),
        ("OCR", " / 1000 pages", counted(Meter::Document, PriceUnit::ThousandPages)),
        ("OCR", "/1K pages", counted(Meter::Document, PriceUnit::ThousandPages)),
        ("Indexing", "/per M tokens", tokens(Meter::Indexing)),
        ("Call", " /per call", by_thousand(Meter::Request, PriceUnit::ThousandRequests)),
        ("Price", " / 1000 calls", counted(calls(&offer.name), PriceUnit::ThousandRequests)),
        ("Price", " / 1000 images", counted(Meter::Image, PriceUnit::Image)),
    ];
    units.into_iter().find_map(|(of_label, unit, counted)| {
        let amount = shown.strip_suffix(unit).filter(|_| label == of_label)?;
        Some((amount, counted))
    })
}

/// What calls of a tool are.
fn calls(tool: &str) -> Meter {
    if tool == "Web search" { Meter::Search } else { Meter::Request }
}

fn price(
    offer: &Offer<'_>,
    counted: &Counted,
    amount: &str,
    shown: &str,
    unit: &str,
    currency: Currency,
) -> Option<ModelPrice> {
    let amount = read_amount_scaled(amount, counted.scale)?;
    if amount.currency != Some(currency) || amount.value.is_zero() {
        return None;
    }
    let mut price = Price::new(amount, currency, shown, unit);
    if counted.unit == PriceUnit::Image {
        price.value = price.value.over(IMAGES).0;
    }
    let row = model_price("mistral", &offer.name, counted.meter, counted.unit, price);
    Some(ModelPrice { modality: counted.modality.into(), ..row })
}

/// An endpoint that the list says is free.
fn free(offer: &Offer<'_>, currency: Currency) -> ModelPrice {
    let price = Price {
        value: burnrate_model::Decimal::default(),
        is_rounded: false,
        currency,
        as_shown: "Free".to_owned(),
        unit_as_shown: "API endpoint".to_owned(),
    };
    let unit = PriceUnit::MillionTokens;
    let row = model_price("mistral", &offer.name, Meter::InputAndOutput, unit, price);
    ModelPrice { service_tier: ServiceTier::Free.into(), ..row }
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
        MistralPricing.parse(&document, &mut out).map(|()| out)
    }

    /// The fixture, and the recorded page where it is at hand.
    fn readings() -> Vec<Extract> {
        let recorded = crate::captures::of_capture(
            "mistral_pricing",
            "pricing/model-api/mistral-2026-05-08.html",
        );
        [Some(read(PAGE)), recorded].into_iter().flatten().map(Result::unwrap).collect()
    }

    /// `meter modality unit tier price currency` of a model's rows.
    fn lines(extract: &Extract, model_name: &str) -> Vec<String> {
        let rows = extract.rows.model_price.iter().map(|sighted| &sighted.row);
        let of_model = rows.filter(|row| row.model_name == model_name);
        let line = |row: &ModelPrice| {
            let ModelPrice { meter, modality, price_unit, service_tier, price, currency, .. } = row;
            format!("{meter} {modality}/{price_unit}/{service_tier} {price} {currency}")
        };
        of_model.map(line).collect()
    }

    #[test]
    fn quirk_17_prices_come_from_the_payload_not_from_moving_digits_or_old_examples() {
        assert!(PAGE.contains("$2 /M tokens in and $6 /M tokens out"));
        assert!(PAGE.contains("<span>0</span><span>1</span><span>2</span>"));
        for extract in readings() {
            let large = [
                "input any/1M tokens/standard 0.5 USD",
                "input any/1M tokens/standard 0.5 EUR",
                "output any/1M tokens/standard 1.5 USD",
                "output any/1M tokens/standard 1.5 EUR",
            ];
            assert_eq!(lines(&extract, "Mistral Large 3"), large);
            let mut rows = extract.rows.model_price.iter();
            assert!(rows.all(|sighted| sighted.row.model_name != "Mistral Large"));
        }
        assert!(read(&PAGE.replace("self.__next_f.push", "other")).is_err());
    }

    #[test]
    fn quirk_14_an_alias_is_not_the_model() {
        // `mistral-small-latest` stands beside both: the name tells them apart.
        assert_eq!(PAGE.matches("mistral-small-latest").count(), 2);
        for extract in readings() {
            let input = |model_name| lines(&extract, model_name).remove(0);
            assert_eq!(input("Mistral Small 4"), "input any/1M tokens/standard 0.15 USD");
            assert_eq!(input("Mistral Small 3.2"), "input any/1M tokens/standard 0.1 USD");
            let mut rows = extract.rows.model_price.iter();
            assert!(rows.all(|sighted| !sighted.row.model_id.ends_with("latest")));
        }
    }

    #[test]
    fn quirk_3_dollars_and_euros_are_not_mixed() {
        for extract in readings() {
            let medium = lines(&extract, "Mistral Medium 3.5");
            assert_eq!(medium[0], "input any/1M tokens/standard 1.5 USD");
            assert_eq!(medium[1], "input any/1M tokens/standard 1.25 EUR");
            // The label stands where the price in euros should.
            let pixtral = lines(&extract, "Pixtral Large");
            assert_eq!(pixtral[0], "input any/1M tokens/standard 2 USD");
            assert_eq!(pixtral[1], "output any/1M tokens/standard 6 USD");
        }
        let wrong = PAGE.replacen("1.25\\u0026euro;", "$1.25", 1);
        assert_eq!(read(&wrong).unwrap().issues.len(), 1);
    }

    #[test]
    fn quirk_2_units_stand_beside_each_price() {
        for extract in readings() {
            let small = lines(&extract, "Voxtral Small");
            assert_eq!(small[0], "input audio/minute/standard 0.004 USD");
            assert_eq!(small[1], "input text/1M tokens/standard 0.1 USD");
            // 0.016 for a thousand characters.
            assert_eq!(
                lines(&extract, "Voxtral TTS")[0],
                "speech any/1M characters/standard 16 USD"
            );
            assert_eq!(lines(&extract, "OCR 3")[0], "document any/1K pages/standard 2 USD");
            // A cent a call; 100 dollars for a thousand pictures.
            let call = "request any/1K requests/standard 10 USD".to_owned();
            assert!(lines(&extract, "Libraries").contains(&call));
            assert_eq!(lines(&extract, "Images")[0], "image any/image/standard 0.1 USD");
        }
    }

    /// As at other vendors.
    #[test]
    fn searches_of_the_web_are_searches_and_other_tools_are_called() {
        for extract in readings() {
            let search = [
                "search any/1K requests/standard 30 USD",
                "search any/1K requests/standard 30 EUR",
            ];
            assert_eq!(lines(&extract, "Web search"), search);
            let calls = lines(&extract, "Libraries");
            assert!(calls.contains(&"request any/1K requests/standard 10 USD".to_owned()));
        }
    }

    #[test]
    fn a_model_of_ones_own_is_a_context_of_the_model() {
        for extract in readings() {
            let codestral = lines(&extract, "Codestral");
            let of_own = [
                "fine_tuning any/1M tokens/standard 3 USD",
                "fine_tuning any/1M tokens/standard 2.7 EUR",
                "storage any/month/fine_tuned 2 USD",
                "storage any/month/fine_tuned 2 EUR",
                "input any/1M tokens/fine_tuned 0.2 USD",
                "input any/1M tokens/fine_tuned 0.18 EUR",
                "output any/1M tokens/fine_tuned 0.6 USD",
                "output any/1M tokens/fine_tuned 0.54 EUR",
            ];
            assert_eq!(codestral[4..], of_own);
        }
    }

    #[test]
    fn quirk_15_nothing_is_a_price_only_where_it_is_called_free() {
        for extract in readings() {
            assert_eq!(
                lines(&extract, "Leanstral")[0],
                "input_and_output any/1M tokens/free 0 USD"
            );
        }
        assert_eq!(read(&PAGE.replacen("$0.5\\", "$0\\", 1)).unwrap().issues.len(), 1);
    }

    #[test]
    fn a_line_that_is_not_known_is_an_issue() {
        let out = read(&PAGE.replacen("Input (/M tokens)", "Input (/K tokens)", 1)).unwrap();
        assert_eq!(out.issues.len(), 2);
    }

    #[test]
    fn trap_19_a_page_without_the_list_is_refused() {
        assert!(read(&PAGE.replace("apis", "other")).is_err());
        assert!(read("<html><body>Just a moment</body></html>").is_err());
    }
}
