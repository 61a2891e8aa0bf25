//! Rows of offers in their plainest context, for a source to say what is particular.

use std::num::NonZeroU32;

use burnrate_model::Decimal;
use burnrate_model::Rounding;
use burnrate_model::generated::{GpuPrice, ModelPrice, SeatPrice};
use chrono::NaiveDate;

use crate::amount::{Amount, Currency};
use crate::gpu::Gpu;
use crate::model_id::model_id;
use crate::vocabulary::{
    BilledScope, ContextTier, GpuCountSource, Meter, Modality, PriceKind, PriceUnit, SeatUnit,
    ServiceTier, Term,
};

/// A price as normalised and as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Price {
    /// In the currency, per normal unit.
    pub value: Decimal,
    /// Whether digits were rounded away.
    pub is_rounded: bool,
    /// The currency.
    pub currency: Currency,
    /// The price as it is written.
    pub as_shown: String,
    /// Its unit as it is written, wherever that is.
    pub unit_as_shown: String,
}

impl Price {
    /// An amount whose currency stands beside it, or, where it does not, is the list's.
    pub fn new(amount: Amount, of_list: Currency, as_shown: &str, unit_as_shown: &str) -> Self {
        Self {
            value: amount.value,
            is_rounded: amount.is_rounded,
            currency: amount.currency.unwrap_or(of_list),
            as_shown: as_shown.to_owned(),
            unit_as_shown: unit_as_shown.to_owned(),
        }
    }
}

/// A price of a model: sold by its maker, for whatever length, at the standard tier, everywhere, in force.
pub fn model_price(
    vendor: &str,
    model_name: &str,
    meter: Meter,
    unit: PriceUnit,
    price: Price,
) -> ModelPrice {
    ModelPrice {
        provider: vendor.to_owned(),
        vendor: vendor.to_owned(),
        model_id: model_id(model_name),
        meter: meter.into(),
        modality: Modality::Any.into(),
        price_unit: unit.into(),
        service_tier: ServiceTier::Standard.into(),
        context_tier: ContextTier::ANY.into(),
        region: "any".to_owned(),
        currency: price.currency.code().to_owned(),
        price_kind: PriceKind::List.into(),
        effective_from: None,
        model_name: model_name.to_owned(),
        price: price.value,
        price_as_shown: price.as_shown,
        unit_as_shown: price.unit_as_shown,
        effective_to: None,
        price_note: None,
        is_rounded: price.is_rounded,
    }
}

/// GPUs that are rented together, and where their number comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GpuCount {
    /// How many.
    pub gpus: NonZeroU32,
    /// Who says so.
    pub source: GpuCountSource,
}

/// A GPU for rent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GpuOffer<'a> {
    /// Who rents it out, e.g. `lambda`.
    pub provider: &'a str,
    /// What is rented, by the provider's own code or name.
    pub sku: &'a str,
    /// The product as the list names it.
    pub product_name: &'a str,
    /// The GPU.
    pub gpu: Gpu,
    /// How many.
    pub count: GpuCount,
    /// On which conditions.
    pub term: Term,
}

impl GpuOffer<'_> {
    /// A row: host included, any operating system, everywhere, in force. The price is per GPU and hour.
    pub fn at(&self, price_per_gpu_hour: Price) -> GpuPrice {
        GpuPrice {
            provider: self.provider.to_owned(),
            sku: self.sku.to_owned(),
            gpu_model: self.gpu.model.to_owned(),
            gpu_form: self.gpu.form.into(),
            gpu_memory_gb: self.gpu.memory_gb.map(i64::from),
            gpus_per_instance: i64::from(self.count.gpus.get()),
            gpu_count_source: self.count.source.into(),
            term: self.term.into(),
            cloud_type: "any".to_owned(),
            billed_scope: BilledScope::Instance.into(),
            operating_system: "any".to_owned(),
            region: "any".to_owned(),
            currency: price_per_gpu_hour.currency.code().to_owned(),
            price_kind: PriceKind::List.into(),
            effective_from: None,
            product_name: self.product_name.to_owned(),
            price_per_gpu_hour: price_per_gpu_hour.value,
            price_as_shown: price_per_gpu_hour.as_shown,
            unit_as_shown: price_per_gpu_hour.unit_as_shown,
            effective_to: None,
            price_note: None,
            is_rounded: price_per_gpu_hour.is_rounded,
        }
    }
}

/// The price of one GPU, from the price of all that are rented together.
pub fn per_gpu(price: Price, gpus: NonZeroU32) -> Price {
    let (value, rounding) = price.value.over(gpus);
    let is_rounded = price.is_rounded || rounding == Rounding::Rounded;
    Price { value, is_rounded, ..price }
}

/// A subscription, or an assistant paid by use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatOffer<'a> {
    /// Who sells it.
    pub vendor: &'a str,
    /// What is subscribed to, in lower case.
    pub product: &'a str,
    /// The plan, in lower case.
    pub plan: &'a str,
    /// What the price is for.
    pub unit: SeatUnit,
    /// `monthly`, `annual`, or `per_use`.
    pub billing_period: &'a str,
}

impl SeatOffer<'_> {
    /// A row: everywhere, in force, for one user or more.
    pub fn at(&self, price: Price, effective_from: Option<NaiveDate>) -> SeatPrice {
        SeatPrice {
            vendor: self.vendor.to_owned(),
            product: self.product.to_owned(),
            plan: self.plan.to_owned(),
            seat_unit: self.unit.into(),
            billing_period: self.billing_period.to_owned(),
            region: "any".to_owned(),
            currency: price.currency.code().to_owned(),
            price_kind: PriceKind::List.into(),
            effective_from,
            price: price.value,
            price_as_shown: price.as_shown,
            unit_as_shown: price.unit_as_shown,
            minimum_seats: None,
            effective_to: None,
            price_note: None,
            is_rounded: price.is_rounded,
        }
    }
}
