//! HTML pages: strict selection, visible text, places, tables.

use std::collections::BTreeMap;
use std::fmt;

use burnrate_model::ShapeError;
use scraper::{ElementRef, Html, Node, Selector};

use crate::grid::{Cell, Grid};

/// Spans beyond this are mistakes, or attacks.
const LARGEST_SPAN: usize = 100;

/// How many matches a selector must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// So many.
    Exactly(usize),
    /// So many or more.
    AtLeast(usize),
    /// From so many to so many.
    Between(usize, usize),
}

impl Expect {
    fn holds(self, found: usize) -> bool {
        match self {
            Self::Exactly(number) => found == number,
            Self::AtLeast(least) => found >= least,
            Self::Between(least, most) => (least..=most).contains(&found),
        }
    }
}

impl fmt::Display for Expect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exactly(number) => write!(f, "{number}"),
            Self::AtLeast(least) => write!(f, "at least {least}"),
            Self::Between(least, most) => write!(f, "{least} to {most}"),
        }
    }
}

/// An HTML page, or a part of one.
///
/// # Errors
/// Where the bytes are not UTF-8, as the pages that are read here all are.
pub fn page(body: &[u8]) -> Result<Html, ShapeError> {
    let text = str::from_utf8(body).map_err(|error| {
        ShapeError::new(format!("byte {}", error.valid_up_to()), "UTF-8", "other bytes")
    })?;
    Ok(Html::parse_document(text))
}

/// The elements within another one that a selector finds.
///
/// # Errors
/// Where there are more or fewer than the reader was written for, or the selector is none.
pub fn select<'a>(
    within: ElementRef<'a>,
    selector: &str,
    expected: Expect,
) -> Result<Vec<ElementRef<'a>>, ShapeError> {
    let parsed = Selector::parse(selector)
        .map_err(|error| ShapeError::new(selector, "a CSS selector", error.to_string()))?;
    let found: Vec<_> = within.select(&parsed).collect();
    if expected.holds(found.len()) {
        return Ok(found);
    }
    let place = format!("`{selector}` within {}", css_path(within));
    Err(ShapeError::new(place, format!("{expected} matches"), found.len().to_string()))
}

/// The one element that a selector finds.
///
/// # Errors
/// Those of [`select`].
pub fn select_one<'a>(
    within: ElementRef<'a>,
    selector: &str,
) -> Result<ElementRef<'a>, ShapeError> {
    let found = select(within, selector, Expect::Exactly(1))?;
    found.first().copied().ok_or_else(|| ShapeError::new(selector, "1 match", "none"))
}

/// What an element shows: the text of its descendants but for scripts, styles and templates, white space
/// and what has no width run together to single spaces. Attributes such as `hidden` are not looked at.
pub fn text(element: ElementRef<'_>) -> String {
    let mut out = String::new();
    let mut is_space_due = false;
    let is_shown = |element: &scraper::node::Element| {
        !matches!(element.name(), "script" | "style" | "template" | "noscript")
    };
    let mut nodes = vec![*element];
    while let Some(node) = nodes.pop() {
        match node.value() {
            Node::Text(text) => {
                for c in text.chars() {
                    if c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}') {
                        is_space_due = true;
                    } else {
                        if is_space_due && !out.is_empty() {
                            out.push(' ');
                        }
                        is_space_due = false;
                        out.push(c);
                    }
                }
            }
            Node::Element(element) if is_shown(element) => {
                if element.name() == "br" {
                    is_space_due = true;
                }
                let children: Vec<_> = node.children().collect();
                nodes.extend(children.into_iter().rev());
            }
            Node::Element(_)
            | Node::Document
            | Node::Fragment
            | Node::Doctype(_)
            | Node::Comment(_)
            | Node::ProcessingInstruction(_) => {}
        }
    }
    out
}

/// The place of an element: `html > body > div:nth-child(2) > table`, from the nearest ancestor that has
/// an id, where one has.
pub fn css_path(element: ElementRef<'_>) -> String {
    let mut steps = Vec::new();
    let mut next = Some(element);
    while let Some(element) = next {
        let step = Step::of(element);
        next = element.parent().and_then(ElementRef::wrap).filter(|_| !step.is_first);
        steps.push(step.text);
    }
    steps.reverse();
    steps.join(" > ")
}

/// The place of a child of the element that stands at `parent`.
pub fn css_path_below(parent: &str, child: ElementRef<'_>) -> String {
    let step = Step::of(child);
    if step.is_first { step.text } else { format!("{parent} > {}", step.text) }
}

/// A step of a path.
struct Step {
    text: String,
    /// Whether paths begin with it, since it has an id.
    is_first: bool,
}

impl Step {
    fn of(element: ElementRef<'_>) -> Self {
        let name = element.value().name();
        if let Some(id) = element.value().id().filter(|id| is_plain(id)) {
            return Self { text: format!("{name}#{id}"), is_first: true };
        }
        let place = element.prev_siblings().filter(|node| node.value().is_element()).count() + 1;
        let is_only = place == 1 && !element.next_siblings().any(|node| node.value().is_element());
        let text = if is_only { name.to_owned() } else { format!("{name}:nth-child({place})") };
        Self { text, is_first: false }
    }
}

