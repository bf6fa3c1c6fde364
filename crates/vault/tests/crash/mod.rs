//! The power goes, or the room runs out, at every single operation of storage: nothing that was acknowledged is lost,
//! nothing is there twice, and what was under way goes on by itself.

use std::fmt::Write as _;
use std::hash::{Hash as _, Hasher as _};

use chartchain_store::Failure;
use chartchain_vault::protocol::{
    Command, Event, ExportFormat, Fault, Inspection, JobId, JobResult, JobState, Person, Reply, Secret,
};

use crate::bench_person::{Bench, PASSPHRASE, Part, Past, World, imported};

/// No run takes more operations than this.
const MAX_OPERATIONS: u64 = 400;
/// How crashes may end: whether the commit under way happened is up to the seed. `cargo xtask long` asks for more.
fn crash_seeds() -> core::ops::Range<u64> {
    0..std::env::var("CHARTCHAIN_CRASH_SEEDS").ok().and_then(|count| count.parse().ok()).unwrap_or(4)
}

/// What a run leaves behind, without what differs from run to run (times, keys, hashes).
#[derive(Debug, PartialEq, Eq)]
struct Outcome {
    current: Text,
    all_versions: Text,
    blocks: u32,
    entries_in_blocks: u32,
    found: u32,
    sources: Vec<(String, u32)>,
}

/// A long text, told from others without printing it.
#[derive(Debug, PartialEq, Eq)]
struct Text {
    bytes: usize,
    hash: u64,
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        let mut hasher = std::hash::DefaultHasher::new();
        text.hash(&mut hasher);
        Self { bytes: text.len(), hash: hasher.finish() }
    }
}

fn outcome(bench: &mut Bench) -> Outcome {
    let verdict = bench.verify();
    assert_eq!(verdict.problems, []);
    let query = chartchain_vault::protocol::Query { limit: 1, ..Default::default() };
    let Reply::Timeline(page) = bench.ask(Command::Timeline(query)).unwrap() else { panic!() };
    Outcome {
        current: bench.export(ExportFormat::Ndjson).into(),
        all_versions: bench.try_export(ExportFormat::Ndjson, true).unwrap().into(),
        blocks: verdict.blocks,
        entries_in_blocks: verdict.entries,
        found: bench.count_found("a"),
        sources: page.sources,
    }
}

/// A made-up person's first resources, then versions of two of them, so that the import takes several blocks.
pub fn record(resources: usize, versions: usize) -> String {
    let today = chartchain_synth::Date { year: 2026, month: 11, day: 1 };
    let life = chartchain_synth::lifetime(&chartchain_synth::Options { seed: 7, today });
    let mut text = String::new();
    for made in life.resources.iter().take(resources) {
        writeln!(text, "{}", made.json).unwrap();
    }
    let last = life.resources.iter().take(resources).rev().filter(|made| made.json.contains("\"id\":"));
    let amended: Vec<&str> = last.take(2).map(|made| made.json.as_str()).collect();
    for version in 0..versions {
        for json in &amended {
            let (start, rest) = json.split_once(',').unwrap();
            writeln!(text, "{start},\"implicitRules\":\"urn:version:{version}\",{rest}").unwrap();
        }
    }
    text
}

/// A person with a ledger that holds something already.
fn settled() -> (World, Past) {
    let mut bench = Bench::unlocked();
    bench.ask(Command::CreateLedger { subject: Person::default() }).unwrap();
    let line = r#"{"resourceType":"Observation","status":"final","code":{"text":"Pulse"},"valueQuantity":{"value":61,"unit":"/min"}}"#;
    let inspection = bench.inspect("before.ndjson", line.as_bytes()).unwrap();
    imported(bench.import_all(&inspection));
    let past = bench.world.snapshot();
    (bench.world, past)
}

/// Sends an input in small parts.
fn bring(bench: &mut Bench, text: &str) -> Result<Inspection, Fault> {
    let begin = Command::BeginInput { name: "life.ndjson".into(), size_bytes: text.len() as u64 };
    let Reply::Input(input) = bench.ask(begin)? else { panic!() };
    for part in text.as_bytes().chunks(text.len().div_ceil(4)) {
        bench.ask(Command::InputPart { input, bytes: part.to_vec() })?;
    }
    let Reply::Inspection(inspection) = bench.ask(Command::Inspect { input })? else { panic!() };
    Ok(inspection)
}

