//! The suite, and what only a file can do.

use crate::block_on;
use chartchain_store::conformance::{self, Factory, key, puts};
use chartchain_store::{Durability, Failure, MemoryStore, RedbStore, Store, StoreError};
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::PathBuf;
use tempfile::TempDir;

#[derive(Default)]
struct Memories {
    places: RefCell<HashMap<String, MemoryStore>>,
}

impl Factory for Memories {
    type Store = MemoryStore;

    async fn create(&self, place: &str) -> Result<MemoryStore, StoreError> {
        let store = MemoryStore::new();
        self.places.borrow_mut().insert(place.to_owned(), store.clone());
        Ok(store)
    }

    async fn open(&self, place: &str) -> Result<MemoryStore, StoreError> {
        let store = self.places.borrow()[place].clone();
        store.reopen();
        Ok(store)
    }

    async fn second(&self, _: &str, first: &MemoryStore) -> Result<MemoryStore, StoreError> {
        Ok(first.clone())
    }
}

struct Files {
    folder: TempDir,
}

impl Files {
    fn path(&self, place: &str) -> PathBuf {
        self.folder.path().join(format!("{place}.chart"))
    }
}

impl Default for Files {
    fn default() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }
}

impl Factory for Files {
    type Store = RedbStore;

    async fn create(&self, place: &str) -> Result<RedbStore, StoreError> {
        RedbStore::create(self.path(place))
    }

    async fn open(&self, place: &str) -> Result<RedbStore, StoreError> {
        let path = self.path(place);
        if path.exists() { RedbStore::open(path) } else { RedbStore::create(path) }
    }

    async fn second(&self, _: &str, first: &RedbStore) -> Result<RedbStore, StoreError> {
        Ok(first.clone())
    }
}

