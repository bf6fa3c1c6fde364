//! The form of a task.

use std::rc::Rc;

use chartchain_vault::protocol::docs::{Day, Repeat, Schedule, Task, TaskDraft};
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::button::Button;
use super::error_summary::{ErrorSummary, Wrong};
use super::field::{Answer, Field, FieldGroup, described_by, select};
use crate::t;
use crate::view::dates::Date;
use crate::view::tasks::{REPEATS, repeat_words};

/// What stands in the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskAnswers {
    title: String,
    detail: String,
    day: String,
    month: String,
    year: String,
    repeat: String,
}

impl TaskAnswers {
    /// Nothing but the day.
    #[must_use]
    pub fn new(today: &Date) -> Self {
        let part = |number: Option<u8>| number.map(|number| number.to_string()).unwrap_or_default();
        Self {
            title: String::new(),
            detail: String::new(),
            day: part(today.day),
            month: part(today.month),
            year: today.year.to_string(),
            repeat: "once".into(),
        }
    }

    /// As a task says.
    #[must_use]
    pub fn of(task: &Task) -> Self {
        let due = task.schedule.due.and_then(|due| Date::read(&due.to_iso()));
        let part = |number: Option<u8>| number.map(|number| number.to_string()).unwrap_or_default();
        Self {
            title: task.title.value.clone(),
            detail: task.detail.value.clone(),
            day: part(due.and_then(|due| due.day)),
            month: part(due.and_then(|due| due.month)),
            year: due.map(|due| due.year.to_string()).unwrap_or_default(),
            repeat: repeat_name(task.schedule.repeat),
        }
    }

    fn draft(&self) -> Result<TaskDraft, Vec<Wrong>> {
        let mut wrong = Vec::new();
        if self.title.trim().is_empty() {
            wrong.push(Wrong::at("task-title", t!("task-wrong-title")));
        }
        let parts = [&self.day, &self.month, &self.year].map(|part| part.trim());
        let due = if parts.iter().all(|part| part.is_empty()) {
            None
        } else {
            let [day, month, year] = parts;
            let due = Day::from_iso(&format!("{year:0>4}-{month:0>2}-{day:0>2}"));
            if due.is_none() {
                wrong.push(Wrong::at("task-day", t!("task-wrong-day")));
            }
            due
        };
        let repeat = read_repeat(&self.repeat);
        if due.is_none() && repeat != Repeat::Once && wrong.is_empty() {
            wrong.push(Wrong::at("task-day", t!("task-wrong-first-day")));
        }
        let draft =
            TaskDraft { title: self.title.clone(), detail: self.detail.clone(), schedule: Schedule { due, repeat } };
        if wrong.is_empty() { Ok(draft) } else { Err(wrong) }
    }
}

fn repeat_name(repeat: Repeat) -> String {
    match repeat {
        Repeat::Once => "once".into(),
        Repeat::Days(days) => format!("{days}d"),
        Repeat::Months(months) => format!("{months}m"),
    }
}

fn read_repeat(name: &str) -> Repeat {
    let number = |text: Option<&str>| text.and_then(|text| text.parse::<u16>().ok());
    match (number(name.strip_suffix('d')), number(name.strip_suffix('m'))) {
        (Some(days), _) => Repeat::Days(days),
        (_, Some(months)) => Repeat::Months(months),
        _ => Repeat::Once,
    }
}

#[derive(Clone, PartialEq)]
struct Sheet {
    answers: TaskAnswers,
    wrong: Vec<Wrong>,
    attempt: u32,
}

enum Change {
    Answer(fn(&mut TaskAnswers) -> &mut String, String),
    Refuse(Vec<Wrong>),
}

impl Reducible for Sheet {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Self> {
        let mut next = (*self).clone();
        match change {
            Change::Answer(place, text) => *place(&mut next.answers) = text,
            Change::Refuse(wrong) => {
                next.wrong = wrong;
                next.attempt = next.attempt.wrapping_add(1);
            }
        }
        Rc::new(next)
    }
}

/// Properties of [`TaskForm`].
#[derive(Properties, PartialEq)]
pub struct TaskFormProps {
    /// As it is filled in at first.
    pub first: TaskAnswers,
    /// It is being saved.
    pub busy: bool,
    /// Saves it.
    pub save: Callback<TaskDraft>,
}

