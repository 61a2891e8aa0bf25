//! Figures that no rule reads, each with where and when a person read it: one file a year.

use std::str::FromStr;

use burnrate_model::generated::{FundingRound, ReportedMetric};
use burnrate_model::{
    Authored, Extract, RawDocument, Request, ShapeError, Source, Spec, WatchList,
};
use burnrate_prose::news::{
    MetricKind, MetricStatus, Role, RoundKind, RoundStatus, ValuationBasis,
};
use chrono::NaiveDate;
use serde::Deserialize;

use crate::company_key::company_key;
use crate::{StaticSpec, authored, spec};

/// See the module.
pub(crate) struct BurnrateFigures;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Figures {
    #[serde(default)]
    metric: Vec<NotedMetric>,
    #[serde(default)]
    round: Vec<NotedRound>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NotedMetric {
    id: String,
    company: String,
    metric: String,
    revenue_basis: Option<String>,
    low: Option<String>,
    high: Option<String>,
    hedge: String,
    unit: String,
    period: Option<String>,
    period_start: Option<NaiveDate>,
    period_end: Option<NaiveDate>,
    as_of: Option<String>,
    status: String,
    scope: Option<String>,
    attributed_to: Option<String>,
    published: NaiveDate,
    source_url: String,
    note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NotedRound {
    id: String,
    company: String,
    round: String,
    low: Option<String>,
    high: Option<String>,
    /// `none` where the amount is not known.
    hedge: String,
    currency: Option<String>,
    valuation: Option<Valuation>,
    status: String,
    date: Option<String>,
    #[serde(default)]
    lead_investors: Vec<String>,
    /// Those who lead among them.
    #[serde(default)]
    investors: Vec<String>,
    attributed_to: Option<String>,
    published: NaiveDate,
    source_url: String,
    note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Valuation {
    low: Option<String>,
    high: Option<String>,
    hedge: String,
    currency: String,
    /// Before or after the money, where that is known.
    basis: Option<String>,
}

impl Source for BurnrateFigures {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn authored(&self) -> &'static [Authored] {
        &[Authored { name: "2024.toml", text: include_str!("authored/2024.toml") }]
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        Vec::new()
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let figures: Figures = authored::read(document, "authored figures")?;
        for (number, metric) in figures.metric.into_iter().enumerate() {
            let place = format!("/metric/{number}");
            let known_on = metric.published;
            out.push(metric.row(&place)?, place, known_on);
        }
        for (number, round) in figures.round.into_iter().enumerate() {
            let place = format!("/round/{number}");
            let known_on = round.published;
            out.push(round.row(&place)?, place, known_on);
        }
        Ok(())
    }
}

impl NotedMetric {
    fn row(self, place: &str) -> Result<ReportedMetric, ShapeError> {
        let kind: MetricKind = word(place, &self.metric)?;
        let status: MetricStatus = word(place, &self.status)?;
        let (value_low, value_high) =
            authored::ends(place, self.low.as_deref(), self.high.as_deref(), &self.hedge)?;
        Ok(ReportedMetric {
            mention_id: format!("burnrate_figures#{}", self.id),
            company_key: company_key(&self.company),
            company_name: self.company,
            metric: kind.to_string(),
            revenue_basis: self.revenue_basis,
            value_low,
            value_high,
            hedge: self.hedge,
            metric_unit: self.unit,
            period_text: self.period,
            as_of_text: self.as_of,
            period_start: self.period_start,
            period_end: self.period_end,
            metric_status: status.to_string(),
            metric_scope: self.scope,
            attributed_to: self.attributed_to,
            article_url: self.source_url.clone(),
            published_on: Some(self.published),
            evidence: None,
            rules: None,
            source_url: Some(self.source_url),
            source_note: Some(self.note),
        })
    }
}

impl NotedRound {
    fn row(self, place: &str) -> Result<FundingRound, ShapeError> {
        let kind: RoundKind = word(place, &self.round)?;
        let status: RoundStatus = word(place, &self.status)?;
        let (amount_low, amount_high) =
            authored::ends(place, self.low.as_deref(), self.high.as_deref(), &self.hedge)?;
        let is_disclosed = self.hedge != "none";
        if is_disclosed != self.currency.is_some() {
            return Err(ShapeError::new(place, "a currency where there is an amount", self.hedge));
        }
        let valuation = self.valuation.as_ref();
        let (valuation_low, valuation_high) = match valuation {
            Some(worth) => {
                authored::ends(place, worth.low.as_deref(), worth.high.as_deref(), &worth.hedge)?
            }
            None => (None, None),
        };
        let basis = valuation.and_then(|worth| worth.basis.as_deref());
        let basis: Option<ValuationBasis> = basis.map(|basis| word(place, basis)).transpose()?;
        Ok(FundingRound {
            mention_id: format!("burnrate_figures#{}", self.id),
            company_key: company_key(&self.company),
            company_name: self.company,
            round_kind: kind.to_string(),
            amount_low,
            amount_high,
            amount_hedge: if is_disclosed { self.hedge } else { "undisclosed".to_owned() },
            currency: self.currency,
            valuation_low,
            valuation_high,
            valuation_hedge: valuation.map(|worth| worth.hedge.clone()),
            valuation_currency: valuation.map(|worth| worth.currency.clone()),
            valuation_basis: basis.map(|basis| basis.to_string()),
            round_status: status.to_string(),
            round_date: self.date,
            mention_role: Role::Headline.to_string(),
            lead_investors: listed(&self.lead_investors),
            named_investors: listed(&self.investors),
            attributed_to: self.attributed_to,
            article_url: Some(self.source_url.clone()),
            source_url: Some(self.source_url),
            published_on: Some(self.published),
            evidence: Some(self.note),
            // What only texts and filings say.
            round_modifier: None,
            amounts_also_stated: None,
            rules: None,
            cik: None,
            co_issuers: None,
            offered_amount: None,
            is_offer_indefinite: None,
            sold_amount: None,
            remaining_amount: None,
            first_sale_date: None,
            is_amendment: None,
            amends_accession_number: None,
            securities: None,
            exemptions: None,
            industry: None,
            is_business_combination: None,
            accession_number: None,
            form_type: None,
            filed_date: None,
            investors: None,
        })
    }
}

fn listed(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| names.join(" | "))
}

fn word<T: FromStr>(place: &str, text: &str) -> Result<T, ShapeError> {
    text.parse().map_err(|_| ShapeError::new(place, "a word of the vocabulary", text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: "authored:burnrate_figures/2024.toml".to_owned(),
            fetched_at: "2026-11-24T00:00:00Z".parse().unwrap(),
            body: text.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        BurnrateFigures.parse(&document, &mut out).map(|()| out)
    }

    #[test]
    fn a_figure_is_known_since_it_was_published() {
        let out = parse(BurnrateFigures.authored()[0].text).unwrap();
        let users = &out.rows.reported_metric[0];
        assert_eq!((users.row.company_key.as_str(), users.row.metric.as_str()), ("msft", "users"));
        assert_eq!(users.known_on.to_string(), "2024-09-16");
        let facility = &out.rows.funding_round[0];
        assert_eq!(facility.row.company_key, "openai");
        assert_eq!(facility.known_on.to_string(), "2024-10-03");
    }

    #[test]
    fn words_of_no_vocabulary_are_refused() {
        let text = BurnrateFigures.authored()[0].text;
        for (from, to) in [
            ("metric = \"users\"", "metric = \"fans\""),
            ("round = \"debt\"", "round = \"loan\""),
            ("status = \"closed\"", "status = \"done\""),
            ("hedge = \"about\"", "hedge = \"perhaps\""),
        ] {
            assert!(text.contains(from), "{from}");
            assert!(parse(&text.replacen(from, to, 1)).is_err(), "{to}");
        }
    }
}
