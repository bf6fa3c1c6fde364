//! The lock screen: choose the emblem, then the passphrase. No name is shown, because none is stored in clear.

use chartchain_vault::protocol::{Command, Fault, LockReason, PersonCard, Secret};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::basics::panel;
use crate::components::button::{Button, Look, button_link};
use crate::components::emblem::emblem;
use crate::components::error_summary::{ErrorSummary, Wrong};
use crate::components::field::Passphrase;
use crate::components::mark::mark;
use crate::components::page::Page;
use crate::components::passkey::PasskeyUnlock;
use crate::hooks::session::{Phase, Shell};
use crate::pages::forgotten::Forgotten;
use crate::route::Route;
use crate::t;
use crate::view::{emblems, faults};

/// The lock screen.
#[component]
pub fn Unlock() -> Html {
    let shell = use_context::<Shell>();
    let chosen = use_state(|| None::<PersonCard>);
    let forgotten = use_state(|| false);
    let Some(shell) = shell else { return html! {} };
    let Phase::Locked { people, why } = &shell.session.phase else { return html! {} };
    let person = match people.as_slice() {
        [only] => Some(only.clone()),
        _ => (*chosen).clone(),
    };
    let others = people.len() > 1;
    let forget = {
        let chosen = chosen.clone();
        Callback::from(move |()| chosen.set(None))
    };
    html! {
        <main id="main" class="bare">
            { mark() }
            { match person {
                Some(person) if *forgotten => html! { <Forgotten {person} back={say(&forgotten, false)} /> },
                Some(person) => html! { <Passphrased forgotten={say(&forgotten, true)} key={person.id.0.clone()} person={person.clone()} why={*why} others={others.then_some(forget)} /> },
                None => html! {
                    <Page title={t!("unlock-who")} lead={t!("unlock-who-lead")}>
                        <ul class="emblems">{ for people.iter().map(|person| choice(person, &chosen)) }</ul>
                        { foot() }
                    </Page>
                },
            } }
        </main>
    }
}

fn say(state: &UseStateHandle<bool>, value: bool) -> Callback<()> {
    let state = state.clone();
    Callback::from(move |()| state.set(value))
}

fn choice(person: &PersonCard, chosen: &UseStateHandle<Option<PersonCard>>) -> Html {
    let (chosen, card) = (chosen.clone(), person.clone());
    let onclick = Callback::from(move |_: MouseEvent| chosen.set(Some(card.clone())));
    html! {
        <li key={person.id.0.clone()}>
            <button type="button" class="emblem-choice" {onclick}>
                { emblem(person.emblem) }<span>{ emblems::word(person.emblem) }</span>
            </button>
        </li>
    }
}

fn foot() -> Html {
    html! {
        <section class="section">
            <h2>{ t!("unlock-other") }</h2>
            <div class="row">
                { button_link(Route::New, Look::Secondary, None, t!("unlock-add-person"), "") }
                { button_link(Route::Restore, Look::Quiet, None, t!("start-restore"), "") }
                { button_link(Route::TryOut, Look::Quiet, None, t!("start-try"), "") }
            </div>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct PassphrasedProps {
    person: PersonCard,
    why: Option<LockReason>,
    others: Option<Callback<()>>,
    forgotten: Callback<()>,
}

#[component]
fn Passphrased(props: &PassphrasedProps) -> Html {
    let shell = use_context::<Shell>();
    let input = use_node_ref();
    let wrong = use_state(Vec::<Wrong>::new);
    let attempt = use_state(|| 0_u32);
    let busy = use_state(|| false);
    {
        let input = input.clone();
        use_effect_with((), move |()| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                let _ = input.focus();
            }
        });
    }
    let onsubmit = {
        let (input, wrong, attempt, busy, person) =
            (input.clone(), wrong.clone(), attempt.clone(), busy.clone(), props.person.id.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (Some(shell), Some(field)) = (shell.clone().filter(|_| !*busy), input.cast::<HtmlInputElement>())
            else {
                return;
            };
            let passphrase = Secret(field.value());
            attempt.set(*attempt + 1);
            if passphrase.0.is_empty() {
                wrong.set(vec![Wrong::at("passphrase", t!("passphrase-missing"))]);
                return;
            }
            wrong.set(Vec::new());
            busy.set(true);
            let (wrong, busy, person, attempt) = (wrong.clone(), busy.clone(), person.clone(), attempt.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let result = match shell.ask(Command::Unlock { person, passphrase }).await {
                    Ok(reply) => shell.take_unlocked(reply).await,
                    Err(fault) => Err(fault),
                };
                if let Err(fault) = result {
                    field.set_value("");
                    busy.set(false);
                    let words = faults::words(&fault);
                    wrong.set(vec![match fault {
                        Fault::WrongPassphrase => Wrong::at("passphrase", words),
                        _ => Wrong::whole(words),
                    }]);
                    attempt.set(*attempt + 2);
                }
            });
        })
    };
    let locked_words = props.why.map(|why| match why {
        LockReason::Asked => t!("locked-asked"),
        LockReason::Idle => t!("locked-idle"),
        LockReason::OtherTab => t!("locked-other-tab"),
    });
    html! {
        <Page title={t!("unlock-title")} lead={locked_words} focus=false>
            <ErrorSummary wrong={(*wrong).clone()} attempt={*attempt} />
            <form class="form" {onsubmit} novalidate=true>
                <div class="emblem-row">
                    { emblem(props.person.emblem) }
                    <div>
                        <p class="strong">{ emblems::word(props.person.emblem) }</p>
                        { match &props.others {
                            Some(forget) => html! { <Button look={Look::Quiet} words={t!("unlock-someone-else")} onclick={forget.clone()} /> },
                            None => html! { <p class="quiet dense">{ t!("emblem-why") }</p> },
                        } }
                    </div>
                </div>
                <Passphrase id="passphrase" label={t!("passphrase")} wrong={Wrong::of(&wrong, "passphrase")}
                    {input} autocomplete="current-password" />
                <div class="actions">
                    <Button class="button-choice" busy={*busy} words={if *busy { t!("unlocking") } else { t!("unlock") }} />
                </div>
            </form>
            <PasskeyUnlock person={props.person.clone()} />
            <details class="section">
                <summary>{ t!("forgotten-title") }</summary>
                { panel("", t!("forgotten-head"), html! {
                    <>
                        <p>{ t!("forgotten") }</p>
                        <Button look={Look::Secondary} words={t!("forgotten-use-words")} onclick={props.forgotten.clone()} />
                    </>
                }) }
            </details>
            { if props.others.is_none() { foot() } else { html! {} } }
        </Page>
    }
}
