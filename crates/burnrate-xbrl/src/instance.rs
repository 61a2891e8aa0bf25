//! Standalone XBRL instances: what EDGAR makes of Inline XBRL, and what filers filed before it.

use burnrate_model::ShapeError;
use foldhash::HashMap;

use crate::document_text::DocumentText;
use crate::drafts::{Draft, decimals, number};
use crate::elements::{Element, Elements, End, Event};
use crate::fact::{Content, Footnote, Markup, Problem, Reading, Value, xs_decimal};
use crate::footnotes::FootnotesOfFacts;
use crate::markup::{Tag, split_name};
use crate::namespace::{INSTANCE, LINKBASE, Namespaces, clip, is_nil};
use crate::resources::{ResourceReader, Resources};

/// Reads the facts of an instance, which is one document (number 0 of its set).
///
/// Numbers are told from texts by their unit. A fact that cannot be read is a [`Problem`] and the
/// others are read; of a document that breaks off, what stands before.
///
/// # Errors
/// [`ShapeError`] where the document declares entities of its own, or is no XBRL instance.
pub fn instance_facts<'a>(document: &'a DocumentText<'_>) -> Result<Reading<'a>, ShapeError> {
    let mut elements = Elements::new(document.text());
    let mut pass = Pass {
        text: document,
        resources: Resources::default(),
        reader: ResourceReader::new(document.text(), 0),
        depth: 0,
        drafts: Vec::new(),
        notes: Notes::default(),
        reading: Reading::default(),
    };
    while let Some(event) = elements.next() {
        match event {
            Event::Start(element) => pass.start(&element, &elements.namespaces)?,
            Event::End(end) => pass.end(&end, &elements.namespaces),
        }
    }
    if let Some(span) = elements.subset {
        return Err(ShapeError {
            place: format!("document type at byte {}", document.bytes(span).start),
            expected: "no declarations of entities".to_owned(),
            found: "an internal subset".to_owned(),
        });
    }
    for (span, reason) in elements.damage.into_iter().chain(elements.stop) {
        pass.problem(span, reason);
    }
    pass.finish()
}

struct Pass<'a, 'd> {
    text: &'a DocumentText<'d>,
    resources: Resources<'a>,
    reader: ResourceReader<'a>,
    /// Elements that are open.
    depth: usize,
    drafts: Vec<Draft<'a>>,
    notes: Notes<'a>,
    reading: Reading<'a>,
}

/// Footnote links: locators of facts, footnotes, and arcs from the first to the second.
#[derive(Default)]
struct Notes<'a> {
    /// The fact's id by the label of its locator.
    locators: Vec<(&'a str, &'a str)>,
    /// Label of each footnote.
    labels: Vec<&'a str>,
    arcs: Vec<(&'a str, &'a str)>,
}

