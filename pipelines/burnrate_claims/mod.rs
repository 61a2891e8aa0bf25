//! Figures that arguments rest on, noted by a person who read them: one file an argument.

use burnrate_model::generated::{Claim, ClaimSubject};
use burnrate_model::{
    Authored, Extract, RawDocument, Request, ShapeError, Source, Spec, WatchList,
};
use chrono::NaiveDate;
use serde::Deserialize;

use crate::company_key::company_key;
use crate::{StaticSpec, authored, spec};

const KINDS: &[&str] = &[
    "fact",
    "forecast",
    "target",
    "estimate",
    "rumour",
    "in_talks",
    "derived",
    "opinion",
    "hypothetical",
    "example",
    "observation",
    "rhetoric",
];

const SETTLED_BY: &[&str] = &[
    "sec_filings",
    "pricing_pages",
    "funding_news",
    "media_report_only",
    "arithmetic",
    "not_checkable",
];

/// See the module.
pub(crate) struct BurnrateClaims;

/// The claims of one argument.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Argument {
    name: String,
    url: String,
    published: NaiveDate,
    /// Of the text in which passages are counted.
    #[cfg_attr(not(test), expect(dead_code, reason = "a test compares it with the text"))]
    text_sha256: String,
    claim: Vec<Noted>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Noted {
    id: String,
    subject: String,
    /// What it is about where that is more than one: companies that are added up, or a model and those it is compared with.
    #[serde(default)]
    subjects: Vec<String>,
    /// Who is paid, or whose profit is shared.
    counterparty: Option<String>,
    measure: String,
    low: Option<String>,
    high: Option<String>,
    hedge: String,
    unit: String,
    period: Option<String>,
    /// The days that the period spans, where it names no calendar year.
    period_start: Option<NaiveDate>,
    period_end: Option<NaiveDate>,
    as_of: Option<String>,
    attributed_to: Option<String>,
    kind: String,
    checkable_from: Vec<String>,
    passage: Option<String>,
    known_issue: Option<String>,
    follows: Option<Follows>,
}

/// What figures that stand beside a claim give.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Follows {
    low: String,
    high: String,
    arithmetic: String,
}

impl Noted {
    fn subjects(&self) -> impl Iterator<Item = &String> {
        let alone = self.subjects.is_empty().then_some(&self.subject);
        self.subjects.iter().chain(alone)
    }
}

impl Source for BurnrateClaims {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn authored(&self) -> &'static [Authored] {
        &[Authored {
            name: "subprime_ai_crisis.toml",
            text: include_str!("authored/subprime_ai_crisis.toml"),
        }]
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        Vec::new()
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let argument: Argument = authored::read(document, "the claims of an argument")?;
        for (number, noted) in argument.claim.iter().enumerate() {
            let place = format!("/claim/{number}");
            let claim = claim(&argument, noted, &place)?;
            for (index, subject) in noted.subjects().enumerate() {
                let row = ClaimSubject {
                    claim_id: claim.claim_id.clone(),
                    subject_number: i64::try_from(index).unwrap_or(i64::MAX - 1) + 1,
                    subject: subject.clone(),
                    company_key: company_key(subject),
                };
                out.push(row, place.clone(), argument.published);
            }
            out.push(claim, place, argument.published);
        }
        Ok(())
    }
}

fn claim(argument: &Argument, noted: &Noted, place: &str) -> Result<Claim, ShapeError> {
    authored::one_of(place, KINDS, &noted.kind)?;
    for source in &noted.checkable_from {
        authored::one_of(place, SETTLED_BY, source)?;
    }
    let (value_low, value_high) =
        authored::ends(place, noted.low.as_deref(), noted.high.as_deref(), &noted.hedge)?;
    let follows = noted.follows.as_ref();
    let (arithmetic_low, arithmetic_high) = match follows {
        Some(Follows { low, high, .. }) => {
            let hedge = if low == high { "exact" } else { "range" };
            authored::ends(place, Some(low), Some(high), hedge)?
        }
        None => (None, None),
    };
    Ok(Claim {
        claim_id: format!("{}-{}", argument.name, noted.id),
        argument_url: argument.url.clone(),
        subject: noted.subject.clone(),
        company_key: company_key(&noted.subject),
        counterparty_key: noted.counterparty.as_deref().map(company_key),
        measure: noted.measure.clone(),
        value_low,
        value_high,
        hedge: noted.hedge.clone(),
        claim_unit: noted.unit.clone(),
        period_text: noted.period.clone(),
        period_start: noted.period_start,
        period_end: noted.period_end,
        as_of_text: noted.as_of.clone(),
        attributed_to: noted.attributed_to.clone(),
        claim_kind: noted.kind.clone(),
        checkable_from: noted.checkable_from.join(" | "),
        passage: noted.passage.as_ref().map(|bytes| format!("bytes={bytes}")),
        known_issue: noted.known_issue.clone(),
        arithmetic_low,
        arithmetic_high,
        arithmetic: follows.map(|follows| follows.arithmetic.clone()),
    })
}

#[cfg(test)]
mod read_by_rules;
#[cfg(test)]
mod tests;
