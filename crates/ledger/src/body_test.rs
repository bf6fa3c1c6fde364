//! Bodies: entries of every length, erased and withheld parts, hostile ones.

use chartchain_keys::{CompartmentId, DataKey, EpochId, KeyEpoch, Keyring, TableKey, test_rng};
use proptest::prelude::*;

use crate::cbor::{CborError, Reader, Writer};
use crate::world_test::World;
use crate::{
    Body, BodyError, CHUNK_BYTES, Class, EntryCommitment, Hash, Held, MAX_ROWS, MAX_SEGMENT_BYTES, Place, Segment,
    SegmentDraft, SegmentError, padme,
};

/// A body with one segment, in which the chunks that `gone` names are replaced by their hashes.
fn withhold(segment: &Segment<'_>, gone: &[usize]) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.array(1).array(3).bytes(segment.head_bytes()).array(segment.rows().len());
    for row in segment.rows() {
        row.write(&mut writer);
    }
    writer.array(segment.chunks().len());
    for (at, chunk) in segment.chunks().iter().enumerate() {
        match chunk {
            Held::Here(bytes) if gone.contains(&at) => Held::Gone(Hash::of(&[bytes])).write(&mut writer),
            held => held.write(&mut writer),
        }
    }
    writer.take()
}

fn only<'a>(body: &'a Body<'a>) -> &'a Segment<'a> {
    let [segment] = body.segments() else { panic!("one segment was written") };
    segment
}

#[test]
fn entries_of_every_length_open_again_also_across_the_borders_of_chunks() {
    let mut world = World::new(40, 1);
    let place = world.place(0, 1);
    let lengths = [0, 1, CHUNK_BYTES - 40, 100, CHUNK_BYTES, 3 * CHUNK_BYTES + 7, 0, 5 * 1024 * 1024];
    let entries: Vec<Vec<u8>> = (0u8..).zip(lengths).map(|(fill, length)| vec![fill; length]).collect();
    let body = Body::Segments(vec![world.segment(0, place, &entries)]);
    let bytes = body.write();
    let read = Body::read_checked(Class::Data, &bytes, &body.content_root()).unwrap();
    assert_eq!(read, body);
    assert_eq!(read.write(), bytes);
    let keyring = world.keyring();
    let open = only(&read).open(&keyring, place).unwrap();
    assert_eq!(open.compartment(), CompartmentId(0));
    let mut names = Vec::new();
    for (index, entry) in (0u32..).zip(&entries) {
        let (name, plain) = open.open_entry(index).unwrap();
        assert_eq!(plain, *entry);
        names.push(name);
    }
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), entries.len(), "equal entries have unlike names");
    assert_eq!(open.open_entry(8).err(), Some(SegmentError::NoRow(8)));
}

#[test]
fn every_flipped_bit_of_a_body_is_noticed() {
    let mut world = World::new(41, 1);
    let place = world.place(0, 1);
    let entries = [b"one".to_vec(), b"two".to_vec()];
    let body = Body::Segments(vec![world.segment(0, place, &entries), world.segment(3, place, &entries[..1])]);
    let (bytes, root) = (body.write(), body.content_root());
    for bit in 0..bytes.len() * 8 {
        let mut changed = bytes.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(Body::read_checked(Class::Data, &changed, &root).is_err(), "bit {bit}");
    }
    for end in 0..bytes.len() {
        assert!(Body::read_checked(Class::Data, &bytes[..end], &root).is_err(), "cut at {end}");
    }
    // The same bytes as a body of another class have another root.
    assert_eq!(Body::read_checked(Class::Control, &bytes, &root), Err(BodyError::ContentRoot));
}

