//! What the attributes of a tagged fact say.

use crate::elements::Element;
use crate::markup::split_name;
use crate::namespace::{Name, Namespaces, clip, is_nil};
use crate::transform::{Transform, find};

/// The attributes of `ix:nonFraction` and `ix:nonNumeric`.
#[derive(Default)]
pub(super) struct Attributes<'a> {
    pub(super) concept: Option<Name<'a>>,
    pub(super) context_ref: Option<&'a str>,
    pub(super) unit_ref: Option<&'a str>,
    pub(super) decimals: Option<&'a str>,
    pub(super) precision: Option<&'a str>,
    pub(super) scale: i32,
    pub(super) is_negated: bool,
    pub(super) format: Option<&'a str>,
    pub(super) transform: Option<Transform>,
    pub(super) id: Option<&'a str>,
    pub(super) target: Option<&'a str>,
    pub(super) continued_at: Option<&'a str>,
    pub(super) footnote_refs: Option<&'a str>,
    pub(super) is_escaped: bool,
    pub(super) is_nil: bool,
}

impl<'a> Attributes<'a> {
    /// Reads them, with the namespaces in scope of the element.
    ///
    /// # Errors
    /// The reason why the fact cannot be read.
    pub(super) fn read(element: &Element<'a>, names: &Namespaces<'a>) -> Result<Self, String> {
        let mut read = Self { is_nil: is_nil(element, names)?, ..Self::default() };
        for attribute in element.tag.attributes() {
            let value = attribute.raw_value;
            match attribute.name {
                "name" => read.concept = Some(names.name(value)?),
                "contextRef" => read.context_ref = Some(value),
                "unitRef" => read.unit_ref = Some(value),
                "decimals" => read.decimals = Some(value),
                "precision" => read.precision = Some(value),
                "scale" => {
                    let scale = value.trim_ascii().parse();
                    read.scale = scale.map_err(|_| format!("scale `{}`", clip(value)))?;
                }
                "sign" if value == "-" => read.is_negated = true,
                "sign" => return Err(format!("sign `{}`", clip(value))),
                "format" => {
                    let name = names.name(value)?;
                    let transform = find(name.namespace, name.local);
                    read.transform = Some(
                        transform.ok_or_else(|| format!("format `{}` is unknown", clip(value)))?,
                    );
                    read.format = Some(value);
                }
                "id" => read.id = Some(value),
                "target" => read.target = Some(value),
                "continuedAt" => read.continued_at = Some(value),
                "footnoteRefs" => read.footnote_refs = Some(value),
                "escape" => read.is_escaped = boolean(value)?,
                "tupleRef" | "tupleID" => return Err("part of a tuple".to_owned()),
                // Its place among the parts of a tuple, which it has only there.
                "order" => {}
                other if is_foreign(other) => {}
                other => return Err(format!("attribute `{}` is unknown", clip(other))),
            }
        }
        Ok(read)
    }
}

/// Attributes of other namespaces say nothing of the fact, but for `nil`, which has its own way.
fn is_foreign(name: &str) -> bool {
    name == "xmlns" || !split_name(name).0.is_empty()
}

fn boolean(value: &str) -> Result<bool, String> {
    match value.trim_ascii() {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        other => Err(format!("`{}` is neither true nor false", clip(other))),
    }
}
