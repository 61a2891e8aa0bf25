use std::time::Instant;

use crate::test_server::{TestServer, reply};

use super::*;

const URL: &str = "https://data.example/api/facts.json?cik=1";

fn clock() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 123_456_789).unwrap()
}

fn quick_options(server: &TestServer) -> FetchOptions {
    let origin = Url::parse(&format!("http://{}", server.address)).unwrap();
    FetchOptions {
        origins: BTreeMap::from([("data.example".to_owned(), origin)]),
        unlimited_origins: true,
        first_pause: Duration::from_millis(1),
        ..FetchOptions::new(clock)
    }
}

fn request(url: &str) -> Request {
    Request { source_id: "test_source".to_owned(), url: url.to_owned() }
}

fn rate(group: &str, per_second: u32) -> Rate {
    Rate { group: group.to_owned(), per_second }
}

async fn fetch(options: FetchOptions) -> Result<Answer, FetchError> {
    HttpFetcher::new(options).unwrap().fetch(&request(URL), &rate("data.example", 1)).await
}

async fn serve(replies: &[String]) -> (TestServer, FetchOptions) {
    let server = TestServer::start(replies.to_vec()).await;
    let options = quick_options(&server);
    (server, options)
}

#[tokio::test]
async fn a_mirror_is_asked_in_the_publishers_place() {
    let (server, mut options) = serve(&[reply("200 OK", "ETag: \"x\"\r\n", "{}")]).await;
    options.contact = Some("Jo Doe jo@example.com".to_owned());
    let answer = fetch(options).await.unwrap();
    assert_eq!(answer.url, URL);
    assert_eq!((answer.status, answer.body.as_slice()), (200, &b"{}"[..]));
    assert_eq!(answer.header("etag"), Some("\"x\""));
    assert_eq!(answer.fetched_at.timestamp_subsec_nanos(), 123_456_000);
    let head = server.heads().concat().to_ascii_lowercase();
    assert!(head.starts_with("get /api/facts.json?cik=1 http/1.1\r\n"), "{head}");
    assert!(head.contains("accept-encoding: identity\r\n"), "{head}");
    let agent =
        format!("user-agent: burnrate/{} (jo doe jo@example.com)\r\n", env!("CARGO_PKG_VERSION"));
    assert!(head.contains(&agent), "{head}");
}

#[tokio::test]
async fn a_mirrors_own_path_stands_in_front() {
    let (server, mut options) = serve(&[reply("200 OK", "", "")]).await;
    let origin = Url::parse(&format!("http://{}/mirror/", server.address)).unwrap();
    options.origins.insert("data.example".to_owned(), origin);
    fetch(options).await.unwrap();
    assert!(server.heads().concat().starts_with("GET /mirror/api/facts.json?cik=1 "));
}

#[tokio::test]
async fn a_missing_file_and_a_refusal_are_answers_and_final() {
    for status in ["404 Not Found", "403 Forbidden"] {
        let (server, options) = serve(&[reply(status, "Retry-After: 0\r\n", "<html>")]).await;
        let answer = fetch(options).await.unwrap();
        assert_eq!(answer.status.to_string(), status[..3]);
        assert_eq!(answer.body, b"<html>");
        assert_eq!(server.heads().len(), 1);
    }
}

#[tokio::test]
async fn what_may_pass_is_tried_again() {
    let trouble =
        [reply("503 Service Unavailable", "", ""), String::new(), reply("200 OK", "", "x")];
    let (server, options) = serve(&trouble).await;
    let answer = fetch(options).await.unwrap();
    assert_eq!((answer.status, server.heads().len()), (200, 3));
}

#[tokio::test]
async fn after_four_tries_the_last_answer_stands() {
    let (server, options) = serve(&[reply("500 Internal Server Error", "", "sorry")]).await;
    let answer = fetch(options).await.unwrap();
    assert_eq!((answer.status, answer.body.as_slice()), (500, &b"sorry"[..]));
    assert_eq!(server.heads().len(), 4);
}

