//! One note: it is stored while one types.

use chartchain_vault::protocol::docs::{DocumentName, Note, View};
use chartchain_vault::protocol::{Command, Fault, Reply};
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::components::basics::{problem, section, shown};
use crate::components::button::{Button, Look};
use crate::components::field::Field;
use crate::components::interruption::{Interruption, point};
use crate::components::page::Page;
use crate::hooks::ask::use_load;
use crate::hooks::edit::take_document;
use crate::hooks::pen::use_pen;
use crate::hooks::session::{Change, Shell};
use crate::pages::obstacles::NotFound;
use crate::route::Route;
use crate::services::engine::unexpected;
use crate::t;
use crate::view::tasks::note_of;

/// Longest text, characters.
const MOST_CHARACTERS: &str = "50000";

/// Properties of [`NotePage`].
#[derive(Properties, PartialEq)]
pub struct NoteProps {
    /// Opaque id; none for a new note.
    #[prop_or_default]
    pub note: Option<String>,
}

/// The page.
#[component]
pub fn NotePage(props: &NoteProps) -> Html {
    let (shell, asked_once) = (use_context::<Shell>(), use_mut_ref(|| None::<(DocumentName, Note)>));
    let name = props.note.as_deref().map(note_of);
    // Only once: what is under the pen is not replaced by what the pen itself wrote.
    let asked = use_load((), move |shell: Shell, ()| {
        let kept = asked_once.clone();
        async move {
            let Some(name) = name else { return Ok(None) };
            let name = name.ok_or(Fault::NotFound)?;
            if let Some(known) = kept.borrow().clone() {
                return Ok(Some(known));
            }
            let page = take_document(&shell, shell.ask(Command::Document { name }).await?).ok_or_else(unexpected)?;
            let View::Note(note) = page.view else { return Err(unexpected()) };
            *kept.borrow_mut() = Some((name, note.clone()));
            Ok(Some((name, note)))
        }
    });
    if asked.fault == Some(Fault::NotFound) {
        return html! { <NotFound /> };
    }
    let Some(shell) = shell else { return html! {} };
    html! {
        <Page title={if name.is_some() { t!("note") } else { t!("note-new") }} back={(Route::Notes, AttrValue::from(t!("notes-title")))} focus={name.is_some()}>
            { shown(&asked, |first| html! { <Sheet {shell} first={(**first).clone()} /> }) }
        </Page>
    }
}

#[derive(Properties, PartialEq)]
struct SheetProps {
    shell: Shell,
    first: Option<(DocumentName, Note)>,
}

#[component]
fn Sheet(props: &SheetProps) -> Html {
    let (pen, sheet) = use_pen(props.shell.clone(), props.first.clone());
    let asking = use_state(|| None::<Erasing>);
    let title = {
        let pen = pen.clone();
        Callback::from(move |event: InputEvent| {
            let value = event.target_unchecked_into::<HtmlInputElement>().value();
            pen.typed(|sheet| sheet.title = value);
        })
    };
    let text = {
        let pen = pen.clone();
        Callback::from(move |event: InputEvent| {
            let value = event.target_unchecked_into::<HtmlTextAreaElement>().value();
            pen.typed(|sheet| sheet.text = value);
        })
    };
    let away = {
        let pen = pen.clone();
        Callback::from(move |_: FocusEvent| pen.save())
    };
    if let (Some(what), Some(name)) = (*asking, sheet.name) {
        let keep = Callback::from(move |()| asking.set(None));
        return html! { <Erase shell={props.shell.clone()} {name} {what} {keep} /> };
    }
    let state = match (&sheet.fault, sheet.saved, sheet.name) {
        (Some(_), ..) => t!("note-not-saved"),
        (None, false, _) => t!("note-saving"),
        (None, true, Some(_)) => t!("saved-here"),
        (None, true, None) => t!("note-saves-itself"),
    };
    html! {
        <>
            { for sheet.fault.as_ref().map(|fault| problem(fault, Some(Callback::from({ let pen = pen.clone(); move |()| pen.save() })))) }
            <div class="form note">
                <Field id="note-title" label={t!("note-title")}>
                    <input id="note-title" class="input" autocomplete="off" maxlength="500" value={sheet.title.clone()}
                        oninput={title} onblur={away.clone()} />
                </Field>
                <Field id="note-text" label={t!("note-text")}>
                    <textarea id="note-text" class="input note-text" rows="14" maxlength={MOST_CHARACTERS} value={sheet.text.clone()}
                        oninput={text} onblur={away} aria-describedby="note-state" />
                </Field>
                <p class="quiet" id="note-state">{ state }</p>
            </div>
            { if sheet.name.is_some() { ways(&Callback::from(move |what| asking.set(Some(what)))) } else { html! {} } }
        </>
    }
}

