//! What metrics assume where nothing published settles it, each with its range, its evidence and its day.

use burnrate_model::generated::Assumption;
use burnrate_model::{
    Authored, Decimal, Extract, RawDocument, Request, ShapeError, Source, Spec, WatchList,
};
use chrono::NaiveDate;
use serde::Deserialize;

use crate::company_key::company_key;
use crate::{StaticSpec, authored, spec};

const MEASURES: &[&str] = &["ai_share_of_capex", "gpu_of_price_paid", "seat_base"];

/// See the module.
pub(crate) struct BurnrateAssumptions;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Assumptions {
    assumption: Vec<Noted>,
}

/// A range, or a text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Noted {
    id: String,
    company: String,
    measure: String,
    low: Option<String>,
    base: Option<String>,
    high: Option<String>,
    text: Option<String>,
    unit: String,
    published: NaiveDate,
    source_url: String,
    evidence: String,
}

impl Source for BurnrateAssumptions {
    fn spec(&self) -> &Spec {
        static SPEC: StaticSpec = StaticSpec::new(|| spec(include_str!("pipeline.toml")));
        &SPEC
    }

    fn authored(&self) -> &'static [Authored] {
        &[Authored { name: "assumptions.toml", text: include_str!("authored/assumptions.toml") }]
    }

    fn start(&self, _watch: &WatchList) -> Vec<Request> {
        Vec::new()
    }

    fn parse(&self, document: &RawDocument, out: &mut Extract) -> Result<(), ShapeError> {
        let assumptions: Assumptions = authored::read(document, "assumptions")?;
        for (number, noted) in assumptions.assumption.into_iter().enumerate() {
            let place = format!("/assumption/{number}");
            let known_on = noted.published;
            out.push(noted.row(&place)?, place, known_on);
        }
        Ok(())
    }
}

impl Noted {
    fn row(self, place: &str) -> Result<Assumption, ShapeError> {
        authored::one_of(place, MEASURES, &self.measure)?;
        let [value_low, value_base, value_high] = self.range(place)?;
        Ok(Assumption {
            assumption_id: self.id,
            company_key: company_key(&self.company),
            measure: self.measure,
            value_low,
            value_base,
            value_high,
            assumed_text: self.text,
            assumption_unit: self.unit,
            evidence: self.evidence,
            source_url: self.source_url,
            published_on: self.published,
        })
    }

    /// Low, base and high, in this order; none of them where a text is assumed.
    fn range(&self, place: &str) -> Result<[Option<Decimal>; 3], ShapeError> {
        match (&self.low, &self.base, &self.high, &self.text) {
            (Some(low), Some(base), Some(high), None) => {
                let (low_end, base_end) = authored::ends(place, Some(low), Some(base), "range")?;
                let (_, high_end) = authored::ends(place, Some(base), Some(high), "range")?;
                Ok([low_end, base_end, high_end])
            }
            (None, None, None, Some(_)) => Ok([None, None, None]),
            _ => Err(ShapeError::new(place, "low, base and high, or a text", self.id.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Extract, ShapeError> {
        let document = RawDocument {
            url: "authored:burnrate_assumptions/assumptions.toml".to_owned(),
            fetched_at: "2026-11-24T00:00:00Z".parse().unwrap(),
            body: text.as_bytes().to_vec(),
        };
        let mut out = Extract::default();
        BurnrateAssumptions.parse(&document, &mut out).map(|()| out)
    }

    #[test]
    fn an_assumption_counts_since_its_evidence_could_be_known() {
        let out = parse(BurnrateAssumptions.authored()[0].text).unwrap();
        let of = |id: &str| {
            let rows = &out.rows.assumption;
            rows.iter().find(|sighted| sighted.row.assumption_id == id).unwrap()
        };
        assert_eq!(of("gpu_of_price_paid-openai").known_on.to_string(), "2024-09-16");
        let share = of("ai_share_of_capex-msft");
        assert_eq!(share.known_on.to_string(), "2026-11-23");
        assert_eq!(share.row.company_key, "msft");
        let ends = [share.row.value_low, share.row.value_base, share.row.value_high];
        // The low end is half of the base.
        assert_eq!(ends.map(|end| end.unwrap().to_string()), ["0.375", "0.75", "1"]);
    }

    #[test]
    fn what_is_no_range_and_no_text_is_refused() {
        let text = BurnrateAssumptions.authored()[0].text;
        for (from, to) in [
            ("measure = \"ai_share_of_capex\"", "measure = \"ai_share\""),
            ("low = \"0.375\"", "low = \"0.8\""),
            ("high = \"1\"\n", ""),
            ("text = \"A100\"\n", ""),
            ("text = \"A100\"\n", "text = \"A100\"\nlow = \"1\"\n"),
        ] {
            assert!(text.contains(from), "{from}");
            let error = parse(&text.replacen(from, to, 1)).err();
            assert!(error.is_some_and(|error| error.place.starts_with("/assumption/")), "{to}");
        }
    }
}
