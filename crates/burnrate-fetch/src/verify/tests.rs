use crate::answer::Answer;
use crate::archive::{ArchiveWriter, Notes, Original, Stored};

use super::*;

fn answer(url: &str, second: u32, body: &str) -> Answer {
    Answer {
        url: url.to_owned(),
        fetched_at: format!("2026-11-23T06:30:{second:02}Z").parse().unwrap(),
        status: 200,
        headers: vec![("content-type".to_owned(), "text/html; charset=utf-8".to_owned())],
        body: body.as_bytes().to_vec(),
        robots: None,
    }
}

fn original_of(answer: &Answer) -> Original {
    let payload_sha256 = warc::digest(&answer.body).split_off("sha256:".len());
    Original { uri: answer.url.clone(), date: answer.fetched_at, payload_sha256 }
}

fn archive(warehouse: &Path, run_id: &str, answers: &[(Answer, Option<Original>)]) -> Vec<Stored> {
    let mut writer = ArchiveWriter::create(warehouse, "test_source", run_id).unwrap();
    let notes = Notes { licence: "", redistributable: true, recognised: "document", sent: &[] };
    let mut append = |(answer, original): &(Answer, Option<Original>)| {
        writer.append(answer, original.as_ref(), &notes).unwrap()
    };
    let stored = answers.iter().map(&mut append).collect();
    writer.finish().unwrap();
    stored
}

const FIRST: &str = "20261122T063000Z";
const SECOND: &str = "20261123T063000Z";

/// Two runs: in the second, one document is new, and one is as it was.
fn warehouse() -> (tempfile::TempDir, Vec<Stored>) {
    let warehouse = tempfile::tempdir().unwrap();
    let a = answer("https://data.example/a", 1, "same");
    let unchanged = Answer { status: 304, ..answer("https://data.example/a", 3, "") };
    let mut stored = archive(warehouse.path(), FIRST, &[(a.clone(), None)]);
    stored.extend(archive(
        warehouse.path(),
        SECOND,
        &[
            (answer("https://data.example/b", 2, "new"), None),
            (unchanged, Some(original_of(&a))),
            (answer("https://data.example/a", 4, "same"), Some(original_of(&a))),
        ],
    ));
    (warehouse, stored)
}

fn problems(warehouse: &Path, path: Option<&str>) -> Vec<String> {
    let report = verify(warehouse, path.map(Path::new)).unwrap();
    report.problems.iter().map(ToString::to_string).collect()
}

#[test]
fn an_archive_as_it_was_written_has_no_problem() {
    let (warehouse, stored) = warehouse();
    let report = verify(warehouse.path(), None).unwrap();
    assert_eq!((report.files, report.records), (2, 2 + 3 * 4));
    assert_eq!((report.responses, report.revisits), (2, 2));
    assert_eq!(report.unchecked_digests, 0);
    assert!(report.problems.is_empty(), "{:?}", report.problems);
    let len = |stored: &Stored| warehouse.path().join(&stored.file).metadata().unwrap().len();
    assert_eq!(report.bytes, len(&stored[0]) + len(&stored[1]));
    // One file alone refers to another, which is looked at too.
    assert_eq!(problems(warehouse.path(), Some(&stored[1].file)), [""; 0]);
    assert_eq!(problems(warehouse.path(), Some("raw/v1/test_source")), [""; 0]);
    assert_eq!(problems(tempfile::tempdir().unwrap().path(), None), [""; 0]);
    assert!(verify(warehouse.path(), Some(Path::new("raw/v1/none"))).is_err());
}

#[test]
fn a_changed_byte_is_found_and_its_place_named() {
    let (warehouse, stored) = warehouse();
    let path = warehouse.path().join(&stored[1].file);
    let whole = fs::read(&path).unwrap();
    for at in (0..whole.len()).step_by(7) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x20;
        fs::write(&path, bytes).unwrap();
        let found = problems(warehouse.path(), None);
        // A header of a gzip member says when and where it was made, which is no one's loss.
        let is_idle = found.is_empty();
        let starts: Vec<_> = gzip_headers(&whole);
        assert!(
            !is_idle || starts.iter().any(|start| (start + 4..start + 10).contains(&at)),
            "{at}"
        );
        assert!(is_idle || found[0].starts_with(&stored[1].file), "{at}: {found:?}");
    }
}

/// Where the members of a file begin.
fn gzip_headers(bytes: &[u8]) -> Vec<usize> {
    let starts = bytes.windows(3).enumerate().filter(|(_, w)| *w == [0x1f, 0x8b, 0x08]);
    starts.map(|(at, _)| at).collect()
}

#[test]
fn a_payload_that_is_not_what_its_digest_says_is_found() {
    let warehouse = tempfile::tempdir().unwrap();
    let folder = warehouse.path().join("raw/v1/test_source/2026");
    fs::create_dir_all(&folder).unwrap();
    let block = "HTTP/1.1 200 OK\r\n\r\nabd";
    let record = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://data.example/\r\nWARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Block-Digest: {}\r\nWARC-Payload-Digest: {}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        warc::digest(b"other"),
        warc::digest(b"abc"),
        block.len()
    );
    fs::write(folder.join("run.warc"), record).unwrap();
    let found = problems(warehouse.path(), None);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[0].contains("corrupt: the block is sha256:"), "{found:?}");
    assert!(found[1].contains("corrupt: the payload is sha256:"), "{found:?}");
    assert!(found[2].contains("run.cdxj, offset 0: corrupt: no index"), "{found:?}");
}

#[test]
fn a_revisit_without_its_original_is_found() {
    let (warehouse, stored) = warehouse();
    let original = warehouse.path().join(&stored[0].file);
    fs::remove_file(&original).unwrap();
    let found = problems(warehouse.path(), None);
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(
        found[0].ends_with(
            "20261122T063000Z.cdxj, offset 0: corrupt: the archive that it indexes is gone"
        ),
        "{found:?}"
    );
    for (problem, stored) in found[1..].iter().zip(&stored[2..]) {
        assert!(
            problem.starts_with(&format!("{}, offset {}: ", stored.file, stored.offset)),
            "{found:?}"
        );
        assert!(problem.ends_with("is not in the archive"), "{found:?}");
    }
}

#[test]
fn an_index_that_says_anything_else_is_found() {
    let (warehouse, stored) = warehouse();
    let index = cdxj::index_path(&warehouse.path().join(&stored[1].file));
    let text = fs::read_to_string(&index).unwrap();
    let check = |found: &str, expected: &str| {
        fs::write(&index, found).unwrap();
        let problems = problems(warehouse.path(), None);
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].contains(expected), "{problems:?}");
    };
    check(
        &text.replace("\"status\":\"200\"", "\"status\":\"404\""),
        "line 3 is not as the archive has it",
    );
    check(&text.replacen("\"bytes\":", "\"bytes\":1", 1), "line 1 is not as");
    check(&text[..text.len() - 1], "lines");
    check("", "0 lines, the archive makes 4");
    fs::remove_file(&index).unwrap();
    assert!(problems(warehouse.path(), None)[0].contains("no index"));
}

#[test]
fn a_torn_record_is_found() {
    let (warehouse, stored) = warehouse();
    let path = warehouse.path().join(&stored[1].file);
    let file = fs::OpenOptions::new().write(true).open(path).unwrap();
    file.set_len(stored[3].offset + 5).unwrap();
    let found = problems(warehouse.path(), None);
    let place = format!("{}, offset {}", stored[3].file, stored[3].offset);
    assert_eq!(found, [format!("{place}: the file ends within the record")]);
}
