//! The engine from outside, on a store in memory.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests, helpers of tests included")]

mod backup;
mod bench_person;
mod clock;
mod copies;
mod crash;
mod damage;
mod documents;
mod draft_tabs;
mod erase;
mod files;
mod flips;
mod forms;
mod front;
mod links;
mod locks;
mod medicines;
mod recovery;
mod second_look;
mod simulation;
mod tabs;
mod unlisted;
mod values;
mod versions;

use bench_person::{Bench, imported};
use chartchain_vault::protocol::{
    Command, ExportFormat, Fault, JobResult, JobState, Query, Reply, Sameness, Secret, Unreadable, WordsProblem,
};

const BUNDLE: &str = r#"{"resourceType":"Bundle","type":"transaction","entry":[
 {"fullUrl":"urn:uuid:00000000-0000-4000-8000-000000000001","resource":{"resourceType":"Patient","id":"00000000-0000-4000-8000-000000000001","name":[{"family":"Quill","given":["Ida"]}],"gender":"female","birthDate":"1970-05-01"}},
 {"fullUrl":"urn:uuid:00000000-0000-4000-8000-000000000002","resource":{"resourceType":"Observation","id":"00000000-0000-4000-8000-000000000002","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"29463-7","display":"Body weight"}]},"subject":{"reference":"urn:uuid:00000000-0000-4000-8000-000000000001"},"effectiveDateTime":"2020-02-03T10:00:00+01:00","valueQuantity":{"value":81.50,"unit":"kg"}}},
 {"fullUrl":"urn:uuid:00000000-0000-4000-8000-000000000003","resource":{"resourceType":"AllergyIntolerance","id":"00000000-0000-4000-8000-000000000003","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical","code":"active"}]},"code":{"text":"Penicillin"},"patient":{"reference":"urn:uuid:00000000-0000-4000-8000-000000000001"},"criticality":"high"}}
]}"#;

