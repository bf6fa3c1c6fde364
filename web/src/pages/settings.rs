//! Settings: when it locks, how it looks, recovery, whose record, and leaving this device.

use chartchain_vault::protocol::{Command, Fault, Reply, Settings, Theme};
use yew::prelude::*;

use crate::components::basics::{problem, section};
use crate::components::button::{Button, Look, button_link};
use crate::components::emblem::emblem;
use crate::components::field::{Answer, Field, FieldGroup, radios, select};
use crate::components::icon::Icon;
use crate::components::languages::own_name;
use crate::components::network::NetworkSetting;
use crate::components::page::Page;
use crate::components::passkey::PasskeySetting;
use crate::hooks::looks::TEXT_SIZES;
use crate::hooks::session::{Change, Phase, Shell};
use crate::pages::start::storage_advice;
use crate::route::Route;
use crate::services::{browser, offline};
use crate::t;
use crate::view::emblems;
use crate::view::faults::size_words;
use crate::words;

const MINUTES: [u8; 5] = [1, 2, 5, 10, 15];

/// The page.
#[component]
pub fn SettingsPage() -> Html {
    let fault = use_state(|| None::<Fault>);
    let Some(shell) = use_context::<Shell>() else { return html! {} };
    let settings = shell.session.settings.clone();
    // Without a record there is no menu to leave by.
    let alone = matches!(shell.session.phase, Phase::Unlocked { open: None, .. });
    let store = {
        let (shell, fault) = (shell.clone(), fault.clone());
        Callback::from(move |next: Settings| {
            let (shell, fault) = (shell.clone(), fault.clone());
            shell.change(Change::Settings(next.clone()));
            wasm_bindgen_futures::spawn_local(async move {
                match shell.ask(Command::SaveSettings(next)).await {
                    Ok(Reply::Settings(stored)) => {
                        shell.change(Change::Settings(stored));
                        shell.change(Change::Say(t!("settings-saved")));
                        fault.set(None);
                    }
                    Ok(_) => {}
                    Err(why) => fault.set(Some(why)),
                }
            });
        })
    };
    html! {
        <Page title={t!("nav-settings")} back={alone.then(|| (Route::Connect, AttrValue::from(t!("connect-title"))))}>
            { for fault.as_ref().map(|fault| problem(fault, None)) }
            { section(t!("settings-lock"), None, lock(&settings, &store)) }
            { section(t!("passphrase"), None, html! {
                <div class="card stack">
                    <p class="dense">{ t!("settings-passphrase-why") }</p>
                    <div>{ button_link(Route::Passphrase, Look::Secondary, Some(Icon::Lock), t!("passphrase-change-title"), "") }</div>
                </div>
            }) }
            { section(t!("passkey"), None, html! { <PasskeySetting /> }) }
            { section(t!("settings-looks"), None, looks(&settings, &store)) }
            { section(t!("network-title"), None, html! { <NetworkSetting /> }) }
            { section(t!("settings-recovery"), None, html! {
                <div class="card stack">
                    <p class="dense">{ t!("settings-recovery-why") }</p>
                    <div>{ button_link(Route::Recovery, Look::Secondary, Some(Icon::Key), t!("settings-recovery-do"), "") }</div>
                </div>
            }) }
            { section(t!("settings-person"), None, person(&shell)) }
            { section(t!("settings-storage"), None, html! { <Storage /> }) }
            { storage_advice() }
            { section(t!("settings-leave"), None, html! {
                <div class="card stack">
                    <p class="dense">{ t!("settings-leave-why") }</p>
                    <div>{ button_link(Route::Delete, Look::Secondary, Some(Icon::Trash), t!("settings-leave-do"), "") }</div>
                </div>
            }) }
        </Page>
    }
}

fn lock(settings: &Settings, store: &Callback<Settings>) -> Html {
    let answers: Vec<Answer> = MINUTES
        .iter()
        .map(|minutes| Answer::new(minutes.to_string(), t!("minutes", count = u32::from(*minutes))))
        .collect();
    let choose = {
        let settings = settings.clone();
        store.reform(move |minutes: String| Settings {
            auto_lock_minutes: minutes.parse().unwrap_or(settings.auto_lock_minutes),
            ..settings.clone()
        })
    };
    html! {
        <div class="card form">
            <Field id="auto-lock" label={t!("auto-lock")} hint={t!("auto-lock-hint")}>
                { select("auto-lock", &answers, &settings.auto_lock_minutes.to_string(), None, &choose) }
            </Field>
        </div>
    }
}

