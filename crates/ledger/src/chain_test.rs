//! The control chain: whose changes count, what the recovery key overrules, suspensions; the same in every order.

use chartchain_keys::DeviceKeys;

use crate::enrolment_test::{replay, same, sign, standing, take, write};
use crate::world_test::{NOW_MS, World, permutations};
use crate::{
    Authority, Body, Change, Class, Control, ControlError, DomainId, Enrolment, Hash, Ledger, Membership, Proposal,
    Role, SignedBlock, Standing,
};

fn member(role: Role, house: u8) -> Membership {
    let domain = if role == Role::Patient { DomainId::PATIENT } else { DomainId([house; 16]) };
    Membership { role, domain, name: vec![house; 3] }
}

fn admit(device: &DeviceKeys, membership: Membership) -> Change {
    Change::Admit { feed: device.feed.verify_key(), membership }
}

fn remove(device: &DeviceKeys, length: u64) -> Change {
    Change::Remove { feed: device.feed.verify_key(), length }
}

/// A change that its author alone says is in force.
fn change(ledger: &Ledger, by: &DeviceKeys, changes: Vec<Change>) -> SignedBlock {
    sign(ledger, by, &Control::Change { proposal: ledger.propose(changes, false), proofs: Vec::new() })
}

fn suspend(ledger: &Ledger, by: &DeviceKeys, target: &DeviceKeys) -> SignedBlock {
    sign(ledger, by, &Control::Suspension { feed: target.feed.verify_key() })
}

fn role(ledger: &Ledger, device: &DeviceKeys) -> Option<Role> {
    ledger.membership(&device.feed.verify_key()).map(|membership| membership.role)
}

impl World {
    /// The first block of a device that another one lets in as something.
    fn let_in(&mut self, ledger: &Ledger, new: &DeviceKeys, by: &DeviceKeys, as_what: Membership) -> SignedBlock {
        let newcomer = (new.public().unwrap(), as_what);
        let authority = Authority::Device(by.feed.verify_key());
        let keyring = self.keyring();
        let enrolment =
            Enrolment::make(&self.genesis.hash, newcomer, authority, &by.feed, &keyring, &mut self.rng).unwrap();
        ledger.enrol(&enrolment, &new.feed, NOW_MS).unwrap()
    }

    /// Two blocks of a device for one place.
    fn fork(&self, ledger: &Ledger, device: &DeviceKeys) -> [SignedBlock; 2] {
        let draft = ledger.draft(&device.feed.verify_key()).unwrap();
        [1, 2].map(|fill| {
            let body = Body::Open(vec![fill].into());
            draft.clone().sign(Class::Ack, NOW_MS, Vec::new(), &body, &device.feed)
        })
    }
}

#[test]
fn whom_the_steward_admitted_stays_when_whoever_let_it_in_forks() {
    let mut world = World::new(60, 2);
    let (founder, laptop) = (world.devices[0].clone(), world.devices[1].clone());
    let (clinic, late) = (world.newcomer(), world.newcomer());
    let mut ledger = world.replica();
    let mut blocks = vec![change(&ledger, &founder, vec![admit(&clinic, member(Role::Clinician, 7))])];
    take(&mut ledger, &blocks[0]);
    assert_eq!(role(&ledger, &clinic), Some(Role::Clinician));
    assert!(write(&ledger, &clinic).is_none(), "its first block is not here");
    for (new, as_what) in [(&clinic, member(Role::Clinician, 7)), (&late, member(Role::Delegate, 8))] {
        let first = world.let_in(&ledger, new, &founder, as_what);
        take(&mut ledger, &first);
        assert!(write(&ledger, new).is_some());
        blocks.push(first);
    }
    blocks.extend(world.fork(&ledger, &founder));
    let mut forked = replay(&world, &blocks);
    assert_eq!(forked.forks().count(), 1);
    assert!(write(&forked, &clinic).is_some() && forked.may_receive(&clinic.feed.verify_key()));
    assert_eq!(standing(&forked, &blocks[1]), Standing::Good);
    assert!(write(&forked, &late).is_none(), "nobody but the founder has let it in");
    assert_eq!(standing(&forked, &blocks[2]), Standing::Quarantined);
    assert!(!forked.has_steward());
    // Nobody but the recovery key goes on from here.
    let void = change(&forked, &laptop, vec![admit(&late, member(Role::Delegate, 8))]);
    take(&mut forked, &void);
    assert_eq!((forked.control().height, role(&forked, &late)), (1, None));
    let taken_over = vec![Change::Steward { feed: world.feed(1) }, admit(&late, member(Role::Delegate, 8))];
    let words = world.by_words(&forked, &laptop, taken_over);
    take(&mut forked, &words);
    assert!(write(&forked, &late).is_some() && forked.has_steward());
    blocks.extend([void, words]);
    for order in 0..40 {
        same(&forked, &replay(&world, &crate::world_test::shuffled(&blocks, order)), &blocks);
    }
}

