use chartchain_keys::{DevicePublic, VerifyKey};
use chartchain_ledger::{ForkProof, Frontier, Hash};

#[cfg(doc)]
use crate::Session;

/// Why a session is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum End {
    /// One of the two sides has ended it.
    #[error("the other side ended the session")]
    Left,
    /// What came was changed on its way, or is not of this session.
    #[error("what came was changed on its way")]
    Changed,
    /// The other side does not keep to the protocol.
    #[error("the other side sent what makes no sense here")]
    Senseless,
    /// The other side did not show what it had bound itself to: somebody may sit between the two.
    #[error("somebody may sit between the two devices")]
    Between,
}

impl End {
    pub(crate) const fn code(self) -> u64 {
        match self {
            Self::Left => 0,
            Self::Changed => 1,
            Self::Senseless => 2,
            Self::Between => 3,
        }
    }
}

/// What happened in a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Both sides have the keys of the session.
    Opened,
    /// Both sides hold this ledger, as they say.
    Common {
        /// Which.
        ledger: Hash,
        /// They hold the same of it.
        same: bool,
    },
    /// The other side holds the key of this feed. Whether it may have anything is for the driver to say: [`Session::admit`],
    /// [`Session::ask_introduction`] or [`Session::shut`].
    Member {
        /// Of which ledger.
        ledger: Hash,
        /// Whose feed.
        feed: VerifyKey,
    },
    /// The other side does not know the feed of this device: [`Session::introduce`].
    Stranger {
        /// In which ledger.
        ledger: Hash,
    },
    /// The other side gives this device nothing of a ledger.
    Shut {
        /// Which.
        ledger: Hash,
    },
    /// The first block of the feed of the other side, which was not known here, or, before it, that of whoever let it in.
    Introduced {
        /// In which ledger.
        ledger: Hash,
        /// The feed that it has proved to hold the key of.
        feed: VerifyKey,
        /// As it came.
        header: Vec<u8>,
        /// As it came.
        body: Vec<u8>,
    },
    /// What the other side holds, durably.
    Frontier {
        /// Of which ledger.
        ledger: Hash,
        /// Where its feeds end.
        frontier: Frontier,
        /// It may be given what it lacks.
        wants: bool,
    },
    /// A block. When it is stored or refused: [`Session::done`].
    Block {
        /// Of which ledger.
        ledger: Hash,
        /// As it came.
        header: Vec<u8>,
        /// As it came.
        body: Vec<u8>,
        /// What [`Session::done`] has to be told.
        bytes: u64,
    },
    /// A proof of a fork that the other side knows of.
    Fork {
        /// Of which ledger.
        ledger: Hash,
        /// It was checked.
        proof: Box<ForkProof>,
    },
    /// The other side refused a block.
    Refused {
        /// Of which ledger.
        ledger: Hash,
        /// Which.
        block: Hash,
        /// Why, as the driver there says it.
        code: u64,
    },
    /// The number that both people compare: nine digits.
    Code(u32),
    /// Whether the person at the other side sees the same number, as they say.
    Same(bool),
    /// The other side asks to be let into a ledger. Both people have said before that they see the same number.
    Asked {
        /// The keys with which it would write.
        device: Box<DevicePublic>,
        /// What it calls itself.
        name: String,
    },
    /// The other side lets this one into a ledger.
    Invited {
        /// Header and body of the first block.
        genesis: (Vec<u8>, Vec<u8>),
        /// Body of the enrolment.
        enrolment: Vec<u8>,
    },
    /// It is over.
    Ended(End),
}
