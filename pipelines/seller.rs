//! Who sells and who made the models of a map, and where they are served, from the keys of its entries.

use crate::makers::{maker, maker_at, maker_by_organisation, organisation, without_organisation};
use crate::price_map::{Model, provider};

/// What the key of an entry says: `azure/eu/gpt-4o-2024-08-06`, `us.anthropic.claude-opus-4-20250514-v1:0`,
/// `openrouter/openai/gpt-4o`, `gpt-4o`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Seller {
    pub(crate) provider: String,
    pub(crate) vendor: String,
    pub(crate) region: String,
    pub(crate) name: String,
}

/// Places before a model's name at Azure and Bedrock.
const REGIONS: [&str; 15] = [
    "af",
    "ap",
    "apac",
    "au",
    "ca",
    "eu",
    "global",
    "global-standard",
    "in",
    "jp",
    "me",
    "regional",
    "sa",
    "us",
    "us-gov",
];

/// What stands first in keys of entries that name no provider, as none did before 2024.
const HOSTS: [&str; 15] = [
    "anyscale",
    "azure",
    "bedrock",
    "cloudflare",
    "deepinfra",
    "gemini",
    "mistral",
    "ollama",
    "openrouter",
    "palm",
    "perplexity",
    "replicate",
    "sagemaker",
    "together_ai",
    "voyage",
];

/// Last parts of keys that are no model: how it is offered, or asked.
const NO_MODELS: [&str; 2] = ["community", "query"];

/// What may stand before a model's name and is no organisation: words of the host's own paths.
const NO_ORGANISATIONS: [&str; 7] =
    ["accounts", "decision-models", "models", "routers", "speech", "streaming", "workers-ai"];

impl Seller {
    /// `None` where neither the map nor the key says who sells it.
    pub(crate) fn of(key: &str, stated: Option<&str>) -> Option<Self> {
        let (path, last) = path_and_name(key);
        let provider = match stated {
            Some(stated) => provider(stated),
            None => provider_of_key(key)?,
        };
        let is_bedrock = provider.starts_with("bedrock");
        let mut region = path
            .split('/')
            .find(|part| is_aws_region(part) || (provider == "azure" && REGIONS.contains(part)));
        let mut name = last;
        if let Some((prefix, rest)) = name.split_once('.')
            && is_bedrock
            && REGIONS.contains(&prefix)
        {
            region = region.or(Some(prefix));
            name = rest;
        }
        let mut vendor = None;
        if let Some((organisation, rest)) = name.split_once('.')
            && let Some(maker) = maker_by_organisation(organisation)
        {
            (vendor, name) = (Some(maker), rest);
        }
        if is_bedrock {
            name = without_wrapping(name);
        }
        if provider == "databricks" {
            name = name.trim_start_matches("databricks-");
        }
        name = name.strip_suffix(":free").unwrap_or(name);
        let written = name;
        name = without_organisation(name);
        let vendor = vendor.or_else(|| maker(written)).or_else(|| maker(name)).map(str::to_owned);
        let vendor = vendor
            .or_else(|| organisation_of(path, &provider))
            .unwrap_or_else(|| maker_at(&provider).to_owned());
        Some(Self {
            name: in_full(name, &vendor),
            vendor,
            region: region.unwrap_or("any").to_owned(),
            provider,
        })
    }

    pub(crate) fn model<'a>(&'a self, key: &'a str) -> Model<'a> {
        let Self { provider, vendor, region, name } = self;
        Model { provider, vendor, name, written: key, region }
    }
}

/// A key in two: what stands before a model's name, and that.
fn path_and_name(key: &str) -> (&str, &str) {
    let (path, last) = key.rsplit_once('/').unwrap_or(("", key));
    if NO_MODELS.contains(&last) {
        path.rsplit_once('/').unwrap_or(("", path))
    } else {
        (path, last)
    }
}

/// The maker that the last part of a path is, where it is not the host itself or a word of the host's.
fn organisation_of(path: &str, seller: &str) -> Option<String> {
    let last = path.rsplit('/').next()?.trim_start_matches('~');
    if let Some(maker) = maker_by_organisation(last) {
        return Some(maker.to_owned());
    }
    let is_place = is_aws_region(last) || REGIONS.contains(&last) || last.contains("-x-");
    let is_word = last.is_empty() || NO_ORGANISATIONS.contains(&last) || HOSTS.contains(&last);
    (!is_place && !is_word && provider(last) != seller).then(|| organisation(last))
}

