use std::collections::BTreeMap;

use chartchain_fhir::Person;
use chartchain_keys::MasterKey;
use chartchain_ledger::Hash;

use crate::import::Input;
use crate::jobs::{Jobs, Task};
use crate::made_up;
use crate::open::{NewResource, OpenLedger};
use crate::person::PersonState;
use crate::platform::Platform;
use crate::profile;
use crate::protocol::{
    Command, Event, Fault, InputId, JobId, LedgerCard, LedgerId, LockReason, PersonCard, PersonId, Query,
    RecoveryCheck, Reply, Secret,
};
use crate::rows::{RowBatch, Rows, fault};

/// What is known only while a person is unlocked.
struct Session<P: Platform> {
    rows: Rows<P::Store>,
    person: PersonState,
    open: Option<OpenLedger>,
    inputs: BTreeMap<u32, Input>,
    jobs: Jobs,
    touched_ms: i64,
}

/// The engine: takes commands one after the other, and between them does long work slice by slice.
///
/// The loop of whoever drives it: carry out commands as they come with [`Engine::handle`]; while
/// [`Engine::has_work`], call [`Engine::step`] between them; after each of the two, pass on [`Engine::take_events`];
/// at [`Engine::deadline_ms`] call [`Engine::tick`].
pub struct Engine<P: Platform> {
    platform: P,
    session: Option<Session<P>>,
    events: Vec<Event>,
}

impl<P: Platform> Engine<P> {
    /// Locked, nothing open.
    pub const fn new(platform: P) -> Self {
        Self { platform, session: None, events: Vec::new() }
    }

    /// What it stands on.
    pub const fn platform(&self) -> &P {
        &self.platform
    }

    /// What happened since the last call.
    pub fn take_events(&mut self) -> Vec<Event> {
        core::mem::take(&mut self.events)
    }

    /// Whether there is long work to go on with.
    pub fn has_work(&self) -> bool {
        self.session.as_ref().is_some_and(|session| session.jobs.running().is_some())
    }

    /// When to call [`Engine::tick`]: the moment of auto-lock, milliseconds since 1970.
    pub fn deadline_ms(&self) -> Option<i64> {
        let session = self.session.as_ref()?;
        Some(session.touched_ms + i64::from(session.person.settings.auto_lock_minutes) * 60_000)
    }

    /// Locks if nobody did anything for long enough.
    pub fn tick(&mut self) {
        if self.deadline_ms().is_some_and(|deadline| self.platform.now_ms() >= deadline) {
            self.lock(LockReason::Idle);
        }
    }

    fn lock(&mut self, reason: LockReason) {
        if self.session.take().is_some() {
            self.events.push(Event::Locked(reason));
        }
    }

    /// Carries out one command. Nothing is acknowledged before it is durable.
    pub async fn handle(&mut self, command: Command) -> Result<Reply, Fault> {
        // After a sleep the first sign of life comes before any timer: it must not count as activity.
        self.tick();
        let result = self.carry_out(command).await;
        self.after(&result).await;
        result
    }

    /// After a fault in storage, memory may be ahead of what is stored: what is stored counts.
    async fn after<T>(&mut self, result: &Result<T, Fault>) {
        match result {
            Err(Fault::OpenElsewhere) => self.lock(LockReason::TakenOver),
            Err(fault @ (Fault::StorageFull | Fault::Storage(_))) => {
                let Some(session) = &mut self.session else { return };
                if let Ok(Some(person)) = PersonState::load(&session.rows).await {
                    session.person = person;
                }
                if let Some(open) = session.open.take() {
                    session.open = OpenLedger::load(&session.rows, open.id).await.ok();
                }
                if session.open.is_none() {
                    // Work on a record that cannot be read any more has nothing to go on with.
                    session.jobs.fail_all(fault);
                }
            }
            _ => {}
        }
    }

