//! A ledger with several devices, for the tests of this crate.

use chartchain_keys::{
    CompartmentId, DeviceKeys, EpochId, KeyEpoch, Keyring, RecoveryWords, TestRng, VerifyKey, test_rng,
};

use crate::header::{Envelope, HeaderV0};
use crate::{Body, Class, Founding, Genesis, Hash, Ledger, Offer, Place, Segment, SegmentDraft, SignedBlock};

/// What the clocks of all devices show.
pub(crate) const NOW_MS: u64 = 1_700_000_000_000;

pub(crate) struct World {
    pub(crate) genesis: SignedBlock,
    pub(crate) epoch: KeyEpoch,
    pub(crate) words: RecoveryWords,
    /// The founder first.
    pub(crate) devices: Vec<DeviceKeys>,
    pub(crate) rng: TestRng,
}

impl World {
    pub(crate) fn new(seed: u64, devices: usize) -> Self {
        let mut rng = test_rng(seed);
        let devices: Vec<DeviceKeys> = (0..devices).map(|_| DeviceKeys::make(&mut rng)).collect();
        let words = RecoveryWords::make(&mut rng);
        let recovery = words.derive_keys(0).public().unwrap();
        let founding = Founding {
            made_up: true,
            recovery: &recovery,
            recovery_number: 0,
            device: &devices[0],
            claimed_ms: NOW_MS,
        };
        let others: Vec<_> = devices[1..].iter().map(|device| device.public().unwrap()).collect();
        let (genesis, epoch) = Genesis::found(&founding, &others, &mut rng).unwrap();
        Self { genesis, epoch, words, devices, rng }
    }

    /// A fresh replica that holds the genesis only.
    pub(crate) fn replica(&self) -> Ledger {
        Ledger::open(&self.genesis.header, &self.genesis.body).unwrap()
    }

    pub(crate) fn feed(&self, device: usize) -> VerifyKey {
        self.devices[device].feed.verify_key()
    }

    pub(crate) fn place(&self, device: usize, seq: u64) -> Place {
        Place { ledger: self.genesis.hash, feed: self.feed(device), seq }
    }

    pub(crate) fn epoch_id(&self) -> EpochId {
        EpochId(self.genesis.hash.0)
    }

    pub(crate) fn keyring(&self) -> Keyring {
        let mut keyring = Keyring::default();
        keyring.insert(self.epoch_id(), self.epoch.clone());
        keyring
    }

    pub(crate) fn segment(&mut self, compartment: u8, place: Place, entries: &[Vec<u8>]) -> Segment<'static> {
        let (compartment, epochs) = (CompartmentId(compartment), vec![self.epoch_id()]);
        let key = self.keyring().derive_key(compartment, &epochs).unwrap();
        let mut draft = SegmentDraft::new(compartment, &key, epochs, place, (0, 0), &mut self.rng);
        for entry in entries {
            draft.push(entry, &mut self.rng).unwrap();
        }
        draft.finish()
    }

    /// What a device signs next, with what a replica holds. It is not offered to the replica.
    pub(crate) fn sign(&self, replica: &Ledger, device: usize, class: Class, note: &str) -> SignedBlock {
        let body = match class {
            Class::Data => Body::Segments(Vec::new()),
            Class::Control | Class::Ack | Class::Erase => Body::Open(note.as_bytes().to_vec().into()),
        };
        let draft = replica.draft(&self.feed(device)).unwrap();
        draft.sign(class, NOW_MS, Vec::new(), &body, &self.devices[device].feed)
    }

    /// What a device signs next, taken in by the replica.
    pub(crate) fn write(&self, replica: &mut Ledger, device: usize, class: Class, note: &str) -> SignedBlock {
        let block = self.sign(replica, device, class, note);
        assert!(matches!(replica.offer_with_body(&block.header, &block.body), Ok(Offer::Accepted(_))));
        block
    }

    /// The rest of a header that fits after the genesis alone.
    pub(crate) fn rest(&self) -> HeaderV0 {
        HeaderV0 {
            parents: vec![self.genesis.hash],
            control_head: self.genesis.hash,
            witness_epoch: 0,
            lamport: 1,
            claimed_ms: NOW_MS,
            class: Class::Ack,
            needs: Vec::new(),
            content_root: Body::Open(b"".into()).content_root(),
            body_bytes: 0,
        }
    }

    /// Signs whatever a hostile device would.
    pub(crate) fn craft(&self, device: usize, seq: u64, prev: Hash, rest: &HeaderV0) -> (Hash, Vec<u8>) {
        self.craft_raw(self.genesis.hash, device, seq, prev, &rest.write())
    }

    pub(crate) fn craft_raw(&self, ledger: Hash, device: usize, seq: u64, prev: Hash, rest: &[u8]) -> (Hash, Vec<u8>) {
        let envelope = Envelope::sign(ledger, seq, prev, Hash::of(&[rest]), &self.devices[device].feed);
        (envelope.name(), envelope.write(rest))
    }
}

/// A permutation that a number decides.
pub(crate) fn shuffled<T: Clone>(items: &[T], seed: u64) -> Vec<T> {
    use rand_core::Rng;
    let mut rng = test_rng(seed);
    let mut left = items.to_vec();
    let mut order = Vec::new();
    while !left.is_empty() {
        let at = usize::try_from(rng.next_u64() % left.len() as u64).unwrap();
        order.push(left.swap_remove(at));
    }
    order
}

/// Every permutation.
pub(crate) fn permutations<T: Clone>(items: &[T]) -> Vec<Vec<T>> {
    if items.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for at in 0..items.len() {
        let mut rest = items.to_vec();
        let first = rest.remove(at);
        for mut tail in permutations(&rest) {
            tail.insert(0, first.clone());
            all.push(tail);
        }
    }
    all
}
