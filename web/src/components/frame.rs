//! The frame around every page of an open record: bars, menus, banner, work under way.

use chartchain_vault::protocol::Command;
use yew::prelude::*;
use yew_router::prelude::*;

use super::banner::banner;
use super::button::{Look, button_link};
use super::icon::{Icon, icon};
use super::job::job_bar;
use super::mark::mark;
use crate::hooks::session::Shell;
use crate::route::Route;
use crate::services::browser;
use crate::t;
use crate::view::kinds::{IN_MENU, Section};

/// Properties of [`Frame`].
#[derive(Properties, PartialEq)]
pub struct FrameProps {
    /// The page that is shown.
    pub current: Route,
    /// The page.
    pub children: Children,
}

/// Moves focus past the menus. The address stays, because it holds the page.
pub fn skip() -> Callback<MouseEvent> {
    Callback::from(|event: MouseEvent| {
        event.prevent_default();
        browser::focus_id("main");
    })
}

/// Where else everything is.
fn saved_where(shell: &Shell) -> String {
    match shell.session.banner.as_ref() {
        Some(banner) if banner.copies > 1 => t!("saved-here-more", count = banner.copies - 1),
        Some(banner) if banner.shared => t!("saved-here-behind"),
        _ => t!("saved-here-rest"),
    }
}

/// The frame.
#[component]
pub fn Frame(props: &FrameProps) -> Html {
    let Some(shell) = use_context::<Shell>() else { return html! {} };
    let lock = {
        let shell = shell.clone();
        Callback::from(move |_: MouseEvent| shell.engine.tell(Command::Lock))
    };
    html! {
        <div class="frame">
            <a class="skip" href="#main" onclick={skip()}>{ t!("skip") }</a>
            { side(&props.current) }
            <div class="frame-main">
                <header class="top-bar">
                    { mark() }
                    <p class="top-state"><span>{ t!("saved-here") }<span class="top-state-rest">{ " " }{ saved_where(&shell) }</span></span></p>
                    <Link<Route> to={Route::Search} classes="top-action">
                        { icon(Icon::Search) }<span class="top-action-word">{ t!("search") }</span>
                        <span class="hidden-text">{ t!("search-hidden") }</span>
                    </Link<Route>>
                    <button type="button" class="top-action" onclick={lock}>
                        { icon(Icon::Lock) }<span class="top-action-word">{ t!("lock") }</span>
                        <span class="hidden-text">{ t!("lock-hidden") }</span>
                    </button>
                </header>
                { for shell.session.banner.as_ref().map(banner) }
                { job_bar(&shell.session.jobs, &props.current) }
                <main id="main" class="content" tabindex="-1">{ props.children.clone() }</main>
            </div>
            { bottom(&props.current) }
        </div>
    }
}

fn is_current(item: &Route, current: &Route) -> bool {
    item == current || (*item == Route::Timeline && *current == Route::Search)
}

fn nav_item(to: Route, picture: Icon, words: String, current: &Route) -> Html {
    let class = "nav-item";
    let here = is_current(&to, current).then_some("page");
    html! { <li><NavLink {to} {class} {here}>{ icon(picture) }<span>{ words }</span></NavLink></li> }
}

fn side(current: &Route) -> Html {
    let section = |section: Section| {
        nav_item(Route::Section { number: section.number() }, section.icon(), section.words(), current)
    };
    html! {
        <nav class="side" aria-label={t!("nav-label")}>
            <div class="side-inner">
                { mark() }
                { button_link(Route::Add, Look::Primary, Some(Icon::Plus), t!("add-to-record"), "") }
                    <ul>
                        { nav_item(Route::Home, Icon::Home, t!("nav-home"), current) }
                        { nav_item(Route::Timeline, Icon::Timeline, t!("nav-timeline"), current) }
                        { nav_item(Route::Plan, Icon::Checklist, t!("nav-plan"), current) }
                        { nav_item(Route::Notes, Icon::Pen, t!("nav-notes"), current) }
                        { nav_item(Route::About, Icon::Person, t!("nav-about"), current) }
                        { for IN_MENU.into_iter().map(section) }
                    </ul>
                    <p class="nav-head" id="nav-control">{ t!("nav-control") }</p>
                    <ul aria-labelledby="nav-control">
                        { nav_item(Route::History, Icon::Links, t!("nav-history"), current) }
                        { nav_item(Route::Devices, Icon::Device, t!("devices-title"), current) }
                        { nav_item(Route::Card, Icon::Card, t!("card-title"), current) }
                        { nav_item(Route::TakeOut, Icon::TakeOut, t!("nav-take-out"), current) }
                        { nav_item(Route::Records, Icon::People, t!("nav-records"), current) }
                        { nav_item(Route::Settings, Icon::Settings, t!("nav-settings"), current) }
                    </ul>
            </div>
        </nav>
    }
}

fn bottom(current: &Route) -> Html {
    let is_add = matches!(current, Route::Add | Route::Write { .. });
    let is_more = !is_add && ![Route::Home, Route::Timeline, Route::Search, Route::History].contains(current);
    let tab = |to: Route, picture: Icon, words: String, class: &'static str, here: bool| {
        let here = here.then_some("page");
        html! {
            <NavLink {to} {class} {here}><span class="tab-pill">{ icon(picture) }</span><span>{ words }</span></NavLink>
        }
    };
    html! {
        <nav class="bottom-nav" aria-label={t!("nav-label-short")}>
            { tab(Route::Home, Icon::Home, t!("nav-home"), "tab", *current == Route::Home) }
            { tab(Route::Timeline, Icon::Timeline, t!("nav-timeline"), "tab", is_current(&Route::Timeline, current)) }
            { tab(Route::Add, Icon::Plus, t!("nav-add"), "tab tab-add", is_add) }
            { tab(Route::History, Icon::Links, t!("nav-history"), "tab", *current == Route::History) }
            { tab(Route::More, Icon::More, t!("nav-more"), "tab", is_more) }
        </nav>
    }
}

#[derive(Properties, PartialEq)]
struct NavLinkProps {
    to: Route,
    class: AttrValue,
    here: Option<AttrValue>,
    children: Children,
}

/// A link that says where one is; the router's own cannot.
#[component]
fn NavLink(props: &NavLinkProps) -> Html {
    let navigator = use_navigator();
    let onclick = {
        let to = props.to.clone();
        Callback::from(move |event: MouseEvent| {
            if event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key() {
                return;
            }
            if let Some(navigator) = &navigator {
                event.prevent_default();
                navigator.push(&to);
            }
        })
    };
    html! {
        <a href={format!("#{}", props.to.to_path())} class={props.class.clone()} aria-current={props.here.clone()} {onclick}>
            { props.children.clone() }
        </a>
    }
}
