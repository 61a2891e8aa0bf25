//! Undoing what only served the transfer, so that the same document always has the same bytes.

use crate::answer::field;
use crate::encoding::{DecodeError, Decoder, Encoding};

/// Why a body cannot be decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TransferError {
    /// Longer than allowed once decoded.
    TooLarge,
    /// Said to be compressed, and is not, or not all of it.
    Encoding(String),
}

/// Decompresses a recorded body, and removes the header that said that it was compressed.
///
/// What other writers recorded in a coding that burnrate does not read stays as it is, with its
/// header.
pub(crate) fn decoded(
    headers: &mut Vec<(String, String)>,
    body: Vec<u8>,
    limit: u64,
) -> Result<Vec<u8>, TransferError> {
    let coding = field(headers, "content-encoding").unwrap_or_default();
    let Some(encoding) = Encoding::of(coding) else { return Ok(body) };
    headers.retain(|(name, _)| !name.eq_ignore_ascii_case("content-encoding"));
    if encoding == Encoding::Identity {
        return Ok(body);
    }
    let mut decoder = Decoder::new(encoding, limit)
        .map_err(|error| TransferError::Encoding(error.to_string()))?;
    decoder.write(&body).and_then(|()| decoder.finish()).map_err(|error| match error {
        DecodeError::Full => TransferError::TooLarge,
        DecodeError::Corrupt(reason) => TransferError::Encoding(reason),
    })
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
        assert_eq!(decoded(&mut headers, gzip(b"12345"), 5), Ok(b"12345".to_vec()));
        assert_eq!(headers, []);
        let too_large = decoded(&mut encoded("gzip"), gzip(&b"0".repeat(100_000)), 5);
        assert_eq!(too_large, Err(TransferError::TooLarge));
        let torn = &gzip(b"12345")[..12];
        let broken = decoded(&mut encoded("gzip"), torn.to_vec(), 5);
        assert!(matches!(broken, Err(TransferError::Encoding(_))));
        assert_eq!(decoded(&mut encoded("gzip"), Vec::new(), 5), Ok(Vec::new()));
    }

    #[test]
    fn other_encodings_stay_and_say_so() {
        for coding in ["compress", "gzip, br"] {
            let mut headers = encoded(coding);
            assert_eq!(decoded(&mut headers, b"xyz".to_vec(), 5), Ok(b"xyz".to_vec()));
            assert_eq!(headers, encoded(coding));
        }
        let mut headers = encoded("identity");
        assert_eq!(decoded(&mut headers, b"xyz".to_vec(), 5), Ok(b"xyz".to_vec()));
        assert_eq!(headers, []);
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
