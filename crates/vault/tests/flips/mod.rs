//! One bit of what is stored is flipped, in values and in keys of rows: it is noticed, or it changes nothing that
//! anybody reads. Never does verifying find nothing while something is not as it was.

use chartchain_keys::test_rng;
use chartchain_store::{Batch, Durability, MemoryStore, RowKey, Store as _};
use chartchain_vault::protocol::{Command, ExportFormat, Fault, Job, JobResult, JobState, Kind, Person, Query, Reply};
use rand_core::Rng as _;

use crate::bench_person::{Bench, PASSPHRASE, Past, World, imported};
use crate::crash::record;

/// As many as the product promises to survive.
const FLIPS: u64 = 1000;

/// Everything that a person can read, as text.
pub struct Read {
    pub pages: String,
    pub current: String,
    pub all_versions: String,
}

pub fn read_all(bench: &mut Bench) -> Result<Read, Fault> {
    let kinds = vec![Kind::Vital, Kind::TestResult, Kind::Visit, Kind::Provider, Kind::Person, Kind::Vaccination];
    let search = |words: &str| Query { words: words.into(), kinds: kinds.clone(), limit: 500, ..Query::default() };
    let commands = [
        Command::LoadSettings,
        Command::ListLedgers,
        Command::Home,
        Command::Timeline(Query { include_superseded: true, limit: 500, ..Query::default() }),
        Command::Timeline(search("clinic")),
        Command::Timeline(search("blood")),
        Command::Timeline(search("1")),
        Command::Blocks { offset: 0, limit: 200 },
        Command::RecoveryWords,
    ];
    let mut pages = String::new();
    for command in commands {
        let reply = match bench.ask(command)? {
            // How far the words are known is for another test to say; that they are the same shows in their text.
            Reply::RecoveryWords(words) => words.0.clone(),
            other => format!("{other:?}"),
        };
        pages.push_str(&reply);
    }
    let current = bench.try_export(ExportFormat::Ndjson, false)?;
    let all_versions = bench.try_export(ExportFormat::Bundle, true)?;
    // The file says when it was written.
    let start = all_versions.find("\"entry\"").unwrap();
    Ok(Read { pages, current, all_versions: all_versions[start..].to_owned() })
}

/// `Err` where it was noticed otherwise than by verifying.
pub fn problems(bench: &mut Bench) -> Result<u32, Fault> {
    let Reply::Started(id) = bench.ask(Command::Verify)? else { panic!() };
    while bench.engine.has_work() {
        bench.step();
    }
    let Reply::Jobs(jobs) = bench.ask(Command::ListJobs)? else { panic!() };
    match jobs.into_iter().find(|job| job.id == id).unwrap().state {
        JobState::Finished(JobResult::Verified(verdict)) => Ok(verdict.problems_total),
        JobState::Failed(fault) => Err(fault),
        other => panic!("{other:?}"),
    }
}

/// A record of several blocks, all indexed.
fn whole() -> (World, Past) {
    let mut bench = Bench::unlocked();
    bench.ask(Command::CreateLedger { subject: Person::default() }).unwrap();
    for (name, text) in [("a.ndjson", record(60, 2)), ("b.ndjson", record(90, 3))] {
        let inspection = bench.inspect(name, text.as_bytes()).unwrap();
        imported(bench.import_all(&inspection));
    }
    // With the first page stored.
    bench.ask(Command::Home).unwrap();
    bench.rest();
    let past = bench.world.snapshot();
    (bench.world, past)
}

/// The same, killed in the middle of the second import.
fn interrupted() -> (World, Past) {
    let mut bench = Bench::unlocked();
    bench.ask(Command::CreateLedger { subject: Person::default() }).unwrap();
    let inspection = bench.inspect("a.ndjson", record(60, 2).as_bytes()).unwrap();
    imported(bench.import_all(&inspection));
    let inspection = bench.inspect("b.ndjson", record(90, 3).as_bytes()).unwrap();
    let people = inspection.people.iter().map(|person| person.key.clone()).collect();
    bench.ask(Command::Import { input: inspection.input, people }).unwrap();
    bench.step();
    let past = bench.world.snapshot();
    (bench.world, past)
}

/// What was flipped.
#[derive(Debug)]
struct Flip {
    #[expect(dead_code, reason = "printed when a test fails")]
    store: String,
    #[expect(dead_code, reason = "printed when a test fails")]
    row: RowKey,
    #[expect(dead_code, reason = "printed when a test fails")]
    bit_of_key: Option<usize>,
    #[expect(dead_code, reason = "printed when a test fails")]
    bit_of_value: Option<usize>,
}

