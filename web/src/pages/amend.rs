//! Amend an entry: the form that it was written with, filled in; or why it has none.

use chartchain_vault::protocol::{Command, EntryId, Reply};
use yew::prelude::*;

use crate::components::basics::{panel, shown};
use crate::components::button::link;
use crate::components::page::Page;
use crate::hooks::ask::use_ask;
use crate::hooks::session::Shell;
use crate::pages::drafted::DraftedForm;
use crate::pages::write::sheet;
use crate::route::Route;
use crate::t;
use crate::view::form::{Draft, Sort};

/// Properties of [`Amend`].
#[derive(Properties, PartialEq)]
pub struct AmendProps {
    /// Opaque id.
    pub entry: String,
}

/// Name of the versions that were seen beside each other last, in what pages remember.
pub const SEEN: &str = "versions";

/// The page.
#[component]
pub fn Amend(props: &AmendProps) -> Html {
    let asked = use_ask(
        props.entry.clone(),
        |entry| Command::EditForm { entry: EntryId(entry.clone()) },
        |shell, reply| match reply {
            Reply::Form(form) => Some(form.map(|found| {
                let mut draft = Draft::of_form(&found.form);
                draft.amends = seen(shell, found.amends);
                draft
            })),
            _ => None,
        },
    );
    let entry = props.entry.clone();
    html! {
        <Page title={t!("amend-title")} back={(Route::Entry { entry: entry.clone() }, AttrValue::from(t!("entry")))}>
            { shown(&asked, |found| match &**found {
                Some(draft) => html! { <AmendForm key={draft.amends.first().map_or_else(String::new, |id| id.0.clone())} draft={draft.clone()} /> },
                None => panel("panel-know", t!("amend-none-title"), html! {
                    <>
                        <p>{ t!("amend-none") }</p>
                        <p>{ link(Route::Write { number: Sort::Note.number() }, t!("acts-note")) }</p>
                    </>
                }),
            }) }
        </Page>
    }
}

/// Of the versions of an entry those that were seen beside each other, where the person comes from there.
fn seen(shell: &Shell, mut versions: Vec<EntryId>) -> Vec<EntryId> {
    let memory = shell.memory.borrow();
    let seen = memory.get(SEEN).and_then(|seen| seen.downcast_ref::<Vec<EntryId>>());
    if let Some(seen) = seen.filter(|seen| versions.first().is_some_and(|first| seen.contains(first))) {
        versions.retain(|version| seen.contains(version));
    }
    versions
}

#[derive(Properties, PartialEq)]
struct AmendFormProps {
    draft: Draft,
}

/// The form as it was when the page was opened: whatever comes meanwhile changes neither what it says nor what it replaces.
#[component]
fn AmendForm(props: &AmendFormProps) -> Html {
    let draft = use_state(|| props.draft.clone());
    html! { <><p class="section-note">{ t!("amend-lead") }</p><DraftedForm<Draft> draft={(*draft).clone()} sheet={sheet()} /></> }
}
