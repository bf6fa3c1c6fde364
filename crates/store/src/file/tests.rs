//! Disks that lose power and disks that fill up.

use super::*;
use crate::conformance::key;
use redb::StorageBackend;
use std::io;
use std::sync::Mutex;

/// Remembers what was written since the last sync, so that any of it can be lost.
#[derive(Debug, Clone, Default)]
struct Disk {
    state: Arc<Mutex<Medium>>,
}

#[derive(Debug, Default)]
struct Medium {
    bytes: Vec<u8>,
    synced: Vec<u8>,
    unsynced: Vec<Change>,
    left: u64,
    only_syncs_count: bool,
    failure: Option<ErrorKind>,
}

#[derive(Debug)]
enum Change {
    Length(usize),
    Write(usize, Vec<u8>),
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Length(length) => bytes.resize(*length, 0),
            Self::Write(offset, data) => {
                let end = offset + data.len();
                if bytes.len() < end {
                    bytes.resize(end, 0);
                }
                bytes[*offset..end].copy_from_slice(data);
            }
        }
    }
}

impl Medium {
    fn change(&mut self, change: Change) -> io::Result<()> {
        if !self.only_syncs_count {
            self.spend(matches!(change, Change::Length(length) if length <= self.bytes.len()))?;
        }
        change.apply(&mut self.bytes);
        self.unsynced.push(change);
        Ok(())
    }

    fn spend(&mut self, needs_no_room: bool) -> io::Result<()> {
        match self.failure {
            Some(ErrorKind::StorageFull) if needs_no_room => Ok(()),
            Some(kind) if self.left == 0 => Err(kind.into()),
            _ => {
                self.left = self.left.saturating_sub(1);
                Ok(())
            }
        }
    }
}

