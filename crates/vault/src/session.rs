use std::collections::BTreeMap;

use chartchain_docs::DocumentKind;
use chartchain_fhir::Person;
use chartchain_ledger::Hash;

use crate::front::Ahead;
use crate::import::Input;
use crate::index::NewResource;
use crate::jobs::{Jobs, Step, Task, tolerate_full};
use crate::links::Connected;
use crate::made_up;
use crate::open::OpenLedger;
use crate::parcels::Opening;
use crate::person::PersonState;
use crate::platform::Platform;
use crate::protocol::{Command, Event, Fault, InputId, JobId, LedgerCard, LedgerId, PersonId, Query, Reply};
use crate::restore::Restore;
use crate::rows::{RowBatch, RowName, Rows};
use crate::writing::Viewed;

/// How often an import goes on by itself after the program ended in the middle of it.
const MAX_TRIES: u32 = 2;

/// What is known only while a person is unlocked.
pub(crate) struct Session<P: Platform> {
    /// Empty for somebody who only tries the app.
    id: PersonId,
    pub(crate) rows: Rows<P::Store>,
    pub(crate) person: PersonState,
    pub(crate) open: Option<OpenLedger>,
    /// In its place a ledger of which only the first page was read.
    ahead: Option<Ahead>,
    /// Somebody looks at first pages here, so that they are worth storing.
    is_looked_at: bool,
    pub(crate) inputs: BTreeMap<u32, Input>,
    pub(crate) viewed: Option<Viewed>,
    pub(crate) jobs: Jobs,
    pub(crate) restore: Option<Restore>,
    /// A parcel that is being read.
    pub(crate) parcel: Option<Box<Opening>>,
    /// Connections with other devices, once there was one.
    pub(crate) links: Option<Box<dyn Connected>>,
    pub(crate) touched_ms: i64,
    /// Nobody else has this person unlocked, so that what is half done was left behind.
    pub(crate) alone: bool,
    /// Something stored of the person, not of a ledger, was damaged and is whole again.
    pub(crate) mended: bool,
}

impl<P: Platform> Session<P> {
    pub(crate) fn new(id: PersonId, rows: Rows<P::Store>, person: PersonState, now_ms: i64) -> Self {
        let (inputs, jobs) = (BTreeMap::new(), Jobs::default());
        Self {
            id,
            rows,
            person,
            open: None,
            ahead: None,
            is_looked_at: false,
            inputs,
            viewed: None,
            jobs,
            restore: None,
            parcel: None,
            links: None,
            touched_ms: now_ms,
            alone: true,
            mended: false,
        }
    }

    pub(crate) async fn carry_out(
        &mut self,
        platform: &P,
        command: Command,
        events: &mut Vec<Event>,
    ) -> Result<Reply, Fault> {
        let ahead = self.ahead.as_ref();
        if let Some(reply) = ahead.and_then(|ahead| ahead.answer(&command, &self.person, platform.now_ms())) {
            return Ok(reply);
        }
        if !is_of_person(&command) {
            self.load_rest(platform, events).await?;
        }
        match command {
            Command::ListLedgers => Ok(Reply::Ledgers(self.ledger_cards().await?)),
            Command::CreateLedger { subject } => self.found(platform, subject, false).await,
            Command::OpenLedger { ledger } => {
                self.open_ledger(platform, &ledger, events).await?;
                let card = self.ahead.as_ref().map(|ahead| ahead.card.clone());
                Ok(Reply::Opened(card.map_or_else(|| self.opened().map(OpenLedger::card), Ok)?))
            }
            Command::Home => {
                let now_ms = platform.now_ms();
                let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
                open.devices(&self.rows).await?;
                self.is_looked_at = true;
                open.front_due |= open.front_person.is_some_and(|shown| shown != self.person.shown());
                Ok(Reply::Home(Box::new(open.home(&self.person, now_ms))))
            }
            Command::Timeline(query) => self.timeline(query),
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
            Command::ListJobs => Ok(Reply::Jobs(self.jobs.list())),
            Command::PauseJob(job) => self.change_job(|jobs| jobs.pause(job), events),
            Command::ResumeJob(job) => self.change_job(|jobs| jobs.resume(job), events),
            Command::CancelJob(job) => self.cancel(platform, job, events).await,
            Command::LoadSettings => Ok(Reply::Settings(self.person.settings.clone())),
            Command::SaveSettings(settings) => {
                self.person.set_settings(settings);
                self.person.store(platform, &self.rows).await?;
                Ok(Reply::Settings(self.person.settings.clone()))
            }
            Command::Touch => Ok(Reply::Done),
            _ => Err(Fault::NotNow("this is not for an open session".into())),
        }
    }

