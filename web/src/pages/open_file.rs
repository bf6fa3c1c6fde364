//! A file that came from another device: a parcel, or a request to be let in. It is read from a file or from a moving code.

use core::cell::RefCell;
use std::rc::Rc;

use chartchain_link::{AnimatedReader, Progress};
use chartchain_vault::protocol::{Command, Fault, LedgerId, ParcelCard, ParcelFor, Reply, Secret};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::let_in::{Admit, Chosen};
use super::send_file::Made;
use crate::components::basics::{panel, problem, tile};
use crate::components::button::{Button, Look, button_link};
use crate::components::camera::Camera;
use crate::components::field::Field;
use crate::components::icon::Icon;
use crate::components::job::progress;
use crate::components::page::Page;
use crate::hooks::session::{Change, Phase, Shell};
use crate::route::Route;
use crate::services::engine::unexpected;
use crate::services::{browser, qr};
use crate::t;
use crate::view::ways::digits_words;

/// Pieces in which a file is handed over.
const PART_BYTES: u64 = 1024 * 1024;
/// No request is longer.
const MAX_REQUEST_BYTES: u64 = 2048;

/// Where the bytes come from.
#[derive(Clone, PartialEq)]
enum Given {
    File(web_sys::Blob),
    Bytes(Rc<Vec<u8>>),
}

impl Given {
    fn size(&self) -> u64 {
        match self {
            Self::File(file) => browser::blob_size(file),
            Self::Bytes(bytes) => bytes.len() as u64,
        }
    }

    async fn part(&self, from: u64, to: u64) -> Result<Vec<u8>, Fault> {
        let part = match self {
            Self::File(file) => browser::blob_part(file, from, to).await,
            Self::Bytes(bytes) => {
                let range = usize::try_from(from).unwrap_or(usize::MAX)..usize::try_from(to).unwrap_or(usize::MAX);
                bytes.get(range).map(<[u8]>::to_vec)
            }
        };
        part.ok_or_else(|| Fault::Storage("the file could not be read".into()))
    }
}

#[derive(Clone, PartialEq)]
enum Step {
    Choose,
    Reading {
        sent: u64,
        size: u64,
    },
    /// A request of another device.
    Asked {
        request: Vec<u8>,
        name: String,
        number: String,
    },
    /// The answer to it is made.
    Answer(ParcelFor),
    /// It lets this device in.
    Invited {
        number: String,
        given: Given,
    },
    Done(ParcelCard),
    Failed(Fault),
}

/// The page.
#[component]
pub fn OpenFile() -> Html {
    let shell = use_context::<Shell>();
    let step = use_state(|| Step::Choose);
    let Some(shell) = shell else { return html! {} };
    let again = {
        let step = step.clone();
        Callback::from(move |()| step.set(Step::Choose))
    };
    let open = {
        let (shell, step) = (shell.clone(), step.clone());
        Callback::from(move |given: Given| read(&shell, &step, given))
    };
    let back = (Route::Devices, AttrValue::from(t!("devices-title")));
    match &*step {
        Step::Choose => html! { <Choose onopen={open} /> },
        Step::Reading { sent, size } => html! {
            <Page key="reading" title={t!("open-title")}>
                <p role="status">{ t!("open-reading") }</p>
                { progress(t!("open-reading"), *sent, *size) }
            </Page>
        },
        Step::Asked { request, name, number } => {
            let onyes = {
                let (step, request) = (step.clone(), request.clone());
                Callback::from(move |Chosen { role, name }: Chosen| {
                    step.set(Step::Answer(ParcelFor::Newcomer { request: request.clone(), role, name }));
                })
            };
            let number = panel(
                "panel-know",
                t!("open-number-title"),
                html! {
                    <div class="stack"><p>{ t!("open-number") }</p><p class="compare-code compare-long" dir="ltr">{ digits_words(number) }</p></div>
                },
            );
            html! { <Admit key="admit" name={name.clone()} {number} {onyes} onstop={again} fault={None::<Fault>} busy=false /> }
        }
        Step::Answer(to) => html! { <Made key="answer" to={to.clone()} onagain={again} /> },
        Step::Invited { number, given } => {
            let join = {
                let (shell, step, given) = (shell.clone(), step.clone(), given.clone());
                Callback::from(move |()| join(&shell, &step, given.clone()))
            };
            html! {
                <Page key="invited" title={t!("open-invited")} lead={t!("open-invited-lead")}>
                    <div class="card compare"><p class="compare-code compare-long" dir="ltr">{ digits_words(number) }</p></div>
                    <div class="actions">
                        <Button class="button-choice" look={Look::Secondary} picture={Icon::Check} words={t!("compare-same")} onclick={join} />
                        <Button class="button-choice" look={Look::Secondary} picture={Icon::Cross} words={t!("compare-different")} onclick={again} />
                    </div>
                </Page>
            }
        }
        Step::Done(card) => done(&shell, card, back),
        Step::Failed(fault) => html! {
            <Page key="failed" title={t!("open-failed")} {back}>
                { problem(fault, Some(again)) }
                <p class="section">{ t!("open-failed-stays") }</p>
            </Page>
        },
    }
}