fn import(bench: &mut Bench, text: &str) -> Result<(), Fault> {
    let inspection = bring(bench, text)?;
    let people = inspection.people.iter().map(|person| person.key.clone()).collect();
    bench.ask(Command::Import { input: inspection.input, people }).map(|_| ())
}

/// Steps until nothing is left to do; the hashes of all blocks that were there before something failed, oldest first.
fn run(bench: &mut Bench) -> Vec<String> {
    let mut acknowledged = hashes(bench);
    while bench.engine.has_work() {
        bench.step();
        let failed = bench.events().into_iter().any(|event| matches!(event, Event::Job(job) if is_failed(&job.state)));
        if failed {
            break;
        }
        acknowledged = hashes(bench);
    }
    acknowledged
}

fn is_failed(state: &JobState) -> bool {
    matches!(state, JobState::Failed(_))
}

fn hashes(bench: &mut Bench) -> Vec<String> {
    let blocks = bench.blocks().unwrap();
    blocks.lines.into_iter().rev().map(|line| line.hash).collect()
}

/// How many operations each failure meets, with how crashes may end.
fn failures(step: usize) -> impl Iterator<Item = (u64, Failure, u64)> {
    (0..MAX_OPERATIONS).step_by(step).flat_map(|after| {
        let crashes = crash_seeds().map(move |seed| (after, Failure::Crash, seed));
        crashes.chain([(after, Failure::Full, 0)])
    })
}

/// Imports with a failure at every operation; gives how many runs met one.
fn import_with_failures(text: &str, step: usize) -> u32 {
    let (world, past) = settled();
    let mut calm = Bench::start(world.resume(&past, 9));
    calm.unlock(PASSPHRASE).unwrap();
    import(&mut calm, text).unwrap();
    run(&mut calm);
    let expected = outcome(&mut calm);
    assert!(expected.blocks >= 6, "several blocks: {expected:?}");

    let mut met = 0;
    for (after, failure, seed) in failures(step) {
        let case = format!("{failure:?} after {after} operations, seed {seed}");
        let mut bench = Bench::start(world.resume(&past, seed));
        bench.unlock(PASSPHRASE).unwrap();
        bench.world.fail_after(Part::Person, after, failure);
        let begun = import(&mut bench, text);
        let acknowledged = if begun.is_ok() { run(&mut bench) } else { Vec::new() };
        let Reply::Jobs(jobs) = bench.ask(Command::ListJobs).unwrap() else { panic!() };
        let failed = begun.is_err() || jobs.iter().any(|job| is_failed(&job.state));
        bench.world.mend();
        if failed {
            met += 1;
        } else if after > 0 && failure == Failure::Crash && seed == 0 {
            // The run ended before the failure was due: there are no more operations.
            break;
        }

        let mut bench = Bench::start(bench.world.clone());
        let Reply::Unlocked { resumed, .. } = bench.unlock(PASSPHRASE).unwrap() else { panic!() };
        let there = hashes(&mut bench);
        assert!(there.starts_with(&acknowledged), "{case}: {acknowledged:?} {there:?}");
        run(&mut bench);
        if begun.is_err() && resumed.is_empty() {
            import(&mut bench, text).unwrap();
            run(&mut bench);
        }
        let Reply::Jobs(jobs) = bench.ask(Command::ListJobs).unwrap() else { panic!() };
        assert!(jobs.iter().all(|job| matches!(job.state, JobState::Finished(_))), "{case}: {jobs:?}");
        assert_eq!(outcome(&mut bench), expected, "{case}");
        assert_eq!(bench.world.count_rows(), calm.world.count_rows(), "{case}: rows left behind");
    }
    met
}

#[test]
fn an_import_that_fails_anywhere_goes_on_by_itself_and_ends_as_if_nothing_had_happened() {
    assert!(import_with_failures(&record(70, 4), 1) >= 60);
}

#[test]
fn the_same_holds_where_the_index_is_stored_in_the_middle_of_an_import() {
    assert!(import_with_failures(&record(3, 70), 3) >= 60);
}

