//! One fact out of several statements of it.

use std::sync::Arc;

use burnrate_model::Decimal;
use foldhash::HashMap;

use crate::context::Context;
use crate::fact::{Also, Decimals, Fact, Problem, Value};

/// Keeps each fact once, in the order in which facts are first stated.
///
/// Facts are the same where concept, context, unit, language and target are: a figure of the
/// statements that comes back in the notes, often in fewer digits. Of numbers the most precise is
/// kept, the first of those equally so, and [`Fact::also`] lists the others that say it otherwise, the
/// more precise first.
/// Where rounding does not explain how two differ, a [`Problem`] at the less precise one says so, or at
/// the later one. Of texts the first is kept.
pub fn most_precise(facts: Vec<Fact<'_>>) -> (Vec<Fact<'_>>, Vec<Problem>) {
    let mut kept: Vec<Fact<'_>> = Vec::with_capacity(facts.len());
    let mut problems = Vec::new();
    let mut places: HashMap<Key, usize> = HashMap::default();
    for fact in facts {
        let next = kept.len();
        let place = *places.entry(key(&fact)).or_insert(next);
        match kept.get_mut(place) {
            Some(first) => merge(first, fact, &mut problems),
            None => kept.push(fact),
        }
    }
    for fact in &mut kept {
        fact.also.sort_by_key(|also| (std::cmp::Reverse(also.decimals), also.value));
        fact.also.dedup_by_key(|also| (also.decimals, also.value));
    }
    (kept, problems)
}

/// What makes a fact the same fact. Two years of one taxonomy name it alike.
#[derive(PartialEq, Eq, Hash)]
struct Key<'a> {
    taxonomy: &'a str,
    concept: &'a str,
    context: Arc<Context<'a>>,
    unit: Option<Arc<str>>,
    language: Option<&'a str>,
    target: Option<&'a str>,
}

fn key<'a>(fact: &Fact<'a>) -> Key<'a> {
    Key {
        taxonomy: fact.concept.taxonomy,
        concept: fact.concept.local,
        context: Arc::clone(&fact.context),
        unit: fact.unit.clone(),
        language: fact.language,
        target: fact.target,
    }
}

fn merge<'a>(kept: &mut Fact<'a>, other: Fact<'a>, problems: &mut Vec<Problem>) {
    let (mut less, swapped) = if rank(&other) > rank(kept) {
        (std::mem::replace(kept, other), true)
    } else {
        (other, false)
    };
    if swapped {
        kept.also = std::mem::take(&mut less.also);
    }
    let (document, span) = (less.document, less.span.clone());
    match (&kept.value, &less.value) {
        (Value::Number(value, _), Value::Number(said, _)) => {
            if value == said && kept.decimals == less.decimals {
                return;
            }
            if !agree((*value, kept.decimals), (*said, less.decimals)) {
                let reason = format!(
                    "{} is {said} here and {value} elsewhere, which rounding does not explain",
                    kept.concept
                );
                problems.push(Problem { document, span: span.clone(), reason });
            }
            kept.also.push(Also { value: *said, decimals: less.decimals, document, span });
        }
        (Value::Text(_), Value::Text(_)) | (Value::Nil, Value::Nil) => {}
        (Value::Number(..) | Value::Text(_) | Value::Nil, _) => {
            let reason = format!("{} is nil in one place and not in another", kept.concept);
            problems.push(Problem { document, span, reason });
        }
    }
}

/// How much a statement says: anything more than nil, and exact more than any number of places.
fn rank(fact: &Fact<'_>) -> (bool, Option<Decimals>) {
    (!matches!(fact.value, Value::Nil), fact.decimals)
}

/// Whether two numbers can both be right to the places that they state: the ranges within which the
/// true values lie meet.
fn agree(a: (Decimal, Option<Decimals>), b: (Decimal, Option<Decimals>)) -> bool {
    let reach = half_unit(a.1).saturating_add(half_unit(b.1));
    a.0.scaled().abs_diff(b.0.scaled()) <= reach
}

/// Half a unit of the last place stated, times 10¹²; nothing where none is stated.
fn half_unit(decimals: Option<Decimals>) -> u128 {
    let Some(Decimals::Places(places)) = decimals else { return 0 };
    let exponent = i64::from(Decimal::SCALE) - i64::from(places);
    match u32::try_from(exponent) {
        Ok(exponent) => 10_u128.checked_pow(exponent).map_or(u128::MAX, |unit| unit / 2),
        Err(_) => 0,
    }
}

#[cfg(test)]
mod tests;
