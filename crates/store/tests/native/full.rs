//! A file that may not grow any more, as on a full disk: what is there can be read.

use crate::block_on;
use chartchain_store::conformance::{key, puts};
use chartchain_store::{Batch, Durability, RedbStore, Store, StoreError};
use std::path::{Path, PathBuf};
use std::process::Command;

const FILE_VARIABLE: &str = "CHARTCHAIN_STORE_FULL_FILE";
const ROW_BYTES: usize = 30_000;

fn content(number: u32) -> Vec<u8> {
    number.to_be_bytes().into_iter().cycle().take(ROW_BYTES).collect()
}

fn assert_holds(store: &RedbStore, rows: u32) {
    let mut keys: Vec<_> = (0..rows).map(key).collect();
    let found = block_on(store.read(&keys)).unwrap();
    assert!(found.into_iter().zip(0..).all(|(row, number)| row == Some(content(number))));
    keys.sort();
    let mut found = block_on(store.keys()).unwrap();
    found.sort();
    assert_eq!(found, keys);
}

/// The other process of the test below; does nothing unless that test starts it.
#[test]
#[ignore = "started by the test that limits it"]
fn child_writes_until_there_is_no_room() {
    let Some(path) = std::env::var_os(FILE_VARIABLE).map(PathBuf::from) else { return };
    let store = RedbStore::create(&path).unwrap();
    let add = |number| block_on(store.commit(puts([(key(number), content(number).as_slice())]), Durability::Strict));
    let mut rows = 0;
    let refused = loop {
        match add(rows) {
            Ok(()) => rows += 1,
            Err(error) => break error,
        }
    };
    assert_eq!(refused, StoreError::Full);
    // It stays full, and stays readable.
    for _ in 0..3 {
        assert_holds(&store, rows);
        assert_eq!(add(rows), Err(StoreError::Full));
    }
    assert_holds(&store, rows);
    // Whoever gives up something gets room.
    let mut batch = Batch::new();
    batch.delete(key(rows - 1));
    batch.delete(key(rows - 2));
    block_on(store.commit(batch, Durability::Strict)).unwrap();
    assert_holds(&store, rows - 2);
    add(rows - 2).unwrap();
    store.close().unwrap();
    let store = RedbStore::open(&path).unwrap();
    assert_holds(&store, rows - 1);
    println!("holds {} rows", rows - 1);
}

/// The other process of the test below; does nothing unless that test starts it.
#[test]
#[ignore = "started by the test that limits it"]
fn child_writes_relaxed_until_there_is_no_room() {
    let Some(path) = std::env::var_os(FILE_VARIABLE).map(PathBuf::from) else { return };
    let store = RedbStore::create(&path).unwrap();
    let add =
        |number, durability| block_on(store.commit(puts([(key(number), content(number).as_slice())]), durability));
    let mut rows = 0;
    let refused = loop {
        match add(rows, Durability::Relaxed) {
            Ok(()) => rows += 1,
            Err(error) => break error,
        }
    };
    assert_eq!(refused, StoreError::Full);
    for durability in [Durability::Strict, Durability::Relaxed] {
        assert_holds(&store, rows);
        assert_eq!(add(rows, durability), Err(StoreError::Full));
    }
    assert_holds(&store, rows);
    // With room for them they become durable.
    let kept = rows / 8;
    assert!(kept > 10, "{rows}");
    let mut batch = Batch::new();
    for number in kept..rows {
        batch.delete(key(number));
    }
    block_on(store.commit(batch, Durability::Strict)).unwrap();
    drop(store);
    assert_holds(&RedbStore::open(&path).unwrap(), kept);
    println!("holds {rows} rows");
}

/// Runs one of the above where no file may grow beyond 4000 blocks, and says what it printed.
fn run_limited(child: &str, path: &Path) -> String {
    // Without the signal, a write past the limit is an error like that of a full disk.
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 4000; exec \"$@\"", "sh"])
        .arg(std::env::current_exe().unwrap())
        .args([child, "--exact", "--ignored", "--nocapture"])
        .env(FILE_VARIABLE, path)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    said
}

fn rows_in(said: &str) -> u32 {
    said.split("holds ").nth(1).and_then(|rest| rest.split(' ').next()?.parse().ok()).unwrap()
}

#[test]
fn without_room_commits_change_nothing_and_everything_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("full.chart");
    let rows = rows_in(&run_limited("full::child_writes_until_there_is_no_room", &path));
    assert!(rows > 10, "{rows}");
    let store = RedbStore::open(&path).unwrap();
    assert_holds(&store, rows);
    block_on(store.commit(puts([(key(rows), content(rows).as_slice())]), Durability::Strict)).unwrap();
    assert_holds(&store, rows + 1);
}

#[test]
fn relaxed_commits_that_were_acknowledged_are_read_after_room_ended() {
    let folder = tempfile::tempdir().unwrap();
    let said = run_limited("full::child_writes_relaxed_until_there_is_no_room", &folder.path().join("full.chart"));
    assert!(rows_in(&said) > 10, "{said}");
}
