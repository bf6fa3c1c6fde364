//! A forgotten passphrase: the recovery words open the lock, and a new passphrase closes it.

use chartchain_vault::protocol::{Command, Fault, PersonCard, Secret};
use yew::prelude::*;

use crate::components::basics::panel;
use crate::components::button::{Button, Look};
use crate::components::error_summary::{ErrorSummary, Wrong};
use crate::components::new_passphrase::{self, NewPassphrase};
use crate::components::page::Page;
use crate::components::word_fields::{self, WordFields, WrongWords, use_word_fields};
use crate::hooks::session::Shell;
use crate::t;
use crate::view::faults;

/// Properties of [`Forgotten`].
#[derive(Properties, PartialEq)]
pub struct ForgottenProps {
    /// Whose lock.
    pub person: PersonCard,
    /// Back to the passphrase.
    pub back: Callback<()>,
}

/// The page.
#[component]
pub fn Forgotten(props: &ForgottenProps) -> Html {
    let shell = use_context::<Shell>();
    let fields = use_word_fields();
    let (first, again) = (use_node_ref(), use_node_ref());
    let wrong = use_state(WrongWords::default);
    let attempt = use_state(|| 0_u32);
    let busy = use_state(|| false);

    let onsubmit = {
        let (fields, first, again) = (fields.clone(), first.clone(), again.clone());
        let (wrong, attempt, busy, person) = (wrong.clone(), attempt.clone(), busy.clone(), props.person.id.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(shell) = shell.clone().filter(|_| !*busy) else { return };
            attempt.set(*attempt + 1);
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
            busy.set(true);
            let (wrong, attempt, busy, person) = (wrong.clone(), attempt.clone(), busy.clone(), person.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let result = match shell.ask(Command::UnlockWithWords { person, words, passphrase }).await {
                    Ok(reply) => shell.take_unlocked(reply).await,
                    Err(fault) => Err(fault),
                };
                if let Err(fault) = result {
                    busy.set(false);
                    wrong.set(match &fault {
                        Fault::WrongWords(problem) => word_fields::explain(problem),
                        _ => WrongWords { lines: vec![Wrong::whole(faults::words(&fault))], places: Vec::new() },
                    });
                    attempt.set(*attempt + 2);
                }
            });
        })
    };
    html! {
        <Page title={t!("forgotten-words-title")} lead={t!("forgotten-words-lead")}>
            <ErrorSummary wrong={wrong.lines.clone()} attempt={*attempt} />
            <form {onsubmit} novalidate=true>
                <WordFields {fields} marked={wrong.places.clone()} />
                <div class="form">
                    <h2>{ t!("forgotten-new-title") }</h2>
                    <NewPassphrase {first} {again} wrong={wrong.lines.clone()} />
                    { panel("panel-know", t!("forgotten-else-title"), html! {
                        <><p>{ t!("forgotten-file") }</p><p>{ t!("forgotten-device") }</p><p>{ t!("forgotten-else") }</p></>
                    }) }
                    <div class="actions">
                        <Button class="button-choice" busy={*busy} words={if *busy { t!("unlocking") } else { t!("forgotten-open") }} />
                        <Button look={Look::Quiet} words={t!("back")} onclick={props.back.clone()} />
                    </div>
                </div>
            </form>
        </Page>
    }
}
