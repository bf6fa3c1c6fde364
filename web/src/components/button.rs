//! Buttons and links that look like them.

use yew::prelude::*;
use yew_router::prelude::*;

use super::icon::{Icon, icon};
use crate::route::Route;

/// How a button looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// Filled: one per view.
    #[default]
    Primary,
    /// Outlined.
    Secondary,
    /// Underlined words.
    Quiet,
    /// Dark on honey: only on the recovery card.
    Know,
}

impl Look {
    /// Its classes.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button",
            Self::Secondary => "button button-secondary",
            Self::Quiet => "link",
            Self::Know => "button button-know",
        }
    }
}

/// Properties of [`Button`].
#[derive(Properties, PartialEq)]
pub struct ButtonProps {
    /// What it says.
    pub words: AttrValue,
    /// Words for readers after it, where it stands more than once on a page.
    #[prop_or_default]
    pub about: Option<AttrValue>,
    /// How it looks.
    #[prop_or_default]
    pub look: Look,
    /// Beside the words.
    #[prop_or_default]
    pub picture: Option<Icon>,
    /// What happens; none for a button that submits its form.
    #[prop_or_default]
    pub onclick: Option<Callback<()>>,
    /// Waits for something: does nothing until then.
    #[prop_or_default]
    pub busy: bool,
    /// More classes.
    #[prop_or_default]
    pub class: Classes,
}

/// A button.
#[component]
pub fn Button(props: &ButtonProps) -> Html {
    let onclick = {
        let (onclick, busy) = (props.onclick.clone(), props.busy);
        Callback::from(move |event: MouseEvent| {
            if busy {
                event.prevent_default();
            } else if let Some(onclick) = &onclick {
                onclick.emit(());
            }
        })
    };
    html! {
        <button
            type={if props.onclick.is_some() { "button" } else { "submit" }}
            class={classes!(props.look.class(), props.class.clone())}
            aria-disabled={props.busy.then_some("true")}
            {onclick}
        >
            { for props.picture.map(icon) }
            <span>
                { props.words.clone() }
                { for props.about.as_ref().map(|about| html! { <span class="hidden-text">{ " " }{ about }</span> }) }
            </span>
        </button>
    }
}

/// A link to a page that looks like a button.
pub fn button_link(to: Route, look: Look, picture: Option<Icon>, words: String, class: &'static str) -> Html {
    html! {
        <Link<Route> {to} classes={classes!(look.class(), class)}>
            { for picture.map(icon) }<span>{ words }</span>
        </Link<Route>>
    }
}

/// A plain link to a page.
pub fn link(to: Route, words: impl Into<AttrValue>) -> Html {
    html! { <Link<Route> {to}>{ words.into() }</Link<Route>> }
}
