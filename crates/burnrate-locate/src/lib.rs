//! From a locator to the bytes that it means.
//!
//! Pure: the bytes of a document in, a range of them out. What a parser made of the document plays no part,
//! so that what it says can be held against it. Each form is read in time linear in the document.
//!
//! | form | e.g. | means |
//! |---|---|---|
//! | bytes | `bytes=17..42` | those bytes |
//! | JSON pointer | `/data/0/price` | a value of a document in JSON, TOML or YAML |
//! | path of elements | `/edgarSubmission/offeringData[2]` | an element of a document in XML |
//! | item | `item[3]`, `entry[3]` | an item of a feed |
//! | CSS path | `html > body > p:nth-child(2)` | an element of a page, with all that is in it |
//! | path, attribute and pointer | `html > body > div[props]/rows/0` | a value of the JSON that is an attribute |
//! | pointer and path | `/data/content div#t1 > table` | an element of a page that is a text in JSON |

mod feed;
mod html;
mod json;
mod markup;
mod shown;
mod toml_value;
mod unescaped;
mod xml;
mod yaml;

use std::cell::OnceCell;
use std::ops::Range;

use self::html::Page;
use self::unescaped::Unescaped;

pub use shown::{says, says_figure, says_words};

/// Steps that a locator may have: the deepest document that is read has a dozen.
const MOST_STEPS: usize = 64;

/// A locator that leads nowhere in a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{locator}` leads to no place in the document: {reason}")]
pub struct LocateError {
    /// The locator.
    pub locator: String,
    /// Where it ends.
    pub reason: String,
}

/// The bytes of a document that a locator means; never empty, and always whole characters where the
/// document is UTF-8.
///
/// # Errors
/// Where the document has no such place.
pub fn locate(document: &[u8], locator: &str) -> Result<Range<usize>, LocateError> {
    Places::new(document).locate(document, locator)
}

/// Places of one document: it is parsed once, and not before that is needed.
#[derive(Default)]
pub struct Places {
    is_json: bool,
    page: OnceCell<Page>,
}

impl Places {
    /// Of that document.
    pub fn new(document: &[u8]) -> Self {
        let is_json = str::from_utf8(document).is_ok_and(json::is_json);
        Self { is_json, page: OnceCell::new() }
    }

    /// The bytes that a locator means, as [`locate`] gives them; `document` is the one that was given before.
    ///
    /// # Errors
    /// Where the document has no such place.
    pub fn locate(&self, document: &[u8], locator: &str) -> Result<Range<usize>, LocateError> {
        let page = || self.page.get_or_init(|| Page::of(document));
        let found = if let Some(range) = locator.strip_prefix("bytes=") {
            bytes(document, range)
        } else if locator.starts_with('/') {
            pointer(document, self.is_json, locator)
        } else if let Some((name, number)) = numbered(locator) {
            feed::item(document, name, number).ok_or_else(|| format!("there is no such <{name}>"))
        } else if locator.contains("]/") {
            page().in_attribute(locator)
        } else {
            page().element(locator)
        };
        found.map_err(|reason| LocateError { locator: locator.to_owned(), reason })
    }
}

fn bytes(document: &[u8], range: &str) -> Result<Range<usize>, String> {
    let range = range
        .split_once("..")
        .and_then(|(start, end)| Some(start.parse().ok()?..end.parse().ok()?));
    let range: Range<usize> = range.ok_or("it is no range of bytes")?;
    if document.get(range.clone()).is_none_or(<[u8]>::is_empty) {
        return Err(format!("the document has {} bytes", document.len()));
    }
    let is_whole =
        |text: &str| text.is_char_boundary(range.start) && text.is_char_boundary(range.end);
    match str::from_utf8(document) {
        Ok(text) if !is_whole(text) => Err("it cuts a character in two".to_owned()),
        _ => Ok(range),
    }
}

/// `item[3]` in its parts.
fn numbered(locator: &str) -> Option<(&str, usize)> {
    let (name, number) = locator.strip_suffix(']')?.split_once('[')?;
    matches!(name, "item" | "entry").then_some((name, number.parse().ok()?))
}

/// A value of a document in one of the languages that have pointers, or an element of one in XML.
fn pointer(document: &[u8], is_json: bool, locator: &str) -> Result<Range<usize>, String> {
    let text = str::from_utf8(document).map_err(|error| error.to_string())?;
    let Some(steps) = steps(locator) else {
        return Err(format!("it has more than {MOST_STEPS} steps"));
    };
    if is_json {
        return json::value(text, &steps)
            .or_else(|reason| within_json(text, locator).ok_or(reason));
    }
    let found = toml_value::value(text, &steps).or_else(|| xml::element(text, &steps));
    found.or_else(|| yaml::value(text, &steps)).ok_or_else(|| "no value has that path".to_owned())
}

/// The names of a pointer.
fn steps(locator: &str) -> Option<Vec<String>> {
    let steps = locator.split('/').skip(1);
    let steps: Vec<_> = steps.map(|step| step.replace("~1", "/").replace("~0", "~")).collect();
    (steps.len() <= MOST_STEPS).then_some(steps)
}

/// An element of a page that is a text in JSON: the pointer ends at the first blank at which it leads to a
/// text.
fn within_json(text: &str, locator: &str) -> Option<Range<usize>> {
    let blanks = locator.match_indices(' ').take(MOST_STEPS);
    blanks.map(|(at, _)| (&locator[..at], &locator[at + 1..])).find_map(|(pointer, path)| {
        let string = json::value(text, &steps(pointer)?).ok()?;
        let page = Unescaped::of_json(&text[string.clone()])?;
        let inner = Page::of(page.text.as_bytes()).element(path).ok()?;
        let raw = page.raw(&inner);
        Some(string.start + raw.start..string.start + raw.end)
    })
}

#[cfg(test)]
mod tests;
