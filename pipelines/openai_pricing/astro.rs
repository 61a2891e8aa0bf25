//! What an Astro page hands to its scripts: the `props` of an `astro-island`.
//!
//! Values are pairs: `[0, value]`, `[1, [list]]`, and `[0]` where there is none.

use burnrate_model::ShapeError;
use burnrate_price::{Cell, css_path, text};
use scraper::{ElementRef, Html};
use serde_json::Value;

/// A value, and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Prop<'a> {
    value: &'a Value,
    locator: String,
}

/// The `props` of an island, as JSON.
///
/// # Errors
/// Where there are none, or they are not JSON.
pub(super) fn props(island: ElementRef<'_>) -> Result<Value, ShapeError> {
    let props = island.value().attr("props").unwrap_or_default();
    serde_json::from_str(props)
        .map_err(|error| ShapeError::new(css_path(island), "props in JSON", error.to_string()))
}

impl<'a> Prop<'a> {
    /// A property of an island; `None` where it has no such.
    ///
    /// # Errors
    /// Where it is no pair.
    pub(super) fn of(
        island: ElementRef<'_>,
        props: &'a Value,
        name: &str,
    ) -> Result<Option<Self>, ShapeError> {
        let at = format!("{}[props]/{name}", css_path(island));
        props.get(name).map(|pair| Self::from_pair(pair, at)).transpose()
    }

    fn from_pair(pair: &'a Value, at: String) -> Result<Self, ShapeError> {
        match pair.as_array().map(Vec::as_slice) {
            Some([Value::Number(_), value]) => Ok(Self { value, locator: format!("{at}/1") }),
            Some([Value::Number(_)]) => Ok(Self { value: &Value::Null, locator: at }),
            _ => Err(ShapeError::new(at, "a pair of kind and value", pair.to_string())),
        }
    }

    /// The members of a list.
    ///
    /// # Errors
    /// Where it is none.
    pub(super) fn items(&self) -> Result<Vec<Self>, ShapeError> {
        let items = self.value.as_array().ok_or_else(|| self.unlike("a list"))?;
        let at = |number| format!("{}/{number}", self.locator);
        items.iter().enumerate().map(|(number, pair)| Self::from_pair(pair, at(number))).collect()
    }

    /// The member of that name of an object.
    ///
    /// # Errors
    /// Where there is none.
    pub(super) fn member(&self, name: &str) -> Result<Self, ShapeError> {
        let pair = self.value.get(name).ok_or_else(|| self.unlike(name))?;
        Self::from_pair(pair, format!("{}/{name}", self.locator))
    }

    /// What the page shows for it: a number, a text, a text in HTML, or a heading that explains itself.
    ///
    /// Numbers have few digits, and are written as they stand.
    ///
    /// # Errors
    /// Where it is anything else.
    pub(super) fn cell(&self) -> Result<Cell, ShapeError> {
        let text = match self.value {
            Value::Null => String::new(),
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            Value::Object(object) if object.contains_key("__pricingHtml") => {
                let html = self.member("__pricingHtml")?;
                let html = html.value.as_str().ok_or_else(|| html.unlike("HTML"))?;
                text(Html::parse_fragment(html).root_element())
            }
            Value::Object(object) if object.contains_key("__pricingTooltipHeading") => {
                return self.member("__pricingTooltipHeading")?.member("label")?.cell();
            }
            Value::Object(_) | Value::Array(_) | Value::Bool(_) => {
                return Err(self.unlike("a number or a text"));
            }
        };
        Ok(Cell { text, locator: self.locator.clone() })
    }

    fn unlike(&self, expected: &str) -> ShapeError {
        ShapeError::new(&self.locator, expected, self.value.to_string())
    }
}
