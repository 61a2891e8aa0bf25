//! The sources, one folder each, and the metrics, one SQL file each.
//!
//! Everything here is pure: bytes in, rows and issues out.

use std::error::Error;
use std::fmt;
use std::sync::LazyLock;

use burnrate_model::{Source, Spec};

mod ai36kr_items;
mod ainews_digest;
mod aliyun_bailian_pricing;
mod aliyun_hologres_pricing;
mod anthropic_docs_pricing;
mod anthropic_pricing;
mod authored;
mod authored_seats;
mod aws_ec2_history;
mod aws_ec2_prices;
mod aws_p5_daily;
mod azure_retail_prices;
mod azure_vm_history;
mod burnrate_assumptions;
mod burnrate_claims;
mod burnrate_figures;
mod byteplus_pricing;
mod cerebras_pricing;
mod cloud_gpus_table;
mod cohere_pricing;
mod company_key;
mod coreweave_pricing;
mod crusoe_pricing;
mod dated_versions;
mod deepseek_pricing;
mod epoch_ai_companies;
mod gcp_gpu_skus;
mod gcp_machine_prices;
mod genai_prices;
mod github_copilot;
mod globenewswire_feed;
mod google_gemini_pricing;
mod google_vertex_pricing;
mod hosts;
mod huggingface_endpoints;
mod hyperstack_pricing;
mod lambda_pricing;
mod litellm_history;
mod litellm_map;
mod litellm_prices;
mod litellm_versions;
mod llm_prices_history;
mod makers;
pub mod metrics;
mod microsoft_365_copilot;
mod mistral_pricing;
mod model_list;
mod models_dev;
mod moonshot_pricing;
mod nebius_pricing;
mod news;
mod news_articles;
mod newsroom_feeds;
mod novita_pricing;
mod oci_prices;
mod odaily_digest;
mod openai_plans;
mod openai_pricing;
mod openrouter_models;
mod portkey_prices;
mod price_map;
mod prnewswire_feed;
pub mod reference;
mod runpod_gpu_types;
mod runpod_pricing;
mod runpod_serverless_pricing;
mod salesforce_agentforce;
mod sec_companyfacts;
mod sec_current_feed;
mod sec_daily_index;
mod sec_filings;
mod sec_form_d;
mod sec_submissions;
mod seller;
mod sfcompute_pricing;
mod siliconflow_pricing;
mod techcrunch_feed;
mod tencent_pricing;
mod tokencost_history;
mod tokencost_prices;
mod tokencost_versions;
mod tweakers_feed;
mod vast_offers;
mod volcengine_pricing;
mod wired_feed;
mod xai_pricing;
mod zhipu_pricing;

/// Every source, in order of id.
pub const SOURCES: &[&dyn Source] = &[
    &ai36kr_items::Ai36krItems,
    &ainews_digest::AinewsDigest,
    &aliyun_bailian_pricing::AliyunBailianPricing,
    &aliyun_hologres_pricing::AliyunHologresPricing,
    &anthropic_docs_pricing::AnthropicDocsPricing,
    &anthropic_pricing::AnthropicPricing,
    &aws_ec2_history::AwsEc2History,
    &aws_ec2_prices::AwsEc2Prices,
    &aws_p5_daily::AwsP5Daily,
    &azure_retail_prices::AzureRetailPrices,
    &azure_vm_history::AzureVmHistory,
    &burnrate_assumptions::BurnrateAssumptions,
    &burnrate_claims::BurnrateClaims,
    &burnrate_figures::BurnrateFigures,
    &byteplus_pricing::BytePlusPricing,
    &cerebras_pricing::CerebrasPricing,
    &cloud_gpus_table::CloudGpusTable,
    &cohere_pricing::CoherePricing,
    &coreweave_pricing::CoreweavePricing,
    &crusoe_pricing::CrusoePricing,
    &deepseek_pricing::DeepseekPricing,
    &epoch_ai_companies::EpochAiCompanies,
    &gcp_gpu_skus::GcpGpuSkus,
    &gcp_machine_prices::GcpMachinePrices,
    &genai_prices::GenaiPrices,
    &github_copilot::GithubCopilot,
    &globenewswire_feed::GlobenewswireFeed,
    &google_gemini_pricing::GoogleGeminiPricing,
    &google_vertex_pricing::GoogleVertexPricing,
    &huggingface_endpoints::HuggingfaceEndpoints,
    &hyperstack_pricing::HyperstackPricing,
    &lambda_pricing::LambdaPricing,
    &litellm_history::LitellmHistory,
    &litellm_prices::LitellmPrices,
    &litellm_versions::LitellmVersions,
    &llm_prices_history::LlmPricesHistory,
    &microsoft_365_copilot::Microsoft365Copilot,
    &mistral_pricing::MistralPricing,
    &models_dev::ModelsDev,
    &moonshot_pricing::MoonshotPricing,
    &nebius_pricing::NebiusPricing,
    &news_articles::NewsArticles,
    &newsroom_feeds::NewsroomFeeds,
    &novita_pricing::NovitaPricing,
    &oci_prices::OciPrices,
    &odaily_digest::OdailyDigest,
    &openai_plans::OpenaiPlans,
    &openai_pricing::OpenaiPricing,
    &openrouter_models::OpenrouterModels,
    &portkey_prices::PortkeyPrices,
    &prnewswire_feed::PrnewswireFeed,
    &runpod_gpu_types::RunpodGpuTypes,
    &runpod_pricing::RunpodPricing,
    &runpod_serverless_pricing::RunpodServerlessPricing,
    &salesforce_agentforce::SalesforceAgentforce,
    &sec_companyfacts::SecCompanyfacts,
    &sec_current_feed::SecCurrentFeed,
    &sec_daily_index::SecDailyIndex,
    &sec_filings::SecFilings,
    &sec_form_d::SecFormD,
    &sec_submissions::SecSubmissions,
    &sfcompute_pricing::SfcomputePricing,
    &siliconflow_pricing::SiliconFlowPricing,
    &techcrunch_feed::TechcrunchFeed,
    &tencent_pricing::TencentPricing,
    &tokencost_history::TokencostHistory,
    &tokencost_prices::TokencostPrices,
    &tokencost_versions::TokencostVersions,
    &tweakers_feed::TweakersFeed,
    &vast_offers::VastOffers,
    &volcengine_pricing::VolcenginePricing,
    &wired_feed::WiredFeed,
    &xai_pricing::XaiPricing,
    &zhipu_pricing::ZhipuPricing,
];

/// An id that no source has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownSource(String);

impl fmt::Display for UnknownSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known: Vec<_> = SOURCES.iter().map(|source| source.spec().id.as_str()).collect();
        write!(f, "no source `{}`; there are {}", self.0, known.join(", "))
    }
}

impl Error for UnknownSource {}

/// The source of that id.
///
/// # Errors
/// Where there is none; the error names those that there are.
pub fn source(id: &str) -> Result<&'static dyn Source, UnknownSource> {
    let found = SOURCES.iter().copied().find(|source| source.spec().id == id);
    found.ok_or_else(|| UnknownSource(id.to_owned()))
}

/// A `pipeline.toml` compiled in; that each can be read is tested.
type StaticSpec = LazyLock<Spec>;

#[expect(clippy::panic, reason = "the text is part of the program, and a test reads every one")]
fn spec(text: &str) -> Spec {
    Spec::from_toml(text).unwrap_or_else(|error| panic!("{error}"))
}

#[cfg(test)]
mod captures;
#[cfg(test)]
mod documentation;
#[cfg(test)]
mod new_source;
#[cfg(test)]
mod recipe;
#[cfg(test)]
mod tests;
