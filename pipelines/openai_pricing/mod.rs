//! OpenAI's list prices: models by service tier and length of context, tools, fine-tuning.

use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::layout_of;
use chrono::NaiveDate;

use crate::{StaticSpec, spec};

mod astro;
mod book;
mod layout_2026_01;
mod layout_2026_05;
mod layout_2026_08;
mod listed;

const URL: &str = "https://developers.openai.com/api/docs/pricing";

/// See the module.
pub(crate) struct OpenaiPricing;

/// What a page lists, under which name, and its tables.
type Layout = fn(&[u8]) -> Result<(String, Vec<listed::Table>), ShapeError>;

/// Layouts with the first day that each is known from.
fn layouts() -> [(NaiveDate, Layout); 3] {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    [
        (day(2026, 1, 8), |body| {
            let (model, tables) = layout_2026_01::tables(body)?;
            Ok((format!("model {model}"), tables))
        }),
        // Shown was less than is offered: of the rest nothing follows, so it is a list of its own.
        (day(2026, 5, 8), |body| Ok(("models shown".to_owned(), layout_2026_05::tables(body)?))),
        (day(2026, 8, 21), |body| Ok(("models".to_owned(), layout_2026_08::tables(body)?))),
    ]
}

impl Source for OpenaiPricing {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let observed_on = document.fetched_at.date_naive();
        let layout = layout_of(&layouts(), observed_on)
            .ok_or_else(|| ShapeError::new("page", "a layout", "none"))?;
        let (scope, tables) = layout(&document.body)?;
        out.listing = Some(Listing::whole(&scope, document));
        listed::read(&tables, observed_on, out)
    }
}

#[cfg(test)]
mod tests {
    use burnrate_model::generated::ModelPrice;

    use super::*;

    const PAGE: &str = include_str!("fixtures/@2026-08-21/api/docs/pricing");
    const READER: &str = include_str!("fixtures/@2026-05-08/api/docs/pricing");
    const MODEL: &str = include_str!("fixtures/@2026-01-08/api/docs/models/gpt-5.2");

    fn read(day: &str, body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: format!("{day}T00:00:00Z").parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        OpenaiPricing.parse(&document, &mut out).map(|()| out)
    }

    fn fixture() -> Extract {
        read("2026-11-24", PAGE).unwrap()
    }

    fn recorded(name: &str) -> Option<Extract> {
        let read =
            crate::captures::of_capture("openai_pricing", &format!("pricing/model-api/{name}"));
        read.map(Result::unwrap)
    }

    /// `meter modality unit tier context price` of a model's rows.
    fn prices(extract: &Extract, model_id: &str) -> Vec<String> {
        let rows = extract.rows.model_price.iter().map(|sighted| &sighted.row);
        let line = |row: &ModelPrice| {
            let ModelPrice {
                meter, modality, price_unit, service_tier, context_tier, price, ..
            } = row;
            format!("{meter} {modality}/{price_unit}/{service_tier}/{context_tier} {price}")
        };
        rows.filter(|row| row.model_id == model_id).map(line).collect()
    }

    fn of_tier(extract: &Extract, model_id: &str, tier: &str) -> Vec<String> {
        let tier = format!("any/1M tokens/{tier}/");
        let lines = prices(extract, model_id).into_iter();
        lines.filter(|line| line.contains(&tier)).map(|line| line.replace(&tier, "")).collect()
    }

    const SOL: [&str; 8] = [
        "input input<=272000 5",
        "cached_input input<=272000 0.5",
        "cache_write input<=272000 6.25",
        "output input<=272000 30",
        "input input>272000 10",
        "cached_input input>272000 1",
        "cache_write input>272000 12.5",
        "output input>272000 45",
    ];

    /// A tracker published 4 in and 5 out for this model.
    #[test]
    fn quirk_7_cache_writes_are_not_the_output_price() {
        for extract in [Some(fixture()), recorded("openai-2026-08-21.html")].into_iter().flatten() {
            assert_eq!(of_tier(&extract, "gpt-5-6-sol", "standard"), SOL);
            // A row without the column of cache writes: 1.25, 0.125, 10.
            let older = ["input any 1.25", "cached_input any 0.125", "output any 10"];
            assert_eq!(of_tier(&extract, "gpt-5", "standard"), older);
        }
    }

