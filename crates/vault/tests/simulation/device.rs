use std::collections::BTreeSet;

use chartchain_store::Failure;
use chartchain_vault::protocol::{
    Command, DeviceLine, DeviceStanding, Event, ExportFormat, JobState, LedgerId, LinkId, MemberChange, Person, Reply,
    Secret,
};

use crate::bench_person::{Bench, PASSPHRASE, Part, Past, World};

/// A device with one person.
pub struct Device {
    pub bench: Bench,
    pub words: Secret,
    /// An earlier moment of it.
    past: Option<Past>,
    /// What was said over connections and not taken away.
    said: Vec<(LinkId, Vec<Vec<u8>>)>,
}

impl Device {
    pub fn new(seed: u64, at: usize) -> Self {
        let mut bench = Bench::start(World::seeded(seed * 100_000 + at as u64));
        bench.ask(Command::CreatePerson { passphrase: Secret(PASSPHRASE.into()), words: None }).unwrap();
        let Reply::RecoveryWords(words) = bench.ask(Command::RecoveryWords).unwrap() else { panic!() };
        bench.ask(Command::CheckRecovery { words: words.clone() }).unwrap();
        Self { bench, words, past: None, said: Vec::new() }
    }

    pub fn found(&mut self) -> LedgerId {
        let subject = Person { name: Some("Ida Quill".into()), ..Person::default() };
        self.bench.ask(Command::CreateLedger { subject }).unwrap();
        self.ledger()
    }

    pub fn ledger(&mut self) -> LedgerId {
        self.bench.ledgers().pop().unwrap().id
    }

    pub fn open(&mut self, ledger: &LedgerId) {
        self.bench.ask(Command::OpenLedger { ledger: ledger.clone() }).unwrap();
    }