fn looks(settings: &Settings, store: &Callback<Settings>) -> Html {
    let themes = [
        Answer::new("system", t!("theme-system")),
        Answer::new("light", t!("theme-light")),
        Answer::new("dark", t!("theme-dark")),
    ];
    let theme = match settings.theme {
        Theme::System => "system",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    let choose_theme = {
        let settings = settings.clone();
        store.reform(move |value: AttrValue| {
            let theme = match value.as_str() {
                "light" => Theme::Light,
                "dark" => Theme::Dark,
                _ => Theme::System,
            };
            Settings { theme, ..settings.clone() }
        })
    };
    let sizes: Vec<Answer> = TEXT_SIZES
        .iter()
        .map(|size| Answer::new(size.to_string(), t!("text-size-of", count = size.to_string())))
        .collect();
    let choose_size = {
        let settings = settings.clone();
        store.reform(move |size: String| Settings { text_percent: size.parse().unwrap_or(100), ..settings.clone() })
    };
    let languages: Vec<Answer> = words::languages().map(|language| Answer::new(language, own_name(language))).collect();
    let choose_language = {
        let settings = settings.clone();
        store.reform(move |language: String| Settings { language, ..settings.clone() })
    };
    html! {
        <div class="card form">
            <FieldGroup id="theme" label={t!("theme")}>{ radios("theme", &themes, theme, &choose_theme, false) }</FieldGroup>
            <Field id="text-size" label={t!("text-size")}>{ select("text-size", &sizes, &settings.text_percent.to_string(), None, &choose_size) }</Field>
            <Field id="language" label={t!("language")}>{ select("language", &languages, &settings.language, None, &choose_language) }</Field>
        </div>
    }
}

/// How much room there is, as far as the browser says.
#[component]
fn Storage() -> Html {
    let room = use_state(|| None);
    let refused = use_state(|| false);
    {
        let room = room.clone();
        use_effect_with((), move |()| {
            wasm_bindgen_futures::spawn_local(async move { room.set(Some(browser::room().await)) });
        });
    }
    let ask = {
        let (room, refused) = (room.clone(), refused.clone());
        Callback::from(move |()| {
            let (room, refused) = (room.clone(), refused.clone());
            wasm_bindgen_futures::spawn_local(async move {
                refused.set(!browser::ask_for_lasting_storage().await);
                room.set(Some(browser::room().await));
            });
        })
    };
    let words = match *room {
        None => html! {},
        Some(None) => html! { <p class="dense">{ t!("storage-unknown") }</p> },
        Some(Some(room)) => html! {
            <>
                <p class="dense">{ t!("storage-used", used = size_words(room.used_bytes), most = size_words(room.most_bytes)) }</p>
                <progress class="meter" max={room.most_bytes.to_string()} value={room.used_bytes.to_string()} aria-label={t!("settings-storage")} />
                <p class="dense" role="status">
                    { if room.lasts { t!("storage-lasts") } else { t!("storage-may-go") } }
                    { if *refused { format!(" {}", t!("storage-refused")) } else { String::new() } }
                </p>
                { if room.lasts || !browser::can_promise_storage() { html! {} } else {
                    html! { <div><Button look={Look::Secondary} words={t!("storage-ask")} onclick={ask} /></div> }
                } }
            </>
        },
    };
    let offline = match offline::opens_without_network() {
        Some(true) => t!("storage-offline"),
        Some(false) => t!("storage-offline-not-yet"),
        None => t!("storage-offline-never"),
    };
    html! { <div class="card stack">{ words }<p class="dense">{ offline }</p></div> }
}

fn person(shell: &Shell) -> Html {
    let Phase::Unlocked { person, .. } = &shell.session.phase else { return html! {} };
    let switch = {
        let engine = shell.engine.clone();
        Callback::from(move |()| engine.tell(Command::Lock))
    };
    html! {
        <div class="card stack-m">
            <div class="emblem-row">
                { emblem(person.emblem) }
                <p class="dense">{ t!("emblem-yours", word = emblems::word(person.emblem)) }</p>
            </div>
            <div class="row">
                { button_link(Route::Records, Look::Secondary, Some(Icon::People), t!("nav-records"), "") }
                <Button look={Look::Secondary} picture={Icon::Swap} words={t!("switch-person")} onclick={switch} />
            </div>
        </div>
    }
}
