//! Who belongs to a record: names that travel, removal, stopping at once, the recovery words, houses, witnesses.

use super::*;
use chartchain_vault::protocol::{MemberChange, Members};

pub(super) fn members(bench: &mut Bench) -> Members {
    let Reply::Members(members) = bench.ask(Command::ListDevices).unwrap() else { panic!() };
    *members
}

/// What one device knows of another one, by its name.
pub(super) fn line(bench: &mut Bench, name: &str) -> DeviceLine {
    let devices = members(bench).devices;
    devices.into_iter().find(|line| line.name == name).unwrap_or_else(|| panic!("nobody is called {name}"))
}

pub(super) fn own(bench: &mut Bench) -> DeviceLine {
    members(bench).devices.remove(0)
}

pub(super) fn change(bench: &mut Bench, change: MemberChange, words: Option<&Secret>) -> Result<Members, Fault> {
    match bench.ask(Command::ChangeMembers { change, words: words.cloned() })? {
        Reply::Members(members) => Ok(*members),
        other => panic!("{other:?}"),
    }
}

pub(super) fn remove(lines: &[&DeviceLine]) -> MemberChange {
    MemberChange::Remove { feeds: lines.iter().map(|line| line.feed.clone()).collect() }
}

/// The second device is let in by the first as something under a name.
pub(super) fn let_in_as(one: Bench, other: Bench, role: MemberRole, name: &str) -> [Bench; 2] {
    let mut pair = Pair::connect(one, other);
    for at in 0..2 {
        let link = pair.links[at];
        pair.ask(at, Command::SayCode { link, same: true }).unwrap();
    }
    let [first, second] = pair.links;
    pair.ask(1, Command::AskToJoin { link: second, name: "Whoever".into() }).unwrap();
    pair.ask(0, Command::LetIn { link: first, role, name: name.into() }).unwrap();
    let ledger = pair.card(1).let_in.clone().unwrap();
    pair.ask(1, Command::OpenLedger { ledger }).unwrap();
    assert_eq!(pair.faults, []);
    pair.part()
}

pub(super) fn meet(one: Bench, other: Bench) -> Pair {
    let pair = Pair::connect(one, other);
    assert_eq!(pair.faults, []);
    pair
}

/// A founder with five entries and their recovery words.
pub(super) fn founder() -> (Bench, Secret) {
    let mut first = Bench::start(World::seeded(10_000));
    first.ask(Command::CreatePerson { passphrase: Secret(PASSPHRASE.into()), words: None }).unwrap();
    let Reply::RecoveryWords(words) = first.ask(Command::RecoveryWords).unwrap() else { panic!() };
    first.ask(Command::CheckRecovery { words: words.clone() }).unwrap();
    let subject = Person { name: Some("Ida Quill".into()), ..Person::default() };
    first.ask(Command::CreateLedger { subject }).unwrap();
    bring_in(&mut first, 0..5);
    (first, words)
}

#[test]
fn names_and_roles_travel_with_the_record_and_can_be_changed_by_whoever_decides() {
    let (first, _) = founder();
    let [first, laptop] = let_in_as(first, keeper(20_000), MemberRole::Patient, "Laptop");
    let [first, mut clinic] = let_in_as(first, keeper(30_000), MemberRole::Clinician, "Praxis am Markt");
    let mut pair = meet(first, laptop);
    let seen = line(&mut pair.benches[1], "Praxis am Markt");
    assert_eq!((seen.role, seen.standing), (Some(MemberRole::Clinician), DeviceStanding::Good));
    assert_ne!(seen.house, own(&mut pair.benches[1]).house);
    assert!(members(&mut pair.benches[0]).decides && !members(&mut pair.benches[1]).decides);
    assert_eq!(members(&mut clinic).role, Some(MemberRole::Clinician));
    let named = |name: &str| MemberChange::Name { feed: seen.feed.clone(), name: name.into() };
    assert_eq!(change(&mut pair.benches[1], named("Dr. Ruiz"), None).err(), Some(Fault::NotSteward));
    change(&mut pair.benches[0], named("Dr. Ruiz"), None).unwrap();
    assert!(change(&mut pair.benches[0], named(&"x".repeat(201)), None).is_err());
    pair.run();
    assert_eq!(line(&mut pair.benches[1], "Dr. Ruiz").feed, seen.feed);
    // Whoever has to decide is another one from now on.
    let laptop = own(&mut pair.benches[1]).feed;
    change(&mut pair.benches[0], MemberChange::Steward { feed: laptop }, None).unwrap();
    pair.run();
    assert!(!members(&mut pair.benches[0]).decides && members(&mut pair.benches[1]).decides);
    change(&mut pair.benches[1], named("Dr. Ruiz, 2"), None).unwrap();
    pair.run();
    assert_same(&mut pair);
}

