//! Asking publishers over HTTP.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use burnrate_model::Request;
use chrono::{DateTime, SubsecRound as _, Utc};
use reqwest::Response;
use reqwest::header::{CONTENT_ENCODING, HeaderMap, HeaderValue, LOCATION, RETRY_AFTER};
use tokio::time::{sleep, timeout};
use url::Url;

use crate::address::{Guard, Lookup, system_lookup};
use crate::answer::{Answer, header_text, kept_headers};
use crate::body::{self, BodyLimit};
use crate::budget::Budgets;
use crate::client::Clients;
use crate::error::{FetchError, FetchErrorKind, SetupError};
use crate::policy::{Policy, RobotsPolicy, Validators};
use crate::rate::Limits;
use crate::redirect::{self, MAX_REDIRECTS};
use crate::retry::{self, Advice};
use crate::robots::{self, RobotsTxt, Verdict};

#[cfg(test)]
mod tests;

/// How publishers are asked.
#[derive(Debug, Clone)]
pub struct FetchOptions {
    /// Who asks, as publishers want to know: a name and a mail address.
    pub contact: Option<String>,
    /// Mirrors by the host they stand in for: what is meant for that host, or for one below it that has no
    /// mirror of its own, is asked there.
    pub origins: BTreeMap<String, Url>,
    /// Lifts the limits of rate and concurrency for mirrors. Meant for tests.
    pub unlimited_origins: bool,
    /// The folder by which the processes of this machine agree on a pace, and which keeps what
    /// robots.txt said. Made where it is not there.
    pub state: PathBuf,
    /// Longest wait for a connection.
    pub connect_timeout: Duration,
    /// Longest wait for the head of an answer, connecting included.
    pub first_byte_timeout: Duration,
    /// Longest wait within a body.
    pub between_bytes_timeout: Duration,
    /// Longest time for a request and all of its answer.
    pub total_timeout: Duration,
    /// Pause before the second try; it doubles with each further one.
    pub first_pause: Duration,
    /// Tells the time.
    pub clock: fn() -> DateTime<Utc>,
}

impl FetchOptions {
    /// The usual limits, no contact and no mirrors.
    pub fn new(state: impl Into<PathBuf>, clock: fn() -> DateTime<Utc>) -> Self {
        Self {
            contact: None,
            origins: BTreeMap::new(),
            unlimited_origins: false,
            state: state.into(),
            connect_timeout: Duration::from_secs(10),
            first_byte_timeout: Duration::from_mins(1),
            between_bytes_timeout: Duration::from_secs(30),
            total_timeout: Duration::from_mins(10),
            first_pause: Duration::from_secs(1),
            clock,
        }
    }

    fn user_agent(&self) -> Result<HeaderValue, SetupError> {
        let program = concat!("burnrate/", env!("CARGO_PKG_VERSION"));
        match &self.contact {
            None => Ok(HeaderValue::from_static(program)),
            Some(contact) => HeaderValue::from_str(&format!("{program} ({contact})"))
                .map_err(|_| SetupError::Contact(contact.clone())),
        }
    }
}

/// Asks publishers, no more often than each allows.
#[derive(Debug)]
pub struct HttpFetcher {
    options: FetchOptions,
    clients: Clients,
    limits: Limits,
    budgets: Budgets,
    robots: robots::Cache,
}

/// What is asked for, and on whose account.
#[derive(Debug, Clone, Copy)]
struct Errand<'a> {
    source_id: &'a str,
    policy: &'a Policy,
    aim: Aim<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Aim<'a> {
    /// A document, whole, unless the publisher says that it is still the one already there.
    Document(Option<&'a Validators>),
    /// robots.txt, as much of it as counts. Nothing forbids to ask for it.
    Robots,
}

/// Where a URL is really asked.
struct Route {
    url: Url,
    is_mirror: bool,
}

/// By whose word a request is made; nothing for robots.txt itself.
#[derive(Default)]
struct Permit {
    reason: String,
    crawl_delay: Option<Duration>,
}

/// What came of one request.
enum Hop {
    Answer(Answer),
    Redirect(Url),
}

