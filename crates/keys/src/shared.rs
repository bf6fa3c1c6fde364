use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::hazmat::{derive_key, sha256};
use crate::{Domain, FileSeal, WRAP_OVERHEAD_BYTES, WrapError, WrapPublic, WrapSecret, make_random};

/// Most devices that one parcel is sealed to.
pub const MAX_SHARED_WITH: usize = 16;
/// One wrap of a file's key, bytes.
const WRAP_BYTES: usize = WRAP_OVERHEAD_BYTES + 32;

/// The head of a parcel: what the file begins with, and its key wrapped to each of the devices that may open it.
///
/// ```text
/// start ‖ number of wraps (1 byte): 1, 2, 4, 8 or 16 ‖ wraps (1,168 bytes each), in random order
/// ```
///
/// It names nobody, and says of how many there are only as much as the next power of two: the wraps beyond them are real
/// ones too, to keys that nobody has. Frames open only behind the very head that they were made with, so that nobody can
/// exchange one of its wraps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedHead {
    bytes: Vec<u8>,
    /// Where the wraps begin.
    wraps_at: usize,
}

impl SharedHead {
    /// Longest head behind a start of so many bytes.
    pub const fn max_bytes(start_bytes: usize) -> usize {
        start_bytes + 1 + MAX_SHARED_WITH * WRAP_BYTES
    }

    /// Makes a fresh key for one file that begins with `start`, and wraps it to 1 to 16 devices.
    ///
    /// # Errors
    /// There are none or too many of them, or a key is malformed.
    pub fn make(start: &[u8], to: &[WrapPublic], rng: &mut impl CryptoRng) -> Result<(Self, FileSeal), WrapError> {
        if to.is_empty() || to.len() > MAX_SHARED_WITH {
            return Err(WrapError::Count);
        }
        let count = to.len().next_power_of_two();
        let key = Zeroizing::new(make_random::<32>(rng));
        let context = Domain::ParcelKey.as_bytes();
        // Behind eight random bytes, which give them their order.
        let mut wraps = Vec::with_capacity(count);
        for public in to {
            wraps.push((make_random::<8>(rng), public.seal(context, key.as_slice(), rng)?));
        }
        while wraps.len() < count {
            // Random bytes would be told from wraps: of those that could be an X25519 key, half are not.
            let nobody = WrapSecret::make(rng).public()?;
            let nothing = Zeroizing::new(make_random::<32>(rng));
            wraps.push((make_random::<8>(rng), nobody.seal(context, nothing.as_slice(), rng)?));
        }
        wraps.sort();
        let mut bytes = start.to_vec();
        bytes.push(u8::try_from(count).map_err(|_| WrapError::Count)?);
        wraps.iter().for_each(|(_, wrap)| bytes.extend(wrap));
        let head = Self { bytes, wraps_at: start.len() + 1 };
        let seal = head.seal(&key);
        Ok((head, seal))
    }

    /// Reads the head of a file of which `start_bytes` bytes were looked at. `None` if not all of it is there yet.
    ///
    /// # Errors
    /// It does not have the number of wraps that a head can have.
    pub fn read(start_bytes: usize, file: &[u8]) -> Result<Option<Self>, WrapError> {
        let Some(count) = file.get(start_bytes).map(|count| usize::from(*count)) else { return Ok(None) };
        if !count.is_power_of_two() || count > MAX_SHARED_WITH {
            return Err(WrapError::Count);
        }
        let wraps_at = start_bytes + 1;
        Ok(file.get(..wraps_at + count * WRAP_BYTES).map(|bytes| Self { bytes: bytes.to_vec(), wraps_at }))
    }

    /// As it stands in the file.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Opens the wrap that is for this key. `None` if there is none, or it was changed.
    pub fn open(&self, secret: &WrapSecret) -> Option<FileSeal> {
        let wraps = self.bytes.get(self.wraps_at..).unwrap_or_default();
        wraps.chunks(WRAP_BYTES).find_map(|wrap| {
            let key = secret.unseal(Domain::ParcelKey.as_bytes(), wrap).ok()?;
            let key = Zeroizing::new(<[u8; 32]>::try_from(key.as_slice()).ok()?);
            Some(self.seal(&key))
        })
    }

