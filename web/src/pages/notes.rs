//! The person's own notes: a list.

use std::rc::Rc;

use chartchain_vault::protocol::{Command, NoteLine, NotesPage, Reply};
use yew::prelude::*;

use crate::components::basics::{empty, shown, tile};
use crate::components::button::{Look, button_link, link};
use crate::components::icon::{Icon, icon};
use crate::components::page::Page;
use crate::hooks::ask::use_ask;
use crate::hooks::session::Shell;
use crate::route::Route;
use crate::services::browser;
use crate::t;
use crate::view::tasks::to_address;

fn take(_: &Shell, reply: Reply) -> Option<NotesPage> {
    match reply {
        Reply::Notes(notes) => Some(notes),
        _ => None,
    }
}

/// The page.
#[component]
pub fn Notes() -> Html {
    let asked = use_ask((), |()| Command::Notes, take);
    let end = button_link(Route::NewNote, Look::Primary, Some(Icon::Plus), t!("note-new"), "no-print");
    html! {
        <Page title={t!("notes-title")} lead={t!("notes-lead")} {end}>
            { shown(&asked, list) }
        </Page>
    }
}

fn list(page: &Rc<NotesPage>) -> Html {
    if page.notes.is_empty() {
        return empty(Icon::Pen, t!("notes-empty"), t!("notes-empty-how"), html! {});
    }
    html! { <div class="card card-flush"><ul>{ for page.notes.iter().map(row) }</ul></div> }
}

fn row(note: &NoteLine) -> Html {
    let note_id = to_address(&note.name.id);
    let title = if note.title.trim().is_empty() { t!("note-untitled") } else { note.title.clone() };
    html! {
        <li class="thing way" key={note_id.clone()}>
            { tile("", Icon::Pen) }
            <div class="thing-body">
                <p class="thing-title">{ link(Route::Note { note: note_id }, title) }</p>
                <p class="clamp">{ &note.excerpt }</p>
                <p class="quiet">{ t!("note-changed", date = browser::local(note.changed_ms).words()) }</p>
            </div>
            <span class="chevron">{ icon(Icon::ChevronRight) }</span>
        </li>
    }
}
