//! Envelopes, headers and first blocks as a stranger sends them.

use chartchain_ledger::{Envelope, ForkProof, Genesis, Ledger, Offer, Verified, VerifiedHeader};

use crate::world;

/// Reads the bytes as everything that begins with an envelope, and offers them to a ledger.
pub fn run(bytes: &[u8]) {
    if let Ok((envelope, rest)) = Envelope::read(bytes) {
        assert!(rest.len() < bytes.len(), "an envelope of no bytes");
        let _ = envelope.verify_signature();
    }
    let checked: Result<Verified<VerifiedHeader>, _> = Verified::check(bytes);
    let (header, body) = world::genesis();
    if let Ok(mut ledger) = Ledger::open(&header, &body) {
        let before = ledger.state_hash();
        // A name that is known is not looked at again: whatever signature comes with it has no effect.
        let taken = matches!(ledger.offer(bytes), Ok(offer) if offer != Offer::Known);
        assert!(!taken || checked.is_ok(), "a header that was not verified was taken");
        assert!(taken || ledger.state_hash() == before, "a header that was refused left something");
    }
    let _ = Genesis::read(bytes);
    if let Ok(proof) = ForkProof::from_bytes(bytes) {
        assert_eq!(proof.to_bytes(), bytes, "a proof has two forms");
    }
}

/// A first block and one after it.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let (header, body) = world::genesis();
    vec![header, body, world::next_block().0]
}
