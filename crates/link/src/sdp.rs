//! Session descriptions (RFC 8866, RFC 8841): what a browser writes is read, and made anew from what of it cannot be known.

use core::fmt::Write as _;

use crate::signal::{MAX_CANDIDATES, is_password, is_ufrag};
use crate::{Candidate, Role, Signal, SignalError};

impl Signal {
    /// What a browser's own description says. Of its addresses the best few are kept.
    ///
    /// # Errors
    /// It lacks something, or names no address.
    pub fn of_sdp(role: Role, sdp: &str) -> Result<Self, SignalError> {
        let value =
            |name: &str| sdp.lines().find_map(|line| line.strip_prefix("a=")?.strip_prefix(name)).map(str::trim);
        let fingerprint = value("fingerprint:").and_then(|value| read_fingerprint(value.strip_prefix("sha-256 ")?));
        let ufrag = value("ice-ufrag:").filter(|text| is_ufrag(text));
        let password = value("ice-pwd:").filter(|text| is_password(text));
        let (Some(fingerprint), Some(ufrag), Some(password)) = (fingerprint, ufrag, password) else {
            return Err(SignalError::Damaged);
        };
        let lines = sdp.lines().filter_map(|line| line.strip_prefix("a=candidate:"));
        let mut found: Vec<(u8, Candidate)> = lines.filter_map(read_candidate).collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.dedup();
        // One of each sort before a second one of any.
        let nth = |at: usize| {
            found.iter().take(at).filter(|(rank, _)| found.get(at).is_some_and(|(own, _)| own == rank)).count()
        };
        let mut places: Vec<usize> = (0..found.len()).collect();
        places.sort_by_key(|at| nth(*at));
        let kept = places.into_iter().filter_map(|at| found.get(at).copied()).take(MAX_CANDIDATES);
        let mut kept: Vec<(u8, Candidate)> = kept.collect();
        kept.sort_by_key(|(rank, _)| *rank);
        let candidates: Vec<Candidate> = kept.into_iter().map(|(_, candidate)| candidate).collect();
        if candidates.is_empty() {
            return Err(SignalError::NoAddress);
        }
        Ok(Self { role, fingerprint, ufrag: ufrag.to_owned(), password: password.to_owned(), candidates })
    }

    /// A description for a browser: one data channel, everything else left to it.
    #[must_use]
    pub fn to_sdp(&self) -> String {
        let setup = match self.role {
            Role::Offer => "actpass",
            Role::Answer(_) => "active",
        };
        let mut fingerprint = String::new();
        for byte in self.fingerprint {
            let colon = if fingerprint.is_empty() { "" } else { ":" };
            // Writing to a string does not fail.
            let _ = write!(fingerprint, "{colon}{byte:02X}");
        }
        let mut sdp = format!(
            "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n\
             m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\n\
             a=ice-ufrag:{}\r\na=ice-pwd:{}\r\na=fingerprint:sha-256 {fingerprint}\r\na=setup:{setup}\r\na=mid:0\r\n\
             a=sendrecv\r\na=sctp-port:5000\r\na=max-message-size:65536\r\n",
            self.ufrag, self.password
        );
        for (number, candidate) in self.candidates.iter().enumerate() {
            let preference = if matches!(candidate, Candidate::OutsideV4(..)) { 100_u32 } else { 126 };
            // RFC 8445, section 5.1.2.1.
            let local = 65_535 - u32::try_from(number).unwrap_or(0);
            let priority = preference << 24 | local << 8 | 255;
            let (address, port, kind) = match candidate {
                Candidate::V4(address, port) => (address.to_string(), port, "host"),
                Candidate::V6(address, port) => (address.to_string(), port, "host"),
                Candidate::Hidden(name, port) => (format!("{}.local", uuid(name)), port, "host"),
                Candidate::OutsideV4(address, port) => (address.to_string(), port, "srflx raddr 0.0.0.0 rport 0"),
            };
            let _ = write!(sdp, "a=candidate:{} 1 udp {priority} {address} {port} typ {kind}\r\n", number + 1);
        }
        sdp.push_str("a=end-of-candidates\r\n");
        sdp
    }
}

