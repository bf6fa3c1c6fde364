//! Files of an entry: pictures are shown, everything can be taken out.

use std::rc::Rc;

use chartchain_vault::protocol::{Command, EntryId, Fault, FileLine, Reply};
use yew::prelude::*;

use super::basics::problem;
use super::button::{Button, Look};
use super::file_field::kind_words;
use super::icon::Icon;
use crate::hooks::session::Shell;
use crate::services::browser::{Download, Shown};
use crate::services::engine::unexpected;
use crate::t;
use crate::view::faults::size_words;

/// Pictures that every browser shows.
const SHOWN: [&str; 5] = ["image/jpeg", "image/png", "image/gif", "image/webp", "image/avif"];

/// Properties of [`EntryFile`].
#[derive(Properties, PartialEq)]
pub struct EntryFileProps {
    /// Whose file.
    pub entry: EntryId,
    /// Which of its files.
    pub number: u32,
    /// What it is.
    pub file: FileLine,
}

/// All files of an entry.
pub fn files(entry: &EntryId, files: &[FileLine]) -> Html {
    let one = |(number, file): (u32, &FileLine)| {
        html! { <EntryFile key={format!("{}-{number}", entry.0)} entry={entry.clone()} {number} file={file.clone()} /> }
    };
    html! { <div class="stack-m">{ for (0..).zip(files).map(one) }</div> }
}

async fn load(shell: &Shell, entry: &EntryId, file: u32) -> Result<Download, Fault> {
    let download = Download::default();
    let mut offset = 0;
    loop {
        let command = Command::FilePart { entry: entry.clone(), file, offset };
        let Reply::Part(part) = shell.ask(command).await? else { return Err(unexpected()) };
        if part.is_empty() {
            return Ok(download);
        }
        download.add(&part);
        offset += part.len() as u64;
    }
}

fn ending(content_type: &str) -> &'static str {
    match content_type {
        "application/pdf" => "pdf",
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "image/avif" => "avif",
        "image/heic" => "heic",
        "image/tiff" => "tiff",
        "image/bmp" => "bmp",
        "text/plain" => "txt",
        _ => "bin",
    }
}

/// A file of an entry.
#[component]
pub fn EntryFile(props: &EntryFileProps) -> Html {
    let shell = use_context::<Shell>();
    let picture = use_state(|| None::<Rc<Shown>>);
    let fault = use_state(|| None::<Fault>);
    let busy = use_state(|| false);
    let is_shown = props.file.known && SHOWN.contains(&props.file.content_type.as_str());
    {
        let (shell, picture, fault) = (shell.clone(), picture.clone(), fault.clone());
        let key = (props.entry.clone(), props.number, props.file.content_type.clone(), is_shown);
        use_effect_with(key, move |(entry, number, content_type, is_shown)| {
            if let Some(shell) = shell.filter(|_| *is_shown) {
                let (entry, number, content_type) = (entry.clone(), *number, content_type.clone());
                wasm_bindgen_futures::spawn_local(async move {
                    match load(&shell, &entry, number).await {
                        Ok(download) => picture.set(download.show(&content_type).map(Rc::new)),
                        Err(why) => fault.set(Some(why)),
                    }
                });
            }
        });
    }
    let Some(shell) = shell else { return html! {} };
    let file = &props.file;
    let title = file.title.clone().unwrap_or_else(|| kind_words(&file.content_type));
    let take_out = {
        let (fault, busy, entry, number) = (fault.clone(), busy.clone(), props.entry.clone(), props.number);
        let content_type = file.content_type.clone();
        Callback::from(move |()| {
            let (shell, fault, busy, entry) = (shell.clone(), fault.clone(), busy.clone(), entry.clone());
            let content_type = content_type.clone();
            busy.set(true);
            wasm_bindgen_futures::spawn_local(async move {
                let saved = load(&shell, &entry, number).await.and_then(|download| {
                    // Its name says nothing about health.
                    let name = format!("chartchain-file.{}", ending(&content_type));
                    let refused = || Fault::NotNow("the browser refused the download".into());
                    download.save(&name, &content_type).ok_or_else(refused)
                });
                busy.set(false);
                fault.set(saved.err());
            });
        })
    };
    let about = t!("file-about", kind = kind_words(&file.content_type), size = size_words(u64::from(file.size_bytes)));
    html! {
        <div class="card stack">
            { for fault.as_ref().map(|fault| problem(fault, None)) }
            { if let Some(shown) = &*picture {
                html! { <img class="file-picture" src={shown.url().to_owned()} alt={title.clone()} /> }
            } else if is_shown && fault.is_none() {
                html! { <p class="quiet">{ t!("opening") }</p> }
            } else {
                html! { <p class="strong isolate">{ title }</p> }
            } }
            <p class="quiet dense">{ about }</p>
            <div class="actions no-print">
                <Button look={Look::Secondary} picture={Icon::TakeOut} busy={*busy} words={t!("file-take-out")} onclick={take_out} />
            </div>
            <p class="quiet dense no-print">{ t!("file-take-out-why") }</p>
        </div>
    }
}
