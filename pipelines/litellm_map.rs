//! The format of `LiteLLM`'s map of prices, which others have copied: an object with an entry for each model
//! of each provider, and in it amounts in USD per token (per character, per second) under names that say
//! what for: `input_cost_per_token_above_200k_tokens_priority`.

use burnrate_model::{Extract, Listing, RawDocument, ShapeError};
use burnrate_price::{ContextTier, Meter, Modality, PriceUnit, Scale, ServiceTier};
use serde_json::value::RawValue;

use crate::price_map::{Members, Model, PriceMap, Use, pointer};
use crate::seller::Seller;

/// Entries that describe the format, not a model.
const NOT_MODELS: [&str; 2] = ["sample_spec", "fallback_generalizations"];

/// Prices of Together AI by size of the model, whichever it is.
const CLASS_OF_SIZES: &str = "together-ai-";

/// Entries whose amounts the map writes per thousand tokens as if they were per token, each with one of
/// them: corrected, they are read.
const MISTAKEN: [(&str, &str, &str); 2] = [
    ("azure_ai/jais-30b-chat", "output_cost_per_token", "0.00971"),
    ("watsonx/core42/jais-13b-chat", "output_cost_per_token", "0.002"),
];

const fn tokens(meter: Meter) -> Use {
    Use::tokens(meter, Scale::PerOne)
}

const fn characters(meter: Meter) -> Use {
    Use {
        meter,
        modality: Modality::Text,
        unit: PriceUnit::MillionCharacters,
        scale: Scale::PerOne,
    }
}

/// The price of what a model writes; reasoning is a row only where it has another.
const OUTPUT: &str = "output_cost_per_token";

/// Names of amounts, without what says for which length or tier.
const USES: [(&str, Use); 18] = [
    ("input_cost_per_token", tokens(Meter::Input)),
    ("input_cost_per_token_cache_hit", tokens(Meter::CachedInput)),
    ("cache_read_input_token_cost", tokens(Meter::CachedInput)),
    ("cache_creation_input_token_cost", tokens(Meter::CacheWrite)),
    ("cache_creation_input_token_cost_above_1hr", tokens(Meter::CacheWrite1h)),
    ("cache_creation_input_token_cost_above_12hr", tokens(Meter::CacheWrite12h)),
    ("output_cost_per_token", tokens(Meter::Output)),
    ("output_cost_per_reasoning_token", tokens(Meter::OutputReasoning)),
    ("input_cost_per_audio_token", tokens(Meter::Input).of(Modality::Audio)),
    ("cache_read_input_audio_token_cost", tokens(Meter::CachedInput).of(Modality::Audio)),
    ("cache_creation_input_audio_token_cost", tokens(Meter::CacheWrite).of(Modality::Audio)),
    ("output_cost_per_audio_token", tokens(Meter::Output).of(Modality::Audio)),
    ("input_cost_per_image_token", tokens(Meter::Input).of(Modality::Image)),
    ("cache_read_input_image_token_cost", tokens(Meter::CachedInput).of(Modality::Image)),
    ("output_cost_per_image_token", tokens(Meter::Output).of(Modality::Image)),
    ("input_cost_per_video_token", tokens(Meter::Input).of(Modality::Video)),
    ("output_cost_per_video_token", tokens(Meter::Output).of(Modality::Video)),
    ("input_cost_per_character", characters(Meter::Input)),
];

/// What a model writes, where that is counted in characters.
const OUTPUT_CHARACTERS: (&str, Use) = ("output_cost_per_character", characters(Meter::Output));

/// Sound read by a model for transcription.
const TRANSCRIPTION: Use = Use {
    meter: Meter::Transcription,
    modality: Modality::Audio,
    unit: PriceUnit::Second,
    scale: Scale::One,
};

const TIERS: [(&str, ServiceTier); 7] = [
    ("", ServiceTier::Standard),
    ("batches", ServiceTier::Batch),
    ("batch_requests", ServiceTier::Batch),
    ("flex", ServiceTier::Flex),
    ("priority", ServiceTier::Priority),
    ("ultrafast", ServiceTier::Ultrafast),
    ("balanced", ServiceTier::Balanced),
];

