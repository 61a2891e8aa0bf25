//! Tables of the documentation, wherever they come from, read into prices.

use std::collections::BTreeSet;

use burnrate_model::generated::ModelPrice;
use burnrate_model::{Extract, ShapeError};
use burnrate_price::{
    Cell, ContextTier, Currency, Grid, Meter, Price, PriceKind, PriceUnit, ServiceTier,
    model_price, read_amount,
};
use chrono::NaiveDate;

use crate::anthropic_pricing::{claude_id, per_mtok};

/// Up to how many tokens of input a context is short, for models that charge for long ones.
const SHORT_CONTEXT: u64 = 200_000;

/// The table of the main prices; since September 2026 in lower case.
const MODELS: [[&str; 6]; 2] = [
    [
        "Model",
        "Base Input Tokens",
        "5m Cache Writes",
        "1h Cache Writes",
        "Cache Hits & Refreshes",
        "Output Tokens",
    ],
    [
        "Model",
        "Base input tokens",
        "5m cache writes",
        "1h cache writes",
        "Cache hits and refreshes",
        "Output tokens",
    ],
];
const BATCH: [&str; 3] = ["Model", "Batch input", "Batch output"];
const LONG_CONTEXT: [&str; 2] = ["≤ 200K input tokens", "> 200K input tokens"];
const TWO_METERS: [&str; 3] = ["Model", "Input", "Output"];

/// What sessions of managed agents cost beside their tokens.
const RUNTIME: [&str; 3] = ["SKU", "Rate", "Metering"];

/// Sums of examples: no prices.
const EXAMPLE: [&str; 3] = ["Line item", "Calculation", "Cost"];

/// The tables of a page, and what its text says of them.
pub(super) struct Page {
    /// All tables, in order.
    pub(super) tables: Vec<Grid>,
    /// Models that charge more for long contexts, by name.
    pub(super) long_context_models: Vec<String>,
}

/// Reads the tables of a page.
///
/// # Errors
/// Where a table is not known, the main one is not there once, or tables contradict each other.
pub(super) fn read(
    page: &Page,
    observed_on: NaiveDate,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    let long_context = page.long_context_models.iter().map(|name| {
        claude_id(name).ok_or_else(|| ShapeError::new("long context", "names of models", name))
    });
    let long_context = long_context.collect::<Result<_, _>>()?;
    let mut book = Book { observed_on, out, long_context, main_tables: 0 };
    for table in &page.tables {
        book.table(table)?;
    }
    if book.main_tables != 1 {
        let expected = "the table of model prices once";
        return Err(ShapeError::new("page", expected, book.main_tables.to_string()));
    }
    // Names its models in the text, and their other prices stand in the main table.
    for table in page.tables.iter().filter(|table| table.texts(0) == LONG_CONTEXT) {
        book.long_context_table(table, &page.long_context_models)?;
    }
    Ok(())
}

/// Where prices are put down.
struct Book<'a> {
    observed_on: NaiveDate,
    out: &'a mut Extract,
    /// Ids of the models that charge more for long contexts.
    long_context: BTreeSet<String>,
    main_tables: usize,
}

/// A model as a cell names it, and when its price is in force.
struct Named<'a> {
    id: String,
    name: &'a str,
    note: Option<&'a str>,
    context: Option<ContextTier>,
    kind: PriceKind,
    effective_from: Option<NaiveDate>,
    effective_to: Option<NaiveDate>,
}

impl Named<'_> {
    /// Whether the price has not ended: one that has may stay on the page for a while.
    fn is_offered(&self, observed_on: NaiveDate) -> bool {
        self.effective_to.is_none_or(|last| observed_on <= last)
    }
}

