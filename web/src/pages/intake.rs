//! A clinic's intake form, filled from the record: to be read, printed, or corrected and signed as a note.

use chartchain_vault::protocol::form::{Form, FormDate, Note};
use chartchain_vault::protocol::{Command, Kind, Query, Reply};
use yew::prelude::*;

use crate::components::basics::shown;
use crate::components::button::{Button, Look};
use crate::components::icon::Icon;
use crate::components::page::Page;
use crate::hooks::ask::{Asked, use_ask};
use crate::hooks::session::{Change, Shell};
use crate::pages::drafted::DraftedForm;
use crate::pages::emergency::on_paper;
use crate::pages::write::sheet;
use crate::route::Route;
use crate::services::browser;
use crate::t;
use crate::view::form::Draft;
use crate::view::intake::{Listed, Part, form, text};

/// So many vaccinations, and so many procedures, are asked for.
const MOST_ENTRIES: u32 = 100;

/// Its place among drafts of new entries, apart from that of notes.
const DRAFT: u8 = 101;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Read,
    Warn,
    Write,
}

/// The newest entries of a kind, and how many there are.
#[hook]
fn use_lines(kind: Kind) -> Asked<Listed> {
    use_ask(
        kind,
        |kind| Command::Timeline(Query { kinds: vec![*kind], limit: MOST_ENTRIES, ..Query::default() }),
        |_, reply| match reply {
            Reply::Timeline(timeline) => Some(Listed { lines: timeline.lines, total: timeline.total }),
            _ => None,
        },
    )
}

/// The page.
#[component]
pub fn Intake() -> Html {
    let card = use_ask(
        browser::today().day_written(),
        |today| Command::EmergencyCard { today: today.clone() },
        |shell: &Shell, reply| match reply {
            Reply::EmergencyCard(card) => {
                shell.change(Change::Banner(card.banner.clone()));
                Some(*card)
            }
            _ => None,
        },
    );
    let vaccinations = use_lines(Kind::Vaccination);
    let procedures = use_lines(Kind::Procedure);
    let step = use_state(|| Step::Read);
    let go = |to: Step| {
        let step = step.clone();
        Callback::from(move |()| step.set(to))
    };
    let print = {
        let step = step.clone();
        Callback::from(move |()| {
            step.set(Step::Read);
            browser::print();
        })
    };
    let filled = |parts: Vec<Part>| match *step {
        Step::Write => {
            let today = FormDate::new(&browser::today().day_written());
            let note = Note { title: t!("intake-title"), text: text(&parts), when: today };
            html! {
                <>
                    <p class="section-note">{ t!("intake-check") }</p>
                    <DraftedForm<Draft> draft={Draft::of_form(&Form::Note(note)).kept_as(DRAFT)} sheet={sheet()} />
                </>
            }
        }
        now => html! {
            <>
                { sheet_of(&parts) }
                <div class="no-print section">
                    { if now == Step::Warn { on_paper(&print, &go(Step::Read)) } else { html! {
                        <div class="actions">
                            <Button picture={Icon::Print} words={t!("intake-print")} onclick={go(Step::Warn)} />
                            <Button look={Look::Secondary} picture={Icon::Pen} words={t!("intake-write")} onclick={go(Step::Write)} />
                        </div>
                    } } }
                </div>
            </>
        },
    };
    html! {
        <Page title={t!("intake-title")} lead={t!("intake-lead")} back={(Route::Add, AttrValue::from(t!("add-title")))}>
            { shown(&card, |card| shown(&vaccinations, |given| shown(&procedures, |done| filled(form(card, given, done))))) }
        </Page>
    }
}

fn sheet_of(parts: &[Part]) -> Html {
    let part = |part: &Part| {
        html! {
            <section class="card-part">
                <h2 class="h3">{ &part.heading }</h2>
                <ul>{ for part.lines.iter().map(|line| html! { <li>{ line }</li> }) }</ul>
            </section>
        }
    };
    html! {
        <article class="card intake" aria-label={t!("intake-title")}>
            <div class="card-parts">{ for parts.iter().map(part) }</div>
            <p class="small card-foot">{ t!("intake-foot", today = browser::today().day_words()) }</p>
        </article>
    }
}
