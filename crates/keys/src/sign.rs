use ed25519_dalek::{Signature, Signer, VerifyingKey};
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::{Domain, make_random};

/// 64 bytes: R ‖ S of RFC 8032.
pub type SignatureBytes = [u8; 64];

/// A signature that does not hold, or a key that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// Not a point, or of small order: such a key "signs" anything.
    #[error("signing key is not usable: malformed or of small order")]
    WeakKey,
    /// The signature does not fit key and message under the strict rule.
    #[error("signature does not hold")]
    BadSignature,
}

/// An Ed25519 public key (RFC 8032), 32 bytes, not yet judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VerifyKey(pub [u8; 32]);

impl VerifyKey {
    /// The one rule of verification: strict (canonical, no small-order points, cofactorless), everywhere the same,
    /// natively and in wasm. The signed message is `domain ‖ message`.
    pub fn verify(&self, domain: Domain, message: &[u8], signature: &SignatureBytes) -> Result<(), VerifyError> {
        self.verify_raw(&[domain.as_bytes(), message].concat(), signature)
    }

    /// The same rule without a domain: for published vectors, and for formats that other standards fix to the byte.
    pub fn verify_raw(&self, message: &[u8], signature: &SignatureBytes) -> Result<(), VerifyError> {
        let key = VerifyingKey::from_bytes(&self.0).map_err(|_| VerifyError::WeakKey)?;
        key.verify_strict(message, &Signature::from_bytes(signature)).map_err(|_| VerifyError::BadSignature)
    }

    /// Refuses keys that must never be enrolled: no point, of small order, or a second encoding of a point, which
    /// would be a second name for one key.
    pub fn check_enrolment(&self) -> Result<(), VerifyError> {
        let key = VerifyingKey::from_bytes(&self.0).map_err(|_| VerifyError::WeakKey)?;
        let canonical = key.to_edwards().compress().to_bytes() == self.0;
        if canonical && !key.is_weak() { Ok(()) } else { Err(VerifyError::WeakKey) }
    }
}

/// An Ed25519 private key; wiped when dropped.
#[derive(Clone)]
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// A fresh key.
    pub fn make(rng: &mut impl CryptoRng) -> Self {
        Self::from_seed(&Zeroizing::new(make_random(rng)))
    }

    /// From its 32-byte seed.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// The seed, for sealed storage.
    pub fn expose_seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// Its public half.
    pub fn verify_key(&self) -> VerifyKey {
        VerifyKey(self.0.verifying_key().to_bytes())
    }

    /// Signs `domain ‖ message`.
    pub fn sign(&self, domain: Domain, message: &[u8]) -> SignatureBytes {
        self.0.sign(&[domain.as_bytes(), message].concat()).to_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_rng;

    #[test]
    fn a_signature_holds_only_for_its_domain_message_and_key() {
        let mut rng = test_rng(2);
        let key = SigningKey::make(&mut rng);
        let signature = key.sign(Domain::BlockEnvelope, b"message");
        assert_eq!(key.verify_key().verify(Domain::BlockEnvelope, b"message", &signature), Ok(()));
        assert!(key.verify_key().verify(Domain::ForkProof, b"message", &signature).is_err());
        assert!(key.verify_key().verify(Domain::BlockEnvelope, b"messagf", &signature).is_err());
        let other = SigningKey::make(&mut rng).verify_key();
        assert!(other.verify(Domain::BlockEnvelope, b"message", &signature).is_err());
    }

    #[test]
    fn keys_of_small_order_are_not_enrolled() {
        let mut identity = [0; 32];
        identity[0] = 1;
        assert_eq!(VerifyKey(identity).check_enrolment(), Err(VerifyError::WeakKey));
        assert_eq!(SigningKey::make(&mut test_rng(3)).verify_key().check_enrolment(), Ok(()));
    }
}
