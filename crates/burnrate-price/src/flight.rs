//! What a Next.js page carries for its scripts: `self.__next_f.push([1,"…"])`.

use std::ops::Range;

use burnrate_model::{ShapeError, locator};
use serde::Deserialize;
use serde_json::value::RawValue;

const OPENING: &str = "self.__next_f.push([1,";

/// The payload of a page: its chunks joined, their escapes undone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FlightText {
    /// The payload.
    pub text: String,
    /// Of each escape, and of what stands between two, the range in `text`, and in the document.
    pieces: Vec<(Range<usize>, Range<usize>)>,
}

impl FlightText {
    /// Reads all chunks of a page.
    ///
    /// # Errors
    /// Where there is none, or one is not a JSON text.
    pub fn read(document: &str) -> Result<Self, ShapeError> {
        let mut flight = Self::default();
        let mut from = 0;
        while let Some(found) = document[from..].find(OPENING) {
            let start = from + found + OPENING.len();
            let mut values =
                serde_json::Deserializer::from_str(&document[start..]).into_iter::<&RawValue>();
            let chunk = values.next().and_then(Result::ok);
            from = start + values.byte_offset();
            let read = chunk.and_then(|chunk| flight.push(chunk.get(), from - chunk.get().len()));
            read.ok_or_else(|| {
                ShapeError::new(format!("byte {start}"), "a JSON text", "something else")
            })?;
        }
        if flight.pieces.is_empty() {
            return Err(ShapeError::new("page", "chunks of self.__next_f", "none"));
        }
        Ok(flight)
    }

    /// Adds a chunk, which stands at `start` in the document; `None` where it is no JSON text.
    fn push(&mut self, chunk: &str, start: usize) -> Option<()> {
        let mut at = 1;
        let inner = chunk.strip_prefix('"')?.len();
        while at < inner {
            let rest = &chunk[at..inner];
            let plain = rest.find('\\').unwrap_or(rest.len());
            let length = if plain > 0 { plain } else { escape_length(rest) };
            let part = chunk.get(at..at + length)?;
            let begin = self.text.len();
            if plain > 0 {
                self.text.push_str(part);
            } else {
                self.text.push_str(&serde_json::from_str::<String>(&format!("\"{part}\"")).ok()?);
            }
            self.pieces.push((begin..self.text.len(), start + at..start + at + length));
            at += length;
        }
        Some(())
    }

    /// The bytes of the document that hold a part of the payload.
    pub fn locator(&self, part: &Range<usize>) -> String {
        let is_before = |(text, _): &(Range<usize>, Range<usize>)| text.end <= part.start;
        let first = self.pieces.partition_point(is_before);
        let touched = self.pieces[first..].iter().take_while(|(text, _)| text.start < part.end);
        let mut bytes = touched.map(|(text, bytes)| {
            // What is no escape is as long in the document as in the payload.
            if text.len() == bytes.len() {
                let start = bytes.start + part.start.saturating_sub(text.start);
                start..bytes.start + part.end.min(text.end) - text.start
            } else {
                bytes.clone()
            }
        });
        let Some(first) = bytes.next() else { return locator(&(0..0)) };
        let end = bytes.last().map_or(first.end, |last| last.end);
        locator(&(first.start..end))
    }

    /// The bytes of the document that hold a part of the payload, given as a slice of `text`.
    pub fn locator_of(&self, part: &str) -> String {
        let start = part.as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        self.locator(&(start..start + part.len()))
    }

    /// The list that stands behind `opening`, which the payload has once.
    ///
    /// # Errors
    /// Where the opening is not there once, or what follows is not such a list.
    pub fn list<'a, T: Deserialize<'a>>(&'a self, opening: &str) -> Result<Vec<T>, ShapeError> {
        let mut found = self.text.match_indices(opening);
        let (Some((at, _)), None) = (found.next(), found.next()) else {
            let number = self.text.matches(opening).count();
            return Err(ShapeError::new(
                "payload",
                format!("`{opening}` once"),
                number.to_string(),
            ));
        };
        let list = &self.text[at + opening.len()..];
        let mut values = serde_json::Deserializer::from_str(list).into_iter();
        let list = values.next().unwrap_or_else(|| Ok(Vec::new()));
        list.map_err(|error| {
            ShapeError::new(format!("payload, `{opening}`"), "a list", error.to_string())
        })
    }
}

/// Length of the escape that a text begins with: of a character beyond the first plane, of both halves.
fn escape_length(text: &str) -> usize {
    match text.get(1..4) {
        Some("ud8" | "ud9" | "uda" | "udb" | "uD8" | "uD9" | "uDA" | "uDB") => 12,
        Some(code) if code.starts_with('u') => 6,
        _ => 2,
    }
}

/// A JSON text of the payload, whose leading `$` is doubled; `None` where it is no text, or a `$` refers
/// to another part.
pub fn flight_string(json: &str) -> Option<String> {
    let string: String = serde_json::from_str(json).ok()?;
    match string.strip_prefix('$') {
        None => Some(string),
        Some(rest) if rest.starts_with('$') => Some(rest.to_owned()),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<script>self.__next_f.push([0])</script><script>self.__next_f.push([1,"a\"\ud83d\ude00b"])</script><script>self.__next_f.push([1, "$$0.35"])</script>"#;

    #[test]
    fn chunks_are_joined_and_located() {
        let flight = FlightText::read(PAGE).unwrap();
        assert_eq!(flight.text, "a\"\u{1f600}b$$0.35");
        let start = PAGE.find(r#"a\"\ud"#).unwrap();
        assert_eq!(flight.locator(&(0..1)), format!("bytes={start}..{}", start + 1));
        assert_eq!(flight.locator(&(1..2)), format!("bytes={}..{}", start + 1, start + 3));
        assert_eq!(flight.locator(&(2..7)), format!("bytes={}..{}", start + 3, start + 16));
        let price = PAGE.find("0.35").unwrap();
        assert_eq!(flight.locator_of(&flight.text[9..13]), format!("bytes={price}..{}", price + 4));
        assert_eq!(flight.locator(&(0..13)), format!("bytes={start}..{}", price + 4));
        assert!(FlightText::read("<p>no payload</p>").is_err());
        assert!(FlightText::read("self.__next_f.push([1,17])").is_err());
    }

    #[test]
    fn a_leading_dollar_is_doubled_or_refers() {
        assert_eq!(flight_string(r#""$$0.35""#), Some("$0.35".to_owned()));
        assert_eq!(flight_string(r#""<p>$2</p>""#), Some("<p>$2</p>".to_owned()));
        assert_eq!(flight_string(r#""$undefined""#), None);
        assert_eq!(flight_string("17"), None);
    }

    #[test]
    fn a_list_stands_once() {
        let read = |text: &str| {
            let flight = FlightText { text: text.to_owned(), pieces: Vec::new() };
            flight.list::<u8>("\"rows\":").map_err(|error| error.to_string())
        };
        assert_eq!(read(r#"{"rows":[1,2]}"#), Ok(vec![1, 2]));
        assert!(read(r#"{"rows":[1],"rows":[2]}"#).unwrap_err().ends_with("once, found 2"));
        assert!(read(r#"{"rows":["a"]}"#).unwrap_err().contains("expected a list"));
        assert!(read("{}").is_err());
    }
}
