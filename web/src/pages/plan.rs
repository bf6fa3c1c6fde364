//! The person's own care plan: what is due, what comes, what is done.

use std::rc::Rc;

use chartchain_vault::protocol::docs::{Day, DocumentName, Standing, Task, TaskStatus, View};
use chartchain_vault::protocol::{Command, DocumentPage};
use yew::prelude::*;

use crate::components::basics::{empty, problem, section, shown};
use crate::components::button::{Look, button_link};
use crate::components::icon::Icon;
use crate::components::page::Page;
use crate::components::task_row::task_row;
use crate::hooks::ask::use_ask;
use crate::hooks::edit::{Act, take_document, use_edit};
use crate::route::Route;
use crate::services::browser;
use crate::t;
use crate::view::tasks::{day_of, is_due};

/// Settled tasks that the page shows at first.
const MOST_SETTLED: usize = 50;

/// The page.
#[component]
pub fn Plan() -> Html {
    let asked = use_ask((), |()| Command::Document { name: DocumentName::CARE_PLAN }, take_document);
    let editing = use_edit(DocumentName::CARE_PLAN, asked.again.reform(|_| ()));
    let end = button_link(Route::NewTask, Look::Primary, Some(Icon::Plus), t!("task-add"), "no-print");
    html! {
        <Page title={t!("plan-title")} tab={t!("tab-list")} lead={t!("plan-lead")} {end}>
            { for editing.fault.as_ref().map(|fault| problem(fault, None)) }
            { shown(&asked, |page| plan(page, &editing.act)) }
        </Page>
    }
}

fn plan(page: &Rc<DocumentPage>, act: &Callback<Act>) -> Html {
    let View::CarePlan(plan) = &page.view else { return html! {} };
    if plan.tasks.is_empty() {
        return empty(Icon::Checklist, t!("plan-empty"), t!("plan-empty-how"), html! {});
    }
    let today = day_of(&browser::today());
    let (active, ended): (Vec<&Task>, Vec<&Task>) =
        plan.tasks.iter().partition(|task| task.status == TaskStatus::Active);
    let (settled, open): (Vec<&Task>, Vec<&Task>) =
        active.into_iter().partition(|task| matches!(task.standing(today), Standing::Settled(..)));
    let (mut due, mut later): (Vec<&Task>, Vec<&Task>) =
        open.into_iter().partition(|task| is_due(task.standing(today)));
    due.sort_by_key(|task| task.current(today));
    later.sort_by_key(|task| next_of(task, today));
    let rest: Vec<&Task> = settled.into_iter().chain(ended).collect();
    html! {
        <>
            { part(t!("plan-due"), &due, today, act, Some(t!("plan-due-none"))) }
            { part(t!("plan-later"), &later, today, act, None) }
            { part(t!("plan-settled"), &rest, today, act, None) }
        </>
    }
}

/// Those without a day come last.
fn next_of(task: &Task, today: Day) -> Day {
    match task.standing(today) {
        Standing::Later(day) => day,
        _ => Day(i32::MAX),
    }
}

fn part(heading: String, tasks: &[&Task], today: Day, act: &Callback<Act>, none: Option<String>) -> Html {
    if tasks.is_empty() {
        return none.map_or_else(|| html! {}, |none| section(heading, None, html! { <p class="quiet">{ none }</p> }));
    }
    let row = |task: &&Task| task_row(task, today, (task.status == TaskStatus::Active).then_some(act));
    section(
        heading,
        Some(t!("count-things", count = tasks.len())),
        html! { <div class="card card-flush"><ul>{ for tasks.iter().take(MOST_SETTLED).map(row) }</ul></div> },
    )
}