#[test]
fn a_removed_device_gets_nothing_more_and_what_it_writes_later_comes_to_nobody() {
    let (first, _) = founder();
    let [first, laptop] = let_in_as(first, keeper(20_000), MemberRole::Patient, "Laptop");
    let [mut first, mut clinic] = let_in_as(first, keeper(30_000), MemberRole::Clinician, "Clinic");
    bring_in(&mut clinic, 100..103);
    let pair = meet(first, clinic);
    [first, clinic] = pair.part();
    let lost = line(&mut first, "Clinic");
    let after = change(&mut first, remove(&[&lost]), None).unwrap();
    assert_eq!(after.devices.iter().find(|line| line.feed == lost.feed).unwrap().standing, DeviceStanding::Removed);
    bring_in(&mut first, 200..203);
    bring_in(&mut clinic, 300..303);
    let mut pair = meet(first, clinic);
    assert_eq!(pair.card(0).records[0].access, LinkAccess::Refused);
    assert_eq!(pair.card(1).records[0].access, LinkAccess::RefusedThere);
    assert_eq!(pair.benches[0].count_found("weight"), 11);
    assert_eq!(pair.benches[1].count_found("weight"), 11, "what it read stays, what came later does not come");
    // Whoever has not heard of it gives until it has.
    let [first, clinic] = pair.part();
    let pair = meet(first, laptop);
    let [_, laptop] = pair.part();
    let mut pair = meet(laptop, clinic);
    assert_eq!(pair.card(0).records[0].access, LinkAccess::Refused);
    assert_eq!(pair.benches[1].count_found("weight"), 11);
    // It does not remove itself, nobody else does, and nobody brings it back.
    let me = own(&mut pair.benches[0]);
    assert!(matches!(change(&mut pair.benches[0], remove(&[&me]), None), Err(Fault::NotNow(_))));
    assert_eq!(change(&mut pair.benches[0], remove(&[&lost]), None).err(), Some(Fault::NotSteward));
}

#[test]
fn a_removal_in_the_middle_of_a_connection_ends_what_is_given() {
    let (first, _) = founder();
    let [first, laptop] = let_in_as(first, keeper(20_000), MemberRole::Patient, "Laptop");
    let mut pair = meet(first, laptop);
    let lost = line(&mut pair.benches[0], "Laptop");
    change(&mut pair.benches[0], remove(&[&lost]), None).unwrap();
    bring_in(&mut pair.benches[0], 100..110);
    pair.run();
    assert_eq!(pair.card(0).records[0].access, LinkAccess::Refused);
    assert_eq!(pair.benches[1].count_found("weight"), 5);
}

#[test]
fn a_device_of_the_patient_stops_another_at_once_and_whoever_decides_lifts_it() {
    let (first, _) = founder();
    let [first, laptop] = let_in_as(first, keeper(20_000), MemberRole::Patient, "Laptop");
    let [first, clinic] = let_in_as(first, keeper(30_000), MemberRole::Clinician, "Clinic");
    let [mut first, mut laptop] = meet(first, laptop).part();
    let stopped = line(&mut laptop, "Clinic").feed;
    laptop.ask(Command::Suspend { feed: stopped.clone() }).unwrap();
    assert_eq!(line(&mut laptop, "Clinic").standing, DeviceStanding::Suspended);
    let mut pair = meet(laptop, clinic);
    assert_eq!(pair.card(0).records[0].access, LinkAccess::Refused);
    let mine = own(&mut pair.benches[0]).feed;
    assert_eq!(pair.benches[1].ask(Command::Suspend { feed: mine }).err(), Some(Fault::NotSteward));
    let [laptop, clinic] = pair.part();
    bring_in(&mut first, 100..102);
    let [mut first, laptop] = meet(first, laptop).part();
    let pair = meet(first, clinic);
    assert_eq!(pair.card(0).records[0].access, LinkAccess::Refused);
    let [other, clinic] = pair.part();
    first = other;
    let lift = MemberChange::Lift { feed: stopped };
    change(&mut first, lift.clone(), None).unwrap();
    assert_eq!(change(&mut first, lift, None).err(), Some(Fault::NotFound));
    let mut pair = meet(first, clinic);
    assert_same(&mut pair);
    assert_eq!(pair.benches[1].count_found("weight"), 7);
    drop(laptop);
}

#[test]
fn the_words_remove_a_device_that_decides_and_is_lost_from_another_one() {
    let (first, words) = founder();
    let [phone, laptop] = let_in_as(first, keeper(20_000), MemberRole::Patient, "Laptop");
    let [mut phone, mut laptop] = meet(phone, laptop).part();
    let lost = members(&mut laptop).devices.into_iter().find(|line| line.decides).unwrap();
    assert_eq!(change(&mut laptop, remove(&[&lost]), None).err(), Some(Fault::NotSteward));
    let Reply::RecoveryWords(others) = keeper_words() else { panic!() };
    assert!(matches!(change(&mut laptop, remove(&[&lost]), Some(&others)), Err(Fault::WrongWords(_))));
    // The thief lets somebody in meanwhile.
    let [thief_phone, _] = let_in_as(phone, keeper(40_000), MemberRole::Patient, "Thief");
    phone = thief_phone;
    let after = change(&mut laptop, remove(&[&lost]), Some(&words)).unwrap();
    assert!(after.decides);
    assert_eq!(after.devices.iter().find(|line| line.feed == lost.feed).unwrap().standing, DeviceStanding::Removed);
    let pair = meet(laptop, phone);
    assert_eq!(pair.card(0).records[0].access, LinkAccess::Refused);
    let [mut laptop, _] = pair.part();
    assert!(members(&mut laptop).devices.iter().all(|line| line.name != "Thief"));
    // It lets in as the founder did.
    let [mut laptop, tablet] = let_in_as(laptop, keeper(50_000), MemberRole::Delegate, "Tablet");
    bring_in(&mut laptop, 100..101);
    assert_same(&mut meet(laptop, tablet));
}