impl<'a> Pass<'a, '_> {
    fn start(&mut self, element: &Element<'a>, names: &Namespaces<'a>) -> Result<(), ShapeError> {
        self.depth += 1;
        if self.depth == 1 {
            if element.namespace != Some(INSTANCE) || element.local != "xbrl" {
                return Err(not_an_instance(&format!("`{}`", clip(element.tag.name))));
            }
            self.reading.is_tagged = true;
            return Ok(());
        }
        self.reader.start(element, names);
        Ok(())
    }

    fn end(&mut self, end: &End<'a>, names: &Namespaces<'a>) {
        self.depth -= 1;
        let mut problems = Vec::new();
        let is_resource = self.reader.end(end, names, &mut self.resources, &mut problems);
        for (span, reason) in problems {
            self.problem(span, reason);
        }
        if is_resource || self.depth == 0 {
            return;
        }
        if end.element.namespace == Some(LINKBASE) {
            self.link(end);
            return;
        }
        if self.depth > 1 || !end.is_closed {
            return;
        }
        if let Err(reason) = self.fact(end, names) {
            self.problem(end.span.clone(), reason);
        }
    }

    fn problem(&mut self, span: std::ops::Range<usize>, reason: String) {
        let span = self.text.bytes(span);
        self.reading.problems.push(Problem { document: 0, span, reason });
    }

    fn content(&self, end: &End<'a>) -> Content<'a> {
        let piece = &self.text.text()[end.content.clone()];
        Content::Markup(Markup { pieces: vec![(piece, NO_PREFIX)], is_escaped: false })
    }

    fn link(&mut self, end: &End<'a>) {
        let tag = &end.element.tag;
        let (label, href) = (linked(tag, "label"), linked(tag, "href"));
        match end.element.local {
            "schemaRef" => self.reading.schema_refs.extend(href),
            "loc" => {
                let id = href.and_then(|href| href.strip_prefix('#'));
                self.notes.locators.extend(label.zip(id));
            }
            "footnote" if end.is_closed => {
                let id = tag.attribute("id").map(|id| id.raw_value).or(label).unwrap_or("");
                let (language, content) = (end.element.language, self.content(end));
                self.notes.labels.push(label.unwrap_or(""));
                self.reading.footnotes.push(Footnote { id, language, content });
            }
            "footnoteArc" => self.notes.arcs.extend(linked(tag, "from").zip(linked(tag, "to"))),
            "footnote" | "footnoteLink" | "linkbaseRef" | "roleRef" | "arcroleRef" => {}
            other => {
                let reason = format!("`{}` is not known in an instance", clip(other));
                self.problem(end.span.clone(), reason);
            }
        }
    }

    fn fact(&mut self, end: &End<'a>, names: &Namespaces<'a>) -> Result<(), String> {
        let (element, tag) = (&end.element, &end.element.tag);
        let value_of = |name| tag.attribute(name).map(|found| found.raw_value);
        let span = self.text.bytes(end.span.clone());
        if self.text.is_damaged(&span) {
            return Err("bytes of the fact stand for no character".to_owned());
        }
        let mut draft = Draft {
            concept: element.name()?,
            value: Value::Nil,
            decimals: None,
            context_ref: value_of("contextRef").ok_or("a tuple, or a fact without a context")?,
            unit_ref: value_of("unitRef"),
            id: value_of("id"),
            document: 0,
            span,
            is_hidden: false,
            language: None,
            format: None,
            scale: 0,
            is_negated: false,
            target: None,
            footnotes: Vec::new(),
        };
        if draft.unit_ref.is_none() {
            draft.language = element.language;
        }
        if !is_nil(element, names)? {
            draft.value = self.value(end, draft.unit_ref.is_some())?;
        }
        let number = match draft.value {
            Value::Number(value, _) => Some(value),
            Value::Text(_) | Value::Nil => None,
        };
        draft.decimals = decimals(value_of("decimals"), value_of("precision"), number)?;
        self.drafts.push(draft);
        Ok(())
    }

    fn value(&self, end: &End<'a>, is_number: bool) -> Result<Value<'a>, String> {
        let content = self.content(end);
        if !is_number {
            return Ok(Value::Text(content));
        }
        let text = content.text();
        let text = text.trim_ascii();
        let (is_negated, magnitude) = match text.strip_prefix('-') {
            Some(magnitude) => (true, magnitude),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (value, rounding) = number(&xs_decimal(magnitude)?, 0, is_negated)?;
        Ok(Value::Number(value, rounding))
    }

    fn finish(mut self) -> Result<Reading<'a>, ShapeError> {
        if !self.reading.is_tagged {
            return Err(not_an_instance("no element"));
        }
        if let Some(first) = self.text.damage().first() {
            let reason = format!("{} times bytes stand for no character", self.text.damage().len());
            self.reading.problems.push(Problem { document: 0, span: first.clone(), reason });
        }
        let mut of_facts = FootnotesOfFacts::default();
        if let Err(reason) = self.notes.of_facts(&mut of_facts) {
            self.problem(0..0, reason);
        }
        for draft in self.drafts {
            let span = draft.span.clone();
            match draft.resolved(&self.resources) {
                Ok(mut fact) => {
                    fact.footnotes = of_facts.take(fact.id);
                    self.reading.facts.push(fact);
                }
                Err(reason) => self.reading.problems.push(Problem { document: 0, span, reason }),
            }
        }
        self.reading.problems.sort_by_key(|problem| problem.span.start);
        Ok(self.reading)
    }
}

/// No tag has this prefix, as an instance has no tags of Inline XBRL to take out.
const NO_PREFIX: &str = "<";

impl<'a> Notes<'a> {
    /// Follows the arcs from locators to footnotes. A label may be that of several of either.
    fn of_facts(&self, of_facts: &mut FootnotesOfFacts<'a>) -> Result<(), String> {
        let mut located: HashMap<&str, Vec<&'a str>> = HashMap::default();
        for (label, id) in &self.locators {
            located.entry(label).or_default().push(id);
        }
        let mut labelled: HashMap<&str, Vec<usize>> = HashMap::default();
        for (footnote, label) in self.labels.iter().enumerate() {
            labelled.entry(label).or_default().push(footnote);
        }
        for (from, to) in &self.arcs {
            for footnote in labelled.get(to).into_iter().flatten() {
                for id in located.get(from).into_iter().flatten() {
                    of_facts.add(id, *footnote)?;
                }
            }
        }
        Ok(())
    }
}

/// The value of an `XLink` attribute, whatever its prefix.
fn linked<'a>(tag: &Tag<'a>, local: &str) -> Option<&'a str> {
    tag.attributes()
        .find(|attribute| {
            let (prefix, name) = split_name(attribute.name);
            name == local && !prefix.is_empty()
        })
        .map(|attribute| attribute.raw_value)
}

fn not_an_instance(found: &str) -> ShapeError {
    ShapeError {
        place: "root element".to_owned(),
        expected: format!("`xbrl` of {INSTANCE}"),
        found: found.to_owned(),
    }
}

#[cfg(test)]
mod tests;
