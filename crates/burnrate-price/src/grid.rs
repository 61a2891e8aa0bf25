//! Tables as rows of cells, wherever they come from.

use burnrate_model::ShapeError;

/// A cell: its visible text and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// Visible text, white space run together.
    pub text: String,
    /// CSS path or byte range.
    pub locator: String,
}

/// A table. A cell that spans several rows or columns stands in each of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    /// The headings above it, the outermost first.
    pub headings: Vec<String>,
    /// Where the table stands.
    pub locator: String,
    /// Its rows, those of the header among them.
    pub rows: Vec<Vec<Cell>>,
}

impl Grid {
    /// The texts of a row; none where there is no such row.
    pub fn texts(&self, row: usize) -> Vec<&str> {
        self.rows.get(row).into_iter().flatten().map(|cell| cell.text.as_str()).collect()
    }

    /// Checks that the row of a header is what the reader was written for.
    ///
    /// # Errors
    /// Names the header that is expected and the one found.
    pub fn expect_header(&self, row: usize, expected: &[&str]) -> Result<(), ShapeError> {
        let found = self.texts(row);
        if found == expected {
            return Ok(());
        }
        Err(ShapeError::new(
            self.locator.clone(),
            format!("a table with the header {expected:?}"),
            format!("{found:?}"),
        ))
    }

    /// The rows from one on, each of which must have exactly `N` cells.
    ///
    /// # Errors
    /// Names the first row that has another number of cells.
    pub fn rows_of<const N: usize>(&self, from: usize) -> Result<Vec<&[Cell; N]>, ShapeError> {
        let rows = self.rows.iter().skip(from);
        rows.map(|row| {
            <&[Cell; N]>::try_from(row.as_slice()).map_err(|_| {
                let place = row.first().map_or(&self.locator, |cell| &cell.locator).clone();
                ShapeError::new(
                    place,
                    format!("a row of {N} cells"),
                    format!("{} cells", row.len()),
                )
            })
        })
        .collect()
    }
}
