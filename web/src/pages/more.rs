//! Everything that the phone's bottom bar has no room for.

use yew::prelude::*;

use crate::components::basics::tile;
use crate::components::button::link;
use crate::components::icon::{Icon, icon};
use crate::components::page::Page;
use crate::route::Route;
use crate::t;
use crate::view::kinds::{IN_MENU, Section};

fn row(to: Route, picture: Icon, words: String, below: Option<String>) -> Html {
    html! {
        <li class="thing way" key={words.clone()}>
            { tile("", picture) }
            <div class="thing-body">
                <p class="thing-title">{ link(to, words) }</p>
                { for below.map(|below| html! { <p class="quiet">{ below }</p> }) }
            </div>
            <span class="chevron">{ icon(Icon::ChevronRight) }</span>
        </li>
    }
}

/// The page.
#[component]
pub fn More() -> Html {
    let others = [Section::Allergies, Section::Visits, Section::Procedures, Section::Plans];
    let section = |which: Section| row(Route::Section { number: which.number() }, which.icon(), which.words(), None);
    html! {
        <Page title={t!("nav-more")}>
            <div class="card card-flush"><ul>
                { row(Route::Plan, Icon::Checklist, t!("nav-plan"), Some(t!("plan-lead"))) }
                { row(Route::Notes, Icon::Pen, t!("nav-notes"), Some(t!("notes-lead"))) }
                { row(Route::About, Icon::Person, t!("nav-about"), Some(t!("about-lead"))) }
            </ul></div>
            <div class="card card-flush"><ul>{ for IN_MENU.into_iter().chain(others).map(section) }</ul></div>
            <section class="section">
                <h2>{ t!("nav-control") }</h2>
                <div class="card card-flush">
                    <ul>
                        { row(Route::Devices, Icon::Device, t!("devices-title"), Some(t!("more-devices"))) }
                        { row(Route::Card, Icon::Card, t!("card-title"), Some(t!("card-lead"))) }
                        { row(Route::Intake, Icon::Document, t!("intake-title"), Some(t!("intake-lead"))) }
                        { row(Route::TakeOut, Icon::TakeOut, t!("nav-take-out"), Some(t!("more-take-out"))) }
                        { row(Route::Records, Icon::People, t!("nav-records"), Some(t!("more-records"))) }
                        { row(Route::Settings, Icon::Settings, t!("nav-settings"), Some(t!("more-settings"))) }
                    </ul>
                </div>
            </section>
        </Page>
    }
}
