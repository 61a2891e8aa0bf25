//! Inline XBRL: facts that are tagged in the document that people read.
//!
//! Specification: Inline XBRL 1.1 (2013) and 1.0 (2008); what the SEC allows of them: EDGAR Filer
//! Manual, volume II, 5.2.5. Tuples and fractions, which the SEC forbids, are reported and not read.

mod attributes;
mod document;

use burnrate_model::ShapeError;
use foldhash::{HashMap, HashSet};

use crate::document_text::DocumentText;
use crate::drafts::Draft;
use crate::fact::{Content, Footnote, Markup, Problem, Reading, Value};
use crate::footnotes::FootnotesOfFacts;
use crate::namespace::clip;
use crate::resources::Resources;
use crate::transform::Transform;
use document::read;

/// Length up to which a text is read by its format, so that texts within texts take no more than linear
/// time.
const LONGEST_TRANSFORMED: usize = 64 * 1024;

/// Reads the facts of a set of documents that belong together, as a report and the exhibit that
/// carries its statements do: they share contexts, units, continuations and footnotes.
///
/// A document without tags has no facts, and [`Reading::is_tagged`] says so. A fact that cannot be
/// read is a [`Problem`] and the others are read; of a document that breaks off, what stands before.
///
/// # Errors
/// [`ShapeError`] where a document declares entities of its own, or where its Inline XBRL is of a
/// namespace that is none, so that none of its facts could be trusted.
pub fn inline_facts<'a>(set: &'a [DocumentText<'_>]) -> Result<Reading<'a>, ShapeError> {
    let mut found = Found::default();
    for (document, text) in set.iter().enumerate() {
        read(document, text, &mut found)?;
    }
    Ok(found.resolved())
}

/// What the documents of a set have, not yet put together.
#[derive(Default)]
struct Found<'a> {
    is_tagged: bool,
    resources: Resources<'a>,
    facts: Vec<Unfinished<'a>>,
    continuations: HashMap<&'a str, Continuation<'a>>,
    footnotes: Vec<UnfinishedFootnote<'a>>,
    relationships: Vec<Relationship<'a>>,
    schema_refs: Vec<&'a str>,
    problems: Vec<Problem>,
}

/// A fact of which parts may be missing.
struct Unfinished<'a> {
    draft: Draft<'a>,
    /// For a text: where it goes on, and how it becomes a value.
    continued_at: Option<&'a str>,
    transform: Option<Transform>,
    /// Footnotes that the element itself refers to, as Inline XBRL 1.0 did.
    footnote_refs: Option<&'a str>,
}

struct Continuation<'a> {
    piece: (&'a str, &'a str),
    continued_at: Option<&'a str>,
    document: usize,
    span: std::ops::Range<usize>,
    is_used: bool,
}

struct UnfinishedFootnote<'a> {
    footnote: Footnote<'a>,
    continued_at: Option<&'a str>,
    document: usize,
    span: std::ops::Range<usize>,
}

struct Relationship<'a> {
    from: &'a str,
    to: &'a str,
    document: usize,
    span: std::ops::Range<usize>,
}

