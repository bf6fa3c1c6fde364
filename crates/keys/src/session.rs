use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::hazmat::{derive_key, hmac, seal_in_place, sha256, unseal};
use crate::wrap::WRAP_OVERHEAD_BYTES;
use crate::{Domain, SealBroken, Sensitive, SignatureBytes, SigningKey, VerifyError, VerifyKey};
use crate::{WrapError, WrapPublic, WrapSecret, make_random};

const VERSION: u8 = 0;
const NONCE_BYTES: usize = 16;
const SECRET_BYTES: usize = 32;
/// How many codes there are that two people may have to compare.
const CODES: u64 = 1_000_000_000;

/// Length of the nonces of which the code is made that two people compare.
pub const CODE_NONCE_BYTES: usize = 32;

/// The beginning of a session, at whoever begins it: a key that is used once.
///
/// ```text
/// offer  = 0 (1 byte) ‖ nonce (16) ‖ X-Wing public key (1216)
/// answer = 0 (1 byte) ‖ nonce (16) ‖ wrap of 32 random bytes to that key (1168), under the hash of link, offer and nonce
/// ```
pub struct SessionOffer {
    secret: WrapSecret,
    bytes: Vec<u8>,
}

/// Which of the two sides of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionSide {
    /// Sent the offer.
    Offering,
    /// Answered it.
    Answering,
}

/// The keys that both sides of a session have, and nobody else, whoever carried the bytes between them; nor does anybody who learns
/// their lasting keys later. It says nothing about who the other side is: that is proved inside of it
/// ([`SessionKeys::prove_member`]).
pub struct SessionKeys {
    side: SessionSide,
    id: [u8; 32],
    tag: Sensitive<[u8; 32]>,
    sending: Direction,
    receiving: Direction,
}

/// A key for one direction, with the number of the next frame.
struct Direction {
    key: Sensitive<[u8; 32]>,
    next: u64,
}

impl SessionOffer {
    /// Length of an offer.
    pub const BYTES: usize = 1 + NONCE_BYTES + WrapPublic::BYTES;
    /// Length of an answer.
    pub const ANSWER_BYTES: usize = 1 + NONCE_BYTES + SECRET_BYTES + WRAP_OVERHEAD_BYTES;

    /// A fresh one.
    pub fn make(rng: &mut impl CryptoRng) -> Result<Self, WrapError> {
        let secret = WrapSecret::make(rng);
        let nonce: [u8; NONCE_BYTES] = make_random(rng);
        let bytes = [&[VERSION], nonce.as_slice(), secret.public()?.as_bytes()].concat();
        Ok(Self { secret, bytes })
    }

    /// What the other side needs of it.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The answer to an offer, and the keys. `link` is what both sides know of the way between them, for example the
    /// fingerprints of both of its ends, in an order on which they agree: over another way it makes other keys.
    pub fn answer(link: &[u8], offer: &[u8], rng: &mut impl CryptoRng) -> Result<(Vec<u8>, SessionKeys), WrapError> {
        let key = read_offer(offer).ok_or(WrapError::BadKey)?;
        let nonce: [u8; NONCE_BYTES] = make_random(rng);
        let secret = Zeroizing::new(make_random::<SECRET_BYTES>(rng));
        let context = hash(&[link, offer, &nonce]);
        let wrapped = WrapPublic::from_bytes(key)?.seal(&context, secret.as_slice(), rng)?;
        let answer = [&[VERSION], nonce.as_slice(), &wrapped].concat();
        let keys = SessionKeys::derive(SessionSide::Answering, link, offer, &answer, secret.as_slice());
        Ok((answer, keys))
    }

    /// The same keys, from the answer.
    pub fn finish(self, link: &[u8], answer: &[u8]) -> Result<SessionKeys, WrapError> {
        let (nonce, wrapped) = read_answer(answer).ok_or(WrapError::Broken)?;
        let context = hash(&[link, &self.bytes, nonce]);
        let secret = self.secret.unseal(&context, wrapped)?;
        Ok(SessionKeys::derive(SessionSide::Offering, link, &self.bytes, answer, &secret))
    }
}

fn read_offer(offer: &[u8]) -> Option<&[u8]> {
    let (&[VERSION], rest) = offer.split_first_chunk()? else { return None };
    let (_, key) = rest.split_first_chunk::<NONCE_BYTES>()?;
    (key.len() == WrapPublic::BYTES).then_some(key)
}

