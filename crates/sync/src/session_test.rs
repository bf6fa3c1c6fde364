//! Two sides of a session, with everything that goes between them in the test's hands.

use chartchain_keys::{DeviceKeys, RecoveryWords, SigningKey, TestRng, test_rng};
use chartchain_ledger::{Founding, Frontier, Genesis, Hash, Ledger};

use crate::message::{Message, Parcel};
use crate::{End, Event, MAX_FRAME_BYTES, Session, WINDOW_BYTES};

struct Pair {
    sides: [Session; 2],
    events: [Vec<Event>; 2],
    rng: TestRng,
}

impl Pair {
    fn new() -> Self {
        let mut rng = test_rng(1);
        let sides = [Session::offer(b"link", &mut rng).unwrap(), Session::answer(b"link")];
        Self { sides, events: [Vec::new(), Vec::new()], rng }
    }

    /// Carries frames to and fro until there are none. Tells how many bytes that were.
    fn run(&mut self) -> usize {
        let mut bytes = 0;
        loop {
            let before = bytes;
            for from in 0..2 {
                while let Some(frame) = self.sides[from].take_frame() {
                    assert!(frame.len() <= MAX_FRAME_BYTES);
                    bytes += frame.len();
                    self.sides[1 - from].receive(&frame, &mut self.rng);
                }
            }
            self.drain();
            if bytes == before {
                return bytes;
            }
        }
    }

    fn drain(&mut self) {
        for (side, events) in self.sides.iter_mut().zip(&mut self.events) {
            while let Some(event) = side.take_event() {
                events.push(event);
            }
        }
    }

    fn events(&mut self, side: usize) -> Vec<Event> {
        core::mem::take(&mut self.events[side])
    }

    /// Both hold a ledger and have admitted each other.
    fn met(ledger: Hash) -> Self {
        let mut pair = Self::new();
        let keys = [SigningKey::make(&mut test_rng(5)), SigningKey::make(&mut test_rng(6))];
        for side in 0..2 {
            pair.sides[side].hold(vec![(ledger, Hash([u8::try_from(side).unwrap(); 32]))]);
        }
        pair.run();
        for (side, key) in pair.sides.iter_mut().zip(&keys) {
            side.prove(&ledger, key);
        }
        pair.run();
        for (side, other) in keys.iter().rev().enumerate() {
            let feed = other.verify_key();
            let common = Event::Common { ledger, same: false };
            assert_eq!(pair.events(side), [Event::Opened, common, Event::Member { ledger, feed }]);
            pair.sides[side].admit(&ledger);
        }
        pair
    }

    /// Both people have said that they see the same number.
    fn compared() -> Self {
        let mut pair = Self::new();
        pair.run();
        let Pair { sides: [one, _], rng, .. } = &mut pair;
        one.compare(rng);
        pair.run();
        pair.sides[0].say_same(true);
        pair.sides[1].say_same(true);
        pair.run();
        pair
    }
}

const LEDGER: Hash = Hash([7; 32]);

fn ledger(seed: u64) -> (Ledger, DeviceKeys, (Vec<u8>, Vec<u8>)) {
    let mut rng = test_rng(seed);
    let device = DeviceKeys::make(&mut rng);
    let recovery = RecoveryWords::make(&mut rng).derive_keys(0).public().unwrap();
    let founding = Founding { made_up: true, recovery: &recovery, recovery_number: 0, device: &device, claimed_ms: 0 };
    let (block, _) = Genesis::found(&founding, &[], &mut rng).unwrap();
    let ledger = Ledger::open(&block.header, &block.body).unwrap();
    (ledger, device, (block.header, block.body))
}

