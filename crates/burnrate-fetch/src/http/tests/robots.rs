//! robots.txt over HTTP: what is asked, how often, and what follows.

use std::sync::atomic::{AtomicI64, Ordering};

use super::*;

async fn obeying(replies: &[String]) -> Rig {
    let mut rig = Rig::start(replies).await;
    rig.policy.robots = RobotsPolicy::Obey;
    rig
}

fn found(rules: &str) -> String {
    reply("200 OK", "Content-Type: text/plain\r\n", rules)
}

fn document() -> String {
    reply("200 OK", "", "document")
}

#[tokio::test]
async fn what_is_allowed_says_by_what() {
    let rig = obeying(&[found("User-agent: *\nDisallow: /private\n"), document()]).await;
    let answer = rig.fetch().await.unwrap();
    assert_eq!(rig.server.paths(), ["/robots.txt", "/api/facts.json?cik=1"]);
    // sha256sum of the file above.
    assert_eq!(
        answer.robots.as_deref(),
        Some(
            "allowed by https://data.example/robots.txt of 2027-01-15T08:00:00Z (sha256 \
             38ee13a89fd0de18fe5f1f192cb4179a600acc093eefb277f5a7f77660033e8f)"
        )
    );
    assert_eq!(answer.body, b"document");
}

#[tokio::test]
async fn what_is_disallowed_is_not_asked() {
    let rules = "User-agent: other\nAllow: /\n\nUser-agent: BurnRate\nDisallow: /api/*cik=\n";
    let rig = obeying(&[found(rules), document()]).await;
    let error = rig.fetch().await.unwrap_err();
    assert!(matches!(error.kind, FetchErrorKind::Robots { .. }));
    let text = error.to_string();
    assert!(text.contains("disallowed by https://data.example/robots.txt of 2027-01-15"), "{text}");
    assert!(text.ends_with(", Disallow: /api/*cik="), "{text}");
    assert_eq!(rig.server.paths(), ["/robots.txt"]);
}

#[tokio::test]
async fn an_exempt_source_asks_no_robots_txt() {
    let rig = Rig::start(&[document()]).await;
    let answer = rig.fetch().await.unwrap();
    assert_eq!(
        answer.robots.as_deref(),
        Some("exempt: the source's policy does not ask robots.txt")
    );
    assert_eq!(rig.server.paths(), ["/api/facts.json?cik=1"]);
}

#[tokio::test]
async fn a_host_without_robots_txt_allows_everything() {
    for status in ["404 Not Found", "401 Unauthorized", "403 Forbidden", "410 Gone"] {
        let rig = obeying(&[reply(status, "", "<html>"), document()]).await;
        let robots = rig.fetch().await.unwrap().robots.unwrap();
        let code = &status[..3];
        assert_eq!(
            robots,
            format!(
                "allowed: https://data.example/robots.txt answered HTTP {code} at 2027-01-15T08:00:00Z"
            )
        );
    }
}

#[tokio::test]
async fn a_host_that_cannot_say_is_left_alone() {
    for trouble in [
        reply("500 Internal Server Error", "", ""),
        reply("503 Service Unavailable", "", "<html>maintenance</html>"),
        reply("429 Too Many Requests", "", ""),
        String::new(),
    ] {
        let rig = obeying(&[trouble]).await;
        let fetcher = rig.fetcher();
        // Four tries, all of them for robots.txt; and none when asked once more.
        for _ in 0..2 {
            let error = fetcher.fetch(&request(URL), &rig.policy, None).await.unwrap_err();
            assert!(matches!(error.kind, FetchErrorKind::Robots { .. }), "{error}");
            assert_eq!(rig.server.paths(), ["/robots.txt"; 4]);
        }
    }
}

#[tokio::test]
async fn a_server_that_recovers_while_it_is_asked_is_obeyed() {
    let replies =
        [reply("502 Bad Gateway", "", ""), found("User-agent: *\nDisallow: /x"), document()];
    let rig = obeying(&replies).await;
    assert_eq!(rig.fetch().await.unwrap().body, b"document");
    assert_eq!(rig.server.paths(), ["/robots.txt", "/robots.txt", "/api/facts.json?cik=1"]);
}

