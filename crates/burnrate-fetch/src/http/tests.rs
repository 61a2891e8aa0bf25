use std::time::{Instant, SystemTime};

use tempfile::TempDir;

use crate::test_server::{Step, TestServer, policy, reply, reply_bytes};

use super::*;

mod misbehaviour;
mod pace;
mod robots;

const URL: &str = "https://data.example/api/facts.json?cik=1";

/// A clock that stands still.
fn clock() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 123_456_789).unwrap()
}

/// The real time.
fn now() -> DateTime<Utc> {
    SystemTime::now().into()
}

/// A publisher's server, and what it takes to ask it.
struct Rig {
    server: TestServer,
    state: TempDir,
    options: FetchOptions,
    policy: Policy,
}

impl Rig {
    async fn start(replies: &[String]) -> Self {
        Self::with(TestServer::start(replies.to_vec()).await)
    }

    async fn play(replies: Vec<Vec<Step>>) -> Self {
        Self::with(TestServer::play(replies).await)
    }

    fn with(server: TestServer) -> Self {
        let state = tempfile::tempdir().unwrap();
        let options = FetchOptions {
            origins: BTreeMap::from([("data.example".to_owned(), server.origin())]),
            unlimited_origins: true,
            first_pause: Duration::from_millis(1),
            ..FetchOptions::new(state.path(), clock)
        };
        Self { server, state, options, policy: policy("data.example", 1) }
    }

    fn fetcher(&self) -> HttpFetcher {
        HttpFetcher::new(self.options.clone()).unwrap()
    }

    /// What one new fetcher gets.
    async fn fetch(&self) -> Result<Answer, FetchError> {
        self.fetcher().fetch(&request(URL), &self.policy, None).await
    }

    fn requests(&self) -> usize {
        self.server.heads().len()
    }
}

fn request(url: &str) -> Request {
    Request { source_id: "test_source".to_owned(), url: url.to_owned() }
}

#[tokio::test]
async fn a_mirror_is_asked_in_the_publishers_place() {
    let mut rig = Rig::start(&[reply("200 OK", "ETag: \"x\"\r\n", "{}")]).await;
    rig.options.contact = Some("Jo Doe jo@example.com".to_owned());
    let answer = rig.fetch().await.unwrap();
    assert_eq!(answer.url, URL);
    assert_eq!((answer.status, answer.body.as_slice()), (200, &b"{}"[..]));
    assert_eq!(answer.header("etag"), Some("\"x\""));
    assert_eq!(answer.fetched_at.timestamp_subsec_nanos(), 123_456_000);
    let head = rig.server.heads().concat().to_ascii_lowercase();
    assert!(head.starts_with("get /api/facts.json?cik=1 http/1.1\r\n"), "{head}");
    assert!(head.contains("accept-encoding: gzip, br, zstd\r\n"), "{head}");
    let agent =
        format!("user-agent: burnrate/{} (jo doe jo@example.com)\r\n", env!("CARGO_PKG_VERSION"));
    assert!(head.contains(&agent), "{head}");
}

#[tokio::test]
async fn a_mirrors_own_path_stands_in_front() {
    let mut rig = Rig::start(&[reply("200 OK", "", "")]).await;
    let mirror = rig.server.origin().join("/mirror/").unwrap();
    rig.options.origins.insert("data.example".to_owned(), mirror);
    rig.fetch().await.unwrap();
    assert_eq!(rig.server.paths(), ["/mirror/api/facts.json?cik=1"]);
}

#[tokio::test]
async fn a_missing_file_and_a_refusal_are_answers_and_final() {
    for status in ["404 Not Found", "403 Forbidden"] {
        let rig = Rig::start(&[reply(status, "Retry-After: 0\r\n", "<html>")]).await;
        let answer = rig.fetch().await.unwrap();
        assert_eq!(answer.status.to_string(), status[..3]);
        assert_eq!(answer.body, b"<html>");
        assert_eq!(rig.requests(), 1);
    }
}

#[tokio::test]
async fn what_may_pass_is_tried_again() {
    let trouble =
        [reply("503 Service Unavailable", "", ""), String::new(), reply("200 OK", "", "x")];
    let rig = Rig::start(&trouble).await;
    assert_eq!((rig.fetch().await.unwrap().status, rig.requests()), (200, 3));
}

