//! The page of 2024: an `article` for each plan and each model.

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
    let articles = select(page.root_element(), "article", Expect::AtLeast(2))?;
    let mut amounts_read = 0;
    for article in articles {
        let title = text(select_one(article, "h3")?);
        let leaves = leaves(article)?;
        for (price, what) in leaves.iter().zip(leaves.iter().skip(1)) {
            if !price.text.starts_with('$') {
                continue;
            }
            amounts_read += amounts(&price.text) + amounts(&what.text);
            if title.starts_with("Claude ") {
                models::read(&title, std::slice::from_ref(&what.text), price, observed_on, out);
            } else {
                let plan = title.to_lowercase();
                let card = seats::Card { plan: &plan, price: price.clone(), terms: what.clone() };
                card.read(observed_on, out);
            }
        }
    }
    super::expect_all_read(page.root_element(), amounts_read)
}

/// The innermost elements that show something, in order.
fn leaves(article: ElementRef<'_>) -> Result<Vec<Cell>, ShapeError> {
    let elements = select(article, "p, div, span", Expect::AtLeast(1))?;
    let innermost =
        elements.into_iter().filter(|element| element.child_elements().next().is_none());
    let cells = innermost.map(|element| Cell { text: text(element), locator: css_path(element) });
    Ok(cells.filter(|cell| !cell.text.is_empty()).collect())
}

fn amounts(text: &str) -> usize {
    text.matches('$').count()
}
