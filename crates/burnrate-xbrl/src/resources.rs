//! Contexts and units: the definitions that facts refer to by id.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use foldhash::{HashMap, HashSet};

use crate::context::{Context, Dimension, Member, Period, Side, day};
use crate::elements::{Element, End};
use crate::fact::plain_text;
use crate::namespace::{CURRENCY, DIMENSIONS, INSTANCE, Name, Namespaces, clip, is_nil};
use crate::unit::is_standard;

/// Definitions of one kind by id, each with its document; a set may define an id once a document.
pub(crate) type Definitions<'a, T> = HashMap<&'a str, Vec<(usize, Result<T, String>)>>;

/// What a set of documents defines.
#[derive(Default)]
pub(crate) struct Resources<'a> {
    pub(crate) contexts: Definitions<'a, Arc<Context<'a>>>,
    pub(crate) units: Definitions<'a, Arc<str>>,
    /// Each different context and unit once.
    distinct_contexts: HashSet<Arc<Context<'a>>>,
    distinct_units: HashSet<Arc<str>>,
}

/// Finds a definition: that of the document itself, or else of the first one of the set that has it.
pub(crate) fn defined<'r, T>(
    definitions: &'r Definitions<'_, T>,
    what: &str,
    id: &str,
    document: usize,
) -> Result<&'r T, String> {
    let found = definitions
        .get(id)
        .and_then(|found| found.iter().find(|(own, _)| *own == document).or_else(|| found.first()));
    match found {
        Some((_, Ok(definition))) => Ok(definition),
        Some((_, Err(reason))) => Err(format!("{what} `{}`: {reason}", clip(id))),
        None => Err(format!("{what} `{}` is not defined", clip(id))),
    }
}

/// Reads the definitions of one document from its elements.
pub(crate) struct ResourceReader<'a> {
    text: &'a str,
    document: usize,
    open: Option<Draft<'a>>,
}

/// A definition that is not closed yet.
struct Draft<'a> {
    id: &'a str,
    kind: Kind<'a>,
    problem: Option<String>,
}

enum Kind<'a> {
    Context(Box<ContextDraft<'a>>),
    Unit(UnitDraft<'a>),
}

#[derive(Default)]
struct ContextDraft<'a> {
    entity: Option<(&'a str, &'a str)>,
    instant: Option<&'a str>,
    start: Option<&'a str>,
    end: Option<&'a str>,
    is_forever: bool,
    dimensions: Vec<Dimension<'a>>,
    typed: Option<Name<'a>>,
    domain: Option<(Name<'a>, Option<Cow<'a, str>>)>,
    /// How deep within the element of a typed member.
    depth: usize,
}

#[derive(Default)]
struct UnitDraft<'a> {
    measures: Vec<&'a str>,
    numerator: Vec<&'a str>,
    denominator: Vec<&'a str>,
    /// Within a division, whether above the line.
    side: Option<bool>,
    is_divided: bool,
}

impl<'a> ResourceReader<'a> {
    pub(crate) fn new(text: &'a str, document: usize) -> Self {
        Self { text, document, open: None }
    }

    /// Takes the start of an element; false where it belongs to no definition.
    pub(crate) fn start(&mut self, element: &Element<'a>, names: &Namespaces<'a>) -> bool {
        let is_instance = element.namespace == Some(INSTANCE);
        let Some(draft) = &mut self.open else {
            let kind = match element.local {
                "context" if is_instance => Kind::Context(Box::default()),
                "unit" if is_instance => Kind::Unit(UnitDraft::default()),
                _ => return false,
            };
            let id = element.tag.attribute("id").map_or("", |id| id.raw_value);
            self.open = Some(Draft { id, kind, problem: None });
            return true;
        };
        let outcome = match &mut draft.kind {
            Kind::Context(context) => context.start(element, names),
            Kind::Unit(unit) => unit.start(element),
        };
        if let Err(reason) = outcome {
            draft.problem.get_or_insert(reason);
        }
        true
    }

