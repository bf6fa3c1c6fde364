//! The log of doses, of all medicines or of one, by day.

use chartchain_vault::protocol::{Command, EntryId, LogLine, Reply};
use yew::prelude::*;

use crate::components::basics::{empty, shown};
use crate::components::button::{Look, button_link, link};
use crate::components::icon::{Icon, icon};
use crate::components::page::Page;
use crate::components::pager::Pager;
use crate::hooks::ask::use_ask;
use crate::hooks::session::Change;
use crate::route::Route;
use crate::t;
use crate::view::dates::Date;
use crate::view::kinds::Section;
use crate::view::{doses, titles};

const PAGE: u32 = 100;

/// Properties of [`LogPage`].
#[derive(Properties, PartialEq)]
pub struct LogProps {
    /// Only of this medicine.
    #[prop_or_default]
    pub medicine: Option<String>,
}

/// The page.
#[component]
pub fn LogPage(props: &LogProps) -> Html {
    let limit = use_state(|| PAGE);
    let asked = use_ask(
        (props.medicine.clone().map(EntryId), *limit),
        |(medicine, limit)| Command::DoseLog { medicine: medicine.clone(), offset: 0, limit: *limit },
        |shell, reply| match reply {
            Reply::DoseLog(log) => {
                shell.change(Change::Banner(log.banner.clone()));
                Some(log)
            }
            _ => None,
        },
    );
    let name = asked.answer.as_ref().and_then(|log| log.title.as_deref()).map(titles::short_title);
    let title = name.map_or_else(|| t!("log-title"), |name| t!("log-title-of", name = name));
    let back = (Route::Section { number: Section::Medicines.number() }, AttrValue::from(Section::Medicines.words()));
    let more = {
        let limit = limit.clone();
        Callback::from(move |()| limit.set(*limit + PAGE))
    };
    html! {
        <Page {title} tab={t!("tab-list")} {back}>
            { shown(&asked, |log| {
                if log.total == 0 {
                    let to = Route::Section { number: Section::Medicines.number() };
                    let go = button_link(to, Look::Secondary, None, Section::Medicines.words(), "");
                    return empty(Icon::Pill, t!("log-empty"), t!("log-empty-how"), go);
                }
                html! {
                    <>
                        <p class="dense">{ t!("showing", shown = log.lines.len(), total = log.total) }</p>
                        { for by_day(&log.lines).into_iter().map(day) }
                        <Pager shown={log.lines.len()} total={log.total} step={PAGE} items=".log-line a" more={more.clone()} />
                    </>
                }
            }) }
        </Page>
    }
}

fn by_day(lines: &[LogLine]) -> Vec<(String, Vec<&LogLine>)> {
    let mut days: Vec<(String, Vec<&LogLine>)> = Vec::new();
    for line in lines {
        match days.last_mut() {
            Some((day, group)) if *day == line.day => group.push(line),
            _ => days.push((line.day.clone(), vec![line])),
        }
    }
    days
}

fn day((day, lines): (String, Vec<&LogLine>)) -> Html {
    let heading = Date::read(&day).map_or_else(|| day.clone(), |date| date.weekday_words());
    let row = |line: &&LogLine| {
        let taken = line.noted.taken;
        html! {
            <li class="dose log-line" key={line.noted.entry.0.clone()}>
                { link(Route::Entry { entry: line.noted.entry.0.clone() }, titles::short_title(&line.title)) }
                <p class={if taken { "dose-said dose-taken" } else { "dose-said dose-missed" }}>
                    { icon(if taken { Icon::Check } else { Icon::Cross }) }<span>{ doses::noted_words(&line.noted) }</span>
                </p>
            </li>
        }
    };
    html! {
        <section class="section" key={day}>
            <h2>{ heading }</h2>
            <div class="card card-flush"><ul class="doses">{ for lines.iter().map(row) }</ul></div>
        </section>
    }
}
