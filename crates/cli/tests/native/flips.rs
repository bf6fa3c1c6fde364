//! One bit of a ledger file is flipped, a thousand times, each time in the whole file: `verify` says so, or everything
//! goes out as it was.

use std::path::Path;
use std::thread;

use chartchain_store::{Batch, Durability, RedbStore, Store as _};
use chartchain_vault::protocol::{Command, ExportFormat, Person};

use crate::tool::{Quick, Tool, life};

/// As many as the product promises to survive.
const FLIPS: u64 = 1000;
const THREADS: u64 = 2;

/// SplitMix64 (Steele, Lea, Flood 2014).
fn chance(seed: u64) -> u64 {
    let mut mixed = seed.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[derive(Default)]
struct Seen {
    damaged: u32,
    other: u32,
    without_effect: u32,
}

fn flips(seeds: impl Iterator<Item = u64>, whole: &[u8], expected: &str) -> Seen {
    let tool = Tool::new();
    let mut seen = Seen::default();
    for seed in seeds {
        let bit = chance(seed) % (whole.len() as u64 * 8);
        let mut changed = whole.to_vec();
        changed[usize::try_from(bit / 8).unwrap()] ^= 1 << (bit % 8);
        tool.write("a.cc", &changed);
        let run = tool.run(&[&"verify", &"a.cc"]);
        if run.code != 0 {
            assert!(!run.out.contains("ok:"), "bit {bit}: {run:?}");
            // A lock whose salt or seal was changed is a wrong passphrase.
            assert!(matches!(run.code, 1 | 3 | 7), "bit {bit}: {run:?}");
            if run.code == 1 {
                seen.damaged += 1
            } else {
                seen.other += 1
            }
            continue;
        }
        seen.without_effect += 1;
        let out = Quick::open(&tool.path("a.cc")).export(ExportFormat::Ndjson, true);
        assert!(out == expected, "bit {bit}: verified, but changed");
    }
    seen
}

fn flip_file(whole: &Path, expected: &str, flips_in_all: u64) {
    let whole = std::fs::read(whole).unwrap();
    let seen: Vec<Seen> = thread::scope(|scope| {
        let whole = &whole;
        let workers: Vec<_> = (0..THREADS)
            .map(|first| {
                let seeds = (first..flips_in_all).step_by(usize::try_from(THREADS).unwrap());
                scope.spawn(move || flips(seeds, whole, expected))
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).collect()
    });
    let sum = |of: fn(&Seen) -> u32| seen.iter().map(of).sum::<u32>();
    let (damaged, other, free) = (sum(|seen| seen.damaged), sum(|seen| seen.other), sum(|seen| seen.without_effect));
    println!(
        "{flips_in_all} flips in {} bytes: {damaged} damaged, {other} refused otherwise, {free} without effect",
        whole.len()
    );
    assert!(damaged > 0);
}

/// A file with the same rows and little else, so that most bits of it mean something.
fn copy_rows(from: &Path, to: &Path) {
    let (from, to) = (RedbStore::open(from).unwrap(), RedbStore::create(to).unwrap());
    let keys = pollster::block_on(from.keys()).unwrap();
    let mut batch = Batch::new();
    for (key, value) in keys.iter().zip(pollster::block_on(from.read(&keys)).unwrap()) {
        batch.put(*key, value.unwrap());
    }
    pollster::block_on(to.commit(batch, Durability::Strict)).unwrap();
}

#[test]
fn a_thousand_flipped_bits_of_a_ledger_file_are_each_noticed_or_without_effect() {
    let tool = Tool::new();
    let path = tool.path("a.cc");
    let mut quick = Quick::create(&path);
    quick.ask(Command::CreateLedger { subject: Person::default() }).unwrap();
    quick.import("life.json", life(7).as_bytes());
    let changed =
        life(7).replace("\"resourceType\":\"Immunization\"", "\"resourceType\":\"Immunization\",\"language\":\"en\"");
    quick.import("later.json", changed.as_bytes());
    let expected = quick.export(ExportFormat::Ndjson, true);
    assert_eq!(quick.problems(), 0);
    drop(quick);
    let compact = tool.path("compact.cc");
    copy_rows(&path, &compact);
    flip_file(&compact, &expected, FLIPS);
}
