//! New devices: who lets them in, what ends, what hostile devices cannot do, the same outcome in every order.

use chartchain_keys::{DeviceKeys, EpochId, KeyEpoch, Keyring, SigningKey, VerifyKey, test_rng};
use rand_core::Rng;

use crate::header::HeaderV0;
use crate::world_test::{NOW_MS, World, permutations, shuffled};
use crate::{
    Authority, Blame, Body, BodyError, Change, Class, Control, DomainId, Enrolment, EnrolmentError, Hash, Ledger,
    Membership, Offer, Refusal, Role, SignedBlock, Standing,
};

impl World {
    pub(crate) fn recovery_key(&self) -> SigningKey {
        self.words.derive_keys(0).signing
    }

    fn enrolment(&mut self, device: &DeviceKeys, authority: Authority, key: &SigningKey) -> Enrolment {
        let keyring = self.keyring();
        let newcomer = (device.public().unwrap(), Membership::patient());
        Enrolment::make(&self.genesis.hash, newcomer, authority, key, &keyring, &mut self.rng).unwrap()
    }

    /// The first block of a device that the recovery key lets in.
    pub(crate) fn by_recovery(&mut self, replica: &Ledger, device: &DeviceKeys) -> SignedBlock {
        let enrolment = self.enrolment(device, Authority::Recovery, &self.recovery_key());
        replica.enrol(&enrolment, &device.feed, NOW_MS).unwrap()
    }

    /// The first block of a device that another one lets in.
    pub(crate) fn by_device(&mut self, replica: &Ledger, device: &DeviceKeys, by: &DeviceKeys) -> SignedBlock {
        let enrolment = self.enrolment(device, Authority::Device(by.feed.verify_key()), &by.feed);
        replica.enrol(&enrolment, &device.feed, NOW_MS).unwrap()
    }

    /// What the recovery key changes, in a block of a device.
    pub(crate) fn by_words(&self, replica: &Ledger, device: &DeviceKeys, changes: Vec<Change>) -> SignedBlock {
        let proposal = replica.propose(changes, true);
        let proofs = vec![proposal.prove(&self.genesis.hash, &self.recovery_key())];
        sign(replica, device, &Control::Change { proposal, proofs })
    }

    pub(crate) fn newcomer(&mut self) -> DeviceKeys {
        DeviceKeys::make(&mut self.rng)
    }
}

/// A control block by a device.
pub(crate) fn sign(ledger: &Ledger, device: &DeviceKeys, control: &Control) -> SignedBlock {
    let draft = ledger.draft(&device.feed.verify_key()).unwrap();
    draft.sign(Class::Control, NOW_MS, Vec::new(), &control.to_body(), &device.feed)
}

fn remove(feed: VerifyKey, length: u64) -> Change {
    Change::Remove { feed, length }
}

pub(crate) fn write(ledger: &Ledger, device: &DeviceKeys) -> Option<SignedBlock> {
    let draft = ledger.draft(&device.feed.verify_key())?;
    Some(draft.sign(Class::Data, NOW_MS, Vec::new(), &Body::Segments(Vec::new()), &device.feed))
}

pub(crate) fn take(ledger: &mut Ledger, block: &SignedBlock) {
    let outcome = ledger.offer_with_body(&block.header, &block.body);
    assert!(matches!(outcome, Ok(Offer::Accepted(_))), "{outcome:?}");
}

pub(crate) fn standing(ledger: &Ledger, block: &SignedBlock) -> Standing {
    ledger.standing(ledger.block(&block.hash).unwrap())
}

/// Offers until nothing more is asked for: what was refused for want of an enrolment is sent again, as peers do.
pub(crate) fn replay(world: &World, blocks: &[SignedBlock]) -> Ledger {
    let mut replica = world.replica();
    let mut left: Vec<&SignedBlock> = blocks.iter().collect();
    loop {
        let before = left.len();
        left.retain(|block| match replica.offer_with_body(&block.header, &block.body) {
            Ok(_) => false,
            Err(Refusal::NotEnrolled) => true,
            Err(refusal) => panic!("{refusal:?}"),
        });
        if left.len() == before {
            assert_eq!((before, replica.parked()), (0, 0));
            return replica;
        }
    }
}

