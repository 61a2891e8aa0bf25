//! Asking publishers politely, keeping what they answer, and answering again from what was kept.
//!
//! [`Fetcher`] is the seam: [`HttpFetcher`] opens sockets, [`ReplayFetcher`] reads an archive, and
//! both give [`Answer`]s. [`ArchiveWriter`] keeps answers as WARC/1.1, [`read_at`] finds one again.
//!
//! An answer is an answer whatever its status: what a 404 or a 403 means is for the program to say,
//! and all of them are archived. Only "nothing came" is a [`FetchError`].

mod answer;
mod archive;
mod error;
mod http;
mod rate;
mod redirect;
mod replay;
mod retry;
#[cfg(test)]
mod test_server;
#[cfg(test)]
mod tests;
mod transfer;
mod warc;

use burnrate_model::{Rate, Request};
pub use url::Url;

pub use answer::Answer;
pub use archive::{ArchiveWriter, Original, Stored, read_at};
pub use error::{ArchiveError, ArchiveErrorKind, FetchError, FetchErrorKind, SetupError};
pub use http::{FetchOptions, HttpFetcher};
pub use replay::ReplayFetcher;

/// Where answers come from: the publishers, or an archive of what they answered.
#[derive(Debug)]
pub enum Fetcher {
    /// Asks the publishers.
    Http(HttpFetcher),
    /// Reads what was recorded.
    Replay(ReplayFetcher),
}

impl Fetcher {
    /// Every answer to the request, oldest first: one over HTTP, all recorded ones from an archive
    /// (none where it was never recorded).
    ///
    /// # Errors
    /// Where no answer came, or a recorded one cannot be read.
    pub async fn fetch(&self, request: &Request, rate: &Rate) -> Result<Vec<Answer>, FetchError> {
        match self {
            Self::Http(http) => http.fetch(request, rate).await.map(|answer| vec![answer]),
            Self::Replay(replay) => replay.fetch(&request.url).await,
        }
    }
}
