use std::fs;

use crate::archive::{ArchiveWriter, Notes, Original, Stored};

use super::*;

fn answer(url: &str, date: &str, body: &str) -> Answer {
    Answer {
        url: url.to_owned(),
        fetched_at: date.parse().unwrap(),
        status: 200,
        headers: vec![("content-length".to_owned(), body.len().to_string())],
        body: body.as_bytes().to_vec(),
        robots: None,
    }
}

fn archive(warehouse: &Path, run_id: &str, answers: &[(&Answer, Option<&Answer>)]) -> Vec<Stored> {
    let mut writer = ArchiveWriter::create(warehouse, "test_source", run_id).unwrap();
    let mut append = |(answer, original): &(&Answer, Option<&Answer>)| {
        let original = original.map(|first| Original {
            uri: first.url.clone(),
            date: first.fetched_at,
            payload_sha256: warc::digest(&first.body).split_off("sha256:".len()),
        });
        let notes =
            Notes { licence: "", redistributable: false, recognised: "document", sent: &[] };
        writer.append(answer, original.as_ref(), &notes).unwrap()
    };
    let stored = answers.iter().map(&mut append).collect();
    writer.finish().unwrap();
    stored
}

const A: &str = "https://data.example/a";
const B: &str = "https://data.example/b";

#[tokio::test]
async fn answers_come_oldest_first_from_every_file() {
    let warehouse = tempfile::tempdir().unwrap();
    let newest = answer(A, "2026-03-01T00:00:00.000002Z", "newest");
    let oldest = answer(A, "2024-12-31T23:59:59Z", "oldest");
    let middle = answer(A, "2026-03-01T00:00:00.000001Z", "middle");
    let other = answer(B, "2025-01-01T00:00:00Z", "other");
    archive(warehouse.path(), "20260301T000000Z-a", &[(&newest, None), (&middle, None)]);
    archive(warehouse.path(), "20270301T000000Z-b", &[(&oldest, None), (&other, None)]);
    fs::write(warehouse.path().join("raw/readme.txt"), "no archive").unwrap();
    let replay = ReplayFetcher::open(warehouse.path()).unwrap();
    assert_eq!(replay.fetch(A).await.unwrap(), [oldest, middle, newest]);
    assert_eq!(replay.fetch(B).await.unwrap(), [other]);
    assert_eq!(replay.fetch("https://data.example/").await.unwrap(), []);
}

#[tokio::test]
async fn a_revisit_answers_with_the_payload_of_its_original() {
    let warehouse = tempfile::tempdir().unwrap();
    let first = answer(A, "2026-01-01T00:00:00Z", "same");
    let second = answer(A, "2026-01-02T00:00:00Z", "same");
    archive(warehouse.path(), "20260101T000000Z-a", &[(&first, None)]);
    let stored = archive(warehouse.path(), "20260102T000000Z-a", &[(&second, Some(&first))]);
    let replay = ReplayFetcher::open(warehouse.path()).unwrap();
    assert_eq!(replay.fetch(A).await.unwrap(), [first, second]);
    // Alone, the second file knows the head, and no payload.
    let replay = ReplayFetcher::open(&warehouse.path().join(&stored[0].file)).unwrap();
    assert_eq!(replay.fetch(A).await.unwrap(), []);
}

#[tokio::test]
async fn what_was_archived_before_a_tear_is_kept() {
    let warehouse = tempfile::tempdir().unwrap();
    let first = answer(A, "2026-01-01T00:00:00Z", "first");
    let torn = answer(B, "2026-01-01T00:00:01Z", "torn");
    let stored = archive(warehouse.path(), "20260101T000000Z-a", &[(&first, None), (&torn, None)]);
    let path = warehouse.path().join(&stored[1].file);
    let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.set_len(stored[1].offset + 30).unwrap();
    let replay = ReplayFetcher::open(&path).unwrap();
    assert_eq!(replay.fetch(A).await.unwrap(), [first]);
    assert_eq!(replay.fetch(B).await.unwrap(), []);
}

#[tokio::test]
async fn an_archive_changed_after_indexing_is_an_error_that_names_the_place() {
    let warehouse = tempfile::tempdir().unwrap();
    let first = answer(A, "2026-01-01T00:00:00Z", "first");
    let stored = archive(warehouse.path(), "20260101T000000Z-a", &[(&first, None)]);
    let replay = ReplayFetcher::open(warehouse.path()).unwrap();
    let path = warehouse.path().join(&stored[0].file);
    fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(stored[0].offset).unwrap();
    let error = replay.fetch(A).await.unwrap_err();
    let place = format!("{}, offset {}", path.display(), stored[0].offset);
    assert_eq!(error.to_string(), format!("{A}: {place}: the file ends within the record"));
}

#[test]
fn a_folder_that_is_not_there_is_an_error() {
    let error = ReplayFetcher::open(Path::new("/nonexistent/archive")).unwrap_err();
    assert!(matches!(error.kind, ArchiveErrorKind::Io(_)), "{error}");
}
