use flate2::write::GzEncoder;

use super::*;

fn answer_with(url: &str, body: &[u8]) -> Answer {
    Answer {
        url: url.to_owned(),
        fetched_at: "2026-11-23T06:30:00.000001Z".parse().unwrap(),
        status: 200,
        headers: kept_headers(&[("content-type".to_owned(), "text/plain".to_owned())], body.len()),
        body: body.to_vec(),
        robots: None,
    }
}

fn original_of(answer: &Answer) -> Original {
    let payload_sha256 = digest(&answer.body).split_off("sha256:".len());
    Original { uri: answer.url.clone(), date: answer.fetched_at, payload_sha256 }
}

fn response(answer: &Answer) -> Vec<u8> {
    encode_response(answer).unwrap().bytes
}

const NOTES: Notes<'static> =
    Notes { licence: "Public domain", redistributable: true, recognised: "document", sent: &[] };

/// What stands in a gzip member.
fn text(member: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(member).read_to_string(&mut text).unwrap();
    text
}

fn decode_all(bytes: &[u8]) -> Result<Record, ArchiveErrorKind> {
    let mut rest = bytes;
    decode(&mut rest).map(|record| record.unwrap())
}

/// A record as another writer could write it.
fn plain(fields: &str, block: &str) -> Vec<u8> {
    let len = block.len();
    format!("WARC/1.0\r\n{fields}Content-Length: {len}\r\n\r\n{block}\r\n\r\n").into_bytes()
}

fn plain_response(block: &str) -> Vec<u8> {
    plain(
        "WARC-Type: response\r\nWARC-Target-URI: <http://example.com/>\r\nWARC-Date: 2020-01-02T03:04:05Z\r\n",
        block,
    )
}

