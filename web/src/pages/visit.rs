//! A visit: what a clinic writes at once, by a quick line, and signs.

use std::rc::Rc;

use chartchain_vault::protocol::{
    Banner, Command, DraftFrom, Elsewhere, EntryId, Fault, LastMeasured, MemberRole, Reply,
};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::components::banner::how_bad;
use crate::components::basics::{panel, shown};
use crate::components::button::{Button, Look, button_link};
use crate::components::error_summary::{ErrorSummary, Wrong};
use crate::components::page::Page;
use crate::components::visit_fields::{Fields, Typed};
use crate::hooks::ask::use_ask;
use crate::hooks::draft::{Refused, hear, use_keeper};
use crate::hooks::session::{Change, Shell};
use crate::pages::devices::use_members;
use crate::pages::draft_elsewhere::DraftElsewhere;
use crate::pages::drafted::{DraftedForm, kept_line};
use crate::route::Route;
use crate::services::browser;
use crate::services::engine::unexpected;
use crate::t;
use crate::view::faults;
use crate::view::form::parts_of;
use crate::view::kept::Kept;
use crate::view::members::name_words;
use crate::view::visit::{Place, Table, Text, VisitDraft};

/// The page.
#[component]
pub fn VisitPage() -> Html {
    let last = use_ask(
        (),
        |()| Command::LastMeasured,
        |_, reply| match reply {
            Reply::LastMeasured(last) => Some(last),
            _ => None,
        },
    );
    let shell = use_context::<Shell>();
    let banner = shell.as_ref().and_then(|shell| shell.session.banner.as_ref());
    let title = || t!("visit-title");
    let back = || Some((Route::Add, AttrValue::from(t!("add-title"))));
    if banner.is_some_and(|banner| banner.role != Some(MemberRole::Clinician)) {
        let why = html! { <p>{ t!("visit-not-yours-why") }</p> };
        return html! { <Page title={title()} back={back()}>{ panel("panel-know", t!("visit-not-yours"), why) }</Page> };
    }
    html! {
        <Page title={title()} tab={t!("write-heading")} back={back()}>
            { shown(&last, |last| {
                let fresh = VisitDraft::new(last, parts_of(&browser::today(), true));
                let last = Rc::clone(last);
                let sheet = Callback::from(move |(draft, since_ms)| {
                    html! { <VisitSheet {draft} {since_ms} last={Rc::clone(&last)} /> }
                });
                html! { <DraftedForm<VisitDraft> draft={fresh} {sheet} /> }
            }) }
        </Page>
    }
}

#[derive(Clone, PartialEq)]
struct Sheet {
    draft: VisitDraft,
    wrong: Vec<Wrong>,
    /// What the person is asked about.
    asked: Vec<Wrong>,
    attempt: u32,
    busy: bool,
}

enum Act {
    Typed(Typed),
    Take(Box<VisitDraft>),
    Begin,
    Stop(Vec<Wrong>, Vec<Wrong>),
}

impl Sheet {
    fn of(draft: VisitDraft) -> Self {
        Self { draft, wrong: Vec::new(), asked: Vec::new(), attempt: 0, busy: false }
    }
}

impl Reducible for Sheet {
    type Action = Act;

    fn reduce(self: Rc<Self>, act: Act) -> Rc<Self> {
        let mut next = (*self).clone();
        match act {
            // What is being signed stays as it is shown.
            Act::Typed(_) if next.busy => {}
            Act::Typed(typed) => {
                // A question is about what stood there when it was asked.
                next.asked.clear();
                match typed {
                    Typed::Into(place, text) => next.draft.put(place, text),
                    Typed::Unit(kind, unit) => next.draft.choose_unit(kind, unit),
                    Typed::Row(table) => next.draft.add_row(table),
                    Typed::Start(part, text) => *part.of(&mut next.draft.start) = text,
                    Typed::StartsNow => next.draft.start = parts_of(&browser::today(), true),
                }
            }
            Act::Take(draft) => next = Self { attempt: next.attempt, ..Self::of(*draft) },
            Act::Begin => (next.busy, next.wrong) = (true, Vec::new()),
            Act::Stop(wrong, asked) => {
                (next.busy, next.wrong, next.asked) = (false, wrong, asked);
                next.attempt = next.attempt.wrapping_add(1);
            }
        }
        Rc::new(next)
    }
}

#[derive(Properties, PartialEq)]
struct VisitSheetProps {
    /// As it is filled in at first.
    draft: VisitDraft,
    /// When that was kept, if it was.
    since_ms: Option<i64>,
    /// Values before this visit.
    last: Rc<Vec<LastMeasured>>,
}

