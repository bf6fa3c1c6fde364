//! A note under the pen: saved in pieces while somebody types, and when they look away.

use core::cell::RefCell;
use std::rc::Rc;

use chartchain_vault::protocol::docs::{DocumentName, Edit, Note, Version, View};
use chartchain_vault::protocol::{Command, DocumentPage, Fault};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::edit::write;
use super::session::Shell;

/// What is typed is stored after so long.
const SAVE_AFTER_MS: u32 = 3_000;

/// What the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Which note; `None` until something of it is stored.
    pub name: Option<DocumentName>,
    /// Title.
    pub title: String,
    /// Text.
    pub text: String,
    /// Everything that stands here is stored.
    pub saved: bool,
    /// Why the last piece was not stored.
    pub fault: Option<Fault>,
}

struct State {
    sheet: Sheet,
    /// The version that stands on the sheet, but for what was typed since.
    seen: Version,
    under_way: bool,
    timer: Option<Timeout>,
}

/// A note that is being written.
#[derive(Clone)]
pub struct Pen {
    state: Rc<RefCell<State>>,
    shell: Shell,
    show: UseStateSetter<Sheet>,
}

impl Pen {
    /// Takes what was typed.
    pub fn typed(&self, change: impl FnOnce(&mut Sheet)) {
        let sheet = {
            let mut state = self.state.borrow_mut();
            change(&mut state.sheet);
            state.sheet.saved = false;
            if state.timer.is_none() {
                let pen = self.clone();
                state.timer = Some(Timeout::new(SAVE_AFTER_MS, move || pen.save()));
            }
            state.sheet.clone()
        };
        self.show.set(sheet);
    }

    fn edit(state: &State) -> Vec<Edit> {
        let (title, text) = (state.sheet.title.clone(), state.sheet.text.clone());
        vec![Edit::WriteNote { seen: state.seen.clone(), title, text }]
    }

    /// Stores what is not stored yet.
    pub fn save(&self) {
        let (name, edits) = {
            let mut state = self.state.borrow_mut();
            state.timer = None;
            if state.sheet.saved || state.under_way {
                return;
            }
            state.under_way = true;
            state.sheet.saved = true;
            (state.sheet.name, Self::edit(&state))
        };
        let pen = self.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let result = write(&pen.shell, name, edits).await;
            pen.stored(result);
        });
    }

    fn stored(&self, result: Result<DocumentPage, Fault>) {
        let (sheet, again) = {
            let mut state = self.state.borrow_mut();
            state.under_way = false;
            match result {
                Ok(page) => {
                    state.sheet.name = Some(page.name);
                    state.sheet.fault = None;
                    // Where somebody typed on meanwhile, the sheet holds their words and nothing that came from elsewhere.
                    match page.view {
                        View::Note(note) if state.sheet.saved => state.take(note),
                        _ => state.seen = page.own,
                    }
                }
                Err(why) => {
                    state.sheet.saved = false;
                    state.sheet.fault = Some(why);
                }
            }
            (state.sheet.clone(), !state.sheet.saved && state.sheet.fault.is_none() && state.timer.is_none())
        };
        self.show.set(sheet);
        if again {
            self.save();
        }
    }

    /// The page is left: what is not stored yet goes to the engine, whatever comes of it.
    fn leave(&self) {
        let mut state = self.state.borrow_mut();
        state.timer = None;
        // What is under way stores the rest when it is done: until then a new note has no name.
        if !state.sheet.saved && !state.under_way {
            // A field that goes with its page may still say that it lost the focus.
            state.sheet.saved = true;
            self.shell.engine.tell(Command::EditDocument { name: state.sheet.name, edits: Self::edit(&state) });
        }
    }
}

impl State {
    fn take(&mut self, note: Note) {
        self.sheet.title = note.title;
        self.sheet.text = note.text;
        self.seen = note.version;
    }
}

/// The pen, and what stands on the sheet. `first` is what a note says already.
#[hook]
pub fn use_pen(shell: Shell, first: Option<(DocumentName, Note)>) -> (Pen, Sheet) {
    let seen = first.as_ref().map(|(_, note)| note.version.clone()).unwrap_or_default();
    let begin = || {
        let (name, note) = first.map_or_else(|| (None, Note::default()), |(name, note)| (Some(name), note));
        Sheet { name, title: note.title, text: note.text, saved: true, fault: None }
    };
    let shown = use_state(begin);
    let state = {
        let sheet = (*shown).clone();
        use_mut_ref(move || State { sheet, seen, under_way: false, timer: None })
    };
    let pen = Pen { state, shell, show: shown.setter() };
    {
        let pen = pen.clone();
        use_effect_with((), move |()| {
            // Whoever looks away may not come back.
            let away = {
                let pen = pen.clone();
                web_sys::window()
                    .and_then(|window| window.document())
                    .map(|document| EventListener::new(&document, "visibilitychange", move |_| pen.save()))
            };
            move || {
                drop(away);
                pen.leave();
            }
        });
    }
    (pen, (*shown).clone())
}
