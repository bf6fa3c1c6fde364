//! Rows that are lost, or put back to an older state: it is noticed, nobody is locked out, and the rest stays readable.

use std::collections::BTreeMap;

use chartchain_store::{Batch, Durability, MemoryStore, RowKey, Store as _};
use chartchain_vault::protocol::{Command, ExportFormat, JobResult, JobState, Person, ProblemCode, Reply};

use crate::bench_person::{Bench, PASSPHRASE, Past, World, imported};
use crate::crash::record;
use crate::flips::{problems, read_all};

fn rows(store: &MemoryStore) -> BTreeMap<RowKey, Vec<u8>> {
    let keys = pollster::block_on(store.keys()).unwrap();
    let values = pollster::block_on(store.read(&keys)).unwrap();
    keys.into_iter().zip(values.into_iter().map(Option::unwrap)).collect()
}

fn change(store: &MemoryStore, changes: impl IntoIterator<Item = (RowKey, Option<Vec<u8>>)>) {
    let mut batch = Batch::new();
    for (key, value) in changes {
        match value {
            Some(value) => batch.put(key, value),
            None => batch.delete(key),
        }
    }
    pollster::block_on(store.commit(batch, Durability::Strict)).unwrap();
}

fn bring_in(bench: &mut Bench, name: &str, text: &str) {
    let inspection = bench.inspect(name, text.as_bytes()).unwrap();
    imported(bench.import_all(&inspection));
}

/// A record before and after its second import, which amends two entries.
fn twice() -> (World, Past, Past) {
    let mut bench = Bench::unlocked();
    bench.ask(Command::CreateLedger { subject: Person::default() }).unwrap();
    bring_in(&mut bench, "a.ndjson", &record(60, 2));
    let before = bench.world.snapshot();
    bring_in(&mut bench, "b.ndjson", &record(90, 3));
    let after = bench.world.snapshot();
    (bench.world, before, after)
}

#[test]
fn whichever_row_is_lost_the_person_comes_in_and_takes_out_what_is_left() {
    let (world, _, past) = twice();
    let mut calm = Bench::start(world.resume(&past, 0));
    calm.unlock(PASSPHRASE).unwrap();
    let expected = read_all(&mut calm).unwrap();
    let all = rows(&calm.world.person_store_only());
    let (mut noticed, mut partly) = (0, 0);
    for key in all.keys() {
        let mut bench = Bench::start(world.resume(&past, 1));
        change(&bench.world.person_store_only(), [(*key, None)]);
        bench.unlock(PASSPHRASE).unwrap();
        let JobState::Finished(JobResult::Exported { unreadable, resources, .. }) =
            bench.job(Command::Export { format: ExportFormat::Ndjson, all_versions: true })
        else {
            panic!("{key:?}: the rest cannot be taken out")
        };
        assert!(resources > 0, "{key:?}");
        partly += u32::from(unreadable > 0);
        let found = problems(&mut bench).unwrap();
        noticed += u32::from(found > 0);
        let Reply::Home(home) = bench.ask(Command::Home).unwrap() else { panic!() };
        if found == 0 {
            assert_eq!(read_all(&mut bench).unwrap().all_versions, expected.all_versions, "{key:?}");
        } else if unreadable > 0 {
            assert!(home.banner.damaged || found > 0, "{key:?}");
        }
    }
    assert!(noticed > 4 && partly > 2, "{noticed} noticed, {partly} with a part unreadable");
}

#[test]
fn a_row_put_back_to_an_older_state_is_noticed_or_has_no_effect() {
    let (world, before, after) = twice();
    let mut calm = Bench::start(world.resume(&after, 0));
    calm.unlock(PASSPHRASE).unwrap();
    let expected = read_all(&mut calm).unwrap();
    let older = rows(&world.resume(&before, 0).person_store_only());
    let newer = rows(&world.resume(&after, 0).person_store_only());
    let changed: Vec<&RowKey> =
        older.keys().filter(|key| newer.get(*key).is_some_and(|new| *new != older[key])).collect();
    assert!(changed.len() > 10, "{}", changed.len());
    let mut noticed = 0;
    for key in changed {
        let mut bench = Bench::start(world.resume(&after, 1));
        change(&bench.world.person_store_only(), [(*key, Some(older[key].clone()))]);
        bench.unlock(PASSPHRASE).unwrap();
        let read = read_all(&mut bench).unwrap();
        let verdict = bench.verify();
        if verdict.problems_total > 0 {
            noticed += 1;
            if verdict.problems.iter().all(|problem| problem.code == ProblemCode::IndexDiffers) {
                assert_eq!(bench.verify().problems, [], "{key:?}: the index is made anew");
                assert_eq!(read_all(&mut bench).unwrap().current, expected.current, "{key:?}");
            }
        } else {
            assert_eq!(read.pages, expected.pages, "{key:?}");
            assert_eq!(read.all_versions, expected.all_versions, "{key:?}");
        }
    }
    assert!(noticed > 5, "{noticed}");
}

#[test]
fn all_rows_put_back_together_come_forward_again_by_the_blocks_that_were_written_after_them() {
    let (world, before, after) = twice();
    let mut calm = Bench::start(world.resume(&after, 0));
    calm.unlock(PASSPHRASE).unwrap();
    let expected = read_all(&mut calm).unwrap();
    let older = rows(&world.resume(&before, 0).person_store_only());
    let mut bench = Bench::start(world.resume(&after, 1));
    change(&bench.world.person_store_only(), older.into_iter().map(|(key, value)| (key, Some(value))));
    bench.unlock(PASSPHRASE).unwrap();
    assert!(bench.verify().problems.iter().all(|problem| problem.code == ProblemCode::Mended));
    assert_eq!(bench.verify().problems, []);
    let read = read_all(&mut bench).unwrap();
    assert_eq!((read.current, read.all_versions), (expected.current, expected.all_versions));
    // Writing goes on behind the newest block, so that the feed does not fork.
    bring_in(&mut bench, "c.ndjson", &record(95, 1));
    let Reply::Blocks(blocks) = bench.ask(Command::Blocks { offset: 0, limit: 200 }).unwrap() else { panic!() };
    assert!(blocks.forks.is_empty());
}
