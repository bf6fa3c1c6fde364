//! Which record: the person's ledgers, and a way to start another.

use chartchain_vault::protocol::{Command, Fault, LedgerCard, Reply};
use web_sys::HtmlInputElement;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::components::basics::{problem, tile};
use crate::components::button::{Look, button_link};
use crate::components::field::Field;
use crate::components::icon::{Icon, icon};
use crate::components::page::Page;
use crate::components::tag::{Tone, tag};
use crate::hooks::ask::use_ask;
use crate::hooks::session::{Phase, Shell};
use crate::route::Route;
use crate::t;
use crate::view::dates::Date;
use crate::view::panel;

/// The page.
#[component]
pub fn Records() -> Html {
    let shell = use_context::<Shell>();
    let navigator = use_navigator();
    let fault = use_state(|| None::<Fault>);
    let typed = use_state(String::new);
    let asked = use_ask(
        (),
        |()| Command::ListLedgers,
        |_, reply| match reply {
            Reply::Ledgers(ledgers) => Some(ledgers),
            _ => None,
        },
    );
    let Some(shell) = shell else { return html! {} };
    let Phase::Unlocked { ledgers: known, open, .. } = &shell.session.phase else { return html! {} };
    let ledgers = asked.answer.as_deref().unwrap_or(known);
    let choose = {
        let (shell, fault) = (shell.clone(), fault.clone());
        Callback::from(move |card: LedgerCard| {
            let (shell, fault, navigator) = (shell.clone(), fault.clone(), navigator.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let reply = shell.ask(Command::OpenLedger { ledger: card.id }).await;
                match reply.and_then(|reply| shell.take_opened(reply)) {
                    Ok(()) => {
                        if let Some(navigator) = navigator {
                            navigator.push(&Route::Home);
                        }
                    }
                    Err(why) => fault.set(Some(why)),
                }
            });
        })
    };
    let oninput = {
        let typed = typed.setter();
        Callback::from(move |event: InputEvent| {
            typed.set(event.target_unchecked_into::<HtmlInputElement>().value());
        })
    };
    let many = ledgers.len() > panel::MANY;
    let (found, more) = panel::find(ledgers, if many { &typed } else { "" });
    let row = |card: &LedgerCard| {
        let here = open.as_ref() == Some(&card.id);
        let onclick = {
            let (choose, card) = (choose.clone(), card.clone());
            Callback::from(move |_: MouseEvent| choose.emit(card.clone()))
        };
        let born =
            card.subject.birth_date.as_deref().and_then(Date::read).map(|date| t!("born-on", date = date.day_words()));
        html! {
            <li class="thing way" key={card.id.0.clone()}>
                { tile("", Icon::Person) }
                <div class="thing-body">
                    <p class="thing-title">
                        <button type="button" class="link record-open" {onclick}>
                            { card.subject.name.clone().unwrap_or_else(|| t!("no-name")) }
                        </button>
                    </p>
                    <p class="thing-facts">
                        { for born.map(|born| html! { <span>{ born }</span> }) }
                        <span>{ t!("count-entries", count = card.entries) }</span>
                        { for card.damaged.then(|| tag(Tone::Attention, Some(Icon::Warning), t!("damaged-short"))) }
                        { for card.made_up.then(|| tag(Tone::Info, None, t!("made-up-short"))) }
                        { for here.then(|| tag(Tone::Ok, Some(Icon::Check), t!("record-open"))) }
                    </p>
                </div>
                <span class="chevron">{ icon(Icon::ChevronRight) }</span>
            </li>
        }
    };
    html! {
        <Page title={t!("records-title")} lead={t!("records-lead")}>
            { for fault.as_ref().map(|fault| problem(fault, None)) }
            { if many { html! {
                <form class="filters" role="search" onsubmit={Callback::from(|event: SubmitEvent| event.prevent_default())}>
                    <Field id="search" label={t!("records-search")} hint={t!("records-search-hint")}>
                        <div class="with-icon">
                            { icon(Icon::Search) }
                            <input id="search" class="input" type="search" autocomplete="off" spellcheck="false" maxlength="200"
                                aria-describedby="search-hint" value={(*typed).clone()} {oninput} />
                        </div>
                    </Field>
                    <p class="quiet" role="status">{ t!("records-found", count = found.len() + more) }</p>
                </form>
            } } else { html! {} } }
            { if found.is_empty() { html! {} } else {
                html! { <div class="card card-flush"><ul>{ for found.into_iter().map(row) }</ul></div> }
            } }
            { if more > 0 { html! { <p class="quiet">{ t!("records-more", count = more) }</p> } } else { html! {} } }
            <div class="actions">
                { button_link(Route::NewRecord, Look::Secondary, Some(Icon::Plus), t!("records-new"), "") }
            </div>
            <p class="quiet dense section">{ t!("records-apart") }</p>
        </Page>
    }
}