fn verdict_problems(bench: &mut Bench) -> u32 {
    match bench.job(Command::Verify) {
        JobState::Finished(JobResult::Verified(verdict)) => verdict.problems_total,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_record_comes_in_is_read_verified_and_goes_out_as_it_was() {
    let mut bench = Bench::with_ledger(Some("Ida Quill"), Some("1970-05-01"));
    let inspection = bench.inspect("ida.json", BUNDLE.as_bytes()).unwrap();
    assert_eq!(inspection.people.len(), 1);
    assert_eq!(inspection.people[0].same, Sameness::Same);
    assert_eq!(inspection.people[0].entries, 3);
    assert_eq!(imported(bench.import_all(&inspection)), (3, 0, 0, 0));

    let Reply::Home(home) = bench.ask(Command::Home).unwrap() else { panic!() };
    assert_eq!(home.banner.allergies[0].substance, "Penicillin");
    assert_eq!(home.latest[0].line.title, "Body weight");

    let Reply::Timeline(found) =
        bench.ask(Command::Timeline(Query { words: "weigh".into(), limit: 10, ..Query::default() })).unwrap()
    else {
        panic!()
    };
    assert_eq!(found.total, 1);
    let Reply::Entry(page) = bench.ask(Command::Entry { entry: found.lines[0].entry.clone() }).unwrap() else {
        panic!()
    };
    assert!(page.source_json.contains("81.50"), "{}", page.source_json);
    assert_eq!(page.brought_in.unwrap().name, "ida.json");

    assert_eq!(verdict_problems(&mut bench), 0);
    let out = bench.export(ExportFormat::Ndjson);
    for line in ["\"value\":81.50", "\"family\":\"Quill\"", "\"text\":\"Penicillin\""] {
        assert!(out.contains(line), "{out}");
    }
}

#[test]
fn everything_is_found_again_after_lock_and_unlock() {
    let mut bench = Bench::with_ledger(None, None);
    let inspection = bench.inspect("ida.json", BUNDLE.as_bytes()).unwrap();
    assert_eq!(inspection.people[0].same, Sameness::Unclear);
    bench.import_all(&inspection);
    let before = bench.export(ExportFormat::Ndjson);
    bench.ask(Command::Lock).unwrap();
    assert_eq!(bench.ask(Command::Home).err(), Some(Fault::Locked));
    assert_eq!(bench.unlock("wrong passphrase").err(), Some(Fault::WrongPassphrase));
    bench.unlock(bench_person::PASSPHRASE).unwrap();
    let Reply::Home(home) = bench.ask(Command::Home).unwrap() else { panic!() };
    assert_eq!(home.banner.subject.name.as_deref(), Some("Ida Quill"));
    assert_eq!(bench.export(ExportFormat::Ndjson), before);
    assert_eq!(verdict_problems(&mut bench), 0);
}

#[test]
fn the_same_file_twice_adds_nothing_and_a_changed_resource_replaces_the_old_one() {
    let mut bench = Bench::with_ledger(None, None);
    let first = bench.inspect("one", BUNDLE.as_bytes()).unwrap();
    bench.import_all(&first);
    let again = bench.inspect("two", BUNDLE.as_bytes()).unwrap();
    assert_eq!(again.known, 3);
    assert_eq!(imported(bench.import_all(&again)), (0, 0, 3, 0));
    let changed = BUNDLE.replace("81.50", "82.25");
    let third = bench.inspect("three", changed.as_bytes()).unwrap();
    assert_eq!(imported(bench.import_all(&third)), (0, 1, 2, 0));
    let Reply::Timeline(found) =
        bench.ask(Command::Timeline(Query { words: "weight".into(), limit: 10, ..Query::default() })).unwrap()
    else {
        panic!()
    };
    assert_eq!(found.total, 1);
    let Reply::Entry(page) = bench.ask(Command::Entry { entry: found.lines[0].entry.clone() }).unwrap() else {
        panic!()
    };
    assert!(page.source_json.contains("82.25"));
    assert_eq!(page.versions.len(), 2);
    let old = page.versions[1].entry.clone();
    let Reply::Entry(page) = bench.ask(Command::Entry { entry: old }).unwrap() else { panic!() };
    assert!(page.source_json.contains("81.50"));
    assert_eq!(verdict_problems(&mut bench), 0);
}

#[test]
fn another_persons_file_is_noticed() {
    let mut bench = Bench::with_ledger(Some("Carl Stone"), Some("1951-01-01"));
    let inspection = bench.inspect("ida.json", BUNDLE.as_bytes()).unwrap();
    assert_eq!(inspection.people[0].same, Sameness::Different);
}

#[test]
fn unreadable_input_is_named_and_changes_nothing() {
    let mut bench = Bench::with_ledger(None, None);
    for (bytes, why) in [
        (b"".as_slice(), Unreadable::Empty),
        (b"\xff\xfe\xfd\xfc\x00", Unreadable::Encoding),
        (b"{\"a\":1}", Unreadable::NotFhir),
        (b"%PDF-1.7 ...", Unreadable::OtherFormat("PDF".into())),
    ] {
        assert_eq!(bench.inspect("x", bytes).err(), Some(Fault::Unreadable(why)), "{bytes:?}");
    }
    let deep = [b"[".repeat(10_000), b"]".repeat(10_000)].concat();
    assert_eq!(bench.inspect("deep", &deep).err(), Some(Fault::Unreadable(Unreadable::TooDeep)));
    assert_eq!(verdict_problems(&mut bench), 0);
}

#[test]
fn truncated_ndjson_keeps_its_good_lines_and_lists_the_bad_one() {
    let mut bench = Bench::with_ledger(None, None);
    let line = r#"{"resourceType":"Observation","status":"final","code":{"text":"Pulse"},"valueQuantity":{"value":61,"unit":"/min"}}"#;
    let text = format!("{line}\n{}\n{}", line.replace("61", "62"), &line[..40]);
    let inspection = bench.inspect("x.ndjson", text.as_bytes()).unwrap();
    assert_eq!((inspection.rejected_total, inspection.rejected[0].line), (1, Some(3)));
    assert_eq!(imported(bench.import_all(&inspection)), (2, 0, 0, 1));
}

#[test]
fn recovery_words_are_checked_back_and_then_forgotten() {
    let mut bench = Bench::with_ledger(None, None);
    let Reply::RecoveryWords(words) = bench.ask(Command::RecoveryWords).unwrap() else { panic!() };
    assert_eq!(words.0.split(' ').count(), 24);
    let wrong = Secret(words.0.replacen(words.0.split(' ').nth(4).unwrap(), "zzz", 1));
    assert!(matches!(
        bench.ask(Command::CheckRecovery { words: wrong }).unwrap(),
        Reply::RecoveryChecked(Some(WordsProblem::Differ(_)))
    ));
    assert!(matches!(bench.ask(Command::CheckRecovery { words }).unwrap(), Reply::RecoveryChecked(None)));
    assert!(bench.ask(Command::RecoveryWords).is_err());
}

#[test]
fn the_made_up_person_fills_every_page_and_verifies() {
    let mut bench = Bench::unlocked();
    bench.ask(Command::CreateMadeUp { seed: chartchain_vault::DEMO_SEED }).unwrap();
    let Reply::Home(home) = bench.ask(Command::Home).unwrap() else { panic!() };
    assert!(home.banner.made_up && home.banner.allergies.len() >= 2 && home.latest.len() >= 4);
    assert_eq!(verdict_problems(&mut bench), 0);
}

#[test]
fn trying_the_app_needs_no_passphrase_and_leaves_nothing() {
    let world = bench_person::World::default();
    let mut bench = Bench { engine: chartchain_vault::Engine::new(world.clone()), world };
    let Reply::Unlocked { ledgers, .. } = bench.ask(Command::Try { seed: chartchain_vault::DEMO_SEED }).unwrap() else {
        panic!()
    };
    assert!(ledgers[0].made_up && ledgers[0].entries > 100);
    assert_eq!(verdict_problems(&mut bench), 0);
    bench.ask(Command::Lock).unwrap();
    assert_eq!(bench.ask(Command::Home).err(), Some(Fault::Locked));
    let Reply::People(people) = bench.ask(Command::ListPeople).unwrap() else { panic!() };
    assert!(people.is_empty());
}