/// Lets one act fail at every operation of each store. `check` sees an unlocked engine that was started afterwards, and
/// whether the act was acknowledged; where the room ran out, it sees the engine that went on, too.
pub fn fail_everywhere(
    past: Option<(&World, &Past)>,
    act: impl Fn(&mut Bench) -> Result<(), Fault>,
    check: impl Fn(&mut Bench, bool, &str),
) {
    let mut met = 0;
    for part in [Part::Profile, Part::Person] {
        for (after, failure, seed) in failures(1) {
            let case = format!("{failure:?} of {part:?} after {after} operations, seed {seed}");
            let mut bench = match past {
                Some((world, past)) => {
                    let mut bench = Bench::start(world.resume(past, seed));
                    bench.unlock(PASSPHRASE).unwrap();
                    bench
                }
                None => Bench::start(World::seeded(seed)),
            };
            bench.world.fail_after(part, after, failure);
            let result = act(&mut bench);
            bench.world.mend();
            match (&result, failure) {
                (Ok(()), Failure::Crash) if seed == 0 => break,
                (Ok(()), _) => {}
                (Err(fault), Failure::Crash) => assert!(matches!(fault, Fault::Storage(_)), "{case}: {fault:?}"),
                (Err(fault), Failure::Full) => assert_eq!(*fault, Fault::StorageFull, "{case}"),
            }
            met += u32::from(result.is_err());
            if failure == Failure::Full {
                check(&mut bench, result.is_ok(), &format!("{case}, going on"));
            }
            let mut bench = Bench::start(bench.world.clone());
            check(&mut bench, result.is_ok(), &case);
        }
    }
    assert!(met > 0, "no failure was met");
}

/// Unlocks unless nobody locked.
pub fn enter(bench: &mut Bench, case: &str) {
    if bench.ask(Command::Touch).is_err() {
        bench.unlock(PASSPHRASE).unwrap_or_else(|fault| panic!("{case}: {fault}"));
    }
}

fn ended(bench: &mut Bench, job: JobId) -> Result<JobResult, Fault> {
    match bench.finish(job) {
        JobState::Finished(result) => Ok(result),
        JobState::Failed(fault) => Err(fault),
        other => panic!("{other:?}"),
    }
}

fn people(bench: &mut Bench) -> usize {
    let Reply::People(people) = bench.ask(Command::ListPeople).unwrap() else { panic!() };
    people.len()
}

#[test]
fn a_person_is_added_or_not() {
    let create =
        |bench: &mut Bench| bench.ask(Command::CreatePerson { passphrase: Secret(PASSPHRASE.into()), words: None });
    let check = |bench: &mut Bench, acknowledged: bool, case: &str| {
        let there = people(bench);
        if acknowledged {
            assert_eq!(there, 1, "{case}");
        } else if case.ends_with("going on") {
            assert_eq!(there, 0, "{case}: refused, but on the list");
        }
        if there == 0 {
            create(bench).unwrap();
        }
        enter(bench, case);
        assert_eq!(people(bench), 1, "{case}");
        if bench.ledgers().is_empty() {
            bench.ask(Command::CreateLedger { subject: ida() }).unwrap();
        }
        assert_eq!(bench.verify().problems, [], "{case}");
    };
    fail_everywhere(None, |bench| create(bench).map(|_| ()), check);
}

fn ida() -> Person {
    Person { name: Some("Ida Quill".into()), birth_date: Some("1970-05-01".into()), ..Person::default() }
}

/// Every ledger that is listed can be opened, holds what it has to, and verifies.
fn check_ledgers(bench: &mut Bench, case: &str, entries: impl Fn(&Person) -> u32) {
    for card in bench.ledgers() {
        bench.ask(Command::OpenLedger { ledger: card.id }).unwrap_or_else(|fault| panic!("{case}: {fault}"));
        assert_eq!(card.entries, entries(&card.subject), "{case}: {:?}", card.subject);
        assert_eq!(bench.verify().problems, [], "{case}");
    }
}

#[test]
fn a_ledger_is_founded_whole_or_not_at_all() {
    let (world, past) = settled();
    let act = |bench: &mut Bench| bench.ask(Command::CreateLedger { subject: ida() }).map(|_| ());
    fail_everywhere(Some((&world, &past)), act, |bench, acknowledged, case| {
        enter(bench, case);
        let there = bench.ledgers().len();
        assert!(there == 2 || there == 1 && !acknowledged, "{case}: {there} ledgers");
        assert!(there == 1 || acknowledged || !case.ends_with("going on"), "{case}: refused, but there");
        check_ledgers(bench, case, |_| 1);
        if there == 1 {
            act(bench).unwrap();
            assert_eq!(bench.ledgers().len(), 2, "{case}");
            check_ledgers(bench, case, |_| 1);
        }
    });
}

