use std::borrow::Cow;

use chartchain_keys::{
    DevicePublic, EpochId, KeyEpoch, Keyring, VerifyKey, WRAP_OVERHEAD_BYTES, WrapError, WrapPublic, WrapSecret,
};
use rand_core::CryptoRng;

use crate::cbor::{CborError, Reader, Writer};
use crate::{Body, Hash};

const FORMAT: u64 = 0;
const KIND_HANDOVER: u64 = 1;
const MAX_EPOCHS: usize = 256;
const MAX_RETIRED: usize = 64;

/// A feed that ends: its blocks from `length` on are quarantined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Retired {
    /// Whose feed.
    pub feed: VerifyKey,
    /// How many of its blocks stand.
    pub length: u64,
}

/// Lets another device of the same person write: after a restore, or in the place of one that was lost. Signed by the
/// recovery key or by another device of the person, never by the key that it replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// Keys of the device that goes on.
    pub device: DevicePublic,
    /// Feeds that end with this, in ascending order.
    pub retired: Vec<Retired>,
    /// Key epochs, each wrapped to the new device, in order of name.
    epochs: Vec<(EpochId, Vec<u8>)>,
}

/// What a control block says, apart from the genesis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Control {
    /// Another device of the person.
    Handover(Handover),
    /// Of a newer version: kept and passed on, without effect here.
    Unknown,
}

impl Handover {
    /// Wraps everything in `keyring` to the new device.
    pub fn make(
        ledger: &Hash,
        device: DevicePublic,
        mut retired: Vec<Retired>,
        keyring: &Keyring,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, WrapError> {
        retired.sort_unstable();
        retired.dedup_by_key(|retired| retired.feed);
        let mut epochs = Vec::new();
        for (id, epoch) in keyring.epochs() {
            epochs.push((*id, epoch.wrap(&device.wrap, &ledger.0, rng)?));
        }
        Ok(Self { device, retired, epochs })
    }

    /// Opens the key epochs with the new device's key.
    pub fn unwrap(&self, ledger: &Hash, secret: &WrapSecret) -> Result<Vec<(EpochId, KeyEpoch)>, WrapError> {
        self.epochs.iter().map(|(id, wrapped)| Ok((*id, KeyEpoch::unwrap(secret, &ledger.0, wrapped)?))).collect()
    }

    /// The body of its block.
    pub fn to_body(&self) -> Body<'static> {
        let mut writer = Writer::with_capacity(4096);
        writer.array(5).uint(FORMAT).uint(KIND_HANDOVER);
        writer.array(3).bytes(&self.device.feed.0).bytes(&self.device.note.0).bytes(self.device.wrap.as_bytes());
        writer.array(self.retired.len());
        for retired in &self.retired {
            writer.array(2).bytes(&retired.feed.0).uint(retired.length);
        }
        writer.array(self.epochs.len());
        for (id, wrapped) in &self.epochs {
            writer.array(2).bytes(&id.0).bytes(wrapped);
        }
        Body::Open(Cow::Owned(writer.take()))
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, CborError> {
        reader.array(3)?;
        let (feed, note) = (VerifyKey(reader.bytes_exact()?), VerifyKey(reader.bytes_exact()?));
        let wrap = WrapPublic::from_bytes(reader.bytes()?).map_err(|_| CborError::Length)?;
        for key in [feed, note] {
            key.check_enrolment().map_err(|_| CborError::Length)?;
        }
        let count = reader.array_up_to(MAX_RETIRED)?;
        let mut retired: Vec<Retired> = Vec::with_capacity(count);
        for _ in 0..count {
            reader.array(2)?;
            let next = Retired { feed: VerifyKey(reader.bytes_exact()?), length: reader.uint()? };
            if next.feed == feed || retired.last().is_some_and(|last| last.feed >= next.feed) {
                return Err(CborError::Length);
            }
            retired.push(next);
        }
        let count = reader.array_up_to(MAX_EPOCHS)?;
        let mut epochs: Vec<(EpochId, Vec<u8>)> = Vec::with_capacity(count);
        for _ in 0..count {
            reader.array(2)?;
            let (id, wrapped) = (EpochId(reader.bytes_exact()?), reader.bytes()?);
            if wrapped.len() > WRAP_OVERHEAD_BYTES + 32 * 256 || epochs.last().is_some_and(|(last, _)| *last >= id) {
                return Err(CborError::Length);
            }
            epochs.push((id, wrapped.to_vec()));
        }
        Ok(Self { device: DevicePublic { feed, note, wrap }, retired, epochs })
    }
}

impl Control {
    /// Reads the body of a control block that is no genesis. Bounded: 256 key epochs, 64 feeds.
    pub fn read(bytes: &[u8]) -> Result<Self, CborError> {
        let mut reader = Reader::new(bytes);
        let fields = reader.array_up_to(64)?;
        if fields < 2 {
            return Err(CborError::Length);
        }
        let (format, kind) = (reader.uint()?, reader.uint()?);
        if (format, kind, fields) != (FORMAT, KIND_HANDOVER, 5) {
            return Ok(Self::Unknown);
        }
        let handover = Handover::read(&mut reader)?;
        reader.finish()?;
        Ok(Self::Handover(handover))
    }
}
