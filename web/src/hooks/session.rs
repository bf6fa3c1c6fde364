//! Who is unlocked, which record is open, what is under way.

use core::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use chartchain_vault::protocol::{
    Banner, Command, Fault, Job, JobId, JobState, LedgerCard, LedgerId, LinkCard, LinkStage, LockReason, PersonCard,
    Reply, Settings, Theme,
};
use yew::prelude::*;

use super::language::Spoken;
use crate::pages::later::Loader;
use crate::services::browser::{self, Obstacle};
use crate::services::engine::{Engine, unexpected};
use crate::view::letters::Letters;
use crate::view::ways::{Way, WayState};

/// Remembered where somebody keeps a record, so that it is noticed when the browser has deleted it.
pub const KEPT: &str = "kept";

/// Why the worker is no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It failed, or could not be loaded.
    Failed,
    /// The person went to another page.
    Left,
}

/// Where the person stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Phase {
    /// The worker has not answered yet.
    Starting,
    /// This browser cannot run the app.
    Unusable(Obstacle),
    /// Another tab holds the device's storage.
    Elsewhere,
    /// The device's storage does not answer.
    Broken(Fault),
    /// The worker is no more. Only loading the page anew leads out of it.
    Ended(End),
    /// Nobody is unlocked.
    Locked {
        /// Who keeps a record here.
        people: Vec<PersonCard>,
        /// Why it was locked, if it was open before.
        why: Option<LockReason>,
    },
    /// Someone is unlocked.
    Unlocked {
        /// Who.
        person: PersonCard,
        /// Their records.
        ledgers: Vec<LedgerCard>,
        /// Which one is open.
        open: Option<LedgerId>,
    },
}

/// What pages share.
#[derive(Debug, Clone, PartialEq)]
pub struct Session {
    /// Where the person stands.
    pub phase: Phase,
    /// Whose record every page is about.
    pub banner: Option<Banner>,
    /// Long work, newest last.
    pub jobs: Vec<Job>,
    /// The way to another device, if one was begun.
    pub way: Option<Way>,
    /// How connections with other devices stand.
    pub links: Vec<LinkCard>,
    /// How it stands with letters.
    pub letters: Letters,
    /// One of the records that were looked at since is held by other devices too.
    pub has_shared: bool,
    /// Grows whenever the record changed: pages ask anew.
    pub revision: u32,
    /// Settings of the unlocked person.
    pub settings: Settings,
    /// The language that pages are in; nothing until that is known.
    pub spoken: Option<Spoken>,
    /// Read out politely.
    pub announcement: String,
}

impl Default for Session {
    fn default() -> Self {
        let settings =
            Settings { auto_lock_minutes: 5, language: "en".into(), text_percent: 100, theme: Theme::System };
        Self {
            phase: Phase::Starting,
            banner: None,
            jobs: Vec::new(),
            way: None,
            links: Vec::new(),
            letters: Letters::default(),
            has_shared: false,
            revision: 0,
            settings,
            spoken: None,
            announcement: String::new(),
        }
    }
}

/// What can happen to a session.
#[derive(Debug)]
pub enum Change {
    /// The person stands elsewhere now.
    Phase(Phase),
    /// A record is open.
    Opened(LedgerCard),
    /// A page came with a banner.
    Banner(Banner),
    /// Long work moved on.
    Job(Job),
    /// The result of long work was seen.
    Seen(JobId),
    /// The way to another device moved on.
    Way(Way),
    /// The person has seen the end of a way.
    WaySeen,
    /// A connection moved on.
    Link(LinkCard),
    /// The person's records were listed anew.
    Ledgers(Vec<LedgerCard>),
    /// Letters come or go.
    Letters(Letters),
    /// The record changed.
    Changed,
    /// Settings were read or stored.
    Settings(Settings),
    /// Pages are in another language now, or could not be.
    Spoken(Spoken),
    /// Something to read out.
    Say(String),
}