#[test]
fn erased_rows_leave_the_root_and_the_other_entries_as_they_were() {
    let mut world = World::new(42, 1);
    let place = world.place(0, 1);
    let entries: Vec<Vec<u8>> = (0u8..5).map(|fill| vec![fill; 50]).collect();
    let mut segment = world.segment(2, place, &entries);
    let root = Body::Segments(vec![segment.clone()]).content_root();
    segment.erase_row(1).unwrap();
    segment.erase_row(3).unwrap();
    segment.erase_row(3).unwrap();
    assert_eq!(segment.erase_row(5), Err(SegmentError::NoRow(5)));
    let bytes = Body::Segments(vec![segment]).write();
    let body = Body::read_checked(Class::Data, &bytes, &root).unwrap();
    let keyring = world.keyring();
    let open = only(&body).open(&keyring, place).unwrap();
    for (index, entry) in (0u32..).zip(&entries) {
        match open.open_entry(index) {
            Ok((_, plain)) => assert_eq!((plain, index % 2), (entry.clone(), 0)),
            Err(error) => assert_eq!((error, index % 2), (SegmentError::Gone(index), 1)),
        }
    }
}

#[test]
fn withheld_chunks_leave_the_root_and_the_entries_that_lie_elsewhere() {
    let mut world = World::new(43, 1);
    let place = world.place(0, 1);
    // In chunks 0; 0 and 1; 1 up to its very end; 2 to 4.
    let entries: Vec<Vec<u8>> =
        [40_000, 40_000, 51_024, 140_000].iter().zip(1u8..).map(|(length, fill)| vec![fill; *length]).collect();
    let segment = world.segment(0, place, &entries);
    let root = Body::Segments(vec![segment.clone()]).content_root();
    let keyring = world.keyring();
    for (gone, left) in
        [(vec![0], vec![2, 3]), (vec![1], vec![0, 3]), (vec![0, 1, 2, 3, 4], vec![]), (vec![3], vec![0, 1, 2])]
    {
        let bytes = withhold(&segment, &gone);
        let body = Body::read_checked(Class::Data, &bytes, &root).unwrap();
        let open = only(&body).open(&keyring, place).unwrap();
        let opened: Vec<u32> = (0..4).filter(|index| open.open_entry(*index).is_ok()).collect();
        assert_eq!(opened, left, "without {gone:?}");
        for index in (0..4).filter(|index| !left.contains(index)) {
            assert_eq!(open.open_entry(index).err(), Some(SegmentError::Gone(index)));
        }
    }
}

#[test]
fn a_segment_opens_only_with_its_key_its_epoch_and_in_its_place() {
    let mut world = World::new(44, 2);
    let place = world.place(0, 1);
    let segment = world.segment(4, place, &[b"entry".to_vec()]);
    let keyring = world.keyring();
    assert_eq!(segment.open(&keyring, place).unwrap().compartment(), CompartmentId(4));
    let wrong =
        [Place { seq: 2, ..place }, Place { feed: world.feed(1), ..place }, Place { ledger: Hash([1; 32]), ..place }];
    for elsewhere in wrong {
        assert_eq!(segment.open(&keyring, elsewhere).unwrap().open_entry(0).err(), Some(SegmentError::Row(0)));
    }
    let mut rng = test_rng(45);
    let mut other_key = Keyring::default();
    other_key.insert(world.epoch_id(), KeyEpoch::make(&mut rng));
    assert_eq!(segment.open(&other_key, place).err(), Some(SegmentError::NoKey));
    let mut other_epoch = Keyring::default();
    other_epoch.insert(EpochId([1; 32]), world.epoch.clone());
    assert_eq!(segment.open(&other_epoch, place).err(), Some(SegmentError::NoKey));
    assert_eq!(segment.open(&Keyring::default(), place).err(), Some(SegmentError::NoKey));
}