pub(crate) fn same(one: &Ledger, other: &Ledger, blocks: &[SignedBlock]) {
    assert_eq!(one.state_hash(), other.state_hash());
    assert!(one.feeds().eq(other.feeds()));
    assert!(blocks.iter().all(|block| standing(one, block) == standing(other, block)));
    let draft = |ledger: &Ledger, key| ledger.draft(&key).map(|draft| (draft.seq, draft.parents, draft.control_head));
    assert!(one.feeds().all(|feed| draft(one, feed.key) == draft(other, feed.key)));
    assert_eq!(one.control(), other.control());
    assert!(one.suspensions().eq(other.suspensions()));
}

#[test]
fn the_recovery_key_lets_a_new_device_write_and_read() {
    let mut world = World::new(31, 1);
    let mut ledger = world.replica();
    let new = world.newcomer();
    assert!(write(&ledger, &new).is_none(), "not yet a device");
    let block = world.by_recovery(&ledger, &new);
    take(&mut ledger, &block);
    let enrolment = Enrolment::read(&block.body).unwrap();
    let epochs = enrolment.unwrap(&ledger.id(), &new.wrap).unwrap();
    assert_eq!((epochs.len(), epochs[0].0), (1, world.epoch_id()));
    assert_eq!(*epochs[0].1.expose(), *world.epoch.expose());
    assert!(enrolment.unwrap(&ledger.id(), &world.devices[0].wrap).is_err());
    for device in [&new, &world.devices[0]] {
        let next = write(&ledger, device).unwrap();
        take(&mut ledger, &next);
        assert_eq!(standing(&ledger, &next), Standing::Good);
    }
    assert!(ledger.enrol(&enrolment, &new.feed, NOW_MS).is_none(), "its key would fork");
    assert!(world.replica().enrol(&enrolment, &world.devices[0].feed, NOW_MS).is_none(), "another's enrolment");
}

#[test]
fn two_restores_of_one_backup_are_two_devices_and_no_fork() {
    let mut world = World::new(32, 1);
    let backup = world.replica();
    let (one, two) = (world.newcomer(), world.newcomer());
    let blocks = [world.by_recovery(&backup, &one), world.by_recovery(&backup, &two)];
    for order in permutations(&blocks) {
        let mut both = replay(&world, &order);
        assert_eq!((both.forks().count(), both.len()), (0, 3));
        for device in [&one, &two] {
            let next = write(&both, device).unwrap();
            take(&mut both, &next);
            assert_eq!(standing(&both, &next), Standing::Good);
        }
    }
}

#[test]
fn a_feed_that_was_ended_never_writes_again_and_what_it_wrote_after_is_set_aside() {
    let mut world = World::new(33, 1);
    let (old, new) = (world.devices[0].clone(), world.newcomer());
    let mut ahead = world.replica();
    let kept = write(&ahead, &old).unwrap();
    take(&mut ahead, &kept);
    let late = write(&ahead, &old).unwrap();
    let enrolment = world.by_recovery(&ahead, &new);
    take(&mut ahead, &enrolment);
    let end = world.by_words(&ahead, &new, vec![remove(world.feed(0), 2)]);
    let blocks = [kept, late, enrolment, end];
    for order in permutations(&blocks) {
        let ledger = replay(&world, &order);
        let standings = [&blocks[0], &blocks[1], &blocks[2], &blocks[3]].map(|block| standing(&ledger, block));
        assert_eq!(standings, [Standing::Good, Standing::Quarantined, Standing::Good, Standing::Good]);
        assert!(write(&ledger, &old).is_none());
        let next = Ledger::draft(&ledger, &new.feed.verify_key()).unwrap();
        assert!(!next.parents.contains(&blocks[1].hash), "nobody builds on what is set aside");
    }
}

#[test]
fn a_key_that_is_only_removed_is_no_feed() {
    let mut world = World::new(35, 1);
    let mut ledger = world.replica();
    let (new, stranger) = (world.newcomer(), world.newcomer());
    let block = world.by_recovery(&ledger, &new);
    take(&mut ledger, &block);
    let removal = world.by_words(&ledger, &new, vec![remove(stranger.feed.verify_key(), 7)]);
    take(&mut ledger, &removal);
    assert_eq!(ledger.feeds().count(), 2);
    assert!(write(&ledger, &stranger).is_none());
    // Whoever lets it in afterwards does not bring it back.
    let late = world.by_recovery(&world.replica(), &stranger);
    take(&mut ledger, &late);
    assert!(write(&ledger, &stranger).is_none());
}

