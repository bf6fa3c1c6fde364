//! Backups: everything comes back on another device with the words, and nothing half.

use chartchain_store::Failure;
use chartchain_vault::protocol::{
    BlockKind, Command, ExportFormat, Fault, JobResult, JobState, Person, Reply, Secret, WordsProblem,
};

use crate::bench_person::{Bench, PASSPHRASE, Part, World, imported};
use crate::crash::record;

/// A person with two records, one of them with entries, and their words.
pub fn person() -> (Bench, Secret) {
    let mut bench = Bench::unlocked();
    let Reply::RecoveryWords(words) = bench.ask(Command::RecoveryWords).unwrap() else { panic!() };
    for name in ["Ida Quill", "Tom Quill"] {
        let subject = Person { name: Some(name.into()), ..Person::default() };
        bench.ask(Command::CreateLedger { subject }).unwrap();
    }
    let inspection = bench.inspect("a.ndjson", record(600, 2).as_bytes()).unwrap();
    imported(bench.import_all(&inspection));
    (bench, words)
}

pub fn backup(bench: &mut Bench) -> Vec<u8> {
    let Reply::Started(job) = bench.ask(Command::Backup).unwrap() else { panic!() };
    let JobState::Finished(JobResult::BackedUp { bytes, name, .. }) = bench.finish(job) else { panic!() };
    assert!(name.ends_with(".backup"));
    let mut file = Vec::new();
    loop {
        let part = Command::ExportPart { job, offset: file.len() as u64 };
        let Reply::Part(part) = bench.ask(part).unwrap() else { panic!() };
        if part.is_empty() {
            break;
        }
        file.extend(part);
    }
    assert_eq!(file.len() as u64, bytes);
    file
}

pub fn newcomer(seed: u64, words: &Secret) -> Bench {
    let mut bench = Bench::start(World::seeded(seed));
    let passphrase = Secret(PASSPHRASE.into());
    bench.ask(Command::CreatePerson { passphrase, words: Some(words.clone()) }).unwrap();
    bench
}

pub fn restore(bench: &mut Bench, file: &[u8], words: &Secret) -> Result<usize, Fault> {
    bench.ask(Command::BeginRestore { words: words.clone() })?;
    let parts: Vec<&[u8]> = file.chunks(100_000).collect();
    for (number, bytes) in parts.iter().enumerate() {
        let last = number + 1 == parts.len();
        match bench.ask(Command::RestorePart { bytes: bytes.to_vec(), last })? {
            Reply::Restored { ledgers, .. } if last => return Ok(ledgers.len()),
            Reply::Done if !last => {}
            other => panic!("{other:?}"),
        }
    }
    panic!("an empty file")
}

#[test]
fn a_lost_device_is_replaced_by_a_backup_and_the_words() {
    let (mut lost, words) = person();
    let expected = lost.try_export(ExportFormat::Bundle, true).unwrap();
    let file = backup(&mut lost);
    let Reply::RecoveryChecked(checked) =
        lost.ask(Command::CheckBackup { head: file[..8192].to_vec(), words: words.clone() }).unwrap()
    else {
        panic!()
    };
    assert_eq!(checked, None);
    let mut bench = newcomer(700, &words);
    assert_eq!(restore(&mut bench, &file, &words).unwrap(), 2);
    let cards = bench.ledgers();
    let tom = cards.iter().find(|card| card.entries > 1).unwrap().clone();
    bench.ask(Command::OpenLedger { ledger: tom.id.clone() }).unwrap();
    let start = |text: &str| text[text.find("\"entry\"").unwrap()..].to_owned();
    assert_eq!(start(&bench.try_export(ExportFormat::Bundle, true).unwrap()), start(&expected));
    assert_eq!(bench.verify().problems, []);
    // The old key is not used again: what is written from now on is in another feed.
    let blocks = bench.blocks().unwrap();
    assert_eq!(blocks.lines[0].kind, BlockKind::Control);
    let inspection = bench.inspect("b.ndjson", record(30, 9).as_bytes()).unwrap();
    imported(bench.import_all(&inspection));
    let written = bench.blocks().unwrap().lines;
    let own: Vec<_> = written.iter().filter(|block| block.this_device).collect();
    assert!(own.last().unwrap().seq == 0 && own.iter().all(|block| block.feed != blocks.lines.last().unwrap().feed));
    assert_eq!(bench.verify().problems, []);
    // All of it is there after a restart, and the words are the person's.
    let mut bench = Bench::start(bench.world.clone());
    bench.unlock(PASSPHRASE).unwrap();
    bench.ask(Command::OpenLedger { ledger: tom.id }).unwrap();
    assert_eq!(bench.verify().problems, []);
    assert!(matches!(
        bench.ask(Command::CheckRecovery { words: words.clone() }).unwrap(),
        Reply::RecoveryChecked(None)
    ));
    bench.ask(Command::CreateLedger { subject: Person::default() }).unwrap();
    // A backup of what was restored can be restored.
    let second = backup(&mut bench);
    assert_eq!(restore(&mut newcomer(701, &words), &second, &words).unwrap(), 3);
}

