//! Undoing what only served the transfer, so that the same document always has the same bytes.

use std::io::Read as _;

use flate2::bufread::MultiGzDecoder;

use crate::answer::field;

/// Why a body cannot be decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TransferError {
    /// Longer than allowed once decoded.
    TooLarge,
    /// Said to be gzip, and is not, or not all of it.
    Gzip(String),
}

/// Decompresses a body sent as gzip, and removes the header that said so.
///
/// burnrate asks for plain bodies; some servers compress all the same. Other encodings stay as they
/// are, with their header.
pub(crate) fn ungzip(
    headers: &mut Vec<(String, String)>,
    body: Vec<u8>,
    limit: u64,
) -> Result<Vec<u8>, TransferError> {
    let encoding = field(headers, "content-encoding").unwrap_or_default().trim();
    if !["gzip", "x-gzip"].iter().any(|gzip| encoding.eq_ignore_ascii_case(gzip)) {
        return Ok(body);
    }
    headers.retain(|(name, _)| !name.eq_ignore_ascii_case("content-encoding"));
    let mut plain = Vec::new();
    if !body.is_empty() {
        let decoder = MultiGzDecoder::new(body.as_slice());
        let read = decoder.take(limit.saturating_add(1)).read_to_end(&mut plain);
        read.map_err(|e| TransferError::Gzip(e.to_string()))?;
    }
    if plain.len() as u64 > limit {
        return Err(TransferError::TooLarge);
    }
    Ok(plain)
}

/// The body without its chunks; nothing where it is not made of chunks.
///
/// Other writers of WARC keep chunks, and some keep only the header that announces them.
pub(crate) fn dechunk(body: &[u8]) -> Option<Vec<u8>> {
    let mut plain = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let line_end = rest.iter().position(|&byte| byte == b'\n')?;
        let (line, after) = rest.split_at_checked(line_end + 1)?;
        let size = std::str::from_utf8(line).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return Some(plain);
        }
        let (chunk, after) = after.split_at_checked(size)?;
        plain.extend_from_slice(chunk);
        rest = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n"))?;
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(plain: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(plain).unwrap();
        encoder.finish().unwrap()
    }

    fn encoded(encoding: &str) -> Vec<(String, String)> {
        vec![("Content-Encoding".to_owned(), encoding.to_owned())]
    }

    #[test]
    fn gzip_is_undone_within_the_limit() {
        let mut headers = encoded("GZIP");
        assert_eq!(ungzip(&mut headers, gzip(b"12345"), 5), Ok(b"12345".to_vec()));
        assert_eq!(headers, []);
        let too_large = ungzip(&mut encoded("gzip"), gzip(&b"0".repeat(100_000)), 5);
        assert_eq!(too_large, Err(TransferError::TooLarge));
        let torn = &gzip(b"12345")[..12];
        let broken = ungzip(&mut encoded("gzip"), torn.to_vec(), 5);
        assert!(matches!(broken, Err(TransferError::Gzip(_))));
        assert_eq!(ungzip(&mut encoded("gzip"), Vec::new(), 5), Ok(Vec::new()));
    }

    #[test]
    fn other_encodings_stay_and_say_so() {
        let mut headers = encoded("br");
        assert_eq!(ungzip(&mut headers, b"xyz".to_vec(), 5), Ok(b"xyz".to_vec()));
        assert_eq!(headers, encoded("br"));
    }

    #[test]
    fn chunks_are_joined() {
        let check = |body: &str, expected: Option<&str>| {
            assert_eq!(dechunk(body.as_bytes()).as_deref(), expected.map(str::as_bytes), "{body}");
        };
        check("4\r\nWiki\r\nA;x=y\r\npedia in it\r\n0\r\n\r\n", None);
        check("4\r\nWiki\r\nB;x=y\r\npedia in it\r\n0\r\n\r\n", Some("Wikipedia in it"));
        check("0\r\n\r\n", Some(""));
        check("{\"plain\": true}\n", None);
        check("ffffffffffffffff\r\nx\r\n0\r\n\r\n", None);
        check("4\r\nWi", None);
        check("", None);
    }
}
