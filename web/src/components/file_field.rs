//! The file of a document: chosen, taken with the camera, on its way, there.

use core::cell::Cell;
use std::rc::Rc;

use chartchain_vault::protocol::{Command, Fault, MAX_FILE_BYTES, Reply};
use web_sys::{Blob, HtmlInputElement};
use yew::prelude::*;

use super::button::{Button, Look};
use super::icon::Icon;
use super::job::progress;
use crate::hooks::session::Shell;
use crate::services::browser;
use crate::services::engine::unexpected;
use crate::t;
use crate::view::faults::{self, size_words};
use crate::view::form::Filed;

/// A file on its way is looked at again after so long while the person holds it.
const HELD_MS: u32 = 150;

#[derive(Clone, PartialEq)]
enum Step {
    Idle,
    Sending { name: String, sent: u64, size: u64, held: bool },
    Wrong(String),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wish {
    GoOn,
    Hold,
    Stop,
}

/// Properties of [`FileField`].
#[derive(Properties, PartialEq)]
pub struct FileFieldProps {
    /// Id of the button that chooses.
    pub id: &'static str,
    /// The file that is there.
    pub file: Option<Filed>,
    /// What describes it.
    pub described: Option<String>,
    /// Hears of another file.
    pub onfile: Callback<Filed>,
}

async fn take(
    shell: &Shell,
    name: String,
    file: &Blob,
    go_on: impl AsyncFn(u64) -> bool,
) -> Result<Option<Filed>, String> {
    if browser::blob_size(file) > u64::from(MAX_FILE_BYTES) {
        // Not a byte of it was read.
        return Err(t!("file-too-large", size = size_words(u64::from(MAX_FILE_BYTES))));
    }
    let words = |fault: Fault| faults::words(&fault);
    let Some(input) = shell.engine.send_file(name, file, go_on).await.map_err(words)? else { return Ok(None) };
    let looked_at = shell.ask(Command::InspectFile { input }).await;
    if let Ok(Reply::File(Some(card))) = looked_at {
        return Ok(Some(Filed { card, waits: true }));
    }
    shell.engine.tell(Command::DropInput { input });
    Err(match looked_at {
        Ok(Reply::File(None)) => t!("file-unknown"),
        Ok(_) => words(unexpected()),
        Err(fault) => words(fault),
    })
}

/// The field.
#[component]
pub fn FileField(props: &FileFieldProps) -> Html {
    let shell = use_context::<Shell>();
    let step = use_state(|| Step::Idle);
    let wish = use_memo((), |()| Cell::new(Wish::GoOn));
    {
        let wish = Rc::clone(&wish);
        use_effect_with((), move |()| move || wish.set(Wish::Stop));
    }
    let (picker, camera) = (use_node_ref(), use_node_ref());
    let Some(shell) = shell else { return html! {} };
    let begin = {
        let (step, wish, onfile) = (step.clone(), Rc::clone(&wish), props.onfile.clone());
        Callback::from(move |(name, file): (String, Blob)| {
            let (shell, step, wish, onfile) = (shell.clone(), step.clone(), Rc::clone(&wish), onfile.clone());
            let size = browser::blob_size(&file);
            wish.set(Wish::GoOn);
            wasm_bindgen_futures::spawn_local(async move {
                let go_on = async |sent| {
                    loop {
                        let held = wish.get() == Wish::Hold;
                        if wish.get() == Wish::Stop {
                            return false;
                        }
                        step.set(Step::Sending { name: name.clone(), sent, size, held });
                        if !held {
                            return true;
                        }
                        gloo_timers::future::TimeoutFuture::new(HELD_MS).await;
                    }
                };
                match take(&shell, name.clone(), &file, go_on).await {
                    Ok(Some(filed)) => {
                        step.set(Step::Idle);
                        onfile.emit(filed);
                    }
                    Ok(None) => step.set(Step::Idle),
                    Err(words) => step.set(Step::Wrong(words)),
                }
            });
        })
    };
    let onchange = Callback::from(move |event: Event| {
        let input: HtmlInputElement = event.target_unchecked_into();
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            begin.emit((file.name(), Blob::from(file)));
        }
    });
    let pick = |input: &NodeRef| {
        let input = input.clone();
        Callback::from(move |()| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.set_value("");
                input.click();
            }
        })
    };
    let wanted = |wanted: Wish| {
        let wish = Rc::clone(&wish);
        Callback::from(move |()| wish.set(wanted))
    };
    let there = props.file.as_ref().map(|filed| {
        let name = if filed.card.name.is_empty() { kind_words(&filed.card.content_type) } else { filed.card.name.clone() };
        let about = t!("file-about", kind = kind_words(&filed.card.content_type), size = size_words(u64::from(filed.card.size_bytes)));
        html! { <div class="file-there" role="status"><p class="strong isolate">{ name }</p><p class="quiet dense">{ about }</p></div> }
    });
    let body = match &*step {
        Step::Sending { name, sent, size, held } => html! {
            <div class="stack">
                <p class="strong isolate">{ name }</p>
                { progress(t!("add-reading-title"), *sent, *size) }
                <p class="quiet dense">{ t!("add-sent", sent = size_words(*sent), size = size_words(*size)) }</p>
                <div class="actions">
                    { if *held {
                        html! { <Button look={Look::Secondary} picture={Icon::Play} words={t!("resume")} onclick={wanted(Wish::GoOn)} /> }
                    } else {
                        html! { <Button look={Look::Secondary} picture={Icon::Pause} words={t!("pause")} onclick={wanted(Wish::Hold)} /> }
                    } }
                    <Button look={Look::Quiet} words={t!("cancel")} onclick={wanted(Wish::Stop)} />
                </div>
            </div>
        },
        _ => html! {
            <div class="actions">
                <Button look={Look::Secondary} picture={Icon::Upload} onclick={pick(&picker)}
                    words={if props.file.is_some() { t!("file-other") } else { t!("choose-file") }} />
                <Button look={Look::Secondary} onclick={pick(&camera)} words={t!("file-camera")} />
            </div>
        },
    };
    let id = props.id;
    html! {
        <div class="stack file-field">
            { for there }
            { if let Step::Wrong(words) = &*step { html! { <p class="field-error" role="alert">{ words }</p> } } else { html! {} } }
            <input {id} class="hidden-text" type="file" accept="application/pdf,image/*" ref={picker} onchange={onchange.clone()} aria-describedby={props.described.clone()} />
            <input id={format!("{id}-camera")} class="hidden-text" type="file" tabindex="-1" aria-label={t!("file-camera")} accept="image/*" capture="environment" ref={camera} {onchange} />
            { body }
        </div>
    }
}

/// What a file is, in words.
#[must_use]
pub fn kind_words(content_type: &str) -> String {
    match content_type {
        "application/pdf" => t!("file-kind-pdf"),
        kind if kind.starts_with("image/") => t!("file-kind-picture"),
        _ => t!("file-kind-other"),
    }
}