#[test]
fn a_device_lets_another_in_until_it_is_ended_or_forks() {
    let mut world = World::new(36, 2);
    let (phone, tablet, watch) = (world.devices[1].clone(), world.newcomer(), world.newcomer());
    let mut ledger = world.replica();
    let first = world.by_device(&ledger, &tablet, &phone);
    take(&mut ledger, &first);
    let second = world.by_device(&ledger, &watch, &tablet);
    take(&mut ledger, &second);
    let written = write(&ledger, &watch).unwrap();
    take(&mut ledger, &written);
    assert_eq!(standing(&ledger, &written), Standing::Good);
    // A fork of the first of them sets aside whatever hangs on it, and so does its end.
    let rest = |root: u8| HeaderV0 { content_root: Hash([root; 32]), ..world.rest() };
    let mut forked = ledger;
    for root in [1, 2] {
        forked.offer(&world.craft(1, 0, Hash::ZERO, &rest(root)).1).unwrap();
    }
    let mut ended = replay(&world, &[first.clone(), second.clone(), written.clone()]);
    let new = world.newcomer();
    let restored = world.by_recovery(&ended, &new);
    take(&mut ended, &restored);
    let end = world.by_words(&ended, &new, vec![remove(world.feed(1), 0)]);
    take(&mut ended, &end);
    for ledger in [&forked, &ended] {
        assert_eq!([&first, &second, &written].map(|block| standing(ledger, block)), [Standing::Quarantined; 3]);
        assert!([&phone, &tablet, &watch].into_iter().all(|device| write(ledger, device).is_none()));
        assert!(write(ledger, &world.devices[0]).is_some());
    }
    // The recovery key brings nobody back by itself: a device that goes on has new keys.
    assert!(write(&ended, &new).is_some());
}

#[test]
fn the_thief_of_an_ended_device_shuts_nobody_out() {
    let mut world = World::new(37, 1);
    let (old, new, thief) = (world.devices[0].clone(), world.newcomer(), world.newcomer());
    let before = world.replica();
    let mut ledger = world.replica();
    let restored = world.by_recovery(&ledger, &new);
    take(&mut ledger, &restored);
    let removal = world.by_words(&ledger, &new, vec![remove(world.feed(0), 1)]);
    take(&mut ledger, &removal);
    let stolen = world.by_device(&before, &thief, &old);
    take(&mut ledger, &stolen);
    assert_eq!((standing(&ledger, &stolen), standing(&ledger, &restored)), (Standing::Quarantined, Standing::Good));
    assert!(write(&ledger, &thief).is_none());
    assert!(write(&ledger, &new).is_some());
    // Nor does it let anybody in in the recovery key's name.
    let other = world.newcomer();
    let forged = world.enrolment(&other, Authority::Recovery, &old.feed);
    let block = before.enrol(&forged, &other.feed, NOW_MS).unwrap();
    let refusal = ledger.offer_with_body(&block.header, &block.body).unwrap_err();
    assert!(matches!(refusal, Refusal::Enrolment(EnrolmentError::Signature(_))), "{refusal:?}");
    assert_eq!((refusal.blame(), ledger.len(), ledger.feeds().count()), (Blame::Author, 4, 3));
}

#[test]
fn without_its_enrolment_a_device_is_asked_for_it() {
    let mut world = World::new(38, 1);
    let mut writer = world.replica();
    let (new, next) = (world.newcomer(), world.newcomer());
    let first = world.by_recovery(&writer, &new);
    take(&mut writer, &first);
    let second = write(&writer, &new).unwrap();
    let let_in = world.by_device(&writer, &next, &new);
    let mut ledger = world.replica();
    assert_eq!(ledger.offer_with_body(&second.header, &second.body), Err(Refusal::NotEnrolled));
    assert_eq!(ledger.offer(&first.header), Err(Refusal::BodyNeeded));
    assert_eq!(ledger.offer_with_body(&let_in.header, &let_in.body), Err(Refusal::NotEnrolled));
    assert_eq!([Refusal::NotEnrolled, Refusal::BodyNeeded].map(|refusal| refusal.blame()), [Blame::Nobody; 2]);
    assert_eq!((ledger.len(), ledger.feeds().count()), (1, 1));
    take(&mut ledger, &first);
    take(&mut ledger, &second);
    take(&mut ledger, &let_in);
    assert_eq!(ledger.offer(&first.header), Ok(Offer::Known));
}

