//! Doses of today with what can be said of them, and the last seven days in shapes and words.

use chartchain_vault::protocol::{DayDose, LogDay, MedicineCard, Medicines};
use yew::prelude::*;

use crate::components::button::{Button, Look};
use crate::components::icon::{Icon, icon};
use crate::hooks::doses::DoseActs;
use crate::services::browser;
use crate::t;
use crate::view::dates::Date;
use crate::view::doses::{self, Mark};
use crate::view::titles;

/// Doses by the part of the day, then what can be noted at any time.
pub fn day(found: &Medicines, acts: &DoseActs) -> Html {
    let parts = doses::by_part(&found.doses);
    let free: Vec<&MedicineCard> =
        found.cards.iter().filter(|card| card.due_today.is_none() && card.next_dose.is_some()).collect();
    if parts.is_empty() && free.is_empty() {
        return html! { <p class="card">{ t!("doses-none") }</p> };
    }
    let part = |(part, group): &(doses::Part, Vec<&DayDose>)| {
        let taken = group.iter().filter(|dose| dose.noted.as_ref().is_some_and(|noted| noted.taken)).count();
        html! {
            <section class="doses" key={format!("{part:?}")}>
                <div class="doses-head"><h3>{ doses::part_words(*part) }</h3><p class="small quiet">{ t!("doses-taken", taken = taken, due = group.len()) }</p></div>
                <ul>{ for group.iter().map(|dose| due(dose, acts)) }</ul>
            </section>
        }
    };
    html! {
        <div class="card card-flush">
            { for parts.iter().map(part) }
            { if free.is_empty() { html! {} } else { html! {
                <section class="doses">
                    <div class="doses-head"><h3>{ t!("doses-free") }</h3></div>
                    <ul>{ for free.into_iter().map(|card| noted_freely(card, acts)) }</ul>
                </section>
            } } }
        </div>
    }
}

fn due(dose: &DayDose, acts: &DoseActs) -> Html {
    let name = titles::short_title(&dose.title);
    let which = doses::which_words(dose);
    let about = which.as_ref().map_or_else(|| name.clone(), |which| format!("{name}, {which}"));
    let id = format!("dose-{}-{}", dose.medicine.0, dose.number);
    let say = |taken: bool| {
        let (note, medicine, number) = (acts.note.clone(), dose.medicine.clone(), dose.number);
        let id = id.clone();
        Callback::from(move |()| {
            // The button goes away: its row keeps the keyboard.
            browser::focus_id(&id);
            note.emit((medicine.clone(), number, taken));
        })
    };
    let below: Vec<String> = which.into_iter().chain(dose.detail.clone()).collect();
    html! {
        <li class="dose" id={id.clone()} key={id.clone()} tabindex="-1">
            <div class="dose-what">
                <p class="strong">{ name }</p>
                { if below.is_empty() { html! {} } else { html! { <p class="small quiet">{ below.join(". ") }</p> } } }
            </div>
            <div class="dose-acts">
                { match &dose.noted {
                    Some(noted) => {
                        let (undo, entry, id) = (acts.undo.clone(), noted.entry.clone(), id.clone());
                        let undo = Callback::from(move |()| {
                            browser::focus_id(&id);
                            undo.emit(entry.clone());
                        });
                        html! {
                            <>
                                <p class={if noted.taken { "dose-said dose-taken" } else { "dose-said dose-missed" }}>
                                    { icon(if noted.taken { Icon::Check } else { Icon::Cross }) }<span>{ doses::noted_words(noted) }</span>
                                </p>
                                <Button look={Look::Quiet} class="no-print" words={t!("dose-undo")} about={about.clone()} busy={acts.busy} onclick={undo} />
                            </>
                        }
                    }
                    None => html! {
                        <>
                            <Button picture={Icon::Check} words={t!("dose-taken")} about={about.clone()} busy={acts.busy} onclick={say(true)} />
                            <Button look={Look::Secondary} picture={Icon::Cross} words={t!("dose-missed")} about={about.clone()} busy={acts.busy} onclick={say(false)} />
                        </>
                    },
                } }
            </div>
        </li>
    }
}

fn noted_freely(card: &MedicineCard, acts: &DoseActs) -> Html {
    let (Some(lead), Some(number)) = (card.entries.first(), card.next_dose) else { return html! {} };
    let name = titles::short_title(&lead.line.title);
    let onclick = {
        let (note, medicine) = (acts.note.clone(), lead.line.entry.clone());
        Callback::from(move |()| note.emit((medicine.clone(), number, true)))
    };
    let why = if lead.as_needed { t!("medicine-as-needed") } else { t!("dose-no-times") };
    html! {
        <li class="dose" key={lead.line.entry.0.clone()}>
            <div class="dose-what"><p class="strong">{ name.clone() }</p><p class="small quiet">{ why }</p></div>
            <div class="dose-acts"><Button look={Look::Secondary} words={t!("dose-note")} about={name} busy={acts.busy} {onclick} /></div>
        </li>
    }
}

/// The last seven days.
pub fn week(found: &Medicines) -> Html {
    let last = found.week.len().saturating_sub(1);
    let day = |(at, one): (usize, &LogDay)| {
        let date = Date::read(&one.day);
        let class = if at == last { "log-day log-day-today" } else { "log-day" };
        html! {
            <li {class} key={one.day.clone()}>
                <span class="small">{ date.as_ref().map(Date::short_weekday_words) }</span>
                <b>{ date.and_then(|date| date.day) }</b>
                <span class="hidden-text">{ date.as_ref().map(Date::short_month_words) }</span>
                { shape(doses::mark(one)) }
                <span class="small">{ doses::day_words(one, at == last) }</span>
            </li>
        }
    };
    let key = |mark: Mark, words: String| html! { <li>{ shape(mark) }<span>{ words }</span></li> };
    html! {
        <div class="card stack">
            <ol class="log-week">{ for found.week.iter().enumerate().map(day) }</ol>
            <p>{ for doses::week_words(&found.week).into_iter().map(|words| html! { <>{ words }{ " " }</> }) }</p>
            <ul class="log-key small">
                { key(Mark::All, t!("log-key-all")) }{ key(Mark::Missed, t!("log-key-missed")) }{ key(Mark::Open, t!("log-key-open")) }
            </ul>
        </div>
    }
}

fn shape(mark: Mark) -> Html {
    match mark {
        Mark::All => html! { <span class="log-mark dose-taken">{ icon(Icon::Check) }</span> },
        Mark::Missed => html! { <span class="log-mark dose-missed">{ icon(Icon::Cross) }</span> },
        Mark::Open => html! {
            <span class="log-mark"><svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><circle class="log-open" cx="12" cy="12" r="8" /></svg></span>
        },
        Mark::Nothing => html! { <span class="log-mark quiet" aria-hidden="true">{ "–" }</span> },
    }
}
