use chartchain_vault::Engine;
use chartchain_vault::protocol::{Message, Request};
use chartchain_web::services::wire::Owner;
use futures_channel::mpsc::{UnboundedReceiver, unbounded};
use futures_util::future::{Either, select};
use futures_util::{FutureExt as _, StreamExt as _};
use gloo_timers::future::TimeoutFuture;

use crate::browser::Browser;

/// Receives requests and hands them to the loop that drives the engine.
pub fn start() {
    let (sender, requests) = unbounded();
    let window = Owner::listen(move |_, request: Request| {
        // The loop ends only with the worker.
        let _ = sender.unbounded_send(request);
    });
    wasm_bindgen_futures::spawn_local(drive(window, requests));
}

/// One loop: requests as they come, slices of long work between them, auto-lock when its time has come.
async fn drive(window: Owner, mut requests: UnboundedReceiver<Request>) {
    let mut engine = Engine::new(Browser::new());
    loop {
        let next = if engine.has_work() {
            requests.next().now_or_never()
        } else {
            Some(wait(&mut requests, engine.deadline_ms()).await)
        };
        match next {
            Some(Some(Request { id, command })) => {
                let result = engine.handle(command).await;
                window.send(&Message::Answer { id, result });
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
            window.send(&Message::Event(event));
        }
    }
}

/// The next request, or `None` when the moment of auto-lock may have come.
async fn wait(requests: &mut UnboundedReceiver<Request>, deadline_ms: Option<i64>) -> Option<Request> {
    let Some(deadline_ms) = deadline_ms else { return requests.next().await };
    let left_ms = u32::try_from((deadline_ms - crate::browser::now_ms()).clamp(0, 900_000)).unwrap_or(0);
    match select(requests.next(), TimeoutFuture::new(left_ms)).await {
        Either::Left((request, _)) => request,
        Either::Right(_) => None,
    }
}
