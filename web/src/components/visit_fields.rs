//! The fields of a visit.

use chartchain_vault::protocol::LastMeasured;
use chartchain_vault::protocol::form::{Field, MeasurementKind, Unit};
use web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::button::{Button, Look};
use super::error_summary::Wrong;
use super::field::{Field as Frame, FieldGroup, described_by};
use super::icon::Icon;
use super::question::{Entered, Part, date};
use crate::t;
use crate::view::dates::day_words;
use crate::view::form::{Slot, measured_name, unit_name};
use crate::view::values;
use crate::view::visit::{Place, Table, Text, Value, VisitDraft};

/// What a person does in a field.
pub enum Typed {
    /// Writes.
    Into(Place, String),
    /// Says in which unit something is measured.
    Unit(MeasurementKind, Unit),
    /// Wants another row.
    Row(Table),
    /// Says when it began.
    Start(Part, String),
    /// Says that it begins now.
    StartsNow,
}

/// What the fields show, and who hears what is done in them.
pub struct Fields<'a> {
    /// What stands in them.
    pub draft: &'a VisitDraft,
    /// What is wrong or asked.
    pub wrong: &'a [Wrong],
    /// Nothing can be typed: it is being signed.
    pub busy: bool,
    /// Values before this visit.
    pub last: &'a [LastMeasured],
    /// Hears it.
    pub typed: &'a Callback<Typed>,
}

impl Fields<'_> {
    /// When it began.
    pub fn start(&self) -> Html {
        let wrong = Wrong::of(self.wrong, &Place::Start.id());
        let answer = self.typed.reform(|entered| match entered {
            Entered::Part(_, part, text) => Typed::Start(part, text),
            _ => Typed::StartsNow,
        });
        let fields = date(Slot::Of(Field::When), &self.draft.start, true, wrong.is_some(), &answer);
        html! { <FieldGroup id={Slot::Of(Field::When).id()} label={Place::Start.label()} {wrong}>{ fields }</FieldGroup> }
    }

    /// One line of text.
    pub fn line(&self, place: Place, hint: Option<String>) -> Html {
        let (id, wrong, invalid, described) = self.about(place, hint.is_some());
        let oninput = self.typed.reform(move |event: InputEvent| {
            Typed::Into(place, event.target_unchecked_into::<HtmlInputElement>().value())
        });
        html! {
            <Frame key={id.clone()} id={id.clone()} label={place.label()} hint={hint.map(AttrValue::from)} {wrong}>
                <input id={id.clone()} class="input" type="text" autocomplete="off" maxlength="1000" readonly={self.busy} aria-invalid={invalid} aria-describedby={described} value={self.draft.at(place).to_owned()} {oninput} />
            </Frame>
        }
    }

    /// Many lines of text.
    pub fn area(&self, text: Text) -> Html {
        let place = Place::Text(text);
        let (id, wrong, invalid, described) = self.about(place, false);
        let oninput = self.typed.reform(move |event: InputEvent| {
            Typed::Into(place, event.target_unchecked_into::<HtmlTextAreaElement>().value())
        });
        html! {
            <Frame key={id.clone()} id={id.clone()} label={place.label()} {wrong}>
                <textarea id={id.clone()} class="input" rows="3" maxlength="20000" readonly={self.busy} aria-invalid={invalid} aria-describedby={described} value={self.draft.at(place).to_owned()} {oninput} />
            </Frame>
        }
    }

    /// A number, its unit, and what it was before.
    pub fn number(&self, value: &Value) -> Html {
        let place = Place::Number(value.kind);
        let units: Vec<Unit> = value.kind.units().collect();
        let last = self.last.iter().find(|last| last.kind == value.kind).and_then(last_words);
        let only = value.unit.filter(|_| units.len() < 2).map(unit_name);
        let hint = [only, last].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let (id, wrong, invalid, described) = self.about(place, !hint.is_empty());
        let oninput = self.typed.reform(move |event: InputEvent| {
            Typed::Into(place, event.target_unchecked_into::<HtmlInputElement>().value())
        });
        html! {
            <Frame key={id.clone()} id={id.clone()} label={place.label()} hint={(!hint.is_empty()).then(|| AttrValue::from(hint))} {wrong}>
                <div class="visit-number">
                    <input id={id.clone()} class="input" type="text" inputmode="decimal" autocomplete="off" maxlength="20" dir="ltr" readonly={self.busy} aria-invalid={invalid} aria-describedby={described} value={value.number.clone()} {oninput} />
                    { for (units.len() > 1).then(|| self.unit(&id, value, units)) }
                </div>
            </Frame>
        }
    }

    fn unit(&self, id: &str, value: &Value, units: Vec<Unit>) -> Html {
        let (kind, chosen) = (value.kind, value.unit);
        let option = |(at, unit): (usize, &Unit)| {
            html! { <option value={at.to_string()} selected={Some(*unit) == chosen}>{ unit_name(*unit) }</option> }
        };
        let options: Html = units.iter().enumerate().map(option).collect();
        let typed = self.typed.clone();
        let onchange = Callback::from(move |event: Event| {
            let at = event.target_unchecked_into::<HtmlSelectElement>().value().parse().ok();
            if let Some(unit) = at.and_then(|at: usize| units.get(at)) {
                typed.emit(Typed::Unit(kind, *unit));
            }
        });
        html! {
            <select id={format!("{id}-unit")} class="input" aria-label={t!("visit-unit-of", name = measured_name(kind))} {onchange} disabled={self.busy}>
                <option value="" selected={chosen.is_none()} disabled=true>{ t!("visit-unit") }</option>
                { options }
            </select>
        }
    }

    /// All rows of a table, and a way to another one.
    pub fn table(&self, table: Table, heading: String, more: String) -> Html {
        let row = |row| {
            let cells = table.columns().iter().map(|column| self.line(Place::Cell(row, *column), None));
            html! { <div key={row} class="visit-values">{ for cells }</div> }
        };
        let onclick = self.typed.reform(move |()| Typed::Row(table));
        html! {
            <fieldset class="field"><legend>{ heading }</legend>
                { for (0..self.draft.rows(table)).map(row) }
                { for self.draft.has_room(table).then(|| html! { <Button look={Look::Quiet} picture={Icon::Plus} words={more} {onclick} /> }) }
            </fieldset>
        }
    }

    fn about(&self, place: Place, hint: bool) -> (String, Option<AttrValue>, Option<&'static str>, Option<String>) {
        let id = place.id();
        let wrong = Wrong::of(self.wrong, &id);
        let described = described_by(&id, hint, wrong.is_some());
        let invalid = wrong.is_some().then_some("true");
        (id, wrong, invalid, described)
    }
}

/// What something was before, and when.
fn last_words(last: &LastMeasured) -> Option<String> {
    let value = values::line(&last.value)?;
    let when = last.when.as_ref().map(day_words);
    Some(match when {
        Some(when) => t!("visit-last-on", value = value, when = when),
        None => t!("visit-last", value = value),
    })
}
