use core::fmt;

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::XWing;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use rand_core::CryptoRng;
use zeroize::{Zeroize, Zeroizing};

use crate::{Domain, Sensitive};

const ENCAPPED_BYTES: usize = 1120;
const PUBLIC_BYTES: usize = 1216;

/// What wrapping adds: the X-Wing ciphertext and the AEAD tag.
pub const WRAP_OVERHEAD_BYTES: usize = ENCAPPED_BYTES + 16;

/// A wrap that cannot be made or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WrapError {
    /// The recipient's public key is malformed.
    #[error("wrap key is malformed")]
    BadKey,
    /// Not for this key, or changed.
    #[error("wrapped keys do not open: changed, or wrapped to another key")]
    Broken,
    /// To nobody, or to more than are allowed.
    #[error("wrapped to none, or to too many")]
    Count,
}

/// An X-Wing public key (X25519 with ML-KEM-768), 1216 bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct WrapPublic(Box<[u8; PUBLIC_BYTES]>);

impl WrapPublic {
    /// Length of the encoding.
    pub const BYTES: usize = PUBLIC_BYTES;

    /// Checks length and form.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, WrapError> {
        let array: [u8; PUBLIC_BYTES] = bytes.try_into().map_err(|_| WrapError::BadKey)?;
        <XWing as Kem>::PublicKey::from_bytes(&array).map_err(|_| WrapError::BadKey)?;
        Ok(Self(Box::new(array)))
    }

    /// The encoding.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// Seals `secret` to this key (HPKE base mode, RFC 9180): encapsulated key ‖ ciphertext.
    pub fn seal(&self, context: &[u8], secret: &[u8], rng: &mut impl CryptoRng) -> Result<Vec<u8>, WrapError> {
        let key = <XWing as Kem>::PublicKey::from_bytes(self.0.as_slice()).map_err(|_| WrapError::BadKey)?;
        let (encapped, sealed) = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, XWing>(
            &OpModeS::Base,
            &key,
            Domain::KeyWrap.as_bytes(),
            secret,
            context,
            rng,
        )
        .map_err(|_| WrapError::BadKey)?;
        Ok([encapped.to_bytes().as_slice(), &sealed].concat())
    }
}

impl fmt::Debug for WrapPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WrapPublic(…)")
    }
}

/// An X-Wing private key, kept as its 32-byte seed.
#[derive(Clone)]
pub struct WrapSecret(Sensitive<[u8; 32]>);

impl WrapSecret {
    /// A fresh key.
    pub fn make(rng: &mut impl CryptoRng) -> Self {
        Self::from_ikm(&Zeroizing::new(crate::make_random::<32>(rng)))
    }

    /// Deterministic, from at least 32 bytes of secret.
    pub fn from_ikm(ikm: &[u8; 32]) -> Self {
        let (secret, _) = XWing::derive_keypair(ikm);
        let mut bytes = [0; 32];
        let mut exposed = secret.to_bytes();
        bytes.copy_from_slice(&exposed);
        exposed.as_mut_slice().zeroize();
        Self(Sensitive::new(bytes))
    }

    /// As kept in sealed storage.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Sensitive::new(bytes))
    }

    /// For sealed storage.
    pub const fn expose(&self) -> &[u8; 32] {
        self.0.expose()
    }

    fn key(&self) -> Result<<XWing as Kem>::PrivateKey, WrapError> {
        <XWing as Kem>::PrivateKey::from_bytes(self.0.expose()).map_err(|_| WrapError::BadKey)
    }

    /// Its public half.
    pub fn public(&self) -> Result<WrapPublic, WrapError> {
        WrapPublic::from_bytes(&XWing::sk_to_pk(&self.key()?).to_bytes())
    }

    /// Opens what [`WrapPublic::seal`] made for this key and context.
    pub fn unseal(&self, context: &[u8], wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, WrapError> {
        let (encapped, sealed) = wrapped.split_at_checked(ENCAPPED_BYTES).ok_or(WrapError::Broken)?;
        let encapped = <XWing as Kem>::EncappedKey::from_bytes(encapped).map_err(|_| WrapError::Broken)?;
        hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, XWing>(
            &OpModeR::Base,
            &self.key()?,
            &encapped,
            Domain::KeyWrap.as_bytes(),
            sealed,
            context,
        )
        .map(Zeroizing::new)
        .map_err(|_| WrapError::Broken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_rng;

    #[test]
    fn a_wrap_opens_only_for_its_recipient_and_context() {
        let mut rng = test_rng(4);
        let (mine, other) = (WrapSecret::make(&mut rng), WrapSecret::make(&mut rng));
        let wrapped = mine.public().unwrap().seal(b"ledger", &[5; 64], &mut rng).unwrap();
        assert_eq!(wrapped.len(), 64 + WRAP_OVERHEAD_BYTES);
        assert_eq!(mine.unseal(b"ledger", &wrapped).unwrap().as_slice(), &[5; 64]);
        assert_eq!(other.unseal(b"ledger", &wrapped), Err(WrapError::Broken));
        assert_eq!(mine.unseal(b"ledgex", &wrapped), Err(WrapError::Broken));
        let mut changed = wrapped.clone();
        changed[700] ^= 1;
        assert_eq!(mine.unseal(b"ledger", &changed), Err(WrapError::Broken));
        assert_eq!(mine.unseal(b"ledger", &wrapped[..100]), Err(WrapError::Broken));
    }

    #[test]
    fn a_public_key_that_is_not_in_its_form_is_refused() {
        let key = WrapSecret::make(&mut test_rng(12)).public().unwrap();
        assert_eq!(WrapPublic::from_bytes(&key.as_bytes()[1..]), Err(WrapError::BadKey));
        // Coefficients of ML-KEM are below 3329; twelve bits of ones are not (FIPS 203, section 7.2).
        let mut beyond = key.as_bytes().to_vec();
        beyond[..3].fill(0xff);
        assert_eq!(WrapPublic::from_bytes(&beyond), Err(WrapError::BadKey));
    }

    #[test]
    fn a_secret_survives_its_encoding() {
        let key = WrapSecret::make(&mut test_rng(5));
        assert_eq!(WrapSecret::from_bytes(*key.expose()).public().unwrap(), key.public().unwrap());
    }
}
