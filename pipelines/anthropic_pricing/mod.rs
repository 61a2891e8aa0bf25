//! Anthropic's page of prices: plans of Claude by user and month, models by million tokens, tools.

use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{css_path, layout_of, text};
use chrono::NaiveDate;
use scraper::ElementRef;

use crate::{StaticSpec, spec};

mod layout_2024;
mod layout_2025;
mod model_name;
mod models;
mod mtok;
mod seats;

pub(crate) use model_name::claude_id;
pub(crate) use mtok::per_mtok;

const URL: &str = "https://claude.com/pricing";

/// See the module.
pub(crate) struct AnthropicPricing;

type Layout = fn(&[u8], NaiveDate, &mut Extract) -> Result<(), ShapeError>;

/// Layouts with the first day that each is known from.
fn layouts() -> [(NaiveDate, Layout); 2] {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    [(day(2024, 11, 18), layout_2024::read), (day(2025, 11, 13), layout_2025::read)]
}

impl Source for AnthropicPricing {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let listing = Listing::whole("plans and models", document);
        let observed_on = listing.observed_on();
        let layout = layout_of(&layouts(), observed_on)
            .ok_or_else(|| ShapeError::new("page", "a layout", "none"))?;
        out.listing = Some(listing);
        layout(&document.body, observed_on, out)
    }
}

