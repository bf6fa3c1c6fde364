//! Take the record out as a file that other programs read.

use chartchain_vault::protocol::{Command, ExportFormat, Fault, JobId, JobKind, JobResult, JobState, Reply};
use yew::prelude::*;

use crate::components::basics::{panel, problem, tile};
use crate::components::button::{Button, Look, button_link};
use crate::components::field::{Answer, FieldGroup, radios, tick};
use crate::components::icon::Icon;
use crate::components::interruption::{Interruption, point};
use crate::components::job::JobCard;
use crate::components::page::Page;
use crate::hooks::session::{Change, Shell, is_under_way};
use crate::route::Route;
use crate::services::browser::Download;
use crate::services::engine::unexpected;
use crate::t;
use crate::view::faults;

#[derive(Clone, PartialEq)]
enum Step {
    Choose,
    Ask,
    Begun,
    Saving,
    Saved { name: String, resources: u32, unreadable: u32, bytes: u64 },
    Failed(Fault),
}

/// Hands out a file that a job has made.
pub(super) async fn save(shell: &Shell, job: JobId, name: &str) -> Result<(), Fault> {
    let download = Download::default();
    let mut offset = 0;
    loop {
        let Reply::Part(part) = shell.ask(Command::ExportPart { job, offset }).await? else { return Err(unexpected()) };
        if part.is_empty() {
            break;
        }
        download.add(&part);
        offset += part.len() as u64;
    }
    let media_type = match name.rsplit('.').next() {
        Some("ndjson") => "application/fhir+ndjson",
        Some("json") => "application/fhir+json",
        _ => "application/octet-stream",
    };
    download.save(name, media_type).ok_or_else(|| Fault::NotNow("the browser refused the download".into()))
}

/// The page.
#[component]
pub fn TakeOut() -> Html {
    let shell = use_context::<Shell>();
    let step = use_state(|| Step::Choose);
    let format = use_state(|| ExportFormat::Bundle);
    let all_versions = use_state(|| false);
    let job = shell.as_ref().and_then(|shell| shell.job(JobKind::Export));

    {
        let (shell, step) = (shell.clone(), step.clone());
        use_effect_with(job.clone(), move |job| {
            let (Some(shell), Some(job)) = (shell, job.clone()) else { return };
            match job.state {
                JobState::Finished(JobResult::Exported { name, resources, unreadable, bytes }) => {
                    step.set(Step::Saving);
                    wasm_bindgen_futures::spawn_local(async move {
                        let saved = save(&shell, job.id, &name).await;
                        shell.change(Change::Seen(job.id));
                        step.set(match saved {
                            Ok(()) => Step::Saved { name, resources, unreadable, bytes },
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
                    step.set(Step::Choose);
                }
                _ => {}
            }
        });
    }

    let Some(shell) = shell else { return html! {} };
    if let Some(job) = job.filter(is_under_way) {
        return html! { <Page key="running" title={t!("nav-take-out")}><JobCard {job} /></Page> };
    }
    let to = |next: Step| {
        let step = step.clone();
        Callback::from(move |()| step.set(next.clone()))
    };
    let begin = {
        let (shell, step, format, all_versions) = (shell.clone(), step.clone(), *format, *all_versions);
        Callback::from(move |()| {
            step.set(Step::Begun);
            let (shell, step) = (shell.clone(), step.clone());
            wasm_bindgen_futures::spawn_local(async move {
                if let Err(fault) = shell.ask(Command::Export { format, all_versions }).await {
                    step.set(Step::Failed(fault));
                }
            });
        })
    };
    match &*step {
        Step::Choose => {
            let choose = {
                let format = format.clone();
                Callback::from(move |value: AttrValue| {
                    format.set(if value.as_str() == "ndjson" { ExportFormat::Ndjson } else { ExportFormat::Bundle });
                })
            };
            let answers = [Answer::new("bundle", t!("format-bundle")), Answer::new("ndjson", t!("format-ndjson"))];
            let chosen = if *format == ExportFormat::Ndjson { "ndjson" } else { "bundle" };
            let versions = {
                let all_versions = all_versions.clone();
                Callback::from(move |ticked| all_versions.set(ticked))
            };
            html! {
                <Page key="choose" title={t!("nav-take-out")} lead={t!("take-out-lead")}>
                    <div class="form">
                        <FieldGroup id="format" label={t!("format")} hint={t!("format-hint")}>{ radios("format", &answers, chosen, &choose, false) }</FieldGroup>
                        <FieldGroup id="versions" label={t!("versions")}>{ tick("all-versions", html! { { t!("versions-all") } }, *all_versions, &versions) }</FieldGroup>
                        <Button class="button-choice" words={t!("continue")} onclick={to(Step::Ask)} />
                    </div>
                    <p class="section dense quiet">{ t!("take-out-lossless") }</p>
                    <section class="section">
                        <h2>{ t!("backup-title") }</h2>
                        <p>{ t!("backup-lead") }</p>
                        <div class="row">{ button_link(Route::Backup, Look::Secondary, Some(Icon::Lock), t!("backup-open"), "") }</div>
                    </section>
                </Page>
            }
        }
        Step::Ask => html! {
            <Interruption question={t!("take-out-question")}>
                { point(t!("take-out-now"), t!("take-out-now-why")) }
                { point(t!("take-out-stays"), t!("take-out-stays-why")) }
                { point(t!("take-out-undo"), t!("take-out-undo-why")) }
                <div class="interruption-acts">
                    <Button words={t!("take-out-do")} onclick={begin} />
                    <Button look={Look::Secondary} words={t!("take-out-keep")} onclick={to(Step::Choose)} />
                </div>
            </Interruption>
        },
        Step::Begun | Step::Saving => {
            html! { <Page key="running" title={t!("nav-take-out")}><p class="quiet" role="status">{ t!("take-out-saving") }</p></Page> }
        }
        Step::Saved { name, resources, unreadable, bytes } => html! {
            <Page key="saved" title={t!("take-out-saved")}>
                <div class="card stack">
                    <div class="trust-head">{ tile("tile-ok", Icon::Check) }<p class="strong mono">{ name }</p></div>
                    <p class="dense">{ t!("take-out-holds", count = *resources, size = faults::size_words(*bytes)) }</p>
                    <p class="dense">{ t!("take-out-where") }</p>
                </div>
                { for (*unreadable > 0).then(|| panel("panel-know", t!("take-out-unreadable-title"), html! {
                    <p>{ t!("take-out-unreadable", count = *unreadable) }</p>
                })) }
                <div class="actions"><Button look={Look::Secondary} words={t!("take-out-again")} onclick={to(Step::Choose)} /></div>
            </Page>
        },
        Step::Failed(fault) => html! {
            <Page key="failed" title={t!("take-out-failed")}>
                { problem(fault, Some(to(Step::Choose))) }
                <p class="section">{ t!("nothing-changed") }</p>
            </Page>
        },
    }
}
