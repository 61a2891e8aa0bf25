//! HTML to text.

use ego_tree::iter::Edge;
use scraper::Html;

/// Elements that are lines of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

/// Elements that show no text.
const HIDDEN: &[&str] =
    &["head", "iframe", "noscript", "script", "style", "svg", "template", "textarea", "title"];

/// The text of a piece of HTML, a line for each paragraph; entities decoded, and white space as a browser
/// shows it. Text without markup stays as it is, but for its lines.
pub(crate) fn plain(html: &str) -> String {
    let fragment = Html::parse_fragment(html);
    let mut text = String::with_capacity(html.len());
    let mut hidden = 0_usize;
    for edge in fragment.tree.root().traverse() {
        let (node, is_open) = match edge {
            Edge::Open(node) => (node, true),
            Edge::Close(node) => (node, false),
        };
        if let Some(element) = node.value().as_element() {
            if HIDDEN.contains(&element.name()) {
                hidden = if is_open { hidden + 1 } else { hidden.saturating_sub(1) };
            } else if BLOCKS.contains(&element.name()) {
                end_line(&mut text);
            }
        }
        if let Some(words) = node.value().as_text().filter(|_| is_open && hidden == 0) {
            push_words(words, &mut text);
        }
    }
    text.truncate(text.trim_end().len());
    text
}

fn end_line(text: &mut String) {
    text.truncate(text.trim_end_matches(' ').len());
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

/// Adds words; a space for white space, but none at the beginning of a line. Hard spaces stay.
fn push_words(words: &str, text: &mut String) {
    for c in words.chars() {
        if !c.is_ascii_whitespace() {
            text.push(c);
        } else if !text.is_empty() && !text.ends_with([' ', '\n']) {
            text.push(' ');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_lines() {
        let html = "<p>Acme raised\n  <b>$5</b> million.</p>\n<p>It makes anvils.<br/>And bolts.</p><ul><li>One<li>Two</ul>";
        assert_eq!(plain(html), "Acme raised $5 million.\nIt makes anvils.\nAnd bolts.\nOne\nTwo");
    }

    #[test]
    fn entities_are_decoded_once() {
        assert_eq!(
            plain("Bolt &amp; Sons&#8217; \u{a3}5&nbsp;m &lt; \u{20ac}6m [&#8230;]"),
            "Bolt & Sons’ £5\u{a0}m < €6m […]"
        );
        assert_eq!(plain("AT&T & Bolt"), "AT&T & Bolt");
        assert_eq!(plain("&amp;lt;"), "&lt;");
    }

    #[test]
    fn what_a_page_does_not_show_is_no_text() {
        let html = "<title>T</title><style>p{}</style><p>Shown</p><script>let a = '$5 million';</script><noscript><img></noscript><!-- $6 million -->";
        assert_eq!(plain(html), "Shown");
    }

    #[test]
    fn text_without_markup_stays() {
        assert_eq!(plain("  one < two,\tthree "), "one < two, three");
        assert_eq!(plain(""), "");
    }
}
