//! Parcels: what one device gives others of a ledger in one direction, as a file, through a mailbox, or in pictures. Sealed to
//! its recipients, signed by its sender, and of the same effect however often and in whatever order it comes.

mod plain;
mod reader;
mod writer;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod parcel_test;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod strangers_test;

use chartchain_keys::{VerifyKey, WrapError};
use chartchain_ledger::{CborError, ForkProof, Frontier, Hash};

pub use reader::ParcelReader;
pub use writer::ParcelWriter;

/// Longest content of a parcel, bytes, before it is sealed.
pub const MAX_PARCEL_BYTES: u64 = 1024 * 1024 * 1024;
/// Most fork proofs in a parcel.
pub const MAX_PARCEL_FORKS: usize = 64;
/// Most introductions in a parcel.
pub const MAX_PARCEL_INTRODUCTIONS: usize = 16;

/// How a parcel begins.
const MAGIC: &[u8] = b"chartchain parcel v0\n";
/// How a parcel of any version begins.
const MAGIC_ANY: &[u8] = b"chartchain parcel v";
const FORMAT: u64 = 0;

/// What a parcel says before its blocks.
#[derive(Debug, Clone, Copy)]
pub struct ParcelHead<'a> {
    /// Of which ledger it is.
    pub ledger: Hash,
    /// When it was made by the sender's clock, milliseconds since 1970. Never a rule.
    pub made_ms: u64,
    /// What the sender holds, durably.
    pub frontier: &'a Frontier,
    /// The sender asks for a parcel of what is lacking in its frontier.
    pub wants: bool,
    /// Proofs of the forks that it knows of, at most 64.
    pub forks: &'a [ForkProof],
    /// First blocks of the devices that let each other in, from one that a founder let in to the sender's own, at most 16.
    /// None where every recipient knows the sender.
    pub introductions: &'a [Introduction],
    /// Lets the one recipient into the ledger, which does not hold it yet.
    pub invitation: Option<&'a Invitation>,
}

/// Lets a device into a ledger, as in a session: the first block of the ledger, and what the device is let in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Header and body of the first block, bytes.
    pub genesis: (Vec<u8>, Vec<u8>),
    /// Body of the enrolment, bytes.
    pub enrolment: Vec<u8>,
}

/// The first block of a device's feed, so that it is known for what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Introduction {
    /// Header, bytes.
    pub header: Vec<u8>,
    /// Body, bytes.
    pub body: Vec<u8>,
}

/// What comes out of a parcel, one after the other: one start, proofs of forks, blocks, one end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParcelRecord {
    /// Says who has sent it, so that it can be shown or refused. Nobody has proved it yet.
    Start {
        /// The feed of the sender, as it says.
        sender: VerifyKey,
        /// When it was made, as it says, milliseconds since 1970.
        made_ms: u64,
    },
    /// A proof of a fork in this ledger. It was checked, and needs nothing else.
    Fork(Box<ForkProof>),
    /// A block as it came. It is judged like any other, whoever brought it.
    Block {
        /// Header, bytes.
        header: Vec<u8>,
        /// Body, bytes.
        body: Vec<u8>,
    },
    /// All of it was here, unchanged, and the sender has signed it for the holders of the keys that it is sealed to.
    End(Box<Receipt>),
}

/// What a sender has signed. It says what the sender held when it made the parcel. One that comes late or again says less than is
/// known already, and takes nothing of it away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// In which ledger.
    pub ledger: Hash,
    /// Whose feed signed it. Whether that may give or be given anything is for the driver to say.
    pub sender: VerifyKey,
    /// When, by the sender's clock, milliseconds since 1970.
    pub made_ms: u64,
    /// What the sender held, durably.
    pub frontier: Frontier,
    /// The sender asks for what it lacked.
    pub wants: bool,
    /// Who the sender is, if it thought that somebody may not know. They were not judged.
    pub introductions: Vec<Introduction>,
    /// What the receiver is let in with. It was not judged.
    pub invitation: Option<Invitation>,
}

/// Why a parcel cannot be read or made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParcelError {
    /// It is something else.
    #[error("this is no parcel")]
    NotAParcel,
    /// A newer version made it: this one has to be renewed first.
    #[error("the parcel was made by a newer version ({0})")]
    TooNew(u64),
    /// It is sealed to others: the sender has to choose this device.
    #[error("the parcel is not for this device")]
    NotForThisDevice,
    /// It was sealed to a key of one ledger and speaks of another one.
    #[error("the parcel speaks of another record than the one that it was sealed for")]
    OtherLedger,
    /// It was changed on its way, or badly made: it has to be sent again.
    #[error("the parcel was changed, or badly made")]
    Damaged,
    /// Its end is missing: it has to be copied or sent again.
    #[error("the parcel is not whole")]
    CutOff,
    /// It holds more than a parcel may hold: the sender has to make several.
    #[error("the parcel is too large")]
    TooLarge,
    /// Its sender has not signed this for this device. Somebody else may have put it together.
    #[error("the parcel was not signed by the device that it names as its sender")]
    Signature,
    /// There is nobody to seal it to, there are more than 16, or a key is malformed.
    #[error("the parcel cannot be sealed to these devices: {0}")]
    Recipients(WrapError),
}

impl From<CborError> for ParcelError {
    fn from(error: CborError) -> Self {
        match error {
            CborError::Truncated => Self::CutOff,
            _ => Self::Damaged,
        }
    }
}
