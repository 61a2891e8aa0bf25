//! `OpenRouter`'s list of models: what it asks for each, which is what the cheapest of the hosts behind it asks.
//!
//! Amounts are in USD, as texts, per token, per request or per search.

use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{ContextTier, Meter, Modality, PriceUnit, Scale, ServiceTier};
use serde_json::value::RawValue;

use crate::makers::organisation;
use crate::price_map::{Members, Model, PriceMap, Use, by_id, pointer};
use crate::{StaticSpec, spec};

/// See the module.
pub(crate) struct OpenrouterModels;

impl Source for OpenrouterModels {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        let url = "https://openrouter.ai/api/v1/models".to_owned();
        vec![Request { source_id: self.spec().id.clone(), url }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let answer = Members::of_document(&document.body)?;
        // A collector kept the answer under this name, beside its own time and address.
        let (place, answer) = match answer.object("body") {
            Some(body) => ("/body/data", body),
            None => ("/data", answer),
        };
        let models = answer
            .array("data")
            .ok_or_else(|| ShapeError::new("the document", "an array `data`", "none"))?;
        let listing = Listing::whole("models", document);
        let known_on = listing.observed_on();
        out.listing = Some(listing);
        let mut reader = Reader { map: PriceMap::new(out, known_on) };
        let Some(models) = by_id(&models) else {
            return Err(ShapeError::new(place, "models with `id`", "other objects"));
        };
        for (number, id, model) in models {
            let place = format!("{place}/{number}/pricing");
            let Some(pricing) = model.object("pricing") else {
                return Err(ShapeError::new(place, "prices", "none"));
            };
            reader.model(&place, &id, &pricing);
            reader.map.end_entry();
        }
        reader.map.finish()
    }
}

const fn tokens(meter: Meter) -> Use {
    Use::tokens(meter, Scale::PerOne)
}

const fn thousands(meter: Meter) -> Use {
    Use {
        meter,
        modality: Modality::Any,
        unit: PriceUnit::ThousandRequests,
        scale: Scale::PerThousand,
    }
}

const USES: [(&str, Use); 12] = [
    ("prompt", tokens(Meter::Input)),
    ("completion", tokens(Meter::Output)),
    ("input_cache_read", tokens(Meter::CachedInput)),
    ("input_cache_write", tokens(Meter::CacheWrite)),
    ("input_cache_write_1h", tokens(Meter::CacheWrite1h)),
    ("internal_reasoning", tokens(Meter::OutputReasoning)),
    ("audio", tokens(Meter::Input).of(Modality::Audio)),
    ("input_audio_cache", tokens(Meter::CachedInput).of(Modality::Audio)),
    ("audio_output", tokens(Meter::Output).of(Modality::Audio)),
    ("image_output", tokens(Meter::Output).of(Modality::Image)),
    ("request", thousands(Meter::Request)),
    ("web_search", thousands(Meter::Search)),
];

/// Members that are no amount, and `image`, whose unit is not settled: it was per picture in 2025 and is
/// per token in 2026, with both in one answer in between.
const NOT_READ: [&str; 4] = ["image", "overrides", "discount", "min_prompt_tokens"];

/// What stands behind the colon of an id. All but `free` are models of their own to `OpenRouter`, and stay
/// in the name.
const VARIANTS: [&str; 9] = [
    "beta",
    "exacto",
    "extended",
    "floor",
    "free",
    "nitro",
    "online",
    "self-moderated",
    "thinking",
];

struct Reader<'a> {
    map: PriceMap<'a>,
}

