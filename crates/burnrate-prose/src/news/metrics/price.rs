//! What an hour of a GPU costs.

use super::View;
use super::claim::Claim;
use super::subject;
use crate::news::{MetricKind, MetricStatus};
use crate::quantity::Rate;
use crate::scale::number_word;
use crate::token::Kind;

/// GPUs that prices are told of.
pub(super) const GPUS: &[&str] = &[
    "gpu", "gpus", "h100", "h100s", "h200", "h200s", "a100", "a100s", "b200", "b200s", "gb200",
    "b300", "gb300", "l40s", "l4", "v100", "mi300x", "mi325x", "h20", "rtx",
];

/// "$1.30 per GPU per hour", "H100 prices dropping to $2 per hour".
pub(super) fn gpu_hour(view: &View<'_, '_>, index: usize) -> Option<Claim> {
    let quantity = view.quantity(index);
    let (start, end) = (quantity.tokens.start, quantity.end);
    let floor = view.clause_start(start);
    let gpu = view.find(floor..start, GPUS);
    let near = view.quantities[index.saturating_sub(2)..index].iter();
    let follows_one = near.rev().any(|before| before.rate == Some(Rate::GpuHour));
    let is_price = match quantity.rate {
        Some(Rate::GpuHour) => true,
        Some(Rate::Hour) => gpu.is_some() || follows_one,
        _ => false,
    };
    if !is_price || quantity.is_scaled || is_of_several(view, gpu, start, quantity.rate) {
        return None;
    }
    let mut claim = Claim::new(MetricKind::GpuHourPrice, start..end, "gpu_hour");
    let is_former = view.has(start.saturating_sub(7)..start, &["previous", "previously", "former"])
        || (start.saturating_sub(3)..start)
            .rev()
            .find(|at| !view.is(*at, "*"))
            .is_some_and(|at| view.is(at, "from"));
    claim.status = Some(if is_former { MetricStatus::Historical } else { MetricStatus::Reported });
    claim.is_earlier = is_former;
    let model = gpu.filter(|at| !view.is_any(*at, &["gpu", "gpus"]));
    claim.scope = model.map(|at| view.tokens[at].text.to_owned());
    let of_others = view.phrase_end(end, &["that", "other", "customers"]).is_some();
    if of_others {
        claim.scope = Some("other customers".to_owned());
    }
    claim.company = Some(subject::payer(view, start, of_others));
    Some(claim)
}

/// "eight H100s", "an H100 node": the price of more than one.
fn is_of_several(
    view: &View<'_, '_>,
    gpu: Option<usize>,
    start: usize,
    rate: Option<Rate>,
) -> bool {
    const SETS: &[&str] =
        &["node", "nodes", "cluster", "server", "instance", "rack", "pod", "dgx", "hgx"];
    let Some(gpu) = gpu.filter(|_| rate == Some(Rate::Hour)) else { return false };
    let before = gpu.checked_sub(1).map(|at| view.tokens[at]);
    let is_counted = before.is_some_and(|token| {
        token.kind == Kind::Number || number_word(token.text).is_some_and(|number| number > 1)
    });
    is_counted || view.has(gpu..start.min(gpu + 4), SETS)
}
