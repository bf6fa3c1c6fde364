//! The same blocks in every order give the same ledger; what does not fit has its code.

use crate::header::HeaderV0;
use crate::parking::MAX_PARKED;
use crate::world_test::{NOW_MS, World, permutations, shuffled};
use crate::{Blame, Class, Draft, Hash, Ledger, Offer, Refusal, SignedBlock};

/// A few rounds in which three devices see each other's blocks, not all and not at once.
fn history(world: &World) -> Vec<SignedBlock> {
    let mut all: Ledger = world.replica();
    let mut apart = world.replica();
    let mut blocks = Vec::new();
    for round in 0..4 {
        for device in 0..3 {
            // The third device hears nothing in odd rounds.
            let replica = if device == 2 && round % 2 == 1 { &mut apart } else { &mut all };
            let Some(draft) = replica.draft(&world.feed(device)) else { continue };
            let body = crate::Body::Open(format!("{round} {device}").into_bytes().into());
            let block = draft.sign(Class::Ack, NOW_MS, Vec::new(), &body, &world.devices[device].feed);
            all.offer(&block.header).unwrap();
            if device == 2 {
                for block in blocks.iter().chain([&block]) {
                    let SignedBlock { header, .. } = block;
                    apart.offer(header).unwrap();
                }
            }
            blocks.push(block);
        }
    }
    assert_eq!((all.parked(), all.forks().count(), all.len()), (0, 0, 13));
    blocks
}

