use chartchain_keys::{DeviceKeys, EpochId, Keyring, RecoveryWords};

use crate::world_test::{NOW_MS, World};
use crate::{
    Class, Control, ControlError, Founding, Genesis, Handover, Hash, Ledger, Offer, Refusal, Retired, SignedBlock,
    Standing,
};

/// A ledger whose recovery words are known.
struct Restored {
    words: RecoveryWords,
    genesis: SignedBlock,
    keyring: Keyring,
    old: DeviceKeys,
    new: DeviceKeys,
    rng: chartchain_keys::TestRng,
}

impl Restored {
    fn new() -> Self {
        let mut rng = chartchain_keys::test_rng(31);
        let words = RecoveryWords::make(&mut rng);
        let (old, new) = (DeviceKeys::make(&mut rng), DeviceKeys::make(&mut rng));
        let recovery = words.derive_keys(3).public().unwrap();
        let founding =
            Founding { made_up: false, recovery: &recovery, recovery_number: 3, device: &old, claimed_ms: NOW_MS };
        let (genesis, epoch) = Genesis::found(&founding, &[], &mut rng).unwrap();
        let mut keyring = Keyring::default();
        keyring.insert(EpochId(genesis.hash.0), epoch);
        Self { words, genesis, keyring, old, new, rng }
    }

    fn ledger(&self) -> Ledger {
        Ledger::open(&self.genesis.header, &self.genesis.body).unwrap()
    }

    fn handover(&mut self, ledger: &Ledger, retired: Vec<Retired>) -> SignedBlock {
        let device = self.new.public().unwrap();
        let handover = Handover::make(&ledger.id(), device, retired, &self.keyring, &mut self.rng).unwrap();
        let key = self.words.derive_keys(ledger.genesis().recovery_number).signing;
        let draft = ledger.draft(&key.verify_key()).unwrap();
        draft.sign(Class::Control, NOW_MS, Vec::new(), &handover.to_body(), &key)
    }

    fn write(&self, ledger: &Ledger, device: &DeviceKeys) -> Option<SignedBlock> {
        let body = crate::Body::Segments(Vec::new());
        Some(ledger.draft(&device.feed.verify_key())?.sign(Class::Data, NOW_MS, Vec::new(), &body, &device.feed))
    }
}

fn take(ledger: &mut Ledger, block: &SignedBlock) {
    assert!(matches!(ledger.offer(&block.header), Ok(Offer::Accepted(_))));
}

#[test]
fn the_recovery_key_lets_a_new_device_write_and_read() {
    let mut world = Restored::new();
    let mut ledger = world.ledger();
    assert!(world.write(&ledger, &world.new).is_none(), "not yet a device");
    let block = world.handover(&ledger, Vec::new());
    take(&mut ledger, &block);
    let Ok(Control::Handover(handover)) = ledger.learn_control(&block.hash, &block.body) else { panic!() };
    let epochs = handover.unwrap(&ledger.id(), &world.new.wrap).unwrap();
    let (id, epoch) = world.keyring.epochs().next().unwrap();
    assert_eq!((epochs.len(), epochs[0].0, epochs[0].1.expose().to_vec()), (1, *id, epoch.expose().to_vec()));
    for device in [&world.new, &world.old] {
        let next = world.write(&ledger, device).unwrap();
        take(&mut ledger, &next);
        assert_eq!(ledger.standing(ledger.block(&next.hash).unwrap()), Standing::Good);
    }
}

#[test]
fn a_feed_that_was_ended_never_writes_again_and_what_it_wrote_after_is_set_aside() {
    let mut world = Restored::new();
    let mut ahead = world.ledger();
    let kept = world.write(&ahead, &world.old).unwrap();
    take(&mut ahead, &kept);
    let behind = world.ledger();
    let late = world.write(&ahead, &world.old).unwrap();
    let end = Retired { feed: world.old.feed.verify_key(), length: 2 };
    let block = world.handover(&behind, vec![end]);
    // The late block comes before the handover on one device and after it on the other.
    let mut other = world.ledger();
    for (ledger, blocks) in [(&mut ahead, [&late, &block]), (&mut other, [&block, &late])] {
        take_all(ledger, &kept);
        for next in blocks {
            take(ledger, next);
            if next.hash == block.hash {
                ledger.learn_control(&block.hash, &block.body).unwrap();
            }
        }
        let standing = |hash: &Hash| ledger.standing(ledger.block(hash).unwrap());
        assert_eq!((standing(&kept.hash), standing(&late.hash)), (Standing::Good, Standing::Quarantined));
        assert!(world.write(ledger, &world.old).is_none());
        assert!(world.write(ledger, &world.new).is_some());
    }
    assert_eq!(ahead.state_hash(), other.state_hash());
}

fn take_all(ledger: &mut Ledger, block: &SignedBlock) {
    assert!(matches!(ledger.offer(&block.header), Ok(Offer::Accepted(_) | Offer::Known)));
}

#[test]
fn the_recovery_key_writes_no_entries() {
    let world = Restored::new();
    let mut ledger = world.ledger();
    let key = world.words.derive_keys(3).signing;
    let draft = ledger.draft(&key.verify_key()).unwrap();
    let block = draft.sign(Class::Data, NOW_MS, Vec::new(), &crate::Body::Segments(Vec::new()), &key);
    assert_eq!(ledger.offer(&block.header), Err(Refusal::RecoveryFeed));
}

#[test]
fn wrong_bodies_and_a_handover_of_its_own_author_have_no_effect() {
    let mut world = Restored::new();
    let mut ledger = world.ledger();
    let block = world.handover(&ledger, Vec::new());
    assert_eq!(ledger.learn_control(&block.hash, &block.body), Err(ControlError::NoControlBlock));
    take(&mut ledger, &block);
    let mut changed = block.body.clone();
    changed[40] ^= 1;
    assert!(matches!(ledger.learn_control(&block.hash, &changed), Err(ControlError::Body(_))));
    assert!(world.write(&ledger, &world.new).is_none());
    let own = world.words.derive_keys(3).signing.verify_key();
    let mut ledger = world.ledger();
    let block = world.handover(&ledger, vec![Retired { feed: own, length: 0 }]);
    take(&mut ledger, &block);
    assert_eq!(ledger.learn_control(&block.hash, &block.body), Err(ControlError::OwnEnd));
}

#[test]
fn control_blocks_of_other_kinds_are_unknown_and_broken_ones_errors() {
    assert_eq!(Control::read(&[0x82, 0x00, 0x18, 0x63]), Ok(Control::Unknown));
    let mut world = Restored::new();
    let ledger = world.ledger();
    let body = world.handover(&ledger, Vec::new()).body;
    for length in 0..body.len() {
        assert!(Control::read(&body[..length]).is_err(), "{length}");
    }
    assert!(World::new(1, 1).replica().feeds().count() == 2, "the founder and the recovery key");
}
