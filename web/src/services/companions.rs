//! Meets the devices that belong to the open record whenever they are there, by the rooms of the host that the app came from.

use core::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use chartchain_vault::protocol::{Command, Companion, Reply};
use yew::Callback;

use super::alarm::Alarm;
use super::letters::are_wanted;
use super::{browser, reach, relay, ways};
use crate::hooks::session::Shell;

/// Who is to be met is looked up so often.
const EVERY_MS: u32 = 60_000;
/// Soon after something happened.
const SOON_MS: u32 = 1_000;
/// How long the first pause is after a way that came to nothing. Each further one is twice as long.
const PAUSE_MS: i64 = 2_000;
/// The longest.
const LONGEST_PAUSE_MS: i64 = 60_000;
/// Whoever was found in the room and has not shown by then to be who is awaited is somebody else.
const PROOF_MS: i64 = 40_000;
/// So often it is looked up meanwhile.
const PROVING_MS: u32 = 5_000;

/// What meets them, as long as somebody is unlocked.
pub struct Gathering {
    shell: Shell,
    is_over: Cell<bool>,
    is_looking: Cell<bool>,
    /// Ways that came to nothing, and until when nothing is begun, by feed key.
    pauses: RefCell<BTreeMap<String, (u32, i64)>>,
    next: Alarm,
}

impl Gathering {
    /// One that has met nobody yet.
    #[must_use]
    pub fn new(shell: Shell) -> Rc<Self> {
        Rc::new(Self {
            shell,
            is_over: Cell::default(),
            is_looking: Cell::default(),
            pauses: RefCell::default(),
            next: Alarm::default(),
        })
    }

    /// Something has changed: who belongs to the record, who is connected, which record is open.
    pub fn look_soon(self: &Rc<Self>) {
        self.look_in(SOON_MS);
    }

    /// The network is there again: nobody is waited for.
    pub fn look_now(self: &Rc<Self>) {
        self.pauses.borrow_mut().clear();
        self.look();
    }

    /// Meets nobody any more.
    pub fn end(&self) {
        self.is_over.set(true);
        self.next.stop();
        self.part(|_| false);
    }

    fn look_in(self: &Rc<Self>, ms: u32) {
        if !self.is_over.get() {
            let gathering = Rc::clone(self);
            self.next.at_latest(ms, move || gathering.look());
        }
    }

    /// Ends ways that are not to stay.
    fn part(&self, stays: impl Fn(&ways::Standing) -> bool) {
        for way in ways::standing().iter().filter(|way| !stays(way)) {
            ways::close(way.way);
        }
    }

    fn look(self: &Rc<Self>) {
        self.next.stop();
        if !are_wanted() {
            self.part(|_| false);
        }
        if self.is_over.get() || self.is_looking.replace(true) {
            return;
        }
        let gathering = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            let wanted = if are_wanted() { gathering.wanted().await } else { None };
            let may_go_directly = reach::load(&gathering.shell).await.map(|reach| reach.is_some());
            gathering.is_looking.set(false);
            if gathering.is_over.get() {
                return;
            }
            // It may have been switched off meanwhile.
            if let (Some(wanted), Ok(may_go_directly)) = (wanted.filter(|_| are_wanted()), may_go_directly) {
                gathering.meet(wanted, may_go_directly);
            }
            gathering.look_in(gathering.next_ms());
        });
    }

    /// Who is to be met; `None` where that cannot be told now.
    async fn wanted(&self) -> Option<Vec<Companion>> {
        let companions = match self.shell.engine.ask(Command::Companions).await {
            Ok(Reply::Companions(companions)) => companions,
            // No record is open.
            _ => return Some(Vec::new()),
        };
        let has_all = companions.iter().all(|companion| ways::standing().iter().any(|way| way.feed == companion.feed));
        // What the host does is asked for only where somebody is to be met there.
        (has_all || relay::about().await.is_ok_and(|about| about.meet)).then_some(companions)
    }

    /// Ends ways to those who are not to be met, and begins those to whoever is.
    fn meet(self: &Rc<Self>, wanted: Vec<Companion>, may_go_directly: bool) {
        let now_ms = browser::now_ms();
        self.part(|way| {
            let is_wanted = wanted.iter().any(|companion| companion.feed == way.feed);
            match way.found_ms {
                // Whoever is connected as that device is on the list no more.
                Some(found_ms) => !is_wanted || now_ms - found_ms < PROOF_MS,
                None => is_wanted,
            }
        });
        let standing = ways::standing();
        for companion in wanted {
            let is_paused = self.pauses.borrow().get(&companion.feed).is_some_and(|(_, until_ms)| now_ms < *until_ms);
            if is_paused || standing.iter().any(|way| way.feed == companion.feed) {
                continue;
            }
            let gathering = Rc::clone(self);
            let on_gone = Callback::from(move |(feed, was_good)| gathering.gone(feed, was_good));
            ways::await_companion(&self.shell, companion, may_go_directly, on_gone);
        }
    }

    fn gone(self: &Rc<Self>, feed: String, was_good: bool) {
        if self.is_over.get() {
            return;
        }
        {
            let mut pauses = self.pauses.borrow_mut();
            let (tries, until_ms) = pauses.entry(feed).or_default();
            *tries = if was_good { 0 } else { tries.saturating_add(1) };
            *until_ms = browser::now_ms() + (PAUSE_MS << tries.saturating_sub(1).min(5)).min(LONGEST_PAUSE_MS);
        }
        self.look_in(self.next_ms());
    }

    /// When to look next: when the first pause is over, or after a while.
    fn next_ms(&self) -> u32 {
        let now_ms = browser::now_ms();
        let pauses = self.pauses.borrow();
        let first = pauses.values().map(|(_, until_ms)| until_ms - now_ms).filter(|left_ms| *left_ms > 0).min();
        let proving = ways::standing().iter().filter_map(|way| way.found_ms).any(|ms| now_ms - ms < PROOF_MS);
        let next_ms = first.and_then(|left_ms| u32::try_from(left_ms + 50).ok()).unwrap_or(EVERY_MS);
        next_ms.min(if proving { PROVING_MS } else { EVERY_MS })
    }
}
