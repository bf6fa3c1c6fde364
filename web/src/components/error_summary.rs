//! What is wrong with a form: takes focus, leads to the fields.

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::services::browser;
use crate::t;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The id of the field, if it is about one.
    pub field: Option<AttrValue>,
    /// How to fix it.
    pub words: AttrValue,
}

impl Wrong {
    /// About a field.
    #[must_use]
    pub fn at(field: &'static str, words: String) -> Self {
        Self { field: Some(field.into()), words: words.into() }
    }

    /// About the whole.
    #[must_use]
    pub fn whole(words: String) -> Self {
        Self { field: None, words: words.into() }
    }

    /// What stands at a field.
    #[must_use]
    pub fn of(list: &[Self], field: &str) -> Option<AttrValue> {
        list.iter().find(|wrong| wrong.field.as_deref() == Some(field)).map(|wrong| wrong.words.clone())
    }
}

/// Properties of [`ErrorSummary`].
#[derive(Properties, PartialEq)]
pub struct ErrorSummaryProps {
    /// What is wrong; nothing is shown while it is empty.
    pub wrong: Vec<Wrong>,
    /// Another number: focus moves here again.
    pub attempt: u32,
}

/// The error summary.
#[component]
pub fn ErrorSummary(props: &ErrorSummaryProps) -> Html {
    let frame = use_node_ref();
    {
        let frame = frame.clone();
        use_effect_with((props.attempt, props.wrong.clone()), move |(_, wrong)| {
            if !wrong.is_empty()
                && let Some(frame) = frame.cast::<HtmlElement>()
            {
                let _ = frame.focus();
            }
        });
    }
    if props.wrong.is_empty() {
        return html! {};
    }
    let item = |wrong: &Wrong| match &wrong.field {
        None => html! { <li><p>{ &wrong.words }</p></li> },
        Some(field) => {
            let field = field.clone();
            let onclick = Callback::from(move |event: MouseEvent| {
                event.prevent_default();
                browser::focus_id(&field);
            });
            html! { <li><a href="#" {onclick}>{ &wrong.words }</a></li> }
        }
    };
    html! {
        <div class="error-summary" tabindex="-1" ref={frame} role="alert" aria-labelledby="error-summary-heading">
            <h2 id="error-summary-heading">{ t!("error-heading") }</h2>
            <ul>{ for props.wrong.iter().map(item) }</ul>
        </div>
    }
}
