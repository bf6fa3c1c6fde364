//! Parcels from one device to another, with everything that may happen to a file on its way.

use chartchain_keys::{
    Domain, FRAME_BYTES, FileSeal, SEALED_FRAME_BYTES, SharedHead, SigningKey, WrapSecret, test_rng,
};
use chartchain_ledger::{CborWriter, Frontier, Hash, padme};
use proptest::prelude::*;

use super::plain::Plain;
use super::*;

const LEDGER: Hash = Hash([7; 32]);
type Block = (Vec<u8>, Vec<u8>);

fn sender() -> SigningKey {
    SigningKey::make(&mut test_rng(1))
}

fn device(seed: u64) -> WrapSecret {
    WrapSecret::make(&mut test_rng(seed))
}

fn frontier() -> Frontier {
    let mut writer = CborWriter::default();
    writer.array(1).array(2).bytes(&[1; 32]).array(1).array(2).uint(900).bytes(&[9; 32]);
    Frontier::read(&writer.take()).unwrap()
}

fn introduction() -> Introduction {
    Introduction { header: vec![3; 200], body: vec![4; 100] }
}

fn parcel_for(devices: &[&WrapSecret], blocks: &[Block]) -> Vec<u8> {
    let (frontier, introductions) = (frontier(), [introduction()]);
    let head = ParcelHead {
        ledger: LEDGER,
        made_ms: 1_795_000_000_000,
        frontier: &frontier,
        wants: true,
        forks: &[],
        introductions: &introductions,
    };
    let to: Vec<_> = devices.iter().map(|device| device.public().unwrap()).collect();
    let (mut writer, mut file) = ParcelWriter::begin(&head, &sender(), &to, &mut test_rng(3)).unwrap();
    for (header, body) in blocks {
        file.extend(writer.block(header, body).unwrap());
    }
    file.extend(writer.finish());
    file
}

/// All that comes out of a file, and how that ends.
fn read(file: &[u8], piece: usize, device: &WrapSecret) -> (Vec<ParcelRecord>, Result<(), ParcelError>) {
    let (mut reader, mut records) = (ParcelReader::default(), Vec::new());
    let mut run = || {
        for bytes in file.chunks(piece) {
            reader.push(bytes)?;
            reader.open([(LEDGER, device)])?;
            while let Some(record) = reader.take_record()? {
                records.push(record);
            }
        }
        reader.finish()?;
        while let Some(record) = reader.take_record()? {
            records.push(record);
        }
        Ok(())
    };
    let result = run();
    (records, result)
}

fn refused(file: &[u8]) -> ParcelError {
    let (records, result) = read(file, usize::MAX, &device(2));
    assert!(!records.iter().any(|record| matches!(record, ParcelRecord::End(_))));
    result.unwrap_err()
}

fn expected(blocks: &[Block]) -> Vec<ParcelRecord> {
    let (sender, made_ms) = (sender().verify_key(), 1_795_000_000_000);
    let receipt = Receipt {
        ledger: LEDGER,
        sender,
        made_ms,
        frontier: frontier(),
        wants: true,
        introductions: vec![introduction()],
    };
    let blocks = blocks.iter().map(|(header, body)| ParcelRecord::Block { header: header.clone(), body: body.clone() });
    let mut all = vec![ParcelRecord::Start { sender, made_ms }];
    all.extend(blocks.chain([ParcelRecord::End(Box::new(receipt))]));
    all
}

