//! An entry that belongs to somebody else: whose it is, what follows, both ways out.

use chartchain_vault::protocol::{Command, EntryId, Fault, LedgerCard, LedgerId, Reply};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::components::basics::{problem, shown};
use crate::components::button::{Button, Look, button_link};
use crate::components::field::{Answer, FieldGroup, radios};
use crate::components::interruption::{Interruption, point};
use crate::hooks::ask::use_ask;
use crate::hooks::session::{Change, Phase, Shell};
use crate::pages::withdraw::WithdrawProps;
use crate::route::Route;
use crate::services::browser;
use crate::services::engine::unexpected;
use crate::t;
use crate::view::dates::Date;
use crate::view::statuses::sex_words;

/// Name, birth date and sex.
fn whose(card: &LedgerCard) -> String {
    let person = &card.subject;
    let name = person.name.clone().unwrap_or_else(|| t!("no-name"));
    let born = person.birth_date.as_deref().and_then(Date::read).map(|date| t!("born-on", date = date.day_words()));
    [Some(name), born, person.sex.map(sex_words)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The page.
#[component]
pub fn MoveEntry(props: &WithdrawProps) -> Html {
    let shell = use_context::<Shell>();
    let navigator = use_navigator();
    let fault = use_state(|| None::<Fault>);
    let busy = use_state(|| false);
    let chosen = use_state(AttrValue::default);
    let missing = use_state(|| false);
    use_effect_with((), |()| browser::set_title(&t!("tab-title", page = t!("entry"))));
    let asked = use_ask(
        (),
        |()| Command::ListLedgers,
        |_, reply| match reply {
            Reply::Ledgers(ledgers) => Some(ledgers),
            _ => None,
        },
    );
    let (Some(shell), Some(navigator)) = (shell, navigator) else { return html! {} };
    let here = match &shell.session.phase {
        Phase::Unlocked { open, .. } => open.clone(),
        _ => None,
    };
    let made_up = shell.session.banner.as_ref().is_some_and(|banner| banner.made_up);
    let act = {
        let (navigator, fault, busy, entry) = (navigator.clone(), fault.clone(), busy.clone(), props.entry.clone());
        let (chosen, missing) = (chosen.clone(), missing.clone());
        Callback::from(move |()| {
            missing.set(chosen.is_empty());
            if chosen.is_empty() {
                browser::focus_id("whose-0");
                return;
            }
            busy.set(true);
            let (shell, navigator, fault, busy) = (shell.clone(), navigator.clone(), fault.clone(), busy.clone());
            let (entry, to) = (EntryId(entry.clone()), LedgerId(chosen.to_string()));
            wasm_bindgen_futures::spawn_local(async move {
                let why = match shell.ask(Command::MoveEntry { entry, to }).await {
                    Ok(Reply::Saved(entry)) => {
                        shell.change(Change::Say(t!("move-done")));
                        navigator.replace(&Route::Entry { entry: entry.0 });
                        return;
                    }
                    Ok(_) => unexpected(),
                    Err(why) => why,
                };
                busy.set(false);
                fault.set(Some(why));
            });
        })
    };
    let keep = {
        let entry = props.entry.clone();
        Callback::from(move |()| navigator.push(&Route::Entry { entry: entry.clone() }))
    };
    let choose = {
        let chosen = chosen.clone();
        Callback::from(move |value| chosen.set(value))
    };
    let body = |ledgers: &Vec<LedgerCard>| {
        let others: Vec<Answer> = ledgers
            .iter()
            .filter(|card| Some(&card.id) != here.as_ref() && card.made_up == made_up && !card.damaged)
            .map(|card| Answer::new(card.id.0.clone(), whose(card)))
            .collect();
        if others.is_empty() {
            return html! {
                <>
                    <p>{ t!("move-none") }</p>
                    <div class="interruption-acts">
                        { button_link(Route::NewRecord, Look::Secondary, None, t!("records-new"), "") }
                        <Button look={Look::Secondary} words={t!("withdraw-keep")} onclick={keep.clone()} />
                    </div>
                </>
            };
        }
        html! {
            <>
                <FieldGroup id="whose" label={t!("move-whose")} wrong={missing.then(|| AttrValue::from(t!("move-missing")))}>
                    { radios("whose", &others, &chosen, &choose, true) }
                </FieldGroup>
                <div class="interruption-acts">
                    <Button busy={*busy} words={t!("move-do")} onclick={act.clone()} />
                    <Button look={Look::Secondary} words={t!("withdraw-keep")} onclick={keep.clone()} />
                </div>
            </>
        }
    };
    html! {
        <>
            { for fault.as_ref().map(|fault| problem(fault, None)) }
            <Interruption question={t!("move-question")}>
                { point(t!("move-now"), t!("move-now-why")) }
                { point(t!("withdraw-stays"), t!("move-stays-why")) }
                { point(t!("withdraw-undo"), t!("move-undo-why")) }
                { shown(&asked, |ledgers| body(ledgers)) }
            </Interruption>
        </>
    }
}
