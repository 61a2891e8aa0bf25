//! Who makes models: one name for each maker, whoever lists its models.

use burnrate_price::model_id;

use crate::price_map::provider;

/// Beginnings of normalised model names that only one maker uses.
const BEGINNINGS: [(&str, &str); 149] = [
    ("deepseek-v3-1-nex-", "nex_agi"),
    ("yi-", "01_ai"),
    ("jamba-", "ai21"),
    ("fun-asr", "alibaba"),
    ("qvq", "alibaba"),
    ("qwen", "alibaba"),
    ("qwq", "alibaba"),
    ("text-embedding-v", "alibaba"),
    ("tongyi", "alibaba"),
    ("wan2", "alibaba"),
    ("nova-lite", "amazon"),
    ("nova-micro", "amazon"),
    ("nova-premier", "amazon"),
    ("nova-pro", "amazon"),
    ("titan-", "amazon"),
    ("ling-", "ant"),
    ("ring-", "ant"),
    ("claude", "anthropic"),
    ("bge-", "baai"),
    ("ernie-", "baidu"),
    ("flux", "black_forest_labs"),
    ("dola-", "bytedance"),
    ("doubao-", "bytedance"),
    ("seed-", "bytedance"),
    ("cohere-", "cohere"),
    ("command-a", "cohere"),
    ("command-r", "cohere"),
    ("embed-english", "cohere"),
    ("embed-multilingual", "cohere"),
    ("rerank-english", "cohere"),
    ("dbrx", "databricks"),
    ("deepseek", "deepseek"),
    ("fw-deepseek-", "deepseek"),
    ("fish-speech", "fish_audio"),
    ("chat-bison", "google"),
    ("chirp", "google"),
    ("code-bison", "google"),
    ("code-gecko", "google"),
    ("codechat-bison", "google"),
    ("deep-research-pro-", "google"),
    ("gemini-", "google"),
    ("gemma-", "google"),
    ("gemma2-", "google"),
    ("imagen-", "google"),
    ("learnlm-", "google"),
    ("medlm-", "google"),
    ("multimodalembedding", "google"),
    ("semantic-ranker", "google"),
    ("text-bison", "google"),
    ("text-embedding-00", "google"),
    ("text-embedding-large-exp", "google"),
    ("text-embedding-preview", "google"),
    ("text-multilingual-embedding", "google"),
    ("text-unicorn", "google"),
    ("textembedding-gecko", "google"),
    ("veo-", "google"),
    ("granite-", "ibm"),
    ("mercury", "inception"),
    ("lfm-", "liquid"),
    ("lfm2", "liquid"),
    ("longcat-", "meituan"),
    ("code-llama", "meta"),
    ("codellama-", "meta"),
    ("llama-2-", "meta"),
    ("llama-3-", "meta"),
    ("llama-4-", "meta"),
    ("llama-guard", "meta"),
    ("llama-prompt-guard", "meta"),
    ("llama2-", "meta"),
    ("llama3-", "meta"),
    ("llama4-", "meta"),
    ("meta-llama-", "meta"),
    ("muse-", "meta"),
    ("mai-", "microsoft"),
    ("phi-", "microsoft"),
    ("wizardlm-2-", "microsoft"),
    ("fw-minimax-", "minimax"),
    ("minimax", "minimax"),
    ("codestral", "mistral"),
    ("devstral", "mistral"),
    ("magistral", "mistral"),
    ("ministral", "mistral"),
    ("mistral-7b-instruct", "mistral"),
    ("mistral-embed", "mistral"),
    ("mistral-large", "mistral"),
    ("mistral-medium", "mistral"),
    ("mistral-nemo", "mistral"),
    ("mistral-saba", "mistral"),
    ("mistral-small", "mistral"),
    ("mistral-tiny", "mistral"),
    ("mixtral-8x", "mistral"),
    ("open-mistral", "mistral"),
    ("open-mixtral", "mistral"),
    ("pixtral", "mistral"),
    ("voxtral", "mistral"),
    ("fw-kimi-", "moonshot"),
    ("kimi", "moonshot"),
    ("moonshot", "moonshot"),
    ("hermes-", "nous_research"),
    ("hermes3-", "nous_research"),
    ("nous-", "nous_research"),
    ("babbage-002", "openai"),
    ("chatgpt-", "openai"),
    ("code-davinci", "openai"),
    ("codex-mini", "openai"),
    ("computer-use", "openai"),
    ("dall-e", "openai"),
    ("davinci-002", "openai"),
    ("ft-gpt-", "openai"),
    ("fw-gpt-oss-", "openai"),
    ("gpt-3", "openai"),
    ("gpt-4", "openai"),
    ("gpt-5", "openai"),
    ("gpt-6", "openai"),
    ("gpt-audio", "openai"),
    ("gpt-chat", "openai"),
    ("gpt-image", "openai"),
    ("gpt-live", "openai"),
    ("gpt-oss-", "openai"),
    ("gpt-realtime", "openai"),
    ("gpt-transcribe", "openai"),
    ("o1", "openai"),
    ("o3", "openai"),
    ("o4-mini", "openai"),
    ("text-ada-001", "openai"),
    ("text-babbage-001", "openai"),
    ("text-curie-001", "openai"),
    ("text-davinci", "openai"),
    ("text-embedding-3-", "openai"),
    ("text-embedding-ada-002", "openai"),
    ("tts-1", "openai"),
    ("whisper", "openai"),
    ("r1-1776", "perplexity"),
    ("sonar", "perplexity"),
    ("snowflake-arctic", "snowflake"),
    ("step-", "stepfun"),
    ("step3", "stepfun"),
    ("hunyuan-", "tencent"),
    ("hy-mt", "tencent"),
    ("hy3", "tencent"),
    ("hy4", "tencent"),
    ("inkling", "thinkingmachines"),
    ("v0-1", "vercel"),
    ("grok-", "xai"),
    ("mimo-", "xiaomi"),
    ("autoglm", "zhipu"),
    ("chatglm", "zhipu"),
    ("fw-glm-", "zhipu"),
    ("glm-", "zhipu"),
];

