//! Devices meet in a room that keeps to the protocol, and in one that does not.

use std::collections::VecDeque;

use chartchain_keys::{TestRng, test_rng};

use crate::{Invitation, MAX_MEETING_FRAME_BYTES, Meeting, MeetingError, MeetingEvent};

fn invitation() -> Invitation {
    Invitation::make(&mut test_rng(1))
}

/// A room as the relay has it.
struct Room {
    rng: TestRng,
    next: u32,
    people: Vec<(u32, Meeting)>,
    /// What is on its way: to whom, what.
    under_way: VecDeque<(u32, Vec<u8>)>,
}

impl Room {
    fn new() -> Self {
        Self { rng: test_rng(2), next: 1, people: Vec::new(), under_way: VecDeque::new() }
    }

    fn enter(&mut self, meeting: Meeting) -> u32 {
        let own = self.next;
        self.next += 1;
        let mut welcome = [&[0][..], &own.to_be_bytes()].concat();
        for (number, _) in &self.people {
            welcome.extend(number.to_be_bytes());
            self.under_way.push_back((*number, [&[1][..], &own.to_be_bytes()].concat()));
        }
        self.people.push((own, meeting));
        self.under_way.push_back((own, welcome));
        own
    }

    fn leave(&mut self, gone: u32) {
        self.people.retain(|(number, _)| *number != gone);
        for (number, _) in &self.people {
            self.under_way.push_back((*number, [&[2][..], &gone.to_be_bytes()].concat()));
        }
    }

    fn who(&mut self, wanted: u32) -> &mut Meeting {
        &mut self.people.iter_mut().find(|(number, _)| *number == wanted).unwrap().1
    }

    /// Takes what people say.
    fn collect(&mut self) {
        for (sender, meeting) in &mut self.people {
            while let Some(frame) = meeting.take_frame() {
                let (to, payload) = frame.split_first_chunk().unwrap();
                assert!(payload.len() <= 16_448);
                let said = [&[3][..], &sender.to_be_bytes(), payload].concat();
                self.under_way.push_back((u32::from_be_bytes(*to), said));
            }
        }
    }

    fn hand_over(&mut self, to: u32, frame: &[u8]) {
        if let Some((_, meeting)) = self.people.iter_mut().find(|(number, _)| *number == to) {
            meeting.receive(frame, &mut self.rng);
        }
    }

    fn run(&mut self) {
        self.collect();
        while let Some((to, frame)) = self.under_way.pop_front() {
            self.hand_over(to, &frame);
            self.collect();
        }
    }

    fn events(&mut self, who: u32) -> Vec<MeetingEvent> {
        let meeting = self.who(who);
        core::iter::from_fn(|| meeting.take_event()).collect()
    }

    fn found(&mut self, who: u32) -> (Vec<u8>, bool) {
        match self.events(who).as_slice() {
            [MeetingEvent::Found { binding, webrtc }] => (binding.clone(), *webrtc),
            other => panic!("{who} did not find the other one: {other:?}"),
        }
    }

    fn say(&mut self, who: u32, frame: &[u8]) {
        let mut rng = test_rng(u64::from(who) + 10);
        self.who(who).send_frame(frame, &mut rng).unwrap();
    }
}

/// A room in which two have met: the room, host, guest.
fn met() -> (Room, u32, u32) {
    let mut room = Room::new();
    let host = room.enter(Meeting::host(&invitation(), true));
    let guest = room.enter(Meeting::guest(&invitation(), true));
    room.run();
    room.found(host);
    room.found(guest);
    (room, host, guest)
}

#[test]
fn two_find_each_other_whoever_comes_first_and_know_what_both_can_do() {
    let mut ways = Vec::new();
    for (host_first, host_can, guest_can) in
        [(true, true, true), (true, true, false), (false, false, true), (false, true, true), (false, false, false)]
    {
        let mut room = Room::new();
        let host = Meeting::host(&invitation(), host_can);
        let guest = Meeting::guest(&invitation(), guest_can);
        let (host, guest) = if host_first {
            let host = room.enter(host);
            room.run();
            (host, room.enter(guest))
        } else {
            let guest = room.enter(guest);
            room.run();
            (room.enter(host), guest)
        };
        room.run();
        let (at_host, at_guest) = (room.found(host), room.found(guest));
        assert_eq!(at_host, at_guest);
        assert_eq!(at_host.1, host_can && guest_can);
        assert!(room.who(host).is_open() && room.who(guest).is_open());
        ways.push(at_host.0);
    }
    assert!(ways.iter().all(|way| way.len() == 32));
    assert_ne!(ways[0], ways[2]);
}