#[test]
fn both_learn_what_is_common_and_nothing_else() {
    let mut pair = Pair::new();
    pair.sides[0].hold(vec![(Hash([1; 32]), Hash([9; 32])), (Hash([2; 32]), Hash([9; 32]))]);
    pair.sides[1].hold(vec![(Hash([2; 32]), Hash([9; 32])), (Hash([3; 32]), Hash([9; 32]))]);
    pair.run();
    let expected = [Event::Opened, Event::Common { ledger: Hash([2; 32]), same: true }];
    assert_eq!((pair.events(0).as_slice(), pair.events(1).as_slice()), (&expected[..], &expected[..]));
    // One of them writes.
    pair.sides[1].hold(vec![(Hash([2; 32]), Hash([8; 32]))]);
    pair.run();
    let expected = [Event::Common { ledger: Hash([2; 32]), same: false }];
    assert_eq!((pair.events(0).as_slice(), pair.events(1).as_slice()), (&expected[..], &expected[..]));
    // One gets another ledger meanwhile.
    pair.sides[0].hold(vec![(Hash([3; 32]), Hash([9; 32]))]);
    pair.run();
    assert_eq!(pair.events(1), [Event::Common { ledger: Hash([3; 32]), same: true }]);
}

#[test]
fn a_thousand_ledgers_of_which_nothing_changed_are_named_in_50_kilobytes() {
    let mut pair = Pair::new();
    let many: Vec<(Hash, Hash)> = (0..1000_u32).map(|n| (Hash::of(&[&n.to_be_bytes()]), Hash([1; 32]))).collect();
    for side in &mut pair.sides {
        side.hold(many.clone());
    }
    let bytes = pair.run();
    assert!(bytes < 60_000, "{bytes} bytes");
    for side in 0..2 {
        let events = pair.events(side);
        assert_eq!(events.iter().filter(|event| matches!(event, Event::Common { same: true, .. })).count(), 1000);
    }
}

#[test]
fn blocks_of_any_length_come_whole_and_wait_until_earlier_ones_are_done_with() {
    let mut pair = Pair::met(LEDGER);
    let window = usize::try_from(WINDOW_BYTES).unwrap();
    let blocks: Vec<(Vec<u8>, Vec<u8>)> = [0, 1, 16_000, 300_000, 3 * window, window / 2, window / 2, window]
        .iter()
        .zip(1_u8..)
        .map(|(length, number)| (vec![number; 300], vec![number ^ 0x55; *length]))
        .collect();
    for (header, body) in &blocks {
        pair.sides[0].give(&LEDGER, header, body);
    }
    let mut arrived = Vec::new();
    let mut unfinished = 0;
    loop {
        pair.run();
        let events = pair.events(1);
        if events.is_empty() {
            break;
        }
        for event in events {
            let Event::Block { ledger, header, body, bytes } = event else { panic!("{event:?}") };
            assert_eq!(ledger, LEDGER);
            unfinished += bytes;
            assert!(unfinished <= WINDOW_BYTES);
            arrived.push((header, body));
        }
        pair.sides[1].done(core::mem::take(&mut unfinished));
    }
    assert_eq!(arrived, blocks);
    assert_eq!(pair.sides[0].waiting_bytes(), 0);
}

#[test]
fn short_messages_pass_a_long_block() {
    let mut pair = Pair::met(LEDGER);
    pair.sides[0].give(&LEDGER, &[1; 300], &vec![2; 4 * usize::try_from(WINDOW_BYTES).unwrap()]);
    let mut frames = Vec::new();
    for _ in 0..20 {
        frames.push(pair.sides[0].take_frame().unwrap());
    }
    pair.sides[0].refuse(&LEDGER, Hash([3; 32]), 4);
    frames.push(pair.sides[0].take_frame().unwrap());
    for frame in frames {
        pair.sides[1].receive(&frame, &mut test_rng(2));
    }
    pair.drain();
    assert_eq!(pair.events(1), [Event::Refused { ledger: LEDGER, block: Hash([3; 32]), code: 4 }]);
}

#[test]
fn nothing_goes_to_or_comes_from_somebody_who_was_not_admitted() {
    let mut pair = Pair::new();
    for side in &mut pair.sides {
        side.hold(vec![(LEDGER, Hash::ZERO)]);
    }
    pair.run();
    pair.sides[0].give(&LEDGER, &[1; 300], &[2; 300]);
    assert_eq!(pair.sides[0].take_frame(), None, "nobody was admitted");
    // One that gives all the same is not listened to.
    pair.sides[0].admit(&LEDGER);
    pair.sides[0].give(&LEDGER, &[1; 300], &[2; 300]);
    pair.sides[0].tell(&LEDGER, &Frontier::default(), true);
    pair.run();
    assert_eq!(pair.events(1)[2..], []);
    assert!(pair.sides[1].is_open());
}

