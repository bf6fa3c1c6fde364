//! The first page that is stored ready: it says what the record says, or it is not shown.

use chartchain_store::{Batch, Durability, RowKey, Store as _};
use chartchain_vault::protocol::form::{Form, FormDate, Note};
use chartchain_vault::protocol::{Command, Event, Fault, Home, Person, Query, Reply, Secret, Timeline};

use crate::bench_person::{Bench, PASSPHRASE, World, imported};
use crate::crash::record;
use crate::files::save;

const DAY_MS: i64 = 86_400_000;

fn home(bench: &mut Bench) -> Home {
    let Reply::Home(home) = bench.ask(Command::Home).unwrap() else { panic!() };
    *home
}

fn latest(bench: &mut Bench, query: Query) -> Timeline {
    let Reply::Timeline(timeline) = bench.ask(Command::Timeline(query)).unwrap() else { panic!() };
    timeline
}

fn newest(limit: u32) -> Query {
    Query { limit, ..Query::default() }
}

fn note(text: &str) -> Form {
    Form::Note(Note { title: "Night".into(), text: text.into(), when: FormDate::new("2020-05-04") })
}

/// The rows that are here and were not there.
fn new_rows(world: &World, before: &[RowKey]) -> Vec<RowKey> {
    world.person_rows().into_keys().filter(|key| !before.contains(key)).collect()
}

/// A record whose first page is stored, in the row with this name.
fn stored() -> (Bench, RowKey) {
    let mut bench = Bench::with_ledger(Some("Ida Quill"), Some("1970-05-01"));
    let inspection = bench.inspect("a.ndjson", record(90, 3).as_bytes()).unwrap();
    let (count, ..) = imported(bench.import_all(&inspection));
    assert_eq!(count, 90);
    let before: Vec<RowKey> = bench.world.person_rows().into_keys().collect();
    bench.rest();
    assert_eq!(new_rows(&bench.world, &before), [], "nobody looked at the first page");
    home(&mut bench);
    bench.rest();
    let rows = new_rows(&bench.world, &before);
    let [row] = rows.as_slice() else { panic!("{rows:?}") };
    (bench, *row)
}

/// The same person after a new start.
fn again(bench: &Bench) -> Bench {
    let mut bench = Bench::start(bench.world.clone());
    bench.unlock(PASSPHRASE).unwrap();
    bench
}

/// The same without the stored page.
fn plain(bench: &Bench, row: RowKey) -> Bench {
    let world = bench.world.resume(&bench.world.snapshot(), 1);
    let mut batch = Batch::new();
    batch.delete(row);
    pollster::block_on(world.person_store_only().commit(batch, Durability::Strict)).unwrap();
    let mut bench = Bench::start(world);
    bench.unlock(PASSPHRASE).unwrap();
    bench
}

#[test]
fn what_is_shown_ahead_is_what_the_record_says() {
    let (bench, row) = stored();
    let (mut ahead, mut whole) = (again(&bench), plain(&bench, row));
    assert!(ahead.engine.has_rest() && !whole.engine.has_rest());
    assert!(latest(&mut ahead, Query::FIRST) == latest(&mut whole, Query::FIRST));
    assert!(home(&mut ahead) == home(&mut whole));
    assert!(ahead.engine.has_rest(), "all of that was answered without the index");
    // Reading goes on between commands that need nothing of it, until all is there.
    let mut slices = 0;
    while slices == 0 || ahead.engine.has_work() {
        pollster::block_on(ahead.engine.rest());
        assert!(home(&mut ahead) == home(&mut whole));
        slices += 1;
        assert!(slices < 100);
    }
    assert!(slices > 3, "{slices}");
    assert!(ahead.engine.take_events().is_empty(), "nothing is other than it was shown");
    let all = Query { words: "blood".into(), include_superseded: true, limit: 500, ..Query::default() };
    assert!(latest(&mut ahead, all.clone()) == latest(&mut whole, all));
    assert_eq!(ahead.verify().problems, []);
}

