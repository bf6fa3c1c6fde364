use core::fmt;

use serde::{Deserialize, Serialize};

use super::LedgerId;

/// Longest letter, bytes: what a mailbox of a relay takes.
pub const MAX_LETTER_BYTES: u64 = 8 * 1024 * 1024;

/// Names a mailbox. Whoever knows it may use what is in there, so that it is not to be shown or logged.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailTag(pub [u8; 16]);

impl MailTag {
    /// As it stands in an address, 32 lower-case hex digits.
    #[must_use]
    pub fn to_hex(self) -> String {
        crate::profile::to_hex(&self.0)
    }
}

impl fmt::Debug for MailTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailTag(…)")
    }
}

/// Letters that come and go.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailboxes {
    /// Where letters for this device are left, one for each record that it shares.
    pub own: Vec<MailTag>,
    /// Who lacks something that is in no letter yet, or waits for an answer, and is not connected.
    pub due: Vec<LetterDue>,
}

/// A letter that is to be written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterDue {
    /// Of which record.
    pub ledger: LedgerId,
    /// Feed key of the device, hex.
    pub to: String,
    /// Where it is to be left.
    pub tag: MailTag,
}

/// A letter: a sealed parcel, at most [`MAX_LETTER_BYTES`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// SHA-256 of its bytes, hex: its name in the mailbox.
    pub name: String,
    /// The parcel.
    pub bytes: Vec<u8>,
    /// How far it goes, to be told back when it lies there.
    pub mark: LetterMark,
}

/// How far a letter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterMark {
    /// Number of arrival of the first block that it was written from.
    pub from: u32,
    /// Number of arrival of the first block that it does not reach.
    pub before: u32,
    /// Digest of what it says that this device holds.
    pub told: [u8; 32],
}