/// What somebody sends who was not admitted is counted and not kept, however long it says it is.
#[test]
fn nothing_is_kept_of_somebody_who_was_not_admitted() {
    let mut pair = Pair::new();
    for side in &mut pair.sides {
        side.hold(vec![(LEDGER, Hash::ZERO)]);
    }
    pair.sides[0].admit(&LEDGER);
    pair.run();
    pair.sides[0].admit(&LEDGER);
    for _ in 0..300 {
        pair.sides[0].give(&LEDGER, &[1; 300], &[2; 16_000]);
    }
    pair.run();
    assert_eq!(pair.sides[0].waiting_bytes(), 0, "it has credit for what was thrown away");
    assert!(pair.sides[1].is_open());
    assert_eq!(pair.events(1)[2..], []);
}

#[test]
fn what_a_newcomer_says_before_it_is_known_is_heard_when_it_is() {
    let mut pair = Pair::new();
    let (real, device, block) = ledger(9);
    let id = real.id();
    for side in &mut pair.sides {
        side.hold(vec![(id, Hash::ZERO)]);
    }
    pair.run();
    pair.sides[0].prove(&id, &device.feed);
    pair.sides[0].tell(&id, &real.frontier(), true);
    pair.run();
    let feed = device.feed.verify_key();
    assert_eq!(pair.events(1).last(), Some(&Event::Member { ledger: id, feed }));
    // Nobody introduces themselves to somebody who has proved nothing, nor twice.
    pair.events(0);
    pair.sides[1].ask_introduction(&id);
    pair.run();
    assert_eq!(pair.events(0), []);
    let other = SigningKey::make(&mut test_rng(6));
    pair.sides[1].prove(&id, &other);
    pair.sides[1].ask_introduction(&id);
    pair.sides[1].ask_introduction(&id);
    pair.run();
    let member = Event::Member { ledger: id, feed: other.verify_key() };
    assert_eq!(pair.events(0), [member, Event::Stranger { ledger: id }]);
    pair.sides[0].introduce(&id, &block.0, &block.1);
    pair.run();
    let introduced = Event::Introduced { ledger: id, feed, header: block.0, body: block.1 };
    assert_eq!(pair.events(1), [introduced]);
    pair.sides[1].admit(&id);
    pair.drain();
    assert_eq!(pair.events(1), [Event::Frontier { ledger: id, frontier: real.frontier(), wants: true }]);
    pair.sides[1].shut(&id);
    pair.run();
    assert_eq!(pair.events(0), [Event::Shut { ledger: id }]);
}

#[test]
fn two_people_compare_one_number_and_one_lets_the_other_in() {
    let mut pair = Pair::compared();
    let (Event::Code(one), Event::Code(other)) = (&pair.events[0][1], &pair.events[1][1]) else {
        panic!("{:?}", pair.events)
    };
    assert_eq!(one, other);
    assert!(*one < 1_000_000_000);
    assert!(pair.sides.iter().all(Session::is_met));
    pair.events(0);
    pair.events(1);
    let device = DeviceKeys::make(&mut test_rng(4)).public().unwrap();
    pair.sides[1].ask(&device, &"Ä".repeat(150));
    pair.run();
    let asked = Event::Asked { device: Box::new(device), name: "Ä".repeat(100) };
    assert_eq!(pair.events(0), [asked]);
    pair.sides[0].invite((&[1; 300], &[2; 9000]), &[3; 200_000]);
    pair.run();
    let invited = Event::Invited { genesis: (vec![1; 300], vec![2; 9000]), enrolment: vec![3; 200_000] };
    assert_eq!(pair.events(1), [invited]);
}

