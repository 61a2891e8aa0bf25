//! Google Cloud's list prices of models: its own by service tier, those of others by region.
//!
//! The page has a table for each family of models and each tab. Read are what is billed by token, what is
//! kept in caches, tuning, and capacity that is set aside.

use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{Cell, Expect, css_path, page, select, text};
use scraper::ElementRef;

use crate::{StaticSpec, model_list, spec};

mod gemini;
mod other;
mod partner;

use gemini::Regions;

const URL: &str = "https://cloud.google.com/gemini-enterprise-agent-platform/generative-ai/pricing";

/// Who sells: the platform, not the Gemini API.
const PROVIDER: &str = "vertex_ai";

const TITLE: &str = "Cost of building and deploying AI models in Agent Platform";

/// Sections that are not read: what is billed by picture, second or song, models before Gemini 2.5, and
/// estimates.
const NOT_READ: [&str; 11] = [
    "Token-based pricing",
    "Modality-based pricing",
    "Agent Platform Model Optimizer Pricing (Experimental)*",
    "Other Gemini models",
    "Imagen",
    "Veo",
    "Lyria",
    "MultiModal Embeddings",
    "Pricing for Agent Platform's code completion",
    "Translation (Text)",
    "Example cost calculation",
];

/// See the module.
pub(crate) struct GoogleVertexPricing;

impl Source for GoogleVertexPricing {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let page = page(&document.body)?;
        let root = page.root_element();
        let mut places = select(root, "h1, h2, h3, h4, table", Expect::AtLeast(2))?.into_iter();
        let title = places.next().map(text).unwrap_or_default();
        if title != TITLE {
            return Err(ShapeError::new("h1", TITLE, title));
        }
        out.listing = Some(Listing::whole("models", document));
        let regions = Regions::read(root, document.fetched_at.date_naive())?;
        let mut heading = Heading::default();
        for place in places {
            if place.value().name() == "table" {
                let table = Table::new(place, &heading)?;
                read_table(&table, regions, out)?;
            } else {
                heading.take(&text(place));
            }
        }
        model_list::require_prices(out)
    }
}

/// Where in the page a table stands.
#[derive(Default)]
struct Heading {
    /// The family of models, or the product.
    section: String,
    /// The service tier or the region, where a section has several tables.
    tab: String,
}

impl Heading {
    fn take(&mut self, text: &str) {
        let is_regional = self.section == "Models with regional pricing";
        if gemini::TABS.contains(&text) {
            text.clone_into(&mut self.tab);
        } else if let Some(region) = partner::region(text).filter(|_| is_regional) {
            region.clone_into(&mut self.tab);
        } else {
            text.clone_into(&mut self.section);
            self.tab.clear();
        }
    }
}

/// A table, its cells in rows as they are written: spans are not looked at, since some are wrong.
struct Table<'a> {
    heading: &'a Heading,
    locator: String,
    rows: Vec<Vec<Cell>>,
}

impl<'a> Table<'a> {
    fn new(table: ElementRef<'_>, heading: &'a Heading) -> Result<Self, ShapeError> {
        let mut rows = Vec::new();
        for row in select(table, "tr", Expect::AtLeast(1))? {
            let cells = row.child_elements();
            let cells =
                cells.map(|cell| Cell { text: text(cell), locator: css_path(cell) }).collect();
            rows.push(cells);
        }
        Ok(Self { heading, locator: css_path(table), rows })
    }

    fn header(&self) -> Vec<&str> {
        self.rows.first().into_iter().flatten().map(|cell| cell.text.as_str()).collect()
    }

    /// The rows below the header, each of which must have `N` cells.
    fn rows_of<const N: usize>(&self) -> Result<Vec<&[Cell; N]>, ShapeError> {
        let rows = self.rows.iter().skip(1);
        rows.map(|row| <&[Cell; N]>::try_from(row.as_slice()).map_err(|_| self.odd(row))).collect()
    }

    fn odd(&self, row: &[Cell]) -> ShapeError {
        let found = row.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" | ");
        ShapeError::new(&self.locator, "rows of as many cells as the header", found)
    }
}

