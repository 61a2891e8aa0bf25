//! Asking publishers over HTTP.

use std::collections::BTreeMap;
use std::error::Error;
use std::time::Duration;

use burnrate_model::{Rate, Request};
use chrono::{DateTime, SubsecRound as _, Utc};
use reqwest::header::{ACCEPT_ENCODING, HeaderMap, HeaderValue, LOCATION};
use reqwest::{Client, ClientBuilder, Response};
use tokio::time::{sleep, timeout};
use url::Url;

use crate::answer::{Answer, header_text, kept_headers};
use crate::error::{FetchError, FetchErrorKind, SetupError};
use crate::rate::RateLimits;
use crate::redirect::{self, MAX_REDIRECTS};
use crate::retry::{self, Advice};
use crate::transfer::{self, TransferError};

#[cfg(test)]
mod tests;

/// How publishers are asked.
#[derive(Debug, Clone)]
pub struct FetchOptions {
    /// Who asks, as publishers want to know: a name and a mail address.
    pub contact: Option<String>,
    /// Mirrors by the host they stand in for: what is meant for that host is asked there.
    pub origins: BTreeMap<String, Url>,
    /// Lifts the rate limits for mirrors. Meant for tests.
    pub unlimited_origins: bool,
    /// Longest body accepted.
    pub max_body_bytes: u64,
    /// Longest wait for a connection.
    pub connect_timeout: Duration,
    /// Longest wait for the head of an answer, connecting included.
    pub first_byte_timeout: Duration,
    /// Longest wait within a body.
    pub between_bytes_timeout: Duration,
    /// Pause before the second try; it doubles with each further one.
    pub first_pause: Duration,
    /// Tells the time.
    pub clock: fn() -> DateTime<Utc>,
}

impl FetchOptions {
    /// The usual limits, no contact and no mirrors.
    pub fn new(clock: fn() -> DateTime<Utc>) -> Self {
        Self {
            contact: None,
            origins: BTreeMap::new(),
            unlimited_origins: false,
            max_body_bytes: 256 * 1024 * 1024,
            connect_timeout: Duration::from_secs(10),
            first_byte_timeout: Duration::from_mins(1),
            between_bytes_timeout: Duration::from_secs(30),
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
    client: Client,
    /// For this machine's own addresses, which no proxy can reach.
    direct: Client,
    limits: RateLimits,
}

/// Where a URL is really asked.
struct Route {
    url: Url,
    is_origin: bool,
}

impl HttpFetcher {
    /// Sets the client up; nothing is asked yet.
    ///
    /// # Errors
    /// Where an option cannot be used.
    pub fn new(options: FetchOptions) -> Result<Self, SetupError> {
        if let Some(origin) = options.origins.values().find(|url| !redirect::is_http(url)) {
            return Err(SetupError::Origin(origin.to_string()));
        }
        let client = build(client_builder(&options)?)?;
        let direct = build(client_builder(&options)?.no_proxy())?;
        Ok(Self { options, client, direct, limits: RateLimits::default() })
    }

    /// The publisher's answer, whatever its status; of several tries, the last one's.
    ///
    /// # Errors
    /// Where no answer came.
    pub async fn fetch(&self, request: &Request, rate: &Rate) -> Result<Answer, FetchError> {
        let failed = |kind, tries| FetchError { url: request.url.clone(), kind, tries };
        let url =
            Url::parse(&request.url).map_err(|e| failed(FetchErrorKind::Url(e.to_string()), 0))?;
        if !redirect::is_http(&url) {
            return Err(failed(FetchErrorKind::Url("neither http nor https".to_owned()), 0));
        }
        let mut pauses = retry::pauses(self.options.first_pause);
        let mut tries = 0;
        loop {
            tries += 1;
            let outcome = self.attempt(&url, rate).await;
            let pause = match (retry::advice(&outcome, (self.options.clock)()), pauses.next()) {
                (Advice::Again, Some(pause)) | (Advice::AgainAfter(pause), Some(_)) => pause,
                (Advice::Keep, _) | (_, None) => {
                    let answer = outcome.map_err(|kind| failed(kind, tries))?;
                    return Ok(Answer { url: request.url.clone(), ..answer });
                }
            };
            log_retry(&request.url, &outcome, pause);
            sleep(pause).await;
        }
    }

    /// One try: asks, and follows redirects to their end.
    async fn attempt(&self, url: &Url, rate: &Rate) -> Result<Answer, FetchErrorKind> {
        let mut asked = url.clone();
        for _ in 0..=MAX_REDIRECTS {
            let response = self.send(&asked, rate).await?;
            let fetched_at = (self.options.clock)().trunc_subsecs(6);
            let location = response.headers().get(LOCATION).map(|v| header_text(v.as_bytes()));
            let status = response.status().as_u16();
            match redirect::target(status, location.as_deref(), &asked)? {
                None => return self.read(url, fetched_at, response).await,
                Some(target) => {
                    if !self.route(&target).is_origin {
                        redirect::refuse_private(&target).await?;
                    }
                    asked = target;
                }
            }
        }
        Err(FetchErrorKind::TooManyRedirects { limit: MAX_REDIRECTS })
    }

    /// Asks one URL, at the pace of its group, and waits for the head of the answer.
    async fn send(&self, url: &Url, rate: &Rate) -> Result<Response, FetchErrorKind> {
        let route = self.route(url);
        if !(route.is_origin && self.options.unlimited_origins) {
            self.limits.wait(rate).await;
        }
        let client = if redirect::is_loopback(&route.url) { &self.direct } else { &self.client };
        let limit = self.options.first_byte_timeout;
        match timeout(limit, client.get(route.url).send()).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) if error.is_connect() => Err(FetchErrorKind::Connect(cause(&error))),
            Ok(Err(error)) => Err(FetchErrorKind::Broken(cause(&error))),
            Err(_) => Err(FetchErrorKind::Timeout { awaited: "answer", limit }),
        }
    }

