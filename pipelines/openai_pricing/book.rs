//! Where the prices of a page are put down, each once.

use std::collections::BTreeMap;

use burnrate_model::generated::ModelPrice;
use burnrate_model::{Decimal, Extract, ShapeError};
use burnrate_price::{
    Cell, ContextTier, Currency, Meter, Modality, Price, PriceUnit, ServiceTier, model_price,
    read_amount,
};
use chrono::NaiveDate;

/// Who sells, and made, all that is listed.
const VENDOR: &str = "openai";

/// What a price is for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Offer<'a> {
    /// The model, as the list writes it.
    pub(super) name: &'a str,
    /// The name from which the model's id is made.
    pub(super) sold_as: &'a str,
    /// What is counted.
    pub(super) meter: Meter,
    /// In which form.
    pub(super) modality: Modality,
    /// For requests of which length.
    pub(super) context: ContextTier,
    /// How it is served.
    pub(super) tier: ServiceTier,
    /// What the list says beside it.
    pub(super) note: Option<&'a str>,
}

impl<'a> Offer<'a> {
    /// In the plainest context.
    pub(super) fn new(name: &'a str, meter: Meter, tier: ServiceTier) -> Self {
        Self {
            name,
            sold_as: name,
            meter,
            modality: Modality::Any,
            context: ContextTier::ANY,
            tier,
            note: None,
        }
    }
}

/// A price as a cell states it.
pub(super) struct Stated {
    /// The price.
    pub(super) value: Price,
    /// What it is for.
    pub(super) unit: PriceUnit,
}

/// Where prices are put down.
pub(super) struct Book<'a> {
    observed_on: NaiveDate,
    /// Rows and issues.
    pub(super) out: &'a mut Extract,
    /// What is put down already, by model and context.
    listed: BTreeMap<[String; 6], Decimal>,
}

impl<'a> Book<'a> {
    /// An empty one.
    pub(super) fn new(observed_on: NaiveDate, out: &'a mut Extract) -> Self {
        Self { observed_on, out, listed: BTreeMap::new() }
    }

    /// Puts down a price. The page may list one twice (a flagship model again beside its variants), but
    /// not at two prices.
    ///
    /// # Errors
    /// Where it does.
    pub(super) fn put_stated(
        &mut self,
        offer: Offer<'_>,
        stated: Stated,
        cell: &Cell,
    ) -> Result<(), ShapeError> {
        if stated.value.value.is_zero() && offer.tier != ServiceTier::Free {
            self.out.issue(&cell.locator, "no price, but not called free", &cell.text);
            return Ok(());
        }
        let base = model_price(VENDOR, offer.sold_as, offer.meter, stated.unit, stated.value);
        let row = ModelPrice {
            model_name: offer.name.to_owned(),
            modality: offer.modality.into(),
            context_tier: offer.context.into(),
            service_tier: offer.tier.into(),
            price_note: offer.note.map(str::to_owned),
            ..base
        };
        let key = [
            &row.model_id,
            &row.meter,
            &row.modality,
            &row.price_unit,
            &row.context_tier,
            &row.service_tier,
        ]
        .map(Clone::clone);
        match self.listed.insert(key, row.price) {
            None => self.out.push(row, cell.locator.clone(), self.observed_on),
            Some(before) if before == row.price => {}
            Some(before) => {
                let expected = format!("{} of {} at {before}, as before", row.meter, row.model_id);
                return Err(ShapeError::new(&cell.locator, expected, row.price_as_shown));
            }
        }
        Ok(())
    }

    /// Puts down a price with its unit, and what is said behind that.
    ///
    /// # Errors
    /// Those of [`Book::put_stated`].
    pub(super) fn put_tool(&mut self, offer: Offer<'_>, pricing: &Cell) -> Result<(), ShapeError> {
        let read = pricing.text.split_once(" / ").and_then(|(shown, rest)| {
            let unit = ["1k calls", "GB per day", "GB-day"]
                .into_iter()
                .find(|unit| rest.starts_with(unit))?;
            Some((read_amount(shown)?, unit, rest[unit.len()..].trim()))
        });
        let Some((amount, unit_as_shown, note)) = read else {
            self.out.issue(&pricing.locator, "not a price of a tool", &pricing.text);
            return Ok(());
        };
        let unit = match unit_as_shown {
            "1k calls" => PriceUnit::ThousandRequests,
            _ => PriceUnit::GigabyteDay,
        };
        let value = Price::new(amount, Currency::Usd, &pricing.text, unit_as_shown);
        let note = Some(note).filter(|note| !note.is_empty());
        self.put_stated(Offer { note, ..offer }, Stated { value, unit }, pricing)
    }
}
