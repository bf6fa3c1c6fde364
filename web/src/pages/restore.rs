//! Records from a backup: the file, the recovery words, and a passphrase for this device.

use chartchain_vault::protocol::{Command, Fault, PersonCard, Reply, Secret};
use web_sys::{Blob, HtmlInputElement};
use yew::prelude::*;

use crate::components::button::{Button, Look, button_link};
use crate::components::error_summary::{ErrorSummary, Wrong};
use crate::components::field::Field;
use crate::components::job::progress;
use crate::components::mark::mark;
use crate::components::new_passphrase::{self, NewPassphrase};
use crate::components::page::Page;
use crate::components::word_fields::{self, WordFields, WrongWords, use_word_fields};
use crate::hooks::session::Shell;
use crate::route::Route;
use crate::services::browser;
use crate::services::engine::{PART_BYTES, unexpected};
use crate::t;
use crate::view::faults;

/// Enough of the file to tell whether the words open it.
const HEAD_BYTES: u64 = 8 * 1024;

/// What a restore needs.
pub(super) struct Given {
    pub(super) file: Blob,
    pub(super) words: Secret,
}

/// Says whether the words open the file, before anything is changed.
pub(super) async fn check(shell: &Shell, given: &Given) -> Result<(), Fault> {
    let size = browser::blob_size(&given.file);
    let unreadable = || Fault::Storage("the file could not be read".into());
    let head = browser::blob_part(&given.file, 0, HEAD_BYTES.min(size)).await.ok_or_else(unreadable)?;
    match shell.ask(Command::CheckBackup { head, words: given.words.clone() }).await? {
        Reply::RecoveryChecked(None) => Ok(()),
        Reply::RecoveryChecked(Some(problem)) => Err(Fault::WrongWords(problem)),
        _ => Err(unexpected()),
    }
}

/// What is wrong, at the field that it is about.
pub(super) fn wrong_words(fault: &Fault) -> WrongWords {
    let line = match fault {
        Fault::WrongWords(problem) => return word_fields::explain(problem),
        Fault::NotABackup | Fault::FileDamaged => Wrong::at("backup-file", faults::words(fault)),
        _ => Wrong::whole(faults::words(fault)),
    };
    WrongWords { lines: vec![line], places: Vec::new() }
}

async fn restore(shell: &Shell, given: Given, passphrase: Secret, moved: impl Fn(u64)) -> Result<(), Fault> {
    check(shell, &given).await?;
    let create = Command::CreatePerson { passphrase: passphrase.clone(), words: Some(given.words.clone()) };
    let Reply::Unlocked { person, .. } = shell.ask(create).await? else { return Err(unexpected()) };
    match send(shell, &given, moved).await {
        Ok(reply) => shell.take_created(unlocked(person, reply)?).await,
        Err(fault) => {
            // Nobody is left on this device whose record did not come in. The first fault is the one to tell.
            let _ = shell.ask(Command::DeletePerson { person: person.id, passphrase }).await;
            Err(fault)
        }
    }
}

fn unlocked(person: PersonCard, reply: Reply) -> Result<Reply, Fault> {
    // A record that is not whole says so on each of its pages.
    let Reply::Restored { ledgers, .. } = reply else { return Err(unexpected()) };
    Ok(Reply::Unlocked { person, ledgers, resumed: Vec::new() })
}

/// Sends the file to the engine, piece by piece; tells after each how many bytes have gone.
pub(super) async fn send(shell: &Shell, given: &Given, moved: impl Fn(u64)) -> Result<Reply, Fault> {
    let size = browser::blob_size(&given.file);
    shell.ask(Command::BeginRestore { words: given.words.clone() }).await?;
    let mut sent = 0;
    loop {
        let end = (sent + PART_BYTES).min(size);
        let bytes = browser::blob_part(&given.file, sent, end).await;
        let bytes = bytes.ok_or_else(|| Fault::Storage("the file could not be read".into()))?;
        let last = end == size;
        let reply = shell.ask(Command::RestorePart { bytes, last }).await?;
        if last {
            return Ok(reply);
        }
        sent = end;
        moved(sent);
    }
}

/// The page.
#[component]
pub fn Restore() -> Html {
    let shell = use_context::<Shell>();
    let fields = use_word_fields();
    let (file, first, again) = (use_node_ref(), use_node_ref(), use_node_ref());
    let wrong = use_state(WrongWords::default);
    let attempt = use_state(|| 0_u32);
    let under_way = use_state(|| None::<(u64, u64)>);

    let onsubmit = {
        let (fields, file, first, again) = (fields.clone(), file.clone(), first.clone(), again.clone());
        let (wrong, attempt, under_way) = (wrong.clone(), attempt.clone(), under_way.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(shell) = shell.clone().filter(|_| under_way.is_none()) else { return };
            attempt.set(*attempt + 1);
            let chosen = file.cast::<HtmlInputElement>().and_then(|input| input.files()).and_then(|files| files.get(0));
            let Some(chosen) = chosen else {
                let lines = vec![Wrong::at("backup-file", t!("restore-file-missing"))];
                return wrong.set(WrongWords { lines, places: Vec::new() });
            };
            let words = match word_fields::gather(&fields) {
                Ok(words) => Secret(words),
                Err(missing) => return wrong.set(missing),
            };
            let passphrase = Secret(new_passphrase::read(&first));
            let lines = new_passphrase::check(&passphrase.0, &new_passphrase::read(&again));
            let fine = lines.is_empty();
            wrong.set(WrongWords { lines, places: Vec::new() });
            if !fine {
                return;
            }
            let given = Given { file: chosen.into(), words };
            let size = browser::blob_size(&given.file);
            under_way.set(Some((0, size)));
            let (wrong, attempt, under_way) = (wrong.clone(), attempt.clone(), under_way.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let moved = {
                    let under_way = under_way.clone();
                    move |sent| under_way.set(Some((sent, size)))
                };
                // Whoever is unlocked is led away from here.
                if let Err(fault) = restore(&shell, given, passphrase, moved).await {
                    under_way.set(None);
                    wrong.set(wrong_words(&fault));
                    attempt.set(*attempt + 2);
                }
            });
        })
    };
    let busy = under_way.is_some();
    html! {
        <main id="main" class="bare">
            { mark() }
            <Page title={t!("restore-title")} lead={t!("restore-lead")} back={(Route::Start, AttrValue::from(t!("back")))}>
                <ErrorSummary wrong={wrong.lines.clone()} attempt={*attempt} />
                <form {onsubmit} novalidate=true>
                    <div class="form">
                        <Field id="backup-file" label={t!("restore-file")} hint={t!("restore-file-hint")} wrong={Wrong::of(&wrong.lines, "backup-file")}>
                            <input id="backup-file" class="input" type="file" accept=".backup" ref={file} />
                        </Field>
                        <h2>{ t!("restore-words-title") }</h2>
                    </div>
                    <WordFields {fields} marked={wrong.places.clone()} />
                    <div class="form">
                        <h2>{ t!("restore-passphrase-title") }</h2>
                        <NewPassphrase {first} {again} wrong={wrong.lines.clone()} />
                        // One node in both cases: what stands before it would lose what was typed.
                        { under_way.map_or_else(Html::default, |(sent, size)| progress(t!("restore-running"), sent, size)) }
                        <div class="actions">
                            <Button class="button-choice" {busy} words={if busy { t!("restore-running") } else { t!("restore-do") }} />
                            { button_link(Route::Start, Look::Quiet, None, t!("cancel"), "") }
                        </div>
                    </div>
                </form>
            </Page>
        </main>
    }
}