fn read_answer(answer: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&[VERSION], rest) = answer.split_first_chunk()? else { return None };
    rest.split_at_checked(NONCE_BYTES).filter(|_| answer.len() == SessionOffer::ANSWER_BYTES)
}

/// SHA-256 of parts, each behind its length.
fn hash(parts: &[&[u8]]) -> [u8; 32] {
    let mut bytes = Domain::Session.as_bytes().to_vec();
    for part in parts {
        bytes.extend((part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part);
    }
    sha256(&bytes)
}

impl SessionSide {
    const fn number(self) -> u8 {
        match self {
            Self::Offering => 0,
            Self::Answering => 1,
        }
    }

    const fn other(self) -> Self {
        match self {
            Self::Offering => Self::Answering,
            Self::Answering => Self::Offering,
        }
    }
}

impl SessionKeys {
    fn derive(side: SessionSide, link: &[u8], offer: &[u8], answer: &[u8], secret: &[u8]) -> Self {
        let transcript = hash(&[link, offer, answer]);
        let part = |name: &[u8]| derive_key(&transcript, secret, &[Domain::Session.as_bytes(), name]);
        let direction = |from: SessionSide| {
            let name: &[u8] = match from {
                SessionSide::Offering => b" frames of the offering side",
                SessionSide::Answering => b" frames of the answering side",
            };
            Direction { key: Sensitive::new(part(name)), next: 0 }
        };
        Self {
            side,
            id: part(b" name"),
            tag: Sensitive::new(part(b" tags")),
            sending: direction(side),
            receiving: direction(side.other()),
        }
    }

    /// Which side this is.
    pub const fn side(&self) -> SessionSide {
        self.side
    }

    /// Names the session; both sides have the same, and only they know it.
    pub const fn id(&self) -> &[u8; 32] {
        &self.id
    }

    /// The name of a ledger in this session: whoever does not know the ledger learns nothing from it.
    pub fn derive_ledger_tag(&self, ledger: &[u8; 32]) -> [u8; 32] {
        hmac(self.tag.expose(), &[ledger])
    }

    /// What stands for a state of a ledger in this session: whoever does not know that state learns nothing from it.
    pub fn derive_state_tag(&self, state: &[u8; 32]) -> [u8; 32] {
        hmac(self.tag.expose(), &[b"state", state])
    }

    /// With this the offering side binds itself to its nonce before it has seen the other one's.
    pub fn commit(&self, nonce: &[u8; CODE_NONCE_BYTES]) -> [u8; 32] {
        hash(&[b"commitment", &self.id, nonce])
    }

    /// The short number that two people compare: nine digits, below 1,000,000,000. Whoever sits between the two has other
    /// sessions with each, and one try in a thousand million to make both show the same: the offering side's nonce was committed
    /// to ([`SessionKeys::commit`]) before the other one was told.
    pub fn derive_code(&self, offering: &[u8; CODE_NONCE_BYTES], answering: &[u8; CODE_NONCE_BYTES]) -> u32 {
        let digest = hash(&[b"code", &self.id, offering, answering]);
        let number = digest.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        u32::try_from(number % CODES).unwrap_or(0)
    }

    /// Proves to the other side that this device holds the key of a feed in a ledger. Of no use in any other session, nor to the other side.
    pub fn prove_member(&self, ledger: &[u8; 32], feed: &SigningKey) -> SignatureBytes {
        feed.sign(Domain::SessionMember, &self.statement(self.side, ledger))
    }

    /// Checks what the other side proved by [`SessionKeys::prove_member`].
    pub fn check_member(
        &self,
        ledger: &[u8; 32],
        feed: &VerifyKey,
        signature: &SignatureBytes,
    ) -> Result<(), VerifyError> {
        feed.verify(Domain::SessionMember, &self.statement(self.side.other(), ledger), signature)
    }

    fn statement(&self, side: SessionSide, ledger: &[u8; 32]) -> Vec<u8> {
        [self.id.as_slice(), &[side.number()], ledger].concat()
    }

    /// Seals the next frame for the other side.
    pub fn seal(&mut self, plain: &[u8]) -> Result<Vec<u8>, SealBroken> {
        let mut sealed = Vec::with_capacity(plain.len() + crate::SEALED_OVERHEAD_BYTES);
        sealed.extend_from_slice(plain);
        let nonce = self.sending.take_nonce()?;
        seal_in_place(self.sending.key.expose(), &nonce, Domain::SessionFrame.as_bytes(), &mut sealed, 0);
        Ok(sealed)
    }

    /// Opens the next frame of the other side. One that was changed, left out, repeated or moved does not open, nor does any
    /// after it: the session is over then.
    pub fn unseal(&mut self, sealed: &[u8]) -> Result<Vec<u8>, SealBroken> {
        let nonce = self.receiving.take_nonce()?;
        let opened = unseal(self.receiving.key.expose(), &nonce, Domain::SessionFrame.as_bytes(), sealed);
        if opened.is_err() {
            self.receiving.next = u64::MAX;
        }
        opened
    }
}

impl core::fmt::Debug for SessionKeys {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("SessionKeys(…)")
    }
}