fn read_table(table: &Table<'_>, regions: Regions, out: &mut Extract) -> Result<(), ShapeError> {
    let section = table.heading.section.as_str();
    let header = table.header();
    let two_lengths =
        ["Price (/1M tokens) =< 200K input tokens", "Price (/1M tokens) > 200K input tokens"];
    match (section, header.as_slice()) {
        ("Gemini 3" | "Gemini 2.5", ["Model", "Type", ..]) => gemini::read(table, regions, out),
        // Searches are billed beyond a number of free ones that is stated in sentences.
        ("Gemini 3" | "Gemini 2.5", ["Feature", "Pricing"]) => Ok(()),
        (
            "Context Cache Storage price for Explicit Caching",
            ["Model", "Feature", "Type", _, _],
        ) => other::read_cache_storage(table, out),
        ("Provisioned Throughput", ["Duration", "Price per GSU", "Per"]) => {
            other::read_capacity(table, regions, out)
        }
        ("Model Tuning", ["Model", "Type", unit]) => other::read_tuning(table, unit, out),
        (
            "Models with regional pricing" | "Models with uniform pricing across all regions",
            ["Model", rest @ ..],
        ) if *rest == two_lengths => partner::read_claude(table, out),
        (
            "Understand embedding costs for your AI applications" | "MultiModal Embeddings",
            ["Model", "Type", "Region", unit],
        ) => other::read_embeddings(table, unit, out),
        ("MultiModal Embeddings", ["Open Source Model", "Type", unit]) => {
            other::read_open_embeddings(table, unit, out)
        }
        ("Pricing for tools", ["Tool", "Price"]) => partner::read_tools(table, out),
        (section, ["Model", "Pricing"]) => partner::read(section, table, out),
        (section, _) if NOT_READ.contains(&section) => Ok(()),
        (section, header) => {
            let found = format!("{section}: {header:?}");
            Err(ShapeError::new(&table.locator, "a table that is known", found))
        }
    }
}

#[cfg(test)]
mod tests {
    use burnrate_model::generated::ModelPrice;

    use super::*;

    const PAGE: &str =
        include_str!("fixtures/@2026-05-08/gemini-enterprise-agent-platform/generative-ai/pricing");

    fn read_on(day: &str, body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: format!("{day}T00:00:00Z").parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        GoogleVertexPricing.parse(&document, &mut out).map(|()| out)
    }

    fn read(body: &str) -> Result<Extract, ShapeError> {
        read_on("2026-05-08", body)
    }

    /// The fixture, and the recorded page where it is at hand.
    fn readings() -> Vec<Extract> {
        let file = "pricing/model-api/google-vertex-2026-05-08.html";
        let recorded = crate::captures::of_capture("google_vertex_pricing", file);
        [Some(read(PAGE)), recorded].into_iter().flatten().map(Result::unwrap).collect()
    }

    /// `meter modality tier context region price` of a model's rows.
    fn lines(extract: &Extract, model_id: &str) -> Vec<String> {
        let rows = extract.rows.model_price.iter().map(|sighted| &sighted.row);
        let line = |row: &ModelPrice| {
            let ModelPrice { meter, modality, service_tier, context_tier, region, price, .. } = row;
            format!("{meter} {modality} {service_tier} {context_tier} {region} {price}")
        };
        rows.filter(|row| row.model_id == model_id).map(line).collect()
    }

    #[test]
    fn quirk_6_lengths_of_the_prompt_are_columns() {
        for extract in readings() {
            let expected = [
                "input any standard input<=200000 any 2",
                "input any standard input>200000 any 4",
                "cached_input any standard input<=200000 any 0.2",
                "cached_input any standard input>200000 any 0.4",
                "output text standard input<=200000 any 12",
                "output text standard input>200000 any 18",
            ];
            assert_eq!(lines(&extract, "gemini-3-1-pro-preview")[..6], expected);
        }
    }

    #[test]
    fn quirk_8_flex_and_batch_share_a_tab() {
        for extract in readings() {
            let lines = lines(&extract, "gemini-3-1-pro-preview");
            for line in
                ["input any flex input<=200000 any 1", "input any batch input<=200000 any 1"]
            {
                assert!(lines.contains(&line.to_owned()), "{line}");
            }
            assert!(lines.contains(&"input any priority input<=200000 any 3.6".to_owned()));
        }
    }

    #[test]
    fn quirk_9_response_and_reasoning_are_one_output() {
        for extract in readings() {
            let rows = extract.rows.model_price.iter();
            assert!(rows.clone().all(|sighted| sighted.row.meter != "output_reasoning"));
        }
        let page =
            PAGE.replacen("Text output (response and reasoning)", "Text output (reasoning)", 1);
        assert!(read(&page).unwrap_err().to_string().contains("a kind of tokens"));
    }

    #[test]
    fn quirk_13_a_rounded_price_stays_as_it_is_shown() {
        for extract in readings() {
            // The Gemini API says 0.125.
            let cached = "cached_input any standard input<=200000 any 0.13".to_owned();
            assert!(lines(&extract, "gemini-2-5-pro").contains(&cached));
        }
    }

    #[test]
    fn trap_16_prices_per_thousand_become_prices_per_million() {
        for extract in readings() {
            let expected =
                ["embedding any standard any global 0.15", "embedding any batch any global 0.12"];
            assert_eq!(lines(&extract, "gemini-embedding"), expected);
            let small =
                ["embedding any standard any any 0.015", "embedding any batch any any 0.0075"];
            assert_eq!(lines(&extract, "multilingual-e5-small"), small);
        }
        assert!(
            read(&PAGE.replacen("Price per 1,000 input tokens", "Price per token", 1)).is_err()
        );
    }

