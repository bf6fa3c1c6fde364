//! A person on a store in memory, driven as the worker drives one.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use chartchain_keys::{KdfParams, Sensitive, TestRng, UnlockError, stretch, test_rng};
use chartchain_store::{Failure, MemoryStore, RowKey, Snapshot, Store as _, StoreError};
use chartchain_vault::protocol::{
    Blocks, Command, Event, ExportFormat, Fault, Inspection, JobId, JobResult, JobState, LedgerCard, Person, PersonId,
    Query, Reply, Secret, Verdict, docs,
};
use chartchain_vault::{Engine, MadeUp, Platform, Stretched};

pub const PASSPHRASE: &str = "correct horse battery";

type Done = HashMap<(String, [u8; 16]), [u8; 32]>;

/// Stores that outlive the engine, a clock that only moves forward, seeded randomness. The same work on a passphrase
/// is done once only, since hundreds of tests unlock the same person.
#[derive(Clone, Default)]
pub struct World {
    stores: Rc<RefCell<BTreeMap<String, MemoryStore>>>,
    clock_ms: Rc<Cell<i64>>,
    seed: Rc<Cell<u64>>,
    /// What goes wrong, and after how many operations, with people's stores that are not there yet.
    planned: Rc<Cell<Option<(u64, Failure)>>>,
    stretched: Rc<RefCell<Done>>,
    /// Somebody else who lives has the person unlocked.
    crowded: bool,
    merged: Rc<Cell<u32>>,
}

/// Which stores fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The list of people.
    Profile,
    /// Those of the people, also ones that are made later.
    Person,
}

/// A world at one moment.
pub struct Past {
    stores: BTreeMap<String, Snapshot>,
    clock_ms: i64,
    seed: u64,
}

impl World {
    fn store(&self, name: &str) -> MemoryStore {
        let make = || {
            let store = MemoryStore::with_seed(self.seed.get());
            if let Some((after, failure)) = self.planned.get() {
                store.fail_after(after, failure);
            }
            store
        };
        self.stores.borrow_mut().entry(name.to_owned()).or_insert_with(make).clone()
    }

    /// Every store with its name; the profile's is empty.
    pub fn stores(&self) -> Vec<(String, MemoryStore)> {
        self.stores.borrow().iter().map(|(name, store)| (name.clone(), store.clone())).collect()
    }

    /// The store of the only person.
    pub fn person_store_only(&self) -> MemoryStore {
        self.stores().into_iter().find(|(name, _)| !name.is_empty()).map(|(_, store)| store).unwrap()
    }

    /// Nobody yet; the seed decides how crashes end.
    pub fn seeded(seed: u64) -> Self {
        let world = Self::default();
        world.seed.set(seed);
        world
    }

    /// How often documents were merged.
    pub fn merged(&self) -> u32 {
        self.merged.get()
    }

    /// Rows of the list of people.
    pub fn count_profile_rows(&self) -> usize {
        pollster::block_on(self.store("").keys()).unwrap().len()
    }

    /// Rows in all stores.
    pub fn count_rows(&self) -> usize {
        self.stores().iter().map(|(_, store)| pollster::block_on(store.keys()).unwrap().len()).sum()
    }

    /// All rows of the only person, as they are stored.
    pub fn person_rows(&self) -> BTreeMap<RowKey, Vec<u8>> {
        let store = self.person_store_only();
        let keys = pollster::block_on(store.keys()).unwrap();
        let values = pollster::block_on(store.read(&keys)).unwrap();
        keys.into_iter().zip(values).filter_map(|(key, value)| Some((key, value?))).collect()
    }

    /// Everything that is stored.
    pub fn snapshot(&self) -> Past {
        let stores = self.stores().into_iter().map(|(name, store)| (name, store.snapshot())).collect();
        Past { stores, clock_ms: self.clock_ms.get(), seed: self.seed.get() }
    }

    /// The same person on fresh stores; the seed decides how crashes end.
    pub fn resume(&self, past: &Past, crash_seed: u64) -> Self {
        let stores = past.stores.iter().map(|(name, snapshot)| {
            let store = MemoryStore::with_seed(crash_seed);
            store.restore(snapshot);
            (name.clone(), store)
        });
        Self {
            stores: Rc::new(RefCell::new(stores.collect())),
            clock_ms: Rc::new(Cell::new(past.clock_ms)),
            seed: Rc::new(Cell::new(past.seed + crash_seed * 1_000_000)),
            planned: Rc::default(),
            stretched: Rc::clone(&self.stretched),
            crowded: false,
            merged: Rc::default(),
        }
    }

    /// The same stores, seen from a second tab beside the first.
    pub fn beside(&self) -> Self {
        Self { crowded: true, ..self.clone() }
    }

    /// Sets the clock so far ahead, or back.
    pub fn set_clock(&self, by_ms: i64) {
        self.clock_ms.set(self.clock_ms.get() + by_ms);
    }

    /// Lets so many operations through; the next one meets the failure.
    pub fn fail_after(&self, part: Part, operations: u64, failure: Failure) {
        if part == Part::Person {
            self.planned.set(Some((operations, failure)));
        }
        for (name, store) in self.stores() {
            if name.is_empty() == (part == Part::Profile) {
                store.fail_after(operations, failure);
            }
        }
    }