/// The words of somebody else.
fn keeper_words() -> Reply {
    let mut other = Bench::start(World::seeded(77_000));
    other.ask(Command::CreatePerson { passphrase: Secret(PASSPHRASE.into()), words: None }).unwrap();
    other.ask(Command::RecoveryWords).unwrap()
}

#[test]
fn whom_another_device_has_let_in_is_admitted_by_the_one_that_decides_and_stays_when_that_one_goes() {
    let (first, _) = founder();
    let [mut first, laptop] = let_in_as(first, keeper(20_000), MemberRole::Patient, "Laptop");
    let [laptop, friend] = let_in_as(laptop, keeper(30_000), MemberRole::Delegate, "Friend");
    let mut pair = meet(first, laptop);
    assert_same(&mut pair);
    let [other, laptop] = pair.part();
    first = other;
    let (lost, kept) = (line(&mut first, "Laptop"), line(&mut first, "Friend"));
    assert_eq!(kept.let_in_by.as_deref(), Some(lost.feed.as_str()));
    change(&mut first, remove(&[&lost]), None).unwrap();
    bring_in(&mut first, 100..102);
    let mut pair = meet(first, friend);
    assert_same(&mut pair);
    assert_eq!(pair.benches[1].count_found("weight"), 7);
    drop(laptop);
}

#[test]
fn a_clinic_lets_in_its_own_and_nobody_else() {
    let (first, _) = founder();
    let [first, clinic] = let_in_as(first, keeper(30_000), MemberRole::Clinician, "Clinic");
    let mut pair = Pair::connect(clinic, keeper(40_000));
    for at in 0..2 {
        let link = pair.links[at];
        pair.ask(at, Command::SayCode { link, same: true }).unwrap();
    }
    let [one, other] = pair.links;
    pair.ask(1, Command::AskToJoin { link: other, name: "Nurse".into() }).unwrap();
    for role in [MemberRole::Patient, MemberRole::Delegate, MemberRole::Witness] {
        let refused = pair.ask(0, Command::LetIn { link: one, role, name: "Nurse".into() });
        assert!(matches!(refused, Err(Fault::NotNow(_))), "{refused:?}");
    }
    pair.ask(0, Command::LetIn { link: one, role: MemberRole::Clinician, name: "Nurse".into() }).unwrap();
    let ledger = pair.card(1).let_in.clone().unwrap();
    pair.ask(1, Command::OpenLedger { ledger }).unwrap();
    let [mut clinic, nurse] = pair.part();
    assert_eq!(line(&mut clinic, "Nurse").house, own(&mut clinic).house);
    let mut pair = meet(nurse, first);
    assert_same(&mut pair);
    assert_eq!(line(&mut pair.benches[1], "Nurse").role, Some(MemberRole::Clinician));
}

#[test]
fn a_witness_holds_every_header_and_reads_nothing() {
    let (first, _) = founder();
    let [mut first, witness] = let_in_as(first, keeper(30_000), MemberRole::Witness, "Witness");
    bring_in(&mut first, 100..104);
    let mut pair = meet(first, witness);
    assert_eq!(state(&mut pair.benches[0]), state(&mut pair.benches[1]));
    assert!(pair.card(0).records[0].same);
    assert_eq!(copies(&mut pair.benches[0]), 1, "who reads nothing holds no copy");
    assert_eq!(pair.benches[1].count_found("weight"), 0);
    let rows: usize = pair.benches[1].world.person_rows().values().map(Vec::len).sum();
    let whole: usize = pair.benches[0].world.person_rows().values().map(Vec::len).sum();
    assert!(rows < whole, "{rows} {whole}");
    // Nobody gets what it has in place of what it lacks.
    let [mut first, witness] = pair.part();
    let [other, laptop] = let_in_as(first, keeper(20_000), MemberRole::Patient, "Laptop");
    first = other;
    bring_in(&mut first, 200..203);
    let [first, witness] = meet(first, witness).part();
    let [laptop, _] = meet(laptop, witness).part();
    let mut pair = meet(first, laptop);
    assert_same(&mut pair);
    assert_eq!(copies(&mut pair.benches[0]), 2);
    assert_eq!(pair.benches[1].count_found("weight"), 12);
}