impl Book<'_> {
    fn table(&mut self, table: &Grid) -> Result<(), ShapeError> {
        let header = table.texts(0);
        if MODELS.iter().any(|known| header == known) {
            self.main_tables += 1;
            let meters = [
                Meter::Input,
                Meter::CacheWrite,
                Meter::CacheWrite1h,
                Meter::CachedInput,
                Meter::Output,
            ];
            return self.meters::<6>(table, &meters, ServiceTier::Standard);
        }
        let two = [Meter::Input, Meter::Output];
        if header == BATCH {
            return self.meters::<3>(table, &two, ServiceTier::Batch);
        }
        if header == TWO_METERS {
            // Without its heading it does not say what for models are offered at these prices.
            let Some(heading) = table.headings.last() else {
                let models = table.rows.iter().skip(1).filter_map(|row| row.first());
                let models: Vec<_> = models.map(|model| model.text.as_str()).collect();
                self.out.issue(&table.locator, "prices under no heading", models.join(", "));
                return Ok(());
            };
            if heading != "Fast mode pricing" {
                return Err(ShapeError::new(&table.locator, "a known heading", heading));
            }
            return self.meters::<3>(table, &two, ServiceTier::Fast);
        }
        if header == RUNTIME {
            return self.runtime(table);
        }
        // Numbers of tokens, multipliers and the like are no prices; the long contexts are read last.
        let has_amounts = table.rows.iter().flatten().any(|cell| cell.text.contains('$'));
        if header == LONG_CONTEXT || header == EXAMPLE || !has_amounts {
            return Ok(());
        }
        Err(ShapeError::new(
            &table.locator,
            "a table of prices that is known",
            format!("{header:?}"),
        ))
    }

    fn runtime(&mut self, table: &Grid) -> Result<(), ShapeError> {
        const UNIT: &str = "per session-hour";
        for [sku, rate, _] in table.rows_of::<3>(1)? {
            let amount = rate.text.strip_suffix(UNIT).and_then(read_amount);
            let Some(amount) = amount.filter(|amount| !amount.value.is_zero()) else {
                self.out.issue(&rate.locator, "not a price of a session's hour", &rate.text);
                continue;
            };
            let value = Price::new(amount, Currency::Usd, &rate.text, UNIT);
            let row = model_price("anthropic", &sku.text, Meter::Session, PriceUnit::Hour, value);
            self.out.push(row, rate.locator.clone(), self.observed_on);
        }
        Ok(())
    }

    fn meters<const N: usize>(
        &mut self,
        table: &Grid,
        meters: &[Meter],
        tier: ServiceTier,
    ) -> Result<(), ShapeError> {
        for row in table.rows_of::<N>(1)? {
            let Some((names, prices)) = row.split_first() else { continue };
            let Some(models) = models(&names.text, self.observed_on) else {
                self.out.issue(&names.locator, "a model or remark that is not known", &names.text);
                continue;
            };
            let observed_on = self.observed_on;
            for model in models.iter().filter(|model| model.is_offered(observed_on)) {
                let is_short = self.long_context.contains(&model.id);
                let short = is_short.then(|| ContextTier::up_to(SHORT_CONTEXT));
                let context = model.context.or(short).unwrap_or(ContextTier::ANY);
                for (&meter, cell) in meters.iter().zip(prices) {
                    self.put(model, meter, (tier, context), &cell.text, cell);
                }
            }
        }
        Ok(())
    }

    fn put(
        &mut self,
        model: &Named<'_>,
        meter: Meter,
        (tier, context): (ServiceTier, ContextTier),
        shown: &str,
        cell: &Cell,
    ) {
        let Some(value) = per_mtok(shown) else {
            let record = format!("{}: {shown}", model.name);
            self.out.issue(&cell.locator, "not a price of a million tokens", record);
            return;
        };
        let row = ModelPrice {
            model_id: model.id.clone(),
            service_tier: tier.into(),
            context_tier: context.into(),
            price_kind: model.kind.into(),
            effective_from: model.effective_from,
            effective_to: model.effective_to,
            price_note: model.note.map(str::to_owned),
            ..model_price("anthropic", model.name, meter, PriceUnit::MillionTokens, value)
        };
        self.out.push(row, cell.locator.clone(), self.observed_on);
    }

    /// The prices of long contexts, and, as a check, those of short ones.
    fn long_context_table(&mut self, table: &Grid, models: &[String]) -> Result<(), ShapeError> {
        if models.is_empty() {
            return Err(ShapeError::new(&table.locator, "a text that names the models", "none"));
        }
        for row in table.rows_of::<2>(1)? {
            let [short, long] = row;
            let (meter, short_price, long_price) = both(short, long).ok_or_else(|| {
                ShapeError::new(&short.locator, "two prices of a meter", &short.text)
            })?;
            for name in models {
                let Some(named) = named(name, None, self.observed_on) else { continue };
                self.expect_short(&named, meter, short_price, short)?;
                let context = ContextTier::over(SHORT_CONTEXT);
                self.put(&named, meter, (ServiceTier::Standard, context), long_price, long);
            }
        }
        Ok(())
    }

    fn expect_short(
        &self,
        model: &Named<'_>,
        meter: Meter,
        shown: &str,
        cell: &Cell,
    ) -> Result<(), ShapeError> {
        let short = ContextTier::up_to(SHORT_CONTEXT).to_string();
        let rows = self.out.rows.model_price.iter().map(|sighted| &sighted.row);
        let is_it = |row: &&ModelPrice| {
            row.model_id == model.id
                && row.meter == meter.name()
                && row.context_tier == short
                && row.service_tier == ServiceTier::Standard.name()
        };
        let listed = rows.filter(is_it).map(|row| row.price_as_shown.as_str()).next();
        if listed == Some(shown) {
            return Ok(());
        }
        let expected = format!("{} of {} as in the main table, {listed:?}", meter, model.id);
        Err(ShapeError::new(&cell.locator, expected, shown))
    }
}

