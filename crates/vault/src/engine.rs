use chartchain_keys::{MasterKey, RecoveryWords};

use crate::jobs::{Step, Task};
use crate::open::OpenLedger;
use crate::person::PersonState;
use crate::platform::Platform;
use crate::profile::{self, Opened};
use crate::protocol::{Command, Event, Fault, JobKind, LockReason, PersonCard, PersonId, Reply, Secret};
use crate::recovery;
use crate::rows::{Rows, fault};
use crate::session::Session;

/// The engine: takes commands one after the other, and between them does long work slice by slice.
///
/// The loop of whoever drives it: carry out commands as they come with [`Engine::handle`]; while
/// [`Engine::has_work`], call [`Engine::step`] between them; where it [`Engine::has_rest`] and nothing was asked for a moment, call
/// [`Engine::rest`]; after each of them, pass on [`Engine::take_events`]; at [`Engine::deadline_ms`] call [`Engine::tick`].
pub struct Engine<P: Platform> {
    platform: P,
    session: Option<Session<P>>,
    events: Vec<Event>,
    /// Somebody else wrote, so that what was read may be old.
    behind: bool,
}

impl<P: Platform> Engine<P> {
    /// Locked, nothing open.
    pub const fn new(platform: P) -> Self {
        Self { platform, session: None, events: Vec::new(), behind: false }
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
        self.session.as_ref().is_some_and(|session| session.jobs.running().is_some() || session.is_loading())
    }

    /// When to call [`Engine::tick`]: the moment of auto-lock, milliseconds since 1970.
    pub fn deadline_ms(&self) -> Option<i64> {
        let session = self.session.as_ref()?;
        let touched_ms = session.touched_ms.min(self.platform.now_ms());
        Some(touched_ms + i64::from(session.person.settings.auto_lock_minutes) * 60_000)
    }

    /// Locks if nobody did anything for long enough.
    pub fn tick(&mut self) {
        if let Some(session) = &mut self.session {
            // A clock that was set back must not put off the lock until it has caught up.
            session.touched_ms = session.touched_ms.min(self.platform.now_ms());
        }
        if self.deadline_ms().is_some_and(|deadline| self.platform.now_ms() >= deadline) {
            self.lock(LockReason::Idle);
        }
    }

    fn lock(&mut self, reason: LockReason) {
        if self.session.take().is_some() {
            self.behind = false;
            self.platform.leave();
            self.events.push(Event::Locked(reason));
        }
    }

    /// Carries out one command. Nothing is acknowledged before it is durable.
    ///
    /// # Errors
    /// Why it was not carried out.
    pub async fn handle(&mut self, command: Command) -> Result<Reply, Fault> {
        let reply =
            if command.is_later() { self.handle_later(command).await } else { self.handle_first(command).await };
        reply.and_then(Reply::unpacked)
    }

    /// [`Engine::handle`] for what is not [`Command::is_later`], so that a browser need not load the rest with it. The answer may be
    /// [`Reply::Stored`], for whoever gets it to read.
    ///
    /// # Errors
    /// Why it was not carried out.
    pub async fn handle_first(&mut self, command: Command) -> Result<Reply, Fault> {
        self.around(command, Self::carry_out).await
    }

    /// [`Engine::handle`] for what is [`Command::is_later`].
    ///
    /// # Errors
    /// Why it was not carried out.
    pub async fn handle_later(&mut self, command: Command) -> Result<Reply, Fault> {
        self.around(command, Self::carry_out_later).await
    }

    async fn around(
        &mut self,
        command: Command,
        carry_out: impl AsyncFn(&mut Self, Command) -> Result<Reply, Fault>,
    ) -> Result<Reply, Fault> {
        // After a sleep the first sign of life comes before any timer: it must not count as activity.
        self.tick();
        if works_on_memory(&command) {
            if !self.is_writer().await {
                self.take_over().await;
            }
        } else if self.behind {
            self.catch_up().await;
        }
        // What came over a connection can be read once.
        let again = (!matches!(command, Command::LinkFrames { .. })).then(|| command.clone());
        let before = self.written();
        let mut result = carry_out(self, command).await;
        if matches!(result, Err(Fault::OpenElsewhere))
            && self.take_over().await
            && self.written() == before
            && let Some(again) = again
        {
            // Refused before anything was written.
            result = carry_out(self, again).await;
        }
        self.after(&result).await;
        result
    }

