//! A QR code of a text that may be shown to everybody, with the text itself to copy.

use chartchain_vault::protocol::Secret;
use yew::prelude::*;

use super::button::{Button, Look};
use super::icon::Icon;
use crate::hooks::session::{Change, Shell};
use crate::qr::Drawn;
use crate::services::{browser, qr};
use crate::t;

/// Properties of [`Code`].
#[derive(Properties, PartialEq)]
pub struct CodeProps {
    /// What it says.
    pub text: AttrValue,
    /// What it is, for readers.
    pub label: AttrValue,
}

/// The code.
#[component]
pub fn Code(props: &CodeProps) -> Html {
    let shell = use_context::<Shell>();
    let drawn = use_state(|| None::<Option<Drawn>>);
    {
        let drawn = drawn.setter();
        use_effect_with(props.text.clone(), move |text| {
            let text = Secret(text.to_string());
            wasm_bindgen_futures::spawn_local(async move { drawn.set(Some(qr::draw(text).await)) });
        });
    }
    let copy = {
        let text = props.text.clone();
        Callback::from(move |()| {
            let (shell, text) = (shell.clone(), text.clone());
            wasm_bindgen_futures::spawn_local(async move {
                if browser::copy(&text).await
                    && let Some(shell) = shell
                {
                    shell.change(Change::Say(t!("copied")));
                }
            });
        })
    };
    let picture = match &*drawn {
        None => html! { <p class="quiet" role="status">{ t!("sheet-drawing") }</p> },
        // The text below says the same.
        Some(None) => html! {},
        Some(Some(drawn)) => picture_of(drawn, props.label.clone()),
    };
    html! {
        <div class="stack">
            { picture }
            <p class="mono code-text" dir="ltr">{ &props.text }</p>
            <div><Button look={Look::Secondary} picture={Icon::Copy} words={t!("copy-link")} onclick={copy} /></div>
        </div>
    }
}

/// A code as a picture. `label` says what it is, for readers.
pub fn picture_of(drawn: &Drawn, label: AttrValue) -> Html {
    let side = drawn.side().to_string();
    html! {
        <svg class="code" viewBox={format!("0 0 {side} {side}")} role="img" aria-label={label}>
            <rect class="code-light" width={side.clone()} height={side} />
            <path class="code-dark" d={drawn.path()} />
        </svg>
    }
}
