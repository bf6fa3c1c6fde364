use std::cell::{Cell, RefCell};
use std::rc::Rc;

use chartchain_vault::protocol::docs::{DocsError, Done, Work};
use chartchain_web::services::wire::{Heard, Running};
use futures_channel::oneshot;
use futures_util::future::{Either, select};
use gloo_timers::future::TimeoutFuture;

/// The worker is ended, with what it holds of documents, when nothing was asked of it for so long.
const REST_MS: u32 = 20_000;
/// An answer that takes longer will not come.
const PATIENCE_MS: u32 = 60_000;

type Answer = Result<Done, DocsError>;

/// A worker that answers nothing any more. One that had come as far as to listen was ended by what it was asked.
struct Ended {
    listened: bool,
}

/// The worker that merges documents: started when there is something to do.
#[derive(Default)]
pub struct DocsWorker {
    shared: Rc<Shared>,
}

#[derive(Default)]
struct Shared {
    running: RefCell<Option<Running>>,
    /// Told what is answered, or that the worker ended, and whether it had come as far as to listen.
    asked: RefCell<Option<oneshot::Sender<Result<Answer, Ended>>>>,
    /// How often it was asked.
    count: Cell<u64>,
}

impl DocsWorker {
    /// Does a work, whatever becomes of the worker meanwhile.
    pub async fn carry_out(&self, work: &Work) -> Answer {
        work.carry_out(async |work| self.ask(work).await).await
    }

    /// Asks and waits for the answer. One question at a time: the engine waits for each.
    async fn ask(&self, work: &Work) -> Answer {
        let (sender, answer) = oneshot::channel();
        let shared = &self.shared;
        shared.asked.replace(Some(sender));
        shared.count.set(shared.count.get() + 1);
        shared.running.borrow_mut().get_or_insert_with(|| start(Rc::clone(shared))).send(work);
        let answer = match select(answer, TimeoutFuture::new(PATIENCE_MS)).await {
            Either::Left((Ok(answer), _)) => answer,
            Either::Left(_) | Either::Right(_) => Err(Ended { listened: false }),
        };
        self.end_after_rest();
        answer.unwrap_or_else(|ended| {
            shared.running.replace(None);
            Err(if ended.listened { DocsError::Broken } else { DocsError::Unavailable })
        })
    }

    fn end_after_rest(&self) {
        let shared = Rc::clone(&self.shared);
        let count = shared.count.get();
        wasm_bindgen_futures::spawn_local(async move {
            TimeoutFuture::new(REST_MS).await;
            if shared.count.get() == count {
                shared.running.replace(None);
            }
        });
    }
}

fn start(shared: Rc<Shared>) -> Running {
    Running::start("worker-docs.js", move |heard: Heard<Answer>| {
        let answer = match heard {
            Heard::Message(answer) => Ok(answer),
            Heard::Failed(failure) => {
                failure.settle();
                Err(Ended { listened: failure.listened })
            }
        };
        let asked = shared.asked.borrow_mut().take();
        if let Some(sender) = asked {
            // Nobody waits any more where the engine has ended.
            let _ = sender.send(answer);
        }
    })
}