    /// A tracker stored 2.50 and 20, the priority prices, as standard ones.
    #[test]
    fn quirk_8_tabs_are_tiers_of_one_model() {
        for extract in [Some(fixture()), recorded("openai-2026-08-21.html")].into_iter().flatten() {
            let of = |tier| of_tier(&extract, "gpt-5", tier);
            assert_eq!(
                of("standard"),
                ["input any 1.25", "cached_input any 0.125", "output any 10"]
            );
            assert_eq!(of("batch"), ["input any 0.625", "cached_input any 0.0625", "output any 5"]);
            assert_eq!(of("flex"), of("batch"));
            assert_eq!(of("priority"), ["input any 2.5", "cached_input any 0.25", "output any 20"]);
        }
    }

    #[test]
    fn quirk_6_column_groups_and_remarks_are_context_tiers() {
        let extract = fixture();
        let remark = of_tier(&extract, "gpt-5-5", "standard");
        let expected =
            ["input input<=272000 5", "cached_input input<=272000 0.5", "output input<=272000 30"];
        assert_eq!(remark, expected);
        let reader = read("2026-05-08", READER).unwrap();
        let expected = [
            "input input<=272000 5",
            "cached_input input<=272000 0.5",
            "output input<=272000 30",
            "input input>272000 10",
            "cached_input input>272000 1",
            "output input>272000 45",
        ];
        assert_eq!(of_tier(&reader, "gpt-5-5", "standard"), expected);
        assert_eq!(of_tier(&reader, "gpt-5-5", "priority").len(), 3, "no long context in this tab");
    }

    /// The page of May has `-` under `Long context` for this model in every tab, that of August no mark of
    /// length behind its name: one price, whatever the length, on both. Where a model has a long context in
    /// another tab, the price stays one of short contexts.
    #[test]
    fn quirk_6_a_model_without_prices_of_long_contexts_has_one_for_all_lengths() {
        let reader = read("2026-05-08", READER).unwrap();
        let mini = ["input any 0.75", "cached_input any 0.075", "output any 4.5"];
        assert_eq!(of_tier(&reader, "gpt-5-4-mini", "standard"), mini);
        let priority = of_tier(&reader, "gpt-5-5", "priority");
        assert_eq!(priority[0], "input input<=272000 12.5");
        let Some(may) = recorded("openai-2026-05-08.md") else { return };
        assert_eq!(of_tier(&may, "gpt-5-4-mini", "standard"), mini);
        let pro = ["input input<=272000 15", "output input<=272000 90"];
        assert_eq!(of_tier(&may, "gpt-5-5-pro", "batch"), pro);
        let Some(august) = recorded("openai-2026-08-21.html") else { return };
        for tier in ["standard", "batch", "flex", "priority"] {
            for model in ["gpt-5-4-mini", "gpt-5-4-nano", "gpt-5-5-pro"] {
                let [before, after] = [&may, &august].map(|page| of_tier(page, model, tier));
                let is_short = |line: &&String| !line.contains("input>");
                let before: Vec<_> = before.iter().filter(is_short).collect();
                assert_eq!(before, after.iter().collect::<Vec<_>>(), "{model} {tier}");
            }
        }
    }

    /// "Output prices include visible output tokens and reasoning tokens", says the page.
    #[test]
    fn quirk_9_reasoning_is_billed_as_output() {
        let extract = fixture();
        let is_apart = |row: &ModelPrice| row.meter == "output_reasoning";
        assert!(!extract.rows.model_price.iter().any(|sighted| is_apart(&sighted.row)));
    }

    /// The page states the uplift in a footnote, for no region by name, so regions are not told apart.
    #[test]
    fn quirk_12_residency_is_no_price_of_its_own() {
        let Some(extract) = recorded("openai-2026-08-21.html") else { return };
        assert!(extract.rows.model_price.iter().all(|sighted| sighted.row.region == "any"));
        assert!(
            prices(&extract, "gpt-5-4").iter().all(|line| !line.contains("2.75")),
            "2.50 + 10 %"
        );
    }

    /// Half of 0.25 is printed as 0.13.
    #[test]
    fn quirk_13_rounded_prices_stay_as_printed() {
        let Some(extract) = recorded("openai-2026-08-21.html") else { return };
        let batch = of_tier(&extract, "gpt-5-4", "batch");
        assert_eq!(batch[1], "cached_input input<=272000 0.13");
        assert_eq!(of_tier(&extract, "gpt-5-4", "standard")[1], "cached_input input<=272000 0.25");
    }

