use super::*;

const RUN: &str = "20261123T063000Z-a1";

fn answer(second: u32, body: &str) -> Answer {
    Answer {
        url: "https://data.example/facts.json".to_owned(),
        fetched_at: format!("2026-11-23T06:30:{second:02}.5Z").parse().unwrap(),
        status: 200,
        headers: vec![("content-length".to_owned(), body.len().to_string())],
        body: body.as_bytes().to_vec(),
    }
}

fn original_of(answer: &Answer) -> Original {
    Original { uri: answer.url.clone(), date: answer.fetched_at }
}

/// Archives the answers, each as a revisit of the first with its body, in one run.
fn archive(warehouse: &Path, run_id: &str, answers: &[Answer]) -> Vec<Stored> {
    let mut writer = ArchiveWriter::create(warehouse, "test_source", run_id).unwrap();
    let stored = answers.iter().map(|answer| writer.append(answer, None).unwrap()).collect();
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
    let stored = writer.append(&second, Some(&original_of(&first))).unwrap();
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
    let error = again.append(&answer(2, "b"), None).unwrap_err();
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
    for len in [second_at + 1, second_at + 15, whole.len() - 1] {
        fs::write(&path, &whole[..len]).unwrap();
        let scan = scan(&path).unwrap();
        // The warcinfo record, and the first answer.
        assert_eq!(scan.heads.len(), 2);
        assert_eq!(scan.tear.unwrap().offset, stored[1].offset);
    }
    let mut damaged = whole;
    let first_at = usize::try_from(stored[0].offset).unwrap();
    damaged[first_at + 20..first_at + 40].fill(0xff);
    fs::write(&path, damaged).unwrap();
    let error = scan(&path).map(|scan| scan.heads.len()).unwrap_err();
    assert_eq!(error.offset, stored[0].offset);
    assert!(matches!(error.kind, ArchiveErrorKind::Corrupt(_)), "{error}");
}