    /// Deletes what a restore has left that did not come to its end.
    pub(crate) async fn clear_restored(&mut self, platform: &P) -> Result<(), Fault> {
        if self.person.restoring.is_empty() {
            return Ok(());
        }
        for id in self.person.restoring.clone() {
            match crate::restore::discard(&self.rows, &id, &mut platform.rng()).await {
                // It is tried again the next time.
                Err(Fault::StorageFull) => return Ok(()),
                discarded => discarded?,
            }
        }
        let before = core::mem::take(&mut self.person.restoring);
        let stored = self.person.store(platform, &self.rows).await;
        if stored.is_err() {
            self.person.restoring = before;
        }
        tolerate_full(stored)
    }

    /// Whether connections may have something to give.
    pub(crate) fn links_are_due(&self) -> bool {
        self.links.as_ref().is_some_and(|links| links.are_due(self.rows.commits()))
    }

    /// Whose session it is; nobody's where somebody only tries the app.
    pub(crate) const fn id(&self) -> &PersonId {
        &self.id
    }

    /// Reads everything anew: what is stored counts. Work on a record that cannot be read any more has failed with this.
    pub(crate) async fn reload(&mut self, platform: &P, fault: &Fault) {
        if let Ok(Some((person, _))) = PersonState::load(&self.rows).await {
            self.person = person;
        }
        if let Some(links) = &mut self.links {
            links.forget_ledgers(None);
        }
        let ahead = self.ahead.take().map(|ahead| ahead.id);
        if let Some(id) = self.open.take().map(|open| open.id).or(ahead) {
            self.open = OpenLedger::load(&self.rows, id, &mut platform.rng()).await.ok();
        }
        if self.open.is_none() {
            self.jobs.fail_all(fault);
        }
    }

    /// Goes on with a job that another writer has interrupted: an import from what is stored, verifying from its beginning.
    pub(crate) fn go_on(&mut self, job: JobId, events: &mut Vec<Event>) {
        let Some(open) = &self.open else { return };
        if self.jobs.verify_anew(job, open) || self.jobs.resume(job).is_ok() {
            events.extend(self.jobs.event(job));
        }
    }

    pub(crate) fn opened(&self) -> Result<&OpenLedger, Fault> {
        self.open.as_ref().ok_or(Fault::NoLedger)
    }

    fn timeline(&mut self, query: Query) -> Result<Reply, Fault> {
        Ok(Reply::Timeline(self.open.as_mut().ok_or(Fault::NoLedger)?.timeline(query)))
    }

    pub(crate) async fn ledger_cards(&self) -> Result<Vec<LedgerCard>, Fault> {
        let mut cards = Vec::new();
        for id in &self.person.ledgers {
            let open = self.open.as_ref().filter(|open| open.id == *id);
            cards.push(match open {
                Some(open) => open.card(),
                None => OpenLedger::read_card(&self.rows, *id).await?,
            });
        }
        Ok(cards)
    }

    pub(crate) async fn open_ledger(
        &mut self,
        platform: &P,
        ledger: &LedgerId,
        events: &mut Vec<Event>,
    ) -> Result<(), Fault> {
        let id = Hash::from_hex(&ledger.0).ok_or(Fault::NotFound)?.0;
        if !self.person.ledgers.contains(&id) {
            return Err(Fault::NotFound);
        }
        if self.open.as_ref().is_some_and(|open| open.id == id)
            || self.ahead.as_ref().is_some_and(|ahead| ahead.id == id)
        {
            return Ok(());
        }
        if let Some(links) = &mut self.links {
            links.forget_ledgers(Some(&id));
        }
        // What was mended is noted in the ledger, so that all of it is read then.
        if !self.mended
            && let Some(ahead) = Ahead::find(platform, &self.rows, id).await?
        {
            self.leave();
            self.ahead = Some(ahead);
            return Ok(());
        }
        let open = OpenLedger::load(&self.rows, id, &mut platform.rng()).await?;
        self.enter(platform, open, events).await
    }