impl Reducible for Session {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        // Answers to what was asked before come late and change nothing any more.
        if matches!(self.phase, Phase::Ended(_)) {
            return self;
        }
        let mut next = (*self).clone();
        match change {
            Change::Phase(phase) => {
                if !matches!(phase, Phase::Unlocked { .. }) {
                    let Self { settings, revision, spoken, letters, .. } = next;
                    // What is switched off is so for whoever comes next.
                    let letters = if letters == Letters::Off { letters } else { Letters::default() };
                    next = Self { settings, revision, spoken, letters, ..Self::default() };
                }
                next.phase = phase;
            }
            Change::Opened(card) => {
                if let Phase::Unlocked { ledgers, open, .. } = &mut next.phase {
                    *open = Some(card.id.clone());
                    match ledgers.iter_mut().find(|known| known.id == card.id) {
                        Some(known) => *known = card.clone(),
                        None => ledgers.push(card.clone()),
                    }
                }
                if next.banner.as_ref().is_none_or(|banner| banner.ledger != card.id) {
                    next.banner = None;
                    // Work on another record says nothing about this one.
                    next.jobs.clear();
                }
                next.revision += 1;
            }
            Change::Banner(banner) => {
                next.has_shared |= banner.shared;
                next.banner = Some(banner);
            }
            Change::Job(job) => match next.jobs.iter_mut().find(|known| known.id == job.id) {
                Some(known) => *known = job,
                None => next.jobs.push(job),
            },
            Change::Seen(id) => next.jobs.retain(|job| job.id != id || is_under_way(job)),
            // One that is over does not stand in the place of another one.
            Change::Way(way)
                if way.state == WayState::Gone && next.way.as_ref().is_some_and(|shown| shown.id != way.id) => {}
            Change::Way(way) => next.way = Some(way),
            Change::WaySeen => {
                next.way = None;
                next.links.retain(|card| card.by_itself);
            }
            Change::Link(card) if card.by_itself && matches!(card.stage, LinkStage::Over(_)) => {
                next.links.retain(|known| known.id != card.id);
            }
            Change::Link(card) => match next.links.iter_mut().find(|known| known.id == card.id) {
                Some(known) => *known = card,
                None => next.links.push(card),
            },
            Change::Ledgers(cards) => {
                if let Phase::Unlocked { ledgers, .. } = &mut next.phase {
                    *ledgers = cards;
                }
            }
            Change::Letters(letters) => next.letters = letters,
            Change::Changed => next.revision += 1,
            Change::Settings(settings) => next.settings = settings,
            Change::Spoken(spoken) => next.spoken = Some(spoken),
            Change::Say(words) => next.announcement = words,
        }
        Rc::new(next)
    }
}

/// Whether a job still runs or is held.
#[must_use]
pub fn is_under_way(job: &Job) -> bool {
    matches!(job.state, JobState::Running | JobState::Paused)
}

/// What pages remember while the person looks at others; gone with the lock.
pub type Memory = Rc<RefCell<HashMap<&'static str, Rc<dyn core::any::Any>>>>;

/// What every page and hook gets: the session as it is now, and the engine.
#[derive(Clone)]
pub struct Shell {
    /// As it is now.
    pub session: Rc<Session>,
    /// The engine behind the worker.
    pub engine: Rc<Engine>,
    /// Changes the session.
    pub dispatch: UseReducerDispatcher<Session>,
    /// What pages remember.
    pub memory: Memory,
    /// Loads the pages that are not needed at first.
    pub later: Loader,
}

impl PartialEq for Shell {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.engine, &other.engine) && self.session == other.session
    }
}

impl Shell {
    /// Changes the session.
    pub fn change(&self, change: Change) {
        self.dispatch.dispatch(change);
    }

    /// Asks the engine. Faults that concern the whole app change the session too.
    ///
    /// # Errors
    /// The engine's fault.
    pub async fn ask(&self, command: Command) -> Result<Reply, Fault> {
        let answer = self.engine.ask(command).await;
        if matches!(answer, Err(Fault::Locked)) {
            self.show_lock(None).await;
        }
        answer
    }

    /// Asks who keeps a record here and shows the lock screen.
    pub async fn show_lock(&self, why: Option<LockReason>) {
        self.memory.borrow_mut().clear();
        let phase = match self.engine.ask(Command::ListPeople).await {
            Ok(Reply::People(people)) => {
                if !people.is_empty() {
                    browser::remember(KEPT, "yes");
                }
                Phase::Locked { people, why }
            }
            Ok(_) => Phase::Broken(unexpected()),
            Err(Fault::OpenElsewhere) => Phase::Elsewhere,
            Err(Fault::Lost) => return self.show_loss(why),
            Err(fault) => Phase::Broken(fault),
        };
        self.change(Change::Phase(phase));
    }

    /// Shows the first start as somebody sees it whose record is gone.
    pub fn show_loss(&self, why: Option<LockReason>) {
        browser::remember(KEPT, "yes");
        self.change(Change::Phase(Phase::Locked { people: Vec::new(), why }));
    }

    /// Takes in the answer that somebody new is unlocked, who keeps the language, colours and text size that they chose
    /// before there was anybody to keep them for.
    ///
    /// # Errors
    /// The engine's fault.
    pub async fn take_created(&self, reply: Reply) -> Result<(), Fault> {
        if let Ok(Reply::Settings(settings)) = self.engine.ask(Command::LoadSettings).await {
            let Settings { language, text_percent, theme, .. } = self.session.settings.clone();
            self.engine.ask(Command::SaveSettings(Settings { language, text_percent, theme, ..settings })).await?;
        }
        self.take_unlocked(reply).await
    }

