//! Everything, newest first: search, filters, months on the rail of rings.

use std::rc::Rc;

use chartchain_vault::protocol::{Fault, Query, Timeline};
use gloo_timers::callback::Timeout;
use web_sys::{HtmlInputElement, InputEvent};
use yew::prelude::*;

use crate::components::basics::{empty, problem};
use crate::components::button::{Button, Look, button_link};
use crate::components::entries::rail;
use crate::components::icon::Icon;
use crate::components::page::Page;
use crate::components::pager::Pager;
use crate::hooks::lines::lines;
use crate::hooks::session::{Change, Shell};
use crate::pages::timeline_filters::{Filters, form};
use crate::route::Route;
use crate::services::browser;
use crate::t;

const PAGE: u32 = Query::FIRST_LIMIT;

/// What is kept while an entry is read, so that the way back leads to the same place.
#[derive(Default)]
struct Kept {
    filters: Filters,
    limit: u32,
    found: Option<Rc<Timeline>>,
    scrolled: f64,
}

fn kept(shell: Option<&Shell>) -> Kept {
    let kept = shell.and_then(|shell| shell.memory.borrow().get("timeline").cloned());
    let kept = kept.and_then(|kept| kept.downcast::<Kept>().ok());
    kept.map_or_else(
        || Kept { limit: PAGE, ..Kept::default() },
        |kept| Kept {
            filters: kept.filters.clone(),
            limit: kept.limit,
            found: kept.found.clone(),
            scrolled: kept.scrolled,
        },
    )
}

/// Properties of [`TimelinePage`].
#[derive(Properties, PartialEq)]
pub struct TimelineProps {
    /// Puts focus into the search field.
    pub search: bool,
}

/// The page.
#[component]
pub fn TimelinePage(props: &TimelineProps) -> Html {
    let shell = use_context::<Shell>();
    let start = use_memo((), |()| kept(shell.as_ref()));
    let filters = use_state(|| start.filters.clone());
    let limit = use_state(|| start.limit);
    let found = use_state(|| start.found.clone());
    let fault = use_state(|| None::<Fault>);
    let newest = use_mut_ref(|| 0_u32);
    let pending = use_mut_ref(|| None::<Timeout>);
    let latest = use_mut_ref(Kept::default);

    let revision = shell.as_ref().map_or(0, |shell| shell.session.revision);
    {
        let (shell, found, fault) = (shell.clone(), found.clone(), fault.clone());
        use_effect_with(((*filters).clone(), *limit, revision), move |(filters, limit, _)| {
            let mine = {
                let mut newest = newest.borrow_mut();
                *newest = newest.wrapping_add(1);
                *newest
            };
            let (filters, limit) = (filters.clone(), *limit);
            if let Some(shell) = shell {
                wasm_bindgen_futures::spawn_local(async move {
                    let result = lines(&shell, &filters.query(), limit).await;
                    if *newest.borrow() != mine {
                        return;
                    }
                    match result {
                        Ok(now) => {
                            shell.change(Change::Say(t!("count-entries", count = now.total)));
                            found.set(Some(Rc::new(now)));
                            fault.set(None);
                        }
                        Err(why) => fault.set(Some(why)),
                    }
                });
            }
        });
    }
    {
        let mut latest = latest.borrow_mut();
        (latest.filters, latest.limit, latest.found) = ((*filters).clone(), *limit, (*found).clone());
    }
    {
        let (shell, latest, search, scrolled) = (shell.clone(), Rc::clone(&latest), props.search, start.scrolled);
        use_effect_with((), move |()| {
            if search {
                browser::focus_id("search");
            } else if scrolled > 0.0 {
                Timeout::new(0, move || browser::scroll_to(scrolled)).forget();
            }
            // The page is already gone when an effect is torn down, so its height is noted while it is scrolled.
            let heights = Rc::clone(&latest);
            let listener = web_sys::window().map(|window| {
                gloo_events::EventListener::new(&window, "scroll", move |_| {
                    heights.borrow_mut().scrolled = browser::scrolled();
                })
            });
            move || {
                drop(listener);
                if let Some(shell) = shell {
                    let kept: Rc<dyn core::any::Any> = Rc::new(latest.take());
                    shell.memory.borrow_mut().insert("timeline", kept);
                }
            }
        });
    }

    let change = {
        let (filters, limit) = (filters.clone(), limit.clone());
        Callback::from(move |next: Filters| {
            limit.set(PAGE);
            filters.set(next);
        })
    };
    let oninput = {
        let (filters, change) = (filters.clone(), change.clone());
        Callback::from(move |event: InputEvent| {
            let words = event.target_unchecked_into::<HtmlInputElement>().value();
            let (change, next) = (change.clone(), Filters { words, ..(*filters).clone() });
            *pending.borrow_mut() = Some(Timeout::new(140, move || change.emit(next)));
        })
    };
    let more = {
        let limit = limit.clone();
        Callback::from(move |()| limit.set(*limit + PAGE))
    };
    let name = shell.as_ref().map(Shell::first_name).unwrap_or_default();
    let print = Callback::from(|()| browser::print());
    html! {
        <Page title={t!("nav-timeline")} focus={!props.search && start.scrolled == 0.0}
            end={html! { <Button look={Look::Secondary} picture={Icon::Print} words={t!("print")} onclick={print} class="wide-only" /> }}>
            { form(&filters, found.as_deref(), &change, &oninput) }
            { for fault.as_ref().map(|fault| problem(fault, None)) }
            { match found.as_deref() {
                None => html! { <p class="quiet">{ t!("opening") }</p> },
                Some(found) if found.total == 0 => nothing(&filters, &change, &name),
                Some(found) => results(found, &more),
            } }
        </Page>
    }
}

fn results(found: &Timeline, more: &Callback<()>) -> Html {
    let shown = found.lines.len();
    html! {
        <>
            <p class="dense">{ t!("showing", shown = shown, total = found.total) }</p>
            { rail(&found.lines) }
            <Pager {shown} total={found.total} step={PAGE} items=".rail-item .thing-title a" more={more.clone()} />
        </>
    }
}

fn nothing(filters: &Filters, change: &Callback<Filters>, name: &str) -> Html {
    if !filters.is_any() {
        let add = button_link(Route::Add, Look::Primary, Some(Icon::Plus), t!("add-to-record"), "");
        return empty(Icon::Timeline, t!("home-empty", name = name), t!("home-empty-how"), add);
    }
    let clear = change.reform(|()| Filters::default());
    let action = html! { <Button look={Look::Secondary} words={t!("filters-clear")} onclick={clear} /> };
    empty(Icon::Search, t!("nothing-found"), t!("nothing-found-how"), action)
}
