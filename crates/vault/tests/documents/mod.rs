//! Profile, care plan and notes: written in blocks, opened from snapshots, the same on two devices, and made anew.

mod erasing;

use chartchain_store::{Batch, Durability, Failure, Store as _};
use chartchain_vault::protocol::docs::{
    Day, DocumentName, Edit, Note, ProfileField, Repeat, Schedule, Task, TaskDraft, TaskStatus, Version, View,
};
use chartchain_vault::protocol::{
    Command, DocumentPage, Event, ExportFormat, Fault, Home, JobResult, JobState, Reply, Secret,
};

use crate::backup::{backup, newcomer, restore};
use crate::bench_person::{Bench, PASSPHRASE, Part};

fn page(reply: Reply) -> DocumentPage {
    let Reply::Document(page) = reply else { panic!("{reply:?}") };
    *page
}

fn edit(bench: &mut Bench, name: Option<DocumentName>, edits: Vec<Edit>) -> DocumentPage {
    page(bench.ask(Command::EditDocument { name, edits }).unwrap())
}

fn read(bench: &mut Bench, name: DocumentName) -> DocumentPage {
    page(bench.ask(Command::Document { name }).unwrap())
}

fn plan(bench: &mut Bench) -> Vec<Task> {
    let View::CarePlan(plan) = read(bench, DocumentName::CARE_PLAN).view else { panic!() };
    plan.tasks
}

fn note(bench: &mut Bench, name: DocumentName) -> Note {
    let View::Note(note) = read(bench, name).view else { panic!() };
    note
}

/// The first page, once what it shows of documents was merged.
fn home(bench: &mut Bench) -> Home {
    bench.ask(Command::Home).unwrap();
    bench.rest();
    let Reply::Home(home) = bench.ask(Command::Home).unwrap() else { panic!() };
    *home
}

fn task(title: &str) -> Edit {
    let schedule = Schedule { due: Day::from_iso("2026-11-28"), repeat: Repeat::Days(1) };
    Edit::AddTask(TaskDraft { title: title.into(), detail: "slowly".into(), schedule })
}

fn written(seen: Version, text: &str) -> Vec<Edit> {
    vec![Edit::WriteNote { seen, title: "Knee".into(), text: text.into() }]
}

fn problems(bench: &mut Bench) -> u32 {
    match bench.job(Command::Verify) {
        JobState::Finished(JobResult::Verified(verdict)) => verdict.problems_total,
        other => panic!("{other:?}"),
    }
}

/// Hands over what the other lacks, in order.
fn give(from: &mut Bench, to: &mut Bench, start: u32) {
    for number in start.. {
        let Some((header, body)) = pollster::block_on(from.engine.give_block(number)).unwrap() else { break };
        pollster::block_on(to.engine.take_block(&header, &body)).unwrap();
    }
}

/// A person with a filled care plan, profile and note.
fn writer() -> (Bench, DocumentName, Secret) {
    let mut bench = Bench::unlocked();
    let Reply::RecoveryWords(words) = bench.ask(Command::RecoveryWords).unwrap() else { panic!() };
    let subject = chartchain_vault::protocol::Person { name: Some("Ida Quill".into()), ..Default::default() };
    bench.ask(Command::CreateLedger { subject }).unwrap();
    let name = fill(&mut bench);
    (bench, name, words)
}

fn fill(bench: &mut Bench) -> DocumentName {
    edit(bench, Some(DocumentName::CARE_PLAN), vec![task("Walk 20 minutes")]);
    edit(bench, Some(DocumentName::PROFILE), vec![Edit::SetProfile(ProfileField::PreferredName, "Idi".into())]);
    edit(bench, None, written(Version::default(), "Hurts on stairs.")).name
}

