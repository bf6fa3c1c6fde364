//! What a person can do with an entry: amend it, say that it was made in error; or why not.

use chartchain_vault::protocol::{EntryPage, Kind};
use yew::prelude::*;

use crate::components::basics::section;
use crate::components::button::{Look, button_link, link};
use crate::components::icon::Icon;
use crate::route::Route;
use crate::t;
use crate::view::form::Sort;

/// The section.
pub fn acts(page: &EntryPage) -> Html {
    let line = &page.line;
    // FHIR has no such mark for a person, and no form writes one.
    if line.kind == Kind::Person {
        return html! {};
    }
    let entry = || line.entry.0.clone();
    let body = if line.superseded {
        html! { <p>{ t!("acts-old") }</p> }
    } else if line.wrong {
        html! { <p>{ t!("acts-wrong") }</p> }
    } else if line.entered_by_you {
        html! {
            <div class="actions">
                { button_link(Route::Amend { entry: entry() }, Look::Secondary, Some(Icon::Pen), t!("amend"), "") }
                { button_link(Route::Withdraw { entry: entry() }, Look::Quiet, None, t!("withdraw"), "") }
            </div>
        }
    } else {
        html! {
            <>
                <p>{ t!("acts-file") }</p>
                <p>{ link(Route::Write { number: Sort::Note.number() }, t!("acts-note")) }</p>
            </>
        }
    };
    html! { <div class="no-print">{ section(t!("acts-heading"), None, body) }</div> }
}