#[test]
fn only_the_stewards_changes_count_and_the_stewardship_is_handed_on() {
    let mut world = World::new(61, 3);
    let (founder, laptop, tablet) = (world.devices[0].clone(), world.devices[1].clone(), world.devices[2].clone());
    let friend = world.newcomer();
    let mut ledger = world.replica();
    let hers = || vec![admit(&friend, member(Role::Delegate, 3))];
    let void = change(&ledger, &laptop, hers());
    take(&mut ledger, &void);
    assert_eq!((standing(&ledger, &void), ledger.control().height), (Standing::Good, 0));
    // Somebody who is no device of the patient never gets it.
    let stranger = change(&ledger, &founder, vec![Change::Steward { feed: friend.feed.verify_key() }]);
    take(&mut ledger, &stranger);
    assert_eq!((ledger.control().height, ledger.control().steward), (1, world.feed(0)));
    let handed = change(&ledger, &founder, vec![Change::Steward { feed: world.feed(1) }]);
    take(&mut ledger, &handed);
    let old = change(&ledger, &founder, hers());
    take(&mut ledger, &old);
    assert_eq!(role(&ledger, &friend), None);
    let new = change(&ledger, &laptop, hers());
    take(&mut ledger, &new);
    assert_eq!((role(&ledger, &friend), ledger.control().height), (Some(Role::Delegate), 3));
    // Of two for one height in one feed the first counts.
    let before = ledger.control().clone();
    let again = Control::Change {
        proposal: Proposal {
            height: 3,
            view: 0,
            previous: handed_name(&ledger, &handed),
            changes: vec![admit(&tablet, member(Role::Delegate, 4))],
        },
        proofs: Vec::new(),
    };
    let again = sign(&ledger, &laptop, &again);
    take(&mut ledger, &again);
    assert_eq!(*ledger.control(), before);
    // A view above 0 is nothing that a steward can give.
    let mut proposal = ledger.propose(vec![admit(&tablet, member(Role::Delegate, 4))], false);
    proposal.view = 5;
    let pushed = sign(&ledger, &laptop, &Control::Change { proposal, proofs: Vec::new() });
    take(&mut ledger, &pushed);
    assert_eq!(*ledger.control(), before);
}

fn handed_name(ledger: &Ledger, block: &SignedBlock) -> Hash {
    match Control::read(&ledger.id(), &block.body).unwrap().unwrap() {
        Control::Change { proposal, .. } => proposal.name(&ledger.id()),
        Control::Suspension { .. } => panic!("a change"),
    }
}

#[test]
fn a_removed_device_ends_at_its_cut_gets_nothing_and_never_comes_back() {
    let mut world = World::new(62, 2);
    let (founder, lost) = (world.devices[0].clone(), world.devices[1].clone());
    let friend = world.newcomer();
    let mut ledger = world.replica();
    let mut written = Vec::new();
    for _ in 0..3 {
        written.push(write(&ledger, &lost).unwrap());
        take(&mut ledger, written.last().unwrap());
    }
    let by_lost = world.let_in(&ledger, &friend, &lost, member(Role::Delegate, 9));
    take(&mut ledger, &by_lost);
    assert!(ledger.may_receive(&friend.feed.verify_key()));
    let removal = change(&ledger, &founder, vec![remove(&lost, 2)]);
    take(&mut ledger, &removal);
    let standings: Vec<Standing> = written.iter().map(|block| standing(&ledger, block)).collect();
    assert_eq!(standings, [Standing::Good, Standing::Good, Standing::Quarantined]);
    let key = lost.feed.verify_key();
    assert!(write(&ledger, &lost).is_none() && !ledger.may_receive(&key) && ledger.is_ended(&key));
    assert!(!ledger.may_receive(&friend.feed.verify_key()), "what it let in by itself goes with it");
    assert_eq!(ledger.feeds().find(|feed| feed.key == key).unwrap().ended_at, Some(2));
    let back = change(&ledger, &founder, vec![admit(&lost, Membership::patient()), remove(&lost, 3)]);
    take(&mut ledger, &back);
    assert!(!ledger.may_receive(&key));
    assert_eq!(standing(&ledger, &written[2]), Standing::Quarantined, "of two cuts the earlier");
}

