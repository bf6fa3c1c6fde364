//! Failures that a second look found, each in the state that brought it about.

use crate::backup::{backup, newcomer, person_of, restore};
use crate::bench_person::{Bench, PASSPHRASE, Part, imported};
use crate::crash::record;
use chartchain_store::{Batch, Durability, Failure, MemoryStore, RowKey, Store as _};
use chartchain_vault::protocol::{Command, ExportFormat, Fault, JobId, JobResult, JobState, Person, Reply};
use std::collections::BTreeMap;

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
fn begin(bench: &mut Bench, name: &str, text: &str) -> Result<JobId, Fault> {
    let inspection = bench.inspect(name, text.as_bytes())?;
    let people = inspection.people.iter().map(|p| p.key.clone()).collect();
    let Reply::Started(job) = bench.ask(Command::Import { input: inspection.input, people })? else { panic!() };
    Ok(job)
}
fn state(bench: &mut Bench, job: JobId) -> JobState {
    let Reply::Jobs(jobs) = bench.ask(Command::ListJobs).unwrap() else { panic!() };
    jobs.into_iter().find(|k| k.id == job).unwrap().state
}
fn ledger() -> Bench {
    let mut bench = Bench::unlocked();
    bench.ask(Command::CreateLedger { subject: Person::default() }).unwrap();
    bench
}

#[test]
fn who_gets_room_late_reads_anew_before_writing() {
    let mut a = ledger();
    a.world.fail_after(Part::Person, 0, Failure::Full);
    let mut b = Bench::start(a.world.clone());
    b.unlock(PASSPHRASE).unwrap();
    a.world.mend();
    let i = a.inspect("a", record(30, 0).as_bytes()).unwrap();
    let got = imported(a.import_all(&i));
    let before = a.export(ExportFormat::Ndjson).lines().count();
    println!("a: {got:?} {before}");
    let text = record(3, 0).replace("\"id\":\"", "\"id\":\"z");
    let j = begin(&mut b, "b", &text);
    println!("b begins {j:?}");
    if let Ok(j) = j {
        println!("b {:?}", b.finish(j));
    }
    let mut c = Bench::start(a.world.clone());
    c.unlock(PASSPHRASE).unwrap();
    let after = c.export(ExportFormat::Ndjson).lines().count();
    println!("blocks {} lines {after} verify {:?}", c.blocks().unwrap().total, c.verify());
    assert!(after >= before, "acknowledged entries are gone: {before} -> {after}");
}

#[test]
fn an_import_that_had_no_room_goes_on_without_a_loss() {
    let mut calm = ledger();
    let i = calm.inspect("a", record(40, 3).as_bytes()).unwrap();
    let want = imported(calm.import_all(&i));
    let lines = calm.try_export(ExportFormat::Ndjson, true).unwrap().lines().count();
    let mut bench = ledger();
    let job = begin(&mut bench, "a", &record(40, 3)).unwrap();
    bench.world.fail_after(Part::Person, 0, Failure::Full);
    bench.step();
    println!("{:?}", state(&mut bench, job));
    bench.world.mend();
    bench.ask(Command::ResumeJob(job)).unwrap();
    let ended = bench.finish(job);
    let got = bench.try_export(ExportFormat::Ndjson, true).unwrap().lines().count();
    println!("want {want:?} {lines}; got {ended:?} {got} verify {:?}", bench.verify().problems_total);
    assert_eq!(got, lines);
}

#[test]
fn an_input_left_on_a_full_device_locks_nobody_out() {
    let mut a = ledger();
    a.inspect("a", record(30, 0).as_bytes()).unwrap();
    a.world.fail_after(Part::Person, 0, Failure::Full);
    let mut b = Bench::start(a.world.clone());
    let r = b.unlock(PASSPHRASE);
    println!("{:?}", r.as_ref().err());
    r.unwrap();
}

