//! Tables in Markdown, which documentation sites serve beside their HTML.

use std::ops::Range;

use burnrate_model::locator;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::grid::{Cell, Grid};

/// The tables of a Markdown text in order, each under its headings. Cells are located by their bytes.
///
/// Markup within a cell goes, its text stays: `**$2**<br/>` is `$2`.
pub fn markdown_tables(markdown: &str) -> Vec<Grid> {
    let mut tables = Tables::default();
    for (event, bytes) in Parser::new_ext(markdown, Options::ENABLE_TABLES).into_offset_iter() {
        tables.take(&event, &trimmed(markdown, bytes));
    }
    tables.done
}

/// The range without the white space at its ends.
fn trimmed(markdown: &str, bytes: Range<usize>) -> Range<usize> {
    let text = &markdown[bytes.clone()];
    let start = bytes.start + (text.len() - text.trim_start().len());
    start..start + text.trim().len()
}

#[derive(Default)]
struct Tables {
    done: Vec<Grid>,
    headings: Vec<(HeadingLevel, String)>,
    is_in_heading: bool,
    table: Option<Grid>,
    cell: Option<Cell>,
}

impl Tables {
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "what is not in a table or heading is not looked at"
    )]
    fn take(&mut self, event: &Event<'_>, bytes: &Range<usize>) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                self.headings.retain(|(other, _)| other < level);
                self.headings.push((*level, String::new()));
                self.is_in_heading = true;
            }
            Event::End(TagEnd::Heading(_)) => self.is_in_heading = false,
            Event::Start(Tag::Table(_)) => {
                let headings = self.headings.iter().map(|(_, text)| text.trim().to_owned());
                let headings = headings.collect();
                self.table = Some(Grid { headings, locator: locator(bytes), rows: Vec::new() });
            }
            Event::End(TagEnd::Table) => self.done.extend(self.table.take()),
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Vec::new());
                }
            }
            Event::Start(Tag::TableCell) => {
                self.cell = Some(Cell { text: String::new(), locator: locator(bytes) });
            }
            Event::End(TagEnd::TableCell) => self.end_cell(),
            Event::Text(text) | Event::Code(text) => self.text(text),
            Event::SoftBreak | Event::HardBreak | Event::InlineHtml(_) => self.text(" "),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(cell) = &mut self.cell {
            cell.text.push_str(text);
        } else if let Some((_, heading)) = self.headings.last_mut().filter(|_| self.is_in_heading) {
            heading.push_str(text);
        }
    }

    fn end_cell(&mut self) {
        let row = self.table.as_mut().and_then(|table| table.rows.last_mut());
        if let (Some(row), Some(mut cell)) = (row, self.cell.take()) {
            cell.text = cell.text.split_whitespace().collect::<Vec<_>>().join(" ");
            row.push(cell);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_stand_under_their_headings() {
        let markdown = "# Pricing\n\n## Batch\n\n| Model | Input |\n| --- | --- |\n| [gpt-5](/x) | **$1.25**<br/>a |\n\n## Other\n\nText.\n";
        let tables = markdown_tables(markdown);
        assert_eq!(tables.len(), 1);
        assert_eq!(tables[0].headings, ["Pricing", "Batch"]);
        assert_eq!(tables[0].texts(0), ["Model", "Input"]);
        assert_eq!(tables[0].texts(1), ["gpt-5", "$1.25 a"]);
        let start = markdown.find("**$1.25").unwrap();
        let end = start + "**$1.25**<br/>a".len();
        assert_eq!(tables[0].rows[1][1].locator, format!("bytes={start}..{end}"));
    }
}
