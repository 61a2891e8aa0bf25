//! Google's list prices of the Gemini API: by model, service tier, length of the prompt and modality.
//!
//! The page is Markdown. Its tables for one model are its service tiers: either each has a heading, or a
//! line above the first names them in order.

use burnrate_model::generated::ModelPrice;
use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{Cell, Grid, ServiceTier, markdown_tables};

use crate::{StaticSpec, model_list, spec};

mod cell;
mod row;

use row::Row;

const URL: &str = "https://ai.google.dev/gemini-api/docs/pricing.md.txt";

/// The section behind the models: a page without it is cut off, and what is missing would be taken for
/// withdrawn.
const LAST: &str = "Pricing for tools";

/// See the module.
pub(crate) struct GoogleGeminiPricing;

impl Source for GoogleGeminiPricing {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let body = str::from_utf8(&document.body)
            .map_err(|_| ShapeError::new("page", "UTF-8", "other bytes"))?;
        let tables = markdown_tables(body);
        if !tables.iter().any(|table| titles(table).0 == LAST) {
            return Err(ShapeError::new("page", format!("a table under {LAST}"), "none"));
        }
        out.listing = Some(Listing::whole("models", document));
        for group in tables.chunk_by(|one, next| titles(one).0 == titles(next).0) {
            let title = group.first().map_or("", |table| titles(table).0);
            // Tools and agents: their prices stand with each model.
            if title == LAST || title == "Pricing for agents" {
                continue;
            }
            let section = Section::find(body, title)?;
            for (table, tier) in group.iter().zip(section.tiers(group)?) {
                read_table(table, tier, &section, out)?;
            }
        }
        model_list::require_prices(out)
    }
}

/// The title of the section that a table stands in, and its own heading, where that is a service tier.
fn titles(table: &Grid) -> (&str, Option<ServiceTier>) {
    let mut headings = table.headings.iter().rev().map(String::as_str);
    let last = headings.next().unwrap_or_default();
    match service_tier(last) {
        Some(tier) => (headings.next().unwrap_or_default(), Some(tier)),
        None => (last, None),
    }
}

fn service_tier(name: &str) -> Option<ServiceTier> {
    match name {
        "Standard" => Some(ServiceTier::Standard),
        "Batch" => Some(ServiceTier::Batch),
        "Flex" => Some(ServiceTier::Flex),
        "Priority" => Some(ServiceTier::Priority),
        _ => None,
    }
}

/// What stands under the title of one model.
struct Section<'a> {
    /// The title, without a picture at its end.
    title: &'a str,
    text: &'a str,
}

impl<'a> Section<'a> {
    fn find(body: &'a str, title: &str) -> Result<Self, ShapeError> {
        let mut sections = body.split("\n## ").skip(1);
        let found = sections.find(|section| section.lines().next().map(str::trim) == Some(title));
        let text = found.ok_or_else(|| ShapeError::new("page", format!("`## {title}`"), "none"))?;
        let title = text.lines().next().unwrap_or_default();
        Ok(Self { title: title.trim_end_matches(|c: char| !c.is_ascii() || c == ' '), text })
    }

    /// The service tiers of the tables.
    fn tiers(&self, tables: &[Grid]) -> Result<Vec<ServiceTier>, ShapeError> {
        let own: Vec<ServiceTier> = tables.iter().filter_map(|table| titles(table).1).collect();
        if own.len() == tables.len() {
            return Ok(own);
        }
        let named = self.text.lines().find(|line| line.starts_with("[Standard]"));
        let Some(line) = named.filter(|_| own.is_empty()) else {
            if own.is_empty() && tables.len() == 1 {
                return Ok(vec![ServiceTier::Standard]);
            }
            return Err(ShapeError::new(self.title, "a service tier for each table", "none"));
        };
        let names = line.split('[').skip(1).map(|link| link.split(']').next().unwrap_or_default());
        let tiers: Option<Vec<ServiceTier>> = names.map(service_tier).collect();
        tiers.filter(|tiers| tiers.len() == tables.len()).ok_or_else(|| {
            let found = format!("{} tables under {line}", tables.len());
            ShapeError::new(self.title, "service tiers as many as tables", found)
        })
    }