    /// Writes an entry and tells whether the device said that it is saved.
    pub fn write(&mut self, text: &str) -> bool {
        let note =
            format!(r#"{{"resourceType":"Basic","id":"{}","code":{{"text":"{text}"}}}}"#, text.replace(' ', "-"));
        let Ok(inspection) = self.bench.inspect("note", note.as_bytes()) else { return false };
        let people = inspection.people.iter().map(|person| person.key.clone()).collect();
        let Ok(Reply::Started(job)) = self.bench.ask(Command::Import { input: inspection.input, people }) else {
            return false;
        };
        for _ in 0..100 {
            if !self.bench.engine.has_work() {
                break;
            }
            self.bench.step();
        }
        let Ok(Reply::Jobs(jobs)) = self.bench.ask(Command::ListJobs) else { return false };
        jobs.iter().any(|known| known.id == job && matches!(known.state, JobState::Finished(_)))
    }

    /// Gives connected devices what was written.
    pub fn give(&mut self) {
        if self.bench.engine.has_links() {
            pollster::block_on(self.bench.engine.link());
        }
        for event in self.bench.events() {
            if let Event::LinkFrames { link, frames } = event {
                self.said.push((link, frames));
            }
        }
    }

    pub fn outgoing(&mut self) -> Vec<(LinkId, Vec<Vec<u8>>)> {
        for event in self.bench.events() {
            if let Event::LinkFrames { link, frames } = event {
                self.said.push((link, frames));
            }
        }
        core::mem::take(&mut self.said)
    }

    pub fn lock_and_unlock(&mut self, ledger: &LedgerId) {
        self.bench.ask(Command::Lock).unwrap();
        self.unlock(ledger);
    }

    fn unlock(&mut self, ledger: &LedgerId) {
        self.bench.unlock(PASSPHRASE).unwrap();
        self.open(ledger);
        // An import that was under way goes on.
        while self.bench.engine.has_work() {
            self.bench.step();
        }
        self.outgoing();
    }

    pub fn plan_crash(&mut self, operations: u64) {
        self.bench.world.fail_after(Part::Person, operations, Failure::Crash);
    }

    pub fn plan_full(&mut self, operations: u64) {
        self.bench.world.fail_after(Part::Person, operations, Failure::Full);
    }

    /// The power is back, or the app is started once more.
    pub fn start_again(&mut self, seed: u64, ledger: &LedgerId) {
        self.bench.world.mend();
        let past = self.bench.world.snapshot();
        self.bench = Bench::start(self.bench.world.resume(&past, seed));
        self.unlock(ledger);
    }

    pub fn make_room(&mut self, ledger: &LedgerId) {
        self.bench.world.mend();
        self.lock_and_unlock(ledger);
    }

    pub fn snapshot(&mut self) {
        self.past = Some(self.bench.world.snapshot());
    }

    /// False where there is no earlier moment.
    pub fn put_back(&mut self, ledger: &LedgerId) -> bool {
        let Some(past) = self.past.take() else { return false };
        self.bench = Bench::start(self.bench.world.resume(&past, 500));
        self.unlock(ledger);
        true
    }

    /// Whether its key never writes again.
    pub fn is_retired(&mut self) -> bool {
        let Reply::Home(home) = self.bench.ask(Command::Home).unwrap() else { panic!() };
        home.banner.retired
    }

    fn members(&mut self) -> Vec<DeviceLine> {
        let Reply::Members(members) = self.bench.ask(Command::ListDevices).unwrap() else { panic!() };
        members.devices
    }

    /// The key with which it writes.
    pub fn feed(&mut self) -> String {
        self.members().remove(0).feed
    }

    /// How another one stands here.
    pub fn standing_of(&mut self, feed: &str) -> Option<DeviceStanding> {
        self.members().into_iter().find(|line| line.feed == feed).map(|line| line.standing)
    }

    /// Whether it could remove that one.
    pub fn remove(&mut self, feed: &str) -> bool {
        let change = MemberChange::Remove { feeds: vec![feed.to_owned()] };
        self.bench.ask(Command::ChangeMembers { change, words: None }).is_ok()
    }

    /// Whether it could stop that one.
    pub fn suspend(&mut self, feed: &str) -> bool {
        self.bench.ask(Command::Suspend { feed: feed.to_owned() }).is_ok()
    }

    /// Lifts all that it knows to be stopped, by these words. Whether there was anything.
    pub fn lift_all(&mut self, words: &Secret) -> bool {
        let lines = self.members().into_iter().filter(|line| line.standing == DeviceStanding::Suspended);
        let feeds: Vec<String> = lines.map(|line| line.feed).collect();
        for feed in &feeds {
            let change = MemberChange::Lift { feed: feed.clone() };
            self.bench.ask(Command::ChangeMembers { change, words: Some(words.clone()) }).unwrap();
        }
        !feeds.is_empty()
    }

    /// The founder gets a new key by its words.
    pub fn renew(&mut self) {
        self.bench.ask(Command::CheckRecovery { words: self.words.clone() }).unwrap();
    }

    /// Texts of all entries.
    pub fn texts(&mut self) -> BTreeSet<String> {
        let out = self.bench.export(ExportFormat::Ndjson);
        let text = |line: &str| {
            let (_, rest) = line.split_once(r#""text":""#)?;
            rest.split_once('"').map(|(text, _)| text.to_owned())
        };
        out.lines().filter(|line| line.contains("\"Basic\"")).filter_map(text).collect()
    }

    /// Names of all blocks.
    pub fn blocks(&mut self) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for offset in (0..).step_by(200) {
            let Reply::Blocks(page) = self.bench.ask(Command::Blocks { offset, limit: 200 }).unwrap() else { panic!() };
            names.extend(page.lines.iter().map(|line| line.hash.clone()));
            if page.lines.len() < 200 {
                return names;
            }
        }
        names
    }

    pub fn forks(&mut self) -> u32 {
        u32::try_from(self.bench.blocks().unwrap().forks.len()).unwrap()
    }
}