    /// The open ledger, all of it.
    pub(crate) async fn opened(&mut self) -> Result<(&Rows<P::Store>, &mut OpenLedger), Fault> {
        let session = self.session.as_mut().ok_or(Fault::Locked)?;
        session.load_rest(&self.platform, &mut self.events).await?;
        Ok((&session.rows, session.open.as_mut().ok_or(Fault::NoLedger)?))
    }

    pub(crate) fn tell(&mut self, event: Event) {
        self.events.push(event);
    }

    /// After a fault in storage, memory may be ahead of what is stored: what is stored counts.
    pub(crate) async fn after<T>(&mut self, result: &Result<T, Fault>) {
        if let (Err(fault @ (Fault::StorageFull | Fault::Storage(_))), Some(session)) = (result, &mut self.session) {
            session.reload(&self.platform, fault).await;
        }
    }

    /// Somebody else had taken over writing: takes it back and reads everything anew, because they may have written.
    /// False where nobody is unlocked, or any longer.
    async fn take_over(&mut self) -> bool {
        let Some(session) = &mut self.session else { return false };
        if session.rows.claim_again(&mut self.platform.rng()).await.is_err() {
            self.lock(LockReason::OtherTab);
            return false;
        }
        session.reload(&self.platform, &Fault::OpenElsewhere).await;
        self.behind = false;
        self.events.push(Event::Changed);
        true
    }

    /// Says that another tab has written.
    pub const fn other_wrote(&mut self) {
        self.behind = self.session.is_some();
    }

    /// Whether there is something to do in a quiet moment.
    pub fn has_rest(&self) -> bool {
        self.behind || self.session.as_ref().is_some_and(Session::has_rest)
    }

    /// Does some of what nobody waits for: looks what another tab has written, reads the rest of a ledger of which the first page
    /// was shown, merges the documents that it shows, or keeps that page for the next time.
    pub async fn rest(&mut self) {
        if self.rests_later() { self.rest_later().await } else { self.rest_first().await }
    }

    /// Whether that is to merge documents.
    pub fn rests_later(&self) -> bool {
        !self.behind && self.session.as_ref().is_some_and(Session::rests_later)
    }

    /// [`Engine::rest`] where the engine [`Engine::rests_later`].
    pub async fn rest_later(&mut self) {
        if let Some(session) = &mut self.session {
            session.rest_later(&self.platform, &mut self.events).await;
        }
    }

    /// [`Engine::rest`] for everything else, so that a browser need not load the rest with it.
    pub async fn rest_first(&mut self) {
        if self.behind {
            self.catch_up().await;
        } else if let Some(session) = &mut self.session {
            // Nobody asked for it: what fails is told to whoever needs it next.
            let _ = session.rest(&self.platform, &mut self.events).await;
        }
    }

    /// Reads everything anew if somebody else took over writing, and leaves it to them until there is something to write.
    async fn catch_up(&mut self) {
        self.behind = false;
        if self.is_writer().await {
            return;
        }
        if let Some(session) = &mut self.session {
            session.reload(&self.platform, &Fault::OpenElsewhere).await;
            self.events.push(Event::Changed);
        }
    }

    /// Whether connections may have something to give since the last call, so that [`Engine::link`] is due.
    pub fn has_links(&self) -> bool {
        self.session.as_ref().is_some_and(|session| session.links_are_due())
    }

    /// Gives other devices what was written here.
    pub async fn link(&mut self) {
        let Some(session) = &mut self.session else { return };
        let result = session.step_links(&self.platform, &mut self.events).await;
        self.after(&result).await;
    }

    async fn is_writer(&self) -> bool {
        match &self.session {
            // Where the store does not answer, the command itself says so.
            Some(session) => session.rows.is_writer().await.unwrap_or(true),
            None => true,
        }
    }

    /// Who is unlocked; nobody's id where somebody only tries the app.
    pub fn person(&self) -> Option<&PersonId> {
        self.session.as_ref().map(Session::id)
    }

    /// How often something was written for whoever is unlocked.
    pub fn written(&self) -> u64 {
        self.session.as_ref().map_or(0, |session| session.rows.commits())
    }

