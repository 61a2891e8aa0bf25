//! Where a redirect may lead: to other publishers, never into the network burnrate runs in.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use tokio::net::lookup_host;
use url::{Host, Url};

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
    Ok(Some(target))
}

pub(crate) fn is_http(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}

/// Whether the URL's host is this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// Refuses a redirect to an address that is not public: a publisher's answer must not make burnrate
/// read from inside the network it runs in.
///
/// A name is looked up here and once more when connecting; one that changes in between is not
/// caught. A name that cannot be looked up is left to the connection to complain about.
pub(crate) async fn refuse_private(target: &Url) -> Result<(), FetchErrorKind> {
    let addresses: Vec<IpAddr> = match target.host() {
        Some(Host::Ipv4(address)) => vec![address.into()],
        Some(Host::Ipv6(address)) => vec![address.into()],
        Some(Host::Domain(name)) => {
            let port = target.port_or_known_default().unwrap_or(443);
            match lookup_host((name, port)).await {
                Ok(found) => found.map(|socket| socket.ip()).collect(),
                Err(_) => Vec::new(),
            }
        }
        None => Vec::new(),
    };
    if addresses.iter().all(|&address| is_public(address)) {
        return Ok(());
    }
    Err(FetchErrorKind::RedirectRefused {
        target: target.to_string(),
        reason: "a loopback, private or link-local address",
    })
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or_else(|| is_public_v6(v6), is_public_v4),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    let is_carrier_nat = first == 100 && (64..128).contains(&second);
    let is_this_network = first == 0;
    !(address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_broadcast()
        || is_carrier_nat
        || is_this_network)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    !(address.is_loopback()
        || address.is_unspecified()
        || address.is_unique_local()
        || address.is_unicast_link_local()
        || address.is_multicast())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_inside_a_network_are_not_public() {
        let inside = [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "192.168.1.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
        ];
        for address in inside {
            assert!(!is_public(address.parse().unwrap()), "{address}");
        }
        for address in ["8.8.8.8", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8"]
        {
            assert!(is_public(address.parse().unwrap()), "{address}");
        }
    }

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
        for bad in ["ftp://example.com/", "file:///etc/passwd", "data:,x", "http://[::"] {
            let refused = target(302, Some(bad), &asked);
            assert!(matches!(refused, Err(FetchErrorKind::RedirectRefused { .. })), "{bad}");
        }
        assert!(matches!(target(302, None, &asked), Ok(None)));
        assert!(matches!(target(304, Some("/d"), &asked), Ok(None)));
        assert!(matches!(target(200, Some("/d"), &asked), Ok(None)));
    }
}
