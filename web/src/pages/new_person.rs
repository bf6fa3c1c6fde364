//! A new person: the passphrase that opens everything from now on.

use chartchain_vault::protocol::{Command, Fault, Secret};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::components::basics::panel;
use crate::components::button::{Button, Look, button_link};
use crate::components::error_summary::{ErrorSummary, Wrong};
use crate::components::mark::mark;
use crate::components::new_passphrase::{NewPassphrase, check, clear, read};
use crate::components::page::Page;
use crate::hooks::session::Shell;
use crate::route::Route;
use crate::t;
use crate::view::faults;

async fn create(shell: &Shell, passphrase: Secret) -> Result<(), Fault> {
    let unlocked = shell.ask(Command::CreatePerson { passphrase, words: None }).await?;
    shell.take_created(unlocked).await
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
                    <NewPassphrase {first} {again} wrong={(*wrong).clone()} />
                    { panel("panel-know", t!("passphrase-know-title"), html! { <p>{ t!("passphrase-know") }</p> }) }
                    <p class="dense quiet">{ t!("private-window") }</p>
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