#[test]
fn documents_are_found_again_after_lock_and_stand_on_the_first_page() {
    let (mut bench, name, _) = writer();
    let id = plan(&mut bench)[0].id;
    let day = Day::from_iso("2026-11-28");
    edit(&mut bench, Some(DocumentName::CARE_PLAN), vec![Edit::MarkTask { task: id, day, done: Some(true) }]);
    bench.ask(Command::Lock).unwrap();
    bench.unlock(PASSPHRASE).unwrap();
    let first = home(&mut bench);
    assert_eq!(first.preferred_name.as_deref(), Some("Idi"));
    assert_eq!((first.tasks[0].title.value.as_str(), first.tasks[0].marks.len()), ("Walk 20 minutes", 1));
    assert_eq!(note(&mut bench, name).text, "Hurts on stairs.");
    let Reply::Notes(notes) = bench.ask(Command::Notes).unwrap() else { panic!() };
    assert_eq!((notes.notes.len(), notes.notes[0].title.as_str()), (1, "Knee"));
    assert_eq!(problems(&mut bench), 0);
    assert_eq!(bench.ask(Command::Document { name: DocumentName::note([9; 16]) }).err(), Some(Fault::NotFound));
}

#[test]
fn first_page_and_pages_of_documents_need_nothing_merged() {
    let (mut bench, name, _) = writer();
    bench.ask(Command::Lock).unwrap();
    bench.unlock(PASSPHRASE).unwrap();
    let merged = bench.world.merged();
    home(&mut bench);
    plan(&mut bench);
    note(&mut bench, name);
    bench.ask(Command::Notes).unwrap();
    assert_eq!(bench.world.merged(), merged);
}

#[test]
fn documents_that_cannot_be_stored_are_merged_once_and_not_for_ever() {
    let (mut phone, _, words) = writer();
    let file = backup(&mut phone);
    let mut laptop = newcomer(8, &words);
    assert_eq!(restore(&mut laptop, &file, &words), Ok(1));
    laptop.ask(Command::Lock).unwrap();
    laptop.unlock(PASSPHRASE).unwrap();
    let merged = laptop.world.merged();
    laptop.world.fail_after(Part::Person, 0, Failure::Full);
    laptop.events();
    let mut changes = 0;
    for _ in 0..5 {
        assert_eq!(home(&mut laptop).tasks.len(), 1);
        changes += laptop.events().iter().filter(|event| matches!(event, Event::Changed)).count();
    }
    assert_eq!(changes, 1, "what the page shows has changed once");
    assert!(laptop.world.merged() <= merged + 2, "{} {merged}", laptop.world.merged());
    laptop.world.mend();
    assert_eq!((home(&mut laptop).tasks.len(), problems(&mut laptop)), (1, 0));
}

#[test]
fn what_two_devices_wrote_apart_is_all_there_on_both() {
    let (mut phone, name, words) = writer();
    let file = backup(&mut phone);
    let mut laptop = newcomer(7, &words);
    assert_eq!(restore(&mut laptop, &file, &words), Ok(1));
    laptop.ask(Command::Lock).unwrap();
    laptop.unlock(PASSPHRASE).unwrap();
    assert_eq!(home(&mut laptop).tasks.len(), 1);
    assert_eq!(problems(&mut laptop), 0);

    // The laptop's first block lets it in; then both write without knowing of each other.
    give(&mut laptop, &mut phone, 0);
    let seen = note(&mut phone, name).version;
    assert_eq!(note(&mut laptop, name).version, seen);
    edit(&mut phone, Some(name), written(seen.clone(), "Hurts badly on stairs."));
    edit(&mut laptop, Some(name), written(seen, "Hurts on stairs. Cold helps 🧊."));
    edit(&mut phone, Some(DocumentName::CARE_PLAN), vec![task("Drink water")]);
    let id = plan(&mut laptop)[0].id;
    let day = Day::from_iso("2026-11-28");
    edit(
        &mut laptop,
        Some(DocumentName::CARE_PLAN),
        vec![Edit::MarkTask { task: id, day, done: Some(true) }, task("Stretch")],
    );
    let other = edit(&mut laptop, None, written(Version::default(), "Written on the laptop")).name;

    give(&mut phone, &mut laptop, 0);
    give(&mut laptop, &mut phone, 0);
    for bench in [&mut phone, &mut laptop] {
        assert_eq!(note(bench, name).text, "Hurts badly on stairs. Cold helps 🧊.");
        assert_eq!(note(bench, other).text, "Written on the laptop");
        let mut titles: Vec<String> = plan(bench).iter().map(|task| task.title.value.clone()).collect();
        titles.sort();
        assert_eq!(titles, ["Drink water", "Stretch", "Walk 20 minutes"]);
        assert!(plan(bench).iter().any(|task| task.id == id && task.marks.len() == 1));
        assert_eq!(problems(bench), 0);
        bench.ask(Command::Lock).unwrap();
        bench.unlock(PASSPHRASE).unwrap();
        assert_eq!(home(bench).tasks.len(), 3);
    }
    assert_eq!(read(&mut phone, name).view, read(&mut laptop, name).view);
    assert_eq!(plan(&mut phone), plan(&mut laptop));
    // Both go on.
    edit(&mut phone, Some(name), written(Version::default(), "All new"));
    give(&mut phone, &mut laptop, 0);
    assert_eq!(note(&mut laptop, name).text, "All new");
}