/// What else settles a maker wherever it stands in a normalised name: the name of what was trained further
/// stands before it.
const PARTS: [(&str, &str); 7] = [
    ("-arliai-", "arliai"),
    ("-chimera", "tngtech"),
    ("-lumimaid-", "neversleep"),
    ("-solidity", "alfredpros"),
    ("-typhoon", "scb10x"),
    ("nemotron", "nvidia"),
    ("sonar-", "perplexity"),
];

/// Organisations before the names of models, in lower case, and the makers that they are.
const ORGANISATIONS: [(&str, &str); 54] = [
    ("01-ai", "01_ai"),
    ("zero-one-ai", "01_ai"),
    ("ai21", "ai21"),
    ("alibaba", "alibaba"),
    ("funaudiollm", "alibaba"),
    ("qwen", "alibaba"),
    ("amazon", "amazon"),
    ("inclusionai", "ant"),
    ("anthropic", "anthropic"),
    ("baai", "baai"),
    ("baidu", "baidu"),
    ("bytedance", "bytedance"),
    ("bytedance-research", "bytedance"),
    ("bytedance-seed", "bytedance"),
    ("cohere", "cohere"),
    ("deepseek", "deepseek"),
    ("deepseek-ai", "deepseek"),
    ("google", "google"),
    ("ibm", "ibm"),
    ("ibm-granite", "ibm"),
    ("kuaishou", "kuaishou"),
    ("kwaipilot", "kuaishou"),
    ("luma", "luma"),
    ("meta", "meta"),
    ("meta-llama", "meta"),
    ("meta-models", "meta"),
    ("microsoft", "microsoft"),
    ("minimax", "minimax"),
    ("minimaxai", "minimax"),
    ("mistral", "mistral"),
    ("mistralai", "mistral"),
    ("moonshot", "moonshot"),
    ("moonshotai", "moonshot"),
    ("nex-agi", "nex_agi"),
    ("nousresearch", "nous_research"),
    ("nvidia", "nvidia"),
    ("openai", "openai"),
    ("perplexity", "perplexity"),
    ("sao10k", "sao10k"),
    ("stability", "stability"),
    ("stepfun", "stepfun"),
    ("stepfun-ai", "stepfun"),
    ("tencent", "tencent"),
    ("togethercomputer", "together_ai"),
    ("twelvelabs", "twelvelabs"),
    ("writer", "writer"),
    ("x-ai", "xai"),
    ("xai", "xai"),
    ("xiaomi", "xiaomi"),
    ("xiaomimimo", "xiaomi"),
    ("thudm", "zhipu"),
    ("z-ai", "zhipu"),
    ("zai", "zhipu"),
    ("zai-org", "zhipu"),
];