#[test]
fn signals_and_the_longest_frames_go_both_ways_in_order() {
    let (mut room, host, guest) = met();
    let mut rng = test_rng(5);
    let longest = vec![7; MAX_MEETING_FRAME_BYTES];
    room.who(host).send_signal("offer", &mut rng).unwrap();
    room.who(guest).send_signal("answer", &mut rng).unwrap();
    for frame in [&b""[..], b"one", &longest] {
        room.say(host, frame);
        room.say(guest, frame);
    }
    room.run();
    for (who, text) in [(host, "answer"), (guest, "offer")] {
        let frames = [Vec::new(), b"one".to_vec(), longest.clone()].map(MeetingEvent::Frame);
        let expected: Vec<_> = [MeetingEvent::Signal(text.into())].into_iter().chain(frames).collect();
        assert_eq!(room.events(who), expected);
    }
    let host = room.who(host);
    assert_eq!(host.send_frame(&[0; MAX_MEETING_FRAME_BYTES + 1], &mut rng), Err(MeetingError::TooLong));
    assert_eq!(host.send_signal(&"x".repeat(4097), &mut rng), Err(MeetingError::TooLong));
}

#[test]
fn whoever_comes_second_is_told_so_also_when_the_two_are_done() {
    let (mut room, host, guest) = met();
    let third = room.enter(Meeting::guest(&invitation(), true));
    room.run();
    assert_eq!(room.events(third), [MeetingEvent::Taken]);
    assert!(room.who(third).is_over());
    room.say(host, b"still there");
    room.run();
    assert_eq!(room.events(guest), [MeetingEvent::Frame(b"still there".to_vec())]);
    room.leave(guest);
    room.run();
    assert_eq!(room.events(host), [MeetingEvent::Gone]);
    let fourth = room.enter(Meeting::guest(&invitation(), true));
    room.run();
    assert_eq!(room.events(fourth), [MeetingEvent::Taken]);
    assert_eq!(room.events(host), []);
    assert_eq!(room.who(host).send_frame(b"late", &mut test_rng(1)), Err(MeetingError::Nobody));
}

#[test]
fn a_guest_meets_one_of_two_hosts_and_the_other_one_hears_of_it() {
    let mut room = Room::new();
    let hosts = [(); 2].map(|()| room.enter(Meeting::host(&invitation(), true)));
    room.run();
    let guest = room.enter(Meeting::guest(&invitation(), true));
    room.run();
    let way = room.found(guest);
    assert_eq!(room.found(hosts[0]), way);
    assert!(matches!(room.events(hosts[1]).as_slice(), [MeetingEvent::Found { .. }, MeetingEvent::Taken]));
}

#[test]
fn whoever_has_another_invitation_meets_nobody() {
    let mut room = Room::new();
    let host = room.enter(Meeting::host(&invitation(), true));
    let stranger = room.enter(Meeting::guest(&Invitation::make(&mut test_rng(9)), true));
    let other_guest = room.enter(Meeting::guest(&Invitation::make(&mut test_rng(9)), true));
    room.run();
    for who in [host, stranger, other_guest] {
        assert_eq!(room.events(who), []);
        assert!(!room.who(who).is_over());
    }
    // Nor do two guests take each other for a host.
    let guests = [(); 2].map(|()| room.enter(Meeting::guest(&invitation(), true)));
    room.run();
    assert!(room.who(guests[0]).is_open() && room.who(guests[1]).is_over());
}

#[test]
fn a_room_without_the_other_one_is_no_error_and_nothing_is_sent_there() {
    let mut rng = test_rng(3);
    for mut meeting in [Meeting::host(&invitation(), true), Meeting::guest(&invitation(), true)] {
        meeting.receive(&[0, 0, 0, 0, 1], &mut rng);
        assert_eq!((meeting.take_frame(), meeting.take_event()), (None, None));
        assert_eq!(meeting.send_frame(b"x", &mut rng), Err(MeetingError::Nobody));
    }
}

/// Before the two have met what was changed has no effect; from then on it ends the meeting.
#[test]
fn every_bit_of_every_message_counts() {
    // The messages: hello of the guest, hello of the host, a frame of each.
    for message in 0..4 {
        let mut bit = 0;
        loop {
            let mut room = Room::new();
            let host = room.enter(Meeting::host(&invitation(), true));
            let guest = room.enter(Meeting::guest(&invitation(), true));
            for step in 0..=message {
                if step == 2 {
                    room.say(host, b"a");
                    room.say(guest, b"b");
                }
                room.collect();
                while room.under_way.front().is_some_and(|(_, frame)| frame[0] != 3) {
                    let (to, frame) = room.under_way.pop_front().unwrap();
                    room.hand_over(to, &frame);
                    room.collect();
                }
                let (to, mut frame) = room.under_way.pop_front().unwrap();
                if step == message {
                    if bit >= (frame.len() - 5) * 8 {
                        bit = usize::MAX;
                        break;
                    }
                    frame[5 + bit / 8] ^= 1 << (bit % 8);
                    room.events(to);
                    room.hand_over(to, &frame);
                    let expected = if step < 2 { Vec::new() } else { vec![MeetingEvent::Broken] };
                    assert_eq!(room.events(to), expected, "bit {bit} of message {message}");
                } else {
                    room.hand_over(to, &frame);
                }
            }
            if bit == usize::MAX {
                break;
            }
            bit += 1;
        }
    }
}