#[tokio::test]
async fn after_four_tries_the_last_answer_stands() {
    let rig = Rig::start(&[reply("500 Internal Server Error", "", "sorry")]).await;
    let answer = rig.fetch().await.unwrap();
    assert_eq!((answer.status, answer.body.as_slice()), (500, &b"sorry"[..]));
    assert_eq!(rig.requests(), 4);
}

#[tokio::test]
async fn where_nobody_listens_there_is_no_answer() {
    let mut rig = Rig::start(&[]).await;
    let unused = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_ne!(unused, rig.server.address);
    let origin = Url::parse(&format!("http://{unused}")).unwrap();
    rig.options.origins.insert("data.example".to_owned(), origin);
    let error = rig.fetch().await.unwrap_err();
    assert!(matches!(error.kind, FetchErrorKind::Connect(_)), "{error}");
    assert_eq!(error.tries, 4);
}

#[tokio::test]
async fn only_web_addresses_without_credentials_are_asked() {
    let rig = Rig::start(&[]).await;
    for url in
        ["file:///etc/passwd", "facts.json", "ftp://data.example/", "https://jo:pw@data.example/"]
    {
        let error = rig.fetcher().fetch(&request(url), &rig.policy, None).await.unwrap_err();
        assert!(matches!(error.kind, FetchErrorKind::Url(_)), "{error}");
    }
    assert_eq!(rig.requests(), 0);
}

#[tokio::test]
async fn redirects_are_followed_under_the_url_asked_for() {
    let moved = reply("302 Found", "Location: /moved\r\nSet-Cookie: a=b\r\n", "");
    let rig = Rig::start(&[moved, reply("200 OK", "", "here")]).await;
    let answer = rig.fetch().await.unwrap();
    assert_eq!((answer.url.as_str(), answer.body.as_slice()), (URL, &b"here"[..]));
    assert_eq!(rig.server.paths()[1], "/moved");
    assert!(!rig.server.heads()[1].to_ascii_lowercase().contains("cookie"));

    // A mirror may redirect by its own name, although it is on loopback and not https.
    let by_own_name = format!("Location: {}own\r\n", rig.server.origin());
    let mut other = Rig::start(&[reply("301 Moved Permanently", &by_own_name, "")]).await;
    other.options.origins.insert("other.example".to_owned(), rig.server.origin());
    assert_eq!(other.fetch().await.unwrap().body, b"here");
}

#[tokio::test]
async fn a_304_is_an_answer_without_a_body() {
    let rig = Rig::start(&["HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n".to_owned()]).await;
    let validators = Validators {
        etag: Some("W/\"1\"".to_owned()),
        last_modified: Some("Sun, 06 Nov 1994 08:49:37 GMT".to_owned()),
    };
    let fetch = async |validators: &Validators| {
        rig.fetcher().fetch(&request(URL), &rig.policy, Some(validators)).await.unwrap()
    };
    let answer = fetch(&validators).await;
    assert_eq!((answer.status, answer.body.len(), answer.header("etag")), (304, 0, Some("\"1\"")));
    let head = rig.server.heads()[0].to_ascii_lowercase();
    assert!(head.contains("if-none-match: w/\"1\"\r\n"), "{head}");
    assert!(head.contains("if-modified-since: sun, 06 nov 1994 08:49:37 gmt\r\n"), "{head}");

    // What was never valid in a header is not sent, and forges none.
    let odd = Validators { etag: Some("\"1\"\r\nX-Forged: 1".to_owned()), last_modified: None };
    fetch(&odd).await;
    let head = rig.server.heads()[1].to_ascii_lowercase();
    assert!(!head.contains("if-none-match") && !head.contains("x-forged"), "{head}");
}

#[tokio::test]
async fn chunks_cookies_and_transfer_headers_are_not_part_of_an_answer() {
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nSet-Cookie: id=1\r\nX-Name: caf\u{e9}\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    let rig = Rig::start(&[chunked.to_owned()]).await;
    let answer = rig.fetch().await.unwrap();
    let expected = [("x-name", "caf\u{e9}"), ("content-length", "3")];
    assert_eq!(answer.headers, expected.map(|(k, v)| (k.to_owned(), v.to_owned())));
    assert_eq!(answer.body, b"abc");
}