#[test]
fn a_made_up_person_is_there_whole_or_not_at_all() {
    let (world, past) = settled();
    let act = |bench: &mut Bench| bench.ask(Command::CreateMadeUp { seed: 3 }).map(|_| ());
    let whole = {
        let mut bench = Bench::start(world.resume(&past, 0));
        bench.unlock(PASSPHRASE).unwrap();
        act(&mut bench).unwrap();
        bench.ledgers()[1].entries
    };
    fail_everywhere(Some((&world, &past)), act, |bench, acknowledged, case| {
        enter(bench, case);
        assert_eq!(bench.ledgers().len() == 2, acknowledged || bench.ledgers().len() == 2, "{case}");
        check_ledgers(bench, case, |subject| if subject.name.is_some() { whole } else { 1 });
    });
}

#[test]
fn settings_are_the_old_or_the_new_ones_and_a_refused_change_is_not_shown() {
    let (world, past) = settled();
    let minutes = |bench: &mut Bench| match bench.ask(Command::LoadSettings).unwrap() {
        Reply::Settings(settings) => settings,
        other => panic!("{other:?}"),
    };
    let act = |bench: &mut Bench| {
        let mut settings = minutes(bench);
        settings.auto_lock_minutes = 3;
        bench.ask(Command::SaveSettings(settings)).map(|_| ())
    };
    let check = |bench: &mut Bench, acknowledged: bool, case: &str| {
        enter(bench, case);
        let now = minutes(bench).auto_lock_minutes;
        if acknowledged {
            assert_eq!(now, 3, "{case}");
        } else if case.ends_with("going on") {
            assert_eq!(now, 10, "{case}");
        } else {
            assert!(now == 3 || now == 10, "{case}");
        }
        check_ledgers(bench, case, |_| 1);
    };
    fail_everywhere(Some((&world, &past)), act, check);
}

#[test]
fn recovery_words_are_forgotten_only_when_that_is_stored() {
    let (world, past) = settled();
    let words = |bench: &mut Bench| match bench.ask(Command::RecoveryWords) {
        Ok(Reply::RecoveryWords(words)) => Some(words),
        _ => None,
    };
    let act = |bench: &mut Bench| {
        let words = words(bench).unwrap();
        let Reply::RecoveryChecked(check) = bench.ask(Command::CheckRecovery { words })? else { panic!() };
        assert_eq!(check, None);
        Ok(())
    };
    fail_everywhere(Some((&world, &past)), act, |bench, acknowledged, case| {
        enter(bench, case);
        let kept = words(bench).is_some();
        assert!(!(kept && acknowledged), "{case}");
        assert!(kept || acknowledged || !case.ends_with("going on"), "{case}: refused, but forgotten");
    });
}

#[test]
fn verifying_says_what_it_found_even_where_that_cannot_be_noted() {
    let (world, past) = settled();
    let act = |bench: &mut Bench| {
        let Reply::Started(job) = bench.ask(Command::Verify)? else { panic!() };
        let JobResult::Verified(verdict) = ended(bench, job)? else { panic!() };
        assert_eq!(verdict.problems, []);
        Ok(())
    };
    let mut full = Bench::start(world.resume(&past, 0));
    full.unlock(PASSPHRASE).unwrap();
    full.world.fail_after(Part::Person, 0, Failure::Full);
    act(&mut full).unwrap();
    fail_everywhere(Some((&world, &past)), act, |bench, acknowledged, case| {
        enter(bench, case);
        let noted = bench.blocks().unwrap().last_verified.is_some();
        assert!(noted || !acknowledged || case.contains("Full"), "{case}");
        check_ledgers(bench, case, |_| 1);
    });
}

#[test]
fn a_cancelled_import_keeps_what_is_in_and_stays_cancelled() {
    let (world, past) = settled();
    let text = record(40, 3);
    let act = |bench: &mut Bench| {
        import(bench, &text)?;
        for _ in 0..2 {
            bench.step();
        }
        let Reply::Jobs(jobs) = bench.ask(Command::ListJobs)? else { panic!() };
        if let JobState::Failed(fault) = &jobs[0].state {
            return Err(fault.clone());
        }
        bench.ask(Command::CancelJob(jobs[0].id)).map(|_| ())
    };
    let whole = {
        let mut bench = Bench::start(world.resume(&past, 0));
        bench.unlock(PASSPHRASE).unwrap();
        import(&mut bench, &text).unwrap();
        run(&mut bench);
        outcome(&mut bench)
    };
    fail_everywhere(Some((&world, &past)), act, |bench, acknowledged, case| {
        enter(bench, case);
        if acknowledged {
            assert!(!bench.engine.has_work(), "{case}: goes on although it was cancelled");
            assert_eq!(bench.blocks().unwrap().total, 4, "{case}");
        }
        assert_eq!(bench.verify().problems, [], "{case}");
        let Reply::Jobs(jobs) = bench.ask(Command::ListJobs).unwrap() else { panic!() };
        if !case.ends_with("going on") && jobs.len() == 1 {
            // Neither finished nor under way: bringing it in again fills in what is missing.
            import(bench, &text).unwrap();
        }
        if !case.ends_with("going on") {
            run(bench);
            assert_eq!(outcome(bench).found, whole.found, "{case}");
        }
    });
}

