//! Parcels that were changed on their way, and such as whoever knows a device makes for it.

use chartchain_keys::{
    Domain, FRAME_BYTES, FileSeal, SEALED_FRAME_BYTES, SharedHead, SigningKey, WrapSecret, test_rng,
};
use chartchain_ledger::{CborWriter, Hash, padme};

use super::parcel_test::{LEDGER, device, expected, frontier, parcel_for, plain_of, read, sender, small};
use super::plain::Plain;
use super::*;

fn refused(file: &[u8]) -> ParcelError {
    let (records, result) = read(file, usize::MAX, &device(2));
    assert!(!records.iter().any(|record| matches!(record, ParcelRecord::End(_))));
    result.unwrap_err()
}

/// What whoever holds the keys may write: any content behind a head, with a signature over what they like.
fn made(to: &WrapSecret, content: &[u8], sign: impl Fn(&[u8]) -> [u8; 64]) -> Vec<u8> {
    let (head, mut seal) = SharedHead::make(MAGIC, &[to.public().unwrap()], &mut test_rng(9)).unwrap();
    let signature = sign(&[head.as_bytes(), content].concat());
    let mut plain = [content, &Plain::End { signature }.write().unwrap()].concat();
    plain.resize(padme(plain.len()), 0);
    [head.as_bytes(), &frames(&mut seal, &plain)].concat()
}

fn frames(seal: &mut FileSeal, plain: &[u8]) -> Vec<u8> {
    let frames: Vec<&[u8]> = plain.chunks(FRAME_BYTES).collect();
    frames.iter().enumerate().flat_map(|(at, frame)| seal.seal(frame, at + 1 == frames.len())).collect()
}

fn well_signed(bytes: &[u8]) -> [u8; 64] {
    sender().sign(Domain::Parcel, &Hash::of(&[bytes]).0)
}

fn start() -> Vec<u8> {
    let (frontier, sender) = (frontier().write(), sender().verify_key());
    Plain::Start { ledger: LEDGER, sender, made_ms: 1, wants: false, frontier: &frontier }.write().unwrap()
}

#[test]
fn a_parcel_with_any_bit_changed_is_refused_and_nothing_of_it_given() {
    let file = parcel_for(&[&device(2)], &small());
    let head = SharedHead::read(MAGIC.len(), &file).unwrap().unwrap().as_bytes().len();
    // In the wrap one bit of each byte, everywhere else all of them.
    for bit in (0..file.len() * 8).filter(|bit| !(200..head * 8).contains(bit) || bit / 8 % 8 == bit % 8) {
        let mut changed = file.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let (records, result) = read(&changed, usize::MAX, &device(2));
        assert!(records.is_empty() && result.is_err(), "bit {bit}: {result:?}");
    }
}

#[test]
fn a_parcel_that_was_cut_off_is_said_to_be_so() {
    let blocks = vec![(vec![1; 100], vec![2; 200_000])];
    let whole = parcel_for(&[&device(2)], &blocks);
    let head = whole.len() - plain_of(&whole, &device(2)).len() - 4 * 16;
    let at_frames = (1..4).map(|frames| head + frames * SEALED_FRAME_BYTES);
    for length in (0..whole.len()).step_by(4093).chain(at_frames).chain([whole.len() - 1]) {
        assert_eq!(refused(&whole[..length]), ParcelError::CutOff, "{length}");
    }
    let file = parcel_for(&[&device(2)], &small());
    for length in 0..file.len() {
        let error = refused(&file[..length]);
        // Some lengths could be those of a whole one.
        assert!(matches!(error, ParcelError::CutOff | ParcelError::Damaged), "{length}: {error:?}");
    }
    assert_eq!(refused(&[file.as_slice(), &[0]].concat()), ParcelError::CutOff, "of no length that a parcel has");
}

#[test]
fn frames_that_were_moved_left_out_repeated_or_taken_from_another_parcel_do_not_open() {
    let file = parcel_for(&[&device(2)], &[(vec![1; 100], vec![2; 300_000])]);
    let head = SharedHead::read(MAGIC.len(), &file).unwrap().unwrap().as_bytes().len();
    let frames: Vec<&[u8]> = file[head..].chunks(SEALED_FRAME_BYTES).collect();
    for order in [vec![0, 2, 1, 3, 4], vec![0, 2, 3, 4], vec![0, 1, 1, 2, 3, 4], vec![4, 1, 2, 3, 0]] {
        let moved: Vec<u8> = order.iter().flat_map(|at| frames[*at].iter().copied()).collect();
        refused(&[&file[..head], &moved].concat());
    }
    let other = parcel_for(&[&device(2), &device(4)], &[(vec![1; 100], vec![2; 300_000])]);
    let mixed = [&file[..file.len() - 1000], &other[other.len() - 1000..]].concat();
    assert_eq!(refused(&mixed), ParcelError::Damaged);
}