    #[test]
    fn quirk_14_dated_models_keep_their_date_and_price() {
        let extract = fixture();
        assert_eq!(
            of_tier(&extract, "gpt-4o-2024-05-13", "standard"),
            ["input any 5", "output any 15"]
        );
        let alias = ["input any 2.5", "cached_input any 1.25", "output any 10"];
        assert_eq!(of_tier(&extract, "gpt-4o", "standard"), alias);
    }

    /// Of 36 models three are shown; the others stand in the properties of the island.
    #[test]
    fn quirk_17_rows_that_are_not_shown_are_read_from_the_properties() {
        let Some(extract) = recorded("openai-2026-08-21.html") else { return };
        let rows = &extract.rows.model_price;
        let babbage = rows.iter().find(|sighted| sighted.row.model_id == "babbage-002").unwrap();
        assert!(babbage.locator.contains("astro-island"), "{}", babbage.locator);
        assert!(babbage.locator.ends_with("[props]/rows/1/35/1/1/1"), "{}", babbage.locator);
        assert_eq!(extract.issues, []);
    }

    #[test]
    fn quirk_2_units_beside_a_price_hold_for_it_alone() {
        let extract = fixture();
        assert_eq!(prices(&extract, "tts-1"), ["speech text/1M characters/standard/any 15"]);
        assert_eq!(prices(&extract, "whisper"), ["transcription audio/minute/standard/any 0.006"]);
        let tuned = prices(&extract, "ft-o4-mini-2025-04-16");
        assert_eq!(tuned[0], "fine_tuning any/hour/standard/any 100");
        assert_eq!(tuned[1], "input any/1M tokens/standard/any 4");
    }

    #[test]
    fn an_estimate_beside_token_prices_is_no_price() {
        let tokens =
            ["input any/1M tokens/standard/any 2.5", "output any/1M tokens/standard/any 10"];
        assert_eq!(prices(&fixture(), "gpt-4o-transcribe"), tokens);
    }

    #[test]
    fn trained_models_are_not_those_they_were_trained_from() {
        let extract = fixture();
        let tuned = prices(&extract, "ft-gpt-3-5-turbo");
        let expected = [
            "fine_tuning any/1M tokens/standard/any 8",
            "input any/1M tokens/standard/any 3",
            "output any/1M tokens/standard/any 6",
        ];
        assert_eq!(tuned, expected);
        let rows = extract.rows.model_price.iter().map(|sighted| &sighted.row);
        let tuned: Vec<_> = rows.filter(|row| row.model_id == "ft-gpt-3-5-turbo").collect();
        assert_eq!(tuned[0].model_name, "gpt-3.5-turbo");
        assert_eq!(tuned[0].price_note.as_deref(), Some("Legacy"));
    }

    #[test]
    fn sessions_storage_and_calls_of_tools() {
        let extract = fixture();
        assert_eq!(prices(&extract, "container-16-gb"), ["session any/session/standard/any 0.48"]);
        let search =
            ["storage any/GB-day/standard/any 0.1", "search any/1K requests/standard/any 2.5"];
        assert_eq!(prices(&extract, "file-search"), search);
        let rows = extract.rows.model_price.iter().map(|sighted| &sighted.row);
        let storage = rows.clone().find(|row| row.meter == "storage").unwrap();
        assert_eq!(storage.price_note.as_deref(), Some("(1 GB free)"));
    }

    #[test]
    fn films_are_priced_by_size() {
        let expected = ["video video/second/standard/any 0.7"];
        assert_eq!(prices(&fixture(), "sora-2-pro-1080p"), expected);
    }

    #[test]
    fn free_is_a_tier_at_no_price() {
        let free = prices(&fixture(), "omni-moderation-latest");
        assert_eq!(free, ["input any/1M tokens/free/any 0"]);
    }

