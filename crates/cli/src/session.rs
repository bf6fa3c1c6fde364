use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use chartchain_keys::{KdfParams, UnlockError, stretch};
use chartchain_store::{RedbStore, StoreError, publish};
use chartchain_vault::protocol::{
    Command, Fault, JobId, JobResult, JobState, LedgerCard, Person, PersonId, Reply, Secret, docs,
};
use chartchain_vault::{Engine, Platform, Stretched};
use getrandom::SysRng;
use rand_core::{Rng as _, UnwrapErr};

use crate::failure::Failure;

/// One guess at a passphrase shall last half a second at least.
const PASSPHRASE_MS: u32 = 500;
const PART_BYTES: u64 = 1024 * 1024;
/// Enough of a backup to tell whether words open it.
const HEAD_BYTES: usize = 8 * 1024;

mod linked;

/// One file that holds one person with one ledger.
struct Native {
    store: RedbStore,
}

impl Platform for Native {
    type Store = RedbStore;
    type Rng = UnwrapErr<SysRng>;

    fn rng(&self) -> Self::Rng {
        UnwrapErr(SysRng)
    }

    fn now_ms(&self) -> i64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
    }

    async fn profile_store(&self) -> Result<RedbStore, StoreError> {
        Ok(self.store.clone())
    }

    async fn person_store(&self, _person: &PersonId) -> Result<RedbStore, StoreError> {
        Ok(self.store.clone())
    }

    fn trial_store(&self) -> Option<RedbStore> {
        None
    }

    fn passphrase_cost(&self) -> (KdfParams, u32) {
        (KdfParams::DEFAULT, PASSPHRASE_MS)
    }

    async fn stretch(&self, passphrase: &Secret, salt: [u8; 16], params: KdfParams) -> Result<Stretched, UnlockError> {
        let start = Instant::now();
        let key = stretch(passphrase.0.as_bytes(), &salt, params)?;
        Ok(Stretched { key, lasted_ms: u32::try_from(start.elapsed().as_millis()).unwrap_or(u32::MAX) })
    }

    async fn merge(&self, work: docs::Work) -> Result<docs::Done, docs::DocsError> {
        work.carry_out(async |work| work.attempt()).await
    }
}

/// Where recovery words come from.
pub enum Recovery {
    /// They are there.
    Words(Secret),
    /// A recovery file and its passphrase.
    File(Vec<u8>, Secret),
}

/// An engine on a file, unlocked.
pub struct Session {
    engine: Engine<Native>,
}

impl Session {
    /// Makes a file with one person and an empty ledger about `subject`. It appears when it is complete, and only its
    /// owner may read it; a process that is killed earlier leaves nothing under this name.
    ///
    /// # Errors
    /// The name is taken, the file cannot be made, or the passphrase is too short.
    pub fn create(path: &Path, passphrase: Secret, subject: Person) -> Result<LedgerCard, Failure> {
        Self::make(path, |draft| Self::furnish(draft, passphrase, subject))
    }

    fn make<T>(path: &Path, furnish: impl FnOnce(&Path) -> Result<T, Failure>) -> Result<T, Failure> {
        let file_failure = |error: &std::io::Error| match error.kind() {
            ErrorKind::AlreadyExists => Failure::NameTaken(path.display().to_string()),
            _ => Failure::File { file: path.display().to_string(), error: error.to_string() },
        };
        if path.try_exists().map_err(|error| file_failure(&error))? {
            return Err(Failure::NameTaken(path.display().to_string()));
        }
        let draft = draft_beside(path);
        let made =
            furnish(&draft).and_then(|card| publish(&draft, path).map(|()| card).map_err(|error| file_failure(&error)));
        if made.is_err() {
            // A file without a ledger is of no use. The first failure is the one to tell.
            let _ = std::fs::remove_file(&draft);
        }
        made
    }