    /// The person did something in another tab.
    pub fn touch(&mut self) {
        if let Some(session) = &mut self.session {
            session.touched_ms = self.platform.now_ms();
        }
    }

    /// The person locked another tab.
    pub fn lock_too(&mut self) {
        self.lock(LockReason::OtherTab);
    }

    async fn carry_out(&mut self, command: Command) -> Result<Reply, Fault> {
        match command {
            Command::ListPeople => Ok(Reply::People(profile::list(&self.platform).await?)),
            Command::CreatePerson { passphrase, words } => self.create_person(&passphrase, words.as_ref()).await,
            Command::Unlock { person, passphrase } => {
                self.lock(LockReason::Asked);
                let opened = profile::open(&self.platform, &person, &passphrase).await?;
                self.unlock(opened).await
            }
            Command::Lock => {
                self.lock(LockReason::Asked);
                Ok(Reply::Done)
            }
            other => {
                let session = self.session.as_mut().ok_or(Fault::Locked)?;
                if !other.goes_by_itself() {
                    session.touched_ms = self.platform.now_ms();
                }
                session.carry_out(&self.platform, other, &mut self.events).await
            }
        }
    }

    async fn carry_out_later(&mut self, command: Command) -> Result<Reply, Fault> {
        match command {
            Command::CheckBackup { head, words } => {
                Ok(Reply::RecoveryChecked(crate::backup::check_words(&head, &words)?.err()))
            }
            Command::UnlockWithWords { person, words, passphrase } => {
                self.lock(LockReason::Asked);
                self.unlock_with_words(&person, &words, &passphrase).await
            }
            Command::UnlockWithPasskey { person, secret } => {
                self.lock(LockReason::Asked);
                let opened = profile::open_with_passkey(&self.platform, &person, &secret).await?;
                self.unlock(opened).await
            }
            Command::OpenRecoveryFile { file, passphrase } => {
                recovery::open_file(&self.platform, &file, &passphrase).await
            }
            Command::ReadSheetCode { code } => recovery::read_code(&code),
            Command::Try { seed } => self.try_out(seed).await,
            Command::DeletePerson { person, passphrase } => self.delete_person(&person, &passphrase).await,
            other => {
                let session = self.session.as_mut().ok_or(Fault::Locked)?;
                if !other.goes_by_itself() {
                    session.touched_ms = self.platform.now_ms();
                }
                session.carry_out_later(&self.platform, other, &mut self.events).await
            }
        }
    }

    /// Stores the first rows of a person and puts them on the list last: nobody is listed who cannot be unlocked.
    async fn create_person(&mut self, passphrase: &Secret, known: Option<&Secret>) -> Result<Reply, Fault> {
        self.lock(LockReason::Asked);
        let words = match known {
            Some(words) => RecoveryWords::parse(&words.0).map_err(|error| Fault::WrongWords(error.into()))?,
            None => RecoveryWords::make(&mut self.platform.rng()),
        };
        let (entry, master) = profile::make(&self.platform, passphrase, &words).await?;
        let card = entry.card();
        let store = self.platform.person_store(&card.id).await.map_err(fault)?;
        let rows = Rows::claim(store, &master, &mut self.platform.rng()).await?;
        let mut person = PersonState::make(self.platform.now_ms(), &words)?;
        if known.is_some() {
            // They stand on the person's paper.
            person.forget_words();
        }
        let listed = async {
            person.store(&self.platform, &rows).await?;
            profile::enlist(&self.platform, entry).await
        };
        if let Err(fault) = listed.await {
            // Whether a list that failed otherwise was stored is not known: then the person's rows have to stay.
            if matches!(fault, Fault::StorageFull | Fault::NotNow(_)) {
                // The first fault is the one to tell.
                let _ = rows.wipe().await;
            }
            return Err(fault);
        }
        self.enter(card, rows, person, false).await
    }

