//! Write an entry by hand: what can be written, and the form of one.

use std::rc::Rc;

use chartchain_vault::protocol::form::{FormProblem, MeasurementKind, Unit};
use chartchain_vault::protocol::{Command, DraftFrom, Elsewhere, EntryId, Fault, Reply};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::components::basics::tile;
use crate::components::button::{Button, Look, link};
use crate::components::error_summary::{ErrorSummary, Wrong};
use crate::components::page::Page;
use crate::components::question::{Entered, question};
use crate::hooks::draft::{Choice, Refused, hear, use_keeper};
use crate::hooks::session::{Change, Shell};
use crate::pages::draft_elsewhere::DraftElsewhere;
use crate::pages::drafted::{DraftedForm, kept_line};
use crate::pages::obstacles::NotFound;
use crate::route::Route;
use crate::services::browser;
use crate::services::engine::unexpected;
use crate::t;
use crate::view::faults;
use crate::view::form::{Draft, Slot, Sort, parts_of, question_words, questions, words};
use crate::view::kept::Kept;

/// Name of the units that the person chose, in what pages remember.
const UNITS: &str = "units";

type Units = Vec<(MeasurementKind, Unit)>;

/// What can be written by hand, each with its page.
pub fn sorts() -> Html {
    let row = |sort: Sort| {
        html! {
            <li class="thing">
                { tile("", sort.icon()) }
                <div class="thing-body"><p class="thing-title">{ link(Route::Write { number: sort.number() }, sort.words()) }</p></div>
            </li>
        }
    };
    html! { <div class="card card-flush"><ul>{ for Sort::ALL.into_iter().map(row) }</ul></div> }
}

/// Properties of [`Write`].
#[derive(Properties, PartialEq)]
pub struct WriteProps {
    /// See [`Sort::number`].
    pub number: u8,
}

/// The page of a new entry.
#[component]
pub fn Write(props: &WriteProps) -> Html {
    let Some(shell) = use_context::<Shell>() else { return html! {} };
    let Some(sort) = Sort::of_number(props.number) else { return html! { <NotFound /> } };
    let lead = t!("add-lead", name = shell.first_name());
    html! {
        <Page title={sort.words()} tab={t!("write-heading")} {lead} back={(Route::Add, AttrValue::from(t!("add-title")))}>
            <DraftedForm<Draft> draft={Draft::new(sort, units(&shell))} sheet={sheet()} />
        </Page>
    }
}

fn units(shell: &Shell) -> Units {
    let memory = shell.memory.borrow();
    memory.get(UNITS).and_then(|known| known.downcast_ref::<Units>()).cloned().unwrap_or_default()
}

fn remember_unit(shell: &Shell, draft: &Draft) {
    if let (Some(kind), Some(unit)) = (draft.measured(), draft.unit()) {
        let mut known = units(shell);
        known.retain(|(of, _)| *of != kind);
        known.push((kind, unit));
        shell.memory.borrow_mut().insert(UNITS, Rc::new(known));
    }
}

#[derive(Clone, PartialEq)]
struct Sheet {
    draft: Draft,
    wrong: Vec<Wrong>,
    odd: Vec<FormProblem>,
    attempt: u32,
    busy: bool,
}

enum Act {
    Answer(Entered),
    Take(Draft),
    Begin,
    Stop(Vec<Wrong>, Vec<FormProblem>),
}

impl Reducible for Sheet {
    type Action = Act;

    fn reduce(self: Rc<Self>, act: Act) -> Rc<Self> {
        let mut next = (*self).clone();
        match act {
            Act::Answer(entered) => {
                // A question is about what stood there when it was asked.
                next.odd.clear();
                match entered {
                    Entered::Text(slot, text) => next.draft.set(slot, text),
                    Entered::Part(slot, part, text) => {
                        let mut parts = next.draft.parts(slot);
                        *part.of(&mut parts) = text;
                        next.draft.set_parts(slot, parts);
                    }
                    Entered::File(filed) => next.draft.file = Some(filed),
                    Entered::Now(slot, clock) => next.draft.set_parts(slot, parts_of(&browser::today(), clock)),
                }
            }
            Act::Take(draft) => {
                next = Self { draft, wrong: Vec::new(), odd: Vec::new(), busy: false, attempt: next.attempt };
                if next.draft.amends.is_empty() {
                    next.draft.amends.clone_from(&self.draft.amends);
                }
            }
            Act::Begin => next.busy = true,
            Act::Stop(wrong, odd) => {
                next = Self { wrong, odd, busy: false, attempt: next.attempt.wrapping_add(1), draft: next.draft };
            }
        }
        Rc::new(next)
    }
}

