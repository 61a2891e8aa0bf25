//! HTML to text.

use std::collections::HashMap;

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

/// Elements that have no end tag, or need none since the next one of them is their end.
const ENDLESS: &[&str] = &[
    "area", "base", "body", "br", "col", "dd", "dt", "embed", "head", "hr", "html", "img", "input",
    "li", "link", "meta", "option", "p", "param", "source", "tbody", "td", "tfoot", "th", "thead",
    "tr", "track", "wbr",
];

/// Elements within each other at most, ten times as many as a page has; scripts that hold markup may seem
/// to have some more. Readers of HTML take the square of it in time, and some recurse.
const DEPTH: usize = 500;

/// Tags such as `<path/>` at most: in a picture each is whole, elsewhere the beginning of an element.
const SELF_CLOSED: usize = 500;

/// Whether a piece of HTML is nested as no text is, so that it had better not be read. Linear in its length.
pub(crate) fn is_too_deep(html: &str) -> bool {
    let (mut depth, mut self_closed) = (0, 0);
    let mut open = HashMap::<String, usize>::new();
    let mut rest = html;
    while let Some((_, behind)) = rest.split_once('<') {
        rest = behind;
        let (is_end, name) = match behind.strip_prefix('/') {
            Some(behind) => (true, tag_name(behind)),
            None => (false, tag_name(behind)),
        };
        if name.is_empty() || ENDLESS.contains(&name.as_str()) {
            continue;
        }
        let tag = &behind[..behind.find(['>', '<']).unwrap_or(behind.len())];
        let is_open = open.entry(name).or_default();
        if tag.ends_with('/') {
            self_closed += 1;
        } else if !is_end {
            *is_open += 1;
            depth += 1;
        } else if *is_open > 0 {
            *is_open -= 1;
            depth -= 1;
        }
        if depth > DEPTH || self_closed > SELF_CLOSED {
            return true;
        }
    }
    false
}

/// The name of the tag behind a `<` or `</`, in lower case; empty where there is none.
fn tag_name(behind: &str) -> String {
    let end = behind.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/' | '<'));
    let name = &behind[..end.unwrap_or(behind.len())];
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic());
    if is_name { name.to_ascii_lowercase() } else { String::new() }
}

/// The text of a piece of HTML, a line for each paragraph; entities decoded, and white space as a browser
/// shows it. Text without markup stays as it is, but for its lines. Empty for what [`is_too_deep`].
pub(crate) fn plain(html: &str) -> String {
    if is_too_deep(html) {
        return String::new();
    }
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
    fn what_is_nested_without_end_is_not_read() {
        for piece in [
            "<div>",
            "<b><p>x",
            "<DIV></span>",
            "<span><div></span>",
            "<table><tr><td>",
            "<path/>",
            "<ul><li>",
        ] {
            let html = piece.repeat(SELF_CLOSED + 1);
            assert!(is_too_deep(&html), "{piece}");
            assert_eq!(plain(&html), "", "{piece}");
        }
        for piece in [
            "<p>x",
            "<br>",
            "<div>x</div>",
            "<a href=\"b/c/\">x</a>",
            "<li>x",
            "< ",
            "<3",
            "</div>",
        ] {
            assert!(!is_too_deep(&piece.repeat(SELF_CLOSED + 1)), "{piece}");
        }
    }

    #[test]
    fn text_without_markup_stays() {
        assert_eq!(plain("  one < two,\tthree "), "one < two, three");
        assert_eq!(plain(""), "");
    }
}
