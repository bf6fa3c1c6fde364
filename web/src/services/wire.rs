//! The wire between a worker and whoever started it: typed messages as bytes, and the news that a worker has failed.

use core::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use js_sys::Uint8Array;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsCast;
use web_sys::{DedicatedWorkerGlobalScope, Event, MessageEvent};

/// What comes from a worker.
#[derive(Debug)]
pub enum Heard<T> {
    /// A message.
    Message(T),
    /// Its script could not be loaded, it threw, or what it sent is no message. It answers nothing any more.
    Failed(Failure),
}

/// That a worker has failed.
#[derive(Debug)]
pub struct Failure {
    event: Option<Event>,
    /// Whether it had come as far as to listen.
    pub listened: bool,
}

impl Failure {
    const fn silent(listened: bool) -> Self {
        Self { event: None, listened }
    }

    /// Keeps the failure from being reported a second time, to whoever started the one who heard of it.
    pub fn settle(&self) {
        if let Some(event) = &self.event {
            event.prevent_default();
        }
    }
}

/// Messages that wait until the worker listens; `None` when it does.
type Queue = Rc<RefCell<Option<Vec<Uint8Array>>>>;

/// A running worker. Dropped, it is ended at once, and its memory is given back.
#[derive(Debug)]
pub struct Running {
    worker: Option<web_sys::Worker>,
    queue: Queue,
    _listeners: Vec<EventListener>,
}

impl Running {
    /// Starts a worker from a script of the app. `on_heard` is told everything that comes from it.
    pub fn start<T: DeserializeOwned>(script: &str, on_heard: impl Fn(Heard<T>) + 'static) -> Self {
        let queue: Queue = Rc::new(RefCell::new(Some(Vec::new())));
        let on_heard = Rc::new(on_heard);
        let Some(worker) = super::trusted::worker(&format!("{script}{}", of_this_build())) else {
            wasm_bindgen_futures::spawn_local(async move { on_heard(Heard::Failed(Failure::silent(false))) });
            return Self { worker: None, queue, _listeners: Vec::new() };
        };
        let on_message = {
            let (worker, queue, on_heard) = (worker.clone(), Rc::clone(&queue), Rc::clone(&on_heard));
            EventListener::new(&worker.clone(), "message", move |event| {
                let waiting = queue.borrow_mut().take();
                for message in waiting.into_iter().flatten() {
                    // Bytes can always be cloned.
                    let _ = worker.post_message(&message);
                }
                match bytes_of(event) {
                    Some(bytes) if bytes.is_empty() => {}
                    Some(bytes) => match postcard::from_bytes(&bytes) {
                        Ok(message) => on_heard(Heard::Message(message)),
                        Err(_) => on_heard(Heard::Failed(Failure::silent(true))),
                    },
                    None => on_heard(Heard::Failed(Failure::silent(true))),
                }
            })
        };
        let failed = |kind: &'static str| {
            let (queue, on_heard) = (Rc::clone(&queue), Rc::clone(&on_heard));
            let options = gloo_events::EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&worker, kind, options, move |event| {
                let listened = queue.borrow().is_none();
                on_heard(Heard::Failed(Failure { event: Some(event.clone()), listened }));
            })
        };
        let listeners = vec![on_message, failed("error"), failed("messageerror")];
        Self { worker: Some(worker), queue, _listeners: listeners }
    }

    /// Sends a message; it waits where the worker does not listen yet.
    pub fn send<T: Serialize>(&self, message: &T) {
        let (Some(worker), Some(bytes)) = (&self.worker, packed(message)) else { return };
        match self.queue.borrow_mut().as_mut() {
            Some(queue) => queue.push(bytes),
            None => {
                // Bytes can always be cloned.
                let _ = worker.post_message(&bytes);
            }
        }
    }

    /// Ends the worker at once. It says nothing any more.
    pub fn end(&self) {
        if let Some(worker) = &self.worker {
            worker.terminate();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// Whoever started the worker that this runs in.
#[derive(Debug, Clone)]
pub struct Owner(DedicatedWorkerGlobalScope);

impl Owner {
    /// Listens to the owner from now on. A message that cannot be read ends the worker with an error.
    pub fn listen<T: DeserializeOwned>(on_message: impl Fn(&Self, T) + 'static) -> Self {
        let owner = Self(js_sys::global().unchecked_into());
        let me = owner.clone();
        EventListener::new(&owner.0, "message", move |event| {
            match bytes_of(event).and_then(|bytes| postcard::from_bytes(&bytes).ok()) {
                Some(message) => on_message(&me, message),
                None => wasm_bindgen::throw_str("a message that cannot be read"),
            }
        })
        .forget();
        // An empty message says that the worker listens.
        owner.post(&Uint8Array::new_with_length(0));
        owner
    }

    /// Sends a message.
    pub fn send<T: Serialize>(&self, message: &T) {
        match packed(message) {
            Some(bytes) => self.post(&bytes),
            None => wasm_bindgen::throw_str("a message that cannot be written"),
        }
    }

    fn post(&self, bytes: &Uint8Array) {
        // Bytes can always be cloned.
        let _ = self.0.post_message(bytes);
    }
}

/// What an address ends with to be answered from the build that this code is of: nothing where builds are not kept.
pub fn of_this_build() -> String {
    let Some(window) = web_sys::window() else {
        // A worker's own address ends so.
        return js_sys::global().unchecked_into::<DedicatedWorkerGlobalScope>().location().search();
    };
    let root = window.document().and_then(|document| document.document_element());
    let id = root.and_then(|root| root.get_attribute("data-build"));
    id.map(|id| format!("?b={id}")).unwrap_or_default()
}

fn packed<T: Serialize>(message: &T) -> Option<Uint8Array> {
    let bytes = postcard::to_allocvec(message).ok()?;
    Some(Uint8Array::from(bytes.as_slice()))
}

fn bytes_of(event: &Event) -> Option<Vec<u8>> {
    let data = event.dyn_ref::<MessageEvent>()?.data();
    data.dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec())
}
