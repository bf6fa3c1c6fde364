//! The emergency card: what helpers need, made of the record, chosen by the person, for paper.

use std::collections::BTreeSet;
use std::rc::Rc;

use chartchain_vault::protocol::{CardItem, CardPart, Command, EmergencyCard, Fault, Reply};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::components::banner::{born_words, severity_words};
use crate::components::basics::{problem, shown};
use crate::components::button::{Button, Look};
use crate::components::icon::Icon;
use crate::components::page::Page;
use crate::hooks::ask::use_ask;
use crate::hooks::session::{Change, Shell};
use crate::route::Route;
use crate::services::browser;
use crate::services::engine::unexpected;
use crate::t;
use crate::view::{dates, statuses, titles};

/// What the page shows below the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Below {
    Acts,
    Choosing,
    Warning,
}

/// The page.
#[component]
pub fn Emergency() -> Html {
    let shell = use_context::<Shell>();
    let asked = use_ask(
        browser::today().day_written(),
        |today| Command::EmergencyCard { today: today.clone() },
        |shell, reply| match reply {
            Reply::EmergencyCard(card) => {
                shell.change(Change::Banner(card.banner.clone()));
                Some(*card)
            }
            _ => None,
        },
    );
    let below = use_state(|| Below::Acts);
    let fault = use_state(|| None::<Fault>);
    let go = |to: Below| {
        let below = below.clone();
        Callback::from(move |()| below.set(to))
    };
    let choose = {
        let fault = fault.clone();
        Callback::from(move |left_out: Vec<String>| {
            let (Some(shell), fault) = (shell.clone(), fault.clone()) else { return };
            wasm_bindgen_futures::spawn_local(async move {
                let why = match shell.ask(Command::LeaveOut { left_out }).await {
                    Ok(Reply::Done) => None,
                    Ok(_) => Some(unexpected()),
                    Err(why) => Some(why),
                };
                shell.change(Change::Changed);
                fault.set(why);
            });
        })
    };
    let print = {
        let below = below.clone();
        Callback::from(move |()| {
            below.set(Below::Acts);
            browser::print();
        })
    };
    html! {
        <Page title={t!("card-title")} tab={t!("card-title")} lead={t!("card-lead")} back={(Route::More, AttrValue::from(t!("nav-more")))}>
            { for fault.as_ref().map(|fault| problem(fault, None)) }
            { shown(&asked, |found| html! {
                <>
                    { card(found) }
                    <div class="no-print">
                        { match *below {
                            Below::Acts => html! {
                                <div class="actions">
                                    <Button picture={Icon::Print} words={t!("card-print")} onclick={go(Below::Warning)} />
                                    <Button look={Look::Secondary} words={t!("card-choose")} onclick={go(Below::Choosing)} />
                                </div>
                            },
                            Below::Choosing => html! {
                                <>
                                    { choices(found, &choose) }
                                    <div class="actions"><Button words={t!("card-choose-done")} onclick={go(Below::Acts)} /></div>
                                </>
                            },
                            Below::Warning => on_paper(&print, &go(Below::Acts)),
                        } }
                    </div>
                </>
            }) }
        </Page>
    }
}

/// What paper cannot do, before something is printed.
pub fn on_paper(print: &Callback<()>, leave: &Callback<()>) -> Html {
    html! {
        <section class="panel panel-know section" aria-live="polite">
            <h2>{ t!("card-warning") }</h2>
            <p>{ t!("card-warning-why") }</p>
            <div class="actions">
                <Button look={Look::Know} picture={Icon::Print} words={t!("card-print-now")} onclick={print.clone()} />
                <Button look={Look::Secondary} words={t!("card-print-not")} onclick={leave.clone()} />
            </div>
        </section>
    }
}

/// The parts of a card in their order, with their headings and what is said where there is nothing.
fn parts(card: &EmergencyCard) -> [(&CardPart, String, String, String); 8] {
    [
        (&card.allergies, t!("card-allergies"), t!("card-allergies-none"), t!("card-allergies-known")),
        (&card.conditions, t!("section-conditions"), t!("card-conditions-none"), t!("card-conditions-known")),
        (&card.medicines, t!("section-medicines"), t!("card-medicines-none"), t!("card-medicines-known")),
        (&card.implants, t!("card-implants"), t!("card-implants-none"), t!("card-implants-known")),
        (&card.blood_group, t!("card-blood"), t!("card-blood-none"), String::new()),
        (&card.contacts, t!("card-call"), t!("card-call-none"), String::new()),
        (&card.languages, t!("card-languages"), t!("card-languages-none"), String::new()),
        (&card.needs, t!("card-needs"), String::new(), String::new()),
    ]
}

