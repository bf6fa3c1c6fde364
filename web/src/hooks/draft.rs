//! A form that keeps itself: sealed, shortly after every change, when the page is left, and before the lock. Where another tab
//! wrote in the same draft, what is typed is kept beside that until the person has chosen.

use core::cell::{Cell, RefCell};
use std::rc::Rc;

use chartchain_vault::protocol::{Command, DraftFrom, DraftKept, DraftOf, Elsewhere, Fault, FormDraft, Reply};
use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::queue::Queue;
use super::session::Shell;
use crate::services::engine::unexpected;
use crate::view::form::{Draft, Filed};

/// A change is kept after so long without another one.
const KEPT_AFTER_MS: u32 = 700;
/// Name of what could not be kept, in what pages remember.
pub const UNKEPT: &str = "unkept";

/// What came of keeping.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// It is kept.
    Kept,
    /// It is not.
    NotKept(Fault),
    /// Another tab was faster: the person has to choose.
    Elsewhere(Elsewhere),
}

/// Where a text is kept.
struct Place {
    /// What is there in the draft's own place, as far as this tab knows.
    since_ms: Option<i64>,
    /// While the person chooses, texts are kept beside it: this is there.
    asked: Option<Option<i64>>,
}

/// Keeps what is typed until it is told to stop.
pub struct Keeper {
    shell: Shell,
    of: DraftOf,
    waiting: RefCell<Option<(Draft, Timeout)>>,
    stopped: Cell<bool>,
    left: Cell<bool>,
    told: Callback<Told>,
    place: RefCell<Place>,
    // Each text has to know what the one before it has become.
    queue: Queue,
}

/// What was kept, as it can be gone on with, and when it was kept. A file that is lost has to be chosen again.
#[must_use]
pub fn opened(kept: FormDraft) -> Option<(Draft, i64)> {
    let mut draft = Draft::from_bytes(&kept.content)?;
    draft.file = match kept.file {
        Some(card) => Some(Filed { card, waits: true }),
        None => draft.file.filter(|filed| !filed.waits),
    };
    Some((draft, kept.at_ms))
}

/// The other text of a form that two tabs wrote in.
#[must_use]
pub fn beside(of: &DraftOf) -> DraftOf {
    DraftOf::Aside(Box::new(of.clone()))
}

/// The command that keeps a form.
#[must_use]
pub fn keep_command(from: DraftFrom, draft: &Draft) -> Option<Command> {
    let file = draft.file.as_ref().filter(|filed| filed.waits).map(|Filed { card, .. }| card.input);
    Some(Command::SaveDraft { from, content: draft.to_bytes()?, file })
}

impl Keeper {
    fn change(self: &Rc<Self>, draft: &Draft) {
        if self.stopped.get() {
            return;
        }
        let keeper = Rc::clone(self);
        let timer = Timeout::new(KEPT_AFTER_MS, move || keeper.keep_now());
        self.waiting.replace(Some((draft.clone(), timer)));
    }