#[tokio::test]
async fn robots_txt_may_be_elsewhere_five_redirects_away() {
    let moved = reply("301 Moved Permanently", "Location: /robots.txt?again\r\n", "");
    let mut replies = vec![moved.clone(); 5];
    replies.push(found("User-agent: *\nDisallow: /api"));
    let rig = obeying(&replies).await;
    let error = rig.fetch().await.unwrap_err();
    assert!(error.to_string().ends_with("Disallow: /api"), "{error}");
    assert_eq!(rig.requests(), 6);

    let mut replies = vec![moved; 6];
    replies.push(document());
    let rig = obeying(&replies).await;
    let robots = rig.fetch().await.unwrap().robots.unwrap();
    assert!(robots.contains("redirects more than 5 times"), "{robots}");
    assert_eq!(rig.requests(), 7);
}

#[tokio::test]
async fn only_the_first_500_kib_count() {
    const KIB_500: usize = 512_000;
    let filler = |len: usize| format!("#{}\n", "x".repeat(len - 2));
    let head = "User-agent: *\n";
    let rule = "Disallow: /api\n";
    // The rule ends with the last byte that counts, and with the first that does not.
    let within = format!("{head}{}{rule}", filler(KIB_500 - head.len() - rule.len() + 1));
    let cut = format!("{head}{}{rule}", filler(KIB_500 - head.len() - rule.len() + 2));
    assert_eq!(within.find("i\n"), Some(KIB_500 - 1));
    let rest = "Disallow: /\n".repeat(10_000);
    let rig = obeying(&[found(&within)]).await;
    assert!(matches!(rig.fetch().await.unwrap_err().kind, FetchErrorKind::Robots { .. }));
    let rig = obeying(&[found(&format!("{cut}{rest}")), document()]).await;
    assert_eq!(rig.fetch().await.unwrap().body, b"document");

    // One without end is cut as well.
    let rules = "Disallow: /api\n".repeat(1000);
    let endless = vec![
        Step::Send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".into()),
        Step::Send(b"e\r\nUser-agent: *\n\r\n".into()),
        Step::Forever(format!("{:x}\r\n{rules}\r\n", rules.len()).into()),
    ];
    let mut rig = Rig::play(vec![endless]).await;
    rig.policy.robots = RobotsPolicy::Obey;
    let error = rig.fetch().await.unwrap_err();
    assert!(error.to_string().ends_with("Disallow: /api"), "{error}");
}

/// A clock that the tests of this module below move; each has its own.
macro_rules! moved_clock {
    ($seconds:ident, $clock:ident) => {
        static $seconds: AtomicI64 = AtomicI64::new(1_800_000_000);
        fn $clock() -> DateTime<Utc> {
            DateTime::from_timestamp($seconds.load(Ordering::SeqCst), 0).unwrap()
        }
    };
}

#[tokio::test]
async fn what_was_found_holds_for_a_day_in_every_process() {
    moved_clock!(SECONDS, clock);
    let mut rig =
        obeying(&[found("User-agent: *\nDisallow: /x\n"), document(), document(), document()])
            .await;
    rig.options.clock = clock;
    let fetcher = rig.fetcher();
    let ask = async |fetcher: &HttpFetcher| {
        fetcher.fetch(&request(URL), &rig.policy, None).await.unwrap().robots.unwrap()
    };
    let first = ask(&fetcher).await;
    assert_eq!(ask(&fetcher).await, first);
    SECONDS.fetch_add(24 * 3600 - 1, Ordering::SeqCst);
    // Another process has nothing but the state folder.
    assert_eq!(ask(&rig.fetcher()).await, first);
    assert_eq!(rig.server.paths().iter().filter(|path| *path == "/robots.txt").count(), 1);
    SECONDS.fetch_add(1, Ordering::SeqCst);
    for fetcher in [&fetcher, &rig.fetcher()] {
        // The server now serves something without rules.
        assert!(ask(fetcher).await.contains("robots.txt of 2027-01-16T08:00:00Z"));
    }
    assert_eq!(rig.server.paths().iter().filter(|path| *path == "/robots.txt").count(), 2);
}

