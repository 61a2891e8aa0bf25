//! Prices of models and tools, as both layouts write them.

use burnrate_model::Extract;
use burnrate_model::generated::ModelPrice;
use burnrate_price::{
    Cell, ContextTier, Currency, Meter, Price, PriceUnit, model_price, read_amount,
};
use chrono::NaiveDate;

use super::{claude_id, per_mtok};

/// Up to how many tokens a prompt is short.
const SHORT_PROMPT: u64 = 200_000;

/// Puts down what a model costs by a meter, for prompts of a length; what is not understood is an issue.
///
/// The page says that batches cost half, and prints no price of them.
pub(super) fn read(
    model: &str,
    labels: &[String],
    price: &Cell,
    observed_on: NaiveDate,
    out: &mut Extract,
) {
    let known = claude_id(model).zip(meter(labels));
    let Some((id, (meter, context))) = known else {
        out.issue(
            &price.locator,
            "a model or meter that is not known",
            record(model, labels, price),
        );
        return;
    };
    let Some(value) = per_mtok(&price.text) else {
        out.issue(&price.locator, "not a price of a million tokens", record(model, labels, price));
        return;
    };
    let base = model_price("anthropic", model, meter, PriceUnit::MillionTokens, value);
    let row = ModelPrice { model_id: id, context_tier: context.into(), ..base };
    out.push(row, price.locator.clone(), observed_on);
}

fn record(model: &str, labels: &[String], price: &Cell) -> String {
    format!("{model}: {}: {}", labels.join(": "), price.text)
}

/// What the labels of a price mean, the outermost first. Writing to the cache is priced for the shorter
/// of its two times.
fn meter(labels: &[String]) -> Option<(Meter, ContextTier)> {
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let (labels, context) = match *labels.as_slice() {
        [meter, length] if length.ends_with(" tokens") => (vec![meter], prompt(length)?),
        [meter, length, kind] => (vec![meter, kind], prompt(length)?),
        ref labels => (labels.to_vec(), ContextTier::ANY),
    };
    let meter = match *labels.as_slice() {
        ["Input"] => Meter::Input,
        ["Output"] => Meter::Output,
        ["Prompt caching write"] | ["Prompt caching" | "Prompt Caching", "Write"] => {
            Meter::CacheWrite
        }
        ["Prompt caching read"] | ["Prompt caching" | "Prompt Caching", "Read"] => {
            Meter::CachedInput
        }
        _ => return None,
    };
    Some((meter, context))
}

fn prompt(length: &str) -> Option<ContextTier> {
    match length.strip_prefix("Prompts ").unwrap_or(length) {
        "≤ 200K tokens" => Some(ContextTier::up_to(SHORT_PROMPT)),
        "> 200K tokens" => Some(ContextTier::over(SHORT_PROMPT)),
        _ => None,
    }
}

/// Puts down what a tool costs.
pub(super) fn read_tool(tool: &str, price: &Cell, observed_on: NaiveDate, out: &mut Extract) {
    let known = match tool {
        "Web search" => Some((Meter::Search, PriceUnit::ThousandRequests, " / ", "1K searches")),
        "Code execution" => Some((Meter::Session, PriceUnit::Hour, " ", "per hour per container")),
        _ => None,
    };
    let read = known.and_then(|(meter, unit, between, unit_as_shown)| {
        let amount = price.text.strip_suffix(unit_as_shown)?.strip_suffix(between)?;
        let amount = read_amount(amount).filter(|amount| !amount.value.is_zero())?;
        let value = Price::new(amount, Currency::Usd, &price.text, unit_as_shown);
        Some(model_price("anthropic", tool, meter, unit, value))
    });
    if let Some(row) = read {
        out.push(row, price.locator.clone(), observed_on);
    } else {
        let record = format!("{tool}: {}", price.text);
        out.issue(&price.locator, "a tool or price that is not known", record);
    }
}
