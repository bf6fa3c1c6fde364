//! Fetches letters from the mailboxes of the host that the app came from, and leaves there those that are due.

use core::cell::{Cell, RefCell};
use std::rc::Rc;

use chartchain_vault::protocol::{Command, Fault, LetterDue, MAX_LETTER_BYTES, MailTag, Mailboxes, Reply};
use gloo_timers::callback::Timeout;
use js_sys::{Array, Reflect};
use wasm_bindgen::JsCast as _;

use super::browser;
use super::engine::unexpected;
use super::relay::{self, NoAnswer};
use crate::hooks::session::{Change, Shell};
use crate::view::letters::{Letters, Trouble};

/// Letters are looked for so often.
const EVERY_MS: u32 = 5 * 60_000;
/// What was written goes out so long after, so that a letter has all of it.
const SOON_MS: u32 = 10_000;
/// Longest list of a mailbox, bytes: a host keeps 256 letters in one.
const MAX_LIST_BYTES: u64 = 256 * 1024;
/// Most letters that come or go in one round. The next one goes on.
const MAX_LETTERS: usize = 256;
/// Where it is remembered that this device does without.
const SWITCH: &str = "letters";

/// How it stands before anybody has looked.
#[must_use]
pub fn at_first() -> Letters {
    if are_wanted() { Letters::Unknown } else { Letters::Off }
}

/// Whether this device goes to the host by itself.
#[must_use]
pub fn are_wanted() -> bool {
    browser::remembered(SWITCH).is_none_or(|said| said != "off")
}

/// The person wants letters on this device, or no longer.
pub fn want(shell: &Shell, on: bool) {
    if on {
        browser::forget(SWITCH);
    } else {
        browser::remember(SWITCH, "off");
    }
    shell.change(Change::Letters(at_first()));
}

/// Why a round ends early.
enum Stop {
    /// Nobody wants it any more: locked, or switched off.
    Over,
    /// It does not go on.
    Trouble(Trouble),
}

impl From<NoAnswer> for Stop {
    fn from(none: NoAnswer) -> Self {
        Self::Trouble(match none {
            NoAnswer::Unreachable | NoAnswer::Status(503) => Trouble::Unreachable,
            NoAnswer::Status(_) | NoAnswer::Wrong => Trouble::Host,
        })
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Locked => Self::Over,
            _ => Self::Trouble(Trouble::Engine),
        }
    }
}

/// What fetches and leaves, as long as somebody is unlocked.
pub struct Postman {
    shell: Shell,
    is_over: Cell<bool>,
    is_under_way: Cell<bool>,
    /// Something happened since the round began.
    is_wanted_again: Cell<bool>,
    next: RefCell<Option<Timeout>>,
}

impl Postman {
    /// One that has done nothing yet.
    #[must_use]
    pub fn new(shell: Shell) -> Rc<Self> {
        Rc::new(Self {
            shell,
            is_over: Cell::default(),
            is_under_way: Cell::default(),
            is_wanted_again: Cell::default(),
            next: RefCell::default(),
        })
    }

