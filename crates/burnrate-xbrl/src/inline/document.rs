//! One pass over a document of a set.

use std::ops::Range;

use burnrate_model::ShapeError;

use super::attributes::Attributes;
use super::{Continuation, Found, Relationship, Unfinished, UnfinishedFootnote};
use crate::document_text::DocumentText;
use crate::drafts::{Draft, decimals, number};
use crate::elements::{Element, Elements, End, Event};
use crate::fact::{Content, Footnote, Markup, Problem, Value, xs_decimal};
use crate::markup::split_name;
use crate::namespace::{INLINE, LINKBASE, Namespaces, clip};
use crate::resources::ResourceReader;

/// Length up to which markup is read as one number, so that numbers within numbers take no more than
/// linear time.
const LONGEST_NUMBER: usize = 16 * 1024;

/// Reads what a document has into `found`.
pub(super) fn read<'a>(
    document: usize,
    text: &'a DocumentText<'_>,
    found: &mut Found<'a>,
) -> Result<(), ShapeError> {
    let mut elements = Elements::new(text.text());
    let mut pass = Pass {
        document,
        text,
        found,
        resources: ResourceReader::new(text.text(), document),
        is_tagged: false,
        hidden: 0,
    };
    while let Some(event) = elements.next() {
        match event {
            Event::Start(element) => pass.start(&element, &elements.namespaces)?,
            Event::End(end) => pass.end(&end, &elements.namespaces),
        }
    }
    if let Some(span) = elements.subset {
        return Err(ShapeError {
            place: format!("document type at byte {}", text.bytes(span).start),
            expected: "no declarations of entities".to_owned(),
            found: "an internal subset".to_owned(),
        });
    }
    if let Some((span, reason)) = elements.stop {
        pass.problem(span, reason);
    }
    // What is wrong with a document that has no facts is no concern of theirs.
    if pass.is_tagged {
        pass.found.is_tagged = true;
        for (span, reason) in elements.damage {
            pass.problem(span, reason);
        }
        pass.report_bytes();
    }
    Ok(())
}

struct Pass<'a, 'p, 'd> {
    document: usize,
    text: &'a DocumentText<'d>,
    found: &'p mut Found<'a>,
    resources: ResourceReader<'a>,
    is_tagged: bool,
    /// How many `ix:hidden` are open.
    hidden: usize,
}

impl<'a> Pass<'a, '_, '_> {
    fn start(&mut self, element: &Element<'a>, names: &Namespaces<'a>) -> Result<(), ShapeError> {
        if is_inline(element)? {
            self.is_tagged = true;
            if element.local == "hidden" {
                self.hidden += 1;
            }
            return Ok(());
        }
        if element.namespace == Some(LINKBASE) && element.local == "schemaRef" {
            let link = element.tag.attributes().find(|link| split_name(link.name).1 == "href");
            self.found.schema_refs.extend(link.map(|link| link.raw_value));
        }
        self.resources.start(element, names);
        Ok(())
    }

    fn end(&mut self, end: &End<'a>, names: &Namespaces<'a>) {
        let element = &end.element;
        if !element.namespace.is_some_and(|namespace| INLINE.contains(&namespace)) {
            let mut problems = Vec::new();
            self.resources.end(end, names, &mut self.found.resources, &mut problems);
            for (span, reason) in problems {
                self.problem(span, reason);
            }
            return;
        }
        let span = end.span.clone();
        let outcome = match element.local {
            "nonFraction" | "nonNumeric" | "continuation" | "footnote" if !end.is_closed => {
                // Its end is missing, which the elements say.
                Ok(())
            }
            "nonFraction" => self.fact(end, names, Self::number),
            "nonNumeric" => self.fact(end, names, Self::words),
            "continuation" => self.continuation(end),
            "footnote" => self.footnote(end),
            "relationship" => self.relationship(end),
            "fraction" => Err("fractions are not read".to_owned()),
            "tuple" => Err("tuples are not read; the facts in it are".to_owned()),
            "hidden" => {
                self.hidden = self.hidden.saturating_sub(1);
                Ok(())
            }
            "header" | "references" | "resources" | "exclude" | "numerator" | "denominator" => {
                Ok(())
            }
            other => Err(format!("`{}` is no element of Inline XBRL", clip(other))),
        };
        if let Err(reason) = outcome {
            self.problem(span, reason);
        }
    }

    fn problem(&mut self, span: Range<usize>, reason: String) {
        let span = self.text.bytes(span);
        self.found.problems.push(Problem { document: self.document, span, reason });
    }

    /// Says of bytes that stand for nothing; the facts that have them are not read.
    fn report_bytes(&mut self) {
        let damage = self.text.damage();
        let Some(first) = damage.first() else { return };
        let reason = format!("{} times bytes stand for no character", damage.len());
        let (document, span) = (self.document, first.clone());
        self.found.problems.push(Problem { document, span, reason });
    }

    fn content(&self, end: &End<'a>) -> (&'a str, &'a str) {
        let text = self.text.text();
        (&text[end.content.clone()], split_name(end.element.tag.name).0)
    }