fn replay(world: &World, blocks: &[SignedBlock]) -> Ledger {
    let mut replica = world.replica();
    for block in blocks {
        replica.offer_with_body(&block.header, &block.body).unwrap();
    }
    replica
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn blocks_of_three_devices_in_any_order_give_the_same_ledger() {
    let world = World::new(60, 3);
    let blocks = history(&world);
    let right = replay(&world, &blocks);
    for seed in 0..200 {
        let order = shuffled(&blocks, seed);
        let replica = replay(&world, &order);
        assert_eq!(replica.state_hash(), right.state_hash(), "order {seed}");
        assert_eq!((replica.len(), replica.parked()), (right.len(), 0), "order {seed}");
        assert!(replica.feeds().eq(right.feeds()), "order {seed}");
        assert!(blocks.iter().all(|block| replica.block(&block.hash) == right.block(&block.hash)));
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_order_of_the_first_six_blocks_gives_the_same_ledger_and_says_what_it_took_in() {
    let world = World::new(61, 3);
    let blocks: Vec<SignedBlock> = history(&world).into_iter().take(6).collect();
    let right = replay(&world, &blocks).state_hash();
    for order in permutations(&blocks) {
        let mut replica = world.replica();
        let mut taken = Vec::new();
        for block in &order {
            match replica.offer(&block.header).unwrap() {
                Offer::Accepted(hashes) => taken.extend(hashes),
                Offer::Parked => assert!(replica.block(&block.hash).is_none()),
                other => panic!("{other:?}"),
            }
            assert_eq!(replica.offer(&block.header), Ok(Offer::Known));
        }
        assert_eq!((replica.state_hash(), replica.parked()), (right, 0));
        // Everything is reported once, and nothing before what it builds on.
        let mut names = taken.clone();
        names.sort_unstable();
        names.dedup();
        assert_eq!((names.len(), taken.len()), (6, 6));
        let lamports: Vec<(Hash, u64)> =
            taken.iter().map(|hash| (*hash, replica.block(hash).unwrap().lamport)).collect();
        for block in &blocks {
            let verified = crate::Verified::check(&block.header).unwrap();
            let at = |hash: &Hash| lamports.iter().position(|(taken, _)| taken == hash);
            let before = verified.header.parents.iter().chain([&verified.envelope.prev]);
            assert!(before.filter_map(at).all(|earlier| earlier < at(&block.hash).unwrap()));
        }
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_gap_parks_what_follows_and_releases_it_in_order() {
    let world = World::new(62, 2);
    let mut writer = world.replica();
    let blocks: Vec<SignedBlock> =
        (0..5).map(|number| world.write(&mut writer, 1, Class::Data, &number.to_string())).collect();
    let mut replica = world.replica();
    for block in blocks[1..].iter().rev() {
        assert_eq!(replica.offer(&block.header), Ok(Offer::Parked));
    }
    assert_eq!((replica.parked(), replica.len()), (4, 1));
    let all: Vec<Hash> = blocks.iter().map(|block| block.hash).collect();
    assert_eq!(replica.offer(&blocks[0].header), Ok(Offer::Accepted(all)));
    assert_eq!((replica.parked(), replica.state_hash()), (0, writer.state_hash()));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_full_lot_refuses_without_dropping_and_leaves_the_places_of_other_feeds() {
    let world = World::new(63, 2);
    let share = MAX_PARKED / 2;
    let mut prev = world.craft(1, 0, Hash::ZERO, &world.rest());
    let gap = prev.1.clone();
    let mut chain = Vec::new();
    for number in 1..=share as u64 + 1 {
        let rest = HeaderV0 { parents: Vec::new(), lamport: number + 1, ..world.rest() };
        prev = world.craft(1, number, prev.0, &rest);
        chain.push(prev.1.clone());
    }
    let mut replica = world.replica();
    let (last, waiting) = chain.split_last().unwrap();
    for block in waiting {
        assert_eq!(replica.offer(block), Ok(Offer::Parked));
    }
    assert_eq!(replica.offer(last), Err(Refusal::LotFull));
    assert_eq!((replica.parked(), Refusal::LotFull.blame()), (share, Blame::Nobody));
    // The other feed still has places, and what is parked stays known.
    let rest = HeaderV0 { parents: vec![Hash([9; 32])], lamport: 9, ..world.rest() };
    assert_eq!(replica.offer(&world.craft(0, 1, world.genesis.hash, &rest).1), Ok(Offer::Parked));
    assert_eq!(replica.offer(&waiting[0]), Ok(Offer::Known));
    let Ok(Offer::Accepted(taken)) = replica.offer(&gap) else { panic!("the gap fits") };
    assert_eq!(taken.len(), share + 1);
    assert!(matches!(replica.offer(last), Ok(Offer::Accepted(_))));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn what_builds_on_a_refused_block_does_not_wait_for_ever() {
    let world = World::new(64, 2);
    let bad = world.craft(1, 0, Hash::ZERO, &HeaderV0 { lamport: 5, ..world.rest() });
    let child = world.craft(1, 1, bad.0, &HeaderV0 { parents: Vec::new(), lamport: 6, ..world.rest() });
    let both = HeaderV0 { parents: vec![bad.0, Hash([0xee; 32])], lamport: 9, ..world.rest() };
    let mut parents = both.parents.clone();
    parents.sort_unstable();
    let other = world.craft(0, 1, world.genesis.hash, &HeaderV0 { parents, ..both });
    let mut replica = world.replica();
    assert_eq!(replica.offer(&child.1), Ok(Offer::Parked));
    assert_eq!(replica.offer(&other.1), Ok(Offer::Parked));
    assert_eq!(replica.offer(&bad.1), Err(Refusal::Lamport));
    assert_eq!((replica.parked(), replica.len()), (0, 1));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn everything_that_does_not_fit_has_its_code() {
    let world = World::new(65, 3);
    let mut first = world.replica();
    let control = world.write(&mut first, 0, Class::Control, "note");
    let ack = world.write(&mut first, 1, Class::Ack, "note");
    let replica = || replay(&world, &[control.clone(), ack.clone()]);
    let genesis = world.genesis.hash;
    // What device 1 could rightly sign next.
    let right = HeaderV0 { parents: Vec::new(), lamport: 3, control_head: genesis, ..world.rest() };
    let refuse = |device: usize, seq: u64, prev: Hash, rest: HeaderV0| {
        let mut replica = replica();
        let refusal = replica.offer(&world.craft(device, seq, prev, &rest).1).unwrap_err();
        assert_eq!((refusal.blame(), replica.parked(), replica.state_hash()), (Blame::Author, 0, first.state_hash()));
        refusal
    };
    // Seq and prev.
    assert_eq!(refuse(1, 2, ack.hash, right.clone()), Refusal::Prev);
    assert_eq!(refuse(1, u64::MAX, ack.hash, right.clone()), Refusal::Prev);
    assert_eq!(refuse(1, 1, control.hash, right.clone()), Refusal::Prev);
    assert_eq!(refuse(1, 1, Hash::ZERO, right.clone()), Refusal::Prev);
    assert_eq!(refuse(2, 0, ack.hash, right.clone()), Refusal::Prev);
    assert_eq!(refuse(0, 0, Hash::ZERO, HeaderV0 { lamport: 0, ..right.clone() }), Refusal::Prev);
    assert_eq!(refuse(1, 1, ack.hash, HeaderV0 { parents: vec![Hash::ZERO], ..right.clone() }), Refusal::Prev);
    // Lamport.
    for lamport in [0, 2, 4, u64::MAX] {
        assert_eq!(refuse(1, 1, ack.hash, HeaderV0 { lamport, ..right.clone() }), Refusal::Lamport);
    }
    // Control head.
    assert_eq!(refuse(1, 1, ack.hash, HeaderV0 { control_head: ack.hash, ..right.clone() }), Refusal::ControlHead);
    assert_eq!(refuse(1, 1, ack.hash, HeaderV0 { control_head: Hash::ZERO, ..right.clone() }), Refusal::ControlHead);
    // Own parent.
    assert_eq!(refuse(1, 1, ack.hash, HeaderV0 { parents: vec![ack.hash], ..right.clone() }), Refusal::OwnParent);

    // What the author cannot be blamed for.
    let mut replica = replica();
    let rest = right.write();
    let other = world.craft_raw(Hash([3; 32]), 1, 1, ack.hash, &rest).1;
    assert_eq!(replica.offer(&other), Err(Refusal::OtherLedger));
    let second = Draft::genesis().sign(
        Class::Control,
        NOW_MS,
        Vec::new(),
        &crate::Body::Open(b"again".into()),
        &world.devices[0].feed,
    );
    assert_eq!(replica.offer(&second.header), Err(Refusal::SecondGenesis));
    let strangers = World::new(66, 1);
    let stranger = strangers.craft_raw(genesis, 0, 1, genesis, &rest).1;
    assert_eq!(replica.offer(&stranger), Err(Refusal::NotEnrolled));
    assert_eq!(Refusal::NotEnrolled.blame(), Blame::Nobody);
    for refusal in [Refusal::OtherLedger, Refusal::SecondGenesis] {
        assert_eq!(refusal.blame(), Blame::Carrier);
    }
    assert_eq!(replica.offer(&world.genesis.header), Ok(Offer::Known));
    assert!(matches!(replica.offer(&world.craft(1, 1, ack.hash, &right).1), Ok(Offer::Accepted(_))));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn hostile_numbers_of_parked_blocks_do_not_overflow() {
    let world = World::new(67, 2);
    let mut replica = world.replica();
    let rest = HeaderV0 { parents: vec![Hash([5; 32])], lamport: u64::MAX, witness_epoch: u64::MAX, ..world.rest() };
    let first = world.craft(1, 0, Hash::ZERO, &HeaderV0 { claimed_ms: u64::MAX, body_bytes: u64::MAX, ..rest.clone() });
    assert_eq!(replica.offer(&first.1), Ok(Offer::Parked));
    assert_eq!(replica.offer(&world.craft(1, u64::MAX, first.0, &rest).1), Ok(Offer::Parked));
    assert!(replica.draft(&world.feed(1)).is_some());
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn clocks_that_go_back_or_jump_are_marked_and_refuse_nothing() {
    let world = World::new(68, 2);
    let mut replica = world.replica();
    let doubtful = |replica: &mut Ledger, seq: u64, prev: Hash, claimed_ms: u64| {
        let lamport = replica.block(&prev).map_or(1, |prev| prev.lamport + 1);
        let parents = if seq == 0 { vec![world.genesis.hash] } else { Vec::new() };
        let (hash, bytes) = world.craft(1, seq, prev, &HeaderV0 { claimed_ms, lamport, parents, ..world.rest() });
        replica.offer(&bytes).unwrap();
        (hash, replica.block(&hash).unwrap().time_doubtful)
    };
    let (first, marked) = doubtful(&mut replica, 0, Hash::ZERO, NOW_MS + 1);
    assert!(!marked);
    let (second, marked) = doubtful(&mut replica, 1, first, NOW_MS);
    assert!(marked);
    let (_, marked) = doubtful(&mut replica, 2, second, u64::MAX);
    assert!(marked);
}