/// Providers that sell the models of others: what they made themselves, their names do not say.
const HOSTS: [&str; 61] = [
    "aiand",
    "aihubmix",
    "anyscale",
    "azure",
    "azure_ai",
    "azure_cognitive_services",
    "baseten",
    "bedrock",
    "bedrock_mantle",
    "cerebras",
    "chutes",
    "cloudflare",
    "cloudflare_ai_gateway",
    "cloudflare_workers_ai",
    "cortecs",
    "databricks",
    "deepinfra",
    "fal_ai",
    "fireworks_ai",
    "friendli",
    "github_copilot",
    "gradient_ai",
    "groq",
    "helicone",
    "huggingface",
    "huggingface_nebius",
    "huggingface_novita",
    "huggingface_publicai",
    "huggingface_together",
    "hyperbolic",
    "inference",
    "kyma",
    "lambda_ai",
    "libertai",
    "llamagate",
    "nano_gpt",
    "nebius",
    "novita",
    "ollama",
    "opencode",
    "opencode_go",
    "openrouter",
    "ovhcloud",
    "replicate",
    "runwayml",
    "sagemaker",
    "sap_ai_core",
    "scaleway",
    "siliconflow",
    "siliconflow_cn",
    "snowflake",
    "streamlake",
    "together_ai",
    "venice",
    "vercel",
    "vercel_ai_gateway",
    "vertex_ai",
    "wandb",
    "watsonx",
    "zenmux",
    "zerogpu",
];

/// The maker whose name is not known.
const UNKNOWN: &str = "unknown";

/// Who made a model, where the name settles it.
///
/// A model trained further by somebody else carries the name of what it was trained from: of those, the
/// ones that hosts list most are known here.
pub(crate) fn maker(name: &str) -> Option<&'static str> {
    let id = model_id(name);
    let by_part = PARTS.iter().find(|(part, _)| id.contains(part));
    let by_beginning = || BEGINNINGS.iter().find(|(start, _)| id.starts_with(start));
    by_part.or_else(by_beginning).map(|(_, maker)| *maker)
}

/// Who made a model, where its name does not settle it but an organisation's name stands before it.
pub(crate) fn maker_by_organisation(organisation: &str) -> Option<&'static str> {
    let organisation = organisation.to_ascii_lowercase();
    ORGANISATIONS.iter().find(|(name, _)| *name == organisation).map(|(_, maker)| *maker)
}

/// The maker that an organisation is, by the form of name that all makers have.
pub(crate) fn organisation(name: &str) -> String {
    let name = name.to_ascii_lowercase();
    maker_by_organisation(&name).map_or_else(|| provider(&name), str::to_owned)
}

/// Who made a model, by its name or by the organisation before it (`Qwen/Qwen3-8B`); `unknown` where neither
/// settles it.
pub(crate) fn maker_of(name: &str) -> String {
    if let Some(maker) = maker(name) {
        return maker.to_owned();
    }
    let mut path = name.rsplit('/').skip(1);
    path.next().map_or_else(|| UNKNOWN.to_owned(), organisation)
}

/// A name without the organisation that a hyphen joins to it (`zai-org-glm-4.6`, `anthropic--claude-4-opus`),
/// where what is left is known to be the same maker's.
///
/// Not `Meta-Llama-3.1-8B`, which is how Meta itself wrote it.
pub(crate) fn without_organisation(name: &str) -> &str {
    let without = |&(organisation, maker_of_it): &(&str, &str)| {
        let (before, rest) = name.split_at_checked(organisation.len())?;
        let rest = rest.strip_prefix('-')?.trim_start_matches('-');
        let is_joined = before.eq_ignore_ascii_case(organisation) && organisation != "meta";
        (is_joined && maker(rest) == Some(maker_of_it)).then_some(rest)
    };
    ORGANISATIONS.iter().filter_map(without).min_by_key(|rest| rest.len()).unwrap_or(name)
}