    /// A person without passphrase, whose keys and rows only memory holds.
    async fn try_out(&mut self, seed: u64) -> Result<Reply, Fault> {
        self.lock(LockReason::Asked);
        let store = self.platform.trial_store().ok_or_else(|| Fault::NotNow("there is nothing to try here".into()))?;
        let mut rng = self.platform.rng();
        let now_ms = self.platform.now_ms();
        let master = MasterKey::make(&mut rng);
        let rows = Rows::claim(store, &master, &mut rng).await?;
        let mut person = PersonState::make(now_ms, &RecoveryWords::make(&mut rng))?;
        // There is nothing to recover.
        person.forget_words();
        person.store(&self.platform, &rows).await?;
        let card = PersonCard { id: PersonId(String::new()), emblem: 0, created_ms: now_ms, passkey: None };
        self.enter(card.clone(), rows, person, false).await?;
        let session = self.session.as_mut().ok_or(Fault::Locked)?;
        session.create_made_up(&self.platform, seed, &mut self.events).await?;
        Ok(Reply::Unlocked { person: card, ledgers: session.ledger_cards().await?, resumed: Vec::new() })
    }

    async fn unlock_with_words(
        &mut self,
        person: &PersonId,
        words: &Secret,
        passphrase: &Secret,
    ) -> Result<Reply, Fault> {
        let opened = profile::open_with_words(&self.platform, person, words, passphrase).await?;
        let reply = self.unlock(opened).await?;
        if let Some(session) = &mut self.session {
            session.load_rest_if_whole(&self.platform, &mut self.events).await?;
            session.learn_words(&self.platform, words).await?;
        }
        Ok(reply)
    }

    async fn unlock(&mut self, opened: Opened) -> Result<Reply, Fault> {
        let store = self.platform.person_store(&opened.card.id).await.map_err(fault)?;
        let rows = Rows::claim(store, &opened.master, &mut self.platform.rng()).await?;
        let missing = || Fault::Damaged("the row of this person is missing".into());
        let (person, whole) = PersonState::load(&rows).await?.ok_or_else(missing)?;
        if !whole {
            // One good copy is enough for now.
            let _ = person.store(&self.platform, &rows).await;
        }
        self.enter(opened.card, rows, person, opened.mended || !whole).await
    }

    async fn enter(
        &mut self,
        card: PersonCard,
        rows: Rows<P::Store>,
        person: PersonState,
        mended: bool,
    ) -> Result<Reply, Fault> {
        let mut session = Session::new(card.id.clone(), rows, person, self.platform.now_ms());
        session.mended = mended;
        session.alone = card.id.0.is_empty() || self.platform.is_alone(&card.id).await;
        if session.alone {
            session.clear_restored(&self.platform).await?;
        }
        let ledgers = session.ledger_cards().await?;
        let mut resumed = Vec::new();
        // One record: it is what the person came for. Where it cannot be opened, the list of records says so.
        if let [only] = ledgers.as_slice() {
            match session.open_ledger(&self.platform, &only.id.clone(), &mut self.events).await {
                Ok(()) => resumed = session.jobs.ids(),
                Err(Fault::Damaged(_) | Fault::TooNew) => {}
                Err(fault) => return Err(fault),
            }
        }
        let ledgers = session.ledger_cards().await?;
        self.session = Some(session);
        Ok(Reply::Unlocked { person: card, ledgers, resumed })
    }

    async fn delete_person(&mut self, person: &PersonId, passphrase: &Secret) -> Result<Reply, Fault> {
        // A mistyped passphrase must not throw anyone out.
        let Opened { master, .. } = profile::open(&self.platform, person, passphrase).await?;
        self.lock(LockReason::Asked);
        let store = self.platform.person_store(person).await.map_err(fault)?;
        Rows::claim(store, &master, &mut self.platform.rng()).await?.wipe().await?;
        profile::remove(&self.platform, person).await?;
        Ok(Reply::Done)
    }

    /// Does one slice of long work.
    pub async fn step(&mut self) {
        if self.works_later() { self.step_later().await } else { self.step_first().await }
    }

    /// Whether the long work that is under way is anything else than an import.
    pub fn works_later(&self) -> bool {
        self.session.as_ref().and_then(|session| session.jobs.kind()).is_some_and(|kind| kind != JobKind::Import)
    }

    /// [`Engine::step`] of an import, so that a browser need not load the rest with it.
    pub async fn step_first(&mut self) {
        self.around_step(Task::step).await;
    }

    /// [`Engine::step`] where the engine [`Engine::works_later`].
    pub async fn step_later(&mut self) {
        self.around_step(Task::step_later).await;
    }

