//! Namespaces in scope, and the names that filers and the SEC call them by.

use std::fmt;

use crate::elements::Element;
use crate::markup::{Tag, split_name};

pub(crate) const INLINE: [&str; 2] =
    ["http://www.xbrl.org/2013/inlineXBRL", "http://www.xbrl.org/2008/inlineXBRL"];
pub(crate) const INSTANCE: &str = "http://www.xbrl.org/2003/instance";
pub(crate) const LINKBASE: &str = "http://www.xbrl.org/2003/linkbase";
pub(crate) const DIMENSIONS: &str = "http://xbrl.org/2006/xbrldi";
pub(crate) const CURRENCY: &str = "http://www.xbrl.org/2003/iso4217";
/// What the namespaces of HTML begin with: XHTML's, and those that word processors write.
pub(crate) const W3C: &str = "http://www.w3.org/";
pub(crate) const XML: &str = "http://www.w3.org/XML/1998/namespace";
pub(crate) const SCHEMA: &str = "http://www.w3.org/2001/XMLSchema";
pub(crate) const SCHEMA_INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The name of a concept, axis or member with its taxonomy.
///
/// Two names are equal where their namespaces and local names are; the prefix decides nothing.
#[derive(Debug, Clone, Copy)]
pub struct Name<'a> {
    /// What companyfacts and filers call the taxonomy: `us-gaap`, `dei`, `srt`, `country`, …, or the
    /// filer's own prefix. For a taxonomy of FASB, the SEC, XBRL US or the IFRS Foundation it is taken
    /// from the namespace, so that it stays what it is under another prefix.
    pub taxonomy: &'a str,
    /// The namespace, with the taxonomy's year.
    pub namespace: &'a str,
    /// The name within the taxonomy, e.g. `Revenues`.
    pub local: &'a str,
}

impl PartialEq for Name<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.local == other.local && self.namespace == other.namespace
    }
}

impl Eq for Name<'_> {}

impl std::hash::Hash for Name<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.local.hash(state);
        self.namespace.hash(state);
    }
}

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.taxonomy, self.local)
    }
}

/// The bindings in scope, the innermost last.
#[derive(Debug, Default)]
pub(crate) struct Namespaces<'a> {
    bindings: Vec<(&'a str, &'a str)>,
}

impl<'a> Namespaces<'a> {
    /// Adds what a tag declares; whether it declares anything.
    pub(crate) fn declare(&mut self, tag: &Tag<'a>) -> bool {
        let before = self.bindings.len();
        for attribute in tag.attributes() {
            if let Some(rest) = attribute.name.strip_prefix("xmlns") {
                match rest.strip_prefix(':') {
                    Some(prefix) => self.bindings.push((prefix, attribute.raw_value)),
                    None if rest.is_empty() => self.bindings.push(("", attribute.raw_value)),
                    None => {}
                }
            }
        }
        self.bindings.len() > before
    }

    pub(crate) fn len(&self) -> usize {
        self.bindings.len()
    }

    /// Leaves the scope that began with so many bindings.
    pub(crate) fn truncate(&mut self, len: usize) {
        self.bindings.truncate(len);
    }

    /// What a prefix stands for.
    pub(crate) fn namespace(&self, prefix: &str) -> Option<&'a str> {
        let bound = self.bindings.iter().rev().find(|(bound, _)| *bound == prefix);
        bound.map(|(_, uri)| *uri).or((prefix == "xml").then_some(XML))
    }

    /// The name that a text such as `us-gaap:Revenues` stands for.
    ///
    /// # Errors
    /// The reason, where it is no name with a bound prefix.
    pub(crate) fn name(&self, text: &'a str) -> Result<Name<'a>, String> {
        let text = text.trim_ascii();
        let (prefix, local) = split_name(text);
        if prefix.is_empty() || local.is_empty() {
            return Err(format!("`{}` is no name with a prefix", clip(text)));
        }
        match self.namespace(prefix) {
            Some(namespace) => Ok(Name { taxonomy: taxonomy(namespace, prefix), namespace, local }),
            None => Err(format!("prefix of `{}` stands for nothing", clip(text))),
        }
    }
}

impl<'a> Element<'a> {
    /// Its name.
    ///
    /// # Errors
    /// The reason, where its prefix is not bound.
    pub(crate) fn name(&self) -> Result<Name<'a>, String> {
        let (prefix, local) = split_name(self.tag.name);
        match self.namespace {
            Some(namespace) => Ok(Name { taxonomy: taxonomy(namespace, prefix), namespace, local }),
            None => Err(format!("prefix of `<{}>` stands for nothing", clip(self.tag.name))),
        }
    }
}

/// Whether the element is stated to have no value (`xsi:nil`). Some filers take the attribute from the
/// namespace of XML Schema itself; they mean the same.
///
/// # Errors
/// The reason, where it says neither yes nor no.
pub(crate) fn is_nil(element: &Element<'_>, scope: &Namespaces<'_>) -> Result<bool, String> {
    if !element.tag.raw_attributes.contains("nil") {
        return Ok(false);
    }
    for attribute in element.tag.attributes() {
        let (prefix, local) = split_name(attribute.name);
        if local != "nil" || prefix.is_empty() {
            continue;
        }
        if !matches!(scope.namespace(prefix), Some(SCHEMA_INSTANCE | SCHEMA)) {
            return Err(format!("`{}` is no attribute of XML Schema", attribute.name));
        }
        return match attribute.raw_value.trim_ascii() {
            "true" | "1" => Ok(true),
            "false" | "0" => Ok(false),
            other => Err(format!("`{}` is `{}`", attribute.name, clip(other))),
        };
    }
    Ok(false)
}

/// What a taxonomy is called: the segment of its namespace that names it, where a standard-setter's
/// namespaces have one (`http://fasb.org/us-gaap/2024`), or the prefix.
fn taxonomy<'a>(namespace: &'a str, prefix: &'a str) -> &'a str {
    let path = namespace.strip_prefix("http://").or_else(|| namespace.strip_prefix("https://"));
    let Some((host, path)) = path.and_then(|path| path.split_once('/')) else { return prefix };
    let segment = match host {
        "fasb.org" | "xbrl.sec.gov" | "xbrl.us" => path.split('/').next(),
        "xbrl.ifrs.org" => path.rsplit('/').next(),
        _ => None,
    };
    segment.filter(|segment| !segment.is_empty()).unwrap_or(prefix)
}

/// A text short enough for a message.
pub(crate) fn clip(text: &str) -> &str {
    match text.char_indices().nth(80) {
        Some((end, _)) => &text[..end],
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taxonomy_has_its_name_whatever_the_prefix() {
        for (namespace, prefix, expected) in [
            ("http://fasb.org/us-gaap/2024", "gaap", "us-gaap"),
            ("http://fasb.org/us-gaap-sup/2022q3", "us-gaap-supplement", "us-gaap-sup"),
            ("http://xbrl.us/us-gaap/2009-01-31", "us-gaap", "us-gaap"),
            ("http://xbrl.sec.gov/dei/2014-01-31", "d", "dei"),
            ("http://xbrl.ifrs.org/taxonomy/2023-03-23/ifrs-full", "ifrs", "ifrs-full"),
            ("http://www.google.com/20241231", "goog", "goog"),
            ("urn:x", "MARA", "MARA"),
        ] {
            assert_eq!(taxonomy(namespace, prefix), expected, "{namespace}");
        }
    }
}
