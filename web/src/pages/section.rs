//! Entries of one sort: a thin list. What is current stands before what is past.

use chartchain_vault::protocol::{Command, EntryLine, Query, Reply, Timeline};
use yew::prelude::*;

use crate::components::basics::{empty, section, shown};
use crate::components::button::{Button, Look, button_link};
use crate::components::entries;
use crate::components::icon::Icon;
use crate::components::page::Page;
use crate::hooks::ask::use_ask;
use crate::hooks::session::{Change, Shell};
use crate::pages::obstacles::NotFound;
use crate::route::Route;
use crate::t;
use crate::view::kinds::Section;
use crate::view::statuses;

const PAGE: u32 = 60;

/// Properties of [`SectionPage`].
#[derive(Properties, PartialEq)]
pub struct SectionProps {
    /// Which.
    pub number: u8,
}

/// The page.
#[component]
pub fn SectionPage(props: &SectionProps) -> Html {
    match Section::of_number(props.number) {
        Some(which) => html! { <Listed {which} /> },
        None => html! { <NotFound /> },
    }
}

#[derive(Properties, PartialEq)]
struct ListedProps {
    which: Section,
}

fn is_split(which: Section) -> bool {
    matches!(which, Section::Medicines | Section::Conditions | Section::Allergies | Section::Plans)
}

fn is_current(which: Section, line: &EntryLine) -> bool {
    let status = line.fhir_status.as_deref();
    match which {
        Section::Medicines => statuses::is_current_medicine(status),
        _ => !matches!(
            status,
            Some("resolved" | "inactive" | "remission" | "completed" | "revoked" | "stopped" | "cancelled")
        ),
    }
}

#[component]
fn Listed(props: &ListedProps) -> Html {
    let which = props.which;
    let shell = use_context::<Shell>();
    let limit = use_state(|| PAGE);
    let limit_of = if is_split(which) { 500 } else { *limit };
    let asked = use_ask(
        (which, limit_of),
        |(which, limit)| Command::Timeline(Query { kinds: which.kinds(), limit: *limit, ..Query::default() }),
        |shell, reply| match reply {
            Reply::Timeline(page) => {
                shell.change(Change::Banner(page.banner.clone()));
                Some(page)
            }
            _ => None,
        },
    );
    let name = shell.map(|shell| shell.first_name()).unwrap_or_default();
    let more = {
        let limit = limit.clone();
        Callback::from(move |()| limit.set((*limit + PAGE).min(500)))
    };
    html! {
        <Page title={which.words()} tab={t!("tab-list")}>
            { shown(&asked, |page| {
                if page.total == 0 {
                    let add = button_link(Route::Add, Look::Secondary, Some(Icon::Plus), t!("add-to-record"), "");
                    empty(which.icon(), which.empty_words(&name), t!("empty-how"), add)
                } else if is_split(which) {
                    split(which, page)
                } else {
                    listed(page, &more)
                }
            }) }
        </Page>
    }
}

fn split(which: Section, page: &Timeline) -> Html {
    let (now, past): (Vec<EntryLine>, Vec<EntryLine>) =
        page.lines.iter().cloned().partition(|line| is_current(which, line));
    let (now_words, past_words) = match which {
        Section::Medicines => (t!("medicines-current", count = now.len()), t!("medicines-past", count = past.len())),
        _ => (t!("split-current", count = now.len()), t!("split-past", count = past.len())),
    };
    html! {
        <>
            { if now.is_empty() { html! {} } else { section(now_words, None, entries::list(&now, None)) } }
            { if past.is_empty() { html! {} } else { section(past_words, None, entries::list(&past, None)) } }
            { if (page.lines.len() as u64) < u64::from(page.total) { html! { <p class="dense section">{ t!("shown-of", shown = page.lines.len(), total = page.total) }</p> } } else { html! {} } }
        </>
    }
}

fn listed(page: &Timeline, more: &Callback<()>) -> Html {
    let shown = page.lines.len();
    let left = page.total.saturating_sub(u32::try_from(shown).unwrap_or(u32::MAX));
    html! {
        <>
            <p class="dense">{ t!("showing", shown = shown, total = page.total) }</p>
            { entries::rail(&page.lines) }
            <div class="pager">
                { if left > 0 && shown < 500 {
                    html! { <Button look={Look::Secondary} words={t!("show-more", count = left.min(PAGE))} onclick={more.clone()} /> }
                } else if left > 0 {
                    button_link(Route::Timeline, Look::Secondary, Some(Icon::Timeline), t!("rest-in-timeline"), "")
                } else { html! {} } }
                { if left > 0 { html! { <span class="quiet dense">{ t!("shown-of", shown = shown, total = page.total) }</span> } } else { html! {} } }
            </div>
        </>
    }
}
