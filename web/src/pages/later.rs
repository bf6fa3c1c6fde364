//! What nobody needs before their first entry: most pages, and what goes to the host by itself. It is a part of the module that is loaded when the first
//! of them is opened, or once a record is open that has something in it.

use core::pin::Pin;

use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::components::button::{Button, Look};
use crate::components::by_itself::ByItself;
use crate::components::mark::mark;
use crate::components::page::Page;
use crate::hooks::session::Shell;
use crate::pages;
use crate::route::Route;
use crate::t;
use crate::view::members::Act;

/// That the part could not be loaded. What exactly happened is on the browser's console.
#[derive(Debug)]
pub struct NotLoaded;

/// What is made of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// The page behind an address; for one that it does not have, "no such page".
    Page(Route),
    /// What goes to the host by itself.
    ByItself,
}

/// Loads the part of the module, once, and makes something of it.
pub type Loader = Callback<Part, Pin<Box<dyn Future<Output = Result<Html, NotLoaded>>>>>;

/// Properties of [`Later`].
#[derive(Properties, PartialEq)]
pub struct LaterProps {
    /// Which page.
    pub route: Route,
    /// The page brings its own frame.
    #[prop_or_default]
    pub bare: bool,
}

/// A page of the later part.
#[component]
pub fn Later(props: &LaterProps) -> Html {
    let shell = use_context::<Shell>();
    let tries = use_state(|| 0_u32);
    let loaded = use_state(|| None::<Result<Html, NotLoaded>>);
    {
        let (loaded, loader) = (loaded.setter(), shell.map(|shell| shell.later));
        use_effect_with((props.route.clone(), *tries), move |(route, _)| {
            let coming = loader.map(|loader| loader.emit(Part::Page(route.clone())));
            wasm_bindgen_futures::spawn_local(async move {
                if let Some(coming) = coming {
                    loaded.set(Some(coming.await));
                }
            });
        });
    }
    let state = match &*loaded {
        Some(Ok(page)) => return page.clone(),
        None => html! { <p class="quiet" role="status">{ t!("opening") }</p> },
        Some(Err(NotLoaded)) => {
            let loaded = loaded.clone();
            let again = Callback::from(move |()| {
                loaded.set(None);
                tries.set(tries.wrapping_add(1));
            });
            let back = props.bare.then(|| (Route::Start, AttrValue::from(t!("back"))));
            html! {
                <Page title={t!("later-title")} {back}>
                    <div class="card stack" role="alert">
                        <p>{ t!("later-why") }</p>
                        <div class="actions"><Button look={Look::Primary} words={t!("try-again")} onclick={again} /></div>
                    </div>
                </Page>
            }
        }
    };
    if props.bare {
        html! { <main id="main" class="bare">{ mark() }{ state }</main> }
    } else {
        state
    }
}

/// After so long it is tried again to load what no page waits for.
const AGAIN_MS: u32 = 60_000;

/// What goes to the host by itself, once it is loaded.
#[component]
pub fn LaterByItself() -> Html {
    let loader = use_context::<Shell>().map(|shell| shell.later);
    let loaded = use_state(Html::default);
    let tries = use_state(|| 0_u32);
    {
        let loaded = loaded.setter();
        use_effect_with(*tries, move |_| {
            wasm_bindgen_futures::spawn_local(async move {
                match async { Some(loader?.emit(Part::ByItself).await) }.await {
                    Some(Ok(going)) => loaded.set(going),
                    Some(Err(NotLoaded)) => {
                        Timeout::new(AGAIN_MS, move || tries.set(tries.wrapping_add(1))).forget();
                    }
                    None => {}
                }
            });
        });
    }
    (*loaded).clone()
}

/// Makes a part.
pub fn made(part: Part) -> Html {
    match part {
        Part::Page(route) => page(route),
        Part::ByItself => html! { <ByItself /> },
    }
}

