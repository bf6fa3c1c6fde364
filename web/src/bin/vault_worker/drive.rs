use std::cell::RefCell;
use std::collections::HashSet;
use std::rc::Rc;

use chartchain_vault::Engine;
use chartchain_vault::protocol::{Message, Request};
use futures_channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures_util::future::{Either, select};
use futures_util::{FutureExt as _, StreamExt as _};
use gloo_timers::future::TimeoutFuture;
use gloo_worker::{HandlerId, Worker, WorkerScope};

use crate::browser::Browser;

type Listeners = Rc<RefCell<HashSet<HandlerId>>>;

/// Receives requests and hands them to the loop that drives the engine.
pub struct Vault {
    requests: UnboundedSender<(HandlerId, Request)>,
    listeners: Listeners,
}

impl Worker for Vault {
    type Message = ();
    type Input = Request;
    type Output = Message;

    fn create(scope: &WorkerScope<Self>) -> Self {
        let (requests, receiver) = unbounded();
        let listeners = Listeners::default();
        wasm_bindgen_futures::spawn_local(drive(scope.clone(), receiver, Rc::clone(&listeners)));
        Self { requests, listeners }
    }

    fn update(&mut self, _scope: &WorkerScope<Self>, (): Self::Message) {}

    fn connected(&mut self, _scope: &WorkerScope<Self>, id: HandlerId) {
        self.listeners.borrow_mut().insert(id);
    }

    fn disconnected(&mut self, _scope: &WorkerScope<Self>, id: HandlerId) {
        self.listeners.borrow_mut().remove(&id);
    }

    fn received(&mut self, _scope: &WorkerScope<Self>, request: Request, from: HandlerId) {
        self.listeners.borrow_mut().insert(from);
        // The loop ends only with the worker.
        let _ = self.requests.unbounded_send((from, request));
    }
}

/// One loop: requests as they come, slices of long work between them, auto-lock when its time has come.
async fn drive(scope: WorkerScope<Vault>, mut requests: UnboundedReceiver<(HandlerId, Request)>, listeners: Listeners) {
    let mut engine = Engine::new(Browser);
    loop {
        let next = if engine.has_work() {
            requests.next().now_or_never()
        } else {
            Some(wait(&mut requests, engine.deadline_ms()).await)
        };
        match next {
            Some(Some((from, Request { id, command }))) => {
                let result = engine.handle(command).await;
                scope.respond(from, Message::Answer { id, result });
            }
            Some(None) if engine.deadline_ms().is_some() => engine.tick(),
            Some(None) => return,
            None => {
                engine.step().await;
                // A store in memory never waits; messages have to get in all the same.
                TimeoutFuture::new(0).await;
            }
        }
        for event in engine.take_events() {
            for listener in listeners.borrow().iter() {
                scope.respond(*listener, Message::Event(event.clone()));
            }
        }
    }
}

/// The next request, or `None` when the moment of auto-lock may have come.
async fn wait(
    requests: &mut UnboundedReceiver<(HandlerId, Request)>,
    deadline_ms: Option<i64>,
) -> Option<(HandlerId, Request)> {
    let Some(deadline_ms) = deadline_ms else { return requests.next().await };
    let left_ms = u32::try_from((deadline_ms - crate::browser::now_ms()).clamp(0, 900_000)).unwrap_or(0);
    match select(requests.next(), TimeoutFuture::new(left_ms)).await {
        Either::Left((request, _)) => request,
        Either::Right(_) => None,
    }
}
