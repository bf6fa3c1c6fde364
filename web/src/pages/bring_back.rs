//! A backup into records that are here: what is missing comes in, and a device that was put back gets a new key.

use chartchain_vault::protocol::{Fault, LedgerCard, Reply, Secret};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::basics::{panel, tile};
use crate::components::button::{Button, Look, button_link};
use crate::components::error_summary::{ErrorSummary, Wrong};
use crate::components::field::Field;
use crate::components::icon::Icon;
use crate::components::job::progress;
use crate::components::page::Page;
use crate::components::word_fields::{self, WordFields, WrongWords, use_word_fields};
use crate::hooks::session::{Change, Phase, Shell};
use crate::pages::restore::{Given, check, send, wrong_words};
use crate::route::Route;
use crate::services::browser;
use crate::services::engine::unexpected;
use crate::t;

#[derive(Clone, PartialEq)]
enum Step {
    Before,
    UnderWay { sent: u64, size: u64 },
    Done { added: u32, renewed: u32, left_out: u32 },
}

async fn bring_back(shell: &Shell, given: Given, moved: impl Fn(u64)) -> Result<(Vec<LedgerCard>, Step), Fault> {
    check(shell, &given).await?;
    match send(shell, &given, moved).await? {
        Reply::Restored { ledgers, left_out, added, renewed } => Ok((ledgers, Step::Done { added, renewed, left_out })),
        _ => Err(unexpected()),
    }
}

/// The page.
#[component]
pub fn BringBack() -> Html {
    let shell = use_context::<Shell>();
    let fields = use_word_fields();
    let file = use_node_ref();
    let wrong = use_state(WrongWords::default);
    let attempt = use_state(|| 0_u32);
    let step = use_state(|| Step::Before);
    let onsubmit = {
        let (fields, file, wrong, attempt, step) =
            (fields.clone(), file.clone(), wrong.clone(), attempt.clone(), step.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(shell) = shell.clone().filter(|_| *step == Step::Before) else { return };
            attempt.set(*attempt + 1);
            let chosen = file.cast::<HtmlInputElement>().and_then(|input| input.files()).and_then(|files| files.get(0));
            let Some(chosen) = chosen else {
                let lines = vec![Wrong::at("backup-file", t!("restore-file-missing"))];
                return wrong.set(WrongWords { lines, places: Vec::new() });
            };
            let words = match word_fields::gather(&fields) {
                Ok(words) => Secret(words),
                Err(missing) => return wrong.set(missing),
            };
            wrong.set(WrongWords::default());
            let given = Given { file: chosen.into(), words };
            let size = browser::blob_size(&given.file);
            step.set(Step::UnderWay { sent: 0, size });
            let (wrong, attempt, step) = (wrong.clone(), attempt.clone(), step.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let moved = {
                    let step = step.clone();
                    move |sent| step.set(Step::UnderWay { sent, size })
                };
                match bring_back(&shell, given, moved).await {
                    Ok((ledgers, done)) => {
                        if let Phase::Unlocked { person, open, .. } = shell.session.phase.clone() {
                            shell.change(Change::Phase(Phase::Unlocked { person, ledgers, open }));
                        }
                        shell.change(Change::Changed);
                        step.set(done);
                    }
                    Err(fault) => {
                        step.set(Step::Before);
                        wrong.set(wrong_words(&fault));
                        attempt.set(*attempt + 2);
                    }
                }
            });
        })
    };
    if let Step::Done { added, renewed, left_out } = *step {
        return html! {
            <Page key="done" title={t!("bring-back-done")}>
                <div class="card stack">
                    <div class="trust-head">{ tile("tile-ok", Icon::Check) }<p class="strong">{ t!("bring-back-added", count = added) }</p></div>
                    { for (left_out > 0).then(|| html! { <p>{ t!("bring-back-left-out", count = left_out) }</p> }) }
                </div>
                { for (renewed > 0).then(|| html! {
                    <div class="section">{ panel("panel-know", t!("retired-title"), html! {
                        <><p>{ t!("retired-why") }</p><p>{ t!("retired-now") }</p></>
                    }) }</div>
                }) }
                <div class="actions">{ button_link(Route::Home, Look::Primary, None, t!("not-found-home"), "") }</div>
            </Page>
        };
    }
    let under_way = match *step {
        Step::UnderWay { sent, size } => Some((sent, size)),
        _ => None,
    };
    let busy = under_way.is_some();
    html! {
        <Page key="before" title={t!("bring-back-title")} lead={t!("bring-back-lead")} back={(Route::Backup, AttrValue::from(t!("backup-title")))}>
            <ErrorSummary wrong={wrong.lines.clone()} attempt={*attempt} />
            <form {onsubmit} novalidate=true>
                <div class="form">
                    <Field id="backup-file" label={t!("restore-file")} hint={t!("restore-file-hint")} wrong={Wrong::of(&wrong.lines, "backup-file")}>
                        <input id="backup-file" class="input" type="file" accept=".backup" ref={file} />
                    </Field>
                    <h2>{ t!("restore-words-title") }</h2>
                </div>
                <WordFields {fields} marked={wrong.places.clone()} />
                <div class="form">
                    // One node in both cases: what stands before it would lose what was typed.
                    { under_way.map_or_else(Html::default, |(sent, size)| progress(t!("restore-running"), sent, size)) }
                    <div class="actions">
                        <Button class="button-choice" {busy} words={if busy { t!("restore-running") } else { t!("bring-back-do") }} />
                        { button_link(Route::Backup, Look::Quiet, None, t!("cancel"), "") }
                    </div>
                </div>
            </form>
        </Page>
    }
}
