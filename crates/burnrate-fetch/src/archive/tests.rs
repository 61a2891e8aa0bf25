use crate::cdxj::scan;

use super::*;

const NOTES: Notes<'static> =
    Notes { licence: "Public domain", redistributable: true, recognised: "document", sent: &[] };

const RUN: &str = "20261123T063000Z-a1";

fn answer(second: u32, body: &str) -> Answer {
    Answer {
        url: "https://data.example/facts.json".to_owned(),
        fetched_at: format!("2026-11-23T06:30:{second:02}.5Z").parse().unwrap(),
        status: 200,
        headers: vec![("content-length".to_owned(), body.len().to_string())],
        body: body.as_bytes().to_vec(),
        robots: None,
    }
}

fn original_of(answer: &Answer) -> Original {
    let payload_sha256 = warc::digest(&answer.body).split_off("sha256:".len());
    Original { uri: answer.url.clone(), date: answer.fetched_at, payload_sha256 }
}

/// Archives the answers in one run.
fn archive(warehouse: &Path, run_id: &str, answers: &[Answer]) -> Vec<Stored> {
    let mut writer = ArchiveWriter::create(warehouse, "test_source", run_id).unwrap();
    let stored =
        answers.iter().map(|answer| writer.append(answer, None, &NOTES).unwrap()).collect();
    writer.finish().unwrap();
    stored
}

#[test]
fn a_run_without_answers_leaves_no_file() {
    let warehouse = tempfile::tempdir().unwrap();
    assert_eq!(archive(warehouse.path(), RUN, &[]), []);
    assert_eq!(fs::read_dir(warehouse.path()).unwrap().count(), 0);
}

#[test]
fn an_answer_is_read_back_at_its_offset() {
    let warehouse = tempfile::tempdir().unwrap();
    let answers = [answer(1, "first"), answer(2, ""), answer(3, "third")];
    let stored = archive(warehouse.path(), RUN, &answers);
    for (answer, stored) in answers.iter().zip(&stored) {
        assert_eq!(stored.file, "raw/v1/test_source/2026/20261123T063000Z-a1.warc.gz");
        assert_eq!(stored.record_type, "response");
        assert_eq!(&read_at(warehouse.path(), &stored.file, stored.offset).unwrap(), answer);
    }
    let file = &stored[0].file;
    let warcinfo = read_at(warehouse.path(), file, 0).unwrap_err();
    assert!(warcinfo.to_string().ends_with("offset 0: corrupt: a warcinfo record, not an answer"));
    let astray = read_at(warehouse.path(), file, stored[1].offset + 1).unwrap_err();
    assert!(matches!(astray.kind, ArchiveErrorKind::Corrupt(_)), "{astray}");
    assert_eq!(astray.offset, stored[1].offset + 1);
    let missing = read_at(warehouse.path(), "raw/v1/none.warc.gz", 0).unwrap_err();
    assert!(matches!(missing.kind, ArchiveErrorKind::Io(_)), "{missing}");
}

#[test]
fn equal_answers_make_equal_files() {
    let [one, two] = [(); 2].map(|()| {
        let warehouse = tempfile::tempdir().unwrap();
        let stored = archive(warehouse.path(), RUN, &[answer(1, "a"), answer(2, "b")]);
        fs::read(warehouse.path().join(&stored[0].file)).unwrap()
    });
    assert_eq!(one, two);
}

#[test]
fn a_revisit_is_read_with_the_body_of_its_original() {
    let warehouse = tempfile::tempdir().unwrap();
    let first = answer(1, "same");
    archive(warehouse.path(), "20251231T235959Z-a1", &[answer(0, "other"), first.clone()]);
    archive(warehouse.path(), "20270101T000000Z-a1", &[answer(59, "later")]);
    let mut writer = ArchiveWriter::create(warehouse.path(), "test_source", RUN).unwrap();
    let second = Answer { status: 203, ..answer(2, "same") };
    let stored = writer.append(&second, Some(&original_of(&first)), &NOTES).unwrap();
    writer.finish().unwrap();
    assert_eq!(stored.record_type, "revisit");
    assert_eq!(read_at(warehouse.path(), &stored.file, stored.offset).unwrap(), second);

    fs::remove_dir_all(warehouse.path().join("raw/v1/test_source/2025")).unwrap();
    let orphan = read_at(warehouse.path(), &stored.file, stored.offset).unwrap_err();
    assert!(matches!(orphan.kind, ArchiveErrorKind::OriginalMissing { .. }), "{orphan}");
}

#[test]
fn a_file_is_never_continued() {
    let warehouse = tempfile::tempdir().unwrap();
    archive(warehouse.path(), RUN, &[answer(1, "a")]);
    let mut again = ArchiveWriter::create(warehouse.path(), "test_source", RUN).unwrap();
    let error = again.append(&answer(2, "b"), None, &NOTES).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
}

