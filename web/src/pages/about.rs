//! What the person tells about themselves, and whom to call.

use std::rc::Rc;

use chartchain_vault::protocol::docs::{Contact, ContactDraft, DocumentName, Edit, Profile, ProfileField, View};
use chartchain_vault::protocol::{Command, DocumentPage};
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::components::basics::{problem, section, shown};
use crate::components::button::{Button, Look};
use crate::components::error_summary::{ErrorSummary, Wrong};
use crate::components::field::{Field, described_by};
use crate::components::page::Page;
use crate::hooks::ask::use_ask;
use crate::hooks::edit::{Act, take_document, use_edit};
use crate::t;

/// The page.
#[component]
pub fn About() -> Html {
    let asked = use_ask((), |()| Command::Document { name: DocumentName::PROFILE }, take_document);
    let editing = use_edit(DocumentName::PROFILE, asked.again.reform(|_| ()));
    html! {
        <Page title={t!("about-title")} lead={t!("about-lead")}>
            { for editing.fault.as_ref().map(|fault| problem(fault, None)) }
            { shown(&asked, |page| sheet(page, editing.busy, &editing.act)) }
        </Page>
    }
}

fn sheet(page: &Rc<DocumentPage>, busy: bool, act: &Callback<Act>) -> Html {
    let View::Profile(profile) = &page.view else { return html! {} };
    let contact = |contact: &Contact| {
        html! { <Call key={crate::view::tasks::to_address(&contact.id)} contact={contact.clone()} {busy} act={act.clone()} /> }
    };
    html! {
        <>
            <Fields profile={profile.clone()} {busy} act={act.clone()} />
            { section(t!("contacts"), Some(t!("contacts-why")), html! {
                <>
                    { for profile.contacts.iter().map(contact) }
                    <Call key={format!("new-{}", profile.contacts.len())} contact={None::<Contact>} {busy} act={act.clone()} />
                </>
            }) }
        </>
    }
}

const fn is_long(field: ProfileField) -> bool {
    matches!(field, ProfileField::Address | ProfileField::Needs | ProfileField::Wishes)
}

fn label(field: ProfileField) -> (String, Option<String>) {
    match field {
        ProfileField::PreferredName => (t!("about-name"), None),
        ProfileField::Languages => (t!("about-languages"), None),
        ProfileField::BloodGroup => (t!("about-blood"), Some(t!("about-blood-hint"))),
        ProfileField::Phone => (t!("about-phone"), None),
        ProfileField::Email => (t!("about-email"), None),
        ProfileField::Address => (t!("about-address"), None),
        ProfileField::Needs => (t!("about-needs"), Some(t!("about-needs-hint"))),
        ProfileField::Wishes => (t!("about-wishes"), Some(t!("about-wishes-hint"))),
    }
}

#[derive(Properties, PartialEq)]
struct FieldsProps {
    profile: Profile,
    busy: bool,
    act: Callback<Act>,
}

#[component]
fn Fields(props: &FieldsProps) -> Html {
    let values = {
        let profile = props.profile.clone();
        use_state(move || {
            let value = |field| profile.field(field).map(|known| known.value.clone()).unwrap_or_default();
            ProfileField::ALL.map(|field| (field, value(field))).to_vec()
        })
    };
    let set = |field: ProfileField| {
        let values = values.clone();
        Callback::from(move |text: String| {
            let mut next = (*values).clone();
            next.iter_mut().filter(|(known, _)| *known == field).for_each(|(_, value)| value.clone_from(&text));
            values.set(next);
        })
    };
    let onsubmit = {
        let (values, act, busy) = (values.clone(), props.act.clone(), props.busy);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !busy {
                let edits =
                    values.iter().map(|(field, value)| Edit::SetProfile(*field, value.trim().to_owned())).collect();
                act.emit(Act { edits, said: t!("task-saved") });
            }
        })
    };
    let question = |(field, value): &(ProfileField, String)| {
        let (id, (label, hint)) = (field.key(), label(*field));
        let described = described_by(id, hint.is_some(), false);
        let others =
            props.profile.field(*field).map(|known| known.others.join(" / ")).filter(|others| !others.is_empty());
        let input = if is_long(*field) {
            let oninput =
                set(*field).reform(|event: InputEvent| event.target_unchecked_into::<HtmlTextAreaElement>().value());
            html! { <textarea {id} class="input" rows="3" maxlength="2000" value={value.clone()} {oninput} aria-describedby={described} /> }
        } else {
            let oninput =
                set(*field).reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
            html! { <input {id} class="input" autocomplete="off" maxlength="500" value={value.clone()} {oninput} aria-describedby={described} /> }
        };
        html! {
            <Field key={id} {id} {label} hint={hint.map(AttrValue::from)}>
                <>
                    { input }
                    { for others.map(|others| html! { <p class="hint">{ t!("about-others", others = others) }</p> }) }
                </>
            </Field>
        }
    };
    html! {
        <form class="form" {onsubmit} novalidate=true>
            { for values.iter().map(question) }
            <div class="actions"><Button class="button-choice" busy={props.busy} words={t!("task-save")} /></div>
        </form>
    }
}