#[tokio::test]
async fn a_host_that_could_not_say_is_asked_again_after_an_hour() {
    moved_clock!(SECONDS, clock);
    let down = reply("503 Service Unavailable", "", "");
    let mut rig =
        obeying(&[down.clone(), down.clone(), down.clone(), down, found(""), document()]).await;
    rig.options.clock = clock;
    rig.fetch().await.unwrap_err();
    SECONDS.fetch_add(3599, Ordering::SeqCst);
    rig.fetch().await.unwrap_err();
    assert_eq!(rig.requests(), 4);
    SECONDS.fetch_add(1, Ordering::SeqCst);
    assert_eq!(rig.fetch().await.unwrap().body, b"document");
    assert_eq!(rig.requests(), 6);
}

#[tokio::test]
async fn a_mirrors_robots_txt_is_not_taken_for_the_publishers() {
    let mirror = obeying(&[found("User-agent: *\nDisallow: /\n")]).await;
    mirror.fetch().await.unwrap_err();
    let mut other = obeying(&[found(""), document()]).await;
    other.options.state = mirror.state.path().to_owned();
    assert_eq!(other.fetch().await.unwrap().body, b"document");
}

#[tokio::test]
async fn each_host_of_a_redirect_is_asked_for_its_own() {
    let elsewhere = obeying(&[found("User-agent: *\nDisallow: /closed\n")]).await;
    let moved = reply("302 Found", "Location: https://other.example/closed\r\n", "");
    let mut rig = obeying(&[reply("404 Not Found", "", ""), moved]).await;
    rig.options.origins.insert("other.example".to_owned(), elsewhere.server.origin());
    let error = rig.fetch().await.unwrap_err();
    assert!(error.to_string().contains("https://other.example/robots.txt"), "{error}");
    assert_eq!(elsewhere.server.paths(), ["/robots.txt"]);
}

#[tokio::test]
async fn robots_txt_is_asked_once_for_many_requests_at_once() {
    let rig = obeying(&[found("User-agent: *\nAllow: /\n"), document()]).await;
    let fetcher = rig.fetcher();
    let requests = [request(URL), request(URL), request(URL), request(URL)];
    let [a, b, c, d] = requests.each_ref().map(|request| fetcher.fetch(request, &rig.policy, None));
    let (a, b, c, d) = tokio::join!(a, b, c, d);
    assert!([a, b, c, d].iter().all(Result::is_ok));
    assert_eq!(rig.server.paths().iter().filter(|path| *path == "/robots.txt").count(), 1);
}

#[tokio::test]
async fn a_longer_crawl_delay_sets_the_pace() {
    let replies = [found("User-agent: *\nCrawl-delay: 0.2\n"), document()];
    let mut rig = obeying(&replies).await;
    rig.options.unlimited_origins = false;
    rig.options.clock = now;
    rig.policy.rate.per_second = 1000;
    let fetcher = rig.fetcher();
    let start = Instant::now();
    for _ in 0..3 {
        fetcher.fetch(&request(URL), &rig.policy, None).await.unwrap();
    }
    assert!(start.elapsed() >= Duration::from_millis(399), "{:?}", start.elapsed());

    let rig = obeying(&[found("User-agent: *\nCrawl-delay: 86400\n")]).await;
    let error = rig.fetch().await.unwrap_err();
    assert!(error.to_string().contains("Crawl-delay of 86400 s"), "{error}");
}

#[tokio::test]
async fn a_spent_budget_says_nothing_about_robots_txt() {
    let mut rig = obeying(&[found(""), document()]).await;
    rig.policy.max_requests = 0;
    let error = rig.fetch().await.unwrap_err();
    assert!(matches!(error.kind, FetchErrorKind::Budget { budget: "requests", .. }), "{error}");
    rig.policy.max_requests = 2;
    assert_eq!(rig.fetch().await.unwrap().body, b"document");
}