#[test]
fn names_cannot_lead_out_of_the_archive() {
    let check = |source_id: &str, run_id: &str| {
        let error = ArchiveWriter::create(Path::new("."), source_id, run_id).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidInput, "{source_id} {run_id}");
    };
    check("../x", RUN);
    check("", RUN);
    check("test_source", "2026/../x");
    check("test_source", "run-1");
    check("test_source", "20");
}

#[test]
fn a_torn_record_costs_only_itself() {
    let warehouse = tempfile::tempdir().unwrap();
    let stored = archive(warehouse.path(), RUN, &[answer(1, "a"), answer(2, "b")]);
    let path = warehouse.path().join(&stored[0].file);
    let whole = fs::read(&path).unwrap();
    let second_at = usize::try_from(stored[1].offset).unwrap();
    for len in [second_at + 1, second_at + 15] {
        fs::write(&path, &whole[..len]).unwrap();
        let scan = scan(&path, "").unwrap();
        assert_eq!(scan.entries.len(), 1);
        assert_eq!(scan.tear.unwrap().offset, stored[1].offset);
    }
    let mut damaged = whole;
    let first_at = usize::try_from(stored[0].offset).unwrap();
    damaged[first_at + 20..first_at + 40].fill(0xff);
    fs::write(&path, damaged).unwrap();
    let error = scan(&path, "").map(|scan| scan.entries.len()).unwrap_err();
    assert_eq!(error.offset, stored[0].offset);
    assert!(matches!(error.kind, ArchiveErrorKind::Corrupt(_)), "{error}");
}

#[test]
fn a_304_is_read_with_the_body_that_still_stands() {
    let warehouse = tempfile::tempdir().unwrap();
    let first = answer(1, "same");
    archive(warehouse.path(), "20261122T063000Z-a1", std::slice::from_ref(&first));
    let mut writer = ArchiveWriter::create(warehouse.path(), "other_source", RUN).unwrap();
    let unchanged = Answer { status: 304, ..answer(2, "") };
    let stored = writer.append(&unchanged, Some(&original_of(&first)), &NOTES).unwrap();
    // Without an original, it is kept as what it is.
    let alone = writer.append(&unchanged, None, &NOTES).unwrap();
    writer.finish().unwrap();
    assert_eq!((stored.record_type, alone.record_type), ("revisit", "response"));
    let read = read_at(warehouse.path(), &stored.file, stored.offset).unwrap();
    assert_eq!((read.status, read.body), (304, b"same".to_vec()));
    let read = read_at(warehouse.path(), &alone.file, alone.offset).unwrap();
    assert_eq!((read.status, read.body), (304, Vec::new()));
}

#[test]
fn an_original_with_another_payload_is_none() {
    let warehouse = tempfile::tempdir().unwrap();
    let mut writer = ArchiveWriter::create(warehouse.path(), "test_source", RUN).unwrap();
    let other = original_of(&answer(1, "other"));
    let stored = writer.append(&answer(2, "body"), Some(&other), &NOTES).unwrap();
    assert_eq!(stored.record_type, "response");
}

#[test]
fn every_prefix_of_a_file_reads_as_a_prefix_of_its_records() {
    let warehouse = tempfile::tempdir().unwrap();
    let answers = [answer(1, "a"), answer(2, "")];
    let stored = archive(warehouse.path(), RUN, &answers);
    let path = warehouse.path().join(&stored[0].file);
    let records_of = |path: &Path| {
        let mut records = Records::open(path).unwrap();
        let mut found = Vec::new();
        loop {
            let mut block = Vec::new();
            match records.next(&mut block) {
                Ok(Some((span, head))) => found.push((span, head, block)),
                Ok(None) => return (found, None),
                Err(error) => return (found, Some(error)),
            }
        }
    };
    let whole = fs::read(&path).unwrap();
    let (all, None) = records_of(&path) else { panic!("the file is sound") };
    // Information about the file, then answer, request and metadata of each.
    assert_eq!(all.len(), 1 + 3 * answers.len());
    let cut = warehouse.path().join("cut.warc.gz");
    for len in 0..whole.len() {
        fs::write(&cut, &whole[..len]).unwrap();
        let (found, error) = records_of(&cut);
        assert_eq!(found, all[..found.len()], "{len}");
        let end = found.last().map_or(0, |(span, ..)| span.offset + span.length);
        assert!(end <= len as u64, "{len}");
        match error {
            // Nothing is torn where the file ends between two records.
            None => assert_eq!(end, len as u64),
            Some(error) => {
                assert!(matches!(error.kind, ArchiveErrorKind::Torn), "{len}: {error}");
                assert_eq!(error.offset, end, "{len}");
                assert!(end < len as u64, "{len}");
            }
        }
    }
}