#[test]
fn an_enrolment_that_waits_lets_what_follows_it_wait() {
    let mut world = World::new(39, 1);
    let mut writer = world.replica();
    let before = write(&writer, &world.devices[0]).unwrap();
    take(&mut writer, &before);
    let new = world.newcomer();
    let first = world.by_recovery(&writer, &new);
    take(&mut writer, &first);
    let second = write(&writer, &new).unwrap();
    let mut ledger = world.replica();
    assert_eq!(ledger.offer_with_body(&first.header, &first.body), Ok(Offer::Parked));
    assert_eq!(ledger.offer(&second.header), Ok(Offer::Parked));
    assert!(write(&ledger, &new).is_none(), "it would fork");
    let all = vec![before.hash, first.hash, second.hash];
    assert_eq!(ledger.offer(&before.header), Ok(Offer::Accepted(all)));
    assert!(write(&ledger, &new).is_some());
}

#[test]
fn an_enrolment_of_other_keys_another_ledger_or_another_body_lets_nobody_in() {
    let mut world = World::new(40, 1);
    let mut ledger = world.replica();
    let (new, other) = (world.newcomer(), world.newcomer());
    let block = world.by_recovery(&ledger, &new);
    let refused = |ledger: &mut Ledger, header: &[u8], body: &[u8]| match ledger.offer_with_body(header, body) {
        Err(Refusal::Enrolment(error)) => error,
        outcome => panic!("{outcome:?}"),
    };
    let mut changed = block.body.clone();
    changed[40] ^= 1;
    let error = refused(&mut ledger, &block.header, &changed);
    assert_eq!(error, EnrolmentError::Body(BodyError::ContentRoot));
    assert_eq!(Refusal::Enrolment(error).blame(), Blame::Carrier);
    let mut sign = |class: Class, body: &Body<'_>, key: &SigningKey| {
        let rest = HeaderV0 {
            class,
            content_root: body.content_root(),
            body_bytes: body.write().len() as u64,
            ..world.rest()
        };
        let envelope =
            crate::Envelope::sign(ledger.id(), 0, Hash::ZERO, Hash::of(&[&rest.write()]), key).write(&rest.write());
        refused(&mut ledger, &envelope, &body.write())
    };
    let enrolment = Enrolment::read(&block.body).unwrap();
    assert_eq!(sign(Class::Control, &enrolment.to_body(), &other.feed), EnrolmentError::Keys);
    assert_eq!(sign(Class::Data, &Body::Segments(Vec::new()), &other.feed), EnrolmentError::Unknown);
    let newer = Body::Open([0x82, 0x00, 0x18, 0x63].as_slice().into());
    assert_eq!(sign(Class::Control, &newer, &new.feed), EnrolmentError::Unknown);
    assert_eq!(Refusal::Enrolment(EnrolmentError::Unknown).blame(), Blame::Nobody);
    let mut more = enrolment.clone();
    more.membership = Membership { role: Role::Clinician, domain: DomainId([1; 16]), name: Vec::new() };
    assert!(matches!(sign(Class::Control, &more.to_body(), &new.feed), EnrolmentError::Signature(_)));
    let elsewhere = World::new(41, 1).enrolment(&new, Authority::Recovery, &world.recovery_key());
    assert!(matches!(sign(Class::Control, &elsewhere.to_body(), &new.feed), EnrolmentError::Signature(_)));
    assert_eq!((ledger.len(), ledger.feeds().count()), (1, 1));
    take(&mut ledger, &block);
}

#[test]
fn other_control_blocks_harm_nothing_whatever_they_say() {
    let world = World::new(42, 2);
    let mut ledger = world.replica();
    for note in ["", "of the future", "\u{0}"] {
        let block = world.write(&mut ledger, 1, Class::Control, note);
        assert_eq!(standing(&ledger, &block), Standing::Good);
        assert_eq!(ledger.draft(&world.feed(0)).unwrap().control_head, block.hash);
    }
    assert_eq!(ledger.feeds().count(), 2);
}

#[test]
fn every_cut_of_an_enrolment_is_an_error_and_its_bounds_bind_the_writer_too() {
    let mut world = World::new(43, 1);
    let (ledger, new) = (world.replica(), world.newcomer());
    let body = world.by_recovery(&ledger, &new).body;
    assert!(Enrolment::read(&body).is_ok());
    for length in 0..body.len() {
        assert!(Enrolment::read(&body[..length]).is_err(), "{length}");
    }
    assert!(Enrolment::read(&[body.as_slice(), &[0]].concat()).is_err());
    let mut make = |authority: Authority, keyring: &Keyring| {
        let (key, newcomer) = (world.words.derive_keys(0).signing, (new.public().unwrap(), Membership::patient()));
        Enrolment::make(&ledger.id(), newcomer, authority, &key, keyring, &mut world.rng)
    };
    let none = Keyring::default();
    assert!(make(Authority::Recovery, &none).is_ok());
    assert_eq!(make(Authority::Device(new.feed.verify_key()), &none), Err(EnrolmentError::Keys));
    let mut keyring = Keyring::default();
    let epoch = KeyEpoch::make(&mut test_rng(44));
    for number in 0..=256u16 {
        let mut id = [0; 32];
        id[..2].copy_from_slice(&number.to_be_bytes());
        keyring.insert(EpochId(id), epoch.clone());
    }
    assert!(make(Authority::Recovery, &keyring).is_err());
}

