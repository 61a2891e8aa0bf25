//! Prices of models on `SiliconFlow`, in US dollars, as a reader of pages writes the page down: every cell
//! of its tables in a line of its own, and a dollar and its number in two.
//!
//! Of each family the page shows five models and `Load More`: what stands behind that is not read, and
//! the list then is not whole.

use std::ops::Range;

use burnrate_model::{
    Extract, Listing, RawDocument, Request, ShapeError, Source, Spec, WatchList, locator,
};
use burnrate_price::{Amount, Currency, Meter, Price, PriceUnit, model_price, read_amount};
use chrono::NaiveDate;

use crate::hosts::is_plausible_usd;
use crate::makers::maker_of;
use crate::{StaticSpec, spec};

const PROVIDER: &str = "siliconflow";
#[cfg(test)]
const URL: &str = "https://r.jina.ai/https://www.siliconflow.com/pricing";

/// See the module.
pub(crate) struct SiliconFlowPricing;

impl Source for SiliconFlowPricing {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    /// The page draws itself in a browser, and asking somebody else to draw it would go past the publisher's
    /// robots.txt: what was recorded is read, and nothing is asked for.
    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        Vec::new()
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let text = str::from_utf8(&document.body)
            .map_err(|error| ShapeError::new("page", "UTF-8", error.to_string()))?;
        let lines = lines(text);
        let is_whole = lines.iter().all(|line| line.text != LOAD_MORE);
        let listing = Listing { is_last: is_whole, ..Listing::whole("models", document) };
        let observed_on = listing.observed_on();
        out.listing = Some(listing);
        let mut tables = lines.split(|line| line.text == "Model Name");
        tables.next();
        let mut has_tokens = false;
        for table in tables {
            has_tokens |= read(table, observed_on, out)?;
        }
        if has_tokens {
            return Ok(());
        }
        Err(ShapeError::new("page", "a table of prices per million tokens", "none"))
    }
}

const LOAD_MORE: &str = "Load More";

/// A line that is not empty, and its bytes.
struct Line<'a> {
    text: &'a str,
    bytes: Range<usize>,
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    let mut lines = Vec::new();
    for line in text.split_inclusive('\n') {
        let shown = line.trim();
        let begin = at + (line.len() - line.trim_start().len());
        if !shown.is_empty() {
            lines.push(Line { text: shown, bytes: begin..begin + shown.len() });
        }
        at += line.len();
    }
    lines
}

/// Reads a table, which begins behind `Model Name`; says whether it is of prices of tokens.
fn read(table: &[Line<'_>], observed_on: NaiveDate, out: &mut Extract) -> Result<bool, ShapeError> {
    let (header, rest) = until(table, "Actions")?;
    let header: Vec<&str> = header.iter().map(|line| line.text).collect();
    let (kind, footer) = match header.as_slice() {
        ["Context Length", "Input", "Cached Input", "Output"] => {
            (Kind::Tokens, "Prices shown are per 1 million tokens.")
        }
        ["Price (/image)"] => (Kind::Pictures, "Prices shown are per image generated or edited."),
        // Films by the piece; speech, by bytes says the header, by characters the line below.
        ["Price (/video)" | "Output (/M UTF-8 bytes)"] => return Ok(false),
        other => return Err(ShapeError::new("a table", "a known header", format!("{other:?}"))),
    };
    let (rows, _) = until(rest, footer)?;
    let rows = match rows {
        [rows @ .., last] if last.text == LOAD_MORE => rows,
        rows => rows,
    };
    for row in rows.split_inclusive(|line| line.text.starts_with(DETAILS)) {
        kind.row(row, observed_on, out);
    }
    Ok(kind == Kind::Tokens)
}

const DETAILS: &str = "[Details](";

/// The lines before one, and those behind it.
fn until<'a, 'b>(
    lines: &'a [Line<'b>],
    end: &str,
) -> Result<(&'a [Line<'b>], &'a [Line<'b>]), ShapeError> {
    let at = lines.iter().position(|line| line.text == end);
    let at = at.ok_or_else(|| ShapeError::new("a table", end, "no such line"))?;
    Ok((&lines[..at], &lines[at + 1..]))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Tokens,
    Pictures,
}

