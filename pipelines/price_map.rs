//! What maps of prices have in common: files in which somebody keeps the prices of many providers.
//!
//! They are second witnesses, kept by hand. A zero in them means free, unknown or not applicable,
//! so it is no price unless the entry says that it is free.

use std::collections::{HashMap, HashSet};
use std::fmt;

use burnrate_model::generated::ModelPrice;
use burnrate_model::{Decimal, Extract, ShapeError};
use burnrate_price::{
    Currency, Meter, Modality, Price, PriceUnit, Scale, ServiceTier, model_id, model_price,
    read_amount_scaled,
};
use chrono::NaiveDate;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The members of a JSON object in order, each value as it is written: amounts never pass through a float.
#[derive(Debug, Default)]
pub(crate) struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'a> Members<'a> {
    /// The whole document.
    ///
    /// # Errors
    /// Where it is no JSON object.
    pub(crate) fn of_document(body: &'a [u8]) -> Result<Self, ShapeError> {
        serde_json::from_slice(body)
            .map_err(|error| ShapeError::new("the document", "a JSON object", error.to_string()))
    }

    /// An object within the document; `None` for any other value.
    pub(crate) fn of(value: &'a RawValue) -> Option<Self> {
        serde_json::from_str(value.get()).ok()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &'a RawValue)> {
        self.0.iter().map(|(name, value)| (name.as_str(), *value))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.iter().find(|(member, _)| *member == name).map(|(_, value)| value)
    }

    /// A member that is an object.
    pub(crate) fn object(&self, name: &str) -> Option<Self> {
        self.get(name).and_then(Self::of)
    }

    /// A member that is a text.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        serde_json::from_str(self.get(name)?.get()).ok()
    }

    /// A member that is an array.
    pub(crate) fn array(&self, name: &str) -> Option<Vec<&'a RawValue>> {
        serde_json::from_str(self.get(name)?.get()).ok()
    }

    /// Whether two members are there and are written alike.
    pub(crate) fn are_alike(&self, one: &str, other: &str) -> bool {
        let written = |name| self.get(name).map(RawValue::get);
        written(one).is_some() && written(one) == written(other)
    }

    /// By name, the shorter first: the order in a file is its keepers' and may change.
    pub(crate) fn sort(&mut self) {
        self.0.sort_by(|(a, _), (b, _)| (a.len(), a).cmp(&(b.len(), b)));
    }
}

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry().map_err(A::Error::custom)? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

/// The entries of an array that have an `id`, each with its place, the shorter names first; `None` where one
/// has none.
pub(crate) fn by_id<'a>(entries: &[&'a RawValue]) -> Option<Vec<(usize, String, Members<'a>)>> {
    let entry = |(place, value): (usize, &&'a RawValue)| {
        let members = Members::of(value)?;
        Some((place, members.text("id")?, members))
    };
    let mut found: Vec<_> = entries.iter().enumerate().map(entry).collect::<Option<_>>()?;
    found.sort_by(|(_, a, _), (_, b, _)| (a.len(), a).cmp(&(b.len(), b)));
    Some(found)
}

/// A JSON pointer to a member.
pub(crate) fn pointer(path: &[&str]) -> String {
    path.iter().map(|name| format!("/{}", name.replace('~', "~0").replace('/', "~1"))).collect()
}

/// What a price is for, and how the map counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Use {
    /// What is counted.
    pub(crate) meter: Meter,
    /// In what form.
    pub(crate) modality: Modality,
    /// The unit in which the warehouse keeps it.
    pub(crate) unit: PriceUnit,
    /// How the map counts.
    pub(crate) scale: Scale,
}

impl Use {
    /// Tokens of whatever form, priced in that scale.
    pub(crate) const fn tokens(meter: Meter, scale: Scale) -> Self {
        Self { meter, modality: Modality::Any, unit: PriceUnit::MillionTokens, scale }
    }

    /// Tokens of one form.
    pub(crate) const fn of(self, modality: Modality) -> Self {
        Self { modality, ..self }
    }
}

/// The model of an entry, and who sells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Model<'a> {
    /// Who sells it.
    pub(crate) provider: &'a str,
    /// Who made it.
    pub(crate) vendor: &'a str,
    /// Its name without what is a context.
    pub(crate) name: &'a str,
    /// Its name as the map writes it.
    pub(crate) written: &'a str,
    /// Where it is served; `any` where the map makes no difference.
    pub(crate) region: &'a str,
}

