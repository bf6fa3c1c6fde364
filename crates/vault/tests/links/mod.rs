//! Two and more devices that connect: one lets the other in, each gives what the other lacks, all hold the same.

mod companions;
mod mail;
mod members;
mod network;
mod parcels;
mod versions;
mod visits;

use std::collections::BTreeMap;

use chartchain_vault::protocol::docs::{Day, DocumentName, Edit, Repeat, Schedule, TaskDraft, View};
use chartchain_vault::protocol::{
    Command, DeviceHas, DeviceLine, DeviceStanding, Event, ExportFormat, Fault, JobResult, JobState, LedgerId,
    LinkAccess, LinkCard, LinkEnd, LinkId, LinkSide, LinkStage, MemberRole, Person, Reply, Secret,
};

use crate::backup::{backup, newcomer, restore};
use crate::bench_person::{Bench, PASSPHRASE, Part, World, imported};
use chartchain_store::{Batch, Durability, Failure, Store as _};

/// Two devices and what goes between them.
struct Pair {
    benches: [Bench; 2],
    links: [LinkId; 2],
    cards: [Vec<LinkCard>; 2],
    frames: [Vec<Vec<u8>>; 2],
    faults: Vec<Fault>,
    /// Bytes that went over.
    bytes: usize,
}

impl Pair {
    fn connect(one: Bench, other: Bench) -> Self {
        let (frames, cards) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
        let links = [LinkId(0), LinkId(0)];
        let mut pair = Self { benches: [one, other], links, cards, frames, faults: Vec::new(), bytes: 0 };
        for (at, side) in [LinkSide::Offering, LinkSide::Answering].into_iter().enumerate() {
            let Reply::Link(link) =
                pair.benches[at].ask(Command::BeginLink { side, by_itself: false, binding: b"way".to_vec() }).unwrap()
            else {
                panic!()
            };
            pair.links[at] = link;
        }
        pair.run();
        pair
    }

    /// What the engines say until they say nothing more.
    fn run(&mut self) {
        loop {
            for at in 0..2 {
                if self.benches[at].engine.has_links() {
                    pollster::block_on(self.benches[at].engine.link());
                }
                for event in self.benches[at].events() {
                    match event {
                        Event::Link(card) => self.cards[at].push(card),
                        Event::LinkFrames { frames, .. } => self.frames[1 - at].extend(frames),
                        _ => {}
                    }
                }
            }
            if self.frames.iter().all(Vec::is_empty) {
                return;
            }
            for at in 0..2 {
                let frames = core::mem::take(&mut self.frames[at]);
                self.bytes += frames.iter().map(Vec::len).sum::<usize>();
                if !frames.is_empty() {
                    let link = self.links[at];
                    if let Err(fault) = self.benches[at].ask(Command::LinkFrames { link, frames }) {
                        self.faults.push(fault);
                    }
                }
            }
        }
    }

    fn card(&self, at: usize) -> &LinkCard {
        self.cards[at].last().unwrap()
    }

    fn ask(&mut self, at: usize, command: Command) -> Result<Reply, Fault> {
        let reply = self.benches[at].ask(command);
        self.run();
        reply
    }

    /// Both people see the same number, the second asks to be let in, the first does so.
    fn let_in(&mut self) -> LedgerId {
        for at in 0..2 {
            let link = self.links[at];
            self.ask(at, Command::SayCode { link, same: true }).unwrap();
        }
        let [first, second] = self.links;
        self.ask(1, Command::AskToJoin { link: second, name: "Ida’s laptop".into() }).unwrap();
        assert_eq!(self.card(0).asks.as_deref(), Some("Ida’s laptop"));
        self.ask(0, let_in(first)).unwrap();
        self.card(1).let_in.clone().unwrap()
    }

