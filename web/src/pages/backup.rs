//! A sealed backup of all records, as a file.

use chartchain_vault::protocol::{Command, Fault, JobKind, JobResult, JobState};
use yew::prelude::*;

use crate::components::basics::{panel, problem, tile};
use crate::components::button::{Button, Look, button_link};
use crate::components::icon::Icon;
use crate::components::job::JobCard;
use crate::components::page::Page;
use crate::hooks::session::{Change, Shell, is_under_way};
use crate::pages::take_out::save;
use crate::route::Route;
use crate::t;
use crate::view::faults;

#[derive(Clone, PartialEq)]
enum Step {
    Before,
    Working,
    Saved { name: String, records: u32, unreadable: u32, others: u32, bytes: u64 },
    Failed(Fault),
}

/// The page.
#[component]
pub fn Backup() -> Html {
    let shell = use_context::<Shell>();
    let step = use_state(|| Step::Before);
    let job = shell.as_ref().and_then(|shell| shell.job(JobKind::Backup));
    {
        let (shell, step) = (shell.clone(), step.clone());
        use_effect_with(job.clone(), move |job| {
            let (Some(shell), Some(job)) = (shell, job.clone()) else { return };
            let next = match job.state {
                JobState::Finished(JobResult::BackedUp { name, records, unreadable, others, bytes }) => {
                    step.set(Step::Working);
                    wasm_bindgen_futures::spawn_local(async move {
                        let saved = save(&shell, job.id, &name).await;
                        shell.change(Change::Seen(job.id));
                        step.set(match saved {
                            Ok(()) => Step::Saved { name, records, unreadable, others, bytes },
                            Err(fault) => Step::Failed(fault),
                        });
                    });
                    return;
                }
                JobState::Failed(fault) => Step::Failed(fault),
                JobState::Cancelled => Step::Before,
                _ => return,
            };
            shell.change(Change::Seen(job.id));
            step.set(next);
        });
    }
    let Some(shell) = shell else { return html! {} };
    if let Some(job) = job.filter(is_under_way) {
        return html! { <Page key="running" title={t!("backup-title")}><JobCard {job} /></Page> };
    }
    let begin = {
        let (shell, step) = (shell.clone(), step.clone());
        Callback::from(move |()| {
            step.set(Step::Working);
            let (shell, step) = (shell.clone(), step.clone());
            wasm_bindgen_futures::spawn_local(async move {
                if let Err(fault) = shell.ask(Command::Backup).await {
                    step.set(Step::Failed(fault));
                }
            });
        })
    };
    let again = {
        let step = step.clone();
        Callback::from(move |()| step.set(Step::Before))
    };
    let back = (Route::TakeOut, AttrValue::from(t!("nav-take-out")));
    match &*step {
        Step::Before => html! {
            <Page key="before" title={t!("backup-title")} lead={t!("backup-lead")} {back}>
                <div class="card stack">
                    <p>{ t!("backup-holds-all") }</p>
                    <p>{ t!("backup-restore") }</p>
                </div>
                { panel("panel-know", t!("backup-words-title"), html! { <p>{ t!("backup-words") }</p> }) }
                <div class="actions">
                    <Button class="button-choice" words={t!("backup-do")} onclick={begin} />
                    { button_link(Route::BringBack, Look::Quiet, None, t!("bring-back-open"), "") }
                </div>
            </Page>
        },
        Step::Working => {
            html! { <Page key="running" title={t!("backup-title")}><p class="quiet" role="status">{ t!("take-out-saving") }</p></Page> }
        }
        Step::Saved { name, records, unreadable, others, bytes } => html! {
            <Page key="saved" title={t!("backup-saved")}>
                <div class="card stack">
                    <div class="trust-head">{ tile("tile-ok", Icon::Check) }<p class="strong mono">{ name }</p></div>
                    <p class="dense">{ t!("backup-size", count = *records, size = faults::size_words(*bytes)) }</p>
                    <p class="dense">{ t!("backup-where") }</p>
                </div>
                { for (*unreadable > 0).then(|| panel("panel-know", t!("take-out-unreadable-title"), html! {
                    <p>{ t!("backup-unreadable", count = *unreadable) }</p>
                })) }
                { for (*others > 0).then(|| panel("panel-know", t!("backup-others-title"), html! {
                    <p>{ t!("backup-others", count = *others) }</p>
                })) }
                <div class="actions">
                    { button_link(Route::Home, Look::Primary, None, t!("not-found-home"), "") }
                    <Button look={Look::Quiet} words={t!("backup-again")} onclick={again} />
                </div>
            </Page>
        },
        Step::Failed(fault) => html! {
            <Page key="failed" title={t!("take-out-failed")}>
                { problem(fault, Some(again)) }
                <p class="section">{ t!("nothing-changed") }</p>
            </Page>
        },
    }
}
