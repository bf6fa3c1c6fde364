//! Keys of people and devices: passphrases, device keys, recovery words, sealing and wrapping.
//!
//! Safe, named operations are public; the bare primitives live in the private module `hazmat`. The crate does no IO:
//! randomness is an argument, and nothing here has a clock. It knows nothing of blocks, entries or storage engines.
//!
//! Verbs: `derive_` is deterministic, `make_` draws randomness, `seal` and `unseal` are inverse.

mod compartment;
mod device;
mod domain;
mod epoch;
mod file;
mod hazmat;
mod hex;
mod meeting;
mod passkey;
mod passphrase;
mod recovery;
mod recovery_file;
mod rows;
mod sensitive;
mod session;
mod shared;
mod sheet;
mod sign;
#[cfg(any(test, feature = "test-rng"))]
mod test_rng;
#[cfg(test)]
mod vectors_test;
mod words;
mod wrap;

pub use compartment::CompartmentId;
pub use device::{DeviceKeys, DevicePublic};
pub use domain::Domain;
pub use epoch::{CompartmentKey, EpochId, KeyEpoch, Keyring};
pub use file::{FRAME_BYTES, FileSeal, SEALED_FRAME_BYTES};
pub use hazmat::{DataKey, SEALED_OVERHEAD_BYTES, TableKey};
pub use meeting::{MEETING_OVERHEAD_BYTES, MEETING_SECRET_BYTES, MeetingKeys, MeetingPlace, MeetingSide};
pub use passkey::PasskeyLock;
pub use passphrase::{KdfParams, MasterKey, PassphraseLock, UnlockError, stretch};
pub use recovery::{RecoveryKeys, RecoveryPublic};
pub use recovery_file::{MAX_RECOVERY_FILE_BYTES, RecoveryFile};
pub use rows::RowSeal;
pub use sensitive::Sensitive;
pub use session::{CODE_NONCE_BYTES, SessionKeys, SessionOffer, SessionSide};
pub use shared::{MAX_SHARED_WITH, SharedHead};
pub use sign::{SignatureBytes, SigningKey, VerifyError, VerifyKey};
#[cfg(any(test, feature = "test-rng"))]
pub use test_rng::{TestRng, test_rng};
pub use words::{RecoveryWords, Slip, WORD_COUNT, WordsError, WordsLock};
pub use wrap::{WRAP_OVERHEAD_BYTES, WrapError, WrapPublic, WrapSecret};

/// A sealed box that does not open: wrong key, wrong place, or changed bytes. Which of these cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("sealed bytes do not open: changed, moved, or sealed under another key")]
pub struct SealBroken;

/// Why text is not what it was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Something else.
    #[error("this is something else")]
    Other,
    /// Of a version that is not known yet.
    #[error("this was made by a newer version")]
    TooNew,
    /// Not whole, or changed.
    #[error("this was changed, or is not whole")]
    Damaged,
}

/// A fresh random array.
pub fn make_random<const N: usize>(rng: &mut impl rand_core::CryptoRng) -> [u8; N] {
    let mut bytes = [0; N];
    rng.fill_bytes(&mut bytes);
    bytes
}
