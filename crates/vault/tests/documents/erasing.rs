//! What a note said is erased, with the note or without it, on every device, and never half.

use chartchain_vault::protocol::docs::{DocumentName, Version};
use chartchain_vault::protocol::{BlockKind, Command, Fault, Reply};

use super::{edit, fill, give, home, note, page, plan, problems, read, task, writer, written};
use crate::backup::{backup, newcomer, restore};
use crate::bench_person::{Bench, PASSPHRASE};
use crate::crash::{enter, fail_everywhere};

fn kinds(bench: &mut Bench) -> Vec<BlockKind> {
    bench.blocks().unwrap().lines.iter().map(|line| line.kind).collect()
}

fn notes(bench: &mut Bench) -> usize {
    let Reply::Notes(notes) = bench.ask(Command::Notes).unwrap() else { panic!() };
    notes.notes.len()
}

fn stored(bench: &Bench) -> usize {
    bench.world.person_rows().values().map(Vec::len).sum()
}

/// Text that no compression makes small.
fn noise(length: usize) -> String {
    let mut state = 7u64;
    let letter = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b'a' + u8::try_from((state >> 33) % 26).unwrap())
    };
    (0..length).map(letter).collect()
}

fn forget(bench: &mut Bench, name: DocumentName) -> Result<(), Fault> {
    bench.ask(Command::ForgetPast { name }).map(|_| ())
}

fn erase(bench: &mut Bench, name: DocumentName) -> Result<(), Fault> {
    bench.ask(Command::EraseNote { name }).map(|_| ())
}

#[test]
fn the_past_of_a_note_is_gone_and_the_note_says_the_same() {
    let (mut bench, name, _) = writer();
    let before = stored(&bench);
    for text in [noise(40_000), "Hurts.".into()] {
        let seen = note(&mut bench, name).version;
        edit(&mut bench, Some(name), written(seen, &text));
    }
    assert!(stored(&bench) > before + 30_000);
    let founded = page(bench.ask(Command::ForgetPast { name }).unwrap());
    assert_eq!((founded.changes, note(&mut bench, name).text), (1, "Hurts.".into()));
    // The blocks that held it lost their rows, and what stands beside them is small again.
    assert!(stored(&bench) < before + 6_000, "{} {before}", stored(&bench));
    assert_eq!(kinds(&mut bench).iter().filter(|kind| **kind == BlockKind::Erased).count(), 3);
    assert_eq!(problems(&mut bench), 0);
    let mut bench = Bench::start(bench.world.clone());
    bench.unlock(PASSPHRASE).unwrap();
    let seen = note(&mut bench, name).version;
    edit(&mut bench, Some(name), written(seen, "Hurts less."));
    assert_eq!((note(&mut bench, name).text, problems(&mut bench)), ("Hurts less.".into(), 0));
    assert_eq!((home(&mut bench).tasks.len(), plan(&mut bench).len()), (1, 1));
    assert_eq!(forget(&mut bench, DocumentName::note([1; 16])), Err(Fault::NotFound));
}

#[test]
fn the_past_of_the_care_plan_and_of_the_profile_is_gone_too() {
    let (mut bench, _, _) = writer();
    let (said, told) = (plan(&mut bench), read(&mut bench, DocumentName::PROFILE).view);
    for name in [DocumentName::CARE_PLAN, DocumentName::PROFILE] {
        forget(&mut bench, name).unwrap();
        assert_eq!(erase(&mut bench, name), Err(Fault::NotFound));
    }
    assert_eq!((plan(&mut bench), read(&mut bench, DocumentName::PROFILE).view), (said, told));
    assert_eq!(problems(&mut bench), 0);
}

#[test]
fn an_erased_note_is_gone_and_nothing_can_be_written_into_it() {
    let (mut bench, name, _) = writer();
    let seen = note(&mut bench, name).version;
    erase(&mut bench, name).unwrap();
    let gone = |bench: &mut Bench| {
        assert_eq!(notes(bench), 0);
        assert_eq!(bench.ask(Command::Document { name }).err(), Some(Fault::NotFound));
        let edits = written(seen.clone(), "Hurts on stairs. Typed in another tab.");
        assert_eq!(bench.ask(Command::EditDocument { name: Some(name), edits }).err(), Some(Fault::NotFound));
        assert_eq!((plan(bench).len(), problems(bench)), (1, 0));
    };
    gone(&mut bench);
    let mut bench = Bench::start(bench.world.clone());
    bench.unlock(PASSPHRASE).unwrap();
    gone(&mut bench);
}

