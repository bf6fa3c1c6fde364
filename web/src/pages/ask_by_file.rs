//! Asking by file to be let into somebody's record: a request to be sent, a number to be compared, the answer to be opened.

use std::rc::Rc;

use chartchain_vault::protocol::{Command, Fault, Reply};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::basics::{panel, problem, tile};
use crate::components::button::{Button, Look, button_link};
use crate::components::field::Field;
use crate::components::icon::Icon;
use crate::components::moving_code::MovingCode;
use crate::components::page::Page;
use crate::hooks::session::Shell;
use crate::route::Route;
use crate::services::browser::Download;
use crate::services::engine::unexpected;
use crate::t;
use crate::view::ways::digits_words;

/// What the file is called.
const FILE: &str = "chartchain.request";

#[derive(Clone, PartialEq)]
struct Asked {
    bytes: Rc<Vec<u8>>,
    number: String,
}

/// The page.
#[component]
pub fn AskByFile() -> Html {
    let shell = use_context::<Shell>();
    let name = use_node_ref();
    let asked = use_state(|| None::<Asked>);
    let (fault, busy, moving) = (use_state(|| None::<Fault>), use_state(|| false), use_state(|| false));
    let onsubmit = {
        let (name, asked, fault, busy) = (name.clone(), asked.clone(), fault.clone(), busy.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(shell) = shell.clone().filter(|_| !*busy) else { return };
            let typed = name.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
            busy.set(true);
            let (asked, fault, busy) = (asked.clone(), fault.clone(), busy.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let made = shell.ask(Command::AskByFile { name: typed.trim().to_owned() }).await;
                busy.set(false);
                match made {
                    Ok(Reply::Request { bytes, number }) => {
                        let download = Download::default();
                        download.add(&bytes);
                        let saved = download.save(FILE, "application/octet-stream");
                        let refused = || Fault::NotNow("the browser refused the download".into());
                        fault.set(saved.is_none().then(refused));
                        asked.set(Some(Asked { bytes: Rc::new(bytes), number }));
                    }
                    Ok(_) => fault.set(Some(unexpected())),
                    Err(why) => fault.set(Some(why)),
                }
            });
        })
    };
    let back = (Route::Connect, AttrValue::from(t!("connect-title")));
    let problem = fault.as_ref().map(|fault| problem(fault, None));
    let Some(made) = &*asked else {
        return html! {
            <Page key="ask" title={t!("ask-file-title")} lead={t!("ask-file-lead")} {back}>
                { for problem }
                <form class="form" {onsubmit} novalidate=true>
                    <Field id="device-name" label={t!("met-name")} hint={t!("met-name-hint")}>
                        <input id="device-name" class="input" autocomplete="off" maxlength="60" ref={name} aria-describedby="device-name-hint" />
                    </Field>
                    <div class="actions"><Button class="button-choice" busy={*busy} words={t!("ask-file-make")} /></div>
                </form>
                <div class="actions">{ button_link(Route::OpenFile, Look::Quiet, None, t!("ask-file-open"), "") }</div>
            </Page>
        };
    };
    let toggle = {
        let moving = moving.clone();
        Callback::from(move |()| moving.set(!*moving))
    };
    html! {
        <Page key="asked" title={t!("ask-file-made")} lead={t!("ask-file-made-lead")} {back}>
            <div class="stack-m">
            { for problem }
            <div class="card"><div class="trust-head">{ tile("tile-ok", Icon::Check) }<p class="strong mono">{ FILE }</p></div></div>
            { panel("panel-know", t!("ask-file-number-title"), html! {
                <div class="stack"><p>{ t!("ask-file-number") }</p><p class="compare-code compare-long" dir="ltr">{ digits_words(&made.number) }</p></div>
            }) }
            { if *moving {
                html! { <MovingCode bytes={Rc::clone(&made.bytes)} label={t!("send-moving-title")} /> }
            } else {
                html! { <div class="actions"><Button look={Look::Secondary} words={t!("send-moving-show")} onclick={toggle} /></div> }
            } }
            <div class="actions">{ button_link(Route::OpenFile, Look::Primary, None, t!("ask-file-open"), "button-choice") }</div>
            </div>
        </Page>
    }
}