    async fn carry_out(&mut self, command: Command) -> Result<Reply, Fault> {
        match command {
            Command::ListPeople => Ok(Reply::People(profile::list(&self.platform).await?)),
            Command::CreatePerson { passphrase } => self.create_person(&passphrase).await,
            Command::Unlock { person, passphrase } => {
                self.lock(LockReason::Asked);
                let (card, master) = profile::open(&self.platform, &person, &passphrase).await?;
                self.unlock(card, &master).await
            }
            Command::Lock => {
                self.lock(LockReason::Asked);
                Ok(Reply::Done)
            }
            Command::Try { seed } => self.try_out(seed).await,
            Command::DeletePerson { person, passphrase } => self.delete_person(&person, &passphrase).await,
            other => {
                let session = self.session.as_mut().ok_or(Fault::Locked)?;
                session.touched_ms = self.platform.now_ms();
                session.carry_out(&self.platform, other, &mut self.events).await
            }
        }
    }

    async fn create_person(&mut self, passphrase: &Secret) -> Result<Reply, Fault> {
        self.lock(LockReason::Asked);
        let (card, master) = profile::add(&self.platform, passphrase).await?;
        match self.furnish(&card, &master).await {
            Ok((rows, person)) => self.enter(card, rows, person).await,
            Err(fault) => {
                // Whom there is no room for is not on the list. The first fault is the one to tell.
                let _ = profile::remove(&self.platform, &card.id).await;
                Err(fault)
            }
        }
    }

    /// The first rows of a new person.
    async fn furnish(&self, card: &PersonCard, master: &MasterKey) -> Result<(Rows<P::Store>, PersonState), Fault> {
        let store = self.platform.person_store(&card.id).await.map_err(fault)?;
        let rows = Rows::claim(store, master, &mut self.platform.rng()).await?;
        let person = PersonState::make(self.platform.now_ms(), &mut self.platform.rng())?;
        person.store(&self.platform, &rows).await?;
        Ok((rows, person))
    }

    /// A person without passphrase, whose keys and rows only memory holds.
    async fn try_out(&mut self, seed: u64) -> Result<Reply, Fault> {
        self.lock(LockReason::Asked);
        let store = self.platform.trial_store().ok_or_else(|| Fault::NotNow("there is nothing to try here".into()))?;
        let mut rng = self.platform.rng();
        let now_ms = self.platform.now_ms();
        let master = MasterKey::make(&mut rng);
        let rows = Rows::claim(store, &master, &mut rng).await?;
        let mut person = PersonState::make(now_ms, &mut rng)?;
        // There is nothing to recover.
        person.forget_words();
        person.store(&self.platform, &rows).await?;
        let card = PersonCard { id: PersonId(String::new()), emblem: 0, created_ms: now_ms };
        self.enter(card.clone(), rows, person).await?;
        let session = self.session.as_mut().ok_or(Fault::Locked)?;
        session.create_made_up(&self.platform, seed, &mut self.events).await?;
        Ok(Reply::Unlocked { person: card, ledgers: session.ledger_cards().await?, resumed: Vec::new() })
    }

    async fn unlock(&mut self, card: PersonCard, master: &MasterKey) -> Result<Reply, Fault> {
        let store = self.platform.person_store(&card.id).await.map_err(fault)?;
        let rows = Rows::claim(store, master, &mut self.platform.rng()).await?;
        let person = match PersonState::load(&rows).await? {
            Some(person) => person,
            None if !rows.are_new().await? => {
                return Err(Fault::Damaged("the row of this person is missing".into()));
            }
            // Killed right after the person was added: nothing of theirs was stored yet.
            None => {
                let person = PersonState::make(self.platform.now_ms(), &mut self.platform.rng())?;
                person.store(&self.platform, &rows).await?;
                person
            }
        };
        self.enter(card, rows, person).await
    }

    async fn enter(&mut self, card: PersonCard, rows: Rows<P::Store>, person: PersonState) -> Result<Reply, Fault> {
        let mut session = Session {
            rows,
            person,
            open: None,
            inputs: BTreeMap::new(),
            jobs: Jobs::default(),
            touched_ms: self.platform.now_ms(),
        };
        let ledgers = session.ledger_cards().await?;
        let mut resumed = Vec::new();
        // One record: it is what the person came for.
        if let [only] = ledgers.as_slice() {
            session.open_ledger(&self.platform, &only.id.clone(), &mut self.events).await?;
            resumed = session.jobs.ids();
        }
        self.session = Some(session);
        Ok(Reply::Unlocked { person: card, ledgers, resumed })
    }