    /// Goes now.
    pub fn go(self: &Rc<Self>) {
        if self.is_over.get() || !are_wanted() {
            return;
        }
        if self.is_under_way.replace(true) {
            self.is_wanted_again.set(true);
            return;
        }
        *self.next.borrow_mut() = None;
        let postman = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            let state = postman.round().await;
            postman.is_under_way.set(false);
            if !postman.goes_on() {
                return;
            }
            let again = postman.is_wanted_again.replace(false) || state.is_none();
            if let Some(state) = state {
                postman.shell.change(Change::Letters(state));
            }
            postman.go_in(if again { SOON_MS } else { EVERY_MS });
        });
    }

    /// The record has changed.
    pub fn go_soon(self: &Rc<Self>) {
        if self.is_under_way.get() {
            self.is_wanted_again.set(true);
        } else {
            self.go_in(SOON_MS);
        }
    }

    /// Goes no more.
    pub fn end(&self) {
        self.is_over.set(true);
        *self.next.borrow_mut() = None;
    }

    fn go_in(self: &Rc<Self>, ms: u32) {
        let postman = Rc::clone(self);
        *self.next.borrow_mut() = Some(Timeout::new(ms, move || postman.go()));
    }

    fn goes_on(&self) -> bool {
        !self.is_over.get() && are_wanted()
    }

    /// Fetches and leaves. Nothing is told of a round that nobody wants any more.
    async fn round(&self) -> Option<Letters> {
        match relay::about().await {
            Ok(about) if !about.mail => return Some(Letters::NotKept),
            Ok(_) => {}
            Err(_) => return Some(Letters::Failed(Trouble::Unreachable)),
        }
        self.shell.change(Change::Letters(Letters::UnderWay));
        let mut unread = 0;
        let done = async {
            for tag in self.mailboxes().await?.own {
                unread += self.fetch(tag).await?;
            }
            self.leave_all().await
        };
        match done.await {
            Ok(()) => Some(Letters::Done { at_ms: browser::now_ms(), unread }),
            Err(Stop::Trouble(trouble)) => Some(Letters::Failed(trouble)),
            Err(Stop::Over) => None,
        }
    }

    async fn ask(&self, command: Command) -> Result<Reply, Stop> {
        if self.goes_on() { Ok(self.shell.engine.ask(command).await?) } else { Err(Stop::Over) }
    }

    async fn mailboxes(&self) -> Result<Mailboxes, Stop> {
        match self.ask(Command::Mailboxes).await? {
            Reply::Mailboxes(mailboxes) => Ok(*mailboxes),
            _ => Err(unexpected().into()),
        }
    }

    /// Takes in the letters of a mailbox, and tells how many could not be read. Each is thrown away when what is in it is stored.
    async fn fetch(&self, tag: MailTag) -> Result<u32, Stop> {
        let mailbox = address(tag);
        let list = relay::ask_for_json(&mailbox, MAX_LIST_BYTES).await?;
        let list: Array = list.dyn_into().map_err(|_| NoAnswer::Wrong)?;
        let mut unread = 0;
        for listed in list.iter().take(MAX_LETTERS) {
            let name = Reflect::get(&listed, &"name".into()).ok().and_then(|name| name.as_string());
            let name = name.filter(|name| is_name(name)).ok_or(NoAnswer::Wrong)?;
            let letter = format!("{mailbox}/{name}");
            let bytes = match relay::ask("GET", &letter, None, MAX_LETTER_BYTES).await {
                Ok(bytes) => bytes,
                // Another window may have taken it.
                Err(NoAnswer::Status(404)) => continue,
                Err(none) => return Err(none.into()),
            };
            if !self.goes_on() {
                return Err(Stop::Over);
            }
            match self.shell.engine.ask(Command::TakeLetter { bytes }).await {
                Ok(_) => {}
                Err(Fault::NotAParcel | Fault::NotForThisDevice | Fault::FileDamaged) => unread += 1,
                Err(fault) => return Err(fault.into()),
            }
            relay::ask("DELETE", &letter, None, 0).await?;
        }
        Ok(unread)
    }

    /// Leaves letters until none is due. A full mailbox keeps no other from getting theirs.
    async fn leave_all(&self) -> Result<(), Stop> {
        let mut full = Vec::new();
        let mut left = 0;
        while left < MAX_LETTERS {
            let mut due = self.mailboxes().await?.due;
            due.retain(|due| !full.contains(&due.tag));
            if due.is_empty() {
                break;
            }
            for due in due {
                let tag = due.tag;
                match self.leave(due).await {
                    Ok(()) => left += 1,
                    Err(Stop::Trouble(Trouble::Full)) => full.push(tag),
                    Err(stop) => return Err(stop),
                }
            }
        }
        if full.is_empty() { Ok(()) } else { Err(Stop::Trouble(Trouble::Full)) }
    }

    /// Leaves the next letter for a device.
    async fn leave(&self, due: LetterDue) -> Result<(), Stop> {
        let LetterDue { ledger, to, tag } = due;
        let write = Command::WriteLetter { ledger: ledger.clone(), to: to.clone() };
        let Reply::Letter(letter) = self.ask(write).await? else { return Err(unexpected().into()) };
        match relay::ask("PUT", &format!("{}/{}", address(tag), letter.name), Some(&letter.bytes), 0).await {
            Ok(_) => {}
            Err(NoAnswer::Status(507)) => return Err(Stop::Trouble(Trouble::Full)),
            Err(none) => return Err(none.into()),
        }
        self.ask(Command::LetterLeft { ledger, to, mark: letter.mark }).await.map(|_| ())
    }
}

/// Whether it is 64 hex digits.
fn is_name(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|letter| letter.is_ascii_hexdigit())
}

fn address(tag: MailTag) -> String {
    format!("/v0/mail/{}", tag.to_hex())
}
