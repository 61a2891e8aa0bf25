//! Tables of Gemini: a row with the model alone, then one for each kind of token.

use burnrate_model::generated::ModelPrice;
use burnrate_model::{Extract, ShapeError};
use burnrate_price::{
    Amount, ContextTier, Currency, Expect, Meter, Modality, Price, PriceKind, PriceUnit,
    ServiceTier, model_price, read_amount, select, text,
};
use chrono::NaiveDate;
use scraper::ElementRef;

use super::{PROVIDER, Table};
use crate::model_list;

/// Tabs of a family of models.
pub(super) const TABS: [&str; 3] = ["Standard", "Priority", "Flex/Batch"];

/// The service tiers of a tab, and what it appends to the headers of its columns.
fn tiers(tab: &str) -> Option<(&'static [ServiceTier], &'static str)> {
    match tab {
        "Standard" => Some((&[ServiceTier::Standard], "")),
        "Priority" => Some((&[ServiceTier::Priority], " with Priority")),
        "Flex/Batch" => Some((&[ServiceTier::Flex, ServiceTier::Batch], " with Flex/Batch")),
        _ => None,
    }
}

/// Whether a column is of cached input, and for which lengths of the prompt.
fn column(header: &str, appended: &str) -> Option<(bool, ContextTier)> {
    let header = header.strip_prefix("Price (/1M tokens) ")?.strip_suffix(appended)?;
    match header {
        "<= 200K input tokens" => Some((false, ContextTier::up_to(200_000))),
        "> 200K input tokens" => Some((false, ContextTier::over(200_000))),
        "<= 200K cached input tokens" => Some((true, ContextTier::up_to(200_000))),
        "> 200K cached input tokens" => Some((true, ContextTier::over(200_000))),
        _ => None,
    }
}

/// What a row counts. Reasoning is billed as output.
fn counted(label: &str) -> Option<(Meter, &'static [Modality])> {
    use Modality::{Any, Audio, Image, Text, Video};
    match label.trim_end_matches('*') {
        "Input (text, image, video, audio)" => Some((Meter::Input, &[Any])),
        "Input (text, image, video)" => Some((Meter::Input, &[Text, Image, Video])),
        "Input (text, image)" => Some((Meter::Input, &[Text, Image])),
        "Input (audio)" | "Audio Input" | "1M input audio tokens" => Some((Meter::Input, &[Audio])),
        "1M input text tokens" => Some((Meter::Input, &[Text])),
        "1M input video/image tokens" => Some((Meter::Input, &[Video, Image])),
        "Text output (response and reasoning)" | "1M output text tokens" => {
            Some((Meter::Output, &[Text]))
        }
        "1M output audio tokens" => Some((Meter::Output, &[Audio])),
        "Image Output" | "Image output" => Some((Meter::Output, &[Image])),
        _ => None,
    }
}

pub(super) fn read(
    table: &Table<'_>,
    regions: Regions,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    let header = table.header();
    let (tiers, appended) = tiers(&table.heading.tab).ok_or_else(|| {
        ShapeError::new(&table.locator, "a tab of a service tier", &table.heading.tab)
    })?;
    let columns: Option<Vec<_>> =
        header.iter().skip(2).map(|header| column(header, appended)).collect();
    let columns = columns.filter(|columns| !columns.is_empty()).ok_or_else(|| {
        ShapeError::new(&table.locator, "columns by length of the prompt", format!("{header:?}"))
    })?;
    let mut model_name = "";
    for row in table.rows.iter().skip(1) {
        let [label, cells @ ..] = row.as_slice() else { continue };
        if cells.is_empty() {
            model_name = &label.text;
            continue;
        }
        if cells.len() != columns.len() {
            return Err(table.odd(row));
        }
        let counted = counted(&label.text)
            .ok_or_else(|| ShapeError::new(&label.locator, "a kind of tokens", &label.text))?;
        // In one tab the row that names the Live API is missing; it is not offered there.
        let is_of_other = label.text.starts_with("1M ") && !model_name.ends_with("Live API");
        for (cell, column) in cells.iter().zip(&columns) {
            let prices = regions.prices(&cell.text);
            let prices = prices.filter(|prices| prices.is_empty() || !is_of_other);
            if let Some(prices) = prices {
                for price in prices {
                    push(&price, model_name, counted, *column, tiers, &cell.locator, out);
                }
            } else {
                let record = format!("{model_name}, {}: {}", label.text, cell.text);
                out.issue(&cell.locator, "no price that is known how to read", record);
            }
        }
    }
    Ok(())
}

