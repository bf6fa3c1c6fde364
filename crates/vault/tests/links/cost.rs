//! What it costs that two devices come to hold the same, in bytes and in round trips.

use super::{Bench, Command, LedgerId, Pair, Person, bring_in, joined, keeper, keeper_and_words, let_in};

/// Bytes of all blocks from this one on, as they travel.
fn bytes_from(bench: &mut Bench, first: u32) -> usize {
    let mut bytes = 0;
    let mut number = first;
    while let Some((header, body)) = pollster::block_on(bench.engine.give_block(number)).unwrap() {
        bytes += header.len() + body.len();
        number += 1;
    }
    bytes
}

/// Ten entries that one has written, one by one, since both held this many: bytes beyond their own, and flights until both know
/// that both hold them.
fn ten_among(entries: u32) -> (usize, usize) {
    let (mut pair, _) = joined();
    bring_in(&mut pair.benches[0], 1000..700 + entries);
    pair.run();
    let [mut one, other] = pair.part();
    let before = one.blocks().unwrap().total;
    for entry in 0..10 {
        bring_in(&mut one, 100_000 + entry..100_001 + entry);
    }
    let own = bytes_from(&mut one, before);
    let mut pair = Pair::connect(one, other);
    for at in 0..2 {
        assert!(pair.card(at).records[0].same, "{:?}", pair.card(at));
    }
    assert_eq!(pair.benches[1].count_found("weight"), entries + 10);
    (pair.bytes - own, pair.flights)
}

#[test]
fn ten_new_entries_take_three_round_trips_and_four_kilobytes_however_many_there_are() {
    let (few, flights) = ten_among(1_000);
    assert!(few <= 4096 && flights <= 6, "{few} bytes in {flights} flights");
    let (many, flights_among_many) = ten_among(10_000);
    // Numbers in frontiers take a byte more.
    assert!(many <= few + 64 && flights_among_many <= flights, "{many} bytes in {flights_among_many} flights");
}

/// What naming one more record costs that both hold alike.
const NAME_BYTES: usize = 28;

/// Two devices that hold so many records alike, and have met since.
fn panel(records: usize) -> [Bench; 2] {
    let (one, words) = keeper_and_words(10_000);
    let mut pair = Pair::connect(one, keeper(20_000));
    for at in 0..2 {
        let link = pair.links[at];
        pair.ask(at, Command::SayCode { link, same: true }).unwrap();
    }
    let [first, second] = pair.links;
    for number in 0..records {
        let subject = Person { name: Some(format!("Patient {number}")), ..Person::default() };
        if pair.ask(0, Command::CreateLedger { subject: subject.clone() }).is_err() {
            // Keys for so many records are made ahead, and more of them from the words.
            pair.ask(0, Command::CheckRecovery { words: words.clone() }).unwrap();
            pair.ask(0, Command::CreateLedger { subject }).unwrap();
        }
        pair.ask(1, Command::AskToJoin { link: second, name: "Desk".into() }).unwrap();
        pair.ask(0, let_in(first)).unwrap();
        // What was said of earlier ones is of no use here.
        for cards in &mut pair.cards {
            cards.drain(..cards.len() - 1);
        }
    }
    assert_eq!(pair.faults, []);
    let [one, other] = pair.part();
    Pair::connect(one, other).part()
}

/// Bytes that go over when one device of two has written in ten of so many records.
fn ten_changed_of(records: usize) -> usize {
    let [mut one, other] = panel(records);
    let ledgers = one.ledgers();
    let changed: Vec<&LedgerId> = ledgers.iter().step_by(records / 10).map(|card| &card.id).take(10).collect();
    for ledger in &changed {
        one.ask(Command::OpenLedger { ledger: (*ledger).clone() }).unwrap();
        bring_in(&mut one, 0..1);
    }
    let pair = Pair::connect(one, other);
    assert_eq!(pair.faults, []);
    let bytes = pair.bytes;
    let mut benches = pair.part();
    for bench in &mut benches {
        for ledger in &changed {
            bench.ask(Command::OpenLedger { ledger: (*ledger).clone() }).unwrap();
            assert_eq!(bench.count_found("weight"), 1);
        }
    }
    bytes
}

#[test]
fn records_that_are_alike_cost_their_names_alone() {
    let bytes = ten_changed_of(100);
    assert!(bytes + 900 * NAME_BYTES <= 64 * 1024, "{bytes} bytes");
    // What is written later in one of them goes over all the same, whoever writes it.
    let mut pair = {
        let [one, other] = panel(40);
        Pair::connect(one, other)
    };
    for (at, number) in [(0, 3), (1, 4)] {
        let ledger = pair.benches[at].ledgers()[number].id.clone();
        pair.ask(at, Command::OpenLedger { ledger: ledger.clone() }).unwrap();
        bring_in(&mut pair.benches[at], 0..1);
        pair.run();
        pair.ask(1 - at, Command::OpenLedger { ledger }).unwrap();
        assert_eq!(pair.benches[1 - at].count_found("weight"), 1, "written by {at}");
    }
    assert_eq!(pair.faults, []);
}

#[test]
#[ignore = "a minute of letting in"]
fn a_panel_of_a_thousand_records_with_ten_changed_takes_64_kilobytes() {
    let bytes = ten_changed_of(1_000);
    assert!(bytes <= 64 * 1024, "{bytes} bytes");
}
