//! Small XML documents, read strictly: children are taken by name, and what is left is reported.

use burnrate_model::{Issue, ShapeError};
use roxmltree::{Document, Node};

use crate::document_text::DocumentText;
use burnrate_model::locator;

/// The document as text, in its declared encoding.
///
/// # Errors
/// [`ShapeError`] where the encoding is unknown, or some bytes are not in it.
pub(crate) fn decoded(body: &[u8]) -> Result<DocumentText<'_>, ShapeError> {
    let text = DocumentText::decode(body)?;
    match text.damage().first() {
        None => Ok(text),
        Some(damage) => Err(ShapeError {
            place: locator(damage),
            expected: "text in the document's encoding".to_owned(),
            found: "bytes that stand for no character".to_owned(),
        }),
    }
}

/// Parses a document whose root element is `root`.
///
/// # Errors
/// [`ShapeError`] where it is no XML, has a document type definition, or another root.
pub(crate) fn document<'a>(text: &'a str, root: &str) -> Result<Document<'a>, ShapeError> {
    let document = Document::parse(text).map_err(|error| ShapeError {
        place: error.pos().to_string(),
        expected: format!("XML of <{root}>"),
        found: error.to_string(),
    })?;
    let found = document.root_element().tag_name().name();
    if found == root {
        return Ok(document);
    }
    Err(ShapeError { place: "/".to_owned(), expected: root.to_owned(), found: found.to_owned() })
}

/// The child elements of an element that were not taken yet.
#[derive(Debug)]
pub(crate) struct Children<'a, 'input> {
    parent: Node<'a, 'input>,
    left: Vec<Node<'a, 'input>>,
}

impl<'a, 'input> Children<'a, 'input> {
    pub(crate) fn of(parent: Node<'a, 'input>) -> Self {
        Self { parent, left: parent.children().filter(Node::is_element).collect() }
    }

    /// Takes the first child of that name.
    pub(crate) fn optional(&mut self, name: &str) -> Option<Node<'a, 'input>> {
        let index = self.left.iter().position(|node| node.tag_name().name() == name)?;
        Some(self.left.remove(index))
    }

    /// Takes the first child of that name, which must be there.
    pub(crate) fn required(&mut self, name: &str) -> Result<Node<'a, 'input>, ShapeError> {
        self.optional(name).ok_or_else(|| ShapeError {
            place: path(self.parent),
            expected: format!("<{name}>"),
            found: "none".to_owned(),
        })
    }

    /// Takes the text of the first child of that name; none where there is no child, or an empty one.
    pub(crate) fn optional_text(&mut self, name: &str) -> Result<Option<&'a str>, ShapeError> {
        match self.optional(name) {
            Some(node) => Ok(Some(text(node)?).filter(|text| !text.is_empty())),
            None => Ok(None),
        }
    }

    /// Takes all children of that name.
    pub(crate) fn all(&mut self, name: &str) -> Vec<Node<'a, 'input>> {
        self.left.extract_if(.., |node| node.tag_name().name() == name).collect()
    }

    /// Takes what is known and not wanted.
    pub(crate) fn leave_out(&mut self, names: &[&str]) {
        self.left.retain(|node| !names.contains(&node.tag_name().name()));
    }

    /// Reports what was not taken.
    pub(crate) fn report(self, issues: &mut Vec<Issue>) {
        issues.extend(self.left.into_iter().map(|node| Issue {
            locator: path(node),
            reason: format!("`{}` is unknown here, or there too often", node.tag_name().name()),
            record: node.document().input_text()[node.range()].to_owned(),
        }));
    }
}

/// The text of an element that holds nothing else, without white space around it.
pub(crate) fn text<'a>(node: Node<'a, '_>) -> Result<&'a str, ShapeError> {
    let mut parts = node.children().filter(|child| !child.is_comment());
    match (parts.next(), parts.next()) {
        (None, _) => Ok(""),
        (Some(only), None) if only.is_text() => Ok(only.text().unwrap_or_default().trim()),
        _ => Err(ShapeError {
            place: path(node),
            expected: "text".to_owned(),
            found: "further elements".to_owned(),
        }),
    }
}

/// Reads the text of an element as something else.
pub(crate) fn value<T>(
    node: Node<'_, '_>,
    expected: &str,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<T, ShapeError> {
    let text = text(node)?;
    read(text).ok_or_else(|| ShapeError {
        place: path(node),
        expected: expected.to_owned(),
        found: format!("`{text}`"),
    })
}

/// Where an element stands, as an `XPath` of local names; a position where siblings share a name.
pub(crate) fn path(node: Node<'_, '_>) -> String {
    let steps: Vec<_> = node.ancestors().filter(Node::is_element).map(step).collect();
    steps.iter().rev().map(|step| format!("/{step}")).collect()
}

/// Among very many siblings no position is given: counting them for each of them would take for ever.
fn step(node: Node<'_, '_>) -> String {
    const COUNTED: usize = 100;
    let name = node.tag_name().name();
    let is_alike = |sibling: &Node<'_, '_>| sibling.has_tag_name(node.tag_name());
    let before = node.prev_siblings().skip(1).take(COUNTED).filter(is_alike).count();
    let is_alone = !node.next_siblings().skip(1).take(COUNTED).any(|sibling| is_alike(&sibling));
    if before == COUNTED || (before == 0 && is_alone) {
        return name.to_owned();
    }
    format!("{name}[{}]", before + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_counts_siblings_of_one_name() {
        let document = Document::parse("<a><b/><c/><b><d/></b></a>").unwrap();
        let deepest = document.descendants().next_back().unwrap();
        assert_eq!(path(deepest), "/a/b[2]/d");
    }

    #[test]
    fn bytes_outside_the_encoding_are_refused() {
        assert_eq!(decoded(b"<a>\xe9</a>").unwrap_err().place, "bytes=3..4");
        let latin_1 = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>";
        assert!(decoded(latin_1).unwrap().text().ends_with("<a>\u{e9}</a>"));
    }

    #[test]
    fn a_document_type_definition_is_refused() {
        let bomb = "<!DOCTYPE a [<!ENTITY b \"b\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>";
        assert!(document(bomb, "a").is_err());
    }
}