fn done(shell: &Shell, card: &ParcelCard, back: (Route, AttrValue)) -> Html {
    let is_open = matches!(&shell.session.phase, Phase::Unlocked { open: Some(open), .. } if *open == card.ledger);
    let from = (!card.sender.is_empty())
        .then(|| html! { <p class="dense">{ t!("open-from", name = card.sender.clone()) }</p> });
    html! {
        <Page key="done" title={t!("open-done")} {back}>
            <div class="card stack">
                <div class="trust-head">{ tile("tile-ok", Icon::Check) }<p class="strong">{ t!("open-added", count = card.added) }</p></div>
                { for from }
                { for (card.refused > 0).then(|| html! { <p>{ t!("link-refused-blocks", count = card.refused) }</p> }) }
            </div>
            { for (card.lacks > 0 && is_open).then(|| html! {
                <div class="section">{ panel("panel-know", t!("open-reply-title"), html! { <p>{ t!("open-reply", count = card.lacks) }</p> }) }</div>
            }) }
            <div class="actions">
                { if is_open { html! { <>
                    { button_link(Route::Home, Look::Primary, None, t!("not-found-home"), "") }
                    { button_link(Route::SendFile, Look::Secondary, None, t!("open-reply-make"), "") }
                </> } } else { open_it(shell, &card.ledger) } }
            </div>
        </Page>
    }
}

/// Opens a record that is not the open one.
pub fn open_it(shell: &Shell, ledger: &LedgerId) -> Html {
    let (shell, ledger) = (shell.clone(), ledger.clone());
    let onclick = Callback::from(move |()| {
        let (shell, ledger) = (shell.clone(), ledger.clone());
        wasm_bindgen_futures::spawn_local(async move {
            if let Ok(reply) = shell.ask(Command::OpenLedger { ledger }).await {
                // What goes wrong is told by the page that follows.
                let _ = shell.take_opened(reply);
            }
        });
    });
    html! { <Button class="button-choice" words={t!("sharing-open")} {onclick} /> }
}

/// Reads what was given.
fn read(shell: &Shell, step: &UseStateHandle<Step>, given: Given) {
    let (shell, step) = (shell.clone(), step.clone());
    step.set(Step::Reading { sent: 0, size: given.size() });
    wasm_bindgen_futures::spawn_local(async move {
        let next = look(&shell, &step, given).await;
        step.set(next.unwrap_or_else(Step::Failed));
    });
}

/// What it is, and what comes of it.
async fn look(shell: &Shell, step: &UseStateHandle<Step>, given: Given) -> Result<Step, Fault> {
    let size = given.size();
    if size <= MAX_REQUEST_BYTES {
        let request = given.part(0, size).await?;
        match shell.ask(Command::ReadRequest { bytes: request.clone() }).await {
            Ok(Reply::Asked { name, number }) => return Ok(Step::Asked { request, name, number }),
            Ok(_) => return Err(unexpected()),
            Err(Fault::NotARequest) => {}
            Err(fault) => return Err(fault),
        }
    }
    let card = send(shell, step, &given).await?;
    Ok(match card.number {
        Some(number) => Step::Invited { number, given },
        None => Step::Done(card),
    })
}

