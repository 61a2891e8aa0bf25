//! Values of a document in JSON, and what a text of it is without its escapes.

use std::fmt;
use std::ops::Range;

use serde::Deserializer as _;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// Whether a document is one value in JSON.
pub(crate) fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// The value at a path.
pub(crate) fn value(text: &str, steps: &[String]) -> Result<Range<usize>, String> {
    let mut value = text.trim();
    for step in steps {
        let mut deserializer = serde_json::Deserializer::from_str(value);
        let found = deserializer.deserialize_any(Step(step)).ok().flatten();
        value = found.ok_or_else(|| format!("there is no `{step}`"))?.get();
    }
    let start = value.as_ptr().addr() - text.as_ptr().addr();
    Ok(start..start + value.len())
}

/// Takes one member of an object, the last of that name as parsers do, or one element of an array.
struct Step<'s>(&'s str);

impl<'de> Visitor<'de> for Step<'_> {
    type Value = Option<&'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or an array")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(is_it) = map.next_key_seed(Is(self.0))? {
            if is_it {
                found = Some(map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let wanted: Option<usize> = self.0.parse().ok();
        let (mut found, mut index) = (None, 0);
        loop {
            if wanted == Some(index) {
                let Some(element) = seq.next_element()? else { return Ok(None) };
                found = Some(element);
            } else if seq.next_element::<IgnoredAny>()?.is_none() {
                return Ok(found);
            }
            index += 1;
        }
    }
}

/// Whether a name is the one that is looked for.
struct Is<'s>(&'s str);

impl<'de> DeserializeSeed<'de> for Is<'_> {
    type Value = bool;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Is<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<bool, E> {
        Ok(name == self.0)
    }
}

/// A text of a document in JSON without its escapes.
pub(crate) struct Unescaped {
    pub(crate) text: String,
    /// Of each escape where it begins in `text`, where in the document, and its lengths there and here.
    escapes: Vec<Escape>,
}

struct Escape {
    at: usize,
    len: usize,
    raw_end: usize,
}

impl Unescaped {
    /// Of a text with its quotation marks.
    pub(crate) fn of(json: &str) -> Option<Self> {
        let inner = json.strip_prefix('"')?.strip_suffix('"')?;
        let (mut text, mut escapes) = (String::with_capacity(inner.len()), Vec::new());
        let mut at = 0;
        while at < inner.len() {
            let rest = &inner[at..];
            let plain = memchr::memchr(b'\\', rest.as_bytes()).unwrap_or(rest.len());
            text.push_str(&rest[..plain]);
            at += plain;
            if at < inner.len() {
                let len = escape_length(&inner[at..]);
                let escape = inner.get(at..at + len)?;
                let begin = text.len();
                text.push_str(&serde_json::from_str::<String>(&format!("\"{escape}\"")).ok()?);
                at += len;
                escapes.push(Escape { at: begin, len: text.len() - begin, raw_end: 1 + at });
            }
        }
        Some(Self { text, escapes })
    }

    /// Where in the document, from the first quotation mark, a part of the text stands.
    pub(crate) fn raw(&self, part: &Range<usize>) -> Range<usize> {
        self.raw_at(part.start)..self.raw_at(part.end)
    }

    /// Escapes that end at or before `at` decide how far the document is ahead of the text.
    fn raw_at(&self, at: usize) -> usize {
        let before = self.escapes.partition_point(|escape| escape.at + escape.len <= at);
        match before.checked_sub(1).and_then(|last| self.escapes.get(last)) {
            Some(last) => last.raw_end + at - (last.at + last.len),
            None => 1 + at,
        }
    }
}

/// Length of the escape that a text begins with: of a character beyond the first plane, of both halves.
fn escape_length(text: &str) -> usize {
    let code = text.get(2..4).filter(|_| text.starts_with("\\u"));
    match code.map(str::to_ascii_lowercase).as_deref() {
        Some("d8" | "d9" | "da" | "db") => 12,
        Some(_) => 6,
        None => 2,
    }
}
