use core::net::{Ipv4Addr, Ipv6Addr};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

/// Most addresses that a signal names.
pub(crate) const MAX_CANDIDATES: usize = 4;
/// RFC 8445, section 5.3: 4 to 256 characters; browsers take 4 to 8 and 22 to 32.
const UFRAG_CHARS: core::ops::RangeInclusive<usize> = 4..=32;
const PASSWORD_CHARS: core::ops::RangeInclusive<usize> = 22..=64;
const VERSION: u8 = 0;
const CHECK_BYTES: usize = 4;
/// Longest text that may hold a signal: a link with one.
const MAX_TEXT_CHARS: usize = 4096;

/// Which end of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Waits to be answered.
    Offer,
    /// Answers the offer of which this is the name ([`Signal::name`]).
    Answer([u8; 8]),
}

/// An address at which an end may be reached, over UDP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Candidate {
    /// In the same network.
    V4(Ipv4Addr, u16),
    /// In the same network.
    V6(Ipv6Addr, u16),
    /// In the same network, under a random name that only that network knows (mDNS, `….local`).
    Hidden([u8; 16], u16),
    /// As others see it from outside.
    OutsideV4(Ipv4Addr, u16),
}

/// What one end of a WebRTC connection says of how to reach it. It says nothing about the record.
///
/// ```text
/// 0 (1 byte) ‖ role: 0, or 1 with the name of the offer (8) ‖ fingerprint of its certificate, SHA-256 (32)
///   ‖ ICE user fragment ‖ ICE password, each behind its length (1) ‖ number of candidates (1)
///   ‖ candidates: kind (1), address (4 or 16), port (2) ‖ first 4 bytes of SHA-256 of all before
/// ```
/// as base64 for addresses (RFC 4648, section 5), without padding. Numbers are big endian.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signal {
    /// Which end.
    pub role: Role,
    /// SHA-256 of its certificate (RFC 8122).
    pub fingerprint: [u8; 32],
    /// ICE user fragment (RFC 8839).
    pub ufrag: String,
    /// ICE password.
    pub password: String,
    /// Where it may be reached, at most 4.
    pub candidates: Vec<Candidate>,
}

/// Why text is no signal, or none that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignalError {
    /// It is something else.
    #[error("this is no code of a connection")]
    Other,
    /// Some of it is missing, or was changed.
    #[error("the code is not whole")]
    Damaged,
    /// A newer version made it.
    #[error("the code was made by a newer version")]
    TooNew,
    /// It is an offer where an answer is needed, or the other way round.
    #[error("this code is of the other kind")]
    OtherKind,
    /// It answers another offer: an older one, or somebody else's.
    #[error("this code answers another one")]
    OtherOffer,
    /// The browser gave no address to reach it.
    #[error("there is no address to reach this device")]
    NoAddress,
}

impl Signal {
    /// The first bytes of SHA-256 over it.
    pub fn name(&self) -> [u8; 8] {
        start(&self.to_bytes())
    }

    /// Checks that it answers this offer.
    ///
    /// # Errors
    /// It is no answer, or answers another one.
    pub fn check_answers(&self, offer: &Self) -> Result<(), SignalError> {
        match self.role {
            Role::Offer => Err(SignalError::OtherKind),
            Role::Answer(name) if name == offer.name() => Ok(()),
            Role::Answer(_) => Err(SignalError::OtherOffer),
        }
    }

    /// Text for links and QR codes.
    pub fn to_text(&self) -> String {
        let bytes = self.to_bytes();
        let check: [u8; CHECK_BYTES] = start(&bytes);
        URL_SAFE_NO_PAD.encode([bytes.as_slice(), &check].concat())
    }

