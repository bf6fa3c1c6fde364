use chartchain_keys::{
    DeviceKeys, DevicePublic, KeyEpoch, RecoveryPublic, SigningKey, VerifyKey, WRAP_OVERHEAD_BYTES, WrapError,
    WrapPublic, WrapSecret, make_random,
};
use rand_core::CryptoRng;

use crate::author::{Draft, SignedBlock};
use crate::cbor::{CborError, Reader, Writer};
use crate::{Body, Class, Hash};

const MAX_DEVICES: usize = 8;
const FORMAT: u64 = 0;

/// Why bytes found no ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum GenesisError {
    /// Not a genesis body's form.
    #[error("genesis is malformed: {0}")]
    Malformed(#[from] CborError),
    /// Its header is not that of a first block.
    #[error("the first block is not a genesis")]
    NotFirst,
    /// A key in it cannot be used, or the signer is not among its devices.
    #[error("genesis names unusable keys")]
    Keys,
    /// Of a newer format.
    #[error("ledger has the newer format {0}")]
    NewerFormat(u64),
}

/// What founds a ledger.
pub struct Founding<'a> {
    /// A made-up person's ledger; never mixed with real ones.
    pub made_up: bool,
    /// Recovery keys, whose private halves exist only in the words.
    pub recovery: &'a RecoveryPublic,
    /// Which of the person's ledgers this is, so that the words find the recovery keys again.
    pub recovery_number: u32,
    /// Keys of the founding device, which signs.
    pub device: &'a DeviceKeys,
    /// What its clock shows.
    pub claimed_ms: u64,
}

/// The body of the first block: recovery keys, first devices, first key epoch wrapped to each of them and to the
/// recovery key. It holds no name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Genesis {
    /// Random; keys are wrapped in its context because the ledger has no id yet.
    pub nonce: [u8; 32],
    /// A made-up person's ledger.
    pub made_up: bool,
    /// Recovery keys.
    pub recovery: RecoveryPublic,
    /// Which of the person's recovery keys these are.
    pub recovery_number: u32,
    /// First devices, in ascending order of feed key.
    pub devices: Vec<DevicePublic>,
    wraps: Vec<Vec<u8>>,
    recovery_wrap: Vec<u8>,
}

impl Genesis {
    /// Founds a ledger: signs the first block and gives the first key epoch, which that block's hash names. Fails
    /// with [`WrapError::BadKey`] where nobody would accept it: over 8 devices, one of them twice, an unusable key.
    pub fn found(
        founding: &Founding<'_>,
        others: &[DevicePublic],
        rng: &mut impl CryptoRng,
    ) -> Result<(SignedBlock, KeyEpoch), WrapError> {
        let nonce: [u8; 32] = make_random(rng);
        let epoch = KeyEpoch::make(rng);
        let mut devices = vec![founding.device.public()?];
        devices.extend_from_slice(others);
        devices.sort_by_key(|device| device.feed);
        let twice = devices.windows(2).any(|pair| matches!(pair, [one, next] if one.feed == next.feed));
        if devices.len() > MAX_DEVICES || twice || !devices.iter().all(is_usable) {
            return Err(WrapError::BadKey);
        }
        let wraps =
            devices.iter().map(|device| epoch.wrap(&device.wrap, &nonce, rng)).collect::<Result<Vec<_>, _>>()?;
        let genesis = Self {
            nonce,
            made_up: founding.made_up,
            recovery: founding.recovery.clone(),
            recovery_number: founding.recovery_number,
            devices,
            wraps,
            recovery_wrap: epoch.wrap(&founding.recovery.wrap, &nonce, rng)?,
        };
        Ok((genesis.sign(&founding.device.feed, founding.claimed_ms), epoch))
    }

    fn sign(&self, key: &SigningKey, claimed_ms: u64) -> SignedBlock {
        let body = Body::Open(self.write().into());
        Draft::genesis().sign(Class::Control, claimed_ms, Vec::new(), &body, key)
    }

    fn write(&self) -> Vec<u8> {
        let mut writer = Writer::with_capacity(4096);
        writer.array(8).uint(FORMAT).bytes(&self.nonce).uint(u64::from(self.made_up));
        writer.bytes(&self.recovery.to_bytes()).uint(u64::from(self.recovery_number)).array(self.devices.len());
        for device in &self.devices {
            write_device(&mut writer, device);
        }
        writer.array(self.wraps.len());
        for wrap in &self.wraps {
            writer.bytes(wrap);
        }
        writer.bytes(&self.recovery_wrap).take()
    }