/// The form.
#[component]
pub fn TaskForm(props: &TaskFormProps) -> Html {
    let first = props.first.clone();
    let sheet = use_reducer(|| Sheet { answers: first, wrong: Vec::new(), attempt: 0 });
    let onsubmit = {
        let (sheet, save, busy) = (sheet.clone(), props.save.clone(), props.busy);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            match sheet.answers.draft() {
                _ if busy => {}
                Ok(draft) => save.emit(draft),
                Err(wrong) => sheet.dispatch(Change::Refuse(wrong)),
            }
        })
    };
    let answer = |place: fn(&mut TaskAnswers) -> &mut String| {
        let sheet = sheet.dispatcher();
        Callback::from(move |text: String| sheet.dispatch(Change::Answer(place, text)))
    };
    let typed =
        |place| answer(place).reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
    let long = answer(|answers| &mut answers.detail)
        .reform(|event: InputEvent| event.target_unchecked_into::<HtmlTextAreaElement>().value());
    let wrong_title = Wrong::of(&sheet.wrong, "task-title");
    let wrong_day = Wrong::of(&sheet.wrong, "task-day");
    let mut repeats: Vec<Answer> =
        REPEATS.iter().map(|(name, repeat)| Answer::new((*name).to_owned(), repeat_words(*repeat))).collect();
    if !REPEATS.iter().any(|(name, _)| *name == sheet.answers.repeat) {
        let words = repeat_words(read_repeat(&sheet.answers.repeat));
        repeats.push(Answer::new(sheet.answers.repeat.clone(), words));
    }
    let part = |id: &'static str, label: String, value: &String, class: &'static str, place| {
        html! {
            <div>
                <label for={id}>{ label }</label>
                <input {id} class={classes!("input", class)} inputmode="numeric" autocomplete="off" value={value.clone()}
                    oninput={typed(place)} aria-invalid={wrong_day.is_some().then_some("true")} />
            </div>
        }
    };
    let answers = &sheet.answers;
    html! {
        <>
            <ErrorSummary wrong={sheet.wrong.clone()} attempt={sheet.attempt} />
            <form class="form" {onsubmit} novalidate=true>
                <Field id="task-title" label={t!("task-what")} hint={t!("task-what-hint")} wrong={wrong_title.clone()}>
                    <input id="task-title" class="input" autocomplete="off" maxlength="500" value={answers.title.clone()}
                        oninput={typed(|answers| &mut answers.title)} aria-invalid={wrong_title.is_some().then_some("true")}
                        aria-describedby={described_by("task-title", true, wrong_title.is_some())} />
                </Field>
                <Field id="task-detail" label={t!("task-how")}>
                    <textarea id="task-detail" class="input" rows="3" maxlength="2000" value={answers.detail.clone()} oninput={long} />
                </Field>
                <FieldGroup id="task-date" label={t!("task-when")} hint={t!("task-when-hint")} wrong={wrong_day.clone()}>
                    <div class="date-fields">
                        { part("task-day", t!("day"), &answers.day, "input-short", |answers| &mut answers.day) }
                        { part("task-month", t!("month"), &answers.month, "input-short", |answers| &mut answers.month) }
                        { part("task-year", t!("year"), &answers.year, "input-year", |answers| &mut answers.year) }
                    </div>
                </FieldGroup>
                <Field id="task-repeat" label={t!("task-repeat")}>
                    { select("task-repeat", &repeats, &answers.repeat, None, &answer(|answers| &mut answers.repeat)) }
                </Field>
                <div class="actions"><Button class="button-choice" busy={props.busy} words={t!("task-save")} /></div>
            </form>
        </>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(title: &str, day: &str, repeat: &str) -> TaskAnswers {
        let today = Date::read("2026-11-28").unwrap();
        TaskAnswers { title: title.into(), day: day.into(), repeat: repeat.into(), ..TaskAnswers::new(&today) }
    }

    #[test]
    fn a_form_becomes_a_task_or_says_what_is_missing() {
        let draft = filled("Walk", "28", "7d").draft().unwrap();
        assert_eq!(draft.schedule, Schedule { due: Day::from_iso("2026-11-28"), repeat: Repeat::Days(7) });
        let fields = |answers: TaskAnswers| {
            let wrong = answers.draft().unwrap_err();
            wrong.iter().filter_map(|wrong| wrong.field.as_deref().map(str::to_owned)).collect::<Vec<_>>()
        };
        assert_eq!(fields(filled(" ", "31", "once")), ["task-title", "task-day"]);
        let mut never = filled("Walk", "", "1d");
        (never.month, never.year) = (String::new(), String::new());
        assert_eq!(fields(never.clone()), ["task-day"]);
        never.repeat = "once".into();
        assert_eq!(never.draft().unwrap().schedule, Schedule::ANY_TIME);
    }

    #[test]
    fn every_way_to_repeat_is_read_back() {
        for (name, repeat) in REPEATS {
            assert_eq!((repeat_name(repeat).as_str(), read_repeat(name)), (name, repeat));
        }
        assert_eq!(read_repeat(&repeat_name(Repeat::Days(5))), Repeat::Days(5));
    }
}
