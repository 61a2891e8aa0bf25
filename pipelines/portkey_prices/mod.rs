//! Portkey's maps of prices, a file for each provider, in US cents per token.
//!
//! A model has prices without contexts (`pricing_config`), and may have prices by region, tier and length
//! of the prompt (`custom_pricing`). Where it has these, the former are what readers that know no contexts
//! fall back to, in places out of date, and are not read.

use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{ContextTier, Meter, Modality, Scale, ServiceTier};
use serde_json::value::RawValue;

use crate::price_map::{Members, PriceMap, Use, pointer, use_of_input};
use crate::seller::Seller;
use crate::{StaticSpec, spec};

/// See the module.
pub(crate) struct PortkeyPrices;

const FOLDER: &str = "https://raw.githubusercontent.com/Portkey-AI/models/main/pricing/";

/// Files, and the providers they are for.
const PROVIDERS: [(&str, &str); 5] = [
    ("anthropic", "anthropic"),
    ("azure-openai", "azure"),
    ("bedrock", "bedrock"),
    ("openai", "openai"),
    ("vertex-ai", "vertex_ai"),
];

impl Source for PortkeyPrices {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        let request = |(file, _): &(&str, &str)| Request {
            source_id: self.spec().id.clone(),
            url: format!("{FOLDER}{file}.json"),
        };
        PROVIDERS.iter().map(request).collect()
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let file = document.url.strip_prefix(FOLDER).and_then(|name| name.strip_suffix(".json"));
        let known = PROVIDERS.iter().find(|(name, _)| Some(*name) == file);
        let Some((file, provider)) = known else {
            return Err(ShapeError::new("the URL", "the file of a known provider", &document.url));
        };
        let mut models = Members::of_document(&document.body)?;
        models.sort();
        let listing = Listing::whole(file, document);
        let known_on = listing.observed_on();
        out.listing = Some(listing);
        let mut reader = Reader { map: PriceMap::new(out, known_on), provider };
        for (key, value) in models.iter() {
            // The form of an entry, with zeros.
            if key == "default" {
                continue;
            }
            let entry = Members::of(value)
                .ok_or_else(|| ShapeError::new(pointer(&[key]), "an object", value.get()))?;
            reader.entry(key, &entry);
            reader.map.end_entry();
        }
        reader.map.finish()
    }
}

const fn tokens(meter: Meter) -> Use {
    Use::tokens(meter, Scale::HundredthsPerOne)
}

const USES: [(&str, Use); 16] = [
    ("request_token", tokens(Meter::Input)),
    ("response_token", tokens(Meter::Output)),
    ("cache_read_input_token", tokens(Meter::CachedInput)),
    ("cache_write_input_token", tokens(Meter::CacheWrite)),
    ("cache_write_1h", tokens(Meter::CacheWrite1h)),
    ("request_text_token", tokens(Meter::Input).of(Modality::Text)),
    ("response_text_token", tokens(Meter::Output).of(Modality::Text)),
    ("cache_read_text_input_token", tokens(Meter::CachedInput).of(Modality::Text)),
    ("cached_text_input_token", tokens(Meter::CachedInput).of(Modality::Text)),
    ("request_image_token", tokens(Meter::Input).of(Modality::Image)),
    ("response_image_token", tokens(Meter::Output).of(Modality::Image)),
    ("cache_read_image_input_token", tokens(Meter::CachedInput).of(Modality::Image)),
    ("cached_image_input_token", tokens(Meter::CachedInput).of(Modality::Image)),
    ("request_audio_token", tokens(Meter::Input).of(Modality::Audio)),
    ("response_audio_token", tokens(Meter::Output).of(Modality::Audio)),
    ("cache_read_audio_input_token", tokens(Meter::CachedInput).of(Modality::Audio)),
];

