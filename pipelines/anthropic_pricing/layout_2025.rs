//! The page of November 2025, made with Webflow: numbers apart from their signs and units.

use burnrate_model::{Extract, ShapeError};
use burnrate_price::{Cell, Expect, css_path, page, select, select_one, text};
use chrono::NaiveDate;
use scraper::ElementRef;

use super::{models, seats};

/// Reads the page.
///
/// # Errors
/// Where it is not the page, or shows a price in a place that is not known.
pub(super) fn read(
    body: &[u8],
    observed_on: NaiveDate,
    out: &mut Extract,
) -> Result<(), ShapeError> {
    let page = page(body)?;
    let main = select_one(page.root_element(), "main")?;
    let mut amounts_read = 0;
    for card in select(main, ".card_pricing_wrap", Expect::AtLeast(1))? {
        amounts_read += read_plan(card, observed_on, out)?;
    }
    for card in select(main, ".card_pricing_api_wrap", Expect::AtLeast(1))? {
        amounts_read += read_model(card, observed_on, out)?;
    }
    for card in select(main, ".card_slot_wrap", Expect::AtLeast(1))? {
        amounts_read += read_tool(card, observed_on, out)?;
    }
    super::expect_all_read(main, amounts_read)
}

fn cell(element: ElementRef<'_>) -> Cell {
    Cell { text: text(element), locator: css_path(element) }
}

fn amounts(cell: &Cell) -> usize {
    cell.text.matches('$').count()
}

/// A plan has one price, a price for each kind of seat, or, for enterprises, none.
fn read_plan(
    card: ElementRef<'_>,
    observed_on: NaiveDate,
    out: &mut Extract,
) -> Result<usize, ShapeError> {
    let plan = text(select_one(card, ".card_pricing_title_text")?).to_lowercase();
    let mut amounts_read = 0;
    for price in select(card, ".card_pricing_price_wrap", Expect::Between(0, 1))? {
        let (price, terms) =
            (select_one(price, ".card_pricing_price_amount")?, select_one(price, "p")?);
        let card = seats::Card { plan: &plan, price: cell(price), terms: cell(terms) };
        amounts_read += amounts(&card.price) + amounts(&card.terms);
        card.read(observed_on, out);
    }
    for seat in select(card, ".seat_wrap", Expect::AtLeast(0))? {
        let name = text(select_one(seat, ".seat_header_name")?).to_lowercase();
        let (price, terms) = (select_one(seat, ".seat_header_price")?, select_one(seat, "p")?);
        let plan = format!("{plan} {}", name.strip_suffix(" seat").unwrap_or(&name));
        let card = seats::Card { plan: &plan, price: cell(price), terms: cell(terms) };
        amounts_read += amounts(&card.price) + amounts(&card.terms);
        card.read(observed_on, out);
    }
    Ok(amounts_read)
}

fn read_model(
    card: ElementRef<'_>,
    observed_on: NaiveDate,
    out: &mut Extract,
) -> Result<usize, ShapeError> {
    let model = text(select_one(card, ".card_pricing_title_text")?);
    let prices = select(card, ".tokens_main_val", Expect::AtLeast(1))?;
    for price in &prices {
        // The script that shows prices of batches changes what is shown, not the value.
        let number = select_one(*price, ".tokens_main_val_number")?;
        let value = number.value().attr("data-value").unwrap_or_default();
        if text(number) != value {
            return Err(ShapeError::new(
                css_path(number),
                format!("{value}, its value"),
                text(number),
            ));
        }
        models::read(&model, &labels(*price)?, &cell(*price), observed_on, out);
    }
    Ok(prices.len())
}

/// The labels of a price: its own, and those of the groups that it stands in, the outermost first.
fn labels(price: ElementRef<'_>) -> Result<Vec<String>, ShapeError> {
    let mut labels = Vec::new();
    for ancestor in price.ancestors().filter_map(ElementRef::wrap) {
        let has = |class: &str| ancestor.value().classes().any(|other| other == class);
        if has("card_pricing_api_wrap") {
            break;
        }
        let is_group = ["tokens_l1_wrap", "tokens_l2_wrap", "tokens_l3_wrap"].into_iter().any(has);
        if !is_group {
            continue;
        }
        let is_main = |child: &ElementRef<'_>| {
            child.value().classes().any(|class| class == "tokens_main_wrap")
        };
        if let Some(main) = ancestor.child_elements().find(is_main) {
            labels.push(text(select_one(main, ".tokens_main_label")?));
        }
    }
    labels.reverse();
    Ok(labels)
}

/// A tool has its price in the last of its paragraphs.
fn read_tool(
    card: ElementRef<'_>,
    observed_on: NaiveDate,
    out: &mut Extract,
) -> Result<usize, ShapeError> {
    let tool = text(select_one(card, ".c-heading")?);
    let paragraphs = select(card, ".c-paragraph p", Expect::AtLeast(1))?;
    let Some(price) = paragraphs.last().map(|last| cell(*last)) else { return Ok(0) };
    models::read_tool(&tool, &price, observed_on, out);
    Ok(amounts(&price))
}
