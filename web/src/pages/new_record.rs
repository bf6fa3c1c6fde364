//! Whose record is it? Starts an empty one, or one of a made-up person.

use chartchain_vault::DEMO_SEED;
use chartchain_vault::protocol::{Command, Person, Sex};
use web_sys::HtmlInputElement;
use yew::prelude::*;
use yew_router::prelude::*;

use crate::components::button::{Button, Look, button_link};
use crate::components::emblem::emblem;
use crate::components::error_summary::{ErrorSummary, Wrong};
use crate::components::field::{Answer, Field, FieldGroup, radios};
use crate::components::mark::mark;
use crate::components::page::Page;
use crate::hooks::session::{Change, Phase, Shell};
use crate::route::Route;
use crate::services::browser;
use crate::t;
use crate::view::dates::Date;
use crate::view::{emblems, faults};

/// A birth date from three fields; an empty one where all are empty.
///
/// # Errors
/// That they are no day of the calendar up to today.
fn birth_date(day: &str, month: &str, year: &str, today: &Date) -> Result<Option<String>, ()> {
    if [day, month, year].iter().all(|part| part.trim().is_empty()) {
        return Ok(None);
    }
    let number = |part: &str| part.trim().parse::<u16>().map_err(|_| ());
    let (day, month, year) = (number(day)?, number(month)?, number(year)?);
    let length = match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    let written = format!("{year:04}-{month:02}-{day:02}");
    let is_past = Date::read(&written).is_some_and(|born| born.age_words(today).is_some());
    if (1..=length).contains(&day) && (1850..=2200).contains(&year) && is_past { Ok(Some(written)) } else { Err(()) }
}

/// A first record is here: now it is worth keeping. Firefox asks the person and answers only when they do: nothing may wait
/// for that.
fn ask_to_keep(shell: &Shell) {
    if !browser::can_promise_storage() {
        return;
    }
    let shell = shell.clone();
    wasm_bindgen_futures::spawn_local(async move {
        let lasts = browser::ask_for_lasting_storage().await;
        shell.change(Change::Say(if lasts { t!("storage-lasts") } else { t!("storage-may-go") }));
    });
}

fn read(field: &NodeRef) -> String {
    field.cast::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default()
}

