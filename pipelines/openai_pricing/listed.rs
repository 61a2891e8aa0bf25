//! What every layout of the price list holds: tables, by section and tab, read into prices.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use burnrate_model::{Decimal, Extract, ShapeError};
use burnrate_price::{
    Cell, ContextTier, Currency, Grid, Meter, Modality, Price, PriceUnit, ServiceTier, read_amount,
};
use chrono::NaiveDate;

use super::book::{Book, Offer, Stated};

/// Up to how many tokens of input a context is short: "≤272K input tokens", as the page of 2026-08 says.
const SHORT_CONTEXT: u64 = 272_000;

/// Behind the names of models whose price holds for short contexts.
const SHORT_CONTEXT_REMARK: &str = " (<272K context length)";

/// Begins the headers of columns for long contexts.
const LONG_CONTEXT: &str = "Long context ";

/// US dollars for a million tokens that are believed: 0.001 to 1000, in units of 10⁻¹².
const PLAUSIBLE: RangeInclusive<i128> = 1_000_000_000..=1_000_000_000_000_000;

/// A section of the list, by its heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// Models for text, priced by length of context.
    Flagship,
    /// The same, for a programme of security research.
    Cyber,
    /// Speech, by modality.
    Audio,
    /// Pictures, by modality.
    Image,
    /// Films, by size.
    Video,
    /// Speech read.
    Transcription,
    /// Tools, by call, session or storage.
    Tools,
    /// Models for one purpose.
    Specialized,
    /// Training, and use of what was trained.
    FineTuning,
}

impl Section {
    /// The section under a heading; `None` for headings without a table of their own.
    ///
    /// # Errors
    /// Where the heading is not known.
    pub(super) fn under(heading: &str, place: &str) -> Result<Option<Self>, ShapeError> {
        Ok(Some(match heading {
            "Flagship models" => Self::Flagship,
            "Cyber models" => Self::Cyber,
            "Realtime and audio generation models" => Self::Audio,
            "Image generation models" => Self::Image,
            "Video generation models" => Self::Video,
            "Transcription models" => Self::Transcription,
            "Tools" => Self::Tools,
            "Specialized models" => Self::Specialized,
            "Finetuning" => Self::FineTuning,
            "Multimodal models" => return Ok(None),
            _ => return Err(ShapeError::new(place, "a known section of the price list", heading)),
        }))
    }
}

/// The unit that a line above a table states for all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StatedUnit {
    /// The unit.
    pub(super) unit: PriceUnit,
    /// The line.
    pub(super) as_shown: String,
}

impl StatedUnit {
    /// Reads such a line.
    ///
    /// # Errors
    /// Where it states no unit that is known.
    pub(super) fn read(line: &str, place: &str) -> Result<Self, ShapeError> {
        let unit = match line {
            "Prices per 1M tokens." | "Prices per 1M tokens unless noted." => {
                PriceUnit::MillionTokens
            }
            "Prices per second." => PriceUnit::Second,
            _ => return Err(ShapeError::new(place, "a line that states the unit", line)),
        };
        Ok(Self { unit, as_shown: line.to_owned() })
    }
}

/// A table of the list.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// Its section.
    pub(super) section: Section,
    /// Its tab.
    pub(super) tier: ServiceTier,
    /// The unit of prices that do not name their own.
    pub(super) unit: Option<StatedUnit>,
    /// Its header, one row, and rows.
    pub(super) grid: Grid,
}

/// Reads all tables of a page.
///
/// # Errors
/// Where a table is not what the reader was written for, or the page contradicts itself.
pub(super) fn read(
    tables: &[Table],
    observed_on: NaiveDate,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    let mut book = Book::new(observed_on, out);
    let of_one_context = of_one_context(tables);
    for table in tables {
        match table.section {
            Section::Flagship | Section::Cyber => table.by_context(&of_one_context, &mut book)?,
            Section::Audio => table.by_modality("Output / cost", &mut book)?,
            Section::Image => table.by_modality("Output", &mut book)?,
            Section::Video => table.by_size(&mut book)?,
            Section::Transcription => table.transcription(&mut book)?,
            Section::Tools => table.tools(&mut book)?,
            Section::Specialized => table.specialized(&mut book)?,
            Section::FineTuning => table.fine_tuning(&mut book)?,
        }
    }
    Ok(())
}