    async fn delete_person(&mut self, person: &PersonId, passphrase: &Secret) -> Result<Reply, Fault> {
        // A mistyped passphrase must not throw anyone out.
        let (_, master) = profile::open(&self.platform, person, passphrase).await?;
        self.lock(LockReason::Asked);
        let store = self.platform.person_store(person).await.map_err(fault)?;
        Rows::claim(store, &master, &mut self.platform.rng()).await?.wipe().await?;
        profile::remove(&self.platform, person).await?;
        Ok(Reply::Done)
    }

    /// Does one slice of long work.
    pub async fn step(&mut self) {
        let Some(session) = &mut self.session else { return };
        let result = session.step(&self.platform, &mut self.events).await;
        self.after(&result).await;
    }
}

impl<P: Platform> Session<P> {
    async fn carry_out(&mut self, platform: &P, command: Command, events: &mut Vec<Event>) -> Result<Reply, Fault> {
        match command {
            Command::ListLedgers => Ok(Reply::Ledgers(self.ledger_cards().await?)),
            Command::CreateLedger { subject } => self.found(platform, subject, false).await,
            Command::CreateMadeUp { seed } => self.create_made_up(platform, seed, events).await,
            Command::OpenLedger { ledger } => {
                self.open_ledger(platform, &ledger, events).await?;
                Ok(Reply::Opened(self.opened()?.card()))
            }
            Command::Home => {
                let now_ms = platform.now_ms();
                let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
                Ok(Reply::Home(Box::new(open.home(&self.person, now_ms))))
            }
            Command::Timeline(query) => self.timeline(query),
            Command::Entry { entry } => {
                let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
                Ok(Reply::Entry(Box::new(open.entry_page(&self.rows, &entry).await?)))
            }
            Command::BeginInput { name, size_bytes } => self.begin_input(platform, name, size_bytes).await,
            Command::InputPart { input, bytes } => {
                let open = self.open.as_ref().ok_or(Fault::NoLedger)?;
                let target = self.inputs.get_mut(&input.0).ok_or(Fault::NotFound)?;
                target.take_part(&self.rows, &open.id, &bytes, &mut platform.rng()).await?;
                Ok(Reply::Done)
            }
            Command::Inspect { input } => {
                let open = self.open.as_ref().ok_or(Fault::NoLedger)?;
                let target = self.inputs.get_mut(&input.0).ok_or(Fault::NotFound)?;
                target.inspect(open).map(Reply::Inspection)
            }
            Command::Import { input, people } => self.import(platform, input, people).await,
            Command::DropInput { input } => self.drop_input(platform, input).await,
            Command::Blocks { offset, limit } => {
                let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
                Ok(Reply::Blocks(open.blocks(offset, limit)))
            }
            Command::Verify => {
                let task = Task::verify(self.opened()?);
                Ok(Reply::Started(self.jobs.start(task)))
            }
            Command::Export { format, all_versions } => {
                let task = Task::export(self.opened()?, format, all_versions, platform.now_ms());
                Ok(Reply::Started(self.jobs.start(task)))
            }
            Command::ExportPart { job, offset } => Ok(Reply::Part(self.jobs.export_part(job, offset)?)),
            Command::ListJobs => Ok(Reply::Jobs(self.jobs.list())),
            Command::PauseJob(job) => self.change_job(|jobs| jobs.pause(job), events),
            Command::ResumeJob(job) => self.change_job(|jobs| jobs.resume(job), events),
            Command::CancelJob(job) => self.cancel(platform, job, events).await,
            Command::RecoveryWords => {
                let words = self.person.recovery_words();
                words.map(Reply::RecoveryWords).ok_or_else(|| Fault::NotNow("the recovery card is done".into()))
            }
            Command::CheckRecovery { words } => {
                let check = self.person.check_recovery(&words)?;
                if check == RecoveryCheck::Right {
                    self.person.store(platform, &self.rows).await?;
                }
                Ok(Reply::RecoveryChecked(check))
            }
            Command::LoadSettings => Ok(Reply::Settings(self.person.settings.clone())),
            Command::SaveSettings(settings) => {
                self.person.set_settings(settings);
                self.person.store(platform, &self.rows).await?;
                Ok(Reply::Settings(self.person.settings.clone()))
            }
            Command::Touch => Ok(Reply::Done),
            Command::ListPeople
            | Command::CreatePerson { .. }
            | Command::Unlock { .. }
            | Command::Try { .. }
            | Command::Lock
            | Command::DeletePerson { .. } => Err(Fault::NotNow("this is not for an open session".into())),
        }
    }

