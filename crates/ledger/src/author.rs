use chartchain_keys::SigningKey;

use crate::header::{Envelope, HeaderV0};
use crate::{Body, Class, Hash};

/// A block before it is signed.
#[derive(Debug, Clone)]
pub struct Draft {
    pub(crate) ledger: Hash,
    pub(crate) seq: u64,
    pub(crate) prev: Hash,
    pub(crate) parents: Vec<Hash>,
    pub(crate) control_head: Hash,
    pub(crate) witness_epoch: u64,
    pub(crate) lamport: u64,
}

/// A signed header with its body, ready to be stored. Nothing is acknowledged or sent before it is durable.
#[derive(Debug, Clone)]
pub struct SignedBlock {
    /// The block's name, [`Envelope::name`].
    pub hash: Hash,
    /// The header's bytes.
    pub header: Vec<u8>,
    /// The body's bytes.
    pub body: Vec<u8>,
}

impl Draft {
    /// The draft of a genesis.
    pub(crate) const fn genesis() -> Self {
        Self {
            ledger: Hash::ZERO,
            seq: 0,
            prev: Hash::ZERO,
            parents: Vec::new(),
            control_head: Hash::ZERO,
            witness_epoch: 0,
            lamport: 0,
        }
    }

    /// Its place in the feed: segments are sealed for it.
    pub const fn seq(&self) -> u64 {
        self.seq
    }

    /// Signs. `claimed_ms` is what this device's clock shows, `needs` the blocks that the effect depends on.
    pub fn sign(
        self,
        class: Class,
        claimed_ms: u64,
        mut needs: Vec<Hash>,
        body: &Body<'_>,
        key: &SigningKey,
    ) -> SignedBlock {
        needs.sort_unstable();
        needs.dedup();
        let bytes = body.write();
        let rest = HeaderV0 {
            parents: self.parents,
            control_head: self.control_head,
            witness_epoch: self.witness_epoch,
            lamport: self.lamport,
            claimed_ms,
            class,
            needs,
            content_root: body.content_root(),
            body_bytes: bytes.len() as u64,
        }
        .write();
        let envelope = Envelope::sign(self.ledger, self.seq, self.prev, Hash::of(&[&rest]), key);
        let header = envelope.write(&rest);
        SignedBlock { hash: envelope.name(), header, body: bytes }
    }
}
