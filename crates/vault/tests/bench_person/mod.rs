//! A person on a store in memory, driven as the worker drives one.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use chartchain_keys::{KdfParams, Sensitive, TestRng, UnlockError, stretch, test_rng};
use chartchain_store::{MemoryStore, StoreError};
use chartchain_vault::protocol::{
    Command, ExportFormat, Fault, Inspection, JobId, JobResult, JobState, Person, PersonId, Reply, Secret,
};
use chartchain_vault::{Engine, Platform};

pub const PASSPHRASE: &str = "correct horse battery";

/// Stores that outlive the engine, a clock that only moves forward, seeded randomness.
#[derive(Clone, Default)]
pub struct World {
    stores: Rc<RefCell<HashMap<String, MemoryStore>>>,
    clock_ms: Rc<Cell<i64>>,
    seed: Rc<Cell<u64>>,
}

impl World {
    fn store(&self, name: &str) -> MemoryStore {
        self.stores.borrow_mut().entry(name.to_owned()).or_default().clone()
    }

    /// The store of the only person.
    pub fn person_store_only(&self) -> MemoryStore {
        let stores = self.stores.borrow();
        stores.iter().find(|(name, _)| !name.is_empty()).map(|(_, store)| store.clone()).unwrap()
    }
}

impl Platform for World {
    type Store = MemoryStore;
    type Rng = TestRng;

    fn rng(&self) -> TestRng {
        self.seed.set(self.seed.get() + 1);
        test_rng(self.seed.get())
    }

    fn now_ms(&self) -> i64 {
        self.clock_ms.set(self.clock_ms.get() + 1);
        1_795_000_000_000 + self.clock_ms.get()
    }

    async fn profile_store(&self) -> Result<MemoryStore, StoreError> {
        Ok(self.store(""))
    }

    async fn person_store(&self, person: &PersonId) -> Result<MemoryStore, StoreError> {
        Ok(self.store(&person.0))
    }

    fn trial_store(&self) -> Option<MemoryStore> {
        Some(MemoryStore::new())
    }

    fn passphrase_cost(&self) -> (KdfParams, u32) {
        (KdfParams::FLOOR, 0)
    }

    async fn stretch(
        &self,
        passphrase: &Secret,
        salt: [u8; 16],
        params: KdfParams,
    ) -> Result<Sensitive<[u8; 32]>, UnlockError> {
        stretch(passphrase.0.as_bytes(), &salt, params)
    }
}

pub struct Bench {
    pub engine: Engine<World>,
    pub world: World,
}

impl Bench {
    pub fn unlocked() -> Self {
        let world = World::default();
        let mut bench = Self { engine: Engine::new(world.clone()), world };
        bench.ask(Command::CreatePerson { passphrase: Secret(PASSPHRASE.into()) }).unwrap();
        bench
    }

    pub fn with_ledger(name: Option<&str>, birth_date: Option<&str>) -> Self {
        let mut bench = Self::unlocked();
        let subject =
            Person { name: name.map(str::to_owned), birth_date: birth_date.map(str::to_owned), ..Person::default() };
        bench.ask(Command::CreateLedger { subject }).unwrap();
        bench
    }

    pub fn ask(&mut self, command: Command) -> Result<Reply, Fault> {
        pollster::block_on(self.engine.handle(command))
    }

    pub fn unlock(&mut self, passphrase: &str) -> Result<Reply, Fault> {
        let Reply::People(people) = self.ask(Command::ListPeople)? else { panic!() };
        self.ask(Command::Unlock { person: people[0].id.clone(), passphrase: Secret(passphrase.into()) })
    }

    pub fn inspect(&mut self, name: &str, bytes: &[u8]) -> Result<Inspection, Fault> {
        let begin = Command::BeginInput { name: name.into(), size_bytes: bytes.len() as u64 };
        let Reply::Input(input) = self.ask(begin)? else { panic!() };
        for part in bytes.chunks(1 << 20) {
            self.ask(Command::InputPart { input, bytes: part.to_vec() })?;
        }
        match self.ask(Command::Inspect { input })? {
            Reply::Inspection(inspection) => Ok(inspection),
            other => panic!("{other:?}"),
        }
    }

    pub fn import_all(&mut self, inspection: &Inspection) -> JobState {
        let people = inspection.people.iter().map(|person| person.key.clone()).collect();
        self.job(Command::Import { input: inspection.input, people })
    }

    /// Starts long work and does it all.
    pub fn job(&mut self, command: Command) -> JobState {
        let Reply::Started(job) = self.ask(command).unwrap() else { panic!() };
        self.finish(job)
    }

    pub fn finish(&mut self, job: JobId) -> JobState {
        while self.engine.has_work() {
            pollster::block_on(self.engine.step());
        }
        let Reply::Jobs(jobs) = self.ask(Command::ListJobs).unwrap() else { panic!() };
        jobs.into_iter().find(|known| known.id == job).unwrap().state
    }

    pub fn export(&mut self, format: ExportFormat) -> String {
        let Reply::Started(job) = self.ask(Command::Export { format, all_versions: false }).unwrap() else { panic!() };
        self.finish(job);
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
}

/// Added, amended, known, rejected.
pub fn imported(state: JobState) -> (u32, u32, u32, u32) {
    match state {
        JobState::Finished(JobResult::Imported { added, amended, known, rejected }) => {
            (added, amended, known, rejected)
        }
        other => panic!("{other:?}"),
    }
}
