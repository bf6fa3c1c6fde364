//! A form that keeps itself: sealed, shortly after every change, when the page is left, and before the lock. Where another tab
//! wrote in the same draft, what is typed is kept beside that until the person has chosen.

use core::cell::{Cell, RefCell};
use std::rc::Rc;

use chartchain_vault::protocol::{Command, DraftFrom, DraftKept, DraftOf, Elsewhere, EntryId, Fault, Reply};
use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::queue::Queue;
use super::session::Shell;
use crate::components::error_summary::Wrong;
use crate::services::engine::unexpected;
use crate::t;
use crate::view::kept::Kept;

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
pub struct Keeper<T> {
    shell: Shell,
    of: DraftOf,
    waiting: RefCell<Option<(T, Timeout)>>,
    stopped: Cell<bool>,
    left: Cell<bool>,
    told: Callback<Told>,
    place: RefCell<Place>,
    // Each text has to know what the one before it has become.
    queue: Queue,
}

/// The other text of a form that two tabs wrote in.
#[must_use]
pub fn beside(of: &DraftOf) -> DraftOf {
    DraftOf::Aside(Box::new(of.clone()))
}

/// The command that keeps a form.
#[must_use]
pub fn keep_command<T: Kept>(from: DraftFrom, draft: &T) -> Option<Command> {
    Some(Command::SaveDraft { from, content: draft.to_bytes()?, file: draft.input() })
}

/// What the person chose where another tab wrote in the same draft.
pub enum Choice<T> {
    /// The other text.
    Theirs(Box<T>),
    /// The text of this page.
    Mine,
    /// Neither: what was written here goes.
    Away,
}

/// Why a form was not saved. `Q` is what the person is asked.
pub enum Refused<Q> {
    /// Another tab was faster, and the person has to choose.
    Choose,
    /// Something has to be mended.
    Mend(Vec<Wrong>),
    /// Something is odd.
    Ask(Vec<Q>),
    /// It did not work.
    Fault(Fault),
}

impl<T: Kept> Keeper<T> {
    fn change(self: &Rc<Self>, draft: &T) {
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
            // While it is being saved it waits for what becomes of that.
            if keeper.stopped.get() {
                return;
            }
            let waiting = keeper.waiting.take();
            if let Some((draft, _)) = waiting {
                keeper.keep(&draft).await;
            }
        });
    }

    async fn keep(&self, draft: &T) -> Told {
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

    async fn store(&self, draft: &T) -> Told {
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
    async fn meet(&self, what: Elsewhere, aside_ms: Option<i64>, draft: &T) -> Told {
        let other = match &what {
            Elsewhere::Wrote(other) => Some((other.at_ms, T::opened(other))),
            Elsewhere::Saved | Elsewhere::ThrownAway => None,
        };
        self.place.borrow_mut().since_ms = other.as_ref().map(|(at_ms, _)| *at_ms);
        if other.is_some_and(|(_, other)| other.is_some_and(|other| other == *draft)) {
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

    /// Does what the person chose; `take` puts the other text into the page. Gives the words that tell it, and nothing where
    /// both texts are gone from here.
    pub async fn settle(&self, choice: Choice<T>, mine: &T, take: impl FnOnce(T)) -> Option<String> {
        match choice {
            Choice::Away => {
                self.throw_away().await;
                None
            }
            Choice::Theirs(theirs) => {
                self.take_theirs().await;
                take(*theirs);
                Some(t!("other-tab-taken"))
            }
            Choice::Mine => {
                self.told.emit(self.keep_mine(mine).await);
                Some(t!("other-tab-stays"))
            }
        }
    }

    /// Saves what is kept. Where another tab was faster with the same answers, that is no matter.
    ///
    /// # Errors
    /// What `save` says, and [`Refused::Choose`].
    pub async fn hand_in<Q>(
        &self,
        draft: &T,
        save: impl AsyncFn(DraftFrom) -> Result<EntryId, Refused<Q>>,
    ) -> Result<EntryId, Refused<Q>> {
        for _ in 0..2 {
            let from = self.stop().await.ok_or(Refused::Choose)?;
            match save(from).await {
                Err(Refused::Fault(Fault::DraftElsewhere)) => match self.look(draft).await {
                    Told::Kept => {}
                    Told::Elsewhere(_) => return Err(Refused::Choose),
                    Told::NotKept(fault) => return Err(Refused::Fault(fault)),
                },
                Ok(entry) => {
                    self.waiting.take();
                    return Ok(entry);
                }
                refused => {
                    // What was typed last may not have been kept yet.
                    self.stopped.set(false);
                    if self.waiting.take().is_some() {
                        let _turn = self.queue.turn().await;
                        self.keep(draft).await;
                    }
                    return refused;
                }
            }
        }
        Err(Refused::Fault(Fault::DraftElsewhere))
    }

    /// The person chose their own text: it takes the place of what is there now.
    async fn keep_mine(&self, draft: &T) -> Told {
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
    async fn take_theirs(&self) {
        let _turn = self.queue.turn().await;
        self.waiting.take();
        let asked = self.place.borrow_mut().asked.take();
        self.drop_aside(asked.flatten()).await;
    }

    /// The person throws away what they wrote here.
    async fn throw_away(&self) {
        self.stopped.set(true);
        self.take_theirs().await;
    }

    /// The form is about to be saved: what it is written on, once all is kept that was on its way. `None` while the person
    /// has to choose.
    async fn stop(&self) -> Option<DraftFrom> {
        let _turn = self.queue.turn().await;
        let place = self.place.borrow();
        if place.asked.is_some() {
            return None;
        }
        self.stopped.set(true);
        Some(DraftFrom { of: self.of.clone(), since_ms: place.since_ms })
    }

    /// It was not saved because another tab was faster: asks what it did.
    async fn look(&self, draft: &T) -> Told {
        let _turn = self.queue.turn().await;
        self.stopped.set(false);
        self.keep(draft).await
    }
}

/// Keeps a form as it is filled in, on what was kept at `since_ms`. `told` hears what came of each time.
#[hook]
pub fn use_keeper<T: Kept>(
    of: DraftOf,
    since_ms: Option<i64>,
    draft: &T,
    first: &T,
    told: Callback<Told>,
) -> Option<Rc<Keeper<T>>> {
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

/// Takes apart what came of keeping a form: whether it is kept, and what another tab did.
pub fn hear(
    kept: &UseStateHandle<Option<Option<Fault>>>,
    elsewhere: &UseStateHandle<Option<Elsewhere>>,
) -> Callback<Told> {
    let (kept, elsewhere) = (kept.setter(), elsewhere.setter());
    Callback::from(move |told| match told {
        Told::Kept => kept.set(Some(None)),
        Told::NotKept(fault) => kept.set(Some(Some(fault))),
        Told::Elsewhere(what) => {
            kept.set(None);
            elsewhere.set(Some(what));
        }
    })
}
