//! Working without a network: a service worker keeps the files of one build, and tells when those of a newer one have
//! come. The page stays with the build that it began with.

use core::cell::Cell;
use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    RegistrationOptions, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerUpdateViaCache,
    VisibilityState,
};
use yew::Callback;

use super::{browser, trusted};

/// A tab that stays open asks for a newer build at most this often.
const ASK_EVERY_MS: i64 = 60 * 60 * 1000;

/// A newer build, all of it here, that waits until the person wants it.
#[derive(Debug, Clone, PartialEq)]
pub struct Newer(ServiceWorker);

impl Newer {
    /// Begins with it in all tabs: each of them loads anew.
    pub fn begin(&self) {
        // Text can always be cloned.
        let _ = self.0.post_message(&JsValue::from_str("begin"));
    }
}

/// Where service workers are kept; `None` where the browser has none and where this build is not to be kept.
fn container() -> Option<ServiceWorkerContainer> {
    let window = web_sys::window()?;
    window.document()?.document_element()?.get_attribute("data-build")?;
    let navigator = window.navigator();
    let container = Reflect::get(&navigator, &"serviceWorker".into()).ok()?;
    (!container.is_undefined()).then(|| navigator.service_worker())
}

/// Whether the app opens without a network; `None` where this browser or this build never does.
#[must_use]
pub fn opens_without_network() -> Option<bool> {
    Some(container()?.controller().is_some())
}

/// Listens to what happens to the build that is kept. Dropped, it hears nothing any more.
#[derive(Debug)]
pub struct Watch {
    _listeners: Vec<EventListener>,
}

/// Keeps this build in the background, and tells when a newer one is ready. A tab loads anew when another build begins.
pub async fn keep(on_newer: Callback<Newer>) -> Option<Watch> {
    let container = container()?;
    // The first build to begin is the one that this page is of.
    let is_answered = Cell::new(container.controller().is_some());
    let begun = EventListener::new(&container, "controllerchange", move |_| {
        if is_answered.replace(true) {
            browser::reload();
        }
    });
    let options = RegistrationOptions::new();
    options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
    let register: Function = Reflect::get(&container, &"register".into()).ok()?.dyn_into().ok()?;
    let asked = register.call2(&container, &trusted::address("service-worker.js")?, &options).ok()?;
    let registered = JsFuture::from(asked.dyn_into::<Promise>().ok()?).await;
    let registration: ServiceWorkerRegistration = registered.ok()?.dyn_into().ok()?;
    let look: Rc<dyn Fn()> = {
        let registration = registration.clone();
        Rc::new(move || {
            if let Some(waiting) = registration.waiting().filter(|_| container.controller().is_some()) {
                on_newer.emit(Newer(waiting));
            }
        })
    };
    look();
    let found = {
        let loading = registration.clone();
        EventListener::new(&registration, "updatefound", move |_| {
            let Some(installing) = loading.installing() else { return };
            let look = Rc::clone(&look);
            EventListener::new(&installing, "statechange", move |_| look()).forget();
        })
    };
    let listeners = [Some(begun), Some(found), ask_now_and_then(registration)];
    Some(Watch { _listeners: listeners.into_iter().flatten().collect() })
}

/// A page that is looked at again after a while asks whether there is a newer build.
fn ask_now_and_then(registration: ServiceWorkerRegistration) -> Option<EventListener> {
    let document = web_sys::window()?.document()?;
    let (last, source) = (Cell::new(browser::now_ms()), document.clone());
    Some(EventListener::new(&document, "visibilitychange", move |_| {
        let now = browser::now_ms();
        if source.visibility_state() == VisibilityState::Visible && now - last.get() >= ASK_EVERY_MS {
            last.set(now);
            if let Ok(asked) = registration.update() {
                wasm_bindgen_futures::spawn_local(async move {
                    // Without a network there is none.
                    let _ = JsFuture::from(asked).await;
                });
            }
        }
    }))
}
