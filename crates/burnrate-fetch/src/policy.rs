//! What a source may ask of its publisher, and what it already has.

use burnrate_model::Rate;

/// How politely, and how much, one source asks in one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// How often the publisher may be asked, and over how many connections, by all processes of this
    /// machine together.
    pub rate: Rate,
    /// Whether robots.txt is asked for its consent.
    pub robots: RobotsPolicy,
    /// Longest body accepted, as sent and once decompressed.
    pub max_body_bytes: u64,
    /// Most requests: tries, redirects and robots.txt count.
    pub max_requests: u32,
    /// Most bytes of all bodies together, as sent.
    pub max_bytes: u64,
    /// Most tries beside each request's first.
    pub retry_budget: u32,
}

/// What robots.txt means to a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RobotsPolicy {
    /// What it disallows is not asked for.
    Obey,
    /// It is not asked: the publisher's terms or an interface's own documents say what is allowed.
    Exempt,
}

/// What an earlier answer said of itself: the publisher answers 304 where it still holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag`, sent as `If-None-Match`.
    pub etag: Option<String>,
    /// `Last-Modified`, sent as `If-Modified-Since`.
    pub last_modified: Option<String>,
}
