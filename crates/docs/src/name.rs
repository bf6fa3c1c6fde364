use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What a document is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DocumentKind {
    /// What the person tells about themselves.
    Profile,
    /// Tasks.
    CarePlan,
    /// A text with a title.
    Note,
}

impl DocumentKind {
    /// Its number in stored entries.
    pub const fn number(self) -> u8 {
        match self {
            Self::Profile => 0,
            Self::CarePlan => 1,
            Self::Note => 2,
        }
    }

    /// The reverse of [`DocumentKind::number`].
    pub const fn from_number(number: u64) -> Option<Self> {
        match number {
            0 => Some(Self::Profile),
            1 => Some(Self::CarePlan),
            2 => Some(Self::Note),
            _ => None,
        }
    }
}

/// A document of a ledger. There is one profile and one care plan; each note is a document of its own, so that one can be
/// given, forgotten or erased without the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DocumentName {
    /// What it is about.
    pub kind: DocumentKind,
    /// Random for a note, zeros for the others.
    pub id: [u8; 16],
}

impl DocumentName {
    /// What the person tells about themselves.
    pub const PROFILE: Self = Self { kind: DocumentKind::Profile, id: [0; 16] };
    /// The care plan.
    pub const CARE_PLAN: Self = Self { kind: DocumentKind::CarePlan, id: [0; 16] };

    /// A note.
    pub const fn note(id: [u8; 16]) -> Self {
        Self { kind: DocumentKind::Note, id }
    }

    /// Whether there can be such a document.
    pub fn is_valid(&self) -> bool {
        matches!(self.kind, DocumentKind::Note) || self.id == [0; 16]
    }
}

/// Who writes a change: a device in a ledger. Every change of it carries this as the end of its actor id, so that a change
/// in somebody else's block is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Author(pub [u8; 16]);

impl Author {
    /// The author that a feed is in a ledger.
    pub fn derive(ledger: &[u8; 32], feed: &[u8; 32]) -> Self {
        let hash = Sha256::new()
            .chain_update(b"chartchain.document-author.v0")
            .chain_update(ledger)
            .chain_update(feed)
            .finalize();
        let mut short = [0; 16];
        for (to, from) in short.iter_mut().zip(hash) {
            *to = from;
        }
        Self(short)
    }
}

/// A state of a document: the names of its newest changes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version(pub Vec<[u8; 32]>);
