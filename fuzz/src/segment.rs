//! Sealed entries: whatever is done to a segment, an entry opens as it was sealed, or not at all.

use chartchain_ledger::{Body, Class};

use crate::world;

/// Where to bend the sealed segment: a position and a pattern; the rest is its entries, with zeros between them.
const BEND_BYTES: usize = 5;

/// Seals entries, bends the result and opens it.
pub fn run(bytes: &[u8]) {
    let Some((bend, entries)) = bytes.split_first_chunk::<BEND_BYTES>() else { return };
    let entries: Vec<Vec<u8>> = entries.split(|byte| *byte == 0).map(<[u8]>::to_vec).collect();
    let mut sealed = Body::Segments(vec![world::segment(&entries)]).write();
    let [a, b, c, d, pattern] = *bend;
    let length = sealed.len().max(1);
    if let Some(byte) = sealed.get_mut(u32::from_be_bytes([a, b, c, d]) as usize % length) {
        *byte ^= pattern;
    }
    let Ok(body) = Body::read(Class::Data, &sealed) else {
        assert_ne!(pattern, 0, "what was sealed cannot be read");
        return;
    };
    for segment in body.segments() {
        let Ok(open) = segment.open(&world::keyring(), world::place()) else {
            assert_ne!(pattern, 0, "what was sealed does not open");
            continue;
        };
        for (row, entry) in (0..).zip(&entries) {
            match open.open_entry(row) {
                Ok((_, opened)) => assert_eq!(&opened, entry, "an entry opens as something else"),
                Err(error) => assert_ne!(pattern, 0, "an entry does not open: {error}"),
            }
        }
    }
}

/// Entries left as they are, and bent in the head, in a row and in what is sealed.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let bent =
        |at: u32, pattern: u8| [at.to_be_bytes().as_slice(), &[pattern], b"first\0second\0\0a longer fourth"].concat();
    vec![bent(0, 0), bent(20, 1), bent(150, 0x80), bent(u32::MAX, 4)]
}
