//! Runs the binary, and makes ledger files for it quickly: in this process, with the least costly passphrase.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Stdio};
use std::sync::Mutex;

use chartchain_keys::{KdfParams, Sensitive, UnlockError, stretch};
use chartchain_store::{RedbStore, StoreError};
use chartchain_vault::protocol::{
    Command, ExportFormat, Fault, JobId, JobResult, JobState, Person, PersonId, Reply, Secret, docs,
};
use chartchain_vault::{Engine, Platform, Stretched};
use getrandom::SysRng;
use rand_core::UnwrapErr;
use tempfile::TempDir;

pub const PASSPHRASE: &str = "copper heron seven lamps";

/// A folder with files, and the binary to use on them.
pub struct Tool {
    pub folder: TempDir,
}

/// What a run of the binary gave.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub errors: String,
}

impl Ran {
    /// The JSON values of standard output, one a line.
    pub fn json(&self) -> Vec<serde_json::Value> {
        self.out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
            .collect()
    }
}

impl Tool {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// A ledger file, empty but for its person.
    pub fn ledger(&self, name: &str, subject: Person) -> PathBuf {
        let path = self.path(name);
        let mut quick = Quick::create(&path);
        quick.ask(Command::CreateLedger { subject }).unwrap();
        path
    }

    /// The binary, ready to run. It is killed rather than waited for where it hangs on a terminal: it gets none.
    pub fn process(&self, arguments: &[&dyn AsRef<OsStr>]) -> Process {
        let mut process = Process::new(env!("CARGO_BIN_EXE_chartchain"));
        process.args(arguments.iter().map(|argument| argument.as_ref())).current_dir(self.folder.path());
        process.env("CHARTCHAIN_PASSPHRASE", PASSPHRASE).stdin(Stdio::null());
        process
    }

    pub fn run(&self, arguments: &[&dyn AsRef<OsStr>]) -> Ran {
        ran(self.process(arguments))
    }
}

/// Runs to the end. Whatever happens, it neither panics nor ends with a code that is not documented.
pub fn ran(mut process: Process) -> Ran {
    let output = process.output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(!errors.contains("panicked"), "{errors}");
    let code = output.status.code().unwrap_or_else(|| panic!("{:?}: {errors}", output.status));
    assert!((0..=9).contains(&code), "{code}: {errors}");
    Ran { code, out: String::from_utf8(output.stdout).unwrap(), errors }
}

struct Native {
    store: RedbStore,
}

impl Platform for Native {
    type Store = RedbStore;
    type Rng = UnwrapErr<SysRng>;

    fn rng(&self) -> Self::Rng {
        UnwrapErr(SysRng)
    }

    fn now_ms(&self) -> i64 {
        1_795_000_000_000
    }

    async fn profile_store(&self) -> Result<RedbStore, StoreError> {
        Ok(self.store.clone())
    }

    async fn person_store(&self, _person: &PersonId) -> Result<RedbStore, StoreError> {
        Ok(self.store.clone())
    }

    fn trial_store(&self) -> Option<RedbStore> {
        None
    }

    fn passphrase_cost(&self) -> (KdfParams, u32) {
        (KdfParams::FLOOR, 0)
    }

    async fn stretch(&self, passphrase: &Secret, salt: [u8; 16], params: KdfParams) -> Result<Stretched, UnlockError> {
        // The same file is opened hundreds of times.
        static DONE: Mutex<BTreeMap<[u8; 16], [u8; 32]>> = Mutex::new(BTreeMap::new());
        assert_eq!(passphrase.0, PASSPHRASE);
        if let Some(done) = DONE.lock().unwrap().get(&salt) {
            return Ok(Stretched { key: Sensitive::new(*done), lasted_ms: 1 });
        }
        let made = stretch(passphrase.0.as_bytes(), &salt, params)?;
        DONE.lock().unwrap().insert(salt, *made.expose());
        Ok(Stretched { key: made, lasted_ms: 1 })
    }

    async fn merge(&self, work: docs::Work) -> Result<docs::Done, docs::DocsError> {
        work.carry_out(async |work| work.attempt()).await
    }
}

/// The engine on a file, in this process.
pub struct Quick {
    engine: Engine<Native>,
}

impl Quick {
    pub fn create(path: &Path) -> Self {
        let store = RedbStore::create(path).unwrap();
        let mut quick = Self { engine: Engine::new(Native { store }) };
        quick.ask(Command::CreatePerson { passphrase: Secret(PASSPHRASE.into()), words: None }).unwrap();
        quick
    }

    pub fn open(path: &Path) -> Self {
        let store = RedbStore::open(path).unwrap();
        let mut quick = Self { engine: Engine::new(Native { store }) };
        let Reply::People(people) = quick.ask(Command::ListPeople).unwrap() else { panic!() };
        let unlock = Command::Unlock { person: people[0].id.clone(), passphrase: Secret(PASSPHRASE.into()) };
        quick.ask(unlock).unwrap();
        quick
    }

    pub fn ask(&mut self, command: Command) -> Result<Reply, Fault> {
        pollster::block_on(self.engine.handle(command))
    }

    pub fn work(&mut self, command: Command) -> (JobId, JobResult) {
        let Reply::Started(id) = self.ask(command).unwrap() else { panic!() };
        while self.engine.has_work() {
            pollster::block_on(self.engine.step());
        }
        let Reply::Jobs(jobs) = self.ask(Command::ListJobs).unwrap() else { panic!() };
        match jobs.into_iter().find(|job| job.id == id).unwrap().state {
            JobState::Finished(result) => (id, result),
            other => panic!("{other:?}"),
        }
    }

    /// Brings in everything that is in a file, whoever it is about.
    pub fn import(&mut self, name: &str, bytes: &[u8]) -> JobResult {
        let begin = Command::BeginInput { name: name.into(), size_bytes: bytes.len() as u64 };
        let Reply::Input(input) = self.ask(begin).unwrap() else { panic!() };
        for part in bytes.chunks(1 << 20) {
            self.ask(Command::InputPart { input, bytes: part.to_vec() }).unwrap();
        }
        let Reply::Inspection(inspection) = self.ask(Command::Inspect { input }).unwrap() else { panic!() };
        let people = inspection.people.into_iter().map(|found| found.key).collect();
        self.work(Command::Import { input, people }).1
    }

    pub fn export(&mut self, format: ExportFormat, all_versions: bool) -> String {
        let (job, _) = self.work(Command::Export { format, all_versions });
        let mut bytes = Vec::new();
        loop {
            let part = Command::ExportPart { job, offset: bytes.len() as u64 };
            let Reply::Part(part) = self.ask(part).unwrap() else { panic!() };
            if part.is_empty() {
                return String::from_utf8(bytes).unwrap();
            }
            bytes.extend(part);
        }
    }

    pub fn problems(&mut self) -> u32 {
        match self.work(Command::Verify).1 {
            JobResult::Verified(verdict) => verdict.problems_total,
            other => panic!("{other:?}"),
        }
    }
}

/// A made-up person's whole life, as a Bundle.
pub fn life(seed: u64) -> String {
    let today = chartchain_synth::Date { year: 2026, month: 11, day: 1 };
    chartchain_synth::bundle(&chartchain_synth::lifetime(&chartchain_synth::Options { seed, today }))
}