    #[test]
    fn trap_17_prices_of_other_regions_are_announced_until_they_begin() {
        let kinds = |day: &str| {
            let out = read_on(day, PAGE).unwrap();
            let rows = out.rows.model_price.into_iter().map(|sighted| sighted.row);
            let of_model = rows.filter(|row| row.model_id == "gsu-1-month-commit");
            let kind = |row: ModelPrice| {
                let from = row.effective_from.map(|day| day.to_string());
                format!("{} {} {} {from:?}", row.region, row.price, row.price_kind)
            };
            of_model.map(kind).collect::<Vec<_>>()
        };
        let from = "Some(\"2026-07-01\")";
        let other = |kind: &str| format!("non-global 2970 {kind} {from}");
        let global = "global 2700 list None".to_owned();
        assert_eq!(kinds("2026-05-08"), [global.clone(), other("announced")]);
        assert_eq!(kinds("2026-07-01"), [global, other("list")]);
    }

    #[test]
    fn quirk_12_regions_are_contexts() {
        for extract in readings() {
            let input = |region: &str| {
                let words = format!("input any standard input<=200000 {region} ");
                let lines = lines(&extract, "claude-haiku-4-5");
                lines.iter().find_map(|line| line.strip_prefix(&words).map(str::to_owned))
            };
            // A tenth more than everywhere.
            assert_eq!(input("global").as_deref(), Some("1"));
            assert_eq!(input("asia-east1").as_deref(), Some("1.1"));
            assert_eq!(input("any"), None);
            let opus = lines(&extract, "claude-opus-4-1");
            assert_eq!(opus[0], "input any standard input<=200000 any 15");
        }
    }

    #[test]
    fn quirk_7_writes_to_the_cache_are_kept_apart_by_time_and_tier() {
        for extract in readings() {
            let lines = lines(&extract, "claude-opus-4-7");
            let expected = [
                "input any standard input<=200000 global 5",
                "output any standard input<=200000 global 25",
                "input any batch input<=200000 global 2.5",
                "output any batch input<=200000 global 12.5",
                "cache_write any standard input<=200000 global 6.25",
                "cache_write_1h any standard input<=200000 global 10",
                "cached_input any standard input<=200000 global 0.5",
                "cache_write any batch input<=200000 global 3.125",
                "cache_write_1h any batch input<=200000 global 5",
                "cached_input any batch input<=200000 global 0.25",
            ];
            assert_eq!(lines[..10], expected);
        }
    }

    #[test]
    fn mistakes_of_the_page_are_known_by_name() {
        for extract in readings() {
            // A second list in the same cell is not read.
            let sonnet = lines(&extract, "claude-sonnet-4-6");
            let in_region = "input any standard input<=200000 us-east5 ";
            let inputs: Vec<_> = sonnet.iter().filter(|line| line.starts_with(in_region)).collect();
            assert_eq!(inputs, [&format!("{in_region}3.3")]);
            // A span that is too long does not shift the model below.
            let image = lines(&extract, "gemini-2-5-flash-image");
            assert!(image.contains(&"output image batch input<=200000 any 15".to_owned()));
            assert!(lines(&extract, "mistral-ocr-25-05").is_empty());
        }
        // A cell that says a price twice gives it once.
        for extract in readings() {
            let haiku = lines(&extract, "claude-haiku-4-5");
            let write = "cache_write any standard input<=200000 us-east5 1.375";
            assert_eq!(haiku.iter().filter(|line| *line == write).count(), 1);
        }
        // The same mistake elsewhere is reported.
        let page =
            PAGE.replacen("Batch Cache Hit: $0.25", "Batch Cache Hit: $0.25 Input: $9.00", 1);
        assert_eq!(read(&page).unwrap().issues.len(), 1);
    }

    #[test]
    fn others_sell_the_models_of_many_makers() {
        for extract in readings() {
            let rows = extract.rows.model_price.iter().map(|sighted| &sighted.row);
            let oss = rows.clone().find(|row| row.model_id == "gpt-oss-120b").unwrap();
            assert_eq!((oss.provider.as_str(), oss.vendor.as_str()), ("vertex_ai", "openai"));
            assert_eq!((oss.meter.as_str(), oss.price.to_string()), ("input", "0.09".to_owned()));
            // Beside it stands the same price by the page.
            let ocr = rows.clone().find(|row| row.model_id == "deepseek-ocr").unwrap();
            assert_eq!(ocr.price_as_shown, "$0.30 / million tokens");
            let storage = rows.clone().find(|row| row.meter == "cache_storage").unwrap();
            assert_eq!(
                (storage.price_unit.as_str(), storage.price.to_string()),
                ("1M token-hours", "4.5".to_owned())
            );
        }
    }

    #[test]
    fn trap_19_another_page_of_the_publisher_is_refused() {
        assert!(
            read(
                "<html><body><h1>Cloud pricing</h1><table><tr><td>a</td></tr></table></body></html>"
            )
            .is_err()
        );
        assert!(
            read(&format!("<html><body><h1>{TITLE}</h1><h2>Google models</h2></body></html>"))
                .is_err()
        );
        let page = PAGE.replacen("Price per GSU", "Cost per GSU", 1);
        assert!(read(&page).unwrap_err().to_string().contains("a table that is known"));
    }
}