#[tokio::test]
async fn a_server_may_say_when_to_come_back() {
    let throttled = reply("429 Too Many Requests", "Retry-After: 1\r\n", "");
    let (_server, options) = serve(&[throttled, reply("200 OK", "", "")]).await;
    let start = Instant::now();
    assert_eq!(fetch(options).await.unwrap().status, 200);
    assert!(start.elapsed() >= Duration::from_secs(1));

    let throttled = reply("429 Too Many Requests", "Retry-After: 0\r\n", "");
    let (_server, mut options) = serve(&[throttled, reply("200 OK", "", "")]).await;
    options.first_pause = Duration::from_mins(1);
    let start = Instant::now();
    assert_eq!(fetch(options).await.unwrap().status, 200);
    assert!(start.elapsed() < Duration::from_secs(30));
}

#[tokio::test]
async fn a_body_over_the_limit_is_no_answer() {
    let announced = reply("200 OK", "", "123456");
    let chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n123\r\n3\r\n456\r\n0\r\n\r\n";
    for body in [announced, chunked.to_owned()] {
        let (server, mut options) = serve(&[body]).await;
        options.max_body_bytes = 6;
        assert_eq!(fetch(options.clone()).await.unwrap().body, b"123456");
        options.max_body_bytes = 5;
        let error = fetch(options).await.unwrap_err();
        assert!(matches!(error.kind, FetchErrorKind::TooLarge { limit: 5 }), "{error}");
        assert_eq!(error.to_string(), format!("{URL}: the body exceeds 5 bytes"));
        assert_eq!(server.heads().len(), 2);
    }
}

#[tokio::test]
async fn silence_is_not_waited_for_forever() {
    let (_server, mut options) = serve(&["HTTP/1.1 200 OK\r\n".to_owned()]).await;
    options.first_byte_timeout = Duration::from_millis(50);
    let error = fetch(options).await.unwrap_err();
    assert_eq!(error.to_string(), format!("{URL}: no answer within 0.05 s (4 tries)"));

    let stalled = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nx".to_owned();
    let (_server, mut options) = serve(&[stalled]).await;
    options.between_bytes_timeout = Duration::from_millis(50);
    let error = fetch(options).await.unwrap_err();
    assert_eq!(error.to_string(), format!("{URL}: no further byte within 0.05 s (4 tries)"));
}

#[tokio::test]
async fn where_nobody_listens_there_is_no_answer() {
    let (server, mut options) = serve(&[]).await;
    let unused = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert_ne!(unused, server.address);
    let origin = Url::parse(&format!("http://{unused}")).unwrap();
    options.origins.insert("data.example".to_owned(), origin);
    let error = fetch(options).await.unwrap_err();
    assert!(matches!(error.kind, FetchErrorKind::Connect(_)), "{error}");
    assert_eq!(error.tries, 4);
}

#[tokio::test]
async fn only_web_addresses_are_asked() {
    let (_server, options) = serve(&[]).await;
    let fetcher = HttpFetcher::new(options).unwrap();
    for url in ["file:///etc/passwd", "facts.json", "ftp://data.example/"] {
        let error = fetcher.fetch(&request(url), &rate("data.example", 1)).await.unwrap_err();
        assert!(matches!(error.kind, FetchErrorKind::Url(_)), "{error}");
    }
}

#[tokio::test]
async fn redirects_are_followed_under_the_url_asked_for() {
    let moved = reply("302 Found", "Location: /moved\r\nSet-Cookie: a=b\r\n", "");
    let (server, options) = serve(&[moved, reply("200 OK", "", "here")]).await;
    let by_own_name = format!("Location: http://{}/own\r\n", server.address);
    let answer = fetch(options).await.unwrap();
    assert_eq!((answer.url.as_str(), answer.body.as_slice()), (URL, &b"here"[..]));
    assert!(server.heads()[1].starts_with("GET /moved HTTP/1.1\r\n"));
    assert!(!server.heads()[1].to_ascii_lowercase().contains("cookie"));

    let moved = reply("301 Moved Permanently", &by_own_name, "");
    let (_other, mut options) = serve(&[moved]).await;
    let origin = Url::parse(&format!("http://{}", server.address)).unwrap();
    options.origins.insert("other.example".to_owned(), origin);
    assert_eq!(fetch(options).await.unwrap().body, b"here");
}

