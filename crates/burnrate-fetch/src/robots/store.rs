//! One file for each host: a head that says what was found and when, and the body.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use burnrate_model::sha256_hex;
use chrono::{DateTime, SecondsFormat};

use super::{BYTES_READ, Found, RobotsTxt};

const FIRST_LINE: &str = "burnrate robots.txt 1";
const LONGEST_HEAD: u64 = 16 * 1024;

/// What a file holds; nothing where it is not there, damaged, or still being written.
pub(super) fn read(path: &Path) -> Option<RobotsTxt> {
    let file = File::open(path).ok()?;
    file.lock_shared().ok()?;
    let mut content = Vec::new();
    (&file).take(LONGEST_HEAD + BYTES_READ).read_to_end(&mut content).ok()?;
    parse(&content)
}

pub(super) fn write(path: &Path, robots: &RobotsTxt) -> io::Result<()> {
    let mut file =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
    file.lock()?;
    let content = to_bytes(robots);
    file.write_all(&content)?;
    file.set_len(content.len() as u64)
}

fn to_bytes(robots: &RobotsTxt) -> Vec<u8> {
    let nothing = Vec::new();
    let (found, reason, body) = match &robots.found {
        Found::Rules { body, .. } => ("rules", "", body),
        Found::Unavailable(reason) => ("unavailable", reason.as_str(), &nothing),
        Found::Unreachable(reason) => ("unreachable", reason.as_str(), &nothing),
    };
    let mut content = format!(
        "{FIRST_LINE}\nurl: {}\nfetched-at: {}\nfound: {found}\nreason: {}\nsha256: {}\n\n",
        robots.url,
        robots.fetched_at.to_rfc3339_opts(SecondsFormat::Micros, true),
        reason.replace(['\r', '\n'], " "),
        sha256_hex(body),
    )
    .into_bytes();
    content.extend_from_slice(body);
    content
}

/// Reads what [`to_bytes`] wrote. The digest tells whether all of it is there.
fn parse(content: &[u8]) -> Option<RobotsTxt> {
    let head_len = content.windows(2).position(|pair| pair == b"\n\n")?;
    let (head, body) = content.split_at_checked(head_len + 2)?;
    let mut lines = std::str::from_utf8(head).ok()?.lines();
    if lines.next()? != FIRST_LINE {
        return None;
    }
    let mut field = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(": ");
    let url = field("url")?.to_owned();
    let fetched_at = DateTime::parse_from_rfc3339(field("fetched-at")?).ok()?.to_utc();
    let (found, reason) = (field("found")?, field("reason")?.to_owned());
    if field("sha256")? != sha256_hex(body) {
        return None;
    }
    let found = match found {
        "rules" => Found::rules(body.to_vec()),
        "unavailable" => Found::Unavailable(reason),
        "unreachable" => Found::Unreachable(reason),
        _ => return None,
    };
    Some(RobotsTxt { url, fetched_at, found })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn robots(found: Found) -> RobotsTxt {
        let url = "https://data.example/robots.txt".to_owned();
        RobotsTxt { url, fetched_at: "2026-11-24T00:00:00.5Z".parse().unwrap(), found }
    }

    #[test]
    fn what_is_kept_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("host");
        assert_eq!(read(&file), None);
        for found in [
            Found::rules(b"User-agent: *\n\nDisallow: /a\n\xff".to_vec()),
            Found::Unavailable("answered HTTP 404".to_owned()),
            Found::Unreachable("two\nlines".to_owned()),
            Found::rules(Vec::new()),
        ] {
            write(&file, &robots(found.clone())).unwrap();
            let expected = match found {
                Found::Unreachable(_) => Found::Unreachable("two lines".to_owned()),
                Found::Rules { .. } | Found::Unavailable(_) => found,
            };
            assert_eq!(read(&file), Some(robots(expected)));
        }
    }

    #[test]
    fn a_file_that_is_torn_or_strange_holds_nothing() {
        let whole = to_bytes(&robots(Found::rules(b"User-agent: *\nDisallow: /\n".to_vec())));
        assert!(parse(&whole).is_some());
        for len in 0..whole.len() {
            assert_eq!(parse(&whole[..len]), None, "{len} bytes");
        }
        assert_eq!(parse(&[&whole[..], b"more"].concat()), None);
        assert_eq!(parse(b"\xff\xff\n\n"), None);
    }
}