    #[test]
    fn quirk_19_a_model_listed_twice_is_one_offer_unless_the_prices_differ() {
        assert_eq!(of_tier(&fixture(), "gpt-5-6-sol", "standard").len(), 8);
        let again = "&quot;rows&quot;:[1,[[1,[[0,5],[0,0.5],[0,6.25]";
        assert_eq!(PAGE.matches(again).count(), 1);
        let other = PAGE.replace(again, "&quot;rows&quot;:[1,[[1,[[0,4],[0,0.5],[0,6.25]");
        let error = read("2026-11-24", &other).unwrap_err();
        assert_eq!(error.expected, "input of gpt-5-6-sol at 5, as before");
    }

    #[test]
    fn what_is_shown_must_be_what_the_properties_say() {
        let other = PAGE.replacen("<td><span>$6.25</span></td>", "<td><span>$6.52</span></td>", 1);
        assert_ne!(PAGE, other);
        let error = read("2026-11-24", &other).unwrap_err();
        assert!(error.expected.contains("$6.52"), "{error}");
    }

    #[test]
    fn unknown_columns_sections_tabs_and_properties_are_refused() {
        for (known, unknown) in [
            ("<span>Cache writes</span>", "<span>Cache rents</span>"),
            ("<p>Cyber models</p>", "<p>Quantum models</p>"),
            ("data-value=\"flex\"", "data-value=\"slow\""),
            ("Prices per second.", "Prices per frame."),
            ("&quot;collapsedRowCount&quot;", "&quot;discount&quot;"),
            ("component-export=\"PricingTable\"", "component-export=\"PromotionTable\""),
            ("</main>", "<table><tr><td>gpt-6</td></tr></table></main>"),
        ] {
            let other = PAGE.replace(known, unknown);
            assert_ne!(PAGE, other, "{known}");
            assert!(read("2026-11-24", &other).is_err(), "{unknown}");
        }
    }

    #[test]
    fn odd_records_are_reported_and_the_rest_is_read() {
        let all = fixture().rows.model_price.len();
        for (known, unknown, lost) in [
            ("$15.00 / 1M characters", "$15.00 / 1M words", 1),
            ("$0.034 / minute", "$0.00 / minute", 1),
            ("[0,&quot;Embedding&quot;],&quot;rows", "[0,&quot;Telepathy&quot;],&quot;rows", 3),
            ("&quot;gpt-4o&quot;],[0,2.5]", "&quot;gpt-4o&quot;],[0,2500]", 1),
        ] {
            let other = PAGE.replace(known, unknown);
            assert_ne!(PAGE, other, "{known}");
            let extract = read("2026-11-24", &other).unwrap();
            assert_eq!(extract.issues.len(), lost, "{unknown}: {:?}", extract.issues);
            assert_eq!(extract.rows.model_price.len(), all - lost, "{unknown}");
        }
    }

    #[test]
    fn trap_19_pages_without_prices_are_refused() {
        let challenge = "<html><head><title>Just a moment...</title><meta http-equiv=\"refresh\" content=\"360\"></head><body><main>Enable JavaScript</main></body></html>";
        let shell =
            "<html><body><main><h1>Pricing</h1><h2>Flagship models</h2></main></body></html>";
        for day in ["2026-01-08", "2026-05-08", "2026-11-24"] {
            for body in ["", challenge, shell, "{\"gpt-5\": 2.5}"] {
                assert!(read(day, body).is_err(), "{day}: {body}");
            }
        }
    }

    #[test]
    fn prices_in_the_text_of_the_reader_are_not_passed_over() {
        let other = READER.replace("All models\n", "gpt-6 costs $1.00\n");
        assert_eq!(read("2026-05-08", &other).unwrap_err().found, "gpt-6 costs $1.00");
    }

    #[test]
    fn a_row_of_the_reader_without_its_first_cell_belongs_to_the_row_above() {
        let reader = read("2026-05-08", READER).unwrap();
        let text = "output text/1M tokens/standard/any 24".to_owned();
        assert!(prices(&reader, "gpt-realtime-2").contains(&text));
        let preview = prices(&reader, "web-search-preview-reasoning-models");
        assert_eq!(preview, ["search any/1K requests/standard/any 10"]);
    }

    #[test]
    fn the_page_of_a_model_is_refused_while_it_shows_batch_prices() {
        let extract = read("2026-01-08", MODEL).unwrap();
        assert_eq!(extract.listing.unwrap().scope, "model GPT-5.2");
        let batch = MODEL.replace("aria-checked=\"false\"", "aria-checked=\"true\"");
        assert!(read("2026-01-08", &batch).is_err());
    }
}
