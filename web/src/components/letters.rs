//! Letters: what goes to fetch and leave them while somebody is unlocked, and what a page says of them.

use gloo_events::EventListener;
use web_sys::VisibilityState;
use yew::prelude::*;

use crate::components::field::tick;
use crate::hooks::session::Shell;
use crate::services::browser;
use crate::services::letters::{Postman, want};
use crate::t;
use crate::view::letters::{Letters, words};

/// Shows nothing. Letters are fetched at once and every few minutes, and left soon after a change and when the window is put away.
#[component]
pub fn LettersGoing() -> Html {
    let shell = use_context::<Shell>();
    let postman = use_memo((), |()| shell.clone().map(Postman::new));
    let session = shell.as_ref().map(|shell| &shell.session);
    let revision = session.map_or(0, |session| session.revision);
    let is_off = session.is_some_and(|session| session.letters == Letters::Off);
    {
        let postman = (*postman).clone();
        use_effect_with((), move |()| {
            let document = web_sys::window().and_then(|window| window.document());
            let hidden = document.zip(postman.clone()).map(|(document, postman)| {
                EventListener::new(&document.clone(), "visibilitychange", move |_| {
                    if document.visibility_state() == VisibilityState::Hidden {
                        postman.go();
                    }
                })
            });
            move || {
                drop(hidden);
                if let Some(postman) = postman {
                    postman.end();
                }
            }
        });
    }
    {
        let postman = (*postman).clone();
        use_effect_with(is_off, move |_| {
            if let Some(postman) = postman {
                postman.go();
            }
        });
    }
    let seen = use_mut_ref(|| revision);
    {
        let postman = (*postman).clone();
        use_effect_with(revision, move |revision| {
            if seen.replace(*revision) != *revision
                && let Some(postman) = postman
            {
                postman.go_soon();
            }
        });
    }
    html! {}
}

/// What letters are, who sees what of them, how it stands, and the switch.
#[component]
pub fn LettersCard() -> Html {
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
