//! The page of May 2026, as Markdown that a reader made of it.
//!
//! The reader kept what the page showed, so not the rows behind `All models`; cells that span rows and
//! columns stand once, so rows may lack their first cell, and the upper header has fewer than the lower.

use std::ops::Range;

use burnrate_model::{ShapeError, locator};
use burnrate_price::{Cell, Grid, ServiceTier};

use super::layout_2026_08::one_header;
use super::listed::{Section, StatedUnit, Table};

/// Stands at the top, so that other pages of the reader are told apart.
const SOURCE: &str = "URL Source: https://platform.openai.com/docs/pricing";

/// Begins the list, behind the navigation.
const HEADING: &str = "\n# Pricing\n";

/// The tables of the page.
///
/// # Errors
/// Where it is not the page of prices, or is built otherwise.
pub(super) fn tables(body: &[u8]) -> Result<Vec<Table>, ShapeError> {
    let markdown = str::from_utf8(body).map_err(|error| {
        ShapeError::new(format!("byte {}", error.valid_up_to()), "UTF-8", "other bytes")
    })?;
    let start = markdown.find(HEADING).filter(|_| markdown.lines().any(|line| line == SOURCE));
    let start = start.ok_or_else(|| {
        ShapeError::new("page", format!("`{SOURCE}` and the heading `# Pricing`"), "another page")
    })?;
    let mut list = List { markdown, ..List::default() };
    let mut at = start + HEADING.len();
    for line in markdown[at..].split_inclusive('\n') {
        let end = at + line.len();
        list.take(line.trim(), at..end)?;
        at = end;
    }
    list.end_table()?;
    Ok(list.tables)
}

/// The list, as far as it was read.
struct List<'a> {
    markdown: &'a str,
    tables: Vec<Table>,
    section: Option<Section>,
    tier: ServiceTier,
    unit: Option<StatedUnit>,
    /// Lines of the table that is being read.
    rows: Vec<Vec<Cell>>,
}

impl Default for List<'_> {
    fn default() -> Self {
        Self {
            markdown: "",
            tables: Vec::new(),
            section: None,
            tier: ServiceTier::Standard,
            unit: None,
            rows: Vec::new(),
        }
    }
}

impl List<'_> {
    fn take(&mut self, line: &str, bytes: Range<usize>) -> Result<(), ShapeError> {
        if line.starts_with('|') {
            self.rows.push(cells(self.markdown, bytes));
            return Ok(());
        }
        self.end_table()?;
        let place = locator(&bytes);
        match line {
            "Standard" => self.tier = ServiceTier::Standard,
            "Batch" => self.tier = ServiceTier::Batch,
            "Flex" => self.tier = ServiceTier::Flex,
            "Priority" => self.tier = ServiceTier::Priority,
            _ if line.starts_with("##") => {
                self.section = Section::under(line.trim_start_matches(['#', ' ']), &place)?;
                (self.tier, self.unit) = (ServiceTier::Standard, None);
            }
            _ if line.starts_with("Prices per ") => {
                self.unit = Some(StatedUnit::read(line, &place)?);
            }
            // Text, such as that regional processing costs a tenth more; but no prices.
            _ if line.contains('$') => {
                return Err(ShapeError::new(place, "prices in tables only", line));
            }
            _ => {}
        }
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), ShapeError> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let rows = std::mem::take(&mut self.rows);
        let place =
            rows.iter().flatten().next().map_or_else(String::new, |cell| cell.locator.clone());
        let unlike = |expected: &str| ShapeError::new(&place, expected, "something else");
        let section = self.section.ok_or_else(|| unlike("a table under a heading"))?;
        let rows =
            with_first_cells(with_one_header(rows).ok_or_else(|| unlike("a table with a header"))?);
        let grid = Grid { headings: Vec::new(), locator: place, rows };
        self.tables.push(Table { section, tier: self.tier, unit: self.unit.clone(), grid });
        Ok(())
    }
}

/// The cells of a line, without marks of code.
fn cells(markdown: &str, bytes: Range<usize>) -> Vec<Cell> {
    let line = markdown[bytes.clone()].trim_end();
    let mut at = bytes.start;
    let mut cells: Vec<Cell> = line
        .split('|')
        .map(|part| {
            let start = at + (part.len() - part.trim_start().len());
            at += part.len() + 1;
            let text = part.trim();
            Cell { text: text.replace('`', ""), locator: locator(&(start..start + text.len())) }
        })
        .collect();
    // Before the first bar, and behind the last, there is nothing.
    cells.pop();
    if !cells.is_empty() {
        cells.remove(0);
    }
    cells
}

/// The rows under one header: a header of two rows has the rule between them.
fn with_one_header(mut rows: Vec<Vec<Cell>>) -> Option<Vec<Vec<Cell>>> {
    let is_rule = |row: &[Cell]| row.iter().all(|cell| cell.text == "---");
    if rows.len() < 3 || !is_rule(&rows[1]) {
        return None;
    }
    rows.remove(1);
    if rows[0].first().is_some_and(|first| !first.text.is_empty()) {
        return Some(rows);
    }
    let groups = rows.remove(0);
    let columns = rows[0].len().checked_sub(1)?;
    let span = columns.checked_div(groups.len().checked_sub(1)?)?;
    if span * (groups.len() - 1) != columns {
        return None;
    }
    for (number, label) in rows[0].iter_mut().skip(1).enumerate() {
        let group = groups.get(1 + number / span)?;
        label.text = one_header(&group.text, &label.text);
    }
    Some(rows)
}

/// Rows that are one cell short begin with the first of the row above.
fn with_first_cells(rows: Vec<Vec<Cell>>) -> Vec<Vec<Cell>> {
    let columns = rows.first().map_or(0, Vec::len);
    let mut whole: Vec<Vec<Cell>> = Vec::new();
    for mut row in rows {
        if row.len() + 1 == columns {
            let above = whole.last().and_then(|above| above.first()).cloned();
            row.splice(0..0, above);
        }
        whole.push(row);
    }
    whole
}
