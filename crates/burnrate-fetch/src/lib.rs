//! Asking publishers politely, keeping what they answer, and answering again from what was kept.
//!
//! [`Fetcher`] is the seam: [`HttpFetcher`] opens sockets, [`ReplayFetcher`] reads an archive, and
//! both give [`Answer`]s. [`ArchiveWriter`] keeps answers as WARC/1.1, [`read_at`] finds one again.
//!
//! An answer is an answer whatever its status: what a 404 or a 403 means is for the program to say,
//! and all of them are archived. Only "nothing came" is a [`FetchError`].

mod address;
mod answer;
mod archive;
mod body;
mod budget;
mod cdxj;
mod client;
mod encoding;
mod error;
mod http;
mod mend;
mod policy;
mod rate;
mod recognise;
mod redirect;
mod replay;
mod retry;
mod robots;
#[cfg(test)]
mod test_server;
#[cfg(test)]
mod tests;
mod transfer;
mod verify;
mod warc;

use burnrate_model::Request;
pub use url::Url;

pub use answer::Answer;
pub use archive::{ArchiveWriter, Notes, Original, Stored, read_at};
pub use cdxj::{Entry, Filter, list};
pub use error::{ArchiveError, ArchiveErrorKind, FetchError, FetchErrorKind, SetupError};
pub use http::{FetchOptions, HttpFetcher};
pub use mend::{Mended, mend};
pub use policy::{Policy, RobotsPolicy, Validators};
pub use recognise::{Recognition, Treatment, recognise};
pub use replay::ReplayFetcher;
pub use verify::{Report, verify};

/// Where answers come from: the publishers, or an archive of what they answered.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "a program has one")]
pub enum Fetcher {
    /// Asks the publishers.
    Http(HttpFetcher),
    /// Reads what was recorded.
    Replay(ReplayFetcher),
}

impl Fetcher {
    /// Every answer to the request, oldest first: one over HTTP, all recorded ones from an archive
    /// (none where it was never recorded). An archive heeds neither policy nor validators.
    ///
    /// # Errors
    /// Where no answer came, it may not be asked for, or a recorded one cannot be read.
    pub async fn fetch(
        &self,
        request: &Request,
        policy: &Policy,
        validators: Option<&Validators>,
    ) -> Result<Vec<Answer>, FetchError> {
        match self {
            Self::Http(http) => Ok(vec![http.fetch(request, policy, validators).await?]),
            Self::Replay(replay) => replay.fetch(&request.url).await,
        }
    }

    /// The header fields with which a document is asked for, but for those that name its host; none
    /// where it is read from an archive.
    pub fn sent(&self, validators: Option<&Validators>) -> Vec<(String, String)> {
        match self {
            Self::Http(http) => http.sent(validators),
            Self::Replay(_) => Vec::new(),
        }
    }
}
