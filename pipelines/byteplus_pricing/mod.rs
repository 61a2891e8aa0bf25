//! Prices of models on `BytePlus` `ModelArk`, Volcano Engine abroad, in US dollars: large language models by
//! length of the prompt, online and in bulk.
//!
//! Cells are bare numbers; currency and unit stand in the header alone.

use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{
    Currency, Expect, Meter, Modality, PriceUnit, ServiceTier, html_table, page, select, text,
};

use crate::volcengine_pricing::{Column, Holds, Section, column, tokens};
use crate::{StaticSpec, spec};

const URL: &str = "https://docs.byteplus.com/en/docs/ModelArk/1544106";

/// See the module.
pub(crate) struct BytePlusPricing;

impl Source for BytePlusPricing {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let listing = Listing::whole("models", document);
        let observed_on = listing.observed_on();
        out.listing = Some(listing);
        let page = page(&document.body)?;
        let mut heading = String::new();
        let mut wanted = vec![ONLINE, BATCH];
        for element in select(page.root_element(), "h2, table", Expect::AtLeast(2))? {
            if element.value().name() == "h2" {
                heading = text(element);
                continue;
            }
            let (columns, tier): (&[Column], _) = match heading.as_str() {
                ONLINE => (&ONLINE_COLUMNS, ServiceTier::Standard),
                BATCH => (&BATCH_COLUMNS, ServiceTier::Batch),
                // By resolution and by whether the input holds a film: no column keeps that apart.
                FILMS => continue,
                other => {
                    return Err(ShapeError::new("h2", "a known heading", other));
                }
            };
            let (provider, currency) = ("byteplus", Currency::Usd);
            let section = Section { provider, currency, columns, tier, observed_on };
            section.read(&html_table(element)?, out)?;
            wanted.retain(|wanted| *wanted != heading);
        }
        match wanted.first() {
            None => Ok(()),
            Some(missing) => Err(ShapeError::new("page", *missing, "no table of it")),
        }
    }
}

const ONLINE: &str = "Large language models — Online inference (standard)";
const BATCH: &str = "Large language models — Offline batch inference";
const FILMS: &str = "Video generation models";

const ONLINE_COLUMNS: [Column; 8] = [
    column("Model ID", Holds::Model),
    column("Pricing tiers (K tokens)", Holds::Lengths),
    column("Input (non-audio) (USD/M tokens)", Holds::NotSound(Meter::Input)),
    tokens("Input (audio) (USD/M tokens)", Meter::Input, Modality::Audio),
    column(
        "Cache-storage (USD/M tokens/Hour)",
        Holds::Price(Meter::CacheStorage, Modality::Any, PriceUnit::MillionTokenHours),
    ),
    column("Cache-hit input (non-audio) (USD/M tokens)", Holds::NotSound(Meter::CachedInput)),
    tokens("Cache-hit input (audio) (USD/M tokens)", Meter::CachedInput, Modality::Audio),
    tokens("Output (USD/M tokens)", Meter::Output, Modality::Any),
];

const BATCH_COLUMNS: [Column; 5] = [
    column("Model ID", Holds::Model),
    column("Pricing tiers (K tokens)", Holds::Lengths),
    tokens("Input (USD / M tokens)", Meter::Input, Modality::Any),
    tokens("Cache-hit input (USD / M tokens)", Meter::CachedInput, Modality::Any),
    tokens("Output (USD / M tokens)", Meter::Output, Modality::Any),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;

    const FIXTURE: &str = include_str!("fixtures/@2026-08-18/1544106");

    fn parse(body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: "2026-08-18T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        BytePlusPricing.parse(&document, &mut out).map(|()| out)
    }

    fn of_model(out: &Extract, model: &str) -> Vec<String> {
        let rows = out.rows.model_price.iter().map(|sighted| &sighted.row);
        let found = rows.filter(|row| row.model_id == model);
        let lines = found.map(|row| {
            format!(
                "{} {} {} {} {} {}",
                row.meter,
                row.modality,
                row.service_tier,
                row.context_tier,
                row.price,
                row.currency
            )
        });
        lines.collect()
    }

    #[test]
    fn quirk_3_dollars_here_are_not_the_yuan_of_the_same_company() {
        let out = parse(FIXTURE).unwrap();
        assert_eq!(out.issues, []);
        assert_eq!(
            of_model(&out, "glm-4-7-251222"),
            [
                "input any standard any 0.6 USD",
                "cache_storage any standard any 0.0083 USD",
                "cached_input any standard any 0.11 USD",
                "output any standard any 2.2 USD",
                "input any batch any 0.3 USD",
                "cached_input any batch any 0.11 USD",
                "output any batch any 1.1 USD",
            ]
        );
        let error = parse(&FIXTURE.replace("USD", "CNY")).unwrap_err().to_string();
        assert!(error.contains("a table with the header"), "{error}");
    }

    #[test]
    fn trap_19_a_page_that_lacks_a_table_is_refused() {
        let headings = "<h2>Please enable cookies.</h2><h2>One more step</h2>";
        assert!(parse(headings).is_err());
        let error = parse(FIXTURE.split_once(BATCH).unwrap().0).unwrap_err().to_string();
        assert!(error.contains(BATCH), "{error}");
    }

    #[test]
    fn quirk_6_lengths_of_the_prompt_and_sound_are_contexts() {
        let out = parse(FIXTURE).unwrap();
        let lines = of_model(&out, "seed-2-0-lite-260428");
        assert_eq!(lines[1], "input audio standard input<=128000 3.75 USD");
        assert_eq!(lines[6], "input text standard 128000<input<=256000 0.5 USD");
        assert_eq!(lines[2], "cache_storage any standard input<=128000 0.0083 USD");
        // A dated snapshot keeps its date.
        assert!(of_model(&out, "seed-2-0-lite").is_empty());
    }

    #[test]
    fn a_price_of_another_magnitude_is_reported() {
        let out = parse(&FIXTURE.replace("<td>2.2</td>", "<td>2200000</td>")).unwrap();
        assert_eq!(out.issues.len(), 1);
    }

    #[test]
    fn the_recorded_page_is_read_whole() {
        let file = "pricing/model-api/byteplus-modelark-2026-08-18.html";
        let Some(out) = of_capture("byteplus_pricing", file) else { return };
        let out = out.unwrap();
        assert_eq!(out.issues, []);
        assert_eq!(of_model(&out, "gpt-oss-120b-250805").len(), 2);
    }
}
