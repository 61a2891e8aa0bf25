//! `DeepSeek`'s list prices: one table, a column for each model, with promotions and footnotes.

use burnrate_model::generated::ModelPrice;
use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList};
use burnrate_price::{
    Currency, Expect, Grid, Meter, Price, PriceKind, PriceUnit, html_table, model_price, page,
    read_amount, select, select_one, text,
};
use chrono::NaiveDate;
use scraper::ElementRef;

use crate::{StaticSpec, model_list, spec};

const URL: &str = "https://api-docs.deepseek.com/quick_start/pricing";

/// What the page says of all its prices.
const UNIT: &str = "in units of per 1M tokens";

/// Rows of the table that hold no prices.
const NO_PRICES: [&str; 8] = [
    "MODEL",
    "BASE URL (OpenAI Format)",
    "BASE URL (Anthropic Format)",
    "MODEL VERSION",
    "THINKING MODE",
    "CONTEXT LENGTH",
    "MAX OUTPUT",
    "FEATURES",
];

/// See the module.
pub(crate) struct DeepseekPricing;

impl Source for DeepseekPricing {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        vec![Request { source_id: self.spec().id.clone(), url: URL.to_owned() }]
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let page = page(&document.body)?;
        let article = select_one(page.root_element(), "article .theme-doc-markdown")?;
        let table = html_table(select_one(article, "table")?)?;
        if !text(article).contains(UNIT) {
            return Err(ShapeError::new("article", format!("`{UNIT}`"), "no such words"));
        }
        let notes = footnotes(article)?;
        out.listing = Some(Listing::whole("models", document));
        let models = models(page.root_element(), &table)?;
        for row in table.rows.iter().skip(1) {
            let [section, label, cells @ ..] = row.as_slice() else { continue };
            if NO_PRICES.contains(&section.text.as_str()) {
                continue;
            }
            let label = marked(select_one(page.root_element(), &label.locator)?, &notes)?;
            let meter = meter(&section.text, &label.text).ok_or_else(|| {
                let found = format!("{}, {}", section.text, label.text);
                ShapeError::new(&table.locator, "a row that is known", found)
            })?;
            if cells.len() != models.len() {
                let found = format!("{} in {}", cells.len(), label.text);
                return Err(ShapeError::new(&table.locator, "a cell for each model", found));
            }
            for (model_name, cell) in models.iter().zip(cells) {
                let element = select_one(page.root_element(), &cell.locator)?;
                let rows = prices(model_name, meter, &label, element, &notes)?;
                if rows.is_empty() {
                    let record = format!("{model_name}, {}: {}", label.text, cell.text);
                    out.issue(&cell.locator, "no price that is known how to read", record);
                }
                for row in rows {
                    model_list::push(out, row, cell.locator.clone());
                }
            }
        }
        model_list::require_prices(out)
    }
}

/// The models, which head the columns.
fn models(page: ElementRef<'_>, table: &Grid) -> Result<Vec<String>, ShapeError> {
    let none = || ShapeError::new(&table.locator, "a table headed MODEL", "another");
    let [first, second, models @ ..] = table.rows.first().ok_or_else(none)?.as_slice() else {
        return Err(none());
    };
    if first.text != "MODEL" || second.text != "MODEL" || models.is_empty() {
        return Err(none());
    }
    let name = |cell: &burnrate_price::Cell| {
        // What the footnotes say of names of models is no matter of prices.
        let element = select_one(page, &cell.locator)?;
        Ok(without_marks(element)?.0)
    };
    models.iter().map(name).collect()
}

fn meter(section: &str, label: &str) -> Option<Meter> {
    match (section, label) {
        ("PRICING", "1M INPUT TOKENS (CACHE HIT)") => Some(Meter::CachedInput),
        ("PRICING", "1M INPUT TOKENS (CACHE MISS)") => Some(Meter::Input),
        ("PRICING", "1M OUTPUT TOKENS") => Some(Meter::Output),
        _ => None,
    }
}

