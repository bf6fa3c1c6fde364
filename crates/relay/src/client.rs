//! Who asks, as far as limits go.

use core::fmt;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::HeaderMap;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// A client address, which no log shows: of IPv6 the first 64 bits, because whoever has one such address has them all.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Client(IpAddr);

impl Client {
    /// Who is at the other end of a connection or, behind a proxy, whom the proxy names.
    pub(crate) fn of(peer: SocketAddr, headers: &HeaderMap, behind_proxy: bool) -> Self {
        let named = if behind_proxy { named(headers) } else { None };
        Self::at(named.unwrap_or_else(|| peer.ip()))
    }

    fn at(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
            }
            address => address,
        })
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Client")
    }
}

/// What the nearest proxy wrote: the end of the last header.
fn named(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all(FORWARDED_FOR).into_iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &[&str], behind_proxy: bool) -> Client {
        let headers = forwarded.iter().map(|value| (FORWARDED_FOR.parse().unwrap(), value.parse().unwrap())).collect();
        Client::of(peer.parse().unwrap(), &headers, behind_proxy)
    }

    #[test]
    fn a_forwarded_address_counts_only_behind_a_proxy_and_only_what_the_nearest_one_wrote() {
        let peer = client("127.0.0.1:5", &[], false);
        assert!(client("127.0.0.1:6", &["10.0.0.1"], false) == peer);
        let named = client("10.0.0.3:1", &[], false);
        assert!(client("127.0.0.1:6", &["10.0.0.1", "10.0.0.2, 10.0.0.3"], true) == named);
        assert!(client("127.0.0.1:6", &["nobody"], true) == peer);
        assert!(client("127.0.0.1:6", &[], true) == peer);
    }

    #[test]
    fn neighbours_of_one_ipv6_network_are_one_client() {
        let one = client("[2001:db8:1:2::1]:5", &[], false);
        assert!(client("[2001:db8:1:2:ffff::9]:7", &[], false) == one);
        assert!(client("[2001:db8:1:3::1]:5", &[], false) != one);
        assert!(client("[::ffff:127.0.0.1]:5", &[], false) == client("127.0.0.1:5", &[], false));
    }
}