/// Adds a price for each service tier and modality that it holds for.
fn push(
    price: &Regional<'_>,
    model_name: &str,
    (meter, modalities): (Meter, &[Modality]),
    (is_cached, context): (bool, ContextTier),
    tiers: &[ServiceTier],
    locator: &str,
    out: &mut Extract,
) {
    let meter = if is_cached { Meter::CachedInput } else { meter };
    let row = price.row(model_name, meter, PriceUnit::MillionTokens, "/1M tokens");
    for tier in tiers {
        for modality in modalities {
            let row = ModelPrice {
                modality: (*modality).into(),
                service_tier: (*tier).into(),
                context_tier: context.into(),
                ..row.clone()
            };
            model_list::push(out, row, locator.to_owned());
        }
    }
}

/// Since when other regions than all together have prices of their own.
#[derive(Clone, Copy)]
pub(super) struct Regions {
    observed_on: NaiveDate,
    non_global_from: Option<NaiveDate>,
}

/// A price in a region.
pub(super) struct Regional<'a> {
    region: &'static str,
    amount: Amount,
    shown: &'a str,
    from: Option<NaiveDate>,
    kind: PriceKind,
}

impl Regions {
    /// Reads the footnote about them, where there is one.
    pub(super) fn read(page: ElementRef<'_>, observed_on: NaiveDate) -> Result<Self, ShapeError> {
        let notes = select(page, "small", Expect::AtLeast(0))?.into_iter().map(text);
        let words = "* For non-global endpoints, pricing will go into effect for ";
        let mut notes = notes.filter_map(|note| note.strip_prefix(words).map(str::to_owned));
        let Some(note) = notes.next() else {
            return Ok(Self { observed_on, non_global_from: None });
        };
        let day = note.split_once(" on ").and_then(|(_, rest)| {
            let (day, _) = rest.split_once('.')?;
            NaiveDate::parse_from_str(day, "%B %d, %Y").ok()
        });
        let from = day.ok_or_else(|| ShapeError::new("small", "a day of start", &note))?;
        Ok(Self { observed_on, non_global_from: Some(from) })
    }

    /// The prices of a cell: `$2`, `$0.25 (Global) $0.275 (Non-global)*`, none in `N/A`.
    pub(super) fn prices(self, cell: &str) -> Option<Vec<Regional<'_>>> {
        if cell == "N/A" {
            return Some(Vec::new());
        }
        let Some((global, non_global)) = cell.split_once(" (Global) ") else {
            return Some(vec![Self::price("any", cell)?]);
        };
        let marks = [" (Non-global)*", " (Non-Global)*"];
        let non_global = marks.iter().find_map(|mark| non_global.strip_suffix(mark))?;
        let mut non_global = Self::price("non-global", non_global)?;
        non_global.from = self.non_global_from;
        if self.non_global_from.is_some_and(|from| from > self.observed_on) {
            non_global.kind = PriceKind::Announced;
        }
        Some(vec![Self::price("global", global)?, non_global])
    }

    fn price<'a>(region: &'static str, shown: &'a str) -> Option<Regional<'a>> {
        let amount = read_amount(shown).filter(|amount| !amount.value.is_zero())?;
        Some(Regional { region, amount, shown, from: None, kind: PriceKind::List })
    }
}

impl Regional<'_> {
    /// A row of one of Google's own models.
    pub(super) fn row(
        &self,
        model_name: &str,
        meter: Meter,
        unit: PriceUnit,
        unit_as_shown: &str,
    ) -> ModelPrice {
        let price = Price::new(self.amount, Currency::Usd, self.shown, unit_as_shown);
        ModelPrice {
            provider: PROVIDER.to_owned(),
            region: self.region.to_owned(),
            price_kind: self.kind.into(),
            effective_from: self.from,
            ..model_price("google", model_name, meter, unit, price)
        }
    }
}