    /// Reads the text, or a link that ends in it.
    ///
    /// # Errors
    /// Why it is none.
    pub fn from_text(text: &str) -> Result<Self, SignalError> {
        let text = text.trim();
        if text.len() > MAX_TEXT_CHARS {
            return Err(SignalError::Other);
        }
        let code = text.rsplit(['/', '#']).next().unwrap_or_default();
        // Messengers break long words.
        let code: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
        let bytes = URL_SAFE_NO_PAD.decode(code).map_err(|_| SignalError::Other)?;
        let (bytes, check) = bytes.split_last_chunk::<CHECK_BYTES>().ok_or(SignalError::Other)?;
        match bytes.first() {
            Some(&VERSION) => {}
            Some(1..=8) => return Err(SignalError::TooNew),
            _ => return Err(SignalError::Other),
        }
        if start::<CHECK_BYTES>(bytes) != *check {
            return Err(SignalError::Damaged);
        }
        Self::read(bytes).ok_or(SignalError::Damaged)
    }

    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION];
        match &self.role {
            Role::Offer => bytes.push(0),
            Role::Answer(name) => {
                bytes.push(1);
                bytes.extend(name);
            }
        }
        bytes.extend(self.fingerprint);
        for text in [&self.ufrag, &self.password] {
            bytes.push(u8::try_from(text.len()).unwrap_or(u8::MAX));
            bytes.extend(text.as_bytes());
        }
        bytes.push(u8::try_from(self.candidates.len()).unwrap_or(u8::MAX));
        for candidate in &self.candidates {
            let (kind, address, port): (u8, &[u8], u16) = match candidate {
                Candidate::V4(address, port) => (0, &address.octets(), *port),
                Candidate::V6(address, port) => (1, &address.octets(), *port),
                Candidate::Hidden(name, port) => (2, name, *port),
                Candidate::OutsideV4(address, port) => (3, &address.octets(), *port),
            };
            bytes.push(kind);
            bytes.extend(address);
            bytes.extend(port.to_be_bytes());
        }
        bytes
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (_, rest) = bytes.split_first()?;
        let (role, rest) = rest.split_first()?;
        let (role, rest) = match role {
            0 => (Role::Offer, rest),
            1 => {
                let (name, rest) = rest.split_first_chunk()?;
                (Role::Answer(*name), rest)
            }
            _ => return None,
        };
        let (fingerprint, rest) = rest.split_first_chunk()?;
        let (ufrag, rest) = read_text(rest, UFRAG_CHARS)?;
        let (password, rest) = read_text(rest, PASSWORD_CHARS)?;
        let (count, mut rest) = rest.split_first()?;
        let count = usize::from(*count);
        if count == 0 || count > MAX_CANDIDATES {
            return None;
        }
        let mut candidates = Vec::with_capacity(count);
        for _ in 0..count {
            let (candidate, more) = read_candidate(rest)?;
            candidates.push(candidate);
            rest = more;
        }
        let fingerprint = *fingerprint;
        rest.is_empty().then_some(Self { role, fingerprint, ufrag, password, candidates })
    }
}

/// RFC 8839, section 5.4: letters, digits, `+` and `/`. Nothing else may get into a session description.
pub(crate) fn is_ice_text(text: &str, length: core::ops::RangeInclusive<usize>) -> bool {
    length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}

pub(crate) fn is_ufrag(text: &str) -> bool {
    is_ice_text(text, UFRAG_CHARS)
}

pub(crate) fn is_password(text: &str) -> bool {
    is_ice_text(text, PASSWORD_CHARS)
}

fn read_text(bytes: &[u8], length: core::ops::RangeInclusive<usize>) -> Option<(String, &[u8])> {
    let (count, rest) = bytes.split_first()?;
    let (text, rest) = rest.split_at_checked(usize::from(*count))?;
    let text = core::str::from_utf8(text).ok().filter(|text| is_ice_text(text, length))?;
    Some((text.to_owned(), rest))
}

fn read_candidate(bytes: &[u8]) -> Option<(Candidate, &[u8])> {
    let (kind, rest) = bytes.split_first()?;
    let port = |bytes: &[u8; 2]| u16::from_be_bytes(*bytes);
    match kind {
        0 | 3 => {
            let (address, rest) = rest.split_first_chunk::<4>()?;
            let (bytes, rest) = rest.split_first_chunk()?;
            let address = Ipv4Addr::from(*address);
            let make = if *kind == 0 { Candidate::V4 } else { Candidate::OutsideV4 };
            Some((make(address, port(bytes)), rest))
        }
        1 | 2 => {
            let (address, rest) = rest.split_first_chunk::<16>()?;
            let (bytes, rest) = rest.split_first_chunk()?;
            let candidate = match kind {
                1 => Candidate::V6(Ipv6Addr::from(*address), port(bytes)),
                _ => Candidate::Hidden(*address, port(bytes)),
            };
            Some((candidate, rest))
        }
        _ => None,
    }
}