#[derive(Properties, PartialEq)]
struct CallProps {
    contact: Option<Contact>,
    busy: bool,
    act: Callback<Act>,
}

/// Somebody to call, or the empty form of one.
#[component]
fn Call(props: &CallProps) -> Html {
    let draft = {
        let known = props.contact.clone();
        use_state(move || match known {
            Some(known) => {
                ContactDraft { name: known.name.value, relation: known.relation.value, phone: known.phone.value }
            }
            None => ContactDraft { name: String::new(), relation: String::new(), phone: String::new() },
        })
    };
    let wrong = use_state(Vec::<Wrong>::new);
    let attempt = use_state(|| 0_u32);
    let stem =
        props.contact.as_ref().map_or_else(|| "new".to_owned(), |known| crate::view::tasks::to_address(&known.id));
    let name_id = format!("call-{stem}-name");
    let onsubmit = {
        let (draft, wrong, attempt, act, busy) =
            (draft.clone(), wrong.clone(), attempt.clone(), props.act.clone(), props.busy);
        let (known, name_id) = (props.contact.as_ref().map(|known| known.id), name_id.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if draft.name.trim().is_empty() {
                wrong.set(vec![Wrong { field: Some(name_id.clone().into()), words: t!("contact-wrong-name").into() }]);
                attempt.set(*attempt + 1);
            } else if !busy {
                let draft = (*draft).clone();
                let edit = known.map_or_else(
                    || Edit::AddContact(draft.clone()),
                    |contact| Edit::ChangeContact { contact, draft: draft.clone() },
                );
                act.emit(Act { edits: vec![edit], said: t!("task-saved") });
            }
        })
    };
    let field = |part: &str, label: String, place: fn(&mut ContactDraft) -> &mut String| {
        let id = format!("call-{stem}-{part}");
        let value = place(&mut (*draft).clone()).clone();
        let oninput = {
            let draft = draft.clone();
            Callback::from(move |event: InputEvent| {
                let mut next = (*draft).clone();
                *place(&mut next) = event.target_unchecked_into::<HtmlInputElement>().value();
                draft.set(next);
            })
        };
        let missing = Wrong::of(&wrong, &id);
        let invalid = missing.is_some().then_some("true");
        let described = described_by(&id, false, missing.is_some());
        html! {
            <Field id={id.clone()} {label} wrong={missing}>
                <input {id} class="input" autocomplete="off" maxlength="500" {value} {oninput} aria-invalid={invalid} aria-describedby={described} />
            </Field>
        }
    };
    let words = if props.contact.is_some() { t!("task-save") } else { t!("contact-add") };
    html! {
        <div class="card">
            <ErrorSummary wrong={(*wrong).clone()} attempt={*attempt} />
            <form class="form" {onsubmit} novalidate=true>
                { field("name", t!("name"), |draft| &mut draft.name) }
                { field("relation", t!("contact-relation"), |draft| &mut draft.relation) }
                { field("phone", t!("about-phone"), |draft| &mut draft.phone) }
                <div class="actions">
                    <Button look={Look::Secondary} busy={props.busy} {words} about={draft.name.clone()} />
                    { for props.contact.as_ref().map(|known| {
                        let act = Act { edits: vec![Edit::RemoveContact(known.id)], said: t!("task-removed") };
                        let onclick = props.act.reform(move |()| act.clone());
                        html! { <Button look={Look::Quiet} busy={props.busy} words={t!("task-remove")} about={known.name.value.clone()} {onclick} /> }
                    }) }
                </div>
            </form>
        </div>
    }
}