/// Devices that hear each other or not, write, fork, let others in and are ended, at random.
fn history(seed: u64) -> (World, Vec<SignedBlock>) {
    let mut world = World::new(seed, 2);
    let mut chance = test_rng(seed ^ 0xfeed);
    let mut below = |bound: usize| usize::try_from(chance.next_u64() % bound as u64).unwrap();
    let mut actors: Vec<(DeviceKeys, Ledger)> =
        world.devices.iter().map(|device| (device.clone(), world.replica())).collect();
    let mut blocks: Vec<SignedBlock> = Vec::new();
    for _ in 0..24 {
        let at = below(actors.len());
        if below(2) == 0 {
            for block in &blocks {
                let _ = actors[at].1.offer_with_body(&block.header, &block.body);
            }
        }
        let (keys, ledger) = &actors[at];
        let made: Vec<SignedBlock> = match below(9) {
            0 | 1 => {
                let new = world.newcomer();
                let block = world.by_device(ledger, &new, keys);
                actors.push((new, world.replica()));
                vec![block]
            }
            2 | 3 => {
                let new = world.newcomer();
                let target = actors[below(actors.len())].0.feed.verify_key();
                let block = world.by_recovery(ledger, &new);
                let mut ahead = world.replica();
                for earlier in blocks.iter().chain([&block]) {
                    let _ = ahead.offer_with_body(&earlier.header, &earlier.body);
                }
                // What it is made from may not be all that the other one knew.
                let end = ahead.draft(&new.feed.verify_key()).is_some();
                let end = end.then(|| world.by_words(&ahead, &new, vec![remove(target, below(3) as u64)]));
                actors.push((new, ahead));
                [block].into_iter().chain(end).collect()
            }
            5 => {
                let Some(_) = ledger.draft(&keys.feed.verify_key()) else { continue };
                let target = actors[below(actors.len())].0.feed.verify_key();
                let change = match below(3) {
                    0 => remove(target, below(4) as u64),
                    1 => Change::Admit { feed: target, membership: Membership::patient() },
                    _ => Change::Steward { feed: target },
                };
                let control = match below(4) {
                    0 => Control::Suspension { feed: target },
                    _ => Control::Change { proposal: ledger.propose(vec![change], false), proofs: Vec::new() },
                };
                vec![sign(ledger, keys, &control)]
            }
            4 => {
                let Some(draft) = ledger.draft(&keys.feed.verify_key()) else { continue };
                let sign = |fill: u8| {
                    let body = Body::Open(vec![fill].into());
                    draft.clone().sign(Class::Control, NOW_MS, Vec::new(), &body, &keys.feed)
                };
                vec![sign(1), sign(2)]
            }
            _ => write(ledger, keys).into_iter().collect(),
        };
        for block in made {
            let _ = actors[at].1.offer_with_body(&block.header, &block.body);
            // A new device has what it was made from.
            if let Some((_, ledger)) = actors.last_mut() {
                for earlier in blocks.iter().chain([&block]) {
                    let _ = ledger.offer_with_body(&earlier.header, &earlier.body);
                }
            }
            blocks.push(block);
        }
    }
    (world, blocks)
}

#[test]
fn devices_that_come_go_and_fork_stand_alike_in_every_order() {
    let (mut quarantined, mut forks, mut good) = (0, 0, 0);
    for seed in 0..12 {
        let (world, blocks) = history(seed);
        let right = replay(&world, &blocks);
        for order in 0..15 {
            same(&right, &replay(&world, &shuffled(&blocks, order)), &blocks);
        }
        forks += right.forks().count();
        quarantined += blocks.iter().filter(|block| standing(&right, block) == Standing::Quarantined).count();
        good += blocks.iter().filter(|block| standing(&right, block) == Standing::Good).count();
    }
    assert!(quarantined > 20 && forks > 5 && good > 50, "{quarantined} {forks} {good}");
}
