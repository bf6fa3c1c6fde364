//! A question of a form with what was answered so far.

use chartchain_vault::protocol::form::DateParts;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::button::{Button, Look};
use super::field::{Field, FieldGroup, described_by, radios, select};
use super::file_field::FileField;
use crate::t;
use crate::view::form::{Draft, Filed, Question, Shape, Slot};

/// A field of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Day of the month.
    Day,
    /// Month.
    Month,
    /// Year.
    Year,
    /// Hour and minute.
    Clock,
}

impl Part {
    /// What stands in it.
    pub fn of(self, parts: &mut DateParts) -> &mut String {
        match self {
            Self::Day => &mut parts.day,
            Self::Month => &mut parts.month,
            Self::Year => &mut parts.year,
            Self::Clock => &mut parts.clock,
        }
    }
}

/// What a person answers.
#[derive(Clone, PartialEq)]
pub enum Entered {
    /// A text or a choice.
    Text(Slot, String),
    /// One field of a date.
    Part(Slot, Part, String),
    /// Today, or now.
    Now(Slot, bool),
    /// The file of a document.
    File(Filed),
}

/// The question. `wrong` stands at it.
pub fn question(asked: &Question, draft: &Draft, wrong: Option<AttrValue>, answer: &Callback<Entered>) -> Html {
    let slot = asked.slot;
    let id = slot.id();
    let described = described_by(id, asked.hint.is_some(), wrong.is_some());
    let invalid = wrong.is_some().then_some("true");
    let value = draft.text(slot).to_owned();
    let hear = answer.reform(move |text: String| Entered::Text(slot, text));
    let typed = hear.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
    let (label, hint) = (asked.label.clone(), asked.hint.clone().map(AttrValue::from));
    let input = match &asked.shape {
        Shape::Text => html! {
            <input {id} class="input" autocomplete="off" {value} oninput={typed} aria-describedby={described} aria-invalid={invalid} />
        },
        Shape::Long => {
            let typed = hear.reform(|event: InputEvent| event.target_unchecked_into::<HtmlTextAreaElement>().value());
            html! { <textarea {id} class="input" rows="4" {value} oninput={typed} aria-describedby={described} aria-invalid={invalid} /> }
        }
        Shape::Number(unit) => {
            let unit_id = unit.as_ref().map(|_| format!("{id}-unit"));
            let described = [described, unit_id.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ");
            let described = (!described.is_empty()).then_some(described);
            html! {
                <div class="with-unit">
                    <input {id} class="input input-number" inputmode="decimal" autocomplete="off" {value} oninput={typed}
                        aria-describedby={described} aria-invalid={invalid} />
                    { for unit.as_ref().map(|unit| html! { <span id={unit_id} class="isolate">{ unit }</span> }) }
                </div>
            }
        }
        Shape::File => {
            let onfile = answer.reform(Entered::File);
            html! { <FileField {id} file={draft.file.clone()} {described} {onfile} /> }
        }
        Shape::Select(answers) => select(id, answers, &value, described, &hear),
        Shape::Radios(answers) => {
            let hear = hear.reform(|value: AttrValue| value.to_string());
            return group(asked, wrong, radios(id, answers, &value, &hear, false));
        }
        Shape::Date { clock } => {
            let parts = draft.parts(slot);
            let clock = *clock || !parts.clock.is_empty();
            return group(asked, wrong.clone(), date(slot, &parts, clock, wrong.is_some(), answer));
        }
    };
    html! { <Field {id} {label} {hint} {wrong}>{ input }</Field> }
}

fn group(asked: &Question, wrong: Option<AttrValue>, body: Html) -> Html {
    let (id, hint) = (asked.slot.id(), asked.hint.clone().map(AttrValue::from));
    html! { <FieldGroup {id} label={asked.label.clone()} {hint} {wrong}>{ body }</FieldGroup> }
}

/// The fields of a date.
pub fn date(slot: Slot, parts: &DateParts, clock: bool, wrong: bool, answer: &Callback<Entered>) -> Html {
    let id = slot.id();
    let part = |part: Part, name: &str, label: String, value: &String, class: &'static str| {
        let id = format!("{id}-{name}");
        let oninput = answer.reform(move |event: InputEvent| {
            Entered::Part(slot, part, event.target_unchecked_into::<HtmlInputElement>().value())
        });
        let inputmode = if part == Part::Clock { "text" } else { "numeric" };
        html! {
            <div>
                <label for={id.clone()}>{ label }</label>
                <input {id} class={classes!("input", class)} {inputmode} autocomplete="off" value={value.clone()} {oninput}
                    aria-invalid={wrong.then_some("true")} />
            </div>
        }
    };
    let now = answer.reform(move |()| Entered::Now(slot, clock));
    let words = if clock { t!("fill-now") } else { t!("fill-today") };
    html! {
        <>
            <div class="date-fields">
                { part(Part::Day, "day", t!("day"), &parts.day, "input-short") }
                { part(Part::Month, "month", t!("month"), &parts.month, "input-short") }
                { part(Part::Year, "year", t!("year"), &parts.year, "input-year") }
                { if clock { part(Part::Clock, "clock", t!("ask-clock"), &parts.clock, "input-year") } else { html! {} } }
            </div>
            <Button look={Look::Quiet} {words} onclick={now} />
        </>
    }
}