/// Checks that no amount of money stands where the reader did not look.
fn expect_all_read(page: ElementRef<'_>, amounts_read: usize) -> Result<(), ShapeError> {
    let amounts = text(page).matches('$').count();
    if amounts == amounts_read {
        return Ok(());
    }
    let expected = format!("{amounts_read} amounts of money, all in known places");
    Err(ShapeError::new(css_path(page), expected, amounts.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = include_str!("fixtures/@2025-11-13/pricing");
    const OLDER: &str = include_str!("fixtures/@2024-11-18/pricing");

    fn read(day: &str, body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: format!("{day}T00:00:00Z").parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        AnthropicPricing.parse(&document, &mut out).map(|()| out)
    }

    fn recorded(name: &str) -> Option<Extract> {
        let file = format!("pricing/model-api/{name}");
        crate::captures::of_capture("anthropic_pricing", &file).map(Result::unwrap)
    }

    /// The page, as a fixture and as recorded.
    fn pages() -> impl Iterator<Item = Extract> {
        let fixture = read("2026-11-24", PAGE).unwrap();
        [Some(fixture), recorded("anthropic-2025-11-13.html")].into_iter().flatten()
    }

    fn prices(extract: &Extract, model_id: &str) -> Vec<String> {
        let rows = extract.rows.model_price.iter().map(|sighted| &sighted.row);
        let of_model = rows.filter(|row| row.model_id == model_id);
        of_model.map(|row| format!("{} {} {}", row.meter, row.context_tier, row.price)).collect()
    }

    fn seats(extract: &Extract, plan: &str) -> Vec<String> {
        let rows = extract.rows.seat_price.iter().map(|sighted| &sighted.row);
        let line = |row: &burnrate_model::generated::SeatPrice| {
            let note = row.price_note.as_deref().unwrap_or("-");
            let minimum = row.minimum_seats.map_or("-".to_owned(), |seats| seats.to_string());
            format!("{} {} {note} {minimum}", row.billing_period, row.price)
        };
        rows.filter(|row| row.plan == plan).map(line).collect()
    }

    #[test]
    fn quirk_6_prompts_over_200k_have_their_own_prices() {
        let expected = [
            "input input<=200000 3",
            "input input>200000 6",
            "output input<=200000 15",
            "output input>200000 22.5",
            "cache_write input<=200000 3.75",
            "cached_input input<=200000 0.3",
            "cache_write input>200000 7.5",
            "cached_input input>200000 0.6",
        ];
        for extract in pages() {
            assert_eq!(prices(&extract, "claude-sonnet-4-5"), expected);
        }
    }

    #[test]
    fn quirk_7_cache_writes_and_reads_stand_apart() {
        let expected =
            ["input any 15", "output any 75", "cache_write any 18.75", "cached_input any 1.5"];
        for extract in pages() {
            assert_eq!(prices(&extract, "claude-opus-4-1"), expected);
        }
    }

    /// `$`, `15` and ` / MTok` are three elements.
    #[test]
    fn quirk_16_split_numbers_are_put_together() {
        for extract in pages() {
            let rows = extract.rows.model_price.iter().map(|sighted| &sighted.row);
            let mut opus = rows.filter(|row| row.model_name == "Opus 4.1");
            assert_eq!(opus.next().unwrap().price_as_shown, "$15 / MTok");
        }
    }

    #[test]
    fn quirk_31_plans_by_the_year_by_the_month_and_with_a_minimum() {
        for extract in pages() {
            assert_eq!(seats(&extract, "free"), ["any 0 - -"]);
            assert_eq!(
                seats(&extract, "pro"),
                ["annual 17 $200 billed up front -", "monthly 20 - -"]
            );
            assert_eq!(seats(&extract, "team standard"), ["annual 25 - 5", "monthly 30 - 5"]);
            assert_eq!(seats(&extract, "team premium"), ["any 150 - 5"]);
            assert_eq!(extract.rows.seat_price.len(), 6, "enterprises ask");
        }
    }

    /// Max is "From $100": it has two sizes, and the page does not say what either costs.
    #[test]
    fn quirk_26_what_a_plan_starts_from_is_no_price() {
        assert_eq!(PAGE.matches("From $100").count(), 1);
        for extract in pages() {
            assert_eq!(seats(&extract, "max"), [""; 0]);
            assert_eq!(extract.issues, []);
        }
        let weekly = PAGE.replace("Per person billed monthly", "Per person billed weekly");
        assert_eq!(read("2026-11-24", &weekly).unwrap().issues.len(), 1);
        let stated = read("2026-11-24", &PAGE.replace("From $100", "$100")).unwrap();
        assert_eq!(seats(&stated, "max"), ["monthly 100 - -"]);
    }

    #[test]
    fn the_page_of_2024_is_read_by_its_own_layout() {
        let fixture = read("2024-11-18", OLDER).unwrap();
        let all = [Some(fixture), recorded("anthropic-2024-11-18.html")];
        for extract in all.into_iter().flatten() {
            let expected =
                ["input any 1", "cache_write any 1.25", "cached_input any 0.1", "output any 5"];
            assert_eq!(prices(&extract, "claude-3-5-haiku"), expected);
            assert_eq!(prices(&extract, "claude-3-sonnet"), ["input any 3", "output any 15"]);
            assert_eq!(
                seats(&extract, "pro"),
                ["annual 18 $216 billed up front -", "monthly 20 - -"]
            );
            assert_eq!(seats(&extract, "team"), ["annual 25 - 5", "monthly 30 - 5"]);
        }
    }

    #[test]
    fn a_price_in_an_unknown_place_refuses_the_page() {
        let other = PAGE.replace("</main>", "<p>Claude Code: $5 a day</p></main>");
        let error = read("2026-11-24", &other).unwrap_err();
        assert!(error.expected.contains("all in known places"), "{error}");
        assert!(read("2024-11-18", &OLDER.replace("…", "from $1")).is_err());
    }

    #[test]
    fn prices_of_batches_on_show_refuse_the_page() {
        let other = PAGE.replace("data-value=\"18.75\"", "data-value=\"9.375\"");
        assert_eq!(read("2026-11-24", &other).unwrap_err().found, "18.75");
    }

    #[test]
    fn odd_records_are_reported_and_the_rest_is_read() {
        let all = read("2026-11-24", PAGE).unwrap();
        for (known, unknown, models, plans) in [
            ("Per person / month. Minimum", "Per person / week. Minimum", 0, 1),
            (">Opus 4.1<", ">Opus four<", 4, 0),
            ("$10 / 1K searches", "$10 / 1K results", 1, 0),
            ("> 200K tokens", "> 300K tokens", 0, 0),
            ("Prompts ≤ 200K", "Prompts ≤ 100K", 2, 0),
        ] {
            let other = read("2026-11-24", &PAGE.replace(known, unknown)).unwrap();
            assert_eq!(other.issues.len(), models + plans, "{unknown}: {:?}", other.issues);
            let (had, has) = (all.rows.model_price.len(), other.rows.model_price.len());
            assert_eq!(had - has, models, "{unknown}");
            assert_eq!(all.rows.seat_price.len() - other.rows.seat_price.len(), plans, "{unknown}");
        }
    }

    #[test]
    fn trap_19_pages_without_prices_are_refused() {
        let shell = "<html><body><main><div id=\"app\"></div></main></body></html>";
        for day in ["2024-11-18", "2026-11-24"] {
            for body in ["", shell, "<html><title>Just a moment...</title></html>"] {
                assert!(read(day, body).is_err(), "{day}: {body}");
            }
        }
    }
}
