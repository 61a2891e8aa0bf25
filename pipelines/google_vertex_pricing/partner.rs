//! Models of other makers, with cells such as `Input: $5.00 Output: $25.00 Batch Input: $2.50`.

use burnrate_model::generated::ModelPrice;
use burnrate_model::{Extract, ShapeError};
use burnrate_price::{
    Cell, ContextTier, Currency, Meter, Price, PriceUnit, ServiceTier, model_price, read_amount,
};

use super::{PROVIDER, Table};
use crate::model_list;

/// Makers by the heading of their models.
const MAKERS: [(&str, &str); 10] = [
    ("Gemma", "google"),
    ("xAI's Grok models", "xai"),
    ("Deepseek's models", "deepseek"),
    ("MiniMax's models", "minimax"),
    ("Moonshot's models", "moonshot"),
    ("Qwen's models", "alibaba"),
    ("GLM's models", "zhipu"),
    ("OpenAI's models", "openai"),
    ("Meta's Llama models", "meta"),
    ("Mistral AI’s models", "mistral"),
];

/// What the words before an amount mean; those that end with others stand before these.
const LABELS: [(&str, Meter, ServiceTier); 12] = [
    ("Batch Input", Meter::Input, ServiceTier::Batch),
    ("Batch Output", Meter::Output, ServiceTier::Batch),
    ("5m Batch Cache Write", Meter::CacheWrite, ServiceTier::Batch),
    ("1h Batch Cache Write", Meter::CacheWrite1h, ServiceTier::Batch),
    ("Batch Cache Write", Meter::CacheWrite, ServiceTier::Batch),
    ("Batch Cache Hit", Meter::CachedInput, ServiceTier::Batch),
    ("5m Cache Write", Meter::CacheWrite, ServiceTier::Standard),
    ("1h Cache Write", Meter::CacheWrite1h, ServiceTier::Standard),
    ("Cache Write", Meter::CacheWrite, ServiceTier::Standard),
    ("Cache Hit", Meter::CachedInput, ServiceTier::Standard),
    ("Input", Meter::Input, ServiceTier::Standard),
    ("Output", Meter::Output, ServiceTier::Standard),
];

/// A region that is a heading: `Global`, `US Multi-Region (us)`, `us-east5`.
pub(super) fn region(heading: &str) -> Option<&str> {
    if heading == "Global" {
        return Some("global");
    }
    if let Some((_, code)) = heading.split_once(" Multi-Region (") {
        return code.strip_suffix(')');
    }
    let is_code = heading.contains('-')
        && heading.ends_with(|c: char| c.is_ascii_digit())
        && heading.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    is_code.then_some(heading)
}

/// Models of one maker, served everywhere: prices with their unit.
pub(super) fn read(section: &str, table: &Table<'_>, out: &mut Extract) -> Result<(), ShapeError> {
    let maker = MAKERS.iter().find(|(heading, _)| *heading == section);
    let &(_, vendor) =
        maker.ok_or_else(|| ShapeError::new(&table.locator, "a maker that is known", section))?;
    for [model, cell] in table.rows_of()? {
        // 0.0005 is called the price of a million tokens and of a page: which it is, is not settled.
        if model.text == "Mistral OCR (25.05)" {
            continue;
        }
        let name = model.text.trim_end_matches([' ', '*']);
        let offer = Offer { vendor, name, region: "any", context: ContextTier::ANY };
        offer.read(cell, Some(" / million tokens"), out);
    }
    Ok(())
}

/// Claude, by region and length of the prompt: the header states the unit.
pub(super) fn read_claude(table: &Table<'_>, out: &mut Extract) -> Result<(), ShapeError> {
    let region = match table.heading.tab.as_str() {
        "" if table.heading.section == "Models with regional pricing" => {
            return Err(ShapeError::new(&table.locator, "a region", "none"));
        }
        "" => "any",
        region => region,
    };
    for row in table.rows.iter().skip(1) {
        // For one model the last cell is missing.
        let (model, short, long) = match row.as_slice() {
            [model, short] => (model, short, None),
            [model, short, long] => (model, short, Some(long)),
            other => return Err(table.odd(other)),
        };
        let name = model.text.trim_end_matches(" (Deprecated)");
        let of = |context| Offer { vendor: "anthropic", name, region, context };
        // What is not priced apart above 200K tokens costs the same, or is not offered: not said which.
        of(ContextTier::up_to(200_000)).read(short, None, out);
        if let Some(long) = long.filter(|long| !matches!(long.text.as_str(), "" | "N/A")) {
            of(ContextTier::over(200_000)).read(long, None, out);
        }
    }
    Ok(())
}