#[tokio::test]
async fn redirects_into_the_network_inside_are_refused() {
    let inside = TestServer::start(vec![reply("200 OK", "", "secret")]).await;
    let port = inside.address.port();
    let targets = [
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://[::1]/".to_owned(),
        "http://2130706433/".to_owned(),
        format!("http://127.0.0.1:{port}/"),
        format!("http://localhost:{port}/"),
        "file:///etc/passwd".to_owned(),
    ];
    for target in targets {
        let moved = reply("302 Found", &format!("Location: {target}\r\n"), "");
        let (server, options) = serve(&[moved]).await;
        let error = fetch(options).await.unwrap_err();
        assert!(matches!(error.kind, FetchErrorKind::RedirectRefused { .. }), "{error}");
        assert_eq!(server.heads().len(), 1);
    }
    assert_eq!(inside.heads(), Vec::<String>::new());
}

#[tokio::test]
async fn redirects_end_after_the_fifth() {
    let around = reply("307 Temporary Redirect", "Location: /again\r\n", "");
    let (server, options) = serve(&[around]).await;
    let error = fetch(options).await.unwrap_err();
    assert!(matches!(error.kind, FetchErrorKind::TooManyRedirects { limit: 5 }), "{error}");
    assert_eq!(server.heads().len(), 6);
}

#[tokio::test]
async fn a_group_shares_one_limit() {
    let (server, mut options) = serve(&[reply("200 OK", "", "")]).await;
    options.unlimited_origins = false;
    let fetcher = HttpFetcher::new(options).unwrap();
    let rate = rate("data.example", 20);
    let request = request(URL);
    let start = Instant::now();
    let ask = async || {
        for _ in 0..5 {
            fetcher.fetch(&request, &rate).await.unwrap();
        }
    };
    tokio::join!(ask(), ask());
    // The first goes at once, the other nine 50 ms apart.
    assert!(start.elapsed() >= Duration::from_millis(400));
    assert_eq!(server.heads().len(), 10);
}

#[tokio::test]
async fn the_slowest_source_sets_the_pace_of_its_group_alone() {
    let (_server, mut options) = serve(&[reply("200 OK", "", "")]).await;
    options.unlimited_origins = false;
    let fetcher = HttpFetcher::new(options).unwrap();
    let ask = async |rate: Rate| fetcher.fetch(&request(URL), &rate).await.unwrap();
    let start = Instant::now();
    ask(rate("a.example", 4)).await;
    ask(rate("b.example", 1)).await;
    ask(rate("a.example", 1000)).await;
    ask(rate("a.example", 1000)).await;
    let waited = start.elapsed();
    // Two waits of a quarter of a second; at b's pace they would be of a whole one.
    assert!(waited >= Duration::from_millis(400), "{waited:?}");
    assert!(waited < Duration::from_millis(1900), "{waited:?}");
}

#[tokio::test]
async fn chunks_cookies_and_transfer_headers_are_not_part_of_an_answer() {
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nSet-Cookie: id=1\r\nX-Name: caf\u{e9}\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    let (_server, options) = serve(&[chunked.to_owned()]).await;
    let answer = fetch(options).await.unwrap();
    let expected = [("x-name", "caf\u{e9}"), ("content-length", "3")];
    assert_eq!(answer.headers, expected.map(|(k, v)| (k.to_owned(), v.to_owned())));
    assert_eq!(answer.body, b"abc");
}

#[test]
fn options_that_cannot_work_are_refused() {
    let mut options = FetchOptions::new(clock);
    options.contact = Some("Jo\r\nX-Forged: 1".to_owned());
    assert!(matches!(HttpFetcher::new(options), Err(SetupError::Contact(_))));
    let mut options = FetchOptions::new(clock);
    options.origins.insert("data.example".to_owned(), Url::parse("file:///tmp").unwrap());
    assert!(matches!(HttpFetcher::new(options), Err(SetupError::Origin(_))));
}
