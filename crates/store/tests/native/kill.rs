//! Killed processes: what was acknowledged is there.

use crate::{Dice, block_on};
use chartchain_store::conformance::key;
use chartchain_store::{Batch, Durability, RedbStore, RowKey, Store, StoreError};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

const FILE_VARIABLE: &str = "CHARTCHAIN_STORE_KILL_FILE";
const HEAD: u32 = u32::MAX;

/// Rows of older commits are deleted, so that pages are freed and used again.
const KEPT: u32 = 50;

fn content(number: u32) -> Vec<u8> {
    let length = 100 + usize::try_from(number % 13).unwrap() * 900;
    number.to_be_bytes().into_iter().cycle().take(length).collect()
}

fn batch(number: u32, head: Option<u32>) -> Batch {
    let mut batch = Batch::new();
    batch.expect(key(HEAD), head.map(|head| head.to_be_bytes().to_vec()));
    batch.put(key(HEAD), number.to_be_bytes().to_vec());
    batch.put(key(number), content(number));
    if let Some(old) = number.checked_sub(KEPT) {
        batch.delete(key(old));
    }
    batch
}

fn head(store: &RedbStore) -> Option<u32> {
    let value = block_on(store.read(&[key(HEAD)])).unwrap().remove(0)?;
    Some(u32::from_be_bytes(value.try_into().unwrap()))
}

/// The other process of the test below; does nothing unless that test starts it.
#[test]
#[ignore = "started by the test that kills it"]
fn child_writes_until_it_is_killed() {
    let Some(path) = std::env::var_os(FILE_VARIABLE).map(PathBuf::from) else { return };
    let store = if path.exists() { RedbStore::open(&path) } else { RedbStore::create(&path) }.unwrap();
    let mut last = head(&store);
    println!("open");
    loop {
        let number = last.map_or(0, |last| last + 1);
        let durability = if number % 5 == 3 { Durability::Relaxed } else { Durability::Strict };
        block_on(store.commit(batch(number, last), durability)).unwrap();
        last = Some(number);
        if durability == Durability::Strict {
            println!("ack {number}");
            std::io::stdout().flush().unwrap();
        }
    }
}

fn start(path: &Path) -> (Child, mpsc::Receiver<Option<u32>>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["kill::child_writes_until_it_is_killed", "--exact", "--ignored", "--nocapture"])
        .env(FILE_VARIABLE, path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            // The test harness writes on the same line before the first output.
            let said = match line.strip_prefix("ack ") {
                Some(number) => Some(number.parse().unwrap()),
                None if line.ends_with("open") => None,
                None => continue,
            };
            if send.send(said).is_err() {
                return;
            }
        }
    });
    (child, receive)
}

#[test]
fn thirty_kills_lose_no_acknowledged_commit() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("killed.chart");
    let mut dice = Dice(30);
    let mut newest = None;
    let mut acknowledged = 0;
    for round in 0..30 {
        let (mut child, said) = start(&path);
        assert_eq!(said.recv_timeout(Duration::from_secs(60)), Ok(None), "round {round}: the child did not open");
        assert_eq!(RedbStore::open(&path).unwrap_err(), StoreError::InUse);
        std::thread::sleep(Duration::from_micros(dice.below(60_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        for number in said.iter().flatten() {
            acknowledged += 1;
            newest = Some(number);
        }

        let store = RedbStore::open(&path).unwrap();
        let found = head(&store);
        assert!(found >= newest, "round {round}: acknowledged {newest:?}, found {found:?}");
        if let Some(found) = found {
            let numbers: Vec<u32> = ((found + 1).saturating_sub(KEPT)..=found).collect();
            let keys: Vec<RowKey> = numbers.iter().map(|number| key(*number)).collect();
            for (number, value) in numbers.iter().zip(block_on(store.read(&keys)).unwrap()) {
                assert_eq!(value, Some(content(*number)), "round {round}: row {number} of {found}");
            }
            assert_eq!(block_on(store.keys()).unwrap().len(), numbers.len() + 1, "round {round}");
        }
        newest = found;
    }
    println!("{acknowledged} commits acknowledged over 30 kills");
    assert!(acknowledged >= 30, "only {acknowledged} commits acknowledged: the test proves nothing");
}
