//! robots.txt (RFC 9309): what a publisher wants left alone.
//!
//! A file that is there is obeyed, as far as its first 500 KiB. Where there is none (4xx), all is
//! allowed; where the server cannot say (5xx, silence, and 429, which is no statement about the
//! file), nothing is. What was found holds for a day, what was not for an hour, in this process and
//! in every later one that uses the same state folder.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use burnrate_model::sha256_hex;
use chrono::{DateTime, SecondsFormat, Utc};
use url::{Position, Url};

use crate::answer::Answer;
use crate::error::FetchErrorKind;
use crate::rate::file_name;
use crate::redirect::MAX_REDIRECTS;

mod store;
#[cfg(test)]
mod tests;

/// The product token that publishers address.
const PRODUCT: &str = "burnrate";
/// Bytes read of a file: those that count, and one more that tells whether a line was cut.
pub(crate) const BYTES_READ: u64 = robotxt::BYTE_LIMIT as u64 + 1;
/// How long what was found holds.
const LIFETIME: Duration = Duration::from_hours(24);
/// How long nothing is asked of a host that could not say what it allows.
const UNREACHABLE_LIFETIME: Duration = Duration::from_hours(1);
/// No run waits longer between two requests.
const LONGEST_CRAWL_DELAY: Duration = Duration::from_mins(1);

/// A host's robots.txt, as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RobotsTxt {
    /// Where the publisher has it.
    url: String,
    fetched_at: DateTime<Utc>,
    found: Found,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Found {
    /// The file.
    Rules { body: Vec<u8>, rules: robotxt::Robots },
    /// There is none, for this reason.
    Unavailable(String),
    /// The server could not say, for this reason.
    Unreachable(String),
}

/// What robots.txt says of one URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) is_allowed: bool,
    /// By which file, of when.
    pub(crate) reason: String,
    /// The pause that the publisher wants between requests.
    pub(crate) crawl_delay: Option<Duration>,
}

impl RobotsTxt {
    /// What the outcome of asking for it means. Outcomes that say nothing about the file, such as a
    /// spent budget, come back as they are.
    pub(crate) fn of(
        url: &Url,
        outcome: Result<Answer, FetchErrorKind>,
        now: DateTime<Utc>,
    ) -> Result<Self, FetchErrorKind> {
        let fetched_at = outcome.as_ref().map_or(now, |answer| answer.fetched_at);
        let found = match outcome {
            Ok(answer) => match answer.status {
                200..=299 => Found::rules(answer.body),
                429 => Found::Unreachable("HTTP 429".to_owned()),
                status @ 400..=499 => Found::Unavailable(format!("answered HTTP {status}")),
                status => Found::Unreachable(format!("HTTP {status}")),
            },
            Err(FetchErrorKind::TooManyRedirects { .. }) => {
                Found::Unavailable(format!("redirects more than {MAX_REDIRECTS} times"))
            }
            Err(
                kind @ (FetchErrorKind::AddressRefused { .. }
                | FetchErrorKind::Budget { .. }
                | FetchErrorKind::State { .. }
                | FetchErrorKind::Throttled { .. }),
            ) => return Err(kind),
            Err(kind) => Found::Unreachable(kind.to_string()),
        };
        Ok(Self { url: url.to_string(), fetched_at, found })
    }

    /// Whether it still holds. One from the future does not: a clock was wrong.
    fn is_fresh(&self, now: DateTime<Utc>) -> bool {
        let lifetime = match self.found {
            Found::Rules { .. } | Found::Unavailable(_) => LIFETIME,
            Found::Unreachable(_) => UNREACHABLE_LIFETIME,
        };
        (now - self.fetched_at).to_std().is_ok_and(|age| age < lifetime)
    }

    /// What it says of a URL of its host.
    pub(crate) fn verdict(&self, url: &Url) -> Verdict {
        let file = &self.url;
        let date = self.fetched_at.to_rfc3339_opts(SecondsFormat::Secs, true);
        let verdict = |is_allowed, reason| Verdict { is_allowed, reason, crawl_delay: None };
        match &self.found {
            Found::Unavailable(why) => verdict(true, format!("allowed: {file} {why} at {date}")),
            Found::Unreachable(why) => verdict(
                false,
                format!("disallowed for an hour: {file} could not be read at {date} ({why})"),
            ),
            Found::Rules { body, rules } => {
                let file = format!("{file} of {date} (sha256 {})", sha256_hex(body));
                let is_allowed = rules.is_url_allowed(url);
                let verdict = match (is_allowed, rules.crawl_delay()) {
                    (true, Some(delay)) if delay > LONGEST_CRAWL_DELAY => verdict(
                        false,
                        format!(
                            "disallowed: {file} asks for a Crawl-delay of {} s, and no run waits so long",
                            delay.as_secs_f64()
                        ),
                    ),
                    (true, _) => verdict(true, format!("allowed by {file}")),
                    (false, _) => {
                        verdict(false, format!("disallowed by {file}{}", rule(rules, url)))
                    }
                };
                Verdict { crawl_delay: rules.crawl_delay(), ..verdict }
            }
        }
    }
}

impl Found {
    fn rules(body: Vec<u8>) -> Self {
        let rules = robotxt::Robots::parse(&body, PRODUCT);
        Self::Rules { body, rules }
    }
}

/// The rule that disallows the URL, in words.
fn rule(rules: &robotxt::Robots, url: &Url) -> String {
    let rule = rules.matching_rule(&url[Position::BeforePath..Position::AfterQuery]);
    rule.map(|rule| format!(", Disallow: {}", rule.pattern())).unwrap_or_default()
}

/// Where the robots.txt is that speaks for a URL.
pub(crate) fn url(asked: &Url) -> Result<Url, FetchErrorKind> {
    robotxt::robots_url(asked).map_err(|error| FetchErrorKind::Url(error.to_string()))
}

/// What is known of one host. Locked while the host is asked, so that it is asked once.
pub(crate) type Cell = tokio::sync::Mutex<Option<Arc<RobotsTxt>>>;

/// What is known of all hosts, in memory and in the state folder.
#[derive(Debug)]
pub(crate) struct Cache {
    folder: PathBuf,
    cells: Mutex<BTreeMap<String, Arc<Cell>>>,
}

impl Cache {
    pub(crate) fn create(state: &Path) -> io::Result<Self> {
        let folder = state.join("robots");
        fs::create_dir_all(&folder)?;
        Ok(Self { folder, cells: Mutex::default() })
    }

    pub(crate) fn cell(&self, host: &str) -> Arc<Cell> {
        let mut cells = self.cells.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(cells.entry(host.to_owned()).or_default())
    }

    /// What is known and still holds; what the folder has is put into the cell.
    pub(crate) fn fresh(
        &self,
        host: &str,
        known: &mut Option<Arc<RobotsTxt>>,
        now: DateTime<Utc>,
    ) -> Option<Arc<RobotsTxt>> {
        if known.as_ref().is_none_or(|robots| !robots.is_fresh(now)) {
            *known =
                store::read(&self.file(host)).filter(|robots| robots.is_fresh(now)).map(Arc::new);
        }
        known.clone()
    }

    /// Keeps what was found for later processes. One that does not find it asks again: no harm.
    pub(crate) fn keep(&self, host: &str, robots: &RobotsTxt) {
        let file = self.file(host);
        if let Err(error) = store::write(&file, robots) {
            tracing::warn!(file = %file.display(), %error, "robots.txt is not kept");
        }
    }

    fn file(&self, host: &str) -> PathBuf {
        self.folder.join(file_name(host))
    }
}
