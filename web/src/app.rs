//! The app: starts the engine, holds the session, chooses the page.

use core::cell::Cell;
use std::rc::Rc;

use chartchain_vault::protocol::{self, Command, LinkCard, Reply};
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast as _;
use web_sys::{Event, PageTransitionEvent};
use yew::prelude::*;
use yew_router::prelude::*;

use crate::components::frame::Frame;
use crate::components::languages;
use crate::components::new_version::NewVersion;
use crate::hooks::session::{Change, End, Memory, Phase, Session, Shell};
use crate::hooks::{language, looks};
use crate::pages;
use crate::pages::later::{LaterByItself, Loader, Part};
use crate::route::Route;
use crate::services::engine::Engine;
use crate::services::{browser, letters, outlet};
use crate::t;

/// Activity is told to the engine at most this often.
const TOUCH_EVERY_MS: i64 = 20_000;
/// Pages ask anew at most this often while much changes.
const CHANGED_EVERY_MS: u32 = 700;

/// Properties of [`App`].
#[derive(Properties, PartialEq)]
pub struct AppProps {
    /// Loads the pages that are not needed at first.
    pub later: Loader,
}

/// The whole app.
#[component]
pub fn App(props: &AppProps) -> Html {
    let session = use_reducer(|| {
        let mut session = Session::default();
        let (theme, text_percent, language) = looks::remembered();
        session.settings.theme = theme;
        session.settings.text_percent = text_percent;
        session.spoken = language::at_once(&language);
        session.settings.language = language;
        session.letters = letters::at_first();
        if let Some(obstacle) = browser::obstacle() {
            session.phase = Phase::Unusable(obstacle);
        }
        looks::apply(&session.settings);
        session
    });
    let dispatch = session.dispatcher();
    let memory = use_memo((), |()| Memory::default());
    let events = use_mut_ref(|| None::<Callback<protocol::Event>>);
    let engine = {
        let (events, ended) = (Rc::clone(&events), dispatch.clone());
        let usable = !matches!(session.phase, Phase::Unusable(_));
        use_memo((), move |()| {
            usable.then(|| {
                let on_event = Callback::from(move |event| {
                    let listener = events.borrow().clone();
                    if let Some(listener) = listener {
                        listener.emit(event);
                    }
                });
                let on_end = Callback::from(move |()| ended.dispatch(Change::Phase(Phase::Ended(End::Failed))));
                Engine::start(on_event, on_end)
            })
        })
    };

    let Some(engine) = (*engine).clone() else {
        let Phase::Unusable(obstacle) = session.phase else { return html! {} };
        return html! { <pages::obstacles::Unusable {obstacle} /> };
    };
    let (session, memory) = (Rc::new((*session).clone()), (*memory).clone());
    let shell = Shell { session, engine, dispatch, memory, later: props.later.clone() };
    html! { <Running {shell} {events} /> }
}

#[derive(Properties)]
struct RunningProps {
    shell: Shell,
    events: Rc<core::cell::RefCell<Option<Callback<protocol::Event>>>>,
}

impl PartialEq for RunningProps {
    fn eq(&self, other: &Self) -> bool {
        self.shell == other.shell
    }
}

