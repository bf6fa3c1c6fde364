//! A file for other devices of the record: for whom, then the file itself, or a moving code where it is small.

use std::rc::Rc;

use chartchain_link::MAX_ANIMATED_BYTES;
use chartchain_vault::protocol::{
    Command, DeviceStanding, Fault, JobId, JobKind, JobResult, JobState, MemberRole, Members, ParcelFor, Reply,
};
use yew::prelude::*;

use super::devices::use_members;
use crate::components::basics::{panel, problem, shown, tile};
use crate::components::button::{Button, Look, button_link};
use crate::components::field::{FieldGroup, tick};
use crate::components::icon::Icon;
use crate::components::job::JobCard;
use crate::components::moving_code::MovingCode;
use crate::components::page::Page;
use crate::hooks::session::{Change, Shell, is_under_way};
use crate::route::Route;
use crate::services::browser::Download;
use crate::services::engine::unexpected;
use crate::t;
use crate::view::faults;
use crate::view::members::name_words;
use crate::view::ways::digits_words;

/// The page.
#[component]
pub fn SendFile() -> Html {
    let asked = use_members();
    let to = use_state(|| None::<ParcelFor>);
    match &*to {
        Some(parcel) => {
            let onagain = {
                let to = to.clone();
                Callback::from(move |()| to.set(None))
            };
            html! { <Made key="made" to={parcel.clone()} {onagain} /> }
        }
        None => {
            let onchosen = {
                let to = to.clone();
                Callback::from(move |feeds: Vec<String>| to.set(Some(ParcelFor::Members(feeds))))
            };
            shown(&asked, |members| html! { <ForWhom members={Rc::clone(members)} {onchosen} /> })
        }
    }
}

#[derive(Properties, PartialEq)]
struct ForWhomProps {
    members: Rc<Members>,
    onchosen: Callback<Vec<String>>,
}

#[component]
fn ForWhom(props: &ForWhomProps) -> Html {
    let others: Vec<_> = props
        .members
        .devices
        .iter()
        .filter(|line| {
            !line.this_device && line.standing == DeviceStanding::Good && line.role != Some(MemberRole::Witness)
        })
        .collect();
    let left_out = use_state(Vec::<String>::new);
    let wanted: Vec<String> =
        others.iter().map(|line| line.feed.clone()).filter(|feed| !left_out.contains(feed)).take(16).collect();
    let choice = |line: &&chartchain_vault::protocol::DeviceLine| {
        let (left_out, feed) = (left_out.clone(), line.feed.clone());
        let id = format!("to-{}", line.feed.get(..8).unwrap_or_default());
        let is_ticked = !left_out.contains(&feed);
        let onchange = Callback::from(move |ticked: bool| {
            let mut next: Vec<String> = left_out.iter().filter(|known| **known != feed).cloned().collect();
            next.extend((!ticked).then(|| feed.clone()));
            left_out.set(next);
        });
        html! { <div key={line.feed.clone()}>{ tick(&id, html! { name_words(line) }, is_ticked, &onchange) }</div> }
    };
    let is_any = !wanted.is_empty();
    let make = {
        let (onchosen, wanted) = (props.onchosen.clone(), wanted);
        Callback::from(move |()| onchosen.emit(wanted.clone()))
    };
    let back = (Route::Devices, AttrValue::from(t!("devices-title")));
    html! {
        <Page key="for-whom" title={t!("send-title")} lead={t!("send-lead")} {back}>
            { if others.is_empty() {
                html! { <p>{ t!("send-nobody") }</p> }
            } else { html! {
                <div class="stack-m">
                    <div class="card"><FieldGroup id="send-to" label={t!("send-to")}>{ for others.iter().map(choice) }</FieldGroup></div>
                    { panel("panel-know", t!("send-sealed-title"), html! { <p>{ t!("send-sealed") }</p> }) }
                    { if is_any {
                        html! { <div class="actions"><Button class="button-choice" words={t!("send-make")} onclick={make} /></div> }
                    } else { html! { <p class="quiet" role="status">{ t!("send-choose") }</p> } } }
                </div>
            } } }
            <div class="actions">{ button_link(Route::OpenFile, Look::Quiet, None, t!("open-title"), "") }</div>
        </Page>
    }
}

/// Properties of [`Made`].
#[derive(Properties, PartialEq)]
pub struct MadeProps {
    /// For whom.
    pub to: ParcelFor,
    /// The person wants another one.
    pub onagain: Callback<()>,
}

#[derive(Clone, PartialEq)]
enum Step {
    Working,
    Saved { name: String, blocks: u32, number: Option<String>, size: u64, bytes: Option<Rc<Vec<u8>>> },
    Failed(Fault),
}

