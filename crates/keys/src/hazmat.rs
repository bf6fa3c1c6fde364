//! Bare primitives. Private: everything outside of this crate goes through a named operation.

use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{Key, Tag, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use rand_core::CryptoRng;
use sha2::{Digest as _, Sha256};
use zeroize::{Zeroize, Zeroizing};

use crate::{CompartmentId, CompartmentKey, Domain, SealBroken, Sensitive, make_random};

/// Bytes that sealing adds to an entry or a row: the Poly1305 tag.
pub const SEALED_OVERHEAD_BYTES: usize = 16;

pub(crate) fn seal_in_place(key: &[u8; 32], nonce: &[u8; 24], aad: &[u8], buffer: &mut Vec<u8>, from: usize) {
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    let Some(plaintext) = buffer.get_mut(from..) else { return };
    // XChaCha20-Poly1305 refuses only messages over 256 GiB, which no buffer here can hold.
    if let Ok(tag) = cipher.encrypt_inout_detached(&XNonce::from(*nonce), aad, plaintext.into()) {
        buffer.extend_from_slice(&tag);
    }
}

pub(crate) fn unseal(key: &[u8; 32], nonce: &[u8; 24], aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, SealBroken> {
    let split = sealed.len().checked_sub(SEALED_OVERHEAD_BYTES).ok_or(SealBroken)?;
    let (ciphertext, tag) = sealed.split_at_checked(split).ok_or(SealBroken)?;
    let tag = Tag::try_from(tag).map_err(|_| SealBroken)?;
    let mut plaintext = ciphertext.to_vec();
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    match cipher.decrypt_inout_detached(&XNonce::from(*nonce), aad, plaintext.as_mut_slice().into(), &tag) {
        Ok(()) => Ok(plaintext),
        Err(_) => {
            plaintext.zeroize();
            Err(SealBroken)
        }
    }
}

/// HKDF-SHA-256 (RFC 5869) with one block of output.
pub(crate) fn derive_key(salt: &[u8], secret: &[u8], info: &[&[u8]]) -> [u8; 32] {
    let mut output = [0; 32];
    // One block of output never exceeds the limit of 255 blocks.
    let _ = Hkdf::<Sha256>::new(Some(salt), secret).expand_multi_info(info, &mut output);
    output
}

pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

pub(crate) fn hmac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // RFC 2104 pads a short key with zeros to the block length; doing it here spares a fallible call.
    let mut padded = Zeroizing::new([0; 64]);
    for (byte, value) in padded.iter_mut().zip(key) {
        *byte = *value;
    }
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new((&*padded).into());
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// The key of one entry: random, used once, never derived, so that a single entry can be shredded.
#[derive(Clone)]
pub struct DataKey(Sensitive<[u8; 32]>);

impl DataKey {
    /// A fresh key.
    pub fn make(rng: &mut impl CryptoRng) -> Self {
        Self(Sensitive::new(make_random(rng)))
    }

    /// A key as it stood in a table row.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Sensitive::new(bytes))
    }

    /// For the table row, the only place where a data key stands.
    pub const fn expose(&self) -> &[u8; 32] {
        self.0.expose()
    }

    /// Seals what stands in `buffer` from `from` on, in place. The nonce is fixed because the key is used once.
    pub fn seal_tail(&self, buffer: &mut Vec<u8>, from: usize) {
        seal_in_place(self.0.expose(), &[0; 24], Domain::Entry.as_bytes(), buffer, from);
    }

    /// Opens an entry's ciphertext. Check the commitment first: this cipher alone does not bind its key.
    pub fn unseal(&self, sealed: &[u8]) -> Result<Vec<u8>, SealBroken> {
        unseal(self.0.expose(), &[0; 24], Domain::Entry.as_bytes(), sealed)
    }

    /// The commitment of this key to a ciphertext: HMAC(HKDF(data key), ciphertext).
    pub fn derive_commitment(&self, sealed: &[u8]) -> [u8; 32] {
        let mut key = derive_key(&[], self.0.expose(), &[Domain::EntryCommitment.as_bytes()]);
        let commitment = hmac(&key, &[sealed]);
        key.zeroize();
        commitment
    }
}

/// The key of one segment's table of rows.
pub struct TableKey {
    key: Sensitive<[u8; 32]>,
}

impl TableKey {
    /// From the compartment's key and the table's random nonce.
    pub fn derive(compartment: &CompartmentKey, table_nonce: &[u8; 32]) -> Self {
        let key = derive_key(table_nonce, compartment.expose(), &[Domain::TableKey.as_bytes()]);
        Self { key: Sensitive::new(key) }
    }

    /// Appends the sealed row to `out`. `place` binds it to ledger, feed and seq.
    pub fn seal_row(&self, place: &[u8], compartment: CompartmentId, index: u32, row: &[u8], out: &mut Vec<u8>) {
        let from = out.len();
        out.extend_from_slice(row);
        seal_in_place(self.key.expose(), &row_nonce(index), &row_aad(place, compartment, index), out, from);
    }

    /// Opens a sealed row.
    pub fn unseal_row(
        &self,
        place: &[u8],
        compartment: CompartmentId,
        index: u32,
        sealed: &[u8],
    ) -> Result<Sensitive<Vec<u8>>, SealBroken> {
        unseal(self.key.expose(), &row_nonce(index), &row_aad(place, compartment, index), sealed).map(Sensitive::new)
    }
}

/// Rows have their index as nonce: the table key is used for one table only.
fn row_nonce(index: u32) -> [u8; 24] {
    let mut nonce = [0; 24];
    for (byte, value) in nonce.iter_mut().zip(index.to_be_bytes()) {
        *byte = value;
    }
    nonce
}

fn row_aad(place: &[u8], compartment: CompartmentId, index: u32) -> Vec<u8> {
    [Domain::TableRow.as_bytes(), place, &[compartment.0], &index.to_be_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_rng;

    #[test]
    fn an_entry_opens_only_unchanged_and_under_its_own_key() {
        let mut rng = test_rng(1);
        let key = DataKey::make(&mut rng);
        let mut sealed = b"prefix".to_vec();
        sealed.extend_from_slice(b"HbA1c 53 mmol/mol");
        key.seal_tail(&mut sealed, 6);
        let sealed = sealed.split_off(6);
        assert_eq!(key.unseal(&sealed).unwrap(), b"HbA1c 53 mmol/mol");
        for bit in 0..sealed.len() * 8 {
            let mut changed = sealed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(key.unseal(&changed), Err(SealBroken));
            assert_ne!(key.derive_commitment(&changed), key.derive_commitment(&sealed));
        }
        assert_eq!(DataKey::make(&mut rng).unseal(&sealed), Err(SealBroken));
        assert_eq!(key.unseal(&[0; 15]), Err(SealBroken));
    }

    #[test]
    fn a_row_opens_only_in_its_own_place() {
        let compartment = CompartmentKey::from_bytes([7; 32]);
        let table = TableKey::derive(&compartment, &[9; 32]);
        let mut sealed = Vec::new();
        table.seal_row(b"here", CompartmentId(0), 3, &[1; 40], &mut sealed);
        assert_eq!(table.unseal_row(b"here", CompartmentId(0), 3, &sealed).unwrap().expose(), &vec![1; 40]);
        assert!(table.unseal_row(b"there", CompartmentId(0), 3, &sealed).is_err());
        assert!(table.unseal_row(b"here", CompartmentId(1), 3, &sealed).is_err());
        assert!(table.unseal_row(b"here", CompartmentId(0), 4, &sealed).is_err());
        assert!(TableKey::derive(&compartment, &[8; 32]).unseal_row(b"here", CompartmentId(0), 3, &sealed).is_err());
    }
}