/// Beginnings of names of amounts that are not read: what they are for depends on sizes, qualities,
/// lengths and bundles that the map gives no fixed form (pictures, films, sound, pages, searches, tools),
/// or they are other units of a price that stands beside them (Databricks' own).
const IGNORED: [&str; 28] = [
    "annotation_cost_per_page",
    "citation_cost_per_token",
    "code_interpreter_cost_per_session",
    "computer_use_",
    "cost_per_image",
    "cost_per_second",
    "explicit_cache_read_input_token_cost",
    "file_search_cost_per_",
    "google_maps_grounding_cost_per_query",
    "guardrail_cost_per_unit",
    "input_cost_per_audio_per_second",
    "input_cost_per_image",
    "input_cost_per_pixel",
    "input_cost_per_query",
    "input_cost_per_request",
    "input_cost_per_second",
    "input_cost_per_text_message",
    "input_cost_per_video_per_second",
    "input_dbu_cost_per_token",
    "ocr_cost_per_",
    "output_cost_per_audio_per_second",
    "output_cost_per_image",
    "output_cost_per_pixel",
    "output_cost_per_second",
    "output_cost_per_video_per_second",
    "output_db",
    "search_context_cost_per_query",
    "vector_store_cost_per_gb_per_day",
];

/// What the name of a member says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    /// An amount, for input longer than so many tokens.
    Amount(Amount),
    /// No price, or one that is not read.
    Ignored,
    /// It may be a price, and is not known.
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Amount {
    of: Use,
    over: Option<u64>,
    tier: ServiceTier,
}

fn name(member: &str) -> Name {
    // Others say what a model can do, or are factors on amounts that are not spelt out: the surcharge of a
    // region (`regional_processing_uplift_multiplier_eu`, `provider_specific_entry`).
    if !member.contains("cost") && !member.contains("pric") {
        return Name::Ignored;
    }
    let uses = USES.iter().chain([&OUTPUT_CHARACTERS]);
    let found = uses.filter_map(|(base, of)| {
        let rest = member.strip_prefix(base)?;
        (rest.is_empty() || rest.starts_with('_')).then_some((rest.trim_start_matches('_'), *of))
    });
    if let Some((context, of)) = found.min_by_key(|(rest, _)| rest.len()) {
        // Answers that are one of a few words, at a price of their own.
        if context.ends_with("decisions") {
            return Name::Ignored;
        }
        return match context_of(context) {
            Some((over, tier)) => Name::Amount(Amount { of, over, tier }),
            None => Name::Unknown,
        };
    }
    if IGNORED.iter().any(|start| member.starts_with(start)) {
        Name::Ignored
    } else {
        Name::Unknown
    }
}

/// `above_200k_tokens_priority`, or either half, or nothing.
fn context_of(context: &str) -> Option<(Option<u64>, ServiceTier)> {
    let (over, tier) = match context.strip_prefix("above_") {
        Some(rest) => {
            let (thousands, tier) = rest.split_once("k_tokens")?;
            (Some(thousands.parse::<u64>().ok()?.checked_mul(1000)?), tier.trim_start_matches('_'))
        }
        None => (None, context),
    };
    let (_, tier) = TIERS.iter().find(|(name, _)| *name == tier)?;
    Some((over, *tier))
}

/// Reads a map into rows, as a list that was observed at the time that `listing` says.
///
/// # Errors
/// Where the document is no such map.
pub(crate) fn read(
    document: &RawDocument,
    listing: Listing,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    let mut entries = Members::of_document(&document.body)?;
    entries.sort();
    let known_on = listing.observed_on();
    out.listing = Some(listing);
    let mut reader = Reader { map: PriceMap::new(out, known_on) };
    for (key, value) in entries.iter() {
        // A path without a name is of whichever model it begins: prices by size, as Together AI's.
        let is_model = !NOT_MODELS.contains(&key) && !key.ends_with('/');
        if !is_model || key.starts_with(CLASS_OF_SIZES) {
            continue;
        }
        let entry = Members::of(value)
            .ok_or_else(|| ShapeError::new(pointer(&[key]), "an object", value.get()))?;
        reader.entry(key, &entry);
        reader.map.end_entry();
    }
    reader.map.finish()
}

struct Reader<'a> {
    map: PriceMap<'a>,
}