/// An address at which a server passes on: what it is called by is not told in a code.
const RELAYED: u8 = 3;

/// Which addresses are kept first: one that is reached at once in the same network, then one that is reached from outside.
const fn rank(candidate: Candidate) -> u8 {
    match candidate {
        Candidate::V4(..) => 0,
        Candidate::Hidden(..) => 1,
        Candidate::OutsideV4(..) => 2,
        Candidate::V6(..) => 4,
    }
}

/// `1 1 udp 2113937151 192.0.2.1 54321 typ host …`
fn read_candidate(line: &str) -> Option<(u8, Candidate)> {
    let mut words = line.split_ascii_whitespace();
    let (component, transport) = (words.nth(1)?, words.next()?);
    let (address, port) = (words.nth(1)?, words.next()?.parse().ok()?);
    let kind = words.next().filter(|word| *word == "typ").and_then(|_| words.next())?;
    if component != "1" || !transport.eq_ignore_ascii_case("udp") {
        return None;
    }
    let candidate = match kind {
        "host" => match address.strip_suffix(".local") {
            Some(name) => Candidate::Hidden(read_uuid(name)?, port),
            None => match address.parse() {
                Ok(address) => Candidate::V4(address, port),
                Err(_) => Candidate::V6(address.parse().ok()?, port),
            },
        },
        "srflx" | "relay" => Candidate::OutsideV4(address.parse().ok()?, port),
        _ => return None,
    };
    Some((if kind == "relay" { RELAYED } else { rank(candidate) }, candidate))
}

fn read_fingerprint(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    let mut parts = text.split(':');
    for byte in &mut bytes {
        *byte = u8::from_str_radix(parts.next().filter(|part| part.len() == 2)?, 16).ok()?;
    }
    parts.next().is_none().then_some(bytes)
}

/// A name as browsers give one: a UUID (RFC 9562).
fn read_uuid(text: &str) -> Option<[u8; 16]> {
    let digits: String = text.split('-').collect();
    let lengths = text.split('-').map(str::len);
    if !lengths.eq([8, 4, 4, 4, 12]) || !digits.is_ascii() {
        return None;
    }
    Some(u128::from_str_radix(&digits, 16).ok()?.to_be_bytes())
}

