//! Headers: one form, every flipped bit noticed, the right one blamed.

use proptest::prelude::*;

use crate::header::{Envelope, HeaderV0};
use crate::world_test::World;
use crate::{Blame, Class, Hash, HeaderError, MAX_NEEDS, MAX_PARENTS, Offer, Refusal, Verified};

fn hashes(most: usize) -> impl Strategy<Value = Vec<Hash>> {
    proptest::collection::btree_set(any::<[u8; 32]>().prop_map(Hash), 0..=most)
        .prop_map(|set| set.into_iter().collect())
}

fn class() -> impl Strategy<Value = Class> {
    prop_oneof![Just(Class::Control), Just(Class::Data), Just(Class::Ack), Just(Class::Erase)]
}

prop_compose! {
    fn header()(
        parents in hashes(MAX_PARENTS),
        needs in hashes(MAX_NEEDS),
        control_head in any::<[u8; 32]>(),
        content_root in any::<[u8; 32]>(),
        (witness_epoch, lamport, claimed_ms, body_bytes) in any::<(u64, u64, u64, u64)>(),
        class in class(),
    ) -> HeaderV0 {
        HeaderV0 {
            parents,
            control_head: Hash(control_head),
            witness_epoch,
            lamport,
            claimed_ms,
            class,
            needs,
            content_root: Hash(content_root),
            body_bytes,
        }
    }
}

/// How many cases; `cargo xtask long` asks for more.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(64)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn a_header_is_read_back_as_it_was_written(rest in header(), seq: u64, prev: [u8; 32], ledger: [u8; 32]) {
        let world = World::new(1, 1);
        let (name, bytes) = world.craft_raw(Hash(ledger), 0, seq, Hash(prev), &rest.write());
        let verified = Verified::check(&bytes).unwrap();
        prop_assert_eq!(&verified.header, &rest);
        prop_assert_eq!(verified.hash, name);
        prop_assert_eq!(verified.envelope.seq, seq);
        prop_assert_eq!(verified.envelope.prev, Hash(prev));
        prop_assert_eq!(verified.envelope.ledger, Hash(ledger));
        prop_assert_eq!(verified.envelope.write(&rest.write()), bytes);
    }

    #[test]
    fn arbitrary_bytes_are_refused_and_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let carrier = Verified::check(&bytes).map_err(|error| Refusal::Header(error).blame());
        prop_assert_eq!(carrier.err(), Some(Blame::Carrier));
    }

    #[test]
    fn what_an_author_signs_is_his_to_answer_for(rest in proptest::collection::vec(any::<u8>(), 0..300)) {
        let world = World::new(2, 1);
        let (_, bytes) = world.craft_raw(world.genesis.hash, 0, 1, world.genesis.hash, &rest);
        let author = Verified::check(&bytes).map_err(|error| Refusal::Header(error).blame());
        prop_assert_eq!(author.err(), Some(Blame::Author));
    }
}

#[test]
fn every_flipped_bit_of_a_new_header_is_refused_and_its_carrier_blamed() {
    let world = World::new(3, 2);
    let mut replica = world.replica();
    let before = replica.state_hash();
    let block = world.sign(&replica, 1, Class::Ack, "whole");
    for bit in 0..block.header.len() * 8 {
        let mut changed = block.header.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let refusal = replica.offer(&changed).unwrap_err();
        // A suite that nobody here knows cannot be checked, so it says nothing about anyone.
        let blame = match refusal {
            Refusal::Header(HeaderError::UnknownSuite(_)) => Blame::Nobody,
            _ => Blame::Carrier,
        };
        assert_eq!(refusal.blame(), blame, "bit {bit}: {refusal:?}");
        assert_eq!((replica.state_hash(), replica.parked(), replica.forks().count()), (before, 0, 0), "bit {bit}");
    }
    assert_eq!(replica.offer(&block.header), Ok(Offer::Accepted(vec![block.hash])));
}

#[test]
fn every_flipped_bit_of_a_known_header_changes_nothing() {
    let world = World::new(4, 2);
    let mut replica = world.replica();
    let block = world.write(&mut replica, 1, Class::Ack, "whole");
    let before = replica.state_hash();
    for bit in 0..block.header.len() * 8 {
        let mut changed = block.header.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        match replica.offer(&changed) {
            // Only the signature is not in the name, and it is not needed again.
            Ok(Offer::Known) => {}
            Ok(other) => panic!("bit {bit}: {other:?}"),
            Err(refusal) => assert_ne!(refusal.blame(), Blame::Author, "bit {bit}"),
        }
        assert_eq!((replica.state_hash(), replica.parked(), replica.forks().count()), (before, 0, 0), "bit {bit}");
    }
}

