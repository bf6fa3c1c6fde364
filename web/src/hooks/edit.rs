//! Changing a document: what was done is stored when the answer has come.

use chartchain_vault::protocol::docs::{DocumentName, Edit};
use chartchain_vault::protocol::{Command, DocumentPage, Fault, Reply};
use yew::prelude::*;

use super::session::{Change, Shell};
use crate::services::engine::unexpected;

/// Edits, with the words that are read out when they are stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    /// What the person did.
    pub edits: Vec<Edit>,
    /// Read out then.
    pub said: String,
}

/// A document that can be changed.
pub struct Editing {
    /// Why the last edit was not stored.
    pub fault: Option<Fault>,
    /// One is under way.
    pub busy: bool,
    /// Changes it.
    pub act: Callback<Act>,
}

/// Changes a document; `stored` is told what came of it.
#[hook]
pub fn use_edit(name: DocumentName, stored: Callback<DocumentPage>) -> Editing {
    let shell = use_context::<Shell>();
    let fault = use_state(|| None::<Fault>);
    let busy = use_state(|| false);
    let act = {
        let (fault, busy) = (fault.clone(), busy.clone());
        Callback::from(move |act: Act| {
            let Some(shell) = shell.clone().filter(|_| !*busy) else { return };
            busy.set(true);
            let (fault, busy, stored) = (fault.clone(), busy.clone(), stored.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let result = write(&shell, Some(name), act.edits).await;
                busy.set(false);
                match result {
                    Ok(page) => {
                        fault.set(None);
                        shell.change(Change::Say(act.said));
                        stored.emit(page);
                    }
                    Err(why) => fault.set(Some(why)),
                }
            });
        })
    };
    Editing { fault: (*fault).clone(), busy: *busy, act }
}

/// Stores edits of a document; of a new note where none is named.
///
/// # Errors
/// The engine's fault: nothing was stored.
pub async fn write(shell: &Shell, name: Option<DocumentName>, edits: Vec<Edit>) -> Result<DocumentPage, Fault> {
    match shell.ask(Command::EditDocument { name, edits }).await? {
        Reply::Document(page) => Ok(*page),
        _ => Err(unexpected()),
    }
}

/// Takes a document out of an answer.
pub fn take_document(_: &Shell, reply: Reply) -> Option<DocumentPage> {
    match reply {
        Reply::Document(page) => Some(*page),
        _ => None,
    }
}