#[test]
fn one_older_copy_of_two_hides_nothing() {
    let mut a = ledger();
    let old = rows(&a.world.person_store_only());
    a.ask(Command::CreateLedger { subject: Person { name: Some("Second".into()), ..Person::default() } }).unwrap();
    let past = a.world.snapshot();
    let new = rows(&a.world.person_store_only());
    let mut hidden = 0;
    for (key, value) in &old {
        if new[key] == *value {
            continue;
        }
        let mut b = Bench::start(a.world.resume(&past, 1));
        change(&b.world.person_store_only(), [(*key, Some(value.clone()))]);
        b.unlock(PASSPHRASE).unwrap();
        let n = b.ledgers().len();
        if b.blocks().is_err() {
            let l = b.ledgers()[0].id.clone();
            b.ask(Command::OpenLedger { ledger: l }).unwrap();
        }
        let p = b.verify().problems_total;
        println!("{key:?} ledgers {n} problems {p}");
        if n == 1 && p == 0 {
            hidden += 1;
        }
    }
    assert_eq!(hidden, 0);
}

#[test]
fn what_was_mended_is_told_after_a_lock_too() {
    let a = ledger();
    let past = a.world.snapshot();
    let all = rows(&a.world.person_store_only());
    let mut silent = 0;
    let mut said = 0;
    for key in all.keys() {
        let mut b = Bench::start(a.world.resume(&past, 1));
        let mut v = all[key].clone();
        let n = v.len() / 2;
        v[n] ^= 1;
        change(&b.world.person_store_only(), [(*key, Some(v.clone()))]);
        if b.unlock(PASSPHRASE).is_err() {
            println!("{key:?} locked out");
            continue;
        }
        b.ask(Command::Lock).unwrap();
        b.unlock(PASSPHRASE).unwrap();
        if b.verify().problems_total == 0 {
            // would it have been said before locking?
            let mut c = Bench::start(a.world.resume(&past, 1));
            change(&c.world.person_store_only(), [(*key, Some(v))]);
            c.unlock(PASSPHRASE).unwrap();
            if c.verify().problems_total > 0 {
                silent += 1;
            }
        } else {
            said += 1;
        }
    }
    println!("silent {silent} said {said}");
    assert_eq!(silent, 0);
}

#[test]
fn a_second_import_waits_for_one_that_failed() {
    let mut bench = ledger();
    let a = begin(&mut bench, "a", &record(40, 3)).unwrap();
    bench.step();
    bench.world.fail_after(Part::Person, 0, Failure::Full);
    bench.step();
    println!("a {:?}", state(&mut bench, a));
    bench.world.mend();
    let b = begin(&mut bench, "b", &record(60, 0));
    println!("b {b:?}");
    let mut later = Bench::start(bench.world.clone());
    let Reply::Unlocked { resumed, .. } = later.unlock(PASSPHRASE).unwrap() else { panic!() };
    println!("resumed {resumed:?}");
    for j in resumed {
        println!("{:?}", later.finish(j));
    }
    println!("versions {}", later.try_export(ExportFormat::Ndjson, true).unwrap().contains("urn:version:2"));
    println!("resume a: {:?}", bench.ask(Command::ListJobs));
    assert!(
        b.is_err() || later.try_export(ExportFormat::Ndjson, true).unwrap().contains("urn:version:2"),
        "first import lost"
    );
}

#[test]
fn a_failed_import_is_put_away_on_a_full_device() {
    let mut bench = ledger();
    let a = begin(&mut bench, "a", &record(40, 3)).unwrap();
    bench.step();
    bench.world.fail_after(Part::Person, 0, Failure::Full);
    bench.step();
    println!("a {:?}", state(&mut bench, a));
    let r = bench.ask(Command::CancelJob(a));
    println!("cancel {r:?} {:?}", state(&mut bench, a));
    r.unwrap();
}

#[test]
fn an_index_that_there_was_no_room_for_is_whole_when_it_is_stored_later() {
    let mut bench = ledger();
    let job = begin(&mut bench, "a", &record(40, 3)).unwrap();
    bench.step();
    bench.world.fail_after(Part::Person, 0, Failure::Full);
    bench.step();
    bench.ask(Command::CancelJob(job)).unwrap();
    bench.world.mend();
    let inspection = bench.inspect("b", record(400, 4).as_bytes()).unwrap();
    imported(bench.import_all(&inspection));
    let there = bench.blocks().unwrap();
    bench.ask(Command::Lock).unwrap();
    bench.unlock(PASSPHRASE).unwrap();
    assert!(!bench.ledgers()[0].damaged, "nothing had to be made anew");
    assert_eq!(bench.blocks().unwrap(), there);
    assert_eq!(bench.verify().problems, []);
}

