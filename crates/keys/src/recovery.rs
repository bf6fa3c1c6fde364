use bip39::{Language, Mnemonic};
use rand_core::CryptoRng;
use zeroize::{Zeroize, Zeroizing};

use crate::hazmat::derive_key;
use crate::{Domain, Sensitive, SigningKey, VerifyKey, WrapError, WrapPublic, WrapSecret, make_random};

/// How many words.
pub const WORD_COUNT: usize = 24;

/// Why words are not recovery words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    /// Not 24 words.
    #[error("there are {0} words, not 24")]
    Count(usize),
    /// Words at these places (first is 1) are not in the list.
    #[error("words at {0:?} are not in the list")]
    Unknown(Vec<u8>),
    /// All words are in the list, but they do not belong together in this order.
    #[error("the words do not belong together in this order")]
    Checksum,
}

/// 24 words (BIP-39, English list) that stand for 256 random bits.
pub struct RecoveryWords {
    entropy: Sensitive<[u8; 32]>,
}

impl RecoveryWords {
    /// Fresh words.
    pub fn make(rng: &mut impl CryptoRng) -> Self {
        Self { entropy: Sensitive::new(make_random(rng)) }
    }

    /// From stored entropy.
    pub const fn from_entropy(entropy: [u8; 32]) -> Self {
        Self { entropy: Sensitive::new(entropy) }
    }

    /// For sealed storage, while the recovery card is not done.
    pub const fn expose_entropy(&self) -> &[u8; 32] {
        self.entropy.expose()
    }

    /// The words, separated by single spaces.
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut text = String::new();
        // 32 bytes are one of the lengths that BIP-39 names, so this is never an error.
        if let Ok(mut mnemonic) = Mnemonic::from_entropy_in(Language::English, self.entropy.expose()) {
            for word in mnemonic.words() {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(word);
            }
            mnemonic.zeroize();
        }
        Zeroizing::new(text)
    }

    /// Reads words as a person types them: any white space and case.
    pub fn parse(text: &str) -> Result<Self, WordsError> {
        let lower = Zeroizing::new(text.to_lowercase());
        let words: Vec<&str> = lower.split_whitespace().collect();
        if words.len() != WORD_COUNT {
            return Err(WordsError::Count(words.len()));
        }
        let unknown: Vec<u8> = (1u8..)
            .zip(&words)
            .filter(|(_, word)| Language::English.find_word(word).is_none())
            .map(|(place, _)| place)
            .collect();
        if !unknown.is_empty() {
            return Err(WordsError::Unknown(unknown));
        }
        let joined = Zeroizing::new(words.join(" "));
        let mut mnemonic =
            Mnemonic::parse_in_normalized(Language::English, &joined).map_err(|_| WordsError::Checksum)?;
        let mut entropy = Zeroizing::new(mnemonic.to_entropy());
        mnemonic.zeroize();
        let bytes = <[u8; 32]>::try_from(entropy.as_slice()).map_err(|_| WordsError::Count(words.len()))?;
        entropy.zeroize();
        Ok(Self::from_entropy(bytes))
    }

    /// Places (first is 1) where `text` differs from these words; words that lack, or that are too many, differ too.
    pub fn differences(&self, text: &str) -> Vec<u8> {
        let right = self.to_text();
        let lower = Zeroizing::new(text.to_lowercase());
        let (mut right, mut given) = (right.split_whitespace(), lower.split_whitespace());
        (1..=u8::MAX)
            .map(|place| (place, right.next(), given.next()))
            .take_while(|(_, right, given)| right.is_some() || given.is_some())
            .filter(|(_, right, given)| right != given)
            .map(|(place, ..)| place)
            .collect()
    }

    /// The recovery keys of one ledger. `number` counts a person's ledgers, so that one set of words serves them all
    /// and no two ledgers share a key.
    pub fn derive_keys(&self, number: u32) -> RecoveryKeys {
        let part = |domain: Domain| {
            let info: [&[u8]; 2] = [domain.as_bytes(), &number.to_be_bytes()];
            Zeroizing::new(derive_key(&[], self.entropy.expose(), &info))
        };
        RecoveryKeys {
            signing: SigningKey::from_seed(&part(Domain::RecoverySigning)),
            wrap: WrapSecret::from_ikm(&part(Domain::RecoveryWrap)),
        }
    }
}

/// The private recovery keys of one ledger. They exist only where the words are.
pub struct RecoveryKeys {
    /// Signs handovers and control blocks in an emergency.
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
    fn words_are_read_back_however_they_are_typed() {
        let words = RecoveryWords::make(&mut test_rng(10));
        let text = words.to_text();
        assert_eq!(text.split(' ').count(), WORD_COUNT);
        let typed = format!("  {}\n", text.to_uppercase().replace(' ', "\n "));
        assert_eq!(RecoveryWords::parse(&typed).unwrap().expose_entropy(), words.expose_entropy());
    }

    #[test]
    fn wrong_words_are_named_by_their_places() {
        let words = RecoveryWords::from_entropy([0x7f; 32]);
        let text = words.to_text();
        let mut list: Vec<&str> = text.split(' ').collect();
        list[2] = "chartchain";
        list[23] = "xyzzy";
        assert_eq!(RecoveryWords::parse(&list.join(" ")).err(), Some(WordsError::Unknown(vec![3, 24])));
        assert_eq!(words.differences(&list.join(" ")), [3, 24]);
        assert!(words.differences(&text).is_empty());
        assert_eq!(words.differences(&list[..22].join(" ")), [3, 23, 24]);
        assert_eq!(words.differences(""), (1..=24).collect::<Vec<u8>>());
        assert_eq!(words.differences(&format!("{} zoo", *text)), [25]);
        assert_eq!(RecoveryWords::parse("legal winner").err(), Some(WordsError::Count(2)));
        let mut swapped: Vec<&str> = text.split(' ').collect();
        swapped[23] = if swapped[23] == "zoo" { "abandon" } else { "zoo" };
        assert_eq!(RecoveryWords::parse(&swapped.join(" ")).err(), Some(WordsError::Checksum));
    }

    #[test]
    fn the_published_vector_gives_its_words() {
        // BIP-39, Trezor's vectors: entropy of 32 zero bytes.
        let text = RecoveryWords::from_entropy([0; 32]).to_text();
        assert_eq!(*text, format!("{}art", "abandon ".repeat(23)));
    }

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
