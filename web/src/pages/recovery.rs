//! The recovery card: write down 24 words, then type them back.

use chartchain_vault::protocol::{Command, Fault, Reply, Secret};
use yew::prelude::*;

use crate::components::basics::{panel, problem, tile};
use crate::components::button::{Button, Look, button_link};
use crate::components::error_summary::{ErrorSummary, Wrong};
use crate::components::icon::Icon;
use crate::components::page::Page;
use crate::components::word_fields::{self, WordFields, WrongWords, use_word_fields};
use crate::hooks::session::{Change, Shell};
use crate::route::Route;
use crate::services::engine::unexpected;
use crate::t;

#[derive(Clone, PartialEq)]
enum Step {
    Before,
    Shown(Vec<AttrValue>),
    Typing,
    /// Typing them once more, long after the card was done.
    Drill,
    Done,
    AlreadyDone,
    Failed(Fault),
}

/// The page.
#[component]
pub fn Recovery() -> Html {
    let shell = use_context::<Shell>();
    let step = use_state(|| Step::Before);
    let Some(shell) = shell else { return html! {} };
    let to = |next: Step| {
        let step = step.clone();
        Callback::from(move |()| step.set(next.clone()))
    };
    let show = {
        let (shell, step) = (shell.clone(), step.clone());
        Callback::from(move |()| {
            let (shell, step) = (shell.clone(), step.clone());
            wasm_bindgen_futures::spawn_local(async move {
                step.set(match shell.ask(Command::RecoveryWords).await {
                    Ok(Reply::RecoveryWords(words)) => {
                        Step::Shown(words.0.split_whitespace().map(|word| AttrValue::from(word.to_owned())).collect())
                    }
                    Ok(_) => Step::Failed(unexpected()),
                    Err(Fault::NotFound | Fault::NotNow(_)) => Step::AlreadyDone,
                    Err(fault) => Step::Failed(fault),
                });
            });
        })
    };
    match &*step {
        Step::Before => html! {
            <Page key="before" title={t!("recovery-title")} lead={t!("recovery-lead")}>
                { panel("panel-know", t!("recovery-before-title"), html! { <><p>{ t!("recovery-before") }</p><p>{ t!("recovery-private") }</p></> }) }
                <div class="actions">
                    <Button class="button-choice" picture={Icon::Eye} words={t!("recovery-show")} onclick={show} />
                    { button_link(Route::Home, Look::Quiet, None, t!("not-now"), "") }
                </div>
            </Page>
        },
        Step::Shown(words) => html! {
            <Page key="shown" title={t!("recovery-words-title")} lead={t!("recovery-words-lead")}>
                <div class="card"><ol class="words mono" translate="no">{ for words.iter().map(|word| html! { <li>{ word }</li> }) }</ol></div>
                <div class="actions">
                    <Button class="button-choice" words={t!("recovery-written")} onclick={to(Step::Typing)} />
                    { button_link(Route::Home, Look::Quiet, None, t!("not-now"), "") }
                </div>
            </Page>
        },
        Step::Typing => html! { <Typing done={to(Step::Done)} {show} /> },
        Step::Drill => html! { <Typing done={to(Step::Done)} /> },
        Step::Done => html! {
            <Page key="done" title={t!("recovery-done-title")}>
                <div class="card stack">
                    <div class="trust-head">{ tile("tile-ok", Icon::Check) }<p class="strong">{ t!("recovery-done") }</p></div>
                    <p class="dense">{ t!("recovery-keep") }</p>
                </div>
                <div class="actions">{ button_link(Route::Home, Look::Primary, None, t!("not-found-home"), "") }</div>
            </Page>
        },
        Step::AlreadyDone => html! {
            <Page key="done" title={t!("recovery-title")}>
                <div class="card stack"><p>{ t!("recovery-already") }</p><p>{ t!("recovery-keep") }</p></div>
                <div class="actions">
                    <Button class="button-choice" words={t!("recovery-drill")} onclick={to(Step::Drill)} />
                    { button_link(Route::Home, Look::Quiet, None, t!("not-found-home"), "") }
                </div>
            </Page>
        },
        Step::Failed(fault) => {
            html! { <Page key="failed" title={t!("recovery-title")}>{ problem(fault, Some(to(Step::Before))) }</Page> }
        }
    }
}

#[derive(Properties, PartialEq)]
struct TypingProps {
    done: Callback<()>,
    /// Shows the words once more, while they are still kept.
    #[prop_or_default]
    show: Option<Callback<()>>,
}

#[component]
fn Typing(props: &TypingProps) -> Html {
    let shell = use_context::<Shell>();
    let fields = use_word_fields();
    let wrong = use_state(WrongWords::default);
    let attempt = use_state(|| 0_u32);
    let busy = use_state(|| false);

    let onsubmit = {
        let (fields, wrong, attempt, busy, done) =
            (fields.clone(), wrong.clone(), attempt.clone(), busy.clone(), props.done.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(shell) = shell.clone().filter(|_| !*busy) else { return };
            let words = match word_fields::gather(&fields) {
                Ok(words) => Secret(words),
                Err(missing) => {
                    wrong.set(missing);
                    attempt.set(*attempt + 1);
                    return;
                }
            };
            busy.set(true);
            let (wrong, attempt, busy, done) = (wrong.clone(), attempt.clone(), busy.clone(), done.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let whole = |fault: &Fault| WrongWords {
                    lines: vec![Wrong::whole(crate::view::faults::words(fault))],
                    places: Vec::new(),
                };
                let found = match shell.ask(Command::CheckRecovery { words }).await {
                    Ok(Reply::RecoveryChecked(None)) => {
                        shell.change(Change::Changed);
                        done.emit(());
                        return;
                    }
                    Ok(Reply::RecoveryChecked(Some(problem))) => word_fields::explain(&problem),
                    Ok(_) => whole(&unexpected()),
                    Err(fault) => whole(&fault),
                };
                busy.set(false);
                wrong.set(found);
                attempt.set(*attempt + 1);
            });
        })
    };
    html! {
        <Page key="typing" title={t!("recovery-type-title")} lead={t!("recovery-type-lead")}>
            <ErrorSummary wrong={wrong.lines.clone()} attempt={*attempt} />
            <form {onsubmit} novalidate=true>
                <WordFields {fields} marked={wrong.places.clone()} />
                <div class="actions">
                    <Button class="button-choice" busy={*busy} words={t!("recovery-check")} />
                    { for props.show.clone().map(|show| html! { <Button look={Look::Quiet} words={t!("recovery-look-again")} onclick={show} /> }) }
                </div>
            </form>
        </Page>
    }
}
