//! Answers of the interface, read item by item: what is asked for are a thousand of many thousands.

use std::fmt;

use burnrate_model::ShapeError;
use serde::Deserialize;
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::value::RawValue;

/// A price. Fields with a leading underscore are known and not used.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Item<'a> {
    /// ISO 4217.
    pub(super) currency_code: String,
    /// Units from which the price holds.
    #[serde(borrow)]
    pub(super) tier_minimum_units: &'a RawValue,
    /// `1 Year`, `3 Years`, `5 Years`; of reservations.
    pub(super) reservation_term: Option<String>,
    /// The price as it is written.
    #[serde(borrow)]
    pub(super) retail_price: &'a RawValue,
    /// Always the retail price.
    #[serde(rename = "unitPrice")]
    _unit_price: IgnoredAny,
    /// Region, e.g. `eastus2`.
    pub(super) arm_region_name: String,
    #[serde(rename = "location")]
    _location: IgnoredAny,
    /// When the price began.
    pub(super) effective_start_date: String,
    /// When the price ends, where that is settled.
    pub(super) effective_end_date: Option<String>,
    #[serde(rename = "meterId")]
    _meter_id: IgnoredAny,
    /// Name of what is metered; ends in the conditions, e.g. `Spot`.
    pub(super) meter_name: String,
    #[serde(rename = "productId")]
    _product_id: IgnoredAny,
    #[serde(rename = "skuId")]
    _sku_id: IgnoredAny,
    /// Name of the product; ends in `Windows` where that is included.
    pub(super) product_name: String,
    /// Name of what is sold; ends in the conditions.
    pub(super) sku_name: String,
    /// E.g. `Virtual Machines`.
    pub(super) service_name: String,
    #[serde(rename = "serviceId")]
    _service_id: IgnoredAny,
    #[serde(rename = "serviceFamily")]
    _service_family: IgnoredAny,
    /// E.g. `1 Hour`.
    pub(super) unit_of_measure: String,
    /// `Consumption`, `DevTestConsumption` or `Reservation`.
    #[serde(rename = "type")]
    pub(super) kind: String,
    /// Whether it is the meter that is charged in its region.
    pub(super) is_primary_meter_region: bool,
    /// Size of the machine, e.g. `Standard_ND96isr_H100_v5`.
    pub(super) arm_sku_name: String,
}

/// What an answer says of the page after it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NextPage {
    /// Its address.
    At(String),
    /// There is none.
    None,
    /// Nothing.
    Unsaid,
}

/// What is done with each item, its number and its text.
type Use<'u> = &'u mut dyn FnMut(usize, &Item<'_>, &str);

/// Reads an answer, and gives what it says of the next page.
///
/// # Errors
/// [`ShapeError`] where it is no answer of the interface, or has no items.
pub(super) fn read_answer(body: &[u8], use_item: Use<'_>) -> Result<NextPage, ShapeError> {
    let mut reader = serde_json::Deserializer::from_slice(body);
    let answer = Answer { use_item }.deserialize(&mut reader);
    let answer = answer.and_then(|next_page| reader.end().map(|()| next_page));
    answer.map_err(|error| {
        ShapeError::new("body", "an answer of Azure's retail prices", error.to_string())
    })
}

struct Answer<'u> {
    use_item: Use<'u>,
}

impl<'de> DeserializeSeed<'de> for Answer<'_> {
    type Value = NextPage;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Answer<'_> {
    type Value = NextPage;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with Items")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut items, mut count, mut next_page) = (0, None, NextPage::Unsaid);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                // The currency stands beside each price, too.
                "BillingCurrency" | "CustomerEntityId" | "CustomerEntityType" => {
                    map.next_value::<IgnoredAny>()?;
                }
                "Items" => items = map.next_value_seed(Items { use_item: &mut *self.use_item })?,
                "NextPageLink" => {
                    next_page = map.next_value::<Option<_>>()?.map_or(NextPage::None, NextPage::At);
                }
                "Count" => count = Some(map.next_value::<usize>()?),
                _ => return Err(A::Error::custom(format!("unknown field `{key}`"))),
            }
        }
        if items == 0 || count.is_some_and(|count| count != items) {
            return Err(A::Error::custom(format!("{items} items, Count {count:?}")));
        }
        Ok(next_page)
    }
}

struct Items<'u> {
    use_item: Use<'u>,
}

impl<'de> DeserializeSeed<'de> for Items<'_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<usize, A::Error> {
        let mut number = 0;
        while let Some(text) = items.next_element::<&RawValue>()? {
            let item = serde_json::from_str(text.get()).map_err(A::Error::custom)?;
            (self.use_item)(number, &item, text.get());
            number += 1;
        }
        Ok(number)
    }
}