#[test]
fn a_loss_is_said_after_the_index_was_made_anew() {
    let mut a = ledger();
    let t0 = rows(&a.world.person_store_only());
    let i = a.inspect("a", record(60, 2).as_bytes()).unwrap();
    imported(a.import_all(&i));
    let total = a.try_export(ExportFormat::Ndjson, true).unwrap().lines().count();
    let past = a.world.snapshot();
    let all = rows(&a.world.person_store_only());
    // the biggest new row is the block; small new rows: index pages
    let mut fresh: Vec<_> = all.iter().filter(|(k, _)| !t0.contains_key(*k)).map(|(k, v)| (v.len(), *k)).collect();
    fresh.sort();
    let mut hidden = 0;
    for block in fresh.iter().rev().take(3) {
        for page in fresh.iter().take(6) {
            let mut b = Bench::start(a.world.resume(&past, 1));
            change(&b.world.person_store_only(), [(block.1, None), (page.1, None)]);
            b.unlock(PASSPHRASE).unwrap();
            let first = b.ledgers()[0].damaged;
            b.ask(Command::Lock).unwrap();
            b.unlock(PASSPHRASE).unwrap();
            let second = b.ledgers()[0].damaged;
            let JobState::Finished(JobResult::Exported { resources, unreadable, .. }) =
                b.job(Command::Export { format: ExportFormat::Ndjson, all_versions: true })
            else {
                panic!()
            };
            if first && !second && unreadable == 0 && (resources as usize) < total {
                hidden += 1;
                println!(
                    "hidden: {resources} of {total}, unreadable {unreadable}, verify {}",
                    b.verify().problems_total
                );
            }
        }
    }
    assert_eq!(hidden, 0);
}

#[test]
fn an_endless_address_is_refused() {
    let mut a = ledger();
    let url = "a".repeat(70 << 20);
    let text = format!(
        r#"{{"resourceType":"Bundle","type":"collection","entry":[{{"fullUrl":"urn:x:{url}","resource":{{"resourceType":"Observation","status":"final","code":{{"text":"Pulse"}}}}}},{{"resource":{{"resourceType":"Observation","status":"final","code":{{"text":"Weight"}}}}}}]}}"#
    );
    let i = a.inspect("a", text.as_bytes()).unwrap();
    println!("{:?}", imported(a.import_all(&i)));
    let s = a.job(Command::Export { format: ExportFormat::Ndjson, all_versions: true });
    println!("{s:?} verify {:?}", a.verify());
    let JobState::Finished(JobResult::Exported { unreadable, .. }) = s else { panic!() };
    assert_eq!(unreadable, 0);
}

#[test]
fn a_backup_of_other_words_is_refused() {
    let (mut one, words) = person_of(5000);
    one.ask(Command::CreateLedger { subject: Person::default() }).unwrap();
    let file = backup(&mut one);
    let (mut other, other_words) = person_of(6000);
    other.ask(Command::CreateLedger { subject: Person::default() }).unwrap();
    assert!(matches!(restore(&mut other, &file, &words), Err(Fault::WrongWords(_))));
    // Later backups of this person hold what their own words open.
    let file = backup(&mut other);
    assert_eq!(restore(&mut newcomer(7000, &other_words), &file, &other_words).unwrap(), 1);
}

#[test]
fn a_lost_block_does_not_keep_the_rest_from_being_backed_up() {
    let mut a = ledger();
    let t0 = rows(&a.world.person_store_only());
    let i = a.inspect("a", record(60, 2).as_bytes()).unwrap();
    imported(a.import_all(&i));
    let all = rows(&a.world.person_store_only());
    let block = all.iter().filter(|(k, _)| !t0.contains_key(*k)).max_by_key(|(_, v)| v.len()).unwrap().0;
    change(&a.world.person_store_only(), [(*block, None)]);
    let s = a.job(Command::Backup);
    println!("{s:?}");
    assert!(matches!(s, JobState::Finished(_)));
}