#[test]
fn what_is_there_already_is_passed_over() {
    let (mut bench, words) = person();
    let file = backup(&mut bench);
    let before = bench.ledgers();
    assert_eq!(restore(&mut bench, &file, &words).unwrap(), 2);
    assert_eq!(bench.ledgers(), before);
}

#[test]
fn half_a_backup_a_damaged_one_and_wrong_words_leave_nothing() {
    let (mut lost, words) = person();
    let file = backup(&mut lost);
    let mut bench = newcomer(702, &words);
    let empty = bench.world.count_rows();
    for length in [0, 10, 1000, 5000, file.len() / 2, file.len() - 1] {
        if length > 0 {
            assert_eq!(restore(&mut bench, &file[..length], &words), Err(Fault::FileDamaged), "{length}");
        }
        assert_eq!((bench.ledgers().len(), bench.world.count_rows()), (0, empty), "{length}");
    }
    for at in (0..file.len()).step_by(file.len() / 40) {
        let mut changed = file.clone();
        changed[at] ^= 4;
        assert!(restore(&mut bench, &changed, &words).is_err(), "byte {at}");
        assert_eq!((bench.ledgers().len(), bench.world.count_rows()), (0, empty), "byte {at}");
    }
    let (_, others) = person_of(900);
    let wrong = Fault::WrongWords(WordsProblem::OthersWords);
    assert_eq!(restore(&mut bench, &file, &others).err(), Some(wrong));
    let mut slip: Vec<&str> = words.0.split(' ').collect();
    let meant = slip[8].to_owned();
    slip[8] = if meant == "zoo" { "abandon" } else { "zoo" };
    let head = file[..8192].to_vec();
    let Reply::RecoveryChecked(problem) =
        bench.ask(Command::CheckBackup { head, words: Secret(slip.join(" ")) }).unwrap()
    else {
        panic!()
    };
    assert_eq!(problem, Some(WordsProblem::Word { place: 9, meant }));
    assert_eq!(restore(&mut bench, &file, &words).unwrap(), 2, "after all of this the right one still comes in");
}

pub fn person_of(seed: u64) -> (Bench, Secret) {
    let mut bench = Bench::start(World::seeded(seed));
    bench.ask(Command::CreatePerson { passphrase: Secret(PASSPHRASE.into()), words: None }).unwrap();
    let Reply::RecoveryWords(words) = bench.ask(Command::RecoveryWords).unwrap() else { panic!() };
    (bench, words)
}

#[test]
fn a_restore_that_is_killed_or_has_no_room_leaves_nothing_and_can_be_repeated() {
    let (mut lost, words) = person();
    let file = backup(&mut lost);
    for after in 0..14 {
        for failure in [Failure::Crash, Failure::Full] {
            let mut bench = newcomer(1000 + after, &words);
            let empty = bench.world.count_rows();
            bench.world.fail_after(Part::Person, after, failure);
            let result = restore(&mut bench, &file, &words);
            bench.world.mend();
            let case = format!("{failure:?} after {after}: {result:?}");
            let mut bench = Bench::start(bench.world.clone());
            bench.unlock(PASSPHRASE).unwrap_or_else(|fault| panic!("{case}: {fault}"));
            if result.is_err() && bench.ledgers().is_empty() {
                assert_eq!(bench.world.count_rows(), empty, "{case}");
                assert_eq!(restore(&mut bench, &file, &words).unwrap(), 2, "{case}");
            }
            assert_eq!(bench.ledgers().len(), 2, "{case}");
        }
    }
}
