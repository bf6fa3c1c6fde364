//! Noting doses as taken or missed, and taking that back.

use chartchain_vault::protocol::{Command, EntryId, Fault, Reply};
use yew::prelude::*;

use super::session::{Change, Shell};
use crate::services::browser;
use crate::services::engine::unexpected;
use crate::t;

/// What can be done with a dose.
#[derive(Clone, PartialEq)]
pub struct DoseActs {
    /// Notes a dose of today: of which medicine, which one, taken or missed.
    pub note: Callback<(EntryId, u8, bool)>,
    /// Takes back what was noted.
    pub undo: Callback<EntryId>,
    /// Something is being written.
    pub busy: bool,
}

/// The acts, and why the last one failed.
#[hook]
pub fn use_doses() -> (Option<Fault>, DoseActs) {
    let shell = use_context::<Shell>();
    let fault = use_state(|| None::<Fault>);
    let busy = use_state(|| false);
    let act = {
        let (fault, busy) = (fault.clone(), busy.clone());
        move |command: Command, words: String| {
            let Some(shell) = shell.clone() else { return };
            let (fault, busy) = (fault.clone(), busy.clone());
            busy.set(true);
            wasm_bindgen_futures::spawn_local(async move {
                let why = match shell.ask(command).await {
                    Ok(Reply::Saved(_)) => None,
                    Ok(_) => Some(unexpected()),
                    Err(why) => Some(why),
                };
                if why.is_none() {
                    shell.change(Change::Say(words));
                    shell.change(Change::Changed);
                }
                fault.set(why);
                busy.set(false);
            });
        }
    };
    let note = {
        let act = act.clone();
        Callback::from(move |(medicine, number, taken): (EntryId, u8, bool)| {
            let now = browser::today();
            let (day, at) = (now.day_written(), browser::now_written());
            let words = if taken { t!("dose-said-taken") } else { t!("dose-said-missed") };
            act(Command::NoteDose { medicine, day, number, taken, at }, words);
        })
    };
    let undo = Callback::from(move |entry: EntryId| act(Command::MarkWrong { entry }, t!("dose-said-undone")));
    ((*fault).clone(), DoseActs { note, undo, busy: *busy })
}
