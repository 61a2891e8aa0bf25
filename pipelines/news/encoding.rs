//! Bytes to text, where what a document says of its encoding may be wrong.

use std::borrow::Cow;

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes in which a document declares its encoding.
const HEAD: usize = 1024;

/// The text of a document. A byte order mark counts first, then what the bytes can be: those that are
/// UTF-8 are hardly ever anything else. Only of others is the declaration believed. Bytes that are none of
/// the encoding's become U+FFFD.
pub(crate) fn decoded(body: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, length)) = Encoding::for_bom(body) {
        return encoding.decode_without_bom_handling(&body[length..]).0;
    }
    match body {
        [0, b'<' | b'{', ..] => return UTF_16BE.decode_without_bom_handling(body).0,
        [b'<' | b'{', 0, ..] => return UTF_16LE.decode_without_bom_handling(body).0,
        _ => {}
    }
    let declared = declared(body).unwrap_or(UTF_8);
    match str::from_utf8(body) {
        // Written with ASCII characters only.
        Ok(text) if declared != ISO_2022_JP => Cow::Borrowed(text),
        Err(_) if declared == UTF_8 => not_quite_utf_8(body),
        _ => declared.decode_without_bom_handling(body).0,
    }
}

/// Without any character of more than one byte the bytes are those of Windows; else some are spoilt.
fn not_quite_utf_8(body: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(body);
    if text.chars().any(|c| !c.is_ascii() && c != char::REPLACEMENT_CHARACTER) {
        return text;
    }
    WINDOWS_1252.decode_without_bom_handling(body).0
}

/// The encoding that the declaration of an XML document or a `meta` element of a page names.
fn declared(body: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&body[..body.len().min(HEAD)]).to_ascii_lowercase();
    let named = ["encoding=", "charset="].iter().find_map(|key| head.split_once(key))?.1;
    let label = named.trim_start_matches(['"', '\'']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c));
    Encoding::for_label(&label.as_bytes()[..end.unwrap_or(label.len())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_count_before_what_is_declared() {
        let latin = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>€1 für München</a>";
        assert_eq!(decoded(latin.as_bytes()), latin);
    }

    #[test]
    fn a_declaration_is_believed_where_the_bytes_are_not_utf_8() {
        let head = b"<?xml version='1.0' encoding='gb2312'?><a>".as_slice();
        assert!(decoded(&[head, &[0xD2, 0xDA]].concat()).ends_with("<a>亿"));
        let page = b"<html><head><meta charset=Shift_JIS></head>".as_slice();
        assert!(decoded(&[page, &[0x89, 0xAD]].concat()).ends_with("億"));
        let seven = b"<?xml version=\"1.0\" encoding=\"iso-2022-jp\"?>\x1b$B2/\x1b(B".as_slice();
        assert!(decoded(seven).ends_with("?>億"));
    }

    #[test]
    fn a_wrong_declaration_of_utf_8_is_windows_1252() {
        let body = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>\xA35 million \x96 caf\xE9</a>";
        assert!(decoded(body).ends_with("<a>£5 million – café</a>"));
    }

    #[test]
    fn a_spoilt_byte_in_utf_8_stays_one() {
        let body = [b"<a>\xE2\x82\xAC5 million ".as_slice(), b"\xE2\x82</a>"].concat();
        assert_eq!(decoded(&body), "<a>€5 million \u{FFFD}</a>");
    }

    #[test]
    fn sixteen_bits_are_read_with_and_without_a_mark() {
        let text = "<a>€5</a>";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decoded(&little), text);
        assert_eq!(decoded(&big), text);
        assert_eq!(decoded(&[[0xFF, 0xFE].as_slice(), &little].concat()), text);
        assert_eq!(decoded(b"\xEF\xBB\xBF<a>"), "<a>");
    }
}