#[component]
fn Running(props: &RunningProps) -> Html {
    let shell = props.shell.clone();
    let is_fetched = use_memo((), |()| Cell::new(false));
    {
        let (shell, events) = (shell.clone(), Rc::clone(&props.events));
        use_effect_with((), move |()| {
            *events.borrow_mut() = Some(listener(shell.clone()));
            wasm_bindgen_futures::spawn_local(async move { shell.show_lock(None).await });
        });
    }
    {
        let engine = Rc::clone(&shell.engine);
        let unlocked = matches!(shell.session.phase, Phase::Unlocked { .. });
        use_effect_with(unlocked, move |unlocked| {
            let listeners = if *unlocked { touch_on_activity(&engine) } else { Vec::new() };
            move || drop(listeners)
        });
    }
    {
        // Whose record it is stands on every page, so it is asked for by none of them.
        let (asking, revision) = (shell.clone(), shell.session.revision);
        let open = match &shell.session.phase {
            Phase::Unlocked { open, .. } => open.clone(),
            _ => None,
        };
        let is_fetched = Rc::clone(&is_fetched);
        // What others hold shows there too.
        let same = |card: &LinkCard| card.records.iter().filter(|record| record.same).count();
        let held: usize = shell.session.links.iter().map(same).sum();
        let letters = shell.session.letters;
        use_effect_with((open, revision, held, letters), move |(open, ..)| {
            if open.is_some() {
                wasm_bindgen_futures::spawn_local(async move {
                    if let Ok(Reply::Home(home)) = asking.ask(Command::Home).await {
                        asking.change(Change::Banner(home.banner));
                        if !home.new.is_empty() && !is_fetched.replace(true) {
                            // Any page will do. Whoever opens one later is told if it was not loaded.
                            let _ = asking.later.emit(Part::Page(Route::NotFound)).await;
                        }
                    }
                });
            }
        });
    }
    use_effect_with(shell.session.settings.clone(), looks::apply);
    {
        let shell = shell.clone();
        use_effect_with(shell.session.settings.language.clone(), move |wanted| speak(shell, wanted.clone()));
    }
    {
        let shell = shell.clone();
        use_effect_with((), move |()| {
            let listeners = lock_when_left(&shell);
            move || drop(listeners)
        });
    }

    // Nothing is shown in a language that gives way to another at once; what is shown begins anew in a new language.
    let page = shell.session.spoken.as_ref().map(|spoken| html! { <Guarded key={spoken.language} /> });
    let is_shared = shell.session.has_shared;
    html! {
        <ContextProvider<Shell> context={shell}>
            // Always one node, so that the pages beside it stay what they are.
            if is_shared { <LaterByItself /> }
            <HashRouter>{ for page }</HashRouter>
        </ContextProvider<Shell>>
    }
}

/// Speaks a language and shows the pages in it.
pub(crate) fn speak(shell: Shell, wanted: String) {
    wasm_bindgen_futures::spawn_local(async move {
        let Some(spoken) = language::speak(wanted).await else { return };
        if shell.session.spoken.as_ref() != Some(&spoken) {
            shell.change(Change::Spoken(spoken.clone()));
            // On the first page, whoever chose goes on where they were.
            Timeout::new(0, move || browser::focus_id(&languages::button_id(spoken.language))).forget();
        }
    });
}

fn listener(shell: Shell) -> Callback<protocol::Event> {
    let waiting = Rc::new(Cell::new(false));
    Callback::from(move |event| match event {
        protocol::Event::Job(job) => shell.change(Change::Job(job)),
        protocol::Event::Changed => {
            if !waiting.replace(true) {
                let (shell, waiting) = (shell.clone(), Rc::clone(&waiting));
                Timeout::new(CHANGED_EVERY_MS, move || {
                    waiting.set(false);
                    shell.change(Change::Changed);
                })
                .forget();
            }
        }
        protocol::Event::Link(card) => {
            shell.change(Change::Link(card.clone()));
            outlet::hear(protocol::Event::Link(card));
        }
        event @ protocol::Event::LinkFrames { .. } => outlet::hear(event),
        protocol::Event::Locked(why) => {
            outlet::hear(protocol::Event::Locked(why));
            let shell = shell.clone();
            wasm_bindgen_futures::spawn_local(async move {
                shell.show_lock(Some(why)).await;
            });
        }
    })
}

/// A page that is left may be kept by the browser as it is, to be shown again by the way back. What is kept holds no key
/// and shows nothing of the record; shown again, it begins anew.
fn lock_when_left(shell: &Shell) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    let is_kept = |event: &Event| event.dyn_ref::<PageTransitionEvent>().is_some_and(PageTransitionEvent::persisted);
    let shell = shell.clone();
    let left = EventListener::new(&window, "pagehide", move |event| {
        if is_kept(event) {
            shell.engine.end();
            shell.change(Change::Phase(Phase::Ended(End::Left)));
        }
    });
    let back = EventListener::new(&window, "pageshow", move |event| {
        if is_kept(event) {
            browser::reload();
        }
    });
    vec![left, back]
}