#[test]
fn blocks_that_do_not_hold_are_refused_and_change_nothing() {
    let (phone, _, words) = {
        let (mut phone, name, words) = writer();
        let file = backup(&mut phone);
        (phone, (name, file), words)
    };
    let mut laptop = newcomer(7, &words);
    restore(&mut laptop, &backup_of(&phone), &words).unwrap();
    laptop.ask(Command::Lock).unwrap();
    laptop.unlock(PASSPHRASE).unwrap();
    let mut phone = phone;
    edit(&mut phone, Some(DocumentName::CARE_PLAN), vec![task("One")]);
    edit(&mut phone, Some(DocumentName::CARE_PLAN), vec![task("Two")]);
    let last =
        (0..).take_while(|number| pollster::block_on(phone.engine.give_block(*number)).unwrap().is_some()).last();
    let mut give = |number| pollster::block_on(phone.engine.give_block(number)).unwrap().unwrap();
    let (first, second) = (give(last.unwrap() - 1), give(last.unwrap()));
    let mut broken = first.clone();
    *broken.1.last_mut().unwrap() ^= 1;
    // Behind a gap, with another body, with no signature.
    assert!(pollster::block_on(laptop.engine.take_block(&second.0, &second.1)).is_err());
    assert!(pollster::block_on(laptop.engine.take_block(&broken.0, &broken.1)).is_err());
    assert!(pollster::block_on(laptop.engine.take_block(&first.0[1..], &first.1)).is_err());
    assert_eq!((plan(&mut laptop).len(), problems(&mut laptop)), (1, 0));
    assert_eq!(pollster::block_on(laptop.engine.take_block(&first.0, &first.1)), Ok(true));
    assert_eq!(pollster::block_on(laptop.engine.take_block(&first.0, &first.1)), Ok(false));
    assert_eq!(pollster::block_on(laptop.engine.take_block(&second.0, &second.1)), Ok(true));
    assert_eq!((plan(&mut laptop).len(), problems(&mut laptop)), (3, 0));
}

fn backup_of(phone: &Bench) -> Vec<u8> {
    // A backup is made by a job of the engine: on a copy of the world, so that the bench stays as it is.
    let mut copy = Bench::start(phone.world.resume(&phone.world.snapshot(), 3));
    copy.unlock(PASSPHRASE).unwrap();
    backup(&mut copy)
}

