//! The page of one model, January 2026.

use burnrate_model::ShapeError;
use burnrate_price::{
    Cell, Expect, Grid, PriceUnit, ServiceTier, css_path, page, select, select_one, text,
};
use scraper::ElementRef;

use super::listed::{Section, StatedUnit, Table};

/// The model, and its prices as a table of one row. What other models' input costs is drawn beside them
/// for comparison, and stands on their own pages.
///
/// # Errors
/// Where it is not such a page, or shows the prices of the batch interface.
pub(super) fn tables(body: &[u8]) -> Result<(String, Vec<Table>), ShapeError> {
    let page = page(body)?;
    let root = page.root_element();
    let name = select_one(root, "div.text-2xl.font-semibold.whitespace-nowrap")?;
    let label = one_that_says(root, "Text tokens")?;
    let unlike = |expected: &str| ShapeError::new(css_path(label), expected, "none");
    let heading = label.parent().and_then(ElementRef::wrap).ok_or_else(|| unlike("a heading"))?;
    let unit = one_that_says(heading, "Per 1M tokens")?;
    select_one(heading, "button[role=switch][aria-checked=false]")?;
    let cards = heading.next_siblings().find_map(ElementRef::wrap);
    let cards = cards.ok_or_else(|| unlike("prices below"))?;
    let cell = |element| Cell { text: text(element), locator: css_path(element) };
    let header = Cell { text: "Model".to_owned(), locator: css_path(cards) };
    let mut rows = [vec![header], vec![cell(name)]];
    for card in cards.child_elements() {
        let parts: Vec<_> = card.child_elements().map(cell).collect();
        let [label, price] =
            <[Cell; 2]>::try_from(parts).map_err(|_| unlike("a meter and a price"))?;
        rows[0].push(label);
        rows[1].push(price);
    }
    let grid = Grid { headings: Vec::new(), locator: css_path(cards), rows: rows.to_vec() };
    let unit = StatedUnit { unit: PriceUnit::MillionTokens, as_shown: text(unit) };
    let (section, tier) = (Section::Flagship, ServiceTier::Standard);
    Ok((text(name), vec![Table { section, tier, unit: Some(unit), grid }]))
}

/// The one innermost `div` with that text.
fn one_that_says<'a>(within: ElementRef<'a>, wanted: &str) -> Result<ElementRef<'a>, ShapeError> {
    let divs = select(within, "div", Expect::AtLeast(1))?;
    let is_it =
        |div: &ElementRef<'_>| div.child_elements().next().is_none() && text(*div) == wanted;
    let found: Vec<_> = divs.into_iter().filter(is_it).collect();
    if let [one] = found.as_slice() {
        return Ok(*one);
    }
    let expected = format!("`{wanted}` once");
    Err(ShapeError::new(css_path(within), expected, found.len().to_string()))
}