    /// Takes the end of an element; false where it belongs to no definition. The problem of a
    /// definition is told to the facts that use it, and here, as it may have none.
    pub(crate) fn end(
        &mut self,
        end: &End<'a>,
        names: &Namespaces<'a>,
        resources: &mut Resources<'a>,
        problems: &mut Vec<(Range<usize>, String)>,
    ) -> bool {
        let Some(draft) = &mut self.open else { return false };
        let element = &end.element;
        let is_instance = element.namespace == Some(INSTANCE);
        let closes = match draft.kind {
            Kind::Context(_) => is_instance && element.local == "context",
            Kind::Unit(_) => is_instance && element.local == "unit",
        };
        if !closes {
            let content = &self.text[end.content.clone()];
            let outcome = match &mut draft.kind {
                Kind::Context(context) => context.end(element, content, names),
                Kind::Unit(unit) => unit.end(element, content, names),
            };
            if let Err(reason) = outcome {
                draft.problem.get_or_insert(reason);
            }
            return true;
        }
        let Some(draft) = self.open.take() else { return true };
        let problem = draft.problem.or((!end.is_closed).then(|| "it is not closed".to_owned()));
        let what;
        let conflict = match draft.kind {
            Kind::Context(context) => {
                what = "context";
                let context = problem.map_or_else(|| context.finish(), Err);
                let context =
                    context.map(|context| one_of(&mut resources.distinct_contexts, context));
                define(&mut resources.contexts, draft.id, self.document, context)
            }
            Kind::Unit(unit) => {
                what = "unit";
                let unit = problem.map_or_else(|| unit.finish(), Err);
                let unit = unit.map(|unit| one_of(&mut resources.distinct_units, unit));
                define(&mut resources.units, draft.id, self.document, unit)
            }
        };
        if let Err(reason) = conflict {
            problems.push((end.span.clone(), format!("{what} `{}`: {reason}", clip(draft.id))));
        }
        true
    }
}

/// The one that is equal, if there is one already.
fn one_of<T: ?Sized + Eq + std::hash::Hash>(
    distinct: &mut HashSet<Arc<T>>,
    value: impl Into<Arc<T>>,
) -> Arc<T> {
    let value = value.into();
    if let Some(known) = distinct.get(&value) {
        return Arc::clone(known);
    }
    distinct.insert(Arc::clone(&value));
    value
}

/// Adds a definition; the reason, where it is none or says other than an earlier one of its id.
fn define<'a, T: PartialEq>(
    definitions: &mut Definitions<'a, T>,
    id: &'a str,
    document: usize,
    definition: Result<T, String>,
) -> Result<(), String> {
    let of_id = definitions.entry(id).or_default();
    let problem = definition.as_ref().err().cloned();
    match of_id.iter_mut().find(|(own, _)| *own == document) {
        Some((_, first)) if *first != definition => {
            let reason = "the document defines it twice, in two ways".to_owned();
            *first = Err(reason.clone());
            return Err(reason);
        }
        Some(_) => {}
        None => of_id.push((document, definition)),
    }
    problem.map_or(Ok(()), Err)
}

impl<'a> ContextDraft<'a> {
    fn start(&mut self, element: &Element<'a>, names: &Namespaces<'a>) -> Result<(), String> {
        if let Some(axis) = self.typed {
            self.depth += 1;
            if self.depth == 1 && self.domain.is_some() {
                return Err(format!("two values on {axis}"));
            }
            return Ok(());
        }
        match (element.namespace, element.local) {
            (
                Some(INSTANCE),
                "entity" | "identifier" | "period" | "segment" | "scenario" | "instant"
                | "startDate" | "endDate",
            )
            | (Some(DIMENSIONS), "explicitMember") => {}
            (Some(INSTANCE), "forever") => self.is_forever = true,
            (Some(DIMENSIONS), "typedMember") => {
                self.typed = Some(axis(element, names)?);
                self.domain = None;
                self.depth = 0;
            }
            _ => return Err(format!("`{}` is not known in a context", clip(element.tag.name))),
        }
        Ok(())
    }

