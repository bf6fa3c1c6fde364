//! Another passphrase for who is unlocked.

use chartchain_vault::protocol::{Command, Fault, Secret};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::components::button::{Button, Look, button_link};
use crate::components::error_summary::{ErrorSummary, Wrong};
use crate::components::field::Passphrase;
use crate::components::new_passphrase::{self, NewPassphrase};
use crate::components::page::Page;
use crate::hooks::session::{Change, Shell};
use crate::route::Route;
use crate::t;
use crate::view::faults;

/// The page.
#[component]
pub fn ChangePassphrase() -> Html {
    let shell = use_context::<Shell>();
    let navigator = use_navigator();
    let (old, first, again) = (use_node_ref(), use_node_ref(), use_node_ref());
    let wrong = use_state(Vec::<Wrong>::new);
    let attempt = use_state(|| 0_u32);
    let busy = use_state(|| false);

    let onsubmit = {
        let (old, first, again) = (old.clone(), first.clone(), again.clone());
        let (wrong, attempt, busy) = (wrong.clone(), attempt.clone(), busy.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(shell) = shell.clone().filter(|_| !*busy) else { return };
            let (now, new) = (Secret(new_passphrase::read(&old)), Secret(new_passphrase::read(&first)));
            attempt.set(*attempt + 1);
            let mut found = new_passphrase::check(&new.0, &new_passphrase::read(&again));
            if now.0.is_empty() {
                found.insert(0, Wrong::at("passphrase-old", t!("passphrase-missing")));
            }
            let fine = found.is_empty();
            wrong.set(found);
            if !fine {
                return;
            }
            busy.set(true);
            let (wrong, attempt, busy, navigator, old) =
                (wrong.clone(), attempt.clone(), busy.clone(), navigator.clone(), old.clone());
            wasm_bindgen_futures::spawn_local(async move {
                match shell.ask(Command::ChangePassphrase { old: now, new }).await {
                    Ok(_) => {
                        shell.change(Change::Say(t!("passphrase-changed")));
                        if let Some(navigator) = navigator {
                            navigator.replace(&Route::Settings);
                        }
                    }
                    Err(fault) => {
                        new_passphrase::clear(&old);
                        busy.set(false);
                        let words = faults::words(&fault);
                        wrong.set(vec![match fault {
                            Fault::WrongPassphrase => Wrong::at("passphrase-old", words),
                            _ => Wrong::whole(words),
                        }]);
                        attempt.set(*attempt + 2);
                    }
                }
            });
        })
    };
    html! {
        <Page title={t!("passphrase-change-title")} back={(Route::Settings, AttrValue::from(t!("nav-settings")))}>
            <ErrorSummary wrong={(*wrong).clone()} attempt={*attempt} />
            <form class="form" {onsubmit} novalidate=true>
                <Passphrase id="passphrase-old" label={t!("passphrase-old")} wrong={Wrong::of(&wrong, "passphrase-old")}
                    input={old} autocomplete="current-password" />
                <NewPassphrase {first} {again} wrong={(*wrong).clone()} />
                <div class="actions">
                    <Button class="button-choice" busy={*busy} words={if *busy { t!("sealing") } else { t!("passphrase-change") }} />
                    { button_link(Route::Settings, Look::Quiet, None, t!("cancel"), "") }
                </div>
            </form>
        </Page>
    }
}