/// Flips one bit: in every second case one of all bits, else one of a row, so that short rows have their share.
fn flip(world: &World, seed: u64) -> Flip {
    let mut rng = test_rng(seed);
    let mut rows: Vec<(String, MemoryStore, RowKey, Vec<u8>)> = Vec::new();
    for (name, store) in world.stores() {
        let keys = pollster::block_on(store.keys()).unwrap();
        for (key, value) in keys.iter().zip(pollster::block_on(store.read(&keys)).unwrap()) {
            rows.push((name.clone(), store.clone(), *key, value.unwrap()));
        }
    }
    rows.sort_by_key(|(name, _, key, _)| (name.clone(), *key));
    let bits = |value: &Vec<u8>| 256 + value.len() as u64 * 8;
    let (number, bit) = if seed.is_multiple_of(2) {
        let mut at = rng.next_u64() % rows.iter().map(|(_, _, _, value)| bits(value)).sum::<u64>();
        let mut number = 0;
        while at >= bits(&rows[number].3) {
            at -= bits(&rows[number].3);
            number += 1;
        }
        (number, at)
    } else {
        let number = usize::try_from(rng.next_u64() % rows.len() as u64).unwrap();
        (number, rng.next_u64() % bits(&rows[number].3))
    };
    let (name, store, mut key, mut value) = rows.swap_remove(number);
    let bit = usize::try_from(bit).unwrap();
    let mut batch = Batch::new();
    let row = key;
    if bit < 256 {
        batch.delete(key);
        key.0[bit / 8] ^= 1 << (bit % 8);
    } else {
        value[bit / 8 - 32] ^= 1 << (bit % 8);
    }
    batch.put(key, value);
    pollster::block_on(store.commit(batch, Durability::Strict)).unwrap();
    let bit_of_value = bit.checked_sub(256);
    Flip { store: name, row, bit_of_key: bit_of_value.is_none().then_some(bit), bit_of_value }
}

fn wait_for_jobs(bench: &mut Bench) -> Result<(), Fault> {
    while bench.engine.has_work() {
        bench.step();
    }
    let Reply::Jobs(jobs) = bench.ask(Command::ListJobs)? else { panic!() };
    let failed = |job: Job| match job.state {
        JobState::Failed(fault) => Some(fault),
        _ => None,
    };
    jobs.into_iter().find_map(failed).map_or(Ok(()), Err)
}

/// After the flip the app is started anew. An import that goes on makes new blocks, whose hashes differ: then only what
/// goes out is compared.
fn flips_at_rest((world, past): &(World, Past), flips: u64, with_pages: bool) {
    let mut calm = Bench::start(world.resume(past, 0));
    calm.unlock(PASSPHRASE).unwrap();
    wait_for_jobs(&mut calm).unwrap();
    let expected = read_all(&mut calm).unwrap();
    let (mut at_the_door, mut by_reading, mut by_verifying, mut without_effect) = (0, 0, 0, 0);
    for seed in 0..flips {
        let mut bench = Bench::start(world.resume(past, seed));
        let flip = flip(&bench.world, seed);
        if bench.unlock_only().and_then(|()| wait_for_jobs(&mut bench)).is_err() {
            at_the_door += 1;
            continue;
        }
        let read = read_all(&mut bench);
        let problems = problems(&mut bench);
        match (read, problems) {
            (Ok(read), Ok(0)) => {
                without_effect += 1;
                let pages = !with_pages || read.pages == expected.pages;
                let same = pages && read.current == expected.current && read.all_versions == expected.all_versions;
                assert!(same, "seed {seed}: nothing was noticed, but something changed: {flip:?}");
            }
            (Err(fault), Ok(0)) => panic!("seed {seed}: verifying finds nothing, reading fails: {fault}: {flip:?}"),
            (Err(_), _) => by_reading += 1,
            (Ok(_), _) => by_verifying += 1,
        }
    }
    println!(
        "{flips} flips: {at_the_door} noticed when unlocking, {by_reading} when reading, {by_verifying} when \
         verifying; {without_effect} without effect"
    );
    // Whatever bit it is, nobody is locked out by it. An import that waited may be lost with it, and that is said.
    assert!(!with_pages || at_the_door == 0);
    // What an import that goes on makes anew it also mends.
    assert!(by_verifying > 0 && (!with_pages || without_effect < flips / 10));
}

#[test]
fn a_flipped_bit_in_a_record_is_noticed_or_has_no_effect() {
    flips_at_rest(&whole(), FLIPS, true);
}

#[test]
fn a_flipped_bit_beside_an_interrupted_import_is_noticed_or_has_no_effect() {
    flips_at_rest(&interrupted(), FLIPS / 4, false);
}

#[test]
fn what_is_verified_while_it_is_open_is_still_there_after_a_restart() {
    let (world, past) = whole();
    let mut calm = Bench::start(world.resume(&past, 0));
    calm.unlock(PASSPHRASE).unwrap();
    let expected = read_all(&mut calm).unwrap();
    let mut holds = 0;
    for seed in 0..FLIPS {
        let mut bench = Bench::start(world.resume(&past, seed));
        bench.unlock(PASSPHRASE).unwrap();
        let flip = flip(&bench.world, seed);
        if !matches!(problems(&mut bench), Ok(0)) {
            continue;
        }
        holds += 1;
        let mut bench = Bench::start(bench.world.clone());
        bench.unlock(PASSPHRASE).unwrap_or_else(|fault| panic!("seed {seed}: {fault}: {flip:?}"));
        let read = read_all(&mut bench).unwrap_or_else(|fault| panic!("seed {seed}: {fault}: {flip:?}"));
        let same = read.current == expected.current && read.all_versions == expected.all_versions;
        assert!(same, "seed {seed}: verified, but not the same after a restart: {flip:?}");
    }
    assert!(holds < FLIPS / 10, "{holds}");
}
