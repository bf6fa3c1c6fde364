use rand_core::CryptoRng;
use zeroize::Zeroizing;

use crate::hazmat::{derive_key, seal_in_place, sha256, unseal};
use crate::{Domain, SEALED_OVERHEAD_BYTES, SealBroken, Sensitive, make_random};

/// Length of the secret in an invitation.
pub const MEETING_SECRET_BYTES: usize = 16;
/// Bytes that sealing adds to a message: the nonce before it, the Poly1305 tag behind it.
pub const MEETING_OVERHEAD_BYTES: usize = NONCE_BYTES + SEALED_OVERHEAD_BYTES;

const NONCE_BYTES: usize = 24;
const TAG_BYTES: usize = 16;

/// Which of the two who meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MeetingSide {
    /// Made the invitation.
    Host,
    /// Was given it.
    Guest,
}

/// Where a message of a meeting belongs; it opens nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeetingPlace<'a> {
    /// Number of the sender in the room.
    pub sender: u32,
    /// Number of the recipient.
    pub recipient: u32,
    /// How many messages the sender has sent to this recipient before it.
    pub number: u64,
    /// What both have told each other so far that is random: of the guest, then of the host.
    pub fresh: &'a [u8],
}

/// What everybody who was given an invitation has: the tag of the room and the keys of its messages. It says nothing about who
/// somebody is. Host and guest have a key each, so that nobody is answered by its own words.
#[derive(Clone)]
pub struct MeetingKeys {
    tag: [u8; TAG_BYTES],
    host: Sensitive<[u8; 32]>,
    guest: Sensitive<[u8; 32]>,
    binding: Sensitive<[u8; 32]>,
}

impl MeetingKeys {
    /// From the secret in an invitation.
    pub fn derive(secret: &[u8; MEETING_SECRET_BYTES]) -> Self {
        let part = |name: &[u8]| derive_key(&[], secret, &[Domain::Meeting.as_bytes(), name]);
        let whole = Zeroizing::new(part(b" tag"));
        let mut tag = [0; TAG_BYTES];
        for (to, from) in tag.iter_mut().zip(whole.iter()) {
            *to = *from;
        }
        Self {
            tag,
            host: Sensitive::new(part(b" messages of the host")),
            guest: Sensitive::new(part(b" messages of the guest")),
            binding: Sensitive::new(part(b" binding")),
        }
    }

    /// What the room is called.
    pub const fn tag(&self) -> &[u8; TAG_BYTES] {
        &self.tag
    }

    const fn key(&self, from: MeetingSide) -> &[u8; 32] {
        match from {
            MeetingSide::Host => self.host.expose(),
            MeetingSide::Guest => self.guest.expose(),
        }
    }

    /// Seals a message of this side for its place: nonce ‖ ciphertext.
    pub fn seal(&self, from: MeetingSide, place: &MeetingPlace<'_>, plain: &[u8], rng: &mut impl CryptoRng) -> Vec<u8> {
        let nonce: [u8; NONCE_BYTES] = make_random(rng);
        let mut sealed = Vec::with_capacity(plain.len() + MEETING_OVERHEAD_BYTES);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(plain);
        seal_in_place(self.key(from), &nonce, &place.to_bytes(), &mut sealed, NONCE_BYTES);
        sealed
    }

    /// Opens a message of this side in its place.
    pub fn unseal(&self, from: MeetingSide, place: &MeetingPlace<'_>, sealed: &[u8]) -> Result<Vec<u8>, SealBroken> {
        let (nonce, ciphertext) = sealed.split_first_chunk().ok_or(SealBroken)?;
        unseal(self.key(from), nonce, &place.to_bytes(), ciphertext)
    }

