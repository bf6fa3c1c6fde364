//! One ledger, its keys, and a device without a clock: the same in every run, so that what was found is found again.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use chartchain_keys::{
    CompartmentId, DeviceKeys, EpochId, KdfParams, KeyEpoch, Keyring, RecoveryWords, Sensitive, TestRng, UnlockError,
    test_rng,
};
use chartchain_ledger::{Body, Class, Founding, Genesis, Ledger, Place, Segment, SegmentDraft, SignedBlock};
use chartchain_store::{MemoryStore, StoreError};
use chartchain_vault::protocol::{PersonId, Secret, docs};
use chartchain_vault::{Platform, Stretched};

const NOW_MS: u64 = 1_700_000_000_000;

struct Founded {
    genesis: SignedBlock,
    epoch: KeyEpoch,
    device: DeviceKeys,
}

thread_local! {
    static FOUNDED: Founded = found();
}

fn found() -> Founded {
    let mut rng = test_rng(11);
    let device = DeviceKeys::make(&mut rng);
    let made = RecoveryWords::make(&mut rng).derive_keys(0).public().map_err(|error| error.to_string());
    let made = made.and_then(|recovery| {
        let founding =
            Founding { made_up: true, recovery: &recovery, recovery_number: 0, device: &device, claimed_ms: NOW_MS };
        Genesis::found(&founding, &[], &mut rng).map_err(|error| error.to_string())
    });
    match made {
        Ok((genesis, epoch)) => Founded { genesis, epoch, device },
        Err(why) => panic!("no ledger can be founded: {why}"),
    }
}

/// Header and body of the first block.
pub(crate) fn genesis() -> (Vec<u8>, Vec<u8>) {
    FOUNDED.with(|founded| (founded.genesis.header.clone(), founded.genesis.body.clone()))
}

/// Header and body of a block after it.
pub(crate) fn next_block() -> (Vec<u8>, Vec<u8>) {
    FOUNDED.with(|founded| {
        let ledger = Ledger::open(&founded.genesis.header, &founded.genesis.body).ok();
        let draft = ledger.and_then(|ledger| ledger.draft(&founded.device.feed.verify_key()));
        let body = Body::Segments(vec![segment(&[b"entry".to_vec()])]);
        let block = draft.map(|draft| draft.sign(Class::Data, NOW_MS, Vec::new(), &body, &founded.device.feed));
        block.map(|block| (block.header, block.body)).unwrap_or_default()
    })
}

pub(crate) fn keyring() -> Keyring {
    FOUNDED.with(|founded| {
        let mut keyring = Keyring::default();
        keyring.insert(EpochId(founded.genesis.hash.0), founded.epoch.clone());
        keyring
    })
}

pub(crate) fn place() -> Place {
    FOUNDED.with(|founded| Place { ledger: founded.genesis.hash, feed: founded.device.feed.verify_key(), seq: 1 })
}

/// A segment with these entries.
pub(crate) fn segment(entries: &[Vec<u8>]) -> Segment<'static> {
    let mut rng = test_rng(12);
    let epochs = FOUNDED.with(|founded| vec![EpochId(founded.genesis.hash.0)]);
    let compartment = CompartmentId(0);
    let Some(key) = keyring().derive_key(compartment, &epochs) else { panic!("the ledger has no key") };
    let mut draft = SegmentDraft::new(compartment, &key, epochs, place(), (0, 0), &mut rng);
    for entry in entries {
        if draft.push(entry, &mut rng).is_err() {
            break;
        }
    }
    draft.finish()
}

/// A device that keeps everything in memory and stretches no passphrase.
#[derive(Clone, Default)]
pub(crate) struct World {
    stores: Rc<RefCell<BTreeMap<String, MemoryStore>>>,
    seed: Rc<Cell<u64>>,
}

impl World {
    fn store(&self, name: &str) -> MemoryStore {
        self.stores.borrow_mut().entry(name.to_owned()).or_insert_with(|| MemoryStore::with_seed(1)).clone()
    }
}

impl Platform for World {
    type Store = MemoryStore;
    type Rng = TestRng;

    fn rng(&self) -> TestRng {
        self.seed.set(self.seed.get() + 1);
        test_rng(1000 + self.seed.get())
    }

    fn now_ms(&self) -> i64 {
        1_795_000_000_000
    }

    async fn profile_store(&self) -> Result<MemoryStore, StoreError> {
        Ok(self.store(""))
    }

    async fn person_store(&self, person: &PersonId) -> Result<MemoryStore, StoreError> {
        Ok(self.store(&person.0))
    }

    fn trial_store(&self) -> Option<MemoryStore> {
        None
    }

    fn passphrase_cost(&self) -> (KdfParams, u32) {
        (KdfParams::FLOOR, 0)
    }

    async fn stretch(&self, _: &Secret, salt: [u8; 16], _: KdfParams) -> Result<Stretched, UnlockError> {
        let mut key = [7; 32];
        key.iter_mut().zip(salt).for_each(|(byte, salt)| *byte ^= salt);
        Ok(Stretched { key: Sensitive::new(key), lasted_ms: 1 })
    }

    async fn merge(&self, work: docs::Work) -> Result<docs::Done, docs::DocsError> {
        work.carry_out(async |work| work.attempt()).await
    }
}
