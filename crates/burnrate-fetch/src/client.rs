//! HTTP clients: one for publishers, two for mirrors.

use std::collections::BTreeMap;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, HeaderMap, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, USER_AGENT,
};
use reqwest::{Client, ClientBuilder, Response};
use tokio::time::timeout;
use url::Url;

use crate::address::{Guard, LeadsInside, is_loopback};
use crate::encoding;
use crate::error::{FetchErrorKind, SetupError};
use crate::policy::Validators;

/// Opens connections. TLS is always verified, and nothing is retried or followed on the quiet:
/// whatever is sent was paid for and waited for.
#[derive(Debug)]
pub(crate) struct Clients {
    guard: Guard,
    user_agent: HeaderValue,
    /// Reaches public addresses alone.
    publishers: Client,
    mirrors: Option<Client>,
    /// For mirrors at this machine's own addresses, which no proxy can reach.
    own_mirrors: Option<Client>,
}

impl Clients {
    pub(crate) fn new(
        guard: Guard,
        user_agent: HeaderValue,
        connect_timeout: Duration,
        mirrors: &BTreeMap<String, Url>,
    ) -> Result<Self, SetupError> {
        let builder = || builder(connect_timeout);
        // To set one up takes a while: the certificates of all authorities are read.
        let if_any = |is_own: bool, builder: ClientBuilder| {
            let is_any = mirrors.values().any(|url| is_loopback(url) == is_own);
            is_any.then(|| build(builder)).transpose()
        };
        Ok(Self {
            publishers: build(builder().dns_resolver(Arc::new(guard.clone())))?,
            mirrors: if_any(false, builder())?,
            own_mirrors: if_any(true, builder().no_proxy())?,
            guard,
            user_agent,
        })
    }

    /// Refuses a publisher's URL that plainly leads inside.
    pub(crate) fn check(&self, url: &Url) -> Result<(), FetchErrorKind> {
        self.guard.check(url)
    }

    /// The header fields of a request, but for those that name the host.
    pub(crate) fn sent(&self, validators: Option<&Validators>) -> HeaderMap {
        let mut fields = HeaderMap::from_iter([
            (ACCEPT, HeaderValue::from_static("*/*")),
            (ACCEPT_ENCODING, HeaderValue::from_static(encoding::ACCEPTED)),
            (USER_AGENT, self.user_agent.clone()),
        ]);
        fields.extend(conditions(validators));
        fields
    }

    /// Asks a URL, and waits for the head of the answer.
    pub(crate) async fn send(
        &self,
        url: &Url,
        is_mirror: bool,
        validators: Option<&Validators>,
        limit: Duration,
    ) -> Result<Response, FetchErrorKind> {
        let client = match (is_mirror, is_loopback(url)) {
            (false, _) => None,
            (true, false) => self.mirrors.as_ref(),
            (true, true) => self.own_mirrors.as_ref(),
        };
        let client = client.unwrap_or(&self.publishers);
        let request = client.get(url.clone()).headers(self.sent(validators)).send();
        match timeout(limit, request).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) => Err(failure(url, &error)),
            Err(_) => Err(FetchErrorKind::Timeout { awaited: "answer", limit }),
        }
    }
}

fn builder(connect_timeout: Duration) -> ClientBuilder {
    Client::builder()
        .connect_timeout(connect_timeout)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
}

fn build(builder: ClientBuilder) -> Result<Client, SetupError> {
    builder.build().map_err(|error| SetupError::Client(cause(&error).to_string()))
}

/// The validators as header fields. One that cannot be sent as it was received is left out: the
/// publisher then answers in full.
fn conditions(validators: Option<&Validators>) -> HeaderMap {
    let Some(validators) = validators else { return HeaderMap::new() };
    let fields =
        [(IF_NONE_MATCH, &validators.etag), (IF_MODIFIED_SINCE, &validators.last_modified)];
    let field = |(name, value): (_, &Option<String>)| {
        let value = value.as_deref().filter(|value| !value.is_empty())?;
        Some((name, HeaderValue::from_str(value).ok()?))
    };
    fields.into_iter().filter_map(field).collect()
}

fn failure(url: &Url, error: &reqwest::Error) -> FetchErrorKind {
    let cause = cause(error);
    if cause.downcast_ref::<LeadsInside>().is_some() {
        let host = url.host_str().unwrap_or_default().to_owned();
        FetchErrorKind::AddressRefused { host }
    } else if error.is_connect() {
        FetchErrorKind::Connect(cause.to_string())
    } else {
        FetchErrorKind::Broken(cause.to_string())
    }
}

/// The innermost cause: the outer ones only say that a request failed.
pub(crate) fn cause<'a>(error: &'a (dyn Error + 'static)) -> &'a (dyn Error + 'static) {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost
}
