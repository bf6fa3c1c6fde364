use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::hazmat::{derive_key, seal_in_place, unseal};
use crate::{Domain, RecoveryWords, SealBroken, Sensitive, WrapError, WrapPublic, WrapSecret, make_random};

/// Plain bytes to a frame of a sealed file.
pub const FRAME_BYTES: usize = 64 * 1024;
/// A full frame as it stands in the file.
pub const SEALED_FRAME_BYTES: usize = FRAME_BYTES + 16;

impl RecoveryWords {
    /// The key that opens sealed files of this person: only the words have it. Its public half is kept, so that files
    /// can be sealed without the words.
    pub fn derive_file_key(&self) -> WrapSecret {
        let ikm = derive_key(&[], self.expose_entropy(), &[Domain::FileWrap.as_bytes()]);
        WrapSecret::from_ikm(&Zeroizing::new(ikm))
    }
}

/// Seals a file in frames of 64 KiB, so that it can be written and read piece by piece: frame `n` is sealed under the
/// file's key with a nonce of `n` and whether it is the last one (the STREAM construction, Hoang, Reyhanitabar, Rogaway
/// and Vizár 2015). Frames that are lost, moved, repeated or cut off at the end do not open.
pub struct FileSeal {
    key: Sensitive<[u8; 32]>,
    frame: Domain,
    next: u64,
}

impl FileSeal {
    pub(crate) const fn new(key: [u8; 32], frame: Domain) -> Self {
        Self { key: Sensitive::new(key), frame, next: 0 }
    }

    /// A fresh key for one file, and its wrap for the head of the file.
    pub fn make(to: &WrapPublic, rng: &mut impl CryptoRng) -> Result<(Self, Vec<u8>), WrapError> {
        let key: [u8; 32] = make_random(rng);
        let wrap = to.seal(Domain::FileKey.as_bytes(), &key, rng)?;
        Ok((Self::new(key, Domain::FileFrame), wrap))
    }

    /// Opens the wrap in the head of a file.
    pub fn open(secret: &WrapSecret, wrap: &[u8]) -> Result<Self, WrapError> {
        let key = Zeroizing::new(secret.unseal(Domain::FileKey.as_bytes(), wrap)?);
        let key = <[u8; 32]>::try_from(key.as_slice()).map_err(|_| WrapError::Broken)?;
        Ok(Self::new(key, Domain::FileFrame))
    }

    fn nonce(&self, last: bool) -> [u8; 24] {
        let mut nonce = [0; 24];
        let (counter, rest) = nonce.split_at_mut(8);
        counter.copy_from_slice(&self.next.to_be_bytes());
        if let Some(flag) = rest.first_mut() {
            *flag = u8::from(last);
        }
        nonce
    }

    /// Seals the next frame. Every frame but the last is of [`FRAME_BYTES`].
    pub fn seal(&mut self, plain: &[u8], last: bool) -> Vec<u8> {
        let nonce = self.nonce(last);
        self.next += 1;
        let mut frame = plain.to_vec();
        seal_in_place(self.key.expose(), &nonce, self.frame.as_bytes(), &mut frame, 0);
        frame
    }

    /// Opens the next frame. A file that ends with a frame which is not the last was cut off. After one that does not open,
    /// the same one is next.
    pub fn unseal(&mut self, frame: &[u8], last: bool) -> Result<Vec<u8>, SealBroken> {
        let plain = unseal(self.key.expose(), &self.nonce(last), self.frame.as_bytes(), frame)?;
        self.next += 1;
        Ok(plain)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_rng;

    #[test]
    fn frames_open_with_the_words_in_their_order_and_to_their_end_only() {
        let mut rng = test_rng(21);
        let words = RecoveryWords::make(&mut rng);
        let public = words.derive_file_key().public().unwrap();
        let (mut seal, wrap) = FileSeal::make(&public, &mut rng).unwrap();
        let frames = [seal.seal(b"one", false), seal.seal(b"two", false), seal.seal(b"three", true)];
        let open = || FileSeal::open(&words.derive_file_key(), &wrap).unwrap();
        let mut opened = open();
        assert_eq!(opened.unseal(&frames[0], false).unwrap(), b"one");
        assert_eq!(opened.unseal(&frames[1], false).unwrap(), b"two");
        assert_eq!(opened.unseal(&frames[2], true).unwrap(), b"three");
        assert!(open().unseal(&frames[1], false).is_err(), "moved");
        assert!(open().unseal(&frames[0], true).is_err(), "cut off");
        for bit in 0..frames[0].len() * 8 {
            let mut changed = frames[0].clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(open().unseal(&changed, false).is_err(), "bit {bit}");
        }
        let others = RecoveryWords::make(&mut rng);
        assert!(FileSeal::open(&others.derive_file_key(), &wrap).is_err());
    }
}
