//! Forks: small portable proofs, retired keys, both branches kept, the same outcome in every order.

use chartchain_keys::{Domain, VerifyError};
use ed25519_dalek::hazmat::{ExpandedSecretKey, raw_sign};
use sha2::Sha512;

use crate::cbor::Writer;
use crate::fork::ForkError;
use crate::header::{Envelope, HeaderV0};
use crate::world_test::{World, permutations, shuffled};
use crate::{Class, ForkProof, Hash, Ledger, MAX_FORK_PROOF_BYTES, Offer, Refusal, Standing, Verified};

type Crafted = (Hash, Vec<u8>);

fn envelope(bytes: &[u8]) -> Envelope {
    Envelope::read(bytes).unwrap().0
}

/// Two blocks for the first place of device 1.
fn two_first_blocks(world: &World) -> (Crafted, Crafted) {
    let other = HeaderV0 { content_root: Hash([1; 32]), ..world.rest() };
    (world.craft(1, 0, Hash::ZERO, &world.rest()), world.craft(1, 0, Hash::ZERO, &other))
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_proof_is_small_symmetric_and_convinces_from_its_bytes_alone() {
    let world = World::new(80, 2);
    let (one, other) = two_first_blocks(&world);
    let proof = ForkProof::new(envelope(&one.1), envelope(&other.1)).unwrap();
    assert_eq!(ForkProof::new(envelope(&other.1), envelope(&one.1)).as_ref(), Ok(&proof));
    let bytes = proof.to_bytes();
    assert!(bytes.len() < MAX_FORK_PROOF_BYTES, "{} bytes", bytes.len());
    let read = ForkProof::from_bytes(&bytes).unwrap();
    assert_eq!((&read, read.feed(), read.seq(), read.ledger()), (&proof, world.feed(1), 0, world.genesis.hash));
    assert_eq!(read.to_bytes(), bytes);
    for bit in 0..bytes.len() * 8 {
        let mut changed = bytes.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(ForkProof::from_bytes(&changed).is_err(), "bit {bit}");
    }
    for end in 0..bytes.len() {
        assert!(ForkProof::from_bytes(&bytes[..end]).is_err(), "cut at {end}");
    }
    assert!(ForkProof::from_bytes(&[bytes.as_slice(), &[0]].concat()).is_err());
    assert!(ForkProof::from_bytes(&[0; MAX_FORK_PROOF_BYTES + 1]).is_err());
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_proof_has_one_order_only() {
    let world = World::new(81, 2);
    let (one, other) = two_first_blocks(&world);
    let proof = ForkProof::new(envelope(&one.1), envelope(&other.1)).unwrap();
    let mut envelopes = [envelope(&one.1), envelope(&other.1)];
    envelopes.sort_by(|a, b| b.signed_bytes().cmp(a.signed_bytes()));
    let mut writer = Writer::default();
    writer.array(3).uint(0);
    for envelope in &envelopes {
        writer.array(8);
        envelope.write_fields(&mut writer);
    }
    let turned = writer.take();
    assert_eq!(turned.len(), proof.to_bytes().len());
    assert_eq!(ForkProof::from_bytes(&turned), Err(ForkError::Order));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_forged_signature_proves_nothing_on_either_side() {
    let world = World::new(82, 2);
    let (one, other) = two_first_blocks(&world);
    let forge = |bytes: &[u8]| {
        let mut forged = envelope(bytes);
        forged.signature[3] ^= 1;
        forged
    };
    let refused = Err(ForkError::Signature(VerifyError::BadSignature));
    assert_eq!(ForkProof::new(forge(&one.1), envelope(&other.1)), refused);
    assert_eq!(ForkProof::new(envelope(&one.1), forge(&other.1)), refused);
    // Nor does somebody else's signature for that place.
    let stranger = world.craft(0, 0, Hash::ZERO, &world.rest());
    assert_eq!(ForkProof::new(envelope(&one.1), envelope(&stranger.1)), Err(ForkError::NoContradiction));
    let later = world.craft(1, 1, one.0, &world.rest());
    assert_eq!(ForkProof::new(envelope(&one.1), envelope(&later.1)), Err(ForkError::NoContradiction));
    assert_eq!(ForkProof::new(envelope(&one.1), envelope(&one.1)), Err(ForkError::NoContradiction));
}

/// The same statement with another signature that holds too: authors can make as many as they like.
fn sign_again(world: &World, device: usize, bytes: &[u8], rest: &HeaderV0) -> Vec<u8> {
    let seed = world.devices[device].feed.expose_seed();
    let mut expanded = ExpandedSecretKey::from(&*seed);
    expanded.hash_prefix[0] ^= 1;
    let mut again = envelope(bytes);
    let message = [Domain::BlockEnvelope.as_bytes(), again.signed_bytes()].concat();
    let key = ed25519_dalek::SigningKey::from_bytes(&seed).verifying_key();
    again.signature = raw_sign::<Sha512>(&expanded, &message, &key).to_bytes();
    again.write(&rest.write())
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn one_statement_signed_twice_is_one_block_and_no_fork() {
    let world = World::new(83, 2);
    let rest = world.rest();
    let (name, bytes) = world.craft(1, 0, Hash::ZERO, &rest);
    let again = sign_again(&world, 1, &bytes, &rest);
    assert_ne!(again, bytes);
    assert_eq!(Verified::check(&again).unwrap().hash, name);
    let next = world.craft(1, 1, name, &HeaderV0 { parents: Vec::new(), lamport: 2, ..rest });
    let mut state = Vec::new();
    for order in [[&bytes, &again], [&again, &bytes]] {
        let mut replica = world.replica();
        assert_eq!(replica.offer(order[0]), Ok(Offer::Accepted(vec![name])));
        assert_eq!(replica.offer(order[1]), Ok(Offer::Known));
        assert_eq!(replica.offer(&next.1), Ok(Offer::Accepted(vec![next.0])));
        assert_eq!(replica.forks().count(), 0);
        state.push(replica.state_hash());
    }
    assert_eq!(state[0], state[1]);
}

/// Device 1 forks at its second place; devices 0 and 2 build on one branch each, in good faith.
fn forked_history(world: &World) -> Vec<Crafted> {
    let first = world.craft(1, 0, Hash::ZERO, &world.rest());
    let second =
        |root: u8| HeaderV0 { parents: Vec::new(), lamport: 2, content_root: Hash([root; 32]), ..world.rest() };
    let (left, right) = (world.craft(1, 1, first.0, &second(1)), world.craft(1, 1, first.0, &second(2)));
    let on = |branch: &Crafted| HeaderV0 { parents: vec![branch.0], lamport: 3, ..world.rest() };
    let builds_left = world.craft(0, 1, world.genesis.hash, &on(&left));
    let builds_right = world.craft(2, 0, Hash::ZERO, &on(&right));
    let third = HeaderV0 { parents: Vec::new(), lamport: 3, ..world.rest() };
    let longer = world.craft(1, 2, right.0, &third);
    vec![first, left, right, builds_left, builds_right, longer]
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_fork_gives_every_order_the_same_ledger_and_parts_nobody() {
    let world = World::new(84, 3);
    let blocks = forked_history(&world);
    for order in permutations(&blocks) {
        let mut replica = world.replica();
        let mut news = 0;
        for (_, bytes) in &order {
            news += usize::from(matches!(replica.offer(bytes).unwrap(), Offer::Forked { .. }));
        }
        assert_eq!((replica.len(), replica.parked()), (7, 0));
        assert_eq!(replica.state_hash(), {
            let mut names: Vec<Hash> = blocks.iter().map(|block| block.0).chain([world.genesis.hash]).collect();
            names.sort_unstable();
            Hash::of(&names.iter().map(|name| name.0.as_slice()).collect::<Vec<_>>())
        });
        assert_eq!((replica.forks().count(), news), (1, 1));
        let view = replica.feeds().find(|view| view.key == world.feed(1)).unwrap();
        assert_eq!((view.length, view.tip, view.forked_at), (1, Some(blocks[0].0), Some(1)));
        let mut tips = vec![blocks[1].0, blocks[5].0];
        tips.sort_unstable();
        assert_eq!(view.tips, tips);
        let standing = |at: usize| replica.standing(replica.block(&blocks[at].0).unwrap());
        let expected = [
            Standing::Good,
            Standing::Quarantined,
            Standing::Quarantined,
            Standing::Good,
            Standing::Good,
            Standing::Quarantined,
        ];
        assert_eq!([0, 1, 2, 3, 4, 5].map(standing), expected);
        assert!(replica.draft(&world.feed(1)).is_none(), "a retired key never writes again");
        assert!(replica.draft(&world.feed(0)).is_some());
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_fork_is_found_while_both_blocks_wait() {
    let world = World::new(85, 2);
    let missing = world.craft(1, 0, Hash::ZERO, &world.rest());
    let second =
        |root: u8| HeaderV0 { parents: Vec::new(), lamport: 2, content_root: Hash([root; 32]), ..world.rest() };
    let (left, right) = (world.craft(1, 1, missing.0, &second(1)), world.craft(1, 1, missing.0, &second(2)));
    let mut replica = world.replica();
    assert_eq!(replica.offer(&left.1), Ok(Offer::Parked));
    let Ok(Offer::Forked { proof, accepted, parked }) = replica.offer(&right.1) else { panic!("a fork") };
    assert_eq!((proof.seq(), accepted.len(), parked, replica.parked()), (1, 0, true, 2));
    let Ok(Offer::Accepted(taken)) = replica.offer(&missing.1) else { panic!("fits") };
    assert_eq!((taken.len(), replica.parked()), (3, 0));
    assert_eq!(replica.standing(replica.block(&missing.0).unwrap()), Standing::Good);
    assert_eq!(replica.standing(replica.block(&left.0).unwrap()), Standing::Quarantined);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_contradiction_counts_even_where_one_of_the_two_does_not_fit_in_either_order() {
    let world = World::new(86, 2);
    let good = world.craft(1, 0, Hash::ZERO, &world.rest());
    let bad = world.craft(1, 0, Hash::ZERO, &HeaderV0 { lamport: 77, ..world.rest() });
    let outcome = |replica: &Ledger| (replica.state_hash(), replica.forks().cloned().collect::<Vec<_>>());
    let mut one = world.replica();
    assert_eq!(one.offer(&bad.1), Err(Refusal::Lamport));
    assert!(matches!(one.offer(&good.1), Ok(Offer::Forked { .. })));
    let mut other = world.replica();
    assert!(matches!(other.offer(&good.1), Ok(Offer::Accepted(_))));
    let Ok(Offer::Forked { accepted, parked, .. }) = other.offer(&bad.1) else { panic!("a fork") };
    assert_eq!((accepted.len(), parked), (0, false));
    assert_eq!(outcome(&one), outcome(&other));
    assert_eq!((one.len(), one.forks().count()), (2, 1));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_earliest_fork_counts_whatever_the_order() {
    let world = World::new(87, 2);
    let rest = |lamport: u64, root: u8| HeaderV0 {
        parents: if lamport == 1 { vec![world.genesis.hash] } else { Vec::new() },
        lamport,
        content_root: Hash([root; 32]),
        ..world.rest()
    };
    let a0 = world.craft(1, 0, Hash::ZERO, &rest(1, 1));
    let a1 = world.craft(1, 1, a0.0, &rest(2, 1));
    let a2 = world.craft(1, 2, a1.0, &rest(3, 1));
    let late = world.craft(1, 2, a1.0, &rest(3, 2));
    let early = world.craft(1, 0, Hash::ZERO, &rest(1, 2));
    let blocks = [a0, a1, a2, late, early];
    let mut states = Vec::new();
    for order in permutations(&blocks) {
        let mut replica = world.replica();
        for (_, bytes) in &order {
            replica.offer(bytes).unwrap();
        }
        let view = replica.feeds().find(|view| view.key == world.feed(1)).unwrap();
        assert_eq!((view.forked_at, view.length, view.tips.len(), replica.len()), (Some(0), 0, 3, 6));
        states.push(replica.state_hash());
    }
    states.dedup();
    assert_eq!(states.len(), 1);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn a_proof_from_elsewhere_retires_a_feed_of_this_ledger_only() {
    let world = World::new(88, 2);
    let (one, other) = two_first_blocks(&world);
    let proof = ForkProof::new(envelope(&one.1), envelope(&other.1)).unwrap();
    let mut replica = world.replica();
    assert!(replica.draft(&world.feed(1)).is_some());
    assert!(replica.learn_fork(&proof));
    assert!(!replica.learn_fork(&proof), "no news the second time");
    assert!(replica.draft(&world.feed(1)).is_none());
    assert_eq!(replica.offer(&one.1), Ok(Offer::Accepted(vec![one.0])));
    assert_eq!(replica.standing(replica.block(&one.0).unwrap()), Standing::Quarantined);
    assert!(!World::new(89, 2).replica().learn_fork(&proof));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn the_founder_cannot_set_the_genesis_aside() {
    let world = World::new(90, 2);
    let rest = |root: u8| HeaderV0 { parents: Vec::new(), lamport: 0, content_root: Hash([root; 32]), ..world.rest() };
    let (one, other) = (world.craft(0, 0, Hash::ZERO, &rest(1)), world.craft(0, 0, Hash::ZERO, &rest(2)));
    let mut replica = world.replica();
    assert_eq!(replica.offer(&one.1), Err(Refusal::Prev));
    assert!(matches!(replica.offer(&other.1), Ok(Offer::Forked { .. })));
    assert_eq!((replica.len(), replica.standing(replica.block(&replica.id()).unwrap())), (1, Standing::Good));
    assert!(replica.draft(&world.feed(0)).is_none());
    world.write(&mut replica, 1, Class::Ack, "others go on");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn branches_without_end_are_refused_but_for_those_that_others_build_on() {
    let world = World::new(91, 2);
    let branches: Vec<Crafted> = (0..12)
        .map(|root| world.craft(1, 0, Hash::ZERO, &HeaderV0 { content_root: Hash([root; 32]), ..world.rest() }))
        .collect();
    let mut replica = world.replica();
    for (number, (_, bytes)) in branches.iter().enumerate() {
        match number {
            0 => assert!(matches!(replica.offer(bytes), Ok(Offer::Accepted(_)))),
            1 => assert!(matches!(replica.offer(bytes), Ok(Offer::Forked { .. }))),
            2..8 => assert!(matches!(replica.offer(bytes), Ok(Offer::Accepted(_)))),
            _ => assert_eq!(replica.offer(bytes), Err(Refusal::Branches)),
        }
    }
    assert_eq!(replica.len(), 9);
    let on_last = HeaderV0 { parents: vec![branches[11].0], lamport: 2, ..world.rest() };
    let builds = world.craft(0, 1, world.genesis.hash, &on_last);
    assert_eq!(replica.offer(&builds.1), Ok(Offer::Parked));
    assert_eq!(replica.offer(&branches[11].1), Ok(Offer::Accepted(vec![branches[11].0, builds.0])));
    // Waiting children of the same feed open no door.
    let child = world.craft(1, 1, branches[10].0, &HeaderV0 { parents: Vec::new(), lamport: 2, ..world.rest() });
    assert_eq!(replica.offer(&child.1), Ok(Offer::Parked));
    assert_eq!(replica.offer(&branches[10].1), Err(Refusal::Branches));
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_replica_agrees_after_many_random_orders_of_a_forked_history() {
    let world = World::new(92, 3);
    let blocks = forked_history(&world);
    let twice: Vec<Crafted> = blocks.iter().chain(&blocks).cloned().collect();
    let mut states: Vec<Hash> = (0..100)
        .map(|seed| {
            let mut replica = world.replica();
            for (_, bytes) in shuffled(&twice, seed) {
                replica.offer(&bytes).unwrap();
            }
            replica.state_hash()
        })
        .collect();
    states.dedup();
    assert_eq!(states.len(), 1);
}