type Outcome = Result<Answer, FetchErrorKind>;

impl HttpFetcher {
    /// Sets the clients up; nothing is asked yet.
    ///
    /// # Errors
    /// Where an option cannot be used.
    pub fn new(options: FetchOptions) -> Result<Self, SetupError> {
        Self::with_lookup(options, system_lookup)
    }

    pub(crate) fn with_lookup(options: FetchOptions, lookup: Lookup) -> Result<Self, SetupError> {
        if let Some(origin) = options.origins.values().find(|url| !redirect::is_http(url)) {
            return Err(SetupError::Origin(origin.to_string()));
        }
        let clients = Clients::new(
            Guard::new(lookup),
            options.user_agent()?,
            options.connect_timeout,
            &options.origins,
        )?;
        let state = |error| SetupError::State { path: options.state.clone(), error };
        let limits = Limits::create(&options.state, options.clock).map_err(state)?;
        let robots = robots::Cache::create(&options.state).map_err(state)?;
        Ok(Self { options, clients, limits, budgets: Budgets::default(), robots })
    }

    /// The publisher's answer, whatever its status; of several tries, the last one's.
    ///
    /// # Errors
    /// Where no answer came, or it was not asked for one.
    pub async fn fetch(
        &self,
        request: &Request,
        policy: &Policy,
        validators: Option<&Validators>,
    ) -> Result<Answer, FetchError> {
        let failed = |kind, tries| FetchError { url: request.url.clone(), kind, tries };
        let url = askable(&request.url).map_err(|kind| failed(kind, 0))?;
        let aim = Aim::Document(validators);
        let errand = Errand { source_id: &request.source_id, policy, aim };
        let (outcome, tries) = self.persist(&url, errand).await;
        let answer = outcome.map_err(|kind| failed(kind, tries))?;
        Ok(Answer { url: request.url.clone(), ..answer })
    }

    /// The header fields with which a document is asked for, but for those that name its host.
    pub fn sent(&self, validators: Option<&Validators>) -> Vec<(String, String)> {
        header_fields(&self.clients.sent(validators))
    }

    /// Tries until there is an answer, or no more sense in trying. Says how often it tried.
    async fn persist(&self, url: &Url, errand: Errand<'_>) -> (Outcome, u32) {
        let mut pauses = retry::pauses(self.options.first_pause);
        let mut tries = 0;
        loop {
            tries += 1;
            let outcome = self.attempt(url, errand).await;
            let pause = match (retry::advice(&outcome, (self.options.clock)()), pauses.next()) {
                (Advice::Again, Some(pause)) | (Advice::AgainAfter(pause), Some(_)) => pause,
                (Advice::Keep, _) | (_, None) => return (outcome, tries),
            };
            if let Err(spent) = self.budgets.retry(errand.source_id, errand.policy) {
                return (outcome.map_err(|kind| spent.after(kind)), tries);
            }
            log_retry(url, &outcome, pause);
            sleep(pause).await;
        }
    }

    /// One try: asks, and follows redirects to their end.
    async fn attempt(&self, url: &Url, errand: Errand<'_>) -> Outcome {
        let mut asked = url.clone();
        let mut permits: Vec<String> = Vec::new();
        for hops in 0..=MAX_REDIRECTS {
            let (permit, hop) =
                self.hop(&asked, errand).await.map_err(|kind| as_of_hop(kind, hops, &asked))?;
            if !permits.contains(&permit) {
                permits.push(permit);
            }
            match hop {
                Hop::Answer(answer) => {
                    let robots = Some(permits.join("; ")).filter(|permits| !permits.is_empty());
                    return Ok(Answer { robots, ..answer });
                }
                Hop::Redirect(target) => asked = target,
            }
        }
        Err(FetchErrorKind::TooManyRedirects { limit: MAX_REDIRECTS })
    }