/// Flagship models without a price in any of the columns for long contexts, whatever the tab: what stands in
/// those for short ones holds for all that they take. One without a long context in a single tab is none of
/// them, nor are cyber models, of which no page shows that length makes no difference.
fn of_one_context(tables: &[Table]) -> BTreeSet<&str> {
    let flagships = tables.iter().filter(|table| table.section == Section::Flagship);
    let mut is_priced = BTreeMap::<&str, bool>::new();
    for (model, cell) in flagships.flat_map(Table::long_contexts) {
        *is_priced.entry(model).or_default() |= !matches!(cell, "" | "-");
    }
    is_priced.retain(|_, is_priced| !*is_priced);
    is_priced.into_keys().collect()
}

impl Table {
    /// Cells in columns for long contexts, with the model of each.
    fn long_contexts(&self) -> impl Iterator<Item = (&str, &str)> {
        let header = self.grid.texts(0);
        self.grid.rows.iter().skip(1).flat_map(move |row| {
            let cells = header.clone().into_iter().zip(row).skip(1);
            let long = cells.filter(|(column, _)| column.starts_with(LONG_CONTEXT));
            long.filter_map(|(_, cell)| Some((row.first()?.text.as_str(), cell.text.as_str())))
        })
    }

    /// Puts down what a cell states, if it states a price; what is not understood is an issue.
    fn put(&self, offer: Offer<'_>, cell: &Cell, book: &mut Book<'_>) -> Result<(), ShapeError> {
        match self.stated(&cell.text) {
            Ok(None) => Ok(()),
            Ok(Some(stated)) => book.put_stated(offer, stated, cell),
            Err(reason) => {
                book.out.issue(&cell.locator, reason, format!("{}: {}", offer.name, cell.text));
                Ok(())
            }
        }
    }

    /// Reads a cell: an amount, and, where it differs from that of the table, its unit. `None` where
    /// nothing is offered.
    fn stated(&self, text: &str) -> Result<Option<Stated>, String> {
        if matches!(text, "" | "-") {
            return Ok(None);
        }
        let (shown, unit, unit_as_shown) = match (text.split_once(" / "), &self.unit) {
            (Some((shown, unit)), _) => (shown, own_unit(unit)?, unit),
            (None, Some(stated)) => (text, stated.unit, stated.as_shown.as_str()),
            (None, None) => return Err("a price without a unit".to_owned()),
        };
        let amount = read_amount(shown).ok_or("not an amount")?;
        if unit == PriceUnit::MillionTokens && !PLAUSIBLE.contains(&amount.value.scaled()) {
            return Err("not a plausible price of a million tokens".to_owned());
        }
        let value = Price::new(amount, Currency::Usd, text, unit_as_shown);
        Ok(Some(Stated { value, unit }))
    }

    /// The rows, each as long as the header.
    fn rows(&self) -> Result<Vec<&[Cell]>, ShapeError> {
        let columns = self.grid.rows.first().map_or(0, Vec::len);
        let rows = self.grid.rows.iter().skip(1);
        rows.map(|row| {
            if row.len() == columns {
                return Ok(row.as_slice());
            }
            let (expected, found) = (format!("a row of {columns} cells"), row.len().to_string());
            Err(ShapeError::new(&self.grid.locator, expected, found))
        })
        .collect()
    }

    fn rows_of<const N: usize>(&self, header: [&str; N]) -> Result<Vec<&[Cell; N]>, ShapeError> {
        self.grid.expect_header(0, &header)?;
        self.grid.rows_of(1)
    }

    fn by_context(
        &self,
        of_one_context: &BTreeSet<&str>,
        book: &mut Book<'_>,
    ) -> Result<(), ShapeError> {
        let header = self.grid.texts(0);
        let unknown = || {
            let expected = "columns of meters by context";
            ShapeError::new(&self.grid.locator, expected, format!("{header:?}"))
        };
        let (_, columns) =
            header.split_first().filter(|(first, _)| **first == "Model").ok_or_else(unknown)?;
        let columns: Option<Vec<_>> = columns.iter().map(|column| context_column(column)).collect();
        let columns = columns.ok_or_else(unknown)?;
        for row in self.rows()? {
            let Some((name, cells)) = row.split_first() else { continue };
            let short = name.text.strip_suffix(SHORT_CONTEXT_REMARK);
            let model = short.unwrap_or(&name.text);
            if model.contains(['(', ' ']) {
                book.out.issue(&name.locator, "a name with a remark that is not known", model);
                continue;
            }
            for (&(context, meter), cell) in columns.iter().zip(cells) {
                let context = match short {
                    Some(_) => ContextTier::up_to(SHORT_CONTEXT),
                    None if of_one_context.contains(model) => ContextTier::ANY,
                    None => context,
                };
                self.put(Offer { context, ..Offer::new(model, meter, self.tier) }, cell, book)?;
            }
        }
        Ok(())
    }