#[test]
fn the_recovery_key_overrules_the_thief_of_the_steward_whatever_was_written_meanwhile() {
    let mut world = World::new(63, 2);
    let (phone, laptop) = (world.devices[0].clone(), world.devices[1].clone());
    let (thief, friend) = (world.newcomer(), world.newcomer());
    let mut here = world.replica();
    let mut there = world.replica();
    let mut blocks = vec![change(&here, &phone, vec![admit(&friend, member(Role::Delegate, 1))])];
    for ledger in [&mut here, &mut there] {
        take(ledger, &blocks[0]);
    }
    // The thief goes on with the phone; the owner removes it with the words, without having met it.
    for changes in [vec![admit(&thief, Membership::patient())], vec![remove(&laptop, 0)]] {
        let stolen = change(&there, &phone, changes);
        take(&mut there, &stolen);
        blocks.push(stolen);
    }
    let words = vec![Change::Steward { feed: world.feed(1) }, remove(&phone, 3)];
    blocks.push(world.by_words(&here, &laptop, words));
    take(&mut here, &blocks[3]);
    blocks.push(change(&here, &laptop, vec![admit(&world.newcomer(), member(Role::Clinician, 2))]));
    for order in permutations(&blocks) {
        let ledger = replay(&world, &order);
        assert_eq!((ledger.control().height, ledger.control().steward), (3, world.feed(1)));
        assert_eq!((role(&ledger, &thief), role(&ledger, &friend)), (None, Some(Role::Delegate)));
        assert!(write(&ledger, &laptop).is_some() && write(&ledger, &phone).is_none());
        assert_eq!(standing(&ledger, &blocks[1]), Standing::Good, "within the cut, and void");
        assert_eq!(standing(&ledger, &blocks[2]), Standing::Quarantined);
    }
}

#[test]
fn what_the_recovery_key_follows_is_not_undone_by_a_fork_that_comes_to_light_later() {
    let mut world = World::new(64, 2);
    let (phone, laptop) = (world.devices[0].clone(), world.devices[1].clone());
    let friend = world.newcomer();
    let mut ledger = world.replica();
    let other = world.fork(&ledger, &phone);
    let admitted = change(&ledger, &phone, vec![admit(&friend, member(Role::Delegate, 1))]);
    take(&mut ledger, &admitted);
    let words = world.by_words(&ledger, &laptop, vec![Change::Steward { feed: world.feed(1) }]);
    let blocks = [admitted.clone(), words, other[0].clone()];
    for order in permutations(&blocks) {
        let ledger = replay(&world, &order);
        assert_eq!((ledger.control().height, role(&ledger, &friend)), (2, Some(Role::Delegate)));
        assert_eq!(standing(&ledger, &admitted), Standing::Quarantined);
    }
    // Without the recovery key's word it is.
    let ledger = replay(&world, &[admitted, other[1].clone()]);
    assert_eq!((ledger.control().height, role(&ledger, &friend)), (0, None));
}

#[test]
fn of_two_words_for_one_height_every_device_takes_the_same_and_a_third_one_decides() {
    let mut world = World::new(65, 3);
    let devices = world.devices.clone();
    let (friend, other) = (world.newcomer(), world.newcomer());
    let apart = world.replica();
    let blocks = [
        world.by_words(&apart, &devices[1], vec![admit(&friend, member(Role::Delegate, 1))]),
        world.by_words(&apart, &devices[2], vec![admit(&other, member(Role::Delegate, 2))]),
        change(&apart, &devices[0], vec![admit(&other, member(Role::Clinician, 2))]),
    ];
    let right = replay(&world, &blocks);
    assert_eq!(right.control().height, 1);
    assert!(role(&right, &friend).is_some() != role(&right, &other).is_some());
    for order in permutations(&blocks) {
        same(&right, &replay(&world, &order), &blocks);
    }
    // Whoever holds the words puts the other one back.
    let again = replay(&world, &blocks[..2]);
    let both = vec![admit(&friend, member(Role::Delegate, 1)), admit(&other, member(Role::Delegate, 2))];
    let mut ledger = replay(&world, &blocks);
    let third = world.by_words(&again, &devices[1], both);
    take(&mut ledger, &third);
    assert!(role(&ledger, &friend).is_some() && role(&ledger, &other).is_some());
}

