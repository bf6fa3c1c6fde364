//! One task: its form, what became of it, stopping and removing it.

use std::rc::Rc;

use chartchain_vault::protocol::docs::{DocumentName, Edit, Schedule, Task, TaskStatus, View};
use chartchain_vault::protocol::{Command, DocumentPage};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::components::basics::{problem, section, shown};
use crate::components::button::{Button, Look};
use crate::components::page::Page;
use crate::components::tag::tag;
use crate::components::task_form::{TaskAnswers, TaskForm};
use crate::hooks::ask::use_ask;
use crate::hooks::edit::{Act, Editing, take_document, use_edit};
use crate::pages::obstacles::NotFound;
use crate::route::Route;
use crate::services::browser;
use crate::t;
use crate::view::tasks::{day_of, day_words, from_address, outcome_words, schedule_words};

/// Times that the history shows.
const MOST_TIMES: usize = 60;

fn back() -> (Route, AttrValue) {
    (Route::Plan, t!("plan-title").into())
}

/// Leads back to the plan when what was done is stored.
fn to_plan(navigator: Option<Navigator>) -> Callback<DocumentPage> {
    Callback::from(move |_| {
        if let Some(navigator) = &navigator {
            navigator.replace(&Route::Plan);
        }
    })
}

/// The page of a new task.
#[component]
pub fn NewTask() -> Html {
    let navigator = use_navigator();
    let editing = use_edit(DocumentName::CARE_PLAN, to_plan(navigator));
    let save = editing.act.reform(|draft| Act { edits: vec![Edit::AddTask(draft)], said: t!("task-saved") });
    html! {
        <Page title={t!("task-add")} tab={t!("tab-list")} back={back()}>
            { for editing.fault.as_ref().map(|fault| problem(fault, None)) }
            <TaskForm first={TaskAnswers::new(&browser::today())} busy={editing.busy} {save} />
        </Page>
    }
}

/// Properties of [`TaskPage`].
#[derive(Properties, PartialEq)]
pub struct TaskProps {
    /// Opaque id.
    pub task: String,
}

/// The page of a task.
#[component]
pub fn TaskPage(props: &TaskProps) -> Html {
    let asked = use_ask((), |()| Command::Document { name: DocumentName::CARE_PLAN }, take_document);
    let navigator = use_navigator();
    let editing = use_edit(DocumentName::CARE_PLAN, to_plan(navigator));
    let id = from_address(&props.task);
    let find = |page: &Rc<DocumentPage>| match &page.view {
        View::CarePlan(plan) => plan.tasks.iter().find(|task| Some(task.id) == id).cloned(),
        _ => None,
    };
    html! {
        <Page title={t!("task")} tab={t!("tab-list")} back={back()}>
            { for editing.fault.as_ref().map(|fault| problem(fault, None)) }
            { shown(&asked, |page| find(page).map_or_else(|| html! { <NotFound /> }, |task| sheet(&task, &editing))) }
        </Page>
    }
}

fn sheet(task: &Task, editing: &Editing) -> Html {
    let id = task.id;
    let save = editing
        .act
        .reform(move |draft| Act { edits: vec![Edit::ChangeTask { task: id, draft }], said: t!("task-saved") });
    html! {
        <>
            { contested(task) }
            <TaskForm first={TaskAnswers::of(task)} busy={editing.busy} {save} />
            { history(task) }
            { section(t!("task-end"), None, ways(task, editing)) }
        </>
    }
}

/// What two devices set apart, until somebody saves the form.
fn contested(task: &Task) -> Html {
    let texts = task.title.others.iter().chain(&task.detail.others).cloned();
    let others: Vec<String> = texts
        .chain(task.other_schedules.iter().map(Schedule::clone).map(|schedule| schedule_words(&schedule)))
        .collect();
    if others.is_empty() {
        return html! {};
    }
    html! {
        <div class="panel panel-know">
            <h2>{ t!("contested-heading") }</h2>
            <p>{ t!("contested-why") }</p>
            <ul class="steps">{ for others.into_iter().map(|other| html! { <li>{ other }</li> }) }</ul>
        </div>
    }
}

fn history(task: &Task) -> Html {
    let told = task.history(day_of(&browser::today()), MOST_TIMES);
    if told.is_empty() {
        return html! {};
    }
    let row = |(day, outcome)| {
        let (tone, words) = outcome_words(outcome);
        let day: Option<chartchain_vault::protocol::docs::Day> = day;
        html! {
            <li class="flush-row task-time">
                <span>{ day.map_or_else(|| t!("task-any-time"), day_words) }</span>{ tag(tone, None, words) }
            </li>
        }
    };
    section(t!("task-history"), None, html! { <ul class="card card-flush">{ for told.into_iter().map(row) }</ul> })
}

fn ways(task: &Task, editing: &Editing) -> Html {
    let id = task.id;
    let way = |look: Look, words: String, status: TaskStatus, said: String| {
        let act = Act { edits: vec![Edit::SetTaskStatus { task: id, status }], said };
        let onclick = editing.act.reform(move |()| act.clone());
        html! { <Button {look} {words} busy={editing.busy} {onclick} /> }
    };
    let stop = if task.status == TaskStatus::Active {
        way(Look::Secondary, t!("task-stop"), TaskStatus::Ended, t!("task-stopped"))
    } else {
        way(Look::Secondary, t!("task-resume"), TaskStatus::Active, t!("task-saved"))
    };
    html! {
        <div class="card stack">
            <p>{ t!("task-end-why") }</p>
            <div class="actions">{ stop }{ way(Look::Quiet, t!("task-remove"), TaskStatus::Removed, t!("task-removed")) }</div>
        </div>
    }
}
