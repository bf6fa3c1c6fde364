//! What opens a person's lock, and what happens at the door when there is no room.

use chartchain_store::Failure;
use chartchain_vault::protocol::{Command, ExportFormat, Fault, PersonId, Reply, Secret, WordsProblem};

use crate::bench_person::{Bench, PASSPHRASE, Part};

const OTHER: &str = "another horse battery";

fn only(bench: &mut Bench) -> PersonId {
    let Reply::People(people) = bench.ask(Command::ListPeople).unwrap() else { panic!() };
    people[0].id.clone()
}

fn words(bench: &mut Bench) -> Vec<String> {
    let Reply::RecoveryWords(words) = bench.ask(Command::RecoveryWords).unwrap() else { panic!() };
    words.0.split(' ').map(str::to_owned).collect()
}

fn with_words(bench: &mut Bench, words: &[String], passphrase: &str) -> Result<Reply, Fault> {
    let person = only(bench);
    let (words, passphrase) = (Secret(words.join(" ")), Secret(passphrase.into()));
    bench.ask(Command::UnlockWithWords { person, words, passphrase })
}

#[test]
fn a_forgotten_passphrase_is_replaced_with_the_recovery_words() {
    let mut bench = Bench::with_ledger(Some("Ida Quill"), None);
    let words = words(&mut bench);
    bench.ask(Command::CheckRecovery { words: Secret(words.join(" ")) }).unwrap();
    let mut bench = Bench::start(bench.world.clone());
    assert_eq!(with_words(&mut bench, &words, "short").err(), Some(Fault::PassphraseTooShort));
    let Reply::Unlocked { ledgers, .. } = with_words(&mut bench, &words, OTHER).unwrap() else { panic!() };
    assert_eq!(ledgers[0].subject.name.as_deref(), Some("Ida Quill"));
    bench.ask(Command::Lock).unwrap();
    assert_eq!(bench.unlock(PASSPHRASE).err(), Some(Fault::WrongPassphrase));
    bench.unlock(OTHER).unwrap();
    assert_eq!(bench.verify().problems, []);
}

#[test]
fn wrong_words_are_told_with_what_could_be_meant_and_open_nothing() {
    let mut bench = Bench::with_ledger(None, None);
    let right = words(&mut bench);
    bench.ask(Command::Lock).unwrap();
    let mut slip = right.clone();
    slip[16] = "zebra".into();
    let meant = WordsProblem::Word { place: 17, meant: right[16].clone() };
    let mut swapped = right.clone();
    swapped.swap(0, 1);
    let mut others = right.clone();
    others.rotate_left(5);
    let mut unknown = right.clone();
    (unknown[2], unknown[3]) = ("qqq".into(), "xxx".into());
    for (given, problem) in [
        (slip.as_slice(), meant),
        (&swapped, WordsProblem::Swapped { first: 1, second: 2 }),
        (&others, WordsProblem::OthersWords),
        (&unknown, WordsProblem::Unknown(vec![3, 4])),
        (&right[1..], WordsProblem::Count(23)),
    ] {
        assert_eq!(with_words(&mut bench, given, OTHER).err(), Some(Fault::WrongWords(problem)));
    }
    assert_eq!(bench.ask(Command::Home).err(), Some(Fault::Locked));
    bench.unlock(PASSPHRASE).unwrap();
}

#[test]
fn a_passphrase_is_changed_only_with_the_old_one() {
    let mut bench = Bench::with_ledger(None, None);
    let change = |old: &str, new: &str| Command::ChangePassphrase { old: Secret(old.into()), new: Secret(new.into()) };
    assert_eq!(bench.ask(change("not the old one", OTHER)).err(), Some(Fault::WrongPassphrase));
    assert_eq!(bench.ask(change(PASSPHRASE, "short")).err(), Some(Fault::PassphraseTooShort));
    bench.ask(change(PASSPHRASE, OTHER)).unwrap();
    bench.ask(Command::Lock).unwrap();
    assert_eq!(bench.unlock(PASSPHRASE).err(), Some(Fault::WrongPassphrase));
    bench.unlock(OTHER).unwrap();
}

#[test]
fn words_can_be_checked_again_as_a_drill() {
    let mut bench = Bench::with_ledger(None, None);
    let right = words(&mut bench);
    let check = |words: &[String]| Command::CheckRecovery { words: Secret(words.join(" ")) };
    for _ in 0..2 {
        assert!(matches!(bench.ask(check(&right)).unwrap(), Reply::RecoveryChecked(None)));
    }
    let mut wrong = right.clone();
    wrong[3] = "zebra".into();
    let Reply::RecoveryChecked(Some(problem)) = bench.ask(check(&wrong)).unwrap() else { panic!() };
    assert_eq!(problem, WordsProblem::Word { place: 4, meant: right[3].clone() });
}

#[test]
fn on_a_full_device_people_come_in_and_read() {
    let mut bench = Bench::with_ledger(Some("Ida Quill"), None);
    let old = bench.world.clone();
    bench.world.fail_after(Part::Person, 0, Failure::Full);
    let mut second = Bench::start(bench.world.clone());
    second.unlock(PASSPHRASE).unwrap();
    assert_eq!(second.count_found("quill"), 0, "people are found only where they are asked for");
    assert_eq!(second.export(ExportFormat::Ndjson).lines().count(), 1);
    assert_eq!(second.verify().problems, []);
    let create = || Command::CreateLedger { subject: Default::default() };
    assert_eq!(second.ask(create()).err(), Some(Fault::StorageFull));
    old.mend();
    // Whoever could write until now may have written: everything is read anew before anything is added.
    bench.ask(create()).unwrap();
    second.ask(create()).unwrap();
    assert_eq!(second.ledgers().len(), 3);
    // So it is for whoever wrote before.
    bench.ask(create()).unwrap();
    assert_eq!(bench.ledgers().len(), 4);
}
