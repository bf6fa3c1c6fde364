//! A new person: the passphrase that opens everything from now on.

use chartchain_vault::protocol::{Command, Fault, Secret};
use web_sys::HtmlInputElement;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::components::basics::panel;
use crate::components::button::{Button, Look, button_link};
use crate::components::error_summary::{ErrorSummary, Wrong};
use crate::components::field::Passphrase;
use crate::components::mark::mark;
use crate::components::page::Page;
use crate::hooks::session::Shell;
use crate::route::Route;
use crate::services::browser;
use crate::t;
use crate::view::faults;
use crate::view::strength::{Strength, strength};

fn read(input: &NodeRef) -> String {
    input.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default()
}

fn clear(input: &NodeRef) {
    if let Some(input) = input.cast::<HtmlInputElement>() {
        input.set_value("");
    }
}

fn check(first: &str, again: &str) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    if first.chars().count() < 8 {
        wrong.push(Wrong::at("passphrase", t!("fault-passphrase-short")));
    } else if first != again {
        wrong.push(Wrong::at("passphrase-again", t!("passphrase-differs")));
    }
    wrong
}

async fn create(shell: &Shell, passphrase: Secret) -> Result<(), Fault> {
    let unlocked = shell.ask(Command::CreatePerson { passphrase }).await?;
    // Firefox asks the person and answers only when they do: nothing may wait for that.
    wasm_bindgen_futures::spawn_local(async {
        let _ = browser::ask_for_lasting_storage().await;
    });
    shell.take_unlocked(unlocked).await
}

/// The page.
#[component]
pub fn NewPerson() -> Html {
    let shell = use_context::<Shell>();
    let navigator = use_navigator();
    let (first, again) = (use_node_ref(), use_node_ref());
    let wrong = use_state(Vec::<Wrong>::new);
    let attempt = use_state(|| 0_u32);
    let busy = use_state(|| false);
    let how_strong = use_state(|| Strength::Empty);

    let oninput = {
        let how_strong = how_strong.clone();
        Callback::from(move |event: InputEvent| {
            how_strong.set(strength(&event.target_unchecked_into::<HtmlInputElement>().value()));
        })
    };
    let onsubmit = {
        let (first, again, wrong, attempt, busy) =
            (first.clone(), again.clone(), wrong.clone(), attempt.clone(), busy.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(shell) = shell.clone().filter(|_| !*busy) else { return };
            let typed = Secret(read(&first));
            let found = check(&typed.0, &read(&again));
            attempt.set(*attempt + 1);
            let fine = found.is_empty();
            wrong.set(found);
            if !fine {
                return;
            }
            clear(&first);
            clear(&again);
            busy.set(true);
            let (wrong, busy, navigator) = (wrong.clone(), busy.clone(), navigator.clone());
            wasm_bindgen_futures::spawn_local(async move {
                match create(&shell, typed).await {
                    Ok(()) => {
                        if let Some(navigator) = navigator {
                            navigator.replace(&Route::Home);
                        }
                    }
                    Err(fault) => {
                        wrong.set(vec![Wrong::whole(faults::words(&fault))]);
                        busy.set(false);
                    }
                }
            });
        })
    };
    html! {
        <main id="main" class="bare">
            { mark() }
            <Page title={t!("passphrase-title")} lead={t!("passphrase-lead")} back={(Route::Start, AttrValue::from(t!("back")))}>
                <ErrorSummary wrong={(*wrong).clone()} attempt={*attempt} />
                <form class="form" {onsubmit} novalidate=true>
                    <div>
                        <Passphrase id="passphrase" label={t!("passphrase")} hint={t!("passphrase-hint")}
                            wrong={Wrong::of(&wrong, "passphrase")} input={first} autocomplete="new-password" {oninput} />
                        <p class="strength" aria-live="polite">{ strength_words(*how_strong) }</p>
                    </div>
                    <Passphrase id="passphrase-again" label={t!("passphrase-again")}
                        wrong={Wrong::of(&wrong, "passphrase-again")} input={again} autocomplete="new-password" />
                    { panel("panel-know", t!("passphrase-know-title"), html! { <p>{ t!("passphrase-know") }</p> }) }
                    <div class="actions">
                        <Button class="button-choice" busy={*busy}
                            words={if *busy { t!("sealing") } else { t!("continue") }} />
                        { button_link(Route::Start, Look::Quiet, None, t!("cancel"), "") }
                    </div>
                </form>
            </Page>
        </main>
    }
}

fn strength_words(strength: Strength) -> String {
    match strength {
        Strength::Empty => String::new(),
        Strength::TooShort => t!("strength-short"),
        Strength::Weak => t!("strength-weak"),
        Strength::Fair => t!("strength-fair"),
        Strength::Strong => t!("strength-strong"),
    }
}