#[test]
fn numbers_that_differ_end_it_at_both_sides() {
    for who in 0..2 {
        let mut pair = Pair::new();
        pair.run();
        let Pair { sides: [one, _], rng, .. } = &mut pair;
        one.compare(rng);
        pair.run();
        pair.sides[1 - who].say_same(true);
        pair.sides[who].say_same(false);
        pair.run();
        assert!(pair.sides.iter().all(Session::is_over));
        assert_eq!(pair.events(who).last(), Some(&Event::Ended(End::Between)));
        assert_eq!(pair.events(1 - who)[2..], [Event::Same(false), Event::Ended(End::Between)]);
    }
}

/// Somebody who passes on all that both say has other sessions with each of them, so that the numbers differ; somebody who knows
/// the second nonce before binding themselves would find one that fits, and is found out.
#[test]
fn somebody_in_between_is_seen() {
    let mut rng = test_rng(3);
    let mut keys = Vec::new();
    for seed in [10, 11] {
        let mut pair = Pair::new();
        pair.rng = test_rng(seed);
        pair.sides[0] = Session::offer(b"link", &mut test_rng(seed)).unwrap();
        pair.run();
        pair.sides[0].compare(&mut rng);
        pair.run();
        let Some(Event::Code(code)) = pair.events(0).last().cloned() else { panic!() };
        keys.push(code);
    }
    assert_ne!(keys[0], keys[1]);

    // What is revealed is not what was committed to.
    let mut pair = Pair::new();
    pair.run();
    let Pair { sides: [one, _], .. } = &mut pair;
    one.inject(Message::Commit([1; 32]));
    one.inject(Message::Reveal([2; 32]));
    pair.run();
    assert!(pair.events(1).contains(&Event::Ended(End::Between)));
}

#[test]
fn what_makes_no_sense_ends_the_session_and_nothing_else() {
    let tag = [1; 16];
    let senseless = [
        vec![Message::Piece(vec![1])],
        vec![Message::Begin { parcel: Parcel::Fork, tag, lengths: vec![5] }, Message::Piece(vec![1; 6])],
        vec![Message::Begin { parcel: Parcel::Fork, tag, lengths: vec![5] }, Message::Piece(Vec::new())],
        vec![
            Message::Begin { parcel: Parcel::Fork, tag, lengths: vec![5] },
            Message::Begin { parcel: Parcel::Fork, tag, lengths: vec![5] },
        ],
        vec![Message::Begin { parcel: Parcel::Invitation, tag, lengths: vec![1, 0, 0] }, Message::Piece(vec![1])],
        vec![Message::Credit(1)],
        vec![Message::Nonce([1; 32])],
        vec![Message::Reveal([1; 32])],
        vec![Message::Commit([1; 32]), Message::Commit([1; 32])],
        vec![Message::Same(true)],
        vec![Message::Ask { device: vec![1; 40], name: String::new() }],
    ];
    for messages in senseless {
        let mut pair = Pair::new();
        pair.run();
        for message in &messages {
            pair.sides[0].inject(message.clone());
        }
        pair.run();
        assert_eq!(pair.events(1).last(), Some(&Event::Ended(End::Senseless)), "{messages:?}");
        assert_eq!(pair.events(0).last(), Some(&Event::Ended(End::Left)), "{messages:?}");
    }
    // A member that holds no key of the feed.
    let mut pair = Pair::met(LEDGER);
    let Some(tag) = pair.sides[0].tag(&LEDGER) else { panic!() };
    let feed = SigningKey::make(&mut test_rng(8)).verify_key();
    pair.sides[0].inject(Message::Member { tag, feed, signature: [0; 64] });
    pair.run();
    assert_eq!(pair.events(1).last(), Some(&Event::Ended(End::Senseless)));
}

