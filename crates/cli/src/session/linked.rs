//! A session that meets another device.

use std::path::Path;

use chartchain_store::RedbStore;
use chartchain_vault::Engine;
use chartchain_vault::protocol::{Command, Event, Fault, LedgerCard, Reply, Secret};

use super::{Native, Session, store_failure};
use crate::failure::Failure;

impl Session {
    /// Makes a file with one person and no record yet, for somebody who is going to be let into one. It appears when it is complete.
    ///
    /// # Errors
    /// The name is taken, the file cannot be made, or the passphrase is too short.
    pub fn create_person(path: &Path, passphrase: Secret) -> Result<(), Failure> {
        Self::make(path, |draft| {
            let store = RedbStore::create(draft).map_err(|error| store_failure(draft, &error))?;
            let mut session = Self { engine: Engine::new(Native { store: store.clone() }) };
            session.ask(Command::CreatePerson { passphrase, words: None })?;
            store.close().map_err(|error| store_failure(draft, &error))
        })
    }

    /// Opens and unlocks a file to meet another device. All records of the file take part; one of them is open where there is any,
    /// and where somebody is going to be let in it has to be said which.
    ///
    /// # Errors
    /// As for [`Session::open`], but a file without a record will do unless somebody is going to be let in.
    pub fn open_to_meet(
        path: &Path,
        passphrase: Secret,
        record: Option<usize>,
        lets_in: bool,
    ) -> Result<Self, Failure> {
        let (mut session, ledgers) = Self::unlock(path, passphrase)?;
        if lets_in || record.is_some() {
            session.choose(ledgers, record)?;
        } else if !ledgers.is_empty() {
            session.choose(ledgers, Some(1))?;
        }
        Ok(session)
    }

    /// Opens a file and unlocks its person; no record is open yet.
    pub(super) fn unlock(path: &Path, passphrase: Secret) -> Result<(Self, Vec<LedgerCard>), Failure> {
        if !path.exists() {
            return Err(Failure::NoSuchLedger(path.display().to_string()));
        }
        let store = RedbStore::open(path).map_err(|error| store_failure(path, &error))?;
        let mut session = Self { engine: Engine::new(Native { store }) };
        let Reply::People(people) = session.ask(Command::ListPeople)? else { return Err(Failure::Unexpected) };
        let person = people.into_iter().next().ok_or(Failure::Fault(Fault::NotFound))?.id;
        match session.ask(Command::Unlock { person, passphrase })? {
            Reply::Unlocked { ledgers, .. } => Ok((session, ledgers)),
            _ => Err(Failure::Unexpected),
        }
    }

    /// Gives connected devices what was written here, and tells what happened since the last call.
    pub fn link(&mut self) -> Vec<Event> {
        if self.engine.has_links() {
            pollster::block_on(self.engine.link());
        }
        self.engine.take_events()
    }

    /// How many records there are.
    ///
    /// # Errors
    /// The engine's fault.
    pub fn count_records(&mut self) -> Result<usize, Failure> {
        match self.ask(Command::ListLedgers)? {
            Reply::Ledgers(ledgers) => Ok(ledgers.len()),
            _ => Err(Failure::Unexpected),
        }
    }

    /// Whether the recovery words are still kept here, because nobody has shown yet that they wrote them down.
    ///
    /// # Errors
    /// The engine's fault.
    pub fn keeps_words(&mut self) -> Result<bool, Failure> {
        match self.ask(Command::RecoveryWords) {
            Ok(Reply::RecoveryWords(_)) => Ok(true),
            Ok(_) => Err(Failure::Unexpected),
            Err(Failure::Fault(Fault::NotFound | Fault::NotNow(_))) => Ok(false),
            Err(other) => Err(other),
        }
    }
}
