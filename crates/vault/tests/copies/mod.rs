//! Copies of a device: a backup that is newer than what is here, and keys that two copies hold.

use chartchain_store::Failure;
use chartchain_vault::protocol::{BlockKind, Command, Fault, Person, Reply, Secret};

use crate::backup::{backup, newcomer, restore};
use crate::bench_person::{Bench, PASSPHRASE, Part, imported};

/// A person with one record, and their words.
fn person() -> (Bench, Secret) {
    let mut bench = Bench::unlocked();
    let Reply::RecoveryWords(words) = bench.ask(Command::RecoveryWords).unwrap() else { panic!() };
    let subject = Person { name: Some("Ida Quill".into()), ..Person::default() };
    bench.ask(Command::CreateLedger { subject }).unwrap();
    add(&mut bench, 0..20);
    (bench, words)
}

/// Measurements with these values.
fn pulses(values: core::ops::Range<u32>) -> String {
    let pulse = |value| {
        format!(
            r#"{{"resourceType":"Observation","status":"final","code":{{"text":"Pulse"}},"valueQuantity":{{"value":{value},"unit":"/min"}}}}"#
        )
    };
    values.map(pulse).collect::<Vec<_>>().join("\n")
}

fn add(bench: &mut Bench, values: core::ops::Range<u32>) {
    let count = values.len();
    let inspection = bench.inspect("a.ndjson", pulses(values).as_bytes()).unwrap();
    assert_eq!(imported(bench.import_all(&inspection)).0 as usize, count);
}

/// The same person as they were, on a device of their own.
fn copy(bench: &Bench, seed: u64) -> Bench {
    let mut copy = copy_locked(bench, seed);
    copy.unlock(PASSPHRASE).unwrap();
    copy
}

fn copy_locked(bench: &Bench, seed: u64) -> Bench {
    Bench::start(bench.world.resume(&bench.world.snapshot(), seed))
}

fn is_retired(bench: &mut Bench) -> bool {
    let Reply::Home(home) = bench.ask(Command::Home).unwrap() else { panic!() };
    home.banner.retired
}

/// Added blocks and renewed keys.
fn merge(bench: &mut Bench, file: &[u8], words: &Secret) -> (u32, u32) {
    bench.ask(Command::BeginRestore { words: words.clone() }).unwrap();
    match bench.ask(Command::RestorePart { bytes: file.to_vec(), last: true }).unwrap() {
        Reply::Restored { added, renewed, left_out: 0, .. } => (added, renewed),
        other => panic!("{other:?}"),
    }
}

fn own_feeds(bench: &mut Bench) -> Vec<String> {
    let blocks = bench.blocks().unwrap().lines;
    blocks.into_iter().filter(|block| block.this_device).map(|block| block.feed).collect()
}

fn entries(bench: &mut Bench) -> u32 {
    bench.ledgers()[0].entries
}

#[test]
fn a_device_that_was_put_back_never_writes_with_its_old_key_again() {
    let (mut bench, words) = person();
    let mut old = copy(&bench, 31);
    add(&mut bench, 20..25);
    let file = backup(&mut bench);
    let before = own_feeds(&mut old)[0].clone();
    let (added, renewed) = merge(&mut old, &file, &words);
    assert!(added > 0 && renewed == 1, "{added} {renewed}");
    assert!(!is_retired(&mut old));
    assert_eq!(entries(&mut old), entries(&mut bench));
    add(&mut old, 30..35);
    assert!(own_feeds(&mut old).iter().all(|feed| *feed != before), "the old key wrote");
    assert_eq!(old.verify().problems, []);
    // All of it holds after a restart, and comes back to the device that was never put back.
    let mut old = Bench::start(old.world.clone());
    old.unlock(PASSPHRASE).unwrap();
    assert_eq!(old.verify().problems, []);
    let newer = backup(&mut old);
    let (added, renewed) = merge(&mut bench, &newer, &words);
    assert!(added >= 2 && renewed == 0, "{added} {renewed}");
    assert_eq!(entries(&mut old), entries(&mut bench));
    assert_eq!(own_feeds(&mut bench)[0], before, "nobody else has its key, so that it goes on");
    assert_eq!(bench.verify().problems, []);
    assert_eq!(merge(&mut bench, &newer, &words), (0, 0), "what is here is not taken in twice");
}

