//! `LiteLLM`'s map of prices, newest version: kept by hand by many contributors, over a hundred providers.

use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};

use crate::{StaticSpec, litellm_map, spec};

/// See the module.
pub(crate) struct LitellmPrices;

impl Source for LitellmPrices {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        let url = "https://raw.githubusercontent.com/BerriAI/litellm/main/model_prices_and_context_window.json";
        vec![Request { source_id: self.spec().id.clone(), url: url.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        litellm_map::read(document, Listing::whole("map", document), out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;
    use crate::price_map::{prices_of, read_text};

    const FIXTURE: &str =
        include_str!("fixtures/@2026-10-01/main/model_prices_and_context_window.json");

    fn fixture() -> Extract {
        read_text(&LitellmPrices, FIXTURE).unwrap()
    }

    fn capture(version: &str) -> Option<Extract> {
        let file = format!("pricing/price-map/litellm-{version}.json");
        Some(of_capture("litellm_prices", &file)?.unwrap())
    }

    #[test]
    fn a_path_without_a_name_is_no_model() {
        let extract = read_text(
            &LitellmPrices,
            r#"{"gpt-4": {"litellm_provider": "openai", "input_cost_per_token": 3e-05},
                "fireworks_ai/accounts/fireworks/models/":
                    {"litellm_provider": "fireworks_ai-embedding-models", "input_cost_per_token": 1e-07},
                "openai/-": {"litellm_provider": "openai", "input_cost_per_token": 1e-07}}"#,
        )
        .unwrap();
        assert_eq!(extract.rows.model_price.len(), 1);
        assert_eq!(extract.issues.len(), 1);
        assert_eq!(extract.issues[0].reason, "no name of a model");
    }

    #[test]
    fn quirk_1_amounts_are_dollars_per_token() {
        let extract = fixture();
        let gpt_4o = extract
            .rows
            .model_price
            .iter()
            .find(|sighted| sighted.locator == "/gpt-4o/input_cost_per_token");
        let row = &gpt_4o.unwrap().row;
        assert_eq!(row.price.to_string(), "2.5");
        assert_eq!(row.price_as_shown, "2.5e-06");
        assert_eq!(row.unit_as_shown, "input_cost_per_token");
        assert_eq!(row.price_unit, "1M tokens");
    }

    #[test]
    fn trap_18_lengths_and_tiers_are_contexts_not_models() {
        assert_eq!(
            prices_of(&fixture(), "google", "gemini-2-5-pro"),
            [
                "cached_input any batch input<=200000 any 0.125",
                "cached_input any batch input>200000 any 0.25",
                "cached_input any flex any any 0.125",
                "cached_input any priority input<=200000 any 0.225",
                "cached_input any priority input>200000 any 0.45",
                "cached_input any standard input<=200000 any 0.125",
                "cached_input any standard input>200000 any 0.25",
                "input any batch input<=200000 any 0.625",
                "input any batch input>200000 any 1.25",
                "input any flex any any 0.625",
                "input any priority input<=200000 any 2.25",
                "input any priority input>200000 any 4.5",
                "input any standard input<=200000 any 1.25",
                "input any standard input>200000 any 2.5",
                "output any batch input<=200000 any 5",
                "output any batch input>200000 any 7.5",
                "output any flex any any 5",
                "output any priority input<=200000 any 18",
                "output any priority input>200000 any 27",
                "output any standard input<=200000 any 10",
                "output any standard input>200000 any 15",
            ]
        );
    }

    #[test]
    fn quirk_7_caches_kept_for_five_minutes_and_for_an_hour_are_kept_apart() {
        let found = prices_of(&fixture(), "anthropic", "claude-sonnet-4-5-20250929");
        assert!(found.contains(&"cache_write any standard any any 3.75".to_owned()));
        assert!(found.contains(&"cache_write_1h any standard any any 6".to_owned()));
        assert!(found.contains(&"cached_input any standard any any 0.3".to_owned()));
    }

    #[test]
    fn quirk_10_hours_of_low_demand_are_a_tier() {
        let extract = fixture();
        let found = prices_of(&extract, "deepseek", "deepseek-v4-pro");
        assert!(found.contains(&"input any off_peak any any 0.66".to_owned()), "{found:?}");
        let off_peak =
            extract.rows.model_price.iter().find(|sighted| sighted.row.service_tier == "off_peak");
        let note = off_peak.unwrap().row.price_note.as_deref().unwrap();
        assert!(note.contains(r#""hours_utc":["00:00-01:00","#), "{note}");
    }

    #[test]
    fn a_list_of_tiers_gives_bands_of_input() {
        assert_eq!(
            prices_of(&fixture(), "dashscope", "qwen3-max-2026-01-23"),
            [
                "input any standard 32000<input<=128000 any 2.4",
                "input any standard input<=32000 any 1.2",
                "input any standard input>128000 any 3",
                "output any standard 32000<input<=128000 any 12",
                "output any standard input<=32000 any 6",
                "output any standard input>128000 any 15",
            ]
        );
    }

    #[test]
    fn regions_and_sellers_are_contexts_of_a_model() {
        let extract = fixture();
        let eu = prices_of(&extract, "azure", "gpt-4o-2024-08-06");
        assert!(eu.contains(&"input any standard any eu 2.75".to_owned()), "{eu:?}");
        let us = prices_of(&extract, "bedrock", "claude-opus-4-20250514");
        assert!(us.contains(&"input any standard any us 15".to_owned()), "{us:?}");
    }

    #[test]
    fn quirk_15_a_zero_is_no_price_unless_the_entry_says_free() {
        let extract = read_text(
            &LitellmPrices,
            r#"{
                "ollama/llama2": {"litellm_provider": "ollama", "input_cost_per_token": 0.0},
                "openrouter/a/b:free": {"litellm_provider": "openrouter", "input_cost_per_token": 0},
                "gpt-4": {"litellm_provider": "openai", "input_cost_per_token": 3e-05}
            }"#,
        )
        .unwrap();
        assert_eq!(prices_of(&extract, "ollama", "llama2"), Vec::<String>::new());
        assert_eq!(prices_of(&extract, "openrouter", "b"), ["input any free any any 0"]);
        assert_eq!(prices_of(&extract, "openai", "gpt-4"), ["input any standard any any 30"]);
    }

    #[test]
    fn an_unknown_name_of_an_amount_is_one_issue_however_many_models_have_it() {
        let extract = read_text(
            &LitellmPrices,
            r#"{
                "gpt-4": {"litellm_provider": "openai", "input_cost_per_token": 3e-05, "cost_per_dream": 1},
                "gpt-4o": {"litellm_provider": "openai", "input_cost_per_token": 5e-06, "cost_per_dream": 1}
            }"#,
        )
        .unwrap();
        assert_eq!(extract.rows.model_price.len(), 2);
        let issues: Vec<_> = extract.issues.iter().map(|issue| issue.locator.as_str()).collect();
        assert_eq!(issues, ["/gpt-4/cost_per_dream"]);
    }

    #[test]
    fn trap_19_a_document_without_prices_is_refused() {
        for body in ["{}", "[]", "<html></html>", r#"{"gpt-4": {"litellm_provider": "openai"}}"#] {
            assert!(read_text(&LitellmPrices, body).is_err(), "{body}");
        }
    }

    #[test]
    fn trap_16_amounts_a_million_times_too_high_are_put_aside() {
        // Releases 1.81 and 1.95 have W&B's prices per million tokens divided by ten, as if per token.
        let Some(extract) = capture("1.81.0") else { return };
        let issue = extract
            .issues
            .iter()
            .find(|issue| issue.locator == "/wandb~1openai~1gpt-oss-120b/input_cost_per_token");
        assert_eq!(issue.unwrap().record, "0.015");
        assert_eq!(prices_of(&extract, "wandb", "gpt-oss-120b"), Vec::<String>::new());
        // 500 dollars would be plausible, but the output of the same model, at 2,000, is not.
        assert_eq!(prices_of(&extract, "watsonx", "mt0-xxl-13b"), Vec::<String>::new());
    }

    #[test]
    fn trap_17_an_announced_increase_that_was_cancelled_is_not_there_when_its_day_has_come() {
        // Of October 2026; announced were 3 and 15 dollars from 2026-09-01.
        let Some(extract) = capture("1.109.1") else { return };
        let found = prices_of(&extract, "anthropic", "claude-sonnet-5");
        assert!(found.contains(&"input any standard any any 2".to_owned()), "{found:?}");
        assert!(found.contains(&"output any standard any any 10".to_owned()), "{found:?}");
    }

    #[test]
    fn the_newest_recorded_map_is_read_without_a_remark() {
        let Some(extract) = capture("1.109.1") else { return };
        assert_eq!(extract.issues, []);
        // Known to be written per thousand tokens.
        assert_eq!(prices_of(&extract, "azure_ai", "jais-30b-chat"), Vec::<String>::new());
    }

    #[test]
    fn two_prices_of_one_model_are_kept_apart_by_the_whole_name() {
        let Some(extract) = capture("1.109.1") else { return };
        let standard = |id| {
            let mut found = prices_of(&extract, "perplexity", id);
            found.retain(|line| line.starts_with("input ") || line.starts_with("output "));
            found
        };
        assert_eq!(
            standard("sonar"),
            ["input any standard any any 1", "output any standard any any 1"]
        );
        assert_eq!(
            standard("perplexity-perplexity-sonar"),
            ["input any standard any any 0.25", "output any standard any any 2.5"]
        );
    }
}