    /// Speech by the minute or the character stands in the columns of tokens; its unit tells.
    fn by_modality(&self, output: &str, book: &mut Book<'_>) -> Result<(), ShapeError> {
        let header = ["Model", "Modality", "Input", "Cached input", output];
        for [name, modality, prices @ ..] in self.rows_of::<5>(header)? {
            let modality = match modality.text.as_str() {
                "Text" => Modality::Text,
                "Image" => Modality::Image,
                "Audio" => Modality::Audio,
                other => {
                    book.out.issue(&modality.locator, "a modality that is not known", other);
                    continue;
                }
            };
            for (meter, cell) in
                [Meter::Input, Meter::CachedInput, Meter::Output].into_iter().zip(prices)
            {
                let is_speech =
                    cell.text.ends_with(" / minute") || cell.text.ends_with(" characters");
                let meter = if is_speech { Meter::Speech } else { meter };
                self.put(
                    Offer { modality, ..Offer::new(&name.text, meter, self.tier) },
                    cell,
                    book,
                )?;
            }
        }
        Ok(())
    }

    /// The size is part of what is sold, so of the id: no column of the table tells it.
    fn by_size(&self, book: &mut Book<'_>) -> Result<(), ShapeError> {
        let header = ["Model", "Size", "Portrait", "Landscape", "Price per second"];
        for [name, size, portrait, landscape, price] in self.rows_of(header)? {
            let sold_as = format!("{} {}", name.text, size.text);
            let note = format!("{} ({} or {})", size.text, portrait.text, landscape.text);
            let offer = Offer::new(&name.text, Meter::Video, self.tier);
            let offer =
                Offer { sold_as: &sold_as, modality: Modality::Video, note: Some(&note), ..offer };
            self.put(offer, price, book)?;
        }
        Ok(())
    }

    /// Where tokens are priced, the cost of a minute beside them is an estimate, and no price.
    fn transcription(&self, book: &mut Book<'_>) -> Result<(), ShapeError> {
        let header = ["Model", "Use case", "Input", "Output", "Estimated cost"];
        for [name, use_case, input, output, minute] in self.rows_of(header)? {
            let meter = match use_case.text.as_str() {
                "Transcription" | "Transcription + diarization" | "Live transcription" => {
                    Meter::Transcription
                }
                "Live translation" => Meter::Speech,
                other => {
                    book.out.issue(&use_case.locator, "a use that is not known", other);
                    continue;
                }
            };
            if input.text == "-" && output.text == "-" {
                let offer = Offer::new(&name.text, meter, self.tier);
                self.put(Offer { modality: Modality::Audio, ..offer }, minute, book)?;
            }
            self.put(Offer::new(&name.text, Meter::Input, self.tier), input, book)?;
            self.put(Offer::new(&name.text, Meter::Output, self.tier), output, book)?;
        }
        Ok(())
    }

    fn specialized(&self, book: &mut Book<'_>) -> Result<(), ShapeError> {
        let header = ["Category", "Model", "Input", "Cached input", "Output"];
        for [category, name, input, cached, output] in self.rows_of(header)? {
            let input_meter = match category.text.as_str() {
                "ChatGPT" | "Codex" | "Search" | "Deep research" | "Computer use" => Meter::Input,
                "Moderation" if input.text == "Free" => {
                    self.free(&name.text, input, book)?;
                    continue;
                }
                "Embedding" => Meter::Embedding,
                other => {
                    book.out.issue(&category.locator, "a category that is not known", other);
                    continue;
                }
            };
            let meters =
                [(input_meter, input), (Meter::CachedInput, cached), (Meter::Output, output)];
            for (meter, cell) in meters {
                self.put(Offer::new(&name.text, meter, self.tier), cell, book)?;
            }
        }
        Ok(())
    }

    /// What the list says is free costs nothing.
    fn free(&self, name: &str, cell: &Cell, book: &mut Book<'_>) -> Result<(), ShapeError> {
        let Some(stated) = &self.unit else { return Ok(()) };
        let value = Price {
            value: Decimal::default(),
            is_rounded: false,
            currency: Currency::Usd,
            as_shown: cell.text.clone(),
            unit_as_shown: stated.as_shown.clone(),
        };
        let stated = Stated { value, unit: stated.unit };
        book.put_stated(Offer::new(name, Meter::Input, ServiceTier::Free), stated, cell)
    }