    async fn around_step(&mut self, step: impl Step<P>) {
        if self.session.as_ref().is_some_and(Session::is_loading) {
            self.tick();
            return self.rest_first().await;
        }
        if self.behind && !self.is_writer().await {
            self.take_over().await;
        }
        let Some(session) = &mut self.session else { return };
        let running = session.jobs.running();
        let result = session.step(&self.platform, step, &mut self.events).await;
        if matches!(result, Err(Fault::OpenElsewhere))
            && self.take_over().await
            && let (Some(session), Some(job)) = (&mut self.session, running)
        {
            session.go_on(job, &mut self.events);
        }
        self.after(&result).await;
    }
}

/// What is in the middle of something that only memory knows, and takes from it before it writes, so that it cannot be done
/// once more from its beginning. All other commands write last of all, or what they changed in memory is read anew.
///
/// A new command has to say here which one it is.
const fn works_on_memory(command: &Command) -> bool {
    match command {
        Command::BeginRestore { .. }
        | Command::RestorePart { .. }
        | Command::DropRestore
        | Command::Import { .. }
        | Command::DropInput { .. }
        | Command::ExportPart { .. }
        | Command::LinkFrames { .. } => true,
        Command::ListPeople
        | Command::CreatePerson { .. }
        | Command::CheckBackup { .. }
        | Command::OpenRecoveryFile { .. }
        | Command::ReadSheetCode { .. }
        | Command::MakeSheetCode { .. }
        | Command::MakeRecoveryFile { .. }
        | Command::AddPasskey { .. }
        | Command::RemovePasskey
        | Command::UnlockWithPasskey { .. }
        | Command::Backup
        | Command::Unlock { .. }
        | Command::UnlockWithWords { .. }
        | Command::ChangePassphrase { .. }
        | Command::Try { .. }
        | Command::Lock
        | Command::DeletePerson { .. }
        | Command::ListLedgers
        | Command::CreateLedger { .. }
        | Command::CreateMadeUp { .. }
        | Command::OpenLedger { .. }
        | Command::Home
        | Command::Timeline(_)
        | Command::LoadNetwork
        | Command::SaveNetwork(_)
        | Command::LastMeasured
        | Command::Analytes { .. }
        | Command::Review { .. }
        | Command::Medicines { .. }
        | Command::DoseLog { .. }
        | Command::NoteDose { .. }
        | Command::EmergencyCard { .. }
        | Command::LeaveOut { .. }
        | Command::Entry { .. }
        | Command::Document { .. }
        | Command::EditDocument { .. }
        | Command::ForgetPast { .. }
        | Command::EraseNote { .. }
        | Command::Notes
        | Command::CheckForm { .. }
        | Command::CheckVisit { .. }
        | Command::SaveVisit { .. }
        | Command::SaveForm { .. }
        | Command::EditForm { .. }
        | Command::MarkWrong { .. }
        | Command::Versions { .. }
        | Command::KeepVersion { .. }
        | Command::Erase { .. }
        | Command::MoveEntry { .. }
        | Command::SaveDraft { .. }
        | Command::LoadDraft { .. }
        | Command::DropDraft { .. }
        | Command::InspectFile { .. }
        | Command::FilePart { .. }
        | Command::BeginInput { .. }
        | Command::InputPart { .. }
        | Command::Inspect { .. }
        | Command::BeginLink { .. }
        | Command::EndLink { .. }
        | Command::SayCode { .. }
        | Command::AskToJoin { .. }
        | Command::LetIn { .. }
        | Command::ChangeMembers { .. }
        | Command::Suspend { .. }
        | Command::ListDevices
        | Command::AskByFile { .. }
        | Command::ReadRequest { .. }
        | Command::PackParcel { .. }
        | Command::BeginParcel
        | Command::ParcelPart { .. }
        | Command::JoinByParcel
        | Command::Companions
        | Command::Mailboxes
        | Command::WriteLetter { .. }
        | Command::LetterLeft { .. }
        | Command::TakeLetter { .. }
        | Command::Blocks { .. }
        | Command::Verify
        | Command::Export { .. }
        | Command::ListJobs
        | Command::PauseJob(_)
        | Command::ResumeJob(_)
        | Command::CancelJob(_)
        | Command::RecoveryWords
        | Command::CheckRecovery { .. }
        | Command::LoadSettings
        | Command::SaveSettings(_)
        | Command::Touch => false,
    }
}
