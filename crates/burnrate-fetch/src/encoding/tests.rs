use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

fn decode(
    encoding: Encoding,
    body: &[u8],
    limit: u64,
    piece: usize,
) -> Result<Vec<u8>, DecodeError> {
    let mut decoder = Decoder::new(encoding, limit).unwrap();
    for piece in body.chunks(piece) {
        decoder.write(piece)?;
    }
    decoder.finish()
}

fn gzip(plain: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(plain).unwrap();
    encoder.finish().unwrap()
}

fn brotli(plain: &[u8]) -> Vec<u8> {
    let mut coded = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 5, ..Default::default() };
    brotli::BrotliCompress(&mut &*plain, &mut coded, &params).unwrap();
    coded
}

fn zstd(plain: &[u8]) -> Vec<u8> {
    zstd::encode_all(plain, 3).unwrap()
}

fn coded(plain: &[u8]) -> [(Encoding, Vec<u8>); 4] {
    [
        (Encoding::Identity, plain.to_vec()),
        (Encoding::Gzip, gzip(plain)),
        (Encoding::Brotli, brotli(plain)),
        (Encoding::Zstd, zstd(plain)),
    ]
}

#[test]
fn pieces_of_any_size_decode_to_the_same_body() {
    let plain: Vec<u8> = (0..20_000_u32).flat_map(u32::to_le_bytes).collect();
    for (encoding, body) in coded(&plain) {
        for piece in [1, 7, 4096, body.len()] {
            let decoded = decode(encoding, &body, plain.len() as u64, piece);
            assert!(decoded.as_ref() == Ok(&plain), "{encoding:?} in pieces of {piece}");
        }
    }
}

#[test]
fn a_body_may_fill_the_limit_and_not_pass_it() {
    for (encoding, body) in coded(&b"0".repeat(100_000)) {
        assert_eq!(decode(encoding, &body, 100_000, 512).map(|body| body.len()), Ok(100_000));
        assert_eq!(decode(encoding, &body, 99_999, 512), Err(DecodeError::Full), "{encoding:?}");
        let mut decoder = Decoder::new(encoding, 5).unwrap();
        assert_eq!(decoder.write(&body), Err(DecodeError::Full));
        assert_eq!(decoder.cut(), b"00000");
    }
}

#[test]
fn a_torn_or_false_body_is_corrupt() {
    let plain: Vec<u8> = (0..5000_u32).flat_map(u32::to_le_bytes).collect();
    for (encoding, body) in coded(&plain).into_iter().skip(1) {
        let corrupt = |body: &[u8]| {
            let decoded = decode(encoding, body, 1 << 20, 1000);
            assert!(matches!(decoded, Err(DecodeError::Corrupt(_))), "{encoding:?}: {decoded:?}");
        };
        corrupt(&body[..body.len() - 1]);
        corrupt(&body[..body.len() / 2]);
        corrupt(&[&body[..], &b"more"[..]].concat());
        corrupt(b"<html>not what the header says</html>");
        assert_eq!(decode(encoding, b"", 5, 1), Ok(Vec::new()));
    }
}

#[test]
fn a_zstd_window_beyond_the_webs_is_refused() {
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).unwrap();
    encoder.window_log(24).unwrap();
    encoder.write_all(b"small all the same").unwrap();
    let body = encoder.finish().unwrap();
    let decoded = decode(Encoding::Zstd, &body, 1000, body.len());
    assert!(matches!(decoded, Err(DecodeError::Corrupt(_))), "{decoded:?}");
}

#[test]
fn codings_are_named_in_any_case_and_one_at_a_time() {
    let check = |text: &str, expected| assert_eq!(Encoding::of(text), expected, "{text}");
    check("", Some(Encoding::Identity));
    check("identity", Some(Encoding::Identity));
    check(" GZIP ", Some(Encoding::Gzip));
    check("x-gzip", Some(Encoding::Gzip));
    check("br", Some(Encoding::Brotli));
    check("zstd", Some(Encoding::Zstd));
    for text in ["deflate", "compress", "gzip, br", "gzip, gzip", "dcb"] {
        check(text, None);
    }
}