const TIERS: [(&str, ServiceTier); 5] = [
    ("standard", ServiceTier::Standard),
    ("batch", ServiceTier::Batch),
    ("fast", ServiceTier::Fast),
    ("flex", ServiceTier::Flex),
    ("priority", ServiceTier::Priority),
];

/// Additional units that are not read: searches and tools by the call, films by the second and the size,
/// defaults of lengths, and token prices that repeat or contradict those of the model.
const IGNORED_UNITS: [&str; 15] = [
    "default_duration_seconds",
    "default_sample_count",
    "enterprise_web_search",
    "file_search",
    "image_token",
    "input_image",
    "input_video_",
    "maps",
    "output_video_token",
    "request_audio_token",
    "response_audio_token",
    "routing_units",
    "search",
    "video_",
    "web_search",
];

/// What of a price is a context.
#[derive(Debug, Clone, Copy)]
struct Context<'a> {
    tier: ServiceTier,
    length: ContextTier,
    /// Regions, separated by commas; `default` for all others.
    regions: &'a str,
}

struct Reader<'a> {
    map: PriceMap<'a>,
    provider: &'a str,
}

impl Reader<'_> {
    fn entry(&mut self, key: &str, entry: &Members<'_>) {
        // Prices per search, and per minute, that the map writes as if they were per token.
        if key.contains("rerank") || key.starts_with("whisper") {
            return;
        }
        let plain =
            Context { tier: ServiceTier::Standard, length: ContextTier::ANY, regions: "default" };
        for (member, value) in entry.iter() {
            match member {
                "custom_pricing" => self.custom(key, value),
                "pricing_config" if entry.get("custom_pricing").is_some() => {}
                // Models without a price.
                "pricing_config" if value.get() == "null" => {}
                "pricing_config" => self.config(key, &[key, member], value, plain),
                _ => self.unknown(&[key, member]),
            }
        }
    }

    fn custom(&mut self, key: &str, value: &RawValue) {
        const CUSTOM: &str = "custom_pricing";
        let custom = Members::of(value).unwrap_or_default();
        for (member, _) in custom.iter() {
            // The names of lengths say the same again.
            if !matches!(member, "regions" | "context_tier_map") {
                self.unknown(&[key, CUSTOM, member]);
            }
        }
        for (regions, value) in custom.object("regions").unwrap_or_default().iter() {
            let place = [key, CUSTOM, "regions", regions];
            for (member, value) in Members::of(value).unwrap_or_default().iter() {
                let place = [&place[..], &[member]].concat();
                if member != "execution_modes" {
                    self.unknown(&place);
                    continue;
                }
                for (mode, value) in Members::of(value).unwrap_or_default().iter() {
                    let place = [&place[..], &[mode]].concat();
                    match TIERS.iter().find(|(name, _)| *name == mode) {
                        Some((_, tier)) => {
                            let context =
                                Context { tier: *tier, length: ContextTier::ANY, regions };
                            self.mode(key, &place, value, context);
                        }
                        None => self.unknown(&place),
                    }
                }
            }
        }
    }

    fn mode(&mut self, key: &str, place: &[&str], value: &RawValue, context: Context<'_>) {
        for (member, value) in Members::of(value).unwrap_or_default().iter() {
            let place = [place, &[member]].concat();
            match member {
                "pricing_config" => self.config(key, &place, value, context),
                "context_tiers" => {
                    for (name, value) in Members::of(value).unwrap_or_default().iter() {
                        let place = [&place[..], &[name]].concat();
                        let config = Members::of(value).and_then(|tier| tier.get("pricing_config"));
                        if let (Some(length), Some(config)) = (length(name), config) {
                            let place = [&place[..], &["pricing_config"]].concat();
                            self.config(key, &place, config, Context { length, ..context });
                        } else {
                            self.unknown(&place);
                        }
                    }
                }
                _ => self.unknown(&place),
            }
        }
    }

    fn config(&mut self, key: &str, place: &[&str], value: &RawValue, context: Context<'_>) {
        let members = Members::of(value).unwrap_or_default();
        // The maps are in US cents where they say nothing.
        if members.text("currency").is_some_and(|currency| currency != "USD") {
            self.map.issue(&pointer(place), "another currency", key);
            return;
        }
        for (member, value) in members.iter() {
            let place = [place, &[member]].concat();
            match member {
                "pay_as_you_go" => self.amounts(key, &place, value, context),
                "batch_config" => {
                    let context = Context { tier: ServiceTier::Batch, ..context };
                    self.amounts(key, &place, value, context);
                }
                "finetune_config" => self.fine_tuning(key, &place, value, context),
                // The other is how a bill is added up.
                "currency" | "calculate" => {}
                _ => self.unknown(&place),
            }
        }
    }

    fn amounts(&mut self, key: &str, place: &[&str], value: &RawValue, context: Context<'_>) {
        for (member, value) in Members::of(value).unwrap_or_default().iter() {
            let place = [place, &[member]].concat();
            match member {
                "additional_units" => self.additional(key, &place, value, context),
                // By quality and size.
                "image" => {}
                // Per minute, which the map writes as if it were per token.
                "request_audio_token" if key.contains("transcribe") => {}
                _ => self.amount(key, &place, (member, value), context),
            }
        }
    }

    fn additional(&mut self, key: &str, place: &[&str], value: &RawValue, context: Context<'_>) {
        for (member, value) in Members::of(value).unwrap_or_default().iter() {
            let place = [place, &[member]].concat();
            if member == "cache_write_1h" {
                self.amount(key, &place, (member, value), context);
            } else if !IGNORED_UNITS.iter().any(|start| member.starts_with(start)) {
                self.unknown(&place);
            }
        }
    }

    fn fine_tuning(&mut self, key: &str, place: &[&str], value: &RawValue, context: Context<'_>) {
        for (member, value) in Members::of(value).unwrap_or_default().iter() {
            let place = [place, &[member]].concat();
            match member {
                "pay_per_token" => {
                    self.price(key, &place, tokens(Meter::FineTuning), (member, value), context);
                }
                // Hours of a machine of unstated kind.
                "pay_per_hour" => {}
                _ => self.unknown(&place),
            }
        }
    }

    fn amount(
        &mut self,
        key: &str,
        place: &[&str],
        (member, value): (&str, &RawValue),
        context: Context<'_>,
    ) {
        match USES.iter().find(|(name, _)| *name == member) {
            Some((_, of)) => {
                self.price(key, place, use_of_input(*of, key), (member, value), context);
            }
            None => self.unknown(place),
        }
    }

    fn price(
        &mut self,
        key: &str,
        place: &[&str],
        of: Use,
        (member, value): (&str, &RawValue),
        context: Context<'_>,
    ) {
        let locator = pointer(&[place, &["price"]].concat());
        let amount = Members::of(value).and_then(|amount| amount.get("price"));
        let (Some(amount), Some(seller)) = (amount, Seller::of(key, Some(self.provider))) else {
            self.unknown(place);
            return;
        };
        let row = self.map.price(&seller.model(key), of, (amount, member), &locator);
        let Some(mut row) = row else { return };
        row.service_tier = context.tier.into();
        row.context_tier = context.length.into();
        for region in context.regions.split(',') {
            if region != "default" {
                region.clone_into(&mut row.region);
            }
            self.map.add(row.clone(), locator.clone());
        }
    }

    fn unknown(&mut self, place: &[&str]) {
        self.map.unknown(&pointer(place), place.last().unwrap_or(&""));
    }
}