/// Properties of [`FormSheet`].
#[derive(Properties, PartialEq)]
pub struct FormSheetProps {
    /// As it is filled in at first.
    pub draft: Draft,
    /// When that was kept, if it was.
    pub since_ms: Option<i64>,
}

/// Where a form is written.
#[must_use]
pub fn sheet() -> Callback<(Draft, Option<i64>), Html> {
    Callback::from(|(draft, since_ms)| html! { <FormSheet {draft} {since_ms} /> })
}

/// A form, from the first answer until it is saved.
#[component]
pub fn FormSheet(props: &FormSheetProps) -> Html {
    let first = props.draft.clone();
    let sheet = use_reducer(|| Sheet { draft: first, wrong: Vec::new(), odd: Vec::new(), attempt: 0, busy: false });
    let (shell, navigator) = (use_context::<Shell>(), use_navigator());
    let kept = use_state(|| None::<Option<Fault>>);
    let elsewhere = use_state(|| None::<Elsewhere>);
    // What another tab saved as the next version cannot be that once more.
    let is_new = use_state(|| props.draft.amends.is_empty());
    let replaced = if *is_new { 0 } else { sheet.draft.amends.len() };
    let told = hear(&kept, &elsewhere);
    let keeper = use_keeper(props.draft.of(), props.since_ms, &sheet.draft, &props.draft, told);
    use_effect_with((sheet.attempt, sheet.odd.is_empty()), |(_, calm)| {
        if !calm {
            browser::focus_id("questions");
        }
    });
    {
        // The same words twice would be read out once.
        let shell = shell.clone();
        use_effect_with((), move |()| {
            if let Some(shell) = shell {
                shell.change(Change::Say(String::new()));
            }
        });
    }
    let (Some(shell), Some(navigator)) = (shell, navigator) else { return html! {} };
    let save = {
        let (sheet, amends, keeper) =
            (sheet.clone(), if *is_new { Vec::new() } else { sheet.draft.amends.clone() }, keeper.clone());
        let (shell, navigator) = (shell.clone(), navigator.clone());
        Callback::from(move |confirmed: bool| {
            if sheet.busy {
                return;
            }
            sheet.dispatch(Act::Begin);
            let (shell, navigator, sheet, amends) = (shell.clone(), navigator.clone(), sheet.clone(), amends.clone());
            let keeper = keeper.clone();
            wasm_bindgen_futures::spawn_local(async move {
                let Some(keeper) = keeper else { return };
                let save = async |from| write(&shell, &sheet.draft, (amends.clone(), from), confirmed).await;
                match keeper.hand_in(&sheet.draft, save).await {
                    Ok(entry) => {
                        shell.change(Change::Say(t!("write-saved")));
                        navigator.replace(&Route::Entry { entry: entry.0 });
                    }
                    Err(Refused::Choose) => sheet.dispatch(Act::Stop(Vec::new(), Vec::new())),
                    Err(Refused::Mend(wrong)) => sheet.dispatch(Act::Stop(wrong, Vec::new())),
                    Err(Refused::Ask(odd)) => sheet.dispatch(Act::Stop(Vec::new(), odd)),
                    Err(Refused::Fault(fault)) => {
                        sheet.dispatch(Act::Stop(vec![Wrong::whole(faults::words(&fault))], Vec::new()));
                    }
                }
            });
        })
    };
    let onsubmit = save.reform(|event: SubmitEvent| {
        event.prevent_default();
        false
    });
    let onfocusout = {
        let keeper = keeper.clone();
        Callback::from(move |_: FocusEvent| {
            if let Some(keeper) = &keeper {
                keeper.keep_now();
            }
        })
    };
    let choose = {
        let (sheet, elsewhere) = (sheet.clone(), elsewhere.clone());
        Callback::from(move |choice| {
            let Some(keeper) = keeper.clone() else { return };
            let (sheet, elsewhere, is_new) = (sheet.clone(), elsewhere.clone(), is_new.clone());
            let (shell, navigator) = (shell.clone(), navigator.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let was = (*elsewhere).clone();
                if matches!(choice, Choice::Mine) {
                    is_new.set(*is_new || was == Some(Elsewhere::Saved));
                }
                elsewhere.set(None);
                let take = |draft| sheet.dispatch(Act::Take(draft));
                let Some(words) = keeper.settle(choice, &sheet.draft, take).await else {
                    shell.change(Change::Say(t!("other-tab-thrown")));
                    return navigator.replace(&Route::Timeline);
                };
                shell.change(Change::Say(words));
                if let Some(first) = questions(&sheet.draft).first() {
                    browser::focus_id(&first.anchor());
                }
            });
        })
    };
    let answer = {
        let sheet = sheet.dispatcher();
        Callback::from(move |entered| sheet.dispatch(Act::Answer(entered)))
    };
    let rows = questions(&sheet.draft).into_iter().map(|asked| {
        let wrong = Wrong::of(&sheet.wrong, &asked.anchor());
        let odd = sheet.odd.iter().any(|problem| Slot::Of(problem.field) == asked.slot);
        html! { <div key={asked.slot.id()} class={classes!(odd.then_some("field-odd"))}>{ question(&asked, &sheet.draft, wrong, &answer) }</div> }
    });
    html! {
        <>
            { for (replaced > 1).then(|| html! { <p>{ t!("versions-replaces", count = replaced) }</p> }) }
            <ErrorSummary wrong={sheet.wrong.clone()} attempt={sheet.attempt} />
            <form class="form" {onsubmit} {onfocusout} novalidate=true>
                { for rows }
                { if let Some(what) = &*elsewhere {
                    html! { <DraftElsewhere<Draft> what={what.clone()} mine={sheet.draft.clone()} {choose} /> }
                } else if sheet.odd.is_empty() {
                    html! { <div class="actions"><Button class="button-choice" busy={sheet.busy} words={t!("write-save")} /></div> }
                } else { doubt(&sheet, &save) } }
                { kept_line(kept.as_ref()) }
            </form>
        </>
    }
}

