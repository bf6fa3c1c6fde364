//! Letters: what devices that are never online together leave for each other in mailboxes.

use super::members::{change, founder, let_in_as, meet, own, remove};
use super::*;
use chartchain_vault::protocol::{Letter, Mailboxes, ParcelCard};
use std::collections::BTreeMap;

/// A relay: what lies in its mailboxes.
#[derive(Default)]
struct Relay(BTreeMap<[u8; 16], Vec<Letter>>);

fn mailboxes(bench: &mut Bench) -> Mailboxes {
    let Reply::Mailboxes(mailboxes) = bench.ask(Command::Mailboxes).unwrap() else { panic!() };
    *mailboxes
}

impl Relay {
    /// Leaves all letters that are due; tells how many.
    fn post(&mut self, bench: &mut Bench) -> usize {
        let mut letters = 0;
        loop {
            let due = mailboxes(bench).due;
            if due.is_empty() {
                return letters;
            }
            for due in due {
                let (ledger, to) = (due.ledger, due.to);
                let write = Command::WriteLetter { ledger: ledger.clone(), to: to.clone() };
                let Reply::Letter(letter) = bench.ask(write).unwrap() else { panic!() };
                let mark = letter.mark;
                assert!(letter.bytes.len() < 3 * 1024 * 1024, "{}", letter.bytes.len());
                self.0.entry(due.tag.0).or_default().push(*letter);
                bench.ask(Command::LetterLeft { ledger, to, mark }).unwrap();
                letters += 1;
                assert!(letters < 100, "no end of letters");
            }
        }
    }

    /// Takes in all letters for a device.
    fn fetch(&mut self, bench: &mut Bench) -> Vec<ParcelCard> {
        let mut cards = Vec::new();
        for tag in mailboxes(bench).own {
            for letter in self.0.remove(&tag.0).unwrap_or_default() {
                let Reply::Parcel(card) = bench.ask(Command::TakeLetter { bytes: letter.bytes }).unwrap() else {
                    panic!()
                };
                cards.push(*card);
            }
        }
        cards
    }

    /// Both look into their mailboxes and write, until nobody has anything to say.
    fn settle(&mut self, one: &mut Bench, other: &mut Bench) {
        for round in 0.. {
            assert!(round < 10, "letters go to and fro for ever");
            let came = self.fetch(one).len() + self.fetch(other).len();
            if came + self.post(one) + self.post(other) == 0 {
                return;
            }
        }
    }
}

fn assert_alike(one: &mut Bench, other: &mut Bench) {
    assert_eq!(state(one), state(other));
    assert_eq!(content(one), content(other));
    for bench in [one, other] {
        assert_eq!(bench.verify().problems_total, 0);
    }
}

fn two() -> [Bench; 2] {
    let (first, _) = founder();
    let [mut first, mut laptop] = let_in_as(first, keeper(20_100), MemberRole::Patient, "Laptop");
    // Each has heard of the other's last word in the connection.
    let mut relay = Relay::default();
    relay.settle(&mut first, &mut laptop);
    [first, laptop]
}

#[test]
fn devices_that_are_never_online_together_hold_the_same_by_letters() {
    let [mut first, mut laptop] = two();
    let mut relay = Relay::default();
    assert!(mailboxes(&mut first).due.is_empty(), "nothing was written");
    bring_in(&mut first, 100..140);
    bring_in(&mut laptop, 200..220);
    assert_eq!(relay.post(&mut first), 1);
    assert_eq!(relay.post(&mut first), 0, "a letter is written once");
    let there = own(&mut laptop).feed;
    let line = |bench: &mut Bench| devices(bench).into_iter().find(|line| line.feed == there).unwrap();
    assert!(matches!(line(&mut first).has, DeviceHas::InLetters(_)), "it waits there");
    assert!(line(&mut first).letter_ms.is_some());
    assert_eq!(copies(&mut first), 1, "a letter is no copy");
    assert_eq!(relay.post(&mut laptop), 1);
    relay.settle(&mut first, &mut laptop);
    assert_alike(&mut first, &mut laptop);
    // The answer has come: each knows that the other one holds everything.
    assert_eq!(line(&mut first).has, DeviceHas::Everything);
    assert_eq!(copies(&mut first), 2);
    assert!(relay.0.values().all(Vec::is_empty));
}

#[test]
fn letters_that_are_lost_repeated_or_out_of_order_cost_nothing_but_a_letter() {
    let [mut first, mut laptop] = two();
    let mut relay = Relay::default();
    bring_in(&mut first, 100..110);
    assert_eq!(relay.post(&mut first), 1);
    // It is lost on its way.
    relay.0.clear();
    bring_in(&mut first, 110..120);
    assert_eq!(relay.post(&mut first), 1);
    let late: Vec<Letter> = relay.0.values().flatten().cloned().collect();
    // What follows on what was lost waits for it, and that shows by the answer.
    relay.settle(&mut first, &mut laptop);
    for letter in late {
        let Reply::Parcel(card) = laptop.ask(Command::TakeLetter { bytes: letter.bytes }).unwrap() else { panic!() };
        assert_eq!((card.added, card.refused), (0, 0));
    }
    relay.settle(&mut first, &mut laptop);
    assert_alike(&mut first, &mut laptop);
}