#[test]
fn erasing_what_a_note_said_is_done_or_not_whatever_fails() {
    let (bench, name, _) = writer();
    let (world, past) = (bench.world.clone(), bench.world.snapshot());
    drop(bench);
    fail_everywhere(
        Some((&world, &past)),
        |bench| forget(bench, name),
        |bench, acknowledged, case| {
            enter(bench, case);
            assert_eq!(note(bench, name).text, "Hurts on stairs.", "{case}");
            let erased = kinds(bench).contains(&BlockKind::Erased);
            assert!(erased || !acknowledged, "{case}");
            assert_eq!(problems(bench), 0, "{case}");
        },
    );
    fail_everywhere(
        Some((&world, &past)),
        |bench| erase(bench, name),
        |bench, acknowledged, case| {
            enter(bench, case);
            let erased = kinds(bench).contains(&BlockKind::Erased);
            assert_eq!(notes(bench), usize::from(!erased), "{case}");
            assert!(erased || !acknowledged, "{case}");
            assert_eq!(problems(bench), 0, "{case}");
        },
    );
}

#[test]
fn another_device_erases_too_and_what_it_wrote_meanwhile_changes_nothing() {
    let (mut phone, name, words) = writer();
    let before = backup(&mut phone);
    let mut laptop = newcomer(7, &words);
    restore(&mut laptop, &before, &words).unwrap();
    laptop.ask(Command::Lock).unwrap();
    laptop.unlock(PASSPHRASE).unwrap();
    give(&mut laptop, &mut phone, 0);
    let seen = note(&mut laptop, name).version;
    edit(&mut laptop, Some(name), written(seen, "Hurts on stairs. On the laptop."));
    edit(&mut laptop, Some(DocumentName::CARE_PLAN), vec![task("Stretch")]);
    erase(&mut phone, name).unwrap();
    give(&mut phone, &mut laptop, 0);
    give(&mut laptop, &mut phone, 0);
    for bench in [&mut phone, &mut laptop] {
        assert_eq!(notes(bench), 0);
        assert_eq!(bench.ask(Command::Document { name }).err(), Some(Fault::NotFound));
        assert!(kinds(bench).contains(&BlockKind::Erased));
        assert_eq!((plan(bench).len(), home(bench).tasks.len(), problems(bench)), (2, 2, 0));
        bench.ask(Command::Lock).unwrap();
        bench.unlock(PASSPHRASE).unwrap();
        assert_eq!((notes(bench), plan(bench).len(), problems(bench)), (0, 2, 0));
    }
    // An older backup brings nothing back.
    restore(&mut phone, &before, &words).unwrap();
    assert_eq!((notes(&mut phone), problems(&mut phone)), (0, 0));
    // Both go on.
    let other = fill(&mut laptop);
    give(&mut laptop, &mut phone, 0);
    assert_eq!(note(&mut phone, other).text, "Hurts on stairs.");
}

#[test]
fn two_devices_that_erase_the_past_apart_agree() {
    let (mut phone, name, words) = writer();
    let file = backup(&mut phone);
    let mut laptop = newcomer(7, &words);
    restore(&mut laptop, &file, &words).unwrap();
    laptop.ask(Command::Lock).unwrap();
    laptop.unlock(PASSPHRASE).unwrap();
    give(&mut laptop, &mut phone, 0);
    for bench in [&mut phone, &mut laptop] {
        forget(bench, name).unwrap();
        edit(bench, Some(name), written(Version::default(), "Hurts on stairs, less."));
    }
    give(&mut phone, &mut laptop, 0);
    give(&mut laptop, &mut phone, 0);
    assert_eq!(read(&mut phone, name).view, read(&mut laptop, name).view);
    assert_eq!(note(&mut phone, name).text, "Hurts on stairs, less.");
    assert_eq!((problems(&mut phone), problems(&mut laptop)), (0, 0));
}