    /// Reads a genesis body. Bounded: at most 8 devices.
    pub fn read(bytes: &[u8]) -> Result<Self, GenesisError> {
        let mut reader = Reader::new(bytes);
        reader.array(8)?;
        let format = reader.uint()?;
        if format != FORMAT {
            return Err(GenesisError::NewerFormat(format));
        }
        let nonce = reader.bytes_exact()?;
        let made_up = match reader.uint()? {
            0 => false,
            1 => true,
            _ => return Err(CborError::Length.into()),
        };
        let recovery = RecoveryPublic::from_bytes(reader.bytes()?).map_err(|_| GenesisError::Keys)?;
        let recovery_number = u32::try_from(reader.uint()?).map_err(|_| CborError::Length)?;
        let count = reader.array_up_to(MAX_DEVICES)?;
        let mut devices: Vec<DevicePublic> = Vec::with_capacity(count);
        for _ in 0..count {
            let device = read_device(&mut reader)?;
            if devices.last().is_some_and(|last| last.feed >= device.feed) {
                return Err(GenesisError::Keys);
            }
            devices.push(device);
        }
        reader.array(count)?;
        let mut wraps = Vec::with_capacity(count);
        for _ in 0..count {
            wraps.push(wrap_bytes(&mut reader)?);
        }
        let recovery_wrap = wrap_bytes(&mut reader)?;
        reader.finish()?;
        Ok(Self { nonce, made_up, recovery, recovery_number, devices, wraps, recovery_wrap })
    }

    /// Opens the first key epoch with a device's key.
    pub fn unwrap_for_device(&self, device: &DeviceKeys) -> Result<KeyEpoch, WrapError> {
        let feed = device.feed.verify_key();
        let mut pairs = self.devices.iter().zip(&self.wraps);
        let (_, wrapped) = pairs.find(|(public, _)| public.feed == feed).ok_or(WrapError::Broken)?;
        KeyEpoch::unwrap(&device.wrap, &self.nonce, wrapped)
    }

    /// Opens the first key epoch with the recovery key.
    pub fn unwrap_for_recovery(&self, recovery: &WrapSecret) -> Result<KeyEpoch, WrapError> {
        KeyEpoch::unwrap(recovery, &self.nonce, &self.recovery_wrap)
    }

    /// Whether a header is that of a first block: everything before it is zero.
    pub(crate) fn fits(header: &crate::VerifiedHeader) -> bool {
        let (envelope, rest) = (&header.envelope, &header.header);
        envelope.ledger == Hash::ZERO
            && envelope.seq == 0
            && envelope.prev == Hash::ZERO
            && rest.class == Class::Control
            && rest.lamport == 0
            && rest.witness_epoch == 0
            && rest.control_head == Hash::ZERO
            && rest.parents.is_empty()
            && rest.needs.is_empty()
    }
}

/// The public keys of a device in the bytes in which they are sent.
pub fn write_device_bytes(device: &DevicePublic) -> Vec<u8> {
    let mut writer = Writer::with_capacity(1400);
    write_device(&mut writer, device);
    writer.take()
}

/// Reads what [`write_device_bytes`] wrote; all of the keys are usable.
pub fn read_device_bytes(bytes: &[u8]) -> Result<DevicePublic, GenesisError> {
    let mut reader = Reader::new(bytes);
    let device = read_device(&mut reader)?;
    reader.finish()?;
    Ok(device)
}

pub(crate) fn write_device(writer: &mut Writer, device: &DevicePublic) {
    writer.array(3).bytes(&device.feed.0).bytes(&device.note.0).bytes(device.wrap.as_bytes());
}

/// The keys of a device, all of them usable.
pub(crate) fn read_device(reader: &mut Reader<'_>) -> Result<DevicePublic, GenesisError> {
    reader.array(3)?;
    let (feed, note) = (VerifyKey(reader.bytes_exact()?), VerifyKey(reader.bytes_exact()?));
    let wrap = WrapPublic::from_bytes(reader.bytes()?).map_err(|_| GenesisError::Keys)?;
    let device = DevicePublic { feed, note, wrap };
    if is_usable(&device) { Ok(device) } else { Err(GenesisError::Keys) }
}

/// Whether nobody but its owner can sign for it.
pub(crate) fn is_usable(device: &DevicePublic) -> bool {
    device.feed.check_enrolment().is_ok() && device.note.check_enrolment().is_ok()
}

pub(crate) fn wrap_bytes(reader: &mut Reader<'_>) -> Result<Vec<u8>, CborError> {
    let bytes = reader.bytes()?;
    if bytes.len() > WRAP_OVERHEAD_BYTES + 32 * 256 { Err(CborError::Length) } else { Ok(bytes.to_vec()) }
}
