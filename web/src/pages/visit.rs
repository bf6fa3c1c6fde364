//! A visit: what a clinic writes at once, by a quick line, and signs.

use std::rc::Rc;

use chartchain_vault::protocol::form::{MeasurementKind, VisitProblem};
use chartchain_vault::protocol::{Banner, Command, Fault, LedgerId, Reply};
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::components::banner::how_bad;
use crate::components::basics::{panel, problem};
use crate::components::button::{Button, Look, button_link};
use crate::components::error_summary::{ErrorSummary, Wrong};
use crate::components::field::{Field, described_by};
use crate::components::page::Page;
use crate::hooks::session::{Change, Phase, Shell};
use crate::pages::devices::use_members;
use crate::route::Route;
use crate::services::browser;
use crate::services::engine::unexpected;
use crate::t;
use crate::view::form::{measured_name, unit_name};
use crate::view::members::name_words;
use crate::view::visit::{Text, Value, VisitDraft, field_of, id_of};

/// What was typed and not signed, in what pages remember.
const UNSIGNED: &str = "visit";

#[derive(Clone, PartialEq)]
struct Sheet {
    draft: VisitDraft,
    wrong: Vec<Wrong>,
    /// Numbers that the person is asked about.
    asked: Vec<Wrong>,
    attempt: u32,
    busy: bool,
}

enum Act {
    Text(Text, String),
    Number(MeasurementKind, String),
    Begin,
    Stop(Vec<Wrong>, Vec<Wrong>),
}

impl Reducible for Sheet {
    type Action = Act;

    fn reduce(self: Rc<Self>, act: Act) -> Rc<Self> {
        let mut next = (*self).clone();
        match act {
            Act::Text(at, text) => {
                next.draft.set(at, text);
                next.asked.clear();
            }
            Act::Number(kind, number) => {
                next.draft.put(kind, number, None);
                next.asked.clear();
            }
            Act::Begin => (next.busy, next.wrong) = (true, Vec::new()),
            Act::Stop(wrong, asked) => {
                (next.busy, next.wrong, next.asked) = (false, wrong, asked);
                next.attempt += 1;
            }
        }
        Rc::new(next)
    }
}

fn open(shell: &Shell) -> Option<LedgerId> {
    match &shell.session.phase {
        Phase::Unlocked { open, .. } => open.clone(),
        _ => None,
    }
}

/// What was typed before and not signed, of this record.
fn unsigned(shell: &Shell) -> VisitDraft {
    let memory = shell.memory.borrow();
    let known = memory.get(UNSIGNED).and_then(|known| known.downcast_ref::<(Option<LedgerId>, VisitDraft)>());
    known.filter(|(of, _)| *of == open(shell)).map(|(_, draft)| draft.clone()).unwrap_or_default()
}