    /// The power is back, there is room, nothing more goes wrong.
    pub fn mend(&self) {
        self.planned.set(None);
        for (_, store) in self.stores() {
            store.reopen();
            store.make_room();
        }
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

    async fn is_alone(&self, _: &PersonId) -> bool {
        !self.crowded
    }

    async fn stored_people(&self) -> Result<Vec<PersonId>, StoreError> {
        // A browser lists no database that was deleted.
        let is_there = |store: &MemoryStore| pollster::block_on(store.keys()) != Err(StoreError::Closed);
        let there = self.stores().into_iter().filter(|(name, store)| !name.is_empty() && is_there(store));
        Ok(there.map(|(name, _)| PersonId(name)).collect())
    }

    fn trial_store(&self) -> Option<MemoryStore> {
        Some(MemoryStore::new())
    }

    fn passphrase_cost(&self) -> (KdfParams, u32) {
        (KdfParams::FLOOR, 0)
    }

    async fn stretch(&self, passphrase: &Secret, salt: [u8; 16], params: KdfParams) -> Result<Stretched, UnlockError> {
        let name = (passphrase.0.clone(), salt);
        if let Some(known) = self.stretched.borrow().get(&name) {
            return Ok(Stretched { key: Sensitive::new(*known), lasted_ms: 1 });
        }
        let made = stretch(passphrase.0.as_bytes(), &salt, params)?;
        self.stretched.borrow_mut().insert(name, *made.expose());
        Ok(Stretched { key: made, lasted_ms: 1 })
    }

    async fn merge(&self, work: docs::Work) -> Result<docs::Done, docs::DocsError> {
        self.merged.set(self.merged.get() + 1);
        work.carry_out(async |work| work.attempt()).await
    }

    async fn make_up(&self, seed: u64, now_ms: i64) -> Result<Vec<MadeUp>, Fault> {
        let day = i32::try_from(now_ms / 86_400_000).unwrap();
        let made = chartchain_synth::person(seed, day).resources.into_iter();
        Ok(made.map(|made| MadeUp { full_url: made.full_url, json: made.json }).collect())
    }
}

pub struct Bench {
    pub engine: Engine<World>,
    pub world: World,
}

impl Bench {
    /// A new engine, locked, as after a start of the app.
    pub fn start(world: World) -> Self {
        Self { engine: Engine::new(world.clone()), world }
    }

    pub fn unlocked() -> Self {
        let mut bench = Self::start(World::default());
        bench.ask(Command::CreatePerson { passphrase: Secret(PASSPHRASE.into()), words: None }).unwrap();
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

    /// What happens when nobody asks for anything for a moment.
    pub fn rest(&mut self) {
        for _ in 0..1000 {
            if !self.engine.has_rest() {
                return;
            }
            pollster::block_on(self.engine.rest());
        }
        panic!("there is always something left to do");
    }

    pub fn unlock(&mut self, passphrase: &str) -> Result<Reply, Fault> {
        let Reply::People(people) = self.ask(Command::ListPeople)? else { panic!() };
        self.ask(Command::Unlock { person: people[0].id.clone(), passphrase: Secret(passphrase.into()) })
    }

    /// Unlocks the first person, and opens their ledger where that does not happen by itself.
    pub fn unlock_only(&mut self) -> Result<(), Fault> {
        let Reply::People(people) = self.ask(Command::ListPeople)? else { panic!() };
        let person = people.first().ok_or(Fault::NotFound)?.id.clone();
        let Reply::Unlocked { ledgers, .. } =
            self.ask(Command::Unlock { person, passphrase: Secret(PASSPHRASE.into()) })?
        else {
            panic!()
        };
        ledgers.first().map(|_| ()).ok_or(Fault::NoLedger)
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

    pub fn step(&mut self) {
        pollster::block_on(self.engine.step());
    }

    pub fn finish(&mut self, job: JobId) -> JobState {
        while self.engine.has_work() {
            self.step();
        }
        let Reply::Jobs(jobs) = self.ask(Command::ListJobs).unwrap() else { panic!() };
        jobs.into_iter().find(|known| known.id == job).unwrap().state
    }

    pub fn export(&mut self, format: ExportFormat) -> String {
        self.try_export(format, false).unwrap()
    }

    /// The whole file; with all versions if asked for.
    pub fn try_export(&mut self, format: ExportFormat, all_versions: bool) -> Result<String, Fault> {
        let Reply::Started(job) = self.ask(Command::Export { format, all_versions })? else { panic!() };
        if let JobState::Failed(fault) = self.finish(job) {
            return Err(fault);
        }
        let mut bytes = Vec::new();
        loop {
            let part = Command::ExportPart { job, offset: bytes.len() as u64 };
            let Reply::Part(part) = self.ask(part)? else { panic!() };
            if part.is_empty() {
                return Ok(String::from_utf8(bytes).unwrap());
            }
            bytes.extend(part);
        }
    }

    pub fn verify(&mut self) -> Verdict {
        match self.job(Command::Verify) {
            JobState::Finished(JobResult::Verified(verdict)) => verdict,
            other => panic!("{other:?}"),
        }
    }

    /// All blocks, newest first.
    pub fn blocks(&mut self) -> Result<Blocks, Fault> {
        let Reply::Blocks(blocks) = self.ask(Command::Blocks { offset: 0, limit: 200 })? else { panic!() };
        Ok(blocks)
    }

    pub fn ledgers(&mut self) -> Vec<LedgerCard> {
        let Reply::Ledgers(ledgers) = self.ask(Command::ListLedgers).unwrap() else { panic!() };
        ledgers
    }

    /// How many entries a search finds, of any kind that the timeline shows.
    pub fn count_found(&mut self, words: &str) -> u32 {
        let query = Query { words: words.into(), limit: 1, ..Query::default() };
        let Reply::Timeline(found) = self.ask(Command::Timeline(query)).unwrap() else { panic!() };
        found.total
    }

    pub fn events(&mut self) -> Vec<Event> {
        self.engine.take_events()
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