/// `lte-272k`, `gt-272k`.
fn length(name: &str) -> Option<ContextTier> {
    let tokens = |text: &str| text.strip_suffix('k')?.parse::<u64>().ok()?.checked_mul(1000);
    match name.split_once('-')? {
        ("lte", bound) => tokens(bound).map(ContextTier::up_to),
        ("gt", bound) => tokens(bound).map(ContextTier::over),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;
    use crate::price_map::{prices_of, read_text};

    fn capture(provider: &str) -> Option<Extract> {
        let file = format!("pricing/price-map/portkey-{provider}-2026-08-21.json");
        Some(of_capture("portkey_prices", &file)?.unwrap())
    }

    #[test]
    fn quirk_1_amounts_are_us_cents_per_token() {
        let extract = read_text(
            &PortkeyPrices,
            r#"{"claude-3-haiku-20240307": {"pricing_config": {"pay_as_you_go": {
                "request_token": {"price": 0.000025}, "response_token": {"price": 0.000125}}}}}"#,
        )
        .unwrap();
        assert_eq!(
            prices_of(&extract, "anthropic", "claude-3-haiku-20240307"),
            ["input any standard any any 0.25", "output any standard any any 1.25"]
        );
        let Some(openai) = capture("openai") else { return };
        // 0.00025 cents per token.
        let found = prices_of(&openai, "openai", "gpt-4o-2024-08-06");
        assert!(found.contains(&"input any standard any any 2.5".to_owned()), "{found:?}");
    }

    #[test]
    fn trap_18_tiers_lengths_and_regions_are_contexts() {
        let Some(extract) = capture("openai") else { return };
        let mut found = prices_of(&extract, "openai", "gpt-5-6-sol");
        found.retain(|line| {
            line.starts_with("output") && (line.contains(" any 3") || line.contains(" eu "))
        });
        assert_eq!(
            found,
            [
                "output any batch input<=272000 eu 16.5",
                "output any batch input>272000 eu 24.75",
                "output any flex input<=272000 eu 16.5",
                "output any flex input>272000 eu 24.75",
                "output any priority input<=272000 eu 66",
                "output any standard input<=272000 any 30",
                "output any standard input<=272000 eu 33",
                "output any standard input>272000 eu 49.5",
            ]
        );
    }

    #[test]
    fn quirk_7_what_a_bad_tracker_shifted_is_right_here() {
        let Some(extract) = capture("openai") else { return };
        let found = prices_of(&extract, "openai", "gpt-5-6-sol");
        for (meter, price) in
            [("input", "5"), ("cached_input", "0.5"), ("cache_write", "6.25"), ("output", "30")]
        {
            let line = format!("{meter} any standard input<=272000 any {price}");
            assert!(found.contains(&line), "{line}");
        }
    }

    #[test]
    fn prices_without_contexts_are_left_where_there_are_some_with() {
        let Some(extract) = capture("openai") else { return };
        // `pricing_config` still has 3 and 12 dollars for it.
        let mut found = prices_of(&extract, "openai", "o1-mini-2024-09-12");
        found.retain(|line| line.contains("standard"));
        assert_eq!(
            found,
            [
                "cached_input any standard any any 0.55",
                "input any standard any any 1.1",
                "output any standard any any 4.4",
            ]
        );
    }

    #[test]
    fn what_is_not_known_is_reported_and_a_map_without_prices_refused() {
        let extract = read_text(
            &PortkeyPrices,
            r#"{"claude-x": {"pricing_config": {"pay_as_you_go": {
                "request_token": {"price": 0.0003}, "request_dream": {"price": 1}}}}}"#,
        )
        .unwrap();
        assert_eq!(extract.rows.model_price.len(), 1);
        assert_eq!(
            extract.issues[0].locator,
            "/claude-x/pricing_config/pay_as_you_go/request_dream"
        );
        let yuan = r#"{"a": {"pricing_config": {"currency": "CNY", "pay_as_you_go": {
            "request_token": {"price": 0.0003}}}}}"#;
        for body in ["{}", "[]", r#"{"default": {"pricing_config": {}}}"#, yuan] {
            assert!(read_text(&PortkeyPrices, body).is_err(), "{body}");
        }
    }
}