    /// What two who met know of the way between them, alike, and nobody else: it enters the keys of a session. `fresh` is what
    /// both have told each other that is random, of the guest, then of the host.
    pub fn derive_binding(&self, host: u32, guest: u32, fresh: &[u8]) -> [u8; 32] {
        let parts = [Domain::Meeting.as_bytes(), b" way", self.binding.expose()];
        let bytes =
            Zeroizing::new([&parts.concat(), host.to_be_bytes().as_slice(), &guest.to_be_bytes(), fresh].concat());
        sha256(&bytes)
    }
}

impl MeetingPlace<'_> {
    fn to_bytes(self) -> Vec<u8> {
        let (sender, recipient) = (self.sender.to_be_bytes(), self.recipient.to_be_bytes());
        [Domain::MeetingMessage.as_bytes(), &sender, &recipient, &self.number.to_be_bytes(), self.fresh].concat()
    }
}

impl core::fmt::Debug for MeetingKeys {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("MeetingKeys(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_rng;

    const PLACE: MeetingPlace<'_> = MeetingPlace { sender: 1, recipient: 2, number: 3, fresh: b"fresh" };

    #[test]
    fn a_message_opens_only_unchanged_in_its_place_and_as_one_of_its_side() {
        let keys = MeetingKeys::derive(&[7; 16]);
        let sealed = keys.seal(MeetingSide::Host, &PLACE, b"hello", &mut test_rng(1));
        assert_eq!(sealed.len(), 5 + MEETING_OVERHEAD_BYTES);
        assert_eq!(keys.unseal(MeetingSide::Host, &PLACE, &sealed).unwrap(), b"hello");
        assert_eq!(keys.unseal(MeetingSide::Guest, &PLACE, &sealed), Err(SealBroken));
        assert_eq!(MeetingKeys::derive(&[8; 16]).unseal(MeetingSide::Host, &PLACE, &sealed), Err(SealBroken));
        for elsewhere in [
            MeetingPlace { sender: 2, ..PLACE },
            MeetingPlace { recipient: 1, ..PLACE },
            MeetingPlace { number: 4, ..PLACE },
            MeetingPlace { fresh: b"", ..PLACE },
        ] {
            assert_eq!(keys.unseal(MeetingSide::Host, &elsewhere, &sealed), Err(SealBroken), "{elsewhere:?}");
        }
        for bit in 0..sealed.len() * 8 {
            let mut changed = sealed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(keys.unseal(MeetingSide::Host, &PLACE, &changed), Err(SealBroken));
        }
        for length in 0..sealed.len() {
            assert_eq!(keys.unseal(MeetingSide::Host, &PLACE, &sealed[..length]), Err(SealBroken));
        }
    }

    #[test]
    fn the_way_is_of_one_secret_of_two_participants_and_of_one_meeting() {
        let keys = MeetingKeys::derive(&[7; 16]);
        let way = keys.derive_binding(1, 2, b"ab");
        assert_eq!(way, keys.clone().derive_binding(1, 2, b"ab"));
        let others = [
            keys.derive_binding(2, 1, b"ab"),
            keys.derive_binding(1, 2, b"ba"),
            MeetingKeys::derive(&[8; 16]).derive_binding(1, 2, b"ab"),
        ];
        assert!(others.iter().all(|other| *other != way));
    }

    /// Pinned: another implementation comes to the same from the same secret.
    #[test]
    fn what_follows_from_a_secret_is_pinned() {
        let keys = MeetingKeys::derive(&[7; 16]);
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let sealed = keys.seal(MeetingSide::Guest, &PLACE, b"hello", &mut test_rng(1));
        assert_eq!(
            [hex(keys.tag()), hex(&keys.derive_binding(1, 2, b"ab")), hex(&sealed)],
            [
                "625ac12dea4f1b3be32103e114e18410",
                "143d66c34942c7faf4c77df493cdf26ca70f169e6445d7bcb8bb1d47e4891721",
                "814dd7b9784d57c15b9c2972e9b4fd6cf7e164f8162a934bcebb68f10af4fa5403039ce0f552711d972f71aae3",
            ]
        );
    }
}
