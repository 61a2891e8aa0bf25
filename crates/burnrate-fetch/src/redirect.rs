//! Where a redirect may lead.

use url::Url;

use crate::error::FetchErrorKind;

/// Redirects followed for one request.
pub(crate) const MAX_REDIRECTS: usize = 5;

/// Where an answer to `asked` points, if it is a redirect at all.
pub(crate) fn target(
    status: u16,
    location: Option<&str>,
    asked: &Url,
) -> Result<Option<Url>, FetchErrorKind> {
    let Some(location) = location.filter(|_| matches!(status, 301 | 302 | 303 | 307 | 308)) else {
        return Ok(None);
    };
    let refused = |reason| FetchErrorKind::RedirectRefused { target: location.to_owned(), reason };
    let target = asked.join(location).map_err(|_| refused("not a URL"))?;
    if !is_http(&target) {
        return Err(refused("neither http nor https"));
    }
    if has_credentials(&target) {
        return Err(refused("it carries credentials"));
    }
    Ok(Some(target))
}

/// Refuses to give up the encryption that `asked` had.
pub(crate) fn refuse_downgrade(asked: &Url, target: &Url) -> Result<(), FetchErrorKind> {
    if asked.scheme() == "https" && target.scheme() == "http" {
        let reason = "it leads from https to http";
        return Err(FetchErrorKind::RedirectRefused { target: target.to_string(), reason });
    }
    Ok(())
}

pub(crate) fn is_http(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}

/// Whether the URL has a user or password in it: nothing of the kind belongs in an archive.
pub(crate) fn has_credentials(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_location_is_relative_to_what_was_asked() {
        let asked = Url::parse("https://example.com/a/b?c").unwrap();
        let check = |location: &str, expected: &str| {
            let found = target(302, Some(location), &asked).unwrap();
            assert_eq!(found.as_ref().map(Url::as_str), Some(expected));
        };
        check("d", "https://example.com/a/d");
        check("/d", "https://example.com/d");
        check("//other.example/d", "https://other.example/d");
        check("http://other.example", "http://other.example/");
        let bad =
            ["ftp://example.com/", "file:///etc/passwd", "data:,x", "http://[::", "//a:b@c.d/"];
        for bad in bad {
            let refused = target(302, Some(bad), &asked);
            assert!(matches!(refused, Err(FetchErrorKind::RedirectRefused { .. })), "{bad}");
        }
        assert!(matches!(target(302, None, &asked), Ok(None)));
        assert!(matches!(target(304, Some("/d"), &asked), Ok(None)));
        assert!(matches!(target(200, Some("/d"), &asked), Ok(None)));
    }
}