    fn opened(&self) -> Result<&OpenLedger, Fault> {
        self.open.as_ref().ok_or(Fault::NoLedger)
    }

    fn timeline(&mut self, query: Query) -> Result<Reply, Fault> {
        Ok(Reply::Timeline(self.open.as_mut().ok_or(Fault::NoLedger)?.timeline(query)))
    }

    async fn ledger_cards(&self) -> Result<Vec<LedgerCard>, Fault> {
        let mut cards = Vec::new();
        for id in &self.person.ledgers {
            if let Some(open) = self.open.as_ref().filter(|open| open.id == *id) {
                cards.push(open.card());
            } else if let Some(card) = OpenLedger::read_card(&self.rows, *id).await? {
                cards.push(card);
            }
        }
        Ok(cards)
    }

    async fn open_ledger(&mut self, platform: &P, ledger: &LedgerId, events: &mut Vec<Event>) -> Result<(), Fault> {
        let id = Hash::from_hex(&ledger.0).ok_or(Fault::NotFound)?.0;
        if !self.person.ledgers.contains(&id) {
            return Err(Fault::NotFound);
        }
        if self.open.as_ref().is_some_and(|open| open.id == id) {
            return Ok(());
        }
        let mut open = OpenLedger::load(&self.rows, id).await?;
        self.clear_staged(platform, &mut open).await?;
        let task = match open.head.import.clone() {
            Some(state) => match Task::resume_import(&self.rows, &open, state).await {
                Err(lost @ (Fault::Damaged(_) | Fault::Unreadable(_))) => {
                    // The rest of this input is lost; the record is not. If that is not stored, it is said again.
                    let change = |head: &mut crate::open::Head| head.import = None;
                    let _ = open.store_head(&self.rows, RowBatch::default(), change, &mut platform.rng()).await;
                    Some(Err(lost))
                }
                task => Some(Ok(task?)),
            },
            None => None,
        };
        // Only now: a ledger that cannot be opened does not close the one that is.
        self.leave();
        if let Some(task) = task {
            let job = match task {
                Ok(task) => self.jobs.start(task),
                Err(fault) => self.jobs.start_lost(fault),
            };
            events.extend(self.jobs.event(job));
        }
        self.open = Some(open);
        Ok(())
    }

    /// Inputs that were brought to the door but never imported, before a tab was closed.
    async fn clear_staged(&self, platform: &P, open: &mut OpenLedger) -> Result<(), Fault> {
        let importing = open.head.import.as_ref().map(crate::import::ImportState::input);
        let left: Vec<u32> = open.head.staged.iter().copied().filter(|input| Some(*input) != importing).collect();
        if left.is_empty() {
            return Ok(());
        }
        let mut batch = RowBatch::default();
        for input in &left {
            Input::forget(&self.rows, &open.id, *input, &mut batch).await?;
        }
        let change = |head: &mut crate::open::Head| head.staged.retain(|input| !left.contains(input));
        open.store_head(&self.rows, batch, change, &mut platform.rng()).await
    }

    /// Before another ledger is opened: work on this one ends here; imports go on when it is opened again.
    fn leave(&mut self) {
        self.jobs.clear();
        self.inputs.clear();
        self.open = None;
    }

    async fn found(&mut self, platform: &P, subject: Person, made_up: bool) -> Result<Reply, Fault> {
        let first = if made_up { None } else { made_up::patient_entry(&subject) };
        self.found_with(platform, subject, made_up, first.into_iter().collect()).await
    }

    async fn create_made_up(&mut self, platform: &P, seed: u64, events: &mut Vec<Event>) -> Result<Reply, Fault> {
        let resources = made_up::lifetime(seed, platform.now_ms())?;
        let subject = resources.iter().find_map(|resource| resource.facts.person.clone()).unwrap_or_default();
        let reply = self.found_with(platform, subject, true, resources).await?;
        events.push(Event::Changed);
        Ok(reply)
    }

