//! Entries that are erased, and entries that belong to somebody else.

use chartchain_store::{Batch, Durability, Store as _};
use chartchain_vault::protocol::form::{Form, FormDate, Note};
use chartchain_vault::protocol::{
    BlockKind, Command, DraftOf, EntryId, ExportFormat, Fault, JobResult, JobState, LedgerId, Person, Query, Reply,
    Secret,
};

use crate::bench_person::{Bench, PASSPHRASE, World};
use crate::crash::{enter, fail_everywhere};
use crate::files::{bring, draft, file, form_of, keep, page, picture, save};

fn note(text: &str) -> Form {
    Form::Note(Note { title: "Night".into(), text: text.into(), when: FormDate::new("2020-05-04") })
}

fn erase(bench: &mut Bench, entry: &EntryId) -> Result<u32, Fault> {
    match bench.ask(Command::Erase { entry: entry.clone() })? {
        Reply::Erased(versions) => Ok(versions),
        other => panic!("{other:?}"),
    }
}

/// A record with a note of two versions and another one.
fn with_notes() -> (Bench, EntryId, EntryId) {
    let mut bench = Bench::with_ledger(Some("Ida Quill"), Some("1970-05-01"));
    let first = save(&mut bench, note("zebra"), None, None).unwrap();
    let other = save(&mut bench, note("horse"), None, None).unwrap();
    let second = save(&mut bench, note("zebra zebu"), Some(first), None).unwrap();
    (bench, second, other)
}

/// Whatever can be asked of a record whose zebras are erased.
fn is_gone(bench: &mut Bench, case: &str) {
    let query = Query { words: "zebra".into(), include_superseded: true, limit: 9, ..Default::default() };
    let Reply::Timeline(found) = bench.ask(Command::Timeline(query)).unwrap() else { panic!() };
    assert_eq!((found.total, bench.count_found("horse")), (0, 1), "{case}");
    assert_eq!(bench.verify().problems, [], "{case}");
    let out = bench.try_export(ExportFormat::Ndjson, true).unwrap();
    assert!(!out.contains("zebra") && out.contains("horse"), "{case}");
}

#[test]
fn an_erased_entry_is_gone_with_its_versions_and_every_hash_holds() {
    let (mut bench, entry, other) = with_notes();
    let hashes = |bench: &mut Bench| -> Vec<String> {
        bench.blocks().unwrap().lines.into_iter().rev().map(|line| line.hash).collect()
    };
    let before = hashes(&mut bench);
    let of = DraftOf::Amends(entry.clone());
    keep(&mut bench, &of, b"zebra", None).unwrap();
    let aside = DraftOf::Aside(Box::new(of.clone()));
    keep(&mut bench, &aside, b"zebra, or not", None).unwrap();
    assert_eq!(erase(&mut bench, &entry), Ok(2));
    assert!(hashes(&mut bench).starts_with(&before));
    assert_eq!(erase(&mut bench, &entry), Err(Fault::NotFound));
    assert_eq!((draft(&mut bench, &of), draft(&mut bench, &aside)), (None, None));
    is_gone(&mut bench, "at once");
    let kinds: Vec<BlockKind> = bench.blocks().unwrap().lines.iter().map(|line| line.kind).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == BlockKind::Erased).count(), 2);
    assert_eq!(kinds[0], BlockKind::Erase);
    // What was left is written on, and everything is so after a restart too.
    save(&mut bench, note("horse again"), Some(other), None).unwrap();
    let mut bench = Bench::start(bench.world.clone());
    bench.unlock(PASSPHRASE).unwrap();
    is_gone(&mut bench, "after a restart");
}

#[test]
fn the_file_of_an_erased_document_is_gone_and_takes_no_room() {
    let mut bench = Bench::with_ledger(None, None);
    let stored = |bench: &Bench| -> usize { bench.world.person_rows().values().map(Vec::len).sum() };
    let before = stored(&bench);
    let card = bring(&mut bench, &picture(2_000_000)).unwrap();
    let entry = save(&mut bench, form_of(&card, "Scan"), None, None).unwrap();
    assert!(stored(&bench) > before + 2_000_000);
    let second = save(&mut bench, form_of(&card, "Scan of a hand"), Some(entry), None).unwrap();
    assert_eq!(erase(&mut bench, &second), Ok(2));
    assert!(stored(&bench) < before + 30_000, "{} {}", stored(&bench), before);
    assert_eq!(file(&mut bench, &second, 0), Err(Fault::NotFound));
    assert_eq!(bench.verify().problems, []);
}

