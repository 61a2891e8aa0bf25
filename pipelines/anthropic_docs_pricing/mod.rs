//! Anthropic's documentation of prices: models by meter, tier and length of context.
//!
//! It says more than the page of plans does: both times of the cache, batches, prices to come.

use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};

use crate::{StaticSpec, spec};

mod html;
mod markdown;
mod tables;

const URL: &str = "https://platform.claude.com/docs/en/about-claude/pricing.md";

/// See the module.
pub(crate) struct AnthropicDocsPricing;

impl Source for AnthropicDocsPricing {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    /// The page is served in Markdown and in HTML, at addresses of their own.
    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let observed_on = document.fetched_at.date_naive();
        let is_markdown = document.url.split(['?', '#']).next().is_some_and(|url| {
            std::path::Path::new(url).extension().is_some_and(|extension| extension == "md")
        });
        let scope = if is_markdown {
            markdown::read(&document.body, observed_on, out)?;
            "models"
        } else if html::read(&document.body, observed_on, out)? {
            "models in html"
        } else {
            // Of what had not loaded nothing follows, so it is a list of its own.
            "models in html, cut short"
        };
        out.listing = Some(Listing::whole(scope, document));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use burnrate_model::generated::ModelPrice;

    use super::*;

    const JANUARY: &str = include_str!("fixtures/@2026-01-08/docs/en/about-claude/pricing.md");
    const AUGUST: &str = include_str!("fixtures/@2026-08-07/docs/en/about-claude/pricing.md");
    const NOVEMBER: &str = include_str!("fixtures/docs/en/about-claude/pricing.md");

    fn read(day: &str, url: &str, body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: url.to_owned(),
            fetched_at: format!("{day}T00:00:00Z").parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        AnthropicDocsPricing.parse(&document, &mut out).map(|()| out)
    }

    fn january() -> impl Iterator<Item = Extract> {
        let fixture = read("2026-01-08", URL, JANUARY).unwrap();
        let file = "pricing/model-api/anthropic-docs-2026-01-08.md";
        let recorded = crate::captures::of_capture("anthropic_docs_pricing", file);
        [Some(fixture), recorded.map(Result::unwrap)].into_iter().flatten()
    }

    fn recorded_html() -> Option<Extract> {
        let file = "pricing/model-api/anthropic-docs-2026-06-14.html";
        crate::captures::of_capture("anthropic_docs_pricing", file).map(Result::unwrap)
    }