#[test]
fn what_needs_the_record_waits_for_it() {
    let (bench, row) = stored();
    let mut whole = plain(&bench, row);
    for slices in [0, 1, 2, 4] {
        let past = bench.world.snapshot();
        let mut ahead = Bench::start(bench.world.resume(&past, 1));
        ahead.unlock(PASSPHRASE).unwrap();
        for _ in 0..slices {
            pollster::block_on(ahead.engine.rest());
        }
        for query in
            [newest(49), newest(51), Query { offset: 1, ..Query::FIRST }, Query { words: "blood".into(), ..newest(9) }]
        {
            assert!(latest(&mut ahead, query.clone()) == latest(&mut whole, query.clone()), "{slices}: {query:?}");
        }
        assert!(!ahead.engine.has_work());
    }
    // Commands of the rest wait for it too.
    let mut ahead = again(&bench);
    let Reply::Blocks(blocks) = ahead.ask(Command::Blocks { offset: 0, limit: 9 }).unwrap() else { panic!() };
    assert_eq!(blocks, whole.blocks().unwrap());
    let mut ahead = again(&bench);
    save(&mut ahead, note("zebra"), None, None).unwrap();
    assert_eq!(ahead.count_found("zebra"), 1);
    assert_eq!(ahead.verify().problems, []);
}

#[test]
fn the_stored_page_goes_with_the_write_that_it_does_not_know_of() {
    let (mut bench, row) = stored();
    let old = bench.world.person_rows()[&row].clone();
    let entry = save(&mut bench, note("zebra"), None, None).unwrap();
    assert!(!bench.world.person_rows().contains_key(&row));
    assert!(latest(&mut again(&bench), Query::FIRST).lines.iter().any(|line| line.entry == entry));
    // Nor is an older one of use to whoever puts it back.
    let mut batch = Batch::new();
    batch.put(row, old);
    pollster::block_on(bench.world.person_store_only().commit(batch, Durability::Strict)).unwrap();
    let mut back = again(&bench);
    assert!(!back.engine.has_rest());
    assert!(latest(&mut back, Query::FIRST).lines.iter().any(|line| line.entry == entry));
    // What is erased stands in no stored page.
    home(&mut back);
    back.rest();
    let with_zebra = back.world.person_rows()[&row].clone();
    assert!(matches!(back.ask(Command::Erase { entry: entry.clone() }), Ok(Reply::Erased(1))));
    assert_ne!(back.world.person_rows().get(&row), Some(&with_zebra));
    assert!(!back.world.person_rows().contains_key(&row));
    assert!(!latest(&mut again(&back), Query::FIRST).lines.iter().any(|line| line.entry == entry));
}

#[test]
fn a_stored_page_that_is_damaged_is_passed_over() {
    let (bench, row) = stored();
    let mut whole = plain(&bench, row);
    let stored = bench.world.person_rows()[&row].clone();
    for damaged in [Vec::new(), stored[..stored.len() / 2].to_vec(), stored.iter().map(|byte| byte ^ 1).collect()] {
        let mut batch = Batch::new();
        batch.put(row, damaged);
        pollster::block_on(bench.world.person_store_only().commit(batch, Durability::Strict)).unwrap();
        let mut opened = again(&bench);
        assert!(!opened.engine.has_rest());
        assert!(home(&mut opened) == home(&mut whole));
        // And is made again.
        opened.rest();
        assert!(again(&opened).engine.has_rest());
    }
}

#[test]
fn a_record_of_which_only_the_first_page_is_left_stands_in_nobodys_way() {
    let (bench, row) = stored();
    let past = bench.world.snapshot();
    let without = |keys: &[RowKey]| {
        let world = bench.world.resume(&past, 1);
        let mut batch = Batch::new();
        keys.iter().for_each(|key| batch.delete(*key));
        pollster::block_on(world.person_store_only().commit(batch, Durability::Strict)).unwrap();
        Bench::start(world)
    };
    // Everything but what opening needs to show that page.
    let is_needed = |key: &RowKey| {
        let mut bench = without(&[*key]);
        bench.unlock(PASSPHRASE).is_err() || !bench.engine.has_rest()
    };
    let keys: Vec<RowKey> = bench.world.person_rows().into_keys().filter(|key| !is_needed(key)).collect();
    assert!(keys.len() > 5 && !keys.contains(&row));
    for command in [
        Command::CreateLedger { subject: Person::default() },
        Command::RecoveryWords,
        Command::ChangePassphrase { old: Secret(PASSPHRASE.into()), new: Secret(PASSPHRASE.into()) },
    ] {
        let mut left = without(&keys);
        left.unlock(PASSPHRASE).unwrap();
        assert!(left.engine.has_rest());
        home(&mut left);
        left.ask(command.clone()).unwrap();
        left.rest();
    }
    let mut left = without(&keys);
    left.unlock(PASSPHRASE).unwrap();
    home(&mut left);
    left.rest();
    assert!(left.events().iter().any(|event| matches!(event, Event::Changed)));
    assert!(!left.world.person_rows().contains_key(&row), "it is not shown a second time");
    assert_eq!(left.ask(Command::Home).err(), Some(Fault::NoLedger));
    let ledger = left.ledgers()[0].id.clone();
    assert!(matches!(left.ask(Command::OpenLedger { ledger }), Err(Fault::Damaged(_))));
}