    /// Makes a file from a backup. It appears when all of it is there. Gives the ledgers, and how many blocks the backup
    /// lacks.
    ///
    /// # Errors
    /// The name is taken, the backup cannot be read or was changed, or the words do not open it.
    pub fn restore(
        path: &Path,
        backup: &mut impl std::io::Read,
        recovery: &Recovery,
        passphrase: Secret,
    ) -> Result<(Vec<LedgerCard>, u32), Failure> {
        Self::make(path, |draft| {
            let mut next = read_part(backup)?;
            let head = next.get(..HEAD_BYTES).unwrap_or(&next).to_vec();
            let store = RedbStore::create(draft).map_err(|error| store_failure(draft, &error))?;
            let mut session = Self { engine: Engine::new(Native { store: store.clone() }) };
            let words = session.words(recovery)?;
            let checked = session.ask(Command::CheckBackup { head, words: words.clone() })?;
            if let Reply::RecoveryChecked(Some(problem)) = checked {
                return Err(Fault::WrongWords(problem).into());
            }
            session.ask(Command::CreatePerson { passphrase, words: Some(words.clone()) })?;
            session.ask(Command::BeginRestore { words: words.clone() })?;
            loop {
                let part = core::mem::replace(&mut next, read_part(backup)?);
                let last = next.is_empty();
                if let Reply::Restored { ledgers, left_out, .. } =
                    session.ask(Command::RestorePart { bytes: part, last })?
                {
                    store.close().map_err(|error| store_failure(draft, &error))?;
                    return Ok((ledgers, left_out));
                }
            }
        })
    }

    fn words(&mut self, recovery: &Recovery) -> Result<Secret, Failure> {
        match recovery {
            Recovery::Words(words) => Ok(words.clone()),
            Recovery::File(file, passphrase) => {
                let command = Command::OpenRecoveryFile { file: file.clone(), passphrase: passphrase.clone() };
                match self.ask(command)? {
                    Reply::RecoveryWords(words) => Ok(words),
                    _ => Err(Failure::Unexpected),
                }
            }
        }
    }

    fn furnish(path: &Path, passphrase: Secret, subject: Person) -> Result<LedgerCard, Failure> {
        let store = RedbStore::create(path).map_err(|error| store_failure(path, &error))?;
        let mut session = Self { engine: Engine::new(Native { store: store.clone() }) };
        session.ask(Command::CreatePerson { passphrase, words: None })?;
        let Reply::Opened(card) = session.ask(Command::CreateLedger { subject })? else {
            return Err(Failure::Unexpected);
        };
        store.close().map_err(|error| store_failure(path, &error))?;
        Ok(card)
    }

    /// Opens and unlocks a file. An import that was interrupted waits for [`Session::finish_interrupted`].
    ///
    /// # Errors
    /// The file is no ledger, is damaged or in use, or the passphrase does not open it.
    pub fn open(path: &Path, passphrase: Secret, record: Option<usize>) -> Result<Self, Failure> {
        let (mut session, ledgers) = Self::unlock(path, passphrase)?;
        session.choose(ledgers, record)?;
        Ok(session)
    }

    /// Opens the record that is meant.
    fn choose(&mut self, ledgers: Vec<LedgerCard>, record: Option<usize>) -> Result<(), Failure> {
        let chosen = match (record, ledgers.as_slice()) {
            (None, [_, _, ..]) => {
                let names = ledgers.into_iter().map(|card| card.subject.name).collect();
                return Err(Failure::WhichRecord(names));
            }
            (record, ledgers) => ledgers.get(record.unwrap_or(1).wrapping_sub(1)),
        };
        let ledger = chosen.ok_or(Failure::Fault(Fault::NoLedger))?.id.clone();
        self.ask(Command::OpenLedger { ledger })?;
        for job in self.jobs_in(&JobState::Running)? {
            self.ask(Command::PauseJob(job))?;
        }
        Ok(())
    }