#[test]
fn a_paused_import_waits_and_goes_on_after_a_restart() {
    let (world, past) = settled();
    let text = record(40, 3);
    let mut bench = Bench::start(world.resume(&past, 0));
    bench.unlock(PASSPHRASE).unwrap();
    import(&mut bench, &text).unwrap();
    bench.step();
    let Reply::Jobs(jobs) = bench.ask(Command::ListJobs).unwrap() else { panic!() };
    bench.ask(Command::PauseJob(jobs[0].id)).unwrap();
    assert!(!bench.engine.has_work());
    let blocks = bench.blocks().unwrap().total;
    bench.step();
    assert_eq!(bench.blocks().unwrap().total, blocks);
    // While it waits, verifying holds for what is in.
    assert_eq!(bench.verify().problems, []);
    let mut later = Bench::start(bench.world.clone());
    let Reply::Unlocked { resumed, .. } = later.unlock(PASSPHRASE).unwrap() else { panic!() };
    assert_eq!(resumed.len(), 1);
    later.finish(resumed[0]);
    let ended = outcome(&mut later);

    let mut bench = Bench::start(world.resume(&past, 0));
    bench.unlock(PASSPHRASE).unwrap();
    import(&mut bench, &text).unwrap();
    bench.step();
    let Reply::Jobs(jobs) = bench.ask(Command::ListJobs).unwrap() else { panic!() };
    bench.ask(Command::PauseJob(jobs[0].id)).unwrap();
    bench.ask(Command::ResumeJob(jobs[0].id)).unwrap();
    run(&mut bench);
    assert_eq!(outcome(&mut bench), ended);
}

#[test]
fn verifying_while_an_import_is_under_way_finds_no_faults() {
    let (world, past) = settled();
    let mut bench = Bench::start(world.resume(&past, 0));
    bench.unlock(PASSPHRASE).unwrap();
    import(&mut bench, &record(40, 3)).unwrap();
    bench.step();
    let Reply::Jobs(jobs) = bench.ask(Command::ListJobs).unwrap() else { panic!() };
    let importing = jobs[0].id;
    // Asked for in the middle of an import …
    assert_eq!(bench.verify().problems, []);
    // … and an import that goes on in the middle of verifying.
    import(&mut bench, &record(60, 2)).unwrap();
    bench.step();
    let Reply::Jobs(jobs) = bench.ask(Command::ListJobs).unwrap() else { panic!() };
    let importing = jobs.iter().map(|job| job.id).find(|id| id.0 > importing.0 + 1).unwrap();
    bench.ask(Command::PauseJob(importing)).unwrap();
    let Reply::Started(verifying) = bench.ask(Command::Verify).unwrap() else { panic!() };
    bench.step();
    bench.ask(Command::ResumeJob(importing)).unwrap();
    let JobResult::Verified(verdict) = ended(&mut bench, verifying).unwrap() else { panic!() };
    assert_eq!(verdict.problems, []);
}

#[test]
fn a_person_is_deleted_for_ever_or_can_be_deleted_again() {
    let (world, past) = settled();
    let delete = |bench: &mut Bench| {
        let Reply::People(people) = bench.ask(Command::ListPeople)? else { panic!() };
        let Some(card) = people.first() else { return Ok(()) };
        bench.ask(Command::DeletePerson { person: card.id.clone(), passphrase: Secret(PASSPHRASE.into()) }).map(|_| ())
    };
    fail_everywhere(Some((&world, &past)), delete, |bench, acknowledged, case| {
        bench.world.mend();
        let there = people(bench);
        assert!(there == 0 || !acknowledged, "{case}");
        delete(bench).unwrap_or_else(|fault| panic!("{case}: {fault}"));
        assert_eq!(people(bench), 0, "{case}");
        let left: usize = bench.world.stores().iter().filter(|(name, _)| !name.is_empty()).count();
        assert!(left <= 1);
        bench.world.mend();
        assert_eq!(bench.world.count_rows(), bench.world.count_profile_rows(), "{case}: rows of the person are left");
    });
}