/// `Input: $3 / MTok` and `Input: $6 / MTok`.
fn both<'a>(short: &'a Cell, long: &'a Cell) -> Option<(Meter, &'a str, &'a str)> {
    let (meter, short) = short.text.split_once(": ")?;
    let (same, long) = long.text.split_once(": ")?;
    let meter = match meter {
        "Input" => Meter::Input,
        "Output" => Meter::Output,
        _ => return None,
    };
    (short.starts_with('$') && same == meter_name(meter)).then_some((meter, short, long))
}

fn meter_name(meter: Meter) -> &'static str {
    if meter == Meter::Input { "Input" } else { "Output" }
}

/// The models of a cell: `Claude Opus 4.6 / Claude Opus 4.7`, `Claude Opus 3 (deprecated)`.
fn models(text: &str, observed_on: NaiveDate) -> Option<Vec<Named<'_>>> {
    text.split(" / ")
        .map(|text| match text.strip_suffix(')').and_then(|text| text.split_once(" (")) {
            Some((name, remark)) => named(name, Some(remark), observed_on),
            None => named(text, None, observed_on),
        })
        .collect()
}

/// A model with the remark behind its name; `None` where either is not known.
fn named<'a>(name: &'a str, remark: Option<&'a str>, observed_on: NaiveDate) -> Option<Named<'a>> {
    let in_force = Named {
        id: claude_id(name)?,
        name,
        note: None,
        context: None,
        kind: PriceKind::List,
        effective_from: None,
        effective_to: None,
    };
    let Some(remark) = remark else { return Some(in_force) };
    let date = |text: &str| NaiveDate::parse_from_str(text, "%B %d, %Y").ok();
    if let Some(last) = remark.strip_prefix("through ") {
        let effective_to = Some(date(last)?);
        return Some(Named { kind: PriceKind::Promotional, effective_to, ..in_force });
    }
    if let Some(first) = remark.strip_prefix("starting ") {
        let first = date(first)?;
        let kind = if first > observed_on { PriceKind::Announced } else { PriceKind::List };
        return Some(Named { kind, effective_from: Some(first), ..in_force });
    }
    if let Some(length) = remark.strip_prefix("for prompts ") {
        return Some(Named { context: Some(prompts(length)?), ..in_force });
    }
    let is_known = matches!(remark, "deprecated" | "retired" | "limited availability")
        || remark.starts_with("retired, except on ");
    is_known.then_some(Named { note: Some(remark), ..in_force })
}

/// `up to 100,000 tokens`, `over 100,000 tokens`.
fn prompts(length: &str) -> Option<ContextTier> {
    let length = length.strip_suffix(" tokens")?;
    let tokens = |number: &str| number.replace(',', "").parse().ok();
    if let Some(number) = length.strip_prefix("up to ") {
        return Some(ContextTier::up_to(tokens(number)?));
    }
    Some(ContextTier::over(tokens(length.strip_prefix("over ")?)?))
}
