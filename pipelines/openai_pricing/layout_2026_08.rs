//! The page of August 2026: Astro islands.
//!
//! The page shows the first rows of each table; `All models` shows the rest, which stands in the `props`
//! of the islands. Only prices for long contexts are not there, so those come from the rows that are shown.

use burnrate_model::ShapeError;
use burnrate_price::{
    Cell, Expect, Grid, ServiceTier, css_path, html_table, page, read_amount, select, select_one,
    text,
};
use scraper::ElementRef;
use serde_json::Value;

use super::astro::{Prop, props};
use super::listed::{Section, StatedUnit, Table};

/// What the tables stand under and between.
const WALK: &str = "h2, h3, small.pricing-switcher-meta, p.pricing-section-meta, astro-island";

/// Properties that hold no price, but say how a table is drawn, or repeat what stands elsewhere. The
/// footnote says that regional processing costs a tenth more, of which models is left to other pages.
const NOT_PRICES: [&str; 13] = [
    "tier",
    "collapsedLatestRowCount",
    "collapsedRowCount",
    "collapsedRowsByGroup",
    "latestSectionLabel",
    "allModelsFootnote",
    "hiddenModels",
    "groupColumnWidth",
    "rowFirstColumnWidth",
    "cellVerticalAlign",
    "dividerColumnIndexes",
    "minWidth",
    "headingGroups",
];

/// The tables of the page.
///
/// # Errors
/// Where it is not the page of prices, or is built otherwise.
pub(super) fn tables(body: &[u8]) -> Result<Vec<Table>, ShapeError> {
    let page = page(body)?;
    let main = select_one(page.root_element(), "main")?;
    select(main, "astro-island[component-export=TextTokenPricingTables]", Expect::AtLeast(1))?;
    let mut tables = Vec::new();
    let mut islands_with_prices = 0;
    let mut heading = None;
    let mut unit = None;
    for element in select(main, WALK, Expect::AtLeast(1))? {
        match element.value().name() {
            "h2" | "h3" => (heading, unit) = (Some(text(element)), None),
            "astro-island" => {
                let props = props(element)?;
                if !has_prices(element, &props)? {
                    continue;
                }
                islands_with_prices += 1;
                let place = css_path(element);
                let heading = heading.as_deref().unwrap_or_default();
                let section = Section::under(heading, &place)?
                    .ok_or_else(|| ShapeError::new(&place, "a section with a table", heading))?;
                for grid in grids(element, &props)? {
                    tables.push(Table { section, tier: tier(element)?, unit: unit.clone(), grid });
                }
            }
            // A note on aliases leaves an empty paragraph of the same class.
            _ if text(element).is_empty() => {}
            _ => unit = Some(StatedUnit::read(&text(element), &css_path(element))?),
        }
    }
    // A table that stands in no island would be missed.
    select(main, "table", Expect::Exactly(islands_with_prices))?;
    Ok(tables)
}

/// Whether an island is a table of prices; the others switch tabs and list headings.
fn has_prices(island: ElementRef<'_>, props: &Value) -> Result<bool, ShapeError> {
    let component = island.value().attr("component-export").unwrap_or_default();
    let has_rows = props.get("rows").is_some() || props.get("groups").is_some();
    match component {
        "default" if !has_rows => Ok(false),
        "TextTokenPricingTables" | "GroupedPricingTable" | "PricingTable" if has_rows => Ok(true),
        _ => Err(ShapeError::new(css_path(island), "a known component with rows", component)),
    }
}

/// The tab that an island stands in; sections without tabs are of the standard tier.
fn tier(island: ElementRef<'_>) -> Result<ServiceTier, ShapeError> {
    let mut ancestors = island.ancestors().filter_map(ElementRef::wrap);
    let pane =
        ancestors.find(|element| element.value().attr("data-content-switcher-pane").is_some());
    let Some(pane) = pane else { return Ok(ServiceTier::Standard) };
    match pane.value().attr("data-value").unwrap_or_default() {
        "standard" => Ok(ServiceTier::Standard),
        "batch" => Ok(ServiceTier::Batch),
        "flex" => Ok(ServiceTier::Flex),
        // Priority processing under its name since 2026-07-30.
        "fast" => Ok(ServiceTier::Priority),
        other => Err(ShapeError::new(css_path(pane), "a known tab", other)),
    }
}

