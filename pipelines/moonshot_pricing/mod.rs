//! Prices of Moonshot's Kimi models, in US dollars, a page for each series.
//!
//! The documentation is served as Markdown with components in it: `<DocTable columns={[…]} rows={[…]} />`,
//! its rows written as JavaScript, and a price as `<>{"$"}0.95</>`.

use std::ops::Range;

use burnrate_model::{
    Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList, locator,
};
use burnrate_price::{Currency, Meter, Price, PriceUnit, model_price, read_amount};
use chrono::NaiveDate;

use crate::hosts::is_plausible_usd;
use crate::{StaticSpec, spec};

const VENDOR: &str = "moonshot";
const FOLDER: &str = "https://platform.kimi.ai/docs/pricing/";
const SERIES: [&str; 4] = ["chat-k26", "chat-k25", "chat-k2", "chat-v1"];

/// See the module.
pub(crate) struct MoonshotPricing;

impl Source for MoonshotPricing {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        let request = |series| Request {
            source_id: self.spec().id.clone(),
            url: format!("{FOLDER}{series}.md"),
        };
        SERIES.into_iter().map(request).collect()
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let name = document.url.rsplit('/').next().unwrap_or(&document.url);
        let listing = Listing::whole(name.trim_end_matches(".md"), document);
        let observed_on = listing.observed_on();
        out.listing = Some(listing);
        let text = str::from_utf8(&document.body)
            .map_err(|error| ShapeError::new("page", "UTF-8", error.to_string()))?;
        let tables: Vec<_> = text.match_indices(OPENING).collect();
        if tables.is_empty() {
            return Err(ShapeError::new("page", "a <DocTable> of prices", "none"));
        }
        for (start, _) in tables {
            table(text, start, observed_on, out)?;
        }
        Ok(())
    }
}

const OPENING: &str = "<DocTable\n";

/// A column by its title; `None` where it is not read.
const COLUMNS: [(&str, Option<Meter>); 7] = [
    ("Model", None),
    ("Unit", None),
    ("Input Price (Cache Hit)", Some(Meter::CachedInput)),
    ("Input Price (Cache Miss)", Some(Meter::Input)),
    ("Input Price", Some(Meter::Input)),
    ("Output Price", Some(Meter::Output)),
    ("Context Window", None),
];

/// A table, from its opening on.
fn table(
    text: &str,
    start: usize,
    observed_on: NaiveDate,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    let shape = |expected: &str, found: &str| {
        ShapeError::new(format!("byte {start}"), expected, found.to_owned())
    };
    let whole = text[start..].split("\n/>").next().unwrap_or_default();
    let (head, body) =
        whole.split_once("rows={[").ok_or_else(|| shape("rows={[", "a table without"))?;
    let titles: Vec<&str> =
        head.split("title: \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    if !titles.starts_with(&["Model", "Unit"]) {
        return Err(shape("columns that begin with Model and Unit", &titles.join(", ")));
    }
    let mut meters = Vec::new();
    for title in titles {
        let known = COLUMNS.iter().find(|(known, _)| *known == title);
        meters.push(known.ok_or_else(|| shape("a known column", title))?.1);
    }
    let mut at = start + whole.len() - body.len();
    for line in body.split_inclusive('\n') {
        match line.trim() {
            "" | "]}" => {}
            row if row.starts_with('[') => {
                let row = row.trim_start_matches('[').trim_end_matches(',').trim_end_matches(']');
                let begin = at + line.find('[').unwrap_or(0) + 1;
                let cells = cells(row, begin).ok_or_else(|| shape("a row of texts", row))?;
                prices(&cells, &meters, observed_on, out)?;
            }
            other => return Err(shape("a row", other)),
        }
        at += line.len();
    }
    Ok(())
}

/// A cell: where it stands, and its text.
type Cell = (Range<usize>, String);

