//! From a publisher into the archive and out again.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::test_server::{TestServer, policy, reply};

use super::*;

fn clock() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 123_456_789).unwrap()
}

#[tokio::test]
async fn what_was_fetched_and_archived_is_what_replay_answers() {
    let replies = [
        reply("200 OK", "ETag: \"1\"\r\nSet-Cookie: id=secret\r\n", "{\"a\": 1}"),
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"a\": 1}\r\n0\r\n\r\n"
            .to_owned(),
        reply("404 Not Found", "", "<html>none</html>"),
    ];
    let server = TestServer::start(replies.to_vec()).await;
    let state = tempfile::tempdir().unwrap();
    let options = FetchOptions {
        origins: BTreeMap::from([("data.example".to_owned(), server.origin())]),
        unlimited_origins: true,
        ..FetchOptions::new(state.path(), clock)
    };
    let http = Arc::new(Fetcher::Http(HttpFetcher::new(options).unwrap()));
    let policy = policy("data.example", 1);
    let request = |url: &str| Request { source_id: "test_source".to_owned(), url: url.to_owned() };
    let facts = request("https://data.example/facts.json");
    let absent = request("https://data.example/absent.json");

    let shared = (Arc::clone(&http), facts.clone(), policy.clone());
    let elsewhere = tokio::spawn(async move { shared.0.fetch(&shared.1, &shared.2, None).await });
    // What robots.txt said is archived beside an answer, not as part of it.
    let only = |answers: Vec<Answer>| Answer { robots: None, ..answers[0].clone() };
    let first = only(elsewhere.await.unwrap().unwrap());
    let again = only(http.fetch(&facts, &policy, None).await.unwrap());
    let missing = only(http.fetch(&absent, &policy, None).await.unwrap());
    assert_eq!(first.body, again.body);

    let warehouse = tempfile::tempdir().unwrap();
    let run_id = "20270115T080000Z-a";
    let mut archive = ArchiveWriter::create(warehouse.path(), "test_source", run_id).unwrap();
    let sent = http.sent(None);
    let notes = Notes { licence: "none", redistributable: false, recognised: "json", sent: &sent };
    let original = Original {
        uri: first.url.clone(),
        date: first.fetched_at,
        // sha256sum of {"a": 1}
        payload_sha256: "f9d86028c6e0d64e225186f96acb69338b2c59764df79162107f5c4bb34d1310"
            .to_owned(),
    };
    archive.append(&first, None, &notes).unwrap();
    let revisit = archive.append(&again, Some(&original), &notes).unwrap();
    archive.append(&missing, None, &notes).unwrap();
    archive.finish().unwrap();

    let replay = Fetcher::Replay(ReplayFetcher::open(warehouse.path()).unwrap());
    assert_eq!(replay.fetch(&facts, &policy, None).await.unwrap(), [first, again.clone()]);
    assert_eq!(replay.fetch(&absent, &policy, None).await.unwrap(), [missing]);
    assert_eq!(read_at(warehouse.path(), &revisit.file, revisit.offset).unwrap(), again);
}