#[test]
fn a_suspension_by_a_device_of_the_patient_stops_on_sight_until_it_is_lifted_by_somebody_else() {
    let mut world = World::new(66, 3);
    let (phone, laptop, tablet) = (world.devices[0].clone(), world.devices[1].clone(), world.devices[2].clone());
    let clinic = world.newcomer();
    let mut ledger = world.replica();
    let first = world.let_in(&ledger, &clinic, &phone, member(Role::Clinician, 1));
    take(&mut ledger, &first);
    let key = |device: &DeviceKeys| device.feed.verify_key();
    let void = suspend(&ledger, &clinic, &tablet);
    take(&mut ledger, &void);
    assert!(ledger.may_receive(&key(&tablet)), "a clinic suspends nobody");
    let one = suspend(&ledger, &laptop, &clinic);
    take(&mut ledger, &one);
    assert!(ledger.is_suspended(&key(&clinic)) && !ledger.may_receive(&key(&clinic)));
    let lift = change(&ledger, &phone, vec![Change::Lift { suspension: one.hash }]);
    take(&mut ledger, &lift);
    assert!(ledger.may_receive(&key(&clinic)));
    // The steward is suspended: it goes on deciding but for that.
    let of_steward = suspend(&ledger, &tablet, &phone);
    take(&mut ledger, &of_steward);
    let own = change(&ledger, &phone, vec![Change::Lift { suspension: of_steward.hash }]);
    take(&mut ledger, &own);
    assert!(!ledger.may_receive(&key(&phone)));
    let words = world.by_words(&ledger, &laptop, vec![Change::Lift { suspension: of_steward.hash }]);
    take(&mut ledger, &words);
    assert!(ledger.may_receive(&key(&phone)));
    let blocks = [first, void, one, lift, of_steward, own, words];
    for order in 0..30 {
        same(&ledger, &replay(&world, &crate::world_test::shuffled(&blocks, order)), &blocks);
    }
}

#[test]
fn who_was_removed_by_a_change_that_is_void_now_gets_nothing_before_it_is_admitted_again() {
    let mut world = World::new(69, 2);
    let (phone, laptop) = (world.devices[0].clone(), world.devices[1].clone());
    let lost = world.newcomer();
    let mut ledger = world.replica();
    let first = change(&ledger, &phone, vec![admit(&lost, member(Role::Delegate, 1))]);
    take(&mut ledger, &first);
    // Whoever restores a backup does not know of the removal, and its word goes before.
    let removal = change(&ledger, &phone, vec![remove(&lost, 0)]);
    let words = world.by_words(&ledger, &laptop, vec![Change::Steward { feed: world.feed(1) }]);
    let key = lost.feed.verify_key();
    let blocks = [first, removal, words];
    for order in permutations(&blocks) {
        let mut ledger = replay(&world, &order);
        assert!(ledger.is_doubted(&key) && !ledger.may_receive(&key));
        let again = change(&ledger, &laptop, vec![admit(&lost, member(Role::Delegate, 1))]);
        take(&mut ledger, &again);
        assert!(ledger.may_receive(&key));
    }
}

#[test]
fn what_a_suspended_device_lets_in_is_suspended_too_until_the_chain_names_it() {
    let mut world = World::new(70, 2);
    let (phone, laptop) = (world.devices[0].clone(), world.devices[1].clone());
    let thief = world.newcomer();
    let mut ledger = world.replica();
    let stopped = suspend(&ledger, &phone, &laptop);
    take(&mut ledger, &stopped);
    // A founding device is in the chain; one that it lets in is not.
    let guest = world.newcomer();
    let first = world.let_in(&ledger, &guest, &phone, Membership::patient());
    take(&mut ledger, &first);
    let stopped = suspend(&ledger, &phone, &guest);
    take(&mut ledger, &stopped);
    let second = world.let_in(&ledger, &thief, &guest, Membership::patient());
    take(&mut ledger, &second);
    assert!(!ledger.may_receive(&thief.feed.verify_key()));
    let named = change(&ledger, &phone, vec![admit(&thief, Membership::patient())]);
    take(&mut ledger, &named);
    assert!(ledger.may_receive(&thief.feed.verify_key()));
}