/// Tools of Claude: `$10 per 1000 searches Models Supported: …`.
pub(super) fn read_tools(table: &Table<'_>, out: &mut Extract) -> Result<(), ShapeError> {
    for [tool, cell] in table.rows_of()? {
        let price = cell.text.split_once(" per 1000 searches").and_then(|(amount, models)| {
            let price = read_amount(amount).filter(|amount| !amount.value.is_zero())?;
            let price = Price::new(price, Currency::Usd, amount, "per 1000 searches");
            let unit = PriceUnit::ThousandRequests;
            let row = model_price("anthropic", &tool.text, Meter::Search, unit, price);
            let note = Some(models.trim().to_owned());
            Some(ModelPrice { provider: PROVIDER.to_owned(), price_note: note, ..row })
        });
        model_list::push_read(out, price, cell.locator.clone(), || cell.text.clone());
    }
    Ok(())
}

/// A model of another maker in one context.
struct Offer<'a> {
    vendor: &'a str,
    name: &'a str,
    region: &'a str,
    context: ContextTier,
}

impl Offer<'_> {
    /// Reads the prices of a cell, each with the unit behind it, where it has one.
    fn read(&self, cell: &Cell, unit: Option<&str>, out: &mut Extract) {
        let rows = labelled(&cell.text).and_then(|prices| {
            let again = prices.iter().skip(1).position(|(label, _)| *label == "Input");
            let first = again.map_or(prices.len(), |at| at + 1);
            if first < prices.len() && !self.is_known_to_repeat() {
                return None;
            }
            let first = prices.into_iter().take(first);
            first.map(|(label, shown)| self.row(label, shown, unit)).collect()
        });
        let Some(mut rows): Option<Vec<ModelPrice>> = rows else {
            let record = format!("{}: {}", self.name, cell.text);
            return out.issue(&cell.locator, "no prices that are known how to read", record);
        };
        // One cell says the same price twice, once with and once without the time.
        let mut said = Vec::new();
        rows.retain(|row| {
            let price = (row.meter.clone(), row.service_tier.clone(), row.price);
            let is_new = !said.contains(&price);
            said.push(price);
            is_new
        });
        for row in rows {
            model_list::push(out, row, cell.locator.clone());
        }
    }

    /// In one cell a second list of prices stands behind the first: twice as high, as those of long
    /// prompts once were, and contradicted by the column of long prompts. What it is of is not said.
    fn is_known_to_repeat(&self) -> bool {
        (self.region, self.name) == ("us-east5", "Claude Sonnet 4.6")
    }

    fn row(&self, label: &str, shown: &str, unit: Option<&str>) -> Option<ModelPrice> {
        let &(_, meter, tier) = LABELS.iter().find(|(known, ..)| *known == label)?;
        // Behind some stands the same price by the page.
        let shown = shown.split_once(" (or $").map_or(shown, |(shown, _)| shown);
        let amount = shown.strip_suffix(unit.unwrap_or_default())?;
        let amount = read_amount(amount).filter(|amount| !amount.value.is_zero())?;
        let unit = unit.map_or("/1M tokens", str::trim);
        let price = Price::new(amount, Currency::Usd, shown, unit);
        Some(ModelPrice {
            provider: PROVIDER.to_owned(),
            region: self.region.to_owned(),
            service_tier: tier.into(),
            context_tier: self.context.into(),
            ..model_price(self.vendor, self.name, meter, PriceUnit::MillionTokens, price)
        })
    }
}

/// Labels with what stands behind each: `Input` and `$5.00` of `Input: $5.00 Output: $25.00`.
fn labelled(cell: &str) -> Option<Vec<(&str, &str)>> {
    let mut parts = cell.split(':').map(str::trim);
    let mut label = parts.next()?;
    let mut found = Vec::new();
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        let (shown, next) = if parts.peek().is_some() {
            let labels = LABELS.iter().map(|(known, ..)| *known);
            labels.into_iter().find_map(|known| Some((part.strip_suffix(known)?, known)))?
        } else {
            (part, "")
        };
        found.push((label, shown.trim()));
        label = next;
    }
    (!found.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_parted_from_amounts() {
        let cell =
            "Input: $5.00 Output: $25.00 5m Batch Cache Write: $3.125 Batch Cache Hit: $0.25";
        let expected = [
            ("Input", "$5.00"),
            ("Output", "$25.00"),
            ("5m Batch Cache Write", "$3.125"),
            ("Batch Cache Hit", "$0.25"),
        ];
        assert_eq!(labelled(cell).unwrap(), expected);
        assert_eq!(labelled("Input: $5.00 Thinking: $25.00"), None);
        assert_eq!(labelled("N/A"), None);
    }

    #[test]
    fn headings_that_are_regions_are_told_from_others() {
        assert_eq!(region("Global"), Some("global"));
        assert_eq!(region("EU Multi-Region (eu)"), Some("eu"));
        assert_eq!(region("asia-southeast1"), Some("asia-southeast1"));
        assert_eq!(region("xAI's Grok models"), None);
    }
}