fn touch_on_activity(engine: &Rc<Engine>) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    let last = Rc::new(Cell::new(browser::now_ms()));
    ["pointerdown", "keydown", "wheel", "touchmove"]
        .into_iter()
        .map(|kind| {
            let (engine, last) = (Rc::clone(engine), Rc::clone(&last));
            EventListener::new(&window, kind, move |_| {
                let now = browser::now_ms();
                if now - last.get() >= TOUCH_EVERY_MS {
                    last.set(now);
                    engine.tell(Command::Touch);
                }
            })
        })
        .collect()
}

/// Lets a page be seen only by who may: locked leads to the lock screen, no record leads to a new one.
#[component]
fn Guarded() -> Html {
    let Some(shell) = use_context::<Shell>() else { return html! {} };
    let route = use_route::<Route>().unwrap_or(Route::NotFound);
    let page = match &shell.session.phase {
        Phase::Unusable(obstacle) => html! { <pages::obstacles::Unusable obstacle={*obstacle} /> },
        Phase::Starting => html! { <pages::obstacles::Starting /> },
        Phase::Elsewhere => html! { <pages::obstacles::Elsewhere /> },
        Phase::Broken(fault) => html! { <pages::obstacles::Broken fault={fault.clone()} /> },
        Phase::Ended(End::Failed) => html! { <pages::obstacles::Ended /> },
        Phase::Ended(End::Left) => html! {},
        Phase::Locked { people, .. } => match route {
            Route::New => html! { <pages::new_person::NewPerson /> },
            Route::TryOut => html! { <pages::later::Later route={Route::TryOut} bare=true /> },
            Route::Restore => html! { <pages::later::Later route={Route::Restore} bare=true /> },
            Route::Start => html! { <pages::start::Start /> },
            _ if people.is_empty() => html! { <pages::start::Start /> },
            _ => html! { <pages::unlock::Unlock /> },
        },
        Phase::Unlocked { ledgers, open, .. } => {
            let current = route.clone();
            match (route, open) {
                (Route::Start | Route::Unlock | Route::TryOut | Route::Restore, _) => {
                    html! { <Redirect<Route> to={Route::Home} /> }
                }
                (Route::New, Some(_)) => html! { <Redirect<Route> to={Route::NewRecord} /> },
                (Route::NewRecord, _) => bare(html! { <pages::new_record::NewRecord /> }),
                (Route::Delete, None) => bare(html! { <pages::later::Later route={Route::Delete} /> }),
                (
                    route @ (Route::Connect
                    | Route::ConnectTo { .. }
                    | Route::Meet { .. }
                    | Route::AskByFile
                    | Route::OpenFile
                    | Route::Settings),
                    None,
                ) => bare(html! { <pages::later::Later route={route} /> }),
                (_, None) if ledgers.is_empty() => bare(html! { <pages::new_record::NewRecord /> }),
                (_, None) => bare(html! { <pages::later::Later route={Route::Records} /> }),
                (route, Some(_)) => html! { <Frame {current}>{ open_page(route) }</Frame> },
            }
        }
    };
    let unspoken = shell.session.spoken.as_ref().and_then(|spoken| spoken.failed);
    html! {
        <>
            <NewVersion is_up={shell.session.phase != Phase::Starting} />
            { for unspoken.map(|wanted| languages::not_loaded(wanted, &shell)) }
            { page }
            <div class="hidden-text" role="status" aria-live="polite">{ shell.session.announcement.clone() }</div>
        </>
    }
}

fn bare(page: Html) -> Html {
    html! { <><a class="skip" href="#main" onclick={crate::components::frame::skip()}>{ t!("skip") }</a><main id="main" class="bare" tabindex="-1">{ page }</main></> }
}

fn open_page(route: Route) -> Html {
    match route {
        Route::Home => html! { <pages::home::HomePage /> },
        Route::Add => html! { <pages::add::Add /> },
        route => html! { <pages::later::Later key={route.to_path()} route={route.clone()} /> },
    }
}
