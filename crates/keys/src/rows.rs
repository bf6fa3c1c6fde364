use rand_core::CryptoRng;

use crate::hazmat::{derive_key, hmac, seal_in_place, unseal};
use crate::{Domain, MasterKey, SealBroken, Sensitive, make_random};

/// Seals a person's database: row keys become hashes under a secret key, values become sealed boxes that open only
/// under their own row key. A thief of the profile folder learns how many rows there are and how long they are.
pub struct RowSeal {
    name: Sensitive<[u8; 32]>,
    value: Sensitive<[u8; 32]>,
}

impl RowSeal {
    /// From the person's master key.
    pub fn derive(master: &MasterKey) -> Self {
        let part = |domain: Domain| Sensitive::new(derive_key(&[], master.expose(), &[domain.as_bytes()]));
        Self { name: part(Domain::RowName), value: part(Domain::RowValue) }
    }

    /// The stored key of a row, from its name.
    pub fn derive_row_key(&self, name: &[u8]) -> [u8; 32] {
        hmac(self.name.expose(), &[name])
    }

    /// Seals a value for its row: nonce ‖ ciphertext.
    pub fn seal(&self, row_key: &[u8; 32], value: &[u8], rng: &mut impl CryptoRng) -> Vec<u8> {
        let nonce: [u8; 24] = make_random(rng);
        let mut sealed = Vec::with_capacity(24 + value.len() + 16);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(value);
        seal_in_place(self.value.expose(), &nonce, row_key, &mut sealed, 24);
        sealed
    }

    /// Opens a value of its row.
    pub fn unseal(&self, row_key: &[u8; 32], sealed: &[u8]) -> Result<Vec<u8>, SealBroken> {
        let (nonce, ciphertext) = sealed.split_first_chunk::<24>().ok_or(SealBroken)?;
        unseal(self.value.expose(), nonce, row_key, ciphertext)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_rng;

    #[test]
    fn a_value_opens_only_unchanged_and_in_its_own_row() {
        let mut rng = test_rng(8);
        let seal = RowSeal::derive(&MasterKey::make(&mut rng));
        let (here, there) = (seal.derive_row_key(b"a"), seal.derive_row_key(b"b"));
        assert_ne!(here, there);
        let sealed = seal.seal(&here, b"value", &mut rng);
        assert_eq!(seal.unseal(&here, &sealed).unwrap(), b"value");
        assert_eq!(seal.unseal(&there, &sealed), Err(SealBroken));
        for bit in 0..sealed.len() * 8 {
            let mut changed = sealed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(seal.unseal(&here, &changed), Err(SealBroken));
        }
    }
}
