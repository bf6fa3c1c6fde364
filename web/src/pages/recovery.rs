//! The recovery card: write down 24 words, then type them back.

use chartchain_vault::protocol::{Command, Fault, RecoveryCheck, Reply, Secret};
use web_sys::{HtmlInputElement, InputEvent};
use yew::prelude::*;

use crate::components::basics::{panel, problem, tile};
use crate::components::button::{Button, Look, button_link};
use crate::components::error_summary::{ErrorSummary, Wrong};
use crate::components::icon::Icon;
use crate::components::page::Page;
use crate::hooks::session::{Change, Shell};
use crate::route::Route;
use crate::services::browser;
use crate::services::engine::unexpected;
use crate::t;

const COUNT: usize = 24;

#[derive(Clone, PartialEq)]
enum Step {
    Before,
    Shown(Vec<AttrValue>),
    Typing,
    Done,
    AlreadyDone,
    Failed(Fault),
}

fn field_id(at: usize) -> String {
    format!("word-{}", at + 1)
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
                <div class="actions">{ button_link(Route::Home, Look::Primary, None, t!("not-found-home"), "") }</div>
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
    show: Callback<()>,
}

fn gather(fields: &[NodeRef]) -> Vec<String> {
    let value = |field: &NodeRef| field.cast::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default();
    fields.iter().map(|field| value(field).trim().to_lowercase()).collect()
}

#[component]
fn Typing(props: &TypingProps) -> Html {
    let shell = use_context::<Shell>();
    let fields = use_memo((), |()| (0..COUNT).map(|_| NodeRef::default()).collect::<Vec<_>>());
    let wrong = use_state(Vec::<Wrong>::new);
    let marked = use_state(Vec::<usize>::new);
    let attempt = use_state(|| 0_u32);
    let busy = use_state(|| false);

    let onsubmit = {
        let (fields, wrong, marked, attempt, busy, done) =
            (fields.clone(), wrong.clone(), marked.clone(), attempt.clone(), busy.clone(), props.done.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let Some(shell) = shell.clone().filter(|_| !*busy) else { return };
            let typed = gather(&fields);
            let missing: Vec<usize> =
                typed.iter().enumerate().filter(|(_, word)| word.is_empty()).map(|(at, _)| at).collect();
            if !missing.is_empty() {
                wrong.set(missing_words(&missing));
                marked.set(missing);
                attempt.set(*attempt + 1);
                return;
            }
            busy.set(true);
            let words = Secret(typed.join(" "));
            let (wrong, marked, attempt, busy, done) =
                (wrong.clone(), marked.clone(), attempt.clone(), busy.clone(), done.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let found = match shell.ask(Command::CheckRecovery { words }).await {
                    Ok(Reply::RecoveryChecked(RecoveryCheck::Right)) => {
                        shell.change(Change::Changed);
                        done.emit(());
                        return;
                    }
                    Ok(Reply::RecoveryChecked(RecoveryCheck::WrongAt(places))) => {
                        let places: Vec<usize> =
                            places.iter().map(|place| usize::from(*place).saturating_sub(1)).collect();
                        let found = places.iter().map(|at| wrong_word(*at)).collect();
                        marked.set(places);
                        found
                    }
                    Ok(Reply::RecoveryChecked(RecoveryCheck::WrongCount(count))) => {
                        vec![Wrong::whole(t!("recovery-wrong-count", count = count))]
                    }
                    Ok(_) => vec![Wrong::whole(crate::view::faults::words(&unexpected()))],
                    Err(fault) => vec![Wrong::whole(crate::view::faults::words(&fault))],
                };
                busy.set(false);
                wrong.set(found);
                attempt.set(*attempt + 1);
            });
        })
    };
    let spread = {
        let fields = fields.clone();
        move |from: usize| {
            let fields = fields.clone();
            Callback::from(move |event: InputEvent| {
                let typed = event.target_unchecked_into::<HtmlInputElement>().value();
                let words: Vec<&str> = typed.split_whitespace().collect();
                if words.len() < 2 {
                    return;
                }
                for (field, word) in fields.iter().skip(from).zip(&words) {
                    if let Some(field) = field.cast::<HtmlInputElement>() {
                        field.set_value(word);
                    }
                }
                browser::focus_id(&field_id((from + words.len() - 1).min(COUNT - 1)));
            })
        }
    };
    let word = |(at, input): (usize, &NodeRef)| {
        let id = field_id(at);
        let is_wrong = marked.contains(&at);
        html! {
            <div class={is_wrong.then_some("word-wrong")} key={at}>
                <label for={id.clone()}>{ t!("word-of", place = (at + 1).to_string()) }{ if is_wrong { format!(" {}", t!("word-check")) } else { String::new() } }</label>
                <input {id} class="input mono" autocomplete="off" autocapitalize="none" autocorrect="off" spellcheck="false"
                    aria-invalid={is_wrong.then_some("true")} ref={input.clone()} oninput={spread(at)} />
            </div>
        }
    };
    html! {
        <Page key="typing" title={t!("recovery-type-title")} lead={t!("recovery-type-lead")}>
            <ErrorSummary wrong={(*wrong).clone()} attempt={*attempt} />
            <form {onsubmit} novalidate=true translate="no">
                <div class="word-fields">{ for fields.iter().enumerate().map(word) }</div>
                <div class="actions">
                    <Button class="button-choice" busy={*busy} words={t!("recovery-check")} />
                    <Button look={Look::Quiet} words={t!("recovery-look-again")} onclick={props.show.clone()} />
                </div>
            </form>
        </Page>
    }
}

fn at_field(at: usize, words: String) -> Wrong {
    Wrong { field: Some(field_id(at).into()), words: words.into() }
}

/// One line for each missing word, or one for all where they are many.
fn missing_words(missing: &[usize]) -> Vec<Wrong> {
    let place = |at: &usize| (at + 1).to_string();
    match missing {
        [first, _, _, _, ..] => {
            let places = missing.iter().map(place).collect::<Vec<_>>().join(", ");
            vec![at_field(*first, t!("recovery-missing-all", places = places))]
        }
        few => few.iter().map(|at| at_field(*at, t!("recovery-missing-at", place = place(at)))).collect(),
    }
}

fn wrong_word(at: usize) -> Wrong {
    at_field(at, t!("recovery-wrong-at", place = (at + 1).to_string()))
}