impl StorageBackend for Disk {
    fn len(&self) -> io::Result<u64> {
        Ok(self.state.lock().unwrap().bytes.len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let offset = usize::try_from(offset).unwrap();
        let state = self.state.lock().unwrap();
        let found = state.bytes.get(offset..offset + out.len()).ok_or(ErrorKind::UnexpectedEof)?;
        out.copy_from_slice(found);
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        self.state.lock().unwrap().change(Change::Length(usize::try_from(len).unwrap()))
    }

    fn sync_data(&self) -> io::Result<()> {
        let mut state = self.state.lock().unwrap();
        state.spend(true)?;
        state.synced = state.bytes.clone();
        state.unsynced.clear();
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> io::Result<()> {
        self.state.lock().unwrap().change(Change::Write(usize::try_from(offset).unwrap(), data.to_vec()))
    }
}

impl Disk {
    /// Fails everything after so many changes and syncs; with a full disk only what needs room.
    fn fail_after(&self, changes: u64, kind: ErrorKind) {
        let mut state = self.state.lock().unwrap();
        (state.left, state.failure, state.only_syncs_count) = (changes, Some(kind), false);
    }

    /// Ends either.
    fn make_room(&self) {
        self.state.lock().unwrap().failure = None;
    }

    /// Fails at a sync, when everything is written and nothing of it is certain.
    fn fail_at_sync(&self, syncs: u64) {
        let mut state = self.state.lock().unwrap();
        (state.left, state.failure, state.only_syncs_count) = (syncs, Some(ErrorKind::Other), true);
    }

    /// What a disk may hold after the power went: all that was synced, and of the rest any writes, some in part.
    fn after_power_cut(&self, dice: &mut u64) -> Self {
        let state = self.state.lock().unwrap();
        let mut bytes = state.synced.clone();
        let loss = [0, 5, 33, 80][usize::try_from(roll(dice, 4)).unwrap()];
        for change in &state.unsynced {
            match (roll(dice, 100) < loss, roll(dice, 2), change) {
                (true, 0, _) => {}
                (true, _, Change::Write(offset, data)) => {
                    let sectors = roll(dice, data.len() as u64 / 512 + 1);
                    let part = data[..usize::try_from(sectors).unwrap() * 512].to_vec();
                    Change::Write(*offset, part).apply(&mut bytes);
                }
                (_, _, change) => change.apply(&mut bytes),
            }
        }
        Self { state: Arc::new(Mutex::new(Medium { synced: bytes.clone(), bytes, ..Medium::default() })) }
    }
}

fn roll(dice: &mut u64, bound: u64) -> u64 {
    *dice ^= *dice << 13;
    *dice ^= *dice >> 7;
    *dice ^= *dice << 17;
    *dice % bound
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    match std::pin::pin!(future).poll(&mut std::task::Context::from_waker(std::task::Waker::noop())) {
        std::task::Poll::Ready(output) => output,
        std::task::Poll::Pending => panic!("native stores never wait"),
    }
}

fn open(disk: &Disk) -> Result<RedbStore, StoreError> {
    let disk = disk.clone();
    RedbStore::over(PathBuf::new(), move || {
        guarded("open", || builder().create_with_backend(disk.clone()).map_err(|e| explain("open", e)))
    })
}

fn found(disk: &Disk) -> Disk {
    let store = open(disk).unwrap();
    let transaction = store.shared.read().database.as_ref().unwrap().begin_write().unwrap();
    transaction.open_table(PIECES).unwrap();
    transaction.commit().unwrap();
    store.close().unwrap();
    disk.clone()
}

/// Commit number `number`: a head that counts, rows of several sizes, and a deletion.
fn batch(number: u32) -> Batch {
    let mut batch = Batch::new();
    batch.put(key(0), number.to_be_bytes().to_vec());
    for row in 1..8 {
        let length = usize::try_from(row * 700 + number % 5 * 900).unwrap();
        batch.put(key(row * 100 + number % 10), vec![number.to_le_bytes()[0]; length]);
    }
    batch.delete(key(100 + (number + 5) % 10));
    batch
}

/// Every row after commits `1..=number`.
fn expected(number: u32) -> crate::MemoryStore {
    let model = crate::MemoryStore::new();
    for number in 1..=number {
        block_on(model.commit(batch(number), Durability::Strict)).unwrap();
    }
    model
}

/// Which commit the disk is at; every row must be as that commit left it.
fn commit_found(disk: &Disk) -> u32 {
    let store = open(disk).unwrap();
    let head = block_on(store.read(&[key(0)])).unwrap().remove(0);
    let number = head.map_or(0, |head| u32::from_be_bytes(head.try_into().unwrap()));
    let mut keys = block_on(store.keys()).unwrap();
    keys.sort();
    let model = expected(number);
    assert_eq!(Ok(&keys), block_on(model.keys()).as_ref(), "keys after commit {number}");
    assert!(block_on(store.read(&keys)) == block_on(model.read(&keys)), "rows after commit {number}");
    number
}

fn durability(number: u32) -> Durability {
    if number % 4 == 3 { Durability::Relaxed } else { Durability::Strict }
}

#[test]
fn power_cuts_at_any_moment_lose_no_strict_commit_and_halve_none() {
    let mut dice = 0x2545_f491_4f6c_dd1d;
    let (mut cut_short, mut unacknowledged_there) = (0, 0);
    for round in 0..300 {
        let disk = found(&Disk::default());
        let store = open(&disk).unwrap();
        match round % 2 {
            0 => disk.fail_after(roll(&mut dice, 400), ErrorKind::Other),
            _ => disk.fail_at_sync(roll(&mut dice, 30)),
        }
        let (mut tried, mut acknowledged) = (0, 0);
        for number in 1..=20 {
            tried = number;
            if block_on(store.commit(batch(number), durability(number))).is_err() {
                cut_short += 1;
                break;
            }
            if durability(number) == Durability::Strict {
                acknowledged = number;
            }
        }
        let mut disk = disk.after_power_cut(&mut dice);
        drop(store);
        // The power can go again while the file is being repaired.
        if roll(&mut dice, 3) == 0 {
            disk.fail_after(roll(&mut dice, 20), ErrorKind::Other);
            drop(open(&disk));
            disk = disk.after_power_cut(&mut dice);
        }
        let number = commit_found(&disk);
        assert!((acknowledged..=tried).contains(&number), "round {round}: {acknowledged}..={tried}, found {number}");
        unacknowledged_there += u32::from(number > acknowledged);
    }
    assert!(cut_short > 100 && unacknowledged_there > 10, "{cut_short} cut short, {unacknowledged_there} ahead");
}

#[test]
fn power_cuts_while_room_is_given_back_lose_nothing() {
    let mut dice = 0x1234_5678_9abc_def1;
    let (mut cut_short, mut shrunk) = (0, 0);
    for round in 0..60 {
        let disk = found(&Disk::default());
        let store = open(&disk).unwrap();
        let mut large = batch(1);
        large.put(key(5000), vec![9; 1_500_000]);
        block_on(store.commit(large, Durability::Strict)).unwrap();
        for number in 2..=12 {
            let mut batch = batch(number);
            batch.delete(key(5000));
            block_on(store.commit(batch, Durability::Strict)).unwrap();
        }
        let before = disk.len().unwrap();
        match round % 3 {
            0 => disk.fail_after(roll(&mut dice, 200), ErrorKind::Other),
            1 => disk.fail_at_sync(roll(&mut dice, 30)),
            _ => disk.fail_after(roll(&mut dice, 200), ErrorKind::StorageFull),
        }
        cut_short += u32::from(store.close().is_err());
        let disk = disk.after_power_cut(&mut dice);
        assert_eq!(commit_found(&disk), 12, "round {round}");
        shrunk += u32::from(disk.len().unwrap() < before / 2);
    }
    assert!(cut_short > 20 && shrunk > 20, "{cut_short} cut short, {shrunk} shrunk");
}

#[test]
fn a_full_disk_refuses_whole_batches_and_keeps_what_was_there() {
    let mut dice = 0x9e37_79b9_7f4a_7c15;
    let mut full = 0;
    for round in 0..100 {
        let disk = found(&Disk::default());
        let store = open(&disk).unwrap();
        disk.fail_after(roll(&mut dice, 300), ErrorKind::StorageFull);
        let (mut tried, mut acknowledged) = (0, 0);
        for number in 1..=20 {
            tried = number;
            match block_on(store.commit(batch(number), Durability::Strict)) {
                Ok(()) => acknowledged = number,
                Err(error) => {
                    // Closed where it was the empty second commit of the one before that met the full disk.
                    assert!(matches!(error, StoreError::Full | StoreError::Closed), "round {round}: {error:?}");
                    full += u32::from(error == StoreError::Full);
                    break;
                }
            }
        }
        drop(store);
        disk.make_room();
        let number = commit_found(&disk);
        assert!((acknowledged..=tried).contains(&number), "round {round}: {acknowledged}..={tried}, found {number}");
    }
    assert!(full > 20, "{full} times full");
}

#[test]
fn a_disk_that_was_full_at_any_write_is_used_again_once_it_has_room() {
    let mut second_failed = 0;
    for changes in 0..240 {
        let disk = found(&Disk::default());
        let store = open(&disk).unwrap();
        disk.fail_after(changes, ErrorKind::StorageFull);
        let mut acknowledged = 0;
        // One that was acknowledged may have met the full disk in its empty second commit.
        while block_on(store.commit(batch(acknowledged + 1), durability(acknowledged + 1))) == Ok(()) {
            acknowledged += 1;
            if store.shared.state.read().unwrap().database.is_none() {
                second_failed += 1;
                break;
            }
        }
        disk.make_room();
        let mut keys = block_on(store.keys()).unwrap();
        keys.sort();
        let model = expected(acknowledged);
        assert_eq!(Ok(&keys), block_on(model.keys()).as_ref(), "{changes} changes, {acknowledged} acknowledged");
        assert!(block_on(store.read(&keys)) == block_on(model.read(&keys)), "{changes} changes");
        block_on(store.commit(batch(acknowledged + 1), Durability::Strict)).unwrap();
        drop(store);
        assert_eq!(commit_found(&disk), acknowledged + 1, "{changes} changes");
    }
    assert!(second_failed > 10, "{second_failed} times in the second commit");
}
