//! What can go wrong, by what the caller will do about it.

use std::fmt;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use chrono::{DateTime, Utc};

/// No answer came.
#[derive(Debug, thiserror::Error)]
pub struct FetchError {
    /// The publisher's URL.
    pub url: String,
    /// What happened at the last try.
    pub kind: FetchErrorKind,
    /// How often it was tried.
    pub tries: u32,
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.url, self.kind)?;
        if self.tries > 1 {
            write!(f, " ({} tries)", self.tries)?;
        }
        Ok(())
    }
}

/// Why no answer came.
#[derive(Debug, thiserror::Error)]
pub enum FetchErrorKind {
    /// Not an absolute `http` or `https` URL.
    #[error("not a URL that can be asked: {0}")]
    Url(String),
    /// No connection: name, network or certificate.
    #[error("cannot connect: {0}")]
    Connect(String),
    /// Silence.
    #[error("no {awaited} within {} s", .limit.as_secs_f64())]
    Timeout {
        /// `answer` or `further byte`.
        awaited: &'static str,
        /// How long was waited.
        limit: Duration,
    },
    /// The answer began and did not end well.
    #[error("the answer broke off: {0}")]
    Broken(String),
    /// The answer kept coming, and did not come to its end.
    #[error("the answer took longer than {} s", .limit.as_secs_f64())]
    TooSlow {
        /// How long it was given.
        limit: Duration,
    },
    /// The body cannot be decoded.
    #[error("the body cannot be read as Content-Encoding `{encoding}`: {reason}")]
    Encoding {
        /// What the answer says.
        encoding: String,
        /// Why not.
        reason: String,
    },
    /// The body is longer than allowed, as sent or once decompressed.
    #[error("the body exceeds {limit} bytes")]
    TooLarge {
        /// Bytes allowed.
        limit: u64,
    },
    /// The URL leads into the network that burnrate runs in.
    #[error("{host} is, or leads to, a loopback, private or link-local address")]
    AddressRefused {
        /// Whose address it is.
        host: String,
    },
    /// The answer points where burnrate does not go.
    #[error("redirect to {target} refused: {reason}")]
    RedirectRefused {
        /// Where it points.
        target: String,
        /// Why not there.
        reason: &'static str,
    },
    /// Redirected once too often.
    #[error("more than {limit} redirects")]
    TooManyRedirects {
        /// Redirects allowed.
        limit: usize,
    },
    /// robots.txt does not allow it.
    #[error("{reason}")]
    Robots {
        /// Which one, of when, and its rule.
        reason: String,
    },
    /// The publisher asked to be left alone for longer than a run waits.
    #[error("the publisher asked to be left alone until {}", .until.format("%Y-%m-%d %H:%M:%S UTC"))]
    Throttled {
        /// When it may be asked again.
        until: DateTime<Utc>,
    },
    /// The source has used up what it may ask for in one run.
    #[error(
        "the source's budget of {limit} {budget} for this run is spent{}",
        .after.as_ref().map(|kind| format!("; the last try failed: {kind}")).unwrap_or_default()
    )]
    Budget {
        /// `requests`, `bytes` or `retries`.
        budget: &'static str,
        /// How much of it there was.
        limit: u64,
        /// Of retries: what the last try came to.
        after: Option<Box<Self>>,
    },
    /// The files by which processes agree on a pace cannot be used.
    #[error("state file {}: {error}", .path.display())]
    State {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        error: io::Error,
    },
    /// A recorded answer cannot be read.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

impl FetchErrorKind {
    /// The same, and what the last try came to where it is a budget of tries that is spent.
    pub(crate) fn after(mut self, last: Self) -> Self {
        if let Self::Budget { after, .. } = &mut self {
            *after = Some(Box::new(last));
        }
        self
    }

    /// Whether another try may go better.
    pub(crate) fn is_transient(&self) -> bool {
        match self {
            Self::Connect(_) | Self::Timeout { .. } | Self::Broken(_) => true,
            Self::Url(_)
            | Self::TooSlow { .. }
            | Self::Encoding { .. }
            | Self::TooLarge { .. }
            | Self::AddressRefused { .. }
            | Self::RedirectRefused { .. }
            | Self::TooManyRedirects { .. }
            | Self::Robots { .. }
            | Self::Throttled { .. }
            | Self::Budget { .. }
            | Self::State { .. }
            | Self::Archive(_) => false,
        }
    }
}

/// The fetcher cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The contact does not fit into a header.
    #[error("contact `{0}` cannot be sent as part of a User-Agent: write it in ASCII, on one line")]
    Contact(String),
    /// A mirror that cannot be asked.
    #[error("origin {0} is not an http or https URL")]
    Origin(String),
    /// The state folder cannot be made.
    #[error("state folder {}: {error}", .path.display())]
    State {
        /// The folder.
        path: PathBuf,
        /// What is wrong with it.
        error: io::Error,
    },
    /// TLS and the like.
    #[error("HTTP client: {0}")]
    Client(String),
}

/// A record of an archive cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{file}, offset {offset}: {kind}")]
pub struct ArchiveError {
    /// The archive file.
    pub file: String,
    /// Where in it the record begins.
    pub offset: u64,
    /// What is wrong there.
    pub kind: ArchiveErrorKind,
}

/// What is wrong with a record.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveErrorKind {
    /// The file ends within the record: a writer was interrupted.
    #[error("the file ends within the record")]
    Torn,
    /// Not what burnrate, or any WARC writer, would have written.
    #[error("corrupt: {0}")]
    Corrupt(String),
    /// A revisit whose payload is not in the archive.
    #[error("the payload {digest} that it refers to is not in the archive")]
    OriginalMissing {
        /// Digest of the payload.
        digest: String,
    },
    /// The file cannot be read.
    #[error(transparent)]
    Io(io::Error),
}

impl From<io::Error> for ArchiveErrorKind {
    fn from(error: io::Error) -> Self {
        // flate2 reports bad gzip as an I/O error of these kinds.
        let kind = error.kind();
        if kind == io::ErrorKind::UnexpectedEof {
            Self::Torn
        } else if matches!(kind, io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData) {
            Self::Corrupt(error.to_string())
        } else {
            Self::Io(error)
        }
    }
}
