//! What is asked for, and what came back.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

/// A document that a source wants read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Request {
    /// The source that parses the answer.
    pub source_id: String,
    /// Where the publisher serves it, whatever mirror answers in the end.
    pub url: String,
}

/// The bytes of one answer, as received and decoded from the transfer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawDocument {
    /// The requested URL.
    pub url: String,
    /// When the answer came.
    pub fetched_at: DateTime<Utc>,
    /// The payload.
    pub body: Vec<u8>,
}

impl RawDocument {
    /// Key of these bytes at this URL: the same whenever and wherever they are fetched.
    pub fn capture_id(&self) -> String {
        capture_id(&self.url, &self.body)
    }
}

/// First 16 bytes, in hex, of SHA-256 over the URL, a zero byte and the payload.
pub fn capture_id(url: &str, body: &[u8]) -> String {
    let digest = Sha256::new().chain_update(url).chain_update([0]).chain_update(body).finalize();
    hex(&digest[..16])
}

/// SHA-256 in lower-case hex.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