/// Who made what a provider sells, where nothing else says so: the provider, by its maker's name, unless it
/// is a host.
pub(crate) fn maker_at(provider: &str) -> &str {
    match provider {
        "alibaba_cn" | "dashscope" => "alibaba",
        "amazon_nova" => "amazon",
        "bailing" => "ant",
        "codestral" => "mistral",
        "meta_llama" => "meta",
        "zai" => "zhipu",
        provider if HOSTS.contains(&provider) => UNKNOWN,
        provider => provider,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_settles_its_maker_or_it_does_not() {
        assert_eq!(maker("gpt-4o-2024-08-06"), Some("openai"));
        assert_eq!(maker("ft:gpt-4o-2024-08-06"), Some("openai"));
        assert_eq!(maker("gpt-j-6b"), None);
        assert_eq!(maker("claude-sonnet-4-5@20250929"), Some("anthropic"));
        assert_eq!(maker("Meta-Llama-3.1-405B-Instruct"), Some("meta"));
        assert_eq!(maker("llama-3.1-nemotron-70b-instruct"), Some("nvidia"));
        assert_eq!(maker("llama-3.1-sonar-large-128k-online"), Some("perplexity"));
        assert_eq!(maker("DeepSeek-V3.1-Nex-N1"), Some("nex_agi"));
        assert_eq!(maker("deepseek-r1t2-chimera"), Some("tngtech"));
        assert_eq!(maker("dolphin-mixtral-8x7b"), None);
        assert_eq!(maker("mistral-7b-openorca"), None);
    }

    #[test]
    fn a_maker_has_one_name_whatever_lists_it() {
        assert_eq!(maker_of("Deepseek-v3.2"), "deepseek");
        for name in ["zai-org/glm-4.7", "THUDM/GLM-4-9B-0414", "glm-5", "z-ai/autoglm"] {
            assert_eq!(maker_of(name), "zhipu");
        }
        assert_eq!(maker_of("inclusionAI/Ling-1T"), organisation("inclusionai"));
        assert_eq!(maker_of("kwaipilot/kat-coder-pro"), "kuaishou");
        assert_eq!(maker_of("arcee-ai/trinity-mini"), "arcee_ai");
        assert_eq!(maker_of("elephant"), "unknown");
    }

    #[test]
    fn an_organisation_joined_by_a_hyphen_is_parted_off() {
        for (joined, name) in [
            ("anthropic--claude-4.5-sonnet", "claude-4.5-sonnet"),
            ("zai-org-glm-4.6", "glm-4.6"),
            ("bytedance-seed-seed-oss-36b-instruct", "seed-oss-36b-instruct"),
            ("meta-llama-meta-llama-3.1-8b-instruct", "meta-llama-3.1-8b-instruct"),
            ("nex-agi-deepseek-v3.1-nex-n1", "deepseek-v3.1-nex-n1"),
            ("mistral-31-24b", "mistral-31-24b"),
            ("deepseek-v3.2", "deepseek-v3.2"),
            ("Meta-Llama-3.1-405B-Instruct", "Meta-Llama-3.1-405B-Instruct"),
        ] {
            assert_eq!(without_organisation(joined), name);
        }
    }

    #[test]
    fn no_beginning_hides_a_longer_one() {
        for (place, (start, maker)) in BEGINNINGS.iter().enumerate() {
            let hidden = BEGINNINGS[place + 1..].iter().find(|(later, _)| later.starts_with(start));
            assert_eq!(hidden, None, "{start} of {maker}");
        }
    }

    #[test]
    fn what_a_host_sells_is_not_what_it_made() {
        assert_eq!(maker_at("openrouter"), "unknown");
        assert_eq!(maker_at("voyage"), "voyage");
    }
}
