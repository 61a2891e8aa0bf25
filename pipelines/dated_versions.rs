//! Versions of a file in a repository on GitHub: a list of commits becomes requests for the file as it was
//! at the end of each month, at an address that never changes and says when that version was committed.

use burnrate_model::{Extract, Listing, RawDocument, Request, ShapeError};
use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use serde::Deserialize;

/// Commits that the API lists on a full page.
const PAGE: usize = 100;

/// The fragment that pins a version to the time it was committed: it is no part of what is asked for.
const COMMITTED: &str = "committed=";

/// The fragment of a further page: the month of which an earlier page listed the last commit.
const AFTER: &str = "month=";

#[derive(Debug, Deserialize)]
struct Listed {
    sha: String,
    commit: Commit,
}

#[derive(Debug, Deserialize)]
struct Commit {
    committer: Committer,
}

#[derive(Debug, Deserialize)]
struct Committer {
    date: DateTime<Utc>,
}

/// A file in a repository.
#[derive(Debug, Clone, Copy)]
pub(crate) struct VersionedFile {
    /// `owner/name`.
    pub(crate) repository: &'static str,
    /// Path in the repository.
    pub(crate) path: &'static str,
    /// The source that lists its commits.
    pub(crate) versions: &'static str,
    /// The source that reads its versions.
    pub(crate) history: &'static str,
}

impl VersionedFile {
    /// Asks for the newest commits that changed the file.
    pub(crate) fn first_page(&self) -> Request {
        self.page(1, "")
    }

    fn page(&self, number: u32, fragment: &str) -> Request {
        let Self { repository, path, .. } = self;
        let url = format!(
            "https://api.github.com/repos/{repository}/commits?path={path}&per_page={PAGE}&page={number}{fragment}"
        );
        Request { source_id: self.versions.to_owned(), url }
    }

    fn version(&self, commit: &Listed) -> Request {
        let Self { repository, path, .. } = self;
        let committed = commit.commit.committer.date.format("%Y-%m-%dT%H:%M:%SZ");
        let url = format!(
            "https://raw.githubusercontent.com/{repository}/{}/{path}#{COMMITTED}{committed}",
            commit.sha
        );
        Request { source_id: self.history.to_owned(), url }
    }

    /// Reads a page of commits, the newest first: asks for the version at the end of each month that is
    /// over, and for the next page.
    ///
    /// # Errors
    /// Where the answer is no list of commits.
    pub(crate) fn read_commits(
        &self,
        document: &RawDocument,
        out: &mut Extract,
    ) -> Result<(), ShapeError> {
        let commits: Vec<Listed> = serde_json::from_slice(&document.body).map_err(|error| {
            ShapeError::new("the document", "an array of commits", error.to_string())
        })?;
        let (number, mut earliest) = page_of(&document.url)?;
        // The current month's last commit is not there yet; the newest version is read by itself.
        let running = month_of(document.fetched_at);
        for commit in &commits {
            let month = month_of(commit.commit.committer.date);
            // Merged branches bring older commits between newer ones: only a step back in time counts.
            if earliest.is_some_and(|earliest| month >= earliest) {
                continue;
            }
            if month < running {
                out.requests.push(self.version(commit));
            }
            earliest = Some(month);
        }
        if commits.len() == PAGE {
            let fragment = earliest
                .map(|month| format!("#{AFTER}{}", month.format("%Y-%m")))
                .unwrap_or_default();
            out.requests.push(self.page(number + 1, &fragment));
        }
        Ok(())
    }
}

/// First day of the month.
fn month_of(time: DateTime<Utc>) -> NaiveDate {
    let day = time.date_naive();
    day.with_day(1).unwrap_or(day)
}

/// The number of a page, and the month that was asked for already.
fn page_of(url: &str) -> Result<(u32, Option<NaiveDate>), ShapeError> {
    let wrong = || ShapeError::new("the URL", "…&page=N, or …&page=N#month=YYYY-MM", url);
    let (address, fragment) =
        url.split_once('#').map_or((url, None), |(address, rest)| (address, Some(rest)));
    let (_, number) = address.rsplit_once("&page=").ok_or_else(wrong)?;
    let number = number.parse().map_err(|_| wrong())?;
    let month = fragment.map(|fragment| {
        let month = fragment.strip_prefix(AFTER).ok_or_else(wrong)?;
        format!("{month}-01").parse().map_err(|_| wrong())
    });
    Ok((number, month.transpose()?))
}