fn small() -> Vec<Block> {
    vec![(vec![1; 40], vec![2; 60]), (vec![3; 20], Vec::new())]
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

fn plain_of(file: &[u8], device: &WrapSecret) -> Vec<u8> {
    let head = SharedHead::read(MAGIC.len(), file).unwrap().unwrap();
    let mut seal = head.open(device).unwrap();
    let frames: Vec<&[u8]> = file[head.as_bytes().len()..].chunks(SEALED_FRAME_BYTES).collect();
    let last = frames.len() - 1;
    frames.iter().enumerate().flat_map(|(at, frame)| seal.unseal(frame, at == last).unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn what_was_put_in_comes_out_whatever_the_pieces(
        lengths in proptest::collection::vec((0_usize..2000, 0_usize..150_000), 0..8),
        piece in prop_oneof![1_usize..70, 1000_usize..200_000],
        devices in 1_usize..4,
    ) {
        let blocks: Vec<Block> = lengths.iter().map(|(header, body)| (vec![5; *header], vec![6; *body])).collect();
        let secrets: Vec<WrapSecret> = (2..2 + devices as u64).map(device).collect();
        let file = parcel_for(&secrets.iter().collect::<Vec<_>>(), &blocks);
        let (records, result) = read(&file, piece.max(file.len() / 400), secrets.last().unwrap());
        prop_assert_eq!(result, Ok(()));
        prop_assert_eq!(records, expected(&blocks));
    }
}

#[test]
fn a_parcel_comes_out_byte_by_byte_and_of_whole_frames() {
    let file = parcel_for(&[&device(2)], &small());
    assert_eq!(read(&file, 1, &device(2)), (expected(&small()), Ok(())));
    // So long that the content with its padding fills its frames.
    let blocks = vec![(vec![1; 100], vec![2; 130_000])];
    let file = parcel_for(&[&device(2)], &blocks);
    assert_eq!(plain_of(&file, &device(2)).len(), 2 * FRAME_BYTES);
    assert_eq!(read(&file, 1 << 20, &device(2)), (expected(&blocks), Ok(())));
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
fn a_parcel_is_opened_by_each_of_those_it_is_for_and_by_nobody_else() {
    let devices: Vec<WrapSecret> = (20..25).map(device).collect();
    let file = parcel_for(&devices.iter().collect::<Vec<_>>(), &small());
    for device in &devices {
        assert_eq!(read(&file, 5000, device), (expected(&small()), Ok(())));
    }
    assert_eq!(refused(&file), ParcelError::NotForThisDevice);
    // Whoever has keys in many ledgers may try them one by one.
    let mut reader = ParcelReader::default();
    reader.push(&file[..100]).unwrap();
    assert_eq!(reader.open([(LEDGER, &devices[0])]), Ok(None));
    reader.push(&file[100..]).unwrap();
    assert_eq!(reader.open([(Hash([1; 32]), &device(2))]), Err(ParcelError::NotForThisDevice));
    assert_eq!(reader.take_record(), Ok(None), "not opened yet");
    let keys = [(Hash([1; 32]), device(2)), (LEDGER, device(22))];
    assert_eq!(reader.open(keys.iter().map(|(ledger, key)| (*ledger, key))), Ok(Some(LEDGER)));
    reader.finish().unwrap();
    assert!(reader.take_record().unwrap().is_some());
    let (mut unopened, sealed_to) = (ParcelReader::default(), file.as_slice());
    unopened.push(sealed_to).unwrap();
    unopened.finish().unwrap();
    assert_eq!(unopened.take_record(), Err(ParcelError::NotForThisDevice));
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
    assert_eq!(reader.open([(Hash([8; 32]), &device(2))]), Ok(Some(Hash([8; 32]))));
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
fn length_and_head_say_little_of_what_is_in_a_parcel_and_of_how_many_it_is_for() {
    let length = |devices: u64, body: usize| {
        let devices: Vec<WrapSecret> = (30..30 + devices).map(device).collect();
        parcel_for(&devices.iter().collect::<Vec<_>>(), &[(vec![1; 100], vec![2; body])]).len()
    };
    assert_eq!(length(1, 130_600), length(1, 134_300));
    assert_eq!(length(3, 1000), length(4, 1000));
    assert_eq!(length(5, 1000), length(8, 1000));
    let file = parcel_for(&[&device(2)], &small());
    for secret in [LEDGER.0, sender().verify_key().0] {
        assert!(!file.windows(32).any(|bytes| bytes == secret));
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
fn what_is_too_long_is_not_written_and_the_rest_stays_good() {
    let frontier = frontier();
    let head = |introductions| ParcelHead {
        ledger: LEDGER,
        made_ms: 0,
        frontier: &frontier,
        wants: false,
        forks: &[],
        introductions,
    };
    let to = [device(2).public().unwrap()];
    let many = vec![introduction(); 17];
    let begun = ParcelWriter::begin(&head(&many), &sender(), &to, &mut test_rng(3));
    assert_eq!(begun.err(), Some(ParcelError::TooLarge));
    let begun = ParcelWriter::begin(&head(&[]), &sender(), &[], &mut test_rng(3));
    assert_eq!(begun.err(), Some(ParcelError::Recipients(WrapError::Count)));
    let (mut writer, mut file) = ParcelWriter::begin(&head(&[]), &sender(), &to, &mut test_rng(3)).unwrap();
    assert_eq!(writer.block(&[0; 65_537], &[]), Err(ParcelError::TooLarge));
    assert_eq!(writer.block(&[0], &vec![0; 64 * 1024 * 1024 + 1]), Err(ParcelError::TooLarge));
    file.extend(writer.block(&[0], &[1]).unwrap());
    file.extend(writer.finish());
    assert_eq!(read(&file, 999, &device(2)).1, Ok(()));
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

/// Pinned: another implementation comes to the same from the same keys. (One in Python, made from `docs/formats.md`, did for all but
/// the wrap.)
#[test]
fn the_bytes_of_a_parcel_are_pinned() {
    let file = parcel_for(&[&device(2)], &small());
    let plain = plain_of(&file, &device(2));
    let end = plain.iter().rposition(|byte| *byte != 0).unwrap() + 1;
    assert_eq!((file.len(), plain.len(), end), (1878, 672, 662));
    assert_eq!(Hash::of(&[&plain]).to_hex(), "9944dbc5b385ac4657c5014f4189543d9ea0ef169623eee0ef08248b36390959");
    assert_eq!(Hash::of(&[&file]).to_hex(), "5fbe301fc041d907faab18dd87194ce8949520dcafced3f031cc6e6c33f787b6");
}
