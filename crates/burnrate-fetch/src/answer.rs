//! What a publisher answered.

use chrono::{DateTime, Utc};

/// One answer, in the form in which it is archived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The publisher's URL as it was requested, whatever mirror or redirect answered in the end.
    pub url: String,
    /// When its head arrived, to the microsecond.
    pub fetched_at: DateTime<Utc>,
    /// HTTP status.
    pub status: u16,
    /// Header fields in the order received, without cookies and credentials.
    pub headers: Vec<(String, String)>,
    /// The payload, free of chunks and compression.
    pub body: Vec<u8>,
    /// What robots.txt, or the source's exemption from it, said of asking for this.
    pub robots: Option<String>,
}

impl Answer {
    /// The first value of a header field; names match in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        field(&self.headers, name)
    }
}

/// The first value of a field; names match in any case.
pub(crate) fn field<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    fields.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| &**value)
}

/// The header fields worth keeping beside a body of `body_len` bytes.
///
/// Cookies and credentials are nobody's business later. Chunks are gone once the body is whole, so
/// the field that announces them would mislead, and the length must be that of the body kept.
pub(crate) fn kept_headers(headers: &[(String, String)], body_len: usize) -> Vec<(String, String)> {
    const DROPPED: [&str; 6] = [
        "authorization",
        "content-length",
        "cookie",
        "proxy-authorization",
        "set-cookie",
        "transfer-encoding",
    ];
    let is_kept = |name: &str| !DROPPED.iter().any(|dropped| name.eq_ignore_ascii_case(dropped));
    let mut kept: Vec<_> = headers.iter().filter(|(name, _)| is_kept(name)).cloned().collect();
    kept.push(("content-length".to_owned(), body_len.to_string()));
    kept
}

/// Header text: UTF-8 where it is that, else Latin-1, which HTTP once meant.
pub(crate) fn header_text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    }
}
