use core::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chartchain_keys::{MEETING_SECRET_BYTES, MeetingKeys, Sensitive, make_random};
use rand_core::CryptoRng;

use crate::signal::start;

const VERSION: u8 = 0;
const CHECK_BYTES: usize = 4;
const TEXT_CHARS: usize = 28;
/// Stands before the text in a link.
const ROUTE: &str = "#/meet/";
/// Longest text that may hold an invitation: a link with one.
const MAX_TEXT_CHARS: usize = 4096;

/// What one person gives another so that their devices find each other in a relay's room. Whoever has it can enter the room, and
/// has shown nothing by that: people still compare a number.
///
/// ```text
/// 0 (1 byte) ‖ secret (16) ‖ first 4 bytes of SHA-256 of all before
/// ```
/// as base64 for addresses (RFC 4648, section 5): 28 characters. As a link: address of the app, `#/meet/`, the text.
#[derive(Clone)]
pub struct Invitation {
    secret: Sensitive<[u8; MEETING_SECRET_BYTES]>,
    keys: MeetingKeys,
}

/// Why text is no invitation, or none that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvitationError {
    /// It is something else.
    #[error("this is no invitation; copy the whole link from the other device")]
    Other,
    /// Some of it is missing, or was changed.
    #[error("the invitation is not whole; copy the whole link once more")]
    Damaged,
    /// A newer version made it.
    #[error("the invitation was made by a newer version; update this device first")]
    TooNew,
    /// There is no address of an app before it.
    #[error("this does not say where to meet; use a link that begins with https:// or http://")]
    NoAddress,
}

impl Invitation {
    /// A fresh one.
    pub fn make(rng: &mut impl CryptoRng) -> Self {
        Self::of(make_random(rng))
    }

    /// That of a secret which both sides have already.
    pub fn of(secret: [u8; MEETING_SECRET_BYTES]) -> Self {
        Self { keys: MeetingKeys::derive(&secret), secret: Sensitive::new(secret) }
    }

    /// Its 28 characters.
    pub fn to_text(&self) -> String {
        let bytes = [&[VERSION], self.secret.expose().as_slice()].concat();
        let check: [u8; CHECK_BYTES] = start(&bytes);
        URL_SAFE_NO_PAD.encode([bytes.as_slice(), &check].concat())
    }

    /// As a link to the app at this address; what stands behind a `#` in it is left out.
    pub fn to_link(&self, app: &str) -> String {
        let app = app.split('#').next().unwrap_or_default().trim();
        format!("{app}{ROUTE}{}", self.to_text())
    }

    /// Reads the text, or a link that ends in it.
    ///
    /// # Errors
    /// Why it is none.
    pub fn from_text(text: &str) -> Result<Self, InvitationError> {
        if text.len() > MAX_TEXT_CHARS {
            return Err(InvitationError::Other);
        }
        let (is_link, code) = text.split_once(ROUTE).map_or((false, text), |(_, code)| (true, code));
        // Messengers break long words.
        let code: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
        // Text without a link around it says by its length alone that an invitation is meant.
        let is_meant = is_link || code.len() >= TEXT_CHARS;
        let other = if is_link { InvitationError::Damaged } else { InvitationError::Other };
        let bytes = URL_SAFE_NO_PAD.decode(code).map_err(|_| other)?;
        match bytes.split_first() {
            Some((&VERSION, _)) => {}
            Some((1..=8, _)) if is_meant => return Err(InvitationError::TooNew),
            _ => return Err(other),
        }
        let (bytes, check) = bytes.split_last_chunk::<CHECK_BYTES>().ok_or(other)?;
        let secret = bytes.get(1..).and_then(|secret| secret.try_into().ok()).ok_or(other)?;
        if start::<CHECK_BYTES>(bytes) != *check {
            return Err(InvitationError::Damaged);
        }
        Ok(Self::of(secret))
    }

    /// What the room is called.
    pub const fn tag(&self) -> &[u8; 16] {
        self.keys.tag()
    }

    /// The same in 32 lower-case hex digits.
    pub fn tag_hex(&self) -> String {
        self.tag().iter().fold(String::new(), |mut hex, byte| {
            let _never = write!(hex, "{byte:02x}");
            hex
        })
    }

    /// The address of the room's WebSocket: at the root of the host that an address of the app, or a link to it, names.
    ///
    /// # Errors
    /// It names none.
    pub fn room_address(&self, app: &str) -> Result<String, InvitationError> {
        let app = app.trim();
        let split = app.split_once("://").ok_or(InvitationError::NoAddress)?;
        let scheme = match split.0.to_ascii_lowercase().as_str() {
            "https" | "wss" => "wss",
            "http" | "ws" => "ws",
            _ => return Err(InvitationError::NoAddress),
        };
        let host = split.1.split(['/', '?', '#', '\\']).next().unwrap_or_default();
        // A name before the host is nothing that an app's address has, and hides which host it is.
        if host.is_empty() || host.chars().any(|letter| letter == '@' || letter.is_whitespace() || letter.is_control())
        {
            return Err(InvitationError::NoAddress);
        }
        Ok(format!("{scheme}://{host}/v0/meet/{}", self.tag_hex()))
    }

