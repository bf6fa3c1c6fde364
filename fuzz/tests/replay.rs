//! Every target takes its seeds, its seeds bent in many ways, and everything that ever broke it.

use std::fs;
use std::path::Path;

use chartchain_fuzz::{TARGETS, Target};

/// How many bent seeds each target gets; more where `CHARTCHAIN_BENT` says so.
fn bent_count() -> usize {
    std::env::var("CHARTCHAIN_BENT").ok().and_then(|count| count.parse().ok()).unwrap_or(60)
}

/// A small generator (splitmix64): the same in every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) as usize % below.max(1)
    }
}

/// Flips, cuts, doubles and lengthens.
fn bend(seed: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=numbers.next(3) {
        let at = numbers.next(bytes.len());
        match numbers.next(5) {
            0 => bytes.truncate(at),
            1 => bytes.extend_from_within(at.min(bytes.len())..),
            2 => bytes.insert(at.min(bytes.len()), numbers.next(256) as u8),
            3 => drop(bytes.drain(at.min(bytes.len())..(at + numbers.next(9)).min(bytes.len()))),
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << numbers.next(8);
                }
            }
        }
        bytes.truncate(1 << 20);
    }
    bytes
}

fn replay(target: &Target) {
    let seeds = (target.seeds)();
    assert!(!seeds.is_empty() && seeds.iter().all(|seed| !seed.is_empty()), "{} has no seeds", target.name);
    seeds.iter().for_each(|seed| (target.run)(seed));
    let mut numbers = Numbers(1);
    for number in 0..bent_count() {
        let bytes = bend(&seeds[number % seeds.len()], &mut numbers);
        (target.run)(&bytes);
    }
    let crashers = Path::new(env!("CARGO_MANIFEST_DIR")).join("crashers").join(target.name);
    for file in fs::read_dir(crashers).into_iter().flatten() {
        (target.run)(&fs::read(file.unwrap().path()).unwrap());
    }
}

macro_rules! replayed {
    ($($name:ident)+) => {
        $(#[test]
        fn $name() {
            replay(TARGETS.iter().find(|target| target.name == stringify!($name)).unwrap());
        })+

        #[test]
        fn every_target_is_replayed() {
            let names = [$(stringify!($name)),+];
            assert!(TARGETS.iter().all(|target| names.contains(&target.name)));
        }
    };
}

replayed!(header body segment packed backup fhir change search session signal parcel animated meeting);