/// What is erased for ever: what a note said before, or all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Erasing {
    History,
    Note,
}

fn ways(ask: &Callback<Erasing>) -> Html {
    let way = |look: Look, words: String, what: Erasing| {
        html! { <Button {look} {words} onclick={ask.reform(move |()| what)} /> }
    };
    html! {
        <div class="no-print">
            { section(t!("note-end"), None, html! {
                <div class="card stack">
                    <p>{ t!("note-forget-why") }</p>
                    <div class="actions">
                        { way(Look::Secondary, t!("note-forget"), Erasing::History) }
                        { way(Look::Quiet, t!("note-erase"), Erasing::Note) }
                    </div>
                </div>
            }) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct EraseProps {
    shell: Shell,
    name: DocumentName,
    what: Erasing,
    keep: Callback<()>,
}

/// The question before something of a note is erased.
#[component]
fn Erase(props: &EraseProps) -> Html {
    let (busy, fault, navigator) = (use_state(|| false), use_state(|| None::<Fault>), use_navigator());
    let (name, what) = (props.name, props.what);
    let act = {
        let (shell, busy, fault) = (props.shell.clone(), busy.clone(), fault.clone());
        Callback::from(move |()| {
            busy.set(true);
            let (shell, busy, fault, navigator) = (shell.clone(), busy.clone(), fault.clone(), navigator.clone());
            let (command, said) = match what {
                Erasing::History => (Command::ForgetPast { name }, t!("note-forgotten")),
                Erasing::Note => (Command::EraseNote { name }, t!("erase-done")),
            };
            wasm_bindgen_futures::spawn_local(async move {
                let why = match shell.ask(command).await {
                    Ok(Reply::Document(_) | Reply::Done) => {
                        shell.change(Change::Say(said));
                        if let Some(navigator) = navigator {
                            navigator.replace(&Route::Notes);
                        }
                        return;
                    }
                    Ok(_) => unexpected(),
                    Err(why) => why,
                };
                busy.set(false);
                fault.set(Some(why));
            });
        })
    };
    let (question, now, do_it, keep) = match what {
        Erasing::History => {
            (t!("note-forget-question"), t!("note-forget-now-why"), t!("note-forget-do"), t!("note-forget-keep"))
        }
        Erasing::Note => (t!("note-erase-question"), t!("note-erase-now-why"), t!("erase-do"), t!("erase-keep")),
    };
    html! {
        <>
            { for fault.as_ref().map(|fault| problem(fault, None)) }
            <Interruption {question}>
                { point(t!("erase-now"), now) }
                { point(t!("erase-stays"), t!("erase-stays-why")) }
                { point(t!("erase-cannot"), t!("erase-cannot-why")) }
                { point(t!("erase-undo"), t!("erase-undo-why")) }
                <div class="interruption-acts">
                    <Button busy={*busy} words={do_it} onclick={act} />
                    <Button look={Look::Secondary} words={keep} onclick={props.keep.clone()} />
                </div>
            </Interruption>
        </>
    }
}