#[test]
fn two_copies_that_both_wrote_lose_nothing_and_the_key_is_retired_on_both() {
    let (mut one, words) = person();
    let mut other = copy(&one, 32);
    add(&mut one, 40..44);
    add(&mut other, 50..54);
    let (of_one, of_other) = (backup(&mut one), backup(&mut other));
    for (bench, file, at) in [(&mut one, &of_other, 60), (&mut other, &of_one, 61)] {
        let (added, renewed) = merge(bench, file, &words);
        assert!(added > 0 && renewed == 1, "{added} {renewed}");
        assert!(!is_retired(bench));
        add(bench, at..at + 1);
        assert!(!bench.blocks().unwrap().forks.is_empty(), "the fork is told");
        assert!(bench.blocks().unwrap().lines.iter().any(|block| block.kind == BlockKind::Control));
    }
    // Each has what both wrote.
    let (of_one, of_other) = (backup(&mut one), backup(&mut other));
    merge(&mut one, &of_other, &words);
    merge(&mut other, &of_one, &words);
    assert_eq!(entries(&mut one), entries(&mut other));
}

#[test]
fn a_copy_that_is_cut_off_before_its_new_key_stays_retired_until_the_words_are_checked() {
    let (mut bench, words) = person();
    let past = copy(&bench, 33).world;
    add(&mut bench, 70..75);
    let file = backup(&mut bench);
    let mut met = false;
    for after in 0..20 {
        let mut old = Bench::start(past.resume(&past.snapshot(), 34 + after));
        old.unlock(PASSPHRASE).unwrap();
        old.world.fail_after(Part::Person, after, Failure::Crash);
        old.ask(Command::BeginRestore { words: words.clone() }).ok();
        let restored = old.ask(Command::RestorePart { bytes: file.clone(), last: true });
        old.world.mend();
        let mut old = Bench::start(old.world.clone());
        old.unlock(PASSPHRASE).unwrap();
        let blocks = old.ledgers()[0].blocks;
        if restored.is_err() && is_retired(&mut old) {
            met = true;
            let inspection = old.inspect("b.ndjson", pulses(80..81).as_bytes()).unwrap();
            let job = old.import_all(&inspection);
            assert!(format!("{job:?}").contains("Retired"), "{job:?}");
            assert_eq!(old.ledgers()[0].blocks, blocks, "it wrote");
            // Also where only the first page of the record was read when the words came.
            old.ask(Command::Home).unwrap();
            old.rest();
            let mut by_words = copy_locked(&old, 90 + after);
            let Reply::People(people) = by_words.ask(Command::ListPeople).unwrap() else { panic!() };
            let (person, passphrase) = (people[0].id.clone(), Secret(PASSPHRASE.into()));
            by_words.ask(Command::UnlockWithWords { person, words: words.clone(), passphrase }).unwrap();
            assert!(!is_retired(&mut by_words));
            assert!(matches!(
                old.ask(Command::CheckRecovery { words: words.clone() }).unwrap(),
                Reply::RecoveryChecked(None)
            ));
            assert!(!is_retired(&mut old));
            assert_eq!(old.verify().problems, []);
        }
    }
    assert!(met, "no failure came between the two");
}

#[test]
fn somebody_elses_backup_does_not_come_in() {
    let (mut bench, _) = person();
    let (mut stranger, others) = crate::backup::person_of(950);
    stranger.ask(Command::CreateLedger { subject: Person::default() }).unwrap();
    let file = backup(&mut stranger);
    let before = bench.world.count_rows();
    assert!(matches!(bench.ask(Command::BeginRestore { words: others }), Err(Fault::WrongWords(_))));
    let Reply::RecoveryWords(own) = bench.ask(Command::RecoveryWords).unwrap() else { panic!() };
    assert!(matches!(restore(&mut bench, &file, &own), Err(Fault::WrongWords(_))));
    assert_eq!((bench.ledgers().len(), bench.world.count_rows()), (1, before));
}

#[test]
fn the_last_backup_is_remembered_and_comes_along() {
    let (mut bench, words) = person();
    let last = |bench: &mut Bench| {
        let Reply::Home(home) = bench.ask(Command::Home).unwrap() else { panic!() };
        home.last_backup_ms
    };
    assert_eq!(last(&mut bench), None);
    let file = backup(&mut bench);
    let made = last(&mut bench);
    assert!(made.is_some());
    let mut other = newcomer(960, &words);
    restore(&mut other, &file, &words).unwrap();
    let ledger = other.ledgers()[0].id.clone();
    other.ask(Command::OpenLedger { ledger }).unwrap();
    assert!(last(&mut other).is_some_and(|ms| Some(ms) <= made));
}
