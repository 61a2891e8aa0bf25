use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::answer::Answer;
use crate::archive::{ArchiveWriter, Notes, Stored, read_at};
use crate::replay::ReplayFetcher;

use super::*;

const RUN: &str = "20261123T063000Z-a1";

fn answer(url: &str, date: &str, status: u16, content_type: &str) -> Answer {
    Answer {
        url: url.to_owned(),
        fetched_at: date.parse().unwrap(),
        status,
        headers: vec![("content-type".to_owned(), content_type.to_owned())],
        body: url.as_bytes().to_vec(),
        robots: None,
    }
}

fn archive(warehouse: &Path, source_id: &str, run_id: &str, answers: &[Answer]) -> Vec<Stored> {
    let mut writer = ArchiveWriter::create(warehouse, source_id, run_id).unwrap();
    let notes = Notes { licence: "", redistributable: true, recognised: "document", sent: &[] };
    let stored = answers.iter().map(|a| writer.append(a, None, &notes).unwrap()).collect();
    writer.finish().unwrap();
    stored
}

fn answers() -> [Answer; 3] {
    [
        answer("https://www.b.example/z", "2026-11-23T06:30:01.25Z", 200, "text/html; charset=x"),
        answer("https://a.example/", "2026-11-23T06:30:02Z", 404, ""),
        answer("https://b.example/a?y=2&x=1", "2026-11-23T06:30:03Z", 200, "application/json"),
    ]
}

#[test]
fn keys_sort_pages_of_one_site_together() {
    let check = |url: &str, expected: &str| assert_eq!(sort_key(url), expected, "{url}");
    check("https://www.Example.com/Path/?b=2&a=1#top", "com,example)/path?a=1&b=2");
    check("http://data.sec.gov", "gov,sec,data)/");
    check("https://example.com:8443/a b", "com,example:8443)/a%20b");
    check("https://example.com:443/?", "com,example)/");
    check("http://127.0.0.1:8080/x", "127.0.0.1:8080)/x");
    check("http://[::1]/x", "[::1])/x");
    check("no url", "no%20url");
}

#[test]
fn an_index_is_sorted_and_says_where_each_answer_is() {
    let warehouse = tempfile::tempdir().unwrap();
    let stored = archive(warehouse.path(), "test_source", RUN, &answers());
    let path = warehouse.path().join(&stored[0].file);
    let text = fs::read_to_string(index_path(&path)).unwrap();
    let lines: Vec<_> = text.lines().collect();
    let bytes = fs::metadata(&path).unwrap().len();
    let name = format!("{RUN}.warc.gz");
    assert_eq!(
        lines[0],
        format!("!meta {{\"filename\":\"{name}\",\"bytes\":{bytes},\"answers\":3}}")
    );
    assert!(lines.is_sorted() && text.ends_with('\n'), "{text}");
    let starts: Vec<_> = lines[1..].iter().map(|line| line.split('{').next().unwrap()).collect();
    assert_eq!(
        starts,
        [
            "example,a)/ 20261123063002 ",
            "example,b)/a?x=1&y=2 20261123063003 ",
            "example,b)/z 20261123063001 ",
        ]
    );
    let json: serde_json::Value =
        serde_json::from_str(lines[3].splitn(3, ' ').nth(2).unwrap()).unwrap();
    assert_eq!(json["url"], "https://www.b.example/z");
    assert_eq!(json["mime"], "text/html");
    assert_eq!(json["status"], "200");
    assert_eq!(json["offset"], stored[0].offset.to_string());
    assert_eq!(json["filename"], name);
    assert_eq!(json["date"], "2026-11-23T06:30:01.250Z");
}

#[test]
fn index_and_records_say_the_same() {
    let warehouse = tempfile::tempdir().unwrap();
    let stored = archive(warehouse.path(), "test_source", RUN, &answers());
    let file = &stored[0].file;
    let path = warehouse.path().join(file);
    let scan = scan(&path, file).unwrap();
    assert!(scan.tear.is_none());
    assert_eq!(entries(&path, file).unwrap(), scan.entries);
    for (entry, sent) in scan.entries.iter().zip(answers()) {
        let read = read_at(warehouse.path(), file, entry.offset).unwrap();
        assert_eq!((&read.url, read.body), (&entry.url, sent.body));
    }
}

