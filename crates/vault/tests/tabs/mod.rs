//! Two engines on one person's store, as in two tabs.

use chartchain_vault::protocol::{Command, Event, ExportFormat, Fault, LockReason, Reply, Secret};

use crate::bench_person::{Bench, PASSPHRASE, imported};
use crate::clock::write;
use crate::crash::record;

fn two_tabs() -> (Bench, Bench) {
    let mut first = Bench::with_ledger(Some("Ida Quill"), Some("1970-05-01"));
    let mut second = Bench::start(first.world.beside());
    second.unlock(PASSPHRASE).unwrap();
    first.events();
    second.events();
    (first, second)
}

fn has_changed(bench: &mut Bench) -> bool {
    bench.events().iter().any(|event| matches!(event, Event::Changed))
}

#[test]
fn what_one_tab_writes_the_other_one_shows_and_both_write() {
    let (mut first, mut second) = two_tabs();
    write(&mut second, "from the second");
    first.engine.other_wrote();
    assert_eq!(first.count_found("second"), 1);
    assert!(has_changed(&mut first));
    // Without having heard of it, too.
    write(&mut first, "from the first");
    write(&mut second, "again from the second");
    write(&mut first, "again from the first");
    second.engine.other_wrote();
    for bench in [&mut first, &mut second] {
        assert_eq!((bench.count_found("first"), bench.count_found("second")), (2, 2));
        assert_eq!(bench.verify().problems, []);
    }
    let blocks = first.blocks().unwrap();
    assert_eq!((blocks.lines.len(), blocks.forks.len()), (6, 0));
}

#[test]
fn nothing_is_read_anew_where_nobody_else_took_over() {
    let (first, mut second) = two_tabs();
    write(&mut second, "from the second");
    second.events();
    second.engine.other_wrote();
    assert_eq!(second.count_found("second"), 1);
    assert!(!has_changed(&mut second));
    assert!(first.engine.written() > 0);
}

#[test]
fn a_record_that_is_begun_in_one_tab_is_on_the_list_of_the_other() {
    let (mut first, mut second) = two_tabs();
    second.ask(Command::CreateLedger { subject: Default::default() }).unwrap();
    first.ask(Command::CreateMadeUp { seed: 1 }).unwrap();
    second.engine.other_wrote();
    assert_eq!((first.ledgers().len(), second.ledgers().len()), (3, 3));
}

#[test]
fn an_import_goes_on_while_another_tab_writes() {
    let (mut first, mut second) = two_tabs();
    let text = record(60, 4);
    let inspection = first.inspect("life.ndjson", text.as_bytes()).unwrap();
    // Whoever writes before it begins does not hold it up.
    write(&mut second, "before the import");
    let people = inspection.people.iter().map(|person| person.key.clone()).collect();
    let Reply::Started(job) = first.ask(Command::Import { input: inspection.input, people }).unwrap() else { panic!() };
    let mut steps = 0_usize;
    while first.engine.has_work() {
        first.step();
        if steps.is_multiple_of(2) {
            write(&mut second, "beside the import");
        }
        if steps.is_multiple_of(3) {
            first.engine.other_wrote();
        }
        steps += 1;
    }
    let state = first.finish(job);
    let (added, amended, known, rejected) = imported(state);
    assert_eq!((added + amended, known, rejected), (60 + 8, 0, 0), "{added} {amended}");
    assert!(steps > 3, "{steps} steps");
    second.engine.other_wrote();
    for bench in [&mut first, &mut second] {
        assert_eq!(bench.verify().problems, []);
        assert_eq!(
            bench.try_export(ExportFormat::Ndjson, true).unwrap().lines().count(),
            1 + 68 + 1 + steps.div_ceil(2)
        );
    }
}

#[test]
fn verifying_ends_well_while_another_tab_writes() {
    let (mut first, mut second) = two_tabs();
    let Reply::Started(job) = first.ask(Command::Verify).unwrap() else { panic!() };
    first.step();
    write(&mut second, "beside it");
    let state = first.finish(job);
    let chartchain_vault::protocol::JobState::Finished(chartchain_vault::protocol::JobResult::Verified(verdict)) =
        state
    else {
        panic!("{state:?}")
    };
    assert_eq!(verdict.problems, []);
}

#[test]
fn a_second_tab_leaves_alone_what_the_first_one_is_in_the_middle_of() {
    let mut first = Bench::with_ledger(Some("Ida Quill"), None);
    let text = record(60, 4);
    let waiting = first.inspect("waiting.ndjson", br#"{"resourceType":"Basic","id":"waiting"}"#).unwrap();
    let inspection = first.inspect("life.ndjson", text.as_bytes()).unwrap();
    let people = inspection.people.iter().map(|person| person.key.clone()).collect();
    let Reply::Started(job) = first.ask(Command::Import { input: inspection.input, people }).unwrap() else { panic!() };
    first.step();

    let mut second = Bench::start(first.world.beside());
    let Reply::Unlocked { resumed, .. } = second.unlock(PASSPHRASE).unwrap() else { panic!() };
    assert!(resumed.is_empty() && !second.engine.has_work());
    let again = second.inspect("again.ndjson", text.as_bytes()).unwrap();
    let begin = Command::Import { input: again.input, people: Vec::new() };
    assert!(matches!(second.ask(begin), Err(Fault::NotNow(_))));

    imported(first.finish(job));
    assert_eq!(imported(first.import_all(&waiting)), (1, 0, 0, 0));
    assert_eq!(first.verify().problems, []);
    // When the first one is gone, whoever comes next is alone and takes up what was left.
    let mut third = Bench::start(first.world.clone());
    third.unlock(PASSPHRASE).unwrap();
    assert_eq!(third.verify().problems, []);
}

#[test]
fn locking_one_tab_locks_the_others_and_a_sign_of_life_keeps_them_open() {
    let (mut first, mut second) = two_tabs();
    first.world.set_clock(4 * 60_000);
    second.ask(Command::Touch).unwrap();
    first.engine.touch();
    first.world.set_clock(4 * 60_000);
    first.ask(Command::Home).unwrap();
    first.engine.lock_too();
    assert!(matches!(first.events().as_slice(), [Event::Locked(LockReason::OtherTab)]));
    for write in [Command::Home, Command::CreateMadeUp { seed: 1 }] {
        assert_eq!(first.ask(write).err(), Some(Fault::Locked));
    }
}

#[test]
fn a_person_who_was_deleted_in_one_tab_is_not_brought_back_by_the_other() {
    let (mut first, mut second) = two_tabs();
    let Reply::People(people) = second.ask(Command::ListPeople).unwrap() else { panic!() };
    let delete = Command::DeletePerson { person: people[0].id.clone(), passphrase: Secret(PASSPHRASE.into()) };
    second.ask(delete).unwrap();
    assert!(first.ask(Command::CreateMadeUp { seed: 1 }).is_err());
    first.world.mend();
    assert_eq!(first.world.count_rows(), first.world.count_profile_rows());
}

#[test]
fn the_end_of_a_backup_is_handed_out_where_another_tab_wrote_meanwhile() {
    let (mut first, mut second) = two_tabs();
    let Reply::Started(job) = first.ask(Command::Backup).unwrap() else { panic!() };
    first.finish(job);
    let mut offset = 0;
    loop {
        // Each part finds that the other tab took over.
        write(&mut second, "from the second");
        let Reply::Part(part) = first.ask(Command::ExportPart { job, offset }).unwrap() else { panic!() };
        if part.is_empty() {
            break;
        }
        offset += part.len() as u64;
    }
    assert!(offset > 0);
    assert_eq!(second.verify().problems, []);
}
