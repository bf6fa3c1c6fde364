//! The recovery file: recovery words under a passphrase of their own, as a small text.
//!
//! ```text
//! chartchain recovery file v0
//! 64 hexadecimal digits a line, 210 in all
//! ```
//!
//! White space between digits does not count. The digits are 105 bytes: version (0) ‖ memory of Argon2id in KiB (4, big
//! endian) ‖ its passes (4) ‖ salt (16) ‖ nonce (24) ‖ the 32 bytes that the words stand for (BIP-39), sealed (48) ‖ check bytes
//! (8). Check bytes are the first of SHA-256 over all before them, so that a damaged file is told from a wrong passphrase. The
//! key is Argon2id (RFC 9106, one lane, version 0x13, 32 bytes) of the passphrase in UTF-8 and NFC; the seal is
//! XChaCha20-Poly1305 with `chartchain.recovery-file.v0` ‖ memory ‖ passes ‖ salt as associated data.

use rand_core::CryptoRng;

use crate::hazmat::sha256;
use crate::passphrase::Locked;
use crate::{Domain, KdfParams, RecoveryWords, Sensitive, TextError, UnlockError, hex};

/// No recovery file is longer; what an editor puts around it has room.
pub const MAX_RECOVERY_FILE_BYTES: usize = 4096;

const MAGIC: &str = "chartchain recovery file v0";
/// How a file of any version begins.
const MAGIC_ANY: &str = "chartchain recovery file v";
const LINE_DIGITS: usize = 64;
const CHECK_BYTES: usize = 8;

/// Recovery words locked by a passphrase of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoveryFile(Locked);

fn check(bytes: &[u8]) -> [u8; CHECK_BYTES] {
    let [a, b, c, d, e, f, g, h, ..] = sha256(bytes);
    [a, b, c, d, e, f, g, h]
}

impl RecoveryFile {
    /// Locks words under a key stretched with `salt` and `params`.
    pub fn close(
        words: &RecoveryWords,
        stretched: &Sensitive<[u8; 32]>,
        salt: [u8; 16],
        params: KdfParams,
        rng: &mut impl CryptoRng,
    ) -> Self {
        Self(Locked::close(Domain::RecoveryFile, words.expose_entropy(), stretched, (salt, params), rng))
    }

    /// What the passphrase has to be stretched with.
    pub const fn work(&self) -> (&[u8; 16], KdfParams) {
        self.0.work()
    }

    /// Opens with the stretched passphrase.
    pub fn open(&self, stretched: &Sensitive<[u8; 32]>) -> Result<RecoveryWords, UnlockError> {
        self.0.open(Domain::RecoveryFile, stretched).map(|entropy| RecoveryWords::from_entropy(*entropy.expose()))
    }

