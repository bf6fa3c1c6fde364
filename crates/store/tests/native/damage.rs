//! Damaged files: an error, or the rows as they were. Never a panic, never an older state.

use crate::{Dice, block_on};
use chartchain_store::conformance::{key, puts};
use chartchain_store::{Batch, Durability, RedbStore, RowKey, Store, StoreError};
use std::fs;
use std::path::Path;

const HEADER_BYTES: usize = 320;

/// In memory where the system has such a place: thousands of files are synced here.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

type Contents = Vec<(RowKey, Option<Vec<u8>>)>;

fn write(store: &RedbStore) {
    for round in 0..12u8 {
        let mut batch = Batch::new();
        for number in 0..60 {
            batch.put(key(number), vec![round; 40 + usize::try_from(number).unwrap() * 17]);
        }
        batch.put(key(1000), vec![round; 70_000]);
        batch.delete(key(u32::from(round)));
        let durability = if round % 4 == 2 { Durability::Relaxed } else { Durability::Strict };
        block_on(store.commit(batch, durability)).unwrap();
    }
}

fn contents(store: &RedbStore) -> Result<Contents, StoreError> {
    let mut keys = block_on(store.keys())?;
    keys.sort();
    let values = block_on(store.read(&keys))?;
    Ok(keys.into_iter().zip(values).collect())
}

struct State {
    name: &'static str,
    file: Vec<u8>,
    rows: Contents,
}

/// The file of a process that was killed, after an orderly close with a relaxed commit outstanding, of a process that
/// was killed right after opening it again, and after a close that gave room back.
fn states(folder: &Path) -> [State; 4] {
    let path = folder.join("original.chart");
    let store = RedbStore::create(&path).unwrap();
    write(&store);
    let killed = State { name: "killed", file: fs::read(&path).unwrap(), rows: contents(&store).unwrap() };
    block_on(store.commit(puts([(key(0), b"relaxed".as_slice()), (key(2000), b"relaxed")]), Durability::Relaxed))
        .unwrap();
    let rows = contents(&store).unwrap();
    store.close().unwrap();
    let closed = State { name: "closed", file: fs::read(&path).unwrap(), rows: rows.clone() };
    let store = RedbStore::open(&path).unwrap();
    let opened = State { name: "opened", file: fs::read(&path).unwrap(), rows: rows.clone() };
    block_on(store.commit(puts([(key(3000), vec![7; 600_000].as_slice())]), Durability::Strict)).unwrap();
    let mut batch = Batch::new();
    batch.delete(key(3000));
    block_on(store.commit(batch, Durability::Strict)).unwrap();
    let before = fs::metadata(&path).unwrap().len();
    store.close().unwrap();
    let compacted = State { name: "compacted", file: fs::read(&path).unwrap(), rows };
    assert!(compacted.file.len() as u64 <= before / 2, "{before} bytes, then {}", compacted.file.len());
    [killed, closed, opened, compacted]
}

#[derive(Debug, Default)]
struct Tally {
    refused: u32,
    unchanged: u32,
}

fn try_damaged(path: &Path, bytes: &[u8], rows: &Contents, what: &str, tally: &mut Tally) {
    fs::write(path, bytes).unwrap();
    match RedbStore::open(path).and_then(|store| contents(&store)) {
        Ok(found) => {
            assert!(&found == rows, "{what}: rows changed in silence");
            tally.unchanged += 1;
        }
        Err(StoreError::Damaged(_)) => tally.refused += 1,
        Err(error) => panic!("{what}: {error:?}"),
    }
}

fn flip(bytes: &mut [u8], bit: usize) {
    bytes[bit / 8] ^= 1 << (bit % 8);
}

