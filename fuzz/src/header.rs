//! Envelopes, headers and first blocks as a stranger sends them.

use chartchain_ledger::{Envelope, ForkProof, Genesis, Ledger, Verified, VerifiedHeader};

use crate::world;

/// Reads the bytes as everything that begins with an envelope, and offers them to a ledger.
pub fn run(bytes: &[u8]) {
    if let Ok((envelope, rest)) = Envelope::read(bytes) {
        assert!(rest.len() < bytes.len(), "an envelope of no bytes");
        assert_eq!(
            envelope.name(),
            Envelope::read(bytes).map(|(envelope, _)| envelope.name()).unwrap_or(envelope.name())
        );
    }
    let checked: Result<Verified<VerifiedHeader>, _> = Verified::check(bytes);
    let (header, body) = world::genesis();
    if let Ok(mut ledger) = Ledger::open(&header, &body) {
        let before = ledger.state_hash();
        let taken = ledger.offer(bytes).is_ok();
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
