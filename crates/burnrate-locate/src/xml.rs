//! Elements of a document in XML, or of one that is part of the document.

use std::ops::Range;

use crate::markup::tags;

/// An element that is open.
struct Open {
    start: usize,
    /// Whether it lies on the path.
    is_on_path: bool,
    /// How many children of the next step's name began.
    namesakes: usize,
}

/// The element at a path of local names, each with its number among its namesakes where there are several.
pub(crate) fn element(text: &str, steps: &[String]) -> Option<Range<usize>> {
    let steps: Option<Vec<_>> = steps.iter().map(|step| numbered(step)).collect();
    let steps = steps.filter(|steps| !steps.is_empty())?;
    let mut open: Vec<Open> = Vec::new();
    for tag in tags(text) {
        let name = local(&text[tag.name.clone()]);
        if open.is_empty() && (tag.is_end || name != steps[0].0) {
            continue;
        }
        if !tag.is_end {
            let is_on_path = enter(&mut open, &steps, name);
            open.push(Open { start: tag.span.start, is_on_path, namesakes: 0 });
        }
        if tag.is_end || tag.is_closed {
            let depth = open.len();
            let ended = open.pop()?;
            if ended.is_on_path && depth == steps.len() {
                return Some(ended.start..tag.span.end);
            }
        }
    }
    None
}

/// Whether an element that begins lies on the path.
fn enter(open: &mut [Open], steps: &[(&str, usize)], name: &str) -> bool {
    let depth = open.len();
    let Some(&(wanted, number)) = steps.get(depth) else { return false };
    let Some(parent) = open.last_mut() else { return true };
    if name != wanted || !parent.is_on_path {
        return false;
    }
    parent.namesakes += 1;
    parent.namesakes == number
}

/// `offeringData[2]` in its parts; without a number it is the first.
fn numbered(step: &str) -> Option<(&str, usize)> {
    match step.strip_suffix(']').and_then(|step| step.split_once('[')) {
        Some((name, number)) => Some((name, number.parse().ok()?)),
        None => Some((step, 1)),
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}
