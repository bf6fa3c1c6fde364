//! The recovery card: write down 24 words, or print them, then type them back.

use std::rc::Rc;

use chartchain_vault::protocol::{Command, Fault, Reply, Secret};
use yew::prelude::*;

use crate::components::basics::{panel, problem, tile};
use crate::components::button::{Button, Look, button_link};
use crate::components::error_summary::{ErrorSummary, Wrong};
use crate::components::icon::Icon;
use crate::components::page::Page;
use crate::components::word_fields::{self, WordFields, WrongWords, use_word_fields};
use crate::hooks::session::{Change, Shell};
use crate::pages::recovery_file::RecoveryFile;
use crate::pages::recovery_sheet::RecoverySheet;
use crate::route::Route;
use crate::services::engine::unexpected;
use crate::t;

/// Recovery words, while a page needs them.
#[derive(Clone)]
pub struct Words(Rc<Secret>);

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Words {
    /// For the engine.
    #[must_use]
    pub fn secret(&self) -> Secret {
        (*self.0).clone()
    }

    /// A numbered list of them.
    pub fn list(&self) -> Html {
        let word = |word: &str| html! { <li>{ word.to_owned() }</li> };
        html! { <ol class="words mono" translate="no">{ for self.0.0.split_whitespace().map(word) }</ol> }
    }
}

#[derive(Clone, PartialEq)]
enum Step {
    Before,
    Shown(Words),
    Sheet(Words),
    File(Words),
    Typing,
    /// Typing them once more, long after the card was done.
    Drill,
    Done(Words),
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
                    Ok(Reply::RecoveryWords(words)) => Step::Shown(Words(Rc::new(words))),
                    Ok(_) => Step::Failed(unexpected()),
                    Err(Fault::NotFound | Fault::NotNow(_)) => Step::AlreadyDone,
                    Err(fault) => Step::Failed(fault),
                });
            });
        })
    };
    let done = {
        let step = step.clone();
        Callback::from(move |words: Words| step.set(Step::Done(words)))
    };
    let copies = |words: &Words| {
        html! {
            <>
                <Button look={Look::Secondary} picture={Icon::Print} words={t!("sheet-open")} onclick={to(Step::Sheet(words.clone()))} />
                <Button look={Look::Secondary} picture={Icon::Key} words={t!("recovery-file-open")} onclick={to(Step::File(words.clone()))} />
            </>
        }
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
                <div class="card">{ words.list() }</div>
                <div class="actions">
                    <Button class="button-choice" words={t!("recovery-written")} onclick={to(Step::Typing)} />
                    { copies(words) }
                    { button_link(Route::Home, Look::Quiet, None, t!("not-now"), "") }
                </div>
            </Page>
        },
        Step::Sheet(words) => {
            html! { <RecoverySheet key="sheet" words={words.clone()} back={to(Step::Shown(words.clone()))} /> }
        }
        Step::File(words) => {
            html! { <RecoveryFile key="file" words={words.clone()} back={to(Step::Shown(words.clone()))} /> }
        }
        Step::Typing => html! { <Typing {done} {show} /> },
        Step::Drill => html! { <Typing {done} /> },
        Step::Done(words) => html! {
            <Page key="done" title={t!("recovery-done-title")}>
                <div class="card stack">
                    <div class="trust-head">{ tile("tile-ok", Icon::Check) }<p class="strong">{ t!("recovery-done") }</p></div>
                    <p class="dense">{ t!("recovery-keep") }</p>
                </div>
                <div class="actions">
                    { button_link(Route::Home, Look::Primary, None, t!("not-found-home"), "") }
                    { copies(words) }
                </div>
            </Page>
        },
        Step::AlreadyDone => html! {
            <Page key="done" title={t!("recovery-title")}>
                <div class="card stack"><p>{ t!("recovery-already") }</p><p>{ t!("recovery-keep") }</p><p>{ t!("recovery-again-why") }</p></div>
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
    done: Callback<Words>,
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
                let found = match shell.ask(Command::CheckRecovery { words: words.clone() }).await {
                    Ok(Reply::RecoveryChecked(None)) => {
                        shell.change(Change::Changed);
                        done.emit(Words(Rc::new(words)));
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
