//! Rows as `burnrate prose` writes them: flat objects, as labelled texts have them.

use burnrate_model::Decimal;
use serde::{Serialize, Serializer};

use super::{Amount, Event, Metric, Round};

/// A row as JSON; its evidence is a piece of the text.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum JsonRow<'a> {
    /// A round of financing.
    FundingRound(Box<JsonRound<'a>>),
    /// A figure of a company.
    Metric(Box<JsonMetric<'a>>),
}

/// See [`Round`].
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of a round")]
pub struct JsonRound<'a> {
    pub company: &'a str,
    pub company_aliases: &'a [String],
    pub round: &'static str,
    pub round_modifier: Option<&'a str>,
    #[serde(serialize_with = "number")]
    pub amount_low: Option<Decimal>,
    #[serde(serialize_with = "number")]
    pub amount_high: Option<Decimal>,
    pub amount_qualifier: &'static str,
    pub currency: Option<&'static str>,
    pub amount_alternatives: Vec<JsonAmount>,
    #[serde(serialize_with = "number")]
    pub valuation_low: Option<Decimal>,
    #[serde(serialize_with = "number")]
    pub valuation_high: Option<Decimal>,
    pub valuation_qualifier: Option<&'static str>,
    pub valuation_currency: Option<&'static str>,
    pub valuation_alternatives: Vec<JsonValuation>,
    pub valuation_basis: Option<&'static str>,
    pub status: &'static str,
    pub lead_investors: &'a [String],
    pub investors: &'a [String],
    pub date: Option<&'a str>,
    pub role: &'static str,
    pub attributed_to: Option<&'a str>,
    pub evidence: &'a str,
    pub rules: &'a [&'static str],
}

/// See [`Metric`].
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of a metric")]
pub struct JsonMetric<'a> {
    pub company: Option<&'a str>,
    pub company_aliases: &'a [String],
    pub metric: &'static str,
    #[serde(serialize_with = "number")]
    pub low: Option<Decimal>,
    #[serde(serialize_with = "number")]
    pub high: Option<Decimal>,
    pub qualifier: &'static str,
    pub currency: Option<&'static str>,
    pub unit: &'a str,
    pub period: Option<&'a str>,
    pub as_of: Option<&'a str>,
    pub status: &'static str,
    pub scope: Option<&'a str>,
    pub attributed_to: Option<&'a str>,
    pub evidence: &'a str,
    pub rules: &'a [&'static str],
}

/// Another reading of an amount.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of an amount")]
pub struct JsonAmount {
    #[serde(serialize_with = "number")]
    pub amount_low: Option<Decimal>,
    #[serde(serialize_with = "number")]
    pub amount_high: Option<Decimal>,
    pub amount_qualifier: &'static str,
    pub currency: &'static str,
}

/// Another reading of a valuation.
#[derive(Debug, Serialize)]
#[expect(missing_docs, reason = "the fields are those of an amount")]
pub struct JsonValuation {
    #[serde(serialize_with = "number")]
    pub valuation_low: Option<Decimal>,
    #[serde(serialize_with = "number")]
    pub valuation_high: Option<Decimal>,
    pub valuation_qualifier: &'static str,
    pub valuation_currency: &'static str,
}

impl<'a> JsonRow<'a> {
    /// The row of an event read from `text`.
    pub fn new(event: &'a Event, text: &'a str) -> Self {
        match event {
            Event::Round(round) => Self::FundingRound(Box::new(JsonRound::new(round, text))),
            Event::Metric(metric) => Self::Metric(Box::new(JsonMetric::new(metric, text))),
        }
    }
}

impl<'a> JsonRound<'a> {
    fn new(round: &'a Round, text: &'a str) -> Self {
        let (amount, valuation) = (round.amount.as_ref(), round.valuation.as_ref());
        Self {
            company: &round.company,
            company_aliases: &round.aliases,
            round: round.kind.as_str(),
            round_modifier: round.modifier.as_deref(),
            amount_low: amount.and_then(|amount| amount.low),
            amount_high: amount.and_then(|amount| amount.high),
            amount_qualifier: amount.map_or("undisclosed", |amount| amount.qualifier.as_str()),
            currency: amount.map(|amount| amount.currency),
            amount_alternatives: round.amount_alternatives.iter().map(JsonAmount::new).collect(),
            valuation_low: valuation.and_then(|valuation| valuation.low),
            valuation_high: valuation.and_then(|valuation| valuation.high),
            valuation_qualifier: valuation.map(|valuation| valuation.qualifier.as_str()),
            valuation_currency: valuation.map(|valuation| valuation.currency),
            valuation_alternatives: round
                .valuation_alternatives
                .iter()
                .map(JsonValuation::new)
                .collect(),
            valuation_basis: round.valuation_basis.map(super::ValuationBasis::as_str),
            status: round.status.as_str(),
            lead_investors: &round.lead_investors,
            investors: &round.investors,
            date: round.date.as_deref(),
            role: round.role.as_str(),
            attributed_to: round.attributed_to.as_deref(),
            evidence: &text[round.evidence.clone()],
            rules: &round.rules,
        }
    }
}

impl<'a> JsonMetric<'a> {
    fn new(metric: &'a Metric, text: &'a str) -> Self {
        Self {
            company: Some(metric.company.as_str()).filter(|name| !name.is_empty()),
            company_aliases: &metric.aliases,
            metric: metric.kind.as_str(),
            low: metric.value.low,
            high: metric.value.high,
            qualifier: metric.value.qualifier.as_str(),
            currency: Some(metric.value.currency).filter(|code| !code.is_empty()),
            unit: &metric.unit,
            period: metric.period.as_deref(),
            as_of: metric.as_of.as_deref(),
            status: metric.status.as_str(),
            scope: metric.scope.as_deref(),
            attributed_to: metric.attributed_to.as_deref(),
            evidence: &text[metric.evidence.clone()],
            rules: &metric.rules,
        }
    }
}

impl JsonAmount {
    fn new(amount: &Amount) -> Self {
        Self {
            amount_low: amount.low,
            amount_high: amount.high,
            amount_qualifier: amount.qualifier.as_str(),
            currency: amount.currency,
        }
    }
}

impl JsonValuation {
    fn new(amount: &Amount) -> Self {
        Self {
            valuation_low: amount.low,
            valuation_high: amount.high,
            valuation_qualifier: amount.qualifier.as_str(),
            valuation_currency: amount.currency,
        }
    }
}

/// Whole units as an integer, others with their decimal places.
#[expect(clippy::ref_option, reason = "serde hands over a reference")]
fn number<S: Serializer>(value: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
    let Some(value) = value else { return serializer.serialize_none() };
    let text = value.to_string();
    match (text.parse::<i64>(), text.parse::<f64>()) {
        (Ok(whole), _) => serializer.serialize_i64(whole),
        (Err(_), Ok(number)) => serializer.serialize_f64(number),
        (Err(_), Err(error)) => Err(serde::ser::Error::custom(error)),
    }
}
