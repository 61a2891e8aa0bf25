//! Values of a document in YAML.

use std::ops::Range;

use saphyr_parser::{Event, Parser, Span};

/// A mapping or sequence that is open.
struct Open {
    /// Whether it lies on the path.
    is_on_path: bool,
    place: Place,
}

enum Place {
    /// Of a mapping: whether the next node is a value, and of which name.
    Mapping(Option<String>),
    /// Of a sequence: number of the next node.
    Sequence(usize),
}

/// The value at a path. Anchors are not followed.
pub(crate) fn value(text: &str, steps: &[String]) -> Option<Range<usize>> {
    let mut open: Vec<Open> = Vec::new();
    // Of the node that is looked for, once it is open: how many were open before, and where it began.
    let mut target: Option<(usize, usize)> = None;
    let mut end = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.ok()?;
        match event {
            Event::Scalar(value, ..) => {
                end = span.end.index();
                let is_on_path = enter(&mut open, steps, Some(&value));
                if is_on_path && open.len() == steps.len() {
                    return bytes(text, span);
                }
            }
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                let is_on_path = enter(&mut open, steps, None);
                if is_on_path && open.len() == steps.len() && target.is_none() {
                    target = Some((open.len(), span.start.index()));
                }
                let is_mapping = matches!(event, Event::MappingStart(..));
                let place = if is_mapping { Place::Mapping(None) } else { Place::Sequence(0) };
                open.push(Open { is_on_path, place });
            }
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
                if let Some((_, start)) = target.filter(|(depth, _)| *depth == open.len()) {
                    return of_chars(text, start..end);
                }
            }
            Event::Alias(_) => {
                enter(&mut open, steps, None);
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {}
        }
    }
    None
}

/// Notes that a node begins; whether it lies on the path. A name of a mapping does not.
fn enter(open: &mut [Open], steps: &[String], scalar: Option<&str>) -> bool {
    let depth = open.len();
    let Some(parent) = open.last_mut() else { return true };
    let step = depth.checked_sub(1).and_then(|index| steps.get(index));
    let is_step = |name: &str| step.is_some_and(|step| step == name);
    match &mut parent.place {
        Place::Mapping(name) => {
            if let Some(name) = name.take() {
                return parent.is_on_path && is_step(&name);
            }
            *name = Some(scalar.unwrap_or_default().to_owned());
            false
        }
        Place::Sequence(number) => {
            *number += 1;
            parent.is_on_path && is_step(&(*number - 1).to_string())
        }
    }
}

fn bytes(text: &str, span: Span) -> Option<Range<usize>> {
    of_chars(text, span.start.index()..span.end.index())
}

/// The parser counts characters.
fn of_chars(text: &str, chars: Range<usize>) -> Option<Range<usize>> {
    let mut starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let start = starts.by_ref().nth(chars.start)?;
    let length = chars.end.checked_sub(chars.start)?;
    let end = if length == 0 { start } else { starts.nth(length - 1)? };
    (start < end).then_some(start..end)
}