impl Reader<'_> {
    fn entry(&mut self, key: &str, entry: &Members<'_>) {
        let stated = entry.text("litellm_provider");
        let mode = entry.text("mode").unwrap_or_default();
        // Capacity paid for by the second whether used or not: input and output repeat one price.
        if key.contains("-commitment/") {
            return;
        }
        let is_mistaken = |&(mistaken, member, amount): &(&str, &str, &str)| {
            key == mistaken && entry.get(member).map(RawValue::get) == Some(amount)
        };
        if MISTAKEN.iter().any(is_mistaken) {
            return;
        }
        let Some(seller) = Seller::of(key, stated.as_deref()) else {
            self.map.issue(&pointer(&[key]), "no provider", key);
            return;
        };
        // Fireworks' picture models are priced by the step, which the map writes as if it were a token.
        if seller.provider == "fireworks_ai" && mode.starts_with("image_") {
            return;
        }
        let model = seller.model(key);
        let tiered = self.tiered(key, &model, entry);
        self.off_peak(key, &model, entry);
        let named: Vec<_> =
            entry.iter().map(|(member, value)| (member, value, name(member))).collect();
        let amounts = || {
            named.iter().filter_map(|(member, value, name)| match *name {
                Name::Amount(amount) => Some((*member, *value, amount)),
                Name::Ignored | Name::Unknown => None,
            })
        };
        for (member, value, amount) in amounts() {
            if amount.tier == ServiceTier::Standard && tiered.contains(&amount.of) {
                continue; // the same again, or the first tier
            }
            if amount.of.meter == Meter::OutputReasoning && entry.are_alike(member, OUTPUT) {
                continue;
            }
            let same = amounts()
                .filter(|(_, _, other)| other.of == amount.of && other.tier == amount.tier);
            let bounds = same.filter_map(|(_, _, other)| other.over);
            let context = ContextTier {
                input_over: amount.over,
                input_up_to: bounds.filter(|bound| Some(*bound) > amount.over).min(),
                ..ContextTier::ANY
            };
            self.amount(
                &model,
                for_mode(amount.of, &mode),
                (value, member),
                &[key, member],
                |row| {
                    row.service_tier = amount.tier.into();
                    row.context_tier = context.into();
                },
            );
        }
        if mode == "audio_transcription"
            && let Some(value) = entry.get("input_cost_per_second")
        {
            let member = "input_cost_per_second";
            self.amount(&model, TRANSCRIPTION, (value, member), &[key, member], |_| {});
        }
        for (member, _, name) in named {
            if name == Name::Unknown && !matches!(member, "tiered_pricing" | "off_peak_pricing") {
                self.map.unknown(&pointer(&[key, member]), member);
            }
        }
    }

    fn amount(
        &mut self,
        model: &Model<'_>,
        of: Use,
        amount: (&RawValue, &str),
        path: &[&str],
        with_context: impl FnOnce(&mut burnrate_model::generated::ModelPrice),
    ) {
        let locator = pointer(path);
        let is_free = path.first().is_some_and(|key| key.ends_with(":free"));
        let row = if is_free && amount.0.get().trim_matches('"').parse() == Ok(0.0) {
            self.map.price_or_zero(model, of, amount, &locator)
        } else {
            self.map.price(model, of, amount, &locator)
        };
        if let Some(mut row) = row {
            with_context(&mut row);
            if is_free {
                row.service_tier = ServiceTier::Free.into();
            }
            self.map.add(row, locator);
        }
    }

    /// `tiered_pricing`: amounts by length of the input, `[from, to)`. Says what it has prices of.
    fn tiered(&mut self, key: &str, model: &Model<'_>, entry: &Members<'_>) -> Vec<Use> {
        const MEMBER: &str = "tiered_pricing";
        let mut found = Vec::new();
        let tiers = entry.array(MEMBER).unwrap_or_default();
        for (number, tier) in tiers.iter().enumerate() {
            let place = number.to_string();
            let Some(members) = Members::of(tier) else {
                self.map.issue(&pointer(&[key, MEMBER, &place]), "not a tier", tier.get());
                continue;
            };
            // Searches by number of results.
            if members.get("max_results_range").is_some() {
                continue;
            }
            let Some((from, to)) = range(&members) else {
                self.map.issue(&pointer(&[key, MEMBER, &place]), "no range of tokens", tier.get());
                continue;
            };
            let context = ContextTier {
                input_over: (from > 0).then_some(from),
                // The end of the last tier is the longest input that the model takes.
                input_up_to: (number + 1 < tiers.len()).then_some(to),
                ..ContextTier::ANY
            };
            for (member, value) in members.iter() {
                match name(member) {
                    Name::Amount(Amount { of, .. })
                        if of.meter == Meter::OutputReasoning
                            && members.are_alike(member, OUTPUT) => {}
                    Name::Amount(Amount { of, over: None, tier: ServiceTier::Standard }) => {
                        found.push(of);
                        let path = [key, MEMBER, &place, member];
                        self.amount(model, of, (value, member), &path, |row| {
                            row.context_tier = context.into();
                        });
                    }
                    Name::Ignored if member == "range" => {}
                    Name::Amount(_) | Name::Ignored | Name::Unknown => {
                        self.map.unknown(&pointer(&[key, member]), member);
                    }
                }
            }
        }
        found
    }

    /// `off_peak_pricing`: amounts that hold in windows of hours.
    fn off_peak(&mut self, key: &str, model: &Model<'_>, entry: &Members<'_>) {
        const MEMBER: &str = "off_peak_pricing";
        let Some(members) = entry.object(MEMBER) else { return };
        let windows =
            members.get("windows").map(|value| value.get().split_whitespace().collect::<String>());
        for (member, value) in members.iter() {
            match name(member) {
                Name::Amount(Amount { of, over: None, tier: ServiceTier::Standard }) => {
                    self.amount(model, of, (value, member), &[key, MEMBER, member], |row| {
                        row.service_tier = ServiceTier::OffPeak.into();
                        row.price_note.clone_from(&windows);
                    });
                }
                Name::Ignored if matches!(member, "windows" | "weekday_timezone") => {}
                Name::Amount(_) | Name::Ignored | Name::Unknown => {
                    self.map.unknown(&pointer(&[key, member]), member);
                }
            }
        }
    }
}

