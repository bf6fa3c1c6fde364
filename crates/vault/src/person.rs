use chartchain_keys::{RecoveryPublic, RecoveryWords, WrapError, WrapPublic};
use chartchain_store::Store;
use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use crate::platform::Platform;
use crate::protocol::{Fault, Secret, Settings, Theme, WordsProblem};
use crate::rows::{RowBatch, RowName, Rows};

/// How many ledgers' recovery keys are made while the words are at hand.
const RECOVERY_POOL: u32 = 16;
/// Nobody founds so many ledgers.
const MAX_RECOVERY: u32 = 1024;

/// What is kept of a person besides their ledgers' content.
#[derive(Serialize, Deserialize)]
pub(crate) struct PersonState {
    /// Only while the recovery card is not done.
    recovery_entropy: Option<[u8; 32]>,
    recovery_made_ms: i64,
    /// Public recovery keys, so that later ledgers can be founded without the words.
    recovery_pool: Vec<Vec<u8>>,
    next_recovery: u32,
    /// Backups are sealed to it.
    file_key: Vec<u8>,
    /// Ledgers that a restore is writing rows of: rows of these are of no use once it has ended.
    pub(crate) restoring: Vec<[u8; 32]>,
    /// Ids of the ledgers, in order of founding.
    pub(crate) ledgers: Vec<[u8; 32]>,
    pub(crate) settings: Settings,
    /// When a backup was made last, or when the one was made that this came from.
    pub(crate) last_backup_ms: Option<i64>,
}

fn public_bytes(public: Result<WrapPublic, WrapError>) -> Result<Vec<u8>, Fault> {
    public.map(|public| public.as_bytes().to_vec()).map_err(|error| Fault::Storage(error.to_string()))
}

impl Drop for PersonState {
    fn drop(&mut self) {
        self.recovery_entropy.zeroize();
    }
}

/// What the first page shows of it. Times are milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Shown {
    recovery_done: bool,
    recovery_made_ms: i64,
    last_backup_ms: Option<i64>,
}

impl PersonState {
    /// A new person.
    pub(crate) fn make(now_ms: i64, words: &RecoveryWords) -> Result<Self, Fault> {
        let mut person = Self {
            recovery_entropy: Some(*words.expose_entropy()),
            recovery_made_ms: now_ms,
            recovery_pool: Vec::new(),
            next_recovery: 0,
            file_key: public_bytes(words.derive_file_key().public())?,
            restoring: Vec::new(),
            ledgers: Vec::new(),
            settings: Settings {
                auto_lock_minutes: 10,
                language: "en".into(),
                text_percent: 100,
                theme: Theme::System,
            },
            last_backup_ms: None,
        };
        person.fill_pool(words)?;
        Ok(person)
    }

    /// Whether this person's words open a ledger with this recovery key, as they do unless somebody else founded it.
    pub(crate) fn recovers(&self, recovery: &RecoveryPublic) -> bool {
        self.recovery_pool.contains(&recovery.to_bytes())
    }

    /// Backups are sealed to this key, so that the words open them.
    pub(crate) fn file_key(&self) -> Result<WrapPublic, Fault> {
        WrapPublic::from_bytes(&self.file_key).map_err(|_| Fault::Damaged("the key of backups".into()))
    }

    /// Ledgers are back whose recovery keys have these numbers: later ones get others.
    pub(crate) fn pass_over_recovery(&mut self, number: u32, words: &RecoveryWords) -> Result<(), Fault> {
        if number >= MAX_RECOVERY {
            return Err(Fault::Damaged("the number of a record's recovery keys is out of bounds".into()));
        }
        self.next_recovery = self.next_recovery.max(number.saturating_add(1));
        self.fill_pool(words)
    }

    /// Makes recovery keys until there are enough for the next ledgers.
    fn fill_pool(&mut self, words: &RecoveryWords) -> Result<(), Fault> {
        let made = u32::try_from(self.recovery_pool.len()).unwrap_or(u32::MAX);
        for number in made..self.next_recovery.saturating_add(RECOVERY_POOL) {
            let public = words.derive_keys(number).public().map_err(|error| Fault::Storage(error.to_string()))?;
            self.recovery_pool.push(public.to_bytes());
        }
        Ok(())
    }

    /// The person has shown their words, which were checked: they are not kept here any longer.
    pub(crate) fn learn_words(&mut self, words: &Secret) -> Result<(), Fault> {
        self.forget_words();
        match RecoveryWords::parse(&words.0) {
            Ok(words) => self.fill_pool(&words),
            Err(_) => Ok(()),
        }
    }

    /// What the first page shows of this.
    pub(crate) const fn shown(&self) -> Shown {
        Shown {
            recovery_done: self.recovery_done(),
            recovery_made_ms: self.recovery_made_ms,
            last_backup_ms: self.last_backup_ms,
        }
    }

    pub(crate) const fn recovery_done(&self) -> bool {
        self.recovery_entropy.is_none()
    }

    pub(crate) const fn recovery_made_ms(&self) -> i64 {
        self.recovery_made_ms
    }

    /// Recovery keys for the next ledger, and their number.
    pub(crate) fn next_recovery_keys(&mut self) -> Result<(u32, RecoveryPublic), Fault> {
        let number = self.next_recovery;
        let Some(bytes) = self.recovery_pool.get(number as usize) else {
            let why = "all recovery keys made from the recovery words are in use; check the words to make more";
            return Err(Fault::NotNow(why.into()));
        };
        let keys = RecoveryPublic::from_bytes(bytes).map_err(|_| Fault::Damaged("recovery keys".into()))?;
        self.next_recovery += 1;
        Ok((number, keys))
    }

    /// Forgets the words: they were checked, or nobody will need them.
    pub(crate) fn forget_words(&mut self) {
        self.recovery_entropy.zeroize();
        self.recovery_entropy = None;
    }

    pub(crate) fn recovery_words(&self) -> Option<Secret> {
        let words = RecoveryWords::from_entropy(self.recovery_entropy?);
        Some(Secret(words.to_text().to_string()))
    }

    /// Compares words with those that are kept until the recovery card is done; `None` once it is done.
    pub(crate) fn compare_words(&self, given: &Secret) -> Option<Result<(), WordsProblem>> {
        let right = RecoveryWords::from_entropy(self.recovery_entropy?);
        let count = given.0.split_whitespace().count();
        let differences = right.differences(&given.0);
        Some(if differences.is_empty() {
            Ok(())
        } else if count != chartchain_keys::WORD_COUNT {
            Err(WordsProblem::Count(u32::try_from(count).unwrap_or(u32::MAX)))
        } else {
            Err(WordsProblem::Differ(differences))
        })
    }

    pub(crate) fn set_settings(&mut self, mut settings: Settings) {
        settings.auto_lock_minutes = settings.auto_lock_minutes.clamp(1, 15);
        settings.text_percent = settings.text_percent.clamp(100, 200);
        settings.language = settings.language.chars().take(16).collect();
        self.settings = settings;
    }

    /// Reads a person; also tells whether both places of the row are good.
    pub(crate) async fn load<S: Store>(rows: &Rows<S>) -> Result<Option<(Self, bool)>, Fault> {
        rows.read_twice(RowName::person()).await
    }

    pub(crate) async fn store<P: Platform>(&self, platform: &P, rows: &Rows<P::Store>) -> Result<(), Fault> {
        let mut batch = RowBatch::default();
        batch.put_twice(RowName::person(), self)?;
        rows.commit(batch, &mut platform.rng()).await
    }
}
