use serde::{Deserialize, Serialize};

use super::Secret;

/// Most servers that are asked.
pub const MOST_SERVERS: usize = 4;
/// Longest address, name or password of a server, bytes.
const MOST_BYTES: usize = 256;

/// How other devices are reached directly. It stays on this device.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Network {
    /// No other device may learn the address of this one: it talks to them through a TURN server, else in the room of a relay.
    pub hides_address: bool,
    /// Servers that are asked for ways through routers; none is needed in one house.
    pub servers: Vec<NetworkServer>,
}

/// A STUN server, which tells a device its address as it is seen from outside, or a TURN server, which passes on between two.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NetworkServer {
    /// `stun:host`, `turn:host:port?transport=udp` and the like (RFC 7064, RFC 7065).
    pub url: String,
    /// Name at a TURN server; empty at a STUN server.
    pub user: String,
    /// What belongs to the name.
    pub password: Secret,
}

/// What is wrong with a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ServerProblem {
    /// Its address is none.
    Url,
    /// A TURN server wants a name and a password.
    Credentials,
    /// Something is too long, or there are too many servers.
    TooLong,
}

impl NetworkServer {
    /// Whether it passes on between two.
    #[must_use]
    pub fn passes_on(&self) -> bool {
        self.url.starts_with("turn")
    }

    /// What is wrong with it.
    #[must_use]
    pub fn check(&self) -> Option<ServerProblem> {
        let Self { url, user, password } = self;
        if [url, user, &password.0].into_iter().any(|text| text.len() > MOST_BYTES) {
            return Some(ServerProblem::TooLong);
        }
        let Some(rest) = ["stun:", "stuns:", "turn:", "turns:"].iter().find_map(|scheme| url.strip_prefix(scheme))
        else {
            return Some(ServerProblem::Url);
        };
        let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
        let transports: &[&str] = if self.passes_on() { &["", "transport=udp", "transport=tcp"] } else { &[""] };
        if !is_place(place) || !transports.contains(&query) || rest.ends_with('?') {
            return Some(ServerProblem::Url);
        }
        let is_named = !user.is_empty() && !password.0.is_empty();
        (self.passes_on() != is_named).then_some(ServerProblem::Credentials)
    }
}

impl Network {
    /// The first server with something wrong, and what that is.
    #[must_use]
    pub fn check(&self) -> Option<(usize, ServerProblem)> {
        if self.servers.len() > MOST_SERVERS {
            return Some((MOST_SERVERS, ServerProblem::TooLong));
        }
        self.servers.iter().enumerate().find_map(|(at, server)| Some((at, server.check()?)))
    }

    /// Whether this device may look for others outside of a room at all.
    #[must_use]
    pub fn goes_directly(&self) -> bool {
        !self.hides_address || self.servers.iter().any(NetworkServer::passes_on)
    }
}

/// `host`, `host:port`, `[2001:db8::1]:port`.
fn is_place(place: &str) -> bool {
    let (host, port) = match place.strip_prefix('[') {
        Some(rest) => {
            let Some((host, port)) = rest.split_once(']') else { return false };
            if host.parse::<core::net::Ipv6Addr>().is_err() {
                return false;
            }
            (host, port.strip_prefix(':').or((port.is_empty()).then_some("1")))
        }
        None => {
            let (host, port) = place.split_once(':').map_or((place, Some("1")), |(host, port)| (host, Some(port)));
            let belongs = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-');
            if !host.chars().all(belongs) {
                return false;
            }
            (host, port)
        }
    };
    !host.is_empty() && port.is_some_and(|port| port.parse::<u16>().is_ok_and(|port| port > 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(url: &str, user: &str) -> NetworkServer {
        NetworkServer { url: url.into(), user: user.into(), password: Secret(user.into()) }
    }

    #[test]
    fn servers_are_what_browsers_ask() {
        for url in ["stun:stun.example.org", "stun:192.0.2.1:3478", "stuns:a.example:5349", "stun:[2001:db8::1]:3478"] {
            assert_eq!(server(url, "").check(), None, "{url}");
            assert_eq!(server(url, "x").check(), Some(ServerProblem::Credentials));
        }
        for url in ["turn:turn.example.org", "turn:192.0.2.1:3478?transport=udp", "turns:a.example:443?transport=tcp"] {
            assert_eq!(server(url, "x").check(), None, "{url}");
            assert_eq!(server(url, "").check(), Some(ServerProblem::Credentials));
        }
        let wrong = [
            "",
            "stun:",
            "https://example.org",
            "stun://example.org",
            "turn:a b",
            "turn:a:0",
            "turn:a:70000",
            "turn:a:",
            "stun:a?transport=udp",
            "turn:a?x",
            "turn:a?",
            "turn:[::1",
            "turn:[a]",
            "turn:[::1]3478",
            "turn:a@b",
        ];
        for url in wrong {
            assert_eq!(server(url, "x").check(), Some(ServerProblem::Url), "{url}");
        }
        assert_eq!(server(&format!("stun:{}", "a".repeat(300)), "").check(), Some(ServerProblem::TooLong));
    }

    #[test]
    fn whoever_hides_their_address_goes_through_a_server_or_a_room() {
        let mut network = Network::default();
        assert!(network.goes_directly() && network.check().is_none());
        network.hides_address = true;
        network.servers.push(server("stun:a", ""));
        assert!(!network.goes_directly());
        network.servers.push(server("turn:a", "x"));
        assert!(network.goes_directly());
        network.servers.push(server("turn:a", ""));
        assert_eq!(network.check(), Some((2, ServerProblem::Credentials)));
        network.servers = vec![server("stun:a", ""); MOST_SERVERS + 1];
        assert_eq!(network.check(), Some((MOST_SERVERS, ServerProblem::TooLong)));
    }
}