    fn fact(
        &mut self,
        end: &End<'a>,
        names: &Namespaces<'a>,
        value: impl FnOnce(&Self, &End<'a>, &Attributes<'a>, &mut Draft<'a>) -> Result<(), String>,
    ) -> Result<(), String> {
        let element = &end.element;
        let span = self.text.bytes(end.span.clone());
        if self.text.is_damaged(&span) {
            return Err("bytes of the fact stand for no character".to_owned());
        }
        let attributes = Attributes::read(element, names)?;
        let mut draft = Draft {
            concept: attributes.concept.ok_or("no name")?,
            value: Value::Nil,
            decimals: None,
            context_ref: attributes.context_ref.ok_or("no context")?,
            unit_ref: attributes.unit_ref,
            id: attributes.id,
            document: self.document,
            span,
            is_hidden: self.hidden > 0,
            language: None,
            format: attributes.format,
            scale: attributes.scale,
            is_negated: attributes.is_negated,
            target: attributes.target,
            footnotes: Vec::new(),
        };
        value(self, end, &attributes, &mut draft)?;
        self.found.facts.push(Unfinished {
            draft,
            continued_at: attributes.continued_at,
            transform: attributes.transform,
            footnote_refs: attributes.footnote_refs,
        });
        Ok(())
    }

    fn number(
        &self,
        end: &End<'a>,
        attributes: &Attributes<'a>,
        draft: &mut Draft<'a>,
    ) -> Result<(), String> {
        if draft.unit_ref.is_none() {
            return Err("a number without a unit".to_owned());
        }
        let content = self.content(end);
        if content.0.len() > LONGEST_NUMBER {
            return Err(format!("{} bytes, too many for a number", content.0.len()));
        }
        let markup = Markup { pieces: vec![content], is_escaped: false };
        let text = markup.text();
        if attributes.is_nil {
            if !text.trim_ascii().is_empty() {
                return Err(format!("nil, and yet `{}`", clip(&text)));
            }
            draft.decimals = decimals(attributes.decimals, attributes.precision, None)?;
            return Ok(());
        }
        let digits = match attributes.transform {
            Some(transform) => transform.apply(&text)?,
            None => xs_decimal(text.trim_ascii())?,
        };
        let (value, rounding) = number(&digits, attributes.scale, attributes.is_negated)?;
        draft.value = Value::Number(value, rounding);
        draft.decimals = decimals(attributes.decimals, attributes.precision, Some(value))?;
        Ok(())
    }

    fn words(
        &self,
        end: &End<'a>,
        attributes: &Attributes<'a>,
        draft: &mut Draft<'a>,
    ) -> Result<(), String> {
        if draft.unit_ref.is_some() {
            return Err("a text with a unit".to_owned());
        }
        draft.language = end.element.language;
        if !attributes.is_nil {
            let markup =
                Markup { pieces: vec![self.content(end)], is_escaped: attributes.is_escaped };
            draft.value = Value::Text(Content::Markup(markup));
        }
        Ok(())
    }

    fn continuation(&mut self, end: &End<'a>) -> Result<(), String> {
        let tag = &end.element.tag;
        let id = tag.attribute("id").ok_or("a continuation without an id")?.raw_value;
        let continuation = Continuation {
            piece: self.content(end),
            continued_at: tag.attribute("continuedAt").map(|next| next.raw_value),
            document: self.document,
            span: self.text.bytes(end.span.clone()),
            is_used: false,
        };
        match self.found.continuations.insert(id, continuation) {
            Some(_) => Err(format!("a second continuation `{}`", clip(id))),
            None => Ok(()),
        }
    }

    fn footnote(&mut self, end: &End<'a>) -> Result<(), String> {
        let tag = &end.element.tag;
        let id = tag.attribute("id").or_else(|| tag.attribute("footnoteID"));
        let content = Markup { pieces: vec![self.content(end)], is_escaped: true };
        let footnote = Footnote {
            id: id.ok_or("a footnote without an id")?.raw_value,
            language: end.element.language,
            content: Content::Markup(content),
        };
        self.found.footnotes.push(UnfinishedFootnote {
            footnote,
            continued_at: tag.attribute("continuedAt").map(|next| next.raw_value),
            document: self.document,
            span: self.text.bytes(end.span.clone()),
        });
        Ok(())
    }

    fn relationship(&mut self, end: &End<'a>) -> Result<(), String> {
        let tag = &end.element.tag;
        self.found.relationships.push(Relationship {
            from: tag.attribute("fromRefs").ok_or("a relationship from nothing")?.raw_value,
            to: tag.attribute("toRefs").ok_or("a relationship to nothing")?.raw_value,
            document: self.document,
            span: self.text.bytes(end.span.clone()),
        });
        Ok(())
    }
}

/// Whether an element is of Inline XBRL.
///
/// # Errors
/// Where it means to be, but its namespace is another.
fn is_inline(element: &Element<'_>) -> Result<bool, ShapeError> {
    let namespace = element.namespace.unwrap_or("");
    if INLINE.contains(&namespace) {
        return Ok(true);
    }
    let (prefix, local) = split_name(element.tag.name);
    let means_to = prefix.eq_ignore_ascii_case("ix")
        || namespace.to_ascii_lowercase().contains("inlinexbrl")
        || local.eq_ignore_ascii_case("nonFraction")
        || local.eq_ignore_ascii_case("nonNumeric");
    if !means_to {
        return Ok(false);
    }
    Err(ShapeError {
        place: format!("namespace of `{}`", clip(element.tag.name)),
        expected: INLINE.join(" or "),
        found: if namespace.is_empty() {
            "none".to_owned()
        } else {
            format!("`{}`", clip(namespace))
        },
    })
}