#[test]
fn what_changes_beside_the_record_shows_at_once() {
    let (mut bench, _) = stored();
    let Reply::RecoveryWords(words) = bench.ask(Command::RecoveryWords).unwrap() else { panic!() };
    bench.ask(Command::CheckRecovery { words }).unwrap();
    let mut ahead = again(&bench);
    assert!(ahead.engine.has_rest() && home(&mut ahead).recovery_done);
    ahead.rest();
    let mut ahead = again(&ahead);
    assert!(home(&mut ahead).recovery_done);
    assert!(ahead.engine.has_rest(), "answered from a page that was stored anew");
}

#[test]
fn a_medicine_that_ends_is_not_shown_longer_than_it_lasts() {
    let (mut bench, _) = stored();
    // The clock of these tests stands on 18 November 2026.
    let medicine = |name: &str, from: &str, until: &str| {
        format!(
            r#"{{"resourceType":"MedicationStatement","id":"{name}","status":"active","medicationCodeableConcept":{{"text":"{name}"}},"effectivePeriod":{{"start":"{from}","end":"{until}"}}}}"#
        )
    };
    let two = [medicine("Amoxicillin", "2026-11-10", "2026-11-20"), medicine("Cetirizine", "2026-11-23", "2026-12")];
    let inspection = bench.inspect("b.ndjson", two.join("\n").as_bytes()).unwrap();
    assert_eq!(imported(bench.import_all(&inspection)).0, 2);
    let shown =
        |bench: &mut Bench| -> Vec<String> { home(bench).medicines.into_iter().map(|line| line.title).collect() };
    shown(&mut bench);
    bench.rest();
    let mut seen = Vec::new();
    for days in 0..30 {
        let world = bench.world.resume(&bench.world.snapshot(), 1);
        world.set_clock(days * DAY_MS);
        let mut ahead = Bench::start(world.clone());
        ahead.unlock(PASSPHRASE).unwrap();
        let was_ahead = ahead.engine.has_rest();
        let said = shown(&mut ahead);
        save(&mut ahead, note("so that everything is read"), None, None).unwrap();
        assert_eq!(said, shown(&mut ahead), "after {days} days");
        seen.push((said.len(), was_ahead));
    }
    // Two days more, a pause of two, then the other; the page of the first day serves until the first of these turns.
    assert_eq!(seen[..6].iter().map(|(count, _)| *count).collect::<Vec<_>>(), [1, 1, 1, 0, 0, 1]);
    assert_eq!(seen.iter().map(|(_, ahead)| *ahead).take_while(|ahead| *ahead).count(), 2);
}

#[test]
fn what_another_tab_writes_while_the_rest_is_read_is_not_missed() {
    let (bench, _) = stored();
    for slices in 0..8 {
        let world = bench.world.resume(&bench.world.snapshot(), 1);
        let mut one = Bench::start(world.clone());
        one.unlock(PASSPHRASE).unwrap();
        for _ in 0..slices {
            pollster::block_on(one.engine.rest());
        }
        let mut other = Bench::start(world.beside());
        other.unlock(PASSPHRASE).unwrap();
        let is_read = slices > 0 && !one.engine.has_work();
        save(&mut other, note("zebra"), None, None).unwrap();
        // Before this tab has heard of it.
        assert_eq!(one.count_found("zebra"), u32::from(!is_read), "{slices}");
        one.engine.other_wrote();
        one.rest();
        assert_eq!(one.count_found("zebra"), 1, "{slices}");
        assert_eq!(one.verify().problems, [], "{slices}");
    }
}

#[test]
fn a_full_device_opens_without_a_stored_page_and_says_no_word_of_it() {
    let (mut bench, row) = stored();
    save(&mut bench, note("zebra"), None, None).unwrap();
    bench.world.fail_after(crate::bench_person::Part::Person, 0, chartchain_store::Failure::Full);
    home(&mut bench);
    bench.rest();
    assert!(!bench.world.person_rows().contains_key(&row));
    bench.world.mend();
    assert_eq!(bench.count_found("zebra"), 1);
    assert!(!bench.engine.take_events().iter().any(|event| matches!(event, Event::Locked(_))));
    bench.ask(Command::Lock).unwrap();
    assert_eq!(bench.ask(Command::Home).err(), Some(Fault::Locked));
}