    fn jobs_in(&mut self, state: &JobState) -> Result<Vec<JobId>, Failure> {
        let Reply::Jobs(jobs) = self.ask(Command::ListJobs)? else { return Err(Failure::Unexpected) };
        Ok(jobs.into_iter().filter(|job| job.state == *state).map(|job| job.id).collect())
    }

    /// Whether an import was interrupted when the file was open last, and waits.
    ///
    /// # Errors
    /// The engine's fault.
    pub fn is_interrupted(&mut self) -> Result<bool, Failure> {
        Ok(!self.jobs_in(&JobState::Paused)?.is_empty())
    }

    /// One command, one answer.
    ///
    /// # Errors
    /// The engine's fault.
    pub fn ask(&mut self, command: Command) -> Result<Reply, Failure> {
        pollster::block_on(self.engine.handle(command)).map_err(Failure::from)
    }

    /// Does all work that is under way.
    fn finish_jobs(&mut self) {
        while self.engine.has_work() {
            pollster::block_on(self.engine.step());
        }
    }

    /// Does the work that was interrupted when the file was open last.
    ///
    /// # Errors
    /// What ended it before its end.
    pub fn finish_interrupted(&mut self) -> Result<(), Failure> {
        for job in self.jobs_in(&JobState::Paused)? {
            self.ask(Command::ResumeJob(job))?;
        }
        self.finish_jobs();
        let Reply::Jobs(jobs) = self.ask(Command::ListJobs)? else { return Err(Failure::Unexpected) };
        let failed = jobs.into_iter().find_map(|job| match job.state {
            JobState::Failed(fault) => Some(fault),
            _ => None,
        });
        failed.map_or(Ok(()), |fault| Err(fault.into()))
    }

    /// Starts long work and does it all.
    ///
    /// # Errors
    /// What ended it.
    pub fn work(&mut self, command: Command) -> Result<JobResult, Failure> {
        self.work_as(command).map(|(_, result)| result)
    }

    /// The same, with the job's name.
    ///
    /// # Errors
    /// What ended it.
    pub fn work_as(&mut self, command: Command) -> Result<(JobId, JobResult), Failure> {
        let Reply::Started(id) = self.ask(command)? else { return Err(Failure::Unexpected) };
        self.finish_jobs();
        let Reply::Jobs(jobs) = self.ask(Command::ListJobs)? else { return Err(Failure::Unexpected) };
        match jobs.into_iter().find(|job| job.id == id).map(|job| job.state) {
            Some(JobState::Finished(result)) => Ok((id, result)),
            Some(JobState::Failed(fault)) => Err(fault.into()),
            _ => Err(Failure::Unexpected),
        }
    }
}

/// The next piece of a file, full unless it is the last.
fn read_part(file: &mut impl std::io::Read) -> Result<Vec<u8>, Failure> {
    let mut part = Vec::new();
    match file.take(PART_BYTES).read_to_end(&mut part) {
        Ok(_) => Ok(part),
        Err(error) => Err(Failure::Input { file: "the backup".into(), error: error.to_string() }),
    }
}

/// A name in the same folder for a file that is not finished. Nobody else chooses it, and nobody chose it before.
pub fn draft_beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().map(ToOwned::to_owned).unwrap_or_default();
    name.push(format!(".new-{:016x}", UnwrapErr(SysRng).next_u64()));
    path.with_file_name(name)
}

fn store_failure(path: &Path, error: &StoreError) -> Failure {
    match error {
        StoreError::Damaged(what) => Failure::Fault(Fault::Damaged(format!("{}: {what}", path.display()))),
        StoreError::InUse => Failure::Fault(Fault::OpenElsewhere),
        StoreError::Full => Failure::Fault(Fault::StorageFull),
        StoreError::TooNew => Failure::Fault(Fault::TooNew),
        other => Failure::File { file: path.display().to_string(), error: other.to_string() },
    }
}