#[test]
fn every_cut_of_a_header_and_everything_behind_it_is_refused() {
    let world = World::new(5, 1);
    let header = &world.genesis.header;
    for end in 0..header.len() {
        assert!(matches!(Verified::check(&header[..end]), Err(HeaderError::Envelope(_))), "{end}");
    }
    let longer = [header.as_slice(), &[0]].concat();
    assert!(matches!(Verified::check(&longer), Err(HeaderError::Envelope(_))));
    assert_eq!(Verified::check(&vec![0x89; crate::MAX_HEADER_BYTES + 1]).err(), Some(HeaderError::TooLong));
}

#[test]
fn lists_out_of_order_or_too_long_and_unknown_classes_and_versions_have_their_codes() {
    let world = World::new(6, 1);
    let (id, prev) = (world.genesis.hash, world.genesis.hash);
    let check = |rest: &[u8]| Verified::check(&world.craft_raw(id, 0, 1, prev, rest).1).unwrap_err();
    let with = |change: &dyn Fn(&mut HeaderV0)| {
        let mut rest = world.rest();
        change(&mut rest);
        rest.write()
    };
    let (low, high) = (Hash([1; 32]), Hash([2; 32]));
    assert_eq!(check(&with(&|rest| rest.parents = vec![high, low])), HeaderError::Order);
    assert_eq!(check(&with(&|rest| rest.parents = vec![low, low])), HeaderError::Order);
    assert_eq!(check(&with(&|rest| rest.needs = vec![high, low])), HeaderError::Order);
    let many: Vec<Hash> = (0..=u8::try_from(MAX_PARENTS).unwrap()).map(|byte| Hash([byte; 32])).collect();
    assert!(matches!(check(&with(&|rest| rest.parents = many.clone())), HeaderError::Rest(_)));
    assert!(matches!(check(&with(&|rest| rest.needs = many.clone())), HeaderError::Rest(_)));
    let mut unknown_class = world.rest().write();
    // The class stands before the empty list of needs, the content root and the body's length.
    let at = unknown_class.len() - 1 - 34 - 1 - 1;
    assert_eq!(unknown_class[at], 2);
    unknown_class[at] = 4;
    assert_eq!(check(&unknown_class), HeaderError::Class);
    let trailing = [world.rest().write(), vec![0]].concat();
    assert!(matches!(check(&trailing), HeaderError::Rest(_)));
}

#[test]
fn an_unknown_version_that_is_well_signed_is_told_apart_and_blames_nobody() {
    use crate::cbor::Writer;
    use chartchain_keys::Domain;
    let world = World::new(7, 1);
    let key = &world.devices[0].feed;
    let rest = b"something of the future";
    let header = |version: u64, suite: u64| {
        let fields = |writer: &mut Writer| {
            writer.uint(version).uint(suite).bytes(&world.genesis.hash.0).bytes(&key.verify_key().0).uint(1);
            writer.bytes(&world.genesis.hash.0).bytes(&Hash::of(&[rest]).0);
        };
        let mut signed = Writer::default();
        fields(signed.array(7));
        let signature = key.sign(Domain::BlockEnvelope, &signed.take());
        let mut whole = Writer::default();
        fields(whole.array(9));
        whole.bytes(&signature).bytes(rest).take()
    };
    let mut replica = world.replica();
    assert_eq!(replica.offer(&header(9, 0)), Err(Refusal::Header(HeaderError::UnknownVersion(9))));
    assert_eq!(replica.offer(&header(0, 7)), Err(Refusal::Header(HeaderError::UnknownSuite(7))));
    assert_eq!(Refusal::Header(HeaderError::UnknownVersion(9)).blame(), Blame::Nobody);
    // It can be passed on: the envelope alone is checked by anyone.
    let bytes = header(9, 0);
    let (envelope, kept) = Envelope::read(&bytes).unwrap();
    assert_eq!((envelope.verify_signature(), kept), (Ok(()), rest.as_slice()));
}