/// A list that stands whole in one document, observed when that version was committed, where the address
/// says so, and else when it was fetched.
///
/// # Errors
/// Where the address has another fragment.
pub(crate) fn dated_listing(scope: &str, document: &RawDocument) -> Result<Listing, ShapeError> {
    let listing = Listing::whole(scope, document);
    let Some((_, fragment)) = document.url.split_once('#') else { return Ok(listing) };
    let time = fragment.strip_prefix(COMMITTED).and_then(|time| time.parse().ok());
    let observed_at = time.ok_or_else(|| {
        ShapeError::new("the URL", format!("#{COMMITTED}YYYY-MM-DDThh:mm:ssZ"), fragment)
    })?;
    Ok(Listing { observed_at, ..listing })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: VersionedFile = VersionedFile {
        repository: "owner/name",
        path: "prices.json",
        versions: "some_versions",
        history: "some_history",
    };

    fn read(url: &str, dates: &[&str]) -> Result<Vec<String>, ShapeError> {
        let commits: Vec<String> = dates
            .iter()
            .enumerate()
            .map(|(number, date)| {
                format!(r#"{{"sha":"{number:040x}","commit":{{"committer":{{"date":"{date}"}}}}}}"#)
            })
            .collect();
        let document = RawDocument {
            url: url.to_owned(),
            fetched_at: "2024-11-24T00:00:00Z".parse().unwrap(),
            body: format!("[{}]", commits.join(",")).into_bytes(),
        };
        let mut out = Extract::default();
        FILE.read_commits(&document, &mut out)?;
        Ok(out.requests.into_iter().map(|request| request.url).collect())
    }

    #[test]
    fn the_last_commit_of_each_month_that_is_over_is_asked_for() {
        let dates = [
            "2024-11-02T10:00:00Z",
            "2024-10-31T23:59:59Z",
            "2024-10-30T00:00:00Z",
            "2024-09-06T12:00:00Z",
        ];
        let found = read(&FILE.first_page().url, &dates).unwrap();
        assert_eq!(
            found,
            [
                format!(
                    "https://raw.githubusercontent.com/owner/name/{:040x}/prices.json#committed=2024-10-31T23:59:59Z",
                    1
                ),
                format!(
                    "https://raw.githubusercontent.com/owner/name/{:040x}/prices.json#committed=2024-09-06T12:00:00Z",
                    3
                ),
            ]
        );
    }

    #[test]
    fn a_commit_merged_late_is_not_the_last_of_its_month() {
        let dates = ["2024-10-13T00:00:00Z", "2024-09-06T00:00:00Z", "2024-10-01T00:00:00Z"];
        assert_eq!(read(&FILE.first_page().url, &dates).unwrap().len(), 2);
    }

    #[test]
    fn a_month_that_two_pages_share_is_asked_for_once() {
        let full = vec!["2024-10-13T00:00:00Z"; PAGE];
        let found = read(&FILE.first_page().url, &full).unwrap();
        assert_eq!(found.len(), 2);
        let next = &found[1];
        assert_eq!(
            next,
            "https://api.github.com/repos/owner/name/commits?path=prices.json&per_page=100&page=2#month=2024-10"
        );
        assert_eq!(read(next, &["2024-10-02T00:00:00Z"]).unwrap(), Vec::<String>::new());
        assert_eq!(read(next, &[]).unwrap(), Vec::<String>::new());
    }

    #[test]
    fn what_is_no_list_of_commits_is_refused() {
        assert!(read("https://api.github.com/repos/owner/name/commits", &[]).is_err());
        let document = RawDocument {
            url: FILE.first_page().url,
            fetched_at: "2024-11-24T00:00:00Z".parse().unwrap(),
            body: br#"{"message":"API rate limit exceeded"}"#.to_vec(),
        };
        assert!(FILE.read_commits(&document, &mut Extract::default()).is_err());
    }

    #[test]
    fn a_version_was_observed_when_it_was_committed() {
        let listing = |url: &str| {
            let fetched_at = "2026-11-24T05:00:00Z".parse().unwrap();
            let document = RawDocument { url: url.to_owned(), fetched_at, body: Vec::new() };
            dated_listing("map", &document).map(|listing| listing.observed_at.to_string())
        };
        assert_eq!(
            listing("https://a/b#committed=2024-10-13T00:00:00Z").unwrap(),
            "2024-10-13 00:00:00 UTC"
        );
        assert_eq!(listing("https://a/b").unwrap(), "2026-11-24 05:00:00 UTC");
        assert!(listing("https://a/b#committed=yesterday").is_err());
        assert!(listing("https://a/b#L10").is_err());
    }
}
