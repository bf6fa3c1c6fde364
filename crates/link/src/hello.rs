/// Bytes that each side chooses anew in every room.
pub(crate) const FRESH_BYTES: usize = 16;
/// The kind of message that this is.
const HELLO: u8 = 0;
const CAN_WEBRTC: u8 = 1;

/// What somebody says first.
pub(crate) struct Hello {
    pub(crate) webrtc: bool,
    pub(crate) fresh: [u8; FRESH_BYTES],
}

impl Hello {
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        [&[HELLO, if self.webrtc { CAN_WEBRTC } else { 0 }], self.fresh.as_slice()].concat()
    }

    pub(crate) fn read(plain: &[u8]) -> Option<Self> {
        let (&[HELLO, can], fresh) = plain.split_first_chunk()? else { return None };
        Some(Self { webrtc: can & CAN_WEBRTC != 0, fresh: fresh.try_into().ok()? })
    }
}

/// What both have chosen, the guest first.
pub(crate) fn both(guest: [u8; FRESH_BYTES], host: [u8; FRESH_BYTES]) -> [u8; 2 * FRESH_BYTES] {
    let mut both = [0; 2 * FRESH_BYTES];
    for (to, from) in both.iter_mut().zip(guest.into_iter().chain(host)) {
        *to = from;
    }
    both
}