    /// The line breaks.
    fn part(mut self) -> [Bench; 2] {
        for at in 0..2 {
            let link = self.links[at];
            // One side may have noticed already.
            let _ = self.benches[at].ask(Command::EndLink { link });
            self.benches[at].events();
        }
        self.benches
    }
}

fn bundle(numbers: core::ops::Range<u32>) -> String {
    let observation = |n: u32| {
        format!(
            r#"{{"resourceType":"Observation","id":"o{n}","status":"final","code":{{"coding":[{{"system":"http://loinc.org","code":"29463-7","display":"Body weight"}}]}},"effectiveDateTime":"20{:02}-02-03","valueQuantity":{{"value":{}.5,"unit":"kg"}}}}"#,
            n % 90,
            60 + n % 40
        )
    };
    numbers.map(observation).collect::<Vec<_>>().join("\n")
}

fn bring_in(bench: &mut Bench, numbers: core::ops::Range<u32>) {
    let count = numbers.len();
    let inspection = bench.inspect("in.ndjson", bundle(numbers).as_bytes()).unwrap();
    let (added, ..) = imported(bench.import_all(&inspection));
    assert_eq!(added as usize, count);
}

/// A person whose recovery card is done, so that they may let others in.
fn keeper(seed: u64) -> Bench {
    let mut bench = Bench::start(World::seeded(seed));
    bench.ask(Command::CreatePerson { passphrase: Secret(PASSPHRASE.into()), words: None }).unwrap();
    let Reply::RecoveryWords(words) = bench.ask(Command::RecoveryWords).unwrap() else { panic!() };
    bench.ask(Command::CheckRecovery { words }).unwrap();
    bench
}

fn keeper_with_record(seed: u64) -> Bench {
    let mut bench = keeper(seed);
    let subject = Person { name: Some("Ida Quill".into()), ..Person::default() };
    bench.ask(Command::CreateLedger { subject }).unwrap();
    bench
}

/// Two devices of one record.
fn joined() -> (Pair, LedgerId) {
    let mut first = keeper_with_record(10_000);
    bring_in(&mut first, 0..300);
    let mut pair = Pair::connect(first, keeper(20_000));
    let ledger = pair.let_in();
    pair.benches[1].ask(Command::OpenLedger { ledger: ledger.clone() }).unwrap();
    pair.run();
    (pair, ledger)
}

