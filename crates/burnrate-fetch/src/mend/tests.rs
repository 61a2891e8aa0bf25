use std::fs;

use crate::answer::Answer;
use crate::archive::{ArchiveWriter, Notes, Stored, read_at};

use super::*;

const RUN: &str = "20261123T063000Z-a1";

fn answer(second: u32) -> Answer {
    Answer {
        url: format!("https://data.example/{second}"),
        fetched_at: format!("2026-11-23T06:30:{second:02}Z").parse().unwrap(),
        status: 200,
        headers: vec![("content-length".to_owned(), "4".to_owned())],
        body: b"body".to_vec(),
        robots: None,
    }
}

/// An archive of two answers, and nothing beside it, as a run leaves it that does not come to its
/// end.
fn left_behind(warehouse: &Path) -> Vec<Stored> {
    let mut writer = ArchiveWriter::create(warehouse, "test_source", RUN).unwrap();
    let notes = Notes { licence: "", redistributable: true, recognised: "document", sent: &[] };
    let stored = [1, 2].map(|second| writer.append(&answer(second), None, &notes).unwrap());
    drop(writer);
    stored.into()
}

/// What mending says, without the numbers of bytes.
fn mended(warehouse: &Path) -> Vec<String> {
    mend(warehouse).unwrap().iter().map(ToString::to_string).collect()
}

#[test]
fn a_whole_file_gets_the_index_that_its_writer_would_have_written() {
    let warehouse = tempfile::tempdir().unwrap();
    let stored = left_behind(warehouse.path());
    let path = warehouse.path().join(&stored[0].file);
    assert_eq!(mended(warehouse.path()), [format!("{}: 2 answers indexed", stored[0].file)]);
    let mended_index = fs::read_to_string(cdxj::index_path(&path)).unwrap();
    assert_eq!(mended(warehouse.path()), [""; 0]);

    let other = tempfile::tempdir().unwrap();
    let mut writer = ArchiveWriter::create(other.path(), "test_source", RUN).unwrap();
    let notes = Notes { licence: "", redistributable: true, recognised: "document", sent: &[] };
    for second in [1, 2] {
        writer.append(&answer(second), None, &notes).unwrap();
    }
    writer.finish().unwrap();
    let index = cdxj::index_path(&other.path().join(&stored[0].file));
    assert_eq!(fs::read_to_string(index).unwrap(), mended_index);
    assert_eq!(mended(other.path()), [""; 0]);
}

#[test]
fn a_tear_anywhere_is_cut_off_and_kept() {
    let warehouse = tempfile::tempdir().unwrap();
    let stored = left_behind(warehouse.path());
    let file = &stored[0].file;
    let path = warehouse.path().join(file);
    let whole = fs::read(&path).unwrap();
    let ends: Vec<_> =
        stored.iter().map(|stored| usize::try_from(stored.offset).unwrap()).collect();
    // Around each end of a record, and at steps between: each try waits for the disk.
    let near = |len: usize| ends.iter().any(|&end| len.abs_diff(end) <= 2);
    for len in (0..whole.len()).filter(|&len| near(len) || len % 16 == 0) {
        let _absent = fs::remove_file(cdxj::index_path(&path));
        let _absent = fs::remove_file(path.with_extension("gz.torn"));
        fs::write(&path, &whole[..len]).unwrap();
        let mended = mend(warehouse.path()).unwrap();
        let kept = fs::read(&path).unwrap();
        match mended.as_slice() {
            [Mended::Indexed { .. }] => assert_eq!(kept.len(), len),
            [Mended::Cut { offset, bytes, kept_in, .. }] => {
                assert_eq!(*offset, kept.len() as u64);
                assert_eq!(*offset + *bytes, len as u64);
                let torn = fs::read(warehouse.path().join(kept_in)).unwrap();
                assert_eq!([kept.clone(), torn].concat(), whole[..len]);
            }
            other => panic!("{len}: {other:?}"),
        }
        assert_eq!(kept, whole[..kept.len()]);
        let answers = cdxj::entries(&path, file).unwrap();
        for entry in &answers {
            assert_eq!(read_at(warehouse.path(), file, entry.offset).unwrap().body, b"body");
        }
        assert!(mend(warehouse.path()).unwrap().is_empty(), "{len}");
    }
    assert_eq!(
        fs::read_dir(path.parent().unwrap()).unwrap().count(),
        3,
        "archive, index and what was torn off, and no unfinished file"
    );
}

#[test]
fn damage_before_the_end_is_reported_and_left_alone() {
    let warehouse = tempfile::tempdir().unwrap();
    let stored = left_behind(warehouse.path());
    let path = warehouse.path().join(&stored[0].file);
    let mut bytes = fs::read(&path).unwrap();
    let first_at = usize::try_from(stored[0].offset).unwrap();
    bytes[first_at + 20..first_at + 40].fill(0xff);
    fs::write(&path, &bytes).unwrap();
    for _ in 0..2 {
        let mended = mended(warehouse.path());
        let expected = format!("offset {}: corrupt: ", stored[0].offset);
        assert!(mended[0].contains(&expected), "{mended:?}");
        assert!(mended[0].ends_with("; not mended"), "{mended:?}");
        assert_eq!(fs::read(&path).unwrap(), bytes);
        assert!(!cdxj::index_path(&path).exists());
    }
}

#[test]
fn what_shrank_after_it_was_indexed_is_not_made_to_look_whole() {
    let warehouse = tempfile::tempdir().unwrap();
    let stored = left_behind(warehouse.path());
    mend(warehouse.path()).unwrap();
    let path = warehouse.path().join(&stored[0].file);
    let index = fs::read(cdxj::index_path(&path)).unwrap();
    OpenOptions::new().write(true).open(&path).unwrap().set_len(stored[1].offset).unwrap();
    let mended = mended(warehouse.path());
    assert!(mended[0].contains("its index is for"), "{mended:?}");
    assert_eq!(fs::read(cdxj::index_path(&path)).unwrap(), index);
}

#[test]
fn a_warehouse_without_an_archive_has_nothing_to_mend() {
    let warehouse = tempfile::tempdir().unwrap();
    assert_eq!(mended(warehouse.path()), [""; 0]);
}
