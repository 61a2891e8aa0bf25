//! Who sells and who made the models of a map, and where they are served, from the keys of its entries.

use crate::price_map::{Model, maker, maker_at, maker_by_organisation, provider};

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

impl Seller {
    /// `None` where neither the map nor the key says who sells it.
    pub(crate) fn of(key: &str, stated: Option<&str>) -> Option<Self> {
        let (path, last) = key.rsplit_once('/').unwrap_or(("", key));
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
        let organisation = path.rsplit('/').next().unwrap_or_default();
        let vendor = vendor
            .or_else(|| maker(name))
            .or_else(|| maker_by_organisation(organisation))
            .unwrap_or_else(|| maker_at(&provider));
        Some(Self {
            vendor: vendor.to_owned(),
            region: region.unwrap_or("any").to_owned(),
            name: name.to_owned(),
            provider,
        })
    }

    pub(crate) fn model<'a>(&'a self, key: &'a str) -> Model<'a> {
        let Self { provider, vendor, region, name } = self;
        Model { provider, vendor, name, written: key, region }
    }
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
        // Google's models stood without a host where Vertex sells them.
        (Some("google"), _) => Some("vertex_ai"),
        (Some(maker), _) => Some(maker),
        (None, Some((organisation, _))) if maker_by_organisation(organisation).is_some() => {
            Some("bedrock")
        }
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

/// Bedrock numbers how it wraps a snapshot or a version of Claude (`claude-opus-4-20250514-v1:0`,
/// `claude-opus-4-6-v1`): what it wraps is the model. `claude-v2:1` is Claude 2.1, and no wrapping.
fn without_wrapping(name: &str) -> &str {
    let Some((model, version)) = name.rsplit_once("-v") else { return name };
    let is_version = version.bytes().all(|b| b.is_ascii_digit() || b == b':');
    let is_numbered = |text: &str| text.bytes().any(|b| b.is_ascii_digit());
    let last = model.rsplit('-').next().unwrap_or_default();
    let is_dated = last.len() == 8 && last.bytes().all(|b| b.is_ascii_digit());
    let is_wrapped = is_dated || (model.starts_with("claude-") && is_numbered(model));
    if is_version && is_wrapped { model } else { name }
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
            ["openrouter", "openrouter", "any", "mythomax-l2-13b"]
        );
    }

    #[test]
    fn entries_that_name_no_provider_say_it_by_their_key() {
        assert_eq!(seller("gpt-4", None)[0], "openai");
        assert_eq!(seller("chat-bison", None)[0], "vertex_ai");
        assert_eq!(seller("anthropic.claude-v2", None)[..2], ["bedrock", "anthropic"]);
        assert_eq!(seller("hd/1024-x-1024/dall-e-3", None)[0], "openai");
        assert_eq!(Seller::of("mystery-7b", None), None);
    }
}
