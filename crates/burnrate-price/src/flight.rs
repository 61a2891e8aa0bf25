//! What a Next.js page carries for its scripts: `self.__next_f.push([1,"…"])`.

use std::ops::Range;

use burnrate_model::{ShapeError, locator};

const OPENING: &str = "self.__next_f.push([1,";

/// The payload of a page: its chunks joined, their escapes undone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FlightText {
    /// The payload.
    pub text: String,
    /// Of each chunk its range in `text`, and in the document.
    chunks: Vec<(Range<usize>, Range<usize>)>,
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
                serde_json::Deserializer::from_str(&document[start..]).into_iter::<String>();
            let chunk = values.next().and_then(Result::ok).ok_or_else(|| {
                ShapeError::new(format!("byte {start}"), "a JSON text", "something else")
            })?;
            let end = start + values.byte_offset();
            let begin = flight.text.len();
            flight.text.push_str(&chunk);
            flight.chunks.push((begin..flight.text.len(), start..end));
            from = end;
        }
        if flight.chunks.is_empty() {
            return Err(ShapeError::new("page", "chunks of self.__next_f", "none"));
        }
        Ok(flight)
    }

    /// The bytes of the document that hold a part of the payload: those of the chunks it lies in.
    pub fn locator(&self, part: &Range<usize>) -> String {
        let touched =
            self.chunks.iter().filter(|(text, _)| text.start < part.end && part.start < text.end);
        let mut ranges = touched.map(|(_, bytes)| bytes);
        let Some(first) = ranges.next() else { return locator(&(0..0)) };
        let end = ranges.next_back().unwrap_or(first).end;
        locator(&(first.start..end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined_and_located() {
        let page = r#"<script>self.__next_f.push([0])</script><script>self.__next_f.push([1,"a\"b"])</script><script>self.__next_f.push([1,"$$0.35"])</script>"#;
        let flight = FlightText::read(page).unwrap();
        assert_eq!(flight.text, "a\"b$$0.35");
        let start = page.find(r#""a\"b""#).unwrap();
        assert_eq!(flight.locator(&(0..1)), format!("bytes={start}..{}", start + 6));
        let start = page.find(r#""$$0.35""#).unwrap();
        assert_eq!(flight.locator(&(3..9)), format!("bytes={start}..{}", start + 8));
        assert!(FlightText::read("<p>no payload</p>").is_err());
    }
}
