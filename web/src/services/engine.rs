//! The bridge to the vault worker: commands become futures, events go to one listener.

use core::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use chartchain_vault::protocol::{Command, Event, Fault, InputId, Message, Reply, Request};
use futures_channel::oneshot;
use yew::Callback;

use super::wire::{Heard, Running};

/// Parts of files go to the worker in this size, so that no task on the window is long.
pub const PART_BYTES: u64 = 1024 * 1024;

type Waiting = Rc<RefCell<HashMap<u32, oneshot::Sender<Result<Reply, Fault>>>>>;

/// The engine behind the worker.
pub struct Engine {
    worker: Running,
    has_ended: Rc<Cell<bool>>,
    waiting: Waiting,
    next: Cell<u32>,
}

impl core::fmt::Debug for Engine {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Engine")
    }
}

impl Engine {
    /// Starts the worker. `on_end` is told once when it has failed: from then on every question is answered with a
    /// fault.
    #[must_use]
    pub fn start(on_event: Callback<Event>, on_end: Callback<()>) -> Rc<Self> {
        let waiting = Waiting::default();
        let has_ended = Rc::new(Cell::new(false));
        let (answers, ended) = (Rc::clone(&waiting), Rc::clone(&has_ended));
        let worker = Running::start("worker-vault.js", move |heard| match heard {
            Heard::Message(Message::Answer { id, result }) => {
                let asker = answers.borrow_mut().remove(&id);
                if let Some(asker) = asker {
                    // Nobody waits any more where the page was left.
                    let _ = asker.send(result);
                }
            }
            Heard::Message(Message::Event(event)) => on_event.emit(event),
            Heard::Failed(_) => {
                if !ended.replace(true) {
                    on_end.emit(());
                    // Whoever waits is answered by the end of the channel.
                    answers.borrow_mut().clear();
                }
            }
        });
        Rc::new(Self { worker, has_ended, waiting, next: Cell::new(1) })
    }

    /// Ends the worker, and with it every key in memory.
    pub fn end(&self) {
        self.has_ended.set(true);
        self.worker.end();
        self.waiting.borrow_mut().clear();
    }

    /// Asks and waits for the answer.
    ///
    /// # Errors
    /// The engine's fault, as it came, or that the worker has ended.
    pub async fn ask(&self, command: Command) -> Result<Reply, Fault> {
        if self.has_ended.get() {
            return Err(ended());
        }
        let id = self.next.replace(self.next.get().wrapping_add(1));
        let (sender, answer) = oneshot::channel();
        self.waiting.borrow_mut().insert(id, sender);
        self.worker.send(&Request { id, command });
        answer.await.unwrap_or_else(|_| Err(ended())).and_then(Reply::unpacked)
    }

    /// Asks without caring for the answer.
    pub fn tell(self: &Rc<Self>, command: Command) {
        let engine = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            let _ = engine.ask(command).await;
        });
    }

    /// Sends a blob in parts; tells after each how many bytes have gone. Waits as long as `go_on` does, stops where it says
    /// so, and then puts the input away.
    ///
    /// # Errors
    /// The engine's fault, or that the file could not be read.
    pub async fn send_file(
        &self,
        name: String,
        file: &web_sys::Blob,
        go_on: impl AsyncFn(u64) -> bool,
    ) -> Result<Option<InputId>, Fault> {
        let size_bytes = super::browser::blob_size(file);
        let Reply::Input(input) = self.ask(Command::BeginInput { name, size_bytes }).await? else {
            return Err(unexpected());
        };
        let mut sent = 0;
        while sent < size_bytes {
            if !go_on(sent).await {
                self.ask(Command::DropInput { input }).await?;
                return Ok(None);
            }
            let end = (sent + PART_BYTES).min(size_bytes);
            let part = super::browser::blob_part(file, sent, end).await;
            let Some(bytes) = part else {
                self.ask(Command::DropInput { input }).await?;
                return Err(Fault::Storage("the file could not be read".into()));
            };
            if let Err(fault) = self.ask(Command::InputPart { input, bytes }).await {
                // What came so far takes room that may be what is missing.
                let _ = self.ask(Command::DropInput { input }).await;
                return Err(fault);
            }
            sent = end;
        }
        Ok(Some(input))
    }
}

fn ended() -> Fault {
    Fault::NotNow("the worker has ended".into())
}

/// The fault of an engine that answers with something else than the protocol says.
#[must_use]
pub fn unexpected() -> Fault {
    Fault::NotNow("unexpected answer".into())
}