fn page(route: Route) -> Html {
    match route {
        Route::Timeline => html! { <pages::timeline::TimelinePage search={false} /> },
        Route::Search => html! { <pages::timeline::TimelinePage search={true} /> },
        Route::TryOut => html! { <pages::try_out::TryOut /> },
        Route::Section { number } => html! { <pages::section::SectionPage key={number} {number} /> },
        Route::Entry { entry } => html! { <pages::entry::EntryPage key={entry.clone()} entry={entry.clone()} /> },
        Route::Card => html! { <pages::emergency::Emergency /> },
        Route::Log => html! { <pages::dose_log::LogPage key="log" /> },
        Route::LogOf { entry } => {
            html! { <pages::dose_log::LogPage key={format!("log-{entry}")} medicine={entry.clone()} /> }
        }
        Route::Review { entry } => {
            html! { <pages::review::ReviewPage key={format!("review-{entry}")} entry={entry.clone()} /> }
        }
        Route::Amend { entry } => {
            html! { <pages::amend::Amend key={format!("amend-{entry}")} entry={entry.clone()} /> }
        }
        Route::Withdraw { entry } => {
            html! { <pages::withdraw::Withdraw key={format!("withdraw-{entry}")} entry={entry.clone()} /> }
        }
        Route::Versions { entry } => {
            html! { <pages::versions::VersionsPage key={format!("versions-{entry}")} entry={entry.clone()} /> }
        }
        Route::Erase { entry } => {
            html! { <pages::erase::Erase key={format!("erase-{entry}")} entry={entry.clone()} /> }
        }
        Route::MoveEntry { entry } => {
            html! { <pages::move_entry::MoveEntry key={format!("move-{entry}")} entry={entry.clone()} /> }
        }
        Route::Plan => html! { <pages::plan::Plan /> },
        Route::NewTask => html! { <pages::task::NewTask /> },
        Route::Task { task } => html! { <pages::task::TaskPage key={task.clone()} task={task.clone()} /> },
        Route::Notes => html! { <pages::notes::Notes /> },
        Route::NewNote => html! { <pages::note::NotePage key="new-note" /> },
        Route::Note { note } => html! { <pages::note::NotePage key={note.clone()} note={note.clone()} /> },
        Route::About => html! { <pages::about::About /> },
        Route::Intake => html! { <pages::intake::Intake /> },
        Route::Visit => html! { <pages::visit::VisitPage /> },
        Route::Write { number } => html! { <pages::write::Write key={format!("write-{number}")} {number} /> },
        Route::History => html! { <pages::history::History /> },
        Route::TakeOut => html! { <pages::take_out::TakeOut /> },
        Route::Settings => html! { <pages::settings::SettingsPage /> },
        Route::Backup => html! { <pages::backup::Backup /> },
        Route::BringBack => html! { <pages::bring_back::BringBack /> },
        Route::Restore => html! { <pages::restore::Restore /> },
        Route::Passphrase => html! { <pages::passphrase::ChangePassphrase /> },
        Route::Recovery => html! { <pages::recovery::Recovery /> },
        Route::Delete => html! { <pages::delete::Delete /> },
        Route::More => html! { <pages::more::More /> },
        Route::Devices => html! { <pages::devices::Devices /> },
        Route::Member { feed } => html! { <pages::member::Member key={feed.clone()} feed={feed.clone()} /> },
        Route::MemberAct { feed, act } if let Some(act) = Act::find(&act) => {
            html! { <pages::member_act::MemberAct key={format!("{}-{feed}", act.name())} feed={feed.clone()} {act} /> }
        }
        Route::SendFile => html! { <pages::send_file::SendFile /> },
        Route::OpenFile => html! { <pages::open_file::OpenFile /> },
        Route::AskByFile => html! { <pages::ask_by_file::AskByFile /> },
        Route::Connect => html! { <pages::connect::Connect key="connect" /> },
        Route::Meet { code } => html! { <pages::connect::Connect key="connect" meet={code.clone()} /> },
        Route::ConnectTo { code } => html! { <pages::connect::Connect key="connect" code={code.clone()} /> },
        Route::Records => html! { <pages::records::Records /> },
        _ => html! { <pages::obstacles::NotFound /> },
    }
}