fn is_plain(id: &str) -> bool {
    let mut chars = id.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

/// A table of a page, with the texts of its headings left for the caller to find.
///
/// # Errors
/// Where a span is no number, or beyond all reason.
pub fn html_table(table: ElementRef<'_>) -> Result<Grid, ShapeError> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    // Cells from above: by column the rows that they still span.
    let mut from_above: BTreeMap<usize, (usize, Cell)> = BTreeMap::new();
    for row in select(table, "tr", Expect::AtLeast(0))? {
        if nearest_table(row) != Some(table.id()) {
            continue;
        }
        let mut cells = Vec::new();
        let place = css_path(row);
        let own = row.child_elements().filter(|cell| matches!(cell.value().name(), "td" | "th"));
        for element in own {
            take_from_above(&mut from_above, &mut cells);
            let (columns, rows) = (span(element, "colspan")?, span(element, "rowspan")?);
            let cell = Cell { text: text(element), locator: css_path_below(&place, element) };
            for _ in 0..columns {
                if rows > 1 {
                    from_above.insert(cells.len(), (rows - 1, cell.clone()));
                }
                cells.push(cell.clone());
            }
        }
        take_from_above(&mut from_above, &mut cells);
        rows.push(cells);
    }
    Ok(Grid { headings: Vec::new(), locator: css_path(table), rows })
}

/// Takes over the cells from above that stand where the next cell would; those that span this row from
/// where they began are told apart by their column.
fn take_from_above(from_above: &mut BTreeMap<usize, (usize, Cell)>, cells: &mut Vec<Cell>) {
    while let Some((rows, cell)) = from_above.remove(&cells.len()) {
        if rows > 1 {
            from_above.insert(cells.len(), (rows - 1, cell.clone()));
        }
        cells.push(cell);
    }
}

fn nearest_table(row: ElementRef<'_>) -> Option<ego_tree::NodeId> {
    let mut ancestors = row.ancestors().filter_map(ElementRef::wrap);
    ancestors.find(|element| element.value().name() == "table").map(|table| table.id())
}

fn span(cell: ElementRef<'_>, name: &str) -> Result<usize, ShapeError> {
    let Some(text) = cell.value().attr(name) else { return Ok(1) };
    let number = text.trim().parse().ok().filter(|number| (1..=LARGEST_SPAN).contains(number));
    number.ok_or_else(|| {
        ShapeError::new(css_path(cell), format!("a {name} of 1 to {LARGEST_SPAN}"), text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(html: &str) -> Vec<Vec<String>> {
        let page = page(html.as_bytes()).unwrap();
        let table = select_one(page.root_element(), "body > table").unwrap();
        let grid = html_table(table).unwrap();
        grid.rows.into_iter().map(|row| row.into_iter().map(|cell| cell.text).collect()).collect()
    }

    #[test]
    fn cells_stand_in_every_row_and_column_that_they_span() {
        let rows = grid(
            "<table><tr><th rowspan=2>Model</th><th colspan=2>Short</th></tr>\
             <tr><th>In</th><th>Out</th></tr>\
             <tr><td>a</td><td>1</td><td rowspan=2>2</td></tr><tr><td>b</td><td>3</td></tr></table>",
        );
        let expected =
            [["Model", "Short", "Short"], ["Model", "In", "Out"], ["a", "1", "2"], ["b", "3", "2"]];
        assert_eq!(rows, expected);
    }

    #[test]
    fn a_table_within_a_cell_is_not_part_of_the_outer_one() {
        let rows = grid("<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>");
        assert_eq!(rows, [["ab"]]);
    }

    #[test]
    fn spans_beyond_reason_are_refused() {
        let page = page(b"<table><tr><td colspan=100000>a</td></tr></table>").unwrap();
        let table = select_one(page.root_element(), "table").unwrap();
        assert!(html_table(table).unwrap_err().to_string().contains("colspan"));
    }

    #[test]
    fn text_is_what_is_seen() {
        let page = page(
            "<p id='price'><span>$</span> <b>15</b>\u{200b} /&nbsp;MTok<script>x</script></p>"
                .as_bytes(),
        )
        .unwrap();
        let price = select_one(page.root_element(), "p").unwrap();
        assert_eq!(text(price), "$ 15 / MTok");
        assert_eq!(css_path(price), "p#price");
        let b = select_one(page.root_element(), "b").unwrap();
        assert_eq!(css_path(b), "p#price > b:nth-child(2)");
    }

    #[test]
    fn selectors_say_how_many_they_expect() {
        let page = page(b"<p>a</p><p>b</p>").unwrap();
        let error = select_one(page.root_element(), "p").unwrap_err();
        assert_eq!(error.to_string(), "`p` within html: expected 1 matches, found 2");
        assert!(select(page.root_element(), "p", Expect::Between(1, 2)).is_ok());
        assert!(select(page.root_element(), "p", Expect::AtLeast(3)).is_err());
    }
}