#[test]
fn a_recipient_cannot_pass_a_parcel_on_as_if_its_sender_had_sealed_it_to_somebody_else() {
    let file = parcel_for(&[&device(5)], &small());
    let plain = plain_of(&file, &device(5));
    let (head, mut seal) = SharedHead::make(MAGIC, &[device(2).public().unwrap()], &mut test_rng(6)).unwrap();
    let passed_on = [head.as_bytes(), &frames(&mut seal, &plain)].concat();
    let (records, result) = read(&passed_on, 1 << 20, &device(2));
    assert_eq!(result, Err(ParcelError::Signature));
    // The blocks stand for themselves; what the sender held does not come out.
    assert_eq!(records, expected(&small())[..3]);
    // Nor can it leave a block out, or sign in the sender's name.
    let others = |bytes: &[u8]| SigningKey::make(&mut test_rng(77)).sign(Domain::Parcel, &Hash::of(&[bytes]).0);
    assert_eq!(refused(&made(&device(2), &start(), others)), ParcelError::Signature);
    let elsewhere = |bytes: &[u8]| sender().sign(Domain::BlockEnvelope, &Hash::of(&[bytes]).0);
    assert_eq!(refused(&made(&device(2), &start(), elsewhere)), ParcelError::Signature);
    assert_eq!(read(&made(&device(2), &start(), well_signed), 1 << 20, &device(2)).1, Ok(()));
}

#[test]
fn a_parcel_of_one_ledger_sealed_to_a_key_of_another_is_refused() {
    let file = parcel_for(&[&device(2)], &small());
    let mut reader = ParcelReader::default();
    reader.push(&file).unwrap();
    reader.finish().unwrap();
    assert_eq!(reader.open([(Some(Hash([8; 32])), &device(2))]), Ok(Some(0)));
    assert_eq!(reader.take_record(), Err(ParcelError::OtherLedger));
    assert_eq!(reader.take_record(), Err(ParcelError::OtherLedger), "and stays so");
}

#[test]
fn records_out_of_their_order_too_many_and_behind_the_end_are_refused() {
    let block = || Plain::Block { header: &[1], body: &[2] }.write().unwrap();
    let introduction = || Plain::Introduction { header: &[1], body: &[2] }.write().unwrap();
    let fork = Plain::Fork(&[0; 10]).write().unwrap();
    let end = Plain::End { signature: [0; 64] }.write().unwrap();
    let ends = |parts: &[&[u8]]| refused(&made(&device(2), &parts.concat(), well_signed));
    assert_eq!(ends(&[]), ParcelError::Damaged, "no start");
    assert_eq!(ends(&[&block(), &start()]), ParcelError::Damaged);
    assert_eq!(ends(&[&start(), &start()]), ParcelError::Damaged);
    assert_eq!(ends(&[&start(), &block(), &introduction()]), ParcelError::Damaged);
    assert_eq!(ends(&[&start(), &fork]), ParcelError::Damaged, "a proof that proves nothing");
    assert_eq!(ends(&[&start(), &end]), ParcelError::Signature);
    assert_eq!(ends(&[&start(), &introduction().repeat(17)]), ParcelError::Damaged);
    let newer = {
        let mut writer = CborWriter::default();
        writer.array(2).uint(0).uint(3);
        writer.take()
    };
    assert_eq!(ends(&[&newer]), ParcelError::TooNew(3));
    // Padding that says something, and such of another length.
    let good = made(&device(2), &start(), well_signed);
    let head = SharedHead::read(MAGIC.len(), &good).unwrap().unwrap();
    for change in [0, 1] {
        let mut plain = plain_of(&good, &device(2));
        if change == 0 {
            *plain.last_mut().unwrap() = 1
        } else {
            plain.resize(plain.len() + 64, 0)
        }
        let file = [head.as_bytes(), &frames(&mut head.open(&device(2)).unwrap(), &plain)].concat();
        assert_eq!(refused(&file), ParcelError::Damaged, "{change}");
    }
}

#[test]
fn what_is_announced_and_does_not_come_takes_no_room() {
    for length in [u64::from(u32::MAX), 64 * 1024 * 1024 + 1, u64::MAX] {
        let mut announced = start();
        announced.extend([0x83, 3, 0x41, 1, 0x5b]);
        announced.extend(length.to_be_bytes());
        let file = made(&device(2), &announced, well_signed);
        assert!(matches!(refused(&file), ParcelError::TooLarge | ParcelError::Damaged), "{length}");
    }
}

#[test]
fn what_is_no_parcel_and_what_is_newer_is_told_from_its_beginning() {
    for (bytes, error) in [
        (&b"chartchain backup v0\n"[..], ParcelError::NotAParcel),
        (b"PK\x03\x04", ParcelError::NotAParcel),
        (b"chartchain parcel v00\n", ParcelError::NotAParcel),
        (b"chartchain parcel vx", ParcelError::NotAParcel),
        (b"chartchain parcel v99999999999", ParcelError::NotAParcel),
        (b"chartchain parcel v12\nmore", ParcelError::TooNew(12)),
        (b"chartchain parcel v0\n\x03", ParcelError::Damaged),
    ] {
        assert_eq!(ParcelReader::default().push(bytes), Err(error));
        let mut reader = ParcelReader::default();
        let pushed = bytes.iter().find_map(|byte| reader.push(&[*byte]).err());
        assert_eq!(pushed, Some(error), "byte by byte");
    }
    let mut nothing = ParcelReader::default();
    assert_eq!(nothing.finish(), Err(ParcelError::CutOff));
}
