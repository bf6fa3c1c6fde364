//! Two devices that tell each other where their feeds end come to hold the same.

use std::collections::BTreeMap;

use crate::world_test::{World, shuffled};
use crate::{Class, Frontier, Hash, Ledger, Offer, SignedBlock};

/// A replica with its blocks in order of arrival.
struct Replica {
    ledger: Ledger,
    arrived: Vec<Hash>,
}

impl Replica {
    fn new(world: &World) -> Self {
        Self { ledger: world.replica(), arrived: Vec::new() }
    }

    fn take(&mut self, block: &SignedBlock) {
        if let Ok(Offer::Accepted(names) | Offer::Forked { accepted: names, .. }) = self.ledger.offer(&block.header) {
            self.arrived.extend(names);
        }
    }

    fn write(&mut self, world: &World, device: usize, note: &str, all: &mut BTreeMap<Hash, SignedBlock>) {
        if self.ledger.draft(&world.feed(device)).is_none() {
            return;
        }
        let block = world.sign(&self.ledger, device, Class::Ack, note);
        self.take(&block);
        all.insert(block.hash, block);
    }

    /// Gives what the other one lacks, as far as it says. Tells how many blocks that were. Where a feed has forked without one of the two
    /// knowing it, some of them wait for the next turn.
    fn give(&self, other: &mut Self, all: &BTreeMap<Hash, SignedBlock>) -> usize {
        let lacking = self.ledger.lacking(&other.ledger.frontier());
        let given: Vec<&Hash> = self.arrived.iter().filter(|name| lacking.contains(name)).collect();
        given.iter().for_each(|name| other.take(&all[name]));
        given.len()
    }
}

/// Tells how many blocks went over.
fn exchange(one: &mut Replica, other: &mut Replica, all: &BTreeMap<Hash, SignedBlock>) -> usize {
    let mut given = 0;
    for _ in 0..4 {
        given += one.give(other, all) + other.give(one, all);
        if !one.ledger.is_behind(&other.ledger.frontier()) && !other.ledger.is_behind(&one.ledger.frontier()) {
            break;
        }
    }
    assert_eq!(one.ledger.state_hash(), other.ledger.state_hash());
    assert_eq!(one.ledger.frontier(), other.ledger.frontier());
    assert_eq!((one.ledger.parked(), other.ledger.parked()), (0, 0));
    assert!(one.ledger.lacking(&other.ledger.frontier()).is_empty());
    given
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn devices_that_wrote_apart_give_each_other_what_is_lacking_and_nothing_else() {
    let world = World::new(120, 3);
    let mut all = BTreeMap::new();
    let (mut one, mut other) = (Replica::new(&world), Replica::new(&world));
    for round in 0..5 {
        one.write(&world, 0, &format!("one {round}"), &mut all);
        one.write(&world, 1, &format!("one too {round}"), &mut all);
        other.write(&world, 2, &format!("other {round}"), &mut all);
        assert_eq!(exchange(&mut one, &mut other, &all), 3, "round {round}");
    }
    assert_eq!(exchange(&mut one, &mut other, &all), 0);
    let lacking = one.ledger.lacking(&Frontier::default());
    assert_eq!(lacking.len(), 16, "all of it, the first block too");
}

/// Copies of one device write apart, meet in any order, and never agree on less than all of it.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn devices_that_forked_come_to_hold_all_branches() {
    for seed in 0..60_u64 {
        let world = World::new(200 + seed, 3);
        let mut all = BTreeMap::new();
        let mut replicas: Vec<Replica> = (0..4).map(|_| Replica::new(&world)).collect();
        for round in 0..6_u64 {
            for number in shuffled(&[0, 1, 2, 3], seed * 100 + round) {
                // Replicas 0 and 3 both hold the keys of device 0.
                replicas[number].write(&world, number % 3, &format!("{number} in {round}"), &mut all);
            }
            if let [first, second, ..] = shuffled(&[0_usize, 1, 2, 3], seed * 1000 + round).as_slice() {
                let [one, other] = replicas.get_disjoint_mut([*first, *second]).unwrap();
                exchange(one, other, &all);
            }
        }
        for _ in 0..3 {
            for (first, second) in [(0, 1), (2, 3), (0, 2), (1, 3)] {
                let [one, other] = replicas.get_disjoint_mut([first, second]).unwrap();
                exchange(one, other, &all);
            }
        }
        let hashes: Vec<Hash> = replicas.iter().map(|replica| replica.ledger.state_hash()).collect();
        assert!(hashes.iter().all(|hash| *hash == hashes[0]), "seed {seed}");
        assert_eq!(replicas[0].ledger.len(), all.len() + 1, "seed {seed}: every block is everywhere");
        assert_eq!(replicas[0].ledger.forks().count(), 1, "seed {seed}");
        assert!(!replicas[0].ledger.may_receive(&world.feed(0)), "seed {seed}");
    }
}