    fn end(
        &mut self,
        element: &Element<'a>,
        content: &'a str,
        names: &Namespaces<'a>,
    ) -> Result<(), String> {
        if self.typed.is_some() && self.depth > 0 {
            self.depth -= 1;
            if self.depth == 0 {
                let domain = element.name()?;
                let text = (!is_nil(element, names)?).then(|| trimmed(plain_text(content)));
                self.domain = Some((domain, text));
            }
            return Ok(());
        }
        let leaf = || leaf(content);
        match (element.namespace, element.local) {
            (Some(INSTANCE), "identifier") => {
                let scheme = element.tag.attribute("scheme").map_or("", |scheme| scheme.raw_value);
                once(&mut self.entity, (scheme, leaf()?), "identifiers")
            }
            (Some(INSTANCE), "instant") => once(&mut self.instant, leaf()?, "instants"),
            (Some(INSTANCE), "startDate") => once(&mut self.start, leaf()?, "start dates"),
            (Some(INSTANCE), "endDate") => once(&mut self.end, leaf()?, "end dates"),
            (Some(DIMENSIONS), "explicitMember") => {
                let member = Member::Explicit(names.name(leaf()?)?);
                self.dimensions.push(Dimension { axis: axis(element, names)?, member });
                Ok(())
            }
            (Some(DIMENSIONS), "typedMember") => {
                let Some(axis) = self.typed.take() else { return Ok(()) };
                let (domain, text) =
                    self.domain.take().ok_or_else(|| format!("no value on {axis}"))?;
                self.dimensions.push(Dimension { axis, member: Member::Typed { domain, text } });
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn finish(mut self) -> Result<Context<'a>, String> {
        let (scheme, entity) = self.entity.ok_or("no identifier")?;
        let period = match (self.instant, self.start, self.end, self.is_forever) {
            (Some(instant), None, None, false) => Period::Instant(day(instant, Side::End)?),
            (None, Some(start), Some(end), false) => {
                let (start, end) = (day(start, Side::Start)?, day(end, Side::End)?);
                if start > end {
                    return Err(format!("the period ends on {end}, before it begins"));
                }
                Period::Duration { start, end }
            }
            (None, None, None, true) => Period::Forever,
            _ => return Err("the period is no instant, no duration and not for ever".to_owned()),
        };
        let key = |dimension: &Dimension<'a>| {
            let axis = dimension.axis;
            (axis.taxonomy, axis.local, axis.namespace)
        };
        self.dimensions.sort_by(|a, b| key(a).cmp(&key(b)));
        if let Some(pair) = self.dimensions.windows(2).find(|pair| pair[0].axis == pair[1].axis) {
            return Err(format!("{} stands twice", pair[0].axis));
        }
        Ok(Context { scheme, entity, period, dimensions: self.dimensions })
    }
}

fn axis<'a>(element: &Element<'a>, names: &Namespaces<'a>) -> Result<Name<'a>, String> {
    let dimension = element.tag.attribute("dimension").ok_or("a member without its dimension")?;
    names.name(dimension.raw_value)
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_ascii()),
        Cow::Owned(text) => Cow::Owned(text.trim_ascii().to_owned()),
    }
}

/// The text of an element that has nothing but text.
fn leaf(content: &str) -> Result<&str, String> {
    let text = content.trim_ascii();
    if text.contains(['<', '&']) {
        return Err(format!("`{}` is more than plain text", clip(text)));
    }
    Ok(text)
}

fn once<T>(place: &mut Option<T>, value: T, what: &str) -> Result<(), String> {
    match place.replace(value) {
        Some(_) => Err(format!("two {what}")),
        None => Ok(()),
    }
}

impl<'a> UnitDraft<'a> {
    fn start(&mut self, element: &Element<'a>) -> Result<(), String> {
        match (element.namespace, element.local) {
            (Some(INSTANCE), "measure") => {}
            (Some(INSTANCE), "divide") => self.is_divided = true,
            (Some(INSTANCE), "unitNumerator") => self.side = Some(true),
            (Some(INSTANCE), "unitDenominator") => self.side = Some(false),
            _ => return Err(format!("`{}` is not known in a unit", clip(element.tag.name))),
        }
        Ok(())
    }

    fn end(
        &mut self,
        element: &Element<'a>,
        content: &'a str,
        names: &Namespaces<'a>,
    ) -> Result<(), String> {
        match element.local {
            "measure" => {
                let measures = match self.side {
                    None => &mut self.measures,
                    Some(true) => &mut self.numerator,
                    Some(false) => &mut self.denominator,
                };
                measures.push(measure(leaf(content)?, names)?);
            }
            "unitNumerator" | "unitDenominator" => self.side = None,
            _ => {}
        }
        Ok(())
    }

    /// As companyfacts writes units: names without their namespace, `/` for a division.
    fn finish(mut self) -> Result<String, String> {
        for measures in [&mut self.measures, &mut self.numerator, &mut self.denominator] {
            measures.sort_unstable();
        }
        let product = |measures: &[&str]| measures.join("*");
        let sides =
            [self.measures.is_empty(), self.numerator.is_empty(), self.denominator.is_empty()];
        match (self.is_divided, sides) {
            (false, [false, true, true]) => Ok(product(&self.measures)),
            (true, [true, false, false]) => {
                Ok(format!("{}/{}", product(&self.numerator), product(&self.denominator)))
            }
            _ => Err("neither measures nor one division of measures".to_owned()),
        }
    }
}

/// The name of a measure without its prefix, unless a filer's own would pass for a currency, for shares
/// or for a pure number. Without a prefix it is of the default namespace, which in an instance is
/// XBRL's own.
fn measure<'a>(text: &'a str, names: &Namespaces<'a>) -> Result<&'a str, String> {
    // In an instance the namespace of XBRL itself is often the default one.
    if matches!(text, "shares" | "pure") && names.namespace("") == Some(INSTANCE) {
        return Ok(text);
    }
    let name = names.name(text)?;
    let is_own = !matches!(name.namespace, CURRENCY | INSTANCE);
    Ok(if is_own && is_standard(name.local) { text } else { name.local })
}