#[test]
fn whatever_single_row_is_lost_the_documents_are_there_again() {
    let mut bench = Bench::with_ledger(Some("Ida Quill"), None);
    let keys = |bench: &Bench| pollster::block_on(bench.world.person_store_only().keys()).unwrap();
    let before = keys(&bench);
    let name = fill(&mut bench);
    let past = bench.world.snapshot();
    let mut mended = 0;
    for key in keys(&bench) {
        let world = bench.world.resume(&past, 1);
        let mut gone = Batch::new();
        gone.delete(key);
        pollster::block_on(world.person_store_only().commit(gone, Durability::Strict)).unwrap();
        let mut other = Bench::start(world);
        other.unlock(PASSPHRASE).unwrap();
        assert_eq!(home(&mut other).tasks.len(), 1, "{key:?}");
        assert_eq!((plan(&mut other).len(), note(&mut other, name).text), (1, "Hurts on stairs.".into()), "{key:?}");
        let (first, second) = (problems(&mut other), problems(&mut other));
        // A lost block stays lost; what it said of documents stands beside it.
        let lost = other.ledgers()[0].damaged;
        assert_eq!(second > 0, lost, "{key:?}: {first} {second}");
        if !before.contains(&key) {
            assert!(first > 0, "{key:?}");
            mended += u32::from(!lost);
        }
        assert_eq!((plan(&mut other).len(), note(&mut other, name).text), (1, "Hurts on stairs.".into()), "{key:?}");
    }
    // The list, and a row for each document.
    assert!(mended >= 4, "{mended}");
}

#[test]
fn documents_are_taken_out_as_fhir_with_everything_that_they_say() {
    let (mut bench, _, _) = writer();
    let id = plan(&mut bench)[0].id;
    let day = Day::from_iso("2026-11-28");
    edit(&mut bench, Some(DocumentName::CARE_PLAN), vec![Edit::MarkTask { task: id, day, done: Some(false) }]);
    for format in [ExportFormat::Bundle, ExportFormat::Ndjson] {
        let out = bench.export(format);
        for part in [
            r#""resourceType":"CarePlan""#,
            r#""resourceType":"Task""#,
            "Walk 20 minutes",
            "slowly",
            "not done, due 2026-11-28",
            r#""periodUnit":"d""#,
            r#""resourceType":"DocumentReference""#,
            "SHVydHMgb24gc3RhaXJzLg==",
            r#""resourceType":"QuestionnaireResponse""#,
            "Idi",
            "urn:chartchain:document",
        ] {
            assert!(out.contains(part), "{part} is not in {out}");
        }
    }
    // What went out comes in again, as entries.
    let mut other = Bench::with_ledger(Some("Ida Quill"), None);
    let out = bench.export(ExportFormat::Bundle);
    let inspection = other.inspect("ida.json", out.as_bytes()).unwrap();
    assert_eq!(inspection.rejected_total, 0);
}

#[test]
fn a_removed_task_and_a_note_thrown_away_are_not_shown_and_nonsense_is_refused() {
    let (mut bench, name, _) = writer();
    let id = plan(&mut bench)[0].id;
    edit(
        &mut bench,
        Some(DocumentName::CARE_PLAN),
        vec![Edit::SetTaskStatus { task: id, status: TaskStatus::Removed }],
    );
    bench.ask(Command::EraseNote { name }).unwrap();
    assert!(home(&mut bench).tasks.is_empty() && plan(&mut bench).is_empty());
    let Reply::Notes(notes) = bench.ask(Command::Notes).unwrap() else { panic!() };
    assert!(notes.notes.is_empty());
    let blocks = bench.blocks().unwrap().total;
    for (name, edits) in [
        (
            DocumentName { id: [1; 16], ..DocumentName::PROFILE },
            vec![Edit::SetProfile(ProfileField::Phone, "1".into())],
        ),
        (DocumentName::PROFILE, vec![task("Walk")]),
        (DocumentName::CARE_PLAN, vec![task("")]),
        (DocumentName::CARE_PLAN, vec![task("Walk"); 65]),
        (name, written(Version::default(), &"x".repeat(50_001))),
    ] {
        assert!(bench.ask(Command::EditDocument { name: Some(name), edits }).is_err());
    }
    assert_eq!(bench.blocks().unwrap().total, blocks);
    assert_eq!(problems(&mut bench), 0);
}
