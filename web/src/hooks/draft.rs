//! A form that keeps itself: sealed, shortly after every change, when the page is left, and before the lock.

use core::cell::{Cell, RefCell};
use std::rc::Rc;

use chartchain_vault::protocol::{Command, DraftOf, Fault};
use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::session::Shell;
use crate::view::form::{Draft, Filed};

/// A change is kept after so long without another one.
const KEPT_AFTER_MS: u32 = 700;
/// Name of what could not be kept, in what pages remember.
pub const UNKEPT: &str = "unkept";

/// Keeps what is typed until it is told to stop.
pub struct Keeper {
    shell: Shell,
    of: DraftOf,
    waiting: RefCell<Option<(Draft, Timeout)>>,
    stopped: Cell<bool>,
    told: Callback<Option<Fault>>,
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

    fn take(&self) -> Option<(Command, Draft)> {
        let (draft, _) = self.waiting.take()?;
        let content = draft.to_bytes().filter(|_| !self.stopped.get())?;
        let file = draft.file.as_ref().filter(|filed| filed.waits).map(|Filed { card, .. }| card.input);
        Some((Command::SaveDraft { of: self.of.clone(), content, file }, draft))
    }

    /// Keeps at once what waits.
    pub fn keep_now(self: &Rc<Self>) {
        let Some((command, draft)) = self.take() else { return };
        let keeper = Rc::clone(self);
        // If another tab has taken over, this is what it does not have.
        self.shell.memory.borrow_mut().insert(UNKEPT, Rc::new(draft.typed()));
        wasm_bindgen_futures::spawn_local(async move {
            let kept = keeper.shell.ask(command).await;
            if kept.is_ok() {
                keeper.shell.memory.borrow_mut().remove(UNKEPT);
            }
            keeper.told.emit(kept.err());
        });
    }

    /// The page is left: nobody is there any more to be told.
    fn leave(&self) {
        if let Some((command, _)) = self.take() {
            self.shell.engine.tell(command);
        }
    }

    /// The form is saved: there is nothing more to keep.
    pub fn stop(&self) {
        self.stopped.set(true);
        self.waiting.take();
    }

    /// It was not saved after all.
    pub fn go_on(&self) {
        self.stopped.set(false);
    }
}

/// Keeps a form as it is filled in. `told` hears what came of each time.
#[hook]
pub fn use_keeper(of: DraftOf, draft: &Draft, first: &Draft, told: Callback<Option<Fault>>) -> Option<Rc<Keeper>> {
    let shell = use_context::<Shell>();
    let keeper = use_memo((), move |()| {
        shell.map(|shell| Rc::new(Keeper { shell, of, waiting: RefCell::default(), stopped: Cell::new(false), told }))
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
                    keeper.leave();
                }
            }
        });
    }
    (*keeper).clone()
}
