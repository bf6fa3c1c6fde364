//! Carries frames between the engine and other devices, over WebRTC, which only a window has, or over a room of a relay. It holds no
//! key but that of an invitation.

use core::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use chartchain_link::{
    Heard, Invitation, InvitationError, Meeting, MeetingEvent, Peer, PeerError, Reach, Role, Signal, is_supported,
};
use chartchain_vault::protocol::{Command, Companion, Event, LinkId, LinkSide, LinkStage, Reply};
use gloo_timers::callback::{Interval, Timeout};
use yew::Callback;

use super::room::{FromRoom, Room};
use super::{browser, outlet, reach};
use crate::hooks::session::{Change, Shell};
use crate::view::ways::{CODE_MS, Way, WayState};

/// So many frames go to the engine at once: 1 MiB.
const FRAMES_AT_ONCE: usize = 64;
/// More than these wait for the engine of nobody, bytes: four times the window of credit.
const MOST_BYTES: usize = 4 * 1024 * 1024;
/// The same in frames, of which small blocks need many.
const MOST_FRAMES: usize = 16_384;
/// What was said last still has to get over a way before it is closed.
const LAST_WORDS_MS: u32 = 500;

/// Two that met in a room and do not find each other directly by then talk in the room.
const DIRECT_MS: u32 = 15_000;
/// With this in place of a signal the host says so.
const IN_THE_ROOM: &str = "in the room";
/// A relay closes a room in which nobody says anything, so that this is said there.
const STILL_THERE: &str = "still there";
/// A way to a companion that lasted so long was good for something.
const GOOD_MS: i64 = 60_000;
/// How often: a relay waits a quarter of an hour.
const STILL_THERE_MS: u32 = 5 * 60_000;

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
    /// It is to a device that is met whenever it is there: no page shows it.
    companion: Option<Rc<Awaited>>,
    view: RefCell<Way>,
    peer: RefCell<Option<Peer>>,
    /// Where both met by an invitation.
    meeting: RefCell<Option<(Meeting, Room)>>,
    /// What names the way through the room.
    room_binding: RefCell<Vec<u8>>,
    /// Frames go through the room.
    is_in_room: Cell<bool>,
    /// Fingerprints of both ends, that of the offering one first.
    binding: RefCell<Vec<u8>>,
    link: Cell<Option<LinkId>>,
    /// The engine was asked to begin a connection.
    is_begun: Cell<bool>,
    frames: RefCell<Vec<Vec<u8>>>,
    frame_bytes: Cell<usize>,
    /// Frames are on their way to the engine.
    is_handing: Cell<bool>,
    /// The code works until then.
    expiry: RefCell<Option<Timeout>>,
    /// The list of records was asked for since one came.
    is_listed: Cell<bool>,
}

/// A device that is met whenever it is there.
struct Awaited {
    feed: String,
    /// Told when the way is no more: whether both were connected, or the room was closed because nobody came for long.
    on_gone: Callback<(String, bool)>,
    /// Says now and then that this device is still in the room.
    still_there: RefCell<Option<Interval>>,
    /// When somebody was found in the room, milliseconds since 1970.
    found_ms: Cell<Option<i64>>,
    /// When both were connected.
    linked_ms: Cell<Option<i64>>,
}

/// How a way to a companion stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Which.
    pub way: u32,
    /// Feed key of the device, hex.
    pub feed: String,
    /// Since when somebody is there, milliseconds since 1970.
    pub found_ms: Option<i64>,
}

/// Ways to companions.
#[must_use]
pub fn standing() -> Vec<Standing> {
    let standing = |(way, running): (&u32, &Rc<Running>)| {
        let awaited = running.companion.as_ref()?;
        Some(Standing { way: *way, feed: awaited.feed.clone(), found_ms: awaited.found_ms.get() })
    };
    HUB.with(|hub| hub.ways.borrow().iter().filter_map(standing).collect())
}