    /// Founds a ledger with its first entries and opens it. It is on the person's list only once all of them are in.
    async fn found_with(
        &mut self,
        platform: &P,
        subject: Person,
        made_up: bool,
        resources: Vec<NewResource>,
    ) -> Result<Reply, Fault> {
        let mut rng = platform.rng();
        let now_ms = platform.now_ms();
        let (number, keys) = self.person.next_recovery_keys()?;
        let mut open = OpenLedger::found(&self.rows, (number, &keys), subject, made_up, now_ms, &mut rng).await?;
        let listed = async {
            let mut rest = resources.into_iter().peekable();
            while rest.peek().is_some() {
                let batch: Vec<_> = rest.by_ref().take(256).collect();
                open.append(&self.rows, None, batch, None, now_ms, &mut rng).await?;
            }
            open.store_index(&self.rows, &mut rng).await?;
            self.person.ledgers.push(open.id);
            self.person.store(platform, &self.rows).await
        };
        if let Err(fault) = listed.await {
            // Nobody can open what is not on the list. The first fault is the one to tell.
            let _ = open.discard(&self.rows, &mut platform.rng()).await;
            return Err(fault);
        }
        let card = open.card();
        self.leave();
        self.open = Some(open);
        Ok(Reply::Opened(card))
    }

    async fn begin_input(&mut self, platform: &P, name: String, size_bytes: u64) -> Result<Reply, Fault> {
        let max_bytes = chartchain_fhir::MAX_BYTES;
        if size_bytes > max_bytes {
            return Err(Fault::Unreadable(crate::protocol::Unreadable::TooLarge { max_bytes }));
        }
        let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
        let number = open.head.next_input;
        let change = |head: &mut crate::open::Head| {
            head.next_input += 1;
            head.staged.push(number);
        };
        open.store_head(&self.rows, RowBatch::default(), change, &mut platform.rng()).await?;
        self.inputs.insert(number, Input::new(number, name));
        Ok(Reply::Input(InputId(number)))
    }

    async fn import(&mut self, platform: &P, input: InputId, people: Vec<String>) -> Result<Reply, Fault> {
        if self.jobs.imports() {
            return Err(Fault::NotNow("another import is under way".into()));
        }
        let target = self.inputs.remove(&input.0).ok_or(Fault::NotFound)?;
        let task = Task::import(target, people)?;
        let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
        if let Some(state) = task.import_state().cloned() {
            let change = |head: &mut crate::open::Head| head.import = Some(state);
            open.store_head(&self.rows, RowBatch::default(), change, &mut platform.rng()).await?;
        }
        Ok(Reply::Started(self.jobs.start(task)))
    }

    async fn drop_input(&mut self, platform: &P, input: InputId) -> Result<Reply, Fault> {
        self.inputs.remove(&input.0).ok_or(Fault::NotFound)?;
        let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
        let mut batch = RowBatch::default();
        Input::forget(&self.rows, &open.id, input.0, &mut batch).await?;
        let change = |head: &mut crate::open::Head| head.staged.retain(|staged| *staged != input.0);
        open.store_head(&self.rows, batch, change, &mut platform.rng()).await?;
        Ok(Reply::Done)
    }

    fn change_job(
        &mut self,
        change: impl FnOnce(&mut Jobs) -> Result<JobId, Fault>,
        events: &mut Vec<Event>,
    ) -> Result<Reply, Fault> {
        let job = change(&mut self.jobs)?;
        events.extend(self.jobs.event(job));
        Ok(Reply::Done)
    }

    async fn cancel(&mut self, platform: &P, job: JobId, events: &mut Vec<Event>) -> Result<Reply, Fault> {
        let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
        self.jobs.cancel(job, &self.rows, open, &mut platform.rng()).await?;
        events.extend(self.jobs.event(job));
        events.push(Event::Changed);
        Ok(Reply::Done)
    }

    async fn step(&mut self, platform: &P, events: &mut Vec<Event>) -> Result<(), Fault> {
        let Some(job) = self.jobs.running() else { return Ok(()) };
        let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
        // Long work that a person waits for counts as activity.
        self.touched_ms = platform.now_ms();
        let result = self.jobs.step(job, &self.rows, open, platform.now_ms(), &mut platform.rng()).await;
        events.extend(self.jobs.event(job));
        if self.jobs.changed_record(job) {
            events.push(Event::Changed);
        }
        result
    }
}
