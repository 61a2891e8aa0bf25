//! Caches, capacity that is set aside, tuning, and vectors.

use burnrate_model::generated::ModelPrice;
use burnrate_model::{Extract, ShapeError};
use burnrate_price::{
    Cell, ContextTier, Currency, Meter, Price, PriceUnit, Scale, ServiceTier, model_price,
    read_amount, read_amount_scaled,
};

use super::gemini::Regions;
use super::{PROVIDER, Table};
use crate::model_list;

/// What is kept in caches, by the hour: `$4.5 (/M Tok/hr)`.
pub(super) fn read_cache_storage(table: &Table<'_>, out: &mut Extract) -> Result<(), ShapeError> {
    let header = table.header();
    let lengths =
        ["Price (/1M tokens) <= 200K input tokens", "Price (/1M tokens) > 200K input tokens"];
    if header.get(3..) != Some(&lengths) {
        return Err(ShapeError::new(&table.locator, format!("{lengths:?}"), format!("{header:?}")));
    }
    for [model, feature, kind, short, long] in table.rows_of()? {
        let is_known = feature.text == "Context Cache Storage"
            && kind.text == "Input (text, image, video, audio)";
        if !is_known {
            let found = format!("{}, {}", feature.text, kind.text);
            return Err(ShapeError::new(&feature.locator, "storage of all kinds of input", found));
        }
        let contexts = [(short, ContextTier::up_to(200_000)), (long, ContextTier::over(200_000))];
        for (cell, context) in contexts {
            let row = amount_before(&cell.text, " (/M Tok/hr)").map(|price| ModelPrice {
                context_tier: context.into(),
                ..of_google(&model.text, Meter::CacheStorage, PriceUnit::MillionTokenHours, price)
            });
            let record = || format!("{}: {}", model.text, cell.text);
            model_list::push_read(out, row, cell.locator.clone(), record);
        }
    }
    Ok(())
}

/// Units of capacity, which are paid by the week or month for as long as is committed to. What is
/// committed to is part of what is sold, and so of its name.
pub(super) fn read_capacity(
    table: &Table<'_>,
    regions: Regions,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    for [duration, cell, per] in table.rows_of()? {
        let unit = match per.text.as_str() {
            "Week" => PriceUnit::Week,
            "Month" => PriceUnit::Month,
            other => return Err(ShapeError::new(&per.locator, "Week or Month", other)),
        };
        let name = format!("GSU, {}", duration.text);
        let prices = regions.prices(&cell.text).filter(|prices| !prices.is_empty());
        let Some(prices) = prices else {
            out.issue(&cell.locator, "no price that is known how to read", &cell.text);
            continue;
        };
        for price in prices {
            let row = price.row(&name, Meter::Capacity, unit, &per.text);
            let row = ModelPrice { service_tier: ServiceTier::Provisioned.into(), ..row };
            model_list::push(out, row, cell.locator.clone());
        }
    }
    Ok(())
}

/// Tuning, of models of several makers.
pub(super) fn read_tuning(
    table: &Table<'_>,
    header: &str,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    let unit = match header {
        "Price (/1M training tokens)" => PriceUnit::MillionTokens,
        "Price (/1M training characters)" => PriceUnit::MillionCharacters,
        other => return Err(ShapeError::new(&table.locator, "a price of tuning", other)),
    };
    let makers = [
        ("Gemini ", "google"),
        ("Gemma ", "google"),
        ("Medgemma ", "google"),
        ("Translation LLM ", "google"),
        ("Llama ", "meta"),
        ("Qwen ", "alibaba"),
    ];
    for [model, _kind, cell] in table.rows_of()? {
        let maker = makers.iter().find(|(prefix, _)| model.text.starts_with(prefix));
        let row = maker.and_then(|&(_, vendor)| {
            let amount = read_amount(&cell.text).filter(|amount| !amount.value.is_zero())?;
            let price = Price::new(amount, Currency::Usd, &cell.text, header);
            let row = of_google(&model.text, Meter::FineTuning, unit, price);
            Some(ModelPrice { vendor: vendor.to_owned(), ..row })
        });
        let record = || format!("{}: {}", model.text, cell.text);
        model_list::push_read(out, row, cell.locator.clone(), record);
    }
    Ok(())
}

/// Vectors, per thousand: a row of input, and one of output, for which there is no charge.
pub(super) fn read_embeddings(
    table: &Table<'_>,
    header: &str,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    for row in table.rows.iter().skip(1) {
        match row.as_slice() {
            [model, kind, region, cell] if kind.text == "Input" && region.text == "Global" => {
                read_by_thousand(&model.text, "global", header, cell, table, out)?;
            }
            [kind, _, cell] if kind.text == "Output" && !cell.text.contains('$') => {}
            other => return Err(table.odd(other)),
        }
    }
    Ok(())
}

/// Vectors of open models, per thousand; for output there is no charge.
pub(super) fn read_open_embeddings(
    table: &Table<'_>,
    header: &str,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    for [model, kind, cell] in table.rows_of()? {
        if kind.text != "Input: Output: Batch Input: Batch Output:" {
            return Err(ShapeError::new(&kind.locator, "input and output", &kind.text));
        }
        read_by_thousand(&model.text, "any", header, cell, table, out)?;
    }
    Ok(())
}

/// Reads `Online requests: $0.00015 Batch requests: $0.00012`.
fn read_by_thousand(
    model_name: &str,
    region: &str,
    header: &str,
    cell: &Cell,
    table: &Table<'_>,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    let unit = match header {
        "Price per 1,000 input tokens" => PriceUnit::MillionTokens,
        "Price per 1,000 characters" => PriceUnit::MillionCharacters,
        other => return Err(ShapeError::new(&table.locator, "a price per thousand", other)),
    };
    let tiers =
        [("Online requests: ", ServiceTier::Standard), ("Batch requests: ", ServiceTier::Batch)];
    for (words, tier) in tiers {
        let priced = cell.text.split_once(words).and_then(|(_, rest)| {
            let shown = rest.split(' ').next()?;
            let amount = read_amount_scaled(shown, Scale::PerThousand)?;
            let price = Price::new(amount, Currency::Usd, shown, header);
            let vendor =
                if model_name.starts_with("multilingual-e5") { "microsoft" } else { "google" };
            Some(ModelPrice {
                vendor: vendor.to_owned(),
                region: region.to_owned(),
                service_tier: tier.into(),
                ..of_google(model_name, Meter::Embedding, unit, price)
            })
        });
        let record = || format!("{model_name}: {}", cell.text);
        model_list::push_read(
            out,
            priced.filter(|row| !row.price.is_zero()),
            cell.locator.clone(),
            record,
        );
    }
    Ok(())
}

/// The amount in a cell that ends with its unit.
fn amount_before(cell: &str, unit: &str) -> Option<Price> {
    let amount = read_amount(cell.strip_suffix(unit)?).filter(|amount| !amount.value.is_zero())?;
    Some(Price::new(amount, Currency::Usd, cell, unit.trim()))
}

fn of_google(model_name: &str, meter: Meter, unit: PriceUnit, price: Price) -> ModelPrice {
    let row = model_price("google", model_name, meter, unit, price);
    ModelPrice { provider: PROVIDER.to_owned(), ..row }
}