/// Begins a way that waits in a room for a device that knows this one. `on_gone` is told of its feed key once it is no more, and
/// whether it was good for something.
pub fn await_companion(shell: &Shell, companion: Companion, may_go_directly: bool, on_gone: Callback<(String, bool)>) {
    let invitation = Invitation::of(companion.secret.0);
    let begin = if companion.hosts { Meeting::host } else { Meeting::guest };
    let meeting = begin(&invitation, may_go_directly);
    let awaited = Awaited {
        feed: companion.feed,
        on_gone,
        still_there: RefCell::default(),
        found_ms: Cell::default(),
        linked_ms: Cell::default(),
    };
    let running = Running::begin(shell, companion.hosts, Some(Rc::new(awaited)));
    running.list(String::new(), WayState::Waiting);
    if running.meet(meeting, &invitation.tag_hex()).is_none() {
        return running.gone();
    }
    let there = Rc::clone(&running);
    let still_there = Interval::new(STILL_THERE_MS, move || there.signal(STILL_THERE));
    if let Some(awaited) = &running.companion {
        *awaited.still_there.borrow_mut() = Some(still_there);
    }
}

/// Begins a way that waits to be answered.
///
/// # Errors
/// This browser does not connect directly, or must not.
pub async fn offer(shell: &Shell) -> Result<(), PeerError> {
    let reach = directly(shell).await?;
    let running = Running::begin(shell, true, None);
    let heard = running.listener();
    let peer = Peer::offer(&reach, heard).await?;
    running.show(peer, WayState::Waiting);
    Ok(())
}

/// Begins a way that answers the code of another device.
///
/// # Errors
/// The code cannot be used, or this browser does not connect directly.
pub async fn answer(shell: &Shell, code: &str) -> Result<(), PeerError> {
    let offer = Signal::from_text(code)?;
    let reach = directly(shell).await?;
    let running = Running::begin(shell, false, None);
    let heard = running.listener();
    let peer = Peer::answer(&reach, &offer, heard).await?;
    *running.binding.borrow_mut() = [offer.fingerprint, peer.own().fingerprint].concat();
    running.show(peer, WayState::Waiting);
    Ok(())
}

/// Begins a way that waits in a room of the relay for whoever has the link.
///
/// # Errors
/// The browser does not go there.
pub async fn invite(shell: &Shell) -> Result<(), PeerError> {
    let reach = reach::load(shell).await.map_err(|_| PeerError::Unsupported)?;
    let invitation = Invitation::make(&mut random());
    let meeting = Meeting::host(&invitation, reach.is_some());
    let running = Running::begin(shell, true, None);
    let text = invitation.to_text();
    running.meet(meeting, &invitation.tag_hex()).ok_or(PeerError::Unsupported)?;
    running.list(text, WayState::Waiting);
    Ok(())
}

/// Begins a way to whoever waits behind a link.
///
/// # Errors
/// It is none, or the browser does not go there.
pub async fn meet(shell: &Shell, text: &str) -> Result<(), Option<InvitationError>> {
    let invitation = Invitation::from_text(text).map_err(Some)?;
    let reach = reach::load(shell).await.map_err(|_| None)?;
    let meeting = Meeting::guest(&invitation, reach.is_some());
    let running = Running::begin(shell, false, None);
    running.meet(meeting, &invitation.tag_hex()).ok_or(None)?;
    running.list(String::new(), WayState::Connecting);
    Ok(())
}

/// How a way by codes goes: there is no room that it could go through instead.
async fn directly(shell: &Shell) -> Result<Reach, PeerError> {
    let refused = if is_supported() { PeerError::Hidden } else { PeerError::Unsupported };
    reach::load(shell).await.ok().flatten().ok_or(refused)
}

fn random() -> impl rand_core::CryptoRng {
    rand_core::UnwrapErr(getrandom::SysRng)
}