    /// A model that was trained is another than the one it was trained from, and costs more: its id begins
    /// with `ft`, as in the interface (`ft:gpt-4o-2024-08-06`). Data sharing is agreed on when it is made.
    fn fine_tuning(&self, book: &mut Book<'_>) -> Result<(), ShapeError> {
        let header = ["Model", "Training", "Input", "Cached input", "Output"];
        for [name, prices @ ..] in self.rows_of::<5>(header)? {
            let legacy = name.text.strip_suffix(" Legacy");
            let model = legacy.unwrap_or(&name.text);
            let sold_as = format!("ft:{model}");
            let meters = [Meter::FineTuning, Meter::Input, Meter::CachedInput, Meter::Output];
            for (meter, cell) in meters.into_iter().zip(prices) {
                let offer = Offer::new(model, meter, self.tier);
                let note = legacy.map(|_| "Legacy");
                self.put(Offer { sold_as: &sold_as, note, ..offer }, cell, book)?;
            }
        }
        Ok(())
    }

    fn tools(&self, book: &mut Book<'_>) -> Result<(), ShapeError> {
        for [tool, details, pricing] in self.rows_of(["Tool", "Details", "Pricing"])? {
            let (sold_as, meter) = match (tool.text.as_str(), details.text.as_str()) {
                ("Web search", "Web search (all models)") => ("web-search", Meter::Search),
                ("Web search", "Image Web search (all models)") => {
                    ("image-web-search", Meter::Search)
                }
                (
                    "Web search",
                    "Web search preview (reasoning models, including gpt-5, o-series)",
                ) => ("web-search-preview-reasoning-models", Meter::Search),
                ("Web search", "Web search preview (non-reasoning models)") => {
                    ("web-search-preview-non-reasoning-models", Meter::Search)
                }
                ("File search", "Tool call") => ("file-search", Meter::Search),
                ("File search", "Storage") => ("file-search", Meter::Storage),
                ("Agent Kit", "ChatKit file and image upload storage") => {
                    ("chatkit", Meter::Storage)
                }
                ("Containers", "Hosted Shell and Code Interpreter") => {
                    self.containers(&details.text, pricing, book)?;
                    continue;
                }
                (tool, other) => {
                    let record = format!("{tool}: {other}: {}", pricing.text);
                    book.out.issue(&details.locator, "a tool that is not known", record);
                    continue;
                }
            };
            let offer = Offer { sold_as, ..Offer::new(&details.text, meter, self.tier) };
            book.put_tool(offer, pricing)?;
        }
        Ok(())
    }

    /// `1 GB $0.03, 4 GB $0.12 per 20-minute session per container`: sessions by size.
    fn containers(
        &self,
        details: &str,
        pricing: &Cell,
        book: &mut Book<'_>,
    ) -> Result<(), ShapeError> {
        const UNIT: &str = "per 20-minute session per container";
        let sizes = pricing.text.trim_end_matches('.').strip_suffix(UNIT).map(str::trim);
        let read = sizes.map(|sizes| {
            let size_and_price = |text: &str| {
                let (size, price) = text.rsplit_once(' ')?;
                Some((format!("container {size}"), read_amount(price)?))
            };
            sizes.split(", ").map(size_and_price).collect::<Option<Vec<_>>>()
        });
        let Some(Some(sizes)) = read else {
            book.out.issue(&pricing.locator, "not prices of sessions by size", &pricing.text);
            return Ok(());
        };
        for (sold_as, amount) in sizes {
            let value = Price::new(amount, Currency::Usd, &pricing.text, UNIT);
            let offer =
                Offer { sold_as: &sold_as, ..Offer::new(details, Meter::Session, self.tier) };
            book.put_stated(offer, Stated { value, unit: PriceUnit::Session }, pricing)?;
        }
        Ok(())
    }
}

fn own_unit(text: &str) -> Result<PriceUnit, String> {
    match text {
        "1M characters" => Ok(PriceUnit::MillionCharacters),
        "minute" => Ok(PriceUnit::Minute),
        "hour" => Ok(PriceUnit::Hour),
        _ => Err("a unit that is not known".to_owned()),
    }
}

/// A column of the tables by context: `Input`, `Long context cached input`.
fn context_column(header: &str) -> Option<(ContextTier, Meter)> {
    let short = |rest| (ContextTier::up_to(SHORT_CONTEXT), rest);
    let long = |rest| (ContextTier::over(SHORT_CONTEXT), rest);
    let (context, meter) = (header.strip_prefix("Short context ").map(short))
        .or_else(|| header.strip_prefix(LONG_CONTEXT).map(long))
        .unwrap_or((ContextTier::ANY, header));
    let meter = match meter.to_lowercase().as_str() {
        "input" => Meter::Input,
        "cached input" => Meter::CachedInput,
        "cache writes" => Meter::CacheWrite,
        "output" => Meter::Output,
        _ => return None,
    };
    Some((context, meter))
}