#[test]
fn a_row_that_lies_is_found_out() {
    let world = World::new(46, 1);
    let place = world.place(0, 1);
    let (nonce, epochs) = ([7; 32], [world.epoch_id()]);
    let key = world.keyring().derive_key(CompartmentId(0), &epochs).unwrap();
    let table = TableKey::derive(&key, &nonce);
    let place_bytes = [&place.ledger.0[..], &place.feed.0, &place.seq.to_be_bytes()].concat();
    let data_key = DataKey::from_bytes([9; 32]);
    let mut ciphertext = b"entry".to_vec();
    data_key.seal_tail(&mut ciphertext, 0);
    let name = data_key.derive_commitment(&ciphertext);
    ciphertext.resize(256, 0);
    let open_with = |chunk: &Held<'_>, offset: u32, length: u32| {
        let row = [&data_key.expose()[..], &offset.to_be_bytes(), &length.to_be_bytes()].concat();
        let mut sealed = Vec::new();
        table.seal_row(&place_bytes, CompartmentId(0), 0, &row, &mut sealed);
        let mut writer = Writer::default();
        writer.array(8).uint(0).array(1).bytes(&epochs[0].0).bytes(&nonce).bytes(&key.derive_segment_tag(&nonce));
        let head = writer.uint(0).uint(0).uint(1).uint(256).take();
        let mut writer = Writer::default();
        chunk.write(writer.array(1).array(3).bytes(&head).array(1).bytes(&sealed).array(1));
        let bytes = writer.take();
        let body = Body::read(Class::Data, &bytes).unwrap();
        only(&body).open(&world.keyring(), place).unwrap().open_entry(0)
    };
    let here = Held::Here(ciphertext.as_slice().into());
    let open = |offset, length| open_with(&here, offset, length);
    // Its name is the one that its author gave it.
    assert_eq!(open(0, 21).unwrap(), (EntryCommitment(name), b"entry".to_vec()));
    assert_eq!(open(1, 21), Err(SegmentError::Seal(0)));
    assert_eq!(open(0, 22), Err(SegmentError::Seal(0)));
    // No sealed box at all.
    assert_eq!(open(0, 3), Err(SegmentError::Seal(0)));
    for (offset, length) in [(236, 21), (256, 1), (u32::MAX, 1), (u32::MAX - 5, u32::MAX), (0, u32::MAX)] {
        assert_eq!(open(offset, length), Err(SegmentError::Bounds(0)), "{offset} {length}");
        // A lie is told from bytes that are not held.
        let gone = Held::Gone(Hash::of(&[&ciphertext]));
        assert_eq!(open_with(&gone, offset, length), Err(SegmentError::Bounds(0)), "{offset} {length}");
        assert_eq!(open_with(&gone, 0, 21), Err(SegmentError::Gone(0)));
    }
}

fn head(epochs: &[[u8; 32]], rows: u64, ciphertext_bytes: u64) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.array(8).uint(0).array(epochs.len());
    for epoch in epochs {
        writer.bytes(epoch);
    }
    writer.bytes(&[0; 32]).bytes(&[0; 16]).uint(0).uint(0).uint(rows).uint(ciphertext_bytes).take()
}

#[test]
fn hostile_counts_and_lengths_are_refused_before_anything_is_allocated_for_them() {
    let read = |head: &[u8], rest: &dyn Fn(&mut Writer)| {
        let mut writer = Writer::default();
        writer.array(1).array(3).bytes(head);
        rest(&mut writer);
        let bytes = writer.take();
        Body::read(Class::Data, &bytes).err()
    };
    let nothing = |_: &mut Writer| {};
    assert_eq!(read(&head(&[], u64::MAX, 0), &nothing), Some(BodyError::Inconsistent));
    assert_eq!(read(&head(&[], MAX_ROWS as u64 + 1, 0), &nothing), Some(BodyError::Inconsistent));
    assert_eq!(read(&head(&[], 0, u64::MAX), &nothing), Some(BodyError::Inconsistent));
    assert_eq!(read(&head(&[], 0, MAX_SEGMENT_BYTES as u64 + 1), &nothing), Some(BodyError::Inconsistent));
    assert_eq!(read(&head(&[[2; 32], [1; 32]], 0, 0), &nothing), Some(BodyError::Inconsistent));
    assert_eq!(read(&head(&[[1; 32], [1; 32]], 0, 0), &nothing), Some(BodyError::Inconsistent));
    let chunks = MAX_SEGMENT_BYTES / CHUNK_BYTES;
    let claimed = |writer: &mut Writer| {
        writer.array(0).array(chunks);
    };
    assert_eq!(
        read(&head(&[], 0, MAX_SEGMENT_BYTES as u64), &claimed),
        Some(BodyError::Malformed(CborError::Truncated))
    );
    let short_row = |writer: &mut Writer| {
        writer.array(1).bytes(&[0; 91]).array(0);
    };
    assert_eq!(read(&head(&[], 1, 0), &short_row), Some(BodyError::Malformed(CborError::Length)));
    let long_chunk = |writer: &mut Writer| {
        writer.array(0).array(1).bytes(&[0; 11]);
    };
    assert_eq!(read(&head(&[], 0, 10), &long_chunk), Some(BodyError::Malformed(CborError::Length)));
    assert_eq!(Body::read(Class::Data, &[0x98, 65]).err(), Some(BodyError::Malformed(CborError::Length)));
}