#[test]
fn an_index_is_used_where_it_was_made_for_the_archive_and_only_there() {
    let warehouse = tempfile::tempdir().unwrap();
    let stored = archive(warehouse.path(), "test_source", RUN, &answers());
    let path = warehouse.path().join(&stored[0].file);
    let index = index_path(&path);
    let whole = fs::read_to_string(&index).unwrap();
    // What only the index says shows that it was read.
    let marked = whole.replace("application/json", "from/index");
    let is_used = |text: &str| {
        fs::write(&index, text).unwrap();
        let entries = entries(&path, "").unwrap();
        assert_eq!(entries.len(), 3);
        entries.iter().any(|entry| entry.media_type.as_deref() == Some("from/index"))
    };
    assert!(is_used(&marked));
    assert!(!is_used(marked.split_once('\n').unwrap().1));
    assert!(!is_used(&marked.replacen("\"bytes\":", "\"bytes\":1", 1)));
    assert!(!is_used(&marked[..marked.len() - 2]));
    let (shorter, _) = marked.trim_end().rsplit_once('\n').unwrap();
    assert!(!is_used(shorter));
    assert!(!is_used(""));
}

#[test]
fn entries_are_listed_as_they_were_written_and_filtered() {
    let warehouse = tempfile::tempdir().unwrap();
    assert_eq!(list(warehouse.path(), &Filter::default()).unwrap().count(), 0);
    let later = answer("https://c.example/", "2026-11-24T00:00:00Z", 200, "");
    archive(warehouse.path(), "test_source", RUN, &answers());
    archive(warehouse.path(), "other_source", RUN, &[later]);
    let urls = |filter: Filter| {
        let listed = list(warehouse.path(), &filter).unwrap();
        listed.map(|entry| entry.unwrap().url).collect::<Vec<_>>()
    };
    let [b, a, b_a] = answers().map(|answer| answer.url);
    let c = "https://c.example/".to_owned();
    assert_eq!(urls(Filter::default()), [c.clone(), b.clone(), a.clone(), b_a.clone()]);
    let source_id = Some("test_source".to_owned());
    assert_eq!(
        urls(Filter { source_id, ..Filter::default() }),
        [b.clone(), a.clone(), b_a.clone()]
    );
    let url = Some("b.example".to_owned());
    assert_eq!(urls(Filter { url, ..Filter::default() }), [b, b_a.clone()]);
    let since = Some("2026-11-23T06:30:02Z".parse().unwrap());
    let before = Some("2026-11-23T06:30:03Z".parse().unwrap());
    assert_eq!(urls(Filter { since, before, ..Filter::default() }), std::slice::from_ref(&a));
    assert_eq!(urls(Filter { since, ..Filter::default() }), [c, a, b_a]);
}

#[test]
fn a_file_that_cannot_be_read_does_not_hide_the_others() {
    let warehouse = tempfile::tempdir().unwrap();
    archive(warehouse.path(), "test_source", RUN, &answers());
    fs::write(warehouse.path().join("raw/v1/test_source/2026/0.warc"), "no archive").unwrap();
    let listed: Vec<_> = list(warehouse.path(), &Filter::default()).unwrap().collect();
    assert_eq!(listed.len(), 4);
    assert!(listed[0].as_ref().unwrap_err().file.ends_with("0.warc"));
}

