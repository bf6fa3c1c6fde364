//! The code on a printed recovery sheet: the words as text that fits a small QR code.
//!
//! `CHARTCHAIN-WORDS-0:` ‖ 72 hexadecimal digits in capitals, which are the 32 bytes that the words stand for (BIP-39) and 4
//! check bytes: the first of SHA-256(`chartchain.sheet-code.v0` ‖ 32 bytes). All of it is in the alphanumeric set of QR codes.

use zeroize::Zeroizing;

use crate::hazmat::sha256;
use crate::{Domain, RecoveryWords, TextError, hex};

const PREFIX: &str = "CHARTCHAIN-WORDS-0:";
/// How a code of any version begins.
const PREFIX_ANY: &str = "CHARTCHAIN-WORDS-";

fn check(entropy: &[u8; 32]) -> [u8; 4] {
    let message = Zeroizing::new([Domain::SheetCode.as_bytes(), entropy].concat());
    let [a, b, c, d, ..] = sha256(&message);
    [a, b, c, d]
}

impl RecoveryWords {
    /// The code for a sheet. It is as secret as the words.
    pub fn to_code(&self) -> Zeroizing<String> {
        let bytes = Zeroizing::new([self.expose_entropy().as_slice(), &check(self.expose_entropy())].concat());
        let digits = hex::write(&bytes, b"0123456789ABCDEF");
        Zeroizing::new([PREFIX, digits.as_str()].concat())
    }

    /// Reads the code of a sheet.
    pub fn from_code(code: &str) -> Result<Self, TextError> {
        let code = code.trim();
        let Some(digits) = code.strip_prefix(PREFIX) else {
            return Err(if code.starts_with(PREFIX_ANY) { TextError::TooNew } else { TextError::Other });
        };
        let bytes = hex::read(digits).ok_or(TextError::Damaged)?;
        let (entropy, rest) = bytes.split_first_chunk::<32>().ok_or(TextError::Damaged)?;
        if rest != check(entropy) {
            return Err(TextError::Damaged);
        }
        Ok(Self::from_entropy(*entropy))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_pinned_and_comes_back() {
        let words = RecoveryWords::from_entropy([0x5a; 32]);
        let code = words.to_code();
        assert_eq!(*code, format!("CHARTCHAIN-WORDS-0:{}DCEA9967", "5A".repeat(32)));
        assert!(code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || "-:".contains(c)));
        assert_eq!(RecoveryWords::from_code(&format!(" {}\n", *code)).unwrap().expose_entropy(), &[0x5a; 32]);
    }

    #[test]
    fn other_codes_changed_ones_and_newer_ones_are_told_apart() {
        let code = RecoveryWords::from_entropy([7; 32]).to_code();
        assert_eq!(RecoveryWords::from_code("https://example.org").err(), Some(TextError::Other));
        assert_eq!(RecoveryWords::from_code(&code.replace("-0:", "-1:")).err(), Some(TextError::TooNew));
        for at in PREFIX.len()..code.len() {
            let mut changed = code.as_bytes().to_vec();
            changed[at] = if changed[at] == b'7' { b'8' } else { b'7' };
            let changed = String::from_utf8(changed).unwrap();
            assert_eq!(RecoveryWords::from_code(&changed).err(), Some(TextError::Damaged), "digit {at}");
            assert_eq!(RecoveryWords::from_code(&code[..at]).err(), Some(TextError::Damaged), "cut at {at}");
        }
    }
}