#[test]
fn more_than_a_letter_holds_goes_in_several() {
    let [mut first, mut laptop] = two();
    let mut relay = Relay::default();
    for from in [1_000, 5_000, 9_000] {
        bring_in(&mut first, from..from + 4_000);
    }
    let letters = relay.post(&mut first);
    assert!(letters > 1, "{letters}");
    // The last one first.
    relay.0.values_mut().for_each(|letters| letters.reverse());
    relay.settle(&mut first, &mut laptop);
    assert_alike(&mut first, &mut laptop);
}

#[test]
fn nobody_else_reads_a_letter_and_what_holds_not_is_told() {
    let [mut first, mut laptop] = two();
    let mut relay = Relay::default();
    bring_in(&mut first, 100..110);
    relay.post(&mut first);
    let letter = relay.0.values().flatten().next().unwrap().bytes.clone();
    let mut stranger = keeper_with_record(20_200);
    let take = |bench: &mut Bench, bytes: Vec<u8>| bench.ask(Command::TakeLetter { bytes });
    assert_eq!(take(&mut stranger, letter.clone()).unwrap_err(), Fault::NotForThisDevice);
    assert!(mailboxes(&mut stranger).own.is_empty(), "who shares with nobody has no mailbox");
    assert_eq!(take(&mut laptop, b"something else, as long as it likes".to_vec()).unwrap_err(), Fault::NotAParcel);
    assert!(take(&mut laptop, letter[..letter.len() / 2].to_vec()).is_err());
    for at in (0..letter.len()).step_by(letter.len() / 40) {
        let mut bent = letter.clone();
        bent[at] ^= 1;
        assert!(take(&mut laptop, bent).is_err(), "byte {at}");
    }
    let before = content(&mut laptop).len();
    relay.fetch(&mut laptop);
    assert_eq!(content(&mut laptop).len(), before + 10);
}

#[test]
fn a_removed_device_is_written_to_no_more() {
    let [mut first, mut laptop] = two();
    let there = own(&mut laptop);
    bring_in(&mut first, 100..110);
    assert_eq!(mailboxes(&mut first).due.len(), 1);
    change(&mut first, remove(&[&there]), None).unwrap();
    assert_eq!(mailboxes(&mut first).due, []);
    let write = Command::WriteLetter { ledger: first.ledgers()[0].id.clone(), to: there.feed };
    assert_eq!(first.ask(write).unwrap_err(), Fault::NotFound);
}

#[test]
fn whoever_is_connected_gets_no_letters() {
    let [first, laptop] = two();
    let mut pair = meet(first, laptop);
    bring_in(&mut pair.benches[0], 100..110);
    assert_eq!(mailboxes(&mut pair.benches[0]).due, []);
}

#[test]
fn a_witness_writes_to_nobody_and_nobody_to_it() {
    let (first, _) = founder();
    let [mut first, mut witness] = let_in_as(first, keeper(20_700), MemberRole::Witness, "Witness");
    bring_in(&mut first, 100..104);
    for bench in [&mut first, &mut witness] {
        let mailboxes = mailboxes(bench);
        assert_eq!((mailboxes.own.len(), mailboxes.due.len()), (0, 0));
        let Reply::Companions(companions) = bench.ask(Command::Companions).unwrap() else { panic!() };
        assert_eq!(companions, []);
    }
}

#[test]
fn what_comes_between_writing_a_letter_and_leaving_it_is_not_forgotten() {
    let [mut first, mut laptop] = two();
    let mut relay = Relay::default();
    bring_in(&mut first, 100..110);
    assert_eq!(relay.post(&mut first), 1);
    // It is lost, and the laptop says what it lacks while the first one writes the next letter.
    relay.0.clear();
    bring_in(&mut laptop, 200..210);
    relay.post(&mut laptop);
    bring_in(&mut first, 110..120);
    let due = mailboxes(&mut first).due.remove(0);
    let write = Command::WriteLetter { ledger: due.ledger.clone(), to: due.to.clone() };
    let Reply::Letter(letter) = first.ask(write).unwrap() else { panic!() };
    relay.fetch(&mut first);
    let mark = letter.mark;
    relay.0.entry(due.tag.0).or_default().push(*letter);
    first.ask(Command::LetterLeft { ledger: due.ledger, to: due.to, mark }).unwrap();
    relay.settle(&mut first, &mut laptop);
    assert_alike(&mut first, &mut laptop);
}

#[test]
fn the_record_that_was_left_for_another_one_still_writes() {
    let [mut first, _] = two();
    mailboxes(&mut first);
    bring_in(&mut first, 100..110);
    let record = first.ledgers()[0].id.clone();
    first.ask(Command::CreateLedger { subject: Person::default() }).unwrap();
    let due = mailboxes(&mut first).due;
    assert_eq!(due.iter().map(|due| &due.ledger).collect::<Vec<_>>(), [&record]);
    let write = Command::WriteLetter { ledger: record, to: due[0].to.clone() };
    assert!(matches!(first.ask(write).unwrap(), Reply::Letter(_)));
}
