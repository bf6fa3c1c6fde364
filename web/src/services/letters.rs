//! Fetches letters from the mailboxes of the host that the app came from, and leaves there those that are due.

use core::cell::Cell;
use std::rc::Rc;

use chartchain_vault::protocol::{Command, Fault, LetterDue, MAX_LETTER_BYTES, MailTag, Mailboxes, Reply};
use js_sys::{Array, Reflect};
use wasm_bindgen::JsCast as _;

use super::alarm::Alarm;
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

/// Why something did not go.
enum Stop {
    /// Nobody wants it any more: locked, or switched off.
    Over,
    /// The host does not answer: nothing else is tried.
    Host(Trouble),
    /// This one letter or mailbox.
    One(Trouble),
}

impl From<NoAnswer> for Stop {
    fn from(none: NoAnswer) -> Self {
        match none {
            NoAnswer::Unreachable | NoAnswer::Status(429 | 503) => Self::Host(Trouble::Unreachable),
            NoAnswer::Status(507) => Self::One(Trouble::Full),
            NoAnswer::Status(_) | NoAnswer::Wrong => Self::One(Trouble::Host),
        }
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Locked => Self::Over,
            _ => Self::One(Trouble::Engine),
        }
    }
}

/// What a round came to.
#[derive(Default)]
struct Round {
    /// Letters that could not be read, and were thrown away.
    unread: u32,
    /// What did not go first. The others are not kept from going by it.
    trouble: Option<Trouble>,
}

impl Round {
    /// Goes on where only this one did not go.
    fn note<T>(&mut self, gone: Result<T, Stop>) -> Result<Option<T>, Stop> {
        match gone {
            Ok(gone) => Ok(Some(gone)),
            Err(Stop::One(trouble)) => {
                self.trouble.get_or_insert(trouble);
                Ok(None)
            }
            Err(stop) => Err(stop),
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
    next: Alarm,
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
            next: Alarm::default(),
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
        self.next.stop();
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
        self.next.stop();
    }

    fn go_in(self: &Rc<Self>, ms: u32) {
        let postman = Rc::clone(self);
        self.next.at_latest(ms, move || postman.go());
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
        if !self.goes_on() {
            return None;
        }
        self.shell.change(Change::Letters(Letters::UnderWay));
        let mut round = Round::default();
        let done = async {
            for tag in self.mailboxes().await?.own {
                let fetched = self.fetch(tag, &mut round).await;
                round.note(fetched)?;
            }
            self.leave_all(&mut round).await
        };
        match (done.await, round.trouble) {
            (Ok(()), None) => Some(Letters::Done { at_ms: browser::now_ms(), unread: round.unread }),
            (Ok(()), Some(trouble)) | (Err(Stop::Host(trouble) | Stop::One(trouble)), _) => {
                Some(Letters::Failed(trouble))
            }
            (Err(Stop::Over), _) => None,
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

    /// Takes in the letters of a mailbox.
    async fn fetch(&self, tag: MailTag, round: &mut Round) -> Result<(), Stop> {
        let mailbox = address(tag);
        let list = relay::ask_for_json(&mailbox, MAX_LIST_BYTES).await?;
        let list: Array = list.dyn_into().map_err(|_| NoAnswer::Wrong)?;
        for listed in list.iter().take(MAX_LETTERS) {
            let name = Reflect::get(&listed, &"name".into()).ok().and_then(|name| name.as_string());
            let name = name.filter(|name| is_name(name)).ok_or(NoAnswer::Wrong)?;
            let taken = self.take(&format!("{mailbox}/{name}")).await;
            if round.note(taken)? == Some(false) {
                round.unread += 1;
            }
        }
        Ok(())
    }

    /// Takes in a letter, and tells whether it holds. It is thrown away when what is in it is stored, or where nobody could ever read it.
    async fn take(&self, letter: &str) -> Result<bool, Stop> {
        let bytes = match relay::ask("GET", letter, None, MAX_LETTER_BYTES).await {
            Ok(bytes) => bytes,
            // Another window may have taken it.
            Err(NoAnswer::Status(404)) => return Ok(true),
            Err(none) => return Err(none.into()),
        };
        if !self.goes_on() {
            return Err(Stop::Over);
        }
        let holds = match self.shell.engine.ask(Command::TakeLetter { bytes }).await {
            Ok(_) => true,
            Err(Fault::NotAParcel | Fault::NotForThisDevice | Fault::FileDamaged) => false,
            Err(fault) => return Err(fault.into()),
        };
        relay::ask("DELETE", letter, None, 0).await?;
        Ok(holds)
    }

    /// Leaves letters until none is due. A mailbox into which nothing goes keeps no other from getting theirs.
    async fn leave_all(&self, round: &mut Round) -> Result<(), Stop> {
        let mut stuck = Vec::new();
        for _ in 0..MAX_LETTERS {
            let due = self.mailboxes().await?.due.into_iter().find(|due| !stuck.contains(&due.tag));
            let Some(due) = due else { break };
            let tag = due.tag;
            let left = self.leave(due).await;
            if round.note(left)?.is_none() {
                stuck.push(tag);
            }
        }
        Ok(())
    }

    /// Leaves the next letter for a device.
    async fn leave(&self, due: LetterDue) -> Result<(), Stop> {
        let LetterDue { ledger, to, tag } = due;
        let write = Command::WriteLetter { ledger: ledger.clone(), to: to.clone() };
        if !self.goes_on() {
            return Err(Stop::Over);
        }
        let letter = match self.shell.engine.ask(write).await {
            Ok(Reply::Letter(letter)) => letter,
            Ok(_) => return Err(unexpected().into()),
            // It has come another way meanwhile.
            Err(Fault::NotFound) => return Ok(()),
            Err(fault) => return Err(fault.into()),
        };
        relay::ask("PUT", &format!("{}/{}", address(tag), letter.name), Some(&letter.bytes), 0).await?;
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