/// Goes on with a record that a parcel lets this device into, and reads what is in it.
fn join(shell: &Shell, step: &UseStateHandle<Step>, given: Given) {
    let (shell, step) = (shell.clone(), step.clone());
    step.set(Step::Reading { sent: 0, size: given.size() });
    wasm_bindgen_futures::spawn_local(async move {
        let joined = async {
            shell.ask(Command::JoinByParcel).await?;
            let card = send(&shell, &step, &given).await?;
            if let (Phase::Unlocked { person, open, .. }, Ok(Reply::Ledgers(ledgers))) =
                (shell.session.phase.clone(), shell.ask(Command::ListLedgers).await)
            {
                shell.change(Change::Phase(Phase::Unlocked { person, ledgers, open }));
            }
            Ok(Step::Done(card))
        };
        step.set(joined.await.unwrap_or_else(Step::Failed));
    });
}

/// Hands a parcel over, piece by piece.
async fn send(shell: &Shell, step: &UseStateHandle<Step>, given: &Given) -> Result<ParcelCard, Fault> {
    let size = given.size();
    shell.ask(Command::BeginParcel).await?;
    let mut sent = 0;
    loop {
        let end = (sent + PART_BYTES).min(size);
        let bytes = given.part(sent, end).await?;
        match shell.ask(Command::ParcelPart { bytes, last: end == size }).await? {
            Reply::Parcel(card) => return Ok(*card),
            Reply::Done if end < size => {}
            _ => return Err(unexpected()),
        }
        sent = end;
        step.set(Step::Reading { sent, size });
    }
}

#[derive(Properties, PartialEq)]
struct ChooseProps {
    onopen: Callback<Given>,
}

/// A file, or a moving code before the camera.
#[component]
fn Choose(props: &ChooseProps) -> Html {
    let camera = use_state(|| false);
    let seen = use_state(|| None::<Progress>);
    let reader = use_mut_ref(AnimatedReader::default);
    let chosen = {
        let onopen = props.onopen.clone();
        Callback::from(move |event: Event| {
            let input = event.target_unchecked_into::<HtmlInputElement>();
            if let Some(file) = input.files().and_then(|files| files.get(0)) {
                onopen.emit(Given::File(file.into()));
            }
        })
    };
    let look = {
        let (camera, seen, reader, onopen) = (camera.clone(), seen.clone(), Rc::clone(&reader), props.onopen.clone());
        Callback::from(move |text: Secret| {
            let Some((progress, whole)) = take(&reader, &text.0) else { return };
            seen.set(Some(progress));
            if let Some(bytes) = whole {
                camera.set(false);
                onopen.emit(Given::Bytes(Rc::new(bytes)));
            }
        })
    };
    let toggle = |on: bool| {
        let (camera, seen, reader) = (camera.clone(), seen.clone(), Rc::clone(&reader));
        Callback::from(move |()| {
            *reader.borrow_mut() = AnimatedReader::default();
            seen.set(None);
            camera.set(on);
        })
    };
    let back = (Route::Devices, AttrValue::from(t!("devices-title")));
    html! {
        <Page key="choose" title={t!("open-title")} lead={t!("open-lead")} {back}>
            <div class="form">
                <Field id="parcel-file" label={t!("open-file")} hint={t!("open-file-hint")}>
                    <input id="parcel-file" class="input" type="file" accept=".parcel,.request" aria-describedby="parcel-file-hint" onchange={chosen} />
                </Field>
                { if *camera {
                    html! { <>
                        { for seen.map(|seen| progress(t!("open-moving"), seen.done as u64, seen.of as u64)) }
                        <Camera series=true seen={look} close={toggle(false)} />
                    </> }
                } else if qr::has_camera() {
                    html! { <div><Button look={Look::Secondary} words={t!("open-moving")} onclick={toggle(true)} /></div> }
                } else { html! {} } }
            </div>
        </Page>
    }
}

/// Reads a picture of a series; what is none is passed over, and another series is begun anew.
fn take(reader: &RefCell<AnimatedReader>, text: &str) -> Option<(Progress, Option<Vec<u8>>)> {
    let mut reader = reader.borrow_mut();
    let progress = match reader.read(text) {
        Err(chartchain_link::AnimatedError::OtherSeries) => {
            *reader = AnimatedReader::default();
            reader.read(text).ok()?
        }
        read => read.ok()?,
    };
    Some((progress, if progress.is_whole() { reader.take() } else { None }))
}