#[test]
fn more_than_the_window_is_not_taken() {
    let mut pair = Pair::met(LEDGER);
    let Some(tag) = pair.sides[0].tag(&LEDGER) else { panic!() };
    for _ in 0..200 {
        pair.sides[0].inject(Message::Begin { parcel: Parcel::Block, tag, lengths: vec![1, 15_999] });
        pair.sides[0].inject(Message::Piece(vec![1; 16_000]));
    }
    pair.run();
    let events = pair.events(1);
    assert_eq!(events.last(), Some(&Event::Ended(End::Senseless)));
    assert!(events.len() <= usize::try_from(WINDOW_BYTES).unwrap() / 16_000 + 1);
}

#[test]
fn frames_that_are_changed_left_out_or_of_another_link_end_the_session() {
    for at in [0, 5, 40] {
        let mut pair = Pair::met(LEDGER);
        pair.sides[0].tell(&LEDGER, &Frontier::default(), true);
        let mut frame = pair.sides[0].take_frame().unwrap();
        let length = frame.len();
        frame[at % length] ^= 1;
        pair.sides[1].receive(&frame, &mut test_rng(2));
        pair.drain();
        assert_eq!(pair.events(1), [Event::Ended(End::Changed)]);
        assert_eq!(pair.sides[1].take_frame(), None);
    }
    let mut pair = Pair::new();
    pair.sides[1] = Session::answer(b"another link");
    pair.run();
    assert_eq!(pair.events(0), [Event::Ended(End::Changed)]);
    let mut pair = Pair::new();
    pair.sides[0].receive(&vec![0; MAX_FRAME_BYTES + 1], &mut test_rng(2));
    assert!(pair.sides[0].is_over());
}

#[test]
fn every_message_comes_back_and_no_cut_of_one_is_read() {
    let messages = [
        Message::Holds(vec![([1; 16], [2; 8]), ([3; 16], [4; 8])]),
        Message::Member { tag: [1; 16], feed: chartchain_keys::VerifyKey([2; 32]), signature: [3; 64] },
        Message::Stranger { tag: [1; 16] },
        Message::Shut { tag: [1; 16] },
        Message::Begin { parcel: Parcel::Block, tag: [1; 16], lengths: vec![65_536, 1 << 26] },
        Message::Begin { parcel: Parcel::Introduction, tag: [1; 16], lengths: vec![1, 2] },
        Message::Begin { parcel: Parcel::Frontier { wants: true }, tag: [1; 16], lengths: vec![5] },
        Message::Begin { parcel: Parcel::Frontier { wants: false }, tag: [1; 16], lengths: vec![5] },
        Message::Begin { parcel: Parcel::Fork, tag: [1; 16], lengths: vec![5] },
        Message::Begin { parcel: Parcel::Invitation, tag: [1; 16], lengths: vec![5, 6, 7] },
        Message::Piece(vec![1; 500]),
        Message::Credit(300),
        Message::Refused { tag: [1; 16], block: Hash([2; 32]), code: 3 },
        Message::Commit([1; 32]),
        Message::Nonce([1; 32]),
        Message::Reveal([1; 32]),
        Message::Same(true),
        Message::Same(false),
        Message::Ask { device: vec![1; 100], name: "Ä phone".into() },
        Message::End(3),
    ];
    for message in messages {
        let bytes = message.write();
        assert_eq!(Message::read(&bytes), Ok(Some(message.clone())));
        for length in 0..bytes.len() {
            assert!(Message::read(&bytes[..length]).is_err(), "{message:?} cut at {length}");
        }
        assert!(Message::read(&[bytes.as_slice(), &[0]].concat()).is_err(), "{message:?} and more");
    }
    for (parcel, lengths) in [(0, vec![65_537, 0]), (0, vec![0, (1 << 26) + 1]), (4, vec![1025]), (0, vec![1])] {
        let mut writer = chartchain_ledger::CborWriter::default();
        writer.array(4).uint(4).uint(parcel).bytes(&[1; 16]).array(lengths.len());
        for length in &lengths {
            writer.uint(*length);
        }
        assert!(Message::read(&writer.take()).is_err(), "{parcel} {lengths:?}");
    }
    let mut writer = chartchain_ledger::CborWriter::default();
    writer.array(2).uint(99).uint(1);
    assert_eq!(Message::read(&writer.take()), Ok(None), "of a newer version");
}