#[test]
fn erasing_is_done_or_not_whatever_fails_and_is_never_half() {
    let (bench, entry, _) = with_notes();
    let (world, past): (World, _) = (bench.world.clone(), bench.world.snapshot());
    drop(bench);
    let act = |bench: &mut Bench| erase(bench, &entry).map(|_| ());
    fail_everywhere(Some((&world, &past)), act, |bench, acknowledged, case| {
        enter(bench, case);
        if bench.count_found("zebra") == 1 {
            assert!(!acknowledged, "{case}");
            assert_eq!(bench.verify().problems, [], "{case}");
            act(bench).unwrap();
        }
        is_gone(bench, case);
    });
}

fn backup(bench: &mut Bench) -> Vec<u8> {
    let Reply::Started(job) = bench.ask(Command::Backup).unwrap() else { panic!() };
    let JobState::Finished(JobResult::BackedUp { .. }) = bench.finish(job) else { panic!() };
    let mut bytes = Vec::new();
    loop {
        let Reply::Part(part) = bench.ask(Command::ExportPart { job, offset: bytes.len() as u64 }).unwrap() else {
            panic!()
        };
        if part.is_empty() {
            return bytes;
        }
        bytes.extend(part);
    }
}

fn restore(bench: &mut Bench, words: &Secret, file: &[u8]) -> Reply {
    bench.ask(Command::BeginRestore { words: words.clone() }).unwrap();
    let parts: Vec<&[u8]> = file.chunks(1024 * 1024).collect();
    let mut last = Reply::Done;
    for (number, part) in parts.iter().enumerate() {
        last = bench.ask(Command::RestorePart { bytes: part.to_vec(), last: number + 1 == parts.len() }).unwrap();
    }
    last
}

#[test]
fn an_older_backup_brings_nothing_back_and_a_newer_one_holds() {
    let (mut bench, entry, _) = with_notes();
    let Reply::RecoveryWords(words) = bench.ask(Command::RecoveryWords).unwrap() else { panic!() };
    let before = backup(&mut bench);
    let past = bench.world.snapshot();
    erase(&mut bench, &entry).unwrap();
    restore(&mut bench, &words, &before);
    is_gone(&mut bench, "older backup");
    let after = backup(&mut bench);
    // A copy of this device that did not know yet obeys what the backup says.
    let mut copy = Bench::start(bench.world.resume(&past, 1));
    copy.unlock(PASSPHRASE).unwrap();
    assert_eq!(copy.count_found("zebra"), 1);
    restore(&mut copy, &words, &after);
    is_gone(&mut copy, "copy");
    let mut other = Bench::start(World::seeded(3));
    other.ask(Command::CreatePerson { passphrase: Secret(PASSPHRASE.into()), words: Some(words.clone()) }).unwrap();
    let Reply::Restored { ledgers, left_out, .. } = restore(&mut other, &words, &after) else { panic!() };
    assert_eq!(left_out, 0);
    other.ask(Command::OpenLedger { ledger: ledgers[0].id.clone() }).unwrap();
    is_gone(&mut other, "newer backup");
}

#[test]
fn a_row_that_comes_back_is_passed_over_noticed_and_erased_again() {
    let (mut bench, entry, _) = with_notes();
    let first = bench.world.person_rows();
    save(&mut bench, note("a mule"), None, None).unwrap();
    let second = bench.world.person_rows();
    erase(&mut bench, &entry).unwrap();
    // Rows that writing leaves as they are: blocks, and pages of the index.
    let third = bench.world.person_rows();
    let mut batch = Batch::new();
    for (key, value) in first.into_iter().filter(|(key, value)| second.get(key) == Some(value)) {
        if third.get(&key).is_some_and(|now| *now != value) {
            batch.put(key, value);
        }
    }
    let store = bench.world.person_store_only();
    pollster::block_on(store.commit(batch, Durability::Strict)).unwrap();
    let mut bench = Bench::start(bench.world.clone());
    bench.unlock(PASSPHRASE).unwrap();
    assert_eq!(bench.count_found("zebra"), 0);
    let verdict = bench.verify();
    assert!(verdict.problems_total > 0, "{verdict:?}");
    is_gone(&mut bench, "erased again");
}