    /// Keeps at once what waits.
    pub fn keep_now(self: &Rc<Self>) {
        if self.waiting.borrow().is_none() {
            return;
        }
        let keeper = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            let _turn = keeper.queue.turn().await;
            let waiting = keeper.waiting.take().filter(|_| !keeper.stopped.get());
            if let Some((draft, _)) = waiting {
                keeper.keep(&draft).await;
            }
        });
    }

    async fn keep(&self, draft: &Draft) -> Told {
        // If another tab has taken over, this is what it does not have.
        self.shell.memory.borrow_mut().insert(UNKEPT, Rc::new(draft.typed()));
        let told = self.store(draft).await;
        if told == Told::Kept || self.is_beside() {
            self.shell.memory.borrow_mut().remove(UNKEPT);
        }
        self.told.emit(told.clone());
        told
    }

    fn is_beside(&self) -> bool {
        matches!(self.place.borrow().asked, Some(Some(_)))
    }

    async fn store(&self, draft: &Draft) -> Told {
        let asked = self.place.borrow().asked;
        let from = match asked {
            Some(since_ms) => DraftFrom { of: beside(&self.of), since_ms },
            None => DraftFrom { of: self.of.clone(), since_ms: self.place.borrow().since_ms },
        };
        let Some(command) = keep_command(from, draft) else { return Told::NotKept(unexpected()) };
        match (self.ask(command).await, asked) {
            (Ok(Reply::DraftKept(DraftKept::At(at_ms))), None) => {
                self.place.borrow_mut().since_ms = Some(at_ms);
                Told::Kept
            }
            (Ok(Reply::DraftKept(DraftKept::At(at_ms))), Some(_)) => {
                self.place.borrow_mut().asked = Some(Some(at_ms));
                Told::Kept
            }
            (Ok(Reply::DraftKept(DraftKept::Elsewhere { what, aside_ms })), None) => {
                self.meet(what, aside_ms, draft).await
            }
            (Ok(Reply::DraftKept(DraftKept::Elsewhere { .. })), Some(_)) => Told::NotKept(Fault::DraftElsewhere),
            (Ok(_), _) => Told::NotKept(unexpected()),
            (Err(fault), _) => Told::NotKept(fault),
        }
    }

    /// Another tab was faster. The same answers are nothing to choose from.
    async fn meet(&self, what: Elsewhere, aside_ms: Option<i64>, draft: &Draft) -> Told {
        let other = match &what {
            Elsewhere::Wrote(other) => Some((other.at_ms, opened((**other).clone()))),
            Elsewhere::Saved | Elsewhere::ThrownAway => None,
        };
        self.place.borrow_mut().since_ms = other.as_ref().map(|(at_ms, _)| *at_ms);
        if other.is_some_and(|(_, other)| other.is_some_and(|(other, _)| other == *draft)) {
            self.drop_aside(aside_ms).await;
            return Told::Kept;
        }
        self.place.borrow_mut().asked = Some(aside_ms);
        Told::Elsewhere(what)
    }

    async fn drop_aside(&self, aside_ms: Option<i64>) {
        if let Some(at_ms) = aside_ms {
            // What is not thrown away is offered when the form is opened the next time.
            let _ = self.ask(Command::DropDraft { of: beside(&self.of), at_ms }).await;
        }
    }

    async fn ask(&self, command: Command) -> Result<Reply, Fault> {
        // Once the page is left, nobody is there any more to be told.
        if self.left.get() { self.shell.engine.ask(command).await } else { self.shell.ask(command).await }
    }

    /// The person chose their own text: it takes the place of what is there now.
    pub async fn keep_mine(&self, draft: &Draft) -> Told {
        let _turn = self.queue.turn().await;
        self.waiting.take();
        // Whatever comes, this is what is there beside.
        let _ = self.store(draft).await;
        let asked = self.place.borrow_mut().asked.take();
        let told = self.store(draft).await;
        match &told {
            Told::Kept => self.drop_aside(asked.flatten()).await,
            Told::NotKept(_) => self.place.borrow_mut().asked = asked,
            Told::Elsewhere(_) => {}
        }
        told
    }

    /// The person chose the other text.
    pub async fn take_theirs(&self) {
        let _turn = self.queue.turn().await;
        self.waiting.take();
        let asked = self.place.borrow_mut().asked.take();
        self.drop_aside(asked.flatten()).await;
    }

    /// The person throws away what they wrote here.
    pub async fn throw_away(&self) {
        self.stopped.set(true);
        self.take_theirs().await;
    }

    /// The form is about to be saved: what it is written on, once all is kept that was on its way. `None` while the person
    /// has to choose.
    pub async fn stop(&self) -> Option<DraftFrom> {
        let _turn = self.queue.turn().await;
        let place = self.place.borrow();
        if place.asked.is_some() {
            return None;
        }
        self.stopped.set(true);
        self.waiting.take();
        Some(DraftFrom { of: self.of.clone(), since_ms: place.since_ms })
    }

    /// It was not saved after all.
    pub fn go_on(&self) {
        self.stopped.set(false);
    }

    /// It was not saved because another tab was faster: asks what it did.
    pub async fn look(&self, draft: &Draft) -> Told {
        let _turn = self.queue.turn().await;
        self.stopped.set(false);
        self.keep(draft).await
    }
}

/// Keeps a form as it is filled in, on what was kept at `since_ms`. `told` hears what came of each time.
#[hook]
pub fn use_keeper(
    of: DraftOf,
    since_ms: Option<i64>,
    draft: &Draft,
    first: &Draft,
    told: Callback<Told>,
) -> Option<Rc<Keeper>> {
    let shell = use_context::<Shell>();
    let keeper = use_memo((), move |()| {
        shell.map(|shell| {
            Rc::new(Keeper {
                shell,
                of,
                waiting: RefCell::default(),
                stopped: Cell::new(false),
                left: Cell::new(false),
                told,
                place: RefCell::new(Place { since_ms, asked: None }),
                queue: Queue::default(),
            })
        })
    });
    {
        let keeper = (*keeper).clone();
        let untouched = use_mut_ref(|| first.clone());
        use_effect_with(draft.clone(), move |draft| {
            let is_new = *untouched.borrow() != *draft;
            if let Some(keeper) = keeper.filter(|_| is_new) {
                untouched.replace(draft.clone());
                keeper.change(draft);
            }
        });
    }
    {
        let keeper = (*keeper).clone();
        use_effect_with((), move |()| {
            move || {
                if let Some(keeper) = keeper {
                    keeper.left.set(true);
                    keeper.keep_now();
                }
            }
        });
    }
    (*keeper).clone()
}
