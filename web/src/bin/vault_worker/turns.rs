//! Tabs take turns at a person's rows, by the browser's locks. That is a courtesy among tabs that are awake: whoever falls
//! asleep in the middle of a turn is passed over, and the store refuses what they write then.

use std::pin::pin;

use futures_channel::oneshot;
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Who does not end a turn within this time is asleep.
const ASLEEP_MS: u32 = 15_000;

/// A lock of the browser. Dropped, it is let go.
pub struct Held(Function);

impl Drop for Held {
    fn drop(&mut self) {
        // The end of a promise cannot fail.
        let _ = self.0.call0(&JsValue::NULL);
    }
}

/// Waits until no other tab works on this person's rows; `None` where the browser has no locks.
pub async fn turn(person: &str) -> Option<Held> {
    let name = format!("chartchain turn {person}");
    let asked = pin!(request(&name, None));
    match select(asked, TimeoutFuture::new(ASLEEP_MS)).await {
        Either::Left((held, _)) => held,
        Either::Right(_) => request(&name, Some("steal")).await,
    }
}

/// Whether this is the only tab that has a person unlocked; it is until what is held is dropped.
pub async fn only(person: &str) -> (bool, Option<Held>) {
    let held = request(&format!("chartchain first {person}"), Some("ifAvailable")).await;
    (held.is_some() || manager().is_none(), held)
}

fn manager() -> Option<JsValue> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    Reflect::get(&navigator, &"locks".into()).ok().filter(JsValue::is_object)
}

/// web-sys has locks only behind an unstable flag.
async fn request(name: &str, option: Option<&str>) -> Option<Held> {
    let manager = manager()?;
    let ask = Reflect::get(&manager, &"request".into()).ok()?.dyn_into::<Function>().ok()?;
    let (sender, granted) = oneshot::channel();
    let on_granted = Closure::once_into_js(move |lock: JsValue| {
        if lock.is_null() {
            return JsValue::UNDEFINED;
        }
        let mut let_go = None;
        let held = Promise::new(&mut |end, _| let_go = Some(Held(end)));
        // Where nobody waits any more, it is let go at once.
        let _ = sender.send(let_go);
        held.into()
    });
    let options = Object::new();
    if let Some(option) = option {
        Reflect::set(&options, &option.into(), &JsValue::TRUE).ok()?;
    }
    let asked = ask.call3(&manager, &name.into(), &options, &on_granted).ok()?.dyn_into::<Promise>().ok()?;
    spawn_local(async move {
        // An error says that this tab was passed over. The store says it too, when it matters.
        let _ = JsFuture::from(asked).await;
    });
    granted.await.ok().flatten()
}