impl Kind {
    /// A row: name of the model, length of its context, prices, a link.
    fn row(self, row: &[Line<'_>], observed_on: NaiveDate, out: &mut Extract) {
        let cells = match (self, row) {
            (Self::Tokens, [model, _, prices @ .., link])
            | (Self::Pictures, [model, prices @ .., link])
                if link.text.starts_with(DETAILS) =>
            {
                Some((model, prices))
            }
            _ => None,
        };
        let amounts = cells.and_then(|(model, prices)| Some((model, amounts(prices)?)));
        let Some((model, amounts)) = amounts else {
            let text: Vec<&str> = row.iter().map(|line| line.text).collect();
            let place = row.first().map_or(0..0, |line| line.bytes.clone());
            out.issue(locator(&place), "no row of prices", text.join(" "));
            return;
        };
        // An empty cell leaves no line: two prices are those of input and output.
        let meters: &[Meter] = match (self, amounts.len()) {
            (Self::Tokens, 2) => &[Meter::Input, Meter::Output],
            (Self::Tokens, 3) => &[Meter::Input, Meter::CachedInput, Meter::Output],
            (Self::Pictures, 1) => &[Meter::Image],
            _ => {
                let record = format!("{} prices of {}", amounts.len(), model.text);
                out.issue(locator(&model.bytes), "not as many prices as columns", record);
                return;
            }
        };
        for (shown, &meter) in amounts.iter().zip(meters) {
            self.price(model.text, meter, shown, observed_on, out);
        }
    }

    fn price(
        self,
        model: &str,
        meter: Meter,
        Shown { amount, text, bytes }: &Shown,
        observed_on: NaiveDate,
        out: &mut Extract,
    ) {
        // `0.0` of a preview: the page does not say that it is free.
        if amount.value.is_zero() {
            return;
        }
        let (unit, unit_as_shown) = match self {
            Self::Tokens => (PriceUnit::MillionTokens, "per 1 million tokens"),
            Self::Pictures => (PriceUnit::Image, "/image"),
        };
        if self == Self::Tokens && !is_plausible_usd(amount.value) {
            out.issue(locator(bytes), "no plausible price", text);
            return;
        }
        let price = Price::new(*amount, Currency::Usd, text, unit_as_shown);
        let mut row = model_price(&maker_of(model), model, meter, unit, price);
        PROVIDER.clone_into(&mut row.provider);
        out.push(row, locator(bytes), observed_on);
    }
}

/// An amount, as it is written, and where.
struct Shown {
    amount: Amount,
    text: String,
    bytes: Range<usize>,
}

/// Amounts of a dollar and a number each, in two lines.
fn amounts(lines: &[Line<'_>]) -> Option<Vec<Shown>> {
    let pairs = lines.chunks(2).map(|pair| match pair {
        [sign, number] if sign.text == "$" => {
            let amount = read_amount(number.text).filter(|amount| amount.currency.is_none())?;
            let bytes = sign.bytes.start..number.bytes.end;
            Some(Shown { amount, text: format!("${}", number.text), bytes })
        }
        _ => None,
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::captures::of_capture;

    const FIXTURE: &str = include_str!("fixtures/@2026-04-26/pricing");

    fn parse(body: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: URL.to_owned(),
            fetched_at: "2026-04-26T00:00:00Z".parse().unwrap(),
            body: body.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        SiliconFlowPricing.parse(&document, &mut out).map(|()| out)
    }

    fn of_model(out: &Extract, model: &str) -> Vec<String> {
        let rows = out.rows.model_price.iter().map(|sighted| &sighted.row);
        let found = rows.filter(|row| row.model_id == model);
        found
            .map(|row| format!("{} {} {} {}", row.vendor, row.meter, row.price, row.currency))
            .collect()
    }

    #[test]
    fn quirk_16_a_dollar_and_its_number_stand_in_two_lines() {
        let out = parse(FIXTURE).unwrap();
        assert_eq!(out.issues, []);
        assert_eq!(
            of_model(&out, "deepseek-v4-flash"),
            [
                "deepseek input 0.14 USD",
                "deepseek cached_input 0.028 USD",
                "deepseek output 0.28 USD"
            ]
        );
        let first = &out.rows.model_price[0];
        let start = FIXTURE.find("$\n\n0.14").unwrap();
        assert_eq!(first.locator, format!("bytes={start}..{}", start + "$\n\n0.14".len()));
    }

    #[test]
    fn quirk_7_a_missing_cached_price_does_not_shift_the_output() {
        let out = parse(FIXTURE).unwrap();
        assert_eq!(of_model(&out, "glm-4-6v"), ["zhipu input 0.3 USD", "zhipu output 0.9 USD"]);
    }

    #[test]
    fn quirk_28_nought_is_no_price_where_nothing_says_free() {
        assert!(FIXTURE.contains("Hy3-preview"));
        assert!(of_model(&parse(FIXTURE).unwrap(), "hy3-preview").is_empty());
    }

    #[test]
    fn quirk_2_pictures_are_priced_by_the_piece() {
        let out = parse(FIXTURE).unwrap();
        let row = &out.rows.model_price.last().unwrap().row;
        assert_eq!(
            (row.model_id.as_str(), row.price_unit.as_str()),
            ("flux-1-1-pro-ultra", "image")
        );
        assert_eq!(row.price.to_string(), "0.06");
    }

    #[test]
    fn what_stands_behind_load_more_makes_the_list_incomplete() {
        assert!(!parse(FIXTURE).unwrap().listing.unwrap().is_last);
        let whole = parse(&FIXTURE.replace("Load More\n\n", "")).unwrap();
        assert!(whole.listing.unwrap().is_last);
        assert_eq!(whole.rows.model_price.len(), parse(FIXTURE).unwrap().rows.model_price.len());
    }

    #[test]
    fn an_unknown_header_or_footer_is_refused() {
        for (from, to) in [
            ("Cached Input", "Cache"),
            ("per 1 million tokens", "per 1 thousand tokens"),
            ("Model Name", "Name"),
        ] {
            assert!(parse(&FIXTURE.replace(from, to)).is_err(), "{to}");
        }
        let out = parse(&FIXTURE.replace("\n0.028\n", "\nsoon\n")).unwrap();
        assert_eq!(out.issues.len(), 1);
    }

    #[test]
    fn the_recorded_page_is_read_whole() {
        let file = "pricing/model-api/siliconflow-2026-05-08.md";
        let Some(out) = of_capture("siliconflow_pricing", file) else { return };
        let out = out.unwrap();
        assert_eq!(out.issues, []);
        assert_eq!(
            of_model(&out, "kimi-k2-6"),
            ["moonshot input 0.95 USD", "moonshot cached_input 0.16 USD", "moonshot output 4 USD"]
        );
    }
}
