//! From a publisher into the archive and out again.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::test_server::{TestServer, reply};

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
    let origin = Url::parse(&format!("http://{}", server.address)).unwrap();
    let options = FetchOptions {
        origins: BTreeMap::from([("data.example".to_owned(), origin)]),
        unlimited_origins: true,
        ..FetchOptions::new(clock)
    };
    let http = Arc::new(Fetcher::Http(HttpFetcher::new(options).unwrap()));
    let rate = Rate { group: "data.example".to_owned(), per_second: 1 };
    let request = |url: &str| Request { source_id: "test_source".to_owned(), url: url.to_owned() };
    let facts = request("https://data.example/facts.json");
    let absent = request("https://data.example/absent.json");

    let shared = (Arc::clone(&http), facts.clone(), rate.clone());
    let elsewhere = tokio::spawn(async move { shared.0.fetch(&shared.1, &shared.2).await });
    let first = elsewhere.await.unwrap().unwrap().remove(0);
    let again = http.fetch(&facts, &rate).await.unwrap().remove(0);
    let missing = http.fetch(&absent, &rate).await.unwrap().remove(0);
    assert_eq!(first.body, again.body);

    let warehouse = tempfile::tempdir().unwrap();
    let run_id = "20270115T080000Z-a";
    let mut archive = ArchiveWriter::create(warehouse.path(), "test_source", run_id).unwrap();
    let original = Original { uri: first.url.clone(), date: first.fetched_at };
    archive.append(&first, None).unwrap();
    let revisit = archive.append(&again, Some(&original)).unwrap();
    archive.append(&missing, None).unwrap();
    archive.finish().unwrap();

    let replay = Fetcher::Replay(ReplayFetcher::open(warehouse.path()).unwrap());
    assert_eq!(replay.fetch(&facts, &rate).await.unwrap(), [first, again.clone()]);
    assert_eq!(replay.fetch(&absent, &rate).await.unwrap(), [missing]);
    assert_eq!(read_at(warehouse.path(), &revisit.file, revisit.offset).unwrap(), again);
}
