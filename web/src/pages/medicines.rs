//! Medicines: what is due today, the week, and what is taken now, planned, past or not known.

use std::rc::Rc;

use chartchain_vault::protocol::{Command, Medicines, Reply, Standing};
use yew::prelude::*;

use crate::components::basics::{empty, problem, section, shown};
use crate::components::button::{Look, button_link, link};
use crate::components::icon::Icon;
use crate::components::page::Page;
use crate::components::pager::Pager;
use crate::hooks::ask::use_ask;
use crate::hooks::doses::use_doses;
use crate::hooks::session::{Change, Shell};
use crate::pages::medicine_card::medicine_card;
use crate::pages::medicine_day::{day, week};
use crate::route::Route;
use crate::services::browser;
use crate::t;
use crate::view::doses::standing_heading;
use crate::view::form::Sort;
use crate::view::kinds::Section;

const PAGE: usize = 60;

/// In the order of the page.
const STANDINGS: [(Standing, &str, &str); 5] = [
    (Standing::Current, "now", "#now .thing-title a"),
    (Standing::Paused, "paused", "#paused .thing-title a"),
    (Standing::Planned, "planned", "#planned .thing-title a"),
    (Standing::Unknown, "unknown", "#unknown .thing-title a"),
    (Standing::Past, "past", "#past .thing-title a"),
];

/// The page.
#[component]
pub fn MedicinesPage() -> Html {
    let shell = use_context::<Shell>();
    let past = use_state(|| PAGE);
    let today = browser::today().day_written();
    let asked = use_ask(
        (today, u32::try_from(*past).unwrap_or(u32::MAX)),
        |(today, past)| Command::Medicines { today: today.clone(), past: *past },
        |shell, reply| match reply {
            Reply::Medicines(found) => {
                shell.change(Change::Banner(found.banner.clone()));
                Some(*found)
            }
            _ => None,
        },
    );
    let (fault, acts) = use_doses();
    let name = shell.map(|shell| shell.first_name()).unwrap_or_default();
    let more_past = {
        let past = past.clone();
        Callback::from(move |()| past.set(*past + PAGE))
    };
    html! {
        <Page title={Section::Medicines.words()} tab={t!("tab-list")}>
            { for fault.as_ref().map(|fault| problem(fault, None)) }
            { shown(&asked, |found| {
                if found.cards.is_empty() && found.past == 0 && !found.has_log {
                    let add = button_link(write(), Look::Secondary, Some(Icon::Plus), t!("medicines-add"), "");
                    return empty(Icon::Pill, Section::Medicines.empty_words(&name), t!("empty-how"), add);
                }
                html! {
                    <>
                        { section(t!("doses-today", day = browser::today().weekday_words()), None, day(found, &acts)) }
                        { if found.has_log { section(t!("log-last-days"), None, html! {
                            <>{ week(found) }<p class="after-chart">{ link(Route::Log, t!("log-open")) }</p></>
                        }) } else { html! {} } }
                        { for STANDINGS.map(|(standing, id, items)| html! {
                            <Part key={id} {standing} {id} {items} found={found.clone()} more_past={more_past.clone()} />
                        }) }
                        <p class="section no-print">{ button_link(write(), Look::Secondary, Some(Icon::Plus), t!("medicines-add"), "") }</p>
                    </>
                }
            }) }
        </Page>
    }
}

fn write() -> Route {
    Route::Write { number: Sort::Medicine.number() }
}

#[derive(Properties, PartialEq)]
struct PartProps {
    standing: Standing,
    id: &'static str,
    items: &'static str,
    found: Rc<Medicines>,
    more_past: Callback<()>,
}

/// Medicines that stand in one way, as many as the person asked for.
#[component]
fn Part(props: &PartProps) -> Html {
    let limit = use_state(|| PAGE);
    let cards: Vec<_> = props.found.cards.iter().filter(|card| card.standing == props.standing).collect();
    let is_past = props.standing == Standing::Past;
    let total = if is_past { props.found.past as usize } else { cards.len() };
    if total == 0 {
        return html! {};
    }
    let more = {
        let (limit, more_past) = (limit.clone(), props.more_past.clone());
        Callback::from(move |()| {
            limit.set(*limit + PAGE);
            if is_past {
                more_past.emit(());
            }
        })
    };
    let shown = cards.len().min(*limit);
    let heading = standing_heading(props.standing, total);
    let rest = u32::try_from(total).unwrap_or(u32::MAX);
    html! {
        <div id={props.id}>
            { section(heading.clone(), None, html! {
                <>
                    <div class="medicines">{ for cards.into_iter().take(shown).map(medicine_card) }</div>
                    <Pager {shown} total={rest} step={u32::try_from(PAGE).unwrap_or(u32::MAX)} items={props.items} about={heading} {more} />
                </>
            }) }
        </div>
    }
}