/// The prices of a cell: one in force, or one for a time and the regular one, struck through, behind it.
/// None where it is not known how to read it.
fn prices(
    model_name: &str,
    meter: Meter,
    label: &Marked,
    cell: ElementRef<'_>,
    notes: &[String],
) -> Result<Vec<ModelPrice>, ShapeError> {
    let priced = |shown: &str, note: Option<String>| {
        let amount = read_amount(shown).filter(|amount| !amount.value.is_zero())?;
        let price = Price::new(amount, Currency::Usd, shown, &label.text);
        let row = model_price("deepseek", model_name, meter, PriceUnit::MillionTokens, price);
        Some(ModelPrice { price_note: note, ..row })
    };
    let regular = |shown: &str| {
        let from = label.note.as_deref().and_then(|note| day_after(note, "takes effect from "));
        Some(ModelPrice { effective_from: from, ..priced(shown, label.note.clone())? })
    };
    let struck = select(cell, "del", Expect::Between(0, 1))?;
    let cell = marked(cell, notes)?;
    let Some(struck) = struck.first().map(|struck| text(*struck)) else {
        return Ok(regular(&cell.text).into_iter().collect());
    };
    let reduced = cell.text.strip_suffix(&struck).and_then(|rest| rest.split_once(" ("));
    let Some((reduced, off)) = reduced else { return Ok(Vec::new()) };
    if !off.trim_end().ends_with("% off)") {
        return Ok(Vec::new());
    }
    let until = cell.note.as_deref().and_then(|note| day_after(note, "until "));
    let promotion = priced(reduced, cell.note.clone()).map(|row| ModelPrice {
        price_kind: PriceKind::Promotional.into(),
        effective_to: until,
        ..row
    });
    let both = promotion.zip(regular(&struck));
    Ok(both.map(|(promotion, regular)| vec![promotion, regular]).unwrap_or_default())
}

/// A text without the marks of its footnotes, and what these say.
struct Marked {
    text: String,
    note: Option<String>,
}

fn marked(element: ElementRef<'_>, notes: &[String]) -> Result<Marked, ShapeError> {
    let (text, marks) = without_marks(element)?;
    let mut said = Vec::new();
    for mark in marks {
        let note = notes.iter().find_map(|note| note.strip_prefix(&mark));
        let note = note.ok_or_else(|| ShapeError::new("footnotes", mark, "none"))?;
        said.push(note.trim().to_owned());
    }
    Ok(Marked { text, note: (!said.is_empty()).then(|| said.join(" ")) })
}

/// `$0.435 (75% off)` and `(3)` of `$0.435 (75% off<sup>(3)</sup>)`.
fn without_marks(element: ElementRef<'_>) -> Result<(String, Vec<String>), ShapeError> {
    let marks: Vec<String> =
        select(element, "sup", Expect::AtLeast(0))?.into_iter().map(text).collect();
    let whole = text(element);
    let bare = marks.iter().fold(whole, |text, mark| text.replacen(mark.as_str(), "", 1));
    Ok((bare, marks))
}

/// The footnotes, each with its mark: `(1) …`.
fn footnotes(article: ElementRef<'_>) -> Result<Vec<String>, ShapeError> {
    let paragraphs = select(article, "p", Expect::AtLeast(1))?;
    let Some(all) = paragraphs.into_iter().map(text).find(|text| text.starts_with("(1)")) else {
        return Ok(Vec::new());
    };
    let mut notes = Vec::new();
    let mut rest = all.as_str();
    while !rest.is_empty() {
        let next = format!(" ({}) ", notes.len() + 2);
        let end = rest.find(&next).unwrap_or(rest.len());
        notes.push(rest[..end].to_owned());
        rest = rest[end..].trim_start();
    }
    Ok(notes)
}