    fn rows<'a>(extract: &'a Extract, model_id: &str) -> Vec<&'a ModelPrice> {
        let rows = extract.rows.model_price.iter().map(|sighted| &sighted.row);
        rows.filter(|row| row.model_id == model_id).collect()
    }

    fn prices(extract: &Extract, model_id: &str) -> Vec<String> {
        let line = |row: &ModelPrice| {
            format!("{} {} {} {}", row.meter, row.service_tier, row.context_tier, row.price)
        };
        rows(extract, model_id).into_iter().map(line).collect()
    }

    #[test]
    fn quirk_7_both_times_of_the_cache_are_meters() {
        let expected = [
            "input standard any 1",
            "cache_write standard any 1.25",
            "cache_write_1h standard any 2",
            "cached_input standard any 0.1",
            "output standard any 5",
            "input batch any 0.5",
            "output batch any 2.5",
        ];
        for extract in january() {
            assert_eq!(prices(&extract, "claude-haiku-4-5"), expected);
        }
    }

    /// The record of June lost the heading of the fast mode: whose prices these are is not told, and not
    /// passed over.
    #[test]
    fn prices_that_lost_their_heading_are_reported() {
        let Some(extract) = recorded_html() else { return };
        let reasons: Vec<_> = extract.issues.iter().map(|issue| issue.reason.as_str()).collect();
        assert_eq!(reasons, ["prices under no heading"]);
        assert!(extract.issues[0].record.starts_with("Claude Opus 4.6 / Claude Opus 4.7"));
        assert!(extract.rows.model_price.iter().all(|sighted| sighted.row.service_tier != "fast"));
    }

    /// "If your request exceeds 200K input tokens, all tokens incur premium pricing."
    #[test]
    fn trap_18_long_contexts_are_tiers_of_the_models_that_the_text_names() {
        for extract in january() {
            let expected = [
                "input standard input<=200000 3",
                "cache_write standard input<=200000 3.75",
                "cache_write_1h standard input<=200000 6",
                "cached_input standard input<=200000 0.3",
                "output standard input<=200000 15",
                "input batch input<=200000 1.5",
                "output batch input<=200000 7.5",
                "input standard input>200000 6",
                "output standard input>200000 22.5",
            ];
            assert_eq!(prices(&extract, "claude-sonnet-4-5"), expected);
            assert!(prices(&extract, "claude-sonnet-4").contains(&expected[8].to_owned()));
            assert!(
                prices(&extract, "claude-opus-4-5").contains(&"input standard any 5".to_owned())
            );
        }
    }

    #[test]
    fn tables_that_contradict_each_other_are_refused() {
        let other = JANUARY.replace("| Input: $3 / MTok", "| Input: $4 / MTok");
        let error = read("2026-01-08", URL, &other).unwrap_err();
        assert_eq!(error.found, "$4 / MTok");
        let nobody = JANUARY.replace("When using ", "With ");
        assert!(read("2026-01-08", URL, &nobody).is_err());
    }

    /// The premium is on other clouds' regional endpoints: "The Claude API (1P) is global by default".
    #[test]
    fn quirk_12_regional_premiums_are_not_prices_here() {
        for extract in january() {
            let rows = extract.rows.model_price.iter().map(|sighted| &sighted.row);
            assert!(rows.clone().all(|row| row.region == "any" && row.provider == "anthropic"));
        }
    }

    #[test]
    fn quirk_14_older_models_have_the_id_of_the_interface() {
        for extract in january() {
            let opus = rows(&extract, "claude-3-opus");
            assert_eq!(opus[0].model_name, "Claude Opus 3");
            assert_eq!(opus[0].price_note.as_deref(), Some("deprecated"));
            assert_eq!(prices(&extract, "claude-3-5-haiku")[2], "cache_write_1h standard any 1.6");
        }
    }

    #[test]
    fn tools_are_priced_in_the_text() {
        for extract in january() {
            assert_eq!(prices(&extract, "web-search"), ["search standard any 10"]);
            assert_eq!(prices(&extract, "code-execution"), ["session standard any 0.05"]);
            assert_eq!(extract.issues, []);
        }
    }

    fn sonnet_5(extract: &Extract, meter: &str, tier: &str) -> Vec<String> {
        let rows = rows(extract, "claude-sonnet-5");
        let rows = rows.into_iter().filter(|row| row.meter == meter && row.service_tier == tier);
        let day =
            |day: Option<chrono::NaiveDate>| day.map_or("-".to_owned(), |day| day.to_string());
        let line = |row: &ModelPrice| {
            let (from, to) = (day(row.effective_from), day(row.effective_to));
            format!("{} {} {from} {to}", row.price_kind, row.price)
        };
        rows.map(line).collect()
    }

    /// 2 and 10 were introductory, 3 and 15 announced for 1 September; then that was called off.
    #[test]
    fn trap_17_an_announced_price_is_not_in_force_and_may_be_cancelled() {
        let august = read("2026-08-07", URL, AUGUST).unwrap();
        let input = ["promotional 2 - 2026-08-31", "announced 3 2026-09-01 -"];
        assert_eq!(sonnet_5(&august, "input", "standard"), input);
        let output = ["promotional 10 - 2026-08-31", "announced 15 2026-09-01 -"];
        assert_eq!(sonnet_5(&august, "output", "standard"), output);
        let batch = ["promotional 1 - 2026-08-31", "announced 1.5 2026-09-01 -"];
        assert_eq!(sonnet_5(&august, "input", "batch"), batch);
        let november = read("2026-11-24", URL, NOVEMBER).unwrap();
        assert_eq!(sonnet_5(&november, "input", "standard"), ["list 2 - -"]);
    }

    /// Had it come, the page of September would still name both.
    #[test]
    fn trap_17_what_was_announced_is_listed_from_its_day_on() {
        let august = read("2026-08-31", URL, AUGUST).unwrap();
        assert_eq!(sonnet_5(&august, "input", "standard").len(), 2);
        let september = read("2026-09-01", URL, AUGUST).unwrap();
        assert_eq!(sonnet_5(&september, "input", "standard"), ["list 3 2026-09-01 -"]);
    }

    #[test]
    fn fast_mode_is_a_tier_of_each_model_of_its_row() {
        let november = read("2026-11-24", URL, NOVEMBER).unwrap();
        for model_id in ["claude-opus-5", "claude-opus-4-8"] {
            let fast = prices(&november, model_id);
            assert_eq!(fast[5..], ["input fast any 10", "output fast any 50"], "{model_id}");
        }
    }

    #[test]
    fn trap_18_remarks_on_the_length_of_prompts_are_context_tiers() {
        let november = read("2026-11-24", URL, NOVEMBER).unwrap();
        let haiku = prices(&november, "claude-haiku-5-5");
        assert_eq!(haiku[0], "input standard input<=100000 0.1");
        assert_eq!(haiku[9], "output standard input>100000 2.5");
        assert_eq!(haiku.len(), 10);
    }

    /// `$0.25 / MTok<sup>1</sup>` is 0.25, and `Claude Sonnet 5<sup>3</sup>` is not Sonnet 53.
    #[test]
    fn quirk_11_footnotes_are_neither_prices_nor_names() {
        let november = read("2026-11-24", URL, NOVEMBER).unwrap();
        let rows = rows(&november, "claude-fable-5-1");
        let cached = rows.iter().find(|row| row.meter == "cached_input").unwrap();
        assert_eq!(cached.price_as_shown, "$0.25 / MTok");
        assert_eq!(sonnet_5(&november, "output", "standard"), ["list 10 - -"]);
        assert_eq!(november.issues, []);
        // Blanks in their place keep the places of all others.
        let sighted = november
            .rows
            .model_price
            .iter()
            .find(|sighted| sighted.row.price_as_shown == "$0.08 per session-hour");
        let start = NOVEMBER.find("$0.08").unwrap();
        let end = start + "$0.08 per session-hour".len();
        assert_eq!(sighted.unwrap().locator, format!("bytes={start}..{end}"));
    }

    /// The fragment has a table of 30 and 150 for Opus 4.6 and 4.7, but not its heading.
    #[test]
    fn a_table_without_its_heading_gives_no_price() {
        let Some(extract) = recorded_html() else { return };
        let opus = prices(&extract, "claude-opus-4-7");
        let expected = [
            "input standard any 5",
            "cache_write standard any 6.25",
            "cache_write_1h standard any 10",
            "cached_input standard any 0.5",
            "output standard any 25",
            "input batch any 2.5",
            "output batch any 12.5",
        ];
        assert_eq!(opus, expected);
    }

    /// The row of Opus 4 ends after the price of input, where a template stands for the rest.
    #[test]
    fn quirk_20_a_row_that_is_cut_short_is_left_out() {
        let Some(extract) = recorded_html() else { return };
        assert_eq!(prices(&extract, "claude-opus-4").len(), 5, "no batch");
        assert_eq!(prices(&extract, "claude-opus-4-1").len(), 7);
        assert_eq!(extract.listing.unwrap().scope, "models in html, cut short");
    }

    #[test]
    fn unknown_tables_and_headings_are_refused() {
        for (known, unknown) in [
            ("5m cache writes", "5m cache rents"),
            ("### Fast mode pricing", "### Slow mode pricing"),
            ("Batch input", "Bulk input"),
            ("| Line item |", "| Offer |"),
        ] {
            let other = NOVEMBER.replace(known, unknown);
            assert_ne!(NOVEMBER, other);
            assert!(read("2026-11-24", URL, &other).is_err(), "{unknown}");
        }
    }

    #[test]
    fn odd_records_are_reported_and_the_rest_is_read() {
        let all = read("2026-11-24", URL, NOVEMBER).unwrap().rows.model_price.len();
        for (known, unknown, issues, lost) in [
            ("| Claude Opus 4.8 | $5 ", "| Claude Opus 4.8 (on Mars) | $5 ", 1, 5),
            ("for prompts up to 100,000", "for prompts of some 100,000", 1, 5),
            ("$12.50 / MTok", "$12.50 / KTok", 1, 1),
            ("per session-hour", "per session", 1, 1),
            ("Web search is available", "Web search was available", 1, 1),
        ] {
            let extract = read("2026-11-24", URL, &NOVEMBER.replace(known, unknown)).unwrap();
            assert_eq!(extract.issues.len(), issues, "{unknown}: {:?}", extract.issues);
            assert_eq!(extract.rows.model_price.len(), all - lost, "{unknown}");
        }
    }

    #[test]
    fn trap_19_pages_without_prices_are_refused() {
        for url in [URL, "https://platform.claude.com/docs/en/about-claude/pricing"] {
            for body in ["", "<html><body><div id=\"app\"></div></body></html>", "# Not found\n"] {
                assert!(read("2026-11-24", url, body).is_err(), "{url}: {body}");
            }
        }
    }
}
