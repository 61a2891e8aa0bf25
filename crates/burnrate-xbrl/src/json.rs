//! Reading JSON strictly and without losing the place.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use burnrate_model::ShapeError;
use chrono::NaiveDate;
use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};

/// Bytes that a member's name may have. Every record below it repeats the name in its locator, so without
/// a limit the locators grow with the square of the document; the longest that was seen has 153.
const NAME_LIMIT: usize = 1024;

/// The members of a JSON object in the order in which they stand, duplicates included.
pub(crate) struct Members<'a, T>(pub(crate) Vec<(Cow<'a, str>, T)>);

impl<'de: 'a, 'a, T: Deserialize<'de>> Deserialize<'de> for Members<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MembersVisitor<'a, T>(PhantomData<(&'a (), T)>);

        impl<'de: 'a, 'a, T: Deserialize<'de>> Visitor<'de> for MembersVisitor<'a, T> {
            type Value = Members<'a, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(key) = map.next_key::<Text<'a>>()? {
                    if key.0.len() > NAME_LIMIT {
                        return Err(A::Error::custom(format!("a name of {} bytes", key.0.len())));
                    }
                    members.push((key.0, map.next_value()?));
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(MembersVisitor(PhantomData))
    }
}

/// A string, borrowed from the document unless it holds escapes.
#[derive(serde::Deserialize)]
#[serde(transparent)]
pub(crate) struct Text<'a>(#[serde(borrow)] pub(crate) Cow<'a, str>);

/// A day written `YYYY-MM-DD`; chrono's own reader takes ten times as long, which tells in a document
/// that is mostly days.
#[derive(Clone, Copy)]
pub(crate) struct Day(pub(crate) NaiveDate);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DayVisitor;

        impl Visitor<'_> for DayVisitor {
            type Value = Day;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a day, YYYY-MM-DD")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Day, E> {
                day(text).map(Day).ok_or_else(|| E::custom(format!("`{text}` is no day")))
            }
        }

        deserializer.deserialize_str(DayVisitor)
    }
}

fn day(text: &str) -> Option<NaiveDate> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        digits
            .iter()
            .try_fold(0_u32, |number, byte| Some(number * 10 + char::from(*byte).to_digit(10)?))
    };
    let year = i32::try_from(number(&[y1, y2, y3, y4])?).ok()?;
    NaiveDate::from_ymd_opt(year, number(&[m1, m2])?, number(&[d1, d2])?)
}

/// Reads a whole document. It has to be UTF-8 throughout: a text that is skipped would hide its damage.
///
/// # Errors
/// [`ShapeError`] with the byte, or line and column, and how the document begins: an HTML page with
/// status 200 is recognised at a glance.
pub(crate) fn document<'a, T: Deserialize<'a>>(
    body: &'a [u8],
    expected: &str,
) -> Result<T, ShapeError> {
    let refused = |place: String, reason: &str| ShapeError {
        place,
        expected: expected.to_owned(),
        found: format!("{reason} in a document that begins `{}`", beginning(body)),
    };
    let text = str::from_utf8(body)
        .map_err(|error| refused(format!("byte {}", error.valid_up_to()), "no UTF-8"))?;
    serde_json::from_str(text).map_err(|error| {
        refused(format!("line {} column {}", error.line(), error.column()), &reason(&error))
    })
}

/// The error's text without its position, which stands apart.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

fn beginning(body: &[u8]) -> String {
    let head = String::from_utf8_lossy(&body[..body.len().min(160)]);
    let words = head.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(60).collect()
}

/// One step of a JSON pointer, escaped as RFC 6901 asks.
pub(crate) fn pointer_step(name: &str) -> Cow<'_, str> {
    if name.contains(['~', '/']) {
        Cow::Owned(name.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(name)
    }
}
