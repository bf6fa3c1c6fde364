//! The page before what cannot be undone, or what needs a thought: the question, what follows, both ways out alike.

use yew::prelude::*;

use crate::services::browser;

/// Properties of [`Interruption`].
#[derive(Properties, PartialEq)]
pub struct InterruptionProps {
    /// The question.
    pub question: AttrValue,
    /// What follows, and the ways out.
    pub children: Children,
}

/// The panel of an interruption. Its heading takes focus.
#[component]
pub fn Interruption(props: &InterruptionProps) -> Html {
    let heading = use_node_ref();
    {
        let heading = heading.clone();
        use_effect_with((), move |()| {
            browser::scroll_to(0.0);
            if let Some(heading) = heading.cast::<web_sys::HtmlElement>() {
                browser::focus_quietly(&heading);
            }
        });
    }
    html! {
        <div class="interruption">
            <h1 tabindex="-1" ref={heading}>{ &props.question }</h1>
            { props.children.clone() }
        </div>
    }
}

/// A sentence with its first words strong.
pub fn point(head: String, words: String) -> Html {
    html! { <p><strong>{ head }</strong>{ " " }{ words }</p> }
}