/// A record as warcio lays it out.
fn record(fields: &str, block: &[u8]) -> Vec<u8> {
    let head = format!("WARC/1.0\r\n{fields}Content-Length: {}\r\n\r\n", block.len());
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// Records of the kinds that warcio writes, one at a time.
fn foreign_records() -> Vec<Vec<u8>> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(b"packed").unwrap();
    let packed = gzip.finish().unwrap();
    let size = format!("{:x}\r\n", packed.len());
    let response = |url: &str, date: &str, digest: &str, block: &[u8]| {
        let fields = format!(
            "WARC-Type: response\r\nWARC-Record-ID: <urn:uuid:12345678-feb0-11e6-8f83-68a86d1772ce>\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\nWARC-Payload-Digest: {digest}\r\nContent-Type: application/http; msgtype=response\r\n"
        );
        record(&fields, block)
    };
    let revisit = |date: &str, more: &str| {
        let fields = format!(
            "WARC-Type: revisit\r\nWARC-Target-URI: http://example.com/chunks\r\nWARC-Date: {date}\r\n{more}Content-Type: application/http; msgtype=response\r\n"
        );
        record(&fields, b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n")
    };
    let chunks = [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n",
        size.as_bytes(),
        &packed,
        b"\r\n0\r\n\r\n",
    ]
    .concat();
    vec![
        record(
            "WARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Filename: temp.warc.gz\r\nWARC-Date: 2000-01-01T00:00:00Z\r\nContent-Type: application/warc-fields\r\n",
            b"software: recorder test\r\nformat: WARC File Format 1.0\r\n",
        ),
        response(
            "http://example.com/chunks",
            "2000-01-02T03:04:05Z",
            "sha1:b6qjr5fjxujgxzsjdprf6zsbsrrjyv3l",
            &chunks,
        ),
        record(
            "WARC-Type: request\r\nWARC-Concurrent-To: <urn:uuid:12345678-feb0-11e6-8f83-68a86d1772ce>\r\nWARC-Target-URI: http://example.com/chunks\r\nWARC-Date: 2000-01-02T03:04:05Z\r\nContent-Type: application/http; msgtype=request\r\n",
            b"GET /chunks HTTP/1.1\r\nHost: example.com\r\n\r\n",
        ),
        revisit(
            "2000-01-03T03:04:05Z",
            "WARC-Payload-Digest: sha1:B6QJR5FJXUJGXZSJDPRF6ZSBSRRJYV3L\r\nWARC-Profile: http://netpreserve.org/warc/1.0/revisit/identical-payload-digest\r\n",
        ),
        revisit(
            "2000-01-04T03:04:05Z",
            "WARC-Profile: http://netpreserve.org/warc/1.0/revisit/server-not-modified\r\nWARC-Refers-To-Target-URI: http://example.com/chunks\r\nWARC-Refers-To-Date: 2000-01-02T03:04:05Z\r\n",
        ),
        record(
            "WARC-Type: metadata\r\nWARC-Target-URI: http://example.com/chunks\r\nWARC-Date: 2000-01-02T03:04:05Z\r\nContent-Type: application/warc-fields\r\n",
            b"via: http://example.com/\r\n",
        ),
        response(
            "http://example.com/plain",
            "2000-01-02T03:04:06Z",
            "sha1:AAAA",
            b"HTTP/1.0 404 Not Found\r\n\r\nplain",
        ),
    ]
}

/// Writes the records into a file, compressed one by one or not at all.
fn foreign_file(folder: &Path, is_compressed: bool) -> PathBuf {
    let compressed = |record: &Vec<u8>| {
        let mut member = GzEncoder::new(Vec::new(), Compression::default());
        member.write_all(record).unwrap();
        member.finish().unwrap()
    };
    let records = foreign_records();
    let (name, bytes) = if is_compressed {
        ("foreign.warc.gz", records.iter().map(compressed).collect::<Vec<_>>().concat())
    } else {
        ("foreign.warc", records.concat())
    };
    fs::write(folder.join(name), bytes).unwrap();
    folder.join(name)
}

#[tokio::test]
async fn files_of_other_writers_are_indexed_and_replayed() {
    for is_compressed in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let path = foreign_file(folder.path(), is_compressed);
        let Scan { entries, tear: None } = scan(&path, "").unwrap() else { panic!("torn") };
        let kinds: Vec<_> =
            entries.iter().map(|entry| (&*entry.record_type, entry.status)).collect();
        assert_eq!(
            kinds,
            [
                ("response", Some(200)),
                ("revisit", Some(200)),
                ("revisit", Some(200)),
                ("response", Some(404)),
            ]
        );
        // Another program's index is left alone, and not needed.
        fs::write(index_path(&path), "com,example)/chunks 20000102030405 {}\n").unwrap();
        for _ in ["by its records", "by its index"] {
            let replay = ReplayFetcher::open(folder.path()).unwrap();
            let found = replay.fetch("http://example.com/chunks").await.unwrap();
            let bodies: Vec<_> = found.iter().map(|answer| &*answer.body).collect();
            assert_eq!(bodies, [b"packed"; 3]);
            assert!(found.iter().all(|answer| answer.header("content-encoding").is_none()));
            let found = replay.fetch("http://example.com/plain").await.unwrap();
            assert_eq!((found[0].status, &*found[0].body), (404, &b"plain"[..]));
            for entry in &entries {
                let name = path.file_name().unwrap().to_str().unwrap();
                assert!(read_at(folder.path(), name, entry.offset).is_ok());
            }
            write(&path, fs::metadata(&path).unwrap().len(), &entries).unwrap();
            assert!(read(&path, "").is_some());
        }
    }
}

#[test]
fn an_uncompressed_file_cut_anywhere_reads_as_a_prefix() {
    let folder = tempfile::tempdir().unwrap();
    let path = foreign_file(folder.path(), false);
    let whole = fs::read(&path).unwrap();
    let all = scan(&path, "").unwrap().entries;
    for len in 0..whole.len() {
        fs::write(&path, &whole[..len]).unwrap();
        let scan = scan(&path, "").unwrap();
        assert_eq!(scan.entries, all[..scan.entries.len()], "{len}");
        assert!(scan.tear.is_none_or(|tear| tear.offset < len as u64), "{len}");
    }
}
