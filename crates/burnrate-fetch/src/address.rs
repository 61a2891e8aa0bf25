//! Which addresses are asked: public ones, and the mirrors that the configuration names.
//!
//! A publisher's answer must not make burnrate read from inside the network it runs in. An address
//! written out is checked before it is asked; a name is looked up once, and the connection goes to
//! the very addresses that were checked. Behind a proxy, names are the proxy's to look up.

use std::collections::BTreeSet;
use std::env;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs as _};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::task::spawn_blocking;
use url::{Host, Url};

use crate::error::FetchErrorKind;

#[cfg(test)]
mod tests;

/// The addresses of a host by name.
pub(crate) type Lookup = fn(&str) -> io::Result<Vec<IpAddr>>;

/// Looks names up for connections, and keeps those that lead inside from being made.
#[derive(Debug, Clone)]
pub(crate) struct Guard {
    lookup: Lookup,
    /// Where the proxies are, as the environment names them: usually inside.
    proxies: Arc<BTreeSet<String>>,
}

/// A name leads to an address that is not public.
#[derive(Debug, thiserror::Error)]
#[error("{host} leads to {address}")]
pub(crate) struct LeadsInside {
    host: String,
    address: IpAddr,
}

impl Guard {
    pub(crate) fn new(lookup: Lookup) -> Self {
        const VARIABLES: [&str; 3] = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];
        let named = VARIABLES
            .into_iter()
            .flat_map(|name| [env::var(name).ok(), env::var(name.to_ascii_lowercase()).ok()]);
        Self { lookup, proxies: Arc::new(named.flatten().filter_map(|text| host(&text)).collect()) }
    }

    /// Refuses a URL that plainly leads inside; what only a lookup can tell is left to the lookup.
    pub(crate) fn check(&self, url: &Url) -> Result<(), FetchErrorKind> {
        let is_inside = match url.host() {
            Some(Host::Ipv4(address)) => !is_public(address.into()),
            Some(Host::Ipv6(address)) => !is_public(address.into()),
            Some(Host::Domain(name)) => is_local_name(name) || self.proxies.contains(name),
            None => true,
        };
        if is_inside {
            let host = url.host_str().unwrap_or_default().to_owned();
            return Err(FetchErrorKind::AddressRefused { host });
        }
        Ok(())
    }

    /// The addresses of a host, if all of them are public.
    fn look_up(&self, host: &str) -> Result<Vec<IpAddr>, Box<dyn std::error::Error + Send + Sync>> {
        let addresses = (self.lookup)(host)?;
        let inside = addresses.iter().find(|&&address| !is_public(address));
        match inside {
            Some(&address) if !self.proxies.contains(host) => {
                Err(LeadsInside { host: host.to_owned(), address }.into())
            }
            _ => Ok(addresses),
        }
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            let addresses = spawn_blocking(move || guard.look_up(name.as_str())).await??;
            let addresses: Addrs =
                Box::new(addresses.into_iter().map(|address| SocketAddr::new(address, 0)));
            Ok(addresses)
        })
    }
}

/// Asks the system.
pub(crate) fn system_lookup(host: &str) -> io::Result<Vec<IpAddr>> {
    Ok((host, 0).to_socket_addrs()?.map(|socket| socket.ip()).collect())
}

/// Whether the URL's host is this machine, by address or by the name for it.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => is_local_name(name),
        None => false,
    }
}

fn is_local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    name == "localhost" || name.ends_with(".localhost")
}

/// The host of a proxy, which may be written without a scheme.
fn host(proxy: &str) -> Option<String> {
    let text = if proxy.contains("://") { proxy.to_owned() } else { format!("http://{proxy}") };
    Some(Url::parse(&text).ok()?.host_str()?.to_owned())
}

fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => embedded_v4(v6).map_or_else(|| is_public_v6(v6), is_public_v4),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    // A cloud's own services answer here, though the range is public.
    const AZURE_PLATFORM: Ipv4Addr = Ipv4Addr::new(168, 63, 129, 16);
    let special = match address.octets() {
        [0 | 240..=255, ..] | [192, 0, 0, _] => true,
        [100, second, ..] => (64..128).contains(&second),
        [198, second, ..] => matches!(second, 18 | 19),
        _ => address == AZURE_PLATFORM,
    };
    !(special
        || address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation())
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    let is_site_local = segments[0] & 0xffc0 == 0xfec0;
    let is_documentation = segments[0] == 0x2001 && segments[1] == 0x0db8;
    !(address.is_loopback()
        || address.is_unspecified()
        || address.is_unique_local()
        || address.is_unicast_link_local()
        || address.is_multicast()
        || is_site_local
        || is_documentation)
}

/// The IPv4 address that an IPv6 address stands for: mapped, compatible, NAT64 or 6to4.
fn embedded_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        Some(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => v4(high, low),
        // `::` and `::1` are addresses of their own.
        [0, 0, 0, 0, 0, 0, high, low] if high != 0 => v4(high, low),
        _ => None,
    }
}
