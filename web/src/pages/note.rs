//! One note: it is stored while one types.

use chartchain_vault::protocol::docs::{DocumentName, Edit, Note, View};
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
use crate::hooks::edit::{take_document, write};
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
    let asking = use_state(|| false);
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
    if let (true, Some(name)) = (*asking, sheet.name) {
        return html! { <Forget shell={props.shell.clone()} {name} keep={Callback::from(move |()| asking.set(false))} /> };
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
            { if let Some(name) = sheet.name { ways(&props.shell, name, Callback::from(move |()| asking.set(true))) } else { html! {} } }
        </>
    }
}

fn ways(shell: &Shell, name: DocumentName, ask: Callback<()>) -> Html {
    html! {
        <div class="no-print">
            { section(t!("note-end"), None, html! {
                <div class="card stack">
                    <p>{ t!("note-forget-why") }</p>
                    <div class="actions">
                        <Button look={Look::Secondary} words={t!("note-forget")} onclick={ask} />
                        <Remove shell={shell.clone()} {name} />
                    </div>
                </div>
            }) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct RemoveProps {
    shell: Shell,
    name: DocumentName,
}

#[component]
fn Remove(props: &RemoveProps) -> Html {
    let navigator = use_navigator();
    let (shell, name) = (props.shell.clone(), props.name);
    let onclick = Callback::from(move |()| {
        let (shell, navigator) = (shell.clone(), navigator.clone());
        wasm_bindgen_futures::spawn_local(async move {
            if write(&shell, Some(name), vec![Edit::RemoveNote(true)]).await.is_ok() {
                shell.change(Change::Say(t!("note-removed")));
                if let Some(navigator) = navigator {
                    navigator.replace(&Route::Notes);
                }
            }
        });
    });
    html! { <Button look={Look::Quiet} words={t!("note-remove")} {onclick} /> }
}

#[derive(Properties, PartialEq)]
struct ForgetProps {
    shell: Shell,
    name: DocumentName,
    keep: Callback<()>,
}

/// The question before the past of a note is forgotten.
#[component]
fn Forget(props: &ForgetProps) -> Html {
    let (busy, fault, navigator) = (use_state(|| false), use_state(|| None::<Fault>), use_navigator());
    let act = {
        let (shell, name, busy, fault) = (props.shell.clone(), props.name, busy.clone(), fault.clone());
        Callback::from(move |()| {
            busy.set(true);
            let (shell, busy, fault, navigator) = (shell.clone(), busy.clone(), fault.clone(), navigator.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let why = match shell.ask(Command::ForgetPast { name }).await {
                    Ok(Reply::Document(_)) => {
                        shell.change(Change::Say(t!("note-forgotten")));
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
    html! {
        <>
            { for fault.as_ref().map(|fault| problem(fault, None)) }
            <Interruption question={t!("note-forget-question")}>
                { point(t!("note-forget-now"), t!("note-forget-now-why")) }
                { point(t!("note-forget-stays"), t!("note-forget-stays-why")) }
                <div class="interruption-acts">
                    <Button busy={*busy} words={t!("note-forget-do")} onclick={act} />
                    <Button look={Look::Secondary} words={t!("note-forget-keep")} onclick={props.keep.clone()} />
                </div>
            </Interruption>
        </>
    }
}
