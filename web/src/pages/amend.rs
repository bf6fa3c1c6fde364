//! Amend an entry: the form that it was written with, filled in; or why it has none.

use chartchain_vault::protocol::{Command, EntryId, Reply};
use yew::prelude::*;

use crate::components::basics::{panel, shown};
use crate::components::button::link;
use crate::components::page::Page;
use crate::hooks::ask::use_ask;
use crate::pages::drafted::DraftedForm;
use crate::route::Route;
use crate::t;
use crate::view::form::{Draft, Sort};

/// Properties of [`Amend`].
#[derive(Properties, PartialEq)]
pub struct AmendProps {
    /// Opaque id.
    pub entry: String,
}

/// The page.
#[component]
pub fn Amend(props: &AmendProps) -> Html {
    let asked = use_ask(
        props.entry.clone(),
        |entry| Command::EditForm { entry: EntryId(entry.clone()) },
        |_, reply| match reply {
            Reply::Form(form) => Some(form.map(|found| (Draft::of_form(&found.form), found.amends))),
            _ => None,
        },
    );
    let entry = props.entry.clone();
    html! {
        <Page title={t!("amend-title")} back={(Route::Entry { entry: entry.clone() }, AttrValue::from(t!("entry")))}>
            { shown(&asked, |found| match &**found {
                Some((draft, amends)) => html! {
                    <>
                        <p class="section-note">{ t!("amend-lead") }</p>
                        { for (amends.len() > 1).then(|| html! { <p>{ t!("versions-replaces", count = amends.len()) }</p> }) }
                        <DraftedForm draft={draft.clone()} amends={amends.clone()} />
                    </>
                },
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
