//! One address for a text that is linked to by many.

use url::Url;

/// Parameters that only say where a reader comes from, or in which form the page is to be shown.
const TRACKING: &[&str] = &[
    "_hsenc",
    "_hsmi",
    "amp",
    "cmpid",
    "fbclid",
    "gclid",
    "guccounter",
    "igshid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "ncid",
    "outputtype",
    "ref",
    "ref_src",
    "taid",
];

/// Beginnings of names of such parameters.
const TRACKING_FAMILIES: &[&str] = &["utm_", "guce_", "pk_", "hsa_"];

/// The canonical form of a web address: with `https`, without what tracks readers, marks a place within
/// the page or asks for its AMP form, and without a slash at its end. It tells texts apart and need not be
/// what the publisher answers. `None` for what is no web address.
pub(crate) fn canonical(address: &str) -> Option<String> {
    let mut url = Url::parse(address.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str()?.is_empty() {
        return None;
    }
    url.set_scheme("https").ok()?;
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    url.set_fragment(None);
    let path = without_amp(url.path()).to_owned();
    url.set_path(&path);
    let kept: Vec<&str> =
        url.query().unwrap_or_default().split('&').filter(|pair| !is_tracking(pair)).collect();
    let query = kept.join("&");
    url.set_query((!query.is_empty()).then_some(&query));
    Some(match url.query() {
        // The path of an address without one is a slash.
        None => url.as_str().trim_end_matches('/').to_owned(),
        Some(_) => url.into(),
    })
}

/// The path without its AMP suffix and the slash at its end.
fn without_amp(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    path.strip_suffix("/amp").or_else(|| path.strip_suffix(".amp")).unwrap_or(path)
}

/// Whether a parameter of a query is there for its publisher only.
fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    name.is_empty()
        || TRACKING.contains(&name.as_str())
        || TRACKING_FAMILIES.iter().any(|family| name.starts_with(family))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_text_are_one() {
        for address in [
            "https://example.com/2024/10/02/a-round",
            "http://example.com/2024/10/02/a-round/",
            " https://EXAMPLE.com:443/2024/10/02/a-round/#comments ",
            "https://example.com/2024/10/02/a-round/amp/",
            "https://example.com/2024/10/02/a-round.amp",
            "https://example.com/2024/10/02/a-round?utm_source=rss&utm_medium=feed&fbclid=x&ref=home",
            "https://reader@example.com/2024/10/02/a-round?&guccounter=1&outputType=amp",
        ] {
            let found = canonical(address);
            assert_eq!(
                found.as_deref(),
                Some("https://example.com/2024/10/02/a-round"),
                "{address}"
            );
        }
    }

    #[test]
    fn what_tells_texts_apart_stays() {
        let check = |address: &str, expected: &str| {
            assert_eq!(canonical(address).as_deref(), Some(expected), "{address}");
        };
        check("https://example.com/?p=12&utm_source=x", "https://example.com/?p=12");
        check("https://example.com/story?id=7&page=2", "https://example.com/story?id=7&page=2");
        // A name that only begins like one that tracks.
        check("https://example.com/a?reference=9", "https://example.com/a?reference=9");
        check("https://example.com/amp", "https://example.com");
        check("https://example.com/camp", "https://example.com/camp");
        check("https://www.example.com/Case", "https://www.example.com/Case");
        check("https://example.com/", "https://example.com");
        check("https://例え.jp/記事", "https://xn--r8jz45g.jp/%E8%A8%98%E4%BA%8B");
    }

    #[test]
    fn what_is_no_web_address_has_none() {
        for text in
            ["", "a-round", "/2024/10/02/a-round", "mailto:a@example.com", "tag:example.com,2024:1"]
        {
            assert_eq!(canonical(text), None, "{text}");
        }
    }
}