/// Odd numbers as questions, with both answers.
fn doubt(sheet: &Sheet, save: &Callback<bool>) -> Html {
    let asked = sheet.odd.iter().filter_map(|problem| question_words(problem, &sheet.draft));
    let first = sheet.odd.first().map_or("", |problem| Slot::Of(problem.field).id());
    let keep = save.reform(|()| true);
    let change = Callback::from(move |()| browser::focus_id(first));
    html! {
        <div class="panel panel-know" role="group" aria-label={t!("ask-heading")} id="questions" tabindex="-1">
            { for asked.map(|(question, expected)| html! { <><h2>{ question }</h2><p>{ expected }</p></> }) }
            <div class="actions">
                <Button look={Look::Secondary} busy={sheet.busy} words={t!("ask-keep")} onclick={keep} />
                <Button look={Look::Secondary} words={t!("ask-change")} onclick={change} />
            </div>
        </div>
    }
}

/// Checks and saves. Odd numbers are asked about until the person confirmed them.
async fn write(
    shell: &Shell,
    draft: &Draft,
    (amends, from): (Vec<EntryId>, DraftFrom),
    confirmed: bool,
) -> Result<EntryId, Refused<FormProblem>> {
    let Some(form) = draft.form(&browser::offset_of) else {
        let field = Some(Slot::Measured.id().into());
        return Err(Refused::Mend(vec![Wrong { field, words: t!("wrong-measured").into() }]));
    };
    let form = Box::new(form);
    let problems = match shell.ask(Command::CheckForm { form: form.clone() }).await {
        Ok(Reply::FormChecked(problems)) => problems,
        Ok(_) => return Err(Refused::Fault(unexpected())),
        Err(fault) => return Err(Refused::Fault(fault)),
    };
    let (odd, wrong): (Vec<_>, Vec<_>) = problems.into_iter().partition(FormProblem::is_question);
    if !wrong.is_empty() {
        let asked = questions(draft);
        let at = |problem: &FormProblem| {
            let slot = Slot::Of(problem.field);
            let field = asked.iter().find(|asked| asked.slot == slot).map(|asked| asked.anchor().into());
            Wrong { field, words: words(problem).into() }
        };
        return Err(Refused::Mend(wrong.iter().map(at).collect()));
    }
    if !odd.is_empty() && !confirmed {
        return Err(Refused::Ask(odd));
    }
    match shell.ask(Command::SaveForm { form, amends, draft: Some(from) }).await {
        Ok(Reply::Saved(entry)) => {
            remember_unit(shell, draft);
            Ok(entry)
        }
        Ok(_) => Err(Refused::Fault(unexpected())),
        Err(fault) => Err(Refused::Fault(fault)),
    }
}
