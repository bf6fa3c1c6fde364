//! What a person can do with an entry: amend it, say that it was made in error or is somebody else's, erase it; or why
//! not.

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
    let quiet = |route: Route, words: String| button_link(route, Look::Quiet, None, words, "");
    let erase = || quiet(Route::Erase { entry: entry() }, t!("erase"));
    let not_mine = || quiet(Route::MoveEntry { entry: entry() }, t!("move"));
    let body = if line.disputed {
        let to = Route::Versions { entry: entry() };
        html! { <><p>{ t!("versions-acts") }</p><div class="actions">{ quiet(to, t!("versions-open")) }{ erase() }</div></> }
    } else if line.superseded || line.wrong {
        let why = if line.superseded { t!("acts-old") } else { t!("acts-wrong") };
        html! { <><p>{ why }</p><div class="actions">{ erase() }</div></> }
    } else if line.by_hand && line.kind != Kind::Visit {
        html! {
            <div class="actions">
                { button_link(Route::Amend { entry: entry() }, Look::Secondary, Some(Icon::Pen), t!("amend"), "") }
                { quiet(Route::Withdraw { entry: entry() }, t!("withdraw")) }
                { not_mine() }
                { erase() }
            </div>
        }
    } else {
        html! {
            <>
                <p>{ t!("acts-file") }</p>
                <p>{ link(Route::Write { number: Sort::Note.number() }, t!("acts-note")) }</p>
                <div class="actions">{ not_mine() }{ erase() }</div>
            </>
        }
    };
    html! { <div class="no-print">{ section(t!("acts-heading"), None, body) }</div> }
}
