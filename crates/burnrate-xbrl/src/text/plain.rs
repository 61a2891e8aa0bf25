//! Text set with spaces and line ends.

use super::words;
use super::writer::{Separator, Writer};

/// Spaces within a line that make it a row of a table.
const GAP: &str = "   ";

/// Writes lines that were broken to fit a page as paragraphs, which an empty line or a tag on a line
/// of its own ends. `start` is where the text begins in the source.
pub(super) fn lines(text: &str, start: usize, writer: &mut Writer) {
    let mut at = start;
    for line in text.split_inclusive('\n') {
        let content = line.trim();
        let content_start = at + (line.len() - line.trim_start().len());
        at += line.len();
        if is_break(content) {
            writer.separate(Separator::Line);
        } else if content.contains(GAP) || content.contains('\t') {
            row(content, content_start, writer);
        } else {
            words(content, content_start, writer);
            writer.separate(Separator::Space);
        }
    }
}

/// An empty line, a rule, or tags alone, as in `<PAGE>` and `<S> <C>`.
fn is_break(line: &str) -> bool {
    line.chars().all(|c| matches!(c, '-' | '=' | '_' | '*' | ' '))
        || (line.starts_with('<') && line.ends_with('>'))
}

fn row(line: &str, start: usize, writer: &mut Writer) {
    writer.separate(Separator::Line);
    let mut at = start;
    for part in line.split('\t') {
        for cell in part.split(GAP) {
            words(cell, at, writer);
            writer.separate(Separator::Cell);
            at += cell.len() + GAP.len();
        }
        // The last cell of a part ends in the tab instead of a gap.
        at = at - GAP.len() + 1;
    }
    writer.separate(Separator::Line);
}