/// Reads the amounts of a map into rows; every row once.
pub(crate) struct PriceMap<'a> {
    out: &'a mut Extract,
    known_on: NaiveDate,
    prices: HashMap<String, Decimal>,
    /// Rows of the entry that is read, with their locators.
    entry: Vec<(ModelPrice, String)>,
    /// Whether that entry has a price that is not plausible: then its unit may be another.
    is_doubtful: bool,
    /// Names reported already.
    unknown: HashSet<String>,
}

impl<'a> PriceMap<'a> {
    pub(crate) fn new(out: &'a mut Extract, known_on: NaiveDate) -> Self {
        Self {
            out,
            known_on,
            prices: HashMap::new(),
            entry: Vec::new(),
            is_doubtful: false,
            unknown: HashSet::new(),
        }
    }

    /// A row in the plainest context; `None` for what is no price: nothing, or a zero.
    ///
    /// An amount that cannot be read, and one per token that no list has ever asked, become an issue; of the
    /// latter's entry nothing is used, since maps mistake units now and then.
    pub(crate) fn price(
        &mut self,
        model: &Model<'_>,
        of: Use,
        (amount, unit_as_shown): (&RawValue, &str),
        locator: &str,
    ) -> Option<ModelPrice> {
        let row = self.price_or_zero(model, of, (amount, unit_as_shown), locator)?;
        (!row.price.is_zero()).then_some(row)
    }

    /// As [`PriceMap::price`], for an entry that says of itself that it is free: its zero is a price.
    pub(crate) fn price_or_zero(
        &mut self,
        model: &Model<'_>,
        of: Use,
        (amount, unit_as_shown): (&RawValue, &str),
        locator: &str,
    ) -> Option<ModelPrice> {
        let as_shown = amount.get();
        if as_shown == "null" {
            return None;
        }
        let written = as_shown.trim_matches('"');
        let Some(read) =
            read_amount_scaled(written, of.scale).filter(|read| !read.value.is_negative())
        else {
            self.issue(locator, "not an amount", as_shown);
            return None;
        };
        if of.unit == PriceUnit::MillionTokens && !is_plausible(read.value) {
            self.issue(locator, "no plausible price of a million tokens", as_shown);
            self.is_doubtful = true;
            return None;
        }
        let price = Price::new(read, Currency::Usd, written, unit_as_shown);
        let row = model_price(model.vendor, model.name, of.meter, of.unit, price);
        if row.model_id.is_empty() {
            self.issue(locator, "no name of a model", model.written);
            return None;
        }
        Some(ModelPrice {
            provider: model.provider.to_owned(),
            modality: of.modality.into(),
            region: model.region.to_owned(),
            model_name: model.written.to_owned(),
            ..row
        })
    }

    /// Adds a row to those of the entry that is read.
    ///
    /// Claude's fast mode is a tier, where lists of hosts have it as a model: `claude-opus-4.8-fast`.
    pub(crate) fn add(&mut self, mut row: ModelPrice, locator: String) {
        if row.vendor == "anthropic"
            && row.service_tier == ServiceTier::Standard.name()
            && let Some(end) = row.model_id.strip_suffix("-fast").map(str::len)
        {
            row.model_id.truncate(end);
            row.service_tier = ServiceTier::Fast.into();
        }
        self.entry.push((row, locator));
    }

    /// Ends an entry. Of one with a price that is not plausible nothing is used. What two entries state alike is one row; where an entry states another price for what
    /// one before it has, it is a model by its whole name, with all its prices.
    pub(crate) fn end_entry(&mut self) {
        let mut rows = std::mem::take(&mut self.entry);
        if std::mem::take(&mut self.is_doubtful) {
            return;
        }
        if rows.iter().any(|(row, _)| self.is_known(row) == Some(false)) {
            for (row, _) in &mut rows {
                row.model_id = model_id(&row.model_name.replace('/', " "));
            }
        }
        for (row, locator) in rows {
            match self.is_known(&row) {
                Some(true) => {}
                Some(false) => {
                    self.issue(&locator, "two prices of one model", &row.price_as_shown);
                }
                None => {
                    self.prices.insert(key(&row), row.price);
                    self.out.push(row, locator, self.known_on);
                }
            }
        }
    }

    /// Reports a member that may be a price and is not known: once for its name, at the first place that
    /// has it.
    pub(crate) fn unknown(&mut self, locator: &str, name: &str) {
        if self.unknown.insert(name.to_owned()) {
            self.issue(locator, "unknown name of an amount", name);
        }
    }

