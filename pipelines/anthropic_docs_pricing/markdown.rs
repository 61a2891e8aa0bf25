//! The page in Markdown, as the documentation serves it beside the HTML.

use std::ops::Range;

use burnrate_model::generated::ModelPrice;
use burnrate_model::{Extract, ShapeError, locator};
use burnrate_price::{
    Currency, Meter, Price, PriceUnit, markdown_tables, model_price, read_amount,
};
use chrono::NaiveDate;

use super::tables::{self, Page};

/// What stands before and behind the models that charge more for long contexts.
const LONG_CONTEXT_MODELS: [&str; 2] =
    ["When using ", " with the [1M token context window enabled]"];

/// A price in the text.
struct Tool {
    name: &'static str,
    before: &'static str,
    behind: &'static str,
    meter: Meter,
    unit: PriceUnit,
    note: Option<&'static str>,
}

/// The tools that cost more than the tokens they take. Fetching pages is free of charge by itself.
const TOOLS: [Tool; 2] = [
    Tool {
        name: "Web search",
        before: "Web search is available on the Claude API for **",
        behind: "per 1,000 searches**",
        meter: Meter::Search,
        unit: PriceUnit::ThousandRequests,
        note: None,
    },
    Tool {
        name: "Code execution",
        before: " hours is billed at ",
        behind: "per hour, per container",
        meter: Meter::Session,
        unit: PriceUnit::Hour,
        note: Some("beyond the free hours of a month"),
    },
];

/// Reads the page. That regional endpoints of other clouds cost a tenth more is said of those, not of
/// what is sold here.
///
/// # Errors
/// Where it is not the page of prices, or has tables that are not known.
pub(super) fn read(
    body: &[u8],
    observed_on: NaiveDate,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    let markdown = str::from_utf8(body).map_err(|error| {
        ShapeError::new(format!("byte {}", error.valid_up_to()), "UTF-8", "other bytes")
    })?;
    let markdown = &without_footnotes(markdown);
    let [before, behind] = LONG_CONTEXT_MODELS;
    let long_context_models = between(markdown, before, behind).map(|bytes| {
        let names = markdown[bytes].split(" or ").flat_map(|part| part.split(", "));
        names.map(str::to_owned).collect()
    });
    let tables = markdown_tables(markdown);
    let page = Page { tables, long_context_models: long_context_models.unwrap_or_default() };
    tables::read(&page, observed_on, out)?;
    for tool in TOOLS {
        read_tool(&tool, markdown, observed_on, out);
    }
    Ok(())
}

fn read_tool(tool: &Tool, markdown: &str, observed_on: NaiveDate, out: &mut Extract) {
    let found = between(markdown, tool.before, tool.behind);
    let read = found.and_then(|bytes| Some((read_amount(&markdown[bytes.clone()])?, bytes)));
    let read = read.filter(|(amount, _)| !amount.value.is_zero());
    let Some((amount, bytes)) = read else {
        out.issue("page", "the text does not price the tool as it did", tool.name);
        return;
    };
    let shown = markdown[bytes.clone()].trim();
    let value = Price::new(amount, Currency::Usd, shown, tool.behind.trim_end_matches('*'));
    let row = ModelPrice {
        price_note: tool.note.map(str::to_owned),
        ..model_price("anthropic", tool.name, tool.meter, tool.unit, value)
    };
    out.push(row, locator(&(bytes.start..bytes.start + shown.len())), observed_on);
}

/// The bytes between two texts, where they stand in one line.
fn between(text: &str, before: &str, behind: &str) -> Option<Range<usize>> {
    let start = text.find(before)? + before.len();
    let line = text[start..].lines().next()?;
    let inner = &line[..line.find(behind)?];
    let emphasis = inner.len() - inner.trim_start_matches('*').len();
    Some(start + emphasis..start + inner.len())
}

/// The page with blanks for its footnote marks, which would be taken for digits of what they stand behind.
fn without_footnotes(markdown: &str) -> String {
    const MARK: &str = "<sup>";
    const END: &str = "</sup>";
    let mut text = markdown.to_owned();
    let mut from = 0;
    while let Some(start) = text[from..].find(MARK).map(|at| from + at) {
        let Some(end) = text[start..].find(END).map(|at| start + at + END.len()) else { break };
        from = end;
        if text[start + MARK.len()..end - END.len()].bytes().all(|byte| byte.is_ascii_digit()) {
            text.replace_range(start..end, &" ".repeat(end - start));
        }
    }
    text
}