    /// Reads the rest of a ledger of which only the first page was read. One that cannot be read is open no longer, and its first
    /// page is not shown again.
    pub(crate) async fn load_rest(&mut self, platform: &P, events: &mut Vec<Event>) -> Result<(), Fault> {
        let Some(ahead) = &mut self.ahead else { return Ok(()) };
        match ahead.load(platform, &self.rows, &self.person).await {
            Ok((open, agrees)) => {
                if !agrees {
                    events.push(Event::Changed);
                }
                self.enter(platform, open, events).await
            }
            Err(fault @ (Fault::Damaged(_) | Fault::TooNew)) => {
                let mut batch = RowBatch::default();
                batch.delete(RowName::front(&ahead.id));
                // Where it stays, the same happens the next time.
                let _ = self.rows.keep(batch, &mut platform.rng()).await;
                self.ahead = None;
                events.push(Event::Changed);
                Err(fault)
            }
            Err(fault) => Err(fault),
        }
    }

    /// The same before a command that may need no ledger: one that cannot be read is no reason to refuse it.
    pub(crate) async fn load_rest_if_whole(&mut self, platform: &P, events: &mut Vec<Event>) -> Result<(), Fault> {
        match self.load_rest(platform, events).await {
            Err(Fault::Damaged(_) | Fault::TooNew) => Ok(()),
            loaded => loaded,
        }
    }

    /// Whether the rest of a ledger is being read.
    pub(crate) fn is_loading(&self) -> bool {
        self.ahead.as_ref().is_some_and(Ahead::is_loading)
    }

    /// Whether something is to be done in a quiet moment.
    pub(crate) fn has_rest(&self) -> bool {
        let is_front_due = |open: &OpenLedger| self.is_looked_at && open.front_due && !self.jobs.is_busy();
        self.ahead.as_ref().map_or_else(|| self.open.as_ref().is_some_and(is_front_due), Ahead::may_load)
    }

    /// Whether the first page lacks what documents say that were not merged yet.
    pub(crate) fn rests_later(&self) -> bool {
        let commits = Some(self.rows.commits());
        let is_behind = |open: &OpenLedger| open.shelf.first_page_is_behind() && open.merged_at != commits;
        self.has_rest() && self.open.as_ref().is_some_and(is_behind)
    }

    /// Merges the documents that the first page shows. Where that fails, it is there without them until something is written.
    pub(crate) async fn rest_later(&mut self, platform: &P, events: &mut Vec<Event>) {
        let Some(open) = &mut self.open else { return };
        let before = (open.shelf.tasks(), open.shelf.preferred_name());
        let _ = open.fold_documents(platform, &self.rows, |kind| kind != DocumentKind::Note).await;
        open.merged_at = Some(self.rows.commits());
        if before != (open.shelf.tasks(), open.shelf.preferred_name()) {
            events.push(Event::Changed);
        }
    }

    /// Does what nobody waits for: some of the rest of a ledger, or keeping its first page.
    pub(crate) async fn rest(&mut self, platform: &P, events: &mut Vec<Event>) -> Result<(), Fault> {
        if let Some(ahead) = &mut self.ahead {
            match ahead.step(&self.rows, &mut platform.rng()).await {
                Ok(true) => {}
                Ok(false) | Err(Fault::Damaged(_) | Fault::TooNew) => return self.load_rest(platform, events).await,
                Err(fault) => return Err(fault),
            }
        } else if let Some(open) = &mut self.open {
            // Where it is not stored, opening takes longer.
            let _ = open.store_front(platform, &self.rows, &self.person).await;
        }
        Ok(())
    }

    /// Goes on with a ledger that was read.
    async fn enter(&mut self, platform: &P, mut open: OpenLedger, events: &mut Vec<Event>) -> Result<(), Fault> {
        if core::mem::take(&mut self.mended) {
            tolerate_full(open.note_mended(&self.rows, &mut platform.rng()).await)?;
        }
        if self.alone {
            self.clear_staged(platform, &mut open).await?;
        }
        // Only now: a ledger that cannot be opened does not close the one that is.
        self.leave();
        if let Some(state) = open.head.import.clone().filter(|_| self.alone) {
            // What ended this program may have been the input itself: after a second try the person decides.
            let tried = state.tries() >= MAX_TRIES;
            let state = state.with_try();
            let stored = state.clone();
            let change = |head: &mut crate::open::Head| head.import = Some(stored);
            // Without room to count it, it is a try all the same.
            let _ = open.store_head(&self.rows, RowBatch::default(), change, &mut platform.rng()).await;
            let job = self.jobs.start(Task::Interrupted);
            if tried {
                self.jobs.pause(job)?;
            }
            events.extend(self.jobs.event(job));
        }
        self.open = Some(open);
        Ok(())
    }

