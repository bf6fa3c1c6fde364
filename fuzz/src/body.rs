//! Bodies of blocks.

use chartchain_ledger::{Body, Class};

use crate::world;

/// Reads the bytes as a body. What can be read has one form only, and its root does not depend on where it came from.
pub fn run(bytes: &[u8]) {
    for class in [Class::Data, Class::Control, Class::Ack] {
        let Ok(body) = Body::read(class, bytes) else { continue };
        assert_eq!(body.write(), bytes, "a body has two forms");
        let root = body.content_root();
        assert!(Body::read_checked(class, bytes, &root).is_ok(), "a body does not fit its own root");
        for segment in body.segments() {
            let Ok(open) = segment.open(&world::keyring(), world::place()) else { continue };
            for row in 0..u32::try_from(segment.rows().len()).unwrap_or(u32::MAX) {
                let _ = open.open_entry(row);
            }
        }
    }
}

/// Bodies without, with one and with many entries.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let many: Vec<Vec<u8>> = (0..40_u8).map(|number| vec![number; usize::from(number) * 9]).collect();
    let body = |entries: &[Vec<u8>]| Body::Segments(vec![world::segment(entries)]).write();
    vec![Body::Segments(Vec::new()).write(), body(&[b"one entry".to_vec()]), body(&many)]
}