    pub(crate) const fn keys(&self) -> &MeetingKeys {
        &self.keys
    }
}

impl core::fmt::Debug for Invitation {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Invitation(…)")
    }
}

#[cfg(test)]
mod tests {
    use chartchain_keys::test_rng;

    use super::*;

    #[test]
    fn an_invitation_comes_back_from_text_and_from_a_link_that_ends_in_it() {
        let invitation = Invitation::make(&mut test_rng(1));
        let text = invitation.to_text();
        assert_eq!(text.len(), TEXT_CHARS);
        let link = invitation.to_link("https://example.org/app/#/people");
        assert_eq!(link, format!("https://example.org/app/#/meet/{text}"));
        for around in [text.clone(), link, format!(" {text}\n"), format!("{}\n{}", &text[..9], &text[9..])] {
            let read = Invitation::from_text(&around).unwrap();
            assert_eq!((read.tag(), read.to_text()), (invitation.tag(), text.clone()), "{around}");
        }
        assert_eq!(invitation.tag_hex().len(), 32);
        assert_eq!(format!("{invitation:?}"), "Invitation(…)");
    }

    #[test]
    fn an_invitation_that_was_cut_or_changed_is_refused() {
        let text = Invitation::make(&mut test_rng(2)).to_text();
        for length in 0..text.len() {
            assert_eq!(Invitation::from_text(&text[..length]).err(), Some(InvitationError::Other), "{length}");
            let link = format!("https://example.org/#/meet/{}", &text[..length]);
            assert_eq!(Invitation::from_text(&link).err(), Some(InvitationError::Damaged), "{length}");
        }
        let letters = (b'A'..=b'Z').chain(b'a'..=b'z').chain(b'0'..=b'9').chain(*b"-_").map(char::from);
        for (at, letter) in text.char_indices() {
            for other in letters.clone().filter(|other| *other != letter) {
                let changed = format!("{}{other}{}", &text[..at], &text[at + 1..]);
                assert!(Invitation::from_text(&changed).is_err(), "{changed}");
            }
        }
        for other in
            ["", "Broken", "https://example.org/", "https://example.org/#/connect/AAAA", "¿?", &"A".repeat(5000)]
        {
            assert_eq!(Invitation::from_text(other).err(), Some(InvitationError::Other), "{other}");
        }
    }

    #[test]
    fn an_invitation_of_a_newer_version_says_so_whatever_its_length() {
        for length in [24, 50] {
            let newer = URL_SAFE_NO_PAD.encode([&[1][..], &vec![9; length]].concat());
            assert_eq!(Invitation::from_text(&newer).err(), Some(InvitationError::TooNew));
        }
        let short = URL_SAFE_NO_PAD.encode([1, 9]);
        let link = format!("http://localhost/#/meet/{short}");
        assert_eq!(Invitation::from_text(&link).err(), Some(InvitationError::TooNew));
    }

    #[test]
    fn the_room_is_at_the_root_of_the_apps_host() {
        let invitation = Invitation::make(&mut test_rng(3));
        let tag = invitation.tag_hex();
        for (app, room) in [
            ("https://example.org/app/", "wss://example.org"),
            ("http://127.0.0.1:8080/#/meet/x", "ws://127.0.0.1:8080"),
            (" HTTPS://[::1]:9?x=1", "wss://[::1]:9"),
        ] {
            assert_eq!(invitation.room_address(app), Ok(format!("{room}/v0/meet/{tag}")));
        }
        for none in
            ["", "example.org", "file:///tmp/x", "https://", "https://a@b/", "https://a b/", &invitation.to_text()]
        {
            assert_eq!(invitation.room_address(none), Err(InvitationError::NoAddress), "{none}");
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod properties {
    use super::*;

    proptest::proptest! {
        #[test]
        fn every_secret_comes_back(secret: [u8; 16]) {
            let invitation = Invitation::of(secret);
            let read = Invitation::from_text(&invitation.to_link("https://example.org/")).unwrap();
            proptest::prop_assert_eq!(read.secret.expose(), &secret);
        }

        #[test]
        fn no_text_is_too_strange(text: String) {
            let _ = Invitation::from_text(&text);
            let _ = Invitation::of([1; 16]).room_address(&text);
        }
    }
}
