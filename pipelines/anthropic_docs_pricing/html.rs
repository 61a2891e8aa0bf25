//! Tables of the page in HTML, as a program saved them while the page was loading.

use burnrate_model::{Extract, ShapeError};
use burnrate_price::{Expect, html_table, page, select};
use chrono::NaiveDate;

use super::tables::{self, Page};

/// Reads the tables; whether none of them is cut short.
///
/// # Errors
/// Where there is no table, or one is not known.
pub(super) fn read(
    body: &[u8],
    observed_on: NaiveDate,
    out: &mut Extract,
) -> Result<bool, ShapeError> {
    let page = page(body)?;
    let mut is_whole = true;
    let mut grids = Vec::new();
    for table in select(page.root_element(), "table", Expect::AtLeast(1))? {
        let mut grid = html_table(table)?;
        // A template holds the place of what had not come yet, be it cells or rows.
        if !select(table, "template", Expect::AtLeast(0))?.is_empty() {
            is_whole = false;
            let columns = grid.rows.first().map_or(0, Vec::len);
            grid.rows.retain(|row| row.len() == columns);
        }
        grids.push(grid);
    }
    tables::read(&Page { tables: grids, long_context_models: Vec::new() }, observed_on, out)?;
    Ok(is_whole)
}
