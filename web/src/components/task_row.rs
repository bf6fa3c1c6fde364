//! A task in a list: what, how it stands, and the buttons that mark it or take that back.

use chartchain_vault::protocol::docs::{Day, Edit, Outcome, Standing, Task, TaskStatus};
use yew::prelude::*;

use super::basics::tile;
use super::button::{Button, Look, link};
use super::icon::Icon;
use super::tag::tag;
use crate::hooks::edit::Act;
use crate::route::Route;
use crate::t;
use crate::view::tasks::{outcome_words, schedule_words, standing_words, to_address};

/// A row. Without `act` it only tells.
pub fn task_row(task: &Task, today: Day, act: Option<&Callback<Act>>) -> Html {
    let standing = task.standing(today);
    let (tone, words) = match task.status {
        TaskStatus::Active => standing_words(standing, today),
        TaskStatus::Ended | TaskStatus::Removed => (super::tag::Tone::Neutral, t!("task-stopped")),
    };
    // What was said of this time, where the tag tells of the next one.
    let said = task.mark(task.current(today)).filter(|_| matches!(standing, Standing::Later(_)));
    let said = said.map(|mark| outcome_words(Outcome::Said(mark)));
    let when = task.schedule.due.map(|_| schedule_words(&task.schedule));
    let id = to_address(&task.id);
    html! {
        <li class="thing task" key={id.clone()}>
            { tile("", Icon::Checklist) }
            <div class="thing-body">
                <p class="thing-title">{ link(Route::Task { task: id }, task.title.value.clone()) }</p>
                { for when.map(|when| html! { <p class="thing-facts"><span>{ when }</span></p> }) }
                <div class="task-tags">
                    { for said.map(|(tone, words)| tag(tone, None, words)) }
                    { tag(tone, None, words) }
                </div>
            </div>
            { for act.map(|act| html! { <div class="task-acts">{ acts(task, standing, today, act) }</div> }) }
        </li>
    }
}

/// Edits that mark the time of a task that counts today.
fn mark(task: &Task, today: Day, done: Option<bool>, said: String) -> Act {
    Act { edits: vec![Edit::MarkTask { task: task.id, day: task.current(today), done }], said }
}

fn acts(task: &Task, standing: Standing, today: Day, act: &Callback<Act>) -> Html {
    let title = task.title.value.clone();
    let button = |look: Look, words: String, done: Option<bool>, said: String| {
        let edit = mark(task, today, done, said);
        let onclick = act.reform(move |()| edit.clone());
        html! { <Button {look} {words} about={title.clone()} {onclick} /> }
    };
    if task.mark(task.current(today)).is_some() {
        return button(Look::Quiet, t!("task-undo"), None, t!("task-undone-said"));
    }
    if let Standing::Later(_) = standing
        && task.schedule.repeat != chartchain_vault::protocol::docs::Repeat::Once
    {
        return html! {};
    }
    html! {
        <>
            { button(Look::Secondary, t!("task-mark-done"), Some(true), t!("task-done-said")) }
            { button(Look::Quiet, t!("task-mark-not-done"), Some(false), t!("task-not-done-said")) }
        </>
    }
}
