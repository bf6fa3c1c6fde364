//! Benchmark: the engine on a file. 10,000 Observations of about 600 bytes come in, the file is opened again,
//! everything is verified and taken out. Prints one JSON object of figures.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark prints its figures and ends at any surprise"
)]

use std::time::Instant;

use chartchain_cli::Session;
use chartchain_keys::{Domain, KdfParams, SigningKey, stretch};
use chartchain_vault::protocol::{Command, ExportFormat, Fault, InputId, JobResult, Person, Query, Reply, Secret};

const COUNT: usize = 10_000;
const APPENDS: usize = 50;

fn passphrase() -> Secret {
    Secret("copper heron seven lamps".into())
}

fn input(session: &mut Session, text: &str) -> InputId {
    let begin = Command::BeginInput { name: "bench.ndjson".into(), size_bytes: text.len() as u64 };
    let Ok(Reply::Input(input)) = session.ask(begin) else { std::process::exit(1) };
    for part in text.as_bytes().chunks(1 << 20) {
        session.ask(Command::InputPart { input, bytes: part.to_vec() }).unwrap();
    }
    input
}

fn import(session: &mut Session, text: &str) -> JobResult {
    let input = input(session, text);
    let Ok(Reply::Inspection(inspection)) = session.ask(Command::Inspect { input }) else { std::process::exit(1) };
    let people = inspection.people.into_iter().map(|found| found.key).collect();
    session.work(Command::Import { input, people }).unwrap()
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bench.cc");
    let mut lines: Vec<String> = chartchain_synth::observations(1, COUNT + APPENDS).collect();
    let single = lines.split_off(COUNT);
    let text = lines.join("\n");
    Session::create(&path, passphrase(), Person::default()).unwrap();
    let mut session = Session::open(&path, passphrase(), None).unwrap();
    let mut figures = serde_json::Map::new();
    let mut note = |name: &str, value: f64| figures.insert(name.to_owned(), serde_json::json!(value));

    let start = Instant::now();
    let result = import(&mut session, &text);
    note("import_ms", ms(start));
    let JobResult::Imported { added, .. } = result else { std::process::exit(1) };
    note("imported", f64::from(added));
    note("raw_bytes", text.len() as f64);

    let mut appends: Vec<f64> = single
        .iter()
        .map(|line| {
            let start = Instant::now();
            import(&mut session, line);
            ms(start)
        })
        .collect();
    appends.sort_by(f64::total_cmp);
    note("add_one_file_p50_ms", appends.get(APPENDS / 2).copied().unwrap_or(f64::NAN));

    let start = Instant::now();
    let JobResult::Verified(verdict) = session.work(Command::Verify).unwrap() else { std::process::exit(1) };
    let verify_ms = ms(start);
    note("verify_ms", verify_ms);
    note("verify_problems", f64::from(verdict.problems_total));
    note("verify_blocks_per_s", f64::from(verdict.blocks) * 1000.0 / verify_ms);
    note("verify_entries_per_s", f64::from(verdict.entries) * 1000.0 / verify_ms);
    note("bare_verify_strict_per_s", verify_strict_per_s());

    let start = Instant::now();
    let export = Command::Export { format: ExportFormat::Ndjson, all_versions: true };
    session.work(export).unwrap();
    note("export_ms", ms(start));
    drop(session);
    note("disk_bytes", std::fs::metadata(&path).unwrap().len() as f64);

    let start = Instant::now();
    stretch(passphrase().0.as_bytes(), &[7; 16], KdfParams::DEFAULT).unwrap();
    note("argon2_default_ms", ms(start));
    let start = Instant::now();
    let mut session = Session::open(&path, passphrase(), None).unwrap();
    note("open_with_key_derivation_ms", ms(start));
    let start = Instant::now();
    session.ask(Command::Home).unwrap();
    note("home_ms", ms(start));
    let start = Instant::now();
    session.ask(Command::Timeline(Query { limit: 50, ..Query::default() })).unwrap();
    note("latest_50_ms", ms(start));
    let start = Instant::now();
    session.ask(Command::Timeline(Query { words: "pressure".into(), limit: 50, ..Query::default() })).unwrap();
    note("search_ms", ms(start));
    let start = Instant::now();
    let again = session.ask(Command::Lock).is_ok()
        && matches!(session.ask(Command::Home), Err(failure) if failure == Fault::Locked.into());
    note("lock_ms", ms(start));
    note("locked", f64::from(u8::from(again)));
    println!("{}", serde_json::Value::Object(figures));
}

/// What one thread verifies of the shortest messages there are, and nothing else.
fn verify_strict_per_s() -> f64 {
    const TIMES: u32 = 2000;
    let key = SigningKey::from_seed(&[7; 32]);
    let signature = key.sign(Domain::BlockEnvelope, b"block");
    let start = Instant::now();
    for _ in 0..TIMES {
        key.verify_key().verify(Domain::BlockEnvelope, b"block", &signature).unwrap();
    }
    f64::from(TIMES) * 1000.0 / ms(start)
}

fn ms(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1000.0
}