    /// As it stands in the file.
    pub fn to_text(&self) -> String {
        let mut bytes = self.0.to_bytes();
        bytes.extend(check(&bytes));
        let digits = hex::write(&bytes, b"0123456789abcdef");
        let mut text = format!("{MAGIC}\n");
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && at % LINE_DIGITS == 0 {
                text.push('\n');
            }
            text.push(digit);
        }
        text.push('\n');
        text
    }

    /// Reads a file.
    pub fn parse(file: &[u8]) -> Result<Self, TextError> {
        if file.len() > MAX_RECOVERY_FILE_BYTES {
            return Err(TextError::Other);
        }
        let text = core::str::from_utf8(file).map_err(|_| TextError::Other)?;
        let text = text.trim_start();
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        if first.trim_end() != MAGIC {
            return Err(if first.starts_with(MAGIC_ANY) { TextError::TooNew } else { TextError::Other });
        }
        let digits: String = rest.split_ascii_whitespace().collect();
        let bytes = hex::read(&digits).ok_or(TextError::Damaged)?;
        let (locked, given) = bytes.split_last_chunk::<CHECK_BYTES>().ok_or(TextError::Damaged)?;
        if *given != check(locked) {
            return Err(TextError::Damaged);
        }
        Locked::from_bytes(locked).map(Self).map_err(|_| TextError::Damaged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{stretch, test_rng};

    fn file() -> (RecoveryWords, String) {
        let words = RecoveryWords::from_entropy([0x21; 32]);
        let stretched = stretch("café lantern".as_bytes(), &[9; 16], KdfParams::FLOOR).unwrap();
        let file = RecoveryFile::close(&words, &stretched, [9; 16], KdfParams::FLOOR, &mut test_rng(51));
        (words, file.to_text())
    }

    #[test]
    fn the_format_is_pinned() {
        let pinned = "chartchain recovery file v0\n\
            0000004c0000000002090909090909090909090909090909098e194907141cca\n\
            55e69c3b5233ff0d54d47fd58317ab9628976e9f29c7c5fa61729f2fd58d46e8\n\
            1afc216d9aa59cd5a8b843d1039717be550f92f76bd7e4931a7b5c5ac275171f\n\
            c1c4d135f45625c662\n";
        let (words, text) = file();
        assert_eq!(text, pinned);
        let read = RecoveryFile::parse(pinned.as_bytes()).unwrap();
        let (salt, params) = read.work();
        let stretched = stretch("café lantern".as_bytes(), salt, params).unwrap();
        assert_eq!(read.open(&stretched).unwrap().expose_entropy(), words.expose_entropy());
        let wrong = stretch(b"cafe lantern", salt, params).unwrap();
        assert_eq!(read.open(&wrong).err(), Some(UnlockError::WrongPassphrase));
    }

    #[test]
    fn a_file_survives_editors_and_mail() {
        let (_, text) = file();
        let read = RecoveryFile::parse(text.as_bytes()).unwrap();
        for changed in [text.replace('\n', "\r\n"), format!("\n{text}\n\n"), text.trim_end().to_owned()] {
            assert_eq!(RecoveryFile::parse(changed.as_bytes()).as_ref(), Ok(&read), "{changed:?}");
        }
    }

    #[test]
    fn damaged_files_newer_ones_and_other_files_are_told_apart() {
        let (_, text) = file();
        for length in 0..text.trim_end().len() {
            assert!(RecoveryFile::parse(&text.as_bytes()[..length]).is_err(), "cut at {length}");
        }
        let digits = text.find('\n').unwrap() + 1;
        for at in digits..text.len() {
            for bit in 0..8 {
                let mut changed = text.as_bytes().to_vec();
                changed[at] ^= 1 << bit;
                let read = RecoveryFile::parse(&changed);
                // White space in place of other white space, and capitals, are no damage.
                let same = read == RecoveryFile::parse(text.as_bytes());
                assert!(same && (text.as_bytes()[at] == b'\n' || bit == 5) || read.is_err(), "bit {bit} of {at}");
            }
        }
        let newer = text.replace("v0", "v1");
        assert_eq!(RecoveryFile::parse(newer.as_bytes()).err(), Some(TextError::TooNew));
        assert_eq!(RecoveryFile::parse(b"{\"resourceType\":\"Bundle\"}\n").err(), Some(TextError::Other));
        assert_eq!(RecoveryFile::parse(&vec![b'a'; MAX_RECOVERY_FILE_BYTES + 1]).err(), Some(TextError::Other));
    }

    #[test]
    fn a_file_that_asks_for_endless_work_is_refused() {
        let (_, text) = file();
        let digits: String = text.split_once('\n').unwrap().1.split_whitespace().collect();
        let mut bytes = hex::read(&digits).unwrap()[..Locked::BYTES].to_vec();
        bytes[1..5].copy_from_slice(&u32::MAX.to_be_bytes());
        bytes.extend(check(&bytes));
        let hostile = format!("{MAGIC}\n{}", *hex::write(&bytes, b"0123456789abcdef"));
        assert!(RecoveryFile::parse(hostile.as_bytes()).is_err());
    }
}