#[component]
fn VisitSheet(props: &VisitSheetProps) -> Html {
    let (shell, navigator) = (use_context::<Shell>(), use_navigator());
    let members = use_members();
    let first = props.draft.clone();
    let sheet = use_reducer(|| Sheet::of(first));
    let kept = use_state(|| None::<Option<Fault>>);
    let elsewhere = use_state(|| None::<Elsewhere>);
    let keeper = use_keeper(props.draft.of(), props.since_ms, &sheet.draft, &props.draft, hear(&kept, &elsewhere));
    use_effect_with((sheet.attempt, sheet.asked.is_empty()), |(_, calm)| {
        if !calm {
            browser::focus_id("questions");
        }
    });
    let (Some(shell), Some(navigator), Some(keeper)) = (shell, navigator, keeper) else { return html! {} };
    let sign = {
        let (shell, sheet, keeper, navigator) = (shell.clone(), sheet.clone(), Rc::clone(&keeper), navigator.clone());
        Callback::from(move |confirmed: bool| {
            if sheet.busy {
                return;
            }
            sheet.dispatch(Act::Begin);
            let (shell, sheet, keeper, navigator) =
                (shell.clone(), sheet.clone(), Rc::clone(&keeper), navigator.clone());
            shell.change(Change::Say(String::new()));
            wasm_bindgen_futures::spawn_local(async move {
                let save = async |from| sign(&shell, &sheet.draft, from, confirmed).await;
                match keeper.hand_in(&sheet.draft, save).await {
                    Ok(entry) => {
                        shell.change(Change::Say(t!("visit-signed")));
                        navigator.replace(&Route::Entry { entry: entry.0 });
                    }
                    Err(Refused::Choose) => sheet.dispatch(Act::Stop(Vec::new(), Vec::new())),
                    Err(Refused::Mend(wrong)) => sheet.dispatch(Act::Stop(wrong, Vec::new())),
                    Err(Refused::Ask(asked)) => sheet.dispatch(Act::Stop(Vec::new(), asked)),
                    Err(Refused::Fault(fault)) => {
                        sheet.dispatch(Act::Stop(vec![Wrong::whole(faults::words(&fault))], Vec::new()));
                    }
                }
            });
        })
    };
    let choose = {
        let (shell, sheet, keeper, elsewhere) = (shell.clone(), sheet.clone(), Rc::clone(&keeper), elsewhere.clone());
        Callback::from(move |choice| {
            let (shell, sheet, keeper, navigator) =
                (shell.clone(), sheet.clone(), Rc::clone(&keeper), navigator.clone());
            elsewhere.set(None);
            wasm_bindgen_futures::spawn_local(async move {
                let take = |draft| sheet.dispatch(Act::Take(Box::new(draft)));
                let Some(words) = keeper.settle(choice, &sheet.draft, take).await else {
                    shell.change(Change::Say(t!("other-tab-thrown")));
                    return navigator.replace(&Route::Timeline);
                };
                shell.change(Change::Say(words));
                browser::focus_id(&Place::Text(Text::Line).id());
            });
        })
    };
    let onsubmit = sign.reform(|event: SubmitEvent| {
        event.prevent_default();
        false
    });
    let confirm = sign.reform(|()| true);
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() != "Enter" || !browser::is_typing() {
            return;
        }
        if event.ctrl_key() || event.meta_key() {
            event.prevent_default();
            if !event.repeat() {
                sign.emit(false);
            }
        } else if browser::is_in_line() {
            // Nobody signs by ending a line.
            event.prevent_default();
        }
    });
    let onfocusout = Callback::from(move |_: FocusEvent| keeper.keep_now());
    let typed = {
        let sheet = sheet.dispatcher();
        Callback::from(move |typed| sheet.dispatch(Act::Typed(typed)))
    };
    let Sheet { draft, wrong, asked, attempt, busy } = &*sheet;
    let both = [wrong.as_slice(), asked].concat();
    let fields = Fields { draft, wrong: &both, busy: *busy, last: &props.last, typed: &typed };
    let own = members.answer.as_ref().and_then(|members| members.devices.iter().find(|device| device.this_device));
    let banner = shell.session.banner.as_ref();
    html! {
        <>
            <ErrorSummary wrong={wrong.clone()} attempt={*attempt} />
            <form class="stack-m" novalidate=true {onsubmit} {onkeydown} {onfocusout}>
                { fields.line(Place::Text(Text::Line), Some(t!("visit-line-hint"))) }
                { understood(draft) }
                <div class="visit-values">{ for draft.values().iter().map(|value| fields.number(value)) }</div>
                { fields.area(Text::Note) }
                { fields.area(Text::Plan) }
                <div>{ for banner.map(before_prescribing) }</div>
                { fields.table(Table::Medicines, t!("visit-medicine-heading"), t!("visit-another-medicine")) }
                { fields.table(Table::Vaccines, t!("visit-vaccine-heading"), t!("visit-another-vaccine")) }
                { fields.line(Place::Text(Text::Reason), None) }
                { fields.start() }
                { if let Some(what) = &*elsewhere {
                    html! { <DraftElsewhere<VisitDraft> what={what.clone()} mine={draft.clone()} {choose} /> }
                } else { html! {
                    <div class="stack-m">
                        { if asked.is_empty() { html! {} } else { doubt(asked, *busy, &confirm) } }
                        <div class="card stack">
                            <p>{ signs(banner, own.map(name_words)) }</p>
                            <div class="actions">
                                <Button class="button-choice" busy={*busy} words={t!("visit-sign")} />
                                { button_link(Route::Home, Look::Secondary, None, t!("visit-later"), "") }
                            </div>
                            <p class="quiet">{ t!("visit-sign-hint") }</p>
                        </div>
                    </div>
                } } }
                { kept_line(kept.as_ref()) }
            </form>
        </>
    }
}