/// The page.
#[component]
pub fn VisitPage() -> Html {
    let shell = use_context::<Shell>();
    let navigator = use_navigator();
    let fault = use_state(|| None::<Fault>);
    let members = use_members();
    let sheet = {
        let shell = shell.clone();
        use_reducer(move || Sheet {
            draft: shell.map(|shell| unsigned(&shell)).unwrap_or_default(),
            wrong: Vec::new(),
            asked: Vec::new(),
            attempt: 0,
            busy: false,
        })
    };
    {
        let shell = shell.clone();
        use_effect_with(sheet.draft.clone(), move |draft| {
            if let Some(shell) = shell {
                let kept: Rc<dyn core::any::Any> = Rc::new((open(&shell), draft.clone()));
                shell.memory.borrow_mut().insert(UNSIGNED, kept);
            }
        });
    }
    let Some(shell) = shell else { return html! {} };
    let sign = {
        let (shell, sheet, fault) = (shell.clone(), sheet.clone(), fault.clone());
        Callback::from(move |()| {
            let (shell, sheet, fault, navigator) = (shell.clone(), sheet.clone(), fault.clone(), navigator.clone());
            if sheet.busy {
                return;
            }
            sheet.dispatch(Act::Begin);
            wasm_bindgen_futures::spawn_local(async move {
                let (visit, fields) = sheet.draft.visit(&browser::now_written());
                let visit = Box::new(visit);
                let problems = match shell.ask(Command::CheckVisit { visit: visit.clone() }).await {
                    Ok(Reply::VisitChecked(problems)) => problems,
                    other => {
                        fault.set(Some(other.err().unwrap_or_else(unexpected)));
                        return sheet.dispatch(Act::Stop(Vec::new(), Vec::new()));
                    }
                };
                let told = |problem: &VisitProblem| {
                    let (field, words) = sheet.draft.words(problem, &fields);
                    Wrong { field: field.map(AttrValue::from), words: words.into() }
                };
                let (asked, wrong): (Vec<_>, Vec<_>) = problems.iter().partition(|problem| problem.is_question());
                let wrong: Vec<Wrong> = wrong.into_iter().map(told).collect();
                let asked: Vec<Wrong> = asked.into_iter().map(told).collect();
                // What was asked already, and is signed once more, is right.
                if !wrong.is_empty() || (!asked.is_empty() && asked != sheet.asked) {
                    return sheet.dispatch(Act::Stop(wrong, asked));
                }
                match shell.ask(Command::SaveVisit { visit }).await {
                    Ok(Reply::Saved(entry)) => {
                        shell.memory.borrow_mut().remove(UNSIGNED);
                        shell.change(Change::Say(t!("visit-signed")));
                        if let Some(navigator) = navigator {
                            navigator.replace(&Route::Entry { entry: entry.0 });
                        }
                    }
                    other => {
                        fault.set(Some(other.err().unwrap_or_else(unexpected)));
                        sheet.dispatch(Act::Stop(Vec::new(), Vec::new()));
                    }
                }
            });
        })
    };
    let onsubmit = {
        let sign = sign.clone();
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            sign.emit(());
        })
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            sign.emit(());
        }
    });
    let Sheet { draft, wrong, asked, attempt, busy } = &*sheet;
    let line = |at: Text, label: String| text_input(&sheet, at, label, None);
    let area = |at: Text, label: String| text_area(&sheet, at, label);
    let own = members.answer.as_ref().and_then(|members| members.devices.iter().find(|device| device.this_device));
    let banner = shell.session.banner.as_ref();
    html! {
        <Page title={t!("visit-title")} tab={t!("write-heading")} back={(Route::Add, AttrValue::from(t!("add-title")))}>
            <ErrorSummary wrong={wrong.clone()} attempt={*attempt} />
            { for fault.as_ref().map(|fault| problem(fault, None)) }
            <form class="stack-m" novalidate=true {onsubmit} {onkeydown}>
                { text_input(&sheet, Text::Line, t!("visit-line"), Some(t!("visit-line-hint"))) }
                { understood(draft) }
                <div class="visit-values">{ for draft.values.iter().map(|value| number_input(&sheet, value)) }</div>
                { line(Text::Reason, t!("visit-reason")) }
                { area(Text::Note, t!("visit-note-title")) }
                { area(Text::Plan, t!("visit-plan-title")) }
                { for banner.map(before_prescribing) }
                <fieldset class="field"><legend>{ t!("visit-medicine-heading") }</legend>
                    <div class="visit-values">
                        { line(Text::Medicine, t!("visit-medicine")) }
                        { line(Text::Dose, t!("visit-dose")) }
                        { line(Text::HowOften, t!("visit-how-often")) }
                    </div>
                </fieldset>
                <fieldset class="field"><legend>{ t!("visit-vaccine-heading") }</legend>
                    <div class="visit-values">
                        { line(Text::Vaccine, t!("visit-vaccine")) }
                        { line(Text::Lot, t!("visit-lot")) }
                    </div>
                </fieldset>
                { for (!asked.is_empty()).then(|| html! {
                    <div class="panel panel-know" role="alert">
                        <h2>{ t!("visit-asked") }</h2>
                        <ul class="steps">{ for asked.iter().map(|asked| html! { <li>{ &asked.words }</li> }) }</ul>
                        <p>{ t!("visit-asked-do") }</p>
                    </div>
                }) }
                <div class="card stack">
                    <p>{ signs(banner, own.map(name_words)) }</p>
                    <div class="actions">
                        <Button class="button-choice" busy={*busy} words={t!("visit-sign")} />
                        { button_link(Route::Home, Look::Secondary, None, t!("visit-later"), "") }
                    </div>
                    <p class="quiet">{ t!("visit-sign-hint") }</p>
                </div>
            </form>
        </Page>
    }
}

