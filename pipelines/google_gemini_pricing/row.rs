//! Rows such as `Input price`, with their cells of the free and the paid tier.

use burnrate_model::Decimal;
use burnrate_model::generated::ModelPrice;
use burnrate_price::{
    ContextTier, Currency, Meter, Modality, Price, PriceUnit, ServiceTier, model_id, model_price,
    read_amount,
};

use super::cell::{self, Part};

/// What a row is about.
pub(super) struct Row<'a> {
    meter: Meter,
    modality: Modality,
    unit: PriceUnit,
    model_name: &'a str,
    /// The name by which programs ask for the model, where it is known which.
    api_name: Option<&'a str>,
}

impl<'a> Row<'a> {
    /// A row by its label, of the model that is the title of the section or stands in the label itself.
    pub(super) fn new(
        label: &'a str,
        title: &'a str,
        api_names: &[&'a str],
        unit: PriceUnit,
    ) -> Option<Self> {
        let api_name = if let [name] = api_names { Some(*name) } else { None };
        let of_title = |meter, modality, unit| {
            Some(Self { meter, modality, unit, model_name: title, api_name })
        };
        if unit != PriceUnit::MillionTokens {
            return Self::of_media(label, title, api_names, unit).or_else(|| {
                let meter = match (label, unit) {
                    ("Image price", PriceUnit::Image) => Meter::Image,
                    ("Video price", PriceUnit::Second) => Meter::Video,
                    _ => return None,
                };
                of_title(meter, Modality::Any, unit)
            });
        }
        let input =
            if title.starts_with("Gemini Embedding") { Meter::Embedding } else { Meter::Input };
        let (meter, modality) = match label.trim_end_matches(['*', '^']) {
            "Input price" | "Input price (text, image, video)" => (input, Modality::Any),
            "Text input price" => (input, Modality::Text),
            "Image input price" => (input, Modality::Image),
            "Audio input price" => (input, Modality::Audio),
            "Video input price" => (input, Modality::Video),
            "Output price" | "Output price (including thinking tokens)" => {
                (Meter::Output, Modality::Any)
            }
            "Context caching price" => (Meter::CachedInput, Modality::Any),
            "Tuning price" => (Meter::FineTuning, Modality::Any),
            "Context caching (storage)" => {
                return of_title(Meter::CacheStorage, Modality::Any, PriceUnit::MillionTokenHours);
            }
            "Image generation pricing" => {
                return of_title(Meter::Image, Modality::Any, PriceUnit::Image);
            }
            "Grounding with Google Search" | "Grounding with Google Web and Image Search" => {
                return of_title(Meter::Search, Modality::Any, PriceUnit::ThousandRequests);
            }
            "Grounding with Google Maps" => {
                return of_title(Meter::MapSearch, Modality::Any, PriceUnit::ThousandRequests);
            }
            _ => return None,
        };
        of_title(meter, modality, unit)
    }

    /// A row whose label names one of several models: `Veo 3.1 Fast video with audio price (default)`.
    fn of_media(
        label: &'a str,
        title: &str,
        api_names: &[&'a str],
        unit: PriceUnit,
    ) -> Option<Self> {
        let kinds = [
            (PriceUnit::Image, Meter::Image, " image price"),
            (PriceUnit::Second, Meter::Video, " video with audio price (default)"),
            (PriceUnit::Song, Meter::Music, " (30s)"),
            (PriceUnit::Song, Meter::Music, " (Full Song)"),
        ];
        let is_it =
            |(of, _, suffix): &&(PriceUnit, Meter, &str)| *of == unit && label.ends_with(suffix);
        let &(_, meter, suffix) = kinds.iter().find(is_it)?;
        let model_name = label.strip_suffix(suffix).filter(|name| name.starts_with(title))?;
        let kind = model_name.strip_prefix(title)?.trim();
        let api_name = api_name_of(kind, api_names);
        Some(Self { meter, modality: Modality::Any, unit, model_name, api_name })
    }

    /// The price of the free tier: nothing, or none.
    pub(super) fn free(&self, cell: &str, unit_as_shown: &str) -> Option<Vec<ModelPrice>> {
        if is_no_price(cell) {
            return Some(Vec::new());
        }
        let limits = cell.strip_prefix("Free of charge")?;
        let price = Price {
            value: Decimal::default(),
            is_rounded: false,
            currency: Currency::Usd,
            as_shown: cell.to_owned(),
            unit_as_shown: unit_as_shown.to_owned(),
        };
        let limits = limits.trim_start_matches([',', ' ']);
        let mut row = self.at(self.meter, self.unit, price);
        row.modality = self.modality.into();
        row.service_tier = ServiceTier::Free.into();
        row.price_note = (!limits.is_empty()).then(|| limits.to_owned());
        Some(vec![row])
    }

    /// The prices of the paid tier; `None` where it is not known how to read them.
    pub(super) fn paid(&self, cell: &str, unit_as_shown: &str) -> Option<Vec<ModelPrice>> {
        if is_no_price(cell) {
            return Some(Vec::new());
        }
        let lead = cell.split('$').next().unwrap_or_default().trim();
        let is_search = matches!(self.meter, Meter::Search | Meter::MapSearch);
        let is_known = is_search
            || matches!(
                lead,
                "" | "Same as Standard" | "Same as Standard, Batch pricing not yet implemented"
            );
        let parts = cell::parts(cell);
        if !is_known || parts.is_empty() {
            return None;
        }
        let mut rows = Vec::new();
        for part in parts {
            rows.extend(self.prices(&part, unit_as_shown)?);
        }
        if is_search {
            // So many searches are free, whatever is paid: the whole cell says how many.
            for row in &mut rows {
                row.price_note = Some(cell.to_owned());
            }
        }
        Some(rows)
    }

    /// A price for each context that the words behind it name.
    fn prices(&self, part: &Part<'_>, unit_as_shown: &str) -> Option<Vec<ModelPrice>> {
        let words = part.words.as_str();
        let of_tokens = words.strip_prefix("/ 1,000,000 tokens").map(str::trim);
        let tokens = of_tokens.unwrap_or(words);
        let one = |meter, unit| vec![(meter, unit, self.modality, ContextTier::ANY)];
        let contexts = match (self.meter, words) {
            (_, "") | (Meter::Music, "per song") => one(self.meter, self.unit),
            (Meter::CachedInput, _) if tokens == "per hour (storage price)" => {
                one(Meter::CacheStorage, PriceUnit::MillionTokenHours)
            }
            (Meter::CacheStorage, _) if tokens == "per hour" => one(self.meter, self.unit),
            (Meter::Input, "(image)") if part.is_marked => {
                // The footnote says that this one is for a picture.
                vec![(self.meter, PriceUnit::Image, Modality::Image, ContextTier::ANY)]
            }
            (Meter::Output | Meter::Image, "per image") => one(Meter::Image, PriceUnit::Image),
            (Meter::Output, "per 1K/2K image") => one(Meter::Image, PriceUnit::ImageUpTo2k),
            (Meter::Output, "per 4K image") => one(Meter::Image, PriceUnit::Image4k),
            (Meter::Search | Meter::MapSearch, _) => {
                let is_known = matches!(
                    words,
                    "/ 1,000 search queries"
                        | "/ 1,000 grounded prompts"
                        | "/ 1,000 search queries for text and image-based grounding"
                );
                is_known.then(|| one(self.meter, self.unit))?
            }
            (Meter::Video, _) => {
                let sizes = cell::sizes(words)?.into_iter();
                sizes.map(|size| (self.meter, size, self.modality, ContextTier::ANY)).collect()
            }
            _ => {
                if let Some(context) = cell::context(tokens) {
                    vec![(self.meter, self.unit, self.modality, context)]
                } else {
                    let of = |modality| (self.meter, self.unit, modality, ContextTier::ANY);
                    cell::modalities(tokens)?.into_iter().map(of).collect()
                }
            }
        };
        let amount = read_amount(part.amount).filter(|amount| !amount.value.is_zero())?;
        let unit_as_shown =
            if words.starts_with('/') || words.starts_with("per ") { words } else { unit_as_shown };
        let shown = format!("${} {words}", part.amount);
        let rows = contexts.into_iter().map(|(meter, unit, modality, context)| {
            let price = Price::new(amount, Currency::Usd, shown.trim(), unit_as_shown);
            let row = self.at(meter, unit, price);
            ModelPrice { modality: modality.into(), context_tier: context.into(), ..row }
        });
        Some(rows.collect())
    }

    fn at(&self, meter: Meter, unit: PriceUnit, price: Price) -> ModelPrice {
        let row = model_price("google", self.model_name, meter, unit, price);
        let id = self.api_name.map_or_else(|| row.model_id.clone(), model_id);
        ModelPrice { model_id: id, ..row }
    }
}

/// The one of several names that is of a kind: `veo-3.1-fast-generate-preview` of `Fast`. `Standard` is the
/// one that names no kind.
fn api_name_of<'a>(kind: &str, api_names: &[&'a str]) -> Option<&'a str> {
    const KINDS: [&str; 3] = ["fast", "lite", "ultra"];
    let kind = kind.to_lowercase();
    let is_of_kind = |name: &&&str| match kind.as_str() {
        "standard" => !name.split('-').any(|word| KINDS.contains(&word)),
        kind => KINDS.contains(&kind) && name.split('-').any(|word| word == kind),
    };
    let mut found = api_names.iter().filter(is_of_kind);
    found.next().filter(|_| found.next().is_none()).copied()
}

/// Cells that name no price: what is not offered, and what is free up to a number of requests a day, of
/// which the free tier says no more than the number.
fn is_no_price(cell: &str) -> bool {
    matches!(cell, "Not available" | "Not available (shut down)" | "Supported" | "500 RPD")
}
