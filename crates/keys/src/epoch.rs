use core::fmt;
use std::collections::BTreeMap;

use rand_core::CryptoRng;
use zeroize::{Zeroize, Zeroizing};

use crate::hazmat::{derive_key, hmac, seal_in_place, unseal};
use crate::{CompartmentId, Domain, Sensitive, VerifyKey, WrapError, WrapPublic, WrapSecret, make_random};

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

    /// Seals a member's name for everybody who holds this ring's last epoch. `context` binds it to its place. It is padded to a
    /// multiple of 32 bytes. `None` for an empty ring.
    pub fn seal_name(&self, context: &[&[u8]], name: &str, rng: &mut impl CryptoRng) -> Option<Vec<u8>> {
        let (id, _) = self.epochs.last_key_value()?;
        let nonce: [u8; 24] = make_random(rng);
        let mut sealed = [id.0.as_slice(), &nonce].concat();
        let from = sealed.len();
        sealed.extend_from_slice(name.as_bytes());
        let padded = (name.len() / 32 + 1) * 32;
        sealed.resize(from + padded, 0);
        seal_in_place(&self.derive_name_key(id)?, &nonce, &context.concat(), &mut sealed, from);
        Some(sealed)
    }

    /// Opens a name that [`Keyring::seal_name`] sealed in the same context. `None` if it is none, or of an epoch that is not here.
    pub fn unseal_name(&self, context: &[&[u8]], sealed: &[u8]) -> Option<String> {
        let (id, rest) = sealed.split_first_chunk::<32>()?;
        let (nonce, rest) = rest.split_first_chunk::<24>()?;
        let name = unseal(&self.derive_name_key(&EpochId(*id))?, nonce, &context.concat(), rest).ok()?;
        let name = String::from_utf8(name).ok()?;
        Some(name.trim_end_matches('\0').to_owned())
    }

    /// Tag of the mailbox in which letters for the device with this feed key are left: the same on every device that holds this
    /// ring's last epoch, and random to everybody else. `None` for an empty ring.
    pub fn derive_mailbox(&self, feed: &VerifyKey) -> Option<[u8; 16]> {
        self.derive_for(&[Domain::Mailbox.as_bytes(), &feed.0])
    }

    /// Secret of the room in which the devices with these two feed keys find each other, in whatever order they are named: the same
    /// on every device that holds this ring's last epoch, and random to everybody else. `None` for an empty ring.
    pub fn derive_companions(&self, one: &VerifyKey, other: &VerifyKey) -> Option<[u8; 16]> {
        let (first, last) = if one <= other { (one, other) } else { (other, one) };
        self.derive_for(&[Domain::Companions.as_bytes(), &first.0, &last.0])
    }

    fn derive_for(&self, info: &[&[u8]]) -> Option<[u8; 16]> {
        let (id, epoch) = self.epochs.last_key_value()?;
        derive_key(&id.0, epoch.keys.first()?.expose(), info).first_chunk().copied()
    }

    fn derive_name_key(&self, id: &EpochId) -> Option<[u8; 32]> {
        let key = self.epochs.get(id)?.keys.first()?;
        Some(derive_key(&id.0, key.expose(), &[Domain::MemberName.as_bytes()]))
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
    fn a_name_opens_in_its_place_for_holders_of_its_epoch_only() {
        let mut rng = test_rng(8);
        let mut ring = Keyring::default();
        assert!(ring.seal_name(&[b"place"], "Ana", &mut rng).is_none());
        ring.insert(EpochId([1; 32]), KeyEpoch::make(&mut rng));
        for name in ["", "Ana", "Consultorio de la doctora Ibáñez, planta 2"] {
            let sealed = ring.seal_name(&[b"place", b"one"], name, &mut rng).unwrap();
            assert_eq!(sealed.len(), 32 + 24 + (name.len() / 32 + 1) * 32 + 16);
            assert_eq!(ring.unseal_name(&[b"place", b"one"], &sealed).as_deref(), Some(name));
            assert!(ring.unseal_name(&[b"place", b"two"], &sealed).is_none());
            for bit in 0..sealed.len() * 8 {
                let mut bent = sealed.clone();
                bent[bit / 8] ^= 1 << (bit % 8);
                assert!(ring.unseal_name(&[b"place", b"one"], &bent).is_none(), "bit {bit}");
            }
            let mut other = Keyring::default();
            other.insert(EpochId([1; 32]), KeyEpoch::make(&mut rng));
            assert!(other.unseal_name(&[b"place", b"one"], &sealed).is_none());
        }
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
