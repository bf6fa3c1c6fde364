//! Blocks, feeds and the rules that make a ledger: what is well formed, who signed it, what follows what.
//!
//! The crate does no IO and has no clock. Received bytes are what is hashed, checked and kept; nothing is verified by
//! encoding it anew. It knows nothing of FHIR, of storage or of languages: an entry is opaque bytes here.

mod author;
mod body;
mod cbor;
mod chain;
mod control;
mod enrolment;
mod erasure;
mod feed;
mod fork;
mod frontier;
mod genesis;
mod hash;
mod header;
mod ledger;
mod merkle;
mod parking;
mod segment;

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod body_test;
#[cfg(test)]
mod chain_test;
#[cfg(test)]
mod enrolment_test;
#[cfg(test)]
mod fork_test;
#[cfg(test)]
mod genesis_test;
#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod header_test;
#[cfg(test)]
mod merkle_vectors_test;
#[cfg(test)]
mod order_test;
#[cfg(test)]
mod world_test;

#[cfg(all(test, target_arch = "wasm32"))]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

pub use author::{Draft, SignedBlock};
pub use body::{Body, BodyError, CHUNK_BYTES, Held};
pub use cbor::{CborError, Reader as CborReader, Writer as CborWriter};
pub use chain::ControlState;
pub use control::{
    Change, Control, ControlError, DomainId, MAX_CHANGES, MAX_NAME_BYTES, Membership, Proof, Proposal, Role,
};
pub use enrolment::{Authority, Enrolment, EnrolmentError};
pub use erasure::{ErasedRows, Erasure, MAX_ERASED_RUNS};
pub use feed::FeedView;
pub use fork::{ForkError, ForkProof, MAX_FORK_PROOF_BYTES};
pub use frontier::Frontier;
pub use genesis::{Founding, Genesis, GenesisError, read_device_bytes, write_device_bytes};
pub use hash::Hash;
pub use header::{
    Class, Envelope, HeaderError, HeaderV0, MAX_HEADER_BYTES, MAX_NEEDS, MAX_PARENTS, Verified, VerifiedHeader,
};
pub use ledger::{Blame, BlockMeta, Ledger, Offer, OpenError, Refusal, Standing};
pub use merkle::{
    ConsistencyError, InclusionError, consistency_proof, inclusion_proof, leaf_hash, merkle_root, verify_consistency,
    verify_inclusion, verify_subtree_consistency, verify_subtree_inclusion,
};
pub use segment::{
    EntryCommitment, MAX_ENTRY_BYTES, MAX_ROWS, MAX_SEGMENT_BYTES, OpenSegment, Place, Segment, SegmentDraft,
    SegmentError, padme,
};