/// Everything in a record, line by line.
fn content(bench: &mut Bench) -> Vec<String> {
    let mut lines: Vec<String> = bench.export(ExportFormat::Ndjson).lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

fn state(bench: &mut Bench) -> BTreeMap<String, u64> {
    let blocks = bench.blocks().unwrap();
    blocks.lines.into_iter().map(|line| (line.hash, line.seq)).collect()
}

fn assert_same(pair: &mut Pair) {
    let [one, other] = &mut pair.benches;
    assert_eq!(state(one), state(other));
    assert_eq!(content(one), content(other));
    for bench in [one, other] {
        assert_eq!(bench.verify().problems_total, 0);
    }
}

fn devices(bench: &mut Bench) -> Vec<DeviceLine> {
    let Reply::Members(members) = bench.ask(Command::ListDevices).unwrap() else { panic!() };
    members.devices
}

/// On how many devices everything is, as the first page says too.
fn copies(bench: &mut Bench) -> u32 {
    let Reply::Members(members) = bench.ask(Command::ListDevices).unwrap() else { panic!() };
    let Reply::Home(home) = bench.ask(Command::Home).unwrap() else { panic!() };
    assert_eq!(home.banner.copies, members.copies);
    members.copies
}

/// Another device of the patient’s is let in.
pub fn let_in(link: LinkId) -> Command {
    Command::LetIn { link, role: MemberRole::Patient, name: "Ida’s laptop".into() }
}

#[test]
fn a_second_device_is_let_in_and_holds_everything() {
    let (mut pair, ledger) = joined();
    assert_eq!(pair.faults, []);
    assert_same(&mut pair);
    assert_eq!(content(&mut pair.benches[1]).len(), 301);
    let cards = pair.benches[1].ledgers();
    assert_eq!((cards.len(), cards[0].subject.name.as_deref()), (1, Some("Ida Quill")));
    for at in 0..2 {
        let record = &pair.card(at).records[0];
        assert_eq!((&record.ledger, record.access, record.same), (&ledger, LinkAccess::Admitted, true), "{record:?}");
        let lines = devices(&mut pair.benches[at]);
        assert_eq!(lines.iter().map(|line| line.this_device).collect::<Vec<_>>(), [true, false]);
        assert!(lines[1].met_ms.is_some() && lines[1].compared_ms.is_some());
        assert_eq!((lines[1].has, lines[1].standing), (DeviceHas::Everything, DeviceStanding::Good));
    }
    assert_eq!(devices(&mut pair.benches[0])[1].name, "Ida’s laptop");
}

#[test]
fn what_one_writes_is_there_at_once_and_what_both_wrote_apart_when_they_meet() {
    let (mut pair, _) = joined();
    bring_in(&mut pair.benches[1], 300..305);
    pair.run();
    assert_eq!(pair.benches[0].count_found("weight"), 305);
    assert_same(&mut pair);

    let [mut one, mut other] = pair.part();
    bring_in(&mut one, 400..410);
    bring_in(&mut other, 500..520);
    let draft = |title: &str| {
        let schedule = Schedule { due: Day::from_iso("2026-11-28"), repeat: Repeat::Once };
        vec![Edit::AddTask(TaskDraft { title: title.into(), detail: String::new(), schedule })]
    };
    let name = DocumentName::CARE_PLAN;
    one.ask(Command::EditDocument { name: Some(name), edits: draft("Walk") }).unwrap();
    other.ask(Command::EditDocument { name: Some(name), edits: draft("Swim") }).unwrap();
    assert_eq!(devices(&mut one)[1].has, DeviceHas::Lacks(2));
    let mut pair = Pair::connect(one, other);
    assert_eq!(pair.faults, []);
    assert_same(&mut pair);
    for bench in &mut pair.benches {
        assert_eq!(bench.count_found("weight"), 335);
        let Reply::Document(page) = bench.ask(Command::Document { name }).unwrap() else { panic!() };
        let View::CarePlan(plan) = page.view else { panic!() };
        assert_eq!(plan.tasks.len(), 2);
    }
}

/// Ten entries among three hundred cost their own bytes and little more.
#[test]
fn a_few_new_entries_cost_little_more_than_their_bytes() {
    let (pair, _) = joined();
    let [mut one, other] = pair.part();
    let before = one.blocks().unwrap().total;
    bring_in(&mut one, 1000..1010);
    let own: usize = (before..one.blocks().unwrap().total)
        .map(|number| {
            let (header, body) = pollster::block_on(one.engine.give_block(number)).unwrap().unwrap();
            header.len() + body.len()
        })
        .sum();
    let pair = Pair::connect(one, other);
    assert!(pair.bytes < own + 4096, "{} bytes for {own}", pair.bytes);
    let still = Pair::connect(pair.part().into_iter().next().unwrap(), keeper(30_000));
    assert!(still.bytes < 4096, "{} bytes with a stranger", still.bytes);
}

#[test]
fn the_connection_may_break_anywhere_and_goes_on_the_next_time() {
    for cut in [1, 2, 3, 5, 8, 13, 21, 34] {
        let mut first = keeper_with_record(10_000);
        bring_in(&mut first, 0..300);
        for note in 0..20 {
            bring_in(&mut first, 1000 + note * 2..1002 + note * 2);
        }
        let mut pair = Pair::connect(first, keeper(20_000));
        for at in 0..2 {
            let link = pair.links[at];
            pair.ask(at, Command::SayCode { link, same: true }).unwrap();
        }
        let [first, second] = pair.links;
        pair.ask(1, Command::AskToJoin { link: second, name: "Laptop".into() }).unwrap();
        pair.benches[0].ask(let_in(first)).unwrap();
        // So many frames of the first device arrive, one by one.
        let frames: Vec<Vec<u8>> = pair.benches[0]
            .events()
            .into_iter()
            .flat_map(|event| if let Event::LinkFrames { frames, .. } = event { frames } else { Vec::new() })
            .collect();
        for frame in frames.into_iter().take(cut) {
            pair.benches[1].ask(Command::LinkFrames { link: second, frames: vec![frame] }).unwrap();
        }
        let [one, mut other] = pair.part();
        let Some(card) = other.ledgers().pop() else { continue };
        other.ask(Command::OpenLedger { ledger: card.id }).unwrap();
        let mut pair = Pair::connect(one, other);
        assert_eq!(pair.faults, [], "cut behind {cut}");
        assert_same(&mut pair);
    }
}

#[test]
fn a_third_device_is_known_by_whoever_let_it_in() {
    let (pair, ledger) = joined();
    let [one, second] = pair.part();
    // The second lets a third one in, whom the first has never met.
    let mut pair = Pair::connect(second, keeper(30_000));
    assert_eq!(pair.let_in(), ledger);
    pair.benches[1].ask(Command::OpenLedger { ledger: ledger.clone() }).unwrap();
    let [second, mut third] = pair.part();
    bring_in(&mut third, 700..703);
    // Nobody has told the first one of it but the third itself.
    let mut pair = Pair::connect(third, one);
    assert_eq!(pair.faults, []);
    assert_same(&mut pair);
    let [third, one] = pair.part();
    let mut pair = Pair::connect(one, second);
    assert_same(&mut pair);
    assert_eq!(pair.benches[1].count_found("weight"), 303);
    drop(third);
}

#[test]
fn a_stranger_gets_nothing_and_learns_of_no_record() {
    let mut one = keeper_with_record(10_000);
    bring_in(&mut one, 0..5);
    let mut pair = Pair::connect(one, keeper_with_record(40_000));
    for at in 0..2 {
        assert!(pair.card(at).records.is_empty());
        assert_eq!(pair.card(at).stage, LinkStage::Open);
    }
    assert_eq!(pair.card(0).code, pair.card(1).code);
    // Before both people said that they see the same nobody is let in.
    let [first, second] = pair.links;
    let asked = pair.ask(1, Command::AskToJoin { link: second, name: "Thief".into() });
    assert!(matches!(asked, Err(Fault::NotNow(_))), "{asked:?}");
    assert!(matches!(pair.ask(0, let_in(first)), Err(Fault::NotNow(_))));
    pair.ask(0, Command::SayCode { link: first, same: false }).unwrap();
    for at in 0..2 {
        assert_eq!(pair.card(at).stage, LinkStage::Over(LinkEnd::Between));
    }
    assert_eq!(pair.ask(0, let_in(first)).err(), Some(Fault::NotFound));
}

#[test]
fn devices_that_hold_the_same_when_they_connect_still_hear_of_what_is_written_then() {
    let (pair, _) = joined();
    let [one, other] = pair.part();
    let mut pair = Pair::connect(one, other);
    for at in 0..2 {
        assert!(pair.card(at).records[0].same, "{:?}", pair.card(at));
    }
    bring_in(&mut pair.benches[0], 900..902);
    pair.run();
    assert_eq!(pair.benches[1].count_found("weight"), 302);
    assert_same(&mut pair);
}

/// Each lets the next one in: the last has met nobody but the one before.
#[test]
fn a_device_far_from_the_founder_is_let_in_too() {
    let (pair, ledger) = joined();
    let [founder, mut last] = pair.part();
    for seed in [30_000, 40_000, 50_000] {
        let mut pair = Pair::connect(last, keeper(seed));
        assert_eq!(pair.let_in(), ledger);
        pair.benches[1].ask(Command::OpenLedger { ledger: ledger.clone() }).unwrap();
        assert_eq!(pair.faults, []);
        assert_same(&mut pair);
        let [_, next] = pair.part();
        last = next;
    }
    bring_in(&mut last, 950..953);
    let mut pair = Pair::connect(founder, last);
    assert_same(&mut pair);
    assert_eq!(pair.benches[0].count_found("weight"), 303);
}

#[test]
fn a_device_without_room_gives_what_it_has_and_goes_on_when_there_is_some() {
    let (pair, ledger) = joined();
    let [mut one, other] = pair.part();
    bring_in(&mut one, 400..405);
    one.world.fail_after(Part::Person, 0, Failure::Full);
    let mut pair = Pair::connect(one, other);
    assert_eq!(pair.faults, []);
    assert_eq!(pair.benches[1].count_found("weight"), 305);
    // What is written there does not come in, and that is told.
    bring_in(&mut pair.benches[1], 500..505);
    pair.run();
    assert_eq!(pair.faults, [Fault::StorageFull]);
    assert_eq!(pair.card(0).stage, LinkStage::Over(LinkEnd::StorageFull));
    let [mut one, other] = pair.part();
    one.world.mend();
    one.ask(Command::OpenLedger { ledger }).unwrap();
    let mut pair = Pair::connect(one, other);
    assert_same(&mut pair);
    assert_eq!(pair.benches[0].count_found("weight"), 310);
}

/// Whoever goes in the middle costs the other one no more than what was under way.
#[test]
fn nothing_more_is_given_when_the_other_side_has_left() {
    let mut first = keeper_with_record(10_000);
    for part in 0..40 {
        bring_in(&mut first, part * 100..part * 100 + 100);
    }
    let mut pair = Pair::connect(first, keeper(20_000));
    for at in 0..2 {
        let link = pair.links[at];
        pair.ask(at, Command::SayCode { link, same: true }).unwrap();
    }
    let [one, other] = pair.links;
    pair.ask(1, Command::AskToJoin { link: other, name: String::new() }).unwrap();
    pair.benches[0].ask(let_in(one)).unwrap();
    pair.benches[1].ask(Command::EndLink { link: other }).unwrap();
    pair.run();
    assert!(matches!(pair.card(0).stage, LinkStage::Over(LinkEnd::Left)));
    assert!(pair.card(0).records.iter().all(|record| record.given < 40), "{:?}", pair.card(0));
}

/// A block of which a row is lost comes without its entries; everything else comes, and the loss is told on both.
#[test]
fn what_one_device_has_lost_keeps_nothing_else_from_the_others() {
    let mut first = keeper_with_record(10_000);
    bring_in(&mut first, 0..30);
    let before = first.world.person_rows();
    bring_in(&mut first, 100..130);
    let after = first.world.person_rows();
    // Rows that the second import added: its block among them is the longest.
    let new = after.iter().filter(|(key, _)| !before.contains_key(*key));
    let block = new.max_by_key(|(_, value)| value.len()).map(|(key, _)| *key).unwrap();
    bring_in(&mut first, 200..230);
    let mut delete = Batch::new();
    delete.delete(block);
    pollster::block_on(first.world.person_store_only().commit(delete, Durability::Strict)).unwrap();
    let mut pair = Pair::connect(first, keeper(20_000));
    let ledger = pair.let_in();
    assert_eq!(pair.faults, []);
    pair.benches[1].ask(Command::OpenLedger { ledger }).unwrap();
    assert_eq!(pair.benches[1].count_found("weight"), 60);
    assert_eq!(state(&mut pair.benches[0]), state(&mut pair.benches[1]));
    assert!(pair.benches[1].verify().problems_total > 0);
}

/// A backup holds what its words can bring back, and says what it leaves out.
#[test]
fn a_backup_leaves_out_records_of_others_and_comes_back_all_the_same() {
    let (pair, _) = joined();
    let [_, mut other] = pair.part();
    assert!(matches!(other.ask(Command::Backup), Err(Fault::NotNow(_))), "there is nothing of its own");
    let mut bench = Bench::start(World::seeded(50_000));
    bench.ask(Command::CreatePerson { passphrase: Secret(PASSPHRASE.into()), words: None }).unwrap();
    let Reply::RecoveryWords(words) = bench.ask(Command::RecoveryWords).unwrap() else { panic!() };
    bench.ask(Command::CheckRecovery { words: words.clone() }).unwrap();
    bench.ask(Command::CreateLedger { subject: Person::default() }).unwrap();
    let mut first = keeper_with_record(10_000);
    bring_in(&mut first, 0..3);
    let mut pair = Pair::connect(first, bench);
    pair.let_in();
    let [_, mut bench] = pair.part();
    assert_eq!(bench.ledgers().len(), 2);
    let Reply::Started(job) = bench.ask(Command::Backup).unwrap() else { panic!() };
    let JobState::Finished(JobResult::BackedUp { records, others, .. }) = bench.finish(job) else { panic!() };
    assert_eq!((records, others), (1, 1));
    let file = backup(&mut bench);
    assert_eq!(restore(&mut newcomer(60_000, &words), &file, &words).unwrap(), 1);
}

#[test]
fn without_a_recovery_card_nobody_is_let_in() {
    let mut one = Bench::start(World::seeded(10_000));
    one.ask(Command::CreatePerson { passphrase: Secret(PASSPHRASE.into()), words: None }).unwrap();
    one.ask(Command::CreateLedger { subject: Person::default() }).unwrap();
    let mut pair = Pair::connect(one, keeper(20_000));
    for at in 0..2 {
        let link = pair.links[at];
        pair.ask(at, Command::SayCode { link, same: true }).unwrap();
    }
    let [first, second] = pair.links;
    pair.ask(1, Command::AskToJoin { link: second, name: String::new() }).unwrap();
    assert!(matches!(pair.ask(0, let_in(first)), Err(Fault::NotNow(_))));
}

/// A frame that is changed on its way ends the connection; nothing of it has an effect, and the next one goes on.
#[test]
fn whoever_changes_what_goes_over_only_ends_the_connection() {
    let (mut pair, _) = joined();
    bring_in(&mut pair.benches[0], 600..603);
    pollster::block_on(pair.benches[0].engine.link());
    for event in pair.benches[0].events() {
        let Event::LinkFrames { mut frames, .. } = event else { continue };
        let last = frames.len() - 1;
        frames[last][7] ^= 1;
        let link = pair.links[1];
        let _ = pair.benches[1].ask(Command::LinkFrames { link, frames });
    }
    pair.run();
    assert_eq!(pair.card(1).stage, LinkStage::Over(LinkEnd::Broken));
    assert_eq!(pair.benches[1].verify().problems_total, 0);
    let [one, other] = pair.part();
    let mut pair = Pair::connect(one, other);
    assert_same(&mut pair);
    assert_eq!(pair.benches[1].count_found("weight"), 303);
}

#[test]
fn locking_ends_connections_and_both_stay_whole() {
    let (mut pair, ledger) = joined();
    pair.benches[0].ask(Command::Lock).unwrap();
    let link = pair.links[0];
    let late = pair.benches[0].ask(Command::LinkFrames { link, frames: vec![vec![0; 40]] });
    assert_eq!(late.err(), Some(Fault::Locked));
    pair.benches[0].unlock(PASSPHRASE).unwrap();
    pair.benches[0].ask(Command::OpenLedger { ledger }).unwrap();
    bring_in(&mut pair.benches[1], 800..803);
    let [one, other] = pair.part();
    let mut pair = Pair::connect(one, other);
    assert_same(&mut pair);
}