/// The day that stands behind some words: `2026/4/26 12:15 UTC`.
fn day_after(note: &str, words: &str) -> Option<NaiveDate> {
    let (_, rest) = note.split_once(words)?;
    let mut parts = rest.split_whitespace();
    let (day, _time, zone) = (parts.next()?, parts.next()?, parts.next()?);
    let is_utc = zone.trim_end_matches('.') == "UTC";
    NaiveDate::parse_from_str(day, "%Y/%m/%d").ok().filter(|_| is_utc)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = include_str!("fixtures/@2026-05-08/quick_start/pricing");

    fn read(body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: "2026-05-08T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        DeepseekPricing.parse(&document, &mut out).map(|()| out)
    }

    /// The fixture, and the recorded page where it is at hand.
    fn readings() -> Vec<Extract> {
        let file = "pricing/model-api/deepseek-2026-05-08.html";
        let recorded = crate::captures::of_capture("deepseek_pricing", file);
        [Some(read(PAGE)), recorded].into_iter().flatten().map(Result::unwrap).collect()
    }

    /// `meter price kind from to` of a model's rows.
    fn lines(extract: &Extract, model_id: &str) -> Vec<String> {
        let day = |day: Option<NaiveDate>| day.map_or("-".to_owned(), |day| day.to_string());
        let rows = extract.rows.model_price.iter().map(|sighted| &sighted.row);
        let line = |row: &ModelPrice| {
            let (from, to) = (day(row.effective_from), day(row.effective_to));
            format!("{} {} {} {from} {to}", row.meter, row.price, row.price_kind)
        };
        rows.filter(|row| row.model_id == model_id).map(line).collect()
    }

    #[test]
    fn quirk_11_promotions_end_and_the_struck_price_is_the_list_price() {
        for extract in readings() {
            let pro = [
                "cached_input 0.003625 promotional - 2026-05-31",
                "cached_input 0.0145 list 2026-04-26 -",
                "input 0.435 promotional - 2026-05-31",
                "input 1.74 list - -",
                "output 0.87 promotional - 2026-05-31",
                "output 3.48 list - -",
            ];
            assert_eq!(lines(&extract, "deepseek-v4-pro"), pro);
            let promotion = &extract.rows.model_price[7].row;
            assert_eq!(promotion.price_as_shown, "$0.87");
        }
    }

    #[test]
    fn quirk_11_marks_of_footnotes_are_no_digits() {
        for extract in readings() {
            let flash = [
                "cached_input 0.0028 list 2026-04-26 -",
                "input 0.14 list - -",
                "output 0.28 list - -",
            ];
            assert_eq!(lines(&extract, "deepseek-v4-flash"), flash);
            let cached = &extract.rows.model_price[0].row;
            assert_eq!(cached.model_name, "deepseek-v4-flash");
            assert_eq!(cached.unit_as_shown, "1M INPUT TOKENS (CACHE HIT)");
        }
        let error = read(&PAGE.replace("<sup>(3)</sup>", "<sup>(4)</sup>")).unwrap_err();
        assert_eq!(error.to_string(), "footnotes: expected (4), found none");
    }

    #[test]
    fn quirk_11_a_reduction_without_a_struck_price_is_an_issue() {
        let out = read(&PAGE.replace("<del>$3.48</del>", "")).unwrap();
        assert_eq!(out.issues.len(), 1);
    }

    #[test]
    fn quirk_10_hours_of_low_demand_are_not_guessed() {
        let page = PAGE.replace("1M OUTPUT TOKENS", "1M OUTPUT TOKENS (UTC 16:30-00:30)");
        assert!(read(&page).unwrap_err().to_string().contains("a row that is known"));
        // One cell for two models is the price of both.
        let merged = PAGE.replace(
            "<td>$0.28</td><td>$0.87 (75% off<sup>(3)</sup>)<del>$3.48</del></td>",
            "<td colspan=\"2\">$0.28</td>",
        );
        assert_eq!(lines(&read(&merged).unwrap(), "deepseek-v4-pro")[4], "output 0.28 list - -");
    }

    #[test]
    fn trap_16_the_unit_of_the_page_is_checked() {
        assert!(read(&PAGE.replace("per 1M tokens", "per 1K tokens")).is_err());
    }

    #[test]
    fn trap_19_a_page_without_the_table_is_refused() {
        assert!(read("<html><body><article><div class=theme-doc-markdown><h1>Models</h1></div></article></body></html>").is_err());
        assert!(read("").is_err());
    }
}
