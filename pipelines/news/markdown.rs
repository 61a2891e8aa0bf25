//! Texts in Markdown, with what they say of themselves in front.

use pulldown_cmark::{Event, Parser, TagEnd};
use serde::Deserialize;

/// What stands in front of a text, as far as it is read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct FrontMatter {
    /// The headline.
    pub(crate) title: Option<String>,
    /// When it was published, as written.
    pub(crate) date: Option<String>,
    /// When it was changed, as written.
    pub(crate) last_modified_at: Option<String>,
}

/// Front matter in YAML between two lines of `---`, and the text behind it; `None` where the first is not
/// there or cannot be read.
pub(crate) fn front_matter(text: &str) -> Option<(FrontMatter, &str)> {
    let text = text.trim_start_matches('\u{FEFF}');
    let inner = text.strip_prefix("---")?.trim_start_matches('\r').strip_prefix('\n')?;
    let end = inner.find("\n---")?;
    let behind = &inner[end + "\n---".len()..];
    let (_, body) = behind.split_once('\n').unwrap_or((behind, ""));
    Some((serde_saphyr::from_str(&inner[..end]).ok()?, body))
}

/// The text of Markdown, a line for each paragraph; addresses of links and HTML are left out.
pub(crate) fn plain(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    for event in Parser::new(markdown) {
        match event {
            Event::Text(words) | Event::Code(words) => text.push_str(&words),
            Event::SoftBreak => text.push(' '),
            Event::HardBreak | Event::Rule => end_line(&mut text),
            Event::End(tag) if is_block(tag) => end_line(&mut text),
            Event::Start(_)
            | Event::End(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }
    text.truncate(text.trim_end().len());
    text
}

fn is_block(tag: TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

fn end_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_read_and_the_text_stands_behind_it() {
        let text = "---\nlayout: post\ntitle: 'Acme: 5 Millionen'\ndate: 2025-01-03 14:00:10 +0200\ntags:\n    - vc\n---\n\nText.\n---\n";
        let (front, body) = front_matter(text).unwrap();
        assert_eq!(front.title.as_deref(), Some("Acme: 5 Millionen"));
        assert_eq!(front.date.as_deref(), Some("2025-01-03 14:00:10 +0200"));
        assert_eq!(front.last_modified_at, None);
        assert_eq!(body, "\nText.\n---\n");
    }

    #[test]
    fn without_front_matter_there_is_none() {
        for text in
            ["", "# Title\n", "---\ntitle: a", "--- title\n---\n", "---\n[\n---\n", "----\n---\n"]
        {
            assert_eq!(front_matter(text), None, "{text}");
        }
    }

    #[test]
    fn marks_are_no_text() {
        let markdown = "> **Acme** hat [5 Millionen\nDollar](https://a.example/b) bekommen.\n\n## Bolt\n\n- eins\n- `zwei`\n\n<div>weg</div>\n";
        assert_eq!(plain(markdown), "Acme hat 5 Millionen Dollar bekommen.\nBolt\neins\nzwei");
    }
}
