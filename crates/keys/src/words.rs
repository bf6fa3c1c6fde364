use bip39::{Language, Mnemonic};
use rand_core::CryptoRng;
use zeroize::{Zeroize, Zeroizing};

use crate::hazmat::{derive_key, seal_in_place, sha256, unseal};
use crate::{Domain, MasterKey, SealBroken, Sensitive, make_random};

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
}

/// A slip in 24 words that were written down, and what was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slip {
    /// One word is another one.
    Word {
        /// Its place, first is 1.
        place: u8,
        /// The word that belongs there.
        meant: String,
    },
    /// Two words changed places.
    Swapped {
        /// Place of the first.
        first: u8,
        /// Place of the second.
        second: u8,
    },
}

impl RecoveryWords {
    /// Finds the one slip that makes `text` open nothing: one wrong word (also one that is not in the list), or two
    /// that changed places. `opens` says whether words are the right ones; the checksum in the last word spares most
    /// of the about 49,000 calls: fewer than 500 are made.
    pub fn find_slip(text: &str, opens: impl Fn(&Self) -> bool) -> Option<Slip> {
        let lower = Zeroizing::new(text.to_lowercase());
        let given: Vec<Option<u16>> = lower.split_whitespace().map(|word| Language::English.find_word(word)).collect();
        let given: [Option<u16>; WORD_COUNT] = given.try_into().ok()?;
        let unknown: Vec<usize> = (0..).zip(&given).filter(|(_, word)| word.is_none()).map(|(at, _)| at).collect();
        let works = |numbers: &[u16; WORD_COUNT]| from_numbers(numbers).is_some_and(|words| opens(&words));
        let mut numbers = Zeroizing::new(given.map(Option::unwrap_or_default));
        let places: Vec<usize> = match unknown.as_slice() {
            [] => (0..WORD_COUNT).collect(),
            [only] => vec![*only],
            _ => return None,
        };
        for at in places {
            let slot = numbers.get(at).copied()?;
            for (number, word) in (0u16..).zip(Language::English.word_list()) {
                *numbers.get_mut(at)? = number;
                if works(&numbers) {
                    return Some(Slip::Word { place: u8::try_from(at + 1).ok()?, meant: (*word).to_owned() });
                }
            }
            *numbers.get_mut(at)? = slot;
        }
        if unknown.is_empty() {
            for first in 0..WORD_COUNT {
                for second in first + 1..WORD_COUNT {
                    numbers.swap(first, second);
                    if works(&numbers) {
                        return Some(Slip::Swapped {
                            first: u8::try_from(first + 1).ok()?,
                            second: u8::try_from(second + 1).ok()?,
                        });
                    }
                    numbers.swap(first, second);
                }
            }
        }
        None
    }
}

/// Words by their numbers in the list; `None` where the checksum of BIP-39 (the last 8 bits) does not fit.
fn from_numbers(numbers: &[u16; WORD_COUNT]) -> Option<RecoveryWords> {
    let mut bytes = Zeroizing::new([0u8; 33]);
    for (place, number) in (0usize..).zip(numbers) {
        for bit in 0..11 {
            if number >> (10 - bit) & 1 == 1 {
                let at = place * 11 + bit;
                *bytes.get_mut(at / 8)? |= 0x80 >> (at % 8);
            }
        }
    }
    let (checksum, entropy) = bytes.split_last()?;
    let entropy = <[u8; 32]>::try_from(entropy).ok()?;
    (sha256(&entropy).first() == Some(checksum)).then(|| RecoveryWords::from_entropy(entropy))
}

/// A master key sealed under recovery words. Words are 256 random bits, so nothing has to be stretched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordsLock {
    nonce: [u8; 24],
    sealed: Vec<u8>,
}

impl WordsLock {
    /// Length of the encoding.
    pub const BYTES: usize = 1 + 24 + 32 + 16;

    /// Locks `master` under these words.
    pub fn close(master: &MasterKey, words: &RecoveryWords, rng: &mut impl CryptoRng) -> Self {
        let nonce = make_random(rng);
        let mut sealed = master.expose().to_vec();
        seal_in_place(&Self::key(words), &nonce, Domain::WordsLock.as_bytes(), &mut sealed, 0);
        Self { nonce, sealed }
    }

    /// Opens with the words.
    pub fn open(&self, words: &RecoveryWords) -> Result<MasterKey, SealBroken> {
        let bytes = unseal(&Self::key(words), &self.nonce, Domain::WordsLock.as_bytes(), &self.sealed)?;
        MasterKey::from_bytes(&Zeroizing::new(bytes)).ok_or(SealBroken)
    }

    fn key(words: &RecoveryWords) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(derive_key(&[], words.expose_entropy(), &[Domain::WordsLock.as_bytes()]))
    }

    /// Version ‖ nonce ‖ sealed key, 73 bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        [&[0u8], self.nonce.as_slice(), &self.sealed].concat()
    }

    /// From what [`WordsLock::to_bytes`] gave.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SealBroken> {
        let (version, rest) = bytes.split_first().ok_or(SealBroken)?;
        let (nonce, sealed) = rest.split_first_chunk::<24>().ok_or(SealBroken)?;
        if *version != 0 || bytes.len() != Self::BYTES {
            return Err(SealBroken);
        }
        Ok(Self { nonce: *nonce, sealed: sealed.to_vec() })
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
    fn a_slip_of_the_pen_is_found_in_any_place() {
        let words = RecoveryWords::from_entropy(core::array::from_fn(|at| at as u8 ^ 0x5a));
        let text = words.to_text();
        let right: Vec<&str> = text.split(' ').collect();
        let opens = |tried: &RecoveryWords| tried.expose_entropy() == words.expose_entropy();
        for place in 0..WORD_COUNT {
            for wrong in ["zoo", "not-a-word"] {
                let mut list = right.clone();
                list[place] = wrong;
                let slip = Slip::Word { place: place as u8 + 1, meant: right[place].to_owned() };
                assert_eq!(RecoveryWords::find_slip(&list.join(" "), opens), Some(slip));
            }
        }
        let mut list = right.clone();
        list.swap(2, 19);
        let slip = Slip::Swapped { first: 3, second: 20 };
        assert_eq!(RecoveryWords::find_slip(&list.join(" "), opens), Some(slip));
        list[0] = "zoo";
        assert_eq!(RecoveryWords::find_slip(&list.join(" "), opens), None, "three wrong words");
        assert_eq!(RecoveryWords::find_slip("zoo zoo", opens), None);
    }

    #[test]
    fn a_lock_opens_with_its_words_only_and_notices_every_change() {
        let mut rng = test_rng(12);
        let master = MasterKey::make(&mut rng);
        let (right, wrong) = (RecoveryWords::make(&mut rng), RecoveryWords::make(&mut rng));
        let lock = WordsLock::close(&master, &right, &mut rng);
        let stored = lock.to_bytes();
        assert_eq!(stored.len(), WordsLock::BYTES);
        let lock = WordsLock::from_bytes(&stored).unwrap();
        assert_eq!(lock.open(&right).unwrap().expose(), master.expose());
        assert_eq!(lock.open(&wrong).err(), Some(SealBroken));
        for bit in 0..stored.len() * 8 {
            let mut changed = stored.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(WordsLock::from_bytes(&changed).and_then(|lock| lock.open(&right)).is_err(), "bit {bit}");
        }
    }
}