impl Reader<'_> {
    fn model(&mut self, place: &str, id: &str, pricing: &Members<'_>) {
        let (name, variant) = id.split_once(':').unwrap_or((id, ""));
        if !variant.is_empty() && !VARIANTS.contains(&variant) {
            self.map.issue(place, "unknown variant of a model", id);
            return;
        }
        let is_free = variant == "free";
        // `~` marks aliases of the newest model of a family.
        let vendor = organisation(id.split('/').next().unwrap_or(id).trim_start_matches('~'));
        let model = Model {
            provider: "openrouter",
            vendor: &vendor,
            name: if is_free { name } else { id },
            written: id,
            region: "any",
        };
        let longer = self.overrides(place, pricing);
        for (member, value) in pricing.iter() {
            let starts = longer.iter().filter(|longer| longer.prices.get(member).is_some());
            let context = ContextTier {
                input_up_to: starts.map(|longer| longer.over).min(),
                ..ContextTier::ANY
            };
            let place = format!("{place}{}", pointer(&[member]));
            self.amount(&model, is_free, (member, value), pricing, (context, place));
        }
        for (number, tier) in longer.iter().enumerate() {
            for (member, value) in tier.prices.iter() {
                let ends = longer
                    .iter()
                    .filter(|next| next.over > tier.over && next.prices.get(member).is_some());
                let context = ContextTier {
                    input_up_to: ends.map(|next| next.over).min(),
                    ..ContextTier::over(tier.over)
                };
                let place = format!("{place}/overrides/{number}{}", pointer(&[member]));
                self.amount(&model, is_free, (member, value), &tier.prices, (context, place));
            }
        }
    }

    /// Prices for longer prompts, each with the length from which it holds.
    fn overrides<'de>(&mut self, place: &str, pricing: &Members<'de>) -> Vec<Longer<'de>> {
        let mut found = Vec::new();
        for value in pricing.array("overrides").unwrap_or_default() {
            let prices = Members::of(value).unwrap_or_default();
            let over = prices.get("min_prompt_tokens").and_then(|over| over.get().parse().ok());
            match over {
                Some(over) => found.push(Longer { over, prices }),
                None => self.map.issue(place, "an override without a length", value.get()),
            }
        }
        found
    }

    fn amount(
        &mut self,
        model: &Model<'_>,
        is_free: bool,
        (member, value): (&str, &RawValue),
        beside: &Members<'_>,
        (context, place): (ContextTier, String),
    ) {
        if NOT_READ.contains(&member) {
            return;
        }
        let Some((_, of)) = USES.iter().find(|(name, _)| *name == member) else {
            self.map.unknown(&place, member);
            return;
        };
        // Routers cost what the model costs that they choose.
        if value.get() == "\"-1\"" {
            return;
        }
        if of.meter == Meter::OutputReasoning && beside.are_alike(member, "completion") {
            return;
        }
        let is_stated_free = is_free && matches!(member, "prompt" | "completion");
        let row = if is_stated_free {
            self.map.price_or_zero(model, *of, (value, member), &place)
        } else {
            self.map.price(model, *of, (value, member), &place)
        };
        if let Some(mut row) = row {
            row.context_tier = context.into();
            if is_free {
                row.service_tier = ServiceTier::Free.into();
            }
            self.map.add(row, place);
        }
    }
}