/// Checks and signs. What is odd is asked about until the person confirmed it.
async fn sign(shell: &Shell, draft: &VisitDraft, from: DraftFrom, confirmed: bool) -> Result<EntryId, Refused<Wrong>> {
    let ledger = shell.session.banner.as_ref().map(|banner| banner.ledger.clone());
    let ledger = ledger.ok_or(Refused::Fault(Fault::NoLedger))?;
    let (visit, places) = draft.visit(&browser::offset_of);
    let visit = Box::new(visit);
    let problems = match shell.ask(Command::CheckVisit { visit: visit.clone() }).await {
        Ok(Reply::VisitChecked(problems)) => problems,
        other => return Err(Refused::Fault(other.err().unwrap_or_else(unexpected))),
    };
    let [wrong, mut asked] = draft.told(&problems, &places);
    let rest = draft.rest();
    if !rest.is_empty() {
        asked.push((Some(Place::Text(Text::Line)), t!("visit-rest-asked", words = rest)));
    }
    let at = |(place, words): (Option<Place>, String)| Wrong {
        field: place.map(|place| place.id().into()),
        words: words.into(),
    };
    if !wrong.is_empty() {
        return Err(Refused::Mend(wrong.into_iter().map(at).collect()));
    }
    if !asked.is_empty() && !confirmed {
        return Err(Refused::Ask(asked.into_iter().map(at).collect()));
    }
    match shell.ask(Command::SaveVisit { ledger, visit, draft: Some(from) }).await {
        Ok(Reply::Saved(entry)) => Ok(entry),
        other => Err(Refused::Fault(other.err().unwrap_or_else(unexpected))),
    }
}

/// What is odd, as questions, with both answers.
fn doubt(asked: &[Wrong], busy: bool, confirm: &Callback<()>) -> Html {
    let first = asked.first().and_then(|asked| asked.field.clone()).unwrap_or_default();
    let change = Callback::from(move |()| browser::focus_id(&first));
    html! {
        <div class="panel panel-know" role="group" aria-labelledby="questions-heading" id="questions" tabindex="-1">
            <h2 id="questions-heading">{ t!("visit-asked") }</h2>
            <ul class="steps">{ for asked.iter().map(|asked| html! { <li>{ &asked.words }</li> }) }</ul>
            <div class="actions">
                <Button look={Look::Secondary} {busy} words={t!("visit-keep")} onclick={confirm.clone()} />
                <Button look={Look::Secondary} words={t!("ask-change")} onclick={change} />
            </div>
        </div>
    }
}

/// How many numbers were understood, and which words were not.
fn understood(draft: &VisitDraft) -> Html {
    let rest = draft.rest();
    html! {
        <div class="quiet">
            <p role="status">{ t!("visit-understood", count = draft.count()) }</p>
            { if rest.is_empty() { html! {} } else { html! { <p>{ t!("visit-not-understood", words = rest) }</p> } } }
        </div>
    }
}

/// What stands against a medicine.
fn before_prescribing(banner: &Banner) -> Html {
    if banner.allergies.is_empty() {
        let words = if banner.no_known_allergies { t!("visit-no-known") } else { t!("visit-none-noted") };
        return html! { <p class="quiet">{ words }</p> };
    }
    let each = banner.allergies.iter().map(|allergy| html! { <li>{ &allergy.substance }{ for how_bad(allergy) }</li> });
    panel("panel-know", t!("visit-check"), html! { <ul class="steps">{ for each }</ul> })
}

fn signs(banner: Option<&Banner>, who: Option<String>) -> String {
    let name = banner.and_then(|banner| banner.subject.name.clone()).unwrap_or_else(|| t!("no-name"));
    t!("visit-sign-for", name = name, who = who.unwrap_or_else(|| t!("this-device")))
}