impl core::fmt::Debug for SessionOffer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("SessionOffer(…)")
    }
}

impl Direction {
    fn take_nonce(&mut self) -> Result<[u8; 24], SealBroken> {
        let number = self.next;
        self.next = number.checked_add(1).ok_or(SealBroken)?;
        let mut nonce = [0; 24];
        for (byte, value) in nonce.iter_mut().zip(number.to_be_bytes()) {
            *byte = value;
        }
        Ok(nonce)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_rng;

    const PINNED_CODE: u32 = 499_985_316;

    fn session(link: &[u8], seed: u64) -> (SessionKeys, SessionKeys) {
        let mut rng = test_rng(seed);
        let offer = SessionOffer::make(&mut rng).unwrap();
        let (answer, there) = SessionOffer::answer(link, offer.as_bytes(), &mut rng).unwrap();
        (offer.finish(link, &answer).unwrap(), there)
    }

    #[test]
    fn both_sides_have_the_same_session_and_nobody_else() {
        let (mut here, mut there) = session(b"link", 1);
        assert_eq!(here.id(), there.id());
        assert_eq!((here.side(), there.side()), (SessionSide::Offering, SessionSide::Answering));
        assert_eq!(here.derive_ledger_tag(&[1; 32]), there.derive_ledger_tag(&[1; 32]));
        assert_ne!(here.derive_ledger_tag(&[1; 32]), here.derive_ledger_tag(&[2; 32]));
        for message in [b"".as_slice(), b"one", &[7; 16_000]] {
            let sealed = here.seal(message).unwrap();
            assert_eq!(there.unseal(&sealed).unwrap(), message);
            let back = there.seal(message).unwrap();
            assert_ne!(back, sealed);
            assert_eq!(here.unseal(&back).unwrap(), message);
        }
        let (other, _) = session(b"link", 2);
        assert_ne!(other.id(), here.id());
        assert_ne!(other.derive_ledger_tag(&[1; 32]), here.derive_ledger_tag(&[1; 32]));
    }

    /// Pinned: another implementation comes to the same from the same bytes.
    #[test]
    fn what_follows_from_offer_answer_and_secret_is_pinned() {
        let mut keys = SessionKeys::derive(SessionSide::Offering, b"link", b"offer", b"answer", &[5; 32]);
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(
            [
                hex(keys.id()),
                hex(&keys.derive_ledger_tag(&[1; 32])),
                hex(&keys.seal(b"one").unwrap()),
                hex(&keys.seal(b"").unwrap())
            ],
            [
                "08545a241186c8b9fae6b474b133149b28b00d8d121180aae0e6b2dc9bf3bf4d",
                "c57acb22987315afa80f6d0c0cc39b7b3d0c02766e3bcd7049a7a2d4119bd268",
                "482c019583da85c36ee7f37cdf83be1f538649",
                "cf2c8e232d3a2ea26f3f28d82fe0a92d",
            ]
        );
    }

    #[test]
    fn the_code_to_compare_is_of_one_session_and_both_nonces() {
        let (here, there) = session(b"link", 11);
        let (elsewhere, _) = session(b"link", 12);
        let code = here.derive_code(&[1; 32], &[2; 32]);
        assert!(u64::from(code) < CODES);
        assert_eq!(code, there.derive_code(&[1; 32], &[2; 32]));
        assert_eq!(here.commit(&[1; 32]), there.commit(&[1; 32]));
        for other in [here.derive_code(&[2; 32], &[1; 32]), elsewhere.derive_code(&[1; 32], &[2; 32])] {
            assert_ne!(code, other);
        }
        assert_ne!(here.commit(&[1; 32]), elsewhere.commit(&[1; 32]));
        let keys = SessionKeys::derive(SessionSide::Offering, b"link", b"offer", b"answer", &[5; 32]);
        assert_eq!(keys.derive_code(&[1; 32], &[2; 32]), PINNED_CODE);
    }

    #[test]
    fn frames_open_once_in_their_order_and_unchanged() {
        let (mut here, mut there) = session(b"link", 3);
        let (one, two) = (here.seal(b"one").unwrap(), here.seal(b"two").unwrap());
        assert_eq!(there.unseal(&two), Err(SealBroken), "out of order");
        assert_eq!(there.unseal(&one), Err(SealBroken), "and then nothing more");
        for (first, second) in [(0, 0), (1, 0)] {
            let (mut here, mut there) = session(b"link", 4);
            let frames = [here.seal(b"one").unwrap(), here.seal(b"two").unwrap()];
            let opened = [there.unseal(&frames[first]).is_ok(), there.unseal(&frames[second]).is_ok()];
            assert_eq!(opened, [first == 0, false]);
        }
        let (mut here, _) = session(b"link", 5);
        let sealed = here.seal(b"one").unwrap();
        for bit in 0..sealed.len() * 8 {
            let (_, mut there) = session(b"link", 5);
            let mut changed = sealed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(there.unseal(&changed), Err(SealBroken));
        }
        // A frame does not open at whoever sent it.
        assert_eq!(here.unseal(&sealed), Err(SealBroken));
    }

    #[test]
    fn whoever_changes_offer_answer_or_link_has_no_session() {
        let mut rng = test_rng(6);
        let offer = SessionOffer::make(&mut rng).unwrap();
        assert_eq!(offer.as_bytes().len(), SessionOffer::BYTES);
        let (answer, there) = SessionOffer::answer(b"link", offer.as_bytes(), &mut rng).unwrap();
        assert_eq!(answer.len(), SessionOffer::ANSWER_BYTES);
        let again = || SessionOffer { secret: offer.secret.clone(), bytes: offer.bytes.clone() };
        assert_eq!(again().finish(b"link", &answer).unwrap().id(), there.id());
        assert_eq!(again().finish(b"another link", &answer).err(), Some(WrapError::Broken));
        for at in (0..answer.len()).step_by(29).chain([answer.len() - 1]) {
            let mut changed = answer.clone();
            changed[at] ^= 1;
            assert!(again().finish(b"link", &changed).is_err(), "{at}");
        }
        for length in [0, 1, 16, answer.len() - 1] {
            assert!(again().finish(b"link", &answer[..length]).is_err());
        }
        // An offer that was changed on its way may be answered, but not to whoever made it.
        for at in [1, 5, 17, 1200] {
            let mut changed = offer.as_bytes().to_vec();
            changed[at] ^= 1;
            if let Ok((answer, _)) = SessionOffer::answer(b"link", &changed, &mut rng) {
                assert_eq!(again().finish(b"link", &answer).err(), Some(WrapError::Broken), "{at}");
            }
        }
        for bad in [&offer.as_bytes()[1..], &[], &[1; SessionOffer::BYTES], &[0xff; 40]] {
            assert!(SessionOffer::answer(b"link", bad, &mut rng).is_err());
        }
    }

    #[test]
    fn membership_is_proved_in_one_session_to_one_side_for_one_ledger() {
        let (here, there) = session(b"link", 7);
        let feed = SigningKey::make(&mut test_rng(8));
        let proof = here.prove_member(&[1; 32], &feed);
        assert_eq!(there.check_member(&[1; 32], &feed.verify_key(), &proof), Ok(()));
        assert!(there.check_member(&[2; 32], &feed.verify_key(), &proof).is_err());
        // Handed back, it proves nothing.
        assert!(here.check_member(&[1; 32], &feed.verify_key(), &proof).is_err());
        let (_, elsewhere) = session(b"link", 9);
        assert!(elsewhere.check_member(&[1; 32], &feed.verify_key(), &proof).is_err());
        let other = SigningKey::make(&mut test_rng(10)).verify_key();
        assert!(there.check_member(&[1; 32], &other, &proof).is_err());
    }
}
