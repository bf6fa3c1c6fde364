//! `chartchain mail`: letters in the mailboxes of a host, for devices that are never online together.

use core::time::Duration;

use chartchain_cli::{Failure, Session, Trouble};
use chartchain_vault::protocol::{Command, Fault, LetterDue, MAX_LETTER_BYTES, MailTag, Mailboxes, Reply};
use serde::Deserialize;
use ureq::http::Uri;
use ureq::{Agent, Body, Error};

use crate::print::Printer;

/// How long the host may take over one letter.
const PATIENCE: Duration = Duration::from_secs(120);
/// Longest list of a mailbox, bytes: a host keeps 256 letters in one.
const MAX_LIST_BYTES: u64 = 256 * 1024;
/// Most letters that are left in one run. The next run goes on.
const MAX_LEFT: usize = 256;

/// What a run has done.
#[derive(Debug, Default)]
pub struct Mailed {
    /// Letters that held.
    pub came: usize,
    /// Blocks in them that were not here.
    pub added: u32,
    /// Blocks in them that do not hold.
    pub refused: u32,
    /// Letters that did not hold.
    pub unread: usize,
    /// Letters that were left for others.
    pub left: usize,
}

/// A letter in the list of a mailbox.
#[derive(Deserialize)]
struct Listed {
    name: String,
}

/// A host that keeps letters.
struct Host {
    agent: Agent,
    /// Without a slash at the end.
    address: String,
}

/// Takes in the letters for this device, and leaves those that are due.
///
/// # Errors
/// The address, the host or the engine's fault. What was done before stays done.
pub fn run(session: &mut Session, address: &str, printer: &Printer) -> Result<(), Failure> {
    let host = Host::at(address)?;
    let mut done = Mailed::default();
    // What does not go keeps nothing else from going, and is told at the end.
    let mut trouble = None;
    for tag in mailboxes(session)?.own {
        trouble = trouble.or(host.fetch(session, &tag, &mut done).err());
    }
    let mut stuck = Vec::new();
    while done.left < MAX_LEFT {
        let due = mailboxes(session)?.due.into_iter().find(|due| !stuck.contains(&due.tag));
        let Some(due) = due else { break };
        let tag = due.tag;
        match host.leave(session, due) {
            Ok(()) => done.left += 1,
            Err(failure) => {
                stuck.push(tag);
                trouble.get_or_insert(failure);
            }
        }
    }
    printer.mail(&done)?;
    trouble.map_or(Ok(()), Err)
}

fn mailboxes(session: &mut Session) -> Result<Mailboxes, Failure> {
    match session.ask(Command::Mailboxes)? {
        Reply::Mailboxes(mailboxes) => Ok(*mailboxes),
        _ => Err(Failure::Unexpected),
    }
}

impl Host {
    /// At the root of the host that an address names.
    fn at(address: &str) -> Result<Self, Trouble> {
        let uri: Uri = address.trim().parse().map_err(|_| Trouble::NoAddress)?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(Trouble::NoAddress);
        };
        if !matches!(scheme, "http" | "https") {
            return Err(Trouble::NoAddress);
        }
        let config = Agent::config_builder().timeout_global(Some(PATIENCE)).max_redirects(0).build();
        Ok(Self { agent: config.into(), address: format!("{scheme}://{authority}") })
    }

    fn mailbox(&self, tag: &MailTag) -> String {
        format!("{}/v0/mail/{}", self.address, tag.to_hex())
    }

    /// Why something was not answered as it should. The address is told without the tag, which is a secret.
    fn trouble(&self, error: &Error) -> Failure {
        let host = self.address.clone();
        match error {
            Error::StatusCode(404) => Trouble::NoMail { host }.into(),
            Error::StatusCode(status @ (429 | 503 | 507)) => Trouble::MailFull { host, status: *status }.into(),
            error => Trouble::Unreachable { host, error: error.to_string() }.into(),
        }
    }

    fn read(&self, address: &str, most: u64) -> Result<Vec<u8>, Error> {
        let mut answer = self.agent.get(address).call()?;
        let body: &mut Body = answer.body_mut();
        body.with_config().limit(most).read_to_vec()
    }

    /// Takes in all letters of a mailbox. Each is thrown away when what is in it is stored, or cannot be read. One that cannot be taken
    /// in now keeps none behind it from coming.
    fn fetch(&self, session: &mut Session, tag: &MailTag, done: &mut Mailed) -> Result<(), Failure> {
        let mailbox = self.mailbox(tag);
        let list = self.read(&mailbox, MAX_LIST_BYTES).map_err(|error| self.trouble(&error))?;
        let list: Vec<Listed> = serde_json::from_slice(&list).map_err(|_| self.no_mail())?;
        let mut trouble = None;
        for Listed { name } in list {
            if name.len() != 64 || !name.bytes().all(|letter| letter.is_ascii_hexdigit()) {
                return Err(self.no_mail().into());
            }
            let letter = format!("{mailbox}/{name}");
            let bytes = match self.read(&letter, MAX_LETTER_BYTES) {
                Ok(bytes) => bytes,
                // Another copy of this ledger may have taken it.
                Err(Error::StatusCode(404)) => continue,
                Err(error) => return Err(self.trouble(&error)),
            };
            match session.ask(Command::TakeLetter { bytes }) {
                Ok(Reply::Parcel(card)) => {
                    done.came += 1;
                    done.added += card.added;
                    done.refused += card.refused;
                }
                Err(Failure::Fault(Fault::NotAParcel | Fault::NotForThisDevice | Fault::FileDamaged)) => {
                    done.unread += 1;
                }
                Ok(_) => return Err(Failure::Unexpected),
                Err(failure) => {
                    trouble.get_or_insert(failure);
                    continue;
                }
            }
            self.agent.delete(&letter).call().map_err(|error| self.trouble(&error))?;
        }
        trouble.map_or(Ok(()), Err)
    }

    fn no_mail(&self) -> Trouble {
        Trouble::NoMail { host: self.address.clone() }
    }

    /// Leaves the next letter for a device.
    fn leave(&self, session: &mut Session, due: LetterDue) -> Result<(), Failure> {
        let LetterDue { ledger, to, tag } = due;
        let write = Command::WriteLetter { ledger: ledger.clone(), to: to.clone() };
        let Reply::Letter(letter) = session.ask(write)? else { return Err(Failure::Unexpected) };
        let address = format!("{}/{}", self.mailbox(&tag), letter.name);
        self.agent.put(&address).send(letter.bytes.as_slice()).map_err(|error| self.trouble(&error))?;
        session.ask(Command::LetterLeft { ledger, to, mark: letter.mark })?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_named_by_any_address_of_its_app() {
        let host = |address| Host::at(address).map(|host| host.address);
        assert_eq!(host("https://health.example/app/#/start").as_deref(), Ok("https://health.example"));
        assert_eq!(host(" http://127.0.0.1:8080/ ").as_deref(), Ok("http://127.0.0.1:8080"));
        for wrong in ["", "health.example", "ftp://health.example", "https://", "mailto:ana@health.example"] {
            assert_eq!(host(wrong), Err(Trouble::NoAddress), "{wrong}");
        }
    }
}
