//! The bytes that prove a row, with what stands around them.

use std::ops::Range;

use crate::evidence::Evidence;

/// Bytes shown on either side.
const AROUND: usize = 160;

/// Bytes marked at most: of a longer place the value in it is marked, where it stands there as it is.
const MARKED: usize = 1200;

/// A part of a document.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    pub(crate) before: String,
    pub(crate) marked: String,
    pub(crate) after: String,
}

impl Excerpt {
    /// What is to be shown of a proof; none of what stands nowhere.
    pub(crate) fn of(evidence: &Evidence) -> Option<Self> {
        let value = evidence.shown.as_ref().map_or("", |(_, value)| value);
        Some(Self::new(&evidence.document.body, evidence.place.clone()?, value))
    }

    fn new(body: &[u8], place: Range<usize>, value: &str) -> Self {
        let marked = narrowed(body, place, value);
        let before = marked.start.saturating_sub(AROUND)..marked.start;
        let after = marked.end..body.len().min(marked.end + AROUND);
        let text = |range: Range<usize>| {
            let text = String::from_utf8_lossy(body.get(range).unwrap_or_default());
            text.trim_matches(char::REPLACEMENT_CHARACTER).to_owned()
        };
        Self { before: text(before), marked: text(marked), after: text(after) }
    }
}

/// The value within a long place, else the place's beginning.
fn narrowed(body: &[u8], place: Range<usize>, value: &str) -> Range<usize> {
    if place.len() <= MARKED {
        return place;
    }
    let text = String::from_utf8_lossy(&body[place.clone()]);
    // Where bytes were replaced, offsets are no longer those of the document.
    let found = text.find(value).filter(|_| !value.is_empty() && text.len() == place.len());
    match found {
        Some(at) => place.start + at..place.start + at + value.len(),
        None => place.start..place.start + MARKED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_place_is_marked_whole_and_of_a_long_one_the_value() {
        let body = format!("{}<p>$5 million</p>{}", "a".repeat(500), "b".repeat(5000));
        let short = Excerpt::new(body.as_bytes(), 500..517, "$5 million");
        assert_eq!(short.marked, "<p>$5 million</p>");
        assert_eq!((short.before.len(), short.after.len()), (AROUND, AROUND));
        let long = Excerpt::new(body.as_bytes(), 0..body.len(), "$5 million");
        assert_eq!(long.marked, "$5 million");
        assert!(long.before.ends_with("a<p>") && long.after.starts_with("</p>b"));
        let elsewhere = Excerpt::new(body.as_bytes(), 0..body.len(), "$6 million");
        assert_eq!(elsewhere.marked.len(), MARKED);
    }

    #[test]
    fn what_stands_around_may_begin_within_a_character() {
        let body = format!("{}x5{}", "€".repeat(100), "€".repeat(100));
        let excerpt = Excerpt::new(body.as_bytes(), 301..302, "5");
        assert_eq!(excerpt.marked, "5");
        assert!(excerpt.before.starts_with('€') && excerpt.after.ends_with('€'));
    }
}
