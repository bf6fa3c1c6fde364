//! First start: what this is, larger text, start or try.

use chartchain_vault::protocol::Theme;
use yew::prelude::*;

use crate::components::basics::panel;
use crate::components::button::{Button, Look, button_link};
use crate::components::icon::{Icon, icon};
use crate::components::languages;
use crate::components::mark::mark;
use crate::hooks::looks;
use crate::hooks::session::{Change, KEPT, Phase, Shell};
use crate::route::Route;
use crate::services::browser;
use crate::t;

/// First start.
#[component]
pub fn Start() -> Html {
    let Some(shell) = use_context::<Shell>() else { return html! {} };
    use_effect_with((), |()| browser::set_title(&t!("app-name")));
    let is_known = matches!(&shell.session.phase, Phase::Locked { people, .. } if !people.is_empty());
    let promise = |picture: Icon, words: String| html! { <li>{ icon(picture) }<span>{ words }</span></li> };
    html! {
        <main id="main" class="start">
            <div class="start-hero">
                <div class="start-hero-inner">
                    { mark() }
                    <h1>{ t!("start-title") }</h1>
                    <p>{ t!("start-lead") }</p>
                </div>
                <svg class="start-wave" viewBox="0 0 400 72" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                    <path class="start-wave-ground" d="M0 54C60 24 110 22 170 40s130 32 230 4V72H0Z" />
                    <path class="start-wave-stitch" d="M0 42C60 12 110 10 170 28s130 32 230 4" />
                </svg>
            </div>
            <div class="start-body">
                <Gone {is_known} />
                { languages::choose(&shell) }
                { looks_row(&shell) }
                <div class="start-choices">
                    { button_link(Route::New, Look::Primary, None, t!("start-begin"), "button-choice button-full") }
                    <p class="start-note">{ t!("start-begin-note") }</p>
                    { button_link(Route::TryOut, Look::Secondary, None, t!("start-try"), "button-choice button-full") }
                    <p class="start-note">{ t!("start-try-note") }</p>
                    { button_link(Route::Restore, Look::Quiet, None, t!("start-restore"), "start-note") }
                    { if is_known { button_link(Route::Unlock, Look::Quiet, None, t!("start-unlock"), "start-note") } else { html! {} } }
                </div>
                <ul class="card promises">
                    { promise(Icon::Lock, t!("promise-sealed")) }
                    { promise(Icon::Device, t!("promise-offline")) }
                    { promise(Icon::Links, t!("promise-unchanged")) }
                </ul>
                { storage_advice() }
            </div>
        </main>
    }
}

#[derive(Properties, PartialEq)]
struct GoneProps {
    is_known: bool,
}

/// What somebody is told whose record the browser has deleted.
#[component]
fn Gone(props: &GoneProps) -> Html {
    let is_gone = use_state(|| browser::remembered(KEPT).is_some());
    if props.is_known || !*is_gone {
        return html! {};
    }
    let fine = Callback::from(move |()| {
        browser::forget(KEPT);
        is_gone.set(false);
    });
    let words = html! {
        <>
            <p>{ t!("gone-why") }</p>
            <p>{ t!("gone-what") }</p>
            <div class="actions">
                { button_link(Route::Restore, Look::Primary, None, t!("start-restore"), "") }
                <Button look={Look::Quiet} words={t!("gone-fine")} onclick={fine} />
            </div>
        </>
    };
    html! { <div class="section">{ panel("panel-urgent", t!("gone-title"), words) }</div> }
}

fn looks_row(shell: &Shell) -> Html {
    let settings = shell.session.settings.clone();
    let larger = settings.text_percent < 125;
    let text = {
        let (shell, settings) = (shell.clone(), settings.clone());
        Callback::from(move |_: MouseEvent| {
            let text_percent = if larger { 125 } else { 100 };
            shell.change(Change::Settings(chartchain_vault::protocol::Settings { text_percent, ..settings.clone() }));
        })
    };
    let dark = {
        let shell = shell.clone();
        Callback::from(move |_: MouseEvent| {
            let theme = match settings.theme {
                Theme::System => Theme::Dark,
                Theme::Dark => Theme::Light,
                Theme::Light => Theme::System,
            };
            shell.change(Change::Settings(chartchain_vault::protocol::Settings { theme, ..settings.clone() }));
        })
    };
    let theme_words = match looks::remembered().0 {
        Theme::System => t!("colours-dark"),
        Theme::Dark => t!("colours-light"),
        Theme::Light => t!("colours-system"),
    };
    html! {
        <div class="row larger">
            <button type="button" class="link" onclick={dark}>{ theme_words }</button>
            <button type="button" class="link" onclick={text}>{ if larger { t!("text-larger") } else { t!("text-normal") } }</button>
        </div>
    }
}

/// What someone is told whose browser deletes what is not opened for a while.
pub fn storage_advice() -> Html {
    if !browser::deletes_unused_storage() {
        return html! {};
    }
    html! {
        <div class="section">{ panel("", t!("safari-title"), html! { <><p>{ t!("safari-why") }</p><p>{ t!("safari-what") }</p></> }) }</div>
    }
}
