use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::{SealBroken, SigningKey, VerifyKey, WrapError, WrapPublic, WrapSecret};

/// The private keys of one device in one ledger. Unlinkable: another ledger has others.
#[derive(Clone)]
pub struct DeviceKeys {
    /// Signs the device's feed.
    pub feed: SigningKey,
    /// Signs notes and checkpoints of its feed.
    pub note: SigningKey,
    /// Opens key lists that are wrapped to it.
    pub wrap: WrapSecret,
}

impl DeviceKeys {
    /// Fresh keys.
    pub fn make(rng: &mut impl CryptoRng) -> Self {
        Self { feed: SigningKey::make(rng), note: SigningKey::make(rng), wrap: WrapSecret::make(rng) }
    }

    /// The public halves.
    pub fn public(&self) -> Result<DevicePublic, WrapError> {
        Ok(DevicePublic { feed: self.feed.verify_key(), note: self.note.verify_key(), wrap: self.wrap.public()? })
    }

    /// 96 bytes for sealed storage.
    pub fn expose(&self) -> Zeroizing<Vec<u8>> {
        let (feed, note) = (self.feed.expose_seed(), self.note.expose_seed());
        Zeroizing::new([feed.as_slice(), note.as_slice(), self.wrap.expose()].concat())
    }

    /// From what [`DeviceKeys::expose`] gave.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SealBroken> {
        let (feed, rest) = bytes.split_first_chunk::<32>().ok_or(SealBroken)?;
        let (note, rest) = rest.split_first_chunk::<32>().ok_or(SealBroken)?;
        let wrap = <[u8; 32]>::try_from(rest).map_err(|_| SealBroken)?;
        Ok(Self {
            feed: SigningKey::from_seed(feed),
            note: SigningKey::from_seed(note),
            wrap: WrapSecret::from_bytes(wrap),
        })
    }
}

/// What others need to know of a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DevicePublic {
    /// Checks its feed.
    pub feed: VerifyKey,
    /// Checks its notes.
    pub note: VerifyKey,
    /// Key lists are wrapped to it.
    pub wrap: WrapPublic,
}
