//! Simon Willison's files of prices, one for each vendor, in USD per million tokens: each price with the
//! days on which it came and went.

use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{ContextTier, Meter, Modality, PriceKind, Scale};
use chrono::NaiveDate;
use serde_json::value::RawValue;

use crate::price_map::{Members, Model, PriceMap, Use, pointer, provider};
use crate::{StaticSpec, spec};

/// See the module.
pub(crate) struct LlmPricesHistory;

const FOLDER: &str = "https://raw.githubusercontent.com/simonw/llm-prices/main/data/";

const VENDORS: [&str; 3] = ["anthropic", "google", "openai"];

impl Source for LlmPricesHistory {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        let request = |vendor: &&str| Request {
            source_id: self.spec().id.clone(),
            url: format!("{FOLDER}{vendor}.json"),
        };
        VENDORS.iter().map(request).collect()
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let file = Members::of_document(&document.body)?;
        let (Some(vendor), Some(models)) = (file.text("vendor"), file.array("models")) else {
            return Err(ShapeError::new("the document", "`vendor` and `models`", "another object"));
        };
        let listing = Listing::whole(&vendor, document);
        let today = listing.observed_on();
        out.listing = Some(listing);
        let mut reader =
            Reader { map: PriceMap::new(out, today), provider: provider(&vendor), today };
        for (number, value) in models.iter().enumerate() {
            let place = pointer(&["models", &number.to_string()]);
            let model = Members::of(value).unwrap_or_default();
            let (Some(id), Some(name), Some(prices)) =
                (model.text("id"), model.text("name"), model.array("price_history"))
            else {
                return Err(ShapeError::new(
                    place,
                    "`id`, `name` and `price_history`",
                    value.get(),
                ));
            };
            let variants = Variant::of(&id, &name).each();
            if variants.is_empty() {
                reader.map.issue(&place, "a name of models that are not known", &name);
            }
            for (number, value) in prices.iter().enumerate() {
                let place = format!("{place}/price_history/{number}");
                for variant in &variants {
                    reader.price(&place, variant, value)?;
                }
            }
            reader.map.end_entry();
        }
        reader.map.finish()
    }
}

const USES: [(&str, Meter); 3] =
    [("input", Meter::Input), ("input_cached", Meter::CachedInput), ("output", Meter::Output)];

/// Beginnings of names that are of two models, and their ids.
const TWO_MODELS: [(&str, [&str; 2]); 2] = [
    ("Claude Sonnet 4 and 4.5", ["claude-sonnet-4", "claude-sonnet-4.5"]),
    ("o1 and o1-preview", ["o1", "o1-preview"]),
];

/// A model, and what its entry says of the context beside its name: `GPT-5.5 >272k` under `gpt-5.5-272k`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Variant<'a> {
    id: &'a str,
    name: &'a str,
    length: ContextTier,
    modality: Modality,
}

impl<'a> Variant<'a> {
    fn of(id: &'a str, name: &'a str) -> Self {
        let last = name.rsplit(' ').next().unwrap_or_default();
        let thousands = |text: &str| text.strip_suffix('k')?.parse::<u64>().ok()?.checked_mul(1000);
        let up_to = last.strip_prefix('≤').and_then(thousands);
        let over = last.strip_prefix('>').and_then(thousands);
        let modality = match name {
            name if name.ends_with(" image tokens") => Modality::Image,
            name if name.ends_with(" text tokens") => Modality::Text,
            _ => Modality::Any,
        };
        let is_context = over.is_some() || modality != Modality::Any;
        let id = if is_context { id.rsplit_once('-').map_or(id, |(model, _)| model) } else { id };
        let length = ContextTier { input_over: over, input_up_to: up_to, ..ContextTier::ANY };
        Self { id, name, length, modality }
    }

    /// One for each model that the name names; none where it names several that are not known.
    fn each(self) -> Vec<Self> {
        if !self.name.contains(" and ") {
            return vec![self];
        }
        let known = TWO_MODELS.iter().filter(|(names, _)| self.name.starts_with(names));
        known.flat_map(|(_, ids)| ids).map(|id| Self { id, ..self }).collect()
    }
}

struct Reader<'a> {
    map: PriceMap<'a>,
    provider: String,
    today: NaiveDate,
}

impl Reader<'_> {
    fn price(
        &mut self,
        place: &str,
        variant: &Variant<'_>,
        value: &RawValue,
    ) -> Result<(), ShapeError> {
        let members = Members::of(value).unwrap_or_default();
        let from = day(place, &members, "from_date")?;
        let until = day(place, &members, "to_date")?;
        let provider = self.provider.clone();
        let model = Model {
            provider: &provider,
            vendor: &provider,
            name: variant.id,
            written: variant.name,
            region: "any",
        };
        for (member, amount) in members.iter() {
            if matches!(member, "from_date" | "to_date") {
                continue;
            }
            let place = format!("{place}/{member}");
            let Some((_, meter)) = USES.iter().find(|(name, _)| *name == member) else {
                self.map.unknown(&place, member);
                continue;
            };
            let of = Use::tokens(*meter, Scale::One).of(variant.modality);
            let Some(mut row) = self.map.price(&model, of, (amount, member), &place) else {
                continue;
            };
            row.context_tier = variant.length.into();
            row.effective_from = from;
            // The day on which the next price begins.
            row.effective_to = until.and_then(|day| day.pred_opt());
            if from > Some(self.today) {
                row.price_kind = PriceKind::Announced.into();
            }
            self.map.add(row, place);
        }
        Ok(())
    }
}

