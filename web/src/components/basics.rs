//! Small things that many pages use.

use std::rc::Rc;

use chartchain_vault::protocol::Fault;
use yew::prelude::*;

use super::button::{Button, Look};
use super::icon::{Icon, icon};
use crate::hooks::ask::Asked;
use crate::t;
use crate::view::faults;
use crate::view::meaning::{Meaning, Shape, Tone};

/// A heading with what belongs under it.
pub fn section(heading: String, note: Option<String>, body: Html) -> Html {
    html! {
        <section class="section">
            <div class="section-head">
                <h2>{ heading }</h2>
                { for note.map(|note| html! { <p class="section-note">{ note }</p> }) }
            </div>
            { body }
        </section>
    }
}

/// The icon of a thing on its tile.
pub fn tile(tone: &'static str, picture: Icon) -> Html {
    html! { <span class={classes!("tile", tone)}>{ icon(picture) }</span> }
}

/// What a value means: shape and words.
pub fn sentence(meaning: &Meaning) -> Html {
    let class = match meaning.tone {
        Tone::Ok => "sentence sentence-ok",
        Tone::Attention => "sentence sentence-att",
        Tone::Urgent => "sentence sentence-urgent",
        Tone::Neutral => "sentence sentence-neutral",
    };
    let lines = match meaning.shape {
        Shape::TriangleUp => "M8 2l7 12H1Z",
        Shape::TriangleDown => "M8 14 1 2h14Z",
        Shape::Circle => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2",
        Shape::Diamond => "M8 1l7 7-7 7-7-7Z",
        Shape::ArrowUp => "M8 1l5.500 6-1.200 1.200L8.900 4.800V15H7.100V4.800L3.700 8.200 2.500 7Z",
        Shape::ArrowDown => "M8 15 2.500 9l1.200-1.200 3.400 3.400V1h1.800v10.200l3.400-3.400L13.500 9Z",
        Shape::Level => "M1 5h14v2H1ZM1 10h14v2H1Z",
    };
    html! {
        <p {class}>
            <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d={lines} /></svg>
            <span>{ &meaning.words }</span>
        </p>
    }
}

/// An empty page or list: why, how things get here, one action.
pub fn empty(picture: Icon, heading: String, words: String, action: Html) -> Html {
    html! {
        <div class="card empty">
            { tile("", picture) }
            <h2>{ heading }</h2>
            <p>{ words }</p>
            { action }
        </div>
    }
}

/// Something could not be shown: what still works, and a way to try again.
pub fn problem(fault: &Fault, again: Option<Callback<()>>) -> Html {
    html! {
        <div class="panel panel-know" role="alert">
            <h2>{ t!("problem-heading") }</h2>
            <p>{ faults::words(fault) }</p>
            { if *fault == Fault::StorageFull {
                html! { <ol class="steps">{ for faults::steps_to_free_room().map(|step| html! { <li>{ step }</li> }) }</ol> }
            } else { html! {} } }
            { for again.map(|again| html! {
                <div class="actions"><Button look={Look::Secondary} words={t!("try-again")} onclick={again} /></div>
            }) }
        </div>
    }
}

/// What was asked for: the page when it is there, else a calm line, else the problem.
pub fn shown<T>(asked: &Asked<T>, page: impl FnOnce(&Rc<T>) -> Html) -> Html {
    let problem = asked.fault.as_ref().map(|fault| problem(fault, Some(asked.again.clone())));
    html! {
        <>
            { for problem }
            { match &asked.answer {
                Some(answer) => page(answer),
                None if asked.fault.is_none() => html! { <p class="quiet">{ t!("opening") }</p> },
                None => html! {},
            } }
        </>
    }
}

/// A panel with an edge: know this first, advice, good or bad news.
pub fn panel(class: &'static str, heading: String, body: Html) -> Html {
    html! { <div class={classes!("panel", class)}><h2>{ heading }</h2>{ body }</div> }
}