    /// Asks one URL, if it may be asked, when it may be; says by whose word.
    async fn hop(&self, asked: &Url, errand: Errand<'_>) -> Result<(String, Hop), FetchErrorKind> {
        let route = self.route(asked);
        if !route.is_mirror {
            self.clients.check(&route.url)?;
        }
        let permit = self.permit(asked, &route, errand).await?;
        self.budgets.request(errand.source_id, errand.policy)?;
        // Held until the answer is read.
        let _turn = if self.is_unlimited(&route) {
            None
        } else {
            Some(self.limits.turn(errand.policy, permit.crawl_delay).await?)
        };
        let limit = self.options.total_timeout;
        match timeout(limit, self.exchange(asked, &route, errand)).await {
            Ok(hop) => Ok((permit.reason, hop?)),
            Err(_) => Err(FetchErrorKind::TooSlow { limit }),
        }
    }

    /// Sends a request and takes its answer.
    async fn exchange(
        &self,
        asked: &Url,
        route: &Route,
        errand: Errand<'_>,
    ) -> Result<Hop, FetchErrorKind> {
        let validators = match errand.aim {
            Aim::Document(validators) => validators,
            Aim::Robots => None,
        };
        let limit = self.options.first_byte_timeout;
        let response = self.clients.send(&route.url, route.is_mirror, validators, limit).await?;
        let fetched_at = (self.options.clock)().trunc_subsecs(6);
        let status = response.status().as_u16();
        self.heed(&response, route, errand.policy, fetched_at).await?;
        let location = response.headers().get(LOCATION).map(|v| header_text(v.as_bytes()));
        if let Some(target) = redirect::target(status, location.as_deref(), asked)? {
            if !self.route(&target).is_mirror {
                redirect::refuse_downgrade(asked, &target)?;
            }
            return Ok(Hop::Redirect(target));
        }
        let headers = header_fields(response.headers());
        let body = self.body(response, errand).await?;
        let headers = kept_headers(&headers, body.len());
        let url = asked.to_string();
        Ok(Hop::Answer(Answer { url, fetched_at, status, headers, body, robots: None }))
    }

    /// Leaves the whole group alone where its publisher asks for time: the next request must not
    /// run into the same wall.
    async fn heed(
        &self,
        response: &Response,
        route: &Route,
        policy: &Policy,
        now: DateTime<Utc>,
    ) -> Result<(), FetchErrorKind> {
        let is_asked = matches!(response.status().as_u16(), 429 | 503) && !self.is_unlimited(route);
        let field = response.headers().get(RETRY_AFTER).filter(|_| is_asked);
        match field.and_then(|value| retry::retry_after(value.to_str().ok()?, now)) {
            Some(pause) => self.limits.hold(&policy.rate.group, pause).await,
            None => Ok(()),
        }
    }

    /// Reads the body, on the source's account.
    async fn body(
        &self,
        response: Response,
        errand: Errand<'_>,
    ) -> Result<Vec<u8>, FetchErrorKind> {
        let policy = errand.policy;
        let limit = match errand.aim {
            Aim::Document(_) => BodyLimit::refuse(policy.max_body_bytes),
            Aim::Robots => BodyLimit::cut(policy.max_body_bytes, robots::BYTES_READ),
        };
        let pay = |received| self.budgets.bytes(errand.source_id, policy, received);
        body::read(response, limit, self.options.between_bytes_timeout, pay).await
    }

    /// Whether the URL may be asked, and by whose word.
    async fn permit(
        &self,
        asked: &Url,
        route: &Route,
        errand: Errand<'_>,
    ) -> Result<Permit, FetchErrorKind> {
        match (errand.aim, errand.policy.robots) {
            (Aim::Robots, _) => Ok(Permit::default()),
            (Aim::Document(_), RobotsPolicy::Exempt) => {
                let reason = "exempt: the source's policy does not ask robots.txt".to_owned();
                Ok(Permit { reason, crawl_delay: None })
            }
            (Aim::Document(_), RobotsPolicy::Obey) => {
                let verdict = self.robots_txt(asked, route, errand).await?.verdict(asked);
                let Verdict { is_allowed, reason, crawl_delay } = verdict;
                if !is_allowed {
                    return Err(FetchErrorKind::Robots { reason });
                }
                Ok(Permit { reason, crawl_delay })
            }
        }
    }

