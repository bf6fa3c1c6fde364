//! Carries frames between the engine and other devices, over WebRTC, which only a window has. It holds no key.

use core::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use chartchain_link::{Heard, Peer, PeerError, Signal};
use chartchain_vault::protocol::{Command, Event, LinkId, LinkSide, LinkStage, Reply};
use gloo_timers::callback::Timeout;
use yew::Callback;

use super::{browser, outlet};
use crate::hooks::session::{Change, Shell};
use crate::view::ways::{CODE_MS, Way, WayState};

/// So many frames go to the engine at once: 1 MiB.
const FRAMES_AT_ONCE: usize = 64;
/// More than these wait for the engine of nobody: twice the window of credit.
const MOST_FRAMES: usize = 256;
/// What was said last still has to get over a way before it is closed.
const LAST_WORDS_MS: u32 = 500;

thread_local! {
    static HUB: Rc<Hub> = Rc::default();
}

/// All ways.
#[derive(Default)]
struct Hub {
    ways: RefCell<BTreeMap<u32, Rc<Running>>>,
    next: Cell<u32>,
}

/// A way.
struct Running {
    shell: Shell,
    view: RefCell<Way>,
    peer: RefCell<Option<Peer>>,
    /// Fingerprints of both ends, that of the offering one first.
    binding: RefCell<Vec<u8>>,
    link: Cell<Option<LinkId>>,
    frames: RefCell<Vec<Vec<u8>>>,
    /// Frames are on their way to the engine.
    is_handing: Cell<bool>,
    /// The code works until then.
    expiry: RefCell<Option<Timeout>>,
    /// The list of records was asked for since one came.
    is_listed: Cell<bool>,
}

/// Begins a way that waits to be answered.
///
/// # Errors
/// This browser does not connect directly.
pub async fn offer(shell: &Shell) -> Result<(), PeerError> {
    let running = Running::begin(shell, true);
    let heard = running.listener();
    let peer = Peer::offer(heard).await?;
    running.show(peer, WayState::Waiting);
    Ok(())
}

/// Begins a way that answers the code of another device.
///
/// # Errors
/// The code cannot be used, or this browser does not connect directly.
pub async fn answer(shell: &Shell, code: &str) -> Result<(), PeerError> {
    let offer = Signal::from_text(code)?;
    let running = Running::begin(shell, false);
    let heard = running.listener();
    let peer = Peer::answer(&offer, heard).await?;
    *running.binding.borrow_mut() = [offer.fingerprint, peer.own().fingerprint].concat();
    running.show(peer, WayState::Waiting);
    Ok(())
}

/// Takes in the code with which another device answers.
///
/// # Errors
/// It is none, or answers another one.
pub async fn accept(way: u32, code: &str) -> Result<(), PeerError> {
    let answer = Signal::from_text(code)?;
    let Some(running) = HUB.with(|hub| hub.ways.borrow().get(&way).cloned()) else { return Ok(()) };
    // It is taken out for so long, so that nothing is borrowed across the wait.
    let Some(peer) = running.peer.borrow_mut().take() else { return Ok(()) };
    // Known before the way opens.
    *running.binding.borrow_mut() = [peer.own().fingerprint, answer.fingerprint].concat();
    let accepted = peer.accept(&answer).await;
    *running.peer.borrow_mut() = Some(peer);
    if accepted.is_ok() && running.link.get().is_none() {
        running.change(WayState::Connecting);
    }
    accepted
}

/// Gives a way up.
pub fn close(way: u32) {
    let running = HUB.with(|hub| hub.ways.borrow().get(&way).cloned());
    if let Some(running) = running {
        if let Some(link) = running.link.get() {
            running.shell.engine.tell(Command::EndLink { link });
        }
        running.gone();
    }
}

/// What the engine says about connections.
fn hear(event: Event) {
    match event {
        Event::LinkFrames { link, frames } => {
            if let Some(running) = find(link)
                && let Some(peer) = running.peer.borrow().as_ref()
            {
                for frame in frames {
                    peer.send(&frame);
                }
            }
        }
        Event::Link(card) if matches!(card.stage, LinkStage::Over(_)) => {
            if let Some(running) = find(card.id) {
                running.gone();
            }
        }
        Event::Locked(_) => {
            let all: Vec<Rc<Running>> = HUB.with(|hub| hub.ways.borrow().values().cloned().collect());
            all.iter().for_each(Running::gone);
        }
        Event::Link(card) if card.let_in.is_some() => {
            if let Some(running) = find(card.id).filter(|running| !running.is_listed.replace(true)) {
                // A record may be here that was not.
                wasm_bindgen_futures::spawn_local(async move {
                    if let Ok(Reply::Ledgers(ledgers)) = running.shell.ask(Command::ListLedgers).await {
                        running.shell.change(Change::Ledgers(ledgers));
                    }
                });
            }
        }
        Event::Link(_) | Event::Job(_) | Event::Changed => {}
    }
}

