//! The recovery words as a small file under a passphrase of its own.

use chartchain_vault::protocol::{Command, Fault, Reply, Secret};
use yew::prelude::*;

use crate::components::basics::{panel, tile};
use crate::components::button::{Button, Look};
use crate::components::error_summary::{ErrorSummary, Wrong};
use crate::components::icon::Icon;
use crate::components::new_passphrase::{self, NewPassphrase};
use crate::components::page::Page;
use crate::hooks::session::Shell;
use crate::pages::recovery::Words;
use crate::services::browser::Download;
use crate::services::engine::unexpected;
use crate::t;
use crate::view::faults;

/// Properties of [`RecoveryFile`].
#[derive(Properties, PartialEq)]
pub struct RecoveryFileProps {
    /// What stands in it.
    pub words: Words,
    /// The way back.
    pub back: Callback<()>,
}

async fn save(shell: &Shell, words: &Words, passphrase: Secret) -> Result<AttrValue, Fault> {
    let command = Command::MakeRecoveryFile { words: words.secret(), passphrase };
    let Reply::RecoveryFile { name, text } = shell.ask(command).await? else { return Err(unexpected()) };
    let download = Download::default();
    download.add(text.as_bytes());
    let unsaved = || Fault::Storage("the browser took no file".into());
    download.save(&name, "application/octet-stream").ok_or_else(unsaved)?;
    Ok(name.into())
}

/// The page.
#[component]
pub fn RecoveryFile(props: &RecoveryFileProps) -> Html {
    let shell = use_context::<Shell>();
    let (first, again) = (use_node_ref(), use_node_ref());
    let wrong = use_state(Vec::<Wrong>::new);
    let attempt = use_state(|| 0_u32);
    let busy = use_state(|| false);
    let saved = use_state(|| None::<AttrValue>);

    let onsubmit = {
        let (first, again, words) = (first.clone(), again.clone(), props.words.clone());
        let (wrong, attempt, busy, saved) = (wrong.clone(), attempt.clone(), busy.clone(), saved.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(shell) = shell.clone().filter(|_| !*busy) else { return };
            let passphrase = Secret(new_passphrase::read(&first));
            let found = new_passphrase::check(&passphrase.0, &new_passphrase::read(&again));
            attempt.set(*attempt + 1);
            let fine = found.is_empty();
            wrong.set(found);
            if !fine {
                return;
            }
            busy.set(true);
            let (wrong, attempt, busy, saved, words) =
                (wrong.clone(), attempt.clone(), busy.clone(), saved.clone(), words.clone());
            wasm_bindgen_futures::spawn_local(async move {
                match save(&shell, &words, passphrase).await {
                    Ok(name) => saved.set(Some(name)),
                    Err(fault) => {
                        wrong.set(vec![Wrong::whole(faults::words(&fault))]);
                        attempt.set(*attempt + 2);
                    }
                }
                busy.set(false);
            });
        })
    };
    if let Some(name) = &*saved {
        return html! {
            <Page key="saved" title={t!("recovery-file-saved")}>
                <div class="card stack">
                    <div class="trust-head">{ tile("tile-ok", Icon::Check) }<p class="strong mono">{ name }</p></div>
                    <p class="dense">{ t!("recovery-file-where") }</p>
                </div>
                <div class="actions"><Button class="button-choice" words={t!("continue")} onclick={props.back.clone()} /></div>
            </Page>
        };
    }
    html! {
        <Page key="make" title={t!("recovery-file-title")} lead={t!("recovery-file-lead")}>
            <ErrorSummary wrong={(*wrong).clone()} attempt={*attempt} />
            { panel("panel-know", t!("recovery-file-know-title"), html! { <><p>{ t!("recovery-file-know") }</p><p>{ t!("recovery-file-not") }</p></> }) }
            <form class="form section" {onsubmit} novalidate=true>
                <NewPassphrase {first} {again} wrong={(*wrong).clone()} />
                <div class="actions">
                    <Button class="button-choice" busy={*busy} words={if *busy { t!("sealing") } else { t!("recovery-file-do") }} />
                    <Button look={Look::Quiet} words={t!("back")} onclick={props.back.clone()} />
                </div>
            </form>
        </Page>
    }
}
