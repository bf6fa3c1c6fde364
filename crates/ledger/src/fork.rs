use crate::cbor::{CborError, Reader, Writer};
use crate::header::Envelope;
use chartchain_keys::{VerifyError, VerifyKey};

/// Longest fork proof.
pub const MAX_FORK_PROOF_BYTES: usize = 1024;

const VERSION: u64 = 0;

/// Why bytes prove no fork.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ForkError {
    /// Not a proof's form.
    #[error("fork proof is malformed: {0}")]
    Malformed(#[from] CborError),
    /// The two are not for the same place of the same feed, or they are the same.
    #[error("the two blocks do not contradict each other")]
    NoContradiction,
    /// The two are not in their order: a proof has one form only.
    #[error("the two blocks are out of order")]
    Order,
    /// One of the signatures does not hold, so it proves nothing against the author.
    #[error("{0}")]
    Signature(#[from] VerifyError),
}

/// Two envelopes that one key signed for one place in its feed. It stands for itself: whoever has it needs nothing
/// else to be convinced. It accuses nobody: a restored backup forks an honest device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForkProof {
    first: Envelope,
    second: Envelope,
}

impl ForkProof {
    /// From two envelopes; order does not matter, the result is the same.
    pub fn new(one: Envelope, other: Envelope) -> Result<Self, ForkError> {
        let proof = Self::from_verified(one, other).ok_or(ForkError::NoContradiction)?;
        proof.first.verify_signature()?;
        proof.second.verify_signature()?;
        Ok(proof)
    }

    /// From two envelopes whose signatures were checked. `None` if they do not contradict each other.
    pub(crate) fn from_verified(one: Envelope, other: Envelope) -> Option<Self> {
        let same_place = one.ledger == other.ledger && one.feed == other.feed && one.seq == other.seq;
        if !same_place || one.signed_bytes() == other.signed_bytes() {
            return None;
        }
        let in_order = one.signed_bytes() < other.signed_bytes();
        let (first, second) = if in_order { (one, other) } else { (other, one) };
        Some(Self { first, second })
    }

    /// Whose feed forked.
    pub const fn feed(&self) -> VerifyKey {
        self.first.feed
    }

    /// Where.
    pub const fn seq(&self) -> u64 {
        self.first.seq
    }

    /// In which ledger (zero: two different genesis blocks by one key).
    pub const fn ledger(&self) -> crate::Hash {
        self.first.ledger
    }

    /// CBOR array of version and both envelopes without their rests; under 1 KiB.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::with_capacity(512);
        writer.array(3).uint(VERSION);
        for envelope in [&self.first, &self.second] {
            writer.array(8);
            envelope.write_fields(&mut writer);
        }
        writer.take()
    }

    /// Reads and checks a proof from anywhere.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ForkError> {
        if bytes.len() > MAX_FORK_PROOF_BYTES {
            return Err(CborError::Length.into());
        }
        let mut reader = Reader::new(bytes);
        reader.array(3)?;
        if reader.uint()? != VERSION {
            return Err(CborError::Type.into());
        }
        let mut envelope = || {
            reader.array(8)?;
            Envelope::read_fields(&mut reader)
        };
        let (one, other) = (envelope()?, envelope()?);
        reader.finish()?;
        if one.signed_bytes() > other.signed_bytes() {
            return Err(ForkError::Order);
        }
        Self::new(one, other)
    }
}
