use zeroize::Zeroizing;

use crate::hazmat::derive_key;
use crate::{Domain, RecoveryWords, SigningKey, VerifyKey, WrapError, WrapPublic, WrapSecret};

impl RecoveryWords {
    /// The recovery keys of one ledger. `number` counts a person's ledgers, so that one set of words serves them all
    /// and no two ledgers share a key.
    pub fn derive_keys(&self, number: u32) -> RecoveryKeys {
        let part = |domain: Domain| {
            let info: [&[u8]; 2] = [domain.as_bytes(), &number.to_be_bytes()];
            Zeroizing::new(derive_key(&[], self.expose_entropy(), &info))
        };
        RecoveryKeys {
            signing: SigningKey::from_seed(&part(Domain::RecoverySigning)),
            wrap: WrapSecret::from_ikm(&part(Domain::RecoveryWrap)),
        }
    }
}

/// The private recovery keys of one ledger. They exist only where the words are.
pub struct RecoveryKeys {
    /// Lets devices write and ends feeds. It signs no blocks.
    pub signing: SigningKey,
    /// Opens the wrapped key lists.
    pub wrap: WrapSecret,
}

impl RecoveryKeys {
    /// What the genesis names.
    pub fn public(&self) -> Result<RecoveryPublic, WrapError> {
        Ok(RecoveryPublic { signing: self.signing.verify_key(), wrap: self.wrap.public()? })
    }
}

/// The public recovery keys of one ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoveryPublic {
    /// Checks what the recovery key signed.
    pub signing: VerifyKey,
    /// Every key epoch is wrapped to it.
    pub wrap: WrapPublic,
}

impl RecoveryPublic {
    /// Length of the encoding.
    pub const BYTES: usize = 32 + WrapPublic::BYTES;

    /// Signing key ‖ wrap key.
    pub fn to_bytes(&self) -> Vec<u8> {
        [&self.signing.0, self.wrap.as_bytes()].concat()
    }

    /// From what [`RecoveryPublic::to_bytes`] gave.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WrapError> {
        let (signing, wrap) = bytes.split_first_chunk::<32>().ok_or(WrapError::BadKey)?;
        let signing = VerifyKey(*signing);
        signing.check_enrolment().map_err(|_| WrapError::BadKey)?;
        Ok(Self { signing, wrap: WrapPublic::from_bytes(wrap)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_rng;

    #[test]
    fn ledgers_of_one_person_have_unlike_keys_from_the_same_words() {
        let words = RecoveryWords::make(&mut test_rng(11));
        let (first, again, second) = (words.derive_keys(0), words.derive_keys(0), words.derive_keys(1));
        assert_eq!(first.public().unwrap(), again.public().unwrap());
        assert_ne!(first.public().unwrap().signing, second.public().unwrap().signing);
        assert_ne!(first.public().unwrap().wrap, second.public().unwrap().wrap);
        let bytes = first.public().unwrap().to_bytes();
        assert_eq!(bytes.len(), RecoveryPublic::BYTES);
        assert_eq!(RecoveryPublic::from_bytes(&bytes).unwrap(), first.public().unwrap());
    }
}
