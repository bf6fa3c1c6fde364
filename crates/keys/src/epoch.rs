use core::fmt;
use std::collections::BTreeMap;

use rand_core::CryptoRng;
use zeroize::{Zeroize, Zeroizing};

use crate::hazmat::{derive_key, hmac};
use crate::{CompartmentId, Domain, Sensitive, WrapError, WrapPublic, WrapSecret, make_random};

/// Names a key epoch: the hash of the block that opens it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EpochId(pub [u8; 32]);

/// The key of one compartment in one key epoch (or in a merge of several).
#[derive(Clone)]
pub struct CompartmentKey(Sensitive<[u8; 32]>);

impl CompartmentKey {
    /// From its bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Sensitive::new(bytes))
    }

    pub(crate) const fn expose(&self) -> &[u8; 32] {
        self.0.expose()
    }

    /// The tag by which holders of this key recognise a segment, and nobody else can link two of them.
    pub fn derive_segment_tag(&self, table_nonce: &[u8; 32]) -> [u8; 16] {
        let tag = hmac(self.expose(), &[Domain::SegmentTag.as_bytes(), table_nonce]);
        let mut short = [0; 16];
        short.copy_from_slice(tag.split_at(16).0);
        short
    }
}

impl fmt::Debug for CompartmentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CompartmentKey(…)")
    }
}

/// The keys of all compartments that one block opens, not yet named: the block's hash names them.
#[derive(Clone)]
pub struct KeyEpoch {
    keys: Vec<CompartmentKey>,
}

impl KeyEpoch {
    /// Fresh keys for every compartment.
    pub fn make(rng: &mut impl CryptoRng) -> Self {
        Self { keys: CompartmentId::all().map(|_| CompartmentKey::from_bytes(make_random(rng))).collect() }
    }

    /// 32 bytes per compartment, for sealed storage.
    pub fn expose(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Vec::with_capacity(self.keys.len() * 32);
        for key in &self.keys {
            bytes.extend_from_slice(key.expose());
        }
        Zeroizing::new(bytes)
    }

    /// From what [`KeyEpoch::expose`] gave.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WrapError> {
        let (keys, rest) = bytes.as_chunks::<32>();
        if !rest.is_empty() || keys.is_empty() || keys.len() > usize::from(CompartmentId::COUNT) {
            return Err(WrapError::Broken);
        }
        Ok(Self { keys: keys.iter().map(|key| CompartmentKey::from_bytes(*key)).collect() })
    }

    /// Wraps the whole list to a device or to the recovery key. `context` is the ledger's founding nonce or id.
    pub fn wrap(&self, to: &WrapPublic, context: &[u8], rng: &mut impl CryptoRng) -> Result<Vec<u8>, WrapError> {
        to.seal(context, &self.expose(), rng)
    }

    /// Opens a wrapped list.
    pub fn unwrap(secret: &WrapSecret, context: &[u8], wrapped: &[u8]) -> Result<Self, WrapError> {
        Self::from_bytes(&secret.unseal(context, wrapped)?)
    }
}

/// All key epochs that a device holds of a ledger.
#[derive(Clone, Default)]
pub struct Keyring {
    epochs: BTreeMap<EpochId, KeyEpoch>,
}

impl Keyring {
    /// Adds an epoch under the name that its block gave it.
    pub fn insert(&mut self, id: EpochId, epoch: KeyEpoch) {
        self.epochs.insert(id, epoch);
    }

    /// Every epoch held, in order of name.
    pub fn epochs(&self) -> impl Iterator<Item = (&EpochId, &KeyEpoch)> {
        self.epochs.iter()
    }

    /// The key of a compartment under `epochs`: the epoch's own key where it is one, and for concurrent epochs the
    /// merge HKDF(sorted epoch ids, k₁ ‖ k₂ …), the same on every device that holds them all, without a message.
    pub fn derive_key(&self, compartment: CompartmentId, epochs: &[EpochId]) -> Option<CompartmentKey> {
        let mut sorted = epochs.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        let mut keys = Vec::new();
        for id in &sorted {
            keys.push(self.epochs.get(id)?.keys.get(usize::from(compartment.0))?);
        }
        match keys.as_slice() {
            [] => None,
            [only] => Some((*only).clone()),
            several => {
                let salt: Vec<u8> = sorted.iter().flat_map(|id| id.0).collect();
                let mut secret: Vec<u8> = several.iter().flat_map(|key| *key.expose()).collect();
                let info: [&[u8]; 2] = [Domain::EpochMerge.as_bytes(), &[compartment.0]];
                let key = derive_key(&salt, &secret, &info);
                secret.zeroize();
                Some(CompartmentKey::from_bytes(key))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_rng;

    #[test]
    fn concurrent_epochs_merge_alike_whatever_the_order() {
        let mut rng = test_rng(6);
        let (one, two) = (EpochId([1; 32]), EpochId([2; 32]));
        let mut ring = Keyring::default();
        ring.insert(one, KeyEpoch::make(&mut rng));
        ring.insert(two, KeyEpoch::make(&mut rng));
        let general = CompartmentId(0);
        let merged = ring.derive_key(general, &[two, one]).unwrap();
        assert_eq!(merged.expose(), ring.derive_key(general, &[one, two, one]).unwrap().expose());
        assert_ne!(merged.expose(), ring.derive_key(general, &[one]).unwrap().expose());
        assert_ne!(merged.expose(), ring.derive_key(CompartmentId(1), &[one, two]).unwrap().expose());
        assert!(ring.derive_key(general, &[one, EpochId([3; 32])]).is_none());
        assert!(ring.derive_key(general, &[]).is_none());
    }

    #[test]
    fn a_wrapped_epoch_opens_for_its_device_only() {
        let mut rng = test_rng(7);
        let epoch = KeyEpoch::make(&mut rng);
        let device = WrapSecret::make(&mut rng);
        let wrapped = epoch.wrap(&device.public().unwrap(), b"ledger", &mut rng).unwrap();
        assert_eq!(*KeyEpoch::unwrap(&device, b"ledger", &wrapped).unwrap().expose(), *epoch.expose());
        assert!(KeyEpoch::unwrap(&WrapSecret::make(&mut rng), b"ledger", &wrapped).is_err());
    }
}