impl<'a> Found<'a> {
    fn resolved(mut self) -> Reading<'a> {
        let mut problems = std::mem::take(&mut self.problems);
        let footnotes = self.finished_footnotes(&mut problems);
        let by_id: HashMap<&str, usize> =
            footnotes.iter().enumerate().map(|(index, found)| (found.footnote.id, index)).collect();
        let mut of_facts = self.footnotes_of_facts(&by_id, &mut problems);
        let mut facts = Vec::with_capacity(self.facts.len());
        for fact in std::mem::take(&mut self.facts) {
            let (document, span) = (fact.draft.document, fact.draft.span.clone());
            let fact =
                self.finished(fact, &by_id).and_then(|draft| draft.resolved(&self.resources));
            match fact {
                Ok(mut fact) => {
                    fact.footnotes.extend(of_facts.take(fact.id));
                    fact.footnotes.sort_unstable();
                    fact.footnotes.dedup();
                    facts.push(fact);
                }
                Err(reason) => problems.push(Problem { document, span, reason }),
            }
        }
        for (id, continuation) in &self.continuations {
            if !continuation.is_used {
                problems.push(Problem {
                    document: continuation.document,
                    span: continuation.span.clone(),
                    reason: format!("continuation `{}` continues nothing", clip(id)),
                });
            }
        }
        facts.sort_by_key(|fact| (fact.document, fact.span.start));
        problems.sort_by(|a, b| {
            (a.document, a.span.start, &a.reason).cmp(&(b.document, b.span.start, &b.reason))
        });
        Reading {
            is_tagged: self.is_tagged,
            facts,
            footnotes: footnotes.into_iter().map(|found| found.footnote).collect(),
            schema_refs: self.schema_refs,
            problems,
        }
    }

    /// Adds to a text what it is continued by, and makes a value of it.
    fn finished(
        &mut self,
        fact: Unfinished<'a>,
        footnotes: &HashMap<&'a str, usize>,
    ) -> Result<Draft<'a>, String> {
        let mut draft = fact.draft;
        if let Value::Text(Content::Markup(markup)) = &mut draft.value {
            self.go_on(markup, fact.continued_at)?;
            if let Some(transform) = fact.transform {
                let length: usize = markup.pieces.iter().map(|(piece, _)| piece.len()).sum();
                if length > LONGEST_TRANSFORMED {
                    return Err(format!("{length} bytes, too many for a format"));
                }
                draft.value = Value::Text(Content::Plain(transform.applied(markup.text())?));
            }
        }
        if let Some(refs) = fact.footnote_refs {
            for id in refs.split_ascii_whitespace() {
                let footnote = footnotes.get(id);
                let missing = || format!("footnote `{}` is not defined", clip(id));
                draft.footnotes.push(*footnote.ok_or_else(missing)?);
            }
        }
        Ok(draft)
    }

    /// Appends the continuations of a text. Each belongs to one text, so a chain ends.
    fn go_on(&mut self, markup: &mut Markup<'a>, next: Option<&'a str>) -> Result<(), String> {
        let mut next = next;
        while let Some(id) = next {
            let Some(continuation) = self.continuations.get_mut(id) else {
                return Err(format!("continuation `{}` is missing", clip(id)));
            };
            if std::mem::replace(&mut continuation.is_used, true) {
                return Err(format!("continuation `{}` continues two texts", clip(id)));
            }
            markup.pieces.push(continuation.piece);
            next = continuation.continued_at;
        }
        Ok(())
    }

    fn finished_footnotes(&mut self, problems: &mut Vec<Problem>) -> Vec<UnfinishedFootnote<'a>> {
        let mut footnotes = std::mem::take(&mut self.footnotes);
        for found in &mut footnotes {
            let Content::Markup(markup) = &mut found.footnote.content else { continue };
            if let Err(reason) = self.go_on(markup, found.continued_at) {
                let span = found.span.clone();
                problems.push(Problem { document: found.document, span, reason });
            }
        }
        footnotes
    }

    fn footnotes_of_facts(
        &self,
        footnotes: &HashMap<&'a str, usize>,
        problems: &mut Vec<Problem>,
    ) -> FootnotesOfFacts<'a> {
        let facts: HashSet<&str> = self.facts.iter().filter_map(|fact| fact.draft.id).collect();
        let mut of_facts = FootnotesOfFacts::default();
        for relationship in &self.relationships {
            // A fact that is not there could not be read, which is told where it stands.
            let from = relationship.from.split_ascii_whitespace();
            let from: Vec<_> = from.filter(|id| facts.contains(id)).collect();
            for to in relationship.to.split_ascii_whitespace() {
                let outcome = match footnotes.get(to) {
                    Some(footnote) => from.iter().try_for_each(|id| of_facts.add(id, *footnote)),
                    // Between two facts.
                    None if facts.contains(to) => Ok(()),
                    None => Err(format!("footnote `{}` is not defined", clip(to))),
                };
                if let Err(reason) = outcome {
                    let (document, span) = (relationship.document, relationship.span.clone());
                    problems.push(Problem { document, span, reason });
                }
            }
        }
        of_facts
    }
}

#[cfg(test)]
mod tests;
