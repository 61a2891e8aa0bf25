//! models.dev's answer with all providers and their models, in USD per million tokens, kept by many
//! contributors.

use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{ContextTier, Meter, Modality, Scale, ServiceTier};
use serde_json::value::RawValue;

use crate::price_map::{Members, PriceMap, Use, pointer, use_of_input};
use crate::seller::Seller;
use crate::{StaticSpec, spec};

/// See the module.
pub(crate) struct ModelsDev;

impl Source for ModelsDev {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        let url = "https://models.dev/api.json".to_owned();
        vec![Request { source_id: self.spec().id.clone(), url }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let mut providers = Members::of_document(&document.body)?;
        providers.sort();
        let listing = Listing::whole("models", document);
        let known_on = listing.observed_on();
        out.listing = Some(listing);
        let mut reader = Reader { map: PriceMap::new(out, known_on) };
        for (provider, value) in providers.iter() {
            let models = Members::of(value).and_then(|provider| provider.object("models"));
            let mut models = models.ok_or_else(|| {
                ShapeError::new(pointer(&[provider]), "`models`", "another object")
            })?;
            models.sort();
            for (name, value) in models.iter() {
                // Models without `cost` are listed without a price.
                let cost = Members::of(value).and_then(|model| model.object("cost"));
                reader.cost(provider, name, &cost.unwrap_or_default());
                reader.map.end_entry();
            }
        }
        reader.map.finish()
    }
}

const fn tokens(meter: Meter) -> Use {
    Use::tokens(meter, Scale::One)
}

const USES: [(&str, Use); 7] = [
    ("input", tokens(Meter::Input)),
    ("output", tokens(Meter::Output)),
    ("reasoning", tokens(Meter::OutputReasoning)),
    ("cache_read", tokens(Meter::CachedInput)),
    ("cache_write", tokens(Meter::CacheWrite)),
    ("input_audio", tokens(Meter::Input).of(Modality::Audio)),
    ("output_audio", tokens(Meter::Output).of(Modality::Audio)),
];

/// Prices of prompts of more than 200,000 tokens.
const LONG: &str = "context_over_200k";
const LONG_FROM: u64 = 200_000;

/// Models of Cloudflare that are not priced by the token, which the answer writes as if they were: by the
/// second of sound, the picture, the character.
const OTHER_UNITS: [&str; 5] =
    ["flux-1-schnell", "melotts", "resnet-50", "whisper", "whisper-large-v3-turbo"];

struct Reader<'a> {
    map: PriceMap<'a>,
}

impl Reader<'_> {
    fn cost(&mut self, provider: &str, name: &str, cost: &Members<'_>) {
        if provider == "cloudflare-workers-ai" && OTHER_UNITS.contains(&name) {
            return;
        }
        let Some(seller) = Seller::of(name, Some(provider)) else { return };
        let long = cost.object(LONG).unwrap_or_default();
        let place = [provider, "models", name, "cost"];
        for (member, value) in cost.iter().filter(|(member, _)| *member != LONG) {
            let is_longer_other = long.get(member).is_some();
            let length =
                if is_longer_other { ContextTier::up_to(LONG_FROM) } else { ContextTier::ANY };
            let locator = pointer(&[&place[..], &[member]].concat());
            self.price(&seller, name, (member, value), cost, (length, locator));
        }
        for (member, value) in long.iter() {
            let locator = pointer(&[&place[..], &[LONG, member]].concat());
            let context = (ContextTier::over(LONG_FROM), locator);
            self.price(&seller, name, (member, value), &long, context);
        }
    }

    fn price(
        &mut self,
        seller: &Seller,
        name: &str,
        (member, value): (&str, &RawValue),
        beside: &Members<'_>,
        (length, locator): (ContextTier, String),
    ) {
        let Some((_, of)) = USES.iter().find(|(known, _)| *known == member) else {
            self.map.unknown(&locator, member);
            return;
        };
        if of.meter == Meter::OutputReasoning && beside.are_alike(member, "output") {
            return;
        }
        let of = use_of_input(*of, name);
        let is_free = name.ends_with(":free");
        let is_stated_free = is_free && matches!(member, "input" | "output");
        let row = if is_stated_free {
            self.map.price_or_zero(&seller.model(name), of, (value, member), &locator)
        } else {
            self.map.price(&seller.model(name), of, (value, member), &locator)
        };
        if let Some(mut row) = row {
            row.context_tier = length.into();
            if is_free {
                row.service_tier = ServiceTier::Free.into();
            }
            self.map.add(row, locator);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price_map::{prices_of, read_text};

    #[test]
    fn trap_18_long_prompts_are_a_context() {
        let extract = read_text(&ModelsDev, include_str!("fixtures/@2025-12-28/api.json")).unwrap();
        assert_eq!(
            prices_of(&extract, "openrouter", "claude-sonnet-4-5"),
            [
                "cache_write any standard input<=200000 any 3.75",
                "cache_write any standard input>200000 any 7.5",
                "cached_input any standard input<=200000 any 0.3",
                "cached_input any standard input>200000 any 0.6",
                "input any standard input<=200000 any 3",
                "input any standard input>200000 any 6",
                "output any standard input<=200000 any 15",
                "output any standard input>200000 any 22.5",
            ]
        );
    }

    #[test]
    fn quirk_15_models_in_a_subscription_have_no_price() {
        let extract = read_text(
            &ModelsDev,
            r#"{"openai": {"models": {"gpt-4": {"cost": {"input": 30, "output": 60}}}},
                "github-copilot": {"models": {"gpt-4o": {"cost": {"input": 0, "output": 0}}}},
                "openrouter": {"models": {"z-ai/glm-4.5-air:free": {"cost": {"input": 0, "output": 0}}}}}"#,
        )
        .unwrap();
        assert_eq!(prices_of(&extract, "github_copilot", "gpt-4o"), Vec::<String>::new());
        assert_eq!(
            prices_of(&extract, "openrouter", "glm-4-5-air"),
            ["input any free any any 0", "output any free any any 0"]
        );
    }

    #[test]
    fn an_unknown_amount_is_reported_and_an_answer_without_prices_refused() {
        let extract = read_text(
            &ModelsDev,
            r#"{"openai": {"models": {"gpt-4": {"cost": {"input": 30, "dreams": 1}}}}}"#,
        )
        .unwrap();
        assert_eq!(extract.issues[0].locator, "/openai/models/gpt-4/cost/dreams");
        for body in ["{}", "[]", r#"{"data": []}"#, r#"{"openai": {"models": {}}}"#] {
            assert!(read_text(&ModelsDev, body).is_err(), "{body}");
        }
    }
}