    /// Inputs that were brought to the door but never imported, before a tab was closed.
    async fn clear_staged(&self, platform: &P, open: &mut OpenLedger) -> Result<(), Fault> {
        let importing = open.head.import.as_ref().map(crate::import::ImportState::input);
        let of_draft = |input: &u32| open.head.drafts.iter().any(|(_, kept)| *kept == Some(*input));
        let is_left = |input: &u32| Some(*input) != importing && !of_draft(input);
        let left: Vec<u32> = open.head.staged.iter().copied().filter(is_left).collect();
        for input in left {
            // They are of no use, but where there is no room at all they are no obstacle either.
            tolerate_full(Input::put_away(&self.rows, open, (input, 0), &mut platform.rng()).await)?;
        }
        Ok(())
    }

    /// Before another ledger is opened: work on this one ends here; imports go on when it is opened again.
    /// No ledger is open. The one that was stays at hand for other devices, unless something in it is still under way.
    fn leave(&mut self) {
        let is_whole = |open: &mut OpenLedger| open.is_shared() && open.head.import.is_none();
        if let Some(links) = &mut self.links
            && let Some(open) = self.open.take_if(is_whole)
        {
            links.put_aside(open);
        }
        self.jobs.clear();
        self.inputs.clear();
        self.viewed = None;
        self.open = None;
        self.ahead = None;
    }

    async fn found(&mut self, platform: &P, subject: Person, made_up: bool) -> Result<Reply, Fault> {
        self.found_with(platform, subject, made_up, Vec::new()).await
    }

    pub(crate) async fn create_made_up(
        &mut self,
        platform: &P,
        seed: u64,
        events: &mut Vec<Event>,
    ) -> Result<Reply, Fault> {
        let resources = made_up::entries(platform.make_up(seed, platform.now_ms()).await?)?;
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
            let first = made_up::patient_entry(&open.id, &open.head.subject).filter(|_| !made_up);
            let mut rest = first.into_iter().chain(resources).peekable();
            while rest.peek().is_some() {
                let batch: Vec<_> = rest.by_ref().take(256).collect();
                open.append(&self.rows, None, batch, None, now_ms, &mut rng).await?;
            }
            open.store_index(&self.rows, &mut rng).await?;
            self.person.ledgers.push(open.id);
            self.person.store(platform, &self.rows).await
        };
        if let Err(fault) = listed.await {
            // Nobody can open what is not on the list; whether a list that failed otherwise was stored is not known.
            if fault == Fault::StorageFull {
                // The first fault is the one to tell.
                let _ = open.discard(&self.rows, &mut platform.rng()).await;
            }
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
        let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
        if self.jobs.imports() || open.head.import.is_some() {
            return Err(Fault::NotNow("an earlier import has not ended: go on with it, or put it away".into()));
        }
        let target = self.inputs.remove(&input.0).ok_or(Fault::NotFound)?;
        let task = Task::import(target, people)?;
        if let Some(state) = task.import_state().cloned() {
            let change = |head: &mut crate::open::Head| head.import = Some(state);
            open.store_head(&self.rows, RowBatch::default(), change, &mut platform.rng()).await?;
        }
        Ok(Reply::Started(self.jobs.start(task)))
    }

    async fn drop_input(&mut self, platform: &P, input: InputId) -> Result<Reply, Fault> {
        self.inputs.remove(&input.0).ok_or(Fault::NotFound)?;
        let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
        Input::put_away(&self.rows, open, (input.0, 0), &mut platform.rng()).await?;
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

    pub(crate) async fn step(
        &mut self,
        platform: &P,
        step: impl Step<P>,
        events: &mut Vec<Event>,
    ) -> Result<(), Fault> {
        let Some(job) = self.jobs.running() else { return Ok(()) };
        let open = self.open.as_mut().ok_or(Fault::NoLedger)?;
        // Long work that a person waits for counts as activity.
        self.touched_ms = platform.now_ms();
        let result = self.jobs.step(platform, job, &self.rows, open, step).await;
        events.extend(self.jobs.event(job));
        if self.jobs.changed_record(job) {
            events.push(Event::Changed);
        }
        result
    }
}

/// What needs no ledger, or chooses one.
const fn is_of_person(command: &Command) -> bool {
    matches!(
        command,
        Command::ListLedgers
            | Command::OpenLedger { .. }
            | Command::CreateLedger { .. }
            | Command::ListJobs
            | Command::LoadSettings
            | Command::SaveSettings(_)
            | Command::Touch
    )
}
