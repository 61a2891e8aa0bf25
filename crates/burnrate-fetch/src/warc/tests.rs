use super::*;

fn answer_with(url: &str, body: &[u8]) -> Answer {
    Answer {
        url: url.to_owned(),
        fetched_at: "2026-11-23T06:30:00.000001Z".parse().unwrap(),
        status: 200,
        headers: kept_headers(&[("content-type".to_owned(), "text/plain".to_owned())], body.len()),
        body: body.to_vec(),
    }
}

/// What stands in a gzip member.
fn text(member: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(member).read_to_string(&mut text).unwrap();
    text
}

fn decode_all(bytes: &[u8]) -> Result<Record, ArchiveErrorKind> {
    let mut rest = bytes;
    decode(&mut rest, Block::Keep).map(|record| record.unwrap())
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
    let record = text(&encode_response(&answer_with("https://example.com/", b"abc")).unwrap());
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
    let original = Original { uri: answer.url.clone(), date: answer.fetched_at };
    let records = [encode_response(&answer).unwrap(), encode_revisit(&answer, &original).unwrap()];
    for record in records.map(|member| text(&member)) {
        assert!(!record.contains("secret") && !record.contains("chunked"), "{record}");
        assert_eq!(record.matches("content-length: 3\r\n").count(), 1, "{record}");
    }
}

#[test]
fn a_value_cannot_forge_a_field() {
    let answer = answer_with("https://example.com/\r\nWARC-Type: forged", b"");
    let record = text(&encode_response(&answer).unwrap());
    assert!(!record.contains("\r\nWARC-Type: forged"), "{record}");
}

#[test]
fn ids_follow_from_content() {
    let id = |member: io::Result<Vec<u8>>| {
        decode_all(&member.unwrap()).unwrap().head.field("WARC-Record-ID").unwrap().to_owned()
    };
    let answer = answer_with("https://example.com/", b"abc");
    let first = id(encode_response(&answer));
    assert_eq!(first, id(encode_response(&answer.clone())));
    // <urn:uuid:xxxxxxxx-xxxx-8xxx-[89ab]xxx-xxxxxxxxxxxx>
    let uuid = first.strip_prefix("<urn:uuid:").unwrap().strip_suffix('>').unwrap();
    assert_eq!(uuid.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
    assert_eq!(&uuid[14..15], "8");
    assert!("89ab".contains(&uuid[19..20]));

    let original = Original { uri: answer.url.clone(), date: answer.fetched_at };
    let later = Answer {
        fetched_at: answer.fetched_at + chrono::TimeDelta::microseconds(1),
        ..answer.clone()
    };
    let others = [
        encode_revisit(&answer, &original),
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
        let member = encode_response(&sent).unwrap();
        assert_eq!(answer(decode_all(&member).unwrap()).unwrap(), sent);
    }
}

#[test]
fn a_record_cut_short_anywhere_is_torn() {
    let member = encode_response(&answer_with("https://example.com/", b"abc")).unwrap();
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
    assert!(matches!(decode(&mut &b""[..], Block::Keep), Ok(None)));
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
    check(&vec![b'x'; 70_000], "a header line without end");
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
    let member = encode_response(&answer_with("https://example.com/", b"abc")).unwrap();
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