#[test]
fn padme_gives_the_published_lengths() {
    for (length, padded) in [
        (0, 256),
        (1, 256),
        (256, 256),
        (257, 272),
        (1000, 1024),
        (1025, 1088),
        (10_000, 10_240),
        (65_536, 65_536),
        (65_537, 67_584),
        (1_000_000, 1_015_808),
        (1 << 20, 1 << 20),
    ] {
        assert_eq!(padme(length), padded, "{length}");
    }
}

proptest! {
    #[test]
    fn padme_never_shortens_and_adds_an_eighth_at_most(length in 257usize..1 << 30) {
        let padded = padme(length);
        prop_assert!(padded >= length && padded - length <= length * 12 / 100 + 1);
        prop_assert_eq!(padme(padded), padded);
        prop_assert!(padme(length - 1) <= padded);
    }

    #[test]
    fn arbitrary_bytes_are_no_body_or_are_read_back_to_the_same_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(body) = Body::read(Class::Data, &bytes) {
            prop_assert_eq!(body.write(), bytes);
        }
    }

    #[test]
    fn a_changed_body_that_still_reads_is_read_back_to_the_same_bytes(at in 0usize..700, with: u8) {
        let mut world = World::new(47, 1);
        let place = world.place(0, 1);
        let mut bytes = Body::Segments(vec![world.segment(0, place, &[b"one".to_vec(), b"two".to_vec()])]).write();
        let at = at % bytes.len();
        bytes[at] = with;
        if let Ok(body) = Body::read(Class::Data, &bytes) {
            prop_assert_eq!(body.write(), bytes);
        }
    }
}

#[test]
fn nothing_shows_where_the_padding_begins() {
    let mut world = World::new(48, 1);
    let place = world.place(0, 1);
    let segment = world.segment(0, place, &[b"short".to_vec()]);
    let [Held::Here(chunk)] = segment.chunks() else { panic!("one chunk") };
    assert_eq!(chunk.len(), 256);
    // 21 bytes of entry; of the 235 after it some are zero by chance only (1 in 256).
    assert!(chunk[21..].iter().filter(|byte| **byte == 0).count() < 12);
    let again = world.segment(0, place, &[b"short".to_vec()]);
    assert_ne!(again.chunks(), segment.chunks());
}

#[test]
fn a_full_segment_takes_no_more() {
    let mut world = World::new(49, 1);
    let epochs = vec![world.epoch_id()];
    let key = world.keyring().derive_key(CompartmentId(0), &epochs).unwrap();
    let place = world.place(0, 1);
    let mut draft = SegmentDraft::new(CompartmentId(0), &key, epochs, place, (0, 0), &mut world.rng);
    for _ in 0..MAX_ROWS {
        draft.push(b"", &mut world.rng).unwrap();
    }
    assert_eq!(draft.push(b"", &mut world.rng), Err(SegmentError::Full));
    assert_eq!((draft.len(), draft.ciphertext_bytes()), (MAX_ROWS, MAX_ROWS * 16));
    let bytes = Body::Segments(vec![draft.finish()]).write();
    let mut reader = Reader::new(&bytes);
    reader.array(1).unwrap();
    assert_eq!(Segment::read(&mut reader).unwrap().rows().len(), MAX_ROWS);
}