fn uuid(bytes: &[u8; 16]) -> String {
    let digits = format!("{:032x}", u128::from_be_bytes(*bytes));
    let mut text = String::with_capacity(36);
    for (at, digit) in digits.char_indices() {
        if matches!(at, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use core::net::Ipv4Addr;

    use super::*;
    use crate::signal::tests::signal;

    const FROM_CHROMIUM: &str = "v=0\r\no=- 5 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n\
        m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\n\
        a=candidate:1 1 tcp 1518280447 0a0b0c0d-0102-4304-8506-0708090a0b0c.local 9 typ host tcptype active\r\n\
        a=candidate:2 1 udp 1686052607 203.0.113.7 40000 typ srflx raddr 0.0.0.0 rport 0 generation 0\r\n\
        a=candidate:3 1 udp 2113937151 0a0b0c0d-0102-4304-8506-0708090a0b0c.local 51000 typ host generation 0\r\n\
        a=candidate:4 1 udp 1000 198.51.100.1 51000 typ relay raddr 0.0.0.0 rport 0\r\n\
        a=ice-ufrag:Ab+/\r\na=ice-pwd:0123456789abcdefghijklmn\r\na=ice-options:trickle\r\n\
        a=fingerprint:sha-256 00:01:02:03:04:05:06:07:08:09:0A:0B:0C:0D:0E:0F:10:11:12:13:14:15:16:17:18:19:1A:1B:1C:1D:1E:FF\r\n\
        a=setup:actpass\r\na=mid:0\r\na=sctp-port:5000\r\na=max-message-size:262144\r\n";

    #[test]
    fn what_a_browser_writes_is_read() {
        let signal = Signal::of_sdp(Role::Offer, FROM_CHROMIUM).unwrap();
        assert_eq!((signal.ufrag.as_str(), signal.password.as_str()), ("Ab+/", "0123456789abcdefghijklmn"));
        assert_eq!((signal.fingerprint[1], signal.fingerprint[31]), (1, 0xff));
        let hidden = [0x0a, 0x0b, 0x0c, 0x0d, 1, 2, 0x43, 4, 0x85, 6, 7, 8, 9, 0x0a, 0x0b, 0x0c];
        let outside = Candidate::OutsideV4(Ipv4Addr::new(203, 0, 113, 7), 40_000);
        let relayed = Candidate::OutsideV4(Ipv4Addr::new(198, 51, 100, 1), 51_000);
        assert_eq!(signal.candidates, [Candidate::Hidden(hidden, 51_000), outside, relayed]);
        let lower = FROM_CHROMIUM.replace(" udp ", " UDP ").replace("0A:0B", "0a:0b");
        assert_eq!(Signal::of_sdp(Role::Offer, &lower), Ok(signal));
    }

    #[test]
    fn of_many_addresses_one_of_each_sort_is_kept() {
        let host = |number: u8| format!("a=candidate:{number} 1 udp 1 192.0.2.{number} 5000 typ host\r\n");
        let many =
            format!("{FROM_CHROMIUM}{}{}{}", host(1), host(2), host(3)).replace(".local 51000", ".local 51000 x");
        let kept = Signal::of_sdp(Role::Offer, &many).unwrap().candidates;
        let outside = [[203, 0, 113, 7], [198, 51, 100, 1]];
        assert_eq!(kept.first(), Some(&Candidate::V4(Ipv4Addr::new(192, 0, 2, 1), 5000)));
        assert!(
            kept.len() == MAX_CANDIDATES
                && outside.iter().all(|octets| {
                    kept.iter()
                        .any(|one| matches!(one, Candidate::OutsideV4(address, _) if address.octets() == *octets))
                }),
            "{kept:?}"
        );
    }

    #[test]
    fn what_is_made_anew_says_the_same() {
        for role in [Role::Offer, Role::Answer([3; 8])] {
            let signal = Signal { role, ..signal() };
            let read = Signal::of_sdp(role, &signal.to_sdp()).unwrap();
            let sorted = |mut signal: Signal| {
                signal.candidates.sort_by_key(|candidate| rank(*candidate));
                signal
            };
            assert_eq!(read, sorted(signal));
        }
        assert!(signal().to_sdp().contains("a=setup:actpass\r\n"));
        assert!(signal().to_sdp().contains(" 07070707-0707-0707-0707-070707070707.local 54321 typ host\r\n"));
    }

    #[test]
    fn descriptions_that_lack_something_are_errors() {
        for missing in ["a=ice-ufrag", "a=ice-pwd", "a=fingerprint"] {
            let sdp: String = FROM_CHROMIUM
                .lines()
                .filter(|line| !line.starts_with(missing))
                .map(|line| format!("{line}\r\n"))
                .collect();
            assert_eq!(Signal::of_sdp(Role::Offer, &sdp), Err(SignalError::Damaged), "{missing}");
        }
        let none: String =
            FROM_CHROMIUM.lines().filter(|line| !line.contains("udp")).map(|line| format!("{line}\r\n")).collect();
        assert_eq!(Signal::of_sdp(Role::Offer, &none), Err(SignalError::NoAddress));
        let short = FROM_CHROMIUM.replace("00:01:02", "00:01");
        assert_eq!(Signal::of_sdp(Role::Offer, &short), Err(SignalError::Damaged));
    }
}
