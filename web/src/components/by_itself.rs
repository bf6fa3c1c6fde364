//! What goes to the host by itself while somebody is unlocked: devices meet there, and leave each other letters.

use std::rc::Rc;

use chartchain_vault::protocol::{LinkCard, LinkId, LinkStage};
use gloo_events::EventListener;
use web_sys::VisibilityState;
use yew::prelude::*;

use crate::components::field::tick;
use crate::hooks::session::{Phase, Shell};
use crate::services::browser;
use crate::services::companions::Gathering;
use crate::services::letters::{Postman, want};
use crate::t;
use crate::view::letters::{Letters, words};

/// Both that go.
#[derive(Clone)]
struct Going {
    postman: Rc<Postman>,
    gathering: Rc<Gathering>,
}

/// Shows nothing. Letters are fetched at once and every few minutes, and left soon after a change and when the window is put away;
/// devices of the open record are met whenever they are there.
#[component]
pub fn ByItself() -> Html {
    let shell = use_context::<Shell>();
    let going = use_memo((), |()| {
        let shell = shell.clone()?;
        Some(Going { postman: Postman::new(shell.clone()), gathering: Gathering::new(shell) })
    });
    {
        let going = (*going).clone();
        use_effect_with((), move |()| {
            let listeners = going.clone().map(|going| listen(&going));
            move || {
                drop(listeners);
                if let Some(going) = going {
                    going.postman.end();
                    going.gathering.end();
                }
            }
        });
    }
    let is_off = shell.as_ref().is_some_and(|shell| shell.session.letters == Letters::Off);
    {
        let going = (*going).clone();
        use_effect_with(is_off, move |_| {
            if let Some(going) = going {
                going.postman.go();
                // Whatever is switched off ends at once.
                going.gathering.look_now();
            }
        });
    }
    let revision = shell.as_ref().map_or(0, |shell| shell.session.revision);
    let seen = use_mut_ref(|| revision);
    {
        let going = (*going).clone();
        use_effect_with(revision, move |revision| {
            if seen.replace(*revision) != *revision
                && let Some(going) = going
            {
                going.postman.go_soon();
            }
        });
    }
    let who = shell.as_ref().map(|shell| (open(shell), connections(shell), revision));
    use_effect_with(who, move |_| {
        if let Some(going) = &*going {
            going.gathering.look_soon();
        }
    });
    html! {}
}

fn open(shell: &Shell) -> Option<chartchain_vault::protocol::LedgerId> {
    match &shell.session.phase {
        Phase::Unlocked { open, .. } => open.clone(),
        _ => None,
    }
}

fn connections(shell: &Shell) -> Vec<(LinkId, LinkStage)> {
    let stage = |card: &LinkCard| (card.id, card.stage);
    shell.session.links.iter().map(stage).collect()
}

/// What the browser says of the window and the network.
fn listen(going: &Going) -> Vec<EventListener> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    let online = {
        let going = going.clone();
        EventListener::new(&window, "online", move |_| {
            going.postman.go();
            going.gathering.look_now();
        })
    };
    let shown = window.document().map(|document| {
        let going = going.clone();
        EventListener::new(&document.clone(), "visibilitychange", move |_| {
            if document.visibility_state() == VisibilityState::Hidden {
                going.postman.go();
            } else {
                going.gathering.look_now();
            }
        })
    });
    [Some(online), shown].into_iter().flatten().collect()
}

/// What goes by itself, who sees what of it, how it stands, and the switch.
#[component]
pub fn ByItselfCard() -> Html {
    let Some(shell) = use_context::<Shell>() else { return html! {} };
    let letters = shell.session.letters;
    let choose = {
        let shell = shell.clone();
        Callback::from(move |on| want(&shell, on))
    };
    html! {
        <section class="card stack">
            <h2>{ t!("letters-title") }</h2>
            <p>{ t!("letters-why") }</p>
            <p class="quiet">{ t!("letters-seen") }</p>
            { tick("letters", html! { t!("letters-do") }, letters != Letters::Off, &choose) }
            <p role="status">{ words(letters, |ms| browser::local(ms).words()) }</p>
        </section>
    }
}
