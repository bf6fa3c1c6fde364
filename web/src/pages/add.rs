//! Bring something in: choose, drop or paste; what was found and whose it is; progress; what came of it.

use std::rc::Rc;

use chartchain_vault::protocol::{
    Command, Fault, InputId, Inspection, JobId, JobKind, JobResult, JobState, MemberRole, Reply,
};
use web_sys::{Blob, DragEvent, FileList, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::components::basics::{panel, problem, section, tile};
use crate::components::button::{Button, Look, button_link};
use crate::components::field::Field;
use crate::components::icon::{Icon, icon};
use crate::components::job::{JobCard, progress};
use crate::components::page::Page;
use crate::hooks::session::{Change, Shell, is_under_way};
use crate::pages::add_found::AddFound;
use crate::pages::write::sorts;
use crate::route::Route;
use crate::services::browser;
use crate::services::engine::unexpected;
use crate::t;
use crate::view::faults;

#[derive(Clone, PartialEq)]
enum Step {
    Choose,
    Sending { name: String, sent: u64, size: u64 },
    Reading { name: String },
    Found(Rc<Inspection>),
    Begun,
    Failed(Fault),
}

type StepHandle = UseStateHandle<Step>;

async fn inspect(shell: Shell, step: StepHandle, name: String, file: Blob, alive: Rc<core::cell::Cell<bool>>) {
    let size = browser::blob_size(&file);
    let go_on = async |sent| {
        if alive.get() {
            step.set(Step::Sending { name: name.clone(), sent, size });
        }
        alive.get()
    };
    let result = match shell.engine.send_file(name.clone(), &file, go_on).await {
        Ok(Some(input)) => {
            step.set(Step::Reading { name });
            match shell.ask(Command::Inspect { input }).await {
                Ok(Reply::Inspection(found)) => Ok(found),
                Ok(_) => Err(unexpected()),
                Err(fault) => {
                    drop_input(&shell, input);
                    Err(fault)
                }
            }
        }
        Ok(None) => return,
        Err(fault) => Err(fault),
    };
    match result {
        Ok(found) if alive.get() => step.set(Step::Found(Rc::new(found))),
        Ok(found) => drop_input(&shell, found.input),
        Err(fault) => step.set(Step::Failed(fault)),
    }
}

fn drop_input(shell: &Shell, input: InputId) {
    shell.engine.tell(Command::DropInput { input });
}

/// The page.
#[component]
pub fn Add() -> Html {
    let shell = use_context::<Shell>();
    let step = use_state(|| Step::Choose);
    let alive = use_state(|| Rc::new(core::cell::Cell::new(true)));
    // A result that was read is gone when the person comes back.
    let read = use_mut_ref(|| None::<JobId>);
    {
        let (alive, read, shell) = (Rc::clone(&alive), Rc::clone(&read), shell.clone());
        use_effect_with((), move |()| {
            move || {
                alive.set(false);
                if let (Some(shell), Some(job)) = (shell, read.take()) {
                    shell.change(Change::Seen(job));
                }
            }
        });
    }
    let Some(shell) = shell else { return html! {} };

    let begin = {
        let (shell, step, alive) = (shell.clone(), step.clone(), Rc::clone(&alive));
        Callback::from(move |(name, file): (String, Blob)| {
            let inspecting = inspect(shell.clone(), step.clone(), name, file, Rc::clone(&alive));
            wasm_bindgen_futures::spawn_local(inspecting);
        })
    };
    let choose_again = {
        let step = step.clone();
        Callback::from(move |()| step.set(Step::Choose))
    };
    let put_away = {
        let (shell, choose_again) = (shell.clone(), choose_again.clone());
        Callback::from(move |input: InputId| {
            drop_input(&shell, input);
            choose_again.emit(());
        })
    };
    let import = {
        let (shell, step) = (shell.clone(), step.clone());
        Callback::from(move |(input, people): (InputId, Vec<String>)| {
            let (shell, step) = (shell.clone(), step.clone());
            step.set(Step::Begun);
            wasm_bindgen_futures::spawn_local(async move {
                if let Err(fault) = shell.ask(Command::Import { input, people }).await {
                    drop_input(&shell, input);
                    step.set(Step::Failed(fault));
                }
            });
        })
    };
    let job = shell.job(JobKind::Import);
    if let Some(job) = job.filter(|job| is_under_way(job) || matches!(*step, Step::Choose | Step::Begun)) {
        if is_under_way(&job) {
            return html! { <Page key="running" title={t!("add-running-title")}><JobCard {job} /></Page> };
        }
        if let JobState::Failed(fault) = &job.state {
            let go_on = {
                let shell = shell.clone();
                Callback::from(move |()| shell.engine.tell(Command::ResumeJob(job.id)))
            };
            let put_away = {
                let shell = shell.clone();
                Callback::from(move |()| shell.engine.tell(Command::CancelJob(job.id)))
            };
            return failed(fault, go_on, put_away);
        }
        *read.borrow_mut() = Some(job.id);
        let seen = {
            let (shell, step) = (shell.clone(), step.clone());
            Callback::from(move |()| {
                shell.change(Change::Seen(job.id));
                step.set(Step::Choose);
            })
        };
        return ended(&job.state, &seen);
    }
    match &*step {
        Step::Choose => html! {
            <Page key="choose" title={t!("add-title")} lead={t!("add-lead", name = shell.first_name())}><Chooser {begin} /></Page>
        },
        Step::Failed(fault) => html! {
            <Page key="failed" title={t!("add-failed-title")}>
                { problem(fault, None) }
                <p class="section">{ t!("nothing-changed") }</p>
                <div class="actions"><Button words={t!("add-choose-again")} onclick={choose_again} /></div>
            </Page>
        },
        Step::Sending { name, sent, size } => html! {
            <Page key="reading" title={t!("add-reading-title")} tab={t!("add-reading-title")}>
                <div class="card stack">
                    <p class="strong">{ name }</p>
                    { progress(t!("add-reading-title"), *sent, *size) }
                    <p class="quiet dense">{ t!("add-sent", sent = faults::size_words(*sent), size = faults::size_words(*size)) }</p>
                </div>
            </Page>
        },
        Step::Reading { name } => html! {
            <Page key="reading" title={t!("add-reading-title")}>
                <div class="card stack"><p class="strong">{ name }</p>{ progress(t!("add-reading-title"), 1, 1) }<p class="quiet dense">{ t!("add-looking") }</p></div>
            </Page>
        },
        Step::Found(found) => html! { <AddFound key="found" found={Rc::clone(found)} {import} {put_away} /> },
        Step::Begun => {
            html! { <Page key="running" title={t!("add-running-title")}><p class="quiet">{ t!("job-beginning") }</p></Page> }
        }
    }
}

/// An import that a fault has ended: it can go on, or be put away. No other one can begin before that.
fn failed(fault: &Fault, go_on: Callback<()>, put_away: Callback<()>) -> Html {
    html! {
        <Page key="failed" title={t!("add-failed-title")}>
            { problem(fault, None) }
            <p class="section">{ t!("add-kept") }</p>
            <div class="actions">
                <Button words={t!("add-go-on")} onclick={go_on} />
                <Button look={Look::Secondary} words={t!("add-put-away")} onclick={put_away} />
            </div>
        </Page>
    }
}

fn ended(state: &JobState, seen: &Callback<()>) -> Html {
    let again = html! { <Button look={Look::Quiet} words={t!("add-another")} onclick={seen.clone()} /> };
    let (title, body) = match state {
        JobState::Finished(JobResult::Imported { added, amended, known, rejected }) => {
            let count = |number: &u32, words: String| (*number > 0).then(|| html! { <li>{ words }</li> });
            let title =
                if added + amended > 0 { t!("add-done-title", count = added + amended) } else { t!("add-known-title") };
            let body = html! {
                <div class="card stack-m">
                    <div class="trust-head">{ tile("tile-ok", Icon::Check) }<p class="strong">{ t!("add-done") }</p></div>
                    <ul class="stack dense">
                        { for count(added, t!("imported-added", count = *added)) }
                        { for count(amended, t!("imported-amended", count = *amended)) }
                        { for count(known, t!("imported-known", count = *known)) }
                        { for count(rejected, t!("imported-rejected", count = *rejected)) }
                    </ul>
                </div>
            };
            (title, body)
        }
        _ => (t!("add-cancelled-title"), html! { <p>{ t!("add-kept") }</p> }),
    };
    html! {
        <Page key="ended" {title}>
            { body }
            <div class="actions">
                { button_link(Route::Timeline, Look::Primary, Some(Icon::Timeline), t!("add-see"), "") }
                { again }
            </div>
        </Page>
    }
}

#[derive(Properties, PartialEq)]
struct ChooserProps {
    begin: Callback<(String, Blob)>,
}

fn first_file(files: Option<FileList>) -> Option<(String, Blob)> {
    let file = files?.get(0)?;
    Some((file.name(), Blob::from(file)))
}

#[component]
fn Chooser(props: &ChooserProps) -> Html {
    let shell = use_context::<Shell>();
    let role = shell.and_then(|shell| shell.session.banner.as_ref().and_then(|banner| banner.role));
    let is_clinic = role == Some(MemberRole::Clinician);
    let is_over = use_state(|| false);
    let several = use_state(|| false);
    let (picker, text) = (use_node_ref(), use_node_ref());
    let take = {
        let (begin, several) = (props.begin.clone(), several.clone());
        Callback::from(move |files: Option<FileList>| {
            several.set(files.as_ref().is_some_and(|files| files.length() > 1));
            if files.as_ref().is_some_and(|files| files.length() == 1)
                && let Some(file) = first_file(files)
            {
                begin.emit(file);
            }
        })
    };
    let over = |inside: bool| {
        let is_over = is_over.clone();
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            is_over.set(inside);
        })
    };
    let ondrop = {
        let (take, is_over) = (take.clone(), is_over.clone());
        Callback::from(move |event: DragEvent| {
            event.prevent_default();
            is_over.set(false);
            take.emit(event.data_transfer().and_then(|data| data.files()));
        })
    };
    let onchange = take.reform(|event: Event| event.target_unchecked_into::<HtmlInputElement>().files());
    let pick = {
        let picker = picker.clone();
        Callback::from(move |()| {
            if let Some(picker) = picker.cast::<HtmlInputElement>() {
                picker.set_value("");
                picker.click();
            }
        })
    };
    let paste = {
        let (begin, text) = (props.begin.clone(), text.clone());
        Callback::from(move |()| {
            let typed = text.cast::<HtmlTextAreaElement>().map(|text| text.value()).unwrap_or_default();
            if let Some(blob) = browser::blob_of_text(&typed) {
                begin.emit((String::new(), blob));
            }
        })
    };
    html! {
        <>
            <div class={classes!("drop", is_over.then_some("drop-over"))} ondragenter={over(true)} ondragover={over(true)} ondragleave={over(false)} {ondrop}>
                { tile("", Icon::Upload) }
                <p class="strong">{ t!("drop-here") }</p>
                <label class="hidden-text" for="file">{ t!("choose-file") }</label>
                <input id="file" class="hidden-text" type="file" tabindex="-1" accept=".json,.ndjson,.jsonl,.txt,application/json,application/fhir+json" ref={picker} {onchange} />
                <Button words={t!("choose-file")} picture={Icon::Document} onclick={pick} />
                <p class="quiet dense">{ t!("file-kinds") }</p>
            </div>
            { if *several { panel("panel-know", t!("one-file-title"), html! { <p>{ t!("one-file") }</p> }) } else { html! {} } }
            { if is_clinic { section(t!("visit-title"), None, html! {
                <div class="actions">
                    { button_link(Route::Visit, Look::Primary, Some(Icon::Pen), t!("visit-write"), "") }
                    { button_link(Route::Intake, Look::Secondary, Some(Icon::Document), t!("intake-title"), "") }
                </div>
            }) } else { html! {} } }
            { section(t!("write-heading"), Some(t!("write-note")), sorts()) }
            <details class="section">
                <summary>{ icon(Icon::ChevronDown) }<span>{ t!("paste-instead") }</span></summary>
                <div class="form">
                    <Field id="paste" label={t!("paste-label")} hint={t!("paste-hint")}>
                        <textarea id="paste" class="input mono" spellcheck="false" autocomplete="off" rows="8" ref={text} aria-describedby="paste-hint" />
                    </Field>
                    <Button look={Look::Secondary} words={t!("paste-read")} onclick={paste} />
                </div>
            </details>
            <section class="section">
                <h2>{ t!("where-from") }</h2>
                <div class="card stack dense"><p>{ t!("where-from-clinic") }</p><p>{ t!("where-from-stays") }</p></div>
            </section>
        </>
    }
}