/// `DeepSeek`'s models at Bedrock are named by their version alone (`deepseek.r1`), or by the version that
/// the next one is of: `deepseek.v3` is V3.1. Models of `OpenAI`'s that were tuned have that behind them at
/// Azure (`gpt-4o.ft`), and before them elsewhere.
fn in_full(name: &str, vendor: &str) -> String {
    if let Some(tuned) = name.trim_end_matches('-').strip_suffix(".ft") {
        return format!("ft:{tuned}");
    }
    match (vendor, name) {
        ("deepseek", "v3") => "deepseek-v3.1".to_owned(),
        ("deepseek", name) if is_version(name) => format!("deepseek-{name}"),
        _ => name.to_owned(),
    }
}

/// `v3.2`, `r1`.
fn is_version(name: &str) -> bool {
    let number = name.strip_prefix(['r', 'v']);
    number.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
}

/// The seller of an entry that names none.
fn provider_of_key(key: &str) -> Option<String> {
    let (first, last) = (key.split('/').next()?, key.rsplit('/').next()?);
    if HOSTS.contains(&first) {
        return Some(provider(first));
    }
    let by_word =
        |(start, provider): (&str, &'static str)| last.starts_with(start).then_some(provider);
    let seller = match (maker(last), last.split_once('.')) {
        // Before the names of models that say it too: `cohere.command-text-v14`.
        (_, Some((organisation, _))) if maker_by_organisation(organisation).is_some() => {
            Some("bedrock")
        }
        // Google's models stood without a host where Vertex sells them.
        (Some("google"), _) => Some("vertex_ai"),
        (Some(maker), _) => Some(maker),
        (None, _) => [
            ("ada", "openai"),
            ("babbage", "openai"),
            ("curie", "openai"),
            ("davinci", "openai"),
            ("command", "cohere"),
            ("j2-", "ai21"),
            ("luminous-", "aleph_alpha"),
            ("dolphin", "nlp_cloud"),
            ("chatdolphin", "nlp_cloud"),
        ]
        .into_iter()
        .find_map(by_word),
    };
    seller.map(str::to_owned)
}

/// `us-east-1`, `us-gov-west-1`.
fn is_aws_region(part: &str) -> bool {
    let mut words = part.split('-');
    let is_area = words.next().is_some_and(|area| area.len() == 2);
    let number =
        words.next_back().is_some_and(|number| number.len() == 1 && number.parse::<u8>().is_ok());
    is_area && number && words.next().is_some()
}

/// Bedrock numbers how it wraps a snapshot or a version of a model (`claude-opus-4-20250514-v1:0`,
/// `claude-opus-4-6-v1`, `llama3-1-70b-instruct-v1:0`, `gpt-oss-120b-1:0`): what it wraps is the model.
/// `claude-v2:1` is Claude 2.1, `mistral-7b-instruct-v0:2` is version 0.2 and `nova-pro-v1:0` is what Amazon
/// itself calls `nova-pro-v1`: there the version is the model's.
fn without_wrapping(name: &str) -> &str {
    if let Some(model) = unnumbered(name) {
        return model;
    }
    let Some(wrapped) = name.strip_suffix(":0") else { return name };
    if let Some(model) = wrapped.strip_suffix("-1").filter(|model| model.starts_with("gpt-oss-")) {
        return model;
    }
    let is_amazon = ["nova-", "titan-"].iter().any(|start| wrapped.starts_with(start));
    wrapped.strip_suffix("-v1").filter(|_| !is_amazon).unwrap_or(wrapped)
}

/// A snapshot, or a version of Claude, without the number of its wrapping.
fn unnumbered(name: &str) -> Option<&str> {
    let (model, version) = name.rsplit_once("-v")?;
    let is_version = version.bytes().all(|b| b.is_ascii_digit() || b == b':');
    let is_numbered = |text: &str| text.bytes().any(|b| b.is_ascii_digit());
    let last = model.rsplit('-').next().unwrap_or_default();
    let is_dated = last.len() == 8 && last.bytes().all(|b| b.is_ascii_digit());
    let is_wrapped = is_dated || (model.starts_with("claude-") && is_numbered(model));
    (is_version && is_wrapped).then_some(model)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seller(key: &str, stated: Option<&str>) -> [String; 4] {
        let Seller { provider, vendor, region, name } = Seller::of(key, stated).unwrap();
        [provider, vendor, region, name]
    }

    #[test]
    fn keys_name_seller_maker_and_region() {
        assert_eq!(
            seller("azure/eu/gpt-4o-2024-08-06", Some("azure")),
            ["azure", "openai", "eu", "gpt-4o-2024-08-06"]
        );
        assert_eq!(
            seller("us.anthropic.claude-opus-4-20250514-v1:0", Some("bedrock_converse")),
            ["bedrock", "anthropic", "us", "claude-opus-4-20250514"]
        );
        assert_eq!(
            seller("bedrock/us-gov-west-1/amazon.titan-text-lite-v1", Some("bedrock")),
            ["bedrock", "amazon", "us-gov-west-1", "titan-text-lite-v1"]
        );
        assert_eq!(
            seller("gemini/learnlm-1.5-pro-experimental", Some("gemini")),
            ["google", "google", "any", "learnlm-1.5-pro-experimental"]
        );
        assert_eq!(
            seller("openrouter/gryphe/mythomax-l2-13b", Some("openrouter")),
            ["openrouter", "gryphe", "any", "mythomax-l2-13b"]
        );
    }

    #[test]
    fn deepseek_at_bedrock_is_named_in_full() {
        for (key, name) in [
            ("bedrock/us-east-1/deepseek.v3.2", "deepseek-v3.2"),
            ("us.deepseek.r1-v1:0", "deepseek-r1"),
            ("deepseek.v3-v1:0", "deepseek-v3.1"),
        ] {
            let [_, vendor, _, found] = seller(key, Some("bedrock"));
            assert_eq!((vendor.as_str(), found.as_str()), ("deepseek", name));
        }
        assert_eq!(seller("deepseek/deepseek-v3.2", Some("deepseek"))[3], "deepseek-v3.2");
    }

    #[test]
    fn tuned_models_have_one_form_of_name() {
        let azure = seller("gpt-4o-mini-2024-07-18.ft", Some("azure"));
        assert_eq!(azure[3], "ft:gpt-4o-mini-2024-07-18");
        assert_eq!(azure[3], seller("ft:gpt-4o-mini-2024-07-18", Some("openai"))[3]);
    }

    #[test]
    fn how_a_model_is_offered_or_asked_is_not_its_name() {
        assert_eq!(
            seller("novita/deepseek/deepseek-r1/community", Some("novita")),
            ["novita", "deepseek", "any", "deepseek-r1"]
        );
        assert_eq!(
            seller("fal_ai/fal-ai/moondream3-preview/query", Some("fal_ai")),
            ["fal_ai", "unknown", "any", "moondream3-preview"]
        );
    }

    #[test]
    fn a_host_is_not_the_maker_of_what_it_sells() {
        let maker = |key, host| seller(key, Some(host))[1].clone();
        assert_eq!(maker("deepinfra/ByteDance/Seed-1.8", "deepinfra"), "bytedance");
        assert_eq!(maker("arcee-ai/trinity-mini", "openrouter"), "arcee_ai");
        assert_eq!(maker("~openai/latest", "openrouter"), "openai");
        assert_eq!(maker("vercel_ai_gateway/perplexity/sonar", "vercel_ai_gateway"), "perplexity");
        assert_eq!(maker("gradient_ai/anthropic-claude-3-opus", "gradient_ai"), "anthropic");
        assert_eq!(maker("azure_ai/FW-GLM-5.1", "azure_ai"), "zhipu");
        assert_eq!(
            maker("fireworks_ai/accounts/fireworks/models/mythomax", "fireworks_ai"),
            "unknown"
        );
        assert_eq!(maker("bedrock/us-east-1/mystery", "bedrock"), "unknown");
        assert_eq!(maker("voyage/voyage-3", "voyage"), "voyage");
    }

    #[test]
    fn the_number_of_bedrocks_wrapping_is_no_part_of_a_name() {
        let name = |key| seller(key, Some("bedrock"))[3].clone();
        for (key, expected) in [
            ("openai.gpt-oss-120b-1:0", "gpt-oss-120b"),
            ("nvidia.nemotron-nano-9b-v2:0", "nemotron-nano-9b-v2"),
            ("amazon.nova-pro-v1:0", "nova-pro-v1"),
            ("meta.llama3-1-70b-instruct-v1:0", "llama3-1-70b-instruct"),
            ("anthropic.claude-3-5-sonnet-20241022-v2:0", "claude-3-5-sonnet-20241022"),
            ("anthropic.claude-v2:1", "claude-v2:1"),
            ("mistral.mistral-7b-instruct-v0:2", "mistral-7b-instruct-v0:2"),
        ] {
            assert_eq!(name(key), expected);
        }
    }

    #[test]
    fn entries_that_name_no_provider_say_it_by_their_key() {
        assert_eq!(seller("gpt-4", None)[0], "openai");
        assert_eq!(seller("chat-bison", None)[0], "vertex_ai");
        assert_eq!(seller("anthropic.claude-v2", None)[..2], ["bedrock", "anthropic"]);
        assert_eq!(seller("cohere.command-text-v14", None)[..2], ["bedrock", "cohere"]);
        assert_eq!(seller("hd/1024-x-1024/dall-e-3", None)[0], "openai");
        assert_eq!(Seller::of("mystery-7b", None), None);
    }
}
