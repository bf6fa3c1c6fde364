//! Bytes as a moving QR code: a series of pictures, of which a camera may miss any. It can be stopped.

use core::cell::Cell;
use std::rc::Rc;

use chartchain_link::AnimatedWriter;
use gloo_timers::future::TimeoutFuture;
use yew::prelude::*;

use super::button::{Button, Look};
use super::code::picture_of;
use crate::qr::Drawn;
use crate::services::qr::Worker;
use crate::t;

/// Between two pictures.
const EVERY_MS: u32 = 180;

/// Properties of [`MovingCode`].
#[derive(Properties, PartialEq)]
pub struct MovingCodeProps {
    /// What it says, at most 100 KiB.
    pub bytes: Rc<Vec<u8>>,
    /// What it is, for readers.
    pub label: AttrValue,
}

/// The code.
#[component]
pub fn MovingCode(props: &MovingCodeProps) -> Html {
    let drawn = use_state(|| None::<Drawn>);
    let is_moving = use_state(|| true);
    let next = use_mut_ref(|| 0_u32);
    {
        let drawn = drawn.setter();
        use_effect_with((Rc::clone(&props.bytes), *is_moving), move |(bytes, is_moving)| {
            let shown = Rc::new(Cell::new(*is_moving));
            let showing = Rc::clone(&shown);
            let bytes = Rc::clone(bytes);
            wasm_bindgen_futures::spawn_local(async move {
                let Ok(writer) = AnimatedWriter::new(&bytes) else { return };
                let worker = Worker::start();
                while showing.get() {
                    let index = next.replace_with(|next| next.wrapping_add(1));
                    if let Some(picture) = worker.draw_of_series(writer.frame(index)).await
                        && showing.get()
                    {
                        drawn.set(Some(picture));
                    }
                    TimeoutFuture::new(EVERY_MS).await;
                }
            });
            move || shown.set(false)
        });
    }
    let toggle = {
        let is_moving = is_moving.clone();
        Callback::from(move |()| is_moving.set(!*is_moving))
    };
    let picture = match &*drawn {
        None => html! { <p class="quiet" role="status">{ t!("sheet-drawing") }</p> },
        Some(drawn) => picture_of(drawn, props.label.clone()),
    };
    html! {
        <div class="stack">
            { picture }
            <div><Button look={Look::Secondary} words={if *is_moving { t!("moving-stop") } else { t!("moving-go-on") }} onclick={toggle} /></div>
        </div>
    }
}
