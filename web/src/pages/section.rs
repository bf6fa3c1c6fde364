//! Entries of one sort: a thin list. What is current stands before what is past.

use chartchain_vault::protocol::{EntryLine, Kind, Query, Timeline};
use yew::prelude::*;

use crate::components::basics::{empty, section, shown};
use crate::components::button::{Look, button_link};
use crate::components::entries;
use crate::components::icon::Icon;
use crate::components::page::Page;
use crate::components::pager::Pager;
use crate::hooks::ask::use_load;
use crate::hooks::lines::lines;
use crate::hooks::session::Shell;
use crate::pages::analytes::AnalytesPage;
use crate::pages::medicines::MedicinesPage;
use crate::pages::obstacles::NotFound;
use crate::route::Route;
use crate::t;
use crate::view::kinds::Section;

const PAGE: u32 = 60;
/// Far more than anyone has of what is split into current and past.
const MOST: u32 = 10_000;

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
        Some(Section::TestResults) => html! { <AnalytesPage which={Section::TestResults} kind={Kind::TestResult} /> },
        Some(Section::Medicines) => html! { <MedicinesPage /> },
        Some(Section::Vitals) => html! { <AnalytesPage which={Section::Vitals} kind={Kind::Vital} /> },
        Some(which) => html! { <Listed {which} /> },
        None => html! { <NotFound /> },
    }
}

#[derive(Properties, PartialEq)]
struct ListedProps {
    which: Section,
}

fn is_split(which: Section) -> bool {
    matches!(which, Section::Conditions | Section::Allergies | Section::Plans)
}

fn is_current(line: &EntryLine) -> bool {
    !matches!(
        line.fhir_status.as_deref(),
        Some("resolved" | "inactive" | "remission" | "completed" | "revoked" | "stopped" | "cancelled")
    )
}

#[component]
fn Listed(props: &ListedProps) -> Html {
    let which = props.which;
    let shell = use_context::<Shell>();
    let limit = use_state(|| PAGE);
    // What is current can stand anywhere in time.
    let asked = use_load((which, if is_split(which) { MOST } else { *limit }), |shell, (which, limit)| async move {
        lines(&shell, &Query { kinds: which.kinds(), ..Query::default() }, limit).await
    });
    let name = shell.map(|shell| shell.first_name()).unwrap_or_default();
    let more = {
        let limit = limit.clone();
        Callback::from(move |()| limit.set(*limit + PAGE))
    };
    html! {
        <Page title={which.words()} tab={t!("tab-list")}>
            { shown(&asked, |page| {
                if page.total == 0 {
                    let add = button_link(Route::Add, Look::Secondary, Some(Icon::Plus), t!("add-to-record"), "");
                    empty(which.icon(), which.empty_words(&name), t!("empty-how"), add)
                } else if is_split(which) {
                    split(page)
                } else {
                    listed(page, &more)
                }
            }) }
        </Page>
    }
}

fn split(page: &Timeline) -> Html {
    let (now, past): (Vec<EntryLine>, Vec<EntryLine>) = page.lines.iter().cloned().partition(is_current);
    let (now_words, past_words) = (t!("split-current", count = now.len()), t!("split-past", count = past.len()));
    let is_cut = (page.lines.len() as u64) < u64::from(page.total);
    html! {
        <>
            <Part id="now" items="#now .thing-title a" heading={now_words} lines={now} />
            <Part id="past" items="#past .thing-title a" heading={past_words} lines={past} />
            { if is_cut {
                html! {
                    <div class="pager">
                        { button_link(Route::Timeline, Look::Secondary, Some(Icon::Timeline), t!("rest-in-timeline"), "") }
                        <span class="quiet dense">{ t!("shown-of", shown = page.lines.len(), total = page.total) }</span>
                    </div>
                }
            } else { html! {} } }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct PartProps {
    id: &'static str,
    items: &'static str,
    heading: String,
    lines: Vec<EntryLine>,
}

/// What is current, or what is past, as much of it as the person asked for.
#[component]
fn Part(props: &PartProps) -> Html {
    let limit = use_state(|| PAGE);
    let more = {
        let limit = limit.clone();
        Callback::from(move |()| limit.set(*limit + PAGE))
    };
    let total = u32::try_from(props.lines.len()).unwrap_or(u32::MAX);
    let seen: Vec<EntryLine> = props.lines.iter().take(*limit as usize).cloned().collect();
    if total == 0 {
        return html! {};
    }
    html! {
        <div id={props.id}>
            { section(props.heading.clone(), None, html! {
                <>
                    { entries::list(&seen, None) }
                    <Pager shown={seen.len()} {total} step={PAGE} items={props.items} about={props.heading.clone()} {more} />
                </>
            }) }
        </div>
    }
}

fn listed(page: &Timeline, more: &Callback<()>) -> Html {
    let shown = page.lines.len();
    html! {
        <>
            <p class="dense">{ t!("showing", shown = shown, total = page.total) }</p>
            { entries::rail(&page.lines) }
            <Pager {shown} total={page.total} step={PAGE} items=".rail-item .thing-title a" more={more.clone()} />
        </>
    }
}
