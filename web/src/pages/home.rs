//! First page: what is to be done, latest values, current medicines, what is new.

use std::rc::Rc;

use chartchain_vault::protocol::docs::DocumentName;
use chartchain_vault::protocol::{Banner, Command, EntryLine, Home, Kind, Reply};
use yew::prelude::*;

use crate::components::basics::{empty, panel, problem, section, shown, tile};
use crate::components::button::{Look, button_link, link};
use crate::components::entries;
use crate::components::icon::{Icon, icon};
use crate::components::page::Page;
use crate::components::tag::{Tone, tag};
use crate::components::task_row::task_row;
use crate::components::value_card::value_card;
use crate::hooks::ask::use_ask;
use crate::hooks::edit::{Act, use_edit};
use crate::hooks::session::{Change, Shell};
use crate::route::Route;
use crate::services::browser;
use crate::t;
use crate::view::kinds::{IN_MENU, Section};
use crate::view::lines;
use crate::view::tasks::{day_of, for_today};
use crate::view::titles::short_title;

/// The page.
#[component]
pub fn HomePage() -> Html {
    let shell = use_context::<Shell>();
    let asked = use_ask(
        (),
        |()| Command::Home,
        |shell, reply| match reply {
            Reply::Home(home) => {
                shell.change(Change::Banner(home.banner.clone()));
                Some(*home)
            }
            _ => None,
        },
    );
    let editing = use_edit(DocumentName::CARE_PLAN, asked.again.reform(|_| ()));
    let name = shell.map(|shell| shell.first_name()).unwrap_or_default();
    html! {
        <Page title={t!("home-title")} lead={browser::today().weekday_words()}>
            { for editing.fault.as_ref().map(|fault| problem(fault, None)) }
            { shown(&asked, |home| page(home, &name, &editing.act)) }
        </Page>
    }
}

fn page(home: &Rc<Home>, name: &str, act: &Callback<Act>) -> Html {
    let name = home.preferred_name.as_deref().unwrap_or(name);
    let is_empty = home.new.is_empty() && home.latest.is_empty();
    html! {
        <>
            { recovery_card(home) }
            { disputed(home) }
            <div class="home-grid">
                <div>
                    { if is_empty {
                        html! {
                            <div class="section">
                                { empty(Icon::Document, t!("home-empty", name = name), t!("home-empty-how"),
                                    button_link(Route::Add, Look::Primary, Some(Icon::Plus), t!("add-to-record"), "")) }
                            </div>
                        }
                    } else { html! {} } }
                    { to_do(home, act) }
                    { latest(home) }
                    { medicines(home) }
                    { new(home) }
                </div>
                <div class="home-side">
                    { copies(home) }
                    { sections(home) }
                </div>
            </div>
        </>
    }
}

/// What is still to be done so that nothing is lost; nothing for a made-up person, who has nothing to lose.
fn recovery_card(home: &Home) -> Html {
    if home.banner.made_up || (home.recovery_done && home.last_backup_ms.is_some()) {
        return html! {};
    }
    let made = browser::local(home.recovery_made_ms).day_words();
    let item = |done: bool, words: String| {
        let state = if done { t!("recovery-card-done") } else { t!("recovery-card-open") };
        html! { <li>{ icon(if done { Icon::Check } else { Icon::Dots }) }<span><strong>{ state }</strong>{ " " }{ words }</span></li> }
    };
    let (words, backup) = match home.last_backup_ms {
        Some(ms) => (t!("recovery-card-words"), t!("recovery-card-backup-on", date = browser::local(ms).day_words())),
        None => (t!("recovery-card-words"), t!("recovery-card-backup")),
    };
    let (why, act) = if home.recovery_done {
        let act = button_link(Route::Backup, Look::Know, None, t!("backup-open"), "");
        (t!("recovery-card-backup-why"), html! { <>{ act }<p>{ t!("recovery-card-backup-time") }</p></> })
    } else {
        let act = button_link(Route::Recovery, Look::Know, None, t!("recovery-card-do"), "");
        (t!("recovery-card-why", date = made), html! { <>{ act }<p>{ t!("recovery-card-time") }</p></> })
    };
    html! {
        <section class="panel panel-know recovery-card" aria-labelledby="recovery-heading">
            { icon(Icon::Key) }
            <div class="stack">
                <h2 id="recovery-heading">{ t!("recovery-card-title") }</h2>
                <p>{ why }</p>
                <ul class="card-steps">
                    { item(home.recovery_done, words) }
                    { item(home.last_backup_ms.is_some(), backup) }
                </ul>
            </div>
            <div class="recovery-act">{ act }</div>
        </section>
    }
}

/// Entries that somebody has to settle: devices amended them apart.
fn disputed(home: &Home) -> Html {
    if home.disputed_total == 0 {
        return html! {};
    }
    let entry = |line: &EntryLine| html! { <li>{ link(Route::Versions { entry: line.entry.0.clone() }, lines::title(line)) }</li> };
    let more = u32::try_from(home.disputed.len()).ok().and_then(|shown| home.disputed_total.checked_sub(shown));
    let body = html! {
        <>
            <p>{ t!("versions-why") }</p>
            <ul>{ for home.disputed.iter().map(entry) }</ul>
            { for more.filter(|more| *more > 0).map(|more| html! { <p>{ t!("home-disputed-more", count = more) }</p> }) }
        </>
    };
    html! { <div class="section">{ panel("panel-know", t!("home-disputed", count = home.disputed_total), body) }</div> }
}

