//! The resource as written, folded away, with a way to copy it.

use yew::prelude::*;

use super::button::{Button, Look};
use super::icon::{Icon, icon};
use crate::hooks::session::{Change, Shell};
use crate::services::browser;
use crate::t;

/// Properties of [`Source`].
#[derive(Properties, PartialEq)]
pub struct SourceProps {
    /// The text.
    pub text: AttrValue,
}

/// The source.
#[component]
pub fn Source(props: &SourceProps) -> Html {
    let shell = use_context::<Shell>();
    let copied = use_state(|| None::<bool>);
    let copy = {
        let (text, copied) = (props.text.clone(), copied.clone());
        Callback::from(move |()| {
            let (text, copied, shell) = (text.clone(), copied.clone(), shell.clone());
            wasm_bindgen_futures::spawn_local(async move {
                let done = browser::copy(&text).await;
                copied.set(Some(done));
                if let Some(shell) = shell {
                    shell.change(Change::Say(if done { t!("copied") } else { t!("copy-failed") }));
                }
            });
        })
    };
    html! {
        <div class="card">
            <details>
                <summary>{ icon(Icon::ChevronDown) }<span>{ t!("source-show") }</span></summary>
                <pre class="source" tabindex="0" aria-label={t!("source-label")} dir="ltr">{ &props.text }</pre>
                <div class="actions">
                    <Button look={Look::Secondary} picture={Icon::Copy} words={t!("copy")} onclick={copy} />
                    { match *copied {
                        Some(true) => html! { <span class="quiet dense">{ t!("copied") }</span> },
                        Some(false) => html! { <span class="quiet dense">{ t!("copy-failed") }</span> },
                        None => html! {},
                    } }
                </div>
            </details>
        </div>
    }
}