    /// The robots.txt of a URL's host: what is known, or else what the host answers now.
    async fn robots_txt(
        &self,
        asked: &Url,
        route: &Route,
        errand: Errand<'_>,
    ) -> Result<Arc<RobotsTxt>, FetchErrorKind> {
        let url = robots::url(asked)?;
        let mut host = url.origin().ascii_serialization();
        if route.is_mirror {
            // What a mirror allows says nothing about the publisher.
            host = format!("{host} via {}", self.route(&url).url);
        }
        let cell = self.robots.cell(&host);
        let mut known = cell.lock().await;
        if let Some(robots) = self.robots.fresh(&host, &mut known, (self.options.clock)()) {
            return Ok(robots);
        }
        let (outcome, _) = self.persist_boxed(&url, Errand { aim: Aim::Robots, ..errand }).await;
        let robots = Arc::new(RobotsTxt::of(&url, outcome, (self.options.clock)())?);
        self.robots.keep(&host, &robots);
        *known = Some(Arc::clone(&robots));
        Ok(robots)
    }

    /// As [`persist`](Self::persist), of a size known before: asking for a document may mean to ask
    /// for robots.txt first.
    fn persist_boxed<'a>(
        &'a self,
        url: &'a Url,
        errand: Errand<'a>,
    ) -> Pin<Box<dyn Future<Output = (Outcome, u32)> + Send + 'a>> {
        Box::pin(self.persist(url, errand))
    }

    /// The mirror's URL where there is one for the host, else the URL itself.
    fn route(&self, url: &Url) -> Route {
        let origins = &self.options.origins;
        if let Some(origin) = url.host_str().and_then(|host| mirror(origins, host)) {
            let mut mirror = origin.clone();
            mirror.set_path(&format!("{}{}", origin.path().trim_end_matches('/'), url.path()));
            mirror.set_query(url.query());
            return Route { url: mirror, is_mirror: true };
        }
        // A mirror may redirect to itself by its own name.
        let is_mirror = origins.values().any(|origin| origin.origin() == url.origin());
        Route { url: url.clone(), is_mirror }
    }

    fn is_unlimited(&self, route: &Route) -> bool {
        route.is_mirror && self.options.unlimited_origins
    }
}

/// A refused address, told as what it is after a redirect.
fn as_of_hop(kind: FetchErrorKind, hops: usize, asked: &Url) -> FetchErrorKind {
    if hops > 0 && matches!(kind, FetchErrorKind::AddressRefused { .. }) {
        let reason = "a loopback, private or link-local address";
        return FetchErrorKind::RedirectRefused { target: asked.to_string(), reason };
    }
    kind
}

/// The URL of a request, if it is one that can be asked.
fn askable(text: &str) -> Result<Url, FetchErrorKind> {
    let url = Url::parse(text).map_err(|error| FetchErrorKind::Url(error.to_string()))?;
    if !redirect::is_http(&url) {
        return Err(FetchErrorKind::Url("neither http nor https".to_owned()));
    }
    if redirect::has_credentials(&url) {
        return Err(FetchErrorKind::Url("it carries credentials".to_owned()));
    }
    Ok(url)
}

/// The header fields as text, but for the coding, which is undone.
fn header_fields(headers: &HeaderMap) -> Vec<(String, String)> {
    let fields = headers.iter().filter(|&(name, _)| name != CONTENT_ENCODING);
    fields.map(|(name, value)| (name.to_string(), header_text(value.as_bytes()))).collect()
}

fn log_retry(url: &Url, outcome: &Outcome, pause: Duration) {
    let reason = match outcome {
        Ok(answer) => format!("status {}", answer.status),
        Err(kind) => kind.to_string(),
    };
    tracing::warn!(%url, reason, pause_seconds = pause.as_secs_f64(), "asking again");
}

/// The mirror of the host, or of the nearest host above it.
fn mirror<'a>(origins: &'a BTreeMap<String, Url>, host: &str) -> Option<&'a Url> {
    let names_above = host.match_indices('.').map(|(dot, _)| &host[dot + 1..]);
    std::iter::once(host).chain(names_above).find_map(|name| origins.get(name))
}