fn to_do(home: &Home, act: &Callback<Act>) -> Html {
    if home.tasks.is_empty() {
        return html! {};
    }
    let today = browser::today();
    let is_today = |at_ms: i64| day_of(&browser::local(at_ms)) == day_of(&today);
    let tasks = for_today(&home.tasks, day_of(&today), is_today);
    let rows = tasks.iter().map(|task| task_row(task, day_of(&today), Some(act)));
    let body = if tasks.is_empty() {
        html! { <p class="flush-row quiet">{ t!("plan-due-none") }</p> }
    } else {
        html! { <ul>{ for rows }</ul> }
    };
    section(
        t!("home-to-do"),
        Some(t!("count-things", count = tasks.len())),
        html! {
            <div class="card card-flush">
                { body }
                <div class="flush-foot">{ link(Route::Plan, t!("home-to-do-all")) }</div>
            </div>
        },
    )
}

fn latest(home: &Home) -> Html {
    if home.latest.is_empty() {
        return html! {};
    }
    section(
        t!("home-latest"),
        None,
        html! { <div class="value-grid">{ for home.latest.iter().take(8).map(value_card) }</div> },
    )
}

fn medicines(home: &Home) -> Html {
    if home.medicines.is_empty() {
        return html! {};
    }
    let row = |line: &EntryLine| {
        html! {
            <li class="thing">
                { tile("", Icon::Pill) }
                <div class="thing-body">
                    <p class="thing-title">{ link(Route::Entry { entry: line.entry.0.clone() }, short_title(&line.title)) }</p>
                    { for line.disputed.then(|| tag(Tone::Attention, None, t!("flag-disputed"))) }
                    { for line.detail.as_ref().map(|detail| html! { <p class="quiet">{ detail }</p> }) }
                </div>
            </li>
        }
    };
    let count = home.medicines.len();
    section(
        t!("home-medicines"),
        Some(t!("count-medicines", count = count)),
        html! {
            <div class="card card-flush">
                <ul>{ for home.medicines.iter().take(6).map(row) }</ul>
                <div class="flush-foot">{ link(Route::Section { number: Section::Medicines.number() }, t!("home-medicines-all")) }</div>
            </div>
        },
    )
}

fn new(home: &Home) -> Html {
    if home.new.is_empty() {
        return html! {};
    }
    section(
        t!("home-new"),
        Some(t!("home-new-order")),
        entries::list(&home.new, Some(link(Route::Timeline, t!("home-see-all")))),
    )
}

fn copies(home: &Home) -> Html {
    let Banner { copies, shared, .. } = home.banner;
    let is_alone = copies < 2;
    let bar = |number| if number <= copies { "gauge-full" } else { "gauge-slot" };
    let (title, why) = match (is_alone, shared) {
        (false, _) => (t!("copies-more", count = copies), t!("copies-more-why")),
        (true, true) => (t!("copies-behind"), t!("copies-behind-why")),
        (true, false) => (t!("copies-one"), t!("copies-why")),
    };
    let last = home.last_backup_ms.map(|ms| t!("copies-backup", date = browser::local(ms).day_words()));
    section(
        t!("home-copies"),
        None,
        html! {
            <div class="card stack dense">
                <div class="emblem-row">{ tile(if is_alone { "tile-att" } else { "" }, Icon::Device) }<h3>{ title }</h3></div>
                <svg class="copies-gauge" aria-hidden="true" focusable="false" width="100%" height="10">
                    <rect class={bar(1)} x="1" y="1" width="31%" height="8" rx="4" />
                    <rect class={bar(2)} x="34.500%" y="1" width="31%" height="8" rx="4" />
                    <rect class={bar(3)} x="68%" y="1" width="31%" height="8" rx="4" />
                </svg>
                <p>{ why }</p>
                { for last.map(|last| html! { <p>{ last }</p> }) }
                { for home.banner.shared.then(|| html! { <p>{ link(Route::Devices, t!("devices-title")) }</p> }) }
                <p>{ link(Route::TakeOut, t!("copies-do")) }</p>
            </div>
        },
    )
}

fn sections(home: &Home) -> Html {
    let count_of = |kind: Kind| home.counts.iter().find(|(known, _)| *known == kind).map_or(0, |(_, count)| *count);
    let others = [Section::Allergies, Section::Visits, Section::Procedures, Section::Plans];
    let row = |which: Section| {
        let count: u32 = which.kinds().into_iter().map(count_of).sum();
        if count == 0 && !IN_MENU.contains(&which) {
            return html! {};
        }
        html! {
            <li class="thing way" key={which.number()}>
                { tile("", which.icon()) }
                <div class="thing-body">
                    <p class="thing-title">{ link(Route::Section { number: which.number() }, which.words()) }</p>
                    <p class="quiet">{ t!("count-entries", count = count) }</p>
                </div>
                <span class="chevron">{ icon(Icon::ChevronRight) }</span>
            </li>
        }
    };
    section(
        t!("home-record"),
        None,
        html! { <div class="card card-flush"><ul>{ for IN_MENU.into_iter().chain(others).map(row) }</ul></div> },
    )
}
