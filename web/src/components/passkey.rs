//! A passkey beside the passphrase: to unlock with, and to be added or removed in the settings.

use chartchain_vault::protocol::{Command, Fault, PasskeyCard, PersonCard, Reply, Secret, SecretBytes};
use yew::prelude::*;

use super::button::{Button, Look};
use super::error_summary::{ErrorSummary, Wrong};
use super::field::Passphrase;
use super::icon::Icon;
use super::new_passphrase;
use crate::hooks::session::{Change, Phase, Shell};
use crate::services::engine::unexpected;
use crate::services::passkey::{self, PasskeyFault};
use crate::t;
use crate::view::{emblems, faults};

fn passkey_words(fault: PasskeyFault) -> String {
    match fault {
        PasskeyFault::NoSecret => t!("passkey-no-secret"),
        PasskeyFault::Refused => t!("passkey-refused"),
    }
}

/// Properties of [`PasskeyUnlock`].
#[derive(Properties, PartialEq)]
pub struct PasskeyUnlockProps {
    /// Whose lock.
    pub person: PersonCard,
}

/// The button that unlocks; nothing where the person has no passkey.
#[component]
pub fn PasskeyUnlock(props: &PasskeyUnlockProps) -> Html {
    let shell = use_context::<Shell>();
    let busy = use_state(|| false);
    let wrong = use_state(|| None::<String>);
    let (Some(shell), Some(card)) = (shell, props.person.passkey.clone()) else { return html! {} };
    let onclick = {
        let (busy, wrong, person) = (busy.clone(), wrong.clone(), props.person.id.clone());
        Callback::from(move |()| {
            let (shell, card, busy, wrong, person) =
                (shell.clone(), card.clone(), busy.clone(), wrong.clone(), person.clone());
            busy.set(true);
            wrong.set(None);
            wasm_bindgen_futures::spawn_local(async move {
                let words = match passkey::ask(&card).await {
                    Ok(secret) => {
                        let unlocked = match shell.ask(Command::UnlockWithPasskey { person, secret }).await {
                            Ok(reply) => shell.take_unlocked(reply).await,
                            Err(fault) => Err(fault),
                        };
                        unlocked.err().map(|fault| faults::words(&fault))
                    }
                    Err(fault) => Some(passkey_words(fault)),
                };
                if let Some(words) = words {
                    busy.set(false);
                    wrong.set(Some(words));
                }
            });
        })
    };
    html! {
        <div class="section stack">
            <div><Button look={Look::Secondary} picture={Icon::Key} busy={*busy} words={t!("passkey-unlock")} {onclick} /></div>
            <p role="alert">{ (*wrong).clone() }</p>
        </div>
    }
}

/// Adds or removes the passkey of who is unlocked.
#[component]
pub fn PasskeySetting() -> Html {
    let possible = use_state(|| None::<bool>);
    {
        let possible = possible.clone();
        use_effect_with((), move |()| {
            wasm_bindgen_futures::spawn_local(async move { possible.set(Some(passkey::is_possible().await)) });
        });
    }
    let Some(shell) = use_context::<Shell>() else { return html! {} };
    let Phase::Unlocked { person, .. } = shell.session.phase.clone() else { return html! {} };
    let body = match (person.passkey.is_some(), *possible) {
        (true, _) => html! { <Remove /> },
        (false, None) => html! {},
        (false, Some(false)) => html! { <p class="dense">{ t!("passkey-impossible") }</p> },
        (false, Some(true)) => html! { <Add name={emblems::word(person.emblem)} /> },
    };
    html! { <div class="card stack">{ body }</div> }
}

/// Takes in how the lock screen shows the person from now on.
fn take(shell: &Shell, reply: Result<Reply, Fault>, said: String) -> Result<(), Fault> {
    let Reply::Person(person) = reply? else { return Err(unexpected()) };
    if let Phase::Unlocked { ledgers, open, .. } = shell.session.phase.clone() {
        shell.change(Change::Phase(Phase::Unlocked { person, ledgers, open }));
    }
    shell.change(Change::Say(said));
    Ok(())
}

#[component]
fn Remove() -> Html {
    let shell = use_context::<Shell>();
    let wrong = use_state(|| None::<String>);
    let onclick = {
        let wrong = wrong.clone();
        Callback::from(move |()| {
            let (Some(shell), wrong) = (shell.clone(), wrong.clone()) else { return };
            wasm_bindgen_futures::spawn_local(async move {
                let removed = take(&shell, shell.ask(Command::RemovePasskey).await, t!("passkey-removed"));
                wrong.set(removed.err().map(|fault| faults::words(&fault)));
            });
        })
    };
    html! {
        <>
            <p class="dense">{ t!("passkey-there") }</p>
            <p role="alert">{ (*wrong).clone() }</p>
            <div><Button look={Look::Secondary} picture={Icon::Trash} words={t!("passkey-remove")} {onclick} /></div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct AddProps {
    name: String,
}

#[component]
fn Add(props: &AddProps) -> Html {
    let shell = use_context::<Shell>();
    let input = use_node_ref();
    let wrong = use_state(Vec::<Wrong>::new);
    let attempt = use_state(|| 0_u32);
    let busy = use_state(|| false);
    // One that was made stays good while the passphrase is typed once more.
    let made = use_mut_ref(|| None::<(PasskeyCard, SecretBytes)>);
    let onsubmit = {
        let (input, wrong, attempt, busy, name) =
            (input.clone(), wrong.clone(), attempt.clone(), busy.clone(), props.name.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(shell) = shell.clone().filter(|_| !*busy) else { return };
            attempt.set(*attempt + 1);
            let passphrase = Secret(new_passphrase::read(&input));
            if passphrase.0.is_empty() {
                return wrong.set(vec![Wrong::at("passkey-passphrase", t!("passphrase-missing"))]);
            }
            wrong.set(Vec::new());
            busy.set(true);
            let (input, wrong, attempt, busy, made, name) =
                (input.clone(), wrong.clone(), attempt.clone(), busy.clone(), made.clone(), name.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let kept = made.borrow_mut().take();
                let ready = match kept {
                    Some(ready) => Ok(ready),
                    None => passkey::make(&name).await,
                };
                let found = match ready {
                    Err(fault) => Wrong::whole(passkey_words(fault)),
                    Ok((passkey, secret)) => {
                        let command =
                            Command::AddPasskey { passphrase, passkey: passkey.clone(), secret: secret.clone() };
                        match take(&shell, shell.ask(command).await, t!("passkey-added")) {
                            Ok(()) => return,
                            Err(fault) => {
                                *made.borrow_mut() = Some((passkey, secret));
                                let words = faults::words(&fault);
                                match fault {
                                    Fault::WrongPassphrase => Wrong::at("passkey-passphrase", words),
                                    _ => Wrong::whole(words),
                                }
                            }
                        }
                    }
                };
                new_passphrase::clear(&input);
                busy.set(false);
                wrong.set(vec![found]);
                attempt.set(*attempt + 2);
            });
        })
    };
    html! {
        <form class="form" {onsubmit} novalidate=true>
            <p class="dense">{ t!("passkey-why") }</p>
            <ErrorSummary wrong={(*wrong).clone()} attempt={*attempt} />
            <Passphrase id="passkey-passphrase" label={t!("passphrase")} hint={t!("passkey-passphrase-hint")}
                wrong={Wrong::of(&wrong, "passkey-passphrase")} {input} autocomplete="current-password" />
            <div><Button look={Look::Secondary} picture={Icon::Key} busy={*busy} words={t!("passkey-add")} /></div>
        </form>
    }
}