fn find(link: LinkId) -> Option<Rc<Running>> {
    HUB.with(|hub| hub.ways.borrow().values().find(|running| running.link.get() == Some(link)).cloned())
}

impl Running {
    fn begin(shell: &Shell, offers: bool) -> Rc<Self> {
        outlet::lead_to(Callback::from(hear));
        let id = HUB.with(|hub| hub.next.replace(hub.next.get().wrapping_add(1)));
        let (made_ms, state) = (browser::now_ms(), WayState::Waiting);
        Rc::new(Self {
            shell: shell.clone(),
            view: RefCell::new(Way { id, offers, code: String::new(), made_ms, state }),
            peer: RefCell::default(),
            binding: RefCell::default(),
            link: Cell::new(None),
            frames: RefCell::default(),
            is_handing: Cell::new(false),
            expiry: RefCell::default(),
            is_listed: Cell::new(false),
        })
    }

    /// What hears the other end; it is let go of with the end of the way.
    fn listener(self: &Rc<Self>) -> impl Fn(Heard) + 'static {
        let running = Rc::clone(self);
        move |heard| match heard {
            Heard::Open => running.open(),
            Heard::Frame(frame) => {
                running.frames.borrow_mut().push(frame);
                if running.frames.borrow().len() > MOST_FRAMES {
                    // More than any device of ours sends before it hears from this one.
                    return running.gone();
                }
                running.hand_over();
            }
            // Whoever answers looks for the other one from the first moment, and that one begins when it has read the answer.
            Heard::Failed if running.view.borrow().state == WayState::Waiting => {}
            Heard::Failed | Heard::Closed => {
                if let Some(link) = running.link.get() {
                    running.shell.engine.tell(Command::EndLink { link });
                }
                running.gone();
            }
        }
    }

    fn show(self: &Rc<Self>, peer: Peer, state: WayState) {
        self.view.borrow_mut().code = peer.own().to_text();
        *self.peer.borrow_mut() = Some(peer);
        let id = self.view.borrow().id;
        HUB.with(|hub| hub.ways.borrow_mut().insert(id, Rc::clone(self)));
        self.change(state);
        let late = Rc::clone(self);
        let timer = Timeout::new(u32::try_from(CODE_MS).unwrap_or(u32::MAX), move || {
            if late.view.borrow().state == WayState::Waiting {
                late.gone();
            }
        });
        *self.expiry.borrow_mut() = Some(timer);
    }

    fn is_there(&self) -> bool {
        let id = self.view.borrow().id;
        HUB.with(|hub| hub.ways.borrow().contains_key(&id))
    }

    fn change(&self, state: WayState) {
        self.view.borrow_mut().state = state;
        let view = self.view.borrow().clone();
        self.shell.change(Change::Way(view));
    }

    /// The way is open: the engine begins a connection over it.
    fn open(self: &Rc<Self>) {
        let side = if self.view.borrow().offers { LinkSide::Offering } else { LinkSide::Answering };
        let begin = Command::BeginLink { side, binding: self.binding.borrow().clone() };
        let running = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            match running.shell.ask(begin).await {
                // Given up meanwhile.
                Ok(Reply::Link(link)) if !running.is_there() => running.shell.engine.tell(Command::EndLink { link }),
                Ok(Reply::Link(link)) => {
                    running.link.set(Some(link));
                    running.change(WayState::Linked(link));
                    running.hand_over();
                }
                _ => running.gone(),
            }
        });
    }

    /// Hands what came over to the engine, as fast as that takes it.
    fn hand_over(self: &Rc<Self>) {
        let Some(link) = self.link.get() else { return };
        if self.is_handing.replace(true) {
            return;
        }
        let running = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            loop {
                let frames: Vec<Vec<u8>> = {
                    let mut waiting = running.frames.borrow_mut();
                    let count = waiting.len().min(FRAMES_AT_ONCE);
                    waiting.drain(..count).collect()
                };
                if frames.is_empty() {
                    break;
                }
                // What goes wrong is told by how the connection stands.
                let _ = running.shell.engine.ask(Command::LinkFrames { link, frames }).await;
            }
            running.is_handing.set(false);
        });
    }

    /// It is over, or never came to be.
    fn gone(self: &Rc<Self>) {
        let id = self.view.borrow().id;
        if HUB.with(|hub| hub.ways.borrow_mut().remove(&id)).is_none() {
            return;
        }
        drop(self.expiry.borrow_mut().take());
        self.change(WayState::Gone);
        let running = Rc::clone(self);
        // Not now: this may be called by what the other end said.
        Timeout::new(LAST_WORDS_MS, move || drop(running.peer.borrow_mut().take())).forget();
    }
}