/// The cells of a row that begins at a byte of the document.
fn cells(row: &str, begin: usize) -> Option<Vec<Cell>> {
    let mut cells = Vec::new();
    let mut at = 0;
    loop {
        let rest = &row[at..];
        let (text, len) = if let Some(text) = rest.strip_prefix('"') {
            let end = text.find('"')?;
            (text[..end].to_owned(), end + 2)
        } else {
            let markup = rest.strip_prefix("<>")?;
            let end = markup.find("</>")?;
            (markup[..end].replace(r#"{"$"}"#, "$"), end + 5)
        };
        cells.push((begin + at..begin + at + len, text));
        at += len;
        if at == row.len() {
            return Some(cells);
        }
        at += row[at..].strip_prefix(", ").map(|_| 2)?;
    }
}

fn prices(
    cells: &[Cell],
    meters: &[Option<Meter>],
    observed_on: NaiveDate,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    let [(_, model), (place, unit), ..] = cells else {
        return Err(ShapeError::new("a row", "a model and a unit", "less"));
    };
    if cells.len() != meters.len() || unit != "1M tokens" {
        let expected = format!("{} cells, a price for 1M tokens", meters.len());
        return Err(ShapeError::new(locator(place), expected, format!("{cells:?}")));
    }
    for ((place, shown), meter) in cells.iter().zip(meters) {
        let Some(meter) = *meter else { continue };
        let amount = read_amount(shown).filter(|amount| {
            amount.currency == Some(Currency::Usd) && is_plausible_usd(amount.value)
        });
        let Some(amount) = amount else {
            out.issue(locator(place), "no plausible price in US dollars", shown);
            continue;
        };
        let price = Price::new(amount, Currency::Usd, shown, unit);
        let row = model_price(VENDOR, model, meter, PriceUnit::MillionTokens, price);
        out.push(row, locator(place), observed_on);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;

    fn parse(body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: format!("{FOLDER}chat-k2.md"),
            fetched_at: "2026-05-08T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        MoonshotPricing.parse(&document, &mut out).map(|()| out)
    }

    const FIXTURE: &str = include_str!("fixtures/@2026-05-08/chat-k2.md");

    fn lines(out: &Extract) -> Vec<String> {
        let rows = out.rows.model_price.iter().map(|sighted| &sighted.row);
        rows.map(|row| format!("{} {} {} {}", row.model_id, row.meter, row.price, row.currency))
            .collect()
    }

    #[test]
    fn quirk_16_dollar_and_number_are_joined_and_located() {
        let out = parse(FIXTURE).unwrap();
        assert_eq!(
            lines(&out)[..3],
            [
                "kimi-k2-0905-preview cached_input 0.15 USD",
                "kimi-k2-0905-preview input 0.6 USD",
                "kimi-k2-0905-preview output 2.5 USD"
            ]
        );
        let first = &out.rows.model_price[0];
        assert_eq!(first.row.price_as_shown, "$0.15");
        let price = r#"<>{"$"}0.15</>"#;
        let start = FIXTURE.find(price).unwrap();
        assert_eq!(first.locator, format!("bytes={start}..{}", start + price.len()));
    }

    #[test]
    fn each_page_is_a_list_of_its_own() {
        let out = parse(FIXTURE).unwrap();
        assert_eq!(out.listing.unwrap().scope, "chat-k2");
        let urls = MoonshotPricing.start(&WatchList::default());
        assert!(urls.iter().any(|request| request.url.ends_with("/chat-k2.md")));
    }

    #[test]
    fn quirk_7_a_hit_of_the_cache_is_not_the_price_of_input() {
        let Some(out) =
            of_capture("moonshot_pricing", "pricing/model-api/moonshot-kimi-2026-05-08.md")
        else {
            return;
        };
        let out = out.unwrap();
        assert_eq!(out.issues, []);
        // Seven models with three prices and six with two.
        assert_eq!(out.rows.model_price.len(), 7 * 3 + 6 * 2);
        let lines = lines(&out);
        assert_eq!(
            lines[..3],
            [
                "kimi-k2-6 cached_input 0.16 USD",
                "kimi-k2-6 input 0.95 USD",
                "kimi-k2-6 output 4 USD"
            ]
        );
        assert_eq!(
            lines[31..],
            [
                "moonshot-v1-128k-vision-preview input 2 USD",
                "moonshot-v1-128k-vision-preview output 5 USD"
            ]
        );
    }

    #[test]
    fn trap_19_the_page_without_prices_is_refused() {
        let Some(read) =
            of_capture("moonshot_pricing", "pricing/model-api/moonshot-kimi-2026-05-08.html")
        else {
            return;
        };
        assert!(read.is_err());
    }

    #[test]
    fn an_unknown_column_or_unit_is_refused() {
        for (from, to) in
            [("Output Price", "Reasoning Price"), ("1M tokens", "1K tokens"), ("],\n[", "],\n")]
        {
            assert!(parse(&FIXTURE.replace(from, to)).is_err(), "{to}");
        }
        let out = parse(&FIXTURE.replacen(r#"{"$"}"#, "¥", 1)).unwrap();
        assert_eq!(out.issues.len(), 1);
    }
}