    /// Reports a record that is not read.
    pub(crate) fn issue(&mut self, locator: &str, reason: &str, record: &str) {
        self.out.issue(locator, reason, record);
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// Where nothing was found that is a price: then it was another document.
    pub(crate) fn finish(self) -> Result<(), ShapeError> {
        if self.prices.is_empty() {
            return Err(ShapeError::new("the document", "prices of models", "none"));
        }
        Ok(())
    }

    /// Whether the row is there already at that price; `None` where it is not there.
    fn is_known(&self, row: &ModelPrice) -> Option<bool> {
        self.prices.get(&key(row)).map(|price| *price == row.price)
    }
}

/// A zero, or an amount between a thousandth of a dollar and a thousand dollars.
fn is_plausible(usd_per_million_tokens: Decimal) -> bool {
    let scaled = usd_per_million_tokens.scaled();
    let thousandth = Decimal::from(1).scaled() / 1000;
    scaled == 0 || (thousandth..=Decimal::from(1000).scaled()).contains(&scaled)
}

/// The key of a row, within one document.
fn key(row: &ModelPrice) -> String {
    let effective_from = row.effective_from.map(|day| day.to_string()).unwrap_or_default();
    [
        &row.provider,
        &row.vendor,
        &row.model_id,
        &row.meter,
        &row.modality,
        &row.price_unit,
        &row.service_tier,
        &row.context_tier,
        &row.region,
        &row.price_kind,
        &effective_from,
    ]
    .map(String::as_str)
    .join("\n")
}

/// What goes into a model that makes vectors is counted as such; its name says so.
pub(crate) fn use_of_input(of: Use, model: &str) -> Use {
    let is_embedding = of.meter == Meter::Input && model.to_ascii_lowercase().contains("embed");
    Use { meter: if is_embedding { Meter::Embedding } else { of.meter }, ..of }
}

/// A seller by one name, whatever a map calls it.
pub(crate) fn provider(name: &str) -> String {
    let same = match name {
        "amazon-bedrock" | "aws" | "bedrock_converse" => "bedrock",
        "azure-openai" | "azure_text" => "azure",
        "cohere_chat" => "cohere",
        "fireworks" | "fireworks_ai-embedding-models" => "fireworks_ai",
        "gemini" | "palm" => "google",
        "google-vertex" | "google-vertex-anthropic" => "vertex_ai",
        "moonshotai" => "moonshot",
        "text-completion-codestral" => "codestral",
        "text-completion-inception" => "inception",
        "text-completion-openai" => "openai",
        "together" | "togetherai" => "together_ai",
        "voyageai" => "voyage",
        "x-ai" => "xai",
        "xiaomi_mimo" => "xiaomi",
        "zhipuai" | "bigmodel" => "zhipu",
        name if name.starts_with("vertex_ai-") => "vertex_ai",
        name => name,
    };
    same.replace('-', "_")
}

/// Prices of a model as `meter modality tier context region price`, in order.
#[cfg(test)]
pub(crate) fn prices_of(extract: &Extract, provider: &str, model_id: &str) -> Vec<String> {
    let rows = extract.rows.model_price.iter().map(|sighted| &sighted.row);
    let of = rows.filter(|row| row.provider == provider && row.model_id == model_id);
    let mut found: Vec<String> = of
        .map(|row| {
            let words =
                [&row.meter, &row.modality, &row.service_tier, &row.context_tier, &row.region];
            format!("{} {}", words.map(String::as_str).join(" "), row.price)
        })
        .collect();
    found.sort();
    found
}

/// What a source makes of a text, fetched on 2026-11-24.
#[cfg(test)]
pub(crate) fn read_text(
    source: &dyn burnrate_model::Source,
    body: &str,
) -> Result<Extract, ShapeError> {
    let mut out = Extract::default();
    let document = burnrate_model::RawDocument {
        url: source.start(&burnrate_model::WatchList::default()).swap_remove(0).url,
        fetched_at: "2026-11-24T00:00:00Z".parse().unwrap(),
        body: body.as_bytes().to_vec(),
    };
    source.parse(&document, &mut out).map(|()| out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_escape_what_parts_them() {
        assert_eq!(pointer(&["azure/gpt-4o", "a~b"]), "/azure~1gpt-4o/a~0b");
    }

    #[test]
    fn only_plausible_prices_of_tokens_are_taken() {
        let is = |text: &str| is_plausible(text.parse().unwrap());
        assert!(is("0") && is("0.001") && is("1000"));
        assert!(!is("0.0009") && !is("1000.01") && !is("15000"));
    }
}