/// A day, or `null`.
fn day(place: &str, members: &Members<'_>, name: &str) -> Result<Option<NaiveDate>, ShapeError> {
    let written = members.get(name).map(RawValue::get);
    if written == Some("null") {
        return Ok(None);
    }
    let day = members.text(name).and_then(|text| text.parse().ok());
    let wrong = || {
        let place = format!("{place}/{name}");
        ShapeError::new(place, "a day or null", written.unwrap_or("nothing"))
    };
    day.map(Some).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;
    use crate::price_map::{prices_of, read_text};

    fn dated(extract: &Extract, model_id: &str, meter: &str) -> Vec<String> {
        let rows = extract.rows.model_price.iter().map(|sighted| &sighted.row);
        let of = rows.filter(|row| row.model_id == model_id && row.meter == meter);
        let day = |day: Option<NaiveDate>| day.map_or("-".to_owned(), |day| day.to_string());
        of.map(|row| {
            let (from, to) = (day(row.effective_from), day(row.effective_to));
            format!("{} {} {from} {to}", row.price_kind, row.price)
        })
        .collect()
    }

    #[test]
    fn trap_17_a_price_that_is_to_come_is_announced() {
        let body = include_str!("fixtures/@2026-08-05/anthropic.json");
        let mut out = Extract::default();
        let document = RawDocument {
            url: format!("{FOLDER}anthropic.json"),
            fetched_at: "2026-08-05T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        LlmPricesHistory.parse(&document, &mut out).unwrap();
        assert_eq!(
            dated(&out, "claude-sonnet-5", "output"),
            ["list 10 - 2026-08-31", "announced 15 2026-09-01 -"]
        );
        // The same file, read when that day has come.
        let later = read_text(&LlmPricesHistory, body).unwrap();
        assert_eq!(
            dated(&later, "claude-sonnet-5", "output"),
            ["list 10 - 2026-08-31", "list 15 2026-09-01 -"]
        );
    }

    #[test]
    fn a_price_ends_on_the_day_before_the_next_begins() {
        let file = "pricing/price-map/simonw-llm-prices-openai-2026-08.json";
        let Some(read) = of_capture("llm_prices_history", file) else { return };
        let mut found = dated(&read.unwrap(), "gpt-5-6-luna", "input");
        found.sort();
        assert_eq!(
            found,
            [
                "list 0.2 2026-07-30 -",
                "list 0.4 2026-07-30 -",
                "list 1 - 2026-07-29",
                "list 2 - 2026-07-29",
            ]
        );
    }

    #[test]
    fn quirk_6_lengths_stand_in_the_name_and_are_contexts() {
        let tier = |id, name| {
            let variant = Variant::of(id, name);
            format!("{} {}", variant.id, variant.length)
        };
        assert_eq!(tier("gpt-5.5", "GPT-5.5 ≤272k"), "gpt-5.5 input<=272000");
        assert_eq!(tier("gpt-5.5-272k", "GPT-5.5 >272k"), "gpt-5.5 input>272000");
        assert_eq!(tier("o1-preview", "o1 and o1-preview"), "o1-preview any");
        let image = Variant::of("gpt-image-2-image", "gpt-image-2 (image gen) image tokens");
        assert_eq!((image.id, image.modality), ("gpt-image-2", Modality::Image));
    }

    #[test]
    fn a_name_of_two_models_is_the_price_of_both() {
        let file = "pricing/price-map/simonw-llm-prices-openai-2026-08.json";
        if let Some(read) = of_capture("llm_prices_history", file) {
            let read = read.unwrap();
            for model_id in ["o1", "o1-preview"] {
                assert_eq!(
                    prices_of(&read, "openai", model_id),
                    [
                        "cached_input any standard any any 7.5",
                        "input any standard any any 15",
                        "output any standard any any 60",
                    ]
                );
            }
        }
        let body = include_str!("fixtures/@2026-08-05/anthropic.json");
        let sonnet = read_text(&LlmPricesHistory, body).unwrap();
        for model_id in ["claude-sonnet-4", "claude-sonnet-4-5"] {
            let found = prices_of(&sonnet, "anthropic", model_id);
            for price in ["input<=200000 any 3", "input>200000 any 6", "input>200000 any 22.5"] {
                assert!(found.iter().any(|line| line.ends_with(price)), "{found:?}");
            }
        }
        let other = body.replace("Claude Sonnet 4 and 4.5", "Claude Sonnet 4 and 4.7");
        let issues = read_text(&LlmPricesHistory, &other).unwrap().issues;
        assert_eq!(issues[0].reason, "a name of models that are not known");
    }

    #[test]
    fn a_file_of_another_form_is_refused() {
        for body in [
            "{}",
            "[]",
            r#"{"vendor":"openai","models":[]}"#,
            r#"{"vendor":"openai","models":[{}]}"#,
        ] {
            assert!(read_text(&LlmPricesHistory, body).is_err(), "{body}");
        }
    }
}
