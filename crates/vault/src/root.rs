use chartchain_keys::{DeviceKeys, EpochId, KeyEpoch, Keyring};
use chartchain_ledger::{ForkProof, Ledger};
use chartchain_store::Store;
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use crate::open::open_fault;
use crate::protocol::Fault;
use crate::rows::{RowBatch, RowName, Rows};

/// What nothing of a ledger can be read without, as it is stored, twice: keys and first block.
#[derive(Serialize, Deserialize)]
struct StoredRoot {
    device: Vec<u8>,
    epochs: Vec<([u8; 32], Vec<u8>)>,
    genesis: (Vec<u8>, Vec<u8>),
    retired: bool,
    enrolment: Option<Vec<u8>>,
    forks: Vec<Vec<u8>>,
}

/// The same as it was stored before devices could be let in.
#[derive(Serialize, Deserialize)]
struct OlderRoot {
    device: Vec<u8>,
    epochs: Vec<([u8; 32], Vec<u8>)>,
    genesis: (Vec<u8>, Vec<u8>),
    retired: bool,
}

impl From<OlderRoot> for StoredRoot {
    fn from(OlderRoot { device, epochs, genesis, retired }: OlderRoot) -> Self {
        Self { device, epochs, genesis, retired, enrolment: None, forks: Vec::new() }
    }
}

impl Drop for StoredRoot {
    fn drop(&mut self) {
        self.device.zeroize();
        for (_, keys) in &mut self.epochs {
            keys.zeroize();
        }
    }
}

/// Keys of a ledger on this device, with the block that founded it.
#[derive(Clone)]
pub(crate) struct Root {
    device: DeviceKeys,
    /// Whether a copy of this device wrote with its key, which therefore never writes again.
    retired: bool,
    epochs: Vec<(EpochId, KeyEpoch)>,
    keyring: Keyring,
    genesis: (Vec<u8>, Vec<u8>),
    /// With this another device has let this one in, which has not signed its first block yet.
    enrolment: Option<Vec<u8>>,
    /// Proofs of forks that others have told of: the blocks that are here need not show them.
    forks: Vec<Vec<u8>>,
}

impl Root {
    pub(crate) fn new(device: DeviceKeys, epochs: Vec<(EpochId, KeyEpoch)>, genesis: (Vec<u8>, Vec<u8>)) -> Self {
        let mut keyring = Keyring::default();
        for (id, epoch) in &epochs {
            keyring.insert(*id, epoch.clone());
        }
        Self { device, retired: false, epochs, keyring, genesis, enrolment: None, forks: Vec::new() }
    }

    /// The same on a device that was let in and has signed nothing yet, or has now.
    pub(crate) fn with_enrolment(&self, enrolment: Option<Vec<u8>>) -> Self {
        Self { enrolment, ..self.clone() }
    }

    /// The same with another proof of a fork.
    pub(crate) fn with_fork(&self, proof: &ForkProof) -> Self {
        let mut root = self.clone();
        root.forks.push(proof.to_bytes());
        root
    }

    /// Forks that others have told of.
    pub(crate) fn forks(&self) -> impl Iterator<Item = ForkProof> {
        self.forks.iter().filter_map(|bytes| ForkProof::from_bytes(bytes).ok())
    }

    /// Body of the first block of this device, while it is not signed.
    pub(crate) fn enrolment(&self) -> Option<&[u8]> {
        self.enrolment.as_deref()
    }

    /// Header and body of the first block.
    pub(crate) const fn genesis(&self) -> &(Vec<u8>, Vec<u8>) {
        &self.genesis
    }

    /// The same with another key of this device.
    pub(crate) fn with_device(&self, device: DeviceKeys) -> Self {
        Self { device, retired: false, enrolment: None, ..self.clone() }
    }

    /// The same with a key that never writes again.
    pub(crate) fn retired(&self) -> Self {
        Self { retired: true, ..self.clone() }
    }

    pub(crate) const fn is_retired(&self) -> bool {
        self.retired
    }

    pub(crate) fn put(&self, ledger: &[u8; 32], batch: &mut RowBatch) -> Result<(), Fault> {
        let stored = StoredRoot {
            device: self.device.expose().to_vec(),
            epochs: self.epochs.iter().map(|(id, epoch)| (id.0, epoch.expose().to_vec())).collect(),
            genesis: self.genesis.clone(),
            retired: self.retired,
            enrolment: self.enrolment.clone(),
            forks: self.forks.clone(),
        };
        batch.put_twice(RowName::root(ledger), &stored)
    }

    /// Reads it, and makes two good copies of one; tells whether both were good.
    pub(crate) async fn load<S: Store>(
        rows: &Rows<S>,
        ledger: &[u8; 32],
        rng: &mut impl CryptoRng,
    ) -> Result<(Self, bool), Fault> {
        let damaged = |what: &str| Fault::Damaged(what.to_owned());
        let read: Result<Option<(StoredRoot, bool)>, Fault> = rows.read_twice(RowName::root(ledger)).await;
        let read = match read {
            Err(fault @ Fault::Damaged(_)) => {
                let older: Option<(OlderRoot, bool)> =
                    rows.read_twice(RowName::root(ledger)).await.map_err(|_| fault)?;
                older.map(|(older, _)| (StoredRoot::from(older), false))
            }
            read => read?,
        };
        let (mut stored, whole) = read.ok_or_else(|| damaged("the keys of a record are missing"))?;
        let device = DeviceKeys::from_bytes(&stored.device).map_err(|_| damaged("device keys"))?;
        let mut epochs = Vec::with_capacity(stored.epochs.len());
        for (id, keys) in &stored.epochs {
            epochs.push((EpochId(*id), KeyEpoch::from_bytes(keys).map_err(|_| damaged("compartment keys"))?));
        }
        let (retired, enrolment) = (stored.retired, stored.enrolment.take());
        let forks = core::mem::take(&mut stored.forks);
        let root =
            Self { retired, enrolment, forks, ..Self::new(device, epochs, core::mem::take(&mut stored.genesis)) };
        if !whole {
            let mut batch = RowBatch::default();
            root.put(ledger, &mut batch)?;
            // One good copy is enough for now.
            let _ = rows.commit(batch, rng).await;
        }
        Ok((root, whole))
    }

    /// The ledger with its first block alone.
    pub(crate) fn open(&self) -> Result<Ledger, Fault> {
        Ledger::open(&self.genesis.0, &self.genesis.1).map_err(open_fault)
    }

    pub(crate) const fn device(&self) -> &DeviceKeys {
        &self.device
    }

    /// The keys that open segments.
    pub(crate) const fn keyring(&self) -> &Keyring {
        &self.keyring
    }
}