#[test]
fn a_restore_left_on_a_full_device_locks_nobody_out() {
    let (mut a, words) = person_of(5000);
    a.ask(Command::CreateLedger { subject: Person::default() }).unwrap();
    let i = a.inspect("a", record(600, 2).as_bytes()).unwrap();
    imported(a.import_all(&i));
    let file = backup(&mut a);
    let mut b = newcomer(7000, &words);
    b.ask(Command::BeginRestore { words: words.clone() }).unwrap();
    b.ask(Command::RestorePart { bytes: file[..file.len() / 2].to_vec(), last: false }).unwrap();
    b.world.fail_after(Part::Person, 0, Failure::Full);
    let mut c = Bench::start(b.world.clone());
    let r = c.unlock(PASSPHRASE);
    println!("{:?}", r.as_ref().err());
    r.unwrap();
}

#[test]
fn an_export_ends_though_the_index_shrank() {
    let mut a = ledger();
    let t0 = rows(&a.world.person_store_only());
    let i = a.inspect("a", record(60, 2).as_bytes()).unwrap();
    imported(a.import_all(&i));
    let all = rows(&a.world.person_store_only());
    let mut fresh: Vec<_> = all.iter().filter(|(k, _)| !t0.contains_key(*k)).map(|(k, v)| (v.len(), *k)).collect();
    fresh.sort();
    let Reply::Started(job) = a.ask(Command::Export { format: ExportFormat::Ndjson, all_versions: true }).unwrap()
    else {
        panic!()
    };
    change(&a.world.person_store_only(), [(fresh.last().unwrap().1, None), (fresh[0].1, None)]);
    a.world.fail_after(Part::Person, 0, Failure::Full);
    let Reply::Settings(s) = a.ask(Command::LoadSettings).unwrap() else { panic!() };
    println!("{:?}", a.ask(Command::SaveSettings(s)).err());
    a.world.mend();
    let mut steps = 0;
    while a.engine.has_work() && steps < 10_000 {
        a.step();
        steps += 1;
    }
    println!("{steps} {:?}", state(&mut a, job));
    assert!(steps < 10_000);
}

#[test]
fn an_endless_bundle_shell_is_refused() {
    let mut bench = ledger();
    let text = format!(r#"{{"resourceType":"Bundle","type":"collection","id":"{}","entry":[]}}"#, "a".repeat(70 << 20));
    assert!(matches!(bench.inspect("a", text.as_bytes()), Err(Fault::Unreadable(_))));
}

#[test]
fn a_record_whose_head_was_lost_is_listed_with_its_entries() {
    let mut bench = ledger();
    let inspection = bench.inspect("a", record(60, 2).as_bytes()).unwrap();
    imported(bench.import_all(&inspection));
    let before = bench.ledgers();
    bench.ask(Command::CreateLedger { subject: Person::default() }).unwrap();
    let past = bench.world.snapshot();
    let mut twins: BTreeMap<usize, Vec<RowKey>> = BTreeMap::new();
    for (key, value) in rows(&bench.world.person_store_only()) {
        twins.entry(value.len()).or_default().push(key);
    }
    let mut opened = 0;
    for pair in twins.values().filter(|keys| keys.len() == 2) {
        let mut later = Bench::start(bench.world.resume(&past, 1));
        change(&later.world.person_store_only(), pair.iter().map(|key| (*key, None)));
        // Without the person's own rows nobody comes in, and without its root no record opens.
        if later.unlock(PASSPHRASE).is_err() {
            continue;
        }
        let cards = later.ledgers();
        let ids: Vec<_> = cards.iter().map(|card| card.id.clone()).collect();
        if ids.iter().all(|ledger| later.ask(Command::OpenLedger { ledger: ledger.clone() }).is_ok()) {
            opened += 1;
            assert_eq!(later.ledgers()[0].entries, before[0].entries);
        }
    }
    assert!(opened > 0);
}