    /// The mirror's URL where there is one for the host, else the URL itself.
    fn route(&self, url: &Url) -> Route {
        let origins = &self.options.origins;
        if let Some(origin) = url.host_str().and_then(|host| origins.get(host)) {
            let mut mirror = origin.clone();
            mirror.set_path(&format!("{}{}", origin.path().trim_end_matches('/'), url.path()));
            mirror.set_query(url.query());
            return Route { url: mirror, is_origin: true };
        }
        // A mirror may redirect to itself by its own name.
        let is_origin = origins.values().any(|origin| origin.origin() == url.origin());
        Route { url: url.clone(), is_origin }
    }

    /// Reads the body and makes it an answer.
    async fn read(
        &self,
        url: &Url,
        fetched_at: DateTime<Utc>,
        response: Response,
    ) -> Result<Answer, FetchErrorKind> {
        let status = response.status().as_u16();
        let mut headers: Vec<_> = response
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), header_text(value.as_bytes())))
            .collect();
        let received = self.read_body(response).await?;
        let limit = self.options.max_body_bytes;
        let body =
            transfer::ungzip(&mut headers, received, limit).map_err(|error| match error {
                TransferError::TooLarge => FetchErrorKind::TooLarge { limit },
                TransferError::Gzip(reason) => FetchErrorKind::Broken(reason),
            })?;
        let headers = kept_headers(&headers, body.len());
        Ok(Answer { url: url.to_string(), fetched_at, status, headers, body })
    }

    /// Reads the body chunk by chunk, so that neither its length nor a stalled sender is trusted.
    async fn read_body(&self, mut response: Response) -> Result<Vec<u8>, FetchErrorKind> {
        let limit = self.options.max_body_bytes;
        let wait = self.options.between_bytes_timeout;
        let mut body: Vec<u8> = Vec::new();
        if response.content_length().is_some_and(|announced| announced > limit) {
            return Err(FetchErrorKind::TooLarge { limit });
        }
        loop {
            match timeout(wait, response.chunk()).await {
                Ok(Ok(Some(chunk))) if (body.len() + chunk.len()) as u64 > limit => {
                    return Err(FetchErrorKind::TooLarge { limit });
                }
                Ok(Ok(Some(chunk))) => body.extend_from_slice(&chunk),
                Ok(Ok(None)) => return Ok(body),
                Ok(Err(error)) => return Err(FetchErrorKind::Broken(cause(&error))),
                Err(_) => {
                    return Err(FetchErrorKind::Timeout { awaited: "further byte", limit: wait });
                }
            }
        }
    }
}

fn client_builder(options: &FetchOptions) -> Result<ClientBuilder, SetupError> {
    let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static("identity"))]);
    Ok(Client::builder()
        .user_agent(options.user_agent()?)
        .default_headers(headers)
        .connect_timeout(options.connect_timeout)
        .redirect(reqwest::redirect::Policy::none())
        .referer(false))
}

fn build(builder: ClientBuilder) -> Result<Client, SetupError> {
    builder.build().map_err(|error| SetupError::Client(cause(&error)))
}

/// The innermost cause: the outer ones only say that a request failed.
fn cause(error: &reqwest::Error) -> String {
    let mut innermost: &dyn Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

fn log_retry(url: &str, outcome: &Result<Answer, FetchErrorKind>, pause: Duration) {
    let reason = match outcome {
        Ok(answer) => format!("status {}", answer.status),
        Err(kind) => kind.to_string(),
    };
    tracing::warn!(url, reason, pause_seconds = pause.as_secs_f64(), "asking again");
}
