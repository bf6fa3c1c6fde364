use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use chartchain_keys::{KdfParams, Sensitive, UnlockError, stretch};
use chartchain_store::{RedbStore, StoreError};
use chartchain_vault::protocol::{Command, Fault, JobId, JobResult, JobState, PersonId, Reply, Secret};
use chartchain_vault::{Engine, Platform};
use getrandom::SysRng;
use rand_core::UnwrapErr;

use crate::failure::Failure;

/// One guess at a passphrase shall last half a second at least.
const PASSPHRASE_MS: u32 = 500;
const PASSPHRASE_VARIABLE: &str = "CHARTCHAIN_PASSPHRASE";

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

    async fn stretch(
        &self,
        passphrase: &Secret,
        salt: [u8; 16],
        params: KdfParams,
    ) -> Result<Sensitive<[u8; 32]>, UnlockError> {
        stretch(passphrase.0.as_bytes(), &salt, params)
    }
}

/// An engine on a file, unlocked.
pub struct Session {
    engine: Engine<Native>,
}

impl Session {
    /// Makes the file and its person. Whatever fails, no half-made file stays.
    ///
    /// # Errors
    /// The file exists or cannot be made, or the passphrase is too short.
    pub fn create(path: &Path, passphrase: Secret) -> Result<Self, Failure> {
        let store = RedbStore::create(path).map_err(|error| store_failure(path, &error))?;
        let mut session = Self { engine: Engine::new(Native { store }) };
        match session.ask(Command::CreatePerson { passphrase }) {
            Ok(_) => Ok(session),
            Err(failure) => {
                drop(session);
                // The first failure is the one to tell.
                let _ = std::fs::remove_file(path);
                Err(failure)
            }
        }
    }

    /// Opens and unlocks a file.
    ///
    /// # Errors
    /// The file is no ledger, is damaged or in use, or the passphrase does not open it.
    pub fn open(path: &Path, passphrase: Secret) -> Result<Self, Failure> {
        if !path.exists() {
            return Err(Failure::NoSuchLedger(path.display().to_string()));
        }
        let store = RedbStore::open(path).map_err(|error| store_failure(path, &error))?;
        let mut session = Self { engine: Engine::new(Native { store }) };
        let Reply::People(people) = session.ask(Command::ListPeople)? else { return Err(Failure::Unexpected) };
        let person = people.into_iter().next().ok_or(Failure::Fault(Fault::NotFound))?.id;
        let Reply::Unlocked { ledgers, .. } = session.ask(Command::Unlock { person, passphrase })? else {
            return Err(Failure::Unexpected);
        };
        let ledger = ledgers.into_iter().next().ok_or(Failure::Fault(Fault::NoLedger))?.id;
        session.ask(Command::OpenLedger { ledger })?;
        Ok(session)
    }

    /// One command, one answer.
    ///
    /// # Errors
    /// The engine's fault.
    pub fn ask(&mut self, command: Command) -> Result<Reply, Failure> {
        pollster::block_on(self.engine.handle(command)).map_err(Failure::from)
    }

    /// Does all work that is under way.
    pub fn finish_jobs(&mut self) {
        while self.engine.has_work() {
            pollster::block_on(self.engine.step());
        }
    }

    /// Does the work that was interrupted when the file was open last.
    ///
    /// # Errors
    /// What ended it before its end.
    pub fn finish_interrupted(&mut self) -> Result<(), Failure> {
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

/// The passphrase from `CHARTCHAIN_PASSPHRASE`, else typed at the terminal.
///
/// # Errors
/// There is neither.
pub fn read_passphrase(prompt: &str) -> Result<Secret, Failure> {
    match std::env::var(PASSPHRASE_VARIABLE) {
        Ok(passphrase) => Ok(Secret(passphrase)),
        Err(_) => {
            rpassword::prompt_password(prompt).map(Secret).map_err(|error| Failure::NoPassphrase(error.to_string()))
        }
    }
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