/// Prices for prompts of more than so many tokens.
struct Longer<'a> {
    over: u64,
    prices: Members<'a>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;
    use crate::price_map::{prices_of, read_text};

    fn capture(day: &str) -> Option<Extract> {
        let file = format!("pricing/price-map/openrouter-models-{day}.json");
        Some(of_capture("openrouter_models", &file)?.unwrap())
    }

    fn pricing(id: &str, pricing: &str) -> Result<Extract, ShapeError> {
        let gpt_4 =
            r#"{"id":"openai/gpt-4","pricing":{"prompt":"0.00003","completion":"0.00006"}}"#;
        let body = format!(r#"{{"data":[{gpt_4},{{"id":"{id}","pricing":{pricing}}}]}}"#);
        read_text(&OpenrouterModels, &body)
    }

    #[test]
    fn quirk_1_amounts_are_texts_in_dollars_per_token() {
        let extract =
            read_text(&OpenrouterModels, include_str!("fixtures/@2026-07-19/models")).unwrap();
        let gpt_4o = prices_of(&extract, "openrouter", "gpt-4o");
        assert!(gpt_4o.contains(&"input any standard any any 2.5".to_owned()), "{gpt_4o:?}");
        assert!(gpt_4o.contains(&"output any standard any any 10".to_owned()), "{gpt_4o:?}");
        assert_eq!(extract.rows.model_price[0].row.vendor, "openai");
    }

    #[test]
    fn quirk_15_free_is_a_real_zero_and_a_tier() {
        let extract =
            pricing("z-ai/glm-4.5-air:free", r#"{"prompt":"0","completion":"0","request":"0"}"#);
        assert_eq!(
            prices_of(&extract.unwrap(), "openrouter", "glm-4-5-air"),
            ["input any free any any 0", "output any free any any 0"]
        );
    }

    #[test]
    fn quirk_15_a_zero_without_free_and_a_router_have_no_price() {
        for amount in ["0", "-1"] {
            let prices = format!(r#"{{"prompt":"{amount}","completion":"{amount}"}}"#);
            let extract = pricing("openrouter/auto", &prices).unwrap();
            assert_eq!(prices_of(&extract, "openrouter", "auto"), Vec::<String>::new());
            assert_eq!(extract.issues, []);
        }
    }

    #[test]
    fn variants_are_models_of_their_own_and_unknown_ones_are_reported() {
        let prices = r#"{"prompt":"0.000003","completion":"0.000015"}"#;
        let extract = pricing("anthropic/claude-3.7-sonnet:thinking", prices).unwrap();
        assert_eq!(prices_of(&extract, "openrouter", "claude-3-7-sonnet-thinking").len(), 2);
        let extract = pricing("anthropic/claude-3.7-sonnet:cheap", prices).unwrap();
        assert_eq!(extract.rows.model_price.len(), 2);
        assert_eq!(extract.issues[0].reason, "unknown variant of a model");
    }

    #[test]
    fn trap_18_the_fast_mode_of_claude_is_a_tier() {
        let prices = r#"{"prompt":"0.00001","completion":"0.00005"}"#;
        let extract = pricing("anthropic/claude-opus-4.8-fast", prices).unwrap();
        assert_eq!(
            prices_of(&extract, "openrouter", "claude-opus-4-8"),
            ["input any fast any any 10", "output any fast any any 50"]
        );
        let extract = pricing("x-ai/grok-4-fast", prices).unwrap();
        assert_eq!(prices_of(&extract, "openrouter", "grok-4-fast").len(), 2);
    }

    #[test]
    fn a_maker_is_named_as_in_all_other_lists() {
        let prices = r#"{"prompt":"0.00001"}"#;
        for (id, vendor) in [
            ("z-ai/glm-5", "zhipu"),
            ("inclusionai/ling-1t", "ant"),
            ("stepfun-ai/step3", "stepfun"),
            ("~openai/gpt-latest", "openai"),
            ("arcee-ai/trinity-mini", "arcee_ai"),
        ] {
            let extract = pricing(id, prices).unwrap();
            let mut rows = extract.rows.model_price.iter().map(|sighted| &sighted.row);
            assert_eq!(rows.find(|row| row.model_name == id).unwrap().vendor, vendor);
        }
    }

    #[test]
    fn trap_18_prices_of_long_prompts_are_contexts() {
        let prices = r#"{"prompt":"0.00000078","completion":"0.0000039","web_search":"0.01","overrides":[
            {"min_prompt_tokens":32000,"prompt":"0.00000117","completion":"0.00000585"},
            {"min_prompt_tokens":128000,"prompt":"0.00000195","completion":"0.00000975"}]}"#;
        let extract = pricing("qwen/qwen3-max", prices).unwrap();
        assert_eq!(
            prices_of(&extract, "openrouter", "qwen3-max"),
            [
                "input any standard 32000<input<=128000 any 1.17",
                "input any standard input<=32000 any 0.78",
                "input any standard input>128000 any 1.95",
                "output any standard 32000<input<=128000 any 5.85",
                "output any standard input<=32000 any 3.9",
                "output any standard input>128000 any 9.75",
                "search any standard any any 10",
            ]
        );
    }

    #[test]
    fn quirk_9_reasoning_is_a_row_only_where_it_has_another_price() {
        let alike =
            r#"{"prompt":"0.000001","completion":"0.000008","internal_reasoning":"0.000008"}"#;
        let extract = pricing("google/gemini-2.5-pro", alike).unwrap();
        assert_eq!(prices_of(&extract, "openrouter", "gemini-2-5-pro").len(), 2);
        let other =
            r#"{"prompt":"0.000002","completion":"0.000008","internal_reasoning":"0.000003"}"#;
        let extract = pricing("perplexity/sonar-deep-research", other).unwrap();
        let found = prices_of(&extract, "openrouter", "sonar-deep-research");
        assert!(found.contains(&"output_reasoning any standard any any 3".to_owned()), "{found:?}");
    }

    #[test]
    fn an_unknown_amount_is_reported_and_a_missing_price_refused() {
        let extract = pricing("a/b", r#"{"prompt":"0.000001","hologram":"1"}"#).unwrap();
        assert_eq!(extract.issues[0].locator, "/data/1/pricing/hologram");
        for body in ["{}", r#"{"data":[]}"#, r#"{"data":[{"id":"a/b"}]}"#, "<html>"] {
            assert!(read_text(&OpenrouterModels, body).is_err(), "{body}");
        }
    }

    #[test]
    fn every_recorded_answer_is_read_without_a_remark() {
        for day in ["2025-05-07", "2025-12-02", "2026-05-22", "2026-07-19"] {
            let Some(extract) = capture(day) else { return };
            assert_eq!(extract.issues, [], "{day}");
        }
    }
}
