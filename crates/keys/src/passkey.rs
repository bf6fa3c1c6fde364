use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::hazmat::{derive_key, seal_in_place, unseal};
use crate::{Domain, MasterKey, SealBroken, Sensitive, make_random};

/// Longest name of a passkey (WebAuthn, section 4).
const MAX_CREDENTIAL_BYTES: usize = 1023;

/// A master key sealed under what a passkey's pseudo-random function gives for a salt (WebAuthn, extension `prf`). It
/// stands beside a passphrase, never alone: a lost passkey locks nobody out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyLock {
    salt: [u8; 32],
    credential: Vec<u8>,
    nonce: [u8; 24],
    sealed: Vec<u8>,
}

impl PasskeyLock {
    /// Locks `master` under the secret that the passkey `credential` gives for `salt`. `None` if its name is too long.
    pub fn close(
        master: &MasterKey,
        credential: &[u8],
        salt: [u8; 32],
        secret: &Sensitive<[u8; 32]>,
        rng: &mut impl CryptoRng,
    ) -> Option<Self> {
        if credential.is_empty() || credential.len() > MAX_CREDENTIAL_BYTES {
            return None;
        }
        let mut lock = Self { salt, credential: credential.to_vec(), nonce: make_random(rng), sealed: Vec::new() };
        let mut sealed = master.expose().to_vec();
        seal_in_place(&lock.key(secret), &lock.nonce, &lock.aad(), &mut sealed, 0);
        lock.sealed = sealed;
        Some(lock)
    }

    /// Opens with the secret.
    pub fn open(&self, secret: &Sensitive<[u8; 32]>) -> Result<MasterKey, SealBroken> {
        let bytes = unseal(&self.key(secret), &self.nonce, &self.aad(), &self.sealed).map(Zeroizing::new)?;
        MasterKey::from_bytes(&bytes).ok_or(SealBroken)
    }

    /// Name of the passkey.
    pub fn credential(&self) -> &[u8] {
        &self.credential
    }

    /// What its pseudo-random function is asked with.
    pub const fn salt(&self) -> &[u8; 32] {
        &self.salt
    }

    fn key(&self, secret: &Sensitive<[u8; 32]>) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(derive_key(&self.salt, secret.expose(), &[Domain::PasskeyLock.as_bytes()]))
    }

    fn aad(&self) -> Vec<u8> {
        [Domain::PasskeyLock.as_bytes(), &self.credential].concat()
    }

    /// Version ‖ salt ‖ nonce ‖ sealed key ‖ name of the passkey.
    pub fn to_bytes(&self) -> Vec<u8> {
        [&[0u8], self.salt.as_slice(), &self.nonce, &self.sealed, &self.credential].concat()
    }

    /// From what [`PasskeyLock::to_bytes`] gave.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SealBroken> {
        let (version, rest) = bytes.split_first().ok_or(SealBroken)?;
        let (salt, rest) = rest.split_first_chunk::<32>().ok_or(SealBroken)?;
        let (nonce, rest) = rest.split_first_chunk::<24>().ok_or(SealBroken)?;
        let (sealed, credential) = rest.split_first_chunk::<48>().ok_or(SealBroken)?;
        if *version != 0 || credential.is_empty() || credential.len() > MAX_CREDENTIAL_BYTES {
            return Err(SealBroken);
        }
        Ok(Self { salt: *salt, nonce: *nonce, sealed: sealed.to_vec(), credential: credential.to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_rng;

    #[test]
    fn a_lock_opens_with_its_passkey_only_and_notices_every_change() {
        let mut rng = test_rng(61);
        let master = MasterKey::make(&mut rng);
        let (right, wrong) = (Sensitive::new([1; 32]), Sensitive::new([2; 32]));
        let lock = PasskeyLock::close(&master, b"a passkey", [3; 32], &right, &mut rng).unwrap();
        let stored = lock.to_bytes();
        let lock = PasskeyLock::from_bytes(&stored).unwrap();
        assert_eq!((lock.credential(), lock.salt()), (b"a passkey".as_slice(), &[3; 32]));
        assert_eq!(lock.open(&right).unwrap().expose(), master.expose());
        assert_eq!(lock.open(&wrong).err(), Some(SealBroken));
        for bit in 0..stored.len() * 8 {
            let mut changed = stored.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(PasskeyLock::from_bytes(&changed).and_then(|lock| lock.open(&right)).is_err(), "bit {bit}");
        }
        for length in 0..stored.len() - b"a passkey".len() + 1 {
            assert!(PasskeyLock::from_bytes(&stored[..length]).is_err(), "{length}");
        }
        assert!(PasskeyLock::close(&master, &[0; 1024], [3; 32], &right, &mut rng).is_none());
    }
}