/// Takes in the code with which another device answers.
///
/// # Errors
/// It is none, or answers another one.
pub async fn accept(way: u32, code: &str) -> Result<(), PeerError> {
    let answer = Signal::from_text(code)?;
    let Some(running) = HUB.with(|hub| hub.ways.borrow().get(&way).cloned()) else { return Ok(()) };
    directly(&running.shell).await?;
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

/// Ends all ways: how others are reached has changed. Those to companions are begun anew.
pub fn end_all() {
    let all: Vec<Rc<Running>> = HUB.with(|hub| hub.ways.borrow().values().cloned().collect());
    for running in all {
        running.end();
    }
}

/// What the engine says about connections.
fn hear(event: Event) {
    match event {
        Event::LinkFrames { link, frames } => {
            if let Some(running) = find(link) {
                running.send(&frames);
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
    fn begin(shell: &Shell, offers: bool, companion: Option<Rc<Awaited>>) -> Rc<Self> {
        outlet::lead_to(Callback::from(hear));
        let id = HUB.with(|hub| hub.next.replace(hub.next.get().wrapping_add(1)));
        let (made_ms, state) = (browser::now_ms(), WayState::Waiting);
        Rc::new(Self {
            shell: shell.clone(),
            companion,
            view: RefCell::new(Way {
                id,
                offers,
                code: String::new(),
                by_relay: false,
                is_used: false,
                made_ms,
                state,
            }),
            peer: RefCell::default(),
            meeting: RefCell::default(),
            room_binding: RefCell::default(),
            is_in_room: Cell::new(false),
            binding: RefCell::default(),
            link: Cell::new(None),
            is_begun: Cell::new(false),
            frames: RefCell::default(),
            frame_bytes: Cell::default(),
            is_handing: Cell::new(false),
            expiry: RefCell::default(),
            is_listed: Cell::new(false),
        })
    }

    /// What hears the other end; it is let go of with the end of the way.
    fn listener(self: &Rc<Self>) -> impl Fn(Heard) + 'static {
        let running = Rc::clone(self);
        move |heard| match heard {
            Heard::Open if !running.is_in_room.get() => running.open(),
            Heard::Frame(frame) if !running.is_in_room.get() => running.take_frame(frame),
            Heard::Open | Heard::Frame(_) => {}
            // Two that met in a room go on there.
            Heard::Failed | Heard::Closed if running.view.borrow().by_relay && !running.is_begun.get() => {}
            Heard::Failed | Heard::Closed if running.is_in_room.get() => {}
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
        let code = peer.own().to_text();
        *self.peer.borrow_mut() = Some(peer);
        self.list(code, state);
    }

    /// Goes into a room. `None` where the browser does not.
    fn meet(self: &Rc<Self>, meeting: Meeting, tag: &str) -> Option<()> {
        self.view.borrow_mut().by_relay = true;
        let running = Rc::clone(self);
        let room = Room::enter(tag, move |heard| match heard {
            FromRoom::Said(bytes) => running.hear_room(&bytes),
            FromRoom::Closed => running.left_room(),
        })?;
        *self.meeting.borrow_mut() = Some((meeting, room));
        Some(())
    }

    fn hear_room(self: &Rc<Self>, bytes: &[u8]) {
        let mut events = Vec::new();
        if let Some((meeting, _)) = self.meeting.borrow_mut().as_mut() {
            meeting.receive(bytes, &mut random());
            events.extend(core::iter::from_fn(|| meeting.take_event()));
        }
        self.flush();
        for event in events {
            self.met(event);
        }
    }

    /// Says in the room what is to be said there.
    fn flush(&self) {
        if let Some((meeting, room)) = self.meeting.borrow_mut().as_mut() {
            while let Some(frame) = meeting.take_frame() {
                room.say(frame);
            }
        }
    }

    fn signal(&self, text: &str) {
        if let Some((meeting, _)) = self.meeting.borrow_mut().as_mut() {
            // Where there is nobody, the way is over.
            let _ = meeting.send_signal(text, &mut random());
        }
        self.flush();
    }

    fn met(self: &Rc<Self>, event: MeetingEvent) {
        match event {
            MeetingEvent::Found { binding, webrtc } => {
                *self.room_binding.borrow_mut() = binding;
                if let Some(awaited) = &self.companion {
                    awaited.found_ms.set(Some(browser::now_ms()));
                }
                self.change(WayState::Connecting);
                if webrtc {
                    self.look_for_each_other();
                } else {
                    self.stay_in_room();
                }
            }
            MeetingEvent::Signal(text) if text == IN_THE_ROOM => {
                if !self.is_begun.get() {
                    self.stay_in_room();
                } else if !self.is_in_room.get() {
                    // The other one goes on in the room, this one has begun directly: both begin anew.
                    self.end();
                }
            }
            MeetingEvent::Signal(text) if text == STILL_THERE => {}
            MeetingEvent::Signal(text) => self.take_signal(text),
            MeetingEvent::Frame(frame) if self.is_in_room.get() => self.take_frame(frame),
            MeetingEvent::Frame(_) => {}
            MeetingEvent::Taken => {
                self.view.borrow_mut().is_used = true;
                self.end();
            }
            MeetingEvent::Gone => self.other_left(),
            MeetingEvent::Broken => self.left_room(),
        }
    }

    /// The room is left. A way that goes directly stays.
    fn left_room(self: &Rc<Self>) {
        let is_direct = self.is_begun.get() && !self.is_in_room.get();
        if !is_direct {
            self.end();
        }
    }

    /// The other one has left the room. One that is met whenever it is there stays in it as long as it is there.
    fn other_left(self: &Rc<Self>) {
        if self.companion.is_some() {
            self.end();
        } else {
            self.left_room();
        }
    }

    /// The connection ends, if there is one.
    fn end(self: &Rc<Self>) {
        if let Some(link) = self.link.get() {
            self.shell.engine.tell(Command::EndLink { link });
        }
        self.gone();
    }

    /// Both can connect directly: the host makes the offer.
    fn look_for_each_other(self: &Rc<Self>) {
        if !self.view.borrow().offers {
            return;
        }
        let running = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            // It may have waited for long.
            let Ok(Some(reach)) = reach::load(&running.shell).await else { return running.give_up_looking() };
            match Peer::offer(&reach, running.listener()).await {
                Ok(peer) if running.is_there() => {
                    running.signal(&peer.own().to_text());
                    *running.peer.borrow_mut() = Some(peer);
                }
                // Given up meanwhile.
                Ok(_) => return,
                Err(_) => return running.give_up_looking(),
            }
            let late = Rc::clone(&running);
            Timeout::new(DIRECT_MS, move || late.give_up_looking()).forget();
        });
    }

    fn give_up_looking(self: &Rc<Self>) {
        if !self.is_begun.get() && self.is_there() && !self.is_in_room.get() {
            self.signal(IN_THE_ROOM);
            self.stay_in_room();
        }
    }

    fn take_signal(self: &Rc<Self>, text: String) {
        let Ok(signal) = Signal::from_text(&text) else { return };
        let running = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            let peer = running.peer.borrow_mut().take();
            let peer = match (signal.role, peer) {
                (Role::Offer, None) if !running.view.borrow().offers => {
                    let Ok(Some(reach)) = reach::load(&running.shell).await else { return };
                    let Ok(peer) = Peer::answer(&reach, &signal, running.listener()).await else { return };
                    *running.binding.borrow_mut() = [signal.fingerprint, peer.own().fingerprint].concat();
                    running.signal(&peer.own().to_text());
                    Some(peer)
                }
                (Role::Answer { .. }, Some(peer)) => {
                    *running.binding.borrow_mut() = [peer.own().fingerprint, signal.fingerprint].concat();
                    // What does not work shows when nobody finds the other.
                    let _ = peer.accept(&signal).await;
                    Some(peer)
                }
                (_, peer) => peer,
            };
            if running.is_there() && !running.is_in_room.get() {
                *running.peer.borrow_mut() = peer;
            }
        });
    }

    /// Frames go through the room from now on.
    fn stay_in_room(self: &Rc<Self>) {
        if self.is_in_room.replace(true) {
            return;
        }
        let running = Rc::clone(self);
        // Not now: this may be called by what the other end said.
        Timeout::new(0, move || drop(running.peer.borrow_mut().take())).forget();
        *self.binding.borrow_mut() = self.room_binding.borrow().clone();
        self.open();
    }

    /// Sends what the engine says.
    fn send(&self, frames: &[Vec<u8>]) {
        if self.is_in_room.get() {
            if let Some((meeting, _)) = self.meeting.borrow_mut().as_mut() {
                for frame in frames {
                    // Where there is nobody, the way is over.
                    let _ = meeting.send_frame(frame, &mut random());
                }
            }
            return self.flush();
        }
        if let Some(peer) = self.peer.borrow().as_ref() {
            for frame in frames {
                peer.send(frame);
            }
        }
    }

    fn take_frame(self: &Rc<Self>, frame: Vec<u8>) {
        self.frame_bytes.set(self.frame_bytes.get() + frame.len());
        self.frames.borrow_mut().push(frame);
        if self.frame_bytes.get() > MOST_BYTES || self.frames.borrow().len() > MOST_FRAMES {
            // More than any device of ours sends before it hears from this one.
            return self.end();
        }
        self.hand_over();
    }

    fn list(self: &Rc<Self>, code: String, state: WayState) {
        self.view.borrow_mut().code = code;
        let id = self.view.borrow().id;
        HUB.with(|hub| hub.ways.borrow_mut().insert(id, Rc::clone(self)));
        self.change(state);
        if self.companion.is_some() {
            return;
        }
        let late = Rc::clone(self);
        let timer = Timeout::new(u32::try_from(CODE_MS).unwrap_or(u32::MAX), move || {
            if matches!(late.view.borrow().state, WayState::Waiting | WayState::Connecting) {
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
        if self.companion.is_some() {
            return;
        }
        let view = self.view.borrow().clone();
        self.shell.change(Change::Way(view));
    }

    /// The way is open: the engine begins a connection over it.
    fn open(self: &Rc<Self>) {
        if self.is_begun.replace(true) {
            return;
        }
        let side = if self.view.borrow().offers { LinkSide::Offering } else { LinkSide::Answering };
        let by_itself = self.companion.is_some();
        let begin = Command::BeginLink { side, by_itself, binding: self.binding.borrow().clone() };
        let running = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            match running.shell.engine.ask(begin).await {
                // Given up meanwhile.
                Ok(Reply::Link(link)) if !running.is_there() => running.shell.engine.tell(Command::EndLink { link }),
                Ok(Reply::Link(link)) => {
                    running.link.set(Some(link));
                    if let Some(awaited) = &running.companion {
                        awaited.linked_ms.set(Some(browser::now_ms()));
                    }
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
                let bytes: usize = frames.iter().map(Vec::len).sum();
                running.frame_bytes.set(running.frame_bytes.get().saturating_sub(bytes));
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
        if let Some(awaited) = &self.companion {
            // Not now: this may be called by what it holds.
            if let Some(still_there) = awaited.still_there.borrow_mut().take() {
                Timeout::new(0, move || drop(still_there)).forget();
            }
            let now_ms = browser::now_ms();
            let was_good = match (awaited.found_ms.get(), awaited.linked_ms.get()) {
                (_, Some(linked_ms)) => now_ms - linked_ms > GOOD_MS,
                (Some(_), None) => false,
                (None, None) => now_ms - self.view.borrow().made_ms > GOOD_MS,
            };
            awaited.on_gone.emit((awaited.feed.clone(), was_good));
        }
        let running = Rc::clone(self);
        // Not now: this may be called by what the other end said.
        Timeout::new(LAST_WORDS_MS, move || {
            drop(running.peer.borrow_mut().take());
            drop(running.meeting.borrow_mut().take());
        })
        .forget();
    }
}
