//! `pipeline.toml`: what is true of a source without reading its pages.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

/// Nothing may be used for longer after it was listed; metrics count on that.
const OLDEST_OFFER_DAYS: u16 = 90;

/// Schedule, terms, politeness and bounds of a source.
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own in pipeline.toml")]
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// `<publisher>_<dataset>`, also the name of the source's folder.
    pub id: String,
    /// What it is, in a few words.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// Where the publisher describes it.
    pub home: String,
    /// Licence or terms.
    pub licence: String,
    /// Where the publisher states them.
    pub terms: String,
    /// Whether the recorded documents may be passed on.
    pub redistributable: bool,
    /// Ordinary five-field cron in UTC, weekdays by name.
    pub schedule: String,
    /// Raised whenever a change of the parser changes its rows.
    pub parser_version: u32,
    /// Sources whose documents say which ones of this source to read: they run before it.
    #[serde(default)]
    pub fed_by: Vec<String>,
    /// Whether what an address served once never changes, so that what was read is not asked for again.
    #[serde(default)]
    pub is_immutable: bool,
    /// Whether its documents list what is offered: every answer is then a reading, changed or not.
    #[serde(default)]
    pub lists_offers: bool,
    /// Days after the last complete reading for which what was listed may still be used; only of lists.
    #[serde(default)]
    pub max_age_days: Option<u16>,
    /// Days on which a list became so much shorter that a reading would not count otherwise: looked up by
    /// a person, and kept, so that rebuilding from the archive comes to the same.
    #[serde(default, deserialize_with = "days")]
    pub shrunk_on: Vec<NaiveDate>,
    /// Whether it repeats what others publish.
    #[serde(default)]
    pub is_second_hand: bool,
    /// Whether the publisher refuses clients that name no contact.
    #[serde(default)]
    pub needs_contact: bool,
    /// How often its host may be asked.
    pub rate: Rate,
    /// Whether robots.txt is asked.
    pub robots: Robots,
    /// How much may be asked and answered.
    pub limits: Limits,
    /// The folder under which the publisher serves documents named like those in `fixtures/`.
    pub fixtures_url: String,
    /// Plausible rows of one document, by table.
    #[serde(default)]
    pub bounds: BTreeMap<String, Bounds>,
}

/// A limit shared by all sources that name the same group.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// The publisher's domain, e.g. `sec.gov`.
    pub group: String,
    /// Requests a second, over the whole group.
    pub per_second: u32,
    /// Connections at once, over the whole group.
    pub concurrent: u32,
}

/// Whether robots.txt is asked before a document is.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "lowercase")]
pub enum Robots {
    /// What it disallows is not asked for.
    Obey,
    /// It is not asked, for the reason given: e.g. an interface that is documented for programs.
    Exempt(String),
}

/// How much one source may ask, and be answered, in one run.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Longest body, decompressed.
    pub body_bytes: u64,
    /// Requests, redirects and further tries included.
    pub requests: u32,
    /// Bytes of all bodies together, as sent.
    pub bytes: u64,
    /// Further tries.
    pub retries: u32,
}

/// Plausible number of rows that one document yields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    /// With fewer, the document is refused.
    pub min: usize,
    /// With more, the run warns.
    pub max: usize,
}

/// A `pipeline.toml` that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("pipeline.toml: {0}")]
pub struct SpecError(String);

/// Days as texts, `YYYY-MM-DD`.
fn days<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<NaiveDate>, D::Error> {
    let texts = Vec::<String>::deserialize(deserializer)?;
    let day = |text: String| text.parse().map_err(serde::de::Error::custom);
    texts.into_iter().map(day).collect()
}

impl Spec {
    /// Reads a `pipeline.toml`.
    ///
    /// # Errors
    /// Where a key is missing, unknown or out of range, or the schedule is not five-field cron with
    /// named weekdays (the `cron` crate numbers weekdays from Sunday = 1, crontab from Sunday = 0:
    /// digits would be read differently by different people).
    pub fn from_toml(text: &str) -> Result<Self, SpecError> {
        let spec: Self = toml::from_str(text).map_err(|e| SpecError(e.to_string()))?;
        let fields: Vec<&str> = spec.schedule.split_whitespace().collect();
        let [_, _, _, _, weekday] = fields.as_slice() else {
            return Err(SpecError(format!("schedule `{}` has not five fields", spec.schedule)));
        };
        if weekday.bytes().any(|b| b.is_ascii_digit()) {
            return Err(SpecError(format!(
                "schedule `{}` numbers its weekday; write MON to SUN",
                spec.schedule
            )));
        }
        if spec.rate.per_second == 0 || spec.rate.concurrent == 0 {
            return Err(SpecError(
                "rate.per_second and rate.concurrent must be at least 1".to_owned(),
            ));
        }
        if spec.max_age_days.is_some_and(|days| days > OLDEST_OFFER_DAYS) {
            return Err(SpecError(format!("max_age_days may be at most {OLDEST_OFFER_DAYS}")));
        }
        if spec.lists_offers != spec.max_age_days.is_some() {
            return Err(SpecError(
                "max_age_days belongs to lists_offers: one needs the other".to_owned(),
            ));
        }
        Ok(spec)
    }

    /// The schedule as the `cron` crate wants it: seconds first.
    pub fn cron_expression(&self) -> String {
        format!("0 {}", self.schedule)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(schedule: &str) -> Result<Spec, SpecError> {
        Spec::from_toml(&format!(
            "id = 'a'
             title = 't'
             publisher = 'p'
             home = 'https://example.com'
             licence = 'l'
             terms = 'https://example.com/terms'
             redistributable = true
             schedule = '{schedule}'
             parser_version = 1
             fixtures_url = 'https://example.com/'
             rate = {{ group = 'example.com', per_second = 1, concurrent = 1 }}
             robots = 'obey'
             limits = {{ body_bytes = 1, requests = 1, bytes = 1, retries = 1 }}"
        ))
    }

    #[test]
    fn weekdays_are_named() {
        assert_eq!(spec("30 6 * * TUE-SAT").unwrap().cron_expression(), "0 30 6 * * TUE-SAT");
        for bad in ["30 6 * * 2-6", "0 30 6 * * TUE", "30 6 * *"] {
            assert!(spec(bad).is_err(), "{bad}");
        }
    }
}
