//! How often, how often at once, and what a publisher may say to that.

use super::*;

fn limited(server: TestServer, per_second: u32) -> Rig {
    let mut rig = Rig::with(server);
    rig.options.unlimited_origins = false;
    rig.options.clock = now;
    rig.policy = policy("data.example", per_second);
    rig
}

async fn ask(fetcher: &HttpFetcher, policy: &Policy, times: usize) {
    for _ in 0..times {
        fetcher.fetch(&request(URL), policy, None).await.unwrap();
    }
}

#[tokio::test]
async fn two_processes_share_one_limit() {
    let server = TestServer::start(vec![reply("200 OK", "", "")]).await;
    let rig = limited(server, 40);
    // Each has its own locks and its own memory, as processes have; the folder is what they share.
    let (one, other) = (rig.fetcher(), rig.fetcher());
    let start = Instant::now();
    tokio::join!(ask(&one, &rig.policy, 10), ask(&other, &rig.policy, 10));
    let waited = start.elapsed();
    // The first goes at once, the other 19 each 25 ms after the one before: 475 ms.
    assert!(waited >= Duration::from_millis(474), "{waited:?}");
    assert_eq!(rig.requests(), 20);
}

#[tokio::test]
async fn the_slowest_source_sets_the_pace_of_its_group_alone() {
    let rig = limited(TestServer::start(vec![reply("200 OK", "", "")]).await, 1);
    let fetcher = rig.fetcher();
    let start = Instant::now();
    ask(&fetcher, &policy("a.example", 8), 1).await;
    ask(&fetcher, &policy("b.example", 1), 1).await;
    ask(&fetcher, &policy("a.example", 1000), 2).await;
    let waited = start.elapsed();
    // Two waits of an eighth of a second; at b's pace they would be of a whole one.
    assert!(waited >= Duration::from_millis(249), "{waited:?}");
    assert!(waited < Duration::from_millis(1900), "{waited:?}");
}

#[tokio::test]
async fn every_try_and_every_redirect_takes_its_turn() {
    let replies = [
        reply("503 Service Unavailable", "", ""),
        reply("302 Found", "Location: /moved\r\n", ""),
        reply("200 OK", "", ""),
    ];
    let rig = limited(TestServer::start(replies.to_vec()).await, 10);
    let start = Instant::now();
    rig.fetch().await.unwrap();
    assert!(start.elapsed() >= Duration::from_millis(199), "{:?}", start.elapsed());
}

#[tokio::test]
async fn two_processes_share_the_connections() {
    let slow =
        vec![Step::Pause(Duration::from_millis(20)), Step::Send(reply("200 OK", "", "").into())];
    for connections in [1, 2] {
        let mut rig = limited(TestServer::play(vec![slow.clone()]).await, 1000);
        rig.policy.rate.concurrent = connections;
        let (one, other) = (rig.fetcher(), rig.fetcher());
        let twice = async |fetcher| {
            tokio::join!(ask(fetcher, &rig.policy, 2), ask(fetcher, &rig.policy, 2));
        };
        tokio::join!(twice(&one), twice(&other));
        assert_eq!(rig.server.busiest(), connections as usize);
        assert_eq!(rig.requests(), 8);
    }
}

#[tokio::test]
async fn a_garbled_state_file_delays_nobody() {
    let rig = limited(TestServer::start(vec![reply("200 OK", "", "")]).await, 1);
    let fetcher = rig.fetcher();
    let file = rig.state.path().join("rate/data.example.slots");
    for text in ["\0\u{fffd}garbage", "9000000000000000 9000000000000000\n"] {
        std::fs::write(&file, text).unwrap();
        let start = Instant::now();
        ask(&fetcher, &rig.policy, 1).await;
        assert!(start.elapsed() < Duration::from_secs(30), "{text}");
    }
}

#[tokio::test]
async fn a_server_may_say_when_to_come_back() {
    let throttled =
        |value| reply("429 Too Many Requests", &format!("Retry-After: {value}\r\n"), "");
    let ask = async |value| {
        let rig = Rig::start(&[throttled(value), reply("200 OK", "", "")]).await;
        let start = Instant::now();
        assert_eq!(rig.fetch().await.unwrap().status, 200);
        start.elapsed()
    };
    // By the clock it is 08:00:00.123456 on that day.
    let (seconds, date) = tokio::join!(ask("1"), ask("Fri, 15 Jan 2027 08:00:01 GMT"));
    assert!(seconds >= Duration::from_secs(1), "{seconds:?}");
    assert!(date >= Duration::from_millis(876), "{date:?}");

    let throttled = reply("503 Service Unavailable", "Retry-After: 0\r\n", "");
    let mut rig = Rig::start(&[throttled, reply("200 OK", "", "")]).await;
    rig.options.first_pause = Duration::from_mins(1);
    let start = Instant::now();
    assert_eq!(rig.fetch().await.unwrap().status, 200);
    assert!(start.elapsed() < Duration::from_secs(30));
}

#[tokio::test]
async fn one_request_told_to_wait_holds_back_its_whole_group() {
    let throttled = reply("429 Too Many Requests", "Retry-After: 1\r\n", "");
    let mut rig = limited(TestServer::start(vec![throttled, reply("200 OK", "", "")]).await, 1000);
    rig.policy.retry_budget = 0;
    let start = Instant::now();
    assert_eq!(rig.fetch().await.unwrap().status, 429);
    // Another process, which was told nothing.
    assert_eq!(rig.fetch().await.unwrap().status, 200);
    assert!(start.elapsed() >= Duration::from_millis(999), "{:?}", start.elapsed());
}

#[tokio::test]
async fn a_server_that_wants_an_hour_is_left_alone() {
    for seconds in ["3600", "172800", "18446744073709551615"] {
        let wait = format!("Retry-After: {seconds}\r\n");
        let throttled = reply("503 Service Unavailable", &wait, "later");
        let rig = limited(TestServer::start(vec![throttled]).await, 1000);
        assert_eq!(rig.fetch().await.unwrap().body, b"later");
        let error = rig.fetch().await.unwrap_err();
        assert!(matches!(error.kind, FetchErrorKind::Throttled { .. }), "{error}");
        assert_eq!(rig.requests(), 1);
    }
}