    /// The names by which programs ask for its models.
    fn api_names(&self) -> Vec<&'a str> {
        let mut lines = self.text.lines();
        let line = lines.find(|line| line.starts_with("*`") || line.starts_with("_`"));
        line.map_or_else(Vec::new, |line| line.split('`').skip(1).step_by(2).collect())
    }
}

fn read_table(
    table: &Grid,
    tier: ServiceTier,
    section: &Section<'_>,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    let header = table.texts(0);
    let unit = match header.as_slice() {
        ["", "Free Tier", paid] => cell::unit_of_header(paid),
        _ => None,
    };
    let unit = unit.ok_or_else(|| {
        let place = format!("{}, {}", section.title, table.locator);
        ShapeError::new(place, "columns of a free and a paid tier", format!("{header:?}"))
    })?;
    let unit_as_shown = header.get(2).copied().unwrap_or_default();
    let api_names = section.api_names();
    for [label, free, paid] in table.rows_of(1)? {
        if label.text == "Used to improve our products" {
            continue;
        }
        let row = Row::new(&label.text, section.title, &api_names, unit);
        let Some(row) = row else {
            out.issue(&label.locator, "a row that is not known", &label.text);
            continue;
        };
        // What is free of charge is so in every tab: it is read once.
        if tier == ServiceTier::Standard {
            take(row.free(&free.text, unit_as_shown), free, out);
        }
        let prices = row.paid(&paid.text, unit_as_shown).map(|prices| {
            let is_announced = paid.text.contains("(Coming soon");
            let of_tier = |price: ModelPrice| ModelPrice { service_tier: tier.into(), ..price };
            let prices = prices.into_iter().map(of_tier);
            prices
                .map(|price| if is_announced { announced(price, section) } else { price })
                .collect()
        });
        take(prices, paid, out);
    }
    Ok(())
}

/// Adds the prices of a cell; an issue where it is not known how to read it.
fn take(prices: Option<Vec<ModelPrice>>, cell: &Cell, out: &mut Extract) {
    let Some(prices) = prices else {
        return out.issue(&cell.locator, "no price that is known how to read", &cell.text);
    };
    for price in prices {
        model_list::push(out, price, cell.locator.clone());
    }
}

