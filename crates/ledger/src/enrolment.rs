use std::borrow::Cow;

use chartchain_keys::{
    DevicePublic, Domain, EpochId, KeyEpoch, Keyring, SignatureBytes, SigningKey, VerifyError, VerifyKey, WrapError,
    WrapSecret,
};
use rand_core::CryptoRng;

use crate::cbor::{CborError, Reader, Writer};
use crate::control::Membership;
use crate::genesis::{is_usable, read_device, wrap_bytes, write_device};
use crate::{Body, BodyError, GenesisError, Hash};

const FORMAT: u64 = 0;
const KIND_ENROLMENT: u64 = 1;
const FIELDS: usize = 7;
const AUTHORITY_RECOVERY: u64 = 0;
const AUTHORITY_DEVICE: u64 = 1;
/// Most key epochs that an enrolment hands over.
const MAX_EPOCHS: usize = 256;

/// Why an enrolment cannot be made, or does not let its device in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EnrolmentError {
    /// It is not the body that was signed.
    #[error("{0}")]
    Body(BodyError),
    /// Not an enrolment's form, or over its bounds: 256 key epochs.
    #[error("enrolment is malformed: {0}")]
    Malformed(#[from] CborError),
    /// Another kind of control block, or one of a newer version.
    #[error("the first block of this device is no enrolment that this version knows")]
    Unknown,
    /// A key in it cannot be used, or is not the one that has to stand there.
    #[error("enrolment names unusable keys")]
    Keys,
    /// Nobody who may do so lets the device in.
    #[error("enrolment is not authorised: {0}")]
    Signature(#[from] VerifyError),
    /// Key epochs cannot be wrapped to the device.
    #[error("{0}")]
    Wrap(#[from] WrapError),
}

impl From<GenesisError> for EnrolmentError {
    fn from(error: GenesisError) -> Self {
        match error {
            GenesisError::Malformed(error) => Self::Malformed(error),
            GenesisError::NotFirst | GenesisError::Keys | GenesisError::NewerFormat(_) => Self::Keys,
        }
    }
}

/// Who lets a device in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Authority {
    /// The recovery key that the genesis names.
    Recovery,
    /// A device of the ledger.
    Device(VerifyKey),
}

/// The body of a new device's first block, with which it introduces itself: its keys, the key epochs wrapped to it, and
/// the signature of whoever lets it in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// Keys of the device. It signs the block.
    pub device: DevicePublic,
    /// As what it is let in.
    pub membership: Membership,
    /// Who lets it in.
    pub authority: Authority,
    signature: SignatureBytes,
    /// In order of name.
    epochs: Vec<(EpochId, Vec<u8>)>,
}

impl Enrolment {
    /// Lets a device in and wraps everything in `keyring` to it. `key` is that of the authority.
    pub fn make(
        ledger: &Hash,
        (device, membership): (DevicePublic, Membership),
        authority: Authority,
        key: &SigningKey,
        keyring: &Keyring,
        rng: &mut impl CryptoRng,
    ) -> Result<Self, EnrolmentError> {
        let fits = match authority {
            Authority::Recovery => true,
            Authority::Device(by) => by == key.verify_key(),
        };
        if !fits || !is_usable(&device) {
            return Err(EnrolmentError::Keys);
        }
        let mut epochs = Vec::new();
        for (id, epoch) in keyring.epochs() {
            epochs.push((*id, epoch.wrap(&device.wrap, &ledger.0, rng)?));
        }
        if epochs.len() > MAX_EPOCHS {
            return Err(CborError::Length.into());
        }
        let signature = key.sign(Domain::Enrolment, &statement(ledger, &device, &membership));
        Ok(Self { device, membership, authority, signature, epochs })
    }

    /// Whether the holder of `key` lets the device into this ledger.
    pub fn check_authority(&self, ledger: &Hash, key: &VerifyKey) -> Result<(), VerifyError> {
        key.verify(Domain::Enrolment, &statement(ledger, &self.device, &self.membership), &self.signature)
    }

    /// Opens the key epochs with the new device's key.
    pub fn unwrap(&self, ledger: &Hash, secret: &WrapSecret) -> Result<Vec<(EpochId, KeyEpoch)>, WrapError> {
        self.epochs.iter().map(|(id, wrapped)| Ok((*id, KeyEpoch::unwrap(secret, &ledger.0, wrapped)?))).collect()
    }

    /// The body of its block.
    pub fn to_body(&self) -> Body<'static> {
        let mut writer = Writer::with_capacity(4096);
        writer.array(FIELDS).uint(FORMAT).uint(KIND_ENROLMENT);
        write_device(&mut writer, &self.device);
        self.membership.write(&mut writer);
        match &self.authority {
            Authority::Recovery => writer.array(1).uint(AUTHORITY_RECOVERY),
            Authority::Device(by) => writer.array(2).uint(AUTHORITY_DEVICE).bytes(&by.0),
        };
        writer.bytes(&self.signature).array(self.epochs.len());
        for (id, wrapped) in &self.epochs {
            writer.array(2).bytes(&id.0).bytes(wrapped);
        }
        Body::Open(Cow::Owned(writer.take()))
    }

    /// Reads the body of a control block. Bounded: 256 key epochs. Who signed is not checked yet.
    pub fn read(bytes: &[u8]) -> Result<Self, EnrolmentError> {
        let mut reader = Reader::new(bytes);
        let fields = reader.array_up_to(64)?;
        if fields < 2 {
            return Err(CborError::Length.into());
        }
        if (reader.uint()?, reader.uint()?, fields) != (FORMAT, KIND_ENROLMENT, FIELDS) {
            return Err(EnrolmentError::Unknown);
        }
        let device = read_device(&mut reader)?;
        let membership = Membership::read(&mut reader)?;
        let fields = reader.array_up_to(2)?;
        let authority = match (reader.uint()?, fields) {
            (AUTHORITY_RECOVERY, 1) => Authority::Recovery,
            (AUTHORITY_DEVICE, 2) => Authority::Device(VerifyKey(reader.bytes_exact()?)),
            _ => return Err(EnrolmentError::Unknown),
        };
        let signature = reader.bytes_exact()?;
        let count = reader.array_up_to(MAX_EPOCHS)?;
        let mut epochs: Vec<(EpochId, Vec<u8>)> = Vec::with_capacity(count);
        for _ in 0..count {
            reader.array(2)?;
            let (id, wrapped) = (EpochId(reader.bytes_exact()?), wrap_bytes(&mut reader)?);
            if epochs.last().is_some_and(|(last, _)| *last >= id) {
                return Err(CborError::Length.into());
            }
            epochs.push((id, wrapped));
        }
        reader.finish()?;
        Ok(Self { device, membership, authority, signature, epochs })
    }
}

/// What the authority signs: the ledger, the device's keys, and as what it belongs there.
fn statement(ledger: &Hash, device: &DevicePublic, membership: &Membership) -> Vec<u8> {
    let mut writer = Writer::with_capacity(1536);
    writer.array(3).bytes(&ledger.0);
    write_device(&mut writer, device);
    membership.write(&mut writer);
    writer.take()
}