/// How many numbers were understood, and which words were not.
fn understood(draft: &VisitDraft) -> Html {
    let rest = draft.rest();
    html! {
        <p class="quiet" role="status">
            { t!("visit-understood", count = draft.count()) }
            { for (!rest.is_empty()).then(|| html! { <>{ " " }{ t!("visit-not-understood", words = rest) }</> }) }
        </p>
    }
}

/// What stands against a medicine.
fn before_prescribing(banner: &Banner) -> Html {
    if banner.allergies.is_empty() {
        return html! {};
    }
    let each = banner.allergies.iter().map(|allergy| html! { <li>{ &allergy.substance }{ for how_bad(allergy) }</li> });
    panel("panel-know", t!("visit-check"), html! { <ul class="steps">{ for each }</ul> })
}

fn signs(banner: Option<&Banner>, who: Option<String>) -> String {
    let name = banner.and_then(|banner| banner.subject.name.clone()).unwrap_or_else(|| t!("no-name"));
    t!("visit-sign-for", name = name, who = who.unwrap_or_else(|| t!("this-device")))
}

fn text_input(sheet: &UseReducerHandle<Sheet>, at: Text, label: String, hint: Option<String>) -> Html {
    let id = id_of(at);
    let wrong = Wrong::of(&sheet.wrong, id);
    let described = described_by(id, hint.is_some(), wrong.is_some());
    let oninput = {
        let sheet = sheet.dispatcher();
        Callback::from(move |event: InputEvent| {
            sheet.dispatch(Act::Text(at, event.target_unchecked_into::<HtmlInputElement>().value()));
        })
    };
    html! {
        <Field {id} {label} hint={hint.map(AttrValue::from)} {wrong}>
            <input {id} class="input" type="text" autocomplete="off" maxlength="1000" aria-describedby={described} value={sheet.draft.text(at).to_owned()} {oninput} />
        </Field>
    }
}

fn text_area(sheet: &UseReducerHandle<Sheet>, at: Text, label: String) -> Html {
    let id = id_of(at);
    let wrong = Wrong::of(&sheet.wrong, id);
    let described = described_by(id, false, wrong.is_some());
    let oninput = {
        let sheet = sheet.dispatcher();
        Callback::from(move |event: InputEvent| {
            sheet.dispatch(Act::Text(at, event.target_unchecked_into::<HtmlTextAreaElement>().value()));
        })
    };
    html! {
        <Field {id} {label} {wrong}>
            <textarea {id} class="input" rows="3" maxlength="20000" aria-describedby={described} value={sheet.draft.text(at).to_owned()} {oninput} />
        </Field>
    }
}

fn number_input(sheet: &UseReducerHandle<Sheet>, value: &Value) -> Html {
    let (id, kind) = (field_of(value.kind), value.kind);
    let wrong = Wrong::of(&sheet.wrong, &id).or_else(|| Wrong::of(&sheet.asked, &id));
    let described = described_by(&id, true, wrong.is_some());
    let oninput = {
        let sheet = sheet.dispatcher();
        Callback::from(move |event: InputEvent| {
            sheet.dispatch(Act::Number(kind, event.target_unchecked_into::<HtmlInputElement>().value()));
        })
    };
    html! {
        <Field key={id.clone()} id={id.clone()} label={measured_name(kind)} hint={AttrValue::from(unit_name(value.unit))} {wrong}>
            <input id={id.clone()} class="input" type="text" inputmode="decimal" autocomplete="off" maxlength="20" dir="ltr" aria-describedby={described} value={value.number.clone()} {oninput} />
        </Field>
    }
}