fn grids(island: ElementRef<'_>, props: &Value) -> Result<Vec<Grid>, ShapeError> {
    let names = props.as_object().into_iter().flatten().map(|(name, _)| name.as_str());
    let is_read = |name: &str| matches!(name, "rows" | "groups" | "headings" | "headingLabels");
    if let Some(name) = names.into_iter().find(|name| !is_read(name) && !NOT_PRICES.contains(name))
    {
        return Err(ShapeError::new(css_path(island), "known properties", name));
    }
    let mut rows = match (Prop::of(island, props, "rows")?, Prop::of(island, props, "groups")?) {
        (Some(rows), None) => cells(&rows)?,
        (None, Some(groups)) => cells_of_groups(&groups)?,
        _ => return Err(ShapeError::new(css_path(island), "either rows or groups", "both")),
    };
    let locator = css_path(island);
    let Some(headings) = Prop::of(island, props, "headings")? else {
        return by_context(island, rows);
    };
    let headings: Result<_, _> = headings.items()?.iter().map(Prop::cell).collect();
    rows.insert(0, headings?);
    Ok(vec![Grid { headings: Vec::new(), locator, rows }])
}

fn cells(rows: &Prop<'_>) -> Result<Vec<Vec<Cell>>, ShapeError> {
    rows.items()?.iter().map(|row| row.items()?.iter().map(Prop::cell).collect()).collect()
}

/// Rows of groups, the name of the group before each.
fn cells_of_groups(groups: &Prop<'_>) -> Result<Vec<Vec<Cell>>, ShapeError> {
    let mut all = Vec::new();
    for group in groups.items()? {
        let name = group.member("model")?.cell()?;
        for mut row in cells(&group.member("rows")?)? {
            row.insert(0, name.clone());
            all.push(row);
        }
    }
    Ok(all)
}

/// The rows that are shown, with both contexts, and the rest, with one.
fn by_context(island: ElementRef<'_>, rows: Vec<Vec<Cell>>) -> Result<Vec<Grid>, ShapeError> {
    const HEADER: [&str; 5] = ["Model", "Input", "Cached input", "Cache writes", "Output"];
    let shown = with_one_header(&html_table(select_one(island, "table")?)?)?;
    let mut rows = rows.into_iter().map(with_cache_writes).collect::<Result<Vec<_>, _>>()?;
    let rest = rows.split_off(shown.rows.len().saturating_sub(1).min(rows.len()));
    if shown.rows.len() != rows.len() + 1 {
        return Err(ShapeError::new(&shown.locator, "no more rows than in the props", "more"));
    }
    for (shown, same) in shown.rows.iter().skip(1).zip(&rows) {
        if !shown.iter().zip(same).all(|(shown, same)| is_same(&shown.text, &same.text)) {
            let place = same.first().map_or_else(String::new, |name| name.locator.clone());
            let expected = format!("{:?}, as shown", texts(shown));
            return Err(ShapeError::new(place, expected, format!("{:?}", texts(same))));
        }
    }
    let header = HEADER.map(|text| Cell { text: text.to_owned(), locator: String::new() });
    let rest: Vec<_> = [header.to_vec()].into_iter().chain(rest).collect();
    let locator = css_path(island);
    Ok(vec![shown, Grid { headings: Vec::new(), locator, rows: rest }])
}

fn texts(row: &[Cell]) -> Vec<&str> {
    row.iter().map(|cell| cell.text.as_str()).collect()
}

/// `$5.00` is shown for 5.
fn is_same(shown: &str, property: &str) -> bool {
    match (read_amount(shown), read_amount(property)) {
        (Some(shown), Some(property)) => shown.value == property.value,
        _ => shown == property,
    }
}

/// Models that are older than the column of cache writes have one number less, not another order.
fn with_cache_writes(mut row: Vec<Cell>) -> Result<Vec<Cell>, ShapeError> {
    if row.len() == 4 {
        row.insert(3, Cell::default());
    }
    match row.len() {
        5 => Ok(row),
        other => {
            let place = row.first().map_or_else(String::new, |name| name.locator.clone());
            Err(ShapeError::new(place, "a row of 4 or 5 cells", other.to_string()))
        }
    }
}

/// `Short context` over `Input` becomes `Short context input`.
fn with_one_header(grid: &Grid) -> Result<Grid, ShapeError> {
    let unlike =
        || ShapeError::new(&grid.locator, "two rows of headers", format!("{:?}", grid.texts(0)));
    let [groups, labels, rows @ ..] = grid.rows.as_slice() else { return Err(unlike()) };
    if groups.len() != labels.len() || groups.first().is_none_or(|first| !first.text.is_empty()) {
        return Err(unlike());
    }
    let header = groups.iter().zip(labels).map(|(group, label)| Cell {
        text: one_header(&group.text, &label.text),
        locator: label.locator.clone(),
    });
    let rows = [header.collect()].into_iter().chain(rows.iter().cloned()).collect();
    Ok(Grid { rows, ..grid.clone() })
}

/// A header of two rows in one.
pub(super) fn one_header(group: &str, label: &str) -> String {
    if group.is_empty() { label.to_owned() } else { format!("{group} {}", label.to_lowercase()) }
}