/// The first bytes of SHA-256.
pub(crate) fn start<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    let mut first = [0; N];
    for (to, from) in first.iter_mut().zip(digest) {
        *to = from;
    }
    first
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn signal() -> Signal {
        Signal {
            role: Role::Offer,
            fingerprint: [0xab; 32],
            ufrag: "a+B/".into(),
            password: "abcdefghijklmnopqrstuv".into(),
            candidates: vec![
                Candidate::Hidden([7; 16], 54_321),
                Candidate::V4(Ipv4Addr::new(192, 168, 1, 20), 1024),
                Candidate::V6(Ipv6Addr::LOCALHOST, 9),
                Candidate::OutsideV4(Ipv4Addr::new(203, 0, 113, 9), 4000),
            ],
        }
    }

    #[test]
    fn a_signal_comes_back_from_text_and_from_a_link_that_ends_in_it() {
        let offer = signal();
        let answer = Signal { role: Role::Answer(offer.name()), fingerprint: [1; 32], ..signal() };
        for signal in [&offer, &answer] {
            let text = signal.to_text();
            assert_eq!(Signal::from_text(&text).as_ref(), Ok(signal));
            for around in [format!("https://example.org/app/#/connect/{text}"), format!("  {text}\n")] {
                assert_eq!(Signal::from_text(&around).as_ref(), Ok(signal), "{around}");
            }
            let broken: String = text
                .chars()
                .enumerate()
                .flat_map(|(at, letter)| (at % 40 == 39).then_some('\n').into_iter().chain([letter]))
                .collect();
            assert_eq!(Signal::from_text(&broken).as_ref(), Ok(signal), "{broken}");
        }
        assert_eq!(answer.check_answers(&offer), Ok(()));
        assert_eq!(offer.check_answers(&offer), Err(SignalError::OtherKind));
        let other = Signal { fingerprint: [2; 32], ..signal() };
        assert_eq!(answer.check_answers(&other), Err(SignalError::OtherOffer));
        let short = Signal { candidates: vec![Candidate::Hidden([7; 16], 1)], ..signal() };
        assert!(short.to_text().len() < 120, "{} characters", short.to_text().len());
    }

    #[test]
    fn what_was_cut_changed_or_is_something_else_is_told_apart() {
        let text = signal().to_text();
        for length in 0..text.len() {
            assert!(Signal::from_text(&text[..length]).is_err(), "{length}");
        }
        for (at, letter) in text.char_indices() {
            let other = if letter == 'A' { 'B' } else { 'A' };
            let changed = format!("{}{other}{}", &text[..at], &text[at + 1..]);
            assert!(Signal::from_text(&changed) != Ok(signal()), "{at}");
        }
        for other in ["", "hello", "https://example.org/", "SHC:/5676", "¿?", &"A".repeat(5000)] {
            assert_eq!(Signal::from_text(other), Err(SignalError::Other), "{other}");
        }
        let mut newer = signal().to_bytes();
        newer[0] = 1;
        newer.extend(start::<4>(&newer));
        assert_eq!(Signal::from_text(&URL_SAFE_NO_PAD.encode(newer)), Err(SignalError::TooNew));
    }

    /// Whoever makes a code chooses every byte of it; nothing but what ICE allows gets into a session description.
    #[test]
    fn no_text_of_a_signal_can_add_a_line() {
        for bad in [
            Signal { ufrag: "ab\r\na=x".into(), ..signal() },
            Signal { password: "abcdefghijklmnopqrstuv\n".into(), ..signal() },
            Signal { ufrag: "abc".into(), ..signal() },
            Signal { password: "short".into(), ..signal() },
            Signal { candidates: Vec::new(), ..signal() },
            Signal { candidates: vec![Candidate::V4(Ipv4Addr::LOCALHOST, 1); 5], ..signal() },
        ] {
            assert_eq!(Signal::from_text(&bad.to_text()), Err(SignalError::Damaged), "{bad:?}");
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod properties {
    use super::*;

    proptest::proptest! {
        #[test]
        fn whatever_is_read_is_written_the_same(bytes: Vec<u8>) {
            let mut bytes = [&[VERSION], bytes.as_slice()].concat();
            bytes.extend(start::<CHECK_BYTES>(&bytes));
            let text = URL_SAFE_NO_PAD.encode(&bytes);
            if let Ok(signal) = Signal::from_text(&text) {
                proptest::prop_assert_eq!(signal.to_text(), text);
            }
        }

        #[test]
        fn no_text_is_too_strange(text: String) {
            let _ = Signal::from_text(&text);
        }
    }
}
