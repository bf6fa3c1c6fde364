//! Says that a newer build of the app is here, on every page, until the person wants it.

use yew::prelude::*;

use super::button::{Button, Look};
use crate::services::offline::{self, Newer};
use crate::t;

/// Properties of [`NewVersion`].
#[derive(Properties, PartialEq)]
pub struct NewVersionProps {
    /// The page has all that it needs: now there is time to keep the build.
    pub is_up: bool,
}

/// The news, once there is some.
#[component]
pub fn NewVersion(props: &NewVersionProps) -> Html {
    let newer = use_state(|| None::<Newer>);
    let watch = use_mut_ref(|| None);
    {
        let newer = newer.clone();
        use_effect_with(props.is_up, move |is_up| {
            if *is_up {
                wasm_bindgen_futures::spawn_local(async move {
                    let kept = offline::keep(Callback::from(move |found| newer.set(Some(found)))).await;
                    watch.replace(kept);
                });
            }
        });
    }
    let begin = {
        let newer = newer.clone();
        Callback::from(move |()| {
            if let Some(newer) = &*newer {
                newer.begin();
            }
        })
    };
    let later = {
        let newer = newer.clone();
        Callback::from(move |()| newer.set(None))
    };
    // Always there, so that it is read out when it fills.
    html! {
        <div role="status">
            { for newer.as_ref().map(|_| html! {
                <section class="new-version" aria-label={t!("new-version-label")}>
                    <p><strong>{ t!("new-version") }</strong>{ " " }{ t!("new-version-what") }</p>
                    <Button words={t!("new-version-do")} onclick={begin} />
                    <Button look={Look::Quiet} words={t!("new-version-later")} onclick={later} />
                </section>
            }) }
        </div>
    }
}