#[test]
fn a_relay_that_repeats_leaves_out_moves_or_sends_back_is_noticed() {
    // Which of three frames arrive, and how many of them count.
    for (order, good) in [(&[0, 1, 2][..], 3), (&[0, 0], 1), (&[1, 0], 0), (&[0, 2], 1), (&[0, 1, 0], 2)] {
        let (mut room, host, guest) = met();
        for frame in [b"0", b"1", b"2"] {
            room.say(host, frame);
        }
        room.collect();
        let frames: Vec<Vec<u8>> = room.under_way.drain(..).map(|(_, frame)| frame).collect();
        for at in order {
            room.hand_over(guest, &frames[*at]);
        }
        let events = room.events(guest);
        let arrived = events.iter().filter(|event| matches!(event, MeetingEvent::Frame(_))).count();
        assert_eq!(arrived, good, "{order:?}");
        assert_eq!(events.last() == Some(&MeetingEvent::Broken), good < order.len(), "{order:?}");
        // What was sent does not open at whoever sent it.
        let back = [&[3][..], &guest.to_be_bytes(), &frames[0][5..]].concat();
        room.hand_over(host, &back);
        assert_eq!(room.events(host), [MeetingEvent::Broken]);
    }
}

#[test]
fn what_was_said_in_an_earlier_room_is_worth_nothing_in_a_later_one() {
    let said = |seed: u64| {
        let mut room = Room { rng: test_rng(seed), ..Room::new() };
        let host = room.enter(Meeting::host(&invitation(), true));
        let guest = room.enter(Meeting::guest(&invitation(), true));
        let mut all = Vec::new();
        room.collect();
        while let Some((to, frame)) = room.under_way.pop_front() {
            all.push((to, frame.clone()));
            room.hand_over(to, &frame);
            room.collect();
            if all.len() == 5 {
                room.say(host, b"from the host");
            }
        }
        (room, guest, all)
    };
    let (_, guest, earlier) = said(2);
    let mut room = Room { rng: test_rng(3), ..Room::new() };
    room.enter(Meeting::host(&invitation(), true));
    assert_eq!(room.enter(Meeting::guest(&invitation(), true)), guest);
    // Everything that the guest heard then, in place of the host.
    let welcome = room.under_way.pop_back().unwrap();
    room.hand_over(guest, &welcome.1);
    for (_, frame) in earlier.iter().filter(|(to, frame)| *to == guest && frame[0] == 3) {
        room.hand_over(guest, frame);
    }
    assert_eq!(room.events(guest), []);
    let way = |seed| {
        let (mut room, guest, _) = said(seed);
        let events = room.events(guest);
        events.into_iter().next()
    };
    assert!(way(2) == way(2) && way(2) != way(3));
}

#[test]
fn a_room_of_any_size_and_any_number_of_comings_is_kept_small() {
    let mut rng = test_rng(4);
    let mut guest = Meeting::guest(&invitation(), true);
    let crowd: Vec<u8> = (2..100_000_u32).flat_map(u32::to_be_bytes).collect();
    guest.receive(&[&[0, 0, 0, 0, 1][..], &crowd].concat(), &mut rng);
    for number in 0..10_000_u32 {
        guest.receive(&[&[1][..], &number.to_be_bytes()].concat(), &mut rng);
    }
    assert!(core::iter::from_fn(|| guest.take_frame()).count() <= 64);
}

#[cfg(not(target_arch = "wasm32"))]
proptest::proptest! {
    /// Before the two have met, and after.
    #[test]
    fn whatever_a_relay_says_nothing_breaks(frames: Vec<(u8, u8, Vec<u8>)>, host: bool) {
        let mut rng = test_rng(6);
        let make = if host { Meeting::host } else { Meeting::guest };
        let (mut room, one, other) = met();
        let mut alone = make(&invitation(), true);
        alone.receive(&[0, 0, 0, 0, 1, 0, 0, 0, 2], &mut rng);
        let mut new = make(&invitation(), true);
        for (kind, number, rest) in frames {
            let frame = [&[kind % 5, 0, 0, 0, number % 4][..], &rest].concat();
            for meeting in [&mut alone, &mut new] {
                meeting.receive(&frame, &mut rng);
                meeting.receive(&rest, &mut rng);
                assert!(!meeting.is_open());
            }
            for who in [one, other] {
                room.hand_over(who, &frame);
                let events = room.events(who);
                assert!(events.iter().all(|event| matches!(event, MeetingEvent::Gone | MeetingEvent::Broken)));
            }
        }
        assert!(core::iter::from_fn(|| alone.take_frame()).count() <= 64);
    }
}