/// A price to come, from the day that the section states, where it does.
fn announced(price: ModelPrice, section: &Section<'_>) -> ModelPrice {
    let words = "billing for Grounding with Google Search will start ";
    let day = section.text.split_once(words).and_then(|(_, rest)| {
        let (day, _) = rest.split_once('.')?;
        chrono::NaiveDate::parse_from_str(day, "%B %d, %Y").ok()
    });
    ModelPrice {
        price_kind: burnrate_price::PriceKind::Announced.into(),
        effective_from: day,
        ..price
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JANUARY: &str = include_str!("fixtures/@2026-01-08/gemini-api/docs/pricing.md.txt");
    const JUNE: &str = include_str!("fixtures/@2026-06-02/gemini-api/docs/pricing.md.txt");

    fn read(body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: "2026-06-02T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        GoogleGeminiPricing.parse(&document, &mut out).map(|()| out)
    }

    /// A fixture, and the recorded page that it was made from where that is at hand.
    fn readings(fixture: &str, file: &str) -> Vec<Extract> {
        let file = format!("pricing/model-api/{file}");
        let recorded = crate::captures::of_capture("google_gemini_pricing", &file);
        [Some(read(fixture)), recorded].into_iter().flatten().map(Result::unwrap).collect()
    }

    fn january() -> Vec<Extract> {
        readings(JANUARY, "google-gemini-2026-01-08.md")
    }

    fn june() -> Vec<Extract> {
        readings(JUNE, "google-gemini-2026-06-05.md")
    }

    /// `meter modality unit context price kind` of the rows of a model at a tier.
    fn lines(extract: &Extract, model_id: &str, tier: &str) -> Vec<String> {
        let rows = extract.rows.model_price.iter().map(|sighted| &sighted.row);
        let of_model = rows.filter(|row| row.model_id == model_id && row.service_tier == tier);
        let line = |row: &ModelPrice| {
            let ModelPrice { meter, modality, price_unit, context_tier, price, .. } = row;
            format!("{meter} {modality} {price_unit} {context_tier} {price}")
        };
        of_model.map(line).collect()
    }

    #[test]
    fn quirk_6_lengths_of_the_prompt_are_text_between_the_prices() {
        for extract in january() {
            let expected = [
                "input any 1M tokens input<=200000 2",
                "input any 1M tokens input>200000 4",
                "output any 1M tokens input<=200000 12",
                "output any 1M tokens input>200000 18",
                "cached_input any 1M tokens input<=200000 0.2",
                "cached_input any 1M tokens input>200000 0.4",
                "cache_storage any 1M token-hours any 4.5",
                "search any 1K requests any 14",
            ];
            assert_eq!(lines(&extract, "gemini-3-pro-preview", "standard"), expected);
        }
    }

    #[test]
    fn quirk_7_storage_of_what_is_cached_is_by_the_hour() {
        for extract in june() {
            let lines = lines(&extract, "gemini-3-5-flash", "flex");
            assert_eq!(lines[2], "cached_input any 1M tokens any 0.08");
            assert_eq!(lines[3], "cache_storage any 1M token-hours any 1");
        }
    }

    #[test]
    fn quirk_8_tables_of_one_model_are_its_service_tiers() {
        for extract in june() {
            let inputs = ["standard", "batch", "flex", "priority"]
                .map(|tier| lines(&extract, "gemini-3-5-flash", tier).remove(0));
            // 1.50, half of it twice, and 1.8 times it.
            let expected = ["1.5", "0.75", "0.75", "2.7"];
            assert_eq!(inputs, expected.map(|price| format!("input any 1M tokens any {price}")));
        }
        for extract in january() {
            assert_eq!(
                lines(&extract, "gemini-embedding-001", "batch"),
                ["embedding any 1M tokens any 0.075"]
            );
        }
        let error = read(&JUNE.replacen("[Flex]", "[Turbo]", 1)).unwrap_err();
        assert!(error.to_string().contains("service tiers as many as tables"), "{error}");
    }

    #[test]
    fn quirk_9_thinking_is_output() {
        for extract in january().into_iter().chain(june()) {
            let rows = extract.rows.model_price.iter();
            assert!(rows.clone().all(|sighted| sighted.row.meter != "output_reasoning"));
        }
    }

    #[test]
    fn quirk_15_the_free_tier_is_nothing_where_it_is_called_free() {
        for extract in june() {
            let free = lines(&extract, "gemini-3-5-flash", "free");
            let expected = [
                "input any 1M tokens any 0",
                "output any 1M tokens any 0",
                "cached_input any 1M tokens any 0",
            ];
            assert_eq!(free, expected);
            assert_eq!(lines(&extract, "gemini-3-1-pro-preview", "free"), [""; 0]);
            // `500 RPD` of maps are no price.
            let lite = lines(&extract, "gemini-2-5-flash-lite", "free");
            assert_eq!(lite[2..], ["search any 1K requests any 0"]);
        }
    }

    #[test]
    fn models_of_one_section_have_the_names_above_its_table() {
        for extract in june() {
            let rows = extract.rows.model_price.iter().map(|sighted| &sighted.row);
            let named: std::collections::BTreeMap<&str, &str> =
                rows.map(|row| (row.model_name.as_str(), row.model_id.as_str())).collect();
            assert_eq!(named.get("Veo 3.1 Standard"), Some(&"veo-3-1-generate-preview"));
            assert_eq!(named.get("Veo 3.1 Fast"), Some(&"veo-3-1-fast-generate-preview"));
            let is_other = |(name, id): &(&&str, &&str)| {
                name.starts_with("Imagen 4") && **id != "imagen-4-0-generate-001"
            };
            for (name, id) in named.iter().filter(is_other) {
                let kind = name.rsplit(' ').next().unwrap().to_lowercase();
                assert_eq!(**id, format!("imagen-4-0-{kind}-generate-001"));
            }
        }
    }

    #[test]
    fn trap_18_modalities_and_sizes_are_contexts() {
        for extract in june() {
            let live = lines(&extract, "gemini-3-1-flash-live-preview", "standard");
            let expected = [
                "input text 1M tokens any 0.75",
                "input audio 1M tokens any 3",
                "input image 1M tokens any 1",
                "input video 1M tokens any 1",
                "output text 1M tokens any 4.5",
                "output audio 1M tokens any 12",
                "search any 1K requests any 14",
            ];
            assert_eq!(live, expected);
            let veo = [
                "video any second of 720p any 0.4",
                "video any second of 1080p any 0.4",
                "video any second of 4K any 0.6",
            ];
            assert_eq!(lines(&extract, "veo-3-1-generate-preview", "standard"), veo);
        }
        for extract in january() {
            // A picture at 0.0006, not a million tokens.
            let image = lines(&extract, "gemini-3-pro-image-preview", "batch");
            assert_eq!(image[1], "input image image any 0.0006");
        }
    }

    #[test]
    fn trap_17_searches_that_are_to_be_billed_are_announced() {
        for extract in january() {
            let rows = extract.rows.model_price.iter().map(|sighted| &sighted.row);
            let of_model = rows.filter(|row| row.model_id == "gemini-3-pro-preview");
            let search = of_model.filter(|row| row.meter == "search").collect::<Vec<_>>();
            assert_eq!(search[0].price_kind, "announced");
            assert_eq!(search[0].effective_from, "2026-01-05".parse().ok());
        }
        for extract in june() {
            let rows = extract.rows.model_price.iter();
            assert!(rows.clone().all(|sighted| sighted.row.price_kind == "list"));
        }
    }

    #[test]
    fn names_are_those_that_programs_ask_for() {
        for extract in january() {
            let rows = extract.rows.model_price.iter().map(|sighted| &sighted.row);
            let name = "Gemini 2.5 Flash-Lite Preview";
            let ids = rows.filter(|row| row.model_name == name).map(|row| row.model_id.as_str());
            assert!(ids.clone().count() > 10);
            assert!(ids.into_iter().all(|id| id == "gemini-2-5-flash-lite-preview-09-2025"));
        }
    }

    #[test]
    fn what_is_not_known_is_reported() {
        let issues = |page: &str| read(page).unwrap().issues.len();
        assert_eq!(issues(&JUNE.replacen("| Input price | Free", "| Prompt price | Free", 1)), 1);
        assert_eq!(issues(&JUNE.replacen("$0.75 (text)", "$0.75 (code)", 1)), 1);
        let euros = JUNE.replacen("Paid Tier, per 1M tokens in USD", "Paid Tier, per 1K tokens", 1);
        assert!(
            read(&euros).unwrap_err().to_string().contains("columns of a free and a paid tier")
        );
    }

    #[test]
    fn trap_19_a_page_without_tables_is_refused() {
        assert!(read("# Gemini Developer API pricing\n\nSign in\n").is_err());
        let half = JUNE.split("## Imagen 4").next().unwrap();
        let error = read(half).unwrap_err().to_string();
        assert_eq!(error, "page: expected a table under Pricing for tools, found none");
    }
}
