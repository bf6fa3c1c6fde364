//! Another tab wrote in the draft that is being written here, saved it or threw it away: the person chooses which text goes on.

use chartchain_vault::protocol::Elsewhere;
use yew::prelude::*;

use crate::components::button::{Button, Look};
use crate::components::summary::{row, summary};
use crate::hooks::draft::Choice;
use crate::hooks::session::{Change, Shell};
use crate::services::browser;
use crate::t;
use crate::view::kept::Kept;

/// Properties of [`DraftElsewhere`].
#[derive(Properties, PartialEq)]
pub struct DraftElsewhereProps<T: Kept> {
    /// What the other tab did.
    pub what: Elsewhere,
    /// What is written here.
    pub mine: T,
    /// What the person chose.
    pub choose: Callback<Choice<T>>,
}

/// The question. It takes focus, unless the person is typing; it is read out in any case.
#[component]
pub fn DraftElsewhere<T: Kept>(props: &DraftElsewhereProps<T>) -> Html {
    let shell = use_context::<Shell>();
    let heading = heading(&props.what);
    let words = heading.clone();
    use_effect_with(props.what.clone(), move |_| {
        if let Some(shell) = shell {
            shell.change(Change::Say(words));
        }
        if !browser::is_typing() {
            browser::focus_id("elsewhere");
        }
    });
    let choices = match &props.what {
        Elsewhere::Wrote(other) => match T::opened(other) {
            Some(theirs) => {
                let when = browser::local(other.at_ms).words();
                html! { <Both<T> {theirs} {when} mine={props.mine.clone()} choose={props.choose.clone()} /> }
            }
            // Another version of the app wrote it.
            None => alone(&props.choose, t!("other-tab-mine")),
        },
        Elsewhere::Saved => alone(&props.choose, t!("other-tab-mine-new")),
        Elsewhere::ThrownAway => alone(&props.choose, t!("other-tab-mine")),
    };
    // Stays in sight while the question is further down.
    let look = Callback::from(|_: MouseEvent| browser::focus_id("elsewhere"));
    html! {
        <>
            <p class="follows"><button type="button" class="link" onclick={look}>{ t!("other-tab-look") }</button></p>
            <div class="panel panel-know" role="group" aria-labelledby="elsewhere-heading" id="elsewhere" tabindex="-1">
                <h2 id="elsewhere-heading">{ heading }</h2>
                { choices }
            </div>
        </>
    }
}

fn heading(what: &Elsewhere) -> String {
    match what {
        Elsewhere::Wrote(_) => t!("other-tab-wrote"),
        Elsewhere::Saved => t!("other-tab-saved"),
        Elsewhere::ThrownAway => t!("other-tab-away"),
    }
}

/// Nothing of the other tab is left to choose.
fn alone<T: Kept>(choose: &Callback<Choice<T>>, go_on: String) -> Html {
    html! {
        <>
            <p>{ t!("other-tab-alone") }</p>
            <div class="actions">
                <Button words={go_on} onclick={choose.reform(|()| Choice::Mine)} />
                <Button look={Look::Secondary} words={t!("other-tab-throw")} onclick={choose.reform(|()| Choice::Away)} />
            </div>
        </>
    }
}

#[derive(Properties, PartialEq)]
struct BothProps<T: Kept> {
    theirs: T,
    when: String,
    mine: T,
    choose: Callback<Choice<T>>,
}

#[component]
fn Both<T: Kept>(props: &BothProps<T>) -> Html {
    let is_open = use_state(|| false);
    let toggle = {
        let is_open = is_open.clone();
        Callback::from(move |_: MouseEvent| is_open.set(!*is_open))
    };
    let theirs = {
        let draft = props.theirs.clone();
        props.choose.reform(move |()| Choice::Theirs(Box::new(draft.clone())))
    };
    html! {
        <>
            <p>{ t!("other-tab-both") }</p>
            <button type="button" class="link" aria-expanded={if *is_open { "true" } else { "false" }} onclick={toggle}>
                { if *is_open { t!("other-tab-hide") } else { t!("other-tab-compare") } }
            </button>
            { if *is_open {
                two_texts([
                    (t!("other-tab-here"), &props.mine, html! {}),
                    (t!("other-tab-there", when = &props.when), &props.theirs, html! {}),
                ])
            } else { html! {} } }
            <div class="actions">
                <Button words={t!("other-tab-mine")} onclick={props.choose.reform(|()| Choice::Mine)} />
                <Button look={Look::Secondary} words={t!("other-tab-theirs")} onclick={theirs} />
            </div>
        </>
    }
}

/// Two texts side by side, where there is room, each under its heading and with what can be done with it.
pub fn two_texts<T: Kept>(texts: [(String, &T, Html); 2]) -> Html {
    let text = |(heading, draft, act): (String, &T, Html)| {
        html! {
            <section>
                <h3>{ heading }</h3>
                { summary(draft.said().into_iter().map(|(label, words)| row(label, html! { words }, None))) }
                { act }
            </section>
        }
    };
    html! { <div class="two-texts">{ for texts.into_iter().map(text) }</div> }
}
