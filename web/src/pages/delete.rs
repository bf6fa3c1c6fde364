//! Delete everything of a person from this device: the question, what follows, the passphrase, both ways out.

use chartchain_vault::protocol::{Command, Secret};
use web_sys::HtmlInputElement;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::components::basics::{section, tile};
use crate::components::button::{Button, Look, link};
use crate::components::error_summary::Wrong;
use crate::components::field::Passphrase;
use crate::components::icon::Icon;
use crate::components::interruption::{Interruption, point};
use crate::hooks::session::{KEPT, Phase, Shell};
use crate::route::Route;
use crate::services::browser;
use crate::t;
use crate::view::faults;

/// The page.
#[component]
pub fn Delete() -> Html {
    let input = use_node_ref();
    let wrong = use_state(|| None::<Wrong>);
    let busy = use_state(|| false);
    let navigator = use_navigator();
    let shell = use_context::<Shell>();
    use_effect_with((), |()| browser::set_title(&t!("tab-title", page = t!("settings-leave"))));
    let Some(shell) = shell else { return html! {} };
    let Phase::Unlocked { person, .. } = &shell.session.phase else { return html! {} };

    let onsubmit = {
        let (shell, input, wrong, busy, person, navigator) =
            (shell.clone(), input.clone(), wrong.clone(), busy.clone(), person.id.clone(), navigator.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(field) = input.cast::<HtmlInputElement>().filter(|_| !*busy) else { return };
            let passphrase = Secret(field.value());
            if passphrase.0.is_empty() {
                wrong.set(Some(Wrong::at("passphrase", t!("passphrase-missing"))));
                browser::focus_id("passphrase");
                return;
            }
            busy.set(true);
            let (shell, wrong, busy, person, navigator) =
                (shell.clone(), wrong.clone(), busy.clone(), person.clone(), navigator.clone());
            wasm_bindgen_futures::spawn_local(async move {
                match shell.engine.ask(Command::DeletePerson { person, passphrase }).await {
                    Ok(_) => {
                        // Whoever else is here is noted again at once.
                        browser::forget(KEPT);
                        if let Some(navigator) = navigator {
                            navigator.replace(&Route::Unlock);
                        }
                        shell.show_lock(None).await;
                    }
                    Err(fault) => {
                        field.set_value("");
                        busy.set(false);
                        wrong.set(Some(Wrong::at("passphrase", faults::words(&fault))));
                        browser::focus_id("passphrase");
                    }
                }
            });
        })
    };
    let keep = Callback::from(move |()| {
        if let Some(navigator) = &navigator {
            navigator.push(&Route::Settings);
        }
    });
    html! {
        <>
            <Interruption question={t!("delete-question")}>
                { point(t!("delete-now"), t!("delete-now-why")) }
                { point(t!("delete-stays"), t!("delete-stays-why")) }
                { point(t!("delete-undo"), t!("delete-undo-why")) }
                <form {onsubmit} novalidate=true>
                    <Passphrase id="passphrase" label={t!("passphrase")} hint={t!("delete-passphrase-hint")}
                        wrong={wrong.as_ref().map(|wrong| wrong.words.clone())} {input} autocomplete="current-password" />
                    <div class="interruption-acts">
                        <Button busy={*busy} words={t!("delete-do")} />
                        <Button look={Look::Secondary} words={t!("delete-keep")} onclick={keep} />
                    </div>
                </form>
            </Interruption>
            { section(t!("delete-milder"), None, html! {
                <div class="card card-flush">
                    <div class="thing">
                        { tile("", Icon::TakeOut) }
                        <div class="thing-body">
                            <p class="thing-title">{ link(Route::TakeOut, t!("nav-take-out")) }</p>
                            <p class="quiet">{ t!("delete-milder-take-out") }</p>
                        </div>
                    </div>
                </div>
            }) }
        </>
    }
}