fn card(found: &Rc<EmergencyCard>) -> Html {
    let person = &found.banner.subject;
    let about: Vec<String> = born_words(person)
        .map(|born| t!("card-born", born = born))
        .into_iter()
        .chain(person.sex.map(statuses::sex_words))
        .collect();
    let part = |(at, (part, heading, none, none_known)): (usize, (&CardPart, String, String, String))| {
        let items: Vec<&CardItem> = part.items.iter().filter(|item| !item.left_out).collect();
        let hidden = part.items.len() - items.len();
        let (is_box, is_measured) = (at == 0, core::ptr::eq(part, &found.blood_group));
        // What nobody misses where nobody tells of it has no words for that.
        if part.items.is_empty() && none.is_empty() {
            return html! {};
        }
        html! {
            <section class={if is_box { "card-part card-part-box" } else { "card-part" }}>
                <h3>{ heading }</h3>
                { if items.is_empty() && hidden == 0 {
                    html! { <p>{ if part.none_known { none_known } else { none } }</p> }
                } else {
                    html! { <ul>{ for items.into_iter().map(|item| line(item, is_box, is_measured)) }</ul> }
                } }
                { if hidden > 0 { html! { <p class="small">{ t!("card-left-out", count = hidden) }</p> } } else { html! {} } }
            </section>
        }
    };
    html! {
        <article class="emergency-card" aria-label={t!("card-title")}>
            <p class="strong">{ t!("card-heading") }</p>
            <h2>{ person.name.clone().unwrap_or_else(|| t!("no-name")) }</h2>
            <p>{ about.join(", ") }</p>
            { for found.banner.made_up.then(|| html! { <p class="strong">{ t!("made-up") }</p> }) }
            <div class="card-parts">{ for parts(found).into_iter().enumerate().map(part) }</div>
            <p class="small card-foot">
                { t!("card-foot", today = browser::today().day_words(), newest = browser::local(found.newest_ms).day_words()) }
            </p>
        </article>
    }
}

fn line(item: &CardItem, is_allergy: bool, is_measured: bool) -> Html {
    let severity = item.severity.as_deref().map(|word| if is_allergy { severity_words(word) } else { word.to_owned() });
    let year = item.when.as_ref().and_then(|when| dates::Date::read(&when.written)).map(|date| date.year.to_string());
    html! {
        <li>
            <b>{ if item.told { item.title.clone() } else { titles::short_title(&item.title) } }</b>
            { for severity.map(|word| format!(" ({word})")) }
            { for item.detail.as_ref().map(|detail| html! { <span>{ ": " }{ detail }</span> }) }
            { for (item.told && is_measured).then(|| format!(" ({})", t!("card-told"))) }
            { for item.disputed.then(|| format!(" ({})", t!("flag-disputed"))) }
            { for year.filter(|_| item.detail.is_none()).map(|year| format!(" ({year})")) }
        </li>
    }
}

fn choices(found: &Rc<EmergencyCard>, choose: &Callback<Vec<String>>) -> Html {
    let left_out: BTreeSet<String> = parts(found)
        .iter()
        .flat_map(|(part, ..)| part.items.iter().filter(|item| item.left_out).map(|item| item.key.clone()))
        .collect();
    let choice = |item: &CardItem| {
        let (choose, key, left_out) = (choose.clone(), item.key.clone(), left_out.clone());
        let onchange = Callback::from(move |event: Event| {
            let mut left_out = left_out.clone();
            if event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked()) {
                left_out.remove(&key);
            } else {
                left_out.insert(key.clone());
            }
            choose.emit(left_out.into_iter().collect());
        });
        html! {
            <label class="choice" key={item.key.clone()}>
                <input type="checkbox" checked={!item.left_out} {onchange} /><span>{ titles::short_title(&item.title) }</span>
            </label>
        }
    };
    let part = |(part, heading, ..): (&CardPart, String, String, String)| {
        if part.items.is_empty() {
            return html! {};
        }
        html! { <fieldset class="field"><legend>{ heading }</legend><div class="choices">{ for part.items.iter().map(choice) }</div></fieldset> }
    };
    html! {
        <section class="section">
            <h2>{ t!("card-choose") }</h2>
            <p>{ t!("card-choose-why") }</p>
            <div class="card form">{ for parts(found).into_iter().map(part) }</div>
        </section>
    }
}
