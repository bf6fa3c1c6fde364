//! Other ways to give recovery words than typing them: the code of a sheet, in a picture or before the camera, and a recovery
//! file. All of them fill in the fields.

use std::rc::Rc;

use chartchain_vault::protocol::{Command, Fault, Reply, Secret};
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::button::{Button, Look};
use super::camera::Camera;
use super::field::{Field, Passphrase, described_by};
use super::new_passphrase;
use super::word_fields;
use crate::hooks::session::Shell;
use crate::services::browser;
use crate::services::engine::unexpected;
use crate::services::qr::{self, PictureFault};
use crate::t;
use crate::view::faults;

/// No recovery file is longer; the engine looks at no more.
const MAX_FILE_BYTES: u64 = 64 * 1024;

/// How far a way is.
#[derive(Clone, Default, PartialEq)]
enum Progress {
    #[default]
    Waiting,
    Working,
    Camera,
    Filled,
    /// What is wrong, at which field.
    Wrong(&'static str, AttrValue),
}

/// Properties of [`WordWays`].
#[derive(Properties, PartialEq)]
pub struct WordWaysProps {
    /// The fields to fill in.
    pub fields: Rc<Vec<NodeRef>>,
}

/// The ways.
#[component]
pub fn WordWays(props: &WordWaysProps) -> Html {
    let shell = use_context::<Shell>();
    let (file, passphrase) = (use_node_ref(), use_node_ref());
    let progress = use_state(Progress::default);
    let Some(shell) = shell else { return html! {} };

    let take_code = {
        let (shell, progress, fields) = (shell.clone(), progress.clone(), props.fields.clone());
        Callback::from(move |code: Secret| {
            let (shell, progress, fields) = (shell.clone(), progress.clone(), fields.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let filled = fill(&fields, shell.ask(Command::ReadSheetCode { code }).await);
                progress.set(filled.map_or_else(
                    |fault| Progress::Wrong("sheet-picture", faults::words(&fault).into()),
                    |()| Progress::Filled,
                ));
            });
        })
    };
    let take_picture = {
        let (progress, take_code) = (progress.clone(), take_code.clone());
        Callback::from(move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            let Some(chosen) = input.files().and_then(|files| files.get(0)) else { return };
            let (progress, take_code) = (progress.clone(), take_code.clone());
            progress.set(Progress::Working);
            wasm_bindgen_futures::spawn_local(async move {
                match qr::read_picture(&chosen).await {
                    Ok(code) => take_code.emit(code),
                    Err(fault) => progress.set(Progress::Wrong("sheet-picture", picture_words(fault).into())),
                }
                // The same picture can be chosen once more.
                input.set_value("");
            });
        })
    };
    let open_file = {
        let (shell, progress, fields) = (shell, progress.clone(), props.fields.clone());
        let (file, passphrase) = (file.clone(), passphrase.clone());
        Callback::from(move |()| {
            if *progress == Progress::Working {
                return;
            }
            let chosen = file.cast::<HtmlInputElement>().and_then(|input| input.files()).and_then(|files| files.get(0));
            let Some(chosen) = chosen else {
                return progress.set(Progress::Wrong("recovery-file", t!("recovery-file-missing").into()));
            };
            let typed = Secret(new_passphrase::read(&passphrase));
            if typed.0.is_empty() {
                return progress.set(Progress::Wrong("file-passphrase", t!("recovery-file-passphrase-missing").into()));
            }
            progress.set(Progress::Working);
            let (shell, progress, fields, passphrase) =
                (shell.clone(), progress.clone(), fields.clone(), passphrase.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let size = browser::blob_size(&chosen).min(MAX_FILE_BYTES);
                let opened = match browser::blob_part(&chosen, 0, size).await {
                    Some(file) => shell.ask(Command::OpenRecoveryFile { file, passphrase: typed }).await,
                    None => Err(Fault::NotARecoveryFile),
                };
                progress.set(match fill(&fields, opened) {
                    Ok(()) => {
                        new_passphrase::clear(&passphrase);
                        Progress::Filled
                    }
                    Err(Fault::WrongPassphrase) => Progress::Wrong("file-passphrase", t!("recovery-file-wrong").into()),
                    Err(fault) => Progress::Wrong("recovery-file", faults::words(&fault).into()),
                });
            });
        })
    };
    let on_enter = {
        let open_file = open_file.clone();
        Callback::from(move |event: KeyboardEvent| {
            // The form around this field is not finished by it.
            let typed = event.target_unchecked_into::<HtmlElement>().id() == "file-passphrase";
            if typed && event.key() == "Enter" {
                event.prevent_default();
                open_file.emit(());
            }
        })
    };
    let set = |next: Progress| {
        let progress = progress.clone();
        Callback::from(move |()| progress.set(next.clone()))
    };
    let wrong = |field: &str| match &*progress {
        Progress::Wrong(at, words) if *at == field => Some(words.clone()),
        _ => None,
    };
    let flawed = |field: &str| described_by(field, true, wrong(field).is_some());
    html! {
        <details class="section word-ways">
            <summary>{ t!("ways-title") }</summary>
            <div class="form">
                <Field id="sheet-picture" label={t!("ways-picture")} hint={t!("ways-picture-hint")} wrong={wrong("sheet-picture")}>
                    <input id="sheet-picture" class="input" type="file" accept="image/png,image/jpeg,image/webp,image/gif"
                        aria-describedby={flawed("sheet-picture")} onchange={take_picture} />
                </Field>
                { if *progress == Progress::Camera {
                    html! { <Camera seen={take_code} close={set(Progress::Waiting)} /> }
                } else if qr::has_camera() {
                    html! { <div><Button look={Look::Secondary} words={t!("ways-camera")} onclick={set(Progress::Camera)} /></div> }
                } else { html! {} } }
                <div class="form" onkeydown={on_enter}>
                    <Field id="recovery-file" label={t!("ways-file")} hint={t!("ways-file-hint")} wrong={wrong("recovery-file")}>
                        <input id="recovery-file" class="input" type="file" accept=".recovery" aria-describedby={flawed("recovery-file")} ref={file} />
                    </Field>
                    <Passphrase id="file-passphrase" label={t!("ways-file-passphrase")} wrong={wrong("file-passphrase")}
                        input={passphrase} autocomplete="off" />
                    <div><Button look={Look::Secondary} busy={*progress == Progress::Working} words={t!("ways-file-open")} onclick={open_file} /></div>
                </div>
            </div>
            <p role="status">{ match &*progress {
                Progress::Working => t!("ways-working"),
                Progress::Filled => t!("ways-filled"),
                Progress::Wrong(_, words) => words.to_string(),
                Progress::Waiting | Progress::Camera => String::new(),
            } }</p>
        </details>
    }
}

/// Fills in the words that the engine found.
fn fill(fields: &[NodeRef], found: Result<Reply, Fault>) -> Result<(), Fault> {
    match found? {
        Reply::RecoveryWords(words) => {
            word_fields::spread(fields, 0, &words.0);
            Ok(())
        }
        _ => Err(unexpected()),
    }
}

/// Why a picture gave no code, in words.
pub fn picture_words(fault: PictureFault) -> String {
    match fault {
        PictureFault::TooLarge => t!("picture-too-large"),
        PictureFault::NoPicture => t!("picture-none"),
        PictureFault::NoCode => t!("picture-no-code"),
    }
}