    /// Takes in the answer to an unlock: opens the record where there is only one, reads settings and work under
    /// way.
    ///
    /// # Errors
    /// The engine's fault.
    pub async fn take_unlocked(&self, reply: Reply) -> Result<(), Fault> {
        let Reply::Unlocked { person, ledgers, .. } = reply else { return Err(unexpected()) };
        let opened = match ledgers.as_slice() {
            [only] => match self.engine.ask(Command::OpenLedger { ledger: only.id.clone() }).await {
                Ok(Reply::Opened(card)) => Some(card),
                Ok(_) => return Err(unexpected()),
                // The list of records says that it cannot be opened.
                Err(Fault::Damaged(_) | Fault::TooNew) => None,
                Err(fault) => return Err(fault),
            },
            _ => None,
        };
        if !person.id.0.is_empty() {
            browser::remember(KEPT, "yes");
        }
        self.change(Change::Phase(Phase::Unlocked { person, ledgers, open: None }));
        if let Some(card) = opened {
            self.change(Change::Opened(card));
        }
        if let Ok(Reply::Settings(settings)) = self.engine.ask(Command::LoadSettings).await {
            self.change(Change::Settings(settings));
        }
        if let Ok(Reply::Jobs(jobs)) = self.engine.ask(Command::ListJobs).await {
            for job in jobs {
                self.change(Change::Job(job));
            }
        }
        Ok(())
    }

    /// Takes in the answer that a record is open now.
    ///
    /// # Errors
    /// The engine's fault.
    pub fn take_opened(&self, reply: Reply) -> Result<(), Fault> {
        let Reply::Opened(card) = reply else { return Err(unexpected()) };
        self.memory.borrow_mut().clear();
        self.change(Change::Opened(card));
        Ok(())
    }

    /// The first name of whose record it is, or words for it.
    #[must_use]
    pub fn first_name(&self) -> String {
        let name = self.session.banner.as_ref().and_then(|banner| banner.subject.name.as_deref());
        name.and_then(|name| name.split_whitespace().next()).map_or_else(|| crate::t!("someone"), str::to_owned)
    }

    /// The newest job of a kind, under way or ended.
    #[must_use]
    pub fn job(&self, kind: chartchain_vault::protocol::JobKind) -> Option<Job> {
        self.session.jobs.iter().rev().find(|job| job.kind == kind).cloned()
    }
}

/// The session and the engine.
#[hook]
pub fn use_shell() -> Option<Shell> {
    use_context::<Shell>()
}

#[cfg(test)]
mod tests {
    use chartchain_vault::protocol::{JobKind, Person, PersonId};

    use super::*;

    fn unlocked() -> Session {
        let person = PersonCard { id: PersonId("00".into()), emblem: 1, created_ms: 0, passkey: None };
        Session { phase: Phase::Unlocked { person, ledgers: Vec::new(), open: None }, ..Session::default() }
    }

    fn after(session: Session, change: Change) -> Session {
        (*Rc::new(session).reduce(change)).clone()
    }

    fn card(id: &str, entries: u32) -> LedgerCard {
        LedgerCard {
            id: LedgerId(id.into()),
            subject: Person::default(),
            made_up: false,
            entries,
            blocks: 1,
            damaged: false,
        }
    }

    #[test]
    fn a_lock_forgets_everything_about_the_person() {
        let job = Job { id: JobId(1), kind: JobKind::Verify, state: JobState::Running, done: 0, total: 1 };
        let session = after(after(unlocked(), Change::Job(job)), Change::Opened(card("a", 3)));
        let locked = after(session, Change::Phase(Phase::Locked { people: Vec::new(), why: None }));
        assert_eq!((locked.jobs.len(), locked.banner), (0, None));
    }

    #[test]
    fn what_is_switched_off_stays_so_when_somebody_else_comes() {
        let lock = || Change::Phase(Phase::Locked { people: Vec::new(), why: None });
        assert_eq!(after(after(unlocked(), Change::Letters(Letters::Off)), lock()).letters, Letters::Off);
        assert_eq!(after(after(unlocked(), Change::Letters(Letters::NotKept)), lock()).letters, Letters::Unknown);
    }

    #[test]
    fn nothing_leads_out_of_the_end_of_the_worker() {
        let ended = after(unlocked(), Change::Phase(Phase::Ended(End::Failed)));
        let late = after(ended, Change::Phase(Phase::Broken(Fault::NotFound)));
        assert_eq!((&late.phase, &late.banner), (&Phase::Ended(End::Failed), &None));
        assert_eq!(after(late, Change::Opened(card("a", 3))).phase, Phase::Ended(End::Failed));
    }

    #[test]
    fn a_record_that_is_opened_again_is_not_listed_twice() {
        let session = after(after(unlocked(), Change::Opened(card("a", 3))), Change::Opened(card("a", 4)));
        let Phase::Unlocked { ledgers, open, .. } = session.phase else { panic!("still unlocked") };
        assert_eq!((ledgers.len(), ledgers[0].entries, open), (1, 4, Some(LedgerId("a".into()))));
    }

    #[test]
    fn a_result_that_was_seen_goes_and_running_work_stays() {
        let job = |state| Job { id: JobId(1), kind: JobKind::Verify, state, done: 0, total: 1 };
        let running = after(unlocked(), Change::Job(job(JobState::Running)));
        assert_eq!(after(running.clone(), Change::Seen(JobId(1))).jobs.len(), 1);
        let ended = after(running, Change::Job(job(JobState::Cancelled)));
        assert_eq!(after(ended, Change::Seen(JobId(1))).jobs.len(), 0);
    }
}
