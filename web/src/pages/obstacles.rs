//! Pages for when there is nothing else to show.

use chartchain_vault::protocol::Fault;
use yew::prelude::*;

use crate::components::basics::panel;
use crate::components::button::{Button, Look, button_link};
use crate::components::mark::mark;
use crate::components::page::Page;
use crate::hooks::draft::UNKEPT;
use crate::hooks::session::Shell;
use crate::route::Route;
use crate::services::browser::{self, Obstacle};
use crate::t;
use crate::view::faults;

fn bare(body: Html) -> Html {
    html! { <main id="main" class="bare">{ mark() }{ body }</main> }
}

fn reload() -> Callback<()> {
    Callback::from(|()| browser::reload())
}

/// Properties of [`Unusable`].
#[derive(Properties, PartialEq)]
pub struct UnusableProps {
    /// What is missing.
    pub obstacle: Obstacle,
}

/// This browser, or this address, cannot hold a record.
#[component]
pub fn Unusable(props: &UnusableProps) -> Html {
    let (title, why, what) = match props.obstacle {
        Obstacle::InsecureContext => (t!("insecure-title"), t!("insecure-why"), t!("insecure-what")),
        Obstacle::NoStorage => (t!("no-storage-title"), t!("no-storage-why"), t!("no-storage-what")),
    };
    bare(html! { <Page {title}><div class="card stack"><p>{ why }</p><p>{ what }</p></div></Page> })
}

/// The worker has not answered yet.
#[component]
pub fn Starting() -> Html {
    let is_slow = use_state(|| false);
    {
        let is_slow = is_slow.clone();
        use_effect_with((), move |()| {
            let timer = gloo_timers::callback::Timeout::new(12_000, move || is_slow.set(true));
            move || drop(timer)
        });
    }
    bare(html! {
        <>
            <p class="quiet" role="status">{ t!("opening") }</p>
            { if *is_slow {
                html! { <div class="section stack"><p>{ t!("opening-slow") }</p><Button look={Look::Secondary} words={t!("try-again")} onclick={reload()} /></div> }
            } else { html! {} } }
        </>
    })
}

/// Another tab has it.
#[component]
pub fn Elsewhere() -> Html {
    let shell = use_context::<Shell>();
    let unkept = shell.and_then(|shell| shell.memory.borrow().get(UNKEPT).cloned());
    let unkept = unkept.and_then(|typed| typed.downcast::<String>().ok()).filter(|typed| !typed.is_empty());
    bare(html! {
        <Page title={t!("elsewhere-title")}>
            <div class="card stack">
                <p>{ t!("elsewhere-why") }</p>
                <p>{ t!("elsewhere-what") }</p>
                <div class="actions"><Button words={t!("elsewhere-use-here")} onclick={reload()} /></div>
            </div>
            { for unkept.map(|typed| panel("panel-know", t!("unkept-heading"), html! {
                <>
                    <p>{ t!("unkept-why") }</p>
                    <label class="hidden-text" for="unkept">{ t!("unkept-heading") }</label>
                    <textarea id="unkept" class="input" rows="6" readonly=true value={(*typed).clone()} />
                </>
            })) }
        </Page>
    })
}

/// Properties of [`Broken`].
#[derive(Properties, PartialEq)]
pub struct BrokenProps {
    /// What failed.
    pub fault: Fault,
}

/// The device's storage does not answer.
#[component]
pub fn Broken(props: &BrokenProps) -> Html {
    let anew = use_context::<Shell>().filter(|_| props.fault == Fault::Unlisted).map(|shell| {
        let anew = Callback::from(move |()| shell.show_loss(None));
        html! { <Button look={Look::Quiet} words={t!("unlisted-anew")} onclick={anew} /> }
    });
    bare(html! {
        <Page title={t!("broken-title")}>
            <div class="card stack">
                <p>{ faults::words(&props.fault) }</p>
                <p>{ t!("broken-what") }</p>
                <div class="actions"><Button words={t!("try-again")} onclick={reload()} />{ for anew }</div>
            </div>
        </Page>
    })
}

/// The part of the app that holds the record has failed.
#[component]
pub fn Ended() -> Html {
    bare(html! {
        <Page title={t!("ended-title")}>
            <div class="card stack">
                <p>{ t!("ended-safe") }</p>
                <p>{ t!("ended-what") }</p>
                <div class="actions"><Button words={t!("reload")} onclick={reload()} /></div>
                <p class="dense quiet">{ t!("ended-again") }</p>
            </div>
        </Page>
    })
}

/// No such page.
#[component]
pub fn NotFound() -> Html {
    let safe = use_context::<Shell>().map(|_| t!("not-found-safe"));
    html! {
        <Page title={t!("not-found-title")}>
            <div class="card stack">
                <p>{ t!("not-found-why") }</p>
                { for safe.map(|words| html! { <p>{ words }</p> }) }
                <div class="actions">
                    { button_link(Route::Home, Look::Primary, None, t!("not-found-home"), "") }
                    { button_link(Route::Timeline, Look::Quiet, None, t!("nav-timeline"), "") }
                </div>
            </div>
        </Page>
    }
}