#[test]
fn a_suspension_outlasts_the_removal_of_the_device_that_wrote_it_and_a_lift_that_came_first() {
    let mut world = World::new(71, 2);
    let (phone, laptop) = (world.devices[0].clone(), world.devices[1].clone());
    let clinic = world.newcomer();
    let mut ledger = world.replica();
    let first = world.let_in(&ledger, &clinic, &phone, member(Role::Clinician, 1));
    take(&mut ledger, &first);
    let stopped = suspend(&ledger, &laptop, &clinic);
    take(&mut ledger, &stopped);
    let removal = change(&ledger, &phone, vec![remove(&laptop, 1)]);
    take(&mut ledger, &removal);
    assert!(!ledger.may_receive(&clinic.feed.verify_key()));
    // The steward lifts its own without naming the block that it lifts.
    let of_steward = suspend(&world.replica(), &laptop, &phone);
    let own = change(&world.replica(), &phone, vec![Change::Lift { suspension: of_steward.hash }]);
    for order in permutations(&[of_steward, own]) {
        assert!(replay(&world, &order).is_suspended(&phone.feed.verify_key()));
    }
}

#[test]
fn a_clinic_lets_in_its_own_house_and_nobody_else() {
    let mut world = World::new(67, 1);
    let phone = world.devices[0].clone();
    let (doctor, nurse, guest, witness) = (world.newcomer(), world.newcomer(), world.newcomer(), world.newcomer());
    let mut ledger = world.replica();
    let let_in = [
        (&doctor, &phone, member(Role::Clinician, 1), true),
        (&nurse, &doctor, member(Role::Clinician, 1), true),
        (&guest, &doctor, member(Role::Clinician, 2), false),
        (&witness, &phone, member(Role::Witness, 3), true),
    ];
    for (new, by, as_what, holds) in let_in {
        let first = world.let_in(&ledger, new, by, as_what);
        take(&mut ledger, &first);
        assert_eq!(ledger.may_receive(&new.feed.verify_key()), holds);
    }
    for (by, as_what) in
        [(&doctor, Membership::patient()), (&doctor, member(Role::Witness, 1)), (&witness, member(Role::Witness, 3))]
    {
        let new = world.newcomer();
        let first = world.let_in(&ledger, &new, by, as_what);
        take(&mut ledger, &first);
        assert!(!ledger.may_receive(&new.feed.verify_key()));
    }
}

#[test]
fn what_a_control_block_says_survives_its_bytes_and_nothing_else_does() {
    let world = World::new(68, 2);
    let ledger = world.replica();
    let [founder, laptop] = [&world.devices[0], &world.devices[1]];
    let changes = vec![
        admit(laptop, member(Role::Clinician, 4)),
        remove(laptop, u64::MAX),
        Change::Steward { feed: world.feed(1) },
        Change::Lift { suspension: Hash([9; 32]) },
    ];
    let proposal = ledger.propose(changes, true);
    let proofs = vec![proposal.prove(&ledger.id(), &world.recovery_key())];
    let whole = Control::Change { proposal: proposal.clone(), proofs: proofs.clone() };
    let suspension = Control::Suspension { feed: world.feed(0) };
    for control in [&whole, &suspension] {
        let bytes = control.to_body().write();
        assert_eq!(Control::read(&ledger.id(), &bytes), Ok(Some(control.clone())));
        for length in 8..bytes.len() {
            assert!(Control::read(&ledger.id(), &bytes[..length]).is_err(), "{length}");
        }
        assert!(Control::read(&ledger.id(), &[bytes.as_slice(), &[0]].concat()).is_err());
    }
    let bytes = whole.to_body().write();
    for bit in 24..bytes.len() * 8 {
        let mut bent = bytes.clone();
        bent[bit / 8] ^= 1 << (bit % 8);
        assert!(!matches!(Control::read(&ledger.id(), &bent), Ok(Some(_))), "bit {bit}");
    }
    assert!(matches!(Control::read(&Hash([1; 32]), &bytes), Err(ControlError::Proof(_))), "another ledger");
    // A malformed one blames its author, a body that was not signed whoever brings it.
    let mut replica = world.replica();
    let draft = ledger.draft(&world.feed(0)).unwrap();
    let short = Body::Open(bytes[..bytes.len() - 1].to_vec().into());
    let bad = draft.sign(Class::Control, NOW_MS, Vec::new(), &short, &founder.feed);
    let refused = replica.offer_with_body(&bad.header, &bad.body).unwrap_err();
    assert_eq!(refused.blame(), crate::Blame::Author);
    let refused = replica.offer_with_body(&bad.header, &bytes).unwrap_err();
    assert_eq!(refused.blame(), crate::Blame::Carrier);
    assert_eq!((replica.offer(&bad.header), replica.len()), (Err(crate::Refusal::BodyNeeded), 1));
    let many = Proposal { changes: vec![remove(laptop, 0); crate::MAX_CHANGES + 1], ..proposal };
    let many = Control::Change { proposal: many, proofs: Vec::new() }.to_body().write();
    assert!(Control::read(&ledger.id(), &many).is_err());
}
