//! Elements of a page.
//!
//! Where an element stands in the tree is for a parser of HTML to say, and it keeps no offsets. So each tag
//! is marked with its own before the page is parsed: those that begin an element by an attribute, those that
//! end one by a comment before them. Neither changes what tree comes of the page.

use std::fmt::Write as _;
use std::ops::Range;

use scraper::{ElementRef, Html, Node};

use crate::markup::{Tag, attribute, tags};
use crate::unescaped::Unescaped;
use crate::{MOST_STEPS, json, steps};

const MARK: &str = "data-burnrate-at";

/// A page, parsed.
pub(crate) struct Page {
    text: String,
    tags: Vec<Tag>,
    tree: Html,
}

impl Page {
    pub(crate) fn of(document: &[u8]) -> Self {
        let text = of_equal_length(document);
        let tags = tags(&text);
        let tree = Html::parse_document(&marked(&text, &tags));
        Self { text, tags, tree }
    }

    /// The element at a CSS path, with all that is in it.
    pub(crate) fn element(&self, path: &str) -> Result<Range<usize>, String> {
        let element = follow(&self.tree, path)?;
        extent(element, &self.text, &self.tags)
            .ok_or_else(|| "the element has no tag of its own, and none in it".to_owned())
    }

    /// A value of the JSON that is an attribute of an element: `path[name]/pointer`.
    pub(crate) fn in_attribute(&self, locator: &str) -> Result<Range<usize>, String> {
        let parts = || {
            let (element, pointer) = locator.split_once("]/")?;
            let (path, name) = element.rsplit_once('[')?;
            Some((path, name, steps(&format!("/{pointer}"))?))
        };
        let (path, name, steps) = parts().ok_or("it is no path of an attribute")?;
        let element = self.element(path)?;
        let tag = self.tags.iter().find(|tag| tag.span.start == element.start);
        let value = tag.and_then(|tag| attribute(&self.text, tag, name));
        let value = value.ok_or_else(|| format!("the element has no `{name}`"))?;
        let json = Unescaped::of_attribute(&self.text[value.clone()]).ok_or("no text")?;
        let inner = json.raw(&json::value(&json.text, &steps)?);
        Ok(value.start + inner.start..value.start + inner.end)
    }
}

/// The document as text: where it is not UTF-8, other characters of one byte stand for what is not ASCII.
fn of_equal_length(document: &[u8]) -> String {
    let replaced =
        || document.iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { '?' });
    str::from_utf8(document).map_or_else(|_| replaced().collect(), str::to_owned)
}

fn marked(text: &str, tags: &[Tag]) -> String {
    let mut marked = String::with_capacity(text.len() + tags.len() * 28);
    let mut copied = 0;
    for tag in tags.iter().filter(|tag| !tag.ends_text) {
        let to = if tag.is_end { tag.span.start } else { tag.name.end };
        marked.push_str(&text[copied..to]);
        copied = to;
        let at = tag.span.start;
        // Writing to a String cannot fail.
        let _infallible = if tag.is_end {
            write!(marked, "<!--{MARK}{at}-->")
        } else {
            write!(marked, " {MARK}={at} ")
        };
    }
    marked.push_str(&text[copied..]);
    marked
}

fn follow<'p>(page: &'p Html, path: &str) -> Result<ElementRef<'p>, String> {
    let (path, class) = match path.rsplit_once(" .") {
        Some((path, class)) => (path, Some(class)),
        None => (path, None),
    };
    let mut steps = path.split(" > ").take(MOST_STEPS);
    let first = steps.next().unwrap_or_default();
    let none = |step: &str| format!("the page has no `{step}` there");
    let mut element = match (first, first.split_once('#')) {
        ("body", _) => child(page.root_element(), "body"),
        (_, Some((name, id))) => descendants(page.root_element())
            .find(|element| element.value().name() == name && element.value().id() == Some(id)),
        (name, None) => Some(page.root_element()).filter(|root| root.value().name() == name),
    }
    .ok_or_else(|| none(first))?;
    for step in steps {
        element = child(element, step).ok_or_else(|| none(step))?;
    }
    let Some(class) = class else { return Ok(element) };
    let has_class = |element: &ElementRef<'_>| element.value().classes().any(|name| name == class);
    descendants(element).find(has_class).ok_or_else(|| none(class))
}

/// The child that a step names: `td:nth-child(2)`, or `td` that has no siblings.
fn child<'p>(element: ElementRef<'p>, step: &str) -> Option<ElementRef<'p>> {
    let nth = step.split_once(":nth-child(");
    let (name, number) = match nth {
        Some((name, number)) => {
            (name, number.strip_suffix(')')?.parse::<usize>().ok()?.checked_sub(1))
        }
        None => (step, None),
    };
    let mut children = element.child_elements();
    let is_it = |child: &ElementRef<'_>| child.value().name() == name;
    match number {
        Some(number) => children.nth(number).filter(is_it),
        None => children.find(is_it),
    }
}

fn descendants(element: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    element.descendants().filter_map(ElementRef::wrap)
}

/// From the first tag of an element to the one that ends it, or to the next tag where none does.
fn extent(element: ElementRef<'_>, text: &str, tags: &[Tag]) -> Option<Range<usize>> {
    let name = element.value().name();
    let mut marks = element.descendants().filter_map(|node| mark(node.value()));
    let first = marks.next()?;
    let (start, last) = marks.fold((first, first), |(low, high), at| (low.min(at), high.max(at)));
    let index = tags.binary_search_by_key(&last, |tag| tag.span.start).ok()?;
    let tag = &tags[index];
    let is_own_child =
        element.children().filter_map(|node| mark(node.value())).any(|at| at == last);
    if tag.is_end && is_own_child && text[tag.name.clone()].eq_ignore_ascii_case(name) {
        return Some(start..tag.span.end);
    }
    let end = match tags.get(index + 1) {
        Some(next) if next.ends_text => next.span.end,
        Some(next) => next.span.start,
        None => text.len(),
    };
    // What is implied to end by the tag that ends its parent does not contain that one.
    let end = if tag.is_end && is_own_child { tag.span.start } else { end };
    Some(start..end)
}

/// The offset with which a node was marked.
fn mark(node: &Node) -> Option<usize> {
    match node {
        Node::Element(element) => element.attr(MARK)?.parse().ok(),
        Node::Comment(comment) => comment.strip_prefix(MARK)?.parse().ok(),
        Node::Document
        | Node::Fragment
        | Node::Doctype(_)
        | Node::Text(_)
        | Node::ProcessingInstruction(_) => None,
    }
}