fn two_ledgers() -> (Bench, LedgerId, LedgerId) {
    let mut bench = Bench::with_ledger(Some("Ida Quill"), Some("1970-05-01"));
    let ida = bench.ledgers()[0].id.clone();
    let subject = Person { name: Some("Ben Quill".into()), ..Person::default() };
    let Reply::Opened(ben) = bench.ask(Command::CreateLedger { subject }).unwrap() else { panic!() };
    bench.ask(Command::OpenLedger { ledger: ida.clone() }).unwrap();
    (bench, ida, ben.id)
}

#[test]
fn what_belongs_to_somebody_else_is_in_their_record_and_withdrawn_here() {
    let (mut bench, ida, ben) = two_ledgers();
    let card = bring(&mut bench, &picture(1_100_000)).unwrap();
    let entry = save(&mut bench, form_of(&card, "Scan"), None, None).unwrap();
    let to = ben.clone();
    assert!(matches!(bench.ask(Command::MoveEntry { entry: entry.clone(), to: ida.clone() }), Err(Fault::NotFound)));
    let Reply::Saved(here) = bench.ask(Command::MoveEntry { entry, to }).unwrap() else { panic!() };
    assert!(page(&mut bench, &here).line.wrong);
    assert_eq!(bench.count_found("scan"), 0);
    bench.ask(Command::OpenLedger { ledger: ben }).unwrap();
    let Reply::Timeline(found) =
        bench.ask(Command::Timeline(Query { words: "scan".into(), limit: 9, ..Default::default() })).unwrap()
    else {
        panic!()
    };
    assert_eq!(found.total, 1);
    let there = page(&mut bench, &found.lines[0].entry);
    assert_eq!(there.links.len(), 1, "it is about the person of that record");
    assert!(there.line.entered_by_you && file(&mut bench, &there.line.entry, 0).unwrap() == picture(1_100_000));
    assert_eq!(bench.verify().problems, []);
}

#[test]
fn a_move_that_fails_anywhere_leaves_the_entry_somewhere_and_can_be_done_again() {
    let (mut bench, ida, ben) = two_ledgers();
    let entry = save(&mut bench, note("zebra"), None, None).unwrap();
    let (world, past) = (bench.world.clone(), bench.world.snapshot());
    drop(bench);
    let act = |bench: &mut Bench| {
        bench.ask(Command::OpenLedger { ledger: ida.clone() })?;
        bench.ask(Command::MoveEntry { entry: entry.clone(), to: ben.clone() }).map(|_| ())
    };
    fail_everywhere(Some((&world, &past)), act, |bench, acknowledged, case| {
        enter(bench, case);
        let count = |bench: &mut Bench, ledger: &LedgerId| {
            bench.ask(Command::OpenLedger { ledger: ledger.clone() }).unwrap();
            assert_eq!(bench.verify().problems, [], "{case}");
            bench.count_found("zebra")
        };
        let (here, there) = (count(bench, &ida), count(bench, &ben));
        assert!(here + there >= 1 && (!acknowledged || here == 0), "{case}: {here} {there}");
        if here == 1 {
            act(bench).unwrap();
        }
        assert_eq!((count(bench, &ida), count(bench, &ben)), (0, 1), "{case}");
    });
}

#[test]
fn what_a_copy_wrote_since_comes_in_beside_what_is_erased() {
    let (mut bench, entry, other) = with_notes();
    let Reply::RecoveryWords(words) = bench.ask(Command::RecoveryWords).unwrap() else { panic!() };
    erase(&mut bench, &entry).unwrap();
    let mut copy = Bench::start(bench.world.resume(&bench.world.snapshot(), 1));
    copy.unlock(PASSPHRASE).unwrap();
    // Nothing of this is erased.
    save(&mut copy, note("a mule"), None, None).unwrap();
    restore(&mut bench, &words, &backup(&mut copy));
    assert_eq!(bench.count_found("mule"), 1);
    is_gone(&mut bench, "beside an erased entry");
    // And of this something is: both come in together.
    let gone = save(&mut copy, note("horse, grey"), Some(other), None).unwrap();
    save(&mut copy, note("a horse of somebody else"), None, None).unwrap();
    erase(&mut copy, &gone).unwrap();
    restore(&mut bench, &words, &backup(&mut copy));
    assert_eq!((bench.count_found("mule"), bench.count_found("grey")), (1, 0));
    is_gone(&mut bench, "after an erasure that came in");
    let mut bench = Bench::start(bench.world.clone());
    bench.unlock(PASSPHRASE).unwrap();
    is_gone(&mut bench, "after a restart");
}
