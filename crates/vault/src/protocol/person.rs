use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// A secret in words, wiped from memory when dropped and never shown by `Debug`.
#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Secret(pub String);

impl core::fmt::Debug for Secret {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// 32 secret bytes, wiped from memory when dropped and never shown by `Debug`.
#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct SecretBytes(pub [u8; 32]);

impl core::fmt::Debug for SecretBytes {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("SecretBytes(…)")
    }
}

/// What a browser has to ask a passkey with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasskeyCard {
    /// Which passkey.
    pub credential: Vec<u8>,
    /// What its pseudo-random function (WebAuthn, extension `prf`) is asked with.
    pub salt: [u8; 32],
}

/// 32 lower-case hex digits: a person of this browser profile.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PersonId(pub String);

/// A person on the lock screen. No name: whoever holds the computer learns how many people use it, not who they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonCard {
    /// Who; empty for somebody who only tries the app with a made-up person.
    pub id: PersonId,
    /// Number of the emblem (picture and word) that tells people apart on the lock screen, 0 to 23.
    pub emblem: u8,
    /// When this person was added, milliseconds since 1970.
    pub created_ms: i64,
    /// The passkey that unlocks beside the passphrase, if there is one.
    pub passkey: Option<PasskeyCard>,
}

/// Why words are not a person's recovery words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum WordsProblem {
    /// Not 24 words, but so many.
    Count(u32),
    /// Words at these places (first is 1) are not in the list of words.
    Unknown(Vec<u8>),
    /// Words at these places (first is 1) differ from those that are kept until the recovery card is done.
    Differ(Vec<u8>),
    /// With another word at this place they would be right.
    Word {
        /// First is 1.
        place: u8,
        /// The word that belongs there.
        meant: String,
    },
    /// With these two in each other's places they would be right.
    Swapped {
        /// First is 1.
        first: u8,
        /// The other.
        second: u8,
    },
    /// Somebody else's, or with more than one slip.
    OthersWords,
}

impl From<chartchain_keys::WordsError> for WordsProblem {
    fn from(error: chartchain_keys::WordsError) -> Self {
        match error {
            chartchain_keys::WordsError::Count(count) => Self::Count(u32::try_from(count).unwrap_or(u32::MAX)),
            chartchain_keys::WordsError::Unknown(places) => Self::Unknown(places),
            chartchain_keys::WordsError::Checksum => Self::OthersWords,
        }
    }
}

impl From<chartchain_keys::Slip> for WordsProblem {
    fn from(slip: chartchain_keys::Slip) -> Self {
        match slip {
            chartchain_keys::Slip::Word { place, meant } => Self::Word { place, meant },
            chartchain_keys::Slip::Swapped { first, second } => Self::Swapped { first, second },
        }
    }
}

/// What the person chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Minutes without activity after which keys are forgotten, 1 to 15.
    pub auto_lock_minutes: u8,
    /// Language tag, for example `en`.
    pub language: String,
    /// Text size in percent, 100 to 200.
    pub text_percent: u16,
    /// `light`, `dark` or `system`.
    pub theme: Theme,
}

/// Colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    /// As the device says.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}