#[tokio::test]
async fn budgets_are_a_sources_own_and_named_when_spent() {
    let mut rig = Rig::start(&[reply("200 OK", "", "12345")]).await;
    rig.policy.max_requests = 2;
    let fetcher = rig.fetcher();
    let fetch = async |policy: &Policy, source: &str| {
        let request = Request { source_id: source.to_owned(), url: URL.to_owned() };
        fetcher.fetch(&request, policy, None).await
    };
    fetch(&rig.policy, "a").await.unwrap();
    fetch(&rig.policy, "a").await.unwrap();
    let error = fetch(&rig.policy, "a").await.unwrap_err();
    let spent =
        |budget: &str| format!("{URL}: the source's budget of {budget} for this run is spent");
    assert_eq!(error.to_string(), spent("2 requests"));
    assert_eq!(rig.requests(), 2);

    let policy = Policy { max_bytes: 9, ..rig.policy.clone() };
    assert_eq!(fetch(&policy, "b").await.unwrap().body, b"12345");
    assert_eq!(fetch(&policy, "b").await.unwrap_err().to_string(), spent("9 bytes"));
}

#[tokio::test]
async fn a_spent_retry_budget_leaves_the_last_answer_and_tells_the_last_failure() {
    let mut rig = Rig::start(&[reply("503 Service Unavailable", "", "busy")]).await;
    rig.policy.retry_budget = 2;
    assert_eq!(rig.fetch().await.unwrap().body, b"busy");
    assert_eq!(rig.requests(), 3);

    let mut rig = Rig::start(&[String::new()]).await;
    rig.policy.retry_budget = 1;
    let error = rig.fetch().await.unwrap_err();
    assert!(matches!(error.kind, FetchErrorKind::Budget { budget: "retries", limit: 1, .. }));
    assert!(error.to_string().contains("; the last try failed: the answer broke off: "), "{error}");
    assert_eq!(rig.requests(), 2);
}

#[test]
fn a_mirror_stands_for_the_hosts_below_it() {
    let url = |text: &str| Url::parse(text).unwrap();
    let (all, data) = (url("http://127.0.0.1:1"), url("http://127.0.0.1:2"));
    let origins = BTreeMap::from([
        ("sec.example".to_owned(), all.clone()),
        ("data.sec.example".to_owned(), data.clone()),
    ]);
    assert_eq!(mirror(&origins, "www.sec.example"), Some(&all));
    assert_eq!(mirror(&origins, "data.sec.example"), Some(&data));
    assert_eq!(mirror(&origins, "notsec.example"), None);
}

#[test]
fn options_that_cannot_work_are_refused() {
    let state = tempfile::tempdir().unwrap();
    let mut options = FetchOptions::new(state.path(), clock);
    options.contact = Some("Jo\r\nX-Forged: 1".to_owned());
    assert!(matches!(HttpFetcher::new(options), Err(SetupError::Contact(_))));
    let mut options = FetchOptions::new(state.path(), clock);
    options.origins.insert("data.example".to_owned(), Url::parse("file:///tmp").unwrap());
    assert!(matches!(HttpFetcher::new(options), Err(SetupError::Origin(_))));
    std::fs::write(state.path().join("file"), "").unwrap();
    let options = FetchOptions::new(state.path().join("file"), clock);
    assert!(matches!(HttpFetcher::new(options), Err(SetupError::State { .. })));
}

#[test]
fn every_row_of_the_documentation_is_a_test() {
    let documentation = include_str!("../../../../docs/fetching.md");
    let sources = [
        include_str!("tests.rs"),
        include_str!("tests/misbehaviour.rs"),
        include_str!("tests/pace.rs"),
        include_str!("tests/robots.rs"),
        include_str!("../address/tests.rs"),
        include_str!("../encoding/tests.rs"),
        include_str!("../rate/tests.rs"),
        include_str!("../retry.rs"),
        include_str!("../robots/store.rs"),
    ]
    .concat();
    let rows = documentation.lines().filter(|line| line.starts_with("| ") && line.contains('`'));
    let mut named = 0;
    for row in rows {
        let tests = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        for name in tests.split('`').filter(|part| part.contains('_')) {
            let name = name.rsplit("::").next().unwrap();
            assert!(sources.contains(&format!("fn {name}(")), "{name}");
            named += 1;
        }
    }
    assert!(named > 50, "{named}");
}