fn reason(result: Result<impl std::fmt::Debug, ArchiveErrorKind>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn a_response_record_is_laid_out_as_the_standard_says() {
    let record = text(&response(&answer_with("https://example.com/", b"abc")));
    // The digest of "abc" is the first example of FIPS 180-2.
    let (head, block) = record.split_once("\r\n\r\n").unwrap();
    let lines: Vec<_> = head.split("\r\n").collect();
    assert_eq!(lines[..2], ["WARC/1.1", "WARC-Type: response"]);
    assert!(lines.contains(&"WARC-Date: 2026-11-23T06:30:00.000001Z"));
    assert!(lines.contains(&"WARC-Target-URI: https://example.com/"));
    assert!(lines.contains(
        &"WARC-Payload-Digest: sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    ));
    assert!(lines.contains(&"Content-Type: application/http;msgtype=response"));
    let http = "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 3\r\n\r\nabc";
    assert_eq!(block, format!("{http}\r\n\r\n"));
    assert!(lines.contains(&&*format!("Content-Length: {}", http.len())));
}

#[test]
fn cookies_credentials_and_transfer_headers_never_reach_a_record() {
    let mut answer = answer_with("https://example.com/", b"abc");
    for (name, value) in [
        ("Set-Cookie", "secret"),
        ("Cookie", "secret"),
        ("AUTHORIZATION", "secret"),
        ("Proxy-Authorization", "secret"),
        ("Transfer-Encoding", "chunked"),
        ("Content-Length", "9"),
    ] {
        answer.headers.push((name.to_owned(), value.to_owned()));
    }
    let revisit = encode_revisit(&answer, &original_of(&answer)).unwrap();
    let records = [response(&answer), revisit.bytes];
    for record in records.map(|member| text(&member)) {
        assert!(!record.contains("secret") && !record.contains("chunked"), "{record}");
        assert_eq!(record.matches("content-length: 3\r\n").count(), 1, "{record}");
    }
}

#[test]
fn a_value_cannot_forge_a_field() {
    let answer = answer_with("https://example.com/\r\nWARC-Type: forged", b"");
    let record = text(&response(&answer));
    assert!(!record.contains("\r\nWARC-Type: forged"), "{record}");
}

#[test]
fn ids_follow_from_content() {
    let id = |member: io::Result<Member>| {
        let member = member.unwrap();
        let record = decode_all(&member.bytes).unwrap();
        assert_eq!(record.head.field("WARC-Record-ID"), Some(&*member.id));
        member.id
    };
    let answer = answer_with("https://example.com/", b"abc");
    let first = id(encode_response(&answer));
    assert_eq!(first, id(encode_response(&answer.clone())));
    // <urn:uuid:xxxxxxxx-xxxx-8xxx-[89ab]xxx-xxxxxxxxxxxx>
    let uuid = first.strip_prefix("<urn:uuid:").unwrap().strip_suffix('>').unwrap();
    assert_eq!(uuid.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
    assert_eq!(&uuid[14..15], "8");
    assert!("89ab".contains(&uuid[19..20]));

    let later = Answer {
        fetched_at: answer.fetched_at + chrono::TimeDelta::microseconds(1),
        ..answer.clone()
    };
    let others = [
        encode_revisit(&answer, &original_of(&answer)),
        encode_response(&answer_with("https://example.com/a", b"abc")),
        encode_response(&answer_with("https://example.com/", b"abd")),
        encode_response(&later),
    ];
    for other in others {
        assert_ne!(id(other), first);
    }
}

#[test]
fn every_byte_of_an_answer_comes_back() {
    let body: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    for body in [&body[..], b"", b"\r\n\r\n", b"0\r\n\r\n"] {
        let sent = answer_with("https://example.com/?q=ä", body);
        let member = response(&sent);
        assert_eq!(answer(decode_all(&member).unwrap()).unwrap(), sent);
    }
}

#[test]
fn a_record_cut_short_anywhere_is_torn() {
    let member = response(&answer_with("https://example.com/", b"abc"));
    let record = plain_response("HTTP/1.1 200 OK\r\n\r\nabc");
    for bytes in [member, record] {
        for len in 1..bytes.len() {
            let torn = decode_all(&bytes[..len]);
            assert!(
                matches!(torn, Err(ArchiveErrorKind::Torn)),
                "{len} of {}: {torn:?}",
                bytes.len()
            );
        }
        assert!(decode_all(&bytes).is_ok());
    }
    assert!(matches!(decode_all(&[0; 5000]), Err(ArchiveErrorKind::Torn)));
    assert!(matches!(decode(&mut &b""[..]), Ok(None)));
}

#[test]
fn damage_is_named() {
    let check = |bytes: &[u8], expected: &str| {
        assert_eq!(reason(decode_all(bytes)), format!("corrupt: {expected}"));
    };
    check(b"HTTP/1.1 200 OK\r\n\r\n", "no WARC/1 record begins here");
    check(b"\0\0\0WARC", "no record begins here");
    check(b"WARC/1.1\r\nWARC-Type: response\r\n\r\n", "no Content-Length");
    check(b"WARC/1.1\r\nContent-Length: -1\r\n\r\n", "Content-Length `-1` is no length");
    check(
        b"WARC/1.1\r\nContent-Length: 1073741825\r\n\r\n",
        "a block of 1073741825 bytes exceeds 1073741824",
    );
    check(b"WARC/1.1\r\nnonsense\r\n\r\n", "header line `nonsense` has no colon");
    check(
        b"WARC/1.1\r\nContent-Length: 1\r\n\r\nabcdefgh",
        "the record does not end where its Content-Length says",
    );
    check(&[b"WARC/1.".to_vec(), vec![b'x'; 70_000]].concat(), "a header line without end");
    check(b"no archive", "no WARC/1 record begins here");
    let endless = [b"WARC/1.1\r\n".to_vec(), b"a: b\r\n".repeat(1001)].concat();
    check(&endless, "more than 1000 header lines");
}

#[test]
fn a_member_holds_one_whole_record() {
    let gzip = |plain: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(plain).unwrap();
        encoder.finish().unwrap()
    };
    let record = plain_response("HTTP/1.1 200 OK\r\n\r\nabc");
    let twice = reason(decode_all(&gzip(&record.repeat(2))));
    assert_eq!(twice, "corrupt: the gzip member holds more than one record");
    let half = reason(decode_all(&gzip(&record[..record.len() - 1])));
    assert_eq!(half, "corrupt: the gzip member ends within the record");
    let mut flipped = gzip(&record);
    let checksum_at = flipped.len() - 8;
    flipped[checksum_at] ^= 1;
    assert!(reason(decode_all(&flipped)).starts_with("corrupt: "));
}

#[test]
fn a_payload_other_than_its_digest_says_is_corrupt() {
    let member = response(&answer_with("https://example.com/", b"abc"));
    let mut record = decode_all(&member).unwrap();
    *record.block.last_mut().unwrap() = b'd';
    let found = reason(answer(record));
    assert!(found.starts_with("corrupt: the payload is sha256:"), "{found}");
}

#[test]
fn records_of_other_writers_are_read() {
    let chunked =
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\nX-Long: a\n b\n\n3\r\nabc\r\n0\r\n\r\n";
    let found = answer(decode_all(&plain_response(chunked)).unwrap()).unwrap();
    assert_eq!(found.url, "http://example.com/");
    assert_eq!(found.fetched_at, "2020-01-02T03:04:05Z".parse::<DateTime<Utc>>().unwrap());
    assert_eq!(found.header("x-long"), Some("a b"));
    assert_eq!((found.status, found.body.as_slice()), (200, &b"abc"[..]));
    // Some writers join the chunks and leave the header.
    let joined = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nabc";
    assert_eq!(answer(decode_all(&plain_response(joined)).unwrap()).unwrap().body, b"abc");
}

#[test]
fn a_block_that_is_no_http_answer_is_named() {
    let check = |block: &str, expected: &str| {
        let found = answer(decode_all(&plain_response(block)).unwrap());
        assert_eq!(reason(found), format!("corrupt: {expected}"));
    };
    check(
        "20200102 example.com. 1.2.3.4\n\n",
        "`20200102 example.com. 1.2.3.4` is no HTTP status line",
    );
    check("HTTP/1.1 200 OK\r\nA: b\r\n", "the HTTP head has no end, or is no list of fields");
}

#[test]
fn the_records_beside_an_answer_name_it() {
    let answer = Answer {
        robots: Some("allowed by /robots.txt".to_owned()),
        ..answer_with("https://example.com:8443/a?b=c#d", b"abc")
    };
    let sent = [("User-Agent", "burnrate/1 (mail@example.com)"), ("Accept", "*/*")]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let member = encode_response(&answer).unwrap();
    let request = text(&encode_request(&answer, &member.id, &sent).unwrap());
    let (head, block) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("\r\nWARC-Type: request\r\n"), "{head}");
    assert!(head.contains(&format!("\r\nWARC-Concurrent-To: {}\r\n", member.id)), "{head}");
    assert!(head.contains("\r\nContent-Type: application/http;msgtype=request\r\n"), "{head}");
    assert_eq!(
        block,
        "GET /a?b=c HTTP/1.1\r\nhost: example.com:8443\r\nUser-Agent: burnrate/1 (mail@example.com)\r\nAccept: */*\r\n\r\n\r\n\r\n"
    );
    let metadata = encode_metadata(&answer, &member.id, "test_source", "20261123T063000Z", &NOTES);
    let metadata = text(&metadata.unwrap());
    let (head, block) = metadata.split_once("\r\n\r\n").unwrap();
    assert!(head.contains(&format!("\r\nWARC-Concurrent-To: {}\r\n", member.id)), "{head}");
    assert!(head.contains("\r\nContent-Type: application/warc-fields\r\n"), "{head}");
    let fields: Vec<_> = block.trim_end().split("\r\n").collect();
    assert_eq!(
        fields,
        [
            "source: test_source",
            "run: 20261123T063000Z",
            "licence: Public domain",
            "redistributable: yes",
            "robots: allowed by /robots.txt",
            "recognised: document",
        ]
    );
}

#[test]
fn a_request_record_has_no_secrets() {
    let answer = answer_with("https://example.com/", b"");
    let sent = ["Authorization", "COOKIE", "Proxy-Authorization", "X-Api-Key", "X-Anything"]
        .map(|name| (name.to_owned(), "secret".to_owned()));
    let request = text(&encode_request(&answer, "<urn:uuid:0>", &sent).unwrap());
    assert!(!request.contains("secret"), "{request}");
    let sent = [("Host".to_owned(), "mirror.example".to_owned())];
    let request = text(&encode_request(&answer, "<urn:uuid:0>", &sent).unwrap());
    assert!(request.contains("GET / HTTP/1.1\r\nHost: mirror.example\r\n\r\n"), "{request}");
}

#[test]
fn a_304_becomes_a_revisit_of_its_own_profile() {
    let original = original_of(&answer_with("https://example.com/", b"abc"));
    let answer = Answer { status: 304, ..answer_with("https://example.com/", b"") };
    let member = encode_revisit(&answer, &original).unwrap();
    let record = text(&member.bytes);
    for line in [
        "WARC-Type: revisit",
        "WARC-Profile: http://netpreserve.org/warc/1.1/revisit/server-not-modified",
        "WARC-Refers-To-Target-URI: https://example.com/",
        "WARC-Refers-To-Date: 2026-11-23T06:30:00.000001Z",
        "WARC-Payload-Digest: sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "HTTP/1.1 304 Not Modified",
    ] {
        assert!(record.contains(&format!("{line}\r\n")), "{line} in {record}");
    }
}

#[test]
fn a_block_is_hashed_as_it_passes() {
    let head = b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n";
    for step in [1, 2, 7, 1000] {
        let mut digester = Digester::default();
        let block = [&head[..], b"abc"].concat();
        for piece in block.chunks(step) {
            digester.write_all(piece).unwrap();
        }
        assert_eq!(digester.front.status_and_type(), Some((200, None)));
        assert_eq!(digester.finish(), (digest(&block), digest(b"abc")));
    }
}