/// What input is for depends on the kind of model.
fn for_mode(of: Use, mode: &str) -> Use {
    let meter = match (of.meter, of.unit, mode) {
        (Meter::Input, _, "embedding") => Meter::Embedding,
        (Meter::Input, _, "rerank") => Meter::Rerank,
        (Meter::Input, PriceUnit::MillionCharacters, "audio_speech") => Meter::Speech,
        (meter, _, _) => meter,
    };
    Use { meter, ..of }
}

/// `"range": [0, 32000.0]`.
fn range(tier: &Members<'_>) -> Option<(u64, u64)> {
    let bounds = tier.array("range")?;
    let [from, to] = bounds.as_slice() else { return None };
    let whole = |bound: &RawValue| bound.get().trim_end_matches(".0").parse::<u64>().ok();
    Some((whole(from)?, whole(to)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_amounts_say_meter_length_and_tier() {
        let amount = |of, over, tier| Name::Amount(Amount { of, over, tier });
        let input = tokens(Meter::Input);
        assert_eq!(name("input_cost_per_token"), amount(input, None, ServiceTier::Standard));
        assert_eq!(name("input_cost_per_token_batches"), amount(input, None, ServiceTier::Batch));
        assert_eq!(
            name("input_cost_per_token_above_200k_tokens_priority"),
            amount(input, Some(200_000), ServiceTier::Priority)
        );
        assert_eq!(
            name("cache_creation_input_token_cost_above_1hr_above_272k_tokens_flex"),
            amount(tokens(Meter::CacheWrite1h), Some(272_000), ServiceTier::Flex)
        );
        assert_eq!(
            name("cache_creation_input_token_cost_above_200k_tokens"),
            amount(tokens(Meter::CacheWrite), Some(200_000), ServiceTier::Standard)
        );
        assert_eq!(
            name("input_cost_per_token_cache_hit"),
            amount(tokens(Meter::CachedInput), None, ServiceTier::Standard)
        );
    }

    #[test]
    fn a_name_that_may_be_a_price_and_is_not_known_is_reported() {
        assert_eq!(name("input_cost_per_token_express"), Name::Unknown);
        assert_eq!(name("input_cost_per_hologram"), Name::Unknown);
        assert_eq!(name("weekend_pricing"), Name::Unknown);
        assert_eq!(name("output_cost_per_second_1080p"), Name::Ignored);
        assert_eq!(name("supports_vision"), Name::Ignored);
    }
}
