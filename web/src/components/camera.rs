//! The camera, until it sees a QR code. It is on only while this is shown.

use core::cell::Cell;
use std::rc::Rc;

use chartchain_vault::protocol::Secret;
use gloo_timers::future::TimeoutFuture;
use web_sys::HtmlVideoElement;
use yew::prelude::*;

use super::button::{Button, Look};
use crate::services::qr::Camera as Stream;
use crate::t;

/// Between two looks.
const EVERY_MS: u32 = 300;

/// The same where codes follow each other.
const EVERY_MS_OF_SERIES: u32 = 30;

/// Properties of [`Camera`].
#[derive(Properties, PartialEq)]
pub struct CameraProps {
    /// What a code says.
    pub seen: Callback<Secret>,
    /// It goes on looking: codes of a series follow each other.
    #[prop_or_default]
    pub series: bool,
    /// The person has seen enough.
    pub close: Callback<()>,
}

/// What the camera sees.
#[component]
pub fn Camera(props: &CameraProps) -> Html {
    let video = use_node_ref();
    let refused = use_state(|| false);
    {
        let (video, refused, seen, series) = (video.clone(), refused.clone(), props.seen.clone(), props.series);
        use_effect_with((), move |()| {
            let shown = Rc::new(Cell::new(true));
            let looking = Rc::clone(&shown);
            wasm_bindgen_futures::spawn_local(async move {
                let Some(video) = video.cast::<HtmlVideoElement>() else { return };
                let Some(stream) = Stream::start(&video).await else {
                    if looking.get() {
                        refused.set(true);
                    }
                    return;
                };
                while looking.get() {
                    let text = stream.look(&video).await;
                    if let Some(text) = text.filter(|_| looking.get()) {
                        seen.emit(text);
                        if !series {
                            return;
                        }
                    }
                    TimeoutFuture::new(if series { EVERY_MS_OF_SERIES } else { EVERY_MS }).await;
                }
            });
            move || shown.set(false)
        });
    }
    html! {
        <div class="stack-m">
            if *refused {
                <p role="alert">{ t!("camera-refused") }</p>
            } else {
                <p class="dense" role="status">{ t!("camera-hold") }</p>
            }
            <video class="camera" ref={video} playsinline=true aria-label={t!("camera-picture")}></video>
            <div><Button look={Look::Secondary} words={t!("camera-close")} onclick={props.close.clone()} /></div>
        </div>
    }
}
