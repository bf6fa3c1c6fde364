//! Parcels: as they come, and with anything at all under a good seal and a good signature, as whoever knows a device can make them.

use chartchain_keys::{Domain, FRAME_BYTES, SealBroken, SharedHead, SigningKey, WrapError, WrapSecret, test_rng};
use chartchain_ledger::{CborWriter, Frontier, Hash, padme};
use chartchain_sync::{Introduction, ParcelHead, ParcelReader, ParcelRecord, ParcelWriter};

const LEDGER: Hash = Hash([7; 32]);
const MAGIC: &[u8] = b"chartchain parcel v0\n";
/// Says that what follows is to be sealed first.
const TO_SEAL: u8 = 1;
/// Says that what follows is to be signed as well.
const TO_SIGN: u8 = 2;

fn device() -> WrapSecret {
    WrapSecret::make(&mut test_rng(2))
}

fn sender() -> SigningKey {
    SigningKey::make(&mut test_rng(1))
}

/// Gives a file, or what is to be in one, to a device that it is for. It comes to the same whatever its pieces.
pub fn run(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let file = match *kind {
        TO_SEAL => sealed(rest, false).unwrap_or_default(),
        TO_SIGN => sealed(rest, true).unwrap_or_default(),
        _ => rest.to_vec(),
    };
    let whole = read(&file, usize::MAX);
    assert_eq!(whole, read(&file, 1 + file.len() / 7), "another way of cutting it gives something else");
    let (records, result) = whole;
    let ends = records.iter().filter(|record| matches!(record, ParcelRecord::End(_))).count();
    assert_eq!(ends == 1, result.is_ok(), "an end that is none: {result:?}");
    let given: usize = records.iter().map(length).sum();
    assert!(given <= file.len(), "more came out than went in");
}

fn length(record: &ParcelRecord) -> usize {
    match record {
        ParcelRecord::Block { header, body } => header.len() + body.len(),
        ParcelRecord::End(receipt) => receipt.introductions.iter().map(|one| one.header.len() + one.body.len()).sum(),
        _ => 0,
    }
}

fn read(file: &[u8], piece: usize) -> (Vec<ParcelRecord>, Result<(), String>) {
    let (mut reader, mut records, device) = (ParcelReader::default(), Vec::new(), device());
    let mut take = || {
        for piece in file.chunks(piece) {
            reader.push(piece)?;
            reader.open([(Some(LEDGER), &device)])?;
            while let Some(record) = reader.take_record()? {
                records.push(record);
            }
        }
        reader.finish()?;
        while let Some(record) = reader.take_record()? {
            records.push(record);
        }
        Ok::<(), chartchain_sync::ParcelError>(())
    };
    let result = take().map_err(|error| error.to_string());
    (records, result)
}

fn sealed(content: &[u8], sign: bool) -> Result<Vec<u8>, WrapError> {
    let (head, mut seal) = SharedHead::make(MAGIC, &[device().public()?], &mut test_rng(3))?;
    let mut plain = content.to_vec();
    if sign {
        let signature = sender().sign(Domain::Parcel, &Hash::of(&[head.as_bytes(), content]).0);
        let mut writer = CborWriter::default();
        writer.array(2).uint(4).bytes(&signature);
        plain.extend(writer.take());
        plain.resize(padme(plain.len()), 0);
    }
    let mut file = head.as_bytes().to_vec();
    let frames: Vec<&[u8]> = plain.chunks(FRAME_BYTES).collect();
    for (number, frame) in frames.iter().enumerate() {
        file.extend(seal.seal(frame, number + 1 == frames.len()));
    }
    Ok(file)
}

/// A real parcel, and what is in it, with its end and without.
#[must_use]
pub fn seeds() -> Vec<Vec<u8>> {
    let file = parcel().unwrap_or_default();
    let plain = opened(&file).unwrap_or_default();
    // An array of two, kind 4, the signature behind its length; then padding.
    let end = plain.windows(4).rposition(|bytes| bytes == [0x82, 4, 0x58, 64]).unwrap_or_default();
    let content = plain.get(..end).unwrap_or_default();
    vec![[&[0], file.as_slice()].concat(), [&[TO_SEAL], plain.as_slice()].concat(), [&[TO_SIGN], content].concat()]
}

fn parcel() -> Option<Vec<u8>> {
    let mut writer = CborWriter::default();
    writer.array(1).array(2).bytes(&[1; 32]).array(1).array(2).uint(900).bytes(&[9; 32]);
    let frontier = Frontier::read(&writer.take()).ok()?;
    let introductions = [Introduction { header: vec![3; 20], body: vec![4; 30] }];
    let head = ParcelHead {
        ledger: LEDGER,
        made_ms: 1_795_000_000_000,
        frontier: &frontier,
        wants: true,
        forks: &[],
        introductions: &introductions,
        invitation: None,
    };
    let to = [device().public().ok()?];
    let (mut parcel, mut file) = ParcelWriter::begin(&head, &sender(), &to, &mut test_rng(4)).ok()?;
    for body in [&[5; 70][..], &[]] {
        file.extend(parcel.block(&[6; 40], body).ok()?);
    }
    file.extend(parcel.finish());
    Some(file)
}

fn opened(file: &[u8]) -> Result<Vec<u8>, SealBroken> {
    let head = SharedHead::read(MAGIC.len(), file).ok().flatten().ok_or(SealBroken)?;
    let mut seal = head.open(&device()).ok_or(SealBroken)?;
    seal.unseal(file.get(head.as_bytes().len()..).unwrap_or_default(), true)
}