/// A parcel that is made, then the file and what to do with it.
#[component]
pub fn Made(props: &MadeProps) -> Html {
    let shell = use_context::<Shell>();
    let step = use_state(|| Step::Working);
    let moving = use_state(|| false);
    let job = shell.as_ref().and_then(|shell| shell.job(JobKind::Parcel));
    {
        let (shell, step) = (shell.clone(), step.clone());
        use_effect_with(props.to.clone(), move |to| {
            let (Some(shell), to) = (shell, to.clone()) else { return };
            wasm_bindgen_futures::spawn_local(async move {
                if let Err(fault) = shell.ask(Command::PackParcel { to }).await {
                    step.set(Step::Failed(fault));
                }
            });
        });
    }
    {
        let (shell, step) = (shell.clone(), step.clone());
        use_effect_with(job.clone(), move |job| {
            let (Some(shell), Some(job)) = (shell, job.clone()) else { return };
            match job.state {
                JobState::Finished(JobResult::Packed { name, blocks, number, bytes: size }) => {
                    wasm_bindgen_futures::spawn_local(async move {
                        let saved = save(&shell, job.id, &name, size).await;
                        shell.change(Change::Seen(job.id));
                        step.set(match saved {
                            Ok(bytes) => Step::Saved { name, blocks, number, size, bytes },
                            Err(fault) => Step::Failed(fault),
                        });
                    });
                }
                JobState::Failed(fault) => {
                    shell.change(Change::Seen(job.id));
                    step.set(Step::Failed(fault));
                }
                JobState::Cancelled => {
                    shell.change(Change::Seen(job.id));
                    step.set(Step::Failed(Fault::NotNow("it was stopped".into())));
                }
                _ => {}
            }
        });
    }
    if let Some(job) = job.filter(is_under_way) {
        return html! { <Page key="running" title={t!("send-title")}><JobCard {job} /></Page> };
    }
    match &*step {
        Step::Working => {
            html! { <Page key="running" title={t!("send-title")}><p class="quiet" role="status">{ t!("take-out-saving") }</p></Page> }
        }
        Step::Saved { name, blocks, number, size, bytes } => {
            let toggle = {
                let moving = moving.clone();
                Callback::from(move |()| moving.set(!*moving))
            };
            html! {
                <Page key="saved" title={t!("send-saved")}>
                    <div class="card stack">
                        <div class="trust-head">{ tile("tile-ok", Icon::Check) }<p class="strong mono">{ name }</p></div>
                        <p class="dense">{ t!("send-size", count = *blocks, size = faults::size_words(*size)) }</p>
                        <p class="dense">{ t!("send-where") }</p>
                    </div>
                    { for number.as_ref().map(|number| panel("panel-know", t!("send-number-title"), html! {
                        <div class="stack"><p>{ t!("send-number") }</p><p class="compare-code compare-long" dir="ltr">{ digits_words(number) }</p></div>
                    })) }
                    { for bytes.as_ref().map(|bytes| html! {
                        <section class="section stack">
                            <h2>{ t!("send-moving-title") }</h2>
                            <p>{ t!("send-moving") }</p>
                            { if *moving {
                                html! { <MovingCode bytes={Rc::clone(bytes)} label={t!("send-moving-title")} /> }
                            } else {
                                html! { <div><Button look={Look::Secondary} words={t!("send-moving-show")} onclick={toggle} /></div> }
                            } }
                        </section>
                    }) }
                    <div class="actions">
                        { button_link(Route::Devices, Look::Primary, None, t!("devices-title"), "") }
                        <Button look={Look::Quiet} words={t!("send-again")} onclick={props.onagain.clone()} />
                    </div>
                </Page>
            }
        }
        Step::Failed(fault) => html! {
            <Page key="failed" title={t!("take-out-failed")}>
                { problem(fault, Some(props.onagain.clone())) }
                <p class="section">{ t!("nothing-changed") }</p>
            </Page>
        },
    }
}

/// Saves the file; gives its bytes where a moving code can carry them.
async fn save(shell: &Shell, job: JobId, name: &str, size: u64) -> Result<Option<Rc<Vec<u8>>>, Fault> {
    let download = Download::default();
    let mut kept = Vec::new();
    let (mut offset, is_small) = (0, size <= MAX_ANIMATED_BYTES as u64);
    loop {
        let Reply::Part(part) = shell.ask(Command::ExportPart { job, offset }).await? else { return Err(unexpected()) };
        if part.is_empty() {
            break;
        }
        download.add(&part);
        offset += part.len() as u64;
        if is_small {
            kept.extend(part);
        }
    }
    let saved = download.save(name, "application/octet-stream");
    saved.ok_or_else(|| Fault::NotNow("the browser refused the download".into()))?;
    Ok(is_small.then(|| Rc::new(kept)))
}