    fn seal(&self, key: &[u8; 32]) -> FileSeal {
        let key = derive_key(&sha256(&self.bytes), key, &[Domain::ParcelFrame.as_bytes()]);
        FileSeal::new(key, Domain::ParcelFrame)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_rng;

    fn secrets(count: usize, seed: u64) -> Vec<WrapSecret> {
        let mut rng = test_rng(seed);
        (0..count).map(|_| WrapSecret::make(&mut rng)).collect()
    }

    fn publics(secrets: &[WrapSecret]) -> Vec<WrapPublic> {
        secrets.iter().map(|secret| secret.public().unwrap()).collect()
    }

    #[test]
    fn each_of_those_it_is_for_opens_it_and_nobody_else() {
        let other = secrets(1, 90).remove(0);
        for (devices, wraps) in [(1, 1), (2, 2), (3, 4), (5, 8), (16, 16)] {
            let mine = secrets(devices, 91);
            let (head, mut seal) = SharedHead::make(b"start", &publics(&mine), &mut test_rng(92)).unwrap();
            let frame = seal.seal(b"plain", true);
            assert_eq!(head.as_bytes().len(), 6 + wraps * WRAP_BYTES);
            let file = [head.as_bytes(), &frame].concat();
            let read = SharedHead::read(5, &file).unwrap().unwrap();
            assert_eq!(read, head);
            for secret in &mine {
                assert_eq!(read.open(secret).unwrap().unseal(&frame, true).unwrap(), b"plain");
            }
            assert!(read.open(&other).is_none());
        }
    }

    #[test]
    fn nothing_opens_behind_a_head_of_which_anything_was_changed() {
        let mine = secrets(3, 93);
        let (head, mut seal) = SharedHead::make(b"start", &publics(&mine), &mut test_rng(94)).unwrap();
        let frame = seal.seal(b"plain", true);
        for at in (0..head.as_bytes().len()).step_by(61).filter(|at| *at != 5) {
            let mut changed = head.as_bytes().to_vec();
            changed[at] ^= 1;
            let changed = SharedHead::read(5, &changed).unwrap().unwrap();
            for secret in &mine {
                let opened = changed.open(secret).map(|mut seal| seal.unseal(&frame, true).is_ok());
                assert_ne!(opened, Some(true), "byte {at}");
            }
        }
    }

    #[test]
    fn a_wrap_of_a_backup_is_none_of_a_parcel() {
        let mine = secrets(1, 95).remove(0);
        let (_, wrap) = FileSeal::make(&mine.public().unwrap(), &mut test_rng(96)).unwrap();
        let head = [b"start\x01".as_slice(), &wrap].concat();
        assert!(SharedHead::read(5, &head).unwrap().unwrap().open(&mine).is_none());
        let (head, _) = SharedHead::make(b"start", &[mine.public().unwrap()], &mut test_rng(97)).unwrap();
        assert!(FileSeal::open(&mine, &head.as_bytes()[6..]).is_err());
    }

    #[test]
    fn heads_for_none_for_too_many_and_of_other_numbers_are_refused() {
        let publics = publics(&secrets(17, 98));
        for to in [&publics[..0], &publics] {
            assert_eq!(SharedHead::make(b"", to, &mut test_rng(99)).err(), Some(WrapError::Count));
        }
        for count in (0..=255).filter(|count| ![1, 2, 4, 8, 16].contains(count)) {
            assert_eq!(SharedHead::read(0, &[count]), Err(WrapError::Count), "{count}");
        }
        assert_eq!(SharedHead::read(0, &[]), Ok(None));
        assert_eq!(SharedHead::read(0, &[&[1], [0; WRAP_BYTES - 1].as_slice()].concat()), Ok(None));
        assert_eq!(SharedHead::read(usize::MAX, b"x"), Ok(None));
    }

    /// Pinned: another implementation comes to the same key and frames.
    #[test]
    fn the_key_of_frames_is_pinned() {
        let head = SharedHead { bytes: b"start\x01wraps".to_vec(), wraps_at: 6 };
        let mut seal = head.seal(&[5; 32]);
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(
            [hex(&seal.seal(b"one", false)), hex(&seal.seal(b"two", true))],
            ["f0e8809b72ff568eb487ba831e2f593edc7c4d", "6258b702eb13c4d4e707ef446822352aa8382e"]
        );
    }
}