/// The page.
#[component]
pub fn NewRecord() -> Html {
    let shell = use_context::<Shell>();
    let navigator = use_navigator();
    let fields = [use_node_ref(), use_node_ref(), use_node_ref(), use_node_ref()];
    let sex = use_state(|| AttrValue::from(""));
    let wrong = use_state(Vec::<Wrong>::new);
    let attempt = use_state(|| 0_u32);
    let busy = use_state(|| false);
    let [name, day, month, year] = fields.clone();

    let start = {
        let (shell, wrong, attempt, busy) = (shell.clone(), wrong.clone(), attempt.clone(), busy.clone());
        Callback::from(move |(command, to): (Command, Route)| {
            let Some(shell) = shell.clone().filter(|_| !*busy) else { return };
            busy.set(true);
            let (wrong, attempt, busy, navigator) = (wrong.clone(), attempt.clone(), busy.clone(), navigator.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let is_real = matches!(command, Command::CreateLedger { .. });
                let result = shell.ask(command).await.and_then(|reply| shell.take_opened(reply));
                busy.set(false);
                if is_real && result.is_ok() {
                    ask_to_keep(&shell);
                }
                match (result, navigator) {
                    (Ok(()), Some(navigator)) => navigator.push(&to),
                    (Ok(()), None) => {}
                    (Err(fault), _) => {
                        wrong.set(vec![Wrong::whole(faults::words(&fault))]);
                        attempt.set(*attempt + 2);
                    }
                }
            });
        })
    };
    let onsubmit = {
        let (sex, wrong, attempt, start) = (sex.clone(), wrong.clone(), attempt.clone(), start.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let [name, day, month, year] = fields.each_ref().map(read);
            let mut found = Vec::new();
            if name.trim().is_empty() {
                found.push(Wrong::at("name", t!("name-missing")));
            }
            let born = birth_date(&day, &month, &year, &browser::today());
            if born.is_err() {
                found.push(Wrong::at("birth-day", t!("birth-wrong")));
            }
            attempt.set(*attempt + 1);
            let fine = found.is_empty();
            wrong.set(found);
            if let (true, Ok(birth_date)) = (fine, born) {
                let sex = match sex.as_str() {
                    "female" => Some(Sex::Female),
                    "male" => Some(Sex::Male),
                    "other" => Some(Sex::Other),
                    _ => None,
                };
                let subject = Person { name: Some(name.trim().to_owned()), birth_date, sex, deceased: None };
                start.emit((Command::CreateLedger { subject }, Route::Add));
            }
        })
    };
    let seed = if shell.as_ref().is_some_and(has_made_up) { browser::any_seed() } else { DEMO_SEED };
    let made_up = Callback::from(move |()| start.emit((Command::CreateMadeUp { seed }, Route::Home)));
    let choose_sex = {
        let sex = sex.clone();
        Callback::from(move |value| sex.set(value))
    };
    let answers = [
        Answer::new("female", t!("sex-female-long")),
        Answer::new("male", t!("sex-male-long")),
        Answer::new("other", t!("sex-other-long")),
        Answer::new("", t!("sex-unsaid")),
    ];
    let part = |id: &'static str, label: String, input: NodeRef, class: &'static str, autocomplete: &'static str| {
        html! {
            <div>
                <label for={id}>{ label }</label>
                <input {id} class={classes!("input", class)} inputmode="numeric" {autocomplete} ref={input} />
            </div>
        }
    };
    let is_first = shell.as_ref().is_none_or(|shell| !has_ledgers(shell));
    html! {
        <>
            { mark() }
            <Page title={t!("new-record-title")} lead={t!("new-record-lead")}>
                { if is_first { html! { <>{ for shell.as_ref().and_then(your_emblem) }</> } } else { html! {} } }
                <ErrorSummary wrong={(*wrong).clone()} attempt={*attempt} />
                <form class="form" {onsubmit} novalidate=true>
                    <Field id="name" label={t!("name")} hint={t!("name-hint")} wrong={Wrong::of(&wrong, "name")}>
                        <input id="name" class="input" autocomplete="name" ref={name} aria-describedby="name-hint" />
                    </Field>
                    <FieldGroup id="birth" label={t!("birth-date")} hint={t!("birth-hint")} wrong={Wrong::of(&wrong, "birth-day")}>
                        <div class="date-fields">
                            { part("birth-day", t!("day"), day, "input-short", "bday-day") }
                            { part("birth-month", t!("month"), month, "input-short", "bday-month") }
                            { part("birth-year", t!("year"), year, "input-year", "bday-year") }
                        </div>
                    </FieldGroup>
                    <FieldGroup id="sex" label={t!("sex-label")}>
                        { radios("sex", &answers, &sex, &choose_sex, false) }
                    </FieldGroup>
                    <div class="actions">
                        <Button class="button-choice" busy={*busy} words={if *busy { t!("founding") } else { t!("new-record-begin") }} />
                        { if is_first { html! {} } else { button_link(Route::Records, Look::Quiet, None, t!("cancel"), "") } }
                    </div>
                </form>
                <section class="section stack">
                    <h2>{ t!("new-record-or") }</h2>
                    <p>{ t!("new-record-made-up") }</p>
                    <Button look={Look::Secondary} busy={*busy} words={t!("start-try")} onclick={made_up} />
                    <p>{ t!("new-record-connect") }</p>
                    { button_link(Route::Connect, Look::Secondary, None, t!("connect-title"), "") }
                </section>
            </Page>
        </>
    }
}

fn has_ledgers(shell: &Shell) -> bool {
    matches!(&shell.session.phase, Phase::Unlocked { ledgers, .. } if !ledgers.is_empty())
}

fn has_made_up(shell: &Shell) -> bool {
    matches!(&shell.session.phase, Phase::Unlocked { ledgers, .. } if ledgers.iter().any(|ledger| ledger.made_up))
}

fn your_emblem(shell: &Shell) -> Option<Html> {
    let Phase::Unlocked { person, .. } = &shell.session.phase else { return None };
    let word = emblems::word(person.emblem);
    Some(html! {
        <div class="card emblem-row emblem-told">
            { emblem(person.emblem) }
            <p class="dense">{ t!("emblem-yours", word = word) }</p>
        </div>
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birth_date_is_a_day_of_the_calendar_that_has_come() {
        let today = Date::read("2026-11-22").unwrap();
        let born = |day, month, year| birth_date(day, month, year, &today);
        assert_eq!(born("14", "3", "1968"), Ok(Some("1968-03-14".into())));
        assert_eq!(born(" ", "", ""), Ok(None));
        assert_eq!(born("29", "2", "2024"), Ok(Some("2024-02-29".into())));
        for (day, month, year) in [
            ("29", "2", "2023"),
            ("31", "4", "2000"),
            ("1", "13", "2000"),
            ("1", "1", "2027"),
            ("x", "1", "2000"),
            ("1", "1", "68"),
        ] {
            assert_eq!(born(day, month, year), Err(()), "{day} {month} {year}");
        }
    }
}
