//! Reads a code of another device: before the camera, in a picture, or pasted.

use chartchain_vault::protocol::Secret;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::button::{Button, Look};
use super::camera::Camera;
use super::field::{Field, described_by};
use super::word_ways::picture_words;
use crate::services::qr;
use crate::t;

/// Properties of [`CodeReader`].
#[derive(Properties, PartialEq)]
pub struct CodeReaderProps {
    /// Hears the text of a code.
    pub onread: Callback<String>,
    /// What is wrong with the last one.
    pub wrong: Option<AttrValue>,
    /// Something is done with it.
    pub busy: bool,
}

/// The ways to read one.
#[component]
pub fn CodeReader(props: &CodeReaderProps) -> Html {
    let camera = use_state(|| false);
    let picture_wrong = use_state(|| None::<AttrValue>);
    let pasted = use_node_ref();
    let seen = {
        let (camera, onread) = (camera.clone(), props.onread.clone());
        Callback::from(move |text: Secret| {
            camera.set(false);
            onread.emit(text.0.clone());
        })
    };
    let take_picture = {
        let (wrong, onread) = (picture_wrong.clone(), props.onread.clone());
        Callback::from(move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            let Some(chosen) = input.files().and_then(|files| files.get(0)) else { return };
            let (wrong, onread) = (wrong.clone(), onread.clone());
            wasm_bindgen_futures::spawn_local(async move {
                match qr::read_picture(&chosen).await {
                    Ok(text) => {
                        wrong.set(None);
                        onread.emit(text.0.clone());
                    }
                    Err(fault) => wrong.set(Some(picture_words(fault).into())),
                }
                // The same picture can be chosen once more.
                input.set_value("");
            });
        })
    };
    let read = {
        let (pasted, onread, busy) = (pasted.clone(), props.onread.clone(), props.busy);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !busy && let Some(field) = pasted.cast::<HtmlTextAreaElement>() {
                onread.emit(field.value());
            }
        })
    };
    let toggle = |on: bool| {
        let camera = camera.clone();
        Callback::from(move |()| camera.set(on))
    };
    let described = |id: &str, wrong: bool| described_by(id, true, wrong);
    html! {
        <form class="form" onsubmit={read} novalidate=true>
            { if *camera {
                html! { <Camera {seen} close={toggle(false)} /> }
            } else if qr::has_camera() {
                html! { <div><Button look={Look::Secondary} words={t!("connect-camera")} onclick={toggle(true)} /></div> }
            } else { html! {} } }
            <Field id="code-text" label={t!("connect-paste")} hint={t!("connect-paste-hint")} wrong={props.wrong.clone()}>
                <textarea id="code-text" class="input" rows="3" autocapitalize="none" spellcheck="false" dir="ltr" ref={pasted}
                    aria-describedby={described("code-text", props.wrong.is_some())}
                    aria-invalid={props.wrong.is_some().then_some("true")} />
            </Field>
            <div><Button busy={props.busy} words={t!("connect-read")} /></div>
            <Field id="code-picture" label={t!("connect-picture")} hint={t!("connect-picture-hint")} wrong={(*picture_wrong).clone()}>
                <input id="code-picture" class="input" type="file" accept="image/png,image/jpeg,image/webp,image/gif"
                    aria-describedby={described("code-picture", picture_wrong.is_some())} onchange={take_picture} />
            </Field>
        </form>
    }
}