#[test]
fn every_bit_of_the_header_can_flip() {
    let folder = folder();
    let path = folder.path().join("damaged.chart");
    for State { name: state, file: original, rows } in states(folder.path()) {
        let mut tally = Tally::default();
        for bit in 0..HEADER_BYTES * 8 {
            let mut bytes = original.clone();
            flip(&mut bytes, bit);
            try_damaged(&path, &bytes, &rows, &format!("{state}, header bit {bit}"), &mut tally);
        }
        println!("{state}: {tally:?}");
        assert!(tally.refused > 0 && tally.unchanged > 0, "{state}: {tally:?}");
    }
}

#[test]
fn twelve_hundred_bits_anywhere_can_flip() {
    let folder = folder();
    let path = folder.path().join("damaged.chart");
    let mut dice = Dice(1000);
    for State { name: state, file: original, rows } in states(folder.path()) {
        let used = original.iter().rposition(|byte| *byte != 0).unwrap() + 1;
        let mut tally = Tally::default();
        for _ in 0..400 {
            let mut bytes = original.clone();
            let bit = usize::try_from(dice.below(u64::try_from(used * 8).unwrap())).unwrap();
            flip(&mut bytes, bit);
            try_damaged(&path, &bytes, &rows, &format!("{state}, bit {bit}"), &mut tally);
        }
        println!("{state}: {used} of {} bytes used, {tally:?}", original.len());
        assert!(tally.refused > 0 && tally.unchanged > 0, "{state}: {tally:?}");
    }
}

#[test]
fn blocks_can_be_lost_and_ends_cut_off() {
    let folder = folder();
    let path = folder.path().join("damaged.chart");
    let mut dice = Dice(77);
    for State { name: state, file: original, rows } in states(folder.path()) {
        let mut tally = Tally::default();
        for block in 0..original.len().div_ceil(4096).min(200) {
            let mut bytes = original.clone();
            let end = (block * 4096 + 4096).min(bytes.len());
            bytes[block * 4096..end].fill(0);
            try_damaged(&path, &bytes, &rows, &format!("{state}, block {block} empty"), &mut tally);
        }
        for _ in 0..100 {
            let length = usize::try_from(dice.below(u64::try_from(original.len()).unwrap())).unwrap();
            try_damaged(&path, &original[..length], &rows, &format!("{state}, cut to {length}"), &mut tally);
        }
        for length in [0, 1, 9, 63, 64, 320, 4095, 4096, 8192] {
            try_damaged(&path, &original[..length], &rows, &format!("{state}, cut to {length}"), &mut tally);
        }
        println!("{state}: {tally:?}");
        assert!(tally.refused > 0 && tally.unchanged > 0, "{state}: {tally:?}");
    }
}

#[test]
fn what_is_no_store_is_refused() {
    let folder = folder();
    let path = folder.path().join("other");
    for bytes in [b"".as_slice(), b"x", &[0; 5000], b"redb\x1a\x0a\xa9\x0d\x0a", &[0xff; 100_000]] {
        fs::write(&path, bytes).unwrap();
        assert!(matches!(RedbStore::open(&path), Err(StoreError::Damaged(_))), "{} bytes", bytes.len());
    }
}

#[test]
fn a_later_format_is_too_new_and_a_compatible_one_opens() {
    const FORMAT: redb::TableDefinition<'static, &'static str, u32> = redb::TableDefinition::new("format");
    let folder = folder();
    for (version, expected) in [(200, None), (299, None), (300, Some(StoreError::TooNew))] {
        let path = folder.path().join(version.to_string());
        let store = RedbStore::create(&path).unwrap();
        block_on(store.commit(puts([(key(1), b"1".as_slice())]), Durability::Strict)).unwrap();
        drop(store);
        let database = redb::Database::open(&path).unwrap();
        let transaction = database.begin_write().unwrap();
        transaction.open_table(FORMAT).unwrap().insert("chartchain-store", version).unwrap();
        transaction.commit().unwrap();
        drop(database);
        assert_eq!(RedbStore::open(&path).err(), expected, "format {version}");
    }
}