mod memory {
    use super::*;
    macro_rules! run {
        ($($case:ident)*) => { $(#[test] fn $case() { block_on(conformance::$case(&Memories::default())).unwrap(); })* };
    }
    chartchain_store::each_case!(run);
}

mod redb {
    use super::*;
    macro_rules! run {
        ($($case:ident)*) => { $(#[test] fn $case() { block_on(conformance::$case(&Files::default())).unwrap(); })* };
    }
    chartchain_store::each_case!(run);
}

#[test]
fn a_crash_in_memory_leaves_each_batch_whole_or_absent_and_keeps_strict_ones() {
    let (mut whole, mut absent, mut relaxed_lost) = (0, 0, 0);
    for seed in 0..64 {
        let store = MemoryStore::with_seed(seed);
        store.fail_after(3, Failure::Crash);
        block_on(store.commit(puts([(key(1), b"strict".as_slice())]), Durability::Strict)).unwrap();
        block_on(store.commit(puts([(key(2), b"relaxed".as_slice())]), Durability::Relaxed)).unwrap();
        block_on(store.read(&[key(1)])).unwrap();
        let last = puts([(key(3), b"running".as_slice()), (key(4), b"running")]);
        assert_eq!(block_on(store.commit(last, Durability::Strict)), Err(StoreError::Closed));
        assert_eq!(block_on(store.keys()), Err(StoreError::Closed));
        store.reopen();
        let values = block_on(store.read(&[key(1), key(2), key(3), key(4)])).unwrap();
        let held: Vec<bool> = values.iter().map(Option::is_some).collect();
        match held[..] {
            [true, true, true, true] => whole += 1,
            [true, relaxed, false, false] => {
                absent += 1;
                relaxed_lost += u32::from(!relaxed);
            }
            _ => panic!("seed {seed}: {held:?}"),
        }
    }
    assert!(whole > 10 && absent > 10 && relaxed_lost > 5, "{whole} whole, {absent} absent, {relaxed_lost} lost");
}

#[test]
fn a_full_memory_refuses_writes_and_accepts_deletions() {
    let store = MemoryStore::new();
    block_on(store.commit(puts([(key(1), b"1".as_slice())]), Durability::Strict)).unwrap();
    store.fail_after(0, Failure::Full);
    for _ in 0..2 {
        let refused = block_on(store.commit(puts([(key(2), b"2".as_slice())]), Durability::Strict));
        assert_eq!(refused, Err(StoreError::Full));
    }
    assert_eq!(block_on(store.keys()), Ok(vec![key(1)]));
    let mut batch = chartchain_store::Batch::new();
    batch.delete(key(1));
    block_on(store.commit(batch, Durability::Strict)).unwrap();
    store.make_room();
    block_on(store.commit(puts([(key(2), b"2".as_slice())]), Durability::Strict)).unwrap();
    assert_eq!(block_on(store.keys()), Ok(vec![key(2)]));
}

#[test]
fn restoring_a_snapshot_brings_back_that_moment() {
    let store = MemoryStore::new();
    block_on(store.commit(puts([(key(1), b"then".as_slice())]), Durability::Strict)).unwrap();
    let then = store.snapshot();
    block_on(store.commit(puts([(key(1), b"now".as_slice()), (key(2), b"now")]), Durability::Strict)).unwrap();
    assert!(store.snapshot() != then);
    store.restore(&then);
    assert!(store.snapshot() == then);
    assert_eq!(block_on(store.read(&[key(1), key(2)])), Ok(vec![Some(b"then".to_vec()), None]));
}

#[test]
fn a_file_opens_once() {
    let files = Files::default();
    let store = RedbStore::create(files.path("a")).unwrap();
    assert_eq!(RedbStore::open(files.path("a")).unwrap_err(), StoreError::InUse);
    drop(store);
    RedbStore::open(files.path("a")).unwrap();
}

#[test]
fn creating_touches_nothing_that_is_there_and_leaves_no_draft() {
    let files = Files::default();
    let path = files.path("a");
    let store = RedbStore::create(&path).unwrap();
    block_on(store.commit(puts([(key(1), b"1".as_slice())]), Durability::Strict)).unwrap();
    drop(store);
    assert!(matches!(RedbStore::create(&path), Err(StoreError::Failed { operation: "create", .. })));
    let store = RedbStore::open(&path).unwrap();
    assert_eq!(block_on(store.read(&[key(1)])), Ok(vec![Some(b"1".to_vec())]));
    assert_eq!(std::fs::read_dir(files.folder.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_read_a_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let files = Files::default();
    drop(RedbStore::create(files.path("a")).unwrap());
    assert_eq!(std::fs::metadata(files.path("a")).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_draft_that_a_killed_process_of_the_same_number_left_is_no_hindrance() {
    let files = Files::default();
    for number in 0..50 {
        let draft = format!("a.chart.new-{}-{number}", std::process::id());
        std::fs::write(files.folder.path().join(draft), "left").unwrap();
    }
    RedbStore::create(files.path("a")).unwrap();
}

#[test]
fn a_closed_file_is_about_as_long_as_its_rows_whatever_was_in_it_before() {
    let files = Files::default();
    let path = files.path("a");
    let length = || std::fs::metadata(&path).unwrap().len();
    let store = RedbStore::create(&path).unwrap();
    for number in 0..40 {
        // A length for which redb alone would take almost twice as much.
        block_on(store.commit(puts([(key(number), vec![1; 136_000].as_slice())]), Durability::Strict)).unwrap();
    }
    for number in (0..40).filter(|number| number % 4 != 0) {
        let mut batch = chartchain_store::Batch::new();
        batch.delete(key(number));
        block_on(store.commit(batch, Durability::Strict)).unwrap();
    }
    let open = length();
    store.close().unwrap();
    assert!(open > 5_000_000 && length() < 1_600_000, "{open} bytes, closed {}", length());

    // Another look, as short as a look can be.
    let store = RedbStore::open(&path).unwrap();
    block_on(store.commit(puts([(key(1000), b"1".as_slice())]), Durability::Strict)).unwrap();
    let keys: Vec<_> = (0..40).step_by(4).map(key).collect();
    let rows = block_on(store.read(&keys)).unwrap();
    assert!(rows.iter().all(|row| *row == Some(vec![1; 136_000])));
    store.close().unwrap();
    assert!(length() < 1_600_000, "{}", length());
}

#[test]
fn a_file_that_is_not_there_is_an_error_and_stays_away() {
    let files = Files::default();
    assert!(matches!(RedbStore::open(files.path("a")), Err(StoreError::Failed { operation: "open", .. })));
    assert!(!files.path("a").exists());
}

#[test]
fn a_closed_store_says_so_through_every_handle() {
    let files = Files::default();
    let store = RedbStore::create(files.path("a")).unwrap();
    let other = store.clone();
    store.close().unwrap();
    store.close().unwrap();
    assert_eq!(block_on(other.keys()), Err(StoreError::Closed));
    assert_eq!(block_on(other.wipe()), Err(StoreError::Closed));
    RedbStore::open(files.path("a")).unwrap();
}

#[test]
fn wiping_deletes_the_file() {
    let files = Files::default();
    let store = RedbStore::create(files.path("a")).unwrap();
    block_on(store.wipe()).unwrap();
    assert!(!files.path("a").exists());
}
