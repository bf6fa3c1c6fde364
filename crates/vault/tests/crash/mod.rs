//! The power goes, or the room runs out, at every single operation of storage: nothing that was acknowledged is lost,
//! nothing is there twice, and what was under way goes on by itself.

use std::fmt::Write as _;
use std::hash::{Hash as _, Hasher as _};

use chartchain_store::Failure;
use chartchain_vault::protocol::{Command, Event, ExportFormat, Fault, Inspection, JobState, Person, Reply};

use crate::bench_person::{Bench, PASSPHRASE, Past, World, imported};

/// No run takes more operations than this.
const MAX_OPERATIONS: u64 = 400;
/// How crashes may end: whether the commit under way happened is up to the seed.
const CRASH_SEEDS: [u64; 4] = [0, 1, 2, 3];

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
fn record(resources: usize, versions: usize) -> String {
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

fn subject() -> Person {
    Person { name: Some("Ida Quill".into()), ..Person::default() }
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
        let crashes = CRASH_SEEDS.into_iter().map(move |seed| (after, Failure::Crash, seed));
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
        bench.world.fail_after(after, failure);
        let begun = import(&mut bench, text);
        let acknowledged = if begun.is_ok() { run(&mut bench) } else { Vec::new() };
        let Reply::Jobs(jobs) = bench.ask(Command::ListJobs).unwrap() else { panic!() };
        let failed = begun.is_err() || jobs.iter().any(|job| is_failed(&job.state));
        bench.world.mend();
        if failed {
            met += 1;
        } else if after > 0 && failure == Failure::Crash && seed == CRASH_SEEDS[0] {
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
